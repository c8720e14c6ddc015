"""Who attacks and who is attacked, as the words around each name of a side tell.

Read from words, not from a parse: attacks are often named in headlines and in sentences that hold no figure
and are never parsed. `parties` asks here what the sentence of a figure, and the text before it, say of an
attack.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from conflictstats.codebook import Codebook
from conflictstats.inflection import noun_forms, verb_forms
from conflictstats.records import Document, Name, Sentence
from conflictstats.wars import enemies, mentions, named_sides, wars_of
from conflictstats.wording import Word, lexicon, read_words

Part = Literal["attacker", "attacked"]

_LONGEST_NOUN = 3
_BE = frozenset("is are was were be been being get gets got".split())
_HAVE = frozenset("has have had having".split())
_STOPS = frozenset(
    "in on at of by from with against into over to for near after before during while as when where who which that and or but"
    " than since until between across inside towards toward under around within through via because if so amid following"
    " the a an its their his her our this these those is are was were be been being has have had will would may might could can"
    " did does do also still only again then recently reportedly already".split()
)
_AGAINST = frozenset("on at against into upon targeting towards toward".split())
_WITHIN = frozenset("in inside across near around".split())
_CLAUSE = frozenset("; : . ! ? — –".split())
# "Russian-made drones" are not Russia's doing.
_ABOUT = frozenset(
    "made built supplied designed style produced manufactured provided type backed installed speaking language donated trained"
    " appointed led linked allied affiliated based".split()
)
_NO_OBJECT = frozenset(
    "in on at near by during after since as and or over across from when while last this yesterday overnight".split()
)
_BACKED = ("backed", "made", "supplied", "installed")
_NOT_YET = frozenset(
    "possible potential feared planned threatened looming expected imminent future any".split()
)
_TIED = frozenset("linked related bound belonging affiliated loyal allied tied headed".split())
# Behind these a sentence tells what happened before or beside what it is about.
_ASIDE = frozenset("after where because following since retaliation response whose although despite".split())
# Verbs whose object must follow: without one "80 militants killed" happens to the militants.
_NEEDS_OBJECT = frozenset(
    "killed wounded injured destroyed damaged captured arrested eliminated executed neutralised neutralized detained seized".split()
)
_STOPS_MUNITIONS = frozenset("destroy hit strike eliminate neutralise neutralize shoot sink".split())
_HEARD = frozenset("it they its their".split())
_OWN = frozenset("we our us".split())
_BODIES = frozenset("group movement organisation organization militia faction".split())
_SPEECH_ENDS = frozenset("; . ! ?".split())


class Role(NamedTuple):
    """A side named in a sentence, and the part that it plays there."""

    side: str
    part: Part
    start: int
    end: int
    weight: float
    words: str  # what told so
    does: str = "attack"


class Lexis(NamedTuple):
    """The words of `deeds.toml` and the nouns of the codebook, in all their forms."""

    verbs: Mapping[str, tuple[tuple[tuple[str, ...], str, str], ...]]  # first word → other words, does, lemma
    nouns: Mapping[tuple[str, ...], str]  # phrase → does; "thing" for nouns that can only be hit
    participles: frozenset[str]
    flying: Mapping[str, str]  # nouns of what an air defence shoots at


class Unit(NamedTuple):
    """A word, a mark, or a whole name."""

    plain: str
    start: int
    end: int
    name: Name | None
    possessive: bool
    suffix: str  # what a hyphen ties to a name: Russian-*installed*
    mark: bool


@cache
def lexis(codebook: Codebook) -> Lexis:
    """The words that the rules look for."""
    verbs: dict[str, list[tuple[tuple[str, ...], str, str]]] = {}
    nouns: dict[tuple[str, ...], str] = {}
    past = {"hit", "beaten"}
    flying = {}
    for item in codebook.items.values():
        if item.group in ("munition", "action", "people", "equipment", "site"):
            does = "attack" if item.group in ("munition", "action") else "thing"
            for word in item.words:
                for form in noun_forms(word):
                    if does == "attack" and item.group == "munition":
                        flying[form] = word
                    nouns[tuple(form.replace("-", " - ").split())] = does
                    nouns[tuple(form.split())] = does
    for deed in codebook.deeds.values():
        for verb in deed.verbs:
            first, *rest = verb.split()
            for form in sorted(verb_forms(first)):
                verbs.setdefault(form, []).append((tuple(rest), deed.does, verb))
                if form != first and not form.endswith(("s", "ing")):
                    past.add(form)
        for noun in deed.nouns:
            for form in noun_forms(noun):
                nouns[tuple(form.split())] = deed.does
    ordered = {form: tuple(sorted(rows, key=lambda row: (-len(row[0]), row))) for form, rows in verbs.items()}
    return Lexis(ordered, nouns, frozenset(past), flying)


# — names, roles and pronouns of a sentence —


@lru_cache(maxsize=256)
def sides_in(document: Document, index: int, speaker: str | None, codebook: Codebook) -> tuple[Name, ...]:
    """Whatever stands for a side in a sentence: names, roles, and the pronouns that mean one of them.

    `speaker` is the side to which the sentence belongs, if any: the one that says "we" and "the enemy".
    """
    sentence = document.sentences[index]
    named = [
        name for name in named_sides(document, speaker, codebook)
        if name.side is not None and sentence.start <= name.start < sentence.end
    ]  # fmt: skip
    units = _units(document.article.text, sentence.start, sentence.end, tuple(named))
    return tuple(
        sorted([*named, *_pronouns(units, document, index, speaker, codebook)], key=lambda name: name.start)
    )


def _pronouns(
    units: Sequence[Unit], document: Document, index: int, speaker: str | None, codebook: Codebook
) -> Iterator[Name]:
    """The pronouns and bare bodies ("the group") of a sentence that mean a side."""
    words = lexis(codebook)
    sayer = subject = None  # who spoke last, who acted last in what was said
    single = False  # "it said": not they
    spoken = False
    quoted = False
    for at, unit in enumerate(units):
        if unit.plain in ('"', "“", "”"):
            quoted = not quoted if unit.plain == '"' else unit.plain == "“"
        if unit.plain in _SPEECH_ENDS:
            subject = None
        if unit.name is not None and unit.name.side is not None:
            _, after, _ = _head(at, units, words, codebook)
            following = _first_verb(after, units, words, codebook) if not _governed(at, units) else None
            if following == "saying":
                sayer, subject = unit.name.side, None
            elif following is not None and unit.suffix not in _ABOUT:
                subject = unit.name.side
            continue
        if _is_saying(unit.plain, codebook):
            spoken = True
            single = at > 0 and units[at - 1].plain in ("it", "he", "she")
        side = None
        if unit.plain in _OWN and (quoted or speaker is not None):
            side = speaker
        elif unit.plain in _HEARD and _refers(at, units, codebook):
            if quoted and unit.plain in ("they", "their") and speaker is not None and subject is None:
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
            yield Name(
                unit.start, unit.end, document.article.text[unit.start : unit.end], "pronoun", None, side
            )


def _refers(at: int, units: Sequence[Unit], codebook: Codebook) -> bool:
    """Whether a pronoun does something here: not "it said", "of them", "it was"."""
    following = units[at + 1].plain if at + 1 < len(units) else "."
    if units[at].plain in ("its", "their"):
        return following not in ("part", "turn", "way", "own", "kind", "target", "targets")
    return not _is_saying(following, codebook) and not (at + 1 < len(units) and units[at + 1].mark)


def _first_verb(at: int, units: Sequence[Unit], words: Lexis, codebook: Codebook) -> str | None:
    for n in range(at, min(len(units), at + 7)):
        unit = units[n]
        if unit.plain in _CLAUSE or (unit.plain == "," and n > at):
            return None
        if _is_saying(unit.plain, codebook):
            return "saying"
        if unit.name is None and (
            unit.plain in words.verbs or unit.plain in _HAVE | _BE | {"will", "would", "could"}
        ):
            return "doing"
    return None


def _antecedent(document: Document, index: int, codebook: Codebook) -> str | None:
    """The side that a sentence before is about: the first of its names that does something, else the first."""
    for before in range(index - 1, max(-1, index - 3), -1):
        sentence = document.sentences[before]
        named = tuple(
            name for name in named_sides(document, perspective(document, codebook), codebook)
            if name.side is not None and sentence.start <= name.start < sentence.end
        )  # fmt: skip
        if not named:
            continue
        units = _units(document.article.text, sentence.start, sentence.end, named)
        words = lexis(codebook)
        for at, unit in enumerate(units):
            if unit.name is not None and unit.name.side is not None:
                kind, after, _ = _head(at, units, words, codebook)
                if kind in (None, "command") and _first_verb(after, units, words, codebook) == "doing":
                    return unit.name.side
        return named[0].side
    return None


def _last_group(at: int, document: Document, codebook: Codebook) -> str | None:
    for name in reversed(document.names):
        if name.end <= at and name.side in codebook.sides and codebook.sides[str(name.side)].kind == "group":
            return name.side
    return None


def _enemy(side: str, document: Document, codebook: Codebook) -> str | None:
    said = mentions(document.names)
    for war in wars_of(document, codebook):
        others = [other for other in enemies(side, war, codebook) if said.get(other, 0)]
        if others:
            return max(others, key=lambda other: (said[other], -others.index(other)))
    return None


@lru_cache(maxsize=8)
def perspective(document: Document, codebook: Codebook) -> str | None:
    """The side from which an article is told where one speaks in it more than any other: an army's bulletin."""
    parties = {
        side for war in wars_of(document, codebook)[:1] for camp in codebook.wars[war].sides for side in camp
    }
    speakers = [_speaker(sentence, document, codebook) for sentence in document.sentences]
    counted = Counter(side for side in speakers if side in parties)
    if not counted:
        return None
    (first, most), *others = counted.most_common(2)
    return first if not others or most > 2 * others[0][1] else None


