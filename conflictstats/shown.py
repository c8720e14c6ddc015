"""What shows itself in a notebook as HTML, and as plain text where there is none."""

from __future__ import annotations


class Shown:
    """A piece of a notebook or report: HTML, and the same in plain text."""

    def __init__(self, html: str, text: str) -> None:
        self._html, self._text = html, text

    def _repr_html_(self) -> str:
        return self._html

    def __repr__(self) -> str:
        return self._text
