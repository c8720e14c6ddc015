"""conflictstats: what news articles claim in numbers about armed conflicts, and where the claims compete.

The path of one article:

1. `articles` reads any file into an `Article`: its text, its publication date, where both came from.
2. `sentences` splits it and parses, with spaCy, those sentences that hold a figure.
3. `quantities` reads number, hedge and unit: "at least six" is low 6, best 6, no upper bound.
4. `measures` says what is counted and what happened to it: `killed`, `person`.
5. `parties`, `attribution` and `setting` say who did it to whom, who says so, when and where.
6. `claims` puts these together: "in article A, source S says …, in these words".
7. `tables` makes tidy DataFrames of claims, articles and rejects; every row keeps its characters.
8. `compare` finds the questions that figures compete on, and whether they can be compared at all.
9. `charts` draws them; notebooks tell the story; `report` leaves PDFs.

    import conflictstats as cs

    corpus = cs.load("seeds/")
    comparison = cs.compare(corpus.claims)

Unknown is empty, never 0; nothing is guessed silently; each row says which words decided it.
"""

import sys
from types import ModuleType
from typing import Any

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)


_MODULES = ("charts", "findings", "reference", "story")


class _Package(ModuleType):
    """The verbs `cs.compare`, `cs.quantities`, `cs.report` and `cs.show` are called like the modules they live in.

    Importing such a module binds it to the package under its name, and would hide the verb.
    """

    def __setattr__(self, name: str, value: Any) -> None:
        if not (name in __all__ and name not in _MODULES and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
