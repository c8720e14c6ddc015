"""Lines of a page that lead to other articles: "Read more: …", "Related posts" and the headlines under it.

They are no part of the article, whose days, places and sources are not theirs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

# A line of its own above headlines of other articles.
_HEADING = re.compile(
    r"\W*(?:more\sfrom\s[^.!?:]{2,60}|more\son\s(?:this|the)\s(?:story|topic|subject)|(?:related|recommended|similar|popular|trending)\s(?:posts?|articles?|stories|news|content|topics"
    r"|reading|coverage|videos?|links)|related|recommended(?:\sfor\syou)?|trending(?:\snow)?|most\s(?:read|popular|viewed)|read\s(?:more|next|also)"
    r"|also\sread|see\salso|further\sreading|you\s(?:may|might)\s(?:also\s)?(?:like|be\sinterested\sin)|don['’]t\smiss|editors?['’]?s?\spicks?)\W*",
    re.I,
)
# A line that begins with it and goes on with one headline.
_LINK = re.compile(
    r"\W*(?:(?:read\s(?:more|also|next)|also\sread|see\salso|don['’]t\smiss|more\son\sthis(?:\sstory)?|further\sreading|related(?:\s(?:article|story|news))?)\s*[:»>|]"
    r"|(?:watch|listen)\s*:)\s*\S",
    re.I,
)
_HEADLINE = 160  # characters
_ENDED = re.compile(r"[.!?](?<!\.\.\.)[\"”’)]*$")


def teasers(text: str, start: int = 0) -> Iterator[tuple[int, int]]:
    """Where lines stand that are no part of the article, from `start` on."""
    listed = False
    for line in re.finditer(r"[^\n]*\S[^\n]*", text[start:]):
        words = line[0].strip()
        if _HEADING.fullmatch(words):
            listed = True
        else:
            headline = len(words) <= _HEADLINE and _ENDED.search(words) is None
            listed = listed and headline
            if not listed and not (headline and _LINK.match(words)):
                continue
        yield start + line.start(), start + line.end()
