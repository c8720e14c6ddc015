"""Where what is said stands: in front of the verb of saying, or behind it."""

from __future__ import annotations

from conflictstats.attribution.phrases import (
    ADVERBS,
    ARTICLES,
    DAYS,
    HELPERS,
    JOINS,
    MONTHS,
    NUMBERS,
    PREPOSITIONS,
    RELATIVES,
    is_number,
)
from conflictstats.codebook import Saying
from conflictstats.wording import Word

OPEN = ('"', "“", "«", "„", "‘")
_HEARERS = frozenset(
    "reporters journalists parliament us them him her me lawmakers media viewers deputies".split()
)
PARTICIPLES = frozenset(
    "adding saying stressing citing calling describing noting warning speaking quoting including referring blaming accusing"
    " updating urging condemning attributing identifying insisting claiming confirming denying declining pointing vowing giving"
    " contradicting rejecting refuting echoing disputing praising thanking hailing reiterating demanding appealing pledging threatening"
    " announcing expressing commenting asking promising recalling responding replying reacting repeating urging contrasting".split()
)
_DAYTIMES = frozenset("morning afternoon evening night week month year".split())
_OCCASIONS = frozenset(
    "statement statements post posts report briefing interview message telegram facebook twitter x social address speech video update"
    " release conference television tv radio channel page website site internet phone telephone email bulletin letter tweet communique"
    " time scene moment parliament toll count tally account summary thread platform newspaper media broadcast remarks".split()
)
_SUBORDINATES = frozenset("after before once when as".split())
_AGO = frozenset("a.m p.m a.m. p.m. am pm gmt local utc time noon midnight dawn".split())
_LATER = [
    [unit, word]
    for unit in ("day", "days", "week", "weeks", "hours", "month", "months", "minutes")
    for word in ("after", "before", "earlier", "later")
]
_UNITS = frozenset("day days week weeks month months hour hours year years minutes".split())


def at_end(words: tuple[Word, ...], at: int, saying: Saying) -> bool:
    """Whether nothing that could have been said follows: only hearers, days and places of speaking."""
    if saying.following is not None and at < len(words) and words[at].plain in saying.following.split("|"):
        at += 1  # lets | slip
    while at < len(words):
        word = words[at]
        plain = word.plain
        if word.is_mark:
            if word.text in (",", ":") and at + 1 < len(words) and words[at + 1].text in OPEN:
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
        ) or [w.plain for w in words[at : at + 2]] in _LATER:
            return True  # *said | days after a bombing …*
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
            step = adjunct(words, at)
            if step < 0:
                return False
            at = step
        elif plain in PARTICIPLES:
            return True
        elif "told" in saying.forms or plain in ("reuters", "afp", "sana", "cnn", "tass"):
            step = _hearer(words, at)
            if step == at:
                return False
            at = step
        else:
            return plain in (
                "while",
                "but",
                "and",
                "as",
                "without",
                "when",
                "who",
                "which",
                "under",
                "according",
            )
    return True


def adjunct(words: tuple[Word, ...], at: int) -> int:
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
            words[stop].capital
            or words[stop].plain in ARTICLES
            or words[stop].plain in _HEARERS
            or words[stop].plain in _OCCASIONS
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
        or words[place].plain in ADVERBS
        or words[place].plain in DAYS
        or words[place].plain in PARTICIPLES
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
        if (
            word.is_mark
            or is_number(word)
            or word.plain in PREPOSITIONS
            or word.plain in JOINS
            or word.plain in HELPERS
        ):
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


def has_matter(words: tuple[Word, ...], stop: int) -> bool:
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


def circumstance(words: tuple[Word, ...], stop: int, begin: int) -> bool:
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
    if words[stop].plain in _SUBORDINATES and words[begin - 1].text == "," and any(
        _is_figure(words, n) for n in range(begin)
    ):  # fmt: skip
        # *three were wounded, the army announced | after their families were told*
        return not any(
            word.plain == "that" or word.text in (";", ",", *OPEN) or _is_figure(words, n)
            for n, word in enumerate(words[stop:-1], stop)
        )
    last = next(
        (
            n
            for n in range(stop + 1, len(words) - 1)
            if words[n].plain == "based" and words[n + 1].plain == "on"
        ),
        len(words),
    )  # *found in an investigation | based on 164 interviews*
    for place in range(stop, last):
        word = words[place]
        if word.plain in HELPERS or word.plain in ("that", "it", "they", "he", "she") or word.text in OPEN:
            return False
        if (
            word.plain.endswith("ed")
            and "-" not in word.plain
            and place > stop + 1
            and words[place - 1].plain not in ARTICLES  # to the wounded
        ):
            return False
        if word.text in (";", ".", ","):
            break
    return not any(_is_figure(words, n) for n in range(stop, last))


def _is_figure(words: tuple[Word, ...], at: int) -> bool:
    """A number that counts no days."""
    if not is_number(words[at]) and (
        words[at].plain not in NUMBERS or words[at].plain in ("most", "all", "some", "many")
    ):
        return False
    return at + 1 >= len(words) or words[at + 1].plain not in _UNITS


def is_clausal(words: tuple[Word, ...], stop: int) -> bool:
    """Whether a clause follows, and no bare object: *maintains that …*, not *maintains 40,000 troops*."""
    for place in range(stop, min(stop + 25, len(words))):
        word = words[place]
        if word.plain in HELPERS or word.plain in ("that", "how") or word.text in OPEN or word.text == ":":
            return True
        if word.plain.endswith("ed") and place > stop + 1:
            return True
        if word.text in (";", "."):
            break
    return False


def is_fronted(words: tuple[Word, ...], subject: int) -> bool:
    """*Of 40 launched, the air force said …*, *In the past week, the ministry says, …*: the front belongs to it."""
    return subject > 1 and words[subject - 1].text == "," and words[0].plain in ("of", "among", "since")
