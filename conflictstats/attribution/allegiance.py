"""For which side a speaker speaks: the one named beside him, his institution's, his place's, or none."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache

from conflictstats.attribution.ground import Scene
from conflictstats.attribution.phrases import ARTICLES, PREPOSITIONS, covering
from conflictstats.attribution.readings import Reading, head_of
from conflictstats.codebook import Codebook
from conflictstats.records import Name
from conflictstats.wars import states
from conflictstats.wording import RANKS, Hit, source_hits

THIRD_PARTY = "third_party"
_RUN_BY = re.compile(
    r"(.+)-(?:appointed|installed|backed|recognised|recognized|supported|led|run|imposed|controlled|affiliated|aligned|linked|held)$",
    re.I,
)
_ANONYMOUS = re.compile(
    r"(?:(?:said|told(?: \w+){1,3}) )?(?:, )?(?:who )?(?:(?:spoke|speaking|talking|talked)(?: \w+){0,4} (?:anonymously|on (?:the )?condition of anonymity|on (?:the )?condition that (?:he|she|they))"
    r"|(?:has |have |had )?(?:asked|asking|wished|wishing|wanted|preferred|requested|requesting|declined|declining|refused)"
    r" (?:anonymity|(?:not )?to (?:be (?:named|identified|quoted)|remain (?:anonymous|unnamed)|give (?:his|her|their) name))"
    r"|(?:on|under) (?:the )?condition of anonymity)"
)
_OF_BOTH = re.compile(r"\b(?:on|of|from) (?:both|either|the two|all)(?: the)? (?:sides?|parties|armies)\b")
_FOREIGN = frozenset(
    "western european foreign arab allied international african asian nato un eu multinational".split()
)
_PRO = re.compile(r"pro-(?!opposition|rebel|democracy|independence|palestin)", re.I)
_RUN_VERBS = frozenset("appointed installed backed led run imposed controlled".split())
_MILITARY = RANKS - frozenset("dr mr mrs ms prof professor rev sen rep gov st sir lord lady".split())
_OFFICIAL = frozenset(
    "official state state-run state-owned government government-run state-controlled".split()
)
_NATIONAL = frozenset("ministry military army government".split())
# What a state has one of: never a region's own.
_CENTRAL = frozenset(
    "president prime-minister government defence-minister minister army air-force navy general-staff foreign-ministry"
    " defence-ministry military-intelligence".split()
)


def party_or_third(side: str | None, scene: Scene) -> str | None:
    """A side that fights in the article's wars; every other state is a third party."""
    if side is None or side == THIRD_PARTY:
        return THIRD_PARTY
    entry = scene.codebook.sides.get(side)
    if entry is not None and entry.iso is not None and entry.iso in scene.governments:
        return scene.governments[entry.iso]
    if (
        entry is None
        or side in scene.parties
        or side in scene.fighting
        or (not scene.parties and _fights(side, scene))
    ):
        return side
    return THIRD_PARTY if entry.kind in ("state", "organisation") else side


def _fights(side: str, scene: Scene) -> bool:
    """Whether, in an article that shows no war, a side is named alone or with another of a war of those days."""
    others = scene.sides - {side}
    published = scene.document.article.published
    for war in scene.codebook.wars.values():
        if published and war.start and war.start > published.isoformat():
            continue
        if any(side in camp for camp in war.sides) and (
            not others or any(others & set(camp) for camp in war.sides)
        ):
            return True
    return False


