"""Whether a figure stands: planned or threatened ones do not yet, those that the article takes back no more."""

from __future__ import annotations

import re

from conflictstats.codebook import Codebook
from conflictstats.records import Measure, Quantity, Sentence, Status
from conflictstats.wording import Word

_EARLIER = r"(?:earlier|previous|prior|initial|original|first|preliminary|provisional|last)"
_FIGURE = r"(?:toll|tolls|death toll|figure|count|tally|estimate|number|total|report|reports|statement)"
_CHANGED = (
    r"(?:up|down|rose|risen|rises|rising|grew|grown|climbed|climbs|jumped|increased|increases|fell|fallen|dropped|declined|raised|lowered"
    r"|revised|corrected|updated|changed|cut|went|gone|doubled|tripled|decreased|reduced)"
)
# what stands before a figure that the article takes back
_BEFORE = re.compile(
    rf"(?:"
    rf"\b(?:up|down)\s+from\s+(?:an?\s+|the\s+)?(?:(?:{_EARLIER}|{_FIGURE}|of|reported|at\s+least)\s+)*"
    rf"|\b(?:an?|the|its|their|his|her)\s+{_EARLIER}(?:\s+official)?\s+{_FIGURE}\s+of\s+"
    rf"|\b{_EARLIER}\s+(?:put|said|spoke\s+of|reported|gave)\s+(?:[\w'’]+\s+){{0,4}}?"
    rf"|\b(?:previously|earlier|initially|originally|first)\s+(?:put|said|reported|announced|given|stated)\s+(?:[\w'’]+\s+){{0,5}}?"
    rf"|\bhad\s+(?:previously\s+|earlier\s+|initially\s+|first\s+|originally\s+)?(?:put|given|set|placed)\s+(?:[\w'’]+\s+){{0,6}}?(?:at|of|as)\s+"
    rf"|\bhad\s+(?:previously|earlier|initially|first|originally)\s+(?:said|reported|announced|spoken\s+of|counted)\s+(?:[\w'’]+\s+){{0,4}}?"
    rf"|\b{_CHANGED}\b(?:\s+[\w'’-]+){{0,6}}?\s+from\s+(?:an?\s+|the\s+)?(?:(?:{_EARLIER}|{_FIGURE}|of)\s+)*"
    rf"|\b(?:instead\s+of|rather\s+than|(?:and|,)\s+not)\s+(?:the\s+)?(?={{}})"
    rf"|\b(?:double|twice|triple|three\s+times|than)\s+the\s+(?={{}})"
    rf")$".replace("(?={})", "(?#as)"),
    re.I,
)
# what stands behind it
_AFTER = re.compile(
    rf"\s*(?:[\w'’-]+\s+){{0,3}}?(?:,\s*)?(?:as\s+)?(?:(?:was|were|had\s+been|been)\s+)?(?:{{}})?"
    rf"(?:(?:as\s+)?(?:first|initially|previously|originally|earlier)\s+(?:reported|stated|announced|given|thought|said|claimed|put|believed|feared)"
    rf"|(?:\w+\s+)?(?:reported|announced|stated|given|counted|said)\s+(?:(?:a|one|two|three|several)\s+)?(?:days?|hours?|weeks?|months?)?\s*(?:earlier|before|previously))\b".replace("{}", ""),
    re.I,
)
_AT_AGAIN = re.compile(r"\bhad\s+(?:put|given|set|placed)\b[^.;]*?\bat\s+[^.;]{1,40}?\band\s+at\s+$", re.I)

