"""The words of one sentence that hand its figures to somebody: which, whose, and how far they reach.

A cue reaches to the right (*said that …*), to the left (*…, X said*) or around (*…, X said, while …*). Where
cues nest, the outer one counts: in "the governor said police had told him" the governor speaks.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from conflictstats.codebook import Codebook, Saying
from conflictstats.phrases import (
    ADVERBS,
    ARTICLES,
    BE,
    DAYS,
    HELPERS,
    JOINS,
    MONTHS,
    NUMBERS,
    OBJECTS,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVES,
    Stretch,
    covering,
    is_number,
    phrase_after,
    phrase_before,
    skip_adverbs_back,
    speaks,
    text_owner,
)
from conflictstats.wording import Word, is_text, lexicon, source_hits

Reach = Literal["right", "left"]

_OPEN = ('"', "“", "«", "„", "‘")
_QUOTES = (*_OPEN, "”", "»", "’")
_STOPS = (".", "!", "?", ";", ")", "–", "—", "-", "…")
_HEARERS = frozenset(
    "reporters journalists parliament us them him her me lawmakers media viewers deputies".split()
)
_PARTICIPLES = frozenset(
    "adding saying stressing citing calling describing noting warning speaking quoting including referring blaming accusing"
    " updating urging condemning attributing identifying insisting claiming confirming denying declining pointing vowing giving".split()
)
_DAYTIMES = frozenset("morning afternoon evening night week month year".split())
_NOT_SAID = frozenset("not n't never neither nor without".split())
_TO_VERBS = frozenset("went goes go going continued continues".split())
_CLAIM_NOUNS = frozenset(
    "claim claims statement statements assertion assertions report reports announcement allegation allegations admission".split()
)


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
        phrase = table.phrase_at(words, at)
        kind = codebook.sayings[phrase[1]].kind if phrase else None
        if phrase and kind == "frame" and (cue := _frame(words, at, phrase[0], codebook, sides)):
            found.append(cue)
            at = phrase[0]
            continue
        if phrase and kind == "rumour" and _is_rumour(words, at, phrase[0]):
            found.append(Cue(at, phrase[0], "right", None, _clause_around(words, at, phrase[0]), "rumour"))
            at = phrase[0]
            continue
        if cue := _by_account(words, at, codebook, sides):
            found.append(cue)
            at = cue.last
            continue
        key = table.verbs.get(word.plain)
        if key is not None and not word.possessive and covering(hits, at) is None and word.start not in sides:
            cue = _verb(words, at, codebook.sayings[key], codebook, sides, found)
            if cue is not None:
                found.append(cue)
        at += 1
    found += [gap for cue in found if (gap := _gapped(words, cue, codebook, sides))]
    found += _nouns(words, codebook, sides, found)
    if colon := _colon(words, codebook, sides, hits, found):
        found.append(colon)
    found.sort(key=lambda cue: (cue.first, cue.last))
    return tuple(_limit(words, found))


# — verbs —


def _verb(
    words: tuple[Word, ...],
    at: int,
    saying: Saying,
    codebook: Codebook,
    sides: frozenset[int],
    before: list[Cue],
) -> Cue | None:
    plain = words[at].plain
    stop = at + 1
    if saying.following is not None:
        stop = _after_particle(words, at, saying.following)
        if stop < 0:
            return None
    previous = words[at - 1] if at else None
    if plain.startswith("claim") and any(
        w.plain in ("lives", "life", "responsibility") for w in words[at + 1 : at + 8]
    ):
        return None
    if stop < len(words) and words[stop].text == "]":
        return None  # *[REPORT]* at the head of a dispatch
    if previous is not None:
        if previous.plain in _NOT_SAID or (
            previous.plain in ADVERBS and at > 1 and words[at - 2].plain in _NOT_SAID
        ):
            return None
        if previous.plain == "to":
            if at > 2 and words[at - 2].plain == "on" and words[at - 3].plain in _TO_VERBS:
                return _finish(
                    words,
                    at - 3,
                    stop,
                    phrase_before(words, at - 3, codebook),
                    saying,
                    codebook,
                    sides,
                    before,
                )
            return None
        if previous.plain in ARTICLES and previous.plain not in PRONOUNS - {"one"}:
            return None
        if previous.plain in PREPOSITIONS and not plain.endswith("ing"):
            return None
        if previous.text in ("-", "–") and previous.end == words[at].start:
            return None
    if _is_noun(words, at, plain, saying, sides):
        return None
    back = skip_adverbs_back(words, at)
    helpers = [word.plain for word in words[back:at]]
    crowd = covering(source_hits(words, codebook), at - 1) if at else None
    if (
        plain == "estimated"
        and crowd is not None
        and crowd.source.kind == "people"
        and words[stop : stop + 1]
        and words[stop].plain == "at"
    ):
        return None  # *civilians estimated at …*
    if any(word in BE for word in helpers) and not plain.endswith("ing"):
        return _passive(words, at, stop, back, saying, codebook, sides)
    if any(word in _NOT_SAID for word in helpers):
        return None
    subject = phrase_before(words, at, codebook)
    if plain.endswith("ing"):
        if helpers and helpers[-1] in BE:
            return _finish(words, at, stop, subject, saying, codebook, sides, before)
        # "with the monitor saying" has a subject of its own
        if (
            subject
            and subject.first
            and words[subject.first - 1].plain == "with"
            and speaks(words, subject, codebook, sides)
        ):
            return _finish(words, at, stop, subject, saying, codebook, sides, before)
        return _participle(words, at, stop, saying, codebook, sides, before)
    return _finish(words, at, stop, subject, saying, codebook, sides, before)


def _after_particle(words: tuple[Word, ...], at: int, particle: str) -> int:
    if "|" in particle:
        choice = particle.split("|")
        return at + 1 if any(word.plain in choice for word in words[at + 1 : at + 5]) else -1
    parts = particle.split()
    span = 10 if particle == "at" else 1
    for place in range(at + 1, min(at + 1 + span, len(words) - len(parts) + 1)):
        if words[place].text in (".", ";"):
            break
        if [word.plain for word in words[place : place + len(parts)]] == parts:
            # put *the toll* at N: what stands between belongs to the cue
            return at + 1 if particle == "at" else place + len(parts)
    return -1


def _is_rumour(words: tuple[Word, ...], at: int, stop: int) -> bool:
    """*is said to have*, and not *claimed to have*, which has a subject of its own."""
    if (
        words[at].plain == "reports"
        and at
        and stop < len(words)
        and not words[stop].is_mark
        and not words[at - 1].is_mark
        and words[at - 1].plain not in JOINS
    ):
        return False  # *UNRWA reports that*
    if words[stop - 1].plain not in ("have", "be"):
        return True
    back = skip_adverbs_back(words, at)
    return any(word.plain in BE for word in words[back:at])


def _is_noun(words: tuple[Word, ...], at: int, plain: str, saying: Saying, sides: frozenset[int]) -> bool:
    """*reports*, *claims*, *counts*, *puts*: a noun where the words around it say so."""
    following = words[at + 1] if at + 1 < len(words) else None
    previous = words[at - 1] if at else None
    if not saying.weak and plain not in ("claims", "claim", "reports", "report", "estimates", "comments"):
        return False
    if plain.endswith(("ed", "ing")) and plain != "ed":
        return False
    if (
        following is not None
        and following.plain in ("of", "by", "from", "about", "in")
        and saying.following is None
    ):
        return True
    noun = plain.endswith("s") or plain in (
        "report",
        "count",
        "estimate",
        "claim",
        "state",
        "record",
        "list",
        "document",
    )
    if previous is None:
        return noun
    if previous.start in sides and previous.plain.endswith(("ian", "ish", "ese", "li", "an", "ch")):
        return noun
    return previous.possessive and noun


def _passive(
    words: tuple[Word, ...],
    at: int,
    stop: int,
    back: int,
    saying: Saying,
    codebook: Codebook,
    sides: frozenset[int],
) -> Cue | None:
    """*was put at 20 by the ministry*; *X was quoted as saying*."""
    if words[at].plain in ("cited", "quoted") and [w.plain for w in words[at + 1 : at + 3]] == [
        "as",
        "saying",
    ]:
        return None  # the participle "saying" finds it
    if words[at].plain == "claimed":
        return None  # an attack that was claimed by somebody: a deed, not a figure
    for place in range(stop, min(stop + 7, len(words))):
        if words[place].text in (".", ";", ",") or words[place].plain in JOINS:
            break
        if words[place].plain == "by" and not (
            place > stop and words[place - 1].plain.endswith(("ed", "held", "run"))
        ):
            agent = phrase_after(words, place + 1, codebook)
            if agent and speaks(words, agent, codebook, sides):
                return Cue(at, stop, "left", agent, Stretch(0, len(words)), "verb", saying.status)
            break
    return None


def _participle(
    words: tuple[Word, ...],
    at: int,
    stop: int,
    saying: Saying,
    codebook: Codebook,
    sides: frozenset[int],
    before: list[Cue],
) -> Cue | None:
    previous = words[at - 1] if at else None
    plain = words[at].plain
    if previous is not None and previous.plain == "as":
        # *was quoted as saying*, *quoted X as saying*
        for place in range(at - 2, max(-1, at - 14), -1):
            if words[place].plain in ("quoted", "cited", "quotes", "cites", "described", "reported"):
                helped = place > 0 and words[place - 1].plain in BE
                outer = phrase_before(words, place, codebook)
                inner = phrase_after(words, place + 1, codebook) if not helped else None
                speaker = outer
                if inner is not None and outer is not None and _is_media(words, outer, codebook):
                    speaker = inner
                if speaker is None or not speaks(words, speaker, codebook, sides):
                    speaker = _clause_opening(words, place, codebook, sides)
                if speaker is None:
                    return None
                reach: Reach = "left" if _at_end(words, stop, saying) else "right"
                zone = Stretch(0, len(words)) if reach == "left" else Stretch(stop, len(words))
                return Cue(place, stop, reach, speaker, zone, "verb", saying.status)
    if (previous is None or not previous.is_mark) and plain not in (
        "saying",
        "adding",
        "claiming",
        "stressing",
    ):
        return None  # "after a similar warning"
    if before:
        return Cue(at, stop, "right", None, Stretch(stop, len(words)), "verb", saying.status, shared=True)
    opening = opening_speaker(words, codebook, sides)
    if opening is None or saying.takes == "figure":
        return None
    return Cue(at, stop, "right", opening, Stretch(stop, len(words)), "verb", saying.status)


def _is_media(words: tuple[Word, ...], stretch: Stretch, codebook: Codebook) -> bool:
    return any(
        hit.source.media and stretch.first <= hit.first and hit.last <= stretch.last
        for hit in source_hits(words, codebook)
    )


def opening_speaker(
    words: tuple[Word, ...], codebook: Codebook, sides: frozenset[int], at: int = 0
) -> Stretch | None:
    """The speaker who opens a sentence or clause, for a verb too far from him to be found walking back."""
    while at < len(words) and (
        words[at].is_mark or is_number(words[at]) or words[at].plain in JOINS | ADVERBS
    ):
        at += 1
    if at < len(words) and words[at].plain in PREPOSITIONS:
        if at + 1 < len(words) and words[at + 1].plain in DAYS:
            return opening_speaker(words, codebook, sides, at + 2)
        comma = next((n for n in range(at, min(at + 9, len(words))) if words[n].text == ","), None)
        if comma is None:
            return None
        return opening_speaker(words, codebook, sides, comma + 1)
    phrase = phrase_after(words, at, codebook)
    return phrase if phrase and speaks(words, phrase, codebook, sides) else None


def _finish(
    words: tuple[Word, ...],
    at: int,
    stop: int,
    subject: Stretch | None,
    saying: Saying,
    codebook: Codebook,
    sides: frozenset[int],
    before: list[Cue],
) -> Cue | None:
    """A finite verb with the subject that was found, or the one that it shares, or none."""
    shared = False
    if (
        subject is not None
        and subject.first
        and words[subject.first - 1].text != ","
        and any(
            words[n].plain in ("which", "who") for n in range(max(0, subject.first - 3), subject.first - 1)
        )
    ):
        # *the group, which supports the opposition, said*: the nearest noun is not the one that speaks
        subject = _clause_opening(words, at, codebook, sides) or subject
    able = subject is not None and speaks(words, subject, codebook, sides)
    if (
        able
        and subject is not None
        and subject.first > 0
        and words[subject.first - 1].plain in PREPOSITIONS
        and not any(subject.first <= hit.first < subject.last for hit in source_hits(words, codebook))
    ):
        # *a neurologist in Saraqib said*: a place
        clause = _clause_opening(words, at, codebook, sides)
        if clause is not None:
            subject = clause
    if (
        able
        and subject is not None
        and subject.first > 0
        and words[subject.first - 1].plain in PREPOSITIONS
        and (inverted := _inverted(words, at, stop, saying, codebook, sides))
    ):
        return Cue(at, stop, "left", inverted, Stretch(0, len(words)), "verb", saying.status)
    if (
        "said" in saying.forms
        and (inverted := _inverted(words, at, stop, saying, codebook, sides))
        and (inverted.last >= len(words) or words[inverted.last].text == ".")
    ):
        # *public facilities and hospitals said the Observatory.*: nothing else can have been said
        return Cue(at, stop, "left", inverted, Stretch(0, len(words)), "verb", saying.status)
    behind_mark = at > 0 and (words[at - 1].text == "," or words[at - 1].text in _QUOTES)
    if (not able or behind_mark) and (inverted := _inverted(words, at, stop, saying, codebook, sides)):
        return Cue(at, stop, "left", inverted, Stretch(0, len(words)), "verb", saying.status)
    back = skip_adverbs_back(words, at)
    joined = (back > 0 and words[back - 1].plain in ("and", "but", "or", "then")) or (
        back > 1 and words[back - 1].text == "," and words[back].plain not in RELATIVES
    )
    if not able:
        if joined and before:
            shared = True
        elif joined and (opening := opening_speaker(words, codebook, sides)):
            subject, able = opening, True
        elif (
            clause := _clause_opening(words, at, codebook, sides)
            or _over_relative(words, at, codebook, sides)
        ) is not None:
            subject, able = clause, True
        elif (
            saying.weak
            or subject is None
            or (subject.first and words[subject.first - 1].plain in PREPOSITIONS)
        ):
            return None
    if subject is None and not shared:
        return None
    if (
        not shared
        and subject is not None
        and subject.first > 0
        and words[subject.first - 1].plain in ("which", "whom", "that")
        and _at_end(words, stop, saying)
    ):
        return None  # *which Central Command denied*: a word on the claim, not the claim
    if (
        not shared
        and subject is not None
        and words[subject.last - 1].plain in ("story", "article", "version")
    ):
        return None  # *an earlier version of this article said*
    speaker = None if shared else subject
    begin = subject.first if subject is not None and not shared else at
    if saying.takes == "figure":
        return Cue(at, stop, "right", speaker, Stretch(stop, len(words)), "verb", saying.status, shared)
    if _has_matter(words, begin) and (_at_end(words, stop, saying) or _circumstance(words, stop, begin)):
        return Cue(at, stop, "left", speaker, Stretch(0, len(words)), "verb", saying.status, shared)
    if saying.weak and saying.takes == "clause" and not _clausal(words, stop):
        return None
    zone = Stretch(stop, len(words))
    if _fronted(words, begin):
        zone = Stretch(0, len(words))
    return Cue(at, stop, "right", speaker, zone, "verb", saying.status, shared)


def _clause_opening(
    words: tuple[Word, ...], at: int, codebook: Codebook, sides: frozenset[int]
) -> Stretch | None:
    """*A committee representing the inhabitants | gave*: the speaker opens the clause, a relative stands between."""
    start = 0
    for place in range(at - 2, 0, -1):
        if words[place].text in (";", ":") or (
            words[place].plain in ("and", "but", "while", "however", "whereas")
            and words[place - 1].text == ","
        ):
            start = place + 1
            break
    phrase = opening_speaker(words, codebook, sides, start)
    if phrase is None or phrase.last >= at:
        return None
    following = words[phrase.last]
    if following.text == "," and phrase.last + 1 < at:
        following = words[phrase.last + 1]
    if following.plain in ("installed", "appointed", "backed") and words[phrase.last + 1].plain == "by":
        installer = phrase_after(words, phrase.last + 2, codebook)
        return Stretch(phrase.first, installer.last) if installer else phrase
    if following.plain in RELATIVES | PREPOSITIONS or following.plain in ("we", "they", "a", "an", "the"):
        return phrase
    if following.plain.endswith(("ing", "ed")) and following.plain not in lexicon(codebook).verbs:
        return phrase
    return None


def _inverted(
    words: tuple[Word, ...], at: int, stop: int, saying: Saying, codebook: Codebook, sides: frozenset[int]
) -> Stretch | None:
    """*…, said Olena Dubova*; *… in the northeast said the Observatory*."""
    if (
        saying.takes == "figure"
        or stop >= len(words)
        or words[at].plain.endswith("ing")
        or "told" in saying.forms
    ):
        return None
    previous = words[at - 1] if at else None
    phrase = phrase_after(words, stop, codebook) if words[stop].plain not in OBJECTS | {"that"} else None
    if phrase is None:
        return None
    if (
        is_text(words, phrase.last - 1, codebook)
        and words[phrase.last : phrase.last + 1]
        and words[phrase.last].plain in ("that", "of")
    ):
        return None  # *rejects the statement that …*
    plainly = (
        previous is not None and (previous.text == "," or previous.text in _QUOTES) and "said" in saying.forms
    )
    if not plainly and not speaks(words, phrase, codebook, sides):
        return None
    following = words[phrase.last] if phrase.last < len(words) else None
    ends = (
        following is None
        or following.is_mark
        or following.plain in RELATIVES
        or following.plain in _PARTICIPLES
        or following.plain in PREPOSITIONS
        or following.plain in ADVERBS
        or following.plain in DAYS
        or following.plain in ("late", "early", "and", "as", "a", "an")
    )
    if previous is None or not ends:
        return None
    if previous.text == "," or previous.text in _QUOTES:
        return phrase
    return None if saying.weak else phrase


def _at_end(words: tuple[Word, ...], at: int, saying: Saying) -> bool:
    """Whether nothing that could have been said follows: only hearers, days and places of speaking."""
    while at < len(words):
        word = words[at]
        plain = word.plain
        if word.is_mark:
            if word.text in (",", ":") and at + 1 < len(words) and words[at + 1].text in _OPEN:
                return False
            return word.text != ":"
        if plain in ("that", "how", "whether"):
            return False
        if (
            word.capital
            and plain in ("the", "a", "an", "it", "he", "she", "they")
            and at > 1
            and not words[at - 1].is_mark
        ):
            return True  # a full stop was lost
        if (
            plain in ("a", "an", "one", "two", "three")
            and [w.plain for w in words[at + 1 : at + 3]] in _LATER
        ):
            return True
        if plain in _HEARERS or plain in DAYS or plain in MONTHS or plain in ADVERBS:
            at += 1
        elif plain == "of" and words[at - 1].plain in _OCCASIONS:
            return True
        elif plain in ("late", "early") and words[at + 1 : at + 2] and words[at + 1].plain == "on":
            at += 1
        elif (
            plain in ("late", "early", "this", "last")
            and at + 1 < len(words)
            and (
                words[at + 1].plain in DAYS
                or words[at + 1].plain in ("week", "month", "year", "morning", "evening", "february")
            )
        ):
            at += 2
        elif plain in ("posted", "published", "released", "issued", "carried", "aired", "sent", "broadcast"):
            at += 1
        elif plain in (
            "on",
            "in",
            "at",
            "via",
            "to",
            "by",
            "during",
            "through",
            "from",
            "over",
            "before",
            "after",
        ):
            step = _adjunct(words, at)
            if step < 0:
                return False
            at = step
        elif plain in _PARTICIPLES:
            return True
        elif "told" in saying.forms or plain in ("reuters", "afp", "sana", "cnn", "tass"):
            step = _hearer(words, at)
            if step == at:
                return False
            at = step
        else:
            return plain in ("while", "but", "and", "as", "without", "when", "who", "which", "under")
    return True


_OCCASIONS = frozenset(
    "statement statements post posts report briefing interview message telegram facebook twitter x social address speech video update"
    " release conference television tv radio channel page website site internet phone telephone email bulletin letter tweet communique"
    " time scene moment parliament toll count tally account summary thread platform newspaper media broadcast remarks".split()
)
_AGO = frozenset("a.m p.m a.m. p.m. am pm gmt local utc time noon midnight dawn".split())


def _adjunct(words: tuple[Word, ...], at: int) -> int:
    """Behind *on Tuesday*, *in a statement on Telegram*, *at 7 a.m.*, *to Reuters*; −1 where it is no such thing."""
    stop = at + 1
    if stop < len(words) and words[stop].plain in ("late", "early", "last"):
        stop += 1
    if stop < len(words) and (words[stop].plain in DAYS or words[stop].plain in MONTHS):
        stop += 1
        while stop < len(words) and (is_number(words[stop]) or words[stop].plain in _DAYTIMES):
            stop += 1
        return stop
    if stop < len(words) and is_number(words[stop]) and words[at].plain in ("at", "on"):
        stop += 1
        if stop >= len(words) or words[stop].is_mark:
            return stop
        if words[stop].plain in _AGO or words[stop].plain in MONTHS:
            while stop < len(words) and (
                words[stop].plain in _AGO or words[stop].plain in MONTHS or is_number(words[stop])
            ):
                stop += 1
            return stop
        return -1
    if words[at].plain in ("to", "before", "after"):
        while stop < len(words) and (
            words[stop].plain in ARTICLES or words[stop].capital or words[stop].plain in _HEARERS | _OCCASIONS
        ):
            stop += 1
        return stop if stop > at + 1 and words[stop - 1].plain not in ARTICLES else -1
    for place in range(stop, min(stop + 6, len(words))):
        word = words[place]
        if (
            word.is_mark
            or is_number(word)
            or word.plain in HELPERS
            or word.plain in JOINS
            or word.plain in RELATIVES
        ):
            break
        if word.plain in _OCCASIONS:
            stop = place + 1
            while stop < len(words) and words[stop].plain in _OCCASIONS:
                stop += 1
            return stop
    # a place of speaking: *in Geneva*, *at the United Nations*
    place = at + 1
    while place < len(words) and (words[place].plain in ARTICLES or words[place].capital):
        place += 1
    ends = (
        place >= len(words)
        or words[place].is_mark
        or words[place].plain in ADVERBS | DAYS | _PARTICIPLES
        or words[place].plain in ("on", "late")
    )
    return place if ends and place > at + 1 and words[at].plain in ("in", "at", "from") else -1


def _hearer(words: tuple[Word, ...], at: int) -> int:
    """Behind the one who was told: *a briefing*, *SANA reporter*, *the news media*."""
    stop = at
    if stop < len(words) and words[stop].plain in ARTICLES:
        stop += 1
    while stop < len(words) and stop - at < 6:
        word = words[stop]
        if word.is_mark or is_number(word) or word.plain in PREPOSITIONS or word.plain in JOINS | HELPERS:
            break
        if word.capital or word.plain in (
            "briefing",
            "news",
            "media",
            "agency",
            "reporter",
            "state",
            "television",
            "correspondent",
            "radio",
            "newspaper",
            "press",
            "conference",
            "station",
            "channel",
            "meeting",
            "tv",
            "local",
            "council",
            "session",
        ):
            stop += 1
            continue
        break
    return stop if stop > at and words[stop - 1].plain not in ARTICLES else at


def _has_matter(words: tuple[Word, ...], stop: int) -> bool:
    """Whether anything that could have been said stands before the speaker."""
    return sum(not word.is_mark for word in words[:stop]) >= 2 and not _adverbial(words[:stop])


def _adverbial(words: tuple[Word, ...]) -> bool:
    plain = [word.plain for word in words if not word.is_mark]
    return all(
        word in ADVERBS
        or word in DAYS
        or word in MONTHS
        or word in PREPOSITIONS
        or word in JOINS
        or word in ARTICLES
        or word[0].isdigit()
        or word in ("statement", "report", "briefing", "preliminary", "separate", "televised")
        for word in plain
    )


def _over_relative(
    words: tuple[Word, ...], at: int, codebook: Codebook, sides: frozenset[int]
) -> Stretch | None:
    """*a spokesman for the group which operates in the area | said*: the noun before the relative."""
    for place in range(at - 1, max(0, at - 14), -1):
        if words[place].is_mark and words[place].text != ",":
            return None
        if words[place].plain in ("which", "who") or (
            words[place].plain.endswith("ing")
            and covering(source_hits(words, codebook), place - 1) is not None
        ):
            phrase = phrase_before(words, place, codebook)
            return phrase if phrase and speaks(words, phrase, codebook, sides) else None
    return None


def _circumstance(words: tuple[Word, ...], stop: int, begin: int) -> bool:
    """*…, a monitor said in the second bombardment in two weeks*: no clause follows, only circumstances.

    Where the figures stand in front of the speaker and none behind, a bare noun phrase is one, too: *killed
    13, the Observatory said, most of them in Aleppo*.
    """
    if stop >= len(words):
        return False
    if words[stop].plain == "with":
        return True
    if words[stop].plain not in PREPOSITIONS and not any(_is_figure(words, n) for n in range(begin)):
        return False
    for place in range(stop, len(words)):
        word = words[place]
        if word.plain in HELPERS or word.plain in ("that", "it", "they", "he", "she") or word.text in _OPEN:
            return False
        if word.plain.endswith("ed") and "-" not in word.plain and place > stop + 1:
            return False
        if word.text in (";", ".", ","):
            break
    return not any(_is_figure(words, n) for n in range(stop, len(words)))


def _is_figure(words: tuple[Word, ...], at: int) -> bool:
    """A number that counts no days."""
    if not is_number(words[at]) and (
        words[at].plain not in NUMBERS or words[at].plain in ("most", "all", "some", "many")
    ):
        return False
    return at + 1 >= len(words) or words[at + 1].plain not in _UNITS


def _clausal(words: tuple[Word, ...], stop: int) -> bool:
    """Whether a clause follows, and no bare object: *maintains that …*, not *maintains 40,000 troops*."""
    for place in range(stop, min(stop + 25, len(words))):
        word = words[place]
        if word.plain in HELPERS or word.plain in ("that", "how") or word.text in _OPEN or word.text == ":":
            return True
        if word.plain.endswith("ed") and place > stop + 1:
            return True
        if word.text in (";", "."):
            break
    return False


def _fronted(words: tuple[Word, ...], subject: int) -> bool:
    """*Of 40 launched, the air force said …*, *In the past week, the ministry says, …*: the front belongs to it."""
    return subject > 1 and words[subject - 1].text == "," and words[0].plain in ("of", "among", "since")


# — phrases —


def _frame(
    words: tuple[Word, ...], at: int, stop: int, codebook: Codebook, sides: frozenset[int]
) -> Cue | None:
    quoting = words[at].plain in ("citing", "quoting")
    if stop >= len(words):
        return None
    phrase = phrase_after(words, stop, codebook)
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
        words[at].text.isupper() and not quoting and owner.last < len(words) and words[owner.last].is_mark
    ):
        return None
    return Cue(at, owner.last, "left", owner, Stretch(0, len(words)), "frame", quoting=quoting)


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
    """*by his account*, *by the army's count*, *in Kyiv's telling*, *as the mayor put it*."""
    if words[at].plain not in ("by", "in", "on"):
        return None
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
            return None
    return None


_CLAUSE_ENDS = frozenset("which who where while but".split())


def _clause_around(words: tuple[Word, ...], first: int, last: int) -> Stretch:
    """The clause of a rumour: up to the commas, relatives and joins on either side."""
    left = first
    while (
        left > 0 and words[left - 1].text not in (",", ";", ":") and words[left - 1].plain not in _CLAUSE_ENDS
    ):
        left -= 1
    right = last
    opened = words[first].plain in ("it", "there") or words[last - 1].plain == "that"
    while (
        right < len(words) and words[right].text not in (";", ":") and words[right].plain not in _CLAUSE_ENDS
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
        if words[at].plain in _CLAIM_NOUNS and words[at + 1].plain in ("that", "of"):
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
    for at, word in enumerate(words):
        if word.text not in (":", "–", "—", "-") or (word.text != ":" and words[at - 1].end == word.start):
            continue
        first = 0
        while first < at and (words[first].is_mark or is_number(words[first])):
            first += 1
        lead, tail = Stretch(first, at), Stretch(at + 1, len(words))
        while tail.last > tail.first and words[tail.last - 1].is_mark:
            tail = Stretch(tail.first, tail.last - 1)
        if word.text == ":" and 0 < lead.last - lead.first <= 8 and at + 1 < len(words):
            phrase = phrase_before(words, at, codebook, first)
            if phrase == lead and _names_speaker(words, lead, codebook, sides):
                return Cue(first, at + 1, "right", lead, Stretch(at + 1, len(words)), "colon")
        if 0 < tail.last - tail.first <= 6 and not found and at > 2:
            phrase = phrase_after(words, tail.first, codebook)
            if phrase == tail and _names_speaker(words, tail, codebook, sides):
                return Cue(at, len(words), "left", tail, Stretch(0, at), "colon")
    return None


def _names_speaker(
    words: tuple[Word, ...], stretch: Stretch, codebook: Codebook, sides: frozenset[int]
) -> bool:
    return any(
        hit.first < stretch.last and hit.last > stretch.first for hit in source_hits(words, codebook)
    ) or (stretch.last - stretch.first == 1 and words[stretch.first].start in sides)


# — how far —


def _limit(words: tuple[Word, ...], cues: list[Cue]) -> list[Cue]:
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
            or not words[place + 1].text[0].isupper()
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
    if other.reach == "left" and other.kind == "frame" and other.quoting:
        return None
    if begin <= cue.last:
        if other.speaker and other.first > cue.last and words[other.first - 1].text == ",":
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


def _resume(words: tuple[Word, ...], earlier: Cue, cue: Cue) -> int:
    """Where the reach of a later cue to the left begins, behind an earlier one of the same kind."""
    stop = max(earlier.last, earlier.speaker.last if earlier.speaker else 0)
    for place in range(stop, _start(cue)):
        if words[place].text == ";" or words[place].plain in ("while", "but", "and", "though", "whereas"):
            return place
    return stop


_LATER = [
    [unit, word]
    for unit in ("day", "days", "week", "hours", "month")
    for word in ("after", "before", "earlier", "later")
]
_UNITS = frozenset("day days week weeks month months hour hours year years minutes".split())
_AFTER_DENIAL = frozenset(
    "saying which but while although though calling insisting claiming adding instead and".split()
)


def _denial_ends(words: tuple[Word, ...], cue: Cue, right: int) -> int:
    for place in range(cue.last, right - 1):
        if words[place].text == "," and words[place + 1].plain in _AFTER_DENIAL:
            return place
    return right
