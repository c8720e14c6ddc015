"""The reader of measures: what is counted (item), and what happened to it (event).

Where a figure does not say its noun ("another 12", "of these, 23"), it takes it from the figure before it
that can have the same event; where it names no event of its own ("including 45 children"), it takes that
of its total. A figure for which no event is found counts nothing about the conflict and is dropped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from conflictstats.codebook import Codebook
from conflictstats.inflection import verb_forms
from conflictstats.measures.aggregation import read_aggregation
from conflictstats.measures.beside import find_beside
from conflictstats.measures.bulletins import read_entry, read_line, read_minus
from conflictstats.measures.idlefigures import counts_nothing
from conflictstats.measures.narrowing import FROM_THE_AIR, governors, narrow, read_item, settle
from conflictstats.measures.nouns import (
    PUBLIC,
    RESULTS,
    Counted,
    is_numbered,
    number_token,
    read_noun,
    things_of,
    vocabulary,
)
from conflictstats.measures.predicates import Found, find_clause, find_event, only_people
from conflictstats.records import Document, Measure, Mention, Quantity, Sentence
from conflictstats.sentences import CLAIMABLE

if TYPE_CHECKING:
    from spacy.tokens import Token

# Words before a figure that make it a part of the figure before it, with that figure's event.
_PART = re.compile(
    r"\b(?:includ\w+|among(?:st)? (?:them|whom|which|these|those)(?: were| are)?|of (?:them|whom|which|these|those)|from them|"
    r"of (?:that|this) (?:number|total|figure|sum)|of the (?P<fate>dead|killed|slain|wounded|injured|missing)|half of them|counting|in particular|namely)[ ,:]*(?:(?:the|about|only|just|also|another|at least|some|all) )*$",
    re.I,
)
# "Eleven of them", "half of whom": the figure itself is the part.
_OF_THEM = re.compile(r"\s*(?:of|among) (?:them|whom|which|these|those)\b", re.I)
# "24 children were among them"
_AMONG_THEM = re.compile(
    r"[^.;:]{0,60}\b(?:were|was|are|is|being) (?:also )?among (?:them|these|those)\b"
    # "five Pakistanis and one Bangladeshi among them"
    r"|(?: (?:and )?(?!an? )[\w'’-]+){1,5} among them(?=\s*(?:[,.;:)]|$))",
    re.I,
)
# Verbs that give a figure without saying what happened: "spoke of 16", "counted 20", "lists seven missiles".
_GIVING = frozenset(
    "admit acknowledge concede speak put give count report verify confirm document say cite list estimate establish name mention register record"
    " identify be specify state tell know raise lower revise quote publish note announce claim".split()
)
_FRONT = re.compile(
    r"^\W*(?:\w+ ){0,2}?(?:along (?:the|a|its|their) (?:\w+ ){0,2}?(?:front|line|border|contact)|front(?:line)?\b|wide\b"
    r"|in width\b|across a front|(?:section|stretch) of (?:the )?front)",
    re.I,
)
# The event of a total whose part had this one: 68 intercepted of 70 launched.
_TOTALS = {"intercepted": "launched", "hit": "launched", "repelled": "conducted"}
# What happens to ground: the other events only happen there
_ON_THE_GROUND = frozenset("advanced seized held repelled".split())
# What makes a claim of people who are counted for many reasons: ministers, fans, witnesses.
_DONE_TO = frozenset("killed wounded casualties missing captured released".split())
_ATTACK = re.compile(
    r"\b(?:attack(?:s|ed)?|strikes?|barrages?|salvos?|raids?|bombardments?|launch(?:es|ed)?"
    r"|(?:target|shell|pound|bombard|pummel)(?:s|ed|ing)?)\b",
    re.I,
)
# "Losses of the enemy rise to 100 killed, 49 tanks and six drones"
_LOSSES = re.compile(
    r"[^.;:\d]{0,40}\blosses\b[^.;]{0,120}\b(?:killed|wounded|casualties|men|soldiers|personnel)\b", re.I
)
_CAPITALISED = re.compile(r"(?:One|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten|Twelve) [A-Z][a-z]+")
# … but for a headline that has run into the text: "Six Killed in Aleppo Bombing"
_HEADLINE = re.compile(
    r"\w+ (?:Killed|Dead|Wounded|Injured|Die|Dies|Hurt|Missing|Arrested|Captured|People|Civilians|Soldiers|Children|Others|More)\b"
)
_LOWER_BEFORE = re.compile(r"[a-z,] $")
# "Of the 90 drones, 57 were shot down": what the share is taken of
_TAKEN_OF = re.compile(r"(?:^|[.;:,(]\s*)(?:out )?of (?:(?:the|these|those|all|some) )*$", re.I)


def read_measures(document: Document, codebook: Codebook) -> Iterator[Mention]:
    """Every quantity of a document that counts something about the conflict, in order, with its measure.

    A quantity that says two things gives two mentions: "all 12 missiles were shot down" counts 12
    intercepted and 12 launched.
    """
    before: list[Mention] = []
    if not _of_war(document, codebook):
        return
    for sentence in document.sentences:
        if sentence.doc is None:
            continue
        for quantity in sentence.quantities:
            if quantity.kind not in CLAIMABLE or _in_a_name(quantity, sentence):
                continue
            for measure in _read(quantity, sentence, document, before, codebook):
                measure = _counting(_as_found(measure, sentence, codebook), quantity, sentence)
                mention = Mention(sentence, quantity, measure)
                before.append(mention)
                yield mention


def _read(
    quantity: Quantity, sentence: Sentence, document: Document, before: Sequence[Mention], codebook: Codebook
) -> Iterator[Measure]:
    if (part := _part_of_this(quantity, sentence, before)) is not None and part.quantity.kind == "count":
        # the "70" of "68 of 70 drones"
        event = _TOTALS.get(part.measure.event)
        if event is None and part.measure.event == "launched":
            event = "launched"  # "one of two bombs dropped"
        if event is not None:
            yield replace(
                part.measure, event=event, evidence=(f"event: {event}, the total of {part.quantity.text!r}",)
            )
        elif (said := _said_of_all(part, sentence, codebook)) is not None:
            yield replace(said, variant=part.measure.variant)
        return
    if (line := read_line(quantity, sentence, document, codebook)) is not None:
        yield line
        return
    counted = read_noun(quantity, sentence, document, codebook)
    if counted is None:
        return
    if (entry := read_entry(quantity, counted.item, sentence, document, before, codebook)) is not None:
        yield replace(entry, variant=counted.variant, noun=counted.noun, noun_token=counted.token.i)
        return
    if (lost := read_minus(quantity, sentence, counted.item, codebook)) is not None:
        yield replace(lost, variant=counted.variant, noun=counted.noun, noun_token=counted.token.i)
        return
    if quantity.kind == "measure":
        measure = _read_extent(quantity, counted, sentence, before, codebook)
    elif counted.token.lower_ in ("times", "time", "occasions"):
        measure = _read_times(counted, sentence, codebook)
    elif counted.share and (land := _read_share_of_land(counted, sentence, codebook)) is not None:
        measure = land
    elif counted.item == "none":
        return
    else:
        measure = _read_count(quantity, counted, sentence, document, before, codebook)
    if measure is None:
        return
    yield _as_whole(measure, quantity, sentence)
    if quantity.whole and quantity.best != 0 and (event := _TOTALS.get(measure.event)) is not None:
        yield replace(
            measure, event=event, evidence=(*measure.evidence, f"event: {event}, since it was all of them")
        )


def _said_of_all(part: Mention, sentence: Sentence, codebook: Codebook) -> Measure | None:
    """What a clause behind tells of a whole of which a part was counted: "sank one of four boats that approached"."""
    noun = (
        sentence.doc[part.measure.noun_token]
        if sentence.doc and part.measure.noun_token is not None
        else None
    )
    if noun is None or not any(child.dep_ == "relcl" for child in noun.children):
        return None
    item = part.measure.item
    found = find_clause(noun, _kinds(item, codebook), codebook)
    if found is None or found.event not in ("deployed", "launched"):
        return None
    return Measure(
        found.event, item, noun=part.measure.noun, predicate=found.words, predicate_token=found.token.i, noun_token=noun.i,
        evidence=(f"event: {found.event} ← {found.token.text!r} ({found.role})", f"item: {item}, of {part.quantity.text!r}"),
    )  # fmt: skip


# Words of which one at least stands in any report of an armed conflict, and in few of sports, elections or trade.
_WAR_WORDS = re.compile(
    r"\b(?:soldiers?|troops?|army|armies|military|militia\w*|militants?|rebels?|insurgen\w+|guerrillas?|terroris\w+|jihadis\w+|gunm[ae]n"
    r"|fighters?|servicem[ae]n|peacekeep\w+|paramilitar\w+|mercenar\w+|missiles?|rockets?|drones?|UAVs?|shell(?:s|ed|ing|ings)|artillery"
    r"|mortars?|air ?strikes?|air raids?|warplanes?|bomb(?:s|ed|ing|ings|ers?|ardment)?|explosives?|grenades?|mines?|landmines?|tanks?"
    r"|wars?|warfare|ceasefires?|cease-fires?|truces?|hostages?|prisoners? of war|occupation|occupied|occupiers?|invasion|invaders?|offensives?"
    r"|assaults?|ambush\w*|battalions?|brigades?|warheads?|unmanned aerial"
    r"|massacres?|genocide|refugees?|displaced|weapons?|ammunition|munitions?|front ?lines?|combat\w*|clashes|air[ -]defen[cs]es?|enemy"
    r"|murder\w*|killings?|kidnap\w*|abduct\w*|assassin\w*|gunfire|gunned|snipers?|narco\w*|drug traffick\w*|mafias?|cartels?|violence|conflicts?|armed"
    r"|security forces|navy|air force|warships?|casualties|captivity|coup)\b",
    re.I,
)
_NEARER = 0.8  # how much nearer an event must be for a figure to take its item from a figure further off
_SHORT_TEXT = 500  # characters: too short to tell what it is about


# What a text without any of them tells of war by, with what a side did: "killed in Israeli strikes", "executed by ISIL"
_KILLING = re.compile(
    r"\b(?:killed|killing|dead|deaths?|died|wounded|slain|martyr\w*|execut(?:ed|ions?)|fatalit(?:y|ies))\b",
    re.I,
)
_BLOW = re.compile(
    r"(?:['’]s?)? (?:\w+ )?(?:strikes?|attacks?|raids?|fire|forces|aggression|bombardments?)\b", re.I
)


def _of_war(document: Document, codebook: Codebook) -> bool:
    """Whether a text can be about an armed conflict: a long one without a word of war is about something else,
    unless it tells of the dead, and of an armed group or the strikes of a side."""
    text = document.article.text
    if len(text) < _SHORT_TEXT or _WAR_WORDS.search(text) is not None:
        return True
    return _KILLING.search(text) is not None and any(
        name.side is not None
        and (codebook.sides[name.side].kind == "group" or _BLOW.match(text, name.end) is not None)
        for name in document.names
    )


# What was found on the dead or in a camp, and words of its use, with which a list of it may be anything
_FOUND = re.compile(
    r"\b(?:recovered|retrieved|recover(?:y|ies) of|seized|seizures? of|confiscated|impounded|unearthed|cache of|haul of)\b",
    re.I,
)
_USED = re.compile(
    r"\b(?:fir(?:ed|ing|es?)|launch\w*|shell(?:ed|ing)|attack\w*|assault(?:ed|ing)|dropp(?:ed|ing)|hurl(?:ed|ing)|lobb(?:ed|ing)|threw|thrown"
    r"|throwing|explod\w+|detonat\w+|blew|blast\w*|explosions?|struck|strikes?|hit|hitting|landed|fell|used|using|rained|targeted|targeting|(?<!-)shot|downed|intercept\w+|destroy\w+|defus\w+)\b",
    re.I,
)


def _as_found(measure: Measure, sentence: Sentence, codebook: Codebook) -> Measure:
    """Munitions in a list of what was found were seized: "recovered two rifles with 15 rounds, five grenades"."""
    if (
        measure.event not in ("launched", "intercepted", "hit")
        or codebook.group(measure.item) != "munition"
        or not _FOUND.search(sentence.text)
        or _USED.search(sentence.text)
    ):
        return measure
    return replace(
        measure, event="seized", evidence=(*measure.evidence, "event: seized, in a list of what was found")
    )


def _counting(measure: Measure, quantity: Quantity, sentence: Sentence) -> Measure:
    if measure.aggregation == "increment":
        return measure
    aggregation = read_aggregation(quantity, measure, sentence)
    return measure if aggregation == measure.aggregation else replace(measure, aggregation=aggregation)


def _in_a_name(quantity: Quantity, sentence: Sentence) -> bool:
    """Whether a capitalised number word within a sentence belongs to a name: the Three Brotherhood Alliance."""
    at = quantity.start - sentence.start
    words = sentence.text
    if (
        at < 2
        or not _CAPITALISED.match(words, at)
        or _HEADLINE.match(words, at)
        or words[at - 2] in '.:;!?"“”('
    ):
        return False
    return _LOWER_BEFORE.search(words[:at]) is not None and sum(map(str.isupper, words)) < 0.3 * len(words)


def _as_whole(measure: Measure, quantity: Quantity, sentence: Sentence) -> Measure:
    """The event of a figure that opens a sentence as the whole of its parts."""
    event = _TOTALS.get(measure.event)
    parts = any(other.start > quantity.end for other in sentence.quantities)
    if event is None or not parts or not _TAKEN_OF.search(_before(quantity, sentence)):
        return measure
    return replace(
        measure,
        event=event,
        evidence=(*measure.evidence, f"event: {event}, the whole that parts are taken of"),
    )


def _read_extent(
    quantity: Quantity, counted: Counted, sentence: Sentence, before: Sequence[Mention], codebook: Codebook
) -> Measure | None:
    """Distances, areas and weights."""
    noun = counted.token
    if quantity.unit == "kg":
        things = [counted.item, *(read_item(thing, codebook) for thing in _things(noun))]
        item = next((item for item in things if item not in (None, "none", PUBLIC)), None) or "other"
        charge = counted.item == item and item in ("bomb", "explosive")  # "a 5-kg dynamite charge"
        kinds = {item, codebook.group(item), *(() if charge else ("kg",))} - {"other"}
        found = find_event(noun, frozenset(kinds), codebook)
        return _measure(found, item, counted) if found is not None and found.cost < 4 else None
    if quantity.unit == "km2":
        item, classes = "territory", frozenset({"ground", "territory"})
    else:
        after = sentence.text[quantity.end - sentence.start :]
        wide = _FRONT.search(after[:50]) or re.search(r"\bfront of\s*$", _before(quantity, sentence), re.I)
        item = "frontage" if wide else "depth"
        classes = frozenset({item})
    found = find_event(noun, classes, codebook)
    if found is None and quantity.unit == "km":
        found = find_event(noun, frozenset({"ground"}), codebook)
    if found is not None and quantity.unit == "km" and found.event not in _ON_THE_GROUND:
        return None  # "a refinery 800 km inside the country was hit"
    if found is not None and found.cost < 9:
        if found.event == "seized" and quantity.unit == "km":
            found = found._replace(event="advanced")  # a length of ground taken is an advance
        return _measure(found, item, counted)
    last = before[-1] if before else None
    near = (
        last is not None and last.quantity.unit == quantity.unit and sentence.index - last.sentence.index <= 1
    )
    if last is not None and near and any(token.lemma_ in _GIVING for token in governors(noun)):
        why = f"event: {last.measure.event}, a further figure for {last.quantity.text!r}"
        return replace(_taken_from(last, sentence, counted), evidence=(why,))
    return None


def _things(noun: Token) -> Iterator[Token]:
    """What a weight is one of: "20 kg of dynamite", "a 2-kg package of dynamite"."""
    if noun.dep_ in ("compound", "nmod", "nummod"):
        noun = noun.head
    yield from things_of(noun, "of")


@cache
def _acts(codebook: Codebook) -> dict[str, str]:
    return {
        form: item for item, entry in codebook.items.items() for act in entry.acts for form in verb_forms(act)
    }


@cache
def _throwing() -> frozenset[str]:
    """Verbs that, done a number of times with a munition, are so many attacks."""
    return frozenset(
        form for verb in ("drop", "fire", "launch", "hurl", "throw", "lob") for form in verb_forms(verb)
    )


# "came under fire nine times"
_UNDER = {
    **dict.fromkeys("attack attacks assault".split(), "attack"),
    **dict.fromkeys("fire shelling bombardment shellfire".split(), "shelling"),
}
_TRUCE = re.compile(r"\b(?:ceasefire|cease-fire|truce|armistice)\b", re.I)
_BOMBS = re.compile(r"\b(?:guided|glide|aerial|barrel|cluster) bombs?\b|\bKABs?\b", re.I)


def _read_times(counted: Counted, sentence: Sentence, codebook: Codebook) -> Measure | None:
    """ "Shelled the town 20 times" counts shellings."""
    token = counted.token
    for _ in range(4):
        token = token.head
        item = _acts(codebook).get(token.lower_)
        if token.lemma_ in ("come", "be") and item is None:
            item = next(
                (_UNDER[thing.lower_] for thing in things_of(token, "under") if thing.lower_ in _UNDER), None
            )
        if item is None and token.lower_ in _throwing():
            item = "attack"  # "dropped explosives 29 times"
        if (
            item is None
            and token.lemma_ in ("open", "return")
            and "fire" in (c.lower_ for c in token.children)
        ):
            item = "shelling"
        if item is None and token.lemma_ in ("break", "breach") and _TRUCE.search(sentence.text):
            item = "attack"
        if token.pos_ in ("VERB", "AUX") and item is not None:
            if item == "attack" and (FROM_THE_AIR.search(sentence.text) or _BOMBS.search(sentence.text)):
                item = "airstrike"
            return Measure(
                "conducted", item, None, counted.noun, token.lemma_, "period", token.i, counted.token.i,
                evidence=(f"event: conducted ← {token.text!r} a number of times", f"item: {item} ← {token.text!r}"),
            )  # fmt: skip
    return None


_LAND = frozenset(
    "country territory province region governorate oblast state district county department area land zone sector side"
    " bank city town village enclave pocket strip peninsula island suburb neighbourhood neighborhood camp valley desert coast"
    " border".split()
)


def _read_share_of_land(counted: Counted, sentence: Sentence, codebook: Codebook) -> Measure | None:
    """ "Hold some 60 per cent of the town", "controls two thirds of the country": a share of a place is territory."""
    token = counted.token
    if token.lower_ not in _LAND and token.tag_ != "NNP":
        return None
    found = find_event(token, frozenset({"ground", "territory"}), codebook, anywhere=False)
    if found is None or found.cost > 2.5 or found.event not in ("held", "seized"):
        return None
    return _measure(found._replace(event=settle(found, counted, sentence)), "territory", counted)


def _read_number_of(counted: Counted, codebook: Codebook) -> Measure | None:
    """ "The rebels number 4,000": forces that are there."""
    if counted.item != "combatant" or not is_numbered(counted.token):
        return None
    return Measure(
        "deployed", "combatant", None, counted.noun, "number", noun_token=counted.token.i,
        evidence=("event: deployed ← 'number' (subject)", "item: combatant, whose number it is"),
    )  # fmt: skip


def _read_count(
    quantity: Quantity,
    counted: Counted,
    sentence: Sentence,
    document: Document,
    before: Sequence[Mention],
    codebook: Codebook,
) -> Measure | None:
    public = counted.item == PUBLIC
    if public:
        counted = counted._replace(item="person")
    item = counted.item
    if (spoken := _spoken_of(quantity, sentence, before, codebook)) is not None:
        counted = counted._replace(item=item or spoken, elided=False, noun=counted.noun)
        item, total = counted.item, None
    else:
        total = _total(quantity, counted.token, sentence, before, codebook, item)
    if total is None and counted.elided and item is None:
        total = _broken_down(quantity, sentence, before)
        if total is not None:
            why = f"event: {total.measure.event}, as a part of {total.quantity.text!r}, to which the list adds up"
            part = replace(_taken_from(total, sentence, counted), variant=None, evidence=(why,))
            return replace(part, total=total.quantity.start)
    if total is not None:
        part = _read_part(total, counted, sentence, codebook)
        refined = narrow(part, counted, None, sentence, document, before, codebook)
        return replace(refined, total=total.quantity.start)
    if counted.elided and (item is None or codebook.group(item) == "action"):
        # "the death toll of the strike has risen to four": the four are not strikes
        if _TOLL.search(_before(quantity, sentence)) or _TOLL_NEAR.search(_before(quantity, sentence)):
            return Measure(
                "killed", "person", noun_token=counted.token.i,
                evidence=("event: killed ← 'toll'", "item: person, by its event"),
            )  # fmt: skip
    if counted.elided and item is None:
        measure, found = _elided(quantity, counted, sentence, document, before, codebook)
        if measure is None:
            return _as_listed(quantity, counted, sentence, document, before, codebook)
        return narrow(measure, counted, found, sentence, document, before, codebook)
    if counted.token.lower_ in ("fighter", "fighters"):
        # "brought down five fighters": what flies
        downed = find_event(counted.token, frozenset({"aircraft", "equipment"}), codebook, anywhere=False)
        if downed is not None and "down" in downed.words.split() and downed.cost <= 0.7:
            item = "aircraft"
            counted = counted._replace(item=item)
    found = find_event(counted.token, _classes(counted, codebook), codebook, anywhere=not public)
    if found is None or found.weak or found.cost > 4:
        found = _of_losses(counted, codebook) or _of_the_next(counted, codebook) or found
    if found is not None and found.event == "intercepted" and found.words == "hit":
        if found.token.i == counted.token.i + 1:
            found = found._replace(event="hit")  # "one missile hit on a building": it hit, and was not
    if found is not None and found.event == "killed" and _INJURIES_TO.search(_before(quantity, sentence)):
        # "the loss of one life and injuries to two people"
        found = found._replace(event="wounded", words="injury")
    if counts_nothing(quantity, counted, found, sentence, codebook):
        return None
    if found is not None and found.cost > 4 and is_numbered(counted.token):
        found = None  # "the peasants, some 400 strong, burned the truck"
    if public and (found is None or found.weak or found.cost > 2 or found.event not in _DONE_TO):
        return None
    if found is None and (measure := _read_number_of(counted, codebook)) is not None:
        return measure
    if found is None and item is not None and codebook.group(item) == "equipment":
        # "six diggers were killed": what is killed is no machine
        done = find_event(counted.token, frozenset(), codebook)
        if done is not None and done.cost <= 0.7 and done.event == "killed" and only_people(done, codebook):
            return _measure(done, "person", counted, "item: person, by its event")
    if found is None:
        measure = _as_listed(quantity, counted, sentence, document, before, codebook)
        if measure is None and (measure := _bare(counted, sentence, codebook)) is not None:
            measure = narrow(measure, counted, None, sentence, document, before, codebook)
        return measure or _beside(quantity, counted, sentence, document, before, codebook)
    if item is None:
        measure = _unknown(counted, found, sentence, before, codebook)
        measure = measure or _struck(counted, found, codebook)
    else:
        measure = _measure(found._replace(event=settle(found, counted, sentence)), item, counted)
    return (
        _beside(quantity, counted, sentence, document, before, codebook)
        if measure is None
        else narrow(measure, counted, found, sentence, document, before, codebook)
    )


_INJURIES_TO = re.compile(r"\b(?:injur(?:y|ies)|wounds)\s+(?:to|of|among)\s+$", re.I)


def _of_the_next(counted: Counted, codebook: Codebook) -> Found | None:
    """ "On the Israeli side, including the Golan Heights, 22 soldiers and 26 civilians have been killed": what became of
    the people that a list joins to these.
    """
    if counted.item is None or codebook.group(counted.item) != "people":
        return None
    for other in counted.token.children:
        if other.dep_ == "conj" and any(child.dep_ == "nummod" for child in other.children):
            found = find_event(other, frozenset({"people", "person"}), codebook, anywhere=False)
            if found is not None and found.cost <= 1 and not found.weak and found.event in _DONE_TO:
                return found
    return None


def _of_losses(counted: Counted, codebook: Codebook) -> Found | None:
    """ "Losses in 24 hours, including 1,140 troops and 59 guns", "brings its losses since the invasion to 900 tanks": what
    a side lost, wherever the parse hangs the list.
    """
    if counted.item != "combatant" and codebook.group(counted.item or "other") not in (
        "equipment",
        "munition",
    ):
        return None
    for token in reversed(counted.token.doc[: counted.token.i]):
        if token.lower_ == "losses":
            event = "casualties" if counted.item == "combatant" else "destroyed"
            return Found(event, token, "noun", "loss", 0.7, False, False)
        if token.tag_ in ("VBD", "VBZ", "VBP", "VB", "MD"):
            return None
    return None


def _beside(
    quantity: Quantity,
    counted: Counted,
    sentence: Sentence,
    document: Document,
    before: Sequence[Mention],
    codebook: Codebook,
) -> Measure | None:
    """By the words right beside the figure, where its parse leads nowhere."""
    number = number_token(sentence, quantity)
    if number is None or quantity.kind != "count":
        return None
    classes = _classes(counted, codebook) or frozenset({"people", "person"})
    found = find_beside(number, counted.token, classes, codebook)
    if found is None or (counted.item is None and not only_people(found, codebook)):
        return None
    measure = _measure(
        found._replace(event=settle(found, counted, sentence)), counted.item or "person", counted
    )
    return narrow(measure, counted, found, sentence, document, before, codebook)


def _kinds(item: str, codebook: Codebook) -> frozenset[str]:
    """An item and its group, either of which a cue may count."""
    return frozenset({item, codebook.group(item)})


def _classes(counted: Counted, codebook: Codebook) -> frozenset[str]:
    """What the counted noun is, for the cues that can count it."""
    if counted.item is None:
        return frozenset()
    classes = {*_kinds(counted.item, codebook)}
    if counted.item == "person" and counted.token.lower_ in _UNDER_ARMS:
        classes.add("combatant")  # of an army, as the event may tell; a patrol of the police
    return frozenset(classes)


_UNDER_ARMS = frozenset("men personnel officers patrol squad unit force detachment contingent column".split())


def _total(
    quantity: Quantity,
    token: Token,
    sentence: Sentence,
    before: Sequence[Mention],
    codebook: Codebook,
    item: str | None,
) -> Mention | None:
    """The figure that the words make this one a part of."""
    after = sentence.text[quantity.end - sentence.start :]
    part = _PART.search(_before(quantity, sentence))
    if not (part or _OF_THEM.match(after) or _AMONG_THEM.match(after)):
        return _beside_a_part(quantity, sentence, before, codebook, item)
    near = [m for m in reversed(before[-8:]) if sentence.index - m.sentence.index <= 1]
    if part is not None and part["fate"] is not None:
        event = _FATES[part["fate"].lower()]
        return next((mention for mention in near if mention.measure.event == event), None)
    if item is None:
        # "two attacks with 30 missiles …, four of them got through": of those that can
        near.sort(key=lambda mention: not _can_be_of(mention, token, codebook))
    for mention in near:
        targets = (mention.measure.noun or "").lower().endswith(("targets", "objects", "sites"))
        if item is None or targets or _same_class(item, mention.measure.item, codebook):
            # of "58 of the 70 …, among them 31", the 58 is spoken of
            return next((m for m in before if m.quantity.of == mention.quantity.start), mention)
    return None


_FATES = {
    **dict.fromkeys(("dead", "killed", "slain"), "killed"),
    **dict.fromkeys(("wounded", "injured"), "wounded"),
    "missing": "missing",
}
_OF_WHICH = re.compile(r"\s*of which\b", re.I)
_WHOM = re.compile(r"\s*of (?P<whom>them|whom|which|these|those)\b", re.I)


def _spoken_of(
    quantity: Quantity, sentence: Sentence, before: Sequence[Mention], codebook: Codebook
) -> str | None:
    """The item of the uncounted things of which a figure is a part: "attacked the raiders and shot six of them",
    "brothels, two of which were burned"; None where they are a figure's, or nobody knows them."""
    match = _WHOM.match(sentence.text, quantity.end - sentence.start) if quantity.kind == "count" else None
    number = number_token(sentence, quantity) if match is not None else None
    if match is None or number is None or any(m.sentence.index == sentence.index for m in before[-1:]):
        return None
    things = [
        token
        for token in number.doc[: number.i]
        if token.tag_ in ("NNS", "NNPS") and not any(child.dep_ == "poss" for child in token.children)
    ]  # "its forces have retaken five of them": none of its own
    if match["whom"].lower() in ("which", "whom"):
        things = [t for t in things if number.i - t.i <= 2]
    for thing in reversed(things):
        said = read_item(thing, codebook)
        if any(child.like_num for child in thing.children):
            return None
        if said not in (None, "none", PUBLIC) and (
            codebook.group(said) == "people" or match["whom"].lower() == "which"
        ):
            return str(said)
    return None


