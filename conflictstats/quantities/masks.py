"""Numbers that count nothing: dates, clock times, ages, labels, names of weapons and units, idioms.

Each rule looks at the characters around one number, never at the whole text, so that the cost is that of
the numbers that are there. The words are the codebook's (`masks.toml`, months from `calendar.toml`); the
shapes are here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from conflictstats.codebook import Codebook
from conflictstats.inflection import noun_forms, singular
from conflictstats.quantities.numerals import MIXED, NumberWords, Numeral, number_words

# A word behind a number that is no counted noun: what may follow a date or a label.
_FUNCTION = (
    r"(?:and|or|to|at|in|on|when|after|before|by|for|from|with|that|the|as|which|where|near|over|until|till|through|during"
    r"|against|into|since|of|but|while|it|he|she|they|we|a|an|this|his|her|its|their|our|who|around|about|between"
    r"|overnight|local|alone|there|also|only|not|because|if|so|than|then|said|saying|amid|under|despite|via|per)\b"
)
_VERB = r"(?:was|were|is|are|has|had|have|will|would|killed|killing|died|did)\b"
_PLURAL = re.compile(
    rf"(?!\s+(?:{_FUNCTION}|{_VERB}))\s+(?:(?!{_FUNCTION}|{_VERB})[a-z][\w-]*\s+){{0,2}}?(?:[a-z]{{2,}}[a-rt-z]s|people|men|women|children|personnel|aircraft|servicemen|police|injured|wounded|dead)\b",
    re.I,
)

# --- dates and times

# A noun with a capital: *On June 5, 6 Maoists*, *May 3, 4 Taliban fighters*
_NAMED = (
    r"[A-Z][a-z]{2,}s\b|[A-Z][\w'’-]*\s+(?:fighters|militants|rebels|insurgents|guerrillas|gunmen|terrorists|extremists"
    r"|jihadists|separatists|cadres|soldiers|troops|policemen|civilians|drones|missiles|rockets)\b"
)
_BARE = rf"(?!\d|[.,:]\d|[-‐‑][A-Za-z]|%)(?!\s+(?!{_FUNCTION}|{_VERB})[a-z]|\s+per\b|\s+(?:{_NAMED}))"  # no noun follows
_IN_MONTH = re.compile(r"\b(?:in|during|throughout|last|this|early|late|mid)[\s-]+$", re.I)
_JOIN = r"\s*(?:,\s*(?:and\s+|or\s+)?|and\s+|to\s+|or\s+|through\s+|till\s+|until\s+|[-–—/&]\s*)"
_DAY = r"(?<!\d)(?:3[01]|[0-2]?\d)(?!\d)(?:(?i:st|nd|rd|th))?"
_YEAR = r"(?:,?\s+(?:of\s+)?(?:19|20)\d\d(?!\d|,\d)|,?\s*['’]?\d\d(?=\s*(?:[()\]]|--|$)))"
_HOUR = r"(?:o['’]?\s?clock|in\s+the\s+(?:morning|afternoon|evening)|at\s+night)\b"
_MERIDIEM = rf"(?:[ap]\.?\s?m\b\.?|{_HOUR})"
_ZONE = r"(?:hours?\b|hrs?\b|h\b|GMT\b|UTC\b|Z\b|EES?T\b|E[SD]T\b|CES?T\b|BST\b|MSK\b|local\b|Kyiv\b|Kiev\b|Moscow\b)"
_CLOCK = re.compile(
    rf"""(?:
      (?:\d{{1,2}}(?:[:.]\d\d)?\s*(?:[-–]|to|and|or)\s*)?(?:[01]?\d|2[0-4])(?:[:.]?\d\d)?\s*{_MERIDIEM}  # 9 a.m., 2-3 pm, 1130 am
    | \d{{1,2}}:\d\d(?::\d\d)?(?:[.,]\d+)?(?!\d)(?:\s*{_ZONE})?                                # 11:20, 22:00 GMT
    | [012]?\d\.[0-5]\d\s*{_ZONE}                                                              # 11.20 GMT
    | [012]\d[0-5]\d\s*{_ZONE}                                                                 # 1430 local time
    | \d{{1,3}}:\d{{1,3}}(?!\d)                                                                  # a ratio, 60:40
    | \d{{1,2}}h[0-5]\d\b                                                                      # 10h30
    | 0\d{{1,3}}(?!\d|[.,/-]\d)                                                                  # 0600: a leading zero
    )""",
    re.X | re.I,
)
_HOURS_AT = re.compile(r"\bat(?:\s+(?:about|around|approximately))?\s+$", re.I)
_NUMERIC_DATE = re.compile(
    r"""(?:
      \d{4}-\d{2}-\d{2}(?:T[\d:.+Z-]*)?
    | \d{4}/\d{1,2}(?:/\d{1,2})?
    | \d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d\d)(?!\d)
    | \d{1,4}/\d{1,4}(?!\d)
    | (?:1[5-9]|20)\d\d\s?[-–]\s?(?:(?:1[5-9]|20)\d\d|\d\d)(?!\d|,\d)(?!\s+(?:people|soldiers|civilians|troops))
    | \d+(?:st|nd|rd|th|(?<=[23])d)\b(?:\s*(?:[-–]|and|to|,)\s*\d+(?:st|nd|rd|th)\b)*
    | (?:\d{4}|\d0)['’]?s\b
    | 7[0-8]7(?=\s(?:plane|aircraft|airplane|aeroplane|airliner|jet)\b)  # "an Avianca 727 plane"
    | (?:[01]\d|2[0-3])[0-5]\d(?=\s+\d\d\.\d\d\.(?:19|20)\d\d)  # "1735 15.04.2017": the hour, unmarked
    | (?:3[01]|[012]?\d)(?:19|20)\d\d(?!\d|[.,]\d)(?=\s+[A-Z])  # "Jul 172015": the comma was lost
    )""",
    re.X | re.I,
)
_SLASHED_SHARE = re.compile(r"\d/(?:\d|10)\s+of\b")
_LIST_NUMBER = re.compile(r"\(?\d{1,3}(?:\.\d{1,2})*[.)\]](?=\s+\S)")
_LINE_TIME = re.compile(r"[012]?\d[.:][0-5]\d(?=\s*[-–—:|]\s)")

# --- other shapes

_PHONE = re.compile(
    r"0 \d{2,4}(?: \d{3}){2}(?!\d)|\d{1,4}(?:[ -]?\(?\d{2,4}\)?){0,2}(?:-\d{2,4}){2,}(?!\d)|\d{3}-\d{4}(?!\d)|\d{9,}(?![\d,.])"
)
_DIALLED = re.compile(r"\d[\d ()-]{6,}\d")
_TRIPLE = re.compile(r"\d{1,3}[-–]\d{1,3}(?:[-–]\d{1,3})+")
_SCORE = re.compile(r"(\d{1,4})[-–](\d{1,4})(?![\d,.]\d|\d)")
_SUM = re.compile(r"\d{1,2}\+\d{1,2}(?![\d,])")  # the 2+2 format
_COORDINATE = re.compile(
    r"\d{1,3}(?:\.\d+)?\s?°\s?(?:\d{1,2}(?:\.\d+)?\s?[′'’]\s?)?(?:\d{1,2}(?:\.\d+)?\s?[″\"”]\s?)?[NSEW]\b"
)
_URL = re.compile(
    r"://|www\.|@|\.(?:com|org|net|gov|ua|ru|il|uk|info|html?|php|jpe?g|png)\b|^[\"'“(]?#|_", re.I
)
_SLASHED_WORDS = re.compile(r"[a-z]{3,}/\d+\s+[a-z]")  # "1 dead/5 injured"
_FOOTNOTE = re.compile(r"\d{1,3}\]")
_GLUED_STOP = re.compile(r"[\w./+-]{0,80}\w")
_DIGIT_RUN = re.compile(r"[\d.,]{0,40}\d")
# "killed12 civilians": a whole word in front, so that only the space is missing
_MISSING_SPACE = re.compile(r"(?:^|[\W\d_])(?:[A-Z]?[a-z]{3,}|of|in|by|at|to)$")
_CODE = re.compile(r"\d{7}")  # "epa11657954", of a picture
_MODEL_TAIL = re.compile(r"[A-Z]{1,3}\d|[A-Z]{1,2}(?![\w²³/])")
_UNIT_TAIL = frozenset({"KM", "KG", "MW", "GW", "K", "M", "GB", "MB", "MM"})

# --- ages

_OLD = re.compile(
    r"(?:\s*(?:,|and|or|to|[-–])\s*(?:and\s+|or\s+)?\w[\w-]{0,30}){0,3}?[\s-]*(?:years?|months?|weeks?|days?)(?:[\s-]+olds?\b(?!\s+(?:war|conflict))|\s+of\s+age\b)"
    r"|\s*y/?o\b",
    re.I,
)
_AGED = re.compile(
    r"\b(?:aged?|ages|ages?\s+of|age\s+group|turned|turning|turns)[\s:]+"
    r"(?:(?:between|from|about|around|just|only|at\s+least|under|over|below|above|up\s+to)\s+)*"
    r"(?:[\w-]+\s*(?:,\s*(?:and\s+)?|and\s+|or\s+|to\s+|through\s+|[-–]\s*)){0,4}$",
    re.I,
)
# "some no older than 16", "children as young as 12"
_NO_OLDER = re.compile(
    r"\b(?:older|younger|oldest|youngest|as\s+(?:young|old))\s+(?:than|as)\s+(?:just\s+)?$", re.I
)
_AGE_GROUP = re.compile(
    r"\b(?:children|child|kids|minors|youths?|those|men|women|people|males?|females?|adults|boys|girls|persons|civilians|infants"
    r"|citizens|residents|ukrainians|russians|palestinians|israelis|syrians|everyone|anyone|all)"
    r"\s+(?:(?:who\s+(?:are|were)|aged|are|were)\s+)?(?:under|over|above|below|younger\s+than|older\s+than|between)\s+"
    r"(?:the\s+age\s+of\s+)?(?:[\w-]+\s+and\s+)?$",
    re.I,
)
# "a priest of 81", "the oldest, a woman of 93"; of what is no person, "a convoy of 30" counts
_PERSON_OF = re.compile(
    r"\b(?:a|an|the)\s+(?:[\w'’-]+\s+){0,3}?([a-z]+)\s+of\s+(?:about\s+|just\s+|only\s+)?$", re.I
)
# "boys of sixteen", "two brothers of 11 and 12"
_PERSONS_OF = re.compile(r"\b([a-z]+)\s+of\s+(?:about\s+|just\s+|only\s+)?(?:\w+\s+(?:and|or|to)\s+)?$", re.I)
_WHOSE = re.compile(r"\s+(?:who|whose|whom)\b", re.I)
_PERSON_IS = re.compile(
    r"\b(?:the|a|my|his|her|their|our)\s+(?:[\w'’-]+\s+)?([a-z]+)\s+(?:is|was)(?:\s+(?:only|just))?\s+$", re.I
)
_PARENT_OF = re.compile(r"\b(?:grand)?(?:mother|father|parent|mum|mom|dad)s?[\s-]of[\s-]$", re.I)
_IS_AGED = re.compile(
    r"\b(?:(?:oldest|youngest|eldest)\b[^.;]{0,40}?\s(?:is|was|are|were)(?:\s+(?:only|just))?|I\s+am|I['’]m|I\s+was|(?:he|she|who)\s+(?:is|was)(?:\s+(?:only|just))?)\s+$"
    # "the youngest of them 24", "two are not yet 15"
    r"|\b(?:oldest|youngest|eldest)(?:\s+of\s+(?:them|those|these|the\s+\w+))?(?:,|\s+(?:only|just))?\s+$"
    r"|\b(?:is|are|was|were)\s+not\s+(?:yet|even)\s+$",
    re.I,
)
# What may go on behind an age: "who was 81 and deaf"
_NO_COUNTED = re.compile(r"(?!\s+(?:and|but|or|when|while|at|in|on|that|as|with|who)\b)(?:\s+[a-z]|-)")
_NOUN_COMMA = re.compile(r"\b([A-Za-z]+)(?:,\s+(?:\d{1,3}(?:,\s+|,?\s+and\s+)){0,4}|\s\()$")
_NAME_COMMA = re.compile(r"(?:[A-ZÀ-Þ][\w'’-]+\s+)?([A-ZÀ-Þ][\w'’-]*[a-zß-ÿ][\w'’-]*),\s+(?:then\s+)?$")
_ROLE_COMMA = re.compile(r"\b[a-z]{3,}(?<!s)(?<!of)(?<!and),\s+$")
# behind a quote and a verb of saying: "…,” said one of them", "…," recalled two nurses
_SPEAKER = re.compile(
    r"\s+(?:of\s+(?:them|the|his|her|their|its|those)\b|[a-z]+(?:\s+[a-z]+)?\s*(?:[,.;]|who\b|in\b|from\b|$))",
    re.I,
)
_NAME_BRACKET = re.compile(
    r"[A-ZÀ-Þ][\w'’-]+\s+(?!Region|Oblast|District|Province|Governorate|City|State|County|Axis|Direction)[A-ZÀ-Þ][\w'’-]*[a-z][\w'’-]*\s\($"
)
_CLOSED = re.compile(r"\s*(?:[,.;)]|$|\s(?:and|or)\s+(?:[A-Z]|his|her|a\b|\d{1,3}\s*[,.)]))")
_SHOUTED_NAME = re.compile(r"[A-ZÀ-Þ]{2,}\s+[A-ZÀ-Þ]{2,},\s+$")
_OF_PERSON = re.compile(
    r",\s+[\"“]?(?:who|whose|is|was|says?|tells|has|had|a|an|from|of|and\s+(?:his|her)|[a-z]+ed|said|told)\b",
    re.I,
)
_BETWEEN_COMMAS = re.compile(r"\s*[,.;)]")

# --- years

_ROUGHLY = re.compile(
    r"\b(?:than|least|about|some|nearly|almost|around|approximately|over|under|estimated|most|another|further|total|all|these|those|only|just|exactly)"
    r"(?:\s+(?:of|to|many))?\s+$|\b(?:as\s+many\s+as|up\s+to|total\s+of)\s+$",
    re.I,
)
_IN_YEAR = re.compile(
    r"(?:\b(?:in|since|by|until|till|from|during|early|late|mid|end|year|spring|summer|autumn|fall|winter|through|throughout|before|after|between|and|or|to"
    r"|january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)"
    r"[\s,.-]+(?:of\s+|the\s+|year\s+)?|\bof\s+|[-–/(]\s*|\d,\s+)$",
    re.I,
)


@dataclass(frozen=True)
class MaskRules:
    """The codebook's masks, ready for use."""

    months: frozenset[str]
    month_first: re.Pattern[str]
    day_first: re.Pattern[str]
    idioms: dict[str, re.Pattern[str]]  # by the number words and digits in them
    labels: frozenset[str]
    places: frozenset[str]
    models: frozenset[str]
    series: frozenset[str]
    formation: re.Pattern[str]
    formations: frozenset[str]
    no: frozenset[str]
    no_known: frozenset[str]
    one_before: frozenset[str]
    one_after: frozenset[str]
    age_nouns: frozenset[str]
    speaking: re.Pattern[str]
    said: re.Pattern[str]
    valued: frozenset[str]
    things: frozenset[str]  # nouns of munitions and equipment: "T 72 tanks", "a 60-missile barrage"


