"""Which of a sentence's places only tell where another one lies: Zamzam in "the Zamzam camp near El Fasher"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from conflictstats.places import Place
from conflictstats.places.gazetteer import SPECIFICITY
from conflictstats.places.links import Links
from conflictstats.records import Sentence

_DIVISION = re.compile(
    r"\b(?:district|county|province|department|state|region|governorate|oblast|raion|krai|prefecture|territory|zone|woreda)$",
    re.I,
)
_OWN = re.compile(r"['’]s\s(?:[a-z-]+\s){0,2}")
_QUARTER = re.compile(r"\s(?:district|quarter|neighbou?rhood|suburb)$")
_LARGE = ("region", "area", "part", "sea", "country")


def innermost(places: Sequence[Place], sentence: Sentence, links: Links) -> list[Place]:
    """The places that no other of their phrase lies in.

    A phrase is read from left to right: each name lies in the next, or is what the next is a part of.
    """
    outer = [False] * len(places)
    for at, (one, other) in enumerate(pairwise(places)):
        link = sentence.text[one.end - sentence.start : other.start - sentence.start]
        if _holds(one, other, link, links):
            outer[at + 1], outer[at] = outer[at], True
        elif _lies_in(one, other, link, links, sentence):
            outer[at + 1] = True
    return [place for place, holds in zip(places, outer, strict=True) if not holds]


def _holds(one: Place, other: Place, link: str, links: Links) -> bool:
    """Whether the second is a part of the first: "Sagaing region's Depayin", "the Damascus suburb of Daraya"."""
    if _OWN.fullmatch(link) and _QUARTER.search(other.text):
        return True  # "Kherson's Dniprovskyi district", which elsewhere is the land around a town
    if SPECIFICITY[other.kind] < SPECIFICITY[one.kind] or not links.has_part(link):
        return False
    if one.kind in _LARGE:
        return SPECIFICITY[other.kind] > SPECIFICITY[one.kind] or " of " not in link
    if links.says_either(link):
        return one.kind == "capital" or one.people > other.people
    return link.startswith(("'", "’")) and other.kind in ("district", "site")


def _lies_in(one: Place, other: Place, link: str, links: Links, sentence: Sentence) -> bool:
    """Whether the second tells where the first lies."""
    if re.fullmatch(r",\s(?:in\s)?(?:the\s)?", link):
        # "in Chitunda, Muidumbe district"; two towns are a list
        division = (
            other.region is not None
            and other.region in (other.text, one.region)
            and other.text in other.region
        )
        if division and one.text != other.text and not _goes_on(other, sentence):
            return True  # "in Tame, Arauca", where the division bears the name of its capital
        if _DIVISION.search(one.text) and _DIVISION.search(other.text) and not _goes_on(other, sentence):
            return True  # "in La Mar province, Ayacucho department"
        if other.kind == "settlement" and _goes_on(other, sentence):
            return False  # "at the Ramat David base, Haifa and Acre"
        district = other.kind == "district" and one.kind == "settlement" and " " in other.text
        return district or SPECIFICITY[other.kind] < SPECIFICITY[one.kind]
    return SPECIFICITY[one.kind] >= 3 and links.lies_in(link)


def _goes_on(place: Place, sentence: Sentence) -> bool:
    """Whether a list goes on behind a place: "Kharkiv, Sumy and Odesa"."""
    return (
        re.match(
            r",?\s(?:and|or)\s(?:[A-Z]|(?:the\s)?(?:towns?|villages?|cit(?:y|ies)|settlements?)\sof\s[A-Z])|,\s[A-Z][\w’'-]*(?:,|\sand\s)\s?[A-Z]",
            sentence.text[place.end - sentence.start :],
        )
        is not None
    )
