"""Claims by their numbers: links to them, tables of them, and the list that the links lead to.

A claim's number is its row in the corpus' table, counted from one, so that a selection of claims (those about
drones, say) keeps the numbers of the whole, in every report of a run. `cited` puts the numbers behind the
figures of a sentence; `claim_notes` is the list of claims with their sentences, of which a PDF prints those
that something in it links to.
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, Any

import pandas as pd

from conflictstats.charts.theme import side_label, side_sign, side_style
from conflictstats.codebook import load_codebook
from conflictstats.compare.relations import inclusion
from conflictstats.compare.wording import WAYS, number
from conflictstats.shown import Shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from conflictstats.corpus import Corpus

_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|$~&])")
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_TOTALS = {"cumulative": "running total", "stock": "at a moment"}
_LEFT = ' style="text-align:left"'
_RIGHT = ' style="text-align:right"'


def numbered(claims: pd.DataFrame) -> dict[str, int]:
    """The number of each claim, by its id."""
    return {claim_id: int(row) + 1 for row, claim_id in zip(claims.index, claims["claim_id"], strict=True)}


def plain(text: str) -> str:
    """Text for Markdown, in which nothing of it is markup: names and words of articles are data."""
    return _MARKUP.sub(r"\\\1", text)


def link(number: int) -> str:
    """A claim's number as a link to it, in HTML or Markdown."""
    return f'<sup><a href="#claim-{number}">[{number}]</a></sup>'


def links(ids: Iterable[Any], numbers: Mapping[str, int], *, raised: bool = True) -> str:
    """The claims of these ids, as links, in the order of their numbers; not raised where they stand alone."""
    known = sorted({numbers[i] for i in ids if isinstance(i, str) and i in numbers})
    if raised:
        return "".join(map(link, known))
    return ", ".join(f'<a href="#claim-{n}">{n}</a>' for n in known)


def cited(sentence: str, ids: Sequence[Any], claims: pd.DataFrame) -> str:
    """A sentence about claims as Markdown, with the number of each behind the words that were quoted of it.

    What is not found in the sentence in its own words is named at the end of it.

    Args:
        sentence: such as the `detail` of a pair or a question.
        ids: the claims that it tells of, in the order of the sentence.
        claims: the corpus' claims, or a part of them.
    """
    numbers = numbered(claims)
    texts = dict(zip(claims["claim_id"], claims["text"], strict=True))
    known = list(dict.fromkeys(i for i in ids if i in numbers))
    # a pair is not always told from left to right
    places = max((_places(sentence, order, texts) for order in (known, known[::-1])), key=len)
    out, before = [], 0
    for place, claim_id in places:
        out += [plain(sentence[before:place]), link(numbers[claim_id])]
        before = place
    missing = [i for i in known if i not in {found for _, found in places}]
    return "".join([*out, plain(sentence[before:]), links(missing, numbers)])


def _places(sentence: str, ids: Sequence[str], texts: Mapping[str, str]) -> list[tuple[int, str]]:
    """Where the words of each claim end in the sentence, one behind the other."""
    at, places = 0, []
    for claim_id in ids:
        words = str(texts[claim_id])
        # the 6 of "5–6 August" and of "6,000" is another figure
        pattern = rf"(?<![\w–.,])(?<!\d ){re.escape(words)}(?!\w|–\d|[.,]\d|\s(?:{_MONTHS})\b)"
        found = re.compile(pattern, re.IGNORECASE).search(sentence, at) if words else None
        if found:
            at = found.end()
            places.append((at, claim_id))
    return places


# --------------------------------------------------------------------------- the words of a row


def bounds(row: Mapping[str, Any]) -> str:
    """ "63–77", "60 or more", "up to 60", "170": the bounds of a claim, as people write them."""
    low, high = row["low"], row["high"]
    unit = (
        ""
        if row["unit"] == "count"
        else " %"
        if row["unit"] == "percent"
        else f" {row['unit'].replace('km2', 'km²')}"
    )
    if pd.isna(low) or pd.isna(high):
        return "?"
    if low == high:
        return f"{number(low)}{unit}"
    if high == float("inf"):
        return f"{number(low)} or more{unit}"
    if low == 0:
        return f"up to {number(high)}{unit}"
    return f"{number(low)}–{number(high)}{unit}"


