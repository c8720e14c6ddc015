"""The folder of reports: each run in a folder of its own, moved into place whole.

reports/
  2023-08-10T120000Z/   a run: PDFs, executed notebooks, data/, manifest.json and seen.txt
  failed-…/             a run that failed, as far as it came
  latest -> …           the last good run
  claims.pdf …          the PDFs of the last good run that made them
  runs.log              a line for each run: when, how it ended, what it read
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from conflictstats import locking

LATEST = "latest"
MANIFEST = "manifest.json"
SEEN = "seen.txt"
_RUN = re.compile(r"(?:failed-)?\d{4}-\d\d-\d\dT\d{6}Z(?:-\d+)?")
_UNFINISHED = ".run-"


@contextmanager
def reserved(out: Path) -> Iterator[None]:
    """Hold the folder for one run, in a state that a run can begin from; a second one is refused.

    Raises:
        BusyError: another run is at work in this folder.
        StorageError: the folder cannot be made or written.
    """
    with locking.reserved(out, "reports"):
        _recover(out)
        yield


def _recover(out: Path) -> None:
    """Clear away what a killed run left half-made, and finish what it was kept from showing."""
    for left in sorted(out.glob(f"{_UNFINISHED}*")):
        shutil.rmtree(left, ignore_errors=True)
    last = latest(out)
    if last is None:
        return
    for pdf in last.glob("*.pdf"):
        shown = out / pdf.name
        if not (shown.exists() and shown.samefile(pdf)):
            _show(pdf, out)


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
    return [_show(pdf, out) for pdf in sorted(run.glob("*.pdf"))]


def _show(pdf: Path, out: Path) -> Path:
    new = out / f".{pdf.name}"
    new.unlink(missing_ok=True)
    try:
        new.hardlink_to(pdf)
    except OSError:  # a file system without hard links
        shutil.copyfile(pdf, new)
    return new.replace(out / pdf.name)


def latest(out: Path) -> Path | None:
    """The last good run, if there is one."""
    link = out / LATEST
    with suppress(OSError):
        run = out / link.read_text(encoding="utf-8").strip() if link.is_file() else link.resolve()
        return run if (run / MANIFEST).is_file() else None
    return None


def _point(link: Path, run: Path) -> None:
    new = link.with_name(f".{link.name}")
    new.unlink(missing_ok=True)
    try:
        new.symlink_to(run.name, target_is_directory=True)
    except OSError:  # Windows without the right to make links: the name of the folder as text
        new.write_text(run.name + "\n", encoding="utf-8")
    new.replace(link)


def seen(out: Path) -> frozenset[str]:
    """What good runs have read so far: the digests that each leaves for the next."""
    run = latest(out)
    if run is None or not (run / SEEN).is_file():
        return frozenset()
    return frozenset((run / SEEN).read_text(encoding="utf-8").split())


def remember(work: Path, digests: Iterable[str]) -> None:
    """Leave with a run what it and those before it have read."""
    (work / SEEN).write_text("".join(f"{digest}\n" for digest in sorted(digests)), encoding="utf-8")


def follow_up(command: str, facts: Mapping[str, str]) -> int:
    """Run a user's own command after a run, and give its exit code.

    What happened travels in environment variables (CONFLICTSTATS_FOLDER, …), never in the command's text:
    no word of an article or an error can become part of a command.
    """
    given = {f"CONFLICTSTATS_{name.upper()}": value.replace("\0", "") for name, value in facts.items()}
    return subprocess.run(command, shell=True, env=os.environ | given, check=False).returncode


def note(out: Path, line: str) -> None:
    """Add a line to the log of runs, with the time."""
    stamp = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    with (out / "runs.log").open("a", encoding="utf-8") as log:
        log.write(f"{stamp} {' '.join(line.split())}\n")


def prune(out: Path, keep: int) -> list[Path]:
    """Remove all but the last `keep` runs, good and failed counted apart; `latest` is never removed."""
    runs = sorted(p for p in out.iterdir() if _RUN.fullmatch(p.name) and (p / MANIFEST).is_file())
    shown = latest(out)
    removed = []
    for failed in (False, True):
        old = [p for p in runs if p.name.startswith("failed-") is failed][: -keep or None]
        removed += [p for p in old if shown is None or not p.samefile(shown)]
    for path in removed:
        # Under another name first: what a kill leaves of it is no run any more, and goes with the next one.
        shutil.rmtree(path.rename(out / f"{_UNFINISHED}{path.name}"), ignore_errors=True)
    return removed
