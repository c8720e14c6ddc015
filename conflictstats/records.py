"""The things that travel along the path: an article, its sentences, a quantity, a name, a claim.

All are frozen: a station makes new ones, it never changes those of another. Every offset counts
characters in `Article.text`, so that `article.text[record.start:record.end] == record.text`.
"""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from pathlib import Path

    from spacy.tokens import Doc

Hedge = Literal["exact", "about", "nearly", "at_least", "at_most", "range", "vague"]
Status = Literal["asserted", "denied", "hypothetical", "superseded"]
Voice = Literal["quote", "reported", "narrator"]
Basis = Literal["stated", "carried", "incident", "report", "dateline", "none"]
QuantityKind = Literal[
    "count",  # a bare number, or one with a counted noun behind it: what most claims are
    "measure",  # a length, area or mass, converted: unit km, km2 or kg
    "percent",  # percents and fractions, unit percent
    "money",
    "duration",
    "general",  # any other measure (temperature, speed, voltage …)
]


@dataclass(frozen=True, slots=True)
class DateOverride:
    """In `file` (a `dates.csv`), somebody gives `article` its true publication date, with the reason.

    `was` and `was_basis` say what the article itself had, once the override is applied to it.
    """

    article: str  # as written there: a path or a file name, with `#row` where a file holds many articles
    published: date
    reason: str
    file: Path
    was: date | None = None
    was_basis: str = "none"


@lru_cache(maxsize=16)
def _digest(text: str) -> str:
    """Each of an article's claims asks for it."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class Article:
    """One text as a user has it: decoded, newlines universal, byte-order mark removed, nothing else changed."""

    article_id: str
    text: str
    published: date | None = None
    published_basis: str = "none"
    body_start: int = 0  # where the prose begins: behind front matter or a header line, which hold no claims
    outlet: str | None = None
    title: str | None = None
    url: str | None = None
    language: str | None = None
    override: DateOverride | None = None  # where `published` comes from dates.csv

    @property
    def sha256(self) -> str:
        return _digest(self.text)


@dataclass(frozen=True, slots=True)
class Reject:
    """A file, or one row of a file, that could not be read, and why."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its hedge and unit: what was written, and the bounds that it is taken to mean.

    `low`, `best` and `high` are in `unit`; NaN is unknown (a vague quantity has no best), inf unbounded.
    """

    start: int
    end: int
    text: str
    low: float
    best: float
    high: float
    hedge: Hedge
    unit: str  # count, km, km2, kg, percent; a currency code or a unit's name for other kinds
    kind: QuantityKind
    number_start: int  # the number alone, without hedge and unit
    number_end: int
    whole: bool = False  # "all 12", "both", "none of": the number is everything there was
    of: int | None = None  # start of the total that this is a part of, where the words say so: 68 *of 70*
    noun: str | None = None  # the counted noun, where it stands right behind
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Name:
    """A name that the codebook knows, or that looks like a person's or an institution's, where it stands."""

    start: int
    end: int
    text: str
    kind: str  # see names.py
    key: str | None = None  # codebook entry
    side: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Sentence:
    """A sentence of an article and, where the gate let it through, its parse; compared by identity, as its article is.

    `doc` is the parse of a copy that is easier to parse (names masked, capitals lowered, spaces
    restored); token i of it stands at `starts[i]:ends[i]` of the article's text.
    """

    index: int
    paragraph: int
    start: int
    end: int
    text: str
    quantities: tuple[Quantity, ...] = ()
    doc: Doc | None = None
    starts: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Document:
    """An article on its way: its sentences in order and the names in it, by offset.

    Compared by identity: what a reader has found of an article is kept for its other figures.
    """

    article: Article
    sentences: tuple[Sentence, ...]
    names: tuple[Name, ...] = ()


@dataclass(frozen=True, slots=True)
class Measure:
    """What is counted, and what happened to it (the reader `measures`)."""

    event: str
    item: str
    variant: str | None = None
    noun: str | None = None
    predicate: str | None = None
    aggregation: str = "period"
    predicate_token: int | None = None  # in the sentence's doc: where the other readers start from
    noun_token: int | None = None
    total: int | None = None  # start of the quantity that the words make this one a part of
    again: int | None = (
        None  # start of the figure that tells what this one counts, where it has no noun or verb
    )
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """A quantity that counts something about the conflict: what the readers behind `measures` are given."""

    sentence: Sentence
    quantity: Quantity
    measure: Measure


@dataclass(frozen=True, slots=True)
class Parties:
    """Who did it, and to whom (the reader `parties`)."""

    actor: str | None = None
    target: str | None = None
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says so, for whom, in whose voice, and whether the figure stands (the reader `attribution`)."""

    source: str | None = None
    source_id: str | None = None
    source_office: str | None = None
    source_side: str | None = None
    voice: Voice = "narrator"
    status: Status = "asserted"
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Setting:
    """When and where (the reader `setting`)."""

    period_start: date | None = None
    period_end: date | None = None
    period_text: str | None = None
    period_basis: Basis = "none"
    cumulative: bool = False  # the expression is a running total's: since X, so far this year
    place: str | None = None
    place_id: str | None = None
    region: str | None = None
    country: str | None = None
    lat: float = math.nan
    lon: float = math.nan
    place_basis: Basis = "none"
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """In article A, source S says that `event` happened to between `low` and `high` of `item`, in these words."""

    article: Article
    sentence: Sentence
    quantity: Quantity
    measure: Measure
    parties: Parties
    attribution: Attribution
    setting: Setting
    conflict: str | None = None
    incident: str | None = None
    part_of: str | None = None  # claim_id of the total
    evidence: tuple[str, ...] = field(default=())

    @property
    def claim_id(self) -> str:
        """A digest of the content: the same claim has the same id in every run, alone or among others."""
        parts = (
            self.article.sha256,
            self.quantity.start,
            self.quantity.end,
            self.measure.event,
            self.measure.item,
            self.attribution.status,
            self.attribution.source,
            self.parties.actor,
            self.parties.target,
        )
        return hashlib.sha256("\x1f".join(map(str, parts)).encode()).hexdigest()[:16]