@cache
def mask_rules(codebook: Codebook) -> MaskRules:
    """Compile the masks of a codebook, once."""
    lists = {name: mask.words for name, mask in codebook.masks.items()}
    months = [
        name for moment in codebook.calendar.values() if moment.kind == "month" for name in moment.names
    ]
    names = {name.rstrip(".") for name in months} | {name[:3] for name in months} | {"Sept"}
    month = rf"(?:{_either({*names, *(name.upper() for name in names)})})\b\.?"
    nouns = {name: _either(lists[name]) for name in ("formations", "speakers", "saying")}
    return MaskRules(
        months=frozenset(name.lower() for name in names),
        month_first=re.compile(
            rf"{month}\s*(?P<day>{_DAY})(?!\d|[.,:]\d|%)"
            rf"(?:\s*[-–—/]\s*{_DAY}(?!\d)|{_JOIN}(?:{month}\s*)?{_DAY}{_BARE}){{0,6}}(?:{_YEAR})?|{month}{_YEAR}"
        ),
        day_first=re.compile(
            rf"{_DAY}(?:{_JOIN}(?:the\s+)?{_DAY}){{0,6}}(?:\s+of)?[\s-]*{month}(?![’'-]?[a-z])(?:[\s-]?{_YEAR})?"
        ),
        idioms=_idioms(lists["idioms"], number_words(codebook)),
        labels=frozenset(lists["labels"]),
        places=frozenset(lists["places"]),
        models=frozenset(lists["models"]),
        series=frozenset(lists["series"]),
        formation=re.compile(rf"(?:\s+(?:[A-Z][\w'’-]*|of|the))*?(?:\s+(?:{nouns['formations']})\b(?!s))+"),
        formations=frozenset(lists["formations"]),
        no=frozenset(lists["no"]),
        no_known=frozenset(lists["no_known"]),
        one_before=frozenset(lists["one_before"]),
        one_after=frozenset(lists["one_after"]),
        age_nouns=frozenset(lists["ages"]),
        speaking=re.compile(
            rf"(?:\s+[\w'’-]+){{0,3}}?\s+(?:{nouns['speakers']})(?:\s+(?:who|there|here))?\s+(?:{nouns['saying']})\b(?!\s+to\s+(?:be|have))",
            re.I,
        ),
        said=re.compile(rf"[”\"’],?\s*(?:{nouns['saying']})\s+$", re.I),
        valued=frozenset(lists["valued"]),
        things=frozenset(
            form
            for item in codebook.items.values()
            if item.group in ("munition", "equipment")
            for word in item.words
            if " " not in word
            for form in noun_forms(word)
        ),
    )


