"""A phrase that names a speaker, read by itself: the personal name, and the office, body or people around it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from conflictstats.attribution.ground import Scene, names_side
from conflictstats.attribution.phrases import (
    ADVERBS,
    ARTICLES,
    DAYS,
    HELPERS,
    MONTHS,
    PREPOSITIONS,
    Stretch,
    covering,
    is_number,
)
from conflictstats.wording import RANKS, Hit, Word, is_text, lexicon, source_hits

# Endings that no name has, where capitals do not show where a name ends.
_NO_NAME = re.compile(r"(?:[tcsgpv]ed|ied|ly)$")
PARTICLES = frozenset("al el bin ibn abu ag de la van von da dos del der ben ould ul umm".split())


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """The parts of a phrase that names a speaker; compared by identity, so that its speaker is made once."""

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


@lru_cache(maxsize=512)
def read_phrase(words: tuple[Word, ...], stretch: Stretch, scene: Scene) -> Reading:
    """Split a phrase into a personal name and the office, institution or people around it."""
    stretch = _whole_name(words, stretch, scene)
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


def _whole_name(words: tuple[Word, ...], stretch: Stretch, scene: Scene) -> Stretch:
    """The phrase with the whole of the name that it breaks off: *the Group for the Support of Islam | and Muslims*."""
    for name in scene.names_at(words[stretch.first].start, words[stretch.last - 1].end):
        first, last = stretch
        while first > 0 and words[first - 1].start >= name.start:
            first -= 1
        while last < len(words) and words[last].end <= name.end:
            last += 1
        stretch = Stretch(first, last)
    return stretch


def _person(words: tuple[Word, ...], stretch: Stretch, hits: tuple[Hit, ...], scene: Scene) -> Stretch | None:
    for hit in hits:
        if hit.source.kind == "person":
            first, last = hit.first, hit.last
            while (
                first > stretch.first
                and words[first - 1].capital
                and covering(hits, first - 1) is None
                and not names_side(words[first - 1], scene)
                and words[first - 1].plain not in RANKS
            ):
                first -= 1
            return Stretch(first, last)
    begin = stretch.first
    while begin < stretch.last and words[begin].plain in RANKS:
        begin += 1
    lead = begin
    while lead < stretch.last and is_name_word(words, lead, hits, False, scene) and words[lead].capital:
        lead += 1
    if (
        2 <= lead - begin <= 4
        and lead < stretch.last
        and words[lead].plain in ("of", "from", "at", "with", "for")
        and hits
    ):
        return Stretch(begin, lead)  # *Captain Khaled Omar of the Local Council*
    for name in scene.names_at(words[stretch.first].start, words[stretch.last - 1].end):
        if (
            name.kind == "leader"
            and words[stretch.first].start <= name.start
            and name.end >= words[stretch.last - 1].end - 2
        ):
            led = [at for at in range(*stretch) if name.start <= words[at].start < name.end]
            if led:
                first = led[0]
                while first > stretch.first and is_name_word(
                    words, first - 1, hits, all_capitals(words), scene
                ):
                    first -= 1
                return Stretch(first, led[-1] + 1)
    office = any(hit.source.kind in ("office", "people") for hit in hits) or any(
        words[at].plain in RANKS for at in range(*stretch)
    )
    body = any(hit.source.kind in ("body", "institution") for hit in hits)
    shouted = all_capitals(words)
    for first, last in _segments(words, stretch):
        run = last
        while run > first and is_name_word(words, run - 1, hits, shouted, scene):
            run -= 1
        while run < last and ((words[run].plain in PARTICLES and run == first) or words[run].is_mark):
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
        if run > first and words[run - 1].possessive and last - run >= 2 and not shouted:
            return Stretch(run, last)  # *OCHA's Jens Laerke*
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
                or words[run - 1].plain in RANKS
                or words[run - 1].plain in ("named", "called")
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


def all_capitals(words: tuple[Word, ...]) -> bool:
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


def is_name_word(
    words: tuple[Word, ...], at: int, hits: tuple[Hit, ...], shouted: bool, scene: Scene
) -> bool:
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
    if names_side(word, scene):
        return False
    if word.plain in DAYS or word.plain in MONTHS:
        return False
    if shouted:
        return not (
            word.plain in PREPOSITIONS
            or word.plain in HELPERS
            or word.plain in ADVERBS
            or word.is_mark
            or word.plain in lexicon(scene.codebook).verbs
            or _NO_NAME.search(word.plain)
            or is_text(words, at, scene.codebook)
        )
    return word.capital or word.plain in PARTICLES or re.match(r"(?:al|el|bin)-[A-Z]", word.text) is not None


def head_of(reading: Reading) -> Hit | None:
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
