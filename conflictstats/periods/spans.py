"""Two expressions of time that make one period: "from X to Y", "on Monday and Tuesday", "overnight into Friday"."""

from __future__ import annotations

import re
from datetime import date, timedelta

from conflictstats.periods.dateforms import DASH, Core, blank
from conflictstats.periods.moments import Days, Kind, View, named_month

CLOCK = (
    r"(?:(?:about |around )?(?:\d{4}|\d{1,2}(?:[:.]\d\d)?)(?: ?[ap]\.?m\.?| ?hours| ?GMT)?,?(?: on| of)? )?"
)
_DAYTIME = r"(?:(?:the )?(?:early |late )?(?:hours|mornings?|afternoons?|evenings?|nights?|dawn|noon|midnight)(?: hours)?(?: of| on)? )?"
_LINK = re.compile(
    blank(
        rf"(?: ?\([\w ]+\))?(?P<clock>,?(?: at)? ?{CLOCK.replace(' on| of', '')})?,? ?(?P<link>to|and|until|till|through|into|up to|up until|or|{DASH}) ?{CLOCK}{_DAYTIME}(?:on |in |the |early |late )*"
    ),
    re.I,
)
_FROM = re.compile(blank(rf"\b(?P<word>from|between)\s{CLOCK}{_DAYTIME}(?:on |the |early |late )*$"), re.I)
_TO_NOW = re.compile(
    r"\s+(?:to|until|till|through)\s+(?:now|date|the present|present|the present day|this day)\b|\s+onwards?\b",
    re.I,
)
# "between 11 p.m. Moscow time (8 p.m. GMT) on 24 December and 7 a.m.": the second hour is of the next day
_HOUR = r"\d{1,2}(?:[:.]\d\d)?(?: ?[ap]\.?m\b\.?)?"
_BY_WHOM = r"(?: (?:local|[A-Z][a-z]+) time| (?:GMT|UTC))?(?: \([\w:. ]+\))?"
_FROM_HOUR = re.compile(
    blank(rf"\b(?P<word>[Ff]rom|[Bb]etween) (?P<hour>{_HOUR}){_BY_WHOM},?(?: on| of)?(?: the)? $")
)
_TO_HOUR = re.compile(
    blank(
        rf",? (?:and|to|until|till|through) (?P<hour>{_HOUR})(?![\w:]){_BY_WHOM}(?! (?:on|of) (?:the )?(?:[A-Z]|\d))"
    )
)
_NIGHT_OF = re.compile(
    blank(
        r"\b(?:overnight|(?:the|last) night)(?:,? (?P<link>into|to|from|of|on|between|through))?(?: the)? $"
    ),
    re.I,
)
_OVERNIGHT_LINK = re.compile(
    blank(
        r",? ?(?:\(?(?P<link>into|to|from|of|on|between|through|towards))?(?: the)?(?: night| morning| early hours| morning hours)?(?: of| on| to)? ?"
    ),
    re.I,
)


def join(cores: list[Core], view: View) -> list[Core]:
    """Two cores that make one period: from X to Y, on Monday and Tuesday, overnight into Friday."""
    text = view.text
    joined: list[Core] = []
    position = 0
    while position < len(cores):
        core = cores[position]
        after = cores[position + 1] if position + 1 < len(cores) else None
        if core.days.kind in ("day", "month", "year", "week") and not core.days.ref:
            pair = (
                _pair(core, after, view) or _weekday_of_week(core, after, view) if after is not None else None
            )
            if pair is not None:
                core = pair
                position += 1
                after = cores[position + 1] if position + 1 < len(cores) else None
            elif _FROM.search(text[max(0, core.start - 40) : core.start]) and _TO_NOW.match(text, core.end):
                core = Core(
                    core.start,
                    core.end,
                    core.days._replace(kind="since", cumulative=True, last=view.published),
                )
            else:
                core = _into_the_next_day(core, text)
        joined.append(core)
        position += 1
    return _nights(joined, view)


def _into_the_next_day(core: Core, text: str) -> Core:
    """ "Between 11 p.m. on 24 December and 7 a.m.": a day and the one that its second hour is of."""
    left = _FROM_HOUR.search(text[max(0, core.start - 60) : core.start])
    right = _TO_HOUR.match(text, core.end)
    last = core.days.last
    if core.days.kind != "day" or last is None or left is None or right is None:
        return core
    if _minutes(right["hour"]) >= _minutes(left["hour"]):
        return core
    days = core.days._replace(last=last + timedelta(1), kind="range")
    return Core(max(0, core.start - 60) + left.start(), right.end(), days)


def _minutes(hour: str) -> int:
    """Since midnight."""
    whole, minutes = map(int, re.findall(r"\d+", hour + ":0")[:2])
    evening = re.search(r"p\.?m", hour, re.I) is not None
    return (whole % 12 + 12 * evening if re.search("m", hour, re.I) else whole) * 60 + minutes


