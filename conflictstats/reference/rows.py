"""What readers of reference tables make: rows, and problems where a row cannot be used as it stands."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

EARLIEST = date(1900, 1, 1)  # a date before is a slip of the pen: 0025 for 2025
# An attack that begins at this hour or later is the next day's: those of Saturday 18:00 to Sunday 05:00 are
# one night's, which bulletins report on Sunday.
EVENING = 18


class Row(NamedTuple):
    """One figure of a reference table; the fields are the columns of the schema."""

    row: int
    start: date
    end: date
    event: str
    item: str
    low: float
    best: float
    high: float
    variant: str | None = None
    aggregation: str = "period"
    basis: str = "stated"  # stated | derived (from running totals) | extrapolated (by the table's makers)
    conflict: str | None = None
    actor: str | None = None
    target: str | None = None
    place: str | None = None
    region: str | None = None
    country: str | None = None
    source: str | None = None
    source_side: str | None = None


class Problem(NamedTuple):
    """Why a row, or one figure of it, is set aside. Nothing is repaired."""

    row: int
    start: date | None
    end: date | None
    column: str
    value: str
    reason: str
    item: str | None = None  # what alone it is about; None: the whole row


Records = list[dict[str, Any]]
Read = Iterator[Row | Problem]


def exact(value: float) -> tuple[float, float, float]:
    return value, value, value


def number(record: Mapping[str, Any], column: str) -> float:
    """The figure in a cell; NaN where there is none."""
    value = record.get(column)
    try:
        return float(value)  # type: ignore[arg-type]  # "nan" is a float, too; None and words are none
    except (TypeError, ValueError):
        return math.nan


def words(record: Mapping[str, Any], column: str) -> str | None:
    value = record.get(column)
    return str(value).strip() or None if value is not None else None


def moment(text: Any, *formats: str) -> datetime | None:
    """A date with or without a clock time; None if it is none."""
    plain = str(text or "").strip()
    for form in (*formats, "%Y-%m-%d", "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S"):
        try:
            return datetime.strptime(plain, form)
        except ValueError:
            continue
    return None


def days(
    row: int, record: Mapping[str, Any], first: str, last: str | None = None, *formats: str
) -> tuple[date, date] | Problem:
    """The days of a row, or what is wrong with them."""
    found = []
    for column in (first, last or first):
        read = moment(record.get(column), *formats)
        value = str(record.get(column) or "")
        if read is None:
            return Problem(row, None, None, column, value, "no date that can be read")
        if read.date() < EARLIEST:
            return Problem(row, read.date(), read.date(), column, value, f"a date in the year {read.year}")
        found.append(read.date())
    start, end = found
    if start > end:
        return Problem(
            row, start, end, last or first, str(record.get(last or first)), "ends before it begins"
        )
    return start, end


def night(start: datetime, end: datetime) -> tuple[date, date]:
    """The days that a bulletin gives an attack; what begins in the evening is the next morning's."""
    first = start.date() + timedelta(days=start.hour >= EVENING)
    return first, max(first, end.date())


def upside_down(row: Row) -> Problem | None:
    """A row whose bounds cannot hold."""
    low, best, high = row.low, row.best, row.high
    for column, value, over, limit in (
        ("low", low, "high", high), ("low", low, "best", best), ("best", best, "high", high),
    ):  # fmt: skip
        if value > limit:
            reason = f"{column} is above {over} ({limit:g})"
            return Problem(row.row, row.start, row.end, column, f"{value:g}", reason, row.item)
    if min(v for v in (low, best, high, 0.0) if not math.isnan(v)) < 0:
        return Problem(row.row, row.start, row.end, "best", f"{best:g}", "a figure below zero", row.item)
    return None
