"""What charts share: axes, intervals, scales and legends, and the words of a row."""

from __future__ import annotations

import math
import re
import textwrap
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import wraps
from typing import Any, ParamSpec

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import FuncFormatter, MaxNLocator, SymmetricalLogLocator

from conflictstats.charts.theme import FAINT, INK, Style, side_label, side_style, style
from conflictstats.codebook import load_codebook
from conflictstats.compare import Comparison
from conflictstats.compare.relations import inclusion
from conflictstats.compare.wording import WAYS, counted, number

_BEFORE_NUMBER = re.compile(r"([\u0590-\u08ff])(?=[^\w\n]*\d)")
_LINE = 52  # letters of a line of a row's label, which may have two
UNITS = {
    "count": "number",
    "km": "kilometres",
    "km2": "square kilometres",
    "kg": "kilograms",
    "percent": "percent",
}
COMPETING = ("disputed", "close", "compatible", "agree")


_P = ParamSpec("_P")


def styled(chart: Callable[_P, Axes]) -> Callable[_P, Axes]:
    """Draw in our style, and leave the caller's settings as they were."""

    @wraps(chart)
    def drawn(*args: _P.args, **kwargs: _P.kwargs) -> Axes:
        with style():
            return chart(*args, **kwargs)

    return drawn


def new_axes(ax: Axes | None, rows: int) -> Axes:
    if ax is not None:
        return ax
    _, ax = plt.subplots(figsize=(7.4, 1.3 + 0.23 * max(rows, 2)), layout="constrained")
    return ax


def say_nothing(ax: Axes, words: str) -> Axes:
    ax.set_axis_off()
    ax.text(0.5, 0.5, words, ha="center", va="center", transform=ax.transAxes, color=INK)
    return ax


def draw_interval(ax: Axes, y: float, row: Any) -> None:
    look = side_style(row.source_side)
    if row.hedge == "vague":
        ax.barh(y, row.high - row.low, left=row.low, height=0.5, color=look.colour, alpha=0.35, zorder=2)
        return
    draw_bounds(ax, y, row, look.colour)
    if not math.isnan(row.best):
        draw_point(ax, row.best, y, look, row.status)


def draw_bounds(ax: Axes, y: float, row: Any, colour: str) -> None:
    """From low to high; an open end is an arrow of fixed length, from which no figure can be read."""
    if math.isnan(row.low) or row.low == row.high:
        return
    if math.isinf(row.high):
        arrow = {"arrowstyle": "<|-", "color": colour, "linewidth": 1.3, "shrinkA": 0, "shrinkB": 0}
        ax.annotate("", (row.low, y), xytext=(28, 0), textcoords="offset points", arrowprops=arrow)
    elif not math.isnan(row.high):
        ax.hlines(y, row.low, row.high, color=colour, linewidth=1.6, zorder=2)


def draw_point(ax: Axes, x: Any, y: Any, look: Style, status: str) -> None:
    filled = look.filled and status == "asserted"
    ax.plot(
        [x], [y], marker=look.shape, markersize=6, linestyle="none", zorder=3,
        markerfacecolor=look.colour if filled else "white", markeredgecolor=look.colour,
    )  # fmt: skip


def label_rows(ax: Axes, labels: Sequence[str]) -> None:
    """A label for each row, from above; a long one has two lines, in letters small enough for the row."""
    ax.set_yticks(range(len(labels)), map(wrapped, labels), fontsize=8)
    for label in ax.get_yticklabels():
        if "\n" in label.get_text():
            label.set(fontsize=6.8, linespacing=1.0)
    ax.set_ylim(len(labels) - 0.4, -0.6)
    ax.grid(visible=False, axis="y")


def label_groups(ax: Axes, groups: Sequence[tuple[str, Sequence[str]]]) -> None:
    """Rows under bold headings, which take a row each, with a line above every group."""
    headings = []
    labels: list[str] = []
    for heading, rows in groups:
        headings.append(len(labels))
        labels += [heading, *rows]
        ax.axhline(headings[-1] - 0.5, color=FAINT, linewidth=0.6, zorder=0)
    label_rows(ax, labels)
    for y in headings:
        ax.get_yticklabels()[y].set_fontweight("bold")


def label_figures(ax: Axes, shown: pd.DataFrame, label: str) -> None:
    set_scale(ax, "x", shown)
    ax.set_xlabel(label)


def set_scale(ax: Axes, axis: str, shown: pd.DataFrame) -> None:
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


def add_legend(ax: Axes, sides: pd.Series[Any]) -> None:
    """Each side that is shown, by colour and shape; under the chart, where it covers nothing."""
    names = {side if isinstance(side, str) else "" for side in sides.astype(object)}
    handles = [_handle(side) for side in sorted(names, key=_legend_order)]
    place_legend(ax, handles)


def _handle(side: str) -> Line2D:
    look = side_style(side)
    face = look.colour if look.filled else "white"
    handle = Line2D([], [], linestyle="none", marker=look.shape, markersize=6, markerfacecolor=face)
    handle.set_markeredgecolor(look.colour)
    handle.set_label(side_label(side))
    return handle


