"""When and where: binds the periods and places of a text to its figures.

A sentence may name several periods. The parse says which clause each belongs to: "three were killed on
Monday and five on Tuesday". The day on a verb of saying is nobody's. Where a sentence names none, a figure
takes the period of the sentence before only where it plainly goes on with it: "Of these, six …", "In those
two days …". What is left open here may still be filled from the figure's incident, or from the dateline;
`claims` does that, and says so.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace
from functools import cache, lru_cache
from typing import NamedTuple

from conflictstats.codebook import Codebook
from conflictstats.periods import Period, find_periods
from conflictstats.places import SPECIFICITY, Place, find_places
from conflictstats.records import Article, Document, Measure, Quantity, Sentence, Setting
from conflictstats.wars import wars_of


class Scene(NamedTuple):
    """Every period and place of an article, in order."""

    periods: tuple[Period, ...]
    places: tuple[Place, ...]


def scene_of(document: Document, codebook: Codebook) -> Scene:
    """The periods and places of an article; found once, asked for by each of its figures."""
    wars = wars_of(document, codebook)
    countries = tuple(dict.fromkeys(code for war in wars for code in codebook.wars[war].countries))
    return _scene(document.article, wars[0] if wars else None, countries, codebook)


@lru_cache(maxsize=16)
def _scene(article: Article, conflict: str | None, countries: tuple[str, ...], codebook: Codebook) -> Scene:
    periods = find_periods(article.text, article.published, codebook, conflict)
    places = find_places(article.text, codebook, countries)
    return Scene(
        tuple(p for p in periods if p.start >= article.body_start),
        tuple(p for p in places if p.start >= article.body_start),
    )


def read_setting(
    quantity: Quantity, measure: Measure, sentence: Sentence, document: Document, codebook: Codebook
) -> Setting:
    """When and where what a figure counts took place, as far as its sentence or the one before says."""
    scene = scene_of(document, codebook)
    words = _words(codebook)
    spot = _Spot(quantity, measure, sentence, _Tree(sentence))
    setting = Setting()
    period, how = _read_period(spot, scene, document, words)
    if period is not None:
        basis = "stated" if sentence.start <= period.start < sentence.end and not period.anaphoric else "carried"
        setting = replace(
            setting,
            period_start=period.first,
            period_end=period.last,
            period_text=period.text,
            period_basis=basis if period.first is not None else "none",
            cumulative=period.cumulative,
            evidence=(f"period: {basis} ← {period.text!r} ({how})",),
        )
    place, basis, how = _read_place(spot, scene, document, words)
    if place is not None:
        setting = replace(
            setting,
            place=place.text,
            place_id=place.place_id,
            region=place.region,
            country=place.country,
            lat=place.lat,
            lon=place.lon,
            place_basis=basis,
            evidence=(*setting.evidence, f"place: {basis} ← {place.text!r} ({how})"),
        )
    return setting


# ---- the parse ------------------------------------------------------------------------------------


class _Tree:
    """The parse of a sentence by the article's offsets; empty where the sentence has none."""

    __slots__ = ("doc", "starts")

    def __init__(self, sentence: Sentence) -> None:
        self.doc = sentence.doc
        self.starts = sentence.starts

    def at(self, offset: int) -> int | None:
        """The token at an offset of the article."""
        if self.doc is None or not self.starts:
            return None
        return max(0, bisect_right(self.starts, offset) - 1)

    def chain(self, token: int) -> list[int]:
        """A token and what it hangs on, up to the root."""
        assert self.doc is not None
        out = [token]
        while self.doc[out[-1]].head.i != out[-1]:
            out.append(self.doc[out[-1]].head.i)
        return out

    def governor(self, start: int, end: int) -> int | None:
        """The word that a stretch of the text hangs on, prepositions left out."""
        first, last = self.at(start), self.at(end - 1)
        if first is None or last is None or self.doc is None:
            return None
        inside = range(first, last + 1)
        for token in inside:
            head = self.doc[token].head.i
            if head not in inside or head == token:
                while self.doc[head].pos_ == "ADP" and self.doc[head].head.i != head and head not in inside:
                    head = self.doc[head].head.i
                return head
        return None

    def verb(self, token: int) -> int:
        """The verb of the clause that a token stands in."""
        assert self.doc is not None
        for step in self.chain(token):
            if self.doc[step].pos_ in ("VERB", "AUX") and self.doc[step].dep_ not in ("aux", "auxpass", "amod", "compound"):
                return step
        return self.chain(token)[-1]


