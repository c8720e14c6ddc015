"""House effects: known biases come back, intervals hold what they promise, and little data is refused."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd
import pytest
from factories import claim, claims
from hypothesis import given, settings
from hypothesis import strategies as st

from conflictstats.compare import house_effects
from conflictstats.compare.house_effects import estimate
from conflictstats.errors import ConflictstatsError
from conflictstats.tables import empty_claims


def answers(
    bias: list[float], questions: int, noise: float, rng: np.random.Generator
) -> tuple[Any, Any, Any]:
    """Two to all houses answer each question: its own figure, times the house's bias, times noise."""
    rows = []
    for q in range(questions):
        figure = rng.normal(3, 1)
        for house in rng.choice(len(bias), min(len(bias), max(2, rng.poisson(3))), replace=False):
            rows.append((q, house, figure + bias[house] + rng.normal(0, noise)))
    question, house, log = zip(*rows, strict=True)
    return np.array(question), np.array(house), np.array(log)


def test_known_biases_come_back() -> None:
    bias = [-0.5, -0.2, 0.0, 0.1, 0.6]
    effect, *_ = estimate(*answers(bias, 1000, 0.4, np.random.default_rng(7)))
    assert effect == pytest.approx(bias, abs=0.05)
    assert effect.sum() == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize(
    ("houses", "questions", "spread", "noise"), [(4, 20, 0.3, 0.3), (8, 60, 0.1, 0.5), (12, 80, 0.5, 0.2)]
)
def test_nominal_90_percent_intervals_cover(houses: int, questions: int, spread: float, noise: float) -> None:
    rng = np.random.default_rng(20)
    held: list[bool] = []
    for _ in range(150):
        bias = rng.normal(0, spread, houses)
        _, low, high, group = estimate(*answers(list(bias), questions, noise, rng))
        assert set(group) == {0}
        truth = bias - bias.mean()
        held += list((low <= truth) & (truth <= high))
    assert 0.85 <= np.mean(held) <= 0.95


def test_houses_that_no_question_links_are_groups_of_their_own() -> None:
    question, house = np.array([0, 0, 1, 1, 2, 2, 3, 3]), np.array([0, 1, 0, 1, 2, 3, 2, 3])
    effect, _, _, group = estimate(question, house, np.log([2.0, 1, 2, 1, 3, 1, 3, 1]))
    assert [*group] == [0, 0, 1, 1]
    assert effect[0] + effect[1] == pytest.approx(0)
    assert effect[2] + effect[3] == pytest.approx(0)
    assert effect[2] > effect[0] > 0  # drawn in, not turned round


def days(n: int) -> tuple[str, str]:
    return (str(pd.Timestamp("2023-01-01") + pd.Timedelta(days=4 * n))[:10],) * 2


def shared(questions: int, **factors: float) -> list[dict[str, Any]]:
    """Each house tells of the same tolls, each times its factor."""
    return [
        claim(
            round(factor * 20 * (n + 1)),
            source=name,
            period=days(n),
            place=f"Town {n % 7}",
            published="2023-12-01",
        )
        for n in range(questions)
        for name, factor in factors.items()
    ]


def test_factors_by_source_and_what_they_are_held_against() -> None:
    found = house_effects(claims(*shared(20, high=1.5, low=0.75, mid=1.0)))
    assert [*found.effects["house"]] == ["high", "mid", "low"]
    assert found.effects["n_questions"].tolist() == [20, 20, 20]
    average = (1.5 * 0.75 * 1.0) ** (1 / 3)
    assert found.effects["factor"].tolist() == pytest.approx(
        [f / average for f in (1.5, 1.0, 0.75)], rel=0.02
    )
    assert (found.effects["factor_low"] < found.effects["factor"]).all()
    assert (found.effects["factor"] < found.effects["factor_high"]).all()
    assert found.effects["effect"].sum() == pytest.approx(0)
    assert found.reference == "the average of the 3 houses: effects sum to zero"


def test_what_has_no_logarithm_is_left_out_and_counted() -> None:
    odd = {"period": days(0), "place": "Town 0", "published": "2023-12-01"}
    rows = [
        *shared(4, a=1.0, b=2.0),
        claim(0, source="c", **odd),
        claim(15, hedge="at_least", source="c", **odd),
        claim(low=12, high=99, hedge="vague", text="dozens", source="d", **odd),
        claim(25, source=None, source_id=None, source_side=None, **odd),
    ]
    found = house_effects(claims(*rows))
    assert [*zip(found.excluded["reason"], found.excluded["n_figures"], strict=True)] == [
        ("an open bound", 1), ("no source_id", 1), ("vague", 1), ("zero", 1),
    ]  # fmt: skip
    assert found.effects["n_figures"].tolist() == [4, 4]


