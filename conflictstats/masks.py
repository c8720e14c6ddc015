"""Numbers that count nothing: dates, clock times, ages, labels, names of weapons and units, idioms.

Each rule looks at the characters around one number, never at the whole text, so that the cost is that of
the numbers that are there. The words are the codebook's (`masks.toml`, months from `calendar.toml`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from conflictstats.codebook import Codebook
from conflictstats.numerals import Numeral

_WORD = re.compile(r"[^\W\d_]+")
# A word behind a number that is no counted noun: what may follow a date or a label.
_FUNCTION = (
    r"(?:and|or|to|at|in|on|when|after|before|by|for|from|with|that|the|as|which|where|near|over|was|were|is|are|has|had"
    r"|until|till|through|during|against|into|since|of|but|while|it|he|she|they|we|a|an|this|his|her|its|their|our|who|said|saying"
    r"|around|about|between|overnight|local|alone|will|would|killed|killing|there|also|only|not|because|if|so|than|then)\b"
)
_BARE = rf"(?!\d|[.,]\d)(?!\s+(?!{_FUNCTION})[a-z])"  # no noun follows
_JOIN = r"\s*(?:,\s*(?:and\s+|or\s+)?|and\s+|to\s+|or\s+|through\s+|till\s+|until\s+|[-–—/&]\s*)"
_MERIDIEM = r"(?:[ap]\.?\s?m\b\.?|o['’]?\s?clock\b)"
_ZONE = r"(?:hours?\b|hrs?\b|h\b|GMT\b|UTC\b|Z\b|EET\b|EEST\b|EST\b|EDT\b|CET\b|CEST\b|BST\b|MSK\b|local\b|Kyiv\b|Moscow\b|Z\b)"
_CLOCK = re.compile(
    rf"""(?:
      (?:\d{{1,2}}(?:[:.]\d\d)?\s*(?:[-–]|to|and|or)\s*)?\d{{1,2}}(?:[:.]\d\d)?\s*{_MERIDIEM}   # 9 a.m., 2-3 pm
    | \d{{1,2}}:\d\d(?::\d\d)?(?!\d)(?:\s*{_ZONE})?                                             # 11:20, 22:00 GMT
    | [012]?\d\.[0-5]\d\s*{_ZONE}                                                               # 11.20 GMT
    | [012]\d[0-5]\d\s*{_ZONE}                                                                  # 0600 GMT, 1430 local
    | \d{{1,2}}h[0-5]\d\b                                                                       # 10h30
    | 0\d{{1,3}}(?![\d.,]\d|\d)                                                                 # 0600, 05: a leading zero
    )""",
    re.X | re.I,
)
_NUMERIC_DATE = re.compile(
    r"""(?:
      \d{4}-\d{2}-\d{2}(?:T[\d:.+Z-]*)?
    | \d{4}/\d{1,2}(?:/\d{1,2})?
    | \d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d\d)(?!\d)
    | \d{1,4}/\d{1,4}(?!\d)
    | (?:19|20)\d\d\s?[-–]\s?(?:(?:19|20)\d\d|\d\d)(?![\d,])
    | \d+(?:st|nd|rd|th)\b(?:\s*(?:[-–]|and|to|,)\s*\d+(?:st|nd|rd|th)\b)*
    | (?:\d{4}|\d0)['’]?s\b
    )""",
    re.X | re.I,
)
_PHONE = re.compile(r"\d{1,4}(?:[ -]?\(?\d{2,4}\)?){0,2}(?:-\d{2,4}){2,}(?!\d)|\d{3}-\d{4}(?!\d)|\d{9,}(?![\d,.])")
_SPORT = re.compile(r"\d{1,2}[-–]\d{1,2}(?:[-–]\d{1,2})+")
_COORDINATE = re.compile(r"\d{1,3}(?:\.\d+)?\s?°\s?(?:\d{1,2}(?:\.\d+)?\s?[′'’]\s?)?(?:\d{1,2}(?:\.\d+)?\s?[″\"”]\s?)?(?:[NSEW]\b)?")
_LIST_NUMBER = re.compile(r"\(?\d{1,3}(?:\.\d{1,2})*[.)\]](?=\s+\S)")
_TIME_AT_LINE_START = re.compile(r"[012]?\d[.:][0-5]\d(?=\s*[-–—:|]|\s+[A-Z])")
_OLD = re.compile(
    r"(?:\s*(?:,|and|or|to|[-–])\s*(?:and\s+|or\s+)?[\w-]+){0,3}?[\s-]*(?:years?|months?|weeks?|days?)(?:[\s-]+old)(?:s\b|\b)"
    r"|[\s-]*(?:years?|months?)\s+of\s+age\b|\s*y/?o\b",
    re.I,
)
_AGED = re.compile(
    r"\b(?:aged?|ages|age\s+of|ages\s+of|age\s+group|turned|turning|turns)[\s:]+(?:(?:between|from|about|around|just|only|at\s+least|under|over|below|above|up\s+to)\s+)*"
    r"(?:[\w-]+(?:\s*(?:,|and|or|to|[-–]|through)\s*)+){0,4}$",
    re.I,
)
_UNDER_AGE = re.compile(
    r"\b(?:children|child|kids|minors|youths?|those|men|women|people|males?|females?|adults|boys|girls|persons|civilians|infants|citizens|residents|ukrainians|russians|palestinians|everyone|anyone)"
    r"\s+(?:(?:who\s+(?:are|were)|aged|are|were)\s+)?(?:under|over|above|below|younger\s+than|older\s+than|between)\s+(?:the\s+age\s+of\s+)?(?:[\w-]+\s+and\s+)?$",
    re.I,
)
_NAME_COMMA = re.compile(r"(?:[A-ZÀ-Þ][\w'’-]+\s+)?[A-ZÀ-Þ][\w'’-]*[a-zß-ÿ][\w'’-]*,\s+$")
_NAME_BRACKET = re.compile(r"[A-ZÀ-Þ][\w'’-]+\s+(?!Region|Oblast|District|Province|Governorate|City|State|County)[A-ZÀ-Þ][\w'’-]*[a-z][\w'’-]*\s\($")
_YEAR_BEFORE = re.compile(
    r"(?:\b(?:in|since|by|until|till|from|during|early|late|mid|before|after|year|years|spring|summer|autumn|fall|winter|through|circa|of|for|and|to|end|beginning|election|elections|war|budget|the|for|invasion|dated|into|throughout|christmas|ramadan|easter|january|february|march|april|may|june|july|august|september|october|november|december)"
    r"|[-–/(,]|['’]s)\s*$",
    re.I,
)
_PLURAL = re.compile(r"\s+(?:[a-z][\w-]*\s+){0,2}?(?:[a-z]{3,}s|people|men|women|children|personnel|troops|aircraft|servicemen|police)\b")
_URL = re.compile(r"://|www\.|@|\.(?:com|org|net|gov|ua|ru|il|uk|info|html?|php|jpe?g|png)\b|^#|_", re.I)
_NAMED_UNIT_GAP = r"(?:\s+(?:[A-Z][\w'’-]*|of|the))*?\s+"
_LABEL_NUMBER_WORDS = frozenset("one two three four five six seven eight nine ten eleven twelve".split())


@dataclass(frozen=True)
class MaskRules:
    """The codebook's masks, ready for use."""

    month_first: re.Pattern[str]
    day_first: re.Pattern[str]
    months: frozenset[str]
    idioms: re.Pattern[str]
    labels: frozenset[str]
    models: frozenset[str]
    formation: re.Pattern[str]
    no: frozenset[str]
    one_before: frozenset[str]
    one_after: frozenset[str]
    age_nouns: re.Pattern[str]
    speaking: re.Pattern[str]


