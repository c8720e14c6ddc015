"""A data scientist's morning: JupyterLab in a real browser runs every notebook, shows it, and exports the PDF.

`make test-browser` installs what this needs; elsewhere it is skipped.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

playwright = pytest.importorskip("playwright.sync_api", reason="no Playwright here: make test-browser")

from jupyterlab import ROOT, TOKEN, chromium, jupyterlab, settle  # noqa: E402

NOTEBOOKS = sorted(path.stem for path in (ROOT / "notebooks").glob("*.ipynb"))
# What a cell wrote to the error stream, or raised: none of it may be in a notebook that ran.
BAD = ("application/vnd.jupyter.error", "application/vnd.jupyter.stderr")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    if chromium() is None:
        pytest.skip(
            "no Chromium on this machine; install it (Debian: apt-get install chromium) or set CHROMIUM"
        )
    with jupyterlab(tmp_path_factory.mktemp("jupyterlab")) as served:
        yield served


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as started:
        # as root, which CI often is, Chromium has no sandbox
        opened = started.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    context = browser.new_context(viewport={"width": 1500, "height": 1100}, accept_downloads=True)
    opened = context.new_page()
    yield opened
    # a kernel left running would take the next notebook's memory
    opened.evaluate("() => window.jupyterapp?.shell.currentWidget?.sessionContext?.shutdown()")
    context.close()


def outputs(page: Any) -> list[dict[str, Any]]:
    """The open notebook's outputs as JupyterLab holds them, whether or not they are in view."""
    told = page.evaluate("() => JSON.stringify(jupyterapp.shell.currentWidget.model.toJSON().cells)")
    return [out for cell in json.loads(told) for out in cell.get("outputs", [])]


def command(page: Any, name: str) -> None:
    page.evaluate("name => jupyterapp.commands.execute(name)", name)


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_notebook_runs_and_is_exported(name: str, page: Any, address: str) -> None:
    settle(page, f"notebooks/{name}.ipynb", address)
    command(page, "notebook:clear-all-cell-outputs")
    assert not outputs(page)
    command(page, "notebook:run-all-cells")
    made = outputs(page)
    assert made
    assert not [out for out in made if out["output_type"] in ("error", "stream")]

    # what is drawn is looked at where it stands: JupyterLab draws only the cells that are in view
    drawn = sum("data:image/svg+xml" in "".join(out.get("data", {}).get("text/html", "")) for out in made)
    assert drawn, "a notebook without a figure"
    seen = set()
    for number in range(page.evaluate("() => jupyterapp.shell.currentWidget.content.widgets.length")):
        page.evaluate("i => jupyterapp.shell.currentWidget.content.scrollToItem(i, 'start')", number)
        page.wait_for_timeout(60)
        assert not [bad for kind in BAD if (bad := page.query_selector(f'[data-mime-type="{kind}"]'))]
        for picture in page.query_selector_all(".jp-RenderedHTMLCommon figure img"):
            if picture.evaluate("img => img.complete && img.naturalWidth > 100"):
                assert picture.get_attribute("alt")
                seen.add(picture.get_attribute("alt"))
    assert len(seen) == drawn

    command(page, "docmanager:save")
    url = f"{address}/nbconvert/conflictstats_pdf/notebooks/{name}.ipynb?token={TOKEN}&download=true"
    answer = page.request.get(url, timeout=120_000)
    assert answer.ok
    assert answer.headers["content-type"].startswith("application/pdf")
    assert answer.body().startswith(b"%PDF")


def test_the_menu_exports_the_report(page: Any, address: str, tmp_path: Path) -> None:
    settle(page, "notebooks/claims.ipynb", address)
    page.click(".lm-MenuBar-itemLabel:text-is('File')")
    page.hover("text='Save and Export Notebook As'")
    with page.expect_download(timeout=120_000) as waiting:
        page.click("#jp-mainmenu-file-notebookexport >> text='Conflictstats Report (PDF)'")
    waiting.value.save_as(tmp_path / "claims.pdf")
    assert (tmp_path / "claims.pdf").read_bytes().startswith(b"%PDF")


SHOWN = """
import conflictstats as cs
corpus = cs.load_text("At least 11 people were killed in <b>shelling</b> on Wednesday.", published="2024-01-18")
corpus
"""


@pytest.mark.parametrize("theme", ["JupyterLab Light", "JupyterLab Dark"])
def test_a_corpus_and_its_marks_can_be_read_in_both_themes(theme: str, page: Any, address: str) -> None:
    settle(page, "notebooks/claims.ipynb", address)
    page.evaluate("theme => jupyterapp.commands.execute('apputils:change-theme', {theme})", theme)
    for source in (SHOWN, "cs.show(corpus)"):
        command(page, "notebook:insert-cell-below")
        page.evaluate(
            "s => jupyterapp.shell.currentWidget.content.activeCell.model.sharedModel.setSource(s)", source
        )
        command(page, "notebook:run-cell")
    mark = page.wait_for_selector(".jp-RenderedHTMLCommon mark", timeout=60_000)
    # the mark's text stands out from what is behind it: W3C's contrast of 4.5
    assert mark.evaluate(CONTRAST) >= 4.5
    assert "At least 11" in mark.inner_text()
    assert "killed" in mark.get_attribute("title")
    assert not page.query_selector(".cs-text b")  # an article's markup is text
    assert page.query_selector("text=1 claim")


# Colours are mixed by the browser itself, on a canvas, whatever notation the theme writes them in.
CONTRAST = """mark => {
  const canvas = document.createElement('canvas').getContext('2d');
  const paint = colour => { canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1); };
  const light = () => [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3).map(c => c / 255)
    .map(c => c <= .03928 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4)
    .reduce((sum, c, i) => sum + c * [.2126, .7152, .0722][i], 0);
  const nodes = [];
  for (let node = mark; node; node = node.parentElement) nodes.unshift(node);
  paint('white');
  nodes.forEach(node => paint(getComputedStyle(node).backgroundColor));
  const behind = light();
  paint(getComputedStyle(mark).color);
  const text = light();
  return (Math.max(text, behind) + .05) / (Math.min(text, behind) + .05);
}"""
