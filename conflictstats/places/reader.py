"""Where: the places that a text names, looked up in the gazetteer or told by their form.

The gazetteer (`data/gazetteer.txt.xz`, GeoNames) knows towns and divisions, `codebook/places.toml` what news
calls otherwise, and a form tells the rest: "Perekopska Street", "the village of X". A name alone is never
enough: nearly every word is a place somewhere. It must be capitalised, be no part of a longer name, and
lie in a country of the article, or be a place that everybody knows. A country is no place, nor is a capital
that speaks.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from conflictstats.beginnings import Openings
from conflictstats.codebook import Codebook
from conflictstats.places.gazetteer import ARTICLES, WELL_KNOWN, Gazetteer, Kind, Row, fold, gazetteer
from conflictstats.places.links import Links, links


@dataclass(frozen=True, slots=True)
class Place:
    """A place where it stands in a text: its name as written, and what the gazetteer knows of it."""

    start: int
    end: int
    text: str
    kind: Kind
    place_id: str | None = None
    region: str | None = None
    country: str | None = None
    lat: float = math.nan
    lon: float = math.nan
    before: str = ""  # the preposition in front: in, near, to … or an attack's verb
    people: int = 0  # as far as the gazetteer knows


# ---- the words around a name ----------------------------------------------------------------------

_ARTICLE = (
    r"(?:(?:al|el|ash|Al|El|Ash|AL|EL)(?:- ?| )|(?:as|an|ad|ar|at|az|ez|es|ed|As|An|Ad|Ar|At|Az|Ez|Es|Ed)-|"
    r"(?:(?<=in )|(?<=near )|(?<=of )|(?<=from )|(?<=and ))(?:As|An|Ad|Ar|At|Az|Ez|Es|Ed) (?!Least)(?=[A-Z]))?"
)
_NAME = re.compile(rf"(?<![\w'’-]){_ARTICLE}[A-ZÀ-ÞŁŚŞČĎŽŠĐĞİ][\wÀ-ɏ]*(?:['’ʼ-][\wÀ-ɏ]+)*")
_GLUE = re.compile(r"(?: |-| (?:al|el|de|del|du|da|do|dos|la|las|los|of|e|i|ez|az|ash|al-|el-)[ -]| ?- ?)")
_OWN = re.compile(r"(?:['’]s|s['’]|['’])$")
_LANDS = re.compile(
    r"(?:country|province|region|governorate|state|district|county|department|island|city|capital|enclave|territory)['’]s"
)
_COMPOUND = re.compile(
    r"-(?:occupied|held|backed|led|based|run|controlled|linked|affiliated|made|style|born|administered|installed|aligned|speaking|allied|annexed|majority|dominated|inhabited|populated|ruled|besieged|loyal|facing)$",
    re.I,
)
_NO_PLACE_BEHIND = re.compile(
    r"\s(?:television|TV|radio|news|newspaper|channel|agency|group(?:ing)?|[Bb]attle\s?group|brigade|battalion|regiment|division|corps|formation|detachment|"
    r"command|missiles?|drones?|rockets?|tanks?|system|airliners?|family|clan|movement|party|front\s(?:fighters|militants))\b",
    re.I,
)
_TOKEN = re.compile(r"[\w’'-]+|[^\w\s]")
_ADJECTIVE = re.compile(r"[A-Z][\w’']*(?:['’]?s|an|ese|ish|ian|i)")
_NEAR_CAPITAL = re.compile(
    r"\b(?:approach|approaches|road|way|suburbs?|outskirts|centre|center|cit(?:y|ies)|residents|people|inhabitants|parts)"
    r"\s(?:to|of)\s$"
)
_OPENER = re.compile(r"(?:^|[.!?:\n]['\"”’)]*\s*|[-–—]\s)$")
# What every title ends in: only behind it are the many titles tried.
_OF = re.compile(r"\s(?:of|called|named|known\sas)\s(?:the\s)?$", re.I)
_LONGEST = 5  # words of a name


class _Words(NamedTuple):
    """The word lists, as sets and patterns."""

    kind_of: dict[str, Kind]
    behind: re.Pattern[str]
    before_of: re.Pattern[str]
    compass: frozenset[str]
    longest_title: int
    compass_before: re.Pattern[str]
    nameless: Openings
    here: frozenset[str]
    about: re.Pattern[str]
    event: re.Pattern[str]
    events: frozenset[str]
    struck: re.Pattern[str]
    breaks: frozenset[str]
    streets: frozenset[str]
    attacked: frozenset[str]
    entered: frozenset[str]
    peoples: frozenset[str]
    toponyms: frozenset[str]
    between: frozenset[str]
    of: frozenset[str]
    speaking: re.Pattern[str]
    stop: frozenset[str]
    beside: frozenset[str]
    countries: dict[str, str]
    country_names: Openings
    long_countries: re.Pattern[str]  # of several words
    demonyms: frozenset[str]
    demonym_of: dict[str, str]
    codes: dict[str, str]


def _any(names: Sequence[str]) -> str:
    """Alternatives, the longest first; those of one first letter together, so that few are tried at a place."""
    together: dict[str, list[str]] = {}
    for name in sorted(names, key=len, reverse=True):
        together.setdefault(name[0].lower(), []).append(re.escape(name).replace(r"\ ", r"\s"))
    return "|".join(
        f"(?=[{re.escape(first + first.upper())}])(?:{'|'.join(rows)})" for first, rows in together.items()
    )


@cache
def _words(codebook: Codebook) -> _Words:
    lists = {name: entry.names for name, entry in codebook.placewords.items()}
    kind_of: dict[str, Kind] = {}
    kinds: tuple[Kind, ...] = ("settlement", "district", "site", "region")
    for kind in kinds:
        kind_of |= dict.fromkeys(lists[kind], kind)
    for country in codebook.countries.values():
        kind_of |= {word: "region" for word in country.words if word not in kind_of}
    known = _any(list(kind_of))
    compass = _any(lists["compass"])
    states = {name: side for name, side in codebook.sides.items() if side.kind == "state"}
    demonym_of = {
        word: name for name, side in states.items() if name in codebook.countries for word in side.adjectives
    }
    country_names = [n for entry in codebook.countries.values() for n in entry.names]
    return _Words(
        kind_of=kind_of,
        behind=re.compile(
            rf"(?P<first>(?:['’]s)?\s)(?:(?:North|South|East|West|Central)\s)?(?P<word>{known})\b(?!['’]s\s(?:said|told))",
            re.I,
        ),
        before_of=re.compile(
            rf"\b(?P<word>{known}|{_any(lists['about'])}|{_any(lists['titles'])})\s(?:of|called|named|known\sas)\s(?:the\s)?$",
            re.I,
        ),
        longest_title=max(map(len, (*kind_of, *lists["about"], *lists["titles"]))),
        compass=frozenset(lists["compass"]),
        compass_before=re.compile(rf"\b(?:{compass})(?:[\s-](?:and\s)?(?:{compass}))?\s(?:the\s)?$", re.I),
        nameless=Openings(re.compile(rf"\b(?:{_any(lists['nameless'])})\b", re.I)),
        here=frozenset((*lists["here"], *lists["struck"])),
        about=re.compile(rf"\s(?:{_any(lists['about'])})\b", re.I),
        event=re.compile(rf"(?:['’]s)?\s(?:[\w-]+\s)?(?:{_any(lists['events'])})\b", re.I),
        events=frozenset(lists["events"]),
        struck=re.compile(
            rf"\s(?:was|were|is|has\sbeen|had\sbeen|have\sbeen)\s(?:\w+ly\s|also\s|again\s)?(?:{_any(lists['struck'])}|shaken|shelled|under)\b"
            r"|\s(?:came|comes|come)\sunder\b",
            re.I,
        ),
        breaks=frozenset(lists["breaks"]),
        streets=frozenset(lists["streets"]),
        attacked=frozenset(lists["struck"]),
        entered=frozenset(lists["entered"]),
        peoples=frozenset(lists["peoples"]),
        toponyms=frozenset(lists["toponyms"]),
        between=frozenset(lists["between"]),
        of=frozenset((*lists["of"], *lists["titles"], *kind_of)),
        speaking=re.compile(rf"\s(?:{_any(lists['speaking'])})\b", re.I),
        stop=frozenset(lists["stop"]),
        beside=frozenset(lists["beside"]),
        countries={fold(n): name for name, entry in codebook.countries.items() for n in (name, *entry.names)},
        country_names=Openings(re.compile(rf"\b(?:{_any([*demonym_of, *country_names])})\b")),
        long_countries=re.compile(
            rf"(?:{_any([n for name, entry in codebook.countries.items() for n in (name, *entry.names) if ' ' in n])})(?!\w)"
        ),
        demonyms=frozenset(fold(w) for side in states.values() for w in (*side.adjectives, *side.people)),
        demonym_of=demonym_of,
        codes={entry.code: name for name, entry in codebook.countries.items()},
    )


class _Name(NamedTuple):
    """A capitalised word where it stands."""

    start: int
    end: int
    text: str


class _View(NamedTuple):
    """A text with its names, and what the rules know."""

    text: str
    names: list[_Name]
    shouted: tuple[tuple[int, int], ...]  # stretches in capitals throughout, where a capital tells nothing
    words: _Words
    table: Gazetteer
    home: tuple[str, ...]  # the countries of the article's war
    nearby: tuple[str, ...]  # those that it names besides
    links: Links


def find_places(text: str, codebook: Codebook, countries: Sequence[str] = ()) -> tuple[Place, ...]:
    """The places that the text names, in order.

    `countries` (ISO codes) are those that the article is about: they settle which of several places of a name
    is meant, and let in small towns. Countries that the text names besides come after them.
    """
    words = _words(codebook)
    home = tuple(words.codes[code] for code in countries if code in words.codes)
    shouted = _shouted(text)
    told = "\n".join((text, *(text[a:b].title() for a, b in shouted)))
    named = (
        words.demonym_of.get(m[0]) or words.countries[fold(m[0])] for m in words.country_names.finditer(told)
    )
    names = [_Name(m.start(), m.end(), m[0]) for m in _NAME.finditer(text)]
    nearby = tuple(country for country in dict.fromkeys(named) if country not in home)
    view = _View(text, names, shouted, words, gazetteer(codebook), home, nearby, links(codebook))
    found: list[Place] = []
    position = 0
    while position < len(names):
        place, used = _at(view, position)
        if place is not None:
            found.append(place)
        position += used
    found += _nameless(view, found)
    return tuple(sorted(found, key=lambda place: place.start))


def _shouted(text: str) -> tuple[tuple[int, int], ...]:
    return tuple(
        m.span()
        for m in re.finditer(r"[^\n]+", text)
        if len(m[0]) > 20 and sum(map(str.isupper, m[0])) > 3 * sum(map(str.islower, m[0]))
    )


# "targeted on Wednesday morning the market"
_TIME = re.compile(
    r"\s(?:(?:on|early|late|early\son|late\son)\s)?(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|yesterday|today|overnight|earlier|later)"
    r"(?:\s(?:morning|afternoon|evening|night))?,?\s(?=(?:the\s)?$)",
    re.I,
)


_LONGEST_TIME = 60  # characters
# One of these is in its last word, which is looked at first.
_OF_TIME = ("day", "night", "morning", "afternoon", "evening", "later", "earlier")
_LAST_OF_TIME = 16  # characters, with "the" behind it


def _preposition(before: str, words: _Words) -> str:
    """The preposition that a name stands behind, or an attack's verb: "in" in "in the rebel-held city of"."""
    last = before[-_LAST_OF_TIME:].casefold()
    timed = any(word in last for word in _OF_TIME)
    time = _TIME.search(before, max(0, len(before) - _LONGEST_TIME)) if timed else None
    if time is not None:
        before = before[: time.start()] + before[time.end() :]
    tokens: list[str] = _TOKEN.findall(before)
    position = len(tokens) - 1
    loose = 0  # words that may stand in front of "city of", whatever they are
    while position >= 0:
        token = tokens[position]
        plain = token.casefold()
        ahead = tokens[position - 1].casefold() if position else ""
        if f"{ahead} {plain}" in words.here:
            return f"{ahead} {plain}"
        if plain == "of" and ahead in words.of:
            position, loose = position - 2, 5
            continue
        if plain in words.here:
            if not (plain.endswith("ed") and ahead in ("the", "a", "an", "its", "their")):
                return plain
            position -= 1  # "of the besieged city of"
            continue
        if token in "\x22“”‘«»":
            position -= 1
            continue  # the attack on the "El Paraiso" garrison
        if _LANDS.fullmatch(token):
            position -= 1
            continue  # "in the province's Bala Buluk district"
        if token[0].isupper() and (own := _OWN.search(token)):
            position -= 1
            for more in range(1, _LONGEST + 1):
                country = " ".join(
                    (*tokens[max(0, position - more + 1) : position + 1], token[: own.start()])
                )
                if fold(country) in words.countries:
                    position -= more  # "in Burkina Faso's eastern Gourma province"
                    break
            continue  # "in Kherson's Dniprovskyi district"
        if plain not in words.between and not _COMPOUND.search(token) and not _ADJECTIVE.fullmatch(token):
            if not loose or plain in words.breaks or not token[0].isalpha():
                return ""
            loose -= 1
        position -= 1
    return ""


