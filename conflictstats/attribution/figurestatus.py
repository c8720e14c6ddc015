"""Whether a figure stands: planned or threatened ones do not yet, those that the article takes back no more.

Read from the words around the figure. Denial by a verb (*denied that …*) is the source's matter and read with
it; here is the denial that stands in the sentence itself: *the claim that 500 died is false*.
"""

from __future__ import annotations

import re
from functools import lru_cache

from conflictstats.beginnings import Openings, Several
from conflictstats.records import Measure, Quantity, Sentence, Status

_EARLIER = r"(?:earlier|previous|prior|initial|original|first|last|old)"
_FIGURE = r"(?:death\s+toll|tolls?|figures?|counts?|tally|estimates?|numbers?|totals?|reports?|statements?|version|update)"
_CHANGED = (
    r"(?:up|down|rose|risen|rises|rising|grew|grown|climbed|climbs|climbing|jumped|increased|increases|increasing|fell|fallen|falling"
    r"|dropped|declined|raised|raises|raising|lowered|lowers|lowering|revised|revises|revising|corrected|corrects|correcting|updated"
    r"|updates|updating|changed|changes|cut|cuts|went|gone|doubled|tripled|decreased|reduced|reduces|adjusted)"
)
_SAID = r"(?:said|mentioned|named|cited|reported|announced|wrote|written|given|stated|put|claimed|counted|listed|confirmed|spoken\s+of|estimated|believed|thought|feared)"
_HERE = r"(?:(?!\b(?:but|however|while|later|now)\b)[^.;])"  # in the same clause
_TOLL = re.compile(
    r"\b(?:dead|deaths?|died|killed|wounded|injured|hurt|missing|casualt\w+|fatalit\w+|victims?|bodies|toll)\b",
    re.I,
)

