"""The words right beside a figure, where the parse of its sentence leads nowhere.

Headlines, lost commas and tagger errors take sentences apart: "killing at least 10 civilians activist group … said".
What stands next to a figure is then surer than the tree above it: an outcome before it ("boasted of having overrun two
positions"), or a passive behind its noun ("of its centres was hit").
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from conflictstats.codebook import Codebook
from conflictstats.measures.predicates import Found, counting

if TYPE_CHECKING:
    from spacy.tokens import Token

_BETWEEN = frozenset("DT RB RBR RBS PDT".split())
_AUXILIARIES = frozenset("was were been being is are be have has had got get gets".split())
_REACH = 6  # words from a noun to its passive
_NOT_DONE = frozenset("not never to could would may might should can will".split())


def find_beside(number: Token, noun: Token, classes: frozenset[str], codebook: Codebook) -> Found | None:
    """The cue right behind a counted noun or right before its number that can count one of `classes`."""
    for token, roles in (*_behind(noun), *_before(number)):
        for pattern in counting(token.lower_, classes, codebook):
            if pattern.role in roles and not pattern.rest and not pattern.weak:
                return Found(pattern.event, token, pattern.role, pattern.words, 0.0, pattern.suffers, False)
    return None


def _before(number: Token) -> Iterator[tuple[Token, tuple[str, ...]]]:
    at = number.i - 1
    doc = number.doc
    while at >= 0 and (doc[at].tag_ in _BETWEEN or doc[at].lower_ in ("at", "least", "most", "over")):
        at -= 1
    if at < 0:
        return
    word = doc[at]
    if word.lower_ == "of" and at:
        yield doc[at - 1], ("noun",)
    elif _is_verb(word) and (at == 0 or doc[at - 1].lower_ not in _NOT_DONE):
        yield word, ("object",)


def _is_verb(word: Token) -> bool:
    """Whether a word is a verb, also where the tagger takes it for none: in a headline, behind "having"."""
    before = word.nbor(-1).lower_ if word.i else ""
    return (
        word.tag_.startswith("VB")
        or before in ("having", "have", "has", "had")
        or (word.i > 0 and word.text[0].isupper() and not word.text.isupper())
    )


def _behind(noun: Token) -> Iterator[tuple[Token, tuple[str, ...]]]:
    doc, passive = noun.doc, False
    for token in doc[noun.i + 1 : noun.i + 1 + _REACH]:
        if token.lower_ in _AUXILIARIES:
            passive = True
        elif token.lower_ in _NOT_DONE or token.is_punct or token.like_num:
            return
        elif passive and token.tag_ in ("VBN", "VBD", "JJ"):
            yield token, ("object",)
            return
        elif not passive and token.tag_ in ("VBD", "VBP", "VBZ"):
            yield token, ("subject",)
            return
        elif token.tag_ not in _BETWEEN and passive:
            return
