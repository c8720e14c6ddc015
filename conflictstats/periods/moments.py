"""What one expression of time means by itself, resolved against the day of publication: a rule for each form.

A rule gets the match of its form (`dateforms`) and the text around it, and gives the days that it names, or
None where the words mean something else: "may" the verb, "2000 attacks". Days without dates are of a period
that cannot be dated: "in recent weeks", everything relative in an article without a date.
"""

from __future__ import annotations

import itertools
import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from typing import Literal, NamedTuple, TypeAlias

from conflictstats.beginnings import Index
from conflictstats.periods.saiddays import Sayings

Kind = Literal[
    "day",  # one day
    "night",  # a day and the next: overnight
    "weekend",
    "week",  # a calendar week, or this one so far
    "month",  # a calendar month, or this one so far
    "year",
    "part",  # a half or a quarter, the first three months
    "window",  # a stretch that ends on publication: the past three days
    "range",  # from X to Y
    "since",  # from X to publication
]


class Days(NamedTuple):
    """What a core means by itself, and how far it was written out."""

    first: date | None
    last: date | None
    kind: Kind
    cumulative: bool = False
    full: bool = False
    year: bool = True  # False: the year was not written, and may come from the other end of a range
    ref: str = ""  # an anaphor: which one
    open: bool = False  # the words name a stretch, but not which days: "to date", "in three days"


class View(NamedTuple):
    """What the resolvers know: the text, the day of publication, when the war began, and the words."""

    text: str
    published: date | None
    war_start: date | None
    words: Calendar
    sayings: Sayings


Rule: TypeAlias = Callable[[re.Match[str], View], Days | None]
Form: TypeAlias = tuple[re.Pattern[str], Rule]


class Calendar(NamedTuple):
    """The calendar of a codebook, by kind, and the patterns that are made of it."""

    weekdays: dict[str, int]
    months: dict[str, int]
    relative: dict[str, int]
    feasts: dict[str, tuple[int, int]]
    other_war: re.Pattern[str]
    forms: tuple[Form, ...]
    beginnings: Index[Form]


COUNT = {
    word: number
    for number, word in enumerate(
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"],
        start=1,
    )
} | {"a": 1, "an": 1, "couple": 2, "a couple of": 2, "couple of": 2, "twenty-four": 24, "forty-eight": 48, "thirty": 30,
     "seventy-two": 72, "ninety": 90, "sixty": 60}  # fmt: skip
ORDINALS = {
    word: number
    for number, word in enumerate(
        [
            "first",
            "second",
            "third",
            "fourth",
            "fifth",
            "sixth",
            "seventh",
            "eighth",
            "ninth",
            "tenth",
            "eleventh",
            "twelfth",
            "thirteenth",
            "fourteenth",
            "fifteenth",
            "sixteenth",
            "seventeenth",
            "eighteenth",
            "nineteenth",
            "twentieth",
            "twenty-first",
            "twenty-second",
            "twenty-third",
            "twenty-fourth",
            "twenty-fifth",
            "twenty-sixth",
            "twenty-seventh",
            "twenty-eighth",
            "twenty-ninth",
            "thirtieth",
            "thirty-first",
        ],
        start=1,
    )
}


def _month_span(year: int, month: int) -> tuple[date, date]:
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def months_before(day: date, months: int) -> date:
    index = day.year * 12 + day.month - 1 - months
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _month_number(match: re.Match[str], view: View) -> int | None:
    """The month's number; "may" and "march" in small letters are verbs."""
    name = match["month"]
    if name.islower() and name in ("may", "march", "mar", "jan", "jun", "sept", "dec"):
        return None
    return view.words.months.get(name.casefold()) or view.words.months.get(name.casefold().rstrip("."))


def _day_number(written: str) -> int:
    digits = re.match(r"\d+", written)
    return int(digits[0]) if digits else ORDINALS[written.casefold()]


