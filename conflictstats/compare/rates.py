"""Interception rates, only where both figures answer the same question.

68 drones shot down, period not stated, over 178 launched last week is no rate of 38 %. A rate stands where
one source gives both figures for one attack: as a part and its total, or for the same item, period and place.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from conflictstats.tables import CLAIM_COLUMNS, RATE_COLUMNS, REFUSED_RATE_COLUMNS, frame, require

_Row = Mapping[Hashable, Any]
_FIRM = ("stated", "carried", "incident")


@dataclass(frozen=True)
class Rates:
    """`rates`, one row per rate that may be taken, and `refused`, pairs that look like one, with the reason."""

    rates: pd.DataFrame
    refused: pd.DataFrame


def rates(claims: pd.DataFrame, *, confidence: float = 0.9) -> Rates:
    """Interception rates per source, period and place.

    `low` and `high` of a rate come from the bounds of its two claims: the fewest intercepted of the most
    launched, and the other way round. `wilson_low` and `wilson_high` are the Wilson score interval (Wilson
    1927) at `confidence`, as if the launched were a sample from a stream of like attacks; they say nothing
    about whether the claims are true.

    Args:
        claims: the claims table.
        confidence: of the Wilson interval.

    Raises:
        TableError: columns are missing.
    """
    require(claims, CLAIM_COLUMNS)
    asserted = claims[(claims["status"] == "asserted") & (claims["unit"] == "count")]
    launched = asserted[asserted["event"] == "launched"].to_dict("records")
    taken, refused = [], []
    for part in asserted[asserted["event"] == "intercepted"].to_dict("records"):
        reasons = []
        for total in _candidates(part, launched):
            reason = _refusal(part, total)
            if reason is None:
                taken.append(_rate(part, total, confidence))
                break
            reasons.append((total, reason))
        else:
            # the nearest miss is enough to say why there is no rate
            if reasons:
                total, reason = reasons[0]
                refused.append((part["claim_id"], total["claim_id"], reason, _refused(part, total, reason)))
    return Rates(frame(taken, RATE_COLUMNS), frame(refused, REFUSED_RATE_COLUMNS))


def _candidates(part: _Row, launched: list[dict[Hashable, Any]]) -> Iterator[_Row]:
    """What an intercepted figure might be a share of, the likeliest first."""
    same = [
        total
        for total in launched
        if (
            _same(part["source_id"], total["source_id"])
            or (pd.isna(part["source"]) and pd.isna(total["source"]))
        )
        and total["item"] == part["item"]
        and _same(part["conflict"], total["conflict"])
    ]
    linked = [total for total in launched if _same(part["part_of"], total["claim_id"])]
    yield from linked
    yield from sorted(
        (total for total in same if total not in linked),
        key=lambda total: (total["article_id"] != part["article_id"], _refusal(part, total) is not None),
    )


def _refusal(part: _Row, total: _Row) -> str | None:
    """Why no rate may be taken of two figures; None where one may."""
    if not _same(part["source_id"], total["source_id"]) and not (
        pd.isna(part["source"]) and pd.isna(total["source"])
    ):
        return "different sources give them"
    if _same(part["part_of"], total["claim_id"]):
        return None if _bigger(part, total) else "more intercepted than launched"
    for key in ("period_start", "period_end"):
        if pd.isna(part[key]) or pd.isna(total[key]):
            return "a period is not stated"
    if part["period_basis"] not in _FIRM or total["period_basis"] not in _FIRM:
        return "a period is not stated"
    if part["period_start"] != total["period_start"] or part["period_end"] != total["period_end"]:
        return "the periods differ"
    if not (pd.isna(part["place"]) and pd.isna(total["place"])) and not _same(part["place"], total["place"]):
        return "the places differ"
    if not _same(part["variant"], total["variant"]) and not (
        pd.isna(part["variant"]) and pd.isna(total["variant"])
    ):
        return "the kinds of weapon differ"
    if part["aggregation"] != total["aggregation"]:
        return "they count in different ways"
    return None if _bigger(part, total) else "more intercepted than launched"


def _bigger(part: _Row, total: _Row) -> bool:
    return not (total["high"] == 0 or part["low"] > total["high"])


def _rate(part: _Row, total: _Row, confidence: float) -> tuple[Any, ...]:
    best = part["best"] / total["best"] if total["best"] > 0 else math.nan
    low = part["low"] / total["high"]
    high = min(1.0, part["high"] / total["low"]) if total["low"] > 0 else 1.0
    wilson = _wilson(part["best"], total["best"], confidence)
    return (
        part["claim_id"], total["claim_id"], part["source"], part["source_side"], part["item"],
        _day(total["period_start"]), _day(total["period_end"]), _text(total["place"]),
        part["best"], total["best"], best, low, high, *wilson,
    )  # fmt: skip


def _wilson(part: float, total: float, confidence: float) -> tuple[float, float]:
    from scipy.stats import binomtest  # type: ignore[import-untyped]

    if math.isnan(part) or math.isnan(total) or total < 1 or part > total:
        return math.nan, math.nan
    interval = binomtest(round(part), round(total)).proportion_ci(confidence, method="wilson")
    return float(interval.low), float(interval.high)


def _refused(part: _Row, total: _Row, reason: str) -> str:
    who: str = "The article" if pd.isna(part["source"]) else str(part["source"])
    return f"{who}: {part['text']} {part['item'].replace('_', ' ')} intercepted and {total['text']} launched give no rate: {reason}."


def _same(a: Any, b: Any) -> bool:
    return not pd.isna(a) and not pd.isna(b) and a == b


def _day(value: Any) -> Any:
    return None if pd.isna(value) else pd.Timestamp(value).date()


def _text(value: Any) -> Any:
    return None if pd.isna(value) else value
