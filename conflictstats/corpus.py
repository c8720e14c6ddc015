"""Articles in, tables out: `load`, `load_text` and `extract`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import partial
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from conflictstats.archive import is_archive
from conflictstats.archive import open_tables as archived_tables
from conflictstats.archive.opening import Wanted
from conflictstats.articles import KINDS, Reading, read_articles, read_portion, reading
from conflictstats.articles.inputs import find_files
from conflictstats.articles.portions import Portion
from conflictstats.claims import read_claims
from conflictstats.codebook import Codebook, load_codebook
from conflictstats.corrections import Correction, corrected, find_corrections
from conflictstats.engines import Read, Row, check_engine, extractor, read_rows
from conflictstats.errors import EngineError, OptionError
from conflictstats.records import Article, Claim, Reject
from conflictstats.tables import (
    CLAIM_COLUMNS,
    CORRECTION_COLUMNS,
    DATE_COLUMNS,
    articles_frame,
    claim_rows,
    frame,
    read_table,
    rejects_frame,
    write_table,
)

if TYPE_CHECKING:
    import pandas as pd


_SHOWN = 12  # rows of a corpus' own table in a notebook
_TABLES = ("claims", "articles", "rejects", "dates", "corrections")


@dataclass(frozen=True)
class Corpus:
    """The tables of a set of articles: `claims`, one row per claim; `articles`; `rejects`, what could not be read."""

    claims: pd.DataFrame
    articles: pd.DataFrame
    rejects: pd.DataFrame
    dates: pd.DataFrame  # articles re-dated by dates.csv: article_id, stated, published, reason
    # what became of each line of corrections.csv
    corrections: pd.DataFrame = field(default_factory=lambda: frame((), CORRECTION_COLUMNS))

    def __repr__(self) -> str:
        return f"<Corpus: {self._headline()}>"

    def _headline(self) -> str:
        told = [_counted(len(self.claims), "claim"), _counted(len(self.articles), "article")]
        days = self.articles["published"].dropna()
        if len(days):
            told.append(" to ".join(dict.fromkeys(f"{day:%Y-%m-%d}" for day in (days.min(), days.max()))))
        if len(self.rejects):
            told.append(f"{len(self.rejects):,} not read")
        return ", ".join(told)

    def _repr_html_(self) -> str:
        """What the claims are about, most first; the page's own colours, so light and dark both read."""
        kinds = self.claims.groupby(["event", "item", "unit"], observed=True)
        counted = kinds.agg(
            claims=("claim_id", "size"),
            sources=("source_id", "nunique"),
            least=("best", "min"),
            most=("best", "max"),
        ).reset_index()
        most = counted.sort_values(["claims", "event", "item"], ascending=[False, True, True])
        rows = "".join(
            f"<tr><td>{escape(str(row.event))}</td><td>{escape(str(row.item))}</td><td>{row.claims:,}</td>"
            f"<td>{row.sources:,}</td><td>{_reach(row)}</td></tr>"
            for row in most.head(_SHOWN).itertuples(index=False)
        )
        heads = "".join(f"<th>{name}</th>" for name in ("event", "item", "claims", "sources", "best figures"))
        table = f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>" if rows else ""
        more = f"<p>and {len(most) - _SHOWN:,} more kinds of claims</p>" if len(most) > _SHOWN else ""
        rejects = "".join(
            f"<li>{escape(str(row.path))}: {escape(str(row.reason))}</li>"
            for row in self.rejects.head(_SHOWN).itertuples(index=False)
        )
        unread = f"<p>not read:</p><ul>{rejects}</ul>" if rejects else ""
        tables = ", ".join(f"<code>.{name}</code>" for name in _TABLES)
        return f"<div><p>{escape(self._headline())}; {tables}</p>{table}{more}{unread}</div>"


def _counted(number: int, thing: str) -> str:
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def _reach(row: Any) -> str:
    """From the least to the most best figure of a kind, with its unit."""
    ends = dict.fromkeys(
        f"{value:,.4g}" if value < 1e4 else f"{value:,.0f}" for value in (row.least, row.most)
    )
    return "–".join(ends) + ("" if row.unit == "count" else f" {row.unit}") if row.least == row.least else ""


def extract(
    paths: str | Path | list[str | Path],
    *,
    codebook: Codebook | None = None,
    only: Callable[[Article | Reject], bool] | None = None,
    **options: Any,
) -> Iterator[tuple[Article, list[Claim]] | Reject]:
    """Read and extract article by article; nothing is held, and corrections are not applied.

    Args:
        paths: a file, a folder, a glob, or many of them.
        codebook: the shipped one if not given; see `load_codebook`.
        only: whether an article, or what could not be read, is wanted; others are passed over unparsed.
        **options: those of `read_articles`.
    """
    codebook = codebook or load_codebook()
    for item in read_articles(paths, **options):
        if only is not None and not only(item):
            continue
        if isinstance(item, Reject):
            yield item
        else:
            yield item, read_claims(item, codebook)


