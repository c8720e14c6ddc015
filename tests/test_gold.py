"""The quality of reading, held by a ratchet: no figure may fall below the one in gold/ratchet.json."""

import json
import sys
from functools import cache
from pathlib import Path

import pytest

from conflictstats.evaluation import LEVELS, Score, evaluate

GOLD = Path(__file__).parent / "gold"
RATCHET = GOLD / "ratchet.json"
FIELDS = ("source", "period", "bounds", "status")


# where a part's name says no set, it is one of `dev`
PARTS = {
    "tune": ("dev", "tune"),
    "test": ("dev", "test"),
    "wars-tune": ("wars", "tune"),
    "fronts-tune": ("fronts", "tune"),
    "desks-tune": ("desks", "tune"),
    "desks-test": ("desks", "test"),
    "papers-tune": ("papers", "tune"),
    "papers-test": ("papers", "test"),
}


@cache
def score(part: str) -> Score:
    folder, which = PARTS[part]
    return evaluate(GOLD / folder, which)  # type: ignore[arg-type]


def figures(part: str) -> dict[str, float]:
    got = score(part)
    levels = {f"{level}.f1": got.levels[level]["f1"] for level in LEVELS}  # type: ignore[literal-required]
    return levels | {field: got.fields[field][0] or 0.0 for field in FIELDS}


@pytest.mark.parametrize("part", PARTS)
def test_no_figure_falls(part: str) -> None:
    least = json.loads(RATCHET.read_text())[part]
    fallen = {
        name: (round(value, 4), least[name])
        for name, value in figures(part).items()
        if value < least[name] - 1e-9
    }
    assert not fallen, f"below the ratchet (is, was): {fallen}"


@pytest.mark.parametrize("part", PARTS)
def test_every_article_is_read(part: str) -> None:
    assert not score(part).rejects


if __name__ == "__main__":
    now = {part: {name: int(value * 1000) / 1000 for name, value in figures(part).items()} for part in PARTS}
    old = json.loads(RATCHET.read_text()) if RATCHET.exists() else {}
    best = {p: {n: max(v, old.get(p, {}).get(n, 0.0)) for n, v in now[p].items()} for p in now}
    json.dump(best, sys.stdout, indent=1)
    RATCHET.write_text(json.dumps(best, indent=1) + "\n")
