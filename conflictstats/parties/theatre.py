"""A figure with everything that can tell its sides, and the theatre of war that its article tells of."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from conflictstats.attribution import read_attribution
from conflictstats.codebook import Codebook
from conflictstats.inflection import noun_forms, verb_forms
from conflictstats.measures.nouns import read_noun
from conflictstats.names import find_roles
from conflictstats.parties.deedwords import lexis
from conflictstats.parties.engagements import Role, read_roles
from conflictstats.parties.referents import heading, in_speech, perspective, sayer_of, sides_in
from conflictstats.records import Attribution, Document, Mention, Name, Sentence, Setting
from conflictstats.wars import REBELS, camp_of, ground_of, is_civil, mentions, named_sides, party, wars_of

if TYPE_CHECKING:
    from spacy.tokens import Token

THIRD_PARTY = "third_party"
IMPLIED = (
    "(implied)"  # closes the evidence of a side that neither the figure's grammar nor its sentence names
)
DEFENCES = frozenset({"intercepted", "repelled"})
TOLLS = frozenset("killed wounded casualties missing".split())
SOLDIERS = frozenset({"combatant", "prisoner"})
CIVIL_ITEMS = frozenset("home school hospital building household energy_site bridge".split())

_MINISTER = re.compile(r"\bminister\b")
_OF_WAR = re.compile(r"\b(?:defen[cs]e|war|military|foreign|prime|armed)\b")
_HEAD_OF = re.compile(
    r"\bhead of (?:the |its )?(?:[\w']+ ){0,4}(?:region|administration|oblast|district|city|province|council)\b"
)
# Where a clause ends, and with it what its verb governs.
CLAUSE_END = re.compile(r"[;:–—]|, (?:while|but|whereas)\b|\b(?:while|whereas)\b|\band that\b", re.I)

_OCCUPIES = re.compile(r"occup|invad|aggress", re.I)
_DEFENDERS = re.compile(r"\b(?:defen[cs]e forces|defenders) of\b", re.I)
_DEED = re.compile(
    r"\b(?:kill|attack|shell|target|str(?:ike|uck)|bomb|massacre|fir(?:e|ing)|responsib|involve|behind|hit|raid|harm|die|dead)",
    re.I,
)
# Who denies these denies what was done to him, not what he did.
_OWN_LOSSES = re.compile(
    r"\b(?:soldiers?|troops|service(?:man|men)|fighters|crew|losses|barracks|tanks?|aircraft|planes?|positions?)\b",
    re.I,
)
# Verbs that give a number to something said before or behind them, and what that may be.
_PUTS = frozenset(
    "put place estimate set give bring raise rise climb stand list report reach peg revise".split()
)
_TOLD_OF = frozenset(
    "dead number toll loss losses casualty death fatality wounded injured missing figure count total".split()
)


# What only a fighter says of himself and his own.
_COMRADES = re.compile(
    r"\bwe (?:[a-z]+ly )?(?:took|captured|killed|burned|burnt|shot|hit|destroyed|fired|attacked|stormed|held|lost|fought|ambushed|knocked out|blew up"
    r"|bring down|brought down|send up|launch(?:ed)?|shoot|get|face|retreated|went in|repelled)\b|\b(?:my|our) (?:men|unit|crew|comrades|fighters|brothers|boys|platoon|company"
    r"|battalion|brigade|squad|soldiers|position|positions|trench|trenches|guys|lads|commander|side|drones?|guns?|tanks?|lines?)\b",
    re.I,
)
_OFTEN = 2
_OURS = re.compile(
    r"\bour (?!(?:[\w-]+ )*correspondent)(?:[\w-]+ )?(?:army|troops|soldiers|defenders|forces|units|positions|defen[cs]es?|fighters|men|warriors|gunners|artillery|aviation|brigades?|guards?|residents|territory)\b",
    re.I,
)
_IN_RANKS = re.compile(
    r"\b(?:lead|leads|led|leading|commands?|commanded|fights?|fought|fighting|serves?|served|serving|fighters?|soldiers?|sniper|commander|officer|sergeant|lieutenant|captain|major"
    r"|colonel|pilot|medic|gunner|volunteer|member|battalion|brigade|company|platoon|unit|veteran|crew|reservist)(?: \w+){0,3} (?:in|of|with|for|from)(?: the)? (?:\w+ ){0,1}$",
    re.I,
)


class Found(NamedTuple):
    """A side, and the words that gave it."""

    side: str
    why: str
    named: bool = False  # by its own name
    generic: bool = False  # by a word like "soldiers", which are somebody else's where another is named
    agent: bool = False  # behind "by", and so who did it, whatever the noun before


@dataclass(frozen=True, eq=False)
class Theatre:
    """What the figures of one article are read against."""

    wars: tuple[str, ...]
    said: dict[str, int]
    perspective: str | None
    bulletin: str | None  # whose bulletin the article is
    roles: tuple[tuple[Role, ...], ...]
    harmed: tuple[str | None, ...]  # per sentence the side whose officials count harm in it
    lead: int | None  # the first sentence that tells of an attack
    denier: str | None  # the side that rejects what it is blamed for
    fighter: str | None  # the side of the one fighter who tells of himself and his comrades


@dataclass(frozen=True, eq=False)
class Figure:
    """One mention, with everything that can tell its sides."""

    mention: Mention
    attribution: Attribution
    setting: Setting | None
    document: Document
    codebook: Codebook
    theatre: Theatre
    speaker: str | None  # the side that gives the figure
    told_by: str | None  # the same, or the one side that speaks in an article told by nobody else
    roles: tuple[Role, ...]  # of the sides named in its sentence
    names: tuple[Name, ...]
    noun: Token | None
    predicate: Token | None
    owner: Found | None = None  # whose the counted thing is
    doer: Found | None = None  # who governs its predicate
    stranger: bool = False  # somebody does it who is of no side that is known

    @property
    def sentence(self) -> Sentence:
        return self.mention.sentence

    @property
    def event(self) -> str:
        return self.mention.measure.event

    @property
    def item(self) -> str:
        return self.mention.measure.item

    @property
    def group(self) -> str:
        return self.codebook.group(self.item)


def figure_of(
    mention: Mention,
    attribution: Attribution,
    setting: Setting | None,
    document: Document,
    codebook: Codebook,
) -> Figure:
    """A mention with what its article and its sentence tell, its owner and doer still to be read."""
    theatre = theatre_of(document, codebook)
    speaker = belligerent(attribution, theatre.wars, codebook)
    if speaker is None and attribution.source is None:
        speaker = theatre.bulletin
    if speaker is None and in_speech(document, mention.quantity.start):
        speaker = theatre.fighter
    index = mention.sentence.index
    told_by = speaker or (
        sayer_of(mention.sentence, document, codebook) or theatre.perspective
        if attribution.source is None
        else None
    )
    return Figure(
        mention,
        attribution,
        setting,
        document,
        codebook,
        theatre,
        speaker,
        told_by,
        read_roles(document, index, told_by, codebook),
        sides_in(document, index, told_by, codebook),
        _find_noun(mention, document, codebook),
        _find_predicate(mention),
    )


@lru_cache(maxsize=16)
def theatre_of(document: Document, codebook: Codebook) -> Theatre:
    wars = wars_of(document, codebook)
    told = {
        sentence.index: read_attribution(sentence.quantities[0], None, sentence, document, codebook)
        for sentence in document.sentences
        if sentence.quantities
    }
    common = perspective(document, codebook)
    if common is not None and _outvoted(common, told.values(), wars, codebook):
        common = None
    common = common or _one_voice(told.values(), wars, codebook)
    poster = _who_says_enemy(document, wars, codebook) if common is None else None
    common = common or poster
    roles, harmed = [], []
    denier = None
    for sentence in document.sentences:
        speaker = common
        harm = None
        if sentence.quantities:
            attribution = told[sentence.index]
            side = belligerent(attribution, wars, codebook)
            sayer = sayer_of(sentence, document, codebook)
            speaker = side or (sayer or common if attribution.source is None else None)
            if side is not None and is_civil_office(attribution, codebook):
                harm = side
            if denier is None and _DEED.search(sentence.text) and not _OWN_LOSSES.search(sentence.text) and (
                attribution.status == "denied" or sentence.quantities[0].best == 0
            ):  # fmt: skip
                denier = side
        roles.append(read_roles(document, sentence.index, speaker, codebook))
        harmed.append(harm)
    lead = next((n for n, found in enumerate(roles) if any(role.part == "attacker" for role in found)), None)
    said = mentions(document.names)
    rebels = sum(
        name.kind == "role" and name.side == REBELS for name in named_sides(document, common, codebook)
    )
    if rebels:
        said = {**said, REBELS: rebels}
    return Theatre(
        wars,
        dict(said),
        common,
        _bulletin_of(document, wars, codebook)
        or poster
        or (common if common is not None and _takes_sides(document, codebook) else None),
        tuple(roles),
        tuple(harmed),
        lead,
        denier,
        _who_says_we(document, told.values(), wars, codebook) if common is None else None,
    )


def _bulletin_of(document: Document, wars: tuple[str, ...], codebook: Codebook) -> str | None:
    """The belligerent whose bulletin an article is, by its heading."""
    side = heading(document)
    known = side is not None and any(side in camp for war in wars for camp in codebook.wars[war].sides)
    return party(side, wars, codebook) if side is not None and known else None


def _takes_sides(document: Document, codebook: Codebook) -> bool:
    """Whether an article itself, outside what it quotes, says "the enemy" and "our troops"."""
    return any(
        codebook.roles[str(role.key)].means == "other" and not in_speech(document, role.start)
        for role in find_roles(document.article.text, codebook)
    ) and any(not in_speech(document, found.start()) for found in _OURS.finditer(document.article.text))


def _one_voice(told: Iterable[Attribution], wars: tuple[str, ...], codebook: Codebook) -> str | None:
    """The side that gives all figures that are given by anybody: a ministry's bulletin."""
    sides = {
        belligerent(attribution, wars, codebook) for attribution in told if attribution.source is not None
    }
    return next(iter(sides)) if len(sides) == 1 else None


