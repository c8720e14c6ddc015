"""Annotated articles → claims tables, in three ways.

`typed` is what somebody gets who copies the annotations into a table: no ids, no incidents, nothing looked up.
`piped` sends the annotations through the stations that follow reading: places are looked up, sources get their
id, parts their total, and incidents hand on periods and places. `extracted` is what the library reads by itself,
each claim under the name of the annotation that it meets.

A claim is called by its article's letter and its turn in the annotation: `a0` is the first of the first article.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

from conflictstats.articles import read_articles
from conflictstats.codebook import load_codebook
from conflictstats.corpus import load, load_text
from conflictstats.evaluation import _match, read_gold
from conflictstats.incidents import find_incidents
from conflictstats.places import find_places
from conflictstats.records import (
    Article,
    Attribution,
    Claim,
    Document,
    Measure,
    Mention,
    Parties,
    Quantity,
    Sentence,
    Setting,
)
from conflictstats.sentences import read_document
from conflictstats.tables import CLAIM_COLUMNS, claims_frame, frame
from conflictstats.wars import conflict_of, wars_of

Gold = dict[str, Any]
LETTERS = "abcdefgh"


@cache
def annotations(folder: Path) -> dict[str, Gold]:
    return read_gold(folder)


def _first(value: Any) -> Any:
    """Of several accepted names the first, which is the fullest."""
    return value[0] if isinstance(value, list) else value


def _bounds(claim: Gold) -> tuple[float, float, float]:
    high = math.inf if claim["high"] is None and claim["hedge"] == "at_least" else claim["high"]
    return claim["low"], math.nan if claim["best"] is None else claim["best"], high


def _day(text: str) -> date:
    return date.fromisoformat(text)


def typed(folder: Path, names: Sequence[str]) -> pd.DataFrame:
    """The annotations as they stand."""
    rows = []
    for letter, name in zip(LETTERS, names, strict=False):
        article = annotations(folder)[name]
        ids = {claim["text"]: f"{letter}{n}" for n, claim in reversed([*enumerate(article["claims"])])}
        for n, claim in enumerate(article["claims"]):
            low, best, high = _bounds(claim)
            period = claim["period"]
            row: dict[str, Any] = dict.fromkeys(CLAIM_COLUMNS) | {
                key: claim[key]
                for key in (
                    "text", "event", "item", "unit", "hedge", "status", "aggregation", "voice",
                    "source_side", "actor", "target", "start", "end", "sentence",
                )
            }  # fmt: skip
            row |= {
                "claim_id": f"{letter}{n}", "article_id": f"{name}.txt", "published": _day(article["published"]),
                "conflict": article["conflict"], "low": low, "best": best, "high": high,
                "source": _first(claim["source"]), "place": _first(claim["place"]),
                "period_basis": "stated" if period else "none", "place_basis": "stated" if claim["place"] else "none",
                "part_of": ids.get(claim["part_of"]), "extractor": "by hand",
            }  # fmt: skip
            if period:
                row |= {"period_start": _day(period[0]), "period_end": _day(period[1])}
            rows.append(tuple(row[column] for column in CLAIM_COLUMNS))
    return frame(rows, CLAIM_COLUMNS)


def piped(folder: Path, names: Sequence[str]) -> pd.DataFrame:
    """The annotations with what the stations behind the readers make of them."""
    claims: list[Claim] = []
    called: dict[tuple[str, int, int, str, str, str], str] = {}
    for letter, name in zip(LETTERS, names, strict=False):
        made = _claims(folder, name)
        claims += made
        for n, claim in enumerate(made):
            called[claim.claim_id] = f"{letter}{n}"  # type: ignore[index]
    df = claims_frame(claims, "by hand")
    for column in ("claim_id", "part_of"):
        df[column] = df[column].map(called).astype("string")
    return df


@cache
def _claims(folder: Path, name: str) -> tuple[Claim, ...]:
    from conflictstats.measures import read_measures

    codebook = load_codebook()
    gold = annotations(folder)[name]
    article = next(a for a in read_articles(folder / f"{name}.txt", dates=None) if isinstance(a, Article))
    document = read_document(article, codebook)
    mentions = {m.quantity.start: m for m in read_measures(document, codebook)}
    war = codebook.wars.get(gold["conflict"] or "")
    countries = war.countries if war else ()
    claims = []
    for annotated in gold["claims"]:
        quantity, measure, sentence = _mention(annotated, document, mentions)
        parties = Parties(annotated["actor"], annotated["target"])
        setting = _setting(annotated, countries)
        claims.append(
            Claim(
                article, sentence, quantity, measure, parties, _attribution(annotated, gold), setting,
                gold["conflict"] or conflict_of(parties, setting, wars_of(document, codebook), codebook),
            )
        )  # fmt: skip
    totals = {c["text"]: m.claim_id for c, m in reversed([*zip(gold["claims"], claims, strict=True)])}
    linked = [
        Claim(c.article, c.sentence, c.quantity, c.measure, c.parties, c.attribution, c.setting, c.conflict,
              part_of=totals.get(annotated["part_of"]))
        for annotated, c in zip(gold["claims"], claims, strict=True)
    ]  # fmt: skip
    return tuple(find_incidents(linked, document, codebook))


def _mention(
    claim: Gold, document: Document, mentions: dict[int, Mention]
) -> tuple[Quantity, Measure, Sentence]:
    start, end = claim["start"], claim["end"]
    sentence = next(s for s in document.sentences if s.start <= start < s.end)
    low, best, high = _bounds(claim)
    read = next((m for at, m in mentions.items() if start <= at < end), None)
    variant = noun = None
    if read is not None and read.measure.item == claim["item"]:
        variant, noun = read.measure.variant, read.measure.noun
    quantity = Quantity(
        start, end, claim["text"], low, best, high, claim["hedge"], claim["unit"], "count", start, end
    )
    measure = Measure(claim["event"], claim["item"], variant, noun, aggregation=claim["aggregation"])
    return quantity, measure, sentence


def _attribution(claim: Gold, gold: Gold) -> Attribution:
    name = _first(claim["source"])
    identity = None if name is None else _source_id(name, gold["published"])
    return Attribution(name, identity, None, claim["source_side"], claim["voice"], claim["status"])


@cache
def _source_id(name: str, published: str) -> str | None:
    """The id that the reader of sources gives a name in the plainest of sentences."""
    read = load_text(f"Twelve people were killed, {name} said.", published).claims
    return None if read.empty or pd.isna(read["source_id"].iloc[0]) else str(read["source_id"].iloc[0])


def _setting(claim: Gold, countries: tuple[str, ...]) -> Setting:
    period, name = claim["period"], _first(claim["place"])
    start, end = (_day(period[0]), _day(period[1])) if period else (None, None)
    basis: Any = "stated" if period else "none"
    if name is None:
        return Setting(start, end, None, basis)
    found = [p for p in find_places(name, load_codebook(), countries) if p.text.casefold() == name.casefold()]
    if not found:
        return Setting(start, end, None, basis, place=name, place_basis="stated")
    p = found[0]
    return Setting(
        start, end, None, basis, False, name, p.place_id, p.region, p.country, p.lat, p.lon, "stated"
    )


def extracted(folder: Path, names: Sequence[str]) -> pd.DataFrame:
    """What the library reads; a claim that meets no annotation is called by its article's letter and `x`."""
    df = load([folder / f"{name}.txt" for name in names], dates=None).claims
    called: dict[str, str] = {}
    for letter, name in zip(LETTERS, names, strict=False):
        rows = df[df["article_id"].str.endswith(f"{name}.txt")].astype(object)
        reads = rows.where(rows.notna(), None).to_dict("records")
        met = {r: g for g, r in _match(annotations(folder)[name]["claims"], reads)}
        for r, read in enumerate(reads):
            called[read["claim_id"]] = f"{letter}{met[r]}" if r in met else f"{letter}x{r}"
    for column in ("claim_id", "part_of"):
        df[column] = df[column].map(called).astype("string")
    return df
