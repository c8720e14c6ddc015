"""Tables of articles, a row each: JSON lines, CSV, Parquet. Streams; a bad row does not stop the rest."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any

from conflictstats.articles.dates import days_at_head, read_date, stated
from conflictstats.articles.decoding import decode, stream_encoding
from conflictstats.articles.fields import (
    LIMIT,
    Found,
    Unread,
    known,
    listed,
    match_columns,
    universal_newlines,
)
from conflictstats.articles.packed import Content
from conflictstats.articles.texts import read_text
from conflictstats.errors import ArticleError

TABLES = (".jsonl", ".csv", ".parquet")
_PEEK = 20  # rows of JSON lines that are looked at for the keys there are
_BATCH = 64  # rows of Parquet that are held at a time
_LINE_LIMIT = 2 * LIMIT  # JSON escapes make a line longer than its text

Row = tuple[str, dict[str, Any]]  # its number, which is the key of a row without an id, and its cells
# The columns there are, and the rows with those of them that are asked for
Table = tuple[list[str], Callable[[list[str]], Iterator[Row | Unread]]]


def read_rows(
    content: Content,
    *,
    date_format: str | None = None,
    encoding: str | None = None,
    columns: Mapping[str, str] | None = None,
) -> Iterator[Found | Unread]:
    """The articles of a table.

    Raises:
        ArticleError: the file is no such table, or has no column of text, or not the `columns` asked for.
    """
    present, rows = _table(content, encoding)
    names: dict[str, str] = {}
    if present:
        names = match_columns(present, columns)
        if "text" not in names:
            raise ArticleError(
                f"no column of text; there are: {listed(present)}."
                " Say which it is with the option columns (text=…)"
            )
    empty = True
    for row in rows(list(dict.fromkeys(names.values()))):
        empty = False
        yield row if isinstance(row, Unread) else _article(*row, names, date_format)
    if empty:
        yield Unread("no rows in it")


def count_rows(content: Content, encoding: str | None = None) -> int:
    """How many rows `read_rows` gives, as articles or not; a sixth of the work.

    Raises:
        ArticleError: the file is no such table.
    """
    present, rows = _table(content, encoding)
    return sum(1 for _ in rows(present[:1]))


def _table(content: Content, encoding: str | None) -> Table:
    if content.suffix == ".parquet":
        return _parquet(content.path)
    return (_csv if content.suffix == ".csv" else _json_lines)(content, encoding)


def _article(
    number: str, cells: dict[str, Any], names: dict[str, str], date_format: str | None
) -> Found | Unread:
    values = {field: cells.get(name) for field, name in names.items()}
    key = known(values.get("id")) or number
    text = values["text"]
    if isinstance(text, bytes):
        try:
            text = decode(text)
        except ArticleError as error:
            return Unread(str(error), key)
    if text is None or text == "":
        return Unread(f"no text in its {names['text']!r}", key)
    if not isinstance(text, str):
        return Unread(f"its {names['text']!r} holds no text but {type(text).__name__}", key)
    if len(text) > LIMIT:
        return Unread(f"over-large: {len(text):,} characters, an article has up to {LIMIT:,}", key)
    found = read_text(universal_newlines(text), date_format)
    published, basis = stated([("column date", values.get("published"))], date_format)
    if basis == "none":
        published, basis = found.published, found.basis
    elif published is not None:
        published, basis = _undisputed(published, basis, found.text)
    elif basis.startswith("ambiguous"):
        published, basis = _settled(str(values["published"]), basis, found.text)
    return replace(
        found,
        key=key,
        published=published,
        basis=basis,
        outlet=known(values.get("outlet")) or found.outlet,
        title=known(values.get("title")) or found.title,
        url=known(values.get("url")) or found.url,
        language=known(values.get("language")) or found.language,
    )


def _undisputed(published: date, basis: str, text: str) -> tuple[date | None, str]:
    """A table's date where the text does not open with another: a newsroom's day and a crawler's may be one apart.

    Which of two dates is right cannot be known, and every "Monday" of the article hangs on it.
    """
    printed = days_at_head(text)
    if not printed or min(abs((day - published).days) for day in printed) <= 1:
        return published, basis
    others = " or ".join(sorted(map(str, printed)))
    return None, f"two dates: {published} in its column, {others} in its text"


def _settled(value: str, basis: str, text: str) -> tuple[date | None, str]:
    """A table's date that may be two days, where the text opens with one of them, or with the day beside it."""
    both = set()
    for order in ("%d/%m/%Y", "%m/%d/%Y"):
        both.add(read_date(re.sub(r"[.-]", "/", value.split()[0].rstrip(",")), order))
    printed = days_at_head(text)
    near = {day for day in both if any(abs((day - other).days) <= 1 for other in printed)}
    if len(printed) != 1 or len(near) != 1:
        return None, basis
    return near.pop(), "column date, in the order that its text tells"