@cache
def mask_rules(codebook: Codebook) -> MaskRules:
    """Compile the masks of a codebook, once."""
    words = {name: mask.words for name, mask in codebook.masks.items()}
    names = {name.rstrip(".") for moment in codebook.calendar.values() if moment.kind == "month" for name in moment.names}
    names |= {name[:3] for name in names} | {"Sept"}
    month = "(?:" + "|".join(sorted({*names, *(name.upper() for name in names)}, key=lambda n: (-len(n), n))) + r")\b\.?"
    day = r"\d{1,2}(?:(?i:st|nd|rd|th))?"
    year = r"(?:,?\s+(?:of\s+)?(?:19|20)\d\d(?![\d,])|,?\s*['’]?\d\d(?=\s*(?:\(|\)|--|\]|$)))"
    noun = lambda *names: "|".join(re.escape(name) for names_ in names for name in words[names_])  # noqa: E731
    return MaskRules(
        month_first=re.compile(
            rf"{month}(?:\s*{day}{_BARE}(?:{_JOIN}(?:{month}\s*)?{day}{_BARE})*(?:{year})?|{year})"
        ),
        day_first=re.compile(rf"{day}(?:{_JOIN}(?:the\s+)?{day})*(?:\s+of)?[\s-]*{month}(?:{year})?"),
        months=frozenset(name.lower() for name in names),
        idioms=re.compile(r"\b(?:" + _alternatives(words["idioms"]) + r")(?![\w])", re.I),
        labels=frozenset(words["labels"]),
        models=frozenset(words["models"]),
        formation=re.compile(_NAMED_UNIT_GAP + r"(?:" + noun("formations") + r")\b(?!s)"),
        no=frozenset(words["no"]),
        one_before=frozenset(words["one_before"]),
        one_after=frozenset(words["one_after"]),
        age_nouns=re.compile(r"\b(?:" + noun("ages") + r"),\s+$", re.I),
        speaking=re.compile(
            r"(?:\s+[\w'’-]+){0,3}?\s+(?:" + noun("speakers") + r")(?:\s+(?:who|there|here))?\s+(?:" + noun("saying") + r")\b(?!\s+to\s+(?:be|have))",
            re.I,
        ),
    )