def _either(phrases: Iterable[str]) -> str:
    longest = sorted(set(phrases), key=lambda phrase: (-len(phrase), phrase))
    return "|".join(re.escape(phrase).replace(r"\ ", r"\s+").replace("'", "['’]") for phrase in longest)


def _idioms(phrases: tuple[str, ...], words: NumberWords) -> dict[str, re.Pattern[str]]:
    by_word: dict[str, list[str]] = {}
    for phrase in phrases:
        for token in re.findall(r"\d+|[^\W\d_]+", phrase):
            if token.isdecimal() or token in words.triggers:
                by_word.setdefault(token, []).append(phrase)
    return {
        token: re.compile(rf"\b(?:{_either(found)})(?!\w)".replace(r"\s+", r"[\s-]+"), re.I)
        for token, found in by_word.items()
    }


def idiom_at(text: str, start: int, word: str, rules: MaskRules) -> int | None:
    """Where the idiom that holds the word at `start` ends: "on the one hand", "zero tolerance"."""
    pattern = rules.idioms.get(word)
    if pattern is None:
        return None
    for found in pattern.finditer(text, max(0, start - 24), start + 32):
        if found.start() <= start < found.end():
            return found.end()
    return None


def mask_at(text: str, start: int, rules: MaskRules) -> int | None:
    """Where the mask that begins at a digit, or at the name of a month, ends; None if there is none."""
    if not text[start].isdecimal():
        found = rules.month_first.match(text, start)
        if (
            found
            and found["day"]
            and _PLURAL.match(text, found.end("day"))
            and _IN_MONTH.search(text, max(0, start - 12), start)
        ):
            return None  # "In July 37 civilians were killed"
        return found.end() if found else None
    if MIXED.match(text, start):
        return None
    if found := rules.day_first.match(text, start):
        return found.end()
    if _starts_line(text, start):
        for pattern in (_LINE_TIME, _LIST_NUMBER):
            if found := pattern.match(text, start):
                return found.end()
    if (found := _CLOCK.match(text, start)) or (found := _hours(text, start, rules)):
        return found.end()
    if (found := _NUMERIC_DATE.match(text, start)) and not _SLASHED_SHARE.match(text, start):
        return found.end()
    for pattern in (_TRIPLE, _PHONE, _COORDINATE, _SUM):
        if found := pattern.match(text, start):
            return found.end()
    if (found := _SCORE.match(text, start)) and int(found[1]) >= int(found[2]):
        return found.end()
    if start and text[start - 1] == "+" and (found := _DIALLED.match(text, start)):
        return found.end()
    return _glued(text, start)


