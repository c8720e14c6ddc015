"""Articles that repeat one another, and what a repeat dropped, added or changed.

Near-duplicate text is found by MinHash over runs of five words (Broder 1997), so that a paraphrase of a
sentence here and there does not hide a copy. Copies are told from each other's claims only after that:
the same figure in two texts of their own is agreement, not copying. Where only the claims are at hand, their
sentences stand for the text. A bulletin that fills yesterday's form with new numbers is no copy, and neither
is a text that is printed again after weeks.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import pandas as pd

from conflictstats.errors import ConflictstatsError
from conflictstats.tables import (
    ARTICLE_COLUMNS,
    CLAIM_COLUMNS,
    COPY_COLUMNS,
    LINEAGE_COLUMNS,
    frame,
    typed,
)

_RUN = 5  # words
_PERMUTATIONS = 128
_SEED = 1
_WORD = re.compile(r"\w+")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_NANOSECONDS = 86_400 * 10**9  # of a day
COPY_DAYS = 14  # what is printed again later is an archive, or an anniversary
_FORM = 4  # numbers that a text must hold before their change shows that only its form is the same
_MEMORY = 32  # articles to which one sentence leads back
# What a copy may have done to a claim; the figure itself apart.
_COMPARED = ("hedge", "source", "period_start", "period_end", "place", "status", "actor", "target")


@dataclass(frozen=True)
class Copies:
    """`articles`: which article is a copy of which; `changes`: what became of the claims on the way."""

    articles: pd.DataFrame
    changes: pd.DataFrame


def copies(articles: pd.DataFrame, claims: pd.DataFrame, *, similarity: float = 0.5) -> Copies:
    """Link near-duplicate articles, each to the earliest of its kind, and tell what became of their claims.

    `Copies.articles` says which article is a copy of which, and how much of their text they share;
    `Copies.changes` has one row for each thing that a copy dropped, added or changed in a claim: the hedge,
    the source, the period, the place, the parties, the figure, or the claim as a whole.

    Args:
        articles: the articles table, with the texts.
        claims: their claims.
        similarity: the share of runs of five words that two texts must have in common (Jaccard).

    Raises:
        ConflictstatsError: `similarity` is no share.
        TableError: columns are missing.
    """
    articles = typed(articles, ARTICLE_COLUMNS)
    claims = typed(claims, CLAIM_COLUMNS)
    if not 0 < similarity <= 1:
        raise ConflictstatsError(
            f"similarity is {similarity}; it is a share above 0 and up to 1, such as 0.5."
        )
    originals = find_copies(articles, similarity)
    by_article = dict(tuple(claims.groupby("article_id", sort=False)))
    changes = [
        row
        for article, (original, _) in originals.items()
        if original in by_article or article in by_article
        for row in _changes(
            original,
            article,
            by_article.get(original, claims.head(0)),
            by_article.get(article, claims.head(0)),
        )
    ]
    rows = [(article, original, share) for article, (original, share) in originals.items()]
    return Copies(frame(rows, COPY_COLUMNS), frame(changes, LINEAGE_COLUMNS))


def find_copies(articles: pd.DataFrame, similarity: float = 0.5) -> dict[str, tuple[str, float]]:
    """Copy → its original and how much of their text they share; the earliest published is the original."""
    from datasketch import MinHash, MinHashLSH  # type: ignore[import-untyped]

    ordered = articles.sort_values(["published", "article_id"], na_position="last", kind="stable")
    index = MinHashLSH(threshold=max(0.1, similarity * 0.8), num_perm=_PERMUTATIONS)
    read: dict[str, _Text] = {}
    found: dict[str, tuple[str, float]] = {}
    columns = (ordered["article_id"], ordered["text"], ordered["published"])
    for article, text, published in zip(*columns, strict=True):
        mine = _text("" if pd.isna(text) else str(text), published, len(read))
        if not mine.runs:
            continue
        sketch = MinHash(num_perm=_PERMUTATIONS, seed=_SEED)
        sketch.update_batch(sorted(mine.runs))
        near = {name: read[name] for name in index.query(sketch) if _may_copy(mine, read[name])}
        shares = {name: _share(mine.runs, other.runs) for name, other in near.items()}
        best = min(shares, key=lambda name: (-shares[name], read[name].turn), default=None)
        if best is not None and shares[best] >= similarity:
            original = found.get(best, (best, 1.0))[0]
            found[article] = (original, _share(mine.runs, read[original].runs))
        read[article] = mine
        index.insert(article, sketch)
    return found


def copies_among(claims: pd.DataFrame, similarity: float = 0.5) -> dict[str, tuple[str, float]]:
    """The same from the claims alone: articles that share most of the sentences their claims stand in."""
    known = claims[["article_id", "published", "sentence"]].dropna(subset=["sentence"]).drop_duplicates()
    ordered = known.sort_values(["published", "article_id", "sentence"], na_position="last", kind="stable")
    days = [_day(day) for day in ordered["published"]]
    told = zip(days, ordered["article_id"].tolist(), ordered["sentence"].tolist(), strict=True)
    index: dict[str, list[tuple[str, int | None]]] = {}
    sizes: dict[str, int] = {}
    found: dict[str, tuple[str, float]] = {}
    for (published, this), rows in groupby(told, key=lambda row: row[:2]):
        mine = {plain for *_, text in rows if (plain := " ".join(_WORD.findall(text.casefold())))}
        if sum(plain.count(" ") + 1 for plain in mine) < 3 * _RUN:
            continue
        shared = Counter(
            name
            for plain in sorted(mine)
            for name, day in index.get(plain, ())[-_MEMORY:]
            if _in_time(published, day)
        )
        shares = {name: n / (len(mine) + sizes[name] - n) for name, n in shared.items()}
        best = min(shares, key=lambda name: -shares[name], default=None)
        if best is not None and shares[best] >= similarity:
            found[this] = (best, shares[best])
            continue  # all that repeats a copy repeats its original
        sizes[this] = len(mine)
        for plain in mine:
            index.setdefault(plain, []).append((this, published))
    return found


@dataclass(frozen=True, slots=True)
class _Text:
    runs: frozenset[bytes]
    numbers: frozenset[str]
    published: int | None
    turn: int


def _text(text: str, published: Any, turn: int) -> _Text:
    return _Text(_runs(text), frozenset(_NUMBER.findall(text)), _day(published), turn)


def _may_copy(a: _Text, b: _Text) -> bool:
    """Not where a form is filled with new numbers, nor long after."""
    form = min(len(a.numbers), len(b.numbers)) >= _FORM
    return _in_time(a.published, b.published) and not (
        form and 2 * len(a.numbers & b.numbers) < len(a.numbers | b.numbers)
    )


def _day(published: Any) -> int | None:
    """The day as a number: subtracting timestamps for every two articles takes longer than all else."""
    return None if pd.isna(published) else pd.Timestamp(published).value // _NANOSECONDS


def _in_time(a: int | None, b: int | None) -> bool:
    return a is b if a is None or b is None else abs(a - b) <= COPY_DAYS


def _runs(text: str) -> frozenset[bytes]:
    words = _WORD.findall(text.casefold())
    if len(words) < 3 * _RUN:
        return frozenset()  # a headline alone tells nothing
    return frozenset(" ".join(words[i : i + _RUN]).encode() for i in range(len(words) - _RUN + 1))


def _share(a: frozenset[bytes], b: frozenset[bytes]) -> float:
    return len(a & b) / len(a | b)


def _changes(
    original: str, copy: str, before: pd.DataFrame, after: pd.DataFrame
) -> Iterator[tuple[Any, ...]]:
    """Claims are matched by what they count and by figure first, then by what they count alone, in order."""
    left = before.sort_values("start", kind="stable").to_dict("records")
    right = after.sort_values("start", kind="stable").to_dict("records")
    for same in (_same_figure, _same_kind):
        for row in list(left):
            other = next((r for r in right if same(row, r)), None)
            if other is not None:
                left.remove(row)
                right.remove(other)
                for what, change in _differences(row, other):
                    yield (
                        original,
                        copy,
                        row["claim_id"],
                        other["claim_id"],
                        what,
                        change,
                        row["text"],
                        other["text"],
                    )
    for row in left:
        yield original, copy, row["claim_id"], None, "claim", "dropped", row["text"], None
    for row in right:
        yield original, copy, None, row["claim_id"], "claim", "added", None, row["text"]


def _same_kind(a: dict[Any, Any], b: dict[Any, Any]) -> bool:
    return all(a[name] == b[name] for name in ("event", "item", "unit"))


def _same_figure(a: dict[Any, Any], b: dict[Any, Any]) -> bool:
    return _same_kind(a, b) and (a["low"], a["high"]) == (b["low"], b["high"])


def _differences(a: dict[Any, Any], b: dict[Any, Any]) -> Iterator[tuple[str, str]]:
    if (a["low"], a["high"]) != (b["low"], b["high"]) and a["hedge"] == b["hedge"]:
        yield "figure", f"{a['text']} became {b['text']}"
    for name in _COMPARED:
        before, after = a[name], b[name]
        if pd.isna(before) and pd.isna(after):
            continue
        if pd.isna(after):
            yield name, f"dropped {_plain(before)}"
        elif pd.isna(before):
            yield name, f"added {_plain(after)}"
        elif before != after:
            yield name, f"{_plain(before)} became {_plain(after)}"


def _plain(value: Any) -> str:
    return f"{value:%Y-%m-%d}" if isinstance(value, pd.Timestamp) else str(value)
