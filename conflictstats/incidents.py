"""Which claims of an article are about one attack, battle or exchange, and what they take from each other.

Claims join an incident by what they share: the sides in their parts, the day and the place where they say
one, and the flow of the text. A claim that states no period or place then takes the one that its incident was told
with before it (basis `incident`); one that is left without a period takes the days that a news report covers (basis `dateline`).
Where its source has just spoken of another time, neither is better than the other: its period stays unknown.
Totals over time, stocks and rates belong to no incident, and nothing that is stated is ever overwritten.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from conflictstats.codebook import Codebook
from conflictstats.periods import dateline_period
from conflictstats.places.gazetteer import SPECIFICITY
from conflictstats.places.links import links
from conflictstats.records import Basis, Claim, Document, Setting
from conflictstats.setting.covered import covered_days
from conflictstats.setting.nesting import innermost
from conflictstats.setting.scene import Scene, scene_of
from conflictstats.wars import home_of, wars_of

# What can belong together: an attack from afar, a fight on the ground, an exchange of people.
_STRIKE = frozenset("launched intercepted hit damaged destroyed cut_off".split())
_GROUND = frozenset("advanced seized repelled conducted".split())
_EXCHANGE = frozenset({"released"})
_TOLLS = frozenset("killed wounded casualties missing captured displaced".split())
_DEFENCES = frozenset({"intercepted", "repelled"})
_VOLLEY = frozenset({"launched", "intercepted"})
_TOLD = ("stated", "carried")
_REACH = 2  # sentences that an incident lives without being mentioned
_LONG = 12  # … where its place, day or a word like "the attack" leads back to it
_ELSEWHERE = re.compile(
    r"^\W*(?:meanwhile|elsewhere|separately|in (?:a|another) (?:separate|different|other)|in (?:other|related) |earlier|previously|last (?:week|month|year)"
    r"|(?:another|in one) (?:attack|strike|raid|blast|incident)\b|in all\b|since\b|so far\b|in total)",
    re.I,
)
_ATTACKS = (
    "attack|strike|raid|blast|explosion|bombing|shelling|assault|ambush|barrage|bombardment|massacre|battle|clash|fighting"
    "|exchange|swap|offensive|operation|incident|dead|wounded|injured|victim|drone|missile|rocket"
)
# "that 178 drones were launched" and "that drones were launched" lead back to nothing
_BACK = re.compile(
    rf"\b(?:the|these|those|its) (?:\w+ ){{0,2}}(?:{_ATTACKS})s?\b|\b(?:this|that) (?:[^\W\d]+ ){{0,2}}(?:{_ATTACKS})\b",
    re.I,
)


_INCLUDED = re.compile(
    r"\W*(?:the|this|that) (?:\w+ )?(?:figure|number|total|toll|count|tally) (?:also )?includ(?:es|ed)\b",
    re.I,
)


@dataclass
class _Incident:
    """One attack while the article is being read."""

    members: list[int] = field(default_factory=list)
    attacker: str | None = None
    attacked: str | None = None
    kinds: set[str] = field(default_factory=set)
    last: int = 0  # the sentence that mentioned it last


def find_incidents(claims: Sequence[Claim], document: Document, codebook: Codebook) -> list[Claim]:
    """The claims with their incident, and with the period and place that they take from it or from the dateline."""
    claims = _running_as_their_totals(claims)
    incidents = _gather(claims)
    scene = scene_of(document, codebook)
    land = home_of(wars_of(document, codebook), codebook)
    home = None if land is None else codebook.countries[land].code
    found = list(claims)
    own_times = _own_times(claims)
    number = 0
    for incident in incidents:
        if len(incident.members) < 2:
            continue
        number += 1
        key = f"{document.article.sha256[:8]}-{number}"
        for n in incident.members:
            others = [claims[m] for m in incident.members if m != n]
            setting, evidence = _inherit(claims[n], others, own_times[n], scene, home, codebook)
            found[n] = replace(
                claims[n], incident=key, setting=setting,
                evidence=(*claims[n].evidence, f"incident: {key}, with {len(others)} more", *evidence),
            )  # fmt: skip
    dated: dict[str, Claim] = {}
    for claim, own in zip(found, own_times, strict=True):  # a total stands before its parts
        claim = _date_by_line(_date_by_total(claim, dated), own, document, codebook)
        dated[claim.claim_id] = claim
    return [dated[claim.claim_id] for claim in found]


def _running_as_their_totals(claims: Sequence[Claim]) -> list[Claim]:
    """A part without a time of its own runs as long as its total: "one million have been killed or injured since the
    invasion. The figure includes 80,000 troops".
    """
    by_id = {claim.claim_id: claim for claim in claims}
    running = []
    for claim in claims:
        total = by_id.get(claim.part_of or "")
        if (
            total is not None
            and total.measure.aggregation == "cumulative"
            and claim.measure.aggregation == "period"
            and claim.measure.event in _TOLLS
            and _timeless(claim.setting)
            and (total.sentence.index == claim.sentence.index or _INCLUDED.match(claim.sentence.text))
        ):
            why = f"aggregation: cumulative, as its total ({total.quantity.text!r})"
            measure = replace(claim.measure, aggregation="cumulative")
            claim = replace(claim, measure=measure, evidence=(*claim.evidence, why))
        running.append(claim)
    return running


def _gather(claims: Sequence[Claim]) -> list[_Incident]:
    incidents: list[_Incident] = []
    by_id = {claim.claim_id: n for n, claim in enumerate(claims)}
    place: dict[int, _Incident] = {}
    for n, claim in enumerate(claims):
        if not _single(claim):
            continue
        total = by_id.get(claim.part_of) if claim.part_of is not None else None
        if total is not None and total in place:
            incident: _Incident | None = place[total]
        else:
            fitting = [i for i in incidents if _joins(claim, i, claims)]
            incident = max(fitting, key=lambda i: (_nearness(claim, i, claims), i.last), default=None)
        if incident is None:
            incident = _Incident()
            incidents.append(incident)
        _add(n, claim, incident)
        place[n] = incident
    return incidents


def _single(claim: Claim) -> bool:
    """Whether a claim counts one event and not a sum over time."""
    return (
        claim.measure.aggregation in ("period", "increment")
        and claim.measure.event in _STRIKE | _GROUND | _EXCHANGE | _TOLLS
        and claim.attribution.status != "hypothetical"
        and not (_days(claim) is not None and _days(claim) > 4)  # type: ignore[operator]
    )


def _days(claim: Claim) -> int | None:
    start, end = claim.setting.period_start, claim.setting.period_end
    return (end - start).days + 1 if start is not None and end is not None else None


def _add(n: int, claim: Claim, incident: _Incident) -> None:
    attacker, attacked = _duel(claim)
    incident.attacker = incident.attacker or attacker
    incident.attacked = incident.attacked or attacked
    incident.kinds.add(_kind(claim))
    incident.members.append(n)
    incident.last = claim.sentence.index


def _duel(claim: Claim) -> tuple[str | None, str | None]:
    """Attacker and attacked, whichever of them the event calls its actor."""
    actor, target = claim.parties.actor, claim.parties.target
    return (target, actor) if claim.measure.event in _DEFENCES else (actor, target)


def _kind(claim: Claim) -> str:
    event = claim.measure.event
    if event in _EXCHANGE:
        return "exchange"
    if event in _GROUND and not (event == "conducted" and claim.measure.item in ("airstrike", "shelling")):
        return "ground"
    return "toll" if event in _TOLLS else "strike"


def _joins(claim: Claim, incident: _Incident, claims: Sequence[Claim]) -> bool:
    attacker, attacked = _duel(claim)
    if attacker and incident.attacker and attacker != incident.attacker:
        return False
    if attacked and incident.attacked and attacked != incident.attacked:
        return False
    kinds = incident.kinds | {_kind(claim)}
    if ("exchange" in kinds and len(kinds) > 1) or {"ground", "strike"} <= kinds:
        return False
    members = [claims[m] for m in incident.members]
    if any(not _same_days(claim, other) for other in members):
        return False
    if any(not _same_place(claim.setting, other.setting) for other in members):
        return False
    gap = claim.sentence.index - incident.last
    if gap == 0:
        return True
    if _ELSEWHERE.match(claim.sentence.text):
        return False
    if gap <= _REACH:
        return True
    return gap <= _LONG and (
        _shares_setting(claim, members)
        or bool(_BACK.search(claim.sentence.text))
        or any(_repeats(claim, other) for other in members)
    )


def _nearness(claim: Claim, incident: _Incident, claims: Sequence[Claim]) -> int:
    members = [claims[m] for m in incident.members]
    return 2 * _shares_setting(claim, members) + any(_duel(claim) == _duel(other) for other in members)


def _same_days(claim: Claim, other: Claim) -> bool:
    """Whether two claims can be of one time: one says nothing, or one's days lie in the other's."""
    if claim.setting.period_start is None or other.setting.period_start is None:
        return True
    if claim.setting.period_end is None or other.setting.period_end is None:
        return True
    latest = max(claim.setting.period_start, other.setting.period_start)
    earliest = min(claim.setting.period_end, other.setting.period_end)
    return latest <= earliest


def _same_place(one: Setting, other: Setting) -> bool:
    """Whether two claims can be of one place: one says nothing, they agree, or one's place holds the other's."""
    if one.place_id is None or other.place_id is None or one.place_id == other.place_id:
        return True
    if one.country and other.country and one.country != other.country:
        return False
    return bool(one.place in (other.region, other.country) or other.place in (one.region, one.country))


def _shares_setting(claim: Claim, members: Sequence[Claim]) -> bool:
    return any(
        (claim.setting.place_id is not None and claim.setting.place_id == other.setting.place_id)
        or (
            claim.setting.period_start is not None
            and claim.setting.period_start == other.setting.period_start
        )
        for other in members
    )


def _repeats(claim: Claim, other: Claim) -> bool:
    return (
        claim.measure.event == other.measure.event
        and claim.measure.item == other.measure.item
        and claim.quantity.best == other.quantity.best
    )


def _elsewhere(giver: Claim, claim: Claim, scene: Scene, codebook: Codebook) -> bool:
    """Whether the claim's sentence names places that may be its own, and none of them is the giver's.

    In the giver's own sentence only those behind the claim's figure count, up to the next: "64 over Tula, 17 over
    Crimea and the Black Sea".
    """
    place = giver.setting.place
    if place is None:
        return False
    sentence, start, stop = claim.sentence, claim.sentence.start, claim.sentence.end
    if giver.sentence.index == sentence.index:
        start = claim.quantity.end
        stop = min((q.start for q in sentence.quantities if q.start >= start), default=stop)
    named = [p for p in scene.places if start <= p.start < stop]
    if not named:
        return False
    words = set(place.split())
    if not any(words & set(p.text.split()) for p in named):
        return True
    if giver.sentence.index == sentence.index:
        return False
    # "near Deir Ezzor and Raqqa": of both, so that one that an earlier sentence names alone is not its own
    inner = innermost(named, sentence, links(codebook))
    ranks = [SPECIFICITY[p.kind] for p in inner if not words & set(p.text.split())]
    return any(SPECIFICITY[p.kind] in ranks for p in inner if words & set(p.text.split()))


def _moved_on(giver: Claim, claim: Claim, scene: Scene) -> bool:
    """Whether the article has named another place since, which is not around the giver's."""
    given = giver.setting
    known = set(f"{given.place} {given.region or ''} {given.country or ''}".split())
    since = [p for p in scene.places if giver.sentence.end <= p.start < claim.sentence.start]
    own = max((SPECIFICITY[p.kind] for p in scene.places if p.text == given.place), default=0)
    return any(
        SPECIFICITY[p.kind] >= own and known.isdisjoint(p.text.split()) and p.place_id != given.place_id
        for p in since
    )


