"""Rows of the claims table → `Figure`: a claim as comparison sees it, with what had to be assumed.

A claim that states no period, or no place, is given what its own article offers: the day that the article
last spoke of, else the days up to publication. What was given this way is marked, and every verdict that
rests on it says so.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import Any

import pandas as pd

from conflictstats.codebook import Codebook
from conflictstats.compare.hedges import bounds_by
from conflictstats.compare.regions import region_at, region_of
from conflictstats.places import find_places
from conflictstats.places.gazetteer import fold, skeleton

# A report covers the days up to its publication; an attack is still news, and its toll still revised, on
# the third day after it.
NEWS_DAYS = 3
# Longer periods than this are weeks, months and wars, which a claim without a period does not inherit.
SHORT = 4
# Two events of a few days seldom share a count as large as this.
TELLING = 20
# … while a source that tells of every day has a two or a three in each.
FEW = 5


@dataclass(slots=True)
class Figure:
    """One claim, ready to be compared. Days are numbers, so that distances are differences."""

    row: int  # its turn in the fixed order
    claim_id: str
    article: str
    position: int  # where it stands in its article
    published: int | None
    conflict: str | None
    event: str
    item: str
    variant: str | None
    noun: str | None
    unit: str
    low: float
    best: float
    high: float
    hedge: str
    status: str
    aggregation: str
    source: str | None  # as written
    speaker: str  # who it is, the same across articles
    side: str | None
    actor: str | None
    target: str | None
    start: int | None
    end: int | None
    when: str  # stated | incident | report | article | dateline | elsewhen | unknown | none: how well the period is known
    period_text: str | None
    place: str | None
    place_id: str | None  # None: the gazetteer does not know it
    region: str | None
    country: str | None
    where: str  # stated | incident | none
    incident: str | None
    part_of: str | None
    text: str
    sentence: str | None
    near: frozenset[str] = frozenset()  # places that the figures of its article name
    regions: frozenset[str] = frozenset()  # … and their regions
    told: str = ""  # the sentences of its article that hold figures
    counts: frozenset[tuple[Any, ...]] = (
        frozenset()
    )  # the figures of its incident, or else of its article, which tell its story from others
    spots: frozenset[str] = frozenset()  # places for which its article gives such a figure
    actors: frozenset[str] = frozenset()  # those to whom its article ascribes such a figure
    spread: bool = False  # its article gives such figures for several places, this one for none of them
    scene: frozenset[str] = frozenset()  # places that the figures of its incident state
    days_told: frozenset[tuple[int, int]] = frozenset()  # … and the periods
    one_day: bool = False  # its article speaks of one short period only
    night: bool = False  # its sentence speaks of a night or an evening, which the next day may claim
    floor: bool = False  # counts what was seen, found or verified, and may be less than there was
    first: Figure | None = None  # of which this is another print
    copied: bool = False  # … in a copy of that one's article
    echoes: frozenset[str] = frozenset()  # whose figure the article gives here in its own voice
    attack: frozenset[str] = frozenset()  # the kinds of attack that its sentence speaks of
    window: bool = False  # counts all of the hours up to its telling, whatever the attack
    partial: bool = False  # counts only a part of what its event and item say: "two of them badly"

    @property
    def narrator(self) -> bool:
        return self.source is None

    @property
    def days(self) -> int | None:
        return None if self.start is None or self.end is None else self.end - self.start + 1


def read_figures(claims: pd.DataFrame, rules: str, codebook: Codebook) -> list[Figure]:
    """All claims in a fixed order, whatever the order of the rows, each claim_id once."""
    ordered = claims.reset_index(drop=True)
    order = ordered.sort_values(["article_id", "start", "end", "claim_id"], kind="stable")
    order = order.drop_duplicates("claim_id")
    outcomes = codebook.hierarchy["events"].parts
    figures = [_figure(row, values, rules, codebook) for row, values in enumerate(_rows(order))]
    for article in _by_article(figures):
        _inherit(article)
        _mark_parts(article, outcomes)
        _mark_further(article)
        _mark_echoes(article)
    return figures


def read_figure(row: pd.Series[Any] | Mapping[str, Any], rules: str, codebook: Codebook) -> Figure:
    """One row alone, without an article to inherit from."""
    df = pd.DataFrame([dict(row)])
    for name in ("published", "period_start", "period_end"):
        df[name] = pd.to_datetime(df[name]).astype("datetime64[s]")
    figure = _figure(0, next(_rows(df)), rules, codebook)
    _inherit([figure])
    return figure


# Ways in which the text itself tells a period.
TOLD = ("stated", "incident", "report")
_NAMES = (
    "claim_id", "article_id", "start", "published", "conflict", "event", "item", "variant", "noun", "unit",
    "low", "best", "high", "hedge", "status", "aggregation", "source", "source_id", "source_side",
    "actor", "target", "period_start", "period_end", "period_basis", "period_text",
    "place", "place_id", "region", "country", "lat", "lon", "place_basis",
    "incident", "part_of", "text", "sentence",
)  # fmt: skip
_DAYS = frozenset({"published", "period_start", "period_end"})
_NUMBERS = frozenset({"low", "best", "high", "lat", "lon", "start"})


def _rows(df: pd.DataFrame) -> Iterator[dict[str, Any]]:
    columns: list[list[Any]] = []
    for name in _NAMES:
        column = df[name]
        if name in _DAYS:
            days = column.to_numpy().astype("datetime64[D]").astype("int64")
            columns.append([None if empty else int(d) for d, empty in zip(days, column.isna(), strict=True)])
        elif name in _NUMBERS:
            columns.append([float("nan") if pd.isna(v) else float(v) for v in column])
        else:
            columns.append(column.astype(object).where(column.notna(), None).tolist())
    for values in zip(*columns, strict=True):
        yield dict(zip(_NAMES, values, strict=True))


def _figure(row: int, v: Mapping[str, Any], rules: str, codebook: Codebook) -> Figure:
    low, best, high = bounds_by(rules, v["hedge"], v["low"], v["best"], v["high"])
    speaker = v["source_id"] or _plain_name(v["source"] or "")
    when = {
        "stated": "stated",
        "carried": "stated",
        "incident": "incident",
        "report": "report",
        "dateline": "dateline",
    }
    place = v["place"] or None
    where = "incident" if v["place_basis"] in ("incident", "dateline") else "stated"
    place_id, region, country = v["place_id"], v["region"], v["country"]
    if place and place_id is None and country is None:  # "southern Ukraine" has a country and no id
        place_id, region, country = _look_up(place, v["conflict"], codebook)
    elif place and region is None and country and not math.isnan(v["lat"]):
        region = region_at(v["lat"], v["lon"], country, codebook)
    known = v["period_start"] is not None and v["period_end"] is not None
    return Figure(
        row=row, claim_id=v["claim_id"], article=v["article_id"], position=int(v["start"] or 0),
        published=v["published"], conflict=v["conflict"],
        event=v["event"], item=v["item"], variant=v["variant"], noun=v["noun"], unit=v["unit"],
        low=low, best=best, high=high, hedge=v["hedge"], status=v["status"], aggregation=v["aggregation"],
        source=v["source"] or None, speaker=speaker or f"article {v['article_id']}", side=v["source_side"],
        actor=v["actor"], target=v["target"],
        start=v["period_start"] if known else None, end=v["period_end"] if known else None,
        when=when.get(v["period_basis"], "stated") if known else "none", period_text=v["period_text"],
        place=place, place_id=place_id, region=region, country=country,
        where=where if place else "none",
        incident=v["incident"], part_of=v["part_of"], text=v["text"], sentence=v["sentence"],
        floor=_is_floor(v["sentence"], v["text"], codebook),
        window=bool(v["period_text"]) and _WINDOW.search(v["period_text"]) is not None,
        attack=_attacks(v["sentence"], codebook),
        partial=_is_portion(v["sentence"], v["text"], codebook),
        night=bool(v["sentence"]) and _word_of("nights", codebook).search(v["sentence"]) is not None,
    )  # fmt: skip


_BEFORE, _BEHIND = 32, 14  # characters beside a figure that can make it a floor
_FAR_BEHIND = 70  # … and a part
_HURT = frozenset({"wounded", "casualties", "missing"})
_WINDOW = re.compile(r"\bhours\b")
_FURTHER = re.compile(r"\b(?:another|a further|an additional)\s*…|…\s+(?:[\w-]+\s+)?(?:more|others?)\b", re.I)
# "In early October", which no reader makes days of; a date line has no preposition.
_SOME_TIME = re.compile(
    r"\b(?:in|early|mid|late|last|since|by)[ -](?:january|february|march|april|may|june|july|august|september"
    r"|october|november|december)\b"
)


def _is_floor(sentence: str | None, text: str, codebook: Codebook) -> bool:
    before, behind = _beside(sentence, text, _BEHIND)
    return _word_of("floors", codebook).search(f"{before} … {behind}") is not None


def _is_portion(sentence: str | None, text: str, codebook: Codebook) -> bool:
    before, behind = _beside(sentence, text, _FAR_BEHIND)
    return _word_of("portions", codebook).search(f"{before} … {behind}") is not None


def _beside(sentence: str | None, text: str, reach: int) -> tuple[str, str]:
    """The words before a figure, and so many characters of those behind it."""
    at = (sentence or "").find(text) if text else -1
    if sentence is None or at < 0:
        return "", ""
    return sentence[max(0, at - _BEFORE) : at], sentence[at + len(text) : at + len(text) + reach]


@cache
def _word_of(name: str, codebook: Codebook) -> re.Pattern[str]:
    return _any_of(getattr(codebook.hierarchy["events"], name))


def _any_of(phrases: Iterable[str], ending: str = "") -> re.Pattern[str]:
    words = sorted(phrases, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words)) or '(?!)'}){ending}\b", re.I)


@cache
def _look_up(
    name: str, conflict: str | None, codebook: Codebook
) -> tuple[str | None, str | None, str | None]:
    """Id, region and country of a place that the table only names, by the gazetteer."""
    war = codebook.wars.get(conflict or "")
    found = find_places(name, codebook, war.countries if war else ())
    whole = next((place for place in found if place.text == name), None)
    if whole is None:
        return None, None, None
    return whole.place_id, region_of(whole, codebook), whole.country


def _plain_name(name: str) -> str:
    """The name of a source that the table gives no id: one spelling for the Russian defense, Defence ministry."""
    plain = name.casefold().replace("defense", "defence").replace("’", "'").replace("'s", "")
    return " ".join(plain.removeprefix("the ").split())


def _by_article(figures: list[Figure]) -> list[list[Figure]]:
    articles: dict[str, list[Figure]] = {}
    for figure in figures:
        articles.setdefault(figure.article, []).append(figure)
    return list(articles.values())


def _inherit(article: list[Figure]) -> None:
    """Give figures without a period or place what their article says; in the order of its text."""
    _tell_incidents(article)
    _inherit_periods(article)
    _inherit_places(article)
    _tell_counts(article)
    actors: dict[str, set[str]] = {}
    totals = {figure.claim_id: figure for figure in article}
    for figure in article:
        if figure.actor:
            actors.setdefault(figure.event, set()).add(figure.actor)
    for figure in article:
        figure.actors = frozenset(actors.get(figure.event, ()))
        total = totals.get(figure.part_of or "")
        figure.floor = figure.floor or (total is not None and total.floor)


def _tell_incidents(article: list[Figure]) -> None:
    """What the figures of each incident state of its places and days, which tells it from others."""
    scenes: dict[str, set[str]] = {}
    days: dict[str, set[tuple[int, int]]] = {}
    for figure in article:
        if figure.incident and figure.where == "stated":
            scenes.setdefault(figure.incident, set()).add(spot_of(figure))
        if (
            figure.incident
            and figure.when == "stated"
            and figure.start is not None
            and figure.end is not None
        ):
            days.setdefault(figure.incident, set()).add((figure.start, figure.end))
    for figure in article:
        if figure.incident:
            figure.scene = frozenset(scenes.get(figure.incident, ()))
            figure.days_told = frozenset(days.get(figure.incident, ()))


@cache
def _attacks(sentence: str | None, codebook: Codebook) -> frozenset[str]:
    kinds = codebook.hierarchy["events"].attacks
    return frozenset(kind for kind in kinds if sentence and _kind(kind, codebook).search(sentence))


@cache
def _kind(kind: str, codebook: Codebook) -> re.Pattern[str]:
    return _any_of(codebook.hierarchy["events"].attacks[kind], "s?")


def _inherit_places(article: list[Figure]) -> None:
    places: dict[str, Figure] = {}
    spots: dict[tuple[str, str], set[str]] = {}
    for figure in article:
        if figure.where == "stated":
            if figure.incident:
                places.setdefault(figure.incident, figure)
            spots.setdefault((figure.event, figure.item), set()).add(spot_of(figure))
    near = frozenset(f.place_id for f in article if f.place_id)
    regions = frozenset(f.region for f in article if f.region)
    told = "\n".join(dict.fromkeys(f.sentence for f in article if f.sentence))
    for figure in article:
        figure.near, figure.regions, figure.told = near, regions, told
        figure.spots = frozenset(spots.get((figure.event, figure.item), ()))
        figure.spread = len(figure.spots) > 1 and figure.where != "stated"
        given = places.get(figure.incident or "")
        if figure.spread:
            # one of several places, or all of them: the incident's may be the wrong one
            figure.place = figure.place_id = figure.region = figure.country = None
            figure.where = "none"
        elif figure.where == "none" and given is not None:
            figure.place, figure.place_id = given.place, given.place_id
            figure.region, figure.country, figure.where = given.region, given.country, "incident"


def _tell_counts(article: list[Figure]) -> None:
    """The figures beside each that are not of another event: of another region, or of other days."""
    regions: dict[str, set[str]] = {}
    counts: dict[str | None, set[tuple[Any, ...]]] = {}
    days: dict[str, frozenset[tuple[int, int]]] = {}
    for figure in article:
        if figure.incident:
            days[figure.incident] = figure.days_told
            if figure.where == "stated" and figure.region:
                regions.setdefault(figure.incident, set()).add(figure.region)
        if _counts(figure) and figure.best > 1:
            counts.setdefault(figure.incident, set()).add(
                (figure.event, figure.item, figure.unit, figure.best)
            )

    def one(mine: str | None, other: str | None) -> bool:
        if not (mine and other) or mine == other:
            return True
        here, there = regions.get(mine, set()), regions.get(other, set())
        return not (here and there and here.isdisjoint(there)) and not days_apart(days[mine], days[other])

    beside = {
        mine: frozenset[tuple[Any, ...]]().union(*(c for other, c in counts.items() if one(mine, other)))
        for mine in dict.fromkeys(figure.incident for figure in article)
    }
    everything = frozenset[tuple[Any, ...]]().union(*counts.values())
    for figure in article:
        # people on the move are told of where they left and where they arrive
        figure.counts = everything if figure.event == "displaced" else beside[figure.incident]


def days_apart(a: frozenset[tuple[int, int]], b: frozenset[tuple[int, int]]) -> bool:
    """Whether two incidents both state days, and share none."""
    return bool(a and b) and not any(
        first <= other_last and other_first <= last for first, last in a for other_first, other_last in b
    )


def spot_of(figure: Figure) -> str:
    """What tells a place from others: its id, else its name however it is spelt."""
    return figure.place_id or skeleton(fold(figure.place or ""))


def _inherit_periods(article: list[Figure]) -> None:
    spoken = [f for f in article if f.when == "stated" and f.start is not None and _counts(f)]
    short = [f for f in spoken if (f.days or 0) <= SHORT]
    incidents = {f.incident: f for f in reversed(short) if f.incident}
    own_times = _own_times(article, spoken)
    one_day = len({(f.start, f.end) for f in short}) == 1
    for figure, own in zip(article, own_times, strict=True):
        figure.one_day = one_day
        if figure.when in ("none", "dateline") and _SOME_TIME.search((figure.sentence or "").lower()):
            figure.start = figure.end = None
            figure.when = "elsewhen"
            continue
        if figure.when in ("none", "dateline") and _counts(figure):
            given = incidents.get(figure.incident or "")
            basis = "incident"
            if own is not None and (given is None or (own.start, own.end) != (given.start, given.end)):
                if (own.days or 0) > SHORT:
                    # a week that its source has just spoken of, or a day of somebody else's: nobody knows
                    figure.start = figure.end = None
                    figure.when = "unknown"
                    continue
                given, basis = own, "article"
            if given is None and figure.when == "none" and short:
                # the day that the text last spoke of, else the first that it will
                before = [f for f in short if f.position < figure.position]
                given, basis = (before[-1] if before else short[0]), "article"
            if given is not None:
                figure.start, figure.end, figure.when = given.start, given.end, basis
        if figure.when == "none" and figure.published is not None:
            figure.start, figure.end, figure.when = figure.published - NEWS_DAYS, figure.published, "dateline"
        elif figure.when == "dateline" and figure.published is not None and figure.start is not None:
            figure.start = min(figure.start, figure.published - NEWS_DAYS)


def _own_times(article: list[Figure], spoken: list[Figure]) -> list[Figure | None]:
    """For each figure the one by which its source last spoke of a time, up to its sentence; none for the narrator."""
    last: dict[str, Figure] = {}
    own: list[Figure | None] = []
    tells = {id(f) for f in spoken if not f.narrator}
    for _, sentence in groupby(article, key=lambda f: f.sentence or f.claim_id):
        together = list(sentence)
        last.update((f.speaker, f) for f in together if id(f) in tells)
        own += [last.get(f.speaker) for f in together]
    return own


def _mark_parts(article: list[Figure], outcomes: Mapping[str, str]) -> None:
    """A part of a total of the same item says less than its key: it competes with no total.

    "Of 16 wounded, seven were operated on", "of 287 treated, eleven died": nobody counts those elsewhere.

    Of several parts under one event and item (26 shot down, two lost from radar) the largest keeps its key.
    """
    ids = {figure.claim_id: figure for figure in article}
    largest: dict[tuple[str, str, str, str], Figure] = {}
    for figure in article:
        if figure.part_of:
            kind = (figure.part_of, figure.event, figure.item, figure.unit)
            if kind not in largest or figure.high > largest[kind].high:
                largest[kind] = figure
    for figure in article:
        if not figure.part_of or figure.unit == "percent":
            continue
        total = ids.get(figure.part_of)
        alike = total is not None and (total.item, total.unit) == (figure.item, figure.unit)
        if total is not None and total.event == outcomes.get(figure.event):
            alike = False  # 26 shot down of 32 launched is all that was shot down
        first = largest[(figure.part_of, figure.event, figure.item, figure.unit)]
        figure.partial = figure.partial or alike or (first.low, first.high) != (figure.low, figure.high)


def _mark_further(article: list[Figure]) -> None:
    """ "Another ten bodies", "three more were killed": beside others of its kind, which a toll would hold as well.

    Of wounded "others" it is the dead that they are told from.
    """
    for _, sentence in groupby(article, key=lambda f: f.sentence or f.claim_id):
        before: set[str] = set()
        for figure in sorted(sentence, key=lambda f: f.position):
            words = " … ".join(_beside(figure.sentence, figure.text, _BEHIND))
            if _FURTHER.search(words) and (
                figure.event in before if figure.event != "killed" else before.isdisjoint(_HURT)
            ):
                figure.partial = True
            before.add(figure.event)


def _mark_echoes(article: list[Figure]) -> None:
    """A figure in the article's own voice that a source gives there as well is that source's."""
    for figure in article:
        if figure.narrator:
            figure.echoes = frozenset(
                other.speaker
                for other in article
                if not other.narrator
                and (other.event, other.item, other.unit) == (figure.event, figure.item, figure.unit)
                and (other.best == figure.best or (other.low <= figure.best <= other.high < 2 * other.low))
            )


def _counts(figure: Figure) -> bool:
    return figure.aggregation in ("period", "increment")


def known(value: float) -> bool:
    return not math.isnan(value)
