"""Whether people of whom only their fate is told belong to an armed force.

"The army lost 240 dead", "Hezbollah put its own dead at seven", "39 bodies in uniform", "beat back the attackers,
killing 86": the words around say that soldiers or fighters are counted, though their noun does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from conflictstats.codebook import Codebook
from conflictstats.measures.nouns import (
    ARMIES,
    COME_TO,
    RESULTS,
    SET_AT,
    Counted,
    is_armed,
    name_at,
    things_of,
    vocabulary,
)
from conflictstats.records import Document, Mention, Sentence

if TYPE_CHECKING:
    from spacy.tokens import Token

_SUFFERING = frozenset("suffer sustain lose take have".split())
_ADMITTING = frozenset("admit acknowledge concede mourn bury confirm".split())
_INFLICTED = frozenset("suffer lose sustain take inflict".split())
_OWN_RANKS = re.compile(r"^\W*(?:in|among|from|on|within) (?:its|their|his|her|our) (?:own )?(?:ranks|side|troops|forces|men|fighters|army)\b", re.I)  # fmt: skip
_IN_UNIFORM = re.compile(
    r"\s*(?:\w+ )?(?:in|wearing) (?:[\w'’-]+ ){0,3}?(?:uniforms?|fatigues|camouflage|combat dress|battledress)\b",
    re.I,
)
# "left 70 dead on the field", "left 22 bodies at the fence"
_LEFT_BEHIND = re.compile(
    r"\W*(?:behind|on the (?:battle)?field|on the battleground|at the (?:fence|gate|wire|walls?|edge)|in (?:their|its) (?:flight|retreat|wake))\b",
    re.I,
)
_ARMED = re.compile(
    r"\b(?:battalion|brigade|regiment|troops|army|armed forces|fighters|soldiers|enemy|adversary|invaders|occupiers|ranks|servicemen|garrison)\b",
    re.I,
)
_BANDS = frozenset("movement group organisation organization".split())
_ATTACKS = frozenset(
    "ambush attack strike strikes raid raids bombing airstrike airstrikes assault shelling".split()
)
_THEY = frozenset("they we it".split())


def why_combatants(
    counted: Counted,
    event: str,
    sentence: Sentence,
    document: Document,
    before: Sequence[Mention],
    codebook: Codebook,
) -> str | None:
    """What says that the people counted are combatants; None where nothing does."""
    noun = counted.token
    word = noun.lower_
    armed = _ARMED.search(sentence.text) is not None
    if word in ("men", "personnel"):
        # "soldiers took away 41 men", "young men were taken from their homes"
        taken = event == "captured" and not any(
            _ARMED.fullmatch(child.lower_) or child.lower_ == "young"
            for child in (*noun.head.children, *noun.children)
            if child.dep_ in ("nsubj", "agent", "amod")
        )
        lost = taken or event in ("casualties", "deployed") or noun.head.lemma_ == "lose"
        if lost and (armed or event in ("casualties", "deployed")):
            return f"{noun.text!r} of an armed force"
    if any(thing.lower_ in ("theirs", "ours") for thing in things_of(noun, "of")):
        return "of the other side"
    after = sentence.text[sentence.ends[noun.i] - sentence.start :]
    if _IN_UNIFORM.match(after):
        return "in uniform"
    if word in ("casualties", "losses") and noun.head.lemma_ in _INFLICTED:
        return "losses of an armed force"
    if (event == "casualties" and armed) or _OWN_RANKS.search(after):
        return "losses of an armed force"

    def is_force(token: Token) -> bool:
        if (
            token.lower_ in ARMIES
            or token.lower_ in _BANDS
            or vocabulary(codebook).get(token.lower_) == "combatant"
        ):
            return True
        name = name_at(sentence.starts[token.i], sentence.ends[token.i], document)
        return name is not None and name.kind in ("group", "force") and is_armed(name, codebook)

    def is_people(token: Token) -> bool:
        name = name_at(sentence.starts[token.i], sentence.ends[token.i], document)
        named = name is not None and name.kind in ("state", "adjective", "people")
        return named or token.lower_ in ("its", "their", "our")

    if any(
        any(is_force(owner) for owner in _owners(fate))
        or any(child.lower_ in ("own", "our") for child in fate.children)
        or (
            any(is_people(owner) for owner in _owners(fate))
            and (fate.lower_ == "losses" or (fate.lower_ in _TOLLS and _only_soldiers(before)))
        )
        for fate in _fates(noun)
    ):
        return "losses of an armed force"
    losses = _losses_set(noun)
    if losses is not None and any(is_force(owner) or is_people(owner) for owner in _owners(losses)):
        return "losses of an armed force"
    subject, verb, told = _sufferer(noun, elided=counted.elided)
    if subject is not None and verb is not None:
        suffers = verb.lemma_ in _SUFFERING or (verb.lemma_ in _ADMITTING and told in ("loss", "losses"))
        theirs = subject.lower_ in _THEY and (
            (verb.lemma_ == "lose" and not counted.elided) or _after_a_unit(sentence, document)
        )
        fled = any(child.dep_ == "conj" and child.lemma_ in _FLED for child in verb.children)
        left = verb.lemma_ == "leave" and told is not None and (fled or _LEFT_BEHIND.match(after) is not None)
        if (suffers or left) and (theirs or is_force(subject)):
            return "losses of an armed force"
    if counted.elided and any(is_force(foe) for foe in _fought(noun)):
        return "those who were fought"
    if word == "members" and any(child.lower_ in ("its", "their") for child in noun.children):
        return "members of a unit" if _after_a_unit(sentence, document) else None
    others = any(m.sentence.index == sentence.index and m.measure.item in _HARMLESS for m in before)
    if (counted.elided or word in RESULTS) and not others and _in_a_clash(noun):
        return "those who clashed"
    return None


_TOLLS = frozenset("toll dead casualties".split())
_FLED = frozenset("run flee withdraw retreat escape".split())
_CLASHES = frozenset(
    "clash clashes skirmish skirmishes firefight firefights battle battles gunfight gunfights shootout shootouts".split()
)
_UNIT = re.compile(
    r"\b(?:brigade|battalion|regiment|division|army|platoon|corps|garrison|militia|squad|commandos|infantry|unit|force)\b",
    re.I,
)
_HARMLESS = frozenset("civilian child woman women_and_children".split())


def _only_soldiers(before: Sequence[Mention]) -> bool:
    """Whether it is soldiers whom an article counts: three figures of them at least, and none of civilians."""
    items = [mention.measure.item for mention in before]
    return items.count("combatant") > 2 and _HARMLESS.isdisjoint(items)


def _after_a_unit(sentence: Sentence, document: Document) -> bool:
    """Whether "it" or "its" may stand for an armed unit that the sentence before or the words in front tell of."""
    earlier = document.sentences[sentence.index - 1].text if sentence.index else ""
    return _UNIT.search(earlier) is not None


def _in_a_clash(noun: Token) -> bool:
    """Whether a clash cost those who are counted: "clashes erupted between the groups, claiming 10 dead"."""
    token = noun
    for _ in range(6):
        token = token.head
        if token.pos_ in ("VERB", "AUX"):
            subject = next((child for child in token.children if child.dep_ in ("nsubj", "nsubjpass")), None)
            if subject is not None and subject != noun:
                return subject.lower_ in _CLASHES
            if token.dep_ not in ("advcl", "conj", "xcomp", "ccomp", "acl"):
                return False
    return False


def _owners(noun: Token) -> Iterator[Token]:
    """The words that say whose: "the army's dead", "losses of the enemy"."""
    for child in noun.children:
        if child.dep_ in ("poss", "compound", "nmod", "amod"):
            yield child
    yield from things_of(noun, "of", "among")


def _fates(noun: Token) -> Iterator[Token]:
    """The nouns that say what became of those counted: itself, and what a figure is said of."""
    if noun.lower_ in RESULTS:
        yield noun
    verb = noun.head
    if noun.dep_ == "pobj":
        if verb.head.lower_ in RESULTS:
            yield verb.head  # "the loss of six"
        verb = verb.head
    if verb.lemma_ in COME_TO or verb.lemma_ in SET_AT:
        for child in verb.children:
            if child.dep_ in ("nsubj", "nsubjpass", "dobj"):
                yield from (part for part in (child, *things_of(child, "of")) if part.lower_ in RESULTS)


def _losses_set(noun: Token) -> Token | None:
    """The losses that a figure tells more of: "put Russian losses at 420 killed and 310 wounded"."""
    token = noun
    for _ in range(4):
        token = token.head
        if token.lemma_ in SET_AT or token.lemma_ in COME_TO:
            return next(
                (
                    child
                    for child in token.children
                    if child.dep_ in ("nsubj", "dobj", "nsubjpass")
                    and child.lower_ in ("losses", "loss")
                    and child.i < noun.i
                ),
                None,
            )
    return None


def _sufferer(noun: Token, elided: bool) -> tuple[Token | None, Token | None, str | None]:
    """Who is said to have lost those counted: the subject, its verb, and the noun of the loss."""
    told = noun.lower_ if noun.lower_ in RESULTS else None
    token = noun
    for _ in range(6):
        if token.dep_ not in ("conj", "pobj", "prep", "dobj"):
            break
        token = token.head
        if token.lower_ in RESULTS:
            told = token.lower_
        if token.pos_ in ("VERB", "AUX"):
            if told is None and not elided:
                break
            doer = token
            while (subject := _subject(doer)) is None and doer.dep_ == "conj" and told is not None:
                doer = doer.head
            return subject, token, told
    return None, None, None


def _subject(verb: Token) -> Token | None:
    return next((child for child in verb.children if child.dep_ in ("nsubj", "nsubjpass")), None)


def _fought(number: Token) -> Iterator[Token]:
    """Whom the clause above fights: "beat back the attackers, killing 86", "clashed with rebels, killing 12"."""
    verb = number.head
    while number.dep_ == "dobj" and verb.dep_ == "conj" and verb.tag_ == "VBG":
        verb = verb.head
    for attack in verb.children:
        # "ambush on army bus kills 39"
        if number.dep_ == "dobj" and attack.dep_ == "nsubj" and attack.lower_ in _ATTACKS:
            for place in things_of(attack, "on", "against"):
                yield from (part for part in (place, *place.children) if part.dep_ in ("pobj", "compound"))
    if number.dep_ != "dobj" or verb.dep_ != "advcl" or verb.tag_ != "VBG":
        return
    for child in verb.head.children:
        if child.dep_ in ("dobj", "nsubjpass") and child.i < verb.i:
            yield child
            yield from (part for part in child.children if part.dep_ == "compound")
        elif child.dep_ == "prep" and child.lower_ in ("with", "against") and child.i < verb.i:
            yield from (thing for thing in child.children if thing.dep_ == "pobj")
