from __future__ import annotations

import io
import math
import sqlite3
from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from factories import claim, claims
from hypothesis import given, settings
from hypothesis import strategies as st

import conflictstats as cs
from conflictstats import records, tables
from conflictstats.errors import OptionError, TableError

SUFFIXES = [".parquet", ".csv", ".jsonl"]


def made_claim(text: str = "68", start: int = 3, article_id: str = "a.txt", **measure: str) -> records.Claim:
    article = records.Article(article_id, f"...{text} drones", published=date(2023, 8, 7))
    quantity = records.Quantity(
        start,
        start + len(text),
        text,
        68,
        68,
        math.inf,
        "at_least",
        "count",
        "count",
        3,
        5,
        evidence=("number",),
    )
    return records.Claim(
        article,
        records.Sentence(0, 0, 0, len(article.text), article.text),
        quantity,
        records.Measure(
            **{"event": "intercepted", "item": "drone"} | measure, evidence=("shot down", "number")
        ),
        records.Parties(actor="Ukraine"),
        records.Attribution(source=""),
        records.Setting(period_start=date(2023, 8, 6), period_basis="stated"),
        evidence=("main path",),
    )


def test_claims_frame_holds_what_the_records_say() -> None:
    df = tables.claims_frame([made_claim()], "test 1.0")
    row = df.iloc[0]
    assert list(df.columns) == list(tables.CLAIM_COLUMNS)
    assert row["claim_id"] == made_claim().claim_id
    assert row["evidence"] == "number; shot down; main path"  # in the order of the path, none twice
    assert row["high"] == math.inf
    assert row["period_start"] == pd.Timestamp(2023, 8, 6)
    assert pd.isna(row["period_end"]) and pd.isna(row["target"]) and pd.isna(row["lat"])
    assert row["source"] == ""  # empty is not missing


def test_claims_stand_in_the_order_of_articles_then_text() -> None:
    made = [
        made_claim(start=9, article_id="b.txt"),
        made_claim(start=5, article_id="a.txt"),
        made_claim(start=5, article_id="a.txt", event="hit"),
        made_claim(start=1, article_id="b.txt"),
    ]
    df = tables.claims_frame(made, "test")
    assert [*zip(df["article_id"], df["start"], df["event"], strict=True)] == [
        ("b.txt", 1, "intercepted"),
        ("b.txt", 9, "intercepted"),
        ("a.txt", 5, "hit"),
        ("a.txt", 5, "intercepted"),
    ]


def test_an_empty_table_has_columns_and_types() -> None:
    df = tables.check_claims(tables.empty_claims())
    assert df.dtypes.astype(str).to_dict() == claims(claim(1)).dtypes.astype(str).to_dict()


def test_articles_frame_lists_the_conflicts_of_its_claims() -> None:
    article = records.Article("article1.txt", "Text", published=date(2023, 8, 7))
    found = claims(claim(1, article_id="article1.txt"), claim(2, article_id="article1.txt", conflict="Gaza"))
    df = tables.articles_frame([article, records.Article("b.txt", "")], found)
    assert df["conflicts"].tolist() == ["Russia-Ukraine; Gaza", pd.NA]
    assert df["sha256"].iloc[0] == article.sha256


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_files_give_back_the_same_frame(suffix: str, tmp_path: Path) -> None:
    df = claims(
        claim(3.218688, hedge="at_least", source="", sentence='Quotes "here", commas,\nand newlines\n'),
        claim(None, low=24, high=99, hedge="vague", source=None, published=None, text="dozens"),
        claim(0, period=("0025-08-01", "2023-08-06"), sentence="=1+1", text="null", source="NaN"),
        claim(0.1 + 0.2, source="inf"),
    )
    tables.write_table(df, tmp_path / f"claims{suffix}")
    pd.testing.assert_frame_equal(tables.read_table(tmp_path / f"claims{suffix}"), df)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_an_empty_table_survives_its_file(suffix: str, tmp_path: Path) -> None:
    tables.write_table(tables.empty_claims(), tmp_path / f"claims{suffix}")
    pd.testing.assert_frame_equal(tables.read_table(tmp_path / f"claims{suffix}"), tables.empty_claims())


words = st.none() | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\x00"), max_size=6)
numbers = st.floats(allow_nan=True, allow_infinity=True)
days = st.none() | st.dates()


