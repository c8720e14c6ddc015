"""The period of the sentence before, for a figure that plainly goes on with it: "Of these, six …"."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from conflictstats.lists import head_of_list, in_list
from conflictstats.periods import Period
from conflictstats.records import Document, Quantity, Sentence
from conflictstats.setting.bonds import SettingWords, opens_sentence, still_to_come
from conflictstats.setting.clauses import EVENT, Spot, is_event, tree_of
from conflictstats.setting.othertimes import compared, is_total, of_saying
from conflictstats.setting.scene import Scene

if TYPE_CHECKING:
    from spacy.tokens import Token

_ADDS = re.compile(
    r"^\W*(?:\d[\d:.]*\W+)?(?:in\saddition|in\s(?:total|all)|altogether|all\stold|besides|also|(?:he|she|it|they|the\s\w+)\salso|additionally|furthermore|moreover|another|a\sfurther|as\sa\s(?:result|consequence)|"
    r"as\sa\sresult\sof\sthe|(?:he|she|it|they)\slist(?:s|ed))\b",
    re.I,
)
_THE_EVENT = re.compile(
    rf"^\W*(?:(?:\w+ly|sadly|alas|unfortunately|as\sa\sresult),?\s)?(?:the|this|that|these|those)\s(?:[\w-]+\s){{0,2}}(?:{EVENT}|bomb|missile|rocket|shell|device|mine|drone)(?:s|es)?\s(?:(?:on|in|at|against|near|by|of|packed|laden|loaded|fired|dropped|planted|hidden)\s[^,]{{1,50}}\s)?(?:also\s|reportedly\s)?(?:led\sto|consisted|involved|included|comprised|took\splace|"
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
    r"(?:^|\bthat\s|\bsaid\s)\W*(?:of|among)\s(?:them|these|those|(?:that|this)\s(?:number|total|figure)|the\s(?:dead|wounded|injured|victims))\b,?\s[^,.]{0,40}$",
    re.I,
)
_OF_THE = re.compile(r"^\s(?:per\scent\s|percent\s)?of\sthe\s(?:\w+\s)?(?P<noun>\w+)", re.I)
_ELIDED = re.compile(
    r"^\s(?:one\s)?(?:were|was|have|had|has|died|got|hit|fell|landed|reached|did)\b(?!\sstill)", re.I
)
_IN_AN_EVENT = re.compile(
    rf"\b(?:in|by|during)\s(?:a|an|one|another|a\ssingle)\s(?:[\w-]+\s){{0,3}}{EVENT}\b", re.I
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


def carried_period(
    spot: Spot, scene: Scene, document: Document, words: SettingWords
) -> tuple[Period | None, str]:
    """The period of the sentence before, where the figure plainly goes on with it."""
    index = spot.sentence.index
    if index == 0:
        return None, ""
    item = _of_its_item(spot, scene, document, words)
    if item is not None:
        return item, "the day that its line opens with"
    before, sentence = document.sentences[index - 1], spot.sentence
    head = head_of_list(sentence, document)
    above = _period_of(head, scene, words) if head is not None else None
    if above is not None and not still_to_come(spot) and spot.measure.aggregation != "stock":
        return above, "the line above its list"
    period = _period_of(before, scene, words) or _handed_on(before, scene, document, words)
    if period is None or compared(spot) or still_to_come(spot) or is_total(spot):
        return None, ""
    if period.kind == "since" and _ONGOING.search(before.text) and _to_this_day(spot):
        return period, "the war of the sentence before"
    text = sentence.text
    opening = next(
        (q for q in sentence.quantities if q.kind in ("count", "percent", "measure")), spot.quantity
    )
    at, end = opening.start - sentence.start, opening.end - sentence.start
    counted = [q for q in before.quantities if q.kind in ("count", "measure", "percent")]
    of_them = bool(counted) and _OF_THEM_AHEAD.search(text[:at]) is not None
    if spot.quantity.unit != "percent" and not of_them and _present(spot, ("be", "remain")):
        return None, ""  # "32 are believed to be in their hands": now
    if spot.measure.aggregation == "stock" and _present(spot, ("be", "remain")):
        return None, ""  # "of them, 2,600 are still missing"
    if counted and _up_to_now(spot, period, document):
        return None, ""  # "of these, 3,581 have been freed": in all the years since
    if period.cumulative and _IN_AN_EVENT.search(text):
        return None, ""  # "seven of the victims died in a drone strike": of one event
    if _ADDS.search(text) and spot.measure.aggregation != "stock":
        return period, "goes on with the sentence before"
    if _THE_EVENT.search(text):
        return period, "the event of the sentence before"
    if (
        _NO_VERB.fullmatch(text)
        and not period.cumulative
        and "\n" not in document.article.text[before.end : sentence.start]
    ):
        return period, "what the sentence before tells of"
    if _THE_DEAD.search(text):
        return period, "the victims of the sentence before"
    if counted:
        if (
            _OTHERS.match(text[end:])
            and spot.measure.aggregation != "stock"
            and not _new_source(text[:at], words)
        ):
            return period, "adds to what the sentence before counts"
        if of_them or _OF_THEM.search(text[end:]):
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
        if (
            not _new_source(text[:at], words)
            and re.search(r"\bthe\s(?:death\s)?toll\b", text, re.I)
            and re.search(r"\b(?:toll|killed|dead)\b", before.text, re.I)
        ):
            return period, "the toll of the sentence before"
        if _adds_up(sentence, before) and not _new_source(text[:at], words):
            return period, "adds up to what the sentence before counts"
    if (
        period.kind == "since"
        or period.cumulative
        or (period.anaphoric and period.kind == "range")  # "in three days": of that figure alone
        or _NESTED.search(re.split(r"[:;]\s", before.text[: period.start - before.start])[-1])
    ):
        return None, ""
    if _of_that_volley(spot, before):
        return period, "what became of the volley of the sentence before"
    if (
        counted
        and _recounts(spot.quantity, sentence)
        and spot.measure.event != "deployed"
        and not text.startswith("Later")
    ):
        return period, "another count of what the sentence before counts"
    if _APART.search(text) or spot.measure.aggregation == "stock":
        return None, ""
    if _in_that_event(sentence, before):
        return period, "the event of the sentence before"
    if _they_did(spot):
        return period, "what those of the sentence before did"
    if (
        spot.measure.event in _OUTCOMES
        and _undergone(spot)
        and not (counted and _new_source(text[:at], words))
        and not _has_occasion(spot)
        and not _OPENS_ELSEWHERE.match(text)
    ):
        return period, "the outcome of the sentence before"
    return None, ""


# "Police at the time gave the number of dead as 15", "The governor had first spoken of three"
_RECOUNTS = re.compile(
    r"\b(?:number|count|figure|toll|tally|dead|injured|wounded|missing|losses)\b[^,.;]{0,20}?"
    r"\s(?:as|at|was|is|were|could\sbe|may\sbe|might\sbe|stood\sat)\s(?:[\w-]+\s)?$"
    r"|\b(?:spoke|spoken|speaks|talks?|talked)\sof\s$"
    r"|\b(?:at\sfirst|first|earlier|originally|initially|previously|still)\s(?:given|put|reported|spoken\sof|spoke\sof|mentioned|announced|counted)"
    r"\s(?:the\s[^,.;]{3,30}\s(?:as|at)\s)?(?:[\w-]+\s)?$",
    re.I,
)


def _recounts(quantity: Quantity, sentence: Sentence) -> bool:
    """Whether the sentence only gives another number for what the one before counts."""
    text, start = sentence.text, sentence.start
    behind = text[quantity.end - start :]
    return (
        _RECOUNTS.search(text[: quantity.start - start]) is not None
        and re.match(r"(?:\s[\w-]+){0,2}\s?(?:[.,;]|$)", behind) is not None
    )


_MUNITIONS = frozenset("drone missile drone_or_missile rocket shell bomb".split())
_FIRED = re.compile(
    r"(?:\s[\w/’'-]+){0,4}?\s(?:drones?|missiles?|rockets?|shells|bombs|UAVs|projectiles|munitions|mortars)\b",
    re.I,
)


def _of_that_volley(spot: Spot, before: Sentence) -> bool:
    """Whether a figure tells what became of the munitions that the sentence before counts: "they downed 80 drones"."""
    measure = spot.measure
    if (
        measure.event not in ("intercepted", "hit")
        or measure.item not in _MUNITIONS
        or measure.aggregation != "period"
    ):
        return False
    return any(
        _FIRED.match(before.text, quantity.end - before.start) is not None
        for quantity in before.quantities
        if quantity.kind == "count"
    )


_THAT_EVENT = re.compile(
    rf"\b(?:in|during|by)\s(?:the|that|this|these|those)\s(?:first\s|same\s)?(?P<event>{EVENT})(?:e?s)?\b",
    re.I,
)
_LONG = frozenset(("fighting", "operation", "campaign", "offensive", "war", "conflict", "siege", "violence"))


def _in_that_event(sentence: Sentence, before: Sentence) -> bool:
    """Whether a sentence says that it tells of a blow that the one before names: "died in the strike on the depot"."""
    told = _THAT_EVENT.search(sentence.text)
    return (
        told is not None
        and told["event"].casefold() not in _LONG
        and re.search(rf"\b{told['event']}(?:e?s)?\b", before.text, re.I) is not None
    )


def _they_did(spot: Spot) -> bool:
    """Whether those whom the sentence before tells of did it: "They burned 21 houses and took 40 hostages"."""
    doc, anchor = spot.tree.doc, spot.anchor
    if doc is None or anchor is None or not re.match(r"(?:They|Those|These)\s", spot.sentence.text, re.I):
        return False
    path = spot.tree.clauses(anchor)
    return doc[0].dep_ == "nsubj" and doc[0].head.i in path.together and doc[0].head.tag_ == "VBD"


def _has_occasion(spot: Spot) -> bool:
    """Whether the sentence tells its own occasion: "two airmen died when their helicopter was shot down"."""
    doc, anchor = spot.tree.doc, spot.anchor
    if doc is None or anchor is None:
        return False
    return any(
        child.dep_ == "advcl" and any(c.lower_ == "when" for c in child.children)
        for child in doc[spot.tree.verb(anchor)].children
    )


# "In Ganja, 19 houses were damaged": told of another place
_OPENS_ELSEWHERE = re.compile(
    r"\W*(?:In|At|Near|Outside|Around)\s(?:the\s(?:capital|city|town|port)\b|[A-Z])"
)
_TOLLS = frozenset(("killed", "wounded", "casualties", "missing", "captured"))


# "Syria has been at war since March 2011. The conflict has cost 300,000 lives"
_ONGOING = re.compile(
    r"\b(?:war|conflict|violence|unrest|crisis|fighting|uprising|rebellion|insurgency|militancy|hostilities|turmoil|bloodshed|genocide)\b",
    re.I,
)


def _to_this_day(spot: Spot) -> bool:
    """Whether a toll is told up to now: "have been killed", "has claimed 300,000 lives"."""
    doc, anchor = spot.tree.doc, spot.anchor
    if doc is None or anchor is None or spot.measure.event not in (*_TOLLS, "displaced"):
        return False
    verb = doc[spot.tree.verb(anchor)]
    while verb.dep_ == "conj" and verb.tag_ == "VBN" and not any(c.dep_ == "aux" for c in verb.children):
        verb = verb.head  # "have been killed and millions displaced"
    return any(child.dep_ == "aux" and child.lower_ in ("has", "have") for child in verb.children)


# The sentence turns to something else.
_APART = re.compile(
    r"^\W*(?:meanwhile|separately|elsewhere|later|earlier|in\scontrast|by\scontrast|at\sthe\ssame\stime|in\sanother|however)\b"
    r"|\b(?:denied|denies|rejected|rejects|dismissed|disputed|earlier|previously|still|so\sfar|now)\b",
    re.I,
)


def _new_source(ahead: str, words: SettingWords) -> bool:
    """Whether somebody else opens the sentence."""
    return bool(words.says.search(ahead) or re.search(r"\baccording\sto\b", ahead, re.I)) and not re.match(
        r"\W*(?:he|she|it|they)\s", ahead, re.I
    )


def _present(spot: Spot, lemmas: tuple[str, ...] = ()) -> bool:
    """Whether the figure's verb is in the present: a state, not what happened then. Of some verbs only, if told."""
    doc, anchor = spot.tree.doc, spot.anchor
    if doc is None or anchor is None:
        return False
    verb = doc[spot.tree.verb(anchor)]
    finite = [verb, *(child for child in verb.children if child.dep_ in ("aux", "auxpass"))]
    return any(
        token.tag_ in ("VBZ", "VBP", "MD")
        and token.lemma_ != "have"
        and (not lemmas or token.lemma_ in lemmas)
        for token in finite
    )