def _speaker(sentence: Sentence, document: Document, codebook: Codebook) -> str | None:
    """The side that speaks in a sentence: the one named in front of a verb of saying, or behind "according to"."""
    units = _units(document.article.text, sentence.start, sentence.end, document.names)
    for at, unit in enumerate(units):
        if unit.name is None or unit.name.side is None:
            continue
        if "according" in [u.plain for u in units[max(0, at - 4) : at]]:
            return unit.name.side
        for n in range(at + 1, min(len(units), at + 8)):
            if units[n].mark and units[n].plain != ",":
                break
            if _is_saying(units[n].plain, codebook):
                return unit.name.side
            if units[n].name is not None and units[n].name.side not in (None, unit.name.side):  # type: ignore[union-attr]
                break
    return None


# — the part that a name plays —


@lru_cache(maxsize=512)
def read_roles(document: Document, index: int, speaker: str | None, codebook: Codebook) -> tuple[Role, ...]:
    """The parts that the sides of a sentence play there."""
    sentence = document.sentences[index]
    names = [
        name
        for name in document.names
        if name.kind == "weapon" and sentence.start <= name.start < sentence.end
    ]
    names += sides_in(document, index, speaker, codebook)
    units = _units(document.article.text, sentence.start, sentence.end, tuple(names))
    words = lexis(codebook)
    fighting = {
        side for war in wars_of(document, codebook) for camp in codebook.wars[war].sides for side in camp
    }
    roles = []
    for at, unit in enumerate(units):
        if unit.name is None or unit.name.side is None or unit.suffix in _ABOUT:
            continue
        entry = codebook.sides.get(unit.name.side)
        if entry is not None and entry.kind == "organisation" and unit.name.side not in fighting:
            continue
        found = _part(at, units, words, codebook)
        if found is not None:
            part, weight, why, does = found
            if any(u.plain in _ASIDE for u in units[:at]):
                weight *= 0.75
            roles.append(Role(unit.name.side, part, unit.start, unit.end, weight, why, does))
    return tuple(roles)


