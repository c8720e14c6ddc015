"""Charts of what comparison found: a frame in, Axes out; the frame is left as it came."""

from __future__ import annotations

import math
from collections import Counter
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from matplotlib.ticker import FuncFormatter, MaxNLocator

from conflictstats.charts.drawing import (
    UNITS,
    add_legend,
    add_title,
    draw_interval,
    label_figures,
    label_groups,
    label_rows,
    main_unit,
    members_of,
    new_axes,
    of_all,
    place_legend,
    question_of,
    rows_in,
    say_nothing,
    speakers_of,
    styled,
)
from conflictstats.charts.theme import INK, side_label, side_style
from conflictstats.codebook import load_codebook
from conflictstats.compare import Comparison, HouseEffects, Rates
from conflictstats.compare.relations import inclusion
from conflictstats.compare.wording import number
from conflictstats.tables import CLAIM_COLUMNS, REVISION_COLUMNS, typed


@styled
def ladder(
    comparison: Comparison,
    claims: pd.DataFrame,
    *,
    unit: str | None = None,
    ax: Axes | None = None,
    rows: int = 40,
) -> Axes:
    """Each question a heading, each of its figures a rung: the bounds that its words allow, and who says so.

    Questions that several sources answer come first. Figures of one unit share the axis: `unit`, or that of
    most claims.
    """
    claims = typed(claims, CLAIM_COLUMNS)
    if unit is None:
        unit, of_unit = main_unit(claims)
    else:
        of_unit = claims[claims["unit"] == unit]
    by_id = of_unit.drop_duplicates("claim_id").set_index("claim_id", drop=False)
    groups = _rungs(comparison, by_id, rows)
    shown, left = [], rows
    for heading, ids in groups:
        if left > 1:
            shown.append((heading, ids[: left - 1]))
            left -= len(ids) + 1
    ax = new_axes(ax, sum(len(ids) + 1 for _, ids in shown))
    if not shown:
        return say_nothing(
            ax, f"No figures in {UNITS[unit]} to show." if unit != "count" else "No figures to show."
        )
    named: list[tuple[str, list[str]]] = []
    y = 0
    for heading, ids in shown:
        named.append((heading, []))
        for row in rows_in(by_id.loc[ids]):
            y += 1
            draw_interval(ax, y, row)
            status = "" if row.status == "asserted" else f" ({row.status})"
            named[-1][1].append(f"{_who(row.source)}: {row.text}{status}")
        y += 1
    label_groups(ax, named)
    drawn = by_id.loc[[i for _, ids in shown for i in ids]]
    label_figures(ax, drawn, UNITS[unit])
    add_legend(ax, drawn["source_side"])
    add_title(ax, "Figures by question", of_all(len(drawn), len(claims), ""))
    return ax


def _rungs(comparison: Comparison, by_id: pd.DataFrame, rows: int) -> list[tuple[str, list[str]]]:
    """Questions with the claims that answer them, each claim once, the most contested question first.

    No more than fill so many rows: a chart of a million claims shows forty.
    """
    questions = comparison.questions
    rank = {"disputed": 0, "close": 1, "compatible": 2, "agree": 3}
    members = members_of(comparison)
    ordered = questions.assign(
        _rank=questions["verdict"].map(rank).fillna(9), _sources=-questions["n_sources"]
    ).sort_values(["_rank", "_sources", "question_id"], kind="stable")
    told: set[str] = set()
    groups: list[tuple[str, list[str]]] = []
    for question in rows_in(ordered):
        if len(told) + len(groups) >= rows:
            return groups
        answers = [i for i in members.get(question.question_id, []) if i in by_id.index and i not in told]
        ids = sorted(answers, key=lambda i: (by_id.at[i, "low"], i))
        if len(ids) > 1:
            told.update(ids)
            groups.append((question_of(question), ids))
    for claim_id, row in zip(by_id.index, rows_in(by_id), strict=True):
        if len(told) + len(groups) >= rows:
            break
        if claim_id not in told:
            told.add(str(claim_id))
            groups.append((_alone(row), [str(claim_id)]))
    return groups


