"""RSS and Atom feeds saved as files: one article an entry."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from copy import deepcopy
from typing import Any, BinaryIO

from conflictstats.articles.dates import stated
from conflictstats.articles.fields import Found, Unread, known, universal_newlines
from conflictstats.articles.pages import plain_text
from conflictstats.errors import ArticleError

_HERE = "entries"
_ENTRIES = 50  # of a long feed that are read at a time
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


def read_long_feed(file: BinaryIO, date_format: str | None = None) -> Iterator[Found | Unread]:
    """The entries of a feed of any length, some at a time; unlike a short one, it must be well-formed.

    Raises:
        ArticleError: the XML is no feed.
    """
    from lxml import etree  # type: ignore[import-untyped]

    # neither declared entities nor other files are ever read into it
    parser = etree.iterparse(
        file, events=("start", "end"), resolve_entities=False, no_network=True, load_dtd=False
    )
    depth, number = 0, 0
    root: Any = None
    around: tuple[str, str] | None = None
    entries: list[str] = []
    try:
        for event, element in parser:
            depth += 1 if event == "start" else -1
            root = element if root is None else root
            # in RSS 2.0 an item is a channel's, in RSS 1.0 and Atom an entry is the root's
            if event == "start" or depth > 2 or not _is_entry(element):
                continue
            number += 1
            around = around or _around(root, element)
            entries.append(etree.tostring(element, encoding="unicode", with_tail=False))
            _forget(element)
            if len(entries) == _ENTRIES:
                yield from read_feed("".join((around[0], *entries, around[1])), date_format)
                entries.clear()
    except etree.XMLSyntaxError as error:
        trouble = f"not well-formed from here on; the rest of the feed is not read: {error.msg}"
    else:
        trouble = ""
    if around is None:
        raise ArticleError(f"not an RSS or Atom feed{f' ({trouble})' if trouble else ''}")
    if entries:
        yield from read_feed("".join((around[0], *entries, around[1])), date_format)
    if trouble:
        yield Unread(trouble, str(number + 1))


def _is_entry(element: Any) -> bool:
    return str(element.tag).rpartition("}")[2] in ("item", "entry")


def _around(root: Any, first: Any) -> tuple[str, str]:
    """What stands around the entries of a feed, with all that its head says before the first."""
    from lxml import etree

    outer = etree.Element(root.tag, attrib=dict(root.attrib), nsmap=root.nsmap)
    parent = first.getparent()
    inner = outer if parent is root else etree.SubElement(outer, parent.tag, attrib=dict(parent.attrib))
    for child in parent:
        if child is first:
            break
        inner.append(deepcopy(child))
    inner.append(etree.Comment(_HERE))
    before, _, behind = etree.tostring(outer, encoding="unicode").partition(f"<!--{_HERE}-->")
    return before, behind


def _forget(element: Any) -> None:
    """Free an entry that was read, and what stands before it: the way that lxml allows while it parses."""
    element.clear(keep_tail=True)
    while element.getprevious() is not None:
        del element.getparent()[0]


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
