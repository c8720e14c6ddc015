"""Cut for many workers or not, the same articles come out in the same order."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conflictstats.articles import KINDS, portions, read_articles, read_portion, reading
from conflictstats.articles.inputs import find_files
from conflictstats.records import Article, Reject

TEXT = "At least {n} people were killed in Kharkiv on Wednesday, the governor said."
# what a row may be: an article, one that has the id of another, no text, no JSON
ROWS = {
    "article": lambda n: json.dumps({"text": TEXT.format(n=n)}),
    "same id": lambda n: json.dumps({"id": "a", "text": TEXT.format(n=n)}),
    "no text": lambda n: json.dumps({"id": "a", "text": None}),
    "no JSON": lambda n: "{",
    "blank": lambda n: "",
    "French": lambda n: json.dumps({"text": "Le gouverneur a dit que la ville avait été bombardée dans la nuit de mardi à mercredi, selon lui sans victimes. " * 3}),
}  # fmt: skip


def in_portions(paths: Path | list[Path]) -> list[Article | Reject]:
    cut = portions.cut(find_files(paths, KINDS), portions.rows_of)
    return [item for portion in cut for item in read_portion(portion, reading())]


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything is large."""
    monkeypatch.setattr(portions, "_BYTES", 1)
    monkeypatch.setattr(portions, "_ROWS", 2)
    monkeypatch.setattr(portions, "_PIECES", 5)


@settings(max_examples=60, deadline=None)
@given(kinds=st.lists(st.sampled_from(list(ROWS)), max_size=23), piece=st.integers(1, 4))
def test_a_table_in_pieces_is_the_table(
    kinds: list[str], piece: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("t")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(portions, "_BYTES", 1)
        patch.setattr(portions, "_ROWS", piece)
        (folder / "t.jsonl").write_text("\n".join(ROWS[kind](n) for n, kind in enumerate(kinds)))
        assert in_portions(folder) == list(read_articles(folder))


def test_any_inputs_in_portions_are_the_inputs(small: None, tmp_path: Path) -> None:
    rows = [{"text": TEXT.format(n=n), "day": "2023-08-09", "id": f"row {n}"} for n in range(11)]
    lines = "\n".join(map(json.dumps, rows)).encode()
    (tmp_path / "a.jsonl").write_bytes(lines)
    (tmp_path / "b.jsonl.gz").write_bytes(gzip.compress(lines))
    (tmp_path / "c.jsonl.gz").write_bytes(gzip.compress(lines)[:-20])  # damaged
    pd.DataFrame(rows).to_csv(tmp_path / "d.csv", index=False)
    pd.DataFrame(rows).to_parquet(tmp_path / "e.parquet")
    (tmp_path / "f.parquet").write_bytes(b"no Parquet")
    (tmp_path / "g.csv").write_text("no,text\n1,2\n")
    (tmp_path / "h.csv").write_text("text\n" + '"' + TEXT.format(n=8) + "\n" * 9 + '"\n1\n')
    for n in range(5):
        (tmp_path / f"i{n}.txt").write_text(TEXT.format(n=n))
    (tmp_path / "dates.csv").write_text(
        "article,published,reason\na.jsonl#row 7,2023-12-24,put online late\n"
    )
    whole = list(read_articles(tmp_path))
    assert sum(isinstance(item, Article) for item in whole) > 50
    assert in_portions(tmp_path) == whole


def test_small_files_are_read_together_and_large_tables_in_pieces(
    small: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "dump.jsonl").write_text("\n".join(json.dumps({"text": TEXT.format(n=n)}) for n in range(20)))
    cut = portions.cut(find_files(tmp_path, KINDS), portions.rows_of)
    assert list(map(str, cut)) == [
        "dump.jsonl, rows 1 to 4", "dump.jsonl, rows 5 to 8", "dump.jsonl, rows 9 to 12",
        "dump.jsonl, rows 13 to 16", "dump.jsonl, rows from 17 on",
    ]  # fmt: skip
    monkeypatch.setattr(portions, "_BYTES", 1_000)
    (tmp_path / "dump.jsonl").unlink()
    for n in range(30):
        (tmp_path / f"{n:02}.txt").write_text(TEXT.format(n=n))
    together = list(portions.cut(find_files(tmp_path, KINDS), portions.rows_of))
    assert [len(portion.files) for portion in together] == [13, 13, 4]
    assert str(together[1]) == "13.txt to 25.txt"
