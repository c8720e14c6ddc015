"""Plain text and Markdown: ` date 2023-11-17 ` before the prose, YAML front matter, or prose alone."""

from __future__ import annotations

import re
from typing import Any

from conflictstats.articles.dates import stated
from conflictstats.articles.fields import Found, known, match_columns

# The prose may go on behind the date in the same line, as it does in the seed article.
_HEADER = re.compile(
    r"\s*date:?[ \t]+(\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4})(?:[T ]\d\d:\d\d\S*)?(?=\s|\Z)[ \t]*\n*", re.I
)
_FRONT_MATTER = re.compile(r"---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*$\n*", re.S | re.M)
_LINE = re.compile(r"([A-Za-z][\w -]*?)[ \t]*:(?:[ \t]+(.*))?")
_FRONT_MATTER_LIMIT = 50_000  # a longer one is prose between two rules, or an attempt to keep the parser busy


def read_text(text: str, date_format: str | None = None) -> Found:
    """An article as plain text. Nothing is cut off: `body_start` says where the prose begins."""
    block = _FRONT_MATTER.match(text)
    if block is not None and len(block[1]) <= _FRONT_MATTER_LIMIT:
        values = _metadata(block[1])
        if values:
            published, basis = stated([("front matter", values.get("published"))], date_format)
            return Found(
                text,
                published=published,
                basis=basis,
                body_start=block.end(),
                outlet=known(values.get("outlet")),
                title=known(values.get("title")),
                url=known(values.get("url")),
                language=known(values.get("language")),
            )
    header = _HEADER.match(text)
    if header is not None:
        published, basis = stated([("header", header[1])], date_format)
        return Found(text, published=published, basis=basis, body_start=header.end())
    return Found(text)


def _metadata(block: str) -> dict[str, Any]:
    """The fields that front matter tells; none if it is no front matter but prose between two rules."""
    values = _yaml(block)
    if not values:
        # `title: Kyiv: 70 drones` is what people write, and no YAML
        lines = [_LINE.fullmatch(line.rstrip()) for line in block.splitlines() if line.strip()]
        values = {line[1]: (line[2] or "").strip("'\" ") for line in lines if line is not None}
    return {field: values[key] for field, key in match_columns(values, None).items() if field != "text"}


def _yaml(block: str) -> dict[str, Any] | None:
    import yaml

    try:
        # the base loader makes strings of everything: no objects, no `no` that turns into False, no date
        # that is none (2023-02-30) and stops the rest from being read
        values = yaml.load(block, Loader=yaml.BaseLoader)
    except (yaml.YAMLError, RecursionError, ValueError):
        return None
    return {str(key): value for key, value in values.items()} if isinstance(values, dict) else None