def named_side(reading: Reading, scene: Scene) -> str | None:
    words = reading.words
    plain = frozenset(reading.plain())
    if "retired" in plain or ("former" in plain and not plain & (_MILITARY | {"commander", "officer"})):
        return THIRD_PARTY  # *a retired officer*, *a former adviser*: nobody's spokesman any more
    behind = " ".join(word.plain for word in words[reading.stretch.first : reading.stretch.last + 5])
    if _OF_BOTH.search(behind):
        return THIRD_PARTY  # *officials on both sides*: neither's
    if (
        reading.person is None
        and _unnamed(reading)
        and all(name.kind == "role" for name in scene.sides_in(reading.start, reading.end))
    ):
        return THIRD_PARTY
    for at in range(*reading.stretch):
        if _RUN_BY.match(words[at].text) and (names := scene.sides_in(words[at].start, words[at].end)):
            backer = scene.codebook.sides.get(names[0].side or "")
            ruled = _backed_state(reading, words[at].end, scene)
            if ruled is not None or (backer is not None and backer.kind == "organisation"):
                return ruled or _home_side(reading, scene)  # *Yemen's UN-recognised government*
            armed = _armed_group(reading, words[at].end, scene)
            return armed or names[0].side
        if words[at].plain in _RUN_VERBS and at + 1 < len(words) and words[at + 1].plain == "by":
            names = scene.sides_in(words[at].start, words[min(at + 4, len(words) - 1)].end)
            if names:
                return names[0].side
    for at in range(*reading.stretch):
        if _PRO.match(words[at].text) and any(
            hit.source.media or hit.key in ("blogger", "official", "authorities", "press-office")
            for hit in reading.hits
        ):
            names = scene.sides_in(words[at].start, words[at].end)
            return names[0].side if names else _home_side(reading, scene)
    known = next((hit.source.side for hit in reading.hits if hit.source.kind == "person"), None)
    if known is not None:
        return known
    head = head_of(reading)
    fixed = [hit for hit in reading.hits if hit.source.side not in ("state", "named", "body", THIRD_PARTY)]
    named = scene.sides_in(reading.start, reading.end)
    if reading.person:
        named += scene.sides_in(words[reading.person.first].start, words[reading.person.last - 1].end)
    if head is None:
        if fixed:
            return fixed[0].source.side
        if "rights" in reading.plain():
            return THIRD_PARTY
        if named:
            last = scene.codebook.sides.get(named[-1].side or "")
            ends = named[-1].end >= reading.end - 2 and last is not None and last.kind == "group"
            return named[-1].side if ends else named[0].side  # *the Lebanese movement Hezbollah*
        ranked = any(words[at].plain in _MILITARY for at in range(*reading.stretch))
        return _home_side(reading, scene) if ranked else None
    rule = head.source.side
    if rule == "named" and head.source.kind == "people":
        # *an official in the mayor's office*, *regional officials*
        local = frozenset(
            "regional local provincial municipal district military police army government state".split()
        )
        if local.intersection(reading.plain()) or any(
            hit.source.kind == "institution" and hit.source.side == "state" for hit in reading.hits
        ):
            rule = "state"
    if rule == "body":
        # a spokesman, a head: for whatever stands with him
        others = [
            hit
            for hit in reading.hits
            if hit is not head and hit.source.side != "body" and hit.source.kind != "person"
        ]
        rule = others[0].source.side if others else _alone(head, reading, scene)
        if others and others[0].source.kind == "people":
            # *a spokesman for American forces*, *a separatist spokesman*
            rule = "named" if others[0].key in ("troops", "rebels") else THIRD_PARTY
    if head.source.media and fixed and fixed[0].source.media:
        return fixed[0].source.side  # *SANA's correspondent*
    if head.key in ("ngo", "political-wing") and (beside := _group_beside(reading, head, scene)):
        return beside
    if not fixed and (leader := _leads_coalition(reading, named, scene)):
        return leader
    if head.key == "media" and rule == THIRD_PARTY and _OFFICIAL.intersection(reading.plain()):
        rule = "state"  # *the official Syrian news agency*
    if rule == THIRD_PARTY:
        if any(
            hit.source.side == "state"
            and hit.source.kind == "institution"
            and not (hit.last == head.first and head.source.kind == "people")
            for hit in reading.hits
            if hit is not head
        ):
            rule = "state"  # *a doctor at the ministry*, but not *a government doctor*
        else:
            return THIRD_PARTY
    if rule not in ("state", "named"):
        return rule
    if any(
        words[at].plain in _FOREIGN and covering(reading.hits, at) is None
        for at in range(reading.stretch.first, head.last)
    ):
        return None  # *a Western diplomat in Nairobi*
    if fixed and not named:
        return fixed[0].source.side
    if any(hit.source.side == THIRD_PARTY and hit.source.kind == "body" for hit in reading.hits):
        return THIRD_PARTY
    if rule == "state" and any(
        hit.source.side == THIRD_PARTY
        and hit.source.kind == "institution"
        and hit.first > head.last
        and (
            reading.words[hit.first - 1].plain in ARTICLES
            or reading.words[hit.first - 1].plain in PREPOSITIONS
        )
        for hit in reading.hits
    ):
        return THIRD_PARTY  # *officers of the Mission*
    aside = _side_beside(reading, scene)
    if aside is not None:
        return aside
    if rule == "named" and any(hit.source.side == THIRD_PARTY for hit in reading.hits if hit is not head):
        return THIRD_PARTY  # *a source at the hospital*
    roles = bool(named) and all(name.kind == "role" for name in named)
    here = scene.home_at(reading.start) if len(scene.homes) > 1 else None
    if roles and (there := _in_power(scene, reading.start)):
        side: str | None = there  # *SANA'A – the armed forces said*: of those who hold the town
    elif roles and here is not None:
        # a digest: other rebels, another army
        side = "rebels" if any(hit.key == "rebels" for hit in reading.hits) else here
    elif named:
        side = named[0].side
        entry = scene.codebook.sides.get(side or "")
        if head.key == "rebels" and entry is not None and entry.kind == "state":
            side = "rebels"  # *the Syrian opposition*, *Congolese rebels*: against that state, not for it
    elif rule == "state":
        side = _home_side(reading, scene)
    else:
        return None
    for hit in reading.hits if side else ():
        side = hit.source.but.get(side or "", side)
    return side


