"""The words of one sentence that hand its figures to somebody: which, whose, and how far they reach.

A cue reaches to the right (*said that …*), to the left (*…, X said*) or around (*…, X said, while …*). Where
cues nest, the outer one counts: in "the governor said police had told him" the governor speaks.
"""

from __future__ import annotations

from functools import cache

from conflictstats.attribution.matter import OPEN, adjunct, at_end
from conflictstats.attribution.phrases import (
    ARTICLES,
    BE,
    JOINS,
    NUMBERS,
    PREPOSITIONS,
    Stretch,
    covering,
    is_number,
    phrase_after,
    phrase_before,
    skip_adverbs_back,
    speaks,
    text_owner,
)
from conflictstats.attribution.reach import Cue, limit_reach
from conflictstats.attribution.saying import read_verb
from conflictstats.codebook import Codebook
from conflictstats.wording import Word, is_text, lexicon, source_hits

_CLAIM_NOUNS = frozenset(
    "claim claims statement statements assertion assertions report reports announcement allegation allegations admission talk".split()
)
# What a state says of itself: *Russia: 94 drones downed*.
_ITS_DOINGS = frozenset(
    "downed shot intercepted destroyed repelled repulsed foiled thwarted neutralised neutralized we our".split()
)
_ITS_SAID = frozenset(
    "claimed said reported alleged understood believed thought rumoured rumored feared".split()
)
_BEFORE_ACCOUNT = frozenset({"by", "in", "on"})
_WHOSE = frozenset(
    "official officials un u.n government police army military intelligence hospital western local".split()
)
_BEFORE_COUNT = frozenset(
    "at least about around some over nearly almost up to more than approximately".split()
)
# Before a noun that is struck, and says nothing: *rebels attack state TV*.
_STRUCK = frozenset(
    "hit hits attacks target targets bomb bombs storm storms raid raids shell shells strike strikes kill kills killed wound wounds"
    " wounded seize seizes capture captures blast blasts arrest arrests".split()
)
_MONITORS = frozenset("monitor monitors monitoring ngo watchdog observatory".split())
# In the name of a page that stands behind its headline.
_SITES = frozenset("online youtube world news times post sabah english today herald tribune gazette".split())
_OF_THEM = frozenset("including among most mostly mainly many some half all".split())
_CLAUSE_ENDS = frozenset("which who where while but".split())


def find_cues(words: tuple[Word, ...], codebook: Codebook, sides: frozenset[int]) -> tuple[Cue, ...]:
    """All cues of a sentence in order, with the words that each reaches over.

    Args:
        words: the sentence.
        codebook: its sources and sayings.
        sides: offsets of words that name sides; they can speak.
    """
    found: list[Cue] = []
    table = lexicon(codebook)
    hits = source_hits(words, codebook)
    at = 0
    while at < len(words):
        word = words[at]
        phrase = table.phrase_at(words, at) if word.plain in table.sayings else None
        kind = codebook.sayings[phrase[1]].kind if phrase else None
        if phrase and kind == "frame" and (cue := _frame(words, at, phrase[0], codebook, sides)):
            found.append(cue)
            at = phrase[0]
            continue
        if (
            phrase
            and kind == "rumour"
            and phrase[0] < len(words)
            and words[phrase[0]].plain in ("by", "from")
            and (cue := _frame(words, at, phrase[0] + 1, codebook, sides))
        ):
            # *according to reports by the authorities*
            found.append(cue)
            at = cue.last
            continue
        if phrase and kind == "rumour" and (cue := _reports_said(words, at, phrase[0], codebook, sides)):
            found.append(cue)
            at = phrase[0] + 1
            continue
        if phrase and kind == "rumour" and _is_rumour(words, at, phrase[0]):
            found.append(Cue(at, phrase[0], "right", None, _clause_around(words, at, phrase[0]), "rumour"))
            at = phrase[0]
            continue
        if (
            word.plain == "it"
            and word.possessive
            and words[at + 1 : at + 2]
            and words[at + 1].plain in _ITS_SAID
        ):
            ends = at + 2 >= len(words) or words[at + 2].is_mark
            zone = Stretch(0, at) if ends else _clause_around(words, at, at + 2)
            found.append(Cue(at, at + 2, "right", None, zone, "rumour"))
            at += 2
            continue
        if word.plain in _BEFORE_ACCOUNT and (cue := _by_account(words, at, codebook, sides)):
            found.append(cue)
            at = cue.last
            continue
        key = table.verbs.get(word.plain)
        if key is not None and at + 1 < len(words) and words[at + 1].plain == "down":
            key = None  # *whom the priest wrote down*
        if key is not None and not word.possessive and covering(hits, at) is None and word.start not in sides:
            cue = read_verb(words, at, codebook.sayings[key], codebook, sides, found)
            if cue is not None:
                found.append(cue)
        at += 1
    found += [gap for cue in found if (gap := _gapped(words, cue, codebook, sides))]
    found += _nouns(words, codebook, sides, found)
    if colon := _colon(words, codebook, sides, hits, found):
        found.append(colon)
    elif not found and (tail := _tail(words, codebook, sides)):
        found.append(tail)
    found.sort(key=lambda cue: (cue.first, cue.last))
    return tuple(limit_reach(words, found))


