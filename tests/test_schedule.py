"""Runs that nobody watches: killed at random moments, two at a time, on a full disk, with nothing new to read."""

from __future__ import annotations

import ast
import contextlib
import hashlib
import importlib
import json
import os
import random
import re
import shlex
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import psutil
import pypdf
import pytest
import yaml
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

import conflictstats as cs
from conflictstats import cli
from conflictstats.report import runs

report = importlib.import_module("conflictstats.report.job")

# `make test-kills` asks for twenty
KILLS = int(os.environ.get("CONFLICTSTATS_KILLS", "3"))
COMMAND = [sys.executable, "-c", "from conflictstats.cli import main; main()", "report"]
PARAMETERS = 'articles: str = "inbox"\nextracted: str = ""'
LOADED = "import conflictstats as cs\ncorpus = cs.open_tables(extracted)\nprint(len(corpus.articles), len(corpus.claims))"
CHART = "import matplotlib.pyplot as plt\n_ = plt.plot([1, 2, 3])"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with two notebooks and one article."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1691625600")
    (tmp_path / "notebooks").mkdir()
    for name in ("one", "two"):
        cells = [
            new_markdown_cell(f"# {name}"),
            new_code_cell(PARAMETERS, metadata={"tags": ["parameters"]}),
            new_code_cell(LOADED),
            new_code_cell(CHART),
        ]
        nbformat.write(new_notebook(cells=cells), tmp_path / "notebooks" / f"{name}.ipynb")
    article(tmp_path, "a.txt", "At least six people were killed in Kharkiv on Sunday, officials said.")
    return tmp_path


@pytest.fixture
def tables(folder: Path) -> tuple[str, ...]:
    """The options of a run on tables already extracted, which spares it the seconds of loading the parser."""
    (folder / "tables").mkdir()
    cs.save_tables(cs.load("inbox"), "tables")
    return ("-p", "extracted", "tables")


def article(folder: Path, name: str, text: str) -> None:
    (folder / "inbox").mkdir(exist_ok=True)
    (folder / "inbox" / name).write_text(f"---\ndate: 2023-08-07\n---\n{text}\n")


