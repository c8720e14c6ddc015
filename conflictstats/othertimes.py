"""Figures and days that stand apart: compared figures, running totals, the day of a saying."""

from __future__ import annotations

import re

from conflictstats.bonds import SettingWords, opens_sentence
from conflictstats.clauses import Spot, Tree
from conflictstats.periods import Period
from conflictstats.records import Sentence


def of_saying(period: Period, sentence: Sentence, tree: Tree, words: SettingWords) -> bool:
    """Whether a period tells when something was said, not when it happened."""
    text = sentence.text
    end = period.end - sentence.start
    if period.of_saying:
        return True
    if (
        period.anaphoric
        and period.kind == "day"
        and re.search(r"\b(?:toll|number|figure|count)\b", text)
        and re.search(r"later|earlier|before", period.text)
    ):
        return True  # "had put the toll at 11 in its first report and at 14 a day later"
    if period.kind != "day" or tree.doc is None:
        return False
    governor = tree.governor(period.start, period.end)
    if governor is None or tree.doc[governor].text.casefold() not in words.verbs:
        return False
    verb = tree.doc[governor]
    if verb.dep_ == "relcl":
        return True
    # "reported 20 attacks on Monday": the attacks'; "on Saturday they quoted sources as saying that": the saying's
    objects = [child for child in verb.children if child.dep_ in ("dobj", "nsubjpass")]
    clauses = any(
        child.dep_ in ("ccomp", "xcomp") or any(c.dep_ == "pcomp" for c in child.children)
        for child in verb.children
    )
    if any(not clauses or o.i < (tree.at(period.start) or 0) for o in objects):
        return False
    # "on Tuesday, the ministry said, ten died": in brackets, so that the day is free for what happened
    return not re.match(r"\s*,\s[^,]{3,60},", text[end:]) if opens_sentence(sentence, period) else True


# A figure behind these is of another time than its sentence tells.
_OTHER_TIME = re.compile(
    r"(?:\b(?:double|twice|triple|up\sfrom|down\sfrom|compared\s(?:to|with)|in\saddition\sto|on\stop\sof|instead\sof|rather\sthan|"
    r"an?\searlier\s\w+\sof|from\san\searlier)\s(?:the\s|its\s|an?\s)?(?:previous\s|earlier\s|initial\s)?)$",
    re.I,
)
_EARLIER_FIGURE = re.compile(
    r"^\W*(?:[\w-]+\s){0,4}?(?:(?:he|she|it|they)\s)?(?:had\s)?(?:occupied|taken|seized|reported|announced|recorded|killed|given|counted)?\s?"
    r"(?:earlier|previously|before\sthat|the\s(?:previous|day\sbefore)|a\s(?:day|week|month|year)\searlier)\b",
    re.I,
)


def compared(spot: Spot) -> bool:
    """Whether the figure is one that the sentence's own is held against: more than double the 53 of Monday."""
    text, start, end = (
        spot.sentence.text,
        spot.quantity.start - spot.sentence.start,
        spot.quantity.end - spot.sentence.start,
    )
    return bool(_OTHER_TIME.search(text[:start])) or bool(
        _EARLIER_FIGURE.match(text[end : end + 60]) and spot.measure.aggregation != "increment"
    )


_TOTAL = re.compile(
    r"\b(?:bringing|brings|taking|takes|raising|raises|pushing|pushes)\b[^,.;]{3,60}\bto\s(?:[\w-]+\s){0,3}$",
    re.I,
)
_SINCE_THEN = re.compile(r"^[^,.;]{0,60}\bsince\s*(?:[.,;]|$)", re.I)


def is_total(spot: Spot) -> bool:
    """Whether the figure is a running total that the sentence arrives at: "bringing the toll to 34,000"."""
    text, start, end = (
        spot.sentence.text,
        spot.quantity.start - spot.sentence.start,
        spot.quantity.end - spot.sentence.start,
    )
    return bool(_TOTAL.search(text[:start]) or _SINCE_THEN.match(text[end:]))