def _is_rumour(words: tuple[Word, ...], at: int, stop: int) -> bool:
    """*is said to have*, and not *claimed to have*, which has a subject of its own."""
    if (
        words[at].plain == "reports"
        and at
        and stop < len(words)
        and not words[stop].is_mark
        and (not words[at - 1].is_mark or words[at - 1].text == ")")
        and words[at - 1].plain not in JOINS
    ):
        return False  # *UNRWA reports that*
    if words[stop - 1].plain not in ("have", "be"):
        return True
    back = skip_adverbs_back(words, at)
    return any(word.plain in BE for word in words[back:at])


def _reports_said(
    words: tuple[Word, ...], at: int, stop: int, codebook: Codebook, sides: frozenset[int]
) -> Cue | None:
    """*Ten people were killed, media reports said on Monday*, *…, residents and local reports said*: of all before."""
    key = lexicon(codebook).verbs.get(words[stop].plain) if stop < len(words) else None
    if words[stop - 1].plain != "reports" or key is None or at < 3:
        return None
    if not at_end(words, stop + 1, codebook.sayings[key]):
        return None
    if words[at - 1].plain in ("local", "some", "other") and at > 3:
        at -= 1
    if words[at - 1].plain == "and":
        speaker = phrase_before(words, at - 1, codebook)
        if speaker is None or not speaks(words, speaker, codebook, sides):
            return None
        return Cue(at - 1, stop + 1, "left", speaker, Stretch(0, speaker.first), "verb")
    return Cue(at, stop + 1, "left", None, Stretch(0, at), "rumour") if words[at - 1].text == "," else None


def _frame(
    words: tuple[Word, ...], at: int, stop: int, codebook: Codebook, sides: frozenset[int]
) -> Cue | None:
    quoting = words[at].plain in ("citing", "quoting")
    if stop >= len(words):
        return None
    if words[stop - 1].plain == "by" and at and _shows(words, at - 1, codebook):
        return None  # *footage verified by Reuters*
    phrase = phrase_after(words, stop, codebook) or _shouted(words, stop)
    for place in range(stop, min(stop + 4, len(words))):
        if words[place].is_mark or words[place].plain in PREPOSITIONS:
            break
        if is_text(words, place, codebook) and covering(source_hits(words, codebook), place) is None:
            phrase = Stretch(stop, place + 1)  # *a February report by …*
            break
    if phrase is None or not speaks(words, phrase, codebook, sides):
        # the city's monitoring and documentation office
        mark = next((n for n in range(stop, min(stop + 8, len(words))) if words[n].is_mark), None)
        if mark is not None and any(stop <= hit.first < mark for hit in source_hits(words, codebook)):
            phrase = Stretch(stop, mark)
    if phrase is None:
        return None
    if words[stop].plain in ("no", "what"):
        return None
    if not speaks(words, phrase, codebook, sides) and words[phrase.last : phrase.last + 1]:
        named = phrase_after(words, phrase.last + 1, codebook) if words[phrase.last].text == "," else None
        if named is not None and speaks(words, named, codebook, sides):
            phrase = named  # *according to their employer, the International Rescue Committee*
    phrase = _before_side(words, phrase, codebook, sides)
    owner = text_owner(words, phrase, codebook, sides)
    if (
        owner is None
        and words[stop].plain in ("the", "this", "its", "their")
        and is_text(words, phrase.last - 1, codebook)
    ):
        owner = phrase  # the report, the bulletin: of whoever issued it
    if owner is None:
        return None
    if words[at].plain == "per" and not (words[stop].capital or words[stop].plain in ("police", "officials")):
        return None
    if not speaks(words, owner, codebook, sides) and not (
        words[at].text.isupper()
        and not quoting
        and owner.last < len(words)
        and (words[owner.last].is_mark or words[owner.last - 1].possessive)
    ):
        return None
    return Cue(at, owner.last, "left", owner, Stretch(0, len(words)), "frame", quoting=quoting)


