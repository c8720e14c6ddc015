"""Whatever stands for a side in a sentence: its names, its roles, the pronouns that mean one of them, and who speaks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache

from conflictstats.attribution.quotations import find_quotations
from conflictstats.attribution.turns import find_turns
from conflictstats.codebook import Codebook
from conflictstats.names import names_within
from conflictstats.parties.deedwords import (
    WITHIN,
    Lexis,
    Unit,
    head_of,
    is_governed,
    is_saying,
    lexis,
    read_units,
)
from conflictstats.records import Document, Name, Sentence
from conflictstats.runons import dateline
from conflictstats.wars import enemies, mentions, named_sides, wars_of
from conflictstats.wording import read_words

BE = frozenset("is are was were be been being get gets got".split())
HAVE = frozenset("has have had having".split())
CLAUSE = frozenset("; : . ! ? — –".split())
# "Russian-made drones" are not Russia's doing.
ABOUT = frozenset(
    "made built supplied designed style produced manufactured provided type backed installed speaking language donated trained"
    " appointed led linked allied affiliated based owned flagged registered chartered operated".split()
)
_HEARD = frozenset("it they its their".split())
_OPENING = frozenset("in according for per by as to".split())
_OWN = frozenset("we our us my ours".split())
OWNING = frozenset("its their our my group movement organisation organization militia faction".split())
_BODIES = frozenset("group movement organisation organization militia faction party".split())
_BODY_NAMED = re.compile(rf"\bthe ({'|'.join(sorted(_BODIES))})\b", re.I)
_REFERRING = _OWN | _HEARD | _BODIES
# The first line of a bulletin, where it names the body that speaks and is no sentence.
_HEADING = re.compile(r"\s*[^\n]{10,200}(?=\n)")
_BODY = re.compile(
    r"\b(?:ministry of defen[cs]e|defen[cs]e ministry|(?:defen[cs]e|armed|air) forces?|general staff|army|navy|(?:military|operational) command"
    r"|military media|press (?:cent(?:er|re)|service|office|release)|mod|telegram channel|communiqu[eé]|military spokes\w+|central command)\b",
    re.I,
)
# How a text names itself at its head: "PRESS RELEASE", "communiqué No. 14", "BULLETIN OF THE GENERAL COMMAND".
_ISSUE = re.compile(r"\b(?:press release|communiqu[eé]|bulletin|war report|military statement)\b", re.I)
_HEAD = 500
_NEAR = 90
# What only a side says of itself and the other, outside what it quotes.
_PARTISAN = re.compile(r"\b(?:we|our)\b|\benemy(?:['’]s)?\b", re.I)
_SAYS = re.compile(
    r"\b(?:said|says|say|told|killed|kill|kills|hit|hits|attack(?:s|ed)?|strikes?|struck|destroy(?:s|ed)|shot|shoots|claims?|accuse[sd]?|reports?)\b",
    re.I,
)
# "KABUL, Afghanistan —", "BOGOTA, 15 JAN 90 (DPA) -- [TEXT]": where a report was written.
_DATELINE = re.compile(
    r"(?:\s*date \S+ )?\s*[A-Z]{3}[\w.,'’/ -]{0,50}?(?: ?\([\w /-]{2,30}\))? ?(?:—|–|--| -(?= ))(?: ?\[[A-Z]+\])?\s|(?:\s*date \S+ )\s*[A-Z]{3}[\w.,'’ -]{0,40}?\([\w /-]{2,30}\)[ -]*"
)
_SPEECH_ENDS = frozenset("; . ! ?".split())


@lru_cache(maxsize=256)
def sides_in(document: Document, index: int, speaker: str | None, codebook: Codebook) -> tuple[Name, ...]:
    """Whatever stands for a side in a sentence: names, roles, and the pronouns that mean one of them.

    `speaker` is the side to which the sentence belongs, if any: the one that says "we" and "the enemy".
    """
    sentence = document.sentences[index]
    opening = _DATELINE.match(document.article.text, sentence.start, sentence.end)
    start = (
        opening.end()
        if opening is not None
        else dateline(document.article.text, sentence.start) or sentence.start
    )
    named = tuple(
        name for name in names_within(named_sides(document, speaker, codebook), start, sentence.end)
        if name.side is not None
    )  # fmt: skip
    if not any(
        word.plain in _REFERRING for word in read_words(document.article.text, sentence.start, sentence.end)
    ):
        return named
    units = read_units(document.article.text, sentence.start, sentence.end, named)
    return tuple(
        sorted([*named, *_pronouns(units, document, index, speaker, codebook)], key=lambda name: name.start)
    )


def _pronouns(
    units: Sequence[Unit], document: Document, index: int, speaker: str | None, codebook: Codebook
) -> Iterator[Name]:
    """The pronouns and bare bodies ("the group") of a sentence that mean a side."""
    words = lexis(codebook)
    latest: str | None = None  # who was named last
    heard: str | None = None  # of whom it was last said
    sayer = subject = None  # who spoke last, who acted last in what was said
    single = False  # "it said": not they
    spoken = False
    quoted = in_speech(document, document.sentences[index].start)
    for at, unit in enumerate(units):
        if unit.plain in ('"', "“", "”"):
            quoted = not quoted if unit.plain == '"' else unit.plain == "“"
        if unit.plain in _SPEECH_ENDS:
            subject = None
        if unit.name is not None and unit.name.side is not None:
            if unit.suffix in ABOUT:
                continue  # "the Britain-based monitor"
            latest = unit.name.side
            if spoken and unit.name.kind in ("role", "people", "group"):
                heard = latest
            head, after, _ = head_of(at, units, words, codebook)
            acts = not is_governed(at, units) or _forces_of(at, units, words)
            following = _first_verb(after, units, words, codebook) if acts else None
            if following == "saying":
                sayer, subject = unit.name.side, None
            elif following is not None:
                # "Russian strikes knocked out 80 per cent of its capacity": not the strikes'
                subject = None if head == "attack" else unit.name.side
            continue
        if is_saying(unit.plain, codebook):
            spoken, heard = True, None
            single = at > 0 and units[at - 1].plain in ("it", "he", "she")
        side = None
        if unit.plain in _OWN and (quoted or speaker is not None):
            side = speaker
        elif unit.plain in _HEARD and _refers(at, units, codebook):
            if (
                latest is not None
                and subject is None
                and at > 1
                and units[at - 1].plain == ","
                and units[0].plain in _OPENING
            ):
                side = latest  # "According to the RSF, its forces took …"
            elif unit.plain == "their" and subject is None and heard is not None and heard != sayer:
                side = heard  # "the army said that 150 rebels died and twelve of their vehicles burned"
            elif quoted and unit.plain in ("they", "their") and speaker is not None and subject is None:
                side = _enemy(speaker, document, codebook)
            elif subject is not None:
                side = subject
            elif spoken and (sayer or speaker) and not (single and unit.plain in ("they", "their")):
                side = sayer or speaker
            else:
                side = _antecedent(document, index, codebook)
        elif unit.plain in _BODIES and at > 0 and units[at - 1].plain == "the":
            side = _last_group(unit.start, document, codebook)
            following = _first_verb(at + 1, units, words, codebook)
            sayer, subject = (side, None) if following == "saying" else (sayer, side)
        if side is not None:
            if unit.plain in ("they", "it") and _first_verb(at + 1, units, words, codebook) == "doing":
                subject = side
            yield Name(
                unit.start, unit.end, document.article.text[unit.start : unit.end], "pronoun", None, side
            )


@lru_cache(maxsize=8)
def _speech(document: Document) -> tuple[tuple[int, int], ...]:
    """Where an article is in somebody's own words: in quotation marks, or answers in an interview."""
    text, start = document.article.text, document.article.body_start
    quotes = [(quote.start, quote.end) for quote in find_quotations(text, start)]
    return (*quotes, *((turn.start, turn.end) for turn in find_turns(text, start) if not turn.asks))


