"""What a text says of the two sides of an attack, each word of it a vote with its weight.

- the grammar of the figure: whose the counted thing is, who governs its verb, whose missile or strike it was
- the other names of its sentence, the nearer the heavier (`engagements`)
- the attack that the sentences before tell of
- who speaks (a governor counts the harm done to his side, an army what it shot down), what is denied, and
  on whose ground the place lies
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from conflictstats.parties.deedwords import lexis
from conflictstats.parties.engagements import Part
from conflictstats.parties.opponents import (
    enemies_of,
    fights,
    fits,
    government,
    hostages_of,
    in_civil_war,
    place_side,
)
from conflictstats.parties.owners import ATTACKERS, OWNING_UP, STATE_FORCES, predicate_does, sufferer, suffers
from conflictstats.parties.referents import sayer_of
from conflictstats.parties.theatre import (
    CIVIL_ITEMS,
    CLAUSE_END,
    DEFENCES,
    SOLDIERS,
    THIRD_PARTY,
    TOLLS,
    Figure,
    Found,
    clause,
    is_civil_office,
    up_to_figure,
)
from conflictstats.records import Sentence
from conflictstats.wars import is_group

_OTHER_PART: dict[Part, Part] = {"attacker": "attacked", "attacked": "attacker"}
_HARM = TOLLS | {"displaced", "cut_off", "damaged", "hit", "destroyed"}
_SENT = frozenset({"munition", "action"})

# What a vote weighs, by where it comes from.
GRAMMAR = 6.0
SENTENCE = 1.5
_STORY = 0.7
_FADING = 0.8  # per sentence back
_LEAD = 0.4  # the first sentence that tells of an attack is what the article is about
_APART = 0.5  # another paragraph, where the figure's own tells of an attack
_CLAIMED = 0.3  # "the attack was claimed by", further down
_OWNED_TO = ("carry out", "stage", "mount")
_AHEAD = 3  # sentences behind a headline
_SURE = 0.9
_REACH = 12
_CIVIL_SPEAKER = 1.2
_PLACE = 1.0
_OFFICIALS = 0.3
_SEASON = 45  # days

_ANOTHER = 0.3  # told before the text turns to something else
# How a sentence turns to another incident than the one before.
_ELSEWHERE = re.compile(
    r"\W*(?:(?:and|but|also),? )?(?:elsewhere|separately|(?:in|on) (?:a |an |two |three |several |other )?(?:another|different|separate|unrelated|other)"
    r" (?:incident|attack|event|strike|development|case|area|region|front|raid|operation|clash|shelling|bombing|explosion)s?)\b",
    re.I,
)
# What a sentence tells of the attack told before, and what it tells of another.
_SAME_ATTACK = re.compile(
    r"\b(?:the|this|that|these|those|its|their) (?:[\w'’-]+ ){0,2}?(?:attack|(?:air ?)?strike|raid|blast|explosion|bombing|shelling|bombardment"
    r"|ambush|assault|massacre|killing|incident|offensive|barrage|clash|operation|dead|victim|killed|wounded|injured|deceased"
    r"|toll|fatalitie|casualtie|bodie|massacre)(?:e?s)?\b|\bin (?:all|total)\b|\ba total of\b",
    re.I,
)
_ONE_ATTACK = re.compile(
    r"\b(?:the|this|that|an?) (?:[\w-]+ ){0,2}?(?:attack|bombing|blast|explosion|operation|assault|raid|strike|ambush)\b",
    re.I,
)
_OTHER_ATTACK = re.compile(
    r"\b(?:an?|another|two|three|four|five|several|separate|unidentified|unknown) (?:(?!of\b|in\b)[\w'’-]+ ){0,3}?(?:attack|(?:air ?)?strike|raid|blast|explosion|bomb"
    r"|bombing|bomber|shelling|ambush|assault|massacre|mine|landmine|mortars?|shell|rocket|missile|grenade|shooting)s?\b",
    re.I,
)
_DAYS_APART = re.compile(
    r"\b(?:minutes?|hours?|days?|weeks?|months?|years?) (?:after|before|earlier|later)\b", re.I
)
_AND_SO_MANY = re.compile(
    r"^[^,;.:]*(?:,|\band) (?:at least |some |about )?(?:\d+|[a-z]+) (?:of the |of )?(?:[a-z-]+ )?$", re.I
)
_SO_MANY_AND = re.compile(r"(?: [a-z-]+){0,2}(?:,| and) (?:at least |some |about )?", re.I)
_BLAMES = re.compile(r"accus|blame|claim|suspect|attribut|pin ", re.I)
_LONG_AGO = 10  # days before publication, of a sentence that gives its own date
# "From" in front of a place, and nothing that leads to another one between.
_ORIGIN = re.compile(
    r"\bfrom (?!(?:[^.;]*\b(?:to|at|on|in|into|towards?|that|which|hit|fell|landed|struck|targeted)\b))[^.;]*$",
    re.I,
)
_BETWEEN = re.compile(
    r"\b(?:clash(?:es)?|fighting|battles?|combat|firefights?|skirmish(?:es)?|exchanges? of fire|shootouts?|confrontations?) (?:[\w-]+ ){0,3}?between (?:[\w'’-]+ ){0,3}$",
    re.I,
)
_FOUGHT = re.compile(
    r"^[^.;]*\b(?:(?:while |when )?(?<!\bthe )(?<!\bin )(?<!\bof )(?:fighting|battling|combating|confronting)|(?:clash(?:es|ed)?|fighting|battles?|combat|firefights?|fights|skirmish(?:es)?"
    r"|exchanges? of fire|gun ?battles?|shootouts?) (?:with|against)) (?:the |an? )?(?:[\w-]+ ){0,2}$",
    re.I,
)
_GAVE_UP = re.compile(
    r"^[^.;]*\b(?:surrender(?:ed|ing|s)?|gave (?:themselves|himself) up|giving themselves up|defected|turned themselves in|laid down their (?:arms|weapons)) to (?:the |an? )?(?:[\w-]+ ){0,2}$",
    re.I,
)
_ARRESTS = frozenset("arrest detain jail imprison indict prosecute convict apprehend".split())
_SUSPECTS = frozenset("suspect suspects detainee detainees accomplice accomplices".split())
_ENDS = frozenset("destroy eliminate neutralise neutralize".split())
_WARSHIP = re.compile(
    r"\b(?:war ?ships?|boats?|frigates?|corvettes?|destroyers?|naval|navy|submarines?|landing)\b", re.I
)
_HARMLESS = frozenset("civilian child woman women_and_children".split())
_ENTRY = re.compile(r"\n\s*(?:[-–—•*·▪●]|\d{1,2}[:.]\d{2})")
_REVENGE = re.compile(r"\bin (?:revenge|retaliation|reprisal|response|reply|answer) (?:for|to)\b", re.I)
_MILITARY = re.compile(
    r"\b(?:defen[cs]e|military|army|armed forces|general staff|air force|navy|command(?:er)?|brigade|idf|troops)\b",
    re.I,
)


class Vote(NamedTuple):
    """A side in a part, what that weighs and where it comes from."""

    part: Part
    side: str
    weight: float
    why: str
    named: bool = False  # by the figure's own grammar or sentence
    blamed: bool = False  # somebody says in so many words who did it


def read_votes(figure: Figure) -> Iterator[Vote]:
    yield from _by_grammar(figure)
    yield from _by_sentence(figure)
    yield from _by_speaker(figure)
    yield from _by_victims(figure)
    yield from _by_target(figure)
    yield from _by_fighting(figure)
    yield from _by_surrender(figure)
    yield from _by_revenge(figure)
    if (struck := sufferer(figure)) is not None:
        yield Vote("attacked", struck.side, GRAMMAR, struck.why, named=True)
    yield from _by_arrest(figure)
    if (held := hostages_of(figure)) is not None:
        yield Vote("attacked", held.side, _CIVIL_SPEAKER, "hostages of a group's")
    yield from _by_place(figure)
    yield from _by_officials(figure)
    if (
        figure.mention.measure.aggregation in ("period", "increment", "stock")
        and not _of_a_season(figure)
        and not (
            figure.attribution.source_side == THIRD_PARTY
            and (
                figure.event == "missing"
                or (figure.event == "captured" and figure.mention.measure.aggregation == "stock")
            )
        )
    ):
        stock = figure.mention.measure.aggregation == "stock"  # of no one attack, whoever is told of before
        yield from (vote for vote in _by_story(figure) if not (stock and vote.part == "attacker"))


def _of_a_season(figure: Figure) -> bool:
    """Whether the figure is of a long time, and so not of the attack that the article tells of."""
    setting = figure.setting
    if setting is None or setting.period_start is None or setting.period_end is None:
        return False
    return (setting.period_end - setting.period_start).days > _SEASON


def _by_grammar(figure: Figure) -> Iterator[Vote]:
    owner, doer = figure.owner, figure.doer
    if (
        owner is not None
        and doer is not None
        and _of_a_state(figure, owner)
        and not (doer.generic or _by_pronoun(figure))
    ):
        if owner.side == doer.side or not fits(figure, doer.side, owner.side):
            owner = (
                None  # "the Emirate said its fighters killed 12 soldiers": none of its own, or of its allies
            )
    if owner is not None:
        strikes = (
            figure.noun is not None and lexis(figure.codebook).nouns.get((figure.noun.lower_,)) == "attack"
        )
        sent = (figure.group in _SENT or strikes) and figure.event in ("launched", "hit", "conducted")
        part: Part = "attacker" if sent or figure.event in DEFENCES else "attacked"
        yield Vote(part, owner.side, GRAMMAR, owner.why, named=True)
    if doer is not None and (owner is None or owner.side != doer.side) and not predicate_does(figure, "tend"):
        defends = (
            figure.event in DEFENCES
            or predicate_does(figure, "defend")
            or (
                figure.event == "launched"
                and figure.predicate is not None
                and figure.predicate.lemma_ in _ENDS
                and any(q.of == figure.mention.quantity.start for q in figure.sentence.quantities)
            )
        )  # "destroyed 61 of 79 drones": whoever did has launched none
        part = "attacked" if defends or (suffers(figure) and not doer.agent) else "attacker"
        yield Vote(part, doer.side, GRAMMAR, doer.why, named=True)


def _of_a_state(figure: Figure, owner: Found) -> bool:
    """Whether "soldiers" or "vehicles" alone told whose they are; "terrorists" are always of the other side."""
    return owner.generic and (
        figure.group == "equipment" or (figure.noun is not None and figure.noun.lower_ in STATE_FORCES)
    )


def _by_pronoun(figure: Figure) -> bool:
    """Whether "it" or "they" did it, which may be another than the nearest name."""
    verb = figure.predicate
    while verb is not None:
        subjects = [child for child in verb.children if child.dep_.startswith("nsubj")]
        if subjects or verb.dep_ != "conj":
            return any(subject.pos_ == "PRON" for subject in subjects)
        verb = verb.head  # "it destroyed 14 vehicles and killed 260"
    return False


# "clashes between the army and RSF fighters killed 12": neither of them alone
_BETWEEN_TWO = re.compile(
    r"\b(?:clash(?:es)?|fighting|battles?|combat|war|conflict|hostilities|gunfights?|firefights?) between\b[^.;,]*\Z",
    re.I,
)
# "killed in clashes, executions and Israeli airstrikes": one of the causes, and not of all
_AMONG_CAUSES = re.compile(
    r"\b(?:clash(?:es)?|fighting|battles?|combat|infighting|executions?|violence)(?:, (?:[\w-]+ ){0,3}?[\w-]+){0,2},? and (?:by |in |from )?(?:the )?\Z",
    re.I,
)


def _by_sentence(figure: Figure) -> Iterator[Vote]:
    """What the other names of the sentence say, the nearest most."""
    text, at = figure.document.article.text, figure.mention.quantity.start
    for role in figure.roles:
        if figure.event in TOLLS and role.part == "attacker":
            near_by = max(figure.sentence.start, role.start - 80)
            if _AMONG_CAUSES.search(text, near_by, role.start) or _BETWEEN_TWO.search(
                text, near_by, role.start
            ):
                continue
        low, high = (role.end, at) if role.start < at else (figure.mention.quantity.end, role.start)
        between = text[low:high]
        breaks = len(CLAUSE_END.findall(between)) + (
            role.start > at and role.part == "attacker" and between.endswith(", ")
        )  # "four killed in Sour, Hezbollah fires rockets": another clause
        near = max(0.4, 1 - len(between) / 300) / (1 + breaks)
        sure = 0.8 if role.does == "act" and figure.event in ("conducted", "launched") else role.weight
        if figure.mention.measure.aggregation == "cumulative" and (breaks or len(between) > 60):
            near *= 0.3  # a running total is not of the attack that the sentence may also tell of
        if _DAYS_APART.search(between):
            near *= 0.1  # "rockets killed six a day after air strikes left 35 dead": another attack
        part: Part = role.part
        if role.start < at and _REVENGE.search(between):
            part = _OTHER_PART[part]
        if (
            figure.event in DEFENCES
            and part == "attacker"
            and figure.predicate is not None
            and role.words == figure.predicate.lemma_
        ):
            part = "attacked"  # "the fleet destroyed three unmanned boats" beats off, whatever the verb
        if role.part == "attacked" and figure.theatre.wars and not fights(figure, role.side):
            sure *= 0.3  # countries at peace are named for much else
        yield Vote(part, role.side, SENTENCE * sure * near, repr(role.words), named=True)


def _by_story(figure: Figure) -> Iterator[Vote]:
    """The attack that the other sentences tell of: those before, the nearest most, and who is named for it later.

    All of them together weigh no more than `_STORY`.
    """
    doing: Part = "attacked" if figure.event in DEFENCES else "attacker"
    if _ELSEWHERE.match(figure.sentence.text) or _of_another_time(figure):
        return
    votes = [vote for vote in _told(figure) if not (figure.stranger and vote.part == doing)]
    if (both := _dead_of_both(figure)) is not None:
        votes = [vote for vote in votes if vote.part != doing or vote.side in both]
    if _of_attackers(figure):
        votes = [vote._replace(part=_OTHER_PART[vote.part]) for vote in votes]
    total = sum(vote.weight for vote in votes)
    trust = min(1.0, _STORY / total) if total else 0.0
    linked = _linked(figure) if votes else 1.0
    for vote in votes:
        sure = linked if vote.part == doing and not vote.blamed else 1.0
        yield vote._replace(weight=vote.weight * trust * sure)


def _dead_of_both(figure: Figure) -> tuple[str, str] | None:
    """The sides whose dead are told in one breath, and fought each other: "45 ISIL militants and 20 Kurdish fighters"."""
    owner = figure.owner
    if owner is None or figure.event not in TOLLS:
        return None
    text, quantity = figure.document.article.text, figure.mention.quantity
    foes = enemies_of(figure, owner.side)
    for name in figure.names:
        if name.side in foes and (
            _AND_SO_MANY.search(text[quantity.end : name.start])
            if name.start > quantity.end
            else _SO_MANY_AND.fullmatch(text[name.end : quantity.start])
        ):
            return owner.side, str(name.side)
    return None


def _of_another_time(figure: Figure) -> bool:
    """Whether the figure's own words date it long before the news, in a war of many: "in June", "in August 2013"."""
    setting, published = figure.setting, figure.document.article.published
    return (
        in_civil_war(figure)
        and setting is not None
        and published is not None
        and setting.period_basis == "stated"
        and setting.period_end is not None
        and (published - setting.period_end).days > _LONG_AGO
    )


