"""Russian losses by day as Ukraine's General Staff claims them: running totals, and what each day adds.

The format of "2022-Ukraine-Russia-War-Dataset" (JSON): one record per day, personnel or equipment. The General
Staff corrects its totals without a word now and then; where a total falls and no correction explains it, the
day's addition is unknown, neither negative nor 0.
"""

from __future__ import annotations

import math
from datetime import date, timedelta
from typing import Any

from conflictstats.codebook import Codebook
from conflictstats.reference.rows import Problem, Read, Records, Row, days, exact, number

COLUMNS = ("date", "day")
_START = date(2022, 2, 24)
# column → event, item, variant. Mortars, fuel trucks and "special equipment" have no item of their own.
_COUNTED = {
    "personnel": ("casualties", "combatant", None),
    "POW": ("captured", "prisoner", None),
    "aircraft": ("destroyed", "aircraft", None),
    "helicopter": ("destroyed", "helicopter", None),
    "tank": ("destroyed", "tank", None),
    "APC": ("destroyed", "armoured_vehicle", None),
    "field artillery": ("destroyed", "artillery", None),
    "MRL": ("destroyed", "artillery", "rocket launcher"),
    "anti-aircraft warfare": ("destroyed", "air_defence", None),
    "drone": ("intercepted", "drone", None),
    "cruise missiles": ("intercepted", "missile", "cruise"),
    "naval ship": ("destroyed", "ship", None),
    "submarines": ("destroyed", "ship", "submarine"),
    "vehicles and fuel tanks": ("destroyed", "vehicle", None),
    "military auto": ("destroyed", "vehicle", "lorry"),
    "fuel tank": ("destroyed", "vehicle", "fuel tank"),
}
_SHARED: dict[str, Any] = {
    "conflict": "Russia-Ukraine", "actor": "Ukraine", "target": "Russia",
    "source": "Ukraine's General Staff", "source_side": "Ukraine",
}  # fmt: skip


def read(records: Records, codebook: Codebook, corrections: Records | None = None) -> Read:
    """Rows of running totals and of daily additions.

    `corrections` is the dataset's file of corrections: what the General Staff added to, or took from, a
    day's total beside that day's losses.
    """
    corrected = {str(record.get("date")): record for record in corrections or ()}
    before: dict[str, tuple[date, float]] = {}
    for n, record in enumerate(records, 1):
        found = days(n, record, "date")
        if isinstance(found, Problem):
            yield found
            continue
        day = found[0]
        about = record.get("personnel*")
        for column, (event, item, variant) in _COUNTED.items():
            total = number(record, column)
            if math.isnan(total):
                continue
            bounds = _hedged(total, about if column == "personnel" else None)
            yield Row(
                n, _START, day, event, item, *bounds, variant=variant, aggregation="cumulative", **_SHARED
            )
            last = before.get(column)
            before[column] = (day, total)
            if last is None or last[0] != day - timedelta(days=1):
                continue
            correction = number(corrected.get(day.isoformat(), {}), column)
            added = total - last[1] - (0.0 if math.isnan(correction) else correction)
            if added < 0:
                why = (
                    "no correction says why" if math.isnan(correction) else f"a correction of {correction:g}"
                )
                reason = f"the running total goes from {last[1]:g} to {total:g}, and {why}"
                yield Problem(n, day, day, column, f"{total:g}", reason, item)
                continue
            yield Row(n, day, day, event, item, *exact(added), variant=variant, basis="derived", **_SHARED)


def _hedged(total: float, word: Any) -> tuple[float, float, float]:
    """Personnel is given as "about" or "more than" so many; the table keeps the word beside it."""
    if word == "more":
        return total, total, math.inf
    if word == "about":
        return 0.9 * total, total, 1.1 * total
    return exact(total)
