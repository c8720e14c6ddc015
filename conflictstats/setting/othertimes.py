"""Figures and days that stand apart: compared figures, running totals, the day of a saying."""

from __future__ import annotations

import re
from functools import lru_cache

from conflictstats.periods import Period
from conflictstats.records import Sentence
from conflictstats.setting.bonds import SettingWords, opens_sentence
from conflictstats.setting.clauses import Spot, Tree


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
    if period.kind not in ("day", "week", "weekend", "month", "year") or tree.doc is None:
        return False
    governor = tree.governor(period.start, period.end)
    if governor is None:
        return False
    verb = tree.doc[governor]
    if (
        period.kind == "day"
        and verb.lemma_ in _GIVES
        and any(c.dep_ == "dobj" and c.lemma_ in _COUNTS for c in verb.children)
    ):
        return True  # "on Sunday the mayor gave a toll of 41 dead"
    if verb.text.casefold() not in words.verbs:
        return False
    if verb.dep_ == "relcl":
        return True
    day = tree.at(period.start) or 0
    # the last of its subjects: the parse may give it that of the clause in front, too
    speakers = [child for child in verb.children if child.dep_ == "nsubj" and child.i < verb.i]
    speaker = speakers[-1] if speakers else None
    if speaker is not None and day < speaker.i and not opens_sentence(sentence, period):
        # "ten died in the capital Saturday the group said": the dying's, where no new clause begins with the day
        return bool(
            re.search(
                r"(?:\b(?:and|but|while|although|when|as|where)|[,;:—–-])\s(?:\w+\s)?$",
                text[: period.start - sentence.start],
                re.I,
            )
        )
    # "reported 20 attacks on Monday": the attacks'; "on Saturday they quoted sources as saying that": the saying's
    objects = [child for child in verb.children if child.dep_ in ("dobj", "nsubjpass")]
    clauses = any(
        child.dep_ in ("ccomp", "xcomp") or any(c.dep_ == "pcomp" for c in child.children)
        for child in verb.children
    )
    if any(not clauses or o.i < day for o in objects):
        return False
    if any(child.dep_ == "ccomp" and verb.i < child.i < day - 2 for child in verb.children):
        return False  # "said that 60 were killed in raids on the town on Sunday", wherever the parse hangs it
    # "on Tuesday, the ministry said, ten died": in brackets, so that the day is free for what happened
    return not re.match(r"\s*,\s[^,]{3,60},", text[end:]) if opens_sentence(sentence, period) else True


_GIVES = frozenset("give provide issue release publish cite offer revise update".split())
_COUNTS = frozenset("toll count tally figure estimate number balance total".split())

# A figure behind these is of another time than its sentence tells.
_OTHER_TIME = re.compile(
    r"(?:\b(?:double|twice|triple|up\sfrom|down\sfrom|compared\s(?:to|with)|in\saddition\sto(?=\s(?:the|its)\s)|add(?:s|ed|ing)\sto(?=\s(?:the|its|an?)\s)|on\stop\sof|instead\sof|rather\sthan|"
    r"an?\searlier\s\w+\sof|from\san\searlier)\s(?:the\s|its\s|an?\s)?(?:previous\s|earlier\s|initial\s)?)$",
    re.I,
)
_EARLIER_FIGURE = re.compile(
    r"^\W*(?:[\w-]+\s){0,4}?(?:(?:he|she|it|they)\s)?(?:had\s)?(?:occupied|taken|seized|reported|announced|recorded|killed|given|counted)?\s?"
    r"(?:earlier|previously|before\sthat|the\s(?:previous(?!\s(?:\d+|[a-z]+)\s?-?(?:hours|days|weeks|months))|day\sbefore)|a\s(?:day|week|month|year)\searlier)\b",
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
    r"\b(?:bring|brings|bringing|brought|takes?|taking|took|raise[sd]?|raising|push(?:es|ed|ing)?|lift(?:s|ed|ing)?|"
    r"puts|putting|increas(?:es|ed|ing)|dr(?:iving|ove))\b(?P<what>[^,.;]{3,80}?)\bto\s(?:[\w-]+\s){0,3}$"
    r"|\b(?:bringing|taking|raising|pushing|lifting)\sto\s(?:[\w-]+\s){0,2}$",
    re.I,
)
# "Their deaths brought to 69 the number of soldiers killed since May"
_ARRIVED = re.compile(
    r"\b(?:brings|brought|takes|took|raises|raised|pushed|lifted)\sto\s(?:[\w-]+\s){0,2}$", re.I
)
_THE_NUMBER = re.compile(
    r"\s(?:the|its|their)\s(?:[\w-]+\s)?(?:number|toll|total|count|tally|figure)\b", re.I
)
_SINCE_THEN = re.compile(r"^[^,.;]{0,60}\bsince\s*(?:[.,;]|$)", re.I)
_SINCE = re.compile(
    r"^[^,.;]{0,40}\bsince\s(?:being\b|[\w-]+ing\b|(?:he|she|they|it|its|their|his|her|the|a|an|then|that|this|those)\b)",
    re.I,
)
_JOINED = re.compile(r"\b(?:and|but|while)\b", re.I)


