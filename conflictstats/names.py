"""Where an article names a side, its leaders and forces, or a weapon; and neutral words to parse instead.

Names are found by the codebook's words, not by a statistical recogniser. The longest name wins. A name that
others bear too (`shared`) is one only where the article also names a side near it, and a leader named in full
is known by the surname in the rest of the article.

`Name.kind` is one of

==========  ===============================================  =========================
kind        example                                          stands in the parsed copy
==========  ===============================================  =========================
state       Russia, the Russian Federation                   Norway
adjective   Russian, Houthi; US before a noun                Swedish
people      Russians, Houthis; a Turk                        Spaniards; Spaniard
capital     Moscow, the Kremlin                              Madrid
leader      Putin, Benjamin Netanyahu                        Smith
group       Hamas, the RSF, the Taliban; the UN              NATO
force       IDF, Black Sea Fleet                             NATO
weapon      Shahed-136; Kinzhals                             Falcon; Boeings
role        the enemy, government forces (`find_roles`)      soldiers
==========  ===============================================  =========================

The neutral word depends on kind and number alone, never on the side: exchanging two sides cannot change the
parse. Of the words tried, these gave the parser the most right readings in frames of war reports.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from operator import attrgetter
from typing import Literal

from conflictstats.codebook import Codebook, Side
from conflictstats.records import Name
from conflictstats.spellings import (
    APOSTROPHES,
    WORD,
    Find,
    Tree,
    Words,
    fold,
    plain_words,
    read_words,
    spellings,
    walk,
)

Kind = Literal[
    "state", "adjective", "people", "capital", "leader", "group", "force", "weapon", "role", "lookalike"
]
Case = Literal["any", "upper", "acronym", "exact"]


@dataclass(frozen=True, slots=True)
class Alias:
    """One spelling of a name."""

    spelling: str
    kind: Kind
    key: str
    side: str | None
    cases: tuple[Case, ...]  # of its words
    near: tuple[str, ...] | None = None  # sides of which one must be named too
    follow: bool = False  # the last word must follow the name and is no part of it: Chechen *rebels*

    @property
    def small(self) -> bool:
        return self.spelling == self.spelling.lower()


# Marks behind a weapon's name: T-72B3, Shahed-136/131, Lancet-3M, S-300PMU-2, Leopard 2A6, MiG-29s.
_MARK = re.compile(
    r"(?:(?<=\d)[A-Z]{1,4}\d{0,3}[A-Z]?(?![^\W_]))?"
    r"(?:[-‑–](?:\d{1,4}[A-Z]{0,2}\d?|[A-Z]{1,2}\d{0,3}[A-Z]?)(?![^\W_]))?"
    r"(?: \d[A-Z]\d{0,2}(?![^\W_]))?"
    r"(?:/(?:[A-Z][a-z]{0,9}-?)?\d{1,4}[A-Z]{0,2}(?![^\W_]))*"
    r"(?:s(?![^\W_]))?"
)
_FIELDS: tuple[tuple[str, Kind], ...] = (
    ("names", "group"),
    ("adjectives", "adjective"),
    ("people", "people"),
    ("capitals", "capital"),
    ("leaders", "leader"),
    ("forces", "force"),
)
# Names that are noun and adjective at once: what follows them decides.
_EITHER = frozenset(("US", "U.S.", "U.S", "UK", "U.K.", "UAE", "EU", "UN", "U.N.", "DRC", "NATO", "Nato"))
# Words behind them that are no noun they could stand before: "the US said", "the US and", "the US to send".
_NO_NOUNS = frozenset(
    (
        "a an the and or but nor to in on of at for from with by as against into over after before during "
        "since until while when who which that where if than so because its it they he she is are was were "
        "be been has have had will would could can may might must should did does do also not never only "
        "now then later both there nobody nothing none no yesterday today said says say told reportedly "
        "already still again alone itself accused accuses added agreed announced asked attacked backed "
        "backs began believes blamed bombed called calls came carried claimed claims conducted condemned "
        "confirmed deployed denied denies destroyed downed estimates fired gave hit insists intercepted "
        "intends killed knew knows launched lost made plans pledged pushed put reported seized sees sent "
        "shot sold struck supplied supports targeted thinks took urged urges used vowed wants warned warns "
        "went withdrew "
    ).split()
)
# Words before the US of a shouted line that make it the pronoun: TOLD US THAT …, SOME OF US.
_PRONOUN_AFTER = frozenset(
    "told of to let for by with give help tell from at on asked made between among gave show shown".split()
)
# Capitalised words before a surname that are no first name.
_TITLES = frozenset(
    (
        "president minister premier chancellor general gen colonel col brigadier major mr mrs ms dr sheikh "
        "king prince secretary chief commander marshal admiral ayatollah mullah spokesman spokeswoman "
        "lieutenant captain senator leader but and in on as for when after while if the that said of by "
        "with to from "
    ).split()
)


def find_names(text: str, codebook: Codebook) -> tuple[Name, ...]:
    """The names of sides and weapons in `text`, in order, none within another."""
    words = read_words(text)
    finds = _settle(walk(words, _names(codebook), _fits, _extend), words, codebook)
    return tuple(_name(find, words) for find in finds if find.meanings[0].kind != "lookalike")


@lru_cache(maxsize=16)
def find_roles(text: str, codebook: Codebook) -> tuple[Name, ...]:
    """The words that mean a side without naming it (the enemy, government forces); `key` is the role."""
    words = read_words(text)
    return tuple(_name(find, words) for find in walk(words, _roles(codebook), _fits, _extend))


def names_within(names: Sequence[Name], start: int, end: int) -> Sequence[Name]:
    """Those of an article's names, which are in order, that begin in a stretch of its text."""
    first = bisect_left(names, start, key=_start)
    return names[first : bisect_left(names, end, lo=first, key=_start)]