def _safe_date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _latest(month: int, day: int, view: View, past: bool = False) -> date | None:
    """The latest such day on or before publication.

    A day within the next two months is left alone: without a year, it is still to come (but for what is `past`). And the day a
    war began is its first anniversary only in the weeks around the anniversary: "on October 7".
    """
    published = view.published
    if published is None:
        return None
    start = view.war_start
    found = None
    for year in range(published.year, published.year - 9, -1):
        candidate = _safe_date(year, month, day)
        if candidate is None:
            continue
        if candidate > published:
            if start and (start.month, start.day) == (month, day) and start < published:
                return start  # "the attack of October 7", in August
            if (candidate - published).days <= 60 and not past:
                return None
            continue
        found = candidate
        break
    if start and found and (start.month, start.day) == (month, day) and (published - found).days > 45:
        return start if start <= published else found
    return found


def iso_date(match: re.Match[str], view: View) -> Days | None:
    day = _safe_date(int(match["year"]), int(match["month"]), int(match["day"]))
    return Days(day, day, "day", full=True) if day else None


def slashed_date(match: re.Match[str], view: View) -> Days | None:
    """Day and month, or month and day: told apart only where one of them is no month."""
    one, two, year = int(match["one"]), int(match["two"]), int(match["year"])
    if (one > 12) == (two > 12) and one != two:
        return Days(None, None, "day", full=True)
    day = _safe_date(year, two, one) if one > 12 else _safe_date(year, one, two)
    return Days(day, day, "day", full=True) if day else None


def month_day(match: re.Match[str], view: View) -> Days | None:
    month = _month_number(match, view)
    if month is None:
        return None
    if not match["day"][0].isdigit() and " of " not in match[0].casefold():
        return None
    if _OF_A_NAME.match(view.text, match.end()) and not _BEFORE_DATE.search(
        view.text[max(0, match.start() - 12) : match.start()]
    ):
        return None
    number = _day_number(match["day"])
    month_first = match.start("month") < match.start("day")
    if match["year"]:
        year = int(match["year"])
        if year < 100:
            year += 1900 if year > 40 else 2000
        day = _safe_date(year, month, number)
        return Days(day, day, "day", full=True) if day else None
    if (
        month_first
        and re.search(r"(?:^|\W)(?:in|during)\s$", view.text[max(0, match.start() - 8) : match.start()], re.I)
        and not re.match(r"\s?(?:,|(?:a|an|the|at|when|as|some|by)\b|[A-Z])", view.text[match.end() :])
    ):
        return None  # "in March 12 soldiers were killed"; but "in June 23 a group blew up"
    since = _SINCE_THEN.search(view.text, max(0, match.start() - 90), match.start()) is not None
    day = _latest(month, number, view, past=since)
    return Days(day, day, "day", year=False)


_SINCE_THEN = re.compile(r"\bsince\b[^.;,\n]*\Z", re.I)


# "The 26 July Movement", "M-19 [19 April Movement]": what is named after a date.
_OF_A_NAME = re.compile(
    r"\s(?:revolutionary\s|people['’]?s\s)?(?:movement|alliance|coalition|group|organi[sz]ation|revolution|brigades?|bloc)\b",
    re.I,
)
_BEFORE_DATE = re.compile(r"\b(?:on|since|from|until|by|before|after|to|of|in)\s(?:the\s)?$", re.I)
# "between the afternoons of 21 and 24 May"
_BETWEEN = re.compile(
    r"\bbetween\s+(?:\d\d?:\d\d\s+(?:on\s+)?)?(?:(?:the\s+)?(?:early\s+|late\s+)?\w+\s+(?:of|on)\s+)?(?:the\s+)?$",
    re.I,
)


