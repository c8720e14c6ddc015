"""The roster of an article: everybody whom it introduces, by his fullest name."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from conflictstats.attribution.allegiance import THIRD_PARTY, named_side, party_or_third
from conflictstats.attribution.ground import Scene, phrase_around
from conflictstats.attribution.phrases import (
    ADVERBS,
    FUNCTION_WORDS,
    Stretch,
    is_number,
    phrase_after,
    phrase_before,
)
from conflictstats.attribution.readings import PARTICLES, Reading, all_capitals, is_name_word, read_phrase
from conflictstats.attribution.speakers import Speaker, make_speaker, slug
from conflictstats.wording import RANKS, Hit, Word, lexicon, source_hits

_SERVES = frozenset(
    "commands commanded leads led heads headed serves served fights fought mans flies flew drives operates speaks spoke represents"
    " runs directs directed governs serving fighting flying joined".split()
)


@dataclass(frozen=True, slots=True)
class Roster:
    """The persons and bodies of an article, wherever they are introduced."""

    persons: tuple[Speaker, ...]
    bodies: tuple[Speaker, ...]
    names: tuple[
        tuple[str, int], ...
    ] = ()  # runs of two or three capitals, which may be somebody's full name

    def person(self, name: str) -> Speaker | None:
        """The person meant by a surname or a part of a name; the fullest name where there are several."""
        wanted = _name_parts(name)
        fitting = [p for p in self.persons if wanted and wanted <= _name_parts(p.name)]
        if not fitting:
            wanted_last = name.split()[-1].casefold()
            fitting = [
                p
                for p in self.persons
                if p.name.split()[-1].casefold() == wanted_last and _name_parts(p.name) <= wanted
            ]
        if not fitting and " " not in name:
            for full, start in self.names:
                if full.endswith(" " + name):
                    return Speaker(full, slug(full), "person", THIRD_PARTY, start=start)
        return max(fitting, key=lambda p: (len(p.name.split()), p.office is not None, -p.start), default=None)


def _name_parts(name: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", name.casefold())) - PARTICLES


def build_roster(sentences: tuple[tuple[Word, ...], ...], scene: Scene) -> Roster:
    """Read every introduction: office and name side by side, wherever they stand."""
    persons: dict[str, Speaker] = {}
    bodies: list[Speaker] = []
    names: list[tuple[str, int]] = []
    text = scene.document.article.text
    for index, words in enumerate(sentences):
        hits = source_hits(words, scene.codebook)
        for first, last in _runs(words, hits, scene):
            if first and words[first - 1].plain in RANKS:
                _enter(persons, _named(words, Stretch(first, last), Stretch(first - 1, first), scene))
            else:
                names.append((text[words[first].start : words[last - 1].end], words[first].start))
        for aged in _aged(words, hits, scene):
            if aged.side == THIRD_PARTY and (side := _served(sentences[index + 1 : index + 4], scene)):
                aged = replace(aged, side=side)
            _enter(persons, aged)
        for hit in hits:
            if hit.source.kind == "person":
                found = make_speaker(read_phrase(words, Stretch(hit.first, hit.last), scene), scene)
                _enter(persons, found)
            if hit.source.kind in ("office", "people") or words[hit.last - 1].plain in RANKS:
                for found in _introduced(words, hit, scene):
                    _enter(persons, found)
            if hit.source.kind in ("body", "institution") and not _modifies(words, hit, scene):
                stretch = phrase_around(words, hit, scene)
                reading = read_phrase(words, stretch, scene)
                if reading.person is None and (found := make_speaker(reading, scene)).kind == "body":
                    bodies.append(found)
    return Roster(tuple(_of_body(p, bodies, scene) for p in _in_full(persons)), tuple(bodies), tuple(names))


def _in_full(persons: dict[str, Speaker]) -> list[Speaker]:
    """The persons of an article; one whom a headline names by surname and office has both by his full name."""
    offices = {p.name.casefold(): p for p in persons.values() if p.office and " " not in p.name}
    full = []
    for person in persons.values():
        named = offices.get(person.name.split()[-1].casefold()) if person.office is None else None
        if named is not None and " " in person.name:
            person = replace(
                person,
                office=named.office,
                side=named.side,
                keys=named.keys,
                nouns=person.nouns | named.nouns,
            )
        full.append(person)
    return full


def _of_body(person: Speaker, bodies: list[Speaker], scene: Scene) -> Speaker:
    """*an alliance spokesman, Colonel X*: he speaks for the body that the noun calls to mind."""
    noun = (person.office or "").split(" ")[0]
    for body in sorted(bodies, key=lambda body: abs(body.start - person.start)):
        if any(noun in scene.codebook.sources[key].also for key in body.keys):
            return replace(person, side=body.side)
    return person


def _aged(words: tuple[Word, ...], hits: tuple[Hit, ...], scene: Scene) -> list[Speaker]:
    """*Taras, 27, commands a howitzer crew*; *Asres Belay, who speaks for Fano,*: a name with what he does."""
    found = []
    for at in range(1, len(words) - 2):
        if words[at].text != ",":
            continue
        aged = is_number(words[at + 1]) and len(words[at + 1].text) < 3 and words[at + 2].text in (",", ")")
        does = at + (3 if aged else 1)
        if not aged and words[does].plain != "who":
            continue
        first = at
        while first > 0 and is_name_word(words, first - 1, hits, False, scene) and words[first - 1].capital:
            first -= 1
        if not (1 if aged else 2) <= at - first <= 4:
            continue
        speaker = _named(words, Stretch(first, at), Stretch(first, at), scene)
        serves = next((n for n in range(does, min(does + 3, len(words))) if words[n].plain in _SERVES), None)
        if serves is not None:
            stop = next((n for n in range(serves, len(words)) if words[n].is_mark), len(words))
            side = named_side(read_phrase(words, Stretch(serves, stop), scene), scene)
            speaker = replace(speaker, side=party_or_third(side, scene))
        found.append(speaker)
    return found


def _served(following: tuple[tuple[Word, ...], ...], scene: Scene) -> str | None:
    """*… He has commanded a crew in a mechanised brigade*: the side of whoever was introduced right before."""
    for words in following:
        at = next((n for n, word in enumerate(words[:9]) if word.plain in ("he", "she")), None)
        if at is None:
            continue
        serves = next((n for n in range(at, min(at + 4, len(words))) if words[n].plain in _SERVES), None)
        if serves is None:
            continue
        stop = next((n for n in range(serves, len(words)) if words[n].is_mark), len(words))
        return party_or_third(named_side(read_phrase(words, Stretch(serves, stop), scene), scene), scene)
    return None


def _runs(words: tuple[Word, ...], hits: tuple[Hit, ...], scene: Scene) -> list[tuple[int, int]]:
    """Runs of two or three capitals that no source and no side covers: *Vyacheslav Gladkov*."""
    runs = []
    at = 0
    if all_capitals(words):
        for place in range(1, len(words)):
            if words[place - 1].plain in RANKS and words[place].plain not in RANKS:
                last = place
                while last < len(words) and last - place < 4 and is_name_word(words, last, hits, True, scene):
                    if words[last].plain in lexicon(scene.codebook).verbs:
                        break
                    last += 1
                if last > place:
                    runs.append((place, last))
        return runs
    while at < len(words):
        last = at
        while last < len(words) and words[last].capital and is_name_word(words, last, hits, False, scene):
            last += 1
        if 2 <= last - at <= 3:
            runs.append((at, last))
        at = max(last, at + 1)
    return runs


def _modifies(words: tuple[Word, ...], hit: Hit, scene: Scene) -> bool:
    """Whether an institution stands before another noun: *a Peruvian army patrol*."""
    if hit.last >= len(words) or words[hit.last].is_mark or hit.source.kind == "body":
        return False
    plain = words[hit.last].plain
    if plain in FUNCTION_WORDS or plain in ADVERBS or plain in lexicon(scene.codebook).verbs:
        return False
    return not plain.endswith(("ed", "ing"))


def _enter(persons: dict[str, Speaker], found: Speaker | None) -> None:
    if found is None or found.kind != "person":
        return
    known = persons.get(found.source_id)
    if known is None or (known.office is None and found.office) or len(found.name) > len(known.name):
        if known is not None and found.office is None:
            found = replace(found, office=known.office, nouns=known.nouns | found.nouns, side=known.side)
        persons[found.source_id] = found


def _introduced(words: tuple[Word, ...], hit: Hit, scene: Scene) -> list[Speaker]:
    """Persons named beside an office: *governor Andriy Kolesnyk*; *Pavlo Hrynenko, the governor*; the reverse."""
    found: list[Speaker] = []
    plural = words[hit.last - 1].plain.endswith(("s", "men", "people")) and not words[hit.last - 1].possessive
    if hit.source.kind in ("people", "office") and plural:
        return found  # *guerrilla fighters attacked two towns*
    behind = hit.last
    while behind < len(words) and words[behind].plain in RANKS:
        behind += 1
    # governor of Odesa region, Andriy Kolesnyk,
    scan = behind
    while (
        scan < len(words)
        and scan - behind < 9
        and words[scan].text != ","
        and not (words[scan].is_mark and words[scan].text not in ("'",))
    ):
        if words[scan].capital and scan == behind:
            break
        scan += 1
    starts = [behind] if scan == behind or all_capitals(words) else []
    if scan < len(words) and words[scan].text == ",":
        starts.append(scan + 1)
    for first in starts:
        while first < len(words) and words[first].plain in RANKS:
            first += 1
        last = first
        shouted = all_capitals(words)
        while (
            last < len(words)
            and is_name_word(words, last, source_hits(words, scene.codebook), shouted, scene)
            and not (shouted and words[last].plain in lexicon(scene.codebook).verbs)
        ):
            last += 1
        whole = first == behind or last >= len(words) or words[last].is_mark
        least = 1 if words[first - 1].plain in RANKS and not shouted else 2  # *spokesman Col. Mercer*
        if least <= last - first <= (4 if shouted else 5) and (words[first].capital or shouted) and whole:
            before = phrase_before(words, hit.last, scene.codebook)
            begin = before.first if before and before.last == hit.last else hit.first
            if hit.source.kind == "office":
                # *in the channel of | the governor of Belgorod region, Vadim Lapshin*
                begin = next(
                    (
                        n + 1
                        for n in range(hit.first - 1, begin, -1)
                        if words[n].plain in ("of", "by", "from")
                    ),
                    begin,
                )
            office_end = first - 1 if first != behind and words[first - 1].text == "," else first
            speaker = make_speaker(read_phrase(words, Stretch(begin, last), scene), scene)
            if speaker.kind != "person":
                speaker = _named(words, Stretch(first, last), Stretch(begin, office_end), scene)
            found.append(speaker)
            break
    # Oksana Halych, spokesperson for the Tavria group
    first = hit.first
    while first > 0 and not words[first - 1].is_mark and hit.first - first < 6:
        first -= 1
    states = next((n for n in range(first, hit.first) if words[n].plain in ("is", "was")), None)
    if states is not None or (first > 1 and words[first - 1].text == ","):
        # … or *Vyacheslav Gladkov is the governor of Belgorod*
        last = first - 1 if states is None else states
        first = first if states is None else states + 1
        begin = last
        shouted = all_capitals(words)
        while begin > 0 and is_name_word(
            words, begin - 1, source_hits(words, scene.codebook), shouted, scene
        ):
            begin -= 1
        named = words[begin].capital or (begin > 0 and words[begin - 1].plain in RANKS)
        if 2 <= last - begin <= 4 and named:
            office = phrase_after(words, first, scene.codebook) or Stretch(first, hit.last)
            found.append(_named(words, Stretch(begin, last), office, scene))
    return found


def _named(words: tuple[Word, ...], name: Stretch, office: Stretch, scene: Scene) -> Speaker:
    reading = Reading(
        words,
        office,
        tuple(
            h for h in source_hits(words, scene.codebook) if office.first <= h.first and h.last <= office.last
        ),
        name,
        False,
    )
    return make_speaker(reading, scene)