def _kind_word(written: str, words: _Words) -> Kind:
    return words.kind_of.get(re.sub(r"\s+", " ", written.casefold()), "settlement")


# "in Amhara", "across northern Shan": the land of a people, by its name.
_THEIR_LAND = re.compile(
    r"\b(?:in|across|throughout|into|inside|within|over)\s(?:[a-z-]+ern\s|central\s|rural\s)?$"
)


# ---- one name -------------------------------------------------------------------------------------


class _Ahead(NamedTuple):
    """What stands in front of a name: the words, its preposition, and the title that it is "of"."""

    text: str
    here: str
    title: re.Match[str] | None


class _Spot(NamedTuple):
    """One name, or several in a row, and the words around it."""

    view: _View
    position: int
    length: int
    start: int
    end: int
    name: str
    folded: str
    ahead: _Ahead
    loud: bool

    @property
    def before(self) -> str:
        return self.ahead.text

    @property
    def last(self) -> _Name:
        return self.view.names[self.position + self.length - 1]

    @property
    def after(self) -> _Name | None:
        following = self.position + self.length
        return self.view.names[following] if following < len(self.view.names) else None


def _at(view: _View, position: int) -> tuple[Place | None, int]:
    """The place that begins at a name, and how many names it takes."""
    first, names, words = view.names[position], view.names, view.words
    plain = fold(first.text)
    both = _bears_two(first, position, view)  # "Sistan and Baluchestan"
    city = _bears_city(first, position, view)  # "Guatemala City", "Kuwait City"
    if not (city or both or _is_land(first, view)) and (
        plain in ARTICLES
        or plain in words.demonyms
        or (
            plain in words.peoples
            and not _THEIR_LAND.search(view.text[max(0, first.start - 40) : first.start])
        )
        or (plain in words.peoples and not _ALONE.match(view.text, first.end))
        or plain.rstrip("s") in words.countries
        or _COMPOUND.search(first.text)
    ):
        named = _named_for_country(first, position, view) if plain not in ARTICLES else None
        return named if named is not None else (_part_of_country(first, view), 1)
    if (long := words.long_countries.match(view.text, first.start)) is not None:
        part = _part_of_country(_Name(first.start, long.end(), long[0]), view)
        if part is not None:
            return part, sum(
                1 for name in names[position : position + _LONGEST + 1] if name.start < long.end()
            )
    run = 1 + (city or both)
    loud = any(a <= first.start < b for a, b in view.shouted)
    while (
        run < _LONGEST
        and position + run < len(names)
        and _GLUE.fullmatch(view.text, names[position + run - 1].end, names[position + run].start)
        and not _OWN.search(names[position + run - 1].text)
        and not (loud and names[position + run].text.casefold() in words.breaks)
        and not _ends_run(names[position + run].text, loud, words)
    ):
        run += 1
    ahead = _ahead(view.text[max(0, first.start - 90) : first.start], words)
    spots = []
    for length in range(run, int(city or both), -1):
        end = names[position + length - 1].end
        own = _OWN.search(view.text[first.start : end])
        if own:
            end = first.start + own.start()
        name = view.text[first.start : end]
        spots.append(_Spot(view, position, length, first.start, end, name, fold(name), ahead, loud))
        place = _known(spots[-1])
        if place is not None:
            return place, length
    formed = _formed(spots)
    if formed is not None:
        return formed, max(1, sum(1 for n in names[position : position + run] if n.end <= formed.end))
    return _ahead_of_title(spots), 1