def _broken_down(quantity: Quantity, sentence: Sentence, before: Sequence[Mention]) -> Mention | None:
    """The figure that a list behind a colon adds up to: "shot down 91 drones: 62 over Bryansk Region, 12 over Tula
    Region, …". Whatever the parse makes of so long a sentence, the parts have no event of their own.
    """
    last = next((m for m in reversed(before[-40:]) if m.quantity.end <= quantity.start), None)
    while last is not None and last.measure.total is not None and last.sentence.index == sentence.index:
        whole = last.measure.total
        last = next((m for m in before if m.quantity.start == whole), None)
    if last is None or last.sentence.index != sentence.index or last.quantity.kind != "count":
        return None
    parts = [q for q in sentence.quantities if q.start >= last.quantity.end]
    if (
        len(parts) < 2
        or any(q.kind != "count" for q in parts)
        or sum(q.best for q in parts) != last.quantity.best
    ):
        return None
    ahead = sentence.text[last.quantity.end - sentence.start : parts[0].start - sentence.start]
    if not _COLON_AHEAD.fullmatch(ahead) or _verb_between(parts[0].end, parts[-1].end, sentence):
        return None
    return last


_COLON_AHEAD = re.compile(r"[^.;:!?]*:\s*")


def _verb_between(start: int, end: int, sentence: Sentence) -> bool:
    return any(
        token.pos_ in ("VERB", "AUX")
        for token, at in zip(sentence.doc or (), sentence.starts, strict=False)
        if start <= at < end
    )


