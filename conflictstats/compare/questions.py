"""`compare`: claims → the questions they compete on, and the pairs that do."""

from __future__ import annotations

import gc
import hashlib
import math
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain
from typing import Any

import numpy as np
import pandas as pd

from conflictstats.codebook import Codebook, load_codebook
from conflictstats.compare.candidates import candidates
from conflictstats.compare.comparison import Comparison as Comparison
from conflictstats.compare.figures import TOLD, Figure
from conflictstats.compare.prints import read_linked
from conflictstats.compare.relations import Inclusion, far_apart, inclusion, relate
from conflictstats.compare.verdicts import (
    Verdict,
    beside_its_rival,
    check_choices,
    judge,
    judge_related,
    order,
)
from conflictstats.compare.wording import number
from conflictstats.tables import COPY_COLUMNS, PAIR_COLUMNS, QUESTION_COLUMNS, frame, require_claims

_LEVEL = frozenset({"agree", "compatible", "close", "disputed", "revision"})
# The verdict on a question is the gravest of its pairs; one claim alone is "single".
_GRAVITY = ("disputed", "close", "compatible", "agree", "revision")
# Near misses are worth a row where only one thing keeps two figures apart, and it is one of these.
_NEAR = frozenset({"period overlaps", "period not stated", "limits", "aggregation", "variant", "source"})
# Two states of one running total are a revision, where nothing else keeps them apart.
_RELATED = _NEAR | {"as of"}

# How many pairs that do not compete are told of one figure.
_BESIDE = {"nested": 6, "not_comparable": 3}

_Key = tuple[Any, ...]


def compare(
    claims: pd.DataFrame,
    *,
    articles: pd.DataFrame | None = None,
    tolerance: float = 0.1,
    rules: str = "ours",
    codebook: Codebook | None = None,
) -> Comparison:
    """Find the questions that claims compete on, and say of each pair whether and how far they differ.

    A question is the fullest known key: conflict, event, item, variant, unit, way of counting, actor,
    target, period and place. A claim that leaves a part of it out attaches to every question that it
    fits, marked as assumed, and merges none. Copies of an article count once.

    Args:
        claims: the claims table.
        articles: the articles table, whose texts tell copies best; without it the claims' sentences do.
        tolerance: how far apart bounds may be, as a share of the smaller figure, and still be "close".
        rules: how hedges become bounds: `ours` (those of the table), `ucdp` or `acled`.
        codebook: the shipped one if not given.

    Raises:
        ConflictstatsError: `tolerance` or `rules` is none of the possible.
        TableError: columns or cells are missing, or one claim stands there in two versions.
    """
    check_choices(tolerance, rules)
    claims = require_claims(claims)
    codebook = codebook or load_codebook()
    inc = inclusion(codebook)
    with _collector_paused():
        figures, copied = read_linked(claims, rules, codebook, articles)
        tally: Counter[str] = Counter()
        judged = judge_all(figures, inc, tolerance, tally)
        questions = _questions(figures, judged)
        home = _homes(questions)
        pairs = frame((_pair_row(a, b, v, home) for a, b, v in judged if _kept(a, b, v, inc)), PAIR_COLUMNS)
        inside = _inside(judged, home)
        rows = frame((_question_row(q, inside.get(q.id, [])) for q in questions), QUESTION_COLUMNS)
    links = frame(((copy, original, share) for copy, (original, share) in copied.items()), COPY_COLUMNS)
    return Comparison(rows, pairs, tolerance, rules, links, tally["unjudged"])


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Millions of small objects that all stay: looking through them for garbage is a third of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


Judged = tuple[Figure, Figure, Verdict]


