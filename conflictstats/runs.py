"""The folder of reports: each run in a folder of its own, moved into place whole.

reports/
  2023-08-10T120000Z/   a run: PDFs, executed notebooks, data/ and manifest.json
  failed-…/             a run that failed, as far as it came
  latest -> …           the last good run
  claims.pdf …          the PDFs of the last good run that made them
  runs.log              a line for each run: when, how it ended, what it read
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from conflictstats.errors import BusyError, ReportError

LATEST = "latest"
MANIFEST = "manifest.json"
_RUN = re.compile(r"(?:failed-)?\d{4}-\d\d-\d\dT\d{6}Z(?:-\d+)?")
_UNFINISHED = ".run-"


@contextmanager
def reserved(out: Path) -> Iterator[None]:
    """Hold the folder for one run; a second one is refused. A killed run holds nothing.

    Raises:
        BusyError: another run is at work in this folder.
        ReportError: the folder cannot be made or written.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
        file = os.open(out / ".lock", os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise ReportError(
            f"{out}: reports cannot be written there ({error.strerror}); name another folder with -o."
        ) from error
    try:
        _lock(file, out)
        for left in sorted(out.glob(f"{_UNFINISHED}*")):  # of a run that was killed
            shutil.rmtree(left, ignore_errors=True)
        yield
    finally:
        os.close(file)


def _lock(file: int, out: Path) -> None:
    try:
        import fcntl
    except ImportError:  # Windows: two runs at once are not kept apart there
        return
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        holder = os.pread(file, 20, 0).decode("ascii", "replace").strip() or "unknown"
        raise BusyError(
            f"{out}: another run (process {holder}) is writing reports there; wait for it, or name another"
            " folder with -o."
        ) from None
    os.ftruncate(file, 0)
    os.pwrite(file, str(os.getpid()).encode(), 0)


def unfinished(out: Path) -> Path:
    """A new folder beside the finished runs, on the same disk, so that it can be moved in one step."""
    return Path(tempfile.mkdtemp(prefix=_UNFINISHED, dir=out))


def discard(work: Path) -> None:
    shutil.rmtree(work, ignore_errors=True)


def finish(work: Path, out: Path, *, failed: bool = False) -> Path:
    """Move a run into place under the time of day; a failed one aside, where nothing points to it."""
    work.chmod(0o755)  # mkdtemp makes folders for one user only
    stamp = ("failed-" if failed else "") + datetime.now(UTC).strftime("%Y-%m-%dT%H%M%SZ")
    name, number = stamp, 1
    while (out / name).exists():
        number += 1
        name = f"{stamp}-{number}"
    return work.rename(out / name)


def publish(run: Path, out: Path) -> list[Path]:
    """Let `latest` and the PDFs beside it show this run, each replaced in one step."""
    _point(out / LATEST, run)
    shown = []
    for pdf in sorted(run.glob("*.pdf")):
        new = out / f".{pdf.name}"
        new.unlink(missing_ok=True)
        try:
            new.hardlink_to(pdf)
        except OSError:  # a file system without hard links
            shutil.copyfile(pdf, new)
        shown.append(new.replace(out / pdf.name))
    return shown


def _point(link: Path, run: Path) -> None:
    new = link.with_name(f".{link.name}")
    new.unlink(missing_ok=True)
    try:
        new.symlink_to(run.name, target_is_directory=True)
    except OSError:  # Windows without the right to make links: the name of the folder as text
        new.write_text(run.name + "\n", encoding="utf-8")
    new.replace(link)


def note(out: Path, line: str) -> None:
    """Add a line to the log of runs, with the time."""
    stamp = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    with (out / "runs.log").open("a", encoding="utf-8") as log:
        log.write(f"{stamp} {' '.join(line.split())}\n")


def prune(out: Path, keep: int) -> list[Path]:
    """Remove all but the last `keep` runs, good and failed counted apart; `latest` is never removed."""
    runs = sorted(p for p in out.iterdir() if _RUN.fullmatch(p.name) and (p / MANIFEST).is_file())
    shown = (out / LATEST).resolve()
    removed = []
    for failed in (False, True):
        old = [p for p in runs if p.name.startswith("failed-") is failed][: -keep or None]
        removed += [p for p in old if p.resolve() != shown]
    for path in removed:
        shutil.rmtree(path)
    return removed
