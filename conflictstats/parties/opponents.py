"""Who stands against whom in the war that an article tells of, and on whose ground."""

from __future__ import annotations

from collections import Counter

from conflictstats.parties.theatre import (
    CIVIL_ITEMS,
    IMPLIED,
    SOLDIERS,
    TOLLS,
    Figure,
    Found,
    is_civil_office,
)
from conflictstats.wars import REBELS, camp_of, enemies, is_civil, is_group, party, state_of


def two_camps(figure: Figure) -> tuple[str, str] | None:
    """The two sides that fight each other, where the article's war is one between two camps that it names."""
    for war in figure.theatre.wars[:1]:
        camps = figure.codebook.wars[war].sides
        if len(camps) == 2 and not is_civil(war, figure.codebook):
            heads = [
                max(camp, key=lambda side: (figure.theatre.said.get(side, 0), -camp.index(side)))
                for camp in camps
            ]
            if all(figure.theatre.said.get(side, 0) for side in heads):
                heads = [_principal(figure, war, side) for side in heads]
                first, second = sorted(heads, key=lambda side: _first_named(figure, side))
                return first, second
    return None


def _first_named(figure: Figure, side: str) -> int:
    return next(
        (n for n, name in enumerate(figure.document.names) if name.side == side), len(figure.document.names)
    )


def enemies_of(figure: Figure, side: str) -> tuple[str, ...]:
    for war in figure.theatre.wars:
        if found := enemies(side, war, figure.codebook):
            return found
    return ()


def fights(figure: Figure, side: str) -> bool:
    return any(camp_of(side, war, figure.codebook) is not None for war in figure.theatre.wars)


def fits(figure: Figure, one: str, other: str) -> bool:
    """Whether two sides can fight each other: enemies in a war of the article, or not both parties to one."""
    for war in figure.theatre.wars:
        of_one, of_other = camp_of(one, war, figure.codebook), camp_of(other, war, figure.codebook)
        if of_one is not None and of_other is not None:
            return of_one is not of_other
    return True


def opponent(figure: Figure, side: str) -> Found | None:
    found = _named_opponent(figure, side) or _teller(figure, side)
    if (
        found is None
        and figure.theatre.wars
        and (figure.item in SOLDIERS or figure.group in ("equipment", "munition", "ground", "action"))
    ):
        # in a war of two, an army's own enemy need not be named
        war = figure.codebook.wars[figure.theatre.wars[0]]
        own = camp_of(side, figure.theatre.wars[0], figure.codebook)
        if own is not None and len(war.sides) == 2 and side in (own[0], war.government, war.rebels):
            other = next(camp for camp in war.sides if camp is not own)[0]
            unnamed = not figure.theatre.said.get(other, 0) and figure.theatre.said.get(REBELS, 0)
            return Found(REBELS if unnamed else other, f"the side that fights {side} {IMPLIED}")
    return found


def _teller(figure: Figure, side: str) -> Found | None:
    """The side that tells of its enemy, though it never names itself: a governor's post, a fighter's account."""
    if figure.told_by is None or in_civil_war(figure) or figure.told_by not in enemies_of(figure, side):
        return None
    return Found(figure.told_by, f"the side that tells of {side} {IMPLIED}")


def _named_opponent(figure: Figure, side: str) -> Found | None:
    """The side that this side fights in the article, where one camp stands against it or one is named far more."""
    for war in figure.theatre.wars:
        own = camp_of(side, war, figure.codebook)
        if own is None:
            continue
        entry = figure.codebook.wars[war]
        others = dict.fromkeys(
            party(other, (war,), figure.codebook) for camp in entry.sides if camp is not own for other in camp
        )
        said: Counter[str] = Counter()
        for name, n in figure.theatre.said.items():
            said[party(name, (war,), figure.codebook)] += n
        if len(entry.sides) == 2 and entry.government in others:
            return Found(str(entry.government), f"the side that fights {side} {IMPLIED}")
        ranked = sorted(others, key=lambda other: -said[other])
        if in_coalition(figure, side) and figure.event == "conducted":
            groups = [other for other in ranked if said[other] and is_group(other, figure.codebook)]
            if groups and (len(groups) == 1 or said[groups[0]] >= 2 * said[groups[1]]):
                return Found(groups[0], f"the group that {side} fights {IMPLIED}")
        if not ranked or not said[ranked[0]] or _elsewhere(figure, war):
            continue
        if len(entry.sides) > 2 and (
            (len(ranked) > 1 and said[ranked[0]] < 3 * said[ranked[1]]) or not (
                    figure.item in SOLDIERS or _own_dead(figure)
                    or figure.group in ("equipment", "ground")
                    or (figure.group == "munition" and figure.event in ("intercepted", "destroyed"))
                    or (
                        side in (entry.government, entry.coalition) and figure.group in ("munition", "action")
                        and not any(said[other] for other in ranked[1:])
                    )
                )
        ):  # fmt: skip
            return None
        return Found(_principal(figure, war, ranked[0]), f"the side that fights {side} {IMPLIED}")
    return None


def _elsewhere(figure: Figure, war: str) -> bool:
    """Whether what befell people did so in a country that a war is not fought in: Israel's enemy in Syria is not Lebanon."""
    land = state_of(figure.setting, figure.codebook)
    where = figure.codebook.wars[war].countries
    entry = figure.codebook.countries.get(land or "")
    return figure.event in TOLLS and bool(where) and entry is not None and entry.code not in where


