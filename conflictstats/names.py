"""Where an article names a side, its leaders and forces, or a weapon; and neutral words to parse instead.

Names are found by words, not by a statistical recogniser: the codebook's spellings are laid out as a tree of
words, and the article's words, folded (no case, no accents, no apostrophes), are walked along it. The longest
name wins. A name that others bear too (`shared`) is one only where the article also names a side near it.

`Name.kind` is one of

==========  ==========================================================  ==================
kind        example                                                     stands in the parse
==========  ==========================================================  ==================
state       Russia, the Russian Federation                              Spain
adjective   Russian, Houthi; US before a noun                           Spanish
people      Russians, Houthis, a Turk                                   Spaniards, Spaniard
capital     Moscow, the Kremlin                                         Madrid
leader      Putin, Benjamin Netanyahu                                   Smith
group       Hamas, RSF, the Taliban; the UN                             Spain
force       IDF, Black Sea Fleet                                        Spain
weapon      Shahed-136, Kinzhals                                        by item and number
==========  ==========================================================  ==================

The neutral word depends on the kind and the number only, never on the side: exchanging two sides cannot
change the parse.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from conflictstats.codebook import Codebook, Side
from conflictstats.records import Name


class Alias(NamedTuple):
    """One spelling of a name."""

    kind: str
    key: str
    side: str | None
    small: bool = False  # found in any case
    shouted: tuple[bool, ...] = ()  # which of its words must be all capitals
    dotted: bool = False  # U.S. takes its last point with it
    near: tuple[str, ...] | None = None  # sides of which one must be named too
    lookalike: bool = False


class Tree:
    """The words that may follow, and the names that end here."""

    __slots__ = ("ends", "next")

    def __init__(self) -> None:
        self.next: dict[str, Tree] = {}
        self.ends: list[Alias] = []


class _Words(NamedTuple):
    """An article's words, folded, with their places."""

    text: str
    words: list[str]
    starts: list[int]
    ends: list[int]


class _Hit(NamedTuple):
    first: int  # word
    last: int  # word, inclusive
    start: int
    end: int
    aliases: tuple[Alias, ...]


_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*|\d+")
# What may stand between two words of one name. A point only behind an initial: "U.S.", "St. Lucia".
_BETWEEN = frozenset(("", " ", "-", "/", "\n", " -", "- ", " - ", "  ", ", "))
_AFTER_INITIAL = frozenset((".", ". "))
# Marks behind a weapon's name: T-72B3, Shahed-136/131, Lancet-3M, S-300PMU-2, T-72s, MiG-29s.
_MARK = re.compile(
    r"(?:(?<=\d)[A-Z]{1,4}\d{0,3}[A-Z]?(?![^\W_]))?"
    r"(?:[-‑–](?:\d{1,4}[A-Z]{0,2}\d?|[A-Z]{1,2}\d{0,3}[A-Z]?)(?![^\W_]))?"
    r"(?:/(?:[A-Z][a-z]{0,9}-?)?\d{1,4}[A-Z]{0,2}(?![^\W_]))*"
    r"(?:['’]?s(?![^\W_]))?"
)
_NO_DECOMPOSITION = {"ø": "o", "ł": "l", "đ": "d", "ı": "i", "ð": "d", "æ": "a", "œ": "o", "ß": "s", "ə": "a"}
_SIGNS = {"’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "ʻ": "'", "ʿ": "'", "ʾ": "'", "‐": "-", "‑": "-",
          "‒": "-", "–": "-", "—": "-", "−": "-", "\u00a0": " ", "\u202f": " ", "\u2009": " "}  # fmt: skip
_ADJECTIVAL = frozenset(("US", "U.S.", "UK", "U.K.", "UAE", "EU", "UN", "DRC"))
# Small words behind "US", "UK" that show it is the noun: "the US said", "in the US and", "US to send".
_NOT_NOUNS = frozenset(
    "a an the and or but to in on of at for from with by as against into over after before during since until while when"
    " who which that where said says say has have had is are was were be been will would could can may might must should"
    " did does do also not never only now then yesterday today has's launched struck hit carried killed fired shot"
    " announced claimed denied confirmed reported used sent attacked bombed targeted vowed warned began wants knows"
    " because if than so its it's supports calls urges plans agreed added accused condemned conducted destroyed downed"
    " intercepted lost told went came took made gave put backs sees says believes seized intends pledged".split()
)  # fmt: skip
_INDEFINITE = re.compile(
    r"\b(?:told|of|to|let|for|by|with|give|help|tell|from|at|on|us|asked|made|between)\s+$", re.I
)


