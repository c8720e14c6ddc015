"""`total`: what a reference table gives for a question, and how much of the question it covers."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from conflictstats.codebook import Codebook, load_codebook
from conflictstats.compare.relations import Inclusion, inclusion
from conflictstats.compare.wording import number
from conflictstats.reference.tables import KINDS, Reference
from conflictstats.tables import CLAIM_COLUMNS, frame

# Items that their parts make up without a rest; people are more than civilians and combatants.
_UNIONS = {"drone_or_missile": ("drone", "missile"), "women_and_children": ("child", "woman")}
# A running total may be given as of a day or two before the one that is asked for.
_AS_OF = 3
# What a division is called beside its name, and words that stand for no place of their own.
_AREAS = frozenset(
    {"the", "strip", "region", "province", "oblast", "governorate", "state", "district", "raion", "city"}
)
_DIRECTIONS = frozenset({"north", "south", "east", "west", "centre", "central", "front", "line", "border"})
_Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Total:
    """Low and high hold what is surely and what is perhaps inside the question; best where both are one.

    `days` of the question, `present` in the table, `rows` added up, `aside` rows of these days that cannot
    be used, `refused` why there is no total. Only a total that is `complete` competes with claims: all its days
    are there, and some of it is surely the question's.
    """

    low: float
    best: float
    high: float
    days: int
    present: int
    rows: int
    aside: int
    refused: str | None
    detail: str
    source: str | None = None
    source_side: str | None = None

    @property
    def complete(self) -> bool:
        sure = self.low > 0 or self.low == self.high
        return self.refused is None and self.days == self.present and not self.aside and sure


def total(
    reference: Reference, question: pd.Series[Any] | Mapping[str, Any], *, codebook: Codebook | None = None
) -> Total:
    """Sum a reference table over the window, the place and the items of a question.

    `question` is a row of `questions` or of the claims table, or a mapping with `event`, `item`,
    `period_start` and `period_end`, and what else is asked for: `variant`, `aggregation`, `actor`, `target`,
    `place`, `conflict`.
    """
    book = codebook or load_codebook()
    asked = {key: question.get(key) for key in _ASKED}
    asked = {
        key: None if value is None or value is pd.NA or value != value else value
        for key, value in asked.items()
    }
    start, end = _day(asked["period_start"]), _day(asked["period_end"])
    if start is None or end is None:
        return _refused("the question gives no period", 0)
    length = (end - start).days + 1
    sure, perhaps, why = matching(reference, asked, book)
    if why is not None:
        return _refused(why, length)
    if asked["aggregation"] == "cumulative":
        return _running(reference, sure, start, end, asked, book)
    if asked["aggregation"] not in (None, "period"):
        return _refused(
            f"the question asks for a {asked['aggregation']} figure, the table counts by period", length
        )
    return window(reference, sure, perhaps, start, end, _words(asked, book))


def as_claims(
    reference: Reference, questions: pd.DataFrame, *, codebook: Codebook | None = None
) -> pd.DataFrame:
    """The table's complete totals for these questions (or claims), as rows that `compare` takes with others.

    Each is a claim of the table's source, article `reference:KIND`, evidence the sum it comes from.
    """
    rows: dict[str, tuple[Any, ...]] = {}
    for question in questions.to_dict("records"):
        found = total(reference, {str(k): v for k, v in question.items()}, codebook=codebook)
        if not found.complete:
            continue
        plain = {str(k): None if v is pd.NA or v != v else v for k, v in question.items()}
        row: dict[str, Any] = dict.fromkeys(CLAIM_COLUMNS)
        kept = ("conflict", "event", "item", "variant", "actor", "target", "place", "place_id")
        row |= {name: plain.get(name) for name in kept}
        start, end = _day(plain["period_start"]), _day(plain["period_end"])
        key = "|".join(str(row[name]) for name in kept) + f"|{start}|{end}"
        exact = found.low == found.high
        row |= {
            "claim_id": f"{reference.kind}:{key}", "article_id": f"reference:{reference.kind}",
            "published": end, "unit": "count", "low": found.low, "best": found.best, "high": found.high,
            "hedge": "exact" if exact else "range", "status": "asserted",
            "aggregation": plain.get("aggregation") or "period",
            "source": f"{found.source or KINDS[reference.kind].title} (reference table)",
            "source_id": f"reference-{reference.kind.replace('_', '-')}", "source_side": found.source_side,
            "voice": "reported", "period_start": start, "period_end": end, "period_basis": "stated",
            "place_basis": "stated" if row["place"] else "none", "evidence": found.detail,
            "text": number(found.low) if exact else f"{number(found.low)}–{number(found.high)}",
            "start": 0, "end": 0, "extractor": "reference",
        }  # fmt: skip
        rows.setdefault(key, tuple(row[name] for name in CLAIM_COLUMNS))
    return frame(rows.values(), CLAIM_COLUMNS)


_ASKED = (
    "conflict", "event", "item", "variant", "unit", "aggregation", "actor", "target", "place",
    "period_start", "period_end",
)  # fmt: skip


def _day(value: Any) -> date | None:
    return None if value is None or pd.isna(value) else pd.Timestamp(value).date()


def _refused(why: str, days: int, detail: str | None = None) -> Total:
    return Total(math.nan, math.nan, math.nan, days, 0, 0, 0, why, detail or why)


# --------------------------------------------------------------------------- which rows answer


def matching(
    reference: Reference, asked: Mapping[str, Any], codebook: Codebook
) -> tuple[_Mask, _Mask, str | None]:
    """Rows that surely answer a question, rows that perhaps do, whatever their days; or why none can."""
    inc = inclusion(codebook)
    none = np.zeros(len(reference.rows), dtype=bool)
    event, item, variant = asked["event"], asked["item"], asked.get("variant")
    if asked.get("unit") not in (None, "count"):
        return none, none, f"the table counts, the question measures in {asked['unit']}"
    counting = "cumulative" if asked.get("aggregation") == "cumulative" else "period"
    of_event = _each(reference, "event", lambda own: inc.same_event(own, event, item)) > 0
    of_event &= _each(reference, "aggregation", lambda own: own == counting) > 0
    has = {
        own
        for turn, own in enumerate(reference.coded["item"][1])
        if (of_event & (reference.coded["item"][0] == turn)).any()
    }
    narrow = {item} if item in has else set(_UNIONS.get(item, ()))
    # a row for a wider item (drones and missiles in one number) holds perhaps some of the narrower
    wider = {whole for whole, parts in _UNIONS.items() if item in parts}
    counts = _each(reference, "item", lambda own: 2 if own in narrow else 1 if own in wider else 0)
    found = of_event & (counts > 0)
    if not found.any():
        return none, none, f"the table does not count {_named(item, event, inc)}"
    for name in ("actor", "target"):
        if asked.get(name) is not None:
            party = (None, asked[name])
            found = found & (_each(reference, name, party.__contains__) > 0)
    if not found.any():
        return none, none, "the table counts what other sides did, or had done to them"
    found = found & _of_war(reference, asked.get("conflict"), codebook)
    if not found.any():
        return none, none, f"the table has nothing about {asked['conflict']}"
    kinds = _each(reference, "variant", lambda own: _fits(own, variant, inc.usual.get(item)))
    if not (found & (kinds > 0)).any():
        return none, none, f"the table has nothing about variant {variant}"
    place = asked.get("place")
    spots = _each(reference, "where", lambda own: 2 if place is None else _fit(_plain(place), *own))
    if not (found & (kinds > 0) & (spots > 0)).any():
        return none, none, f"the table has nothing about {place}"
    surely = (counts == 2) & (kinds == 2) & (spots == 2)
    return found & surely, found & (kinds > 0) & (spots > 0), None


def _each(reference: Reference, column: str, judge: Callable[[Any], int]) -> npt.NDArray[np.int8]:
    """What is judged of each row's word: 2 it fits, 1 perhaps, 0 not."""
    codes, values = reference.coded[column]
    return np.array([judge(value) for value in values], dtype=np.int8)[codes]