def _own_dead(figure: Figure) -> bool:
    """Whether the people counted are those of an armed side, though only called its dead."""
    owner = figure.owner
    return owner is not None and not owner.generic and figure.event in TOLLS and owner.side == figure.speaker


def _principal(figure: Figure, war: str, side: str) -> str:
    """The group that fights from a state's ground where the article names both: Hezbollah, not Lebanon."""
    first = (camp_of(side, war, figure.codebook) or (side,))[0]
    sides = figure.codebook.sides
    hosted = sides[first].kind == "group" and side in sides and sides[side].kind == "state"
    return first if hosted and figure.theatre.said.get(first, 0) else side


def sent_from(figure: Figure, attacker: Found | None) -> Found | None:
    """Who sent what came from a country: "rockets fired from Lebanon" are Hezbollah's, where the article names it."""
    if attacker is None or not attacker.why.rstrip("'\"").endswith(" from"):
        return attacker
    for war in figure.theatre.wars:
        if camp_of(attacker.side, war, figure.codebook) is not None:
            return attacker._replace(side=_principal(figure, war, attacker.side))
    return attacker


def place_side(figure: Figure) -> Found | None:
    """The side on whose ground the place is, where a place in the country is named and not just the country."""
    country = state_of(figure.setting, figure.codebook)
    if figure.setting is None or country is None or figure.setting.place in (None, country):
        return None
    war = figure.theatre.wars[0] if figure.theatre.wars else None
    country = party(country, figure.theatre.wars, figure.codebook)
    if war is None or (is_civil(war, figure.codebook) and camp_of(country, war, figure.codebook) is not None and (
        country in (figure.codebook.wars[war].government,)
    )):  # fmt: skip
        return None
    if camp_of(country, war, figure.codebook) is None:
        return None
    return Found(country, f"{figure.setting.place!r}, which is there")


def home_side(figure: Figure) -> Found | None:
    if not figure.theatre.wars or in_civil_war(figure):
        return None
    if figure.speaker is not None and is_civil_office(figure.attribution, figure.codebook):
        return Found(figure.speaker, "its officials count its people")
    return place_side(figure)


def in_civil_war(figure: Figure) -> bool:
    return bool(figure.theatre.wars) and is_civil(figure.theatre.wars[0], figure.codebook)


def in_coalition(figure: Figure, side: str) -> bool:
    """Whether a side is a foreign one of the coalition that fights groups in a country at war with itself."""
    if not in_civil_war(figure):
        return False
    war = figure.codebook.wars[figure.theatre.wars[0]]
    return (
        war.coalition is not None
        and side != war.government
        and not is_group(side, figure.codebook)
        and side in (camp_of(war.coalition, figure.theatre.wars[0], figure.codebook) or ())
    )


def government(figure: Figure) -> str | None:
    return figure.codebook.wars[figure.theatre.wars[0]].government if figure.theatre.wars else None


def from_abroad(figure: Figure, attacker: Found | None, attacked: Found, said: bool) -> bool:
    """Whether a foreign state strikes the state that is at war with itself, or its own ground is struck from there.

    In a war of more than two camps a foreign state strikes others, too: that it struck the state must be `said`,
    or told by the state itself.
    """
    war = figure.theatre.wars[0]
    government = figure.codebook.wars[war].government
    foreign = (
        attacker is not None
        and attacker.side in figure.codebook.sides
        and figure.codebook.sides[attacker.side].kind == "state"
    )
    if attacked.side == government and attacker is not None:
        return (
            foreign
            and (said or figure.speaker == government or len(figure.codebook.wars[war].sides) == 2)
            and attacker.side != government
            and attacker.side in enemies(str(government), war, figure.codebook)
        )
    home = place_side(figure)
    return home is not None and home.side == attacked.side


def fighters_of(figure: Figure, found: Found) -> Found:
    """The group that fights for a people without a state: "Palestinian rockets" are Hamas's."""
    entry = figure.codebook.sides.get(found.side)
    if entry is None or entry.kind != "people" or not figure.theatre.wars:
        return found
    camp = camp_of(found.side, figure.theatre.wars[0], figure.codebook) or ()
    groups = [side for side in camp if is_group(side, figure.codebook)]
    ranked = sorted(groups, key=lambda side: -figure.theatre.said.get(side, 0))
    return Found(ranked[0], found.why) if ranked else found


def people_of(figure: Figure, attacked: Found) -> Found:
    """Gaza's people are Palestinians, Lebanon's are Lebanese, whichever group fights from there."""
    soldiers = figure.item in SOLDIERS or (figure.group not in ("people",) and figure.item not in CIVIL_ITEMS)
    if soldiers or not figure.theatre.wars:
        return attacked
    camp = camp_of(attacked.side, figure.theatre.wars[0], figure.codebook) or ()
    if not is_group(attacked.side, figure.codebook):
        return attacked
    for side in camp:
        entry = figure.codebook.sides.get(side)
        if entry is not None and (
            entry.kind == "people"
            or (entry.iso is not None and entry.iso in figure.codebook.wars[figure.theatre.wars[0]].countries)
        ):
            return Found(side, f"the people of {attacked.side}'s side")
    return attacked


def hostages_of(figure: Figure) -> Found | None:
    """Groups take hostages, states hold prisoners: the hostages of a war between both are the state's people."""
    pair = two_camps(figure)
    if figure.item != "hostage" or pair is None:
        return None
    states = [side for side in pair if figure.codebook.sides[side].kind == "state"]
    return Found(states[0], f"hostages of a group's {IMPLIED}") if len(states) == 1 else None
