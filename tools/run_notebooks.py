"""Run the notebooks as they stand and keep their outputs: `make notebooks`.

What changes with every run (times of execution) is left out, so that a diff shows what changed in the figures.
"""

from __future__ import annotations

from pathlib import Path

import nbformat
from nbclient import NotebookClient

ROOT = Path(__file__).parent.parent


def main() -> None:
    for path in (*sorted((ROOT / "notebooks").glob("*.ipynb")), ROOT / "docs" / "tutorial.ipynb"):
        notebook = nbformat.read(path, 4)
        NotebookClient(
            notebook, kernel_name="python3", resources={"metadata": {"path": str(path.parent)}}
        ).execute()
        for cell in notebook.cells:
            cell.metadata.pop("execution", None)
        notebook.metadata.pop("widgets", None)
        nbformat.write(notebook, path)
        print(path.name)


if __name__ == "__main__":
    main()
