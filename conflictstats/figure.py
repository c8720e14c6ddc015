"""A chart as a figure of a report: vector drawing, alternative text, and a caption that states the finding."""

from __future__ import annotations

import base64
import io
import re
from html import escape
from typing import TYPE_CHECKING

from conflictstats.charts.theme import style
from conflictstats.shown import Shown

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_MOST_ROWS = 12  # labels that an alternative text reads out


def figure(ax: Axes, caption: str = "", *, alt: str = "") -> Shown:
    """Show a chart as a figure: the same SVG in every run, seen in notebooks, HTML exports and PDFs.

    Args:
        ax: what a function of `cs.charts` gave.
        caption: what the chart shows, best as a finding; HTML, such as `cs.story` writes it.
        alt: the same for who cannot see it; read from the chart's own words if not given.
    """
    drawing = ax.get_figure(root=True)
    assert drawing is not None
    told = alt or described(ax)
    if not ax.axison and not ax.lines and not ax.patches:  # a chart of nothing is a sentence
        _close(drawing)
        return Shown(f"<p>{escape(told)}</p>", told)
    svg = base64.b64encode(_svg(drawing).encode()).decode()
    _close(drawing)
    below = f"<figcaption>{caption}</figcaption>" if caption else ""
    html = (
        f'<figure style="margin:0"><img style="max-width:100%;background:white" alt="{escape(told)}"'
        f' src="data:image/svg+xml;base64,{svg}">{below}</figure>'
    )
    return Shown(html, told)


def described(ax: Axes) -> str:
    """A chart's own words in reading order: its title, axes, sides and rows."""
    drawing = ax.get_figure(root=True)
    assert drawing is not None
    above = drawing.get_suptitle() or ax.get_title(loc="left") or ax.get_title()
    if not ax.axison:
        return next((text.get_text() for text in ax.texts), above)
    legends = [legend for legend in (ax.get_legend(), *drawing.legends) if legend is not None]
    sides = [text.get_text() for legend in legends for text in legend.get_texts()]
    beside = {round(float(text.xy[1])): text.get_text().strip() for text in ax.texts if hasattr(text, "xy")}
    rows = [" ".join(label.get_text().split()) for label in ax.get_yticklabels()]  # of one line or two
    named = [f"{row}: {beside[i]}" if beside.get(i) else row for i, row in enumerate(rows)]
    parts = [above]
    if ax.get_xlabel():
        parts.append(f"Horizontal axis: {ax.get_xlabel()}")
    if ax.get_ylabel():
        parts.append(f"Vertical axis: {ax.get_ylabel()}")
    elif any(named):
        more = f", and {len(named) - _MOST_ROWS} more" if len(named) > _MOST_ROWS else ""
        parts.append(f"Rows: {'; '.join(row for row in named[:_MOST_ROWS] if row)}{more}")
    if sides:
        parts.append(f"Marked apart: {', '.join(sides)}")
    return ". ".join(part.rstrip(".") for part in parts if part) + "."


def _svg(drawing: Figure) -> str:
    """The drawing as SVG that is the same in every run: no date, no version, ids by the salt of the style."""
    buffer = io.StringIO()
    with style():
        drawing.savefig(buffer, format="svg", bbox_inches="tight", metadata={"Date": None})
    drawn = re.sub(r"<metadata>.*?</metadata>\s*", "", buffer.getvalue(), flags=re.DOTALL)
    # coordinates to a hundredth of a point: half the size, and the same to the eye
    drawn = re.sub(r"(\d+\.\d{2})\d+", r"\1", drawn)
    return re.sub(r"\s*\n\s*", "\n", drawn)


def _close(drawing: Figure) -> None:
    """Take the chart from pyplot, so that a notebook does not show it a second time."""
    import matplotlib.pyplot as plt

    plt.close(drawing)
