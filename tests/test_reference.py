"""Reference tables: formats of others in one schema, bad rows set aside, totals with what they cover."""

from __future__ import annotations

import math
import os
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from factories import claim, claims

import conflictstats as cs
from conflictstats import reference
from conflictstats.errors import TableError
from conflictstats.reference.tables import check
from conflictstats.tables import REFERENCE_COLUMNS, read_table, write_table

HERE = Path(__file__).parent / "reference"
FILES = {
    "ucdp_ged": "ucdp.csv",
    "acled": "acled.csv",
    "missile_attacks": "attacks.csv",
    "general_staff_losses": "equipment.json",
    "economist_estimates": "estimates.csv",
    "gaza_daily": "gaza.json",
}
# What is wrong with the samples: kind → row and the beginning of the reason.
WRONG = {
    "ucdp_ged": [(3, "low is above high")],
    "acled": [(5, "no date")],
    "missile_attacks": [(7, "more destroyed"), (8, "no date of this war"), (9, "no weapon")],
    "general_staff_losses": [
        (2, "the running total"),
        (3, "the running total"),
        (4, "a date in the year 25"),
    ],
    "economist_estimates": [(5, "low is above high"), (6, "a date in the year 25"), (7, "no figure")],
    "gaza_daily": [],
}
NIGHT = ("2023-08-06", "2023-08-06")
WEEK = ("2023-07-31", "2023-08-06")


def table(kind: str, **options: Any) -> reference.Reference:
    return reference.read(kind, HERE / FILES[kind], **options)


def asked(event: str, item: str, days: tuple[str, str], **more: Any) -> dict[str, Any]:
    return {"event": event, "item": item, "period_start": days[0], "period_end": days[1], **more}


def total(kind: str, event: str, item: str, days: tuple[str, str], **more: Any) -> reference.Total:
    return reference.total(table(kind), asked(event, item, days, **more))


@pytest.mark.parametrize("kind", reference.KINDS)
def test_every_kind_has_the_same_schema_and_lists_what_is_wrong(kind: str, tmp_path: Path) -> None:
    read = table(kind)
    assert [*read.rows.columns] == [*REFERENCE_COLUMNS]
    check(read.rows)
    found = [*zip(read.problems["row"], read.problems["reason"], strict=True)]
    assert len(found) == len(WRONG[kind])
    for (row, reason), (expected, begins) in zip(found, WRONG[kind], strict=True):
        assert row == expected
        assert reason.startswith(begins)
    for suffix in ("parquet", "csv", "jsonl"):
        write_table(read.rows, tmp_path / f"rows.{suffix}")
        pd.testing.assert_frame_equal(read_table(tmp_path / f"rows.{suffix}"), read.rows)


def test_a_night_belongs_to_its_morning() -> None:
    """Saturday 18:00 to Sunday 05:00 is Sunday's; 70 launched and 57 brought down, nothing on Saturday."""
    found = total("missile_attacks", "launched", "drone_or_missile", NIGHT)
    assert (found.low, found.best, found.high, found.rows) == (70, 70, 70, 3)
    assert total("missile_attacks", "intercepted", "drone_or_missile", NIGHT).best == 57
    assert total("missile_attacks", "launched", "drone_or_missile", ("2023-08-05",) * 2).best == 0
    assert found.complete
    assert found.detail.endswith(
        "70 drones and missiles launched for 6 August 2023, 3 rows, 1 of 1 days present"
    )


def test_kinds_of_weapons() -> None:
    july = ("2023-07-01", "2023-07-24")
    assert total("missile_attacks", "launched", "missile", july).best == 14
    assert total("missile_attacks", "launched", "missile", NIGHT, variant="cruise").best == 40
    assert total("missile_attacks", "launched", "missile", NIGHT, variant="hypersonic").best == 3
    drones = total("missile_attacks", "launched", "drone", july)
    # 32 attack drones and three of no known kind; five for reconnaissance are perhaps not meant
    assert (drones.low, drones.high) == (35, 40)
    assert math.isnan(drones.best)


@pytest.mark.parametrize(
    ("place", "low", "high"),
    [("Odesa region", 20, 40), ("Kharkiv", 0, 20), ("Odesa oblast and Kyiv oblast", 0, 20)],
)
def test_a_row_for_several_places_or_the_whole_country_is_perhaps_there(
    place: str, low: float, high: float
) -> None:
    """Twenty drones went to Odesa alone; 12, 3 and 5 to the country or the south, and perhaps there."""
    found = total("missile_attacks", "launched", "drone", ("2023-07-01", "2023-07-24"), place=place)
    assert (found.low, found.high) == (low, high)


