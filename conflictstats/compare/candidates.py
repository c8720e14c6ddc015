"""Which pairs are worth judging: those of one kind of figure whose days may meet. Never all against all."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from conflictstats.compare.figures import NEWS_DAYS, SHORT, Figure
from conflictstats.compare.relations import WIDEST, Inclusion

# Days that figures of a class span at most; each class is searched with its own reach.
_CLASSES = (SHORT + 2, SHORT + 2 * NEWS_DAYS, 2 * WIDEST)
_Kind = tuple[str, str, str]


def candidates(figures: list[Figure], inc: Inclusion) -> Iterator[tuple[Figure, Figure]]:
    """Pairs in a fixed order, the one further up in the table first; each pair once."""
    kinds: dict[_Kind, list[Figure]] = {}
    for figure in figures:
        kinds.setdefault((figure.unit, figure.event, figure.item), []).append(figure)
    indexes = {kind: Index(members) for kind, members in kinds.items()}
    for kind, members in kinds.items():
        for other in kinds:
            if other == kind:
                for figure in members:
                    yield from ((figure, b) for b in indexes[kind].near(figure) if figure.row < b.row)
            elif kind < other and _related(kind, other, inc):
                for figure in members:
                    for b in indexes[other].near(figure):
                        yield (figure, b) if figure.row < b.row else (b, figure)


def _related(a: _Kind, b: _Kind, inc: Inclusion) -> bool:
    if a[0] != b[0]:
        return False
    items = a[2] == b[2] or b[2] in inc.items.get(a[2], ()) or a[2] in inc.items.get(b[2], ())
    same = inc.same_event(a[1], b[1], a[2]) or inc.same_event(a[1], b[1], b[2])
    return items and (same or b[1] in inc.events.get(a[1], ()) or a[1] in inc.events.get(b[1], ()))


class Index:
    """Figures of one kind by the days they may be about."""

    def __init__(self, figures: list[Figure]) -> None:
        self.undated = [f for f in figures if f.start is None]
        self.classes: list[tuple[int, list[int], list[tuple[int, int, Figure]]]] = []
        dated = [(*_reach(f), f) for f in figures if f.start is not None]
        below = 0
        for longest in _CLASSES:
            entries = [e for e in dated if below < e[1] - e[0] + 1 <= longest]
            entries.sort(key=lambda e: (e[0], e[1], e[2].row))
            if entries:
                self.classes.append((longest, [e[0] for e in entries], entries))
            below = longest

    def near(self, figure: Figure) -> Iterator[Figure]:
        if figure.start is None:
            for _, _, entries in self.classes:
                yield from (f for *_, f in entries if _one_spot(f, figure))
            yield from (f for f in self.undated if _one_spot(f, figure))
            return
        yield from (f for f in self.undated if _one_spot(f, figure))
        first, last = _reach(figure)
        for longest, starts, entries in self.classes:
            for at in range(bisect_left(starts, first - longest), bisect_right(starts, last)):
                if entries[at][1] >= first and not _elsewhere(figure, entries[at][2]):
                    yield entries[at][2]


def _reach(figure: Figure) -> tuple[int, int]:
    """The days at which another figure may meet this one; a running total meets others at its last day."""
    assert figure.start is not None and figure.end is not None
    if figure.aggregation in ("cumulative", "stock") or (figure.days or 0) > 2 * WIDEST - 2:
        return figure.end - NEWS_DAYS + 1, figure.end + NEWS_DAYS - 1
    if figure.when == "article" and figure.where == "stated":
        return figure.start - NEWS_DAYS, figure.end + NEWS_DAYS  # its day is a guess, its place is not
    return figure.start - 1, figure.end + 1


def _one_spot(a: Figure, b: Figure) -> bool:
    return a.article == b.article or (a.place_id is not None and a.place_id == b.place_id)


def _elsewhere(a: Figure, b: Figure) -> bool:
    """The quick no: two known places of which neither can hold the other, or two wars."""
    if a.conflict != b.conflict and a.conflict and b.conflict:
        return True
    if a.place_id is None or b.place_id is None or a.place_id == b.place_id:
        return False
    return a.region is not None and b.region is not None and a.region != b.region and a.country != b.country
