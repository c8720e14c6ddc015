"""Timings, as ratios in one run: `make bench`, or `python tools/bench.py [TABLE OF ARTICLES]`.

- importing the package;
- `conflictstats report` on seeds/ against papermill on as many notebooks that only import pandas and seaborn;
- comparison of 10,000 and 100,000 claims (and of more: `--claims 1000000`): seconds of processor time, pairs and
  memory, and how much faster than the table they grow;
- extraction against the bare parse (tagger and parser) of the same full texts, in batches of 50 and in one call of
  `nlp.pipe` with spaCy's own batches, on a table of articles where one is given, else on the annotated articles of
  tests/gold;
- extraction against quantulum3, which reads quantities alone, on the first 40 of them (by `make bench`, which installs it);
- memory over ten extractions of 20 of them in one process;
- one worker against two (`--engine processes`, and a Dask cluster of this machine), their start not counted;
- an archive of them: the first run, one in which nothing is new, and opening a part.
"""

from __future__ import annotations

import argparse
import itertools
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import nbformat

ROOT = Path(__file__).parent.parent
CHOICES = ("import", "report", "comparison", "extraction", "quantulum3", "memory", "engines", "archive")
FLOOR = "import pandas\nimport seaborn"


def seconds(command: list[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, cwd=ROOT)
    return time.perf_counter() - start


def python(*words: str) -> list[str]:
    return [sys.executable, *words]


def bench_import() -> None:
    bare = min(seconds(python("-c", "pass")) for _ in range(5))
    ours = min(seconds(python("-c", "import conflictstats")) for _ in range(5))
    print(f"import conflictstats: {ours - bare:.3f} s beyond starting Python ({bare:.3f} s)")


def bench_report() -> None:
    notebooks = sorted((ROOT / "notebooks").glob("*.ipynb"))
    with tempfile.TemporaryDirectory() as folder:
        book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(FLOOR)])
        path = Path(folder, "floor.ipynb")
        nbformat.write(book, path)
        seconds(python("-m", "papermill", "-k", "python3", str(path), str(Path(folder, "warm.ipynb"))))
        floor = sum(
            seconds(python("-m", "papermill", "-k", "python3", str(path), str(Path(folder, f"out{n}.ipynb"))))
            for n in range(len(notebooks))
        )
        report = seconds(
            [str(Path(sys.executable).parent / "conflictstats"), "report", "-o", str(Path(folder, "reports"))]
        )
    print(
        f"report of {len(notebooks)} notebooks: {report:.1f} s; papermill floor {floor:.1f} s; ratio {report / floor:.2f}"
    )


def bare_parser() -> Any:
    """Tagger and parser alone, untouched by what our own pipeline changes."""
    import spacy

    from conflictstats.sentences import MODELS

    name = next(name for name in MODELS if spacy.util.is_package(name))
    return spacy.load(name, exclude=["ner", "lemmatizer", "attribute_ruler"])


def bench_extraction(table: str | None) -> None:
    from conflictstats.articles import read_articles
    from conflictstats.claims import read_claims
    from conflictstats.codebook import load_codebook
    from conflictstats.records import Article

    paths = table or str(ROOT / "tests" / "gold" / "dev" / "*.txt")
    articles = [item for item in read_articles(paths) if isinstance(item, Article)]
    nlp, codebook = bare_parser(), load_codebook()
    for article in articles[:3]:
        read_claims(article, codebook)
    parse = extract = 0.0
    # in turn, so that a machine that slows down slows both
    for at in range(0, len(articles), 50):
        batch = articles[at : at + 50]
        start = time.process_time()
        for _ in nlp.pipe(article.text for article in batch):
            pass
        middle = time.process_time()
        for article in batch:
            read_claims(article, codebook)
        parse += middle - start
        extract += time.process_time() - middle
    start = time.process_time()
    for _ in nlp.pipe(article.text for article in articles):
        pass
    at_once = time.process_time() - start
    print(
        f"extraction of {len(articles)} articles: {extract:.1f} s, {len(articles) / extract:.1f} a second; "
        f"bare parse in batches of 50 {parse:.1f} s, ratio {extract / parse:.2f}; "
        f"in one call of nlp.pipe {at_once:.1f} s, ratio {extract / at_once:.2f}"
    )


def some_articles(table: str | None, most: int) -> list[Any]:
    from conflictstats.articles import read_articles
    from conflictstats.records import Article

    items = read_articles(table or str(ROOT / "tests" / "gold" / "dev" / "*.txt"))
    return list(itertools.islice((item for item in items if isinstance(item, Article)), most))


def bench_quantulum(table: str | None) -> None:
    from conflictstats.claims import read_claims
    from conflictstats.codebook import load_codebook

    other = ROOT / ".venv-bench" / "bin" / "python"
    if not other.exists():
        print("quantulum3: not installed; make bench installs it")
        return
    articles, codebook = some_articles(table, 40), load_codebook()
    read_claims(articles[0], codebook)
    start = time.process_time()
    for article in articles:
        read_claims(article, codebook)
    ours = time.process_time() - start
    done = subprocess.run(
        [other, "-c", _QUANTULUM],
        input=json.dumps([a.text for a in articles]),
        check=True,
        capture_output=True,
        text=True,
    )
    theirs = float(done.stdout.split()[-1])
    print(
        f"{len(articles)} articles, processor time: ours {ours:.1f} s with parties, sources, periods and places;"
        f" quantulum3 {theirs:.1f} s for quantities; {theirs / ours:.2f} times as many articles a second"
    )


