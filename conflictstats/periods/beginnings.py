"""What a text must begin with for a pattern to match there, so that most patterns need not be tried at most words.

It is read from the pattern itself, as the standard library parses it: a list kept by hand would come to miss a form
one day, and nobody would see it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

from conflictstats.spellings import fold

LENGTH = 3  # of a beginning: enough to tell "the" from "that"
_BLANK = re.compile(r"\s")
_DIGIT = re.compile(r"\d")


def plain(text: str) -> str:
    """The text as beginnings are written: folded, every digit a 0, all white space blanks; character for character."""
    return _DIGIT.sub("0", _BLANK.sub(" ", fold(text)))


def beginnings(pattern: str, flags: int) -> frozenset[str]:
    """All that a match of the pattern can begin with, `LENGTH` characters long and plain.

    What stands in front of a match or behind it is left out of account: the pattern need not match where its
    beginning stands.

    Raises:
        ValueError: the pattern may match fewer characters, or any at all.
    """
    found = frozenset(_of_all(_parser.parse(pattern, flags)))
    if any(len(beginning) < LENGTH for beginning in found):
        raise ValueError(f"a match can be shorter than {LENGTH} characters: {pattern}")
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
