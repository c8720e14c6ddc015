"""`total`: what a reference table gives for a question, and how much of the question it covers."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
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
    rows, inc = reference.rows, inclusion(codebook)
    none = np.zeros(len(rows), dtype=bool)
    event, item = asked["event"], asked["item"]
    if asked.get("unit") not in (None, "count"):
        return none, none, f"the table counts, the question measures in {asked['unit']}"
    events = {e for e in rows["event"].unique() if inc.same_event(e, event, item)}
    of_event = rows["event"].isin(events).to_numpy(dtype=bool)
    if asked.get("aggregation") == "cumulative":
        of_event = of_event & (rows["aggregation"] == "cumulative").to_numpy(dtype=bool)
    else:
        of_event = of_event & (rows["aggregation"] == "period").to_numpy(dtype=bool)
    counted = rows["item"].to_numpy(dtype=object)
    items = [item] if item in set(counted[of_event]) else list(_UNIONS.get(item, ()))
    of_item = of_event & np.isin(counted.astype(str), [*items, *(_wider(item, counted[of_event]))])
    if not of_item.any():
        return none, none, f"the table does not count {_named(item, event, inc)}"
    for name in ("actor", "target"):
        parties = rows[name].to_numpy(dtype=object)
        if asked.get(name) is not None:
            named = np.array([isinstance(p, str) for p in parties])
            of_item = of_item & (~named | (parties == asked[name]))
    if not of_item.any():
        return none, none, "the table counts what other sides did, or had done to them"
    of_item = of_item & _of_conflict(rows, asked.get("conflict"), codebook)
    if not of_item.any():
        return none, none, f"the table has nothing about {asked['conflict']}"
    variant = _variants(rows, item, asked.get("variant"), inc)
    place = _places(rows, asked.get("place"))
    # a row for a wider item (drones and missiles in one number) holds perhaps some of the narrower
    narrow = np.isin(counted.astype(str), items)
    sure = of_item & narrow & (variant == 2) & (place == 2)
    perhaps = of_item & (variant >= 1) & (place >= 1)
    if not perhaps.any():
        what = f"variant {asked['variant']}" if not (of_item & (variant >= 1)).any() else str(asked["place"])
        return none, none, f"the table has nothing about {what}"
    return sure, perhaps, None


def _wider(item: str, counted: npt.NDArray[np.object_]) -> list[str]:
    return [whole for whole, parts in _UNIONS.items() if item in parts and whole in set(counted)]


def _named(item: str, event: str, inc: Inclusion) -> str:
    return f"{inc.words.get(item, (item, item))[1]} {inc.event_words.get(event, event)}"


def _of_conflict(rows: pd.DataFrame, conflict: str | None, codebook: Codebook) -> _Mask:
    """Rows of the same war, or of a country of it; a row that names neither may be of any."""
    war = codebook.wars.get(conflict or "")
    if war is None:
        return np.ones(len(rows), dtype=bool)
    codes = {name: entry.code for name, entry in codebook.countries.items()}
    names = {spelled: entry.code for entry in codebook.countries.values() for spelled in entry.names} | codes
    of = [
        own == conflict if isinstance(own, str) else names.get(country) in war.countries if isinstance(country, str) else True
        for own, country in zip(rows["conflict"].astype(object), rows["country"].astype(object), strict=True)
    ]  # fmt: skip
    return np.array(of, dtype=bool)


def _variants(rows: pd.DataFrame, item: str, variant: str | None, inc: Inclusion) -> npt.NDArray[np.int8]:
    """2 surely, 1 perhaps, 0 not: drones without a word more are attack drones, perhaps others too."""
    usual = inc.usual.get(item)
    fits: dict[Any, int] = {}
    for own in rows["variant"].unique():
        if not isinstance(own, str):
            fits[own] = 2 if variant is None else 1
        elif variant is None:
            fits[own] = 2 if usual in (None, own) else 1
        else:
            fits[own] = 2 if own == variant else 0
    return np.array([fits[own] for own in rows["variant"]], dtype=np.int8)


def _places(rows: pd.DataFrame, place: str | None) -> npt.NDArray[np.int8]:
    """2 where the row is for that place alone, 1 where it may include it, 0 elsewhere."""
    if place is None:
        return np.full(len(rows), 2, dtype=np.int8)
    asked = _plain(place)
    columns = (rows[name].astype(object) for name in ("place", "region", "country"))
    fits: dict[tuple[Any, ...], int] = {}
    found = []
    for named in zip(*columns, strict=True):
        if named not in fits:
            fits[named] = _fit(asked, *(name if isinstance(name, str) else None for name in named))
        found.append(fits[named])
    return np.array(found, dtype=np.int8)


def _fit(asked: str, place: str | None, region: str | None, country: str | None) -> int:
    parts = [_plain(part) for part in place.replace(",", " and ").split(" and ")] if place else []
    wider = [_plain(name) for name in (region, country) if name]
    if parts == [asked] or asked in wider:
        return 2
    wide = not parts or parts == wider[-1:] or any(set(part.split()) <= _DIRECTIONS for part in parts)
    return 1 if wide or asked in parts else 0


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
    inside = (first >= begin) & (last <= finish)
    touching = (last >= begin) & (first <= finish)
    counted, possible = rows[sure & inside], rows[perhaps & touching]
    low = float(counted["low"].fillna(counted["best"]).sum())
    high = float(possible["high"].fillna(possible["best"]).sum())
    same = len(counted) == len(possible)
    best = float(counted["best"].sum()) if same and counted["best"].notna().all() else math.nan
    present = _present(reference, sure | perhaps, start, end)
    aside = _aside(reference, set(rows.loc[sure | perhaps, "item"]), begin, finish)
    guessed = int((possible["basis"] == "extrapolated").sum())
    source, side = _source(rows[perhaps])
    what = number(low) if low == high else f"{number(low)}–{number(high)}"
    detail = (
        f"{KINDS[reference.kind].title}: {what} {words} for {span(start, end)},"
        f" {len(possible)} {'row' if len(possible) == 1 else 'rows'}, {present} of {length} days present"
        + (f", {aside} set aside" if aside else "")
        + (f", {guessed} filled in by the table's makers" if guessed else "")
    )
    return Total(low, best, high, length, present, len(possible), aside, None, detail, source, side)


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
    source, side = _source(told)
    what = number(low) if low == high else f"{number(low)}–{number(high)}"
    title = KINDS[reference.kind].title
    given = "" if len(told) == 1 else f", {len(told)} figures"
    detail = f"{title}: {what} {_words(asked, book)} as of {span(day.date(), day.date())}{given}"
    return Total(low, best, high, length, length, len(told), 0, None, detail, source, side)


def _source(rows: pd.DataFrame) -> tuple[str | None, str | None]:
    """Whose figures they are, where they are one's."""
    sources = rows["source"].dropna().unique()
    sides = rows["source_side"].dropna().unique()
    return (
        str(sources[0]) if len(sources) == 1 else None,
        str(sides[0]) if len(sides) == 1 else "third_party" if len(sides) else None,
    )


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
