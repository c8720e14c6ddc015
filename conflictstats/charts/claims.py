"""Charts: a frame in, Axes out; the frame is left as it came.

Every chart says how many claims it shows of how many there are. A point is a best figure, a line its
bounds, an arrow an open end, a bar a vague quantity that has no best. Hollow points are figures that are
not asserted: denied, hypothetical or superseded.
"""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.dates import ConciseDateFormatter
from matplotlib.patches import Rectangle
from matplotlib.ticker import FuncFormatter, MaxNLocator

from conflictstats.charts.drawing import (
    COMPETING,
    UNITS,
    add_legend,
    add_title,
    days_of,
    draw_bounds,
    draw_interval,
    draw_point,
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
    set_scale,
    shortened,
    span_of,
    styled,
    words_of,
)
from conflictstats.charts.findings import forest, got_through, ladder, staircase, who_on_what
from conflictstats.charts.theme import FAINT, INK, side_style
from conflictstats.codebook import load_codebook
from conflictstats.compare import Comparison
from conflictstats.compare.relations import inclusion
from conflictstats.compare.wording import number
from conflictstats.tables import CLAIM_COLUMNS, typed

__all__ = [
    "claims_by_source", "claims_over_time", "disputes", "forest", "got_through", "ladder",
    "launched_intercepted", "staircase", "who_on_what",
]  # fmt: skip


@styled
def claims_by_source(claims: pd.DataFrame, *, ax: Axes | None = None, rows: int = 40) -> Axes:
    """Each claim on a line of its own, point and bounds, grouped by who says it.

    Figures of one unit share an axis: that of most claims. What is left out is counted under the chart.
    """
    claims = typed(claims, CLAIM_COLUMNS)
    unit, of_unit = main_unit(claims)
    sizes = of_unit["source"].fillna("").value_counts()
    keyed = of_unit.assign(
        _side=of_unit["source_side"].fillna("~"),
        _size=-of_unit["source"].fillna("").map(sizes).astype("int64"),
        _name=of_unit["source"].fillna("~"),
    )
    by = ["_size", "_name", "event", "item", "best", "claim_id"]
    most = keyed.sort_values(by, kind="stable").head(rows)
    shown = most.sort_values(["_side", *by], kind="stable")
    ax = new_axes(ax, len(shown) + shown["source"].nunique(dropna=False))
    if shown.empty:
        return say_nothing(ax, "No claims to show.")
    groups: list[tuple[str, list[str]]] = []
    for y, row in enumerate(rows_in(shown), 1):
        name = row.source if isinstance(row.source, str) else "no source named"
        if not groups or name != groups[-1][0]:
            groups.append((name, []))
        draw_interval(ax, y + len(groups) - 1, row)
        groups[-1][1].append(words_of(row))
    label_groups(ax, groups)
    label_figures(ax, shown, UNITS[unit])
    add_legend(ax, shown["source_side"])
    add_title(
        ax,
        "What each source claims",
        of_all(
            len(shown),
            len(claims),
            f"in {UNITS[unit]}" if len(of_unit) < len(claims) and unit != "count" else "",
        ),
    )
    return ax


@styled
def disputes(comparison: Comparison, claims: pd.DataFrame, *, ax: Axes | None = None, rows: int = 25) -> Axes:
    """One line per question that two or more sources answer: their figures, and how far apart they are.

    Lines are of different units: where they are not counts, their name says which.
    """
    claims = typed(claims, CLAIM_COLUMNS)
    questions = comparison.questions
    asked = questions[questions["verdict"].isin(COMPETING) & (questions["n_sources"] > 1)]
    rank = {verdict: turn for turn, verdict in enumerate(COMPETING)}
    ordered = asked.assign(_rank=asked["verdict"].map(rank), _ratio=-asked["ratio"].fillna(0.0)).sort_values(
        ["_rank", "_ratio", "question_id"], kind="stable"
    )
    shown = ordered.head(rows)
    ax = new_axes(ax, len(shown))
    if shown.empty:
        return say_nothing(ax, "No question is answered by two sources.")
    by_id = claims.drop_duplicates("claim_id").set_index("claim_id", drop=False)
    members = members_of(comparison)
    drawn = []
    for y, question in enumerate(rows_in(shown)):
        answers = by_id.loc[members.get(question.question_id, [])]
        bests = answers["best"].dropna()
        if len(bests) > 1:
            ax.hlines(y, bests.min(), bests.max(), color=FAINT, linewidth=3, zorder=1)
        for row in rows_in(answers):
            draw_interval(ax, y, row)
        drawn.append(answers)
        apart = ""
        if question.verdict in ("disputed", "close") and question.ratio >= 1.1:
            apart = f"{question.ratio:.1f}×"
        ax.annotate(
            f"{question.verdict} {apart}".strip(), (1.01, y), xycoords=("axes fraction", "data"),
            va="center", fontsize=8, color=INK,
        )  # fmt: skip
    label_rows(ax, [f"{question_of(q)}{_unit_of(q)}" for q in rows_in(shown)])
    all_drawn = pd.concat(drawn)
    label_figures(ax, all_drawn, "figure")
    add_legend(ax, all_drawn["source_side"])
    add_title(ax, "Figures that compete", of_all(len(shown), len(asked), "", "questions"))
    return ax