def _bears_city(name: _Name, position: int, view: _View) -> bool:
    """Whether a country's name is the first word of its capital's: "Guatemala City"."""
    if position + 1 == len(view.names) or fold(name.text) not in view.words.countries:
        return False
    following = view.names[position + 1]
    return (
        following.text.casefold() == "city"
        and view.text[name.end : following.start] == " "
        and any(
            row.kind in ("capital", "settlement") for row in view.table.look_up(fold(f"{name.text} City"))
        )
    )


def _bears_two(name: _Name, position: int, view: _View) -> bool:
    """Whether a name is the first of two that one region bears: "Sistan and Baluchestan"."""
    if position + 1 == len(view.names):
        return False
    following = view.names[position + 1]
    if view.text[name.end : following.start] != " and ":
        return False
    return any(row.kind == "region" for row in view.table.look_up(fold(f"{name.text} and {following.text}")))


def _is_land(name: _Name, view: _View) -> bool:
    """Whether a people's, a country's or a person's name is that of a region: "Shan state", "the Vladimir region"."""
    behind = view.words.behind.match(view.text, name.end)
    if behind is None or behind["first"] != " " or _kind_word(behind["word"], view.words) != "region":
        return False
    return any(
        row.kind == "region" and row.country in (*view.home, *view.nearby)
        for called in (name.text, view.text[name.start : behind.end()])
        for row in view.table.look_up(fold(called))
    )


