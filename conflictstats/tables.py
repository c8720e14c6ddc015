"""The tables' contract: which columns there are, in which order, of which type; frames, checks and files.

Types are the same in every pandas from 2.2 on: `string` (missing is `pd.NA`, which is not the empty
string), `date` (`datetime64[s]` at midnight, missing is NaT; seconds, because nanoseconds end in 2262 and
cannot hold the year 0025 of a mistyped date), `float64` (NaN is unknown, inf is unbounded) and `int64`.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from conflictstats.errors import TableError

if TYPE_CHECKING:
    import pyarrow as pa  # type: ignore[import-untyped]

    from conflictstats.records import Article, Claim, Reject

CLAIM_COLUMNS: dict[str, str] = {
    "claim_id": "string", "article_id": "string", "published": "date", "conflict": "string",
    "event": "string", "item": "string", "variant": "string", "noun": "string", "predicate": "string",
    "unit": "string", "low": "float64", "best": "float64", "high": "float64",
    "hedge": "string", "status": "string", "aggregation": "string",
    "source": "string", "source_id": "string", "source_office": "string", "source_side": "string",
    "voice": "string", "actor": "string", "target": "string",
    "period_start": "date", "period_end": "date", "period_text": "string", "period_basis": "string",
    "place": "string", "place_id": "string", "region": "string", "country": "string",
    "lat": "float64", "lon": "float64", "place_basis": "string",
    "incident": "string", "part_of": "string",
    "text": "string", "start": "int64", "end": "int64", "sentence": "string",
    "evidence": "string", "extractor": "string",
}  # fmt: skip
ARTICLE_COLUMNS: dict[str, str] = {
    "article_id": "string", "published": "date", "published_basis": "string", "outlet": "string",
    "title": "string", "url": "string", "language": "string", "conflicts": "string",
    "text": "string", "sha256": "string",
}  # fmt: skip
REJECT_COLUMNS: dict[str, str] = {"path": "string", "reason": "string"}
RATE_COLUMNS: dict[str, str] = {
    "intercepted": "string", "launched": "string", "source": "string", "source_side": "string", "item": "string",
    "aggregation": "string", "period_start": "date", "period_end": "date", "place": "string",
    "n_intercepted": "float64", "n_launched": "float64", "rate": "float64", "low": "float64", "high": "float64",
    "wilson_low": "float64", "wilson_high": "float64",
    "jeffreys_low": "float64", "jeffreys_high": "float64",
}  # fmt: skip
REFUSED_RATE_COLUMNS: dict[str, str] = {
    "intercepted": "string", "launched": "string", "reason": "string", "detail": "string",
}  # fmt: skip
DATE_COLUMNS: dict[str, str] = {
    "article_id": "string", "stated": "date", "published": "date", "reason": "string",
}  # fmt: skip
# What became of each line of a corrections.csv; outcome: fixed, rejected, confirmed, as_read (the reader says so
# by itself now), orphan (no such claim any more), elsewhere (of an article that was not read)
CORRECTION_COLUMNS: dict[str, str] = {
    "claim_id": "string", "article_id": "string", "words": "string", "column": "string", "was": "string",
    "value": "string", "author": "string", "reason": "string", "outcome": "string", "candidates": "string",
}  # fmt: skip
# What compare makes of claims: one row per question, one per pair of figures that compete (or nearly).
QUESTION_COLUMNS: dict[str, str] = {
    "question_id": "string", "conflict": "string", "event": "string", "item": "string", "variant": "string",
    "unit": "string", "aggregation": "string", "actor": "string", "target": "string",
    "period_start": "date", "period_end": "date", "place": "string", "place_id": "string",
    "n_claims": "int64", "n_sources": "int64", "n_sides": "int64",
    "low": "float64", "high": "float64", "best_by_side": "string", "ratio": "float64",
    "verdict": "string", "assumed": "string", "detail": "string",
}  # fmt: skip
PAIR_COLUMNS: dict[str, str] = {
    "question_id": "string", "left": "string", "right": "string", "verdict": "string", "reasons": "string",
    "assumed": "string", "ratio": "float64", "detail": "string",
}  # fmt: skip
CONTRADICTION_COLUMNS: dict[str, str] = {
    "kind": "string", "scope": "string", "left": "string", "right": "string", "assumed": "string",
    "detail": "string",
}  # fmt: skip
REVISION_COLUMNS: dict[str, str] = {
    "source": "string", "source_side": "string", "conflict": "string", "event": "string", "item": "string",
    "unit": "string", "aggregation": "string", "actor": "string", "target": "string", "place": "string",
    "period_start": "date", "period_end": "date", "earlier": "string", "later": "string",
    "before": "float64", "after": "float64", "change": "float64", "direction": "string",
    "published_before": "date", "published_after": "date", "days": "float64", "told": "string",
    "detail": "string",
}  # fmt: skip
# How far a house (a source, a side, an outlet) stands from the others: a factor with its interval.
HOUSE_COLUMNS: dict[str, str] = {
    "house": "string", "n_questions": "int64", "n_figures": "int64",
    "factor": "float64", "factor_low": "float64", "factor_high": "float64", "effect": "float64",
    "group": "int64",
}  # fmt: skip
REFUSED_HOUSE_COLUMNS: dict[str, str] = {"house": "string", "n_questions": "int64", "reason": "string"}
EXCLUDED_COLUMNS: dict[str, str] = {"reason": "string", "n_figures": "int64"}
# Reference tables of others, in one schema: `row` is the row of the file, 1 the first.
REFERENCE_COLUMNS: dict[str, str] = {
    "row": "int64", "period_start": "date", "period_end": "date", "conflict": "string",
    "event": "string", "item": "string", "variant": "string",
    "low": "float64", "best": "float64", "high": "float64", "aggregation": "string", "basis": "string",
    "actor": "string", "target": "string", "place": "string", "region": "string", "country": "string",
    "source": "string", "source_side": "string",
}  # fmt: skip
REFERENCE_PROBLEM_COLUMNS: dict[str, str] = {
    "row": "int64", "period_start": "date", "period_end": "date", "column": "string", "value": "string", "reason": "string",
    "item": "string",
}  # fmt: skip
# Whether an article's figures fit a reference table where its date puts them, and where else they would.
DATELINE_COLUMNS: dict[str, str] = {
    "article_id": "string", "claim_id": "string", "published": "date", "text": "string",
    "event": "string", "item": "string", "low": "float64", "high": "float64", "days": "float64",
    "expected_start": "date", "expected_end": "date", "expected_total": "float64", "expected": "string",
    "n_windows": "int64", "n_matching": "int64", "chance": "float64", "matching": "string", "detail": "string",
}  # fmt: skip
DATELINE_DATE_COLUMNS: dict[str, str] = {
    "article_id": "string", "published": "date", "shift": "int64", "n_tested": "int64", "n_fitting": "int64",
    "chance": "float64", "fitting": "string",
}  # fmt: skip
COPY_COLUMNS: dict[str, str] = {"article_id": "string", "copy_of": "string", "similarity": "float64"}
LINEAGE_COLUMNS: dict[str, str] = {
    "copy_of": "string", "article_id": "string", "earlier": "string", "later": "string", "what": "string",
    "change": "string", "before_text": "string", "after_text": "string",
}  # fmt: skip

EVENTS = (
    "launched", "intercepted", "hit", "killed", "wounded", "casualties", "missing", "captured", "released",
    "displaced", "destroyed", "damaged", "advanced", "seized", "held", "conducted", "repelled", "deployed",
    "supplied", "cut_off", "other",
)  # fmt: skip
ITEMS = (
    "drone", "missile", "drone_or_missile", "bomb", "rocket", "shell", "explosive",
    "person", "civilian", "child", "woman", "women_and_children", "combatant", "medic", "aid_worker",
    "journalist", "hostage", "prisoner", "household",
    "aircraft", "helicopter", "tank", "armoured_vehicle", "vehicle", "artillery", "air_defence", "ship",
    "depth", "frontage", "territory", "settlement", "position",
    "building", "home", "bridge", "energy_site", "hospital", "school", "site",
    "attack", "airstrike", "shelling", "clash", "other",
)  # fmt: skip
UNITS = ("count", "km", "km2", "kg", "percent")
HEDGES = ("exact", "about", "nearly", "at_least", "at_most", "range", "vague")
STATUSES = ("asserted", "denied", "hypothetical", "superseded")
AGGREGATIONS = (
    "period", "cumulative", "stock", "increment", "per_hour", "per_day", "per_week", "per_month", "per_year",
)  # fmt: skip
VOICES = ("quote", "reported", "narrator")
BASES = ("stated", "carried", "incident", "report", "dateline", "none")
VALUES: dict[str, tuple[str, ...]] = {
    "event": EVENTS, "item": ITEMS, "unit": UNITS, "hedge": HEDGES, "status": STATUSES,
    "aggregation": AGGREGATIONS, "voice": VOICES, "period_basis": BASES, "place_basis": BASES,
}  # fmt: skip
_NEVER_EMPTY = (*VALUES, "claim_id", "article_id", "text", "start", "end")

# What a comparison cannot do without; it never asks where a figure stands in its text.
_NEEDED = ("claim_id", "article_id", "event", "item", "unit", "hedge", "status", "aggregation")

_DTYPES = {"string": "string", "date": "datetime64[s]", "float64": "float64", "int64": "int64"}
_SUFFIXES = (".parquet", ".csv", ".jsonl")
# The same name means the same thing in every table, so that a file needs no label to be read back.
_KNOWN = (
    HOUSE_COLUMNS
    | REFERENCE_PROBLEM_COLUMNS
    | REFERENCE_COLUMNS
    | DATELINE_DATE_COLUMNS
    | DATELINE_COLUMNS
    | CONTRADICTION_COLUMNS
    | REVISION_COLUMNS
    | LINEAGE_COLUMNS
    | COPY_COLUMNS
    | DATE_COLUMNS
    | CORRECTION_COLUMNS
    | PAIR_COLUMNS
    | QUESTION_COLUMNS
    | REJECT_COLUMNS
    | ARTICLE_COLUMNS
    | CLAIM_COLUMNS
)


def frame(rows: Iterable[tuple[Any, ...]], columns: Mapping[str, str]) -> pd.DataFrame:
    """Rows of plain values (None for unknown, `date`s, inf) as a table with its declared types."""
    values = list(zip(*rows, strict=True)) or [()] * len(columns)
    return pd.DataFrame(
        {name: _column(column, kind) for (name, kind), column in zip(columns.items(), values, strict=True)}
    )


def _column(values: Iterable[Any], kind: str) -> pd.Series[Any]:
    if kind == "date":
        days = np.array([None if v is None else np.datetime64(v, "D") for v in values], dtype="datetime64[D]")
        return pd.Series(days.astype("datetime64[s]"))
    if kind == "float64":
        return pd.Series([math.nan if v is None else float(v) for v in values], dtype="float64")
    return pd.Series(list(values), dtype=_DTYPES[kind])


def claims_frame(claims: Iterable[Claim], extractor: str) -> pd.DataFrame:
    """One row per claim, in the order of the articles and, within one, of the text."""
    by_article: dict[str, list[Claim]] = {}
    for claim in claims:
        by_article.setdefault(claim.article.article_id, []).append(claim)
    rows = (row for found in by_article.values() for row in claim_rows(found, extractor))
    return frame(rows, CLAIM_COLUMNS)


def claim_rows(claims: Iterable[Claim], extractor: str) -> list[tuple[Any, ...]]:
    """The rows of one article's claims, plain values in the order of the columns and of the text."""
    keyed = []
    for claim in claims:
        m, a, p = claim.measure, claim.attribution, claim.parties
        ties = (m.event, m.item, a.status, a.source or "", p.actor or "", p.target or "", claim.claim_id)
        keyed.append(((claim.quantity.start, claim.quantity.end, *ties), _claim_row(claim, extractor)))
    keyed.sort(key=lambda pair: pair[0])
    return [row for _, row in keyed]


