"""The gazetteer: the places of the world's wars by their folded names and, for other spellings, their skeletons.

The shipped table (`data/gazetteer.txt.xz`, GeoNames, made by `tools/build_gazetteer.py`) knows towns and
divisions, `codebook/places.toml` what news calls otherwise.
"""

from __future__ import annotations

import lzma
import math
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from importlib import resources
from typing import Literal, NamedTuple

from conflictstats.codebook import Codebook

Kind = Literal[
    "site",  # a base, a bridge, a hospital
    "district",  # a part of a town, a street
    "settlement",
    "capital",
    "region",  # a first-level division
    "area",  # a stretch of land without a government
    "sea",
    "part",  # a part of a country, told by the compass: southern Lebanon
    "country",
]
# Most specific first; those of one rank are equally specific.
SPECIFICITY: dict[Kind, int] = {
    "site": 5, "district": 5, "settlement": 4, "capital": 4, "area": 3, "region": 3, "sea": 2, "part": 1, "country": 0,
}  # fmt: skip


class Row(NamedTuple):
    place_id: str
    name: str
    kind: Kind
    region: str | None
    country: str | None
    lat: float
    lon: float
    people: int


ARTICLES = frozenset("al el ar as ash at an ad az es ez the".split())
_PLAIN = str.maketrans(
    {"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "ß": "ss", "æ": "ae", "œ": "oe", "ə": "a"}
)


@lru_cache(maxsize=16384)
def fold(name: str) -> str:
    """Small letters, no accents, no apostrophes, hyphens as blanks, and without the article in front."""
    plain = unicodedata.normalize("NFKD", name.casefold().translate(_PLAIN))
    plain = "".join(c for c in plain if not unicodedata.combining(c) and c not in "'’‘ʼʻ`´ʿʾ.")
    words = re.sub(r"[-‐‑–—_\s]+", " ", plain).strip().split(" ")
    while len(words) > 1 and words[0] in ARTICLES:
        words = words[1:]
    return " ".join(words)


_BONES = (
    ("tsk", "ck"), ("kh", "h"), ("gh", "g"), ("dh", "d"), ("th", "t"), ("ph", "f"), ("dj", "j"), ("zh", "j"), ("sh", "s"),
    ("ck", "k"), ("q", "k"), ("ee", "i"), ("oo", "u"), ("ou", "u"), ("ei", "e"), ("ey", "e"), ("ai", "e"), ("ay", "e"), ("ie", "i"),
    ("iy", "i"), ("yi", "i"), ("y", "i"), ("o", "u"), ("w", "v"), ("e", "i"),
)  # fmt: skip


@lru_cache(maxsize=16384)
def skeleton(folded: str) -> str:
    """What the spellings of one name share: Mayadin and Mayadeen, Qamishli and Kamishly."""
    bones = "".join(word for word in folded.split(" ") if word not in ARTICLES)
    for written, plain in _BONES:
        bones = bones.replace(written, plain)
    bones = re.sub(r"(.)\1+", r"\1", bones)
    return re.sub(r"(?<=[aiu])h$", "", bones)


class Gazetteer:
    """The shipped table, read when first asked; keys are searched, rows read one by one."""

    __slots__ = ("keys", "own", "rows")

    def __init__(self, text: str, own: dict[str, tuple[Row, ...]]) -> None:
        rows, _, keys = text.partition("\n\n")
        self.rows = rows.split("\n")
        self.keys = keys.split("\n")
        self.own = own

    def look_up(self, folded: str) -> list[Row]:
        """The places of that spelling, those of `places.toml` first."""
        return [*self.own.get(folded, ()), *self._shipped(folded)]

    def look_alike(self, folded: str) -> list[Row]:
        """The places of that skeleton, for spellings that nobody has listed."""
        bones = skeleton(folded)
        if len(bones) < 5:
            return []
        return [*self.own.get("~" + bones, ()), *self._shipped("~" + bones)]

    def capitals(self) -> list[Row]:
        """The capitals of the world's countries, the smallest first."""
        rows = [_row(line) for line in self.rows if "\tcapital\t" in line]
        return sorted(rows, key=lambda row: row.people)

    @lru_cache(maxsize=1 << 14)  # noqa: B019 (a codebook has one gazetteer, and it is kept)
    def _shipped(self, key: str) -> tuple[Row, ...]:
        spot = bisect_left(self.keys, key + "\t")
        if spot == len(self.keys) or not self.keys[spot].startswith(key + "\t"):
            return ()
        return tuple(_row(self.rows[int(number)]) for number in self.keys[spot].partition("\t")[2].split(" "))


def _row(line: str) -> Row:
    place_id, name, kind, region, country, lat, lon, people = line.split("\t")
    return Row(place_id, name, kind, region or None, country, float(lat), float(lon), int(people))  # type: ignore[arg-type]


WELL_KNOWN = 100_000_000  # the people of a place of `places.toml`: it goes before all of its name


@cache
def gazetteer(codebook: Codebook) -> Gazetteer:
    """The gazetteer with the places of this codebook."""
    packed = resources.files("conflictstats").joinpath("data/gazetteer.txt.xz").read_bytes()
    own: dict[str, tuple[Row, ...]] = {}
    for name, place in codebook.places.items():
        lat = math.nan if place.lat is None else place.lat
        lon = math.nan if place.lon is None else place.lon
        row = Row(f"cb:{name}", name, place.kind, None, place.country, lat, lon, WELL_KNOWN)
        for spelling in dict.fromkeys((name, *place.names)):
            for key in (fold(spelling), "~" + skeleton(fold(spelling))):
                if row not in own.get(key, ()):
                    own[key] = (*own.get(key, ()), row)
    table = Gazetteer(lzma.decompress(packed).decode(), own)
    for row, spellings in _small_places(codebook):
        row = _of_geonames(row, table)
        for spelling in spellings:
            for key in (fold(spelling), "~" + skeleton(fold(spelling))):
                if row not in own.get(key, ()):
                    own[key] = (*own.get(key, ()), row)
    return table


def _of_geonames(row: Row, table: Gazetteer) -> Row:
    """The town of GeoNames that an entry of `towns.toml` only spells otherwise: Raqqa = Raqa."""
    same = [
        other
        for other in table._shipped(fold(row.name))
        if other.country == row.country and other.kind == row.kind and other.region == row.region
    ]
    return max(same, key=lambda other: other.people, default=row)


def _small_places(codebook: Codebook) -> Iterator[tuple[Row, list[str]]]:
    """The rows of `towns.toml`: places without a number of people, which any town of GeoNames outranks."""
    for country, places in codebook.towns.items():
        kinds: tuple[tuple[Kind, Mapping[str, tuple[str, ...]]], ...] = (
            ("settlement", places.towns),
            ("district", places.quarters),
        )
        for kind, by_region in kinds:
            for region, written in by_region.items():
                for names in written:
                    spellings = names.split(" = ")
                    place_id = f"cb:{country}/{spellings[0]}"
                    yield (
                        Row(place_id, spellings[0], kind, region or None, country, math.nan, math.nan, 0),
                        spellings,
                    )