def _alternatives(phrases: tuple[str, ...]) -> str:
    longest = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    return "|".join(re.escape(phrase).replace(r"\ ", r"\s+").replace("'", "['’]") for phrase in longest)


def mask_at(text: str, start: int, rules: MaskRules) -> int | None:
    """Where the mask that begins at a digit or at the name of a month ends; None if there is none."""
    if not text[start].isdecimal():
        found = rules.month_first.match(text, start)
        return found.end() if found else None
    if found := rules.day_first.match(text, start):
        return found.end()
    if _starts_line(text, start):
        for pattern in (_TIME_AT_LINE_START, _LIST_NUMBER):
            if (found := pattern.match(text, start)) and not (pattern is _LIST_NUMBER and _ends(text, found.end())):
                return found.end()
    for pattern in (_CLOCK, _NUMERIC_DATE, _SPORT, _PHONE, _COORDINATE):
        if found := pattern.match(text, start):
            if pattern is _NUMERIC_DATE and _is_share(text, found):
                continue
            if pattern is _COORDINATE and not re.search(r"[NSEW′″]$", found.group()):
                continue
            return found.end()
    return _glued(text, start)


def _is_share(text: str, found: re.Match[str]) -> bool:
    return bool(re.fullmatch(r"\d/(?:\d|10)", found.group())) and bool(re.match(r"\s+of\b", text[found.end() :]))


def _starts_line(text: str, start: int) -> bool:
    line = text[max(0, start - 12) : start].rpartition("\n")[2] if start else ""
    return (start < 12 or "\n" in text[start - 12 : start]) and not line.strip(" \t(-–—•*·▪●■►[>")


def _ends(text: str, end: int) -> bool:
    return not text[end : end + 40].strip()


def _glued(text: str, start: int) -> int | None:
    """Numbers that are part of a longer token: Kh-101, T-90M, 2S19, S-300/400, v1.2, UAV7."""
    before = text[start - 1] if start else " "
    token_start = start
    while token_start and not text[token_start - 1].isspace() and start - token_start < 60:
        token_start -= 1
    token_end = start
    while token_end < len(text) and not text[token_end].isspace() and token_end - start < 60:
        token_end += 1
    token = text[token_start:token_end]
    stop = re.compile(r"[\w./+-]*\w").match(text, start)
    assert stop is not None
    if len(token) > 4 and _URL.search(token):
        return token_end
    if before in "#№@":
        return stop.end()
    if before.isalpha() and not re.search(r"(?:^|[\W\d_])(?:[A-Z]?[a-z]{3,}|of|in|by|at|to)$", token[: start - token_start]):
        return stop.end()
    if before in "-‐‑" and re.search(r"[^\W\d_]['’]?[-‐‑]$", text[token_start:start]):
        return stop.end()
    if before in "/" and re.search(r"\w/$", text[token_start:start]):
        return stop.end()
    if before == "." and start > 1 and text[start - 2].isdecimal():
        return stop.end()
    digits = re.compile(r"[\d.,]*\d").match(text, start)
    assert digits is not None
    tail = _WORD.match(text, digits.end())
    if tail and re.match(r"[A-Z]+\d|[A-Z]{1,2}(?![\w²³/])(?!\s?[-–]?\s?(?:plus))", text[digits.end() :]) and not re.match(r"[KM](?:\s|$)", tail.group() + " "):
        return None if tail.group() in ("KM", "KG", "MW", "GW", "W", "V", "C", "F") else stop.end()
    return None


def names_something(text: str, number: Numeral, rules: MaskRules) -> bool:
    """Whether a number is a label, an age, a year or part of a name rather than a count."""
    before = text[max(0, number.start - 60) : number.start]
    after = text[number.end : number.end + 60]
    if _labelled(text, number, before, after, rules):
        return True
    if _is_age(number, before, after, rules):
        return True
    if number.digits and (_is_year(text, number, before, after) or rules.formation.match(after)):
        return True
    return bool(rules.speaking.match(after)) and number.best <= 20