def judge_all(
    figures: list[Figure], inc: Inclusion, tolerance: float, tally: Counter[str] | None = None
) -> list[Judged]:
    """Every pair that answers one question, and those others that are worth a row; in a fixed order.

    `tally` counts what was left out: pairs of figures that too many others could meet as well.
    """
    first: dict[tuple[Any, ...], Figure] = {}
    pairs: list[tuple[Figure, Figure]] = []
    for figure in figures:
        if figure.first is None:
            original = first.setdefault(_voice_of(figure), figure)
            figure.first = None if original is figure else original
    for figure in figures:
        if figure.first is not None:
            figure.first = figure.first.first or figure.first
            # a repeat meets its first print, and no one else
            pairs.append((figure.first, figure) if figure.first.row < figure.row else (figure, figure.first))
    judged: list[Judged] = []
    # Those beside are many and few of them stay: kept as numbers, and judged again.
    aside = {name: array("q") for name in _BESIDE}
    for a, b in chain(pairs, candidates(list(first.values()), inc, tally)):
        relation = relate(a, b, inc, _RELATED)
        if far_apart(relation, _RELATED):
            continue
        verdict = judge_related(a, b, relation, inc, tolerance)
        if verdict.verdict in _LEVEL or verdict.contradiction:
            judged.append((a, b, verdict))
        elif _kept(a, b, verdict, inc):
            aside[verdict.verdict].extend((len(verdict.assumed), abs(a.row - b.row), a.row, b.row))
    by_row = {figure.row: figure for figure in figures}
    for name, numbers in aside.items():
        for left, right in _nearest(numbers, _BESIDE[name]):
            a, b = by_row[left], by_row[right]
            judged.append((a, b, judge(a, b, inc, tolerance)))
    met = _agreeing(judged)
    judged = [(a, b, _met_already(a, b, verdict, met, inc)) for a, b, verdict in judged]
    judged.sort(key=lambda pair: (pair[0].row, pair[1].row))
    return judged


_Met = frozenset[tuple[str, str, str, str, str, int]]


def _agreeing(judged: Iterable[Judged]) -> _Met:
    """Which sources of which articles give a figure that another article's bears out."""
    return frozenset(
        _told_of(one, other)
        for a, b, verdict in judged
        if verdict.verdict == "agree" and a.article != b.article
        for one, other in ((a, b), (b, a))
    )


def _told_of(figure: Figure, other: Figure) -> tuple[str, str, str, str, str, int]:
    return figure.article, figure.speaker, figure.event, figure.item, figure.unit, other.row


def _met_already(a: Figure, b: Figure, verdict: Verdict, met: _Met, inc: Inclusion) -> Verdict:
    """A source that gives the other's figure as well counts something else with this one."""
    if verdict.verdict != "disputed" or a.article == b.article:
        return verdict
    if not (_told_of(a, b) in met or _told_of(b, a) in met):
        return verdict
    return beside_its_rival(a, b, verdict, inc)


def _nearest(numbers: array[int], most: int) -> Iterator[tuple[int, int]]:
    """Of what is told beside the competing pairs, so many for each figure, the surest first.

    `numbers` holds four for each pair: how much was assumed, how many rows lie between, and the two rows.
    """
    pairs = np.frombuffer(numbers, dtype="int64").reshape(-1, 4)
    shown: Counter[int] = Counter()
    for at in np.lexsort(pairs.T[::-1]):
        left, right = pairs[at, 2:].tolist()
        if shown[left] < most and shown[right] < most:
            shown[left] += 1
            shown[right] += 1
            yield left, right


def _voice_of(figure: Figure) -> tuple[Any, ...]:
    """All that a verdict can rest on: two figures with the same are one, printed twice.

    Articles in their own voice that say the same of the same are taken together as well: each agrees with
    the first of them, which need not be said of every two.
    """
    f = figure
    return (
        f.conflict, f.event, f.item, f.variant, f.noun, f.unit, f.low, f.best, f.high, f.hedge, f.status,
        f.aggregation, None if f.narrator else f.speaker, f.side, f.actor, f.target, f.start, f.end, f.when,
        f.published, f.place, f.place_id, f.where, f.near, f.spread, f.partial,
        f.article if f.part_of else None,
    )  # fmt: skip