def _ahead_of_title(spots: list[_Spot]) -> Place | None:
    """A place behind "in" whose next word bears a capital by chance: "in Idlib Defies the World", "in Aleppo According to"."""
    if spots[0].ahead.here not in _PLACING or spots[0].loud:
        return None
    for spot in spots[1:]:
        known = _known(spot, free=True)
        if known is not None and known.country in spot.view.home and fold(known.text) == spot.folded:
            return known
    return None


_NAMED_ITSELF = re.compile(
    r"(?<![\w’'-])(?!(?:The|A|An|This|That|In|At|Near|From|And)\s)[A-ZÀ-Þ][\w’'-]*[a-zà-ÿ]\s\Z"
)


def _ahead(before: str, words: _Words) -> _Ahead:
    of = _OF.search(before, max(0, len(before) - 16))
    title = words.before_of.search(before, max(0, of.start() - words.longest_title)) if of else None
    if (
        title is not None
        and words.kind_of.get(title["word"].casefold()) == "settlement"
        and _NAMED_ITSELF.search(before, 0, title.start())
    ):
        title = None  # "Tarr Lay village of Katha township"
    return _Ahead(before, _preposition(before, words), title)


def _ends_run(name: str, loud: bool, words: _Words) -> bool:
    """Whether a capitalised word belongs to no name in front of it: "Deir el-Zour Syrias SANA", where a stop is lost."""
    plain = fold(name)
    country = plain.endswith("s") and plain[:-1] in words.countries
    return country or (not loud and name.isupper() and len(name) > 2)


def _named_for_country(name: _Name, position: int, view: _View) -> tuple[Place, int] | None:
    """A street, hospital or square that bears a country's name: "Kuwait roundabout", "the Indonesian Hospital"."""
    words = view.words
    behind = words.behind.match(view.text, name.end)
    if (
        behind is None
        or behind["first"] != " "
        or _OWN.search(name.text)
        or _kind_word(behind["word"], words) not in ("site", "district")
    ):
        return None
    country = words.countries.get(fold(name.text)) or words.demonym_of.get(name.text)
    if country in view.home:
        return None  # "a market in Syria", told as "in Syria market blast"
    if behind["word"][0].islower() and (
        fold(name.text) not in words.countries or behind["word"] not in words.streets
    ):
        return None
    here = _preposition(view.text[max(0, name.start - 90) : name.start], words)
    if not here:
        return None
    kind = _kind_word(behind["word"], words)
    used = sum(1 for n in view.names[position : position + 3] if n.end <= behind.end())
    return Place(name.start, behind.end(), view.text[name.start : behind.end()], kind, before=here), max(
        1, used
    )


