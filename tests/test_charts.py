"""What was drawn, not its pixels: the numbers on the Axes, the labels, the counts in the title."""

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
from matplotlib.dates import date2num

from conflictstats import charts
from conflictstats.charts import theme
from conflictstats.codebook import load_codebook
from conflictstats.compare import compare
from conflictstats.tables import empty_claims

NIGHT = ("2023-08-05", "2023-08-06")


@pytest.fixture(autouse=True)
def close_figures() -> Iterator[None]:
    with mpl.rc_context({"backend": "Agg"}):
        yield
        plt.close("all")


@pytest.fixture
def air() -> pd.DataFrame:
    shared: dict[str, Any] = {"item": "drone", "period": NIGHT, "source": "Air Force"}
    return claims(
        claim(27, event="launched", **shared),
        claim(25, event="intercepted", **shared),
        claim(250, hedge="about", text="around 250", item="missile", event="launched", source="Maliar"),
        claim(60, hedge="at_least", event="killed", item="combatant", source="MoD", source_side="Russia"),
        claim(low=24, high=99, hedge="vague", text="dozens", source=None, source_side=None),
        claim(11, status="denied", source="MoD", source_side="Russia", period=NIGHT, item="civilian"),
    )


def labels(ax: Axes) -> list[str]:
    return [label.get_text() for label in ax.get_yticklabels()]


def points(ax: Axes) -> list[tuple[float, float]]:
    return sorted((float(x), float(y)) for line in ax.lines if len(line.get_xdata(orig=False)) == 1
                  for x, y in zip(line.get_xdata(orig=False), line.get_ydata(), strict=True))  # fmt: skip


def title(ax: Axes) -> str:
    figure = ax.get_figure()
    assert figure is not None
    return str(figure.get_suptitle() or ax.get_title())  # type: ignore[union-attr]


def test_each_claim_has_its_line_under_its_source(air: pd.DataFrame) -> None:
    before = air.copy(deep=True)
    ax = charts.claims_by_source(air)
    assert labels(ax) == [
        "MoD", "11 civilians killed (denied)", "60 combatants killed",
        "Air Force", "25 drones intercepted", "27 drones launched",
        "Maliar", "around 250 missiles launched",
        "no source named", "dozens of people killed",
    ]  # fmt: skip
    assert points(ax) == [(11, 1), (25, 4), (27, 5), (60, 2), (250, 7)]  # dozens have no best: a bar
    bar = ax.patches[0]
    assert (bar.get_x(), bar.get_width()) == (24, 75)  # type: ignore[attr-defined]
    assert [sorted(s.get_segments()[0][:, 0]) for s in ax.collections] == [[225, pytest.approx(275)]]
    assert len([a for a in ax.texts if a.arrow_patch is not None]) == 1  # type: ignore[attr-defined]
    assert title(ax) == "What each source claims: 6 of 6 claims shown"
    pd.testing.assert_frame_equal(air, before)


def test_units_are_never_mixed_on_one_axis() -> None:
    df = claims(claim(5), claim(6), claim(3.2, unit="km", event="advanced", item="depth"))
    ax = charts.claims_by_source(df)
    assert ax.get_xlabel() == "number"
    assert title(ax).endswith("2 of 3 claims shown")
    assert charts.claims_by_source(df.tail(1)).get_xlabel() == "kilometres"


@pytest.mark.parametrize(
    "chart", [charts.claims_by_source, charts.launched_intercepted, charts.claims_over_time]
)
def test_no_claims_one_claim_and_thousands(chart: Any) -> None:
    assert chart(empty_claims()).texts[0].get_text().startswith("No ")
    one = claims(claim(12, event="launched", item="drone", period=NIGHT))
    assert title(chart(one)).endswith("1 of 1 claims shown")
    many = pd.concat([one] * 2000, ignore_index=True)
    many["claim_id"] = pd.array([str(n) for n in range(2000)], dtype="string")
    many["source"] = pd.array([f"Source {n % 700}" for n in range(2000)], dtype="string")
    ax = chart(many)
    assert "of 2,000 claims shown" in title(ax)
    figure = ax.get_figure()
    assert figure.get_figheight() < 25


def test_launched_and_intercepted_share_a_line_only_within_one_question(air: pd.DataFrame) -> None:
    ax = charts.launched_intercepted(air)
    assert labels(ax) == ["5–6 Aug 2023", "drones — Air Force", "no period stated", "missiles — Maliar"]
    widths = [(bar.get_width(), bar.get_y() + bar.get_height() / 2) for bar in ax.patches]  # type: ignore[attr-defined]
    assert sorted(widths) == [(25, 1), (27, 1), (250, 3)]
    words = [t.get_text().strip() for t in ax.texts]
    assert words == ["27 launched, 25 intercepted", "225–275 launched"]


def test_the_seed_articles_68_and_178_stand_on_two_lines() -> None:
    """No period for the 68: nothing invites to divide them by the 178 of last week."""
    df = claims(
        claim(68, event="intercepted", item="drone", source="Maliar"),
        claim(178, event="launched", item="drone", source="Zelenskyy", period=("2023-07-31", "2023-08-06")),
    )
    rows = ["31 Jul – 6 Aug 2023", "drones — Zelenskyy", "no period stated", "drones — Maliar"]
    assert labels(charts.launched_intercepted(df)) == rows


