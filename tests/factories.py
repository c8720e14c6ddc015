"""Claims made by hand: `claim(...)` fills in what a test does not care about."""

from __future__ import annotations

import itertools
import math
from datetime import date
from typing import Any

import pandas as pd

from conflictstats.tables import CLAIM_COLUMNS, frame

_COUNTER = itertools.count(1)


def claim(best: float | None = None, **fields: Any) -> dict[str, Any]:
    """One row of a claims table: by default an exact, asserted count of people killed, said by Ukraine.

    Bounds follow from `hedge` as in the guidelines, unless `low` or `high` are given.
    """
    number = next(_COUNTER)
    hedge = fields.get("hedge", "exact")
    row: dict[str, Any] = dict.fromkeys(CLAIM_COLUMNS)
    row |= {
        "claim_id": f"c{number:04d}", "article_id": f"article{number}.txt", "published": date(2023, 8, 7),
        "conflict": "Russia-Ukraine", "event": "killed", "item": "person", "unit": "count",
        "hedge": hedge, "status": "asserted", "aggregation": "period",
        "source": "Source", "source_id": fields.get("source", "Source"), "source_side": "Ukraine",
        "voice": "reported", "period_basis": "none", "place_basis": "none",
        "text": "" if best is None else f"{best:g}", "start": 0, "end": 0, "extractor": "by hand",
    }  # fmt: skip
    if best is not None:
        low, high = {
            "about": (0.9, 1.1),
            "nearly": (0.9, 1),
            "at_least": (1, math.inf),
            "at_most": (0, 1),
        }.get(hedge, (1, 1))
        row |= {"low": best * low, "best": best, "high": best * high if best or high < 2 else high}
    period = fields.pop("period", None)
    if period:
        start, end = period
        fields |= {"period_start": date.fromisoformat(start), "period_end": date.fromisoformat(end)}
        fields.setdefault("period_basis", "stated")
    if fields.get("place"):
        fields.setdefault("place_id", fields["place"].lower())
        fields.setdefault("place_basis", "stated")
    if isinstance(fields.get("published"), str):
        fields["published"] = date.fromisoformat(fields["published"])
    unknown = set(fields) - set(CLAIM_COLUMNS)
    assert not unknown, f"no such column: {unknown}"
    return row | fields


def claims(*rows: dict[str, Any]) -> pd.DataFrame:
    """A claims table of these rows, with its declared types."""
    return frame((tuple(row[name] for name in CLAIM_COLUMNS) for row in rows), CLAIM_COLUMNS)
