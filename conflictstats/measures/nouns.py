"""The counted noun of a quantity, and the item that it stands for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from conflictstats.codebook import Codebook
from conflictstats.inflection import noun_forms, singular
from conflictstats.quantities.reader import BANDS
from conflictstats.records import Document, Name, Quantity, Sentence

if TYPE_CHECKING:
    from spacy.tokens import Token

# What stands between a number and the thing it counts: "20 members of the group", "20 pieces of artillery"
_CARRIERS = frozenset(
    "member unit piece number total group batch team crew set item type lot part element case round wave volley series"
    " body corpse load truckload section stretch segment consignment shipment convoy column flight squadron pair crate box"
    " variety model kind sort instance act episode".split()
)
_CARRIER_FORMS = frozenset(form for word in _CARRIERS for form in noun_forms(word))
_PRONOUNS = frozenset(
    "them these those theirs ours which whom it they others other more ones us we people's whose some many all themselves own".split()
)
_MEMBERS = frozenset(
    "member members element elements men man commander commanders leader leaders cadre cadres figure figures supporter"
    " supporters follower followers affiliate affiliates agent agents people".split()
)
# Nouns that say what became of people and not who they were.
RESULTS = frozenset(
    "dead casualty casualties loss losses wounded injured martyr martyrs death deaths fatality fatalities killed fallen"
    " slain body bodies corpse corpses missing toll injuries".split()
)
ARMIES = frozenset(
    "army armies battalion brigade regiment division militia militias force forces guard guards navy marines corps troops"
    " garrison paramilitary guerrilla guerrillas command platoon company unit patrol military soldiers fighters rebels"
    " militants insurgents ranks servicemen squad front wing junta enemy coalition gang cartel rebel militant terrorist armed jihadist insurgent extremist"
    " insurgency".split()
)
_ONCE = frozenset("former retired demobilised demobilized ex".split())
_OWNERS = frozenset("his their its our my her your".split())
_LONGEST = 8  # "surface-to-air missile system" is seven tokens
# What the vocabulary says of people who make a claim only where something was done to them.
PUBLIC = "public"


_IN_AN_ACTION = re.compile(r"\s+in\s+(?:one|an?|the|a\s+single)\s", re.I)


class Counted(NamedTuple):
    """What a quantity counts."""

    token: Token  # the counted noun, or the number itself where the noun is elided
    item: str | None  # None: the noun is not in the codebook; "none": it is one that makes no claim
    variant: str | None
    noun: str | None  # as written
    elided: bool  # the noun is not said: "another 12", "20 of them"
    share: bool = False  # the figure is a percentage or fraction


@cache
def vocabulary(codebook: Codebook) -> Mapping[str, str]:
    """Noun or noun phrase in all its forms → item."""
    table: dict[str, str] = {}
    # an item comes before what makes no claim: "post" is a position, though it may be an office too
    for item, entry in codebook.items.items():
        named = [*((words, item) for words in entry.words), *((words, PUBLIC) for words in entry.public)]
        for words, value in named:
            for form in noun_forms(words):
                table.setdefault(form, value)
                table.setdefault(form.replace("-", " - "), value)
    return table


def number_token(sentence: Sentence, quantity: Quantity) -> Token | None:
    """The token of the parsed copy that stands for the quantity's number."""
    if sentence.doc is None:
        return None
    places = list(zip(sentence.starts, sentence.ends, strict=True))
    for i, (start, _) in enumerate(places):
        if start == quantity.start:
            token = sentence.doc[i]
            if token.like_num or token.lower_ in ("half", "20", "one"):
                return token
    return next(
        (sentence.doc[i] for i, (start, end) in enumerate(places) if start <= quantity.start < end), None
    )


