"""Digits and number words → values, each with the characters that it was read from.

Knows nothing of hedges, units or dates: `quantities` decides which numbers count something. The words
are the codebook's (`numbers.toml`); the grammar that joins them is here:

    two hundred and eighty-six · a couple of hundred · one and a half million · several dozen ·
    tens of thousands · a quarter of a million · 1.2 million · 3.4m · 12,500 · 12 500 · 12’500
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal, NamedTuple

from conflictstats.codebook import Codebook

Form = Literal["number", "vague", "zero", "fraction"]

# Thin, narrow and non-breaking spaces, apostrophes, and what a broken encoding leaves of them.
_GROUPING = r",\.\u00a0\u2009\u202f\u2007'’\ufffd "
_DIGITS = re.compile(
    rf"(?:\d{{1,3}}(?P<mark>[{_GROUPING}])\d{{3}}(?:(?P=mark)\d{{3}}){{0,3}}(?!\d)"  # 12,500 · 1 234 567
    r"|\d{1,2}(?:,\d{2}){1,4},\d{3}(?!\d)"  # 1,00,000: lakhs
    r"|\d+)"
)
MIXED = re.compile(
    r"\d{1,3}(?:\s|\s?[-‐‑–]\s?|\s+and\s+)(?:1/[23458]|2/3|3/[48]|[57]/8)(?![\d/])"
)  # 1 1/2, 2-1/2
_DECIMALS = re.compile(r"\.\d+|[½¼¾⅓⅔]")
_COMMA_DECIMALS = re.compile(r",\d{1,2}(?![\d,])")
_GLYPHS = {"½": 1 / 2, "¼": 1 / 4, "¾": 3 / 4, "⅓": 1 / 3, "⅔": 2 / 3}
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})(?![\d/])")
_WORD = re.compile(r"[^\W\d_]+")
_GAP = re.compile(r"[\s\u00ad]+|\s?[-‐‑–]\s?")
_PLAIN = re.compile(r"\d+")
_TWO_STOPS = re.compile(r"\.\d+\.\d")
_SIZE = re.compile(r"\s?mm\b|[-‐‑][a-z]")  # "20 122-mm rockets"
_BEHIND = re.compile(r"\s?(?:%|[^\W\d_]+)")
_EXTENT = re.compile(
    r"[\s-]*(?:deep|wide|long|high|tall|away|from|north|south|east|west|inside|into|towards?|across|off|radius|range|of)\b",
    re.I,
)
_MONEY = re.compile(r"[$£€¥₴₽₪]\s?[\d.,]*$")
_LONG_WORD = re.compile(r"\s+[a-z]{4,}")
_AND_A_HALF = re.compile(r"\s+and\s+a\s+half\b", re.I)
_AND_A_PART = re.compile(
    r"[\s-]+and[\s-]+(a[\s-]+half|one[\s-]half|a[\s-]+quarter|one[\s-]quarter|three[\s-]+quarters|three[\s-]fourths)\b",
    re.I,
)
_SINGLE = re.compile(
    r"\s+(?:even\s+)?(?:(?:a|one)\s+single|one)\b(?!\s+(?:to|but|of\s+the\s+(?:most|best)))", re.I
)
_OF_SCALE = re.compile(r"(?:\s+(?:and|upon)\s+[a-z]+)?\s+of\s+([a-z]+)", re.I)
_UPON = re.compile(r"\s+(?:and|upon)\s+([a-z]+)", re.I)
_OF_THOUSANDS = re.compile(r"\s+of\s+(thousand|million)s?\b", re.I)
_OF_GROUP = re.compile(r"(?:\s+of)?\s+(dozen|hundred|thousand|million)s?\b", re.I)
_OF = re.compile(r"\s+of\b", re.I)
_OF_A = re.compile(r"\s+(?:of\s+)?an?\s+([a-z]+)", re.I)
_SUFFIX = re.compile(r"\s?(mln|bln|mn|bn|tn|[kKmMb])\b(?![-/²³'’])")


class Numeral(NamedTuple):
    """A number as written. `best` is NaN for a vague one; a fraction's value is its share, 0 to 1."""

    start: int
    end: int
    low: float
    best: float
    high: float
    form: Form
    scale: float = 1.0  # the scale word at its end: "1.2 million" lends it to the 1 of "1 to 1.2 million"
    digits: bool = False

    def times(self, factor: float) -> Numeral:
        return self._replace(low=self.low * factor, best=self.best * factor, high=self.high * factor)