_OLD = timedelta(7)
_AFTERWARDS = re.compile(r"\b(?:was|were|been)\s(?:later|since|subsequently|eventually)\b|\bto\sdate\b", re.I)


def _up_to_now(spot: Spot, period: Period, document: Document) -> bool:
    """Whether a figure counts what came after a day that is long gone: "1,153 bodies have been recovered"."""
    published = document.article.published
    if period.cumulative or period.last is None or published is None or published - period.last < _OLD:
        return False
    if _AFTERWARDS.search(spot.sentence.text):
        return True
    doc, anchor = spot.tree.doc, spot.anchor
    if doc is None or anchor is None:
        return False
    verb = doc[spot.tree.verb(anchor)]
    return any(child.dep_ == "aux" and child.lower_ in ("has", "have") for child in verb.children)


def _undergone(spot: Spot) -> bool:
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
        or verb.lemma_ in ("die", "perish", "survive", "suffer", "sustain", "receive")
    )
    return passive and not any(
        child.dep_ == "prep" and child.lower_ == "in" and _definite(child) for child in verb.children
    )


def _definite(preposition: Token) -> bool:
    """Whether "in the operation" follows: a deed of its own."""
    return any(is_event(noun.lemma_) for noun in preposition.children)


def _period_of(sentence: Sentence, scene: Scene, words: SettingWords) -> Period | None:
    """The one dated period that a sentence gives its figures, or its event where it has none."""
    tree = tree_of(sentence)
    own = [
        p
        for p in scene.periods
        if sentence.start <= p.start < sentence.end and not of_saying(p, sentence, tree, words)
    ]
    own = [
        p for p in own if not p.open and not _HELD_AGAINST.search(sentence.text[: p.start - sentence.start])
    ]
    if not own or own[0].first is None or len({(p.first, p.last) for p in own}) != 1:
        return None
    return own[0]