def _part_of_country(name: _Name, view: _View) -> Place | None:
    """A part of a country: "in southern Lebanon". A country alone is no place."""
    country = view.words.countries.get(fold(name.text))
    before = view.text[max(0, name.start - 60) : name.start]
    compass = view.words.compass_before.search(before) if country is not None else None
    if compass is None:
        return None
    begin = name.start - len(before) + compass.start()
    here = _preposition(view.text[max(0, begin - 60) : begin], view.words)
    if not here:
        return None
    return Place(begin, name.end, view.text[begin : name.end], "part", country=country, before=here)


def _rows(spot: _Spot, behind: re.Match[str] | None) -> list[Row]:
    """What the gazetteer has under a name: with the word behind it, as written, or much like it."""
    view, table = spot.view, spot.view.table
    if behind and behind["first"] == " ":
        longer = fold(view.text[spot.start : behind.end()])
        if longer in table.own:
            return list(table.own[longer])
        regions = [row for row in table.look_up(longer) if row.kind == "region"]  # "Niger State"
        if regions:
            return regions
    rows = table.look_up(spot.folded)
    settled = any(row.kind in ("settlement", "capital") or row.people == WELL_KNOWN for row in rows)
    at_home = any(row.country in view.home or row.country is None for row in rows)
    capital = any(row.kind == "capital" for row in rows)
    if settled and (at_home or capital or len(spot.folded) < 5):
        return rows
    if spot.length > 1 and spot.folded.split(" ")[0] in view.words.here:
        return rows  # "In Rafah" is not Ein Rafa; In Amenas is written so
    alike = [row for row in table.look_alike(spot.folded) if row.country in (view.home or view.nearby)]
    if not rows:
        return alike if len({row.name for row in alike}) <= 3 else []
    return [*rows, *(row for row in alike if row.kind != "region")]


def _known(spot: _Spot, free: bool = False) -> Place | None:
    """A name that the gazetteer has, where the words around it let it be a place; free of the names beside it, if told."""
    view, words, text = spot.view, spot.view.words, spot.view.text
    if len(spot.folded) < 3:
        return None
    if spot.length == 1 and spot.folded in words.stop and not _is_land(spot.last, view):
        return None
    if spot.name.isupper() and len(spot.name) < 6 and not spot.loud:
        return None  # an acronym: "in KLA uniform"
    behind = words.behind.match(text, spot.end)
    rows = _rows(spot, behind)
    if not rows or _NO_PLACE_BEHIND.match(text, spot.end):
        return None
    here, title = spot.ahead.here, spot.ahead.title
    kind = (
        _kind_word(behind["word"], words) if behind else _kind_word(title["word"], words) if title else None
    )
    if not here and words.struck.match(text, spot.end):
        here = "struck"
    marked = bool(here) or kind is not None or bool(spot.loud and words.event.match(text, spot.end))
    home = [row for row in rows if row.country in view.home or row.country is None]
    if not home and here:
        home = [row for row in rows if row.country in view.nearby]
    row = _choose(home or rows, kind, spot.folded)
    if behind and kind != "region" and _holds_next(spot, row, behind):
        behind, kind = None, None  # "the Damascus suburb of Daraya"
    if not home and not (_famous(row, marked, view) or _alone(rows, spot.folded, here)):
        return None
    if spot.loud and not (marked and (home or row.kind == "capital")):
        return None
    if not (free or _free(spot, marked)) or _speaks(spot, row, kind, here, marked):
        return None
    stop = spot.end
    if behind and (behind["first"] == " " or kind == "region"):
        stop = behind.end()
    return Place(
        spot.start, stop, text[spot.start : stop], _shape(row, kind, behind),
        row.place_id, row.region, row.country, row.lat, row.lon, here, row.people % WELL_KNOWN,
    )  # fmt: skip


def _holds_next(spot: _Spot, row: Row, behind: re.Match[str]) -> bool:
    """Whether a quarter or suburb of a known place is named right behind: not "the Daraya suburb of Damascus"."""
    view, after = spot.view, spot.after
    link = view.text[spot.end : after.start] if after is not None else ""
    if after is None or behind["first"] != " " or not view.links.says_either(link):
        return False
    if row.kind in ("region", "area", "sea"):
        return True
    named = after
    if behind["word"].casefold() != "district":  # which may be the land around a town
        following = view.names[spot.position + spot.length :][:3]
        named = next((n for n in following if fold(n.text) not in view.words.demonyms), after)
    people = max(
        (r.people % WELL_KNOWN for r in view.table.look_up(fold(named.text)) if r.country in view.home),
        default=0,
    )
    return row.kind == "capital" or row.people % WELL_KNOWN > people


