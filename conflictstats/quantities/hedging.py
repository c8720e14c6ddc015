"""Hedges: the words on either side of one number that say how firmly it is meant, and its bounds by them.

A lexicon (`hedges.toml`) and a scope: a hedge stands right before or right behind its number, hedges may
follow one another ("at least some 40"), and where two meet the codebook's ranks decide.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple, cast

from conflictstats.codebook import Codebook, HedgeKind
from conflictstats.quantities.numerals import Numeral, number_words
from conflictstats.records import Hedge

# Guidelines: "a dozen or so" is 10 to 14.
_DOZEN_OR_SO = (10.0, math.nan, 14.0)
_REACH = 48  # characters: the longest chain of hedges
_LONGEST = 6  # words in a phrase
_OPENING = "(\"'“‘«[—–-:;,"
# Between a hedge and its number: "at least another 12", "more than the 40".
_FILLER = re.compile(
    r"\b(?:another|a\s+further|an\s+additional|a\s+total\s+of|only|just|the|its|their|these|those|such)\s+$",
    re.I,
)
# Behind the noun, where nothing else can be meant: *20 civilians at least and 30 others*.
_LATE = (
    r"(?:\s+(?!(?:and|or|of|in|were|was|had|have|who|that|at|killed|wounded)\b)[a-z][a-z'’-]*){1,2}"
    r"(?:\s+(?P<words>at\s+(?:the\s+)?(?:very\s+)?(?:least|most)|or\s+(?:so|more|fewer|less|thereabouts))|,\s+(?P<more>{more}))"
    r"(?=\s*(?:[.,;:)]|$|(?:and|but|were|was|are|is|have|had|has|died|killed|wounded|injured|dead|in|on)\b))"
)
# What can pass a figure: *the toll passes 200*, not *the convoy passes 20 checkpoints*.
_TOLLS = frozenset(
    "toll tolls tally death deaths dead fatalities casualties losses killed wounded victims number numbers count total figure figures".split()
)
# Words by white space, and where a line or a sentence was glued to the next: *DAVAO CITY—At least*, *the army.At least*
_WORDS = re.compile(r"(?:[^\s—–.:;!?]|[.:;!?](?![A-Z]))+[.:;!?]?|[—–][^\s—–]*|[.:;!?]")
_NEXT_WORDS = re.compile(r"\s+([\w'’-]+)(?:\s+([\w'’-]+))?")


class Hedged(NamedTuple):
    """A number with its hedges: where they begin and end, and the bounds they give."""

    start: int
    end: int
    hedge: Hedge
    low: float
    best: float
    high: float
    phrases: tuple[str, ...] = ()


@dataclass(frozen=True)
class HedgeRules:
    """The codebook's hedges, ready for reading."""

    kinds: dict[str, HedgeKind]
    before: dict[str, str]
    after: dict[str, str]
    behind: re.Pattern[str]
    late: re.Pattern[str]  # behind the noun
    symbols: frozenset[str]  # what needs no space before the number


@cache
def hedge_rules(codebook: Codebook) -> HedgeRules:
    """Compile the hedges of a codebook, once."""
    before = {
        phrase: name for name, kind in codebook.hedges.items() for phrase in (*kind.before, *kind.of_toll)
    }
    after = {phrase: name for name, kind in codebook.hedges.items() for phrase in kind.after}
    signs = _either(phrase for phrase in after if not phrase[0].isalpha())
    more = _either(phrase for phrase in after if phrase.startswith(("perhaps", "possibly", "maybe", "if")))
    spaced = _either(phrase for phrase in after if phrase[0].isalpha())
    numbers = _either(number_words(codebook).cardinals)
    return HedgeRules(
        kinds=dict(codebook.hedges),
        before=before,
        after=after,
        behind=re.compile(
            rf"(?:\s?(?P<sign>{signs})(?!\s?\d)(?![^\W\d_])|,\s+(?P<more>{more})|\s+(?P<words>{spaced}))"
            rf"(?![\w-])(?!\s+(?:\d|an?\b|another\b|(?:{numbers})\b))",
            re.I,
        ),
        late=re.compile(_LATE.replace("{more}", more), re.I),
        symbols=frozenset(phrase for phrase in before if not phrase[-1].isalpha()),
    )


def _either(phrases: Iterable[str]) -> str:
    longest = sorted(set(phrases), key=lambda phrase: (-len(phrase), phrase))
    return "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in longest)