def _units(text: str, start: int, end: int, names: tuple[Name, ...]) -> tuple[Unit, ...]:
    inside = [name for name in names if name.start < end and start < name.end]
    units: list[Unit] = []
    taken: Name | None = None
    for word in read_words(text, start, end):
        name = next((n for n in inside if n.start < word.end and word.start < n.end), None)
        if name is not None and name is taken:
            # a later word of the same name
            units[-1] = units[-1]._replace(
                end=word.end, possessive=word.possessive, suffix=_suffix(word, name)
            )
            continue
        taken = name
        suffix = _suffix(word, name) if name is not None else ""
        units.append(Unit(word.plain, word.start, word.end, name, word.possessive, suffix, word.is_mark))
    return tuple(units)


def _suffix(word: Word, name: Name) -> str:
    tail = word.text[max(0, name.end - word.start) :]
    return tail.lstrip("-").casefold() if tail.startswith("-") else ""


class _Told(NamedTuple):
    """The part of a name, how sure that is, and the words that say so."""

    part: Part
    weight: float
    words: str
    does: str = "attack"


def _part(at: int, units: Sequence[Unit], words: Lexis, codebook: Codebook) -> _Told | None:
    """The part that the name at `at` plays."""
    if _is_dateline(at, units) or _is_about(at, units):
        return None
    head, after, why = _head(at, units, words, codebook)
    pronoun = units[at].name is not None and units[at].name.kind == "pronoun"  # type: ignore[union-attr]
    if units[at].suffix in ("held", "controlled", "occupied", "ruled"):
        return _before(at, units, words, "thing")
    if head == "attack":
        if units[at].name.kind == "capital" and not units[at].possessive:  # type: ignore[union-attr]
            return _Told("attacked", 0.3, why)  # "the Kyiv strike": where it was
        return _Told("attacker", 1.0, why)
    if head == "defend":
        return _Told("attacked", 0.9, why)
    if head == "lose":
        return _Told("attacked", 0.5, why, "lose")
    if head == "hold":
        return _Told("attacker", 1.0, why)
    verb = (
        _verb_after(after, units, words, codebook) if head != "place" and not _governed(at, units) else None
    )
    if verb is not None:
        does, lemma, passive = verb
        if does == "attack":
            if passive:
                return _Told("attacked", 0.9, lemma)
            if head != "thing":
                return _Told("attacker", 1.0, lemma)
        elif does == "send" and not passive and head != "thing":
            return _Told("attacker", 1.0, lemma, does)
        elif does == "act" and not passive and head != "thing":
            return _Told("attacker", 0.4, lemma, does)
        elif does == "defend":
            return _Told("attacker", 0.7, lemma) if passive else _Told("attacked", 1.0, lemma)
        elif does == "lose":
            return _Told("attacked", 0.5, lemma, does)
    if pronoun or (head is None and _speaks(after, units, codebook)):
        return None  # "hit their targets" says nothing of whose they are
    return _before(at, units, words, head)