def _named(item: str, event: str, inc: Inclusion) -> str:
    return f"{inc.words.get(item, (item, item))[1]} {inc.event_words.get(event, event)}"


def _of_war(reference: Reference, conflict: str | None, codebook: Codebook) -> _Mask:
    """Rows of the same war, or of a country of it; a row that names neither may be of any."""
    war = codebook.wars.get(conflict or "")
    if war is None:
        return np.ones(len(reference.rows), dtype=bool)
    codes = {name: entry.code for name, entry in codebook.countries.items()}
    codes |= {name: entry.code for entry in codebook.countries.values() for name in entry.names}

    def within(named: tuple[str | None, str | None]) -> bool:
        own, country = named
        return own == conflict if own else country is None or codes.get(country) in war.countries

    return _each(reference, "war", within) > 0


def _fits(own: str | None, variant: str | None, usual: str | None) -> int:
    """Drones without a word more are attack drones, perhaps others too."""
    if own is None:
        return 2 if variant is None else 1
    if variant is None:
        return 2 if usual in (None, own) else 1
    return 2 if own == variant else 0


def _fit(asked: str, place: str | None, region: str | None, country: str | None) -> int:
    """2 where the row is for that place alone, 1 where it may include it, 0 elsewhere."""
    parts = [_plain(part) for part in place.replace(",", " and ").split(" and ")] if place else []
    wider = [_plain(name) for name in (region, country) if name]
    if parts == [asked] or asked in wider:
        return 2
    wide = not parts or parts == wider[-1:] or any(set(part.split()) <= _DIRECTIONS for part in parts)
    return 1 if wide or asked in parts else 0