def several_days(match: re.Match[str], view: View) -> Days | None:
    month = _month_number(match, view)
    if month is None or not (match["day"][0].isdigit() and match["last"][0].isdigit()):
        return None
    first, last = _day_number(match["day"]), _day_number(match["last"])
    link = match["link"].casefold()
    between = _BETWEEN.search(view.text[max(0, match.start() - 40) : match.start()])
    if link == "and" and not between:
        days = [first, *(int(n) for n in re.findall(r"\d+", match["more"])), last]
        if any(b - a != 1 for a, b in itertools.pairwise(days)):
            return Days(None, None, "range")
    elif match["more"]:
        return None
    end = _safe_date(int(match["year"]), month, last) if match["year"] else _latest(month, last, view)
    if end is None and view.published is not None and not match["year"] and first < last:
        # a range that reaches beyond publication ends there
        start = _latest(month, first, view)
        near = start is not None and (view.published - start).days <= last - first
        return Days(start, view.published, "range", year=False) if near else Days(None, None, "range")
    if end is None:
        return Days(None, None, "range")
    begin = _safe_date(end.year, month, first)
    if first > last:
        begin = _safe_date(
            (end.replace(day=1) - timedelta(1)).year, (end.replace(day=1) - timedelta(1)).month, first
        )
    return Days(begin, end, "range", full=bool(match["year"]), year=bool(match["year"]))


def month_of_year(match: re.Match[str], view: View) -> Days | None:
    month = _month_number(match, view)
    if month is None:
        return None
    return Days(*_month_span(int(match["year"]), month), "month", full=True)


def months_of_year(match: re.Match[str], view: View) -> Days | None:
    """ "January–March 2025"; "November–January 2025" begins the year before."""
    last = month_of_year(match, view)
    opens = view.words.months.get(match["opens"].casefold().rstrip("."))
    if last is None or last.last is None or opens is None:
        return None
    year = last.last.year - (opens > last.last.month)
    return Days(date(year, opens, 1), last.last, "range", full=True)


def week_of_month(match: re.Match[str], view: View) -> Days | None:
    """ "The first week of June": its first seven days."""
    month = _month_number(match, view)
    if month is None:
        return None
    begin = 7 * ["first", "second", "third"].index(match["which"].casefold()) + 1
    first = _safe_date(int(match["year"]), month, begin) if match["year"] else _latest(month, begin, view)
    last = first + timedelta(6) if first is not None else None
    return Days(first, last, "range", full=bool(match["year"]), year=bool(match["year"]))


_BEFORE_MONTH = re.compile(
    r"(?:\b(?:in|during|throughout|since|for|of|from|between|to|and|until|till|through|by|before|after|early|late|mid|"
    r"earlier|as|over|around|alone in)|[-–—])\s*(?:the month of\s)?$",
    re.I,
)


def named_month(match: re.Match[str], view: View) -> Days | None:
    month = _month_number(match, view)
    if month is None or match["month"][0].islower():
        return None
    which = (match["which"] or "").casefold()
    before = view.text[max(0, match.start() - 24) : match.start()]
    if not which and not match["own"] and not _BEFORE_MONTH.search(before):
        return None  # "August shelling", "Theresa May"
    if match["month"] == "MAY" and re.match(
        r"\s+(?:BE|HAVE|NOT|WELL|BEGIN|COME|ALSO)\b", view.text[match.end() :]
    ):
        return None
    if which == "next":
        return Days(None, None, "month")
    published = view.published
    if published is None:
        return Days(None, None, "month", year=False)
    first, last = _month_span(published.year, month)
    if first > published or (which in ("last", "the previous") and last >= published):
        first, last = _month_span(published.year - 1, month)
    return Days(first, last, "month", year=bool(which))


def month_of_that_year(match: re.Match[str], view: View) -> Days | None:
    """ "In August last year", "in March of this year"."""
    month = _month_number(match, view)
    if month is None or view.published is None:
        return None if month is None else Days(None, None, "month")
    year = view.published.year - (match["which"].casefold() in ("last", "the previous"))
    return Days(*_month_span(year, month), "month")


def feast_day(match: re.Match[str], view: View) -> Days | None:
    day = _latest(*view.words.feasts[folded(match["name"])], view)
    return Days(day, day, "day")


def folded(name: str) -> str:
    return re.sub(r"\s+", " ", name.casefold())


