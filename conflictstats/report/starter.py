"""What travels with the package: the notebooks and the sample articles, and a working folder made of them."""

from __future__ import annotations

import shutil
from pathlib import Path

from conflictstats.errors import ReportError


def shipped(name: str) -> Path:
    """The folder `notebooks` or `seeds` as installed, or as it stands in a clone."""
    package = Path(__file__).parents[1]
    for folder in (package / name, package.parent / name):
        if folder.is_dir():
            return folder
    raise ReportError(f"{name}/ did not come with this installation; install conflictstats from its wheel.")


def lay_out(folder: str | Path) -> list[Path]:
    """Copy notebooks and sample articles into a working folder, and give the files that were written.

    Raises:
        ReportError: a file of that name is there already and differs; nothing is written then.
    """
    folder = Path(folder)
    pairs = [
        (source, folder / name / source.relative_to(shipped(name)))
        for name in ("notebooks", "seeds")
        for source in sorted(shipped(name).rglob("*"))
        if source.is_file() and not any(part.startswith((".", "__")) for part in source.parts[-2:])
    ]
    taken = [new for old, new in pairs if new.exists() and new.read_bytes() != old.read_bytes()]
    if taken:
        raise ReportError(
            f"{taken[0]} is there already and differs; nothing was written. Name a new folder, or move it."
        )
    written = [(old, new) for old, new in pairs if not new.exists()]
    for old, new in written:
        new.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(old, new)
    return [new for _, new in written]
