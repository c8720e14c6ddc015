"""Published estimates of soldiers killed, or killed and wounded, in Ukraine, as The Economist collects them.

Columns: date (day/month/year), estimate_low, estimate_high, estimate, type, source, country (whose soldiers).
Each is a running total since the start of the war, as of its date, by its own source.
"""

from __future__ import annotations

import math
from datetime import date

from conflictstats.codebook import Codebook
from conflictstats.names import find_names
from conflictstats.reference.rows import Problem, Read, Records, Row, days, number, words

COLUMNS = ("date", "estimate_low", "estimate_high", "estimate", "type", "source", "country")
_START = date(2022, 2, 24)
_EVENTS = {"deaths": "killed", "casualties": "casualties"}


def read(records: Records, codebook: Codebook) -> Read:
    for n, record in enumerate(records, 1):
        found = days(n, record, "date", None, "%d/%m/%Y")
        if isinstance(found, Problem):
            yield found
            continue
        day = found[0]
        event = _EVENTS.get(str(record["type"]).strip().casefold())
        target = (words(record, "country") or "").capitalize()
        if event is None or target not in codebook.sides:
            column = "type" if event is None else "country"
            yield Problem(
                n, day, day, column, str(record[column]), "neither deaths nor casualties of a known side"
            )
            continue
        low, best, high = (number(record, name) for name in ("estimate_low", "estimate", "estimate_high"))
        if all(map(math.isnan, (low, best, high))):
            yield Problem(n, day, day, "estimate", "", "no figure")
            continue
        bounds = _bounds(low, best, high)
        source = words(record, "source")
        yield Row(n, _START, day, event, "combatant", *bounds, aggregation="cumulative", conflict="Russia-Ukraine",
                  target=target, source=source, source_side=_side(source, codebook))  # fmt: skip


def _bounds(low: float, best: float, high: float) -> tuple[float, float, float]:
    """An estimate alone is exact as printed; a low alone says "or more", a high alone "up to"."""
    if math.isnan(low) and math.isnan(high):
        return best, best, best
    return (
        low if low == low else 0.0 if math.isnan(best) else best,
        best,
        high if high == high else math.inf if math.isnan(best) else best,
    )


def _side(source: str | None, codebook: Codebook) -> str | None:
    """A belligerent's own institutions by its name in theirs; all others are third parties."""
    if source is None:
        return None
    sides = [name.side for name in find_names(source, codebook) if name.side in ("Russia", "Ukraine")]
    return sides[0] if len(set(sides)) == 1 else "third_party"
