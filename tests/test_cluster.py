"""A cluster reads what one process reads; workers that are lost are made good, or told."""

from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from click.testing import CliRunner

import conflictstats as cs
from conflictstats import cli
from conflictstats.articles import KINDS, portions, read_portion, reading
from conflictstats.articles.inputs import find_files
from conflictstats.errors import ArticleError, EngineError, WorkerError

pytest.importorskip("distributed", reason="the extra `dask` is not installed")

import dask
from distributed import Client, LocalCluster

from conflictstats import cluster

TEXTS = (
    "At least {n} people were killed in Kharkiv on Wednesday, the governor said.",
    "Ukraine's Air Force said {n} of 70 drones were shot down overnight.",
    "No figure stands here.",
    "The Russian Defence Ministry claimed that {n} tanks were destroyed near Bakhmut. Officials counted two.",
)


@pytest.fixture(scope="module")
def workers() -> Iterator[LocalCluster]:
    """Two processes; a portion that two of them die of is given up."""
    with (
        dask.config.set({"distributed.scheduler.allowed-failures": 1}),
        LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as started,
    ):
        yield started


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    for n in range(13):
        (folder / f"{n:02}.txt").write_text(f"date 2023-08-{n + 1:02}\n\n{TEXTS[n % 4].format(n=n + 2)}")
    rows = [{"text": TEXTS[n % 4].format(n=n + 2), "date": f"2023-07-{n + 1:02}"} for n in range(17)]
    (folder / "dump.jsonl").write_text("\n".join(map(json.dumps, rows)))
    (folder / "07b.txt").write_bytes(b"%PDF-1.7 no text")
    return folder


@pytest.fixture(autouse=True)
def small_portions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(portions, "_BYTES", 300)
    monkeypatch.setattr(portions, "_ROWS", 3)


def assert_same(one: Any, other: Any) -> None:
    for name in ("claims", "articles", "rejects", "dates", "corrections"):
        pd.testing.assert_frame_equal(getattr(one, name), getattr(other, name))


def test_a_cluster_reads_what_this_process_reads(workers: LocalCluster, inbox: Path, tmp_path: Path) -> None:
    serial = cs.load(inbox)
    assert len(serial.claims) > 20 and len(serial.rejects) == 1
    assert_same(cs.load(inbox, engine="dask", scheduler=workers.scheduler_address), serial)


