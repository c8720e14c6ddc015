"""Whose a counted thing is and who governs its verb, by the grammar of the figure's own sentence."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from conflictstats.measures.nouns import read_noun
from conflictstats.parties.deedwords import OWN_DOING, lexis
from conflictstats.parties.opponents import enemies_of, fights, government, in_civil_war, two_camps
from conflictstats.parties.referents import in_speech
from conflictstats.parties.theatre import CLAUSE_END, SOLDIERS, TOLLS, Figure, Found, name_at
from conflictstats.records import Name, Quantity
from conflictstats.wars import is_group, state_of
from conflictstats.wording import lexicon

if TYPE_CHECKING:
    from spacy.tokens import Token

_OWN_RANKS = re.compile(
    r"\b(?:its|his|her|their|our) own (?:side|ranks|forces|troops|men|soldiers|fighters|losses|casualties|dead)\b"
    r"|\b(?:on|among|in|from) (?:its|their|our) (?:own )?(?:side|ranks)\b", re.I,
)  # fmt: skip
_MEMBER_OF = re.compile(r" (?:from|of|belonging to|loyal to|with)(?: the)? ", re.I)
_INCLUDING = re.compile(r"\b(?:including|among them|of whom|of them) (?:\w+ )?$", re.I)
_GAP = re.compile(r"(?:\band|\bwhile|\bbut|,|;) (?:the )?$")
OWNING_UP = re.compile(r"\b(?:acknowledg|admit|conced)\w*\b", re.I)
_FORMER = re.compile(r"\b(?:former |ex-)$", re.I)
_ABOARD = re.compile(r"\b(?:on board|aboard|crew(?:m[ae]n)?|pilots?|passengers)\b", re.I)
_CRAFT = re.compile(
    r"(?:['’]s)? (?:[\w-]+ ){0,2}?(?:helicopter|plane|aircraft|airliner|jet|warplane|ship|warship|boat|vessel|frigate|submarine|gunship|bomber)\b",
    re.I,
)
# In a civil war these are the state's, where nobody else is named.
STATE_FORCES = frozenset(
    "soldier soldiers troops serviceman servicemen conscripts policeman policemen officer officers reservist reservists".split()
)
_OWNING = frozenset("his her my our their its".split())
_OWN_PEOPLE = frozenset(
    "men women fighters soldiers troops forces comrades brothers heroes martyrs dead wounded losses casualties fallen boys ranks side"
    " unit units brigade battalion colleagues defenders members personnel army peacekeepers crew friends guys lads buddies mates"
    " platoon company squad sons mujahideen mujahedin pilots sappers medics officers sergeants infantry vehicles tanks pickups trucks drones"
    " positions posts".split()
)
_PLAIN = frozenset(
    "army military government police other more wounded dead heavily armed several many elite regular".split()
)
_CHARGES = frozenset("accuse blame suspect charge condemn hold".split())
_BLAMED = frozenset("responsible responsibility blame behind guilty".split())
_SAME_AGAIN = frozenset("others other more another".split())
_ANYBODY = frozenset(
    "enemy individuals subjects assailant assailants attacker attackers gunman gunmen bomber bombers bandits hoodlums men man persons"
    " kidnappers abductors militiamen militias assassin assassins hitmen crowd mob unknowns".split()
)
ATTACKERS = frozenset(
    "attacker attackers assailant assailants gunman gunmen bomber bombers infiltrator infiltrators raider raiders saboteur saboteurs".split()
)
# Fighters of a group, where a state fights one.
_OF_A_GROUP = frozenset(
    "militant militants terrorist terrorists operative operatives gunman gunmen insurgent insurgents jihadist jihadists extremist extremists".split()
)
# Nobody calls his own so.
_THEIRS = frozenset(
    "militants militant insurgents rebels terrorists invaders occupiers paramilitaries".split()
)
_NATIONALS = frozenset("national nationals citizen citizens foreigner foreigners".split())
_DEFENDING = frozenset("defence defences defense defenses anti anti-aircraft".split())
# "By the UN's own count": who counts does nothing.
_COUNTS = frozenset("count tally toll reckoning estimate estimates account accounts figures records".split())
_SENT = frozenset({"munition", "action"})
_UNDERGOES = frozenset("get face receive take endure suffer withstand see have weather experience".split())
_FALLEN = frozenset("dead wounded losses casualties martyrs fatalities deaths".split())
_SUMS = frozenset("average total number toll sum".split())
_LEFT_BEHIND = frozenset("body corpse dead wounded tank vehicle rifle weapon carcass".split())
_DONE_BY_ATTACKS = TOLLS | {"destroyed", "damaged", "hit", "displaced"}
_FIGHTING = frozenset(
    "clash clashes fighting battle battles combat war conflict hostilities gunfight firefight".split()
)
_WAVES = frozenset("wave waves series spate round rounds string flurry campaign".split())
_NEAR = re.compile(r"\b(?:near|in|outside|around|at|from)\s$", re.I)
_JOINT = re.compile(r" | ?[&/–-] ?")
_AND = re.compile(
    r"(?: (?!of|in|on|at|by|from|with|to|for|against|and|or|but)[\w-]+){0,3}(?: and| &|,)(?: the)? ", re.I
)
_DONE_TO = frozenset(
    "shelling bombing bombings bombardment invasion siege blockade occupation massacre massacres storming capture seizure destruction"
    " killing killings murder murders assassination execution executions kidnapping kidnappings abduction abductions targeting pounding"
    " burning torching demolition liberation".split()
)
_FIELD = re.compile(r"[^,;.]*\b(?:on the (?:battle ?field|field|ground)|behind)\b", re.I)
_SAID_BEFORE = frozenset({"the", "these", "those", "this", "that"})
_BACK = 2
_SURE = 0.9
_STRANGER = Found("", "somebody of no side that is known")


def read_owner(figure: Figure) -> Found | None:
    """Whose the counted thing is."""
    if figure.noun is None or _gapped(figure) is not None:
        return None
    found = _owner_of(figure, figure.noun, 0)
    if found is None and figure.speaker is not None and (_own_ranks(figure) or _owns_up(figure)):
        return Found(figure.speaker, "its own")
    if found is None:
        found = _behind(figure) or _on_board(figure)
    whole = _whole_noun(figure) if found is None or figure.noun.lower_ in _NATIONALS else None
    if found is not None and whole is not None:
        return _owner_of(figure, whole, 0) or found  # "22 Taliban, including two Pakistani nationals"
    if found is None and whole is not None:
        found = _owner_of(figure, whole, 0)
    people = whole if whole is not None and figure.noun.pos_ == "NUM" else figure.noun
    if found is None and (whole is None or people is whole):
        found = _by_word(figure, people)
    if found is None:
        found = _by_make(figure)
    if found is None and in_civil_war(figure) and figure.item in ("combatant", "person"):
        forces = next(
            (noun for noun in (figure.noun, whole) if noun is not None and noun.lower_ in STATE_FORCES),
            None,
        )
        found = _state_forces(figure, forces) if forces is not None else None
    if found is not None and found.generic and in_civil_war(figure) and found.side == government(figure):
        found = _state_forces(
            figure,
            whole
            if whole is not None and (found.why == repr(whole.text) or figure.noun.pos_ == "NUM")
            else figure.noun,
        )
    if found is not None and figure.group == "people" and figure.item not in SOLDIERS and figure.theatre.wars and (
        not fights(figure, found.side) or (in_civil_war(figure) and found.side == government(figure) and found.named)
    ):  # fmt: skip
        return None  # "a Filipino sailor" belongs to no side of the war
    return found


def _by_make(figure: Figure) -> Found | None:
    """ "Four Merkava tanks", "30 Shaheds": whose they are where only one side of the war has such."""
    if figure.noun is None or figure.group not in ("munition", "equipment") or not figure.theatre.wars:
        return None
    weapons = figure.codebook.wars[figure.theatre.wars[0]].weapons
    start, end = figure.mention.quantity.end, figure.sentence.ends[figure.noun.i]
    for name in figure.document.names if weapons else ():
        if name.kind == "weapon" and name.start < end and start <= name.start and str(name.key) in weapons:
            return Found(weapons[str(name.key)], repr(name.text))
    return None


def _by_word(figure: Figure, people: Token) -> Found | None:
    """Whose people are, where a state fights a group: soldiers are the state's, militants the group's."""
    pair = two_camps(figure) or ()
    states = [side for side in pair if figure.codebook.sides[side].kind == "state"]
    if len(states) != 1:
        return None
    if people.lower_ in STATE_FORCES:
        return Found(states[0], repr(people.text), generic=True)
    if people.lower_ in _OF_A_GROUP:
        return Found(next(side for side in pair if side != states[0]), repr(people.text), generic=True)
    return None


def _behind(figure: Figure) -> Found | None:
    """ "14 fighters from Jaish al-Islam", however that is parsed."""
    if figure.noun is None or figure.group not in ("people", "equipment") or figure.item == "hostage":
        return None
    end = figure.sentence.ends[figure.noun.i]
    text = figure.document.article.text
    for name in figure.names:
        if name.start > end and _MEMBER_OF.fullmatch(text[end : name.start]) and name.kind != "capital":
            if _only_about(figure, name) or _strikes(figure, name):
                return None
            return Found(str(name.side), repr(name.text))
    return None


def _strikes(figure: Figure, name: Name) -> bool:
    """Whether a name stands before its own blow: "the toll from Russia's missile attack"."""
    assert figure.noun is not None
    return any(name_at(figure, token) == name and _is_a_blow(figure, token.head) for token in figure.noun.doc)


def _on_board(figure: Figure) -> Found | None:
    """The five people on board a Russian helicopter: whose the craft is."""
    if figure.event not in TOLLS or not _ABOARD.search(figure.sentence.text):
        return None
    text = figure.document.article.text
    for name in figure.names:
        craft = _CRAFT.match(text, name.end, figure.sentence.end)
        if name.kind in ("adjective", "state", "people", "group") and craft is not None:
            return Found(str(name.side), repr(f"{name.text}{craft.group()}"))
    return None


def _state_forces(figure: Figure, forces: Token) -> Found | None:
    """ "14 soldiers" in a civil war are the government's, unless another state tells of its own."""
    for token in forces.ancestors:
        subject = next((c for c in token.children if c.dep_ == "nsubj"), None)
        name = name_at(figure, subject) if subject is not None and token.pos_ in ("VERB", "AUX") else None
        if name is None or name.kind not in ("state", "capital", "pronoun", "group"):
            continue
        if token.lemma_ in _CHARGES or any(_does(figure, token, does) for does in ("attack", "blame")):
            break
        entry = figure.codebook.sides.get(str(name.side))
        if entry is not None and entry.kind in ("state", "organisation") and name.side not in enemies_of(
            figure, str(government(figure))
        ):  # fmt: skip
            return Found(str(name.side), repr(name.text))
    teller = figure.codebook.sides.get(str(figure.speaker))
    if (
        teller is not None
        and teller.kind == "state"
        and figure.event in TOLLS
        and fights(figure, str(figure.speaker))
        and figure.speaker not in enemies_of(figure, str(government(figure)))
    ):
        return Found(str(figure.speaker), f"{forces.text!r}, of the state that speaks")
    return None if _abroad(figure) else Found(str(government(figure)), repr(forces.text), generic=True)