class _Spot(NamedTuple):
    """A figure where it stands."""

    quantity: Quantity
    measure: Measure
    sentence: Sentence
    tree: _Tree

    @property
    def anchor(self) -> int | None:
        """Where the figure hangs in the parse: its own noun, or its number."""
        if self.measure.noun_token is not None:
            return self.measure.noun_token
        return self.tree.at(self.quantity.number_start)


# ---- the day of saying ----------------------------------------------------------------------------


class _Words(NamedTuple):
    """The calendar's words, as patterns."""

    said_before: re.Pattern[str]
    said_after: re.Pattern[str]
    statement_before: re.Pattern[str]
    verbs: frozenset[str]


@cache
def _words(codebook: Codebook) -> _Words:
    verbs = codebook.calendar["verbs of saying"].names
    forms = sorted({form for verb in verbs for form in _forms(verb)}, key=len, reverse=True)
    said = "|".join(map(re.escape, forms))
    nouns = "|".join(re.escape(n) + "s?" for n in codebook.calendar["nouns of saying"].names)
    return _Words(
        re.compile(
            rf"\b(?:{said})\b(?:\s(?:\w+ly|also|again|later|earlier|late|early))*"
            rf"(?:\s(?:reporters|journalists|parliament|lawmakers|state\s(?:television|TV|media)|the\s\w+(?:\s\w+)?|a\s\w+(?:\s\w+)?|[A-Z]\w+|"
            rf"(?:his|her|its|their)\s\w+))?"
            rf"(?:\s(?:in|at|on|to|via|during|through|by|from|with)\s(?:(?:a|an|the|its|his|her|their|state|social)\s)?[\w'’-]+(?:\s[\w'’-]+){{0,3}})?"
            rf"(?:\s(?:late|early|earlier|later))?(?:\s(?:on|in|over))?$"
        ),
        re.compile(rf"^,?\s(?:(?:he|she|it|they|also|again|has|had|the\s\w+)\s)*(?:{said})\b", re.I),
        re.compile(rf"\b(?:{nouns}|published|released|issued|posted|aired|dated|according\sto\s[\w\s]{{1,40}})(?:\s(?:late|early))?(?:\s(?:on|from|of|in))?$", re.I),
        frozenset(verbs),
    )


def _forms(verb: str) -> tuple[str, ...]:
    irregular = {"say": "said", "tell": "told", "write": "wrote", "speak": "spoke", "broadcast": "broadcast"}
    stem = verb[:-1] if verb.endswith("e") else verb
    if verb in irregular:
        past = irregular[verb]
    elif verb.endswith("y") and verb[-2] not in "aeou":
        past = verb[:-1] + "ied"
    elif verb == "admit":
        past = "admitted"
    else:
        past = stem + "ed"
    third = verb[:-1] + "ies" if verb.endswith("y") and verb[-2] not in "aeou" else verb + ("es" if verb.endswith(("s", "sh", "ss")) else "s")
    return verb, past, third, stem + "ing"


def _of_saying(period: Period, sentence: Sentence, tree: _Tree, words: _Words) -> bool:
    """Whether a period tells when something was said, not when it happened."""
    text = sentence.text
    start, end = period.start - sentence.start, period.end - sentence.start
    before = text[:start].rstrip()
    if words.said_before.search(before) or words.said_after.search(text[end:]):
        return True
    return bool(words.statement_before.search(before))


# ---- when -----------------------------------------------------------------------------------------


def _read_period(spot: _Spot, scene: Scene, document: Document, words: _Words) -> tuple[Period | None, str]:
    """The period of a figure, and how it was found."""
    sentence = spot.sentence
    own = [
        p
        for p in scene.periods
        if sentence.start <= p.start < sentence.end and not _of_saying(p, sentence, spot.tree, words)
    ]
    ranked = sorted((rank, abs(p.start - spot.quantity.start), p.start) for p in own if (rank := _bond(spot, p)) is not None)
    if ranked:
        chosen = next(p for p in own if p.start == ranked[0][2])
        return chosen, _BONDS[ranked[0][0]]
    if own:
        return None, ""
    return _carried(spot, scene, document, words)


_BONDS = ("its own words", "its clause", "the clause above", "a clause of its clause", "in front of the sentence", "the clause beside")
_BREAK = re.compile(r";|\.\s|\bbut\b|\bwhile\b|\bwhereas\b|\bthough\b|\balthough\b|\bcompared\b|\bup from\b|\bdown from\b|\bagainst\b")
_OWN_EARLIER = re.compile(r"\b(?:earlier|previously|before|at first|initially)\b(?!\s(?:on|today|this|that|the))", re.I)