def _can_be_of(total: Mention, part: Token, codebook: Codebook) -> bool:
    """Whether what is told of a part can happen to its total."""
    item = total.measure.item
    classes = _kinds(item, codebook)
    found = find_event(part, classes, codebook, anywhere=False, own=True)
    return found is not None and found.cost <= 1.0 and not found.weak and found.words != "be"


def _beside_a_part(
    quantity: Quantity, sentence: Sentence, before: Sequence[Mention], codebook: Codebook, item: str | None
) -> Mention | None:
    """The total of the part that a list joins this figure to: "561 bodies, among them 41 women and 23 children"."""
    placed = item is None and _IN_A_PLACE.match(sentence.text, quantity.end - sentence.start) is not None
    last = next((m for m in reversed(before[-3:]) if not placed or m.measure.total is not None), None)
    if last is None or last.measure.total is None or last.sentence.index != sentence.index:
        return None
    between = sentence.text[last.quantity.end - sentence.start : quantity.start - sentence.start]
    joined = (_JOINED_FATE if item is None else _JOINED_NOUN).fullmatch(between)
    if not joined and not (placed and _JOINED_PLACE.fullmatch(between)):
        return None
    if item is not None and not _same_class(item, last.measure.item, codebook):
        return None
    return next((m for m in before if m.quantity.start == last.measure.total), None)


