"""docs/licences.md: the licence of every package of the lock, as its own metadata say it (`make licences`)."""

from __future__ import annotations

import re
import sys
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

ROOT = Path(__file__).parent.parent
# Metadata that name no licence, or a text in its place; looked up in the package's own files.
KNOWN = {"debugpy": "MIT", "preshed": "MIT", "jupyterlab-widgets": "BSD-3-Clause"}
HEAD = """# Licences

Every package of `requirements.lock`, with the licence that its metadata state. Made by `make licences`; a test keeps it in step
with the lock. Packages that another Python or platform needs, and the one that it was made on does not, are named without.

| package | version | licence |
| --- | --- | --- |
"""


def main() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    rows = [
        f"| {name} | {version} | {licence(name)} |"
        for name, version in re.findall(r"^([\w.-]+)==([\w.!+]+)", lock, re.M)
    ]
    (ROOT / "docs" / "licences.md").write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")
    unsure = [row for row in rows if "unknown" in row or (re.search(r"\bA?GPL", row) and "MPL" not in row)]
    print(f"{len(rows)} packages" + "".join(f"\nlook at: {row}" for row in unsure))
    sys.exit(bool(unsure))


def licence(name: str) -> str:
    try:
        told = metadata(name)
    except PackageNotFoundError:
        return "(not installed by this Python, here)"
    if name in KNOWN:
        return KNOWN[name]
    if told["License-Expression"]:
        return str(told["License-Expression"])
    named = [
        c.rpartition(" :: ")[2]
        for c in told.get_all("Classifier") or ()
        if c.startswith("License :: ") and not c.endswith("OSI Approved")
    ]
    first = (told["License"] or "").strip().splitlines()
    text = first[0].strip() if first and len(first[0]) < 60 else ""
    return "; ".join(named) or text or "unknown"


if __name__ == "__main__":
    main()