@dataclass(frozen=True)
class NumberWords:
    """The number words of a codebook, by what they are."""

    cardinals: dict[str, float]
    scales: dict[str, float]
    suffixes: dict[str, float]
    groups: dict[str, float]
    parts: dict[str, float]
    vague: dict[str, tuple[float, float]]
    multiples: dict[str, tuple[float, float]]
    zeros: frozenset[str]
    triggers: frozenset[str]


@cache
def number_words(codebook: Codebook) -> NumberWords:
    """The codebook's number words, ready for reading."""
    kinds: dict[str, dict[str, float]] = {}
    for entry in codebook.numbers.values():
        kinds.setdefault(entry.kind, {}).update(entry.values)
    vague = dict(codebook.numbers["vague"].bounds)
    multiples = dict(codebook.numbers["multiples"].bounds)
    parts = kinds["part"] | {f"{word}s": value for word, value in kinds["part"].items()}
    scales = kinds["scale"] | {f"{word}s": value for word, value in kinds["scale"].items() if len(word) > 4}
    words = NumberWords(
        cardinals=kinds["cardinal"],
        scales=scales,
        suffixes=kinds["suffix"],
        groups=kinds["group"],
        parts=parts,
        vague=vague,
        multiples=multiples,
        zeros=frozenset(kinds["zero"]),
        triggers=frozenset(),
    )
    openers = [*words.cardinals, *words.vague, *words.multiples, *words.zeros, "a", "an", "half", "not"]
    return replace(words, triggers=frozenset([*openers, *kinds["scale"], "dozen"]))


def read_numeral(text: str, start: int, words: NumberWords) -> Numeral | None:
    """The longest number that begins at `start`, which must be a digit or the first letter of a word."""
    if text[start].isdecimal():
        return _read_digits(text, start, words)
    return _read_words(text, start, words)


# --- digits


def _read_digits(text: str, start: int, words: NumberWords) -> Numeral | None:
    if slashed := _SLASHED.match(text, start):
        return _slashed(slashed)
    value, end = _digits(text, start, words)
    scale, end = _scale_behind(text, end, words, value)
    if scale == 1.0 and (suffix := _SUFFIX.match(text, end)) and _means_scale(text, end, suffix, value):
        scale, end = words.suffixes.get(suffix[1].lower(), 1.0), suffix.end()
    number = round(value * scale, 6)  # 4.1 million is a whole number
    return Numeral(start, end, number, number, number, "number", scale, digits=True)


def _slashed(found: re.Match[str]) -> Numeral | None:
    above, below = int(found[1]), int(found[2])
    if not 0 < above < below or below not in (2, 3, 4, 5, 10):
        return None
    share = above / below
    return Numeral(found.start(), found.end(), share, share, share, "fraction", digits=True)


def _digits(text: str, start: int, words: NumberWords) -> tuple[float, int]:
    if mixed := MIXED.match(text, start):
        whole, above, below = map(int, re.findall(r"\d+", mixed.group()))
        return whole + above / below, mixed.end()
    found = _DIGITS.match(text, start)
    assert found is not None
    mark, end = found["mark"], found.end()
    if mark in (".", " ") and not _groups(text, found, words):
        found = _PLAIN.match(text, start)
        assert found is not None
        end, mark = found.end(), None
    value = float(re.sub(r"\D", "", found.group()))
    if (decimals := _DECIMALS.match(text, end)) and not _TWO_STOPS.match(text, end):
        part = decimals.group()
        value += _GLYPHS[part] if part in _GLYPHS else float(f"0{part}")
        end = decimals.end()
    elif (
        mark is None
        and (decimals := _COMMA_DECIMALS.match(text, end))
        and _decimal_comma(text, decimals.end(), words)
    ):
        value += float(f"0.{decimals.group()[1:]}")
        end = decimals.end()
    return value, end


