"""Where the name of a speaker begins and ends: the noun phrase in front of a verb of saying, or behind it.

The rules walk along the words, so that they hold in sentences that were never parsed, without commas, in
capitals: *the Donetsk regional governor, Pavlo Hrynenko, | said*; *said | surgeon Maksym Hrab*;
*according to | medical sources at the Directorate of Health in Aleppo*.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from conflictstats.codebook import Codebook
from conflictstats.wording import RANKS, Hit, Word, is_text, lexicon, source_hits

ARTICLES = frozenset(
    "the a an this that these those its their his her our my another one some several both each other".split()
)
PRONOUNS = frozenset("he she it they we i you one".split())
OBJECTS = frozenset("him her them".split())
_PERSONAL = PRONOUNS | OBJECTS
PREPOSITIONS = frozenset(
    "of in at from for with by on near against to into over under between among during after before since"
    " through throughout around across inside outside within about towards toward without despite amid via alongside upon beyond behind beside unlike versus".split()
)
# Between a speaker's first noun and the name of what he speaks for.
INNER = frozenset("of in at from for with to on representing near inside".split())
COMMAS = frozenset({",", "--", "–", "—", "-"})
RELATIVES = frozenset("who which whose whom that where".split())
JOINS = frozenset(
    "and but or while whereas though although because as if when so then than nor yet that".split()
)
BE = frozenset("is are was were be been being".split())
HELPERS = BE | frozenset(
    "has have had having did does do could can will would may might must should shall"
    " didn't doesn't don't wasn't weren't isn't aren't hasn't haven't hadn't couldn't wouldn't can't won't"
    " didnt doesnt dont wasnt werent isnt arent hasnt havent hadnt couldnt wouldnt cannot".split()
)
# Between them a sentence's phrases stand.
FUNCTION_WORDS = PREPOSITIONS | RELATIVES | JOINS | HELPERS
DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
MONTHS = frozenset(
    "january february march april may june july august september october november december jan feb mar apr jun"
    " jul aug sep sept oct nov dec".split()
)
ADVERBS = frozenset(
    "also later earlier now further separately then meanwhile again only once even still already previously today"
    " yesterday tonight however too instead never not all both just further subsequently nevertheless nonetheless"
    " therefore thus moreover furthermore besides additionally too overnight there here finally eventually ultimately elsewhere"
    " meantime likewise similarly lastly secondly thirdly".split()
)
# Small words that may stand before the noun for a speaker without an article in front of them.
_BEFORE_HEAD = frozenset(
    "local regional military senior top medical security police army government state official federal national foreign"
    " civilian opposition rebel hospital health rescue emergency humanitarian unnamed anonymous former deputy acting"
    " independent central provincial municipal district city town village pro-government pro-regime pro-opposition"
    " anti-government high-ranking high-level well-informed informed trusted reliable diplomatic intelligence field"
    " naval air defence defense border allied international western eastern northern southern northeastern northwestern"
    " southeastern southwestern newly so-called retired young old elderly displaced ethnic church aid human rights war"
    " several many some two three four five six political religious tribal".split()
)
NUMBERS = frozenset(
    "one two three four five six seven eight nine ten eleven twelve dozen dozens hundreds thousands scores several half most"
    " many some all none both no each every others more fewer nobody someone somebody everyone everybody anyone anybody nothing"
    " something everything".split()
)
_LIKE_PAST = frozenset(
    "armed united displaced retired unnamed wounded informed allied injured trusted".split()
)
VERBAL = frozenset(
    "killed wounded injured destroyed hit dead launched fired shot struck damaged captured displaced died attacked"
    " took place left targeted arrested reported said shelled bombed missing martyred told says tells added announced"
    " confirmed claimed denied stated quoted cited cites stressed saying adding".split()
)
# Ranks that stand alone for whoever holds them.
OFFICERS = frozenset(
    "general colonel major captain lieutenant brigadier sergeant corporal admiral marshal commodore lieutenant-colonel major-general"
    " lieutenant-general brigadier-general".split()
)
_WHEN = DAYS | MONTHS | ADVERBS
_NO_NAMES = FUNCTION_WORDS | ARTICLES | ADVERBS | VERBAL
_AGAIN = frozenset("former retired senior top same second".split())
_HUMAN = re.compile(r"(?:ers|ors|ists|men|women|people|children|folk|ians|eers|police)$")
_NOT_HUMAN = frozenset(
    "others numbers members figures matters letters papers orders borders rivers powers headquarters quarters towers"
    " shelters boosters launchers bombers fighters choppers helicopters helicopers tankers carriers cruisers trackers mortars doors"
    " floors sectors reactors tractors motors terrors errors corridors lists craters metres meters kilometres kilometers waters"
    " centers centres theaters containers trailers boilers transformers computers interceptors destroyers".split()
)


_LIES_THERE = frozenset("home site scene capital seat birthplace hometown cradle gateway part host".split())
_ON_THE_SPOT = frozenset(("on", "the", place) for place in ("ground", "scene", "spot", "frontline", "inside"))
_DAYTIMES = frozenset("morning afternoon evening night".split())
_OPENERS = frozenset("meanwhile later earlier however also separately".split())
_COUNTED = frozenset(
    "more others days hours weeks dozens scores hundreds thousands casualties dead alive wounded injured killed result hospitalised hospitalized homeless".split()
)
_SIZES = frozenset(
    "local regional military senior government rebel regime state pro-government opposition".split()
)
_TALKS = frozenset(
    "statement report post message briefing interview conversation meeting call gathering conference session speech address"
    " remarks chat visit telegram tweet letter broadcast communique update".split()
)
_HEARERS = frozenset(
    "reporters journalists reporter journalist correspondent correspondents media press lawmakers deputies parliament"
    " newspaper television radio agency channel station broadcaster".split()
)
_BEFORE_HEARERS = ARTICLES | frozenset(
    "with to of before by our local state foreign news national international tv".split()
)
_UNTIL_NOW = frozenset(
    {("so", "far"), ("thus", "far"), ("to", "date"), ("until", "now"), ("by", "now"), ("at", "first")}
)


class Stretch(NamedTuple):
    """Words `first` to `last` (exclusive) of a sentence."""

    first: int
    last: int


def is_number(word: Word) -> bool:
    return word.text[0].isdigit()


def covering(hits: tuple[Hit, ...], at: int) -> Hit | None:
    """The source that covers word `at`."""
    for hit in hits:
        if hit.first <= at < hit.last:
            return hit
    return None


@lru_cache(maxsize=1024)
def speaks(words: tuple[Word, ...], stretch: Stretch, codebook: Codebook, sides: frozenset[int]) -> bool:
    """Whether a phrase names somebody who can speak: a known source or side, a personal name, people."""
    first, last = stretch
    if last - first == 1 and words[first].plain in _PERSONAL:
        return True
    found = lexicon(codebook).phrase_at(words, last - 1)
    if found is not None and codebook.sayings[found[1]].kind == "picture":
        return False  # *footage shows …*
    texts = [at for at in range(first, last) if is_text(words, at, codebook)]
    if texts and covering(source_hits(words, codebook), texts[0]) is None:
        # *the report says*, *figures from the ministry show*: whoever issued them
        return (words[first].plain in ARTICLES and last == texts[0] + 1) or text_owner(
            words, stretch, codebook, sides
        ) is not None
    hits = source_hits(words, codebook)
    return any(
        _speaking_head(words, segment, hits, codebook, sides) for segment in _parts(words, stretch, hits)
    )


def _parts(words: tuple[Word, ...], stretch: Stretch, hits: tuple[Hit, ...]) -> list[Stretch]:
    """A phrase and its appositions, each up to the preposition behind its noun."""
    parts = []
    first = stretch.first
    open_part = True
    for at in range(stretch.first, stretch.last):
        if covering(hits, at) is not None:
            continue
        if words[at].text in (",", "(", ")", "[", "]"):
            if open_part and at > first:
                parts.append(Stretch(first, at))
            first, open_part = at + 1, True
        elif (
            open_part
            and at > first
            and (
                words[at].plain in INNER
                or words[at].plain in ("installed", "appointed", "representing")
                or (
                    covering(hits, at - 1) is not None
                    and (words[at].plain in RELATIVES or words[at].plain.endswith("ing"))
                )
            )
        ):
            parts.append(Stretch(first, at))
            open_part = False
    if open_part and stretch.last > first:
        parts.append(Stretch(first, stretch.last))
    return parts


def _speaking_head(
    words: tuple[Word, ...],
    stretch: Stretch,
    hits: tuple[Hit, ...],
    codebook: Codebook,
    sides: frozenset[int],
) -> bool:
    first, last = stretch
    head = words[last - 1]
    if covering(hits, last - 1) is not None or head.start in sides:
        return True
    if is_text(words, last - 1, codebook):
        return any(
            covering(hits, at) is not None or words[at].start in sides for at in range(first, last - 1)
        )
    if _HUMAN.search(head.plain) and head.plain not in _NOT_HUMAN:
        return True
    if (
        head.plain in OFFICERS
        and not head.capital
        and last - first > 1
        and (words[first].plain in ARTICLES or words[first].plain in _AGAIN)
    ):
        return True  # *the general said*
    if head.text.isupper() and len(head.text) > 1 and not any(word.capital for word in words):
        # in capitals a name is told by the office before it, or by the lack of an article
        if any(covering(hits, at) is not None or words[at].plain in RANKS for at in range(first, last)):
            return True
        if any(words[at].start in sides and words[at].possessive for at in range(first, last)):
            return True  # *the FARC's eastern bloc*
        apart = first == 0 or words[first - 1].is_mark or words[first - 1].plain in JOINS
        return (
            apart
            and last - first <= 3
            and words[first].plain not in ARTICLES
            and not head.plain.endswith("ed")
        )
    return (
        head.capital
        and head.plain not in NUMBERS
        and len(head.plain) > 1
        and head.text.replace("-", "").replace("'", "").replace("’", "").isalpha()
        and head.plain not in _WHEN
    )


_IN_TITLES = frozenset({"today", "now"})  # of newspapers


@lru_cache(maxsize=1024)
def skip_adverbs_back(words: tuple[Word, ...], at: int) -> int:
    """The last word before `at` that is no helper verb, adverb or day: *on Tuesday also | said*."""
    while at > 0:
        word = words[at - 1]
        if (
            at > 1
            and word.plain in _IN_TITLES
            and word.capital
            and words[at - 2].capital
            and at < len(words)
            and not words[at].capital
        ):
            break  # *Pakistan Today | said*, but not *Army Now | Says*
        if (
            word.plain in HELPERS
            or word.plain in ADVERBS
            or (word.plain == "since" and at > 1 and words[at - 2].plain in HELPERS)
            or (
                word.plain == "first"
                and at > 1
                and not (words[at - 2].capital or words[at - 2].plain == "at")
            )
            or (word.plain.endswith("ly") and not word.capital)
        ):
            at -= 1
        elif at > 1 and (words[at - 2].plain, word.plain) in _UNTIL_NOW:
            at -= 2  # has so far | verified
        elif word.plain in DAYS:
            at -= 1
            while at > 0 and words[at - 1].plain in ("on", "late", "early"):
                at -= 1
        elif (word.plain in MONTHS and at > 1 and is_number(words[at - 2])) or (
            is_number(word) and at > 1 and words[at - 2].plain in MONTHS
        ):
            at -= 2
            if at > 0 and words[at - 1].plain == "on":
                at -= 1
        elif (
            word.plain in ("part", "turn", "side")
            and at > 2
            and words[at - 2].plain in ("its", "their", "his", "her")
            and words[at - 3].plain in ("on", "for", "in", "from")
        ):
            at -= 3
        elif (talk := _talk_before(words, at)) < at:
            at = talk
        else:
            break
    return at


def _talk_before(words: tuple[Word, ...], at: int) -> int:
    """Where *in a statement*, *in a telephone call with AFP* begins that ends before a word; else that word."""
    for noun in range(at - 1, max(1, at - 6), -1):
        word = words[noun]
        if word.plain in _TALKS:
            heard = words[noun + 1 : at]
            if heard and (len(heard) < 2 or heard[0].plain not in ("with", "to", "of", "before", "by")):
                return at
            for place in range(noun - 1, max(-1, noun - 5), -1):
                if words[place].plain in ("in", "at", "during", "on", "via", "over"):
                    begin = place
                    while begin > 0 and (words[begin - 1].plain == "on" or words[begin - 1].plain in DAYS):
                        begin -= 1
                    apart = begin == 0 or words[begin - 1].is_mark
                    return at if apart and heard else place
                if words[place].is_mark or words[place].capital or words[place].plain in PREPOSITIONS:
                    return at
            return at
        if word.is_mark or not (word.capital or word.plain in _HEARERS or word.plain in _BEFORE_HEARERS):
            return at
    return at


@lru_cache(maxsize=1024)
def phrase_before(words: tuple[Word, ...], at: int, codebook: Codebook, floor: int = 0) -> Stretch | None:
    """The noun phrase that ends before word `at`, with its appositions; None where there is none."""
    stop = _unnumbered(words, _unaliased(words, skip_adverbs_back(words, at)), codebook)
    comma = stop - 1 if stop > floor and words[stop - 1].text in COMMAS else -1
    while comma > floor:
        segment = _segment_before(words, comma, floor)
        if segment is None:
            return None
        if not _is_aside(words, segment, codebook):
            return _apposition(words, segment, comma, codebook, floor)
        comma = segment.first - 1
        stop = skip_adverbs_back(words, comma) if comma > floor else comma
        if stop != comma:
            break
    if stop <= floor:
        return None
    return _walk_back(words, stop, codebook, floor)


def _unaliased(words: tuple[Word, ...], stop: int) -> int:
    """*the rescuers, also known as the "White Helmets" | said*: where the phrase ends before the other name."""
    if stop < 4 or words[stop - 1].text not in ('"', "”", "’"):
        return stop
    for place in range(stop - 2, max(1, stop - 9), -1):
        if words[place].plain == "known" and words[place + 1].plain == "as":
            place -= words[place - 1].plain in ("also", "better", "locally", "commonly", "widely")
            return place - (words[place - 1].text == ",")
    return stop


def _unnumbered(words: tuple[Word, ...], stop: int, codebook: Codebook) -> int:
    """*Communiqué No. 86 | said*: where the noun ends."""
    if stop < 2 or not is_number(words[stop - 1]):
        return stop
    before = stop - 1
    if words[before - 1].text == "." and before > 2:
        before -= 1
    if words[before - 1].plain in ("no", "number", "nr") and before > 1:
        before -= 1
    return before if is_text(words, before - 1, codebook) else stop


def _segment_before(words: tuple[Word, ...], comma: int, floor: int) -> Stretch | None:
    """The words between a comma and the comma (or other break) before it."""
    first = comma
    while first > floor and words[first - 1].text not in (*COMMAS, ";", ":", '"', "“", "”", "("):
        first -= 1
    return Stretch(first, comma) if first < comma else None


def _is_aside(words: tuple[Word, ...], segment: Stretch, codebook: Codebook) -> bool:
    """Whether a stretch between commas says something about the speaker without naming him."""
    opening = words[segment.first]
    if segment.first == 0 or words[segment.first - 1].text not in COMMAS:
        return False
    if opening.plain in RELATIVES or opening.plain in PREPOSITIONS or opening.plain in ADVERBS:
        return True
    if opening.plain in ("citing", "quoting", "speaking", "aged", "run", "who", "too", "later", "earlier"):
        return True
    if opening.plain in _LIES_THERE and words[segment.first + 1].plain in ("of", "to", "for"):
        return True  # *a newspaper in Pskov, home of the division,*
    if all(is_number(word) for word in words[segment.first : segment.last]):
        return True  # an age
    if " ".join(word.text for word in words[segment.first : segment.last]) in codebook.countries and (
        words[segment.first - 2].capital and words[segment.first - 3].plain in INNER
    ):
        return True  # *security forces in Qamishli, Syria,*
    if opening.capital or any(
        hit.first < segment.last and hit.last > segment.first for hit in source_hits(words, codebook)
    ):
        return opening.plain.endswith(("ing", "ed")) and not opening.capital
    return opening.plain.endswith(("ing", "ed")) or opening.plain in ARTICLES


def _apposition(
    words: tuple[Word, ...], segment: Stretch, comma: int, codebook: Codebook, floor: int
) -> Stretch | None:
    """*the governor, Pavlo Hrynenko,* and *Oksana Halych, spokesperson for the group,* as one phrase."""
    stop = comma
    while stop > segment.first + 1 and (is_number(words[stop - 1]) or words[stop - 1].plain in (".", "no")):
        stop -= 1  # commander of military zone | no. 20
    inner = _walk_back(words, stop, codebook, segment.first)
    if inner is None:
        return None
    inner = Stretch(inner.first, comma)
    beside = segment.first > floor and words[segment.first - 1].text in COMMAS
    if not beside:
        return inner
    if inner.first != segment.first:
        whole = Stretch(segment.first, comma)
        if comma - segment.first > 12 or not (
            words[segment.first].plain in ARTICLES or _office_in(words, whole, codebook)
        ):
            return inner
        inner = whole
    outer = phrase_before(words, segment.first - 1, codebook, floor)
    if outer is None or outer.last != segment.first - 1:
        return inner
    if outer.first > floor and words[outer.first - 1].plain in PREPOSITIONS:
        return inner  # *in Rakhine State, a resident said*
    if words[inner.first].plain == "the" and any(
        hit.source.kind == "body" and outer.first <= hit.first and hit.last == outer.last
        for hit in source_hits(words, codebook)
    ):
        return outer  # *Magen David Adom, the ambulance service,*
    titled = words[outer.first].plain == "the" and _office_in(words, outer, codebook)
    if words[inner.first].plain in ("a", "an") and (titled or not _office_in(words, inner, codebook)):
        return outer  # *Radio X, a guerrilla station,*
    ranked = any(words[at].plain in RANKS for at in range(*outer)) and not any(
        outer.first <= hit.first < outer.last and hit.source.kind == "office"
        for hit in source_hits(words, codebook)
    )
    if ranked or _office_in(words, outer, codebook) != _office_in(words, inner, codebook):
        named = _named_before(words, outer, codebook, floor)
        return Stretch((named or outer).first, inner.last)
    if _is_titled_name(words, inner, outer, source_hits(words, codebook)):
        return Stretch(outer.first, inner.last)
    return inner


def _named_before(words: tuple[Word, ...], office: Stretch, codebook: Codebook, floor: int) -> Stretch | None:
    """*Gen. Ramon Dizon, | commander, | Eastern Command,*: who holds the office that stands alone between commas."""
    if (
        office.last - office.first > 2
        or words[office.first].plain in ARTICLES
        or office.first <= floor + 1
        or words[office.first - 1].text not in COMMAS
        or not _office_in(words, office, codebook)
    ):
        return None
    name = phrase_before(words, office.first - 1, codebook, floor)
    if name is None or name.last != office.first - 1 or not words[name.first].capital:
        return None
    if name.first > floor and words[name.first - 1].plain in PREPOSITIONS:
        return None
    offices = any(
        hit.source.kind in ("office", "people") and name.first <= hit.first < name.last
        for hit in source_hits(words, codebook)
    )
    return None if offices else name


def _is_titled_name(words: tuple[Word, ...], inner: Stretch, outer: Stretch, hits: tuple[Hit, ...]) -> bool:
    """*Its spokesman, | Brigadier X,* and *the head of the committee, | Dr. Y*: a title with a name beside an office."""
    return (
        words[outer.first].plain in ARTICLES
        and words[inner.first].plain in RANKS
        and not any(inner.first <= hit.first < inner.last for hit in hits)
        and any(
            hit.source.kind in ("office", "people") and outer.first <= hit.first and hit.last <= outer.last
            for hit in hits
        )
    )


def _office_in(words: tuple[Word, ...], stretch: Stretch, codebook: Codebook) -> bool:
    return any(
        hit.source.kind in ("office", "people") and stretch.first <= hit.first and hit.last <= stretch.last
        for hit in source_hits(words, codebook)
    ) or any(words[at].plain in RANKS for at in range(*stretch))


def _walk_back(words: tuple[Word, ...], stop: int, codebook: Codebook, floor: int) -> Stretch | None:
    hits = source_hits(words, codebook)
    first = stop  # everything from here on is taken for sure
    at = stop
    unknown = 0
    while at > floor:
        word = words[at - 1]
        plain = word.plain
        hit = covering(hits, at - 1)
        if word.text in (")", "]") and at == stop:
            opening = at - 1
            while opening > floor and words[opening].text not in ("(", "["):
                opening -= 1
            if at - opening > (12 if word.text == "]" else 6) or opening <= floor:
                break
            at = opening
            continue
        if word.text in ("'", "’") or (word.text == "&" and at < stop):
            at -= 1
            continue
        if word.is_mark:
            if unknown:
                first = at  # a name as far as the comma
            break
        if plain in PRONOUNS and at == stop and (plain != "one" or at - 1 == floor or words[at - 2].is_mark):
            return Stretch(at - 1, at)
        if (
            hit is not None
            and at < stop
            and hit.last - hit.first == 1
            and at - 2 >= floor
            and words[at - 2].plain in RELATIVES
        ):
            break  # *the Observatory, which monitors …*
        if (
            hit is not None
            and first < stop
            and hit.source.kind == "people"
            and not words[at - 1].possessive
            and (words[at - 1].plain.endswith("s") or words[at - 1].plain in ("children", "people"))
            and first == at
            and (words[first].capital or words[first].plain in NUMBERS or covering(hits, first) is not None)
        ):
            break  # *killing four civilians | two residents said*
        if hit is not None and not (
            plain in ARTICLES or (plain in PREPOSITIONS and hit.last - hit.first == 1)
        ):
            at = first = max(hit.first, floor)
            unknown = 0
            continue
        if plain in ARTICLES:
            if at == stop:
                break
            before = at - 2
            if (
                before >= floor
                and words[before].plain in PREPOSITIONS
                and unknown
                and _bare(words, stop, hits)
            ):
                break
            if before > floor and words[before].plain in INNER and _carries(words, before, hits, codebook):
                at = before
                first = at
                unknown = 0
                continue
            if unknown and first < stop and words[first].possessive:
                break  # *on the eve of the talks | Ukraine's security service*
            first = at - 1
            break
        if plain in INNER and at < stop and _carries(words, at - 1, hits, codebook):
            at -= 1
            first = at
            unknown = 0
            continue
        if plain == "and" and at < stop and at - 2 >= floor:
            left = covering(hits, at - 2)
            right = covering(hits, at)
            if (
                left
                and right
                and left.last == at - 1
                and (
                    left.source.kind == right.source.kind
                    or left.first == floor
                    or words[left.first - 1].plain in ARTICLES
                )
            ):
                at -= 1
                continue
            break
        named = word.capital and at - 1 > floor and words[at - 2].capital  # Ma Than, Will Smith
        if not named and (plain in FUNCTION_WORDS or plain in VERBAL):
            break
        if is_number(word) and _is_unit(at, hits):
            at -= 1
            first = at
            continue
        if is_number(word) or plain in DAYS or (plain in MONTHS and at < stop):
            break
        if plain in _DAYTIMES and at < stop:
            break  # *later in the evening | SANA's reporter said*
        if plain in NUMBERS and plain not in ARTICLES and not word.capital:
            if (
                not unknown
                and first == at
                and words[stop - 1].plain.endswith(("s", "men", "people"))
                and not words[stop - 1].capital
            ):
                first = at - 1  # *two residents*
            break
        if word.capital or plain in _BEFORE_HEAD or plain in RANKS or word.possessive:
            at -= 1
            between = words[at + 1 : at + 1 + unknown]
            if unknown > 1 and word.capital and not word.possessive:
                break
            if any(w.plain.endswith(("ing", "ed")) and "-" not in w.plain for w in between):
                break
            if not (unknown and not word.possessive and not word.capital):
                first, unknown = at, 0
            continue
        if first < stop and is_text(words, at - 1, codebook):
            break  # *in its own statement | the command said*
        unknown += 1
        if unknown > 4:
            break
        at -= 1
    else:
        first = floor if unknown or at <= floor else first
    if first >= stop:
        return None
    if (
        words[first].plain in ("a", "an")
        and first > floor
        and (words[first - 1].capital or covering(hits, first - 1))
    ):
        # *the Syrian Center for Policy Research an NGO*: an apposition that has lost its commas
        outer = _walk_back(words, first, codebook, floor)
        if (
            outer is not None
            and words[outer.first].plain == "the"
            and not (outer.first > floor and words[outer.first - 1].plain in PREPOSITIONS)
            and not any(word.plain == "and" for word in words[first:stop])
            and any(
                outer.first <= hit.first < outer.last and hit.source.kind in ("body", "institution")
                for hit in hits
            )
        ):
            return outer
    while first < stop and (words[first].plain in INNER or words[first].plain in JOINS - {"that"}):
        first += 1
    first = _unglued(words, first, stop, hits, codebook)
    return Stretch(first, stop) if first < stop else None


def _unglued(
    words: tuple[Word, ...], first: int, stop: int, hits: tuple[Hit, ...], codebook: Codebook
) -> int:
    """Where a phrase begins in a text that has lost its commas: *in Aleppo city | state media*, *Meanwhile | X*."""
    for at in range(stop - 2, first - 1, -1):
        if words[at].plain in _OPENERS and covering(hits, at) is None:
            return at + 1
        if words[at].plain in _COUNTED and any(at < hit.first for hit in hits if hit.last <= stop):
            return at + 1  # *wounding dozens | opposition activists said*
    head = covering(hits, stop - 1)
    if (
        head is None
        or head.first <= first
        or first == 0
        or words[first].plain in ARTICLES
        or words[first - 1].plain not in PREPOSITIONS - {"by"}
        or any(words[at].plain in PREPOSITIONS or words[at].possessive for at in range(first, head.first))
    ):
        return first
    begin = head.first
    while begin > first:
        beside = covering(hits, begin - 1)
        joined = words[begin - 1].plain == "and" and begin - 2 >= first and covering(hits, begin - 2)
        if beside is not None and beside.first >= first:
            begin = beside.first
        elif joined:
            begin = joined.first
        elif words[begin - 1].plain in _SIZES or words[begin - 1].plain in _own_words(codebook):
            begin -= 1
        else:
            break
    return begin if any(words[at].capital for at in range(first, begin)) else first


@lru_cache(maxsize=4)
def _own_words(codebook: Codebook) -> frozenset[str]:
    """Words before a noun that say whose it is, and name no place: *Turkish*, *Hamas*."""
    adjectives: set[str] = set()
    own: set[str] = set()
    states: set[str] = set()
    for side in codebook.sides.values():
        adjectives.update(side.adjectives)
        words = [word for name in side.names for word in name.split()]
        (own if side.iso is None else states).update(words)
    own = (own - states) | adjectives
    return frozenset(name.casefold() for name in own if name.replace("-", "").isalpha() and len(name) > 2)


def _carries(words: tuple[Word, ...], preposition: int, hits: tuple[Hit, ...], codebook: Codebook) -> bool:
    """Whether the noun before a preposition is one for a speaker: *governor of*, *a source at*."""
    if preposition < 1:
        return False
    before = words[preposition - 1]
    if covering(hits, preposition - 1) is not None or is_text(words, preposition - 1, codebook):
        return True
    if (
        preposition > 2
        and words[preposition - 2].plain == "of"
        and covering(hits, preposition - 3) is not None
    ):
        return True  # *minister of health in the interim government*
    if (
        before.plain in ("people", "those", "men", "women")
        and words[preposition].plain in ("in", "from", "near")
        and not (preposition > 1 and is_number(words[preposition - 2]))
    ):
        return True  # *people in Bulo Marer*, but not *12 people in …*
    return before.capital and words[preposition].plain in ("of", "for")


def _is_unit(at: int, hits: tuple[Hit, ...]) -> bool:
    """Whether a number before word `at` is part of a name: *7 Division*, *4th Infantry Brigade*."""
    hit = covering(hits, at)
    return hit is not None and hit.first == at and hit.key in ("command", "army")


def _bare(words: tuple[Word, ...], stop: int, hits: tuple[Hit, ...]) -> bool:
    hit = covering(hits, stop - 1)
    if hit is None:
        return False
    return hit.source.media or (hit.source.kind == "people" and words[stop - 1].plain.endswith(("s", "e")))


def phrase_after(words: tuple[Word, ...], at: int, codebook: Codebook) -> Stretch | None:
    """The noun phrase that begins at word `at`, with its appositions; None where there is none."""
    hits = source_hits(words, codebook)
    end = _walk_on(words, at, hits)
    if end is None:
        return None
    # , Pavlo Hrynenko | , a 52-year-old shop assistant | , head of the administration
    while end + 1 < len(words) and words[end].text == ",":
        following = _walk_on(words, end + 1, hits)
        if following is None or (
            following < len(words)
            and words[following].text not in (",", ".", '"', "”", ";", ")")
            and words[following].plain not in RELATIVES
        ):
            break
        inner, outer = Stretch(end + 1, following), Stretch(at, end)
        titled = _is_titled_name(words, inner, outer, hits)
        if words[end + 1].plain in PRONOUNS or (
            not titled and _office_in(words, inner, codebook) == _office_in(words, outer, codebook)
        ):
            break
        named = inner if titled or not _office_in(words, inner, codebook) else outer
        if not words[named.last - 1].capital:
            break
        end = following
        break
    return Stretch(at, end)


def _walk_on(words: tuple[Word, ...], at: int, hits: tuple[Hit, ...]) -> int | None:
    if at >= len(words):
        return None
    if words[at].plain in PRONOUNS - {"one"} or words[at].plain in OBJECTS:
        following = words[at + 1] if at + 1 < len(words) else None
        if words[at].plain != "her" or following is None or following.is_mark:
            return at + 1
    end = at
    opened = False  # a noun has been read
    while end < len(words):
        word = words[end]
        plain = word.plain
        hit = next((h for h in hits if h.first == end), None)
        if word.text == "(" and opened and end + 2 < len(words) and words[end + 2].text == ")":
            end += 3
            continue
        if word.text == "[" and opened:
            # ECOPETROL [Colombian Petroleum Enterprise]
            closing = next((n for n in range(end, min(end + 12, len(words))) if words[n].text == "]"), None)
            if closing is None:
                break
            end = closing + 1
            continue
        if word.is_mark:
            if word.text in ("'", "’"):
                end += 1
                continue
            break
        if hit is not None:
            end = hit.last
            opened = True
            continue
        if plain in ARTICLES:
            if opened:
                break
            end += 1
            if end + 1 < len(words) and words[end].plain == "of" and words[end + 1].plain in ARTICLES:
                end += 2  # one of the refugees
            continue
        if plain in INNER and opened and end + 1 < len(words) and _reaches_noun(words, end + 1, hits):
            if not (covering(hits, end - 1) or plain in ("of", "for")):
                break
            end += 1
            while end < len(words) and words[end].plain in ARTICLES:
                end += 1
            opened = False
            continue
        if plain == "and" and opened and end + 1 < len(words):
            left, right = covering(hits, end - 1), covering(hits, end + 1)
            if (
                left
                and right
                and (
                    left.source.kind == right.source.kind == "people"
                    or any(hit.first == right.last and hit.source.kind == "people" for hit in hits)
                )
            ):
                end += 1
                continue
            break
        if opened and tuple(w.plain for w in words[end : end + 3]) in _ON_THE_SPOT:
            end += 3
            break
        if plain in PREPOSITIONS or plain in JOINS or plain in RELATIVES or plain in HELPERS:
            break
        if word.capital or plain in RANKS or word.possessive:
            if plain in DAYS or plain in MONTHS:
                break
            end += 1
            opened = True
            continue
        if is_number(word) and _is_unit(end + 1, hits):
            end += 1
            continue
        if is_number(word):
            break
        if opened and words[end - 1].possessive and not word.capital and (stop := _owned_noun(words, end)):
            end = stop
            break
        if end > at and words[end - 1].plain in RANKS and (name_end := _shouted_name(words, end)) > end:
            end = name_end
            opened = True
            continue
        # small unknown words only on the way to a noun that can speak
        if _reaches_noun(words, end, hits) and not (opened and plain in VERBAL):
            titled = (behind := covering(hits, end + 1)) is not None and behind.source.kind == "office"
            if opened and covering(hits, end - 1) is not None and plain not in _BEFORE_HEAD and not titled:
                break  # but on in *deputy emergencies director*
            end += 1
            continue
        break
    if end == at or all(word.plain in ARTICLES for word in words[at:end]):
        # one unknown noun behind its article
        start = end
        while (
            end > at
            and end < min(len(words), start + 5)
            and not words[end].is_mark
            and words[end].plain not in PREPOSITIONS
            and words[end].plain not in HELPERS
        ):
            end += 1
            if end < len(words) and words[end].plain.endswith(("ed", "s", "ing")):
                break
            if not words[start].text.isupper():
                break  # one unknown noun; a name may be longer, which only capitals hide
        if start > at and end < len(words) and words[end].plain == "of":
            end = _walk_on(words, end + 1, hits) or end  # a member | of the town's civil society
        return end if end > start else None
    return end


def _shouted_name(words: tuple[Word, ...], at: int) -> int:
    """Behind the name that follows a rank in capitals: *COLONEL | JOSE WILLIAM BERMUDEZ*."""
    stop = at
    if any(word.capital for word in words):
        return at
    while stop < len(words) and stop - at < 4:
        word = words[stop]
        if (
            not word.text.isupper()
            or word.plain in _NO_NAMES
            or word.plain in DAYS
            or word.plain.endswith(("ted", "ced", "sed", "ied", "ly"))
        ):
            break
        stop += 1
    return stop


def _owned_noun(words: tuple[Word, ...], at: int) -> int | None:
    """Behind the noun of an owner: *a member of the town's | civil society*; None where none follows."""
    stop = at
    while stop < len(words) and stop - at < 3:
        word = words[stop]
        if (
            word.is_mark
            or word.capital
            or is_number(word)
            or word.plain in _NO_NAMES
            or word.plain.endswith("ed")
        ):
            break
        stop += 1
    return stop if stop > at else None


