"""The command `conflictstats`: every verb of the package, for a terminal and a schedule.

Exit codes: 0 all went well; 1 a run failed; 2 wrong usage; 3 done, but some inputs could not be read; and
one for each kind of failure that wants another cure, so that a schedule can tell them apart.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from conflictstats.errors import (
    ArticleError,
    BusyError,
    ConflictstatsError,
    EngineError,
    KernelDiedError,
    OptionError,
    OvertimeError,
    ParameterError,
    StorageError,
    WorkerError,
)

if TYPE_CHECKING:
    import pandas as pd

    from conflictstats.codebook import Codebook
    from conflictstats.corpus import Corpus
    from conflictstats.evaluation import Miss, Score

REJECTED = 3
FOLLOW_UP = 9
_EXIT_CODES: dict[type[ConflictstatsError], int] = {
    BusyError: 4,
    KernelDiedError: 5,
    WorkerError: 5,
    OvertimeError: 6,
    StorageError: 7,
    ArticleError: 8,
}
_SUFFIXES = (".parquet", ".csv", ".jsonl")
_MOST_CHANGED = 20
_MOST_REJECTS = 20  # lines on a terminal; the table has all
# The kinds that `reference.read` knows, named here so that help needs no pandas.
_REFERENCES = (
    "ucdp_ged", "acled", "missile_attacks", "general_staff_losses", "economist_estimates", "gaza_daily",
)  # fmt: skip

_CODES = """\b
Exit codes:
  0  all went well
  1  a run failed, with the reason in one line
  2  wrong usage: an unknown command, option, notebook or parameter
  3  done, but some inputs could not be read; the last line says how many of how many
  4  another run is writing into the same folder of reports, or archive
  5  a notebook's kernel, or a worker, was killed or crashed; most often, memory ran out
  6  a cell, or the whole run, took longer than it was given
  7  the output cannot be written: a full disk, a folder that is shut
  8  there is nothing to read where the articles should be
  9  the report was made, but the command of --on-success failed
  143 (130)  ended by a signal (by Ctrl-C)
