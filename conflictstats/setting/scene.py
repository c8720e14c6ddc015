"""Every period and place that an article names, found once for all who ask."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from conflictstats.codebook import Codebook
from conflictstats.periods import Period, find_periods
from conflictstats.places import Place, find_places
from conflictstats.records import Document
from conflictstats.wars import wars_of


class Scene(NamedTuple):
    """Every period and place of an article, in order."""

    periods: tuple[Period, ...]
    places: tuple[Place, ...]


@lru_cache(maxsize=16)
def scene_of(document: Document, codebook: Codebook) -> Scene:
    """The periods and places of an article, by offset."""
    article = document.article
    wars = wars_of(document, codebook)
    countries = tuple(dict.fromkeys(code for war in wars for code in codebook.wars[war].countries))
    body, shift = article.text[article.body_start :], article.body_start
    periods = find_periods(body, article.published, codebook, wars[0] if wars else None)
    places = find_places(body, codebook, countries)
    if not shift:
        return Scene(periods, places)
    return Scene(
        tuple(replace(p, start=p.start + shift, end=p.end + shift) for p in periods),
        tuple(replace(p, start=p.start + shift, end=p.end + shift) for p in places),
    )