def _shouted(words: tuple[Word, ...], at: int) -> Stretch | None:
    """*ACCORDING TO | ECOPETROL [COLOMBIAN PETROLEUM ENTERPRISE], …*: in capitals a name ends at the next mark."""
    stop = at
    while stop < len(words) and words[stop].text.isupper() and stop - at < 5:
        stop += 1
    ends = stop < len(words) and words[stop].is_mark
    return Stretch(at, stop) if ends and at < stop and words[at].plain not in ARTICLES else None


def _before_side(
    words: tuple[Word, ...], phrase: Stretch, codebook: Codebook, sides: frozenset[int]
) -> Stretch:
    """*According to the Observatory | DAESH has lost 20*: a comma was lost; but *the UN Syria envoy*."""
    hits = source_hits(words, codebook)
    for hit in hits:
        if not (
            phrase.first <= hit.first
            and hit.last < phrase.last
            and hit.source.kind in ("body", "institution")
        ):
            continue
        if words[hit.last].start in sides and not any(
            other.first >= hit.last
            and other.last <= phrase.last
            and other.key not in ("rebels", "troops", "officer")
            for other in hits
        ):
            return Stretch(phrase.first, hit.last)
    return phrase


def _shows(words: tuple[Word, ...], at: int, codebook: Codebook) -> bool:
    found = lexicon(codebook).phrase_at(words, at)
    return found is not None and codebook.sayings[found[1]].kind == "picture"


def _gapped(words: tuple[Word, ...], cue: Cue, codebook: Codebook, sides: frozenset[int]) -> Cue | None:
    """*the UN has spoken of 90 dead, and the camp committee | of 350*: the verb is not said again."""
    particle = words[cue.last - 1].plain
    if words[cue.first].plain in ("put", "puts", "placed", "places", "set"):
        particle = "at"
    if cue.kind != "verb" or particle not in ("of", "at"):
        return None
    for place in range(cue.last, len(words) - 3):
        if words[place].text in (";", "."):
            return None
        if words[place].plain in ("and", "while", "but") and (words[place - 1].text == ","):
            phrase = phrase_after(words, place + 1, codebook)
            if phrase is None:
                continue
            # the particle was taken for a part of the name: "committee of as many as"
            stop = next(
                (n for n in range(place + 2, min(place + 9, len(words))) if words[n].plain == particle), None
            )
            if stop is None or not any(
                is_number(w) or w.plain in ("as", "at", "about", "some", "up")
                for w in words[stop + 1 : stop + 3]
            ):
                continue
            speaker = Stretch(place + 1, stop)
            if speaks(words, speaker, codebook, sides):
                return Cue(
                    stop, stop + 1, "right", speaker, Stretch(stop + 1, len(words)), "verb", cue.status
                )
    return None


def _by_account(words: tuple[Word, ...], at: int, codebook: Codebook, sides: frozenset[int]) -> Cue | None:
    """*by his account*, *by the army's count*, *in Kyiv's telling*, *by American estimates*, *by official count*."""
    owners = frozenset(
        "account count tally reckoning telling version words estimate estimates figures admission view calculation".split()
    )
    for place in range(at + 2, min(at + 8, len(words))):
        if words[place].is_mark:
            return None
        if words[place].plain in owners:
            own = words[place - 1].plain == "own"
            owner = Stretch(at + 1, place - own)
            holder = words[owner.last - 1]
            if words[at + 1].plain in ("his", "her", "its", "their") and owner.last - owner.first == 1:
                return Cue(at, place + 1, "left", owner, Stretch(0, len(words)), "frame")
            if holder.possessive and speaks(words, owner, codebook, sides):
                return Cue(at, place + 1, "left", owner, Stretch(0, len(words)), "frame")
            if words[at].plain == "by" and (holder.plain in _WHOSE or holder.start in sides):
                whole = Stretch(at + 1, place + 1)
                return Cue(at, place + 1, "left", whole, Stretch(0, len(words)), "frame")
            return None
    return None


