"""Runs of notebooks: what is refused before, what is left behind, and what a failure may not touch."""

from __future__ import annotations

import importlib
import json
import os
import subprocess
import sys
import textwrap
from datetime import date
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from conflictstats.errors import (
    BusyError,
    KernelDiedError,
    OvertimeError,
    ParameterError,
    ReportError,
    StorageError,
)
from conflictstats.report import parameters, runs

# `conflictstats.report` is the function, as users call it; here is the module around it.
report = importlib.import_module("conflictstats.report.job")

PARAMETERS = 'name: str = "x"\ncount: int = 1\nshare: float = 0.5\nshown: bool = True\nplaces: list = ["a"]'


def write(path: Path, *cells: str, given: str | None = PARAMETERS) -> Path:
    notebook = new_notebook(cells=[new_markdown_cell(f"# {path.stem}")])
    if given is not None:
        notebook.cells.append(new_code_cell(given, metadata={"tags": ["parameters"]}))
    notebook.cells += [new_code_cell(textwrap.dedent(cell)) for cell in cells]
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, path)
    return path


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1691625600")
    return tmp_path


# --------------------------------------------------------------------------- parameters


def known(**types: str) -> dict[str, Any]:
    return {name: (kind, None) for name, kind in types.items()}


@pytest.mark.parametrize(
    ("value", "kind", "expected"),
    [
        ("3", "int", 3),
        (3, "int", 3),
        ("0.25", "float", 0.25),
        (1, "float", 1),
        ("false", "bool", False),
        ("[a, 2]", "list", ["a", 2]),
        ("[2023-08-06]", "list[str]", ["2023-08-06"]),  # papermill refuses dates
        ("{a: 1}", "dict", {"a": 1}),
        (("a",), "list", ["a"]),
        (date(2023, 8, 6), "str", "2023-08-06"),
        (Path("seeds"), "str", "seeds"),
        ("2023-08-06", "str", "2023-08-06"),
        ("1e3", "str", "1e3"),
        (7, "", 7),  # a parameter without a type takes anything
    ],
)
def test_values_take_the_type_of_their_parameter(value: Any, kind: str, expected: Any) -> None:
    got = parameters.fitted("p", value, kind)
    assert got == expected
    assert type(got) is type(expected)


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("3.5", "int"),
        (3.5, "int"),
        (True, "int"),
        ("much", "float"),
        ("maybe", "bool"),
        ("a", "list"),
        (2023, "str"),
    ],
)
def test_values_of_another_type_are_refused(value: Any, kind: str) -> None:
    with pytest.raises(ParameterError, match=r"'p' is of type .* Write|'p' is of type .* In YAML"):
        parameters.fitted("p", value, kind)


def test_each_notebook_gets_the_parameters_that_it_has() -> None:
    books = {"one": known(articles="str", rules="str"), "two": known(articles="str")}
    assert parameters.chosen({"articles": "a", "rules": "r"}, books) == {
        "one": {"articles": "a", "rules": "r"},
        "two": {"articles": "a"},
    }


def test_an_unknown_parameter_names_the_nearest_and_the_valid_ones() -> None:
    with pytest.raises(ParameterError) as error:
        parameters.chosen({"artcles": "a"}, {"one": known(articles="str", dates="str"), "two": known()})
    assert str(error.value) == (
        "unknown parameter 'artcles'. Did you mean 'articles'? one has articles, dates; two has none."
    )


def test_parameters_are_read_from_their_cell(tmp_path: Path) -> None:
    (job,) = report._jobs([write(tmp_path / "a.ipynb")])
    assert job.known == {
        "name": ("str", "x"),
        "count": ("int", 1),
        "share": ("float", 0.5),
        "shown": ("bool", True),
        "places": ("list", ["a"]),
    }


# --------------------------------------------------------------------------- a run


