"""What the notebooks say under other parameters than their own, held against figures they did not compute.

One run reads articles written here, whose figures were counted by hand. The other takes the tables of the seeds, as
`conflictstats report` hands them over, by other rules; there the expected figures are counted by plain Python from the
rows of `conflictstats extract`. At least ten numbers of every notebook are compared in each.
"""

from __future__ import annotations

import csv
import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import nbformat
import papermill
import pytest
from click.testing import CliRunner

import conflictstats as cs
from conflictstats import cli
from conflictstats.report.kernels import OwnKernel
from conflictstats.report.parameters import known

ROOT = Path(__file__).parent.parent
NOTEBOOKS = sorted(path.stem for path in (ROOT / "notebooks").glob("*.ipynb"))
LEAST = 10
Numbers = list[float]
Row = dict[str, str]

ARTICLES = {
    "a.txt": """\
---
date: 2024-03-05
outlet: Northern Post
---
Russia launched 40 drones and 12 missiles overnight, Ukraine's Air Force said on Tuesday. Air defences shot down 31 drones and eight missiles, it said.

Three people were killed and eleven wounded in Kharkiv on Monday, the UN said.
""",
    "b.txt": """\
---
date: 2024-03-05
outlet: Southern Post
---
Russia's Defence Ministry said on Tuesday that Russian forces had advanced two kilometres near Kupiansk and captured three settlements.

At least five people were killed in Kharkiv on Monday, police said.
""",
    "c.txt": """\
---
date: 2024-03-06
outlet: Northern Post
---
Ukrainian troops repelled nine attacks near Kupiansk on Tuesday, the General Staff said. They destroyed two tanks.

Russia fired 22 missiles at Ukraine on Monday, the UN said.

One child was wounded in Kherson on Tuesday, the UN said.
""",
}
# Articles, claims and sources (the air force, the UN, the defence ministry, the police, the general staff), then the
# hidden tables at the end of each notebook, row by row.
BY_HAND: dict[str, Numbers] = {
    # advanced, tanks, drones and missiles intercepted, killed (the UN, the police), drones launched, missiles
    # launched (the air force, the UN), attacks repelled, settlements, a child and eleven people wounded
    "claims": [3, 13, 5, 1, 1, 1, 1, 2, 1, 2, 1, 1, 1, 1],
    # claims and sum: drones and missiles intercepted; drones and missiles launched
    "air_attacks": [3, 13, 5, 1, 31, 1, 8, 1, 40, 2, 34],
    # claims, least and most low bound: people killed; a child, people wounded
    "casualties": [3, 13, 5, 2, 3, 5, 1, 1, 1, 1, 11, 11],
    # the same: kilometres advanced; attacks repelled; settlements captured
    "ground": [3, 13, 5, 1, 2, 2, 1, 9, 9, 1, 3, 3],
    # by side: Russia, Ukraine, third parties, nobody; by source: the ministry, the air force, the general staff, the
    # police, the UN, nobody
    "sources": [3, 13, 5, 2, 6, 4, 1, 2, 4, 1, 1, 4, 1],
    # one question of two figures is disputed, eleven have one figure; one pair is disputed, and the UN's missiles of
    # Monday lie inside the air force's night; three against five and more: two claims, from 3 without end, 1.67 apart
    "competing_figures": [3, 13, 5, 1, 11, 1, 1, 2, 3, math.inf, 1.67],
}
OTHER_ARTICLES = {"dates": "", "tolerance": 0.2, "shown_articles": 1, "least": 2}
OTHER_RULES = {"tolerance": 0.5, "rules": "ucdp", "shown_articles": 2, "confidence": 0.5}


# --------------------------------------------------------------------------- running


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Numbers]:
    folder = tmp_path_factory.mktemp("own")
    for name, text in ARTICLES.items():
        (folder / name).write_text(text)
    return run_all(OTHER_ARTICLES | {"articles": str(folder)}, tmp_path_factory.mktemp("run"))


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Numbers]:
    tables = tmp_path_factory.mktemp("tables")
    cs.save_tables(cs.load(ROOT / "seeds"), tables)
    return run_all(OTHER_RULES | {"extracted": str(tables)}, tmp_path_factory.mktemp("run"))


def run_all(parameters: dict[str, Any], folder: Path) -> dict[str, Numbers]:
    with ThreadPoolExecutor(2) as pool:
        return dict(
            zip(NOTEBOOKS, pool.map(lambda name: run(name, parameters, folder), NOTEBOOKS), strict=True)
        )


def run(name: str, parameters: dict[str, Any], folder: Path) -> Numbers:
    """The numbers of a notebook that plain papermill ran: those of its facts, then its hidden tables."""
    notebook = nbformat.read(ROOT / "notebooks" / f"{name}.ipynb", 4)
    papermill.execute_notebook(
        notebook,
        str(folder / f"{name}.ipynb"),
        parameters={key: value for key, value in parameters.items() if key in known(notebook)},
        cwd=str(ROOT),
        kernel_manager_class=OwnKernel,
        progress_bar=False,
    )
    done = nbformat.read(folder / f"{name}.ipynb", 4)
    return [*facts(done), *hidden_tables(done)]


