"""Where an article quotes: spans between quotation marks, closed or not, across sentences and paragraphs."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

_CLOSERS = {"“": "”", "«": "»", "„": "“”", "‟": "”"}
_LONGEST = 1500  # characters; longer without a close is a lost mark, not a quotation
_OPENING = re.compile(f"[{''.join(_CLOSERS)}\"‘']")
_PARAGRAPH = re.compile(r"\n\s*\n")


class Quotation(NamedTuple):
    """A quotation, its marks included. `goes_on`: the paragraph ended and the quote had not."""

    start: int
    end: int
    goes_on: bool = False


@lru_cache(maxsize=16)
def find_quotations(text: str, start: int = 0) -> tuple[Quotation, ...]:
    """The quotations of a text in order.

    A quote that is not closed by the end of its paragraph runs on where the next paragraph opens with a
    mark again; otherwise the mark is taken for a slip and quotes nothing.
    """
    found: list[Quotation] = []
    at = start
    for block in [*(m.span() for m in _PARAGRAPH.finditer(text, start)), (len(text), len(text))]:
        found += _in_paragraph(text, at, block[0], block[1])
        at = block[1]
    return tuple(found)


def _in_paragraph(text: str, start: int, end: int, following: int) -> list[Quotation]:
    found = []
    at = start
    while (opening := _OPENING.search(text, at, end)) is not None:
        at, mark = opening.start(), opening.group()
        if mark in _CLOSERS:
            close = next((n for n in range(at + 1, end) if text[n] in _CLOSERS[mark]), -1)
        elif mark == '"' and _opens(text, at, start):
            close = next((n for n in range(at + 1, end) if text[n] == '"' and not _opens(text, n, start)), -1)
            if close < 0:
                close = text.find('"', at + 1, end)
        elif mark in "‘'" and _opens(text, at, start):
            close = _single(text, at, end)
            if close < 0:
                at += 1
                continue
        else:
            at += 1
            continue
        if close < 0:
            goes_on = text[following : following + 1] in ("“", '"', "«", "„")
            if goes_on:
                found.append(Quotation(at, end, True))
                return found
            at += 1
        elif close - at > _LONGEST:
            at += 1
        else:
            found.append(Quotation(at, close + 1))
            at = close + 1
    return found


def _opens(text: str, at: int, start: int) -> bool:
    before = text[at - 1] if at > start else " "
    after = text[at + 1] if at + 1 < len(text) else " "
    return (before.isspace() or before in '([—–-:“"') and not after.isspace()


def _single(text: str, at: int, end: int) -> int:
    """The close of a single mark within a sentence's length; −1 where it may be an apostrophe."""
    for place in range(at + 1, min(end, at + 400)):
        if text[place] == "\n":
            return -1
        if (
            text[place] in "’'"
            and not text[place - 1].isspace()
            and not text[place + 1 : place + 2].isalnum()
        ):
            # "the rebels' own" is no close: a possessive plural runs on into a word
            if (
                text[place - 1] == "s"
                and text[place + 1 : place + 2] == " "
                and text[place - 1] != "."
                and any(
                    text[n] in "’'" and not text[n + 1 : n + 2].isalnum()
                    for n in range(place + 1, min(end, at + 400))
                )
            ):
                continue
            return place
    return -1
