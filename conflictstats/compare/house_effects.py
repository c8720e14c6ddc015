"""How far each source stands from the others on the questions that they share, and how sure that is.

The logarithm of a figure is taken to be that of its question, plus that of its house, plus noise. Only
differences within a question tell about houses, so questions large and small weigh alike. Houses are drawn
towards each other by as much as the data say that they are alike (a random effect): a house with four
figures does not top the list by chance. Effects sum to zero within a group of houses that questions link;
the reference is thus the average house of the group, and nobody's figures are the truth.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from conflictstats.codebook import Codebook
from conflictstats.compare.hedges import bounds_by
from conflictstats.compare.questions import Comparison, compare
from conflictstats.errors import ConflictstatsError
from conflictstats.tables import (
    EXCLUDED_COLUMNS,
    HOUSE_COLUMNS,
    REFUSED_HOUSE_COLUMNS,
    frame,
    require_claims,
)

_COMPARABLE = ("agree", "compatible", "close", "disputed")
# Rounding alone moves figures by some 5 %: as if one such difference had been seen, so that three
# questions on which all agree do not prove that all always agree to the unit.
_ROUNDING = 0.05
# Ratios of the spread of houses to the noise that are weighed against each other, with half a Cauchy
# distribution over them (Gelman 2006): spreads much above the noise stay possible, none is preferred.
_SPREADS = np.tan(np.linspace(0, np.pi / 2, 203)[1:-1])

_Vector = npt.NDArray[np.float64]
_Matrix = npt.NDArray[np.float64]


@dataclass(frozen=True)
class HouseEffects:
    """`effects`, one row per house; `refused`, houses with too little to say; `excluded`, unused figures."""

    effects: pd.DataFrame
    refused: pd.DataFrame
    excluded: pd.DataFrame
    reference: str
    confidence: float = 0.9


@dataclass(frozen=True, slots=True)
class _Answer:
    """What one house says on one question."""

    question: str
    house: str
    log: float
    figures: int


def house_effects(
    claims: pd.DataFrame,
    comparison: Comparison | None = None,
    *,
    by: str | Sequence[str] = "source_id",
    confidence: float = 0.9,
    least: int = 3,
    codebook: Codebook | None = None,
) -> HouseEffects:
    """How many times the others' figures each house gives, on the questions that it shares with them.

    A factor of 1.3 says: typically 1.3 times what the average of the houses in its group says. Only figures
    that can be compared count, each in one question: that with the most houses. Several figures of a house
    for one question count as one. Zeros, vague figures and open bounds have no logarithm to go by; they are
    left out and counted.

    Args:
        claims: the claims table.
        comparison: of these claims; made here if not given.
        by: the column, or columns, that name a house: `source_id`, `source_side`, an outlet merged in, or
            `("source_side", "target")` where a side may count its own losses otherwise than the enemy's.
        confidence: of the intervals.
        least: houses that share fewer questions than this are refused.
        codebook: as in `compare`.

    Raises:
        ConflictstatsError: `by` is no column, or `confidence` or `least` make no sense.
    """
    names = (by,) if isinstance(by, str) else tuple(by)
    claims = require_claims(claims)
    _check(claims, names, confidence, least)
    comparison = comparison or compare(claims, codebook=codebook)
    answers, excluded = _answers(claims, comparison, names)
    shared = {a.house for group in _by_question(answers) for a in group}
    kept = _enough(answers, least)
    rows = list(_rows(kept, confidence))
    counts = Counter(a.house for group in _by_question(answers) for a in group)
    stay = {row[0] for row in rows}
    refused = [(house, counts[house], _too_few(counts[house], least)) for house in sorted(shared - stay)]
    groups = len({row[-1] for row in rows})
    return HouseEffects(
        frame(sorted(rows, key=lambda row: (row[-1], -row[3], row[0])), HOUSE_COLUMNS),
        frame(refused, REFUSED_HOUSE_COLUMNS),
        frame(sorted(excluded.items()), EXCLUDED_COLUMNS),
        _reference(len(rows), groups),
        confidence,
    )


def _check(claims: pd.DataFrame, by: tuple[str, ...], confidence: float, least: int) -> None:
    missing = [name for name in by if name not in claims.columns]
    if missing or not by:
        raise ConflictstatsError(
            f"by is {', '.join(by) or 'empty'}; it names columns of the claims, such as source_id or source_side."
            " Merge others (an outlet) into the table first."
        )
    if not 0 < confidence < 1:
        raise ConflictstatsError(f"confidence is {confidence}; it is a share between 0 and 1, such as 0.9.")
    if least < 2:
        raise ConflictstatsError(f"least is {least}; no interval follows from fewer than 2 questions.")


def _too_few(questions: int, least: int) -> str:
    if questions < least:
        return f"shares {questions} of at least {least} questions"
    return f"shares {questions} questions, but fewer than {least} with houses that share enough themselves"


def _reference(houses: int, groups: int) -> str:
    if not houses:
        return "none: too few questions are shared"
    if groups == 1:
        return f"the average of the {houses} houses: effects sum to zero"
    return (
        f"the average of each of {groups} groups, of {houses} houses in all: effects sum to zero within each"
    )


# --------------------------------------------------------------------------- what is compared


def _answers(
    claims: pd.DataFrame, comparison: Comparison, by: tuple[str, ...]
) -> tuple[list[_Answer], Counter[str]]:
    """One answer per house and question; each figure in one question only."""
    rows = claims.drop_duplicates("claim_id").set_index("claim_id")
    wanted = rows[[*dict.fromkeys((*by, "hedge", "low", "best", "high", "status"))]]
    values = {str(key): row for key, row in zip(wanted.index, wanted.to_dict("records"), strict=True)}
    excluded: Counter[str] = Counter()
    logs: dict[str, tuple[str, float]] = {}
    members = _members(comparison)
    for claim_id in dict.fromkeys(c for ids in members.values() for c in ids):
        row = values.get(claim_id)
        if row is None:
            raise ConflictstatsError(
                f"the comparison has a claim {claim_id} that is not in the table of claims."
            )
        house = (
            " on ".join(str(row[name]) for name in by) if not any(pd.isna(row[name]) for name in by) else None
        )
        low, best, high = bounds_by(comparison.rules, row["hedge"], row["low"], row["best"], row["high"])
        reason = _unusable(row["hedge"], low, best, high) if house else f"no {' and '.join(by)}"
        if reason is None and house is not None:
            logs[claim_id] = (house, math.log(best))
        else:
            excluded[str(reason)] += 1
    told: dict[tuple[str, str], list[float]] = {}
    for claim_id, question in _homes(members, logs).items():
        house, log = logs[claim_id]
        told.setdefault((question, house), []).append(log)
    answers = [
        _Answer(question, house, float(np.mean(sorted(set(found)))), len(found))
        for (question, house), found in sorted(told.items())
    ]
    return answers, excluded


def _members(comparison: Comparison) -> dict[str, list[str]]:
    members: dict[str, dict[str, None]] = {}
    pairs = comparison.pairs[comparison.pairs["verdict"].isin(_COMPARABLE)]
    for question, left, right in pairs[["question_id", "left", "right"]].itertuples(index=False):
        if isinstance(question, str):
            members.setdefault(question, {}).update({left: None, right: None})
    return {question: list(ids) for question, ids in members.items()}


def _unusable(hedge: str, low: float, best: float, high: float) -> str | None:
    if math.isnan(best) or hedge == "vague":
        return "vague"
    if best <= 0:
        return "zero"
    if math.isinf(high) or hedge in ("at_least", "at_most"):
        return "an open bound"
    return None


def _homes(members: dict[str, list[str]], logs: dict[str, tuple[str, float]]) -> dict[str, str]:
    """Figure → the one question that it counts in: that with the most houses."""
    sizes = {question: len({logs[c][0] for c in ids if c in logs}) for question, ids in members.items()}
    homes: dict[str, str] = {}
    for question in sorted(members, key=lambda q: (-sizes[q], q)):
        for claim_id in members[question]:
            if claim_id in logs:
                homes.setdefault(claim_id, question)
    return homes


def _by_question(answers: Sequence[_Answer]) -> list[list[_Answer]]:
    """Answers of the questions that two houses answer."""
    questions: dict[str, list[_Answer]] = {}
    for answer in answers:
        questions.setdefault(answer.question, []).append(answer)
    return [group for group in questions.values() if len(group) > 1]


def _enough(answers: list[_Answer], least: int) -> list[_Answer]:
    """Without houses that share too few questions; each that goes may leave another with too few."""
    while True:
        left = [a for group in _by_question(answers) for a in group]
        counts = Counter(a.house for a in left)
        few = {house for house, n in counts.items() if n < least}
        answers = [a for a in left if a.house not in few]
        if not few:
            return answers


# --------------------------------------------------------------------------- what follows


def _rows(answers: list[_Answer], confidence: float) -> Iterator[tuple[Any, ...]]:
    if not answers:
        return
    houses = sorted({a.house for a in answers})
    questions = {q: n for n, q in enumerate(sorted({a.question for a in answers}))}
    place = {house: n for n, house in enumerate(houses)}
    group = np.array([questions[a.question] for a in answers])
    house = np.array([place[a.house] for a in answers])
    effect, low, high, component = estimate(group, house, np.array([a.log for a in answers]), confidence)
    asked = Counter(a.house for a in answers)
    figures: Counter[str] = Counter()
    for answer in answers:
        figures[answer.house] += answer.figures
    for n, name in enumerate(houses):
        yield (
            name, asked[name], figures[name], math.exp(effect[n]), math.exp(low[n]), math.exp(high[n]),
            float(effect[n]), int(component[n]),
        )  # fmt: skip


def estimate(
    question: npt.NDArray[np.int64], house: npt.NDArray[np.int64], log: _Vector, confidence: float = 0.9
) -> tuple[_Vector, _Vector, _Vector, npt.NDArray[np.int64]]:
    """Effect, lower and upper end (logarithms) and group of each house, from its answers.

    The model is log = question + house + noise with normal houses and noise, questions swept out. Its
    likelihood depends on the data through one symmetric matrix, that of who shares how many questions
    with whom; in the basis of its eigenvectors all sums are closed. The spread of the houses against the
    noise is not fixed at one estimate, which may be zero: all its values are weighed by what the data say.
    """
    from scipy import linalg, sparse, special, stats  # type: ignore[import-untyped]
    from scipy.sparse import csgraph  # type: ignore[import-untyped]

    n = int(house.max()) + 1
    sizes = np.bincount(question)
    within = log - (np.bincount(question, weights=log) / sizes)[question]
    answered = sparse.csr_matrix((1 / np.sqrt(sizes[question]), (question, house)), shape=(len(sizes), n))
    shared = (answered.T @ answered).toarray()
    laplacian = np.diag(np.bincount(house, minlength=n).astype(float)) - shared
    _, component = csgraph.connected_components(shared, directed=False)
    values, vectors = linalg.eigh(laplacian)
    known = values > 1e-9 * max(1.0, float(values[-1]))
    values, vectors = values[known], vectors[:, known]
    along = vectors.T @ np.bincount(house, weights=within, minlength=n) / np.sqrt(values)
    rest = max(0.0, float(within @ within - along @ along))
    freedom = len(log) - len(sizes)
    squares = np.square(_SPREADS)[:, None]
    shrunk = 1 + squares * values
    scale = (rest + _ROUNDING**2 + np.sum(np.square(along) / shrunk, axis=1)) / freedom
    weight = -0.5 * np.sum(np.log(shrunk), axis=1) - 0.5 * freedom * np.log(scale)
    weight = np.exp(weight - special.logsumexp(weight))
    means = (squares * np.sqrt(values) * along / shrunk) @ vectors.T
    spread = scale[:, None] * ((squares / shrunk) @ np.square(vectors).T)
    effect = weight @ means
    error = np.sqrt(weight @ (spread + np.square(means - effect)))
    reach = float(stats.t.ppf(0.5 + confidence / 2, freedom)) * error
    return effect, effect - reach, effect + reach, component.astype(np.int64)
