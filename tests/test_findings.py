"""Findings in sentences, tables and charts: for no claim, for one, and for more; what was drawn, not its pixels."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import matplotlib as mpl
import matplotlib.pyplot as plt
import pandas as pd
import pytest
from factories import claim, claims
from matplotlib.axes import Axes

import conflictstats as cs
from conflictstats import charts, findings, reference
from conflictstats.compare import HouseEffects
from conflictstats.errors import TableError
from conflictstats.tables import EXCLUDED_COLUMNS, HOUSE_COLUMNS, REFUSED_HOUSE_COLUMNS, empty_claims, frame

NIGHT = ("2023-08-05", "2023-08-06")


@pytest.fixture(autouse=True)
def close_figures() -> Iterator[None]:
    with mpl.rc_context({"backend": "Agg"}):
        yield
        plt.close("all")


@pytest.fixture
def tolls() -> pd.DataFrame:
    odesa: dict[str, Any] = {"place": "Odesa", "period": NIGHT, "target": "Ukraine"}
    return claims(
        claim(2, claim_id="a", article_id="1", published="2023-08-06", source="Governor", **odesa),
        claim(5, claim_id="b", article_id="2", published="2023-08-08", source="Governor", **odesa),
        claim(9, claim_id="c", article_id="3", source="MoD", source_side="Russia", **odesa),
        claim(60, claim_id="d", article_id="3", hedge="at_least", source="MoD", source_side="Russia",
              event="casualties", item="combatant", target="Ukraine"),
        claim(3, claim_id="e", article_id="4", source=None, source_id=None, source_side=None, event="wounded"),
    )  # fmt: skip


def labels(ax: Axes) -> list[str]:
    return [label.get_text() for label in ax.get_yticklabels()]


def title(ax: Axes) -> str:
    figure = ax.get_figure()
    assert figure is not None
    return str(figure.get_suptitle())  # type: ignore[union-attr]


def points(ax: Axes) -> list[tuple[float, float]]:
    return sorted((float(x), float(y)) for line in ax.lines if len(line.get_xdata(orig=False)) == 1
                  for x, y in zip(line.get_xdata(orig=False), line.get_ydata(), strict=True))  # fmt: skip


def test_no_claim_reads_well() -> None:
    none = empty_claims()
    comparison = cs.compare(none)
    assert findings.tolls(none).startswith("The articles make no claim about people killed")
    assert findings.ground(none).startswith("The articles make no claim about ground")
    assert findings.quoted(none).startswith("The articles make no numeric claim")
    assert repr(findings.by_party(none, "target")) == "no claims"
    assert repr(findings.source_table(none, comparison)) == "no sources"
    assert repr(findings.contradiction_table(cs.contradictions(none), none)) == "no contradictions"
    assert findings.revised(cs.revisions(none), none) == ""
    assert findings.effects(cs.house_effects(none)) == ""
    for caption in (
        findings.ladder_caption(none, "tolls"), findings.quoted_caption(none),
        findings.staircase_caption(cs.revisions(none)), findings.forest_caption(cs.house_effects(none)),
        findings.weekly_caption(cs.rates(none)),
    ):  # fmt: skip
        assert caption == ""
    for ax in (
        charts.ladder(comparison, none), charts.ladder(comparison, none, unit="km"), charts.who_on_what(none),
        charts.staircase(cs.revisions(none)), charts.forest(cs.house_effects(none)),
        charts.got_through(cs.rates(none)),
    ):  # fmt: skip
        assert ax.texts[0].get_text().startswith(("No ", "Too few"))


def test_one_claim_reads_well() -> None:
    one = claims(claim(11, hedge="at_least", text="at least 11", source="police", period=NIGHT))
    assert findings.tolls(one) == "1 claim about casualties from 1 named source: people killed (1)."
    assert findings.quoted(one).startswith("1 figure of 1 has a named source, of 1 source: police (1).")
    assert "11 or more" in repr(findings.by_party(one, "target"))
    assert labels(charts.ladder(cs.compare(one), one)) == [
        "people killed, 5–6 Aug 2023",
        "police: at least 11",
    ]


def test_tolls_are_told_by_party_and_never_added(tolls: pd.DataFrame) -> None:
    assert findings.tolls(tolls) == (
        "5 claims about casualties from 2 named sources: people killed (3), combatants killed or wounded (1) and"
        " people wounded (1). By side of the source, on whose losses: Russia on Ukraine (2) and Ukraine on Ukraine"
        " (2). For 2 of 5 the article does not state the period."
    )
    told = repr(findings.by_party(tolls, "target"))
    rows = [" ".join(line.split()) for line in told.splitlines()[1:]]
    assert rows == [
        "Ukraine combatants killed or wounded Russia 1 60 or more",
        "Ukraine people killed Russia 1 9",
        "Ukraine people killed Ukraine 2 2–5",
        "not said people wounded no source named 1 3",
    ]


def test_captions_state_what_was_found(tolls: pd.DataFrame) -> None:
    caption = findings.ladder_caption(tolls, "casualties")
    assert caption.startswith(
        'The highest of 5 figures about casualties: 60<sup><a href="#claim-4">[4]</a></sup> combatants killed or'
        " wounded, by MoD."
    )
    assert findings.ladder_caption(tolls.head(1), "areas").startswith("The only figure about areas: ")
    assert findings.quoted_caption(tolls).startswith("Quoted most: Governor, with 2 of 5 figures.")
    air = claims(
        claim(40, event="launched", item="drone", source="Air Force", period=NIGHT),
        claim(30, event="intercepted", item="drone", source="Air Force", period=NIGHT),
    )
    assert findings.weekly_caption(cs.rates(air)).startswith(
        "By their own figures, sources intercepted 75% (Air Force) of what was launched."
    )


def test_a_source_leads_to_its_claims(tolls: pd.DataFrame) -> None:
    html = findings.source_table(tolls, cs.compare(tolls))._repr_html_()
    assert '<a href="#claim-1">1</a>, <a href="#claim-2">2</a></td>' in html


def test_what_counts_as_toll_and_ground() -> None:
    df = claims(
        claim(5), claim(5, event="wounded", item="child"), claim(20, unit="percent"), claim(2, event="destroyed", item="tank"),
        claim(3, event="advanced", item="depth", unit="km"), claim(2, event="seized", item="settlement"),
        claim(8, event="repelled", item="attack"), claim(8, event="conducted", item="attack"),
    )  # fmt: skip
    assert len(findings.toll_claims(df)) == 2
    assert len(findings.ground_claims(df)) == 3


def test_a_ladder_has_a_rung_for_each_figure_under_its_question(tolls: pd.DataFrame) -> None:
    before = tolls.copy(deep=True)
    ax = charts.ladder(cs.compare(tolls), tolls)
    assert labels(ax) == [
        "people killed, Odesa, 5–6 Aug 2023", "Governor: 2", "Governor: 5", "MoD: 9",
        "combatants killed or wounded", "MoD: 60",
        "people wounded", "no source named: 3",
    ]  # fmt: skip
    assert {x for x, _ in points(ax)} == {2, 9, 5, 60, 3}
    assert title(ax) == "Figures by question: 5 of 5 claims shown"
    pd.testing.assert_frame_equal(tolls, before)
    short = charts.ladder(cs.compare(tolls), tolls, rows=4)
    assert title(short) == "Figures by question: 3 of 5 claims shown"
    assert "0 of" not in title(charts.ladder(cs.compare(tolls), tolls, unit="count"))


def test_a_staircase_has_a_step_for_each_revision(tolls: pd.DataFrame) -> None:
    revisions = cs.revisions(tolls)
    ax = charts.staircase(revisions)
    (steps, marks) = ax.lines
    assert [*marks.get_xdata()] == [0, 2]  # type: ignore[misc]
    assert [*marks.get_ydata()] == pytest.approx([0.35 - 0.6 * 2 / 5, 0.35 - 0.6])  # type: ignore[misc]
    assert steps.get_drawstyle() == "steps-post"
    assert labels(ax) == ["Governor: people killed, Odesa"]
    assert [t.get_text() for t in ax.texts] == ["2", "5"]
    assert title(ax) == "Revised figures: 1 of 1 series shown"
    assert findings.revised(revisions, tolls).startswith(
        "- **without a word**: Governor raised the figure from 2"
    )
    assert findings.staircase_caption(revisions).endswith("1 without a word.")


def test_a_chain_of_revisions_is_one_line() -> None:
    shared: dict[str, Any] = {"source": "Governor", "period": NIGHT, "place": "Odesa"}
    days = ("2023-08-06", "2023-08-07", "2023-08-09")
    df = claims(
        *(claim(n, article_id=day, published=day, **shared) for n, day in zip((2, 5, 4), days, strict=True))
    )
    ax = charts.staircase(cs.revisions(df))
    assert [t.get_text() for t in ax.texts] == ["2", "5", "4"]
    assert [*ax.lines[1].get_xdata()] == [0, 1, 3]  # type: ignore[misc]


def test_what_got_through_is_drawn_only_where_one_source_gives_both() -> None:
    air: dict[str, Any] = {"item": "drone", "source": "Air Force"}
    first, second = ("2023-07-31", "2023-08-01"), ("2023-08-03", "2023-08-04")
    df = claims(
        claim(20, event="launched", period=first, **air), claim(15, event="intercepted", period=first, **air),
        claim(10, event="launched", period=second, **air), claim(10, event="intercepted", period=second, **air),
        claim(68, event="intercepted", item="drone", source="Maliar"),
        claim(178, event="launched", item="drone", source="Zelenskyy", period=("2023-07-31", "2023-08-06")),
    )  # fmt: skip
    ax = charts.got_through(cs.rates(df))
    assert labels(ax) == ["week of 31 Jul 2023", "drones — Air Force"]
    assert [(bar.get_x(), bar.get_width()) for bar in ax.patches] == [(0, 25), (25, 5)]  # type: ignore[attr-defined]
    assert [t.get_text() for t in ax.texts] == ["25 of 30, in 2 attacks"]


def effects(*rows: tuple[Any, ...]) -> HouseEffects:
    return HouseEffects(
        frame(rows, HOUSE_COLUMNS), frame([("few", 1, "too few")], REFUSED_HOUSE_COLUMNS),
        frame([("vague", 2)], EXCLUDED_COLUMNS), "the average of the 2 houses: effects sum to zero",
    )  # fmt: skip


def test_a_forest_and_its_words() -> None:
    found = effects(("Russia", 9, 12, 1.4, 1.1, 1.8, 0.3, 0), ("Ukraine", 8, 8, 0.9, 0.7, 1.2, -0.3, 0))
    ax = charts.forest(found)
    assert labels(ax) == ["Russia", "Ukraine"]
    assert points(ax) == [(0.9, 1), (1.4, 0)]
    assert ax.texts[0].get_text() == "1.40 (1.10–1.80), 9 questions"
    told = findings.effects(found, "sides")
    assert "Clearly apart from it: Russia 1.40 (1.10–1.80)." in told
    assert "Figures on shared questions that were left out: vague (2)." in told
    assert findings.forest_caption(found).startswith(
        "Furthest from the average of the 2 houses: Russia, 1.40 times."
    )
    assert told.endswith("it does not tell who is right.")


def test_who_is_quoted_on_what(tolls: pd.DataFrame) -> None:
    ax = charts.who_on_what(tolls)
    assert labels(ax) == ["Governor", "MoD", "no source named"]
    assert [t.get_text() for t in ax.get_xticklabels()] == ["killed", "casualties", "wounded"]
    assert [t.get_text() for t in ax.texts] == ["2", "1", "1", "1"]
    told = repr(findings.source_table(tolls, cs.compare(tolls)))
    assert [line.split()[:3] for line in told.splitlines()[1:]] == [
        ["Governor", "Ukraine", "2"],
        ["MoD", "Russia", "2"],
    ]


def test_words_of_articles_are_no_markup() -> None:
    bad = claims(claim(4, source="<b>*Bold*</b>", source_id="x", target="Ukraine"), claim(5, source="[x](y)"))
    assert "<b>" not in findings.quoted(bad)
    html = findings.source_table(bad, cs.compare(bad))._repr_html_()
    assert "<b>*Bold" not in html
    assert "&lt;b&gt;" in html


def test_choices_copies_and_contradictions() -> None:
    df = claims(
        claim(12, claim_id="t", article_id="a", text="12"),
        claim(15, claim_id="p", article_id="a", text="15", item="child", part_of="t"),
    )
    assert "no more than 20% are close" in findings.choices(cs.compare(df, tolerance=0.2, rules="acled"))
    assert "conservative" in findings.choices(cs.compare(df, rules="acled"))
    table = findings.contradiction_table(cs.contradictions(df), df)
    assert repr(table).startswith("part above total (one article)")
    assert 'href="#claim-1"' in table._repr_html_()
    text = (
        "At least 11 people were killed when missiles struck the town on Wednesday, the governor said. Rescuers were"
        " still searching the rubble of a block of flats late in the evening, and power was out in most of the town."
        " Schools will stay closed until Monday, he added."
    )
    two = [
        cs.load_text(words, published="2024-01-18") for words in (text, text.replace("At least 11", "Eleven"))
    ]
    articles = pd.concat([corpus.articles for corpus in two], ignore_index=True)
    articles["article_id"] = pd.array(["first", "second"], dtype="string")
    copied = findings.copied(cs.copies(articles, empty_claims()), empty_claims())
    assert copied.startswith("- second repeats first (")


def test_claims_against_a_reference_table() -> None:
    file = Path(__file__).parent / "reference" / "attacks.csv"
    shared: dict[str, Any] = {
        "event": "launched",
        "actor": "Russia",
        "target": "Ukraine",
        "period": ("2023-08-06",) * 2,
    }
    df = claims(claim(90, item="drone_or_missile", source="Governor", article_id="a", text="90", **shared))
    assert findings.against(None, df).startswith("No reference table was given")
    assert findings.dated(None, df) == ""
    table = reference.given(f"missile_attacks:{file}")
    told = findings.against(table, df)
    assert told.startswith(
        "missile attacks on Ukraine, per attack, 2023-07-03 to 2023-08-20, 3 rows set aside."
    )
    assert "- **disputed**: Governor says 90<sup>" in told
    assert "Ukraine's Air Force (reference table) 70" in told
    assert "does not fit 6 August 2023, for which the table gives 70" in findings.dated(table, df)
    elsewhere = claims(claim(90, item="shell", **shared))
    assert "no complete total" in findings.against(table, elsewhere)
    assert findings.dated(table, elsewhere).startswith("No figure of the articles")
    assert reference.given(" ") is None
    with pytest.raises(TableError, match="write KIND:FILE"):
        reference.given("attacks.csv")


def test_what_counts_a_year_or_a_day_is_no_week() -> None:
    air: dict[str, Any] = {"item": "drone", "source": "Air Force", "article_id": "a"}
    since = {"aggregation": "cumulative", "period": ("2023-01-01", "2023-08-06")}
    daily = {"aggregation": "per_day", "period": ("2023-08-05", "2023-08-06")}
    rates = cs.rates(
        claims(
            claim(1200, event="launched", **since, **air),
            claim(1000, event="intercepted", **since, **air),
            claim(20, event="launched", **daily, **air),
            claim(11, event="intercepted", **daily, **air),
            claim(10, event="launched", period=NIGHT, **air),
            claim(9, event="intercepted", period=NIGHT, **air),
        )
    )
    assert len(rates.rates) == 3
    ax = charts.got_through(rates)
    assert [text.get_text() for text in ax.texts] == ["9 of 10"]
    assert title(ax).endswith("1 of 3 rates shown")


def test_a_range_is_of_figures_of_one_kind() -> None:
    held: dict[str, Any] = {"event": "held", "item": "territory", "actor": "Russia"}
    told = str(
        findings.by_party(claims(claim(1200, unit="km2", **held), claim(20, unit="percent", **held)), "actor")
    )
    assert "1,200 km²" in told and "20 %" in told and "–" not in told.split("\n", 1)[1]
    lost = {"target": "Ukraine"}
    tolls = claims(
        claim(5, **lost),
        claim(30000, aggregation="cumulative", **lost),
        claim(8, aggregation="per_day", **lost),
    )
    rows = str(findings.by_party(tolls, "target")).splitlines()
    assert [row.split()[-1] for row in rows[1:]] == ["5", "30,000", "8"]
    assert [
        word in told for word, told in zip(("killed ", "(running total)", "per day"), rows[1:], strict=True)
    ] == [True] * 3


def test_bounds_are_read_as_they_were_written() -> None:
    share = claim(99.6, unit="percent", text="99.6 percent", event="intercepted", item="drone")
    advance = claim(12.5, unit="km", text="12.5 km", event="advanced", item="depth")
    told = str(cs.story.claim_list(claims(share, advance)))
    assert "99.6 %" in told and "12.5 km " in told