# "Compared with the first half of the year, deaths fell": a time that is not told of.
_HELD_AGAINST = re.compile(
    r"\b(?:compared\s(?:to|with)|as\sagainst|versus|than)\s(?:(?:in|on|the)\s)*$"
    r"|\b(?:against|versus|than|from|with)\s(?:(?:the|about|some|only|just)\s)?\d[\d.,]*\s(?:[a-z]+\s)?(?:(?:in|on|during|the)\s)*$",
    re.I,
)


_NO_VERB = re.compile(r"\W*(?:no|none|zero)\b[^.!?]{0,40}[.!?]?\W*$", re.I)


def _of_its_item(spot: Spot, scene: Scene, document: Document, words: SettingWords) -> Period | None:
    """The day that a line of a list opens with: "📍 Klimovo. On 20 August six villages were shelled. Two houses burned"."""
    sentence, text = spot.sentence, document.article.text
    if spot.measure.aggregation != "period" or still_to_come(spot) or compared(spot) or is_total(spot):
        return None
    if not in_list(sentence, document):
        return None
    line = text.rfind("\n", 0, sentence.start) + 1
    for before in document.sentences[: sentence.index]:
        if before.start < line:
            continue
        periods = [p for p in scene.periods if before.start <= p.start < before.end]
        if periods:
            found = _period_of(before, scene, words)
            opens = found is not None and opens_sentence(before, found) and not found.cumulative
            return found if opens else None
    return None