def _claim_row(claim: Claim, extractor: str) -> tuple[Any, ...]:
    q, m, p, a, s = claim.quantity, claim.measure, claim.parties, claim.attribution, claim.setting
    reasons = (*q.evidence, *m.evidence, *p.evidence, *a.evidence, *s.evidence, *claim.evidence)
    return (
        claim.claim_id, claim.article.article_id, claim.article.published, claim.conflict,
        m.event, m.item, m.variant, m.noun, m.predicate,
        q.unit, q.low, q.best, q.high,
        q.hedge, a.status, m.aggregation,
        a.source, a.source_id, a.source_office, a.source_side,
        a.voice, p.actor, p.target,
        s.period_start, s.period_end, s.period_text, s.period_basis,
        s.place, s.place_id, s.region, s.country,
        s.lat, s.lon, s.place_basis,
        claim.incident, claim.part_of,
        q.text, q.start, q.end, claim.sentence.text,
        "; ".join(dict.fromkeys(reasons)) or None, extractor,
    )  # fmt: skip


def articles_frame(articles: Iterable[Article], claims: pd.DataFrame | None = None) -> pd.DataFrame:
    """One row per article; `conflicts` lists those of its claims, where these are given."""
    conflicts: dict[str, str] = {}
    if claims is not None:
        known = claims[["article_id", "conflict"]].dropna().drop_duplicates()
        for article_id, conflict in known.itertuples(index=False):
            before = conflicts.get(article_id)
            conflicts[article_id] = f"{before}; {conflict}" if before else conflict
    rows = (
        (
            article.article_id, article.published, article.published_basis, article.outlet,
            article.title, article.url, article.language, conflicts.get(article.article_id),
            article.text, article.sha256,
        )
        for article in articles
    )  # fmt: skip
    return frame(rows, ARTICLE_COLUMNS)


