"""How the parser's network is computed: the same tags and heads as spaCy finds, in less time.

The network first gives each word a vector, which depends on nothing but the word's own spelling and the space behind it,
and only then looks at its neighbours. The first half is a third of its work, and half of an article's words are there
twice, so it is done once for each different word. Nothing is kept for the next article: a product of matrices may round
a row by how many rows there are, and what is read of an article must not depend on what was read before.

Products are numpy's. spaCy's own library does not know many processors and then takes a third of their speed. Numpy's
would spread products this small over all processors, which takes longer and as much time of each.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.language import Language


def prepare(nlp: Language) -> None:
    """Let the pipeline's network take each different word once, and numpy's products."""
    from thinc.api import NumpyOps

    ops = NumpyOps(use_blis=False)
    for name in ("tok2vec", "tagger", "parser"):
        for layer in nlp.get_pipe(name).model.walk():  # type: ignore[attr-defined]
            layer.ops = ops
    model = nlp.get_pipe("tok2vec").model  # type: ignore[attr-defined]
    embed = model.get_ref("embed")
    model.layers[model.layers.index(embed)] = _shared(embed)


def on_one_thread() -> AbstractContextManager[Any]:
    """Where numpy computes products on one thread."""
    limit: AbstractContextManager[Any] = _libraries().limit(limits=1, user_api="blas")
    return limit


@cache
def _libraries() -> Any:
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()  # looks for the libraries that are loaded, which takes a while


def _shared(embed: Any) -> Any:
    """The same layer, asked for each different word of some sentences."""
    import numpy as np
    from thinc.api import Model, chain

    features, *rest = embed.layers
    vectors_of: Any = chain(*rest)

    def forward(_: Any, docs: Any, is_train: bool) -> Any:
        rows, _ = features(docs, is_train)
        words = [[row.tobytes() for row in doc] for doc in rows]
        # each different word: its number, and its features
        numbers: dict[bytes, int] = {}
        different = []
        for doc, doc_rows in zip(words, rows, strict=True):
            for word, row in zip(doc, doc_rows, strict=True):
                if word not in numbers:
                    numbers[word] = len(numbers)
                    different.append(row)
        (vectors,) = vectors_of.predict([np.array(different)])
        return [vectors[[numbers[word] for word in doc]] for doc in words], None

    return Model(f"shared({embed.name})", forward)
