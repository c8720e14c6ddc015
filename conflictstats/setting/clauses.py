"""The parse of a sentence as the readers of time and place see it: which clause a stretch of text stands in."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from conflictstats.records import Measure, Quantity, Sentence

EVENT = (
    r"(?:attack|strike|airstrike|air\sstrike|raid|barrage|salvo|shelling|bombardment|blast|explosion|ambush|assault|clash|battle|bombing|"
    r"fighting|operation|incident|massacre|shooting|campaign|offensive|war|conflict|siege|crash|violence)"
)


class Path(NamedTuple):
    """The clauses from a token up: those it stands in, those above, and those only loosely joined."""

    together: tuple[int, ...]  # its verb, and the verbs that share its subject
    above: tuple[int, ...]  # what its clause depends on
    loose: tuple[int, ...]  # beyond "and", or beyond a relative clause


class Tree:
    """The parse of a sentence by the article's offsets; empty where the sentence has none."""

    __slots__ = ("doc", "heads", "starts")

    def __init__(self, sentence: Sentence) -> None:
        self.doc = sentence.doc
        self.starts = sentence.starts
        self.heads = [token.head.i for token in self.doc] if self.doc is not None else []

    def at(self, offset: int) -> int | None:
        """The token at an offset of the article."""
        if self.doc is None or not self.starts:
            return None
        return max(0, bisect_right(self.starts, offset) - 1)

    def chain(self, token: int) -> list[int]:
        """A token and what it hangs on, up to the root."""
        out = [token]
        while (head := self.heads[token]) != token:
            out.append(head)
            token = head
        return out

    def governor(self, start: int, end: int) -> int | None:
        """The word that a stretch of the text hangs on, prepositions left out."""
        first, last = self.at(start), self.at(end - 1)
        if first is None or last is None or self.doc is None:
            return None
        inside = range(first, last + 1)
        for token in inside:
            head = self.heads[token]
            if head not in inside or head == token:
                while self.doc[head].pos_ == "ADP" and self.heads[head] != head and head not in inside:
                    head = self.heads[head]
                return head
        return None

    def holds(self, token: int, inner: int) -> bool:
        """Whether a token hangs somewhere below another one, or is it."""
        return token in self.chain(inner)

    def verb(self, token: int) -> int:
        """The verb of the clause that a token stands in."""
        assert self.doc is not None
        for step in self.chain(token):
            if self.doc[step].pos_ in ("VERB", "AUX") and self.doc[step].dep_ not in (
                "aux",
                "auxpass",
                "amod",
                "compound",
            ):
                return step
        return self.chain(token)[-1]

    def clauses(self, token: int) -> Path:
        """The clauses that a token stands in, sorted by how closely."""
        assert self.doc is not None
        together: list[int] = []
        above: list[int] = []
        loose: list[int] = []
        now, apart = together, False
        for step in self.chain(token):
            word = self.doc[step]
            now.append(step)
            if word.pos_ not in ("VERB", "AUX") or word.dep_ in ("aux", "auxpass", "amod", "compound"):
                continue
            if word.dep_ == "conj":
                if now is not together or any(
                    c.dep_ in ("nsubj", "nsubjpass", "mark", "expl") for c in word.children
                ):
                    now = loose
            else:
                # beyond a relative clause lies another statement, unless it tells of the event itself
                apart = apart or (word.dep_ == "relcl" and not is_event(word.head.lemma_))
                now = loose if apart else above
        return Path(tuple(together), tuple(above), tuple(loose))

    def subject_side(self, token: int, verb: int) -> bool:
        """Whether a token stands in the subject of a verb."""
        assert self.doc is not None
        chain = self.chain(token)
        if verb not in chain or chain.index(verb) == 0:
            return False
        return self.doc[chain[chain.index(verb) - 1]].dep_ in ("nsubj", "nsubjpass")

    def aside(self, token: int, verb: int) -> bool:
        """Whether a token stands in a relative clause below a verb: "the minister, who took office on Monday, said"."""
        assert self.doc is not None
        chain = self.chain(token)
        return any(self.doc[step].dep_ == "relcl" for step in chain[: chain.index(verb)])

    def beside(self, one: int, other: int) -> bool:
        """Whether two verbs are joined by "and"."""
        assert self.doc is not None
        return any(
            self.doc[a].dep_ == "conj" and self.doc[a].head.i == b for a, b in ((one, other), (other, one))
        )


@lru_cache(maxsize=256)
def tree_of(sentence: Sentence) -> Tree:
    """The parse of a sentence, which all its figures share."""
    return Tree(sentence)


@lru_cache(maxsize=4096)
def is_event(lemma: str) -> bool:
    return bool(re.fullmatch(EVENT, lemma, re.I))


@dataclass(frozen=True, slots=True, eq=False)
class Spot:
    """A figure where it stands."""

    quantity: Quantity
    measure: Measure
    sentence: Sentence
    tree: Tree

    @property
    def anchor(self) -> int | None:
        """Where the figure hangs in the parse: its own noun, or its number."""
        if self.measure.noun_token is not None:
            return self.measure.noun_token
        return self.tree.at(self.quantity.number_start)