@lru_cache(maxsize=256)
def read_noun(
    quantity: Quantity, sentence: Sentence, document: Document, codebook: Codebook
) -> Counted | None:
    """The noun that the quantity counts, by the parse of its sentence, and its item by the codebook.

    None where the sentence has no parse.
    """
    number = number_token(sentence, quantity)
    if number is None:
        return None
    if (band := _manned(number)) is not None:
        police = any(token.lower_ == "police" for token in number.doc[number.i + 1 : band.i])
        return Counted(band, "person" if police else "combatant", None, band.text, False)
    head = _head(number, quantity)
    own = head.lower_ == "number" and any(
        child.dep_ == "poss" for child in head.children
    )  # "14 of their number"
    if head == number or head.lower_ in _PRONOUNS or own:
        said = _said_of(number) or _taken_of(number) if head == number else _made_up_by(number)
        if said is None and head == number and (body := _body(number)) is not None:
            return Counted(body, _BODIES[body.lemma_.lower()], None, body.text, False)
        item = None if said is None else _said_item(said, sentence, document, codebook)
        return Counted(number if head == number else head, item, None, None, True, quantity.kind == "percent")
    item, start = _item(head, sentence, document, codebook)
    if (
        quantity.kind == "count"
        and codebook.group(item or "other") == "action"
        and _IN_AN_ACTION.match(sentence.text, quantity.end - sentence.start)
    ):
        return Counted(number, None, None, None, True)  # "93 dead, including 16 in one strike"
    if (
        quantity.kind == "percent"
        and head.lower_ in RESULTS
        and (who := _made_up_by(number.head)) is not None
    ):
        # "women and children account for 70 percent of the dead"
        item = _said_item(who, sentence, document, codebook) or item
    if quantity.kind == "count" and quantity.best != 1 and (shared := _shared(number)) is not None:
        other, words = shared
        known = (
            vocabulary(codebook).get(f"{words} {other.lower_}")
            or _item(other, sentence, document, codebook)[0]
        )
        if known not in (None, "none", PUBLIC):
            head, item, start = other, known, other.i
    if item is None and (nearer := _next_noun(number, head)) is not None:
        # the parser went past the noun: "three airstrikes hit a market"
        inner, inner_start = _item(nearer, sentence, document, codebook)
        if inner not in (None, "none"):
            head, item, start = nearer, inner, inner_start
    if item in (None, "none") and (listed := _plural_within(number, head)) is not None:
        # a comma was lost: "killing 10 civilians activist group … said"
        inner, inner_start = _item(listed, sentence, document, codebook)
        if codebook.group(inner) in ("people", "munition"):
            head, item, start = listed, inner, inner_start
    if head.lower_ in ("round", "rounds") and any(
        vocabulary(codebook).get(singular(thing.lower_)) in (None, "none") for thing in things_of(head, "of")
    ):
        item = "none"  # "five rounds of talks"
    if item in (None, "none", "person") or head.lower_ in _CARRIER_FORMS:
        # "20 members of the brigade", "20 rounds of ammunition": look behind the "of"
        behind = ("by", "on", "from") if head.lower_ in ("hit", "hits") else ("of", "among")
        for thing in things_of(head, *behind):
            inner, inner_start = _item(thing, sentence, document, codebook)
            if inner in (None, "none", "household") or head.lower_ not in _CARRIER_FORMS:
                continue  # "four members of one family" are people
            if item in (None, "none") or codebook.group(inner) == "people":
                head, item, start = thing, inner, inner_start
                break
    if item == "person" and any(
        _item(thing, sentence, document, codebook)[0] == "civilian"
        for result in (head, *things_of(head, "of"))
        for thing in things_of(result, "among")
    ):
        item = "civilian"  # "12 deaths among civilians"
    if (item == "person" or (item is None and head.lower_ in _MEMBERS)) and _of_an_army(
        head, sentence, document, codebook
    ):
        item = "combatant"
    if (item in (None, "none", "person", "civilian") or head.lower_.startswith("volunteer")) and (
        of_body := _staff(head, sentence, codebook)
    ) is not None:
        item = of_body
    if item is None and head.lower_ in RESULTS:
        # "no losses among the soldiers"
        told = (
            _item(thing, sentence, document, codebook)[0] for thing in things_of(head, "among", "of", "in")
        )
        item = next(
            (i for i in told if i not in (None, "none", PUBLIC) and codebook.group(i) == "people"), None
        )
    if item == "combatant" and any(child.lower_ in _ONCE for child in head.children):
        item = "person"
    phrase = _written(head, start, sentence, document)
    return Counted(
        _fate_of_its_own(number) or head,
        item,
        _variant(head, item, sentence, document, codebook),
        phrase,
        False,
        quantity.kind == "percent",
    )


