"""What "there", "the town", "the capital" and "the valley" stand for: a place that the text has named before."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

from conflictstats.codebook import Codebook
from conflictstats.places import Place
from conflictstats.places.gazetteer import Kind, Row, fold, gazetteer
from conflictstats.records import Document
from conflictstats.setting.clauses import Spot
from conflictstats.setting.scene import Scene

# What a word may be, and "there".
_MEANT: dict[str, tuple[Kind, ...]] = {
    "there": ("settlement", "capital", "district", "site", "area"),
    "town": ("settlement",), "city": ("settlement", "capital"), "village": ("settlement",), "settlement": ("settlement",),
    "port": ("settlement", "site"), "island": ("site", "area"), "base": ("site",),
    "province": ("region",), "region": ("region", "area"), "governorate": ("region",), "oblast": ("region",),
    "department": ("region",), "district": ("district", "settlement"), "neighbourhood": ("district",),
    "neighborhood": ("district",), "capital": ("capital",), "enclave": ("area", "region"), "strip": ("area",),
    "peninsula": ("area", "region"), "state": ("region",), "territory": ("region",),
}  # fmt: skip
_LANDS = frozenset(("province", "region", "governorate", "oblast", "department", "state", "territory"))
# Words that the name of their place bears: "Argun gorge … the gorge", "Lake Chad … the lake".
_LANDMARKS = frozenset(
    "camp gorge valley lake river forest island airport airfield airbase bridge dam refinery hospital prison crossing mosque church"
    " cathedral monastery university school market stadium plant port strait canal reservoir pass junction checkpoint".split()
)
_WORDS = "|".join(sorted((_MEANT.keys() - {"there"}) | _LANDMARKS, key=len, reverse=True))
_NAMED = re.compile(
    rf"\b(?:(?P<there>there)|(?:the|this|that)\s(?:(?P<whose>[A-Z]\w+)\s)?(?P<what>{_WORDS}))\b(?!['’]s\b|-|\s(?-i:[A-Z][a-z])"
    r"|\s(?:site|council|hall|police|authorities|officials?|administration|government|director|court|itself)\b)",
    re.I,
)
_HERE = re.compile(
    r"\b(?P<here>in|on|at|across|near|around|inside|outside|within|over|into|throughout|out\sof|(?:fighting|battles?|fight|struggle|control)\s(?:for|of)"
    r"|(?:cent|percent|part|parts|half|most|third|quarter|rest|outskirts|edge|edges|north|south|east|west|centre|center)\sof)\s$",
    re.I,
)
_EXISTS = re.compile(r"\s(?:is|are|was|were|has|have|had|will|would|may)\b")
_FAR = 2  # sentences back that such a word may reach, where the article is not about one such place


def stand_ins(
    spot: Spot, scene: Scene, document: Document, codebook: Codebook, home: str | None
) -> Iterator[tuple[Place, Place]]:
    """Each such word of the figure's sentence as a place where it stands, and the place that it means."""
    sentence = spot.sentence
    for match in _NAMED.finditer(sentence.text):
        word = (match["there"] or match["what"]).casefold()
        start, end = sentence.start + match.start(), sentence.start + match.end()
        ahead = sentence.text[: match.start()]
        here = _HERE.search(ahead)
        if word == "there":
            if _EXISTS.match(sentence.text, match.end()):
                continue
        elif here is None and not _done_to(ahead, codebook) and not _undergoes(spot, end):
            continue
        meant = _meant(word, match["whose"], start, spot, scene, document, codebook, home)
        if meant is not None:
            kinds = _MEANT.get(word, ("site",))
            before = here["here"].casefold().split()[-1] if here else "in"
            yield (
                Place(start, end, match[0], kinds[0], before="in" if before in ("of", "for") else before),
                meant,
            )


def _done_to(ahead: str, codebook: Codebook) -> bool:
    """Whether a verb of attack stands in front: "fled the city", "shelled the village"."""
    last = re.search(r"(\w+)\s$", ahead)
    return last is not None and last[1].casefold() in _struck(codebook)


@cache
def _struck(codebook: Codebook) -> frozenset[str]:
    return frozenset(codebook.placewords["struck"].names)


def _undergoes(spot: Spot, end: int) -> bool:
    """Whether a word that ends there is what the figure's deed is done to: "the town was hit by 40 shells"."""
    doc, anchor, token = spot.tree.doc, spot.anchor, spot.tree.at(end - 1)
    if doc is None or anchor is None or token is None:
        return False
    return doc[token].dep_ == "nsubjpass" and doc[token].head.i == spot.tree.verb(anchor)


def _meant(
    word: str, whose: str | None, start: int, spot: Spot, scene: Scene, document: Document, codebook: Codebook,
    home: str | None,
) -> Place | None:  # fmt: skip
    """The place of its sentence that can be meant, the article's chief one, or the last that was named."""
    before = [p for p in scene.places if p.start < start]
    if word in _LANDMARKS:
        named = [p for p in before if word in fold(p.text).split(" ")]
        if named or word not in _MEANT:
            return named[-1] if len({fold(p.text) for p in named}) == 1 else None
    if word == "capital":
        country = home if whose is None else _country_of(whose, codebook)
        return _capital(country, start, before, codebook)
    index = spot.sentence.index
    if word == "there":
        near = [
            p
            for p in before
            if p.start >= document.sentences[max(0, index - 1)].start and p.kind in _MEANT[word]
        ]
        return near[-1] if len({p.place_id or p.text for p in near}) == 1 else None
    fitting = [p for p in before if p.kind in _MEANT[word]]
    if word in _LANDS:
        fitting = [p for p in fitting if not p.text.casefold().endswith(("district", "districts"))]
    beside = [p for p in fitting if p.start >= spot.sentence.start]
    if beside:
        return beside[-1]
    chief = _chief(fitting)
    if chief is not None:
        return chief
    near = [p for p in fitting if p.start >= document.sentences[max(0, index - _FAR)].start]
    if near:
        return near[-1]
    return _chief([p for p in before if p.text.casefold().endswith(" " + word)]) if word in _LANDS else None


def _chief(places: list[Place]) -> Place | None:
    """The place that an article is about: the only one, or named twice as often as any other."""
    counts = Counter(p.place_id or p.text for p in places).most_common(2)
    if not counts or (len(counts) > 1 and counts[0][1] < 2 * counts[1][1]):
        return None
    return next(p for p in reversed(places) if (p.place_id or p.text) == counts[0][0])


def _country_of(adjective: str, codebook: Codebook) -> str | None:
    return next((n for n, side in codebook.sides.items() if adjective in side.adjectives), None)


def _capital(country: str | None, start: int, before: list[Place], codebook: Codebook) -> Place | None:
    """The capital of a country, as the text has named it or as the gazetteer knows it."""
    named = [p for p in before if p.kind == "capital" and country in (None, p.country)]
    if named:
        return named[-1]
    row = _capitals(codebook).get(country or "")
    if row is None:
        return None
    return Place(start, start, row.name, "capital", row.place_id, row.region, row.country, row.lat, row.lon)


@cache
def _capitals(codebook: Codebook) -> dict[str, Row]:
    return {row.country: row for row in gazetteer(codebook).capitals() if row.country}