def _clause_around(words: tuple[Word, ...], first: int, last: int) -> Stretch:
    """The clause of a rumour: up to the commas, relatives and joins on either side."""
    left = first
    while left > 0 and words[left - 1].text not in (";", ":") and words[left - 1].plain not in _CLAUSE_ENDS:
        if words[left - 1].text == ",":
            opens = next((n for n in range(left - 2, max(0, left - 12), -1) if words[n].text == ","), None)
            if opens is None or words[opens + 1].plain not in _OF_THEM:
                break
            left = opens + 1  # *47 civilians, including nine women, were | reportedly killed*
        if words[left - 1].plain == "and" and any(w.plain in BE for w in words[max(0, left - 7) : left - 1]):
            break  # *three were killed and | nine reportedly wounded*
        left -= 1
    relative = left > 0 and words[left - 1].plain in ("which", "who")
    right = last
    opened = words[first].plain in ("it", "there") or words[last - 1].plain == "that"
    while (
        right < len(words)
        and words[right].text not in (";", ":")
        and words[right].plain not in _CLAUSE_ENDS
        and not (relative and words[right].text == ",")
    ):
        if words[right].plain == "that":
            if opened and right > last + 4:
                break
            if not opened and right > last + 1:
                break
            opened = False  # *it was reported here today that …*: one clause, and no second
        right += 1
    return Stretch(left, right)


def _nouns(
    words: tuple[Word, ...], codebook: Codebook, sides: frozenset[int], before: list[Cue]
) -> list[Cue]:
    """*Ukraine's claim that 600 died*, *Russian claims of 140,000*: the weakest of cues."""
    cues = []
    for at in range(1, len(words) - 1):
        done = words[at + 1].plain == "to" and at + 2 < len(words) and words[at + 2].plain in ("have", "be")
        if words[at].plain in _CLAIM_NOUNS and (words[at + 1].plain in ("that", "of") or done):
            if (
                words[at].plain in ("reports", "report", "statement", "statements")
                and words[at + 1].plain == "of"
            ):
                continue
            holder = words[at - 1]
            if any(cue.first <= at < cue.last for cue in before) or not (holder.possessive or holder.capital):
                continue
            stretch = phrase_before(words, at, codebook)
            if stretch and speaks(words, stretch, codebook, sides):
                cues.append(Cue(at, at + 2, "right", stretch, Stretch(at + 2, len(words)), "noun"))
    return cues


def _colon(
    words: tuple[Word, ...],
    codebook: Codebook,
    sides: frozenset[int],
    hits: tuple[object, ...],
    found: list[Cue],
) -> Cue | None:
    """*Mayor: five killed*; *Five killed in Kherson: mayor*."""
    end = _page_ends(words)
    for at, word in enumerate(words[:end]):
        if word.text not in (":", "–", "—", "-") or (word.text != ":" and words[at - 1].end == word.start):
            continue
        first = 0
        while first < at and (words[first].is_mark or is_number(words[first])):
            first += 1
        lead, tail = Stretch(first, _before_channel(words, first, at)), Stretch(at + 1, end)
        while tail.last > tail.first and words[tail.last - 1].is_mark:
            tail = Stretch(tail.first, tail.last - 1)
        if word.text == ":" and (
            _is_label(words, lead, codebook)
            or _counts(words, at + 1)
            or (first and _tells_fate_of(words, lead))
        ):
            continue
        if word.text == ":" and 0 < lead.last - lead.first <= 8 and at + 1 < len(words):
            phrase = phrase_before(words, lead.last, codebook, first)
            if (
                any(w.capital for w in words)
                and all(w.text.isupper() for w in words[lead.first : lead.last])
                and not _is_body(words, lead, codebook)
            ):
                continue  # *KABUL: …*, the place of a dispatch; *IDF: …* is none
            if _is_country(words, lead, codebook) and not _speaks_of_enemies(words, at, codebook, sides):
                continue  # *Sudan: 40 killed in market attack*: where, not who
            if _is_capital(words, lead, codebook) and any(
                cue.speaker is not None and cue.speaker.first > at for cue in found
            ):
                continue  # *Khartoum: Ten people were killed, the army said*
            named = _names_speaker(words, lead, codebook, sides) or (
                words[at + 1].text in OPEN and all(w.capital for w in words[lead.first : lead.last])
            )
            house = covering(source_hits(words, codebook), at - 1)
            if (
                house is not None
                and house.key == "hospital"
                and any(cue.speaker is not None and cue.speaker.first == at + 1 for cue in found)
            ):
                continue  # *National Hospital: a doctor told AFP …*: of what, not who
            if phrase == lead and named:
                return Cue(first, at + 1, "right", lead, Stretch(at + 1, len(words)), "colon")
        if 0 < tail.last - tail.first <= 6 and not found and at > 2:
            phrase = phrase_after(words, tail.first, codebook)
            if phrase == tail and _names_speaker(words, tail, codebook, sides):
                return Cue(at, end, "left", tail, Stretch(0, at), "colon")
    return None


