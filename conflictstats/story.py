"""Sentences computed from the tables, for the notebooks: they read well with no claim, one, or ten thousand."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from conflictstats.corpus import Corpus


def count(n: int, one: str, many: str | None = None) -> str:
    """ "1 claim", "2 claims", "no claims"."""
    words = one if n == 1 else many or one + "s"
    return f"{n:,} {words}" if n else f"no {words}"


def listing(words: Sequence[str], limit: int = 6) -> str:
    """ "a, b and c"; what goes beyond the limit is counted."""
    shown = list(words[:limit])
    if len(words) > limit:
        shown.append(f"{len(words) - limit} others")
    return shown[0] if len(shown) == 1 else ", ".join(shown[:-1]) + " and " + shown[-1] if shown else "none"


def span(days: pd.Series) -> str:
    """The days between the first and the last, as people write them."""
    known = days.dropna()
    if known.empty:
        return "no dates"
    first, last = known.min(), known.max()
    if first == last:
        return f"{first.day} {first:%B %Y}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{last.day} {last:%B %Y}"
    return f"{first.day} {first:%B %Y} – {last.day} {last:%B %Y}"


def facts(corpus: Corpus) -> str:
    """What a report is about, as the definition list that its title block shows."""
    articles, claims = corpus.articles, corpus.claims
    undated = int(articles["published"].isna().sum())
    conflicts = claims["conflict"].dropna().unique()
    rows = [
        ("Published", span(articles["published"]) + (f"; {count(undated, 'article')} without a date" if undated else "")),
        ("Articles", count(len(articles), "article") + (f", {count(len(corpus.rejects), 'reject')}" if len(corpus.rejects) else "")),
        ("Claims", f"{count(len(claims), 'claim')} from {count(claims['source_id'].nunique(), 'source')}"),
        ("Conflicts", listing(sorted(conflicts)) if len(conflicts) else "none named"),
    ]  # fmt: skip
    samples = articles["outlet"].fillna("").str.startswith("Sample").any()
    mark = ' data-watermark="SAMPLE"' if samples else ""
    items = "".join(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in rows)
    return f'<dl class="report-facts"{mark}>{items}</dl>'


def dating(corpus: Corpus) -> str:
    """Which articles were given another date than their own, and why."""
    moved = corpus.dates
    if moved.empty:
        return "No article's date was changed."
    lines = [
        f"- `{row.article_id}` is read as of {row.published:%Y-%m-%d}"
        + (f" instead of {row.stated:%Y-%m-%d}" if row.stated == row.stated and row.stated is not None else "")
        + f". {row.reason}"
        for row in moved.itertuples()
    ]
    return "Dates changed by `dates.csv`:\n\n" + "\n".join(lines)


def rejected(corpus: Corpus) -> str:
    """What could not be read, and why."""
    if corpus.rejects.empty:
        return "Every file was read."
    lines = [f"- `{row.path}`: {row.reason}" for row in corpus.rejects.head(20).itertuples()]
    more = len(corpus.rejects) - 20
    return "Not read:\n\n" + "\n".join(lines) + (f"\n- and {more} more" if more > 0 else "")


def claimed(claims: pd.DataFrame) -> str:
    """What a table of claims holds: how much, about what, from whom."""
    if claims.empty:
        return "The articles make no numeric claim about a conflict."
    events = claims["event"].value_counts()
    sides = claims["source_side"].value_counts()
    narrator = int(claims["source"].isna().sum())
    firm = int((claims["hedge"] == "exact").sum())
    parts = [
        f"The articles make {count(len(claims), 'numeric claim')}. "
        f"Most are about what was {listing([f'{event} ({n})' for event, n in events.items()], 4)}."
        if len(claims) > 1
        else f"The articles make one numeric claim, about what was {events.index[0]}."
    ]
    if len(sides):
        parts.append(f"By side of the source: {listing([f'{side} ({n})' for side, n in sides.items()], 6)}.")
    if narrator:
        parts.append(f"For {count(narrator, 'of them names', 'of them name')} no source: the article says so itself.")
    parts.append(
        f"{firm:,} of {len(claims):,} give an exact number; the others come with a bound or a hedge, which the charts show as a range."
    )
    return " ".join(parts)
