"""Verbs of saying: whether a word is one here, who its subject is, and over which words it reaches."""

from __future__ import annotations

from conflictstats.attribution.matter import (
    OPEN,
    PARTICIPLES,
    at_end,
    circumstance,
    has_matter,
    is_clausal,
    is_fronted,
)
from conflictstats.attribution.phrases import (
    ADVERBS,
    ARTICLES,
    BE,
    DAYS,
    FUNCTION_WORDS,
    HELPERS,
    JOINS,
    MONTHS,
    NUMBERS,
    OBJECTS,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVES,
    VERBAL,
    Stretch,
    covering,
    is_number,
    phrase_after,
    phrase_before,
    skip_adverbs_back,
    speaks,
)
from conflictstats.attribution.reach import Cue, Reach
from conflictstats.codebook import Codebook, Saying
from conflictstats.wording import Word, is_text, is_titled, lexicon, source_hits

_QUOTES = (*OPEN, "”", "»", "’")
_FIGURES = frozenset(
    "toll deaths dead casualties number figure figures losses tens dozens hundreds thousands".split()
)
# Plain forms that are nouns as well, nouns that take a plural verb, and countries that end like an adjective.
_LIKE_NOUNS = frozenset(
    "post note record log list charge document report claim estimate count point comment mention joke guess shout whisper"
    " hope fear vow pledge promise state name place offer tweet talk call brand blame credit counter echo detail".split()
)
_PLURALS = frozenset(
    "police people men women children media military army staff public press they we i you".split()
)
_COUNTRIES = frozenset("azerbaijan iran sudan jordan oman japan taiwan".split())
_VAGUE = frozenset(
    "earlier initial early unconfirmed unverified conflicting other several some various local media press news recent previous".split()
)
_WATCHING = frozenset(
    f"{verb}{ending}"
    for verb in (
        "monitor",
        "track",
        "document",
        "record",
        "follow",
        "observ",
        "cover",
        "report",
        "chronicl",
        "watch",
        "map",
    )
    for ending in ("ing", "s", "es", "ping", "")
)
_BLASTS = frozenset(
    "attack attacks blast blasts bomb bombs bombing bombings strike strikes airstrike airstrikes raid raids explosion explosions shelling"
    " clashes violence fighting offensive conflict crash fire rocket rockets mine mines war".split()
)
_DEED = frozenset(
    "responsibility involvement complicity role guilt behind perpetrating ordering staging carrying conducting blame".split()
)
_DEMANDS = frozenset(
    "call calls demand demands proposal proposals offer offers request requests appeal appeals ultimatum truce ceasefire deal plan plans idea".split()
)
_OWN_TEXTS = frozenset("story article version piece headline caption".split())
_CARRIERS = frozenset(
    "agency agencies television tv radio newspaper newspapers daily channel station website outlet".split()
)
_RUN = frozenset(
    "run supported funded operated managed staffed owned financed sponsored founded organised organized employed"
    " interviewed contacted reached quoted cited questioned approached surveyed".split()
)
_ONE = frozenset("a an another this that each every any no".split())
_NOT_SAID = frozenset("not n't never neither nor without cannot".split()) | frozenset(
    f"{helper}{ending}"
    for helper in "did does do was were is are has have had could would should ca wo must".split()
    for ending in ("n't", "nt")  # a lost apostrophe
)
# *was content to announce*, *was forced to admit*: and did so
_READY = frozenset(
    "content quick forced obliged compelled first keen able happy pleased glad careful".split()
)
# Words of a page's frame, written large: *Related*, *Comment via Facebook*.
_NAVIGATION = frozenset("related comment tweet post posted published broadcast".split())
_HEADS_NOTHING = frozenset(
    "according citing quoting following concerning regarding like date tags related topic published".split()
)
_STUDIED = frozenset(
    "analysed analyzed examined reviewed studied assessed compared counted evaluated interpreted".split()
)
_VICTIMS = frozenset("deaths dead victims victim casualties fatalities".split())
_SAID_TO_BE = frozenset("alleged claimed confirmed declared acknowledged".split())
_PASTS = frozenset("wrote written spoke spoken gave given found thought made swore shown knew".split())
_LEADING = frozenset("killing leaving wounding injuring".split())
_LOSSES = frozenset("toll deaths dead".split())
_LIE = frozenset("lies lied lie lying".split())
_BEFORE_DAYS = frozenset("on in at first initially last week month year late early".split())
_TO_VERBS = frozenset("went goes go going continued continues".split())


