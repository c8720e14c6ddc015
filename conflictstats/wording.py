"""Words of a stretch of text, each in its place, and the codebook's sources and sayings among them.

Attribution reads words, not parses: who speaks is often named in sentences that hold no figure and are
never parsed, and in headlines, live blogs and capitals that no parser reads well.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from conflictstats.codebook import Codebook, Saying, Source
from conflictstats.inflection import noun_forms, verb_forms

_RANKS = (
    "gen lt col maj brig capt sgt cpl adm cmdr rear dr mr mrs ms prof rev sen rep gov st pvt lieutenant general"
    " colonel major brigadier captain sergeant corporal admiral commodore marshal professor sir lord lady"
    " major-general lieutenant-general lieutenant-colonel brigadier-general colonel-general staff-sergeant ensign"
    " brig-gen maj-gen lt-gen col-gen lt-col lt-cmdr lt-cdr rear-adm vice-adm rear-admiral vice-admiral staff-sgt lt-colonel lt-general"
    " maj-general brig-general sub-lieutenant captain-general"
).split()
# Ranks of two words, read as one.
_LONG_RANKS = (
    "group captain", "wing commander", "squadron leader", "flight lieutenant", "air marshal", "air vice marshal",
    "air chief marshal", "air commodore", "field marshal", "vice admiral", "warrant officer", "master sergeant",
)  # fmt: skip
RANKS = frozenset(_RANKS) | frozenset(_LONG_RANKS)


def _titles(phrases: tuple[str, ...]) -> list[str]:
    """Phrases as they stand before a name: written large, or all in capitals."""
    return [form for phrase in phrases for form in (phrase.title(), phrase.upper())]


_WORD = re.compile(
    r"(?:[^\W\d_]\.){2,}(?:-[^\W_]+)*"  # U.S., U.N., U.S.-led
    r"|(?:Brig|Maj|Lt|Col|Rear|Vice|Staff)\.?-(?:Gen|Col|Cmdr|Cdr|Adm|Sgt)\."  # Brig.-Gen.
    r"|(?:Gen|Lt|Col|Maj|Brig|Capt|Sgt|Cpl|Adm|Cmdr|Dr|Mr|Mrs|Ms|Prof|Rev|Sen|Rep|Gov|St|GEN|LT|COL|MAJ|CAPT|DR)\."
    rf"|(?:{'|'.join(_titles(_LONG_RANKS))})\b"
    r"|\d+-(?:years?-olds?|YEARS?-OLDS?)|\d+(?:st|nd|rd|th|d|ST|ND|RD|TH|D)\b|\d+(?:[.,:]\d+)*"
    r"|[^\W_]+(?:[-'’/][^\W_]+)*(?:(?<=s)['’](?=\s))?"
    r"|--+|[^\w\s]|_"
)


# Before "department", where it is an office: *the police department*, and not *Chalatenango Department*.
_OFFICES = frozenset(
    "the this that same his her its their our a police state fire health justice defense defence security interior press relations information media"
    " intelligence treasury energy education agriculture labor labour affairs investigation investigations medical war planning administrative"
    " emergency humanitarian political statistics operations legal forensic federal local regional municipal provincial city national government"
    " army military us u.s british foreign commerce transportation service services rescue sheriff investigative".split()
)
# Behind "daily", where it is no newspaper: *the daily briefing*.
_DAILY = frozenset(
    "briefing bulletin report update toll tally statement press summary count conference".split()
)
_ARABIC = re.compile(r"[a-z]{1,4}-[A-Z]")  # al-Hout, el-Fasher


class Word(NamedTuple):
    """A word or mark, where it stands in the article."""

    text: str
    plain: str  # small letters, straight apostrophe, possessive ending taken off
    start: int
    end: int
    possessive: bool
    capital: bool  # written large where it need not be: never true in text that is all capitals
    is_mark: bool


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry of the codebook that stands at words `first` to `last` (exclusive)."""

    first: int
    last: int
    key: str
    source: Source


class Words(tuple[Word, ...]):
    """The words of one sentence, compared by identity: what was found in them is kept for all who ask."""

    __slots__ = ()

    def __hash__(self) -> int:
        return id(self)

    def __eq__(self, other: object) -> bool:
        return self is other


def is_shouted(text: str) -> bool:
    """Whether a text is all capitals, so that a capital says nothing."""
    large, small = sum(map(str.isupper, text)), sum(map(str.islower, text))
    return large + small >= 12 and large > 4 * small


def is_titled(words: tuple[Word, ...]) -> bool:
    """Whether a line is a title, whose words are written large: a capital there makes no name."""
    long = [word for word in words if len(word.text) > 3 and word.text[0].isalpha()]
    return sum(word.text[0].isupper() for word in long) > 0.7 * len(long)


@lru_cache(maxsize=4096)
def read_words(text: str, start: int, end: int) -> tuple[Word, ...]:
    """The words and marks of `text[start:end]`."""
    shouted = is_shouted(text[start:end])
    words = []
    for match in _WORD.finditer(text, start, end):
        token = match.group()
        plain, possessive = token.casefold(), False
        if token == "IS" and not shouted:
            plain = "islamic-state"  # and no verb
        elif plain in ("u.n.", "e.u."):
            plain = plain.replace(".", "")  # but not U.S., which would read "us"
        elif plain[-1] == "." and plain.replace(".", "") in RANKS:
            plain = plain.replace(".", "")
        elif "'" in plain or "’" in plain:
            plain = plain.replace("’", "'")
            possessive = len(plain) > 2 and plain.endswith(("'s", "s'"))
            if plain.endswith("'s"):
                plain = plain[:-2]
            elif plain.endswith("s'"):
                plain = plain[:-1]
        capital = not shouted and (token[0].isupper() or ("-" in token and _ARABIC.match(token) is not None))
        start, end = match.span()
        words.append(Word(token, plain, start, end, possessive, capital, not token[0].isalnum()))
    return Words(words)


