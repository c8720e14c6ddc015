"""Which figures are parts of which: "1,200 civilians, including 45 children"; 26 shot down of 32 launched.

Parts are never added to their totals. A link needs words that say so ("of them", "among the dead"), or a list
whose figures add up to the figure before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from conflictstats.lists import head_of_list
from conflictstats.parties.theatre import IMPLIED
from conflictstats.records import Claim, Document, Parties

# How many sentences back a total may stand.
_REACH = 3
_FAR = 8  # … for "the dead", who stay the same through a report
_TOTAL_OF = {"intercepted": "launched", "hit": "launched", "repelled": "conducted"}
_BEFORE = {"released": "captured"}  # "nine were abducted; five were later set free"
_FATES = frozenset("killed wounded missing captured released".split())
_MUNITIONS = frozenset("drone missile drone_or_missile bomb rocket shell explosive".split())
_PEOPLE = frozenset(
    "person civilian child woman women_and_children combatant medic aid_worker journalist hostage prisoner".split()
)
_DEAD = r"(?:dead|victims?|fatalities|deaths|killed|who (?:died|perished|were killed)|slain|martyrs|bodies)"
_HURT = r"(?:wounded|injured|hurt|casualties)"
_FREED = r"(?:freed|released|returned|who (?:came|returned|were (?:freed|released|exchanged|handed))|prisoners|captives|hostages)"
# "five of the dead", "26 of the drones": a share of something definite, said before
# … and not "three members of the force", "37 of the army's men": of those, no figure was told
_OF_THE = re.compile(
    r"\s*(?:(?:percent|per cent|others?|more|each) )?(?:of|among|from) (?:the|these|those|them|all|whom|which)\b(?! (?:enemy\b|\w+['’]s? |\w+est\b))",
    re.I,
)
_OF_THEM = re.compile(
    r"\s*(?:of|from|among) (?:them|whom|which|these|those)\b(?! (?:killed|wounded|injured|who|dead))", re.I
)
_GROUP = rf"(?:the|those) (?:\w+ )?(?P<group>{_DEAD}|{_HURT}|{_FREED})\b"
_AMONG_BEFORE = re.compile(rf"(?:\bamong|(?:^|[,;:] |\bsaid |\bsays )\W*of) {_GROUP}[^.;]*$", re.I)
_AMONG_AFTER = re.compile(rf"[^.;]{{0,70}}?\b(?:were|was|are|is)? ?(?:also )?(?:among|of) {_GROUP}", re.I)
_AMONG_FIGURE = re.compile(
    r"[^.;]{0,80}?\b(?:was|were|are|is|being)?\s*(?:also )?among (?:the |those |some )?$", re.I
)
_AMONG_FIGURE_BEFORE = re.compile(r"(?:^|[.,;:] )(?:among|of) (?:the |those )?$", re.I)
_INCLUDING = re.compile(
    r"\b(?:including|among them|of whom|of which|of them)[ ,:]*(?:(?:\w+[ ,]+){0,3}(?:and|as well as) )?(?:the |about |some )?$",
    re.I,
)
# "three women and five children among them"
_AMONG_THEM = re.compile(
    r"(?:,? (?:and )?(?!(?:an?|one|some|mostly|several)\b)[\w-]+){1,5} among (?:them|whom)\b", re.I
)
# "One was shot down; two fell into the sea": a number by itself at the head of its clause
_BARE = re.compile(r"\s(?:was|were|had|have|has|are|is)\b", re.I)
_OPENS = re.compile(r"(?:^\W*|[;:] (?:and |but )?)$", re.I)


def link_parts(claims: Sequence[Claim], document: Document) -> list[Claim]:
    """The claims, each part with the claim_id of its total, and with its sides where its own words name none."""
    totals: dict[int, int] = {}
    why: dict[int, str] = {}
    for at in range(len(claims)):
        found = _total_of(at, claims, totals, document)
        if found is not None:
            totals[at], why[at] = found
    for at, total in _sums(claims, totals):
        totals[at], why[at] = total, "the list adds up to it"
    for at, total in _listed_sums(claims, document):
        totals[at], why[at] = total, "the list adds up to it"
    linked = list(claims)
    for at in sorted(totals, key=lambda n: (totals[n] > n, n)):
        total_claim = linked[totals[at]]
        linked[at] = replace(linked[at], parties=_sides(linked[at], total_claim))
        if _runs_on(linked[at], total_claim):
            running = f"aggregation: cumulative, as its total, {total_claim.quantity.text!r}"
            measure = linked[at].measure
            measure = replace(measure, aggregation="cumulative", evidence=(*measure.evidence, running))
            linked[at] = replace(linked[at], measure=measure)
    for at, total in totals.items():
        evidence = f"part_of: {claims[total].quantity.text!r} ← {why[at]}"
        linked[at] = replace(
            linked[at], part_of=linked[total].claim_id, evidence=(*linked[at].evidence, evidence)
        )
    return linked


def _runs_on(part: Claim, total: Claim) -> bool:
    """Whether a part of a running total is one: "since May 5,000 were killed, 600 of them children"."""
    if part.measure.event != total.measure.event or part.measure.aggregation != "period":
        return False
    if part.measure.evidence[0].endswith(("(object)", "(subject)")):
        return False  # "seven of the victims died in a strike on a funeral": a verb of its own
    mine, whole = part.setting, total.setting
    no_days_of_its_own = mine.period_start in (None, whole.period_start) and mine.period_text in (
        None,
        whole.period_text,
    )
    return total.measure.aggregation == "cumulative" and no_days_of_its_own


def _sides(part: Claim, total: Claim) -> Parties:
    """The part's sides: those of its total, but for one that its own words name."""
    actor, target = total.parties.actor, total.parties.target
    if part.measure.event != total.measure.event:
        if _TOTAL_OF.get(part.measure.event) != total.measure.event:
            return part.parties
        if part.measure.event != "hit":
            actor, target = target, actor
    mine = part.parties
    named = {line.partition(":")[0] for line in mine.evidence if not line.endswith(IMPLIED)}
    from_total = tuple(
        f"{name}: {side} ← as its total, {total.quantity.text!r}"
        for name, side in (("actor", actor), ("target", target))
        if side is not None and name not in named
    )
    new_actor = mine.actor if "actor" in named else actor or mine.actor
    new_target = mine.target if "target" in named else target or mine.target
    if new_actor == new_target or (new_actor, new_target) == (mine.actor, mine.target):
        return mine
    kept = tuple(line for line in mine.evidence if line.partition(":")[0] in named)
    return Parties(new_actor, new_target, (*kept, *from_total))