def _linked(figure: Figure) -> float:
    """How surely a figure is of the attack that was told before: anybody may have done the next in a war of many."""
    if _SAME_ATTACK.search(figure.sentence.text):
        return 1.0
    if figure.group not in _SENT and _OTHER_ATTACK.search(clause(figure)):
        return 0.0
    return 0.6 if in_civil_war(figure) else 1.0


def is_another_attack(sentence: str) -> bool:
    """Whether a sentence tells of an attack that is new to the reader: "last year a bombing killed 31"."""
    return _OTHER_ATTACK.search(sentence) is not None or _ELSEWHERE.match(sentence) is not None


def _told(figure: Figure) -> Iterator[Vote]:
    another = False  # whether one of the sentences between turns to something else
    own = any(
        figure.theatre.roles[index] and not _apart(figure, index) for index in range(figure.sentence.index)
    )
    for index in range(figure.sentence.index - 1, -1, -1):
        back = figure.sentence.index - index
        weight = _STORY * _FADING**back
        if index == figure.theatre.lead:
            weight = max(weight, _LEAD)
        elif back > _REACH:
            continue
        if own and _apart(figure, index):
            weight *= _APART
        if another:
            weight *= _ANOTHER
        another = another or bool(_ELSEWHERE.match(figure.document.sentences[index].text))
        roles = [role for role in figure.theatre.roles[index] if role.weight >= 0.55]
        if len({role.part for role in roles}) == 1:
            weight *= 1.6  # one side named tells as much of an attack as both
        for part in ("attacker", "attacked"):
            best = max(
                (role for role in roles if role.part == part),
                key=lambda role: role.weight, default=None,
            )  # fmt: skip
            if best is not None and part == "attacker" and _cannot_fly(figure, best.side):
                continue
            if best is not None and (
                part == "attacker" or not figure.theatre.wars or fights(figure, best.side)
            ):
                why = f"{best.words!r} before"
                yield Vote(
                    best.part,
                    best.side,
                    weight * best.weight,
                    why,
                    blamed=_BLAMES.match(best.words) is not None,
                )
        harmed = figure.theatre.harmed[index]
        if harmed is not None and not (
            in_civil_war(figure) and figure.group == "people" and figure.item not in SOLDIERS
        ):
            yield Vote("attacked", harmed, 0.6 * weight, "whose officials counted harm before")
    yield from _told_at_once(figure)
    for index in range(figure.sentence.index + 1, len(figure.theatre.roles)):
        for role in figure.theatre.roles[index]:
            if role.part == "attacker" and (
                role.words.startswith("claim")
                or (
                    role.words.startswith(_OWNED_TO)
                    and _own_word(figure, index) == role.side
                    and _ONE_ATTACK.search(figure.document.sentences[index].text)
                )
            ):
                yield Vote("attacker", role.side, _CLAIMED, f"{role.words!r} later", blamed=True)
    if figure.theatre.lead is None and figure.theatre.denier is not None:
        yield Vote("attacker", figure.theatre.denier, _CLAIMED, "the side that denies it", blamed=True)


