"""How one source's figure for one question changed from one publication to the next."""

from __future__ import annotations

import math
from datetime import date, timedelta
from typing import Any

import pandas as pd

from conflictstats.codebook import Codebook, load_codebook
from conflictstats.compare.figures import Figure, read_figures
from conflictstats.compare.questions import judge_all
from conflictstats.compare.relations import inclusion
from conflictstats.compare.verdicts import order
from conflictstats.tables import CLAIM_COLUMNS, REVISION_COLUMNS, frame, require


def revisions(claims: pd.DataFrame, *, codebook: Codebook | None = None) -> pd.DataFrame:
    """One row per step from a figure to the next one of the same source for the same question.

    Running totals follow each other by the day they are given as of. `told` says whether the later article
    owns up to the change: `said` where it cites the earlier figure as superseded, `silent` where it does
    not, `grown` for running totals, which change without anybody correcting anything.
    """
    require(claims, CLAIM_COLUMNS)
    book = codebook or load_codebook()
    figures = read_figures(claims, "ours", book)
    outdated = {(f.article, f.event, f.low, f.high) for f in figures if f.status == "superseded"}
    steps: dict[int, tuple[Figure, Figure, str]] = {}
    for a, b, verdict in judge_all(figures, inclusion(book), 0.0):
        if verdict.verdict != "revision":
            continue
        old, new = (a, b) if order(a) <= order(b) else (b, a)
        before = steps.get(new.row)
        if before is None or order(before[0]) < order(old):
            steps[new.row] = (old, new, verdict.detail)
    ordered = sorted(steps.values(), key=lambda step: (step[1].speaker, order(step[1]), step[1].row))
    return frame((_row(*step, outdated) for step in ordered), REVISION_COLUMNS)


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
