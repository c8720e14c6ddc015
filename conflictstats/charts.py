"""Charts: a frame in, Axes out; the frame is left as it came.

Every chart says how many claims it shows of how many there are. A point is a best figure, a line its
bounds, an arrow an open end, a bar a vague quantity that has no best. Hollow points are figures that are
not asserted: denied, hypothetical or superseded.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import wraps
from typing import Any, ParamSpec

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.dates import ConciseDateFormatter
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.ticker import FuncFormatter, MaxNLocator, SymmetricalLogLocator

from conflictstats.codebook import load_codebook
from conflictstats.compare import Comparison
from conflictstats.compare.relations import inclusion
from conflictstats.compare.wording import counted, number
from conflictstats.tables import CLAIM_COLUMNS, require
from conflictstats.theme import FAINT, INK, Style, side_label, side_style, style

_LABEL = 50  # letters of a row's label
_UNITS = {
    "count": "number",
    "km": "kilometres",
    "km2": "square kilometres",
    "kg": "kilograms",
    "percent": "percent",
}
_COMPETING = ("disputed", "close", "compatible", "agree")


_P = ParamSpec("_P")


def _styled(chart: Callable[_P, Axes]) -> Callable[_P, Axes]:
    """Draw in our style, and leave the caller's settings as they were."""

    @wraps(chart)
    def drawn(*args: _P.args, **kwargs: _P.kwargs) -> Axes:
        with style():
            return chart(*args, **kwargs)

    return drawn


@_styled
def claims_by_source(claims: pd.DataFrame, *, ax: Axes | None = None, rows: int = 40) -> Axes:
    """Each claim on a line of its own, point and bounds, grouped by who says it.

    Figures of one unit share an axis: that of most claims. What is left out is counted under the chart.
    """
    require(claims, CLAIM_COLUMNS)
    unit, of_unit = _main_unit(claims)
    sizes = of_unit["source"].fillna("").value_counts()
    keyed = of_unit.assign(
        _side=of_unit["source_side"].fillna("~"),
        _size=-of_unit["source"].fillna("").map(sizes).astype("int64"),
        _name=of_unit["source"].fillna("~"),
    )
    by = ["_size", "_name", "event", "item", "best", "claim_id"]
    most = keyed.sort_values(by, kind="stable").head(rows)
    shown = most.sort_values(["_side", *by], kind="stable")
    ax = _axes(ax, len(shown) + shown["source"].nunique(dropna=False))
    if shown.empty:
        return _nothing(ax, "No claims to show.")
    labels: list[str] = []
    headings: list[int] = []
    before = None
    for row in _rows(shown):
        name = row.source if isinstance(row.source, str) else "no source named"
        if name != before:
            headings.append(len(labels))
            labels.append(_short(name))
            before = name
        _interval(ax, len(labels), row)
        labels.append(_short(_what(row)))
    _rows_axis(ax, labels)
    for y in headings:
        ax.get_yticklabels()[y].set_fontweight("bold")
        ax.axhline(y - 0.5, color=FAINT, linewidth=0.6, zorder=0)
    _figures_axis(ax, shown, _UNITS[unit])
    _legend(ax, shown["source_side"])
    _title(
        ax,
        "What each source claims",
        _shown(
            len(shown),
            len(claims),
            f"in {_UNITS[unit]}" if len(of_unit) < len(claims) and unit != "count" else "",
        ),
    )
    return ax


@_styled
def disputes(comparison: Comparison, claims: pd.DataFrame, *, ax: Axes | None = None, rows: int = 25) -> Axes:
    """One line per question that two or more sources answer: their figures, and how far apart they are."""
    require(claims, CLAIM_COLUMNS)
    questions = comparison.questions
    asked = questions[questions["verdict"].isin(_COMPETING) & (questions["n_sources"] > 1)]
    rank = {verdict: turn for turn, verdict in enumerate(_COMPETING)}
    ordered = asked.assign(_rank=asked["verdict"].map(rank), _ratio=-asked["ratio"].fillna(0.0)).sort_values(
        ["_rank", "_ratio", "question_id"], kind="stable"
    )
    shown = ordered.head(rows)
    ax = _axes(ax, len(shown))
    if shown.empty:
        return _nothing(ax, "No question is answered by two sources.")
    by_id = claims.drop_duplicates("claim_id").set_index("claim_id", drop=False)
    members = _members(comparison)
    drawn = []
    for y, question in enumerate(_rows(shown)):
        answers = by_id.loc[members.get(question.question_id, [])]
        bests = answers["best"].dropna()
        if len(bests) > 1:
            ax.hlines(y, bests.min(), bests.max(), color=FAINT, linewidth=3, zorder=1)
        for row in _rows(answers):
            _interval(ax, y, row)
        drawn.append(answers)
        apart = ""
        if question.verdict in ("disputed", "close") and question.ratio >= 1.05:
            apart = f"{question.ratio:.1f}×"
        ax.annotate(
            f"{question.verdict} {apart}".strip(), (1.01, y), xycoords=("axes fraction", "data"),
            va="center", fontsize=8, color=INK,
        )  # fmt: skip
    _rows_axis(ax, [_short(_question(q)) for q in _rows(shown)])
    all_drawn = pd.concat(drawn)
    _figures_axis(ax, all_drawn, "figure")
    _legend(ax, all_drawn["source_side"])
    _title(ax, "Figures that compete", _shown(len(shown), len(asked), "", "questions"))
    return ax


