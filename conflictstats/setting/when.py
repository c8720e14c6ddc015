"""When: the period of a figure. A sentence may name several; the parse says which clause each belongs to."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from conflictstats.periods import Period
from conflictstats.periods.moments import COUNT
from conflictstats.records import Document, Sentence
from conflictstats.setting.bonds import (
    IN_RETURN,
    LONG_AFTER,
    SettingWords,
    bond,
    dates_a_war,
    flows,
    still_to_come,
)
from conflictstats.setting.carried import carried_period
from conflictstats.setting.clauses import Spot
from conflictstats.setting.othertimes import (
    compared,
    is_total,
    of_saying,
    revised,
    since_something,
    total_opens,
)
from conflictstats.setting.scene import Scene

if TYPE_CHECKING:
    from spacy.tokens import Token


def read_period(
    spot: Spot, scene: Scene, document: Document, words: SettingWords
) -> tuple[Period | None, str]:
    """The period of a figure, and how it was found."""
    before = _before_that(spot, scene)
    if before is not None:
        return before, "told as before another deed"
    stated, own = _stated(spot, scene, words, document.article.published)
    if stated is not None and stated[0].open:
        # "so far": of a stretch that the sentence before may name
        carried = carried_period(spot, scene, document, words)
        if carried[0] is None or (stated[0].kind == "range" and carried[0].kind in ("day", "night")):
            return stated  # "fifteen towns were attacked in four days": not in the one of the sentence before
        return carried
    if stated is not None:
        return stated
    if own or since_something(spot, []) or _SINCE_AN_EVENT.search(spot.sentence.text):
        return None, ""  # its sentence names periods, but of something else
    return carried_period(spot, scene, document, words)


# "since the exchanges began": since a day that no one knows, and not of the day of the sentence before.
_SINCE_AN_EVENT = re.compile(
    r"\bsince\s(?:the|its|their|this|his|her|a|an)\s(?!(?:start|beginning|outbreak)\b)[\w-]+", re.I
)


def _before_that(spot: Spot, scene: Scene) -> Period | None:
    """An undated time where the words in front only say that the figure's was another: "days after 40 were killed"."""
    sentence = spot.sentence
    ahead = sentence.text[: spot.quantity.start - sentence.start]
    found = LONG_AFTER.search(ahead) or IN_RETURN.search(ahead)
    if found is None:
        return None
    start = sentence.start + found.start()
    named = [p for p in scene.periods if sentence.start <= p.start < sentence.end]
    if any(p.start >= start for p in named) or (named and _DAYS_AFTER.search(ahead)):
        return None
    text = " ".join(found[0].split()[:2])
    return Period(start, start + len(text), text, None, None, "day")


def _stated(
    spot: Spot, scene: Scene, words: SettingWords, published: date | None
) -> tuple[tuple[Period, str] | None, bool]:
    """The period that the figure's own sentence gives it, and whether the sentence names any."""
    sentence = spot.sentence
    own = [p for p in scene.periods if sentence.start <= p.start < sentence.end]
    happened = [p for p in own if not of_saying(p, sentence, spot.tree, words)]
    if not happened or still_to_come(spot):
        return None, bool(happened) or bool(own and compared(spot))
    happened = [p for p in happened if not _of_a_part(p, spot) and not dates_a_war(p, sentence)]
    if not happened:
        return None, True
    then = next((p for p in happened if p.inner and _when(spot, p)), None)
    if then is not None and then.inner is not None:
        # "since January 2016, when 150 died": those are of that January
        return (
            replace(then, first=then.inner[0], last=then.inner[1], kind="day", cumulative=False),
            _BONDS[0],
        ), True
    within = next((p for p in happened if p.inner and p.start <= spot.quantity.start < p.end), None)
    if within is not None and within.inner is not None:
        # "since sarin killed hundreds in August 2013": the hundreds are of that August alone
        first, last = within.inner
        return (replace(within, first=first, last=last, kind="day", cumulative=False), _BONDS[0]), True
    happened = [p for p in happened if not _unmatched_since(p, sentence)]
    if not happened:
        return None, True
    after = _days_after(spot, happened)
    if after is not None:
        return (after, _BONDS[0]), True
    beside = _beside(spot, happened)
    if beside is not None:
        return (beside, _BONDS[0]), True
    if is_total(spot) or (compared(spot) and not revised(spot)) or since_something(spot, happened):
        return None, True
    spot = _whole_of(spot, happened)
    ranked = sorted(
        (rank, abs(p.start - spot.quantity.start), p.start)
        for p in happened
        if (rank := bond(spot, p, happened[0] is p, words)) is not None
    )
    if not ranked and len({(p.first, p.last) for p in happened}) == 1 and flows(spot, happened[0], words):
        ranked = [(6, 0, happened[0].start)]
    if not ranked:
        return None, True
    if len(ranked) > 1:
        ranked = _next_in_turn(ranked, spot)
    found = {p.start: p for p in happened}
    dated = [row for row in ranked if not found[row[2]].open]
    rank, _, start = (dated or ranked)[0]
    if found[start].first is None and found[start].end <= spot.quantity.start:
        # "in late September they admitted 735 deaths in strikes since 2014"
        behind = [row for row in ranked if row[2] >= spot.quantity.end and found[row[2]].first is not None]
        rank, _, start = behind[0] if behind else (rank, 0, start)
    since = _HAS_SINCE.search(spot.sentence.text[: spot.quantity.start - spot.sentence.start])
    period = found[start]
    if (
        rank == len(_BONDS) - 1
        and period.kind in ("day", "night", "week", "weekend")
        and _to_now(spot, period)
    ):
        return None, True  # "five were killed on Monday and three remain missing"
    if (
        since
        and period.end <= spot.sentence.start + since.start()
        and period.first is not None
        and published is not None
    ):
        # "broke into the town in June and has since taken 90 per cent of it"
        period = replace(period, last=published, kind="since", cumulative=True)
    return (period, _BONDS[rank]), True