def read_verb(
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
        if stop < 0 and not (went_on := _goes_on(words, at)) and not _closes(words, at):
            return None
        stop = stop if stop > 0 else at + 1 + went_on
    previous = words[at - 1] if at else None
    if plain.startswith("claim") and _claims_lives(words, at):
        return None
    if plain == "found" and stop < len(words) and words[stop].plain == "and":
        return None  # *found and freed 19 civilians*
    if plain == "reports" and stop < len(words) and words[stop].text in ("-", "|"):
        # *Dozens killed, Ediz Tiyansan reports - YouTube …*: up to the name of the page
        reporter = phrase_before(words, at, codebook)
        return reporter and Cue(at, stop, "left", reporter, Stretch(0, stop))
    if stop < len(words) and words[stop].text == "]":
        return None  # *[REPORT]* at the head of a dispatch
    if _disowned(words, at, stop):
        return None
    if _is_tail(words, at, codebook, sides):
        return Cue(at, at + 1, "left", None, Stretch(0, at), "rumour")
    if previous is not None:
        if previous.possessive and (plain in _LIKE_NOUNS or plain.endswith("ed")):
            return None  # *Khartoum's talk of 400 dead*, *Washington's promised help*
        if (
            stop + 1 < len(words)
            and words[stop].plain == "to"
            and words[stop + 1].plain in ("be", "have")
            and plain == "said"
        ):
            return None  # *prisoners said to be officers*
        if plain == "post" and stop < len(words) and words[stop].plain in PREPOSITIONS:
            return None  # *the police post at Mitu*
        if previous.plain in _NOT_SAID or (
            previous.plain in ADVERBS and at > 1 and words[at - 2].plain in _NOT_SAID
        ):
            return None
        if previous.plain == "us" and at > 1 and words[at - 2].plain == "let":
            return None
        if previous.plain == "to":
            began = _begins(words, at - 1)
            if began is None:
                return None
            subject = phrase_before(words, began, codebook)
            return _finish(words, began, stop, subject, saying, codebook, sides, before)
        alone = previous.plain == "one" and (at < 2 or words[at - 2].is_mark)  # *; one put the dead at 40*
        if previous.plain in ARTICLES and previous.plain not in PRONOUNS - {"one"} and not alone:
            return None
        if previous.plain in PREPOSITIONS and not plain.endswith("ing"):
            return None
        if previous.text in ("-", "–") and previous.end == words[at].start:
            return None
        if plain in _SAID_TO_BE and (is_number(previous) or previous.plain in NUMBERS):
            return None  # *five alleged rebels*
    if _is_noun(words, at, plain, saying, codebook, sides) or _is_modifier(words, at, codebook, sides):
        return None
    if (
        words[at].capital
        and at
        and (plain in _NAVIGATION or (plain == "states" and words[at - 1].plain == "united"))
    ):
        return None
    if words[at].capital and at and not is_titled(words) and (saying.weak or plain in _LIKE_NOUNS):
        if words[at - 1].capital or words[at - 1].is_mark or is_number(words[at - 1]):
            return None  # *Chin State, as well as …*, *Print Tweet Views 1662*
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
    if _bare_reports(words, back, codebook):
        return Cue(at, stop, "right", None, Stretch(stop, len(words)), "rumour")
    subject = _described(words, back, codebook) or phrase_before(words, at, codebook)
    if saying.following == "as":
        return _what(words, at, stop, subject, codebook, sides)
    if subject is not None:
        # *Reuters, quoting US officials, said* that has lost its commas: the frame finds the officials
        cited = next((n for n in range(*subject) if words[n].plain in ("citing", "quoting")), subject.first)
        if cited > subject.first:
            subject = Stretch(subject.first, cited)
        if plain.startswith("claim") and any(words[n].plain in _BLASTS for n in range(max(0, at - 6), at)):
            return None  # *Mortar Attack on School Claims 11 Children*
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
            # … and tells what follows: "killed eight, with medics reporting light wounds" has not counted the eight
            return Cue(at, stop, "right", subject, Stretch(stop, len(words)))
        return _participle(words, at, stop, saying, codebook, sides, before)
    return _finish(words, at, stop, subject, saying, codebook, sides, before)


def _what(
    words: tuple[Word, ...],
    at: int,
    stop: int,
    subject: Stretch | None,
    codebook: Codebook,
    sides: frozenset[int],
) -> Cue | None:
    """*hit by what the governor | described as a salvo of four rockets*: his word as far as the next verb."""
    if subject is None or not subject.first or words[subject.first - 1].plain != "what":
        return None
    if not speaks(words, subject, codebook, sides):
        return None
    last = stop
    while last < len(words) and not (
        words[last].is_mark or words[last].plain in HELPERS or words[last].plain in VERBAL
    ):
        last += 1
    return Cue(at, stop, "right", subject, Stretch(stop, last))


def _bare_reports(words: tuple[Word, ...], stop: int, codebook: Codebook) -> bool:
    """*Reports | also said*, *Reports from Lebanon | speak of*: nobody's, where no owner and no article stands before."""
    for place in range(stop - 1, max(0, stop - 7), -1):
        if words[place].is_mark or covering(source_hits(words, codebook), place) is not None:
            break
        if words[place].plain in ("from", "in") and words[place - 1].plain in (
            "reports",
            "rumours",
            "rumors",
        ):
            stop = place
            break
    if stop < 1 or words[stop - 1].plain not in ("reports", "rumours", "rumors"):
        return False
    return stop < 2 or (
        words[stop - 2].is_mark
        or words[stop - 2].plain in JOINS
        or words[stop - 2].plain in ADVERBS
        or (words[stop - 2].plain in _VAGUE and (stop < 3 or words[stop - 3].plain not in ARTICLES))
    )


def _described(words: tuple[Word, ...], stop: int, codebook: Codebook) -> Stretch | None:
    """*a group monitoring the conflict | said*, *an organisation that tracks the war | said*."""
    hits = source_hits(words, codebook)
    for hit in hits:
        last = hit.last
        if not (0 < stop - last <= 8 and hit.source.kind in ("institution", "people") and last < len(words)):
            continue
        if hit.source.side != "third_party":
            continue
        watching = words[last].plain in _WATCHING or (
            words[last].plain in ("that", "which", "who") and words[last + 1].plain in _WATCHING
        )
        first = hit.first
        while first > 0 and words[first - 1].plain not in ("a", "an") and hit.first - first < 3:
            first -= 1
        if (
            watching
            and first > 0
            and words[first - 1].plain in ("a", "an")
            and not any(word.is_mark or is_number(word) for word in words[last:stop])
        ):
            return Stretch(first - 1, stop)
    return None


def _is_tail(words: tuple[Word, ...], at: int, codebook: Codebook, sides: frozenset[int]) -> bool:
    """*Ten killed near Raqqa - Reports*, *20 civilians dead: Report*: how a headline says that somebody says so."""
    if words[at].plain not in ("report", "reports") or not words[at].capital or at < 3:
        return False
    before, behind = words[at - 1], words[at + 1] if at + 1 < len(words) else None
    if before.start in sides and words[at - 2].plain in PREPOSITIONS:
        return behind is None  # *23 Killed in Strikes in Syria | Report*
    if before.text in ("-", "–", "—", ":", ","):
        return behind is None or behind.is_mark or behind.text.isupper() or behind.capital
    ends = behind is None or (behind.text == "." and at + 2 >= len(words))
    return ends and covering(source_hits(words, codebook), at - 1) is None and before.start not in sides


def _claims_lives(words: tuple[Word, ...], at: int) -> bool:
    """*claimed 20 lives*, *claimed responsibility*; of a blast or a war also *claimed 120 deaths*, *claiming eight*."""
    behind = words[at + 1 : at + 8]
    if any(word.plain in ("lives", "life", "responsibility") for word in behind):
        return True
    counted = any(word.plain in _VICTIMS for word in behind) or (
        words[at].plain == "claiming"
        and bool(behind)
        and (is_number(behind[0]) or behind[0].plain in NUMBERS)
    )
    return counted and any(words[n].plain in _BLASTS for n in range(max(0, at - 14), at))


def _disowned(words: tuple[Word, ...], at: int, stop: int) -> bool:
    """*The army lies when it speaks of 38 dead*, *What they say about a defeat is baseless*: no source's, but the accuser's."""
    if any(words[n].plain in _LIE and words[n + 1].plain == "when" for n in range(max(0, at - 5), at - 1)):
        return True
    first = next((n for n in range(at) if not words[n].is_mark), None)
    return (
        first is not None
        and words[first].plain == "what"
        and stop < len(words)
        and words[stop].plain in ("about", "of", "on", "regarding", "concerning")
        and not any(words[n].is_mark for n in range(first, at))
    )


def _begins(words: tuple[Word, ...], to: int) -> int | None:
    """Where *went on | to say*, *was content | to announce* begins: what follows was said. None: not said yet."""
    if to > 1 and words[to - 1].plain == "on" and words[to - 2].plain in _TO_VERBS:
        return to - 2
    if to > 1 and words[to - 1].plain in _READY and words[to - 2].plain in BE:
        return to - 2
    return None


def _after_particle(words: tuple[Word, ...], at: int, particle: str) -> int:
    if "|" in particle:
        choice = particle.split("|")
        for said in choice:
            parts = said.split()
            if len(parts) > 1 and [word.plain for word in words[at + 1 : at + 1 + len(parts)]] == parts:
                return at + 1 + len(parts)
        return at + 1 if any(word.plain in choice for word in words[at + 1 : at + 5]) else -1
    parts = particle.split()
    if words[at].plain == "put" and words[at + 1 : at + 2] and words[at + 1].plain == "out":
        return at + 2  # *put out a figure of 90*
    span = 18 if particle == "at" else 1
    if particle == "of":
        # spoke *on Friday* of N
        while at + span < len(words) and span < 6 and _tells_when(words[at + span]):
            span += 1
    for place in range(at + 1, min(at + 1 + span, len(words) - len(parts) + 1)):
        if words[place].text in (".", ";"):
            break
        if [word.plain for word in words[place : place + len(parts)]] == parts:
            # put *the toll* at N: what stands between belongs to the cue
            return at + 1 if particle == "at" else place + len(parts)
    return -1


def _tells_when(word: Word) -> bool:
    return is_number(word) or any(word.plain in among for among in (DAYS, MONTHS, ADVERBS, _BEFORE_DAYS))


def _goes_on(words: tuple[Word, ...], at: int) -> bool:
    """*The missile force, he went on, had …*."""
    behind = words[at + 1 : at + 3]
    return (
        words[at].plain in ("went", "goes")
        and len(behind) == 2
        and behind[0].plain == "on"
        and (
            behind[1].text == ":"
            or (
                behind[1].text in (",", *_QUOTES)
                and any(words[n].text in (",", *_QUOTES) for n in range(max(0, at - 4), at))
            )
        )
    )


def _closes(words: tuple[Word, ...], at: int) -> bool:
    """*The army beat off three attacks, the deputy chief | continued.*"""
    return (
        words[at].plain == "continued"
        and (at + 1 >= len(words) or words[at + 1].text in (".", ","))
        and any(word.text in (",", *_QUOTES) for word in words[max(0, at - 8) : at])
        and words[at - 1].plain not in HELPERS
    )


def _is_modifier(words: tuple[Word, ...], at: int, codebook: Codebook, sides: frozenset[int]) -> bool:
    """*The PKK, | listed as … by the EU, has …*: one comma alone stands between no subject and its verb."""
    back = skip_adverbs_back(words, at)
    if (
        not words[at].plain.endswith("ed")
        or back < 2
        or words[back - 1].text != ","
        or any(word.plain in HELPERS for word in words[back:at])
        or any(word.is_mark and word.text not in ("'", "’", ".") for word in words[: back - 1])
    ):
        return False
    following = words[at + 1] if at + 1 < len(words) else None
    if following is None or following.plain in ("that", "how") or following.text in (":", *OPEN):
        return False
    inverted = phrase_after(words, at + 1, codebook)
    return inverted is None or not speaks(words, inverted, codebook, sides)


def _is_base(words: tuple[Word, ...], at: int, codebook: Codebook) -> bool:
    """A verb's plain form that is a noun, too, and can have no singular subject: *the Habur post*."""
    verbs, plain = lexicon(codebook).verbs, words[at].plain
    return plain in _LIKE_NOUNS and verbs.get(plain + "s") == verbs[plain]


def _is_noun(
    words: tuple[Word, ...],
    at: int,
    plain: str,
    saying: Saying,
    codebook: Codebook,
    sides: frozenset[int],
) -> bool:
    """*reports*, *claims*, *counts*, *puts*: a noun where the words around it say so."""
    following = words[at + 1] if at + 1 < len(words) else None
    previous = words[at - 1] if at else None
    if _in_noun_phrase(words, at, codebook):
        return True
    if not saying.weak and plain not in ("claims", "claim", "reports", "report", "estimates", "comments"):
        return False
    if (plain.endswith(("ed", "ing")) and plain != "ed") or plain in _PASTS:
        return False
    if plain == "reports" and following is not None and following.plain in lexicon(codebook).verbs:
        return True  # *Unverified reports | estimated*
    if (
        following is not None
        and following.plain in ("of", "by", "from", "about", "in")
        and saying.following is None
    ):
        return not (
            following.plain == "in" and plain.endswith("s") and _has_subject(words, at, codebook, sides)
        )
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
    if plain.endswith("s") and previous is not None and previous.plain.endswith("ing"):
        return True  # *awakening fears that …*
    if noun and not plain.endswith("s"):
        for place in range(at - 1, max(-1, at - 4), -1):
            if words[place].plain in _ONE:
                return True  # *a Thai report that …*
            if words[place].is_mark or words[place].plain in RELATIVES:
                break
    if previous is None:
        return noun
    if (
        previous.start in sides
        and previous.plain.endswith(("ian", "ish", "ese", "li", "an", "ch"))
        and previous.plain not in _COUNTRIES
        and not previous.plain.endswith("stan")
    ):
        return noun
    return previous.possessive and noun


def _in_noun_phrase(words: tuple[Word, ...], at: int, codebook: Codebook) -> bool:
    """*the Habur post*, *a cruel joke*, *state and private banks*: a form that is a noun, by what stands around it."""
    previous, plain = words[at - 1] if at else None, words[at].plain
    following = words[at + 1] if at + 1 < len(words) else None
    if following is not None and following.plain in ("and", "or") and plain.rstrip("s") in _LIKE_NOUNS:
        return True
    if previous is not None and plain.endswith("s") and plain[:-1] in _LIKE_NOUNS - {"talk"}:
        if previous.plain.endswith("ing") or (following is not None and following.plain == "of"):
            return True  # *exchanging vows*, *despite promises of a truce*
    if previous is None or not _is_base(words, at, codebook):
        return False
    if previous.is_mark:
        return previous.text == "(" or (following is not None and following.text == ")")
    return not (
        previous.plain.endswith("s")
        or any(previous.plain in among for among in (_PLURALS, HELPERS, ADVERBS, RELATIVES, JOINS, PRONOUNS))
        or previous.plain.endswith("ly")
        or any(words[n].plain == "and" for n in range(max(0, at - 5), at))
    )


def _has_subject(words: tuple[Word, ...], at: int, codebook: Codebook, sides: frozenset[int]) -> bool:
    """*…, the UN mission | reports in its latest update*: a speaker that begins a clause."""
    subject = phrase_before(words, at, codebook)
    return (
        subject is not None
        and (subject.first == 0 or words[subject.first - 1].is_mark)
        and words[subject.first].plain in ARTICLES
        and not words[at - 1].possessive
        and speaks(words, subject, codebook, sides)
    )


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
                if outer is not None and not speaks(words, outer, codebook, sides):
                    speaker = outer = _clause_opening(words, place, codebook, sides) or outer
                if inner is not None and outer is not None and _carries_words(words, outer, codebook, sides):
                    speaker = inner
                if speaker is None or not speaks(words, speaker, codebook, sides):
                    speaker = _clause_opening(words, place, codebook, sides)
                if speaker is None:
                    return None
                by = stop < len(words) and words[stop].plain == "by"
                reach: Reach = "left" if by or at_end(words, stop, saying) else "right"
                zone = Stretch(0, len(words)) if reach == "left" else Stretch(stop, len(words))
                return Cue(place, stop, reach, speaker, zone, "verb", saying.status)
    if previous is None and saying.takes != "figure":
        # *Noting that 7 bridges were hit, | they said*: the subject comes with the main verb
        for place in range(stop, len(words) - 1):
            if words[place].plain in PRONOUNS and words[place + 1].plain in lexicon(codebook).verbs:
                return Cue(
                    at, stop, "right", Stretch(place, place + 1), Stretch(stop, place), "verb", saying.status
                )
    if (previous is None or not previous.is_mark) and plain not in (
        "saying",
        "adding",
        "claiming",
        "stressing",
    ):
        return None  # "after a similar warning"
    if (denier := _denier(words, at, codebook, sides)) is not None:
        return Cue(at, stop, "right", denier, Stretch(stop, len(words)), "verb", saying.status)
    if before:
        return Cue(at, stop, "right", None, Stretch(stop, len(words)), "verb", saying.status, shared=True)
    opening = opening_speaker(words, codebook, sides)
    if opening is None or saying.takes == "figure":
        return None
    return Cue(at, stop, "right", opening, Stretch(stop, len(words)), "verb", saying.status)


def _denier(words: tuple[Word, ...], at: int, codebook: Codebook, sides: frozenset[int]) -> Stretch | None:
    """*…, which the army denied, | saying …*: who denied it says so."""
    denied = at - 2
    if denied < 3 or words[at - 1].text != ",":
        return None
    key = lexicon(codebook).verbs.get(words[denied].plain)
    if key is None or codebook.sayings[key].status != "denied":
        return None
    subject = phrase_before(words, denied, codebook)
    if (
        subject is None
        or not subject.first
        or words[subject.first - 1].plain not in ("which", "that", "whom")
    ):
        return None
    return subject if speaks(words, subject, codebook, sides) else None


def _carries_words(
    words: tuple[Word, ...], outer: Stretch, codebook: Codebook, sides: frozenset[int]
) -> bool:
    """Whether somebody who quotes another is only a carrier: a newsroom, or a text: *the story cited Dr X as saying*."""
    return (
        _is_media(words, outer, codebook)
        or is_text(words, outer.last - 1, codebook)
        or words[outer.last - 1].plain in _OWN_TEXTS
        or words[outer.last - 1].plain in _CARRIERS
        or not speaks(words, outer, codebook, sides)
    )


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
        words[at].is_mark or is_number(words[at]) or words[at].plain in JOINS or words[at].plain in ADVERBS
    ):
        at += 1
    if at < len(words) and words[at].plain in PREPOSITIONS:
        if at + 1 < len(words) and words[at + 1].plain in DAYS:
            return opening_speaker(words, codebook, sides, at + 2)
        comma = next((n for n in range(at, min(at + 9, len(words))) if words[n].text == ","), None)
        if comma is None:
            place = at + 1  # *In Buenos Aires the Joint General Staff …*
            while place < len(words) and words[place].capital:
                place += 1
            if at + 1 < place < len(words) and words[place].plain in ("the", "a", "an"):
                return opening_speaker(words, codebook, sides, place)
            return None
        return opening_speaker(words, codebook, sides, comma + 1)
    if at == 0:
        at = _behind_dateline(words)
    if at < len(words) and words[at].plain in _HEADS_NOTHING:
        return None
    phrase = phrase_after(words, at, codebook)
    if phrase is None or not speaks(words, phrase, codebook, sides):
        return None
    return None if _is_adjective(words, phrase, codebook, sides) else phrase


