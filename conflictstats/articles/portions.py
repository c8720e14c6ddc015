"""How inputs are cut for many workers: some small files, or rows of a large table, are read by one of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from conflictstats.articles.buckets import fetching
from conflictstats.articles.inputs import Input
from conflictstats.articles.packed import contents
from conflictstats.articles.rows import TABLES, count_rows
from conflictstats.errors import ArticleError

_FILES = 128  # that are read together, at most
_BYTES = 1 << 19  # of files that are read together; a table of more is cut
_ROWS = 128  # of a table that are read together, at least
_PIECES = 64  # of a table, at most: whoever reads one passes over the rows before it, which costs 1/50 of reading claims


@dataclass(frozen=True, slots=True)
class Portion:
    """What one worker reads: files, or of one file the rows after the `first` so many, up to the `last`."""

    files: tuple[Input, ...]
    first: int = 0
    last: int | None = None

    def __str__(self) -> str:
        if self.first or self.last is not None:
            rows = f"{self.first + 1:,} to {self.last:,}" if self.last else f"from {self.first + 1:,} on"
            return f"{self.files[0].name}, rows {rows}"
        names = list(dict.fromkeys((self.files[0].name, self.files[-1].name)))
        return " to ".join(names)


def cut(files: Iterable[Input], count: Callable[[Input], int]) -> Iterator[Portion]:
    """The files in portions, in their order; together they are all there is, and none is read twice.

    Args:
        files: as `find_files` gives them.
        count: how many rows a table has, asked of large ones; see `rows_of`.
    """
    some: list[Input] = []
    size = 0
    for file in files:
        length = 0 if file.trouble is not None else file.size or file.path.stat().st_size
        if some and (len(some) == _FILES or size + length > _BYTES):
            yield Portion(tuple(some))
            some, size = [], 0
        if length > _BYTES and _is_table(file):
            yield from _pieces(file, count(file))
        else:
            some.append(file)
            size += length
    if some:
        yield Portion(tuple(some))


def rows_of(file: Input) -> int:
    """How many rows a table has; 0 if it is damaged, so that one worker reads what there is."""
    try:
        with fetching() as bucket, bucket.at_hand(file) as here:
            (content,) = contents(here.path, ())
            return count_rows(content)
    except (ArticleError, OSError):
        return 0


def _is_table(file: Input) -> bool:
    return file.path.name.lower().removesuffix(".gz").endswith(TABLES)


def _pieces(file: Input, rows: int) -> Iterator[Portion]:
    step = max(_ROWS, -(-rows // _PIECES))
    starts = range(0, max(rows, 1), step)
    for at in starts:
        # the last one is open, should there be more by now
        yield Portion((file,), at, None if at == starts[-1] else at + step)