_PLAN = re.compile(
    r"\b(?:(?:plan|plans|planned|planning|hope|hopes|hoped|hoping|aim|aims|aimed|aiming|intend|intends|intended|intending|threaten"
    r"|threatens|threatened|threatening|vow|vows|vowed|pledge|pledges|pledged|promise|promises|promised|want|wants|wanted|seek|seeks"
    r"|offer|offers|offered|propose|proposes|proposed|prepare|prepares|preparing|prepared|ready|set|due|expected|scheduled|slated|likely"
    r"|about|poised|agreed|decided|undertook|undertaken|need|needs)\s+to"
    r"|(?:plan|plans|planned|planning|prepare|preparing|prepared|ready|set|scheduled|slated|bound|earmarked)\s+for"
    r"|(?:expect|expects|expecting|pledge|pledges|pledged|promise|promises|promised|request|requests|requested|demand|demands|demanded"
    r"|propose|proposes|proposed|seek|seeks|seeking|urge|urges|requesting|pledging|promising|threatened\s+with|plans)"
    r"|goal\s+of|target\s+of|plan\s+for|plans\s+for|offer\s+of|pledge\s+of|promise\s+of|threat\s+of"
    r"|will|would|shall|may|might|could|if|unless|in\s+case|should)\b",
    re.I,
)
# a clause ends between the word of planning and the figure
_BREAK = re.compile(
    r"[;:]|\b(?:has|had|was|were)\b|\bhave\s+been\b|\b(?:because|since|after|before|when|while|whereas|although|though|but|who|which|as)\b"
    r"|,\s*(?:and|who|which|with|saying|adding)\b|\bthat\b|\bsaid\b|\bsays\b|\btold\b",
    re.I,
)
_REAL = re.compile(
    r"\b(?:could|would|may|might|should)\s+(?:only\s+|also\s+|still\s+)?(?:(?:not\s+)?(?:verify|confirm|identify|count|see|establish|document|hear|reach|find|evacuate|have)\b|be\s+(?:verified|seen|heard|identified|confirmed|counted))"
    r"|\bcould\s+not\b|\bwould\s+(?:not\s+say|neither)\b|\bexpects?\s+(?:to\s+be\s+)?(?:blamed)\b|\bset\s+to\s+(?:music)\b",
    re.I,
)


def read_status(
    quantity: Quantity, measure: Measure | None, sentence: Sentence, words: tuple[Word, ...], codebook: Codebook
) -> tuple[Status, tuple[str, ...]]:
    """Whether the words around a figure take it back or put it in the future; denial is the source's matter."""
    text = sentence.text
    start, end = quantity.start - sentence.start, quantity.end - sentence.start
    before, after = text[:start], text[end:]
    if found := _superseded(before, after):
        return "superseded", (f"status: superseded ← {found!r}",)
    if found := _planned(before, after):
        return "hypothetical", (f"status: hypothetical ← {found!r}",)
    return "asserted", ()


def _superseded(before: str, after: str) -> str | None:
    if found := _AT_AGAIN.search(before):
        return found.group()[:40]
    if found := _BEFORE.search(before):
        words = found.group().strip()
        if re.match(r"(?:instead|rather|and|,|double|twice|triple|three|than)", words, re.I):
            behind = _AFTER.match(after)
            return f"{words} … {behind.group().strip()}" if behind else None
        return words
    if (behind := _AFTER.match(after)) and re.search(r"\b(?:not|than|the|earlier)\s*$", before, re.I):
        return behind.group().strip()
    return None


def _is_month(text: str, found: re.Match[str]) -> bool:
    """*in May*, *MAY 14*: the month, not the verb."""
    if found.group() not in ("May", "MAY"):
        return False
    return bool(
        re.match(r"\s+\d|\s*[,.]", text[found.end() :])
        or re.search(r"\b(?:in|since|of|by|until|and|to|from|late|early|mid|this|last|during|\d+)[\s-]+$", text[: found.start()], re.I)
    )


def _planned(before: str, after: str) -> str | None:
    for found in reversed(list(_PLAN.finditer(before))):
        if _is_month(before, found):
            continue
        between = before[found.end() :]
        if len(between) > 140 or _BREAK.search(between):
            continue
        if _REAL.match(before, found.start()):
            return None
        return found.group()
    # the figure is the subject: *30,000 people are set for evacuation*
    behind = next((found for found in _PLAN.finditer(after) if not _is_month(after, found)), None)
    if behind and behind.start() < 90 and not _REAL.match(after, behind.start()):
        between = after[: behind.start()]
        if behind.group().lower() in ("if", "unless", "in case", "expect", "expects", "seek", "seeks", "could", "plan", "plans"):
            return None
        if not _BREAK.search(between) and not re.search(r"[,.!?\"“”]", between) and not re.search(r"\b(?:was|were|is|are|had|has|have|killed|wounded|injured|destroyed|said)\b(?!\s*$)", between, re.I):
            return behind.group()
    return None
