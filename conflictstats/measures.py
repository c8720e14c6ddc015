"""The reader of measures: what is counted (item), and what happened to it (event).

Where a figure does not say its noun ("another 12", "of these, 23"), it takes it from the figure before it
that can have the same event; where it names no event of its own ("including 45 children"), it takes that
of its total. A figure for which no event is found counts nothing about the conflict and is dropped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from conflictstats.codebook import Codebook
from conflictstats.nouns import Counted, number_token, read_noun
from conflictstats.predicates import Found, find_event
from conflictstats.records import Document, Measure, Mention, Quantity, Sentence
from conflictstats.sentences import CLAIMABLE

if TYPE_CHECKING:
    from spacy.tokens import Token

# Words before a figure that make it a part of the figure before it, with that figure's event.
_PART = re.compile(
    r"(?:\b(?:includ\w+|among(?:st)? (?:them|whom|which|these|those)|of (?:them|whom|which|these|those)|from them|"
    r"half of them|counting|in particular|namely)[ ,:]*(?:the |about |only |just |also |another |at least |some |all )*$)",
    re.I,
)
_RATES = (
    (re.compile(r"^\W*(?:\w+\W+){0,4}?(?:(?:a|per|each|every) hour|hourly)\b", re.I), "per_hour"),
    (re.compile(r"^\W*(?:\w+\W+){0,4}?(?:(?:a|per|each|every) (?:day|night)|daily|nightly)\b", re.I), "per_day"),
    (re.compile(r"^\W*(?:\w+\W+){0,4}?(?:(?:a|per|each|every) week|weekly)\b", re.I), "per_week"),
    (re.compile(r"^\W*(?:\w+\W+){0,4}?(?:(?:a|per|each|every) month|monthly)\b", re.I), "per_month"),
    (re.compile(r"^\W*(?:\w+\W+){0,4}?(?:(?:a|per|each|every) year|yearly|annually)\b", re.I), "per_year"),
)
_FRONT = re.compile(r"\b(?:along (?:the|a|its|their) (?:\w+ ){0,2}?(?:front|line|border|contact)|front(?:line)? of|wide|in width|width|across a front|frontage|sections? of (?:the )?front|long)\b", re.I)  # fmt: skip
# The event of a total whose part had this one: 68 intercepted of 70 launched.
_TOTALS = {"intercepted": "launched", "hit": "launched", "repelled": "conducted"}
_STOCKS = frozenset({"held", "missing"})
_CASUALTY_PAIR = re.compile(r"\b(?:kill|wound|injur|dead|died|death)\w*\s*(?:,|and|or|&|/|and/or)\s*(?:\w+\s)?(?:wounded|injured|killed|hurt|dead|injuries)\b", re.I)  # fmt: skip
_DAMAGE_PAIR = re.compile(r"\b(?:destroyed|damaged)\s+(?:or|and|and/or)\s+(?:\w+\s)?(?:damaged|destroyed)\b", re.I)
_NOT_FLYING = re.compile(r"\b(?:before (?:launch|take-?off|they)|on the ground|in (?:their )?(?:depots?|stores?|storage|hangars?|warehouses?)|launchers?|factor(?:y|ies)|workshops?|arsenal)\b", re.I)  # fmt: skip
_CAPTIVITY = re.compile(r"\b(?:prisoners?(?: of war)?|POWs?|captivity|exchange[ds]?|swap(?:ped|s)?|detainees?)\b", re.I)


def read_measures(document: Document, codebook: Codebook) -> Iterator[Mention]:
    """Every quantity of a document that counts something about the conflict, in order, with its measure.

    A quantity that says two things gives two mentions: "all 12 missiles were shot down" counts 12
    intercepted and 12 launched.
    """
    before: list[Mention] = []
    for sentence in document.sentences:
        if sentence.doc is None:
            continue
        for quantity in sentence.quantities:
            if quantity.kind not in CLAIMABLE:
                continue
            for mention in _read(quantity, sentence, document, before, codebook):
                before.append(mention)
                yield mention


def _read(
    quantity: Quantity, sentence: Sentence, document: Document, before: list[Mention], codebook: Codebook
) -> Iterator[Mention]:
    counted = read_noun(quantity, sentence, document, codebook)
    if counted is None or counted.item == "none":
        return
    if quantity.kind == "measure":
        measure = _read_extent(quantity, counted, sentence, document, codebook)
    else:
        measure = _read_count(quantity, counted, sentence, document, before, codebook)
    if measure is None:
        return
    measure = replace(measure, aggregation=_aggregation(quantity, measure, sentence))
    yield Mention(sentence, quantity, measure)
    if quantity.whole and measure.event in _TOTALS and quantity.best != 0:
        event = _TOTALS[measure.event]
        yield Mention(
            sentence, quantity, replace(measure, event=event, evidence=(*measure.evidence, f"event: {event}, since it was all of them"))
        )


def _read_extent(
    quantity: Quantity, counted: Counted, sentence: Sentence, document: Document, codebook: Codebook
) -> Measure | None:
    """Distances, areas and weights."""
    words = sentence.text
    if quantity.unit == "kg":
        item = counted.item if counted.item not in (None, "none") and not counted.elided else None
        thing = next(iter(_things(counted.token)), None)
        if thing is not None:
            of_item = read_item(thing, codebook)
            item = of_item if of_item not in (None, "none") else item
        found = find_event(counted.token, frozenset({"kg"}), codebook)
        return _measure(found, item or "other", counted, ()) if found and found.cost < 4 else None
    if quantity.unit == "km2":
        classes, item = frozenset({"ground", "territory"}), "territory"
    else:
        after = document.article.text[quantity.end : min(sentence.end, quantity.end + 40)]
        item = "frontage" if _FRONT.search(after) or re.search(r"\bfront of\s*$", _before(quantity, sentence), re.I) else "depth"
        classes = frozenset({item, "depth"})
    found = find_event(counted.token, classes, codebook)
    if found is None and quantity.unit == "km":
        found = find_event(counted.token, frozenset({"ground"}), codebook)
    if found is None or found.cost > 9:
        return None
    del words
    return _measure(found, item, counted, ())


def _things(noun: Token) -> Iterator[Token]:
    for prep in noun.children:
        if prep.dep_ == "prep" and prep.lower_ == "of":
            yield from (thing for thing in prep.children if thing.dep_ == "pobj")


def read_item(noun: Token, codebook: Codebook) -> str | None:
    """The item of a bare noun."""
    from conflictstats.nouns import vocabulary

    table = vocabulary(codebook)
    for start in range(max(0, noun.i - 3), noun.i + 1):
        phrase = " ".join(token.lower_ for token in noun.doc[start : noun.i + 1])
        if phrase in table:
            return table[phrase]
    return None


def _read_count(
    quantity: Quantity,
    counted: Counted,
    sentence: Sentence,
    document: Document,
    before: list[Mention],
    codebook: Codebook,
) -> Measure | None:
    item = counted.item
    total = next((m for m in reversed(before) if m.sentence.index == sentence.index), None)
    part = bool(_PART.search(_before(quantity, sentence)))
    classes = frozenset({item, codebook.items[item].group}) if item is not None else frozenset[str]()
    found = find_event(counted.token, classes, codebook)
    if quantity.of is None and (of_part := _whole_of(quantity, before, sentence)) is not None:
        # this is the "70" of "68 of 70 drones"
        if of_part.measure.event in _TOTALS:
            event = _TOTALS[of_part.measure.event]
            return replace(of_part.measure, event=event, evidence=(f"event: {event}, the total of {of_part.quantity.text!r}",))
        return None
    if part and total is not None and (found is None or found.cost > 0.65):
        measure = total.measure
        if item is None:
            return replace(measure, evidence=(*measure.evidence, f"part of {total.quantity.text!r}"))
        if _same_class(item, measure.item, codebook):
            return replace(
                measure, item=item, variant=counted.variant or measure.variant, noun=counted.noun,
                evidence=(f"event: {measure.event}, from its total {total.quantity.text!r}", f"item: {item} ← {counted.noun!r}"),
            )  # fmt: skip
    if found is None:
        if total is not None and _listed(total.quantity, quantity, document) and (
            item is None or _same_class(item, total.measure.item, codebook)
        ):
            return replace(
                total.measure, item=item or total.measure.item, noun=counted.noun, variant=counted.variant,
                evidence=(f"event: {total.measure.event}, from the list with {total.quantity.text!r}",),
            )  # fmt: skip
        return None
    if item is None:
        return _elided(quantity, counted, found, sentence, before, codebook)
    event = _settle(found.event, item, counted, found, sentence, document, codebook)
    measure = _measure(replace_found(found, event), item, counted, ())
    return _refine_people(measure, counted, found, sentence, document, codebook)


def replace_found(found: Found, event: str) -> Found:
    return found._replace(event=event)


def _elided(
    quantity: Quantity, counted: Counted, found: Found, sentence: Sentence, before: list[Mention], codebook: Codebook
) -> Measure | None:
    """A figure without a noun of its own, or with one that the codebook does not know."""
    if found.cost > 3.5:
        return None
    counts = next(
        (c.counts for c in codebook.events[found.event].cues if found.words in c.words), ()
    )
    if counted.elided:
        for mention in reversed(before[-6:]):
            if sentence.index - mention.sentence.index > 2:
                break
            item = mention.measure.item
            group = codebook.items[item].group
            if item in counts or group in counts:
                return _measure(found, item, counted, (f"item: {item}, from {mention.quantity.text!r}",))
        if "people" in counts:
            return _measure(found, "person", counted, ("item: person, by its event",))
        return None
    # a noun that the codebook does not know
    if counts == ("people",) and found.cost <= 1.5:
        return _measure(found, "person", counted, ("item: person, by its event",))
    if ("site" in counts or "equipment" in counts) and found.cost <= 0.7 and found.event in ("hit", "damaged", "destroyed"):
        return _measure(found, "site" if "site" in counts else "other", counted, ("item: by its event",))
    return None


def _measure(found: Found, item: str, counted: Counted, evidence: tuple[str, ...]) -> Measure:
    token = found.token
    return Measure(
        event=found.event,
        item=item,
        variant=counted.variant,
        noun=counted.noun,
        predicate=found.words,
        predicate_token=token.i,
        noun_token=counted.token.i,
        evidence=(
            f"event: {found.event} ← {token.text!r} ({found.role})",
            *(evidence or ((f"item: {item} ← {counted.noun!r}",) if counted.noun else ())),
        ),
    )


def _settle(
    event: str, item: str, counted: Counted, found: Found, sentence: Sentence, document: Document, codebook: Codebook
) -> str:
    """The event, where the words around the cue change what it means."""
    text = document.article.text
    start = min(sentence.starts[found.token.i], sentence.starts[counted.token.i])
    end = max(sentence.ends[found.token.i], sentence.ends[counted.token.i])
    around = text[max(sentence.start, start - 25) : min(sentence.end, end + 30)]
    if event in ("killed", "wounded") and _CASUALTY_PAIR.search(around) and not _each_its_own(found, counted):
        return "casualties"
    if event in ("destroyed", "damaged") and _DAMAGE_PAIR.search(around):
        return "damaged"
    if event == "intercepted" and found.words in ("destroy", "hit", "strike"):
        tail = text[end : min(sentence.end, end + 60)]
        if _NOT_FLYING.search(tail):
            return "destroyed"
    return event


def _each_its_own(found: Found, counted: Counted) -> bool:
    """ "Killed 20 and wounded 20": each verb has a figure of its own."""
    low, high = sorted((found.token.i, counted.token.i))
    doc = counted.token.doc
    words = [token.lower_ for token in doc[max(0, low - 3) : high + 4]]
    pairs = re.search(
        r"(?:killed|wounded|injured|dead)(?: ,)? (?:and|or|&|/) (?:\w+ )?(?:wounded|injured|killed|hurt|dead|injuries)",
        " ".join(words),
    )
    return pairs is None


def _refine_people(
    measure: Measure, counted: Counted, found: Found, sentence: Sentence, document: Document, codebook: Codebook
) -> Measure:
    """The most specific item that the words support: what the people are said to be, or what they were."""
    item = measure.item
    if codebook.items[item].group != "people":
        return measure
    if item in ("person", "combatant") and measure.event == "released" and _CAPTIVITY.search(_neighbourhood(sentence, document)):
        return replace(measure, item="prisoner", evidence=(*measure.evidence, "item: prisoner, freed in an exchange"))
    if item == "person":
        # "five of the dead were children"
        for verb in (found.token.head, counted.token.head, counted.token):
            if verb.lemma_ == "be":
                for child in verb.children:
                    if child.dep_ == "attr" and (said := read_item(child, codebook)) and said != "none" and codebook.items[said].group == "people":
                        return replace(measure, item=said, evidence=(*measure.evidence, f"item: {said} ← {child.text!r}"))
    return measure


def _neighbourhood(sentence: Sentence, document: Document) -> str:
    return " ".join(
        other.text for other in document.sentences[max(0, sentence.index - 1) : sentence.index + 2]
    )


def _same_class(item: str, other: str, codebook: Codebook) -> bool:
    return codebook.items[item].group == codebook.items[other].group


def _before(quantity: Quantity, sentence: Sentence) -> str:
    return sentence.text[max(0, quantity.start - sentence.start - 45) : quantity.start - sentence.start]


def _listed(first: Quantity, second: Quantity, document: Document) -> bool:
    """Whether only the members of one list stand between two figures."""
    between = document.article.text[first.end : second.start]
    return len(between) < 60 and not re.search(r"[.;:!?]|\b(?:who|which|that|while|but|when|after|before|said)\b", between)


def _whole_of(quantity: Quantity, before: list[Mention], sentence: Sentence) -> Mention | None:
    for mention in reversed(before[-3:]):
        if mention.sentence.index == sentence.index and mention.quantity.of == quantity.start:
            return mention
    return None


_INCREMENT = re.compile(r"\b(?:rose|risen|rises|increased|grew|grown|climbed|up|jumped|higher|fell|dropped|down) by\s*$", re.I)
_TOTAL_WORDS = re.compile(r"\b(?:in total|in all|to date|so far|since the (?:start|beginning|outbreak)|overall|altogether|all told|have now|a total of)\b", re.I)  # fmt: skip
_STILL = re.compile(r"\b(?:still|remain\w*|currently|now|at present|are being held|is being held)\b", re.I)
_NEWLY = re.compile(r"^\W*(?:\w+\W+){0,1}?(?:more|additional|further|new)\b|^\W*(?:\w+\W+){0,2}?(?:newly)\b", re.I)


def _aggregation(quantity: Quantity, measure: Measure, sentence: Sentence) -> str:
    """How the number counts, as far as its own sentence says; `setting` knows the running totals."""
    after = sentence.text[quantity.end - sentence.start :]
    before = _before(quantity, sentence)
    for pattern, rate in _RATES:
        if pattern.match(after):
            return rate
    if _INCREMENT.search(before):
        return "increment"
    if measure.event in ("missing", "held"):
        return "stock"
    if measure.event == "captured" and _STILL.search(sentence.text):
        return "stock"
    if measure.event in ("displaced", "deployed") and _STILL.search(sentence.text):
        return "stock"
    return "period"


__all__ = ["read_item", "read_measures"]
del number_token
