"""What the name of a speaker is read against: the article's wars, the sides and places that it names."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from conflictstats.attribution.phrases import ARTICLES, Stretch, phrase_before
from conflictstats.codebook import Codebook
from conflictstats.records import Document, Name
from conflictstats.setting.scene import scene_of
from conflictstats.wars import named_sides, states, wars_of
from conflictstats.wording import Hit, Word, is_text, read_words, source_hits

# What shows that a side's own men take part.
_IN_ACTION = frozenset(
    "soldiers soldier troops airstrikes airstrike strikes warplanes jets raids helicopters paratroopers marines commandos gunships".split()
)
_DATED = re.compile(
    r"^[ \t]*([A-ZÀ-Þ][A-ZÀ-Þ'’ .]{2,30}|[A-Z][a-z'’]+(?:[ -][A-Z][a-z'’]+)?)(?:,[^\n–—-]{0,30}|[ \t]+[A-Z][a-z]{2,8}\.?[ \t]\d{1,2}(?:,[ \t]\d{4})?)?(?:[ \t]*\([^)\n]{2,30}\))?[ \t]*[-–—]{1,2}[ \t]",
    re.M,
)


@dataclass(frozen=True, eq=False)
class Scene:
    """What a phrase is read against: the article, its names of sides, the parties to its wars."""

    document: Document
    codebook: Codebook
    names: tuple[Name, ...]
    parties: tuple[str, ...]
    governments: Mapping[
        str, str
    ]  # code of a country at war → the side that its police, governors and ministries speak for
    places: tuple[tuple[int, str], ...]  # where a place is named: the code of its country, or a side
    owned: tuple[
        tuple[int, str, str], ...
    ] = ()  # where an institution is named beside a side: offset, entry, side
    fighting: frozenset[str] = frozenset()  # sides whose soldiers or strikes the article names
    coalition: str | None = None  # the side that leads the coalition of the war
    homes: tuple[
        tuple[int, str | None], ...
    ] = ()  # the state of each town that a dispatch is dated from, and where

    def home_at(self, at: int) -> str | None:
        """The state in which the dispatch was written that a place in the text belongs to."""
        begun = [home for start, home in self.homes if start <= at]
        return begun[-1] if begun else next((home for _, home in self.homes), None)

    def dispatch_at(self, at: int) -> int:
        """Where the dispatch begins: in a digest of several, each has an army of its own."""
        return max((start for start, _ in self.homes[1:] if start <= at), default=0)

    @cached_property
    def _starts(self) -> tuple[int, ...]:
        return tuple(name.start for name in self.names)

    @cached_property
    def _ends(self) -> tuple[int, ...]:
        return tuple(name.end for name in self.names)

    def names_at(self, start: int, end: int) -> tuple[Name, ...]:
        """Those of the names, which do not overlap, that share a letter with a stretch."""
        return self.names[bisect_right(self._ends, start) : bisect_left(self._starts, end)]

    def places_in(self, start: int, end: int) -> tuple[tuple[int, str], ...]:
        """Those of the places named that begin in a stretch."""
        return self.places[bisect_left(self.places, (start,)) : bisect_left(self.places, (end,))]

    @cached_property
    def sides(self) -> frozenset[str | None]:
        """Those that the article names."""
        return frozenset(name.side for name in self.names)

    @cached_property
    def _owners(self) -> Mapping[str, tuple[tuple[int, str], ...]]:
        owners: dict[str, list[tuple[int, str]]] = {}
        for start, key, side in self.owned:
            owners.setdefault(key, []).append((start, side))
        return {key: tuple(rows) for key, rows in owners.items()}

    def owned_before(self, keys: Iterable[str], at: int) -> str | None:
        """The side that one of some institutions was last named with before a place in the text."""
        found = []
        begins = self.dispatch_at(at)
        for rows in filter(None, map(self._owners.get, keys)):
            if (before := bisect_left(rows, (at,))) and rows[before - 1][0] >= begins:
                found.append(rows[before - 1])
        return max(found)[1] if found else None

    def first_owned(self, keys: Iterable[str]) -> str | None:
        """The side that one of some institutions is first named with."""
        return min((rows[0] for rows in filter(None, map(self._owners.get, keys))), default=(0, None))[1]

    @cached_property
    def covered(self) -> frozenset[int]:
        """Offsets that names of sides cover, those of leaders apart: they are persons."""
        return frozenset(
            n for name in self.names if name.kind != "leader" for n in range(name.start, name.end)
        )

    def sides_in(self, start: int, end: int) -> list[Name]:
        near = self.names[bisect_left(self._starts, start) : bisect_left(self._starts, end)]
        return [name for name in near if name.side and name.end <= end]


def read_against(document: Document, codebook: Codebook, sentences: tuple[tuple[Word, ...], ...]) -> Scene:
    """The scene of an article."""
    parties: dict[str, None] = {}
    governments: dict[str, str] = {}
    ruling = states(codebook)
    wars = wars_of(document, codebook)
    places = _grounds(document, codebook, sentences)
    spoken_of = {code for _, code in places} | {
        codebook.sides[name.side].iso for name in document.names if name.side and name.side in codebook.sides
    }
    # two parties of a war may be named for another war: the war's own country must be spoken of
    here = [key for key in wars if spoken_of.intersection(codebook.wars[key].countries)]
    for key in here or wars[:1]:
        war = codebook.wars[key]
        for camp in war.sides:
            parties.update(dict.fromkeys(camp))
        for code in war.countries:
            camp = next((camp for camp in war.sides if ruling.get(code) in camp), ())
            own = codebook.sides[war.government].iso if war.government is not None else None
            if war.government is not None and own not in (None, code) and ruling.get(code) in camp:
                governments.setdefault(code, ruling[code])  # an ally's country: Saudi Arabia, in Yemen's war
            elif war.government is not None and (
                war.government in camp or (not camp and codebook.sides[war.government].iso in (None, code))
            ):
                governments.setdefault(code, war.government)
            elif camp:
                governments.setdefault(code, ruling[code])
    # roles that mean a side here: "the rebels", and in a war inside one country "the army"
    roles = {key for key, role in codebook.roles.items() if role.means == "rebels"}
    if wars and codebook.wars[wars[0]].government is not None:
        roles |= {key for key, role in codebook.roles.items() if role.means == "government"}
    roles |= {key for key, role in codebook.roles.items() if role.means == "coalition"}
    names = tuple(
        n for n in named_sides(document, None, codebook) if n.side and (n.kind != "role" or n.key in roles)
    )
    scene = Scene(
        document,
        codebook,
        names,
        tuple(parties),
        governments,
        places,
        fighting=_fighting(sentences, names),
        coalition=codebook.wars[wars[0]].coalition if wars else None,
        homes=_dated_from(document, codebook, names, places),
    )
    owned = []
    for words in sentences:
        for hit in source_hits(words, codebook):
            if hit.source.kind == "person" and hit.source.side in codebook.sides:
                owned.append((words[hit.first].start, hit.key, hit.source.side))
            elif hit.source.kind in ("institution", "office") and hit.source.side == "state":
                stretch = phrase_around(words, hit, scene)
                named = scene.sides_in(words[stretch.first].start, words[stretch.last - 1].end)
                if named and named[0].side:
                    owned.append((words[hit.first].start, hit.key, named[0].side))
    return replace(scene, owned=tuple(owned))


def _fighting(sentences: tuple[tuple[Word, ...], ...], names: tuple[Name, ...]) -> frozenset[str]:
    """Sides that take part with their own men: *Ugandan soldiers*, *Israeli air strikes*; not *the US military*."""
    starts = {name.start: name.side for name in names if name.side and name.kind not in ("role", "leader")}
    found = set()
    for words in sentences:
        for at, word in enumerate(words[:-1]):
            if word.start in starts and any(
                w.plain in _IN_ACTION for w in words[at + 1 : at + 3] if not w.is_mark
            ):
                found.add(starts[word.start])
    return frozenset(side for side in found if side)


def _dated_from(
    document: Document, codebook: Codebook, names: tuple[Name, ...], places: tuple[tuple[int, str], ...]
) -> tuple[tuple[int, str | None], ...]:
    """The states in which the dispatches of an article were written: *ANKARA, Oct 31 - …*; a digest has several."""
    article = document.article
    homes: list[tuple[int, str | None]] = []
    for found in _DATED.finditer(article.text, article.body_start):
        first, last = found.span()
        if homes and not found[1].isupper():
            continue
        code = next((code for start, code in places if first <= start < last), None)
        capital = next((name.side for name in names if first <= name.start < last), None)
        home = code if code in codebook.sides else capital or states(codebook).get(code or "")
        if homes and home is None:
            continue
        homes.append((found.start(), home))
    return tuple(homes)


@lru_cache(maxsize=8)
def _regions(codebook: Codebook) -> Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """Regions whose authorities and people belong to a side that is not their country's, by first word."""
    table: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for key, side in codebook.sides.items():
        for region in side.regions:
            parts = tuple(word.plain for word in read_words(region, 0, len(region)))
            table.setdefault(parts[0], []).append((parts, key))
    return {first: tuple(sorted(rows, key=lambda row: -len(row[0]))) for first, rows in table.items()}