def _to_now(spot: Spot, period: Period) -> bool:
    """Whether the figure's verb, and not that of the period, tells how things stand: "remain missing", "have arrived"."""
    doc, anchor = spot.tree.doc, spot.anchor
    governor = spot.tree.governor(period.start, period.end)
    if doc is None or anchor is None or governor is None:
        return False
    own, theirs = doc[spot.tree.verb(anchor)], doc[spot.tree.verb(governor)]
    return _stands(own) and not _stands(theirs)


def _stands(verb: Token) -> bool:
    finite = (verb, *(child for child in verb.children if child.dep_ in ("aux", "auxpass")))
    return any(word.tag_ in ("VBZ", "VBP") and word.lemma_ in ("be", "have", "remain") for word in finite)


_HAS_SINCE = re.compile(r"\b(?:has|have)\s(?:\w+ly\s)?since\s(?:[\w-]+\s){1,5}$", re.I)


def _when(spot: Spot, period: Period) -> bool:
    """Whether a clause of its own tells what happened at the beginning of a period: "since January 2016, when …"."""
    between = spot.sentence.text[
        period.end - spot.sentence.start : max(0, spot.quantity.start - spot.sentence.start)
    ]
    return period.start < spot.quantity.start and bool(re.match(r",?\swhen\b[^;]*$", between, re.I))


# "freed 300 on Saturday, a day after handing over 90", "two days before a strike had killed 12"
_DAYS_AFTER = re.compile(
    r"\b(?P<number>a|one|two|three|four|five|six|\d)\s(?P<unit>day|week)s?\s(?P<way>after|before)\s(?!(?:that|this|it|them|these|those)\b)[^,;]*$",
    re.I,
)


def _days_after(spot: Spot, periods: list[Period]) -> Period | None:
    """The day of a figure that is told as so many days from the day of what stands in front of it."""
    start = spot.sentence.start
    told = _DAYS_AFTER.search(spot.sentence.text[: spot.quantity.start - start])
    if told is None or any(p.start > start + told.start() for p in periods):
        return None
    base = periods[-1]
    if base.first is None or base.first != base.last or base.start > start + told.start():
        return None
    count = COUNT.get(told["number"].casefold()) or int(told["number"])
    away = timedelta(count * (7 if told["unit"].casefold() == "week" else 1))
    day = base.first - away if told["way"].casefold() == "after" else base.first + away
    phrase = spot.sentence.text[told.start() : told.end("way")]
    return replace(
        base,
        first=day,
        last=day,
        kind="day",
        start=start + told.start(),
        end=start + told.end("way"),
        text=phrase,
    )


# "the worst fighting since the battle for Aleppo last year": nothing is counted since then
_UNMATCHED = re.compile(
    r"\b(?:first|worst|largest|biggest|deadliest|bloodiest|heaviest|fiercest|highest|lowest|most\s(?:serious|intense|violent|devastating|significant))\s(?!of\b)[^,;:]{0,80}?(?P<since>\bsince\s(?:[\w’'-]+\s){1,8})?$",
    re.I,
)


