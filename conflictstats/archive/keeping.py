"""A run: what is new among the inputs is extracted, and becomes part of the archive when the run is whole."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from conflictstats.archive import staging
from conflictstats.archive.catalog import REJECTS, Catalog, read_catalog
from conflictstats.archive.merging import column_of, merge, strange, sweep
from conflictstats.archive.store import Store
from conflictstats.articles import KINDS, Reading, read_articles, read_portion, reading
from conflictstats.articles.inputs import Input, Paths, find_files
from conflictstats.articles.portions import Portion
from conflictstats.codebook import Codebook, load_codebook
from conflictstats.corrections import (
    CORRECTIONS_FILE,
    Correction,
    find_corrections,
    parse_corrections,
    write_corrections,
)
from conflictstats.engines import Read, check_engine, extractor, read_rows
from conflictstats.errors import StorageError
from conflictstats.records import Article, Reject

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Kept:
    """What a run did: articles that are `new`, `changed` (by id) or `unchanged`, `rejects` (path, reason) among the
    inputs, and how many `articles` and `claims` the archive holds now.
    """

    new: int
    changed: list[str]
    unchanged: int
    rejects: pd.DataFrame
    articles: int
    claims: int


def archive(
    paths: Paths,
    folder: str | Path,
    *,
    codebook: Codebook | None = None,
    corrections: str | Path | None = "auto",
    engine: str = "serial",
    workers: int | None = None,
    scheduler: str | None = None,
    progress: bool = False,
    **options: Any,
) -> Kept:
    """Extract what is new or changed among the articles into an archive; `cs.open` reads it.

    An article is known by its id: its path below the folder that was given, and its row. One that stands in the
    archive in the same words, with the same date and read by the same extractor, is passed over; one that changed
    is replaced, and named in the result; one that is no longer among the inputs stays, as one does whose file can
    no longer be read. A run that was killed goes on where it was.

    Args:
        paths: a file, a folder, a glob, or many of them.
        folder: the archive; a new one, one made by this function, or an address that fsspec knows (`s3://…`).
        codebook: the shipped one if not given.
        corrections: a `corrections.csv`; `auto` for those beside the articles. Their lines are kept in the
            archive's own `corrections.csv`, which is applied whenever the archive is opened.
        engine: who reads, as for `load`.
        workers: how many, as for `load`.
        scheduler: of `dask`, as for `load`. The workers write into the archive, which must lie where every one of
            them finds it under the same path, or in a bucket.
        progress: show a progress bar when standard error is a terminal.
        **options: those of `read_articles`.

    Raises:
        ArticleError, CorrectionError, EngineError, WorkerError: as `load`.
        BusyError: another run writes into the archive.
        StorageError: the folder holds other things than an archive, or cannot be written.
        TableError: the archive is damaged or of a version that this one does not know.
    """
    from tqdm import tqdm

    check_engine(engine, workers, scheduler)
    codebook = codebook or load_codebook()
    changes = find_corrections(paths, KINDS, corrections)
    reader = extractor(codebook)
    store = Store(folder)
    with store.reserved():
        if others := strange(store):
            raise StorageError(
                f"{folder}: holds {others[0]} and is no archive; name a new folder, an empty one, or an archive."
            )
        catalog = read_catalog(store)
        sweep(store, catalog)
        run = _begin(store, catalog, reader)
        with tqdm(unit=" articles", disable=None if progress else True, leave=False) as bar:
            # only now: a killed run may have left files of months where a folder of articles is looked through
            if scheduler is not None:
                _read_on_cluster(
                    run, list(find_files(paths, KINDS)), reading(**options), codebook, scheduler, bar
                )
            else:
                items = run.fresh(read_articles(paths, **options))
                for item in read_rows(items, codebook, engine, workers):
                    run.add(item)
                    bar.update()
                run.stage()
        if changes:
            _keep_corrections(store, changes)
        merged = merge(store, catalog, reader, run.settled())
    return Kept(
        merged.new,
        merged.changed,
        run.unchanged,
        merged.rejects,
        merged.catalog.rows("articles"),
        merged.catalog.rows("claims"),
    )


@dataclass
class _Run:
    """What a run knows of the archive, and what it has read that is not yet staged."""

    store: Store
    catalog: Catalog
    extractor: str
    known: _Known
    portion: int  # of the input; a run that is resumed, and reads it in order, begins a new one
    number: int = 0  # of the next batch
    unchanged: int = 0
    last: str | None = None  # batch that was staged
    batch: list[tuple[str, Read | Reject]] = field(default_factory=list)
    coming: deque[str] = field(default_factory=deque)  # keys of what is being read, in order
    read: set[str] = field(default_factory=set)  # of the archive's rejects, what could be read now
    unread: set[str] = field(default_factory=set)  # and what again could not

    def fresh(self, items: Iterable[Article | Reject]) -> Iterator[Article | Reject]:
        """What is to be read. Rejects are told by every run; they cost nothing."""
        for item in items:
            key = staging.key(item, self.extractor)
            place = item.path if isinstance(item, Reject) else item.article_id
            if key in self.known.failed:
                self.unread.add(place)
            elif key in self.known.staged:
                self._settle(place)
            elif key in self.known.kept:
                self.unchanged += 1
                self._settle(place)
            else:
                self.coming.append(key)
                yield item

    def add(self, item: Read | Reject) -> None:
        self.batch.append((self.coming.popleft(), item))
        if isinstance(item, Reject):
            self.unread.add(item.path)
        else:
            self._settle(item[0].article_id)
        if len(self.batch) == staging.BATCH:
            self.stage()

    def stage(self) -> None:
        if self.batch:
            self.last = staging.stage(self.store, self.catalog, self.portion, self.number, self.batch)
            self.number += 1
            self.batch = []

    def settled(self) -> set[str]:
        return self.read - self.unread

    def _settle(self, article_id: str) -> None:
        """An article that can be read, from a file that can."""
        self.read |= {article_id, article_id.partition("#")[0]} & self.known.rejects


@dataclass(frozen=True)
class _Known:
    """What an archive has, and what an unfinished run has read for it."""

    kept: set[str]  # keys of articles in the archive
    staged: set[str]  # keys of articles that an unfinished run has read
    failed: set[str]  # keys of what that run could not read
    rejects: set[str]  # paths that could not be read before


def _begin(store: Store, catalog: Catalog, reader: str) -> _Run:
    batches = staging.batches(store, catalog)
    portion = staging.place_of(batches[-1])[0] + 1 if batches else 0
    return _Run(store, catalog, reader, _look(store, catalog, batches), portion)


def _look(store: Store, catalog: Catalog, batches: list[str]) -> _Known:
    rejects = set(column_of(store, catalog.of(REJECTS), "path").to_pylist())
    kept = set(column_of(store, catalog.of("articles"), staging.READ_AS).to_pylist())
    return _with(_Known(kept, set(), set(), rejects), store, catalog, batches)


def _with(known: _Known, store: Store, catalog: Catalog, batches: list[str]) -> _Known:
    """What is known, and what these batches have."""

    def pending(table: str, column: str) -> set[str]:
        found = staging.staged(store, catalog, batches, table, [column])
        return {value for piece in found for value in piece.column(0).to_pylist()}

    return _Known(
        known.kept,
        known.staged | pending("articles", staging.READ_AS),
        known.failed | pending(REJECTS, staging.READ_AS),
        known.rejects | pending(REJECTS, "path"),
    )


# --------------------------------------------------------------------------- on a cluster


def _read_on_cluster(
    run: _Run, files: list[Input], how: Reading, codebook: Codebook, scheduler: str, bar: Any
) -> None:
    """Let the workers of a cluster read, and stage, what is new."""
    from conflictstats.cluster import spread

    place = str(run.store.folder or run.store.place)
    work = partial(_stage_portion, place, uuid4().hex, how)
    for told in spread(work, files, codebook, scheduler):
        if told.last and not staging.is_whole(run.store, run.catalog, told.last):
            raise StorageError(
                f"{run.store}: what a worker wrote is not there; an archive must lie where every worker finds it under"
                " the same path, or in a bucket."
            )
        run.unchanged += told.unchanged
        run.read |= told.read
        run.unread |= told.unread
        bar.update(told.articles)


@dataclass(frozen=True)
class _Staged:
    """What a worker did with a portion."""

    last: str | None  # batch
    articles: int
    unchanged: int
    read: set[str]
    unread: set[str]


def _stage_portion(
    place: str, run_id: str, how: Reading, portion: int, what: Portion, codebook: Codebook
) -> _Staged:
    """Read a portion, and keep what is new of it; a worker that was lost may have kept some of it before."""
    store = Store(place)
    catalog, known = _looked(place, run_id)
    number = 0
    if before := staging.batches(store, catalog, portion):
        known = _with(known, store, catalog, before)
        number = staging.place_of(before[-1])[1] + 1
    run = _Run(store, catalog, extractor(codebook), known, portion, number)
    articles = 0
    for item in read_rows(run.fresh(read_portion(what, how)), codebook):
        run.add(item)
        articles += 1
    run.stage()
    return _Staged(run.last, articles, run.unchanged, run.read, run.unread)


@lru_cache(1)
def _looked(place: str, run_id: str) -> tuple[Catalog, _Known]:
    """What the archive had when the run began, or this worker joined it: looked at once."""
    store = Store(place)
    catalog = read_catalog(store)
    return catalog, _look(store, catalog, staging.batches(store, catalog))


def _keep_corrections(store: Store, changes: list[Correction]) -> None:
    """Add to the archive's own corrections; what the inputs say of the same cell stands in their place."""
    before: list[Correction] = []
    if store.has(CORRECTIONS_FILE):
        before = parse_corrections(store.read(CORRECTIONS_FILE), Path(str(store), CORRECTIONS_FILE))
    known = {(one.claim_id, one.column): one for one in (*before, *changes)}
    if [*known.values()] != before:
        store.put(lambda path: write_corrections(known.values(), path), CORRECTIONS_FILE)
