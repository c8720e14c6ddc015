"""What nbval does not see: notebooks that were never run, run out of order, too large, or that compute by themselves."""

import ast
from pathlib import Path

import nbformat
import pytest

NOTEBOOKS = sorted((Path(__file__).parent.parent / "notebooks").glob("*.ipynb"))
LARGEST = 400_000  # bytes, outputs included: they are in git


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_as_committed(path: Path) -> None:
    notebook = nbformat.read(path, 4)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1)), (
        "run it whole, in order: make notebooks"
    )
    assert not [o for cell in code for o in cell.outputs if o.output_type in ("error", "stream")]
    assert path.stat().st_size < LARGEST
    assert sum("parameters" in cell.metadata.get("tags", []) for cell in code) == 1
    for cell in code:
        defined = [
            n for n in ast.walk(ast.parse(cell.source)) if isinstance(n, ast.FunctionDef | ast.ClassDef)
        ]
        assert not defined, "functions belong in the package"
        assert "/" not in "".join(o.get("text", "") for o in cell.outputs if o.output_type == "stream")