@cache
def _plain(name: str) -> str:
    words = [
        w for w in "".join(c if c.isalnum() else " " for c in name.casefold()).split() if w not in _AREAS
    ]
    return " ".join(words)


# --------------------------------------------------------------------------- what they add up to


def window(reference: Reference, sure: _Mask, perhaps: _Mask, start: date, end: date, words: str) -> Total:
    """The sum over days; a row that reaches beyond them counts perhaps."""
    length = (end - start).days + 1
    if reference.first is None or reference.last is None or end < reference.first or start > reference.last:
        covers = f"{reference.first} to {reference.last}" if reference.first else "nothing"
        return _refused(f"outside the table, which covers {covers}", length)
    rows = reference.rows
    first, last = rows["period_start"].to_numpy(), rows["period_end"].to_numpy()
    begin, finish = np.datetime64(start), np.datetime64(end)
    counted = np.flatnonzero(sure & (first >= begin) & (last <= finish))
    possible = np.flatnonzero(perhaps & (last >= begin) & (first <= finish))
    bests = rows["best"].to_numpy()
    low = _sum(rows["low"].to_numpy()[counted], bests[counted])
    high = _sum(rows["high"].to_numpy()[possible], bests[possible])
    best = float(bests[counted].sum()) if len(counted) == len(possible) else math.nan
    present = _present(reference, sure | perhaps, start, end)
    aside = _aside(reference, set(_values(reference, "item", perhaps)), begin, finish)
    guessed = int((_each(reference, "basis", lambda own: own == "extrapolated")[possible] > 0).sum())
    source, side = _source(reference, perhaps)
    what = number(low) if low == high else f"{number(low)}–{number(high)}"
    detail = (
        f"{KINDS[reference.kind].title}: {what} {words} for {span(start, end)},"
        f" {len(possible)} {'row' if len(possible) == 1 else 'rows'}, {present} of {length} days present"
        + (f", {aside} set aside" if aside else "")
        + (f", {guessed} filled in by the table's makers" if guessed else "")
    )
    return Total(low, best, high, length, present, len(possible), aside, None, detail, source, side)