def _json_lines(content: Content, encoding: str | None) -> Table:
    rows = _json_objects(content, encoding)
    head: list[Row | Unread] = []
    good = 0
    while good < _PEEK and (row := next(rows, None)) is not None:
        head.append(row)
        good += not isinstance(row, Unread)
    present = dict.fromkeys(name for row in head if not isinstance(row, Unread) for name in row[1])
    return list(present), lambda _: chain(head, rows)


def _json_objects(content: Content, encoding: str | None) -> Iterator[Row | Unread]:
    name, errors = stream_encoding(content.open, encoding)
    number = 0
    with io.TextIOWrapper(content.open(), encoding=name, errors=errors) as file:
        while True:
            number += 1
            try:
                line = file.readline(_LINE_LIMIT)
                if len(line) == _LINE_LIMIT and not line.endswith("\n"):
                    while line and not line.endswith("\n"):
                        line = file.readline(_LINE_LIMIT)
                    yield Unread(f"over-large: a line of more than {_LINE_LIMIT:,} characters", str(number))
                    continue
            except UnicodeError:
                yield Unread(f"not valid {name} from here on; the rest of the file is not read", str(number))
                return
            if not line:
                return
            if not line.strip("\ufeff \t\n"):
                continue
            try:
                cells = json.loads(line.removeprefix("\ufeff"), strict=False)
            except json.JSONDecodeError as error:
                yield Unread(f"not valid JSON: {error.msg}", str(number))
                continue
            except (ValueError, RecursionError):  # Python's own limits
                yield Unread("not valid JSON: nested too deeply, or a number of too many digits", str(number))
                continue
            if isinstance(cells, dict):
                yield str(number), cells
            else:
                yield Unread(f"a JSON {type(cells).__name__}, not an object with keys", str(number))


def _csv(content: Content, encoding: str | None) -> Table:
    name, errors = stream_encoding(content.open, encoding)
    # the limit is the module's own, with no other way to set it; raised, never lowered
    csv.field_size_limit(max(csv.field_size_limit(), LIMIT + 1))
    with io.TextIOWrapper(content.open(), encoding=name, errors=errors, newline="") as file:
        try:
            first = file.readline(LIMIT).removeprefix("\ufeff")
        except UnicodeError as error:
            raise ArticleError(f"not valid {name}") from error
    # by the header alone: prose is full of commas and semicolons
    delimiter = max(",;\t|", key=first.count)
    present = [cell.strip() for cell in next(csv.reader([first], delimiter=delimiter), [])]
    return present, lambda _: _csv_rows(content, name, errors, delimiter)


def _csv_rows(content: Content, encoding: str, errors: str, delimiter: str) -> Iterator[Row | Unread]:
    with io.TextIOWrapper(content.open(), encoding=encoding, errors=errors, newline="") as file:
        rows = csv.reader(iter(lambda: file.readline(LIMIT), ""), delimiter=delimiter)
        header = [cell.strip().removeprefix("\ufeff") for cell in next(rows, [])]
        number = 0
        while True:
            number += 1
            try:
                cells = next(rows)
            except StopIteration:
                return
            except csv.Error as error:
                yield Unread(f"not valid CSV: {error}", str(number))
                continue
            except UnicodeError:
                yield Unread(
                    f"not valid {encoding} from here on; the rest of the file is not read", str(number)
                )
                return
            if len(cells) == len(header):
                yield str(number), dict(zip(reversed(header), reversed(cells), strict=True))
            elif cells:
                yield Unread(
                    f"{len(cells)} cells where the header has {len(header)}: a broken quotation?",
                    str(number),
                )


def _parquet(path: Path) -> Table:
    import pyarrow as pa  # type: ignore[import-untyped]
    from pyarrow import parquet

    try:
        present = list(parquet.read_schema(path).names)
    except (pa.ArrowException, OSError, UnicodeError) as error:
        raise ArticleError(f"not a Parquet file: {str(error).splitlines()[0]}") from error

    def rows(wanted: list[str]) -> Iterator[Row | Unread]:
        number = 0
        try:
            with parquet.ParquetFile(path) as file:
                for batch in file.iter_batches(batch_size=_BATCH, columns=wanted):
                    for cells in batch.to_pylist():
                        number += 1
                        yield str(number), cells
        except (pa.ArrowException, OSError, UnicodeError) as error:
            reason = str(error).splitlines()[0]
            yield Unread(f"damaged from here on; the rest of the file is not read: {reason}", str(number + 1))

    return present, rows