def _shape(row: Row, kind: Kind | None, behind: re.Match[str] | None) -> Kind:
    """What a place is, by the word beside it where there is one: "Odesa port", "Homs province"."""
    if row.kind not in ("settlement", "capital") or kind is None:
        return row.kind
    if (
        kind == "district"
        and behind
        and behind["word"].casefold() in ("district", "raion", "county", "subdistrict")
    ):
        return "region"  # the land around a town
    return row.kind if kind == "settlement" else kind


def _speaks(spot: _Spot, row: Row, kind: Kind | None, here: str, marked: bool) -> bool:
    """Whether a town stands for its government: "Moscow said", "according to Kyiv"."""
    if row.kind == "capital" and kind is None:
        vague = not here or here in ("from", "of", "for", "against", "by", "between", "and", "to")
        if vague and not _NEAR_CAPITAL.search(spot.before):
            return True
    return (
        not marked
        and row.kind == "settlement"
        and bool(spot.view.words.speaking.match(spot.view.text, spot.end))
    )


def _alone(rows: list[Row], folded: str, here: str) -> bool:
    """Whether only one place in the gazetteer bears a name, and the text says that something is there."""
    return (
        len(folded) > 5 and here in ("in", "at", "near") and len(rows) == 1 and fold(rows[0].name) == folded
    )


def _famous(row: Row, marked: bool, view: _View) -> bool:
    """A place of no country of the article that is meant all the same."""
    if not view.home:
        return row.people > 50_000 or row.kind != "settlement" or (marked and row.people > 5_000)
    if row.kind in ("capital", "sea", "area"):
        return True
    return marked and row.people >= 300_000


def _choose(rows: list[Row], kind: Kind | None, folded: str) -> Row:
    """Of several places of a name: the region where the words say so, else our own, else the largest town."""
    if kind == "region":
        regions = [row for row in rows if row.kind in ("region", "area")]
        if regions:
            return regions[0]
    own = [row for row in rows if row.people == WELL_KNOWN]
    if own:
        return own[0]
    towns = [row for row in rows if row.kind in ("settlement", "capital")]
    if towns:
        largest = max(towns, key=lambda row: (row.people, row.place_id))
        namesakes = [row for row in towns if fold(row.name) == folded]
        usual = max(namesakes, key=lambda row: (row.people, row.place_id), default=largest)
        # a village of that name is not meant where a city has it as an old spelling
        return usual if 20 * usual.people > largest.people else largest
    return rows[0]


def _free(spot: _Spot, marked: bool) -> bool:
    """Whether the name stands alone: no part of a person's or an institution's."""
    view, words, last, after = spot.view, spot.view.words, spot.last, spot.after
    if after is not None and view.text[last.end : after.start] in (" ", "-") and not _OWN.search(last.text):
        if marked and after.text.isupper() and len(after.text) > 1:
            return True  # a headline: "in Qamishli ISIL Attack"
        if (
            not _beside(after.text, words)
            and fold(after.text) not in words.kind_of
            and not _large_town(after.text, view)
        ):
            return False
    if not spot.position:
        return True
    ahead = view.names[spot.position - 1]
    if (
        view.text[ahead.end : spot.start] != " "
        or _OWN.search(ahead.text)
        or _COMPOUND.search(ahead.text)
        or _beside(ahead.text, words)
        or _large_town(ahead.text, view)
    ):
        return True
    plain = fold(ahead.text)
    if _OPENER.search(view.text[max(0, ahead.start - 4) : ahead.start]) and (plain in words.stop or marked):
        return True
    return plain.endswith("s") and plain[:-1] in words.countries  # "Syrias Aleppo"


def _large_town(name: str, view: _View) -> bool:
    """Whether a name is that of a large town at home, so that it begins another place: "in Aleppo Hama Damascus"."""
    return any(
        row.country in view.home and row.kind in ("settlement", "capital") and row.people >= 50_000
        for row in view.table.look_up(fold(name))
    )


def _beside(name: str, words: _Words) -> bool:
    plain = fold(name)
    return (
        plain in words.beside
        or plain in words.between
        or plain in words.compass
        or plain in words.demonyms
        or plain in words.peoples
        or plain in words.countries
    )


# ---- places told by their form --------------------------------------------------------------------

