"""Pictures for the docs, of a real run: `make pictures` writes report pages and JupyterLab into docs/pictures/.

Report pages are drawn by Typst itself (no other program is asked for), JupyterLab by the Chromium of the browser
tests; where there is none, its pictures are left as they are.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
PICTURES = ROOT / "docs" / "pictures"
sys.path.insert(0, str(ROOT / "tests" / "browser"))

# Notebook → the pages of its report worth showing.
PAGES = {"claims": (1, 2), "competing_figures": (1, 2), "air_attacks": (2,)}
# Runs in the project's own environment: this script runs in that of the browser.
DRAW = """
import sys
from pathlib import Path
import nbformat, typst
from conflictstats.report.exporter import ReportTypstExporter, font_folders

notebook, folder, *pages = sys.argv[1:]
source, resources = ReportTypstExporter().from_notebook_node(nbformat.read(notebook, 4))
work = Path(notebook).parent / "typst"
work.mkdir(exist_ok=True)
for name, data in resources["outputs"].items():
    (work / name).write_bytes(data)
(work / "main.typ").write_text(source, encoding="utf-8")
drawn = typst.compile(str(work / "main.typ"), root=str(work), format="png", ppi=110,
                      font_paths=typst.Fonts(include_system_fonts=False, font_paths=font_folders()))
for page in map(int, pages):
    (Path(folder) / f"{Path(notebook).stem}-{page}.png").write_bytes(drawn[page - 1])
"""


def report_pages(folder: Path) -> None:
    """Run the reports on seeds/ and draw pages of them."""
    python = ROOT / ".venv/bin/python"
    command = [ROOT / ".venv/bin/conflictstats", "report", "--output", folder / "run"]
    subprocess.run(command, cwd=ROOT, check=True)
    for name, pages in PAGES.items():
        notebook = folder / "run" / "latest" / f"{name}.ipynb"
        subprocess.run([python, "-c", DRAW, notebook, PICTURES, *map(str, pages)], check=True)


def lab(folder: Path) -> None:
    """JupyterLab with a notebook that ran, and with claims marked in their texts, in light and dark."""
    from jupyterlab import chromium, jupyterlab, settle
    from playwright.sync_api import sync_playwright

    executable = chromium()
    if executable is None:
        print("no Chromium: the pictures of JupyterLab stay as they are")
        return
    with jupyterlab(folder) as address, sync_playwright() as started:
        browser = started.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        settle(page, "notebooks/competing_figures.ipynb", address)
        page.evaluate("() => jupyterapp.commands.execute('notebook:run-all-cells')")
        _look(page, "## What is contested", "jupyterlab-light.png")
        settle(page, "notebooks/claims.ipynb", address)
        page.evaluate(
            "() => jupyterapp.commands.execute('apputils:change-theme', {theme: 'JupyterLab Dark'})"
        )
        page.evaluate("() => jupyterapp.commands.execute('notebook:run-all-cells')")
        _look(page, "## In their words", "jupyterlab-dark.png")
        browser.close()


def _look(page: Any, heading: str, name: str) -> None:
    """Scroll to a heading and take the picture."""
    page.evaluate(
        """heading => {
          const content = jupyterapp.shell.currentWidget.content;
          const at = content.widgets.findIndex(cell => cell.model.sharedModel.source.startsWith(heading));
          content.activeCellIndex = at;
          return content.scrollToItem(at, 'start');
        }""",
        heading,
    )
    page.wait_for_timeout(2500)
    page.screenshot(path=PICTURES / name)


def main() -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="conflictstats-pictures-") as folder:
        report_pages(Path(folder))
        lab(Path(folder))
    print(*sorted(path.name for path in PICTURES.glob("*.png")), sep="\n")


if __name__ == "__main__":
    main()