def _sum(bounds: npt.NDArray[np.float64], bests: npt.NDArray[np.float64]) -> float:
    """Bounds added up; a row with none counts with its best."""
    return float(np.where(np.isnan(bounds), bests, bounds).sum())


def _values(reference: Reference, column: str, rows: _Mask) -> list[str]:
    """The words that these rows have in a column."""
    codes, values = reference.coded[column]
    return [values[turn] for turn in np.unique(codes[rows]) if values[turn] is not None]


def _present(reference: Reference, rows: _Mask, start: date, end: date) -> int:
    """Days of the window that the table covers; of a daily series those that have a row."""
    assert reference.first is not None and reference.last is not None
    if not reference.daily:
        return max(0, (min(end, reference.last) - max(start, reference.first)).days + 1)
    have = set()
    for first, last in reference.rows.loc[rows, ["period_start", "period_end"]].itertuples(index=False):
        day = max(first.date(), start)
        while day <= min(last.date(), end):
            have.add(day)
            day += timedelta(days=1)
    return len(have)


def _aside(reference: Reference, items: set[str], begin: np.datetime64, finish: np.datetime64) -> int:
    problems = reference.problems
    problems = problems[problems["item"].isna() | problems["item"].isin(items)]
    of_days = (problems["period_end"].to_numpy() >= begin) & (problems["period_start"].to_numpy() <= finish)
    return int(of_days.sum())


def _running(
    reference: Reference, mask: _Mask, start: date, end: date, asked: Mapping[str, Any], book: Codebook
) -> Total:
    """The running total as of the last day asked for, or of a day or two before."""
    rows = reference.rows[mask]
    length = (end - start).days + 1
    since = (rows["period_start"] - pd.Timestamp(start)).abs() <= pd.Timedelta(days=1)
    age = pd.Timestamp(end) - rows["period_end"]
    near = rows[since & (age >= pd.Timedelta(0)) & (age < pd.Timedelta(days=_AS_OF))]
    if near.empty:
        why = f"no running total since {start} as of {end} or the {_AS_OF - 1} days before"
        return _refused(why, length)
    day = near["period_end"].max()
    told = near[near["period_end"] == day]
    low = float(told["low"].fillna(told["best"]).min())
    high = float(told["high"].fillna(told["best"]).max())
    best = float(told["best"].iloc[0]) if len(told) == 1 else math.nan
    source, side = _source(reference, np.isin(np.arange(len(reference.rows)), told.index.to_numpy()))
    what = number(low) if low == high else f"{number(low)}–{number(high)}"
    title = KINDS[reference.kind].title
    given = "" if len(told) == 1 else f", {len(told)} figures"
    detail = f"{title}: {what} {_words(asked, book)} as of {span(day.date(), day.date())}{given}"
    return Total(low, best, high, length, length, len(told), 0, None, detail, source, side)


def _source(reference: Reference, rows: _Mask) -> tuple[str | None, str | None]:
    """Whose figures they are, where they are one's."""
    sources, sides = _values(reference, "source", rows), _values(reference, "source_side", rows)
    side = sides[0] if len(sides) == 1 else "third_party" if sides else None
    return (sources[0] if len(sources) == 1 else None), side


def _words(asked: Mapping[str, Any], book: Codebook) -> str:
    variant = f"{asked['variant']} " if asked.get("variant") else ""
    where = f" in {asked['place']}" if asked.get("place") else ""
    return f"{variant}{_named(asked['item'], asked['event'], inclusion(book))}{where}"


def span(start: date, end: date) -> str:
    """Days as people write them: 31 July – 6 August 2023."""
    if start == end:
        return f"{start.day} {start:%B %Y}"
    first = (
        f"{start.day}" if (start.year, start.month) == (end.year, end.month) else f"{start.day} {start:%B}"
    )
    if start.year != end.year:
        first += f" {start.year}"
    return f"{first} – {end.day} {end:%B %Y}" if " " in first else f"{first}–{end.day} {end:%B %Y}"