# "of whom 550 were killed, 1,200 wounded and 90 taken prisoner"
_JOINED_FATE = re.compile(
    r"\s+(?:(?:were|was|have been|had been) )?(?:(?:\w+ly )?\w+ed|dead|hurt|missing|taken \w+)(?:,|,? and|,? or) ",
    re.I,
)
# "including 16 in two raids on the town and nine in an attack on a school"
_JOINED_PLACE = re.compile(
    r"\s+(?:in|at|near|on|over)(?:\s+[^\s,;:.]+){1,8}?(?:,\s+(?:(?:and|or)\s+)?|\s+(?:and|or)\s+)", re.I
)
_IN_A_PLACE = re.compile(r"\s+(?:in|at|near|on|over)\s", re.I)
_JOINED_NOUN = re.compile(r"\s+(?:[\w'’-]+\s*){1,3}(?:,|,? and|,? or) ", re.I)


def _read_part(total: Mention, counted: Counted, sentence: Sentence, codebook: Codebook) -> Measure:
    """A part has its total's event unless a word of its own clause says another: "of which ten were repelled"."""
    item = counted.item or total.measure.item
    if item == "person" and _same_class(item, total.measure.item, codebook):
        item = total.measure.item  # nine officers of an army are combatants
    classes = _kinds(item, codebook)
    found = find_event(counted.token, classes, codebook, anywhere=False, own=True)
    # "130 martyrs, six of them recovered from the rubble": nobody of the dead is released
    alive = found is not None and found.event == "released" and total.measure.event == "killed"
    if found is not None and found.cost <= 1.0 and not found.weak and found.words != "be" and not alive:
        return _measure(found._replace(event=settle(found, counted, sentence)), item, counted)
    evidence = [f"event: {total.measure.event}, as a part of {total.quantity.text!r}"]
    if counted.item is not None:
        evidence.append(f"item: {item} ← {counted.noun!r}")
    return replace(_taken_from(total, sentence, counted), item=item, evidence=tuple(evidence))


