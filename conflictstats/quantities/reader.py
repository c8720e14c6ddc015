"""Text → quantities: number, hedge and unit, with the bounds that they are taken to mean.

The way of one number: found (`numerals`), kept if it counts something (`masks`), joined to a range, given
its unit (`units`), its kind and its hedge (`hedging`), linked to its total. All of it works on text alone;
`measures` drops, with the parse at hand, what counts nothing about a conflict.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from conflictstats.codebook import Codebook, load_codebook
from conflictstats.errors import OptionError
from conflictstats.quantities.hedging import HedgeRules, hedge_before, hedge_rules, hedged
from conflictstats.quantities.masks import (
    MaskRules,
    idiom_at,
    label_before,
    mask_at,
    mask_rules,
    names_something,
    no_is_no_zero,
    nobody_does,
    one_is_no_count,
)
from conflictstats.quantities.numerals import NumberWords, Numeral, number_words, read_numeral
from conflictstats.quantities.units import (
    UnitRules,
    kind_of,
    size_of,
    symbol_before,
    unit_behind,
    unit_rules,
    why_no_extent,
)
from conflictstats.records import Hedge, Quantity, QuantityKind

if TYPE_CHECKING:
    import pandas as pd

# What nobody sees within a number: "1,2\u200b00" is shown, and read, as 1,200.
_INVISIBLE = re.compile("(?<=[\\d.,])[\u00ad\u200b-\u200d\u2060\ufeff]+(?=[.,]?\\d)")
_TOKEN = re.compile(r"\d+|[^\W\d_]+")
_ARTICLE = re.compile(r"\ban?\b", re.I)  # "more than a kilometre"
_ONE = re.compile(r"[\s-]*(?:one|body)\b", re.I)
_THAN = re.compile(r"\s+[a-z]+\s+than\b", re.I)
_NO_NUMBER = re.compile(r"[-\s]*(?:\d|in\b|degrees?\b)")
_SPORT = re.compile(r"\s*(?:on|in|for|at|were\s+level|:)(?:\b|\s)")
_NO_NOUN_BEHIND = re.compile(
    r"\s*(?:[,.;:)]|$)|\s+(?:and|or|of|in|on|at|to|were|was|are|is|from|by|for|with|the)\b"
)
_SAME_LABEL = re.compile(r"\s*(?:,\s*(?:and\s+)?|and\s+|or\s+|to\s+|[-–&/]\s*)")

# --- ranges
_AGAIN = re.compile(r"\s?\([^()]{1,60}\)")
_TO = re.compile(r"\s*[-–—‒‐‑]\s*|\s+(?:to|through|till)\s+|\s?-\s?to\s?-\s?", re.I)
_SPACED_DASH = re.compile(r"\s+[-–—‒]\s+")
_OR = re.compile(
    r"\s+(?:or|if\s+not)\s+(?:even\s+|perhaps\s+|maybe\s+|possibly\s+)?|\s*,\s*(?:if\s+not|or\s+even|or|possibly|perhaps|maybe)\s+|-or-",
    re.I,
)
_AND = re.compile(r"\s+(?:and|to)\s+", re.I)
_OPENER = re.compile(r"\b(?:(?:anywhere|somewhere)\s+)?(between|from)\s+$", re.I)
_BESIDE = re.compile(r"\b([a-z]+)\s+$", re.I)

# --- shares
_SHARE_OF = re.compile(
    r"\s+of\b(?!\s+(?:(?:the|this|that|last|a|an|next)\s+)?(?:year|month|week|day|night|decade|century|game|match|season|(?:19|20)\d\d))"
    r"|\s+(?:the|its|their|his|her|our|my|those|these|that|all|them)\b"
    r"(?!\s+(?:size|time|number|distance|price|cost|way|length|strength|year|battle|story|night|day)\b)"
    r"|\s+(?:were|was|are|is|had|have|has|remain|remained|live|lived|died|fled|left|came|did|do|now|still|already)\b",
    re.I,
)
_SHARE_ENDS = re.compile(
    r"\s*(?:[.,;:)!?—–\"”]|$)|\s+-\s|\s+(?:in|by|from|on|since|between|over|during|and|or|as|came|after|before|within|more|less|below|above)\b"
    r"|\s+\w+\s+(?:day|week|month|year)s?\s+(?:ago|earlier|before)\b",
    re.I,
)
_NO_SHARE = re.compile(
    r"\s*-|\s+(?:party|parties|majority|person|time|day|country|countries|quarters?)\b", re.I
)
_ONE_MORE = re.compile(r"\s+(?:is|was|has)\b", re.I)
_NO_HALF = re.compile(
    r"\b(?:the|first|second|latter|former|other|northern|southern|eastern|western|upper|lower|better|and|in|this|last|each|every|one|front|back|top|bottom|left|right|another|a)\s+$",
    re.I,
)
_ONE_IN = re.compile(r"\s+(in|out\s+of|of(?=\s+every))(\s+every)?\s+", re.I)
# Who is counted in "four in five residents"; of things, "three in four attacks" tells what happened in each.
_SHARERS = re.compile(
    r"(?!\s+[a-z])|\s+(?:people|persons|households|families|residents|inhabitants|children|women|men|homes|houses|civilians"
    r"|ukrainians|russians|palestinians|israelis|syrians|sudanese|gazans|voters|respondents)\b",
    re.I,
)
_TIME = re.compile(r"\s+(?:seconds?|minutes?|hours?|days?|nights?|weeks?|months?|years?|decades?)\b", re.I)

# --- what a bare number counts
_COMPOUND = re.compile(r"[-‐‑]([^\W\d_]+)")
_COMPOUNDS_THAT_COUNT = frozenset({"strong", "plus", "odd", "ish", "or"})
# "a 39-man police patrol", "a 60-member armed group"
_MANNED = frozenset({"man", "men", "member", "person"})
BANDS = frozenset(
    "patrol squad group unit force detachment platoon column gang band garrison contingent commando cell posse battalion company"
    " brigade militia guard escort expedition".split()
)
_BAND = re.compile(rf"(?:\s+[a-z-]+){{0,3}}?\s+(?:{'|'.join(sorted(BANDS))})\b", re.I)
_TIMES_SIGN = re.compile(
    r"\s?[x×]\s+(?!(?:more|less|faster|as|the|larger|higher|bigger)\b)[^\W\d_]"
)  # "3x S-300"
_GLUED_WORD = re.compile(r"[^\W\d_]+")
_SHORT_WORDS = frozenset({"men", "kia", "wia", "uav", "pow", "and", "of", "to", "in", "at", "or"})
_ORDINAL = re.compile(
    r"\s+and\s+(?:first|second|third|[a-z]+th)\b|[-\s](?:[a-z]+ieth|first|fourth|fifth|sixth|seventh|eighth|ninth)\b(?!\s+of)",
    re.I,
)
_RATIO = re.compile(
    r"[\s-]*(?:times\s+(?:as|more|less|fewer|larger|higher|bigger|greater|longer|smaller|stronger|worse|better|over(?!\s+(?:the|a|two|three|four|five|six|several|\d))|faster|the|its|their)|fold)\b",
    re.I,
)
_POINT = re.compile(r"(?<![\w.])\.\Z")  # "a .303 rifle"
_CALIBRE = re.compile(r"\s*(?:mm\b|cal\b|calib|inch)", re.I)
_PRICED = re.compile(r"\b(?:costs?|costing|priced\s+at|price\s+of)\s+$", re.I)
_POPULATION = re.compile(
    r"\bpopulation\s+(?:(?:of|is|was|at|estimated\s+at|put\s+at|stands\s+at|stood\s+at|numbers|numbering|totals|exceeds)\s+)?$"
    r"|\b(?:city|town|village|hamlet|enclave|suburb|settlement|municipality|metropolis|port|capital|country|nation|island|territory|strip"
    r"|region|province|district|community|neighbou?rhood|town)\s+of\s+$"
    r"|\b(?:which|that|is|was|once|and)?\s*(?:home\s+to|is\s+inhabited\s+by|inhabited\s+by)\s+$",
    re.I,
)
_INHABITANTS = re.compile(r"\s+(?:inhabitants|inhabitant)\b", re.I)
# "murdered 69 inhabitants", "69 inhabitants of the village were murdered" tell of no population
_HARM = r"(?:kill|murder|execut|massacr|slaughter|wound|injur|abduct|kidnap|displac|evacuat|arrest|detain|captur|releas|rescu|expel|depriv)"
_HARMED = re.compile(
    rf"\s+inhabitants?(?:\s+(?:of|from|in)\s+[^,.;:]{{1,40}}?)?(?:,[^.;:]{{1,60}},)?\s+(?:(?:is|are|was|were|has|have|had|been|also|reportedly)\s+)*"
    rf"(?:{_HARM}\w*|hurt|died|fled|fleeing|missing)\b",
    re.I,
)
_DONE_TO = re.compile(
    rf"\b{_HARM}"
    r"\w*\s+(?:(?:at least|about|around|some|another|more than|over|nearly|the)\s+)*$",
    re.I,
)

# --- links
_ALL = re.compile(
    r"(?<!\bin\s)\b(?:all|each|every\s+one)(?:\s+of)?(?:\s+(?:the|these|those|its|their|our|his|her|my))?\s+$",
    re.I,
)
_OF_TOTAL = re.compile(
    r"\s+(?P<noun>(?:(?!and\s|or\s|but\s)[\w'’-]+\s+){0,3}?)(?P<out>out\s+)?of\s+(?:a\s+total\s+(?:of\s+)?|(?:the|its|their|his|her|our|these|those|some|all|a)\s+|[\w'’-]+['’]s?\s+){0,3}",
    re.I,
)
_OF_FIRST = re.compile(
    r"(?:^|[.;:,\"“]\s*|\n)(?:and\s+|but\s+)?(?:out\s+)?of\s+(?:the|its|their|these|those|a\s+total\s+of|some|all)?\s*$",
    re.I,
)
_CLAUSE = re.compile(r"[^.;:\d]{0,80},[^.;:\d]{0,30}")
_APPOSED = re.compile(r"\s*[,–—-]\s*")

# --- the counted noun
_NOUN_WORD = re.compile(r"\s+(of\s+(?:the\s+)?)?([^\W\d_][\w'’-]*)")
_NOUN_MORE = re.compile(r"\s+(?:more|other|others|additional|further)\b|\s?[x×](?=\s)", re.I)
_NOUN_STOP = frozenset(
    "the a an and or but of in on at to from by for with as that which who whom whose when where while after before during since until into over"
    " under near along across against between among around about than is are was were be been being am has have had will would could should may"
    " might can did do does not no it its they them their he she his her we our you your i this these those there here said says so if because"
    " killed wounded injured including according also only out up down off per overnight on hit fell died reported".split()
)  # fmt: skip
_PLURALS = frozenset(
    "people men women children personnel aircraft troops police servicemen policemen".split()
)


class Figure(NamedTuple):
    """One number, or two that are a range, on its way to a quantity."""

    start: int  # with the "between" of a range
    number: Numeral
    is_range: bool = False


@dataclass(frozen=True)
class Rules:
    """What reading quantities needs of a codebook, compiled once."""

    words: NumberWords
    masks: MaskRules
    hedges: HedgeRules
    units: UnitRules
    rising: frozenset[str]
    rising_beside: frozenset[str]
    gate: frozenset[str]


@cache
def _rules(codebook: Codebook) -> Rules:
    words = number_words(codebook)
    return Rules(
        words=words,
        masks=mask_rules(codebook),
        hedges=hedge_rules(codebook),
        units=unit_rules(codebook),
        rising=frozenset(codebook.masks["rising"].words),
        rising_beside=frozenset(codebook.masks["rising_beside"].words),
        # "a hundred" has its other word here, and "not a single" its last
        gate=((words.triggers | words.parts.keys() | words.groups.keys()) - {"a", "an", "not"}) | {"single"},
    )


def gate(text: str, codebook: Codebook) -> bool:
    """Whether a text can hold a quantity at all: a cheap look for digits and number words."""
    rules = _rules(codebook)
    tokens = _TOKEN.findall(text)
    if not rules.gate.isdisjoint(map(str.lower, tokens)) or any(token[0].isdecimal() for token in tokens):
        return True
    return any(rules.units.behind.match(text, article.end()) for article in _ARTICLE.finditer(text))


def read_quantities(text: str, codebook: Codebook) -> list[Quantity]:
    """Every quantity of a text, in order, without overlaps; offsets count in `text`.

    Only those of kind count, measure and percent can be claims. What the text alone shows to be no claim
    (where a place lies, how heavy a bomb is) comes back as `general`, with the reason in its evidence;
    dates, times, ages, labels and names do not come back.
    """
    hidden = [at for match in _INVISIBLE.finditer(text) for at in range(*match.span())]
    if not hidden:
        return _read(text, codebook)
    left_out = frozenset(hidden)
    places = [at for at in range(len(text)) if at not in left_out]
    shown = "".join(text[at] for at in places)
    return [_in_text(quantity, text, places) for quantity in _read(shown, codebook)]


def _in_text(quantity: Quantity, text: str, places: list[int]) -> Quantity:
    """A quantity of what is shown of a text, where it stands in the text itself."""
    start, end = places[quantity.start], places[quantity.end - 1] + 1
    return replace(
        quantity,
        start=start,
        end=end,
        text=text[start:end],
        number_start=places[quantity.number_start],
        number_end=places[quantity.number_end - 1] + 1,
        of=None if quantity.of is None else places[quantity.of],
    )


def _read(text: str, codebook: Codebook) -> list[Quantity]:
    rules = _rules(codebook)
    found: list[Quantity] = []
    floor = 0
    for figure in _figures(text, list(_numerals(text, rules)), rules):
        if figure.start < floor:
            continue  # the three of "one in three"
        quantity = _quantity(text, figure, floor, rules)
        if quantity is not None:
            found.append(quantity)
        floor = quantity.end if quantity else max(floor, figure.number.end)
    return _linked(text, found)


# --- numbers


def _numerals(text: str, rules: Rules) -> Iterator[Numeral]:
    """The numbers that may count something, in order."""
    triggers, months = rules.words.triggers, rules.masks.months
    at = 0
    label = -1  # where a labelled number ended: of "Trams 1, 2 and 71" all are names
    for token in _TOKEN.finditer(text):
        start, word = token.start(), token.group()
        if start < at:
            continue
        if not word[0].isdecimal():
            word = word.lower()
            if word not in triggers and not (word in months and token.group()[0].isupper()):
                continue
        if (end := idiom_at(text, start, word, rules.masks)) is not None:
            at = end
            continue
        if (word[0].isdecimal() or word in months) and (end := mask_at(text, start, rules.masks)) is not None:
            at = end
            continue
        number = read_numeral(text, start, rules.words) or _article_of_unit(text, start, word, rules)
        if number is None:
            continue
        at = number.end
        if number.form == "zero":
            if not _is_zero(text, number, word, rules):
                continue
            if word == "no" and (one := _ONE.match(text, at)):
                at = one.end()  # "no one" is one zero
            if not ((word == "nobody" or at > number.end) and nobody_does(text, at)):
                yield number
        elif label_before(text, number, rules.masks) or (
            label >= 0
            and number.digits
            and _SAME_LABEL.fullmatch(text, label, start)
            and _label_continues(text, number)
        ):
            label = number.end
        elif _counts(text, number, word, rules):
            yield number


def _label_continues(text: str, number: Numeral) -> bool:
    """Whether nothing counted stands behind a number that may go on a list of labels: "Articles 5 and 6 of"."""
    return _NO_NOUN_BEHIND.match(text, number.end) is not None


def _article_of_unit(text: str, start: int, word: str, rules: Rules) -> Numeral | None:
    """The article counts one only where a hedge says so: "more than a kilometre"."""
    if word not in ("a", "an"):
        return None
    unit = rules.units.behind.match(text, start + len(word))
    if (
        unit is None
        or len(unit["unit"]) < 3
        or not hedge_before(text, start, 0, start + len(word), rules.hedges)
    ):
        return None
    return Numeral(start, start + len(word), 1.0, 1.0, 1.0, "number")


def _is_zero(text: str, number: Numeral, word: str, rules: Rules) -> bool:
    if _THAN.match(text, number.end):
        return False  # "none fewer than 40"
    if word == "no":
        return not no_is_no_zero(text, number.end, rules.masks)
    return word not in ("zero", "nil") or not _NO_NUMBER.match(text, number.end)


def _counts(text: str, number: Numeral, word: str, rules: Rules) -> bool:
    before = text[max(0, number.start - 2) : number.start]
    if not number.digits and before[-1:] in ("-", "‐", "‑") and before[:1].isalpha():
        return False
    if word == "one" and number.best == 1 and one_is_no_count(text, number.start, number.end, rules.masks):
        return False
    if word == "scores" and number.form == "vague" and _SPORT.match(text, number.end):
        return False
    return not names_something(text, number, rules.masks)


# --- ranges


def _figures(text: str, numbers: list[Numeral], rules: Rules) -> Iterator[Figure]:
    """Numbers as they are, and pairs that are one range: 30 to 40, two or three, between 9,000 and 12,000."""
    numbers = list(_said_once(text, numbers))
    turn = 0
    while turn < len(numbers):
        number = numbers[turn]
        joined = _range(text, number, numbers[turn + 1], rules) if turn + 1 < len(numbers) else None
        yield joined or Figure(number.start, number)
        turn += 2 if joined else 1


def _said_once(text: str, numbers: list[Numeral]) -> Iterator[Numeral]:
    """The numbers, those that brackets say again taken as one: "two (2) persons", "200 (two hundred)"."""
    turn = 0
    while turn < len(numbers):
        number = numbers[turn]
        again = numbers[turn + 1] if turn + 1 < len(numbers) else None
        if again and again.best == number.best and _AGAIN.fullmatch(text, number.end, again.end + 1):
            number = number._replace(end=again.end + 1)
            turn += 1
        yield number
        turn += 1


def _range(text: str, first: Numeral, second: Numeral, rules: Rules) -> Figure | None:
    if second.start - first.end > 40 or "zero" in (first.form, second.form):
        return None
    gap_start = first.end
    if unit := unit_behind(text, first.end, first, rules.units):
        behind = unit_behind(text, second.end, second, rules.units)
        if unit[1] > second.start or behind is None or behind[0] != unit[0]:
            return None
        gap_start = unit[1]
    gap_end = second.start
    if symbol := symbol_before(text, second.start, rules.units):
        gap_end = symbol[1]
    gap = text[gap_start:gap_end]
    money = symbol_before(text, first.start, rules.units)
    start = money[1] if money else first.start
    hedge = hedge_before(text, start, 0, second.end, rules.hedges)
    opener_end = hedge[0] if hedge else start
    opener = _OPENER.search(text, max(0, opener_end - 24), opener_end)
    opening = opener[1].lower() if opener else ""
    if _TO.fullmatch(gap):
        if opening == "from" and opener and _rises(text, opener.start(), rules):
            return None
        if _SPACED_DASH.fullmatch(gap) and not (
            first.digits and second.digits and second.low <= 3 * first.low
        ):
            return None
    elif _OR.fullmatch(gap):
        if not _neighbours(first, second):
            return None
    elif not (opening == "between" and _AND.fullmatch(_without_hedge(text, gap_start, gap_end, rules))):
        return None
    low, high = _same_scale(first, second)
    if first.form != second.form or not low.low < high.high or low.best >= high.best:
        return None
    best = (low.best + high.best) / 2  # NaN where they are vague
    number = Numeral(
        first.start,
        second.end,
        low.low,
        best,
        high.high,
        first.form,
        second.scale,
        first.digits and second.digits,
    )
    return Figure(opener.start() if opener else first.start, number, is_range=first.form != "vague")


def _without_hedge(text: str, start: int, end: int, rules: Rules) -> str:
    """What joins two numbers, without the second one's hedge: "between 30 and about 40"."""
    hedge = hedge_before(text, end, start, end, rules.hedges)
    return text[start : hedge[0] if hedge else end]


