"""What a text must begin with for a pattern to match there, so that most patterns need not be tried at most words.

It is read from the pattern itself, as the standard library parses it: a list kept by hand would come to miss a form
one day, and nobody would see it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any, Generic, TypeVar

from conflictstats.spellings import fold

Row = TypeVar("Row")

LENGTH = 3  # of a beginning: enough to tell "the" from "that"
WORD = re.compile(r"\w+")


class _Plain(dict[int, str]):
    """Character → how beginnings are written: folded, every digit a 0, all white space a blank."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        self[code] = "0" if character.isdecimal() else " " if character.isspace() else fold(character)
        return self[code]


_PLAIN = _Plain()


@lru_cache(maxsize=16)
def plain(text: str) -> str:
    """The text as beginnings are written, character for character."""
    return text.translate(_PLAIN)


class _Rows(dict[str, tuple[Row, ...]]):
    """Rows by beginning; what is no beginning goes by the longest that it begins with, if any."""

    def __missing__(self, opening: str) -> tuple[Row, ...]:
        rows = self[opening[:-1]] if opening else ()
        if opening.isascii():  # other scripts have too many to keep
            self[opening] = rows
        return rows


class Index(Generic[Row]):
    """Patterns and what belongs to them, by how a match begins."""

    __slots__ = ("_rows",)

    def __init__(self, rows: Iterable[tuple[re.Pattern[str], Row]]) -> None:
        known = [(beginnings(pattern.pattern, pattern.flags), row) for pattern, row in rows]
        keys = frozenset().union(*(found for found, _ in known))
        # a match may be shorter than other beginnings
        self._rows = _Rows(
            {
                key: tuple(
                    row for found, row in known if any(key.startswith(beginning) for beginning in found)
                )
                for key in keys
            }
        )

    def at(self, plain_text: str, at: int) -> tuple[Row, ...]:
        """The rows whose patterns can match there, in their order."""
        return self._rows[plain_text[at : at + LENGTH]]


class Several:
    """Patterns searched together: those whose matches begin with certain words are tried at such words only."""

    __slots__ = ("_index", "_others", "patterns")

    def __init__(self, patterns: Iterable[re.Pattern[str]]) -> None:
        self.patterns = tuple(patterns)
        self._others = tuple(pattern for pattern in self.patterns if not _has_beginnings(pattern))
        self._index = Index((pattern, pattern) for pattern in self.patterns if pattern not in self._others)

    def search(self, text: str) -> list[re.Match[str]]:
        """The first match of each pattern that has one, in the order of the patterns."""
        found = {pattern: match for pattern in self._others if (match := pattern.search(text))}
        begun = plain(text)
        for word in WORD.finditer(text):
            at = word.start()
            for pattern in self._index.at(begun, at):
                if pattern not in found and (match := pattern.match(text, at)):
                    found[pattern] = match
        return [found[pattern] for pattern in self.patterns if pattern in found]


def _has_beginnings(pattern: re.Pattern[str]) -> bool:
    """Whether matches begin where a word does, and not with any word."""
    if not pattern.pattern.startswith(r"\b"):
        return False
    try:
        return bool(beginnings(pattern.pattern, pattern.flags))
    except ValueError:
        return False


class Openings:
    """A pattern whose matches begin with words, searched by trying it at words that begin so."""

    __slots__ = ("_index", "pattern")

    def __init__(self, pattern: re.Pattern[str]) -> None:
        if not pattern.pattern.startswith(r"\b"):
            raise ValueError(f"matches must begin where a word does: {pattern.pattern}")
        self.pattern = pattern
        self._index = Index([(pattern, pattern)])

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """The matches of the pattern, as `re` finds them."""
        begun, free = plain(text), 0
        for word in WORD.finditer(text):
            at = word.start()
            if at >= free and self._index.at(begun, at) and (found := self.pattern.match(text, at)):
                yield found
                free = found.end()


def beginnings(pattern: str, flags: int) -> frozenset[str]:
    """All that a match of the pattern can begin with: up to `LENGTH` characters, plain; fewer where it may end there.

    What stands in front of a match or behind it is left out of account: the pattern need not match where its
    beginning stands.

    Raises:
        ValueError: a match may be empty, or begin with anything.
    """
    found = frozenset(_of_all(_parser.parse(pattern, flags)))
    if "" in found:
        raise ValueError(f"a match may be empty: {pattern}")
    return found


def _of_all(parts: Iterable[tuple[Any, Any]]) -> set[str]:
    """The beginnings of one part after another; shorter ones are whole matches."""
    found = {""}
    for part in parts:
        open_ends = {beginning for beginning in found if len(beginning) < LENGTH}
        if not open_ends:
            break
        found -= open_ends
        following = _of(*part)
        found |= {(beginning + more)[:LENGTH] for beginning in open_ends for more in following}
    return found


def _of(kind: Any, what: Any) -> set[str]:
    if kind is op.LITERAL:
        return {plain(chr(what))}
    if kind is op.IN:
        return set(_members(what))
    if kind is op.BRANCH:
        return set().union(*map(_of_all, what[1]))
    if kind is op.SUBPATTERN:
        return _of_all(what[-1])
    if kind is op.ATOMIC_GROUP:
        return _of_all(what)
    if kind in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
        least, most, inner = what
        return set().union(*(_of_all([*inner] * times) for times in _times(least, most)))
    if kind in (op.ASSERT, op.ASSERT_NOT, op.AT):
        return {""}
    raise ValueError(f"a match may begin with anything: {kind}")


def _times(least: int, most: int) -> Sequence[int]:
    return range(least, min(int(most), LENGTH) + 1) if least <= LENGTH else (LENGTH,)


def _members(members: Iterable[tuple[Any, Any]]) -> Iterator[str]:
    for kind, what in members:
        if kind is op.LITERAL:
            yield plain(chr(what))
        elif kind is op.RANGE:
            yield from {plain(chr(code)) for code in range(what[0], what[1] + 1)}
        elif what is op.CATEGORY_DIGIT:
            yield "0"
        elif what is op.CATEGORY_SPACE:
            yield " "
        else:
            raise ValueError(f"a match may begin with anything: {kind} {what}")
