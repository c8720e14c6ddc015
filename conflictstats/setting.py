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
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from conflictstats.codebook import Codebook
from conflictstats.periods import Period, sayings
from conflictstats.places import SPECIFICITY, Place
from conflictstats.records import Basis, Document, Measure, Quantity, Sentence, Setting
from conflictstats.scene import Scene, scene_of

if TYPE_CHECKING:
    from spacy.tokens import Token


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
        basis: Basis = (
            "stated" if sentence.start <= period.start < sentence.end and not period.anaphoric else "carried"
        )
        setting = replace(
            setting,
            period_start=period.first,
            period_end=period.last,
            period_text=period.text,
            period_basis=basis if period.first is not None else "none",
            cumulative=period.cumulative,
            evidence=(f"period: {basis} ← {period.text!r} ({how})",),
        )
    place, place_basis, how = _read_place(spot, scene, document, words)
    if place is not None:
        setting = replace(
            setting,
            place=place.text,
            place_id=place.place_id,
            region=place.region,
            country=place.country,
            lat=place.lat,
            lon=place.lon,
            place_basis=place_basis,
            evidence=(*setting.evidence, f"place: {place_basis} ← {place.text!r} ({how})"),
        )
    return setting


# ---- the parse ------------------------------------------------------------------------------------


class _Path(NamedTuple):
    """The clauses from a token up: those it stands in, those above, and those only loosely joined."""

    together: tuple[int, ...]  # its verb, and the verbs that share its subject
    above: tuple[int, ...]  # what its clause depends on
    loose: tuple[int, ...]  # beyond "and", or beyond a relative clause


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
            if self.doc[step].pos_ in ("VERB", "AUX") and self.doc[step].dep_ not in (
                "aux",
                "auxpass",
                "amod",
                "compound",
            ):
                return step
        return self.chain(token)[-1]

    def clauses(self, token: int) -> _Path:
        """The clauses that a token stands in, sorted by how closely."""
        assert self.doc is not None
        together: list[int] = []
        above: list[int] = []
        loose: list[int] = []
        now, apart = together, False
        for step in self.chain(token):
            word = self.doc[step]
            now.append(step)
            if word.pos_ not in ("VERB", "AUX") or word.dep_ in ("aux", "auxpass", "amod", "compound"):
                continue
            if word.dep_ == "conj":
                if now is not together or any(
                    c.dep_ in ("nsubj", "nsubjpass", "mark", "expl") for c in word.children
                ):
                    now = loose
            else:
                # beyond a relative clause lies another statement, unless it tells of the event itself
                apart = apart or (word.dep_ == "relcl" and not _is_event(word.head.lemma_))
                now = loose if apart else above
        return _Path(tuple(together), tuple(above), tuple(loose))

    def subject_side(self, token: int, verb: int) -> bool:
        """Whether a token stands in the subject of a verb."""
        assert self.doc is not None
        chain = self.chain(token)
        if verb not in chain or chain.index(verb) == 0:
            return False
        return self.doc[chain[chain.index(verb) - 1]].dep_ in ("nsubj", "nsubjpass")

    def beside(self, one: int, other: int) -> bool:
        """Whether two verbs are joined by "and"."""
        assert self.doc is not None
        return any(
            self.doc[a].dep_ == "conj" and self.doc[a].head.i == b for a, b in ((one, other), (other, one))
        )


def _is_event(lemma: str) -> bool:
    return bool(re.fullmatch(_EVENT, lemma, re.I))


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
    says: re.Pattern[str]
    says_too: re.Pattern[str]
    office_after: re.Pattern[str]
    office_before: re.Pattern[str]
    verbs: frozenset[str]


