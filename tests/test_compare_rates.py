"""Interception rates: taken where one source gives both figures for one attack, refused with the reason elsewhere."""

from __future__ import annotations

import math
from typing import Any

import pytest
from factories import claim, claims

from conflictstats.compare import rates
from conflictstats.errors import ConflictstatsError
from conflictstats.tables import RATE_COLUMNS, REFUSED_RATE_COLUMNS, empty_claims

NIGHT = ("2024-09-04", "2024-09-05")
AIR: dict[str, Any] = {"item": "drone", "source": "Air Force", "article_id": "a"}


def launched(best: float, **more: Any) -> dict[str, Any]:
    return claim(best, **({"event": "launched", "period": NIGHT} | AIR | more))


def downed(best: float, **more: Any) -> dict[str, Any]:
    return claim(best, **({"event": "intercepted", "period": NIGHT} | AIR | more))


def test_a_rate_has_the_band_of_its_claims_and_two_intervals_as_if_a_sample() -> None:
    found = rates(claims(launched(40, hedge="about"), downed(26)))
    row = found.rates.iloc[0]
    assert row["rate"] == 26 / 40
    assert (round(row["low"], 3), round(row["high"], 3)) == (0.591, 0.722)  # 26 of 44, 26 of 36
    # Wilson by its formula: (26 + z²/2) / (40 + z²) = 0.640, and 0.120 either way
    assert (round(row["wilson_low"], 3), round(row["wilson_high"], 3)) == (0.52, 0.761)
    assert (round(row["jeffreys_low"], 3), round(row["jeffreys_high"], 3)) == (0.521, 0.764)
    assert found.refused.empty


@pytest.mark.parametrize(
    ("part", "reason"),
    [
        ({"period": None}, "a period is not stated"),  # 68 shot down, over 178 launched last week
        ({"period": ("2024-09-01", "2024-09-05")}, "the periods differ"),
        ({"place": "Kyiv"}, "the places differ"),
        ({"variant": "reconnaissance"}, "the kinds of weapon differ"),
        ({"best": 50}, "more intercepted than launched"),
        ({"aggregation": "cumulative"}, "they count in different ways"),
    ],
)
def test_a_rate_is_refused_with_its_reason(part: dict[str, Any], reason: str) -> None:
    best = part.pop("best", 20) if "best" in part else 20
    found = rates(claims(launched(32), downed(best, **part)))
    assert found.rates.empty
    assert found.refused["reason"].tolist() == [reason]
    assert reason in found.refused["detail"].iloc[0]


def test_two_sources_and_two_articles_of_their_own_voice_give_no_rate() -> None:
    assert rates(claims(launched(32), downed(20, source="Mayor"))).rates.empty
    own = {"source": None, "source_id": None, "source_side": None}
    assert len(rates(claims(launched(32, **own), downed(20, **own))).rates) == 1
    assert rates(claims(launched(32, **own), downed(20, **own | {"article_id": "b"}))).rates.empty


def test_a_part_of_its_total_and_all_twelve_need_no_period() -> None:
    total = launched(4, claim_id="t", period=None)
    assert rates(claims(total, downed(3, period=None, part_of="t"))).rates["rate"].tolist() == [0.75]
    words: dict[str, Any] = {"start": 4, "end": 10, "period": None}
    everything = rates(claims(launched(12, **words), downed(12, **words))).rates
    assert everything["rate"].tolist() == [1.0]
    assert everything["jeffreys_high"].tolist() == [1.0]


def test_the_sides_must_be_crossed() -> None:
    sent = launched(32, actor="Russia", target="Ukraine")
    assert len(rates(claims(sent, downed(20, actor="Ukraine", target="Russia"))).rates) == 1
    assert rates(claims(sent, downed(20, actor="Russia", target="Ukraine"))).rates.empty


def test_vague_figures_give_a_band_and_no_rate() -> None:
    row = rates(claims(launched(None, low=24, high=99, hedge="vague"), downed(20))).rates.iloc[0]
    assert math.isnan(row["rate"]) and math.isnan(row["wilson_low"])
    assert (round(row["low"], 2), round(row["high"], 2)) == (0.2, 0.83)


def test_nothing_to_rate() -> None:
    found = rates(empty_claims())
    assert list(found.rates.columns) == list(RATE_COLUMNS)
    assert list(found.refused.columns) == list(REFUSED_RATE_COLUMNS)
    with pytest.raises(ConflictstatsError, match="between 0 and 1"):
        rates(empty_claims(), confidence=90)


@pytest.mark.parametrize(
    ("total", "part", "reason"),
    [
        ({"item": "drone_or_missile"}, {"item": "missile"}, "the kinds of weapon differ"),
        ({}, {"variant": "decoy"}, "the kinds of weapon differ"),
        ({"aggregation": "per_day"}, {}, "they count in different ways"),
        ({"aggregation": "increment"}, {"aggregation": "increment"}, "a change against an earlier figure is no attack"),
        ({"place": "Ukraine"}, {"place": "Odesa"}, "the places differ"),
        ({"low": None, "high": None}, {}, "a bound is not known"),
        ({"best": 0}, {}, "nothing was launched"),
    ],
)  # fmt: skip
def test_even_a_part_of_its_total_may_be_no_rate(
    total: dict[str, Any], part: dict[str, Any], reason: str
) -> None:
    """20 missiles of 60 drones and missiles tell nothing of how many missiles came through."""
    found = rates(claims(launched(**{"best": 60, "claim_id": "t"} | total), downed(20, part_of="t", **part)))
    assert found.rates.empty
    assert found.refused["reason"].tolist() == [reason]


def test_some_of_what_was_intercepted_is_no_rate() -> None:
    """ "26 of 32 were shot down, two more lost from radar": nobody says that 6 % were intercepted."""
    found = rates(claims(launched(32, claim_id="t"), downed(26, part_of="t"), downed(2, part_of="t")))
    assert found.rates["n_intercepted"].tolist() == [26]
    assert found.refused["reason"].str.contains("some of what was intercepted").tolist() == [True]


def test_a_refusal_is_a_sentence() -> None:
    table = claims(launched(60, claim_id="t", source="another"), downed(20, source="one", part_of="t"))
    [row] = rates(table).refused.itertuples()
    assert row.detail.startswith("one: 20 drones intercepted and 60 launched, by another, give no rate")
