"""What a text must begin with for a pattern to match there, so that most patterns need not be tried at most words.

It is read from the pattern itself, as the standard library parses it: a list kept by hand would come to miss a form
one day, and nobody would see it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from operator import itemgetter
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any, Generic, TypeVar

from conflictstats.spellings import fold

Row = TypeVar("Row")

LENGTH = 3  # of a beginning: enough to tell "the" from "that"
_WORD = re.compile(r"\w+")


class _Plain(dict[int, str]):
    """Character → how beginnings are written: folded, every digit a 0, all white space a blank."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        self[code] = "0" if character.isdecimal() else " " if character.isspace() else fold(character)
        return self[code]


_PLAIN = _Plain()


def plain(text: str) -> str:
    """The text as beginnings are written, character for character."""
    return text.translate(_PLAIN)


@lru_cache(maxsize=16)
def _openings(text: str) -> Mapping[str, Sequence[int]]:
    """Where words begin, by what they begin with: one walk over a text for all patterns that are tried there."""
    begun = plain(text)
    found: dict[str, list[int]] = {}
    for word in _WORD.finditer(text):
        at = word.start()
        found.setdefault(begun[at : at + LENGTH], []).append(at)
    return found


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

    def places(self, text: str) -> list[tuple[int, tuple[Row, ...]]]:
        """The words at which patterns can match, in order: where each begins, and those patterns' rows in theirs."""
        found = [
            (at, rows)
            for opening, places in _openings(text).items()
            if (rows := self._rows[opening])
            for at in places
        ]
        return sorted(found, key=itemgetter(0))


class Several:
    """Patterns searched together: those whose matches begin with certain words are tried at such words only."""

    __slots__ = ("_index", "_others")

    def __init__(self, patterns: Iterable[re.Pattern[str]]) -> None:
        # by number: a pattern's hash is made of all its code, each time
        numbered = list(enumerate(patterns))
        begun = [row for row in numbered if _has_beginnings(row[1])]
        self._others = tuple(row for row in numbered if row not in begun)
        self._index = Index((row[1], row) for row in begun)

    def search(self, text: str) -> list[re.Match[str]]:
        """The first match of each pattern that has one, in the order of the patterns."""
        found = {number: match for number, pattern in self._others if (match := pattern.search(text))}
        for at, rows in self._index.places(text):
            for number, pattern in rows:
                if number not in found and (match := pattern.match(text, at)):
                    found[number] = match
        return [match for _, match in sorted(found.items(), key=itemgetter(0))]


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
        free = 0
        for at, _ in self._index.places(text):
            if at >= free and (found := self.pattern.match(text, at)):
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