@settings(max_examples=60, deadline=None)
@given(rows=st.lists(st.tuples(words, words, numbers, days), min_size=1, max_size=4))
@pytest.mark.parametrize("suffix", SUFFIXES)
def test_any_cell_survives_its_file(
    suffix: str,
    rows: list[tuple[str | None, str | None, float, date | None]],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    made = claims(*(claim(c, low=c, source=a, sentence=b, published=d) for a, b, c, d in rows))
    path = tmp_path_factory.mktemp("t") / f"t{suffix}"
    tables.write_table(made, path)
    pd.testing.assert_frame_equal(tables.read_table(path), made)


def test_parquet_bytes_depend_on_the_data_alone(tmp_path: Path) -> None:
    df = claims(claim(5), claim(6))
    tables.write_table(df, tmp_path / "a.parquet")
    tables.write_table(df.set_index(np.array([7, 9])), tmp_path / "b.parquet")
    assert (tmp_path / "a.parquet").read_bytes() == (tmp_path / "b.parquet").read_bytes()


def test_dates_are_iso_and_infinity_is_inf(tmp_path: Path) -> None:
    tables.write_table(claims(claim(5, hedge="at_least")), tmp_path / "c.csv")
    line = (tmp_path / "c.csv").read_text().splitlines()[1]
    assert ",2023-08-07," in line and ",5,5,inf," in line


def test_spreadsheets_get_harmless_cells_on_request_only(tmp_path: Path) -> None:
    df = claims(*(claim(1, sentence=s) for s in ["=HYPERLINK(1)", "+1", "-1", "@x", "\tx", "x=1"]))
    tables.write_table(df, tmp_path / "safe.csv", for_spreadsheet=True)
    safe = tables.read_table(tmp_path / "safe.csv")["sentence"].tolist()
    assert safe == ["'=HYPERLINK(1)", "'+1", "'-1", "'@x", "'\tx", "x=1"]
    assert df["sentence"].iloc[0] == "=HYPERLINK(1)"


def test_other_tables_keep_columns_that_no_contract_knows(tmp_path: Path) -> None:
    df = pd.DataFrame({"path": pd.array(["x"], dtype="string"), "seconds": [1.5]})
    tables.write_table(df, tmp_path / "t.csv")
    pd.testing.assert_frame_equal(tables.read_table(tmp_path / "t.csv"), df)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"event": "kiled"}, ["'event'", "'kiled'", "row 1", "killed", "codebook"]),
        ({"unit": "miles"}, ["'unit'", "'miles'", "km2"]),
        ({"hedge": None}, ["'hedge'", "empty in row 1", "at_least"]),
        ({"period_basis": "guess"}, ["'period_basis'", "dateline"]),
        ({"claim_id": None}, ["'claim_id'", "empty in row 1"]),
        ({"low": 9}, ["row 1", "low 9.0", "low ≤ ", "unknown is NaN"]),
        ({"best": None, "low": 9, "high": 3}, ["row 1", "low ≤ high"]),
        ({"period": ("2023-08-07", "2023-08-06")}, ["period_start ≤ period_end"]),
    ],
)
def test_what_breaks_the_contract_is_named(fields: dict[str, object], words: list[str]) -> None:
    with pytest.raises(TableError) as error:
        tables.check_claims(claims(claim(4), claim(**{"best": 5} | fields)))  # type: ignore[arg-type]
    for word in words:
        assert word in str(error.value)


def test_a_missing_column_and_a_wrong_type_are_named() -> None:
    with pytest.raises(TableError, match="no column 'hedge'"):
        tables.check_claims(claims(claim(4)).drop(columns="hedge"))
    with pytest.raises(TableError, match=r"'low' has type .*float64"):
        tables.check_claims(claims(claim(4)).astype({"low": "string"}))


def test_a_codebook_may_have_items_of_its_own() -> None:
    df = claims(claim(4, item="balloon"))
    assert tables.check_claims(df, items=[*tables.ITEMS, "balloon"]) is df


def test_files_that_are_no_tables_are_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(TableError, match=r"claims\.xlsx.*\.parquet, \.csv, \.jsonl"):
        tables.write_table(tables.empty_claims(), tmp_path / "claims.xlsx")
    with pytest.raises(TableError, match="no such file"):
        tables.read_table(tmp_path / "none.csv")
    (tmp_path / "broken.parquet").write_bytes(b"not parquet")
    (tmp_path / "broken.csv").write_text("low\nmany\n")
    for name in ("broken.parquet", "broken.csv"):
        with pytest.raises(TableError, match=name):
            tables.read_table(tmp_path / name)


def read_from_sql(df: pd.DataFrame) -> pd.DataFrame:
    with sqlite3.connect(":memory:") as database:
        df.to_sql("claims", database, index=False)
        return pd.read_sql("select * from claims", database)


def in_zone(df: pd.DataFrame, zone: str) -> pd.DataFrame:
    days = {name: df[name].dt.tz_localize(zone) for name in ("published", "period_start", "period_end")}
    return df.assign(**days)


def with_days(df: pd.DataFrame, change: Callable[[pd.Series], pd.Series]) -> pd.DataFrame:
    return df.assign(**{name: change(df[name]) for name in ("published", "period_start", "period_end")})


