"""Which claims compete, and what is said of them: pairs of figures that an editor would lay side by side."""

from __future__ import annotations

import math
from datetime import date
from typing import Any

import pandas as pd
import pytest
from factories import claim, claims
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from conflictstats.codebook import load_codebook
from conflictstats.compare import Verdict, compare, explain
from conflictstats.errors import ConflictstatsError, TableError
from conflictstats.tables import EVENTS, ITEMS, PAIR_COLUMNS, QUESTION_COLUMNS, empty_claims

DAY = ("2023-08-06", "2023-08-06")
WEEK = ("2023-07-30", "2023-08-06")


def pair(a: dict[str, Any], b: dict[str, Any], **choices: Any) -> Verdict:
    df = claims(a, b)
    return explain(df.iloc[0], df.iloc[1], **choices)


def two(left: dict[str, Any], right: dict[str, Any], **shared: Any) -> Verdict:
    """Two sources about the same day and place, unless a test says otherwise."""
    common = {"period": DAY, "place": "Kharkiv", "target": "Ukraine", "actor": "Russia"} | shared
    return pair(claim(**({"source": "A"} | common | left)), claim(**({"source": "B"} | common | right)))


@pytest.mark.parametrize(
    ("left", "right", "verdict"),
    [
        ({"best": 6}, {"best": 6}, "agree"),
        ({"best": 70, "hedge": "about"}, {"best": 75}, "agree"),  # 63–77 holds 75
        ({"best": 11, "hedge": "at_least"}, {"best": 17}, "compatible"),  # only the open end reaches 17
        ({"best": 112, "hedge": "at_least"}, {"best": 112}, "agree"),  # the number itself is firm
        ({"best": 60, "hedge": "at_most"}, {"best": 20}, "compatible"),
        ({"best": 60, "hedge": "at_most"}, {"best": 60}, "agree"),
        ({"best": 48}, {"best": 45}, "close"),  # within a tenth
        ({"best": 32}, {"best": 38}, "disputed"),
        ({"best": 38, "hedge": "at_least"}, {"best": 32}, "disputed"),  # an open end that leads away
        ({"best": 0}, {"best": 212}, "disputed"),
        ({"low": 24, "high": 99, "hedge": "vague"}, {"best": 40}, "compatible"),  # dozens may be 40
        ({"low": 24, "high": 99, "hedge": "vague"}, {"best": 150}, "compatible"),  # a vague upper end alone
        ({"low": 24, "high": 99, "hedge": "vague"}, {"best": 5}, "disputed"),  # but five are not dozens
        ({"low": 24, "high": 99, "hedge": "vague"}, {"low": 24, "high": 99, "hedge": "vague"}, "agree"),
    ],
)
def test_bounds_decide_between_comparable_figures(left: Any, right: Any, verdict: str) -> None:
    assert two(left, right).verdict == verdict
    assert two(right, left).verdict == verdict


def test_tolerance_is_a_choice() -> None:
    a, b = claim(100, source="A", period=DAY), claim(115, source="B", period=DAY)
    assert pair(a, b).verdict == "disputed"
    assert pair(a, b, tolerance=0.2).verdict == "close"
    with pytest.raises(ConflictstatsError, match="between 0 and 1"):
        pair(a, b, tolerance=10)


def test_hedge_rules_are_a_choice() -> None:
    """Dozens are 24 to 99 by ours, 12 by rules like ACLED's."""
    a = claim(low=24, high=99, hedge="vague", source="A", period=DAY)
    b = claim(12, source="B", period=DAY)
    assert pair(a, b).verdict == "disputed"
    assert pair(a, b, rules="acled").verdict == "agree"
    with pytest.raises(ConflictstatsError, match="ours, ucdp, acled"):
        pair(a, b, rules="acledd")