def _taken_from(mention: Mention, sentence: Sentence, counted: Counted) -> Measure:
    """The measure of another figure for this one; its predicate's token only means something in its own sentence."""
    same = mention.sentence.index == sentence.index
    return replace(
        mention.measure,
        noun=counted.noun,
        variant=counted.variant,
        predicate_token=mention.measure.predicate_token if same else None,
        noun_token=counted.token.i,
        total=None,
        again=mention.quantity.start,
    )


def _bare(counted: Counted, sentence: Sentence, codebook: Codebook) -> Measure | None:
    """A noun that says its event by itself, where no verb does: actions, and munitions in the report of an attack."""
    item = counted.item
    group = codebook.group(item)
    if group == "action":
        event, why = "conducted", repr(counted.noun)
    elif group in ("equipment", "munition") and _LOSSES.match(sentence.text):
        event, why = "destroyed", "losses, of a list"
    elif group == "munition" and (attack := _ATTACK.search(sentence.text)):
        event, why = "launched", repr(attack.group())
    elif group == "munition" and _verbless(counted.token):
        event, why = "launched", "a sentence without a verb"
    else:
        return None
    return Measure(
        event,
        str(item),
        counted.variant,
        counted.noun,
        evidence=(f"event: {event} ← {why}", f"item: {item} ← {counted.noun!r}"),
    )