def test_coverage() -> None:
    late = total("missile_attacks", "launched", "drone", ("2023-08-18", "2023-08-24"))
    assert (late.best, late.present, late.days, late.complete) == (14, 3, 7, False)
    after = total("missile_attacks", "launched", "drone", ("2023-11-12", "2023-11-12"))
    assert after.refused == "outside the table, which covers 2023-07-03 to 2023-08-20"
    aside = total("missile_attacks", "launched", "drone", ("2023-07-24", "2023-07-28"))
    assert (aside.best, aside.aside, aside.complete) == (0, 2, False)  # one bad row, one unknown weapon


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        (asked("launched", "shell", NIGHT), "the table does not count shells launched"),
        (asked("killed", "person", NIGHT), "the table does not count people killed"),
        (asked("launched", "drone", NIGHT, actor="Ukraine"), "the table counts what other sides did"),
        (asked("launched", "drone", NIGHT, conflict="Sudan"), "the table has nothing about Sudan"),
        (asked("launched", "drone", NIGHT, aggregation="per_day"), "the question asks for a per_day"),
        (asked("launched", "drone", NIGHT, unit="percent"), "the table counts"),
        ({"event": "launched", "item": "drone", "period_start": None, "period_end": pd.NaT}, "the question gives no period"),
    ],
)  # fmt: skip
def test_a_total_is_refused_with_its_reason(question: dict[str, Any], reason: str) -> None:
    found = reference.total(table("missile_attacks"), question)
    assert found.refused is not None
    assert found.refused.startswith(reason)
    assert math.isnan(found.low)


def test_running_totals_become_days() -> None:
    """A total that falls leaves its day unknown; a correction may explain it."""
    plain, corrected = (
        table("general_staff_losses"),
        table("general_staff_losses", corrections=HERE / "corrections.json"),
    )
    question = asked("destroyed", "armoured_vehicle", ("2023-08-02", "2023-08-03"))
    first, second = reference.total(plain, question), reference.total(corrected, question)
    assert (first.best, first.present, first.aside) == (7, 1, 1)
    assert (second.best, second.present, second.aside) == (12, 2, 0)  # 198 − 200 + 7, then 7
    day = reference.total(plain, asked("destroyed", "drone", ("2023-08-02", "2023-08-03")))
    assert day.best == 10  # "destroyed" and "intercepted" drones are one
    since = ("2022-02-24", "2023-08-04")
    running = reference.total(plain, asked("destroyed", "tank", since, aggregation="cumulative"))
    assert running.best == 103
    assert running.detail.endswith("103 tanks destroyed as of 3 August 2023")
    old = reference.total(
        plain, asked("destroyed", "tank", ("2022-02-24", "2023-09-04"), aggregation="cumulative")
    )
    assert old.refused is not None


def test_personnel_keeps_its_hedge_and_a_missing_day_is_missing() -> None:
    read = reference.read("general_staff_losses", HERE / "personnel.json")
    days = reference.total(read, asked("casualties", "combatant", ("2023-08-02", "2023-08-05")))
    assert (days.best, days.present, days.days) == (
        130,
        2,
        4,
    )  # the third is missing, so the fourth is unknown
    since = asked("casualties", "combatant", ("2022-02-24", "2023-08-04"), aggregation="cumulative")
    assert reference.total(read, since).high == math.inf  # "more than"


def test_estimates_are_running_totals_of_many_sources() -> None:
    war = ("2022-02-24", "2023-06-15")
    read = table("economist_estimates")
    ukraine = reference.total(
        read, asked("killed", "combatant", war, target="Ukraine", aggregation="cumulative")
    )
    assert (ukraine.low, ukraine.high, ukraine.source_side) == (15_000, 20_000, "third_party")
    russia = reference.total(
        read, asked("casualties", "combatant", war, target="Russia", aggregation="cumulative")
    )
    assert (russia.low, russia.high) == (0, math.inf)  # "up to 70,000", "60,000 or more"
    assert [*read.rows["source_side"].unique()] == ["third_party", "Ukraine"]
    assert reference.total(read, asked("killed", "combatant", war)).refused is not None


def test_gaza_in_days_and_what_was_filled_in() -> None:
    read = table("gaza_daily")
    all_days = reference.total(read, asked("killed", "person", ("2023-10-07", "2023-10-13")))
    assert (all_days.best, all_days.present, all_days.days) == (160, 6, 7)
    assert "1 filled in by the table's makers" in all_days.detail
    half = reference.total(read, asked("killed", "person", ("2023-10-10", "2023-10-10")))
    assert (half.low, half.high) == (0, 70)  # one report for two days
    both = reference.total(read, asked("killed", "women_and_children", ("2023-10-08", "2023-10-10")))
    assert both.best == 70
    assert set(read.rows["basis"]) == {"stated", "derived", "extrapolated"}