def _weekday_of_week(core: Core, after: Core, view: View) -> Core | None:
    """ "Tuesday of last week", "last week on Tuesday": the day in that week."""
    day, week = (core, after) if after.days.kind == "week" else (after, core)
    if (
        day.days.kind != "day"
        or week.days.kind != "week"
        or day.days.first is None
        or week.days.first is None
    ):
        return None
    if (
        not re.fullmatch(r",?\s(?:of\s|on\s)?(?:the\s)?", view.text[core.end : after.start])
        or day.days.full
        or not day.days.year
    ):
        return None
    found = week.days.first + timedelta(day.days.first.weekday())
    return Core(core.start, after.end, Days(found, found, "day"))


def _pair(core: Core, after: Core, view: View) -> Core | None:
    a, b = core.days, after.days
    if "week" in (a.kind, b.kind):
        return None
    if b.kind not in ("day", "month", "year") or b.ref or after.start - core.end > 40:
        return None
    link = _LINK.fullmatch(view.text, core.end, after.start)
    if link is None:
        return None
    word = link["link"].casefold()
    left = _FROM.search(view.text[max(0, core.start - 48) : core.start])
    opener = left["word"].casefold() if left else ""
    start = core.start - (48 if core.start >= 48 else core.start) + left.start() if left else core.start
    range_ = word not in ("and", "or") or (word == "and" and opener == "between")
    if word == "or" or (word in ("until", "till", "up to", "up until") and opener != "from"):
        return None
    if a.first is None and not a.year and b.full and b.last is not None:
        a = a._replace(first=None)
    first, last = a.first, b.last
    if b.full and not a.year:  # "from December to May 2023": the year stands once
        first = _relative_to(core, b, view)
    if first is None and last is not None and opener and a.kind == "day" and not a.ref:
        first = _relative_to(core, b, view)  # in August, "from October 8 to July 31" began the year before
    if first is None or last is None:
        if not range_ and not opener:
            return None
        if first is not None and last is None and opener and view.published is not None:
            last = view.published if b.first is None and not b.full and first <= view.published else None
        if first is None or last is None:
            return Core(start, after.end, Days(None, None, "range"))
    if not range_:
        # "on Monday and Tuesday", "in May and June": one stretch where they touch
        if a.kind != b.kind or a.last is None or b.first is None or (b.first - a.last).days != 1:
            return None
        return Core(start, after.end, Days(first, last, "range"))
    if first > last:
        if a.kind == "day" and (first - last).days < 7:
            first -= timedelta(7)  # "from Friday to Monday" in a Saturday's paper: both lie behind
        elif a.kind == "month" and not a.full:
            first = first.replace(year=first.year - 1)
        else:
            return Core(start, after.end, Days(None, None, "range"))
    kind: Kind = "night" if word == "into" else "range"
    return Core(start, after.end, Days(first, last, kind, full=a.full and b.full))


_STILL_TO_COME = 61  # days: nearer to the end of a range, a day would be taken for one after it


def _relative_to(core: Core, end: Days, view: View) -> date | None:
    """The first end of a range whose last end has the year."""
    if end.last is None:
        return None
    word = view.text[core.start : core.end]
    other = view._replace(published=end.last, war_start=None)
    for pattern, rule in view.words.forms:
        match = pattern.fullmatch(word)
        for back in (0, _STILL_TO_COME) if match and rule is not named_month else ():
            assert match is not None
            seen = other._replace(text="from " + word, published=end.last - timedelta(back))
            days = rule(match, seen)
            if days is not None and (days.first is not None or back):
                return days.first
    month = view.words.months.get(word.casefold()) or view.words.months.get(word.casefold().rstrip("."))
    if month is None:
        return None
    first = date(end.last.year, month, 1)
    return first if first <= end.last else first.replace(year=first.year - 1)


def _nights(cores: list[Core], view: View) -> list[Core]:
    """Overnight and a day beside it: "overnight into Friday", "in the night to Friday", "the night of 5-6 May"."""
    out: list[Core] = []
    position = 0
    text = view.text
    while position < len(cores):
        core = cores[position]
        after = cores[position + 1] if position + 1 < len(cores) else None
        if (
            core.days.kind == "night"
            and after is not None
            and not core.days.full
            and after.start - core.end < 40
        ):
            link = _OVERNIGHT_LINK.fullmatch(text, core.end, after.start)
            if link and after.days.kind in ("day", "range", "night"):
                out.append(Core(core.start, after.end, _night_of(link["link"], after.days, view)))
                position += 2
                continue
        if core.days.kind in ("day", "range"):
            left = _NIGHT_OF.search(text[max(0, core.start - 40) : core.start])
            word = (left["link"] or "").casefold() if left else ""
            if left and (word in ("into", "to", "through") or core.days.kind == "range"):
                start = max(0, core.start - 40) + left.start()
                core = Core(start, core.end, _night_of(word, core.days, view))
        out.append(core)
        position += 1
    return out


def _night_of(link: str | None, days: Days, view: View) -> Days:
    word = (link or "").casefold()
    if word == "of" and days.kind == "day":
        return days  # "during the night of May 14" is Monday night's case: that day
    if days.first is None or days.last is None or days.kind != "day":
        return days._replace(kind="night")
    if word in ("into", "to", "through", "towards") or days.last == view.published:
        return days._replace(first=days.first - timedelta(1), kind="night")
    return days._replace(last=days.last + timedelta(1), kind="night")