def _fate_of_its_own(number: Token) -> Token | None:
    """The outcome behind a figure that shares its noun with the next: "41 dead and 60 wounded civilians"."""
    doc, at = number.doc, number.i + 1
    listed = at + 2 < len(doc) and doc[at].lower_ in RESULTS and doc[at + 1].lower_ in ("and", ",", "or")
    return doc[at] if listed and doc[at + 2].like_num else None


@cache
def _bodies(codebook: Codebook) -> tuple[tuple[str, frozenset[str], re.Pattern[str]], ...]:
    """Items that are the staff of named bodies: the item, the nouns for staff, the names of the bodies."""
    return tuple(
        (
            item,
            frozenset(form for noun in entry.staff for form in noun_forms(noun.split()[-1])),
            # small letters match any case, capitals only themselves
            re.compile(
                "|".join(
                    rf"(?i:\b{re.escape(n)}s?\b)" if n.islower() else rf"\b{re.escape(n)}\b"
                    for n in entry.bodies
                )
            ),
        )
        for item, entry in codebook.items.items()
        if entry.bodies
    )


def _staff(head: Token, sentence: Sentence, codebook: Codebook) -> str | None:
    """The item of the people of a body that is named with them: "31 staff members of the World Food Programme"."""
    for item, nouns, names in _bodies(codebook):
        if item == "medic" and head.lower_ in nouns and _of_a_hospital(head, codebook):
            return item
        if head.lower_ in nouns and names.search(sentence.text):
            return item
    return None


_MANNED = frozenset("man men member person strong".split())


_STRONG_BANDS = BANDS | {"convoy", "team"}  # "a 60-strong team"
_ANYBODYS = frozenset("staff staffer staffers employee employees personnel".split())
_BEDS = re.compile(
    r"(?<!\bto )(?<!\bto a )(?<!\bto the )(?<!\bin )(?<!\bin a )\b(?:hospital|clinic|maternity|infirmary|polyclinic|ambulance)s?\b",
    re.I,
)


def _of_a_hospital(head: Token, codebook: Codebook) -> bool:
    """Whether staff are a hospital's: "two hospital staffers"; "bombed the clinic, killing two employees"."""
    beside = [
        *things_of(head, "of", "at", "from"),
        *(child for child in head.children if child.dep_ in ("compound", "nmod", "amod")),
    ]
    if any(vocabulary(codebook).get(place.lower_) == "hospital" for place in beside):
        return True
    whose = head.lower_ in _ANYBODYS or (
        head.lower_ in ("member", "members") and head.i > 0 and head.nbor(-1).lower_ == "staff"
    )
    return whose and _BEDS.search(head.doc.text) is not None


def _manned(number: Token) -> Token | None:
    """The "patrol" of "a 39-man police patrol"."""
    doc, at = number.doc, number.i + 1
    if at + 2 >= len(doc) or doc[at].text != "-" or doc[at + 1].lower_ not in _MANNED:
        return None
    for token in doc[at + 2 : at + 6]:
        if token.lower_ in _STRONG_BANDS:
            return token
        if token.pos_ not in ("NOUN", "PROPN", "ADJ") and token.tag_ not in ("VBN", "HYPH"):
            return None
    return None


def _shared(number: Token) -> tuple[Token, str] | None:
    """The noun that two figures share, and this one's own words: "22 educational and nine health facilities"."""
    doc, at = number.doc, number.i + 1
    while at < len(doc) and doc[at].tag_ in ("JJ", "NN", "NNP") and at - number.i <= 3:
        at += 1
    if at == number.i + 1 or at + 2 >= len(doc) or doc[at].lower_ != "and" or not doc[at + 1].like_num:
        return None
    for token in doc[at + 2 : at + 6]:
        if token.tag_ == "NNS":
            return token, " ".join(word.lower_ for word in doc[number.i + 1 : at])
        if token.tag_ not in ("JJ", "NN", "NNP", "HYPH"):
            return None
    return None


