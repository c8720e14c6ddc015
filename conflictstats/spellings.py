"""How names are spelled: the codebook's short notation, and texts folded so that spelling does not matter.

A tree of words holds the codebook's names; the words of a text are walked along it, and the longest name
wins. One walk over the text finds all names, whatever their number.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import accumulate
from typing import Generic, NamedTuple, TypeVar

Meaning = TypeVar("Meaning")

APOSTROPHES = "'’‘ʼ`´ʻ"
_DASHES = "-‐‑‒–—−"
_SPACES = " \t\u00a0\u2009\u202f"
_SIGNS = {
    **dict.fromkeys(APOSTROPHES + "ʿʾ", "'"),
    **dict.fromkeys(_DASHES, "-"),
    **dict.fromkeys(_SPACES, " "),
}
_NO_DECOMPOSITION = {"ø": "o", "ł": "l", "đ": "d", "ı": "i", "ð": "d", "æ": "a", "œ": "o", "ß": "s", "ə": "a"}

# A name that begins here would be the tail of an abbreviation: A.B.C.
_TAIL = re.compile(r"(?<![^\W_])[A-Z]\.$")
# The innermost bracket: what may be missing, or one of several.
_CHOICE = re.compile(r"[(\[{][^()\[\]{}]*[)\]}]")
WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*|\d+")
_WORDS = re.compile(f"({WORD.pattern})")
# What may stand between two words of one name; the apostrophe is that of Workers' Party. A point stands only
# behind an initial: "U.S.", "St. Lucia".
_JOINTS = frozenset(("", " ", "-", "/", "\n", " -", "- ", " - ", ", ", *(f"{mark} " for mark in APOSTROPHES)))
_AFTER_INITIAL = frozenset((".", ". "))


class _Folding(dict[int, str]):
    """Character → the plain small letter it stands for: one for one, so that offsets hold."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        small = character.lower()[0]
        plain = _SIGNS.get(character) or _NO_DECOMPOSITION.get(small)
        self[code] = plain or unicodedata.normalize("NFKD", small)[0].lower()
        return self[code]


_FOLDING = _Folding()


def fold(text: str) -> str:
    """`text` without case, accents and curly signs, character for character."""
    return text.lower() if text.isascii() else text.translate(_FOLDING)


def spellings(pattern: str) -> tuple[str, ...]:
    """What a codebook name may be written like, with the word that must follow it.

    `(x)` may be missing, `[x|y]` is one or the other, `{x|y}` is one or the other and no part of the name.
    """
    return tuple(dict.fromkeys(" ".join(words.split()) for words in _expand(pattern)))


def _expand(pattern: str) -> Iterator[str]:
    inner = _CHOICE.search(pattern)
    if inner is None:
        yield pattern
        return
    choice = inner.group()[1:-1].split("|")
    for words in ["", *choice] if inner.group()[0] == "(" else choice:
        yield from _expand(pattern[: inner.start()] + words + pattern[inner.end() :])


def plain_words(spelling: str) -> list[str]:
    """The words of a name as the tree knows them: folded, apostrophes dropped, letters and digits apart."""
    return [word.replace("'", "") for word in WORD.findall(fold(spelling))]


class Words(NamedTuple):
    """The words of a text, plain, with their places."""

    text: str
    plain: list[str]
    starts: list[int]
    ends: list[int]

    def written(self, at: int) -> str:
        return self.text[self.starts[at] : self.ends[at]]


@lru_cache(maxsize=16)
def read_words(text: str) -> Words:
    parts = _WORDS.split(fold(text))  # what stands between, word, what stands between …
    offsets = list(accumulate(map(len, parts)))
    plain = [word.replace("'", "") if "'" in word else word for word in parts[1::2]]
    return Words(text, plain, offsets[:-1:2], offsets[1::2])


class Tree(Generic[Meaning]):
    """Names by their words: which words may follow, and what the name means that ends here."""

    __slots__ = ("ends", "next")

    def __init__(self) -> None:
        self.next: dict[str, Tree[Meaning]] = {}
        self.ends: list[Meaning] = []

    def plant(self, spelling: str, meaning: Meaning) -> None:
        node = self
        for word in plain_words(spelling):
            node = node.next.setdefault(word, Tree())
        if meaning not in node.ends:
            node.ends.append(meaning)


class Find(NamedTuple, Generic[Meaning]):
    """A name found, by the numbers of its first and last word."""

    first: int
    last: int
    start: int
    end: int
    inflected: bool  # an s too many: a plural, or a possessive that lost its apostrophe
    meanings: tuple[Meaning, ...]


def walk(
    words: Words,
    tree: Tree[Meaning],
    accept: Callable[[Words, int, int, bool, Meaning], bool],
    extend: Callable[[Words, int, Meaning], int],
) -> Iterator[Find[Meaning]]:
    """The longest names of the tree in a text, none within another.

    `accept` says whether the words from first to last, with or without an s, can be a name as they are written;
    `extend` says where the name ends, given where its last word does: marks behind it may belong to it.
    """
    firsts = tree.next
    at, count = 0, len(words.plain)
    while at < count:
        word = words.plain[at]
        if word in firsts or (word[-1] == "s" and word[:-1] in firsts):
            find = _longest(words, at, tree, accept, extend)
            if find is not None:
                yield find
                at = find.last + 1
                while at < count and words.starts[at] < find.end:
                    at += 1
                continue
        at += 1


def _longest(
    words: Words,
    first: int,
    tree: Tree[Meaning],
    accept: Callable[[Words, int, int, bool, Meaning], bool],
    extend: Callable[[Words, int, Meaning], int],
) -> Find[Meaning] | None:
    best: Find[Meaning] | None = None
    node: Tree[Meaning] | None = tree
    at = first
    while node is not None and at < len(words.plain) and (at == first or _joined(words, at)):
        word = words.plain[at]
        if len(word) > 2 and word[-1] == "s" and (stem := node.next.get(word[:-1])) and stem.ends:
            best = _find(words, first, at, stem, True, accept, extend) or best
        node = node.next.get(word)
        if node is not None and node.ends:
            best = _find(words, first, at, node, False, accept, extend) or best
        at += 1
    return best


def _joined(words: Words, at: int) -> bool:
    """Whether word `at` can go on a name with the word before it."""
    between = words.text[words.ends[at - 1] : words.starts[at]]
    if between in _JOINTS:
        return True
    if between in _AFTER_INITIAL:
        return words.ends[at - 1] - words.starts[at - 1] == 1 or words.plain[at - 1] == "st"
    return (between.isspace() and between.count("\n") < 2) or between in _DASHES


def _find(
    words: Words,
    first: int,
    last: int,
    node: Tree[Meaning],
    inflected: bool,
    accept: Callable[[Words, int, int, bool, Meaning], bool],
    extend: Callable[[Words, int, Meaning], int],
) -> Find[Meaning] | None:
    text, start, end = words.text, words.starts[first], words.ends[last]
    meanings = tuple(meaning for meaning in node.ends if accept(words, first, last, inflected, meaning))
    if not meanings:
        return None
    if _TAIL.search(text, max(0, start - 3), start):
        return None
    if inflected and text[end - 2] in APOSTROPHES:
        inflected, end = False, end - 2
    end = extend(words, end, meanings[0])
    following = text[end : end + 1]
    if following.isalnum() or following == "_":
        return None
    return Find(first, last, start, end, inflected, meanings)