@styled
def launched_intercepted(claims: pd.DataFrame, *, ax: Axes | None = None, rows: int = 30) -> Axes:
    """What a source says was launched (outline) and intercepted (filled), by period, newest last.

    Both stand on one line only where conflict, source, period, place, item and side are the same, and the
    source gives one of each or says that the one is a part of the other; else nothing may be divided by anything,
    and each has its own line. An article's own voice is a source in that article only.
    """
    claims = typed(claims, CLAIM_COLUMNS)
    air = claims[claims["event"].isin(["launched", "intercepted"]) & (claims["unit"] == "count")]
    air = air[(air["status"] == "asserted") & air["aggregation"].isin(["period", "cumulative"])]
    attacks: dict[tuple[Any, ...], list[Any]] = {}
    for row in rows_in(air):
        attacks.setdefault(_attack(row), []).append(row)
    ordered = sorted(attacks.items(), key=lambda attack: tuple(map(str, attack[0])))
    shown = [(key, events) for key, told in ordered for events in _together(told)][-rows:]
    ax = new_axes(ax, len(shown) + len({_attack_days(key) for key, _ in shown}))
    if not shown:
        return say_nothing(ax, "No launched or intercepted weapons to show.")
    drawn = 0
    groups: list[tuple[str, list[str]]] = []
    for turn, (key, events) in enumerate(shown, 1):
        if not groups or _attack_days(key) != groups[-1][0]:
            groups.append((_attack_days(key), []))
        groups[-1][1].append(_attack_label(key))
        y = turn + len(groups) - 1
        for event, row in events.items():
            drawn += 1
            look = side_style(row.source_side)
            length = row.best if not math.isnan(row.best) else row.low
            filled = event == "intercepted"
            ax.barh(
                y, length, height=0.5 if filled else 0.76, facecolor=look.colour if filled else "none",
                edgecolor=look.colour, hatch=None if filled else "///", linewidth=1.2, zorder=2,
                alpha=0.85, label="_" + event,
            )  # fmt: skip
            draw_bounds(ax, y, row, INK)
        end = (max(_reach(row) for row in events.values()), y)
        # moved by points: spaces before a text are lost in SVG
        ax.annotate(_tally(events), end, xytext=(5, 0), textcoords="offset points", va="center", fontsize=8)
    label_groups(ax, groups)
    ax.set_xlim(0, 1.5 * max(_reach(row) for _, events in shown for row in events.values()) or 1)
    ax.xaxis.set_major_locator(MaxNLocator(6, integer=True))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda x, _: number(x)))
    ax.set_xlabel("number of weapons")
    handles = [
        Rectangle((0, 0), 1, 1, facecolor="none", edgecolor=INK, hatch="///", label="launched"),
        Rectangle((0, 0), 1, 1, facecolor=INK, edgecolor=INK, label="intercepted"),
    ]
    place_legend(ax, handles)
    add_title(ax, "Launched and intercepted, by period and source", of_all(drawn, len(air), ""))
    return ax


