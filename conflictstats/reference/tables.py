"""`read`: a file of a known kind → its rows in one schema, and what of it cannot be used."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from conflictstats.articles.inputs import find_input
from conflictstats.codebook import Codebook, load_codebook
from conflictstats.errors import TableError
from conflictstats.reference import attacks, estimates, events, gaza, losses
from conflictstats.reference.rows import Problem, Read, Records, Row, upside_down
from conflictstats.tables import (
    AGGREGATIONS,
    EVENTS,
    ITEMS,
    REFERENCE_COLUMNS,
    REFERENCE_PROBLEM_COLUMNS,
    frame,
)

BASES = ("stated", "derived", "extrapolated")


@dataclass(frozen=True)
class Kind:
    """A format: its columns, its reader, and what a day without a row means.

    Of a table of events such a day had none, as far as its makers know; of a daily series it is missing.
    """

    title: str
    columns: tuple[str, ...]
    read: Callable[[Records, Codebook], Read]
    daily: bool = False


KINDS: dict[str, Kind] = {
    "ucdp_ged": Kind("UCDP Georeferenced Event Dataset", events.UCDP, events.read_ucdp),
    "acled": Kind("export of ACLED", events.ACLED, events.read_acled),
    "missile_attacks": Kind("missile attacks on Ukraine, per attack", attacks.COLUMNS, attacks.read),
    "general_staff_losses": Kind(
        "Russian losses by Ukraine's General Staff", losses.COLUMNS, losses.read, True
    ),
    "economist_estimates": Kind("The Economist's list of estimates", estimates.COLUMNS, estimates.read),
    "gaza_daily": Kind("daily casualties in Gaza", gaza.COLUMNS, gaza.read, True),
}


@dataclass(frozen=True)
class Reference:
    """`rows` in the schema, `problems` set aside, and the days from `first` to `last` that the table covers."""

    kind: str
    rows: pd.DataFrame
    problems: pd.DataFrame
    first: date | None
    last: date | None

    @property
    def daily(self) -> bool:
        return KINDS[self.kind].daily

    @cached_property
    def coded(self) -> dict[str, tuple[npt.NDArray[np.intp], list[Any]]]:
        """The words of each column once (None where there is none), and which of them a row has.

        Many questions are asked of one table; what they ask of its words is judged once for each word.
        """
        texts = {
            name: self.rows[name].astype(object).where(self.rows[name].notna(), None)
            for name, kind in REFERENCE_COLUMNS.items()
            if kind == "string"
        }
        columns: dict[str, list[Any]] = {name: texts[name].tolist() for name in texts}
        columns["where"] = [*zip(texts["place"], texts["region"], texts["country"], strict=True)]
        columns["war"] = [*zip(texts["conflict"], texts["country"], strict=True)]
        return {name: _codes(values) for name, values in columns.items()}


def _codes(values: list[Any]) -> tuple[npt.NDArray[np.intp], list[Any]]:
    turns: dict[Any, int] = {}
    codes = [turns.setdefault(value, len(turns)) for value in values]
    return np.array(codes, dtype=np.intp), list(turns)


def read(
    kind: str, file: str | Path, *, corrections: str | Path | None = None, codebook: Codebook | None = None
) -> Reference:
    """Read a reference table.

    Args:
        kind: one of `KINDS`.
        file: a CSV or JSON file in the format of that kind.
        corrections: for `general_staff_losses`, the dataset's file of corrections.
        codebook: names of weapons, sides and places.

    Raises:
        TableError: an unknown kind, no such file, or a file in another format.
    """
    if kind not in KINDS:
        raise TableError(f"unknown kind of reference table {kind!r}; known: {', '.join(KINDS)}.")
    known = KINDS[kind]
    records = _records(Path(file), kind, known.columns)
    reader: Callable[[Records, Codebook], Read] = known.read
    if corrections is not None:
        if kind != "general_staff_losses":
            raise TableError(f"{kind} has no corrections; only general_staff_losses does.")
        reader = partial(losses.read, corrections=_records(Path(corrections), kind, known.columns))
    rows: list[Row] = []
    problems: list[Problem] = []
    for made in reader(records, codebook or load_codebook()):
        wrong = made if isinstance(made, Problem) else upside_down(made)
        if wrong is not None:
            problems.append(wrong)
        elif isinstance(made, Row):
            rows.append(made)
    return Reference(
        kind,
        check(frame(map(_ordered, rows), REFERENCE_COLUMNS)),
        frame(map(tuple, problems), REFERENCE_PROBLEM_COLUMNS),
        min((_first(row) for row in rows), default=None),
        max((row.end for row in rows), default=None),
    )


def _first(row: Row) -> date:
    """A running total says nothing about the days before its own."""
    return row.end if row.aggregation == "cumulative" else row.start


def given(named: str, *, codebook: Codebook | None = None) -> Reference | None:
    """The table that a notebook's parameter names as `KIND:FILE`; None for an empty one.

    A relative path is looked up from the working folder, then from the nearest parent that holds it.
    """
    if not named.strip():
        return None
    kind, colon, file = named.partition(":")
    if not colon:
        raise TableError(
            f"{named!r} names no reference table; write KIND:FILE, as in missile_attacks:attacks.csv."
            f" Kinds: {', '.join(KINDS)}."
        )
    return read(kind.strip(), find_input(file.strip()), codebook=codebook)


def _ordered(r: Row) -> tuple[Any, ...]:
    return (
        r.row, r.start, r.end, r.conflict, r.event, r.item, r.variant, r.low, r.best, r.high, r.aggregation,
        r.basis, r.actor, r.target, r.place, r.region, r.country, r.source, r.source_side,
    )  # fmt: skip


def check(rows: pd.DataFrame) -> pd.DataFrame:
    """The same frame, if it keeps the schema of reference rows.

    Raises:
        TableError: names the column and the value.
    """
    import pandera.pandas as pa  # slow to import, and wanted only here

    types = {"string": "string", "date": "datetime64[s]", "float64": "float64", "int64": "int64"}
    values = {"event": EVENTS, "item": ITEMS, "aggregation": AGGREGATIONS, "basis": BASES}
    columns = {
        name: pa.Column(
            types[kind],
            checks=pa.Check.isin(values[name]) if name in values else None,
            nullable=name not in values and name not in ("row", "period_start", "period_end"),
        )
        for name, kind in REFERENCE_COLUMNS.items()
    }
    ordered = [
        pa.Check(lambda df: ~(df["low"] > df["high"]), name="low ≤ high"),
        pa.Check(lambda df: ~(df["period_start"] > df["period_end"]), name="period_start ≤ period_end"),
    ]
    try:
        pa.DataFrameSchema(columns, checks=ordered).validate(rows)
    except pa.errors.SchemaError as error:
        raise TableError(f"not a table of reference rows: {str(error).splitlines()[0]}") from error
    return rows


def _records(path: Path, kind: str, columns: tuple[str, ...]) -> Records:
    if not path.is_file():
        raise TableError(f"{path}: no such file; {kind} reads {KINDS[kind].title} as CSV or JSON.")
    try:
        text = path.read_text(encoding="utf-8-sig")
        if path.suffix == ".json":
            records = json.loads(text)
        else:
            csv.field_size_limit(10_000_000)  # UCDP's texts are long
            records = list(csv.DictReader(text.splitlines(keepends=True)))
    except (UnicodeDecodeError, ValueError, csv.Error) as error:
        raise TableError(f"{path}: not a readable {path.suffix or 'CSV'} file: {error}") from error
    if not isinstance(records, list) or not all(isinstance(record, dict) for record in records):
        raise TableError(f"{path}: {kind} is a list of records, one per row; this file is something else.")
    missing = [c for c in columns if not any(c in record for record in records)]
    if missing:
        has = ", ".join(str(c) for c in (records[0] if records else {}) if c) or "no rows"
        raise TableError(f"{path}: no {kind}: it lacks {', '.join(missing)}, and has {has}.")
    return records