def _of_an_army(head: Token, sentence: Sentence, document: Document, codebook: Codebook) -> bool:
    """ "Six members of the brigade", "65 MRTA members", "the army's dead": people of an armed group or force."""
    member = head.lower_ in _MEMBERS
    if member and any(
        vocabulary(codebook).get(child.lower_) == "combatant"
        for leader in things_of(head, "of")
        for child in leader.children
        if child.dep_ == "compound"
    ):
        return True  # "300 followers of commander Bravo"
    if member and head.dep_ == "dobj" and head.head.lemma_ in ("have", "count", "claim"):
        groups = [child for child in head.head.children if child.dep_ == "nsubj"]
        groups = [g.head.head if g.tag_ in ("WDT", "WP") and g.head.dep_ == "relcl" else g for g in groups]
        if any(group.lower_ in ARMIES or group.lower_ in _BANDS for group in groups):
            return True  # "the illegal groups have 25,000 members"
    if not member and head.lower_ not in RESULTS:
        return False
    beside = [
        *things_of(head, "of", "among"),
        *(child for child in head.children if child.dep_ in ("compound", "nmod", "poss", "amod")),
    ]
    for token in beside:
        if token.lower_ in ARMIES or (token.lower_ in _BANDS and _definite(token)):
            return True
        name = name_at(sentence.starts[token.i], sentence.ends[token.i], document)
        if name is not None and name.kind in ("group", "force") and is_armed(name, codebook):
            return True
        # "his men", "five of its members were killed": those of a commander or an armed group
        if token.lower_ in _OWNERS and head.lower_ in ("men", "commanders", "heroes"):
            return True
        if _item(token, sentence, document, codebook)[0] == "combatant" and token.dep_ != "amod":
            return True
    return member and any(
        token.lower_ in ARMIES
        or (
            ((name := name_at(sentence.starts[token.i], sentence.ends[token.i], document)) is not None)
            and name.kind in ("group", "force")
            and is_armed(name, codebook)
        )
        for token in _named_behind(head)
    )


# Bodies that are armed where a war is told and they are those spoken of: "three other members of the group"
_BANDS = frozenset("group groups movement organisation organization faction network cell".split())


def _definite(token: Token) -> bool:
    return any(child.lower_ in ("the", "this", "armed", "illegal", "terrorist") for child in token.children)


def _named_behind(head: Token) -> Iterator[Token]:
    """The words of the name behind an "of", where the parser broke it: "members of the Al Qaeda-linked Nusra Front"."""
    following = head.doc[head.i + 1 : head.i + 9]
    if not len(following) or following[0].lower_ not in ("of", "from"):
        return
    for token in following[1:]:
        if (token.is_punct and token.tag_ != "HYPH") or token.tag_ in (
            "VBD",
            "VBZ",
            "VBP",
            "MD",
            "IN",
            "WDT",
        ):
            return
        yield token


def is_armed(name: Name, codebook: Codebook) -> bool:
    """Whether a group's or force's own people bear arms: those of the UN need not."""
    side = codebook.sides.get(name.side or "")
    return name.kind == "force" or side is None or side.kind == "group"


# Verbs that hand a figure to a noun: "the number of soldiers killed rose to 21", "put the army's dead at 100".
SET_AT = frozenset(
    "put set place estimate revise raise lower update bring push take give report keep cut".split()
)
COME_TO = frozenset(
    "rise climb grow increase jump soar reach stand come amount total number exceed surpass pass top fall drop decrease"
    " be remain double go swell mount surge hit run average".split()
)
# Verbs that make a noun the share of something: "children make up 61 per cent of them"
_MAKE_UP = frozenset("make account constitute form represent comprise".split())
# Nouns for a body of things or people, which a bare number behind "of" counts: "a force of 19,000"
_BODIES = {
    **dict.fromkeys(
        "force contingent garrison army militia battalion brigade expedition".split(), "combatant"
    ),
    **dict.fromkeys("crew congregation crowd group".split(), "person"),
    "fleet": "ship",
    "convoy": "vehicle",
    "flotilla": "ship",
}
# Nouns that are a count of something.
COUNTS = frozenset("number total toll tally count figure sum rest share proportion majority estimate".split())


