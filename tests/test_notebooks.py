"""What nbval does not see: notebooks never run, run out of order, with errors, too large, or that compute by themselves."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook, new_output

ROOT = Path(__file__).parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
TUTORIAL = ROOT / "docs" / "tutorial.ipynb"
LARGEST = 400_000  # bytes, outputs included: they are in git
LARGEST_OUTPUT = 250_000
LEAST_NUMBERS = 10  # that nbval compares


def faults(notebook: NotebookNode, *, parameters: int = 1) -> list[str]:
    """What is wrong with a notebook as it is to be committed; nothing, it is hoped."""
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    counts = [cell.execution_count for cell in code]
    outputs = [output for cell in code for output in cell.outputs]
    found = []
    if not any(counts):
        found.append("never run: make notebooks")
    elif counts != list(range(1, len(code) + 1)):
        found.append("run in part, or out of order: make notebooks")
    if any(output.output_type == "error" for output in outputs):
        found.append("holds an error")
    if any(output.output_type == "stream" for output in outputs):
        found.append("prints: a warning, or what should be a value")
    if any(len(str(output)) > LARGEST_OUTPUT for output in outputs):
        found.append("an output is too large")
    if sum("parameters" in cell.metadata.get("tags", []) for cell in code) != parameters:
        found.append(f"not {parameters} cell tagged parameters")
    for cell in code:
        kinds = {type(node) for node in ast.walk(ast.parse(cell.source))}
        if kinds & {ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda}:
            found.append("defines a function: it belongs in the package")
    if re.search(r"(?<![\w./])/(?:home|root|Users|work|tmp|usr|opt)/", str(outputs)):
        found.append("prints a path of the machine")
    return found


def compared_numbers(notebook: NotebookNode) -> int:
    """How many numbers stand in the outputs that nbval compares as text."""
    texts = [
        output.data["text/plain"]
        for cell in notebook.cells
        if cell.cell_type == "code"
        and not {"nbval-ignore-output", "nbval-skip"} & set(cell.metadata.get("tags", []))
        for output in cell.outputs
        if "text/plain" in output.get("data", {})
    ]
    return sum(len(re.findall(r"(?<![\w.-])-?\d+(?:\.\d+)?(?![\w.])", text)) for text in texts)


@pytest.mark.parametrize("path", [*NOTEBOOKS, TUTORIAL], ids=lambda path: path.stem)
def test_a_notebook_as_committed(path: Path) -> None:
    notebook = nbformat.read(path, 4)
    assert faults(notebook, parameters=0 if path == TUTORIAL else 1) == []
    assert compared_numbers(notebook) >= LEAST_NUMBERS
    assert path.stat().st_size < LARGEST


# --------------------------------------------------------------------------- the checks, checked


def executed(*sources: str) -> NotebookNode:
    cells = [new_code_cell("a: int = 1", metadata={"tags": ["parameters"]}), *map(new_code_cell, sources)]
    for number, cell in enumerate(cells, start=1):
        cell.execution_count = number
    return new_notebook(cells=cells)


def value(text: str) -> NotebookNode:
    return new_output("execute_result", data={"text/plain": text}, execution_count=1)


def test_a_good_notebook_has_no_fault() -> None:
    assert faults(executed("1 + a")) == []


def test_a_notebook_that_was_never_run_is_found() -> None:
    # nbval passes it: there is no output to compare
    notebook = executed("1 + a")
    for cell in notebook.cells:
        cell.execution_count = None
    assert faults(notebook) == ["never run: make notebooks"]


@pytest.mark.parametrize("counts", [[1, 3, 2], [1, None, 2], [2, 3, 4], [1, 1, 2]])
def test_a_notebook_run_out_of_order_is_found(counts: list[int | None]) -> None:
    notebook = executed("b = a", "b")
    for cell, count in zip(notebook.cells, counts, strict=True):
        cell.execution_count = count
    assert faults(notebook) == ["run in part, or out of order: make notebooks"]


@pytest.mark.parametrize(
    ("output", "fault"),
    [
        (new_output("error", ename="E", evalue="e", traceback=[]), "holds an error"),
        (new_output("stream", name="stderr", text="w"), "prints: a warning, or what should be a value"),
        (value("x" * (LARGEST_OUTPUT + 1)), "an output is too large"),
        (value("'/home/ana/seeds/a.txt'"), "prints a path of the machine"),
    ],
)
def test_a_bad_output_is_found(output: NotebookNode, fault: str) -> None:
    notebook = executed("a")
    notebook.cells[-1].outputs = [output]
    assert faults(notebook) == [fault]


@pytest.mark.parametrize("source", ["def f():\n    return 1", "class A:\n    pass", "f = lambda x: x"])
def test_a_function_is_found(source: str) -> None:
    assert faults(executed(source)) == ["defines a function: it belongs in the package"]


def test_parameters_are_asked_for() -> None:
    notebook = executed("a")
    notebook.cells[0].metadata = {}
    assert faults(notebook) == ["not 1 cell tagged parameters"]


def test_numbers_are_counted_where_nbval_looks() -> None:
    notebook = executed("a", "b")
    notebook.cells[1].outputs = [value("killed 3  2.5 -1 T-90 2023-08-06 x1")]
    notebook.cells[2].outputs = [value("4 5 6")]
    notebook.cells[2].metadata = {"tags": ["nbval-ignore-output"]}
    assert compared_numbers(notebook) == 4  # the year counts, day and month do not