_PLACING = frozenset(("in", "at", "near", "around", "outside", "on"))
_LISTED = re.compile(
    r",\s(?:(?:in|a|the|an)\s)?(?:(?:northern|southern|eastern|western|central|rural|the)\s)*"
)
# Capitalised words behind "in" that are no place.
_NOT_THERE = re.compile(
    r"(?:Arabic|English|Russian|Ukrainian|Hebrew|French|Spanish|Turkish|Congress|Parliament|Ramadan|Islam|Telegram|Twitter|"
    r"Facebook|Operation|Resolution|Article|Phase|Chapter|Europe|Africa|Asia|America|Latin|Arab|Western|Eastern|Northern|"
    r"Southern|Central|Middle|Rocket|Mortar|Missile|Drone|Shell(?:ing|fire)?|Barrel|Bomb|Car|Suicide|Terror(?:ist)?|Rebel|Regime|Government|"
    r"Coalition|Chemical|Toxic|Gunfire|Friendly|Heavy|Fresh|Deadly|Latest|Joint|Ground|Land|Crossfire|Retaliatory|(?:Air)?[Ss]trikes?|Attacks?|Raids?|Clashes|Bombings?|Blasts?|Explosions?|Battles?|Village|"
    r"Town|City|War|Fighting|Talks|Christian|Muslim|Human|World|Cold|Gulf|State|Supreme|High|General|Foreign|Interior|"
    r"Defen[cs]e|Prime|President|\w+day|\w+ember|January|February|March|April|May|June|July|August|October)\b|[A-Z]{2,}\b"
)
# What may stand behind a name that nobody knows, for it to be the place that "in" says it is.
_ALONE = re.compile(
    r"(?:[.,;:)\"”]|$|\s(?:on|and|in|by|after|where|when|as|at|late|early|over|during|with|since|today|yesterday|overnight|"
    r"this|last|for|to|before|were|was|have|had|has|that|near|while|but|who|which|killing|wounding|injuring|leaving|from|a|"
    r"killed|kills|wounded|wounds|injured|injures|left|leaves|destroyed|damaged|claimed|claims|"
    r"the|is)\b)"
)
_SPELT = re.compile(
    r"(?:(?:al|el|ash|an|ar|as|at)(?:- ?| ))?[^\W\d_a-z](?:[^\W\d_A-Z’']{2,}|[^\W\d_A-Z’'](?= [A-Z]))(?:[- ](?:al-|el-|de |la |del )?[A-Z]?[^\W\d_A-Z’']{1,})*"
)


_DETERMINERS = frozenset(
    "a an the this that these those its their his her our my some many several one two three no any".split()
)


def _formed(spots: list[_Spot]) -> Place | None:
    """A place that only its form tells: Perekopska Street, the village of Hassajik, al-Qusour neighbourhood."""
    whole = spots[0]
    view, words, loud = whole.view, whole.view.words, whole.loud
    before, here, title = whole.ahead
    if _NO_PLACE_BEHIND.match(view.text, whole.end):
        return None
    if not here and title is None:
        return None
    country = view.home[0] if len(view.home) == 1 else None
    spanish = whole.name.split()[0].casefold() in words.toponyms
    longest = whole.length if not loud else min(whole.length, 4) if title or spanish else 1
    if loud and whole.name.split()[0].casefold() in _DETERMINERS:
        return None  # "THE SECURITY POST OF A NEIGHBORHOOD INHABITED BY OFFICERS"
    for spot in spots:
        if (
            spot.length > longest
            or fold(spot.last.text) in words.events
            or all(word in words.stop or word in words.kind_of for word in spot.folded.split(" "))
            or spot.folded in words.countries
            or _OWN.search(spot.last.text)
            or _NO_PLACE_BEHIND.match(" " + spot.last.text)
            or any(_COMPOUND.search(word) for word in spot.name.split())
        ):
            continue
        behind = words.behind.match(view.text, spot.end)
        last = fold(spot.last.text)
        if (
            spot.length > 1
            and not loud
            and here
            and words.kind_of.get(last) in ("district", "site", "settlement")
        ):
            return Place(spot.start, spot.end, spot.name, words.kind_of[last], country=country, before=here)
        if behind and behind["first"] == " " and here:
            kind = _kind_word(behind["word"], words)
            indefinite = re.search(r"\b(?:a|an)\s$", before, re.I)  # "a Damascan suburb"
            holds_next = re.match(r"\sof\s(?:the\s)?[A-Z]", view.text[behind.end() :], re.I if loud else 0)
            if holds_next and kind in ("settlement", "region") and not _lies_within(spot, behind.end()):
                continue  # "the Syiran town of Raqqa", "THE NORTHEASTERN DEPARTMENT OF CABANAS"
            if not indefinite and (behind["word"][0].islower() or kind == "district" or loud):
                stop = behind.end()
                return Place(
                    spot.start, stop, view.text[spot.start : stop], kind, country=country, before=here
                )
        if re.match(r"\sFront\b", view.text[spot.end :]) and spot.length > 1:
            continue  # "the Moro Islamic Liberation Front"
        if here and not loud and spot.length <= 3 and words.about.match(view.text, spot.end):
            if not _NOT_THERE.match(spot.name) and _SPELT.fullmatch(spot.name):
                return Place(spot.start, spot.end, spot.name, "district", country=country, before=here)
        if spot.length == longest and (
            _before_region(spot, here)
            or title is not None
            or (_nobody_knows(spot, here) and not _begins_known(spots))
            or _lies_in(spot, here)
        ):
            kind = _kind_word(title["word"], words) if title else "settlement"
            return Place(spot.start, spot.end, spot.name, kind, country=country, before=here)
    return None


def _lies_within(spot: _Spot, end: int) -> bool:
    """Whether the place behind "of" has a word of its own that tells its kind: "Tarr Lay village of Katha township"."""
    view = spot.view
    after = next((name for name in view.names[spot.position + spot.length :][:3] if name.start >= end), None)
    if (
        after is None
        or fold(spot.name) in view.words.demonyms
        or spot.folded.split(" ")[0] in view.words.compass
    ):
        return False
    behind = view.words.behind.match(view.text, after.end)
    return behind is not None and _kind_word(behind["word"], view.words) in (
        "region",
        "settlement",
        "district",
    )