@cache
def _words(codebook: Codebook) -> _Words:
    forms = codebook.calendar["verbs of saying"].names
    said = "|".join(sorted(forms, key=len, reverse=True))
    offices = "|".join(map(re.escape, codebook.placewords["offices"].names))
    return _Words(
        sayings(codebook).before,
        re.compile(rf"\b(?:{said})\b(?!\s(?:the\s)?(?:lives?|responsib|\d|at\sleast|more\sthan))", re.I),
        re.compile(
            rf"\b(?:and|but)\s(?:has\s|have\s|also\s|later\s|he\s|she\s|it\s|they\s)*(?:{said})\b", re.I
        ),
        re.compile(
            rf"(?:['’]s)?\s(?:(?:regional|city|provincial|civil|military|local|health|state|district|appointed)\s)*(?:{offices})s?\b",
            re.I,
        ),
        re.compile(rf"\b(?:{offices})s?\s(?:of|in|at|for|from)\s(?:the\s)?(?:[\w-]+\s){{0,4}}$", re.I),
        frozenset(forms),
    )


def _of_saying(period: Period, sentence: Sentence, tree: _Tree, words: _Words) -> bool:
    """Whether a period tells when something was said, not when it happened."""
    text = sentence.text
    end = period.end - sentence.start
    if period.of_saying:
        return True
    if (
        period.anaphoric
        and period.kind == "day"
        and re.search(r"\b(?:toll|number|figure|count)\b", text)
        and re.search(r"later|earlier|before", period.text)
    ):
        return True  # "had put the toll at 11 in its first report and at 14 a day later"
    if period.kind != "day" or tree.doc is None:
        return False
    governor = tree.governor(period.start, period.end)
    if governor is None or tree.doc[governor].text.casefold() not in words.verbs:
        return False
    verb = tree.doc[governor]
    if verb.dep_ == "relcl":
        return True
    # "reported 20 attacks on Monday": the attacks'; "on Saturday they quoted sources as saying that": the saying's
    objects = [child for child in verb.children if child.dep_ in ("dobj", "nsubjpass")]
    clauses = any(
        child.dep_ in ("ccomp", "xcomp") or any(c.dep_ == "pcomp" for c in child.children)
        for child in verb.children
    )
    if any(not clauses or o.i < (tree.at(period.start) or 0) for o in objects):
        return False
    # "on Tuesday, the ministry said, ten died": in brackets, so that the day is free for what happened
    return not re.match(r"\s*,\s[^,]{3,60},", text[end:]) if _fronted(sentence, period) else True


# ---- when -----------------------------------------------------------------------------------------


def _read_period(spot: _Spot, scene: Scene, document: Document, words: _Words) -> tuple[Period | None, str]:
    """The period of a figure, and how it was found."""
    stated, own = _stated(spot, scene, words)
    if stated is not None:
        return stated
    if own:
        return None, ""  # its sentence names periods, but of something else
    return _carried(spot, scene, document, words)


def _stated(spot: _Spot, scene: Scene, words: _Words) -> tuple[tuple[Period, str] | None, bool]:
    """The period that the figure's own sentence gives it, and whether the sentence names any."""
    sentence = spot.sentence
    own = [p for p in scene.periods if sentence.start <= p.start < sentence.end]
    happened = [p for p in own if not _of_saying(p, sentence, spot.tree, words)]
    if not happened or _still_to_come(spot):
        return None, bool(happened) or bool(own and _compared(spot))
    if _compared(spot) or _total(spot):
        beside = [p for p in happened if 0 <= p.start - spot.quantity.end < 12]
        return ((beside[0], _BONDS[0]) if beside else None), True
    spot = _whole_of(spot)
    ranked = sorted(
        (rank, abs(p.start - spot.quantity.start), p.start)
        for p in happened
        if (rank := _bond(spot, p, happened[0] is p, words)) is not None
    )
    if not ranked and len({(p.first, p.last) for p in happened}) == 1 and _flows(spot, happened[0], words):
        ranked = [(6, 0, happened[0].start)]
    if not ranked:
        return None, True
    if len(ranked) > 1:
        ranked = _next_in_turn(ranked, spot)
    chosen = next(p for p in happened if p.start == ranked[0][2])
    return (chosen, _BONDS[ranked[0][0]]), True