def _total_of(
    at: int, claims: Sequence[Claim], totals: dict[int, int], document: Document
) -> tuple[int, str] | None:
    claim = claims[at]
    if claim.quantity.high == 0 and _AMONG_AFTER.match(_words(claim)[1]):
        return None  # "no children were among the dead"
    stated = claim.quantity.of if claim.quantity.of is not None else claim.measure.total
    if stated is not None:
        candidates = [
            n
            for n, other in enumerate(claims)
            if other.quantity.start == stated and n != at and _is_enough(other, claim)
        ]
        if candidates:
            stated_total = _best(claim, candidates, claims)
            return _whole(claim, stated_total, claims, totals, document), "said of it"
    before, after = _words(claim)
    if _OF_THEM.match(after) or (claim.quantity.unit != "percent" and _of_the_thing(claim, after)):
        total = _earlier(at, claims, totals)
        if total is not None:
            return total, after.strip().split(",")[0][:30]
    if _INCLUDING.search(before):
        total = _told_before(at, claims)
        if total is not None:
            return _whole(claim, total, claims, totals, document), "including"
    if _AMONG_THEM.match(after):
        total = _earlier(at, claims, totals, reach=0)
        if total is not None:
            return total, "among them"
    total = _bare(at, claims, totals) if _BARE.match(after) and _OPENS.search(before) else None
    if total is not None:
        return total, "what is told of them"
    group = _group_named(before, after)
    if group is not None and claim.quantity.unit != "km":
        total = _earlier(at, claims, totals, event=group, reach=_FAR)
        if total is not None:
            return total, f"among the {group}"
    later = _among_a_figure(at, claims, document)
    if later is not None:
        return later, "among"
    if claim.measure.event in _TOTAL_OF and claim.measure.item in _MUNITIONS and not claim.quantity.whole:
        total = _launched(at, claims)
        if total is not None:
            return total, "of those launched"
    return _in_the_list(at, claims, totals, document)