def _rises(text: str, opener: int, rules: Rules) -> bool:
    """Whether "from 19 to 23" tells of a change: two figures."""
    before = text[max(0, opener - 50) : opener]
    beside = _BESIDE.search(before)
    if beside and beside[1].lower() in rules.rising_beside:
        return True
    return any(
        word in rules.rising for word in re.findall(r"[a-z]+", re.split(r"[.;\n]", before)[-1].lower())
    )


def _neighbours(first: Numeral, second: Numeral) -> bool:
    """Two or three, ten or twelve, dozens or hundreds; but "12 or 300" are two numbers."""
    low, high = _same_scale(first, second)
    if first.form == "vague" and second.form == "vague":
        return low.low < high.low
    return low.best < high.best <= max(2 * low.best, low.best + 2)


def _same_scale(first: Numeral, second: Numeral) -> tuple[Numeral, Numeral]:
    """In "1 to 1.2 million" and "two or three hundred" the first number has the scale of the second."""
    if first.scale == 1.0 and second.scale > 1.0 and first.best <= min(999.0, second.best / second.scale):
        return first.times(second.scale), second
    return first, second


# --- one quantity


def _quantity(text: str, figure: Figure, floor: int, rules: Rules) -> Quantity | None:
    number = figure.number
    start, end = figure.start, number.end
    kind: QuantityKind = "count"
    unit = "count"
    factor = 1.0
    evidence: list[str] = []
    found = None
    if symbol := symbol_before(text, number.start, rules.units):
        kind, unit, start = "money", symbol[0], min(start, symbol[1])
    elif found := unit_behind(text, number.end, number, rules.units):
        unit, end = found
        entry = rules.units.table[unit]
        kind = kind_of(entry)
        if entry.large and number.scale >= 1e6:
            kind, unit = "money", entry.large
        elif entry.to:
            factor = size_of(unit, entry.pint, entry.to)
            unit = entry.to
    elif number.form == "fraction":
        if not _is_share(text, number, rules):
            return None
        kind, unit, factor = "percent", "percent", 100.0
    elif (share := _one_in(text, number, rules)) is not None:
        kind, unit, factor, end = "percent", "percent", *share
        evidence.append("a share: so many in so many")
    elif not _stands_alone(text, number, rules):
        return None
    elif not _is_whole(number):
        kind, unit = "general", "dimensionless"
    shape: Hedge = "vague" if number.form == "vague" else "range" if figure.is_range else "exact"
    bounds = (number.low * factor, number.best * factor, number.high * factor)
    if number.form == "zero":
        low, best, high, hedge = *bounds, shape
    else:
        start, end, hedge, low, best, high, phrases = hedged(
            text, start, end, number, shape, bounds, floor, rules.hedges
        )
        evidence += [f"hedge: {phrase!r}" for phrase in phrases]
    if (
        kind == "measure"
        and found
        and (reason := why_no_extent(text, start, found[1], number, rules.units.table[found[0]], rules.units))
    ):
        kind = "general"
        evidence.append(reason)
    if kind == "count" and (reason := _why_no_count(text, start, number, rules)):
        kind = "general"
        evidence.append(reason)
    return Quantity(
        start=start,
        end=end,
        text=text[start:end],
        low=_tidy(low),
        best=_tidy(best),
        high=_tidy(high),
        hedge=hedge,
        unit=unit,
        kind=kind,
        number_start=number.start,
        number_end=number.end,
        whole=_ALL.search(text, max(0, start - 24), start) is not None or text[start:end].lower() == "none",
        noun=_noun(text, end, rules)
        if unit == "count" and (number.form != "zero" or text[start:end].lower() == "no")
        else None,
        evidence=tuple(evidence),
    )


