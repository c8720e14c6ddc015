"""Where: the places that a text names, looked up in the gazetteer or told by their form.

The gazetteer (`data/gazetteer.txt.gz`, GeoNames) knows towns and divisions, `codebook/places.toml` what news
calls otherwise, and a form tells the rest: "Perekopska Street", "the village of X". A name alone is never
enough: nearly every word is a place somewhere. It must be capitalised, be no part of a longer name, and
lie in a country of the article, or be a place that everybody knows. A country is no place, nor is a capital
that speaks.
"""

from __future__ import annotations

import gzip
import math
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
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
]
# Most specific first; those of one rank are equally specific.
SPECIFICITY: dict[Kind, int] = {
    "site": 5, "district": 5, "settlement": 4, "capital": 4, "area": 3, "region": 3, "sea": 2, "part": 1,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """A place where it stands in a text: its name as written, and what the gazetteer knows of it."""

    start: int
    end: int
    text: str
    kind: Kind
    place_id: str | None = None
    region: str | None = None
    country: str | None = None
    lat: float = math.nan
    lon: float = math.nan
    before: str = ""  # the preposition in front: in, near, to … or an attack's verb


class _Row(NamedTuple):
    place_id: str
    name: str
    kind: Kind
    region: str | None
    country: str | None
    lat: float
    lon: float
    people: int


# ---- names and their spellings --------------------------------------------------------------------

_ARTICLES = frozenset("al el ar as ash at an ad az es ez the".split())
_PLAIN = str.maketrans({"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "ß": "ss", "æ": "ae", "œ": "oe", "ə": "a"})


def fold(name: str) -> str:
    """Small letters, no accents, no apostrophes, hyphens as blanks, and without the article in front."""
    plain = unicodedata.normalize("NFKD", name.casefold().translate(_PLAIN))
    plain = "".join(c for c in plain if not unicodedata.combining(c) and c not in "'’‘ʼʻ`´ʿʾ.")
    words = re.sub(r"[-‐‑–—_\s]+", " ", plain).strip().split(" ")
    while len(words) > 1 and words[0] in _ARTICLES:
        words = words[1:]
    return " ".join(words)


_BONES = (
    ("tsk", "ck"), ("kh", "h"), ("gh", "g"), ("dh", "d"), ("th", "t"), ("ph", "f"), ("dj", "j"), ("zh", "j"), ("sh", "s"),
    ("ck", "k"), ("q", "k"), ("ee", "i"), ("oo", "u"), ("ou", "u"), ("ei", "e"), ("ey", "e"), ("ai", "e"), ("ay", "e"), ("ie", "i"),
    ("iy", "i"), ("yi", "i"), ("y", "i"), ("o", "u"), ("w", "v"), ("e", "i"),
)  # fmt: skip


def skeleton(folded: str) -> str:
    """What the spellings of one name share: Mayadin and Mayadeen, Qamishli and Kamishly."""
    bones = "".join(word for word in folded.split(" ") if word not in _ARTICLES)
    for written, plain in _BONES:
        bones = bones.replace(written, plain)
    bones = re.sub(r"(.)\1+", r"\1", bones)
    return re.sub(r"(?<=[aiu])h$", "", bones)


class Gazetteer:
    """The shipped table, read when first asked; keys are searched, rows read one by one."""

    __slots__ = ("keys", "own", "rows")

    def __init__(self, text: str, own: dict[str, tuple[_Row, ...]]) -> None:
        rows, _, keys = text.partition("\n\n")
        self.rows = rows.split("\n")
        self.keys = keys.split("\n")
        self.own = own

    def look_up(self, folded: str) -> list[_Row]:
        """The places of that spelling, those of `places.toml` first."""
        return [*self.own.get(folded, ()), *self._shipped(folded)]

    def look_alike(self, folded: str) -> list[_Row]:
        """The places of that skeleton, for spellings that nobody has listed."""
        bones = skeleton(folded)
        if len(bones) < 5:
            return []
        return [*self.own.get("~" + bones, ()), *self._shipped("~" + bones)]

    def _shipped(self, key: str) -> Iterator[_Row]:
        spot = bisect_left(self.keys, key + "\t")
        if spot < len(self.keys) and self.keys[spot].startswith(key + "\t"):
            for number in self.keys[spot].partition("\t")[2].split(" "):
                yield _row(self.rows[int(number)])


def _row(line: str) -> _Row:
    place_id, name, kind, region, country, lat, lon, people = line.split("\t")
    return _Row(place_id, name, kind, region or None, country, float(lat), float(lon), int(people))  # type: ignore[arg-type]


@cache
def gazetteer(codebook: Codebook) -> Gazetteer:
    """The gazetteer with the places of this codebook."""
    packed = resources.files("conflictstats").joinpath("data/gazetteer.txt.gz").read_bytes()
    own: dict[str, tuple[_Row, ...]] = {}
    for name, place in codebook.places.items():
        lat = math.nan if place.lat is None else place.lat
        lon = math.nan if place.lon is None else place.lon
        row = _Row(f"cb:{name}", name, place.kind, None, place.country, lat, lon, 0)
        for spelling in dict.fromkeys((name, *place.names)):
            for key in (fold(spelling), "~" + skeleton(fold(spelling))):
                if row not in own.get(key, ()):
                    own[key] = (*own.get(key, ()), row)
    return Gazetteer(gzip.decompress(packed).decode(), own)