# "the toll has risen from 251 last week to 297"
_RISEN_FROM = re.compile(
    r"\b(?:toll|number|count|tally|figure|total|losses)\b[^.;]{0,60}\s(?:risen|rose|rises|climbed|grown|grew|increased|jumped|fallen|fell|dropped|declined)\sfrom\s(?:[\w,.-]+\s){1,3}$",
    re.I,
)


def _unmatched_since(period: Period, sentence: Sentence) -> bool:
    """Whether a period only tells since when there had been nothing like it, or what a toll has risen from."""
    before = sentence.text[: period.start - sentence.start]
    if _RISEN_FROM.search(before):
        return True
    found = _UNMATCHED.search(before)
    return found is not None and (period.kind == "since" or found["since"] is not None)


def _of_a_part(period: Period, spot: Spot) -> bool:
    """Whether a period stands with a part of another figure: "3,400 of them within the past 48 hours"."""
    text, start = spot.sentence.text, spot.sentence.start
    for other in spot.sentence.quantities:
        if not other.end <= period.start or other.start == spot.quantity.start:
            continue
        part = _PART.match(text[other.end - start :])
        if part and _WHERE_A_PART.fullmatch(text[other.end - start + part.end() : period.start - start]):
            return True
        if other.start > spot.quantity.end and period.start - other.end < 3:
            if re.search(r",\sincluding\s$", text[spot.quantity.end - start : other.start - start]):
                return True  # "859,920 men, including 1,170 over the past day"
    return False


# "eight of them at a soup kitchen on Wednesday"
_WHERE_A_PART = re.compile(r"\s{0,2}|\s(?:at|in|near|on|outside|inside|around)\s[^,;.:]{1,50}\s")


def _beside(spot: Spot, periods: list[Period]) -> Period | None:
    """The period that stands with a figure that is of another time than its sentence, or with a part of one."""
    text, at = spot.sentence.text, spot.quantity.end - spot.sentence.start
    part = _PART.match(text[at:])
    if part:
        return next((p for p in periods if 0 <= p.start - spot.quantity.end - part.end() < 3), None)
    if is_total(spot):
        opened, end, start = total_opens(spot), spot.quantity.end, spot.sentence.start
        clause = re.match(r"[^,.;]*", spot.sentence.text[end - start :])
        assert clause is not None  # it may be empty
        return next((p for p in periods if opened <= p.start < end + clause.end()), None)
    if compared(spot):
        return next((p for p in periods if 0 <= p.start - spot.quantity.end < 12), None)
    return None


def _next_in_turn(ranked: list[tuple[int, int, int]], spot: Spot) -> list[tuple[int, int, int]]:
    """Of several periods, the one right behind the figure: "three on Monday and five on Tuesday"."""
    later = [
        q.start
        for q in spot.sentence.quantities
        if q.start > spot.quantity.start and q.kind in ("count", "percent")
    ]
    stop = min(later, default=spot.sentence.end)
    turn = [row for row in ranked if spot.quantity.end <= row[2] < stop]
    if (
        not turn
        or ranked[0] in turn
        or (
            stop == spot.sentence.end
            and not any(q.end <= spot.quantity.start for q in spot.sentence.quantities)
        )
    ):
        return ranked
    return turn


_BONDS = (
    "its own words",
    "its verb",
    "its clause",
    "the clause above",
    "a clause of its clause",
    "in front of its sentence",
    "the clause beside",
)


_PART = re.compile(r"^\s(?:[\w-]+\s)?(?:of|among)\s(?:them|these|those|which|whom)\b", re.I)


def _opens_clause(period: Period, spot: Spot) -> bool:
    """Whether a period right in front of the figure opens its clause."""
    text, start = spot.sentence.text, spot.sentence.start
    return period.end <= spot.quantity.start <= period.end + 3 and bool(
        re.search(r"(?:[;,:]|\b(?:and|but|while))\s$", text[: period.start - start])
    )


def _whole_of(spot: Spot, periods: list[Period]) -> Spot:
    """For a part of a figure in the same sentence, that figure: "four were fired overnight … one of them hit"."""
    sentence, quantity = spot.sentence, spot.quantity
    if not _PART.match(sentence.text[quantity.end - sentence.start :]):
        return spot
    whole = [q for q in sentence.quantities if q.end <= quantity.start and q.kind == "count"]
    if not whole or any(p.start > whole[-1].end and _opens_clause(p, spot) for p in periods):
        return spot  # "80 were cut off on Friday; on Saturday six of them still were"
    return replace(spot, quantity=whole[-1], measure=replace(spot.measure, noun_token=None))