def place_legend(ax: Axes, handles: Sequence[Any]) -> None:
    """Under the chart, over its whole width, where the figure is ours to lay out; else inside the axes."""
    figure = ax.get_figure()
    if isinstance(figure, Figure) and len(figure.axes) == 1 and figure.get_layout_engine() is not None:
        figure.legend(handles=handles, loc="outside lower left", ncols=5)
    else:
        ax.legend(handles=handles)


def _legend_order(side: str) -> tuple[int, str]:
    return {"third_party": 1, "": 2}.get(side, 0), side


def add_title(ax: Axes, title: str, note: str) -> None:
    """What is shown, and below it of how many; over the labels, too, where these take much of the width."""
    figure = ax.get_figure()
    if isinstance(figure, Figure) and len(figure.axes) == 1 and figure.get_layout_engine() is not None:
        figure.suptitle(f"{title}: {note}", x=0.01, ha="left", fontsize=10)
    else:
        ax.set_title(f"{title}: {note}")


def of_all(shown: int, of: int, kind: str, things: str = "claims") -> str:
    return f"{shown:,} of {of:,} {things} shown{f', those {kind}' if kind else ''}"


# --- words


def rows_in(df: pd.DataFrame) -> Iterable[Any]:
    return df.itertuples(index=False)


def words_of(row: Any) -> str:
    """What a claim counts: "around 250 missiles launched"; its status where it is not asserted."""
    inc = inclusion(load_codebook())
    noun = row.noun if isinstance(row.noun, str) else None
    text = row.text if isinstance(row.text, str) and row.text else span_of(row)
    status = "" if row.status == "asserted" else f" ({row.status})"
    return (
        counted(text, row.item, row.event, noun, inc, single=row.low == row.high == 1) + _way_of(row) + status
    )


def _way_of(row: Any) -> str:
    way = WAYS.get(row.aggregation)
    return f" {way}" if way else ""


def span_of(row: Any) -> str:
    if math.isinf(row.high):
        return f"{number(row.low)} or more"
    return number(row.low) if row.low == row.high else f"{number(row.low)}–{number(row.high)}"


def question_of(question: Any) -> str:
    inc = inclusion(load_codebook())
    thing = inc.words.get(question.item, (question.item, question.item))[1].removeprefix("of ")
    event = inc.event_words.get(question.event, question.event)
    parts = [f"advance {thing}" if event == "advanced" else f"{thing} {event}"]
    if isinstance(question.variant, str):
        parts[0] = f"{question.variant} {parts[0]}"
    parts[0] += _way_of(question)
    if isinstance(question.place, str):
        parts.append(question.place)
    if not pd.isna(question.period_start):
        parts.append(days_of(question.period_start.date(), question.period_end.date()))
    return ", ".join(parts)


def days_of(start: date, end: date) -> str:
    if start == end:
        return f"{start.day} {start:%b %Y}"
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{end.day} {end:%b %Y}"
    year = "" if start.year == end.year else f" {start.year}"
    return f"{start.day} {start:%b}{year} – {end.day} {end:%b %Y}"


def shortened(words: str, letters: int) -> str:
    return words if len(words) <= letters else words[: letters - 1].rstrip() + "…"


def wrapped(words: str) -> str:
    """Words in one line, or in two of about the same length; what would take a third is cut.

    A number stays behind the Arabic or Hebrew name that it follows.
    """
    words = _BEFORE_NUMBER.sub("\\1\u200e", words)
    if len(words) <= _LINE:
        return words
    width = min(_LINE + 8, len(words) // 2 + 8)  # lines of two are set in smaller letters
    return "\n".join(textwrap.wrap(words, width, max_lines=2, placeholder=" …"))


def main_unit(claims: pd.DataFrame) -> tuple[str, pd.DataFrame]:
    """The unit of most claims, and the claims that have it."""
    counts = claims["unit"].value_counts()
    if counts.empty:
        return "count", claims
    unit = min(counts.index, key=lambda name: (-int(counts[name]), name))
    return unit, claims[claims["unit"] == unit]


def speakers_of(claims: pd.DataFrame) -> list[str]:
    """Who says each claim, by the name that this source bears most often."""
    keys = claims["source_id"].fillna(claims["source"]).astype(object)
    called: dict[str, Counter[str]] = {}
    for key, name in zip(keys, claims["source"].astype(object), strict=True):
        if isinstance(name, str):
            called.setdefault(key, Counter())[name] += 1
    usual = {key: max(sorted(names), key=lambda name: names[name]) for key, names in called.items()}
    return [usual.get(key, "no source named") for key in keys]


def members_of(comparison: Comparison) -> dict[str, list[str]]:
    """The claims of each question, in the order of its pairs."""
    members: dict[str, dict[str, None]] = {}
    pairs = comparison.pairs[comparison.pairs["verdict"].isin((*COMPETING, "revision"))]
    for row in rows_in(pairs):
        members.setdefault(row.question_id, {}).update({row.left: None, row.right: None})
    return {question: list(ids) for question, ids in members.items()}
