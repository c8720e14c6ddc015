"""Which pairs are worth judging: those of one kind of figure whose days may meet. Never all against all.

Figures are blocked by what they count (unit, event, item, and what these include), within a block by the days
that they may be about; what a glance can rule out is never judged. Where more than `MOST` figures could meet
one, it meets those nearest to it in number and those furthest from it: the figures that agree and the widest
dispute are found, and the count of judgements grows with the table and not with its square.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator
from heapq import nlargest, nsmallest

from conflictstats.compare.figures import NEWS_DAYS, SHORT, Figure
from conflictstats.compare.relations import GENERIC, WIDEST, Inclusion

# Figures of one block that another is held against at most.
MOST = 40
# Days that figures of a class span at most; each class is searched with its own reach.
_CLASSES = (SHORT + 2, SHORT + 2 * NEWS_DAYS, 2 * WIDEST)
_RUNNING = ("cumulative", "stock")
_GUESSED = ("dateline", "article")
_Kind = tuple[str, str, str]


def candidates(
    figures: list[Figure], inc: Inclusion, tally: Counter[str] | None = None
) -> Iterator[tuple[Figure, Figure]]:
    """Pairs in a fixed order, the one further up in the table first; each pair once.

    `tally` is told how many pairs stayed `unjudged`.
    """
    left_out: Counter[str] = Counter() if tally is None else tally
    kinds: dict[_Kind, list[Figure]] = {}
    for figure in figures:
        kinds.setdefault((figure.unit, figure.event, figure.item), []).append(figure)
    indexes = {kind: Index(members) for kind, members in kinds.items()}
    for kind, members in kinds.items():
        for other in kinds:
            if other == kind:
                for figure in members:
                    later = list(indexes[kind].near(figure, figure.row))
                    yield from ((figure, b) for b in _some(figure, later, left_out))
            elif kind < other and _related(kind, other, inc):
                for figure in members:
                    for b in _some(figure, list(indexes[other].near(figure)), left_out):
                        yield (figure, b) if figure.row < b.row else (b, figure)


def _some(figure: Figure, others: list[Figure], left_out: Counter[str]) -> list[Figure]:
    if len(others) <= MOST:
        return others
    left_out["unjudged"] += len(others) - MOST
    mine = _size(figure)
    nearest = nsmallest(MOST // 2, others, key=lambda f: (abs(_size(f) - mine), f.row))
    taken = {f.row for f in nearest}
    rest = (f for f in others if f.row not in taken)
    return nearest + nlargest(MOST // 2, rest, key=lambda f: (abs(_size(f) - mine), -f.row))


def _size(figure: Figure) -> float:
    """On a scale of ratios, so that six and nine are as far apart as 60 and 90."""
    return math.log1p(figure.low if math.isnan(figure.best) else figure.best)


def _related(a: _Kind, b: _Kind, inc: Inclusion) -> bool:
    if a[0] != b[0]:
        return False
    items = a[2] == b[2] or b[2] in inc.items.get(a[2], ()) or a[2] in inc.items.get(b[2], ())
    same = inc.same_event(a[1], b[1], a[2]) or inc.same_event(a[1], b[1], b[2])
    return items and (same or b[1] in inc.events.get(a[1], ()) or a[1] in inc.events.get(b[1], ()))


class Index:
    """Figures of one kind by their war and the days they may be about."""

    def __init__(self, figures: list[Figure]) -> None:
        self.undated: dict[str, list[Figure]] = {}
        self.together: dict[str, list[Figure]] = {}
        wars: dict[str | None, list[Figure]] = {}
        for figure in figures:
            if figure.start is None:
                self.undated.setdefault(figure.article, []).append(figure)
            else:
                wars.setdefault(figure.conflict or None, []).append(figure)
            self.together.setdefault(figure.article, []).append(figure)
        self.wars = {war: list(_classes(members)) for war, members in wars.items()}

    def near(self, figure: Figure, after: int = -1) -> Iterator[Figure]:
        """The figures past a row that could answer a question with this one, as far as a glance can tell."""
        # without a day only one article brings two figures together
        here = self.undated if figure.start is not None else self.together
        yield from (f for f in here.get(figure.article, ()) if f.row > after and not _hopeless(figure, f))
        if figure.start is None:
            return
        first, last = _reach(figure)
        for war in (figure.conflict, None) if figure.conflict else self.wars:
            for longest, starts, entries in self.wars.get(war, ()):
                for at in range(bisect_left(starts, first - longest), bisect_right(starts, last)):
                    _, end, other = entries[at]
                    if end >= first and other.row > after and not _hopeless(figure, other):
                        yield other


_Entry = tuple[int, int, Figure]


def _classes(figures: list[Figure]) -> Iterator[tuple[int, list[int], list[_Entry]]]:
    dated = [(*_reach(f), f) for f in figures]
    below = 0
    for longest in _CLASSES:
        entries = [e for e in dated if below < e[1] - e[0] + 1 <= longest]
        entries.sort(key=lambda e: (e[0], e[1], e[2].row))
        if entries:
            yield longest, [e[0] for e in entries], entries
        below = longest


def _reach(figure: Figure) -> tuple[int, int]:
    """The days at which another figure may meet this one; a running total meets others at its last day."""
    assert figure.start is not None and figure.end is not None
    if figure.aggregation in _RUNNING or (figure.days or 0) > 2 * WIDEST - 2:
        return figure.end - NEWS_DAYS + 1, figure.end + NEWS_DAYS - 1
    if figure.when == "article" and figure.where == "stated":
        return figure.start - NEWS_DAYS, figure.end + NEWS_DAYS  # its day is a guess, its place is not
    return figure.start - 1, figure.end + 1


def _hopeless(a: Figure, b: Figure) -> bool:
    """The quick no: two wars, two targets, two places of which neither can hold the other, two times."""
    if a.conflict != b.conflict and a.conflict and b.conflict:
        return True
    if a.target != b.target and a.target and b.target and "both" not in (a.target, b.target):
        if a.target not in GENERIC and b.target not in GENERIC:
            return True
    if a.status != "asserted" or b.status != "asserted":
        statuses = {a.status, b.status}
        if "hypothetical" in statuses or ("superseded" in statuses and a.speaker != b.speaker):
            return True
    if _elsewhere(a, b):
        return True
    return _other_times(a, b)


def _elsewhere(a: Figure, b: Figure) -> bool:
    if a.place_id is None or b.place_id is None or a.place_id == b.place_id:
        return False
    return a.region is not None and b.region is not None and a.region != b.region and a.country != b.country


def _other_times(a: Figure, b: Figure) -> bool:
    if a.start is None or b.start is None or a.end is None or b.end is None:
        return False
    if a.when in _GUESSED or b.when in _GUESSED or a.aggregation in _RUNNING or b.aggregation in _RUNNING:
        return False
    if max(a.start, b.start) <= min(a.end, b.end):
        return False
    return not (a.days == b.days == 1 and (a.night or b.night))  # a night can join two days