def rejects_frame(rejects: Iterable[Reject]) -> pd.DataFrame:
    """One row per file, or row of a file, that could not be read."""
    return frame(((reject.path, reject.reason) for reject in rejects), REJECT_COLUMNS)


def empty_claims() -> pd.DataFrame:
    """A claims table with every column and no row."""
    return frame((), CLAIM_COLUMNS)


def check_claims(
    claims: pd.DataFrame, *, events: Iterable[str] = EVENTS, items: Iterable[str] = ITEMS
) -> pd.DataFrame:
    """The same frame, if it keeps the contract; columns beyond the contract are left alone.

    `events` and `items` are the values that these columns may take: a codebook may have its own.

    Raises:
        TableError: names the column, the offending value and its row, what is valid, and what to do.
    """
    import pandera.pandas as pa  # slow to import, and wanted only here

    require(claims, CLAIM_COLUMNS)
    values = VALUES | {"event": tuple(events), "item": tuple(items)}
    columns = {
        name: pa.Column(
            _DTYPES[kind],
            checks=pa.Check.isin(values[name]) if name in values else None,
            nullable=name not in _NEVER_EMPTY,
        )
        for name, kind in CLAIM_COLUMNS.items()
    }
    ordered = [
        pa.Check(lambda df: ~(df["low"] > df["high"]), name="low ≤ high"),
        pa.Check(lambda df: ~(df["low"] > df["best"]), name="low ≤ best"),
        pa.Check(lambda df: ~(df["best"] > df["high"]), name="best ≤ high"),
        pa.Check(lambda df: ~(df["period_start"] > df["period_end"]), name="period_start ≤ period_end"),
        pa.Check(lambda df: df["start"] <= df["end"], name="start ≤ end"),
    ]
    try:
        pa.DataFrameSchema(columns, checks=ordered).validate(claims.reset_index(drop=True))
    except pa.errors.SchemaError as error:
        raise TableError(_explain(error, claims.reset_index(drop=True), values)) from error
    return claims