def _next_in_turn(ranked: list[tuple[int, int, int]], spot: _Spot) -> list[tuple[int, int, int]]:
    """Of several periods, the one right behind the figure: "three on Monday and five on Tuesday"."""
    later = [
        q.start
        for q in spot.sentence.quantities
        if q.start > spot.quantity.start and q.kind in ("count", "percent")
    ]
    stop = min(later, default=spot.sentence.end)
    turn = [row for row in ranked if spot.quantity.end <= row[2] < stop]
    if (
        not turn
        or ranked[0] in turn
        or (
            stop == spot.sentence.end
            and not any(q.end <= spot.quantity.start for q in spot.sentence.quantities)
        )
    ):
        return ranked
    return turn


_BONDS = (
    "its own words",
    "its verb",
    "its clause",
    "the clause above",
    "a clause of its clause",
    "in front of its sentence",
    "the clause beside",
)
# A figure behind these is of another time than its sentence tells.
_OTHER_TIME = re.compile(
    r"(?:\b(?:double|twice|triple|up\sfrom|down\sfrom|compared\s(?:to|with)|in\saddition\sto|on\stop\sof|instead\sof|rather\sthan|"
    r"an?\searlier\s\w+\sof|from\san\searlier)\s(?:the\s|its\s|an?\s)?(?:previous\s|earlier\s|initial\s)?)$",
    re.I,
)
_EARLIER_FIGURE = re.compile(
    r"^\W*(?:[\w-]+\s){0,4}?(?:(?:he|she|it|they)\s)?(?:had\s)?(?:occupied|taken|seized|reported|announced|recorded|killed|given|counted)?\s?"
    r"(?:earlier|previously|before\sthat|the\s(?:previous|day\sbefore)|a\s(?:day|week|month|year)\searlier)\b",
    re.I,
)
_FUTURE = re.compile(
    r"\b(?:expects?|expected|hopes?|hoping|plans?|planning|intends?|pledge[sd]?|aims?|will|would|threaten(?:s|ed)?|may|might|could)\s"
    r"(?:to\s|bring|commit|be\s|send|deploy|strike|receive|get)?[^,.;]{0,40}$",
    re.I,
)
_SEGMENT = re.compile(r";")
_NEW_SUBJECT = re.compile(
    r"\b(?:and|but)\sthat\b|\bthe\s(?:first|last|latest|oldest|youngest)\sof\s(?:them|whom|these)\b", re.I
)


_PART = re.compile(r"^\s(?:[\w-]+\s)?(?:of|among)\s(?:them|these|those|which|whom)\b", re.I)


def _whole_of(spot: _Spot) -> _Spot:
    """For a part of a figure in the same sentence, that figure: "four were fired overnight … one of them hit"."""
    sentence, quantity = spot.sentence, spot.quantity
    if not _PART.match(sentence.text[quantity.end - sentence.start :]):
        return spot
    whole = [q for q in sentence.quantities if q.end <= quantity.start and q.kind == "count"]
    if not whole:
        return spot
    return spot._replace(quantity=whole[-1], measure=replace(spot.measure, noun_token=None))


def _compared(spot: _Spot) -> bool:
    """Whether the figure is one that the sentence's own is held against: more than double the 53 of Monday."""
    text, start, end = (
        spot.sentence.text,
        spot.quantity.start - spot.sentence.start,
        spot.quantity.end - spot.sentence.start,
    )
    return bool(_OTHER_TIME.search(text[:start])) or bool(
        _EARLIER_FIGURE.match(text[end : end + 60]) and spot.measure.aggregation != "increment"
    )