def _whole_noun(figure: Figure) -> Token | None:
    """The counted noun of the total, for a part in the same sentence."""
    start = (
        figure.mention.measure.total
        if figure.mention.measure.total is not None
        else figure.mention.quantity.of
    )
    whole = next((q for q in figure.sentence.quantities if q.start == start), None)
    if (
        whole is None
        and figure.noun is not None
        and (
            figure.noun.lower_ in _SAME_AGAIN
            or (figure.noun.pos_ == "NUM" and figure.event in TOLLS | {"captured"})
        )
    ):
        # "3 guerrillas had been killed and 20 others injured", "four reservists were killed and fourteen wounded"
        before = [
            q for q in figure.sentence.quantities
            if q.end < figure.mention.quantity.start
            and not _counts_blows(figure, q)
            and not _INCLUDING.search(figure.document.article.text, figure.sentence.start, q.start)
        ]  # fmt: skip
        if before and not CLAUSE_END.search(
            figure.document.article.text[before[-1].end : figure.mention.quantity.start]
        ):
            whole = before[-1]
    if whole is None:
        return None
    counted = read_noun(whole, figure.sentence, figure.document, figure.codebook)
    return counted.token if counted is not None else None


def _counts_blows(figure: Figure, quantity: Quantity) -> bool:
    """ "Two raids left another 30 injured": the raids are no whole of which the injured are more."""
    counted = read_noun(quantity, figure.sentence, figure.document, figure.codebook)
    return counted is not None and lexis(figure.codebook).nouns.get((counted.token.lower_,)) == "attack"


