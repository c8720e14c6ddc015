"""One run at a time in a folder; the lock is the kernel's, so a process that is killed holds nothing."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from conflictstats.errors import BusyError, StorageError

LOCK = ".lock"


@contextmanager
def reserved(folder: Path, what: str) -> Iterator[None]:
    """Hold a folder, made if it is not there, for one run; a second one is refused.

    Args:
        folder: where the run writes.
        what: what it writes, for the message: `reports`.

    Raises:
        BusyError: another run is at work there.
        StorageError: the folder cannot be made or written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise StorageError(
            f"{folder}: {what} cannot be written there ({error.strerror}); name another folder with -o."
        ) from error
    try:
        _lock(file, folder, what)
        yield
    finally:
        os.close(file)


def _lock(file: int, folder: Path, what: str) -> None:
    try:
        import fcntl
    except ImportError:  # Windows: two runs at once are not kept apart there
        return
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        holder = os.pread(file, 20, 0).decode("ascii", "replace").strip() or "unknown"
        raise BusyError(
            f"{folder}: another run (process {holder}) is writing {what} there; wait for it, or name another"
            " folder with -o."
        ) from None
    os.ftruncate(file, 0)
    os.pwrite(file, str(os.getpid()).encode(), 0)
