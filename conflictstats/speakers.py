"""Who speaks in an article: every speaker with his fullest name, office, side, and an id that other articles share.

A person is introduced once (*the Donetsk regional governor, Pavlo Hrynenko*) and called *Hrynenko*, *the
governor*, *he* from then on; a ministry becomes *the ministry*, *it*. The roster knows the introductions of
the whole article; the focus remembers who spoke last.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Literal

from conflictstats.codebook import Codebook
from conflictstats.cues import opening_speaker
from conflictstats.phrases import (
    ADVERBS,
    ARTICLES,
    DAYS,
    HELPERS,
    JOINS,
    MONTHS,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVES,
    Stretch,
    covering,
    is_number,
    phrase_after,
    phrase_before,
    text_owner,
)
from conflictstats.records import Document, Name
from conflictstats.scene import scene_of
from conflictstats.wars import named_sides, wars_of
from conflictstats.wording import RANKS, Hit, Word, is_text, lexicon, read_words, source_hits

THIRD_PARTY = "third_party"
_PARTICLES = frozenset("al el bin ibn abu ag de la van von da dos del der ben ould ul umm".split())
_RUN_BY = re.compile(
    r"(.+)-(?:appointed|installed|backed|led|run|imposed|controlled|affiliated|aligned|linked|held)$", re.I
)
_RUN_VERBS = frozenset("appointed installed backed led run imposed controlled".split())
_SHE = frozenset("spokeswoman chairwoman woman mother girl ombudswoman congresswoman ms mrs".split())
_HE = frozenset("spokesman chairman man father boy serviceman congressman mr".split())
_SAME_OFFICE = {"spokeswoman": "spokes", "spokesman": "spokes", "spokesperson": "spokes", "speaker": "spokes"}
_MILITARY = RANKS - frozenset("dr mr mrs ms prof professor rev sen rep gov st sir lord lady".split())
# What a state has one of: never a region's own.
_CENTRAL = frozenset(
    "president prime-minister government defence-minister minister army air-force navy general-staff foreign-ministry"
    " defence-ministry military-intelligence".split()
)
_GROUP_NOUNS = frozenset("group movement militia organisation organization".split())

Kind = Literal["person", "body", "people", "side"]


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody to whom the article attributes a figure."""

    name: str
    source_id: str
    kind: Kind
    side: str | None
    office: str | None = None
    keys: tuple[str, ...] = ()  # entries of sources.toml that were read in the phrase
    nouns: frozenset[str] = frozenset()  # words by which he can be called again
    start: int = 0
    plural: bool = False
    media: bool = False  # a carrier of what others say


def slug(name: str) -> str:
    """A name as an id: small ASCII letters and hyphens."""
    plain = (
        unicodedata.normalize("NFKD", name.replace("’", "'").replace("'s", ""))
        .encode("ascii", "ignore")
        .decode()
    )
    return re.sub(r"[^a-z0-9]+", "-", plain.casefold()).strip("-") or "unnamed"


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

    def sides_in(self, start: int, end: int) -> list[Name]:
        return [name for name in self.names if name.side and start <= name.start and name.end <= end]


def read_against(document: Document, codebook: Codebook, sentences: tuple[tuple[Word, ...], ...]) -> Scene:
    """The scene of an article."""
    parties: dict[str, None] = {}
    governments: dict[str, str] = {}
    states = {side.iso: key for key, side in codebook.sides.items() if side.iso is not None}
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
            camp = next((camp for camp in war.sides if states.get(code) in camp), ())
            if war.government is not None and (
                war.government in camp or (not camp and codebook.sides[war.government].iso in (None, code))
            ):
                governments.setdefault(code, war.government)
            elif camp:
                governments.setdefault(code, states[code])
    # roles that mean a side here: "the rebels", and in a war inside one country "the army"
    roles = {key for key, role in codebook.roles.items() if role.means == "rebels"}
    if wars and codebook.wars[wars[0]].government is not None:
        roles |= {key for key, role in codebook.roles.items() if role.means == "government"}
    names = tuple(
        n for n in named_sides(document, None, codebook) if n.side and (n.kind != "role" or n.key in roles)
    )
    scene = Scene(document, codebook, names, tuple(parties), governments, places)
    owned = []
    for words in sentences:
        for hit in source_hits(words, codebook):
            if hit.source.kind == "person" and hit.source.side in codebook.sides:
                owned.append((words[hit.first].start, hit.key, hit.source.side))
            elif hit.source.kind in ("institution", "office") and hit.source.side == "state":
                stretch = _around(words, hit, scene)
                named = scene.sides_in(words[stretch.first].start, words[stretch.last - 1].end)
                if named and named[0].side:
                    owned.append((words[hit.first].start, hit.key, named[0].side))
    return replace(scene, owned=tuple(owned))


@lru_cache(maxsize=8)
def _regions(codebook: Codebook) -> Mapping[tuple[str, ...], str]:
    """Regions whose authorities and people belong to a side that is not their country's."""
    table: dict[tuple[str, ...], str] = {}
    for key, side in codebook.sides.items():
        for region in side.regions:
            table.setdefault(tuple(word.plain for word in read_words(region, 0, len(region))), key)
    return table


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
            for length in (2, 1):
                side = table.get(tuple(w.plain for w in words[at : at + length]))
                if side is not None and word.text[0].isupper():
                    found[word.start] = side
                    break
    return tuple(sorted(found.items()))