def test_a_run_leaves_pdfs_notebooks_and_a_manifest(folder: Path) -> None:
    write(folder / "notebooks" / "one.ipynb", "print(name, count)")
    write(folder / "notebooks" / "two.ipynb", "print(name)", given='name: str = "y"')
    done = report.report(parameters={"count": "3"})
    assert [str(pdf) for pdf in done.pdfs] == ["reports/one.pdf", "reports/two.pdf"]
    for pdf in done.pdfs:
        assert pdf.read_bytes().startswith(b"%PDF")
        assert (folder / "reports" / "latest" / pdf.name).read_bytes() == pdf.read_bytes()
    manifest = json.loads((done.folder / "manifest.json").read_text())
    assert manifest["made"] == "2023-08-10T00:00:00+00:00"
    assert manifest["notebooks"]["one"]["parameters"] == {"count": 3}
    assert manifest["notebooks"]["two"]["parameters"] == {}
    assert set(manifest["files"]) == {"one.pdf", "two.pdf"}
    assert {"one", "two", "all"} <= set(manifest["seconds"])
    run = nbformat.read(done.folder / "one.ipynb", as_version=4)
    assert run.cells[-1].outputs[0].text == "x 3\n"
    leftovers = [p.name for p in (folder / "reports").iterdir() if p.name.startswith(".run-")]
    assert leftovers == []


def test_the_same_run_gives_the_same_pdf(folder: Path) -> None:
    path = write(folder / "a.ipynb", "import random; print(1)")
    first = report.report([path]).pdfs[0].read_bytes()
    second = report.report([path]).pdfs[0].read_bytes()
    assert first == second


def test_an_unknown_paper_is_refused(folder: Path) -> None:
    with pytest.raises(ParameterError, match="known: a4, us-letter"):
        report.report([write(folder / "a.ipynb")], paper="letter")


def test_the_kernel_is_this_environments_own(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # A kernelspec of the user's that points elsewhere, and start-up files that change what a notebook sees.
    spec = folder / "data" / "kernels" / "python3"
    spec.mkdir(parents=True)
    (spec / "kernel.json").write_text('{"argv": ["/bin/false"], "display_name": "x", "language": "python"}')
    startup = folder / "ipython" / "profile_default" / "startup"
    startup.mkdir(parents=True)
    (startup / "a.py").write_text("planted = 1")
    monkeypatch.setenv("JUPYTER_PATH", str(folder / "data"))
    monkeypatch.setenv("IPYTHONDIR", str(folder / "ipython"))
    path = write(folder / "a.ipynb", "import sys; print(sys.executable, 'planted' in globals())")
    done = report.report([path])
    said = nbformat.read(done.folder / "a.ipynb", as_version=4).cells[-1].outputs[0].text
    assert said == f"{sys.executable} False\n"


def test_a_notebook_is_found_by_name_or_path(folder: Path) -> None:
    write(folder / "notebooks" / "one.ipynb")
    write(folder / "other" / "two.ipynb")
    assert [job.name for job in report._jobs(["one", "other/two.ipynb"])] == ["one", "two"]
    with pytest.raises(ParameterError, match=r"no notebook 'three'; notebooks has one\."):
        report.report(["three"])


def test_what_is_no_notebook_is_refused(folder: Path) -> None:
    (folder / "a.ipynb").write_text("not json")
    with pytest.raises(ParameterError, match="not a notebook"):
        report.report(["a.ipynb"])
    assert not (folder / "reports").exists()


def test_an_unknown_parameter_stops_before_anything_is_written(folder: Path) -> None:
    write(folder / "notebooks" / "one.ipynb")
    with pytest.raises(ParameterError, match="count"):
        report.report(parameters={"cuont": 1})
    assert not (folder / "reports").exists()


# --------------------------------------------------------------------------- failures


def test_a_failure_leaves_the_last_good_report(folder: Path) -> None:
    path = write(folder / "a.ipynb", "1 / count")
    good = report.report([path])
    before = good.pdfs[0].read_bytes()
    with pytest.raises(ReportError, match=r"a: cell 3 raised ZeroDivisionError: division by zero") as error:
        report.report([path], parameters={"count": 0})
    assert good.pdfs[0].read_bytes() == before
    assert (folder / "reports" / "latest").resolve() == good.folder
    failed = next((folder / "reports").glob("failed-*"))
    assert failed.name in str(error.value)
    assert (failed / "a.pdf").exists()  # with its red banner
    assert json.loads((failed / "manifest.json").read_text())["notebooks"]["a"]["failure"]
    ok, bad = (folder / "reports" / "runs.log").read_text().splitlines()
    assert ok.split(" ", 1)[1].startswith(
        f"ok: 1 report, 0 claims, 0 of 0 inputs rejected, {good.folder.name}, in "
    )
    assert "failed: 1 of 1 notebooks failed" in bad


def test_a_killed_kernel_is_a_failure(folder: Path) -> None:
    # papermill saves a notebook that says "completed"
    path = write(folder / "a.ipynb", "import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "print(1)")
    with pytest.raises(KernelDiedError, match="kernel died"):
        report.report([path])
    assert not (folder / "reports" / "latest").exists()


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("Kernel died before replying to kernel_info", KernelDiedError),
        ("Kernel didn't respond in 60 seconds", OvertimeError),
    ],
)
def test_a_kernel_that_ends_while_it_starts_is_told_by_its_kind(
    folder: Path, monkeypatch: pytest.MonkeyPatch, said: str, kind: type[ReportError]
) -> None:
    # found by killing kernels at random: nbclient has no class of its own for these
    def fails(*_: Any, **__: Any) -> None:
        raise RuntimeError(said)

    monkeypatch.setattr("papermill.execute_notebook", fails)
    with pytest.raises(kind, match="ernel di"):
        report.report([write(folder / "a.ipynb")])


