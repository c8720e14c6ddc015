"""Who did it, and to whom.

Every event has an attacking and an attacked side, and from the event it follows which of them the columns
call actor and which target: the actor of "killed" attacks, the actor of "intercepted" is attacked and beats
the attack off. What the text says of the two sides is gathered as votes, each with its weight and words
(`votes`). The pair with most votes wins; where two camps fight, the one known side gives the other. What no
vote tells stays empty. Civilians in a civil war have no side.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from conflictstats.codebook import Codebook
from conflictstats.parties.engagements import Part
from conflictstats.parties.opponents import (
    enemies_of,
    fighters_of,
    fights,
    fits,
    from_abroad,
    government,
    home_side,
    hostages_of,
    in_civil_war,
    in_coalition,
    opponent,
    people_of,
    sent_from,
    two_camps,
)
from conflictstats.parties.owners import read_owner, sufferer, with_doer
from conflictstats.parties.theatre import (
    CIVIL_ITEMS,
    CLAUSE_END,
    DEFENCES,
    IMPLIED,
    SOLDIERS,
    TOLLS,
    Figure,
    Found,
    around,
    clause,
    figure_of,
    up_to_figure,
)
from conflictstats.parties.votes import GRAMMAR, SENTENCE, Vote, is_another_attack, read_votes
from conflictstats.records import Attribution, Claim, Document, Measure, Mention, Parties, Setting
from conflictstats.wars import is_group

BOTH = "both"

_SHIPS = frozenset({"ship"})
_CIVILIANS = re.compile(
    r"\b(?:civilians?|children|women|market|hospitals?|schools?|homes|residential|massacre)\b", re.I
)
# Nobody else's figure tells who fled, or whom somebody else has there.
_PRESENCE_OF_OTHERS = frozenset("displaced released".split())
_GUESSED = re.compile(r" (?:before|behind|later) \(implied\)")
_STATE_WORKS = frozenset({"energy_site", "bridge"})
_NO_ATTACK = frozenset("deployed supplied held displaced released other".split())
_PRESENCE = _NO_ATTACK - {"released"}
_ENOUGH = 0.15
_NOTHING = 0.01
_EACH_SIDE = re.compile(r"\b(?:each|either) (?:side|army|country)\b|\bboth (?:sides|armies|countries) (?:\w+ ){0,2}each\b|\beach (?:lost|lose|losing|freed|released|handed over|returned|sent (?:home|back))\b|\bfrom (?:each|either) side\b", re.I)  # fmt: skip
_BOTH_SIDES = re.compile(r"\b(?:on|from|of|by|among|for) (?:both|the two|the warring) (?:sides|camps|armies|countries|parties|states)\b|\bboth sides\b", re.I)  # fmt: skip
_WAR_TOLL = re.compile(r"\b(?:(?:war|conflict|fighting|hostilities|battles?|clash(?:es)?)\b[^.;]*\b(?:in|during) which\b|counter-?attacks?\b|(?:bombings|strikes|attacks) and [\w ]*(?:counter\w*|retaliat\w*))", re.I)  # fmt: skip
_BY_THE_WAR = re.compile(
    r"\b(?:war|conflict|violence|unrest|uprising|crisis)\b(?: (?:in|between|over|with|against) [^,;.]{1,60})?(?:, [^,;.]*,)?(?:,? (?:that|which))?(?: (?:has|have|had))?(?: (?:also|since|already|so far))*"
    r" (?:killed|claimed|cost|left|taken|displaced)\b[^.;]*$", re.I,
)  # fmt: skip
_CAPTIVITY = re.compile(r"\b(?:captivity|custody|exchange[ds]?|swap\w*|prisoners?|POWs?|hostages?|captives?|detention|jails?|prisons?)\b", re.I)  # fmt: skip
_HOMEWARD = re.compile(
    r"\b(?:returned?|came|come|brought|flown|sent|went|handed|repatriated|home|back)(?: \w+){0,2}? to (?:the )?$",
    re.I,
)
_FREES = frozenset({"rescue", "liberate"})
_JAILED = re.compile(r"\b(?:jailed|imprisoned|detained|captured|incarcerated|convicted)\b", re.I)
_SHIPPING = re.compile(r"\b(?:ships?|vessels?|shipping|tankers?|carrier|freighter|bulker)\b", re.I)


def read_parties(
    mention: Mention,
    attribution: Attribution,
    setting: Setting | None,
    document: Document,
    codebook: Codebook,
) -> tuple[Parties, ...]:
    """The sides of a mention: one pair, or one pair per side where the words say "each side"."""
    figure = figure_of(mention, attribution, setting, document, codebook)
    figure = with_doer(replace(figure, owner=read_owner(figure)))
    if figure.owner is None and figure.doer is None and (whole := _total(figure)) is not None:
        figure = whole  # a part is of the side of its total
    return tuple(_read(figure))


def told_again(parties: Parties, mention: Mention, before: Sequence[Claim]) -> Parties:
    """The sides of a figure that is told anew or goes on counting: those of the one it takes its thing from.

    Where its own words name a side they stand: "Russia lost 100 soldiers and Ukraine 40".
    """
    measure = mention.measure
    first = next((claim for claim in reversed(before) if claim.quantity.start == measure.again), None)
    if (
        first is None
        or not all(why.endswith(IMPLIED) for why in parties.evidence)
        or not _goes_on(measure, first.measure)
        or is_another_attack(mention.sentence.text)
    ):
        return parties
    actor, target = (
        side if why is not None and not _GUESSED.search(why) else None
        for side, why in (
            (first.parties.actor, _why("actor", first.parties)),
            (first.parties.target, _why("target", first.parties)),
        )
    )
    if measure.event == "missing":
        actor = None  # nobody is known to have done it
    words = f"as {first.quantity.text!r} {IMPLIED}"
    found = {"actor": (actor, parties.actor), "target": (target, parties.target)}
    told = {role: new or old for role, (new, old) in found.items()}
    if told["actor"] is not None and told["actor"] == told["target"]:
        told = {role: new for role, (new, _) in found.items()}
    evidence = [
        (f"{role}: {side} ← {words}" if side == found[role][0] else str(_why(role, parties)))
        for role, side in told.items()
        if side is not None
    ]
    return Parties(told["actor"], told["target"], tuple(evidence))


def _goes_on(measure: Measure, first: Measure) -> bool:
    """Whether what befell the things of an earlier figure is of the same two sides."""
    if measure.event == "released" and first.event == "captured":
        return measure.predicate not in _FREES  # "arrested 25. Seven were released": by whoever had them
    return measure.event in {first.event} - _PRESENCE_OF_OTHERS | (TOLLS if first.event in TOLLS else set())


def _why(role: str, parties: Parties) -> str | None:
    return next((why for why in parties.evidence if why.startswith(role)), None)


def _total(figure: Figure) -> Figure | None:
    """The total that a figure is a part of, read as what the part counts."""
    start = figure.mention.measure.total or figure.mention.quantity.of
    quantity = next((q for q in figure.sentence.quantities if q.start == start), None)
    if quantity is None or quantity is figure.mention.quantity:
        return None
    mention = replace(figure.mention, quantity=quantity, measure=replace(figure.mention.measure, total=None))
    whole = figure_of(mention, figure.attribution, figure.setting, figure.document, figure.codebook)
    return with_doer(replace(whole, owner=read_owner(whole)))


def _read(figure: Figure) -> Iterator[Parties]:
    pair = two_camps(figure)
    if pair is not None and figure.event not in _PRESENCE and _EACH_SIDE.search(clause(figure)):
        for one, other in _in_order(figure, pair):
            yield Parties(one, other, ("actor and target: each side in turn",))
        return
    if figure.event in _NO_ATTACK:
        yield _without_attack(figure)
        return
    if (
        figure.event in TOLLS | {"displaced"}
        and figure.owner is None
        and _BY_THE_WAR.search(up_to_figure(figure))
    ):
        yield Parties()
        return
    if pair is not None and figure.event in TOLLS and _joint_toll(figure):
        yield Parties(None, BOTH, ("target: both, a toll of the whole fighting",))
        return
    if (own := _won_back(figure)) is not None:
        yield _parties(figure, own, opponent(figure, own.side))
        return
    votes = list(read_votes(figure))
    attacker, attacked = _elect(figure, votes)
    if figure.event == "conducted" and figure.item == "clash" and not any(v.weight >= GRAMMAR for v in votes):
        yield Parties()
        return
    if figure.event == "missing" and figure.doer is None and figure.item in SOLDIERS:
        attacker = None  # nobody is known to have done it
    if figure.event in DEFENCES:
        yield _parties(figure, attacked, attacker)
    else:
        yield _parties(figure, attacker, _whose(figure, attacker, attacked, votes))


_BACK = frozenset("liberate deoccupy retake recapture regain reclaim recover free".split())


def _won_back(figure: Figure) -> Found | None:
    """Whose ground it is that was won back: "10 square kilometres of Ukrainian land have been liberated"."""
    if figure.event != "seized" or figure.group != "ground" or figure.doer is not None:
        return None
    verb, owner = figure.predicate, figure.owner
    if verb is None or owner is None or figure.speaker in enemies_of(figure, owner.side):
        return None  # what the enemy calls liberated it took
    back = verb.lemma_ in _BACK or any(child.lower_ == "back" for child in verb.children)
    return owner if back else None


def _in_order(figure: Figure, pair: tuple[str, str]) -> tuple[tuple[str, str], tuple[str, str]]:
    """A pair both ways round, first as its sentence names it."""
    named = [str(name.side) for name in figure.names if name.side in pair]
    one, other = pair if not named or named[0] == pair[0] else pair[::-1]
    return (one, other), (other, one)


def _parties(figure: Figure, actor: Found | None, target: Found | None) -> Parties:
    if actor is not None:
        actor = fighters_of(figure, actor)
    if target is not None and (
        figure.item == "combatant"
        or figure.group in ("munition", "equipment", "ground")
        or figure.item == "site"
    ):
        target = fighters_of(figure, target)
    evidence = []
    if actor is not None:
        evidence.append(f"actor: {actor.side} ← {actor.why}")
    if target is not None:
        evidence.append(f"target: {target.side} ← {target.why}")
    return Parties(actor.side if actor else None, target.side if target else None, tuple(evidence))


def _without_attack(figure: Figure) -> Parties:
    if figure.event == "displaced":
        moves = figure.doer if figure.predicate is not None and figure.predicate.pos_ == "VERB" else None
        return _parties(figure, moves, figure.owner or home_side(figure))
    if figure.event == "released":
        return _released(figure)
    if figure.event == "held":
        return _held(figure)
    doer = figure.owner or figure.doer or _nearest_actor(figure)
    if (
        figure.owner is not None
        and figure.owner.generic
        and figure.doer is not None
        and figure.doer.side not in enemies_of(figure, figure.owner.side)
    ):
        doer = figure.doer  # "Burundi has 10,000 troops"
    return _parties(figure, doer, None)


def _held(figure: Figure) -> Parties:
    """Who holds ground, and whose it is or was."""
    holder = figure.doer or (None if figure.owner is not None else _nearest_actor(figure))
    loser = figure.owner
    if (
        holder is None
        and figure.speaker is not None
        and (loser is None or figure.speaker in enemies_of(figure, loser.side))
    ):
        holder = Found(figure.speaker, f"the side that speaks, of what it holds {IMPLIED}")
    if holder is None and loser is not None:
        holder = opponent(figure, loser.side)
    if holder is not None and (loser is None or loser.side == holder.side):
        loser = None if in_civil_war(figure) else opponent(figure, holder.side)
    return _parties(figure, holder, loser)


def _nearest_actor(figure: Figure) -> Found | None:
    if figure.event != "deployed" and figure.event != "held":
        return None
    at = figure.mention.quantity.start
    before = [
        name
        for name in figure.names
        if name.end <= at and not CLAUSE_END.search(figure.document.article.text[name.end : at])
    ]
    if before:
        return Found(str(before[-1].side), repr(before[-1].text))
    roles = sorted(figure.roles, key=lambda role: abs(role.start - at))
    return next((Found(role.side, role.words) for role in roles if role.part == "attacker"), None)


def _released(figure: Figure) -> Parties:
    if not (figure.item in ("prisoner", "hostage", "combatant") or _CAPTIVITY.search(around(figure))):
        return Parties()
    subjects = _joint_subjects(figure)
    if len(subjects) >= 2 and subjects[1] in enemies_of(figure, subjects[0]):
        return Parties(None, BOTH, ("target: both, an exchange",))
    owner = figure.owner or hostages_of(figure)
    if owner is None:
        owner = _came_home(figure)
    if owner is None and figure.speaker is not None:
        owner = Found(figure.speaker, f"whoever speaks counts its own people {IMPLIED}")
    doer = figure.doer
    if in_civil_war(figure) and figure.owner is None and (
        figure.item == "hostage" or (figure.predicate is not None and figure.predicate.lemma_ in _FREES)
    ):  # fmt: skip
        # a state frees its people from others; they are of no side
        frees = doer or (
            Found(figure.speaker, f"the side that speaks, of whom it freed {IMPLIED}")
            if figure.speaker
            else None
        )
        return _parties(figure, frees, None)
    if owner is None:
        return _parties(
            figure,
            doer,
            opponent(figure, doer.side) if doer is not None and two_camps(figure) is not None else None,
        )
    if doer is not None and (doer.side == owner.side or not fits(figure, doer.side, owner.side)):
        if figure.item != "prisoner" and not _JAILED.search(clause(figure)):
            return _parties(figure, doer, None)  # rescued by their own
        doer = None
    return _parties(figure, doer or opponent(figure, owner.side), owner)


def _came_home(figure: Figure) -> Found | None:
    """ "880 soldiers returned to Ukraine": whose people they are."""
    text, at = figure.document.article.text, figure.mention.quantity.end
    for name in figure.names:
        if name.start > at and _HOMEWARD.search(text[at : name.start]):
            return Found(str(name.side), repr(name.text))
    return None


def _elect(figure: Figure, votes: list[Vote]) -> tuple[Found | None, Found | None]:
    """Attacker and attacked: the pair that most votes support."""
    votes = [vote for vote in votes if vote.weight > _NOTHING]
    sides = list(dict.fromkeys(vote.side for vote in votes))
    support: dict[tuple[Part, str], float] = {}
    why: dict[tuple[Part, str], Vote] = {}
    for vote in votes:
        key = (vote.part, vote.side)
        support[key] = support.get(key, 0.0) + vote.weight
        if key not in why or vote.weight > why[key].weight:
            why[key] = vote
    said = {key for key, vote in why.items() if vote.named and vote.weight >= GRAMMAR}
    if figure.owner is None or figure.owner.generic:
        said = set()
    best: tuple[float, str | None, str | None] = (_ENOUGH, None, None)
    for attacker in (*sides, None):
        for attacked in (*sides, None):
            if attacker == attacked:
                continue
            both_said = {("attacker", attacker), ("attacked", attacked)} <= said
            if attacker and attacked and not (both_said or fits(figure, attacker, attacked)):
                continue  # allies, unless the words say so: "soldiers killed 12 FDLR fighters"
            score = 0.0
            if attacker is not None:
                score += support.get(("attacker", attacker), 0.0) - support.get(("attacked", attacker), 0.0)
            if attacked is not None:
                score += support.get(("attacked", attacked), 0.0) - support.get(("attacker", attacked), 0.0)
            if score > best[0]:
                best = (score, attacker, attacked)
    one = sent_from(figure, _found(figure, "attacker", best[1], why))
    other = _found(figure, "attacked", best[2], why)
    if (
        one is None
        and other is not None
        and figure.speaker in enemies_of(figure, other.side)
        and figure.event not in DEFENCES
        and not figure.stranger
    ):
        one = Found(str(figure.speaker), f"the side that speaks, of its enemy {IMPLIED}")
    if one is None and other is not None and not _anybody(figure, other):
        one = opponent(figure, other.side)
    elif other is None and one is not None:
        other = opponent(figure, one.side)
    return one, other


def _anybody(figure: Figure, attacked: Found) -> bool:
    """Whether nobody can be named who did it: strangers, or what befell people in a war of many."""
    return figure.stranger or (
        in_civil_war(figure)
        and figure.owner is None
        and attacked.why.endswith(IMPLIED)
        and ((figure.group == "people" and figure.item not in SOLDIERS) or figure.group == "site")
    )


def _found(figure: Figure, part: Part, side: str | None, why: dict[tuple[Part, str], Vote]) -> Found | None:
    if side is None:
        return None
    vote = why.get((part, side))
    if vote is None:
        return Found(side, f"the other side {IMPLIED}")
    return Found(side, vote.why if vote.named else f"{vote.why} {IMPLIED}")


def _whose(figure: Figure, attacker: Found | None, attacked: Found | None, votes: list[Vote]) -> Found | None:
    """The target, as the column names it: whose people, whose things."""
    if (works := _state_works(figure, attacker)) is not None:
        return works
    if attacked is None:
        return None
    said = any(v.part == "attacked" and v.side == attacked.side and v.weight >= SENTENCE * 0.5 for v in votes)
    if figure.owner is not None or sufferer(figure) is not None:
        return attacked
    if _coalition_raids(figure, attacker, attacked):
        return attacked
    if in_civil_war(figure) and not from_abroad(figure, attacker, attacked, said) and (
        (figure.group == "people" and figure.item not in SOLDIERS) or figure.item in CIVIL_ITEMS or figure.event in ("launched", "conducted")
    ) and not ((said or _own_blows(figure, attacker)) and figure.event in ("launched", "conducted")):  # fmt: skip
        return None
    if (
        not said
        and not is_group(attacked.side, figure.codebook)  # groups have no merchant ships
        and (figure.item in _SHIPS or _SHIPPING.search(around(figure)))
        and (
            figure.event in ("launched", "hit", "conducted", "captured") or figure.item in ("ship", "person")
        )
    ):
        return None
    return hostages_of(figure) or people_of(figure, attacked)


def _state_works(figure: Figure, attacker: Found | None) -> Found | None:
    """Whose pylons, pipelines and bridges a group destroys: the state runs them for all."""
    state = government(figure)
    if (
        figure.item not in _STATE_WORKS
        or figure.event in ("seized", "held")
        or not in_civil_war(figure)
        or state is None
        or attacker is None
        or state not in enemies_of(figure, attacker.side)
        or (attacker.side in figure.codebook.sides and not is_group(attacker.side, figure.codebook))
    ):
        return None
    return Found(state, f"the state, whose {figure.item.replace('_', ' ')}s a group destroys {IMPLIED}")


def _coalition_raids(figure: Figure, attacker: Found | None, attacked: Found) -> bool:
    """Whether a foreign coalition's strikes are counted: it fights a group, and nobody else in that country."""
    return (
        figure.event == "conducted"
        and attacker is not None
        and in_coalition(figure, attacker.side)
        and is_group(attacked.side, figure.codebook)
        and not _CIVILIANS.search(figure.sentence.text)
    )


def _own_blows(figure: Figure, attacker: Found | None) -> bool:
    """Whether a side tells of its own strikes: they are on its enemy."""
    return (
        attacker is not None
        and figure.speaker is not None
        and enemies_of(figure, attacker.side) != ()
        and figure.speaker not in enemies_of(figure, attacker.side)
        and fights(figure, figure.speaker)
    )


def _joint_toll(figure: Figure) -> bool:
    words = clause(figure)
    if figure.owner is not None or figure.doer is not None:
        return False
    if _BOTH_SIDES.search(words):
        return True
    return (
        figure.item in ("person", "combatant")
        and figure.mention.measure.aggregation == "period"
        and bool(_WAR_TOLL.search(words))
    )


def _joint_subjects(figure: Figure) -> list[str]:
    """The sides at the head of the sentence that act together: "Russia and Ukraine exchanged 170 prisoners"."""
    names = [name for name in figure.names if name.start < figure.mention.quantity.start]
    if len(names) >= 2:
        between = figure.document.article.text[names[0].end : names[1].start]
        if re.fullmatch(r"\s*(?:and|,)\s*(?:the )?", between):
            return [str(name.side) for name in names[:2]]
    return []
