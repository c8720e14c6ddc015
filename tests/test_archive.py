"""An archive takes what is new, replaces what changed, and loses nothing, at whatever moment a run ends."""

from __future__ import annotations

import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import fsspec
import pandas as pd
import psutil
import pytest
from click.testing import CliRunner
from pyarrow import parquet

import conflictstats as cs
from conflictstats import cli, engines
from conflictstats.archive import catalog, staging, store
from conflictstats.errors import ArticleError, BusyError, StorageError, TableError

# `make test-kills` asks for fifty
KILLS = int(os.environ.get("CONFLICTSTATS_ARCHIVE_KILLS", "3"))
SAID = "At least {n} people were killed in Kharkiv on Wednesday, the governor said. Two tanks were destroyed."


def put(folder: Path, name: str, text: str, day: str = "2023-08-09") -> None:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(f"---\ndate: {day}\n---\n{text}\n")


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    for n in range(8):
        put(folder, f"{n:02}.txt", SAID.format(n=n + 3), f"2023-{7 + n % 3:02}-{n + 1:02}")
    (folder / "05b.txt").write_bytes(b"%PDF-1.7 no text")
    (folder / "undated.txt").write_text("Four people were wounded.")
    return folder


@pytest.fixture(autouse=True)
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(staging, "BATCH", 3)


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != ".lock"
    }


def assert_same_rows(one: Any, other: Any) -> None:
    """The same tables, whatever the order of their articles."""
    for name in ("claims", "articles", "rejects", "dates"):
        left, right = getattr(one, name), getattr(other, name)
        order = [c for c in ("article_id", "path", "start", "claim_id") if c in left]
        pd.testing.assert_frame_equal(
            *(frame.sort_values(order, ignore_index=True) for frame in (left, right)), obj=name
        )


def assert_whole(folder: Path) -> None:
    """Every file that the catalog names is there with its digest, and no other."""
    files = json.loads((folder / "archive.json").read_text())["files"]
    assert {name for name in tree(folder) if name.endswith(".parquet")} == set(files)
    for name, known in files.items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == known["sha256"]


# --------------------------------------------------------------------------- what is new, what changed


def test_an_archive_holds_what_load_reads(inbox: Path, tmp_path: Path) -> None:
    kept = cs.archive(inbox, tmp_path / "archive")
    assert (kept.new, kept.changed, kept.unchanged, len(kept.rejects)) == (9, [], 0, 1)
    assert_whole(tmp_path / "archive")
    loaded = cs.load(inbox)
    assert_same_rows(cs.open(tmp_path / "archive"), loaded)
    assert_same_rows(cs.load(tmp_path / "archive"), loaded)
    assert (kept.articles, kept.claims) == (len(loaded.articles), len(loaded.claims))
    months = {path.parent.name for path in (tmp_path / "archive" / "claims").rglob("*.parquet")}
    assert months == {"month=2023-07", "month=2023-08", "month=2023-09", "month=undated"}