def in_speech(document: Document, at: int) -> bool:
    return any(
        start < at < end or (start == at and document.article.text[at] not in '"“')
        for start, end in _speech(document)
    )


def _forces_of(at: int, units: Sequence[Unit], words: Lexis) -> bool:
    """ "Units of Battlegroup West improved their position": forces and whose they are act as one."""
    n = at - 1
    while n >= 0 and units[n].plain in ("the", "a"):
        n -= 1
    return n >= 1 and units[n].plain == "of" and words.nouns.get((units[n - 1].plain,)) == "command"


def _refers(at: int, units: Sequence[Unit], codebook: Codebook) -> bool:
    """Whether a pronoun does something here: not "it said", "of them", "it was"."""
    following = units[at + 1].plain if at + 1 < len(units) else "."
    if units[at].plain in ("its", "their"):
        return following not in ("part", "turn", "way", "kind", "target", "targets")
    return not is_saying(following, codebook) and not (at + 1 < len(units) and units[at + 1].mark)


def _first_verb(at: int, units: Sequence[Unit], words: Lexis, codebook: Codebook) -> str | None:
    for n in range(at, min(len(units), at + 7)):
        unit = units[n]
        if unit.plain in CLAUSE or (unit.plain == "," and n > at):
            return None
        if is_saying(unit.plain, codebook):
            return "saying"
        if unit.name is None and (
            unit.plain in words.verbs
            or unit.plain in HAVE
            or unit.plain in BE
            or unit.plain in ("will", "would", "could")
        ):
            return "doing"
    return None