def _words(claim: Claim) -> tuple[str, str]:
    sentence, quantity = claim.sentence, claim.quantity
    return sentence.text[: quantity.start - sentence.start], sentence.text[quantity.end - sentence.start :]


def _of_the_thing(claim: Claim, after: str) -> bool:
    """ "26 of the drones", "half of the buildings": the noun behind is what is counted."""
    match = _OF_THE.match(after)
    if match is None or claim.measure.noun is None:
        return False
    return (
        after[match.end() : match.end() + 40].casefold().find(claim.measure.noun.split()[-1].casefold()) >= 0
    )


def _group_named(before: str, after: str) -> str | None:
    """The event whose people the words speak of: "among the dead", "five of the wounded"."""
    match = _AMONG_AFTER.match(after) or _AMONG_BEFORE.search(before)
    if match is None:
        return None
    words = match.group("group")
    if re.fullmatch(_DEAD, words, re.I):
        return "killed"
    if words.casefold() == "casualties":
        return "casualties"
    return "wounded" if re.fullmatch(_HURT, words, re.I) else "released"


def _whole(
    claim: Claim, total: int, claims: Sequence[Claim], totals: dict[int, int], document: Document
) -> int:
    """The total of a figure that is itself a part, where this one stands beside it and not under it."""
    other = claims[total]
    if claim.quantity.unit == other.quantity.unit and claim.quantity.low > other.quantity.high:
        # "472 drones and seven missiles, of which 385": not of the seven
        larger = (
            n for n, one in enumerate(claims) if one.sentence.index == other.sentence.index and n != total
        )
        return next(
            (
                n
                for n in larger
                if claims[n].measure.event == other.measure.event
                and claims[n].quantity.high >= claim.quantity.low
            ),
            total,
        )
    if total not in totals or not _holds(claims[totals[total]], claim):
        return total
    between = document.article.text[other.quantity.end : claim.quantity.start]
    if claim.sentence.index == other.sentence.index and _OF_THEM.match(_words(claim)[1]):
        return total  # "68 were taken to hospital, eight of them in critical condition"
    if claim.sentence.index != other.sentence.index or re.fullmatch(
        r"[^,;.]*(?:, | and |, and )(?:\w+ )?", between
    ):
        return totals[total]
    return total


def _told_before(at: int, claims: Sequence[Claim]) -> int | None:
    """The figure right before in the sentence, for "including"."""
    claim = claims[at]
    for n in range(at - 1, max(-1, at - 3), -1):
        other = claims[n]
        if other.sentence.index != claim.sentence.index:
            break
        if other.measure.event == claim.measure.event and (
            other.measure.item == "other" or _holds(other, claim)
        ):
            return n
    return None


def _earlier(
    at: int, claims: Sequence[Claim], totals: dict[int, int], event: str | None = None, reach: int = _REACH
) -> int | None:
    """The nearest earlier figure that can hold this one: the same kind of thing, a fitting event, not smaller."""
    claim = claims[at]
    event = event or claim.measure.event
    wider = {_TOTAL_OF.get(event), "casualties" if event in ("killed", "wounded") else None}
    for events in ({event}, wider):
        for n in range(at - 1, -1, -1):
            other = claims[n]
            if claim.sentence.index - other.sentence.index > reach:
                break
            if other.measure.event not in events or other.quantity.start == claim.quantity.start:
                continue
            if (
                other.quantity.unit == "percent"
                or other.measure.aggregation == "increment"
                or other.attribution.status == "superseded"
            ):
                continue
            if n in totals and (event != "released" or other.parties.target != claim.parties.target):
                continue
            if event == "released" and None not in (other.parties.target, claim.parties.target) and (
                other.parties.target != claim.parties.target
            ):  # fmt: skip
                continue
            if _holds(other, claim):
                return n
    return None