def _own_ranks(figure: Figure) -> bool:
    start = figure.mention.quantity.start
    end = min((q.start for q in figure.sentence.quantities if q.start > start), default=figure.sentence.end)
    return bool(_OWN_RANKS.search(figure.document.article.text[start : min(end, start + 90)]))


def _owns_up(figure: Figure) -> bool:
    """ "The group admits to the loss of six": an armed group that owns up to losses has had them."""
    return (
        is_group(figure.speaker, figure.codebook)
        and figure.event in TOLLS
        and figure.item in ("person", "combatant")
        and (figure.noun is None or figure.noun.pos_ == "NUM" or figure.noun.lower_ in _OWN_PEOPLE)
        and (admits := OWNING_UP.search(figure.sentence.text)) is not None
        and _last_named(figure, figure.sentence.start + admits.start()) in (None, figure.speaker)
    )


def _last_named(figure: Figure, at: int) -> str | None:
    before = [name for name in figure.names if name.end <= at]
    return before[-1].side if before else None


def _gapped(figure: Figure) -> Found | None:
    """ "Russia lost 100 soldiers and Ukraine 40": who stands in front of a number without its verb and noun."""
    text, at = figure.document.article.text, figure.mention.quantity.start
    if figure.noun is None or figure.noun.pos_ != "NUM":
        return None
    name = next((name for name in figure.names if name.end < at and not text[name.end : at].strip()), None)
    if name is None or name.kind == "pronoun" or not _GAP.search(text, figure.sentence.start, name.start):
        return None
    return Found(str(name.side), repr(name.text))