def _cannot_fly(figure: Figure, side: str) -> bool:
    """Whether air strikes are counted, and a side told of before is a group in a war where a state bombs."""
    return (
        figure.item == "airstrike"
        and is_group(side, figure.codebook)
        and in_civil_war(figure)
        and figure.codebook.sides[str(government(figure))].kind == "state"
        and side in enemies_of(figure, str(government(figure)))
    )


def _told_at_once(figure: Figure) -> Iterator[Vote]:
    """Who did it, where a headline or a first sentence leaves that to the next ones."""
    index = figure.sentence.index
    if index > 1 or figure.speaker is not None:
        return
    if any(role.part == "attacker" for told in figure.theatre.roles[: index + 1] for role in told):
        return
    for ahead, later in enumerate(figure.theatre.roles[index + 1 : index + 1 + _AHEAD]):
        sure = [role for role in later if role.part == "attacker" and role.weight >= _SURE]
        if sure:
            behind = figure.document.sentences[index + 1 + ahead]
            if (
                _SAME_ATTACK.search(behind.text)
                or sure[0].words.endswith(" by")
                or _counts_the_same(figure, behind)
            ):
                yield Vote("attacker", sure[0].side, _LEAD * _FADING**ahead, f"{sure[0].words!r} behind")
            return


def _counts_the_same(figure: Figure, sentence: Sentence) -> bool:
    """Whether a sentence repeats the figure of a headline, and so tells of its attack."""
    best = figure.mention.quantity.best
    return best is not None and any(other.best == best for other in sentence.quantities)


