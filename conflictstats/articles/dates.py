"""Publication dates: reading one without guessing, in a file's name, and the overrides of `dates.csv`."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

from conflictstats.articles.decoding import decode
from conflictstats.articles.fields import known
from conflictstats.errors import ArticleError, OptionError
from conflictstats.records import Article, DateOverride

DATES_FILE = "dates.csv"

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_YEAR = r"(?P<year>(?:19|20)\d\d)"
# the time behind a date is ignored: the day is the newsroom's own, as it wrote it
_ISO = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?:(?:[T ,]|Z|[+-]\d\d:).*)?")
_YEAR_FIRST = re.compile(r"(\d{4})[/.](\d\d?)[/.](\d\d?)(?:[T ,]+.*)?")
_SLASHED = re.compile(r"(\d\d?)[/.-](\d\d?)[/.-](\d\d\d\d)(?:[ ,]+\d.*)?")
_DAY_MONTH = re.compile(rf"(?P<day>\d\d?)(?:st|nd|rd|th)?[ .,-]+{_MONTH}[ .,-]+{_YEAR}\b.*", re.I)
_MONTH_DAY = re.compile(rf"{_MONTH}[ .]+(?P<day>\d\d?)(?:st|nd|rd|th)?,? +{_YEAR}\b.*", re.I)
_RFC_822 = re.compile(rf"\d\d? {_MONTH} \d\d \d\d:\d\d.*", re.I)  # years of two digits, as in old feeds
_DAY_NAME = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?[ ,.]+"
_WEEKDAY = re.compile(_DAY_NAME, re.I)
# The day that a page prints above its article, as a copied text begins with it: "Tuesday 4 Apr 2017", "Published
# October 2 2017". Prose that begins with a day ("21 August 2013 was …") goes on in small letters.
_AT_HEAD = re.compile(
    r"\s*(?:(?:date of publication|published|posted)(?: on)?:?\s+)?"
    rf"(?:{_DAY_NAME})?"
    r"(?P<day>\d\d?[/.-]\d\d?[/.-](?:19|20)\d\d|\d\d? [a-z]+,? (?:19|20)\d\d|[a-z]+ \d\d?,? (?:19|20)\d\d)"
    r"(?=(?-i:\s*\(|\W*(?:[A-Z0-9]|\Z)))",
    re.I,
)
# … or behind its headline and the agency: "Three hurt in Homs Reuters Monday 31 Oct 2016 Three people …".
_BEHIND_HEADLINE = re.compile(
    r"[A-Z]\w+ (?<!On )(?<!By )(?<!Since )(?<!Until )(?<!From )"
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? (?P<day>\d\d? [A-Z][a-z]+ (?:19|20)\d\d)(?= [A-Z\"“])"
)
_HEADLINE = 250  # characters
# The stamp of an article that has no date of its own: behind a label, with its time in a line, under the author's name, or
# in a dateline with its year. A bare date may be the day on which the page was copied: many print today's at their top.
_TOP, _LONG_LINE = 2_000, 120  # characters
_ANY_DATE = (
    rf"(?:{_DAY_NAME})?(?:\d{{1,2}}(?:st|nd|rd|th)?[ .,/-]+[a-z]{{3,9}}[ .,/-]+(?:19|20)\d\d|[a-z]{{3,9}}\.? \d{{1,2}}(?:st|nd|rd|th)?,? +(?:19|20)\d\d"
    r"|(?:19|20)\d\d-\d\d-\d\d|\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)\d\d)(?!\d)"
)
_CLOCK = r"\d{1,2}[:.]\d\d(?:[:.]\d\d)? ?(?:[ap]\.?m\b\.?)?[ (]*(?:[A-Z]{1,5}\b|local time)?\)?"
_LABELLED = re.compile(
    r"(?<!\w)(?P<label>date of publication|(?:first )?published|posted|created|issued|last updated|last modified|updated|modified)"
    rf"(?: on| at)?(?:[ \t]*:[ \t]*|[ \t]+|[ \t]*:?\n)(?:{_CLOCK}[ ,]+)?(?P<day>{_ANY_DATE})",
    re.I,
)
_WITH_TIME = re.compile(rf"(?P<day>{_ANY_DATE})[T ,|@–-]+(?:at )?{_CLOCK}\W*", re.I)
_ALONE = re.compile(rf"(?P<day>{_ANY_DATE})\W*", re.I)
_BYLINE = re.compile(r"[Bb][Yy]:? [A-Z][\w.'’ ,-]{2,60}")
_DATELINE = re.compile(
    rf"[A-Z][A-Z .'’-]{{2,30}},[^\n]{{0,30}}? ?(?P<day>(?i:{_ANY_DATE})) ?(?:\([^()\n]{{2,30}}\) ?)?[–—-]"
)
_IN_NAME = (
    re.compile(rf"(?<!\d){_YEAR}(?P<sep>[-_. ]?)(?P<number>\d\d)(?P=sep)(?P<day>\d\d)(?!\d)"),
    re.compile(rf"(?<!\d){_YEAR}(?P<number>\d\d)(?P<day>\d\d)(?=\d{{4}}(?:\d\d)?(?!\d))"),
    re.compile(rf"(?<!\d)(?P<day>\d\d?)[-_. ]?(?<![a-z]){_MONTH}[-_. ]?{_YEAR}(?!\d)", re.I),
    re.compile(rf"(?<![a-z]){_MONTH}[-_. ](?P<day>\d\d?)[-_. ,]+{_YEAR}(?!\d)", re.I),
    re.compile(rf"(?<!\d){_YEAR}[-_. ]?{_MONTH}[-_. ]?(?P<day>\d\d?)(?!\d)", re.I),
)
_AMBIGUOUS_IN_NAME = re.compile(r"(?<!\d)(\d\d?)([-_.])(\d\d?)\2((?:19|20)\d\d)(?!\d)")


def check_date_format(date_format: str | None) -> None:
    """Refuse a format that does not tell a whole date, before any file is read."""
    if date_format is None:
        return
    day = datetime(2001, 2, 3, tzinfo=UTC)
    try:
        whole = datetime.strptime(day.strftime(date_format), date_format).date() == day.date()
    except ValueError:
        whole = False
    if not whole:
        raise OptionError(
            f"date_format {date_format!r} does not tell a whole date; it needs a year (%Y), a month"
            " (%m, %b or %B) and a day (%d), as in %d/%m/%Y for 25/04/2017 or %m/%d/%Y for 04/25/2017"
        )


def stated(values: Iterable[tuple[str, Any]], date_format: str | None = None) -> tuple[date | None, str]:
    """The first of several (basis, value) that can be read, and its basis.

    Where none can, the basis says what was there (`ambiguous: 4/5/2017`, `unreadable: today`), or `none`.
    """
    trouble = "none"
    for basis, value in values:
        if known(value) is None:
            continue
        try:
            return read_date(value, date_format), basis
        except ArticleError as error:
            trouble = str(error) if trouble == "none" else trouble
    return None, trouble


def read_date(value: Any, date_format: str | None = None) -> date:
    """A date as one cell, header or attribute has it: ISO, with a month's name, or in the format given.

    A day before or behind its month is read only where one order alone makes a date: 4/25/2017 is 25 April,
    4/5/2017 may be April or May.

    Raises:
        ArticleError: `ambiguous: …` or `unreadable: …`, with the value.
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    words = known(value) or ""
    shown = words if len(words) <= 40 else words[:39] + "…"
    if date_format is not None:
        try:
            return datetime.strptime(words, date_format).date()
        except ValueError:
            pass  # ISO dates are read all the same: no format makes another date of them
    try:
        day = _iso(words)
        if day is None and date_format is not None:
            raise ArticleError(f"unreadable: {shown} (not {date_format})")
        day = day or _slashed(words) or _worded(words) or _epoch(value)
    except ValueError:
        day = None  # 2023-02-30
    except _Ambiguous:
        raise ArticleError(f"ambiguous: {shown}") from None
    if day is None:
        raise ArticleError(f"unreadable: {shown}")
    return day