def started(*options: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [*COMMAND, *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def ended(run: subprocess.Popen[str]) -> tuple[int, str]:
    _, said = run.communicate(timeout=300)
    return run.returncode, said


def log(folder: Path) -> list[str]:
    return [line.split(" ", 1)[1] for line in (folder / "reports" / "runs.log").read_text().splitlines()]


def assert_whole(out: Path) -> Path:
    """The last good run: every file that its manifest names is there with its digest."""
    last = runs.latest(out)
    assert last is not None
    files = json.loads((last / runs.MANIFEST).read_text())["files"]
    assert {"one.pdf", "two.pdf", "data/claims.parquet", "data/pairs.csv"} <= set(files)
    for name, digest in files.items():
        assert hashlib.sha256((last / name).read_bytes()).hexdigest() == digest, name
    for pdf in out.glob("*.pdf"):
        assert pdf.read_bytes().startswith(b"%PDF") and b"%%EOF" in pdf.read_bytes()[-16:]
    return last


# --------------------------------------------------------------------------- killed


def kernels(run: subprocess.Popen[str]) -> list[psutil.Process]:
    with contextlib.suppress(psutil.NoSuchProcess):
        return [
            p for p in psutil.Process(run.pid).children() if "ipykernel_launcher" in " ".join(p.cmdline())
        ]
    return []


def test_a_run_killed_at_any_moment_leaves_the_last_good_report(
    folder: Path, tables: tuple[str, ...]
) -> None:
    out = folder / "reports"
    clock = time.monotonic()
    assert ended(started(*tables))[0] == 0
    whole = time.monotonic() - clock
    last = assert_whole(out)
    chance = random.Random(5)
    for turn in range(KILLS):
        how = ("kill", "kernel", "terminate", "kill")[turn % 4]
        run = started(*tables)
        moment = time.monotonic() + chance.uniform(0, whole)
        children: list[psutil.Process] = []
        if how == "kernel":
            while run.poll() is None and not kernels(run):
                time.sleep(0.01)
            time.sleep(chance.uniform(0, whole / 3))
            children = kernels(run)
            for kernel in children[:1]:
                with contextlib.suppress(psutil.NoSuchProcess):
                    kernel.kill()
        else:
            while time.monotonic() < moment and run.poll() is None:
                children = kernels(run) or children
                time.sleep(0.01)
            run.send_signal(signal.SIGKILL if how == "kill" else signal.SIGTERM)
        code, said = ended(run)
        # a kill may come too late, or before the handler of the signal stands
        allowed = {"kill": (0, -signal.SIGKILL), "kernel": (0, 5), "terminate": (0, 143, -signal.SIGTERM)}
        assert code in allowed[how], said
        now = assert_whole(out)
        assert now == last or code == 0 or how != "kernel", "a run whose kernel was killed is no good run"
        psutil.wait_procs(children, timeout=30)
        assert not [p for p in children if p.is_running() and p.status() != psutil.STATUS_ZOMBIE]
        code, said = ended(started(*tables))
        assert code == 0, said
        last = assert_whole(out)
        assert last != now
        assert [p.name for p in out.iterdir() if p.name.startswith((".run-", ".one", ".two"))] == []
        assert (out / "one.pdf").read_bytes() == (last / "one.pdf").read_bytes()


def test_what_a_kill_kept_from_being_shown_is_shown_by_the_next_run(tmp_path: Path) -> None:
    # killed between pointing `latest` and replacing the PDFs beside it
    for text in ("old", "new"):
        work = runs.unfinished(tmp_path)
        (work / "a.pdf").write_text(text)
        (work / runs.MANIFEST).write_text("{}")
        run = runs.finish(work, tmp_path)
        runs.publish(run, tmp_path)
    (tmp_path / "a.pdf").unlink()
    (tmp_path / "a.pdf").write_text("old")
    with runs.reserved(tmp_path):
        assert (tmp_path / "a.pdf").read_text() == "new"


def test_two_runs_at_once_do_not_collide(folder: Path, tables: tuple[str, ...]) -> None:
    first, second = started(*tables), started(*tables)
    codes = sorted((ended(first)[0], ended(second)[0]))
    assert codes == [0, 4]
    assert_whole(folder / "reports")
    assert [line.split(":")[0] for line in log(folder)] == ["busy", "ok"]


# --------------------------------------------------------------------------- disks


def fails_for_want_of_room(folder: Path, run: subprocess.Popen[str], out: Path, said: str) -> None:
    code, told = ended(run)
    assert code == 7, told
    assert said in told.splitlines()[-1]
    assert "Traceback" not in told
    assert {p.name for p in out.iterdir()} <= {".lock", "runs.log", "latest"} | {
        p.name for p in out.iterdir() if (p / runs.MANIFEST).is_file() or p.suffix == ".pdf"
    }


@pytest.mark.skipif(not hasattr(os, "fork"), reason="limits of a process are set before it starts")
def test_a_file_that_cannot_grow_leaves_nothing_half_written(folder: Path, tables: tuple[str, ...]) -> None:
    import resource

    run = subprocess.Popen(
        [*COMMAND, *tables],
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (12_000, 12_000)),
    )
    fails_for_want_of_room(folder, run, folder / "reports", "File too large")


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root may mount a small disk"
)
def test_a_full_disk_leaves_the_last_good_report(folder: Path, tables: tuple[str, ...]) -> None:
    out = folder / "reports"
    out.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(out)], capture_output=True
    )
    if mounted.returncode:
        pytest.skip("this machine lets nobody mount")
    try:
        assert ended(started(*tables))[0] == 0
        last = assert_whole(out)
        room = shutil.disk_usage(out).free
        (out / "ballast").write_bytes(b"\0" * (room - 20_000))
        fails = started(*tables)
        code, told = ended(fails)
        assert code == 7, told
        assert "No space left on device" in told.splitlines()[-1]
        assert assert_whole(out) == last
        assert not list(out.glob(".run-*"))
        (out / "ballast").unlink()
        assert ended(started(*tables))[0] == 0
    finally:
        subprocess.run(["umount", str(out)], check=True)


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="no folder that even root cannot write into")
def test_a_shut_folder_is_said_at_once(folder: Path, tables: tuple[str, ...]) -> None:
    code, told = ended(started(*tables, "-o", "/proc/reports"))
    assert code == 7
    assert "/proc/reports: reports cannot be written there" in told.splitlines()[-1]


# --------------------------------------------------------------------------- what is new


def test_since_last_reads_only_what_is_new(folder: Path) -> None:
    (folder / "inbox" / "bad.txt").write_bytes(b"%PDF-1.7 not a text")
    first = report.report(since="last")
    assert (first.inputs, first.rejects, first.claims, first.passed_over) == (2, 1, 1, 0)

    # nothing new: no report, and what could not be read is not reported again
    again = report.report(since="last")
    assert (again.folder, again.pdfs, again.passed_over) == (first.folder, [], 2)

    article(folder, "b.txt", "Two tanks were destroyed near Bakhmut, the ministry said on Monday.")
    article(folder, "a.txt", "At least eight people were killed in Kharkiv on Sunday, officials said.")
    (folder / "inbox" / "moved").mkdir()
    second = report.report(since="last")
    assert (second.inputs, second.claims, second.passed_over) == (2, 2, 1)
    manifest = json.loads((second.folder / "manifest.json").read_text())
    assert manifest["since"] == {"run": first.folder.name, "inputs_read_before": 1}
    assert [entry["article_id"] for entry in manifest["inputs"]] == ["a.txt", "b.txt"]
    page = pypdf.PdfReader(second.pdfs[0]).pages[0].extract_text()
    assert "Only new" in page and first.folder.name in page

    # the same text in another place is not new; all is read without `since`
    (folder / "inbox" / "b.txt").rename(folder / "inbox" / "moved" / "b.txt")
    assert report.report(since="last").pdfs == []
    assert report.report().inputs == 3
    assert [line.split(":")[0] for line in log(folder)] == ["ok", "nothing new", "ok", "nothing new", "ok"]


