"""The most specific item and the right event, where the words around the cue or the noun change what they mean.

"Eight strikes" of an air force are air strikes, brothers aged 8 and 13 are children, sailors of a merchant ship
are no combatants, tanks sent to an ally are supplied, drones destroyed in a workshop were not intercepted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from conflictstats.codebook import Codebook
from conflictstats.measures.nouns import PUBLIC, Counted, joined_item, vocabulary
from conflictstats.measures.predicates import Found
from conflictstats.measures.ranks import why_combatants
from conflictstats.records import Document, Measure, Mention, Sentence

if TYPE_CHECKING:
    from spacy.tokens import Token

_NOT_FLYING = re.compile(
    r"\b(?:before (?:launch|take-?off|they)|on the ground|in (?:their )?(?:depots?|stores?|storage|hangars?|warehouses?)"
    r"|factor(?:y|ies)|workshops?|arsenal)\b",
    re.I,
)
_CAPTIVITY = re.compile(
    r"\b(?:prisoners? of war|POWs?|captivity|exchange[ds]?|swap(?:ped|s)?|prisoner)\b", re.I
)
_PRISONERS_OF_WAR = re.compile(r"\b(?:prisoners? of war|POWs?|prisoner (?:exchange|swap)s?)\b", re.I)
FROM_THE_AIR = re.compile(r"\b(?:aircraft|warplanes?|jets?|planes?|aviation|air forces?|helicopters?|bombers?|from the air)\b", re.I)  # fmt: skip
# "20 others, most of them children", "20, with children among them": some of them only
_NOT_ALL = frozenset("mostly many most some several chiefly mainly including with besides plus".split())
_BOTH_TOLLS = frozenset({"killed", "wounded"})
_RESULTS = frozenset("casualties dead deaths victims wounded injured killed fatalities injuries".split())
_FROM_GUNS = re.compile(
    r"^\W*(?:from|by|with|using) (?:multiple|mlrs|artillery|mortars?|rocket launchers?|tanks|howitzers)", re.I
)
_WOUNDED_TOO = re.compile(r"\b(?:wounded|injured)\b", re.I)
# "killing or wounding 200", "20 dead and injured": one number for both
_BOTH = re.compile(
    r"\b(?:killed|killing|dead|died|deaths?|wounded|wounding|injured|injuring) (?:and|or|&|/|and / or|,) (?:\w*[a-z] )?"
    r"(?:wounded|wounding|injured|injuring|killed|killing|hurt|dead|injuries)\b"
)
_OF_WHOM_KILLED = re.compile(r"\b(?:of|among) (?:whom|them|these)\b[^.;]*\b(?:killed|dead|died)\b", re.I)
_EACH_ITS_OWN = re.compile(r"(?:\band|\bor|,|&) (?:20|one|half|many|several|scores|others|more|some)\b")
_LAND_LOSSES = re.compile(
    r"\b(?:tanks|armou?red (?:fighting |combat )?vehicles|howitzers|artillery (?:systems|pieces|guns)|field artillery|depots?)\b",
    re.I,
)
_POLICE = re.compile(
    r"\bpolic\w+|\bgendarm\w+|\bcustoms\b|\bprison\b|\bofficers? of the (?:law|court)\b", re.I
)
_AID = re.compile(r"\b(?:aid|humanitarian|relief|food|flour|fuel|supplies|medicines?)\b", re.I)


def narrow(
    measure: Measure,
    counted: Counted,
    found: Found | None,
    sentence: Sentence,
    document: Document,
    before: Sequence[Mention],
    codebook: Codebook,
) -> Measure:
    """The most specific item that the words around support."""

    def narrowed(item: str, why: str) -> Measure:
        return replace(measure, item=item, evidence=(*measure.evidence, f"item: {item}, {why}"))

    measure = _supplied(measure, found, sentence, document, codebook)
    if (other := _of_ages(measure, counted, sentence)) is not None:
        return narrowed(*other)
    if (other := _afloat_or_aloft(measure, counted, sentence, document)) is not None:
        return narrowed(*other)
    item, event = measure.item, measure.event
    if (
        item == "site"
        and counted.token.lower_ in ("well", "wells")
        and _OIL.search(_around(sentence, document))
    ):
        return narrowed("energy_site", "where oil is told of")
    if (
        item in ("attack", "shelling", "airstrike", "clash")
        and event == "conducted"
        and _failed(counted.token)
    ):
        why = "event: repelled, since they are said to have failed"
        return replace(measure, event="repelled", evidence=(*measure.evidence, why))
    if measure.event in ("held", "seized") and counted.share and item in ("settlement", "site", "person"):
        return narrowed("territory", "a share of it")
    after = sentence.text[sentence.ends[counted.token.i] - sentence.start :]
    if item == "attack" and event == "conducted" and _FROM_GUNS.match(after):
        return narrowed("shelling", "fired by guns")
    carrying = _AID.search(sentence.text) or (found is not None and found.role == "subject")
    if item == "vehicle" and event == "deployed" and carrying and _AID.search(_around(sentence, document)):
        return replace(
            measure, event="supplied", evidence=(*measure.evidence, "event: supplied, since they carry aid")
        )
    if (
        item in ("person", "combatant")
        and event == "released"
        and _CAPTIVITY.search(_around(sentence, document))
    ):
        return narrowed("prisoner", "freed from captivity")
    if measure.predicate == "take prisoner" and item in ("person", "prisoner", "combatant"):
        return narrowed("combatant", "taken prisoner")
    if counted.elided and codebook.group(item) in ("people", "site", "equipment"):
        # "one of them a nine-year-old boy", "four of them children"
        for token in counted.token.doc[counted.token.i + 1 : counted.token.i + 9]:
            if (token.is_punct and token.tag_ != "HYPH") or token.pos_ in ("VERB", "AUX", "CCONJ"):
                break
            if token.lower_ in _NOT_ALL or (
                token.pos_ == "ADP" and token.lower_ not in ("of", "among", "from")
            ):
                break
            said = read_item(token, codebook)
            if (
                token.pos_ == "NOUN"
                and said not in (None, "none", "person", "site")
                and codebook.group(said) == codebook.group(item)
            ):
                return narrowed(joined_item(token, str(said), codebook), f"said to be {token.text!r}")
    if item in ("person", "civilian") and (counted.elided or (counted.noun and item == "person")):
        # "five of the dead were children"
        for verb in governors(counted.token):
            if verb.lemma_ == "be" and not (_clause_between(counted.token, verb)):
                for child in verb.children:
                    said = read_item(child, codebook) if child.dep_ == "attr" else None
                    if said not in (None, "none", "person") and codebook.group(said) == "people":
                        return narrowed(joined_item(child, str(said), codebook), f"said to be {child.text!r}")
    if (
        item == "hostage"
        and counted.token.lower_ in ("captive", "captives")
        and _CAPTIVITY.search(document.article.text)
    ):
        return narrowed("prisoner", "captives of a war with prisoners")
    if item == "person":
        if counted.token.lower_ in ("officer", "officers") and not _POLICE.search(sentence.text):
            return narrowed("combatant", "officers, with no police around")
        beside = counted.token.head
        if (
            counted.token.dep_ == "conj"
            and {counted.token.lower_, beside.lower_} <= _RESULTS
            and read_item(beside, codebook) == "civilian"
        ):
            return narrowed("civilian", f"like the {beside.text}")  # "47 civilian deaths and 119 injuries"
        if counted.token.lower_ in _RESULTS and any(c.lower_ == "the" for c in counted.token.children):
            # "61 percent of the casualties": those that were spoken of
            spoken = (
                m.measure.item
                for m in reversed(before[-4:])
                if m.measure.item in ("person", "civilian", "combatant") and m.measure.total is None
            )
            if (same := next(spoken, None)) not in (None, "person"):
                return narrowed(str(same), "those spoken of before")
        held = event == "captured" and "captivity" in sentence.text
        if held and _PRISONERS_OF_WAR.search(document.article.text):
            return narrowed("prisoner", "held in captivity")
        if (reason := why_combatants(counted, event, sentence, document, before, codebook)) is not None:
            return narrowed("combatant", reason)
    if item == "combatant" and event == "displaced" and (measure.predicate or "").split(" ")[0] in _COMING:
        why = "event: deployed, since forces are no refugees"
        return replace(measure, event="deployed", evidence=(*measure.evidence, why))
    if item == "home" and event == "cut_off":
        return narrowed("household", "cut off")
    plain = not any(child.dep_ in ("compound", "amod") for child in counted.token.children)
    if item == "attack" and event == "conducted" and plain and _AIR_BOMBS.search(sentence.text):
        return narrowed("airstrike", "with bombs of aircraft")
    if item == "attack" and event == "conducted" and _from_the_air(counted, sentence, document):
        return narrowed("airstrike", "in a war of air strikes")
    if item == "attack" and event == "conducted" and found is not None:
        doer = next((c for c in found.token.children if c.dep_ in ("nsubj", "agent")), None)
        if doer is not None and _flies(doer, counted, sentence, document, codebook):
            return narrowed("airstrike", "flown by aircraft")
    if (
        item == "site"
        and counted.token.lower_ in ("target", "targets")
        and event in ("intercepted", "destroyed")
    ):
        flying = next(
            (m for m in reversed(before[-6:]) if m.measure.item in ("drone", "missile", "drone_or_missile")),
            None,
        )
        if flying is not None:
            return replace(
                narrowed(flying.measure.item, f"the targets of {flying.quantity.text!r}"), event="intercepted"
            )
    return measure


_OIL = re.compile(r"\b(?:oil|oilfields?|petroleum|gas ?fields?|crude|drilling)\b", re.I)
_COMING = frozenset(
    "cross arrive enter pour stream flock flood host lodge accommodate home harbour harbor".split()
)
_YOUNG = re.compile(
    r"^[^.;:,\d]{0,12}?,? ?\b(?:aged|ages|age)\s+(?:of\s+)?(?:only |just |between |from )?(?P<ages>(?:\d{1,2}|[a-z]+)(?:(?:,? and |, | to |[-–])(?:\d{1,2}|[a-z]+))*)"
    r"|^[^.;:,\d]{0,12}?\b(?:under(?: the age of)?|below(?: the age of)?|younger than) (?P<under>1[0-8]|\d|eighteen|ten|five|three)\b",
    re.I,
)
_AGES = {word: n for n, word in enumerate("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen".split())}  # fmt: skip


def _of_ages(measure: Measure, counted: Counted, sentence: Sentence) -> tuple[str, str] | None:
    """Children, by the ages that follow: "two brothers aged 8 and 13", "13 people under 18"."""
    if measure.item not in ("person", "civilian"):
        return None
    match = _YOUNG.match(sentence.text[sentence.ends[counted.token.i] - sentence.start :])
    if match is None:
        return None
    if match.group("under"):
        return "child", f"{match.group().strip()!r}"
    words = re.findall(r"\d+|[a-z]+", match.group("ages").lower())
    ages = [int(word) if word.isdigit() else _AGES.get(word) for word in words if word not in ("and", "to")]
    known = [age for age in ages if age is not None]
    return ("child", f"aged {match.group('ages')!r}") if known and max(known) < 18 else None


_FAILED = frozenset("unsuccessful failed futile abortive fruitless vain unsuccessfully".split())


def _failed(noun: Token) -> bool:
    """ "Eight unsuccessful attempts", "attacked 20 times without success"."""
    verb = noun.head
    beside = [*noun.children, *(verb.children if verb.pos_ == "VERB" else ())]
    return any(token.lower_ in _FAILED for token in beside) or any(
        token.lower_ == "without" and any(child.lower_ == "success" for child in token.children)
        for token in beside
    )


_MERCHANT = re.compile(
    r"\b(?:merchant|cargo|tankers?|freighter|bulk(?:er| carrier)|container ship|commercial (?:ship|vessel)|car carrier|trawlers?|fishing"
    r"|(?:ship|vessel)['’]s (?:\w+ )?(?:operator|owner|manager)|UKMTO|shipping company|seafarers?|abandon(?:ed)? ship)\b",
    re.I,
)
_NAVAL = re.compile(
    r"\b(?:navy|naval|warships?|frigates?|destroyers?|submarines?|corvettes?|military)\b", re.I
)
_AIRCREW = re.compile(
    r"\b(?:helicopters?|gunships?|fighter jets?|warplanes?|bombers?|jets?|tanks?|armou?red|warships?|submarines?|military planes?|air force)\b",
    re.I,
)
_CREW = frozenset("crew crewman crewmen crews member members pilot pilots".split())


def _afloat_or_aloft(
    measure: Measure, counted: Counted, sentence: Sentence, document: Document
) -> tuple[str, str] | None:
    """Sailors of merchant ships are no combatants, crews of helicopters and tanks are."""
    word = counted.token.lower_
    if measure.item == "combatant" and word in ("sailor", "sailors", "seamen", "crewmember", "crewmembers"):
        if _MERCHANT.search(document.article.text) and not _NAVAL.search(sentence.text):
            return "person", "of a merchant ship"
    if (
        measure.item == "person"
        and measure.event != "released"
        and word in _CREW
        and "crew" in (counted.noun or "").lower()
    ):
        if _AIRCREW.search(sentence.text) and not _MERCHANT.search(sentence.text):
            return "combatant", "crew of a war machine"
    return None


# States that strike from the air wherever they fight
_AIR_POWERS = frozenset({"US", "UK", "Israel", "France", "Turkey", "NATO", "Saudi Arabia", "UAE"})
_AIR_BOMBS = re.compile(
    r"\b(?:strikes?|attacks?|raids?|times)\b[^.;]{0,40}\b(?:guided|glide|gliding|aerial|barrel|cluster) (?:[\w-]+ ){0,3}bombs?\b"
    r"|\b(?:guided|glide|gliding|aerial|barrel) (?:[\w-]+ ){0,3}bombs?\b[^.;]{0,30}\b(?:strikes|attacks|raids|times)\b",
    re.I,
)
_STRIKES = frozenset("strike strikes raid raids".split())
_OTHER_STRIKES = re.compile(
    r"\b(?:missiles?|rockets?|drones?|UAVs?|artillery|shell\w*|mortars?|ground|special forces|commandos?|gunmen|motorcycles?|police"
    r"|arrest\w*|raided|raiders)\b",
    re.I,
)
_AIR_WAR = re.compile(
    r"\b(?:air ?strikes?|air-strikes?|air[ -]raids?|warplanes?|war planes?|bombers?|air forces?|fighter jets?|coalition strikes?|bombing raids?)\b",
    re.I,
)


def _from_the_air(counted: Counted, sentence: Sentence, document: Document) -> bool:
    """Whether "strikes" and "raids", by themselves, are those of aircraft: so they are called where an air war is told."""
    if counted.token.lower_ not in _STRIKES or (counted.noun or "").lower() not in _STRIKES:
        return False
    start, end = sentence.starts[counted.token.i], sentence.ends[counted.token.i]
    near = document.article.text[max(sentence.start, start - 90) : min(sentence.end, end + 60)]
    if _OTHER_STRIKES.search(near):
        return False
    if any(
        name.side in _AIR_POWERS and sentence.start <= name.start < sentence.end for name in document.names
    ):
        return True
    return _AIR_WAR.search(document.article.text) is not None


def _flies(doer: Token, counted: Counted, sentence: Sentence, document: Document, codebook: Codebook) -> bool:
    """Whether an attack's doer flies: an air force, its aircraft, a coalition that strikes."""
    words = list(doer.subtree)
    if any(FROM_THE_AIR.fullmatch(token.lower_) for token in words):
        return True
    span = sentence.text[
        sentence.starts[words[0].i] - sentence.start : sentence.ends[words[-1].i] - sentence.start
    ]
    if re.search(r"\bair (?:force|arm|component)|\bairmen\b", span, re.I):
        return True
    if re.search(r"\bcoalition\b", span, re.I) and counted.token.lower_.startswith(("strike", "raid")):
        return True
    first, last = sentence.starts[words[0].i], sentence.ends[words[-1].i]
    return any(
        name.kind == "weapon" and codebook.weapons[name.key or ""].item in ("aircraft", "helicopter")
        for name in document.names
        if first <= name.start and name.end <= last
    )