def test_a_second_run_reads_only_what_is_new_or_changed(
    inbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "archive"
    cs.archive(inbox, folder)
    before = tree(folder)
    read: list[str] = []
    really = engines.read_claims

    def noted(article: Any, codebook: Any) -> Any:
        read.append(article.article_id)
        return really(article, codebook)

    monkeypatch.setattr(engines, "read_claims", noted)
    kept = cs.archive(inbox, folder)
    assert (kept.new, kept.changed, kept.unchanged, len(kept.rejects)) == (0, [], 9, 1)
    assert read == [] and tree(folder) == before

    put(inbox, "new.txt", SAID.format(n=80), "2023-08-20")
    put(inbox, "03.txt", SAID.format(n=81), "2023-07-04")  # other words
    put(inbox, "04.txt", SAID.format(n=7), "2024-01-05")  # another date: another month
    (inbox / "05b.txt").write_text("Six people were killed.")  # can be read now
    kept = cs.archive(inbox, folder)
    assert (kept.new, kept.changed, kept.unchanged, len(kept.rejects)) == (2, ["03.txt", "04.txt"], 7, 0)
    assert sorted(read) == ["03.txt", "04.txt", "05b.txt", "new.txt"]
    assert_whole(folder)
    assert_same_rows(cs.open(folder), cs.load(inbox))


def test_what_is_gone_or_broken_stays_as_it_was_read(inbox: Path, tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    cs.archive(inbox, folder)
    before = cs.open(folder)
    (inbox / "02.txt").unlink()
    (inbox / "03.txt").write_bytes(b"%PDF-1.7 no text")
    kept = cs.archive(inbox, folder)
    assert (kept.new, kept.changed, kept.unchanged, len(kept.rejects)) == (0, [], 7, 2)
    after = cs.open(folder)
    pd.testing.assert_frame_equal(after.articles, before.articles)
    pd.testing.assert_frame_equal(after.claims, before.claims)
    assert list(after.rejects["path"]) == ["03.txt", "05b.txt"]


def test_another_reader_reads_all_anew(inbox: Path, tmp_path: Path) -> None:
    folder, words = tmp_path / "archive", tmp_path / "words"
    cs.archive(inbox, folder)
    words.mkdir()
    shipped = Path(cs.__file__).parent / "codebook" / "hedges.toml"
    (words / "hedges.toml").write_text(shipped.read_text() + "\n# of our own\n")
    kept = cs.archive(inbox, folder, codebook=cs.load_codebook(words))
    assert (kept.new, len(kept.changed), kept.unchanged) == (0, 9, 0)
    assert cs.open(folder).claims["extractor"].nunique() == 1


def test_an_article_that_breaks_a_reader_is_a_reject_and_the_rest_go_on(
    inbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    really = engines.read_claims

    def breaks(article: Any, codebook: Any) -> Any:
        return 1 / 0 if article.article_id == "04.txt" else really(article, codebook)

    monkeypatch.setattr(engines, "read_claims", breaks)
    kept = cs.archive(inbox, tmp_path / "archive")
    told = dict(kept.rejects.itertuples(index=False))
    assert "by a fault of conflictstats: ZeroDivisionError in tests/test_archive.py" in told["04.txt"]
    assert kept.new == 8
    monkeypatch.setattr(engines, "read_claims", really)
    assert cs.archive(inbox, tmp_path / "archive").new == 1
    assert_same_rows(cs.open(tmp_path / "archive"), cs.load(inbox))


def test_corrections_beside_the_articles_stay_with_the_archive(inbox: Path, tmp_path: Path) -> None:
    row = cs.load(inbox).claims.iloc[0]
    cs.correction(row, "item", "civilian", author="Ana", reason="misread", file=inbox / "corrections.csv")
    put(inbox, "dates.csv", "")
    (inbox / "dates.csv").write_text('article,published,reason\n03.txt,2023-12-24,"put online late"\n')
    folder = tmp_path / "archive"
    cs.archive(inbox, folder)
    opened = cs.open(folder)
    assert list(opened.corrections["outcome"]) == ["fixed"]
    assert opened.claims.set_index("claim_id").loc[row["claim_id"], "item"] == "civilian"
    assert list(opened.dates["reason"]) == ["put online late"]
    assert "civilian" not in set(cs.open(folder, corrections=None).claims["item"])
    assert_same_rows(opened, cs.load(inbox))
    (inbox / "corrections.csv").unlink()
    cs.archive(inbox, folder)
    assert len(cs.open(folder).corrections) == 1


def test_small_files_become_one_and_no_row_is_lost(inbox: Path, tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    for n in range(11):
        put(inbox, f"later-{n}.txt", SAID.format(n=90 + n), "2023-08-30")
        cs.archive(inbox, folder)
    assert_whole(folder)
    files = list((folder / "claims" / "month=2023-08").iterdir())
    assert len(files) <= 8
    # as quick to read as if one run had made them
    assert {parquet.read_metadata(path).num_row_groups for path in files} == {1}
    assert_same_rows(cs.open(folder), cs.load(inbox))


def test_groups_of_rows_are_full_but_for_the_last(
    inbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catalog, "ROWS", 4)
    folder = tmp_path / "archive"
    for n in range(9):
        put(inbox, f"later-{n}.txt", SAID.format(n=90 + n), "2023-08-30")
    cs.archive(inbox, folder)
    told = parquet.read_metadata(*(folder / "claims" / "month=2023-08").iterdir())
    assert [told.row_group(n).num_rows for n in range(told.num_row_groups)] == [4, 4, 4, 4, 4, 4]
    assert_same_rows(cs.open(folder), cs.load(inbox))
    killed = cs.load(inbox).claims.query("event == 'killed'")
    assert sorted(cs.open(folder, event="killed").claims["claim_id"]) == sorted(killed["claim_id"])


# --------------------------------------------------------------------------- reading


def test_only_what_is_asked_for_is_read(inbox: Path, tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    cs.archive(inbox, folder)
    # files of other months need not even be there
    for path in folder.rglob("month=2023-09/*.parquet"):
        path.unlink()
    some = cs.open(folder, start="2023-08-02", end="2023-08-08", event="killed")
    assert set(some.claims["event"]) == {"killed"}
    assert list(some.articles["article_id"]) == ["01.txt", "04.txt", "07.txt"]
    assert cs.open(folder, end="2023-08-31", item=["tank", "drone"]).claims["item"].eq("tank").all()
    bare = cs.open(folder, end="2023-08-31", texts=False)
    assert bare.articles["text"].isna().all() and bare.articles["sha256"].notna().all()
    assert len(cs.open(folder, start="2030-01-01").claims) == 0
    with pytest.raises(TableError, match="claims have no column 'evnt'; they have: claim_id"):
        cs.open(folder, evnt="killed")
    with pytest.raises(TableError, match=r"parquet is missing, which its archive\.json names"):
        cs.open(folder)


def test_an_archive_stands_where_a_folder_of_articles_stands(
    inbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    def run(*words: str) -> Any:
        return CliRunner().invoke(cli.main, list(words))

    done = run("extract", "inbox", "-o", "archive")
    assert done.exit_code == 3
    assert done.stderr.splitlines()[-1] == (
        "9 new, 0 changed and 0 known of 9 articles; the archive holds 17 claims from 9 articles;"
        " 1 of 10 rejected."
    )
    (inbox / "01.txt").write_text("Nine people were killed.")
    assert "replaced: 01.txt" in run("extract", "inbox", "-o", "archive").stderr
    compared = run("compare", "archive", "-o", "compared")
    assert compared.exit_code == 0 and (tmp_path / "compared" / "pairs.csv").exists()
    assert "from 9 of 10 articles" in run("check", "archive").stderr
    with pytest.raises(
        ArticleError, match="archive is an archive, whose articles are read already; published"
    ):
        cs.load("archive", published="name")
    # not to be read as articles, beside them or among them
    assert run("extract", "inbox", "archive", "-o", "claims.csv").stderr.count("an archive of claims") == 1
    cs.archive("inbox", "inbox/kept")
    assert len(cs.load("inbox").articles) == 9
    assert run("extract", "inbox", "-o", "archive", "--for-spreadsheet").exit_code == 2


def test_what_is_no_archive_is_left_alone(inbox: Path, tmp_path: Path) -> None:
    with pytest.raises(StorageError, match=r"holds 00\.txt and is no archive"):
        cs.archive(inbox, inbox)
    with pytest.raises(TableError, match="no archive"):
        cs.open(inbox)
    folder = tmp_path / "archive"
    cs.archive(inbox, folder)
    (folder / "notes.txt").write_text("mine")
    cs.archive(inbox, folder)
    assert (folder / "notes.txt").exists()
    (folder / "archive.json").write_text('{"format": 99}')
    with pytest.raises(TableError, match="an archive of format 99"):
        cs.archive(inbox, folder)
    (folder / "archive.json").write_text("{")
    with pytest.raises(TableError, match=r"its archive\.json is damaged"):
        cs.open(folder)


def test_two_runs_at_once_do_not_collide(inbox: Path, tmp_path: Path) -> None:
    place = store.Store(tmp_path / "archive")
    with place.reserved(), pytest.raises(BusyError, match="is writing an archive there"):
        cs.archive(inbox, tmp_path / "archive")


def test_a_bucket_holds_the_same_files(inbox: Path, tmp_path: Path) -> None:
    cs.archive(inbox, tmp_path / "archive")
    cs.archive(inbox, "memory://bucket/archive")
    cs.archive(inbox, "memory://bucket/archive")
    memory = fsspec.filesystem("memory")
    assert {
        path.removeprefix("/bucket/archive/"): memory.cat_file(path)
        for path in memory.find("/bucket/archive")
    } == tree(tmp_path / "archive")
    assert_same_rows(cs.open("memory://bucket/archive"), cs.open(tmp_path / "archive"))


# --------------------------------------------------------------------------- ended at any moment


class Ended(BaseException):
    """In the place of a kill: nothing catches it."""


@pytest.fixture
def undisturbed(inbox: Path, tmp_path: Path) -> dict[str, bytes]:
    cs.archive(inbox, tmp_path / "undisturbed")
    return tree(tmp_path / "undisturbed")


@pytest.mark.parametrize("step", ["put", "remove"])
def test_a_run_ended_at_each_of_its_steps_goes_on_to_the_same_bytes(
    inbox: Path, tmp_path: Path, undisturbed: dict[str, bytes], step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "read_claims", cache(engines.read_claims))  # each article is parsed once
    really = getattr(store.Store, step)
    left = 0

    def ends(self: Any, *args: Any) -> Any:
        nonlocal left
        left -= 1
        if left == 0:
            raise Ended
        return really(self, *args)

    monkeypatch.setattr(store.Store, step, ends)
    for last in _counted():
        folder = tmp_path / f"{step}-{last}"
        left = last
        try:
            cs.archive(inbox, folder)
        except Ended:
            pass
        else:
            assert last > 10
            break
        left = 0
        cs.archive(inbox, folder)
        assert tree(folder) == undisturbed, f"ended at {step} {last}"


def test_a_file_that_a_worker_moves_while_a_run_sweeps_is_no_fault(
    inbox: Path, tmp_path: Path, undisturbed: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    really = store.Store.names

    def names(self: Any, below: str = "") -> list[str]:
        return [*really(self, below), *([] if below else [".unfinished-moved"])]  # listed, and gone since

    monkeypatch.setattr(store.Store, "names", names)
    cs.archive(inbox, tmp_path / "archive")
    assert tree(tmp_path / "archive") == undisturbed


def _counted() -> Iterator[int]:
    return iter(range(1, 200))


def test_articles_that_change_between_a_kill_and_its_resumption_stand_once(
    inbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    really = store.Store.put

    def ends(self: Any, write: Any, name: Any) -> str:
        if "/000002." in str(name) and str(name).endswith(".claims.parquet"):
            raise Ended
        return really(self, write, name)

    monkeypatch.setattr(store.Store, "put", ends)
    with pytest.raises(Ended):
        cs.archive(inbox, tmp_path / "archive")
    monkeypatch.setattr(store.Store, "put", really)
    put(inbox, "00.txt", SAID.format(n=300), "2023-08-01")
    (inbox / "05b.txt").write_text("Seven people were killed.")
    cs.archive(inbox, tmp_path / "archive")
    assert_same_rows(cs.open(tmp_path / "archive"), cs.load(inbox))


COMMAND = (
    "from conflictstats import engines; engines._BATCH = 2;"
    "from conflictstats.archive import staging; staging.BATCH = 3;"
    "from conflictstats.cli import main; main()"
)


def started(*words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", COMMAND, "extract", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_a_run_killed_at_random_moments_goes_on_to_the_same_bytes(
    inbox: Path, tmp_path: Path, undisturbed: dict[str, bytes]
) -> None:
    chance = random.Random(11)
    folder = tmp_path / "archive"
    clock = time.monotonic()
    run = started(str(inbox), "-o", str(tmp_path / "timed"))
    _, said = run.communicate(timeout=300)
    assert run.returncode == 3, said
    whole = time.monotonic() - clock
    killed = 0
    for turn in range(KILLS):
        many = ("--engine", "processes", "--workers", "2") if turn % 3 == 2 else ()
        run = started(str(inbox), "-o", str(folder), *many)
        # most of a run is its start, in which there is nothing to lose
        moment = time.monotonic() + whole * chance.uniform(0.3, 1.3)
        workers: list[psutil.Process] = []
        while run.poll() is None and time.monotonic() < moment:
            if many:
                workers = psutil.Process(run.pid).children() or workers
            time.sleep(0.005)
        run.send_signal(signal.SIGKILL)
        run.communicate(timeout=60)
        killed += run.returncode == -signal.SIGKILL
        # no worker outlives its parent
        psutil.wait_procs(workers, timeout=60)
        assert not [p for p in workers if p.is_running() and p.status() != psutil.STATUS_ZOMBIE]
        if turn % 2 or run.returncode != -signal.SIGKILL:  # after one kill, or two
            clock = time.monotonic()
            last = started(str(inbox), "-o", str(folder))
            _, said = last.communicate(timeout=300)
            assert last.returncode == 3, said
            whole = time.monotonic() - clock  # as busy as the machine is now
            assert tree(folder) == undisturbed
            folder = tmp_path / f"archive-{turn}"
    last = started(str(inbox), "-o", str(folder))
    _, said = last.communicate(timeout=300)
    assert last.returncode == 3, said
    assert tree(folder) == undisturbed
    assert killed, "every run was over before its kill"
    print(f"{killed} runs killed")
