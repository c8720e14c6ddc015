"""Where: the most specific place named for what a figure counts; none where several are equally specific."""

from __future__ import annotations

import re
from dataclasses import replace

from conflictstats.bonds import (
    NEW_SUBJECT,
    SEGMENT,
    SettingWords,
    between_them,
    bond,
    flows,
    opens_sentence,
    still_to_come,
)
from conflictstats.clauses import EVENT, Spot, Tree, is_event
from conflictstats.gazetteer import SPECIFICITY
from conflictstats.places import Place
from conflictstats.records import Basis, Document, Sentence
from conflictstats.scene import Scene

_MOVES = frozenset(("displaced", "released", "advanced", "captured"))
_DISTANCE = re.compile(
    r"\b(?:km|kms|kilomet(?:er|re)s?|miles?|met(?:er|re)s?|m)\)?\s(?:\(\d+\s\w+\)\s)?(?:(?:to\sthe\s)?(?:north|south|east|west)\w*\s)?(?:away\s)?"
    r"(?:from|of|to|off|inside|outside|beyond)\s(?:[\w’'-]+\s){0,5}$",
    re.I,
)
_WITHIN = re.compile(
    r",?\s(?:(?:a|an|the)\s(?:\w+\s){1,3})?(?:also\s)?(?:near|in|of|outside|close\sto|north\sof|south\sof|east\sof|west\sof)\s(?:the\s)?(?:[\w-]+\s){0,3}",
    re.I,
)
_EVENT_BEHIND = re.compile(rf"\s(?:\w+\s)?{EVENT}s?\b", re.I)
_OF_OTHERS = re.compile(r"\bof\s(?:them|whom|which|these)\s(?:[\w-]+\s){0,3}$", re.I)
_THERE = re.compile(r"\b(?:there|the\s(?:town|city|village|camp|settlement|port|island))\b", re.I)


def read_place(
    spot: Spot, scene: Scene, document: Document, words: SettingWords
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
        if len({p.place_id or p.text for p in top}) == 1 and not _listed(top[0], own, sentence):
            return top[0], "stated", "its sentence"
        return None, "none", ""
    if own or sentence.index == 0 or not _THERE.search(sentence.text):
        return None, "none", ""
    before = document.sentences[sentence.index - 1]
    earlier = [p for p in scene.places if before.start <= p.start < before.end and SPECIFICITY[p.kind] >= 4]
    if len({p.place_id or p.text for p in earlier}) == 1:
        return earlier[0], "carried", "the place of the sentence before"
    return None, "none", ""


_BESIDE = ("near", "outside", "close to", "from")
_AND = re.compile(r",?\s(?:and|or)\s(?:(?:in|on|over|at|near|against)\s)?(?:the\s)?", re.I)


def _listed(place: Place, places: list[Place], sentence: Sentence) -> bool:
    """Whether a place is one of several that the figure is of: "sent against Sumy and Kharkiv"."""
    before = sentence.text[: place.start - sentence.start]
    if re.search(r"[A-Z][\w’'-]+,?\sand\s(?:the\s)?$", before) and place.before in ("and", "between"):
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
    if place.before == "from" and spot.measure.event not in _MOVES:
        return None
    if place.before in ("through", "by", "for", "along") or (
        place.kind == "part" and place.before not in ("in", "on", "across")
    ):
        return None
    if place.before == "of" and re.match(r"\s(?:people|residents)\b", tail):
        return None
    fronted = ahead and opens_sentence(sentence, place)
    if SEGMENT.search(between) or still_to_come(spot) or (NEW_SUBJECT.search(between) and not fronted):
        return None
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
            if _WITHIN.fullmatch(link):
                return True
            if (
                link in (", ", ", in ")
                and place.kind in ("region", "area", "district")
                and other.kind != place.kind
            ):
                return True  # "in Casitas, Texistepeque jurisdiction"
    return False