def require(df: pd.DataFrame, columns: Mapping[str, str]) -> None:
    """Refuse what is no table, and a table that lacks columns or has one twice, and name them."""
    if not isinstance(df, pd.DataFrame):
        raise TableError(
            f"a table (a pandas DataFrame) is asked for, and a {type(df).__name__} came. A corpus holds its tables as"
            " .claims and .articles; cs.load() makes a corpus of articles; a row is a table as claims.iloc[[0]]."
        )
    missing = [name for name in columns if name not in df.columns]
    if missing:
        raise TableError(
            f"the table has no column {', '.join(map(repr, missing))}; a claims table has:"
            f" {', '.join(columns)}. Start from empty_claims() or read_table()."
        )
    twice = [name for name in columns if list(df.columns).count(name) > 1]
    if twice:
        raise TableError(f"the table has the column {', '.join(map(repr, twice))} twice; drop or rename one.")


def typed(df: pd.DataFrame, columns: Mapping[str, str]) -> pd.DataFrame:
    """The same table with each of these columns in its declared type, however it came back from a file or a database.

    A day is the day that stands there, whatever its hour or time zone. The frame given is left as it is.

    Raises:
        TableError: columns are missing or twice there, or cells cannot be read as the type.
    """
    require(df, columns)
    if any(name in columns for name in df.index.names):
        df = df.reset_index(drop=True)  # pandas would not know which of the two is meant
    changed = {name: _as(df[name], kind) for name, kind in columns.items() if df[name].dtype != _DTYPES[kind]}
    return df.assign(**changed) if changed else df