def _starts_line(text: str, start: int) -> bool:
    line = text[max(0, start - 12) : start]
    if start > 12 and "\n" not in line:
        return False
    return not line.rpartition("\n")[2].strip(" \t(-–—•*·▪●■►[>")


def _hours(text: str, start: int, rules: MaskRules) -> re.Match[str] | None:
    """Four digits that are a clock time: "on 28 March at 1000", but not "put the toll at 1000"."""
    if _YEAR_AT.search(text, max(0, start - 9), start):
        return _FOUR_DIGITS.match(text, start)  # "Sat 04 Oct 2014 at 1514"
    found = _MILITARY.match(text, start)
    if found is None or not (before := _HOURS_AT.search(text[max(0, start - 20) : start])):
        return None
    words = text[max(0, start - 60) : start - len(before.group())].split()
    return None if words and words[-1].lower() in rules.valued else found


_YEAR_AT = re.compile(r"(?:19|20)\d\d at $")
_FOUR_DIGITS = re.compile(r"(?:[01]\d|2[0-3])[0-5]\d(?!\d|[.,]\d)")
_MILITARY = re.compile(
    r"(?:[01]\d|2[0-3])[0-5][05](?!\d|[.,]\d|%)(?!\s+(?!local|hours?|on|in|and|when|the|a|as|after|today|yesterday)[a-z])"
)


