"""Sentences and tables on what comparison found: tolls, ground, sources, copies, contradictions, revisions.

Like `story`, for the notebooks: they read well with no claim, one, or ten thousand. Figures are never added up
here: two claims may count the same dead, and two advances may be one.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from html import escape
from typing import Any

import pandas as pd

from conflictstats.charts.drawing import speakers_of
from conflictstats.charts.theme import side_label
from conflictstats.citing import (
    bounds,
    cited,
    kind,
    links,
    numbered,
    plain,
    side,
    table,
    what,
)
from conflictstats.codebook import load_codebook
from conflictstats.compare import Comparison, Copies, HouseEffects, Rates, explain
from conflictstats.dateline import dateline
from conflictstats.reference import KINDS, Reference, as_claims
from conflictstats.shown import Shown
from conflictstats.story import count, highest, listing

_TOLLS = ("killed", "wounded", "casualties", "missing")
_PEOPLE = "people"  # a class of items.toml; so is the next
_GROUND = "ground"
_MOVES = ("advanced", "seized", "held", "repelled")
_MOST = 40
_CITED = 5  # claims of a source that a table names
_HELD = {
    "source_id": "named source",
    "source_side": "side that the source speaks for",
    "target": "side that it happened to",
    "actor": "side that did it",
}
_RULES = {
    "ours": "hedges are read with the bounds of the claims table (“around 70” is 63 to 77)",
    "ucdp": "hedges are dropped and vague figures count with their low end, as in UCDP's coding",
    "acled": "each claim counts with one conservative figure (“dozens” is 12), as in ACLED's coding",
}


# --------------------------------------------------------------------------- casualties and ground


def toll_claims(claims: pd.DataFrame) -> pd.DataFrame:
    """The claims about people killed, wounded or missing."""
    people = _items_of(_PEOPLE)
    return claims[claims["event"].isin(_TOLLS) & claims["item"].isin(people) & (claims["unit"] == "count")]


def ground_claims(claims: pd.DataFrame) -> pd.DataFrame:
    """The claims about advances, ground and settlements taken or held, and attacks beaten off."""
    ground = claims["item"].isin(_items_of(_GROUND)) | (claims["event"] == "repelled")
    return claims[claims["event"].isin(_MOVES) & ground]


def _items_of(group: str) -> list[str]:
    return [name for name, item in load_codebook().items.items() if item.group == group]


def tolls(claims: pd.DataFrame) -> str:
    """What is claimed about casualties, in short."""
    if claims.empty:
        return "The articles make no claim about people killed, wounded or missing."
    unstated = int((~claims["period_basis"].isin(["stated", "carried"])).sum())
    return " ".join(
        part
        for part in (
            f"{count(len(claims), 'claim').capitalize()} about casualties from"
            f" {count(claims['source_id'].nunique(), 'named source')}: {_events(claims)}.",
            _who_tells(claims, "target", "losses"),
            f"For {unstated:,} of {len(claims):,} the article does not state the period." if unstated else "",
        )
        if part
    )


def ground(claims: pd.DataFrame) -> str:
    """What is claimed about ground gained, held or defended, in short."""
    if claims.empty:
        return "The articles make no claim about ground gained, held or defended."
    return " ".join(
        part
        for part in (
            f"{count(len(claims), 'claim').capitalize()} about ground from"
            f" {count(claims['source_id'].nunique(), 'named source')}: {_events(claims)}.",
            _who_tells(claims, "actor", "deeds"),
        )
        if part
    )


def _events(claims: pd.DataFrame) -> str:
    subjects = Counter(what(row) for row in _records(claims))
    return listing([f"{plain(subject)} ({n:,})" for subject, n in subjects.most_common()], 4)


def _who_tells(claims: pd.DataFrame, party: str, words: str) -> str:
    """Whose losses (or deeds) each side's sources tell of: its own, or the others'."""
    known = claims[claims["source_side"].notna() & claims[party].notna()]
    pairs = Counter(zip(known["source_side"], known[party], strict=True))
    if not pairs:
        return ""
    told = [
        f"{side_label(teller)} on {name} ({n:,})"
        for (teller, name), n in sorted(pairs.items(), key=lambda pair: (-pair[1], pair[0]))
    ]
    return f"By side of the source, on whose {words}: {listing(told)}."


def by_party(claims: pd.DataFrame, party: str, limit: int = _MOST) -> Shown:
    """What each side's sources say of each party: how many figures, from the lowest to the highest.

    Only figures of one unit, that count in one way, share a range: no running total stands beside a day's toll.

    Args:
        claims: a selection of the corpus' claims.
        party: `target` for whose losses they are, `actor` for whose deeds.
        limit: rows at most.
    """
    if claims.empty:
        return Shown("<p>There are no claims to list.</p>", "no claims")
    numbers = numbered(claims)
    groups: dict[tuple[str, str, str], list[dict[str, Any]]] = {}
    for row in _records(claims):
        key = (_or(row[party], "not said"), kind(row), _or(row["source_side"], "no source named"))
        groups.setdefault(key, []).append(row)
    ordered = sorted(groups.items())
    heads = (
        "Losses of" if party == "target" else "Deeds of",
        "What",
        "Told by",
        "Figures",
        "From – to",
        "Claims",
    )
    told = [
        (name, subject, teller, f"{len(rows):,}", _envelope(rows), _ends(rows))
        for (name, subject, teller), rows in ordered[:limit]
    ]
    cells = [
        (
            escape(name) if name in ("not said", "both") else side(name), escape(subject),
            side(None if teller == "no source named" else teller), n, reach, _some(ids, int(n.replace(",", "")), numbers),
        )
        for name, subject, teller, n, reach, ids in told
    ]  # fmt: skip
    more = f"{len(ordered) - limit} more rows are left out." if len(ordered) > limit else ""
    html = table(heads, cells, right=(3, 4)) + (f"<p>{more}</p>" if more else "")
    text = pd.DataFrame([row[:5] for row in told], columns=list(heads[:5])).to_string(
        index=False, max_colwidth=40
    )
    return Shown(html, text + (f"\n{more}" if more else ""))


def _ends(rows: Sequence[dict[str, Any]]) -> list[str]:
    """Some of the claims: that with the lowest figure, that with the highest, and others in their order."""
    known = [row for row in rows if not math.isnan(row["low"])]
    ends = [min(known, key=lambda row: row["low"]), max(known, key=lambda row: row["high"])] if known else []
    return list(dict.fromkeys(row["claim_id"] for row in (*ends, *rows)))[:_CITED]


def _some(ids: Sequence[str], of: int, numbers: dict[str, int]) -> str:
    """Links to some claims, and a sign where there are more."""
    return links(ids, numbers, raised=False) + (" …" if of > len(ids) else "")


def _envelope(rows: Sequence[dict[str, Any]]) -> str:
    lows = [row["low"] for row in rows if not math.isnan(row["low"])]
    highs = [row["high"] for row in rows if not math.isnan(row["high"])]
    if not lows or not highs:
        return "?"
    return bounds({"low": min(lows), "high": max(highs), "best": min(lows), "unit": rows[0]["unit"]})


def revised(revisions: pd.DataFrame, claims: pd.DataFrame) -> str:
    """Each step of a revised figure in a sentence, and whether the later article owns up to it."""
    words = {
        "said": "the later article says so",
        "silent": "without a word",
        "grown": "a running total, which grows",
    }
    lines = [
        f"- **{words.get(row['told'], row['told'])}**: {cited(row['detail'], [row['earlier'], row['later']], claims)}"
        for row in _records(revisions.head(_MOST))
    ]
    more = len(revisions) - _MOST
    return "\n".join(lines) + (f"\n\n{more:,} more are left out." if more > 0 else "")


# --------------------------------------------------------------------------- sources


def quoted(claims: pd.DataFrame) -> str:
    """Who is quoted, how much, and how firmly."""
    named = claims[claims["source"].notna()]
    if named.empty:
        return (
            "No figure has a named source."
            if len(claims)
            else "The articles make no numeric claim about a conflict."
        )
    sizes = Counter(speakers_of(named))
    top = [f"{plain(name)} ({n:,})" for name, n in sorted(sizes.items(), key=lambda p: (-p[1], p[0]))]
    sides = Counter(side_label(name) for name in named["source_side"].dropna())
    told = [f"{plain(name)} ({n:,})" for name, n in sides.most_common()]
    firm = int((named["hedge"] == "exact").sum())
    direct = int((named["voice"] == "quote").sum())
    return (
        f"{count(len(named), 'figure').capitalize()} of {len(claims):,} {'has' if len(named) == 1 else 'have'} a named"
        f" source, of {count(len(sizes), 'source')}: {listing(top, 5)}. By side: {listing(told)}."
        f" {f'{direct:,}' if direct else 'None'} {'stand' if direct > 1 else 'stands'} in a quotation; {firm:,} of {len(named):,} are exact numbers."
    )


def source_table(claims: pd.DataFrame, comparison: Comparison, limit: int = _MOST) -> Shown:
    """Each source with its side, how much it is quoted, on what, how firmly, how much of it is disputed, and where."""
    named = claims[claims["source"].notna()]
    if named.empty:
        return Shown("<p>No figure has a named source.</p>", "no sources")
    competing = comparison.pairs[
        comparison.pairs["verdict"].isin(["agree", "compatible", "close", "disputed"])
    ]
    shared = set(competing["left"]) | set(competing["right"])
    disputed = competing[competing["verdict"] == "disputed"]
    contested = set(disputed["left"]) | set(disputed["right"])
    rows = []
    for name, group in named.groupby(speakers_of(named), sort=True):
        ids = list(group["claim_id"])
        events = Counter(group["event"])
        rows.append(
            (
                str(name),
                group["source_side"].iloc[0],
                len(group),
                ", ".join(f"{event.replace('_', ' ')} ({n:,})" for event, n in events.most_common(3)),
                int((group["hedge"] == "exact").sum()),
                len(shared.intersection(ids)),
                len(contested.intersection(ids)),
                ids,
            )
        )
    rows.sort(key=lambda row: (-row[2], row[0]))
    shown = rows[:limit]
    heads = ("Source", "Side", "Figures", "Mostly on", "Exact", "Compared", "Disputed", "Claims")
    numbers = numbered(claims)
    cells = [
        (
            escape(name), side(teller), str(n), escape(events), str(exact), str(both), str(apart),
            _some(ids[:_CITED], len(ids), numbers),
        )
        for name, teller, n, events, exact, both, apart, ids in shown
    ]  # fmt: skip
    more = f"{len(rows) - limit} more sources are left out." if len(rows) > limit else ""
    text = pd.DataFrame([row[:7] for row in shown], columns=list(heads[:7])).to_string(
        index=False, max_colwidth=40
    )
    html = table(heads, cells, right=(2, 4, 5, 6)) + (f"<p>{more}</p>" if more else "")
    return Shown(html, text + (f"\n{more}" if more else ""))


def effects(found: HouseEffects, houses: str = "sources") -> str:
    """What the house effects say, what they rest on, and what they cannot say."""
    left = sum(found.excluded["n_figures"])
    why = listing([f"{_in_words(row['reason'])} ({row['n_figures']})" for row in _records(found.excluded)])
    counted = f" Figures on shared questions that were left out: {why}." if left else ""
    if found.effects.empty:
        refused = len(found.refused)
        share = (
            f"{'shares' if refused == 1 else 'share'} questions with others, but too few for a house effect"
        )
        few = f"{count(refused, 'house').capitalize()} of {houses} {share}." if refused else ""
        return f"{few}{counted}".strip()
    clear = found.effects[(found.effects["factor_low"] > 1) | (found.effects["factor_high"] < 1)]
    told = [
        f"{plain(row['house'])} {row['factor']:.2f} ({row['factor_low']:.2f}–{row['factor_high']:.2f})"
        for row in _records(clear)
    ]
    apart = f"Clearly apart from it: {listing(told)}." if told else "None is clearly apart from it."
    refused_words = (
        f" {count(len(found.refused), 'house').capitalize()} with too few shared questions left out."
        if len(found.refused)
        else ""
    )
    return (
        f"{count(len(found.effects), 'house').capitalize()} of {houses}, each held against {found.reference}."
        f" {apart}{refused_words}{counted} A factor tells how a house's figures stand to the others' on the"
        " questions that they share; it does not tell who is right."
    )


def _in_words(reason: str) -> str:
    """Why a figure was left out, with columns by what they hold: "no source_side and target"."""
    if not reason.startswith("no "):
        return reason
    return "no " + " or no ".join(_HELD.get(name, name) for name in reason.removeprefix("no ").split(" and "))


# --------------------------------------------------------------------------- choices, copies, contradictions


def choices(comparison: Comparison) -> str:
    """What was chosen before figures were compared."""
    return (
        f"Compared with these choices: bounds that lie apart by no more than {comparison.tolerance:.0%} are close, not"
        f" disputed (`tolerance`); {_RULES[comparison.rules]} (`rules`: {comparison.rules})."
    )


def copied(found: Copies, claims: pd.DataFrame) -> str:
    """Which articles repeat one another, and what became of their figures."""
    if found.articles.empty:
        return "No article repeats another."
    lines = []
    for row in _records(found.articles.head(_MOST)):
        own = found.changes[found.changes["article_id"] == row["article_id"]]
        told = [_change(change) for change in _records(own)]
        lines.append(
            f"- {plain(row['article_id'])} repeats {plain(row['copy_of'])} ({row['similarity']:.0%} of their text in"
            f" common): {listing(told, 8) if told else 'every figure as it was'}"
        )
    more = len(found.articles) - _MOST
    return "\n".join(lines) + (f"\n\n{more:,} more are left out." if more > 0 else "")


def _change(row: dict[str, Any]) -> str:
    before, after = (
        None if pd.isna(row[name]) else plain(str(row[name])) for name in ("before_text", "after_text")
    )
    if row["what"] == "claim":
        return f"“{before or after}” {row['change']}"
    return f"of “{before}” the {str(row['what']).replace('_', ' ')}: {plain(str(row['change']))}"


def contradiction_table(contradictions: pd.DataFrame, claims: pd.DataFrame, limit: int = _MOST) -> Shown:
    """Figures that cannot all hold, each with its two claims and why."""
    if contradictions.empty:
        return Shown("<p>No figure contradicts another.</p>", "no contradictions")
    numbers = numbered(claims)
    rank = {"one article": 0, "one source": 1, "two sources": 2}
    ordered = contradictions.assign(_rank=contradictions["scope"].map(rank)).sort_values(
        "_rank", kind="stable"
    )
    rows = _records(ordered.head(limit))
    heads = ("Kind", "Who", "Why", "Claims")
    cells = [
        (
            escape(row["kind"]),
            escape(row["scope"]),
            escape(row["detail"]),
            links([row["left"], row["right"]], numbers, raised=False),
        )
        for row in rows
    ]
    more = f"{len(ordered) - limit} more are left out." if len(ordered) > limit else ""
    html = table(heads, cells) + (f"<p>{more}</p>" if more else "")
    text = "\n".join(f"{row['kind']} ({row['scope']}): {row['detail']}" for row in rows)
    return Shown(html, text + (f"\n{more}" if more else ""))


# --------------------------------------------------------------------------- reference tables


def against(
    table: Reference | None, claims: pd.DataFrame, *, tolerance: float = 0.1, rules: str = "ours"
) -> str:
    """How the claims stand to the totals of a reference table, where it covers all of their days."""
    if table is None:
        return "No reference table was given: the parameter `reference` takes one."
    covers = f"{KINDS[table.kind].title}, {table.first} to {table.last}, {count(len(table.problems), 'row')} set aside"
    rank = {"disputed": 0, "close": 1, "compatible": 2, "agree": 3}
    held = []
    for turn, row in enumerate(_records(claims)):
        totals = as_claims(table, claims.iloc[[turn]])
        if not totals.empty:
            verdict = explain(row, totals.iloc[0], tolerance=tolerance, rules=rules)
            if verdict.verdict in rank:
                held.append((rank[verdict.verdict], turn, row["claim_id"], verdict))
    if not held:
        return f"{covers}: the table has no complete total for any of the claims."
    lines = [
        f"- **{verdict.verdict}**: {cited(verdict.detail, [claim_id], claims)}"
        for _, _, claim_id, verdict in sorted(held, key=lambda entry: entry[:2])[:_MOST]
    ]
    more = f"\n\n{len(held) - _MOST:,} more are left out." if len(held) > _MOST else ""
    return f"{covers}.\n\n" + "\n".join(lines) + more


def dated(table: Reference | None, claims: pd.DataFrame) -> str:
    """Whether each article's figures fit the table at the article's date, and where else they would."""
    if table is None:
        return ""
    found = dateline(claims, table)
    if found.figures.empty:
        return "No figure of the articles can be held against the table by its date."
    lines = [
        f"- {plain(row['article_id'])}: {cited(row['detail'], [row['claim_id']], claims)}"
        for row in _records(found.figures.head(_MOST))
    ]
    more = len(found.figures) - _MOST
    left = f"\n\n{more:,} more are left out." if more > 0 else ""
    return f"{plain(found.rule)} No date was changed by this.\n\n" + "\n".join(lines) + left


# --------------------------------------------------------------------------- captions


def ladder_caption(claims: pd.DataFrame, things: str) -> str:
    """Of the ladder, in HTML: its highest figure, and that its rungs are never added."""
    if claims.empty:
        return ""
    how = "Figures under one heading answer one question and compete; none are added."
    told = highest(claims)
    if told is None:
        return f"What is said about {escape(things)}, with the bounds that the words allow. {how}"
    which = "The only figure" if len(claims) == 1 else f"The highest of {count(len(claims), 'figure')}"
    return f"{which} about {escape(things)}: {told}. {how}"


def staircase_caption(revisions: pd.DataFrame) -> str:
    if revisions.empty:
        return ""
    told = Counter(revisions["told"])
    words = {
        "silent": "without a word",
        "said": "with a word about it",
        "grown": "as running totals that grow",
    }
    ways = listing([f"{n} {words.get(way, way)}" for way, n in told.most_common()])
    return f"Figures that their own source changed from one publication to the next: {ways}."


def weekly_caption(rates: Rates) -> str:
    """Of the chart by week, in HTML: the lowest and the highest rate that a source's own figures give."""
    if rates.rates.empty:
        return ""
    known = rates.rates[rates.rates["rate"].notna()].sort_values(["rate", "launched"], kind="stable")
    ends = [_records(known.iloc[[turn]])[0] for turn in (0, -1)] if len(known) else []
    told = list(
        dict.fromkeys(f"{row['rate']:.0%} ({escape(_or(row['source'], 'the article'))})" for row in ends)
    )
    found = (
        f"By their own figures, sources intercepted {' to '.join(told)} of what was launched. "
        if told
        else ""
    )
    return (
        f"{found}Bars stand only where one source gives both figures for one question. What was not intercepted"
        " hit, missed or was lost on the way: the figures do not say which."
    )


def quoted_caption(claims: pd.DataFrame) -> str:
    """Of the chart of sources and events, in HTML: who is quoted most."""
    named = claims[claims["source"].notna()]
    if named.empty:
        return ""
    sizes = Counter(speakers_of(named))
    top = min(sizes, key=lambda name: (-sizes[name], name))
    share = f"{sizes[top]:,} of {count(len(claims), 'figure')}"
    return (
        f"Quoted most: {escape(top)}, with {share}. A number is how many figures a source gives on an event."
    )


def forest_caption(found: HouseEffects) -> str:
    """Of the chart of house effects, in HTML: which house stands furthest from the others."""
    if found.effects.empty:
        return ""
    furthest = _records(found.effects.loc[[found.effects["factor"].map(math.log).abs().idxmax()]])[0]
    return (
        f"Furthest from {found.reference.partition(':')[0]}: {escape(side_label(furthest['house']))},"
        f" {furthest['factor']:.2f} times. Lines are {found.confidence:.0%} intervals; houses with few questions are"
        " drawn towards the average."
    )


def _records(df: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(key): value for key, value in row.items()} for row in df.to_dict("records")]


def _or(value: Any, words: str) -> str:
    return value if isinstance(value, str) else words