_start = attrgetter("start")


@lru_cache(maxsize=8)
def _names(codebook: Codebook) -> Tree[Alias]:
    tree: Tree[Alias] = Tree()
    for key, side in codebook.sides.items():
        for alias in _side_aliases(key, side):
            tree.plant(alias.spelling, alias)
    for key, weapon in codebook.weapons.items():
        for alias in _aliases(weapon.names, "weapon", key, None):
            tree.plant(alias.spelling, alias)
        for alias in _aliases(weapon.lookalikes, "lookalike", key, None):
            tree.plant(alias.spelling, alias)
    return tree


@lru_cache(maxsize=8)
def _roles(codebook: Codebook) -> Tree[Alias]:
    tree: Tree[Alias] = Tree()
    for key, role in codebook.roles.items():
        for alias in _aliases(role.words, "role", key, None):
            tree.plant(alias.spelling, alias)
    return tree


@lru_cache(maxsize=8)
def _grounds(codebook: Codebook) -> Tree[Alias]:
    """The places whose names show a war; an alias's key is the war."""
    tree: Tree[Alias] = Tree()
    for key, war in codebook.wars.items():
        for alias in _aliases(war.places, "state", key, None):
            tree.plant(alias.spelling, alias)
    return tree


def _side_aliases(key: str, side: Side) -> Iterator[Alias]:
    shared = {alias.spelling: alias for alias in _aliases(side.shared, "group", key, key)}
    near = side.near or (key,)
    for field, kind in _FIELDS:
        if field == "names" and side.kind in ("state", "people"):
            kind = "state"
        for alias in _aliases(getattr(side, field), kind, key, key):
            yield replace(alias, near=near) if shared.pop(alias.spelling, None) else alias
    for alias in shared.values():
        yield replace(alias, near=near)
    yield from _aliases(side.lookalikes, "lookalike", key, None)


def _aliases(patterns: Iterable[str], kind: Kind, key: str, side: str | None) -> Iterator[Alias]:
    for pattern in patterns:
        for spelling in spellings(pattern):
            cases = tuple(_case(word, kind) for word in WORD.findall(spelling.replace("’", "'")))
            yield Alias(spelling, kind, key, side, cases, follow="{" in pattern)


def _case(word: str, kind: Kind) -> Case:
    """How a word of a name must be written in a text."""
    if not word.isalpha() or word.islower() or word.istitle():
        return "any"
    if not word.isupper():
        return "exact" if len(word) <= 4 else "any"  # LeT is no LET
    return "acronym" if len(word) >= 4 and kind in ("group", "force") else "upper"  # Nato, Farc


def _fits(words: Words, first: int, last: int, inflected: bool, alias: Alias) -> bool:
    """Whether these words, as they are written, can be this name."""
    written = words.text[words.starts[first] : words.ends[last]]
    if alias.kind == "lookalike" or (alias.small and not inflected):
        return True
    if inflected and alias.kind in ("adjective", "people", "role") and not alias.follow:
        # "the enemy's losses", but neither "Russian's" nor "militarys"
        return alias.kind == "role" and written[-2] in APOSTROPHES
    if not alias.small and written.lower() == written:
        return False
    for at, case in enumerate(alias.cases, first):
        if case == "any":
            continue
        word = words.written(at)
        if inflected and at == last:
            word = word[:-1].rstrip(APOSTROPHES)
        if case == "exact":
            return word in alias.spelling
        if not word.isupper() and not (case == "acronym" and word.istitle()):
            return False
    return True


def _extend(words: Words, end: int, alias: Alias) -> int:
    if alias.kind == "weapon" and (mark := _MARK.match(words.text, end)):
        return mark.end()
    return end + (alias.spelling.endswith(".") and words.text[end : end + 1] == ".")


