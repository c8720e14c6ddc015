"""The region of a place of which only the coordinates are known: that of the nearest town."""

from __future__ import annotations

import math
from functools import cache

import numpy as np
from numpy.typing import NDArray

from conflictstats.codebook import Codebook
from conflictstats.places import Place
from conflictstats.places.gazetteer import gazetteer

# Further than this from any town of the gazetteer, nothing is said.
_NEAR_KM = 40.0
_KM_PER_DEGREE = 111.2


def region_of(place: Place, codebook: Codebook) -> str | None:
    """Its own region, else that of the nearest town, as far as the gazetteer knows."""
    if place.region is None and place.country and not math.isnan(place.lat):
        return region_at(place.lat, place.lon, place.country, codebook)
    return place.region


@cache
def region_at(lat: float, lon: float, country: str, codebook: Codebook) -> str | None:
    """The region of the nearest town in that country."""
    where, regions = _towns(codebook).get(country, (None, ()))
    if where is None:
        return None
    east = np.cos(np.radians(lat))
    away = np.hypot(where[:, 0] - lat, (where[:, 1] - lon) * east) * _KM_PER_DEGREE
    nearest = int(np.argmin(away))
    return regions[nearest] if away[nearest] <= _NEAR_KM else None


@cache
def _towns(codebook: Codebook) -> dict[str, tuple[NDArray[np.float64], tuple[str, ...]]]:
    found: dict[str, list[tuple[float, float, str]]] = {}
    for line in gazetteer(codebook).rows:
        _, _, kind, region, country, lat, lon, _ = line.split("\t")
        if kind in ("settlement", "capital") and region and country:
            found.setdefault(country, []).append((float(lat), float(lon), region))
    return {
        country: (np.array([town[:2] for town in towns]), tuple(town[2] for town in towns))
        for country, towns in found.items()
    }
