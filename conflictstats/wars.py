"""Which war an article is about, which war a claim belongs to, and whom words like "the enemy" mean.

A war is read from the sides that an article names: it needs two camps that fight each other, or one and the
ground or the name of the war. The date alone tells nothing, but it settles between wars of the same sides.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from conflictstats.codebook import Codebook, War
from conflictstats.names import find_roles
from conflictstats.records import Document, Name, Parties, Setting
from conflictstats.spellings import fold

# A war whose score is below this share of the first's is not what an article is about.
_PLAUSIBLE = 0.4
# A camp that is seen only through the war's ground or name.
_UNSEEN = 0.4
# Wars long over, or long before their beginning, are what an article is about only for want of another.
_LONG_OVER = timedelta(days=365)
_LONG_BEFORE = timedelta(days=730)
_OUT_OF_TIME = 0.3
_BEFORE_TIME = 0.75
_UNIFORM = re.compile(r"(?:-style)? (?:uniforms?|fatigues|garb|attire|clothing|camouflage)\b", re.I)
_WING = re.compile(r" (?:wing|arm|branch|council|committee)s?\b", re.I)
_MAKE = re.compile(r"-(?:made|built|manufactured|produced|designed|style|type|based)\b", re.I)
_LED = re.compile(r"[- ]led\b", re.I)
_EXTREMISTS = re.compile(
    r"terrorist|militant|militiam|mercenar|jihad|extremist|takfir|islamist|gunm[ae]n|bandit|armed", re.I
)
_STATE_BODY = re.compile(r"army|military|force|police|guard|government|authorit|navy", re.I)
# A noun that a role only describes; what follows a role that stands for itself is a verb, a preposition or a mark.
_FOLLOWED = re.compile(
    r" (?!(?:said|says|say|has|have|had|is|was|were|are|will|would|in|on|at|of|and|or|to|by|with|from|that|who|which|told|also|did)\b"
    r"|\w+ed\b|forces?\b|troops?\b|units?\b|soldiers?\b|jets?\b|spokes)[a-z]\w+",
    re.I,
)
_THE = re.compile(r"\b(?:the|these|those)(?: \w+)? $", re.I)
_ADJECTIVES = re.compile(
    r" (?:(?!and |or |but |in |at |on |to |by |of |with |the |from |said |as )[a-z-]+ ){1,2}", re.I
)
_TERROR = re.compile(
    r"(?:terrorist|extremist|militant) (?:attack|act|bombing|blast|explosion|incident|threat)s?\b", re.I
)
_WHAT_GROUP = re.compile(
    r"(?:['’]?s)?(?: (?:paramilitary|militant|militia|armed|rebel|rival|ruling|main|biggest|largest|powerful|banned|outlawed|islamist|jihadist"
    r"|leftist|marxist|maoist|shi['’]?ite|shia|sunni|kurdish|ethnic|separatist|guerrilla|opposition|resistance|political|terror|terrorist"
    r"|group|movement|organi[sz]ation|party|faction|army|\w+-(?:backed|aligned|allied|linked|led)|and))+ (?:the )?",
    re.I,
)
_AGAINST = re.compile(r"\b(?:anti|counter)[ -]?$", re.I)
_WHOSE = re.compile(r"\b(?:its|their|his|her|our|your|my|foreign|enemy|rebel|un)(?: \w+)? $", re.I)
# How far back "the militants" looks for the group that it means.
_ANTECEDENT = 350
REBELS = "rebels"
_OF_GROUP = re.compile(r" (?:of|from|belonging to) (?:the )?")
# "Colombian rebel group the National Liberation Army", "the rebel movement, M23,"
_BODY = r"(?:group|movement|organi[sz]ation|army|faction|militia|outfit|alliance|network|band|coalition)"
_IS_NAMED = re.compile(rf"(?: {_BODY}|(?<=group)|(?<=movement)|(?<=organi[sz]ation)),? (?:the )?")
_OWNER_REACH = 30  # characters between a name and the role that it owns


@lru_cache(maxsize=16)
def lands(wars: tuple[str, ...], codebook: Codebook) -> frozenset[str]:
    """The countries that wars are in."""
    codes = {code for war in wars for code in codebook.wars[war].countries}
    return frozenset(key for key, entry in codebook.countries.items() if entry.code in codes)


def home_of(wars: tuple[str, ...], codebook: Codebook) -> str | None:
    """The one country that the first of an article's wars is in: as a place it says no more than the war does."""
    at_war = lands(wars[:1], codebook)
    return next(iter(at_war)) if len(at_war) == 1 else None