def _behind_dateline(words: tuple[Word, ...]) -> int:
    """*QUITO, 25 APR 89 (EFE) -- [TEXT] | The group …*."""
    for place in range(2, min(16, len(words) - 1)):
        if words[place].text in ("--", "–", "—") and any(
            is_number(word) or word.text == "(" for word in words[:place]
        ):
            at = place + 1
            if words[at].text == "[":
                at = next((n + 1 for n in range(at, min(at + 4, len(words))) if words[n].text == "]"), at)
            return at
    return 0


def _is_adjective(
    words: tuple[Word, ...], phrase: Stretch, codebook: Codebook, sides: frozenset[int]
) -> bool:
    """*Twin suicide blasts*, *Fierce clashes*: a word that only the beginning of the sentence writes large."""
    first, last = phrase
    if last - first > 1 or last >= len(words) or words[first].start in sides:
        return False
    behind = words[last]
    return (
        covering(source_hits(words, codebook), first) is None
        and words[first].plain not in PRONOUNS
        and not any(word.text == words[first].text for word in words[last:])
        and not (behind.is_mark or behind.capital or behind.possessive or words[first].possessive)
        and behind.plain not in FUNCTION_WORDS
        and behind.plain not in ADVERBS
        and behind.plain not in ARTICLES
        and behind.plain not in lexicon(codebook).verbs
        and not behind.plain.endswith("ed")
    )


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
    if (
        subject is not None
        and subject.first > 2
        and words[subject.first - 1].plain == "by"
        and words[subject.first - 2].plain in _RUN
        and (run := phrase_before(words, subject.first - 2, codebook)) is not None
        and speaks(words, run, codebook, sides)
    ):
        subject = run  # *a hospital run by an Italian charity said*
    able = subject is not None and speaks(words, subject, codebook, sides)
    if subject is not None and _of_picture(words, subject, codebook):
        return None
    if (
        able
        and subject is not None
        and _in_adverbial(words, subject.first)
        and (
            words[subject.first - 1].plain in ("against", "versus")
            or not any(subject.first <= hit.first < subject.last for hit in source_hits(words, codebook))
        )
    ):
        # *a neurologist in Saraqib said*: a place
        clause = _clause_opening(words, at, codebook, sides)
        if clause is not None:
            subject = clause
        elif (
            any(is_text(words, n, codebook) for n in range(min(4, subject.first)))
            and words[0].plain in ARTICLES
        ):
            # *An earlier toll of the strike on Urum reported …*: nobody knows whose
            return Cue(at, stop, "right", None, Stretch(stop, len(words)), "rumour")
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
    if (
        (not able or behind_mark)
        and (inverted := _inverted(words, at, stop, saying, codebook, sides))
        # *The monitor, which relies on …, said the dead, eight of them officers, …*
        # *Magen David Adom, the ambulance service, said one man …*: nothing else can speak
        and (
            not able
            or (
                speaks(words, inverted, codebook, sides)
                and subject is not None
                and has_matter(words, subject.first)
            )
        )
    ):
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
        and at_end(words, stop, saying)
    ):
        return None  # *which Central Command denied*: a word on the claim, not the claim
    if (
        not shared
        and saying.takes == "figure"
        and saying.status == "asserted"
        and subject is not None
        and subject.first > 2
        and words[subject.first - 1].plain in ("that", "which")
        and words[subject.first - 2].text != ","
        and saying.following is None
    ):
        # *14 attacks | that the group has documented since March*
        opens = next((n for n in range(subject.first - 2, 0, -1) if words[n].is_mark), 0)
        return Cue(at, stop, "left", subject, Stretch(opens, subject.first), "verb", saying.status)
    if (
        not shared
        and subject is not None
        and subject.first > 1
        and words[subject.first - 1].plain == "which"
        and words[subject.first - 2].text == ","
        and (words[stop].plain in HELPERS or words[stop].plain.endswith("ed"))
    ):
        # *shot down all 29 in an attack, which officials said | caused little damage*: of the relative clause alone
        return Cue(at, stop, "right", subject, Stretch(stop, len(words)), "verb", saying.status)
    if not shared and subject is not None and words[subject.last - 1].plain in _OWN_TEXTS:
        return None  # *an earlier version of this article said*
    speaker = None if shared else subject
    begin = subject.first if subject is not None and not shared else at
    if saying.status == "denied" and _no_figure(words, stop):
        # *denied responsibility for the strike that killed 30*: he speaks, and of no figure
        return Cue(at, stop, "right", speaker, Stretch(stop, stop), "verb", saying.status, shared)
    if saying.near and not _figure_follows(words, stop):
        return None  # *has given the country a respite, after …*
    parted = begin > 0 and words[begin - 1].text in (",", *_QUOTES) and has_matter(words, begin)
    if saying.takes == "figure" and not (
        parted and at_end(words, stop, saying) and saying.following is None and saying.status != "denied"
    ):
        zone = Stretch(stop, _object_ends(words, stop))
        return Cue(at, stop, "right", speaker, zone, "verb", saying.status, shared)
    if _following(words, stop):
        return Cue(at, stop, "right", speaker, Stretch(stop, len(words)), "verb", saying.status, shared)
    if parted and stop < len(words) and words[stop].text == ":" and not is_fronted(words, begin):
        # *One was hurt, the governor said: a man of 60 …*
        return Cue(at, stop, "left", speaker, Stretch(0, len(words)), "verb", saying.status, shared)
    aside = saying.status != "denied" and circumstance(words, stop, begin)
    if has_matter(words, begin) and (at_end(words, stop, saying) or aside):
        return Cue(at, stop, "left", speaker, Stretch(0, len(words)), "verb", saying.status, shared)
    if saying.weak and saying.takes == "clause" and not is_clausal(words, stop):
        return None
    zone = Stretch(stop, _object_ends(words, stop) if saying.takes != "clause" else len(words))
    if is_fronted(words, begin):
        zone = Stretch(0, len(words))
    elif begin and is_number(words[begin - 1]) and stop < len(words) and words[stop].plain in HELPERS:
        zone = Stretch(begin - 1, len(words))  # *41 | the military says are dead*
    return Cue(at, stop, "right", speaker, zone, "verb", saying.status, shared)


