"""Who did it, and to whom.

Every event has an attacking and an attacked side; what the columns call actor and target follows from the
event: the actor of "killed" attacks, the actor of "intercepted" is attacked and beats the attack off. The two
sides are sought in this order, and the evidence says where they were found:

1. the grammar of the figure: whose the counted thing is, who governs the verb, whose missile or strike it was
2. the other names of its clause and sentence (`engagements`)
3. the attack that the text before it tells of
4. who speaks (a governor counts the harm done to his side, an army what it shot down), and where it was
5. where two camps fight, the one known side gives the other

What none of these tells stays empty. Civilians in a civil war have no side.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from conflictstats.codebook import Codebook
from conflictstats.engagements import Role, lexis, perspective, read_roles, story
from conflictstats.inflection import noun_forms, verb_forms
from conflictstats.nouns import read_noun
from conflictstats.records import Attribution, Document, Mention, Name, Parties, Sentence, Setting
from conflictstats.wars import camp_of, enemies, is_civil, mentions, named_sides, state_of, wars_of

if TYPE_CHECKING:
    from spacy.tokens import Token

THIRD_PARTY = "third_party"
BOTH = "both"

_ATTACKS = frozenset(
    "launched hit killed wounded casualties destroyed damaged advanced seized conducted captured cut_off missing".split()
)
_DEFENCES = frozenset({"intercepted", "repelled"})
_HARM = frozenset("killed wounded casualties missing displaced cut_off damaged hit destroyed".split())
_TOLLS = frozenset("killed wounded casualties missing".split())
_SENT = frozenset({"munition", "action"})
_SOLDIERS = frozenset({"combatant", "prisoner"})
_HOMES = frozenset("home school hospital building energy_site bridge household".split())
# Reports on one's own losses, whoever the speaker is.
_OWNING_UP = re.compile(r"\b(?:acknowledg|admit|conced|confirm)\w*\b", re.I)
_OWN_RANKS = re.compile(r"\b(?:its|his|her|their|our) own (?:side|ranks|forces|troops|men|soldiers|fighters|losses|casualties|dead)\b", re.I)  # fmt: skip
_EACH_SIDE = re.compile(r"\b(?:each|either) (?:side|army|country)\b|\bboth (?:sides|armies|countries) (?:\w+ ){0,2}each\b|\beach (?:lost|lose|losing)\b", re.I)  # fmt: skip
_BOTH_SIDES = re.compile(r"\b(?:on|from|of|by|among|for) (?:both|the two|the warring) (?:sides|camps|armies|countries|parties|states)\b|\bboth sides\b", re.I)  # fmt: skip
_WAR_TOLL = re.compile(r"\b(?:war|conflict|fighting|hostilities|battles?|clash(?:es)?|violence|counter-?attacks?)\b", re.I)
_CAPTIVITY = re.compile(r"\b(?:captivity|custody|exchange\w*|swap\w*|prisoners?|POWs?|hostages?|captives?|detention|jails?|prisons?)\b", re.I)  # fmt: skip
_CLAUSE_END = re.compile(r"[;:–—]|, (?:while|but|whereas)\b|\b(?:while|whereas)\b", re.I)


class Found(NamedTuple):
    """A side, and the words that gave it."""

    side: str
    why: str


@dataclass(frozen=True, eq=False)
class Scene:
    """What the figures of one article are read against."""

    wars: tuple[str, ...]
    said: dict[str, int]
    perspective: str | None
    roles: tuple[tuple[Role, ...], ...]


def read_parties(
    mention: Mention, attribution: Attribution, setting: Setting | None, document: Document, codebook: Codebook
) -> tuple[Parties, ...]:
    """The sides of a mention: one pair, or one pair per side where the words say "each side"."""
    reader = _Reader(mention, attribution, setting, document, codebook)
    return tuple(reader.read())


class _Same:
    """A document by identity, so that its scene is read once and not at every figure."""

    def __init__(self, document: Document) -> None:
        self.document = document

    def __hash__(self) -> int:
        return id(self.document)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.document is self.document


@lru_cache(maxsize=4)
def _scene(same: _Same, codebook: Codebook) -> Scene:
    document = same.document
    return Scene(wars_of(document, codebook), dict(mentions(document.names)), perspective(document, codebook), story(document, codebook))


class _Reader:
    """One mention, with everything that can tell its sides."""

    def __init__(
        self, mention: Mention, attribution: Attribution, setting: Setting | None, document: Document, codebook: Codebook
    ) -> None:
        self.mention = mention
        self.sentence = mention.sentence
        self.event = mention.measure.event
        self.item = mention.measure.item
        self.group = codebook.items[self.item].group
        self.attribution = attribution
        self.setting = setting
        self.document = document
        self.codebook = codebook
        self.scene = _scene(_Same(document), codebook)
        side = attribution.source_side
        self.speaker = side if side != THIRD_PARTY else None
        told_by = self.speaker or (self.scene.perspective if side is None else None)
        self.told_by = told_by
        self._noun = self._find_noun()
        self._predicate = self._find_predicate()
        self.names = tuple(name for name in named_sides(document, told_by, codebook) if name.side is not None)

    # — the answer —

    def read(self) -> Iterator[Parties]:
        if self.event in ("deployed", "supplied", "held", "displaced", "released", "other"):
            yield self._plain()
            return
        if self.event == "conducted" and self.item == "clash":
            doer = self._doer()
            other = self._opponent(doer.side) if doer else None
            yield self._parties(doer, other)
            return
        pair = self._two_camps()
        if pair is not None and _EACH_SIDE.search(self._clause()):
            for one, other in (pair, pair[::-1]):
                yield Parties(one, other, ("actor and target: each side in turn",))
            return
        if pair is not None and self.event in _TOLLS and self._joint_toll():
            yield Parties(None, BOTH, ("target: both, a toll of the whole fighting",))
            return
        attacker, attacked = self._sides()
        if self.event in _DEFENCES:
            yield self._parties(attacked, attacker)
        else:
            yield self._parties(attacker, self._owner_of_victims(attacker, attacked))

    def _parties(self, actor: Found | None, target: Found | None) -> Parties:
        evidence = []
        if actor is not None:
            evidence.append(f"actor: {actor.side} ← {actor.why}")
        if target is not None:
            evidence.append(f"target: {target.side} ← {target.why}")
        return Parties(actor.side if actor else None, target.side if target else None, tuple(evidence))

    # — events that are no attack —

    def _plain(self) -> Parties:
        owner = self._owner()
        if self.event == "displaced":
            return self._parties(None, owner or self._home_side())
        if self.event == "released":
            return self._released(owner)
        doer = owner or self._doer() or self._speaking_subject()
        if self.event == "held" and doer is not None:
            return self._parties(doer, self._opponent(doer.side))
        return self._parties(doer, None)

    def _released(self, owner: Found | None) -> Parties:
        around = self._around()
        if not (self.item in ("prisoner", "hostage", "combatant") or _CAPTIVITY.search(around)):
            return Parties()
        pair = self._two_camps()
        subjects = self._joint_subjects()
        if pair is not None and len(subjects) >= 2 and subjects[1] in self._enemies(subjects[0]):
            return Parties(None, BOTH, ("target: both, an exchange",))
        if owner is None:
            owner = self._captives()
        if owner is None:
            return Parties()
        return self._parties(self._opponent(owner.side), owner)

    def _captives(self) -> Found | None:
        if self.speaker is not None:
            return Found(self.speaker, "whoever speaks counts its own people freed")
        return None

    # — attacks —

    def _sides(self) -> tuple[Found | None, Found | None]:
        """Attacker and attacked."""
        attacker, attacked = self._by_grammar()
        if attacker is None or attacked is None:
            attacker, attacked = self._by_sentence(attacker, attacked)
        if attacker is None and attacked is None:
            attacker, attacked = self._by_place_or_speaker(sure=True)
        if attacker is None and attacked is None and self.mention.measure.aggregation != "cumulative":
            attacker, attacked = self._by_story()
        if attacker is None and attacked is None:
            attacker, attacked = self._by_place_or_speaker(sure=False)
        if attacker is None and attacked is not None:
            attacker = self._from_story("attacker", attacked.side) or self._opponent(attacked.side)
        elif attacked is None and attacker is not None:
            attacked = self._from_story("attacked", attacker.side) or self._opponent(attacker.side)
        return attacker, attacked

    def _by_grammar(self) -> tuple[Found | None, Found | None]:
        attacker: Found | None = None
        attacked: Found | None = None
        owner = self._owner()
        doer = self._doer()
        defence = self.event in _DEFENCES
        if owner is not None:
            if defence or self.group in _SENT and self.event in ("launched", "hit", "conducted"):
                attacker = owner
            else:
                attacked = owner
        if doer is not None and (owner is None or owner.side != doer.side):
            if self._suffers():
                attacked = attacked or doer
            elif defence:
                attacked = attacked or doer
            else:
                attacker = attacker or doer
        return attacker, attacked

    def _by_sentence(self, attacker: Found | None, attacked: Found | None) -> tuple[Found | None, Found | None]:
        """What the other names of the sentence say, nearest first."""
        roles = self._near_roles()
        if attacker is None and attacked is None:
            first = next(iter(roles), None)
            if first is None:
                return None, None
            if first.part == "attacker":
                attacker = Found(first.side, first.words)
            else:
                attacked = Found(first.side, first.words)
        for role in roles:
            if attacker is None and role.part == "attacker" and attacked is not None and role.side != attacked.side:
                if self._fits(role.side, attacked.side):
                    attacker = Found(role.side, role.words)
            if attacked is None and role.part == "attacked" and attacker is not None and role.side != attacker.side:
                if self._fits(role.side, attacker.side):
                    attacked = Found(role.side, role.words)
        # both sides of the sentence's fight in exchanged parts: who attacks here loses men there
        for role in roles:
            if attacker is None and attacked is not None and role.side in self._enemies(attacked.side):
                attacker = Found(role.side, f"the other side of {role.words!r}")
            if attacked is None and attacker is not None and role.side in self._enemies(attacker.side):
                attacked = Found(role.side, f"the other side of {role.words!r}")
        return attacker, attacked

    def _near_roles(self) -> list[Role]:
        roles = read_roles(self.sentence.start, self.sentence.end, self.document, self.codebook, self.told_by)
        text = self.document.article.text
        at = self.mention.quantity.start

        def distance(role: Role) -> tuple[float, int]:
            low, high = (role.end, at) if role.start < at else (at, role.start)
            between = text[low:high]
            breaks = len(_CLAUSE_END.findall(between))
            return (len(between) + 120 * breaks - 30 * role.weight, role.start)

        return sorted(roles, key=distance)

    def _by_story(self) -> tuple[Found | None, Found | None]:
        """The attack that the text before tells of."""
        attacker = self._from_story("attacker", None)
        if attacker is not None:
            return attacker, self._from_story("attacked", attacker.side)
        attacked = self._from_story("attacked", None)
        return None, attacked

    def _from_story(self, part: str, against: str | None) -> Found | None:
        """The latest side in a part in the text before, one that fights `against`."""
        for index in range(self.sentence.index - 1, -1, -1):
            best: Role | None = None
            for role in self.scene.roles[index]:
                if role.part != part or role.weight < 0.55:
                    continue
                if against is not None and (role.side == against or not self._fits(role.side, against)):
                    continue
                if best is None or role.weight > best.weight:
                    best = role
            if best is not None:
                return Found(best.side, f"{best.words!r} before")
        return None

    def _by_place_or_speaker(self, sure: bool) -> tuple[Found | None, Found | None]:
        """What the speaker's side and the place tell: `sure` asks only for what hardly errs."""
        if sure:
            if self.speaker is not None and self.event in _HARM and self._civil_speaker() and self.group != "munition":
                return None, Found(self.speaker, "its officials count the harm done to it")
            return None, None
        if self.speaker is None:
            home = self._place_side()
            if home is not None and self.event in _HARM | {"launched"} and self.item not in _SOLDIERS and self.group != "equipment":
                return None, home
            return None, None
        speaker = Found(self.speaker, "the side that speaks")
        if self.event in _DEFENCES:
            return None, speaker
        if self.event == "launched":
            return None, speaker
        if self.group == "people" or self.item in _HOMES:
            return None, speaker
        if self.event in ("hit", "destroyed", "damaged", "conducted", "seized", "advanced", "captured"):
            if _OWNING_UP.search(self._clause()):
                return None, speaker
            return speaker, None
        return None, speaker

    # — the grammar of the figure —

    def _owner(self) -> Found | None:
        """Whose the counted thing is."""
        noun = self._noun
        if noun is None:
            return None
        found = self._owner_of(noun, 0)
        if found is None and self._own_ranks():
            found = Found(self.speaker or "", "its own") if self.speaker else None
        return found

    def _own_ranks(self) -> bool:
        tail = self.document.article.text[self.mention.quantity.start : self.sentence.end]
        return bool(_OWN_RANKS.search(tail[:90]))

    def _owner_of(self, noun: Token, depth: int) -> Found | None:
        own = self._side_at(noun)
        if own is not None:
            return Found(own, repr(noun.text if not self._name_at(noun) else self._name_at(noun).text))  # type: ignore[union-attr]
        for child in noun.children:
            if child.dep_ in ("amod", "compound", "poss", "nmod", "appos", "nummod", "det") and child.i < noun.i or child.dep_ == "appos":
                for token in (child, *child.subtree) if child.dep_ != "appos" else (child,):
                    if token.dep_ in ("relcl", "acl") or (child.dep_ != "appos" and token.i > noun.i):
                        continue
                    side = self._side_at(token)
                    if side is not None:
                        return Found(side, repr(self._words(token)))
            if child.dep_ == "poss" and child.lower_ in ("its", "their", "our", "his") and self.speaker and depth == 0:
                return Found(self.speaker, repr(child.text))
        for child in noun.children:
            if child.dep_ == "prep" and child.lower_ in ("of", "from", "by", "belonging", "among"):
                for thing in child.children:
                    if thing.dep_ == "pobj" and depth < 2:
                        found = self._owner_of(thing, depth + 1)
                        if found is not None:
                            return found
            if child.dep_ == "acl" and child.tag_ == "VBN":
                found = self._agent(child)
                if found is not None:
                    return found
                if child.lower_ in ("linked", "affiliated", "belonging", "loyal", "allied"):
                    for prep in child.children:
                        for thing in prep.children:
                            if thing.dep_ == "pobj" and depth < 2:
                                found = self._owner_of(thing, depth + 1)
                                if found is not None:
                                    return found
        return None

    def _agent(self, verb: Token) -> Found | None:
        for child in verb.children:
            if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by"):
                for thing in child.children:
                    if thing.dep_ == "pobj":
                        return self._doer_in(thing)
        return None

    def _doer_in(self, noun: Token) -> Found | None:
        """The side that acts in a subject or agent: itself, its owner, or whoever speaks of "our forces"."""
        found = self._owner_of(noun, 0)
        if found is not None:
            return found
        if noun.pos_ == "PRON" and noun.lower_ in ("it", "they", "we", "he", "she") and self.speaker:
            return Found(self.speaker, repr(noun.text))
        words = lexis(self.codebook)
        if words.nouns.get((noun.lower_,)) in ("command", "defend") and self.speaker:
            return Found(self.speaker, f"{noun.text!r}, of the side that speaks")
        return None

    def _doer(self) -> Found | None:
        verb, noun = self._predicate, self._noun
        if verb is None:
            return None
        if verb.pos_ in ("NOUN", "PROPN") and verb is not noun:
            return self._doer_of_noun(verb)
        found = self._agent(verb)
        if found is not None:
            return found
        counted = set() if noun is None else {noun.i, *(t.i for t in noun.ancestors if t.i > noun.i)}
        for _ in range(4):
            passive = any(child.dep_ in ("auxpass", "nsubjpass") for child in verb.children)
            subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
            if subject is not None:
                if noun is not None and (subject is noun or subject.is_ancestor(noun)):
                    return None
                if subject.lower_ in ("who", "which", "that") and verb.dep_ == "relcl":
                    subject = verb.head
                if subject.i in counted:
                    return None
                return None if passive else self._doer_in(subject)
            if passive:
                return None
            if verb.dep_ == "relcl" or (verb.dep_ == "acl" and verb.tag_ == "VBG"):
                return self._doer_in(verb.head) if verb.head is not noun else None
            if verb.dep_ in ("conj", "xcomp", "advcl", "pcomp", "ccomp", "aux") and verb.head is not verb:
                verb = verb.head
                while verb.pos_ == "ADP" and verb.head is not verb:
                    verb = verb.head
                if verb.pos_ in ("NOUN", "PROPN"):
                    return self._doer_of_noun(verb)
                continue
            return None
        return None

    def _doer_of_noun(self, noun: Token) -> Found | None:
        """ "Russia's launches", "raids by Israel": who does what a noun says."""
        for child in noun.children:
            if child.dep_ == "prep" and child.lower_ == "by":
                for thing in child.children:
                    if thing.dep_ == "pobj":
                        found = self._doer_in(thing)
                        if found is not None:
                            return found
        return self._owner_of(noun, 1)

    def _suffers(self) -> bool:
        """Whether who governs the predicate is the one that it happens to: lost, suffered; losses, deaths."""
        predicate = self._predicate
        if predicate is None:
            return False
        for event in (self.codebook.events[self.event],):
            for cue in event.cues:
                if cue.suffers and self.mention.measure.predicate in cue.words:
                    return True
        words = lexis(self.codebook)
        if words.nouns.get((predicate.lower_,)) == "lose":
            return True
        if predicate.pos_ in ("NOUN", "ADJ", "PROPN") and self.event in _TOLLS and self.group == "people":
            return True
        return any(does == "lose" for _, does, _ in words.verbs.get(predicate.lower_, ()))

    # — the article —

    def _two_camps(self) -> tuple[str, str] | None:
        """The two sides that fight each other, where the article's war has just two that it names."""
        for war in self.scene.wars[:1]:
            camps = self.codebook.wars[war].sides
            if len(camps) == 2 and not self._civil(war):
                heads = [max(camp, key=lambda side: (self.scene.said.get(side, 0), -camp.index(side))) for camp in camps]
                if all(self.scene.said.get(side, 0) for side in heads):
                    return heads[0], heads[1]
        return None

    def _civil(self, war: str) -> bool:
        return is_civil(war, self.codebook)

    def _enemies(self, side: str) -> tuple[str, ...]:
        for war in self.scene.wars:
            found = enemies(side, war, self.codebook)
            if found:
                return found
        return ()

    def _fits(self, one: str, other: str) -> bool:
        """Whether two sides can fight each other: enemies in one of the article's wars, or not both parties to one."""
        for war in self.scene.wars:
            of_one, of_other = camp_of(one, war, self.codebook), camp_of(other, war, self.codebook)
            if of_one is not None and of_other is not None:
                return of_one is not of_other
        return True

    def _opponent(self, side: str) -> Found | None:
        """The one side that this side fights in the article, where there is only one."""
        for war in self.scene.wars:
            others = enemies(side, war, self.codebook)
            if not others:
                continue
            ranked = sorted(others, key=lambda other: -self.scene.said.get(other, 0))
            named = [other for other in ranked if self.scene.said.get(other, 0)]
            if not named:
                return None
            if len(named) > 1 and self.scene.said[named[0]] < 3 * self.scene.said[named[1]]:
                return None
            return Found(named[0], f"the side that fights {side}")
        return None

    def _owner_of_victims(self, attacker: Found | None, attacked: Found | None) -> Found | None:
        """Civilians in a civil war have no side; merchant ships have none unless one is named."""
        if attacked is None:
            return None
        civil = bool(self.scene.wars) and self._civil(self.scene.wars[0])
        if civil and self.group == "people" and self.item not in _SOLDIERS and not self._owned:
            return None
        return attacked

    @property
    def _owned(self) -> bool:
        return self._owner() is not None

    def _home_side(self) -> Found | None:
        war = self.scene.wars[0] if self.scene.wars else None
        if war is None or self._civil(war):
            return None
        place = self._place_side()
        if place is not None:
            return place
        if self.speaker is not None and self._civil_speaker():
            return Found(self.speaker, "its officials count its people")
        return None

    def _place_side(self) -> Found | None:
        """The side on whose ground the place is, where a place in the country is named and not just the country."""
        setting = self.setting
        country = state_of(setting, self.codebook)
        if setting is None or country is None or setting.place is None or setting.place == country:
            return None
        belligerents = {side for war in self.scene.wars[:1] for camp in self.codebook.wars[war].sides for side in camp}
        if country in belligerents:
            return Found(country, f"{setting.place!r}, which is there")
        return None

    def _civil_speaker(self) -> bool:
        words = lexis(self.codebook)
        office = " ".join(filter(None, (self.attribution.source_office, self.attribution.source))).casefold()
        return any(does == "civil" and re.search(rf"\b{re.escape(' '.join(phrase))}\b", office) for phrase, does in words.nouns.items())

    def _joint_toll(self) -> bool:
        clause = self._clause()
        if _BOTH_SIDES.search(clause):
            return True
        return (
            self.item == "person"
            and self._owner() is None
            and self._doer() is None
            and not self._near_roles()
            and bool(_WAR_TOLL.search(clause))
        )

    def _speaking_subject(self) -> Found | None:
        if self.speaker is None or self.event != "deployed":
            return None
        return Found(self.speaker, "the side that speaks of itself")

    def _joint_subjects(self) -> list[str]:
        """The sides at the head of the sentence that act together: "Russia and Ukraine exchanged 170 prisoners"."""
        names = [n for n in self.names if self.sentence.start <= n.start < self.mention.quantity.start]
        if len(names) >= 2:
            between = self.document.article.text[names[0].end : names[1].start]
            if re.fullmatch(r"\s*(?:and|,)\s*(?:the )?", between):
                return [n.side for n in names[:2] if n.side]
        return []

    # — words —

    def _find_noun(self) -> Token | None:
        counted = read_noun(self.mention.quantity, self.sentence, self.document, self.codebook)
        return counted.token if counted is not None else None

    def _find_predicate(self) -> Token | None:
        """The word that tells the event, where it stands in the sentence itself: a part may have its total's."""
        i, words = self.mention.measure.predicate_token, self.mention.measure.predicate
        if i is None or words is None or self.sentence.doc is None or i >= len(self.sentence.doc):
            return None
        token, first = self.sentence.doc[i], words.split()[0]
        return token if token.lower_ in verb_forms(first) | noun_forms(first) else None

    def _name_at(self, token: Token) -> Name | None:
        start, end = self.sentence.starts[token.i], self.sentence.ends[token.i]
        for name in self.names:
            if name.start < end and start < name.end:
                return name
        return None

    def _side_at(self, token: Token) -> str | None:
        name = self._name_at(token)
        return name.side if name is not None else None

    def _words(self, token: Token) -> str:
        name = self._name_at(token)
        return name.text if name is not None else token.text

    def _clause(self) -> str:
        """The clause that holds the figure."""
        text = self.sentence.text
        at = self.mention.quantity.start - self.sentence.start
        start = max((m.end() for m in _CLAUSE_END.finditer(text) if m.end() <= at), default=0)
        end = min((m.start() for m in _CLAUSE_END.finditer(text) if m.start() >= at), default=len(text))
        return text[start:end]

    def _around(self) -> str:
        sentences: Sequence[Sentence] = self.document.sentences[max(0, self.sentence.index - 1) : self.sentence.index + 1]
        return " ".join(sentence.text for sentence in sentences)