def _inherit(
    claim: Claim,
    others: Sequence[Claim],
    own: Setting | None,
    scene: Scene,
    home: str | None,
    codebook: Codebook,
) -> tuple[Setting, tuple[str, ...]]:
    """The claim's setting, filled from the nearest member of its incident that states what it lacks."""
    setting = claim.setting
    evidence: list[str] = []
    near = sorted(
        (other for other in others if _told_before(other, claim)),
        key=lambda other: (abs(other.sentence.index - claim.sentence.index), other.quantity.start),
    )
    if _timeless(setting):
        giver = next((o for o in near if _gives_days(o) and _is_near(o, claim)), None)
        if giver is not None and not _differs(own, giver.setting):
            setting = replace(
                setting, period_start=giver.setting.period_start, period_end=giver.setting.period_end,
                period_text=giver.setting.period_text, period_basis="incident",
            )  # fmt: skip
            evidence.append(
                f"period: {giver.setting.period_text!r}, of its incident ({giver.quantity.text!r})"
            )
    if setting.place is None:
        giver = next((o for o in near if _gives_place(o, claim, home)), None)
        if giver is not None and not (
            _elsewhere(giver, claim, scene, codebook) or _moved_on(giver, claim, scene)
        ):
            source = giver.setting
            setting = replace(
                setting, place=source.place, place_id=source.place_id, region=source.region, country=source.country,
                lat=source.lat, lon=source.lon, place_basis="incident",
            )  # fmt: skip
            evidence.append(f"place: {source.place}, of its incident ({giver.quantity.text!r})")
    return setting, tuple(evidence)


