"""Who attacks and who is attacked, as the words around each name of a side tell.

Read from words, not from a parse: attacks are often named in headlines and in sentences that hold no figure
and are never parsed. `parties` asks here what the sentence of a figure, and the text before it, say of an
attack; the grammar of the figure itself comes first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from conflictstats.codebook import Codebook
from conflictstats.inflection import noun_forms, verb_forms
from conflictstats.records import Document, Name
from conflictstats.wars import named_sides, wars_of
from conflictstats.wording import Word, lexicon, read_words

Part = Literal["attacker", "attacked"]
Does = Literal["attack", "send", "defend", "lose", "command", "civil", "neutral"]


class Role(NamedTuple):
    """A side named in a sentence, and the part that it plays there."""

    side: str
    part: Part
    start: int
    end: int
    weight: float
    words: str  # what told so


class Lexis(NamedTuple):
    """The words of `deeds.toml` and the nouns of the codebook, in all their forms."""

    verbs: Mapping[str, tuple[tuple[tuple[str, ...], str, str], ...]]  # first word → rest, does, lemma
    nouns: Mapping[tuple[str, ...], str]  # phrase → does, or "thing"
    participles: frozenset[str]


class Unit(NamedTuple):
    """A word, a mark, or a whole name."""

    plain: str
    start: int
    end: int
    name: Name | None
    possessive: bool
    suffix: str  # what is tied to a name by a hyphen: Russian-*installed*
    mark: bool


_LONGEST_NOUN = 3
_SKIPPED_BEFORE = frozenset(
    "the a an its their his her our this that these those all any some most many several other another more new own"
    " southern northern eastern western central nearby key major large massive main first second latest combined"
    " advancing occupying invading military".split()
)  # fmt: skip
_AUXILIARIES = frozenset("has have had is are was were be been being will would may might could can did does do to not also".split())
_BE = frozenset("is are was were be been being get gets got".split())
_STOPS = frozenset(
    "in on at of by from with against into over to for near after before during while as when where who which that and or but"
    " than since until between across inside towards toward under around within through via because if so amid following"
    " the a an its their his her our this these those is are was were be been being has have had will would may might could can"
    " did does do not also still only again then recently reportedly already".split()
)
_AGAINST = frozenset("on at against into upon targeting towards toward".split())
_WITHIN = frozenset("in inside across over near around".split())
_CLAUSE = frozenset("; : . ! ? — –".split())
_ABOUT = frozenset("made built supplied designed style produced manufactured provided type backed installed speaking language".split())
_PRONOUNS = frozenset("it they we its their our us them".split())
_PARTICIPLES_ONLY = frozenset("been being".split())


@cache
def lexis(codebook: Codebook) -> Lexis:
    """The words that the rules look for."""
    verbs: dict[str, list[tuple[tuple[str, ...], str, str]]] = {}
    nouns: dict[tuple[str, ...], str] = {}
    for item in codebook.items.values():
        does = {"munition": "attack", "action": "attack"}.get(item.group, "thing")
        if item.group in ("munition", "action", "people", "equipment", "site"):
            for word in item.words:
                for form in noun_forms(word):
                    nouns[tuple(form.replace("-", " - ").split())] = does
                    nouns[tuple(form.split())] = does
    for deed in codebook.deeds.values():
        for verb in deed.verbs:
            first, *rest = verb.split()
            for form in sorted(verb_forms(first)):
                verbs.setdefault(form, []).append((tuple(rest), deed.does, verb))
        for noun in deed.nouns:
            for form in noun_forms(noun):
                nouns[tuple(form.split())] = deed.does
    ordered = {form: tuple(sorted(rows, key=lambda row: (-len(row[0]), row))) for form, rows in verbs.items()}
    past = frozenset(
        form for deed in codebook.deeds.values() for verb in deed.verbs for form in verb_forms(verb.split()[0])
        if form.endswith("ed") or form in ("hit", "struck", "shot", "sunk", "lost", "beaten", "sent", "overrun", "blown", "begun")
    )  # fmt: skip
    return Lexis(ordered, nouns, past)


def read_roles(start: int, end: int, document: Document, codebook: Codebook, speaker: str | None) -> tuple[Role, ...]:
    """The parts that the sides named in `start:end` play there; pronouns stand for `speaker`."""
    return _roles(document.article.text, start, end, named_sides(document, speaker, codebook), codebook, speaker)


@lru_cache(maxsize=512)
def _roles(
    text: str, start: int, end: int, names: tuple[Name, ...], codebook: Codebook, speaker: str | None
) -> tuple[Role, ...]:
    units = _units(text, start, end, names)
    words = lexis(codebook)
    roles = []
    for at, unit in enumerate(units):
        side = _side(unit, units, at, speaker)
        if side is None or unit.suffix in _ABOUT:
            continue
        found = _part(at, units, words, codebook)
        if found is not None:
            part, weight, why = found
            roles.append(Role(side, part, unit.start, unit.end, weight, why))
    return tuple(roles)


def _units(text: str, start: int, end: int, names: tuple[Name, ...]) -> tuple[Unit, ...]:
    inside = [name for name in names if name.start < end and start < name.end]
    units: list[Unit] = []
    taken: Name | None = None
    for word in read_words(text, start, end):
        name = next((n for n in inside if n.start < word.end and word.start < n.end), None)
        if name is not None and name == taken:
            # a later word of the same name
            last = units[-1]
            units[-1] = last._replace(end=word.end, possessive=word.possessive, suffix=_suffix(word, name))
            continue
        taken = name
        units.append(
            Unit(
                word.plain, word.start, word.end, name, word.possessive,
                _suffix(word, name) if name is not None else "", word.is_mark,
            )  # fmt: skip
        )
    return tuple(units)


def _suffix(word: Word, name: Name) -> str:
    tail = word.text[max(0, name.end - word.start) :]
    return tail.lstrip("-").casefold() if tail.startswith("-") else ""


def _side(unit: Unit, units: Sequence[Unit], at: int, speaker: str | None) -> str | None:
    if unit.name is not None:
        return unit.name.side
    if unit.plain in _PRONOUNS and speaker is not None and not unit.mark:
        return speaker
    return None


def _part(at: int, units: Sequence[Unit], words: Lexis, codebook: Codebook) -> tuple[Part, float, str] | None:
    """The part that the name at `at` plays, how sure that is, and the words that say so."""
    head, after, why = _head(at, units, words, codebook)
    pronoun = units[at].name is None
    if head in ("attack",):
        return "attacker", 1.0, why
    if head == "defend":
        return "attacked", 0.9, why
    if head == "lose":
        return "attacked", 1.0, why
    if head in ("thing", "command", None) and not (pronoun and units[at].plain in ("its", "their", "our") and head is None):
        verb = _verb_after(after, units, words, codebook)
        if verb is not None and not (head == "thing" and verb[0] in ("attack", "send") and not verb[2]):
            does, lemma, passive = verb
            if does in ("attack", "send"):
                return ("attacked", 0.9, lemma) if passive and does == "attack" else ("attacker", 1.0, lemma)
            if does == "defend":
                return ("attacker", 0.8, lemma) if passive else ("attacked", 1.0, lemma)
            if does == "lose":
                return "attacked", 1.0, lemma
    return _before(at, units, words, head)


def _head(
    at: int, units: Sequence[Unit], words: Lexis, codebook: Codebook
) -> tuple[str | None, int, str]:
    """What the noun phrase is that a name opens ("Russian cruise *missiles*"): its kind, where it ends, the word."""
    kind: str | None = None
    why = units[at].plain
    n = at + 1
    limit = min(len(units), at + 7)
    while n < limit:
        unit = units[n]
        if unit.mark and unit.plain != "-":
            break
        if unit.name is not None:
            weapon = unit.name.kind == "weapon"
            if weapon and unit.name.key in codebook.weapons:
                kind = "attack" if codebook.items[codebook.weapons[unit.name.key].item].group == "munition" else "thing"
                why = unit.plain
                n += 1
                continue
            break
        if unit.plain in _STOPS:
            break
        found = _noun_at(n, units, words)
        if found is None:
            if unit.plain in words.participles or _is_saying(unit.plain, codebook):
                break
            n += 1
            continue
        length, does = found
        if unit.plain in words.participles and length == 1 and not units[n - 1].possessive:
            break
        kind, why = does, " ".join(u.plain for u in units[n : n + length])
        n += length
    return kind, n, why


def _noun_at(n: int, units: Sequence[Unit], words: Lexis) -> tuple[int, str] | None:
    for length in range(_LONGEST_NOUN, 0, -1):
        phrase = tuple(unit.plain for unit in units[n : n + length])
        if len(phrase) == length and phrase in words.nouns:
            return length, words.nouns[phrase]
    return None


def _is_saying(word: str, codebook: Codebook) -> bool:
    return word in lexicon(codebook).verbs


def _verb_after(
    n: int, units: Sequence[Unit], words: Lexis, codebook: Codebook
) -> tuple[str, str, bool] | None:
    """The first verb behind a noun phrase that tells something: what it does, its lemma, whether it is passive."""
    passive = False
    commas = 0
    for at in range(n, min(len(units), n + 9)):
        unit = units[at]
        if unit.plain == ",":
            commas += 1
            if commas > 1:
                return None
            continue
        if unit.plain in _CLAUSE or (unit.plain in ("and", "but", "while", "when", "after", "as") and at > n):
            return None
        if unit.plain in ("by", "against", "on", "at") and at == n:
            return None
        if unit.name is not None and unit.name.side is not None and at == n:
            return None
        if unit.plain in _BE:
            passive = True
            continue
        if unit.plain in ("has", "have", "had"):
            passive = False
            continue
        deed = _verb_at(at, units, words)
        if deed is not None:
            does, lemma, length = deed
            follows = units[at + length].plain if at + length < len(units) else ""
            noun = _noun_at(at, units, words)
            if noun is not None and at > n and units[at - 1].plain in ("the", "a", "an", "of", "in", "on", "its", "their"):
                continue
            # a participle without an auxiliary, with its agent behind it: "missiles fired by …"
            reduced = unit.plain in words.participles and follows == "by"
            return does, lemma, (passive and not unit.plain.endswith("ing")) or reduced
        if _is_saying(unit.plain, codebook):
            return None
    return None


def _verb_at(at: int, units: Sequence[Unit], words: Lexis) -> tuple[str, str, int] | None:
    if units[at].name is not None:
        return None
    for rest, does, lemma in words.verbs.get(units[at].plain, ()):
        if not rest:
            return does, lemma, 1
        near = [unit.plain for unit in units[at + 1 : at + 5]]
        if all(word in near for word in rest):
            return does, lemma, 1 + (near.index(rest[0]) if near[0] == rest[0] else 0) + (near[0] == rest[0])
    return None


def _before(at: int, units: Sequence[Unit], words: Lexis, head: str | None) -> tuple[Part, float, str] | None:
    """The part of a name by the preposition or verb in front of its noun phrase."""
    n = at - 1
    skipped = 0
    while n >= 0 and skipped < 7:
        unit = units[n]
        if unit.mark and unit.plain not in ("-", "\"", "“", "”", "'"):
            return None
        if unit.plain in _AGAINST | _WITHIN | {"by", "from", "of", "between", "with"}:
            break
        deed = _verb_at(n, units, words)
        if deed is not None and unit.plain not in ("military", "fire") and _is_verb(n, units):
            does, lemma, _ = deed
            if does == "attack":
                passive = n > 0 and units[n - 1].plain in _BE
                return None if passive else ("attacked", 0.9 - 0.05 * skipped, lemma)
            if does == "defend":
                return "attacker", 0.8 - 0.05 * skipped, lemma
            return None
        if unit.plain in ("and", "or", "who", "which", "that", "said", "to", "while", "when", "as", "than"):
            return None
        skipped += 1
        n -= 1
    else:
        return None
    if n < 0:
        return None
    return _by_preposition(n, units[n].plain, units, words, head)


def _is_verb(n: int, units: Sequence[Unit]) -> bool:
    """Whether a word that may be verb or noun is a verb here: a determiner or adjective in front makes it a noun."""
    if n == 0:
        return True
    before = units[n - 1]
    return before.plain not in ("the", "a", "an", "its", "their", "this", "of", "in", "air", "missile", "drone") and not before.possessive


def _by_preposition(
    n: int, preposition: str, units: Sequence[Unit], words: Lexis, head: str | None
) -> tuple[Part, float, str] | None:
    for at in range(n - 1, max(-1, n - 13), -1):
        unit = units[at]
        distance = n - at
        if unit.plain in _CLAUSE or unit.plain in ("while", "but", "whereas", "said", "says"):
            return None
        if unit.name is not None:
            if unit.name.kind == "weapon" and preposition in _AGAINST:
                return "attacked", 0.8, f"{unit.plain} {preposition}"
            continue
        noun = _noun_at(at, units, words)
        deed = _verb_at(at, units, words)
        kind = deed[0] if deed is not None else noun[1] if noun is not None else None
        why = f"{unit.plain} {preposition}"
        if preposition == "by":
            if distance > 5:
                return None
            if kind in ("attack", "send"):
                return "attacker", 1.0, why
            if kind == "defend":
                return "attacked", 1.0, why
            continue
        if preposition == "from":
            if noun is not None and noun[1] == "attack" and distance <= 3:
                return "attacker", 0.7, why
            if deed is not None and deed[2:] and deed[1] in ("seize", "capture", "retake", "recapture", "liberate", "take"):
                return "attacked", 0.8, why
            continue
        if preposition in ("of", "between", "with"):
            if distance > 1 or preposition != "of":
                return None
            if noun is not None and noun[1] == "attack" and unit.plain not in ("advance", "advances"):
                return "attacked", 0.6, why
            if noun is not None and noun[1] == "lose":
                return "attacked", 1.0, why
            if noun is not None and noun[1] == "command":
                return _part_of_command(at, units, words)
            return None
        if kind in ("attack", "send") or (noun is not None and noun[1] == "attack"):
            if preposition in _WITHIN:
                if distance <= 8 and head in (None, "thing"):
                    return "attacked", 0.5, why
                return None
            return "attacked", 0.9 if distance < 8 else 0.6, why
        if kind == "defend" and preposition == "over":
            return "attacked", 0.7, why
    return None


def _part_of_command(at: int, units: Sequence[Unit], words: Lexis) -> tuple[Part, float, str] | None:
    """ "Fighters of the RSF overran the camp": what the fighters do, the RSF does."""
    n = at + 2
    while n < len(units) and (units[n].name is not None or units[n].plain in _SKIPPED_BEFORE or units[n].plain not in _STOPS):
        deed = _verb_at(n, units, words)
        if deed is not None:
            does, lemma, _ = deed
            if does in ("attack", "send"):
                return "attacker", 0.9, lemma
            return ("attacked", 0.9, lemma) if does in ("defend", "lose") else None
        n += 1
    return None


def speaker_in(start: int, end: int, document: Document, codebook: Codebook) -> str | None:
    """The side that speaks in a sentence: the one named in front of a verb of saying, or behind "according to"."""
    units = _units(document.article.text, start, end, document.names)
    for at, unit in enumerate(units):
        if unit.name is None or unit.name.side is None:
            continue
        before = [u.plain for u in units[max(0, at - 4) : at]]
        if "according" in before:
            return unit.name.side
        for n in range(at + 1, min(len(units), at + 8)):
            if units[n].mark and units[n].plain != ",":
                break
            if _is_saying(units[n].plain, codebook):
                return unit.name.side
            if units[n].name is not None and units[n].name.side not in (None, unit.name.side):
                break
    return None


def perspective(document: Document, codebook: Codebook) -> str | None:
    """The side from which an article is told where only one speaks in it: an army's bulletin."""
    speakers = [speaker_in(s.start, s.end, document, codebook) for s in document.sentences]
    parties = {side for war in wars_of(document, codebook)[:1] for camp in codebook.wars[war].sides for side in camp}
    counted = Counter(side for side in speakers if side in parties)
    if not counted:
        return None
    (first, most), *others = counted.most_common(2)
    return first if not others or most > 2 * others[0][1] else None


def story(document: Document, codebook: Codebook) -> tuple[tuple[Role, ...], ...]:
    """The roles of every sentence of an article, in order."""
    common = perspective(document, codebook)
    return tuple(
        read_roles(s.start, s.end, document, codebook, speaker_in(s.start, s.end, document, codebook) or common)
        for s in document.sentences
    )


def strongest(roles: Sequence[Role], part: Part) -> Role | None:
    """The surest role of a part; of equals the first."""
    found: Role | None = None
    for role in roles:
        if role.part == part and (found is None or role.weight > found.weight):
            found = role
    return found
