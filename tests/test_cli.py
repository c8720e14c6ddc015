"""The command line: what it prints, what it writes, and how it ends."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
import tomllib
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest
from click.testing import CliRunner, Result

from conflictstats import cli, evaluation
from conflictstats.errors import (
    ArticleError,
    BusyError,
    KernelDiedError,
    OvertimeError,
    ParameterError,
    ReportError,
    StorageError,
)
from conflictstats.tables import (
    ARTICLE_COLUMNS,
    CLAIM_COLUMNS,
    CORRECTION_COLUMNS,
    DATE_COLUMNS,
    REJECT_COLUMNS,
    empty_claims,
    frame,
    read_table,
)


def run(*args: str) -> Result:
    return CliRunner().invoke(cli.main, list(args))


def corpus(articles: int = 1, rejects: int = 0) -> Any:
    """What `load` gives, without a parser."""
    text = "The Board of Nowhere said 3 people were killed."
    row = dict.fromkeys(CLAIM_COLUMNS) | {
        "claim_id": "c1", "article_id": "a0.txt", "event": "killed", "item": "person", "unit": "count",
        "low": 3.0, "best": 3.0, "high": 3.0, "hedge": "exact", "status": "asserted", "aggregation": "period",
        "voice": "reported", "period_basis": "none", "place_basis": "none", "text": "3 people", "start": 26,
        "end": 34, "sentence": text, "source": 'The "Board" of Nowhere', "source_id": "board-of-nowhere",
    }  # fmt: skip
    read = [(f"a{i}.txt", None, "none", None, None, None, "en", None, text, "0") for i in range(articles)]
    return SimpleNamespace(
        claims=frame([tuple(row.values())], CLAIM_COLUMNS),
        articles=frame(read, ARTICLE_COLUMNS),
        rejects=frame([(f"r{i}.txt", "not text") for i in range(rejects)], REJECT_COLUMNS),
        dates=frame([], DATE_COLUMNS),
        corrections=frame([], CORRECTION_COLUMNS),
    )


@pytest.fixture
def loaded(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    seen: dict[str, Any] = {"corpus": corpus()}

    def load(paths: Any, _: Any, **options: Any) -> Any:
        seen.update(options, paths=paths)
        return seen["corpus"]

    monkeypatch.setattr(cli, "_load", load)
    return seen


# --------------------------------------------------------------------------- help


def test_help_tells_a_newcomer_what_to_do() -> None:
    shown = run("--help")
    assert shown.exit_code == 0
    for word in ("conflictstats init work", "conflictstats report", "Exit codes", "another run is writing"):
        assert word in shown.output
    for command in ("init", "extract", "compare", "report", "check", "evaluate"):
        assert command in shown.output
        assert run(command, "--help").exit_code == 0


def test_help_is_light() -> None:
    # Nothing heavy is imported before a command runs: help comes at once.
    code = (
        "import sys, conflictstats.cli;"
        "print([m for m in ('pandas', 'spacy', 'matplotlib', 'papermill', 'nbconvert') if m in sys.modules])"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"


def test_wrong_usage_ends_with_2() -> None:
    assert run("nonsense").exit_code == 2
    assert run("extract", "x").exit_code == 2


# --------------------------------------------------------------------------- extract and check


@pytest.mark.parametrize("suffix", [".parquet", ".csv", ".jsonl"])
def test_extract_writes_a_table(loaded: dict[str, Any], tmp_path: Path, suffix: str) -> None:
    out = tmp_path / f"claims{suffix}"
    done = run("extract", "a", "b", "-o", str(out), "--columns", "text=body", "--published", "name")
    assert done.exit_code == 0
    assert done.stderr.splitlines()[-1] == "1 claim from 1 of 1 articles, 1 without a date."
    assert len(read_table(out)) == 1
    assert [p.name for p in tmp_path.iterdir()] == [out.name]
    assert loaded["paths"] == ("a", "b")
    assert loaded["columns"] == ("text=body",)
    assert loaded["published"] == "name"
    assert loaded["dates"] == "auto"


def test_rejects_end_with_3_and_say_how_many_of_how_many(loaded: dict[str, Any], tmp_path: Path) -> None:
    loaded["corpus"] = corpus(articles=2, rejects=25)
    done = run("extract", "a", "-o", str(tmp_path / "c.csv"))
    assert done.exit_code == 3
    lines = done.stderr.splitlines()
    assert lines[0] == "not read: r0.txt: not text"
    assert lines[-2] == "not read: 5 more"
    assert lines[-1] == "1 claim from 2 of 27 articles, 2 without a date; 25 of 27 rejected."


def test_a_wrong_output_is_refused_before_anything_is_read(loaded: dict[str, Any], tmp_path: Path) -> None:
    for name in ("claims.xlsx", "nowhere/claims.csv"):
        assert run("extract", "a", "-o", str(tmp_path / name)).exit_code == 2
    assert "paths" not in loaded


def test_a_column_without_a_field_is_refused(tmp_path: Path) -> None:
    done = run("extract", "a", "-o", str(tmp_path / "c.csv"), "--columns", "body")
    assert done.exit_code == 2
    assert "FIELD=NAME" in done.output


@pytest.mark.parametrize(
    ("option", "said"),
    [
        (("--columns", "body=text"), "no field 'body'"),
        (("--date-format", "%H"), "does not tell a whole date"),
        (("--encoding", "klingon"), "unknown encoding 'klingon'"),
        (("--published", "never"), "is no date"),
    ],
)
def test_an_option_that_makes_no_sense_is_wrong_usage(
    tmp_path: Path, option: tuple[str, str], said: str
) -> None:
    (tmp_path / "a.txt").write_text("Two people were killed.")
    done = run("extract", str(tmp_path), "-o", str(tmp_path / "c.csv"), *option)
    assert (done.exit_code, said in done.output) == (2, True), done.output


def test_errors_are_one_line(tmp_path: Path) -> None:
    done = run("extract", str(tmp_path / "nothing"), "-o", str(tmp_path / "c.csv"))
    assert done.exit_code == 8
    assert "Traceback" not in done.output
    assert "nothing" in done.output


def test_check_says_what_to_do_about_dates_of_either_order(tmp_path: Path) -> None:
    (tmp_path / "wire.csv").write_text(
        "text,date\nFive people were killed.,4/5/2017\nNobody was hurt.,4/25/2017\n"
    )
    done = run("check", str(tmp_path))
    assert "# no date: wire.csv#1 (ambiguous: 4/5/2017)\n# ambiguous dates" in done.stdout
    assert "--date-format %m/%d/%Y" in done.stdout
    again = run("check", str(tmp_path), "--date-format", "%m/%d/%Y")
    assert "no date" not in again.stdout and "ambiguous" not in again.stdout


def test_check_gives_entries_ready_to_paste(loaded: dict[str, Any]) -> None:
    from conflictstats.codebook import Source

    done = run("check", "a")
    assert done.exit_code == 0
    assert "# no date: a0.txt" in done.stdout
    entries = tomllib.loads(done.stdout)
    assert entries["board-of-nowhere"]["names"] == ['The "Board" of Nowhere']
    Source.model_validate({**entries["board-of-nowhere"], "names": ("x",)})


@pytest.mark.parametrize(
    ("source", "source_id"),
    [
        ("Russia's Defence Ministry", "russia-defence-ministry"),
        ("United Nations", "un"),
        ("Russian officials", "russian-officials"),
    ],
)
def test_check_passes_over_known_sources(loaded: dict[str, Any], source: str, source_id: str) -> None:
    claims = loaded["corpus"].claims
    claims["source"] = pd.Series([source], dtype="string")
    claims["source_id"] = pd.Series([source_id], dtype="string")
    assert tomllib.loads(run("check", "a").stdout) == {}


# --------------------------------------------------------------------------- compare


def test_compare_writes_questions_and_pairs(tmp_path: Path) -> None:
    from conflictstats.tables import write_table

    write_table(empty_claims(), tmp_path / "claims.parquet")
    done = run("compare", str(tmp_path / "claims.parquet"), "-o", str(tmp_path / "out"))
    assert done.exit_code == 0
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == [
        "pairs.csv",
        "pairs.parquet",
        "questions.csv",
        "questions.parquet",
    ]


def test_compare_refuses_another_table(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("a,b\n1,2\n")
    done = run("compare", str(tmp_path / "x.csv"), "-o", str(tmp_path / "out"))
    assert done.exit_code == 1
    assert "no column" in done.output


# --------------------------------------------------------------------------- report


@pytest.fixture
def reported(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    seen: dict[str, Any] = {"rejects": 0}

    def report(notebooks: Any, **options: Any) -> Any:
        seen.update(options, notebooks=notebooks)
        if "error" in seen:
            raise seen["error"]
        pdfs = seen.get("pdfs", [Path("reports/claims.pdf")])
        folder = Path("reports/2023-08-10T120000Z")
        return SimpleNamespace(folder=folder, pdfs=pdfs, rejects=seen["rejects"], inputs=4, claims=9)

    monkeypatch.setattr(sys.modules.get("conflictstats.report") or _module(), "report", report)
    return seen


def _module() -> Any:
    import importlib

    return importlib.import_module("conflictstats.report")


def test_report_passes_parameters(reported: dict[str, Any], tmp_path: Path) -> None:
    (tmp_path / "p.yaml").write_text("tolerance: 0.2\narticles: from-yaml\nplaces: [a, b]\n")
    done = run(
        "report",
        "claims",
        "-y",
        str(tmp_path / "p.yaml"),
        "-p",
        "articles",
        "mine",
        "-o",
        "out",
        "--keep",
        "3",
    )
    assert done.exit_code == 0
    assert done.stdout == "reports/claims.pdf\n"
    assert reported["notebooks"] == ["claims"]
    assert reported["parameters"] == {"tolerance": 0.2, "articles": "mine", "places": ["a", "b"]}
    assert reported["out"] == Path("out")
    assert reported["keep"] == 3


def test_report_says_what_was_rejected(reported: dict[str, Any]) -> None:
    reported["rejects"] = 1
    done = run("report")
    assert done.exit_code == 3
    assert "1 of 4 inputs rejected" in done.stderr.splitlines()[-1]


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (ReportError("it failed"), 1),
        (ParameterError("no such name"), 2),
        (BusyError("in use"), 4),
        (KernelDiedError("killed"), 5),
        (OvertimeError("too slow"), 6),
        (StorageError("full"), 7),
        (ArticleError("nothing there"), 8),
    ],
)
def test_each_failure_has_its_code(reported: dict[str, Any], error: Exception, code: int) -> None:
    reported["error"] = error
    done = run("report")
    assert done.exit_code == code
    assert done.stderr.splitlines()[-1] == f"Error: {error}"


@pytest.mark.parametrize("content", ["- a\n- b\n", "a: [\n", "just words"])
def test_a_file_that_holds_no_parameters(reported: dict[str, Any], tmp_path: Path, content: str) -> None:
    (tmp_path / "p.yaml").write_text(content)
    done = run("report", "-y", str(tmp_path / "p.yaml"))
    assert done.exit_code == 2
    assert "p.yaml" in done.output


TOLD = """printf '%s\\n' "$CONFLICTSTATS_CODE" "$CONFLICTSTATS_MESSAGE" "$CONFLICTSTATS_FOLDER" "$CONFLICTSTATS_PDFS" """


def test_a_command_after_a_good_run_is_told_what_was_made(reported: dict[str, Any], tmp_path: Path) -> None:
    assert run("report", "--on-success", f"{TOLD} > {tmp_path / 'told'}").exit_code == 0
    assert (tmp_path / "told").read_text().splitlines() == [
        "0",
        "1 report of 9 claims",
        "reports/2023-08-10T120000Z",
        str(Path("reports/claims.pdf").absolute()),
    ]


def test_a_command_after_a_failure_gets_the_error_as_text(reported: dict[str, Any], tmp_path: Path) -> None:
    # what an article or an exception says must not become part of a command
    reported["error"] = ReportError(f"cell raised '$(touch {tmp_path}/a)'; \"`touch {tmp_path}/b`\" \n & x")
    done = run("report", "--on-failure", f"{TOLD} > {tmp_path / 'told'}", "--on-success", "exit 3")
    assert done.exit_code == 1
    assert [p.name for p in tmp_path.iterdir()] == ["told"]
    code, message, *rest = (tmp_path / "told").read_text().splitlines()
    assert (code, message, rest) == ("1", " ".join(str(reported["error"]).split()), ["", ""])


def test_a_command_after_a_good_run_may_fail(reported: dict[str, Any]) -> None:
    done = run("report", "--on-success", "exit 7")
    assert done.exit_code == 9
    assert "ended with 7" in done.stderr


def test_a_failure_keeps_its_code_whatever_its_command_does(reported: dict[str, Any]) -> None:
    reported["error"] = BusyError("in use")
    done = run("report", "--on-failure", "exit 7")
    assert done.exit_code == 4
    assert "Command ended with 7: exit 7" in done.stderr


def test_nothing_new_is_no_failure_and_no_report(reported: dict[str, Any], tmp_path: Path) -> None:
    reported["pdfs"] = []
    command = f"touch {tmp_path / 'run'}"
    done = run("report", "--since", "last", "--on-success", command, "--on-failure", command)
    assert done.exit_code == 0
    assert done.stderr.splitlines()[-1] == "Nothing new since 2023-08-10T120000Z; no report was made."
    assert reported["since"] == "last"
    assert not (tmp_path / "run").exists()


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="no such signal on this system")
def test_a_whole_run_can_be_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    def sleeps(*_: Any, **__: Any) -> None:
        try:
            time.sleep(30)
        except Exception:  # as a reader of articles does, which takes an error for a bad article
            time.sleep(30)

    monkeypatch.setattr(sys.modules.get("conflictstats.report") or _module(), "report", sleeps)
    done = run("report", "--time-limit", "1")
    assert done.exit_code == 6
    assert "longer than 1 seconds, and the last good report stands" in done.stderr


# --------------------------------------------------------------------------- init


def test_init_lays_out_a_folder_once(tmp_path: Path) -> None:
    folder = tmp_path / "work"
    assert run("init", str(folder)).exit_code == 0
    names = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
    assert "notebooks/claims.ipynb" in names
    assert "seeds/dates.csv" in names
    assert run("init", str(folder)).stdout.startswith("0 files written")
    (folder / "seeds" / "dates.csv").write_text("mine")
    again = run("init", str(folder))
    assert again.exit_code == 1
    assert "differs" in again.output
    assert (folder / "seeds" / "dates.csv").read_text() == "mine"


# --------------------------------------------------------------------------- evaluate


def score(right: int) -> evaluation.Score:
    claim = {"text": "3", "start": 5}
    return evaluation.Score(
        1,
        2,
        2,
        {"found": {"precision": 1.0, "recall": right / 2, "f1": right / 2}},
        {"event": (right / 2, 2), "place": (None, 0)},
        [evaluation.Miss("a", "missed", claim, None)] * (2 - right),
    )


def test_evaluate_says_which_article_it_could_not_read(tmp_path: Path) -> None:
    german = (
        "Am Montag wurden in der Stadt bei einem Angriff 12 Menschen getötet, sagte der Gouverneur am Abend. "
    )
    (tmp_path / "a.txt").write_text(german * 5, encoding="utf-8")
    (tmp_path / "a.json").write_text(json.dumps({"published": "2024-05-05", "claims": []}), encoding="utf-8")
    said = run("evaluate", str(tmp_path)).stdout
    assert "not read, so that all its claims are missed: a: " in said


def test_evaluate_says_what_changed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    saved = str(tmp_path / "before.json")
    monkeypatch.setattr(evaluation, "evaluate", lambda *_: score(1))
    assert run("evaluate", str(tmp_path), "--save", saved).exit_code == 0
    monkeypatch.setattr(evaluation, "evaluate", lambda *_: score(2))
    said = run("evaluate", str(tmp_path), "--against", saved).stdout
    assert "found.recall           0.500 → 1.000  +0.500" in said
    assert "1 gained:\n  a 5 '3': missed" in said
    assert "0 lost." in said


def test_errors_of_the_test_part_are_not_shown(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(evaluation, "evaluate", lambda *_: score(1))
    saved = tmp_path / "before.json"
    assert run("evaluate", str(tmp_path), "--part", "test", "--errors", "3").exit_code == 2
    assert run("evaluate", str(tmp_path), "--part", "test", "--save", str(saved)).exit_code == 0
    assert "missed" not in saved.read_text()
    assert "gained" not in run("evaluate", str(tmp_path), "--part", "test", "--against", str(saved)).stdout