def _governed(at: int, units: Sequence[Unit]) -> bool:
    """Whether a preposition stands before a name, which then governs no verb."""
    n = at - 1
    while n >= 0 and (units[n].plain in ("the", "a", "an", "nearby") or units[n].plain.endswith("ern")):
        n -= 1
    return n >= 0 and units[n].plain in _AGAINST | _WITHIN | {
        "of",
        "from",
        "with",
        "to",
        "between",
        "by",
        "for",
    }


def _is_dateline(at: int, units: Sequence[Unit]) -> bool:
    """ "DAMASCUS (Sputnik) …": where the report was written."""
    following = units[at + 1].plain if at + 1 < len(units) else ""
    return (
        at == 0
        and units[0].name is not None
        and units[0].name.kind == "capital"
        and following in ("(", "-", "–", "—", ":")
    )


def _is_about(at: int, units: Sequence[Unit]) -> bool:
    """ "Turkish backed-groups", "ships linked to the enemy": not the side itself."""
    following = units[at + 1].plain if at + 1 < len(units) else ""
    if (
        following.startswith(_BACKED)
        or units[at].suffix in _ABOUT
        or (at and units[at - 1].plain in _NOT_YET)
    ):
        return True
    before = [unit.plain for unit in units[max(0, at - 4) : at] if unit.plain != "the"]
    return len(before) >= 2 and before[-1] in ("to", "for", "with") and before[-2] in _TIED


def _speaks(after: int, units: Sequence[Unit], codebook: Codebook) -> bool:
    return after < len(units) and any(_is_saying(unit.plain, codebook) for unit in units[after : after + 2])


def _head(at: int, units: Sequence[Unit], words: Lexis, codebook: Codebook) -> tuple[str | None, int, str]:
    """What the noun phrase is that a name opens ("Russian cruise *missiles*"): its kind, where it ends, the word."""
    kind: str | None = None
    why = units[at].plain
    n = at + 1
    while n < min(len(units), at + 7):
        unit = units[n]
        if unit.mark and unit.plain != "-":
            break
        if unit.name is not None:
            weapon = codebook.weapons.get(unit.name.key or "")
            if unit.name.kind != "weapon" or weapon is None:
                break
            item = codebook.items[weapon.item]
            kind, why = "attack" if item.group == "munition" else "thing", unit.plain
            n += 1
            continue
        if unit.plain in _STOPS:
            break
        found = _noun_at(n, units, words)
        if found is None:
            owned = n == at + 1 and (
                units[at].possessive or units[at].plain in ("its", "their", "our") or _adjective(units[at])
            )
            if (unit.plain in words.participles or _is_saying(unit.plain, codebook)) and not owned:
                break
            n += 1
            continue
        length, does = found
        if unit.plain in words.participles and length == 1 and not units[n - 1].possessive:
            break
        kind, why = does, " ".join(u.plain for u in units[n : n + length])
        n += length
    return kind, n, why


