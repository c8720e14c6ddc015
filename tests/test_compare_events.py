"""Two attacks are not one event: what tells them apart, in pairs of sentences that look alike in a table."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from factories import claim, claims

from conflictstats.compare import compare, explain
from conflictstats.errors import ConflictstatsError

DAY = ("2023-08-06", "2023-08-06")
CITY: dict[str, Any] = {
    "place": "Kharkiv",
    "place_id": "gn:706483",
    "region": "Kharkiv",
    "country": "Ukraine",
}
HERE_DAY = date(2023, 8, 6)
HERE: dict[str, Any] = {"target": "Ukraine", "period": DAY} | CITY


def verdict(left: dict[str, Any], right: dict[str, Any], *beside: dict[str, Any]) -> tuple[str, str]:
    """How the two first figures stand, and why; what has no row is not comparable."""
    pairs = compare(claims(left, right, *beside)).pairs
    ids = {left["claim_id"], right["claim_id"]}
    rows = [row for row in pairs.itertuples() if {row.left, row.right} == ids]
    return (rows[0].verdict, rows[0].detail) if rows else ("not_comparable", "")


def told(sentence: str, best: float, text: str | None = None, **fields: Any) -> dict[str, Any]:
    text = text or f"{best:g}"
    source = fields.pop("source", f"source of {sentence}")
    fields.setdefault("start", sentence.index(text))
    return claim(best, sentence=sentence, text=text, source=source, **fields)


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("A car bomb killed 9 people.", "Shells killed 4 people in the market.", "not_comparable"),
        ("Warplanes killed 9 people.", "Gunmen killed 4 people.", "not_comparable"),
        ("A drone killed 9 people.", "Mortars killed 4 people.", "not_comparable"),
        # words that leave it open, or that may mean the same
        ("A car bomb killed 9 people.", "A blast killed 4 people.", "disputed"),
        ("A car bomb killed 9 people.", "A suicide attack killed 4 people.", "disputed"),
        ("A missile killed 9 people.", "Shells and rockets killed 4 people.", "disputed"),
        ("Chlorine killed 9 people.", "Barrels dropped by a helicopter killed 4 people.", "disputed"),
    ],
)
def test_two_kinds_of_attack_are_two_attacks(left: str, right: str, expected: str) -> None:
    assert verdict(told(left, 9, **HERE), told(right, 4, **HERE))[0] == expected


def test_a_toll_of_one_size_is_of_one_attack_whatever_the_word_for_it() -> None:
    """One says shelling, the other bombing; thirty and 31 dead on one day are one toll."""
    left, right = (
        told("Shells killed 31 people.", 31, **HERE),
        told("Warplanes killed 30 people.", 30, **HERE),
    )
    assert verdict(left, right)[0] == "close"


@pytest.mark.parametrize(
    ("part", "number"),
    [
        ("The strike killed 15 men and 27 fighters, with another 10 people yet to be named.", 10),
        ("He was killed along with 3 other people.", 3),
        ("The ministry said 31 people hurt there were being treated in its hospitals.", 31),
        ("It said 3 people had died since being brought over the border.", 3),
        ("The group said that 1 person blew himself up in the bus.", 1),
    ],
)
def test_a_part_of_a_toll_is_no_rival_to_it(part: str, number: float) -> None:
    event = "wounded" if "hurt" in part else "killed"
    total = told("The attack left 90 victims.", 90, event=event, **HERE)
    assert verdict(told(part, number, event=event, **HERE), total)[0] in ("nested", "not_comparable")


def test_the_wounded_others_are_all_the_wounded() -> None:
    left = told("Shells killed 6 people and wounded 30 others.", 30, event="wounded", **HERE)
    right = told("Shells wounded 45 people.", 45, event="wounded", **HERE)
    assert verdict(left, right)[0] == "disputed"


def test_a_source_that_gives_both_figures_disputes_neither() -> None:
    """5,000 left one town and 2,200 another; who reports the 5,000 does not deny the 2,200."""
    both = "They left: 5000 from the one town, 2200 from the other."
    move: dict[str, Any] = {"event": "displaced", "article_id": "both", "source": "A"} | HERE
    large, small = told(both, 5000, **move), told(both, 2200, **move)
    other = told("About 5000 people left.", 5000, event="displaced", source="B", **HERE)
    assert verdict(large, other, small)[0] == "agree"
    kind, detail = verdict(small, other, large)
    assert kind == "not_comparable"
    assert "must count something else" in detail


def test_two_cities_together_are_neither_of_them() -> None:
    """Eight were killed in Kharkiv and Kherson, six in Kharkiv: no dispute."""
    both = told("8 people were killed by shells in Kharkiv and Kherson.", 8, target="Ukraine", period=DAY)
    assert verdict(both, told("6 people were killed by shells.", 6, **HERE))[0] == "not_comparable"


def test_a_day_is_no_attack() -> None:
    """45 dead in 24 hours, whatever killed them, and three dead of one shell."""
    span = ("2023-08-05", "2023-08-06")
    whole = told(
        "45 people were killed in the last 24 hours.",
        45,
        **HERE | {"period": span},
        period_text="in the last 24 hours",
    )
    assert verdict(whole, told("Shells killed 3 people.", 3, **HERE))[0] == "nested"


def test_a_source_of_every_day_revises_only_what_is_of_one_event() -> None:
    """The police tell of two shellings of one city; the second toll is no correction of the first."""
    police: dict[str, Any] = {"source": "police of Kharkiv", "target": "Ukraine"} | CITY
    first = told("Shells fell on the park, killing 2 people.", 2, published="2023-08-06", **police)
    second = told("Shells fell on the market, killing 3 people.", 3, published="2023-08-07", **police)
    assert verdict(first, second)[0] == "not_comparable"
    dated = [
        row | {"period_start": HERE_DAY, "period_end": HERE_DAY, "period_basis": "stated"}
        for row in (first, second)
    ]
    assert verdict(*dated)[0] == "revision"


def test_the_same_number_without_its_hedge_is_no_revision() -> None:
    police: dict[str, Any] = {"source": "police of Kharkiv"} | HERE
    first = told("At least 25 people were killed.", 25, hedge="at_least", published="2023-08-06", **police)
    assert verdict(first, told("25 people were killed.", 25, published="2023-08-07", **police))[0] == "agree"


def test_a_month_in_the_words_is_not_the_day_of_the_article() -> None:
    """ "In May" gives no days, and yet is not the day that the article last spoke of."""
    article: dict[str, Any] = {"article_id": "one", "target": "Ukraine", **CITY}
    old = told("A similar bombing killed 12 people in May.", 12, source="A", **article)
    new = told(
        "The governor said on Sunday that 31 people were killed.", 31, source="B", period=DAY, **article
    )
    assert verdict(old, new)[0] == "not_comparable"


def test_explain_judges_by_the_article_where_it_has_the_table() -> None:
    """A toll without a day is of the day that its article spoke of before: alone it may be of any."""
    sunday = told("Shells killed 3 people on Sunday.", 3, article_id="one", **HERE)
    bare = told(
        "The mayor said 9 people were wounded.", 9, event="wounded", article_id="one", start=60, **CITY
    )
    other = told("Shells wounded 9 people.", 9, event="wounded", **HERE)
    table = claims(sunday, bare, other)
    _, a, b = (row for _, row in table.iterrows())
    assert explain(a, b, claims=table).assumed == ("period (of the article)", "target")
    assert explain(a, b).assumed == ("period", "target")
    with pytest.raises(ConflictstatsError, match="no claim"):
        explain(a, b, claims=table.head(1))


@pytest.mark.parametrize(
    ("bare", "expected"),
    [
        ("Fighting killed 120 people on Sunday, activists said.", "disputed"),
        ("Shells fell on Homs on Sunday. In all, 120 people were killed, activists said.", "nested"),
    ],
)
def test_the_whole_country_of_a_civil_war_says_no_more_than_the_war(bare: str, expected: str) -> None:
    war: dict[str, Any] = {"conflict": "Syria", "period": DAY}
    land = {"place": "Syria", "place_id": "SY", "country": "Syria"}
    across = told("The observatory counted 134 people killed across Syria on Sunday.", 134, **war, **land)
    assert verdict(across, told(bare, 120, **war))[0] == expected


def test_the_days_of_a_report_are_assumed() -> None:
    april: dict[str, Any] = {"period": ("2023-04-01", "2023-04-30")} | CITY
    bulletin = claim(402, source="a monitor", period_basis="report", **april)
    [pair] = compare(claims(bulletin, claim(377, source="a ministry", **april))).pairs.itertuples()
    assert (pair.verdict, pair.assumed) == ("close", "period (of the report)")