def _alone(row: Any) -> str:
    """A figure that nobody else gives makes a heading by itself."""
    return (
        question_of(row)
        if row.period_basis not in ("dateline", "none")
        else question_of(row._replace(period_start=pd.NaT))
    )


@styled
def staircase(revisions: pd.DataFrame, *, ax: Axes | None = None, lines: int = 12) -> Axes:
    """How a source's figure for one question rose or fell from one publication to the next, a band for each."""
    revisions = typed(revisions, REVISION_COLUMNS)
    dated = revisions[
        revisions["published_before"].notna() & revisions["published_after"].notna()
        & revisions["before"].notna() & revisions["after"].notna()
    ]  # fmt: skip
    chains = _chains(dated)
    shown = chains[:lines]
    ax = new_axes(ax, 2 * len(shown))
    if not shown:
        return say_nothing(
            ax, "No source gives two figures for one question at different times: nothing was revised."
        )
    longest = 1
    for y, steps in enumerate(shown):
        look = side_style(steps[0].source_side)
        dates = [steps[0].published_before, *(step.published_after for step in steps)]
        days = [(day - dates[0]).days for day in dates]
        figures = [steps[0].before, *(step.after for step in steps)]
        # each series has a band of its own height: 3 to 5 and 100,000 to 110,000 are read alike
        heights = [y + 0.35 - 0.6 * figure / (max(figures) or 1) for figure in figures]
        ax.step(days, heights, where="post", color=look.colour, linewidth=1.4)
        ax.plot(days, heights, linestyle="none", marker=look.shape, color=look.colour, markersize=5)
        for day, height, figure in zip(days, heights, figures, strict=True):
            ax.annotate(number(figure), (day, height), xytext=(4, 4), textcoords="offset points", fontsize=7)
        longest = max(longest, days[-1])
    label_rows(ax, [f"{_who(steps[0].source)}: {_what_of(steps[0])}" for steps in shown])
    ax.set_xlim(-0.03 * longest, 1.12 * longest)
    ax.xaxis.set_major_locator(MaxNLocator(6, integer=True))
    ax.set_xlabel("days after the first figure was published")
    add_legend(ax, pd.Series([steps[0].source_side for steps in shown], dtype="object"))
    add_title(ax, "Revised figures", of_all(len(shown), len(chains), "", "series"))
    return ax


def _chains(revisions: pd.DataFrame) -> list[list[Any]]:
    """Steps that lead on from one another, the longest series first."""
    chains: list[list[Any]] = []
    ends: dict[str, list[Any]] = {}
    for step in rows_in(revisions.sort_values(["published_after", "later"], kind="stable")):
        chain = ends.pop(step.earlier, None)
        if chain is None:
            chain = []
            chains.append(chain)
        chain.append(step)
        ends[step.later] = chain
    return sorted(chains, key=lambda chain: (-len(chain), chain[0].earlier))


def _what_of(step: Any) -> str:
    parts = [f"{_things(step.item)} {step.event.replace('_', ' ')}"]
    if isinstance(step.place, str):
        parts.append(step.place)
    return ", ".join(parts)


def _things(item: str) -> str:
    return inclusion(load_codebook()).words.get(item, (item, item))[1]


def _who(source: Any) -> str:
    return source if isinstance(source, str) else "no source named"