def _adjective(unit: Unit) -> bool:
    return unit.name is not None and unit.name.kind == "adjective"


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
        if unit.plain == "that" or (unit.plain == "against" and at == n):
            return None
        if unit.name is not None and unit.name.side is not None and unit.name.kind != "pronoun":
            if at == n or units[at - 1].plain not in _WITHIN | {"of", "from", "and", "(", "by", "with"}:
                return None
            continue
        if at > n and (
            (noun := _noun_at(at, units, words)) is not None
            and noun[1] == "thing"
            and units[at - 1].plain not in _BE
        ):
            return None  # another noun phrase, which has the verb that follows
        if unit.plain in _BE:
            passive = True
            continue
        if unit.plain in _HAVE:
            passive = False
            continue
        deed = _verb_at(at, units, words)
        if deed is not None:
            does, lemma, length = deed
            if at > n and _is_noun_here(at, n, units, words):
                continue  # "the occupied areas", "a massive attack"
            if commas and unit.plain.endswith("ing"):
                return None  # "…, advancing": what the sentence is about does that
            follows = units[at + length].plain if at + length < len(units) else ""
            if lemma in _STOPS_MUNITIONS and _at_munitions(at + length, units, words, codebook):
                does = "defend"
            # a participle without an auxiliary, its agent behind it: "missiles fired by …"
            reduced = unit.plain in words.participles and follows == "by"
            if unit.plain in _NEEDS_OBJECT and (
                follows in _NO_OBJECT or not follows or not follows[0].isalnum()
            ):
                reduced = True
            return does, lemma, (passive and not unit.plain.endswith("ing")) or reduced
        if unit.plain in ("object", "target", "victim", "under") and any(
            (noun := _noun_at(k, units, words)) is not None and noun[1] == "attack"
            for k in range(at + 1, min(len(units), at + 5))
        ):
            return "attack", "under attack", True
        if _is_saying(unit.plain, codebook):
            return None
    return None


def _at_munitions(n: int, units: Sequence[Unit], words: Lexis, codebook: Codebook) -> bool:
    """Whether what a verb is done to flies: "destroyed 20 drones"."""
    for at in range(n, min(len(units), n + 7)):
        unit = units[at]
        if (unit.mark and unit.plain != "-") or unit.plain in (
            "with",
            "by",
            "using",
            "in",
            "on",
            "at",
            "and",
            "from",
        ):
            return False
        weapon = codebook.weapons.get(unit.name.key or "") if unit.name is not None else None
        if weapon is not None:
            if codebook.items[weapon.item].group == "munition":
                return True
        elif (words.flying.get(unit.plain)) is not None:
            return True
    return False


def _is_noun_here(at: int, first: int, units: Sequence[Unit], words: Lexis) -> bool:
    """Whether a determiner or preposition in front makes a noun or adjective of what could be a verb."""
    for n in range(at - 1, max(first - 1, at - 4), -1):
        word = units[n].plain
        if word in ("the", "a", "an", "its", "their", "his", "any", "no"):
            return True
        if word in _STOPS or units[n].mark:
            return (
                word in ("of", "in", "on", "by", "with")
                and n == at - 1
                and _noun_at(at, units, words) is not None
            )
    return False


def _verb_at(at: int, units: Sequence[Unit], words: Lexis) -> tuple[str, str, int] | None:
    if units[at].name is not None:
        return None
    near = [unit.plain for unit in units[at + 1 : at + 5]]
    for rest, does, lemma in words.verbs.get(units[at].plain, ()):
        if all(word in near for word in rest):
            return does, lemma, 1 + sum(near[n : n + 1] == [word] for n, word in enumerate(rest))
    return None


def _before(at: int, units: Sequence[Unit], words: Lexis, head: str | None) -> _Told | None:
    """The part of a name by the preposition or verb in front of its noun phrase."""
    for skipped, n in enumerate(range(at - 1, max(-1, at - 8), -1)):
        unit = units[n]
        if unit.mark and unit.plain != "-":
            return None
        if unit.plain in _AGAINST | _WITHIN | {"by", "from", "of", "between", "with"}:
            return _by_preposition(n, unit.plain, units, words, head)
        deed = _verb_at(n, units, words)
        if deed is not None and _is_verb(n, units):
            does, lemma, _ = deed
            if does == "attack":
                passive = n > 0 and units[n - 1].plain in _BE
                return None if passive else _Told("attacked", 0.9 - 0.05 * skipped, lemma)
            if does == "blame":
                return _Told("attacker", 0.95, lemma)
            return _Told("attacker", 0.8 - 0.05 * skipped, lemma) if does == "defend" else None
        if unit.plain in ("and", "or", "who", "which", "that", "said", "to", "while", "when", "as", "than"):
            return None
    return None