def test_too_little_is_refused_with_its_number() -> None:
    rows = [*shared(6, a=1.0, b=2.0), *shared(2, rare=1.5)]
    found = house_effects(claims(*rows))
    assert [*found.effects["house"]] == ["b", "a"]
    assert found.refused.to_numpy().tolist() == [["rare", 2, "shares 2 of at least 3 questions"]]
    # c shares three questions, two of them with a house that goes for want of questions
    chain = [*shared(6, a=1.0, b=2.0), *shared(1, c=1.0)]
    chain += [claim(n + 5, source=name, period=days(90 + n)) for n in range(2) for name in ("c", "d")]
    refused = house_effects(claims(*chain)).refused
    assert refused["reason"].tolist() == [
        "shares 3 questions, but fewer than 3 with houses that share enough themselves",
        "shares 2 of at least 3 questions",
    ]
    few = house_effects(claims(*shared(2, a=1.0, b=2.0)))
    assert few.effects.empty
    assert len(few.refused) == 2
    assert few.reference == "none: too few questions are shared"
    assert house_effects(empty_claims()).effects.empty


def test_a_side_may_count_its_own_losses_otherwise_than_the_enemys() -> None:
    rows = [
        claim(round(figure * 10 * (n + 1)), source=side, source_side=side, target=target, period=days(n))
        for n in range(6)
        for target, figures in {"Russia": (2.0, 1.0), "Ukraine": (1.0, 2.0)}.items()
        for side, figure in zip(("Ukraine", "Russia"), figures, strict=True)
    ]
    plain = house_effects(claims(*rows), by="source_side").effects
    assert plain["factor"].tolist() == pytest.approx([1, 1])  # the two cancel out
    split = house_effects(claims(*rows), by=("source_side", "target")).effects
    factors = dict(zip(split["house"], split["factor"], strict=True))
    assert factors["Ukraine on Russia"] == pytest.approx(math.sqrt(2), rel=0.05)
    assert factors["Ukraine on Ukraine"] == pytest.approx(math.sqrt(0.5), rel=0.05)
    assert split["group"].nunique() == 2


def test_a_figure_printed_twice_changes_nothing() -> None:
    rows = shared(5, a=1.0, b=1.5, c=0.9)
    again = [
        row | {"claim_id": f"{row['claim_id']}x", "article_id": "copy.txt"}
        for row in rows
        if row["source"] == "a"
    ]
    once, twice = house_effects(claims(*rows)).effects, house_effects(claims(*rows, *again)).effects
    pd.testing.assert_frame_equal(once.drop(columns="n_figures"), twice.drop(columns="n_figures"))


@settings(max_examples=15, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_order_of_rows_and_the_names_of_houses_do_not_matter(random: Any) -> None:
    rows = shared(4, a=1.0, b=1.5, c=0.8)
    straight = house_effects(claims(*rows)).effects
    random.shuffle(rows)
    pd.testing.assert_frame_equal(house_effects(claims(*rows)).effects, straight)
    exchange = {"a": "b", "b": "a", "c": "c"}
    turned = [row | {"source": exchange[row["source"]], "source_id": exchange[row["source"]]} for row in rows]
    mirrored = house_effects(claims(*turned)).effects
    assert mirrored.set_index("house").loc[["b", "a", "c"], "factor"].tolist() == pytest.approx(
        straight.set_index("house").loc[["a", "b", "c"], "factor"].tolist()
    )


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"by": "outlet"}, "columns of the claims"),
        ({"confidence": 90}, "between 0 and 1"),
        ({"least": 1}, "fewer than 2"),
    ],
)
def test_wrong_choices_are_named(options: dict[str, Any], words: str) -> None:
    with pytest.raises(ConflictstatsError, match=words):
        house_effects(empty_claims(), **options)


def test_a_thousand_questions() -> None:
    """Sixty sources, of which every question has four: the comparison included, this takes seconds."""
    rng = np.random.default_rng(3)
    bias = rng.normal(0, 0.3, 60)
    rows = []
    for n in range(1000):
        figure = rng.normal(5, 0.5)
        for house in rng.choice(60, 4, replace=False):
            best = round(math.exp(figure + bias[house] + rng.normal(0, 0.2)))
            rows.append(
                claim(best, source=f"s{house:02}", period=days(n), place=f"Town {n}", published="2034-01-01")
            )
    effects = house_effects(claims(*rows)).effects.set_index("house").sort_index()
    assert len(effects) == 60
    assert effects["n_questions"].sum() == 4000
    truth = bias - bias.mean()
    assert effects["effect"].to_numpy() == pytest.approx(truth, abs=0.12)
    held = (effects["factor_low"] <= np.exp(truth)) & (np.exp(truth) <= effects["factor_high"])
    assert held.mean() >= 0.8
