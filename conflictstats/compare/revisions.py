"""How one source's figure for one question changed from one publication to the next."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pandas as pd

from conflictstats.codebook import Codebook, load_codebook
from conflictstats.compare import wording
from conflictstats.compare.figures import TOLD, Figure, spot_of
from conflictstats.compare.prints import read_linked
from conflictstats.compare.questions import judge_all
from conflictstats.compare.relations import Inclusion, inclusion
from conflictstats.compare.verdicts import order
from conflictstats.tables import REVISION_COLUMNS, frame, require_claims

_Step = tuple[Figure, Figure, str]


def revisions(
    claims: pd.DataFrame, *, articles: pd.DataFrame | None = None, codebook: Codebook | None = None
) -> pd.DataFrame:
    """One row per step from a figure to the next one of the same source for the same question.

    Running totals are joined by their start and follow each other by the day they are given as of; other
    figures by the day they were published. `change` is the later best less the earlier one, `direction` up,
    down or `bounds` (the number stands, its hedge does not). `told` says whether the later article owns up to
    the change: `said` where it cites the earlier figure as superseded, `silent` where it does not, `grown`
    for running totals, which rise without anybody correcting anything; one that falls is `silent`. Copies of
    an article take no step.

    Args:
        claims: the claims table.
        articles: the articles table, whose texts tell copies best; without it the claims' sentences do.
        codebook: the shipped one if not given.

    Raises:
        TableError: columns or cells are missing, or one claim stands there in two versions.
    """
    claims = require_claims(claims)
    book = codebook or load_codebook()
    inc = inclusion(book)
    figures, _ = read_linked(claims, "ours", book, articles)
    outdated = {(f.article, f.event, f.low, f.high) for f in figures if f.status == "superseded"}
    steps: dict[int, _Step] = {}
    for old, new, detail in (*_running(figures, inc), *_judged(figures, inc)):
        before = steps.get(new.row)
        if before is None or order(before[0]) < order(old):
            steps[new.row] = (old, new, detail)  # from the last figure before, whichever way it was found
    ordered = sorted(steps.values(), key=lambda step: (step[1].speaker, order(step[1]), step[1].row))
    return frame((_row(*step, outdated) for step in ordered), REVISION_COLUMNS)


def _judged(figures: list[Figure], inc: Inclusion) -> Iterator[_Step]:
    for a, b, verdict in judge_all(figures, inc, 0.0):
        if verdict.verdict == "revision" and not (a.copied or b.copied):
            old, new = (a, b) if order(a) <= order(b) else (b, a)
            yield old, new, verdict.detail


def _running(figures: Iterable[Figure], inc: Inclusion) -> Iterator[_Step]:
    """Running totals of one source, one after the other, however many days lie between them."""
    chains: dict[tuple[Any, ...], list[Figure]] = {}
    for f in figures:
        dated = f.end is not None and f.when in TOLD
        if (
            f.aggregation == "cumulative"
            and f.status == "asserted"
            and dated
            and not f.copied
            and not f.partial
        ):
            where = spot_of(f) if f.place else None
            key = (
                f.speaker,
                f.conflict,
                f.event,
                f.item,
                f.variant,
                f.unit,
                f.actor,
                f.target,
                f.start,
                where,
            )
            chains.setdefault(key, []).append(f)
    for chain in chains.values():
        chain.sort(key=lambda f: (order(f), f.row))
        for old, new in pairwise(chain):
            if (old.low, old.high) != (new.low, new.high) and old.article != new.article:
                yield old, new, wording.revision(old, new, inc)


def _row(
    old: Figure, new: Figure, detail: str, outdated: set[tuple[str, str, float, float]]
) -> tuple[Any, ...]:
    change = new.best - old.best
    direction = "up" if change > 0 else "down" if change < 0 else "bounds"
    cited = old.status == "superseded" or (new.article, old.event, old.low, old.high) in outdated
    running = new.aggregation in ("cumulative", "stock")
    told = "said" if cited else "grown" if running and change >= 0 else "silent"
    days = math.nan
    if old.published is not None and new.published is not None:
        days = float(new.published - old.published)
    return (
        new.source, new.side, new.conflict, new.event, new.item, new.unit, new.aggregation,
        new.actor or old.actor, new.target or old.target, new.place or old.place,
        _date(new.start), _date(new.end), old.claim_id, new.claim_id, old.best, new.best, change, direction,
        _date(old.published), _date(new.published), days, told, detail,
    )  # fmt: skip


def _date(day: int | None) -> date | None:
    return None if day is None else date(1970, 1, 1) + timedelta(day)