def _is_verb(n: int, units: Sequence[Unit]) -> bool:
    """Whether a word that may be verb or noun is a verb here: a determiner or owner in front makes it a noun."""
    if n == 0:
        return True
    before = units[n - 1]
    return not before.possessive and before.plain not in (
        "the", "a", "an", "its", "their", "this", "of", "in", "air", "missile", "drone", "military",
    )  # fmt: skip


def _by_preposition(
    n: int, preposition: str, units: Sequence[Unit], words: Lexis, head: str | None
) -> _Told | None:
    for at in range(n - 1, max(-1, n - 13), -1):
        unit = units[at]
        distance = n - at
        if unit.plain in _CLAUSE or unit.plain in ("while", "but", "whereas", "said", "says"):
            return None
        if unit.name is not None:
            if unit.name.kind == "weapon" and preposition in _AGAINST:
                return _Told("attacked", 0.8, f"{unit.plain} {preposition}")
            continue
        noun = _noun_at(at, units, words)
        deed = _verb_at(at, units, words)
        kind = deed[0] if deed is not None else noun[1] if noun is not None else None
        why = f"{unit.plain} {preposition}"
        if (
            kind == "blame"
            and deed is not None
            and (deed[1].endswith(f" {preposition}") or (deed[1] == "blame" and preposition == "on"))
        ):
            return _Told("attacker", 0.95, why)
        if preposition == "by":
            if distance > 5 or (
                distance == 1
                and kind is None
                and unit.plain.endswith(("ed", "held", "led", "run", "lt", "de"))
            ):
                return None  # "areas held by the rebels"
            if kind in ("attack", "send"):
                return _Told("attacker", 1.0, why)
            if kind == "defend":
                return _Told("attacked", 1.0, why)
        elif preposition == "from":
            if noun is not None and noun[1] == "attack" and distance <= 3:
                return _Told("attacker", 0.7, why)
            if deed is not None and deed[1] in (
                "seize",
                "capture",
                "retake",
                "recapture",
                "liberate",
                "take",
            ):
                return _Told("attacked", 0.8, why)
        elif preposition in ("of", "between", "with"):
            if preposition != "of":
                return None
            if distance > 1 or noun is None or noun[1] == "thing":
                return _of_what(n, units, words)
            if noun[1] == "attack" and unit.plain not in ("advance", "advances"):
                return _Told("attacked", 0.6, why)
            if noun[1] == "lose":
                return _Told("attacked", 0.5, why, "lose")
            return _of_command(at, units, words) if noun[1] == "command" else None
        elif preposition in _WITHIN:
            if noun is not None and noun[1] == "attack":
                return _Told("attacked", 0.5, why) if distance <= 8 and head in (None, "thing") else None
        elif kind in ("attack", "send") or (noun is not None and noun[1] == "attack"):
            return _Told("attacked", 0.9 if distance < 8 else 0.6, why)
    return None


def _of_what(n: int, units: Sequence[Unit], words: Lexis) -> _Told | None:
    """ "Destroyed a command post of the brigade", "strikes on parts of Syria": the whole is what is attacked."""
    for at in range(n - 1, max(-1, n - 8), -1):
        unit = units[at]
        if unit.mark or (unit.name is not None and unit.name.side is not None):
            return None
        if unit.plain in _AGAINST:
            return _by_preposition(at, unit.plain, units, words, None)
        deed = _verb_at(at, units, words)
        if (
            deed is not None
            and deed[0] == "attack"
            and _is_verb(at, units)
            and not (at and units[at - 1].plain in _BE)
        ):
            return _Told("attacked", 0.8, deed[1])
        if unit.plain in _WITHIN | {"by", "from", "with", "and", "that", "who", "which"}:
            return None
    return None


def _of_command(at: int, units: Sequence[Unit], words: Lexis) -> _Told | None:
    """ "Fighters of the RSF overran the camp": what the fighters do, the RSF does."""
    for n in range(at + 2, min(len(units), at + 9)):
        deed = _verb_at(n, units, words)
        if deed is not None:
            if deed[0] in ("attack", "send"):
                return _Told("attacker", 0.9, deed[1])
            return _Told("attacked", 0.9, deed[1]) if deed[0] in ("defend", "lose") else None
        if units[n].mark:
            return None
    return None