@pytest.mark.parametrize(
    ("left", "right", "verdict"),
    [
        (DAY, ("2023-08-05", "2023-08-06"), "disputed"),  # Sunday, and the night to Sunday
        (WEEK, ("2023-07-31", "2023-08-06"), "disputed"),  # past seven days, last week
        (WEEK, ("2023-07-31", "2023-08-07"), "disputed"),  # two speakers' past weeks, a day apart
        (DAY, ("2023-08-08", "2023-08-08"), "not_comparable"),
        (DAY, WEEK, "nested"),
        (("2023-08-01", "2023-08-10"), ("2023-08-05", "2023-08-20"), "not_comparable"),
    ],
)
def test_periods_match_when_equal_or_a_day_apart(left: Any, right: Any, verdict: str) -> None:
    a, b = claim(40, source="A", period=left), claim(90, source="B", period=right)
    assert pair(a, b).verdict == verdict


def test_running_totals_match_by_start_and_as_of() -> None:
    total: dict[str, Any] = {"aggregation": "cumulative", "event": "casualties", "item": "combatant"}
    a = claim(100, source="A", period=("2022-02-24", "2023-08-06"), **total)
    b = claim(150, source="B", period=("2022-02-24", "2023-08-07"), **total)
    later = claim(150, source="B", period=("2022-02-24", "2023-09-07"), **total)
    same = claim(160, source="A", period=("2022-02-24", "2023-09-07"), **total)
    assert pair(a, b).verdict == "disputed"
    assert pair(a, later).verdict == "not_comparable"
    assert pair(a, same).verdict == "revision"


def test_what_is_left_out_is_assumed_and_said() -> None:
    full = claim(6, source="A", period=DAY, place="Kharkiv", actor="Russia", target="Ukraine")
    bare = claim(9, source="B", published="2023-08-07")
    verdict = pair(full, bare)
    assert verdict.verdict == "disputed"
    assert set(verdict.assumed) == {"period", "place", "actor", "target"}
    assert "assumed" in verdict.detail


def bridges_and_a_city(sentence: str) -> list[str]:
    """What is said of one wounded without a place, in an article with this sentence, beside three in Donetsk."""
    hurt: dict[str, Any] = {"event": "wounded", "item": "civilian", "target": "Russia"}
    bare = claim(
        1, source="A", sentence="One civilian was wounded, A said.", article_id="bridges", period=DAY, **hurt
    )
    beside = claim(12, event="launched", item="missile", sentence=sentence, article_id="bridges")
    city = claim(3, source="B", place="Donetsk", place_id="gn:709717", region="Donetsk", period=DAY,
                 sentence="Three civilians were wounded in Donetsk on Sunday.", **hurt)  # fmt: skip
    pairs = compare(claims(bare, beside, city)).pairs
    return pairs["verdict"].tolist()


def test_a_claim_without_a_place_meets_only_places_that_its_article_speaks_of() -> None:
    assert bridges_and_a_city("12 missiles were fired at the bridge near Henichesk.") == []
    assert bridges_and_a_city("12 missiles were fired at Donetsk and Henichesk.") == ["disputed"]
    assert bridges_and_a_city("12 missiles were fired at towns of the Donetsk region.") == ["disputed"]


def test_an_area_of_a_country_is_around_its_places() -> None:
    south = claim(
        2, event="hit", item="bridge", place="southern Ukraine", place_id=None, country="Ukraine", period=DAY
    )
    bare = claim(
        2, event="hit", item="bridge", period=DAY, source="B", sentence="Two bridges near Henichesk were hit."
    )
    assert pair(south, bare).verdict == "agree"
    away = bare | {"sentence": "Two bridges near Belgorod were hit."}
    assert pair(south, away).verdict == "not_comparable"


def test_a_week_that_the_source_spoke_of_leaves_its_next_figure_undated() -> None:
    """Nobody knows whether the 68 are of the week, or of the Sunday of which the article itself spoke."""
    told: dict[str, Any] = {"article_id": "a", "place": "Kyiv"}
    narrated = claim(30, event="wounded", source=None, source_id=None, period=DAY, start=1, **told)
    week = claim(250, source="Minister", period=WEEK, start=2, **told)
    then = claim(68, source="Minister", start=3, **told)
    other = claim(27, place="Kyiv", source="Governor", period=DAY)
    assert "disputed" not in set(compare(claims(narrated, week, then, other)).pairs["verdict"])
    without = compare(claims(narrated, then, other)).pairs
    assert without["verdict"].tolist() == ["disputed"]
    assert without["assumed"].tolist() == ["period (of the article)"]