def require_claims(claims: pd.DataFrame) -> pd.DataFrame:
    """The claims in their declared types, if they can be compared.

    Raises:
        TableError: columns, or cells that no comparison can do without, are missing, or one claim has two versions.
    """
    claims = typed(claims, CLAIM_COLUMNS)
    # JSON has no infinity, and pandas writes null for it; a figure without an upper bound is what "at least" means
    open_ended = (claims["hedge"] == "at_least").fillna(False) & claims["low"].notna() & claims["high"].isna()
    if open_ended.any():
        claims = claims.assign(high=claims["high"].mask(open_ended, math.inf))
    for name in _NEEDED:
        empty = claims[name].isna().to_numpy()
        if empty.any():
            row = int(np.flatnonzero(empty)[0])
            raise TableError(
                f"row {row} (claim {claims['claim_id'].iloc[row]}) has no {name}; a claim without it can be compared with"
                " none. Fill it in, or leave the row out."
            )
    twice = claims[claims["claim_id"].duplicated(keep=False)]
    if twice.empty:
        return claims
    told = twice[[name for name in CLAIM_COLUMNS if name not in ("evidence", "extractor")]].drop_duplicates()
    versions = told[told["claim_id"].duplicated(keep=False)].sort_values("claim_id", kind="stable").iloc[:2]
    if len(versions):
        one, other = (versions.iloc[turn] for turn in (0, 1))
        column = next(name for name in told.columns if versions[name].nunique(dropna=False) > 1)
        raise TableError(
            f"claim {one['claim_id']} stands in the table twice, with {column} {one[column]} and {other[column]}; keep"
            " the row that is right."
        )
    return claims


