"""Text → quantities: number, hedge and unit, with the bounds that they are taken to mean.

The way of one number: found (`numerals`), kept if it counts something (`masks`), joined to a range,
given its unit, its kind and its hedge. Works on text alone; `measures` drops, with the parse at hand,
what counts nothing about a conflict.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from conflictstats.codebook import Codebook, HedgeKind, Unit
from conflictstats.errors import CodebookError
from conflictstats.inflection import noun_forms
from conflictstats.masks import MaskRules, mask_at, mask_rules, names_something, no_is_no_zero, one_is_no_count
from conflictstats.numerals import Numeral, NumberWords, number_words, read_numeral
from conflictstats.records import Hedge, Quantity, QuantityKind

if TYPE_CHECKING:
    import pandas as pd

_TOKEN = re.compile(r"\d+|[^\W\d_]+")
_MEASURES = frozenset({"length", "area", "mass"})
# Guidelines: "a dozen or so" is 10 to 14.
_DOZEN_OR_SO = (10.0, 14.0)
_FILLER = re.compile(
    r"\b(?:another|a\s+further|an\s+additional|a\s+total\s+of|only|just|the|its|their|these|those|such|as\s+many\s+as)\s+$", re.I
)
_ALL = re.compile(
    r"(?<!\bin\s)(?<!\bin\s\s)\b(?:all|each|every\s+one)(?:\s+of)?(?:\s+(?:the|these|those|its|their|our|his|her|my|of\s+the))?\s+$", re.I
)
_OF_TOTAL = re.compile(
    r"\s+(?:(?!(?:and|or|but|were|was|with|in|on|to|by|for)\b)[\w'’-]+\s+){0,3}?(?:out\s+)?of\s+(?:a\s+total\s+of\s+|(?:the|its|their|his|her|our|these|those|some|all)\s+(?:[\w'’-]+['’]s?\s+)?)*$", re.I
)
_DIRECTION = r"(?:(?:north|south|east|west)(?:[-\s]?(?:north|south|east|west))?(?:ern|wards?)?|outside|off|short|away|distant|inland|offshore|upstream|downstream)"
_FROM_PLACE = re.compile(
    rf"\s*(?:\([^)]{{1,30}}\)\s*)?(?:,\s*)?(?:(?:to\s+the\s+|due\s+|straight\s+|further\s+|about\s+|just\s+)?{_DIRECTION}\b|from\b|behind\b|beyond\b|along\s+the\s+road\b|down\s+the\s+road\b|up\s+the\s+road\b|as\s+the\s+crow)",
    re.I,
)
_WITHIN = re.compile(
    r"\b(?:within|distance\s+of|radius\s+of|range\s+of|ranges\s+of|altitudes?\s+of|heights?\s+of|depth\s+of\s+water|circle\s+of|at\s+a\s+distance\s+of|closer\s+than|nearer\s+than"
    r"|located|situated|lies|lying|lie|stands|standing|stationed|based|length\s+of|speed\s+of|speeds\s+of)\s+(?:(?:a|an)\s+)?$",
    re.I,
)
_REACH = re.compile(r"[\s-]*(?:range|radius|altitude|high\b|tall\b|altitudes)", re.I)
_RANGE_GAP = re.compile(r"\s*[-–—‒]\s*|\s+(?:to|through|till)\s+|\s+-\s*to\s*-\s*")
_OR_GAP = re.compile(r"\s+or\s+(?:even\s+|perhaps\s+|maybe\s+|possibly\s+)?|\s*,\s*if\s+not\s+|\s*,\s*(?:possibly|perhaps|maybe|or|or\s+even)\s+", re.I)
_AND_GAP = re.compile(r"\s+(?:and|to)\s+")
_BETWEEN = re.compile(r"\b(?:anywhere\s+|somewhere\s+)?(between|from)\s+$", re.I)
_FRACTION_HOLDS = re.compile(
    r"\s+of\b(?!\s+(?:(?:the|this|that|last|a|an|next)\s+)?(?:year|month|week|day|decade|century|game|match|season|(?:19|20)\d\d))"
    r"|\s+(?:the|its|their|his|her|our|my|those|these|that|this|all|them)\b(?!\s+(?:size|time|number|distance|price|cost|way|length|strength|year)\b)"
    r"|\s+(?:were|was|are|is|had|have|has|remain|remained|live|lived|died|fled|left|came|went|did|do|now|still|already)\b",
    re.I,
)
_ENDS = re.compile(r"\s*(?:[.,;:)!?—–\"”]|$|\s-\s|\s(?:in|by|from|on|since|between|over|during|and|or|as|came|after|before)\b)")
_HALF_OF_TIME = re.compile(
    r"\b(?:the|first|second|latter|former|other|northern|southern|eastern|western|upper|lower|better|a|and|in|by|this|last|each|every|one|front|back|top|bottom|left|right|another)\s+$", re.I
)
_TIME_WORD = re.compile(r"\s+(?:seconds?|minutes?|hours?|days?|nights?|weeks?|months?|years?|decades?)\b", re.I)
_ONE_IN = re.compile(r"\s+(?:in|out\s+of)(\s+every)?\s+", re.I)
_NOUN_STOP = frozenset(
    "the a an and or but of in on at to from by for with as that which who whom whose when where while after before during since until into over"
    " under near along across against between among around about than is are was were be been being has have had will would could should may might"
    " can did do does not no it its they them their he she his her we our you your i this these those there here said says so if because killed"
    " wounded injured including according also only out up down off per overnight on".split()
)  # fmt: skip
_IRREGULAR = frozenset("people men women children personnel aircraft troops police servicemen policemen".split())


class Figure(NamedTuple):
    """One number or one range of two, on its way to a quantity."""

    start: int
    end: int
    number: Numeral  # what is counted with: of a range, its ends in low and high
    is_range: bool = False
    opened: bool = False  # "between" and "from" belong to the range's words


@dataclass(frozen=True)
class Rules:
    """Everything of the codebook that reading quantities needs, compiled once."""

    words: NumberWords
    masks: MaskRules
    before: dict[str, str]  # hedge phrase → hedge
    after: re.Pattern[str]
    after_hedge: dict[str, str]
    hedges: dict[str, HedgeKind]
    units: re.Pattern[str]
    hyphened: re.Pattern[str]
    unit_of: dict[str, str]
    symbols: re.Pattern[str]
    symbol_of: dict[str, str]
    table: dict[str, Unit]
    triggers: frozenset[str]
    nouns: frozenset[str]


@cache
def _rules(codebook: Codebook) -> Rules:
    words, masks = number_words(codebook), mask_rules(codebook)
    table = dict(codebook.units)
    unit_of = {word: name for name, unit in table.items() for word in unit.words}
    unit_of |= {word.lower(): name for word, name in unit_of.items() if len(word) > 3}
    hyphened = {word: name for name, unit in table.items() for word in unit.hyphened}
    symbol_of = {symbol: name for name, unit in table.items() for symbol in unit.symbols}
    before = {phrase: name for name, hedge in codebook.hedges.items() for phrase in hedge.before}
    after = {phrase: name for name, hedge in codebook.hedges.items() for phrase in hedge.after}
    nouns = {
        form
        for item in codebook.items.values()
        if item.group not in ("people", "ground")
        for word in item.words
        if " " not in word
        for form in noun_forms(word)
    }
    return Rules(
        words=words,
        masks=masks,
        before=before,
        after=_after_pattern(after, words),
        after_hedge=after,
        hedges=dict(codebook.hedges),
        units=_unit_pattern([*unit_of]),
        hyphened=re.compile(r"-(?P<unit>" + _alternatives([*hyphened]) + r")\b", re.I),
        unit_of=unit_of | hyphened,
        symbols=re.compile(r"(?:^|(?<![A-Za-z]))(" + _alternatives([*symbol_of]) + r")\s?$"),
        symbol_of=symbol_of,
        table=table,
        triggers=words.triggers | masks.months,
        nouns=frozenset(nouns),
    )


def _alternatives(words: list[str]) -> str:
    longest = sorted(set(words), key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", r"[\s-]+") for word in longest)


def _unit_pattern(words: list[str]) -> re.Pattern[str]:
    short = [word for word in words if len(word) <= 3]
    long = [word for word in words if len(word) > 3]
    more = r"(?:more\s+|further\s+|additional\s+|extra\s+|other\s+|full\s+|long\s+|straight\s+|consecutive\s+|successive\s+|whole\s+|solid\s+)?"
    return re.compile(
        rf"(?P<gap>[\s\u00ad]*|\s?[-‐‑–]\s?){more}(?P<unit>(?i:{_alternatives(long)})|{_alternatives(short)})(?![^\W_²³]|['’][^\W_]{{2}})"
    )


def _after_pattern(phrases: dict[str, str], words: NumberWords) -> re.Pattern[str]:
    attached = [phrase for phrase in phrases if not phrase[0].isalpha()]
    spaced = [phrase for phrase in phrases if phrase[0].isalpha()]
    number = "|".join(sorted(words.cardinals, key=lambda word: (-len(word), word)))
    return re.compile(
        rf"\s?(?P<sign>{_alternatives(attached)})(?!\s?\d)(?![^\W\d_])"
        rf"|,?\s+(?P<words>{_alternatives(spaced)})(?![\w-])(?!\s+(?:\d|an?\b|another\b|(?:{number})\b))",
        re.I,
    )


# --- the way of a text


def gate(text: str, codebook: Codebook) -> bool:
    """Whether a text can hold a quantity at all: a cheap look for digits and number words."""
    triggers = _rules(codebook).words.triggers
    return any(
        token[0].isdecimal() or (len(token) > 2 and token.lower() in triggers) or token.lower() == "no"
        for token in _TOKEN.findall(text)
    )


def read_quantities(text: str, codebook: Codebook) -> list[Quantity]:
    """Every quantity of a text, in order; offsets count in `text`.

    Only those of kind count, measure and percent can be claims. What the text alone shows to be no claim
    (where a place lies, how large a bomb is) comes back as `general`, with the reason in its evidence;
    dates, times, ages, labels and names do not come back.
    """
    if not gate(text, codebook):
        return []
    rules = _rules(codebook)
    figures = list(_figures(text, list(_numerals(text, rules)), rules))
    found: list[Quantity] = []
    floor = 0
    for figure in figures:
        quantity = _quantity(text, figure, floor, rules)
        if quantity is not None:
            found.append(quantity)
            floor = quantity.end
        else:
            floor = max(floor, figure.end)
    return _linked(text, found)


def _numerals(text: str, rules: Rules) -> Iterator[Numeral]:
    """The numbers that may count something, in order."""
    idioms = [found.span() for found in rules.masks.idioms.finditer(text)]
    at = turn = 0
    for token in _TOKEN.finditer(text):
        start = token.start()
        if start < at:
            continue
        word = token.group()
        if not word[0].isdecimal() and word.lower() not in rules.triggers:
            continue
        while turn < len(idioms) and idioms[turn][1] <= start:
            turn += 1
        if turn < len(idioms) and idioms[turn][0] <= start:
            at = idioms[turn][1]
            continue
        if word[0].isdecimal() or (word[0].isupper() and word.lower() in rules.masks.months):
            masked = mask_at(text, start, rules.masks)
            if masked is not None:
                at = masked
                continue
        number = read_numeral(text, start, rules.words)
        if number is None:
            continue
        if turn < len(idioms) and idioms[turn][0] < number.end:
            at = idioms[turn][1]
            continue
        if _counts(text, number, word.lower(), rules):
            yield number
        at = number.end


def _counts(text: str, number: Numeral, word: str, rules: Rules) -> bool:
    if number.form == "zero":
        if word == "no":
            return not no_is_no_zero(text, number.end, rules.masks)
        return word != "zero" or not re.match(r"[-\s]*(?:\d|in\b|degrees)", text[number.end :])
    if number.start and text[number.start - 1] in "-‐‑" and re.search(r"[^\W\d_][-‐‑]$", text[: number.start][-2:]):
        return False
    if word == "one" and number.best == 1 and one_is_no_count(text, number.start, number.end, rules.masks):
        return False
    if word == "scores" and re.match(r"\s*(?:on|in|for|at|:)\b", text[number.end :]):
        return False
    return not names_something(text, number, rules.masks)


# --- ranges


def _figures(text: str, numbers: list[Numeral], rules: Rules) -> Iterator[Figure]:
    """Numbers as they are, and pairs that are one range: 30 to 40, two or three, between 9,000 and 12,000."""
    turn = 0
    while turn < len(numbers):
        number = numbers[turn]
        if turn + 1 < len(numbers) and (figure := _range(text, number, numbers[turn + 1], rules)):
            yield figure
            turn += 2
        else:
            yield Figure(number.start, number.end, number)
            turn += 1


def _range(text: str, first: Numeral, second: Numeral, rules: Rules) -> Figure | None:
    between = text[first.end : second.start]
    if len(between) > 40 or "zero" in (first.form, second.form):
        return None
    if unit := rules.units.match(text, first.end):
        behind = rules.units.match(text, second.end)
        if behind is None or rules.unit_of.get(_key(unit)) != rules.unit_of.get(_key(behind)):
            return None
        between = text[unit.end() : second.start]
    between = re.sub(r"\s*(?:US\$|[$€£¥₴₽₪])\s?$", " ", between) if between.rstrip()[-1:] in "$€£¥₴₽₪" else between
    before = text[max(0, first.start - 45) : first.start]
    opener = _BETWEEN.search(_without_hedge(before, rules))
    if _RANGE_GAP.fullmatch(between):
        if opener and opener[1].lower() == "from" and _rises(before, rules):
            return None
        if re.fullmatch(r"\s+[-–—]\s+", between) and not (first.digits and second.digits and second.low <= 3 * first.low):
            return None
    elif _OR_GAP.fullmatch(between):
        if not _neighbours(first, second):
            return None
    elif not (_AND_GAP.fullmatch(_without_hedge(between, rules, " ")) and opener and opener[1].lower() == "between"):
        return None
    low, high = _same_scale(first, second)
    if first.form == "vague" or second.form == "vague":
        if first.form != second.form or low.low > high.low:
            return None
        number = Numeral(first.start, second.end, low.low, math.nan, high.high, "vague")
        return Figure(first.start, second.end, number)
    if first.form != second.form or not low.best < high.best:
        return None
    start = first.start
    opened = False
    if opener and "\n" not in opener.group():
        start, opened = first.start - len(before) + opener.start(), True
    middle = (low.best + high.best) / 2
    number = Numeral(first.start, second.end, low.best, middle, high.best, first.form, second.scale, first.digits)
    return Figure(start, second.end, number, is_range=True, opened=opened)


def _key(unit: re.Match[str]) -> str:
    word = re.sub(r"[\s-]+", " ", unit["unit"])
    return word if len(word) <= 3 else word.lower()


def _without_hedge(words: str, rules: Rules, tail: str = "") -> str:
    """The words before a number without the hedge at their end: "between about " → "between "."""
    found = re.search(r"(\S+)\s+$", words)
    if found and found[1].lower() in rules.before:
        return words[: found.start(1)] or tail
    if found := re.search(r"\b(as\s+many\s+as|an\s+estimated)\s+$", words, re.I):
        return words[: found.start(1)] or tail
    return words


def _rises(before: str, rules: Rules) -> bool:
    return any(word in _RISING for word in re.findall(r"[a-z]+", before.lower()))


_RISING = frozenset(
    "rose risen rise rises rising increased increase increases increasing grew grown grow grows growing climbed climb jumped jump fell fallen fall falls"
    " dropped drop drops decreased decrease declined decline up down went gone raised raising raise raises lowered reduced reduce cut revised changed doubled"
    " tripled soared surged updated brought corrected adjusted expanded moved shrank shrunk leapt slashed".split()
)  # fmt: skip


def _neighbours(first: Numeral, second: Numeral) -> bool:
    """Two or three, ten or twelve, dozens or hundreds; but "12 or 300" are two numbers."""
    low, high = _same_scale(first, second)
    if first.form == "vague" and second.form == "vague":
        return low.low < high.low
    return low.best < high.best <= max(2 * low.best, low.best + 2)


def _same_scale(first: Numeral, second: Numeral) -> tuple[Numeral, Numeral]:
    """In "1 to 1.2 million" and "two or three hundred" the first number has the scale of the second."""
    if first.scale == 1.0 and second.scale > 1.0 and first.best < 1000 and first.best <= second.best / second.scale:
        return first.times(second.scale), second
    return first, second


# --- one quantity


def _quantity(text: str, figure: Figure, floor: int, rules: Rules) -> Quantity | None:
    number = figure.number
    unit, unit_end = _unit(text, figure, rules)
    symbol = rules.symbols.search(text[max(floor, figure.number.start - 4) : number.start])
    start, end = figure.start, max(figure.end, unit_end)
    evidence: list[str] = []
    kind: QuantityKind = "count"
    name = "count"
    if symbol:
        unit, kind, name = None, "money", rules.symbol_of[symbol[1]]
        start = min(start, number.start - len(symbol.group()))
        end = figure.end
    elif unit is not None:
        name, kind = unit, _kind(rules.table[unit])
        if rules.table[unit].large and number.scale >= 1_000_000:
            name, kind = str(rules.table[unit].large), "money"
    low, best, high = number.low, number.best, number.high
    if number.form == "fraction":
        if kind == "count":
            if not _is_share_of_whole(text, number, rules):
                return None
            kind, name = "percent", "percent"
        factor = 100.0 if kind == "percent" else 1.0
        low, best, high = low * factor, best * factor, high * factor
    elif kind == "count" and (share := _one_in(text, number, rules)) is not None:
        value, end = share
        low = best = high = value
        kind, name = "percent", "percent"
        evidence.append("share: one in so many")
    if kind == "count" and not _stands_alone(text, number, rules):
        return None
    hedge: Hedge = "range" if figure.is_range else "vague" if number.form == "vague" else "exact"
    if number.form != "zero":
        start, end, hedge, (low, best, high), words = _hedged(text, start, end, number, hedge, (low, best, high), floor, rules)
        evidence += words
    if kind == "measure":
        unit_kind = rules.table[name]
        factor = _factor(name, unit_kind)
        low, best, high = low * factor, best * factor, high * factor
        name = str(unit_kind.to)
        if reason := _no_extent(text, start, end, number, unit_kind, rules):
            kind = "general"
            evidence.append(reason)
    if kind == "count" and (reason := _no_count(text, number, end)):
        kind = "general"
        evidence.append(reason)
    return Quantity(
        start=start,
        end=end,
        text=text[start:end],
        low=low,
        best=best,
        high=high,
        hedge=hedge,
        unit=name,
        kind=kind,
        number_start=number.start,
        number_end=figure.end,
        whole=bool(_ALL.search(text[max(0, start - 30) : start])) or _is_none(text, number),
        noun=_noun(text, end) if kind in ("count", "general") else None,
        evidence=tuple(evidence),
    )


def _kind(unit: Unit) -> QuantityKind:
    if unit.kind in _MEASURES:
        return "measure"
    kinds: dict[str, QuantityKind] = {"duration": "duration", "money": "money", "percent": "percent"}
    return kinds.get(unit.kind, "general")


@cache
def _factor(name: str, unit: Unit) -> float:
    """How many of the unit that tables use one of this unit is, by pint."""
    import pint  # slow to import, and only measures need it

    registry = pint.UnitRegistry()
    targets = {"km": "kilometre", "km2": "kilometre ** 2", "kg": "kilogram"}
    try:
        return float(registry.Quantity(unit.pint).to(targets[str(unit.to)]).magnitude)
    except (pint.errors.PintError, AttributeError, TypeError, KeyError, ValueError) as error:
        raise CodebookError(
            f"units.toml, entry [{name}]: pint cannot convert {unit.pint!r} to {unit.to!r} ({error});"
            " give `pint` a unit that pint knows and `to` km, km2 or kg."
        ) from error


def _unit(text: str, figure: Figure, rules: Rules) -> tuple[str | None, int]:
    """The unit behind a number and where it ends."""
    number = figure.number
    end = figure.end
    if number.form in ("fraction", "number") and number.best < 1:
        # "a quarter of a mile", "half a mile": the article has been read with "half"
        if found := re.compile(r"\s+(?:of\s+)?an?(?=\s)", re.I).match(text, end):
            end = found.end()
    found = rules.units.match(text, end) or rules.hyphened.match(text, end)
    if found is None:
        if number.scale > 1 and (found := re.compile(r"\s+of(?=\s)").match(text, end)):
            # "hundreds of kilometres", "a couple of miles"
            found = rules.units.match(text, found.end())
        elif re.compile(r"(?:s|e)\s+of\s", re.I).match(text, end - 1) or text[end - 1] in "snro":
            after = re.compile(r"\s+of(?=\s)").match(text, end)
            found = rules.units.match(text, after.end()) if after else None
    if found is None:
        return None, figure.end
    name = rules.unit_of.get(_key(found)) or rules.unit_of.get(found["unit"])
    if name is None:
        return None, figure.end
    return name, found.end()


def _stands_alone(text: str, number: Numeral, rules: Rules) -> bool:
    """Whether a number without unit counts: not the front of an adjective ("two-storey") or of a token ("2S19")."""
    after = text[number.end : number.end + 30]
    if found := re.match(r"[-‐‑]([^\W\d_]+)", after):
        word = found[1].lower()
        if word in ("strong", "plus", "odd", "ish", "or", "some", "one", "and"):
            return True
        return number.form == "vague" or word in rules.nouns
    if number.form == "number" and number.best != int(number.best) and not number.digits:
        return False
    if number.digits and (found := re.match(r"([^\W\d_]+)", after)):
        word = found[1]
        return len(word) > 3 or word.lower() in ("men", "kia", "wia", "uav")
    if number.digits and number.best == number.best and number.best != int(number.best):
        return False
    # "half a": half of what is no unit counts nothing
    return not (number.form == "number" and 0 < number.best < 1)


def _is_share_of_whole(text: str, number: Numeral, rules: Rules) -> bool:
    before = text[max(0, number.start - 30) : number.start]
    after = text[number.end : number.end + 50]
    spelled = text[number.start : number.end].lower()
    hedged = bool(_hedge_before(text, number.start, 0, number.end, rules))
    if spelled == "half":
        if _HALF_OF_TIME.search(before) and not re.search(r"\bby\s+$", before):
            return False
        return bool(_FRACTION_HOLDS.match(after)) or (hedged and bool(_ENDS.match(after)))
    if re.match(r"\s*[-]", after) or re.match(r"\s+(?:party|parties|majority|person|time|day|country|countries)\b", after, re.I):
        return False
    return bool(_FRACTION_HOLDS.match(after)) or bool(_ENDS.match(after)) or (hedged and not re.match(r"\s+[a-z]", after))


def _one_in(text: str, number: Numeral, rules: Rules) -> tuple[float, int] | None:
    """One in three, nine out of ten, four in every five: a share, with where it ends."""
    found = _ONE_IN.match(text, number.end)
    if found is None or number.scale != 1 or not 1 <= number.best <= 99 or found.end() >= len(text):
        return None
    if not (text[found.end()].isdecimal() or text[found.end()].isalpha()):
        return None
    total = read_numeral(text, found.end(), rules.words)
    if total is None or total.form != "number" or not number.best < total.best <= 100 or total.best != int(total.best):
        return None
    plain = number.best == 1 or found[1] or (total.best in (10, 100) and "out" in found.group()) or (number.best < 10 and total.best == 10)
    if not plain or (_TIME_WORD.match(text, total.end) or rules.units.match(text, total.end)):
        return None
    if number.best == 1 and not found[1] and total.digits and "out" in found.group():
        return None
    return 100.0 * number.best / total.best, total.end


def _no_count(text: str, number: Numeral, end: int) -> str | None:
    """Why a bare number counts nothing, where the words behind it say so."""
    after = text[end : end + 40]
    if re.match(r"[\s-]*(?:times|fold)\b\s*(?:as\b|more\b|less\b|fewer\b|larger\b|higher\b|bigger\b|greater\b|longer\b|smaller\b|stronger\b|over\b|the\b)", after, re.I):
        return "a ratio"
    if number.digits and re.match(r"\s*(?:mm\b|cal\b|calib)", after):
        return "a calibre"
    return None


def _no_extent(text: str, start: int, end: int, number: Numeral, unit: Unit, rules: Rules) -> str | None:
    """Why a length or mass is no ground gained and nothing delivered, where the words around it say so."""
    before, after = text[max(0, start - 60) : start], text[end : end + 60]
    if re.search(r"\(\s*(?:or\s+|about\s+|some\s+)?$", before) and re.match(r"\s*\)", after) and re.search(r"\d\D{0,25}\(\D{0,8}$", before):
        return "the same in another unit"
    attached = re.match(r"\s?[-‐‑]\s?", text[number.end : end])
    if unit.kind == "mass":
        if attached:
            return "the size of one thing"
        if re.search(r"\bweigh(?:s|ed|ing)?\s+(?:up\s+to\s+)?$", before):
            return "the size of one thing"
        return None
    if unit.kind == "area":
        return None
    if _REACH.match(after) or _WITHIN.search(before):
        return "a distance to a place"
    if _FROM_PLACE.match(after):
        words = re.findall(r"[a-z]+", before.lower())
        near = [word for word in words[-4:] if word not in ("by", "a", "an", "the", "some", "another", "further", "for", "more", "than", "them", "troops", "forces")]
        if near and near[-1] in _motion(rules):
            return None
        return "a distance to a place"
    return None


def _motion(rules: Rules) -> frozenset[str]:
    return _MOTION


_MOTION = frozenset(
    "advanced advance advances advancing moved move moves moving pushed push pushes pushing gained gain gains gaining progressed progress penetrated penetrate"
    " penetrating drove driven thrust retreated retreat retreating withdrew withdraw withdrawn withdrawing pulled fell fallen thrown forced back backwards forward"
    " forwards inland marched crept inched captured seized took taken liberated recaptured occupied lost conceded ceded extended expanded widened deeper".split()
)  # fmt: skip


def _is_none(text: str, number: Numeral) -> bool:
    return number.form == "zero" and text[number.start : number.end].lower() == "none"


def _noun(text: str, end: int) -> str | None:
    """The counted noun where it stands right behind: up to four words, to the first plural."""
    words: list[str] = []
    begin = stop = -1
    for found in re.compile(r"\s+(?:of\s+(?:the\s+)?)?([^\W\d_][\w'’-]*)").finditer(text, end, end + 60):
        if found.start() != (end if begin < 0 else stop) or found[1].lower() in _NOUN_STOP or len(words) == 4:
            break
        if begin < 0:
            begin = found.start(1)
        elif "of" in found.group().split()[:1]:
            break
        words.append(found[1])
        stop = found.end()
        if found[1].islower() and (found[1] in _IRREGULAR or (found[1].endswith("s") and not found[1].endswith("ss"))):
            break
    return text[begin:stop] if begin >= 0 else None


# --- hedges


def _hedged(
    text: str,
    start: int,
    end: int,
    number: Numeral,
    shape: Hedge,
    bounds: tuple[float, float, float],
    floor: int,
    rules: Rules,
) -> tuple[int, int, Hedge, tuple[float, float, float], list[str]]:
    """Take in the hedges on either side and let the strongest decide the bounds."""
    marks: list[tuple[str, str]] = []
    at = start
    while found := _hedge_before(text, at, floor, end, rules):
        begin, phrase, hedge = found
        marks.append((hedge, phrase))
        at = start = begin
    if not marks and (filler := _FILLER.search(text[max(floor, at - 30) : at])):
        # "at least another 12"
        inner = at - len(filler.group())
        if found := _hedge_before(text, inner, floor, end, rules):
            start, phrase, hedge = found
            marks.append((hedge, phrase))
    if (behind := rules.after.match(text, end)) and _holds_after(text, behind, number):
        phrase = re.sub(r"\s+", " ", (behind["sign"] or behind["words"]).lower())
        hedge = rules.after_hedge.get(phrase) or rules.after_hedge.get(phrase.replace(" ", ""), "about")
        end = behind.end()
        if hedge == "about" and shape == "exact" and text[number.start : number.end].lower() == "a dozen" and not marks:
            return start, end, "vague", (_DOZEN_OR_SO[0], math.nan, _DOZEN_OR_SO[1]), [f"hedge: {phrase!r}"]
        marks.append((hedge, phrase))
    if not marks:
        return start, end, shape, bounds, []
    evidence = [f"hedge: {phrase!r}" for _, phrase in marks]
    strongest = max(marks, key=lambda mark: rules.hedges[mark[0]].rank)[0]
    if shape == "vague":
        return start, end, shape, bounds, evidence
    low, best, high = bounds
    if shape == "range":
        if strongest == "at_least":
            return start, end, "at_least", (low, low, math.inf), evidence
        if strongest == "at_most":
            return start, end, "at_most", (0.0, high, high), evidence
        return start, end, shape, bounds, evidence
    kind = rules.hedges[strongest]
    return start, end, _as_hedge(strongest), (best * kind.low, best, best * kind.high), evidence


def _as_hedge(name: str) -> Hedge:
    known: dict[str, Hedge] = {"at_least": "at_least", "at_most": "at_most", "nearly": "nearly", "about": "about"}
    return known[name]


def _holds_after(text: str, behind: re.Match[str], number: Numeral) -> bool:
    return not (behind["sign"] and behind["sign"].startswith("+") and text[behind.end() : behind.end() + 1].isdigit())


def _hedge_before(text: str, at: int, floor: int, end: int, rules: Rules) -> tuple[int, str, str] | None:
    """The longest hedge that ends right before `at`: where it begins, its phrase, and what it says."""
    begin = max(floor, at - 48)
    tokens = [(found.start() + begin, found.group()) for found in re.finditer(r"\S+", text[begin:at])]
    if begin > floor and tokens and not text[begin - 1].isspace() and not text[begin].isspace():
        tokens = tokens[1:]  # half a word
    if not tokens:
        return None
    if not text[at - 1].isspace() and tokens[-1][1].strip("(\"'“‘[").lower() not in ("~", "≈", ">", "<", "≥", "≤", "±", "∼", ">=", "<=", "c.", "ca.", "approx."):
        return None
    words: list[str] = []
    best: tuple[int, str, str] | None = None
    for start, token in reversed(tokens[-6:]):
        bare = token.lstrip("(\"'“‘[—–-")
        words.insert(0, bare.lower().replace("’", "'"))
        phrase = " ".join(words)
        hedge = rules.before.get(phrase)
        if hedge is not None and not _misleads(text, start, end, phrase, hedge, rules):
            best = (start + len(token) - len(bare), phrase, hedge)
        if bare != token:
            break
    return best


def _misleads(text: str, start: int, end: int, phrase: str, hedge: str, rules: Rules) -> bool:
    entry = rules.hedges[hedge]
    if words := entry.not_after.get(phrase):
        before = re.search(r"([\w'’]+)\s*$", text[max(0, start - 30) : start])
        if before and before[1].lower() in words:
            return True
    if words := entry.not_before.get(phrase):
        after = re.compile(r"\s+(?:[\w'’-]+\s+)?([\w'’-]+)").match(text, end)
        if after and any(word.lower() in words for word in after.group().split()):
            return True
    return False


# --- links between quantities


def _linked(text: str, found: list[Quantity]) -> list[Quantity]:
    """Parts with their totals ("68 of 70 drones"); vague words that a figure in apposition makes needless."""
    linked: list[Quantity] = []
    for turn, quantity in enumerate(found):
        after = found[turn + 1] if turn + 1 < len(found) else None
        if after is not None:
            between = text[quantity.end : after.start]
            if quantity.hedge == "vague" and re.fullmatch(r"\s*[,–—-]\s*", between) and after.hedge == "at_least":
                continue
            if quantity.kind in ("count", "percent") and after.kind == "count" and len(between) < 60 and _OF_TOTAL.fullmatch(between + " " * (not between.endswith(" "))):
                quantity = replace(quantity, of=after.start)
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
    """
    from conflictstats.codebook import load_codebook
    from conflictstats.tables import frame

    columns = {
        "low": "float64", "best": "float64", "high": "float64", "unit": "string", "hedge": "string",
        "noun": "string", "text": "string", "start": "int64", "end": "int64", "kind": "string",
    }  # fmt: skip
    found = read_quantities(text, codebook or load_codebook())
    return frame(
        ((q.low, q.best, q.high, q.unit, q.hedge, q.noun, q.text, q.start, q.end, q.kind) for q in found), columns
    )
