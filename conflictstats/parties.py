"""Who did it, and to whom.

Every event has an attacking and an attacked side, and from the event it follows which of them the columns
call actor and which target: the actor of "killed" attacks, the actor of "intercepted" is attacked and beats
the attack off. What the text says of the two sides is gathered as votes, each with its weight and words:

- the grammar of the figure: whose the counted thing is, who governs its verb, whose missile or strike it was
- the other names of its sentence, the nearer the heavier (`engagements`)
- the attack that the sentences before tell of
- who speaks (a governor counts the harm done to his side, an army what it shot down), what is denied, and
  on whose ground the place lies

The pair with most votes wins; where two camps fight, the one known side gives the other. What no vote tells
stays empty. Civilians in a civil war have no side.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from conflictstats.attribution import read_attribution
from conflictstats.codebook import Codebook
from conflictstats.engagements import Part, Role, lexis, perspective, read_roles, sides_in
from conflictstats.inflection import noun_forms, verb_forms
from conflictstats.nouns import read_noun
from conflictstats.records import Attribution, Document, Mention, Name, Parties, Setting
from conflictstats.wars import camp_of, enemies, is_civil, mentions, party, state_of, wars_of
from conflictstats.wording import lexicon

if TYPE_CHECKING:
    from spacy.tokens import Token

THIRD_PARTY = "third_party"
IMPLIED = (
    "(implied)"  # closes the evidence of a side that neither the figure's grammar nor its sentence names
)
BOTH = "both"

_DEFENCES = frozenset({"intercepted", "repelled"})
_TOLLS = frozenset("killed wounded casualties missing".split())
_HARM = _TOLLS | {"displaced", "cut_off", "damaged", "hit", "destroyed"}
_SENT = frozenset({"munition", "action"})
_SOLDIERS = frozenset({"combatant", "prisoner"})
_CIVIL_ITEMS = frozenset("home school hospital building household energy_site bridge".split())
_SHIPS = frozenset({"ship"})
_NO_ATTACK = frozenset("deployed supplied held displaced released other".split())

# What a vote weighs, by where it comes from.
_GRAMMAR = 3.0
_SENTENCE = 1.5
_STORY = 0.7
_FADING = 0.8  # per sentence back
_LEAD = 0.4  # the first sentence that tells of an attack is what the article is about
_APART = 0.5  # another paragraph, where the figure's own tells of an attack
_CLAIMED = 0.3  # "the attack was claimed by", further down
_REACH = 12
_CIVIL_SPEAKER = 1.2
_PLACE = 1.0
_ENOUGH = 0.15
_SEASON = 45  # days

_OWNING_UP = re.compile(r"\b(?:acknowledg|admit|conced)\w*\b", re.I)
_OWN_RANKS = re.compile(
    r"\b(?:its|his|her|their|our) own (?:side|ranks|forces|troops|men|soldiers|fighters|losses|casualties|dead)\b"
    r"|\b(?:on|among|in|from) (?:its|their|our) (?:own )?(?:side|ranks)\b", re.I,
)  # fmt: skip
_EACH_SIDE = re.compile(r"\b(?:each|either) (?:side|army|country)\b|\bboth (?:sides|armies|countries) (?:\w+ ){0,2}each\b|\beach (?:lost|lose|losing)\b", re.I)  # fmt: skip
_BOTH_SIDES = re.compile(r"\b(?:on|from|of|by|among|for) (?:both|the two|the warring) (?:sides|camps|armies|countries|parties|states)\b|\bboth sides\b", re.I)  # fmt: skip
_WAR_TOLL = re.compile(r"\b(?:(?:war|conflict|fighting|hostilities|battles?|clash(?:es)?)\b[^.;]*\b(?:in|during) which\b|counter-?attacks?\b|(?:bombings|strikes|attacks) and [\w ]*(?:counter\w*|retaliat\w*))", re.I)  # fmt: skip
_BY_THE_WAR = re.compile(
    r"\b(?:war|conflict|violence|unrest|uprising|crisis)\b(?: (?:that|which))?(?: (?:has|have|had))?(?: (?:also|since|already|so far))*"
    r" (?:killed|claimed|cost|left|taken|displaced)\b[^.;]*$", re.I,
)  # fmt: skip
_CAPTIVITY = re.compile(r"\b(?:captivity|custody|exchange[ds]?|swap\w*|prisoners?|POWs?|hostages?|captives?|detention|jails?|prisons?)\b", re.I)  # fmt: skip
_SHIPPING = re.compile(r"\b(?:ships?|vessels?|shipping|tankers?|carrier|freighter|bulker)\b", re.I)
# In a civil war these are the state's, where nobody else is named.
_STATE_FORCES = frozenset(
    "soldier soldiers troops serviceman servicemen conscripts policeman policemen officer officers".split()
)
_SAME_AGAIN = frozenset("others other more another".split())
_ENTRY = re.compile(r"\n\s*(?:[-–—•*·▪●]|\d{1,2}[:.]\d{2})")
_HEAD_OF = re.compile(
    r"\bhead of (?:the |its )?(?:[\w']+ ){0,4}(?:region|administration|oblast|district|city|province|council)\b"
)
_REVENGE = re.compile(r"\bin (?:revenge|retaliation|reprisal|response|reply|answer) (?:for|to)\b", re.I)
_CLAUSE_END = re.compile(r"[;:–—]|, (?:while|but|whereas)\b|\b(?:while|whereas)\b|\band that\b", re.I)
_MILITARY = re.compile(
    r"\b(?:defen[cs]e|military|army|armed forces|general staff|air force|navy|command(?:er)?|brigade|idf|troops)\b",
    re.I,
)


class Found(NamedTuple):
    """A side, and the words that gave it."""

    side: str
    why: str
    named: bool = False  # by its own name, not by a word like "soldiers"


class Vote(NamedTuple):
    """A side in a part, what that weighs and where it comes from."""

    part: Part
    side: str
    weight: float
    why: str
    named: bool = False  # by the figure's own grammar or sentence


@dataclass(frozen=True, eq=False)
class Scene:
    """What the figures of one article are read against."""

    wars: tuple[str, ...]
    said: dict[str, int]
    perspective: str | None
    roles: tuple[tuple[Role, ...], ...]
    harmed: tuple[str | None, ...]  # per sentence the side whose officials count harm in it
    lead: int | None  # the first sentence that tells of an attack
    denier: str | None  # the side that rejects what it is blamed for


def read_parties(
    mention: Mention,
    attribution: Attribution,
    setting: Setting | None,
    document: Document,
    codebook: Codebook,
) -> tuple[Parties, ...]:
    """The sides of a mention: one pair, or one pair per side where the words say "each side"."""
    return tuple(_Reader(mention, attribution, setting, document, codebook).read())


@lru_cache(maxsize=4)
def _scene(document: Document, codebook: Codebook) -> Scene:
    wars = wars_of(document, codebook)
    told = {
        sentence.index: read_attribution(sentence.quantities[0], None, sentence, document, codebook)
        for sentence in document.sentences
        if sentence.quantities
    }
    common = perspective(document, codebook) or _one_voice(told.values(), wars, codebook)
    roles, harmed = [], []
    denier = None
    for sentence in document.sentences:
        speaker = common
        harm = None
        if sentence.quantities:
            attribution = told[sentence.index]
            side = _belligerent(attribution, wars, codebook)
            speaker = side or (common if attribution.source is None else None)
            if side is not None and _is_civil_office(attribution, codebook):
                harm = side
            if denier is None and (attribution.status == "denied" or sentence.quantities[0].best == 0):
                denier = side
        roles.append(read_roles(document, sentence.index, speaker, codebook))
        harmed.append(harm)
    lead = next((n for n, found in enumerate(roles) if any(role.part == "attacker" for role in found)), None)
    return Scene(wars, dict(mentions(document.names)), common, tuple(roles), tuple(harmed), lead, denier)


def _one_voice(told: Iterable[Attribution], wars: tuple[str, ...], codebook: Codebook) -> str | None:
    """The side that gives all figures that are given by anybody: a ministry's bulletin."""
    sides = {
        _belligerent(attribution, wars, codebook) for attribution in told if attribution.source is not None
    }
    return next(iter(sides)) if len(sides) == 1 else None