@lru_cache(maxsize=16)
def wars_of(document: Document, codebook: Codebook) -> tuple[str, ...]:
    """The wars that an article is about, most plausible first; none where it is about no war."""
    text, published = document.article.text, document.article.published
    said = _weights(text, document.names)
    spoken = _spoken_of(text, codebook)
    roles = Counter(name.key for name in find_roles(text, codebook))
    scores = []
    by_name, by_side = _wars_of_names(codebook), _wars_of_sides(codebook)
    touched = {key for name in spoken for key in by_name[name]}
    touched.update(key for side in said for key in by_side.get(side, ()))
    for key, war in codebook.wars.items():
        if key not in touched:
            continue
        timeliness = _timeliness(war, published)
        score = _score(war, said, roles, spoken, timeliness >= _BEFORE_TIME, codebook) * timeliness
        if score > 0:
            scores.append((score, key))
    scores.sort(key=lambda row: (-row[0], row[1]))
    return tuple(key for score, key in scores if score >= _PLAUSIBLE * scores[0][0])


@lru_cache(maxsize=8)
def _wars_of_names(codebook: Codebook) -> Mapping[str, frozenset[str]]:
    """The wars of each name and place that is sought in texts."""
    return _gathered((name, key) for key, war in codebook.wars.items() for name in (*war.names, *war.places))


@lru_cache(maxsize=8)
def _wars_of_sides(codebook: Codebook) -> Mapping[str, frozenset[str]]:
    return _gathered((side, key) for key, war in codebook.wars.items() for camp in war.sides for side in camp)


def _gathered(pairs: Iterable[tuple[str, str]]) -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for name, war in pairs:
        found.setdefault(name, set()).add(war)
    return {name: frozenset(wars) for name, wars in found.items()}


def mentions(names: tuple[Name, ...]) -> Mapping[str, int]:
    """How often each side is named."""
    return Counter(name.side for name in names if name.side is not None)


def _weights(text: str, names: tuple[Name, ...]) -> Mapping[str, float]:
    """How much each side is talked of: a capital may be only the place, a make says nothing of who fights."""
    found: dict[str, float] = {}
    for name in names:
        if name.side is not None and not _MAKE.match(text, name.end):
            found[name.side] = found.get(name.side, 0.0) + (0.5 if name.kind == "capital" else 1.0)
    return found


def _timeliness(war: War, published: date | None) -> float:
    if published is None:
        return 1.0
    if war.start is not None and published < date.fromisoformat(war.start):
        return _BEFORE_TIME if published > date.fromisoformat(war.start) - _LONG_BEFORE else _OUT_OF_TIME
    if war.end is not None and published > date.fromisoformat(war.end) + _LONG_OVER:
        return _OUT_OF_TIME
    return 1.0