def test_two_guesses_hold_only_with_something_else() -> None:
    """Neither day nor place: two attacks as likely as one, unless the articles share a telling figure."""
    hit: dict[str, Any] = {"item": "civilian", "target": "Ukraine"}
    city = claim(3, source="A", place="Kyiv", period=DAY, sentence="Three civilians died in Kyiv.", **hit)
    bare = claim(7, source="B", article_id="b", sentence="Seven civilians died.", **hit)
    kyiv = claim(5, source="B", article_id="b", event="hit", item="home", place="Kyiv", sentence="In Kyiv.")
    lviv = claim(6, source="B", article_id="b", event="hit", item="home", place="Lviv", sentence="In Lviv.")
    assert "disputed" not in set(compare(claims(city, bare, kyiv, lviv)).pairs["verdict"])
    missiles = {"event": "launched", "item": "missile", "sentence": "Russia fired 34 missiles."}
    shared = [claim(34, article_id=name, **missiles) for name in (city["article_id"], "b")]
    found = compare(claims(city, bare, kyiv, lviv, *shared)).pairs
    assert "disputed" in set(found.loc[found["left"].eq(city["claim_id"]), "verdict"])


def test_an_article_without_a_date_meets_no_other() -> None:
    hit: dict[str, Any] = {"place": "Kyiv", "published": None}
    assert compare(claims(claim(6, **hit), claim(9, source="B", **hit))).pairs.empty


def test_a_claim_without_a_period_fits_the_days_before_it_only() -> None:
    old = claim(6, source="A", period=("2023-07-20", "2023-07-20"))
    week = claim(137, source="A", event="intercepted", item="drone", period=WEEK)
    bare = {"source": "B", "published": "2023-08-07"}
    assert pair(old, claim(9, **bare)).verdict == "not_comparable"
    unstated = pair(week, claim(68, event="intercepted", item="drone", **bare))
    assert unstated.verdict == "not_comparable" and unstated.differ == ("period not stated",)
    assert math.isnan(unstated.ratio)


@pytest.mark.parametrize(
    ("left", "right", "contradiction"),
    [
        ({"best": 12, "item": "civilian"}, {"best": 17}, False),
        ({"best": 20, "item": "civilian"}, {"best": 17}, True),
        ({"best": 60, "event": "killed"}, {"best": 310, "event": "casualties"}, False),
        ({"best": 5, "place": "Kharkiv"}, {"best": 6, "place": "Ukraine"}, False),
        ({"best": 7, "place": "Kharkiv"}, {"best": 6, "place": "Ukraine"}, True),
    ],
)
def test_what_lies_inside_is_checked_and_never_averaged(left: Any, right: Any, contradiction: bool) -> None:
    left, right = left | {"country": "Ukraine"}, right | {"country": "Ukraine"}
    for verdict in (two(left, right), two(right, left)):
        assert verdict.verdict == "nested"
        assert verdict.contradiction is contradiction
        assert math.isnan(verdict.ratio)


def test_a_larger_figure_without_a_variant_may_count_more() -> None:
    """178 cruise missiles among 200 missiles: no dispute; 178 against 120: one."""
    cruise = {"best": 178, "item": "missile", "variant": "cruise", "event": "launched"}
    assert two(cruise, cruise | {"best": 200, "variant": None}).verdict == "nested"
    assert two(cruise, cruise | {"best": 120, "variant": None}).verdict == "disputed"
    assert two(cruise, cruise | {"variant": None}).verdict == "agree"
    assert two(cruise, cruise | {"variant": "ballistic"}).verdict == "not_comparable"


