"""Where: the most specific place named for what a figure counts; none where several are equally specific."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache, lru_cache

from conflictstats.codebook import Codebook
from conflictstats.places import Place
from conflictstats.places.gazetteer import SPECIFICITY, Kind
from conflictstats.records import Basis, Document, Sentence
from conflictstats.setting.bonds import (
    NEW_SUBJECT,
    SEGMENT,
    SettingWords,
    between_them,
    bond,
    flows,
    opens_sentence,
    still_to_come,
)
from conflictstats.setting.clauses import EVENT, Spot, Tree, is_event
from conflictstats.setting.scene import Scene

_MOVES = frozenset(("displaced", "released", "advanced", "captured"))
_DISTANCE = re.compile(
    r"(?<!square\s)\b(?:km|kms|kilomet(?:er|re)s?|miles?|met(?:er|re)s?|m)\)?\s(?:\(\d+\s\w+\)\s)?(?:(?:to\sthe\s)?(?:north|south|east|west)\w*\s)?(?:away\s)?"
    r"(?:from|of|to|off|inside|outside|beyond)\s(?:[\w’'-]+\s){0,5}$",
    re.I,
)
_WITHIN = re.compile(
    r",?\s(?:(?:a|an|the)\s(?:\w+\s){1,3})?(?:also\s)?(?:near|in|of|outside|close\sto|north\sof|south\sof|east\sof|west\sof)\s(?:the\s)?(?:[\w-]+\s){0,3}",
    re.I,
)
# The rest of a list, and what holds it: "X [and Y neighbourhoods in] Deir Ezzor"
_REST = r"(?:,?\s(?:and\s|or\s)?(?:the\s)?(?:al-|el-)?[A-Z][\w’'-]*(?:\s(?:al-|el-)?[A-Z][\w’'-]*){0,3}(?:\s[a-z]+){0,2}?)"
_HOLDS = re.compile(rf"{_REST}{{0,4}},?\s(?:all\s|both\s)?(?:in|of)\s(?:the\s)?(?:[\w-]+\s){{0,3}}")
_LISTED_IN = re.compile(rf"{_REST}{{1,4}}\sin\s(?:the\s)?(?:[\w-]+\s){{0,3}}")
_EVENT_BEHIND = re.compile(rf"\s(?:\w+\s)?{EVENT}s?\b", re.I)
_OF_OTHERS = re.compile(r"(?<!\ball\s)\bof\s(?:them|whom|which|these)\b[^;.]{0,40}$", re.I)
_SAME_EVENT = re.compile(
    rf"\bthe\s(?:[\w-]+\s){{0,2}}{EVENT}(?:s|es)?\s(?:had\s|has\s|have\s|also\s)?$", re.I
)
_AND_OTHERS = re.compile(
    r",?\s(?:and|or)\s(?:(?:in|on|over|at|near|against)\s)?(?:the\s)?(?:al-|el-)?[A-Z][\w’'-]*(?:\s[A-Z][\w’'-]*){0,2}(?:\s[a-z]+)?\s"
    r"(?:city|town|village|camp|street|suburb|neighbou?rhood|district|area|province|governorate|region|oblast)s?\b"
)


def read_place(
    spot: Spot, scene: Scene, document: Document, words: SettingWords, codebook: Codebook
) -> tuple[Place | None, Basis, str]:
    """The most specific place named for what is counted; none where several are equally specific."""
    sentence = spot.sentence
    own = _with_prepositions([p for p in scene.places if sentence.start <= p.start < sentence.end], sentence)
    fit = [(p, rank) for p in own if (rank := _spot_bond(spot, p, words)) is not None]
    bare = [p for p, _ in fit]
    fit = [(p, rank) for p, rank in fit if not _nested(p, bare, sentence)]
    if fit:
        there = [
            pair for pair in fit if pair[0].before not in _BESIDE and SPECIFICITY[pair[0].kind] >= 3
        ] or fit
        close = [pair for pair in there if pair[1] <= 2] or there
        turn = _in_turn(close, spot)
        best = max(SPECIFICITY[p.kind] for p, _ in turn)
        top = [p for p, _ in turn if SPECIFICITY[p.kind] == best]
        if len(top) > 1 and not any(_listed(p, own, sentence) for p in top):
            nearest = min(rank for p, rank in turn if p in top)
            top = [p for p, rank in turn if p in top and rank == nearest]
        if len({p.place_id or p.text for p in top}) == 1 and not _listed(top[0], own, sentence):
            return top[0], "stated", "its sentence"
        around = _around(top, [p for p in bare if p not in top], sentence)
        return (around, "stated", "what holds the places of its sentence") if around else (None, "none", "")
    elsewhere = _mentioned(spot, scene, document, words)
    if elsewhere is not None:
        return elsewhere
    if not own:
        countries = [
            p
            for p in _countries(sentence.text, sentence.start, codebook)
            if _spot_bond(spot, p, words) is not None
        ]
        if len({p.country for p in countries}) == 1:
            return countries[0], "stated", "its sentence"
    return None, "none", ""


@lru_cache(maxsize=64)
def _countries(text: str, start: int, codebook: Codebook) -> tuple[Place, ...]:
    """The countries that a sentence says something took place in; as a side alone, a country is no place."""
    return tuple(
        Place(
            start + m.start("name"), start + m.end(), m["name"], "country",
            place_id=codebook.countries[key].code, country=key, before=m["here"].casefold(),
        )
        for m in _in_country(codebook).finditer(text)
        if (key := _keys(codebook).get(m["name"].casefold())) is not None
    )  # fmt: skip


@cache
def _keys(codebook: Codebook) -> dict[str, str]:
    return {n.casefold(): key for key, entry in codebook.countries.items() for n in (key, *entry.names)}


@cache
def _in_country(codebook: Codebook) -> re.Pattern[str]:
    names = "|".join(re.escape(n) for n in sorted(_keys(codebook), key=len, reverse=True))
    return re.compile(
        rf"\b(?P<here>in|across|throughout|inside|within|over)\s(?:the\s)?(?:whole\sof\s|all\sof\s|all\s)?(?P<name>{names})\b(?!['’-]|\s(?-i:[A-Z][a-z]))",
        re.I,
    )


# What "the town" may be, and "there".
_MEANT: dict[str, tuple[Kind, ...]] = {
    "there": ("settlement", "capital", "district", "site", "area"),
    "town": ("settlement",), "city": ("settlement", "capital"), "village": ("settlement",), "settlement": ("settlement",),
    "camp": ("settlement", "site"), "port": ("settlement", "site"), "island": ("site", "area"), "base": ("site",),
    "province": ("region",), "region": ("region", "area"), "governorate": ("region",), "oblast": ("region",),
    "department": ("region",), "district": ("district", "settlement"), "neighbourhood": ("district",),
    "neighborhood": ("district",), "capital": ("capital",), "enclave": ("area", "region"), "strip": ("area",),
    "peninsula": ("area", "region"), "state": ("region",),
}  # fmt: skip
_THERE = re.compile(
    rf"\b(?:(?P<there>there)|(?:the|this|that)\s(?P<what>{'|'.join(sorted(_MEANT))}))\b(?!['’]s\b|-)", re.I
)
_FAR = 2  # sentences back that such a word may reach


def _mentioned(
    spot: Spot, scene: Scene, document: Document, words: SettingWords
) -> tuple[Place, Basis, str] | None:
    """The place that "there" or "the town" stands for: the last one named that can be meant."""
    sentence = spot.sentence
    for match in _THERE.finditer(sentence.text):
        word = (match["there"] or match["what"]).casefold()
        start, end = sentence.start + match.start(), sentence.start + match.end()
        here = re.search(
            r"\b(?:in|on|at|across|near|around|inside|outside|within|over|into)\s$",
            sentence.text[: match.start()],
            re.I,
        )
        existential = word == "there" and re.match(
            r"\s(?:is|are|was|were|has|have|had|will|would|may)\b", sentence.text[match.end() :]
        )
        if existential or (word != "there" and not here):
            continue
        stand_in = Place(start, end, match[0], _MEANT[word][0], before=here[0].strip() if here else "in")
        if bond(spot, stand_in, False, words) is None and not flows(spot, stand_in, words):
            continue
        first = document.sentences[max(0, sentence.index - _FAR)].start
        fitting = [p for p in scene.places if first <= p.start < start and p.kind in _MEANT[word]]
        if word == "there":
            near = [p for p in fitting if p.start >= document.sentences[max(0, sentence.index - 1)].start]
            fitting = near if len({p.place_id or p.text for p in near}) == 1 else []
        if fitting:
            return fitting[-1], "carried", f"{match[0]!r}"
    return None


def _around(top: list[Place], others: list[Place], sentence: Sentence) -> Place | None:
    """The one place that several equally specific ones lie in: "in Fuaa and Kefraya in Idlib"."""
    last = max(top, key=lambda place: place.start)
    behind = [p for p in others if p.start > last.end and SPECIFICITY[p.kind] <= SPECIFICITY[last.kind]]
    held = [
        p
        for p in behind
        if _HOLDS.fullmatch(sentence.text, last.end - sentence.start, p.start - sentence.start)
    ]
    return held[0] if len(held) == 1 else None


_BESIDE = ("near", "outside", "close to", "from")
_AND = re.compile(r",?\s(?:and|or)\s(?:(?:in|on|over|at|near|against)\s)?(?:the\s)?", re.I)


_PLURAL = re.compile(
    r"\b(?:towns|villages|cities|districts|neighbou?rhoods|areas|suburbs|settlements|camps|provinces|regions|departments)\sof\s$",
    re.I,
)


def _listed(place: Place, places: list[Place], sentence: Sentence) -> bool:
    """Whether a place is one of several that the figure is of: "sent against Sumy and Kharkiv"."""
    before = sentence.text[: place.start - sentence.start]
    if place.before == "between" or (
        re.search(r"[A-Z][\w’'-]+,?\sand\s(?:the\s)?$", before) and place.before == "and"
    ):
        return True
    if _AND_OTHERS.match(sentence.text, place.end - sentence.start):
        return True
    if _PLURAL.search(before) and re.match(
        r",?\s(?:and\s)?(?:al-|el-)?[A-Z]", sentence.text[place.end - sentence.start :]
    ):
        return True
    return any(
        other.start >= place.end
        and _AND.fullmatch(sentence.text, place.end - sentence.start, other.start - sentence.start)
        for other in places
    )


def _with_prepositions(places: list[Place], sentence: Sentence) -> list[Place]:
    """The places of a sentence, where "from Fuaa and Kafraya" gives its preposition to both."""
    out: list[Place] = []
    for place in places:
        if out and place.before == "and":
            link = sentence.text[out[-1].end - sentence.start : place.start - sentence.start]
            if _AND.fullmatch(link) and out[-1].before == "from":
                place = replace(place, before="from")
        out.append(place)
    return out


def _in_turn(places: list[tuple[Place, int]], spot: Spot) -> list[tuple[Place, int]]:
    """Of several places, the figure's own: "64 over the Moscow region, 108 over the Kursk region"."""
    if len(places) < 2:
        return places
    later = [q.start for q in spot.sentence.quantities if q.start > spot.quantity.start]
    stop = min(later, default=spot.sentence.end)
    turn = [pair for pair in places if spot.quantity.end <= pair[0].start < stop]
    return turn or places