def _score(
    war: War,
    said: Mapping[str, float],
    roles: Mapping[str | None, int],
    spoken: frozenset[str],
    in_time: bool,
    codebook: Codebook,
) -> float:
    named = len(spoken.intersection(war.names))
    places = len(spoken.intersection(war.places))
    talked_of = any(side in said for camp in war.sides for side in camp)
    grounds = [side for side in (ground_of(iso, codebook) for iso in war.countries) if side is not None]
    there = sum(math.log1p(said.get(side, 0)) for side in grounds)
    local = bool(named or places or there)
    if not talked_of:
        local = bool(named)
    groups = any(
        said.get(side, 0) and codebook.sides[side].kind == "group" for camp in war.sides for side in camp
    )
    camps = []
    for camp in war.sides:
        weight = sum(math.log1p(said.get(side, 0)) for side in camp)
        if local and war.government in camp:
            weight += 0.5 * math.log1p(roles.get("government", 0))
        if local and (
            war.rebels in camp
            or REBELS in camp
            or (war.government and war.government not in camp and len(war.sides) == 2)
        ):
            weight += 0.5 * math.log1p(roles.get("rebels", 0))
        camps.append(weight)
    fighting = sorted((weight for weight in camps if weight > 0), reverse=True)
    if not in_time and not local:
        return 0.0  # a war of another time needs its ground or its name
    if len(fighting) >= 2:
        score = fighting[1] + 0.5 * fighting[0]
    elif not in_time:
        return 0.0  # a war of another time needs both its camps
    elif fighting and (named or places or groups):
        score = _UNSEEN * fighting[0]
    elif fighting and war.end is None and war.government is None and roles.get("enemy", 0):
        score = _UNSEEN * fighting[0]  # a bulletin that calls the other side only the enemy
    elif named:
        score = _UNSEEN
    elif places >= 2 or (places and (war.end is None or roles.get("rebels", 0))):
        score = _UNSEEN * 0.5
    else:
        return 0.0
    parties = {side for camp in war.sides for side in camp} | set(grounds)
    covered = sum(math.log1p(n) for side, n in said.items() if side in parties)
    everyone = sum(math.log1p(n) for n in said.values())
    share = covered / everyone if everyone else 1.0
    return (score + 0.6 * min(named, 2) + 0.4 * min(places, 4) + 0.15 * there) * (0.4 + 0.6 * share)


_WORD = re.compile(r"\w+")


class _Sought(NamedTuple):
    """A name to look for: folded, and the pattern that finds it."""

    name: str
    folded: str
    pattern: re.Pattern[str]


@lru_cache(maxsize=8)
def _names_of_wars(codebook: Codebook) -> Mapping[str, tuple[_Sought, ...]]:
    """The names and places of all wars, by the words one of which must be in a text that holds them."""
    table: dict[str, list[_Sought]] = {}
    for name in dict.fromkeys(name for war in codebook.wars.values() for name in (*war.names, *war.places)):
        plain = fold(name)
        sought = _Sought(name, plain, re.compile(rf"(?<!\w){re.escape(plain)}(?:'?s)?(?!\w)"))
        first = _WORD.findall(plain)[0]
        for word in (first, f"{first}s") if plain.endswith(first) else (first,):
            table.setdefault(word, []).append(sought)
    return {word: tuple(rows) for word, rows in table.items()}


def _spoken_of(text: str, codebook: Codebook) -> frozenset[str]:
    """The names and places of wars that a text holds."""
    folded, table = fold(text), _names_of_wars(codebook)
    return frozenset(
        sought.name
        for word in table.keys() & set(_WORD.findall(folded))
        for sought in table[word]
        if sought.folded in folded and sought.pattern.search(folded)
    )


@lru_cache(maxsize=8)
def states(codebook: Codebook) -> Mapping[str, str]:
    """The side of each country, by its code."""
    return {side.iso: key for key, side in codebook.sides.items() if side.iso is not None}


def ground_of(country: str | None, codebook: Codebook) -> str | None:
    """The side of an ISO code or a country's name: its state, or the people without a state who live there."""
    if country is None or country in codebook.sides:
        return country
    code = codebook.countries[country].code if country in codebook.countries else country
    state = states(codebook).get(code)
    if state is not None:
        return state
    return next(
        (key for key, side in codebook.sides.items() if side.kind == "people" and country in side.names), None
    )


def state_of(setting: Setting | None, codebook: Codebook) -> str | None:
    """The state on whose ground a place is."""
    return ground_of(setting.country, codebook) if setting is not None else None