def test_drones_without_a_kind_are_taken_for_attack_drones() -> None:
    """The air force's 32 Shaheds, and the deputy mayor's 38 drones of the same night."""
    shahed = {"best": 32, "item": "drone", "variant": "attack", "event": "launched"}
    verdict = two(shahed, shahed | {"best": 38, "variant": None})
    assert verdict.verdict == "disputed" and "variant" in verdict.assumed
    assert two(shahed, shahed | {"best": 38, "variant": "reconnaissance"}).verdict == "not_comparable"


def test_a_national_figure_is_not_disputed_by_a_city() -> None:
    """The air force's total for the night and the mayor's count over his city."""
    city = {"best": 20, "item": "drone", "event": "intercepted"}
    assert two(city, city | {"best": 75, "place": None}).verdict == "nested"
    assert two(city, city | {"best": 12, "place": None}).verdict == "disputed"


@pytest.mark.parametrize("status", ["denied", "hypothetical", "superseded"])
def test_figures_that_are_not_asserted_stand_apart(status: str) -> None:
    verdict = two({"best": 11}, {"best": 90, "status": status})
    assert verdict.verdict == "not_comparable"
    assert verdict.reasons == (f"status: {status}",)


def test_one_source_later_is_a_revision_with_its_direction() -> None:
    shared: dict[str, Any] = {"source": "Governor", "period": DAY, "place": "Odesa"}
    old, new = claim(2, published="2023-08-06", **shared), claim(3, published="2023-08-08", **shared)
    for verdict in (pair(old, new), pair(new, old)):
        assert verdict.verdict == "revision"
        assert "raised the figure from 2 people killed to 3" in verdict.detail
    earlier = claim(5, published="2023-08-08", status="superseded", **shared)
    assert "lowered" in pair(earlier, new).detail


def test_two_sides_that_blame_each_other_still_have_one_toll() -> None:
    verdict = two({"best": 40, "actor": "Russia"}, {"best": 90, "actor": "Ukraine"})
    assert verdict.verdict == "disputed"
    assert "actor" in verdict.assumed and "blamed" in verdict.detail
    launched = {"event": "launched", "item": "drone"}
    apart = two({"best": 40, "actor": "Russia"} | launched, {"best": 90, "actor": "Ukraine"} | launched)
    assert apart.verdict == "not_comparable"


def test_a_noun_that_names_something_else_is_pointed_out() -> None:
    zelenskyy = {"best": 65, "source": "Volodymyr Zelenskyy", "noun": "missiles"}
    maliar = {
        "best": 250,
        "hedge": "about",
        "text": "around 250",
        "source": "Hanna Maliar",
        "noun": "strikes",
    }
    verdict = two(zelenskyy, maliar, event="launched", item="missile", period=WEEK, place=None)
    assert verdict.verdict == "disputed"
    assert round(verdict.ratio, 1) == 3.8
    assert "bounds 225–275 do not reach 65: 3.8 times apart" in verdict.detail
    assert "Hanna Maliar's noun is 'strikes', which may not be missiles" in verdict.detail


def test_questions_hold_the_fullest_key_and_count_copies_once() -> None:
    shared: dict[str, Any] = {
        "period": DAY,
        "published": "2023-08-07",
        "actor": "Russia",
        "target": "Ukraine",
    }
    result = compare(
        claims(
            claim(6, source="A", place="Kharkiv", **shared),
            claim(6, source="A", place="Kharkiv", **shared),  # the same figure in another paper
            claim(9, source="B", published="2023-08-07", source_side="Russia"),
        )
    )
    assert len(result.questions) == 1
    row = result.questions.iloc[0]
    assert (row["place"], row["n_claims"], row["n_sources"], row["n_sides"]) == ("Kharkiv", 2, 2, 2)
    assert (row["low"], row["high"], row["ratio"]) == (6, 9, 1.5)
    assert row["verdict"] == "disputed"
    assert row["best_by_side"] == "Russia 9; Ukraine 6"
    assert row["assumed"] == "period; place; target; actor"