def _labelled(text: str, number: Numeral, before: str, after: str, rules: MaskRules) -> bool:
    """Route 6, School No. 56, Leopard 2, Phase Two."""
    found = re.search(r"([^\W\d_][\w'’-]*\.?|№)(?:\s+|\s?[#№]\s?)$", before)
    if found is None:
        return False
    word = found[1]
    if not number.digits:
        spelled = text[number.start : number.end]
        named = word.istitle() and spelled.istitle() and spelled.lower() in _LABEL_NUMBER_WORDS
        return named and word.lower() in rules.labels and not _PLURAL.match(after)
    if word in rules.models and number.best < 1000 and number.best == int(number.best):
        # "In Su 12 people": a make is followed by no lower-case noun that is counted, save "Leopard 2 tanks"
        return word not in ("A", "B", "C", "E", "F", "L", "M", "S", "T", "X", "P", "D", "J", "R", "AN", "MI", "SM", "AC", "MON") or not _PLURAL.match(after)
    lower = word.lower()
    if lower in ("no.", "nos.", "no", "nr.", "№", "nr") or re.search(r"[#№]\s?$", before):
        return True
    if lower.rstrip(".") not in rules.labels and lower not in rules.labels:
        return False
    if re.search(r"\b(?:a|an|the|each|every|this|that|per|one|next|last|first)\s+[\w'’-]+\s+$", before) and not word[0].isupper():
        return False
    if lower in ("number", "numbers") and re.search(r"\b(?:the|a|total|in)\s+numbers?\s+$", before, re.I):
        return False
    return not re.match(r"\s+[a-z]{3,}", after) or bool(re.match(rf"\s+{_FUNCTION}", after)) or (word[0].isupper() and not _PLURAL.match(after) and not word.isupper())


def _is_age(number: Numeral, before: str, after: str, rules: MaskRules) -> bool:
    if _OLD.match(after) and not re.match(r"[\s-]*(?:years?|months?|weeks?|days?)[\s-]+old\s+(?:war|conflict)", after, re.I):
        return True
    if _AGED.search(before):
        return True
    if number.best != number.best or number.best > 110 or number.best < 1:
        return False
    if _UNDER_AGE.search(before) and not _PLURAL.match(after):
        return True
    if not number.digits:
        return bool(rules.age_nouns.search(before)) and bool(re.match(r"\s*[,.;)]", after))
    closed = re.match(r"\s*(?:[,.;)]|$|\s(?:and|or)\s+(?:[A-Z]|his|her|a\b))", after)
    if not closed:
        return False
    if rules.age_nouns.search(before) or _NAME_BRACKET.search(before):
        return True
    if found := _NAME_COMMA.search(before):
        last = re.findall(r"[\w'’-]+", found.group())[-1].lower()
        return last not in rules.months and not last.endswith("day")
    return False


def _is_year(text: str, number: Numeral, before: str, after: str) -> bool:
    if number.end - number.start != 4 or not 1500 <= number.best <= 2100:
        return False
    if re.match(r"\s*(?:%|percent|per\s+cent)|-[a-z]", after):
        return bool(re.match(r"-[a-z]", after))
    spoken = re.search(r"\b(?:than|least|about|some|nearly|almost|around|approximately|over|under|estimated|as|up|most|another|further|total|all|these|those)(?:\s+(?:of|to|many))?\s+$", before, re.I)
    if spoken:
        return False
    counted = _PLURAL.match(after)
    if number.best < 1900:
        return bool(re.search(r"\b(?:in|since)\s+$", before)) and not re.match(r"\s+[a-z]", after)
    if re.search(r"\b(?:in|since|by|until|till|from|during|early|late|mid|year|spring|summer|autumn|winter|january|february|march|april|may|june|july|august|september|october|november|december)[\s,.-]+$", before, re.I):
        return not (counted and number.best % 50 == 0 and re.match(r"\s+(?:people|soldiers|civilians|fighters|troops|[a-z]+s)\b", after))
    if re.match(r"\s+(?:were|have|had|are)\b", after) and number.best % 10 == 0:
        return False
    return not counted or bool(_YEAR_BEFORE.search(before) and number.best % 50)


def no_is_no_zero(text: str, end: int, rules: MaskRules) -> bool:
    """Whether "no", which ends at `end`, counts nothing: "no longer", "No, he said", "No. 3"."""
    found = re.compile(r"[\s-]+(?:\"|“)?([^\W\d_][\w'’]*)").match(text, end)
    return found is None or found[1].lower() in rules.no


def one_is_no_count(text: str, start: int, end: int, rules: MaskRules) -> bool:
    """Whether "one" is a pronoun: "this one", "one must", "the one in Kharkiv"."""
    before = re.search(r"([\w'’]+)\s+$", text[max(0, start - 20) : start])
    after = re.compile(r"\s+([\w'’]+)").match(text, end)
    following = after[1].lower() if after else ""
    if before and before[1].lower() in rules.one_before:
        # a noun behind makes it a number again: "the one soldier"
        return not following or following in rules.one_after or following in ("of", "was", "were", "had", "will")
    return following in rules.one_after
