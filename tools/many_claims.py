"""A large claims table with the mix of the annotated articles, for measuring how comparison grows.

Each round tells the claims of tests/gold/dev again as other articles: on other days, with other figures for half
of them. `days` is how long a stretch of time the articles are spread over: the shorter, the more meet.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd

from conflictstats.corpus import load

GOLD = Path(__file__).parent.parent / "tests" / "gold" / "dev"


@cache
def seed_claims() -> pd.DataFrame:
    return load(str(GOLD / "*.txt"), dates=None).claims


def many_claims(size: int, days: int = 1000, seed: int = 1) -> pd.DataFrame:
    base = seed_claims()
    rounds = -(-size // len(base))
    random = np.random.default_rng(seed)
    articles = base["article_id"].astype("category")
    df = pd.concat([base] * rounds, ignore_index=True)
    turn = np.repeat(np.arange(rounds), len(base))
    codes = np.tile(articles.cat.codes.to_numpy(), rounds)
    shift = random.integers(-days // 2, days // 2 + 1, (rounds, len(articles.cat.categories)))[turn, codes]
    shift[turn == 0] = 0
    for column in ("published", "period_start", "period_end"):
        df[column] = df[column] + pd.to_timedelta(shift, unit="D").astype("timedelta64[s]")
    told = pd.Series(turn.astype(str), dtype="string")
    for column in ("claim_id", "article_id", "incident", "part_of"):
        df[column] = df[column] + "~" + told
    factor = np.where(random.random(len(df)) < 0.5, 1.0, random.uniform(0.7, 1.4, len(df)))
    whole = (df["unit"] == "count").to_numpy()
    for column in ("low", "best", "high"):
        moved = df[column].to_numpy() * factor
        df[column] = np.where(whole, np.round(moved), moved)
    return df.head(size)
