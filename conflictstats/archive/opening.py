"""An archive, or the part of it that is asked for, as tables; what is not asked for is not read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from conflictstats.archive.catalog import REJECTS, UNDATED, Catalog, read_catalog
from conflictstats.archive.staging import schema
from conflictstats.archive.store import Store
from conflictstats.articles.inputs import ARCHIVE_FILE, find_input
from conflictstats.corrections import CORRECTIONS_FILE, Correction, parse_corrections
from conflictstats.errors import ArticleError, StorageError, TableError
from conflictstats.tables import (
    ARTICLE_COLUMNS,
    CLAIM_COLUMNS,
    DATE_COLUMNS,
    REJECT_COLUMNS,
    from_arrow,
)

if TYPE_CHECKING:
    import pandas as pd

Wanted = str | float | date | Iterable[Any]
_ATTEMPTS = 3  # a run may replace files between the look at the catalog and the reading


def is_archive(path: object) -> bool:
    """Whether an archive, and not articles, stands at a path (looked up as that of articles) or address."""
    if not isinstance(path, str | Path):
        return False
    try:
        if "://" in str(path):
            return Store(path).has(ARCHIVE_FILE)
        return (find_input(path) / ARCHIVE_FILE).is_file()
    except (ArticleError, StorageError, OSError):
        return False


def open_tables(
    folder: str | Path,
    start: date | None,
    end: date | None,
    where: Mapping[str, Wanted],
    *,
    texts: bool = True,
) -> tuple[dict[str, pd.DataFrame], list[Correction]]:
    """The tables of an archive, and its corrections, not yet applied.

    Args:
        folder: the archive.
        start: the first day of publication that is wanted; all before, too, if None.
        end: the last.
        where: columns of the claims table, each with the value or values that are wanted.
        texts: whether the texts of the articles are read; else they are missing in the table.

    Raises:
        TableError: no archive stands there, it is damaged, or claims have no such column.
    """
    unknown = [name for name in where if name not in CLAIM_COLUMNS]
    if unknown:
        raise TableError(f"claims have no column {unknown[0]!r}; they have: {', '.join(CLAIM_COLUMNS)}.")
    store = Store(folder if "://" in str(folder) else find_input(folder))
    for attempt in range(_ATTEMPTS):
        if not store.has(ARCHIVE_FILE):
            raise TableError(f"{folder}: no archive; `conflictstats extract … -o {folder}` makes one.")
        catalog = read_catalog(store)
        try:
            return _tables(store, catalog, start, end, where, texts=texts), _corrections(store)
        except FileNotFoundError as error:
            if attempt == _ATTEMPTS - 1:
                raise TableError(
                    f"{folder}: {Path(str(error.filename or error)).name} is missing, which its {ARCHIVE_FILE} names."
                    " Extract the articles again into another folder."
                ) from error
    raise AssertionError("not reached")


def _corrections(store: Store) -> list[Correction]:
    if not store.has(CORRECTIONS_FILE):
        return []
    return parse_corrections(store.read(CORRECTIONS_FILE), Path(str(store), CORRECTIONS_FILE))


def _tables(
    store: Store,
    catalog: Catalog,
    start: date | None,
    end: date | None,
    where: Mapping[str, Wanted],
    *,
    texts: bool,
) -> dict[str, pd.DataFrame]:
    from pyarrow import compute as pc  # type: ignore[import-untyped]

    within = None
    for bound, fits in ((start, pc.greater_equal), (end, pc.less_equal)):
        if bound is not None:
            condition = fits(pc.field("published"), bound)
            within = condition if within is None else within & condition
    wanted = within
    for column, values in where.items():
        condition = pc.field(column).isin(_listed(values, CLAIM_COLUMNS[column]))
        wanted = condition if wanted is None else wanted & condition
    claims = _read(store, catalog, "claims", list(CLAIM_COLUMNS), wanted, start, end)
    of_these = within
    if where:
        told = pc.field("article_id").isin(claims["article_id"].unique())
        of_these = told if within is None else within & told
    columns = [name for name in ARTICLE_COLUMNS if texts or name != "text"]
    articles = from_arrow(_read(store, catalog, "articles", columns, of_these, start, end))
    if not texts:
        articles.insert(list(ARTICLE_COLUMNS).index("text"), "text", None)
        articles["text"] = articles["text"].astype("string")
    return {
        "claims": from_arrow(claims),
        "articles": articles,
        "rejects": from_arrow(_read(store, catalog, REJECTS, list(REJECT_COLUMNS), None, None, None)),
        "dates": from_arrow(_read(store, catalog, "dates", list(DATE_COLUMNS), of_these, start, end)),
    }


def _listed(values: Wanted, kind: str) -> Any:
    import pyarrow as pa

    types = {"string": pa.string(), "date": pa.date32(), "float64": pa.float64(), "int64": pa.int64()}
    plain = list(values) if isinstance(values, Iterable) and not isinstance(values, str) else [values]
    if kind == "date":
        plain = [date.fromisoformat(value) if isinstance(value, str) else value for value in plain]
    return pa.array(plain, types[kind])


def _read(
    store: Store,
    catalog: Catalog,
    table: str,
    columns: list[str],
    condition: Any,
    start: date | None,
    end: date | None,
) -> Any:
    """Rows of a table: only the files of its months are opened, and of these only the columns asked for are read, in
    the row groups that have a row that fits.
    """
    from pyarrow import dataset

    names = [store.path(file.name) for file in catalog.of(table) if _overlaps(file.month, start, end)]
    if not names:
        return schema(table).empty_table().select(columns)
    found = dataset.dataset(names, schema=schema(table), format="parquet", filesystem=store.fs)
    if condition is not None:
        groups = (
            group
            for file in found.get_fragments(condition)
            for group in file.split_by_row_group(condition)
            if group.count_rows(filter=condition)  # reads the columns of the condition alone
        )
        found = dataset.FileSystemDataset([*groups], found.schema, found.format, found.filesystem)
    return found.to_table(columns=columns, filter=condition)


def _overlaps(month: str, start: date | None, end: date | None) -> bool:
    if month == UNDATED:
        return start is None and end is None
    return not month or (
        (start is None or month >= start.isoformat()[:7]) and (end is None or month <= end.isoformat()[:7])
    )