def _kept(a: Figure, b: Figure, verdict: Verdict, inc: Inclusion) -> bool:
    """Whether a pair is worth a row; any other can be had from `explain`."""
    told_twice = a.article == b.article and a.speaker == b.speaker
    if verdict.verdict == "not_comparable":
        if verdict.differ == ("status",):
            return _denied(a, b, inc)
        if len(verdict.differ) != 1 or len(verdict.assumed) > 2:
            return False
        near = verdict.differ[0]
        if near == "aggregation" and "increment" in (a.aggregation, b.aggregation):
            return False
        return near in _NEAR and (near == "source" or not told_twice)
    if verdict.verdict == "nested":
        if verdict.contradiction:
            # "no civilians were killed" is said against every toll; its rivals in number are enough
            return min(a.high, b.high) > 0
        # of what lies inside, only the next step: four children say little about a toll of 60
        loose = len(verdict.reasons) > 2 or verdict.reasons[0].startswith("part") or told_twice
        return not loose and _one_step(a, b, inc) and min(a.high, b.high) > 0
    return not (told_twice and (a.low, a.high) == (b.low, b.high))


def _denied(a: Figure, b: Figure, inc: Inclusion) -> bool:
    """X denies the very figure that Y reports."""
    if {a.status, b.status} != {"denied", "asserted"} or a.speaker == b.speaker:
        return False
    alike = a.item == b.item or a.best == b.best
    return alike and _one_step(a, b, inc) and a.low <= b.high and b.low <= a.high


def _one_step(a: Figure, b: Figure, inc: Inclusion) -> bool:
    return a.item == b.item or (a.item, b.item) in inc.steps or (b.item, a.item) in inc.steps


@dataclass(slots=True)
class _Question:
    id: str
    key: _Key
    members: list[Figure]
    own: Figure


def _questions(figures: list[Figure], judged: Iterable[Judged]) -> list[_Question]:
    """Keys from the fullest down; each takes in what fits it, and no pair that a fuller one already holds.

    So a claim that leaves something out stands in every question that it fits, and makes one of its own
    only where it meets claims that leave out as much: it never brings two fuller questions together.
    """
    neighbours: dict[int, list[Figure]] = {}
    for a, b, verdict in judged:
        if verdict.verdict in _LEVEL and a.first is None and b.first is None:
            neighbours.setdefault(a.row, []).append(b)
            neighbours.setdefault(b.row, []).append(a)
    keyed: dict[_Key, list[Figure]] = {}
    prints: dict[int, list[Figure]] = {}
    for figure in figures:
        if figure.first is not None:
            prints.setdefault(figure.first.row, []).append(figure)
        elif figure.status in ("asserted", "superseded"):
            keyed.setdefault(_key(figure), []).append(figure)
    groups = sorted(keyed.items(), key=lambda g: (-_fullness(g[0]), g[1][0].row))
    kept: list[_Question] = []
    homes: dict[int, set[int]] = {}
    for key, own in groups:
        members = {
            b.row: b for a in own for b in neighbours.get(a.row, ())
            if homes.get(a.row, set()).isdisjoint(homes.get(b.row, ()))
        }  # fmt: skip
        if not members and all(figure.row in homes for figure in own):
            continue
        members.update((figure.row, figure) for figure in own)
        everyone = {f.row: f for m in members.values() for f in (m, *prints.get(m.row, ()))}
        for row in everyone:
            homes.setdefault(row, set()).add(len(kept))
        kept.append(_Question(_digest(key), key, [everyone[row] for row in sorted(everyone)], own[0]))
    kept.sort(key=lambda q: (q.own.row, q.id))
    return kept


def _key(figure: Figure) -> _Key:
    aggregation = "period" if figure.aggregation == "cumulative" else figure.aggregation
    told = figure.when in (*TOLD, "article")
    return (
        figure.conflict, figure.event, figure.item, figure.variant, figure.unit, aggregation,
        figure.actor, figure.target,
        figure.start if told else None, figure.end,
        figure.place, figure.place_id, figure.partial or None,
    )  # fmt: skip


def _fullness(key: _Key) -> int:
    return sum(part is not None for part in key)


def _digest(key: _Key) -> str:
    return hashlib.sha256("\x1f".join(map(str, key)).encode()).hexdigest()[:12]


_Homes = dict[int, list[str]]


def _homes(questions: Iterable[_Question]) -> _Homes:
    homes: _Homes = {}
    for question in questions:
        for figure in question.members:
            homes.setdefault(figure.row, []).append(question.id)
    return homes