def _spot_bond(spot: Spot, place: Place, words: SettingWords) -> int | None:
    """How closely a place belongs to the figure; None where it is the place of something or somebody else."""
    tree, sentence = spot.tree, spot.sentence
    ahead = place.start < spot.quantity.start
    head, tail = sentence.text[: place.start - sentence.start], sentence.text[place.end - sentence.start :]
    between = between_them(sentence, place, spot.quantity)
    if _EVENT_BEHIND.match(tail):
        return 1  # "the Aleppo bomb attack"
    if place.before == "of" and any(spot.quantity.end < q.start < place.start for q in sentence.quantities):
        return None  # "two lines are damaged, leaving 700,000 residents of Goma without power"
    if (
        ":" in between
        and not ahead
        and any(spot.quantity.end < q.start < place.start for q in sentence.quantities)
    ):
        return None
    if (
        (_DISTANCE.search(head) and spot.quantity.unit != "km")
        or words.office_after.match(tail)
        or words.office_before.search(head)
    ):
        return None
    if (
        place.text.isupper()
        and not sentence.text.isupper()
        and len(place.text) > 3
        and place.start - sentence.start < 4
    ):
        return None  # a dateline
    if place.before == "from" and spot.measure.event not in _MOVES and not _FOUND.search(head):
        return None
    if place.before in ("through", "by", "for", "along") or (
        place.kind == "part" and place.before not in ("in", "on", "across")
    ):
        return None
    if place.before == "of" and re.match(r"\s(?:people|residents)\b", tail):
        return None
    fronted = ahead and opens_sentence(sentence, place)
    if (
        (SEGMENT.search(between) and not fronted)
        or still_to_come(spot)
        or (NEW_SUBJECT.search(between) and not fronted)
    ):
        return None
    if ahead and _SAME_EVENT.search(between):
        return 4  # "warplanes hit Douma, he said, adding that the attack had killed 50"
    if words.says.search(between) and not fronted:
        return None
    partitive = _OF_OTHERS.search(head)
    if partitive and not 0 <= sentence.start + partitive.start() - spot.quantity.end <= 1:
        return None
    if tree.doc is None or spot.anchor is None:
        return 5
    governor = tree.governor(place.start, place.end)
    if governor is None:
        return 5
    if tree.doc[governor].text.casefold() in words.verbs:
        if words.said_before.search(head.rstrip()) or (fronted and words.says.search(tail[:60])):
            return None
        return 5
    token = tree.at(place.end - 1)
    if not place.before and token is not None and tree.doc[token].dep_ == "dobj":
        return None  # "the crossing that separates Kobani from Turkey"
    if _speaks(tree, governor, words):
        return None
    rank = bond(spot, place, fronted, words)
    if rank is None and flows(spot, place, words):
        rank = 6
    return rank


