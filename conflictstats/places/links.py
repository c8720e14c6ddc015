"""How English nests places: "Rohan, a village on the outskirts of Kharkiv", "the Damascus suburb of Daraya".

A *link* is what stands between two names. It either says that the first lies in or by the second, or that
the second is a part of the first. Only its form counts, so that it holds for names that nobody has listed.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from conflictstats.codebook import Codebook

_COMPASS = r"(?:north|south|east|west)(?:[\s-]?(?:east|west))?(?:ern)?"
_MEASURE = (
    r"(?:(?:just|only|about|around|some|roughly|nearly|almost|less\sthan|more\sthan)\s)*"
    r"(?:(?:\d[\d.,]*|a\sfew|several|[a-z]+)[\s-]?(?:kilomet(?:er|re)s?|kms?|miles?|met(?:er|re)s?|m)(?:\s\([^)]{2,20}\))?\s(?:away\s)?)"
)
_WHERE = (
    rf"(?:in|of|near|outside|inside|on|off|at|along|around|within|beyond|by|beside|straddling|overlooking|bordering|close\sto|next\sto|"
    rf"adjacent\sto|opposite|not\sfar\sfrom|(?:(?:to|in|on)\sthe\s)?(?:far\s)?{_COMPASS}(?:\spart)?(?:\sof)?|from|towards)"
)
# What may stand in front of the second name: small words but for those that begin something new, and
# nationalities: "the Israeli-annexed", "Mozambique's northern", "Ukraine's second city,".
_NEW = (
    r"(?:was|were|is|are|am|be|been|has|have|had|and\s(?:on|in|at|by|then|later|also)|but|who|whom|whose|which|that|when|where|while|after|"
    r"before|as|said|says|killed|killing|wounded|wounding|injured|injuring|leaving|left|by|with|for|from|to|into|during|against|between|"
    r"in|on|at|near|over|today|yesterday|overnight|amid|since|until|because|told|them|him|her|us|it|he|she|they|we)"
)
_WORD = rf"(?:(?!{_NEW}\b)[a-z][a-z’'-]*|[A-Z][\w’'-]*(?:['’]s|s['’]|an|ese|ish|i|-[a-z]+)|border\swith|(?:road|highway|way)\s(?:to|from|between))"
_ROLE = r"(?:cit(?:y|ies)|capital|towns?|villages?|ports?|provinces?|regions?|states?|strongholds?|bastions?|hubs?|suburbs?)"


class Links(NamedTuple):
    """The forms of a link, as patterns of all of it."""

    forward: re.Pattern[str]
    back: re.Pattern[str]
    either: re.Pattern[str]

    def lies_in(self, link: str) -> bool:
        """Whether what follows tells where the place in front lies: "X, 20 km west of Goma"."""
        return len(link) < 120 and self.forward.fullmatch(link) is not None

    def has_part(self, link: str) -> bool:
        """Whether the second is a part of the first: "Homs province's Talbiseh", "the Aleppo suburb of X"."""
        return len(link) < 60 and self.back.fullmatch(link) is not None

    def says_either(self, link: str) -> bool:
        """Whether the words can mean both: "the Daraya suburb of Damascus", "the Damascus suburb of Daraya"."""
        return len(link) < 40 and self.either.fullmatch(link) is not None


@cache
def links(codebook: Codebook) -> Links:
    """The links, made of the codebook's words for kinds of places."""
    lists = codebook.placewords
    words = {
        word
        for name in ("settlement", "district", "site", "region", "about", "titles")
        for word in lists[name].names
    }
    kinds = "|".join(re.escape(word).replace(r"\ ", r"\s") for word in sorted(words, key=len, reverse=True))
    own = rf"(?:(?:\s(?:{_COMPASS}|rural|local|government|residential|industrial))*\s(?:{kinds})){{0,2}}"
    lies = (
        r"(?:,?\s(?:(?:also|both|all|located|situated|lying|right|just|back)\s)*"
        rf"|,\s(?:a|an|the|its|once|part\sof)\s(?:(?:{_WORD}|[A-Z][\w’-]+)\s){{0,6}}?|,?\s(?:which|that)\s(?:is|lies)\s(?:located\s)?)"
    )
    forward = rf"{own}{lies}(?:{_MEASURE})?{_WHERE}\s(?:{_WORD}\s){{0,6}}?(?:{_ROLE},\s)?"
    back = rf"(?:(?:['’]s?)?\s(?:{_WORD}\s){{0,3}}(?:{_ROLE}|{kinds})s?(?:\sof)?\s(?:the\s)?|(?:\s(?:{kinds}))?['’]s?\s(?:{_WORD}\s){{0,4}})"
    return Links(
        re.compile(forward), re.compile(back, re.I), re.compile(rf"\s(?:{kinds})s?\sof\s(?:the\s)?", re.I)
    )