def _is_near(giver: Claim, claim: Claim) -> bool:
    return claim.sentence.index - giver.sentence.index <= _REACH


def _told_before(giver: Claim, claim: Claim) -> bool:
    """A claim takes the day and the place of what was told before it, and a headline those of the sentence below.

    Of the annotated articles' own days and places (`tests/gold`, tune parts), those taken from a claim further down
    were right 2 times, both in headlines, and wrong 35 times.
    """
    ahead = giver.sentence.index - claim.sentence.index
    return ahead <= (1 if claim.sentence.index <= 1 else 0)


def _timeless(setting: Setting) -> bool:
    return setting.period_start is None and setting.period_end is None and setting.period_text is None


def _gives_days(claim: Claim) -> bool:
    return claim.setting.period_start is not None and claim.setting.period_basis in _TOLD


def _gives_place(giver: Claim, claim: Claim, home: str | None) -> bool:
    """A volley as a whole is told before where a part of it came down: that is not where all of it flew. Nor does
    a part tell where its total was: "139 drones, 56 of them over Belgorod". The country of a civil war is the place
    of what is said to be there, and of nothing else.
    """
    if home is not None and giver.setting.place_id == home:
        return False
    if claim.measure.event in _VOLLEY and giver.sentence.index > claim.sentence.index:
        return False
    if giver.part_of == claim.claim_id:
        return False
    return giver.setting.place is not None and giver.setting.place_basis in _TOLD