def _groups(text: str, found: re.Match[str], words: NumberWords) -> bool:
    """Whether the full stops or spaces in a number group its thousands: 1.234.567 and 45 000, not 3.125."""
    whole = found.group()
    if found["mark"] == ".":
        # one stop is a decimal point wherever a fraction of a thing makes sense
        if whole.count(".") > 1:
            return True
        follower = _WORD.match(text, found.end() + 1)
        following = follower.group().lower() if follower else ""
        return whole[0] != "0" and text[found.end() : found.end() + 1] == " " and following in _COUNTED
    return text[found.start() - 1 : found.start()] not in (":", "+") and not _SIZE.match(text, found.end())


# What comes in whole numbers only, for "1.200 people".
_COUNTED = frozenset(
    "people persons soldiers civilians fighters troops militants men women children drones missiles rockets shells"
    " families houses homes prisoners victims deaths wounded killed tanks vehicles attacks strikes servicemen".split()
)


# Behind what a comma can only be a decimal one: "3,5 km".
_DECIMAL_UNITS = frozenset("% per percent km mm cm m kg kilometres kilometers tonnes tons".split())


def _decimal_comma(text: str, end: int, words: NumberWords) -> bool:
    behind = _BEHIND.match(text, end)
    if behind is None:
        return False
    word = behind.group().strip().lower()
    return word in words.scales or word in _DECIMAL_UNITS


def _scale_behind(text: str, end: int, words: NumberWords, value: float) -> tuple[float, int]:
    """The scale words behind a number: "1.2 million", "12 hundred thousand", "3 dozen"."""
    scale = 1.0
    while gap := _GAP.match(text, end):
        word = _WORD.match(text, gap.end())
        if word is None:
            break
        lower = word.group().lower()
        factor = words.scales.get(lower) or (words.groups.get(lower) if lower == "dozen" else None)
        if factor is None or factor <= 2 or (scale > 1 and factor < scale):
            break
        if lower.endswith("s") and value < 2:
            break
        scale, end = scale * factor, word.end()
    return scale, end


def _means_scale(text: str, end: int, suffix: re.Match[str], value: float) -> bool:
    """Whether a letter behind digits is a scale: 60k, 3.4m people; not 600m from, 5 m, 12 K."""
    letter = suffix[1]
    if letter in ("mln", "bln", "mn", "bn", "tn"):
        return True
    if suffix.start(1) != end:  # a space: metres, or something else
        return False
    if letter in "kKb":
        return value < 1000
    if _EXTENT.match(text, suffix.end()):
        return letter == "M"
    if _MONEY.search(text, max(0, suffix.start() - 12), suffix.start()):
        return True
    return value < 50 and (value != int(value) or _LONG_WORD.match(text, suffix.end()) is not None)


# --- words


def _read_words(text: str, start: int, words: NumberWords) -> Numeral | None:
    first = _WORD.match(text, start)
    if first is None:
        return None
    word = first.group().lower()
    if word in ("a", "an"):
        return _after_article(text, start, first.end(), words)
    if word == "not":
        return _not_one(text, start, first.end())
    if word in words.zeros:
        return Numeral(start, first.end(), 0.0, 0.0, 0.0, "zero")
    if word == "half":
        return _half(text, start, first.end(), words)
    if word in words.vague or word in words.multiples:
        return _vague(text, start, first, words)
    if word == "dozen":  # "another dozen"
        return _group(text, start, first.end(), words.groups[word], words)
    number = _cardinal(text, start, words)
    if number is None:
        return None
    return _fraction(text, start, number, words) or _with_group(text, number, words)