def _belligerent(attribution: Attribution, wars: tuple[str, ...], codebook: Codebook) -> str | None:
    side = attribution.source_side
    return party(side, wars, codebook) if side is not None and side != THIRD_PARTY else None


@lru_cache(maxsize=8)
def _civil_offices(codebook: Codebook) -> re.Pattern[str]:
    nouns = sorted({" ".join(phrase) for phrase, does in lexis(codebook).nouns.items() if does == "civil"})
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, nouns))})\b")


def _is_civil_office(attribution: Attribution, codebook: Codebook) -> bool:
    office = " ".join(filter(None, (attribution.source_office, attribution.source, attribution.source_id)))
    office = office.casefold().replace("-", " ")
    return bool(_civil_offices(codebook).search(office) or _HEAD_OF.search(office))


class _Reader:
    """One mention, with everything that can tell its sides."""

    def __init__(
        self,
        mention: Mention,
        attribution: Attribution,
        setting: Setting | None,
        document: Document,
        codebook: Codebook,
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
        self.scene = _scene(document, codebook)
        self.speaker = _belligerent(attribution, self.scene.wars, codebook)
        told_by = self.speaker or (self.scene.perspective if attribution.source is None else None)
        self.roles = read_roles(document, self.sentence.index, told_by, codebook)
        self.names = sides_in(document, self.sentence.index, told_by, codebook)
        self.noun = self._find_noun()
        self.predicate = self._find_predicate()
        self.owner = self._owner()
        self.stranger = False  # somebody does it who is of no side that is known
        self.doer = self._doer()

    # — the answer —

    def read(self) -> Iterator[Parties]:
        if self.event in _NO_ATTACK:
            yield self._without_attack()
            return
        pair = self._two_camps()
        if pair is not None and _EACH_SIDE.search(self._clause()):
            for one, other in (pair, pair[::-1]):
                yield Parties(one, other, ("actor and target: each side in turn",))
            return
        if (
            self.event in _TOLLS | {"displaced"}
            and self.owner is None
            and _BY_THE_WAR.search(self._up_to_figure())
        ):
            yield Parties()
            return
        if pair is not None and self.event in _TOLLS and self._joint_toll():
            yield Parties(None, BOTH, ("target: both, a toll of the whole fighting",))
            return
        votes = list(self._votes())
        attacker, attacked = self._elect(votes)
        if (
            self.event == "conducted"
            and self.item == "clash"
            and not any(v.weight >= _GRAMMAR for v in votes)
        ):
            yield Parties()
            return
        if self.event in _DEFENCES:
            yield self._parties(attacked, attacker)
        else:
            yield self._parties(attacker, self._whose(attacker, attacked, votes))

    def _parties(self, actor: Found | None, target: Found | None) -> Parties:
        if actor is not None:
            actor = self._fighters_of(actor)
        if target is not None and (
            self.item in _SOLDIERS or self.group in ("munition", "equipment", "ground") or self.item == "site"
        ):
            target = self._fighters_of(target)
        evidence = []
        if actor is not None:
            evidence.append(f"actor: {actor.side} ← {actor.why}")
        if target is not None:
            evidence.append(f"target: {target.side} ← {target.why}")
        return Parties(actor.side if actor else None, target.side if target else None, tuple(evidence))

    # — events that are no attack —

    def _without_attack(self) -> Parties:
        if self.event == "displaced":
            return self._parties(None, self.owner or self._home_side())
        if self.event == "released":
            return self._released()
        if self.event == "held":
            return self._held()
        doer = self.owner or self.doer or self._nearest_actor()
        return self._parties(doer, None)

    def _held(self) -> Parties:
        """Who holds ground, and whose it is or was."""
        holder = self.doer or (None if self.owner is not None else self._nearest_actor())
        loser = self.owner
        if (
            holder is None
            and self.speaker is not None
            and (loser is None or self.speaker in self._enemies(loser.side))
        ):
            holder = Found(self.speaker, f"the side that speaks, of what it holds {IMPLIED}")
        if holder is None and loser is not None:
            holder = self._opponent(loser.side)
        if holder is not None and (loser is None or loser.side == holder.side):
            loser = self._opponent(holder.side)
        return self._parties(holder, loser)

    def _nearest_actor(self) -> Found | None:
        if self.event != "deployed" and self.event != "held":
            return None
        at = self.mention.quantity.start
        before = [
            name
            for name in self.names
            if name.end <= at and not _CLAUSE_END.search(self.document.article.text[name.end : at])
        ]
        if before:
            return Found(str(before[-1].side), repr(before[-1].text))
        roles = sorted(self.roles, key=lambda role: abs(role.start - at))
        return next((Found(role.side, role.words) for role in roles if role.part == "attacker"), None)

    def _released(self) -> Parties:
        if not (self.item in ("prisoner", "hostage", "combatant") or _CAPTIVITY.search(self._around())):
            return Parties()
        subjects = self._joint_subjects()
        if len(subjects) >= 2 and subjects[1] in self._enemies(subjects[0]):
            return Parties(None, BOTH, ("target: both, an exchange",))
        owner = self.owner or self._hostages_of()
        if owner is None and self.speaker is not None:
            owner = Found(self.speaker, f"whoever speaks counts its own people {IMPLIED}")
        doer = self.doer
        if owner is None:
            return self._parties(
                doer,
                self._opponent(doer.side) if doer is not None and self._two_camps() is not None else None,
            )
        if doer is not None and (doer.side == owner.side or not self._fits(doer.side, owner.side)):
            if self.item != "prisoner":
                return self._parties(doer, None)  # rescued by their own
            doer = None
        return self._parties(doer or self._opponent(owner.side), owner)

    def _hostages_of(self) -> Found | None:
        """Groups take hostages, states hold prisoners: the hostages of a war between both are the state's people."""
        pair = self._two_camps()
        if self.item != "hostage" or pair is None:
            return None
        states = [side for side in pair if self.codebook.sides[side].kind == "state"]
        return Found(states[0], f"hostages of a group's {IMPLIED}") if len(states) == 1 else None

    # — votes —

    def _votes(self) -> Iterator[Vote]:
        yield from self._by_grammar()
        yield from self._by_sentence()
        yield from self._by_speaker()
        yield from self._by_revenge()
        if (held := self._hostages_of()) is not None:
            yield Vote("attacked", held.side, _CIVIL_SPEAKER, "hostages of a group's")
        yield from self._by_place()
        if (
            self.mention.measure.aggregation in ("period", "increment", "stock")
            and not self._of_a_season()
            and not (self.event == "missing" and self.attribution.source_side == THIRD_PARTY)
        ):
            yield from self._by_story()

    def _of_a_season(self) -> bool:
        """Whether the figure is of a long time, and so not of the attack that the article tells of."""
        setting = self.setting
        if setting is None or setting.period_start is None or setting.period_end is None:
            return False
        return (setting.period_end - setting.period_start).days > _SEASON

    def _by_grammar(self) -> Iterator[Vote]:
        owner, doer = self.owner, self.doer
        if owner is not None:
            strikes = (
                self.noun is not None and lexis(self.codebook).nouns.get((self.noun.lower_,)) == "attack"
            )
            sent = (self.group in _SENT or strikes) and self.event in ("launched", "hit", "conducted")
            part: Part = "attacker" if sent or self.event in _DEFENCES else "attacked"
            yield Vote(part, owner.side, _GRAMMAR, owner.why, named=True)
        if (
            doer is not None
            and (owner is None or owner.side != doer.side)
            and not self._predicate_does("tend")
        ):
            defends = self.event in _DEFENCES or self._predicate_does("defend")
            part = "attacked" if defends or self._suffers() else "attacker"
            yield Vote(part, doer.side, _GRAMMAR, doer.why, named=True)

    def _by_sentence(self) -> Iterator[Vote]:
        """What the other names of the sentence say, the nearest most."""
        text, at = self.document.article.text, self.mention.quantity.start
        for role in self.roles:
            low, high = (role.end, at) if role.start < at else (self.mention.quantity.end, role.start)
            between = text[low:high]
            breaks = len(_CLAUSE_END.findall(between))
            near = max(0.4, 1 - len(between) / 300) / (1 + breaks)
            sure = 0.8 if role.does == "act" and self.event in ("conducted", "launched") else role.weight
            if self.mention.measure.aggregation == "cumulative" and (breaks or len(between) > 60):
                near *= 0.3  # a running total is not of the attack that the sentence may also tell of
            part: Part = role.part
            if role.start < at and _REVENGE.search(between):
                part = "attacked" if part == "attacker" else "attacker"
            if role.part == "attacked" and self.scene.wars and not self._fights(role.side):
                sure *= 0.3  # countries at peace are named for much else
            yield Vote(part, role.side, _SENTENCE * sure * near, repr(role.words), named=True)

    def _by_story(self) -> Iterator[Vote]:
        """The attack that the other sentences tell of: those before, the nearest most, and who is named for it later.

        All of them together weigh no more than `_STORY`.
        """
        doing: Part = "attacked" if self.event in _DEFENCES else "attacker"
        votes = [vote for vote in self._told() if not (self.stranger and vote.part == doing)]
        total = sum(vote.weight for vote in votes)
        for vote in votes:
            yield vote._replace(weight=vote.weight * min(1.0, _STORY / total))

    def _told(self) -> Iterator[Vote]:
        own = any(self.scene.roles[index] and not self._apart(index) for index in range(self.sentence.index))
        for index in range(self.sentence.index - 1, -1, -1):
            back = self.sentence.index - index
            weight = _STORY * _FADING**back
            if index == self.scene.lead:
                weight = max(weight, _LEAD)
            elif back > _REACH:
                continue
            if own and self._apart(index):
                weight *= _APART
            roles = [role for role in self.scene.roles[index] if role.weight >= 0.55]
            if len({role.part for role in roles}) == 1:
                weight *= 1.6  # one side named tells as much of an attack as both
            for part in ("attacker", "attacked"):
                best = max(
                    (role for role in roles if role.part == part),
                    key=lambda role: role.weight, default=None,
                )  # fmt: skip
                if best is not None:
                    yield Vote(best.part, best.side, weight * best.weight, f"{best.words!r} before")
            harmed = self.scene.harmed[index]
            if harmed is not None:
                yield Vote("attacked", harmed, 0.6 * weight, "whose officials counted harm before")
        for later in self.scene.roles[self.sentence.index + 1 :]:
            for role in later:
                if role.part == "attacker" and role.words.startswith("claim"):
                    yield Vote("attacker", role.side, _CLAIMED, f"{role.words!r} later")
        if self.scene.lead is None and self.scene.denier is not None:
            yield Vote("attacker", self.scene.denier, _CLAIMED, "the side that denies it")

    def _apart(self, index: int) -> bool:
        """Whether an earlier sentence stands in another paragraph or entry than the figure's."""
        other = self.document.sentences[index]
        if other.paragraph != self.sentence.paragraph:
            return True
        return _ENTRY.search(self.document.article.text, other.end, self.sentence.start + 5) is not None

    def _by_speaker(self) -> Iterator[Vote]:
        side = self.speaker
        if side is None or (self.stranger and self._suffers()):
            return  # it happened to somebody else
        none_of_it = (
            self.mention.quantity.best == 0
            and self.item != "person"
            and not _is_civil_office(self.attribution, self.codebook)
        )
        if self.attribution.status == "denied" or (none_of_it and self.event not in _DEFENCES):
            yield from self._by_denial(side)
            return
        if self.event in _DEFENCES:
            yield Vote("attacked", side, _CIVIL_SPEAKER, "the side that speaks, of what it beat off")
        elif (
            self.event in _HARM
            and self.group != "munition"
            and _is_civil_office(self.attribution, self.codebook)
        ):
            yield Vote("attacked", side, _CIVIL_SPEAKER, "the side whose officials count the harm")
        elif self.owner is not None and side in self._enemies(self.owner.side):
            yield Vote("attacker", side, 0.8, "the side that speaks, of its enemy")
        elif self.event in _TOLLS or (self.item in _CIVIL_ITEMS and not self._military_speaker()):
            weight = 1.0 if _OWNING_UP.search(self._clause()) else 0.35
            if self._is_civil() and self.item not in _SOLDIERS:
                return
            yield Vote("attacked", side, weight, "the side that speaks, of its own")
        elif self.event in ("launched", "conducted") or self.group == "munition":
            yield Vote("attacked", side, 0.3, "the side that speaks, of what was sent against it")
        elif self.event == "captured" and self.mention.measure.aggregation == "stock":
            yield Vote("attacked", side, 1.0, "the side that speaks, of its people still held")
        elif self.event in ("hit", "destroyed", "damaged", "seized", "advanced", "captured"):
            if _OWNING_UP.search(self._clause()) or self._by_itself():
                yield Vote("attacked", side, 1.0, "the side that owns up")
            else:
                yield Vote("attacker", side, 0.4, "the side that speaks, of what it did")

    def _by_itself(self) -> bool:
        """Whether the damage is told as of things that caught fire or sank, not as somebody's deed."""
        return self.predicate is not None and self.predicate.lemma_ in (
            "catch",
            "burn",
            "crash",
            "sink",
            "explode",
            "suffer",
        )

    def _military_speaker(self) -> bool:
        office = " ".join(
            filter(
                None, (self.attribution.source_office, self.attribution.source, self.attribution.source_id)
            )
        )
        return bool(_MILITARY.search(office.replace("-", " ")))

    def _by_denial(self, side: str) -> Iterator[Vote]:
        """Who denies losses had them, who denies harm to civilians is blamed for it."""
        if self.event in _DEFENCES:
            yield Vote("attacker", side, 0.8, "the side that denies the loss")
        elif (
            self.item in _SOLDIERS
            or self.group == "equipment"
            or (self.group == "munition" and self.event in ("destroyed", "hit"))
        ):
            yield Vote("attacked", side, 0.8, "the side that denies the loss")
        elif self.event in _HARM:
            yield Vote("attacker", side, 0.8, "the side that denies the harm")

    def _by_revenge(self) -> Iterator[Vote]:
        """ "In revenge for the killing of nine fighters": what is avenged was done to those who now attack."""
        before = self.document.article.text[self.sentence.start : self.mention.quantity.start]
        avenged = list(_REVENGE.finditer(before))
        if not avenged:
            return
        at = self.sentence.start + avenged[-1].start()
        attacker = next(
            (role.side for role in self.roles if role.part == "attacker" and role.start < at), self.speaker
        )
        if attacker is not None:
            yield Vote("attacked", attacker, 1.2, f"who acts {avenged[-1].group()!r}")

    def _by_place(self) -> Iterator[Vote]:
        place = self._place_side()
        if (
            place is not None
            and self.event in _HARM | {"launched"}
            and self.item not in _SOLDIERS
            and self.group not in ("equipment", "ground")
        ):
            yield Vote("attacked", place.side, _PLACE, place.why)

    def _elect(self, votes: list[Vote]) -> tuple[Found | None, Found | None]:
        """Attacker and attacked: the pair that most votes support."""
        sides = list(dict.fromkeys(vote.side for vote in votes))
        support: dict[tuple[Part, str], float] = {}
        why: dict[tuple[Part, str], Vote] = {}
        for vote in votes:
            key = (vote.part, vote.side)
            support[key] = support.get(key, 0.0) + vote.weight
            if key not in why or vote.weight > why[key].weight:
                why[key] = vote
        best: tuple[float, str | None, str | None] = (_ENOUGH, None, None)
        for attacker in (*sides, None):
            for attacked in (*sides, None):
                if attacker == attacked or (attacker and attacked and not self._fits(attacker, attacked)):
                    continue
                score = 0.0
                if attacker is not None:
                    score += support.get(("attacker", attacker), 0.0) - support.get(
                        ("attacked", attacker), 0.0
                    )
                if attacked is not None:
                    score += support.get(("attacked", attacked), 0.0) - support.get(
                        ("attacker", attacked), 0.0
                    )
                if score > best[0]:
                    best = (score, attacker, attacked)
        one = self._found("attacker", best[1], why)
        other = self._found("attacked", best[2], why)
        if (
            one is None
            and other is not None
            and self.speaker in self._enemies(other.side)
            and self.event not in _DEFENCES
        ):
            one = Found(str(self.speaker), f"the side that speaks, of its enemy {IMPLIED}")
        if one is None and other is not None:
            one = self._opponent(other.side)
        elif other is None and one is not None:
            other = self._opponent(one.side)
        return one, other

    def _found(self, part: Part, side: str | None, why: dict[tuple[Part, str], Vote]) -> Found | None:
        if side is None:
            return None
        vote = why.get((part, side))
        if vote is None:
            return Found(side, f"the other side {IMPLIED}")
        return Found(side, vote.why if vote.named else f"{vote.why} {IMPLIED}")

    def _whose(self, attacker: Found | None, attacked: Found | None, votes: list[Vote]) -> Found | None:
        """The target, as the column names it: whose people, whose things."""
        if attacked is None:
            return None
        said = any(
            v.part == "attacked" and v.side == attacked.side and v.weight >= _SENTENCE * 0.5 for v in votes
        )
        if self.owner is not None:
            return attacked
        if self._is_civil() and not self._from_abroad(attacker, attacked) and (
            (self.group == "people" and self.item not in _SOLDIERS) or self.item in _CIVIL_ITEMS or self.event in ("launched", "conducted")
        ) and not (said and self.event in ("launched", "conducted")):  # fmt: skip
            return None
        if (
            not said
            and (self.item in _SHIPS or _SHIPPING.search(self.sentence.text))
            and self.event in ("launched", "hit", "conducted", "captured")
        ):
            return None
        return self._people_of(attacked)

    def _fighters_of(self, found: Found) -> Found:
        """The group that fights for a people without a state: "Palestinian rockets" are Hamas's."""
        entry = self.codebook.sides.get(found.side)
        if entry is None or entry.kind != "people" or not self.scene.wars:
            return found
        camp = camp_of(found.side, self.scene.wars[0], self.codebook) or ()
        groups = [
            side for side in camp if side in self.codebook.sides and self.codebook.sides[side].kind == "group"
        ]
        ranked = sorted(groups, key=lambda side: -self.scene.said.get(side, 0))
        return Found(ranked[0], found.why) if ranked else found

    def _is_civil(self) -> bool:
        return bool(self.scene.wars) and is_civil(self.scene.wars[0], self.codebook)

    def _government(self) -> str | None:
        return self.codebook.wars[self.scene.wars[0]].government if self.scene.wars else None

    def _from_abroad(self, attacker: Found | None, attacked: Found) -> bool:
        """Whether a foreign state strikes the state that is at war with itself, or its own ground is struck from there."""
        war = self.scene.wars[0]
        government = self.codebook.wars[war].government
        foreign = (
            attacker is not None
            and attacker.side in self.codebook.sides
            and self.codebook.sides[attacker.side].kind == "state"
        )
        if attacked.side == government and attacker is not None:
            return (
                foreign
                and attacker.side != government
                and attacker.side in enemies(str(government), war, self.codebook)
            )
        home = self._place_side()
        return home is not None and home.side == attacked.side

    def _people_of(self, attacked: Found) -> Found:
        """Gaza's people are Palestinians, Lebanon's are Lebanese, whichever group fights from there."""
        soldiers = self.item in _SOLDIERS or (self.group not in ("people",) and self.item not in _CIVIL_ITEMS)
        if soldiers or not self.scene.wars:
            return attacked
        camp = camp_of(attacked.side, self.scene.wars[0], self.codebook) or ()
        own = self.codebook.sides.get(attacked.side)
        if own is None or own.kind != "group":
            return attacked
        for side in camp:
            entry = self.codebook.sides.get(side)
            if entry is not None and (
                entry.kind == "people"
                or (entry.iso is not None and entry.iso in self.codebook.wars[self.scene.wars[0]].countries)
            ):
                return Found(side, f"the people of {attacked.side}'s side")
        return attacked

    # — the grammar of the figure —

    def _owner(self) -> Found | None:
        """Whose the counted thing is."""
        if self.noun is None:
            return None
        found = self._owner_of(self.noun, 0)
        if found is None and self.speaker is not None and self._own_ranks():
            return Found(self.speaker, "its own")
        whole = self._whole_noun() if found is None else None
        if found is None and whole is not None:
            found = self._owner_of(whole, 0)
        if found is None and self._is_civil() and self.item in ("combatant", "person"):
            forces = next(
                (noun for noun in (self.noun, whole) if noun is not None and noun.lower_ in _STATE_FORCES),
                None,
            )
            found = Found(str(self._government()), repr(forces.text)) if forces is not None else None
        if found is not None and self.group == "people" and self.item not in _SOLDIERS and self.scene.wars and (
            not self._fights(found.side) or (self._is_civil() and found.side == self._government() and found.named)
        ):  # fmt: skip
            return None  # "a Filipino sailor" belongs to no side of the war
        return found

    def _fights(self, side: str) -> bool:
        return any(camp_of(side, war, self.codebook) is not None for war in self.scene.wars)

    def _whole_noun(self) -> Token | None:
        """The counted noun of the total, for a part in the same sentence."""
        start = (
            self.mention.measure.total if self.mention.measure.total is not None else self.mention.quantity.of
        )
        whole = next((q for q in self.sentence.quantities if q.start == start), None)
        if whole is None and self.noun is not None and self.noun.lower_ in _SAME_AGAIN:
            # "3 guerrillas had been killed and 20 others injured"
            before = [q for q in self.sentence.quantities if q.end < self.mention.quantity.start]
            if before and not _CLAUSE_END.search(
                self.document.article.text[before[-1].end : self.mention.quantity.start]
            ):
                whole = before[-1]
        if whole is None:
            return None
        counted = read_noun(whole, self.sentence, self.document, self.codebook)
        return counted.token if counted is not None else None

    def _own_ranks(self) -> bool:
        tail = self.document.article.text[self.mention.quantity.start : self.sentence.end]
        return bool(_OWN_RANKS.search(tail[:90]))

    def _owner_of(self, noun: Token, depth: int) -> Found | None:
        own = self._name_at(noun)
        if own is not None and own.kind == "role" and own.text.casefold() == "police" and self._abroad():
            return None
        if own is not None and not self._only_about(own):
            return Found(str(own.side), repr(own.text), named=own.kind in ("state", "adjective", "people"))
        found: Found | None = None
        for child in noun.children:
            if child.dep_ == "appos":
                found = found or self._owned_by(child)
            elif child.i < noun.i and child.dep_ in ("amod", "compound", "poss", "nmod", "nummod", "det"):
                for token in child.subtree:
                    # the name next to the noun is its owner, and of two that act together the first
                    if token.dep_ != "conj" or found is None:
                        found = self._owned_by(token) or found
        if found is not None:
            return found
        for child in noun.children:
            if (
                child.dep_ == "prep"
                and child.lower_ in ("of", "from", "by", "belonging", "among")
                and depth < 2
            ):
                for thing in child.children:
                    if thing.dep_ == "pobj" and (deeper := self._owner_of(thing, depth + 1)) is not None:
                        return deeper
            if child.dep_ == "acl" and child.tag_ == "VBN":
                sent = lexis(self.codebook).nouns.get((noun.lower_,)) == "attack" or (
                    self.group in _SENT and noun is self.noun
                )
                if sent and not self._does(child, "defend") and (agent := self._agent(child)) is not None:
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
                                and depth < 2
                                and (deeper := self._owner_of(thing, depth + 1)) is not None
                            ):
                                return deeper
        return None

    def _abroad(self) -> bool:
        """Whether the figure is of another country than the one at war: its police are its own."""
        country = state_of(self.setting, self.codebook)
        return (
            country is not None
            and self._is_civil()
            and country != self.codebook.wars[self.scene.wars[0]].government
        )

    def _owned_by(self, token: Token) -> Found | None:
        name = self._name_at(token)
        if name is None or self._only_about(name):
            return None
        return Found(str(name.side), repr(name.text), named=name.kind in ("state", "adjective", "people"))

    def _only_about(self, name: Name) -> bool:
        """ "Russian-made", "Russian-installed", "Ukraine-related": whose make, not whose."""
        tail = self.document.article.text[name.end : name.end + 14]
        return bool(
            re.match(
                r"[- ](?:made|built|supplied|designed|installed|backed|appointed|led|linked|style|donated|based|held|controlled|occupied|run|ruled|besieged)\b",
                tail,
                re.I,
            )
        )

    def _agent(self, verb: Token) -> Found | None:
        for child in verb.children:
            if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by"):
                for thing in child.children:
                    if thing.dep_ == "pobj":
                        return self._doer_in(thing)
        return None

    def _doer_in(self, noun: Token) -> Found | None:
        """The side that acts in a subject or agent: itself, its owner, or whoever speaks of "the air defences"."""
        found = self._owner_of(noun, 0)
        if found is not None:
            return found
        kind = lexis(self.codebook).nouns.get((noun.lower_,))
        if self.speaker and kind in ("command", "defend"):
            return Found(self.speaker, f"{noun.text!r}, of the side that speaks")
        self.stranger = noun.pos_ != "PRON" and (
            kind == "command" or noun.pos_ == "PROPN" or noun.lower_ == "enemy"
        )
        return None

    def _doer(self) -> Found | None:
        verb, noun = self.predicate, self.noun
        if (verb is None or verb is noun) and self.event == "conducted" and noun is not None:
            return self._doer_of_action(noun)
        if verb is None or self._says(verb):
            return None
        if verb.pos_ in ("NOUN", "PROPN") and verb is not noun:
            return self._doer_of_noun(verb)
        found = self._agent(verb)
        if found is not None:
            return found
        for _ in range(4):
            passive = any(child.dep_ in ("auxpass", "nsubjpass") for child in verb.children)
            subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
            if subject is not None:
                if self._says(verb) or passive:
                    return None
                if noun is not None and (subject is noun or subject.is_ancestor(noun)):
                    return None
                if subject.lower_ in ("who", "which", "that") and verb.dep_ == "relcl":
                    subject = verb.head
                    if noun is not None and (
                        subject is noun
                        or (subject.is_ancestor(noun) and subject.pos_ != "VERB" and self.event in _TOLLS)
                    ):
                        return None
                return self._doer_in(subject)
            if passive:
                return None
            if verb.dep_ == "relcl" or (verb.dep_ == "acl" and verb.tag_ == "VBG"):
                return self._doer_in(verb.head) if verb.head is not noun else None
            if (
                verb.dep_ in ("conj", "xcomp", "advcl", "pcomp", "ccomp", "aux", "prep")
                and verb.head is not verb
            ):
                if verb.tag_ == "VBN" and verb.dep_ == "advcl":
                    return None
                verb = verb.head
                while verb.pos_ == "ADP" and verb.head is not verb:
                    verb = verb.head
                if verb.pos_ in ("NOUN", "PROPN"):
                    return self._doer_of_noun(verb) if verb is not noun else None
                if self._says(verb):
                    # "claimed to have destroyed": who claims did it
                    continue_ = any(c.dep_ == "xcomp" for c in verb.children)
                    if not continue_:
                        return None
                    subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
                    if subject is not None and subject.pos_ == "PRON" and self.speaker is not None:
                        return Found(self.speaker, repr(subject.text))
                    return self._doer_in(subject) if subject is not None else None
                continue
            return None
        return None

    def _doer_of_action(self, noun: Token) -> Found | None:
        """ "The rebels engaged in 10 clashes": the subject of the verb that governs an attack."""
        verb = noun.head
        while verb.pos_ in ("ADP", "NOUN") and verb.head is not verb:
            verb = verb.head
        if verb.pos_ == "VERB" and any(self._does(verb, does) for does in ("attack", "send", "act")):
            subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
            if subject is not None and subject is not noun:
                return self._doer_in(subject)
        return self._doer_of_noun(noun)

    def _doer_of_noun(self, noun: Token) -> Found | None:
        """ "Russia's launches", "raids by Israel": who does what a noun says."""
        for child in noun.children:
            if child.dep_ == "prep" and child.lower_ == "by":
                for thing in child.children:
                    if thing.dep_ == "pobj" and (found := self._doer_in(thing)) is not None:
                        return found
        return self._owner_of(noun, 1)

    def _says(self, verb: Token) -> bool:
        return verb.lower_ in lexicon(self.codebook).verbs

    def _does(self, token: Token, what: str) -> bool:
        """What a verb does: the first reading whose other words stand behind it decides."""
        near = [other.lower_ for other in token.doc[token.i + 1 : token.i + 5]]
        for rest, does, _ in lexis(self.codebook).verbs.get(token.lower_, ()):
            if all(word in near for word in rest):
                return does == what
        return False

    def _predicate_does(self, what: str) -> bool:
        return self.predicate is not None and self._does(self.predicate, what)

    def _suffers(self) -> bool:
        """Whether who governs the predicate is the one that it happens to: lost, suffered; losses, deaths."""
        if self.predicate is None:
            return False
        if self._predicate_does("tend") and self._says(self.predicate):
            return True
        if any(
            cue.suffers and self.mention.measure.predicate in cue.words
            for cue in self.codebook.events[self.event].cues
        ):
            return self.predicate.pos_ != "VERB" or self._does(self.predicate, "lose")
        if lexis(self.codebook).nouns.get((self.predicate.lower_,)) == "lose" or self._does(
            self.predicate, "lose"
        ):
            return True
        return (
            self.predicate.pos_ in ("NOUN", "ADJ", "PROPN")
            and self.event in _TOLLS
            and self.group == "people"
        )

    # — the article —

    def _two_camps(self) -> tuple[str, str] | None:
        """The two sides that fight each other, where the article's war is one between two camps that it names."""
        for war in self.scene.wars[:1]:
            camps = self.codebook.wars[war].sides
            if len(camps) == 2 and not is_civil(war, self.codebook):
                heads = [
                    max(camp, key=lambda side: (self.scene.said.get(side, 0), -camp.index(side)))
                    for camp in camps
                ]
                if all(self.scene.said.get(side, 0) for side in heads):
                    first, second = sorted(heads, key=self._first_named)
                    return first, second
        return None

    def _first_named(self, side: str) -> int:
        return next(
            (n for n, name in enumerate(self.document.names) if name.side == side), len(self.document.names)
        )

    def _enemies(self, side: str) -> tuple[str, ...]:
        for war in self.scene.wars:
            if found := enemies(side, war, self.codebook):
                return found
        return ()

    def _fits(self, one: str, other: str) -> bool:
        """Whether two sides can fight each other: enemies in a war of the article, or not both parties to one."""
        for war in self.scene.wars:
            of_one, of_other = camp_of(one, war, self.codebook), camp_of(other, war, self.codebook)
            if of_one is not None and of_other is not None:
                return of_one is not of_other
        return True

    def _opponent(self, side: str) -> Found | None:
        found = self._named_opponent(side)
        if (
            found is None
            and self.scene.wars
            and (self.item in _SOLDIERS or self.group in ("equipment", "munition", "ground", "action"))
        ):
            # in a war of two, an army's own enemy need not be named
            war = self.codebook.wars[self.scene.wars[0]]
            own = camp_of(side, self.scene.wars[0], self.codebook)
            if own is not None and len(war.sides) == 2 and side in (own[0], war.government, war.rebels):
                other = next(camp for camp in war.sides if camp is not own)
                return Found(other[0], f"the side that fights {side} {IMPLIED}")
        return found

    def _named_opponent(self, side: str) -> Found | None:
        """The side that this side fights in the article, where one camp stands against it or one is named far more."""
        for war in self.scene.wars:
            own = camp_of(side, war, self.codebook)
            if own is None:
                continue
            entry = self.codebook.wars[war]
            others = dict.fromkeys(
                party(other, (war,), self.codebook)
                for camp in entry.sides
                if camp is not own
                for other in camp
            )
            said = {
                other: sum(
                    n for name, n in self.scene.said.items() if party(name, (war,), self.codebook) == other
                )
                for other in others
            }
            if len(entry.sides) == 2 and entry.government in others:
                return Found(str(entry.government), f"the side that fights {side} {IMPLIED}")
            ranked = sorted(others, key=lambda other: -said[other])
            if not ranked or not said[ranked[0]]:
                continue
            if len(entry.sides) > 2 and (
                (len(ranked) > 1 and said[ranked[0]] < 3 * said[ranked[1]]) or not (self.item in _SOLDIERS or self.group in ("equipment", "munition"))
            ):  # fmt: skip
                return None
            return Found(ranked[0], f"the side that fights {side} {IMPLIED}")
        return None

    def _home_side(self) -> Found | None:
        if not self.scene.wars or self._is_civil():
            return None
        place = self._place_side()
        if place is not None:
            return place
        if self.speaker is not None and _is_civil_office(self.attribution, self.codebook):
            return Found(self.speaker, "its officials count its people")
        return None

    def _place_side(self) -> Found | None:
        """The side on whose ground the place is, where a place in the country is named and not just the country."""
        country = state_of(self.setting, self.codebook)
        if self.setting is None or country is None or self.setting.place in (None, country):
            return None
        war = self.scene.wars[0] if self.scene.wars else None
        country = party(country, self.scene.wars, self.codebook)
        if war is None or (is_civil(war, self.codebook) and camp_of(country, war, self.codebook) is not None and (
            country in (self.codebook.wars[war].government,)
        )):  # fmt: skip
            return None
        if camp_of(country, war, self.codebook) is None:
            return None
        return Found(country, f"{self.setting.place!r}, which is there")

    def _joint_toll(self) -> bool:
        clause = self._clause()
        if self.owner is not None or self.doer is not None:
            return False
        if _BOTH_SIDES.search(clause):
            return True
        return (
            self.item in ("person", "combatant")
            and self.mention.measure.aggregation == "period"
            and bool(_WAR_TOLL.search(clause))
        )

    def _joint_subjects(self) -> list[str]:
        """The sides at the head of the sentence that act together: "Russia and Ukraine exchanged 170 prisoners"."""
        names = [name for name in self.names if name.start < self.mention.quantity.start]
        if len(names) >= 2:
            between = self.document.article.text[names[0].end : names[1].start]
            if re.fullmatch(r"\s*(?:and|,)\s*(?:the )?", between):
                return [str(name.side) for name in names[:2]]
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
        return next((name for name in self.names if name.start < end and start < name.end), None)

    def _clause(self) -> str:
        """The clause that holds the figure."""
        text = self.sentence.text
        at = self.mention.quantity.start - self.sentence.start
        start = max((m.end() for m in _CLAUSE_END.finditer(text) if m.end() <= at), default=0)
        end = min((m.start() for m in _CLAUSE_END.finditer(text) if m.start() >= at), default=len(text))
        return text[start:end]

    def _up_to_figure(self) -> str:
        return self.document.article.text[self.sentence.start : self.mention.quantity.start]

    def _around(self) -> str:
        sentences = self.document.sentences[max(0, self.sentence.index - 1) : self.sentence.index + 1]
        return " ".join(sentence.text for sentence in sentences)