def test_a_bare_claim_attaches_to_both_questions_and_merges_none() -> None:
    result = compare(
        claims(
            claim(6, source="A", place="Kharkiv", period=DAY),
            claim(40, source="B", place="Kherson", period=DAY),
            claim(9, source="C", period=DAY),
        )
    )
    assert sorted(result.questions["place"].dropna()) == ["Kharkiv", "Kherson"]
    assert result.questions["n_claims"].tolist() == [2, 2]
    assert len(result.pairs) == 2  # Kharkiv against Kherson is no pair


def test_parts_of_a_total_do_not_compete_with_totals() -> None:
    """Of "16 wounded, two of them badly": the two are no rival to the governor's nine."""
    total = claim(16, claim_id="total", article_id="a", event="wounded", source="Surgeon", period=DAY)
    part = claim(2, article_id="a", part_of="total", event="wounded", source="Surgeon", period=DAY)
    other = claim(9, event="wounded", source="Governor", period=DAY)
    assert compare(claims(total, part, other)).pairs["verdict"].tolist().count("disputed") == 1


def test_one_source_giving_two_figures_at_once_means_two_things() -> None:
    shared: dict[str, Any] = {"source": "Ministry", "article_id": "a", "event": "destroyed", "item": "tank"}
    apart = pair(claim(9, **shared), claim(3, **shared))
    assert apart.verdict == "not_comparable"
    told = compare(
        claims(
            claim(9, period=DAY, place="Avdiivka", **shared), claim(3, period=DAY, place="Avdiivka", **shared)
        )
    )
    assert told.pairs["verdict"].tolist() == ["disputed"]
    assert "one source, two figures" in told.pairs["reasons"].iloc[0]


def test_nothing_to_compare() -> None:
    result = compare(empty_claims())
    assert list(result.questions.columns) == list(QUESTION_COLUMNS)
    assert list(result.pairs.columns) == list(PAIR_COLUMNS)
    single = compare(claims(claim(5)))
    assert single.questions["verdict"].tolist() == ["single"]
    with pytest.raises(TableError, match="no column 'hedge'"):
        compare(claims(claim(5)).drop(columns="hedge"))


def test_the_hierarchy_names_every_event_and_item() -> None:
    hierarchy = load_codebook().hierarchy
    assert set(hierarchy["items"].words) == set(ITEMS)
    assert set(hierarchy["events"].words) == set(EVENTS)
    for name in ("items", "events"):
        known = set(hierarchy[name].words)
        for outer, inner in hierarchy[name].includes.items():
            assert {outer, *inner} <= known


PUBLISHED = {"a": date(2023, 8, 6), "b": date(2023, 8, 6), "c": date(2023, 8, 8)}
SIDES = {"Russia": "Ukraine", "Ukraine": "Russia"}
random_claim = st.builds(
    claim,
    st.integers(0, 30).map(float),
    hedge=st.sampled_from(["exact", "about", "at_least", "at_most"]),
    event=st.sampled_from(["killed", "casualties"]),
    item=st.sampled_from(["person", "civilian"]),
    source=st.sampled_from(["A", "B", "C", None]),
    source_side=st.sampled_from(["Russia", "Ukraine", "third_party", None]),
    actor=st.sampled_from(["Russia", "Ukraine", None]),
    target=st.sampled_from(["Russia", "Ukraine", "both", None]),
    place=st.sampled_from(["Kharkiv", "Kherson", None]),
    period=st.sampled_from([DAY, WEEK, ("2023-08-05", "2023-08-06"), None]),
    status=st.sampled_from(["asserted", "asserted", "denied", "superseded"]),
    article_id=st.sampled_from(["a", "b", "c"]),
    start=st.integers(0, 50),
    sentence=st.sampled_from([None, "It was near Kharkiv.", "It was near Kherson.", "It was somewhere."]),
)
some_claims = st.lists(random_claim, min_size=2, max_size=7).map(
    lambda rows: [
        row | {"claim_id": f"c{number}", "published": PUBLISHED[row["article_id"]]}
        for number, row in enumerate(rows)
    ]
)
few = settings(max_examples=150, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate))