def relative_day(match: re.Match[str], view: View) -> Days | None:
    shift = view.words.relative[folded(match["name"])]
    if view.published is None or shift > 0:
        return Days(None, None, "day")
    day = view.published + timedelta(shift)
    return Days(day, day, "day")


_NOT_A_DAY = re.compile(r"\s(?:Times|Telegraph|Mirror|Mail|Herald|Express|Mosque|Market)\b")


def named_weekday(match: re.Match[str], view: View) -> Days | None:
    text, own = view.text, match["own"] or ""
    if _NOT_A_DAY.match(text, match.end()):
        return None
    before = text[max(0, match.start() - 12) : match.start()]
    # "Saturdays blast" has lost its apostrophe; "on Saturdays" is a habit
    habit = re.search(r"\b(?:on|every|most|all)\s$", before, re.I)
    if own.casefold() == "s" and (habit or not re.match(r"\s[a-z]", text[match.end() : match.end() + 2])):
        return None
    if re.search(r"\b(?:every|each|Black|Bloody)\s$", before, re.I):
        return None
    if re.search(r"\b(?:Good|Ash|Palm|Easter|Holy)\s$", before):
        return Days(None, None, "day")  # a feast that moves
    which = (match["which"] or "").casefold()
    if view.published is None or which in ("next", "the coming", "this coming", "the following"):
        return Days(None, None, "day")
    number = view.words.weekdays[folded(match["day"])]
    back = (view.published.isoweekday() - number) % 7
    if not back and which in ("last", "the previous"):
        back = 7
    day = view.published - timedelta(back)
    return Days(day, day, "day")


def last_night(match: re.Match[str], view: View) -> Days | None:
    if view.published is None:
        return Days(None, None, "night")
    if re.match(r"['’]?s\b", view.text[match.end() :], re.I) and match[0].casefold() == "last night":
        evening = view.published - timedelta(1)  # "last night's attack", as "Monday night's" is Monday's
        return Days(evening, evening, "day")
    return Days(view.published - timedelta(1), view.published, "night")


def the_weekend(match: re.Match[str], view: View) -> Days | None:
    which = match["which"].casefold()
    if which in ("the same", "that"):
        return Days(None, None, "weekend", ref="same weekend")
    if view.published is None or which in ("next", "this coming"):
        return Days(None, None, "weekend")
    saturday = view.published - timedelta((view.published.isoweekday() - 6) % 7)
    if which in ("last", "the previous") and saturday + timedelta(1) >= view.published:
        saturday -= timedelta(7)
    return Days(saturday, saturday + timedelta(1), "weekend")


