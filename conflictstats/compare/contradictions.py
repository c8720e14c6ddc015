"""Figures that cannot all hold: parts larger than their totals, more intercepted than launched, and the like."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pandas as pd

from conflictstats.codebook import Codebook, load_codebook
from conflictstats.compare import wording
from conflictstats.compare.candidates import Index
from conflictstats.compare.figures import Figure
from conflictstats.compare.hedges import check_rules
from conflictstats.compare.prints import read_linked
from conflictstats.compare.questions import Judged, judge_all
from conflictstats.compare.relations import Inclusion, inclusion, relate
from conflictstats.compare.verdicts import anchored, is_rate
from conflictstats.tables import CONTRADICTION_COLUMNS, frame, require_claims

_MUNITIONS = ("drone", "missile", "drone_or_missile", "rocket", "bomb", "shell")


def contradictions(
    claims: pd.DataFrame,
    *,
    articles: pd.DataFrame | None = None,
    rules: str = "ours",
    codebook: Codebook | None = None,
) -> pd.DataFrame:
    """Every contradiction among asserted figures, with its rows.

    Kinds: `low above high`; `part above total` (where the article links them); `inside above outside` (an
    item, a place or a period inside another's); `outcome above launched` (more intercepted, or hit, than
    were launched for the same attack); `two figures of one source` for one question, that is no revision.
    `scope` says who contradicts whom: one article, one source, or two sources. Copies are told once. What
    had to be assumed stands in `assumed` and in the words; between two articles, figures of which both the
    period and the place had to be assumed contradict nothing.

    Args:
        claims: the claims table.
        articles: the articles table, whose texts tell copies best; without it the claims' sentences do.
        rules: how hedges become bounds: `ours` (those of the table), `ucdp` or `acled`.
        codebook: the shipped one if not given.

    Raises:
        ConflictstatsError: `rules` is none of the possible.
        TableError: columns or cells are missing, or one claim stands there in two versions.
    """
    check_rules(rules)
    claims = require_claims(claims)
    book = codebook or load_codebook()
    inc = inclusion(book)
    read, _ = read_linked(claims, rules, book, articles)
    figures = [f for f in read if f.status == "asserted" and not f.copied]
    rows = [
        *_upside_down(figures, inc),
        *_parts(figures, inc),
        *_judged(judge_all(figures, inc, 0.0)),
        *_outcomes(figures, inc),
    ]
    told: dict[tuple[str, str], tuple[Any, ...]] = {}
    for row in rows:
        told.setdefault((row[2], row[3]), row)  # the plainest reason first
    return frame(told.values(), CONTRADICTION_COLUMNS)


def _upside_down(figures: list[Figure], inc: Inclusion) -> Iterator[tuple[Any, ...]]:
    for f in figures:
        if f.low > f.high or f.best > f.high or f.low > f.best:
            detail = f"{wording.said(f, inc)}: low {f.low:g}, best {f.best:g}, high {f.high:g}"
            yield "low above high", "one article", f.claim_id, f.claim_id, None, detail


def _parts(figures: list[Figure], inc: Inclusion) -> Iterator[tuple[Any, ...]]:
    by_id = {f.claim_id: f for f in figures}
    for part in figures:
        total = by_id.get(part.part_of or "")
        if total is None or not _countable(part, total):
            continue
        if part.low > total.high:
            detail = (
                f"{wording.said(part, inc)} as a part of {wording.said(total, inc, brief=True)}:"
                f" {wording.bounds(part)} of {wording.bounds(total)}"
            )
            yield "part above total", "one article", part.claim_id, total.claim_id, None, detail


def _countable(part: Figure, total: Figure) -> bool:
    """Whether the part may not be larger: a share of homes may exceed that of all buildings, a day's rate a total."""
    ways = {part.aggregation, total.aggregation}
    rates = is_rate(part) or is_rate(total)
    return part.unit == total.unit != "percent" and "increment" not in ways and not (rates and len(ways) > 1)


def _judged(judged: list[Judged]) -> Iterator[tuple[Any, ...]]:
    for a, b, verdict in judged:
        if verdict.contradiction:
            if _denied_in_all(a, b):
                continue
            kind = "inside above outside"
        elif verdict.verdict == "disputed" and a.speaker == b.speaker:
            kind = "two figures of one source"
        else:
            continue
        yield kind, _scope(a, b), a.claim_id, b.claim_id, "; ".join(verdict.assumed) or None, verdict.detail


def _denied_in_all(a: Figure, b: Figure) -> bool:
    """ "No civilians were killed" contradicts a toll; the children in that toll need no row of their own."""
    none, some = (a, b) if a.high == 0 else (b, a)
    return none.high == 0 and some.part_of is not None


def _outcomes(figures: list[Figure], inc: Inclusion) -> Iterator[tuple[Any, ...]]:
    """More brought down, or through, than were sent: the same attack, whoever says so."""
    launched: dict[str, Index] = {}
    for item in _MUNITIONS:
        of_item = [f for f in figures if f.event == "launched" and f.item == item and not f.partial]
        launched[item] = Index(of_item)
    for figure in figures:
        if inc.parts.get(figure.event) != "launched" or figure.item not in launched or figure.unit != "count":
            continue
        if figure.aggregation == "increment":
            continue  # two changes need not be of one attack
        as_launched = _turned(figure)
        near = [(total, relate(as_launched, total, inc)) for total in launched[figure.item].near(as_launched)]
        fitting = [
            (t, r)
            for t, r in near
            if not (r.differ or r.around or r.maybe_around or (is_rate(figure) and "period" in r.within))
        ]
        # 20 of one kind and 20 of another in an article that tells of 40: no one of them is the whole attack
        enough = {(t.article, t.speaker) for t, _ in fitting if not figure.low > t.high}
        for total, relation in fitting:
            if (total.article, total.speaker) in enough or figure.part_of == total.claim_id:
                continue
            if not anchored(figure, total, relation):
                continue
            detail = (
                f"{wording.said(figure, inc, when=True)}, but {wording.said(total, inc, when=True)}:"
                f" {wording.bounds(figure)} of {wording.bounds(total)} cannot be{wording.supposed(relation.assumed)}"
            )
            assumed = "; ".join(relation.assumed) or None
            yield (
                "outcome above launched",
                _scope(figure, total),
                figure.claim_id,
                total.claim_id,
                assumed,
                detail,
            )


def _turned(figure: Figure) -> Figure:
    """Who intercepts is whom it was launched at; what hit was launched by the same."""
    if figure.event == "hit":
        return replace(figure, event="launched")
    return replace(figure, event="launched", actor=figure.target, target=figure.actor)


def _scope(a: Figure, b: Figure) -> str:
    if a.article == b.article and a.speaker == b.speaker:
        return "one article"
    return "one source" if a.speaker == b.speaker else "two sources"