# — a phrase read by itself —


@dataclass(frozen=True, slots=True)
class Reading:
    """The parts of a phrase that names a speaker."""

    words: tuple[Word, ...]
    stretch: Stretch
    hits: tuple[Hit, ...]
    person: Stretch | None
    definite: bool

    @property
    def start(self) -> int:
        return self.words[self.stretch.first].start

    @property
    def end(self) -> int:
        return self.words[self.stretch.last - 1].end

    def plain(self) -> list[str]:
        return [word.plain for word in self.words[self.stretch.first : self.stretch.last] if not word.is_mark]


def read_phrase(words: tuple[Word, ...], stretch: Stretch, scene: Scene) -> Reading:
    """Split a phrase into a personal name and the office, institution or people around it."""
    hits = tuple(
        hit
        for hit in source_hits(words, scene.codebook)
        if stretch.first <= hit.first and hit.last <= stretch.last
    )
    definite = words[stretch.first].plain in (
        "the",
        "this",
        "that",
        "these",
        "its",
        "their",
        "his",
        "her",
        "those",
    )
    return Reading(words, stretch, hits, _person(words, stretch, hits, scene), definite)


def _person(words: tuple[Word, ...], stretch: Stretch, hits: tuple[Hit, ...], scene: Scene) -> Stretch | None:
    for hit in hits:
        if hit.source.kind == "person":
            first, last = hit.first, hit.last
            while (
                first > stretch.first
                and words[first - 1].capital
                and covering(hits, first - 1) is None
                and not _side_at(words[first - 1], scene)
                and words[first - 1].plain not in RANKS
            ):
                first -= 1
            return Stretch(first, last)
    lead = stretch.first
    while lead < stretch.last and _name_word(words, lead, hits, False, scene) and words[lead].capital:
        lead += 1
    if (
        2 <= lead - stretch.first <= 4
        and lead < stretch.last
        and words[lead].plain in ("of", "from", "at", "with", "for")
        and hits
    ):
        return Stretch(stretch.first, lead)  # *Khaled Omar of the Local Council*
    for name in scene.names:
        if (
            name.kind == "leader"
            and words[stretch.first].start <= name.start
            and name.end >= words[stretch.last - 1].end - 2
        ):
            led = [at for at in range(*stretch) if name.start <= words[at].start < name.end]
            if led:
                first = led[0]
                while first > stretch.first and _name_word(
                    words, first - 1, hits, _all_capitals(words), scene
                ):
                    first -= 1
                return Stretch(first, led[-1] + 1)
    office = any(hit.source.kind in ("office", "people") for hit in hits) or any(
        words[at].plain in RANKS for at in range(*stretch)
    )
    body = any(hit.source.kind in ("body", "institution") for hit in hits)
    shouted = _all_capitals(words)
    for first, last in _segments(words, stretch):
        run = last
        while run > first and _name_word(words, run - 1, hits, shouted, scene):
            run -= 1
        while run < last and ((words[run].plain in _PARTICLES and run == first) or words[run].is_mark):
            run += 1
        if run == last:
            continue
        if run == first and (first, last) == tuple(stretch) and not office:
            # nothing but capitals: two or more without a noun for a body are somebody's name
            if body or last - first < 2 or shouted:
                continue
            return Stretch(run, last)
        if run > first and words[run - 1].plain in PREPOSITIONS:
            continue
        if run > first and words[run - 1].plain in ARTICLES:
            continue
        if office and not (
            run == first
            and len(list(_segments(words, stretch))) == 1
            and not _led_by_office(words, run, hits)
        ):
            before = covering(hits, run - 1) if run > first else None
            if (
                run == first
                or (before and before.source.kind in ("office", "people"))
                or words[run - 1].plain in RANKS | {"named", "called"}
                or words[run - 1].is_mark
            ):
                return Stretch(run, last)
            if (
                last - run >= 2
                and hits
                and hits[0].source.kind in ("office", "people")
                and not words[run - 1].possessive
            ):
                return Stretch(run, last)  # *a nurse at the Douma collection facility Bayan Baker*
    return None


def _all_capitals(words: tuple[Word, ...]) -> bool:
    return not any(word.capital for word in words) and any(word.text.isupper() for word in words)


def _led_by_office(words: tuple[Word, ...], run: int, hits: tuple[Hit, ...]) -> bool:
    return run > 0 and (words[run - 1].plain in RANKS or covering(hits, run - 1) is not None)


def _segments(words: tuple[Word, ...], stretch: Stretch) -> list[tuple[int, int]]:
    parts, first = [], stretch.first
    for at in range(stretch.first, stretch.last + 1):
        if at == stretch.last or words[at].text in (",", "(", ")"):
            if at > first:
                parts.append((first, at))
            first = at + 1
    return parts


def _name_word(words: tuple[Word, ...], at: int, hits: tuple[Hit, ...], shouted: bool, scene: Scene) -> bool:
    word = words[at]
    if (
        word.possessive
        or word.plain in ARTICLES
        or word.plain in PREPOSITIONS
        or is_number(word)
        or word.plain in RANKS
    ):
        return False
    hit = covering(hits, at)
    if hit is not None and hit.source.kind != "person":
        return False
    if _side_at(word, scene):
        return False
    if word.plain in DAYS or word.plain in MONTHS:
        return False
    if shouted:
        return not (
            word.plain in PREPOSITIONS or word.plain in HELPERS or word.plain in ADVERBS or word.is_mark
        )
    return word.capital or word.plain in _PARTICLES or re.match(r"(?:al|el|bin)-[A-Z]", word.text) is not None


