"""A cue of speech, and how far it reaches: up to where another takes over, or a clause of nobody's begins."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from conflictstats.attribution.phrases import DAYS, Stretch
from conflictstats.wording import Word

Reach = Literal["right", "left"]


@dataclass(frozen=True, slots=True)
class Cue:
    """One cue: its own words, the words that name the speaker, and the words that it reaches over."""

    first: int
    last: int
    reach: Reach
    speaker: Stretch | None  # None: the speaker of the cue before, or nobody's for a rumour
    zone: Stretch
    kind: Literal["verb", "frame", "rumour", "colon", "noun"] = "verb"
    status: Literal["asserted", "denied"] = "asserted"
    shared: bool = False  # the subject stands with an earlier verb: *said …, and denied*
    quoting: bool = False  # *citing X*, *quoted X as saying*: X's words in another's mouth


_CONTRASTS = frozenset("while whereas but though although".split())
_RELATIVES = frozenset("where which when".split())
_CLAIMS = frozenset("claim claims report reports allegation allegations statement statements figures".split())
_AFTER_DENIAL = frozenset(
    "saying which but while although though calling insisting claiming adding instead and".split()
)


def limit_reach(words: tuple[Word, ...], cues: list[Cue]) -> list[Cue]:
    """Cut every zone where a new speaker takes over, or where a clause of nobody's begins."""
    limited = []
    for number, cue in enumerate(cues):
        zone = cue.zone
        if cue.kind == "rumour":
            limited.append(cue)
            continue
        right = zone.last
        for other in cues[number + 1 :]:
            begin = _takes_over(words, cue, other)
            if begin is not None and begin < right:
                right = begin
        left = zone.first
        if cue.reach == "left" or zone.first < cue.first:
            for other in cues[:number]:
                if other.kind in ("rumour", "noun") or cue.quoting:
                    continue
                if other.reach == "left" and not other.shared:
                    left = max(left, _resume(words, other, cue))
            begin = _start(cue)
            if (
                begin > 2
                and words[begin - 1].text == ","
                and words[begin - 2].plain in ("which", "whom", "who")
            ):
                # *, 95 percent of which, the military said, were shot down*
                for place in range(begin - 2, left - 1, -1):
                    if words[place].text == ",":
                        left = place + 1
                        break
            if any(other.kind not in ("rumour", "noun") for other in cues[:number]):
                for place in range(begin - 1, left - 1, -1):
                    if words[place].text == ";":
                        left = place + 1
                        break
        left, right = _one_sentence(words, cue, left, right)
        if cue.status == "denied":
            right = _denial_ends(words, cue, right)
        limited.append(replace(cue, zone=Stretch(left, max(left, right))))
    return limited


def _one_sentence(words: tuple[Word, ...], cue: Cue, left: int, right: int) -> tuple[int, int]:
    """A full stop that the splitter of sentences could not be sure of ends every reach."""
    begin = _start(cue)
    for place in range(left, min(right, len(words) - 1)):
        if (
            words[place].text not in (".", "!", "?")
            or not (words[place + 1].text[0].isupper() or words[place - 1].plain in DAYS)
            or len(words[place - 1].text) < 3
        ):
            continue
        if place < begin:
            left = place + 1
        elif place >= cue.last:
            right = place
            break
    return left, right


def _start(cue: Cue) -> int:
    return min(cue.first, cue.speaker.first) if cue.speaker else cue.first


def _takes_over(words: tuple[Word, ...], cue: Cue, other: Cue) -> int | None:
    """Where `other` ends the reach of `cue`; None where it stands inside what `cue` reports."""
    if other.kind in ("rumour", "noun"):
        return None
    begin = _start(other)
    if other.shared:
        if other.status != cue.status or cue.status == "denied":
            return other.first
        return None
    if other.reach == "left" and other.kind == "frame":
        if other.quoting:
            return None
        if (relative := _own_relative(words, cue, other)) is not None:
            return relative
        if (clause := _own_clause(words, cue, other)) is not None:
            return clause
    if (
        other.speaker
        and begin > cue.last
        and other.speaker.last < other.first - 1
        and words[other.first - 1].text == ","
        and words[begin - 1].plain in ("which", "whom")
    ):
        return other.first  # *…, which the army denied, saying …*
    if begin <= cue.last:
        if (
            other.speaker
            and other.first > cue.last
            and words[other.first - 1].text == ","
            and not cue.quoting
        ):
            return other.first  # *X, whom the army has accused of …, said*
        return None
    previous = words[begin - 1]
    if previous.text in (";", ":"):
        return begin - 1
    place = begin - 1
    # over a fronted adverbial: ", while on Tuesday the army said"
    for back in range(place, max(place - 6, cue.last), -1):
        if words[back].plain in (
            "while",
            "whereas",
            "though",
            "although",
            "but",
            "and",
            "as",
            "when",
            "after",
            "because",
            "if",
            "that",
        ):
            join = words[back].plain
            if join in ("as", "when", "after", "because", "if", "that"):
                return None
            if back + 1 < len(words) and words[back + 1].plain == "that":
                return None
            if other.reach == "left":
                return None if join == "and" else back
            return back
        if words[back].is_mark and back != place:
            break
    return None


def _own_relative(words: tuple[Word, ...], cue: Cue, other: Cue) -> int | None:
    """Where a relative clause begins that has a source of its own.

    *…, where, according to X, 20 died*; *…, in which 93 missiles were fired, according to X.*
    """
    before = other.first - 1
    if words[before].text == "," and words[before - 1].plain in _RELATIVES:
        return before - 1
    if other.last < len(words) - 1 or words[before].text != ",":
        return None
    for place in range(before - 1, cue.last, -1):
        if words[place].text == ",":
            opens = words[place + 1].plain in _RELATIVES or (
                words[place + 1].plain in ("in", "during") and words[place + 2].plain == "which"
            )
            return place if opens else None
    return None


def _own_clause(words: tuple[Word, ...], cue: Cue, other: Cue) -> int | None:
    """Where the clause begins that ends in a source of its own: *A says 9 died; two more, according to B, are missing*.

    After *according to A*, *and* is enough: *killed 38, according to the police, and 90, according to doctors*.
    """
    if other.first < 2 or words[other.first - 1].text != ",":
        return None
    joins = _CONTRASTS | {"and"} if cue.kind == "frame" and cue.reach == "left" else _CONTRASTS
    for place in range(other.first - 2, cue.last, -1):
        if words[place].text == ";":
            return place
        if words[place].plain in joins and words[place - 1].text == "," and words[place + 1].plain != "that":
            return place - 1
    return None


def _resume(words: tuple[Word, ...], earlier: Cue, cue: Cue) -> int:
    """Where the reach of a later cue to the left begins, behind an earlier one of the same kind."""
    stop = max(earlier.last, earlier.speaker.last if earlier.speaker else 0)
    for place in range(stop, _start(cue)):
        if words[place].text == ";" or words[place].plain in ("while", "but", "and", "though", "whereas"):
            return place
    return stop


def _denial_ends(words: tuple[Word, ...], cue: Cue, right: int) -> int:
    for place in range(cue.last, right - 1):
        if words[place].text == "," and words[place + 1].plain in _AFTER_DENIAL:
            return place
        if words[place].plain in ("which", "where") and words[place - 1].plain not in _CLAIMS:
            return place  # *involved in the incident in | which 18 trucks …*
    return right
