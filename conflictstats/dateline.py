"""Do an article's figures fit a reference series in the days that its date implies, or in others?

A header may bear another date than the events below it. Each figure with a period keeps its distance from the
article's date: "on Sunday" in an article of a Friday is five days before it. So every date that the article
might bear gives each figure a window, and the table says whether the window's total reaches the figure's
bounds. A figure that many windows fit tells little; how many fit is the chance beside each finding.

This is evidence and nothing else: no date is changed here. Weekdays keep their name (a Sunday is looked for
among Sundays, calendar weeks among calendar weeks), and the night belongs to the morning: an attack from
Saturday 18:00 to Sunday 05:00 is Sunday's.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from conflictstats.codebook import Codebook, load_codebook
from conflictstats.compare.relations import inclusion
from conflictstats.compare.wording import counted, number
from conflictstats.reference import Reference
from conflictstats.reference.totals import matching, span
from conflictstats.tables import CLAIM_COLUMNS, DATELINE_COLUMNS, DATELINE_DATE_COLUMNS, frame, typed

NIGHT = "The night belongs to the morning: an attack from Saturday 18:00 to Sunday 05:00 is Sunday's."
_NIGHT = re.compile(r"\b(?:over)?night\b", re.IGNORECASE)
_CALENDAR_WEEK = re.compile(r"\b(?:last|this|previous) week\b|\bweekend\b", re.IGNORECASE)
# Longer periods overlap so much from date to date that fitting one says nothing about the others.
_LONGEST = 31
_DAY = np.timedelta64(1, "D")


@dataclass(frozen=True)
class Dateline:
    """`figures`, one row per figure tested; `dates`, for each date tried how many fit; `untested`, and why."""

    figures: pd.DataFrame
    dates: pd.DataFrame
    untested: pd.DataFrame
    coverage: str
    rule: str = NIGHT


@dataclass(frozen=True, slots=True)
class _Figure:
    claim: dict[str, Any]
    start: date
    length: int
    hangs: Literal["day", "weekday", "week"]  # how its words hang on the article's date
    low: npt.NDArray[np.float64]  # totals of the table by window, the first window begins on its first day
    high: npt.NDArray[np.float64]


def dateline(
    claims: pd.DataFrame,
    reference: Reference,
    *,
    published: date | str | None = None,
    codebook: Codebook | None = None,
) -> Dateline:
    """Hold the figures of each article against a reference table, at its date and at every other date.

    The place of a figure is not asked for: tables of attacks mostly give the whole country.

    Args:
        claims: the claims table.
        reference: from `reference.read`.
        published: the date in the article's header, where the claims were read as of another one.
        codebook: as in `compare`.
    """
    claims = typed(claims, CLAIM_COLUMNS)
    book = codebook or load_codebook()
    header = pd.Timestamp(published).date() if published is not None else None
    figures: list[tuple[Any, ...]] = []
    dates: list[tuple[Any, ...]] = []
    untested: list[tuple[Any, ...]] = []
    ordered = claims.sort_values(["article_id", "start", "end", "claim_id"], kind="stable")
    for _, rows in ordered.groupby("article_id", sort=True):
        tested = []
        for claim in rows.to_dict("records"):
            made = _figure({str(k): v for k, v in claim.items()}, reference, book)
            if isinstance(made, str):
                untested.append((claim["article_id"], claim["claim_id"], claim["text"], made))
            else:
                tested.append(made)
        if tested:
            own = tested[0].claim["published"].date()
            figures += [_row(f, reference, header or own, book) for f in tested]
            dates += _dates(tested, reference, header or own)
    return Dateline(
        frame(figures, DATELINE_COLUMNS),
        frame(dates, DATELINE_DATE_COLUMNS),
        frame(
            untested,
            {"article_id": "string", "claim_id": "string", "text": "string", "reason": "string"},
        ),
        "nothing" if reference.first is None else f"{reference.first} to {reference.last}",
    )


def _figure(claim: dict[str, Any], reference: Reference, book: Codebook) -> _Figure | str:
    """A figure with the totals of all its windows; or why it is not tested."""
    if claim["status"] != "asserted":
        return f"it is {claim['status']}"
    if claim["aggregation"] != "period":
        return f"it counts as {claim['aggregation']}, not by period"
    if pd.isna(claim["published"]) or pd.isna(claim["period_start"]) or pd.isna(claim["period_end"]):
        return "it has no period that hangs on the article's date"
    if claim["period_basis"] == "dateline":
        return "its period is not stated, only assumed from the article's date"
    if not pd.isna(claim["part_of"]):
        return "it is a part of another figure"
    if math.isnan(claim["low"]) or math.isinf(claim["high"]) or claim["high"] == 0:
        return "a zero or an open bound fits too much"
    asked = {key: None if pd.isna(claim[key]) else claim[key] for key in _ASKED}
    sure, perhaps, why = matching(reference, asked, book)
    if why is not None:
        return why
    length = (claim["period_end"] - claim["period_start"]).days + 1
    start = claim["period_start"].date()
    words = "" if pd.isna(claim["period_text"]) else str(claim["period_text"])
    if length == 2 and _NIGHT.search(words):
        start, length = start + timedelta(days=1), 1
    if length > _LONGEST:
        return f"its period is longer than {_LONGEST} days"
    weekday = any(name in words.casefold() for name in _weekdays(book))
    hangs: Literal["day", "weekday", "week"] = (
        "week" if _CALENDAR_WEEK.search(words) else "weekday" if weekday else "day"
    )
    low = _sums(reference, sure, "low", length, inside=True)
    high = _sums(reference, perhaps, "high", length, inside=False)
    return _Figure(claim, start, length, hangs, low, high)


_ASKED = ("conflict", "event", "item", "variant", "unit", "aggregation", "actor", "target")


def _weekdays(book: Codebook) -> list[str]:
    return [name.casefold() for moment in book.calendar.values() if moment.kind == "weekday"
            for name in moment.names if len(name) > 3]  # fmt: skip


def _sums(
    reference: Reference, rows: npt.NDArray[np.bool_], bound: str, length: int, *, inside: bool
) -> npt.NDArray[np.float64]:
    """The table's total for each window of so many days within its coverage."""
    assert reference.first is not None and reference.last is not None
    windows = (reference.last - reference.first).days + 2 - length
    if windows < 1:
        return np.zeros(0)
    chosen = reference.rows[rows]
    values = chosen[bound].fillna(chosen["best"]).to_numpy()
    origin = np.datetime64(reference.first)
    first = ((chosen["period_start"].to_numpy().astype("datetime64[D]") - origin) / _DAY).astype(int)
    last = ((chosen["period_end"].to_numpy().astype("datetime64[D]") - origin) / _DAY).astype(int)
    # a row counts in the windows from one that ends on its last day (first touches it) to one that begins so
    begin, end = (last - length + 1, first) if inside else (first - length + 1, last)
    begin, end = np.maximum(begin, 0), np.minimum(end, windows - 1)
    counts = begin <= end
    steps = np.zeros(windows + 1)
    np.add.at(steps, begin[counts], values[counts])
    np.subtract.at(steps, end[counts] + 1, values[counts])
    return np.round(np.cumsum(steps)[:windows], 6)


