"""Contradictions, revisions and copies: frames made by hand, with what an editor would mark in them."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from factories import claim, claims

from conflictstats.compare import compare, contradictions, copies, revisions
from conflictstats.errors import ConflictstatsError
from conflictstats.tables import ARTICLE_COLUMNS, empty_claims, frame

NIGHT = ("2023-08-05", "2023-08-06")
AIR: dict[str, Any] = {"item": "drone", "period": NIGHT, "source": "Air Force"}


def kinds(*rows: dict[str, Any]) -> list[tuple[str, str]]:
    found = contradictions(claims(*rows))
    return [*zip(found["kind"], found["scope"], strict=True)]


def test_a_part_above_its_total() -> None:
    total = claim(12, claim_id="t", article_id="a")
    assert kinds(total, claim(15, article_id="a", item="child", part_of="t")) == [
        ("part above total", "one article")
    ]
    assert kinds(total, claim(5, article_id="a", item="child", part_of="t")) == []


def test_more_intercepted_than_launched() -> None:
    launched = claim(32, event="launched", actor="Russia", target="Ukraine", **AIR)
    sides = {"event": "intercepted", "actor": "Ukraine", "target": "Russia"}
    assert kinds(launched, claim(26, **sides, **AIR)) == []
    assert kinds(launched, claim(38, **sides, **AIR)) == [("outcome above launched", "one source")]
    other = AIR | {"source": "Mayor"}
    assert kinds(launched, claim(38, **sides, **other)) == [("outcome above launched", "two sources")]
    week = AIR | {"period": ("2023-07-31", "2023-08-06")}
    assert kinds(launched, claim(137, **sides, **week)) == []  # another period


def test_kinds_in_a_list_are_not_the_whole_attack() -> None:
    """20 Kh-101 and 20 Kalibr, of which 30 of 40 were shot down: 30 contradicts neither 20."""
    shared = AIR | {
        "item": "missile",
        "variant": "cruise",
        "article_id": "bulletin",
        "actor": "Russia",
        "target": "Ukraine",
    }
    listed = [claim(n, event="launched", **shared) for n in (20, 20, 40)]
    sides = {"actor": "Ukraine", "target": "Russia"}
    assert kinds(*listed, claim(30, event="intercepted", **shared | sides)) == []


def test_a_city_cannot_intercept_more_than_the_country_was_sent() -> None:
    launched = claim(20, event="launched", **AIR)
    assert kinds(launched, claim(25, event="intercepted", place="Kyiv", **AIR)) == [
        ("outcome above launched", "one source")
    ]
    kyiv = claim(20, event="launched", place="Kyiv", **AIR)
    assert kinds(kyiv, claim(75, event="intercepted", **AIR)) == []  # the country's, maybe


def test_a_day_above_its_week_and_a_town_above_its_country() -> None:
    day, week = NIGHT, ("2023-07-31", "2023-08-06")
    sums = [claim(40, period=day, source="A"), claim(30, period=week, source="B")]
    assert kinds(*sums) == [("inside above outside", "two sources")]
    assert kinds(claim(20, period=day, source="A"), sums[1]) == []


def test_what_rests_on_an_assumed_period_says_so_and_on_an_assumed_place_as_well_is_not_told() -> None:
    launched = claim(20, event="launched", published="2023-08-06", place="Kyiv", **AIR)
    down = AIR | {"source": "Mayor", "period": None}
    found = contradictions(
        claims(launched, claim(25, event="intercepted", published="2023-08-06", place="Kyiv", **down))
    )
    assert found["assumed"].tolist() == ["period"]
    assert "if the period is the same, as assumed" in found["detail"].iloc[0]
    placed = {"place": "Kyiv", "place_basis": "incident", "published": "2023-08-06"}
    assert kinds(launched, claim(25, event="intercepted", **placed, **down)) == []


def test_two_figures_of_one_source() -> None:
    shared: dict[str, Any] = {"source": "Governor", "period": NIGHT, "place": "Odesa", "article_id": "a"}
    assert kinds(claim(3, **shared), claim(9, **shared)) == [("two figures of one source", "one article")]
    later = shared | {"article_id": "b", "published": "2023-08-09"}
    assert kinds(claim(3, **shared), claim(9, **later)) == []  # a revision
    assert kinds(claim(3, **shared), claim(9, status="denied", **shared)) == []


def test_low_above_high() -> None:
    assert kinds(claim(5, low=9, high=3)) == [("low above high", "one article")]


def test_nothing_contradicts_nothing() -> None:
    assert contradictions(empty_claims()).empty


def test_a_toll_that_is_revised_twice() -> None:
    shared: dict[str, Any] = {"source": "Governor", "period": NIGHT, "place": "Odesa"}
    df = claims(
        claim(2, claim_id="a", article_id="1", published="2023-08-06", **shared),
        claim(3, claim_id="b", article_id="2", published="2023-08-07", **shared),
        claim(2, claim_id="b0", article_id="2", published="2023-08-07", status="superseded", **shared),
        claim(1, claim_id="c", article_id="3", published="2023-08-09", **shared),
    )
    found = revisions(df)
    steps = [*zip(found["earlier"], found["later"], found["direction"], found["told"], strict=True)]
    assert ("b", "c", "down", "silent") in steps
    assert any(later == "b" and told == "said" for _, later, _, told in steps)
    assert found.loc[found["later"] == "c", "days"].tolist() == [2.0]
    assert found.loc[found["later"] == "c", "change"].tolist() == [-2.0]


def test_running_totals_follow_by_their_day() -> None:
    total: dict[str, Any] = {
        "aggregation": "cumulative",
        "event": "casualties",
        "item": "combatant",
        "source": "GS",
    }
    df = claims(
        claim(250_240, claim_id="b", period=("2022-02-24", "2023-08-07"), **total),
        claim(249_110, claim_id="a", period=("2022-02-24", "2023-08-05"), **total),
    )
    found = revisions(df)
    assert found[["earlier", "later", "told"]].to_numpy().tolist() == [["a", "b", "grown"]]
    assert found["change"].tolist() == [1130.0]


TEXT = (
    "At least 11 people were killed and 27 wounded when missiles struck the town of Avdiivka on Wednesday,"
    " the regional governor said. Rescuers were still searching the rubble of a block of flats late in the"
    " evening, and power was out in most of the town. Schools will stay closed until Monday, he added."
)


def article(article_id: str, text: str, published: str) -> tuple[Any, ...]:
    row = dict.fromkeys(ARTICLE_COLUMNS) | {"article_id": article_id, "text": text, "sha256": article_id}
    row["published"] = pd.Timestamp(published).date()
    return tuple(row[name] for name in ARTICLE_COLUMNS)


def test_a_copy_is_linked_to_the_earliest_and_what_it_changed_is_listed() -> None:
    articles = frame(
        [
            article("copy", TEXT.replace("At least 11", "Eleven"), "2024-01-19"),
            article("original", TEXT, "2024-01-18"),
            article("other", "Quite another story about grain prices and the harvest. " * 4, "2024-01-17"),
        ],
        ARTICLE_COLUMNS,
    )
    df = claims(
        claim(
            11, claim_id="o1", article_id="original", hedge="at_least", text="At least 11", source="governor"
        ),
        claim(27, claim_id="o2", article_id="original", event="wounded"),
        claim(11, claim_id="c1", article_id="copy", text="Eleven", source=None),
    )
    found = copies(articles, df)
    assert found.articles[["article_id", "copy_of"]].to_numpy().tolist() == [["copy", "original"]]
    assert found.articles["similarity"].iloc[0] > 0.8
    changes = [*zip(found.changes["earlier"], found.changes["what"], found.changes["change"], strict=True)]
    assert changes == [
        ("o1", "hedge", "at_least became exact"),
        ("o1", "source", "dropped governor"),
        ("o2", "claim", "dropped"),
    ]
    with pytest.raises(ConflictstatsError, match="share above 0"):
        copies(articles, df, similarity=0)


def test_the_same_figure_in_a_text_of_its_own_is_no_copy() -> None:
    own = "Officials put the dead at eleven after the strike, and said that the search would go on. " * 3
    articles = frame([article("a", TEXT, "2024-01-18"), article("b", own, "2024-01-18")], ARTICLE_COLUMNS)
    assert copies(articles, empty_claims()).articles.empty


STORY: list[dict[str, Any]] = [
    {
        "best": 11,
        "hedge": "at_least",
        "text": "At least 11",
        "source": "Governor",
        "place": "Odesa",
        "period": NIGHT,
    },
    {"best": 27, "event": "wounded", "text": "27", "source": "Governor", "place": "Odesa", "period": NIGHT},
]
SENTENCE = "At least 11 people were killed and 27 wounded in Odesa on the night to Sunday, the governor said, and more are feared dead."


def told(article_id: str, published: str, **changes: Any) -> list[dict[str, Any]]:
    """The story as an article prints it."""
    return [
        claim(article_id=article_id, published=published, start=at, sentence=SENTENCE, **(facts | changes))
        for at, facts in enumerate(STORY)
    ]


def test_a_copy_that_drops_the_source_and_the_hedge_counts_once() -> None:
    original = told("wire", "2023-08-06")
    copy = told("paper", "2023-08-07", source=None, source_id=None, hedge="exact")
    own = claim(17, source="Mayor", place="Odesa", period=NIGHT, article_id="other", published="2023-08-07")
    before, after = compare(claims(*original, own)), compare(claims(*original, *copy, own))
    numbers = ["n_claims", "n_sources", "n_sides", "low", "high", "best_by_side", "ratio", "verdict"]
    one = after.questions.set_index("question_id").loc[before.questions["question_id"], numbers]
    pd.testing.assert_frame_equal(one.reset_index(drop=True), before.questions[numbers])
    assert len(after.questions) == len(before.questions)
    assert after.copies[["article_id", "copy_of"]].to_numpy().tolist() == [["paper", "wire"]]
    assert "1 copied" in after.choices["copies"]


def test_the_same_words_long_after_are_no_copy_and_neither_is_a_form() -> None:
    later = told("archive", "2024-08-06")
    assert compare(claims(*told("wire", "2023-08-06"), *later)).copies.empty
    form = "Over the past day {} tanks, {} guns, {} trucks and {} drones of the enemy were destroyed, the staff of the army said in the evening on its channel."
    bulletins = frame(
        [article("mon", form.format(11, 27, 31, 9), "2024-01-15"), article("tue", form.format(14, 22, 35, 8), "2024-01-16")],
        ARTICLE_COLUMNS,
    )  # fmt: skip
    assert copies(bulletins, empty_claims()).articles.empty


def test_a_comparison_tells_its_choices_and_shows_itself() -> None:
    source = "<b>Mayor</b>"
    result = compare(
        claims(claim(6, source="A", place="Odesa", period=NIGHT), claim(19, source=source, place="Odesa", period=NIGHT)),
        tolerance=0.2, rules="ucdp",
    )  # fmt: skip
    assert repr(result) == (
        "<Comparison: 1 questions, 1 with more than one claim (1 disputed), 1 pairs; tolerance 20%, rules 'ucdp'>"
    )
    html = result._repr_html_()
    assert "&lt;b&gt;Mayor" in html and "<b>Mayor" not in html
    assert len(html) < 10_000 and "#" not in html  # no colours of its own
    assert "20%" in result.choices["tolerance"] and "UCDP" in result.choices["rules"]
    assert "0 pairs" in repr(compare(empty_claims()))
    assert compare(empty_claims())._repr_html_().count("<tr>") == 0


def test_running_totals_are_joined_however_far_apart_and_only_by_one_start() -> None:
    """Weeks without a bulletin; a fall that nobody explains; a total of another start."""
    total: dict[str, Any] = {
        "aggregation": "cumulative",
        "event": "destroyed",
        "item": "tank",
        "source": "GS",
    }
    war = "2022-02-24"
    df = claims(
        claim(4100, claim_id="a", period=(war, "2023-07-01"), published="2023-07-01", **total),
        claim(4250, claim_id="b", period=(war, "2023-08-06"), published="2023-08-06", **total),
        claim(4245, claim_id="c", period=(war, "2023-08-20"), published="2023-08-20", **total),
        claim(310, claim_id="x", period=("2023-06-04", "2023-08-06"), published="2023-08-06", **total),
    )
    found = revisions(df)
    steps = found[["earlier", "later", "change", "direction", "told"]].to_numpy().tolist()
    assert steps == [["a", "b", 150.0, "up", "grown"], ["b", "c", -5.0, "down", "silent"]]
    assert (
        found["detail"]
        .iloc[0]
        .endswith("gave 4100 tanks destroyed as of 1 July 2023 and 4250 as of 6 August 2023: 150 more")
    )


def test_a_copy_takes_no_step_and_contradicts_nothing_anew() -> None:
    wire, paper = told("wire", "2023-08-06"), told("paper", "2023-08-07")
    assert revisions(claims(*wire, *paper)).empty
    broken = [claim(40, item="child", article_id=name, published=day, start=5, sentence=SENTENCE, part_of=part)
              for name, day, part in (("wire", "2023-08-06", "w"), ("paper", "2023-08-07", "p"))]  # fmt: skip
    rows = [row | {"claim_id": name} for row, name in ((wire[1], "w"), (paper[1], "p"))]
    assert len(contradictions(claims(*rows, *broken))) == 1


def test_none_at_all_is_held_against_tolls_and_not_against_their_parts() -> None:
    none = claim(0, item="civilian", source="Army", period=NIGHT, article_id="n")
    toll = claim(12, claim_id="t", item="civilian", source="UN", period=NIGHT, article_id="a")
    child = claim(5, item="child", source="UN", period=NIGHT, article_id="a", part_of="t")
    assert kinds(none, toll, child) == []  # two sources that differ are a dispute, which compare tells
    assert compare(claims(none, toll, child)).questions["verdict"].tolist().count("disputed") == 1


def test_a_comparison_that_passed_pairs_over_says_so() -> None:
    many = [claim(n, article_id=f"a{n}", source=f"S{n}") for n in range(1, 60)]
    found = compare(claims(*many))
    assert found.unjudged > 0 and f"{found.unjudged:,} more not judged" in repr(found)


def test_shares_rates_and_changes_break_no_total() -> None:
    share = {"unit": "percent", "event": "damaged", "article_id": "a"}
    of_all = claim(40, claim_id="t", item="building", **share)
    assert kinds(of_all, claim(60, item="home", part_of="t", **share)) == []
    total = claim(40, claim_id="t", article_id="a")
    assert kinds(total, claim(60, article_id="a", aggregation="per_day", part_of="t")) == []
    more = {"aggregation": "increment"} | AIR
    assert kinds(claim(4, event="launched", **more), claim(50, event="intercepted", **more)) == []
    week = AIR | {"period": ("2023-07-31", "2023-08-06"), "aggregation": "per_day"}
    day = AIR | {"aggregation": "per_day"}
    assert kinds(claim(40, event="launched", **week), claim(50, event="intercepted", **day)) == []
    unknown = claim(None, event="launched", text="some", **AIR)
    assert kinds(unknown, claim(50, event="intercepted", **AIR)) == []


def test_a_change_is_told_in_its_unit() -> None:
    held: dict[str, Any] = {"event": "held", "item": "territory", "aggregation": "stock", "place": "Kharkiv"}
    first = {"article_id": "a", "published": "2023-08-04", "period": ("2023-08-03", "2023-08-03")}
    then = {"article_id": "b", "published": "2023-08-07", "period": ("2023-08-06", "2023-08-06")}
    for unit, words in (("percent", "5 points less"), ("km2", "5 km² less")):
        found = revisions(claims(claim(40, unit=unit, **held, **first), claim(35, unit=unit, **held, **then)))
        assert found["detail"].tolist()[0].endswith(words)
