"""Sentences computed from the tables, for the notebooks: they read well with no claim, one, or ten thousand."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from conflictstats.compare import Comparison, Rates
    from conflictstats.corpus import Corpus

_AIR_EVENTS = ("launched", "intercepted", "hit")
_AIR_ITEMS = ("drone", "missile", "drone_or_missile", "rocket", "bomb")
# How many lines a list in a report may have; the tables beside the report hold all.
_MOST = 40


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


def span(days: pd.Series[Any]) -> str:
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
        + (
            f" instead of {row.stated:%Y-%m-%d}"
            if row.stated == row.stated and row.stated is not None
            else ""
        )
        + f". {row.reason}"
        for row in _rows(moved)
    ]
    return "Dates changed by `dates.csv`:\n\n" + "\n".join(lines)


def rejected(corpus: Corpus) -> str:
    """What could not be read, and why."""
    if corpus.rejects.empty:
        return "Every file was read."
    lines = [f"- `{row.path}`: {row.reason}" for row in _rows(corpus.rejects.head(20))]
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
    if len(claims) == 1:
        parts.append("It names no source: the article says so itself." if narrator else "")
        parts.append(
            "It gives an exact number."
            if firm
            else "It comes with a bound or a hedge, which the charts show as a range."
        )
        return " ".join(part for part in parts if part)
    if narrator:
        parts.append(f"For {narrator:,} of them no source is named: the article says so itself.")
    parts.append(
        f"{firm:,} of {len(claims):,} give an exact number"
        + (
            "."
            if firm == len(claims)
            else "; the others come with a bound or a hedge, which the charts show as a range."
        )
    )
    return " ".join(parts)


def bounds(row: Mapping[str, Any]) -> str:
    """ "63–77", "60 or more", "up to 60", "170": the bounds of a claim, as people write them."""
    low, best, high = row["low"], row["best"], row["high"]
    unit = (
        ""
        if row["unit"] == "count"
        else " %"
        if row["unit"] == "percent"
        else f" {row['unit'].replace('km2', 'km²')}"
    )
    if pd.isna(low):
        return "?"
    if low == high:
        return f"{_number(best)}{unit}"
    if high == float("inf"):
        return f"{_number(low)} or more{unit}"
    if low == 0:
        return f"up to {_number(high)}{unit}"
    return f"{_number(low)}–{_number(high)}{unit}"


def _rows(df: pd.DataFrame) -> Iterable[Any]:
    return df.itertuples(index=False)


def _records(df: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(key): value for key, value in row.items()} for row in df.to_dict("records")]


def _number(value: float) -> str:
    return f"{value:,.0f}" if float(value).is_integer() or abs(value) >= 100 else f"{value:,.2g}"


def _period(row: Mapping[str, Any]) -> str:
    start, end = row["period_start"], row["period_end"]
    if pd.isna(start):
        return ""
    mark = "" if row["period_basis"] in ("stated", "carried") else " (implied)"
    if start == end or pd.isna(end):
        return f"{start:%Y-%m-%d}{mark}"
    return f"{start:%Y-%m-%d} – {end:%Y-%m-%d}{mark}"


def claim_list(claims: pd.DataFrame, limit: int = 200) -> pd.DataFrame:
    """The claims as a table to read: number, words, what they count, bounds, source, parties, period, place."""
    rows = claims.head(limit)
    return pd.DataFrame(
        {
            "words": rows["text"],
            "what": rows["event"] + " " + rows["item"],
            "reads as": [bounds(row) for row in _records(rows)],
            "source": rows["source"].fillna("the article"),
            "side": rows["source_side"].fillna(""),
            "by → to": rows["actor"].fillna("?") + " → " + rows["target"].fillna("?"),
            "period": [_period(row) for row in _records(rows)],
            "place": rows["place"].fillna(""),
        }
    ).set_axis(range(1, len(rows) + 1))


def contested(comparison: Comparison, claims: pd.DataFrame) -> str:
    """How much is contested, and what most."""
    questions = comparison.questions
    shared = questions[questions["n_sources"] > 1]
    if shared.empty:
        n = count(len(claims), "claim")
        return f"The articles make {n}; no question is answered by more than one source, so nothing competes."
    verdicts = shared["verdict"].value_counts()
    words = {
        "disputed": "disputed",
        "close": "close",
        "compatible": "compatible",
        "agree": "in agreement",
        "nested": "nested",
        "revision": "revised",
    }
    told = [f"{n} {words.get(str(verdict), str(verdict))}" for verdict, n in verdicts.items()]
    parts = [
        f"Of {count(len(questions), 'question')} that the figures answer, {len(shared)} "
        f"{'has' if len(shared) == 1 else 'have'} figures from more than one source: {listing(told)}."
    ]
    disputed = shared[(shared["verdict"] == "disputed") & shared["ratio"].notna()]
    if not disputed.empty:
        widest = disputed.sort_values("ratio").iloc[-1]
        parts.append(f"The widest apart, by a factor of {widest['ratio']:.1f}: {widest['detail']}")
    assumed = int(shared["assumed"].fillna("").ne("").sum())
    if assumed:
        parts.append(
            f"For {assumed} of these, part of what makes the figures comparable is not stated but assumed."
        )
    return " ".join(parts)


def question_list(comparison: Comparison, claims: pd.DataFrame, limit: int = _MOST) -> pd.DataFrame:
    """The questions with more than one source, the gravest first, as a table to read."""
    questions = comparison.questions
    rows = questions[questions["n_sources"] > 1]
    order = {"disputed": 0, "close": 1, "compatible": 2, "agree": 3}
    rows = (
        rows.assign(rank=rows["verdict"].map(order).fillna(9))
        .sort_values(["rank", "question_id"])
        .head(limit)
    )
    return pd.DataFrame(
        {
            "question": rows["event"] + " " + rows["item"],
            "by → to": rows["actor"].fillna("?") + " → " + rows["target"].fillna("?"),
            "period": [_period(row) for row in _records(rows.assign(period_basis="stated"))],
            "figures": rows["n_claims"],
            "sources": rows["n_sources"],
            "from": [_number(v) if pd.notna(v) else "" for v in rows["low"]],
            "to": ["∞" if v == float("inf") else _number(v) if pd.notna(v) else "" for v in rows["high"]],
            "times apart": [f"{v:.1f}" if pd.notna(v) else "" for v in rows["ratio"]],
            "verdict": rows["verdict"],
        }
    ).set_axis(range(1, len(rows) + 1))


def _details(rows: pd.DataFrame, none: str, limit: int = _MOST) -> str:
    if rows.empty:
        return none
    lines = [f"- **{row.verdict.replace('_', ' ')}**: {row.detail}" for row in _rows(rows.head(limit))]
    more = len(rows) - limit
    return "\n".join(lines) + (f"\n\n{more} more are in the table of pairs." if more > 0 else "")


def pair_list(comparison: Comparison) -> str:
    """What is said of each pair that answers one question, the gravest first."""
    pairs = comparison.pairs[~comparison.pairs["verdict"].isin(["not_comparable", "nested"])]
    order = {"disputed": 0, "close": 1, "revision": 2, "compatible": 3, "agree": 4}
    pairs = pairs.assign(rank=pairs["verdict"].map(order).fillna(9)).sort_values("rank", kind="stable")
    return _details(pairs, "No two figures answer the same question.")


def nested_list(comparison: Comparison) -> str:
    """Pairs of which one is inside the other, by period, place or item: checked, never averaged."""
    pairs = comparison.pairs[comparison.pairs["verdict"] == "nested"]
    return _details(pairs, "No figure lies inside another.", 12)


def near_misses(comparison: Comparison) -> str:
    """Pairs that look alike but cannot be compared, with the reason."""
    pairs = comparison.pairs[comparison.pairs["verdict"] == "not_comparable"]
    return _details(pairs, "No two figures look alike without being comparable.")


def air_claims(claims: pd.DataFrame) -> pd.DataFrame:
    """The claims about drones, missiles, rockets and bombs launched, intercepted or let through."""
    return claims[claims["event"].isin(_AIR_EVENTS) & claims["item"].isin(_AIR_ITEMS)]


def air(claims: pd.DataFrame) -> str:
    """What is claimed about attacks from the air, in short."""
    if claims.empty:
        return "The articles make no claim about drones or missiles launched or intercepted."
    launched, intercepted = (claims[claims["event"] == event] for event in ("launched", "intercepted"))
    parts = [
        f"{count(len(launched), 'claim')} of launched and {count(len(intercepted), 'claim')} of intercepted "
        f"drones, missiles or other munitions, from {count(claims['source_id'].nunique(), 'source')}."
    ]
    stated = claims["period_basis"].isin(["stated", "carried"])
    if not stated.all():
        parts.append(
            f"For {int((~stated).sum())} of the {len(claims)} the article does not state the period."
        )
    return " ".join(parts)[:1].upper() + " ".join(parts)[1:]


def rate_text(rates: Rates) -> str:
    """The rates that may be taken, each with its band, and why others may not."""
    lines = []
    for row in _rows(rates.rates):
        who = "the article" if pd.isna(row.source) else row.source
        band = (
            ""
            if row.low == row.high
            else f" (from {row.low:.0%} to {row.high:.0%} by the claims' own bounds)"
        )
        wilson = (
            ""
            if pd.isna(row.wilson_low)
            else f"; as if a sample, 90 % interval {row.wilson_low:.0%}–{row.wilson_high:.0%}"
        )
        best = "no best value" if pd.isna(row.rate) else f"{row.rate:.0%}"
        figures = (
            f"{_number(row.n_intercepted)} of {_number(row.n_launched)}"
            if not pd.isna(row.rate)
            else "vague figures"
        )
        when = (
            ""
            if pd.isna(row.period_start)
            else f", {_period({'period_start': row.period_start, 'period_end': row.period_end, 'period_basis': 'stated'})}"
        )
        lines.append(f"- {row.item.replace('_', ' ')}{when}, by {who}: **{best}** ({figures}){band}{wilson}")
    text = (
        "\n".join(lines[:_MOST])
        if lines
        else "No source gives both figures for the same question, so no rate is taken."
    )
    if rates.refused.empty:
        return text
    refused = [f"- {row.detail}" for row in _rows(rates.refused.head(20))]
    return f"{text}\n\nRefused:\n\n" + "\n".join(refused)
