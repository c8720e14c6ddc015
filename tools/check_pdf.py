"""Hold the reports against PDF/UA-1: `make check-pdf`.

Makes the reports of seeds/ on A4 and Letter and of made-up corpora of 0, 1, 10 and 2,000 claims, lets the checker
outloud read each (and veraPDF, where it is installed: no package index has it), and lists what they find. Findings
that are known and no fault of the report are listed with the reason; any other error fails.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from sample_corpora import corpus

ROOT = Path(__file__).parent.parent
TOOLS = ROOT / ".venv-pdf" / "bin"
SIZES = (0, 1, 10, 2000)
EXPLAINED = {
    "TAG-002": "the head of a table is an artifact where a page repeats it, as PDF/UA wants it",
    "ORD-001": "the order of marked content and of tags is compared by tests/test_exporter.py, and is one",
    "TBL-014": "the grid is that of a chart, which is a figure with alternative text",
    "TBL-011": "an index column of pandas has no name",
    "PAG-001": "cells at the ends of a table's pages say the same on several: a side, a source",
    "DOC-040": "a report may have the name of its notebook",
}


def reports(folder: Path) -> list[Path]:
    """The PDFs of all runs."""
    runs = [("seeds-a4", ROOT / "seeds", "a4"), ("seeds-letter", ROOT / "seeds", "us-letter")]
    runs += [(f"claims-{n}", corpus(folder / f"articles-{n}", n), "a4") for n in SIZES]
    found = []
    for name, articles, paper in runs:
        command = [Path(sys.executable).with_name("conflictstats"), "report", "--output", folder / name]
        subprocess.run([*command, "-p", "articles", articles, "--paper", paper], cwd=ROOT, check=True)
        found += sorted((folder / name).glob("*.pdf"))
    return found


def findings(pdf: Path) -> list[tuple[str, str, str]]:
    """Severity, rule and message of what the checkers find in a PDF."""
    said = subprocess.run(
        [TOOLS / "outloud", "--json", "-", "--fail-on", "never", "-q", pdf],
        capture_output=True,
        text=True,
        check=True,
    )
    result = json.loads(said.stdout)["results"][0]
    found = [(item["severity"], item["rule"], item["message"]) for item in result["findings"]]
    if result["error"]:
        found.append(("error", "outloud", result["error"]))
    if verapdf := shutil.which("verapdf"):
        told = subprocess.run(
            [verapdf, "--flavour", "ua1", "--format", "text", pdf], capture_output=True, text=True
        )
        if not told.stdout.startswith("PASS"):
            found.append(("error", "veraPDF", told.stdout.strip()))
    return found


def main() -> int:
    failed = False
    with tempfile.TemporaryDirectory(prefix="conflictstats-pdf-") as folder:
        for pdf in reports(Path(folder)):
            found = findings(pdf)
            wrong = [item for item in found if item[0] == "error" and item[1] not in EXPLAINED]
            failed |= bool(wrong)
            print(f"{'FAIL' if wrong else 'ok  '} {pdf.relative_to(folder)}")
            for severity, rule, message in dict.fromkeys(found):
                why = f" (known: {EXPLAINED[rule]})" if rule in EXPLAINED else ""
                print(f"     {severity} {rule}: {message}{why}")
    return failed


if __name__ == "__main__":
    sys.exit(main())