def days(start: pd.Timestamp, end: pd.Timestamp) -> str:
    """ "5–8 Aug 2023"."""
    if pd.isna(start):
        return ""
    if pd.isna(end) or start == end:
        return f"{start.day} {start:%b %Y}"
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{end.day} {end:%b %Y}"
    year = "" if start.year == end.year else f" {start.year}"
    return f"{start.day} {start:%b}{year} – {end.day} {end:%b %Y}"


def period(row: Mapping[str, Any]) -> str:
    """The days that a claim counts, and whether they are only implied."""
    told = days(row["period_start"], row["period_end"])
    return f"{told} (implied)" if told and row["period_basis"] not in ("stated", "carried") else told


def what(row: Mapping[str, Any]) -> str:
    """What is counted: "cruise missiles launched"; rates, changes and what is not asserted say so."""
    inc = inclusion(load_codebook())
    thing = inc.words.get(row["item"], (row["item"], row["item"]))[1]
    if row["item"] == "other" and isinstance(row.get("noun"), str):
        thing = row["noun"]
    thing = thing.removeprefix("of ")  # "3 km² of territory"
    event = inc.event_words.get(row["event"], row["event"])
    told = f"advance {thing}" if event == "advanced" else f"{thing} {event}"
    if isinstance(row["variant"], str):
        told = f"{row['variant'].replace('_', ' ')} {told}"
    way = WAYS.get(row.get("aggregation", "period"))
    told = f"{told} {way}" if way else told
    status = row.get("status", "asserted")
    return told if status == "asserted" else f"{told} ({status})"


def kind(row: Mapping[str, Any]) -> str:
    """What is counted, with its unit and how it counts: figures that share these may stand in one range."""
    unit = "" if row["unit"] == "count" else str(row["unit"]).replace("km2", "km²")
    way = _TOTALS.get(row["aggregation"], "")
    aside = ", ".join(part for part in (unit, way) if part)
    return f"{what(row)} ({aside})" if aside else what(row)


def parties(row: Mapping[str, Any]) -> str:
    """ "Russia → Ukraine"; empty where neither is known."""
    actor, target = (side if isinstance(side, str) else "?" for side in (row["actor"], row["target"]))
    return "" if actor == target == "?" else f"{actor} → {target}"


def side(name: Any) -> str:
    """A side by its name, colour and shape, in HTML; as in the charts."""
    look = side_style(name if isinstance(name, str) else None)
    # what nobody is named for is black in charts: here in the page's own colour, which may be white on black
    sign = f'<span style="color:{look.colour}">{side_sign(name)}</span>' if look.filled else side_sign(name)
    return f"{sign}&nbsp;{escape(side_label(name))}"


def _speaker(row: Mapping[str, Any]) -> str:
    """Who says it, and whom the speaker stands for, in HTML."""
    if not isinstance(row["source"], str):
        return "the article"
    who = escape(row["source"])
    return f"{who}<br>{side(row['source_side'])}" if isinstance(row["source_side"], str) else who


def _when_and_where(row: Mapping[str, Any]) -> str:
    return "<br>".join(escape(p) for p in (period(row), _known(row["place"])) if p)


def _known(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _records(claims: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(key): value for key, value in row.items()} for row in claims.to_dict("records")]


# --------------------------------------------------------------------------- tables of claims


def table(
    heads: Sequence[str], rows: Iterable[Sequence[str]], *, right: Iterable[int] = (), kind: str = ""
) -> str:
    """An HTML table of cells that are HTML already; the columns of numbers stand right."""
    numeric = set(right)

    def cells(tag: str, row: Sequence[str]) -> str:
        return "".join(
            f"<{tag}{_RIGHT if i in numeric else _LEFT}>{cell}</{tag}>" for i, cell in enumerate(row)
        )

    body = "".join(f"<tr>{cells('td', row)}</tr>" for row in rows)
    opened = (
        f'<table dir="ltr" class="{kind}">' if kind else '<table dir="ltr">'
    )  # also where a name is Arabic
    return f"{opened}<thead><tr>{cells('th', heads)}</tr></thead><tbody>{body}</tbody></table>"