def total_opens(spot: Spot) -> int:
    """Where the words begin that arrive at a running total."""
    sentence = spot.sentence
    opened = _TOTAL.search(sentence.text[: spot.quantity.start - sentence.start])
    return sentence.start + opened.start() if opened else spot.quantity.start


@lru_cache(maxsize=16)
def is_total(spot: Spot) -> bool:
    """Whether the figure is a running total that the sentence arrives at: "bringing the toll to 34,000"."""
    text, start, end = (
        spot.sentence.text,
        spot.quantity.start - spot.sentence.start,
        spot.quantity.end - spot.sentence.start,
    )
    opened = _TOTAL.search(text[:start])
    toll = opened and (opened["what"] is None or _TOLL.search(opened["what"]))
    arrived = _ARRIVED.search(text[:start]) and _THE_NUMBER.match(text[end:])
    return bool(toll) or bool(arrived) or bool(_SINCE_THEN.match(text[end:]))


_TOLL = re.compile(
    r"\b(?:toll|total|number|count|tally|figure|dead|deaths|killed|wounded|losses|casualties|fatalities)s?\b",
    re.I,
)


def since_something(spot: Spot, periods: list[Period]) -> bool:
    """Whether the figure counts from an event that no day is named for: "three have died since being brought in"."""
    sentence, end = spot.sentence, spot.quantity.end
    found = _SINCE.match(sentence.text[end - sentence.start :])
    return (
        found is not None
        and not _JOINED.search(found[0])
        and not any(p.kind == "since" and end <= p.start < end + found.end() for p in periods)
    )


_REVISED = re.compile(
    r"\b(?:(?:up|down)\sfrom|revis(?:ed|ing)|correct(?:ed|ing)|updat(?:ed|ing)|an?|the|its)\s(?:an?\s|the\s|its\s)?"
    r"(?:(?:initial|initially|earlier|previous|previously|preliminary|first|original|reported|announced|provisional|official)\s)+"
    r"(?:(?:death\s)?(?:toll|count|figure|estimate|tally|number|total|report|reports)\s(?:of\s)?)?(?:[\w-]+\s){0,1}$"
    r"|\b(?:up|down)\sfrom\s$",
    re.I,
)
_ANOTHER_TIME = re.compile(
    r"\b(?:week|month|year|day|yesterday|ago|quarter|monday|tuesday|wednesday|thursday|friday|saturday|sunday|january|february|"
    r"march|april|may|june|july|august|september|october|november|december|\d{4})\b",
    re.I,
)


def revised(spot: Spot) -> bool:
    """Whether a compared figure is an older count of the same thing: "24, up from an initial 19"."""
    text, start, end = (
        spot.sentence.text,
        spot.quantity.start - spot.sentence.start,
        spot.quantity.end - spot.sentence.start,
    )
    behind = re.split(r"[,.;]", text[end:], maxsplit=1)[0]
    return bool(_REVISED.search(text[:start])) and not _ANOTHER_TIME.search(behind)