class _Ambiguous(Exception):
    """Both orders of day and month make a date."""


def _iso(words: str) -> date | None:
    match = _ISO.fullmatch(words) or _YEAR_FIRST.fullmatch(words)
    return date(*map(int, match.groups())) if match else None


def _slashed(words: str) -> date | None:
    match = _SLASHED.fullmatch(words)
    return _either_order(*match.groups()) if match else None


def _either_order(first: str, second: str, year: str) -> date:
    days = set()
    for month, day in ((first, second), (second, first)):
        try:
            days.add(date(int(year), int(month), int(day)))
        except ValueError:
            continue
    if len(days) > 1:
        raise _Ambiguous
    if not days:
        raise ValueError(f"no date: {first}/{second}/{year}")
    return days.pop()


def days_at_head(text: str) -> set[date]:
    """The day with which a text begins, as pages print it above their article: two if it may be either, or none.

    >>> days_at_head("Published October 2 2017 At least nine people were hurt")
    {datetime.date(2017, 10, 2)}
    """
    match = _AT_HEAD.match(text) or _BEHIND_HEADLINE.search(text, 0, _HEADLINE)
    if match is None:
        return set()
    days = set()
    for order in ("%d/%m/%Y", "%m/%d/%Y", None):
        try:
            words = match["day"] if order is None else re.sub(r"[.-]", "/", match["day"])
            days.add(read_date(words, order))
        except ArticleError:
            continue
    return days


