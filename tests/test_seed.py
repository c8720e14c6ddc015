"""The user's own article: all nine claims right, and the traps around its date."""

import shutil
from datetime import date
from pathlib import Path

import conflictstats as cs
from conflictstats.evaluation import evaluate

ROOT = Path(__file__).parent.parent
SEED = ROOT / "seeds" / "000_91ec7e60efdce552.txt"
ASKED = {"event", "item", "unit", "bounds", "status", "source", "period"}


def test_all_nine_claims_are_right(tmp_path: Path) -> None:
    for name in ("seed.txt", "seed.json"):
        shutil.copy(ROOT / "tests" / "gold" / "dev" / name, tmp_path / name)
    score = evaluate(tmp_path)
    assert (score.gold, score.levels["row"]["recall"], score.levels["row"]["precision"]) == (9, 1.0, 1.0), [
        (error.kind, (error.gold or error.read or {}).get("text")) for error in score.errors
    ]


def test_the_seed_is_the_gold_article() -> None:
    assert SEED.read_bytes() == (ROOT / "tests" / "gold" / "dev" / "seed.txt").read_bytes()


def test_dates_csv_moves_last_week_to_the_week_of_the_events() -> None:
    def drones_last_week(dates: str | None) -> date:
        claims = cs.load(SEED, dates=dates).claims
        return claims.loc[claims["best"] == 178, "period_start"].iloc[0].date()

    assert drones_last_week(None) == date(2023, 11, 6)
    assert drones_last_week("auto") == date(2023, 7, 31)


def test_every_claim_is_traceable_in_seeds_and_gold() -> None:
    for folder in (ROOT / "seeds", ROOT / "tests" / "gold" / "dev" / "*.txt"):
        corpus = cs.load(folder)
        texts = corpus.articles.set_index("article_id")["text"]
        assert len(corpus.claims) > 30
        for row in corpus.claims.itertuples():
            assert texts[row.article_id][row.start : row.end] == row.text


def test_an_article_reads_the_same_alone_and_among_others() -> None:
    among = cs.load(ROOT / "seeds").claims
    for path in sorted((ROOT / "seeds" / "samples").glob("*.md")):
        alone = cs.load(path).claims.drop(columns="article_id")
        here = among[among["article_id"] == f"samples/{path.name}"].drop(columns="article_id")
        assert alone.reset_index(drop=True).equals(here.reset_index(drop=True)), path.name
