"""When: a closed grammar of the periods of news English, resolved against the day of publication.

A text is scanned once for *cores*: a weekday, a date, a month, "overnight", "last week", "the past three
days". What stands left and right of a core then makes the period: "since Tuesday", "from Monday to
Wednesday", "overnight into Friday", "so far this year". A period that cannot be dated ("late January",
"two weeks ago", everything relative in an article without a date) comes back without days: the figure
beside it has a period of its own, only not one that is known. Nothing reaches beyond publication.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from conflictstats.codebook import Codebook
from conflictstats.periods.dateforms import Core, blank, calendar_of, cores_of
from conflictstats.periods.moments import COUNT, Days, Kind, View, months_before, this_unit
from conflictstats.periods.saiddays import sayings
from conflictstats.periods.spans import CLOCK, join


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time that a text names; `first` and `last` are None where it cannot be dated."""

    start: int
    end: int
    text: str
    first: date | None
    last: date | None
    kind: Kind
    cumulative: bool = False  # a running total's: since X, so far this year
    anaphoric: bool = False  # taken from a period named before: on the same day
    full: bool = False  # written with its year: the same whatever the day of publication
    of_saying: bool = False  # "said on Friday": the day of the saying, as far as the words beside it tell
    open: bool = (
        False  # names no days of its own: "to date", "in three days"; a dated period beside it stands
    )
    inner: tuple[date, date] | None = (
        None  # "since a strike killed ten on Monday": Monday, for what stands inside
    )


def find_periods(
    text: str, published: date | None, codebook: Codebook, conflict: str | None = None
) -> tuple[Period, ...]:
    """Every period that the text names, in order, dated where it can be.

    `conflict` (an entry of `wars.toml`) says which war "since the start of the war" means.
    """
    war = codebook.wars.get(conflict) if conflict else None
    words = calendar_of(codebook)
    view = View(
        text,
        published,
        date.fromisoformat(war.start) if war and war.start else None,
        words,
        sayings(codebook),
    )
    cores = join(cores_of(view), view)
    found: list[Period] = []
    for core in cores:
        period = _govern(core, view, found)
        if period is None:
            continue
        if found and core.days.first is not None and _glosses(core, found[-1], text):
            found[-1] = replace(found[-1], first=core.days.first)
        else:
            found.append(period)
    return tuple(found)


_FROM_IN_BRACKETS = re.compile(
    blank(rf" \((?:(?:starting|beginning) )?(?:from|since|at) {CLOCK}(?:on |of )?(?:the evening of )?"), re.I
)


def _glosses(core: Core, last: Period, text: str) -> bool:
    """Whether a day in brackets tells when the one before began: "on the night of 6 May (from 20:00 on 5 May)"."""
    return (
        last.kind == "day"
        and last.first is not None
        and core.days.first is not None
        and timedelta(0) < last.first - core.days.first <= timedelta(2)
        and _FROM_IN_BRACKETS.fullmatch(text, last.end, core.start) is not None
    )


def dateline_period(published: date | None, codebook: Codebook) -> tuple[date, date] | None:
    """The days up to publication that a report normally covers: what is assumed where nothing says when."""
    if published is None:
        return None
    return published - timedelta(codebook.calendar["dateline"].number or 0), published


