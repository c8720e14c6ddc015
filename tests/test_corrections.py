"""Corrections: written from a row, found again, applied, told; and what is refused, with file and line."""

from __future__ import annotations

import math
from pathlib import Path

import pandas as pd
import pytest

import conflictstats as cs
from conflictstats.corrections import (
    CORRECTABLE,
    Correction,
    corrected,
    find_corrections,
    notes,
    read_corrections,
)
from conflictstats.errors import CorrectionError
from conflictstats.tables import CLAIM_COLUMNS, EVENTS, ITEMS, frame

HEADER = "claim_id,column,value,author,reason\n"


def claims(*rows: dict[str, object]) -> pd.DataFrame:
    plain = dict.fromkeys(CLAIM_COLUMNS) | {
        "article_id": "a.txt", "event": "killed", "item": "person", "unit": "count", "low": 3.0, "best": 3.0,
        "high": 3.0, "hedge": "exact", "status": "asserted", "aggregation": "period", "voice": "reported",
        "period_basis": "none", "place_basis": "none", "text": "3", "start": 0, "end": 1,
    }  # fmt: skip
    return frame([tuple((plain | row).values()) for row in rows], CLAIM_COLUMNS)


def apply(table: pd.DataFrame, *lines: Correction) -> tuple[pd.DataFrame, pd.DataFrame]:
    return corrected(table, lines, ["a.txt"], events=EVENTS, items=ITEMS)


def line(claim_id: str, column: str, value: str, **more: str) -> Correction:
    return Correction(claim_id, column, value, "Ana", "why", **more)


# --------------------------------------------------------------------------- applying


def test_a_fix_changes_the_cell_and_keeps_the_id() -> None:
    before = claims({"claim_id": "c1", "evidence": "3: plain"}, {"claim_id": "c2"})
    after, told = apply(before, line("c1", "item", "civilian"), line("c2", "place", "Kyiv"))
    assert list(after["claim_id"]) == ["c1", "c2"]
    assert list(after["item"]) == ["civilian", "person"]
    assert list(after["evidence"]) == [
        "3: plain; item person → civilian by Ana: why",
        "place empty → Kyiv by Ana: why; with it place_basis none → stated",
    ]
    assert list(told["outcome"]) == ["fixed", "fixed"]
    assert list(told["was"].fillna("")) == ["person", ""]
    assert list(before["item"]) == ["person", "person"]  # the frame that was given stays as it was


@pytest.mark.parametrize(
    ("column", "value", "expected"),
    [
        ("high", "inf", math.inf),
        ("best", "", math.nan),
        ("period_start", "2023-08-06", pd.Timestamp("2023-08-06")),
        ("place", "", pd.NA),
        ("hedge", "at_least", "at_least"),
    ],
)
def test_values_take_the_type_of_their_column(column: str, value: str, expected: object) -> None:
    table = claims({"claim_id": "c1"})
    after, _ = apply(table, line("c1", column, value))
    got = after.loc[0, column]
    assert pd.isna(got) if pd.isna(expected) else got == expected  # type: ignore[call-overload]
    assert after[column].dtype == table[column].dtype


def test_a_rejected_claim_goes_and_its_parts_stand_alone() -> None:
    after, told = apply(
        claims({"claim_id": "whole"}, {"claim_id": "part", "part_of": "whole"}),
        line("whole", "claim", "rejected"),
    )
    assert list(after["claim_id"]) == ["part"]
    assert after["part_of"].isna().all()
    assert list(told["outcome"]) == ["rejected"]


def test_a_confirmed_claim_says_so() -> None:
    after, told = apply(claims({"claim_id": "c1"}), line("c1", "claim", "confirmed"))
    assert after.loc[0, "evidence"] == "confirmed by Ana: why"
    assert list(told["outcome"]) == ["confirmed"]


def test_bounds_may_move_together() -> None:
    after, _ = apply(
        claims({"claim_id": "c1"}), *(line("c1", name, "12") for name in ("low", "best", "high"))
    )
    assert after.loc[0, ["low", "best", "high"]].tolist() == [12, 12, 12]
    with pytest.raises(CorrectionError, match="low ≤ high"):
        apply(claims({"claim_id": "c1"}), line("c1", "low", "12"))


def test_items_are_those_of_the_codebook() -> None:
    with pytest.raises(CorrectionError, match="'tnk'"):
        apply(claims({"claim_id": "c1"}), line("c1", "item", "tnk"))
    after, _ = corrected(
        claims({"claim_id": "c1"}), [line("c1", "item", "camel")], [], events=EVENTS, items=(*ITEMS, "camel")
    )
    assert after.loc[0, "item"] == "camel"