def printed_day(text: str) -> tuple[date | None, str]:
    r"""The day that a text's own stamp gives near its top, and `its text`; or None and why not.

    A stamp of publication goes before one of an update; two days of one kind are none.

    >>> printed_day("Twelve hurt in blast\nBy A. Writer\nPublished: July 15, 2023\nTwelve people were hurt.")
    (datetime.date(2023, 7, 15), 'its text')
    """
    lines = _top_lines(text)
    labelled = [
        (found["label"].lower(), found["day"])
        for found in _LABELLED.finditer("\n".join(lines))
        if found["label"][0].isupper()
        or ":" in found.group().partition(found["day"])[0]  # "a video posted on 3 May"
    ]
    under_a_name = [_ALONE.fullmatch(line) for above, line in pairwise(lines) if _BYLINE.fullmatch(above)]
    stamps = (
        [day for label, day in labelled if label[-7:] not in ("updated", "odified")],
        [found["day"] for line in lines[1:] if (found := _WITH_TIME.fullmatch(line))],
        [found["day"] for found in under_a_name if found],
        [found["day"] for line in lines if (found := _DATELINE.match(line))],
        [day for label, day in labelled if label[-7:] in ("updated", "odified")],
    )
    for words in stamps:
        days = set()
        for word in words:
            try:
                days.add(read_date(re.sub(r",(?=\w)", ", ", word)))
            except ArticleError as error:
                if str(error).startswith("ambiguous"):
                    return None, str(error)
        if len(days) > 1:
            return None, f"two dates in its text: {' and '.join(sorted(map(str, days)))}"
        if days:
            return days.pop(), "its text"
    return None, "none"


def _top_lines(text: str) -> list[str]:
    """The lines up to the second that is prose: further down stand the dates of other articles."""
    lines = []
    long = 0
    for line in text[:_TOP].splitlines():
        if words := line.strip(" \t-–—•*|"):
            lines.append(words)
            long += len(words) >= _LONG_LINE
        if long == 2:
            break
    return lines


def _worded(words: str) -> date | None:
    words = _WEEKDAY.sub("", words, count=1) if _WEEKDAY.match(words) else words
    match = _DAY_MONTH.fullmatch(words) or _MONTH_DAY.fullmatch(words)
    if match is None:
        return parsedate_to_datetime(words).date() if _RFC_822.fullmatch(words) else None
    return _from_match(match)


def _from_match(match: re.Match[str]) -> date:
    groups = match.groupdict()
    month = groups.get("number") or _MONTHS.index(groups["month"][:3].lower()) + 1
    return date(int(groups["year"]), int(month), int(groups["day"]))


def _epoch(value: Any) -> date | None:
    """Seconds or milliseconds since 1970, as databases export them; only where the length tells which."""
    words = known(value) or ""
    if not re.fullmatch(r"\d{10}|\d{13}", words):
        return None
    return datetime.fromtimestamp(int(words[:10]), tz=UTC).date()