def _object_ends(words: tuple[Word, ...], stop: int) -> int:
    """*announced a mobilisation | following a strike that left 38 dead*: what happened before is nobody's word.

    Only behind a bare object: a clause that is said, or a figure in it, takes what follows along.
    """
    if stop >= len(words) or words[stop].plain in ("that", "how") or words[stop].text in (":", *OPEN):
        return len(words)
    for place in range(stop, len(words)):
        word = words[place]
        if word.plain in HELPERS or word.plain in _LOSSES or word.text in (";", *OPEN):
            break
        if (
            _counts_soon(words, place, 1)
            and words[place + 1 : place + 2]
            and words[place + 1].plain != "times"
        ):
            break
        if word.plain in ("following", "after", "before") and place > stop + 1:
            told = any(w.plain in RELATIVES or w.plain in _LEADING for w in words[place + 1 :])
            return place if told else len(words)
    return len(words)


def _following(words: tuple[Word, ...], stop: int) -> bool:
    """*Concerning the attack that killed two, the front reports to the people the following:*: only what follows is said."""
    return any(
        words[n].plain == "following"
        and words[n - 1].plain in ("the", "as")
        and (n + 1 >= len(words) or words[n + 1].is_mark)
        for n in range(stop, min(stop + 9, len(words)))
    )