def _glued(text: str, start: int) -> int | None:
    """Numbers that are part of a longer token: Kh-101, T-90M, 2S19, S-300/400, v1.2, UAV7, links."""
    before = text[start - 1] if start else " "
    first = start
    while first and start - first < 60 and not text[first - 1].isspace():
        first -= 1
    last = start
    while last < len(text) and last - start < 60 and not text[last].isspace():
        last += 1
    stop = _GLUED_STOP.match(text, start)
    assert stop is not None
    if last - first > 4 and _URL.search(text[first:last]):
        return last
    if before in "#№@" or (before == "[" and _FOOTNOTE.match(text, start)):
        return stop.end()
    if before.isalpha() and (not _MISSING_SPACE.search(text[first:start]) or _CODE.match(text, start)):
        return stop.end()
    two = text[max(0, start - 3) : start]
    if before in "-‐‑" and len(two) > 1 and (two[-2].isalpha() or two[-2] in "'’)"):
        return stop.end()
    if before == "/" and two[-2:-1].isalnum() and not _SLASHED_WORDS.match(text, first):
        return stop.end()
    if before == "." and two[-2:-1].isdecimal():
        return stop.end()
    digits = _DIGIT_RUN.match(text, start)
    assert digits is not None
    tail = _MODEL_TAIL.match(text, digits.end())
    if tail and tail.group().rstrip("0123456789") not in _UNIT_TAIL:
        return stop.end()
    return None


