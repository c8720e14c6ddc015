"""Hedge → bounds, by a rule set that can be switched; the claims table itself keeps ours."""

from __future__ import annotations

import math

from conflictstats.errors import ConflictstatsError

RULES = ("ours", "ucdp", "acled")


def check_rules(rules: str) -> None:
    if rules not in RULES:
        raise ConflictstatsError(
            f"unknown hedge rules {rules!r}; known: {', '.join(RULES)}. `ours` takes the bounds of the table."
        )


def bounds_by(rules: str, hedge: str, low: float, best: float, high: float) -> tuple[float, float, float]:
    """The bounds that a rule set gives a figure.

    `ours` are those of the table. `ucdp` is like the coding of UCDP events: hedges of one number are
    dropped, "at most" is a high with no best, and a vague quantity counts with its low end. `acled` is
    like ACLED's: one conservative figure for each claim, "dozens" 12 and "hundreds" 100.
    """
    if rules == "ours":
        return low, best, high
    if hedge == "vague":
        lowest = low if rules == "ucdp" else _acled_vague(low)
        return lowest, lowest, high if rules == "ucdp" else lowest
    if hedge == "range":
        return (low, best, high) if rules == "ucdp" else (low, low, low)
    if hedge == "at_most" and rules == "ucdp":
        return 0.0, math.nan, high
    return best, best, best


def _acled_vague(low: float) -> float:
    """Dozens and scores 12, hundreds 100, thousands 1,000; a few and several as in the table."""
    if math.isnan(low) or low < 12:
        return low
    return 12.0 if low < 100 else float(10 ** math.floor(math.log10(low)))