def _begins_known(spots: list[_Spot]) -> bool:
    """Whether the first words of a longer name are a large town or a region at home."""
    return any(
        row.country in spot.view.home and (row.kind != "settlement" or row.people >= 50_000)
        for spot in spots
        if spot.length < spots[0].length
        for row in spot.view.table.look_up(spot.folded)
    )


def _before_region(spot: _Spot, here: str) -> bool:
    """Whether a known division follows: "in Hass, Idlib province"."""
    after, view = spot.after, spot.view
    if here not in _PLACING or after is None or (not spot.loud and _NOT_THERE.match(spot.name)):
        return False
    if not _LISTED.fullmatch(view.text, spot.end, after.start):
        return False
    behind = view.words.behind.match(view.text, after.end)
    if behind and _kind_word(behind["word"], view.words) in ("region", "district", "settlement"):
        return True
    plain = fold(after.text)
    return plain in view.words.countries or any(row.kind == "region" for row in view.table.look_up(plain))


def _lies_in(spot: _Spot, here: str) -> bool:
    """Whether what follows tells where the name lies: "in Si Par, in the Budalin area of Sagaing"."""
    view = spot.view
    if (
        ((here not in _PLACING or here == "at") and here not in view.words.attacked)
        or spot.loud
        or spot.length > 4
        or not _SPELT.fullmatch(spot.name)
    ):
        return False
    if _NOT_THERE.match(spot.name) or not spot.before.endswith((here + " ", here + " the ")):
        return False
    for n in view.names[spot.position + spot.length : spot.position + spot.length + 3]:
        if n.start - spot.end > 110 or not view.links.lies_in(view.text[spot.end : n.start]):
            continue
        if re.match(r",\s(?:a|an|the)\s", view.text[spot.end : n.start]):
            return True  # "invaded Dogon Daji, a farming community in Maru"
        plain = fold(n.text)
        rows = view.table.look_up(plain)
        if any(row.country in (*view.home, *view.nearby) for row in rows) or plain in view.words.countries:
            return True
    return False


def _nobody_knows(spot: _Spot, here: str) -> bool:
    """Whether a name right behind "in" must be a village that no gazetteer has."""
    if spot.loud:
        return (
            here in _PLACING
            and spot.length > 1
            and spot.name.split()[0].casefold() in spot.view.words.toponyms
        )
    attacked = here == "on" and _ON.search(spot.before) is not None
    opening = here == "at" and (
        spot.view.text.startswith(",", spot.end) or _EMPLOYED.search(spot.before) is None
    )
    opening = opening or (here == "into" and _INTO.search(spot.before) is not None)
    entered = here in spot.view.words.entered
    return (
        (
            here in ("in", "near", "around", "outside")
            or here.endswith(" of")
            or attacked
            or opening
            or entered
        )
        and bool(spot.view.home or spot.view.nearby)
        and spot.length <= 3
        and spot.before.casefold().endswith(
            (here + " ", here + " nearby ", here + " neighbouring ", here + " neighboring ")
        )
        and _ALONE.match(spot.view.text, spot.end) is not None
        and _NOT_THERE.match(spot.name) is None
        and _SPELT.fullmatch(spot.name) is not None
    )


# "A fellow at Chatham, who": where somebody works, and nothing took place.
_EMPLOYED = re.compile(
    r"\b(?:analysts?|experts?|fellows?|research\w*|professors?|lecturers?|scholars?|directors?|specialists?|editors?|"
    r"correspondents?|reporters?|spokes\w+|students?|consultants?|advis[eo]rs?|coordinators?|managers?|executives?|lawyers?|"
    r"historians?|heads?|chiefs?|officials?|staff|employees?|colleagues?|economists?|associates?|works?|worked|working|"
    r"studies|studied|taught|teaches|looks?|looked|aimed|angry|pointed|meeting|met|talks|summit|conference|speaking|spoke)\sat\s$",
    re.I,
)
_INTO = re.compile(
    r"\b(?:drove|rolled|marched|moved|advanced|crossed|pushed|broke|poured|rode|went|burst)\s(?:back\s)?into\s$",
    re.I,
)
_ON = re.compile(
    r"\b(?:attacks?|raids?|strikes?|assaults?|airstrikes?|shelling|bombardment|bombing|onslaught|ambush|offensive|incursion|advance|fire)\son\s$",
    re.I,
)


def _nameless(view: _View, found: list[Place]) -> list[Place]:
    """The right bank, the harbour district: no name of their own, but told apart."""
    out = []
    for match in view.words.nameless.finditer(view.text):
        if any(place.start < match.end() and match.start() < place.end for place in found):
            continue
        here = _preposition(view.text[max(0, match.start() - 40) : match.start()], view.words)
        if here:
            kind: Kind = "part" if match[0].casefold().endswith("country") else "district"
            out.append(Place(match.start(), match.end(), match[0], kind, before=here))
    return out