def _handed_on(sentence: Sentence, scene: Scene, document: Document, words: SettingWords) -> Period | None:
    """The period that a sentence without any has itself from the one before: "In total they fired 40 shells"."""
    named = any(sentence.start <= p.start < sentence.end for p in scene.periods)
    if named or not sentence.index:
        return None
    before = document.sentences[sentence.index - 1]
    goes_on = (
        _ADDS.search(sentence.text)
        or _THE_EVENT.search(sentence.text)
        or any(_shares(q.end, sentence, before) or _recounts(q, sentence) for q in sentence.quantities[:1])
    )
    if not goes_on or "\n" in document.article.text[before.end : sentence.start]:
        return None
    period = _period_of(before, scene, words) or _handed_on(before, scene, document, words)
    return period if period is not None and period.kind in ("day", "night", "window") else None


def _shares(end: int, sentence: Sentence, before: Sentence) -> bool:
    """Whether a figure that ends there is a share of what the sentence before counts: "seven of the lorries"."""
    rest = sentence.text[end - sentence.start :]
    whole = _OF_THE.match(rest)
    return _OF_THEM.match(rest) is not None or (
        whole is not None and whole["noun"].casefold().rstrip("s") in before.text.casefold()
    )


def _adds_up(sentence: Sentence, before: Sentence) -> bool:
    """Whether the figures of a sentence, from the first on, add up to one of the sentence before."""
    wholes = {q.best for q in before.quantities if q.kind == "count" and q.best > 1}
    total = 0.0
    for number, quantity in enumerate(q for q in sentence.quantities if q.kind == "count"):
        total += quantity.best
        if number and total in wholes:
            return True
    return False