def date_in_name(name: str) -> tuple[date | None, str]:
    """The date in a file's name, and `file name`; or None and why not.

    >>> date_in_name("tass_2023-08-07_briefing.txt")[0]
    datetime.date(2023, 8, 7)
    """
    days = set()
    for pattern in _IN_NAME:
        for match in pattern.finditer(name):
            try:
                days.add(_from_match(match))
            except ValueError:
                continue  # a number that looks like a date
    unsure = []
    for first, _, second, year in _AMBIGUOUS_IN_NAME.findall(name):
        try:
            days.add(_either_order(first, second, year))
        except _Ambiguous:
            unsure.append(name)
        except ValueError:
            continue
    if len(days) > 1 or unsure:
        return None, f"ambiguous: {name}"
    return (days.pop(), "file name") if days else (None, "none")


def file_date(path: Path) -> date:
    """The day of a file's last change, in UTC: the same on every machine."""
    return datetime.fromtimestamp(path.stat().st_mtime, tz=UTC).date()


def read_dates(path: str | Path) -> dict[str, DateOverride]:
    """The overrides of a `dates.csv` (columns article, published, reason), by the article that each names.

    Raises:
        ArticleError: a column is missing, a date is not YYYY-MM-DD, a reason is missing or an article stands
            twice; with file, line and cure.
    """
    path = Path(path)
    try:
        rows = csv.reader(io.StringIO(decode(path.read_bytes())))
        header = [name.strip().lower() for name in next(rows, [])]
    except (OSError, ArticleError, csv.Error) as error:
        raise ArticleError(
            f"{path}: cannot be read: {error}. Correct it, or leave it out with dates=''"
        ) from error
    missing = [name for name in ("article", "published", "reason") if name not in header]
    if missing:
        raise ArticleError(
            f"{path}: no column {', '.join(missing)}; its first line is {','.join(header)!r} and should be"
            " 'article,published,reason'"
        )
    overrides: dict[str, DateOverride] = {}
    lines: dict[str, int] = {}
    for cells in rows:
        line = rows.line_num
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(header):
            raise ArticleError(
                f"{path}, line {line}: {len(cells)} cells where the first line has {len(header)};"
                " put a reason that holds commas in double quotation marks"
            )
        row = {name: " ".join(cell.split()) for name, cell in zip(header, cells, strict=True)}
        article = row["article"].removeprefix("./")
        if not article or not row["reason"]:
            raise ArticleError(
                f"{path}, line {line}: {'article' if not article else 'reason'} is empty; fill it in"
            )
        if article in lines:
            raise ArticleError(
                f"{path}, line {line}: {article} stands already in line {lines[article]}; keep one"
            )
        try:
            published = date.fromisoformat(row["published"])
        except ValueError:
            raise ArticleError(
                f"{path}, line {line}: published is {row['published']!r}; write a date as YYYY-MM-DD"
            ) from None
        lines[article] = line
        overrides[article] = DateOverride(article, published, row["reason"], path)
    return overrides


def date_notes(articles: Iterable[Article], overrides: Iterable[DateOverride] = ()) -> list[str]:
    """What `dates.csv` changed, a sentence an article, and which of the `overrides` found no article.

    Args:
        articles: those that were read, re-dated or not.
        overrides: all there were, from `find_dates`; one whose file is there and was not among the inputs is
            passed over.
    """
    notes = []
    applied = set()
    files_read = set()
    for article in articles:
        files_read.add(article.article_id.partition("#")[0].rpartition("/")[2])
        if article.override is not None:
            applied.add((article.override.file, article.override.article))
            before = article.override.was.isoformat() if article.override.was else "undated"
            notes.append(
                f"{article.article_id}: {before} → {article.override.published.isoformat()},"
                f" because: {article.override.reason}"
            )
    for override in overrides:
        if (override.file, override.article) in applied:
            continue
        name = override.article.partition("#")[0]
        if name.rpartition("/")[2] in files_read or not _lies_below(override.file.parent, name):
            notes.append(
                f"{override.file.name}: no article {override.article!r} was found;"
                " correct the name there or remove the line"
            )
    return notes


def _lies_below(folder: Path, name: str) -> bool:
    try:
        return (folder / name).exists() or any(path.name == name for path in folder.rglob("*"))
    except (OSError, ValueError):
        return False