@styled
def got_through(rates: Rates, *, ax: Axes | None = None, rows: int = 30) -> Axes:
    """Launched, intercepted and the rest by week and source, where both figures answer one question.

    The rest got through, missed, or was lost on the way: nobody is quoted on which. Rates of more than seven
    days, and figures per day or week, are of no one week and are left out.
    """
    taken = rates.rates[rates.rates["n_launched"].notna() & rates.rates["n_intercepted"].notna()]
    taken = taken[taken["period_end"].notna() & taken["aggregation"].isin(["period", "cumulative"])]
    taken = taken[taken["period_end"] - taken["period_start"] < pd.Timedelta(days=7)]
    weeks: dict[tuple[Any, ...], list[Any]] = {}
    for row in rows_in(taken.sort_values(["period_end", "period_start"], kind="stable")):
        monday = row.period_end - pd.Timedelta(days=row.period_end.weekday())
        key = (monday, row.item, _who(row.source), row.place if isinstance(row.place, str) else "")
        weeks.setdefault(key, []).append(row)
    shown = sorted(weeks.items(), key=lambda entry: tuple(map(str, entry[0])))[-rows:]
    ax = new_axes(ax, len(shown) + len({key[0] for key, _ in shown}))
    if not shown:
        return say_nothing(ax, "No source gives launched and intercepted of one question within a week.")
    groups: list[tuple[str, list[str]]] = []
    counted, longest = 0, 0.0
    for turn, ((monday, item, source, place), attacks) in enumerate(shown, 1):
        week = f"week of {monday.day} {monday:%b %Y}"
        if not groups or week != groups[-1][0]:
            groups.append((week, []))
        groups[-1][1].append(f"{_things(item)}{f', {place}' if place else ''} — {source}")
        y = turn + len(groups) - 1
        apart = _apart(attacks)
        counted += len(apart)
        launched = sum(row.n_launched for row in apart)
        intercepted = sum(row.n_intercepted for row in apart)
        look = side_style(attacks[0].source_side)
        ax.barh(y, intercepted, height=0.6, color=look.colour, alpha=0.85, zorder=2)
        ax.barh(
            y, launched - intercepted, left=intercepted, height=0.6, facecolor="none",
            edgecolor=look.colour, hatch="///", linewidth=1.2, zorder=2,
        )  # fmt: skip
        words = f"{number(intercepted)} of {number(launched)}"
        if len(apart) > 1:
            words += f", in {len(apart)} attacks"
        # moved by points: spaces before a text are lost in SVG
        ax.annotate(words, (launched, y), xytext=(5, 0), textcoords="offset points", va="center", fontsize=8)
        longest = max(longest, launched)
    label_groups(ax, groups)
    ax.set_xlim(0, 1.4 * longest or 1)
    ax.xaxis.set_major_locator(MaxNLocator(6, integer=True))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda x, _: number(x)))
    ax.set_xlabel("number of weapons")
    handles = [
        Rectangle((0, 0), 1, 1, facecolor=INK, edgecolor=INK, label="intercepted"),
        Rectangle(
            (0, 0), 1, 1, facecolor="none", edgecolor=INK, hatch="///", label="launched, not intercepted"
        ),
    ]
    place_legend(ax, handles)
    add_title(ax, "Launched and intercepted by week", of_all(counted, len(rates.rates), "", "rates"))
    return ax


def _apart(attacks: list[Any]) -> list[Any]:
    """Attacks of a week that do not overlap: only these add up."""
    kept: list[Any] = []
    for row in attacks:
        if not kept or row.period_start > kept[-1].period_end:
            kept.append(row)
    return kept