def _antecedent(document: Document, index: int, codebook: Codebook) -> str | None:
    """The side that a sentence before is about: the first of its names that does something, else the first."""
    for before in range(index - 1, max(-1, index - 3), -1):
        sentence = document.sentences[before]
        named = tuple(
            name for name in names_within(
                named_sides(document, perspective(document, codebook), codebook), sentence.start, sentence.end
            )
            if name.side is not None
        )  # fmt: skip
        named = (*named, *_bodies_in(document, before, codebook))
        if not named:
            continue
        units = read_units(document.article.text, sentence.start, sentence.end, named)
        words = lexis(codebook)
        for at, unit in enumerate(units):
            if unit.name is not None and unit.name.side is not None and unit.suffix not in ABOUT:
                kind, after, _ = head_of(at, units, words, codebook)
                if (
                    kind in (None, "command", "attack")
                    and _first_verb(after, units, words, codebook) == "doing"
                ):
                    return unit.name.side
        return next(
            (unit.name.side for unit in units if unit.name is not None and unit.suffix not in ABOUT), None
        )
    return None


def _bodies_in(document: Document, index: int, codebook: Codebook) -> Iterator[Name]:
    """ "The militia", "the group" in a sentence: the group named last."""
    sentence, text = document.sentences[index], document.article.text
    for body in _BODY_NAMED.finditer(text, sentence.start, sentence.end):
        side = _last_group(body.start(1), document, codebook)
        if side is not None:
            yield Name(body.start(1), body.end(1), body.group(1), "pronoun", None, side)


def _last_group(at: int, document: Document, codebook: Codebook) -> str | None:
    for name in reversed(document.names):
        if name.end <= at and name.side in codebook.sides and codebook.sides[str(name.side)].kind == "group":
            return name.side
    return None


def _enemy(side: str, document: Document, codebook: Codebook) -> str | None:
    said = mentions(document.names)
    wars = wars_of(document, codebook)
    for war in wars:
        others = [other for other in enemies(side, war, codebook) if said.get(other, 0)]
        if others:
            return max(others, key=lambda other: (said[other], -others.index(other)))
    if wars and len(codebook.wars[wars[0]].sides) == 2:
        return next(iter(enemies(side, wars[0], codebook)), None)  # in a war of two it need not be named
    return None


@lru_cache(maxsize=8)
def perspective(document: Document, codebook: Codebook) -> str | None:
    """The side from which an article is told where one speaks in it more than any other: an army's bulletin."""
    parties = {
        side for war in wars_of(document, codebook)[:1] for camp in codebook.wars[war].sides for side in camp
    }
    if (headed := heading(document)) in parties:
        return headed
    speakers = [sayer_of(sentence, document, codebook) for sentence in document.sentences]
    counted = Counter(side for side in speakers if side in parties)
    if not counted:
        return None
    (first, most), *others = counted.most_common(2)
    return first if not others or most > 2 * others[0][1] else None


def heading(document: Document) -> str | None:
    """Whose bulletin it is, by its heading: "Ministry of Defence of the Russian Federation on the progress of …"."""
    text, start = document.article.text, document.article.body_start
    first = _HEADING.match(text, start)
    if first is not None and _BODY.search(first.group()) and not _SAYS.search(first.group()):
        sides = {name.side for name in document.names if name.side is not None and name.start < first.end()}
        if len(sides) == 1:
            return sides.pop()
    return _issuer(document)


def _issuer(document: Document) -> str | None:
    """Who issues a text that calls itself a communiqué or the like at its head, and then says "we" or "the enemy"."""
    text, start = document.article.text, document.article.body_start
    issues = list(_ISSUE.finditer(text, start, start + _HEAD))
    if not issues or all(in_speech(document, own.start()) for own in _PARTISAN.finditer(text)):
        return None
    for name in document.names:
        if name.side is not None and any(
            0 <= name.start - issue.end() < _NEAR and "\n" not in text[issue.end() : name.start]
            for issue in issues
        ):
            return name.side
    return None


@lru_cache(maxsize=512)
def sayer_of(sentence: Sentence, document: Document, codebook: Codebook) -> str | None:
    """The side that speaks in a sentence: the one named in front of a verb of saying, or behind "according to"."""
    named = names_within(document.names, sentence.start, sentence.end)
    if not any(name.side is not None for name in named):
        return None
    units = read_units(document.article.text, sentence.start, sentence.end, named)
    for at, unit in enumerate(units):
        if unit.name is None or unit.name.side is None:
            continue
        if "according" in [u.plain for u in units[max(0, at - 4) : at]]:
            return unit.name.side
        if head_of(at, units, lexis(codebook), codebook)[0] == "attack":
            continue  # "because of Russian strikes, the utility said"
        if at and (
            units[at - 1].plain == "from"
            or units[at - 1].plain in WITHIN
            or is_saying(units[at - 1].plain, codebook)
        ):
            continue  # "sources inside Syria say", "the mayor said Russian aircraft had released two bombs"
        for n in range(at + 1, min(len(units), at + 8)):
            if (units[n].mark and units[n].plain != ",") or units[n].plain in ("a", "an"):
                break  # "near the Syrian town a monitor said"
            if is_saying(units[n].plain, codebook):
                return unit.name.side
            if units[n].name is not None and units[n].name.side not in (None, unit.name.side):  # type: ignore[union-attr]
                break
    return None