class _Folding(dict[int, str]):
    """Character → the plain small letter it stands for: one for one, so that offsets hold."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        small = character.lower()[0]
        plain = (
            _SIGNS.get(character) or _NO_DECOMPOSITION.get(small) or unicodedata.normalize("NFKD", small)[0]
        )
        self[code] = plain
        return plain


_FOLDING = _Folding()


def fold(text: str) -> str:
    """`text` without case, accents and curly signs, character for character."""
    return text.lower() if text.isascii() else text.translate(_FOLDING)


def spellings(pattern: str) -> Iterator[str]:
    """What a codebook name may be written like: `(x)` may be missing, `[x|y]` is one or the other."""
    parts = re.split(r"\(([^()]*)\)|\[([^\[\]]*)\]", pattern)
    choices = []
    for at, part in enumerate(parts):
        if at % 3 == 0:
            choices.append([part or ""])
        elif part is not None:
            choices.append(["", *part.split("|")] if at % 3 == 1 else part.split("|"))
    seen = set()
    for words in product(*choices):
        spelling = re.sub(r" {2,}", " ", "".join(words)).strip()
        if spelling not in seen:
            seen.add(spelling)
            yield spelling


def _split(folded: str) -> list[str]:
    return [word.replace("'", "") for word in _WORD.findall(folded)]


_FIELDS = (
    ("names", "name"),
    ("adjectives", "adjective"),
    ("people", "people"),
    ("capitals", "capital"),
    ("leaders", "leader"),
    ("forces", "force"),
)


def _side_aliases(key: str, side: Side) -> Iterator[tuple[str, Alias]]:
    for field, kind in _FIELDS:
        if kind == "name":
            kind = "state" if side.kind in ("state", "people") else "group"
        for pattern in getattr(side, field):
            for spelling in spellings(pattern):
                yield spelling, _alias(spelling, kind, key, key)
    for pattern in side.shared:
        for spelling in spellings(pattern):
            near = tuple(side.near) or (key,)
            yield spelling, _alias(spelling, "group", key, key)._replace(near=near)
    for pattern in side.lookalikes:
        for spelling in spellings(pattern):
            yield spelling, _alias(spelling, "lookalike", key, None)._replace(lookalike=True)


def _alias(spelling: str, kind: str, key: str, side: str | None) -> Alias:
    words = _WORD.findall(spelling.replace("’", "'"))
    return Alias(
        kind,
        key,
        side,
        small=spelling == spelling.lower(),
        shouted=tuple(word.isalpha() and word == word.upper() for word in words),
        dotted=spelling.endswith("."),
    )


@lru_cache(maxsize=8)
def _tree(codebook: Codebook) -> Tree:
    root = Tree()
    for key, side in codebook.sides.items():
        for spelling, alias in _side_aliases(key, side):
            _plant(root, spelling, alias)
    for key, weapon in codebook.weapons.items():
        for pattern in weapon.names:
            for spelling in spellings(pattern):
                _plant(root, spelling, _alias(spelling, "weapon", key, None))
        for pattern in weapon.lookalikes:
            for spelling in spellings(pattern):
                _plant(root, spelling, _alias(spelling, "lookalike", key, None)._replace(lookalike=True))
    return root


@lru_cache(maxsize=8)
def _role_tree(codebook: Codebook) -> Tree:
    root = Tree()
    for key, role in codebook.roles.items():
        for pattern in role.words:
            for spelling in spellings(pattern):
                _plant(root, spelling, _alias(spelling, "role", key, None))
    return root


def _plant(root: Tree, spelling: str, alias: Alias) -> None:
    node = root
    for word in _split(fold(spelling)):
        node = node.next.setdefault(word, Tree())
    if alias not in node.ends:
        node.ends.append(alias)


def find_names(text: str, codebook: Codebook) -> tuple[Name, ...]:
    """The names of sides and weapons in `text`, in order, none within another."""
    words = _read(text)
    hits = _resolve(_walk(words, _tree(codebook), codebook), words)
    return tuple(_name(hit, words) for hit in hits if not hit.aliases[0].lookalike)


def find_roles(text: str, codebook: Codebook) -> tuple[Name, ...]:
    """The words that mean a side without naming it (the enemy, government forces); `key` is the role."""
    words = _read(text)
    return tuple(
        Name(hit.start, hit.end, text[hit.start : hit.end], "role", hit.aliases[0].key)
        for hit in _walk(words, _role_tree(codebook), codebook)
    )


def _read(text: str) -> _Words:
    folded = fold(text)
    found = list(_WORD.finditer(folded))
    return _Words(
        text,
        [match.group().replace("'", "") for match in found],
        [match.start() for match in found],
        [match.end() for match in found],
    )


def _walk(words: _Words, root: Tree, codebook: Codebook) -> Iterator[_Hit]:
    firsts = root.next
    at, count = 0, len(words.words)
    while at < count:
        word = words.words[at]
        if word in firsts or (word[-1] == "s" and word[:-1] in firsts):
            hit = _longest(words, at, root)
            if hit is not None:
                yield hit
                at = hit.last + 1
                # a mark behind a weapon holds words of its own
                while at < count and words.starts[at] < hit.end:
                    at += 1
                continue
        at += 1


def _longest(words: _Words, first: int, root: Tree) -> _Hit | None:
    best: _Hit | None = None
    node: Tree | None = root
    at = first
    while node is not None and at < len(words.words):
        if at > first and not _joined(words, at):
            break
        word = words.words[at]
        # the last word of a name may have an s: a plural, or a possessive with or without its apostrophe
        if word[-1] == "s" and len(word) > 2 and (stem := node.next.get(word[:-1])) and stem.ends:
            best = _hit(words, first, at, stem, extra=1) or best
        node = node.next.get(word)
        if node is not None and node.ends:
            best = _hit(words, first, at, node, extra=0) or best
        at += 1
    return best


def _joined(words: _Words, at: int) -> bool:
    """Whether word `at` can go on a name with the word before it."""
    between = words.text[words.ends[at - 1] : words.starts[at]]
    if between in _BETWEEN:
        return True
    if between in _AFTER_INITIAL:
        return words.ends[at - 1] - words.starts[at - 1] == 1 or words.words[at - 1] == "st"
    return "\n\n" not in between and between.isspace()


def _hit(words: _Words, first: int, last: int, node: Tree, extra: int) -> _Hit | None:
    """The names that end at `last`, as far as case and surroundings allow them."""
    text, start, end = words.text, words.starts[first], words.ends[last]
    possessive = extra and text[end - 2] in "'’‘ʼ`´"
    if possessive:
        end -= 2
    glued = end < len(text) and text[end].isdigit() and not text[end - 1].isdigit()
    aliases = []
    for alias in node.ends:
        if alias.lookalike or _fits(words, first, last, alias, extra):
            if glued and alias.kind != "weapon":
                continue
            aliases.append(alias)
    if not aliases:
        return None
    if (
        start
        and text[start - 1] == "."
        and start > 1
        and text[start - 2].isalpha()
        and text[start - 2].isupper()
    ):
        return None  # the tail of an abbreviation
    kind = aliases[0].kind
    if kind == "weapon" and (mark := _MARK.match(text, end)):
        end = mark.end()
    elif aliases[0].dotted and text[end : end + 1] == ".":
        end += 1
    if text[end : end + 1].isalnum() or text[end : end + 1] == "_":
        return None
    return _Hit(first, last, start, end, tuple(aliases))


def _fits(words: _Words, first: int, last: int, alias: Alias, extra: int) -> bool:
    written = words.text[words.starts[first] : words.ends[last]]
    if extra and alias.kind in ("adjective", "people"):
        return False
    if not alias.small and not any(map(str.isupper, written)):
        return False
    for at, shouted in enumerate(alias.shouted, first):
        if shouted:
            word = words.text[words.starts[at] : words.ends[at]]
            if extra and at == last:
                word = word[:-1].rstrip("'’‘ʼ`´")
            if word != word.upper():
                return False
    return True


def _resolve(hits: Iterable[_Hit], words: _Words) -> list[_Hit]:
    """Settle names that several sides bear, and surnames of leaders named in full."""
    found = list(hits)
    named = {hit.aliases[0].side for hit in found if hit.aliases[0].near is None}
    settled: list[_Hit] = []
    surnames: dict[str, Alias] = {}
    for hit in found:
        plain = [alias for alias in hit.aliases if alias.near is None]
        fitting = [alias for alias in hit.aliases if alias.near and named.intersection(alias.near)]
        own = [alias for alias in fitting if alias.side in named]
        chosen = (own or fitting or plain)[:1]
        if not chosen or _is_pronoun(hit, words):
            continue
        settled.append(hit._replace(aliases=tuple(chosen)))
        if chosen[0].kind == "leader" and hit.last > hit.first:
            surnames.setdefault(words.words[hit.last], chosen[0])
    if surnames:
        settled = sorted([*settled, *_surnames(surnames, settled, words)], key=lambda hit: hit.start)
    return settled


def _surnames(surnames: dict[str, Alias], settled: list[_Hit], words: _Words) -> Iterator[_Hit]:
    starts = [hit.start for hit in settled]
    for at, word in enumerate(words.words):
        alias = surnames.get(word) or (surnames.get(word[:-1]) if word[-1] == "s" else None)
        if alias is None:
            continue
        start, end = words.starts[at], words.ends[at]
        if word not in surnames:
            end -= 2 if words.text[end - 2] in "'’‘ʼ`´" else 1
        before = bisect_right(starts, start) - 1
        taken = before >= 0 and settled[before].end > start
        if taken or not words.text[start].isupper() or _other_person(words, at):
            continue
        yield _Hit(at, at, start, end, (alias,))


_TITLES = frozenset(
    "president minister premier chancellor general gen colonel col brigadier major mr mrs ms dr sheikh king prince"
    " secretary chief commander marshal admiral ayatollah mullah spokesman spokeswoman lieutenant captain senator but"
    " and in on as for when after while if the that".split()
)  # fmt: skip


def _other_person(words: _Words, at: int) -> bool:
    """Whether a first name stands before the surname: Melania Trump is not Donald Trump."""
    if at == 0 or words.text[words.ends[at - 1] : words.starts[at]] != " ":
        return False
    before = words.text[words.starts[at - 1] : words.ends[at - 1]]
    return before[0].isupper() and not before.isupper() and words.words[at - 1] not in _TITLES


def _is_pronoun(hit: _Hit, words: _Words) -> bool:
    """Whether the US of a shouted line is the pronoun: TOLD US THAT …; IS the verb."""
    written = words.text[hit.start : hit.end]
    if written not in ("US", "IS"):
        return False
    line = words.text[max(0, hit.start - 40) : hit.start] + words.text[hit.end : hit.end + 40]
    if sum(map(str.islower, line)) > 3:
        return False
    if written == "IS":
        return True
    following = words.words[hit.last + 1] if hit.last + 1 < len(words.words) else ""
    the = words.words[hit.first - 1 : hit.first] == ["the"]
    return not the and (
        not following or following in _NOT_NOUNS or bool(_INDEFINITE.search(line[: min(40, hit.start)]))
    )


def _name(hit: _Hit, words: _Words) -> Name:
    alias = hit.aliases[0]
    written = words.text[hit.start : hit.end]
    kind = alias.kind
    if kind in ("state", "group") and written in _ADJECTIVAL and _before_noun(hit, words):
        kind = "adjective"
    return Name(hit.start, hit.end, written, kind, alias.key, alias.side)


def _before_noun(hit: _Hit, words: _Words) -> bool:
    """Whether a noun follows that the name stands before: US troops, UK Maritime Trade Operations."""
    at = hit.last + 1
    return (
        at < len(words.words)
        and words.text[hit.end : words.starts[at]] == " "
        and words.words[at] not in _NOT_NOUNS
        and not words.words[at].isdigit()
    )


# Words that the small English model knows, in the same grammatical class: tried in frames of war reports.
_NEUTRAL = {
    "state": "Spain",
    "adjective": "Spanish",
    "capital": "Madrid",
    "leader": "Smith",
    "group": "Spain",
    "force": "Spain",
    "role": "soldiers",
}


def neutral(name: Name, codebook: Codebook) -> str:
    """The word that stands for `name` in the parsed copy: the same for all names of its kind and number."""
    if name.kind == "people":
        plural = fold(name.text).endswith(("s", "men", "ese", "taliban"))
        return "Spaniards" if plural else "Spaniard"
    if name.kind == "weapon":
        return _neutral_weapon(name, codebook)
    word = _NEUTRAL[name.kind]
    return f"{word}'s" if _bare_possessive(name, codebook) else word


def _neutral_weapon(name: Name, codebook: Codebook) -> str:
    return "Falcons" if name.text.endswith("s") and not name.text.isupper() else "Falcon"


def _bare_possessive(name: Name, codebook: Codebook) -> bool:
    """Whether the name has swallowed a possessive that lost its apostrophe: Syrias Aleppo province."""
    if not name.text.endswith("s") or name.kind not in ("state", "capital", "leader"):
        return False
    node: Tree | None = _tree(codebook)
    for word in _split(fold(name.text)):
        node = node.next.get(word) if node is not None else None
    return node is None or not node.ends