def _start(figure: _Figure, published: date) -> date:
    """The first day of the figure's period, had its article that date."""
    own: date = figure.claim["published"].date()
    if figure.hangs == "day":
        return figure.start + (published - own)
    if figure.hangs == "week":
        return figure.start + (_monday(published) - _monday(own))
    back: int = (published.weekday() - figure.start.weekday()) % 7
    return published - timedelta(days=back + (own - figure.start).days // 7 * 7)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _fitting(figure: _Figure, reference: Reference) -> tuple[list[int], list[int]]:
    """Windows of the figure's kind, and those of them whose total reaches its bounds."""
    assert reference.first is not None
    step = 1 if figure.hangs == "day" else 7
    turn = (figure.start - reference.first).days
    tried = [w for w in range(len(figure.low)) if (w - turn) % step == 0]
    return tried, [w for w in tried if _fits(figure, w)]


def _fits(figure: _Figure, window: int) -> bool:
    return bool(figure.low[window] <= figure.claim["high"] and figure.claim["low"] <= figure.high[window])


def _row(figure: _Figure, reference: Reference, header: date, book: Codebook) -> tuple[Any, ...]:
    assert reference.first is not None
    claim = figure.claim
    tried, fitting = _fitting(figure, reference)
    start = _start(figure, header)
    end = start + timedelta(days=figure.length - 1)
    turn = (start - reference.first).days
    total = math.nan
    if not 0 <= turn < len(figure.low):
        expected = "outside the table"
    else:
        low, high = figure.low[turn], figure.high[turn]
        total = float(low) if low == high else math.nan
        expected = "fits" if _fits(figure, turn) else "does not fit"
    chance = len(fitting) / len(tried) if tried else math.nan
    windows = [reference.first + timedelta(days=w) for w in fitting]
    matching_words = "; ".join(_window(day, figure.length) for day in windows) or None
    return (
        claim["article_id"], claim["claim_id"], header, claim["text"], claim["event"], claim["item"],
        claim["low"], claim["high"], figure.length, start, end, total, expected,
        len(tried), len(fitting), chance, matching_words,
        _detail(figure, start, end, expected, tried, fitting, reference, book),
    )  # fmt: skip


def _detail(
    figure: _Figure, start: date, end: date, expected: str, tried: list[int], fitting: list[int],
    reference: Reference, book: Codebook,
) -> str:  # fmt: skip
    claim = figure.claim
    noun = None if pd.isna(claim["noun"]) else claim["noun"]
    what = counted(claim["text"], claim["item"], claim["event"], noun, inclusion(book))
    assert reference.first is not None
    if expected == "outside the table":
        said = f"{span(start, end)} is outside the table, which covers {reference.first} to {reference.last}"
    else:
        turn = (start - reference.first).days
        low, high = figure.low[turn], figure.high[turn]
        given = number(low) if low == high else f"{number(low)}–{number(high)}"
        said = f"{expected} {span(start, end)}, for which the table gives {given}"
    if figure.length == 1:
        kind = "days" if figure.hangs == "day" else f"{start:%A}s"
    else:
        kind = f"windows of {figure.length} days" + (
            "" if figure.hangs == "day" else f" from a {start:%A} on"
        )
    days = [reference.first + timedelta(days=window) for window in fitting]
    shown = ", ".join(_window(day, figure.length) for day in days[:4]) + (", …" if len(days) > 4 else "")
    count = f"{len(fitting) or 'none'} of the {len(tried)} {kind} in the table {'fits' if len(fitting) < 2 else 'fit'}"
    return f"{what}: {said}; {count}" + (f" ({shown})" if shown else "")


def _window(first: date, length: int) -> str:
    last = first + timedelta(days=length - 1)
    return str(first) if length == 1 else f"{first} – {last}"


def _dates(figures: list[_Figure], reference: Reference, header: date) -> Iterator[tuple[Any, ...]]:
    """For each date that the article might bear: how many figures fit; those dates that fit at least one.

    `chance` is how many fitting figures a date of the table has on average.
    """
    assert reference.first is not None and reference.last is not None
    found: dict[date, tuple[int, list[str]]] = {header: (0, [])}
    covered = (reference.last - reference.first).days + _LONGEST
    for day in dict.fromkeys((header, *(reference.first + timedelta(days=n) for n in range(covered)))):
        windows = [(f, (_start(f, day) - reference.first).days) for f in figures]
        tested = [(f, window) for f, window in windows if 0 <= window < len(f.low)]
        found[day] = len(tested), [str(f.claim["text"]) for f, window in tested if _fits(f, window)]
    whole = [len(texts) for tested, texts in found.values() if tested == len(figures)]
    average = sum(whole) / len(whole) if whole else math.nan
    for day in sorted(found, key=lambda day: (-len(found[day][1]), abs((day - header).days), day)):
        n, texts = found[day]
        if texts or day == header:
            shift = (day - header).days
            article = figures[0].claim["article_id"]
            yield article, day, shift, n, len(texts), average, "; ".join(texts) or None