def _said_of(number: Token) -> Token | None:
    """The noun that a figure without one is said of, through a verb that says only how many there were."""
    verb = number.head
    if (whom := _numbered(number)) is not None:
        return whom
    if number.dep_ == "dobj" and (count := count_before(verb)) is not None:
        return _things_counted(count)
    if (
        number.dep_ == "pobj"
        and verb.dep_ == "prep"
        and verb.lower_ in ("at", "to", "by", "above", "over", "beyond")
    ):
        verb = verb.head
    elif number.dep_ not in ("dobj", "attr", "acomp", "npadvmod", "oprd"):
        return None
    noun: Token | None
    if verb.dep_ == "acl" and verb.head.pos_ in ("NOUN", "PROPN") and number.dep_ == "pobj":
        return _things_counted(verb.head)  # "put the number of soldiers killed at 21"
    if number.dep_ == "pobj" and number.head.lower_ in ("to", "at"):
        verb = setting_a_count(verb) or verb
    deps = {child.dep_: child for child in verb.children}
    if verb.lemma_ in SET_AT and number.dep_ == "pobj":
        noun = deps.get("dobj") or deps.get("nsubjpass")
    elif verb.lemma_ in COME_TO:
        noun = deps.get("nsubj") or deps.get("nsubjpass")
    else:
        return None
    if noun is None or noun.i >= number.i:
        return None
    return _things_counted(noun)


# The verb that says how many there are: "the rebels number 4,000"
NUMBERING = frozenset({"number", "numbers"})


def is_numbered(number: Token) -> bool:
    """Whether words around a figure say only how many there are: "number 4,000", "2,000 strong"."""
    return number.head.lower_ in NUMBERING or _is_strong(number)


def _is_strong(number: Token) -> bool:
    return number.i + 1 < len(number.doc) and number.nbor().lower_ == "strong"


def _numbered(number: Token) -> Token | None:
    """Whom "number" counts as a verb: the "rebels" of "the rebels number 4,000"."""
    verb = number.head
    if _is_strong(number):
        return _strong(number.nbor())
    if verb.lower_ not in NUMBERING or verb.i > number.i:
        return None
    return next(
        (child for child in verb.children if child.dep_ in ("nsubj", "amod") and child.i < verb.i), None
    )


def _strong(strong: Token) -> Token | None:
    """Whom "strong" counts: the "rebels" of "the rebels, some 2,000 strong"."""
    for token in reversed(strong.doc[max(0, strong.i - 6) : strong.i - 1]):
        if token.pos_ in ("NOUN", "PROPN"):
            return token
        if not (token.is_punct or token.pos_ in ("VERB", "AUX", "ADV")):
            break
    return None


def count_before(verb: Token) -> Token | None:
    """The count that a verb says the height of, where a clause in between has taken the verb from it: "the number of
    drones shot down since June has reached 19"."""
    if verb.lemma_ not in COME_TO or verb.tag_ not in ("VBD", "VBN", "VBZ") or verb.dep_ != "advcl":
        return None
    for token in reversed(verb.doc[max(0, verb.i - 20) : verb.i]):
        if token.lower_ in (";", ":", ",", "and", "but"):
            return None
        if token.lemma_.lower() in COUNTS and things_of(token, "of", "among"):
            return token
    return None


def _things_counted(noun: Token) -> Token:
    while noun.lemma_.lower() in COUNTS and (things := things_of(noun, "of", "among")):
        noun = things[0]
    return noun


def setting_a_count(verb: Token) -> Token | None:
    """The verb that sets a count: itself, or above in its clause, as in "raised the number of those killed since it
    began to 37"."""
    for _ in range(7):
        if verb.lemma_ in SET_AT:
            counts = (child.lemma_.lower() in COUNTS for child in verb.children if child.dep_ == "dobj")
            return verb if any(counts) else None
        verb = verb.head
    return None


def _taken_of(number: Token) -> Token | None:
    """The "drones" of "of the drones, 82 were decoys"."""
    doc, comma = number.doc, number.i - 1
    if comma < 2 or doc[comma].text != "," or doc[comma - 1].pos_ not in ("NOUN", "PROPN"):
        return None
    for at in range(comma - 2, max(-1, comma - 7), -1):
        if doc[at].lower_ in ("of", "from", "among") and (at == 0 or doc[at - 1].is_punct):
            return doc[comma - 1]
        if doc[at].is_punct or doc[at].pos_ in ("VERB", "AUX"):
            return None
    return None