def _own_word(figure: Figure, index: int) -> str | None:
    """The side that says what a sentence tells: "ISIL said three of its fighters carried out the attack"."""
    return sayer_of(figure.document.sentences[index], figure.document, figure.codebook)


def _apart(figure: Figure, index: int) -> bool:
    """Whether an earlier sentence stands in another paragraph or entry than the figure's."""
    other = figure.document.sentences[index]
    if other.paragraph != figure.sentence.paragraph:
        return True
    return _ENTRY.search(figure.document.article.text, other.end, figure.sentence.start + 5) is not None


def _by_speaker(figure: Figure) -> Iterator[Vote]:
    side = figure.speaker
    if side is None or (figure.stranger and suffers(figure)):
        return  # it happened to somebody else
    none_of_it = (
        figure.mention.quantity.best == 0
        and figure.item != "person"
        and not is_civil_office(figure.attribution, figure.codebook)
    )
    if figure.attribution.status == "denied" or (none_of_it and figure.event not in DEFENCES):
        yield from _by_denial(figure, side)
        return
    if figure.event in DEFENCES:
        yield Vote("attacked", side, _CIVIL_SPEAKER, "the side that speaks, of what it beat off")
    elif _of_attackers(figure):
        yield Vote("attacker", side, 0.8, "the side that speaks, of those who attacked it")
    elif (
        figure.event in _HARM
        and figure.group != "munition"
        and is_civil_office(figure.attribution, figure.codebook)
        and not (
            in_civil_war(figure)
            and any(
                role.side == side and role.part == "attacker" and role.weight >= _SURE
                for role in figure.roles
            )
        )
    ):
        yield Vote("attacked", side, _CIVIL_SPEAKER, "the side whose officials count the harm")
    elif figure.owner is not None and side in enemies_of(figure, figure.owner.side):
        yield Vote("attacker", side, 0.8, "the side that speaks, of its enemy")
    elif figure.event in TOLLS or (figure.item in CIVIL_ITEMS and not _military_speaker(figure)):
        if (
            figure.item in _HARMLESS
            and OWNING_UP.search(up_to_figure(figure))
            and not is_civil_office(figure.attribution, figure.codebook)
        ):
            yield Vote("attacker", side, 1.0, "the side that owns up to civilian deaths")
            return
        # "Cambodia has confirmed 13 dead": people who are not called anybody's are the speaker's
        own = figure.item not in SOLDIERS and not _military_speaker(figure)
        weight = 1.0 if own or OWNING_UP.search(clause(figure)) else 0.35
        if in_civil_war(figure) and figure.item not in SOLDIERS:
            return
        yield Vote("attacked", side, weight, "the side that speaks, of its own")
    elif figure.event in ("launched", "conducted") or (
        figure.group == "munition" and figure.event not in ("destroyed", "damaged")
    ):
        yield Vote("attacked", side, 0.3, "the side that speaks, of what was sent against it")
    elif figure.event == "captured" and figure.mention.measure.aggregation == "stock":
        yield Vote("attacked", side, 1.0, "the side that speaks, of its people still held")
    elif _merchant(figure) and (
        raiders := [e for e in enemies_of(figure, side) if is_group(e, figure.codebook)]
    ):
        yield Vote("attacker", raiders[0], 0.8, "the group that attacks ships")
    elif figure.event in ("hit", "destroyed", "damaged", "seized", "advanced", "captured") and not (
        figure.stranger or _abducted(figure)
    ):
        if OWNING_UP.search(clause(figure)) or _by_itself(figure):
            yield Vote("attacked", side, 1.0, "the side that owns up")
        else:
            weight = 0.9 if figure.group == "equipment" and _military_speaker(figure) else 0.4
            yield Vote("attacker", side, weight, "the side that speaks, of what it did")


