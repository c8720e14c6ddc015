"""RSS and Atom feeds saved as files: one article an entry."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from conflictstats.articles.dates import stated
from conflictstats.articles.fields import Found, known, universal_newlines
from conflictstats.articles.pages import plain_text
from conflictstats.errors import ArticleError

_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")
# Entities that a file declares have no use in a feed but to swell when they are expanded.
_ENTITY = re.compile(r"""<!ENTITY\s(?:[^>"']|"[^"]*"|'[^']*')*>""")


def read_feed(xml: str, date_format: str | None = None) -> Iterator[Found]:
    """The entries of a feed, in its order.

    Raises:
        ArticleError: the XML is no feed.
    """
    import feedparser  # type: ignore[import-untyped]

    # bytes behind a file object are never taken for an address to fetch; the text is decoded already
    data = _ENTITY.sub("", _DECLARATION.sub("", xml, count=1)).encode()
    feed = feedparser.parse(
        io.BytesIO(data), response_headers={"content-type": "application/xml; charset=utf-8"}
    )
    if not feed.version and not feed.entries:
        trouble = f" ({feed.bozo_exception})" if feed.bozo else ""
        raise ArticleError(f"not an RSS or Atom feed{trouble}")
    if not feed.entries:
        raise ArticleError("a feed without entries")
    for entry in feed.entries:
        # dict.get: its own gives one for the other, with a warning
        dates = [("feed", dict.get(entry, name)) for name in ("published", "updated")]
        published, basis = stated(dates, date_format)
        source = entry.get("source") or {}
        yield Found(
            _text(entry),
            key=known(entry.get("id")) or known(entry.get("link")),
            published=published,
            basis=basis,
            outlet=known(source.get("title")) or known(feed.feed.get("title")),
            title=known(plain_text(entry.get("title", ""))),
            url=known(entry.get("link")),
            language=known(feed.feed.get("language")),
        )


def _text(entry: Any) -> str:
    """The longest content, else the summary, as plain text."""
    contents = [*entry.get("content", []), entry.get("summary_detail") or {}]
    texts = [
        universal_newlines(content["value"])
        if content.get("type") == "text/plain"
        else plain_text(content["value"])
        for content in contents
        if content.get("value")
    ]
    return max(texts, key=len, default="")
