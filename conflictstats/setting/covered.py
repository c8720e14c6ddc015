"""The days that a report covers, where it says so itself: in its title, or by what its first figures run from.

A bulletin of a month is no news of the two days before it came out: "Progress of the operation (22–28 February)",
"CIVILIAN HARM BULLETIN, APRIL 2025", "Since the start of the day 121 clashes have been recorded".
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace
from datetime import date
from functools import lru_cache

from conflictstats.codebook import Codebook
from conflictstats.periods import Period, find_periods
from conflictstats.records import Document, Measure, Sentence
from conflictstats.setting.scene import scene_of

_REPORT = re.compile(
    r"\b(?:reports?|bulletin|updates?|briefing|briefs?|summary|overview|round-?up|digest|review|snapshot|sitrep|fact\s?sheet|progress|assessment"
    r"|dashboard|statistics|newsletter|chronicle|monitor(?:ing)?|communiqu[eé]|information)\b",
    re.I,
)
# What stands by itself in a title: "(22–28 February)", ", APRIL 2025", "| 12-25 March", ": week of 3-9 March"
_APART = re.compile(r"(?:^|[(\[|,:;–—-])\s*(?:(?:for|covering|from|week|period|in)\s(?:the\s)?)*$", re.I)
_CLOSED = re.compile(r"\s*(?:[)\]|–—-]|$)")
_LONGEST = 366  # days
_TITLE = 200  # characters: a longer line is prose
_THIS_DAY = re.compile(r"since\sthe\s(?:start|beginning)\sof\s(?:(?:the|this)\sday|today)", re.I)
_FIRST = 20  # periods
_OPENING = 3  # paragraphs, in which such a report says that it is one of a day
# "the month's casualties", "in the reporting period"
_THEN = re.compile(r"\bthe\s(?:month|week|quarter|year|day)['’]s\b|\breporting\speriod\b", re.I)


@lru_cache(maxsize=16)
def covered_days(document: Document, codebook: Codebook) -> Period | None:
    """The days that an article covers, by its own words; None for news."""
    article = document.article
    if not document.sentences or article.published is None:
        return None
    first = article.text[document.sentences[0].start :].split("\n", 1)[0]
    for line in (article.title or "", first):
        for period in find_periods(line, article.published, codebook) if len(line) <= _TITLE else ():
            if _is_title_of(period, line, article.published):
                return replace(period, start=-1, end=-1)  # of no sentence
    for period in scene_of(document, codebook).periods[:_FIRST]:
        sentence = next((s for s in document.sentences if s.start <= period.start < s.end), None)
        if sentence is None:
            continue  # of a line that is no part of the article
        if sentence.paragraph - document.sentences[0].paragraph >= _OPENING:
            return None
        if _opens_day(period, sentence):
            return period
    return None


def _is_title_of(period: Period, line: str, published: date) -> bool:
    if period.kind not in ("range", "month", "week") or period.first is None or period.last is None:
        return False
    if not 1 < (period.last - period.first).days <= _LONGEST or period.last > published:
        return False
    apart = _APART.search(line[: period.start]) or _REPORT.search(line)
    return apart is not None and _CLOSED.match(line, period.end) is not None


def _opens_day(period: Period, sentence: Sentence) -> bool:
    words = sentence.text[period.start - sentence.start : period.end - sentence.start]
    return period.first is not None and period.first == period.last and _THIS_DAY.fullmatch(words) is not None


def goes_on(measure: Measure, sentence: Sentence, document: Document, codebook: Codebook) -> Period | None:
    """The days that the report covers, for a figure in whose paragraph, or above whose list, they were named last."""
    covered = covered_days(document, codebook)
    if covered is None or measure.aggregation != "period":
        return None
    if _THEN.search(sentence.text):
        return covered
    last = _named_before(document, codebook)[sentence.index]
    if last is None or last.index == sentence.index:
        return None
    same = any(
        (p.first, p.last) == (covered.first, covered.last)
        for p in scene_of(document, codebook).periods
        if last.start <= p.start < last.end
    )
    return covered if same and last.paragraph in (sentence.paragraph, _above(sentence, document)) else None


@lru_cache(maxsize=16)
def _named_before(document: Document, codebook: Codebook) -> tuple[Sentence | None, ...]:
    """For each sentence the last one, up to itself, that names a period."""
    starts = [period.start for period in scene_of(document, codebook).periods]
    last: Sentence | None = None
    found = []
    for sentence in document.sentences:
        if bisect_left(starts, sentence.start) < bisect_left(starts, sentence.end):
            last = sentence
        found.append(last)
    return tuple(found)


def _above(sentence: Sentence, document: Document) -> int:
    """The paragraph above the list that a sentence is an item of; its own, where it is none."""
    paragraph = sentence.paragraph
    for before in reversed(document.sentences[: sentence.index + 1]):
        if before.paragraph < paragraph:
            return before.paragraph
        if not _ITEM.match(before.text):
            return sentence.paragraph
    return paragraph


_ITEM = re.compile(r"\s*(?:[-–—•*·▪]|\d{1,2}[.)])\s")
