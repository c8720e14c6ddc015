"""Web archives (WARC), as Common Crawl publishes of news: a page a record, read one after the other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO

from conflictstats.articles.decoding import decode
from conflictstats.articles.fields import LIMIT, Found, Unread
from conflictstats.articles.pages import read_page
from conflictstats.errors import ArticleError


def read_web_archive(file: BinaryIO, date_format: str | None = None) -> Iterator[Found | Unread]:
    """The pages of an archive, each known by its address. The day it was fetched is no day of publication.

    Raises:
        ArticleError: fastwarc is not installed, or the file is no web archive.
    """
    try:
        from fastwarc.warc import ArchiveIterator, WarcRecordType
    except ImportError as error:
        raise ArticleError(
            "a web archive, which needs a package that is not installed: pip install 'conflictstats[warc]'"
        ) from error
    records = iter(ArchiveIterator(file, record_types=WarcRecordType.response, parse_http=True))
    empty = True
    while True:
        try:
            record = next(records)
        except StopIteration:
            break
        except (OSError, ValueError) as error:
            raise ArticleError(f"damaged; the rest of it is not read: {error}") from error
        empty = False
        address = record.headers.get("WARC-Target-URI") or record.record_id or "a page without an address"
        head = record.http_headers
        if head is None or not record.is_http:
            yield Unread("no answer of a web server", address)
        elif head.status_code != 200:
            yield Unread(f"no page: the server answered {head.status_code}", address)
        elif "html" not in (record.http_content_type or "html"):
            yield Unread(f"no page but {record.http_content_type}", address)
        else:
            yield _page(record.reader.read(LIMIT + 1), record.http_charset, address, date_format)
    if empty:
        raise ArticleError("no web archive, or one without pages")


def _page(data: bytes, charset: str | None, address: str, date_format: str | None) -> Found | Unread:
    if len(data) > LIMIT:
        return Unread(f"over-large: more than {LIMIT:,} bytes", address)
    if not data:
        return Unread("an empty page", address)
    try:
        found = read_page(_decoded(data, charset), date_format)
    except ArticleError as error:
        return Unread(str(error), address)
    except Exception as error:  # whatever a parser of other people's making does not expect of a page
        return Unread(
            f"cannot be parsed: {type(error).__name__}: {' '.join(str(error).split())[:200]}", address
        )
    return replace(found, key=address, url=found.url or address)


def _decoded(data: bytes, charset: str | None) -> str:
    """As the server says, if the bytes bear it out; else as they look."""
    try:
        return decode(data, charset or None)
    except (ArticleError, LookupError):
        return decode(data)