def _tidy(value: float) -> float:
    """Without the last digits that only floating point has put there: 1.1 × 50 is 55."""
    return float(f"{value:.14g}")


def _is_share(text: str, number: Numeral, rules: Rules) -> bool:
    """Whether a fraction is a share of something: "half of them", "a third", but not "a third missile"."""
    spelled = text[number.start : number.end].lower()
    if _SHARE_OF.match(text, number.end):
        is_share = True
    else:
        hedge = hedge_before(text, number.start, 0, number.end, rules.hedges)
        is_share = _SHARE_ENDS.match(text, number.end) is not None and (
            spelled != "half" or hedge is not None
        )
    if spelled.endswith("half") and _NO_HALF.search(text, max(0, number.start - 24), number.start):
        return False
    if (
        spelled.startswith("a ")
        and spelled not in ("a half", "a quarter")
        and _ONE_MORE.match(text, number.end)
    ):
        return False  # "two died, a third is missing"
    return is_share and not _NO_SHARE.match(text, number.end)


def _one_in(text: str, number: Numeral, rules: Rules) -> tuple[float, int] | None:
    """One in three, nine out of ten, four in every five: what to multiply with to get percents, and the end."""
    found = _ONE_IN.match(text, number.end)
    if found is None or number.form != "number" or number.scale > 1 or not 1 <= number.best < 100:
        return None
    begin = found.end()
    if begin >= len(text) or not text[begin].isalnum():
        return None
    total = read_numeral(text, begin, rules.words)
    if total is None or total.form != "number" or not number.best < total.best <= 100:
        return None
    every, round_total = found[2] is not None, total.best in (10, 100)
    plain = found[1].lower() == "in"
    nearly_all = plain and number.best == total.best - 1 and _SHARERS.match(text, total.end) is not None
    if not (every or (plain and number.best == 1) or round_total or nearly_all):
        return None
    if not plain and not every and (total.digits or number.digits):
        return None  # "1 out of 3 missiles", "9 out of 10 drones" are counts
    if _TIME.match(text, total.end) or unit_behind(text, total.end, total, rules.units):
        return None
    return 100.0 / total.best, total.end


