"""Web pages as saved: the article's text without the page around it, and the date that the page declares."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from conflictstats.articles.dates import stated
from conflictstats.articles.fields import Found, known, universal_newlines

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

_META_DATES = {
    "open graph": (
        "article:published_time", "og:article:published_time", "article:published", "og:published_time",
    ),
    "dc.date": (
        "dc.date", "dc.date.issued", "dc.date.created", "dcterms.issued", "dcterms.created", "dcterms.date",
        "dcterms.available",
    ),
    "meta date": (
        "date", "datepublished", "pubdate", "publishdate", "publish-date", "publish_date", "publication_date",
        "parsely-pub-date", "sailthru.date", "article.published", "cxenseparse:recs:publishtime",
    ),
}  # fmt: skip
_ARTICLE_TYPES = re.compile(r"(?:Article|BlogPosting|Report)$")
# Declarations of an XHTML file, of which the HTML parser would make text
_INTERNAL_SUBSET = re.compile(r"<!DOCTYPE[^>\[]*\[.*?\]\s*>", re.I | re.S)
_AROUND = ("nav", "aside", "footer")
# No `form`: some sites wrap their whole pages in one.
_NO_PROSE = ("head", "header", "script", "style", "noscript", "template", "iframe", "svg", "button", "select")
# Below this, trafilatura takes every text there is and puts each piece of markup on a line of its own.
_SHORT = 250
_INLINE = {
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i",
    "ins", "kbd", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt",
    "u", "var", "wbr",
}  # fmt: skip


def read_page(html: str, date_format: str | None = None) -> Found:
    """The article of a web page; its text is empty where the page has none."""
    html = _INTERNAL_SUBSET.sub("", html, count=1)
    soup = _parse(html)
    meta = _meta(soup)
    linked = list(_linked_data(soup))
    published, basis = stated(_dates(soup, meta, linked), date_format)
    language = soup.html and (soup.html.get("lang") or soup.html.get("xml:lang"))
    canonical = soup.find("link", rel="canonical")
    page = Found(
        "",
        published=published,
        basis=basis,
        outlet=_first(
            meta.get("og:site_name"),
            *map(_publisher, linked),
            meta.get("application-name"),
            meta.get("dc.publisher"),
        ),
        title=_first(
            meta.get("og:title"), *(d.get("headline") for d in linked), _words(soup.title), _words(soup.h1)
        ),
        url=_first(canonical and canonical.get("href"), meta.get("og:url")),
        language=_first(language, meta.get("content-language"), meta.get("og:locale")),
    )
    return replace(page, text=_main_text(soup))  # last: it takes the page apart


def plain_text(html: str) -> str:
    """All text of a piece of HTML, its paragraphs parted by an empty line."""
    return _blocks(_parse(html))


def _parse(html: str) -> BeautifulSoup:
    import warnings

    from bs4 import BeautifulSoup, MarkupResemblesLocatorWarning, XMLParsedAsHTMLWarning

    with warnings.catch_warnings():
        # XHTML is read as HTML on purpose: the HTML parser expands no entities that a file declares
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
        warnings.simplefilter("ignore", MarkupResemblesLocatorWarning)
        return BeautifulSoup(html, "lxml")


def _main_text(soup: BeautifulSoup) -> str:
    import trafilatura

    # it reports every page that it refuses; here the page goes on to the plainer reading or to the rejects
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    for tag in soup(_AROUND):
        tag.decompose()
    text = trafilatura.extract(str(soup), include_comments=False, include_tables=True) or ""
    if len(text) < _SHORT:
        for tag in soup(_NO_PROSE):
            tag.decompose()
        return _blocks(soup.article or soup.main or soup)
    # a newline there is always a paragraph's end, never a wrapped line: said so that every reader can see it
    return "\n\n".join(line for line in universal_newlines(text).split("\n") if line.strip())


def _blocks(tree: Tag) -> str:
    from bs4.element import CData, NavigableString

    paragraphs: list[list[str]] = [[]]
    block: Any = None
    for node in tree.descendants:
        if type(node) in (NavigableString, CData):
            parent = node.parent
            while parent is not None and parent.name in _INLINE:
                parent = parent.parent
            if parent is not block:
                block = parent
                paragraphs.append([])
            paragraphs[-1].append(str(node))
        elif getattr(node, "name", None) == "br":
            paragraphs.append([])
    lines = (" ".join("".join(pieces).split()) for pieces in paragraphs)
    return universal_newlines("\n\n".join(line for line in lines if line))


def _meta(soup: BeautifulSoup) -> dict[str, str]:
    """The page's `<meta>` by name, in lower case; of several of one name the first."""
    values: dict[str, str] = {}
    for tag in soup("meta"):
        name = tag.get("property") or tag.get("name") or tag.get("itemprop") or tag.get("http-equiv")
        content = tag.get("content")
        if isinstance(name, str) and isinstance(content, str) and content.strip():
            values.setdefault(
                name.strip().lower().replace("dcterms:", "dcterms.").replace("dc:", "dc."), content
            )
    return values


def _linked_data(soup: BeautifulSoup) -> Iterator[dict[str, Any]]:
    """What the page's JSON-LD says of itself: articles first, then whatever else has a date of its own."""
    things = []
    for tag in soup("script", type=re.compile(r"^\s*application/ld\+json", re.I)):
        try:
            data = json.loads(tag.get_text(), strict=False)
        except (ValueError, RecursionError):
            continue
        for thing in data if isinstance(data, list) else [data]:
            if isinstance(thing, dict):
                graph = thing.get("@graph")
                things += [thing, *(graph if isinstance(graph, list) else [])]
    things = [thing for thing in things if isinstance(thing, dict)]
    yield from (thing for thing in things if _is_article(thing))
    yield from (thing for thing in things if not _is_article(thing) and "datePublished" in thing)


def _is_article(thing: dict[str, Any]) -> bool:
    kinds = thing.get("@type")
    return any(
        isinstance(kind, str) and _ARTICLE_TYPES.search(kind)
        for kind in (kinds if isinstance(kinds, list) else [kinds])
    )


def _dates(
    soup: BeautifulSoup, meta: dict[str, str], linked: list[dict[str, Any]]
) -> Iterator[tuple[str, Any]]:
    """Every date that the page gives itself, the surest first."""
    for thing in linked:
        yield "json-ld", thing.get("datePublished") or thing.get("dateCreated")
    for basis, names in _META_DATES.items():
        for name in names:
            yield basis, meta.get(name)
    times = [tag for tag in soup("time") if tag.get("datetime")]
    said = [tag for tag in times if tag.get("itemprop") == "datePublished" or tag.has_attr("pubdate")]
    within = [tag for tag in times if tag.find_parent("article")]
    for tag in said or within[:1] or times[:1]:
        yield "time element", tag.get("datetime")


def _publisher(thing: dict[str, Any]) -> Any:
    publisher = thing.get("publisher")
    return publisher.get("name") if isinstance(publisher, dict) else publisher


def _words(tag: Tag | None) -> str | None:
    return tag.get_text(" ") if tag is not None else None


def _first(*values: Any) -> str | None:
    return next((words for value in values if (words := known(value))), None)