def label_before(text: str, number: Numeral, rules: MaskRules) -> bool:
    """Whether the word before a number makes it a name: Route 6, School No. 56, Leopard 2, Phase Two."""
    found = _LABEL.search(text, max(0, number.start - 24), number.start)
    if (listed := _LABELS.search(text, max(0, number.start - 60), number.start)) is not None:
        label = listed[1].lower().removesuffix("s")  # "resolutions 2118 and 2254"
        return label in rules.labels and not _PLURAL.match(text, number.end)
    if found is None:
        return number.digits and _SHORT_URL.search(text, max(0, number.start - 24), number.start) is not None
    word, lower = found[1], found[1].lower()
    after = text[number.end : number.end + 60]
    if (
        word == "No."
        and _ANSWER.search(text, max(0, found.start() - 8), found.start())
        and _PLURAL.match(after)
    ):
        return False  # "No. 3,500 households have no water"
    if "#" in found.group() or "№" in found.group() or lower in ("no.", "nos.", "nr."):
        return True
    if not number.digits:
        spelled = text[number.start : number.end]
        if lower == "number":
            return True
        known = lower in rules.labels or lower in rules.places
        return (
            known and word.istitle() and spelled.istitle() and number.best <= 12 and not _PLURAL.match(after)
        )
    if word in rules.models or (word.isupper() and word.capitalize() in rules.models):
        return number.best <= _HIGHEST_MODEL
    if word in rules.series:
        if word == "A" and after[:1] in "-‐‑":
            return False  # "A 5-kg charge exploded"
        counted = _PLURAL.match(after)
        return number.best < 1000 and not (counted and counted.group().split()[-1] not in rules.things)
    if lower in ("number", "numbers") and _is_verb(text, found.start(1), number):
        return False
    singular = lower.rstrip(".").removesuffix("s")
    if lower in rules.labels or singular in rules.labels:
        return word[0].isupper() or not _DETERMINED.search(text, max(0, number.start - 40), number.start)
    if lower not in rules.places and singular not in rules.places:
        return False
    if word[0].isupper() and not word.isupper():
        return not _PLURAL.match(after)
    if lower.title() not in rules.formations and _DETERMINED_PLACE.search(
        text, max(0, number.start - 40), number.start
    ):
        return _NAME_ENDS.match(after) is not None  # "in Zone 6 of the capital"
    return not (_NOUN_OR_VERB.match(after) or _PLURAL.match(after))


def _is_verb(text: str, start: int, number: Numeral) -> bool:
    """Whether "number" says how many there are: "the fighters number 57", "a force that numbers 9,000"."""
    return number.best >= 1000 or _MANY_BEFORE.search(text, max(0, start - 24), start) is not None