# what stands before a figure that the article takes back
_BEFORE = [
    re.compile(pattern + r"$", re.I)
    for pattern in (
        rf"\b(?:up|down)\s+from\s+(?:an?\s+|the\s+)?(?:(?:{_EARLIER}|{_FIGURE}|of|reported)\s+)*",
        rf"\b(?:an?|the|its|their|his|her|whose)\s+(?:\w+\s+)?{_EARLIER}(?:\s+\w+)?\s+{_FIGURE}(?:\s+(?:was|were|stood\s+at|had\s+been))?\s+(?:of\s+|at\s+)?"
        r"(?:[\d,.]+\s+(?:[a-z]+\s+){0,3}?(?:and|with)\s+)?",
        r"\b(?:earlier|previous|original|initial)\s+(?:version|statement|report|bulletin|count|announcement)(?:\s+(?:by|from|of)(?:\s+\w+){1,4})?"
        rf"\s+(?:had\s+)?(?:said|stated|reported|gave|given|put|claimed|listed|mentioned|spoke\s+of|spoken\s+of)\b{_HERE}{{0,60}}",
        rf"\b(?:retract\w*|withdrew|withdrawn|took\s+back|walked\s+back)\s+(?:an?|the|its|their|his|her)\s+(?:\w+\s+){{0,2}}?(?:{_FIGURE}|claim|announcement)\b{_HERE}{{0,60}}",
        rf"\b{_CHANGED}\b[^.;]{{0,60}}?\bfrom\s+(?:an?\s+|the\s+)?(?:(?:{_EARLIER}|{_FIGURE}|of)\s+)*",
        r"\bhad\s+(?:(?:previously|earlier|initially|first|originally)\s+)?(?:put|set|placed)\b[^.;]{0,40}?\bat\s+(?:(?:[ap]\.m\.|[^.;]){1,60}?(?:\band\s+(?:at\s+)?|,\s+(?:and\s+)?(?:then|later)\s+at\s+))?",
        rf"\bhad\s+(?:(?:previously|earlier|initially|first|originally)\s+)?given\s+(?:an?\s+|the\s+)?(?:\w+\s+)?{_FIGURE}\s+(?:of|as)\s+",
        # … and not *as previously reported*, which reminds of what stands
        rf"(?<!\bas\s)\b(?:previously|initially|originally|at\s+first)\s+(?:put|said|mentioned|named|cited|reported|announced|given|gave|stated|counted|estimated|listed)\b{_HERE}{{0,40}}?",
        rf"\b{_SAID}\s+(?:at\s+first|initially|originally)\b{_HERE}{{0,60}}?",
        r"\b(?:first|initially|originally|earlier|previously)\s+(?:spoke|spoken|talked)\s+of\s+(?:(?!\bthen\b)[^.;]){0,20}?",
        # raising an overnight toll of 30, correcting the 55 that it gave before
        rf"\b(?:raising|lowering|revising|correcting|updating|increasing|cutting|reducing|replacing)\s+(?:an?|the|its|their|his|her)\s+(?:[\w'’-]+\s+){{0,3}}?{_FIGURE}\s+(?:of|from)\s+",
        r"\b(?:correcting|replacing)\s+(?:the\s+)?",
        r"\bfirst\s+(?:reported|put\s+at|given\s+as|given|announced|announced\s+as|estimated\s+at)\b[^.;]{0,20}?",
        r"\((?:earlier|previously|before|initially|formerly|was|were|from)\s*:?\s*",
        rf"^\W*(?:initially|originally|at\s+first|previously)\b{_HERE}{{0,60}}\b{_SAID}\b{_HERE}{{0,40}}",
    )
]
_TAKEN_BACK = Several(_BEFORE)
# The article's own words of another day, in an article that corrects them …
_HEADED_CORRECTION = re.compile(
    r"[^\n]{0,60}\b(?:correction|corrected|clarification)s?\b(?!\s+(?:officer|facilit|cent))", re.I
)
_CORRECTION = Openings(
    re.compile(
        r"\b(?:article|story|report|headline|post|piece|version)\b[^.;]{0,120}\b(?:misstated|misreported|gave\s+(?:too|an?\s+(?:wrong|incorrect))"
        r"|(?:wrongly|incorrectly|mistakenly|erroneously)\s+\w+|has\s+been\s+(?:corrected|amended)|was\s+(?:corrected|amended))\b",
        re.I,
    )
)
_OWN_WORDS = re.compile(
    r"\b(?:the|an?|this|that|our|its|it)\s+(?:\w+\s+)?(?:article|story|piece|report|headline|caption|post|dispatch|item)\b[^.;]{0,80}?"
    r"(?:\b(?:said|wrote|stated|put|reported|gave|cited|quoted|claimed|described|mentioned|attributed|had|read)\b|[\"“])",
    re.I,
)
# … up to where it sets them right
_SET_RIGHT = re.compile(
    r"\b(?:where|when|while|but|whereas|instead|in\s+fact|should\s+have|rather\s+than|actually|correct\s+(?:figure|number|toll))\b|;",
    re.I,
)
# taken back only where it is a toll: news says of a toll alone what it used to be
_HAD_SAID = re.compile(
    r"\bhad\s+(?:(?:previously|earlier|initially|first|originally)\s+)?(?:said|reported|announced|counted|spoken\s+of|confirmed|listed)\b[^.;]{0,40}$"
    r"|^\W*(?:initially|originally|at\s+first|previously)\b[^.;]{0,20}$",
    re.I,
)
_SAID_BEFORE = re.compile(r"\b(?:said|says|told|added|according|reported\s+that)\b", re.I)
# *On Thursday he had spoken of 300.*: a figure alone, of another day
_ALONE = re.compile(
    rf"^\W*(?:(?:on|by|until)\s+\w+day|earlier|before|(?:an?|one|two|three|some)\s+(?:day|night|hour|week)s?\s+(?:earlier|before|ago)|(?:the\s+day|hours)\s+before"
    rf"|yesterday|in\s+the\s+morning|that\s+morning)\b[^.;]{{0,40}}\bhad\s+(?:\w+\s+)?{_SAID}(?:\s+(?:of|at|about|only|just))?\s+$",
    re.I,
)
_NO_MORE = re.compile(r"(?:\s+(?:dead|killed|deaths|people|victims|bodies))?\s*(?:[.;,]|$)", re.I)
# *double the 53 he reported a day earlier*, *not 12 as first reported*, *rather than the 20 first given*
_COMPARED = re.compile(
    r"\b(?:not|instead\s+of|rather\s+than|double|twice|triple|than|from)\s+(?:the\s+|an?\s+)?(?:earlier\s+|previous\s+|\w+\s+)?$",
    re.I,
)
_AS_BEFORE = re.compile(
    rf"\s*(?:[\w'’-]+\s+){{0,4}}?(?:as\s+|that\s+)?(?:(?:was|were|had\s+been|been)\s+)?"
    rf"(?:(?:it|he|she|they|we)\s+(?:had\s+)?(?:(?:first|initially|previously|originally|earlier|wrongly|mistakenly)\s+)?{_SAID}"
    rf"|(?:first|initially|previously|originally|earlier)\s+{_SAID}"
    rf"|{_SAID}\s+(?:(?:a|one|two|three|several|the)\s+)?(?:days?|hours?|weeks?|months?|on\s+\w+day)?\s*(?:earlier|before|previously|initially|at\s+first))\b",
    re.I,
)
_SAID_AT_FIRST = re.compile(
    rf"\s*(?:[\w'’-]+\s+){{0,3}}?,?\s*(?:as\s+)?(?:first|initially|originally|previously)\s+{_SAID}\b", re.I
)
# … and what stands behind it
_AFTER = [
    # 443 dead in the previous update
    re.compile(
        r"[^.,;]{0,40}\bin\s+(?:the|its|our|their)\s+(?:previous|earlier|last|prior|preceding)\s+(?:update|report|bulletin|count|statement"
        r"|version|edition|tally)\b",
        re.I,
    ),
]
_GIVEN_AS = re.compile(r"\b(?:figure|toll|estimate|count|tally|number|total)\s+of\s+(?:\w+\s+)?$", re.I)
_GIVEN_UP = re.compile(
    r"[^.;]{0,80}?\b(?:was|were|has|had|is)\s+(?:\w+\s+){0,2}?(?:lowered|raised|revised|corrected|cut|reduced|increased|amended|updated"
    r"|retracted|withdrawn)\b",
    re.I,
)
# the toll stands at 31, against 24 on Monday
_STANDS = re.compile(
    r"\b(?:toll|stands?\s+at|stood\s+at|number\s+of\s+(?:dead|deaths|victims|killed))\b[^.;]*\b(?:against|compared\s+(?:with|to)|versus)\s+$",
    re.I,
)
_BEFORE_NOW = re.compile(
    r"\s*(?:dead|killed|deaths)?\s*(?:on\s+\w+day|yesterday|earlier|previously|(?:the|an?|one|two|three)\s+(?:day|night|hour|week|month)s?"
    r"\s+(?:before|earlier|ago))\b",
    re.I,
)
_CORRECTED = re.compile(
    r"\b(?:correct\w*|revis\w+|clarif\w+|mistake\w*|amend\w+|erroneous\w*|wrong\w*|in\s+error)\b", re.I
)
_WRONG_REPORT = re.compile(rf"\b{_EARLIER}\s+{_FIGURE}\s+(?:of|that|said)\b[^.;]*$", re.I)
_TURNED_OUT = re.compile(
    r"\b(?:turned\s+out|proved|was|were|is)\b[^.;]{0,20}\b(?:wrong|false|incorrect|untrue|mistaken|unfounded|too\s+high|too\s+low"
    r"|a\s+mistake|an\s+error|in\s+error|premature)\b",
    re.I,
)
_AND_NOT = re.compile(r"(?:,|\band|\()\s*not\s+(?:the\s+)?$", re.I)