def _reaches_noun(words: tuple[Word, ...], at: int, hits: tuple[Hit, ...]) -> bool:
    """Whether, over at most three small words, a name or a noun for a speaker follows."""
    steps = 0
    while at < len(words) and steps < 5:
        word = words[at]
        if covering(hits, at) is not None or (word.capital and word.plain not in DAYS) or word.possessive:
            return True
        if word.is_mark or word.plain in PREPOSITIONS or word.plain in JOINS or word.plain in RELATIVES:
            return False
        if steps and word.plain in ARTICLES:
            return False  # *Washington blames | the …*
        if word.plain.endswith("ed") and "-" not in word.plain and word.plain not in _LIKE_PAST:
            return False
        if word.plain in HELPERS or word.plain in VERBAL or is_number(word):
            return False
        at += 1
        steps += 1
    return False


_COUNTINGS = frozenset("tally tallies count compilation".split())


def text_owner(
    words: tuple[Word, ...], stretch: Stretch, codebook: Codebook, sides: frozenset[int]
) -> Stretch | None:
    """Of *figures from the health ministry*, *a Reuters tally*: whoever issued it. None for nobody's text."""
    table = lexicon(codebook)
    for at in range(*stretch):
        found = table.phrase_at(words, at)
        if not found or codebook.sayings[found[1]].kind not in ("text", "picture"):
            continue
        if codebook.sayings[found[1]].kind == "picture":
            return None
        if not is_text(words, at, codebook):
            continue
        rest = found[0]
        counter = Stretch(stretch.first, at)
        if words[at].plain in _COUNTINGS and any(
            hit.source.kind == "body" and hit.first < counter.last and hit.last > counter.first
            for hit in source_hits(words, codebook)
        ):
            return counter  # *an AFP tally of official Israeli figures*: who counted
        for place in range(rest, min(rest + 14, len(words))):
            if words[place].plain in ("from", "by", "of") and (
                place < stretch.last or place == rest or words[place].plain != "of"
            ):
                owner = phrase_after(words, place + 1, codebook)
                if words[place].plain == "from" and words[at].plain in (
                    "reports",
                    "report",
                    "accounts",
                    "information",
                ):
                    if owner and not any(
                        hit.first < owner.last and owner.first < hit.last
                        for hit in source_hits(words, codebook)
                    ):
                        return None  # *reports from Lebanon*, *from the front*
                if owner and words[owner.last - 1].plain == "official":
                    return None  # *a tally compiled from official figures*
                if owner and speaks(words, owner, codebook, sides):
                    return owner
            if (
                words[place].text in (",", ".", ";")
                or is_number(words[place])
                or (words[place].plain == "that" and words[place - 1].plain in table.verbs)
            ):
                break
        if words[at].plain in ("database", "dataset") and rest < len(words) and words[rest].capital:
            return phrase_after(words, rest, codebook)  # *the database Conflict Ledger*
        lead = Stretch(stretch.first, at)
        by = covering(source_hits(words, codebook), at - 1) if at else None
        if (
            by is not None
            and by.source.kind == "people"
            and not re.search(r"(?<!s)s$|people$|police$|media$|staff$", words[at - 1].plain)
        ):
            return Stretch(max(lead.first, by.first), at + 1)  # *eyewitness accounts*
        if at and words[at - 1].plain in ("official", "unofficial"):
            return Stretch(at - 1, at + 1)  # *official data*: whose they are is not said
        if lead.first < lead.last and words[at - 1].possessive:
            return lead
        if (
            lead.first < lead.last
            and any(hit.first < lead.last and hit.last > lead.first for hit in source_hits(words, codebook))
        ) or any(
            words[n].start in sides
            or (
                words[n].capital
                and n > 0
                and words[n].plain not in ARTICLES
                and words[n].plain not in ADVERBS
            )
            for n in range(*lead)
        ):
            return lead
        return None
    return stretch