def _owner_of(figure: Figure, noun: Token, depth: int) -> Found | None:
    own = name_at(figure, noun)
    if own is not None and own.kind == "capital" and _NEAR.search(figure.document.article.text, 0, own.start):
        return None  # "a checkpoint near Damascus": where it is
    if (
        own is not None
        and own.kind == "role"
        and own.text.casefold().startswith(("police", "security"))
        and _abroad(figure)
    ):
        return None
    if own is not None and own.kind == "role" and (first := _ally_before(figure, noun)) is not None:
        return Found(str(first.side), repr(first.text), named=True)
    if own is not None and not _only_about(figure, own):
        return Found(
            str(own.side),
            repr(own.text),
            named=own.kind in ("state", "adjective", "people"),
            generic=own.kind == "role",
        )
    found: Found | None = None
    for child in noun.children:
        if child.dep_ == "appos":
            found = found or _owned_by(figure, child)
        elif child.i < noun.i and child.dep_ in ("amod", "compound", "poss", "nmod", "nummod", "det"):
            if (
                noun == figure.noun
                and child.dep_ in ("compound", "nmod")
                and figure.sentence.ends[child.i]
                <= figure.mention.quantity.start
                < figure.sentence.starts[noun.i]
            ):
                continue  # "since the aggression of the regime 61 people": whoever stands before the number
            if any(token.lower_ == "or" for token in child.subtree):
                continue  # "Ethiopian or Eritrean jets": nobody knows whose
            for token in child.subtree:
                # the name next to the noun is its owner, and of two that act together the first
                if found is None or (token.dep_ != "conj" and _ally_before(figure, token) is None):
                    found = _owned_by(figure, token) or found
    if found is not None:
        return found
    for child in noun.children:
        if child.lower_ == "loyal" and depth < 2:
            for thing in (thing for to in child.children for thing in to.children if thing.dep_ == "pobj"):
                if (deeper := _owner_of(figure, thing, depth + 1)) is not None:
                    return deeper  # "forces loyal to President Assad"
        if child.lower_ == "of" and noun.lower_ in _DONE_TO:
            continue  # "the shelling of the town": whose it is did not shell
        if child.lower_ in ("of", "from", "in", "after") and _of_a_blow(figure, noun, child):
            continue  # "the shelling of the town": whose it is did not shell
        if child.lower_ == "from" and figure.event == "displaced":
            continue  # "drove two million people from their homes"
        belongs = child.lower_ in ("of", "from", "by", "belonging", "among")
        if noun.lower_ == "losses":
            belongs = belongs or child.lower_ == "for"
        if child.dep_ == "prep" and belongs and depth < 2:
            for thing in child.children:
                if thing.dep_ == "pobj" and (deeper := _owner_of(figure, thing, depth + 1)) is not None:
                    return deeper
        if child.dep_ == "acl" and child.tag_ == "VBN":
            sent = lexis(figure.codebook).nouns.get((noun.lower_,)) == "attack" or (
                figure.group in _SENT and noun == figure.noun
            )
            if (
                sent
                and not _does(figure, child, "defend")
                and (agent := _agent(figure, child)) not in (None, _STRANGER)
            ):
                return agent
            if child.lower_ in (
                "linked",
                "affiliated",
                "belonging",
                "loyal",
                "allied",
                "owned",
                "used",
                "held",
                "run",
                "operated",
                "manned",
                "occupied",
            ):
                for prep in child.children:
                    for thing in prep.children:
                        if (
                            thing.dep_ == "pobj"
                            and lexis(figure.codebook).nouns.get((thing.lower_,)) != "attack"
                            and depth < 2
                            and (deeper := _owner_of(figure, thing, depth + 1)) is not None
                        ):
                            return deeper
    return None


