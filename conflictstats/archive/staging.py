"""What a run has read so far, batch by batch, out of the readers' sight until the run is whole."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from conflictstats.archive.catalog import REJECTS, Catalog
from conflictstats.archive.store import Store
from conflictstats.engines import Read
from conflictstats.records import Article, Reject
from conflictstats.tables import (
    ARTICLE_COLUMNS,
    CLAIM_COLUMNS,
    DATE_COLUMNS,
    REJECT_COLUMNS,
    articles_frame,
    frame,
    rejects_frame,
    to_arrow,
)

if TYPE_CHECKING:
    import pyarrow as pa  # type: ignore[import-untyped]

BATCH = 128  # items: what a kill costs at most
READ_AS = "read_as"  # a digest of all that the claims of an article depend on
# Articles last: a batch is whole when its articles are there.
_TABLES = ("claims", "dates", REJECTS, "articles")
_COLUMNS: dict[str, dict[str, str]] = {
    "claims": CLAIM_COLUMNS, "dates": DATE_COLUMNS, REJECTS: REJECT_COLUMNS, "articles": ARTICLE_COLUMNS,
}  # fmt: skip
_BATCH = re.compile(r"(\d{6,}/\d{6,}\.[0-9a-f]{8})\.articles\.parquet")


@cache
def schema(table: str) -> pa.Schema:
    """The columns of a table as the archive keeps them."""
    import pyarrow as pa

    told = to_arrow(frame((), _COLUMNS[table])).schema
    return told.append(pa.field(READ_AS, pa.string())) if table in ("articles", REJECTS) else told


def key(item: Article | Reject, extractor: str) -> str:
    """What an article, or a reject, is known by: another key is another article, version or reader."""
    parts: list[Any]
    if isinstance(item, Reject):
        parts = [item.path, item.reason]
    else:
        parts = [item.article_id, item.sha256, item.published, item.published_basis, item.body_start]
        parts += [item.outlet, item.title, item.url, item.language, extractor]
        if item.override is not None:
            parts += [item.override.was, item.override.was_basis, item.override.reason]
    return hashlib.sha256("\x1f".join(map(str, parts)).encode("utf-8", "surrogatepass")).hexdigest()[:24]


def folder(catalog: Catalog) -> str:
    """Where the next run keeps its batches: those of a run that the catalog has are never taken for it."""
    return f".pending-{catalog.run + 1}"


def batches(store: Store, catalog: Catalog, portion: int | None = None) -> list[str]:
    """The batches of an unfinished run that are whole, in the order of their portions of the input; or those of one."""
    inside = folder(catalog)
    found = store.names(inside if portion is None else f"{inside}/{portion:06}")
    names = (name.removeprefix(f"{inside}/") for name in found)
    return sorted(match[1] for name in names if (match := _BATCH.fullmatch(name)))


def place_of(batch: str) -> tuple[int, int]:
    """The number of the portion of the input that a batch is of, and its own."""
    portion, number, _ = re.split("[/.]", batch)
    return int(portion), int(number)


def is_whole(store: Store, catalog: Catalog, batch: str) -> bool:
    return store.has(_name(catalog, batch, "articles"))


def stage(
    store: Store, catalog: Catalog, portion: int, number: int, items: Sequence[tuple[str, Read | Reject]]
) -> str:
    """Keep a batch of items, each with its key, as a numbered one of a portion of the input.

    Its name, which it gives, tells what is in it, too: where portions are cut otherwise than in a run that was
    killed, a batch never takes the place of another.
    """
    from pyarrow import parquet

    keys = hashlib.sha256("".join(known for known, _ in items).encode()).hexdigest()
    batch = f"{portion:06}/{number:06}.{keys[:8]}"
    read = [(known, *item) for known, item in items if not isinstance(item, Reject)]
    unread = [(known, item) for known, item in items if isinstance(item, Reject)]
    claims = frame((row for _, _, rows in read for row in rows), CLAIM_COLUMNS)
    moved = [(a, a.override) for _, a, _ in read if a.override is not None]
    made = {
        "claims": to_arrow(claims),
        "dates": to_arrow(
            frame(((a.article_id, o.was, o.published, o.reason) for a, o in moved), DATE_COLUMNS)
        ),
        REJECTS: _keyed(to_arrow(rejects_frame(item for _, item in unread)), (known for known, _ in unread)),
        "articles": _keyed(
            to_arrow(articles_frame((article for _, article, _ in read), claims)),
            (known for known, _, _ in read),
        ),
    }
    for table in _TABLES:
        write = partial(parquet.write_table, made[table], compression="zstd")
        store.put(write, _name(catalog, batch, table))
    return batch


def _keyed(table: pa.Table, keys: Iterable[str]) -> pa.Table:
    import pyarrow as pa

    return table.append_column(READ_AS, pa.array(keys, pa.string()))


def staged(
    store: Store, catalog: Catalog, names: Iterable[str], table: str, columns: list[str] | None = None
) -> Iterator[pa.Table]:
    """A table of batches, one after the other."""
    from pyarrow import parquet

    for batch in names:
        with store.opened(_name(catalog, batch, table)) as file:
            yield parquet.read_table(file, columns=columns)


def _name(catalog: Catalog, batch: str, table: str) -> str:
    return f"{folder(catalog)}/{batch}.{table}.parquet"
