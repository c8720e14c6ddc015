"""A grid of cells → a Typst table that fits its page: widths, size, turned pages, aligned numbers.

Nothing is measured by Typst: widths are estimated from the letters, so that the choice of a page is made
once, here, and can be tested.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

NUMBER = r"(?:\d[\d\s.,\u00a0\u202f]*(?:e[-+]?\d+)?|∞|inf|nan)"
UNIT = r"(?:\s?(?:%|pp|×|x|k|m|bn|km|km²|km2|kg|t|h|d))?"
NUMERIC = re.compile(
    rf"^(?:[<>≥≤≈~±+−–-]\s?)?{NUMBER}{UNIT}(?:\s?(?:–|-|−|…|to|/|of)\s?{NUMBER}{UNIT})?$", re.IGNORECASE
)
EMPTY = frozenset({"", "–", "—", "-", "nan", "NaN", "None", "NaT", "<NA>"})

SIZES_UPRIGHT = (9.0, 8.5, 8.0, 7.5)
SIZES_TURNED = (8.5, 8.0, 7.5, 7.0)
PADDING = 9.0  # points between two columns, of which the template gives each side half
MOST_UPRIGHT = 10  # columns; more are turned however narrow they are
FEW_LINES = 2.5
SAMPLE = 80  # rows looked at when columns share a page
STEPS = 48  # parts in which they share it
MANY_LINES = 4.0  # rows that take more lines than this on average look for a wider page


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its Typst markup, the same as plain text, and how it stands in the grid."""

    body: str
    text: str
    rows: int = 1
    columns: int = 1
    head: bool = False
    fill: str | None = None
    align: str | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """Cells with their column, row by row, and what the columns ask for (widths in em)."""

    rows: tuple[tuple[tuple[int, Cell], ...], ...]
    heads: int
    columns: int
    narrowest: tuple[float, ...]
    widest: tuple[float, ...]
    numeric: tuple[bool, ...]


def pieces(text: str, limit: int = 14) -> list[str]:
    """The parts between which a line may break: words, and long words in parts, after a sign if any."""
    out: list[str] = []
    for word in re.findall(r"[ \t\n]+|[^ \t\n-]+-*|-+", text):  # a space that does not break is none
        # a plain word is cut only where no column could hold it; names and digests sooner
        if word.isspace() or len(word) <= (max(limit, 22) if word.isalpha() else limit):
            out.append(word)
            continue
        for part in re.findall(r"[^/_.,:;=&?@|\\-]+[/_.,:;=&?@|\\-]*|[/_.,:;=&?@|\\-]+", word):
            step = max(limit - 4, 4)
            out += [part[i : i + step] for i in range(0, len(part), step)] if len(part) > limit else [part]
    return out


@lru_cache(maxsize=50_000)
def em(text: str) -> float:
    """About how wide a text is, in em of Libertinus Serif; foreign scripts are taken to be wide."""
    width = 0.0
    for sign in text:
        if sign.isdigit() or "a" <= sign <= "z":
            width += 0.78 if sign in "mw" else 0.29 if sign in "ijlt" else 0.49
        elif sign.isspace() or sign in ".,:;'’|!":
            width += 0.26
        elif "A" <= sign <= "Z":
            width += 0.68
        elif ord(sign) < 0x2000:
            width += 0.62
        else:
            width += 1.0
    return width


@lru_cache(maxsize=50_000)
def _extent(text: str) -> tuple[float, float]:
    """The widest piece, and the widest line, of a cell."""
    return (
        max((em(piece) for piece in pieces(text)), default=0.0),
        max((em(line) for line in text.split("\n")), default=0.0),
    )


def grid(rows: Sequence[Sequence[Cell]], heads: int) -> Grid:
    """Put cells at their columns; spans that leave the grid are cut, and gaps are filled with empty cells."""
    taken: dict[tuple[int, int], bool] = {}
    placed: list[list[tuple[int, Cell]]] = []
    columns = 0
    for y, row in enumerate(rows):
        x, line = 0, []
        for cell in row:
            while (y, x) in taken:
                x += 1
            # a head is repeated on every page, so that its cells may not reach into the body
            last = heads if y < heads else len(rows)
            across = 1
            while across < cell.columns and (y, x + across) not in taken:
                across += 1
            down = max(1, min(cell.rows, last - y))
            for i in range(down):
                for j in range(across):
                    taken[y + i, x + j] = True
            columns = max(columns, x + across)
            line.append((x, replace(cell, rows=down, columns=across)))
            x += across
        placed.append(line)
    for y, line in enumerate(placed):
        for x in range(columns):
            if (y, x) not in taken:
                line.append((x, Cell("", "", head=y < heads)))
        line.sort(key=lambda item: item[0])
    narrow, wide, numeric = [1.0] * columns, [1.0] * columns, [False] * columns
    words = [False] * columns
    for y, line in enumerate(placed):
        for x, cell in line:
            if cell.columns > 1:
                continue
            weight = 1.18 if cell.head or y < heads else 1.04
            least, most = _extent(cell.text)
            narrow[x], wide[x] = max(narrow[x], least * weight), max(wide[x], most * weight)
            if y >= heads and cell.text.strip() not in EMPTY:
                if NUMERIC.match(cell.text.strip()):
                    numeric[x] = True
                    narrow[x] = max(narrow[x], em(cell.text) * weight)  # a number is never broken
                else:
                    words[x] = True
    return Grid(
        tuple(tuple(line) for line in placed),
        heads,
        columns,
        tuple(narrow),
        tuple(max(pair) for pair in zip(narrow, wide, strict=True)),
        tuple(n and not w for n, w in zip(numeric, words, strict=True)),
    )


