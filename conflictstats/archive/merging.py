"""Batches of a run → files of months; what they replace is taken out of the older files, small files become one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from conflictstats.archive.catalog import (
    MONTHLY,
    REJECTS,
    ROWS,
    UNDATED,
    Catalog,
    File,
    put_table,
    write_catalog,
)
from conflictstats.archive.staging import batches, schema, staged
from conflictstats.archive.store import Store
from conflictstats.articles.inputs import ARCHIVE_FILE
from conflictstats.tables import REJECT_COLUMNS, frame

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa  # type: ignore[import-untyped]

_TOGETHER = 64  # batches that are held at a time
_MOST = 8  # files of a month that are left side by side
_OURS = re.compile(
    rf"\.pending-\d+/.*|\.unfinished-.*|(?:{'|'.join(MONTHLY)})/month=[^/]+/[0-9a-f]{{16}}\.parquet"
    rf"|{REJECTS}/[0-9a-f]{{16}}\.parquet"
)


@dataclass(frozen=True)
class Merged:
    """What a run made of the archive: the catalog now, how many articles are new, which it replaced, and what could
    not be read.
    """

    catalog: Catalog
    new: int
    changed: list[str]
    rejects: pd.DataFrame


def merge(store: Store, catalog: Catalog, extractor: str, settled: set[str]) -> Merged:
    """Make the batches of the run part of the archive, in one step at the end.

    Args:
        store: where the archive lies.
        catalog: as it was before the run.
        extractor: what read them.
        settled: rejects, by their path, that could be read in this run.
    """
    names = batches(store, catalog)
    ids = _column(staged(store, catalog, names, "articles", ["article_id"]))
    last = _last_batches(store, catalog, names, ids)
    replaced, changed = _without(store, catalog, ids)
    unread = [row for table in staged(store, catalog, names, REJECTS) for row in table.to_pylist()]
    files = [
        *replaced,
        *_monthly(store, catalog, names, last),
        *_rejects(store, catalog, unread, settled),
    ]
    files = compacted(store, files, _MOST)
    if tuple(files) != catalog.files or (len(ids) and extractor != catalog.extractor):
        catalog = Catalog(catalog.run + 1, extractor, tuple(files))
        write_catalog(store, catalog)
    sweep(store, catalog, pending=False)
    rejects = dict.fromkeys((row["path"], row["reason"]) for row in unread if row["path"] not in settled)
    return Merged(catalog, len(ids.unique()) - len(changed), changed, frame(rejects, REJECT_COLUMNS))


def sweep(store: Store, catalog: Catalog, *, pending: bool = True) -> None:
    """Remove what the catalog does not name: left by a killed run, or replaced. Files that are not ours stay."""
    kept = {file.name for file in catalog.files}
    for name in store.names():
        coming = pending and name.startswith(f".pending-{catalog.run + 1}/")
        if _OURS.fullmatch(name) and name not in kept and not coming:
            store.remove(name)


def strange(store: Store) -> list[str]:
    """Files in a place without a catalog that are not those of an archive."""
    if store.has(ARCHIVE_FILE):
        return []
    return [name for name in store.names() if not _OURS.fullmatch(name)]


def compacted(store: Store, files: Iterable[File], most: int = 1) -> list[File]:
    """The files, where a month of a table has more than `most` of them made into one."""
    found = list(files)
    made: dict[tuple[str, str], File] = {}
    by_month = sorted(found, key=lambda file: (file.table, file.month))
    for (table, month), group in groupby(by_month, key=lambda file: (file.table, file.month)):
        small = list(group)
        if len(small) > most:
            pieces = (piece for file in small for piece in pieces_of(store, file))
            made[table, month] = put_table(store, pieces, schema(table), f"{table}/month={month}")
    kept = [file for file in found if (file.table, file.month) not in made]
    return [*kept, *made.values()]


def pieces_of(store: Store, file: File, columns: list[str] | None = None) -> Iterator[pa.Table]:
    """A file of the archive, so many rows at a time."""
    import pyarrow as pa
    from pyarrow import parquet

    with store.opened(file.name) as source, parquet.ParquetFile(source) as table:
        for batch in table.iter_batches(batch_size=ROWS, columns=columns):
            yield pa.Table.from_batches([batch])


def column_of(store: Store, files: Iterable[File], name: str) -> pa.ChunkedArray:
    """One column of text of many files."""
    return _column(piece for file in files for piece in pieces_of(store, file, [name]))


def _column(tables: Iterable[pa.Table]) -> pa.ChunkedArray:
    import pyarrow as pa

    return pa.chunked_array([chunk for table in tables for chunk in table.column(0).chunks], pa.string())


def _last_batches(store: Store, catalog: Catalog, names: list[str], ids: pa.ChunkedArray) -> dict[str, str]:
    """Where an article changed between a killed run and its resumption: the last batch that has it."""
    from pyarrow import compute as pc

    counts = pc.value_counts(ids)
    twice = (
        {row["values"].as_py() for row in counts if row["counts"].as_py() > 1}
        if len(counts) < len(ids)
        else set()
    )
    if not twice:
        return {}
    return {
        known: batch
        for batch, table in zip(names, staged(store, catalog, names, "articles", ["article_id"]), strict=True)
        for known in table.column(0).to_pylist()
        if known in twice
    }


def _without(store: Store, catalog: Catalog, ids: pa.ChunkedArray) -> tuple[list[File], list[str]]:
    """The monthly files of the archive without the articles that are read anew, and which those are."""
    from pyarrow import compute as pc

    changed: list[str] = []
    touched: set[str] = set()
    for file in catalog.of("articles") if len(ids) else []:
        known = column_of(store, [file], "article_id")
        found = known.filter(pc.is_in(known, value_set=ids.unique())).to_pylist()
        if found:
            changed += found
            touched.add(file.month)
    files = []
    for file in catalog.files:
        if file.table == REJECTS:
            continue
        if file.month in touched:
            rest = (
                piece.filter(pc.invert(pc.is_in(piece["article_id"], value_set=ids.unique())))
                for piece in pieces_of(store, file)
            )
            file = put_table(store, rest, schema(file.table), f"{file.table}/month={file.month}")
        if file.rows:
            files.append(file)
    return files, changed


def _monthly(store: Store, catalog: Catalog, names: list[str], last: dict[str, str]) -> Iterator[File]:
    """The batches' articles, claims and dates by the month of publication, some batches at a time."""
    import pyarrow as pa

    for at in range(0, len(names), _TOGETHER):
        some = names[at : at + _TOGETHER]
        for table in MONTHLY:
            read = zip(some, staged(store, catalog, some, table), strict=True)
            whole = pa.concat_tables([_current(rows, batch, last) for batch, rows in read])
            months = _months(whole["published"])
            for month in sorted(months.unique().to_pylist()):
                rows = whole.filter(pa.compute.equal(months, month))
                yield put_table(store, [rows], schema(table), f"{table}/month={month}")