def _verbless(noun: Token) -> bool:
    """ "Seven bombs in five hours.", "23 shells and 14 drones in all": a report that leaves out its verb."""
    while noun.dep_ in ("conj", "appos") and noun.head != noun:
        noun = noun.head
    return (
        noun.dep_ in ("ROOT", "appos")
        and noun.pos_ in ("NOUN", "PROPN")
        and not any(child.dep_ in ("relcl", "cop", "nsubj") for child in noun.children)
    )


def _as_listed(
    quantity: Quantity,
    counted: Counted,
    sentence: Sentence,
    document: Document,
    before: Sequence[Mention],
    codebook: Codebook,
) -> Measure | None:
    """A figure without an event of its own: one of a list, or one that only gives a new number."""
    near = list(reversed(before[-4:]))
    if quantity.text.lower() in ("nobody", "no one") and counted.elided:
        return None  # "whom nobody had wanted to leave"
    if counted.elided and counted.item is None and not any(m.sentence.index == sentence.index for m in near):
        # "On Saturday he had spoken of 17": a number alone that is told anew is most often the toll's
        near = sorted(before[:-9:-1], key=lambda m: m.measure.event != "killed")
    for mention in near:
        if sentence.index - mention.sentence.index > 2:
            continue
        # of two things that one figure says, the first is the one it was given for
        mention = next(m for m in before if m.quantity.start == mention.quantity.start)
        if counted.item is not None and not _same_class(counted.item, mention.measure.item, codebook):
            continue
        if counted.item is None and (mention.measure.total is not None or not counted.elided):
            continue  # a new figure for the whole is not one for its part, nor for a thing that nobody knows
        same = mention.sentence.index == sentence.index
        listed = same and not _with_a_verb(counted) and _in_list(mention.quantity, quantity, document)
        given = _is_given(quantity, counted)
        if not listed and not (given and (counted.elided or counted.item == mention.measure.item)):
            continue
        why = "from the list with" if listed else "a further figure for"
        item = counted.item or mention.measure.item
        if (
            counted.token.lower_ in ("others", "other")
            and codebook.group(item) == "people"
            and item != "combatant"
        ):
            item = "person"  # "nine children and 14 others"
        return replace(
            _taken_from(mention, sentence, counted),
            item=item,
            evidence=(f"event: {mention.measure.event}, {why} {mention.quantity.text!r}",),
        )
    return None