def widths(table: Grid, size: float, room: float, columns: Sequence[int]) -> list[float] | None:
    """Points for each column within `room`, or None where words would have to leave their columns."""
    low = [table.narrowest[x] * size + PADDING for x in columns]
    high = [max(table.widest[x] * size + PADDING, least) for x, least in zip(columns, low, strict=True)]
    if sum(high) <= room:
        # a table that nearly fills the page fills it
        stretch = room / sum(high) if sum(high) > 0.6 * room else 1.0
        return [width * stretch for width in high]
    if sum(low) > room:
        return None
    return _shared(table, size, room, columns, low, high)


def _shared(
    table: Grid, size: float, room: float, columns: Sequence[int], low: Sequence[float], high: Sequence[float]
) -> list[float]:
    """Widths between the narrowest and the natural ones, given step by step where they shorten rows most."""
    body = table.rows[table.heads :]
    sample = body[:: max(1, len(body) // SAMPLE)]
    place = {x: i for i, x in enumerate(columns)}
    natural = [
        [
            (place[x], em(cell.text) * size)
            for x, cell in row
            if cell.columns == 1 and x in place and cell.text
        ]
        for row in sample
    ]
    out, step = list(low), max((room - sum(low)) / STEPS, 0.5)
    spare = room - sum(low)

    def height(own: float, width: float) -> float:
        # Lines as a fraction, so that half a line less counts too; squared, so that tall rows count most.
        return max(own / max(width - PADDING, 1.0), 1.0) ** 2

    by_column: list[list[tuple[int, float]]] = [[] for _ in columns]
    for y, cells in enumerate(natural):
        for i, own in cells:
            by_column[i].append((y, own))
    tall = [[0.0] * len(natural) for _ in columns]
    for i, own_cells in enumerate(by_column):
        for y, own in own_cells:
            tall[i][y] = height(own, out[i])
    while spare >= step:
        # The two tallest cells of each row: what the row would be without one of them.
        first = [max(column[y] for column in tall) for y in range(len(natural))]
        gains = []
        for i, own_cells in enumerate(by_column):
            if out[i] >= high[i]:
                continue
            gain = 0.0
            for y, own in own_cells:
                new = height(own, out[i] + step)
                # mostly what it takes off the row, a little what it takes off the cell
                gain += (tall[i][y] - new) * (1.0 if tall[i][y] >= first[y] else 0.05)
            gains.append((gain, -i))
        if not gains:
            break
        chosen = -max(gains)[1]
        out[chosen] += step
        spare -= step
        for y, own in by_column[chosen]:
            tall[chosen][y] = height(own, out[chosen])
    return [width + spare / len(out) for width in out]


def _lines(table: Grid, size: float, given: Sequence[float]) -> float:
    """Lines that a row takes, on average."""
    tall = 0.0
    for line in table.rows[table.heads :]:
        tall += max(
            (
                math.ceil(em(cell.text) * size / max(given[x] - PADDING, 1.0))
                for x, cell in line
                if cell.columns == 1
            ),
            default=1,
        )
    return tall / max(len(table.rows) - table.heads, 1)


def _lead(table: Grid) -> int:
    """The columns that name a row (its head cells), repeated when a table is cut into parts."""
    body = table.rows[table.heads :]
    lead = 0
    while (
        lead < table.columns - 1
        and body
        and all(
            any(x == lead and cell.head for x, cell in line) or not any(x == lead for x, _ in line)
            for line in body
        )
    ):
        lead += 1
    return lead or (1 if table.columns > 1 else 0)


def _parts(table: Grid, size: float, room: float) -> list[list[int]]:
    """Columns in parts that each fit the page, every part opening with the columns that name the rows."""
    lead = list(range(_lead(table)))
    need = [min(w, 0.8 * room / size) * size + PADDING for w in table.narrowest]
    base = sum(need[x] for x in lead)
    if base > room / 2:
        lead, base = [], 0.0
    parts: list[list[int]] = [[]]
    used = base
    for x in range(len(lead), table.columns):
        if parts[-1] and used + need[x] > room:
            parts.append([])
            used = base
        parts[-1].append(x)
        used += need[x]
    return [lead + part for part in parts]


def typst(
    rows: Sequence[Sequence[Cell]],
    heads: int,
    *,
    upright: float,
    turned: float | None,
    caption: str | None = None,
) -> tuple[str, bool]:
    """Typst source of a table, and whether it needs a turned page.

    Args:
        rows: the cells, row by row, as HTML has them (a cell with a span stands once).
        heads: how many of the rows are the head, which is repeated on every page.
        upright: width of the text on an upright page, in points.
        turned: width on a turned page; None where the page cannot be turned (in a list or a cell).
        caption: Typst markup that stands above.
    """
    table = grid(rows, heads)
    if not table.columns:
        return "", False
    every = list(range(table.columns))
    fits: list[tuple[float, float, list[float]]] = []
    if table.columns <= MOST_UPRIGHT or turned is None:
        for size in SIZES_UPRIGHT:
            given = widths(table, size, upright, every)
            if given is not None:
                fits.append((size, _lines(table, size, given), given))
        # the largest letters that keep rows short, else the smallest
        best = next((fit for fit in fits if fit[1] <= FEW_LINES), fits[-1] if fits else None)
        if best is not None and (best[1] <= MANY_LINES or table.columns <= MOST_UPRIGHT // 2):
            return _source(table, best[0], best[2], every, caption), False
    if turned is not None:
        for size in SIZES_TURNED:
            given = widths(table, size, turned, every)
            if given is not None:
                return _source(table, size, given, every, caption), True
    if fits:
        size, _, given = fits[-1]
        return _source(table, size, given, every, caption), False
    size, room = SIZES_TURNED[1], turned if turned is not None else upright
    parts, out = _parts(table, size, room), []
    for number, part in enumerate(parts, 1):
        given = widths(table, size, room, part) or [room / len(part)] * len(part)
        note = f"Part {number} of {len(parts)}, columns in order" if len(parts) > 1 else ""
        joined = " · ".join(text for text in (caption if number == 1 else None, note) if text)
        out.append(_source(_cut(table, part), size, given, part, joined or None))
    return "\n".join(out), turned is not None


def _cut(table: Grid, part: Sequence[int]) -> Grid:
    """The columns of one part; cells that span over its edge are cut."""
    inside = set(part)
    lines = []
    for line in table.rows:
        kept: list[tuple[int, Cell]] = []
        for x, cell in line:
            own = [c for c in range(x, x + cell.columns) if c in inside]
            if own:
                kept.append(
                    (
                        own[0],
                        Cell(cell.body, cell.text, cell.rows, len(own), cell.head, cell.fill, cell.align),
                    )
                )
        lines.append(tuple(kept))
    return Grid(tuple(lines), table.heads, table.columns, table.narrowest, table.widest, table.numeric)


def _source(
    table: Grid, size: float, given: Sequence[float], columns: Sequence[int], caption: str | None
) -> str:
    def cell(item: Cell, *, head: bool = False) -> str:
        body = f"#strong[{item.body}];" if head and item.body else item.body
        options = []
        if item.columns > 1:
            options.append(f"colspan: {item.columns}")
        if item.rows > 1:
            options.append(f"rowspan: {item.rows}")
        if item.fill:
            options.append(f'fill: rgb("{item.fill}")')
        if item.align:
            options.append(f"align: {item.align}")
        elif item.columns > 1:
            options.append("align: center")
        return f"table.cell({', '.join(options)})[{body}]" if options else f"[{body}]"

    heads = [cell(item, head=True) for line in table.rows[: table.heads] for _, item in line]
    body = [", ".join(cell(item) for _, item in line) for line in table.rows[table.heads :] if line]
    align = ", ".join("right" if table.numeric[x] else "left" for x in columns)
    return (
        f"#data-table(size: {size}pt, columns: ({', '.join(f'{w:.1f}pt' for w in given)},), "
        f"align: ({align},), breakable: {str(len(table.rows) > 14 or size < 8).lower()}, "
        f"caption: {f'[{caption}]' if caption else 'none'}, head-rows: {table.heads}, "
        f"head: ({''.join(h + ', ' for h in heads)}),\n" + ",\n".join(body) + ")\n"
    )