def _side_at(word: Word, scene: Scene) -> bool:
    return any(name.start <= word.start < name.end and name.kind != "leader" for name in scene.names)


# — the roster: everybody whom the article introduces —


@dataclass(frozen=True, slots=True)
class Roster:
    """The persons and bodies of an article, wherever they are introduced."""

    persons: tuple[Speaker, ...]
    bodies: tuple[Speaker, ...]
    names: tuple[
        tuple[str, int], ...
    ] = ()  # runs of two or three capitals, which may be somebody's full name

    def person(self, name: str) -> Speaker | None:
        """The person meant by a surname or a part of a name; the fullest name where there are several."""
        wanted = _name_parts(name)
        fitting = [p for p in self.persons if wanted and wanted <= _name_parts(p.name)]
        if not fitting:
            wanted_last = name.split()[-1].casefold()
            fitting = [
                p
                for p in self.persons
                if p.name.split()[-1].casefold() == wanted_last and _name_parts(p.name) <= wanted
            ]
        if not fitting and " " not in name:
            for full, start in self.names:
                if full.endswith(" " + name):
                    return Speaker(full, slug(full), "person", THIRD_PARTY, start=start)
        return max(fitting, key=lambda p: (len(p.name.split()), p.office is not None, -p.start), default=None)


def _name_parts(name: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", name.casefold())) - _PARTICLES


def build_roster(sentences: tuple[tuple[Word, ...], ...], scene: Scene) -> Roster:
    """Read every introduction: office and name side by side, wherever they stand."""
    persons: dict[str, Speaker] = {}
    bodies: list[Speaker] = []
    names: list[tuple[str, int]] = []
    text = scene.document.article.text
    for words in sentences:
        hits = source_hits(words, scene.codebook)
        for first, last in _runs(words, hits, scene):
            if first and words[first - 1].plain in RANKS:
                _enter(persons, _named(words, Stretch(first, last), Stretch(first - 1, first), scene))
            else:
                names.append((text[words[first].start : words[last - 1].end], words[first].start))
        for hit in hits:
            if hit.source.kind == "person":
                found = make_speaker(read_phrase(words, Stretch(hit.first, hit.last), scene), scene)
                _enter(persons, found)
            if hit.source.kind in ("office", "people") or words[hit.last - 1].plain in RANKS:
                for found in _introduced(words, hit, scene):
                    _enter(persons, found)
            if hit.source.kind in ("body", "institution") and not _modifies(words, hit, scene):
                stretch = _around(words, hit, scene)
                reading = read_phrase(words, stretch, scene)
                if reading.person is None and (found := make_speaker(reading, scene)).kind == "body":
                    bodies.append(found)
    return Roster(tuple(persons.values()), tuple(bodies), tuple(names))


def _runs(words: tuple[Word, ...], hits: tuple[Hit, ...], scene: Scene) -> list[tuple[int, int]]:
    """Runs of two or three capitals that no source and no side covers: *Vyacheslav Gladkov*."""
    runs = []
    at = 0
    while at < len(words):
        last = at
        while last < len(words) and words[last].capital and _name_word(words, last, hits, False, scene):
            last += 1
        if 2 <= last - at <= 3:
            runs.append((at, last))
        at = max(last, at + 1)
    return runs


def _modifies(words: tuple[Word, ...], hit: Hit, scene: Scene) -> bool:
    """Whether an institution stands before another noun: *a Peruvian army patrol*."""
    if hit.last >= len(words) or words[hit.last].is_mark or hit.source.kind == "body":
        return False
    plain = words[hit.last].plain
    if (
        plain in PREPOSITIONS | HELPERS | ADVERBS | RELATIVES | JOINS
        or plain in lexicon(scene.codebook).verbs
    ):
        return False
    return not plain.endswith(("ed", "ing"))


def _enter(persons: dict[str, Speaker], found: Speaker | None) -> None:
    if found is None or found.kind != "person":
        return
    known = persons.get(found.source_id)
    if known is None or (known.office is None and found.office) or len(found.name) > len(known.name):
        if known is not None and found.office is None:
            found = replace(found, office=known.office, nouns=known.nouns | found.nouns, side=known.side)
        persons[found.source_id] = found


def _around(words: tuple[Word, ...], hit: Hit, scene: Scene) -> Stretch:
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
            and (words[stop].capital or _side_at(words[stop], scene))
            and not words[stop].is_mark
        ):
            stop += 1
        if stop == place:
            break
        last = stop
    return Stretch(first, last)


