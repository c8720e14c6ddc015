"""Figures that are another print of one: the claims of a copied article, linked to those of its original."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pandas as pd

from conflictstats.codebook import Codebook
from conflictstats.compare.copies import copies_among, find_copies
from conflictstats.compare.figures import Figure, read_figures
from conflictstats.tables import ARTICLE_COLUMNS, typed

Copied = dict[str, tuple[str, float]]


def read_linked(
    claims: pd.DataFrame, rules: str, codebook: Codebook, articles: pd.DataFrame | None = None
) -> tuple[list[Figure], Copied]:
    """The figures of a claims table, each print under its original, and which article is a copy of which."""
    if articles is not None:
        articles = typed(articles, ARTICLE_COLUMNS)
    copied = copies_among(claims) if articles is None else find_copies(articles)
    figures = read_figures(claims, rules, codebook)
    _link(figures, copied)
    return figures, copied


def _link(figures: list[Figure], copied: Mapping[str, tuple[str, float]]) -> None:
    if not copied:
        return
    by_article: dict[str, list[Figure]] = {}
    for figure in figures:
        by_article.setdefault(figure.article, []).append(figure)
    for article, (original, _) in copied.items():
        left = list(by_article.get(original, ()))
        for same in (_alike, _same_number):
            for figure in by_article.get(article, ()):
                if figure.first is None:
                    figure.first = _take(left, figure, same)
                    figure.copied = figure.first is not None


def _take(left: list[Figure], figure: Figure, same: Callable[[Figure, Figure], bool]) -> Figure | None:
    for at, other in enumerate(left):
        if same(other, figure):
            return left.pop(at)
    return None


def _alike(a: Figure, b: Figure) -> bool:
    return _same_number(a, b) and (a.low, a.high, a.source) == (b.low, b.high, b.source)


def _same_number(a: Figure, b: Figure) -> bool:
    """A copy may drop a hedge, a source or a day on the way; another number, or another day, is news."""
    what = (a.event, a.item, a.unit, a.status, a.aggregation) == (
        b.event,
        b.item,
        b.unit,
        b.status,
        b.aggregation,
    )
    number = a.best == b.best or (a.low, a.high) == (b.low, b.high)
    told = a.when == b.when == "stated" and (a.start, a.end) != (b.start, b.end)
    return what and number and not told