def load(
    paths: str | Path | list[str | Path],
    *,
    codebook: Codebook | None = None,
    corrections: str | Path | None = "auto",
    only: Callable[[Article | Reject], bool] | None = None,
    engine: str = "serial",
    workers: int | None = None,
    scheduler: str | None = None,
    progress: bool = False,
    **options: Any,
) -> Corpus:
    """Read articles and give their claims as tidy tables.

    Args:
        paths: a file, a folder, a glob, or many of them; or an archive, which is opened (see `open`).
        codebook: the shipped one if not given; see `load_codebook`.
        corrections: a `corrections.csv`; `auto` takes the one beside an article, or above it up to the folder
            that was given; None takes none.
        only: whether an article, or what could not be read, is wanted; others are passed over unparsed.
        engine: `serial`, `processes` to read on all cores, or `dask` on a cluster; the tables are the same.
        workers: of `processes`; one for each core if not given.
        scheduler: of `dask`, its address: `tcp://10.0.0.5:8786`. The files must lie where every worker finds them.
        progress: show a progress bar when standard error is a terminal.
        **options: those of `read_articles`: `published`, `dates`, `encoding`, `date_format`, `columns`.

    Raises:
        ArticleError: nothing stands at `paths`, or `dates` cannot be understood. A single article that
            cannot be read is no error: it is a row of `rejects`.
        CorrectionError: `corrections` cannot be understood.
        EngineError: there is no such engine, or no cluster that reads as this process does.
        OptionError: `paths` is a table.
        WorkerError: a worker of `processes` was killed or crashed, or several of `dask` one after the other.
    """
    from tqdm import tqdm

    if hasattr(paths, "columns"):
        raise OptionError(
            "a file, a folder or a list of them is asked for, and a table came. Write it with"
            " to_csv('articles.csv', index=False) and load that, or give its texts to load_text() one by one."
        )
    check_engine(engine, workers, scheduler)
    if only is not None and scheduler is not None:
        raise EngineError("only is for articles that this process reads; leave it out with engine='dask'.")
    if is_archive(paths):
        return _from_archive(str(paths), codebook, corrections, only, options)
    codebook = codebook or load_codebook()
    changes = find_corrections(paths, KINDS, corrections)
    articles: list[Article] = []
    rows: list[Row] = []
    rejects: list[Reject] = []
    if scheduler is not None:
        read = _on_cluster(paths, codebook, scheduler, reading(**options))
    else:
        items = (item for item in read_articles(paths, **options) if only is None or only(item))
        read = read_rows(items, codebook, engine, workers)
    for item in tqdm(read, unit=" articles", disable=None if progress else True, leave=False):
        if isinstance(item, Reject):
            rejects.append(item)
        else:
            articles.append(item[0])
            rows.extend(item[1])
    return _corpus(articles, rows, rejects, codebook, changes)


def _on_cluster(
    paths: str | Path | list[str | Path], codebook: Codebook, scheduler: str, how: Reading
) -> Iterator[Read | Reject]:
    from conflictstats.cluster import spread

    for read in spread(partial(_portion_rows, how), list(find_files(paths, KINDS)), codebook, scheduler):
        yield from read


def _portion_rows(how: Reading, _: int, portion: Portion, codebook: Codebook) -> list[Read | Reject]:
    return list(read_rows(read_portion(portion, how), codebook))


def open(
    folder: str | Path,
    *,
    start: str | date | None = None,
    end: str | date | None = None,
    texts: bool = True,
    codebook: Codebook | None = None,
    corrections: str | Path | None = "auto",
    **where: Wanted,
) -> Corpus:
    """The tables of an archive that `archive` keeps, or the part of it that is asked for; the rest is not read.

        cs.open("archive", start="2023-08-01", end="2023-08-31", event=["killed", "wounded"], country="Ukraine")

    Args:
        folder: the archive; an address that fsspec knows, too.
        start: the first day of publication, as a date or `YYYY-MM-DD`. With it, or `end`, articles without a
            date are left out.
        end: the last day.
        texts: whether the articles' texts are read, which are most of an archive; else `text` is empty.
        codebook: for corrections of events and items; the shipped one if not given.
        corrections: a `corrections.csv`; `auto` takes the archive's own; None takes none.
        **where: a column of the claims table with the value, or the values, that are wanted. Articles are then
            those of these claims. A claim is looked for as it was read, and corrected after that.

    Raises:
        TableError: there is no archive, it is damaged, or claims have no such column.
        CorrectionError: the corrections cannot be understood.
    """
    first, last = (date.fromisoformat(day) if isinstance(day, str) else day for day in (start, end))
    tables, own = archived_tables(folder, first, last, where, texts=texts)
    changes = own if corrections == "auto" else find_corrections([], KINDS, corrections)
    if not changes:
        return Corpus(**tables)
    book = codebook or load_codebook()
    ids = tables["articles"]["article_id"]
    claims, told = corrected(tables["claims"], changes, ids, events=book.events, items=book.items)
    return Corpus(**tables | {"claims": claims, "corrections": told})