def _bond(spot: _Spot, period: Period) -> int | None:
    """How closely a period of the sentence belongs to the figure; None where it belongs to another."""
    tree, sentence = spot.tree, spot.sentence
    between = document_between(sentence, period, spot.quantity)
    fronted = _fronted(sentence, period)
    if tree.doc is None or spot.anchor is None:
        return 4 if fronted else (None if _BREAK.search(between) else 5)
    governor = tree.governor(period.start, period.end)
    if governor is None:
        return 4 if fronted else 5
    chain = tree.chain(spot.anchor)
    number = tree.at(spot.quantity.number_start)
    if governor in (spot.anchor, number):
        return 0
    verb, own = tree.verb(governor), tree.verb(spot.anchor)
    doc = tree.doc
    if governor in chain:
        return 1 if doc[governor].pos_ in ("VERB", "AUX") or chain.index(governor) <= 3 else 2
    if verb == own:
        return 1
    if fronted:
        return 4
    if verb in chain:
        return 2
    if own in tree.chain(verb):
        return 3
    # clauses side by side: what stands in front of the first covers the second
    if period.start < spot.quantity.start:
        shared = doc[own].dep_ == "conj" and not any(child.dep_ in ("nsubj", "nsubjpass", "mark") for child in doc[own].children)
        early = tree.at(period.start)
        if shared or (early is not None and early < verb):
            return 5
        return None
    return 5 if not _BREAK.search(between) else None


def document_between(sentence: Sentence, period: Period, quantity: Quantity) -> str:
    """The words between a period and a figure."""
    first, last = sorted(((period.start, period.end), (quantity.start, quantity.end)))
    return sentence.text[first[1] - sentence.start : last[0] - sentence.start]


def _fronted(sentence: Sentence, period: Period) -> bool:
    """Whether a period opens its sentence."""
    ahead = sentence.text[: period.start - sentence.start]
    return not re.search(r"\w{3,}.*\w{3,}.*\w", re.sub(r"^\W*(?:\d[\d:.]*\W+)?(?:and|but|meanwhile|also|then|however|in addition)?,?\s*", "", ahead, flags=re.I))


_GOES_ON = re.compile(
    r"^\W*(?:(?:all|both|none|some|half|most|one|two|three|\w+)\s+of\s+(?:them|these|those|the\s(?:dead|wounded|injured|victims))\b"
    r"|of\s(?:these|them|those)\b|among\s(?:them|these|the\sdead)\b|in\saddition\b|besides\b|also\b|another\b|a\sfurther\b|as\sa\s(?:result|consequence)\b"
    r"|(?:he|she|it)\slists\b|the\s(?:barrage|attack|strike|raid|shelling|salvo|bombardment)\s(?:consisted|included|involved|comprised))",
    re.I,
)
_PART_OF_THEM = re.compile(r"\b(?:of\s(?:them|these|those|the\s(?:dead|wounded|injured|victims|killed))|among\s(?:them|these|those|the\s(?:dead|wounded|victims)))\b", re.I)


def _carried(spot: _Spot, scene: Scene, document: Document, words: _Words) -> tuple[Period | None, str]:
    """The period of the sentence before, where the figure plainly goes on with it."""
    index = spot.sentence.index
    if index == 0:
        return None, ""
    before = document.sentences[index - 1]
    theirs = [
        p
        for p in scene.periods
        if before.start <= p.start < before.end and not _of_saying(p, before, _Tree(before), words)
    ]
    if not theirs or len({(p.first, p.last) for p in theirs}) != 1:
        return None, ""
    period = theirs[0]
    if period.first is None:
        return None, ""
    text = spot.sentence.text
    if _GOES_ON.search(text):
        return period, "goes on with the sentence before"
    if _PART_OF_THEM.search(text):
        return period, "a part of what the sentence before counts"
    return None, ""


# ---- where ----------------------------------------------------------------------------------------


def _read_place(
    spot: _Spot, scene: Scene, document: Document, words: _Words
) -> tuple[Place | None, str, str]:
    """The most specific place named for what is counted; none where several are equally specific."""
    sentence = spot.sentence
    own = [p for p in scene.places if sentence.start <= p.start < sentence.end]
    if not own:
        return None, "none", ""
    best = max(SPECIFICITY[p.kind] for p in own)
    top = [p for p in own if SPECIFICITY[p.kind] == best]
    if len({p.place_id or p.text for p in top}) == 1:
        return top[0], "stated", "its sentence"
    return None, "none", ""