def _outvoted(side: str, told: Iterable[Attribution], wars: tuple[str, ...], codebook: Codebook) -> bool:
    """Whether the figures are another side's: one "the army said" in a ministry's bulletin."""
    given = Counter(belligerent(attribution, wars, codebook) for attribution in told)
    return any(other is not None and count > 2 * given[side] for other, count in given.items())


def _who_says_enemy(document: Document, wars: tuple[str, ...], codebook: Codebook) -> str | None:
    """The side of a text that names nobody who speaks, but somebody as the enemy: a governor's post.

    Occupiers stand on the ground of whoever calls them so. And who beats off the enemy's attacks, or whose
    defenders are named, is on the side that has this enemy.
    """
    text = document.article.text
    roles = find_roles(text, codebook)
    enemies = [role for role in roles if codebook.roles[str(role.key)].means == "other"]
    if not wars or not enemies or is_civil(wars[0], codebook):
        return None
    if any(sayer_of(sentence, document, codebook) for sentence in document.sentences):
        return None  # somebody speaks, and not all of it is one side's
    told = [
        role
        for sentence in document.sentences
        for role in read_roles(document, sentence.index, None, codebook)
        if camp_of(role.side, wars[0], codebook) is not None
    ]
    defending = {role.side for role in told if role.part == "attacked" and role.does == "defend"}
    defending |= {
        name.side
        for name in document.names
        if name.side is not None
        and _DEFENDERS.search(text, max(0, name.start - 25), name.end)
        and camp_of(name.side, wars[0], codebook) is not None
    }
    if any(_OCCUPIES.match(role.text) for role in enemies):
        defending |= {str(ground_of(country, codebook)) for country in codebook.wars[wars[0]].countries[:1]}
    defending -= {role.side for role in told if role.part == "attacker" and role.does != "defend"}
    if defending:
        return defending.pop() if len(defending) == 1 else None
    return _silent(document, wars[0], codebook) if _takes_sides(document, codebook) else None