def _unnamed(reading: Reading) -> bool:
    """*an official who asked not to be named*, *an officer, speaking on condition of anonymity,*: who he is stays open."""
    text = " ".join(word.plain for word in reading.words[reading.stretch.last : reading.stretch.last + 14])
    return _ANONYMOUS.match(text) is not None


def _backed_state(reading: Reading, start: int, scene: Scene) -> str | None:
    """*the US-backed Iraqi army*, *the UN-backed Government of National Accord*: a state's own, whoever backs it."""
    head = head_of(reading)
    if head is None or head.source.side != "state":
        return None
    named = [name for name in scene.sides_in(start, reading.end) if name.kind != "role"]
    return named[0].side if named else None


def _armed_group(reading: Reading, start: int, scene: Scene) -> str | None:
    """*the Iran-backed Houthis*: a group that has a name of its own speaks for itself, whoever backs it."""
    for name in scene.sides_in(start, reading.end):
        entry = scene.codebook.sides.get(name.side or "")
        if name.kind != "role" and entry is not None and entry.kind == "group":
            return name.side
    return None


def _group_beside(reading: Reading, head: Hit, scene: Scene) -> str | None:
    """*the Islamic State group*, *the militant group Hamas*: the armed group whose name stands at the noun."""
    words = reading.words
    for name in scene.sides_in(reading.start, reading.end):
        entry = scene.codebook.sides.get(name.side or "")
        if name.kind == "role" or entry is None or entry.kind != "group" or _is_country(name, scene):
            continue
        before = words[head.first - 1] if head.first else None
        behind = words[head.last] if head.last < len(words) else None
        if name.start <= words[head.first].start and name.end >= words[head.last - 1].end - 2:
            return name.side  # the noun is part of the name
        if (
            before is not None and name.end in (before.end, before.end - 2) and name.start <= before.start
        ) or (behind is not None and name.start == behind.start):
            return name.side
    return None


def _is_country(name: Name, scene: Scene) -> bool:
    """*the Sudan Human Rights Monitor*: of the country, not of those who rule it."""
    return name.text.removesuffix("'s").removesuffix("’s") in scene.codebook.countries


def _in_power(scene: Scene, at: int) -> str | None:
    """The group that holds the town a dispatch is dated from, against the government of the country."""
    home = scene.home_at(at)
    entry = scene.codebook.sides.get(home or "")
    return home if entry is not None and entry.kind == "group" and home in scene.parties else None


def _leads_coalition(reading: Reading, named: list[Name], scene: Scene) -> str | None:
    """Whose *the coalition* is: as the article calls it elsewhere; of an officer, the one of the war."""
    if "coalition" not in reading.plain():
        return None
    if named:
        return next((name.side for name in named if "coalition" in name.text.casefold()), None)
    called = next((name.side for name in scene.names if "coalition" in name.text.casefold()), None)
    officer = reading.person is not None or any(hit.source.kind == "office" for hit in reading.hits)
    return called or (scene.coalition if officer else None)


def _alone(head: Hit, reading: Reading, scene: Scene) -> str:
    """For whom a head or a spokesman without a body speaks: of a region, for its authorities; else for nobody."""
    if head.key == "spokesperson" and any(
        words.plain in ("for", "of") for words in reading.words[head.last : reading.stretch.last]
    ):
        return "named"
    local = frozenset(
        "regional city district municipal provincial military army police official town village region".split()
    )
    if local.intersection(reading.plain()) or head.key == "spokesperson":
        return "state"
    if scene.places_in(reading.start, reading.end):
        return "state"
    return "named"


def _side_beside(reading: Reading, scene: Scene) -> str | None:
    """*…, run by the Houthis,* *…, which sides with the army,*"""
    words, at = reading.words, reading.stretch.last
    if at + 2 < len(words) and words[at].text == ",":
        opening = words[at + 1].plain
        if opening in (
            "run",
            "controlled",
            "appointed",
            "installed",
            "backed",
            "loyal",
            "allied",
            "aligned",
        ) or (opening == "which" and words[at + 2].plain in ("sides", "backs", "supports", "is")):
            stop = at + 2
            while stop < len(words) and words[stop].text != ",":
                stop += 1
            if names := scene.sides_in(words[at + 1].start, words[stop - 1].end):
                return names[0].side
            if any(
                word.plain in ("army", "government", "military", "regime") for word in words[at + 1 : stop]
            ):
                return _home_side(reading, scene)
    return None