def is_civil(war: str, codebook: Codebook) -> bool:
    """Whether a war is fought inside one country, between its government and others of its people."""
    return codebook.wars[war].government is not None


def is_group(side: str | None, codebook: Codebook) -> bool:
    """Whether a side is an armed group, and no state or people; "rebels" are one."""
    entry = codebook.sides.get(side or "")
    return entry is not None and entry.kind == "group"


def camp_of(side: str, war: str, codebook: Codebook) -> tuple[str, ...] | None:
    """The camp of a side in a war; "rebels" are in the camp of those who are meant by it."""
    entry = codebook.wars[war]
    for camp in entry.sides:
        if side in camp or (side == REBELS and entry.rebels in camp):
            return camp
    if side == REBELS and entry.government is not None:
        return next((camp for camp in entry.sides if entry.government not in camp), None)
    return None


def enemies(side: str, war: str, codebook: Codebook) -> tuple[str, ...]:
    """The sides of the other camps of a war, in the codebook's order."""
    own = camp_of(side, war, codebook)
    if own is None:
        return ()
    return tuple(other for camp in codebook.wars[war].sides if camp is not own for other in camp)


# — words that mean a side without naming it —


@lru_cache(maxsize=64)
def named_sides(document: Document, speaker: str | None, codebook: Codebook) -> tuple[Name, ...]:
    """The names of an article together with its roles, each with the side that it means to `speaker`."""
    text, names, wars = document.article.text, document.names, wars_of(document, codebook)
    sided = [name for name in names if name.side is not None]
    ends = [name.end for name in sided]
    found = [_as_party(name, wars, codebook) for name in names]
    owners = dict(zip((name.start for name in names), found, strict=True))
    for before, after in pairwise(sided):
        between = text[before.end : after.start]
        if (
            before.kind in ("state", "adjective", "capital")
            and (_belongs(between) or (after.kind == "group" and _WHAT_GROUP.fullmatch(between)))
            and not (after.kind == "adjective" and _allied(before, after, wars, codebook))
        ):
            # "Yemen's Houthis", "Sudan's paramilitary RSF": the last name is the one that is meant
            owners.pop(before.start, None)
    for role in find_roles(text, codebook):
        if any(name.start < role.end and role.start < name.end for name in names) or _describes(
            role, text, wars, codebook
        ):
            continue
        if _AGAINST.search(text, max(0, role.start - 9), role.start):
            continue  # "the anti-terrorist police" are no terrorists
        following = sided[bisect_right(ends, role.end) :][:1]
        if any(
            name.kind == "group" and _OF_GROUP.fullmatch(text, role.end, name.start) for name in following
        ):
            continue  # "guerrillas of the FARC"
        near = sided[bisect_left(ends, role.start - _OWNER_REACH) : bisect_right(ends, role.start)]
        owner = next((name for name in near if _is_owner(name, role, text)), None)
        if any(
            is_group(name.side, codebook) and _IS_NAMED.fullmatch(text, role.end, name.start)
            for name in following
        ):
            if owner is not None and owner.side is not None and codebook.sides[owner.side].kind == "state":
                owners.pop(owner.start, None)  # no part of Colombia's army
            continue
        if _UNIFORM.match(text, role.end) or _WING.match(text, role.end):
            continue  # "a man in military uniform" may be anybody, a "military wing" is a party's
        if _TERROR.match(text, role.start) and not (
            wars and speaker == codebook.wars[wars[0]].government and _one_foe(wars[0], codebook)
        ):
            continue  # "a terrorist attack" is the rebels' in the words of a state that fights no others, else anybody's
        if role.key == "soldiers" and _WHOSE.search(text, max(0, role.start - 20), role.start):
            continue  # "his soldiers" are not whoever the army is
        rebels = codebook.roles[str(role.key)].means == "rebels"
        if owner is not None and not (
            rebels and owner.side is not None and codebook.sides[owner.side].kind == "state"
        ):
            continue  # "Syrian government forces", "Houthi rebels": the name before it decides
        # "Syrian militants" are whoever fights there, not the group named before
        side = _meant(role, text, sided if owner is None else [], wars, speaker, codebook)
        if side is not None:
            owners[role.start] = replace(role, side=side)
            if owner is not None:
                owners.pop(owner.start, None)  # "Malian rebels" are no part of Mali's army
    return tuple(sorted(owners.values(), key=lambda name: name.start))