def _from_archive(
    folder: str,
    codebook: Codebook | None,
    corrections: str | Path | None,
    only: Callable[[Article | Reject], bool] | None,
    options: dict[str, Any],
) -> Corpus:
    given = [name for name, value in options.items() if value and not (name == "dates" and value == "auto")]
    if given:
        raise OptionError(
            f"{folder} is an archive, whose articles are read already; {', '.join(given)} can change nothing there."
            f" Extract the articles into it with these options, and open it without."
        )
    corpus = open(folder, codebook=codebook, corrections=corrections)
    if only is None:
        return corpus
    read = zip(corpus.articles["article_id"], corpus.articles["text"], strict=True)
    wanted = {article_id for article_id, text in read if only(Article(article_id, text))}
    unread = [only(Reject(*row)) for row in corpus.rejects[["path", "reason"]].itertuples(index=False)]
    parts = {
        name: table[table["article_id"].isin(wanted)].reset_index(drop=True)
        for name, table in (("claims", corpus.claims), ("articles", corpus.articles), ("dates", corpus.dates))
    }
    rejects = corpus.rejects[np.array(unread, dtype=bool)].reset_index(drop=True)
    return replace(corpus, **parts, rejects=rejects)


def load_text(text: str, published: str | date | None = None, *, codebook: Codebook | None = None) -> Corpus:
    """The claims of one text, given as a string.

    Args:
        text: the article; offsets of its claims count in it.
        published: its publication date, as a date or `YYYY-MM-DD`; without one, relative periods stay empty.
        codebook: the shipped one if not given.

    Raises:
        OptionError: the text is no string, or the date is not written as `YYYY-MM-DD`.
    """
    if not isinstance(text, str):
        raise OptionError(
            f"a text is asked for, and a {type(text).__name__} came; leave out rows without one."
        )
    codebook = codebook or load_codebook()
    when = _published(published)
    article = Article("text", text, published=when, published_basis="option" if when else "none")
    rows = claim_rows(read_claims(article, codebook), extractor(codebook))
    return _corpus([article], rows, [], codebook)


def _published(given: Any) -> date | None:
    """A day as a user or a cell of a table gives it: None, NaT and NA are days that are not known."""
    import pandas as pd

    if isinstance(given, str):
        try:
            return date.fromisoformat(given)
        except ValueError:
            pass
    elif isinstance(given, date) and given == given:
        return given.date() if isinstance(given, datetime) else given
    elif given is None or pd.isna(given) is True:
        return None
    raise OptionError(
        f"published is {given!r}; give a date, or write it as YYYY-MM-DD, such as '2024-03-05'."
    )


def _corpus(
    articles: list[Article],
    rows: list[Row],
    rejects: list[Reject],
    codebook: Codebook,
    changes: list[Correction] | None = None,
) -> Corpus:
    table, told = corrected(
        frame(rows, CLAIM_COLUMNS),
        changes or [],
        [article.article_id for article in articles],
        events=codebook.events,
        items=codebook.items,
    )
    moved = [
        (a.article_id, a.override.was, a.override.published, a.override.reason)
        for a in articles
        if a.override is not None
    ]
    return Corpus(
        table, articles_frame(articles, table), rejects_frame(rejects), frame(moved, DATE_COLUMNS), told
    )


def save_tables(corpus: Corpus, folder: str | Path) -> None:
    """Write the tables of a corpus into a folder, as Parquet, for `open_tables`."""
    for name in _TABLES:
        write_table(getattr(corpus, name), Path(folder) / f"{name}.parquet")


def open_tables(folder: str | Path) -> Corpus:
    """The corpus whose tables `save_tables` wrote into a folder.

    Raises:
        TableError: a table is missing or has other columns.
    """
    return Corpus(**{name: read_table(Path(folder) / f"{name}.parquet") for name in _TABLES})
