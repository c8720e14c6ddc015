"""What `compare` gives back: two tables, with the choices they were made by, and how they show themselves."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape

import pandas as pd

from conflictstats.compare.figures import NEWS_DAYS
from conflictstats.tables import COPY_COLUMNS, frame

_SHOWN = 8  # questions in a notebook's cell
_ORDER = ("disputed", "close", "compatible", "agree", "revision", "single")
_RULES = {
    "ours": "hedges read as in the claims table: 'about' is a tenth either way, 'dozens' 24 to 99",
    "ucdp": "hedges read as UCDP does: those of one number dropped, 'at most' a high without a best",
    "acled": "hedges read as ACLED does: one conservative figure each, 'dozens' 12",
}


@dataclass(frozen=True)
class Comparison:
    """Which figures compete: `questions`, one row each, and `pairs`, one row per two figures.

    `tolerance` and `rules` are the choices that the verdicts rest on; `choices` says them in words. `copies`
    lists the articles that were counted once. `unjudged` is how many pairs were never looked at, because too
    many figures could have answered one question: 0 for thousands of claims, some for hundreds of thousands.
    """

    questions: pd.DataFrame
    pairs: pd.DataFrame
    tolerance: float = 0.1
    rules: str = "ours"
    copies: pd.DataFrame = field(default_factory=lambda: frame((), COPY_COLUMNS))
    unjudged: int = 0

    @property
    def choices(self) -> dict[str, str]:
        """What a report prints beside the figures: each choice, and what it means."""
        return {
            "tolerance": f"bounds that lie apart by no more than {self.tolerance:.0%} are close, not disputed",
            "rules": _RULES.get(self.rules, self.rules),
            "inheritance": (
                "a claim without a day takes that of its attack, else the one its article last spoke of, else the"
                f" {NEWS_DAYS} days up to publication; verdicts that rest on this say what was assumed"
            ),
            "copies": f"{len(self.copies)} copied articles count once"
            if len(self.copies)
            else "no copies found",
        }

    def __repr__(self) -> str:
        return f"<Comparison: {self._headline()}; tolerance {self.tolerance:.0%}, rules {self.rules!r}>"

    def _headline(self) -> str:
        shared = self.questions[self.questions["n_claims"] > 1]
        verdicts = shared["verdict"].value_counts()
        told = ", ".join(f"{verdicts[name]} {name}" for name in _ORDER if name in verdicts)
        return (
            f"{len(self.questions):,} questions, {len(shared):,} with more than one claim"
            f"{f' ({told})' if told else ''}, {len(self.pairs):,} pairs"
            f"{f'; {self.unjudged:,} more not judged' if self.unjudged else ''}"
        )

    def _repr_html_(self) -> str:
        """A small table of the questions that matter most; the page's own colours, so light and dark both read."""
        gravity = {name: n for n, name in enumerate(_ORDER)}
        shared = self.questions[self.questions["n_claims"] > 1]
        ranked = shared.assign(
            gravity=shared["verdict"].map(gravity).fillna(len(gravity)), apart=-shared["ratio"].fillna(0)
        ).sort_values(["gravity", "apart"], kind="stable")
        rows = "".join(
            "<tr>" + "".join(f"<td>{_cell(value)}</td>" for value in values) + "</tr>"
            for values in ranked.head(_SHOWN)[
                ["verdict", "ratio", "n_claims", "n_sides", "detail"]
            ].itertuples(index=False)
        )
        head = "".join(
            f"<th>{name}</th>" for name in ("verdict", "times apart", "claims", "sides", "in words")
        )
        more = f"<p>and {len(shared) - _SHOWN:,} more</p>" if len(shared) > _SHOWN else ""
        table = f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>{more}" if rows else ""
        style = (
            "<style scoped>.cs-comparison td,.cs-comparison th{text-align:left;vertical-align:top;"
            "border-bottom:1px solid currentColor}.cs-comparison td:last-child{max-width:48em;white-space:normal}</style>"
        )
        choices = escape(f"tolerance {self.tolerance:.0%}, hedge rules {self.rules}")
        return f'<div class="cs-comparison">{style}<p>{escape(self._headline())}; {choices}</p>{table}</div>'


def _cell(value: object) -> str:
    if pd.isna(value):  # type: ignore[call-overload]
        return ""
    return escape(f"{value:.1f}" if isinstance(value, float) else str(value))