def _as_party(name: Name, wars: tuple[str, ...], codebook: Codebook) -> Name:
    side = party(name.side, wars, codebook) if name.side is not None else None
    return name if side == name.side else replace(name, side=side)


def _one_foe(war: str, codebook: Codebook) -> bool:
    """Whether the rebels of a war are known by one name, or by none: in Colombia a bomb may be a drug lord's."""
    entry = codebook.wars[war]
    return entry.rebels is not None or any(REBELS in camp for camp in entry.sides)


def _allied(one: Name, other: Name, wars: tuple[str, ...], codebook: Codebook) -> bool:
    """Whether two states fight in one camp: "Syrian Russian air strikes" are of both."""
    return one.side != other.side and any(
        one.side in camp and other.side in camp
        for war in wars[:1] or codebook.wars
        for camp in codebook.wars[war].sides
    )


def _belongs(between: str) -> bool:
    """Whether nothing but a possessive stands between two names."""
    return between.strip(" \n").lstrip("'’").rstrip() in ("", "s") and len(between) <= 3


def _is_owner(name: Name, role: Name, text: str) -> bool:
    """Whether a name before a role says whose it is: Houthi rebels, Kurdish internal security forces."""
    between = text[name.end : role.start]
    return _belongs(between) or (name.kind == "adjective" and _ADJECTIVES.fullmatch(between) is not None)


def _describes(role: Name, text: str, wars: tuple[str, ...], codebook: Codebook) -> bool:
    """Whether "military" or the like only says what kind of thing follows: "five military facilities"."""
    if codebook.roles[str(role.key)].means != "government" or (
        wars and codebook.wars[wars[0]].government is not None
    ):
        return False
    return _FOLLOWED.match(text, role.end) is not None


@lru_cache(maxsize=4096)
def party(side: str, wars: tuple[str, ...], codebook: Codebook) -> str:
    """The side as the article's war counts it.

    A formation counts as its state where both fight in one camp, and the state as its formation where only
    that fights; a country at war with itself as its army.
    """
    entry = codebook.sides.get(side)
    if entry is None or not wars:
        return side
    war = codebook.wars[wars[0]]
    camp = camp_of(side, wars[0], codebook)
    if camp is None:
        fighting = next(
            (
                own
                for camp in war.sides
                for own in camp
                if own in codebook.sides and codebook.sides[own].of == side
            ),
            None,
        )
        if fighting is not None:
            return fighting
        if (
            war.government is None
            and war.rebels is not None
            and entry.iso is not None
            and entry.iso in war.countries
        ):
            return war.rebels  # Yemen, where only the Houthis fight in a war
        return side
    if entry.of is not None and entry.of in camp:
        return entry.of
    if (
        war.government in camp
        and side != war.government
        and entry.iso is not None
        and entry.iso in war.countries[:1]
    ):
        return str(war.government)
    return side


def _meant(
    role: Name, text: str, sided: list[Name], wars: tuple[str, ...], speaker: str | None, codebook: Codebook
) -> str | None:
    means = codebook.roles[role.key].means if role.key is not None else None
    war = codebook.wars[wars[0]] if wars else None
    before = [name for name in sided if name.end <= role.start]
    if means == "own":
        return speaker
    if means == "other":
        return _other_camp(speaker, sided, wars, codebook) if speaker is not None else None
    if means == "coalition":
        # the one that is called somebody's: "the US-led coalition"
        led = next((name.side for name in sided if _LED.search(text, name.start, name.end + 4)), None)
        if led is None and war is not None and (
            role.text.casefold() != "the coalition" or any(name.side == war.coalition for name in sided)
        ):  # fmt: skip
            return war.coalition
        return led
    if means == "government":
        if war is not None and war.government is not None:
            return war.government
        if not _STATE_BODY.search(role.text):
            return None
        state = next((n for n in reversed(before) if n.side and codebook.sides[n.side].kind == "state"), None)
        return (
            state.side if state is not None and wars and camp_of(str(state.side), wars[0], codebook) else None
        )
    if means == "group":
        groups = [
            name.side for name in (*sided[len(before) :], *before) if _is_fighting_group(name, wars, codebook)
        ]
        return groups[-1] if groups and (before or len(set(groups)) == 1) else None
    if means == "unknown":
        return _just_named(role, text, before, wars, codebook)
    if means == "rebels":
        return _rebels(role, before, sided, wars, codebook)
    return None