@dataclass(frozen=True, eq=False)
class Lexicon:
    """The codebook's phrases, by first word, longest first."""

    sources: dict[str, tuple[tuple[tuple[str, ...], bool, str], ...]]
    sayings: dict[str, tuple[tuple[tuple[str, ...], str], ...]]
    verbs: dict[str, str]  # form → key

    def source_at(self, words: tuple[Word, ...], at: int, entries: Codebook) -> Hit | None:
        """The longest source that begins at word `at`."""
        rows = self.sources.get(words[at].plain)
        if rows is None:
            return None
        behind = words[at + 1].plain if at + 1 < len(words) else ""
        for phrase, exact, key in rows:
            stop = at + len(phrase)
            if stop > len(words) or (len(phrase) > 2 and phrase[1] != behind):
                continue
            if len(phrase) > 3 and any(words[at + n].plain != phrase[n] for n in range(2, len(phrase) - 1)):
                continue
            if words[stop - 1].plain != phrase[-1] and not (
                exact and len(phrase) > 1 and words[stop - 1].plain == phrase[-1] + "s"  # a lost apostrophe
            ):
                continue
            if (
                phrase == ("who",)
                and not any(word.capital for word in words)
                and (at == 0 or words[at - 1].plain != "the")
            ):
                continue  # in capitals, the pronoun
            if exact and words[stop - 1].text[0].islower() and words[at].text[0].islower():
                continue
            if phrase == ("department",) and behind != "of" and at:
                before = words[at - 1]
                if not (before.is_mark or before.possessive or before.plain in _OFFICES):
                    continue
            if phrase == ("daily",) and behind in _DAILY:
                continue
            return Hit(at, stop, key, entries.sources[key])
        return None

    def phrase_at(self, words: tuple[Word, ...], at: int) -> tuple[int, str] | None:
        """The longest frame, rumour, text or picture that begins at word `at`: where it stops, and its key."""
        rows = self.sayings.get(words[at].plain)
        if rows is None:
            return None
        behind = words[at + 1].plain if at + 1 < len(words) else ""
        for phrase, key in rows:
            stop = at + len(phrase)
            if stop > len(words) or (len(phrase) > 1 and phrase[1] != behind):
                continue
            if all(words[at + n].plain == phrase[n] for n in range(2, len(phrase))):
                return stop, key
        return None


@lru_cache(maxsize=4096)
def is_text(words: tuple[Word, ...], at: int, codebook: Codebook) -> bool:
    """Whether a word is a thing that speaks for whoever issued it: report, figures, statement."""
    found = lexicon(codebook).phrase_at(words, at)
    if found is None or codebook.sayings[found[1]].kind != "text":
        return False
    behind = words[found[0]] if found[0] < len(words) else None
    if (
        words[at].capital
        and behind is not None
        and behind.capital
        and at
        and words[at - 1].capital
        and not (at == 1 and words[0].plain in ("its", "their", "the", "a", "his", "her"))
        and not is_titled(words)
    ):
        return False  # *Sahel Data Hub*
    if words[at].capital and at > 2 and words[at - 1].capital and words[at - 2].plain in ("for", "of"):
        return False  # *Center for Policy Research*
    # *the Information Ministry*, *the report committee*: part of the name of an institution
    return not any(
        (hit.first <= at < hit.last and hit.last - hit.first > 1)
        or (hit.first == found[0] and hit.source.kind == "institution" and not words[at].possessive)
        for hit in source_hits(words, codebook)
    )


def _parts(phrase: str) -> tuple[str, ...]:
    return tuple(word.plain for word in read_words(phrase, 0, len(phrase)))


@lru_cache(maxsize=8)
def lexicon(codebook: Codebook) -> Lexicon:
    """The phrases of a codebook, ready for look-up."""
    sources: dict[str, list[tuple[tuple[str, ...], bool, str]]] = {}
    for key, source in codebook.sources.items():
        own = source.kind not in ("body", "person")
        for name in source.names:
            for form in sorted(noun_forms(name)) if own else (name,):
                parts = _parts(form)
                sources.setdefault(parts[0], []).append((parts, name[0].isupper(), key))
    sayings: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    verbs: dict[str, str] = {}
    for key, saying in codebook.sayings.items():
        if saying.kind == "verb":
            for form in sorted(_verb_forms(key, saying)):
                verbs.setdefault(form, key)
        else:
            for form in saying.forms or (key,):
                parts = _parts(form)
                sayings.setdefault(parts[0], []).append((parts, key))
    return Lexicon(
        {
            # a name of its own before the noun that it is made of: National News Agency
            first: tuple(sorted(set(rows), key=lambda row: (-len(row[0]), not row[1], row)))
            for first, rows in sources.items()
        },
        {
            first: tuple(sorted(set(rows), key=lambda row: (-len(row[0]), row)))
            for first, rows in sayings.items()
        },
        verbs,
    )


def _verb_forms(key: str, saying: Saying) -> frozenset[str]:
    return frozenset(saying.forms) if saying.forms else verb_forms(key)


@lru_cache(maxsize=1024)
def source_hits(words: tuple[Word, ...], codebook: Codebook) -> tuple[Hit, ...]:
    """All sources that the words name, without overlaps, the longest at each place."""
    table = lexicon(codebook)
    hits: list[Hit] = []
    for at, word in enumerate(words):
        if word.plain in table.sources and (not hits or hits[-1].last <= at):
            hit = table.source_at(words, at, codebook)
            if hit is not None:
                hits.append(hit)
    return tuple(hits)