def _by_victims(figure: Figure) -> Iterator[Vote]:
    """ "Fourteen Malian soldiers died in two attacks": on those who died in them."""
    noun = figure.noun
    if (
        figure.event != "conducted"
        or noun is None
        or noun.dep_ != "pobj"
        or noun.head.lower_ not in ("in", "during")
        or noun.head.head.lemma_ not in _LOSING
    ):
        return
    before = [name for name in figure.names if name.end <= figure.mention.quantity.start]
    if len({name.side for name in before}) == 1:
        name = before[0]
        yield Vote(
            "attacked", str(name.side), 2 * SENTENCE, f"who suffered in them, {name.text!r}", named=True
        )


def _by_target(figure: Figure) -> Iterator[Vote]:
    """ "38 operations against the Houthi militia"."""
    if figure.event != "conducted" or figure.noun is None:
        return
    text, end = figure.document.article.text, figure.sentence.ends[figure.noun.i]
    for name in figure.names:
        if name.start > end and _AGAINST.fullmatch(text, end, name.start):
            yield Vote("attacked", str(name.side), 2 * SENTENCE, f"against {name.text!r}", named=True)
            return


_AGAINST = re.compile(r"(?: [a-z]+){0,2}? against (?:the )?(?:[a-z-]+ ){0,2}")
_LOSING = frozenset("die kill wound injure perish lose hurt".split())