# What opens or governs a period, right in front of its core.
_SINCE = re.compile(
    blank(
        r"\bsince (?:at least )?(?P<start>(?:the )?(?:very )?(?:start|beginning|onset|outset|turn|first day) of )?"
        r"(?:about |around )?(?:(?:early|late|mid) (?:on )?|mid-)?(?:on |in )?(?:the )?(?:(?:early |late )?(?:morning|evening|afternoon|night|early hours|hours) (?:of|on) )?"
        rf"{CLOCK}$"
    ),
    re.I,
)
_BEGAN = re.compile(
    r"\b(?:began|begun|started|broke\s+out|erupted|resumed|launched|fell|collapsed|ended)\s+$", re.I
)
_UNIT_TO = re.compile(r"\b(?:the\s)?(?P<unit>week|month|year)\s(?:ending|ended|to)(?:\son)?\s$", re.I)
_SINCE_EVENT = re.compile(
    r"\bsince\s+(?P<event>(?:(?!(?:since|said|says|told|and|but|when|while|which|who)\b)[\x22“”'‘’]?\w[\w'’-]*[\x22”’,]?(?!\s*\n\s*\n)\s+){1,11}?)(?P<prep>on|in|of|early on|late on|early in|last|this)?\s*(?:the\s+)?$",
    re.I,
)
# "In the 24 hours to Thursday morning".
_HOURS_TO = re.compile(
    blank(
        rf"(?:(?:in|over|during|within) )?(?:the )?(?:past |last |previous )?(?:(?P<hours>12|24|36|48|72|twenty-four|forty-eight|seventy-two)[- ]hours?|(?P<days>\d\d?|two|three|four|five|six|seven|eight|nine|ten|fourteen|thirty)[- ]days?) (?:period )?"
        rf"(?:to|until|till|ending|ended|up to)(?: on| at)? {CLOCK}(?:(?:the )?(?:morning|evening|noon|midnight|dawn)(?: of| on)? )?$"
    ),
    re.I,
)
# "From 27 September 120 settlements were taken": since then, where a clause begins so.
_FROM_ON = re.compile(r"(?:^|[.,;:(\n]\s{0,2})(?:and\s)?from\s(?:the\s)?$", re.I)
_NOT_A_PERIOD = re.compile(
    blank(
        r"\b(?:until|till|by|before|ahead of|as of|as at|prior to|after|following|no later than|starting|beginning|effective|from|"
        r"scheduled for|set for|planned for|slated for|due on|due for|expected on|expected in|up to|(?:month|months|year|week|weeks) to|dated|on or before|as late as|as early as)"
        rf" (?:about |around )?{CLOCK}(?:(?:the )?(?:end|start|middle|close|beginning|evening|morning|night) of )?(?:(?:early|late|mid) )?(?:on |in )?(?:the )?"
        r"(?:(?:evening|morning|night|afternoon|noon|midnight|dawn) (?:of|on) |(?:noon|midnight|midday|dawn|evening|morning) (?:on )?)?$"
    ),
    re.I,
)
# "By the time they pulled out on Thursday, 400 had been treated": until then, since no one knows when.
_BY_THE_TIME = re.compile(r"\bby\sthe\stime\s[^,;.]*$", re.I)
# "the driver, born in 1974", "a carrier built in 2011": of the thing and not of the deed.
_MADE_THEN = re.compile(
    blank(
        r"\b(?:born|built|founded|established|constructed|completed|commissioned|manufactured|produced|made|signed|adopted|elected|dating|married|"
        r"retired|graduated|joined|enlisted|conscripted|drafted|investigation|inquiry|fact-finding mission|field mission|survey|interviews)"
        r"(?: up| back| back to| from)?(?: early| late)?(?: on| in)?(?: the)? $"
    ),
    re.I,
)
_LONGEST_MADE = 60  # characters
# "before dawn on Monday": a part of that day, not a time before it.
_HOUR_OF_DAY = re.compile(
    blank(
        r"\b(?:before|after|until|around|at|by|towards?) (?:first light|dawn|sunrise|daybreak|sunset|dusk|nightfall|sundown|midnight|midday|noon)(?: prayers?)?,?(?: early)?(?: on| of)?(?: the)? $"
    ),
    re.I,
)
_PRAYERS = re.compile(
    r"\s(?:(?:noon|midday|evening|dawn)\s)?(?:prayers?|mass)\b", re.I
)  # "after Friday prayers": on Friday
_VAGUE_PART = re.compile(
    blank(
        r"(?:\b(?:early|late|mid|middle of|end of|start of|beginning of|close of|turn of|height of|"
        r"(?:first|last|final|opening|closing) (?:two |three |few )?(?:days?|weeks?|months?) of|(?:first|second|latter) half of|part of|"
        r"(?:second|third|fourth) weeks? of|spring of|summer of|autumn of|fall of|winter of|spring|summer|autumn|winter)(?: in)?(?: the)? |"
        r"\b(?:mid|early|late)-)$"
    ),
    re.I,
)
_SO_FAR = re.compile(r"\b(?:so|thus)\s+far\s+(?:in\s+|during\s+|for\s+)?(?:the\s+)?$", re.I)
_SO_FAR_AFTER = re.compile(r"\s+(?:so|thus)\s+far\b|\s+to\s+date\b|\s+alone\s+so\s+far\b", re.I)
_EARLIER = re.compile(r"\bearlier\s+(?:on\s+|in\s+)?$", re.I)
_LATER = re.compile(r"\blater\s+(?:on\s+|in\s+)?$", re.I)
_LEAD = re.compile(
    blank(
        r"(?:\b(?:(?:so far|earlier|later|early|late) )?\b(?:on|in|over|during|throughout|within|for|at|across|of) )?(?:the )?"
        r"(?:(?:(?:course|whole|month|early hours|small hours|night|morning|evening|afternoon|day|hours|early morning|late evening|early evening) (?:of|on) )|(?:early|late|earlier) (?:on )?)?(?:the )?$"
    ),
    re.I,
)
_LONGEST_LEAD = 70  # characters
_STAMP_BEFORE = re.compile(
    r"(?:^|\n|[)\]]|(?!(?:ON|IN|OF|BY|TO|THE|AND|SINCE|UNTIL|FROM|AFTER|BEFORE|DURING)\b)\b[A-Z]{2,}|[.!?]|[-–—|]|:)\s*$|^\W*(?i:date)\W+$"
    r"|\b(?i:(?:last\s)?(?:updated?|published|posted|modified|edited|uploaded)|(?:date|time)\sof\s(?:publication|issue)|publication\sdate)(?:\s(?:at|on|:))?\W*(?:\d{1,2}:?\d\d\W+)?(?:GMT\W+)?$"
)
_DATELINE = re.compile(
    r"^[^\n]{0,4}?[A-Z][^\n.]{1,60}?[\s,(]+(?=\d{1,2}\s[A-Z]|[A-Z][a-z]{2,8}\.?\s\d)[^\n]{3,20}?\s?(?:\([^)\n]{2,40}\)\s*)?(?:--|—|–|-)\s",
    re.M,
)