def test_a_failed_run_does_not_make_articles_old(folder: Path) -> None:
    report.report(since="last")
    article(folder, "b.txt", "Two tanks were destroyed near Bakhmut, the ministry said on Monday.")
    path = folder / "notebooks" / "two.ipynb"
    good = path.read_text()
    path.write_text(good.replace("_ = plt.plot", "1 / 0"))
    with pytest.raises(report.ReportError):
        report.report(since="last")
    path.write_text(good)
    assert report.report(since="last").inputs == 1


def test_keep_one_keeps_what_tells_old_from_new(folder: Path) -> None:
    report.report(keep=1)
    report.report(keep=1)
    out = folder / "reports"
    assert [p.name for p in out.iterdir() if (p / runs.MANIFEST).is_file() and not p.is_symlink()] == [
        runs.latest(out).name  # type: ignore[union-attr]
    ]
    assert report.report(since="last", keep=1).pdfs == []


def test_extracted_tables_have_nothing_new(folder: Path) -> None:
    with pytest.raises(report.ParameterError, match="already extracted"):
        report.report(since="last", parameters={"extracted": "tables"})


# --------------------------------------------------------------------------- the files to copy


SCHEDULES = Path(__file__).parent.parent / "docs" / "schedules"


def commands(text: str) -> list[str]:
    """The `conflictstats report …` of a file, each up to the end of the command."""
    return re.findall(r'conflictstats"? +(report .*?)(?: &&| \|\||$)', text, re.M)


@pytest.mark.parametrize("name", sorted(path.name for path in SCHEDULES.iterdir() if path.is_file()))
def test_the_commands_of_the_ready_files_are_understood(name: str) -> None:
    found = commands((SCHEDULES / name).read_text())
    assert len(found) == (0 if name.endswith(".timer") else 1)
    for command in found:
        verb, *words = shlex.split(command)
        context = cli.main.commands[verb].make_context(verb, words)  # raises for an unknown option
        assert context.params["since"] == "last"
        assert context.params["keep"]


def test_the_cron_line_has_five_fields_and_no_percent_sign() -> None:
    (line,) = [
        line for line in (SCHEDULES / "crontab").read_text().splitlines() if line and line[0] in "0123456789*"
    ]
    assert re.fullmatch(r"(?:[\d*/,-]+ ){5}\S.*", line)
    assert "%" not in line


def test_the_workflow_is_yaml_and_the_dag_is_python() -> None:
    workflow = yaml.safe_load((SCHEDULES / "github-actions.yml").read_text())
    steps = workflow["jobs"]["report"]["steps"]
    assert [step["uses"].split("@")[0] for step in steps if "uses" in step][:2] == [
        "actions/checkout",
        "actions/setup-python",
    ]
    tree = ast.parse((SCHEDULES / "airflow_dag.py").read_text())
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.ClassDef)]


@pytest.mark.parametrize(("ends", "expected"), [("exit 0", 0), ("exit 3", 0), ("exit 4", 4), ("exit 1", 1)])
@pytest.mark.parametrize("name", ["github-actions.yml", "airflow_dag.py"])
def test_the_scripts_pass_on_what_failed(tmp_path: Path, name: str, ends: str, expected: int) -> None:
    # With a command that ends as told in the place of the real one, under the shell options of each.
    (tmp_path / "conflictstats").write_text(f"#!/bin/sh\n{ends}\n")
    (tmp_path / "conflictstats").chmod(0o755)
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "runs.log").write_text("ok\n")
    text = (SCHEDULES / name).read_text()
    if name.endswith(".yml"):
        steps = yaml.safe_load(text)["jobs"]["report"]["steps"]
        script = next(step["run"] for step in steps if step.get("name") == "Report")
    else:
        script = text.split('"""')[3]
    own = {
        "PATH": f"{tmp_path}:{os.environ['PATH']}",
        "BIN": str(tmp_path),
        "GITHUB_STEP_SUMMARY": str(tmp_path / "summary"),
    }
    done = subprocess.run(
        ["bash", "-e", "-c", script], cwd=tmp_path, env=os.environ | own, capture_output=True
    )
    assert done.returncode == expected
