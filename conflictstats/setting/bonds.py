"""How closely a period or a place belongs to a figure of its sentence, by the clauses and words between them."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from conflictstats.codebook import Codebook
from conflictstats.periods import Period
from conflictstats.periods.saiddays import sayings
from conflictstats.places import Place
from conflictstats.records import Quantity, Sentence
from conflictstats.setting.clauses import Spot, Tree, is_event


class SettingWords(NamedTuple):
    """The calendar's words, as patterns."""

    said_before: re.Pattern[str]
    says: re.Pattern[str]
    says_too: re.Pattern[str]
    office_after: re.Pattern[str]
    office_before: re.Pattern[str]
    verbs: frozenset[str]


@cache
def setting_words(codebook: Codebook) -> SettingWords:
    forms = codebook.calendar["verbs of saying"].names
    said = "|".join(sorted(forms, key=len, reverse=True))
    # "28 bodies of alleged rebels": no verb there
    finite = said.replace("|alleged|", r"|alleged\sthat|")
    offices = "|".join(map(re.escape, codebook.placewords["offices"].names))
    return SettingWords(
        sayings(codebook).before,
        re.compile(rf"\b(?:{finite})\b(?!\s(?:the\s)?(?:lives?|responsib|\d|at\sleast|more\sthan))", re.I),
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


# A semicolon; the date of a web page, between its headline and its text
SEGMENT = re.compile(
    r";|(?<!\bon\s)(?<!\bin\s)(?<!\bof\s)(?<!\bto\s)(?<!since\s)(?<!from\s)(?<!and\s)(?<!day\son\s)"
    r"\b(?:\d{1,2}\s[A-Z][a-z]{2,8}\.?|[A-Z][a-z]{2,8}\.?\s\d{1,2},?)\s(?:19|20)\d\d\s(?=[A-Z])"
)
NEW_SUBJECT = re.compile(
    r"\b(?:and|but)\sthat\b|\bthe\s(?:first|last|latest|oldest|youngest)\sof\s(?:them|whom|these)\b(?!\s[\w-]+,)",
    re.I,
)


# "40 died on Monday, and that the army lost 20": losses that one source lists of one fight
_LISTED_LOSSES = frozenset(("killed", "wounded", "casualties", "destroyed", "damaged", "captured"))
_AND_THAT = re.compile(r"\band\sthat\b", re.I)


def new_subject(spot: Spot, period: Period | Place, between: str) -> bool:
    """Whether the words between a period and a figure begin something else: "and that", "the last of them"."""
    found = NEW_SUBJECT.search(between)
    if found is None:
        return False
    return not (
        period.start < spot.quantity.start
        and _AND_THAT.fullmatch(found[0])
        and spot.measure.event in _LISTED_LOSSES
        and spot.measure.aggregation == "period"
    )


_INTENT = frozenset(
    "expect hope plan intend aim want threaten pledge promise offer seek agree demand order prepare propose urge call need ready"
    " likely set vow warn fear".split()
)


_HOPES = re.compile(r"\b(?:expects?|hopes?|plans?|intends?|aims?)(?:\sto\s\w+)?\s(?:[\w-]+\s){0,3}$", re.I)
_OFFERS = frozenset("promise pledge offer demand request seek threaten propose plan".split())


@lru_cache(maxsize=16)
def still_to_come(spot: Spot) -> bool:
    """Whether the figure is expected, wanted or feared, so that no period of the past is its own."""
    text = spot.sentence.text[: spot.quantity.start - spot.sentence.start]
    if _HOPES.search(text):
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
    if verb.lemma_ in _OFFERS and any(
        c.dep_ == "dobj" and spot.tree.holds(c.i, anchor) for c in verb.children
    ):
        return True
    if verb.dep_ in ("xcomp", "advcl", "ccomp") and any(
        child.lower_ == "to" and child.dep_ == "aux" for child in verb.children
    ):
        return verb.head.lemma_ in _INTENT
    return any(child.dep_ == "mark" and child.lower_ in ("if", "unless") for child in verb.children)


_RELATIVE = re.compile(r",?\s(?:who|which|where)\b[^,]*$", re.I)


_AT_WHICH = r",?\s(?:when|in\swhich|during\swhich|where)\b"


def flows(spot: Spot, period: Period | Place, words: SettingWords) -> bool:
    """Whether nothing in the words between keeps the only period of a sentence from a figure.

    Where the parse goes wrong: "three died and 1,409 were hurt in Oslo last month".
    """
    text, sentence = between_them(spot.sentence, period, spot.quantity), spot.sentence
    if isinstance(period, Period) and period.kind == "since" and re.match(_AT_WHICH, text, re.I):
        return False
    if period.start < spot.quantity.start and (LONG_AFTER.search(text) or IN_RETURN.search(text)):
        return False
    if (
        (SEGMENT.search(text) and not came_of_it(spot, text, period))
        or new_subject(spot, period, text)
        or words.says_too.search(text)
    ):
        return False
    if isinstance(period, Period) and period.start < spot.quantity.start and _AND_NOW.search(text):
        return False
    before = sentence.text[: period.start - sentence.start]
    if isinstance(period, Period) and period.start > spot.quantity.start:
        if _AND_THEN.search(text) or _another_s(spot, period):
            return False
        if period.kind == "since" and (_ARRIVES.search(text) or _IN_ALL.search(text)):
            return False
    if period.start < spot.quantity.start:
        return not _RELATIVE.search(before)
    if isinstance(period, Place):
        text = _WHICH_STRUCK.sub(" ", text)
    return not re.search(
        r"\b(?:who|which|after|before|started|began|launched(?!\sby)|since|broke|erupted|agreed|signed|deal|agreement|truce)\b",
        text,
        re.I,
    )


# "12 died in attacks by the group which targeted a market in X": where they died.
_WHICH_STRUCK = re.compile(
    r"\b(?:which|that|who)\s(?:had\s|also\s|\w+ly\s)*(?:targeted|hit|struck|shelled|bombed|attacked|rocked|ripped\sthrough|took\splace|happened|occurred|fell\son|landed)\b",
    re.I,
)
# "hit a clinic on Tuesday, days after dozens were killed": those died at another time, and elsewhere.
LONG_AFTER = re.compile(
    r"\b(?:(?:a|an|one|the)\s(?:hour|day|week|month|year|fortnight)|hours|days|weeks|months|years)\s(?:after|before)\s(?!(?:that|this|it|them|these|those)\b)[^,;]*$",
    re.I,
)
# "Guns shelled Kharkiv on Sunday in retaliation for a raid on two ships": the raid was before that, and elsewhere.
IN_RETURN = re.compile(
    r"\b(?:retaliation|revenge|vengeance|response|reprisals?|reply|answer|retribution|punishment|retaliat(?:e|es|ed|ing))\s(?:for|to|against)\s(?!(?:that|this|it|them|these|those)\b)[^,;:]*$",
    re.I,
)
# "; the ministry says eleven passengers were killed": what came of the deed in front.
_TOLLS = frozenset(("killed", "wounded", "casualties"))


def came_of_it(spot: Spot, between: str, period: Period | Place) -> bool:
    """Whether a figure tells, behind a semicolon, the toll of the deed in front of it, which has none yet."""
    if (
        between.count(";") != 1
        or spot.measure.event not in _TOLLS
        or SEGMENT.search(between.replace(";", ","))
    ):
        return False
    cut = period.end + between.index(";")
    return not any(
        q.start < cut and q.kind in ("count", "measure", "percent") for q in spot.sentence.quantities
    ) and not _APART_FROM_IT.search(between[between.index(";") :])


_APART_FROM_IT = re.compile(
    r"\b(?:in|at|near|outside|another|elsewhere|separately|meanwhile|earlier|previously|also)\b", re.I
)


# "The answer was scores of strikes: on Sunday two hit a church"
_EXPLAINED = re.compile(r":\s?(?:on|in|last|this|over|overnight|early|late|at)?\s?$", re.I)
# "We burned two lorries, and on Thursday a tank"
_AND_THEN = re.compile(r"\b(?:and|but|then)\s$", re.I)
# "Two died, taking to 14 the number killed since May": what stands behind is the total's.
_RUNNING = re.compile(
    r"\b(?:bringing|taking|raising|pushing|lifting|which\s(?:brings|brought|raises|raised|takes|took))\b",
    re.I,
)


# "The deaths of two soldiers took to 336 the number killed since May": the two are not since May.
_ARRIVES = re.compile(
    r"\b(?:bring|brings|brought|bringing|takes?|took|taking|rais(?:e|es|ed|ing)|push(?:es|ed|ing)|lift(?:s|ed|ing)?)\s(?:[^,.;]{1,60}?\s)??to\s(?:[\w-]+\s){0,3}\d",
    re.I,
)


# "killed 44, says the ministry, which counts 87 in all since October"
_IN_ALL = re.compile(r"\b(?:in\sall|in\stotal|altogether|overall)\b", re.I)


# "14 clashes, as against five in January": January is the five's alone.
_HELD_AGAINST = re.compile(
    r"\b(?:as\sagainst|against|compared\s(?:to|with)|versus|(?:up|down)\sfrom|than)\s(?:(?:the|an?|some|about|just|only|around)\s)?(?:[\w-]+\s)?$",
    re.I,
)


def _another_s(spot: Spot, period: Period) -> bool:
    """Whether a period behind the figure stands with one that it is held against."""
    text, start = spot.sentence.text, spot.sentence.start
    return any(
        spot.quantity.end <= q.start < period.start <= q.end + 40
        and _HELD_AGAINST.search(text[spot.quantity.end - start : q.start - start])
        for q in spot.sentence.quantities
    )


# "It emerged in 2013 and now holds half of the country".
_AND_NOW = re.compile(r"\b(?:and|but)\s(?:is\s|are\s|has\s)?(?:now|currently|today|still)\b", re.I)


_VERIFIES = frozenset("verify confirm identify document count record".split())


def _verified(spot: Spot) -> bool:
    """Whether the figure is what somebody could confirm of another one: "; the group could verify 36"."""
    doc, anchor = spot.tree.doc, spot.anchor
    return doc is not None and anchor is not None and doc[spot.tree.verb(anchor)].lemma_ in _VERIFIES


def bond(spot: Spot, period: Period | Place, first: bool, words: SettingWords) -> int | None:
    """How closely a period of the sentence belongs to the figure; None where it belongs to another."""
    tree, sentence = spot.tree, spot.sentence
    between = between_them(sentence, period, spot.quantity)
    ahead = period.start < spot.quantity.start
    if new_subject(spot, period, between):
        return 5 if ahead and (opens_sentence(sentence, period) or _before_its_verb(tree, period)) else None
    if ahead and words.says_too.search(between) and not opens_sentence(sentence, period):
        return None
    if isinstance(period, Period) and period.kind == "since" and ahead and re.match(_AT_WHICH, between, re.I):
        return None
    if ahead and LONG_AFTER.search(between):
        return None
    if ahead and IN_RETURN.search(between):
        return None
    if ahead and came_of_it(spot, between, period):
        return 6
    if SEGMENT.search(between):
        return 6 if ahead and (opens_sentence(sentence, period) or _verified(spot)) else None
    if not ahead and _EXPLAINED.search(between):
        return None
    if isinstance(period, Period) and not ahead and (_AND_THEN.search(between) or _another_s(spot, period)):
        return None
    if isinstance(period, Period) and ahead and _AND_NOW.search(between):
        return None
    if (
        (isinstance(period, Place) or period.kind == "since")
        and not ahead
        and (_ARRIVES.search(between) or _IN_ALL.search(between))
    ):
        return None
    fronted = first and ahead and opens_sentence(sentence, period)
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
    if isinstance(period, Period) and theirs != own and _to_come(tree, theirs):
        return None  # "the war, which will enter its third year in March, has killed 12,000 people"
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
        return None if _begins(tree, theirs) or (not ahead and _RUNNING.search(between)) else 4
    if (
        isinstance(period, Place)
        and period.before
        and not ahead
        and tree.doc[theirs].dep_ == "relcl"
        and (tree.doc[theirs].head.i == spot.anchor)
    ):
        return 4  # "killed four gunmen who came out of a shaft near Kfar Kila"
    if own in up.loose:
        return (
            None if ahead or tree.doc[theirs].dep_ == "relcl" else 6
        )  # "one was killed and two were hurt on Sunday"
    meeting = next((token for token in path.above if token in tree.chain(governor)), None)
    if (
        meeting is not None
        and ahead
        and tree.subject_side(governor, meeting)
        and not (isinstance(period, Period) and tree.aside(governor, meeting))
    ):
        return 4  # "the toll of Monday's strike has risen to 17, after crews found three more bodies"
    common = next((token for token in chain if token in tree.chain(governor)), None)
    if common is None:
        return None
    return 6 if not ahead and tree.beside(own, theirs) else None


def _to_come(tree: Tree, verb: int) -> bool:
    assert tree.doc is not None
    return any(c.dep_ == "aux" and c.lower_ in ("will", "shall") for c in tree.doc[verb].children)


def _before_its_verb(tree: Tree, period: Period | Place) -> bool:
    """Whether a period stands in front of its verb, so that it covers what follows: "on Tuesday ten were hit"."""
    governor, start = tree.governor(period.start, period.end), tree.at(period.start)
    return governor is not None and start is not None and start < tree.verb(governor)


_DECIDED = frozenset(
    "order announce agree sign declare impose broker approve proclaim extend negotiate demand".split()
)


def _begins(tree: Tree, verb: int) -> bool:
    """Whether a clause dates the beginning of something: "the operation that was started on August 24"."""
    assert tree.doc is not None
    word = tree.doc[verb]
    if word.dep_ == "acl" and word.tag_ == "VBN" and word.lemma_ in _DECIDED:
        return True  # "the withdrawal, ordered on Friday, cost no lives"
    if word.lemma_ == "launch" and word.head.lemma_.casefold() in _BLOWS:
        return False
    return (
        word.dep_ in ("relcl", "acl")
        and is_event(word.head.lemma_)
        and word.lemma_ in ("start", "begin", "launch", "declare", "found", "break", "erupt", "flare")
    )


_WAR_BEGUN = re.compile(
    r"\b(?:war|conflict|insurgency|uprising|rebellion|revolt|invasion|occupation|intervention|crisis|genocide|campaign|offensive|siege|blockade)\b"
    r"(?:\s(?:in|of|against|between|with)\s[^,;.]{1,40}?)?,?\s(?:(?:which|that)\s)?(?:(?:has|had|was|were|been|first)\s)*"
    r"(?:began|begun|started|broke\sout|broken\sout|erupted|launched|flared(?:\sup)?|declared)\s(?:[\w-]+\s){0,2}$",
    re.I,
)


def dates_a_war(period: Period, sentence: Sentence) -> bool:
    """Whether a period says when a war began: "the insurgency, launched in 2009, has left 36,000 dead"."""
    return _WAR_BEGUN.search(sentence.text[: period.start - sentence.start]) is not None


# What is over when it is launched: "the air strikes launched on Sunday".
_BLOWS = frozenset("attack strike airstrike raid barrage salvo bombardment blast bombing ambush".split())


def between_them(sentence: Sentence, period: Period | Place, quantity: Quantity) -> str:
    """The words between a period and a figure."""
    first, last = sorted(((period.start, period.end), (quantity.start, quantity.end)))
    return sentence.text[first[1] - sentence.start : last[0] - sentence.start]


_OPENING = re.compile(
    r"^\W*(?:\d[\d:.]*\W+)?(?:(?:and|but|meanwhile|also|then|however|in\saddition|separately|earlier|only|just|already)\b,?\s*)*",
    re.I,
)


def opens_sentence(sentence: Sentence, period: Period | Place) -> bool:
    """Whether a period opens its sentence, up to a short phrase."""
    ahead = sentence.text[: period.start - sentence.start]
    return len(_OPENING.sub("", ahead).split()) <= 3 and not re.search(r"[;:]", ahead[5:])