def _with_a_verb(counted: Counted) -> bool:
    """Whether a figure's noun has a verb of its own: "its 250 dead, two soldiers came to buy fish"."""
    token = counted.token
    return (
        token.dep_ == "nsubj" and token.head.pos_ == "VERB" and token.head.i > token.i and not counted.elided
    )


def _is_given(quantity: Quantity, counted: Counted) -> bool:
    """Whether a verb gives the figure: "the governor spoke of 16", not "said one" and "no one claimed it"."""
    token = counted.token
    speaks = token.dep_ == "nsubj" and token.head.lemma_ in _GIVING
    nowhere = token.head.lemma_ == "be" and not any(child.dep_ == "attr" for child in token.head.children)
    if speaks and (quantity.high <= 1 or nowhere):
        return False  # nor "thirteen are still in the city"
    return any(governor.lemma_ in _GIVING and not _says_who(governor) for governor in governors(token))


def _says_who(verb: Token) -> bool:
    """Whether "be" tells how many they were who speak or are spoken of: "they were about twenty"."""
    return verb.lemma_ == "be" and any(
        child.dep_ == "nsubj" and child.lower_ in ("they", "we", "you", "he", "she", "i")
        for child in verb.children
    )


def _elided(
    quantity: Quantity,
    counted: Counted,
    sentence: Sentence,
    document: Document,
    before: Sequence[Mention],
    codebook: Codebook,
) -> tuple[Measure | None, Found | None]:
    """A figure without a noun of its own: the item of the nearest figure that can have this one's event."""
    near = [m for m in reversed(before[-8:]) if sentence.index - m.sentence.index <= 2]
    speaks = counted.token.dep_ == "nsubj" and counted.token.head.lemma_ in _GIVING - {"be"}
    said = speaks and any(child.dep_ == "dobj" for child in counted.token.head.children)
    if said and quantity.best == 1:
        return None, None  # "one put the dead at 40"
    if quantity.text.lower() == "nobody":
        near = []  # of people, whoever was spoken of
    # a figure said again is the same figure: "all 23 were destroyed"
    near.sort(
        key=lambda m: (
            not (quantity.whole and m.quantity.best == quantity.best),
            m.sentence.index != sentence.index,
            m.measure.total is not None,
        )
    )
    tried: set[str] = set()
    best: tuple[float, Measure, Found, bool] | None = None
    for mention in near:
        item = mention.measure.item
        if item in tried:
            continue
        tried.add(item)
        classes = _kinds(item, codebook)
        found = find_event(counted.token, classes, codebook, anywhere=False)
        others = counted.token.lower_ in ("others", "other") and not any(
            child.lower_ == "the" for child in counted.token.children
        )
        if mention.sentence.index != sentence.index and codebook.group(item) == "people" and not others:
            # who they were is not carried from one sentence to the next, but of a fight between forces
            some = quantity.high > 0 and _of_forces_only(near, counted, codebook)
            freed = found is not None and found.event == "released" and item in ("prisoner", "hostage")
            item = "combatant" if some else item if freed else "person"
        if others and mention.sentence.index == sentence.index and _mixed(near, sentence, codebook):
            item = "person"
        if found is not None and found.token.lemma_ == "loss" and codebook.group(item) == "ground":
            continue  # "losses exceed 1,840": ground is lost in its own words
        if found is not None and found.cost <= 3.5 and (best is None or found.cost < best[0] - _NEARER):
            event = settle(found, counted, sentence)
            if event == "displaced" and mention.measure.event == "deployed":
                event = "deployed"  # "will send 1,000 officers. So far 400 have arrived"
            why = f"item: {item}, from {mention.quantity.text!r}"
            far = mention.sentence.index != sentence.index
            carried = _measure(found._replace(event=event), item, counted, why)
            best = found.cost, replace(carried, again=mention.quantity.start), found, far
    if best is None and (of_things := _of_things(counted, sentence, document, codebook)) is not None:
        return of_things
    # "15 killed in a strike": people, where an event of people is as near as any
    found = find_event(counted.token, frozenset({"people", "person"}), codebook, anywhere=False)
    if best is not None:
        of_people = codebook.group(best[1].item) == "people"
        told = (
            found is not None
            and found.token.i == counted.token.i + 1
            and found.cost <= 0.0
            and not (found.token == best[2].token and len(found.words) < len(best[2].words))
            # "and 96 disappeared from radar"
        )
        done = (  # "attacked two villages, killing 16"
            found is not None
            and found.role == "object"
            and found.token == counted.token.head
            and found.token != best[2].token
            and found.cost < best[0]
            and only_people(found, codebook)
        )
        if of_people or not (
            told
            or done
            or (
                best[3]
                and found is not None
                and found.cost <= best[0]
                and (found.role == "noun" or (best[2].weak and not found.weak))
            )
        ):
            return best[1:3]
    things = _OF_WHICH.match(sentence.text, sentence.ends[counted.token.i] - sentence.start) is not None
    if found is None or found.cost > 1.0 or things:
        found = find_event(counted.token, frozenset({"site"} if things else ()), codebook)
    if found is None or found.cost > 3.5:
        return None, None
    alone = _unknown(counted, found, sentence, (), codebook)
    return (alone and replace(alone, event=settle(found, counted, sentence))), found


# "Toll in Kharkiv flats strike rises to 14", where a headline's nouns are taken for verbs; "the confirmed death toll of a
# strike on the plant has risen to four"
_TOLL = re.compile(
    r"(?:^|\bdeath )toll\b[^.;:,\d]{0,100}\b(?:rises|rose|risen|climbs|climbed|jumps|jumped|soars|grows|grown|mounts|mounted) to $",
    re.I,
)
# "estimated the death toll closer to 400"
_TOLL_NEAR = re.compile(
    r"\bdeath toll (?:(?:was|is|as|at) )?(?:(?:much|far) )?(?:close|closer|nearer|near) to $", re.I
)
_WORD = re.compile(r"[A-Za-z][\w-]*")
_THINGS = ("munition", "equipment", "site")


