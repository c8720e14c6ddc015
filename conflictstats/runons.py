"""Where one thing runs into the next without a stop between them, as in text taken from web pages.

A page's headline, date and agency are set apart by its layout; the text alone reads "20 dead in air raids NGO AFP Monday
24 Oct 2016 Sixteen civilians were killed". Parsed as one sentence, the headline's figures would take the source, the day
and the place of the body. A word that opens sentences, with a capital, in the middle of lower-case prose and without a
stop before it, begins one; so does what stands before and behind a bare date stamp or the sign of an agency.
"""

from __future__ import annotations

import re

_DAY = r"(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?,? )"
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)"
)
_STAMP = re.compile(
    rf"(?:(?:Date of publication|Last updated(?: at| on)?|Published(?: on| at)?|Updated(?: on| at)?|Posted(?: on)?):? )?"
    rf"(?:{_DAY}?\d{{1,2}} {_MONTH}\.?,? \d{{4}}|{_DAY}?{_MONTH}\.? \d{{1,2}},? ?\d{{4}}|\d{{1,2}}[-.]\d{{1,2}}[-.]\d{{4}})\b"
    r"(?: \d{2}:?\d{2}\b(?::?\d{2})?(?: ?(?:[AaPp][Mm]|GMT|UTC))?)?"
)
_YEAR_OF_STAMP = re.compile(r"\d{4}")
_AGENCY = re.compile(
    r"(?:AFP|Reuters|REUTERS|AP|dpa|DPA|EFE|Xinhua|UPI|ANSA|ANKA|AA|TASS|PTI|ANI)(?= +[A-Z\d])"
)
_LETTER = re.compile(r"\w")
_OPENER = re.compile(
    r"(?<=[\w)%]) +(?=(At least|More than|Less than|Fewer than|According to|As many as|Up to|An?|The|In|On|It|He|She|They|We"
    r"|This|These|Those|There|Some|Several|Dozens|Hundreds|Thousands|Scores|Another|Meanwhile|Earlier|After|Two|Three|Four"
    r"|Five|Six|Seven|Eight|Nine|Ten)\b)"
)
_COUNTS = frozenset(
    "Some Several Dozens Hundreds Thousands Scores Two Three Four Five Six Seven Eight Nine Ten".split()
)
# A capital in the middle of these is a name's: "told The Guardian", "in The Hague", "Section A"
_BEFORE_NAMES = frozenset(
    "in at of to from for by with and or near via on as than but told tells about into over against between since until"
    " a an the its his her their our is was are were be been called named titled entitled newspaper paper website channel".split()
)
_BEFORE_LETTERS = frozenset(
    "group plan class section type hepatitis level grade vitamin area zone phase annex appendix point route line team"
    " building block terminal stage form part category option".split()
)
_BEFORE_PLACES = frozenset("in of near at across around for".split())
_LINKS = frozenset("of for in and the on to a an at by with from or as".split())
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
# Words looked at, characters of them, and how many in small letters tell prose from a title
_SEEN, _REACH, _ENOUGH = 9, 120, 2
_LONGEST_WORD, _YEAR = 60, 4


_TOWN = r"[A-ZÀ-Þ][\w'’]+(?:[ -][A-ZÀ-Þ][\w'’]+){0,2}"
_DATED = rf",? {_MONTH}\.? \d{{1,2}}(?:, ?\d{{4}})?"
_DATELINE = re.compile(
    rf"\s*(?:{_TOWN}(?:, [A-Z][\w. ]{{2,25}}?)?(?:{_DATED})? ?\([A-Z][\w .,&/-]{{1,29}}\) ?[-–—]{{1,2}}\s*"
    rf"|{_TOWN}, [A-Z][\w. ]{{2,25}}? [—–] (?=[A-Z\"“])"
    rf"|{_TOWN}{_DATED} ?\([A-Z][\w .,&/-]{{1,29}}\):? (?=[A-Z\"“])|{_TOWN},{_DATED[2:]} ?(?::|[-–—]{{1,2}}) )(?=\S)"
)
_LINE_BEGINS = re.compile(r"(?:\A|\n|\A\s*date:? \S+)\s*\Z")  # behind the header of a text, too
_NEAR_TOP = 1_000  # characters


def dateline(text: str, start: int) -> int | None:
    """Where the dateline ends with which a line begins, in small letters: "Kano, Nigeria (AP) - ", "Srinagar, Apr 23: ".

    Those in capitals are known by them.
    """
    if start > _NEAR_TOP or not _LINE_BEGINS.search(text, 0, start):
        return None
    found = _DATELINE.match(text, start)
    return found.end() if found is not None else None


def run_ons(text: str, start: int, end: int) -> list[int]:
    """Where in `text[start:end]`, a stretch without a stop, something new begins, in order."""
    found = set()
    for mark in _STAMP.finditer(text, start, end) if _YEAR_OF_STAMP.search(text, start, end) else ():
        if _stands_alone(text, start, mark.start(), mark.end(), end):
            found |= {mark.start(), mark.end()}
    for mark in _AGENCY.finditer(text, start, end):
        if mark.start() and _LETTER.match(text, mark.start() - 1):
            continue  # within a word; asked last, for few words begin so
        at = mark.end()
        dated = _STAMP.match(text, at + 1, end) is not None
        if _ends_line(text, start, mark.start()) and (dated or _opens(text, at, end)):
            found |= {mark.start(), at}
    for mark in _OPENER.finditer(text, start, end):
        if _ends_line(text, start, mark.start(), mark[1]) and _opens(text, mark.end(), end):
            found.add(mark.end())
    return sorted(place for place in found if start < place < end)


def _stands_alone(text: str, start: int, stamp: int, stamp_end: int, end: int) -> bool:
    """Whether a date is a page's and no part of a sentence: nothing leads to it and nothing follows from it."""
    following = text[stamp_end:end].lstrip(" |")[:1]
    return (
        (stamp == start or _ends_line(text, start, stamp))
        and not following.islower()
        and following not in tuple(",;:()–—-")
    )


def _ends_line(text: str, start: int, at: int, opener: str = "") -> bool:
    """Whether what stands before can be the end of a line: a word that does not ask for another."""
    before = text[max(start, at - _LONGEST_WORD) : at].rstrip(" |")
    if not before or not (before[-1].isalnum() or before[-1] in ")%"):
        return False
    *others, last = before.split()
    word = last.lower().strip("()")
    if word in _BEFORE_NAMES or (opener == "A" and word in _BEFORE_LETTERS):
        return False
    if opener in _COUNTS and last[0].isupper() and not (others and others[-1] in _BEFORE_PLACES):
        return False  # "Attacks Kill 50 Injure Dozens"
    return not (word[:1].isdigit() and (":" in word or len(word) < _YEAR))  # a clock time, a number on a list


def _opens(text: str, at: int, end: int) -> bool:
    """Whether prose follows: lower-case words that are more than links within a title."""
    words = [word.group() for word in _WORD.finditer(text, at, min(end, at + _REACH))][1:_SEEN]
    return sum(word[0].islower() and word not in _LINKS for word in words) >= _ENOUGH