_QUANTULUM = """
import json, sys, time
from quantulum3 import parser
texts = json.load(sys.stdin)
parser.parse("12 km")
start = time.process_time()
for text in texts:
    parser.parse(text)
print(time.process_time() - start)
"""


def bench_memory(table: str | None) -> None:
    from conflictstats.claims import read_claims
    from conflictstats.codebook import load_codebook

    articles, codebook, seen = some_articles(table, 20), load_codebook(), []
    for _ in range(10):
        for article in articles:
            read_claims(article, codebook)
        seen.append(resident())
    print(f"memory after each of ten extractions of {len(articles)} articles: {' '.join(map(str, seen))} MB")


def resident() -> int:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() // 2**20


def bench_engines(table: str | None) -> None:
    """By processor time, too: on a machine that other work shares two workers have less of it each than one."""
    articles = some_articles(table, 200)
    for engine, workers_of in (("processes", on_processes), ("dask", on_dask)):
        rates, costs = [], []
        for workers in (1, 2):
            took, busy = workers_of(articles, workers)
            rates.append(len(articles) / took)
            costs.append(busy / len(articles))
        print(
            f"{engine}: 1 worker reads {rates[0]:.1f} articles a second, 2 read {rates[1]:.1f}, efficiency"
            f" {rates[1] / rates[0] / 2:.2f}; an article takes {costs[0] * 1000:.0f} and {costs[1] * 1000:.0f} ms of"
            f" processor time, efficiency {costs[0] / costs[1]:.2f}"
        )


def on_processes(articles: list[Any], workers: int) -> tuple[float, float]:
    """Seconds, and those of the workers' processors, that the articles take when all have begun."""
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    import psutil

    from conflictstats import engines
    from conflictstats.codebook import load_codebook

    def busy() -> float:
        return sum(sum(one.cpu_times()[:2]) for one in psutil.Process().children())

    with ProcessPoolExecutor(workers, get_context("spawn"), engines._begin, (load_codebook(),)) as pool:
        list(pool.map(engines._read_batch, [articles[:8]] * workers * 2))
        clock, before = time.perf_counter(), busy()
        list(pool.map(engines._read_batch, engines._batches(articles)))
        return time.perf_counter() - clock, busy() - before


def on_dask(articles: list[Any], workers: int) -> tuple[float, float]:
    """The same on a cluster of this machine, with files for it to read."""
    from distributed import Client, LocalCluster

    import conflictstats as cs
    from conflictstats.articles import portions

    portions._BYTES, portions._ROWS = 1000, 16
    with tempfile.TemporaryDirectory() as folder:
        few, many = Path(folder, "few.jsonl"), Path(folder, "many.jsonl")
        for path, some in ((few, articles[:64]), (many, articles)):
            path.write_text("\n".join(json.dumps({"id": a.article_id, "text": a.text}) for a in some))
        with (
            LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=None) as cluster,
            Client(cluster) as client,
        ):
            on = {"engine": "dask", "scheduler": cluster.scheduler_address}
            cs.load(few, **on)
            clock, before = time.perf_counter(), sum(client.run(time.process_time).values())
            cs.load(many, **on)
            return time.perf_counter() - clock, sum(client.run(time.process_time).values()) - before


def bench_archive(table: str | None) -> None:
    import conflictstats as cs

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "articles.jsonl")
        articles = some_articles(table, 60)
        rows = (
            {"id": str(n), "text": a.text, "date": str(a.published or "")} for n, a in enumerate(articles)
        )
        path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
        took = []
        for step in (
            lambda: cs.load(path),
            lambda: cs.archive(path, Path(folder, "archive")),
            lambda: cs.archive(path, Path(folder, "archive")),
            lambda: cs.open(Path(folder, "archive"), event="killed", texts=False),
        ):
            start = time.process_time()
            step()
            took.append(time.process_time() - start)
    print(
        f"archive of {len(articles)} articles, processor time: load {took[0]:.1f} s, first run {took[1]:.1f} s,"
        f" with nothing new {took[2]:.2f} s, opened {took[3]:.2f} s"
    )


def bench_comparison(sizes: list[int]) -> None:
    """Claims with the mix of the annotated articles, spread over 1,000 days: ten times as many are ten times as dense."""
    from many_claims import many_claims

    from conflictstats.compare import compare

    before: tuple[int, float] | None = None
    for size in sizes:
        claims = many_claims(size)
        start = time.process_time()
        found = compare(claims)
        took = time.process_time() - start
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
        growth = (
            "" if before is None else f"; {took / before[1] / (size / before[0]):.2f} times as long a claim"
        )
        print(
            f"comparison of {size:,} claims: {took:.1f} s, {len(found.pairs) / size:.2f} pairs a claim,"
            f" {found.unjudged:,} unjudged, peak {memory:.1f} GiB{growth}"
        )
        before = size, took


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("table", nargs="?", help="a table of articles to extract")
    parser.add_argument("--claims", type=int, help="compare so many claims as well, such as 1000000")
    parser.add_argument("--only", choices=CHOICES)
    chosen = parser.parse_args()
    if chosen.only in (None, "import"):
        bench_import()
    if chosen.only in (None, "report"):
        bench_report()
    if chosen.only in (None, "comparison"):
        bench_comparison([10_000, 100_000, *([chosen.claims] if chosen.claims else [])])
    for name, bench in (
        ("extraction", bench_extraction), ("quantulum3", bench_quantulum), ("memory", bench_memory),
        ("engines", bench_engines), ("archive", bench_archive),
    ):  # fmt: skip
        if chosen.only in (None, name):
            bench(chosen.table)
