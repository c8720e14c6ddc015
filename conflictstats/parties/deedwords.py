"""The words of `deeds.toml` in a stretch of text, and the noun phrases that names open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from conflictstats.codebook import Codebook
from conflictstats.inflection import noun_forms, verb_forms
from conflictstats.records import Name
from conflictstats.wording import Word, lexicon, read_words

_LONGEST_NOUN = 3
# Counted as attacks, but a monitoring mission in a country is no attack on it, and who fights need not attack.
_SOME = frozenset(
    "one two three four five six seven eight nine ten dozens hundreds scores thousands some several many most all members".split()
)
_NO_DEED = frozenset({"mission", "incident", "security incident", "operation", "fight"})
# Munitions and blows are sent by somebody, aircraft and tanks act for their owner.
_WHAT_IS_COUNTED = {"munition": "attack", "action": "attack", "equipment": "command"}
STOPS = frozenset(
    "in on at of by from with against into over to for near after before during while as when where who which that and or but"
    " than since until between across inside towards toward under around within through via because if so amid following"
    " the a an its their his her our this these those is are was were be been being has have had will would may might could can"
    " did does do also still only again then recently reportedly already".split()
)
# What is of whoever does it: the aggression of a state, the fire of an army.
OWN_DOING = frozenset(
    "aggression aggressions attack attacks strike strikes airstrike airstrikes offensive offensives onslaught assault assaults incursion"
    " incursions fire gunfire missile missiles rocket rockets drone drones bomb bombs shell shells artillery sortie sorties counterattack"
    " counterattacks counteroffensive launch launches barrage barrages ambush ambushes".split()
)
AGAINST = frozenset("on at against into upon targeting towards toward".split())
WITHIN = frozenset("in inside across near around".split())
_GOVERNING = AGAINST | WITHIN | frozenset("of from with to between by for".split())


class Lexis(NamedTuple):
    """The words of `deeds.toml` and the nouns of the codebook, in all their forms."""

    verbs: Mapping[str, tuple[tuple[tuple[str, ...], str, str], ...]]  # first word → other words, does, lemma
    nouns: Mapping[tuple[str, ...], str]  # phrase → does; "thing" for nouns that can only be hit
    openers: frozenset[str]  # first words of these phrases
    participles: frozenset[str]
    flying: Mapping[str, str]  # nouns of what an air defence shoots at


class Unit(NamedTuple):
    """A word, a mark, or a whole name."""

    plain: str
    start: int
    end: int
    name: Name | None
    possessive: bool
    suffix: str  # what a hyphen ties to a name: Russian-*installed*
    mark: bool


@cache
def lexis(codebook: Codebook) -> Lexis:
    """The words that the rules look for."""
    verbs: dict[str, list[tuple[tuple[str, ...], str, str]]] = {}
    nouns: dict[tuple[str, ...], str] = {}
    past = {"hit", "beaten"}
    flying = {}
    for key, item in codebook.items.items():
        if item.group in ("munition", "action", "people", "equipment", "site"):
            # soldiers and guerrillas act for their side, civilians only suffer
            does = "command" if key == "combatant" else _WHAT_IS_COUNTED.get(item.group, "thing")
            for word in set(item.words) - _NO_DEED:
                for form in noun_forms(word):
                    if does == "attack" and item.group == "munition":
                        flying[form] = word
                    nouns[tuple(form.replace("-", " - ").split())] = does
                    nouns[tuple(form.split())] = does
    for deed in codebook.deeds.values():
        for verb in deed.verbs:
            first, *rest = verb.split()
            for form in sorted(verb_forms(first)):
                verbs.setdefault(form, []).append((tuple(rest), deed.does, verb))
                if form != first and not form.endswith(("s", "ing")):
                    past.add(form)
        for noun in deed.nouns:
            for form in noun_forms(noun):
                nouns[tuple(form.split())] = deed.does
    ordered = {form: tuple(sorted(rows, key=lambda row: (-len(row[0]), row))) for form, rows in verbs.items()}
    return Lexis(ordered, nouns, frozenset(phrase[0] for phrase in nouns), frozenset(past), flying)


def read_units(text: str, start: int, end: int, names: Iterable[Name]) -> tuple[Unit, ...]:
    """The words, marks and names of a stretch of text; `names` are those in it, none within another."""
    units: list[Unit] = []
    ahead = iter(sorted(names, key=lambda name: name.start))
    name, taken = next(ahead, None), None
    words = read_words(text, start, end)
    for word, bare in zip(words, _bare(words), strict=True):
        while name is not None and name.end <= word.start:
            name = next(ahead, None)
        if name is None or word.end <= name.start:
            taken = None
            units.append(bare)
        elif name is taken:
            # a later word of the same name
            units[-1] = units[-1]._replace(
                end=word.end, possessive=word.possessive, suffix=_suffix(word, name)
            )
        else:
            taken = name
            units.append(
                Unit(
                    word.plain,
                    word.start,
                    word.end,
                    name,
                    word.possessive,
                    _suffix(word, name),
                    word.is_mark,
                )
            )
    return tuple(units)


@lru_cache(maxsize=512)
def _bare(words: tuple[Word, ...]) -> tuple[Unit, ...]:
    """The words of a sentence as units, as if it held no name."""
    return tuple(
        Unit(word.plain, word.start, word.end, None, word.possessive, "", word.is_mark) for word in words
    )


def _suffix(word: Word, name: Name) -> str:
    tail = word.text[max(0, name.end - word.start) :]
    return tail.lstrip(".-").casefold() if tail.startswith(("-", ".-")) else ""


def head_of(at: int, units: Sequence[Unit], words: Lexis, codebook: Codebook) -> tuple[str | None, int, str]:
    """What the noun phrase is that a name opens ("Russian cruise *missiles*"): its kind, where it ends, the word."""
    kind: str | None = None
    why = units[at].plain
    n = at + 1
    while n < min(len(units), at + 7):
        unit = units[n]
        if unit.mark and unit.plain != "-":
            break
        if unit.name is not None:
            weapon = codebook.weapons.get(unit.name.key or "")
            if unit.name.kind != "weapon" or weapon is None:
                break
            item = codebook.items[weapon.item]
            kind, why = "attack" if item.group == "munition" else "thing", unit.plain
            n += 1
            continue
        if unit.plain in STOPS:
            break
        found = noun_at(n, units, words)
        if found is None:
            owned = n == at + 1 and (
                units[at].possessive or units[at].plain in ("its", "their", "our") or _adjective(units[at])
            )
            if (unit.plain in words.participles or is_saying(unit.plain, codebook)) and not owned:
                break
            if unit.plain in words.verbs and unit.plain.endswith("s") and not owned:
                break  # "Army kills 15 rebels"
            n += 1
            continue
        length, does = found
        if unit.plain in words.participles and length == 1 and not units[n - 1].possessive:
            break
        kind, why = does, " ".join(u.plain for u in units[n : n + length])
        n += length
    return kind, n, why


def _adjective(unit: Unit) -> bool:
    return unit.name is not None and unit.name.kind == "adjective"


def noun_at(n: int, units: Sequence[Unit], words: Lexis) -> tuple[int, str] | None:
    if n >= len(units) or units[n].plain not in words.openers:
        return None
    for length in range(_LONGEST_NOUN, 0, -1):
        phrase = tuple(unit.plain for unit in units[n : n + length])
        if len(phrase) == length and phrase in words.nouns:
            return length, words.nouns[phrase]
    return None


def verb_at(at: int, units: Sequence[Unit], words: Lexis) -> tuple[str, str, int] | None:
    if units[at].name is not None:
        return None
    near = [unit.plain for unit in units[at + 1 : at + 5]]
    for rest, does, lemma in words.verbs.get(units[at].plain, ()):
        if all(word in near for word in rest):
            return does, lemma, 1 + sum(near[n : n + 1] == [word] for n, word in enumerate(rest))
    return None


def is_saying(word: str, codebook: Codebook) -> bool:
    return word in lexicon(codebook).verbs and word != "own"  # "its own men", far oftener than "owned up"


def is_governed(at: int, units: Sequence[Unit]) -> bool:
    """Whether a preposition stands before a name, which then governs no verb."""
    n = at - 1
    while n >= 0 and (units[n].plain in ("the", "a", "an", "nearby") or units[n].plain.endswith("ern")):
        n -= 1
    if (
        n > 0
        and units[n].plain == "of"
        and units[at].plain in ("its", "their", "our")
        and (units[n - 1].plain in _SOME or units[n - 1].plain.isdigit())
        and at + 1 < len(units)
        and units[at + 1].plain != "own"
    ):
        return False  # "three of its fighters attacked"
    return n >= 0 and units[n].plain in _GOVERNING