def _merchant(figure: Figure) -> bool:
    """Whether ships of nobody's navy were hit."""
    return (
        figure.item == "ship"
        and figure.owner is None
        and figure.event in ("hit", "damaged", "destroyed", "captured")
        and not _WARSHIP.search(clause(figure))
    )


def _of_attackers(figure: Figure) -> bool:
    """Whether those who had attacked are the dead: what befell them was done to the attacker."""
    return figure.event in TOLLS and figure.noun is not None and figure.noun.lower_ in ATTACKERS


def _abducted(figure: Figure) -> bool:
    """Whether people were taken by a verb that nobody uses of what his own side did."""
    return figure.predicate is not None and figure.predicate.lemma_ in ("kidnap", "abduct", "kidnapping")


def _by_itself(figure: Figure) -> bool:
    """Whether the damage is told as of things that caught fire or sank, not as somebody's deed."""
    return figure.predicate is not None and figure.predicate.lemma_ in (
        "catch",
        "burn",
        "crash",
        "sink",
        "explode",
        "suffer",
    )


def _military_speaker(figure: Figure) -> bool:
    if figure.attribution.source is None:
        return figure.speaker == figure.theatre.bulletin
    office = " ".join(
        filter(
            None, (figure.attribution.source_office, figure.attribution.source, figure.attribution.source_id)
        )
    )
    return bool(_MILITARY.search(office.replace("-", " ")))