_FALSE = (
    r"(?:false|falsehoods?|untrue|not\s+true|incorrect|fakes?|lies?|nonsense|fabricated|fabrications?|baseless|unfounded|groundless|propaganda"
    r"|disinformation|misinformation|fiction|invented|inventions?|made[\s-]up|hoax|exaggerated|an?\s+exaggeration|absurd|wrong|rubbish|myth|fantas(?:y|ies)"
    r"|fairy\s?tales?|jokes?|laughable|ludicrous|delusions?|wishful\s+thinking|without\s+(?:any\s+)?(?:foundation|basis)|far\s+from\s+(?:the\s+)?(?:truth|reality))"
)
_CLAIM = (
    r"(?:claims?|reports?|statements?|allegations?|assertions?|rumours?|rumors?|figures?|suggestions?|accusations?|news|number|talk|stor(?:y|ies)"
    r"|announcements?|boasts?|versions?)"
)
_NOT_SO = re.compile(
    rf"\b(?:{_FALSE}|no\s+(?:truth|evidence|basis|proof))\s+(?:that|of|for|(?:in|to|behind)\s+(?:\w+\s+){{0,3}}?{_CLAIM})\b"
    rf"|\b(?:called|calls|calling|branded|described|denounced|labelled)\s+(?:\w+\s+){{0,3}}?{_CLAIM}\s+(?:that|of|about)\b",
    re.I,
)
_CLAIMED = re.compile(
    rf"\b{_CLAIM}\s+(?:that|of|to|about|regarding|concerning|on|by|from|in)\b"
    # *What the rebels say about the capture of 300*
    r"|^\W*what\b[^,;:]{1,60}\b(?:say|says|claims?|reports?|circulat\w+|spread\w*|publish\w*|announc\w+|alleg\w+|boast\w*)\b",
    re.I,
)
_IS_FALSE = re.compile(
    rf"\b(?:is|are|was|were|as)\s+(?:an?\s+|all\s+|the\s+)?(?:(?!not\b)(?:\w+ly|mere|pure|cruel|blatant|outright|sheer|complete|total|another|big)\s+){{0,2}}{_FALSE}\b"
    r"|\b(?:have|has|had)\s+no\s+(?:basis|foundation|truth)\b",
    re.I,
)
# *COPREFA lies when it speaks of 38 dead*
_LIES = re.compile(r"\b(?:(?:lies|lied|lying)\s+(?:when|by\s+\w+ing)|(?:lied|lying)\s+about)\b[^.;]*$", re.I)
# *Not 31 but three of them*
_NOT = re.compile(r"\bnot\s+$", re.I)
_BUT = re.compile(r"\s*(?:[\w-]+\s+){0,3}?,?\s*but\s+(?:only\s+|just\s+|rather\s+)?(?:\d|[a-z]+\b)", re.I)