def _of_a_blow(figure: Figure, noun: Token, of: Token) -> bool:
    """ "The victims of the Russian strike", "the toll from Russia's wave of strikes": whose strike it was lost nobody."""
    return (
        figure.event in TOLLS
        and lexis(figure.codebook).nouns.get((noun.lower_,)) != "attack"
        and any(thing.dep_ == "pobj" and _is_a_blow(figure, thing) for thing in of.children)
    )


def _is_a_blow(figure: Figure, thing: Token) -> bool:
    """Whether a noun is a side's own doing: a strike, a wave of attacks."""
    if thing.lower_ in OWN_DOING and lexis(figure.codebook).nouns.get((thing.lower_,)) == "attack":
        return True
    return thing.lower_ in _WAVES and any(
        _is_a_blow(figure, deed) for of in thing.children if of.lower_ == "of" for deed in of.children
    )


def _ally_before(figure: Figure, token: Token) -> Name | None:
    """The other side whose adjective stands right before: "Syrian Russian air strikes", "Russian & regime jets"."""
    name = name_at(figure, token)
    if name is None or name.kind not in ("adjective", "role"):
        return None
    text = figure.document.article.text
    return next(
        (
            other
            for other in figure.names
            if other.kind == "adjective"
            and other.end < name.start
            and other.side != name.side
            and _JOINT.fullmatch(text[other.end : name.start])
        ),
        None,
    )


def _abroad(figure: Figure) -> bool:
    """Whether the figure is of another country than the one at war: its police are its own."""
    country = state_of(figure.setting, figure.codebook)
    return (
        country is not None
        and in_civil_war(figure)
        and country != figure.codebook.wars[figure.theatre.wars[0]].government
    )


def _owned_by(figure: Figure, token: Token) -> Found | None:
    name = name_at(figure, token)
    if (
        name is None
        and token.lower_ in _OWNING
        and figure.speaker is not None
        and token.head.lower_ in _OWN_PEOPLE
        and not (token.lower_ == "their" and in_speech(figure.document, figure.mention.quantity.start))
    ):
        return Found(figure.speaker, repr(f"{token.text} {token.head.text}"))
    if name is None or _only_about(figure, name):
        return None
    if (
        name.kind == "state"
        and token.dep_ == "compound"
        and in_civil_war(figure)
        and name.side == government(figure)
        and lexis(figure.codebook).nouns.get((token.head.lower_,)) == "attack"
    ):
        return None  # "a Syria car bomb": the country where it was
    return Found(
        str(name.side),
        repr(name.text),
        named=name.kind in ("state", "adjective", "people"),
        generic=name.kind == "role",
    )


def _only_about(figure: Figure, name: Name) -> bool:
    """ "Russian-made", "Russian-installed", "Ukraine-related": whose make, not whose."""
    text = figure.document.article.text
    tail = text[name.end : name.end + 14]
    return bool(_FORMER.search(text, max(0, name.start - 10), name.start)) or bool(
        re.match(
            r"[- ](?:made|built|supplied|designed|installed|backed|appointed|led|linked|style|donated|based|held|controlled|occupied|run|ruled|besieged|owned|flagged|registered|chartered|operated)\b",
            tail,
            re.I,
        )
    )


def _attacker_before(figure: Figure, noun: Token) -> Found | None:
    """ "The sorties destroyed 8 guns": who flew them, as the sentences just before say."""
    for back in range(1, _BACK + 1):
        told = (
            figure.theatre.roles[max(0, figure.sentence.index - back)]
            if figure.sentence.index >= back
            else ()
        )
        sides = {role.side for role in told if role.part == "attacker" and role.weight >= _SURE}
        if sides:
            return Found(sides.pop(), f"{noun.text!r}, told before") if len(sides) == 1 else None
    return None


def _agent(figure: Figure, verb: Token) -> Found | None:
    active = any(child.dep_ == "nsubj" for child in verb.children)  # "by our count the rebels took ten"
    for child in verb.children:
        if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by" and not active):
            for thing in child.children:
                if thing.dep_ == "pobj" and thing.lower_ not in _COUNTS:
                    return _doer_in(figure, thing)
    return None