def _introduced(words: tuple[Word, ...], hit: Hit, scene: Scene) -> list[Speaker]:
    """Persons named beside an office: *governor Andriy Kolesnyk*; *Pavlo Hrynenko, the governor*; the reverse."""
    found = []
    behind = hit.last
    while behind < len(words) and words[behind].plain in RANKS:
        behind += 1
    # governor of Odesa region, Andriy Kolesnyk,
    scan = behind
    while (
        scan < len(words)
        and scan - behind < 9
        and words[scan].text != ","
        and not (words[scan].is_mark and words[scan].text not in ("'",))
    ):
        if words[scan].capital and scan == behind:
            break
        scan += 1
    starts = [behind] if scan == behind or _all_capitals(words) else []
    if scan < len(words) and words[scan].text == ",":
        starts.append(scan + 1)
    for first in starts:
        while first < len(words) and words[first].plain in RANKS:
            first += 1
        last = first
        shouted = _all_capitals(words)
        while (
            last < len(words)
            and _name_word(words, last, source_hits(words, scene.codebook), shouted, scene)
            and not (shouted and words[last].plain in lexicon(scene.codebook).verbs)
        ):
            last += 1
        whole = first == behind or last >= len(words) or words[last].is_mark
        if 2 <= last - first <= (4 if shouted else 5) and (words[first].capital or shouted) and whole:
            before = phrase_before(words, hit.last, scene.codebook)
            begin = before.first if before and before.last == hit.last else hit.first
            office_end = first - 1 if first != behind and words[first - 1].text == "," else first
            speaker = make_speaker(read_phrase(words, Stretch(begin, last), scene), scene)
            if speaker.kind != "person":
                speaker = _named(words, Stretch(first, last), Stretch(begin, office_end), scene)
            found.append(speaker)
            break
    # Oksana Halych, spokesperson for the Tavria group
    first = hit.first
    while first > 0 and not words[first - 1].is_mark and hit.first - first < 6:
        first -= 1
    states = next((n for n in range(first, hit.first) if words[n].plain in ("is", "was")), None)
    if states is not None or (first > 1 and words[first - 1].text == ","):
        # … or *Vyacheslav Gladkov is the governor of Belgorod*
        last = first - 1 if states is None else states
        first = first if states is None else states + 1
        begin = last
        while begin > 0 and _name_word(words, begin - 1, source_hits(words, scene.codebook), False, scene):
            begin -= 1
        if 2 <= last - begin <= 4 and words[begin].capital:
            office = phrase_after(words, first, scene.codebook) or Stretch(first, hit.last)
            found.append(_named(words, Stretch(begin, last), office, scene))
    return found


def _named(words: tuple[Word, ...], name: Stretch, office: Stretch, scene: Scene) -> Speaker:
    reading = Reading(
        words,
        office,
        tuple(
            h for h in source_hits(words, scene.codebook) if office.first <= h.first and h.last <= office.last
        ),
        name,
        False,
    )
    return make_speaker(reading, scene)


# — from phrase to speaker —


def make_speaker(reading: Reading, scene: Scene) -> Speaker:
    """The speaker that a phrase names, read by itself: no pronouns, nothing said before."""
    text = scene.document.article.text
    words, (first, last) = reading.words, reading.stretch
    own = _named_side(reading, scene)
    side = _party_or_third(own, scene)
    keys = tuple(hit.key for hit in reading.hits)
    nouns = frozenset(reading.plain()) - ARTICLES - PREPOSITIONS
    if reading.person is not None:
        name = _clean(text[words[reading.person.first].start : words[reading.person.last - 1].end])
        known = next((hit for hit in reading.hits if hit.source.kind == "person"), None)
        office = _office_text(reading, text)
        return Speaker(
            name,
            known.key if known else slug(name),
            "person",
            side,
            office,
            keys,
            nouns | frozenset(words[at].plain for at in range(*reading.person)),
            reading.start,
        )
    while first < last and words[first].plain in ARTICLES - {
        "another",
        "each",
        "both",
        "one",
        "several",
        "its",
        "their",
        "his",
        "her",
    }:
        first += 1
    name = _clean(text[words[min(first, last - 1)].start : words[last - 1].end])
    head = _head(reading)
    if head is None:
        names = scene.sides_in(reading.start, reading.end)
        if names and names[-1].end >= reading.end - 2:
            return Speaker(name, slug(names[0].side or name), "side", side, None, (), nouns, reading.start)
        return Speaker(name, slug(name), "body", side, None, keys, nouns, reading.start)
    kind: Kind = "people" if head.source.kind in ("people", "office") else "body"
    if head.source.kind == "body":
        name = re.sub(r"['’]s$", "", _clean(text[words[head.first].start : words[head.last - 1].end]))
    if head.source.kind in ("body", "person"):
        identity = head.key
    elif head.source.kind == "institution" and own and own != THIRD_PARTY:
        identity = f"{slug(own if side == THIRD_PARTY or side is None else side)}-{head.key}"
    else:
        identity = slug(name)
    plural = name.casefold().endswith("s") and kind == "people"
    return Speaker(name, identity, kind, side, None, keys, nouns, reading.start, plural, head.source.media)


def _clean(name: str) -> str:
    return " ".join(name.split()).strip(" ,;:\"“”'")


def _office_text(reading: Reading, text: str) -> str | None:
    words, person = reading.words, reading.person
    assert person is not None
    if reading.stretch.last <= person.first or reading.stretch.first >= person.last:
        parts = [reading.stretch]
    else:
        parts = [Stretch(reading.stretch.first, person.first), Stretch(person.last, reading.stretch.last)]
    for first, last in parts:
        while last > first and (words[last - 1].plain in RANKS or words[last - 1].is_mark):
            last -= 1
        while first < last and (words[first].plain in ARTICLES - {"its", "their"} or words[first].is_mark):
            first += 1
        while last > first and words[last - 1].is_mark:
            last -= 1
        if first < last:
            return _clean(text[words[first].start : words[last - 1].end])
    return None