def _of_things(
    counted: Counted, sentence: Sentence, document: Document, codebook: Codebook
) -> tuple[Measure, Found] | None:
    """A figure for things that were named but not counted: "Russia launched drones. The air force said 12 were shot down"."""
    start = sentence.start
    last = document.sentences[sentence.index - 1] if sentence.index else None
    if last is not None and last.paragraph == sentence.paragraph:
        start = last.start  # it may hold no figure, and so no parse
    words = ["", *_WORD.findall(document.article.text, start, sentence.starts[counted.token.i])]
    table = vocabulary(codebook)
    for what, thing in reversed(list(pairwise(words))):
        item = table.get(f"{what} {thing}".lower()) or table.get(thing.lower())  # storage tanks are no tanks
        if item is None or not thing.lower().endswith("s") or codebook.group(item) not in _THINGS:
            continue
        found = find_event(counted.token, _kinds(item, codebook), codebook, anywhere=False, own=True)
        if found is None or (codebook.group(item) == "site" and "down" in found.words.split()):
            continue  # no refinery is shot down
        if found.cost <= 1.0 and not found.weak and found.role == "object":
            event = settle(found, counted, sentence)
            return _measure(found._replace(event=event), item, counted, f"item: {item} ← {thing!r}"), found
    return None


def _mixed(near: Sequence[Mention], sentence: Sentence, codebook: Codebook) -> bool:
    """Whether several kinds of people were counted in this sentence: of "two women and two soldiers, and several others",
    the others may be anybody."""
    kinds = {
        m.measure.item
        for m in near
        if m.sentence.index == sentence.index
        and codebook.group(m.measure.item) == "people"
        and m.measure.total is None
    }
    return len(kinds) > 1


def _of_forces_only(near: Sequence[Mention], counted: Counted, codebook: Codebook) -> bool:
    """Whether all people counted just before are combatants, and no others are named beside the figure: "39 soldiers
    died. … Of the 16 wounded"."""
    named = (
        vocabulary(codebook).get(token.lower_, "none")
        for token in counted.token.doc
        if token.pos_ in ("NOUN", "PROPN")
        and token.lower_ not in RESULTS
        and token.lower_ not in ("others", "other")
    )
    people = [m.measure.item for m in near if codebook.group(m.measure.item) == "people"]
    beside = [item for item in named if item not in ("none", PUBLIC, "journalist")]
    return bool(people) and all(
        item == "combatant" for item in (*people, *(i for i in beside if codebook.group(i) == "people"))
    )


def _unknown(
    counted: Counted, found: Found, sentence: Sentence, before: Sequence[Mention], codebook: Codebook
) -> Measure | None:
    """The item of a noun that the codebook does not know, as far as the event tells."""
    counts = {c for cue in codebook.events[found.event].cues if found.words in cue.words for c in cue.counts}
    own = counted.token.i == found.token.i
    if counted.elided or own:
        if found.role == "noun":
            # "missile launches, numbering 20": the event's noun says what is counted
            for child in found.token.children:
                said = read_item(child, codebook)
                if (
                    said not in (None, "none")
                    and child.dep_ in ("compound", "amod", "poss")
                    and _kinds(said, codebook) & counts
                ):
                    return _measure(found, str(said), counted, f"item: {said} ← {child.text!r}")
        if "people" in counts:
            return _measure(found, "person", counted, "item: person, by its event")
        for mention in reversed(before):
            if codebook.group(mention.measure.item) == "munition" and "munition" in counts:
                item = mention.measure.item
                return _measure(found, item, counted, f"item: {item}, from {mention.quantity.text!r}")
        if (
            counted.token.dep_ == "nsubjpass"
            and found.event in ("hit", "damaged", "destroyed")
            and "site" in counts
            and found.cost <= 0.7
        ):
            return _measure(found, "site", counted, "item: site, by its event")
        return None
    if counts == {"people"} and found.cost <= 1.5 and only_people(found, codebook):
        return _measure(found, "person", counted, "item: person, by its event")
    if "site" in counts and found.cost <= 0.7 and found.event in ("hit", "damaged", "destroyed"):
        return _measure(found, "site", counted, "item: site, by its event")
    return None


def _struck(counted: Counted, found: Found, codebook: Codebook) -> Measure | None:
    """An unknown thing that is hit or destroyed: a site, whatever it is."""
    site = find_event(counted.token, frozenset({"site"}), codebook, anywhere=False)
    if counted.elided or site is None or site.token != found.token or site.cost > 0.7:
        return None
    if site.event not in ("hit", "damaged", "destroyed"):
        return None
    return _measure(site, "site", counted, "item: site, by its event")


def _measure(found: Found, item: str, counted: Counted, why: str | None = None) -> Measure:
    why = why or (f"item: {item} ← {counted.noun!r}" if counted.noun else None)
    return Measure(
        event=found.event,
        item=item,
        variant=counted.variant,
        noun=counted.noun,
        predicate=found.words,
        predicate_token=found.token.i,
        noun_token=counted.token.i,
        evidence=(f"event: {found.event} ← {found.token.text!r} ({found.role})", *((why,) if why else ())),
    )


def _same_class(item: str, other: str, codebook: Codebook) -> bool:
    return codebook.group(item) == codebook.group(other)


def _before(quantity: Quantity, sentence: Sentence) -> str:
    start = quantity.start - sentence.start
    return sentence.text[max(0, start - 45) : start]


def _in_list(first: Quantity, second: Quantity, document: Document) -> bool:
    """Whether only the members of one list stand between two figures."""
    between = document.article.text[first.end : second.start]
    return len(between) < 60 and not re.search(
        r"[.;:!?]|\b(?:who|which|that|while|but|when|after|before|said)\b", between
    )


def _part_of_this(quantity: Quantity, sentence: Sentence, before: Sequence[Mention]) -> Mention | None:
    return next(
        (m for m in before[-3:] if m.sentence.index == sentence.index and m.quantity.of == quantity.start),
        None,
    )