_SENDING = frozenset("send dispatch ship transfer contribute move bring deploy commit".split())
_TO = re.compile(r"[^.;:]{0,40}?\bto (?:the )?", re.I)


def _supplied(
    measure: Measure, found: Found | None, sentence: Sentence, document: Document, codebook: Codebook
) -> Measure:
    """What is sent to an ally is supplied: "Germany will send 31 tanks to Ukraine"; not what is sent to a foe."""
    weapons = codebook.group(measure.item) in ("equipment", "munition")
    if (
        found is None
        or not weapons
        or measure.event not in ("deployed", "launched")
        or measure.noun_token is None
    ):
        return measure
    if (measure.predicate or "").split(" ")[0] not in _SENDING:
        return measure
    start = sentence.ends[measure.noun_token]
    match = _TO.match(document.article.text, start, sentence.end)
    if match is None:
        return measure
    sides = [name for name in document.names if name.side is not None and sentence.start <= name.start]
    receiver = next(
        (n for n in sides if n.start == match.end() and n.kind in ("state", "capital", "group", "force")),
        None,
    )
    giver = next((n for n in reversed(sides) if n.end <= start), None)
    if receiver is None or giver is None or giver.side == receiver.side:
        return measure
    if _at_war(giver.side, receiver.side, codebook):
        return measure
    why = f"event: supplied, since {receiver.text} is no foe of {giver.text}"
    return replace(measure, event="supplied", evidence=(*measure.evidence, why))