def claim_list(claims: pd.DataFrame, limit: int = 200) -> Shown:
    """The claims as a table to read: number, words, bounds, what they count, source, period and place."""
    if claims.empty:
        return Shown("<p>There are no claims to list.</p>", "no claims")
    shown = claims.head(limit)
    records = _records(shown)
    numbers = [int(row) + 1 for row in shown.index]
    html = table(
        ("No.", "In words", "Read as", "What", "Source", "When and where"),
        (
            (
                f'<a href="#claim-{n}">{n}</a>',
                escape(row["text"]),
                bounds(row),
                "<br>".join(escape(p) for p in (what(row), parties(row)) if p),
                _speaker(row),
                _when_and_where(row),
            )
            for n, row in zip(numbers, records, strict=True)
        ),
        right=(0, 2),
    )
    text = pd.DataFrame(
        {
            "words": [row["text"] for row in records],
            "reads as": [bounds(row) for row in records],
            "what": [what(row) for row in records],
            "source": [_known(row["source"]) or "the article" for row in records],
            "side": [_known(row["source_side"]) for row in records],
            "by → to": [parties(row) for row in records],
            "period": [period(row) for row in records],
            "place": [_known(row["place"]) for row in records],
        },
        index=numbers,
    ).to_string(max_colwidth=40)
    if len(claims) > limit:
        left = len(claims) - limit
        rest = (
            f"{left:,} more {'claim is' if left == 1 else 'claims are'} in the table of claims (claims.csv beside a"
            " report)."
        )
        return Shown(f"{html}<p>{rest}</p>", f"{text}\n{rest}")
    return Shown(html, text)


def claim_notes(corpus: Corpus) -> Shown:
    """Every claim with its number, sentence, source and article: where the links of a report lead."""
    claims, articles = corpus.claims, corpus.articles.set_index("article_id", drop=False)
    if claims.empty:
        return Shown("<p>There are no claims to list.</p>", "no claims")
    rows, lines = [], []
    for n, row in zip((int(i) + 1 for i in claims.index), _records(claims), strict=True):
        article = articles.loc[row["article_id"]] if row["article_id"] in articles.index else None
        rows.append(
            (
                f'<span id="claim-{n}">{n}</span>',
                _sentence(row, article),
                _speaker(row),
                _origin(row, article),
            )
        )
        lines.append(f"[{n}] {row['text']}: {_known(row['source']) or 'the article'}, {row['article_id']}")
    heads = ("No.", "Sentence, with the figure marked", "Source", "Article")
    return Shown(table(heads, rows, right=(0,), kind="report-cited"), "\n".join(lines))


def _sentence(row: Mapping[str, Any], article: Any) -> str:
    """The sentence with the claim marked in it, at its own place where the article is at hand."""
    sentence, words = _known(row["sentence"]), row["text"]
    at = -1
    if article is not None and sentence:
        opens = article["text"].rfind(sentence, 0, int(row["start"]) + len(sentence))
        at = int(row["start"]) - opens if opens >= 0 else -1
    if at < 0 or sentence[at : at + len(words)] != words:
        at = sentence.find(words)
    if at < 0:
        return " … ".join(escape(p) for p in (sentence, words) if p)
    end = at + len(words)
    return f"{escape(sentence[:at])}<mark>{escape(sentence[at:end])}</mark>{escape(sentence[end:])}"


def _origin(row: Mapping[str, Any], article: Any) -> str:
    """The article: its title and outlet where it has them, its day, and the name of its file or row."""
    told = [] if article is None else [_known(article["title"]), _known(article["outlet"])]
    parts = [escape(p) for p in (*told, days(row["published"], row["published"])) if p]
    return "<br>".join([*([", ".join(parts)] if parts else []), f"<code>{escape(row['article_id'])}</code>"])