_FOUND = re.compile(
    r"\b(?:collected|recovered|retrieved|pulled|removed|dug|brought|buried|exhumed|cleared|taken|rescued|evacuated|freed|kidnapped|abducted|"
    r"seized|looted|stolen)\b[^.;,]{0,30}\bfrom\s(?:[\w-]+\s){0,4}$",
    re.I,
)


def _speaks(tree: Tree, token: int, words: SettingWords) -> bool:
    """Whether a word stands in the name of who speaks: "the health ministry in Sanaa says"."""
    assert tree.doc is not None
    for step in tree.chain(token):
        word = tree.doc[step]
        if word.pos_ in ("VERB", "AUX") or is_event(word.lemma_) or abs(word.head.i - token) > 12:
            return False
        if word.dep_ in ("nsubj", "nsubjpass") and word.head.text.casefold() in words.verbs:
            return True
    return False


def _nested(place: Place, places: list[Place], sentence: Sentence) -> bool:
    """Whether a place only tells where another one lies: "the Zamzam camp near El Fasher"."""
    for other in places:
        if other.end < place.start and SPECIFICITY[other.kind] >= 3:
            link = sentence.text[other.end - sentence.start : place.start - sentence.start]
            if _WITHIN.fullmatch(link) or _LISTED_IN.fullmatch(link):
                return True
            if (
                link in (", ", ", in ")
                and place.kind in ("region", "area", "district")
                and other.kind != place.kind
            ):
                return True  # "in Casitas, Texistepeque jurisdiction"
    return False