def facts(notebook: nbformat.NotebookNode) -> Iterator[float]:
    html = next(
        output.data["text/html"]
        for cell in notebook.cells
        for output in cell.get("outputs", ())
        if "report-facts" in output.get("data", {}).get("text/html", "")
    )
    for pattern in (r"([\d,]+) articles?\b", r"([\d,]+) claims? from", r"claims? from ([\d,]+) sources?"):
        found = re.search(pattern, html)
        assert found, f"{pattern} in {html}"
        yield float(found[1].replace(",", ""))


def hidden_tables(notebook: nbformat.NotebookNode) -> Iterator[float]:
    """The numbers at the ends of the lines of the tables that a report leaves out."""
    for cell in notebook.cells:
        if "remove-cell" not in cell.metadata.get("tags", ()) or cell.cell_type != "code":
            continue
        for line in cell.outputs[0].data["text/plain"].splitlines():
            numbers = re.search(r"((?:\s+(?:-?[\d.]+|inf|NaN))+)$", line)  # not the label at the line's head
            if numbers:
                yield from map(float, numbers[1].split())


# --------------------------------------------------------------------------- counting by other means


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> list[Row]:
    """The claims of the seeds as lines of a file."""
    path = tmp_path_factory.mktemp("rows") / "claims.csv"
    assert CliRunner().invoke(cli.main, ["extract", "seeds", "-o", str(path)]).exit_code == 0
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def grouped(rows: Iterable[Row], *keys: str) -> list[list[Row]]:
    groups: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in rows:
        groups[tuple(row[key] for key in keys)].append(row)
    return [group for _, group in sorted(groups.items())]


def lows(rows: Iterable[Row], *keys: str) -> Numbers:
    found = []
    for group in grouped(rows, *keys):
        low = [float(row["low"]) for row in group if row["low"]]
        found += [len(group), min(low), max(low)]
    return found


def counted(rows: Iterable[Row], key: str) -> Numbers:
    groups = {group[0][key]: float(len(group)) for group in grouped(rows, key)}
    nobody = groups.pop("", None)  # stands last in a table
    return [*groups.values()] + ([] if nobody is None else [nobody])


def of_air(rows: list[Row]) -> Numbers:
    flown = ("drone", "missile", "drone_or_missile", "rocket", "bomb")
    air = [r for r in rows if r["event"] in ("launched", "intercepted", "hit") and r["item"] in flown]
    return [n for g in grouped(air, "event", "item") for n in (len(g), sum(float(r["best"] or 0) for r in g))]


def of_tolls(rows: list[Row]) -> Numbers:
    people = {name for name, item in cs.load_codebook().items.items() if item.group == "people"}
    told = ("killed", "wounded", "casualties", "missing")
    return lows([r for r in rows if r["event"] in told and r["item"] in people], "event", "item")


def of_ground(rows: list[Row]) -> Numbers:
    ground = {"depth", "frontage", "territory", "settlement", "position"}
    moved = [
        r
        for r in rows
        if r["event"] == "repelled" or (r["event"] in ("advanced", "seized", "held") and r["item"] in ground)
    ]
    return lows(moved, "event", "item", "unit")


def of_questions(_: list[Row]) -> Numbers:
    found = cs.compare(cs.load(ROOT / "seeds").claims, tolerance=0.5, rules="ucdp")
    questions = list(found.questions.to_dict("records"))
    verdicts = Counter(q["verdict"] for q in questions), Counter(found.pairs["verdict"].tolist())
    several = [q for q in questions if q["n_sources"] > 1]
    return [n for counts in verdicts for _, n in sorted(counts.items())] + [
        round(float(q[name]), 2) for q in several for name in ("n_claims", "low", "high", "ratio")
    ]


COUNTED: dict[str, Callable[[list[Row]], Numbers]] = {
    "claims": lambda rows: [len(group) for group in grouped(rows, "event", "item")],
    "air_attacks": of_air,
    "casualties": of_tolls,
    "ground": of_ground,
    "sources": lambda rows: counted(rows, "source_side") + counted(rows, "source_id"),
    "competing_figures": of_questions,
}


# --------------------------------------------------------------------------- tests


def test_every_notebook_is_counted_by_hand_and_by_rows() -> None:
    assert set(NOTEBOOKS) == set(BY_HAND) == set(COUNTED), "a new notebook wants its numbers here"


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_articles_counted_by_hand(name: str, own: dict[str, Numbers]) -> None:
    assert len(BY_HAND[name]) >= LEAST
    assert own[name] == pytest.approx(BY_HAND[name])


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_the_seeds_by_other_rules(name: str, seeds: dict[str, Numbers], rows: list[Row]) -> None:
    articles = sum(
        path.suffix in (".txt", ".md") and not path.name.startswith("README")
        for path in (ROOT / "seeds").rglob("*")
    )
    expected = [articles, len(rows), len({row["source_id"] for row in rows} - {""}), *COUNTED[name](rows)]
    assert len(expected) >= LEAST
    assert seeds[name] == pytest.approx(expected, nan_ok=True)