def _explain(error: Any, df: pd.DataFrame, values: Mapping[str, tuple[str, ...]]) -> str:
    check, column = error.check, getattr(error.schema, "name", None)
    name = getattr(check, "name", None) or str(check)
    if column is None:
        left, _, right = name.split(" ")
        bad = df.index[df[left] > df[right]][0]
        return (
            f"row {bad} (claim {df.loc[bad, 'claim_id']}) has {left} {df.loc[bad, left]} and {right}"
            f" {df.loc[bad, right]}; valid is {name}. Swap or empty them: unknown is NaN, unbounded is inf."
        )
    if "dtype" in name:
        return (
            f"column {column!r} has type {df[column].dtype}; the contract asks for"
            f" {_DTYPES[CLAIM_COLUMNS[column]]}. Let read_table() or as_typed() convert it."
        )
    missing = df.index[df[column].isna()]
    if "nullable" in name:
        return f"column {column!r} is empty in row {missing[0]}, and may not be" + _valid(column, values)
    bad = df.index[~df[column].isin(values[column])][0]
    return f"column {column!r} holds {df.loc[bad, column]!r} in row {bad}" + _valid(column, values)


def _valid(column: str, values: Mapping[str, tuple[str, ...]]) -> str:
    if column not in values:
        return ". Every claim needs it."
    more = " A codebook entry can add more." if column in ("event", "item") else ""
    return f"; valid are: {', '.join(values[column])}.{more}"


def as_typed(df: pd.DataFrame) -> pd.DataFrame:
    """A copy in which every column that the contract knows has its declared type."""
    known = {name: _as(df[name], _KNOWN[name]) for name in df.columns if name in _KNOWN}
    return df.assign(**known)


def _as(column: pd.Series[Any], kind: str) -> pd.Series[Any]:
    try:
        if kind == "date":
            return _days(column)
        if kind == "string":
            return column.astype("string")
        return pd.to_numeric(column).astype(_DTYPES[kind])  # type: ignore[call-overload, no-any-return]
    except (ValueError, TypeError) as error:
        raise TableError(
            f"column {column.name!r} cannot be read as {kind}: {error}. Correct the cells, or the file."
        ) from error


def _days(column: pd.Series[Any]) -> pd.Series[Any]:
    if pd.api.types.is_numeric_dtype(column.dtype) and column.notna().any():
        raise ValueError(f"{column.dropna().iloc[0]} is a number, and no day such as 2024-03-05")
    days = pd.to_datetime(column, format="ISO8601")
    if days.dt.tz is not None:
        hours = days[days.notna() & (days != days.dt.normalize())]
        if len(hours):  # a midnight of Kyiv in UTC is the day before
            raise ValueError(
                f"{hours.iloc[0]} is an hour of a time zone, and its day depends on where it is read; give the days with"
                " .dt.tz_convert('the zone they are of').dt.tz_localize(None)"
            )
        days = days.dt.tz_localize(None)
    return days.astype("datetime64[s]").dt.normalize()


def write_table(df: pd.DataFrame, path: str | Path, *, for_spreadsheet: bool = False) -> None:
    """Write any of the tables as .parquet, .csv or .jsonl; `read_table` gives back the same frame.

    In CSV an unquoted nothing is a missing value and `""` the empty string; unbounded is `inf` in all.
    `for_spreadsheet` puts an apostrophe before cells that a spreadsheet would run as a formula; the file
    no longer holds the exact words then.
    """
    path = Path(path)
    _check_suffix(path)
    if for_spreadsheet:
        df = _disarm(df)
    if path.suffix == ".jsonl":
        _write_jsonl(df, path)
        return
    table = to_arrow(df)
    if path.suffix == ".csv":
        from pyarrow import csv

        csv.write_csv(table, path)
    else:
        from pyarrow import parquet

        parquet.write_table(table, path, compression="zstd")


def read_table(path: str | Path) -> pd.DataFrame:
    """Read a table that `write_table` wrote, or one of the same columns made elsewhere."""
    path = Path(path)
    _check_suffix(path)
    if not path.exists():
        raise TableError(
            f"{path}: no such file. `conflictstats extract … -o {path.name}` makes a claims table."
        )
    try:
        if path.suffix == ".jsonl":
            return _read_jsonl(path)
        return from_arrow(_read_arrow(path))
    except (ValueError, OSError) as error:  # pyarrow's errors are ValueErrors
        raise TableError(f"{path}: not a readable {path.suffix} table: {error}") from error


