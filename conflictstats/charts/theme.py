"""How charts look: one colour and one shape for each side, the same in every chart of a report.

Colours are Okabe and Ito's, which colour-blind readers can tell apart; shapes say the same again, so that a
grey print can be read. Which colour a side gets follows from its name and from whom it fights, never from
its flag, and not from which other sides a chart happens to show.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache

import matplotlib as mpl

from conflictstats.codebook import Codebook, load_codebook

# Okabe and Ito without black, which is kept for what no side says, and without yellow, too pale for a point.
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9")
SHAPES = ("o", "s", "^", "v", "P", "X", "<", "h")
# The same shapes as letters, for tables and text; DejaVu has them all.
SIGNS = {"o": "●", "s": "■", "^": "▲", "v": "▼", "P": "✚", "X": "✖", "<": "◀", "h": "⬢", "D": "◆"}
INK = "#333333"
FAINT = "#BBBBBB"


@dataclass(frozen=True, slots=True)
class Style:
    """A side's colour and shape; `filled` is false for what nobody is named for."""

    colour: str
    shape: str
    filled: bool = True


THIRD_PARTY = Style("#666666", "D")
UNATTRIBUTED = Style("#000000", "o", filled=False)


def side_style(side: str | None, codebook: Codebook | None = None) -> Style:
    """The style of a side, of `third_party`, or of None: the article's own voice."""
    if not isinstance(side, str) or not side:
        return UNATTRIBUTED
    if side == "third_party":
        return THIRD_PARTY
    return _styles(codebook or load_codebook()).get(side) or _by_name(side)


def side_sign(side: str | None) -> str:
    """A side's shape as a letter; hollow for what nobody is named for."""
    look = side_style(side if isinstance(side, str) else None)
    return SIGNS[look.shape] if look.filled else "○"


def side_label(side: str | None) -> str:
    if not isinstance(side, str) or not side:
        return "no source named"
    return side.replace("_", " ")


@cache
def _styles(codebook: Codebook) -> dict[str, Style]:
    """Sides of one war never look alike: each takes what its enemies and allies have used least.

    What the sides of a small war use counts first: where there are as many colours as sides, none is used twice.
    """
    wars = [[side for camp in war.sides for side in camp] for war in codebook.wars.values()]
    neighbours: dict[str, set[str]] = {}
    for sides in wars:
        for side in sides:
            neighbours.setdefault(side, set()).update(other for other in sides if other != side)
    styles: dict[str, Style] = {}
    for side in sorted(neighbours, key=lambda s: (-len(neighbours[s]), s)):
        near = [styles[other] for other in sorted(neighbours[side]) if other in styles]
        within = [
            (len(sides), styles[other])
            for sides in wars
            if side in sides
            for other in sides
            if other in styles
        ]
        few = [s.colour for number, s in within if number <= len(COLOURS)]
        some = [s.shape for number, s in within if number <= len(SHAPES)]
        first = _by_name(side)
        colour = _least(COLOURS, few, [s.colour for s in near], first.colour)
        shape = _least(SHAPES, some, [s.shape for s in near], first.shape)
        styles[side] = Style(colour, shape)
    return styles


def _by_name(side: str) -> Style:
    number = int.from_bytes(hashlib.sha256(side.encode()).digest()[:4], "big")
    return Style(COLOURS[number % len(COLOURS)], SHAPES[number // 7 % len(SHAPES)])


def _least(choices: tuple[str, ...], close: list[str], used: list[str], first: str) -> str:
    start = choices.index(first)
    turned = choices[start:] + choices[:start]
    return min(turned, key=lambda choice: (close.count(choice), used.count(choice), turned.index(choice)))


@contextmanager
def style() -> Iterator[None]:
    """Draw in our style and leave everybody else's alone; an SVG is the same in every run."""
    import seaborn as sns  # type: ignore[import-untyped]

    settings = {
        **sns.axes_style("whitegrid"),
        "font.family": ["DejaVu Sans"],
        "font.size": 9.0,
        "axes.titlesize": 10.0,
        "axes.titlelocation": "left",
        "axes.edgecolor": FAINT,
        "axes.labelcolor": INK,
        "text.color": INK,
        "xtick.color": INK,
        "ytick.color": INK,
        "grid.color": "#E6E6E6",
        "legend.frameon": False,
        "legend.fontsize": 8.5,
        "svg.hashsalt": "conflictstats",
        "svg.fonttype": "none",  # text stays text: small files, and a PDF that can be searched
        "figure.dpi": 110.0,
    }
    with mpl.rc_context(settings):
        yield
        # a notebook's backend wakes with its first figure, in here, and says that it is interactive; taken
        # back with the rest of the settings, it would show no second figure
        interactive = mpl.is_interactive()
    mpl.interactive(interactive)
