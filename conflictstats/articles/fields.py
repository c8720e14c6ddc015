"""What a reader finds in a file, and the names under which files keep it: columns, keys of front matter."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from conflictstats.errors import ArticleError

# No article is that long: a longer one is a dump of something, and would stop the parser for minutes.
LIMIT = 20_000_000  # bytes of a file that is one article (or feed), characters of a row
TEXT_LIMIT = 1_000_000  # characters of a text: a book of 500 pages

# By preference, and without case and punctuation: `articleBody`, `article_body` and `Article body` are one.
NAMES: dict[str, tuple[str, ...]] = {
    "text": (
        "text", "articletext", "articlecontent", "articlebody", "fulltext", "content", "body", "maintext",
        "bodytext", "newstext", "story", "article",
    ),
    "published": (
        "published", "publishedat", "publishedon", "publisheddate", "publishdate", "publicationdate",
        "datepublished", "datepublish", "pubdate", "publishedtime", "articledate", "date", "datetime",
        "timestamp",
    ),
    "outlet": (
        "outlet", "source", "sourcename", "publisher", "publication", "newspaper", "sitename", "site",
        "outletname", "agency",
    ),
    "title": ("title", "headline", "articletitle", "heading"),
    "url": ("url", "link", "articleurl", "sourceurl", "permalink", "canonicalurl"),
    "language": ("language", "lang"),
    "id": ("id", "articleid", "unitid", "uuid", "guid", "docid", "documentid", "url", "link", "articleurl"),
}  # fmt: skip
# How tables that pandas wrote spell nothing.
_NOTHING = {"", "nan", "nat", "none", "null", "<na>"}


class UnknownColumn(ArticleError):
    """A column that the user asks for is not in the file."""


@dataclass(frozen=True, slots=True)
class Found:
    """An article as its file has it, without id and overrides. `key` tells the articles of a file apart."""

    text: str
    key: str | None = None
    published: date | None = None
    basis: str = "none"
    body_start: int = 0
    outlet: str | None = None
    title: str | None = None
    url: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Unread:
    """A file, or an article in it (`key`), that could not be read, and why."""

    reason: str
    key: str | None = None


def found_or_unread(found: Found) -> Found | Unread:
    """Refuse what is no text, in words that fit a file, a row and a feed entry alike."""
    if not found.text[found.body_start :].strip():
        return Unread("no text in it", found.key)
    if len(found.text) > TEXT_LIMIT:
        return Unread(
            f"over-large: {len(found.text):,} characters, an article has up to {TEXT_LIMIT:,}", found.key
        )
    if "\0" in found.text:
        return Unread("binary content, not text: it holds NUL characters", found.key)
    return found


def match_columns(present: Iterable[str], wanted: Mapping[str, str] | None) -> dict[str, str]:
    """Which column (or key) of those `present` holds which field: as `wanted` says, else by its usual names.

    Raises:
        UnknownColumn: a wanted column is not there.
    """
    present = list(present)
    columns = {}
    for field, name in (wanted or {}).items():
        alike = [c for c in present if c == name] or [c for c in present if _plain(c) == _plain(name)]
        if not alike:
            raise UnknownColumn(f"no column {name!r} (asked for as {field}); there are: {listed(present)}")
        columns[field] = alike[0]
    by_name = {_plain(column): column for column in reversed(present)}
    for field, names in NAMES.items():
        if field not in columns:
            hit = next((by_name[name] for name in names if name in by_name), None)
            if hit is not None:
                columns[field] = hit
    return columns


def listed(columns: Iterable[str]) -> str:
    """Names of columns for a message; a table without a header has its first row there."""
    names = [repr(name if len(name) <= 40 else name[:39] + "…") for name in columns]
    return ", ".join(names[:20]) + (f" and {len(names) - 20} more" if len(names) > 20 else "") or "none"


def _plain(name: str) -> str:
    return re.sub(r"[\W_]+", "", name).lower()


def known(value: Any) -> str | None:
    """A value of a cell as one line of text; None if it says nothing or is no plain value."""
    if isinstance(value, bool) or not isinstance(value, str | int | float | date):
        return None
    if isinstance(value, float) and value.is_integer():
        value = int(value)  # pandas keeps ids with a gap among them as floats
    words = " ".join(whole_characters(str(value)).replace("\0", "").split())
    return None if words.lower() in _NOTHING else words


def universal_newlines(text: str) -> str:
    """The text as offsets count in it: no byte-order mark, newlines universal, nothing else changed."""
    return whole_characters(text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n"))


def whole_characters(text: str) -> str:
    """Halves of surrogate pairs (JSON can hold one alone) cannot be written to any file: marked as damage."""
    return re.sub("[\ud800-\udfff]", "\ufffd", text)
