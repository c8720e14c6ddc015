"""Timings, as ratios in one run: `make bench`, or `python tools/bench.py [TABLE OF ARTICLES]`.

- importing the package;
- `conflictstats report` on seeds/ against papermill on as many notebooks that only import pandas and seaborn;
- comparison of 10,000 and 100,000 claims (and of more: `--claims 1000000`): seconds of processor time, pairs and
  memory, and how much faster than the table they grow;
- extraction against the bare parse (tagger and parser) of the same full texts, on a table of articles where one
  is given, else on the annotated articles of tests/gold.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import nbformat

ROOT = Path(__file__).parent.parent
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


def bench_extraction(table: str | None) -> None:
    from conflictstats.articles import read_articles
    from conflictstats.claims import read_claims
    from conflictstats.codebook import load_codebook
    from conflictstats.records import Article
    from conflictstats.sentences import load_model

    paths = table or str(ROOT / "tests" / "gold" / "dev" / "*.txt")
    articles = [item for item in read_articles(paths) if isinstance(item, Article)]
    nlp, codebook = load_model(), load_codebook()
    for article in articles[:3]:
        read_claims(article, codebook)
    parse = extract = 0.0
    # in turn, so that a machine that slows down slows both
    for at in range(0, len(articles), 50):
        batch = articles[at : at + 50]
        start = time.perf_counter()
        for _ in nlp.pipe(article.text for article in batch):
            pass
        middle = time.perf_counter()
        for article in batch:
            read_claims(article, codebook)
        parse += middle - start
        extract += time.perf_counter() - middle
    print(
        f"extraction of {len(articles)} articles: {extract:.1f} s, {len(articles) / extract:.1f} a second; "
        f"bare parse {parse:.1f} s; ratio {extract / parse:.2f}"
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
    parser.add_argument("--only", choices=["import", "report", "comparison", "extraction"])
    chosen = parser.parse_args()
    if chosen.only in (None, "import"):
        bench_import()
    if chosen.only in (None, "report"):
        bench_report()
    if chosen.only in (None, "comparison"):
        bench_comparison([10_000, 100_000, *([chosen.claims] if chosen.claims else [])])
    if chosen.only in (None, "extraction"):
        bench_extraction(chosen.table)
