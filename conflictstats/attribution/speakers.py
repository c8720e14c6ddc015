"""Speakers: from a phrase to somebody with a name, an office, a side, and an id that other articles share."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from conflictstats.attribution.allegiance import THIRD_PARTY, named_side, party_or_third
from conflictstats.attribution.ground import Scene
from conflictstats.attribution.phrases import ARTICLES, PREPOSITIONS, Stretch
from conflictstats.attribution.readings import Reading, head_of
from conflictstats.wording import RANKS

_WHEN = frozenset(
    "first initial early earlier preliminary latest new last final recent same previous last-minute meanwhile more".split()
)
_LONGEST_OF_A_SIDE = 5  # words
_LONGEST = 14
_NAVIGATION = frozenset("tags topic related comment discussion print tweet".split())
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


# One body is written in both ways: "Idlib Media Center", "Idlib Media Centre".
_BRITISH = ((re.compile(r"\bcenter\b"), "centre"), (re.compile(r"\bdefense\b"), "defence"), (re.compile(r"\blabor\b"), "labour"),
            (re.compile(r"iz(?=ation|ed\b|ing\b)"), "is"))  # fmt: skip


def slug(name: str) -> str:
    """A name as an id: small ASCII letters and hyphens, in one spelling."""
    plain = (
        unicodedata.normalize("NFKD", name.replace("’", "'").replace("'s", ""))
        .encode("ascii", "ignore")
        .decode()
    )
    plain = plain.casefold()
    for american, british in _BRITISH:
        plain = american.sub(british, plain)
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "unnamed"


def is_sober(name: str) -> bool:
    """Whether a name is a noun phrase of a usual length, and no line of a page's navigation."""
    words = name.casefold().split()
    return 0 < len(words) <= _LONGEST and _NAVIGATION.isdisjoint(words[:-1])


@lru_cache(maxsize=512)
def make_speaker(reading: Reading, scene: Scene) -> Speaker:
    """The speaker that a phrase names, read by itself: no pronouns, nothing said before."""
    text = scene.document.article.text
    words, (first, last) = reading.words, reading.stretch
    own = named_side(reading, scene)
    side = party_or_third(own, scene)
    keys = tuple(hit.key for hit in reading.hits)
    nouns = frozenset(reading.plain()) - ARTICLES - PREPOSITIONS
    if reading.person is not None:
        name = _clean(text[words[reading.person.first].start : words[reading.person.last - 1].end])
        known = next((hit for hit in reading.hits if hit.source.kind == "person"), None)
        office = _office_text(reading, text)
        return Speaker(
            name,
            known.key if known and not known.source.each else slug(name),
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
    while (
        first < last - 1
        and words[first].plain in _WHEN
        and not words[first].capital
        and (not reading.hits or first < reading.hits[0].first)
    ):
        first += 1  # *the first police reports*
    name = _clean(text[words[min(first, last - 1)].start : words[last - 1].end])
    head = head_of(reading)
    if head is None:
        names = scene.sides_in(reading.start, reading.end)
        if names and names[-1].end >= reading.end - 2:
            if last - first > _LONGEST_OF_A_SIDE:
                name = names[-1].text  # headlines and tags of a page run into it
            return Speaker(name, slug(names[0].side or name), "side", side, None, (), nouns, reading.start)
        return Speaker(name, slug(name), "body", side, None, keys, nouns, reading.start)
    kind: Kind = "people" if head.source.kind in ("people", "office") else "body"
    if head.source.kind == "body":
        name = _clean(text[words[head.first].start : words[head.last - 1].end])
    if head.source.each:
        identity = slug(name)
    elif head.source.kind in ("body", "person"):
        identity = head.key
    elif head.source.kind == "institution" and own and own != THIRD_PARTY:
        identity = f"{slug(own if side == THIRD_PARTY or side is None else side)}-{head.key}"
    else:
        identity = slug(name)
    plural = kind == "people" and words[head.last - 1].plain.endswith(("s", "people", "men", "women", "folk"))
    return Speaker(name, identity, kind, side, None, keys, nouns, reading.start, plural, head.source.media)


def _clean(name: str) -> str:
    name = " ".join(name.split()).strip(" ,;:\"“”'")
    return name[:-2] if name.casefold().endswith(("'s", "’s")) else name


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