def _stands_alone(text: str, number: Numeral, rules: Rules) -> bool:
    """Whether a number without unit counts: it is no front of an adjective ("two-storey") or of a token ("2x")."""
    if found := _COMPOUND.match(text, number.end):
        word = found[1].lower()
        manned = word in _MANNED and _BAND.match(text, found.end()) is not None
        return manned or word in _COMPOUNDS_THAT_COUNT or word in rules.masks.things
    if number.digits and _TIMES_SIGN.match(text, number.end):
        return True
    if number.digits and (found := _GLUED_WORD.match(text, number.end)):
        return len(found.group()) > 3 or found.group().lower() in _SHORT_WORDS
    return not _ORDINAL.match(text, number.end)


def _is_whole(number: Numeral) -> bool:
    return number.low == int(number.low) and (math.isinf(number.high) or number.high == int(number.high))


def _why_no_count(text: str, start: int, number: Numeral, rules: Rules) -> str | None:
    """Why a bare number counts nothing of a conflict, where the words around it say so."""
    if _RATIO.match(text, number.end):
        return "a ratio"
    if number.digits and (_CALIBRE.match(text, number.end) or _POINT.search(text, 0, start)):
        return "a calibre"
    before = text[max(0, start - 40) : start]
    if _PRICED.search(before) and number.digits and not _noun(text, number.end, rules):
        return "a price"
    inhabited = _POPULATION.search(before) or (
        _INHABITANTS.match(text, number.end)
        and not _DONE_TO.search(before)
        and not _HARMED.match(text, number.end)
    )
    return "a population" if inhabited else None