def _differs(own: Setting | None, days: Setting) -> bool:
    return own is not None and (own.period_start, own.period_end) != (days.period_start, days.period_end)


def _own_times(claims: Sequence[Claim]) -> list[Setting | None]:
    """For each claim the time that its source last spoke of, up to its sentence; the narrator's is the incident's."""
    last: dict[str, Setting] = {}
    own: list[Setting | None] = []
    for _, sentence in groupby(claims, key=lambda claim: claim.sentence.index):
        together = [(claim.attribution.source_id or claim.attribution.source, claim) for claim in sentence]
        last.update((who, claim.setting) for who, claim in together if who is not None and _gives_days(claim))
        own += [last.get(who or "") for who, _ in together]
    return own


def _date_by_total(claim: Claim, dated: Mapping[str, Claim]) -> Claim:
    """A part without a time of its own is of its total's time: "178 drones in seven days … 87 of them were Shaheds"."""
    total = dated.get(claim.part_of or "")
    setting = claim.setting
    if total is None or not _timeless(setting):
        return claim
    whole = total.setting
    if whole.period_start is None or total.measure.aggregation != claim.measure.aggregation:
        return claim
    basis = whole.period_basis if whole.period_basis in ("dateline", "report") else "incident"
    return replace(
        claim,
        setting=replace(
            setting,
            period_start=whole.period_start,
            period_end=whole.period_end,
            period_text=whole.period_text,
            period_basis=basis,
        ),
        evidence=(*claim.evidence, f"period: {whole.period_text!r}, of its total ({total.quantity.text!r})"),
    )


def _date_by_line(claim: Claim, own: Setting | None, document: Document, codebook: Codebook) -> Claim:
    """A claim that counts news and has no period yet is taken to be of the days that a report covers.

    Not where its source has just spoken of another time: "250 missiles in the past week … 68 drones" leaves open
    which days the 68 are of.
    """
    setting = claim.setting
    if (
        setting.period_start is not None
        or setting.period_text is not None  # it names its own time, only not one that can be dated
        or claim.measure.aggregation != "period"
    ):
        return claim
    if claim.attribution.status in ("hypothetical", "superseded") or claim.measure.event in (
        "other",
        "held",
        "missing",
    ):
        return claim
    basis: Basis = "dateline"
    covered = covered_days(document, codebook)
    if covered is not None and covered.first is not None and covered.last is not None:
        start, end, basis, why = covered.first, covered.last, "report", "the days that the report covers"
    else:
        days = dateline_period(document.article.published, codebook)
        if days is None:
            return claim
        (start, end), why = days, "the days up to publication"
    if own is not None and not (start <= (own.period_start or start) and (own.period_end or end) <= end):
        words = f"period: unknown, since its source has just spoken of {own.period_text!r}"
        return replace(claim, evidence=(*claim.evidence, words))
    return replace(
        claim,
        setting=replace(setting, period_start=start, period_end=end, period_basis=basis),
        evidence=(*claim.evidence, f"period: {start} to {end}, {why}"),
    )