def _by_denial(figure: Figure, side: str) -> Iterator[Vote]:
    """Who denies losses had them, who denies harm to civilians is blamed for it."""
    if figure.event in DEFENCES:
        yield Vote("attacker", side, 0.8, "the side that denies the loss")
    elif (
        figure.item in SOLDIERS
        or figure.group == "equipment"
        or (figure.group == "munition" and figure.event in ("destroyed", "hit"))
    ):
        yield Vote("attacked", side, 0.8, "the side that denies the loss")
    elif figure.event in _HARM and figure.item != "person":
        yield Vote("attacker", side, 0.8, "the side that denies the harm")
    elif figure.event in ("seized", "advanced") and predicate_does(figure, "lose"):
        yield Vote("attacked", side, 0.8, "the side that denies the loss")


def _by_fighting(figure: Figure) -> Iterator[Vote]:
    """ "Three soldiers were killed fighting the rebels", "in clashes with the army": by whom they fought."""
    if figure.event not in TOLLS:
        return
    text, at = figure.document.article.text, figure.mention.quantity.end
    for one, other in pairwise(figure.names):
        if (
            figure.owner is not None
            and figure.owner.side in (one.side, other.side)
            and _BETWEEN.search(text, max(0, one.start - 60), one.start)
            and re.fullmatch(r"(?: [\w-]+){0,3} and (?:[\w-]+ ){0,2}", text[one.end : other.start])
        ):
            foe = other if one.side == figure.owner.side else one
            yield Vote("attacker", str(foe.side), SENTENCE, f"whom they fought, {foe.text!r}", named=True)
            return
    for name in figure.names:
        if name.start > at and name.side is not None and _FOUGHT.search(text[at : name.start]):
            if figure.owner is None or figure.owner.side != name.side:
                yield Vote("attacker", name.side, SENTENCE, f"whom they fought, {name.text!r}", named=True)
            return