def test_a_claim_over_time_stands_on_its_days(air: pd.DataFrame) -> None:
    ax = charts.claims_over_time(air)
    assert title(ax) == "Claims over time: 3 of 6 claims shown, those with a period"
    middle = date2num(pd.Timestamp("2023-08-06"))  # of the 5th and the 6th
    assert points(ax) == [(middle, 11), (middle, 25), (middle, 27)]


def test_disputes_draw_every_answer_and_say_how_far_apart() -> None:
    df = claims(
        claim(32, event="launched", item="drone", source="Air Force", period=NIGHT),
        claim(64, event="launched", item="drone", source="Mayor", period=NIGHT, source_side="Russia"),
        claim(5, event="killed", source="Governor", period=NIGHT),
        claim(5, event="killed", source="UN", period=NIGHT, source_side="third_party"),
        claim(9, event="wounded", source="UN", period=NIGHT),
    )
    ax = charts.disputes(compare(df), df)
    assert labels(ax) == ["drones launched, 5–6 Aug 2023", "people killed, 5–6 Aug 2023"]
    assert points(ax) == [(5, 1), (5, 1), (32, 0), (64, 0)]
    assert [t.get_text() for t in ax.texts] == ["disputed 2.0×", "agree"]
    assert charts.disputes(compare(df.tail(1)), df.tail(1)).texts[0].get_text().startswith("No question")


def test_a_long_label_has_two_lines_and_loses_no_word() -> None:
    place, source = "Zaporizhzhia and Dnipropetrovsk regions", "Regional Military Administration"
    df = claims(
        claim(7, event="launched", item="drone_or_missile", place=place, source=source, period=NIGHT),
        claim(5, event="launched", item="drone", source="Mayor", period=NIGHT),
    )
    _, short, long = labels(charts.launched_intercepted(df))
    assert short == "drones — Mayor"
    assert long.split() == f"drones and missiles, {place} — {source}".split()
    assert max(map(len, long.split("\n"))) < 60


def test_a_chart_draws_into_the_axes_it_is_given(air: pd.DataFrame) -> None:
    _, (left, right) = plt.subplots(1, 2)
    assert charts.claims_by_source(air, ax=left) is left
    assert charts.disputes(compare(air), air, ax=right) is right


def test_each_side_has_one_look_and_enemies_never_the_same() -> None:
    book = load_codebook()
    for war in book.wars.values():
        looks = [theme.side_style(side) for camp in war.sides for side in camp]
        if len(looks) <= len(theme.COLOURS):
            assert len({look.colour for look in looks}) == len(looks)
        if len(looks) <= len(theme.SHAPES):
            assert len({look.shape for look in looks}) == len(looks)
    assert theme.side_style("third_party") == theme.THIRD_PARTY
    assert theme.side_style(None) == theme.side_style(pd.NA) == theme.UNATTRIBUTED  # type: ignore[arg-type]
    assert theme.side_style("Nobody's Army") == theme.side_style("Nobody's Army")


def test_nothing_global_is_touched(air: pd.DataFrame) -> None:
    before = dict(mpl.rcParams)
    charts.claims_by_source(air)
    assert dict(mpl.rcParams) == before


def test_an_svg_is_the_same_in_every_run(air: pd.DataFrame, tmp_path: Path) -> None:
    for name in ("a.svg", "b.svg"):
        with theme.style():
            figure = charts.claims_by_source(air).get_figure()
            figure.savefig(tmp_path / name, metadata={"Date": None})  # type: ignore[union-attr]
    assert (tmp_path / "a.svg").read_bytes() == (tmp_path / "b.svg").read_bytes()


@pytest.mark.parametrize(
    ("rows", "lines"),
    [
        # two articles in their own voice are two sources
        (
            [
                {"source": None, "article_id": "a"},
                {"event": "intercepted", "source": None, "article_id": "b"},
            ],
            2,
        ),
        ([{"conflict": "A"}, {"event": "intercepted", "conflict": "B"}], 2),
        ([{"actor": "Russia"}, {"event": "intercepted", "target": "Ukraine"}], 2),
        ([{"actor": "Russia"}, {"event": "intercepted"}], 1),
        # which of the two launched were intercepted nobody says, unless the one is a part of the other
        ([{"claim_id": "t"}, {"best": 30}, {"event": "intercepted"}], 3),
        ([{"claim_id": "t"}, {"best": 30}, {"event": "intercepted", "part_of": "t"}], 2),
        ([{"claim_id": "t"}, {}, {"event": "intercepted"}, {"event": "intercepted"}], 1),  # printed twice
    ],
)
def test_what_no_source_puts_together_has_lines_of_its_own(rows: list[dict[str, Any]], lines: int) -> None:
    shared: dict[str, Any] = {
        "best": 10,
        "event": "launched",
        "item": "drone",
        "period": NIGHT,
        "source": "X",
    }
    ax = charts.launched_intercepted(claims(*(claim(**(shared | row)) for row in rows)))
    assert len(ax.texts) == lines


def test_competing_shares_and_rates_are_named_as_such() -> None:
    share: dict[str, Any] = {"unit": "percent", "event": "intercepted", "item": "drone", "period": NIGHT}
    rate: dict[str, Any] = {"aggregation": "per_day", "period": NIGHT, "place": "Kharkiv"}
    df = claims(
        claim(99, source="A", **share), claim(50, source="B", **share),
        claim(30, source="A", **rate), claim(60, source="B", **rate),
    )  # fmt: skip
    assert sorted(labels(charts.disputes(compare(df), df))) == [
        "drones intercepted, 5–6 Aug 2023 (percent)",
        "people killed per day, Kharkiv, 5–6 Aug 2023",
    ]