def _bare(at: int, claims: Sequence[Claim], totals: dict[int, int]) -> int | None:
    """The figure told right before a number without a noun, or the total that both are parts of."""
    claim = claims[at]
    if claim.measure.noun is not None or claim.quantity.unit != "count":
        return None
    events = (claim.measure.event, _TOTAL_OF.get(claim.measure.event), _BEFORE.get(claim.measure.event))
    for n in range(at - 1, -1, -1):
        other = claims[n]
        if claim.sentence.index - other.sentence.index > 1:
            break
        n = totals.get(n, n)
        whole = claims[n]
        if (
            whole.measure.event in events
            and _holds(whole, claim)
            and whole.quantity.low > claim.quantity.low
            and whole.attribution.status == "asserted"
            and whole.measure.aggregation == claim.measure.aggregation == "period"
            and (
                claim.measure.event not in _TOTAL_OF
                or whole.quantity.hedge == claim.quantity.hedge == "exact"
            )
        ):
            return n
    return None


def _is_enough(total: Claim, part: Claim) -> bool:
    """Whether a figure is large enough to hold another one."""
    if total.quantity.unit != part.quantity.unit:
        return True
    return total.quantity.high > 0 and part.quantity.low <= total.quantity.high


def _holds(total: Claim, part: Claim) -> bool:
    """Whether the total's things can be the part's, and are not fewer."""
    one, other = total.measure.item, part.measure.item
    same = (
        one == other
        or (one in _PEOPLE and other in _PEOPLE)
        or (one in _MUNITIONS and one == "drone_or_missile" and other in _MUNITIONS)
    )
    if not same or total.quantity.high == 0:
        return False
    if part.quantity.unit != total.quantity.unit:
        return part.quantity.unit == "percent"
    return not part.quantity.low > total.quantity.high


def _best(claim: Claim, candidates: Sequence[int], claims: Sequence[Claim]) -> int:
    """Of several things that one figure says, the one that the part is a part of."""
    wanted = (_TOTAL_OF.get(claim.measure.event), claim.measure.event)
    return min(
        candidates,
        key=lambda n: (claims[n].measure.event not in wanted, claims[n].measure.event != wanted[0]),
    )


def _among_a_figure(at: int, claims: Sequence[Claim], document: Document) -> int | None:
    """ "Four children were among eight people killed", "among at least 25 injured eight were critical"."""
    claim = claims[at]
    text = document.article.text
    for n in (at + 1, at + 2):
        if n < len(claims) and claims[n].sentence.index == claim.sentence.index:
            other = claims[n]
            between = text[claim.quantity.end : other.quantity.start]
            if (
                other.quantity.start > claim.quantity.end
                and _AMONG_FIGURE.match(between)
                and _holds(other, claim)
            ):
                return n
    for n in (at - 1, at - 2):
        if n >= 0 and claims[n].sentence.index == claim.sentence.index:
            other = claims[n]
            before = text[claim.sentence.start : other.quantity.start]
            if _AMONG_FIGURE_BEFORE.search(before) and _holds(other, claim) and other.quantity.of is None:
                return n
    return None


def _launched(at: int, claims: Sequence[Claim]) -> int | None:
    """The launch that interceptions and hits are a share of, told just before in the same words for the thing."""
    claim = claims[at]
    after = _words(claim)[1]
    said = re.match(r"\s*(?:of (?:the|them|these|those)|(?:of )?(?:the )?other)\b", after) or _OF_THE.match(
        after
    )
    through = (claim.measure.predicate or "").split(" ")[-1] in _THROUGH
    opens = re.match(r"\W*(?:out )?of (?:the|these|those|its|their)\b", claim.sentence.text, re.I)
    if not (said or through or opens) and claim.measure.noun is not None:
        return None
    for n in range(at - 1, -1, -1):
        other = claims[n]
        if claim.sentence.index - other.sentence.index > 1:
            break
        if (
            other.measure.event == _TOTAL_OF[claim.measure.event]
            and other.quantity.start != claim.quantity.start
            and other.measure.item == claim.measure.item
            and _holds(other, claim)
            and other.measure.aggregation == "period"
            and (said or _one_count(claim, other))
            and (through or not opens or other.sentence.index == claim.sentence.index)
        ):
            return n
    return None


_THROUGH = frozenset("through past".split())  # "14 missiles got through": of those that were launched


def _one_count(claim: Claim, other: Claim) -> bool:
    """Whether two plain figures come from one source: "38 drones flew in … 26 were brought down"."""
    return (
        claim.attribution.source == other.attribution.source
        and claim.quantity.hedge == other.quantity.hedge == "exact"
    )