def _head(reading: Reading) -> Hit | None:
    """The hit that says what the whole phrase is: the first that no preposition has made an owner's."""
    best = None
    for hit in reading.hits:
        if reading.person and hit.first >= reading.person.first and hit.last <= reading.person.last:
            continue
        if best is not None and any(
            word.plain in PREPOSITIONS
            or word.text == ","
            or word.plain in ("run", "representing", "operating")
            for word in reading.words[best.last : hit.first]
        ):
            break
        if (
            best is not None
            and best.source.kind == "body"
            and hit.source.kind == "institution"
            and (hit.source.media or hit.key == "ngo")
        ):
            continue  # *the Emergency Lawyers group*, *SANA news agency*
        best = hit
    return best


# — sides —


def _party_or_third(side: str | None, scene: Scene) -> str | None:
    """A side that fights in the article's wars; every other state is a third party."""
    if side is None or side == THIRD_PARTY:
        return THIRD_PARTY
    entry = scene.codebook.sides.get(side)
    if entry is not None and entry.iso is not None and entry.iso in scene.governments:
        return scene.governments[entry.iso]
    if entry is None or side in scene.parties or (not scene.parties and _fights(side, scene)):
        return side
    return THIRD_PARTY if entry.kind in ("state", "organisation") else side


def _fights(side: str, scene: Scene) -> bool:
    """Whether, in an article that shows no war, a side is named alone or with another of a war of those days."""
    others = {name.side for name in scene.names} - {side}
    published = scene.document.article.published
    for war in scene.codebook.wars.values():
        if published and war.start and war.start > published.isoformat():
            continue
        if any(side in camp for camp in war.sides) and (
            not others or any(others & set(camp) for camp in war.sides)
        ):
            return True
    return False


def _named_side(reading: Reading, scene: Scene) -> str | None:
    words = reading.words
    for at in range(*reading.stretch):
        if _RUN_BY.match(words[at].text) and (names := scene.sides_in(words[at].start, words[at].end)):
            return names[0].side
        if words[at].plain in _RUN_VERBS and at + 1 < len(words) and words[at + 1].plain == "by":
            names = scene.sides_in(words[at].start, words[min(at + 4, len(words) - 1)].end)
            if names:
                return names[0].side
    head = _head(reading)
    fixed = [hit for hit in reading.hits if hit.source.side not in ("state", "named", "body", THIRD_PARTY)]
    named = scene.sides_in(reading.start, reading.end)
    if reading.person:
        named += scene.sides_in(words[reading.person.first].start, words[reading.person.last - 1].end)
    if head is None:
        if fixed:
            return fixed[0].source.side
        if named:
            return named[0].side
        ranked = any(words[at].plain in _MILITARY for at in range(*reading.stretch))
        return _home_side(reading, scene) if ranked else None
    rule = head.source.side
    if rule == "named" and head.source.kind == "people":
        # *an official in the mayor's office*, *regional officials*
        local = frozenset(
            "regional local provincial municipal district military police army government state".split()
        )
        if local.intersection(reading.plain()) or any(
            hit.source.kind == "institution" and hit.source.side == "state" for hit in reading.hits
        ):
            rule = "state"
    if rule == "body":
        # a spokesman, a head: for whatever stands with him
        others = [
            hit
            for hit in reading.hits
            if hit is not head and hit.source.side != "body" and hit.source.kind != "person"
        ]
        rule = others[0].source.side if others else _alone(head, reading, scene)
        if others and others[0].source.kind == "people":
            rule = THIRD_PARTY
    if head.source.media and fixed and fixed[0].source.media:
        return fixed[0].source.side  # *SANA's correspondent*
    if rule == THIRD_PARTY:
        if any(
            hit.source.side == "state" and hit.source.kind == "institution"
            for hit in reading.hits
            if hit is not head
        ):
            rule = "state"
        else:
            return THIRD_PARTY
    if rule not in ("state", "named"):
        return rule
    if fixed and not named:
        return fixed[0].source.side
    if any(hit.source.side == THIRD_PARTY and hit.source.kind == "body" for hit in reading.hits):
        return THIRD_PARTY
    aside = _side_beside(reading, scene)
    if aside is not None:
        return aside
    if rule == "named" and any(hit.source.side == THIRD_PARTY for hit in reading.hits if hit is not head):
        return THIRD_PARTY  # *a source at the hospital*
    if named:
        return named[0].side
    if rule == "state":
        return _home_side(reading, scene)
    return None


def _alone(head: Hit, reading: Reading, scene: Scene) -> str:
    """For whom a head or a spokesman without a body speaks: of a region, for its authorities; else for nobody."""
    if head.key == "spokesperson" and any(
        words.plain in ("for", "of") for words in reading.words[head.last : reading.stretch.last]
    ):
        return "named"
    local = frozenset(
        "regional city district municipal provincial military army police official town village region".split()
    )
    if local.intersection(reading.plain()) or head.key == "spokesperson":
        return "state"
    if any(reading.start <= start < reading.end for start, _ in scene.places):
        return "state"
    return "named"