@styled
def claims_over_time(claims: pd.DataFrame, *, ax: Axes | None = None, points: int = 400) -> Axes:
    """Each claim where its period lies: a line along the days it counts, a point at its best figure."""
    claims = typed(claims, CLAIM_COLUMNS)
    unit, of_unit = main_unit(claims)
    dated = of_unit[of_unit["period_start"].notna() & of_unit["period_end"].notna()]
    ordered = dated.sort_values(["period_end", "period_start", "claim_id"], kind="stable")
    shown = ordered.tail(points)
    ax = new_axes(ax, 14)
    if shown.empty:
        return say_nothing(ax, "No claims with a period to show.")
    half = pd.Timedelta(hours=12)
    for row in rows_in(shown):
        look = side_style(row.source_side)
        middle = row.period_start + (row.period_end - row.period_start) / 2 + half
        best = row.best if not math.isnan(row.best) else math.sqrt(max(row.low, 1) * max(row.high, 1))
        ax.hlines(
            best, row.period_start, row.period_end + 2 * half, color=look.colour, linewidth=1.2, alpha=0.6
        )
        high = row.high if not math.isinf(row.high) else best * 1.3
        ax.vlines(middle, row.low, high, color=look.colour, linewidth=1.2)
        if math.isinf(row.high):
            ax.plot([middle], [high], marker="^", color=look.colour, markersize=4, linestyle="none")
        if not math.isnan(row.best):
            draw_point(ax, middle, row.best, look, row.status)
        if len(shown) <= 14:
            ax.annotate(
                shortened(words_of(row), 40),
                (middle, best),
                xytext=(6, 3),
                textcoords="offset points",
                fontsize=7,
            )
    set_scale(ax, "y", shown)
    ax.set_ylabel(UNITS[unit])
    ax.xaxis.set_major_formatter(ConciseDateFormatter(ax.xaxis.get_major_locator()))  # type: ignore[no-untyped-call]
    add_legend(ax, shown["source_side"])
    add_title(
        ax,
        "Claims over time",
        of_all(len(shown), len(claims), "with a period" if len(dated) < len(claims) else ""),
    )
    return ax


# --- words


def _attack(row: Any) -> tuple[Any, ...]:
    """What two figures must share to stand on one line."""
    known = not pd.isna(row.period_start) and row.period_basis != "dateline"
    period = (row.period_start, row.period_end) if known else (pd.Timestamp.max, row.claim_id)
    source = row.source_id if isinstance(row.source_id, str) else row.source
    who = source if isinstance(source, str) else f"article {row.article_id}"
    return (
        *period, row.item, _or_empty(row.variant), _or_empty(row.place), who, row.source, _or_empty(row.conflict)
    )  # fmt: skip


def _together(told: list[Any]) -> list[dict[str, Any]]:
    """Figures of one attack by their lines: the one launched with the one intercepted, or a part with its total."""
    figures: dict[tuple[Any, ...], Any] = {}
    called: dict[str, tuple[Any, ...]] = {}
    for row in told:
        called[row.claim_id] = (row.event, row.low, row.high, _whose(row))
        figures.setdefault(called[row.claim_id], row)  # printed again it is the same figure
    launched = {name: row for name, row in figures.items() if row.event == "launched"}
    stopped = {name: row for name, row in figures.items() if row.event == "intercepted"}
    lines = {name: {"launched": row} for name, row in launched.items()}
    alone = []
    for _, row in sorted(stopped.items(), key=lambda entry: -entry[1].low):
        whole = called.get(row.part_of) if isinstance(row.part_of, str) else None
        if len(launched) == len(stopped) == 1:
            whole = next(iter(launched))
        total = launched.get(whole or ())
        one_side = total is not None and len({_whose(row), _whose(total)} - {""}) < 2
        if whole is not None and one_side and "intercepted" not in lines[whole]:
            lines[whole]["intercepted"] = row
        else:
            alone.append({"intercepted": row})
    return [*lines.values(), *alone]


def _whose(row: Any) -> str:
    """The side whose weapons they are."""
    return _or_empty(row.actor if row.event == "launched" else row.target)


def _unit_of(question: Any) -> str:
    return "" if question.unit == "count" else f" ({UNITS[question.unit]})"


def _or_empty(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _attack_days(key: tuple[Any, ...]) -> str:
    start, end = key[:2]
    return days_of(start.date(), end.date()) if isinstance(end, pd.Timestamp) else "no period stated"


def _attack_label(key: tuple[Any, ...]) -> str:
    _, _, item, variant, place, _, source, _ = key
    inc = inclusion(load_codebook())
    thing = f"{variant} {inc.words.get(item, (item, item))[1]}".strip()
    who = source if isinstance(source, str) else "no source named"
    return f"{thing}{f', {place}' if place else ''} — {who}"


def _tally(events: dict[str, Any]) -> str:
    return ", ".join(f"{span_of(row)} {event}" for event, row in sorted(events.items(), reverse=True))


def _reach(row: Any) -> float:
    return next(v for v in (row.high, row.best, row.low, 0.0) if not math.isnan(v) and not math.isinf(v))