def _check_suffix(path: Path) -> None:
    if path.suffix not in _SUFFIXES:
        raise TableError(
            f"{path.name}: tables are read and written as {', '.join(_SUFFIXES)}; name the file so."
        )


def _disarm(df: pd.DataFrame) -> pd.DataFrame:
    safe = df.copy()
    for name in df.columns:
        if pd.api.types.is_string_dtype(df[name].dtype):
            risky = df[name].str.startswith(("=", "+", "-", "@", "\t", "\r"), na=False)
            safe[name] = df[name].mask(risky, "'" + df[name])
    return safe


def to_arrow(df: pd.DataFrame) -> pa.Table:
    """Dates as DATE, NaN as null, as other tools expect; no metadata: the bytes depend on the data alone."""
    import pyarrow as pa

    arrays = []
    for name in df.columns:
        column = df[name]
        if pd.api.types.is_datetime64_dtype(column.dtype):
            arrays.append(pa.array(column.to_numpy().astype("datetime64[D]")))
        elif pd.api.types.is_string_dtype(column.dtype):
            arrays.append(pa.array(column.array, type=pa.string(), from_pandas=True))
        else:
            arrays.append(pa.array(column.to_numpy(), from_pandas=True))
    return pa.Table.from_arrays(arrays, names=list(df.columns))


def _read_arrow(path: Path) -> pa.Table:
    import pyarrow as pa

    if path.suffix == ".parquet":
        from pyarrow import parquet

        return parquet.read_table(path)
    from pyarrow import csv

    types = {"string": pa.string(), "date": pa.date32(), "float64": pa.float64(), "int64": pa.int64()}
    return csv.read_csv(
        path,
        parse_options=csv.ParseOptions(newlines_in_values=True),
        convert_options=csv.ConvertOptions(
            column_types={name: types[kind] for name, kind in _KNOWN.items()},
            null_values=[""],
            strings_can_be_null=True,
            quoted_strings_can_be_null=False,
        ),
    )


def from_arrow(table: pa.Table) -> pd.DataFrame:
    """The frame of an Arrow table, with the declared types."""
    import pyarrow as pa

    columns: dict[str, Any] = {}
    for name, column in zip(table.column_names, table.columns, strict=True):
        if pa.types.is_date(column.type):
            columns[name] = column.cast(pa.timestamp("s")).to_numpy()
        elif pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
            columns[name] = column.to_pandas(types_mapper=lambda _: pd.StringDtype())
        else:
            columns[name] = column.to_pandas()
    return as_typed(pd.DataFrame(columns))


def _write_jsonl(df: pd.DataFrame, path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for row in df.itertuples(index=False, name=None):
            cells = dict(zip(df.columns, map(_json_cell, row), strict=True))
            file.write(json.dumps(cells, ensure_ascii=False, allow_nan=False) + "\n")


def _json_cell(value: Any) -> Any:
    if value is None or pd.isna(value):
        return None
    if isinstance(value, pd.Timestamp | date):
        return value.strftime("%Y-%m-%d") if value.year > 999 else value.isoformat()[:10]
    if isinstance(value, float) and math.isinf(value):
        return "inf" if value > 0 else "-inf"
    return value.item() if isinstance(value, np.generic) else value


def _read_jsonl(path: Path) -> pd.DataFrame:
    with path.open(encoding="utf-8") as file:
        rows = [json.loads(line) for line in file if line.strip()]
    if not rows:
        # nothing in an empty file tells which table it was; claims are what people write and read
        return empty_claims()
    names = dict.fromkeys(name for row in rows for name in row)
    columns: dict[str, Any] = {}
    for name in names:
        values = [row.get(name) for row in rows]
        columns[name] = pd.Series(values, dtype="string" if _KNOWN.get(name) == "string" else None)
    return as_typed(pd.DataFrame(columns))
