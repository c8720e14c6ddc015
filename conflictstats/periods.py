"""When: a closed grammar of the periods of news English, resolved against the day of publication.

A text is scanned once for *cores*: a weekday, a date, a month, "overnight", "last week", "the past three
days". What stands left and right of a core then makes the period: "since Tuesday", "from Monday to
Wednesday", "overnight into Friday", "so far this year". A period that cannot be dated ("late January",
"two weeks ago", everything relative in an article without a date) comes back without days: the figure
beside it has a period of its own, only not one that is known. Nothing reaches beyond publication.
"""

from __future__ import annotations

import itertools
import re
from calendar import monthrange
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Literal, NamedTuple

from conflictstats.codebook import Codebook

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


class Sayings(NamedTuple):
    """What stands beside the day of a saying."""

    before: re.Pattern[str]
    after: re.Pattern[str]
    noun: re.Pattern[str]


@cache
def sayings(codebook: Codebook) -> Sayings:
    """Patterns of the words around "on Friday" where it tells when something was said."""
    said = "|".join(sorted(codebook.calendar["verbs of saying"].names, key=len, reverse=True))
    nouns = "|".join(re.escape(n) + "s?" for n in codebook.calendar["nouns of saying"].names)
    return Sayings(
        re.compile(
            rf"\b(?i:{said})\b(?:\s(?:\w+ly|also|again|later|earlier|late|early))*"
            rf"(?:\s(?:reporters|journalists|parliament|lawmakers|state\s(?:television|TV|media)|[A-Z]\w+|"
            rf"(?<=told\s)(?:the|a|an|his|her|its|their)\s\w+(?:\s\w+)?))?"
            rf"(?:\s(?:in|at|on|to|via|during|through|by|from|with)\s(?:(?:a|an|the|its|his|her|their|state|social)\s)?(?!that\b)[\w'’-]+(?:\s(?!that\b)[\w'’-]+){{0,3}})?"
            rf"(?:\s(?:late|early|earlier|later))?(?:\s(?:on|in|over))?$"
        ),
        re.compile(rf"^\s(?:(?:also|again|has|had|then)\s)*(?:{said})\b", re.I),
        re.compile(
            rf"\b(?:(?:{nouns})(?:\s(?:published|released|issued|posted|aired|dated|taken|captured|shared|made))?|published|posted|aired|dated|"
            rf"according\sto\s[\w\s]{{1,40}})(?:\s(?:late|early))?(?:\s(?:on|from|of|in))?$",
            re.I,
        ),
    )


class _Days(NamedTuple):
    """What a core means by itself, and how far it was written out."""

    first: date | None
    last: date | None
    kind: Kind
    cumulative: bool = False
    full: bool = False
    year: bool = True  # False: the year was not written, and may come from the other end of a range
    ref: str = ""  # an anaphor: which one


class _View(NamedTuple):
    """What the resolvers know: the text, the day of publication, when the war began, and the words."""

    text: str
    published: date | None
    war_start: date | None
    words: _Words
    sayings: Sayings


class _Words(NamedTuple):
    """The calendar of a codebook, by kind, and the patterns that are made of it."""

    weekdays: dict[str, int]
    months: dict[str, int]
    relative: dict[str, int]
    feasts: dict[str, tuple[int, int]]
    other_war: re.Pattern[str]
    scan: re.Pattern[str]
    forms: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], _View], _Days | None]], ...]


_NONE = (None, None)
_COUNT = {
    word: number
    for number, word in enumerate(
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"],
        start=1,
    )
} | {"a": 1, "an": 1, "couple": 2, "a couple of": 2, "couple of": 2, "twenty-four": 24, "forty-eight": 48, "thirty": 30,
     "seventy-two": 72, "ninety": 90, "sixty": 60}  # fmt: skip
