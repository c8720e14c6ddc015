"""Periods: words, day of publication, days. Weeks run Monday to Sunday; 15 May 2024 is a Wednesday."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conflictstats.beginnings import Openings, Several, beginnings
from conflictstats.codebook import load_codebook
from conflictstats.periods import dateline_period, find_periods
from conflictstats.periods.dateforms import calendar_of

CODEBOOK = load_codebook()
WEDNESDAY = "2024-05-15"


def days(text: str, published: str | None = WEDNESDAY, conflict: str | None = None) -> list[str]:
    """The periods of a text as "first..last", or "?" where one stands that cannot be dated."""
    day = date.fromisoformat(published) if published else None
    return [f"{p.first}..{p.last}" if p.first else "?" for p in find_periods(text, day, CODEBOOK, conflict)]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        # the day of publication and those around it
        ("Three were killed today.", "05-15", "05-15"),
        ("Earlier today three were killed.", "05-15", "05-15"),
        ("Three were killed yesterday evening.", "05-14", "05-14"),
        ("Three were killed two days ago.", "05-13", "05-13"),
        ("THIS MORNING, GUERRILLAS STAGED AN ATTACK", "05-15", "05-15"),
        # weekdays: the latest on or before publication
        ("Three were killed on Wednesday.", "05-15", "05-15"),
        ("Three were killed on Thursday.", "05-09", "05-09"),
        ("Three were killed last Wednesday.", "05-08", "05-08"),
        ("Three were killed late on Monday evening.", "05-13", "05-13"),
        ("Three were killed in the early hours of Tuesday.", "05-14", "05-14"),
        ("Three were killed early Tuesday morning.", "05-14", "05-14"),
        ("Tuesday’s strike killed three.", "05-14", "05-14"),
        ("the site of Saturdays blast", "05-11", "05-11"),  # digests lose apostrophes
        ("they died after Monday's strike", "05-13", "05-13"),
        # hours that reach into the next day
        ("Between 11:00 p.m. on May 13 and 7:00 a.m. nine were downed.", "05-13", "05-14"),
        (
            "Between 11 p.m. Moscow time (8 p.m. GMT) on May 13 and 7 a.m. Moscow time (4 a.m. GMT) nine fell.",
            "05-13",
            "05-14",
        ),
        ("from 22:00 on May 12 to 06:30, nine were downed", "05-12", "05-13"),
        ("Between 9 a.m. on May 13 and 8 p.m. nine were downed.", "05-13", "05-13"),
        ("Between 11 p.m. on May 12 and 7 a.m. on May 14 nine fell.", "05-12", "05-14"),
        # nights
        ("Russia launched 30 drones overnight.", "05-14", "05-15"),
        ("Overnight into Tuesday all were shot down.", "05-13", "05-14"),
        ("In the night into Monday they attacked.", "05-12", "05-13"),
        ("in the night to Monday", "05-12", "05-13"),
        ("in the night from Sunday to Monday", "05-12", "05-13"),
        ("overnight from Monday to Tuesday", "05-13", "05-14"),
        ("overnight Sunday to Monday", "05-12", "05-13"),
        ("late on Sunday into Monday", "05-12", "05-13"),
        ("on the night of May 13-14", "05-13", "05-14"),
        ("on the night of 13 to 14 May", "05-13", "05-14"),
        ("on Monday night", "05-13", "05-13"),
        ("overnight on Wednesday", "05-14", "05-15"),
        ("overnight on May 12", "05-12", "05-13"),
        ("last night", "05-14", "05-15"),
        # weeks and weekends
        ("over the weekend", "05-11", "05-12"),
        ("last week", "05-06", "05-12"),
        ("this week", "05-13", "05-15"),
        ("earlier this week", "05-13", "05-15"),
        ("in the past week", "05-08", "05-15"),
        ("over the last week", "05-08", "05-15"),
        ("in the past seven days", "05-08", "05-15"),
        ("over the past 7 days", "05-08", "05-15"),
        ("From Monday the 6th to Sunday the 12th", "05-06", "05-12"),
        ("In the first week of April", "04-01", "04-07"),
        ("in the month to April 15", "03-15", "04-15"),
        ("since the 10th of this month", "05-10", "05-15"),
        ("since the raids started last Tuesday", "05-14", "05-15"),
        # windows
        ("in the last 24 hours", "05-14", "05-15"),
        ("over the past day", "05-14", "05-15"),
        ("during the past twenty-four hours", "05-14", "05-15"),
        ("during the past 48 hours", "05-13", "05-15"),
        ("over the past three days", "05-12", "05-15"),
        ("in the past two weeks", "05-01", "05-15"),
        ("over the previous 24 hours", "05-14", "05-15"),
        ("in the past month", "04-15", "05-15"),
        ("in the last month", "04-15", "05-15"),
        # months
        ("this month", "05-01", "05-15"),
        ("earlier this month", "05-01", "05-15"),
        ("so far this month", "05-01", "05-15"),
        ("last month", "04-01", "04-30"),
        ("in April", "04-01", "04-30"),
        ("In April’s attacks", "04-01", "04-30"),
        ("a lower figure of 390 for April", "04-01", "04-30"),
        ("this February", "02-01", "02-29"),
        ("so far in May", "05-01", "05-15"),
        # since, and the year so far
        ("since Monday", "05-13", "05-15"),
        # a heading without a stop does not run into the paragraph below
        ("90 killed since 4 April\n\nThe ministry stated on", "04-04", "05-15"),
        ("since late Monday", "05-13", "05-15"),
        ("since 4 April", "04-04", "05-15"),
        ("since April", "04-01", "05-15"),
        ("since the beginning of April", "04-01", "05-15"),
        ("since the start of the month", "05-01", "05-15"),
        ("since dawn", "05-15", "05-15"),
        ("since the beginning of today", "05-15", "05-15"),
        ("since the beginning of the day", "05-15", "05-15"),
        ("since last week", "05-06", "05-15"),
        ("since a truce collapsed on 18 March", "03-18", "05-15"),
        ("so far this year", "01-01", "05-15"),
        ("this year", "01-01", "05-15"),
        ("since the start of the year", "01-01", "05-15"),
        ("in the first three months of 2024", "01-01", "03-31"),
        ("in the first quarter of this year", "01-01", "03-31"),
        # dates
        ("on 6 May", "05-06", "05-06"),
        ("on May 6", "05-06", "05-06"),
        ("on the 6th of May", "05-06", "05-06"),
        ("on Monday, May 6", "05-06", "05-06"),
        ("on Monday, 6 May 2024,", "05-06", "05-06"),
        ("on the 6th.", "05-06", "05-06"),
        ("ON 6 MAY AT 1000", "05-06", "05-06"),
        ("on 2024-05-06", "05-06", "05-06"),
        ("on 06.05.2024", "05-06", "05-06"),
        ("from 6 to 8 May", "05-06", "05-08"),
        ("between 27 April and 3 May", "04-27", "05-03"),
        ("from April 27 to May 3", "04-27", "05-03"),
        ("on May 6 and 7", "05-06", "05-07"),
        ("on 6 and 7 May", "05-06", "05-07"),
        ("on Monday and Tuesday", "05-13", "05-14"),
        ("from Monday to Wednesday", "05-13", "05-15"),
        ("between Friday and Monday", "05-10", "05-13"),
        ("from 8 a.m. on Monday to 8 a.m. on Tuesday", "05-13", "05-14"),
        ("from January to March", "01-01", "03-31"),
    ],
)  # fmt: skip
def test_one_period(text: str, first: str, last: str) -> None:
    assert days(text) == [f"2024-{first}..2024-{last}"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("6 August", "2023-08-06..2023-08-06"),  # the latest on or before publication
        ("Aug. 6", "2023-08-06..2023-08-06"),
        ("in July", "2023-07-01..2023-07-31"),
        ("last September", "2023-09-01..2023-09-30"),
        ("since October", "2023-10-01..2024-05-15"),
        ("since 24 February 2022", "2022-02-24..2024-05-15"),
        ("since 2014", "2014-01-01..2024-05-15"),
        ("in 2023", "2023-01-01..2023-12-31"),
        ("Civilian harm, January–March 2024", "2024-01-01..2024-03-31"),
        ("November - January 2024", "2023-11-01..2024-01-31"),
        ("last year", "2023-01-01..2023-12-31"),
        ("in November 2022", "2022-11-01..2022-11-30"),
        ("between December 2022 and May 2023", "2022-12-01..2023-05-31"),
        ("from December to May 2023", "2022-12-01..2023-05-31"),
        ("between 27 November and 3 December 2023", "2023-11-27..2023-12-03"),
        ("first half of 2023", "2023-01-01..2023-06-30"),
        ("in the second half of last year", "2023-07-01..2023-12-31"),
        ("from 2014 to 2018", "2014-01-01..2018-12-31"),
        ("over the past two years", "2022-05-15..2024-05-15"),
        ("since the conflict began with protests in March 2011", "2011-03-01..2024-05-15"),
        ("on New Year's Eve", "2023-12-31..2023-12-31"),
    ],
)
def test_period_of_another_year(text: str, expected: str) -> None:
    assert days(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "in late January", "early last week", "in mid-April", "at the end of 2022", "the first days of December",
        "as of Monday", "as of 8 a.m. on Monday", "by Tuesday", "until 3 May", "before May 3", "in recent days",
        "next Monday", "tomorrow", "later this month", "two weeks ago", "in the past few days", "several days ago",
        "in May",  # a month still running
        "in the 44-day war of 2020", "since then", "since the summer of 2023", "in the coming weeks",
        "on 3 June",  # within two months: still to come
        "since late 2023",
    ],
)  # fmt: skip
def test_undated(text: str) -> None:
    """A period of its own that cannot be dated: nothing is guessed, and nothing is carried over it."""
    assert set(days(text)) <= {"?"}


@pytest.mark.parametrize(
    "text",
    [
        "troops may march on Kyiv", "MAY GOD HELP THEM", "the 47th Brigade", "on the 540th day", "Shahed-136 drones",
        "in 2000 attacks", "Sunday Times reporters", "every Friday", "per day",
        "within 24 hours", "in 24 hours", "at 10:30", "Theresa May said", "August shelling", "2,024 shells",
        "KYIV, May 13 (Agency) - Russia struck", "SAN SALVADOR, 15 MAR 89 (AGENCY) -- [TEXT] GUERRILLAS STRUCK",
        "the M-19 [19 April Movement] struck", "the 17 November group", "in three hours of combat",
        "it was said. MOSCOW May 13 (Agency) - Two bombs went off",
        "since 24 fighters died", "Saturday 11 May 2024 Russian forces kill 120",
    ],
)  # fmt: skip
def test_no_period(text: str) -> None:
    assert days(text) == []


WAR_STARTS = [
    "since the start of the war", "since the start of the full-scale war", "since the war began",
    "since the full-scale invasion began", "since Russia's full-scale invasion", "since the beginning of hostilities",
    "since the outbreak of the conflict", "since the war broke out", "Since Russia launched its full-scale invasion",
]  # fmt: skip


@pytest.mark.parametrize("text", WAR_STARTS)
def test_since_the_war_began(text: str) -> None:
    assert days(text, conflict="Russia-Ukraine") == ["2022-02-24..2024-05-15"]
    assert days(text) == ["?"]  # no war known: a running total all the same
    assert all(p.cumulative for p in find_periods(text, date(2024, 5, 15), CODEBOOK))


def test_other_wars_are_not_this_one() -> None:
    for text in ("since the Second World War", "since the end of the Cold War", "since the 2006 war"):
        assert days(text, conflict="Russia-Ukraine") in ([], ["?"])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # on the same day: the day named last
        ("On Monday 12 died. Seven were hurt on the same day.", ["13..13", "13..13"]),
        ("On Monday 12 died. That night three more died.", ["13..13", "13..13"]),
        ("Over the weekend they fired 90 shells. 26 houses burned in those two days.", ["11..12", "11..12"]),
        (
            "In the past 24 hours 50 died. It began in March. In the same period 11 fled.",
            ["14..15", "?", "14..15"],
        ),
        ("On Monday 12 died, four more than the day before.", ["13..13", "12..12"]),
        ("On Monday 12 died. A day later the toll was 14.", ["13..13", "14..14"]),
    ],
)
def test_anaphora(text: str, expected: list[str]) -> None:
    got = [d if d == "?" else f"{d[8:10]}..{d[-2:]}" for d in days(text)]
    assert [g for g, e in zip(got, expected, strict=True) if e != "?"] == [e for e in expected if e != "?"]


def test_cumulative() -> None:
    for text in ("since Monday", "so far this year", "this year so far", "since the start of April"):
        assert [p.cumulative for p in find_periods(text, date(2024, 5, 15), CODEBOOK)] == [True]
    for text in ("on Monday", "this year", "last month"):
        assert [p.cumulative for p in find_periods(text, date(2024, 5, 15), CODEBOOK)] == [False]


def test_without_a_date_of_publication_only_what_is_written_out() -> None:
    assert days("on Monday", None) == ["?"]
    assert days("on 6 August", None) == ["?"]
    assert days("on 6 August 2023", None) == ["2023-08-06..2023-08-06"]
    assert days("in March 2011", None) == ["2011-03-01..2011-03-31"]


def test_the_anniversary_of_a_war() -> None:
    """ "October 7" in a report of later years is the day the war began, unless the anniversary is the news."""
    war = next(name for name, entry in CODEBOOK.wars.items() if entry.start == "2023-10-07")
    assert days("on October 7", "2025-03-01", war) == ["2023-10-07..2023-10-07"]
    assert days("since October 7", "2025-03-01", war) == ["2023-10-07..2025-03-01"]
    assert days("on October 7", "2024-10-08", war) == ["2024-10-07..2024-10-07"]


WORDS = ["on Monday", "overnight", "since", "in July", "from", "to", "6 August", "last week", "between", "and", "2023",
         "the past", "three days", "the same day", "so far this year", "early", "into Friday", "May", "the weekend", "."]  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=12), st.dates(date(2000, 1, 1), date(2049, 12, 31)))
def test_laws(words: list[str], published: date) -> None:
    """Whatever the words: spans are exact and in order, ends are in order, nothing lies after publication."""
    text = " ".join(words)
    end = 0
    for period in find_periods(text, published, CODEBOOK):
        assert text[period.start : period.end] == period.text
        assert period.end > end
        end = period.end
        assert (period.first is None) == (period.last is None)
        if period.first is not None and period.last is not None:
            assert period.first <= period.last <= published


def test_examples_of_the_calendar() -> None:
    for name, moment in CODEBOOK.calendar.items():
        for example in moment.examples:
            text, published, first, last = (part.strip() for part in example.split("|"))
            want = {"?"} if first == "-" else {f"{first}..{last}"}
            assert set(days(text, published)) <= want, (name, example)
            assert first == "-" or days(text, published), (name, example)


def test_the_day_of_a_dateline_is_none_of_its_story() -> None:
    assert days("RAWALPINDI, MAY 15: Three soldiers were killed on Monday.") == ["2024-05-13..2024-05-13"]


def test_what_is_since_a_day_lies_behind_however_near_that_day_of_the_year_is() -> None:
    assert days("since June 8") == ["2023-06-08..2024-05-15"]
    assert days("from 8 June to 30 April") == ["2023-06-08..2024-04-30"]


def test_the_year_or_month_in_which_a_war_began_is_its_first_day() -> None:
    for text in ("since the start of the conflict in 2023", "since the war began in October 2023"):
        assert days(text, conflict="Israel-Hamas") == ["2023-10-07..2024-05-15"]
    assert days("since 2023", conflict="Israel-Hamas") == ["2023-01-01..2024-05-15"]


def test_dateline() -> None:
    published = date(2024, 5, 15)
    assert dateline_period(published, CODEBOOK) == (published - timedelta(1), published)
    assert dateline_period(None, CODEBOOK) is None


# --------------------------------------------------------------------------- where a form can begin


@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_whatever_a_form_matches_begins_as_it_says(data: st.DataObject) -> None:
    form = data.draw(st.sampled_from(calendar_of(CODEBOOK).forms))
    text = data.draw(st.from_regex(form[0]))
    tried = dict(calendar_of(CODEBOOK).beginnings.places(text))
    for word in re.finditer(r"\w+", text):
        if form[0].match(text, word.start()):
            assert form in tried[word.start()]


@settings(max_examples=100, deadline=None)
@given(
    text=st.lists(st.sampled_from("if IF iffy would Wouldn't plan 25th 25 to for a . , ' \n".split(" "))).map(
        " ".join
    )
)
def test_openings_are_found_where_re_finds_them(text: str) -> None:
    pattern = re.compile(r"\b(?:if|would|plans?\s+(?:to|for)|\d\d?th)\b", re.I)
    assert [m.span() for m in Openings(pattern).finditer(text)] == [m.span() for m in pattern.finditer(text)]


@given(text=st.text(alphabet=" ,(fromup12thehadbysaid", max_size=60))
def test_patterns_searched_together_find_what_each_finds(text: str) -> None:
    patterns = [
        re.compile(pattern, re.I)
        for pattern in (r"\b(?:up|from)\s+the", r"\bhad\s+(?:said\s+)?", r"\(from", r"\ba?n?\w+d", r"^\W*by")
    ]
    alone = [match.span() for pattern in patterns if (match := pattern.search(text))]
    assert [match.span() for match in Several(patterns).search(text)] == alone


@pytest.mark.parametrize("pattern", [r"\w+ days ago", r"a?", ".*night"])
def test_a_pattern_that_may_begin_with_anything_is_refused(pattern: str) -> None:
    with pytest.raises(ValueError, match="a match may be"):
        beginnings(pattern, re.IGNORECASE)


@pytest.mark.parametrize(
    ("text", "published", "found"),
    [
        ("They murdered 76 leaders in 2025.", "2025-12-30", ["2025-01-01..2025-12-31"]),  # a year's balance
        ("They murdered 76 leaders in 2025.", "2025-08-30", ["?"]),
        ("They murdered 76 leaders so far in 2025.", "2025-12-30", ["2025-01-01..2025-12-30"]),
    ],
)
def test_a_year_that_is_all_but_over_is_that_year(text: str, published: str, found: list[str]) -> None:
    assert days(text, published) == found


def test_that_day_may_be_the_one_that_something_runs_from() -> None:
    text = "A clinic was hit on 13 April. It counts 52,000 deaths since 7 October 2023. On that day 1,200 were killed."
    assert days(text, "2025-05-05")[-1] == "2023-10-07..2023-10-07"