def _made_up_by(share: Token) -> Token | None:
    """The noun that a share is: "children make up 61 per cent of them"."""
    for token in (share.head, share.head.head, share.head.head.head):
        if token.lemma_ in _MAKE_UP:
            return next((child for child in token.children if child.dep_ == "nsubj"), None)
    return None


def _body(number: Token) -> Token | None:
    """The "force" of "a force of roughly 19,000", the "crew" of "its crew of 22"."""
    body = number.head.head
    if number.dep_ == "pobj" and number.head.lower_ == "of" and body.lemma_.lower() in _BODIES:
        return body
    return None


def _said_item(noun: Token, sentence: Sentence, document: Document, codebook: Codebook) -> str | None:
    """The item of a noun that a figure is said of; None where the noun only says what became of people."""
    if noun.lemma_.lower() in COUNTS or noun.pos_ == "PRON" or noun.lower_ in _PRONOUNS:
        return None
    item, _ = _item(noun, sentence, document, codebook)
    if noun.lower_ in ARMIES or _of_an_army(noun, sentence, document, codebook):
        return "combatant"
    return None if item in ("none", PUBLIC) or noun.lower_ in RESULTS else item


def _next_noun(number: Token, head: Token) -> Token | None:
    """The last noun of the words right behind a number, where they end before its head in the parse."""
    found = None
    for token in number.doc[number.i + 1 : number.i + 7]:
        if token.pos_ in ("NOUN", "PROPN"):
            found = token
        elif token.pos_ not in ("ADJ", "NUM") and token.tag_ not in ("VBN", "VBG", "HYPH", "POS"):
            break
    return found if found is not None and found.i != head.i else None


def _plural_within(number: Token, head: Token) -> Token | None:
    """The plural noun between a number and the head that the parse gives: English compounds have singulars there."""
    return next((token for token in number.doc[number.i + 1 : head.i] if token.tag_ == "NNS"), None)


def _head(number: Token, quantity: Quantity) -> Token:
    """The noun that a number belongs to; the number itself where there is none."""
    token = number
    if quantity.kind == "count" and (fate := _of_war(number)) is not None:
        return fate
    if _numbered(number) is not None:
        return number
    if (they := _of_them(number)) is not None:
        return they
    if quantity.kind == "measure":
        unit = number.head if number.dep_ in ("nummod", "quantmod") else number
        return unit
    if quantity.kind == "percent":
        unit = (
            token.head
            if token.dep_ in ("nummod", "quantmod") and token.head.lower_ in ("percent", "%")
            else token
        )
        things = things_of(unit, "of", "among")
        if things:
            return things[0]
        if unit.dep_ in ("compound", "nmod", "amod", "nummod", "predet", "det") and unit.head.pos_ in (
            "NOUN",
            "PROPN",
        ):
            return unit.head
        return unit
    behind = [word for word in number.doc[number.i + 1 : number.i + 3] if not word.is_punct]
    if quantity.kind == "count" and behind and behind[0].lower_ in _FATES and _counts_on(behind[0]):
        return token  # "1,000 wounded, 49 tanks"
    if len(behind) > 1 and behind[0].lower_ in ("more", "others") and behind[1].lower_ in _RECEIVED:
        return token  # "and nine more received wounds"
    if behind and behind[0].lower_ in ("most", "mostly", "many", "including"):
        return token  # "kills 18 most children"
    if token.dep_ in ("nummod", "quantmod", "compound", "amod", "nmod", "det", "advmod", "npadvmod", "appos", "poss") and token.head.pos_ in (
        "NOUN", "PROPN", "ADJ", "NUM"
    ) and token.head.i > token.i:  # fmt: skip
        head = token.head
        if (
            head.dep_ in ("compound", "amod", "nmod")
            and head.head.i > head.i
            and (
                head.head.pos_ in ("NOUN", "PROPN")
                or (head.head.tag_ == "VBZ" and head.head.dep_ in ("pobj", "dobj"))
            )
        ):
            head = head.head  # "20 interceptor drones", though the tagger takes them for a verb
        if head.dep_ == "poss" and head.head.i > head.i:
            head = head.head  # "68 of Russia's drones"
        if head.pos_ == "ADJ" and head.dep_ in ("conj", "ROOT", "advcl"):
            return token  # "and 20 more damaged"
        if head.lower_ in _DIRECTIONS and head.nbor(-1).pos_ in ("NOUN", "PROPN") and head.i - 1 > token.i:
            return head.nbor(-1)  # "one village southwest of the town"
        return head
    things = things_of(token, "of", "among")
    if things:
        return things[0]
    if token.dep_ in ("nsubj", "nsubjpass", "dobj", "pobj") and token.head.pos_ in ("VERB", "AUX", "ADP"):
        return token
    following = token.nbor() if token.i + 1 < len(token.doc) else None
    if following is not None and following.pos_ in ("NOUN", "PROPN", "ADJ") and following.dep_ != "npadvmod":
        # the parser lost the number: take the noun phrase that follows
        head = following
        while (
            head.i + 1 < len(head.doc)
            and head.nbor().pos_ in ("NOUN", "PROPN")
            and head.pos_ in ("ADJ", "NOUN", "PROPN")
        ):
            head = head.nbor()
        if head.pos_ in ("NOUN", "PROPN"):
            return head
    return token