def _doer_in(figure: Figure, noun: Token) -> Found | None:
    """The side that acts in a subject or agent: itself, its owner, or whoever speaks of "the air defences"."""
    found = _owner_of(figure, noun, 0) or _led_by(figure, noun)
    if found is not None:
        return _first_of_all(figure, noun) or found
    kind = lexis(figure.codebook).nouns.get((noun.lower_,))
    if (
        kind == "attack"
        and figure.event in _DONE_BY_ATTACKS
        and any(c.lower_ in _SAID_BEFORE for c in noun.children)
    ):
        return _attacker_before(figure, noun)
    if noun.lower_ in STATE_FORCES and in_civil_war(figure) and not _modified(noun):
        return Found(str(government(figure)), repr(noun.text), generic=True)
    teller = figure.speaker or (figure.told_by if kind == "defend" or _is_defence(noun) else None)
    if teller and (
        (kind in ("command", "defend") and noun.lower_ not in _ANYBODY | _THEIRS)
        or _is_defence(noun)
        or _is_aircraft(figure, noun)
    ):
        return Found(teller, f"{noun.text!r}, of the side that speaks")
    stranger = noun.pos_ != "PRON" and (kind == "command" or noun.pos_ == "PROPN" or noun.lower_ in _ANYBODY)
    return _STRANGER if stranger else None


_LED = re.compile(r"-led (?:[\w-]+ ){0,2}")


def _led_by(figure: Figure, noun: Token) -> Found | None:
    """The group that leads others: "Hamas-led fighters attacked"; whom a state leads is a coalition with its own name."""
    text, start = figure.document.article.text, figure.sentence.starts[noun.i]
    for name in figure.names:
        if (
            name.end <= start
            and is_group(name.side, figure.codebook)
            and _LED.fullmatch(text, name.end, start)
        ):
            return Found(str(name.side), repr(f"{name.text}-led"), named=True)
    return None


def _first_of_all(figure: Figure, noun: Token) -> Found | None:
    """The first-named of sides that act together: "Russian and regime forces", "army troops and allied militias"."""
    if noun.left_edge == noun:
        return None
    start, end = figure.sentence.starts[noun.left_edge.i], figure.sentence.ends[noun.i]
    text = figure.document.article.text
    sides = [
        name
        for name in figure.names
        if start <= name.start < end
        and name.kind != "pronoun"
        and not (name.kind == "capital" and _NEAR.search(text, 0, name.start))
    ]
    if len(sides) < 2 or sides[0].side == sides[1].side:
        return None
    if not _AND.fullmatch(text, sides[0].end, sides[1].start) or _only_about(figure, sides[0]):
        return None
    return Found(str(sides[0].side), repr(sides[0].text), named=sides[0].kind != "role")


def with_doer(figure: Figure) -> Figure:
    """The figure with who governs its predicate."""
    if sufferer(figure) is not None:
        return figure
    found = _gapped(figure) or _read_doer(figure)
    return (
        replace(figure, stranger=True)
        if found is not None and not found.side
        else replace(figure, doer=found)
    )


def _of_two(subject: Token) -> bool:
    """ "Clashes between the army and the militia killed 12": neither of them alone."""
    return subject.lower_ in _FIGHTING and any(child.lower_ == "between" for child in subject.children)