def _current(rows: pa.Table, batch: str, last: dict[str, str]) -> pa.Table:
    if not last:
        return rows
    import pyarrow as pa

    ids = rows["article_id"].to_pylist()
    return rows.filter(pa.array([last.get(known, batch) == batch for known in ids], pa.bool_()))


def _months(days: pa.ChunkedArray) -> pa.ChunkedArray:
    import pyarrow as pa
    from pyarrow import compute as pc

    def padded(numbers: pa.ChunkedArray, width: int) -> pa.ChunkedArray:
        return pc.utf8_lpad(pc.cast(numbers, pa.string()), width, "0")

    months = pc.binary_join_element_wise(padded(pc.year(days), 4), padded(pc.month(days), 2), "-")
    return pc.fill_null(months, UNDATED)


def _rejects(store: Store, catalog: Catalog, now: list[dict[str, str]], settled: set[str]) -> Iterator[File]:
    """All that cannot be read: earlier rejects, but for those that this run could read or tells anew."""
    import pyarrow as pa

    told = {row["path"] for row in now}
    before = [
        row for file in catalog.of(REJECTS) for piece in pieces_of(store, file) for row in piece.to_pylist()
    ]
    kept = [row for row in before if row["path"] not in settled | told]
    kept += [row for row in now if row["path"] not in settled]
    once = {(row["path"], row["reason"]): row for row in kept}
    if once:
        rows = [once[place] for place in sorted(once)]
        yield put_table(store, [pa.Table.from_pylist(rows, schema(REJECTS))], schema(REJECTS), REJECTS)
