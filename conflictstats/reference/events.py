"""Events coded by hand: UCDP GED (low, best, high of deaths) and exports of ACLED (one figure, and attacks)."""

from __future__ import annotations

import math
from typing import Any

from conflictstats.codebook import Codebook
from conflictstats.reference.rows import Problem, Read, Records, Row, days, exact, number, words

UCDP = ("date_start", "date_end", "best", "high", "low", "deaths_civilians", "country")
ACLED = ("event_date", "event_type", "sub_event_type", "country", "fatalities")
_ACTIONS = {
    "Air/drone strike": "airstrike",
    "Shelling/artillery/missile attack": "shelling",
    "Armed clash": "clash",
    "Attack": "attack",
    "Suicide bomb": "attack",
    "Remote explosive/landmine/IED": "attack",
    "Grenade": "attack",
}


def read_ucdp(records: Records, codebook: Codebook) -> Read:
    for n, record in enumerate(records, 1):
        found = days(n, record, "date_start", "date_end", "%Y-%m-%d %H:%M:%S.%f")
        if isinstance(found, Problem):
            yield found
            continue
        where: dict[str, Any] = {
            "place": words(record, "where_coordinates"), "region": words(record, "adm_1"),
            "country": words(record, "country"), "source": "UCDP GED", "source_side": "third_party",
        }  # fmt: skip
        low, best, high = (number(record, name) for name in ("low", "best", "high"))
        if math.isnan(best):
            yield Problem(n, *found, "best", str(record["best"]), "no figure")
            continue
        yield Row(n, *found, "killed", "person", low, best, high, **where)
        civilians = number(record, "deaths_civilians")
        # only a best figure is coded for the parts
        yield Row(n, *found, "killed", "civilian", math.nan, civilians, math.nan, **where)


def read_acled(records: Records, codebook: Codebook) -> Read:
    for n, record in enumerate(records, 1):
        found = days(n, record, "event_date", None, "%d %B %Y", "%d-%B-%Y", "%d %b %Y")
        if isinstance(found, Problem):
            yield found
            continue
        where: dict[str, Any] = {
            "place": words(record, "location"), "region": words(record, "admin1"),
            "country": words(record, "country"), "source": "ACLED", "source_side": "third_party",
        }  # fmt: skip
        action = _ACTIONS.get(str(record["sub_event_type"]))
        if action is not None:
            yield Row(n, *found, "conducted", action, *exact(1.0), **where)
        deaths = number(record, "fatalities")
        if math.isnan(deaths):
            yield Problem(n, *found, "fatalities", str(record["fatalities"]), "no figure")
            continue
        yield Row(n, *found, "killed", "person", *exact(deaths), **where)