def _ruler(ground: str, scene: Scene, *, abroad: bool = False) -> str | None:
    """The side that governs a place: of a country at war, or, `abroad` or in no known war, of any country."""
    if ground in scene.codebook.sides:
        return ground
    if ground in scene.governments or not (abroad or not scene.parties):
        return scene.governments.get(ground)
    return states(scene.codebook).get(ground)


@lru_cache(maxsize=8)
def _ministries(codebook: Codebook) -> frozenset[str]:
    return frozenset(key for key in codebook.sources if key.endswith("-ministry"))


@lru_cache(maxsize=16)
def _told_of(scene: Scene, central: bool) -> tuple[tuple[int, str], ...]:
    """Where an article names a place that somebody governs, and who, in order; `central`: whole countries only."""
    return tuple(
        (start, side)
        for start, ground in scene.places
        if (side := _ruler(ground, scene)) and not (central and ground in scene.codebook.sides)
    )


_TOLD_IN = re.compile(
    r"[^.;]{0,40}\b(?:told|briefed|addressed)\s(?:(?:a|the|military|foreign|defen[cs]e)\s){0,2}"
    r"(?:reporters|journalists|correspondents|newsmen|briefing|press\sconference|parliament)\s(?:\w+day\s)?in\s"
)
_BRIEFING = 110  # characters


def _briefing(reading: Reading, scene: Scene) -> str | None:
    """The side in whose capital somebody speaks to the press: *General Rudakov told reporters in Moscow*."""
    text = scene.document.article.text
    for name in scene.sides_in(reading.end, reading.end + _BRIEFING):
        if (
            name.kind == "capital"
            and name.side in scene.parties
            and _TOLD_IN.fullmatch(text, reading.end, name.start)
        ):
            return name.side
    return None


def _home_side(reading: Reading, scene: Scene) -> str | None:
    """The side whose army, police or governor is meant where the phrase does not say.

    The side of the place in the phrase; the side that the same institution is named with elsewhere; else the
    one of the place that the sentence, then the text before it, then the rest of the article speaks of.
    """
    for _, ground in scene.places_in(reading.start, reading.end):
        if side := _ruler(ground, scene, abroad=True):
            return side
    if there := _briefing(reading, scene):
        return there
    keys = {hit.key for hit in reading.hits}
    if "ministry" in keys:
        keys |= _ministries(scene.codebook)
    if {"military", "army"}.intersection(reading.plain()) and all(
        hit.source.kind != "institution" for hit in reading.hits
    ):
        keys |= {"army"}  # *a military spokesman*: of the army that was named
    if before := scene.owned_before(keys, reading.start):
        return before
    central = bool(keys & _CENTRAL)
    first, last = reading.words[0].start, reading.words[-1].end
    told = _told_of(scene, central)
    national = central or bool(_NATIONAL.intersection(reading.plain()))
    if there := _in_power(scene, reading.start):
        return there
    home = scene.home_at(reading.start)
    if national and home is not None and home in scene.sides:
        return home  # *ANKARA - … the defence ministry said*
    if not scene.sides_in(reading.start, reading.end) and (later := scene.first_owned(keys)):
        return later  # *…, the Health Ministry said. […] Iran's Health Ministry*
    here = bisect_left(told, (first,))
    if here < len(told) and told[here][0] < last:
        return told[here][1]
    text = scene.document.article.text
    for name in scene.sides_in(first, last):
        if (
            name.kind != "role"
            and text[max(0, name.start - 3) : name.start].casefold() == "in "
            and name.side in scene.parties
        ):
            return name.side  # *In Israel 24 have died, by official count*
    if earlier := bisect_left(told, (reading.start,)):
        return told[earlier - 1][1]
    if after := scene.first_owned(keys):
        return after
    if told:
        return told[0][1]
    spoken = [(start, side) for start, _, side in scene.owned]
    if spoken:
        return max([row for row in spoken if row[0] < reading.start] or [min(spoken)])[1]
    carried = [
        hit.source.side
        for hit in source_hits(reading.words, scene.codebook)
        if hit.source.media and hit.source.side in scene.codebook.sides
    ]
    if carried:
        return carried[0]  # *SANA quoted a military source*
    ruling = tuple(dict.fromkeys(scene.governments.values()))
    if len(ruling) > 1:
        # *116 Ukrainian drones were shot down, the ministry said*: whose the drones are does not speak
        named = {name.side for name in scene.names if name.kind != "adjective"}
        ruling = tuple(side for side in ruling if side in named)
    if len(ruling) == 1:
        return ruling[0]
    own = [side for side in scene.parties if (e := scene.codebook.sides.get(side)) and e.kind == "state"]
    if len(own) == 1:
        return own[0]
    return None
