"""What the parser's network makes of each word by itself, computed once for the sentences that it is given together.

The network first gives each word a vector, which depends on nothing but the word's own spelling and the space behind it,
and only then looks at its neighbours. The first half is a third of its work, and half of an article's words are there
twice. Nothing is kept for the next article: a product of matrices may round a row by how many rows there are, and what is
read of an article must not depend on what was read before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.language import Language


def share_vectors(nlp: Language) -> None:
    """Let the pipeline's embedding layer compute the vector of each different word once."""
    model = nlp.get_pipe("tok2vec").model  # type: ignore[attr-defined]
    embed = model.get_ref("embed")
    model.layers[model.layers.index(embed)] = _shared(embed)


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