def _of_them(number: Token) -> Token | None:
    """The "them" of "41 of them", whatever noun further on the parser hangs the number on."""
    behind = number.doc[number.i + 1 : number.i + 3]
    if len(behind) < 2 or behind[0].lower_ != "of" or behind[1].lower_ not in ("them", "whom"):
        return None
    return behind[1]


def _of_war(number: Token) -> Token | None:
    """The "wounded" of "48 war wounded", "317 war-wounded"."""
    behind = [token for token in number.doc[number.i + 1 : number.i + 4] if token.tag_ != "HYPH"]
    if len(behind) > 1 and behind[0].lower_ == "war" and behind[1].lower_ in RESULTS:
        return behind[1]
    return None


_FATES = frozenset("killed wounded injured missing".split())


def _counts_on(fate: Token) -> bool:
    return fate.i + 2 < len(fate.doc) and fate.nbor().text == "," and fate.nbor(2).like_num


_RECEIVED = frozenset("received suffered sustained had got".split())
_DIRECTIONS = frozenset(
    "north south east west northeast northwest southeast southwest north-east north-west south-east south-west".split()
)


def things_of(noun: Token, *prepositions: str) -> list[Token]:
    """What hangs on a noun by one of some prepositions: "losses of the enemy", "ambush on the bus"."""
    return [
        thing
        for prep in noun.children
        if prep.dep_ == "prep" and prep.lower_ in prepositions
        for thing in prep.children
        if thing.dep_ == "pobj"
    ]


def _item(head: Token, sentence: Sentence, document: Document, codebook: Codebook) -> tuple[str | None, int]:
    """The item of a noun by the longest phrase of the codebook that ends at it, and where the phrase starts."""
    table = vocabulary(codebook)
    doc = head.doc
    weapon = _weapon(sentence.starts[head.i], sentence.ends[head.i], document)
    if weapon is not None:
        return codebook.weapons[weapon].item, head.i
    name = name_at(sentence.starts[head.i], sentence.ends[head.i], document)
    if name is not None and (item := _people_named(name, codebook)) is not None:
        return item, head.i
    found: tuple[str | None, int] = (None, head.i)
    longest = min(_LONGEST, head.i + 1)
    words = [token.lower_ for token in doc[head.i - longest + 1 : head.i + 1]]
    for length in range(longest, 0, -1):
        start = head.i - length + 1
        phrase = " ".join(words[-length:])
        if phrase not in table and length > 1:
            # names are masked in the copy: "UN staff", "Red Crescent volunteers"
            phrase = " ".join(
                document.article.text[sentence.starts[start] : sentence.ends[head.i]].lower().split()
            )
        if phrase in table:
            found = (table[phrase], start)
            break
    else:
        if singular(head.lower_) in table:
            found = (table[singular(head.lower_)], head.i)
    item, start = found
    if item is not None and item != "none":
        item = joined_item(head, item, codebook)
    # a weapon's name before the noun narrows it: "20 Stryker vehicles", "20 Patriot launchers"
    named = _named_before(head, start, sentence, document, codebook)
    if named is not None and (item, named) in _NARROWED and (item != "combatant" or head.lower_ in _FIGHTERS):
        item = named
    return item, start