_TOTAL = re.compile(
    r"\b(?:bringing|brings|taking|takes|raising|raises|pushing|pushes)\b[^,.;]{3,60}\bto\s(?:[\w-]+\s){0,3}$",
    re.I,
)
_SINCE_THEN = re.compile(r"^[^,.;]{0,60}\bsince\s*(?:[.,;]|$)", re.I)


def _total(spot: _Spot) -> bool:
    """Whether the figure is a running total that the sentence arrives at: "bringing the toll to 34,000"."""
    text, start, end = (
        spot.sentence.text,
        spot.quantity.start - spot.sentence.start,
        spot.quantity.end - spot.sentence.start,
    )
    return bool(_TOTAL.search(text[:start]) or _SINCE_THEN.match(text[end:]))


_INTENT = frozenset(
    "expect hope plan intend aim want threaten pledge promise offer seek agree demand order prepare propose urge call need ready"
    " likely set vow warn fear".split()
)


def _still_to_come(spot: _Spot) -> bool:
    """Whether the figure is expected, wanted or feared, so that no period of the past is its own."""
    text = spot.sentence.text[: spot.quantity.start - spot.sentence.start]
    if re.search(
        r"\b(?:expects?|hopes?|plans?|intends?|aims?)(?:\sto\s\w+)?\s(?:[\w-]+\s){0,3}$", text, re.I
    ):
        return True
    doc, anchor = spot.tree.doc, spot.anchor
    if doc is None or anchor is None:
        return False
    verb = doc[spot.tree.verb(anchor)]
    if any(
        child.dep_ in ("aux", "auxpass") and child.lemma_ in ("will", "would", "shall", "may", "might", "ll")
        for child in verb.children
    ):
        return not any(child.dep_ == "aux" and child.lemma_ == "have" for child in verb.children)
    if verb.dep_ in ("xcomp", "advcl", "ccomp") and any(
        child.lower_ == "to" and child.dep_ == "aux" for child in verb.children
    ):
        return verb.head.lemma_ in _INTENT
    return any(child.dep_ == "mark" and child.lower_ in ("if", "unless") for child in verb.children)


_RELATIVE = re.compile(r",?\s(?:who|which|where)\b[^,]*$", re.I)


def _flows(spot: _Spot, period: Period | Place, words: _Words) -> bool:
    """Whether nothing in the words between keeps the only period of a sentence from a figure.

    Where the parse goes wrong: "three died and 1,409 were hurt in Oslo last month".
    """
    text, sentence = _between(spot.sentence, period, spot.quantity), spot.sentence
    if isinstance(period, Period) and period.kind == "since" and re.match(r",?\swhen\b", text):
        return False
    if _SEGMENT.search(text) or _NEW_SUBJECT.search(text) or words.says_too.search(text):
        return False
    before = sentence.text[: period.start - sentence.start]
    if period.start < spot.quantity.start:
        return not _RELATIVE.search(before)
    return not re.search(
        r"\b(?:who|which|after|before|started|began|launched|since|broke|erupted)\b", text, re.I
    )


