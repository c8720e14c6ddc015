"""Where an archive lies: a folder, or a place that fsspec knows, such as `s3://bucket/archive`."""

from __future__ import annotations

import os
import posixpath
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from typing import Any

from conflictstats.errors import StorageError
from conflictstats.locking import LOCK, reserved

_UNFINISHED = ".unfinished-"


class Store:
    """A place that keeps files by name, each put whole or not at all."""

    def __init__(self, place: str | Path) -> None:
        from fsspec.core import url_to_fs  # type: ignore[import-untyped]

        self.place = str(place)
        self.folder = None if "://" in self.place else Path(place).expanduser().absolute()
        try:
            self.fs, self.root = url_to_fs(self.place if self.folder is None else str(self.folder))
        except (ValueError, ImportError) as error:
            raise StorageError(f"{place}: {error}") from error

    def __str__(self) -> str:
        return self.place

    def reserved(self) -> Any:
        """Hold the place for one run; in a bucket nothing can be held, and runs must be kept apart by the user."""
        return nullcontext() if self.folder is None else reserved(self.folder, "an archive")

    def path(self, name: str) -> str:
        return posixpath.join(self.root, name)

    def has(self, name: str) -> bool:
        return bool(self.fs.isfile(self.path(name)))

    def names(self, below: str = "") -> list[str]:
        """Every file there is, or is below a folder of it, but the lock, in order."""
        self.fs.invalidate_cache()
        folder = self.path(below)
        if not self.fs.isdir(folder):
            return []
        found = (posixpath.relpath(path, self.root) for path in self.fs.find(folder))
        return sorted(name for name in found if name != LOCK)

    def read(self, name: str) -> bytes:
        return bytes(self.fs.cat_file(self.path(name)))

    @contextmanager
    def opened(self, name: str) -> Iterator[Any]:
        with self.fs.open(self.path(name), "rb") as file:
            yield file

    def put(self, write: Callable[[Path], object], name: Callable[[Path], str] | str) -> str:
        """Keep what `write` writes into a path under `name`, which may depend on what was written; gives the name."""
        if self.folder is None:
            with tempfile.TemporaryDirectory() as folder:
                path = Path(folder, "file")
                write(path)
                kept = name if isinstance(name, str) else name(path)
                self.fs.makedirs(posixpath.dirname(self.path(kept)), exist_ok=True)
                self.fs.put_file(str(path), self.path(kept))
            return kept
        file, unfinished = tempfile.mkstemp(prefix=_UNFINISHED, dir=self.folder)
        os.close(file)
        path = Path(unfinished)
        try:
            write(path)
            _to_disk(path)
            kept = name if isinstance(name, str) else name(path)
            target = self.folder / kept
            target.parent.mkdir(parents=True, exist_ok=True)
            path.chmod(0o644)  # mkstemp makes files for one user only
            path.replace(target)
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        return kept

    def remove(self, name: str) -> None:
        # a worker can outlive its run, and put what it wrote in its place meanwhile
        with suppress(FileNotFoundError):
            self.fs.rm_file(self.path(name))
        if self.folder is not None:
            parent = (self.folder / name).parent
            with suppress(
                OSError
            ):  # it holds other files; looking first would list a long folder for each file
                while parent != self.folder:
                    parent.rmdir()
                    parent = parent.parent


def _to_disk(path: Path) -> None:
    """A file is renamed only when its bytes are on the disk, so that a power cut leaves no empty one."""
    file = os.open(path, os.O_RDONLY)
    try:
        os.fsync(file)
    finally:
        os.close(file)
