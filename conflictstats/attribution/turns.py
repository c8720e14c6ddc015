"""Where an article is a transcript: whose turn it is to speak, by the labels at the heads of the lines.

*Q: …* and *A: …*; *[CRISTIANI] …* after *[REPORTER] …*; *Ms. Keita (Mali): …*; and an interview that sets its
questions as paragraphs of their own. What stands in somebody's turn is his, word for word; what stands in the
turn of the one who asks is the article's own.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

_ASKED = re.compile(
    r"^[ \t>*_–—-]*(Q|A|Question|Answer|QUESTION|ANSWER)(?:\d{1,2})?[ \t]?[:.)][*_]*[ \t]+", re.M
)
_PARAGRAPH = re.compile(r"\S(?:.|\n(?!\s*\n))*")
_QUESTION = re.compile(r"[^\n\"“”«»]{4,200}\?\s*")
_LONGEST_QUESTION = 250  # characters
_OPENED = re.compile(r"[\"“«„]")
_FIRST_PERSON = re.compile(r"\b(?:I|[Ww]e|[Mm]y|[Oo]ur|us|me)\b")
_BRACKET = re.compile(
    r"(?:^|(?<=[\]\n])|(?<=[.?!\"”][ \n]))[ \t]*\[([A-Z][A-Za-z.'’ -]{1,40})(?:, [A-Za-z -]{1,25})?\]", re.M
)
_NAMED = re.compile(
    r"^[ \t>*_–—-]*(?P<clip>(?:SOUNDBITE|SOT|CLIP|ACTUALITY|ACTUALITE|INTERVIEW|SOUND)(?:, | - |: | \())?"
    r"(?P<label>(?:(?:Mr|Mrs|Ms|Dr|Sir|Gen|Col|Lt|Capt|Sen|Rep|Amb)\.? |The |President |Minister |General |Ambassador )?"
    r"(?:[A-Z][A-Z .,'’/()-]{1,70}[A-Z)]|[A-Z][\w.'’-]*(?: (?:[A-Z][\w.'’-]*|of|the|for|al|el|bin|de|la|van|von|da|dos)){0,5}))"
    r"(?:[ \t]?\([^()\n]{2,50}\)){0,2}[*_]*:[*_]*[ \t]+(?=\S)",
    re.M,
)
_TITLED = re.compile(r"(?:Mr|Mrs|Ms|Dr|Sir|Gen|Col|Lt|Capt|Sen|Rep|Amb)\b|The President\b")
# Brackets in which editors of transcripts speak, and no speaker stands.
_EDITORS = re.compile(
    r"(?:TEXT|EXCERPTS?|REPORTS?|RECORDING|APPLAUSE|LAUGHTER|CONTINUED|INDISTINCT|OMITTED|COMMUNIQUE|SPEECH|EDITORIAL|COMMENTARY|SIGNED"
    r"|DATED|HEARD|THOUGHT|STATEMENT|PAUSE|CROSSTALK|INAUDIBLE|SIC|PASSAGE|FOLLOWS|MUSIC|SHOUTS?|CHANTS?|PHONETIC)\b",
    re.I,
)
_RECORDING = re.compile(r"\[BEGIN [^\]]*RECORDING\]|\[(?:NEWS CONFERENCE|PRESS CONFERENCE|INTERVIEW)\b", re.I)
_BYLINE = re.compile(r"\s*\[(?:TEXT|EXCERPTS?)\]")  # *[MARIA DIAZ] [TEXT]*: the reporter of what follows
_ENDS = re.compile(r"\[END [^\]]*RECORDING\]", re.I)
_ASKERS = frozenset(
    "q question reporter reporters interviewer correspondent correspondents moderator host presenter announcer anchor journalist"
    " newscaster newsman newsreader narrator narration questioner byline voiceover track studio interpreter".split()
)


class Turn(NamedTuple):
    """The words that one label stands for. `label`: its characters, or None for *A:*, whoever is asked."""

    start: int
    end: int
    label: tuple[int, int] | None
    asks: bool


@lru_cache(maxsize=16)
def find_turns(text: str, start: int = 0) -> tuple[Turn, ...]:
    """The turns of a transcript in order; none where the labels are too few to make one."""
    heads = (
        _questions(text, start) or _brackets(text, start) or _names(text, start) or _interview(text, start)
    )
    if not heads:
        return ()
    stops = sorted([head.start for head in heads] + [m.start() for m in _ENDS.finditer(text, start)])
    turns = []
    for begins, label, asks in heads:
        end = next((stop for stop in stops if stop > begins), len(text))
        turns.append(Turn(begins, end, label, asks))
    return tuple(turns)


class _Head(NamedTuple):
    start: int
    label: tuple[int, int] | None
    asks: bool


def _questions(text: str, start: int) -> list[_Head]:
    found = list(_ASKED.finditer(text, start))
    heads = [_Head(m.end(), None, m.group(1).upper().startswith("Q")) for m in found]
    return heads if len({head.asks for head in heads}) == 2 else []


def _interview(text: str, start: int) -> list[_Head]:
    """Questions in paragraphs of their own, with answers in the first person or between quotation marks."""
    if "?" not in text:
        return []
    paragraphs = list(_PARAGRAPH.finditer(text, start))
    heads: list[_Head] = []
    own = 0
    for question, answer in pairwise(paragraphs):
        if _QUESTION.fullmatch(question.group()) and not _QUESTION.fullmatch(answer.group()):
            heads += [_Head(question.start(), None, True), _Head(answer.start(), None, False)]
            own += bool(_OPENED.match(answer.group()) or _FIRST_PERSON.search(answer.group()))
    if len(heads) > 2 and own * 4 >= len(heads):
        return heads
    return _asked_in_a_line(paragraphs)


def _asked_in_a_line(paragraphs: list[re.Match[str]]) -> list[_Head]:
    """An interview whose questions, or what is held against him, head the paragraphs of the answers as lines."""
    heads: list[_Head] = []
    asked = own = 0
    for paragraph in paragraphs:
        question, line_end, answer = paragraph.group().partition("\n")
        if not line_end or len(question) > _LONGEST_QUESTION:
            continue
        begins = paragraph.start() + len(question) + 1
        heads += [_Head(paragraph.start(), None, True), _Head(begins, None, False)]
        asked += _QUESTION.fullmatch(question) is not None
        own += bool(_OPENED.match(answer) or _FIRST_PERSON.search(answer))
    return heads if asked > 1 and asked * 4 >= len(heads) and own * 4 >= len(heads) else []


def _brackets(text: str, start: int) -> list[_Head]:
    if "[" not in text:
        return []
    found = [
        m
        for m in _BRACKET.finditer(text, start)
        if not _EDITORS.search(m.group(1)) and not _BYLINE.match(text, m.end())
    ]
    labels = Counter(m.group(1) for m in found)
    again = any(count > 1 for count in labels.values())
    if not (again or any(_asks(label) for label in labels) or (found and _RECORDING.search(text, start))):
        return []
    return [_Head(m.end(), m.span(1), _asks(m.group(1))) for m in found]


def _names(text: str, start: int) -> list[_Head]:
    found = list(_NAMED.finditer(text, start))
    labels = Counter(m["label"] for m in found)
    titled = sum(_TITLED.match(label) is not None for label in labels)
    again = sum(count > 1 for count in labels.values())
    asked = len(found) > 2 and any(_asks(label) for label in labels)
    clips = any(m["clip"] for m in found)
    if titled < 2 and again < (1 if asked or clips else 2):
        return []
    # *SARAH KHAN, HOST:*, and from then on *KHAN:*
    hosts = {label.split(",")[0].split()[-1] for label in labels if "," in label and _asks(label)}
    return [
        _Head(
            m.end(),
            m.span("label"),
            # where clips are played in, all others are the newsroom's own
            _asks(m["label"]) or m["label"].split()[-1] in hosts or (clips and not m["clip"]),
        )
        for m in found
    ]


def _asks(label: str) -> bool:
    words = re.findall(r"[a-z]+", label.casefold())
    return words[-1] in _ASKERS or words[0] in _ASKERS or words[0] == "unidentified"
