"""Sentences computed from the tables, for the notebooks: they read well with no claim, one, or ten thousand."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

import pandas as pd

from conflictstats.charts.theme import side_label
from conflictstats.citing import bounds as bounds
from conflictstats.citing import cited as cited
from conflictstats.citing import claim_list as claim_list
from conflictstats.citing import claim_notes as claim_notes
from conflictstats.citing import days, kind, link, links, numbered, parties, plain, side, table, what
from conflictstats.compare.wording import number as _number
from conflictstats.corrections import notes
from conflictstats.shown import Shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from conflictstats.compare import Comparison, Rates
    from conflictstats.corpus import Corpus

_AIR_EVENTS = ("launched", "intercepted", "hit")
_AIR_ITEMS = ("drone", "missile", "drone_or_missile", "rocket", "bomb")
# How many lines a list in a report may have; the tables beside the report hold all.
_MOST = 40
_REFUSED = 20


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
    outlets = articles["outlet"].dropna().nunique()
    conflicts = claims["conflict"].dropna().unique()
    sides = sorted(claims["source_side"].dropna().unique(), key=lambda name: (name == "third_party", name))
    dated = days(claims["period_start"].min(), claims["period_end"].max()) if len(claims) else ""
    rows = [
        ("Published", escape(span(articles["published"]) + (f"; {count(undated, 'article')} without a date" if undated else ""))),
        ("Figures of", dated),
        ("Conflicts", escape(listing(sorted(conflicts)) if len(conflicts) else "none named")),
        ("Corpus", count(len(articles), "article") + (f" from {count(outlets, 'outlet')}" if outlets else "")),
        ("Not read", f"{count(len(corpus.rejects), 'input')}, listed below" if len(corpus.rejects) else "none; every input was read"),
        ("Claims", f"{count(len(claims), 'claim')} from {count(claims['source_id'].nunique(), 'source')}"),
        ("Sides", " · ".join(side(name) for name in sides)),
        ("Read by", escape(", ".join(sorted(claims["extractor"].dropna().unique())))),
    ]  # fmt: skip
    samples = articles["outlet"].fillna("").str.startswith("Sample").any()
    mark = ' data-watermark="SAMPLE"' if samples else ""
    items = "".join(f"<dt>{name}</dt><dd>{told}</dd>" for name, told in rows if told)
    return f'<dl class="report-facts"{mark}>{items}</dl>'


def dating(corpus: Corpus) -> str:
    """What people changed by hand, and why: dates of publication, and claims."""
    return _dates_changed(corpus) + _claims_corrected(corpus)


def _claims_corrected(corpus: Corpus) -> str:
    said = notes(corpus.corrections)
    if not said:
        return ""
    more = f"\n- and {len(said) - _MOST} more" if len(said) > _MOST else ""
    return "\n\nBy `corrections.csv`:\n\n" + "\n".join(f"- {plain(note)}" for note in said[:_MOST]) + more


def _dates_changed(corpus: Corpus) -> str:
    moved = corpus.dates
    if moved.empty:
        return "No article's date was changed."
    lines = [
        f"- {plain(row.article_id)} is read as of {row.published:%Y-%m-%d}"
        + (
            f" instead of {row.stated:%Y-%m-%d}"
            if row.stated == row.stated and row.stated is not None
            else ""
        )
        + f". {plain(row.reason)}"
        for row in _rows(moved)
    ]
    return "Dates changed by `dates.csv`:\n\n" + "\n".join(lines)


def rejected(corpus: Corpus) -> str:
    """What could not be read, and why."""
    if corpus.rejects.empty:
        return "Every file was read."
    lines = [f"- {plain(row.path)}: {plain(row.reason)}" for row in _rows(corpus.rejects.head(20))]
    more = len(corpus.rejects) - 20
    return "Not read:\n\n" + "\n".join(lines) + (f"\n- and {more} more" if more > 0 else "")


def claimed(claims: pd.DataFrame) -> str:
    """What a table of claims holds: how much, about what, from whom."""
    if claims.empty:
        return "The articles make no numeric claim about a conflict."
    firm = int((claims["hedge"] == "exact").sum())
    unsaid = int(claims["source"].isna().sum())
    if len(claims) == 1:
        row = _records(claims)[0]
        who = (
            f"{plain(row['source'])} says it"
            if not unsaid
            else "The article says so itself, naming no source"
        )
        kind = "an exact number" if firm else "a bound or a hedged number, which the charts show as a range"
        n = numbered(claims)[row["claim_id"]]
        return f"The articles make one numeric claim: {plain(row['text'])}{link(n)}, {plain(what(row))}. {who}; it is {kind}."
    subjects = pd.Series([what(row) for row in _records(claims)]).value_counts()
    sources = _named(claims)
    parts = [
        f"The articles make {count(len(claims), 'numeric claim')}, most of them about "
        f"{listing([f'{plain(str(subject))} ({n:,})' for subject, n in subjects.items()], 4)}."
    ]
    if len(sources):
        parts.append(
            f"Who says most: {listing([f'{plain(str(name))} ({n:,})' for name, n in sources.items()], 3)}."
        )
    sides = claims["source_side"].map(side_label, na_action="ignore").value_counts()
    if len(sides):
        parts.append(
            f"By side of the source: {listing([f'{plain(str(name))} ({n:,})' for name, n in sides.items()])}."
        )
    if unsaid:
        parts.append(f"For {unsaid:,} no source is named: the article says so itself.")
    parts.append(
        f"{firm:,} of {len(claims):,} give an exact number"
        + (
            "."
            if firm == len(claims)
            else "; the others come with a bound or a hedge, which the charts show as a range."
        )
    )
    return " ".join(parts)


def _rows(df: pd.DataFrame) -> Iterable[Any]:
    return df.itertuples(index=False)


def _records(df: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(key): value for key, value in row.items()} for row in df.to_dict("records")]


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
        widest = disputed.sort_values(["ratio", "question_id"]).iloc[-1]
        sentence = cited(widest["detail"], _members(comparison, widest["question_id"]), claims).rstrip(".")
        parts.append(f"The widest apart, by a factor of {widest['ratio']:.1f}: {sentence}.")
    assumed = int(shared["assumed"].fillna("").ne("").sum())
    if assumed:
        parts.append(
            f"For {assumed} of these, part of what makes the figures comparable is not stated but assumed."
        )
    return " ".join(parts)


def _members(comparison: Comparison, question_id: str) -> list[str]:
    """The claims of a question, those that are furthest apart first."""
    pairs = comparison.pairs[comparison.pairs["question_id"] == question_id]
    ordered = pairs[~pairs["verdict"].isin(["nested", "not_comparable"])].sort_values(
        "ratio", ascending=False, kind="stable"
    )
    ids: dict[str, None] = {}
    for row in _rows(ordered):
        ids |= {row.left: None, row.right: None}
    return list(ids)


def question_list(comparison: Comparison, claims: pd.DataFrame, limit: int = _MOST) -> Shown:
    """The questions with more than one source, the gravest first, as a table to read."""
    questions = comparison.questions
    asked = questions[questions["n_sources"] > 1]
    if asked.empty:
        return Shown("<p>No question is answered by more than one source.</p>", "no shared questions")
    order = {"disputed": 0, "close": 1, "compatible": 2, "agree": 3}
    ranked = asked.assign(rank=asked["verdict"].map(order).fillna(9), apart=-asked["ratio"].fillna(0.0))
    rows = _records(ranked.sort_values(["rank", "apart", "question_id"]).head(limit))
    numbers = numbered(claims)
    members = [_members(comparison, row["question_id"]) for row in rows]
    told = pd.DataFrame(
        {
            "question": [kind(row) for row in rows],
            "by → to": [parties(row) for row in rows],
            "when": [days(row["period_start"], row["period_end"]) for row in rows],
            "where": [row["place"] if isinstance(row["place"], str) else "" for row in rows],
            "sources": [row["n_sources"] for row in rows],
            "from": [_number(row["low"]) if pd.notna(row["low"]) else "" for row in rows],
            "to": [
                "∞" if row["high"] == float("inf") else _number(row["high"]) if pd.notna(row["high"]) else ""
                for row in rows
            ],
            "times apart": [
                f"{row['ratio']:.{1 if row['ratio'] >= 1.1 else 2}f}" if pd.notna(row["ratio"]) else ""
                for row in rows
            ],
            "verdict": [row["verdict"] for row in rows],
            "claims": [", ".join(str(numbers[i]) for i in ids if i in numbers) for ids in members],
        },
        index=range(1, len(rows) + 1),
    )
    heads = ("Question", "When and where", "Sources", "From", "To", "Times apart", "Verdict", "Claims")
    cells = [
        (
            "<br>".join(escape(part) for part in (row["question"], row["by → to"]) if part),
            "<br>".join(escape(part) for part in (row["when"], row["where"]) if part),
            str(row["sources"]), row["from"], row["to"], row["times apart"], f"<b>{row['verdict']}</b>",
            links(ids, numbers, raised=False),
        )
        for row, ids in zip(_records(told), members, strict=True)
    ]  # fmt: skip
    more = f"{len(asked) - limit} more are in the table of questions." if len(asked) > limit else ""
    html = table(heads, cells, right=(2, 3, 4, 5)) + (f"<p>{more}</p>" if more else "")
    return Shown(html, told.to_string(max_colwidth=40) + (f"\n{more}" if more else ""))


def _details(rows: pd.DataFrame, claims: pd.DataFrame, none: str, limit: int = _MOST) -> str:
    if rows.empty:
        return none
    lines = [
        f"- **{row.verdict.replace('_', ' ')}**: {cited(row.detail, [row.left, row.right], claims)}"
        for row in _rows(rows.head(limit))
    ]
    more = len(rows) - limit
    return "\n".join(lines) + (f"\n\n{more:,} more are in the table of pairs." if more > 0 else "")


def pair_list(comparison: Comparison, claims: pd.DataFrame) -> str:
    """What is said of each pair that answers one question, the gravest first."""
    pairs = comparison.pairs[~comparison.pairs["verdict"].isin(["not_comparable", "nested"])]
    order = {"disputed": 0, "close": 1, "revision": 2, "compatible": 3, "agree": 4}
    ranked = pairs.assign(rank=pairs["verdict"].map(order).fillna(9), apart=-pairs["ratio"].fillna(0.0))
    pairs = ranked.sort_values(["rank", "apart"], kind="stable")
    return _details(pairs, claims, "No two figures answer the same question.")


def nested_list(comparison: Comparison, claims: pd.DataFrame) -> str:
    """Pairs of which one is inside the other, by period, place or item: checked, never averaged."""
    pairs = comparison.pairs[comparison.pairs["verdict"] == "nested"]
    return _details(pairs, claims, "No figure lies inside another.", 12)


def near_misses(comparison: Comparison, claims: pd.DataFrame) -> str:
    """Pairs that look alike but cannot be compared, with the reason."""
    pairs = comparison.pairs[comparison.pairs["verdict"] == "not_comparable"]
    return _details(pairs, claims, "No two figures look alike without being comparable.")


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


def rate_text(rates: Rates, claims: pd.DataFrame) -> str:
    """The rates that may be taken, each with its band, and why others may not."""
    lines = []
    numbers = numbered(claims)
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
            else f"; as if a sample, {100 * rates.confidence:g} % interval {row.wilson_low:.0%}–{row.wilson_high:.0%}"
        )
        best = "no best value" if pd.isna(row.rate) else f"{row.rate:.0%}"
        figures = (
            f"{_number(row.n_intercepted)}{links([row.intercepted], numbers)} of "
            f"{_number(row.n_launched)}{links([row.launched], numbers)}"
            if not pd.isna(row.rate)
            else f"vague figures{links([row.intercepted, row.launched], numbers)}"
        )
        when = "" if pd.isna(row.period_start) else f", {days(row.period_start, row.period_end)}"
        thing = row.item.replace("_", " ")
        lines.append(f"- {thing}{when}, by {plain(who)}: **{best}** ({figures}){band}{wilson}")
    text = (
        "\n".join(lines[:_MOST])
        if lines
        else "No source gives both figures for the same question, so no rate is taken."
    )
    if len(lines) > _MOST:
        text += f"\n\n{len(lines) - _MOST:,} more are left out."
    if rates.refused.empty:
        return text
    refused = [
        f"- {cited(row.detail, [row.intercepted, row.launched], claims)}"
        for row in _rows(rates.refused.head(_REFUSED))
    ]
    left = len(rates.refused) - _REFUSED
    more = f"\n\n{left:,} more are left out." if left > 0 else ""
    return f"{text}\n\nRefused:\n\n" + "\n".join(refused) + more


def _named(claims: pd.DataFrame) -> pd.Series[int]:
    """How many claims each source makes, under the name that it mostly goes by."""
    known = claims[claims["source"].notna()]
    identity = known["source_id"].fillna(known["source"])
    names = known.groupby(identity)["source"].agg(lambda said: said.value_counts().index[0])
    counts = identity.value_counts()
    ordered = counts[sorted(counts.index, key=lambda key: (-counts[key], key))]
    return pd.Series(ordered.to_numpy(), index=names[ordered.index].to_numpy(), dtype="int64")


# --------------------------------------------------------------------------- captions: what a chart found


def source_caption(claims: pd.DataFrame) -> str:
    """Of the chart of claims by source, in HTML: who gives most figures."""
    sources = _named(claims)
    if sources.empty:
        return "Each claim with the bounds that its words allow."
    name, most = str(sources.index[0]), int(sources.iloc[0])
    share = f"{most} of {count(len(claims), 'claim')}" if len(claims) > 1 else "The only claim"
    more = "" if len(sources) == 1 else f", from {count(len(sources), 'source')} in all"
    verb = "are" if most != 1 else "is"
    return (
        f"{share} {verb} by {escape(name)}{more}. Each line is a claim with the bounds that its words allow."
    )


def dispute_caption(comparison: Comparison, claims: pd.DataFrame) -> str:
    """Of the chart of disputes, in HTML: the two figures that are furthest apart."""
    shared = comparison.questions[comparison.questions["n_sources"] > 1]
    disputed = comparison.pairs[
        (comparison.pairs["verdict"] == "disputed") & comparison.pairs["ratio"].notna()
    ].sort_values(["ratio", "left", "right"])
    how = "A line is one question; points and bars are what each source says, with its bounds."
    if disputed.empty:
        return f"No figures on {count(len(shared), 'shared question')} are in dispute. {how}"
    pair = disputed.iloc[-1]
    numbers = numbered(claims)
    known = claims.drop_duplicates("claim_id").set_index("claim_id", drop=False)
    left, right = (_records(known.loc[[pair[end]]])[0] for end in ("left", "right"))
    told = (
        f"{escape(row['text'])}{link(numbers[row['claim_id']])} by "
        f"{escape(row['source'] if isinstance(row['source'], str) else 'the article')}"
        for row in (left, right)
    )
    n = int((shared["verdict"] == "disputed").sum())
    return (
        f"{n} of {count(len(shared), 'shared question')} {'is' if n == 1 else 'are'} disputed. Furthest apart, "
        f"{pair['ratio']:.1f} times: {escape(what(left))}, {' against '.join(told)}. {how}"
    )


def highest(claims: pd.DataFrame) -> str | None:
    """The claim with the highest best figure, in HTML with its number; None where none is asserted with one."""
    known = claims[(claims["status"] == "asserted") & claims["best"].notna()]
    if known.empty:
        return None
    row = _records(known.sort_values(["best", "claim_id"]).tail(1))[0]
    who = row["source"] if isinstance(row["source"], str) else "the article"
    number = numbered(claims)[row["claim_id"]]
    return f"{escape(row['text'])}{link(number)} {escape(what(row))}, by {escape(who)}"


def air_caption(air: pd.DataFrame) -> str:
    """Of the chart of launched and intercepted, in HTML: the largest figures of both."""
    ends = (highest(air[air["event"] == event]) for event in ("launched", "intercepted"))
    told = [words for words in ends if words is not None]
    if not told:
        return "What each source says was launched and intercepted."
    return (
        f"The largest {'figure' if len(told) == 1 else 'figures'}: {'; '.join(told)}. Outlined bars are "
        "launched, filled ones intercepted; they share a line only where both answer one question."
    )


def time_caption(claims: pd.DataFrame) -> str:
    """Of the chart over time, in HTML: on which days most claims end."""
    ends = claims["period_end"].dropna()
    if ends.empty:
        return "Claims over time, by side of the source."
    counts = ends.value_counts().sort_index()
    most, n = pd.Timestamp(str(counts.idxmax())), int(counts.max())
    told = (
        f"All figures are up to {days(most, most)}"
        if n == len(claims)
        else f"Most figures, {n} of {len(claims):,}, are up to {days(most, most)}"
    )
    return f"{told}. Horizontal lines are the days that a figure counts, vertical ones its bounds."