def _next(text: str, end: int) -> tuple[str, int, int]:
    """The next word behind `end`, lowered, with its place; empty where none stands behind a gap."""
    gap = _GAP.match(text, end)
    word = _WORD.match(text, gap.end()) if gap else None
    return (word.group().lower(), word.start(), word.end()) if word else ("", end, end)


def _exact(start: int, end: int, value: float, form: Form = "number", scale: float = 1.0) -> Numeral:
    return Numeral(start, end, value, value, value, form, scale)


def _after_article(text: str, start: int, end: int, words: NumberWords) -> Numeral | None:
    """A dozen, a couple of hundred, a few, a million and a half, a third, a half-dozen, a single."""
    word, begin, stop = _next(text, end)
    if word == "good":  # "a good dozen": the hedge's business
        return None
    if word == "single":
        return None if text[stop : stop + 1] == "-" else _exact(start, stop, 1.0)  # "a single-shot rifle"
    if word == "few":
        return _multiplied(text, start, stop, words.vague["few"], words)
    if word == "half":
        return _half(text, start, stop, words)
    if word in words.parts and not word.endswith("s"):
        share = _exact(start, stop, 1 / words.parts[word], "fraction")
        return _part_of_scale(text, share, words) or share
    if word in words.groups:
        return _group(text, start, stop, words.groups[word], words)
    if word in words.scales and not word.endswith("s"):
        number = _cardinal(text, begin, words)
        if number is None:
            return None
        number = number._replace(start=start)
        if half := _AND_A_HALF.match(text, number.end):
            return number._replace(end=half.end()).times(1.5)
        return number
    return None


def _not_one(text: str, start: int, end: int) -> Numeral | None:
    found = _SINGLE.match(text, end)
    return _exact(start, found.end(), 0.0, "zero") if found else None


def _half(text: str, start: int, end: int, words: NumberWords) -> Numeral | None:
    """Half a dozen, half a million, half-dozen, half a (mile), half."""
    word, _, stop = _next(text, end)
    if word in ("a", "an"):
        word, _, inner = _next(text, stop)
        if word == "dozen" or (word in words.scales and not word.endswith("s")):
            scale = words.groups.get(word) or words.scales[word]
            return _exact(start, inner, scale / 2, scale=scale)
        return _exact(start, stop, 0.5)
    if word == "dozen":
        return _exact(start, stop, words.groups[word] / 2)
    if word in words.scales and word in ("million", "billion"):
        return _exact(start, stop, words.scales[word] / 2, scale=words.scales[word])
    return _exact(start, end, 0.5, "fraction")


def _vague(text: str, start: int, first: re.Match[str], words: NumberWords) -> Numeral | None:
    word = first.group().lower()
    if (found := _OF_SCALE.match(text, first.end())) and word in words.multiples:
        scale = words.scales.get(found[1].lower(), 0.0)
        if scale >= 1000:
            low, high = words.multiples[word]
            return Numeral(start, found.end(), low * scale, math.nan, high * scale - 1, "vague")
    if word not in words.vague:
        return None
    if word == "few":  # bare "few" says how little; "few hundred" is "a few hundred"
        number = _multiplied(text, start, first.end(), words.vague[word], words)
        return number if number.end > first.end() else None
    if word == "several":
        return _multiplied(text, start, first.end(), words.vague[word], words)
    low, high = words.vague[word]
    twice = _UPON.match(text, first.end())  # "hundreds and hundreds"
    end = twice.end() if twice and twice[1].lower() == word else first.end()
    return Numeral(start, end, low, math.nan, high, "vague")


def _multiplied(text: str, start: int, end: int, bounds: tuple[float, float], words: NumberWords) -> Numeral:
    """Several, several dozen, a few hundred thousand, several tens of thousands."""
    low, high = bounds
    word, _, stop = _next(text, end)
    if word == "tens" and (found := _OF_THOUSANDS.match(text, stop)):
        factor = 10 * words.scales[found[1].lower()]
        return Numeral(start, found.end(), low * factor, math.nan, high * factor, "vague")
    factor = 1.0
    while word.rstrip("s") == "dozen" or word in words.scales:
        step = words.scales.get(word) or words.groups["dozen"]
        if factor > step:
            break
        factor, end = factor * step, stop
        word, _, stop = _next(text, end)
    return Numeral(start, end, low * factor, math.nan, high * factor, "vague", factor)


