"""Figures that count nothing about the conflict, though the words around them are those of a claim.

Those who live somewhere, one man of many, the places where people are or belong to, the garden in which somebody
was buried, money, the dead of a disease. `counts_nothing` is asked once of every count, when its noun and its
event are known.
"""

from __future__ import annotations

import re

from conflictstats.codebook import Codebook
from conflictstats.measures.narrowing import read_item
from conflictstats.measures.nouns import Counted
from conflictstats.measures.predicates import Found
from conflictstats.records import Quantity, Sentence

_POPULATION = re.compile(
    r"\b(?:city|town|village|camp|district|region|province|country|nation|enclave|territory|community|population|settlement"
    r"|metropolis|suburb|neighbou?rhood|island|township|home) (?:of|to) (?:(?:about|around|some|nearly|almost|over|roughly|only|just|more than|at least|an estimated|its|the) ){0,2}$",
    re.I,
)
_DISEASE = re.compile(
    r"\b(?:cholera|measles|dengue|malaria|meningitis|polio|ebola|mpox|covid(?:-19)?|diphtheria|typhoid|malnutrition|starvation|famine)\b"
    r"|\bcases and (?:\w+ )?[\d,.]+ deaths\b",
    re.I,
)
_MONEY = re.compile(r"\s+in\s+(?:losses|damages?|property|aid|cash|compensation|revenue)\b", re.I)
_IN_A = re.compile(r"\b(?:in|during|after|by|from) $", re.I)
_OF_ONE = re.compile(r"\b(?:of|from) $")
_OF_ITS = re.compile(r"\s+of\s+(?:its|his|her|their|our|the|those|these|[\w-]+['’]?s)\b", re.I)
_THE = re.compile(r"\b(?:the|both) $", re.I)
_WITHIN = frozenset("of from in across throughout at near around between outside".split())


def counts_nothing(
    quantity: Quantity, counted: Counted, found: Found | None, sentence: Sentence, codebook: Codebook
) -> bool:
    """Whether a count is no claim, by its noun, the event that was found for it, and the words beside it."""
    start = quantity.start - sentence.start
    before, after = sentence.text[max(0, start - 45) : start], sentence.text[quantity.end - sentence.start :]
    return (
        _who_speak(quantity, before, after)
        or _who_live_there(counted, found, before)
        or _other_things(quantity, counted, found, before, after, sentence)
        or _one_known(quantity, counted, found, before, after)
        or _where_they_are(counted, found, codebook)
    )


def _of_people(counted: Counted) -> bool:
    return counted.item in ("person", "civilian", "combatant", None)


# "four out of five of the town's 170,000 residents"
_SHARED = re.compile(
    r"\b(?:per ?cent|percent|half|thirds?|quarters?|fifths?|tenths?|most|many|some|out of [\w,]+) of (?:the |its |their )?(?:[\w-]+(?:['’]s?)? ){0,3}$"
)


# "…, said one of the doctors": behind the words of a source, and not "police said one of the rebels was killed"
_SPOKEN_BY = re.compile(
    r"(?:[,\"”’'] ?(?:said|says|added|recalled|recounted|explained|told|stated|according to)|\baccording to) (?P<some>(?:one|two|some|several) of (?:the|those|these|its|their) )?$"
)
_OF_WHOM = re.compile(r"\s+of\s+(?:the|those|these|its|his|their|several|many|[\w-]+['’]s)\b", re.I)
_SPEAKERS = 3  # who speak at once
# "Two officials, who spoke on condition of anonymity, told …"
_UNNAMED = re.compile(
    r"(?: [\w'’-]+){1,5},? (?:who )?(?:spoke|speaking|talked|talking|told)\b[^.;]{0,40}?\b(?:on|under) (?:the )?condition of anonymity\b"
    r"|(?: [\w'’-]+){1,5},? (?:who )?(?:spoke|speaking) anonymously\b",
    re.I,
)


def _who_speak(quantity: Quantity, before: str, after: str) -> bool:
    if before.lower().endswith("according to "):
        return True  # "according to two officials"
    if _UNNAMED.match(after) is not None:
        return True
    spoken = _SPOKEN_BY.search(before)
    return (
        spoken is not None
        and (spoken["some"] is not None or (quantity.high <= _SPEAKERS and _OF_WHOM.match(after) is not None))
        and not re.search(r"\b(?:was|were|had|has|have)\b", after[:60].partition(",")[0].partition(".")[0])
    )


def _who_live_there(counted: Counted, found: Found | None, before: str) -> bool:
    """ "A city of 300,000", "a city where 300,000 people live"."""
    if not _of_people(counted):
        return False
    if _POPULATION.search(before) or (
        counted.item in ("civilian", "person") and _SHARED.search(before) is not None
    ):
        return True
    return counted.token.head.lemma_ in ("live", "reside", "dwell") and (found is None or found.cost > 1.5)


def _other_things(
    quantity: Quantity, counted: Counted, found: Found | None, before: str, after: str, sentence: Sentence
) -> bool:
    if _MONEY.match(after):
        return True  # "millions in losses"
    if found is not None and found.event == "killed" and _DISEASE.search(sentence.text):
        return True
    if counted.item is None and not counted.elided:
        if quantity.high == 0:
            return True  # "no delivery since"
        struck = (
            found is not None and found.role == "object" and found.event in ("hit", "damaged", "destroyed")
        )
        if (
            quantity.best == 1
            and found is not None
            and not (struck and found.cost <= 0.7 and _OF_ITS.match(after))
        ):
            return True  # "in one garden", but "struck one of its centres"
    if quantity.high == 0 and found is not None and found.words in ("have", "use", "need", "want"):
        return counted.item != "combatant"  # "had no vehicle fit for the road"
    if quantity.best != 1:
        return False
    if counted.item == "household":
        return _OF_ONE.search(before) is not None  # "children of a single extended family"
    action = counted.item in ("attack", "airstrike", "shelling", "clash")
    return action and _IN_A.search(before) is not None  # "lost 40 men in a single firefight"


def _one_known(quantity: Quantity, counted: Counted, found: Found | None, before: str, after: str) -> bool:
    """One of many who is told of, or some of whom it is known who they are."""
    if found is None or found.event not in ("deployed", "held", "conducted", "repelled"):
        return False
    if quantity.best == 1 and _OF_ITS.match(after):
        return True  # "one of its fighters had fired on the crowd"
    # "the two pilots were on a test flight"
    return _of_people(counted) and quantity.high <= 3 and _THE.search(before) is not None


def _where_they_are(counted: Counted, found: Found | None, codebook: Codebook) -> bool:
    """ "Residents of three hamlets", "members of two families", "killed in four villages": where people are or belong
    is counted as a place, and is no claim."""
    preposition = counted.token.head
    if counted.item is None or counted.token.dep_ != "pobj" or preposition.lower_ not in _WITHIN:
        return False
    if found is not None and found.token.i > counted.token.i and counted.token.is_ancestor(found.token):
        return False  # something of its own is said of them: "residents of three hamlets that were burned"
    governor = read_item(preposition.head, codebook)
    of_people = governor not in (None, "none") and codebook.group(governor) == "people"
    if counted.item == "settlement":
        return of_people or found is None or found.cost > 0.9
    people = codebook.group(counted.item) == "people" and counted.item != "household"
    return of_people and not people and preposition.lower_ in ("of", "from")