def test_events_by_place_and_war() -> None:
    days = ("2019-05-01", "2019-05-07")
    read = table("ucdp_ged")
    syria = reference.total(read, asked("killed", "person", days, conflict="Syria"))
    assert (syria.low, syria.best, syria.high, syria.aside) == (13, 15, 19, 1)
    assert reference.total(read, asked("killed", "person", days, place="Riverton town")).best == 10
    # the table does not say who did it: nothing to hold against a question that does
    assert reference.total(read, asked("killed", "person", days, actor="Syria", place="Coast")).best == 4
    assert reference.total(read, asked("killed", "person", days, place="North province")).best == 15
    assert reference.total(read, asked("killed", "person", days, place="Coast")).best == 4
    inside = reference.total(read, asked("killed", "person", ("2019-05-03", "2019-05-03"), place="North"))
    assert (inside.low, inside.high) == (0, 5)  # an event of three days
    acled = table("acled")
    assert reference.total(acled, asked("killed", "person", ("2019-05-01", "2019-05-02"))).best == 8
    assert reference.total(acled, asked("conducted", "clash", ("2019-05-01", "2019-05-02"))).best == 1


def test_only_complete_totals_compete_with_claims() -> None:
    shared: dict[str, Any] = {
        "event": "launched",
        "actor": "Russia",
        "target": "Ukraine",
        "source": "Governor",
    }
    df = claims(
        claim(90, item="drone_or_missile", period=NIGHT, **shared),
        claim(30, item="drone", period=("2023-08-20", "2023-08-22"), **shared),
        claim(4, event="killed", period=NIGHT),
    )
    own = reference.as_claims(table("missile_attacks"), df)
    assert own[["low", "best", "high", "source"]].to_numpy().tolist() == [
        [70, 70, 70, "Ukraine's Air Force (reference table)"]
    ]
    pairs = cs.compare(pd.concat([df, own], ignore_index=True)).pairs
    assert pairs["verdict"].tolist() == ["disputed"]
    assert "90" in pairs["detail"].iloc[0]
    assert "70" in pairs["detail"].iloc[0]


def test_the_wrong_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="known: ucdp_ged"):
        reference.read("ucdp", HERE / "ucdp.csv")
    with pytest.raises(TableError, match="lacks time_start"):
        reference.read("missile_attacks", HERE / "ucdp.csv")
    with pytest.raises(TableError, match="no such file"):
        reference.read("acled", tmp_path / "no.csv")
    (tmp_path / "a.json").write_text("{", encoding="utf-8")
    with pytest.raises(TableError, match=r"not a readable \.json"):
        reference.read("gaza_daily", tmp_path / "a.json")
    (tmp_path / "a.json").write_text('{"a": 1}', encoding="utf-8")
    with pytest.raises(TableError, match="a list of records"):
        reference.read("gaza_daily", tmp_path / "a.json")
    with pytest.raises(TableError, match="has no corrections"):
        table("acled", corrections=HERE / "corrections.json")


@pytest.mark.skipif("CONFLICTSTATS_REFERENCE" not in os.environ, reason="names the folder of the real tables")
def test_the_real_tables() -> None:
    folder = Path(os.environ["CONFLICTSTATS_REFERENCE"])
    (attacks,) = folder.glob("*missile_attacks*.csv")
    read = reference.read("missile_attacks", attacks)
    assert reference.total(read, asked("launched", "drone_or_missile", NIGHT)).best == 70
    assert reference.total(read, asked("intercepted", "drone_or_missile", NIGHT)).best == 58
    assert "no weapon" not in " ".join(read.problems["reason"])
    (events,) = folder.glob("*ucdp*.csv")
    assert (
        reference.read("ucdp_ged", events).problems["reason"].str.startswith("low is above high")
    ).sum() == 7


def test_the_command_lists_what_is_set_aside_and_holds_claims_against_the_table(tmp_path: Path) -> None:
    from click.testing import CliRunner

    from conflictstats.cli import main

    seed = HERE.parent.parent / "seeds" / "000_91ec7e60efdce552.txt"
    write_table(cs.load(seed, dates=None).claims, tmp_path / "claims.parquet")
    arguments = ["reference", "missile_attacks", str(HERE / "attacks.csv"), "-o", str(tmp_path / "rows.csv")]
    done = CliRunner().invoke(main, [*arguments, "--claims", str(tmp_path / "claims.parquet")])
    assert done.exit_code == 0, done.output
    assert "around 70 drones and missiles launched: 12 November 2023 is outside the table" in done.output
    assert "set aside: row 7, destroyed '11': more destroyed than launched (9)" in done.output
    assert "20 figures of 2023-07-03 to 2023-08-20, 3 set aside." in done.output
    assert len(read_table(tmp_path / "rows.csv")) == 20
    wrong = CliRunner().invoke(main, ["reference", "ucdp", str(HERE / "ucdp.csv")])
    assert wrong.exit_code == 2
    assert all(kind in wrong.output for kind in reference.KINDS)
