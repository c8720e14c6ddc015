"""Many articles, and a run over them with its memory over time.

    python tools/scale.py make CORPUS 20000 many.jsonl     # any articles that `conflictstats` reads
    python tools/scale.py run many.jsonl archive/ memory.csv [options of `conflictstats extract`]
    python tools/scale.py plot memory.csv memory.png

`make` repeats a corpus: each copy has other numbers of as many digits, other rare names (those of persons and villages,
exchanged for others of the corpus), and days of publication spread over ten years. A corpus stays where it is: what is
made of it is for measuring only. `run` goes on where it was if it is started again.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))
EVERY = 5  # seconds
FIRST_DAY, DAYS = date(2015, 1, 1), 3650
_NUMBER = re.compile(r"\d+")
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{3,}")  # within a sentence


def make(corpus: str, count: int, out: Path) -> None:
    from conflictstats.articles import read_articles
    from conflictstats.records import Article

    texts = [item.text for item in read_articles(corpus) if isinstance(item, Article)]
    found = [set(_NAME.findall(text)) for text in texts]
    spread = Counter(name for names in found for name in names)
    rare = sorted(name for name, articles in spread.items() if articles <= max(2, len(texts) // 100))
    with out.open("w", encoding="utf-8") as file:
        for number in range(count):
            file.write(json.dumps(_copy(number, texts, found, rare)) + "\n")
    print(f"{count:,} articles made of {len(texts):,} in {out}, {out.stat().st_size / 1e6:,.0f} MB")


def _copy(number: int, texts: list[str], found: list[set[str]], rare: list[str]) -> dict[str, str]:
    chance = random.Random(number)
    text, names = texts[number % len(texts)], found[number % len(texts)]
    if number >= len(texts):
        others = {name: chance.choice(rare) for name in sorted(names & set(rare))}
        text = _NAME.sub(lambda match: others.get(match[0], match[0]), text)
        text = _NUMBER.sub(lambda match: _as_long(match[0], chance), text)
    day = FIRST_DAY + timedelta(days=chance.randrange(DAYS))
    return {"id": f"{number:07}", "text": text, "published": day.isoformat()}


def _as_long(digits: str, chance: random.Random) -> str:
    return str(chance.randrange(10 ** (len(digits) - 1), 10 ** len(digits))) if len(digits) < 10 else digits


def run(articles: str, archive: Path, memory: Path, options: list[str]) -> None:
    import psutil

    begin = "from conflictstats.cli import main; main()"
    command = [sys.executable, "-c", begin, "extract", articles, "-o", str(archive), *options]
    start = time.monotonic()
    with memory.open("a", newline="") as file, subprocess.Popen(command, cwd=ROOT) as running:
        table = csv.writer(file)
        if not file.tell():  # a run that goes on goes on here, too
            table.writerow(["seconds", "processor_seconds", "megabytes", "articles"])
        process = psutil.Process(running.pid)
        while running.poll() is None:
            try:
                all_of_it = [process, *process.children(recursive=True)]
                size = sum(one.memory_info().rss for one in all_of_it) / 1e6
                busy = sum(sum(one.cpu_times()[:2]) for one in all_of_it)
                row = [f"{time.monotonic() - start:.0f}", f"{busy:.0f}", f"{size:.0f}", sum(_staged(archive))]
            except psutil.NoSuchProcess:
                break
            table.writerow(row)
            file.flush()
            time.sleep(EVERY)
    print(f"{time.monotonic() - start:,.0f} s, exit code {running.returncode}")


def _staged(archive: Path) -> Iterator[int]:
    from pyarrow import parquet

    for path in archive.glob(".pending-*/**/*.articles.parquet"):
        yield parquet.read_metadata(path).num_rows


def plot(memory: Path, picture: Path) -> None:
    import matplotlib.pyplot as plt
    import pandas as pd

    told = pd.read_csv(memory)
    figure, axes = plt.subplots(figsize=(7, 3), layout="constrained")
    axes.plot(told["articles"], told["megabytes"], color="0.2", linewidth=1)
    axes.set(xlabel="articles read", ylabel="memory (MB)", ylim=(0, None), xlim=(0, None))
    axes.spines[["top", "right"]].set_visible(False)
    figure.savefig(picture, dpi=120)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    verbs = parser.add_subparsers(dest="verb", required=True)
    one = verbs.add_parser("make")
    one.add_argument("corpus")
    one.add_argument("count", type=int)
    one.add_argument("out", type=Path)
    two = verbs.add_parser("run")
    two.add_argument("articles")
    two.add_argument("archive", type=Path)
    two.add_argument("memory", type=Path)
    three = verbs.add_parser("plot")
    three.add_argument("memory", type=Path)
    three.add_argument("picture", type=Path)
    chosen, others = parser.parse_known_args()
    if chosen.verb == "make":
        make(chosen.corpus, chosen.count, chosen.out)
    elif chosen.verb == "run":
        run(chosen.articles, chosen.archive.absolute(), chosen.memory, others)
    else:
        plot(chosen.memory, chosen.picture)
