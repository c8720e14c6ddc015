"""Figures of bulletins, which have no sentence: a label and a number on a line, under a heading that says the rest.

    Combat losses of the enemy from 24.02.22 to 10.05.24:        Killed in January:
    tanks - 7,398 (+15)                                          - Civilians: 1,389, including 288 children
    APV: 14,221 (+22)                                            - Regime forces: 356

The label says what is counted, or by itself what became of whom ("Wounded: 45"); the event is the label's, else
that of the heading above the lines. A list of equipment without a heading that counts both the sum and the last
day's ("+15") is one of losses, and so is a line that opens with "Minus".
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from conflictstats.codebook import Codebook
from conflictstats.inflection import noun_forms, verb_forms
from conflictstats.measures.nouns import PUBLIC, is_armed, vocabulary
from conflictstats.records import Document, Measure, Mention, Quantity, Sentence

_LABEL = re.compile(
    r"\s*+(?:[^\w\s(\"“]++\s*+|\d{1,2}[.)]\s++)*+(?P<label>[^\W\d_][^\d:=.;!?]{1,70}?)\s*(?:\([^)\d]{1,40}\)\s*)?(?:[:=]|\s[-–—]+|[-–—]+\s|\.{2,})\s*"
    r"(?:(?:about|around|approximately|approx\.?|some|nearly|almost|over|up to|at least|more than|total|~|≈|>)\s*)*$",
    re.I,
)
_ENDS = re.compile(
    r"[^\S\n]*(?:\n|\(|,|;|\.?\s*$|people\b|persons?\b|units?\b|pcs?\b|pieces?\b|killed\b|\+|[-–—|/]|of (?:them|which|whom)\b)",
    re.I,
)
_CHANGE = re.compile(r"\(\s*[+＋]\s*~?$")
_MINUS = re.compile(r"\W*(?:minus|[-−–]\s?(?=\d)|losses(?: of the enemy)?:)\s*$", re.I)
_PLUS_SIGN = re.compile(r"\(\s*[+＋]\s*~?\d")
_ARMED = re.compile(r"\b(?:factions|forces|militias?|army|troops|fighters|brigades?|armed groups?)\b", re.I)
_NAME = re.compile(r"[A-ZÀ-Þ][\w'’-]+(?: (?:[a-z]{2,3} )?[A-ZÀ-Þ][\w'’-]+){0,3}")
_NOBODY = frozenset("unidentified unknown others other total unspecified".split())
_REACH = 30  # lines that a heading governs
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


class _Label(NamedTuple):
    item: str
    noun: str
    event: str | None  # what the label says by itself


def read_line(
    quantity: Quantity, sentence: Sentence, document: Document, codebook: Codebook
) -> Measure | None:
    """The measure of a figure that stands behind a label; None where it stands in no such line."""
    if quantity.kind != "count":
        return None
    # short lines may have been joined to one sentence
    above, _, before = sentence.text[: quantity.start - sentence.start].rpartition("\n")
    change = _CHANGE.search(before)
    match = _LABEL.fullmatch(_without_sum(before[: change.start()]) if change else before)
    if match is None:
        return None
    fate = _WORD.match(sentence.text, quantity.end - sentence.start + 1)
    told = _fates(codebook).get(fate[0].lower()) if fate and match.start("label") else None
    if not (change or told or _ENDS.match(sentence.text, quantity.end - sentence.start)):
        return None
    at = quantity.start - len(before) + match.start("label")
    label = _read_label(match.group("label"), at, document, codebook)
    if label is None:
        return None
    event, why = label.event, repr(label.noun)
    if told is not None and fate is not None:
        if label.noun not in vocabulary(codebook) or codebook.group(label.item) != "people":
            return None  # "- Health ministry: 17 killed" is told by the ministry
        event, why = told, repr(fate[0])  # "- Women: 264 killed"
    if event is None:
        found = _heading(sentence, above, document, label.item, codebook)
        if found is None:
            return None
        event, why = found
    return Measure(
        event,
        label.item,
        None,
        label.noun,
        aggregation="increment" if change else "period",
        evidence=(f"event: {event} ← {why}", f"item: {label.item} ← {label.noun!r}, a label"),
    )


_BULLET = re.compile(r"\s*[-–—•*·▪●■►✅❗]+\s*(?:\w+\s+){0,2}$")


def read_entry(
    quantity: Quantity,
    item: str | None,
    sentence: Sentence,
    document: Document,
    before: Sequence[Mention],
    codebook: Codebook,
) -> Measure | None:
    """The measure of a figure that opens an entry of a list without a verb: "- 183 fighters of the group".

    The event is that of the line above the list which ends with a colon: of its figure for such things, else of
    its words. None where it stands in no such entry.
    """
    if item in (None, "none", PUBLIC) or quantity.kind != "count" or sentence.doc is None:
        return None
    if not _BULLET.fullmatch(sentence.text[: quantity.start - sentence.start]):
        return None
    if any(token.dep_ == "ROOT" and token.pos_ in ("VERB", "AUX") for token in sentence.doc):
        return None
    above = document.sentences[max(0, sentence.index - _REACH) : sentence.index]
    head = next((line for line in reversed(above) if line.text.rstrip().endswith(":")), None)
    if head is None or any(not _IN_LIST.match(line.text) for line in above if line.index > head.index):
        return None
    group = codebook.group(item)
    for mention in reversed(before):
        if (
            mention.sentence.index == head.index
            and codebook.group(mention.measure.item) == group
            and mention.measure.total is None
        ):
            return Measure(
                mention.measure.event,
                str(item),
                total=mention.quantity.start,
                evidence=(f"event: {mention.measure.event}, of the list under {mention.quantity.text!r}",),
            )
    for token in _WORD.findall(head.text.lower()):
        if (event := _said(token, group, codebook)) is not None:
            why = f"event: {event} ← {token!r}, in the line above the list"
            return Measure(event, str(item), evidence=(why,))
    return None


_IN_LIST = re.compile(r"\s*[-–—•*·▪●■►✅❗]|\s*(?:More|Another|Of (?:them|these)|Some|Most)\b")


def _without_sum(words: str) -> str:
    """ "tanks - 7,398 (+15)": the label of the 15 is that of the sum before it."""
    return re.sub(
        r"(?:about |around |~|≈|more than |over )*\d[\d,. ]*\s*(?:people|persons?|units?)?\s*$", "", words
    )


def _read_label(words: str, at: int, document: Document, codebook: Codebook) -> _Label | None:
    """What a label counts: its longest noun at the end or at the head ("APVs of the enemy", "Enemy tanks")."""
    table = vocabulary(codebook)
    tokens = [token.lower() for token in _WORD.findall(words)]
    if not tokens or len(tokens) > 8:
        return None
    fate = next((_fates(codebook)[token] for token in tokens if token in _fates(codebook)), None)
    for stop in range(len(tokens), 0, -1):
        for start in range(max(0, stop - 5), stop):
            phrase = " ".join(tokens[start:stop])
            item = table.get(phrase)
            if item in (None, "none", PUBLIC) or codebook.group(item) == "other":
                continue
            return _Label(str(item), phrase, fate)
    weapon = next((_SHORT[token] for token in tokens if token in _SHORT), None)
    if weapon is not None:
        return _Label(weapon, words.strip(), None)
    if fate is not None and len(tokens) <= 3:
        return _Label("person", words.strip(), fate)
    if tokens[-1] in _NOBODY and len(tokens) <= 2:
        return _Label("person", words.strip(), None)
    armed = _ARMED.search(words) or any(
        name.kind in ("group", "force") and at <= name.start < at + len(words) and is_armed(name, codebook)
        for name in document.names
    )
    if armed:
        return _Label("combatant", words.strip(), None)
    # "Chiúre: 57,200", under a heading that says what became of people there
    return _Label("person", words.strip(), None) if _NAME.fullmatch(words.strip()) else None


# Abbreviations of the daily lists of general staffs.
_SHORT = {
    "apv": "armoured_vehicle", "apvs": "armoured_vehicle", "acv": "armoured_vehicle", "acvs": "armoured_vehicle",
    "afv": "armoured_vehicle", "afvs": "armoured_vehicle", "apc": "armoured_vehicle", "apcs": "armoured_vehicle",
    "ifv": "armoured_vehicle", "ifvs": "armoured_vehicle", "mlrs": "artillery", "aa": "air_defence", "uav": "drone",
    "uavs": "drone", "ad": "air_defence", "sam": "air_defence",
}  # fmt: skip


@cache
def _fates(codebook: Codebook) -> Mapping[str, str]:
    """Words that say by themselves what became of people: killed, wounded, missing, displaced."""
    told = {
        "killed": "kill dead death fatality martyr",
        "wounded": "wound injure injury",
        "casualties": "casualty",
        "missing": "missing",
        "displaced": "displace",
        "captured": "capture detain arrest prisoner captive kidnap abduct",
        "released": "release free rescue",
    }
    return {
        form: event
        for event, words in told.items()
        for word in words.split()
        for form in verb_forms(word) | noun_forms(word)
    }


@lru_cache(maxsize=16)
def _headings(document: Document) -> Mapping[int, int]:
    """For each line of a bulletin the sentence that heads it."""
    heads: dict[int, int] = {}
    head: int | None = None
    for sentence in document.sentences:
        labelled = any(
            _LABEL.fullmatch(sentence.text[: q.start - sentence.start]) for q in sentence.quantities[:1]
        )
        if labelled:
            if head is not None and sentence.index - head <= _REACH:
                heads[sentence.index] = head
        elif re.search(r"[\w)\"”]\s*[:.…]?\s*$", sentence.text) and len(sentence.text) < 220:
            head = sentence.index
    return heads


def _heading(
    sentence: Sentence, own: str, document: Document, item: str, codebook: Codebook
) -> tuple[str, str] | None:
    """The event that the heading above a line says of such an item."""
    group = codebook.group(item)
    for token in _WORD.findall(own.partition("\n")[0].lower()):
        event = _said(token, group, codebook)
        if event is not None:
            return event, f"{token!r}, in the heading"
    head = _headings(document).get(sentence.index)
    # "… was 2,228. They are distributed as follows:" — what a heading points back to is said before it
    for above in document.sentences[max(0, head - 2) : head + 1][::-1] if head is not None else ():
        for token in _WORD.findall(above.text.lower()):
            event = _said(token, group, codebook)
            if event is not None:
                return event, f"{token!r}, in the heading"
        if above.index == head and not re.search(r":\s*$", above.text):
            break
    near = document.sentences[max(0, sentence.index - 3) : sentence.index + 4]
    if any(_PLUS_SIGN.search(line.text) for line in near):
        if group == "people":
            return "casualties", "a list of losses"
        if group in ("equipment", "munition"):
            return "destroyed", "a list of losses"
    return None


def _said(word: str, group: str, codebook: Codebook) -> str | None:
    """The event of a heading's word for a class of things: losses are casualties of people and destroyed tanks."""
    if group == "people":
        return (
            "casualties" if word in ("losses", "loss", "lost", "casualties") else _fates(codebook).get(word)
        )
    if group in ("equipment", "munition", "site"):
        return next((event for event, forms in _THINGS.items() if word in forms), None)
    return None


_THINGS = {
    "destroyed": frozenset("losses loss lost destroyed eliminated liquidated burned burnt".split()),
    "damaged": frozenset("damaged damage".split()),
    "intercepted": frozenset("intercepted downed shot neutralised neutralized".split()),
    "launched": frozenset("launched fired used".split()),
    "hit": frozenset("hit struck".split()),
}


def read_minus(
    quantity: Quantity, sentence: Sentence, item: str | None, codebook: Codebook
) -> Measure | None:
    """ "Minus 1,250 personnel, 3 tanks and 40 artillery systems": a list of losses without a verb."""
    if item is None or item == "none" or quantity.kind != "count":
        return None
    first = sentence.quantities[0]
    if not _MINUS.fullmatch(sentence.text[: first.start - sentence.start]):
        return None
    group = codebook.group(item)
    event = {"people": "casualties", "equipment": "destroyed", "munition": "destroyed"}.get(group)
    if event is None:
        return None
    return Measure(event, item, evidence=(f"event: {event} ← 'minus'",))