def _tail(words: tuple[Word, ...], codebook: Codebook, sides: frozenset[int]) -> Cue | None:
    """*Mosque bombing kills 25 | monitor*, *Six dead in blast in Aleppo | state TV*: a headline that has lost its colon."""
    end = _page_ends(words)
    stopped = words[-1].text == "."
    end -= stopped
    hits = tuple(hit for hit in source_hits(words, codebook) if hit.last <= end)
    if not hits or hits[-1].last < end or hits[-1].first < 3 or not any(map(_counts_word, words)):
        return None
    first = hits[-1].first
    while first > 0 and (hit := covering(hits, first - 1)) is not None and hit.source.kind != "people":
        first = hit.first
    if words[first - 1].start in sides and words[first - 1].plain.endswith(("ian", "ish", "ese", "i", "an")):
        first -= 1  # *Syrian state TV*
    head, before = hits[-1], words[first - 1]
    counted = is_number(before) or before.plain in NUMBERS
    watches = not _MONITORS.isdisjoint(word.plain for word in words[first:end])
    if (
        before.is_mark
        or before.possessive
        or (before.capital and words[first - 2].possessive)  # *Battles With Russia's Tsentr Battlegroup*
        or any(before.plain in among for among in (PREPOSITIONS, JOINS, BE, ARTICLES, _STRUCK, ("1", "one")))
        or (before.plain == "attack" and words[first - 2].plain.endswith("s"))
        or before.plain in lexicon(codebook).verbs
        or head.key == "hospital"
        or (head.key == "ngo" and not watches)
        or (stopped and not watches and not (counted and head.source.media))
        or all(word.text.isupper() for word in words if word.text.isalpha())
    ):
        return None
    if head.source.kind in ("people", "office", "person"):
        plural = words[end - 1].plain.endswith("s")
        # *kills 31 official*, but not *kills 10 activists*; *dead in Idlib activists*, but not *kills Syrian activists*
        named = before.capital and before.start not in sides and head.source.kind == "people"
        if not named and (plural or not counted):
            return None
    elif words[end - 1].plain == "police" and counted:
        return None
    return Cue(first, end, "left", Stretch(first, end), Stretch(0, first), "colon")


def _page_ends(words: tuple[Word, ...]) -> int:
    """Where a headline ends before the name of its page: *… in Raqqa monitor | Jordan Times*, *… killed - TRT World*."""
    for at in range(3, len(words) - 1):
        mark, rest = words[at], words[at + 1 :]
        if mark.text not in ("|", "-", "–", "—") or not all(w.is_mark or w.text[0].isupper() for w in rest):
            continue
        if mark.text == "|" or not _SITES.isdisjoint(w.plain for w in rest):
            return at
    return len(words)


def _counts_word(word: Word) -> bool:
    return is_number(word) or word.plain in NUMBERS


def _before_channel(words: tuple[Word, ...], first: int, colon: int) -> int:
    """*Governor X on Telegram: …*: where the name ends."""
    for place in range(first + 1, min(colon, first + 9)):
        if words[place].plain in ("on", "in", "via") and adjunct(words, place) == colon:
            return place
    return colon


# *Civilian casualties: 24 dead*, *Military update: …*, *Published: 16 June*: what follows, and not who says it
_HEADS = frozenset(
    "casualties losses deaths injuries victims damage toll update updates published updated posted situation highlights facts".split()
)