def _grounds(
    document: Document, codebook: Codebook, sentences: tuple[tuple[Word, ...], ...]
) -> tuple[tuple[int, str], ...]:
    """Where the article names a place, and the code of its country, or the side whose region it is."""
    found: dict[int, str] = {}
    for place in scene_of(document, codebook).places:
        if place.before in ("over", "from", "inside", "across"):
            continue  # where something came from, not where it is told
        if place.country and place.country in codebook.countries:
            found[place.start] = codebook.countries[place.country].code
    table = _regions(codebook)
    for words in sentences:
        for at, word in enumerate(words):
            for parts, side in table.get(word.plain, ()):
                if word.text[0].isupper() and all(
                    at + n < len(words) and words[at + n].plain == part for n, part in enumerate(parts)
                ):
                    found[word.start] = side
                    break
    return tuple(sorted(found.items()))


def names_side(word: Word, scene: Scene) -> bool:
    return word.start in scene.covered


def phrase_around(words: tuple[Word, ...], hit: Hit, scene: Scene) -> Stretch:
    """The whole phrase of an institution: its owner before it, *of the Armed Forces of Ukraine* behind it."""
    before = phrase_before(words, hit.last, scene.codebook)
    first = before.first if before and before.last == hit.last else hit.first
    if any(is_text(words, at, scene.codebook) for at in range(first, hit.first)):
        first = hit.first
    last = hit.last
    while last + 1 < len(words) and words[last].plain == "of":
        place = last + 1
        while place < len(words) and words[place].plain in ARTICLES:
            place += 1
        stop = place
        while (
            stop < len(words)
            and (words[stop].capital or names_side(words[stop], scene))
            and not words[stop].is_mark
        ):
            stop += 1
        if stop == place:
            break
        last = stop
    return Stretch(first, last)
