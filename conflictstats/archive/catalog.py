"""`archive.json`: which files make the archive, what is in them, and what read it last."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from conflictstats.archive.store import Store
from conflictstats.articles.inputs import ARCHIVE_FILE
from conflictstats.errors import TableError

if TYPE_CHECKING:
    import pyarrow as pa  # type: ignore[import-untyped]

FORMAT = 1
REJECTS = "rejects"
MONTHLY = ("articles", "claims", "dates")
UNDATED = "undated"
ROWS = 8192  # of a row group: what is held at a time when files are made or merged


@dataclass(frozen=True, slots=True)
class File:
    """A file of the archive: `name` is made from its content."""

    name: str
    rows: int
    sha256: str

    @property
    def table(self) -> str:
        return self.name.partition("/")[0]

    @property
    def month(self) -> str:
        """`2023-08`, or `undated`; empty for rejects, which have no date."""
        part = self.name.split("/")[1]
        return part.partition("=")[2] if "=" in part else ""


@dataclass(frozen=True, slots=True)
class Catalog:
    """The files of an archive, in the order of their rows; `run` counts the runs that changed something."""

    run: int = 0
    extractor: str = ""
    files: tuple[File, ...] = field(default=())

    def of(self, table: str) -> list[File]:
        """The files of a table, by month, the undated ones last, and in the order that they were added."""
        files = [file for file in self.files if file.table == table]
        return sorted(files, key=lambda file: (file.month == UNDATED, file.month))

    def rows(self, table: str) -> int:
        return sum(file.rows for file in self.files if file.table == table)


def read_catalog(store: Store) -> Catalog:
    """The catalog of an archive; an empty one where there is none yet.

    Raises:
        TableError: it is not one that this version can read.
    """
    if not store.has(ARCHIVE_FILE):
        return Catalog()
    try:
        told = json.loads(store.read(ARCHIVE_FILE))
        if told["format"] != FORMAT:
            raise TableError(
                f"{store}: an archive of format {told['format']}; this version reads format {FORMAT}."
                " Install the version that wrote it, or extract the articles again into another folder."
            )
        files = tuple(File(name, known["rows"], known["sha256"]) for name, known in told["files"].items())
        return Catalog(told["run"], told["extractor"], files)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise TableError(
            f"{store}: its {ARCHIVE_FILE} is damaged: {type(error).__name__}: {error}."
        ) from error


def write_catalog(store: Store, catalog: Catalog) -> None:
    """Replace the catalog in one step: from here on the archive is what it says."""
    told: dict[str, Any] = {
        "format": FORMAT,
        "run": catalog.run,
        "extractor": catalog.extractor,
        "files": {file.name: {"rows": file.rows, "sha256": file.sha256} for file in catalog.files},
    }
    text = json.dumps(told, ensure_ascii=False, indent=1) + "\n"
    store.put(lambda path: path.write_text(text, encoding="utf-8"), ARCHIVE_FILE)


def put_table(store: Store, pieces: Iterable[pa.Table], schema: pa.Schema, folder: str) -> File:
    """Keep a table, given in pieces, under a name made from its bytes."""
    from pyarrow import parquet

    rows = 0

    def write(path: Path) -> None:
        nonlocal rows
        with parquet.ParquetWriter(path, schema, compression="zstd") as writer:
            for group in _row_groups(pieces):
                rows += group.num_rows
                writer.write_table(group, row_group_size=ROWS)

    digest = ""

    def name(path: Path) -> str:
        nonlocal digest
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        return f"{folder}/{digest[:16]}.parquet"

    return File(store.put(write, name), rows, digest)


def _row_groups(pieces: Iterable[pa.Table]) -> Iterator[pa.Table]:
    """The rows of the pieces, so many at a time: a file of many small groups is larger and slow to read."""
    import pyarrow as pa

    held: list[pa.Table] = []
    rows = 0
    for piece in pieces:
        held.append(piece)
        rows += piece.num_rows
        if rows >= ROWS:
            whole = pa.concat_tables(held)
            full = rows - rows % ROWS
            yield whole.slice(0, full).combine_chunks()
            held, rows = [whole.slice(full)], rows - full
    if rows:
        yield pa.concat_tables(held).combine_chunks()