@styled
def forest(
    effects: HouseEffects, claims: pd.DataFrame | None = None, *, ax: Axes | None = None, rows: int = 40
) -> Axes:
    """Each house with its factor and interval, against the average of the houses that it shares questions with.

    Sources bear the names and the colours of their sides that the claims give them.
    """
    table = effects.effects
    by = ["group", "factor", "house"]
    shown = table.sort_values(by, ascending=[True, False, True], kind="stable").head(rows)
    ax = new_axes(ax, len(shown))
    if shown.empty:
        return say_nothing(ax, "Too few questions are shared for house effects.")
    names, sides = _houses(claims)
    ax.axvline(1, color=INK, linewidth=0.8, zorder=1)
    for y, row in enumerate(rows_in(shown)):
        # "Ukraine on Russia": what a side says of a party has the side's colour
        look = side_style(sides.get(row.house, row.house.partition(" on ")[0]))
        ax.hlines(y, row.factor_low, row.factor_high, color=look.colour, linewidth=1.6, zorder=2)
        ax.plot([row.factor], [y], marker=look.shape, color=look.colour, markersize=6, zorder=3)
        ax.annotate(
            f"{row.factor:.2f} ({row.factor_low:.2f}–{row.factor_high:.2f}), {row.n_questions} questions",
            (1.01, y), xycoords=("axes fraction", "data"), va="center", fontsize=8, color=INK,
        )  # fmt: skip
    label_rows(ax, [names.get(house) or side_label(house) for house in shown["house"]])
    ax.set_xscale("log")
    reach = max(1.2, *shown["factor_high"], *(1 / shown["factor_low"]))
    ax.set_xlim(0.92 / reach, 1.08 * reach)
    ticks = [t for t in (0.1, 0.2, 0.5, 0.8, 1, 1.25, 2, 5, 10) if 0.92 / reach <= t <= 1.08 * reach]
    ax.set_xticks(ticks, [f"{t:g}×" for t in ticks])
    ax.minorticks_off()
    ax.set_xlabel(f"times the average of the houses, {effects.confidence:.0%} interval")
    add_title(ax, "House effects", of_all(len(shown), len(table) + len(effects.refused), "", "houses"))
    return ax


def _houses(claims: pd.DataFrame | None) -> tuple[dict[str, str], dict[str, str]]:
    """Name and side of each source, by its id."""
    if claims is None:
        return {}, {}
    known = claims[claims["source_id"].notna() & claims["source"].notna()]
    names = dict(zip(known["source_id"], speakers_of(known), strict=True))
    sided = known[known["source_side"].notna()]
    return names, dict(reversed([*zip(sided["source_id"], sided["source_side"], strict=True)]))


@styled
def who_on_what(claims: pd.DataFrame, *, ax: Axes | None = None, rows: int = 25) -> Axes:
    """How many figures each source gives on each kind of event."""
    claims = typed(claims, CLAIM_COLUMNS)
    sources = speakers_of(claims)
    counts = Counter(zip(sources, claims["event"], strict=True))
    by_source, by_event = Counter(sources), Counter(claims["event"])
    order = sorted(by_source, key=lambda source: (-by_source[source], source))[:rows]
    columns = sorted(by_event, key=lambda event: (-by_event[event], event))
    ax = new_axes(ax, len(order) + 2)
    if not order:
        return say_nothing(ax, "No claims to show.")
    side = dict(reversed([*zip(sources, claims["source_side"].astype(object), strict=True)]))
    most = max(counts[source, event] for source in order for event in columns)
    for y, source in enumerate(order):
        look = side_style(side[source])
        for x, event in enumerate(columns):
            n = counts[source, event]
            if n:
                ax.plot(
                    [x], [y], marker=look.shape, markersize=5 + 8 * math.sqrt(n / max(most, 8)), linestyle="none", zorder=2,
                    markerfacecolor=look.colour if look.filled else "white", markeredgecolor=look.colour, alpha=0.8,
                )  # fmt: skip
                ax.annotate(
                    str(n), (x, y), xytext=(9, 0), textcoords="offset points", va="center", fontsize=7
                )
    label_rows(ax, order)
    ax.set_xticks(
        range(len(columns)), [event.replace("_", " ") for event in columns], rotation=35, ha="right"
    )
    ax.set_xlim(-0.6, len(columns) - 0.2)
    add_legend(ax, pd.Series([side[source] for source in order], dtype="object"))
    add_title(
        ax, "Who is quoted on what", of_all(sum(by_source[source] for source in order), len(claims), "")
    )
    return ax