def _silent(document: Document, war: str, codebook: Codebook) -> str | None:
    """The side of a war of two that is never named, where the other is: one's own is "we" and "ours"."""
    named = {
        name.side
        for name in named_sides(document, None, codebook)
        if name.side is not None and name.kind != "capital"
    }
    camps = codebook.wars[war].sides
    silent = [camp for camp in camps if not named.intersection(camp)]
    return silent[0][0] if len(camps) == 2 and len(silent) == 1 else None


def _who_says_we(
    document: Document, told: Iterable[Attribution], wars: tuple[str, ...], codebook: Codebook
) -> str | None:
    """The side of a fighter who tells of what he and his comrades did, where nobody else is quoted.

    It is the side in whose ranks the article says that somebody stands; else, in a war of two, the one that
    is never named, for soldiers name their enemy and call their own side "we".
    """
    told = list(told)
    if not wars or len({of.source for of in told if of.source is not None and of.voice == "quote"}) > 1:
        return None
    if any(belligerent(of, wars, codebook) for of in told):
        return None
    text = document.article.text
    if sum(in_speech(document, found.start()) for found in _COMRADES.finditer(text)) < _OFTEN:
        return None
    named = [
        name
        for name in named_sides(document, None, codebook)
        if name.side is not None
        and name.kind != "capital"
        and camp_of(name.side, wars[0], codebook) is not None
    ]
    ranks = {
        name.side
        for name in named
        if _IN_RANKS.search(text, max(0, name.start - 60), name.start) and not in_speech(document, name.start)
    }
    if ranks:
        return ranks.pop() if len(ranks) == 1 else None
    return _silent(document, wars[0], codebook)