@_styled
def launched_intercepted(claims: pd.DataFrame, *, ax: Axes | None = None, rows: int = 30) -> Axes:
    """What a source says was launched (outline) and intercepted (filled), by period, newest last.

    Both stand on one line only where source, period, place and item are the same; else nothing may be
    divided by anything, and each has its own line.
    """
    require(claims, CLAIM_COLUMNS)
    air = claims[claims["event"].isin(["launched", "intercepted"]) & (claims["unit"] == "count")]
    air = air[(air["status"] == "asserted") & air["aggregation"].isin(["period", "cumulative"])]
    groups: dict[tuple[Any, ...], dict[str, Any]] = {}
    for row in _rows(air):
        groups.setdefault(_attack(row), {}).setdefault(row.event, row)
    ordered = sorted(groups.items(), key=lambda group: tuple(map(str, group[0])))
    shown = ordered[-rows:]
    ax = _axes(ax, len(shown))
    if not shown:
        return _nothing(ax, "No launched or intercepted weapons to show.")
    drawn = 0
    for y, (_, events) in enumerate(shown):
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
            _bounds_line(ax, y, row, INK)
        ax.annotate(
            "  " + _tally(events), (max(_reach(row) for row in events.values()), y), va="center", fontsize=8
        )
    _rows_axis(ax, [_short(_attack_label(key)) for key, _ in shown])
    ax.set_xlim(0, 1.5 * max(_reach(row) for _, events in shown for row in events.values()) or 1)
    ax.xaxis.set_major_locator(MaxNLocator(6, integer=True))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda x, _: number(x)))
    ax.set_xlabel("number of weapons")
    handles = [
        Rectangle((0, 0), 1, 1, facecolor="none", edgecolor=INK, hatch="///", label="launched"),
        Rectangle((0, 0), 1, 1, facecolor=INK, edgecolor=INK, label="intercepted"),
    ]
    _place_legend(ax, handles)
    _title(ax, "Launched and intercepted, by period and source", _shown(drawn, len(air), ""))
    return ax


@_styled
def claims_over_time(claims: pd.DataFrame, *, ax: Axes | None = None, points: int = 400) -> Axes:
    """Each claim where its period lies: a line along the days it counts, a point at its best figure."""
    require(claims, CLAIM_COLUMNS)
    unit, of_unit = _main_unit(claims)
    dated = of_unit[of_unit["period_start"].notna() & of_unit["period_end"].notna()]
    ordered = dated.sort_values(["period_end", "period_start", "claim_id"], kind="stable")
    shown = ordered.tail(points)
    ax = _axes(ax, 14)
    if shown.empty:
        return _nothing(ax, "No claims with a period to show.")
    half = pd.Timedelta(hours=12)
    for row in _rows(shown):
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
            _point(ax, middle, row.best, look, row.status)
        if len(shown) <= 14:
            ax.annotate(
                _short(_what(row), 40), (middle, best), xytext=(6, 3), textcoords="offset points", fontsize=7
            )
    _scale(ax, "y", shown)
    ax.set_ylabel(_UNITS[unit])
    ax.xaxis.set_major_formatter(ConciseDateFormatter(ax.xaxis.get_major_locator()))  # type: ignore[no-untyped-call]
    _legend(ax, shown["source_side"])
    _title(
        ax,
        "Claims over time",
        _shown(len(shown), len(claims), "with a period" if len(dated) < len(claims) else ""),
    )
    return ax


def _rows(df: pd.DataFrame) -> Iterable[Any]:
    return df.itertuples(index=False)