_MANY_BEFORE = re.compile(
    r"\b(?:they|we|who|now|already|that|dead|wounded|injured|people|men|women|children|police|[a-z]+[a-rt-z]s)\s+$"
)
_ANSWER = re.compile(r"(?:^|[:.?!\"“]\s?|\n)$")
_SHORT_URL = re.compile(
    r"\bURL\s+\d+\s+$"
)  # a page's counters of comments and readers: "Get short URL 0 214"
_LABEL = re.compile(r"(?<![\w'’-])([^\W\d_][\w'’-]*\.?|№)(?:\s+|\s?[#№]\s?)$")
_LABELS = re.compile(r"(?<![\w'’-])([^\W\d_]+s)\s+\d+(?:,\s+\d+){0,4},?\s+(?:and|or|&|to)\s+$")
_HIGHEST_MODEL = 2500  # the Mirage 2000
_DETERMINER = r"a|an|the|each|every|this|that|per|one|next|last|first|same|other|previous|past|following|all|any|whole|some|\w+['’]s"
_DETERMINED = re.compile(rf"\b(?:{_DETERMINER}|total)\s+(?!numbers?\b)[\w'’-]+\.?\s+$", re.I)
_DETERMINED_PLACE = re.compile(rf"\b(?:{_DETERMINER}|in|at)\s+[\w'’-]+\.?\s+$", re.I)
_NAME_ENDS = re.compile(
    r"\s*(?:[,;)]|\.\s*$|of\s+(?:the\s+)?(?:city|capital|town|district|(?-i:[A-Z])))", re.I
)
_NOUN_OR_VERB = re.compile(rf"\s+(?!{_FUNCTION})[a-z]")


_AT_AN_HOUR = re.compile(rf"\s+{_HOUR}", re.I)


def names_something(text: str, number: Numeral, rules: MaskRules) -> bool:
    """Whether a number is an age, a year, part of a name, counts somebody's children or only who speaks."""
    before = text[max(0, number.start - 60) : number.start]
    after = text[number.end : number.end + 60]
    if _is_age(number, before, after, rules):
        return True
    if number.digits:
        if _is_year(number, before, after):
            return True
        if (found := rules.formation.match(after)) and not _PLURAL.match(after, found.end()):
            return True
    elif number.best <= 12 and _AT_AN_HOUR.match(after):
        return True
    if number.best > 20:
        return False
    return bool(rules.speaking.match(after) or (rules.said.search(before) and _SPEAKER.match(after)))


def _is_age(number: Numeral, before: str, after: str, rules: MaskRules) -> bool:
    if _OLD.match(after) or _AGED.search(before) or _PARENT_OF.search(before):
        return True
    if not 0 < number.best <= 110 or number.scale > 1:
        return False
    if (_AGE_GROUP.search(before) or _NO_OLDER.search(before)) and not _PLURAL.match(after):
        return True
    if _IS_AGED.search(before) and not _NO_COUNTED.match(after):
        return True
    if (
        (found := _PERSON_OF.search(before))
        and found[1].lower() in rules.age_nouns
        and (_NO_NOUN.match(after) or not _NOUN.match(after) or _WHOSE.match(after))
    ):
        return True
    if (
        (found := _PERSONS_OF.search(before))
        and (one := singular(found[1].lower())) != found[1].lower()
        and one in rules.age_nouns
        and (_NO_NOUN.match(after) or not _NOUN.match(after))
    ):
        return True
    if not _CLOSED.match(after):
        return False
    if (found := _PERSON_IS.search(before)) and found[1].lower() in rules.age_nouns:
        return True
    if (found := _NOUN_COMMA.search(before)) and found[1].lower() in rules.age_nouns:
        return True
    if not number.digits:
        return False
    if _NAME_BRACKET.search(before) or (
        number.best >= 10
        and (
            (_OF_PERSON.match(after) and _ROLE_COMMA.search(before))
            or (_BETWEEN_COMMAS.match(after) and _SHOUTED_NAME.search(before))
        )
    ):
        return True
    if found := _NAME_COMMA.search(before):
        last = found[1].lower()
        return last not in rules.months and not last.endswith("day")
    return False


def _is_year(number: Numeral, before: str, after: str) -> bool:
    if number.end - number.start != 4 or not 1500 <= number.best <= 2100 or number.best != int(number.best):
        return False
    if _ROUGHLY.search(before) or re.match(r"\s*(?:%|percent\b|per\s+cent\b)", after):
        return False
    counted = bool(_PLURAL.match(after))
    whole = number.best % 50 == 0
    if number.best < 1900:
        return bool(re.search(r"\b(?:in|since|by|until|from)\s+$", before, re.I)) and not re.match(
            r"\s+[a-z]{3,}", after
        )
    if _IN_YEAR.search(before):
        return not (counted and whole)
    if re.match(r"\s+(?:were|have|had|are)\b", after) and whole:
        return False
    if counted:
        # "the 2014 protests" but "2014 soldiers": a year has an article, and a count of that size is rare
        return bool(re.search(r"\b(?:the|its|their|a|s)\s+$|['’]s\s+$", before, re.I)) and not whole
    return True