@few
@given(some_claims, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(rows: list[dict[str, Any]], random: Any) -> None:
    shuffled = rows[:]
    random.shuffle(shuffled)
    one, other = compare(claims(*rows)), compare(claims(*shuffled))
    pd.testing.assert_frame_equal(one.questions, other.questions)
    pd.testing.assert_frame_equal(one.pairs, other.pairs)


@few
@given(some_claims)
def test_exchanging_the_sides_changes_nothing_else(rows: list[dict[str, Any]]) -> None:
    mirrored = [
        row | {k: SIDES.get(row[k], row[k]) for k in ("source_side", "actor", "target")} for row in rows
    ]
    one, other = compare(claims(*rows)), compare(claims(*mirrored))
    plain = ["left", "right", "verdict", "assumed", "ratio"]
    pd.testing.assert_frame_equal(one.pairs[plain], other.pairs[plain])
    numbers = ["n_claims", "n_sources", "n_sides", "low", "high", "ratio", "verdict", "assumed"]
    pd.testing.assert_frame_equal(one.questions[numbers], other.questions[numbers])


@few
@given(some_claims)
def test_a_copy_changes_no_statistic(rows: list[dict[str, Any]]) -> None:
    """An article printed again elsewhere, word for word."""
    rows = [row | {"source_id": row["source"] or "A", "source": row["source"] or "A"} for row in rows]
    printed = [row for row in rows if row["article_id"] == rows[0]["article_id"]]
    copy = [row | {"claim_id": "z" + row["claim_id"], "article_id": "z"} for row in printed]
    before, after = compare(claims(*rows)), compare(claims(*rows, *copy))
    numbers = ["question_id", "n_claims", "n_sources", "n_sides", "low", "high", "ratio"]
    key = before.questions[numbers].set_index("question_id").sort_index()
    pd.testing.assert_frame_equal(key, after.questions[numbers].set_index("question_id").sort_index())


@few
@given(random_claim, random_claim, st.floats(0, 20), st.floats(0, 20))
def test_widening_a_bound_never_makes_a_dispute(a: Any, b: Any, down: float, up: float) -> None:
    before = pair(a, b)
    wider = a | {"low": max(0.0, a["low"] - down), "high": a["high"] + up}
    after = pair(wider, b)
    if before.verdict == "agree":
        assert after.verdict != "disputed"


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ({"item": "home"}, {"item": "building"}),
        ({}, {"period": WEEK}),
        ({}, {"place": "Ukraine", "country": "Ukraine"}),
        ({"variant": "decoy", "item": "drone"}, {"item": "drone"}),
    ],
)
def test_a_share_of_a_part_is_neither_inside_nor_against_that_of_the_whole(left: Any, right: Any) -> None:
    """80 % of the homes may be damaged, and 20 % of the buildings."""
    shares = {"event": "damaged", "item": "home", "unit": "percent", "country": "Ukraine"}
    found = two({"best": 80} | shares | left, {"best": 20} | shares | right)
    assert (found.verdict, found.contradiction) == ("not_comparable", False)
    assert "a share of a part may be larger or smaller than that of the whole" in found.detail


def test_a_rate_of_a_day_is_no_part_of_the_rate_of_its_week() -> None:
    found = two(
        {"best": 80, "aggregation": "per_day"}, {"best": 20, "aggregation": "per_day", "period": WEEK}
    )
    assert (found.verdict, found.contradiction) == ("not_comparable", False)
    assert found.detail == (
        "A says 80 people killed per day for 6 August 2023, B 20 people killed per day for 30 July – 6 August 2023:"
        " the rate of some days may be higher or lower than that of more days"
    )


def test_a_bound_that_nobody_knows_is_no_side_of_a_dispute() -> None:
    for unknown in ({"best": None, "text": "some"}, {"best": 10, "high": None}, {"best": 10, "low": None}):
        found = two(unknown, {"best": 300})
        assert (found.verdict, found.reasons) == ("not_comparable", ("a bound is not known",))
        assert found.detail.endswith("a bound of A's figure is not known")
    without_best = two({"best": None, "low": 10, "high": 10, "text": "ten"}, {"best": 30})
    assert "; 30 against 10; both" in without_best.detail