def _read_doer(figure: Figure) -> Found | None:
    verb, noun = figure.predicate, figure.noun
    if (verb is None or verb == noun) and figure.event == "conducted" and noun is not None:
        return _doer_of_action(figure, noun)
    if verb is None or _says(figure, verb):
        return None
    if verb.pos_ in ("NOUN", "PROPN") and verb != noun:
        return _doer_of_noun(figure, verb)
    found = _agent(figure, verb) or _accused(figure, verb)
    if found is not None:
        return found
    by_means = False
    for _ in range(4):
        passive = any(child.dep_ in ("auxpass", "nsubjpass") for child in verb.children)
        subjects = [c for c in verb.children if c.dep_ == "nsubj"]
        subject = next((c for c in subjects if not _quote_between(c, verb)), None)
        if subjects and subject is None:
            return None  # "X on Telegram: "Shells killed five"": who speaks has killed nobody
        if subject is not None and _is_before(verb) and (above := _verb_above(verb)) is not None:
            if _says(figure, above):
                return None
            verb = above  # "repelled an attack in the village killing 30"
            continue
        if subject is not None:
            if passive or (_says(figure, verb) and not by_means) or _of_two(subject):
                return None
            if noun is not None and (subject == noun or subject.is_ancestor(noun)):
                return None
            if subject.lower_ in ("who", "which", "that") and verb.dep_ == "relcl":
                subject = verb.head
                if noun is not None and (
                    subject == noun
                    or (subject.is_ancestor(noun) and subject.pos_ != "VERB" and figure.event in TOLLS)
                ):
                    return None
            return _doer_in(figure, subject)
        if passive:
            return None
        if verb.dep_ == "relcl" or (verb.dep_ == "acl" and verb.tag_ == "VBG"):
            if verb.head == noun:
                return None
            above = _verb_above(verb)
            struck = (
                verb.dep_ == "acl"
                and above is not None
                and _is_object(verb.head, above)
                and _does(figure, above, "attack")
            )
            found = _doer_in(figure, verb.head) if not struck else None
            if found is not None or verb.dep_ == "relcl" or above is None:
                return found
            # "the army repelled an attack on its posts killing 30": who repelled killed
            if _says(figure, above):
                return None
            verb = above
            continue
        if verb.dep_ in ("conj", "xcomp", "advcl", "pcomp", "ccomp", "aux", "prep") and verb.head != verb:
            if verb.tag_ == "VBN" and verb.dep_ == "advcl":
                return None
            verb = verb.head
            by_means = verb.lower_ == "by"  # "responded by shelling the town"
            while verb.pos_ == "ADP" and verb.head != verb:
                verb = verb.head
            if verb.pos_ in ("NOUN", "PROPN"):
                return _doer_of_noun(figure, verb) if verb != noun else None
            if _says(figure, verb) and not by_means:
                # "claimed to have destroyed": who claims did it
                continue_ = any(c.dep_ == "xcomp" for c in verb.children)
                if not continue_:
                    return None
                subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
                if subject is not None and subject.pos_ == "PRON" and figure.speaker is not None:
                    return Found(figure.speaker, repr(subject.text))
                return _doer_in(figure, subject) if subject is not None else None
            continue
        return None
    return None


def _is_object(noun: Token, verb: Token) -> bool:
    """Whether a noun is what a verb is done to, alone or as "a group of rebels"."""
    while noun.dep_ == "pobj" and noun.head.lower_ == "of":
        noun = noun.head.head
    return noun.dep_ == "dobj" and noun.head == verb


def _is_before(verb: Token) -> bool:
    """Whether a verb is taken to hang on the preposition of a place before it, which then would do what it tells."""
    return verb.dep_ == "pcomp" and verb.head.lower_ in ("in", "on", "at", "near", "of", "inside", "outside")


def _verb_above(verb: Token) -> Token | None:
    return next((token for token in verb.head.ancestors if token.pos_ == "VERB"), None)


def _quote_between(subject: Token, verb: Token) -> bool:
    between = [token.text for token in subject.doc[subject.i : verb.i]]
    return any(one == ":" and other in ('"', "“", "``", "''") for one, other in pairwise(between))


def _modified(noun: Token) -> bool:
    """Whether words before "soldiers" say that they may be anybody's: foreign, rebel, U.N. soldiers."""
    return any(
        child.dep_ in ("amod", "compound", "nmod", "poss") and child.lower_ not in _PLAIN
        for child in noun.children
    )


def _is_defence(noun: Token) -> bool:
    """ "Air defence systems", "anti-aircraft units": a defence by another word."""
    return any(token.lower_ in _DEFENDING for token in noun.subtree if token.i <= noun.i)


def _is_aircraft(figure: Figure, noun: Token) -> bool:
    start, end = figure.sentence.starts[noun.i], figure.sentence.ends[noun.i]
    name = next(
        (
            name
            for name in figure.document.names
            if name.kind == "weapon" and name.start < end and start < name.end
        ),
        None,
    )
    weapon = figure.codebook.weapons.get(name.key or "") if name is not None else None
    return weapon is not None and figure.codebook.group(weapon.item) == "equipment"


def _accused(figure: Figure, deed: Token) -> Found | None:
    """ "Accused Belgium of killing six": who is accused of a deed, or responsible for it, did it."""
    if deed.dep_ == "relcl" and deed.head.pos_ in ("NOUN", "PROPN"):
        deed = deed.head  # "an attack that killed six"
    preposition = deed.head
    if deed.dep_ not in ("pcomp", "pobj") or preposition.lower_ not in ("of", "for", "behind", "over"):
        return None
    blame = preposition.head
    if blame.lemma_ in _CHARGES or _does(figure, blame, "blame"):
        accused = next((c for c in blame.children if c.dep_ in ("dobj", "nsubjpass")), None)
        return _doer_in(figure, accused) if accused is not None else None
    if blame.lower_ in _BLAMED or preposition.lower_ == "behind":
        verb = blame if preposition.lower_ == "behind" else blame.head
        subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
        return _doer_in(figure, subject) if subject is not None else None
    return None