def last_days(match: re.Match[str], view: View) -> Days | None:
    words = match[0].casefold()
    unit = match["unit"].casefold()
    single, unit = not unit.endswith("s"), unit.rstrip("s")
    previous = re.search(r"previous|preceding", words)
    if previous and not match["number"]:
        return None  # an anaphor
    published = view.published
    if match["few"] or (not match["number"] and not single) or published is None:
        return Days(None, None, "window")
    if re.match(r"\s+of\b", view.text[match.end() :]) and not match["number"]:
        return Days(None, None, "window")  # the last day of the truce
    if "past" not in words and not match["number"] and not re.match(r"(?:the|this|these)\s", words):
        return _calendar_before(unit, published)
    number = COUNT.get(folded(match["number"] or "one")) or int(match["number"])
    match unit:
        case "hour":
            first = published - timedelta(-(-number // 24) if number > 1 else 0)
        case "day" | "night":
            first = published - timedelta(number)
        case "week":
            first = published - timedelta(7 * number)
        case _:
            first = months_before(
                published, {"month": 1, "quarter": 3, "year": 12, "decade": 120}[unit] * number
            )
    return Days(first, published, "window")


def _calendar_before(unit: str, published: date) -> Days | None:
    """Last week, last month, last year: the calendar's, not a window's."""
    if unit == "week":
        monday = published - timedelta(published.weekday() + 7)
        return Days(monday, monday + timedelta(6), "week")
    if unit == "month":
        last = published.replace(day=1) - timedelta(1)
        return Days(last.replace(day=1), last, "month")
    if unit == "year":
        return Days(date(published.year - 1, 1, 1), date(published.year - 1, 12, 31), "year")
    if unit == "quarter":
        last = date(published.year, published.month - (published.month - 1) % 3, 1) - timedelta(1)
        return Days(date(last.year, last.month - 2, 1), last, "part")
    return Days(None, None, "window")


def vague_days(match: re.Match[str], view: View) -> Days | None:
    return Days(None, None, "window")


def this_week(match: re.Match[str], view: View) -> Days | None:
    return this_unit(match["unit"].casefold(), view.published)


def this_unit(unit: str, published: date | None) -> Days:
    """This week, this month, this year: from its first day to publication."""
    if published is None:
        return Days(None, None, "window")
    first = {
        "day": published,
        "week": published - timedelta(published.weekday()),
        "month": published.replace(day=1),
        "year": date(published.year, 1, 1),
        "quarter": date(published.year, published.month - (published.month - 1) % 3, 1),
    }.get(unit)
    return Days(first, published if first else None, "week" if unit == "week" else "window")


def year_part(match: re.Match[str], view: View) -> Days | None:
    whole, unit = match["whole"].casefold(), match["unit"].casefold()
    number = match.groupdict().get("number")
    if whole[-4:].isdigit():
        year = int(whole[-4:])
    elif view.published is None:
        return Days(None, None, "part")
    else:
        year = view.published.year - ("last" in whole or "previous" in whole)
    which = match["which"].casefold()
    order = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": -1}.get(which) or int(which[0])
    if unit == "months":
        length = COUNT.get(folded(number)) or int(number) if number else 0
    else:
        length = 6 if unit in ("half", "h") else 3
    if not 0 < length < 12 or (unit == "months" and order not in (1, -1)) or order * length > 12:
        return None
    begin = 13 - length if order == -1 else (order - 1) * length + 1
    first, last = date(year, begin, 1), _month_span(year, begin + length - 1)[1]
    if view.published and first > view.published and not whole[-4:].isdigit():
        first, last = first.replace(year=year - 1), last.replace(year=year - 1)
    return Days(first, last, "part", full=whole[-4:].isdigit())


def days_ago(match: re.Match[str], view: View) -> Days | None:
    number, unit = folded(match["number"]), match["unit"].casefold().rstrip("s")
    count = COUNT.get(number) or (int(number) if number.isdigit() else None)
    hedged = not match[0].casefold().startswith(match["number"].casefold())
    if view.published is not None and unit == "minute":
        return Days(view.published, view.published, "day")  # "a few minutes ago"
    if view.published is None or count is None or hedged or unit not in ("hour", "day", "night"):
        return Days(None, None, "day")  # weeks and more are no dates
    day = view.published - timedelta(count if unit in ("day", "night") else count // 24)
    return Days(day, day, "day")


_SINCE_WAR = re.compile(
    r"\b(?P<opener>since|from)\s+(?P<between>(?:the\s+|its\s+|their\s+)?(?:very\s+)?"
    r"(?P<start>(?:start|beginning|outbreak|onset|outset|launch|eruption|first day)\s+of\s+)?(?:[\w'’-]+\s+){0,4})$",
    re.I,
)
_UNTIL = re.compile(r"(?:\s(?:in|on|against)\s[\w-]+)?\s(?:to|until|till|through|up\sto)\b", re.I)
_OTHER_WAR = re.compile(
    r"\b(?:world|cold|gulf|first|second|third|last|previous|earlier|ground|land|trade|drug|proxy|before|after|in|\w*\d\w*)\b",
    re.I,
)
_BEGAN = re.compile(
    r"\s+(?:first\s+)?(?:began|begun|started|broke\s+out|erupted|was\s+launched|commenced|flared|(?:against|of|on|in|between)\s[^.;,]{3,60}?\s(?:began|started|broke\s+out|erupted))\b",
    re.I,
)


def start_of_war(match: re.Match[str], view: View) -> Days | None:
    since = _SINCE_WAR.search(view.text[max(0, match.start() - 90) : match.start()])
    if since is None or _OTHER_WAR.search(since["between"]):
        return None
    if since["opener"].casefold() == "from" and (not since["start"] or _UNTIL.match(view.text, match.end())):
        return None  # "from the war in Yemen", "from the start of the war to May"
    invasion = "invasion" in match[0].casefold()
    began = _BEGAN.match(view.text, match.end())
    launched = re.search(r"\b(?:launched|began|started)\s", since["between"], re.I)
    named = re.search(r"['’]s (?:start|beginning|outbreak|onset)", match[0], re.I)
    if not (since["start"] or invasion or began or launched or named):
        return None
    start = view.war_start
    vague = re.search(r"\b(?:hostilities|fighting|crisis|aggression)\b", match[0], re.I)
    if vague and start and view.published and (view.published - start).days > 1500:
        start = None  # the latest round, and no one knows which
    if start is None or (view.published is not None and start > view.published):
        return Days(None, None, "since", True, ref="war")
    return Days(start, view.published, "since", True, ref="war")


_AS_OF_MORNING = re.compile(r"\bas\s(?:of|at)\s(?:0?[4-9](?:[:.]\d\d)?\b|0[4-9]00\b)(?!\s?p)", re.I)


def bulletin_day(match: re.Match[str], view: View) -> Days | None:
    """ "Over the day": the day named before it, or the one that the bulletin is of."""
    if view.published is not None and _AS_OF_MORNING.search(view.text[:400]):
        return Days(view.published - timedelta(1), view.published, "window")
    return Days(None, None, "day", ref="over day")


def hour_of_day(match: re.Match[str], view: View) -> Days | None:
    """ "By the evening", "in the afternoon": of the day named just before it."""
    return Days(None, None, "day", ref="hour day")


def same_day(match: re.Match[str], view: View) -> Days | None:
    unit = match["unit"].casefold()
    return Days(None, None, "day", ref=f"same {unit}")


def same_in_year(match: re.Match[str], view: View) -> Days | None:
    """ "In the same period of 2019", "… last year": the days that the text named last, in that year."""
    year = match["year"]
    return Days(None, None, "range", ref=f"year {year if year else 0}")


def day_before(match: re.Match[str], view: View) -> Days | None:
    unit, way = match["unit"].casefold(), match["way"].casefold()
    number = match.groupdict().get("number")
    count = 1 if number is None or number.casefold() == "the" else COUNT.get(folded(number)) or int(number)
    back = way in ("before", "earlier", "previous", "preceding")
    kinds: dict[str, Kind] = {"night": "night", "week": "week", "month": "month", "year": "year"}
    return Days(None, None, kinds.get(unit, "day"), ref=f"shift {-count if back else count}")


_NOW = re.compile(r"\s+(?:this|in|during|on|for|since|today|over)\b", re.I)


_SUPERLATIVE = re.compile(r"\b(?:most|worst|\w{3,}est|highest|record)\b[^.;,]*$", re.I)


def until_now(match: re.Match[str], view: View) -> Days | None:
    """ "So far", "to date" by itself: the figure counts from a start that is not said."""
    if _NOW.match(view.text, match.end()) and match[0].casefold().endswith("far"):
        return None
    if _SUPERLATIVE.search(view.text[max(0, match.start() - 60) : match.start()]):
        return None  # "the largest attack there so far"
    return Days(None, None, "since", True, open=True)


def some_days(match: re.Match[str], view: View) -> Days | None:
    """ "In three days", "over two weeks of fighting": how long, and not when."""
    if re.match(
        r"\s+(?:ago|before|after|earlier|later|ahead|from|time|away|old|notice|since)\b",
        view.text[match.end() :],
        re.I,
    ):
        return None
    if match["number"] in ("24", "twenty-four"):
        return None  # of bulletins: the day before
    number = folded(match["number"])
    count = COUNT.get(number) or (int(number) if number.isdigit() else 0)
    if match["unit"].casefold().startswith("hour") and count < 24:
        return None  # "in three hours of combat": within the day that something else tells
    days = count * {"day": 1, "week": 7}.get(match["unit"].casefold().rstrip("s"), 0)
    if days == 1:
        return None  # "in just one day": like the 24 hours of a bulletin
    return Days(None, None, "range", open=True, ref=f"lasting {days}" if days > 1 else "")


_BEFORE_FEAST = re.compile(
    r"\b(?:on|in|during|over|throughout|since|of|for|this|last|the|and|at|before|after|until|holy|celebrat\w+|mark\w*)\s$",
    re.I,
)


def moving_feast(match: re.Match[str], view: View) -> Days | None:
    """A feast whose days change from year to year, and with the creed."""
    if match["name"][0].islower() or not _BEFORE_FEAST.search(
        view.text[max(0, match.start() - 20) : match.start()]
    ):
        return None
    return Days(None, None, "day")


def since_then(match: re.Match[str], view: View) -> Days | None:
    if not re.search(r"\bsince\s+$", view.text[max(0, match.start() - 10) : match.start()], re.I):
        return None
    return Days(None, None, "since", True, ref="then")


def since_dawn(match: re.Match[str], view: View) -> Days | None:
    if not re.search(
        r"\bsince\s+(?:about\s+)?$", view.text[max(0, match.start() - 16) : match.start()], re.I
    ):
        return None
    if re.match(r"\s+(?:of|on)\b", view.text[match.end() :]):
        return None
    return this_unit("day", view.published)


def start_of_unit(match: re.Match[str], view: View) -> Days | None:
    before = view.text[max(0, match.start() - 40) : match.start()]
    if not re.search(
        r"\bsince\s+(?:the\s+)?(?:very\s+)?(?:start|beginning|turn|outset|first day)\s+of\s+$", before, re.I
    ):
        return None
    return this_unit(match["unit"].casefold(), view.published)


# A number of four digits is a year behind these, and not in front of a noun: "in 2000 attacks".
_BEFORE_YEAR = re.compile(
    r"(?:\b(?:in|during|throughout|since|of|for|from|between|to|and|until|till|through|by|before|after|early|late|mid|over|year|than in|as|spring|summer|autumn|fall|winter)"
    r"|[-–—])\s*$",
    re.I,
)
_AFTER_YEAR = re.compile(
    r"\s*(?:$|[^\w\s]|\n|\s(?:and|or|but|when|as|by|in|on|at|to|was|were|the|a|for|from|after|before|alone|that|which|with|have|has|had|is|"
    r"until|than|so|through|amid|while|under|due|because|following|according|said|of|into|war|it|they|he|she|we|there|about|some|at|"
    r"more|over|up|only|an|this|its|their|his|him|[A-Z]\w*|\d\S*)\b)"
)


def named_year(match: re.Match[str], view: View) -> Days | None:
    before = view.text[max(0, match.start() - 16) : match.start()]
    if not _BEFORE_YEAR.search(before) or not _AFTER_YEAR.match(view.text, match.end()):
        return None
    first = last = int(match["year"])
    if match["last"]:
        last = int(match["last"]) if len(match["last"]) == 4 else first // 100 * 100 + int(match["last"])
        if last <= first:
            return None
    return Days(date(first, 1, 1), date(last, 12, 31), "range" if match["last"] else "year", full=True)


def nth_day(match: re.Match[str], view: View) -> Days | None:
    if view.published is None:
        return Days(None, None, "day")
    number = int(re.match(r"\d+", match["day"])[0])  # type: ignore[index]  # the pattern begins with digits
    month = view.published.replace(day=1)
    if match["of"] and "last" in match["of"].casefold():
        month = (month - timedelta(1)).replace(day=1)
    day = _safe_date(month.year, month.month, number)
    if day is not None and day > view.published:
        month = (month - timedelta(1)).replace(day=1)
        day = _safe_date(month.year, month.month, number)
    return Days(day, day, "day")