def test_what_finds_no_claim_is_told() -> None:
    _, told = apply(
        claims({"claim_id": "c1"}),
        line("gone", "item", "civilian", article="a.txt", words="3"),  # another version reads it otherwise
        line("lost", "item", "civilian", article="a.txt", words="4"),
        line("away", "item", "civilian", article="b.txt", words="3"),  # not in this run: no orphan
        line("c1", "item", "person"),  # the reader has learnt it
    )
    assert list(told["outcome"]) == ["orphan", "orphan", "elsewhere", "as_read"]
    assert list(told["candidates"].fillna("")) == ["c1", "", "", ""]
    assert notes(told) == [
        "3 in a.txt: no claim gone was read; these words are now claim c1 (Ana: why)",
        "4 in a.txt: no claim lost was read; nothing stands there any more (Ana: why)",
        "3 in a.txt: item is read as person by itself now (Ana: why)",
    ]


def test_no_corrections_change_nothing() -> None:
    table = claims({"claim_id": "c1"})
    after, told = apply(table)
    assert after is table
    assert told.empty and list(told.columns)


# --------------------------------------------------------------------------- reading


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("claim_id,column,value\n", "no column author, reason"),
        (HEADER + "c1,item,tank,Ana\n", "line 2: 4 cells where the first line has 5"),
        (HEADER + ",item,tank,Ana,why\n", "line 2: claim_id is empty"),
        (HEADER + "c1,item,tank,,why\n", "line 2: author is empty"),
        (HEADER + "c1,claim,wrong,Ana,why\n", "'rejected' or 'confirmed', not 'wrong'"),
        (HEADER + "c1,text,3,Ana,why\n", "column 'text' cannot be corrected; those that can are: claim"),
        (HEADER + "c1,published,2023-08-07,Ana,why\n", "there is dates.csv"),
        (HEADER + "\nc1,low,many,Ana,why\n", "line 3: low is 'many'; write a number"),
        (HEADER + "c1,period_end,7/8/2023,Ana,why\n", "write a date as YYYY-MM-DD"),
        (HEADER + "c1,hedge,sure,Ana,why\n", "hedge is 'sure'; valid are: exact"),
        (HEADER + "c1,item,,Ana,why\n", "item may not be empty"),
    ],
)
def test_what_cannot_be_understood_is_refused_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "corrections.csv").write_text(text)
    with pytest.raises(CorrectionError) as error:
        read_corrections(tmp_path / "corrections.csv")
    assert "corrections.csv" in str(error.value)
    assert said in str(error.value)


def test_two_that_disagree_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    file = tmp_path / "corrections.csv"
    file.write_text(HEADER + "c1,claim,confirmed,Ana,why\nc1,claim,confirmed,Ben,too\n")
    assert len(find_corrections(tmp_path, (".txt",), "auto")) == 1
    file.write_text(HEADER + "c1,claim,confirmed,Ana,why\nc1,claim,rejected,Ben,no\n")
    with pytest.raises(
        CorrectionError, match=r"line 3: .*'rejected', and 'confirmed' in corrections.csv, line 2"
    ):
        find_corrections(tmp_path, (".txt",), "auto")


def test_those_beside_the_articles_and_above_are_taken(tmp_path: Path) -> None:
    folder = tmp_path / "in" / "deep"
    folder.mkdir(parents=True)
    (folder / "a.txt").write_text("x")
    for place, name in ((tmp_path, "outside"), (tmp_path / "in", "above"), (folder, "beside")):
        (place / "corrections.csv").write_text(f"{HEADER}{name},claim,confirmed,Ana,why\n")
    found = find_corrections(tmp_path / "in", (".txt",), "auto")
    assert [one.claim_id for one in found] == ["above", "beside"]
    assert find_corrections(tmp_path / "in", (".txt",), None) == []
    named = find_corrections(tmp_path / "in", (".txt",), tmp_path / "corrections.csv")
    assert [one.claim_id for one in named] == ["outside"]


# --------------------------------------------------------------------------- writing, and a run