# --- drawing


def _axes(ax: Axes | None, rows: int) -> Axes:
    if ax is not None:
        return ax
    _, ax = plt.subplots(figsize=(7.4, 1.5 + 0.24 * max(rows, 2)), layout="constrained")
    return ax


def _nothing(ax: Axes, words: str) -> Axes:
    ax.set_axis_off()
    ax.text(0.5, 0.5, words, ha="center", va="center", transform=ax.transAxes, color=INK)
    return ax


def _interval(ax: Axes, y: float, row: Any) -> None:
    look = side_style(row.source_side)
    if row.hedge == "vague":
        ax.barh(y, row.high - row.low, left=row.low, height=0.5, color=look.colour, alpha=0.35, zorder=2)
        return
    _bounds_line(ax, y, row, look.colour)
    if not math.isnan(row.best):
        _point(ax, row.best, y, look, row.status)


def _bounds_line(ax: Axes, y: float, row: Any, colour: str) -> None:
    """From low to high; an open end is an arrow of fixed length, from which no figure can be read."""
    if math.isnan(row.low) or row.low == row.high:
        return
    if math.isinf(row.high):
        arrow = {"arrowstyle": "<|-", "color": colour, "linewidth": 1.3, "shrinkA": 0, "shrinkB": 0}
        ax.annotate("", (row.low, y), xytext=(28, 0), textcoords="offset points", arrowprops=arrow)
    elif not math.isnan(row.high):
        ax.hlines(y, row.low, row.high, color=colour, linewidth=1.6, zorder=2)


def _point(ax: Axes, x: Any, y: Any, look: Style, status: str) -> None:
    filled = look.filled and status == "asserted"
    ax.plot(
        [x], [y], marker=look.shape, markersize=6, linestyle="none", zorder=3,
        markerfacecolor=look.colour if filled else "white", markeredgecolor=look.colour,
    )  # fmt: skip


def _rows_axis(ax: Axes, labels: Sequence[str]) -> None:
    ax.set_yticks(range(len(labels)), labels, fontsize=8)
    ax.set_ylim(len(labels) - 0.4, -0.6)
    ax.grid(visible=False, axis="y")


def _figures_axis(ax: Axes, shown: pd.DataFrame, label: str) -> None:
    _scale(ax, "x", shown)
    ax.set_xlabel(label)


def _scale(ax: Axes, axis: str, shown: pd.DataFrame) -> None:
    """From zero; logarithmic above one where the figures lie so far apart that the small would vanish."""
    finite = pd.concat([shown["low"], shown["best"], shown["high"]])
    finite = finite[finite.notna() & (finite != math.inf)]
    largest = float(finite.max()) if len(finite) else 1.0
    positive = finite[finite > 0]
    typical = float(positive.median()) if len(positive) else 1.0
    which = ax.xaxis if axis == "x" else ax.yaxis
    limits = ax.set_xlim if axis == "x" else ax.set_ylim
    if largest > max(20 * typical, 10):
        (ax.set_xscale if axis == "x" else ax.set_yscale)("symlog", linthresh=1)
        which.set_major_locator(SymmetricalLogLocator(base=10, linthresh=1))
        limits(-0.15, largest * 3)
    else:
        which.set_major_locator(MaxNLocator(6))
        limits(-0.02 * largest, 1.18 * largest or 1)
    which.set_major_formatter(FuncFormatter(lambda value, _: number(value) if value >= 0 else ""))


def _legend(ax: Axes, sides: pd.Series[Any]) -> None:
    """Each side that is shown, by colour and shape; under the chart, where it covers nothing."""
    names = {side if isinstance(side, str) else "" for side in sides.astype(object)}
    handles = [_handle(side) for side in sorted(names, key=_legend_order)]
    _place_legend(ax, handles)


def _handle(side: str) -> Line2D:
    look = side_style(side)
    face = look.colour if look.filled else "white"
    handle = Line2D([], [], linestyle="none", marker=look.shape, markersize=6, markerfacecolor=face)
    handle.set_markeredgecolor(look.colour)
    handle.set_label(side_label(side))
    return handle


def _place_legend(ax: Axes, handles: Sequence[Any]) -> None:
    """Under the chart, over its whole width, where the figure is ours to lay out; else inside the axes."""
    figure = ax.get_figure()
    if isinstance(figure, Figure) and len(figure.axes) == 1 and figure.get_layout_engine() is not None:
        figure.legend(handles=handles, loc="outside lower left", ncols=5)
    else:
        ax.legend(handles=handles)