def _side_beside(reading: Reading, scene: Scene) -> str | None:
    """*…, run by the Houthis,* *…, which sides with the army,*"""
    words, at = reading.words, reading.stretch.last
    if at + 2 < len(words) and words[at].text == ",":
        opening = words[at + 1].plain
        if opening in (
            "run",
            "controlled",
            "appointed",
            "installed",
            "backed",
            "loyal",
            "allied",
            "aligned",
        ) or (opening == "which" and words[at + 2].plain in ("sides", "backs", "supports", "is")):
            stop = at + 2
            while stop < len(words) and words[stop].text != ",":
                stop += 1
            if names := scene.sides_in(words[at + 1].start, words[stop - 1].end):
                return names[0].side
            if any(
                word.plain in ("army", "government", "military", "regime") for word in words[at + 1 : stop]
            ):
                return _home_side(reading, scene)
    return None


def _ruler(ground: str, scene: Scene, *, abroad: bool = False) -> str | None:
    """The side that governs a place: of a country at war, or, `abroad` or in no known war, of any country."""
    if ground in scene.codebook.sides:
        return ground
    if ground in scene.governments or not (abroad or not scene.parties):
        return scene.governments.get(ground)
    return next((key for key, side in scene.codebook.sides.items() if side.iso == ground), None)


def _home_side(reading: Reading, scene: Scene) -> str | None:
    """The side whose army, police or governor is meant where the phrase does not say.

    The side of the place in the phrase; the side that the same institution was named with before; else the
    one of the place that the sentence, then the text before it, then the rest of the article speaks of.
    """
    for start, ground in scene.places:
        if reading.start <= start < reading.end and (side := _ruler(ground, scene, abroad=True)):
            return side
    keys = {hit.key for hit in reading.hits}
    if "ministry" in keys:
        keys |= {key for key in scene.codebook.sources if key.endswith("-ministry")}
    before = [side for start, key, side in scene.owned if key in keys and start < reading.start]
    if before:
        return before[-1]
    central = bool(keys & _CENTRAL)
    first, last = reading.words[0].start, reading.words[-1].end
    told = [
        (start, side)
        for start, ground in scene.places
        if (side := _ruler(ground, scene)) and not (central and ground in scene.codebook.sides)
    ]
    here = [row for row in told if first <= row[0] < last]
    if here:
        return here[0][1]
    earlier = [row for row in told if row[0] < reading.start]
    if earlier:
        return max(earlier)[1]
    after = [side for start, key, side in scene.owned if key in keys]
    if after:
        return after[0]
    if told:
        return min(told)[1]
    spoken = [(start, side) for start, _, side in scene.owned]
    if spoken:
        return max([row for row in spoken if row[0] < reading.start] or [min(spoken)])[1]
    own = [side for side in scene.parties if (e := scene.codebook.sides.get(side)) and e.kind == "state"]
    if len(own) == 1:
        return own[0]
    return None


# — who was meant: pronouns, surnames, second mentions —


@dataclass
class Focus:
    """Who spoke or was the subject last; it lives only while one article is read."""

    recent: list[Speaker] = field(default_factory=list)
    subjects: list[Speaker] = field(default_factory=list)
    sides: dict[str, str | None] = field(
        default_factory=dict
    )  # of persons, as found where they were introduced

    def speak(self, speaker: Speaker) -> None:
        self.recent.append(speaker)
        self.subjects.append(speaker)

    def sentence(
        self, words: tuple[Word, ...], roster: Roster, scene: Scene, sides: frozenset[int]
    ) -> Speaker | None:
        """Take the subject of a new sentence for somebody whom the next may call *it*."""
        stretch = opening_speaker(words, scene.codebook, sides) if words else None
        if stretch is None:
            return None
        if words[stretch.first].plain in PRONOUNS:
            return _pronoun(words[stretch.first].plain, self)
        reading = read_phrase(words, stretch, scene)
        if reading.person is None and not reading.hits and not scene.sides_in(reading.start, reading.end):
            return None
        subject = resolve(reading, roster, self, scene)
        if subject is not None:
            self.subjects.append(subject)
        return subject

    def last(self, kinds: tuple[Kind, ...]) -> Speaker | None:
        return next((s for s in reversed(self.subjects) if s.kind in kinds), None)


def resolve(reading: Reading, roster: Roster, focus: Focus, scene: Scene) -> Speaker | None:
    """The speaker whom a phrase means at this place of the article, by his fullest name."""
    words, (first, last) = reading.words, reading.stretch
    if last - first == 1 and words[first].plain in PRONOUNS | {"his", "her", "their", "its", "him", "them"}:
        return _pronoun(words[first].plain, focus)
    issuer = _issuer(reading, roster, focus, scene)
    if issuer is not None:
        return issuer
    speaker = make_speaker(reading, scene)
    if speaker.kind == "person":
        person = _of_whom(_fullest_person(speaker, roster, scene), reading, focus, scene)
        if side := _body_side(reading, roster, focus, scene):
            person = replace(person, side=side)
        person = replace(person, side=focus.sides.setdefault(person.source_id, person.side))
        return person
    if not reading.hits or all(hit.source.kind == "person" for hit in reading.hits):
        known = roster.person(speaker.name) if speaker.kind != "side" else None
        if known is not None:
            return replace(known, side=focus.sides.get(known.source_id, known.side))
    head = _head(reading)
    if head is not None and head.source.kind == "office":
        found = _by_office(speaker, head, reading, roster, focus) or _again(reading, focus, scene)
        if found is None and head.key == "spokesperson" and reading.definite and len(reading.hits) == 1:
            body = focus.last(("body", "side"))  # the spokesman of the one spoken of
            if body is not None and not scene.sides_in(reading.start, reading.end):
                speaker = replace(speaker, side=body.side)
        return found or _owned(speaker, reading, focus, scene)
    if head is not None and head.source.kind == "people":
        return _monitor(speaker, reading, roster) or _again(reading, focus, scene) or speaker
    speaker = _owned(speaker, reading, focus, scene)
    if (
        head is not None
        and head.source.side == "body"
        and (side := _body_side(reading, roster, focus, scene))
    ):
        speaker = replace(speaker, side=side)
    return _fullest_body(speaker, reading, roster, focus, scene)