def test_from_a_row_into_the_next_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    articles = tmp_path / "articles"
    articles.mkdir()
    text = "Three people were killed in Kharkiv, and two tanks were destroyed near Bakhmut, officials said."
    (articles / "a.txt").write_text(text)
    (tmp_path / "notebooks").mkdir()
    monkeypatch.chdir(tmp_path / "notebooks")  # as in JupyterLab, where articles are found one folder up
    corpus = cs.load("articles")
    assert corpus.corrections.empty
    killed = corpus.claims[corpus.claims["event"] == "killed"]
    tanks = corpus.claims[corpus.claims["item"] == "tank"]
    own = {"author": "Ana", "reason": 'the original says "BMP", twice', "file": "articles/corrections.csv"}
    cs.correction(tanks, "item", "drone", **own)
    cs.correction(tanks.iloc[0], "item", "armoured_vehicle", **own)  # replaces the line before
    cs.correction(killed.iloc[0], value="rejected", **own)
    written = cs.correction(tanks.iloc[0], "period_start", pd.Timestamp("2023-08-06"), **own)
    assert list(written["value"]) == ["armoured_vehicle", "rejected", "2023-08-06"]
    assert list(written["words"]) == ["two", "Three", "two"]

    again = cs.load("articles")
    assert list(again.claims["item"]) == ["armoured_vehicle"]
    assert list(again.claims["claim_id"]) == list(tanks["claim_id"])
    assert (
        'item tank → armoured_vehicle by Ana: the original says "BMP", twice'
        in again.claims.loc[0, "evidence"]
    )
    assert sorted(again.corrections["outcome"]) == ["fixed", "fixed", "rejected"]
    cs.save_tables(again, tmp_path)
    pd.testing.assert_frame_equal(cs.open_tables(tmp_path).corrections, again.corrections)
    assert len(cs.load("articles", corrections=None).claims) == 2


def test_the_helper_refuses_what_the_reader_would(tmp_path: Path) -> None:
    file = tmp_path / "corrections.csv"
    row = {"claim_id": "c1"}
    with pytest.raises(CorrectionError, match="'colour' cannot be corrected"):
        cs.correction(row, "colour", "red", author="Ana", reason="why", file=file)
    with pytest.raises(CorrectionError, match="reason is empty"):
        cs.correction(row, author="Ana", reason=" ", file=file)
    with pytest.raises(CorrectionError, match="no claim_id"):
        cs.correction({}, author="Ana", reason="why", file=file)
    with pytest.raises(CorrectionError, match="2 rows"):
        cs.correction(claims({"claim_id": "a"}, {"claim_id": "b"}), author="Ana", reason="why", file=file)
    assert not file.exists()


def test_every_column_is_correctable_or_a_fact_of_the_text() -> None:
    assert {"event", "low", "source", "actor", "place", "period_end", "incident"} <= set(CORRECTABLE)
    assert not {"claim_id", "text", "start", "evidence", "published"} & set(CORRECTABLE)


def test_what_is_known_of_a_place_or_a_source_goes_with_it() -> None:
    read = claims(
        {"claim_id": "c1", "place": "Kyiv", "place_id": "gn:703448", "region": "Kyiv City", "country": "Ukraine", "lat": 50.45,
         "lon": 30.52, "place_basis": "dateline", "source": "Ivan", "source_id": "ivan"},
        {"claim_id": "c2", "source": "General Staff", "source_id": "ukraine-general-staff"},
    )  # fmt: skip
    after, _ = apply(read, line("c1", "place", "Odesa"), line("c1", "source", "General Staff"))
    assert after.loc[0, ["place", "place_basis", "source_id"]].tolist() == [
        "Odesa",
        "stated",
        "ukraine-general-staff",
    ]
    assert after.loc[0, ["place_id", "region", "country", "lat", "lon"]].isna().all()
    assert "place_id gn:703448 → empty" in after.loc[0, "evidence"]  # type: ignore[operator]
    kept, _ = apply(read, line("c1", "place", "Odesa"), line("c1", "country", "Ukraine"))
    assert kept.loc[0, "country"] == "Ukraine"
    emptied, _ = apply(read, line("c1", "place", ""))
    assert (emptied.loc[0, "place_basis"], emptied.loc[0, "place_id"] is pd.NA) == ("none", True)


def test_a_corrected_day_is_no_guess_any_more() -> None:
    """It would be compared as one of the days up to publication, and left out of charts."""
    day = {"period_start": pd.Timestamp("2024-03-01").date(), "period_end": pd.Timestamp("2024-03-04").date()}
    read = claims(
        {"claim_id": "c1", "published": pd.Timestamp("2024-03-04").date(), "period_basis": "dateline"} | day
    )
    after, _ = apply(read, line("c1", "period_start", "2024-03-03"), line("c1", "period_end", "2024-03-03"))
    assert after.loc[0, "period_basis"] == "stated"
    same, _ = apply(read, line("c1", "period_start", "2024-03-01"))
    assert same.loc[0, "period_basis"] == "dateline"