def _bond(spot: _Spot, period: Period | Place, first: bool, words: _Words) -> int | None:
    """How closely a period of the sentence belongs to the figure; None where it belongs to another."""
    tree, sentence = spot.tree, spot.sentence
    between = _between(sentence, period, spot.quantity)
    ahead = period.start < spot.quantity.start
    if _NEW_SUBJECT.search(between):
        return 5 if ahead and (_fronted(sentence, period) or _before_its_verb(tree, period)) else None
    if ahead and words.says_too.search(between) and not _fronted(sentence, period):
        return None
    if _SEGMENT.search(between):
        return 6 if ahead else None
    fronted = first and ahead and _fronted(sentence, period)
    if tree.doc is None or spot.anchor is None:
        return 5 if fronted else 6
    governor = tree.governor(period.start, period.end)
    number = tree.at(spot.quantity.number_start)
    if governor is None or number is None:
        return 5 if fronted else 6
    if governor in (spot.anchor, number):
        return 0
    chain = tree.chain(number)
    if any(tree.at(period.start) <= token <= tree.at(period.end - 1) for token in chain):  # type: ignore[operator]
        # "on 31 December, when they sank four boats"; "since October 7, when they killed 1,200" is of that day alone
        return None if isinstance(period, Period) and period.kind == "since" else 0
    own, theirs = tree.verb(spot.anchor), tree.verb(governor)
    path = tree.clauses(number)
    if governor == own:
        return 1
    if theirs == own:
        return 2
    if theirs in path.together:
        return 1 if governor == theirs else 2
    if theirs in path.above or governor in path.above:
        return 3
    if fronted:
        return 5
    if theirs in path.loose:
        return 6 if ahead and _before_its_verb(tree, period) else None
    up = tree.clauses(governor)
    if own in up.together or own in up.above:
        return None if _begins(tree, theirs) else 4
    if own in up.loose:
        return (
            None if ahead or tree.doc[theirs].dep_ == "relcl" else 6
        )  # "one was killed and two were hurt on Sunday"
    meeting = next((token for token in path.above if token in tree.chain(governor)), None)
    if meeting is not None and ahead and tree.subject_side(governor, meeting):
        return 4  # "the toll of Monday's strike has risen to 17, after crews found three more bodies"
    common = next((token for token in chain if token in tree.chain(governor)), None)
    if common is None:
        return None
    return 6 if not ahead and tree.beside(own, theirs) else None


def _before_its_verb(tree: _Tree, period: Period | Place) -> bool:
    """Whether a period stands in front of its verb, so that it covers what follows: "on Tuesday ten were hit"."""
    governor, start = tree.governor(period.start, period.end), tree.at(period.start)
    return governor is not None and start is not None and start < tree.verb(governor)


def _begins(tree: _Tree, verb: int) -> bool:
    """Whether a clause dates the beginning of something: "the operation that was started on August 24"."""
    assert tree.doc is not None
    word = tree.doc[verb]
    return (
        word.dep_ in ("relcl", "acl")
        and _is_event(word.head.lemma_)
        and word.lemma_ in ("start", "begin", "launch", "declare", "found", "break", "erupt", "flare")
    )


def _between(sentence: Sentence, period: Period | Place, quantity: Quantity) -> str:
    """The words between a period and a figure."""
    first, last = sorted(((period.start, period.end), (quantity.start, quantity.end)))
    return sentence.text[first[1] - sentence.start : last[0] - sentence.start]


_OPENING = re.compile(
    r"^\W*(?:\d[\d:.]*\W+)?(?:(?:and|but|meanwhile|also|then|however|in\saddition|separately|earlier|only|just|already)\b,?\s*)*",
    re.I,
)


def _fronted(sentence: Sentence, period: Period | Place) -> bool:
    """Whether a period opens its sentence, up to a short phrase."""
    ahead = sentence.text[: period.start - sentence.start]
    return len(_OPENING.sub("", ahead).split()) <= 3 and not re.search(r"[;:]", ahead[5:])


# ---- carried over ---------------------------------------------------------------------------------

