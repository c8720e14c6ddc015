"""Which figures compete, how far apart they are, and whether they can be compared at all.

Frames in, frames out: everything here reads the claims table, knows neither articles nor parser, and can be
tried on rows made by hand. `compare` finds questions and pairs, `explain` judges any two rows.
"""

from conflictstats.compare.comparison import Comparison
from conflictstats.compare.contradictions import contradictions
from conflictstats.compare.copies import Copies, copies
from conflictstats.compare.house_effects import HouseEffects, house_effects
from conflictstats.compare.questions import compare
from conflictstats.compare.rates import Rates, rates
from conflictstats.compare.revisions import revisions
from conflictstats.compare.verdicts import VERDICTS, Verdict, explain

__all__ = [
    "VERDICTS", "Comparison", "Copies", "HouseEffects", "Rates", "Verdict",
    "compare", "contradictions", "copies", "explain", "house_effects", "rates", "revisions",
]  # fmt: skip