def belligerent(attribution: Attribution, wars: tuple[str, ...], codebook: Codebook) -> str | None:
    side = attribution.source_side
    return party(side, wars, codebook) if side is not None and side != THIRD_PARTY else None


@lru_cache(maxsize=8)
def _civil_offices(codebook: Codebook) -> re.Pattern[str]:
    nouns = sorted({" ".join(phrase) for phrase, does in lexis(codebook).nouns.items() if does == "civil"})
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, nouns))})\b")


def is_civil_office(attribution: Attribution, codebook: Codebook) -> bool:
    office = " ".join(filter(None, (attribution.source_office, attribution.source, attribution.source_id)))
    office = office.casefold().replace("-", " ")
    if _MINISTER.search(office) and not _OF_WAR.search(office):
        return True
    return bool(_civil_offices(codebook).search(office) or _HEAD_OF.search(office))


def _find_noun(mention: Mention, document: Document, codebook: Codebook) -> Token | None:
    counted = read_noun(mention.quantity, mention.sentence, document, codebook)
    if counted is None:
        return None
    return (_put_at(counted.token) if counted.elided else None) or counted.token


def _put_at(number: Token) -> Token | None:
    """The noun of "put the army's dead at 100", "the number of soldiers killed rose to 20"."""
    step, token = 0, number
    while token.head != token and step < 4:
        if token.dep_ == "prep" and token.lower_ not in ("at", "to", "as", "of"):
            return None
        token, step = token.head, step + 1
        if token.lemma_ == "be":
            # "the number of our wounded is seven"
            return next((c for c in token.children if c.dep_ == "nsubj" and c.lemma_ in _TOLD_OF), None)
        if (
            token.dep_ == "acl"
            and token.lower_ in _TOLD_OF | {"killed", "captured"}
            and token.head.dep_ == "pobj"
            and token.head.head.head.lemma_ in _TOLD_OF
        ):
            return token.head  # "the number of soldiers killed at 30"
        if token.pos_ == "VERB" and token.lemma_ in _PUTS:
            return next(
                (
                    c
                    for c in token.children
                    if c.dep_ in ("dobj", "nsubj", "nsubjpass") and c.lemma_ in _TOLD_OF
                ),
                None,
            )
    return None


def _find_predicate(mention: Mention) -> Token | None:
    """The word that tells the event, where it stands in the sentence itself: a part may have its total's."""
    i, words = mention.measure.predicate_token, mention.measure.predicate
    if i is None or words is None or mention.sentence.doc is None or i >= len(mention.sentence.doc):
        return None
    token, first = mention.sentence.doc[i], words.split()[0]
    return token if token.lower_ in verb_forms(first) | noun_forms(first) else None


def name_at(figure: Figure, token: Token) -> Name | None:
    start, end = figure.sentence.starts[token.i], figure.sentence.ends[token.i]
    return next((name for name in figure.names if name.start < end and start < name.end), None)


def clause(figure: Figure) -> str:
    """The clause that holds the figure."""
    text = figure.sentence.text
    at = figure.mention.quantity.start - figure.sentence.start
    start = max((m.end() for m in CLAUSE_END.finditer(text) if m.end() <= at), default=0)
    end = min((m.start() for m in CLAUSE_END.finditer(text) if m.start() >= at), default=len(text))
    return text[start:end]


def up_to_figure(figure: Figure) -> str:
    return figure.document.article.text[figure.sentence.start : figure.mention.quantity.start]


def around(figure: Figure) -> str:
    sentences = figure.document.sentences[max(0, figure.sentence.index - 1) : figure.sentence.index + 1]
    return " ".join(sentence.text for sentence in sentences)
