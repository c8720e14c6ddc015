"""Who attacks and who is attacked, as the words around each name of a side tell.

Read from words, not from a parse: attacks are often named in headlines and in sentences that hold no figure
and are never parsed. `parties` asks here what the sentence of a figure, and the text before it, say of an
attack.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from conflictstats.codebook import Codebook
from conflictstats.names import names_within
from conflictstats.parties.deedwords import (
    AGAINST,
    OWN_DOING,
    STOPS,
    WITHIN,
    Lexis,
    Unit,
    head_of,
    is_governed,
    is_saying,
    lexis,
    noun_at,
    read_units,
    verb_at,
)
from conflictstats.parties.referents import ABOUT, BE, CLAUSE, HAVE, OWNING, sides_in
from conflictstats.records import Document
from conflictstats.wars import is_group, wars_of

Part = Literal["attacker", "attacked"]

_NO_OBJECT = frozenset(
    "in on at near by during after since as and or over across from when while last this yesterday overnight".split()
)
_BACKED = ("backed", "made", "supplied", "installed")
_NOT_YET = frozenset(
    "possible potential feared planned threatened looming expected imminent future any".split()
)
_QUOTES = ('"', "“", "‘", "'", "«")
_JOINING = ("and", "/", "&", "-", "–")
_THERE = (" in", " across", " inside", " around", " near")
# "A coalition of groups that included Nusra": a member, not who acts.
_MEMBERS = frozenset("including included includes include like".split())
_TIED = frozenset("linked related bound belonging affiliated loyal allied tied headed".split())
# Behind these a sentence tells what happened before or beside what it is about.
_ASIDE = frozenset("after where because following since retaliation response whose although despite".split())
# Verbs whose object must follow: without one "80 militants killed" happens to the militants.
_NEEDS_OBJECT = frozenset(
    "killed wounded injured destroyed damaged captured arrested eliminated executed neutralised neutralized detained seized".split()
)
_SENDS = frozenset("send use deploy direct deliver".split())
_STOPS_MUNITIONS = frozenset("destroy hit strike eliminate neutralise neutralize shoot sink".split())


# "Was blamed for" is said of whoever did it, "was claimed by" of what was done.
_ACCUSED = frozenset("accuse blame suspect".split())
_OBJECT = 0.7  # sure enough to be the object of a verb before it
_OPERATIONS = frozenset("operation operations campaign campaigns mission missions push manhunt".split())
_AIRCRAFT = re.compile(
    r"\b(?:air[ -]?(?:strike|raid|attack)s?|aerial (?:bombardment|bombing|attack|strike|raid)s?|(?:bombed|strafed|attacked|hit|dropped) by (?:\w+ )?(?:jets?|planes?|warplanes?|helicopters?)"
    r"|(?:warplanes?|fighter jets?|jets|planes|helicopter gunships?|helicopters) (?:\w+ )?(?:bombed|hit|struck|dropped|attacked|strafed|fired|pounded|killed))\b",
    re.I,
)
_DRONES = re.compile(
    r"\bdrone[ -](?:strike|attack|raid)s?\b|\b(?:hit|struck|killed|attacked) by (?:a |an )?(?:\w+ )?drones?\b",
    re.I,
)


class Role(NamedTuple):
    """A side named in a sentence, and the part that it plays there."""

    side: str
    part: Part
    start: int
    end: int
    weight: float
    words: str  # what told so
    does: str = "attack"


@lru_cache(maxsize=512)
def read_roles(document: Document, index: int, speaker: str | None, codebook: Codebook) -> tuple[Role, ...]:
    """The parts that the sides of a sentence play there."""
    sentence = document.sentences[index]
    sides = sides_in(document, index, speaker, codebook)
    if not sides:
        return tuple(_by_means(document, index, codebook))
    weapons = [
        name for name in names_within(document.names, sentence.start, sentence.end) if name.kind == "weapon"
    ]
    units = read_units(document.article.text, sentence.start, sentence.end, (*weapons, *sides))
    words = lexis(codebook)
    fighting = _fighting(wars_of(document, codebook), codebook)
    governments = {codebook.wars[war].government for war in wars_of(document, codebook)[:1]}
    roles = []
    for at, unit in enumerate(units):
        if unit.name is None or unit.name.side is None:
            continue
        if unit.suffix in ABOUT and not (unit.suffix == "led" and is_group(unit.name.side, codebook)):
            continue
        entry = codebook.sides.get(unit.name.side)
        if entry is not None and entry.kind == "organisation" and unit.name.side not in fighting:
            continue
        found = _part(at, units, words, codebook, unit.name.side in governments)
        if found is not None:
            part, weight, why, does = found
            if any(u.plain in _ASIDE for u in units[:at]):
                weight *= 0.75
            first = _joined(at, units)
            if (
                first is not None
                and part == "attacker"
                and first.name is not None
                and first.name.side != unit.name.side
            ):
                # "Syrian and Russian bombing": of two that act together the first is told
                roles.append(Role(str(first.name.side), part, first.start, first.end, weight, why, does))
                continue
            roles.append(Role(unit.name.side, part, unit.start, unit.end, weight, why, does))
    if not any(role.part == "attacker" for role in roles):
        roles += _by_means(document, index, codebook)
    return tuple(roles)


@lru_cache(maxsize=64)
def _fighting(wars: tuple[str, ...], codebook: Codebook) -> frozenset[str]:
    """The sides of some wars."""
    return frozenset(side for war in wars for camp in codebook.wars[war].sides for side in camp)


_FLIES = frozenset("drone missile bomb rocket shell aircraft helicopter".split())
_BEATEN = re.compile(
    r"\b(?:shot|shoot(?:s|ing)?|brought|taken) down\b|\bdown(?:ed|s)\b|\b(?:intercept|destroy|neutrali[sz])|\bloss(?:es)?\b|\blost\b",
    re.I,
)
_IN_STORE = r"(?![- ](?:launch|depot|site|factor|unit|propelled|squad|stock|cach|engineer|part))"


@lru_cache(maxsize=64)
def _weapon(name: str) -> re.Pattern[str]:
    return re.compile(rf"\b{re.escape(name).replace(chr(92) + ' ', '[ -]')}s?\b{_IN_STORE}", re.I)


def _by_means(document: Document, index: int, codebook: Codebook) -> list[Role]:
    """Whose an attack is where nobody is named and only one side of the war has aircraft, drones or such a weapon."""
    war = next((codebook.wars[war] for war in wars_of(document, codebook)[:1]), None)
    sentence = document.sentences[index]
    if war is None:
        return []
    beaten = (
        _BEATEN.search(sentence.text) is not None
    )  # what was shot down or blown up tells of no new attack
    for name in names_within(document.names, sentence.start, sentence.end):
        owner = war.weapons.get(str(name.key)) if name.kind == "weapon" and not beaten else None
        if owner is not None and codebook.weapons[str(name.key)].item in _FLIES:
            return [Role(owner, "attacker", name.start, name.end, 0.6, name.text)]
    weapons = [
        (_weapon(weapon), side)
        for weapon, side in war.weapons.items()
        if weapon not in codebook.weapons and not beaten
    ]
    for pattern, side in (*weapons, (_DRONES, war.drones), (_AIRCRAFT, war.aircraft)):
        found = pattern.search(sentence.text) if side is not None else None
        if found is not None:
            start = sentence.start + found.start()
            if any(
                name.side is not None and 0 <= start - name.end < 25
                for name in names_within(document.names, sentence.start, start)
            ):
                continue  # "Ethiopian or Eritrean jets": whose is said
            return [Role(str(side), "attacker", start, start + len(found.group()), 0.6, found.group())]
    return []


def _is_choice(at: int, units: Sequence[Unit]) -> bool:
    """ "Russian or Syrian warplanes": nobody knows which."""
    for one, other in ((at, at + 2), (at, at - 2)):
        if 0 <= other < len(units) and units[(one + other) // 2].plain == "or":
            name = units[other].name
            if name is not None and name.side is not None and name.side != units[at].name.side:  # type: ignore[union-attr]
                return True
    return False


def _joined(at: int, units: Sequence[Unit]) -> Unit | None:
    """The side that a name is joined to: "Russian" for "Syrian" in "Russian and Syrian jets"."""
    n = at - 1
    if n >= 0 and (before := units[n].name) is not None and before.kind == "adjective":
        return units[n] if before.side is not None and not units[n].possessive else None
    if n < 1 or units[n].plain not in _JOINING:
        return None
    for k in range(n - 1, max(-1, n - 4), -1):
        unit = units[k]
        if unit.name is not None:
            return unit if unit.name.side is not None else None
        if unit.mark or unit.plain in STOPS:
            return None
    return None


class _Told(NamedTuple):
    """The part of a name, how sure that is, and the words that say so."""

    part: Part
    weight: float
    words: str
    does: str = "attack"


def _part(
    at: int, units: Sequence[Unit], words: Lexis, codebook: Codebook, at_home: bool = False
) -> _Told | None:
    """The part that the name at `at` plays; `at_home` where it is the government of a country at war with itself."""
    if _is_dateline(at, units) or _is_about(at, units, words) or _is_choice(at, units):
        return None
    head, after, why = head_of(at, units, words, codebook)
    pronoun = units[at].name is not None and units[at].name.kind == "pronoun"  # type: ignore[union-attr]
    if pronoun and units[at].plain not in OWNING:
        head, after, why = None, at + 1, units[at].plain  # "we get twelve air strikes": they are not ours
    if (
        why == "side"
        and at > 1
        and units[at - 1].plain == "the"
        and units[at - 2].plain in ("on", "from", "to")
    ):
        return None  # "on the Lebanese side" of the border is a place
    if units[at].suffix in ("held", "controlled", "occupied", "ruled"):
        return _before(at, units, words, "thing")
    if (
        units[after - 1].plain in _OPERATIONS
        and after > at + 1
        and not (at_home and after == at + 2)  # "Syrian operations" may be anybody's in Syria
        and any(u.plain in ("in", "during", "by", "after", "amid") for u in units[max(0, at - 4) : at])
    ):
        return _Told("attacker", 0.9, units[after - 1].plain)
    if head == "attack":
        bare = units[at].name.kind in ("state", "capital") and not units[at].possessive  # type: ignore[union-attr]
        if bare and at_home and noun_at(at + 1, units, words) != (1, "command"):
            return None  # "a Syria car bomb": the country where it was
        if units[at].name.kind == "capital" and not units[at].possessive:  # type: ignore[union-attr]
            return _Told("attacked", 0.3, why)  # "the Kyiv strike": where it was
        return _Told("attacker", 1.0, why)
    if head == "defend":
        return _Told("attacked", 0.9, why)
    if head == "lose":
        return _Told("attacked", 0.5, why, "lose")
    if head == "hold":
        return _Told("attacker", 1.0, why)
    acts = not is_governed(at, units) or _has_forces(at, units, words)
    verb = _verb_after(after, units, words, codebook) if head != "place" and acts else None
    if verb is not None:
        # "ambushed the rebels killing 15", "Army kills 15 rebels advances in Jobar": who is hit does neither
        told = _before(at, units, words, head)
        if told is not None and told.part == "attacked" and told.weight >= (0.55 if verb[3] else _OBJECT):
            return told
    if verb is not None:
        does, lemma, passive, _ = verb
        if does == "attack":
            if passive:
                return _Told("attacked", 0.9, lemma)
            if head != "thing":
                return _Told("attacker", 1.0, lemma)
        elif does == "send" and not passive and head != "thing":
            return _Told("attacker", 1.0, lemma, does)
        elif does == "blame" and passive and lemma.split()[0] in _ACCUSED:
            return _Told("attacker", 0.95, lemma)
        elif does == "act" and not passive and head != "thing":
            return _Told("attacker", 0.4, lemma, does)
        elif does == "defend":
            return _Told("attacker", 0.7, lemma, does) if passive else _Told("attacked", 1.0, lemma, does)
        elif does == "lose":
            return _Told("attacked", 0.5, lemma, does)
    if pronoun or (head is None and _speaks(after, units, codebook)):
        return None  # "hit their targets" says nothing of whose they are
    told = _before(at, units, words, head)
    if told is not None and at_home and told.words.endswith(_THERE):
        return None  # "strikes in Syria" are not on its government
    return told


def _is_dateline(at: int, units: Sequence[Unit]) -> bool:
    """ "DAMASCUS (Sputnik) …", "(Reporting from Amman and Beirut)": where the report was written."""
    name = units[at].name
    before = [unit.plain for unit in units[max(0, at - 4) : at]]
    if "reporting" in before and not {"from", "in"}.isdisjoint(before):
        return name is not None and name.kind == "capital"
    following = units[at + 1].plain if at + 1 < len(units) else ""
    return (
        at == 0
        and units[0].name is not None
        and units[0].name.kind == "capital"
        and following in ("(", "-", "–", "—", ":")
    )


def _is_about(at: int, units: Sequence[Unit], words: Lexis) -> bool:
    """ "Turkish backed-groups", "ships linked to the enemy": not the side itself."""
    following = units[at + 1].plain if at + 1 < len(units) else ""
    if following.startswith(_BACKED) or units[at].suffix in ABOUT or (at and units[at - 1].plain in _NOT_YET):
        return True
    before = [unit.plain for unit in units[max(0, at - 4) : at] if unit.plain != "the"]
    if _is_member(at, units):
        return True
    if (
        len(before) >= 2
        and before[-1] in ("to", "for", "with")
        and before[-2] in _TIED
        and not _has_forces(at, units, words)
    ):
        # "casualties linked to Russian air strikes" are the strikes'
        blow = units[at + 1 : at + 4]
        return not any(words.nouns.get((unit.plain,)) == "attack" for unit in blow)
    return False


def _has_forces(at: int, units: Sequence[Unit], words: Lexis) -> bool:
    """ "Forces loyal to President Assad": what they do he does."""
    n = next((n for n in range(at - 1, max(-1, at - 5), -1) if units[n].plain == "loyal"), -1)
    return n > 0 and units[n + 1].plain == "to" and words.nouns.get((units[n - 1].plain,)) == "command"


def _is_member(at: int, units: Sequence[Unit]) -> bool:
    """ "That included Nusra Front and Ahrar al-Sham": named behind "included", alone or in a list."""
    for n in range(at - 1, max(-1, at - 13), -1):
        unit = units[n]
        if unit.plain in _MEMBERS:
            return True
        if unit.name is None and unit.plain not in ("and", "the", ",") and (unit.mark or unit.plain in STOPS):
            return False
    return False


def _speaks(after: int, units: Sequence[Unit], codebook: Codebook) -> bool:
    return after < len(units) and any(is_saying(unit.plain, codebook) for unit in units[after : after + 2])


def _verb_after(
    n: int, units: Sequence[Unit], words: Lexis, codebook: Codebook
) -> tuple[str, str, bool, bool] | None:
    """The first verb behind a noun phrase that tells something: what it does, its lemma, whether it is passive, whether it is a bare "killing"."""
    passive = False
    commas = 0
    for at in range(n, min(len(units), n + 9)):
        unit = units[at]
        if unit.plain == ",":
            commas += 1
            if commas > 1:
                return None
            continue
        if (
            at == n
            and unit.plain == "and"
            and at + 1 < len(units)
            and units[at + 1].plain in words.participles
        ):
            return None  # "killed 160 operatives and taken 14 prisoner": whoever killed has taken
        if unit.plain in CLAUSE or (unit.plain in ("and", "but", "while", "when", "after", "as") and at > n):
            return None
        if unit.plain == "that" or (unit.plain == "against" and at == n):
            return None
        if unit.name is not None and unit.name.side is not None and unit.name.kind != "pronoun":
            before = units[at - 2 if units[at - 1].plain == "the" and at - 2 >= n else at - 1].plain
            if at == n or (before not in WITHIN and before not in ("of", "from", "and", "(", "by", "with")):
                return None
            continue
        if at > n and (
            (noun := noun_at(at, units, words)) is not None
            and noun[1] == "thing"
            and units[at - 1].plain not in BE
        ):
            return None  # another noun phrase, which has the verb that follows
        if unit.plain in BE:
            passive = True
            continue
        if unit.plain in HAVE:
            passive = False
            continue
        deed = verb_at(at, units, words)
        if deed is not None:
            does, lemma, length = deed
            if at > n and _is_noun_here(at, n, units, words):
                continue  # "the occupied areas", "a massive attack"
            if commas and unit.plain.endswith("ing"):
                return None  # "…, advancing": what the sentence is about does that
            follows = units[at + length].plain if at + length < len(units) else ""
            if does == "act" and lemma in _SENDS and _at_munitions(at + length, units, words, codebook):
                does = "send"  # "Russia sent 1,828 drones into Ukraine"
            if lemma in _STOPS_MUNITIONS and _at_munitions(at + length, units, words, codebook):
                does = "defend"
            # a participle without an auxiliary, its agent behind it: "missiles fired by …"
            reduced = unit.plain in words.participles and follows == "by"
            if (
                unit.plain in _NEEDS_OBJECT
                and (
                    follows in _NO_OBJECT
                    or follows in _NEEDS_OBJECT
                    or not follows
                    or not follows[0].isalnum()
                )
                and not _is_number(at + length + 1, units)
            ):
                reduced = True
            if does == "blame" and unit.plain in words.participles and (length > 1 or follows == "of"):
                reduced = True  # "the militia blamed for the raid"
            going = unit.plain.endswith("ing")
            return does, lemma, (passive and not going) or reduced, going and not passive
        if (
            unit.plain in ("behind", "responsible")
            and (units[at - 1].plain in BE or units[at - 1].plain in ("reportedly", "allegedly"))
            and any(
                (noun := noun_at(k, units, words)) is not None and noun[1] == "attack"
                for k in range(at + 1, min(len(units), at + 6))
            )
        ):
            return "attack", unit.plain, False, False  # "were behind the attack"
        if unit.plain in ("object", "target", "victim", "under") and any(
            (noun := noun_at(k, units, words)) is not None and noun[1] == "attack"
            for k in range(at + 1, min(len(units), at + 5))
        ):
            return "attack", "under attack", True, False
        if is_saying(unit.plain, codebook):
            return None
    return None


def _is_number(n: int, units: Sequence[Unit]) -> bool:
    """ "Killed at least 38", "killed over 20": the object is a number behind its hedge."""
    word = units[n].plain if n < len(units) else ""
    return word in ("least", "most", "many") or word[:1].isdigit()


def _at_munitions(n: int, units: Sequence[Unit], words: Lexis, codebook: Codebook) -> bool:
    """Whether what a verb is done to flies: "destroyed 20 drones"."""
    for at in range(n, min(len(units), n + 7)):
        unit = units[at]
        if (unit.mark and unit.plain != "-") or unit.plain in (
            "with",
            "by",
            "using",
            "in",
            "on",
            "at",
            "and",
            "from",
            "including",
            "which",
            "that",
        ):
            return False
        weapon = codebook.weapons.get(unit.name.key or "") if unit.name is not None else None
        if weapon is not None:
            if codebook.group(weapon.item) == "munition":
                return True
        elif (words.flying.get(unit.plain)) is not None:
            return True
    return False


def _is_noun_here(at: int, first: int, units: Sequence[Unit], words: Lexis) -> bool:
    """Whether a determiner, number or preposition in front makes a noun or adjective of what could be a verb."""
    if units[at - 1].plain[:1].isdigit() and units[at].plain.endswith("s"):
        return True  # "closes the year with 76 massacres"
    for n in range(at - 1, max(first - 1, at - 4), -1):
        word = units[n].plain
        if word in ("the", "a", "an", "its", "their", "his", "any", "no"):
            return True
        if word in STOPS or units[n].mark:
            return (
                word in ("of", "in", "on", "by", "with")
                and n == at - 1
                and noun_at(at, units, words) is not None
            )
    return False


def _before(at: int, units: Sequence[Unit], words: Lexis, head: str | None) -> _Told | None:
    """The part of a name by the preposition or verb in front of its noun phrase."""
    for skipped, n in enumerate(range(at - 1, max(-1, at - 8), -1)):
        unit = units[n]
        if not skipped and unit.plain in _QUOTES:
            continue  # mortars fired by "terrorists"
        if unit.mark and unit.plain != "-":
            return None
        if (
            unit.plain in AGAINST
            or unit.plain in WITHIN
            or unit.plain in ("by", "from", "of", "between", "with")
        ):
            return _by_preposition(n, unit.plain, units, words, head)
        if (
            unit.plain == "to"
            and n
            and (blamed := verb_at(n - 1, units, words)) is not None
            and blamed[0] == "blame"
        ):
            return _Told("attacker", 0.95, blamed[1])  # "attacks attributed to the RSF"
        deed = verb_at(n, units, words)
        if deed is not None and _is_verb(n, units):
            does, lemma, _ = deed
            if does == "attack":
                passive = n > 0 and units[n - 1].plain in BE
                return None if passive else _Told("attacked", 0.9 - 0.05 * skipped, lemma)
            if does == "blame":
                return _Told("attacker", 0.95, lemma)
            passive = any(u.plain in BE for u in units[max(0, n - 2) : n])  # "was shot down over Syria"
            return (
                _Told("attacker", 0.8 - 0.05 * skipped, lemma) if does == "defend" and not passive else None
            )
        if unit.plain in ("and", "or", "who", "which", "that", "said", "to", "while", "when", "as", "than"):
            return None
    return None


def _is_verb(n: int, units: Sequence[Unit]) -> bool:
    """Whether a word that may be verb or noun is a verb here: a determiner or owner in front makes it a noun."""
    if n == 0:
        return True
    before = units[n - 1]
    return not before.possessive and before.plain not in (
        "the", "a", "an", "its", "their", "this", "of", "in", "air", "missile", "drone", "military",
    )  # fmt: skip


def _by_preposition(
    n: int, preposition: str, units: Sequence[Unit], words: Lexis, head: str | None
) -> _Told | None:
    for at in range(n - 1, max(-1, n - 13), -1):
        unit = units[at]
        distance = n - at
        if unit.plain in CLAUSE or unit.plain in ("while", "but", "whereas", "said", "says"):
            return None
        if unit.name is not None:
            if unit.name.kind == "weapon" and preposition in AGAINST:
                return _Told("attacked", 0.8, f"{unit.plain} {preposition}")
            continue
        noun = noun_at(at, units, words)
        deed = verb_at(at, units, words)
        kind = deed[0] if deed is not None else noun[1] if noun is not None else None
        why = f"{unit.plain} {preposition}"
        if (
            kind == "blame"
            and deed is not None
            and (deed[1].endswith(f" {preposition}") or (deed[1] == "blame" and preposition == "on"))
        ):
            return _Told("attacker", 0.95, why)
        if preposition in ("by", "of") and distance <= 2 and unit.plain in _OPERATIONS and head != "place":
            return _Told("attacker", 0.9, why)
        if preposition == "by":
            if distance > 5 or (
                distance == 1
                and kind is None
                and unit.plain.endswith(("ed", "held", "led", "run", "lt", "de"))
            ):
                return None  # "areas held by the rebels"
            if kind in ("attack", "send"):
                return _Told("attacker", 1.0, why)
            if kind == "defend":
                return _Told("attacked", 1.0, why, "defend")
        elif preposition == "from":
            if noun is not None and noun[1] == "attack" and distance <= 3:
                return _Told("attacker", 0.7, why)
            if deed is not None and deed[1] in (
                "seize",
                "capture",
                "retake",
                "recapture",
                "liberate",
                "take",
            ):
                return _Told("attacked", 0.8, why)
        elif preposition in ("of", "between", "with"):
            if preposition != "of":
                return None
            if distance > 1 or noun is None or noun[1] == "thing":
                return _of_what(n, units, words)
            if noun[1] == "attack" and unit.plain in OWN_DOING:
                return _Told("attacker", 0.9, why)
            if noun[1] == "attack" and unit.plain not in ("advance", "advances"):
                return _Told("attacked", 0.6, why)
            if noun[1] == "lose":
                return _Told("attacked", 0.5, why, "lose")
            if noun[1] == "command" and (told := _of_what(n, units, words)) is not None:
                return told  # "ambushed a group of rebels": no group that acts
            if noun[1] == "hold" and at and units[at - 1].plain in ("the", "in"):
                return _Told("attacker", 1.0, why)  # "in the hands of the FARC"
            return _of_command(at, units, words) if noun[1] == "command" else None
        elif preposition in WITHIN:
            if noun is not None and noun[1] == "attack":
                return _Told("attacked", 0.5, why) if distance <= 8 and head in (None, "thing") else None
        elif kind in ("attack", "send") or (noun is not None and noun[1] == "attack"):
            return _Told("attacked", 0.9 if distance < 8 else 0.6, why)
    return None


def _of_what(n: int, units: Sequence[Unit], words: Lexis) -> _Told | None:
    """ "Destroyed a command post of the brigade", "strikes on parts of Syria": the whole is what is attacked."""
    for at in range(n - 1, max(-1, n - 8), -1):
        unit = units[at]
        if unit.mark or (unit.name is not None and unit.name.side is not None):
            return None
        if unit.plain in AGAINST:
            return _by_preposition(at, unit.plain, units, words, None)
        deed = verb_at(at, units, words)
        if (
            deed is not None
            and deed[0] == "attack"
            and _is_verb(at, units)
            and not (at and units[at - 1].plain in BE)
        ):
            return _Told("attacked", 0.8, deed[1])
        if unit.plain in WITHIN or unit.plain in ("by", "from", "with", "and", "that", "who", "which"):
            return None
    return None


def _behind_apposition(n: int, units: Sequence[Unit]) -> int:
    """Where the sentence goes on behind "(JNIM, linked to al-Qaeda)" or ", the largest group,"."""
    closing = {"(": ")", ",": ","}.get(units[n].plain) if n < len(units) else None
    end = next((k for k in range(n + 1, min(len(units), n + 15)) if units[k].plain == closing), None)
    return end + 1 if closing is not None and end is not None else n


def _of_command(at: int, units: Sequence[Unit], words: Lexis) -> _Told | None:
    """ "Fighters of the RSF overran the camp": what the fighters do, the RSF does."""
    first = at + 2
    while first < len(units) and units[first].name is None and not units[first].mark:
        first += 1  # "of the RSF"
    first, behind = first + 1, _behind_apposition(first + 1, units)
    while behind != first:
        first, behind = behind, _behind_apposition(behind, units)
    for n in range(first, min(len(units), first + 7)):
        deed = verb_at(n, units, words)
        if deed is not None:
            if deed[0] in ("attack", "send"):
                return _Told("attacker", 0.9, deed[1])
            return _Told("attacked", 0.9, deed[1]) if deed[0] in ("defend", "lose") else None
        if units[n].mark:
            return None
    return None