_PLAN = Openings(
    re.compile(
        r"\b(?:(?:plan|plans|planned|planning|hope|hopes|hoped|hoping|aim|aims|aimed|aiming|intend|intends|intended|intending|threaten"
        r"|threatens|threatened|threatening|vow|vows|vowed|vowing|pledge|pledges|pledged|pledging|promise|promises|promised|promising|want"
        r"|wants|wanted|seek|seeks|sought|offer|offers|offered|propose|proposes|proposed|prepare|prepares|preparing|prepared|ready|set"
        r"|expected|scheduled|slated|likely|about|poised|decided|undertook|undertaken|need|needs|order|ordered|authorised|authorized|committed(?=\s+to\s+(?!(?:the|an?|this|that|its|their|his)\b)))\s+to"
        r"|due\s+to\s+(?:be|receive|arrive|get|start|begin|deliver|send|leave|hand|join|take|go|come|free|release|return)"
        r"|(?:agree|agrees|agreed|agreeing|agreement|deal)\b(?:\s+[\w']+){0,4}?\s+to(?=\s+[a-z])"
        r"|(?:proposal|demand|request|offer|appeal|bid|order|ultimatum)s?\s+(?:to|for)"
        r"|(?:plan|plans|planned|planning|prepare|preparing|prepared|ready|set|scheduled|slated|bound|earmarked)\s+for"
        r"|(?<!so-)(?:ask|asks|asked|asking|appeal|appeals|appealed|appealing|call|calls|called|calling|press|presses|pressed|request|requests|requested)"
        r"\b(?:\s+[\w']+){0,4}?\s+(?:for|to)"
        r"|(?:is|are|was|were)\s+to\s+(?:be\s+)?(?=\w+)"
        r"|(?<!despite )(?:expect|expects|expecting|expected|pledge|pledges|pledged|pledging|promise|promises|promised|promising|request|requests"
        r"|requested|demand|demands|demanded|propose|proposes|proposed|seek|seeks|seeking|urge|urges|threatened\s+with|needs|requires)"
        r"|considering|weighing|mulling|contemplating|wants|aims?\s+for|hopes?\s+for|hoping\s+for|pressing\s+for|budgeted\s+for|quota\s+of"
        r"|goal\s+of|(?<!the )(?<!been )(?<!been a )target\s+of|plans?\s+for|offer\s+of|pledge\s+of|promise\s+of|threat\s+of|request\s+for"
        r"|will|would|shall|may|might|could|if|unless|in\s+case|should)\b",
        re.I,
    )
)
# a clause ends between the word of planning and the figure
_BREAK = re.compile(
    r"[;:]|\b(?:has|had|was|were)\b|\bhave\s+been\b|\b(?:because|since|after|before|when|while|whereas|although|though|but|who|which|as|where|following)\b"
    r"|\b(?:on\s+top\s+of|in\s+addition\s+to|besides|than\s+the|already|suggesting|alleging)\b|\bsay\b"
    # *to the convoy that killed 20*
    r"|\bthat\s+(?:\w+ly\s+)?(?:\w+ed|left|hit|took|cost|struck|shot|saw)\b"
    r"|,\s*(?:and|who|which|with|saying|adding)\b|\bsaid\b|\bsays\b|\btold\b"
    # *pledged three and delivered four*
    r"|\band\s+(?:then\s+|has\s+|have\s+|had\s+)?(?:\w+ed|gets|got|lost|sent|took|shot|fell|hit|gave|made|left|held|fled|brought)\b",
    re.I,
)
_AFTER_BREAK = re.compile(
    r"[,.!?\"“”]|\bwhat\b|\b(?:nobody|no\s+one|he|she|we|they|I)\b|day\b|\bif\b|\b(?:was|were|is|are|had|has|have|killed|wounded|injured|destroyed|said)\b(?!\s*$)",
    re.I,
)
# Past ability and cautious statements: the figure is meant to stand.
_REAL = re.compile(
    r"\b(?:could|would|may|might|should)\s+(?:only|also|still|not|have|no\s+longer|verify|confirm|identify|count|see|establish|document|hear|reach|find"
    r"|be\s+(?:verified|seen|heard|identified|confirmed|counted|under|trapped|missing))\b|\bcould\s+\w+\s+only\b|\bwould\s+neither\b"
    r"|\bwould\s+(?:mean|represent|amount)\b"
    r"|\bwould\s+(?:put|bring|take|raise|push)\s+(?:to\s+)?(?:the|its|their)\s+(?:\w+\s+){0,3}?(?:number|toll|total|figure|tally|count|losses|dead)\b"
    r"|\b(?:may|might|could)\s+still\s+be\b|\b(?:is|are|was|were)\s+to\s+(?:blame|date|the|a)\b|\bset\s+to\s+music\b",
    re.I,
)
# The toll may rise: of this figure that says nothing, unless it is the one that it may rise to.
_RISES = re.compile(
    r"(?:could|may|might|will|would|(?:likely|expected|set|bound|sure|certain|going)\s+to)\s+(?:still\s+|yet\s+|even\s+|well\s+|continue\s+to\s+)*"
    r"(?:rise|climb|increase|grow|go\s+up|worsen|mount|change|be\s+higher|be\s+revised)\b"
    r"(?!\s+(?:\w+\s+)?(?:to|by|above|beyond|past|as\s+high)\b)",
    re.I,
)
_MAY_BE = re.compile(r"\s+(?:well\s+|still\s+|in\s+fact\s+|actually\s+)?be\s+", re.I)


