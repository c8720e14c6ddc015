"""Part of speech and lemma of parsed words, as the pipeline's own rules give them, each asked for once.

The rules are a general matcher's, and slow. But most look only at a word's tag and its part in the sentence, a few at
the word itself, and the fewest at the word behind it. So what they make of a word is found from the word alone, and
known for the next article; a sentence with words that are seen together (*let's*, *there were*) is left to the rules.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

RULES = ("attribute_ruler", "lemmatizer")  # of the pipeline, in their order
_KNOWN = 1 << 16  # words kept: some megabytes
_ANY_WORD = "word"  # stands for all that no rule names
_ASKED = frozenset({"TAG", "DEP", "LOWER", "IS_SPACE"})  # all that the rules ask of a word


class _Form(NamedTuple):
    """What the rules make of a word, by the numbers that stand for strings."""

    tag: int
    dep: int
    pos: int
    lemma: int


class _Rules(NamedTuple):
    """What decides whether a word, or the words from it on, need be shown to the rules."""

    named: frozenset[str]  # words
    patterns: tuple[Any, ...]  # or patterns of words
    firsts: tuple[Mapping[str, Any], ...]  # what is asked of the first of several words

    def names(self, lower: str) -> bool:
        return lower in self.named or lower.isspace() or any(_fits(asked, lower) for asked in self.patterns)

    def open(self, lower: str, dep: str) -> bool:
        return any(
            _fits(asked.get("LOWER", lower), lower) and _fits(asked.get("DEP", dep), dep)
            for asked in self.firsts
        )


def _fits(asked: Any, word: str) -> bool:
    """Whether a word may be what a rule asks for."""
    if isinstance(asked, str):
        return asked == word
    if "REGEX" in asked:
        return re.search(asked["REGEX"], word) is not None
    return word in asked["IN"] if "IN" in asked else True


def _read(rules: list[dict[str, Any]]) -> _Rules:
    asked = [pattern for rule in rules for pattern in rule["patterns"]]
    unknown = {key for pattern in asked for word in pattern for key in word} - _ASKED
    if unknown:
        raise ValueError(
            f"the pipeline's rules ask for {', '.join(sorted(unknown))}: wordforms must know of it"
        )
    alone = [pattern[0]["LOWER"] for pattern in asked if len(pattern) == 1 and "LOWER" in pattern[0]]
    return _Rules(
        frozenset(word for word in alone if isinstance(word, str)),
        tuple(word for word in alone if not isinstance(word, str)),
        tuple(pattern[0] for pattern in asked if len(pattern) > 1),
    )


def name_forms(nlp: Language) -> Callable[[Doc], Doc]:
    """A step that gives the words of a parsed text their part of speech and lemma, in place of `RULES`."""
    from spacy.tokens import Doc

    ruler: Any = nlp.get_pipe("attribute_ruler")
    lemmatizer: Any = nlp.get_pipe("lemmatizer")
    lemmas = lemmatizer.lookups.get_table("lemma_index")
    for part in list(lemmas):
        lemmas[part] = frozenset(lemmas[part])  # they come as lists, of up to 57,528
    strings, rules = nlp.vocab.strings, _read(ruler.patterns)

    @lru_cache(maxsize=_KNOWN)
    def ruled(word: str, tag: str, dep: str) -> tuple[int, int, str, str, str]:
        (token,) = ruler(Doc(nlp.vocab, [word], tags=[tag], deps=[dep], heads=[0]))
        return token.tag, token.dep, token.pos_, str(token.morph), token.lemma_

    @lru_cache(maxsize=_KNOWN)
    def lemmatized(word: str, pos: str, morph: str, lemma: str) -> tuple[int, int]:
        (token,) = lemmatizer(Doc(nlp.vocab, [word], pos=[pos], morphs=[morph], lemmas=[lemma]))
        return token.pos, token.lemma

    @lru_cache(maxsize=_KNOWN)
    def form(orth: int, tag: int, dep: int) -> _Form | None:
        """None for a word that the rules may see together with the next."""
        word = strings[orth]
        lower = word.lower()
        if rules.open(lower, strings[dep]):
            return None
        shown = word if rules.names(lower) else _ANY_WORD
        tag, dep, *rest = ruled(shown, strings[tag], strings[dep])
        return _Form(tag, dep, *lemmatized(word, *rest))

    def name(doc: Doc) -> Doc:
        forms = [form(token.orth, token.tag, token.dep) for token in doc]
        if None in forms:
            return lemmatizer(ruler(doc))  # type: ignore[no-any-return]
        for token, found in zip(doc, forms, strict=True):
            if found is not None:
                token.pos, token.lemma = found.pos, found.lemma
                if token.is_space:
                    token.tag, token.dep = found.tag, found.dep
        return doc

    return name