def _in_the_list(
    at: int, claims: Sequence[Claim], totals: dict[int, int], document: Document
) -> tuple[int, str] | None:
    """A part's neighbours in its list are parts too: "including 44 children and eight paramedics"."""
    if at == 0 or at - 1 not in totals:
        return None
    claim, last = claims[at], claims[at - 1]
    fates = {claim.measure.event, last.measure.event}
    if claim.sentence.index != last.sentence.index or (len(fates) > 1 and not fates <= _FATES):
        return None
    between = document.article.text[last.quantity.end : claim.quantity.start]
    if len(between) > 70 or re.search(
        r"[.;:!?]|\b(?:while|but|when|after|said|killed|wounded|injured|another)\b", between
    ):
        return None
    if not re.fullmatch(r"[^,]*(?:,|,? and|&|,? as well as)\s*(?:another |also )?", between):
        return None
    total = totals[at - 1]
    if not _holds(claims[total], claim):
        return None
    words = document.article.text[claims[total].quantity.end : last.quantity.start]
    if len(fates) > 1 and not re.search(r"\bof (?:whom|which)\b", words, re.I):
        return None
    if _OF_THEM.match(_words(last)[1]):
        return total, "the same list"
    if not re.search(r"\b(?:includ\w+|among|of (?:them|whom|which)|them|whom|counting)\b", words, re.I):
        return None
    return total, "the same list"


def _sums(claims: Sequence[Claim], totals: dict[int, int]) -> Iterator[tuple[int, int]]:
    """Lists that add up to the figure before them: "all 22 missiles … seven Kinzhals, eleven Kalibrs and four Iskanders"."""
    for total, whole in enumerate(claims):
        if whole.quantity.unit != "count" or whole.quantity.hedge != "exact" or not whole.quantity.best >= 4:
            continue
        run: list[int] = []
        last = whole.sentence.index
        for n in range(total + 1, len(claims)):
            part = claims[n]
            # the lines of a bulletin follow each other under the sum: "2,228 people … Civilians: 1,389"
            if totals.get(n) in run:
                continue
            line = any(why.endswith("a label") for why in part.measure.evidence)
            if part.sentence.index - (last if line else whole.sentence.index) > (
                2 if line and not run else 1
            ):
                break
            last = part.sentence.index
            if part.quantity.start == whole.quantity.start:
                continue
            alike = (
                part.quantity.hedge == "exact"
                and part.quantity.unit == "count"
                and n not in totals
                and _kin(whole, part)
                and part.quantity.best < whole.quantity.best
            )
            if not alike:
                break
            run.append(n)
            if sum(claims[m].quantity.best for m in run) == whole.quantity.best and len(run) >= 2:
                yield from ((m, total) for m in run)
                break


def _listed_sums(claims: Sequence[Claim], document: Document) -> Iterator[tuple[int, int]]:
    """The lines of a list whose first figures add up to one that stands right above it, whatever they count."""
    lists: dict[int, dict[int, int]] = {}
    for n, claim in enumerate(claims):
        head = head_of_list(claim.sentence, document)
        if head is not None and claim.quantity.unit == "count":
            lists.setdefault(head.index, {}).setdefault(claim.sentence.index, n)
    for head_index, lines in lists.items():
        parts = list(lines.values())
        total = sum(claims[n].quantity.best for n in parts)
        above = [
            n
            for n, claim in enumerate(claims)
            if head_index - 1 <= claim.sentence.index <= head_index
            and claim.quantity.unit == "count"
            and claim.quantity.best == total
        ]
        if len(parts) >= 2 and above:
            yield from ((n, above[-1]) for n in parts)


def _kin(whole: Claim, part: Claim) -> bool:
    """Whether a part of a list can count towards the figure before it."""
    events = {whole.measure.event, part.measure.event}
    if len(events) == 2 and not events <= {"launched", "intercepted", "hit"}:
        # "5,183 casualties: 1,659 killed and 3,524 wounded"
        return (
            whole.measure.event == "casualties"
            and part.measure.event in ("killed", "wounded")
            and _holds(whole, part)
        )
    return _holds(whole, part)
