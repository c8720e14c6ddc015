"""Casualties in Gaza by day, as the health ministry there and the government media office report them.

The format of Tech for Palestine's daily dataset (JSON): figures of a report and its running totals, and beside
them `ext_…` columns in which its makers filled gaps. Filled figures are marked `extrapolated`.
"""

from __future__ import annotations

import math
from datetime import date, timedelta
from typing import Any

from conflictstats.codebook import Codebook
from conflictstats.reference.rows import Problem, Read, Records, Row, days, exact, number

COLUMNS = ("report_date", "report_source")
_START = date(2023, 10, 7)
# A report with no length of its own covers a day.
_DAY = 24
# running total → event, item, and the column of the day's own figure where there is one
_COUNTED = {
    "killed_cum": ("killed", "person", "killed"),
    "injured_cum": ("wounded", "person", "injured"),
    "killed_children_cum": ("killed", "child", None),
    "killed_women_cum": ("killed", "woman", None),
    "med_killed_cum": ("killed", "medic", None),
    "press_killed_cum": ("killed", "journalist", None),
}
_SHARED: dict[str, Any] = {"conflict": "Israel-Hamas", "target": "Palestinians", "region": "Gaza Strip"}
_SOURCES = {"mohtel": "Gaza health ministry", "gmotel": "Gaza government media office"}


def read(records: Records, codebook: Codebook) -> Read:
    before: dict[str, tuple[date, float, bool]] = {}
    for n, record in enumerate(records, 1):
        found = days(n, record, "report_date")
        if isinstance(found, Problem):
            yield found
            continue
        end = found[0]
        length = max(1, round((number(record, "report_period") or _DAY) / _DAY))
        start = end - timedelta(days=length - 1)
        source = _SOURCES.get(str(record.get("report_source")))
        shared = _SHARED | {"source": source, "source_side": "Hamas" if source else None}
        for column, (event, item, daily) in _COUNTED.items():
            total, filled = _either(record, column)
            if math.isnan(total):
                continue
            last = before.get(column)
            before[column] = (end, total, filled)
            basis = "extrapolated" if filled else "stated"
            yield Row(
                n, _START, end, event, item, *exact(total), aggregation="cumulative", basis=basis, **shared
            )
            added, guessed = _either(record, daily) if daily else (math.nan, False)
            basis = "extrapolated" if guessed else "stated"
            if math.isnan(added) and last is not None and last[0] == start - timedelta(days=1):
                added = total - last[1]
                basis = "extrapolated" if filled or last[2] else "derived"
                if added < 0:
                    reason = f"the running total falls from {last[1]:g} to {total:g}"
                    yield Problem(n, start, end, column, f"{total:g}", reason, item)
                    continue
            if not math.isnan(added):
                yield Row(n, start, end, event, item, *exact(added), basis=basis, **shared)


def _either(record: dict[str, Any], column: str) -> tuple[float, bool]:
    """What was reported, else what the table's makers filled in."""
    value = number(record, column)
    if not math.isnan(value):
        return value, False
    return number(record, f"ext_{column}"), True