def _settle(found: Iterable[Find[Alias]], words: Words, codebook: Codebook) -> list[Find[Alias]]:
    """Decide names that several sides bear, and find surnames of leaders named in full."""
    finds = [_without_follower(find, words) for find in found]
    named = Counter(find.meanings[0].side for find in finds if find.meanings[0].near is None)
    if any(_nearest(find.meanings, named) is None for find in finds):
        # "RSF fighters raided Gezira": where a war's ground is named, its sides may go by their short names
        for ground in walk(words, _grounds(codebook), _fits, _extend):
            for war in ground.meanings:
                named.update(side for camp in codebook.wars[war.key].sides for side in camp)
    settled: list[Find[Alias]] = []
    surnames: dict[str, Alias] = {}
    for find in finds:
        alias = _nearest(find.meanings, named)
        if alias is None or _is_pronoun(find, words):
            continue
        settled.append(find._replace(meanings=(alias,)))
        if alias.kind == "leader" and find.last > find.first and words.plain[find.first] not in _TITLES:
            surnames.setdefault(words.plain[find.last], alias)
    if surnames:
        settled = sorted([*settled, *_surnames(surnames, settled, words)], key=lambda find: find.start)
    return settled


def _without_follower(find: Find[Alias], words: Words) -> Find[Alias]:
    if not find.meanings[0].follow:
        return find
    return find._replace(last=find.last - 1, end=words.ends[find.last - 1])


def _nearest(aliases: tuple[Alias, ...], named: Counter[str | None]) -> Alias | None:
    """The meaning whose side the article names most; else the one that needs no other name."""
    fitting = [alias for alias in aliases if alias.near and any(named[side] for side in alias.near)]
    if fitting:
        return max(
            fitting, key=lambda alias: (named[alias.side], sum(named[side] for side in alias.near or ()))
        )
    return next((alias for alias in aliases if alias.near is None), None)


def _surnames(surnames: dict[str, Alias], settled: list[Find[Alias]], words: Words) -> Iterator[Find[Alias]]:
    starts = [find.start for find in settled]
    for at, word in enumerate(words.plain):
        inflected = word not in surnames and word[-1] == "s"
        alias = surnames.get(word[:-1] if inflected else word)
        if alias is None:
            continue
        start, end = words.starts[at], words.ends[at]
        if inflected and words.text[end - 2] in APOSTROPHES:
            inflected, end = False, end - 2
        before = bisect_right(starts, start) - 1
        taken = before >= 0 and settled[before].end > start
        if not taken and words.text[start].isupper() and not _other_person(words, at):
            yield Find(at, at, start, end, inflected, (alias,))


def _other_person(words: Words, at: int) -> bool:
    """Whether a first name stands before the surname: Melania Trump is not Donald Trump."""
    if at == 0 or words.text[words.ends[at - 1] : words.starts[at]] != " ":
        return False
    return words.written(at - 1)[0].isupper() and words.plain[at - 1] not in _TITLES


def _is_pronoun(find: Find[Alias], words: Words) -> bool:
    """Whether US and IS in a shouted line are the English words."""
    written = words.text[find.start : find.end]
    if written not in ("US", "IS"):
        return False
    around = words.text[max(0, find.start - 40) : find.start] + words.text[find.end : find.end + 40]
    if sum(map(str.islower, around)) > 3 or sum(map(str.isupper, around)) < 8:
        return False
    if written == "IS":
        return True
    before = words.plain[find.first - 1] if find.first else ""
    return before in _PRONOUN_AFTER or (before != "the" and not _before_noun(find, words))


def _name(find: Find[Alias], words: Words) -> Name:
    alias = find.meanings[0]
    written = words.text[find.start : find.end]
    kind = alias.kind
    if written in _EITHER and kind in ("state", "group") and _before_noun(find, words):
        kind = "adjective"
    return Name(find.start, find.end, written, kind, alias.key, alias.side)


def _before_noun(find: Find[Alias], words: Words) -> bool:
    """Whether a noun follows that the name stands before: US troops, UK Maritime Trade Operations."""
    at = find.last + 1
    return (
        at < len(words.plain)
        and words.text[find.end : words.starts[at]] == " "
        and words.plain[at] not in _NO_NOUNS
        and not words.plain[at].isdigit()
    )


_NEUTRAL = {
    "state": "Norway",
    "adjective": "Swedish",
    "capital": "Madrid",
    "leader": "Smith",
    "group": "NATO",
    "force": "NATO",
    "role": "soldiers",
}


def neutral(name: Name, codebook: Codebook) -> str:
    """The word that stands for `name` in the parsed copy: the same for all names of its kind and number."""
    plural = fold(name.text).endswith(("s", "men"))
    if name.kind == "people":
        return "Spaniards" if plural else "Spaniard"
    if name.kind == "weapon":
        return "Boeings" if _is_inflected(name, codebook) else "Falcon"
    word = _NEUTRAL[name.kind]
    # a possessive that lost its apostrophe: Syrias Aleppo province
    return f"{word}'s" if plural and _is_inflected(name, codebook) else word


def _is_inflected(name: Name, codebook: Codebook) -> bool:
    """Whether the name is written with an s that is not its own."""
    if not name.text.endswith("s"):
        return False
    node: Tree[Alias] | None = _names(codebook)
    for word in plain_words(name.text):
        node = node.next.get(word) if node is not None else None
    return node is None or not node.ends