def _noun(text: str, end: int, rules: Rules) -> str | None:
    """The counted noun where it stands right behind: up to four words, to the first plural."""
    if more := _NOUN_MORE.match(text, end):
        end = more.end()
    begin, stop = -1, end
    for _ in range(4):
        found = _NOUN_WORD.match(text, stop)
        if found is None or (found[1] and begin >= 0):
            break
        word = found[2].lower()
        if word in _NOUN_STOP or word in rules.words.triggers:
            break
        begin = found.start(2) if begin < 0 else begin
        stop = found.end()
        word = found[2]
        if word in _PLURALS or (word.islower() and word.endswith("s") and not word.endswith("ss")):
            break
    return text[begin:stop] if begin >= 0 else None


# --- links between quantities


def _linked(text: str, found: list[Quantity]) -> list[Quantity]:
    """Parts with their totals ("68 of 70 drones"); vague words that a figure beside them makes needless go."""
    linked: list[Quantity] = []
    for turn, quantity in enumerate(found):
        after = found[turn + 1] if turn + 1 < len(found) else None
        before = found[turn - 1] if turn else None
        if (
            after
            and quantity.hedge == "vague"
            and after.hedge == "at_least"
            and _APPOSED.fullmatch(text, quantity.end, after.start)
        ):
            continue
        if (
            after
            and {quantity.kind, after.kind} <= {"count", "percent"}
            and (link := _OF_TOTAL.fullmatch(text, quantity.end, after.start))
            and not (link["noun"] and after.noun and link["noun"].split()[-1].lower() != after.noun.lower())
        ):
            quantity = replace(quantity, of=after.start)  # "300 residents of three hamlets" counts two things
        elif (
            before
            and before.kind == quantity.kind == "count"
            and before.of is None
            and _OF_FIRST.search(text, max(0, before.start - 30), before.start)
            and _CLAUSE.fullmatch(text, before.end, quantity.start)
        ):
            quantity = replace(quantity, of=before.start)  # "Of the 70 drones, 68 were shot down"
        linked.append(quantity)
    return linked


# --- for users


def quantities(text: str, *, codebook: Codebook | None = None) -> pd.DataFrame:
    """Every quantity of any English text, as a table: counts, measures, percents, money, durations and others.

    Columns: low, best, high (in `unit`; inf is unbounded, NaN unknown), unit, hedge, noun (what is counted,
    where it stands right behind), text, start, end, kind.

    Args:
        text: any English text.
        codebook: the shipped one if not given; see `load_codebook`.

    Raises:
        OptionError: the text is no string.
    """
    if not isinstance(text, str):
        raise OptionError(
            f"a text is asked for, and a {type(text).__name__} came; of a column of texts, take them one by one."
        )
    from conflictstats.tables import frame  # brings pandas, which the extraction does not need

    columns = {
        "low": "float64", "best": "float64", "high": "float64", "unit": "string", "hedge": "string",
        "noun": "string", "text": "string", "start": "int64", "end": "int64", "kind": "string",
    }  # fmt: skip
    found = read_quantities(text, codebook or load_codebook())
    return frame(
        ((q.low, q.best, q.high, q.unit, q.hedge, q.noun, q.text, q.start, q.end, q.kind) for q in found),
        columns,
    )
