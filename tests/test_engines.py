"""Whoever reads, what is read is the same, in the same order; a worker that is lost is told."""

from __future__ import annotations

import itertools
import multiprocessing
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

import conflictstats as cs
from conflictstats import engines
from conflictstats.articles import read_articles
from conflictstats.errors import EngineError, WorkerError
from conflictstats.records import Article, Reject

TEXTS = (
    "At least {n} people were killed in Kharkiv on Wednesday, the governor said.",
    "Ukraine's Air Force said {n} of 70 drones were shot down overnight.",
    "No figure stands here.",
    "The Russian Defence Ministry claimed that {n} tanks were destroyed near Bakhmut. Officials counted two.",
)


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    for n in range(24):
        (tmp_path / f"{n:02}.txt").write_text(f"date 2023-08-{n + 1:02}\n\n{TEXTS[n % 4].format(n=n + 2)}")
    (tmp_path / "07b.txt").write_bytes(b"%PDF-1.7 no text")
    return tmp_path


def test_processes_read_what_this_process_reads(inbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "_BATCH", 2)
    serial = cs.load(inbox)
    assert len(serial.claims) > 20 and len(serial.rejects) == 1
    for workers in (1, 2):
        spread = cs.load(inbox, engine="processes", workers=workers)
        for name in ("claims", "articles", "rejects", "dates", "corrections"):
            pd.testing.assert_frame_equal(getattr(spread, name), getattr(serial, name))


def test_the_input_is_drawn_no_further_than_the_workers_reach(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "_BATCH", 2)
    drawn = itertools.count(1)
    last = 0

    def endless() -> Iterator[Article | Reject]:
        nonlocal last
        for last in drawn:
            yield Article(f"{last}.txt", TEXTS[last % 4].format(n=last))

    reading = engines.read_rows(endless(), cs.load_codebook(), "processes", 1)
    read = list(itertools.islice(reading, 20))
    reading.close()  # type: ignore[attr-defined]
    assert [item[0].article_id for item in read if not isinstance(item, Reject)] == [
        f"{n}.txt" for n in range(1, 21)
    ]
    assert last <= 20 + 2 * (engines._AHEAD + 2)


def test_a_killed_worker_is_told_with_what_it_was_reading(
    inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "_BATCH", 1)
    reading = engines.read_rows(read_articles(inbox), cs.load_codebook(), "processes", 1)
    next(reading)
    for worker in multiprocessing.active_children():
        worker.kill()
    with pytest.raises(WorkerError, match=r"killed or crashed.*\d\d\.txt.*engine='serial'"):
        list(reading)


@pytest.mark.parametrize(
    ("engine", "workers", "words"),
    [
        ("threads", None, "unknown engine 'threads'; known: serial, processes"),
        ("processes", 0, "from 1 on"),
        ("serial", 2, "workers are for engine='processes'"),
    ],
)
def test_an_engine_that_there_is_not_is_refused_at_once(
    tmp_path: Path, engine: str, workers: int | None, words: str
) -> None:
    with pytest.raises(EngineError, match=words):
        cs.load(tmp_path, engine=engine, workers=workers)
