"""Inputs in a bucket, or at any other address that fsspec knows: listed, and fetched one at a time to be read."""

from __future__ import annotations

import glob
import os
import posixpath
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from conflictstats.articles.dates import DATES_FILE
from conflictstats.errors import ArticleError

if TYPE_CHECKING:
    from conflictstats.articles.inputs import Input


def is_address(path: str | Path) -> bool:
    return isinstance(path, str) and "://" in path


def file_system(address: str) -> tuple[Any, str]:
    """The store that an address is of, and the path in it.

    Raises:
        ArticleError: there is no such kind of store, or its package is not installed.
    """
    from fsspec.core import url_to_fs  # type: ignore[import-untyped]

    try:
        fs, path = url_to_fs(address)
    except (ValueError, ImportError) as error:
        raise ArticleError(f"{address}: {error}") from error
    return fs, path


@dataclass(frozen=True, slots=True)
class Listing:
    """The files at an address: names below `root` with their sizes in bytes."""

    root: str
    sizes: dict[str, int]
    named: bool  # one file, given by its own name

    def address(self, name: str) -> str:
        return posixpath.join(self.root, name)


def files_at(address: str) -> Listing:
    """What lies at an address: that of a file, a folder or a glob.

    Raises:
        ArticleError: nothing does, or it cannot be looked at.
    """
    fs, path = file_system(address)
    kind = address.partition("://")[0]
    try:
        if glob.has_magic(path):
            found = fs.glob(path, detail=True)
            path = path[: path.rindex("/", 0, next(n for n, sign in enumerate(path) if sign in "*?["))]
        else:
            found = {path: fs.info(path)} if fs.isfile(path) else fs.find(path, detail=True)
    except Exception as error:  # each kind of store has its own
        raise ArticleError(f"{address}: cannot be listed: {error}") from error
    named = list(found) == [path]
    root = posixpath.dirname(path) if named else path.rstrip("/")
    sizes = {
        posixpath.relpath(name, root): int(told.get("size") or 0)
        for name, told in found.items()
        if told.get("type") == "file"
    }
    if not sizes:
        raise ArticleError(f"no file or folder at {address!r}")
    return Listing(f"{kind}://{root.lstrip('/') if kind != 'file' else root}", sizes, named)


@contextmanager
def fetching() -> Iterator[_Mirror]:
    """Where files of a bucket are put while they are read; empty again afterwards."""
    with ExitStack() as left:
        yield _Mirror(left)


@dataclass
class _Mirror:
    left: ExitStack
    folder: Path | None = None
    fetched: set[str] = field(default_factory=set)

    @contextmanager
    def at_hand(self, file: Input, *, dated: bool = False) -> Iterator[Input]:
        """A file where readers can open it: itself, or a copy of one in a bucket, gone when it has been read.

        Args:
            file: the input.
            dated: whether the copy must have the time of the file's last change.

        Raises:
            OSError: it cannot be fetched.
        """
        if file.address is None:
            yield file
            return
        if self.folder is None:
            self.folder = Path(self.left.enter_context(tempfile.TemporaryDirectory(prefix="conflictstats-")))
        root = self.folder / file.root.relative_to("/")
        for address, name in file.beside.items():
            if address not in self.fetched and posixpath.basename(name) == DATES_FILE:
                _fetch(address, root / name)
                self.fetched.add(address)
        copy = root / file.path.relative_to(file.root)
        _fetch(file.address, copy)
        if dated:
            fs, path = file_system(file.address)
            changed = fs.modified(path).timestamp()
            os.utime(copy, (changed, changed))
        try:
            yield replace(file, path=copy, root=root)
        finally:
            copy.unlink()


def _fetch(address: str, copy: Path) -> None:
    fs, path = file_system(address)
    copy.parent.mkdir(parents=True, exist_ok=True)
    fs.get_file(path, str(copy))
