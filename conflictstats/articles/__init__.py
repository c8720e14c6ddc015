"""Any file → `Article`: the first station of the path.

`read_articles` takes files, folders and globs and gives an `Article` or a `Reject` at a time, so that a
corpus of any size is read with the memory of one article. One module a kind of file (`texts`, `pages`,
`feeds`, `rows`, `webarchives`); `packed` opens what is packed, `decoding` makes text of bytes, `languages` tells
what is not English, `dates` reads dates without guessing and knows the
overrides of `dates.csv`, `inputs` says which files are meant, `buckets` fetches those of a bucket, `portions` cuts them for many workers.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from pathlib import Path

from conflictstats.articles.buckets import fetching
from conflictstats.articles.dates import (
    DATES_FILE,
    check_date_format,
    date_in_name,
    date_notes,
    file_date,
    printed_day,
    read_dates,
)
from conflictstats.articles.decoding import check_encoding, decode
from conflictstats.articles.feeds import read_feed, read_long_feed
from conflictstats.articles.fields import (
    LIMIT,
    NAMES,
    Found,
    UnknownColumn,
    Unread,
    found_or_unread,
)
from conflictstats.articles.inputs import Input, Paths, find_files, find_input
from conflictstats.articles.languages import other_language
from conflictstats.articles.packed import Content, contents
from conflictstats.articles.pages import read_page
from conflictstats.articles.portions import Portion
from conflictstats.articles.rows import TABLES, read_rows
from conflictstats.articles.texts import read_text
from conflictstats.articles.webarchives import read_web_archive
from conflictstats.errors import ArticleError, OptionError
from conflictstats.records import Article, DateOverride, Reject

__all__ = [
    "KINDS", "date_notes", "find_dates", "find_input", "read_articles", "read_dates", "read_portion", "reading",
]  # fmt: skip

_TEXTS = (".txt", ".md")
_PAGES = (".html", ".htm", ".xhtml")
_FEEDS = (".xml", ".rss", ".atom")
_WEB_ARCHIVES = (".warc",)
_IN_ZIP = (*_TEXTS, *_PAGES, *_FEEDS, *TABLES, *_WEB_ARCHIVES)
KINDS = (*_IN_ZIP, ".zip")  # and all but Parquet and zip packed as .gz
_LONG_FEED = LIMIT  # bytes of a feed that is read as a stream

Overrides = dict[str, DateOverride]


def read_articles(
    paths: Paths,
    *,
    published: str | date | None = None,
    date_format: str | None = None,
    encoding: str | None = None,
    columns: Mapping[str, str] | None = None,
    dates: str | Path | None = "auto",
) -> Iterator[Article | Reject]:
    """Read articles one after the other; what cannot be read comes as a `Reject`, and the rest go on.

    An article's id is its path relative to the folder (or the fixed beginning of the glob) that was given, a
    file's own name if it was given by name, and behind `#` the id or number of its row or entry.

    Args:
        paths: a file, a folder, a glob, or many of them; relative ones as in `find_input`. In folders,
            `README*`, `dates.csv`, `corrections.csv`, archives, hidden files and other kinds are passed over.
        published: the date of articles that carry none: `YYYY-MM-DD`, `name` (the date in the file's name)
            or `mtime` (the file's last change). One that carries a date which cannot be read keeps none.
        date_format: how dates that are not ISO are written, as for `strptime`: `%d/%m/%Y`. Without it,
            4/5/2017 is not guessed: `published` stays empty and `published_basis` says `ambiguous: 4/5/2017`.
            So does the row of a table whose text opens with another day than its date column has.
        encoding: of all files; without it each is looked at.
        columns: which column or key of a table holds what: `{"text": "story", "published": "day"}`; the usual
            names are found without. Fields: text, published, outlet, title, url, language, id.
        dates: a `dates.csv` that re-dates articles; `auto` takes the one beside an article, or above it up to
            the folder that was given; None or an empty string none.

    Raises:
        ArticleError: at once if nothing stands at a path or an option cannot be understood; while reading
            for a `dates.csv` that cannot, or a column that a file given by name does not have.
    """
    how = reading(
        published=published, date_format=date_format, encoding=encoding, columns=columns, dates=dates
    )
    return read_portion(Portion(tuple(find_files(paths, KINDS))), how)


@dataclass(frozen=True, slots=True)
class Reading:
    """The options of `read_articles`, checked, for whoever reads a portion of the inputs."""

    published: str | date | None
    date_format: str | None
    encoding: str | None
    columns: Mapping[str, str] | None
    overrides: (
        Overrides | None
    )  # of a file given by name, none if they are off; None to look beside the articles


def reading(
    *,
    published: str | date | None = None,
    date_format: str | None = None,
    encoding: str | None = None,
    columns: Mapping[str, str] | None = None,
    dates: str | Path | None = "auto",
) -> Reading:
    """How to read, with the options of `read_articles`.

    Raises:
        ArticleError: an option cannot be understood.
    """
    check_encoding(encoding)
    check_date_format(date_format)
    _check_columns(columns)
    _fallback(published)
    return Reading(published, date_format, encoding, columns, _named_overrides(dates))


def find_dates(paths: Paths, dates: str | Path | None = "auto") -> list[DateOverride]:
    """The overrides that `read_articles` looks at for these inputs; `date_notes` reports on them."""
    overrides = _named_overrides(dates)
    if overrides is not None:
        return list(overrides.values())
    found: dict[Path, Overrides] = {}
    for file in find_files(paths, KINDS):
        if file.address is None:
            _overrides_around(file, found)
    return [override for folder in found.values() for override in folder.values()]


def read_portion(portion: Portion, how: Reading) -> Iterator[Article | Reject]:
    """What `read_articles` gives for a portion of its inputs; see `portions.cut`."""
    by_folder: dict[Path, Overrides] = {}
    with fetching() as bucket:
        for file in portion.files:
            if file.trouble is not None:
                yield Reject(file.name, file.trouble)
                continue
            try:
                with bucket.at_hand(file, dated=how.published == "mtime") as here:
                    yield from _read_input(here, portion, how, by_folder)
            except OSError as error:
                yield Reject(file.name, f"cannot be opened: {(error.strerror or str(error)).lower()}")


def _read_input(
    file: Input, portion: Portion, how: Reading, by_folder: dict[Path, Overrides]
) -> Iterator[Article | Reject]:
    fallback = _fallback(how.published)
    tables = [how.overrides] if how.overrides is not None else _overrides_around(file, by_folder)
    try:
        for content in contents(file.path, _IN_ZIP):
            inside = file if content.member is None else replace(file, name=f"{file.name}/{content.member}")
            read = _read_content(inside, content, how, fallback, tables, portion.first)
            yield from read if portion.last is None else islice(read, portion.last - portion.first)
    except UnknownColumn:
        raise
    except ArticleError as error:  # a zip that cannot be read
        yield Reject(file.name, str(error))


def _read_content(
    file: Input,
    content: Content,
    how: Reading,
    fallback: Callable[[Path], tuple[date | None, str]],
    tables: list[Overrides],
    first: int,
) -> Iterator[Article | Reject]:
    """The articles of a content after the `first` so many, which only take their keys."""
    if content.trouble is not None:
        yield Reject(file.name, content.trouble)
        return
    taken: set[str] = set()
    number = 0
    try:
        for number, found in enumerate(_read_file(content, how), start=1):
            if isinstance(found, Unread):
                if number > first:
                    yield Reject(_id(file.name, found.key), found.reason)
                continue
            key = found.key
            if content.suffix not in _TEXTS + _PAGES:
                key = _unique(key or str(number), taken)
                taken.add(key)
            if number <= first:
                continue
            if language := other_language(found.text[found.body_start :]):
                yield Reject(_id(file.name, key), f"in {language}, not in English")
                continue
            article = _article(file, key, found)
            if article.published_basis == "none":
                day, basis = fallback(Path(content.member or file.path))
                if basis == "none":
                    day, basis = printed_day(found.text[found.body_start :])
                article = replace(article, published=day, published_basis=basis)
            yield _redated(article, file.path, key, tables)
    except UnknownColumn as error:
        if file.named and content.member is None:
            raise UnknownColumn(f"{file.name}: {error}") from error
        if number >= first:
            yield Reject(file.name, str(error))
    except ArticleError as error:
        if number >= first:
            yield Reject(file.name, str(error))
    except OSError as error:
        if number >= first:
            yield Reject(file.name, f"cannot be opened: {(error.strerror or str(error)).lower()}")


def _read_file(content: Content, how: Reading) -> Iterator[Found | Unread]:
    kind = content.suffix
    if kind in TABLES:
        items = read_rows(content, date_format=how.date_format, encoding=how.encoding, columns=how.columns)
        for item in items:
            yield item if isinstance(item, Unread) else found_or_unread(item)
        return
    if kind in _WEB_ARCHIVES:
        with content.path.open("rb") as file:  # each record is packed by itself, which its reader knows
            for item in read_web_archive(file, how.date_format):
                yield item if isinstance(item, Unread) else found_or_unread(item)
        return
    with content.open() as file:
        data = file.read(LIMIT + 1)
    if kind in _FEEDS and len(data) > _LONG_FEED:
        with content.open() as file:
            for item in read_long_feed(file, how.date_format):
                yield item if isinstance(item, Unread) else found_or_unread(item)
        return
    if not data:
        raise ArticleError("an empty file")
    if len(data) > LIMIT:
        raise ArticleError(f"over-large: more than {LIMIT:,} bytes; an article or page has up to that")
    text = decode(data, how.encoding)
    if kind in _TEXTS:
        yield found_or_unread(read_text(text, how.date_format))
        return
    try:
        founds = (
            list(read_feed(text, how.date_format)) if kind in _FEEDS else [read_page(text, how.date_format)]
        )
    except ArticleError:
        raise
    except Exception as error:  # whatever a parser of other people's making does not expect of a file
        words = " ".join(str(error).split()) or "no more is known"
        raise ArticleError(f"cannot be parsed: {type(error).__name__}: {words[:200]}") from error
    yield from map(found_or_unread, founds)


def _article(file: Input, key: str | None, found: Found) -> Article:
    return Article(
        article_id=_id(file.name, key),
        text=found.text,
        published=found.published,
        published_basis=found.basis,
        body_start=found.body_start,
        outlet=found.outlet,
        title=found.title,
        url=found.url,
        language=found.language,
    )


def _id(name: str, key: str | None) -> str:
    return name if key is None else f"{name}#{key}"


def _unique(key: str, taken: set[str]) -> str:
    candidate, number = key, 1
    while candidate in taken:
        number += 1
        candidate = f"{key}~{number}"
    return candidate


def _fallback(published: str | date | None) -> Callable[[Path], tuple[date | None, str]]:
    """What dates an article that carries no date."""
    if published is None:
        return lambda path: (None, "none")
    if published == "name":
        return lambda path: date_in_name(path.stem)
    if published == "mtime":
        return lambda path: (file_date(path), "file time")
    try:
        day = published if isinstance(published, date) else date.fromisoformat(published)
    except (TypeError, ValueError):
        raise OptionError(
            f"published={published!r} is no date; give one as YYYY-MM-DD, or 'name' for the date in each"
            " file's name, or 'mtime' for the day of its last change"
        ) from None
    return lambda path: (day, "option")


def _check_columns(columns: Mapping[str, str] | None) -> None:
    for field, name in (columns or {}).items():
        if field not in NAMES:
            near = difflib.get_close_matches(field, NAMES, 1)
            hint = f" Did you mean {near[0]!r}?" if near else ""
            raise OptionError(f"columns has no field {field!r}; fields are: {', '.join(NAMES)}.{hint}")
        if not isinstance(name, str) or not name:
            raise OptionError(f"columns[{field!r}] is {name!r}; give the name of a column")


def _named_overrides(dates: str | Path | None) -> Overrides | None:
    """The overrides of a file given by name, none if they are off; None to look beside the articles."""
    if dates is None or str(dates) == "":
        return {}
    return None if str(dates) == "auto" else read_dates(find_input(dates))


def _overrides_around(file: Input, found: dict[Path, Overrides]) -> list[Overrides]:
    """Those beside a file and in the folders above it up to its input's root, the nearest first."""
    folders = [folder for folder in file.path.parents if folder.is_relative_to(file.root)]
    for folder in folders:
        if folder not in found:
            path = folder / DATES_FILE
            found[folder] = read_dates(path) if path.is_file() else {}
    return [found[folder] for folder in folders]


def _redated(article: Article, path: Path, key: str | None, tables: Iterable[Overrides]) -> Article:
    for overrides in tables:
        for name in _names(article, path, key, overrides):
            override = overrides.get(name)
            if override is not None:
                override = replace(override, was=article.published, was_basis=article.published_basis)
                return replace(
                    article, published=override.published, published_basis="dates.csv", override=override
                )
    return article


def _names(article: Article, path: Path, key: str | None, overrides: Overrides) -> Iterator[str]:
    """What a dates.csv may call an article: its path from there, its id, its file's name."""
    if overrides:
        folder = next(iter(overrides.values())).file.parent.resolve()
        if path.resolve().is_relative_to(folder):
            yield _id(path.resolve().relative_to(folder).as_posix(), key)
        yield article.article_id
        yield _id(path.name, key)
