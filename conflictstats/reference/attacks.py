"""Missiles and drones launched at Ukraine and brought down, per attack, from the Ukrainian Air Force's posts.

The format of the table "Massive missile attacks on Ukraine" (piterfm, Kaggle): time_start, time_end, model,
launch_place, target, carrier, launched, destroyed, source. One side's figures.
"""

from __future__ import annotations

import re
from typing import Any

from conflictstats.codebook import Codebook
from conflictstats.names import find_names
from conflictstats.reference.rows import (
    EARLIEST,
    Problem,
    Read,
    Records,
    Row,
    exact,
    moment,
    night,
    number,
    words,
)

COLUMNS = ("time_start", "time_end", "model", "launched", "destroyed")
# Names that are no weapon's; the rest are the codebook's weapons, in a spelling of their own.
_KINDS = {
    "unknown uav": ("drone", None),
    "reconnaissance uav": ("drone", "reconnaissance"),
    "unknown missile": ("missile", None),
    "ballistic missile": ("missile", "ballistic"),
    "intercontinental ballistic missile": ("missile", "ballistic"),
    # words of other meaning elsewhere, so that the codebook does without them
    "orion": ("drone", None),
    "granat-4": ("drone", "reconnaissance"),
    "kub": ("drone", "attack"),
    "gbu": ("bomb", "guided"),
}
_SPELLED = ((re.compile(r"\b[XХ]-(?=\d\d)"), "Kh-"), (re.compile(r"\b[CС]-(?=[34]00)"), "S-"))
_SHARED: dict[str, Any] = {
    "conflict": "Russia-Ukraine", "country": "Ukraine", "source": "Ukraine's Air Force", "source_side": "Ukraine",
}  # fmt: skip


def read(records: Records, codebook: Codebook) -> Read:
    for n, record in enumerate(records, 1):
        start, end = moment(record["time_start"]), moment(record["time_end"])
        if start is None or end is None or min(start, end).date() < EARLIEST:
            column = "time_start" if start is None or start.date() < EARLIEST else "time_end"
            yield Problem(n, None, None, column, str(record[column]), "no date of this war")
            continue
        if start > end:
            yield Problem(
                n, end.date(), start.date(), "time_end", str(record["time_end"]), "ends before it begins"
            )
            continue
        days = night(start, end)
        launched, destroyed = number(record, "launched"), number(record, "destroyed")
        if destroyed > launched:
            reason = f"more destroyed than launched ({launched:g})"
            yield Problem(n, *days, "destroyed", f"{destroyed:g}", reason)
            continue
        kind = _kind(str(record["model"]), codebook)
        if kind is None:
            yield Problem(n, *days, "model", str(record["model"]), "no weapon that the codebook knows")
            continue
        item, variant = kind
        place = words(record, "target")
        place = None if place == "Ukraine" else place
        if launched == launched:
            yield Row(n, *days, "launched", item, *exact(launched), variant=variant,
                      actor="Russia", target="Ukraine", place=place, **_SHARED)  # fmt: skip
        if destroyed == destroyed:
            yield Row(n, *days, "intercepted", item, *exact(destroyed), variant=variant,
                      actor="Ukraine", target="Russia", place=place, **_SHARED)  # fmt: skip


def _kind(model: str, codebook: Codebook) -> tuple[str, str | None] | None:
    """Item and variant; of several models at once, what they have in common."""
    if model.casefold() in _KINDS:
        return _KINDS[model.casefold()]
    for pattern, spelled in _SPELLED:
        model = pattern.sub(spelled, model)
    found = []
    for part in re.split(r" and ", model):
        weapon = next((codebook.weapons[n.key] for n in find_names(part, codebook)
                       if n.kind == "weapon" and n.key), None)  # fmt: skip
        if weapon is None:
            return None
        # of launchers, what they fire: "C-300" stands for its missiles
        found.append((weapon.fires or weapon.item, weapon.variant))
    items, variants = {item for item, _ in found}, {variant for _, variant in found}
    if not items <= {"drone", "missile"}:
        return found[0] if len(items) == 1 else None
    item = items.pop() if len(items) == 1 else "drone_or_missile"
    return item, variants.pop() if len(variants) == 1 else None