_ORDINALS = {
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


def find_periods(
    text: str, published: date | None, codebook: Codebook, conflict: str | None = None
) -> tuple[Period, ...]:
    """Every period that the text names, in order, dated where it can be.

    `conflict` (an entry of `wars.toml`) says which war "since the start of the war" means.
    """
    war = codebook.wars.get(conflict) if conflict else None
    words = _words(codebook)
    view = _View(
        text,
        published,
        date.fromisoformat(war.start) if war and war.start else None,
        words,
        sayings(codebook),
    )
    cores = _join(_cores(view), view)
    found: list[Period] = []
    for core in cores:
        period = _govern(core, view, found)
        if period is not None:
            found.append(period)
    return tuple(found)


def dateline_period(published: date | None, codebook: Codebook) -> tuple[date, date] | None:
    """The days up to publication that a report normally covers: what is assumed where nothing says when."""
    if published is None:
        return None
    return published - timedelta(codebook.calendar["dateline"].number or 0), published


# ---- the grammar ----------------------------------------------------------------------------------

_NUMBER = (
    r"(?:\d{1,3}|(?:a )?couple(?: of)?|twenty-four|forty-eight|seventy-two|"
    + "|".join(
        sorted(_COUNT.keys() - {"a", "an", "couple", "a couple of", "couple of"}, key=len, reverse=True)
    )
    + ")"
)
_YEAR = r"(?:19[4-9]\d|20[0-4]\d)"
_DAY = (
    r"(?:(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?(?![\d%]|[.,:]\d)|"
    + "|".join(sorted(_ORDINALS, key=len, reverse=True))
    + ")"
)
_PART = r"(?:morning|mornings?|afternoon|evening|night|dawn|noon|midday|midnight|lunchtime)"
_DASH = r"(?:-|–|—|‑)"


def _alternatives(names: Sequence[str]) -> str:
    return "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True)).replace(r"\ ", " ")


@cache
def _words(codebook: Codebook) -> _Words:
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
    forms: list[tuple[str, Callable[[re.Match[str], _View], _Days | None]]] = [
        (rf"(?P<year>{_YEAR})-(?P<month>0[1-9]|1[0-2])-(?P<day>\d\d)(?![-\d])", _iso),
        (rf"(?P<day>\d\d?)\.(?P<month>0?[1-9]|1[0-2])\.(?P<year>{_YEAR})(?!\d)", _iso),
        (rf"(?P<one>\d\d?)/(?P<two>\d\d?)/(?P<year>{_YEAR})(?!\d)", _slashed),
        (rf"(?P<year>{_YEAR})/(?P<month>0[1-9]|1[0-2])/(?P<day>\d\d)(?!\d)", _iso),
        (
            rf"{lead}(?P<day>{_DAY})(?P<more>(?:, ?{_DAY})*) ?(?P<link>{_DASH}|to|and|until|till|through|into) ?"
            rf"(?:\d\d?:\d\d (?:on )?)?(?:the )?(?P<last>{_DAY})(?: of)? (?P<month>{month})(?:,? (?P<year>{_YEAR}))?(?!\d)",
            _day_list,
        ),
        (
            rf"{lead}(?P<month>{month}) (?P<day>{_DAY})(?P<more>(?:, ?{_DAY})*),? ?"
            rf"(?P<link>{_DASH}|to|and|until|till|through|into) ?(?P<last>{_DAY})(?! [A-Z][a-z])(?! ?[ap]\.?m\b|[:.]\d)(?:,? (?P<year>{_YEAR}))?(?!\d)",
            _day_list,
        ),
        (
            rf"{lead}(?:the )?(?P<day>{_DAY})(?: of)?(?: |-)(?P<month>{month})(?:(?:,| of)? (?P<year>{_YEAR}|\d\d(?=\s?(?:\(|\n))))?(?!\d)",
            _date,
        ),
        (rf"{lead}(?P<month>{month}) (?:the )?(?P<day>{_DAY})(?:,? (?P<year>{_YEAR}))?(?!\d)", _date),
        (rf"(?P<month>{month})(?:,| of)? (?P<year>{_YEAR})(?!\d)", _month_year),
        (
            rf"(?:(?P<which>this past|this|last|next|past|the previous) )?(?P<month>{month})(?P<own>['’]s)?",
            _month,
        ),
        (rf"(?P<name>{_alternatives(list(by_kind['feast']))})", _feast),
        (
            rf"(?P<name>{_alternatives(list(by_kind['relative']))})(?:['’]s)?(?: {_PART})?",
            _relative,
        ),
        (
            rf"(?:(?P<which>this past|this coming|this|last|next|past|the previous|the following|the coming) )?"
            rf"(?P<day>{weekday})(?P<own>['’]s|s)?(?: (?:early |late |mid-?)?{_PART})?",
            _weekday,
        ),
        (
            r"last night|(?:during|in|throughout|at|over) the (?:(?:course of the )?night|night hours)|overnight",
            _overnight,
        ),
        (
            r"(?P<which>this past|this coming|this|last|next|the|past|the previous|the same|that) week-?end(?:['’]s)?",
            _weekend,
        ),
        (
            rf"(?:the |these |this )?(?:last|past|previous|preceding|latest) (?:(?P<few>few|several|many|some) |(?P<number>{_NUMBER})(?: |-))?"
            rf"(?P<unit>hours?|days?|nights?|weeks?|months?|years?|decades?|quarters?)\b(?: period)?(?:['’]s?)?",
            _window,
        ),
        (
            rf"recent (?:hours|days|weeks|months|years|times)|(?:the )?(?:coming|next) (?:{_NUMBER} |few |several )?(?:hours?|days?|weeks?|months?|years?|quarters?)",
            _vague,
        ),
        (
            r"(?P<which>this|the current) (?P<unit>week|month|year|quarter|summer|winter|spring|autumn|fall)\b(?:['’]s)?",
            _current,
        ),
        (
            rf"(?:the )?(?P<which>first|second|third|fourth|last|1st|2nd|3rd|4th) (?:(?P<number>{_NUMBER}) )?(?P<unit>half|quarter|months)"
            rf" of (?P<whole>(?:the|this|last) year|{_YEAR}|the current year|the previous year)",
            _part,
        ),
        (rf"(?P<unit>Q|H)(?P<which>[1-4])(?: of| in)? (?P<whole>{_YEAR})", _part),
        (
            rf"(?:around |about |nearly |almost |over |more than )?(?P<number>{_NUMBER}|an?|several|a few|some) (?P<unit>minutes?|hours?|days?|nights?|weeks?|months?|years?) ago",
            _ago,
        ),
        (
            rf"(?:the )?(?:full-scale |ongoing |current |all-out |whole )*(?:{war})(?:['’]s (?:start|beginning|outbreak|onset))?",
            _war_start,
        ),
        (
            r"(?:on |in |during |over |throughout )?(?:the |that )(?:very )?same (?:(?P<number>two|three|four|five|several|few) )?"
            r"(?P<unit>days?|night|evening|morning|afternoon|period|weeks?|months?|year|weekend|time ?frame|time period|time span)",
            _same,
        ),
        (
            r"(?:on |in |during |over |throughout )(?:that|this|those|these) (?:(?P<number>two|three|four|five|several|few|\d) )?"
            r"(?P<unit>days?|night|evening|morning|afternoon|period|weeks?|months?|year|weekend|time ?frame|time period|time span)",
            _same,
        ),
        (
            r"(?:over|during|within|throughout|in the course of) the (?P<unit>week|month|period)(?! (?:ending|ended|of|from|to)\b)",
            _same,
        ),
        (r"that (?P<unit>day|night|evening|morning|afternoon)", _same),
        (
            rf"(?P<number>the|a|one|{_NUMBER}) (?P<unit>day|night|week|month|year)s? (?P<way>earlier|later|(?:before|after)"
            r"(?! (?:the|an?|his|her|its|their|yesterday|tomorrow|\w+ing)\b))",
            _shifted,
        ),
        (
            r"(?:on )?the (?P<way>previous|preceding|next|following|very next) (?P<unit>day|night|morning|evening|week|month|year)",
            _shifted,
        ),
        (r"(?:earlier|later) (?:in|on in) the (?P<unit>day)", _same),
        (r"then(?=[^.!?]{0,200})", _then),
        (
            r"(?:dawn|midnight|daybreak|sunrise|noon|midday|the early morning|the early hours|early morning|(?:the )?morning)",
            _this_day,
        ),
        (r"the (?P<unit>day|week|month|year)\b", _of_current),
        (rf"(?P<year>{_YEAR})(?:{_DASH}(?P<last>{_YEAR}|\d\d))?(?![\d%]|[.,]\d|{_DASH}\d)", _year),
        (
            r"on the (?P<day>\d\d?(?:st|nd|rd|th))(?P<of> of (?:this|last|the) month)?(?=[.,;:)]|$| (?:at|in|by|and|when|after)\b)",
            _nth,
        ),
    ]
    compiled = [
        (re.compile(_blank(rf"(?<!\w)(?<!\d[.,])(?:{pattern})(?!\w)"), re.IGNORECASE), rule)
        for pattern, rule in forms
    ]
    openers = "|".join(f"(?:{pattern})" for pattern, _ in forms)
    scan = re.compile(
        _blank(rf"(?<!\w)(?<!\d[.,])(?:{re.sub(r'[?]P<[a-z]+>', '?:', openers)})(?!\w)"), re.IGNORECASE
    )
    return _Words(
        {name: number for name, (number, _) in by_kind["weekday"].items()},
        {name: number for name, (number, _) in by_kind["month"].items()},
        {name: number for name, (number, _) in by_kind["relative"].items()},
        by_kind["feast"],
        re.compile(rf"\b(?:{_alternatives(codebook.calendar['another war'].names)})\s+(?:of|in)\s+$", re.I),
        scan,
        tuple(compiled),
    )


def _blank(pattern: str) -> str:
    return pattern.replace(" ", r"(?:\s{1,3})")


# ---- what each form means -------------------------------------------------------------------------


def _month_span(year: int, month: int) -> tuple[date, date]:
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def _months_before(day: date, months: int) -> date:
    index = day.year * 12 + day.month - 1 - months
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _month_number(match: re.Match[str], view: _View) -> int | None:
    """The month's number; "may" and "march" in small letters are verbs."""
    name = match["month"]
    if name.islower() and name in ("may", "march", "mar", "jan", "jun", "sept", "dec"):
        return None
    return view.words.months.get(name.casefold()) or view.words.months.get(name.casefold().rstrip("."))


def _day_number(written: str) -> int:
    digits = re.match(r"\d+", written)
    return int(digits[0]) if digits else _ORDINALS[written.casefold()]


def _safe_date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _latest(month: int, day: int, view: _View) -> date | None:
    """The latest such day on or before publication.

    A day within the next two months is left alone: without a year, it is still to come. And the day a
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
            if (candidate - published).days <= 60:
                return None
            continue
        found = candidate
        break
    if start and found and (start.month, start.day) == (month, day) and (published - found).days > 45:
        return start if start <= published else found
    return found


def _iso(match: re.Match[str], view: _View) -> _Days | None:
    day = _safe_date(int(match["year"]), int(match["month"]), int(match["day"]))
    return _Days(day, day, "day", full=True) if day else None


def _slashed(match: re.Match[str], view: _View) -> _Days | None:
    """Day and month, or month and day: told apart only where one of them is no month."""
    one, two, year = int(match["one"]), int(match["two"]), int(match["year"])
    if (one > 12) == (two > 12) and one != two:
        return _Days(None, None, "day")
    day = _safe_date(year, two, one) if one > 12 else _safe_date(year, one, two)
    return _Days(day, day, "day", full=True) if day else None


def _date(match: re.Match[str], view: _View) -> _Days | None:
    month = _month_number(match, view)
    if month is None:
        return None
    if not match["day"][0].isdigit() and " of " not in match[0].casefold():
        return None
    number = _day_number(match["day"])
    month_first = match.start("month") < match.start("day")
    if match["year"]:
        year = int(match["year"])
        if year < 100:
            year += 1900 if year > 40 else 2000
        day = _safe_date(year, month, number)
        return _Days(day, day, "day", full=True) if day else None
    if month_first and re.search(
        r"(?:^|\W)(?:in|during)\s$", view.text[max(0, match.start() - 8) : match.start()], re.I
    ):
        return None  # "in March 12 soldiers were killed"
    day = _latest(month, number, view)
    return _Days(day, day, "day", year=False)


# "between the afternoons of 21 and 24 May"
_BETWEEN = re.compile(
    r"\bbetween\s+(?:\d\d?:\d\d\s+(?:on\s+)?)?(?:(?:the\s+)?(?:early\s+|late\s+)?\w+\s+(?:of|on)\s+)?(?:the\s+)?$",
    re.I,
)


def _day_list(match: re.Match[str], view: _View) -> _Days | None:
    month = _month_number(match, view)
    if month is None or not (match["day"][0].isdigit() and match["last"][0].isdigit()):
        return None
    first, last = _day_number(match["day"]), _day_number(match["last"])
    link = match["link"].casefold()
    between = _BETWEEN.search(view.text[max(0, match.start() - 40) : match.start()])
    if link == "and" and not between:
        days = [first, *(int(n) for n in re.findall(r"\d+", match["more"])), last]
        if any(b - a != 1 for a, b in itertools.pairwise(days)):
            return _Days(None, None, "range")
    elif match["more"]:
        return None
    end = _safe_date(int(match["year"]), month, last) if match["year"] else _latest(month, last, view)
    if end is None and view.published is not None and not match["year"] and first < last:
        # a range that reaches beyond publication ends there
        start = _latest(month, first, view)
        near = start is not None and (view.published - start).days <= last - first
        return _Days(start, view.published, "range", year=False) if near else _Days(None, None, "range")
    if end is None:
        return _Days(None, None, "range")
    begin = _safe_date(end.year, month, first)
    if first > last:
        begin = _safe_date(
            (end.replace(day=1) - timedelta(1)).year, (end.replace(day=1) - timedelta(1)).month, first
        )
    return _Days(begin, end, "range", full=bool(match["year"]), year=bool(match["year"]))


def _month_year(match: re.Match[str], view: _View) -> _Days | None:
    month = _month_number(match, view)
    if month is None:
        return None
    return _Days(*_month_span(int(match["year"]), month), "month", full=True)


_BEFORE_MONTH = re.compile(
    r"(?:\b(?:in|during|throughout|since|for|of|from|between|to|and|until|till|through|by|before|after|early|late|mid|"
    r"earlier|as|over|around|alone in)|[-–—])\s*(?:the month of\s)?$",
    re.I,
)


def _month(match: re.Match[str], view: _View) -> _Days | None:
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
        return _Days(None, None, "month")
    published = view.published
    if published is None:
        return _Days(None, None, "month", year=False)
    first, last = _month_span(published.year, month)
    if first > published or (which in ("last", "the previous") and last >= published):
        first, last = _month_span(published.year - 1, month)
    return _Days(first, last, "month", year=bool(which))


def _feast(match: re.Match[str], view: _View) -> _Days | None:
    day = _latest(*view.words.feasts[_folded(match["name"])], view)
    return _Days(day, day, "day")


def _folded(name: str) -> str:
    return re.sub(r"\s+", " ", name.casefold())


def _relative(match: re.Match[str], view: _View) -> _Days | None:
    shift = view.words.relative[_folded(match["name"])]
    if view.published is None or shift > 0:
        return _Days(None, None, "day")
    day = view.published + timedelta(shift)
    return _Days(day, day, "day")


_NOT_A_DAY = re.compile(r"\s(?:Times|Telegraph|Mirror|Mail|Herald|Express|Mosque|Market)\b")


def _weekday(match: re.Match[str], view: _View) -> _Days | None:
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
        return _Days(None, None, "day")  # a feast that moves
    which = (match["which"] or "").casefold()
    if view.published is None or which in ("next", "the coming", "this coming", "the following"):
        return _Days(None, None, "day")
    number = view.words.weekdays[_folded(match["day"])]
    back = (view.published.isoweekday() - number) % 7
    if not back and which in ("last", "the previous"):
        back = 7
    day = view.published - timedelta(back)
    return _Days(day, day, "day")


def _overnight(match: re.Match[str], view: _View) -> _Days | None:
    if view.published is None:
        return _Days(None, None, "night")
    return _Days(view.published - timedelta(1), view.published, "night")


def _weekend(match: re.Match[str], view: _View) -> _Days | None:
    which = match["which"].casefold()
    if which in ("the same", "that"):
        return _Days(None, None, "weekend", ref="same weekend")
    if view.published is None or which in ("next", "this coming"):
        return _Days(None, None, "weekend")
    saturday = view.published - timedelta((view.published.isoweekday() - 6) % 7)
    if which in ("last", "the previous") and saturday + timedelta(1) >= view.published:
        saturday -= timedelta(7)
    return _Days(saturday, saturday + timedelta(1), "weekend")


def _window(match: re.Match[str], view: _View) -> _Days | None:
    words = match[0].casefold()
    unit = match["unit"].casefold()
    single, unit = not unit.endswith("s"), unit.rstrip("s")
    previous = re.search(r"previous|preceding", words)
    if previous and not match["number"]:
        return None  # an anaphor
    published = view.published
    if match["few"] or (not match["number"] and not single) or published is None:
        return _Days(None, None, "window")
    if re.match(r"\s+of\b", view.text[match.end() :]) and not match["number"]:
        return _Days(None, None, "window")  # the last day of the truce
    if "past" not in words and not match["number"] and not re.match(r"(?:the|this|these)\s", words):
        return _calendar_before(unit, published)
    number = _COUNT.get(_folded(match["number"] or "one")) or int(match["number"])
    match unit:
        case "hour":
            first = published - timedelta(-(-number // 24) if number > 1 else 0)
        case "day" | "night":
            first = published - timedelta(number)
        case "week":
            first = published - timedelta(7 * number)
        case _:
            first = _months_before(
                published, {"month": 1, "quarter": 3, "year": 12, "decade": 120}[unit] * number
            )
    return _Days(first, published, "window")


def _calendar_before(unit: str, published: date) -> _Days | None:
    """Last week, last month, last year: the calendar's, not a window's."""
    if unit == "week":
        monday = published - timedelta(published.weekday() + 7)
        return _Days(monday, monday + timedelta(6), "week")
    if unit == "month":
        last = published.replace(day=1) - timedelta(1)
        return _Days(last.replace(day=1), last, "month")
    if unit == "year":
        return _Days(date(published.year - 1, 1, 1), date(published.year - 1, 12, 31), "year")
    if unit == "quarter":
        last = date(published.year, published.month - (published.month - 1) % 3, 1) - timedelta(1)
        return _Days(date(last.year, last.month - 2, 1), last, "part")
    return _Days(None, None, "window")


def _vague(match: re.Match[str], view: _View) -> _Days | None:
    return _Days(None, None, "window")


def _current(match: re.Match[str], view: _View) -> _Days | None:
    return _this(match["unit"].casefold(), view.published)


def _this(unit: str, published: date | None) -> _Days:
    """This week, this month, this year: from its first day to publication."""
    if published is None:
        return _Days(None, None, "window")
    first = {
        "day": published,
        "week": published - timedelta(published.weekday()),
        "month": published.replace(day=1),
        "year": date(published.year, 1, 1),
        "quarter": date(published.year, published.month - (published.month - 1) % 3, 1),
    }.get(unit)
    return _Days(first, published if first else None, "week" if unit == "week" else "window")


def _part(match: re.Match[str], view: _View) -> _Days | None:
    whole, unit = match["whole"].casefold(), match["unit"].casefold()
    number = match.groupdict().get("number")
    if whole[-4:].isdigit():
        year = int(whole[-4:])
    elif view.published is None:
        return _Days(None, None, "part")
    else:
        year = view.published.year - ("last" in whole or "previous" in whole)
    which = match["which"].casefold()
    order = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": -1}.get(which) or int(which[0])
    if unit == "months":
        length = _COUNT.get(_folded(number)) or int(number) if number else 0
    else:
        length = 6 if unit in ("half", "h") else 3
    if not 0 < length < 12 or (unit == "months" and order not in (1, -1)) or order * length > 12:
        return None
    begin = 13 - length if order == -1 else (order - 1) * length + 1
    first, last = date(year, begin, 1), _month_span(year, begin + length - 1)[1]
    if view.published and first > view.published and not whole[-4:].isdigit():
        first, last = first.replace(year=year - 1), last.replace(year=year - 1)
    return _Days(first, last, "part", full=whole[-4:].isdigit())


def _ago(match: re.Match[str], view: _View) -> _Days | None:
    number, unit = _folded(match["number"]), match["unit"].casefold().rstrip("s")
    count = _COUNT.get(number) or (int(number) if number.isdigit() else None)
    hedged = not match[0].casefold().startswith(match["number"].casefold())
    if view.published is None or count is None or hedged or unit not in ("minute", "hour", "day", "night"):
        return _Days(None, None, "day")  # weeks and more are no dates
    day = view.published - timedelta(
        count if unit in ("day", "night") else count // 24 if unit == "hour" else 0
    )
    return _Days(day, day, "day")


_SINCE_WAR = re.compile(
    r"\bsince\s+(?P<between>(?:the\s+|its\s+|their\s+)?(?:very\s+)?"
    r"(?P<start>(?:start|beginning|outbreak|onset|outset|launch|eruption|first day)\s+of\s+)?(?:[\w'’-]+\s+){0,4})$",
    re.I,
)
_OTHER_WAR = re.compile(
    r"\b(?:world|cold|gulf|first|second|third|last|previous|earlier|ground|land|trade|drug|proxy|before|after|in|\w*\d\w*)\b",
    re.I,
)
_BEGAN = re.compile(
    r"\s+(?:first\s+)?(?:began|begun|started|broke\s+out|erupted|was\s+launched|commenced|flared|(?:against|of|on|in|between)\s[^.;,]{3,60}?\s(?:began|started|broke\s+out|erupted))\b",
    re.I,
)


def _war_start(match: re.Match[str], view: _View) -> _Days | None:
    since = _SINCE_WAR.search(view.text[max(0, match.start() - 90) : match.start()])
    if since is None or _OTHER_WAR.search(since["between"]):
        return None
    invasion = "invasion" in match[0].casefold()
    began = _BEGAN.match(view.text, match.end())
    launched = re.search(r"\b(?:launched|began|started)\s", since["between"], re.I)
    named = re.search(r"['’]s (?:start|beginning|outbreak|onset)", match[0], re.I)
    if not (since["start"] or invasion or began or launched or named):
        return None
    start = view.war_start
    if start is None or (view.published is not None and start > view.published):
        return _Days(None, None, "since", True, ref="war")
    return _Days(start, view.published, "since", True, ref="war")


def _same(match: re.Match[str], view: _View) -> _Days | None:
    unit = match["unit"].casefold()
    return _Days(None, None, "day", ref=f"same {unit}")


def _shifted(match: re.Match[str], view: _View) -> _Days | None:
    unit, way = match["unit"].casefold(), match["way"].casefold()
    number = match.groupdict().get("number")
    count = 1 if number is None or number.casefold() == "the" else _COUNT.get(_folded(number)) or int(number)
    if unit in ("week", "month", "year"):
        return _Days(None, None, "window")
    back = way in ("before", "earlier", "previous", "preceding")
    return _Days(None, None, "day", ref=f"shift {-count if back else count}")


def _then(match: re.Match[str], view: _View) -> _Days | None:
    if not re.search(r"\bsince\s+$", view.text[max(0, match.start() - 10) : match.start()], re.I):
        return None
    return _Days(None, None, "since", True, ref="then")


def _this_day(match: re.Match[str], view: _View) -> _Days | None:
    if not re.search(
        r"\bsince\s+(?:about\s+)?$", view.text[max(0, match.start() - 16) : match.start()], re.I
    ):
        return None
    if re.match(r"\s+(?:of|on)\b", view.text[match.end() :]):
        return None
    return _this("day", view.published)


def _of_current(match: re.Match[str], view: _View) -> _Days | None:
    before = view.text[max(0, match.start() - 40) : match.start()]
    if not re.search(
        r"\bsince\s+(?:the\s+)?(?:very\s+)?(?:start|beginning|turn|outset|first day)\s+of\s+$", before, re.I
    ):
        return None
    return _this(match["unit"].casefold(), view.published)


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


def _year(match: re.Match[str], view: _View) -> _Days | None:
    before = view.text[max(0, match.start() - 16) : match.start()]
    if not _BEFORE_YEAR.search(before) or not _AFTER_YEAR.match(view.text, match.end()):
        return None
    first = last = int(match["year"])
    if match["last"]:
        last = int(match["last"]) if len(match["last"]) == 4 else first // 100 * 100 + int(match["last"])
        if last <= first:
            return None
    return _Days(date(first, 1, 1), date(last, 12, 31), "range" if match["last"] else "year", full=True)


def _nth(match: re.Match[str], view: _View) -> _Days | None:
    if view.published is None:
        return _Days(None, None, "day")
    number = int(re.match(r"\d+", match["day"])[0])  # type: ignore[index]  # the pattern begins with digits
    month = view.published.replace(day=1)
    if match["of"] and "last" in match["of"].casefold():
        month = (month - timedelta(1)).replace(day=1)
    day = _safe_date(month.year, month.month, number)
    if day is not None and day > view.published:
        month = (month - timedelta(1)).replace(day=1)
        day = _safe_date(month.year, month.month, number)
    return _Days(day, day, "day")


# ---- what stands beside it ------------------------------------------------------------------------


class _Core(NamedTuple):
    """A core where it stands, with what it means."""

    start: int
    end: int
    days: _Days


def _cores(view: _View) -> list[_Core]:
    text, words = view.text, view.words
    cores: list[_Core] = []
    spot = 0
    while (hit := words.scan.search(text, spot)) is not None:
        spot = hit.start() + 1
        for pattern, rule in words.forms:
            match = pattern.match(text, hit.start())
            if match is None:
                continue
            days = rule(match, view)
            if days is not None:
                cores.append(_Core(match.start(), match.end(), days))
                spot = match.end()
                break
    return cores


_CLOCK = (
    r"(?:(?:about |around )?(?:\d{4}|\d{1,2}(?:[:.]\d\d)?)(?: ?[ap]\.?m\.?| ?hours| ?GMT)?,?(?: on| of)? )?"
)
_DAYTIME = r"(?:(?:the )?(?:early |late )?(?:hours|mornings?|afternoons?|evenings?|nights?|dawn|noon|midnight)(?: hours)?(?: of| on)? )?"
_LINK = re.compile(
    _blank(
        rf"(?: ?\([\w ]+\))?(?P<clock>,?(?: at)? ?{_CLOCK.replace(' on| of', '')})?,? ?(?P<link>to|and|until|till|through|into|up to|up until|or|{_DASH}) ?{_CLOCK}{_DAYTIME}(?:on |in |the |early |late )*"
    ),
    re.I,
)
_FROM = re.compile(_blank(rf"\b(?P<word>from|between)\s{_CLOCK}{_DAYTIME}(?:on |the |early |late )*$"), re.I)
_TO_NOW = re.compile(
    r"\s+(?:to|until|till|through)\s+(?:now|date|the present|present|the present day|this day)\b|\s+onwards?\b",
    re.I,
)
_NIGHT_OF = re.compile(
    _blank(
        r"\b(?:overnight|(?:the|last) night)(?:,? (?P<link>into|to|from|of|on|between|through))?(?: the)? $"
    ),
    re.I,
)
_OVERNIGHT_LINK = re.compile(
    _blank(
        r",? ?(?:\(?(?P<link>into|to|from|of|on|between|through|towards))?(?: the)?(?: night| morning| early hours| morning hours)?(?: of| on| to)? ?"
    ),
    re.I,
)


def _join(cores: list[_Core], view: _View) -> list[_Core]:
    """Two cores that make one period: from X to Y, on Monday and Tuesday, overnight into Friday."""
    text = view.text
    joined: list[_Core] = []
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
                core = _Core(
                    core.start,
                    core.end,
                    core.days._replace(kind="since", cumulative=True, last=view.published),
                )
        joined.append(core)
        position += 1
    return _nights(joined, view)


def _weekday_of_week(core: _Core, after: _Core, view: _View) -> _Core | None:
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
    return _Core(core.start, after.end, _Days(found, found, "day"))


def _pair(core: _Core, after: _Core, view: _View) -> _Core | None:
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
    if first is None or last is None:
        if not range_ and not opener:
            return None
        if first is not None and last is None and opener and view.published is not None:
            last = view.published if b.first is None and not b.full and first <= view.published else None
        if first is None or last is None:
            return _Core(start, after.end, _Days(None, None, "range"))
    if not range_:
        # "on Monday and Tuesday", "in May and June": one stretch where they touch
        if a.kind != b.kind or a.last is None or b.first is None or (b.first - a.last).days != 1:
            return None
        return _Core(start, after.end, _Days(first, last, "range"))
    if first > last:
        if a.kind == "day" and (first - last).days < 7:
            first -= timedelta(7)  # "from Friday to Monday" in a Saturday's paper: both lie behind
        elif a.kind == "month" and not a.full:
            first = first.replace(year=first.year - 1)
        else:
            return _Core(start, after.end, _Days(None, None, "range"))
    kind: Kind = "night" if word == "into" else "range"
    return _Core(start, after.end, _Days(first, last, kind, full=a.full and b.full))


def _relative_to(core: _Core, end: _Days, view: _View) -> date | None:
    """The first end of a range whose last end has the year."""
    if end.last is None:
        return None
    word = view.text[core.start : core.end]
    other = view._replace(published=end.last, war_start=None)
    for pattern, rule in view.words.forms:
        match = pattern.fullmatch(word)
        if match:
            days = rule(match, other._replace(text="from " + word)) if rule is not _month else None
            if days is not None:
                return days.first
    month = view.words.months.get(word.casefold()) or view.words.months.get(word.casefold().rstrip("."))
    if month is None:
        return None
    first = date(end.last.year, month, 1)
    return first if first <= end.last else first.replace(year=first.year - 1)


def _nights(cores: list[_Core], view: _View) -> list[_Core]:
    """Overnight and a day beside it: "overnight into Friday", "in the night to Friday", "the night of 5-6 May"."""
    out: list[_Core] = []
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
                out.append(_Core(core.start, after.end, _night_of(link["link"], after.days, view)))
                position += 2
                continue
        if core.days.kind in ("day", "range"):
            left = _NIGHT_OF.search(text[max(0, core.start - 40) : core.start])
            word = (left["link"] or "").casefold() if left else ""
            if left and (word in ("into", "to", "through") or core.days.kind == "range"):
                start = max(0, core.start - 40) + left.start()
                core = _Core(start, core.end, _night_of(word, core.days, view))
        out.append(core)
        position += 1
    return out


def _night_of(link: str | None, days: _Days, view: _View) -> _Days:
    word = (link or "").casefold()
    if word == "of" and days.kind == "day":
        return days  # "during the night of May 14" is Monday night's case: that day
    if days.first is None or days.last is None or days.kind != "day":
        return days._replace(kind="night")
    if word in ("into", "to", "through", "towards") or days.last == view.published:
        return days._replace(first=days.first - timedelta(1), kind="night")
    return days._replace(last=days.last + timedelta(1), kind="night")


# What opens or governs a period, right in front of its core.
_SINCE = re.compile(
    _blank(
        r"\bsince (?:at least )?(?P<start>(?:the )?(?:very )?(?:start|beginning|onset|outset|turn|first day) of )?"
        r"(?:about |around )?(?:(?:early|late|mid) (?:on )?|mid-)?(?:on |in )?(?:the )?(?:(?:early |late )?(?:morning|evening|afternoon|night|early hours|hours) (?:of|on) )?"
        rf"{_CLOCK}$"
    ),
    re.I,
)
_SINCE_EVENT = re.compile(
    r"\bsince\s+(?P<event>(?:(?!(?:since|said|says|told|and|but|when|while|which|who)\b)[^\W\d][\w'’-]*\s+){1,11}?)(?P<prep>on|in|early on|late on|early in)?\s*(?:the\s+)?$",
    re.I,
)
_NOT_A_PERIOD = re.compile(
    _blank(
        r"\b(?:until|till|by|before|ahead of|as of|as at|prior to|after|following|no later than|starting|beginning|effective|from|"
        r"scheduled for|set for|planned for|slated for|due on|due for|expected on|expected in|up to|(?:month|months|year|week|weeks) to|dated|on or before|as late as|as early as)"
        rf" (?:about |around )?{_CLOCK}(?:(?:the )?(?:end|start|middle|close|beginning|evening|morning|night) of )?(?:(?:early|late|mid) )?(?:on |in )?(?:the )?"
        r"(?:(?:evening|morning|night|afternoon|noon|midnight|dawn) (?:of|on) |(?:noon|midnight|midday|dawn|evening|morning) (?:on )?)?$"
    ),
    re.I,
)
_VAGUE_PART = re.compile(
    _blank(
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
    _blank(
        r"(?:(?:(?:so far|earlier|later|early|late) )?(?:on|in|over|during|throughout|within|for|at|across|of) )?(?:the )?"
        r"(?:(?:(?:course|whole|month|early hours|small hours|night|morning|evening|afternoon|day|hours|early morning|late evening|early evening) (?:of|on) )|(?:early|late|earlier) (?:on )?)?(?:the )?$"
    ),
    re.I,
)
_STAMP_BEFORE = re.compile(r"(?:^|\n|[)\]]|[A-Z]{2}|[.!?]|[-–—|]|:)\s*$|^\W*(?i:date)\W+$")
_DATELINE = re.compile(
    r"^[^\n]{0,4}?[A-Z][^\n.]{1,60}?[\s,(]+(?=\d{1,2}\s[A-Z]|[A-Z][a-z]{2,8}\.?\s\d)[^\n]{3,20}?\s?(?:\([^)\n]{2,40}\)\s*)?(?:--|—|–|-)\s",
    re.M,
)


def _govern(core: _Core, view: _View, found: list[Period]) -> Period | None:
    """The period that a core and the words in front of it make; None for what is no period at all."""
    text, days, published = view.text, core.days, view.published
    origin = max(0, core.start - 110)
    before = text[origin : core.start]
    if _is_stamp(core, view):
        return None
    start, end, anaphoric = core.start, core.end, False
    if days.ref and days.ref != "war":
        days, anaphoric = _resolve(days, view, found, core), True
    if days.kind == "since":  # the war's start, or since then
        opener = re.search(r"\b(?:since|from)\b(?!.*\b(?:since|from)\b)", before, re.I | re.S)
        return _period(origin + opener.start() if opener else start, end, days, view, anaphoric)

    calendar = days.kind in ("month", "year", "part", "week")
    vague = bool(_VAGUE_PART.search(before)) and (calendar or days.kind == "window")
    since = _SINCE.search(before)
    event = None if since else _SINCE_EVENT.search(before)
    if event and (_has_number(event["event"]) or not (event["prep"] or _possessive(core, text))):
        event = None
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
        return _period(
            origin + opener.start(),
            end,
            days._replace(last=published, kind="since", cumulative=True),
            view,
        )
    if (
        days.kind == "day"
        and days.last is not None
        and re.search(r"\bweek (?:ending|ended|to)(?: on)? $", before, re.I)
    ):
        days = days._replace(first=days.last - timedelta(6), kind="week")
    refused = _NOT_A_PERIOD.search(before)
    so_far = _SO_FAR.search(before) or _SO_FAR_AFTER.match(text, end)
    if refused and days.kind not in ("range", "night", "week") and not _possessive(core, text):
        return _period(start, end, days._replace(first=None, last=None), view)
    if vague or (_LATER.search(before) and days.kind in ("week", "month", "window")):
        return _period(start, end, days._replace(first=None, last=None), view)
    if days.kind == "year" and re.search(view.words.other_war, before):
        return _period(start, end, days._replace(first=None, last=None), view)
    if (
        days.kind in ("month", "year")
        and days.last is not None
        and published is not None
        and days.last > published
    ) and not (so_far or _EARLIER.search(before)):
        return _period(start, end, days._replace(first=None, last=None), view)  # still running
    if so_far:
        days = days._replace(cumulative=True)
        if so_far.re is _SO_FAR_AFTER:
            end = so_far.end()
    lead = _LEAD.search(before)
    if lead and lead[0]:
        start = origin + lead.start()
    return _period(start, end, days, view, anaphoric)


def _period(start: int, end: int, days: _Days, view: _View, anaphoric: bool = False) -> Period | None:
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
    said = days.kind not in ("since", "window") and _is_said(start, end, view)
    return Period(
        start, end, view.text[start:end], first, last, days.kind, days.cumulative, anaphoric, days.full, said
    )


_STOP = re.compile(r"[.!?\n]['\"”’)]*\s")


def _is_said(start: int, end: int, view: _View) -> bool:
    """Whether the words beside a day tell that it is the day of a saying."""
    before = _STOP.split(view.text[max(0, start - 160) : start])[-1].rstrip()
    after = view.text[end : end + 40]
    patterns = view.sayings
    return bool(patterns.before.search(before) or patterns.after.match(after) or patterns.noun.search(before))


def _possessive(core: _Core, text: str) -> bool:
    """Whether the day names an event: "after Monday's strike"."""
    return bool(
        re.search(r"['’]s?$|days$", text[core.start : core.end]) or re.match(r"['’]s?\b", text[core.end :])
    )


def _has_number(words: str) -> bool:
    return any(
        word.casefold() in _COUNT and word.casefold() not in ("a", "an", "one") for word in words.split()
    )


def _is_stamp(core: _Core, view: _View) -> bool:
    """Whether a date is a dateline's or a header's: "KYIV, Nov 20 (Agency) -", "Saturday 7 October 2017 Russian …"."""
    if core.days.kind not in ("day", "range"):
        return False
    text = view.text
    line = text.rfind("\n", 0, core.start) + 1
    dateline = _DATELINE.match(text, line)
    if (
        dateline
        and core.end <= dateline.end()
        and core.start - line < 70
        and not text[core.start : core.end].endswith("day")
    ):
        return True
    return (
        core.days.full
        and core.days.kind == "day"
        and text[core.start : core.start + 4].casefold() != "the "
        and bool(_STAMP_BEFORE.search(text[max(0, core.start - 12) : core.start]))
    )


def _resolve(days: _Days, view: _View, found: list[Period], core: _Core) -> _Days:
    """An anaphor: the day, or the stretch, that the text named last."""
    dated = [p for p in found if p.first is not None and p.last is not None and not p.of_saying]
    what, _, detail = days.ref.partition(" ")
    if what == "then":
        last = dated[-1] if dated else None
        if last is None or last.first is None or last is not found[-1] or last.kind not in ("day", "night"):
            return days
        return days._replace(first=last.first, last=view.published)
    if what == "shift":
        named = [p for p in found if p.first is not None]
        single = [p for p in named[-1:] if p.kind in ("day", "night") and p.first == p.last]
        if not single or single[0].first is None:
            return days
        day = single[0].first + timedelta(int(detail))
        return days._replace(first=day, last=day, full=single[0].full)
    if detail == "days":
        number = re.search(r"(two|three|four|five|\d)\s\w+$", view.text[core.start : core.end], re.I)
        if number:
            length = _COUNT.get(number[1].casefold()) or int(number[1])
            dated = [p for p in dated if p.first and p.last and (p.last - p.first).days + 1 == length]
        fits: tuple[tuple[Kind, ...], ...] = (("range", "weekend", "night", "window", "week"),)
    else:
        fits = _FITS[detail.rstrip("s")]
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
        return _this("day", view.published)
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
    "timeframe": _STRETCH,
    "time frame": _STRETCH,
    "time period": _STRETCH,
    "time span": _STRETCH,
}