def sufferer(figure: Figure) -> Found | None:
    """To whom it happened, though it governs the verb: "we get twelve air strikes a day", "the enemy left 50 bodies"."""
    noun = figure.noun
    while (
        noun is not None
        and noun.dep_ == "pobj"
        and noun.head.lower_ == "of"
        and noun.head.head.lower_ in _SUMS
    ):
        noun = noun.head.head  # "an average of 900 casualties"
    if noun is None or noun.dep_ != "dobj" or noun.head.pos_ != "VERB":
        return None
    verb = noun.head
    if figure.event in TOLLS and figure.predicate != verb and (
        _does(figure, verb, "lose") or (verb.lemma_ == "have" and noun.lower_ in _FALLEN)
    ):  # fmt: skip
        return _subject_of(figure, verb)  # "it has 28 dead", "they lost 40 men killed and wounded"
    struck = figure.group in _SENT and figure.event in ("launched", "hit", "conducted")
    left = verb.lemma_ == "leave" and (noun.lemma_ in _LEFT_BEHIND or _on_the_field(figure))
    if not left and not (struck and verb.lemma_ in _UNDERGOES):
        return None
    return _subject_of(figure, verb)


def _subject_of(figure: Figure, verb: Token) -> Found | None:
    """The side that governs a verb, or the one that it is coordinated with; nobody where an attack does."""
    subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    while subject is None and verb.dep_ == "conj" and verb.head.pos_ in ("VERB", "AUX"):
        verb = verb.head
        subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    if subject is None or lexis(figure.codebook).nouns.get((subject.lower_,)) == "attack":
        return None
    found = _doer_in(figure, subject)
    return None if found is _STRANGER else found


def _on_the_field(figure: Figure) -> bool:
    """ "Left 40 men on the battlefield": whoever leaves people behind so has lost them."""
    tail = figure.document.article.text[figure.mention.quantity.end : figure.sentence.end]
    return figure.event in TOLLS and _FIELD.match(tail) is not None


def _doer_of_action(figure: Figure, noun: Token) -> Found | None:
    """ "The rebels engaged in 10 clashes": the subject of the verb that governs an attack."""
    verb = noun.head
    while verb.pos_ in ("ADP", "NOUN") and verb.head != verb:
        verb = verb.head
    if verb.pos_ == "VERB" and any(_does(figure, verb, does) for does in ("attack", "send", "act")):
        subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
        if subject is not None and subject != noun:
            return _doer_in(figure, subject)
    return _doer_of_noun(figure, noun)


def _doer_of_noun(figure: Figure, noun: Token) -> Found | None:
    """ "Russia's launches", "raids by Israel": who does what a noun says."""
    for child in noun.children:
        if child.dep_ == "prep" and child.lower_ == "by":
            for thing in child.children:
                if thing.dep_ == "pobj" and (found := _doer_in(figure, thing)) is not None:
                    return found._replace(agent=True)
    return _owner_of(figure, noun, 1)


def _says(figure: Figure, verb: Token) -> bool:
    """Whether a verb is one of saying: "released a statement", but not "released 90 prisoners"."""
    if figure.event == "released" and verb == figure.predicate:
        return False
    return verb.lower_ in lexicon(figure.codebook).verbs


def _does(figure: Figure, token: Token, what: str) -> bool:
    """What a verb does: the first reading whose other words stand behind it decides."""
    near = [other.lower_ for other in token.doc[token.i + 1 : token.i + 5]]
    for rest, does, _ in lexis(figure.codebook).verbs.get(token.lower_, ()):
        if all(word in near for word in rest):
            return does == what
    return False


def predicate_does(figure: Figure, what: str) -> bool:
    return figure.predicate is not None and _does(figure, figure.predicate, what)


def suffers(figure: Figure) -> bool:
    """Whether who governs the predicate is the one that it happens to: lost, suffered; losses, deaths."""
    if figure.predicate is None:
        return False
    if predicate_does(figure, "tend") and _says(figure, figure.predicate):
        return True
    if any(
        cue.suffers and figure.mention.measure.predicate in cue.words
        for cue in figure.codebook.events[figure.event].cues
    ):
        return figure.predicate.pos_ != "VERB" or _does(figure, figure.predicate, "lose")
    if lexis(figure.codebook).nouns.get((figure.predicate.lower_,)) == "lose" or _does(
        figure, figure.predicate, "lose"
    ):
        return True
    return (
        figure.predicate.pos_ in ("NOUN", "ADJ", "PROPN")
        and figure.event in TOLLS
        and figure.group == "people"
    )