def _issuer(reading: Reading, roster: Roster, focus: Focus, scene: Scene) -> Speaker | None:
    """*figures from the ministry*, *the report*: whoever issued them."""
    words, (first, last) = reading.words, reading.stretch
    texts = [at for at in range(first, last) if is_text(words, at, scene.codebook)]
    if not texts or any(hit.first <= texts[0] < hit.last for hit in reading.hits):
        return None
    sides = frozenset(
        word.start for word in words if any(name.start <= word.start < name.end for name in scene.names)
    )
    owner = text_owner(words, reading.stretch, scene.codebook, sides)
    if owner is not None and owner != reading.stretch:
        return resolve(read_phrase(words, owner, scene), roster, focus, scene)
    if owner is None and words[first].plain in ARTICLES:
        spoken = next((s for s in reversed(focus.recent) if s.kind in ("body", "side")), None)
        return spoken or focus.last(("body", "side"))
    return None


def _of_whom(speaker: Speaker, reading: Reading, focus: Focus, scene: Scene) -> Speaker:
    """*but its official speaker, X,*: he speaks for whoever *its* means."""
    words, first = reading.words, reading.stretch.first
    if words[first].plain in ("his", "her") and (person := _pronoun(words[first].plain, focus)) is not None:
        return replace(speaker, side=person.side)
    if words[first].plain not in ("its", "their"):
        return speaker
    owner = _owner(reading, focus, scene)
    return speaker if owner is None else replace(speaker, side=_party_or_third(owner[1], scene))


def _body_side(reading: Reading, roster: Roster, focus: Focus, scene: Scene) -> str | None:
    """*the group's spokesperson*: the side of the group, where the phrase names no side itself."""
    words = reading.words
    generic = [hit for hit in reading.hits if hit.source.kind == "institution"]
    holder = next(
        (
            hit
            for hit in generic
            if (words[hit.last - 1].possessive and words[hit.first - 1].plain == "the")
            or hit.first == reading.stretch.first
        ),
        None,
    )
    if holder is None or scene.sides_in(reading.start, reading.end) or reading.stretch.last == holder.last:
        return None
    part = replace(read_phrase(words, Stretch(holder.first, holder.last), scene), definite=True)
    body = resolve(part, roster, focus, scene)
    return body.side if body is not None and body.start < reading.start else None


def _pronoun(pronoun: str, focus: Focus) -> Speaker | None:
    if pronoun in ("it", "its"):
        return focus.last(("body", "side"))
    if pronoun in ("they", "their", "them", "we"):
        for speaker in reversed(focus.subjects):
            if speaker.kind in ("body", "side") or speaker.plural:
                return speaker
        return None
    wrong = _HE if pronoun in ("she", "her") else _SHE
    for speaker in reversed(focus.subjects):
        if (speaker.kind == "person" or (speaker.kind == "people" and not speaker.plural)) and not (
            speaker.nouns & wrong and pronoun not in ("i", "you")
        ):
            return speaker
    return None


def _fullest_person(speaker: Speaker, roster: Roster, scene: Scene) -> Speaker:
    known = roster.person(speaker.name)
    if known is None:
        return speaker
    if speaker.office and (known.office is None or known.start == speaker.start):
        return replace(speaker, name=known.name, source_id=known.source_id)
    return known


def _by_office(speaker: Speaker, head: Hit, reading: Reading, roster: Roster, focus: Focus) -> Speaker | None:
    """*the governor*, *the ministry's spokesman*: the person introduced with that office."""
    if not reading.definite and not any(reading.words[at].possessive for at in range(*reading.stretch)):
        return None
    noun = _same_office(reading.words[head.last - 1].plain)
    spoken = [s for s in reversed(focus.subjects) if s.kind == "person"]
    others = sorted((p for p in roster.persons if p.start < reading.start), key=lambda p: -p.start)
    bare = {_same_office(n) for n in speaker.nouns} - {"military", "regional", "former", "its", "their"}
    for person in [*spoken, *others]:
        nouns = {_same_office(n) for n in person.nouns}
        if noun in nouns and (bare <= nouns or len(bare) == 1):
            return person
    return None


def _same_office(noun: str) -> str:
    return _SAME_OFFICE.get(noun, noun)


