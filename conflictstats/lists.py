"""Lists: lines behind marks under a line that ends with a colon. What the line above says holds for all of them."""

from __future__ import annotations

import re

from conflictstats.records import Document, Sentence

_MARK = re.compile(
    r"\s*(?:[-–—•*·‣▪●■►▶]\s*|[\u2600-\u27bf\u25a0-\u25ff\u2b00-\u2bff\U0001f300-\U0001faff]\ufe0f?\s*|\(?\d{1,2}[.)]\s)"
)


def in_list(sentence: Sentence, document: Document) -> bool:
    """Whether a sentence stands on a line behind a mark."""
    text = document.article.text
    line = text.rfind("\n", 0, sentence.start + 1) + 1
    return _MARK.match(text[max(line, document.article.body_start) :]) is not None


def head_of_list(sentence: Sentence, document: Document) -> Sentence | None:
    """The line above a list that ends with a colon, for a sentence of the list; None for any other."""
    if not in_list(sentence, document):
        return None
    for above in reversed(document.sentences[: sentence.index]):
        if not in_list(above, document):
            return above if above.text.rstrip().endswith(":") else None
    return None