def _group(text: str, start: int, end: int, value: float, words: NumberWords) -> Numeral:
    """A dozen, a couple of dozen, a couple hundred."""
    found = _OF_GROUP.match(text, end)
    if found and value < 12:
        word = found[1].lower()
        factor = words.scales.get(word) or words.groups[word]
        return _exact(start, found.end(), value * factor, scale=factor)
    factor, stop = _scale_behind(text, end, words, value)
    return _exact(start, stop, value * factor, scale=factor)


def _part_of_scale(text: str, share: Numeral, words: NumberWords) -> Numeral | None:
    """A quarter of a million, three quarters of a million."""
    found = _OF_A.match(text, share.end)
    if found is None:
        return None
    word = found[1].lower()
    if word in words.scales and words.scales[word] >= 1000 and not word.endswith("s"):
        return share._replace(end=found.end(), form="number", scale=words.scales[word]).times(
            words.scales[word]
        )
    return None


def _fraction(text: str, start: int, number: Numeral, words: NumberWords) -> Numeral | None:
    """Two-thirds, one third, three quarters of a million; "one fifth of" but not "one third missile"."""
    word, _, stop = _next(text, number.end)
    if word not in words.parts or number.best >= words.parts[word] or number.best != int(number.best):
        return None
    if word.endswith("s") != (number.best > 1) and not _OF.match(text, stop):  # "two third of" is not rare
        return None
    share = _exact(start, stop, number.best / words.parts[word], "fraction")
    return _part_of_scale(text, share, words) or share


def _with_group(text: str, number: Numeral, words: NumberWords) -> Numeral:
    """Two dozen, two and a half dozen, one and a half million, three dozen thousand."""
    if half := _AND_A_PART.match(text, number.end):
        more = 0.75 if half[1][0] in "tT" else 0.5 if half[1][-1] in "fF" else 0.25
        value = number.best + more * number.scale
        scale, end = _scale_behind(text, half.end(), words, value)
        return _exact(number.start, end, value * scale, scale=scale)
    word, _, stop = _next(text, number.end)
    if word in ("dozen", "dozens"):
        return _exact(number.start, stop, number.best * 12, scale=12.0)
    return number


def _cardinal(text: str, start: int, words: NumberWords) -> Numeral | None:
    """Two hundred and eighty-six thousand four hundred: the grammar of cardinal numbers."""
    total = current = 0.0
    last_scale = math.inf  # scales must fall: "two thousand three million" is two numbers
    room = 100.0  # what the next word may at most add: after "twenty" a unit, after "two" nothing
    at = end = start
    scale_at_end = 1.0
    while word := _WORD.match(text, at):
        lower = word.group().lower()
        if lower == "and" and end > start and scale_at_end > 1:
            follower, begin, _ = _next(text, word.end())
            value = words.cardinals.get(follower)
            if value is None or value >= scale_at_end or not text[word.end() : begin].isspace():
                break
            at = begin
            continue
        if lower in words.cardinals:
            value = words.cardinals[lower]
            if value >= room:
                break
            current += value
            room = 10.0 if value >= 20 else 0.0
            scale_at_end = 1.0
        elif lower in words.scales:
            factor = words.scales[lower]
            if factor == 100:
                if current >= 100:
                    break
                current = (current or 1.0) * 100
                room = 100.0
            else:
                if factor >= last_scale:
                    break
                total += (current or 1.0) * factor
                current, last_scale, room = 0.0, factor, 100.0
            scale_at_end = factor
        else:
            break
        end = word.end()
        gap = _GAP.match(text, end)
        if gap is None or (gap.group().strip() == "–"):
            break
        at = gap.end()
    if end == start:
        return None
    value = total + current
    return _exact(start, end, value, scale=scale_at_end)