# *Earlier in the day SANA reported ten dead*, where *the toll has since risen to 20*
_RISEN = Openings(
    re.compile(
        r"\b(?:toll|number|count|tally|dead|deaths|casualties|killed|victims|figure)\b[^.;\n]{0,120}\b(?:risen|rose|rises|climbed|climbs|increased|grown|grew|jumped|gone\s+up|mounted)\s+to\b",
        re.I,
    )
)
_THAT_DAY = re.compile(
    rf"(?:(?<![a-z] )|(?<=\) ))\bEarlier\s+(?:in\s+the\s+(?:day|morning|evening)|on\s+\w+day|today|this\s+\w+|\w+day)\b{_HERE}{{0,90}}\b{_SAID}\b{_HERE}{{0,40}}$"
)


def has_risen(text: str) -> bool:
    """Whether an article says of a toll that it has risen since."""
    return any(_RISEN.finditer(text))


def is_correction(text: str) -> bool:
    """Whether an article takes back what another edition of it said."""
    return _HEADED_CORRECTION.match(text) is not None or any(_CORRECTION.finditer(text))


def read_status(
    quantity: Quantity,
    measure: Measure | None,
    sentence: Sentence,
    *,
    corrects: bool = False,
    risen: bool = False,
) -> tuple[Status, tuple[str, ...]]:
    """Whether the words around a figure take it back, call it false, or put it in the future.

    `corrects`: the article is a correction; what it says that the article said stands no more.
    `risen`: the article gives a toll that has risen; what was said earlier in the day stands no more.
    """
    text = sentence.text
    before, after = text[: quantity.start - sentence.start], text[quantity.end - sentence.start :]
    if corrects and (own := _OWN_WORDS.search(before)) and not _SET_RIGHT.search(before[own.start() :]):
        return "superseded", (f"status: superseded ← {own.group()!r}",)
    if found := _superseded(before, after, measure, risen):
        return "superseded", (f"status: superseded ← {found[:60]!r}",)
    if found := _called_false(before, after):
        return "denied", (f"status: denied ← {found[:60]!r}",)
    if found := _planned(before, after):
        return "hypothetical", (f"status: hypothetical ← {found!r}",)
    return "asserted", ()


