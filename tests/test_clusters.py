"""Articles about one event: what an editor lays side by side, written down before compare was asked.

Each cluster lists, by the numbers of its annotated claims (`a0`: the first claim of the first article),

- `level`: every pair of figures that answer one question, with the verdict, and no others;
- `inside`: pairs of which one lies inside the other, which must be told (others may be);
- `broken`: those of them that cannot both hold, all of them;
- `denied`: a figure, and the denial of it.

Verdicts joined by `|` are equally fit to be signed. A figure that its source repeats in the same article stands
for its repeats. The clusters of `real-dev` are on texts that are not ours: their folder is named by the variable
CONFLICTSTATS_GOLD (the folder that holds `real-dev`), and they are skipped without it.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import goldframes
import pandas as pd
import pytest

from conflictstats.compare import Comparison, compare

OURS = Path(__file__).parent / "gold" / "dev"
REAL = Path(os.environ.get("CONFLICTSTATS_GOLD", "-"), "real-dev")

Pair = tuple[str, str]


@dataclass(frozen=True)
class Cluster:
    folder: Path
    articles: tuple[str, ...]
    level: dict[Pair, str]
    inside: tuple[Pair, ...] = ()
    broken: tuple[Pair, ...] = ()
    denied: tuple[Pair, ...] = ()
    free: tuple[Pair, ...] = ()  # an editor may lay them side by side or not
    same: dict[str, str] = field(default_factory=dict)  # a repeat in the same article → what it repeats


AVDIIVKA = Cluster(
    OURS,
    ("avdiivka-strike-a", "avdiivka-strike-b", "avdiivka-strike-c"),
    level={
        # people killed: the governor's first "at least 11", the rescuers' 17 three days later
        ("a0", "c0"): "compatible",
        # a shop assistant counted six bodies, "and then I stopped counting": less than a toll, no rival to one
        ("a0", "a6"): "compatible",
        ("a6", "c0"): "compatible",
        # wounded: 27 on the day after, 34 at last
        ("a1", "c4"): "disputed",
        # children: the governor's four became five; the UN had verified four so far
        ("a2", "c7"): "revision",
        ("a2", "c11"): "agree",
        ("c7", "c11"): "compatible",
        # missiles: three Iskanders by the governor, two by the spokesman in Moscow
        ("a3", "b0"): "disputed",
        # soldiers killed: not a single one, or more than 60
        ("a8", "b2"): "disputed",
        ("a8", "c12"): "disputed",
        ("b2", "c12"): "agree",
        # what the rescuers had said before
        ("c0", "c2"): "revision",
        ("c0", "c3"): "revision",
        ("c2", "c3"): "revision",
        ("c4", "c5"): "revision",
    },
    inside=(("c0", "c10"), ("b2", "c0"), ("a7", "b2"), ("a4", "b0")),
    broken=(("b2", "c0"), ("c0", "c12")),  # 60 soldiers dead in a strike that killed 17 people
    denied=(("a0", "b5"),),
)

ODESA = Cluster(
    OURS,
    ("odesa-drones-a", "odesa-drones-b", "odesa-drones-c"),
    level={
        # drones: 32 over the south by the air force, 38 at the city by its deputy mayor; both say 26 came down
        ("a0", "b0"): "disputed",
        ("a2", "b1"): "agree",
        # missiles: four, by air force and navy; one hit the port, or three
        ("a1", "b10"): "agree",
        ("b11", "b12"): "disputed",
        # the governor's dead: two, a day later three
        ("a5", "c6"): "revision",
        # wounded: nine by the governor, in two papers; 16 by a surgeon; a day later 17 by the governor
        ("a6", "b3"): "agree",
        ("a6", "b4"): "disputed",
        ("b3", "b4"): "disputed",
        ("a6", "c7"): "revision",
        ("b3", "c7"): "revision",
        # sites hit, by Moscow, twice
        ("a10", "c4"): "agree",
        # shares shot down: 80 percent by the air force, two-thirds by a monitor
        ("c1", "c2"): "disputed",
    },
    inside=(("a0", "c0"), ("a1", "c0"), ("b0", "c0"), ("a5", "b2"), ("b2", "c6"), ("a0", "c3")),
    broken=(("b0", "c0"),),  # 38 drones among 36 drones and missiles
    free=(("b4", "c7"), ("a5", "b2")),  # 17 "citizens" a day after 16 people; two people, two dockers
)

EL_FASHER = Cluster(
    OURS,
    ("el-fasher-attack-a", "el-fasher-attack-b"),
    level={
        # civilians: more than 90 by the UN, cited again; 212 by name; as many as 350; none
        ("a0", "b0"): "compatible",
        ("a0", "b8"): "agree",
        ("a0", "b9"): "compatible",
        ("a0", "b10"): "disputed",
        ("b0", "b8"): "compatible",
        ("b0", "b9"): "compatible",
        ("b0", "b10"): "disputed",
        ("b8", "b9"): "compatible",
        ("b8", "b10"): "disputed",
        ("b9", "b10"): "compatible",
        ("a1", "b2"): "compatible",
        # people: 280 to 350 by the camp's committee, 430 by the governor's office
        ("a3", "a5"): "disputed",
        # the union's list had seven colleagues on Saturday; the eighth died on Monday
        ("b3", "b5"): "disputed|revision|close",
    },
    inside=(("a0", "a3"), ("a0", "a5"), ("a3", "b0"), ("a5", "b0")),
    denied=(("a2", "a6"),),
    free=(("a3", "b9"),),  # one committee, "280 to 350 dead" and "as many as 350" of the dead
)

SHAYRAT = Cluster(
    REAL,
    ("shayrat-alaraby", "shayrat-sputnik"),
    level={("a4", "b0"): "disputed"},
    inside=(("a0", "b2"), ("a1", "b6")),
    same={"b3": "b0", "b4": "b1", "b5": "b2"},
)
RASHIDIN = Cluster(
    REAL,
    ("rashidin-alalam", "rashidin-nna"),
    level={
        ("a1", "b1"): "agree",
        ("a0", "b0"): "agree",
        ("a0", "b1"): "agree",
        ("a1", "b0"): "agree",
        ("a0", "a1"): "agree",
        ("b0", "b1"): "agree",
        ("a0", "b2"): "compatible",
        ("a1", "b2"): "compatible",
        ("b0", "b2"): "compatible",
        ("b1", "b2"): "compatible",
        ("a5", "b3"): "compatible",
    },
)
HASS = Cluster(
    REAL,
    ("hass-alaraby", "hass-etilaf"),
    level={
        ("a3", "b1"): "agree",
        ("a5", "b0"): "compatible",
    },
    inside=(("a3", "b0"), ("a0", "b0")),
    free=(("a0", "a3"), ("a0", "b1"), ("a0", "a5"), ("b0", "b1")),
)
QAMISHLI = Cluster(
    REAL,
    ("qamishli-manar", "qamishli-trt"),
    level={
        ("a1", "b0"): "compatible",
        ("a6", "b0"): "close",
        ("a1", "a6"): "agree",
        ("a2", "a7"): "agree",
        ("a2", "b2"): "agree",
        ("a7", "b2"): "agree",
        ("a2", "b1"): "compatible",
        ("a7", "b1"): "compatible",
        ("b1", "b2"): "compatible|nested",
    },
    free=(("a0", "a5"),),
    same={"a3": "a1", "a4": "a2"},
)
DAMASCUS = Cluster(
    REAL,
    ("damascus-rockets-ahram", "damascus-rockets-manar"),
    level={("b0", "b2"): "agree", ("b1", "b3"): "agree"},
    inside=(("a6", "b0"),),
    free=(("a6", "b4"), ("b0", "b4"), ("b1", "b5"), ("b3", "b5"), ("b2", "b4")),
)
MAYADIN = Cluster(
    REAL,
    ("mayadin-arabiya", "mayadin-sputnik"),
    level={
        ("a4", "b0"): "agree",
        ("a4", "b4"): "agree",
        ("b0", "b4"): "agree",
        ("a3", "b2"): "agree",
        ("a1", "b2"): "agree",
        ("a0", "a2"): "agree",
        ("a1", "a3"): "agree",
    },
    free=(("a5", "b1"), ("a5", "b5"), ("b1", "b5")),
)
JAYRUD = Cluster(
    REAL,
    ("jayrud-asharq", "jayrud-dailysabah"),
    level={
        ("a0", "b1"): "close",
        ("a0", "b2"): "close",
        ("b1", "b2"): "agree",
        ("b6", "b8"): "compatible",
    },
    inside=(("a1", "b1"),),
    free=(("b0", "b4"), ("b3", "b4"), ("b0", "b3"), ("a1", "b1")),
)
HASSAJIK = Cluster(
    REAL,
    ("hassajik-alalam", "hassajik-alaraby"),
    level={
        ("a3", "b2"): "agree",
        ("a4", "b3"): "agree",
        ("a2", "b5"): "agree",
        ("a1", "a3"): "agree",
        ("a0", "a1"): "agree",
        ("a0", "a3"): "agree",
        ("a1", "b2"): "agree",
        ("a0", "b2"): "agree",
    },
    same={"a5": "a2"},
)
# two attacks on one city, three months apart; the first is told twice by its own article
ALEPPO = Cluster(REAL, ("aleppo-rockets-sana", "aleppo-shelling-tass"), level={("a1", "a3"): "agree"})

CLUSTERS = {
    "avdiivka": AVDIIVKA, "odesa": ODESA, "el-fasher": EL_FASHER,
    "shayrat": SHAYRAT, "rashidin": RASHIDIN, "hass": HASS, "qamishli": QAMISHLI, "damascus": DAMASCUS,
    "mayadin": MAYADIN, "jayrud": JAYRUD, "hassajik": HASSAJIK, "aleppo": ALEPPO,
}  # fmt: skip
FRAMES: dict[str, Callable[..., pd.DataFrame]] = {"typed": goldframes.typed, "piped": goldframes.piped}
LEVEL = ("agree", "compatible", "close", "disputed", "revision")


@cache
def compared(name: str, frame: str) -> Comparison:
    cluster = CLUSTERS[name]
    if not cluster.folder.exists():
        pytest.skip("the texts are not ours to keep; CONFLICTSTATS_GOLD names their folder")
    make = goldframes.extracted if frame == "extracted" else FRAMES[frame]
    return compare(make(cluster.folder, cluster.articles))


def found(name: str, frame: str) -> dict[Pair, tuple[str, bool, str]]:
    """Pair → verdict, whether it is called a contradiction, and the detail."""
    same = CLUSTERS[name].same
    out: dict[Pair, tuple[str, bool, str]] = {}
    for row in compared(name, frame).pairs.itertuples():
        left, right = sorted((same.get(row.left, row.left), same.get(row.right, row.right)), key=turn)
        broken = "contradiction" in str(row.reasons)
        if left != right:
            out.setdefault((left, right), (row.verdict, broken, row.detail))
    return out


def turn(claim: str) -> tuple[str, int]:
    return claim[0], int(claim[1:].replace("x", "1000"))


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize("name", CLUSTERS)
def test_the_pairs_are_those_of_an_editor(name: str, frame: str) -> None:
    cluster, got = CLUSTERS[name], found(name, frame)
    wrong = {
        pair: (got.get(pair, ("no row",))[0], verdict)
        for pair, verdict in cluster.level.items()
        if got.get(pair, ("no row",))[0] not in verdict.split("|")
    }
    assert not wrong, f"(is, should be): {wrong}"
    more = {pair: v for pair, (v, _, _) in got.items() if v in LEVEL and pair not in cluster.level}
    assert not [pair for pair in more if pair not in cluster.free], f"not to be compared: {more}"


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize("name", CLUSTERS)
def test_what_lies_inside_is_told_and_contradictions_are_found(name: str, frame: str) -> None:
    cluster, got = CLUSTERS[name], found(name, frame)
    missing = [p for p in cluster.inside if got.get(p, ("no row",))[0] != "nested" and p not in cluster.free]
    assert not missing
    assert {pair for pair, (_, broken, _) in got.items() if broken} == set(cluster.broken)
    assert [got[pair][0] for pair in cluster.denied] == ["not_comparable"] * len(cluster.denied)


def test_with_claims_that_were_read_most_pairs_are_still_compared() -> None:
    """Reading loses some pairs, and adds few."""
    wanted = met = added = 0
    for name in ("avdiivka", "odesa", "el-fasher"):
        cluster, got = CLUSTERS[name], found(name, "extracted")
        pairs = {*cluster.level, *cluster.inside}
        wanted += len(pairs)
        met += sum(got.get(pair, ("no row",))[0] not in ("no row", "not_comparable") for pair in pairs)
        added += sum(
            v in LEVEL and p not in cluster.level and p not in cluster.free for p, (v, _, _) in got.items()
        )
    assert met >= 0.6 * wanted
    assert added <= 0.25 * wanted