def test_a_cluster_keeps_the_archive_that_this_process_keeps(
    workers: LocalCluster, inbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    words = [
        "extract",
        "inbox",
        "-o",
        "archive",
        "--engine",
        "dask",
        "--scheduler",
        workers.scheduler_address,
    ]
    first = CliRunner().invoke(cli.main, words)
    assert first.exit_code == 3, first.output
    assert "30 new, 0 changed and 0 known of 30 articles" in first.stderr.splitlines()[-1]
    cs.archive(inbox, "serial")
    assert_same(cs.open("archive"), cs.open("serial"))
    (inbox / "03.txt").write_text("Nine people were killed.")
    (inbox / "07b.txt").write_text("Six people were killed.")
    second = CliRunner().invoke(cli.main, words)
    assert second.exit_code == 0, second.output
    assert "1 new, 1 changed and 29 known of 31 articles" in second.stderr.splitlines()[-1]
    cs.archive(inbox, "serial")
    assert_same(cs.open("archive"), cs.open("serial"))


def test_a_worker_killed_in_the_middle_costs_nothing(workers: LocalCluster, inbox: Path) -> None:
    serial = cs.load(inbox)
    files = list(find_files(inbox, KINDS))
    reader = cluster.spread(_slowly, files, cs.load_codebook(), workers.scheduler_address)
    read = [next(reader)]
    _kill_one(workers)
    read += list(reader)
    assert [a for ids in read for a in ids] == list(serial.articles["article_id"])


def test_an_archive_one_of_whose_workers_is_killed_is_whole(
    workers: LocalCluster, inbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    really = cluster._result
    results = iter(range(1000))

    def killing(*args: Any) -> Any:
        if next(results) == 2:  # once: here a portion that waits at two lost workers is given up
            _kill_one(workers)
        return really(*args)

    monkeypatch.setattr(cluster, "_result", killing)
    kept = cs.archive(inbox, tmp_path / "archive", engine="dask", scheduler=workers.scheduler_address)
    assert (kept.new, kept.changed, kept.unchanged, len(kept.rejects)) == (30, [], 0, 1)
    cs.archive(inbox, tmp_path / "serial")
    assert_same(cs.open(tmp_path / "archive"), cs.open(tmp_path / "serial"))


def test_a_run_that_was_killed_goes_on_on_the_cluster(
    workers: LocalCluster, inbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Ended(BaseException):
        pass

    really = cluster._result
    results = iter(range(1000))

    def ends(*args: Any) -> Any:
        if next(results) == 3:
            raise Ended
        return really(*args)

    monkeypatch.setattr(cluster, "_result", ends)
    with pytest.raises(Ended):
        cs.archive(inbox, tmp_path / "archive", engine="dask", scheduler=workers.scheduler_address)
    monkeypatch.setattr(cluster, "_result", really)
    (inbox / "00a.txt").write_text("Seven people were killed.")  # other portions than before
    (inbox / "02.txt").write_text("Eight people were killed.")
    kept = cs.archive(inbox, tmp_path / "archive", engine="dask", scheduler=workers.scheduler_address)
    assert (kept.new, kept.changed, kept.articles, len(kept.rejects)) == (31, [], 31, 1)
    one, other = cs.open(tmp_path / "archive"), cs.load(inbox)
    for name in ("claims", "articles", "rejects"):
        left, right = getattr(one, name), getattr(other, name)
        by = [c for c in ("article_id", "start", "claim_id", "path") if c in left]
        pd.testing.assert_frame_equal(
            left.sort_values(by, ignore_index=True), right.sort_values(by, ignore_index=True)
        )


def test_what_kills_one_worker_after_the_other_is_told(workers: LocalCluster, inbox: Path) -> None:
    files = list(find_files(inbox, KINDS))
    with pytest.raises(WorkerError, match=r"2 workers were killed .* they read dump\.jsonl, rows 4 to 6"):
        list(cluster.spread(_deadly, files, cs.load_codebook(), workers.scheduler_address))
    assert len(cs.load(inbox / "01.txt", engine="dask", scheduler=workers.scheduler_address).articles) == 1


def test_what_a_worker_refuses_is_told_as_by_this_process(workers: LocalCluster, inbox: Path) -> None:
    on = {"engine": "dask", "scheduler": workers.scheduler_address}
    with pytest.raises(ArticleError, match="no column 'body'"):
        cs.load(inbox / "dump.jsonl", columns={"text": "body"}, **on)
    with pytest.raises(EngineError, match="only is for articles that this process reads"):
        cs.load(inbox, only=lambda item: True, **on)
    with pytest.raises(EngineError, match="keep an archive with it, and report on the archive"):
        cs.report(engine="dask", out=inbox / "reports")


def test_workers_that_read_otherwise_are_refused(
    workers: LocalCluster, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "extractor", lambda codebook: "conflictstats-0.0.1 codebook-0 model")
    with pytest.raises(
        EngineError, match=r"reads as 'conflictstats-0\.1.*', this process as 'conflictstats-0\.0\.1"
    ):
        cs.load(inbox, engine="dask", scheduler=workers.scheduler_address)
    told = {
        "client": {"packages": {"conflictstats": "0.1.0"}},
        "workers": {"tcp://10.0.0.6:1": {"packages": {"conflictstats": None}}},
    }
    monkeypatch.setattr(Client, "get_versions", lambda *_, **__: told)
    with pytest.raises(
        EngineError, match=r"tcp://10\.0\.0\.6:1 has no conflictstats, this process 0\.1\.0; install"
    ):
        cs.load(inbox, engine="dask", scheduler=workers.scheduler_address)


def test_a_cluster_that_is_not_there_is_told(inbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "_PATIENCE", 0.5)
    with pytest.raises(
        EngineError, match=r"no scheduler of Dask answers at 'tcp://127\.0\.0\.1:9'.*dask scheduler"
    ):
        cs.load(inbox, engine="dask", scheduler="tcp://127.0.0.1:9")
    with (
        LocalCluster(n_workers=0, processes=True, dashboard_address=None) as empty,
        pytest.raises(EngineError, match=r"has no workers; start some with `dask worker tcp://"),
    ):
        cs.load(inbox, engine="dask", scheduler=empty.scheduler_address)


# --------------------------------------------------------------------------- what workers do


def _ids(portion: portions.Portion) -> list[str]:
    return [item.article_id for item in read_portion(portion, reading()) if hasattr(item, "article_id")]


def _slowly(_: int, portion: portions.Portion, __: Any) -> list[str]:
    time.sleep(0.3)
    return _ids(portion)


def _deadly(_: int, portion: portions.Portion, __: Any) -> list[str]:
    if portion.first == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return _ids(portion)


def _kill_one(workers: LocalCluster) -> None:
    with Client(workers.scheduler_address, set_as_default=False) as client:
        pids = client.run(os.getpid)
    os.kill(next(iter(pids.values())), signal.SIGKILL)