def _of_picture(words: tuple[Word, ...], subject: Stretch, codebook: Codebook) -> bool:
    """*a video posted on social media | shows*: nobody's word."""
    beside = {words[n].plain for n in range(max(0, subject.first - 2), subject.last)}
    if not beside & {"on", "by", "from", "in"}:
        return False
    if (
        subject.first > 1
        and words[subject.first - 1].plain == "by"
        and words[subject.first - 2].plain in _STUDIED
    ):
        return False  # *images analysed by the group show*: its own finding
    for place in range(subject.first - 1, max(-1, subject.first - 8), -1):
        if words[place].is_mark:
            return False
        found = lexicon(codebook).phrase_at(words, place)
        if found is not None and codebook.sayings[found[1]].kind == "picture":
            return True
    return False


def _no_figure(words: tuple[Word, ...], stop: int) -> bool:
    """Whether what is denied or rejected is a part in a deed, or a demand: its figures stand as they did."""
    for place in range(stop, min(stop + 6, len(words))):
        if words[place].plain in ("aiming", "targeting") and not _counts_soon(words, place + 1):
            return True  # *denies aiming at civilians, thousands of whom have been killed*
        if words[place].plain in _DEED or (
            words[place].plain in _DEMANDS and place > stop - 1 and words[place - 1].plain != "of"
        ):
            return True
        if (
            words[place].plain in ("that", "claims", "claim", "reports", "report", "of")
            or words[place].is_mark
        ):
            return False
    return False


