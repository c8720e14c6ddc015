"""The dateline test: figures held against a series at the article's date and at every other."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from factories import claim, claims

import conflictstats as cs
from conflictstats import reference
from conflictstats.tables import empty_claims

HERE = Path(__file__).parent
SEED = HERE.parent / "seeds" / "000_91ec7e60efdce552.txt"
DATES = HERE.parent / "seeds" / "dates.csv"
AIR: dict[str, Any] = {"event": "launched", "actor": "Russia", "target": "Ukraine", "article_id": "a"}


@pytest.fixture(scope="module")
def attacks() -> reference.Reference:
    return reference.read("missile_attacks", HERE / "reference" / "attacks.csv")


def findings(found: cs.Dateline) -> dict[str, str]:
    return dict(zip(found.figures["text"], found.figures["expected"], strict=True))


def test_the_seed_article_at_the_date_of_its_events(attacks: reference.Reference) -> None:
    """70 fits the night of 5 to 6 August; 250 and 178 are not the table's figures for their days; 68 has none."""
    found = cs.dateline(cs.load(SEED, dates=DATES).claims, attacks)
    assert findings(found) == {
        "around 70": "fits", "around 250": "does not fit", "178": "does not fit",
    }  # fmt: skip
    assert "68" in set(found.untested["text"])
    seventy = found.figures.set_index("text").loc["around 70"]
    assert (seventy["n_windows"], seventy["n_matching"]) == (7, 1)  # Sundays
    assert seventy["matching"] == "2023-08-06"
    assert seventy["detail"] == (
        "around 70 drones and missiles launched: fits 6 August 2023, for which the table gives 70;"
        " 1 of the 7 Sundays in the table fits (2023-08-06)"
    )
    assert found.rule.startswith("The night belongs to the morning")


def test_the_week_of_the_seed_articles_header_is_outside_the_table(attacks: reference.Reference) -> None:
    """Read as of its header, and read as of its events but tested at its header, say the same."""
    as_of_header = cs.load(SEED, dates=None).claims
    for found in (
        cs.dateline(as_of_header, attacks),
        cs.dateline(cs.load(SEED, dates=DATES).claims, attacks, published="2023-11-17"),
    ):
        assert set(findings(found).values()) == {"outside the table"}
        best = found.dates[found.dates["n_fitting"] > 0]
        assert set(best["fitting"]) == {"around 70"}
        # any day from that Sunday to the Saturday after would call it "Sunday"
        assert (best["published"].min(), best["published"].max()) == (
            pd.Timestamp("2023-08-06"), pd.Timestamp("2023-08-12"),
        )  # fmt: skip
        assert found.dates.loc[found.dates["shift"] == 0, "n_tested"].tolist() == [0]
    assert as_of_header["published"].eq(pd.Timestamp("2023-11-17")).all()  # nothing was re-dated


def test_a_night_is_one_day_and_two_days_are_two(attacks: reference.Reference) -> None:
    night = ("2023-08-05", "2023-08-06")
    df = claims(
        claim(67, item="drone_or_missile", text="67", period=night, period_text="overnight", **AIR),
        claim(70, item="drone_or_missile", text="70", period=night, period_text="overnight", **AIR),
        claim(
            70,
            item="drone_or_missile",
            text="two days",
            period=night,
            period_text="in the past 24 hours",
            **AIR,
        ),
    )
    figures = cs.dateline(df, attacks).figures.set_index("text")
    assert figures["days"].to_dict() == {"67": 1, "70": 1, "two days": 2}
    assert figures["expected"].to_dict() == {"67": "does not fit", "70": "fits", "two days": "fits"}
    assert figures["n_matching"].to_dict() == {"67": 0, "70": 1, "two days": 2}


def test_how_much_fits_by_chance(attacks: reference.Reference) -> None:
    """Nine of ten days give nothing: "up to 30 drones" would fit nearly all, and its chance says so."""
    day = ("2023-08-06", "2023-08-06")
    df = claims(claim(30, hedge="at_most", item="drone", period=day, **AIR))
    figure = cs.dateline(df, attacks).figures.iloc[0]
    assert figure["n_windows"] == 49
    assert figure["chance"] == 1
    assert figure["expected"] == "fits"


def test_calendar_weeks_stay_calendar_weeks(attacks: reference.Reference) -> None:
    week = ("2023-07-31", "2023-08-06")
    df = claims(claim(70, item="drone_or_missile", period=week, period_text="last week", **AIR))
    found = cs.dateline(df, attacks)
    assert found.figures["n_windows"].tolist() == [7]
    assert found.figures["matching"].tolist() == ["2023-07-31 – 2023-08-06"]
    fitting = found.dates[found.dates["n_fitting"] > 0]["published"]
    assert sorted(fitting) == [*pd.date_range("2023-08-07", "2023-08-13")]  # any day of the week after


def test_what_is_not_tested_is_listed_with_its_reason(attacks: reference.Reference) -> None:
    day = ("2023-08-06", "2023-08-06")
    rows = [
        claim(70, item="drone", text="a", status="denied", period=day, **AIR),
        claim(70, item="drone", text="b", aggregation="cumulative", period=day, **AIR),
        claim(70, item="drone", text="c", **AIR),
        claim(70, item="drone", text="d", period=day, period_basis="dateline", **AIR),
        claim(70, item="drone", text="e", period=day, part_of="x", **AIR),
        claim(70, item="drone", text="f", hedge="at_least", period=day, **AIR),
        claim(70, item="drone", text="g", period=("2023-01-01", "2023-08-06"), **AIR),
        claim(70, text="h", period=day),
    ]
    found = cs.dateline(claims(*rows), attacks)
    assert found.figures.empty
    assert [*found.untested.sort_values("text")["reason"]] == [
        "it is denied",
        "it counts as cumulative, not by period",
        "it has no period that hangs on the article's date",
        "its period is not stated, only assumed from the article's date",
        "it is a part of another figure",
        "a zero or an open bound fits too much",
        "its period is longer than 31 days",
        "the table does not count people killed",
    ]
    assert cs.dateline(empty_claims(), attacks).figures.empty


@pytest.mark.skipif("CONFLICTSTATS_REFERENCE" not in os.environ, reason="names the folder of the real tables")
def test_the_seed_article_against_the_real_table() -> None:
    (file,) = Path(os.environ["CONFLICTSTATS_REFERENCE"]).glob("*missile_attacks*.csv")
    real = reference.read("missile_attacks", file)
    found = cs.dateline(cs.load(SEED, dates=DATES).claims, real)
    assert findings(found) == {
        "around 70": "fits", "around 250": "does not fit", "178": "does not fit",
    }  # fmt: skip
    assert found.figures.set_index("text").loc["around 70", "n_matching"] == 1
    header = cs.dateline(cs.load(SEED, dates=None).claims, real)
    assert set(findings(header).values()) == {"outside the table"}