def _legend_order(side: str) -> tuple[int, str]:
    return {"third_party": 1, "": 2}.get(side, 0), side


def _title(ax: Axes, title: str, note: str) -> None:
    """What is shown, and below it of how many; over the labels, too, where these take much of the width."""
    figure = ax.get_figure()
    if isinstance(figure, Figure) and len(figure.axes) == 1 and figure.get_layout_engine() is not None:
        figure.suptitle(f"{title}: {note}", x=0.01, ha="left", fontsize=10)
    else:
        ax.set_title(f"{title}: {note}")


def _shown(shown: int, of: int, kind: str, things: str = "claims") -> str:
    return f"{shown:,} of {of:,} {things} shown{f', those {kind}' if kind else ''}"


# --- words


def _what(row: Any) -> str:
    """What a claim counts: "around 250 missiles launched"; its status where it is not asserted."""
    inc = inclusion(load_codebook())
    noun = row.noun if isinstance(row.noun, str) else None
    text = row.text if isinstance(row.text, str) and row.text else _span(row)
    status = "" if row.status == "asserted" else f" ({row.status})"
    return counted(text, row.item, row.event, noun, inc, single=row.low == row.high == 1) + status


def _span(row: Any) -> str:
    return number(row.low) if row.low == row.high else f"{number(row.low)}–{number(row.high)}"


def _question(question: Any) -> str:
    inc = inclusion(load_codebook())
    thing = inc.words.get(question.item, (question.item, question.item))[1]
    event = inc.event_words.get(question.event, question.event)
    parts = [f"advance {thing}" if event == "advanced" else f"{thing} {event}"]
    if isinstance(question.variant, str):
        parts[0] = f"{question.variant} {parts[0]}"
    if isinstance(question.place, str):
        parts.append(question.place)
    if not pd.isna(question.period_start):
        parts.append(_days(question.period_start.date(), question.period_end.date()))
    return ", ".join(parts)


def _days(start: date, end: date) -> str:
    if start == end:
        return f"{start.day} {start:%b %Y}"
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{end.day} {end:%b %Y}"
    year = "" if start.year == end.year else f" {start.year}"
    return f"{start.day} {start:%b}{year} – {end.day} {end:%b %Y}"


def _attack(row: Any) -> tuple[Any, ...]:
    """What two figures must share to stand on one line."""
    known = not pd.isna(row.period_start) and row.period_basis != "dateline"
    period = (row.period_start, row.period_end) if known else (pd.Timestamp.max, row.claim_id)
    source = row.source_id if isinstance(row.source_id, str) else row.source
    return (*period, row.item, _or_empty(row.variant), _or_empty(row.place), _or_empty(source), row.source)


def _or_empty(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _attack_label(key: tuple[Any, ...]) -> str:
    start, end, item, variant, place, _, source = key
    inc = inclusion(load_codebook())
    thing = f"{variant} {inc.words.get(item, (item, item))[1]}".strip()
    when = _days(start.date(), end.date()) if isinstance(end, pd.Timestamp) else "no period"
    who = source if isinstance(source, str) else "no source named"
    return f"{when}: {thing} — {who}{f', {place}' if place else ''}"


def _tally(events: dict[str, Any]) -> str:
    return ", ".join(f"{_span(row)} {event}" for event, row in sorted(events.items(), reverse=True))


def _reach(row: Any) -> float:
    return next(v for v in (row.high, row.best, row.low, 0.0) if not math.isnan(v) and not math.isinf(v))


def _short(words: str, letters: int = _LABEL) -> str:
    return words if len(words) <= letters else words[: letters - 1].rstrip() + "…"


def _main_unit(claims: pd.DataFrame) -> tuple[str, pd.DataFrame]:
    """The unit of most claims, and the claims that have it."""
    counts = claims["unit"].value_counts()
    if counts.empty:
        return "count", claims
    unit = min(counts.index, key=lambda name: (-int(counts[name]), name))
    return unit, claims[claims["unit"] == unit]


def _members(comparison: Comparison) -> dict[str, list[str]]:
    """The claims of each question, in the order of its pairs."""
    members: dict[str, dict[str, None]] = {}
    pairs = comparison.pairs[comparison.pairs["verdict"].isin((*_COMPETING, "revision"))]
    for row in _rows(pairs):
        members.setdefault(row.question_id, {}).update({row.left: None, row.right: None})
    return {question: list(ids) for question, ids in members.items()}