def no_is_no_zero(text: str, end: int, rules: MaskRules) -> bool:
    """Whether "no", which ends at `end`, counts nothing: "no longer", "No, he said", "No. 3", "no casualty figures"."""
    found = _TWO_WORDS.match(text, end)
    if found is None:
        return True
    first, second = found[1].lower(), (found[2] or "").lower()
    return first in rules.no or second in rules.no_known


# "a fire that nobody could put out", "no one knows": nobody is counted
_NOBODY_DOES = re.compile(
    r"\s+(?:else|can|could|will|would|should|may|might|must|shall|cannot|wants?|wanted|kn[eo]ws?|thinks?|believe[sd]?|cares?|cared|dares?|dared"
    r"|expect(?:s|ed)?|ever|really|seem(?:s|ed)?|do(?:es)?|did|doubts?|denie[sd]|understands?|understood|likes?|need(?:s|ed)?|to|there\s+to|left\s+to"
    r"|(?:was|is|were)\s+(?:there|able|left|around|home|available|aware)|in\s+(?:the\s+)?(?:government|power|charge|office)|has\s+(?:ever|the|a|any)|is\s+(?:safe|above|sure|certain|surprised|immune|listening|coming|talking|saying))\b",
    re.I,
)


def nobody_does(text: str, end: int) -> bool:
    """Whether "nobody" or "no one", which ends at `end`, is no zero: "that nobody could recognise"."""
    return _NOBODY_DOES.match(text, end) is not None


_TWO_WORDS = re.compile(r"[\s-]+[\"“]?([^\W\d_][\w'’]*)(?:\s+([\w'’]+))?")
_NOUN = re.compile(rf"\s+(?!{_FUNCTION}|{_VERB})[a-z]", re.I)
_SUPERLATIVE = re.compile(
    r"\b(?:most|more|very)\s+[a-z]+\s+$|\b[a-z]{3,}est\s+$|\b(?:only|first|second|next|final)\s+$", re.I
)
_NO_NOUN = re.compile(rf"\s*(?:$|[^\w\s]|(?!of\b){_FUNCTION}|{_VERB})", re.I)
_AN_ADJECTIVE = re.compile(r"\b(?:an?|the|this|that|another|no)\s+[a-z-]+\s+$", re.I)
# "was one of the heaviest losses" ranks, "killed one of the most wanted men" counts
_RANKED = re.compile(
    r"\s+of\s+(?:the|its|their|his|her|our|my|[\w]+['’]s)\s+(?:[\w'’]+\s+)?"
    r"(?:most|least|first|last|few|many|main|key|major|biggest|leading|top|chief|principal|\w{3,}est|best|worst)\b",
    re.I,
)
_RANKING = re.compile(
    r"(?:^|[,;:—–(.]|\b(?:is|was|are|were|be|been|being|as|become|became|remains|remained|suffered|in|to|of|marks|marked|marking|considered|called|with|and))\s*$",
    re.I,
)


def one_is_no_count(text: str, start: int, end: int, rules: MaskRules) -> bool:
    """Whether "one" is a pronoun or points at something: "this one", "one must", "one of the heaviest"."""
    if _RANKED.match(text, end) and _RANKING.search(text, max(0, start - 16), start):
        return True
    before = re.search(r"([\w'’]+)\s+$", text[max(0, start - 20) : start])
    after = re.match(r"(?:\s+|(?=['’]))([\w'’]+)", text[end : end + 30])
    following = after[1].lower() if after else ""
    if following in rules.one_after:
        return True
    if _SUPERLATIVE.search(text, max(0, start - 40), start) and _NO_NOUN.match(text[end : end + 30]):
        return True
    if _AN_ADJECTIVE.search(text, max(0, start - 30), start) and _NO_NOUN.match(text[end : end + 30]):
        return True  # "on a bad one thirty"
    return (
        bool(before)
        and before is not None
        and before[1].lower() in rules.one_before
        and bool(_NO_NOUN.match(text[end : end + 30]))
    )
