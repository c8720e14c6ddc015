"""Interception rates, only where both figures answer the same question.

68 drones shot down, period not stated, over 178 launched last week is no rate of 38 %. A rate stands where
one source gives both figures for one attack: as a part and its total, or for the same item, period and place.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from conflictstats.codebook import load_codebook
from conflictstats.compare.relations import inclusion
from conflictstats.compare.wording import counted
from conflictstats.errors import ConflictstatsError
from conflictstats.tables import RATE_COLUMNS, REFUSED_RATE_COLUMNS, frame, require_claims

_Row = Mapping[Hashable, Any]
_Key = tuple[Any, ...]
_KINDS = "the kinds of weapon differ"
_WAYS = "they count in different ways"
_FIRM = ("stated", "carried", "incident", "report")


@dataclass(frozen=True)
class Rates:
    """`rates`, one row per rate that may be taken, and `refused`, pairs that look like one, with the reason."""

    rates: pd.DataFrame
    refused: pd.DataFrame
    confidence: float = 0.9


def rates(claims: pd.DataFrame, *, confidence: float = 0.9) -> Rates:
    """Interception rates per source, period and place.

    `low` and `high` of a rate come from the bounds of its two claims: the fewest intercepted of the most
    launched, and the other way round. Beside them stand two intervals at `confidence` **as if a sample**, as
    if the launched were drawn from a stream of like attacks: `wilson_low` and `wilson_high` (the score
    interval, Wilson 1927), `jeffreys_low` and `jeffreys_high` (the equal-tailed interval of a beta posterior
    from Jeffreys' prior, as in Brown, Cai and DasGupta 2001). They say nothing about whether claims are true.

    Args:
        claims: the claims table.
        confidence: of the two intervals.

    Raises:
        ConflictstatsError: `confidence` is no share.
        TableError: columns or cells are missing, or one claim stands there in two versions.
    """
    claims = require_claims(claims)
    if not 0 < confidence < 1:
        raise ConflictstatsError(f"confidence is {confidence}; it is a share between 0 and 1, such as 0.9.")
    asked = (claims["status"] == "asserted") & (claims["unit"] == "count")
    asserted = claims[asked & claims["event"].isin(["launched", "intercepted"])].drop_duplicates("claim_id")
    asserted = asserted.sort_values(["article_id", "start", "end", "claim_id"], kind="stable")
    totals = _Totals(asserted[asserted["event"] == "launched"].to_dict("records"))
    parts = asserted[asserted["event"] == "intercepted"].to_dict("records")
    largest = _largest(parts)
    taken, refused = [], []
    for part in parts:
        nearest: tuple[_Row, str] | None = None
        for total in totals.of(part):
            reason = _refusal(part, total)
            if _same(part["part_of"], total["claim_id"]) and part["low"] < largest.get(
                _shared_total(part), 0.0
            ):
                reason = (
                    reason
                    or "a larger figure is given of the same launched: this is some of what was intercepted"
                )
            if reason is None:
                taken.append(_rate(part, total, confidence))
                break
            nearest = nearest or (total, reason)
        else:
            if nearest is not None:  # the nearest miss is enough to say why there is no rate
                total, reason = nearest
                refused.append((part["claim_id"], total["claim_id"], reason, _refused(part, total, reason)))
    return Rates(frame(taken, RATE_COLUMNS), frame(refused, REFUSED_RATE_COLUMNS), confidence)


def _largest(parts: Iterable[_Row]) -> dict[_Key, float]:
    """Of what was intercepted of one total, in several figures (26 shot down, two lost from radar), the most."""
    largest: dict[_Key, float] = {}
    for part in parts:
        if not pd.isna(part["low"]):
            key = _shared_total(part)
            largest[key] = max(part["low"], largest.get(key, 0.0))
    return largest


def _shared_total(part: _Row) -> _Key:
    return _text(part["part_of"]), part["item"]


class _Totals:
    """Launched figures by what leads to them: their id, their question, their source in one article."""

    def __init__(self, launched: Iterable[_Row]) -> None:
        self.ids: dict[Any, _Row] = {}
        self.questions: dict[_Key, list[_Row]] = {}
        self.articles: dict[_Key, list[_Row]] = {}
        self.sources: dict[_Key, _Row] = {}
        for total in launched:
            self.ids[total["claim_id"]] = total
            self.questions.setdefault(_question(total), []).append(total)
            self.articles.setdefault((total["article_id"], *_source(total)), []).append(total)
            self.sources.setdefault(_source(total), total)

    def of(self, part: _Row) -> Iterator[_Row]:
        """What an intercepted figure might be a share of, the likeliest first."""
        linked: list[_Row | None] = [] if pd.isna(part["part_of"]) else [self.ids.get(part["part_of"])]
        beside = self.articles.get((part["article_id"], *_source(part)), [])
        same = self.questions.get(_question(part), [])
        other = self.sources.get(_source(part))
        seen: set[Any] = set()
        for total in (*linked, *_first(beside, part), *same, *beside, other):
            if total is not None and total["claim_id"] not in seen:
                seen.add(total["claim_id"])
                yield total


def _first(totals: list[_Row], part: _Row) -> list[_Row]:
    """Those on the very words of the part: "all 12 missiles were shot down"; then those of its attack."""
    return [t for t in totals if _one_text(part, t)] + [
        t for t in totals if _same(t["incident"], part["incident"])
    ]


def _one_text(a: _Row, b: _Row) -> bool:
    spans = (a["article_id"], a["start"], a["end"]), (b["article_id"], b["start"], b["end"])
    return bool(spans[0] == spans[1] and a["start"] < a["end"])


def _source(row: _Row) -> _Key:
    """One source's figures for one kind of munition; an article's own voice is heard in that article only."""
    who: Any = row["source_id"] if not pd.isna(row["source_id"]) else row["source"]
    voice: _Key = ("article", row["article_id"]) if pd.isna(who) else ("source", who)
    return (*voice, row["item"], _text(row["conflict"]))


def _question(row: _Row) -> _Key:
    days = tuple(_text(row[key]) for key in ("period_start", "period_end"))
    return (*_source(row), *days, _text(row["place"]), _text(row["variant"]), row["aggregation"])


def _refusal(part: _Row, total: _Row) -> str | None:
    """Why no rate may be taken of two figures; None where one may."""
    if _source(part)[:2] != _source(total)[:2]:
        return "different sources give them"
    kinds = _refused_kind(part, total)
    if kinds is not None:
        return kinds
    if _same(part["part_of"], total["claim_id"]) or _one_text(part, total):
        here = part["place"] if part["place_basis"] in ("stated", "carried") else None
        if not pd.isna(here) and here != _text(total["place"]):
            return "the places differ"
        return _refused_number(part, total)
    for key in ("period_start", "period_end"):
        if pd.isna(part[key]) or pd.isna(total[key]):
            return "a period is not stated"
    if part["period_basis"] not in _FIRM or total["period_basis"] not in _FIRM:
        return "a period is not stated"
    if part["period_start"] != total["period_start"] or part["period_end"] != total["period_end"]:
        return "the periods differ"
    if _text(part["place"]) != _text(total["place"]):
        return "the places differ"
    if _text(part["variant"]) != _text(total["variant"]):
        return _KINDS
    if part["aggregation"] != total["aggregation"]:
        return _WAYS
    for who, whom in (("actor", "target"), ("target", "actor")):
        if not pd.isna(part[who]) and not pd.isna(total[whom]) and part[who] != total[whom]:
            return "those who launched are not those whose munitions were intercepted"
    return _refused_number(part, total)


def _refused_kind(part: _Row, total: _Row) -> str | None:
    """What keeps even a part and its total from a rate: 20 missiles of 60 drones and missiles are no rate of missiles."""
    narrower: bool = not pd.isna(part["variant"]) and _text(part["variant"]) != _text(total["variant"])
    if part["item"] != total["item"] or narrower:
        return _KINDS
    ways = {part["aggregation"], total["aggregation"]}
    if "increment" in ways:
        return "a change against an earlier figure is no attack"
    return _WAYS if len(ways) > 1 and ways != {"period", "cumulative"} else None


def _refused_number(part: _Row, total: _Row) -> str | None:
    if any(pd.isna(row[bound]) for row in (part, total) for bound in ("low", "high")):
        return "a bound is not known"
    if total["high"] == 0:
        return "nothing was launched"
    return "more intercepted than launched" if part["low"] > total["high"] else None


def _rate(part: _Row, total: _Row, confidence: float) -> tuple[Any, ...]:
    best = part["best"] / total["best"] if total["best"] > 0 else math.nan
    low = part["low"] / total["high"]
    high = min(1.0, part["high"] / total["low"]) if total["low"] > 0 else 1.0
    return (
        part["claim_id"], total["claim_id"], part["source"], part["source_side"], part["item"], part["aggregation"],
        _day(total["period_start"]), _day(total["period_end"]), _text(total["place"]),
        part["best"], total["best"], best, low, high,
        *_as_a_sample(part["best"], total["best"], confidence),
    )  # fmt: skip


def _as_a_sample(part: float, total: float, confidence: float) -> tuple[float, float, float, float]:
    from scipy.stats import beta, binomtest  # type: ignore[import-untyped]

    if math.isnan(part) or math.isnan(total) or total < 1 or part > total:
        return (math.nan,) * 4
    hits, of = round(part), round(total)
    wilson = binomtest(hits, of).proportion_ci(confidence, method="wilson")
    tail = (1 - confidence) / 2
    posterior = beta(hits + 0.5, of - hits + 0.5)
    # where all or none were hit the interval reaches to the end, or it would not cover there
    low = 0.0 if hits == 0 else float(posterior.ppf(tail))
    high = 1.0 if hits == of else float(posterior.ppf(1 - tail))
    return float(wilson.low), float(wilson.high), low, high


def _refused(part: _Row, total: _Row, reason: str) -> str:
    who: str = "The article" if pd.isna(part["source"]) else str(part["source"])
    single = part["low"] == part["high"] == 1
    words = inclusion(load_codebook())
    told = counted(part["text"], part["item"], "intercepted", _text(part["noun"]), words, single=single)
    other = (
        "" if _source(part)[:2] == _source(total)[:2] else f", by {_text(total['source']) or 'the article'},"
    )
    return f"{who}: {told} and {total['text']} launched{other} give no rate: {reason}."


def _same(a: Any, b: Any) -> bool:
    return not pd.isna(a) and not pd.isna(b) and a == b


def _day(value: Any) -> Any:
    return None if pd.isna(value) else pd.Timestamp(value).date()


def _text(value: Any) -> Any:
    return None if pd.isna(value) else value
