"""Articles and archives in a bucket: of memory, and (`make test-s3`) of a server that speaks S3."""

from __future__ import annotations

import gzip
import importlib.util
import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import fsspec
import pandas as pd
import pytest

import conflictstats as cs
from conflictstats.articles import read_articles
from conflictstats.errors import ArticleError

TEXT = "At least {n} people were killed in Kharkiv on Wednesday, the governor said."
SERVED = all(importlib.util.find_spec(name) for name in ("moto", "s3fs"))


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    running = subprocess.Popen(
        [sys.executable, "-m", "moto.server", "-p", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{port}")
        patch.setenv("AWS_ACCESS_KEY_ID", "anybody")
        patch.setenv("AWS_SECRET_ACCESS_KEY", "anything")
        patch.setenv("AWS_DEFAULT_REGION", "us-east-1")
        try:
            for _ in range(600):
                try:
                    socket.create_connection(("127.0.0.1", port)).close()
                    break
                except OSError:
                    time.sleep(0.2)
            yield f"http://127.0.0.1:{port}"
        finally:
            running.kill()
            running.wait()


@pytest.fixture(
    params=[
        "memory",
        pytest.param("s3", marks=pytest.mark.skipif(not SERVED, reason="moto and s3fs: `make test-s3`")),
    ]
)
def bucket(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty bucket's address."""
    name = f"{request.param}://{tmp_path.name.replace('_', '-')}"
    if request.param == "s3":
        request.getfixturevalue("server")
    fs = fsspec.filesystem(request.param)
    fs.mkdir(name)
    return name


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """A folder of files of several kinds, with what is no article among them."""
    folder = tmp_path / "inbox"
    for n in range(4):
        day = folder / f"day-{n % 2}"
        day.mkdir(parents=True, exist_ok=True)
        (day / f"{n}.txt").write_text(f"date 2023-08-0{n + 1}\n\n{TEXT.format(n=n + 3)}")
    rows = [{"text": TEXT.format(n=n + 20), "date": f"2023-07-{n + 1:02}"} for n in range(6)]
    (folder / "dump.jsonl.gz").write_bytes(gzip.compress("\n".join(map(json.dumps, rows)).encode()))
    pd.DataFrame(rows).to_parquet(folder / "day-1" / "table.parquet")
    (folder / "dates.csv").write_text("article,published,reason\nday-0/2.txt,2022-12-24,put online late\n")
    (folder / "day-1" / "dates.csv").write_text(
        "article,published,reason\n3.txt,2022-12-25,put online late\n"
    )
    (folder / ".hidden.txt").write_text(TEXT.format(n=99))
    (folder / "README.md").write_text("Ninety people were killed.")
    (folder / "broken.txt").write_bytes(b"%PDF-1.7 no text")
    return folder


def put(folder: Path, address: str) -> None:
    fs, root = fsspec.core.url_to_fs(address)
    for path in folder.rglob("*"):
        if path.is_file():
            fs.pipe_file(f"{root}/{path.relative_to(folder).as_posix()}", path.read_bytes())


def assert_same(one: cs.Corpus, other: cs.Corpus) -> None:
    for name in ("claims", "articles", "rejects", "dates", "corrections"):
        pd.testing.assert_frame_equal(getattr(one, name), getattr(other, name))


def test_articles_in_a_bucket_are_those_of_a_folder(bucket: str, inbox: Path) -> None:
    row = cs.load(inbox).claims.iloc[0]
    cs.correction(row, "item", "civilian", author="Ana", reason="misread", file=inbox / "corrections.csv")
    put(inbox, f"{bucket}/inbox")
    loaded = cs.load(f"{bucket}/inbox")
    assert len(loaded.articles) == 16 and list(loaded.corrections["outcome"]) == ["fixed"]
    assert len(loaded.dates) == 2
    assert_same(loaded, cs.load(inbox))


def test_a_file_and_a_glob_in_a_bucket(bucket: str, inbox: Path, tmp_path: Path) -> None:
    put(inbox, f"{bucket}/inbox")
    for path in ("dump.jsonl.gz", "day-*/*.txt", "*/table.parquet", "broken.txt"):
        local = list(read_articles(inbox / path, dates=None))
        assert list(read_articles(f"{bucket}/inbox/{path}", dates=None)) == local and local
    with pytest.raises(ArticleError, match=r"no file or folder at '.*nothing'"):
        read_articles(f"{bucket}/nothing")
    with pytest.raises(ArticleError, match="nosuch"):
        read_articles("nosuch://bucket/articles")


def test_what_is_read_of_a_bucket_is_not_left_on_the_disk(
    bucket: str, inbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(inbox, f"{bucket}/inbox")
    place = tmp_path / "temporary"
    place.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(place))
    reading = read_articles(f"{bucket}/inbox")
    next(reading)
    assert len([path for path in place.rglob("*") if path.is_file() and path.suffix != ".csv"]) == 1
    list(reading)
    assert not list(place.iterdir())


def test_an_archive_in_a_bucket_of_articles_in_a_bucket(bucket: str, inbox: Path, tmp_path: Path) -> None:
    put(inbox, f"{bucket}/inbox")
    kept = cs.archive(f"{bucket}/inbox", f"{bucket}/archive")
    assert (kept.new, kept.changed, kept.unchanged, len(kept.rejects)) == (16, [], 0, 1)
    cs.archive(inbox, tmp_path / "archive")
    assert_same(cs.open(f"{bucket}/archive"), cs.open(tmp_path / "archive"))
    fs, root = fsspec.core.url_to_fs(f"{bucket}/inbox")
    fs.pipe_file(f"{root}/day-0/0.txt", b"Nine people were killed.")
    kept = cs.archive(f"{bucket}/inbox", f"{bucket}/archive")
    assert (kept.new, kept.changed, kept.unchanged) == (0, ["day-0/0.txt"], 15)
    assert (
        len(cs.open(f"{bucket}/archive", start="2023-07-01", end="2023-07-31", event="killed").claims) == 12
    )
    # an archive stands where articles stand, and is none among them
    assert len(cs.load(f"{bucket}/archive").articles) == 16
    whole = cs.load([f"{bucket}/inbox", f"{bucket}/archive"])
    assert whole.rejects["reason"].str.contains("an archive of claims").sum() == 1