def _superseded(before: str, after: str, measure: Measure | None, risen: bool) -> str | None:
    if _is_place(before):
        return None
    if (found := _taken_back(before, after)) is not None:
        return found
    toll = (
        _TOLL.search(before[-60:] + " " + after[:60])
        if measure is None
        else measure.event in ("killed", "wounded", "casualties", "missing")
    )
    if toll and risen and (that_day := _THAT_DAY.search(before)):
        return that_day.group()
    if toll and (said := _HAD_SAID.search(before)) and not _SAID_BEFORE.search(before[: said.start()]):
        return said.group().strip()
    return None


@lru_cache(maxsize=256)
def _taken_back(before: str, after: str) -> str | None:
    """The words that take a figure back, whatever it counts."""
    for match in _TAKEN_BACK.search(before):
        words = match.group()
        if re.search(r"\bfrom\s", words, re.I) and not _is_change(words, after):
            continue
        return words.strip()
    if _COMPARED.search(before) and (found := _AS_BEFORE.match(after)):
        return found.group().strip()
    if found := _SAID_AT_FIRST.match(after):
        return found.group().strip()
    for pattern in _AFTER:
        if found := pattern.match(after):
            return found.group().strip()
    if _GIVEN_AS.search(before) and (found := _GIVEN_UP.match(after)):
        return found.group().strip()
    if _STANDS.search(before) and (found := _BEFORE_NOW.match(after)):
        return found.group().strip()
    if (
        _AND_NOT.search(before)
        and re.match(r"\s*(?:[\w-]+\s*){0,2}(?:[.;,)]|$)", after)
        and (_CORRECTED.search(before) or _TOLL.search(before))
    ):
        return "not"
    if (found := _WRONG_REPORT.search(before)) and _TURNED_OUT.search(after):
        return found.group()
    if (found := _ALONE.search(before)) and _NO_MORE.match(after):
        return found.group().strip()
    return None


