"""When: the period of a figure. A sentence may name several; the parse says which clause each belongs to."""

from __future__ import annotations

import re
from dataclasses import replace

from conflictstats.periods import Period
from conflictstats.records import Document
from conflictstats.setting.bonds import SettingWords, bond, flows, still_to_come
from conflictstats.setting.carried import carried_period
from conflictstats.setting.clauses import Spot
from conflictstats.setting.othertimes import (
    compared,
    is_total,
    of_saying,
    revised,
    since_something,
    total_opens,
)
from conflictstats.setting.scene import Scene


def read_period(
    spot: Spot, scene: Scene, document: Document, words: SettingWords
) -> tuple[Period | None, str]:
    """The period of a figure, and how it was found."""
    stated, own = _stated(spot, scene, words)
    if stated is not None and stated[0].open:
        # "so far": of a stretch that the sentence before may name
        carried = carried_period(spot, scene, document, words)
        return carried if carried[0] is not None else stated
    if stated is not None:
        return stated
    if own:
        return None, ""  # its sentence names periods, but of something else
    return carried_period(spot, scene, document, words)


def _stated(spot: Spot, scene: Scene, words: SettingWords) -> tuple[tuple[Period, str] | None, bool]:
    """The period that the figure's own sentence gives it, and whether the sentence names any."""
    sentence = spot.sentence
    own = [p for p in scene.periods if sentence.start <= p.start < sentence.end]
    happened = [p for p in own if not of_saying(p, sentence, spot.tree, words)]
    if not happened or still_to_come(spot):
        return None, bool(happened) or bool(own and compared(spot))
    within = next((p for p in happened if p.inner and p.start <= spot.quantity.start < p.end), None)
    if within is not None and within.inner is not None:
        # "since sarin killed hundreds in August 2013": the hundreds are of that August alone
        first, last = within.inner
        return (replace(within, first=first, last=last, kind="day", cumulative=False), _BONDS[0]), True
    beside = _beside(spot, happened)
    if beside is not None:
        return (beside, _BONDS[0]), True
    if is_total(spot) or (compared(spot) and not revised(spot)) or since_something(spot, happened):
        return None, True
    spot = _whole_of(spot)
    ranked = sorted(
        (rank, abs(p.start - spot.quantity.start), p.start)
        for p in happened
        if (rank := bond(spot, p, happened[0] is p, words)) is not None
    )
    if not ranked and len({(p.first, p.last) for p in happened}) == 1 and flows(spot, happened[0], words):
        ranked = [(6, 0, happened[0].start)]
    if not ranked:
        return None, True
    if len(ranked) > 1:
        ranked = _next_in_turn(ranked, spot)
    found = {p.start: p for p in happened}
    dated = [row for row in ranked if not found[row[2]].open]
    rank, _, start = (dated or ranked)[0]
    return (found[start], _BONDS[rank]), True


def _beside(spot: Spot, periods: list[Period]) -> Period | None:
    """The period that stands with a figure that is of another time than its sentence, or with a part of one."""
    text, at = spot.sentence.text, spot.quantity.end - spot.sentence.start
    part = _PART.match(text[at:])
    if part:
        return next((p for p in periods if 0 <= p.start - spot.quantity.end - part.end() < 3), None)
    if is_total(spot):
        opened, end, start = total_opens(spot), spot.quantity.end, spot.sentence.start
        clause = re.match(r"[^,.;]*", spot.sentence.text[end - start :])
        assert clause is not None  # it may be empty
        return next((p for p in periods if opened <= p.start < end + clause.end()), None)
    if compared(spot):
        return next((p for p in periods if 0 <= p.start - spot.quantity.end < 12), None)
    return None


def _next_in_turn(ranked: list[tuple[int, int, int]], spot: Spot) -> list[tuple[int, int, int]]:
    """Of several periods, the one right behind the figure: "three on Monday and five on Tuesday"."""
    later = [
        q.start
        for q in spot.sentence.quantities
        if q.start > spot.quantity.start and q.kind in ("count", "percent")
    ]
    stop = min(later, default=spot.sentence.end)
    turn = [row for row in ranked if spot.quantity.end <= row[2] < stop]
    if (
        not turn
        or ranked[0] in turn
        or (
            stop == spot.sentence.end
            and not any(q.end <= spot.quantity.start for q in spot.sentence.quantities)
        )
    ):
        return ranked
    return turn


_BONDS = (
    "its own words",
    "its verb",
    "its clause",
    "the clause above",
    "a clause of its clause",
    "in front of its sentence",
    "the clause beside",
)


_PART = re.compile(r"^\s(?:[\w-]+\s)?(?:of|among)\s(?:them|these|those|which|whom)\b", re.I)


def _whole_of(spot: Spot) -> Spot:
    """For a part of a figure in the same sentence, that figure: "four were fired overnight … one of them hit"."""
    sentence, quantity = spot.sentence, spot.quantity
    if not _PART.match(sentence.text[quantity.end - sentence.start :]):
        return spot
    whole = [q for q in sentence.quantities if q.end <= quantity.start and q.kind == "count"]
    if not whole:
        return spot
    return spot._replace(quantity=whole[-1], measure=replace(spot.measure, noun_token=None))