def _counts_soon(words: tuple[Word, ...], at: int, span: int = 3) -> bool:
    return any(is_number(word) or word.plain in NUMBERS for word in words[at : at + span])


def _figure_follows(words: tuple[Word, ...], stop: int) -> bool:
    """Whether a figure or a quotation follows before the clause ends."""
    for place in range(stop, len(words)):
        word = words[place]
        if (
            is_number(word)
            or word.plain in NUMBERS
            or word.plain in _FIGURES
            or word.text in OPEN
            or word.text == ":"
        ):
            return True
        if word.plain in RELATIVES or (
            word.text in (",", ";") and place > stop and not _aside_until_figure(words, place)
        ):
            return word.plain == "that"
    return False


def _aside_until_figure(words: tuple[Word, ...], comma: int) -> bool:
    """*documented, since March, 20 deaths*: a short aside between commas."""
    return any(words[n].text == "," for n in range(comma + 1, min(comma + 7, len(words))))


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
    if phrase.last - phrase.first == 1 and phrase.first == 0 and following.text != ",":
        known = covering(source_hits(words, codebook), 0) is not None or words[0].start in sides
        if not known and words[0].plain not in PRONOUNS:
            return None  # *Explosions killed 20, and …*: only the beginning writes it large
    if following.text == "," and phrase.last + 1 < at:
        following = words[phrase.last + 1]
    if following.plain in ("installed", "appointed", "backed") and words[phrase.last + 1].plain == "by":
        installer = phrase_after(words, phrase.last + 2, codebook)
        return Stretch(phrase.first, installer.last) if installer else phrase
    if (
        following.plain in RELATIVES
        or following.plain in PREPOSITIONS
        or following.plain in ("we", "they", "a", "an", "the")
    ):
        return phrase
    if following.plain.endswith(("ing", "ed")) and following.plain not in lexicon(codebook).verbs:
        return phrase
    office = next(
        (hit for hit in source_hits(words, codebook) if phrase.first <= hit.first < phrase.last), None
    )
    between = words[office.last : at] if office is not None else ()
    if (
        office is not None
        and between
        and between[0].plain in PREPOSITIONS
        and len(between) < 12
        and not any(
            w.is_mark or w.plain in HELPERS or w.plain in RELATIVES or (w.plain in JOINS and w.plain != "and")
            for w in between
        )
    ):
        return Stretch(
            phrase.first, skip_adverbs_back(words, at)
        )  # *an official in the Turkish town of Suruc | said*
    return None