WAYS_BACK: dict[str, Callable[[pd.DataFrame], pd.DataFrame]] = {
    "csv": lambda df: pd.read_csv(io.StringIO(df.to_csv(index=False))),
    "json": lambda df: pd.read_json(io.StringIO(df.to_json(orient="records", date_format="iso"))),
    "sql": read_from_sql,
    "time zone": lambda df: in_zone(df, "Europe/Kyiv"),
    "hours": lambda df: with_days(df, lambda days: days.astype("datetime64[ns]") + pd.Timedelta("13h")),
    "date objects": lambda df: with_days(df, lambda days: days.dt.date),
    "pyarrow": lambda df: df.convert_dtypes(dtype_backend="pyarrow"),
    "nullable": lambda df: df.convert_dtypes(),
    "category": lambda df: df.astype(dict.fromkeys(df.select_dtypes("string").columns, "category")),
    "index of its own": lambda df: df.set_index(["article_id", "claim_id"], drop=False),
    "index twice": lambda df: df.set_axis([0] * len(df)),
}


@pytest.mark.parametrize("way", WAYS_BACK)
def test_claims_that_came_back_another_way_compare_the_same(way: str) -> None:
    df = claims(
        claim(
            6, article_id="a.txt", source="police", published="2024-03-05", hedge="at_least", high=math.inf
        ),
        claim(9, article_id="b.txt", source="mayor", published="2024-03-05", place="Kharkiv"),
        claim(70, article_id="c.txt", event="launched", item="drone", source="mayor", published="2024-03-06"),
        claim(
            60, article_id="c.txt", event="intercepted", item="drone", source="mayor", published="2024-03-06"
        ),
    )
    back = WAYS_BACK[way](df)
    before = back.copy(deep=True)
    pd.testing.assert_frame_equal(cs.compare(back).questions, cs.compare(df).questions)
    pd.testing.assert_frame_equal(cs.compare(back).pairs, cs.compare(df).pairs)
    pd.testing.assert_frame_equal(cs.rates(back).rates, cs.rates(df).rates)
    pd.testing.assert_frame_equal(cs.revisions(back), cs.revisions(df))
    cs.charts.claims_over_time(back)
    pd.testing.assert_frame_equal(back, before)  # the caller's own frame stays as it was


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda df: df["low"], ["Series", ".claims"]),
        (lambda df: None, ["NoneType", "cs.load()"]),
        (lambda df: pd.concat([df, df[["event"]]], axis=1), ["'event'", "twice"]),
        (lambda df: df.assign(low="six"), ["'low'", "six"]),
        (lambda df: df.assign(published=1709596800000), ["'published'", "1709596800000", "2024-03-05"]),
    ],
)
def test_what_is_no_table_of_claims_is_refused_with_the_cure(
    change: Callable[[pd.DataFrame], pd.DataFrame], words: list[str]
) -> None:
    for verb in (cs.compare, cs.rates, cs.revisions, cs.contradictions, cs.house_effects):
        with pytest.raises(TableError) as refused:
            verb(change(claims(claim(6))))
        assert all(word in str(refused.value) for word in words), refused.value


def test_a_row_of_a_table_is_read_as_a_text_or_refused_by_name() -> None:
    undated = cs.load_text("Six people were killed on Monday.", published=pd.NaT).claims.iloc[0]
    assert pd.isna(undated["published"]) and pd.isna(undated["period_start"])
    with pytest.raises(cs.ConflictstatsError, match=r"5 March 2024.*YYYY-MM-DD"):
        cs.load_text("Six people were killed.", published="5 March 2024")
    with pytest.raises(cs.ConflictstatsError, match="a text is asked for, and a float came"):
        cs.load_text(math.nan)  # type: ignore[arg-type]


def test_a_table_of_texts_is_no_file_and_a_cell_without_text_is_no_text() -> None:
    texts = pd.DataFrame({"text": ["Two people were killed in Kharkiv."]})
    with pytest.raises(OptionError, match="a table came"):
        cs.load(texts)  # type: ignore[arg-type]
    with pytest.raises(OptionError, match="a float came"):
        cs.quantities(math.nan)  # type: ignore[arg-type]


def test_a_text_is_dated_by_what_a_cell_of_a_table_holds() -> None:
    text = "Two people were killed in Kharkiv on Monday."
    for day in (date(2024, 3, 5), pd.Timestamp("2024-03-05 10:00"), "2024-03-05"):
        assert cs.load_text(text, day).claims["period_start"].tolist() == [pd.Timestamp("2024-03-04")]
    for unknown in (None, pd.NaT, pd.NA, math.nan):
        assert cs.load_text(text, unknown).claims["period_start"].isna().all()  # type: ignore[arg-type]
    with pytest.raises(OptionError, match="published is 2024"):
        cs.load_text(text, 2024)  # type: ignore[arg-type]


def test_a_midnight_told_in_another_zone_is_no_day() -> None:
    table = claims(claim(12, period=("2024-03-04", "2024-03-04")))
    kyiv = table.assign(period_start=table["period_start"].dt.tz_localize("Europe/Kyiv").dt.tz_convert("UTC"))
    with pytest.raises(TableError, match="tz_convert"):
        cs.compare(kyiv)
