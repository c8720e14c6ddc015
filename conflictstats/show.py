"""Claims marked in the texts that they come from."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, Any

from conflictstats.citing import days, link
from conflictstats.shown import Shown

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from conflictstats.corpus import Corpus

# Colours that hold on light and dark pages; the number beside a mark says the same without colour.
_STYLE = (
    "<style>.cs-text{max-width:46em;line-height:1.55;white-space:pre-line}"
    ".cs-text mark{background:#f0e44266;color:inherit;border-bottom:2px solid #d55e00}</style>"
)
_FRONT_MATTER = re.compile(r"---\n.*?\n---\n", re.S)
_FIELDS = ("event", "item", "low", "best", "high", "unit", "status", "aggregation", "source", "source_side", "actor",
           "target", "period_start", "period_end", "period_basis", "place")  # fmt: skip


def show(corpus: Corpus, article_id: str | None = None, *, limit: int = 20) -> Shown:
    """Each claim marked in its article's text, with its fields as a hint and its number in the claims table.

    Args:
        corpus: from `load` or `load_text`.
        article_id: one article only; all, in order, if not given.
        limit: how many articles at most; what is left out is said.

    Raises:
        KeyError: the corpus has no article of that name.
    """
    articles = corpus.articles
    if article_id is not None:
        articles = articles[articles["article_id"] == article_id]
        if articles.empty:
            raise KeyError(
                f"no article {article_id!r}; there are {', '.join(corpus.articles['article_id'][:20])}"
            )
    numbered = corpus.claims.reset_index(drop=True)
    numbered.index += 1
    html, text = [_STYLE], []
    rows: Iterable[Any] = articles.head(limit).itertuples()
    for article in rows:
        claims = numbered[numbered["article_id"] == article.article_id]
        html.append(f"{_head(article)}{_marked(article.text, claims)}")
        lines = (f"[{n}] {row['text']}: {row['event']} {row['item']}" for n, row in claims.iterrows())
        text.append("\n".join((str(article.article_id), *lines)))
    if len(articles) > limit:
        rest = f"{len(articles) - limit} more articles are not shown."
        html.append(f"<p>{rest}</p>")
        text.append(rest)
    return Shown("".join(html), "\n\n".join(text))


def _head(article: Any) -> str:
    """The article's title, and below it outlet, day and name; the name alone where it has no title."""
    name, title = escape(str(article.article_id)), article.title if isinstance(article.title, str) else ""
    told = (article.outlet, days(article.published, article.published))
    below = [escape(value) for value in told if isinstance(value, str) and value]
    if title:
        below.append(f"<code>{name}</code>")
    return f"<h4>{escape(title) or name}</h4>" + (
        f'<p dir="ltr"><small>{", ".join(below)}</small></p>' if below else ""
    )


def _marked(text: str, claims: pd.DataFrame) -> str:
    """The text as HTML; claims that share characters share a mark."""
    spans: list[tuple[int, int, list[int]]] = []
    ordered = zip(claims["start"], claims["end"], claims.index, strict=True)
    for start, end, number in sorted((int(s), int(e), int(n)) for s, e, n in ordered):
        if spans and start < spans[-1][1]:
            before = spans.pop()
            spans.append((before[0], max(before[1], end), [*before[2], number]))
        else:
            spans.append((start, end, [number]))
    front = _FRONT_MATTER.match(text)
    parts, at = [], front.end() if front else 0
    for start, end, numbers in spans:
        if start < at:  # in the lines before the text, which are not shown
            continue
        hints = "\n\n".join(_hint(dict(claims.loc[[number]].iloc[0])) for number in numbers)
        title = escape(hints).replace("\n", "&#10;")
        parts.append(escape(text[at:start]))
        parts.append(f'<mark title="{title}">{escape(text[start:end])}</mark>{"".join(map(link, numbers))}')
        at = end
    parts.append(escape(text[at:]))
    body = "".join(parts).strip()
    return "".join(f'<p class="cs-text">{part.strip()}</p>' for part in body.split("\n\n") if part.strip())


def _hint(row: dict[Any, Any]) -> str:
    import pandas as pd

    known = ((field, row[field]) for field in _FIELDS)
    return "\n".join(
        f"{field}: {value:%Y-%m-%d}" if isinstance(value, pd.Timestamp) else f"{field}: {value}"
        for field, value in known
        if not pd.isna(value)
    )