# "Srinagar, Apr 23: Two militants …"
_WITH_COLON = re.compile(
    r"^\s*[A-Z][\w'’]+(?:[ -][A-Z][\w'’]+){0,2},\s(?i:(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*)\.?\s\d{1,2}(?:,?\s\d{4})?"
    r"\s?(?:\([^)\n]{2,30}\)\s?)?(?::|(?=[A-Z])(?<=\)\s))",
    re.M,
)
# A dateline in the midst of a page: "… reported. MOSCOW October 1 (RIA Novosti) -".
_CITY = re.compile(r"(?:^|[.!?:\n\x22”)\]]|\s)\s*[A-Z]{3,}(?:[ /-][A-Z]{2,})*,?\s(?:[A-Z][a-z]+,\s)?$")
_AGENCY = re.compile(
    r",?\s(?:(?:19|20)?\d\d\s)?(?:\([A-Z][\w ./&-]{1,40}\)\s?(?:/[A-Z]+/\s?)?(?:--|—|–|-|:)|/[A-Z][\w ./&-]{1,30}/\.?\s?(?:--|—|–|-|:)?)\s?"
)


def _govern(core: Core, view: View, found: list[Period]) -> Period | None:
    """The period that a core and the words in front of it make; None for what is no period at all."""
    text, days, published = view.text, core.days, view.published
    origin = max(0, core.start - 110)
    before = text[origin : core.start]
    if _is_stamp(core, view):
        return None
    start, end, anaphoric = core.start, core.end, False
    if days.ref and days.ref != "war":
        days = _resolve(days, view, found, core)
        anaphoric = days.ref != "over day"
        if days.ref == "hour day" and days.first is None:
            return None
    if days.open and days.first is None:
        inside = found and found[-1].end >= end  # "this year so far"
        return None if inside else _period(start, end, days, view)
    if days.kind == "since" and core.days.kind != "since":
        return _period(start, end, days, view, anaphoric)  # "in the same period", which is since something
    if days.kind == "since":  # the war's start, or since then
        opener = re.search(r"\b(?:since|from)\b(?!.*\b(?:since|from)\b)", before, re.I | re.S)
        return _period(origin + opener.start() if opener else start, end, days, view, anaphoric)

    calendar = days.kind in ("month", "year", "part", "week")
    vague = (calendar or days.kind == "window") and bool(_VAGUE_PART.search(before))
    says_since = "since" in before.casefold()
    since = _SINCE.search(before) if says_since else None
    event = _SINCE_EVENT.search(before) if says_since and since is None else None
    if event and not (event["prep"] or _possessive(core, text) or _BEGAN.search(event["event"])):
        event = None
    if event and found and found[-1].end > origin + event.start() and "," in text[found[-1].end : core.start]:
        event = None  # "since the start of June, against 62 in the whole of May"
    if since or event:
        opener = since or event
        assert opener is not None
        if (
            (vague and not (since and since["start"]))
            or days.first is None
            or (published is None and not days.full)
        ):
            return _period(
                origin + opener.start(),
                end,
                days._replace(first=None, last=None, kind="since", cumulative=True),
                view,
            )
        if event and found and found[-1].start == origin + opener.start():
            found.pop()
        first = view.war_start if event and _of_invasion(event["event"], days, view) else days.first
        period = _period(
            origin + opener.start(),
            end,
            days._replace(first=first, last=published, kind="since", cumulative=True),
            view,
        )
        if period is not None and days.last is not None:
            period = replace(period, inner=(days.first, days.last))
        return period
    says_hours = days.kind == "day" and any(word in before.casefold() for word in ("hour", "day"))
    hours = _HOURS_TO.search(before) if says_hours else None
    if hours and days.last is not None:
        word = hours["hours"] or hours["days"]
        number = int(word) if word.isdigit() else COUNT[word.casefold()]
        # 24 hours to Thursday morning reach into Wednesday; two days to Thursday are Wednesday and Thursday
        back = -(-number // 24) if hours["hours"] else number - 1
        window = days._replace(first=days.last - timedelta(back), kind="window")
        return _period(origin + hours.start(), end, window, view)
    ending = _UNIT_TO.search(before) if days.kind == "day" else None
    if ending and (last := days.last) is not None:
        if ending["unit"].casefold() == "week":
            days = days._replace(first=last - timedelta(6), kind="week")
        else:
            months = 1 if ending["unit"].casefold() == "month" else 12
            first = months_before(last, months)
            return _period(origin + ending.start(), end, days._replace(first=first, kind="window"), view)
    if days.first is not None and days.kind in ("day", "month", "year") and _FROM_ON.search(before):
        opens = origin + before.casefold().rindex("from")
        return _period(opens, end, days._replace(last=published, kind="since", cumulative=True), view)
    if _MADE_THEN.search(before, max(0, len(before) - _LONGEST_MADE)):
        return None
    so_far = _SO_FAR.search(before) or _SO_FAR_AFTER.match(text, end)
    if (
        days.kind not in ("range", "night", "week")
        and (_NOT_A_PERIOD.search(before) or _BY_THE_TIME.search(before))
        and not _HOUR_OF_DAY.search(before)
        and not _possessive(core, text)
        and not _PRAYERS.match(text, core.end)
    ):
        return _period(start, end, days._replace(first=None, last=None), view)
    if vague or (days.kind in ("week", "month", "window") and _LATER.search(before)):
        return _period(start, end, days._replace(first=None, last=None), view)
    if days.kind == "year" and re.search(view.words.other_war, before):
        return _period(start, end, days._replace(first=None, last=None), view)
    if (
        days.kind in ("month", "year")
        and days.last is not None
        and published is not None
        and days.last > published
    ) and not (so_far or _EARLIER.search(before)):
        if days.kind == "year" and days.last - published <= _LAST_DAYS:
            year = _period(start, end, days, view, anaphoric)
            return year and replace(year, last=days.last)  # "2025 closes with 76 massacres"
        return _period(start, end, days._replace(first=None, last=None), view)  # still running
    if so_far:
        days = days._replace(cumulative=True)
        if so_far.re is _SO_FAR_AFTER:
            end = so_far.end()
    lead = _LEAD.search(before, max(0, len(before) - _LONGEST_LEAD))
    if lead and lead[0]:
        start = origin + lead.start()
    return _period(start, end, days, view, anaphoric)


_LAST_DAYS = timedelta(7)  # in which a year's balance comes out
_WAR_BEGAN = re.compile(
    r"\binvasion\b|\b(?:start|beginning|outbreak|onset|outset) of (?:the|this|its|their) (?:[\w-]+ ){0,2}?(?:war|conflict|fighting|hostilities)\b"
    r"|\b(?:war|conflict|fighting|hostilities) (?:\w+ )?(?:began|started|broke out|erupted)\b",
    re.I,
)


def _of_invasion(event: str, days: Days, view: View) -> bool:
    """Whether a month or year is that of the war's first day: "since its full-scale invasion in February 2022", "since the
    start of the conflict in 2023"."""
    if days.kind not in ("month", "year") or None in (days.first, days.last, view.war_start):
        return False
    assert days.first is not None and days.last is not None and view.war_start is not None
    return (
        _WAR_BEGAN.search(" ".join(event.split())) is not None and days.first <= view.war_start <= days.last
    )


def _period(start: int, end: int, days: Days, view: View, anaphoric: bool = False) -> Period | None:
    first, last = days.first, days.last
    if view.published is None and not days.full:
        first = last = None
    elif view.published is not None and first is not None and last is not None:
        last = min(last, view.published)
        if first > last:
            first = last = None
    if first is None or last is None:
        first = last = None
    while start < end and view.text[start].isspace():
        start += 1
    said = days.kind != "since" and _is_said(start, end, days.kind, view)
    return Period(
        start,
        end,
        view.text[start:end],
        first,
        last,
        days.kind,
        days.cumulative,
        anaphoric,
        days.full,
        said,
        days.open,
    )


_STOP = re.compile(r"[.!?\n]['\"”’)]*\s")


def _is_said(start: int, end: int, kind: Kind, view: View) -> bool:
    """Whether the words beside a day tell that it is the day of a saying."""
    before = _STOP.split(view.text[max(0, start - 160) : start])[-1].rstrip()
    after = view.text[end : end + 40]
    patterns = view.sayings
    if re.search(r"\ban?$", before) and patterns.toll.match(after):
        return True  # "up from an overnight toll of 30"
    if kind == "window":
        return bool(patterns.noun.search(before))
    return bool(patterns.before.search(before) or patterns.after.match(after) or patterns.noun.search(before))


def _possessive(core: Core, text: str) -> bool:
    """Whether the day names an event: "after Monday's strike"."""
    return bool(
        re.search(r"['’]s?$|days$", text[core.start : core.end], re.I)
        or re.match(r"['’]s?\b", text[core.end :], re.I)
    )


def _is_stamp(core: Core, view: View) -> bool:
    """Whether a date is a dateline's or a header's: "KYIV, Nov 20 (Agency) -", "Saturday 7 October 2017 Russian …"."""
    if core.days.kind not in ("day", "range"):
        return False
    text = view.text
    line = text.rfind("\n", 0, core.start) + 1
    if _CITY.search(text[max(0, core.start - 40) : core.start]) and _AGENCY.match(text, core.end):
        return True
    dateline = _DATELINE.match(text, line) or _WITH_COLON.match(text, line)
    if (
        dateline
        and core.end <= dateline.end()
        and core.start - line < 70
        and not text[core.start : core.end].endswith("day")
    ):
        return True
    if (
        not core.days.full
        or core.days.kind != "day"
        or text[core.start : core.start + 4].casefold() == "the "
    ):
        return False
    return bool(_STAMP_BEFORE.search(text[max(0, core.start - 40) : core.start])) or _heads_page(core, text)


# What stands around a date at the head of a web page: "Thu Sep 5 2013 Car bomb kills four", "Reuters Friday 2 May 2014 Ten died".
_STAMP_BEFORE_HEADLINE = re.compile(
    r"(?:^\W*|(?<!\w)(?!(?i:on|in|by|since|from|until|till|of|the|before|after|at|during|as|between|to|through|around|about|and)\b)[A-Z0-9][\w.'’&|-]*\W+)(?:(?:Mon|Tue|Tues|Wed|Thu|Thur|Thurs|Fri|Sat|Sun)(?:day|sday|nesday|rsday|urday)?[,.]?\s+)?$"
)


def _heads_page(core: Core, text: str) -> bool:
    """Whether a full date stands among the headings of a page, with a headline behind it."""
    return (
        core.start < 400
        and bool(re.match(r"[,.:|\s–—-]*(?:\(|[A-Z]|\d|[\x22“‘])", text[core.end : core.end + 8]))
        and not re.match(
            r"\s*[A-Z]\w+(?:\s(?:attack|strike|bombing|massacre|raid|war|agreement|ceasefire|truce)s?)\b",
            text[core.end :],
        )
        and bool(_STAMP_BEFORE_HEADLINE.search(text[max(0, core.start - 40) : core.start]))
    )


def _resolve(days: Days, view: View, found: list[Period], core: Core) -> Days:
    """An anaphor: the day, or the stretch, that the text named last."""
    dated = [p for p in found if p.first is not None and p.last is not None and not p.of_saying]
    what, _, detail = days.ref.partition(" ")
    if what == "lasting":
        return _lasting(days, dated, int(detail))
    if what == "hour":
        lately = dated[-1] if dated and core.start - dated[-1].end < 300 else None
        if lately is None or lately.kind not in ("day", "night"):
            return days
        return days._replace(first=lately.last, last=lately.last, full=lately.full)
    if what == "over":
        lately = next((p for p in reversed(dated) if core.start - p.end < 400), None)
        if lately is not None and lately.kind in ("day", "night"):
            return days._replace(first=lately.last, last=lately.last, full=lately.full)
        return this_unit("day", view.published)._replace(kind="day", ref=days.ref)
    if what == "then":
        last = dated[-1] if dated else None
        if last is None or last.first is None or last is not found[-1]:
            return days
        if last.kind not in ("day", "night", "month", "year", "range"):
            return days
        return days._replace(first=last.first, last=view.published)
    if what == "year":
        last = dated[-1] if dated else None
        return days if last is None else _in_year(days, last, int(detail))
    if what == "shift":
        named = [p for p in found if p.first is not None and p.last is not None]
        if days.kind in ("week", "month", "year"):
            return _unit_shifted(days, named, int(detail))
        nights = [p for p in named[-3:] if p.kind == "night"]
        if days.kind == "night" and nights:
            return _days_shifted(days, nights[-1], int(detail))  # "overnight … the night before"
        days = days._replace(kind="day")
        single = [p for p in named[-1:] if p.kind in ("day", "night") and p.first == p.last]
        if not single or single[0].first is None:
            return days
        day = single[0].first + timedelta(int(detail))
        return days._replace(first=day, last=day, full=single[0].full)
    if detail == "days":
        number = re.search(r"(two|three|four|five|\d)\s\w+$", view.text[core.start : core.end], re.I)
        if number:
            length = COUNT.get(number[1].casefold()) or int(number[1])
            dated = [p for p in dated if p.first and p.last and (p.last - p.first).days + 1 == length]
        fits: tuple[tuple[Kind, ...], ...] = (("range", "weekend", "night", "window", "week"),)
    else:
        fits = _FITS[detail.rstrip("s")]
    if fits is _STRETCH and dated and core.start - dated[-1].end < 250 and dated[-1].kind == "since":
        last = dated[-1]  # "since November … over the same period"
        return days._replace(
            first=last.first, last=last.last, kind=last.kind, full=last.full, cumulative=True
        )
    if detail == "day" and dated and core.start - dated[-1].end < 250 and dated[-1].inner is not None:
        first, last_day = dated[-1].inner
        if first == last_day:  # "deaths since 7 October … were killed on that day"
            return days._replace(first=first, last=first, full=dated[-1].full)
    for kinds in fits:
        for period in reversed(dated):
            short = (
                period.first is not None
                and period.last is not None
                and (period.last - period.first).days <= 1
            )
            if period.kind in kinds and (detail != "day" or short):
                return days._replace(first=period.first, last=period.last, kind=period.kind, full=period.full)
    if detail == "day" and view.text[core.start : core.end].casefold().startswith(("earlier", "later")):
        return this_unit("day", view.published)
    if detail == "week" and view.text[core.start : core.end].casefold() in _OVER_THE_WEEK and view.published:
        # of a bulletin that names no week: the one up to it
        return days._replace(first=view.published - timedelta(7), last=view.published, kind="window")
    return days


_OVER_THE_WEEK = frozenset(("over the week", "during the week", "in the course of the week"))


def _lasting(days: Days, dated: list[Period], length: int) -> Days:
    """ "In eight days", where the stretch that the text named last is that long: since 13 July, told on the 21st."""
    for period in reversed(dated):
        if period.first is None or period.last is None or period.kind in ("day", "night"):
            continue
        if length - 1 <= (period.last - period.first).days <= length:
            return days._replace(first=period.first, last=period.last, full=period.full, open=False)
        break
    return days


def _in_year(days: Days, period: Period, year: int) -> Days:
    """The days of a period in another year; the year before where none is told."""
    assert period.first is not None and period.last is not None
    back = 12 * (period.first.year - year if year else 1)
    end = months_before(period.last + timedelta(1), back) - timedelta(1)
    return days._replace(first=months_before(period.first, back), last=end, full=period.full)


def _days_shifted(days: Days, period: Period, number: int) -> Days:
    assert period.first is not None and period.last is not None
    away = timedelta(number)
    return days._replace(first=period.first + away, last=period.last + away, full=period.full)


def _unit_shifted(days: Days, named: list[Period], units: int) -> Days:
    """ "The week before", "a year earlier": counted from the week, month or year that the text named last."""
    for period in reversed(named):
        first, last = period.first, period.last
        assert first is not None and last is not None
        length = (last - first).days + 1
        match days.kind:
            case "week" if period.kind == "week":
                monday = first - timedelta(first.weekday() - 7 * units)
                return days._replace(first=monday, last=monday + timedelta(6))
            case "week" if length in (7, 8):
                begin = first + timedelta(7 * units)
                return days._replace(first=begin, last=begin + timedelta(length - 1))
            case "month" if first.day == 1 and length <= 31:
                begin = months_before(first, -units)
                return days._replace(first=begin, last=months_before(begin, -1) - timedelta(1))
            case "year" if first.day == 1 and period.kind in ("month", "year", "part"):
                end = months_before(last + timedelta(1), -12 * units) - timedelta(1)
                return days._replace(first=months_before(first, -12 * units), last=end)
    return days


# Which kinds an anaphor may mean, best first: "in the same period" rather means the past day than March.
_STRETCH: tuple[tuple[Kind, ...], ...] = (
    ("window", "range", "week", "weekend", "night"),
    ("month", "part", "year", "since"),
)
_FITS: dict[str, tuple[tuple[Kind, ...], ...]] = {
    "day": (("day", "night", "window"),),  # of bulletins: "over the past day … on the same day"
    "night": (("night", "day"),),
    "morning": (("day", "night"),),
    "evening": (("day", "night"),),
    "afternoon": (("day",),),
    "weekend": (("weekend",),),
    "week": (("week", "window", "range"),),
    "month": (("month", "window"),),
    "year": (("year", "window"),),
    "period": _STRETCH,
    "time": _STRETCH,
    "hour": _STRETCH,
    "timeframe": _STRETCH,
    "time frame": _STRETCH,
    "time period": _STRETCH,
    "time span": _STRETCH,
}