def _at_war(one: str | None, other: str | None, codebook: Codebook) -> bool:
    """Whether two sides stand in different camps of a war."""
    for war in codebook.wars.values():
        camps = [n for n, camp in enumerate(war.sides) for side in camp if side in (one, other)]
        if len(set(camps)) > 1:
            return True
    return False


# "Fifteen were lost to jamming": brought down, whoever lost them
_LOST_IN_FLIGHT = re.compile(
    r"\blost (?:to|by|through|from|in|due|under) (?:\w+ ){0,2}?(?:jamming|radars?|electronic|ew|spoofing|suppression)\b"
)


def settle(found: Found, counted: Counted, sentence: Sentence) -> str:
    """The event, where the words around the cue change what it means."""
    doc = counted.token.doc
    if found.event == "released" and _is_dead(counted.token):
        return "killed"  # "pulled three bodies from the rubble", "handed over the bodies of 17 soldiers"
    negated = any(child.dep_ == "neg" or child.lower_ == "never" for child in found.token.children)
    if negated and found.event == "released" and found.role == "subject":
        return "displaced" if found.words == "be home" else "missing"  # "never came back"
    if negated and found.event == "intercepted":
        return "hit"  # what a defence missed
    if found.event == "captured" and _killed_next(found.token):
        return "killed"  # "rounded up 40 men and shot them"
    if found.words == "shoot" and found.event == "killed" and _in_a_limb(found.token):
        return "wounded"
    if found.words == "occupy" and found.token.tag_ in ("VBZ", "VBP", "VBG") and found.event == "seized":
        return "held"
    beside = " ".join(token.lower_ for token in doc[max(0, found.token.i - 3) : found.token.i + 4])
    if found.event == "destroyed" and found.words == "lose" and _LOST_IN_FLIGHT.search(beside):
        return "intercepted"
    if found.event in _BOTH_TOLLS and _BOTH.search(beside) and not _EACH_ITS_OWN.search(beside):
        return "casualties"
    if found.event in ("destroyed", "damaged") and re.search(
        r"\b(?:destroyed|damaged|damaging|destroying|burnt|burned|wrecked|demolished) (?:or|and|and / or) (?:\w+ )?"
        r"(?:damaged|destroyed|damaging|destroying)\b",
        beside,
    ):
        return "damaged"
    if (
        found.event in _BOTH_TOLLS | {"casualties"}
        and found.words == "lose"
        and _WOUNDED_TOO.search(sentence.text)
    ):
        behind = " ".join(token.lower_ for token in doc[counted.token.i + 1 : counted.token.i + 6])
        if _BOTH.search(behind) and not _EACH_ITS_OWN.search(behind):
            return "casualties"  # "lost 900 troops, killed and wounded"
        if _OF_WHOM_KILLED.search(sentence.text):
            return "casualties"  # "lost 1,840 men, of whom 550 were killed and 1,200 wounded"
        return "killed"  # "lost two soldiers, with twelve wounded"
    if found.event == "intercepted" and found.words in ("destroy", "hit", "strike"):
        boats = re.search(r"\b(?:boats?|vessels?|naval|sea|surface)\b", counted.noun or "", re.I)
        if counted.variant == "naval" or boats or _LAND_LOSSES.search(sentence.text):
            return "destroyed"
        after = sentence.starts[max(found.token.i, counted.token.i)] - sentence.start
        if _NOT_FLYING.search(sentence.text[after : after + 60]):
            return "destroyed"
    return found.event