def _shared(a: Figure, b: Figure, homes: _Homes) -> list[str]:
    right = set(homes.get(b.row, ()))
    return [question for question in homes.get(a.row, ()) if question in right]


def _inside(judged: Iterable[Judged], homes: _Homes) -> dict[str, list[Judged]]:
    inside: dict[str, list[Judged]] = {}
    for a, b, verdict in judged:
        if verdict.verdict in _LEVEL:
            for question in _shared(a, b, homes):
                inside.setdefault(question, []).append((a, b, verdict))
    return inside


def _home(a: Figure, b: Figure, homes: _Homes) -> str | None:
    """The question that both stand in; of a nested or refused pair, that of the first."""
    either = _shared(a, b, homes) or homes.get(a.row) or homes.get(b.row)
    return either[0] if either else None


def _pair_row(a: Figure, b: Figure, verdict: Verdict, homes: _Homes) -> tuple[Any, ...]:
    return (
        _home(a, b, homes), a.claim_id, b.claim_id, verdict.verdict,
        "; ".join(verdict.reasons) or None, "; ".join(verdict.assumed) or None,
        verdict.ratio, verdict.detail,
    )  # fmt: skip


def _question_row(question: _Question, judged: list[Judged]) -> tuple[Any, ...]:
    # another print adds nothing, whatever it dropped or changed on the way
    members = [f for f in question.members if f.status == "asserted" and not f.copied]
    revised = {
        id(_older(a, b)) for a, b, v in judged if v.verdict == "revision" and not (a.copied or b.copied)
    }
    current = [f for f in members if id(f.first or f) not in revised]
    standing = [
        (a, b, v)
        for a, b, v in judged
        if id(a) not in revised and id(b) not in revised and not (a.copied or b.copied)
    ]
    judged = standing or [pair for pair in judged if not (pair[0].copied or pair[1].copied)]
    verdict, detail = _gravest(judged)
    voices = {_voice(f) for f in members}
    sides = {f.side for f in members if f.side and f.side != "third_party"}
    lows = [f.low for f in current if not math.isnan(f.low)]
    highs = [f.high for f in current if not math.isnan(f.high)]
    assumed = dict.fromkeys(name for _, _, v in judged for name in v.assumed)
    own, key = question.own, question.key
    return (
        question.id, *key[:8], _date(own.start if key[8] is not None else None),
        _date(own.end if key[8] is not None else None), own.place, own.place_id,
        len(voices), len({voice[0] for voice in voices}), len(sides),
        min(lows, default=math.nan), max(highs, default=math.nan), _best_by_side(current), _widest(standing),
        verdict, "; ".join(assumed) or None, detail,
    )  # fmt: skip


def _older(a: Figure, b: Figure) -> Figure:
    return a if order(a) <= order(b) else b


def _gravest(judged: list[Judged]) -> tuple[str, str | None]:
    for name in _GRAVITY:
        of_name = [v for _, _, v in judged if v.verdict == name]
        if of_name:
            widest = max(of_name, key=lambda v: (0.0 if math.isnan(v.ratio) else v.ratio, -len(v.assumed)))
            return name, widest.detail
    return "single", None


def _voice(figure: Figure) -> tuple[str, float, float]:
    """What counts once: a figure of a source, however often it is printed."""
    return figure.speaker, figure.low, figure.high


def _best_by_side(figures: list[Figure]) -> str | None:
    bests: dict[str, list[float]] = {}
    for figure in figures:
        if not math.isnan(figure.best):
            bests.setdefault(figure.side or "unattributed", []).append(figure.best)
    return (
        "; ".join(
            f"{side} {number(min(values))}" + (f"–{number(max(values))}" if len(set(values)) > 1 else "")
            for side, values in sorted(bests.items())
        )
        or None
    )


def _widest(judged: list[Judged]) -> float:
    """The largest best over the smallest, of figures that can be compared; a source's own copies are none."""
    return max((v.ratio for a, b, v in judged if _voice(a) != _voice(b) and v.ratio >= 1), default=math.nan)


def _date(day: int | None) -> date | None:
    return None if day is None else date(1970, 1, 1) + timedelta(day)