_ADDS = re.compile(
    r"^\W*(?:\d[\d:.]*\W+)?(?:in\saddition|besides|also|(?:he|she|it|they|the\s\w+)\salso|additionally|furthermore|moreover|another|a\sfurther|as\sa\s(?:result|consequence)|"
    r"as\sa\sresult\sof\sthe|(?:he|she|it|they)\slist(?:s|ed))\b",
    re.I,
)
_EVENT = (
    r"(?:attack|strike|airstrike|air\sstrike|raid|barrage|salvo|shelling|bombardment|blast|explosion|ambush|assault|clash|battle|bombing|"
    r"fighting|operation|incident|massacre|shooting|campaign|offensive|war|conflict|siege|crash|violence)"
)
_THE_EVENT = re.compile(
    rf"^\W*(?:the|this|that|these|those)\s(?:[\w-]+\s){{0,2}}{_EVENT}(?:s|es)?\s(?:(?:on|in|at|against|near|by|of)\s[^,]{{1,50}}\s)?(?:also\s|reportedly\s)?(?:consisted|involved|included|comprised|took\splace|"
    r"killed|wounded|injured|left|damaged|destroyed|claimed|caused|resulted|hit|targeted|lasted|came|happened|occurred)",
    re.I,
)
_THE_DEAD = re.compile(
    r"^\W*(?:the|those)\s(?:dead|victims|casualties|wounded|injured|killed|fatalities)\s(?:\w+\s){0,2}(?:include|included|were|was|also)\b",
    re.I,
)
_OTHERS = re.compile(r"^\s(?:others?|more)\b(?!\sthan\b)", re.I)
_OF_THEM = re.compile(
    r"^\s(?:of|among|amongst)\s(?:(?:them|these|those|the\s(?:dead|wounded|injured|victims|casualties|killed)))\b"
    r"|^\s(?:[\w-]+\s){0,8}?(?:were|was|are|is)\s(?:also\s)?among\s(?:them|the\s(?:dead|wounded|injured|victims|casualties|killed))\b",
    re.I,
)
_OF_THEM_AHEAD = re.compile(
    r"(?:^|\bthat\s|\bsaid\s)\W*(?:of|among)\s(?:them|these|those|the\s(?:dead|wounded|injured|victims))\b,?\s[^,.]{0,40}$",
    re.I,
)
_OF_THE = re.compile(r"^\s(?:per\scent\s|percent\s)?of\sthe\s(?:\w+\s)?(?P<noun>\w+)", re.I)
_ELIDED = re.compile(
    r"^\s(?:one\s)?(?:were|was|have|had|has|died|got|hit|fell|landed|reached|did)\b(?!\sstill)", re.I
)
_NESTED = re.compile(
    r"\b(?:after|amid|following|wake|response|since|despite|before|because|retaliation|revenge|reply|ahead|anniversary|scheduled|talks)\b",
    re.I,
)
_WHOLES = frozenset(
    ("casualties", "victims", "dead", "deaths", "killed", "wounded", "injured", "losses", "total")
)
_OUTCOMES = frozenset(
    ("killed", "wounded", "casualties", "damaged", "destroyed", "missing", "captured", "launched", "hit")
)


def _carried(spot: _Spot, scene: Scene, document: Document, words: _Words) -> tuple[Period | None, str]:
    """The period of the sentence before, where the figure plainly goes on with it."""
    index = spot.sentence.index
    if index == 0:
        return None, ""
    before, sentence = document.sentences[index - 1], spot.sentence
    period = _period_of(before, scene, words)
    if period is None or _compared(spot) or _still_to_come(spot) or _total(spot):
        return None, ""
    text = sentence.text
    opening = next(
        (q for q in sentence.quantities if q.kind in ("count", "percent", "measure")), spot.quantity
    )
    at, end = opening.start - sentence.start, opening.end - sentence.start
    counted = [q for q in before.quantities if q.kind in ("count", "measure", "percent")]
    if _ADDS.search(text):
        return period, "goes on with the sentence before"
    if _THE_EVENT.search(text):
        return period, "the event of the sentence before"
    if _THE_DEAD.search(text):
        return period, "the victims of the sentence before"
    if counted:
        if _OTHERS.match(text[end:]) and not _new_source(text[:at], words):
            return period, "adds to what the sentence before counts"
        if _OF_THEM.search(text[end:]) or _OF_THEM_AHEAD.search(text[:at]):
            return period, "a part of what the sentence before counts"
        if _ELIDED.match(text[end:]) or (opening.text.casefold() == "no" and text[end:].startswith(" one ")):
            return period, "what the sentence before counts"
        whole = _OF_THE.match(text[end:])
        if (
            whole
            and opening.best != 1
            and (
                whole["noun"].casefold().rstrip("s") in before.text.casefold()
                or whole["noun"].casefold() in _WHOLES
            )
        ):
            return period, "a part of what the sentence before counts"
        if re.search(r"\bthe\s(?:death\s)?toll\b", text, re.I) and re.search(
            r"\b(?:toll|killed|dead)\b", before.text, re.I
        ):
            return period, "the toll of the sentence before"
        if _adds_up(sentence, before):
            return period, "adds up to what the sentence before counts"
    if (
        period.kind == "since"
        or period.cumulative
        or _NESTED.search(before.text[: period.start - before.start])
    ):
        return None, ""
    if _APART.search(text) or spot.measure.aggregation == "stock":
        return None, ""
    if (
        spot.measure.event in _OUTCOMES
        and _undergone(spot)
        and not (counted and _new_source(text[:at], words))
    ):
        return period, "the outcome of the sentence before"
    if (
        sentence.paragraph == before.paragraph
        and _same_speaker(text, before.text, words)
        and not _present(spot)
    ):
        return period, "the same speaker goes on"
    return None, ""