def test_two_upper_limits_are_not_said_to_lack_a_period() -> None:
    found = two({"best": 100, "hedge": "at_most", "actor": None}, {"best": 300, "hedge": "at_most"})
    assert found.verdict == "not_comparable"
    assert "two upper limits meet whatever they count" in found.detail
    assert "period" not in found.detail


@pytest.mark.parametrize(
    ("left", "right", "words"),
    [
        ({"best": 100}, {"best": 105}, "105 against 100: 5.0% apart"),  # 1.05 times is no 1.1
        ({"best": 100}, {"best": 113}, "113 against 100: 1.1 times apart"),
        ({"best": 3.218688, "unit": "km"}, {"best": 3.2, "unit": "km"}, "3.22 against 3.20: 0.6% apart"),
        ({"best": 30, "aggregation": "per_day"}, {"best": 60, "aggregation": "per_day"}, "A says 30 people killed per day, B 60,"),
        (
            {"best": 4, "aggregation": "increment"},
            {"best": 30},
            "A says 4 people killed (a change against an earlier figure) for 6 August 2023, B 30 people killed for",
        ),
        (
            {"best": 300, "aggregation": "stock", "event": "held"},
            {"best": 100, "aggregation": "stock", "event": "held", "period": ("2023-08-01", "2023-08-01")},
            "two states, of different days",
        ),
        (
            {"best": 40, "unit": "percent", "text": "40 percent", "event": "held", "item": "territory"},
            {"best": 60, "unit": "percent", "text": "60 percent", "event": "held", "item": "territory"},
            "A says 40 percent of territory held, B 60 percent",
        ),
    ],
)  # fmt: skip
def test_a_finding_says_what_its_numbers_say(left: Any, right: Any, words: str) -> None:
    assert words in two(left, right).detail


def test_a_table_that_cannot_be_judged_is_refused() -> None:
    for name in ("claim_id", "article_id", "event", "item", "unit", "hedge", "status", "aggregation"):
        with pytest.raises(TableError, match=f"has no {name}"):
            compare(claims(claim(5) | {name: None}, claim(6)))
    with pytest.raises(TableError, match=r"c1 stands in the table twice, with low 5\.0 and 6\.0"):
        compare(claims(claim(5, claim_id="c1", article_id="a"), claim(6, claim_id="c1", article_id="a")))


@few
@given(random_claim, random_claim)
def test_a_pair_is_judged_alike_from_either_side(a: Any, b: Any) -> None:
    a, b = a | {"claim_id": "left"}, b | {"claim_id": "right"}
    df = claims(a, b)
    one = explain(df.iloc[0], df.iloc[1], claims=df)
    other = explain(df.iloc[1], df.iloc[0], claims=df)
    assert (one.verdict, one.contradiction) == (other.verdict, other.contradiction)
    assert sorted(one.assumed) == sorted(other.assumed)


def test_a_toll_for_a_whole_front_is_judged_alike_whichever_comes_first() -> None:
    everywhere = claim(9, event="casualties", source="A", period=DAY)
    here = claim(4, source="B", period=DAY, place="Kharkiv")
    assert pair(everywhere, here).verdict == pair(here, everywhere).verdict == "nested"
    assert pair(everywhere, here).assumed == pair(here, everywhere).assumed


@few
@given(some_claims)
def test_a_claim_of_another_war_and_year_changes_nothing(rows: list[dict[str, Any]]) -> None:
    far = claim(5, claim_id="zz", conflict="Yemen", article_id="z", published="2015-03-06", place="Aden",
                period=("2015-03-05", "2015-03-05"), source="Z")  # fmt: skip
    one, other = compare(claims(*rows)), compare(claims(*rows, far))
    pd.testing.assert_frame_equal(one.pairs, other.pairs)
    kept = other.questions[other.questions["conflict"] != "Yemen"].reset_index(drop=True)
    pd.testing.assert_frame_equal(one.questions, kept)