def _inverted(
    words: tuple[Word, ...], at: int, stop: int, saying: Saying, codebook: Codebook, sides: frozenset[int]
) -> Stretch | None:
    """*…, said Olena Dubova*; *… in the northeast said the Observatory*."""
    if (
        saying.takes == "figure"
        or stop >= len(words)
        or words[at].plain.endswith("ing")
        or words[at].capital
        or "told" in saying.forms
    ):
        return None
    previous = words[at - 1] if at else None
    hers = words[stop].plain == "her" and stop + 1 < len(words) and not words[stop + 1].is_mark
    object_ = (words[stop].plain == "that" or words[stop].plain in OBJECTS) and not hers  # said | her brother
    phrase = phrase_after(words, stop, codebook) if not object_ else None
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
        or (following.is_mark and following.text not in OPEN)
        or following.plain in RELATIVES
        or following.plain in PARTICIPLES
        or following.plain in PREPOSITIONS
        or following.plain in ADVERBS
        or following.plain in DAYS
        or following.plain in ("late", "early", "and", "as", "a", "an", "the")
    )
    if previous is None or not ends:
        return None
    if (
        following is not None
        and following.plain == "to"
        and words[at].plain.startswith(("warn", "ask", "tell", "remind", "urge"))
    ):
        return None  # *and warned the driver to leave*
    if previous.text == "," or previous.text in _QUOTES:
        return phrase
    return None if saying.weak else phrase


def _in_adverbial(words: tuple[Word, ...], first: int) -> bool:
    """Whether a noun phrase hangs on a preposition: *in | Saraqib*, *in both Syria and | Iraq*."""
    if first > 3 and words[first - 1].plain == "and" and words[first - 2].capital:
        place = first - 2
        while place > 0 and (words[place].capital or words[place].plain in ("both", "the")):
            place -= 1
        return words[place].plain in PREPOSITIONS
    return first > 0 and words[first - 1].plain in PREPOSITIONS


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
