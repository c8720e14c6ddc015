"""What the parser's network makes of each word by itself, computed once for a word.

The network first gives each word a vector, which depends on nothing but the word's own spelling and the space behind it,
and only then looks at its neighbours. The first half is a third of its work, and the same few thousand words return in
every article.

A product of matrices may round a row by how many rows there are. So each word is multiplied alone: its vector is the same
bit for bit, whatever was read before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.language import Language

_KNOWN = 1 << 15  # words kept: some 20 MB


def keep_vectors(nlp: Language) -> None:
    """Let the pipeline's embedding layer compute the vector of each word once."""
    model = nlp.get_pipe("tok2vec").model  # type: ignore[attr-defined]
    embed = model.get_ref("embed")
    model.layers[model.layers.index(embed)] = _kept(embed)


def _kept(embed: Any) -> Any:
    """The same layer, asked only for the words that it has not seen yet."""
    import numpy as np
    from thinc.api import Model, chain

    features, joined, tables, mix, _ = embed.layers
    looked_up: Any = chain(joined, tables)
    known: dict[bytes, Any] = {}

    def forward(_: Any, docs: Any, is_train: bool) -> Any:
        rows, _ = features(docs, is_train)
        words = [[row.tobytes() for row in doc] for doc in rows]
        if len(known) > _KNOWN:
            known.clear()
        new = {
            word: row
            for doc, doc_rows in zip(words, rows, strict=True)
            for word, row in zip(doc, doc_rows, strict=True)
            if word not in known
        }
        if new:
            parts = looked_up.predict([np.array(list(new.values()))]).dataXd
            known.update(
                (word, mix.predict(part[np.newaxis])[0]) for word, part in zip(new, parts, strict=True)
            )
        return [np.array([known[word] for word in doc]) for doc in words], None

    return Model(f"kept({embed.name})", forward)