_FIGHTERS = frozenset({"fighter", "fighters"})  # "two MiG-29 fighters"
# (what the noun says, what the weapon's name says): the name knows better
_NARROWED = frozenset({
    ("vehicle", "armoured_vehicle"), ("vehicle", "tank"), ("vehicle", "artillery"), ("vehicle", "air_defence"),
    ("artillery", "air_defence"), ("aircraft", "helicopter"), ("aircraft", "drone"), ("combatant", "aircraft"),
})  # fmt: skip
# Two nouns that share one number make one item.
_PAIRS = {
    frozenset({"drone", "missile"}): "drone_or_missile",
    frozenset({"drone", "rocket"}): "drone_or_missile",
    frozenset({"woman", "child"}): "women_and_children",
    frozenset({"tank", "armoured_vehicle"}): "armoured_vehicle",
    frozenset({"combatant", "civilian"}): "person",
}


def joined_item(head: Token, item: str, codebook: Codebook) -> str:
    """The item of "20 drones and missiles", where the second noun has no number of its own."""
    for other in head.children:
        numbered = any(
            token.like_num or token.lower_ in ("a", "an") for token in head.doc[head.i + 1 : other.i]
        )
        if other.dep_ == "conj" and 0 < other.i - head.i <= 5 and not numbered:
            for start in range(max(head.i + 1, other.i - 3), other.i + 1):
                phrase = " ".join(token.lower_ for token in head.doc[start : other.i + 1])
                pair = frozenset({item, vocabulary(codebook).get(phrase, "none")})
                if pair in _PAIRS:
                    return _PAIRS[pair]
    return item


def _weapon(start: int, end: int, document: Document) -> str | None:
    for name in document.names:
        if name.kind == "weapon" and name.start <= start and end <= name.end:
            return name.key
    return None


def name_at(start: int, end: int, document: Document) -> Name | None:
    """The name of a side that stands there."""
    return next((n for n in document.names if n.start <= start and end <= n.end and n.kind != "weapon"), None)


def _people_named(name: Name, codebook: Codebook) -> str | None:
    """What the name of a side counts behind a number: "45 Taliban", "two UN peacekeepers", "one Palestinian"."""
    words = name.text.casefold().split()
    armed = name.kind in ("group", "force") and is_armed(name, codebook)
    for start in range(len(words) if len(words) > 1 else 0):
        item = vocabulary(codebook).get(" ".join(words[start:]))
        if item not in (None, "none", PUBLIC) and not (armed and item == "person"):
            return item
    side = codebook.sides.get(name.side or "")
    if name.kind in ("group", "force"):
        return "combatant" if armed else None
    if name.kind in ("people", "adjective"):
        return "combatant" if side is not None and side.kind == "group" else "person"
    return None


def _named_before(
    head: Token, start: int, sentence: Sentence, document: Document, codebook: Codebook
) -> str | None:
    for token in reversed(head.doc[max(0, start - 3) : head.i]):
        weapon = _weapon(sentence.starts[token.i], sentence.ends[token.i], document)
        if weapon is not None:
            return codebook.weapons[weapon].item
    return None


def _variant(
    head: Token, item: str | None, sentence: Sentence, document: Document, codebook: Codebook
) -> str | None:
    if item is None or item not in codebook.items:
        return None
    variants = codebook.items[item].variants
    first = next(
        (
            t.i + 1
            for t in reversed(head.doc[max(0, head.i - 5) : head.i])
            if t.like_num or (t.is_punct and t.tag_ != "HYPH")
        ),
        max(0, head.i - 5),
    )
    window = head.doc[first : head.i + 1]
    for token in window:
        weapon = _weapon(sentence.starts[token.i], sentence.ends[token.i], document)
        if weapon is not None and codebook.weapons[weapon].item == item and codebook.weapons[weapon].variant:
            return codebook.weapons[weapon].variant
    own = {token.lower_ for token in head.children} | {head.lower_} | {t.lower_ for t in head.lefts}
    phrase = " ".join(token.lower_ for token in window).replace(" - ", "-")
    for words, variant in variants.items():
        if words in own or (words in phrase.split()):
            return variant
    return None


def _written(head: Token, start: int, sentence: Sentence, document: Document) -> str:
    first = sentence.starts[start]
    return document.article.text[first : sentence.ends[head.i]]