"""

# The engines that `engines.py` knows, named here for the same reason. A report reads what is new by itself.
_ENGINES = ("serial", "processes", "dask")
_REPORT_ENGINES = ("serial", "processes")

# How articles are read: the same for every command that reads them.
_READING = (
    click.option(
        "--published",
        metavar="DATE|name|mtime",
        help="Date of articles that carry none: YYYY-MM-DD, the date in the file's name, or its time.",
    ),
    click.option(
        "--dates",
        default="auto",
        metavar="FILE",
        help="Corrections of publication dates; 'auto' takes the dates.csv beside the articles;"
        " '' takes none.",
    ),
    click.option(
        "--corrections",
        default="auto",
        metavar="FILE",
        help="Corrections of claims; 'auto' takes the corrections.csv beside the articles; '' takes none.",
    ),
    click.option(
        "--date-format",
        metavar="FORMAT",
        help="How dates are written that are not YYYY-MM-DD, such as %d/%m/%Y; 4/5/2017 is not guessed.",
    ),
    click.option("--encoding", help="Encoding of the files; without it each file is looked at."),
    click.option(
        "--columns",
        multiple=True,
        metavar="FIELD=NAME",
        help="Which column of a table holds a field: --columns text=body; repeatable. Fields: id, text,"
        " published, title, outlet, url, language.",
    ),
    click.option(
        "--codebook",
        type=click.Path(exists=True, file_okay=False),
        help="Folder of codebook files that replace the shipped ones of the same name.",
    ),
)


def reading_options(command: Any) -> Any:
    for option in reversed(_READING):
        command = option(command)
    return command


def engine_options(*engines: str) -> Callable[[Any], Any]:
    """Who reads them: what is read is the same."""
    clustered = "dask" in engines
    options = [
        click.option(
            "--engine",
            type=click.Choice(engines),
            default="serial",
            show_default=True,
            help="'processes' reads on all cores"
            + (", 'dask' on a cluster" if clustered else "")
            + "; the claims are the same, in the same order.",
        ),
        click.option(
            "--workers",
            type=click.IntRange(min=1),
            metavar="N",
            help="Of 'processes': so many; without it one for each core. Each takes half a gigabyte of memory.",
        ),
    ]
    if clustered:
        options.append(
            click.option(
                "--scheduler",
                metavar="ADDRESS",
                help="Of 'dask': the scheduler's address, such as tcp://10.0.0.5:8786.",
            )
        )

    def with_options(command: Any) -> Any:
        for option in reversed(options):
            command = option(command)
        return command

    return with_options


@contextmanager
def plain_errors() -> Iterator[None]:
    """What we refuse, as one line and an exit code, without a traceback."""
    try:
        yield
    except (ParameterError, EngineError, OptionError) as error:
        raise click.UsageError(str(error)) from error
    except ConflictstatsError as error:
        raise _Refusal(
            str(error), next((c for kind, c in _EXIT_CODES.items() if isinstance(error, kind)), 1)
        ) from error


class _Refusal(click.ClickException):
    def __init__(self, message: str, code: int) -> None:
        super().__init__(message)
        self.exit_code = code  # type: ignore[misc]  # typed as the class's, read from the instance


@click.group(
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}, epilog=_CODES
)
@click.version_option(package_name="conflictstats")
def main() -> None:
    """Numeric claims about armed conflicts: out of news articles, compared, reported.

    \b
    To try it on the sample articles:
      conflictstats init work        a folder with notebooks and sample articles
      cd work
      conflictstats report           PDFs in reports/

    \b
    On your own articles:
      conflictstats check my/articles
      conflictstats extract my/articles -o claims.csv
      conflictstats report -p articles my/articles

    Every command explains itself: conflictstats COMMAND --help.
    """  # noqa: D301 (click's mark of lines to keep)


@main.command(short_help="Lay out a working folder with notebooks and sample articles.")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def init(folder: Path) -> None:
    """Lay out a working FOLDER: the notebooks, and sample articles to try them on.

    Files that are there already are left alone; if one of them differs, nothing is written.
    """
    from conflictstats.report.starter import lay_out

    with plain_errors():
        written = lay_out(folder)
    click.echo(f"{len(written)} files written to {folder}. Next: cd {folder} && conflictstats report")


def _load(
    paths: tuple[str, ...],
    codebook: Codebook,
    columns: tuple[str, ...],
    dates: str,
    corrections: str,
    **options: Any,
) -> Corpus:
    from conflictstats.corpus import load

    return load(
        paths[0] if len(paths) == 1 else list(paths),
        codebook=codebook,
        progress=True,
        columns=_named(columns),
        dates=dates or None,
        corrections=corrections or None,
        **options,
    )


def _named(columns: tuple[str, ...]) -> dict[str, str] | None:
    named = {}
    for pair in columns:
        name, equals, column = pair.partition("=")
        if not equals:
            raise click.UsageError(f"--columns {pair}: write FIELD=NAME, as in --columns text=body.")
        named[name] = column
    return named or None


def _archive(
    paths: tuple[str, ...],
    folder: str,
    codebook: Codebook,
    columns: tuple[str, ...],
    dates: str,
    corrections: str,
    **options: Any,
) -> None:
    from conflictstats.archive import archive

    # A schedule ends a run by this signal: leave as by Ctrl-C, with workers ended.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    with plain_errors():
        try:
            kept = archive(
                list(paths),
                folder,
                codebook=codebook,
                columns=_named(columns),
                dates=dates or None,
                corrections=corrections or None,
                progress=True,
                **options,
            )
        except OSError as error:
            raise StorageError(
                f"{folder}: the run stopped: {error.strerror or error}. Run it again to go on."
            ) from error
    for article in kept.changed[:_MOST_CHANGED]:
        click.echo(f"replaced: {article}", err=True)
    if len(kept.changed) > _MOST_CHANGED:
        click.echo(f"replaced: {len(kept.changed) - _MOST_CHANGED} more", err=True)
    _tell_rejects(kept.rejects)
    read = kept.new + len(kept.changed) + kept.unchanged
    click.echo(
        f"{kept.new} new, {len(kept.changed)} changed and {kept.unchanged} known of {_count(read, 'article')};"
        f" the archive holds {_count(kept.claims, 'claim')} from {_count(kept.articles, 'article')}"
        + (f"; {len(kept.rejects)} of {read + len(kept.rejects)} rejected" if len(kept.rejects) else "")
        + ".",
        err=True,
    )
    if len(kept.rejects):
        sys.exit(REJECTED)


def _tell_rejects(rejects: pd.DataFrame) -> None:
    for row in rejects.head(_MOST_REJECTS).itertuples():
        click.echo(f"not read: {row.path}: {row.reason}", err=True)
    if len(rejects) > _MOST_REJECTS:
        click.echo(f"not read: {len(rejects) - _MOST_REJECTS} more", err=True)


def _finish(corpus: Corpus) -> None:
    """The last line, and exit code 3 where something was rejected."""
    read, rejected = len(corpus.articles), len(corpus.rejects)
    undated = int(corpus.articles["published"].isna().sum())
    orphans = int((corpus.corrections["outcome"] == "orphan").sum())
    _tell_rejects(corpus.rejects)
    click.echo(
        f"{_count(len(corpus.claims), 'claim')} from {read} of {read + rejected} articles"
        + (f", {undated} without a date" if undated else "")
        + (f"; {_count(orphans, 'correction')} of no claim" if orphans else "")
        + (f"; {rejected} of {read + rejected} rejected" if rejected else "")
        + ".",
        err=True,
    )
    if rejected:
        sys.exit(REJECTED)


def _table_path(_: click.Context, __: click.Parameter, value: Path) -> Path:
    # Said before the articles are read, not after.
    if value.suffix not in _SUFFIXES:
        raise click.BadParameter(f"{value}: tables are written as {', '.join(_SUFFIXES)}; name the file so.")
    if not value.parent.is_dir():
        raise click.BadParameter(f"{value}: there is no folder {value.parent}.")
    return value


def _output(ctx: click.Context, option: click.Parameter, value: str) -> Path | str:
    """A table, by its suffix, or an archive: a folder or an address."""
    if "://" in value:
        return value
    path = Path(value)
    archive = path.is_dir() or value.endswith(("/", os.sep)) or not path.suffix
    return str(value) if archive else _table_path(ctx, option, path)


def _there(_: click.Context, __: click.Parameter, value: str) -> str:
    if "://" not in value and not Path(value).exists():
        raise click.BadParameter(f"Path {value!r} does not exist.")
    return value


def _write(table: pd.DataFrame, path: Path, **options: Any) -> None:
    """Write beside and replace, so that a killed run leaves no half table."""
    from conflictstats.tables import write_table

    new = path.with_name(f".{path.stem}.new{path.suffix}")
    try:
        write_table(table, new, **options)
        new.replace(path)
    except OSError as error:
        new.unlink(missing_ok=True)
        raise _Refusal(
            f"{path}: cannot be written: {error.strerror or error}", _EXIT_CODES[StorageError]
        ) from error


@main.command(short_help="Read articles and write their claims as a table.", epilog=_CODES)
@click.argument("paths", nargs=-1, required=True)
@click.option(
    "-o",
    "--output",
    required=True,
    callback=_output,
    help="A table of claims: .parquet (exact), .csv or .jsonl. Or a folder, which becomes an archive: claims,"
    " articles and rejects by month, to which the next run adds what is new.",
)
@click.option(
    "--for-spreadsheet",
    is_flag=True,
    help="Put an apostrophe before cells that a spreadsheet would run as formulas; such cells then no longer"
    " hold the exact words.",
)
@reading_options
@engine_options(*_ENGINES)
def extract(
    paths: tuple[str, ...], output: Path | str, for_spreadsheet: bool, codebook: str | None, **options: Any
) -> None:
    """Read the articles at PATHS (files, folders, globs) and write their claims as a table, or keep an archive.

    \b
    conflictstats extract articles/ -o claims.parquet
    conflictstats extract dump.jsonl -o claims.csv --columns text=body --columns published=day
    conflictstats extract articles/ -o archive/ --engine processes
    conflictstats extract /shared/articles -o /shared/archive --engine dask --scheduler tcp://10.0.0.5:8786

    Into an archive only what is new or changed is extracted. An article is known by its path below the folder
    that is given, so give the same one each time. A run that was killed goes on where it was.
    """  # noqa: D301 (click's mark of lines to keep)
    from conflictstats.codebook import load_codebook

    if isinstance(output, str):
        if for_spreadsheet:
            raise click.UsageError("--for-spreadsheet is for tables; an archive is exact.")
        _archive(paths, output, load_codebook(codebook), **options)
        return
    with plain_errors():
        corpus = _load(paths, load_codebook(codebook), **options)
        _write(corpus.claims, output, for_spreadsheet=for_spreadsheet)
    _finish(corpus)


@main.command(short_help="Say which figures of a table compete, and how far apart they are.")
@click.argument("claims", callback=_there)
@click.option(
    "-o",
    "--output",
    default=".",
    show_default=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder for questions and pairs, each as .parquet and .csv.",
)
def compare(claims: str, output: Path) -> None:
    """Compare a table of CLAIMS, or an archive: which figures compete, and whether they can be compared at all.

    \b
    conflictstats extract articles/ -o claims.parquet
    conflictstats compare claims.parquet -o compared
    conflictstats compare archive/ -o compared
    conflictstats compare s3://bucket/archive -o compared
    """  # noqa: D301 (click's mark of lines to keep)
    from conflictstats.compare import compare as compare_claims
    from conflictstats.tables import read_table

    with plain_errors():
        if "://" in claims or Path(claims).is_dir():
            from conflictstats.corpus import open as open_archive

            table = open_archive(claims, texts=False).claims
        else:
            table = read_table(claims)
        comparison = compare_claims(table)
    output.mkdir(parents=True, exist_ok=True)
    for name, table in (("questions", comparison.questions), ("pairs", comparison.pairs)):
        for suffix in (".parquet", ".csv"):
            _write(table, output / (name + suffix))
    click.echo(
        f"{len(comparison.questions)} questions and {len(comparison.pairs)} pairs in {output}/.", err=True
    )


@main.command(short_help="Read a reference table of others into one schema; hold claims against it.")
@click.argument("kind", type=click.Choice(_REFERENCES))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "-o",
    "--output",
    callback=lambda ctx, option, path: path and _table_path(ctx, option, path),
    type=click.Path(dir_okay=False, path_type=Path),
    help="The table in our schema: .parquet, .csv or .jsonl.",
)
@click.option(
    "--corrections",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Of general_staff_losses: the dataset's file of corrections.",
)
@click.option(
    "--claims",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A table of claims: say of each figure whether it fits the table at its article's date, and where else.",
)
@click.option("--published", metavar="DATE", help="With --claims: test this date of the articles instead.")
def reference(
    kind: str,
    file: Path,
    output: Path | None,
    corrections: Path | None,
    claims: Path | None,
    published: str | None,
) -> None:
    """Read FILE, a reference table of some KIND, and say what it holds and what of it cannot be used.

    Rows with bounds upside down, impossible dates and the like are listed and set aside, never repaired.

    \b
    conflictstats reference missile_attacks attacks.csv -o attacks.parquet
    conflictstats reference missile_attacks attacks.csv --claims claims.parquet
    """  # noqa: D301 (click's mark of lines to keep)
    from conflictstats.dateline import dateline
    from conflictstats.reference import read
    from conflictstats.tables import read_table

    with plain_errors():
        table = read(kind, file, corrections=corrections)
        if output is not None:
            _write(table.rows, output)
        tested = dateline(read_table(claims), table, published=published) if claims is not None else None
    if tested is not None:
        for row in tested.figures.itertuples():
            click.echo(f"{row.article_id}: {row.detail}")
        click.echo(f"{tested.rule} Evidence only: no date was changed.")
    for row in table.problems.head(_MOST_REJECTS).itertuples():
        click.echo(f"set aside: row {row.row}, {row.column} {row.value!r}: {row.reason}", err=True)
    if len(table.problems) > _MOST_REJECTS:
        click.echo(f"set aside: {len(table.problems) - _MOST_REJECTS} more", err=True)
    days = "no days" if table.first is None else f"{table.first} to {table.last}"
    click.echo(f"{_count(len(table.rows), 'figure')} of {days}, {len(table.problems)} set aside.", err=True)


@main.command(short_help="Run notebooks and leave PDF reports.", epilog=_CODES)
@click.argument("notebooks", nargs=-1)
@click.option(
    "-p",
    "--parameter",
    "parameters",
    nargs=2,
    multiple=True,
    metavar="NAME VALUE",
    help="A parameter of the notebooks; repeatable. Lists as YAML: -p places '[Kyiv, Kharkiv]'.",
)
@click.option(
    "-y",
    "--yaml",
    "yaml_file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Parameters from a YAML file; those of -p go before them.",
)
@click.option(
    "-o",
    "--output",
    default="reports",
    show_default=True,
    type=click.Path(path_type=Path),
    help="Folder of the reports.",
)
@click.option("--paper", default="a4", show_default=True, type=click.Choice(["a4", "us-letter"]))
@click.option(
    "--since",
    type=click.Choice(["last"]),
    help="'last' reads only articles that no good run in the same folder of reports has read. Where none is"
    " new, no report is made.",
)
@click.option(
    "--timeout", type=click.IntRange(min=1), metavar="SECONDS", help="Give up a cell that takes longer."
)
@click.option(
    "--time-limit",
    type=click.IntRange(min=1),
    metavar="SECONDS",
    help="Give up the whole run if it takes longer.",
)
@click.option(
    "--keep",
    type=click.IntRange(min=1),
    metavar="N",
    help="Remove all but the last N runs, good and failed counted apart. Without it all are kept.",
)
@click.option(
    "--on-success",
    metavar="COMMAND",
    help="A shell command to run after a good report. It is told what happened in variables:"
    " CONFLICTSTATS_FOLDER, _PDFS (a line each), _MESSAGE, _CODE, _OUTPUT.",
)
@click.option(
    "--on-failure",
    metavar="COMMAND",
    help="The same after a run that failed; there _FOLDER and _PDFS are empty.",
)
@engine_options(*_REPORT_ENGINES)
def report(
    notebooks: tuple[str, ...],
    parameters: tuple[tuple[str, str], ...],
    yaml_file: Path | None,
    output: Path,
    paper: str,
    since: Literal["last"] | None,
    timeout: int | None,
    time_limit: int | None,
    keep: int | None,
    on_success: str | None,
    on_failure: str | None,
    engine: str,
    workers: int | None,
) -> None:
    """Run NOTEBOOKS and leave a PDF of each, with the data beside them.

    Notebooks are given by name or path; without any, all of notebooks/ are run. Each run gets a folder of
    its own with PDFs, executed notebooks, tables and manifest.json; reports/latest points to the last good
    one, and its PDFs stand in reports/ itself. A run that fails changes neither. reports/runs.log has a line
    for each run.

    \b
    conflictstats report
    conflictstats report air_attacks -p articles my/articles
    conflictstats report competing_figures -p tolerance 0.2 -o weekly
    conflictstats report -p articles inbox --since last --keep 30 --time-limit 3600 \\
        --on-failure 'mail -s "$CONFLICTSTATS_MESSAGE" desk@example.org < /dev/null'
    """  # noqa: D301 (click's mark of lines to keep)
    from conflictstats.report import report as run_report

    # A schedule ends a run by this signal: leave as by Ctrl-C, with kernels ended and nothing half-made.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    try:
        with plain_errors(), _within(time_limit):
            given = (_yaml(yaml_file) if yaml_file else {}) | dict(parameters)
            done = run_report(
                list(notebooks) or None,
                parameters=given,
                out=output,
                paper=paper,
                since=since,
                timeout=timeout,
                keep=keep,
                engine=engine,
                workers=workers,
                progress=True,
            )
    except BaseException as error:
        if on_failure:
            code, message = _ending(error)
            _follow_up(on_failure, output, code, message)
        raise
    if not done.pdfs:
        click.echo(f"Nothing new since {done.folder.name}; no report was made.", err=True)
        return
    for pdf in done.pdfs:
        click.echo(pdf)
    message = f"{_count(len(done.pdfs), 'report')} of {_count(done.claims, 'claim')}"
    if done.rejects:
        message += f"; {done.rejects} of {done.inputs} inputs rejected"
        click.echo(f"{message}, listed in {output / 'latest' / 'data' / 'rejects.csv'}.", err=True)
    code = REJECTED if done.rejects else 0
    if on_success:
        failed = _follow_up(on_success, output, code, message, done.folder, done.pdfs)
        if failed:
            raise _Refusal(
                f"the report was made; the command of --on-success ended with {failed}.", FOLLOW_UP
            )
    sys.exit(code)


class _OutOfTimeError(BaseException):
    """Not an Exception, which a reader of articles might take for a bad article."""


@contextmanager
def _within(seconds: int | None) -> Iterator[None]:
    """End what is done inside after so many seconds, wherever it stands."""
    if seconds is None:
        yield
        return
    if not hasattr(signal, "setitimer"):
        raise ParameterError(
            "--time-limit needs a signal that this system lacks; let the schedule end the run."
        )

    def end(*_: object) -> None:
        raise _OutOfTimeError(f"the run took longer than {seconds} seconds, and the last good report stands.")

    before = signal.signal(signal.SIGALRM, end)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    except _OutOfTimeError as error:
        raise OvertimeError(str(error)) from None
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _ending(error: BaseException) -> tuple[int, str]:
    """The exit code that an error ends with, and what to say of it."""
    if isinstance(error, click.ClickException):
        return error.exit_code, error.format_message()
    if isinstance(error, SystemExit) and isinstance(error.code, int):
        return error.code, "ended by a signal"
    if isinstance(error, KeyboardInterrupt):
        return 130, "ended by Ctrl-C"
    return 1, f"{type(error).__name__}: {error}"


def _follow_up(
    command: str, output: Path, code: int, message: str, folder: Path | None = None, pdfs: Sequence[Path] = ()
) -> int:
    from conflictstats.report.runs import follow_up

    facts = {
        "output": str(output.absolute()),
        "code": str(code),
        "message": " ".join(message.split()),
        "folder": str(folder or ""),
        "pdfs": "\n".join(str(pdf.absolute()) for pdf in pdfs),
    }
    ended = follow_up(command, facts)
    if ended:
        click.echo(f"Command ended with {ended}: {command}", err=True)
    return ended


def _yaml(path: Path) -> dict[str, Any]:
    import yaml

    try:
        read = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise ParameterError(f"{path}: not a YAML file: {str(error).splitlines()[0]}.") from error
    if read is None:
        return {}
    if not isinstance(read, dict):
        raise ParameterError(f"{path}: holds a {type(read).__name__}; parameters are lines 'name: value'.")
    return {str(name): value for name, value in read.items()}


@main.command(short_help="Look articles over: unreadable, undated, unknown sources.", epilog=_CODES)
@click.argument("paths", nargs=-1, required=True)
@reading_options
@engine_options(*_ENGINES)
def check(paths: tuple[str, ...], codebook: str | None, **options: Any) -> None:
    """Look over the articles at PATHS: what cannot be read, what has no date, which sources are unknown.

    Unknown sources come as entries to paste into sources.toml of a codebook, after a look at each.
    """
    from conflictstats.codebook import load_codebook
    from conflictstats.corrections import notes

    with plain_errors():
        book = load_codebook(codebook)
        corpus = _load(paths, book, **options)
    for row in corpus.articles[corpus.articles["published"].isna()].itertuples():
        why = "" if row.published_basis == "none" else f" ({row.published_basis})"
        click.echo(f"# no date: {row.article_id}{why}")
    if corpus.articles["published_basis"].str.startswith("ambiguous").any():
        click.echo(
            "# ambiguous dates may be day first or month first; if you know that one order holds for all, say which:"
            " --date-format %d/%m/%Y, or --date-format %m/%d/%Y"
        )
    for row in corpus.dates.itertuples():
        click.echo(f"# date changed: {row.article_id}, {row.reason}")
    for note in notes(corpus.corrections):
        click.echo(f"# correction: {note}")
    for entry in unknown_sources(corpus.claims, book):
        click.echo(entry)
    _finish(corpus)


def unknown_sources(claims: pd.DataFrame, codebook: Codebook) -> Iterator[str]:
    """Sources that the codebook does not know, the most frequent first, as entries of sources.toml."""
    # "Russian officials", "Kharkiv's governor": known by what stands last in the name
    common = [
        name.casefold()
        for source in codebook.sources.values()
        if source.kind != "body"
        for name in source.names
    ]
    endings = tuple(f" {name}" for name in common)
    named = claims[claims["source"].notna() & claims["source_id"].notna()]
    bodies = tuple(f"-{key}" for key in codebook.sources)
    groups = [
        (key, rows)
        for key, rows in named.groupby("source_id", sort=True)
        if key not in codebook.sources
        and not str(key).endswith(bodies)
        and not any(f" {name}".casefold().endswith(endings) for name in rows["source"])
    ]
    for key, rows in sorted(groups, key=lambda group: -len(group[1])):
        names = ", ".join(_toml(name) for name in dict.fromkeys(rows["source"]))
        sides = rows["source_side"].dropna()
        said = " ".join(str(rows["sentence"].iloc[0]).split())[:100]
        yield (
            f"\n# {_count(len(rows), 'claim')}; the first: {said}\n[{_toml(key)}]\n"
            f'kind = "body"  # or institution, office, people, person\nnames = [{names}]\n'
            f"side = {_toml(sides.iloc[0] if len(sides) else 'third_party')}"
        )


def _count(n: int, thing: str) -> str:
    return f"{n} {thing}" if n == 1 else f"{n} {thing}s"


def _toml(text: object) -> str:
    return json.dumps(str(text), ensure_ascii=False).replace("\x7f", "\\u007f")


@main.command(short_help="Score what is read against annotated articles.")
@click.argument("gold", type=click.Path(exists=True, file_okay=False))
@click.option(
    "--part", type=click.Choice(["tune", "test"]), help="Only that part of the set, by its split.json."
)
@click.option(
    "--errors", type=int, default=0, metavar="N", help="Print up to N errors; not of the test part."
)
@click.option(
    "--save",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Keep this run, to hold a later one against.",
)
@click.option(
    "--against",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Say what changed since a saved run: figures, and what was gained and lost.",
)
def evaluate(
    gold: str, part: Literal["tune", "test"] | None, errors: int, save: Path | None, against: Path | None
) -> None:
    """Score what is read against the annotated articles in GOLD (NAME.txt beside NAME.json).

    \b
    conflictstats evaluate gold/ --save before.json
    conflictstats evaluate gold/ --against before.json --errors 20
    """  # noqa: D301 (click's mark of lines to keep)
    from conflictstats import evaluation

    if part == "test" and errors:
        raise click.UsageError(
            "the errors of the test part are not to be read: score it, and read those of the tune part."
        )
    with plain_errors():
        score = evaluation.evaluate(gold, part)
    click.echo(evaluation.table(score))
    if errors:
        click.echo("\n".join(evaluation.explain(score, errors)))
    run = {"figures": _figures(score), "errors": [] if part == "test" else sorted(map(_key, score.errors))}
    if against:
        for line in _changes(json.loads(against.read_text(encoding="utf-8")), run, listed=part != "test"):
            click.echo(line)
    if save:
        save.write_text(json.dumps(run, indent=1, ensure_ascii=False), encoding="utf-8")


def _figures(score: Score) -> dict[str, float]:
    levels = {
        f"{level}.{name}": value
        for level, found in score.levels.items()
        for name, value in (
            ("precision", found["precision"]),
            ("recall", found["recall"]),
            ("f1", found["f1"]),
        )
    }
    return levels | {f"field.{name}": value for name, (value, _) in score.fields.items() if value is not None}


def _key(error: Miss) -> str:
    """An error as a line that is the same in every run that makes it."""
    claim = error.gold or error.read or {}
    return f"{error.article} {claim.get('start')} {claim.get('text')!r}: {error.kind}"


def _changes(before: Mapping[str, Any], now: Mapping[str, Any], *, listed: bool) -> Iterator[str]:
    moved = {
        name: (before["figures"][name], value)
        for name, value in now["figures"].items()
        if name in before["figures"] and abs(before["figures"][name] - value) >= 0.0005
    }
    yield f"{len(moved)} figures changed" + (":" if moved else ".")
    for name, (old, new) in moved.items():
        yield f"  {name:22} {old:.3f} → {new:.3f}  {new - old:+.3f}"
    if listed:
        for word, lines in (
            ("gained", [line for line in before["errors"] if line not in set(now["errors"])]),
            ("lost", [line for line in now["errors"] if line not in set(before["errors"])]),
        ):
            yield f"{len(lines)} {word}" + (":" if lines else ".")
            yield from (f"  {line}" for line in lines)