def _monitor(speaker: Speaker, reading: Reading, roster: Roster) -> Speaker | None:
    """*a monitor said*: the body of that kind that the article names elsewhere."""
    noun = reading.plain()[-1]
    for body in roster.bodies:
        if noun in body.nouns and body.kind == "body" and len(body.keys) == 1:
            return None
    return None


def _again(reading: Reading, focus: Focus, scene: Scene) -> Speaker | None:
    """*the resident*, *the source*: the one who spoke before."""
    if not reading.definite or scene.sides_in(reading.start, reading.end):
        return None
    noun = reading.plain()[-1]
    for earlier in reversed(focus.recent):
        if noun in earlier.nouns and earlier.kind in ("people", "person"):
            return earlier
    return None


def _owned(speaker: Speaker, reading: Reading, focus: Focus, scene: Scene) -> Speaker:
    """*its defence ministry*: the owner's name in the place of the pronoun."""
    words, first = reading.words, reading.stretch.first
    if words[first].plain not in ("its", "their", "his", "her"):
        return speaker
    rest = speaker.name.split(" ", 1)[-1]
    found = _owner(reading, focus, scene)
    if found is None:
        return replace(speaker, name=rest)
    owner, side = found
    head = _head(reading)
    sided = (
        _party_or_third(side, scene)
        if head and head.source.side in ("state", "named", "body")
        else speaker.side
    )
    identity = f"{slug(side)}-{head.key}" if head and side else slug(f"{owner} {rest}")
    return replace(speaker, name=f"{owner}'s {rest}", side=sided, source_id=identity)


def _owner(reading: Reading, focus: Focus, scene: Scene) -> tuple[str, str | None] | None:
    """Whom *its* or *their* means: the side that the sentence began with, else who was spoken of last."""
    words, first = reading.words, reading.stretch.first
    before = [n for n in scene.names if words[0].start <= n.start < words[first].start]
    if before and words[first].plain not in ("his", "her"):
        return before[0].text, before[0].side
    his = words[first].plain in ("his", "her")
    last = _pronoun(words[first].plain, focus) if his else focus.last(("body", "side"))
    return None if last is None else (last.name, last.side)


def _fullest_body(speaker: Speaker, reading: Reading, roster: Roster, focus: Focus, scene: Scene) -> Speaker:
    """*the ministry*, *Central Command*, *the group*: the body that was named in full."""
    words = set(reading.plain()) - ARTICLES - {"of", "for", "and"}
    head = _head(reading)
    if (
        head is not None
        and head.source.kind == "institution"
        and head.source.side == THIRD_PARTY
        and not named_in_full(reading)
    ):
        for body in roster.bodies:
            for key in body.keys:
                if reading.plain()[-1] in scene.codebook.sources[key].also and body.kind == "body":
                    return _fullest_of(body, roster, scene)
    named = bool(scene.sides_in(reading.start, reading.end)) or reading.words[
        reading.stretch.first
    ].plain in ("its", "their")
    candidates = [s for s in reversed(focus.subjects) if s.kind in ("body", "side")]
    candidates += sorted((b for b in roster.bodies if b.start < reading.start), key=lambda b: -b.start)
    candidates += sorted((b for b in roster.bodies if b.start > reading.start), key=lambda b: b.start)
    if head is not None and head.source.kind == "body":
        return _fullest_of(speaker, roster, scene)
    if not (reading.definite or named_in_full(reading) or named):
        return speaker
    for body in candidates:
        if body.start > reading.start and not words <= body.nouns:
            continue
        if named and (
            body.side != speaker.side or (head is not None and body.source_id != speaker.source_id)
        ):
            continue
        if words <= body.nouns and len(body.nouns) > len(words) and _same_head(reading, body):
            return body
        if reading.definite and head is not None and len(words) == 1 and words & _called(body, scene):
            return body
    return speaker


def named_in_full(reading: Reading) -> bool:
    """Whether an institution has a name beside its noun: *Sahel Security Monitor*, not *a monitoring group*."""
    words, first = reading.words, reading.stretch.first
    return any(
        words[at].capital
        and covering(reading.hits, at) is None
        and not words[at].text.casefold().endswith("-based")
        for at in range(first + (1 if first == 0 else 0), reading.stretch.last)
    )


def _fullest_of(body: Speaker, roster: Roster, scene: Scene) -> Speaker:
    """A body of the codebook by its longest spelling in this article."""
    fuller = [b for b in roster.bodies if b.source_id == body.source_id]
    best = max([body, *fuller], key=lambda b: len(b.name.split()) if len(b.name.split()) <= 9 else 0)
    return replace(best, side=body.side)


def _same_head(reading: Reading, body: Speaker) -> bool:
    """Whether a short name is the long one without its modifiers: *the Observatory* … *for Human Rights*."""
    head = reading.plain()[-1]
    return re.search(rf"\b{re.escape(head)}(?:$|\s+(?:of|for|in|on|at)\b)", body.name.casefold()) is not None


def _called(body: Speaker, scene: Scene) -> frozenset[str]:
    """Nouns by which a body may be called at its second mention."""
    nouns = set(body.nouns)
    for key in body.keys:
        source = scene.codebook.sources[key]
        for name in (*(source.names if source.kind == "body" else ()), *source.also):
            nouns.add(name.split()[-1].casefold())
    if body.kind == "side" or body.side not in (None, THIRD_PARTY):
        nouns |= _GROUP_NOUNS
    return frozenset(nouns)