def _is_label(words: tuple[Word, ...], lead: Stretch, codebook: Codebook) -> bool:
    """*Details:*, *Previously:*: heads of the parts of a bulletin."""
    if lead.first < lead.last and words[lead.last - 1].plain in _HEADS:
        return True
    found = lexicon(codebook).phrase_at(words, lead.first) if lead.first < lead.last else None
    return found is not None and found[0] == lead.last and codebook.sayings[found[1]].kind == "label"


def _is_body(words: tuple[Word, ...], lead: Stretch, codebook: Codebook) -> bool:
    """Whether a label in capitals names a body or an armed group, and no capital: *UN*, *IDF*, *RSF*."""
    hit = covering(source_hits(words, codebook), lead.first)
    if hit is not None and hit.last >= lead.last:
        return True
    if lead.last - lead.first > 1:
        return False
    word = words[lead.first].text
    return any(
        word in (*side.names, *side.shared) for side in codebook.sides.values() if side.kind == "group"
    ) or any(word in side.forces for side in codebook.sides.values())


def _is_country(words: tuple[Word, ...], lead: Stretch, codebook: Codebook) -> bool:
    name = " ".join(word.text for word in words[lead.first : lead.last])
    return (
        name in codebook.countries
        or name in codebook.places
        or any(name in side.names for side in codebook.sides.values() if side.iso)
    )


def _speaks_of_enemies(
    words: tuple[Word, ...], behind: int, codebook: Codebook, sides: frozenset[int]
) -> bool:
    """Whether a headline behind a country's name is what that country says: of another state, of what it did, or of
    its enemy's losses. *Colombia: 10 soldiers killed in rebel attack*, *Mali: JNIM kills 20* are not."""
    states = _state_words(codebook)
    own = words[behind - 1].plain
    for at in range(behind, len(words)):
        word = words[at]
        if word.plain in _ITS_DOINGS or (word.start in sides and word.plain in states and word.plain != own):
            return True
        if word.start in sides and _counts_word(words[at - 1]):
            return True  # *20 Hamas fighters*
    return False


@cache
def _state_words(codebook: Codebook) -> frozenset[str]:
    return frozenset(
        word.lower()
        for side in codebook.sides.values()
        if side.iso
        for name in (*side.names, *side.adjectives, *side.people)
        for word in name.split()
    )


def _is_capital(words: tuple[Word, ...], lead: Stretch, codebook: Codebook) -> bool:
    name = " ".join(word.text for word in words[lead.first : lead.last])
    return any(name in side.capitals for side in codebook.sides.values())


# Who is counted by the rows of a list, and seldom speaks as a crowd.
_COUNTED = frozenset(
    "men women children boys girls minors adults elderly civilians soldiers fighters combatants militants journalists workers"
    " staff personnel students teachers policemen peacekeepers prisoners hostages".split()
)
_FATE = frozenset(
    "killed dead wounded injured hurt missing arrested detained captured abducted displaced released".split()
)


def _tells_fate_of(words: tuple[Word, ...], lead: Stretch) -> bool:
    """*- Medical workers: 17 killed, 26 injured*: a row of a list says what became of those it names."""
    at = lead.last + 1
    while at < len(words) and (is_number(words[at]) or words[at].plain in NUMBERS):
        at += 1
    return (
        lead.first < lead.last
        and words[lead.last - 1].plain in _COUNTED
        and lead.last + 1 < at < len(words)
        and words[at].plain in _FATE
    )


def _counts(words: tuple[Word, ...], behind: int) -> bool:
    """*Turkish soldiers: 34*, *Civilians: 1,389, among them …*: a row of a list, which counts those it names."""
    at = behind
    while at < len(words) and not (is_number(words[at]) or words[at].is_mark):
        if words[at].plain not in NUMBERS and words[at].plain not in _BEFORE_COUNT:
            return False
        at += 1
    while at < len(words) and (is_number(words[at]) or words[at].plain in NUMBERS):
        at += 1
    return at > behind and (
        at >= len(words)
        or words[at].is_mark
        or words[at].plain in ("including", "among", "of", "and", "plus")
    )


def _names_speaker(
    words: tuple[Word, ...], stretch: Stretch, codebook: Codebook, sides: frozenset[int]
) -> bool:
    return any(
        hit.first < stretch.last and hit.last > stretch.first for hit in source_hits(words, codebook)
    ) or (stretch.last - stretch.first == 1 and words[stretch.first].start in sides)