def _by_surrender(figure: Figure) -> Iterator[Vote]:
    """ "Some 280 soldiers surrendered to the rebels": who took them."""
    if figure.event != "captured":
        return
    text, at = figure.document.article.text, figure.mention.quantity.end
    for name in figure.names:
        if name.start > at and name.side is not None and _GAVE_UP.search(text[at : name.start]):
            yield Vote(
                "attacker", name.side, SENTENCE, f"whom they surrendered to, {name.text!r}", named=True
            )
            return


def _by_revenge(figure: Figure) -> Iterator[Vote]:
    """ "In revenge for the killing of nine fighters": what is avenged was done to those who now attack."""
    before = figure.document.article.text[figure.sentence.start : figure.mention.quantity.start]
    avenged = list(_REVENGE.finditer(before))
    if not avenged:
        return
    at = figure.sentence.start + avenged[-1].start()
    if "," in before[avenged[-1].end() :]:
        return  # "in response to the strike, the group fired dozens of rockets"
    attacker = next(
        (role.side for role in figure.roles if role.part == "attacker" and role.start < at), figure.speaker
    )
    if attacker is not None:
        yield Vote("attacked", attacker, 1.2, f"who acts {avenged[-1].group()!r}")


def _by_arrest(figure: Figure) -> Iterator[Vote]:
    """Whoever is arrested in a civil war, and nobody says by whom, is so by the state."""
    state = government(figure) if in_civil_war(figure) else None
    if (
        state is not None
        and figure.event == "captured"
        and figure.doer is None
        and (
            (figure.predicate is not None and figure.predicate.lemma_.casefold() in _ARRESTS)
            or (figure.noun is not None and figure.noun.lower_ in _SUSPECTS)
        )
        and (figure.owner is None or figure.owner.side != state)
    ):
        yield Vote("attacker", state, GRAMMAR, repr(str(figure.predicate or figure.noun)))


def _by_place(figure: Figure) -> Iterator[Vote]:
    place = place_side(figure)
    if (
        place is not None
        and figure.event in _HARM | {"launched"}
        and figure.item not in SOLDIERS
        and figure.group not in ("equipment", "ground")
    ):
        part: Part = "attacker" if figure.event == "launched" and _launched_there(figure) else "attacked"
        yield Vote(part, place.side, _PLACE, place.why)


def _by_officials(figure: Figure) -> Iterator[Vote]:
    """Whose harm an article tells in which the officials of one side only count any: a governor's day, a ministry's toll."""
    sides = {side for side in figure.theatre.harmed if side is not None}
    if (
        len(sides) == 1
        and figure.event in (TOLLS | {"damaged", "displaced", "cut_off"}) - {"missing"}
        and figure.theatre.wars
        and figure.item not in SOLDIERS
        and figure.group not in ("equipment", "ground")
        and not in_civil_war(figure)
    ):
        yield Vote("attacked", sides.pop(), _OFFICIALS, "the one side whose officials count harm")


def _launched_there(figure: Figure) -> bool:
    """ "40 drones from Kursk and Bryansk": where they came from."""
    place = figure.setting.place if figure.setting is not None else None
    tail = figure.document.article.text[figure.mention.quantity.end : figure.sentence.end]
    at = tail.find(place) if place is not None else -1
    return at >= 0 and _ORIGIN.search(tail[:at]) is not None