# The sentence turns to something else.
_APART = re.compile(
    r"^\W*(?:meanwhile|separately|elsewhere|later|earlier|in\scontrast|by\scontrast|at\sthe\ssame\stime|in\sanother|however)\b"
    r"|\b(?:denied|denies|rejected|rejects|dismissed|disputed|earlier|previously|still|so\sfar|now)\b",
    re.I,
)
_SAME_SPEAKER = re.compile(
    r"^\W*(?:he|she|it|they)\s(?:also\s|further\s)?(?:said|says|added|adds|reported|wrote|noted|stated|claimed)\b|,\s(?:he|she|it|they)\s(?:said|says|added|adds|wrote|noted)\b",
    re.I,
)


_SPEAKER = re.compile(
    r"\b(?:(?P<who>the\s[\w’'-]+(?:\s[\w’'-]+)?)|(?P<name>[A-Z][\w’'-]+))\s(?:also\s)?(?:said|says|added|adds|noted|reported)\b"
)


def _same_speaker(text: str, before: str, words: _Words) -> bool:
    """Whether a sentence's speaker is that of the sentence before: a pronoun, or the same words."""
    if _SAME_SPEAKER.search(text):
        return True
    spoken = _SPEAKER.search(text)
    if spoken is None:
        return False
    who = (spoken["who"] or spoken["name"]).split()[-1]
    return bool(re.search(rf"\b{re.escape(who)}\b", before, re.I)) and bool(
        words.says.search(before) or "according to" in before
    )


def _new_source(ahead: str, words: _Words) -> bool:
    """Whether somebody else opens the sentence."""
    return bool(words.says.search(ahead) or re.search(r"\baccording\sto\b", ahead, re.I)) and not re.match(
        r"\W*(?:he|she|it|they)\s", ahead, re.I
    )


def _present(spot: _Spot) -> bool:
    """Whether the figure's verb is in the present: a state, not what happened then."""
    doc, anchor = spot.tree.doc, spot.anchor
    if doc is None or anchor is None:
        return False
    verb = doc[spot.tree.verb(anchor)]
    finite = [verb, *(child for child in verb.children if child.dep_ in ("aux", "auxpass"))]
    return any(token.tag_ in ("VBZ", "VBP", "MD") and token.lemma_ != "have" for token in finite)