_BODIES = frozenset("body bodies corpse corpses remains".split())


def _is_dead(noun: Token) -> bool:
    return noun.lower_ in _BODIES or (
        noun.dep_ == "pobj" and noun.head.lower_ == "of" and noun.head.head.lower_ in _BODIES
    )


_KILLING = frozenset("kill execute shoot behead murder massacre slaughter hang burn slay".split())
_LIMBS = frozenset(
    "shoulder leg legs arm arms hand hands foot feet thigh thighs knee knees ankle buttock buttocks elbow wrist finger".split()
)


def _killed_next(taking: Token) -> bool:
    return any(
        verb.lemma_ in _KILLING
        and any(child.dep_ == "dobj" and child.lower_ in ("them", "all") for child in verb.children)
        for verb in taking.conjuncts
        if verb.i > taking.i
    )


def _in_a_limb(shot: Token) -> bool:
    return any(
        thing.lower_ in _LIMBS
        for prep in shot.children
        if prep.lower_ in ("in", "through")
        for thing in prep.children
    )


def read_item(noun: Token, codebook: Codebook) -> str | None:
    """The item of a bare noun, by the longest phrase of the codebook that ends at it."""
    table = vocabulary(codebook)
    for start in range(max(0, noun.i - 3), noun.i + 1):
        phrase = " ".join(token.lower_ for token in noun.doc[start : noun.i + 1])
        if phrase in table:
            return "person" if table[phrase] == PUBLIC else table[phrase]
    return None


def governors(token: Token) -> Iterator[Token]:
    """The words right above a figure, and the verb of a clause that hangs on it ("the 53 he reported")."""
    yield from (child for child in token.children if child.dep_ in ("relcl", "acl"))
    for _ in range(3):
        token = token.head
        yield token


def _clause_between(token: Token, verb: Token) -> bool:
    """Whether another verb stands between a figure and one above it: what is said by that one is of others."""
    while token != verb and token != token.head:
        token = token.head
        if token != verb and token.pos_ in ("VERB", "AUX"):
            return True
    return False


def _around(sentence: Sentence, document: Document) -> str:
    near = document.sentences[max(0, sentence.index - 1) : sentence.index + 2]
    return " ".join(other.text for other in near)