def _just_named(
    role: Name, text: str, before: list[Name], wars: tuple[str, ...], codebook: Codebook
) -> str | None:
    """Whom "the gunmen" means: the group named before it, nobody where the gunmen are new to the reader."""
    if not _THE.search(text, max(0, role.start - 12), role.start):
        return None
    for name in reversed(before):
        if role.start - name.end > _ANTECEDENT:
            return None
        if _is_fighting_group(name, wars, codebook):
            return name.side
    return None


def _is_fighting_group(name: Name, wars: tuple[str, ...], codebook: Codebook) -> bool:
    return is_group(name.side, codebook) and any(
        camp_of(str(name.side), war, codebook) is not None for war in wars
    )


def _rebels(
    role: Name, before: list[Name], sided: list[Name], wars: tuple[str, ...], codebook: Codebook
) -> str | None:
    """Whom "the rebels" means: the group of the war that the article names, last before it or alone."""
    war = codebook.wars[wars[0]] if wars else None
    civil = war is not None and war.government is not None
    own_name = war is not None and any(REBELS in camp for camp in war.sides)  # a camp known by no other
    if wars and (
        _EXTREMISTS.search(role.text) or (war is not None and civil and not own_name and war.rebels is None)
    ):
        foes = enemies(str(war.government), wars[0], codebook) if war is not None and civil else None
        for name in reversed(before):
            if role.start - name.end > _ANTECEDENT:
                break
            if (
                name.side is not None
                and codebook.sides[name.side].kind == "group"
                and (foes is None or name.side in foes)
            ):
                return name.side
        if civil and not own_name:
            named = {name.side for name in sided if name.side in (foes or ())}
            if len(named) == 1:
                return named.pop()
    if war is None or not civil:
        return None
    if war.rebels is not None and any(
        name.side == war.rebels and name.kind not in ("force", "leader") for name in sided
    ):
        return war.rebels
    return REBELS


def _other_camp(speaker: str, sided: list[Name], wars: tuple[str, ...], codebook: Codebook) -> str | None:
    said = Counter(name.side for name in sided)
    for war in wars:
        others = enemies(speaker, war, codebook)
        if others:
            return max(others, key=lambda side: (said.get(side, 0), -others.index(side)))
    return None


# — the war of a claim —


def conflict_of(parties: Parties, setting: Setting, wars: tuple[str, ...], codebook: Codebook) -> str | None:
    """The war of one claim: of those that the article is about, the one that its sides and its place fit best.

    A claim that names no side belongs to the war of its place, or to the war that the article is about.
    """
    sides = [side for side in (parties.actor, parties.target) if side is not None and side != "both"]
    country = state_of(setting, codebook)
    best: tuple[float, str] | None = None
    for war in wars:
        score = sum(1.0 for side in sides if camp_of(side, war, codebook) is not None)
        if len(sides) == 2 and sides[1] in enemies(sides[0], war, codebook):
            score += 2.0
        if country is not None and country in (
            ground_of(iso, codebook) for iso in codebook.wars[war].countries
        ):
            score += 1.5
        if best is None or score > best[0]:
            best = (score, war)
    if best is None or (best[0] == 0 and sides and len(wars) > 1):
        return None
    return best[1]