def _undergone(spot: _Spot) -> bool:
    """Whether the figure is the subject of its clause, with no other actor: "one passer-by was killed"."""
    doc, anchor = spot.tree.doc, spot.anchor
    if doc is None or anchor is None:
        return False
    while doc[anchor].head.i != anchor and (
        (
            doc[anchor].dep_ in ("conj", "nummod", "appos")
            and doc[anchor].head.pos_ in ("NOUN", "PROPN", "NUM", "PRON")
        )
        or (doc[anchor].dep_ in ("pobj", "dobj") and doc[anchor].head.lower_ == "including")
        or doc[anchor].lower_ == "including"
    ):
        anchor = doc[anchor].head.i
    if doc[anchor].dep_ not in ("nsubj", "nsubjpass") or _present(spot):
        return False
    verb = doc[anchor].head
    passive = (
        doc[anchor].dep_ == "nsubjpass"
        or verb.tag_ == "VBN"
        or verb.lemma_ in ("die", "perish", "suffer", "sustain", "receive")
    )
    return passive and not any(
        child.dep_ == "prep" and child.lower_ == "in" and _definite(child) for child in verb.children
    )


def _definite(preposition: Token) -> bool:
    """Whether "in the operation" follows: a deed of its own."""
    return any(_is_event(noun.lemma_) for noun in preposition.children)


def _period_of(sentence: Sentence, scene: Scene, words: _Words) -> Period | None:
    """The one dated period that a sentence gives its figures, or its event where it has none."""
    tree = _Tree(sentence)
    own = [
        p
        for p in scene.periods
        if sentence.start <= p.start < sentence.end and not _of_saying(p, sentence, tree, words)
    ]
    if not own or own[0].first is None or len({(p.first, p.last) for p in own}) != 1:
        return None
    return own[0]


def _adds_up(sentence: Sentence, before: Sentence) -> bool:
    """Whether the figures of a sentence, from the first on, add up to one of the sentence before."""
    wholes = {q.best for q in before.quantities if q.kind == "count" and q.best > 1}
    total = 0.0
    for number, quantity in enumerate(q for q in sentence.quantities if q.kind == "count"):
        total += quantity.best
        if number and total in wholes:
            return True
    return False


# ---- where ----------------------------------------------------------------------------------------

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
_EVENT_BEHIND = re.compile(rf"\s(?:\w+\s)?{_EVENT}s?\b", re.I)
_OF_OTHERS = re.compile(r"\bof\s(?:them|whom|which|these)\s(?:[\w-]+\s){0,3}$", re.I)
_THERE = re.compile(r"\b(?:there|the\s(?:town|city|village|camp|settlement|port|island))\b", re.I)


def _read_place(
    spot: _Spot, scene: Scene, document: Document, words: _Words
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


def _in_turn(places: list[tuple[Place, int]], spot: _Spot) -> list[tuple[Place, int]]:
    """Of several places, the figure's own: "64 over the Moscow region, 108 over the Kursk region"."""
    if len(places) < 2:
        return places
    later = [q.start for q in spot.sentence.quantities if q.start > spot.quantity.start]
    stop = min(later, default=spot.sentence.end)
    turn = [pair for pair in places if spot.quantity.end <= pair[0].start < stop]
    return turn or places


def _spot_bond(spot: _Spot, place: Place, words: _Words) -> int | None:
    """How closely a place belongs to the figure; None where it is the place of something or somebody else."""
    tree, sentence = spot.tree, spot.sentence
    ahead = place.start < spot.quantity.start
    head, tail = sentence.text[: place.start - sentence.start], sentence.text[place.end - sentence.start :]
    between = _between(sentence, place, spot.quantity)
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
    fronted = ahead and _fronted(sentence, place)
    if _SEGMENT.search(between) or _still_to_come(spot) or (_NEW_SUBJECT.search(between) and not fronted):
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
    rank = _bond(spot, place, fronted, words)
    if rank is None and _flows(spot, place, words):
        rank = 6
    return rank


def _speaks(tree: _Tree, token: int, words: _Words) -> bool:
    """Whether a word stands in the name of who speaks: "the health ministry in Sanaa says"."""
    assert tree.doc is not None
    for step in tree.chain(token):
        word = tree.doc[step]
        if word.pos_ in ("VERB", "AUX") or _is_event(word.lemma_) or abs(word.head.i - token) > 12:
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