_FROM_THERE = re.compile(
    r"\b(?:fired|launched|advanced|coming|arrived|returned|withdrew)\b[^.;]*\bfrom\s+(?:the\s+)?$", re.I
)


def _is_place(before: str) -> bool:
    """*advanced from …*, *fired from …*: no change of a figure."""
    return _FROM_THERE.search(before) is not None


def _is_change(words: str, after: str) -> bool:
    """*up from 19*, *to 17 from 18*, *from 30 to 46*; not *rose from 12 villages*."""
    return bool(
        re.match(
            r"(?:up|down|revised|corrected|lowered|raised|increased|reduced|adjusted|updated|amended|changed)\s+from",
            words,
            re.I,
        )
        or re.search(r"\bto\s+[^.;]*\bfrom\b", words, re.I)
        or re.match(
            r"\s*(?:[\w-]+\s+){0,3}?to\s+(?:at\s+least\s+|about\s+|some\s+|more\s+than\s+|nearly\s+|over\s+|around\s+)?[\w]",
            after,
            re.I,
        )
        or re.search(rf"{_EARLIER}|{_FIGURE}", words, re.I)
    )


@lru_cache(maxsize=256)
def _called_false(before: str, after: str) -> str | None:
    if (found := _NOT_SO.search(before)) and not re.search(r"[;:]", before[found.end() :]):
        return found.group()
    if found := _LIES.search(before):
        return found.group()
    if _NOT.search(before) and (found := _BUT.match(after)) and not re.match(r"\s*only\b", after):
        return "not" + found.group()
    claim = _CLAIMED.search(before)
    if (
        claim
        and (found := _IS_FALSE.search(after))
        and not re.search(r"[;:]", before[claim.end() :] + after[: found.start()])
    ):
        return found.group()
    return None


def _is_month(text: str, found: re.Match[str]) -> bool:
    """*in May*, *MAY 14*: the month, not the verb."""
    if found.group() not in ("May", "MAY"):
        return False
    return bool(
        re.match(r"\s+\d|\s*[,.]", text[found.end() :])
        or re.search(
            r"\b(?:in|since|of|by|until|and|to|from|late|early|mid|this|last|during|\d+)[\s-]+$",
            text[: found.start()],
            re.I,
        )
    )


@lru_cache(maxsize=256)
def _planned(before: str, after: str) -> str | None:
    for found in reversed(list(_PLAN.finditer(before))):
        between = before[found.end() :]
        if _is_month(before, found) or len(between) > 140 or _BREAK.search(between):
            continue
        if _REAL.match(before + after, found.start()):
            return None
        if found.group().casefold() in ("may", "might", "could") and _MAY_BE.fullmatch(between):
            return None  # *the toll may be as high as 400,000*: an estimate of what is, and no plan
        if _RISES.match(before + after, found.start()):
            continue
        return found.group()
    # the figure is the subject: *30,000 people are set for evacuation*
    behind = next((found for found in _PLAN.finditer(after) if not _is_month(after, found)), None)
    if behind is None or behind.start() > 90:
        return None
    if _REAL.match(after, behind.start()) or _RISES.match(after, behind.start()):
        return None
    if re.match(
        r"if|unless|in case|expect|seek|want|consider|weigh|mull|contemplat|hope|aim|plan|need|require|ask|call|request|demand|agree|deal",
        behind.group(),
        re.I,
    ) and not re.search(r"\b(?:expected|agreed|planned)\s+to$", behind.group(), re.I):
        return None
    between = after[: behind.start()]
    if (
        _BREAK.search(between)
        or _AFTER_BREAK.search(between)
        or between.rstrip().endswith((" and", " or", " but"))
    ):
        return None
    return behind.group()
