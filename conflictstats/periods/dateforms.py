"""The forms of English periods: a closed grammar, made of the words of the calendar.

A text is scanned once for *cores*, the shortest stretches that name a time: a weekday, a date, a month,
"overnight", "last week", "the past three days". What each means is said in `moments`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from conflictstats.beginnings import Index
from conflictstats.codebook import Codebook
from conflictstats.periods.moments import (
    COUNT,
    ORDINALS,
    Calendar,
    Days,
    Rule,
    View,
    bulletin_day,
    day_before,
    days_ago,
    feast_day,
    hour_of_day,
    iso_date,
    last_days,
    last_night,
    month_day,
    month_of_that_year,
    month_of_year,
    months_of_year,
    moving_feast,
    named_month,
    named_weekday,
    named_year,
    nth_day,
    relative_day,
    same_day,
    same_in_year,
    several_days,
    since_dawn,
    since_then,
    slashed_date,
    some_days,
    start_of_unit,
    start_of_war,
    the_weekend,
    this_week,
    until_now,
    vague_days,
    week_of_month,
    year_part,
)

_NUMBER = (
    r"(?:\d{1,3}|(?:a )?couple(?: of)?|twenty-four|forty-eight|seventy-two|"
    + "|".join(
        sorted(COUNT.keys() - {"a", "an", "couple", "a couple of", "couple of"}, key=len, reverse=True)
    )
    + ")"
)
_YEAR = r"(?:19[4-9]\d|20[0-4]\d)"
_DAY = (
    r"(?:(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?(?![\d%]|[.,:]\d)|"
    + "|".join(sorted(ORDINALS, key=len, reverse=True))
    + ")"
)
_PART = r"(?:morning|mornings?|afternoon|evening|night|dawn|noon|midday|midnight|lunchtime)"
DASH = r"(?:-|–|—|‑)"


def _alternatives(names: Sequence[str]) -> str:
    return "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True)).replace(r"\ ", " ")


@cache
def calendar_of(codebook: Codebook) -> Calendar:
    """The codebook's calendar as patterns. A blank in a pattern is any white space."""
    by_kind: dict[str, dict[str, tuple[int, int]]] = {"weekday": {}, "month": {}, "relative": {}, "feast": {}}
    for moment in codebook.calendar.values():
        for name in moment.names:
            if moment.kind == "feast":
                by_kind["feast"][name.casefold()] = (moment.month or 0, moment.day or 0)
            elif moment.kind in by_kind:
                by_kind[moment.kind][name.casefold()] = (moment.number or 0, 0)
    weekday = f"(?:{_alternatives(list(by_kind['weekday']))})"
    month = f"(?:{_alternatives(list(by_kind['month']))})(?![a-z])"
    war = _alternatives(codebook.calendar["war"].names)
    lead = rf"(?:{weekday}(?: {_PART})?,? (?:the )?\(?)?"
    forms: list[tuple[str, Rule]] = [
        (rf"(?P<year>{_YEAR})-(?P<month>0[1-9]|1[0-2])-(?P<day>\d\d)(?![-\d])", iso_date),
        (rf"(?P<day>\d\d?)\.(?P<month>0?[1-9]|1[0-2])\.(?P<year>{_YEAR})(?!\d)", iso_date),
        (rf"(?P<one>\d\d?)[/-](?P<two>\d\d?)(?:/|-)(?P<year>{_YEAR})(?!\d)", slashed_date),
        (rf"(?P<year>{_YEAR})/(?P<month>0[1-9]|1[0-2])/(?P<day>\d\d)(?!\d)", iso_date),
        (
            rf"{lead}(?P<day>{_DAY})(?P<more>(?:, ?{_DAY})*) ?(?P<link>{DASH}|to|and|until|till|through|into) ?"
            rf"(?:\d\d?:\d\d (?:on )?)?(?:the )?(?P<last>{_DAY})(?: of)? (?P<month>{month})(?:,? (?P<year>{_YEAR}))?(?!\d)",
            several_days,
        ),
        (
            rf"{lead}(?P<month>{month}) (?P<day>{_DAY})(?P<more>(?:, ?{_DAY})*),? ?"
            rf"(?P<link>{DASH}|to|and|until|till|through|into) ?(?P<last>{_DAY})(?! [A-Z][a-z])(?! ?[ap]\.?m\b|[:.]\d)(?:,? (?P<year>{_YEAR}))?(?!\d)",
            several_days,
        ),
        (
            rf"{lead}(?:the )?(?P<day>{_DAY})(?: of)?(?: |-)(?P<month>{month})(?:(?:,| of)? (?P<year>{_YEAR}|\d\d(?=\s?(?:\(|\n))))?(?!\d)",
            month_day,
        ),
        (rf"{lead}(?P<month>{month}) (?:the )?(?P<day>{_DAY})(?:,? (?P<year>{_YEAR}))?(?!\d)", month_day),
        (
            rf"(?:the )?(?P<which>first|second|third) week of (?P<month>{month})(?:,? (?P<year>{_YEAR}))?(?!\d)",
            week_of_month,
        ),
        (
            rf"(?P<opens>{month}) ?[-–—/] ?(?P<month>{month})(?:,| of)? (?P<year>{_YEAR})(?!\d)",
            months_of_year,
        ),
        (rf"(?P<month>{month})(?:,| of)? (?P<year>{_YEAR})(?!\d)", month_of_year),
        (rf"(?P<month>{month}),? (?:of )?(?P<which>this|last|the previous) year", month_of_that_year),
        (
            rf"(?:(?P<which>this past|this|last|next|past|the previous) )?(?P<month>{month})(?P<own>['’]s)?",
            named_month,
        ),
        (rf"(?P<name>{_alternatives(list(by_kind['feast']))})", feast_day),
        (
            rf"(?:{weekday},? the (?P<day>\d\d?(?:st|nd|rd|th))(?! (?-i:[A-Z])|\w)(?P<of> of (?:this|last|the) month)?)",
            nth_day,
        ),
        (r"(?:on )?the (?P<day>\d\d?(?:st|nd|rd|th))(?P<of> of (?:this|last|the) month)", nth_day),
        (rf"(?P<name>{_alternatives(codebook.calendar['moving feasts'].names)})", moving_feast),
        (
            rf"(?P<name>{_alternatives(list(by_kind['relative']))})(?:['’]?s)?(?: {_PART})?",
            relative_day,
        ),
        (
            rf"(?:(?P<which>this past|this coming|this|last|next|past|the previous|the following|the coming) )?"
            rf"(?P<day>{weekday})(?P<own>['’]s|s)?(?: (?:early |late |mid-?)?{_PART})?",
            named_weekday,
        ),
        (
            r"last night|(?:during|in|throughout|at|over) the (?:(?:course of the )?night|night hours)|overnight",
            last_night,
        ),
        (
            r"(?P<which>this past|this coming|this|last|next|the|past|the previous|the same|that) week-?end(?:['’]s)?",
            the_weekend,
        ),
        (
            rf"(?:the |these |this )?(?:last|past|previous|preceding|latest) (?:(?P<few>few|several|many|some) |(?P<number>{_NUMBER})(?: |-))?"
            rf"(?P<unit>hours?|days?|nights?|weeks?|months?|years?|decades?|quarters?)\b(?: period)?(?:['’]s?)?",
            last_days,
        ),
        (
            rf"recent (?:hours|days|weeks|months|years|times)|(?:the )?(?:coming|next) (?:{_NUMBER} |few |several )?(?:hours?|days?|weeks?|months?|years?|quarters?)",
            vague_days,
        ),
        (
            r"(?P<which>this|the current) (?P<unit>week|month|year|quarter|summer|winter|spring|autumn|fall)\b(?:['’]s)?",
            this_week,
        ),
        (
            rf"(?:the )?(?P<which>first|second|third|fourth|last|1st|2nd|3rd|4th) (?:(?P<number>{_NUMBER}) )?(?P<unit>half|quarter|months)"
            rf" of (?P<whole>(?:the|this|last) year|{_YEAR}|the current year|the previous year)",
            year_part,
        ),
        (rf"(?P<unit>Q|H)(?P<which>[1-4])(?: of| in)? (?P<whole>{_YEAR})", year_part),
        (
            rf"(?:around |about |nearly |almost |over |more than )?(?P<number>{_NUMBER}|an?|several|a few|some) (?P<unit>minutes?|hours?|days?|nights?|weeks?|months?|years?) ago",
            days_ago,
        ),
        (
            rf"(?:the )?(?:full-scale |ongoing |current |all-out |whole )*(?:{war})(?:['’]s (?:start|beginning|outbreak|onset))?",
            start_of_war,
        ),
        (r"(?:then|(?:that|this) (?:date|day|time|moment))(?=[^.!?]{0,200})", since_then),
        (
            rf"(?:in |during |over |throughout |for )?the (?:same|corresponding) (?:period|months?|weeks?|days?|time) "
            rf"(?:(?:of|in) (?P<year>{_YEAR})|(?:(?:of|in) )?(?:last year|the previous year|the year before)|a year (?:earlier|ago|before))",
            same_in_year,
        ),
        (
            r"(?:on |in |during |over |throughout |for )?(?:the |that )(?:very )?same (?:(?P<number>two|three|four|five|several|few) )?"
            r"(?P<unit>days?|nights?|evening|morning|afternoon|period|weeks?|months?|year|weekend|time ?frame|time period|time span)",
            same_day,
        ),
        (
            r"(?:on |in |during |over |throughout )(?:that|this|those|these) (?:(?P<number>two|three|four|five|several|few|\d) )?"
            r"(?P<unit>days?|nights?|evening|morning|afternoon|period|weeks?|months?|year|weekend|time ?frame|time period|time span)",
            same_day,
        ),
        (
            r"(?:over|during|within|throughout|in the course of) the (?P<unit>week|month|period)(?! (?:ending|ended|of|from|to)\b)",
            same_day,
        ),
        (
            r"(?:over|during|throughout|in the course of) the (?:whole |entire )?day(?! (?:before|after|of|when|that|ahead|on|light|shift|prior)\b)",
            bulletin_day,
        ),
        (
            r"(?:by|in|during) (?:the )?(?:late |early )?(?:morning|afternoon|evening|noon|midday|nightfall|dusk)"
            r"(?! (?:of|on|after|yesterday|today|local|prayers?|(?-i:[A-Z])\w*)\b)",
            hour_of_day,
        ),
        (
            r"(?:in|over|during) (?:the same|those|these) (?:24|twenty-four|48|forty-eight|72) (?P<unit>hours)",
            same_day,
        ),
        (r"that (?P<unit>day|night|evening|morning|afternoon)", same_day),
        (
            r"(?:in|during|over) (?:that|this|the same) (?P<unit>time)(?! (?:of|frame|period|span)\b)",
            same_day,
        ),
        (
            rf"(?:in|within|over|during|throughout) (?:just |only |the space of |about |around |nearly |almost |under |over |more than |less than |some )*"
            rf"(?P<number>{_NUMBER}|an?|several|a few) (?:(?:straight|consecutive|successive) )?(?P<unit>hours?|days?|nights?|weeks?|months?|years?)\b(?!['’-])",
            some_days,
        ),
        (r"(?:so|thus) far|to date|until now|up to now", until_now),
        (
            rf"(?P<number>the|a|one|{_NUMBER}) (?P<unit>day|night|week|month|year)s? (?P<way>earlier|later|(?:before|after)"
            r"(?! (?:the|an?|his|her|its|their|all|some|two|three|dozens|hundreds|thousands|another|at least|more than|\d+|yesterday|tomorrow|\w+ing|\w+ly|"
            r"(?:air)?strikes?|attacks?|rockets?|drones?|troops|rebels|militants|gunmen|(?-i:[A-Z]\w+))\b))",
            day_before,
        ),
        (
            r"(?:on )?the (?P<way>previous|preceding|next|following|very next) (?P<unit>day|night|morning|evening|week|month|year)",
            day_before,
        ),
        (r"(?:earlier|later) (?:in|on in) the (?P<unit>day)", same_day),
        (
            r"(?:dawn|midnight|daybreak|sunrise|noon|midday|the early morning|the early hours|early morning|(?:the )?morning)",
            since_dawn,
        ),
        (r"the (?P<unit>day|week|month|year)\b", start_of_unit),
        (r"this (?P<unit>day)\b", start_of_unit),
        (rf"(?P<year>{_YEAR})(?:{DASH}(?P<last>{_YEAR}|\d\d))?(?![\d%]|[.,]\d|{DASH}\d)", named_year),
        (
            r"on the (?P<day>\d\d?(?:st|nd|rd|th))(?P<of> of (?:this|last|the) month)?(?=[.,;:)]|$| (?:at|in|by|and|when|after)\b)",
            nth_day,
        ),
    ]
    compiled = tuple(
        (re.compile(blank(rf"(?<!\w)(?<!\d[.,])(?:{pattern})(?!\w)"), re.IGNORECASE), rule)
        for pattern, rule in forms
    )
    return Calendar(
        {name: number for name, (number, _) in by_kind["weekday"].items()},
        {name: number for name, (number, _) in by_kind["month"].items()},
        {name: number for name, (number, _) in by_kind["relative"].items()},
        by_kind["feast"],
        re.compile(rf"\b(?:{_alternatives(codebook.calendar['another war'].names)})\s+(?:of|in)\s+$", re.I),
        compiled,
        Index((form[0], form) for form in compiled),
    )


def blank(pattern: str) -> str:
    return pattern.replace(" ", r"(?:\s{1,3})")


class Core(NamedTuple):
    """A core where it stands, with what it means."""

    start: int
    end: int
    days: Days


def cores_of(view: View) -> list[Core]:
    text, words = view.text, view.words
    free = 0
    cores: list[Core] = []
    for at, forms in words.beginnings.places(text):
        if at < free:
            continue
        for pattern, rule in forms:
            match = pattern.match(text, at)
            if match is None:
                continue
            days = rule(match, view)
            if days is not None:
                cores.append(Core(match.start(), match.end(), days))
                free = match.end()
                break
    return cores
