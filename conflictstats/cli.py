"""The command `conflictstats`.

Exit codes: 0 all went well; 1 a run failed; 2 wrong usage; 3 done, but some inputs could not be read.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from conflictstats.errors import ConflictstatsError

if TYPE_CHECKING:
    from conflictstats.corpus import Corpus
    from conflictstats.evaluation import Score

REJECTED = 3

# How to read articles: shared by every command that does.
_READING = (
    click.option("--published", metavar="DATE|name|mtime", help="Date of undated files: YYYY-MM-DD, the date in the file's name, or the file's time."),
    click.option("--dates", default="auto", metavar="FILE", help="Corrections of publication dates; 'auto' takes the dates.csv beside the articles, '' takes none."),
    click.option("--date-format", metavar="FORMAT", help="How dates are written in tables, as strptime has it: %d/%m/%Y."),
    click.option("--encoding", help="Encoding of the files, where it cannot be told from them."),
    click.option("--column", "columns", multiple=True, metavar="FIELD=NAME", help="Which column of a table holds a field: --column text=body. Fields: id, text, published, title, outlet, url, language."),
    click.option("--codebook", type=click.Path(exists=True, file_okay=False), help="Folder with files that replace those of the codebook."),
)  # fmt: skip


def reading_options(command: Any) -> Any:
    for option in reversed(_READING):
        command = option(command)
    return command


@contextmanager
def plain_errors() -> Iterator[None]:
    """An error of ours as one line and exit code 1, without a traceback."""
    try:
        yield
    except ConflictstatsError as error:
        raise click.ClickException(str(error)) from error


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="conflictstats")
def main() -> None:
    """Numeric claims about armed conflicts: out of news articles, compared, reported.

    \b
    A first run:
        conflictstats init work && cd work
        conflictstats report
    \b
    Exit codes: 0 all went well; 1 a run failed; 2 wrong usage; 3 done, but some inputs could not be read.
    """


def _load(paths: tuple[str, ...], published: str | None, dates: str, date_format: str | None, encoding: str | None,
          columns: tuple[str, ...], codebook: str | None) -> Corpus:  # fmt: skip
    from conflictstats.codebook import load_codebook
    from conflictstats.corpus import load

    pairs = dict(pair.split("=", 1) for pair in columns if "=" in pair)
    if wrong := [pair for pair in columns if "=" not in pair]:
        raise click.UsageError(f"--column {wrong[0]}: write FIELD=NAME, as in --column text=body.")
    return load(
        list(paths), codebook=load_codebook(codebook), progress=True, published=published, dates=dates or None,
        date_format=date_format, encoding=encoding, columns=pairs or None,
    )  # fmt: skip


def _finish(corpus: Corpus) -> None:
    """The last line, and exit code 3 where something was rejected."""
    read, rejected = len(corpus.articles), len(corpus.rejects)
    undated = int(corpus.articles["published"].isna().sum())
    for row in corpus.rejects.head(20).itertuples():
        click.echo(f"not read: {row.path}: {row.reason}", err=True)
    click.echo(
        f"{len(corpus.claims)} claims from {read} of {read + rejected} articles"
        + (f", {undated} without a date" if undated else "")
        + (f"; {rejected} of {read + rejected} rejected" if rejected else "")
        + ".",
        err=True,
    )
    if rejected:
        sys.exit(REJECTED)


@main.command()
@click.argument("paths", nargs=-1, required=True)
@click.option("-o", "--output", required=True, type=click.Path(dir_okay=False), help="Table of claims: .parquet, .csv or .jsonl.")
@click.option("--for-spreadsheet", is_flag=True, help="Guard cells that a spreadsheet would run as formulas; texts then no longer match their offsets.")
@reading_options
def extract(paths: tuple[str, ...], output: str, for_spreadsheet: bool, **options: Any) -> None:
    """Read articles at PATHS (files, folders, globs) and write their claims as a table."""
    from conflictstats.tables import write_table

    with plain_errors():
        corpus = _load(paths, **options)
        write_table(corpus.claims, output, for_spreadsheet=for_spreadsheet)
    _finish(corpus)


@main.command()
@click.argument("claims", type=click.Path(exists=True, dir_okay=False))
@click.option("-o", "--output", required=True, type=click.Path(file_okay=False), help="Folder for questions and pairs.")
def compare(claims: str, output: str) -> None:
    """Compare a table of CLAIMS: which figures compete, and whether they can be compared."""
    from conflictstats.compare import compare as compare_claims
    from conflictstats.tables import read_table, write_table

    with plain_errors():
        comparison = compare_claims(read_table(claims))
        folder = Path(output)
        folder.mkdir(parents=True, exist_ok=True)
        for name, table in (("questions", comparison.questions), ("pairs", comparison.pairs)):
            for suffix in (".parquet", ".csv"):
                write_table(table, folder / (name + suffix))
    click.echo(f"{len(comparison.questions)} questions, {len(comparison.pairs)} pairs in {output}.", err=True)


@main.command()
@click.argument("paths", nargs=-1, required=True)
@reading_options
def check(paths: tuple[str, ...], **options: Any) -> None:
    """Look over articles at PATHS: what cannot be read, what has no date, which sources are unknown.

    Unknown sources are printed as entries ready to paste into the codebook's sources.toml.
    """
    with plain_errors():
        corpus = _load(paths, **options)
    for row in corpus.articles[corpus.articles["published"].isna()].itertuples():
        click.echo(f"# no date: {row.article_id} ({row.published_basis})")
    for line in _unknown_sources(corpus):
        click.echo(line)
    _finish(corpus)


def _unknown_sources(corpus: Corpus) -> Iterator[str]:
    from conflictstats.codebook import load_codebook

    known = load_codebook().sources
    claims = corpus.claims[corpus.claims["source"].notna()]
    for source, rows in claims[~claims["source_id"].isin(list(known))].groupby("source", sort=True):
        key = json.dumps(rows["source_id"].iloc[0], ensure_ascii=False)
        side = rows["source_side"].dropna()
        yield f"\n# {len(rows)} claims, first: {rows['sentence'].iloc[0][:90]!r}\n[{key}]\nnames = [{json.dumps(source, ensure_ascii=False)}]" + (
            f"\nside = {json.dumps(side.iloc[0])}" if len(side) else ""
        )


@main.command()
@click.argument("notebooks", nargs=-1)
@click.option("-p", "--parameter", "parameters", nargs=2, multiple=True, metavar="NAME VALUE", help="A notebook parameter; repeatable.")
@click.option("-y", "--yaml", "yaml_file", type=click.Path(exists=True, dir_okay=False), help="Parameters from a YAML file.")
@click.option("-o", "--output", default="reports", show_default=True, type=click.Path(file_okay=False), help="Folder for the reports.")
def report(notebooks: tuple[str, ...], parameters: tuple[tuple[str, str], ...], yaml_file: str | None, output: str) -> None:
    """Run NOTEBOOKS (all of notebooks/ if none is named) and leave PDF reports with their data beside them.

    \b
    conflictstats report
    conflictstats report air_attacks -p articles my/articles
    """
    from conflictstats.report import report as run_report

    with plain_errors():
        given: dict[str, Any] = dict(parameters)
        if yaml_file:
            import yaml

            given = {**(yaml.safe_load(Path(yaml_file).read_text(encoding="utf-8")) or {}), **given}
        done = run_report(list(notebooks) or None, parameters=given, out=output)
    for pdf in done.pdfs:
        click.echo(pdf)
    if done.rejects:
        click.echo(f"{done.rejects} of {done.inputs} inputs rejected; see rejects.csv.", err=True)
        sys.exit(REJECTED)


@main.command()
@click.argument("gold", type=click.Path(exists=True, file_okay=False))
@click.option("--part", type=click.Choice(["tune", "test"]), help="Only that part of the set, by its split.json.")
@click.option("--errors", type=int, default=0, metavar="N", help="Print up to N errors, by kind; not with --part test.")
@click.option("--save", type=click.Path(dir_okay=False), help="Keep this run, to compare a later one with.")
@click.option("--against", type=click.Path(exists=True, dir_okay=False), help="Say what changed since a saved run.")
def evaluate(gold: str, part: str | None, errors: int, save: str | None, against: str | None) -> None:
    """Score what is read against annotated articles in GOLD (NAME.txt beside NAME.json)."""
    from conflictstats import evaluation

    if part == "test" and errors:
        raise click.UsageError("the errors of the test part are not to be read: score it, and read those of the tune part.")
    with plain_errors():
        score = evaluation.evaluate(gold, part)  # type: ignore[arg-type]
    click.echo(evaluation.table(score))
    if errors:
        click.echo("\n".join(evaluation.explain(score, errors)))
    figures = _figures(score)
    if against:
        before = json.loads(Path(against).read_text(encoding="utf-8"))
        for name, value in figures.items():
            if name in before and abs(before[name] - value) >= 0.0005:
                click.echo(f"{name:22} {before[name]:.3f} → {value:.3f}")
    if save:
        Path(save).write_text(json.dumps(figures, indent=1), encoding="utf-8")


def _figures(score: Score) -> dict[str, float]:
    levels = {f"{level}.{key}": float(value) for level, found in score.levels.items() for key, value in found.items()}  # type: ignore[arg-type]
    return levels | {f"field.{name}": value for name, (value, _) in score.fields.items() if value is not None}


@main.command()
@click.argument("folder", type=click.Path(file_okay=False))
def init(folder: str) -> None:
    """Lay out a working folder: the notebooks, and the sample articles to try them on."""
    from conflictstats.report import lay_out

    with plain_errors():
        for path in lay_out(folder):
            click.echo(path)