def test_a_cell_that_takes_too_long_is_a_failure(folder: Path) -> None:
    path = write(folder / "a.ipynb", "import time; time.sleep(60)")
    with pytest.raises(OvertimeError, match="longer than 1 seconds"):
        report.report([path], timeout=1)


def test_one_notebook_that_fails_does_not_stop_the_others(folder: Path) -> None:
    write(folder / "notebooks" / "bad.ipynb", "raise ValueError('no')")
    write(folder / "notebooks" / "good.ipynb", "print(1)")
    with pytest.raises(ReportError, match=r"1 of 2 notebooks failed.*bad: .*ValueError: no"):
        report.report()
    failed = next((folder / "reports").glob("failed-*"))
    assert (failed / "good.pdf").exists()


def test_a_second_run_is_refused_while_one_is_at_work(folder: Path) -> None:
    path = write(folder / "a.ipynb")
    out = folder / "reports"
    code = (
        "import sys, time; from pathlib import Path; from conflictstats.report import runs\n"
        "with runs.reserved(Path(sys.argv[1])): print('held', flush=True); time.sleep(30)"
    )
    with subprocess.Popen([sys.executable, "-c", code, str(out)], stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        try:
            with pytest.raises(BusyError, match=f"process {other.pid}"):
                report.report([path])
        finally:
            other.kill()
    report.report([path])  # a killed run holds nothing


def test_what_a_killed_run_left_is_removed(folder: Path) -> None:
    left = folder / "reports" / ".run-abc"
    left.mkdir(parents=True)
    (left / "half.pdf").write_text("%PDF")
    report.report([write(folder / "a.ipynb")])
    assert not left.exists()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written(folder: Path) -> None:
    (folder / "shut").mkdir(mode=0o500)
    with pytest.raises(StorageError, match="name another folder with -o"):
        report.report([write(folder / "a.ipynb")], out=folder / "shut" / "reports")


def test_a_file_where_the_folder_should_be(folder: Path) -> None:
    (folder / "reports").write_text("x")
    with pytest.raises(StorageError, match="name another folder with -o"):
        report.report([write(folder / "a.ipynb")])


def test_a_full_disk_leaves_nothing_half_written(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(report, "_convert", full)
    with pytest.raises(StorageError, match="No space left on device"):
        report.report([write(folder / "a.ipynb")])
    assert sorted(p.name for p in (folder / "reports").iterdir()) == [".lock", "runs.log"]


# --------------------------------------------------------------------------- runs


def finished(out: Path, text: str) -> Path:
    work = runs.unfinished(out)
    (work / "a.pdf").write_text(text)
    (work / runs.MANIFEST).write_text("{}")
    return runs.finish(work, out)


def test_runs_of_one_second_get_names_of_their_own(tmp_path: Path) -> None:
    names = [finished(tmp_path, "x").name for _ in range(3)]
    assert len(set(names)) == 3


def test_publishing_replaces(tmp_path: Path) -> None:
    for text in ("one", "two"):
        runs.publish(finished(tmp_path, text), tmp_path)
        assert (tmp_path / "a.pdf").read_text() == text
        assert (tmp_path / "latest" / "a.pdf").read_text() == text


def test_pruning_keeps_the_last_and_what_is_no_run(tmp_path: Path) -> None:
    first = finished(tmp_path, "1")
    runs.publish(first, tmp_path)
    others = [finished(tmp_path, str(n)) for n in range(3)]
    (tmp_path / "mine").mkdir()
    runs.prune(tmp_path, 1)
    assert first.exists()  # latest still shows it
    assert (tmp_path / "mine").exists()
    assert [p.exists() for p in others] == [False, False, True]