def hedged(
    text: str,
    start: int,
    end: int,
    number: Numeral,
    shape: Hedge,
    bounds: tuple[float, float, float],
    floor: int,
    rules: HedgeRules,
) -> Hedged:
    """Take in the hedges of a number that stands, with its unit, at `start:end`; nothing before `floor`.

    `shape` is what the number is by itself: exact, range or vague.
    """
    marks: list[tuple[str, str]] = []  # the nearest first
    while found := hedge_before(text, start, floor, end, rules):
        start = found[0]
        marks.append(found[1:])
    if not marks and (filler := _FILLER.search(text, max(floor, start - 24), start)):
        found = hedge_before(text, filler.start(), floor, end, rules)
        if found:
            start = found[0]
            marks.append(found[1:])
    if behind := rules.behind.match(text, end):
        phrase = re.sub(r"\s+", " ", (behind["sign"] or behind["more"] or behind["words"]).lower())
        end = behind.end()
        if (
            phrase == "or so"
            and shape == "exact"
            and not marks
            and text[number.start : number.end].lower() == "a dozen"
        ):
            return Hedged(start, end, "vague", *_DOZEN_OR_SO, (phrase,))
        marks.append((phrase, rules.after[phrase]))
    elif not marks and (late := rules.late.match(text, end)):
        phrase = re.sub(r"\s+", " ", (late["words"] or late["more"]).lower())
        marks.append((phrase, rules.after[phrase]))
    phrases = tuple(phrase for phrase, _ in marks)
    low, best, high = bounds
    if not marks or shape == "vague":
        return Hedged(start, end, shape, low, best, high, phrases)
    name = max((name for _, name in marks), key=lambda name: rules.kinds[name].rank)
    kind = rules.kinds[name]
    if shape == "exact":
        top = math.inf if math.isinf(kind.high) else best * kind.high  # "0 or more" has no upper end either
        return Hedged(start, end, cast(Hedge, name), best * kind.low, best, top, phrases)
    # of "at least 30 to 40" the near end counts; "about 30 to 40" is a range still
    if math.isinf(kind.high):
        return Hedged(start, end, cast(Hedge, name), low, low, math.inf, phrases)
    if kind.low == 0:
        return Hedged(start, end, cast(Hedge, name), 0.0, high, high, phrases)
    return Hedged(start, end, shape, low, best, high, phrases)


def hedge_before(text: str, at: int, floor: int, end: int, rules: HedgeRules) -> tuple[int, str, str] | None:
    """The longest hedge that ends right before `at`: where it begins, its phrase, its entry."""
    begin = max(floor, at - _REACH)
    tokens = [(found.start() + begin, found.group()) for found in _WORDS.finditer(text[begin:at])]
    if begin > floor and tokens and tokens[0][0] == begin and not text[begin - 1].isspace():
        tokens = tokens[1:]  # the rest of a word
    if not tokens:
        return None
    if not text[at - 1].isspace() and tokens[-1][1].lstrip(_OPENING).lower() not in rules.symbols:
        return None
    phrase = ""
    best: tuple[int, str, str] | None = None
    for start, token in reversed(tokens[-_LONGEST:]):
        bare = token.lstrip(_OPENING)
        word = bare.lower().replace("’", "'")
        phrase = f"{word} {phrase}" if phrase else word
        name = rules.before.get(phrase)
        if name and not _misleads(text, start + len(token) - len(bare), end, phrase, rules.kinds[name]):
            best = (start + len(token) - len(bare), phrase, name)
        if bare != token:
            break
    return best


def _misleads(text: str, start: int, end: int, phrase: str, kind: HedgeKind) -> bool:
    """Whether the words around show that the phrase is no hedge here: "talked about 3 points"."""
    if phrase in kind.of_toll:
        before = re.findall(r"[^\W\d_]+", text[max(0, start - 60) : start].rpartition(".")[2].lower())
        if _TOLLS.isdisjoint(before[-6:]):
            return True
    if words := kind.not_after.get(phrase):
        before = text[max(0, start - 30) : start].split()
        if before and before[-1].strip("\"'“‘(").lower() in words:
            return True
    if words := kind.not_before.get(phrase):
        after = _NEXT_WORDS.match(text, end)
        return after is not None and any(word and word.lower() in words for word in after.groups())
    return False
