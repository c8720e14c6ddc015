"""Where: the places that a text names, looked up in the gazetteer or told by their form.

The gazetteer (`data/gazetteer.txt.gz`, GeoNames) knows towns and divisions, `codebook/places.toml` what news
calls otherwise, and a form tells the rest: "Perekopska Street", "the village of X". A name alone is never
enough: nearly every word is a place somewhere. It must be capitalised, be no part of a longer name, and
lie in a country of the article, or be a place that everybody knows. A country is no place, nor is a capital
that speaks.
"""

from __future__ import annotations

import gzip
import math
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal, NamedTuple

from conflictstats.codebook import Codebook

Kind = Literal[
    "site",  # a base, a bridge, a hospital
    "district",  # a part of a town, a street
    "settlement",
    "capital",
    "region",  # a first-level division
    "area",  # a stretch of land without a government
    "sea",
    "part",  # a part of a country, told by the compass: southern Lebanon
]
# Most specific first; those of one rank are equally specific.
SPECIFICITY: dict[Kind, int] = {
    "site": 5, "district": 5, "settlement": 4, "capital": 4, "area": 3, "region": 3, "sea": 2, "part": 1,
}  # fmt: skip


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


class _Row(NamedTuple):
    place_id: str
    name: str
    kind: Kind
    region: str | None
    country: str | None
    lat: float
    lon: float
    people: int


# ---- names and their spellings --------------------------------------------------------------------

_ARTICLES = frozenset("al el ar as ash at an ad az es ez the".split())
_PLAIN = str.maketrans(
    {"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "ß": "ss", "æ": "ae", "œ": "oe", "ə": "a"}
)


def fold(name: str) -> str:
    """Small letters, no accents, no apostrophes, hyphens as blanks, and without the article in front."""
    plain = unicodedata.normalize("NFKD", name.casefold().translate(_PLAIN))
    plain = "".join(c for c in plain if not unicodedata.combining(c) and c not in "'’‘ʼʻ`´ʿʾ.")
    words = re.sub(r"[-‐‑–—_\s]+", " ", plain).strip().split(" ")
    while len(words) > 1 and words[0] in _ARTICLES:
        words = words[1:]
    return " ".join(words)


_BONES = (
    ("tsk", "ck"), ("kh", "h"), ("gh", "g"), ("dh", "d"), ("th", "t"), ("ph", "f"), ("dj", "j"), ("zh", "j"), ("sh", "s"),
    ("ck", "k"), ("q", "k"), ("ee", "i"), ("oo", "u"), ("ou", "u"), ("ei", "e"), ("ey", "e"), ("ai", "e"), ("ay", "e"), ("ie", "i"),
    ("iy", "i"), ("yi", "i"), ("y", "i"), ("o", "u"), ("w", "v"), ("e", "i"),
)  # fmt: skip


def skeleton(folded: str) -> str:
    """What the spellings of one name share: Mayadin and Mayadeen, Qamishli and Kamishly."""
    bones = "".join(word for word in folded.split(" ") if word not in _ARTICLES)
    for written, plain in _BONES:
        bones = bones.replace(written, plain)
    bones = re.sub(r"(.)\1+", r"\1", bones)
    return re.sub(r"(?<=[aiu])h$", "", bones)


class Gazetteer:
    """The shipped table, read when first asked; keys are searched, rows read one by one."""

    __slots__ = ("keys", "own", "rows")

    def __init__(self, text: str, own: dict[str, tuple[_Row, ...]]) -> None:
        rows, _, keys = text.partition("\n\n")
        self.rows = rows.split("\n")
        self.keys = keys.split("\n")
        self.own = own

    def look_up(self, folded: str) -> list[_Row]:
        """The places of that spelling, those of `places.toml` first."""
        return [*self.own.get(folded, ()), *self._shipped(folded)]

    def look_alike(self, folded: str) -> list[_Row]:
        """The places of that skeleton, for spellings that nobody has listed."""
        bones = skeleton(folded)
        if len(bones) < 5:
            return []
        return [*self.own.get("~" + bones, ()), *self._shipped("~" + bones)]

    def _shipped(self, key: str) -> Iterator[_Row]:
        spot = bisect_left(self.keys, key + "\t")
        if spot < len(self.keys) and self.keys[spot].startswith(key + "\t"):
            for number in self.keys[spot].partition("\t")[2].split(" "):
                yield _row(self.rows[int(number)])


def _row(line: str) -> _Row:
    place_id, name, kind, region, country, lat, lon, people = line.split("\t")
    return _Row(place_id, name, kind, region or None, country, float(lat), float(lon), int(people))  # type: ignore[arg-type]


@cache
def gazetteer(codebook: Codebook) -> Gazetteer:
    """The gazetteer with the places of this codebook."""
    packed = resources.files("conflictstats").joinpath("data/gazetteer.txt.gz").read_bytes()
    own: dict[str, tuple[_Row, ...]] = {}
    for name, place in codebook.places.items():
        lat = math.nan if place.lat is None else place.lat
        lon = math.nan if place.lon is None else place.lon
        row = _Row(f"cb:{name}", name, place.kind, None, place.country, lat, lon, 0)
        for spelling in dict.fromkeys((name, *place.names)):
            for key in (fold(spelling), "~" + skeleton(fold(spelling))):
                if row not in own.get(key, ()):
                    own[key] = (*own.get(key, ()), row)
    return Gazetteer(gzip.decompress(packed).decode(), own)


# ---- names in a text ------------------------------------------------------------------------------

_ARTICLE = (
    r"(?:(?:al|el|ash|Al|El|Ash|AL|EL)[- ]|(?:as|an|ad|ar|at|az|ez|es|ed|As|An|Ad|Ar|At|Az|Ez|Es|Ed)-)?"
)
_NAME = re.compile(rf"(?<![\w'’-]){_ARTICLE}[A-ZÀ-ÞŁŚŞČĎŽŠĐĞİ][\wÀ-ɏ]*(?:['’ʼ-][\wÀ-ɏ]+)*")
_GLUE = re.compile(r"(?: |-| (?:al|el|de|del|la|las|los|of|e|i|ez|az|ash|al-|el-)[ -]| ?- ?)")
_OWN = re.compile(r"(?:['’]s|s['’]|['’])$")
_COMPOUND = re.compile(
    r"-(?:occupied|held|backed|led|based|run|controlled|made|style|born|administered|installed|aligned|speaking|allied)$",
    re.I,
)
_NO_PLACE_BEHIND = re.compile(
    r"\s(?:television|TV|radio|news|newspaper|channel|agency|group(?:ing)?|brigade|battalion|regiment|division|corps|command|missiles?|drones?|"
    r"rockets?|tanks?|system|airliners?|family|clan|movement|party|front\s(?:fighters|militants))\b",
    re.I,
)
_LONGEST = 5  # words of a name


class _Words(NamedTuple):
    """The word lists, as patterns and sets."""

    kind_of: dict[str, Kind]
    behind: re.Pattern[str]
    before_of: re.Pattern[str]
    about: re.Pattern[str]
    compass: frozenset[str]
    compass_before: re.Pattern[str]
    nameless: re.Pattern[str]
    here: re.Pattern[str]
    speaking: re.Pattern[str]
    stop: frozenset[str]
    beside: frozenset[str]
    countries: dict[str, str]
    country_names: re.Pattern[str]
    demonyms: frozenset[str]
    demonym_of: dict[str, str]
    codes: dict[str, str]


def _any(names: Sequence[str]) -> str:
    return "|".join(re.escape(n).replace(r"\ ", r"\s") for n in sorted(names, key=len, reverse=True))


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
    demonym_of = {
        word: name
        for name, side in codebook.sides.items()
        if side.kind == "state" and name in codebook.countries
        for word in side.adjectives
    }
    countries = {fold(n): name for name, entry in codebook.countries.items() for n in (name, *entry.names)}
    demonyms = frozenset(
        fold(word)
        for side in codebook.sides.values()
        if side.kind == "state"
        for word in (*side.adjectives, *side.people)
    )
    return _Words(
        kind_of,
        re.compile(rf"(?P<first>(?:['’]s)?\s)(?P<word>{known})\b(?!['’]s\s(?:said|told))", re.I),
        re.compile(rf"\b(?P<word>{known})\s(?:of|called|named)\s(?:the\s)?$", re.I),
        re.compile(rf"\s(?:{_any(lists['about'])})\b", re.I),
        frozenset(lists["compass"]),
        re.compile(rf"\b(?P<word>(?:{compass})(?:[\s-](?:and\s)?(?:{compass}))?)\s(?:the\s)?$", re.I),
        re.compile(rf"\b(?:{_any(lists['nameless'])})\b", re.I),
        re.compile(
            rf"\b(?P<word>(?i:{_any([*lists['here'], *lists['struck']])}))\s"
            rf"(?:(?:[Tt]he|THE|a|an|nearby|neighbouring|neighboring|besieged|occupied|annexed|embattled|whole|entire|all\sof|parts\sof|"
            rf"southern|northern|eastern|western|central|rural|rebel-held|government-held|opposition-held|\w+-held|\w+-controlled|\w+-occupied|"
            rf"cit(?:y|ies)\sof|towns?\sof|villages?\sof|ports?\sof|areas?\sof|outskirts\sof|suburbs\sof|(?:city\s)?cent(?:re|er)\sof|"
            rf"directions?\sof|districts?\sof|provinces?\sof|regions?\sof|[A-Z][\w’']*(?:['’]?s|an|ese|ish|ian|i)|port|town|city|village|"
            rf"border|strategic|historic|frontline|coastal|own|key|northern|and)\s)*$"
        ),
        re.compile(rf"\s(?:{_any(lists['speaking'])})\b", re.I),
        frozenset(lists["stop"]),
        frozenset(lists["beside"]),
        countries,
        re.compile(
            rf"\b(?:{_any([*demonym_of, *(n for entry in codebook.countries.values() for n in entry.names)])})\b"
        ),
        demonyms,
        demonym_of,
        {entry.code: name for name, entry in codebook.countries.items()},
    )


class _Where(NamedTuple):
    """The countries of an article: those of its war, and those that it names besides."""

    home: tuple[str, ...]
    nearby: tuple[str, ...]


class _Name(NamedTuple):
    """A capitalised word where it stands."""

    start: int
    end: int
    text: str


def find_places(text: str, codebook: Codebook, countries: Sequence[str] = ()) -> tuple[Place, ...]:
    """The places that the text names, in order.

    `countries` (ISO codes) are those that the article is about: they settle which of several places of a name
    is meant, and let in small towns. Countries that the text names besides come after them.
    """
    words, table = _words(codebook), gazetteer(codebook)
    home = tuple(words.codes[code] for code in countries if code in words.codes)
    nearby = tuple(
        dict.fromkeys(
            words.demonym_of.get(m[0]) or words.countries[fold(m[0])]
            for m in words.country_names.finditer(text)
        )
    )
    where = _Where(home, tuple(name for name in nearby if name not in home))
    found: list[Place] = []
    shouted = _shouted(text)
    names = [_Name(m.start(), m.end(), m[0]) for m in _NAME.finditer(text)]
    position = 0
    while position < len(names):
        place, used = _at(names, position, text, words, table, where, shouted)
        if place is not None:
            found.append(place)
        position += used
    found += _nameless(text, words, found)
    return tuple(sorted(found, key=lambda place: place.start))


def _shouted(text: str) -> tuple[tuple[int, int], ...]:
    """The stretches in capitals throughout, where a capital tells nothing."""
    return tuple(
        m.span()
        for m in re.finditer(r"[^\n]+", text)
        if len(m[0]) > 20 and sum(map(str.isupper, m[0])) > 3 * sum(map(str.islower, m[0]))
    )


def _at(
    names: list[_Name],
    position: int,
    text: str,
    words: _Words,
    table: Gazetteer,
    where: _Where,
    shouted: tuple[tuple[int, int], ...],
) -> tuple[Place | None, int]:
    """The place that begins at a name, and how many names it takes."""
    first = names[position]
    opener = fold(first.text)
    if (
        opener in _ARTICLES
        or opener in words.demonyms
        or _COMPOUND.search(first.text)
        or opener.rstrip("s") in words.countries
    ):
        return _of_country(first, text, words), 1
    loud = any(a <= first.start < b for a, b in shouted)
    run = 1
    while (
        run < _LONGEST
        and position + run < len(names)
        and _GLUE.fullmatch(text, names[position + run - 1].end, names[position + run].start)
        and not _OWN.search(names[position + run - 1].text)
    ):
        run += 1
    for length in range(run, 0, -1):
        last = names[position + length - 1]
        end = last.end
        own = _OWN.search(text[first.start : end])
        if own:
            end = first.start + own.start()
        name = text[first.start : end]
        place = _known(name, first.start, end, names, position, length, text, words, table, where, loud)
        if place is not None:
            return place, length
    formed = _formed(names, position, run, text, words, table, where, loud)
    if formed is not None:
        return formed, max(1, sum(1 for n in names[position : position + run] if n.end <= formed.end))
    return None, 1


def _of_country(name: _Name, text: str, words: _Words) -> Place | None:
    """A part of a country: "in southern Lebanon". A country alone is no place."""
    own = _OWN.search(name.text)
    country = words.countries.get(fold(name.text[: own.start()] if own else name.text))
    before = text[max(0, name.start - 60) : name.start]
    compass = words.compass_before.search(before)
    if country is None or compass is None or own:
        return None
    begin = name.start - len(before) + compass.start()
    here = words.here.search(text[max(0, begin - 60) : begin])
    if here is None:
        return None
    return Place(
        begin, name.end, text[begin : name.end], "part", country=country, before=here["word"].casefold()
    )


def _known(
    name: str,
    start: int,
    end: int,
    names: list[_Name],
    position: int,
    length: int,
    text: str,
    words: _Words,
    table: Gazetteer,
    where: _Where,
    loud: bool,
) -> Place | None:
    """A name that the gazetteer has, where the words around it let it be a place."""
    folded = fold(name)
    if len(folded) < 3 or (length == 1 and folded in words.stop):
        return None
    behind = words.behind.match(text, end)
    before = text[max(0, start - 90) : start]
    longer = table.own.get(fold(text[start : behind.end()])) if behind and behind["first"] == " " else None
    rows = list(longer) if longer else table.look_up(folded)
    here = words.here.search(before)
    word = here["word"].casefold() if here else ""
    if not any(row.kind in ("settlement", "capital") or row.place_id.startswith("cb:") for row in rows):
        rows += [
            row for row in table.look_alike(folded) if row.country in where.home and row.kind != "region"
        ]
    home = [row for row in rows if row.country in where.home or row.country is None]
    if not home and where.home and len(folded) > 4:
        alike = [row for row in table.look_alike(folded) if row.country in where.home]
        home = alike if len({row.name for row in alike}) <= 3 else []
        rows = rows or home
    if not home and here:
        home = [row for row in rows if row.country in where.nearby]
    if not rows:
        return None
    kind = words.kind_of.get(behind["word"].casefold()) if behind else None
    title = words.before_of.search(before)
    if kind is None and title:
        kind = words.kind_of.get(re.sub(r"\s+", " ", title["word"].casefold()))
    row = _choose(home or rows, kind, folded)
    if row is None:
        return None
    marked = bool(here) or kind is not None
    if not home and where.home and not _famous(row, marked) and not _alone(rows, folded, word):
        return None
    if (
        not home
        and not where.home
        and not (row.people > 50_000 or row.kind != "settlement" or (marked and row.people > 5_000))
    ):
        return None
    if loud and not (marked and (home or row.kind == "capital")):
        return None
    if _NO_PLACE_BEHIND.match(text, end):
        return None
    if not _free(names, position, length, text, words, marked):
        return None
    if (
        row.kind == "capital"
        and not kind
        and (not here or word in ("from", "of", "for", "against", "by", "between", "and", "to"))
    ):
        # "Moscow said", "according to Kyiv": the government; "the city of Kyiv", "over Moscow" are the place
        if not re.search(
            r"\b(?:approach|approaches|road|way|suburbs?|outskirts|centre|center|cit(?:y|ies)|residents|people|inhabitants|parts)\s(?:to|of)\s$",
            before,
        ):
            return None
    if words.speaking.match(text, end) and not marked and row.kind in ("capital", "settlement"):
        return None
    stop = end
    if (
        (behind and kind == "region" and row.kind in ("region", "capital", "settlement", "area"))
        or (behind and kind in ("settlement", "site") and behind["first"] == " ")
        or (behind and kind == "district" and behind["first"] == " ")
    ):
        stop = behind.end()
    shape: Kind = row.kind
    if kind == "site" and row.kind in ("settlement", "capital"):
        shape = "site"
    elif kind == "district" and row.kind in ("settlement", "capital"):
        shape = "settlement" if behind and behind["word"].casefold() == "district" else "district"
    elif kind == "region" and row.kind in ("settlement", "capital"):
        shape = "region"
    return Place(
        start, stop, text[start:stop], shape, row.place_id, row.region, row.country, row.lat, row.lon, word
    )


def _alone(rows: list[_Row], folded: str, word: str) -> bool:
    """Whether only one place in the gazetteer bears a name, and the text says that something is there."""
    return (
        len(folded) > 5 and word in ("in", "at", "near") and len(rows) == 1 and fold(rows[0].name) == folded
    )


def _famous(row: _Row, marked: bool) -> bool:
    """A place of no country of the article that is meant all the same."""
    return (
        row.kind in ("capital", "sea", "area")
        or (row.people >= 300_000 and marked)
        or (row.place_id.startswith("cb:") and marked)
    )


def _choose(rows: list[_Row], kind: Kind | None, folded: str) -> _Row | None:
    """Of several places of a name: the region where the words say so, else our own, else the largest town."""
    if kind == "region":
        regions = [row for row in rows if row.kind in ("region", "area")]
        if regions:
            return regions[0]
    own = [row for row in rows if row.place_id.startswith("cb:")]
    if own:
        return own[0]
    towns = [row for row in rows if row.kind in ("settlement", "capital")]
    if towns:
        return max(towns, key=lambda row: (fold(row.name) == folded, row.people, row.place_id))
    return rows[0] if rows else None


def _free(names: list[_Name], position: int, length: int, text: str, words: _Words, marked: bool) -> bool:
    """Whether the name stands alone: no part of a person's or an institution's."""
    last = names[position + length - 1]
    if position + length < len(names):
        after = names[position + length]
        if text[last.end : after.start] in (" ", "-") and not _OWN.search(last.text):
            plain = fold(after.text)
            headline = marked and after.text.isupper() and len(after.text) > 1
            if headline:
                return True
            if (
                plain not in words.beside
                and plain not in words.demonyms
                and plain not in words.kind_of
                and plain not in words.countries
            ):
                return False
    if position:
        ahead = names[position - 1]
        if text[ahead.end : names[position].start] == " " and not _OWN.search(ahead.text):
            plain = fold(ahead.text)
            fine = (
                plain in words.beside
                or plain in words.compass
                or plain in words.demonyms
                or plain in words.countries
            )
            opener = re.search(
                r"(?:^|[.!?:\n]['\"”’)]*\s*|[-–—]\s)$", text[max(0, ahead.start - 4) : ahead.start]
            )
            if not fine and not (plain in words.stop and opener) and not (marked and opener):
                return plain.endswith("s") and plain[:-1] in words.countries  # "Syrias Aleppo"
    if not marked:
        opener = re.search(
            r"(?:^|[.!?:\n]['\"”’)]*\s*)$", text[max(0, names[position].start - 4) : names[position].start]
        )
        if (
            opener
            and length == 1
            and re.match(r"\s[a-z]", text[last.end : last.end + 2])
            and fold(last.text) in words.stop
        ):
            return False
    return True


def _formed(
    names: list[_Name],
    position: int,
    run: int,
    text: str,
    words: _Words,
    table: Gazetteer,
    where: _Where,
    loud: bool,
) -> Place | None:
    """A place that only its form tells: Perekopska Street, the village of Hassajik, al-Qusour neighbourhood."""
    start = names[position].start
    before = text[max(0, start - 90) : start]
    here = words.here.search(before)
    word = here["word"].casefold() if here else ""
    title = words.before_of.search(before)
    country = where.home[0] if len(where.home) == 1 else None
    if loud:
        run = 1 if not title else min(run, 3)
    for length in range(run, 0, -1):
        end = names[position + length - 1].end
        name = text[start:end]
        if (
            fold(name) in words.stop
            or fold(name) in words.countries
            or fold(name) in words.demonyms
            or _OWN.search(name)
        ):
            continue
        behind = words.behind.match(text, end)
        last = fold(names[position + length - 1].text)
        if length > 1 and not loud and words.kind_of.get(last) in ("district", "site", "settlement") and here:
            return Place(start, end, name, words.kind_of[last], country=country, before=word)
        if behind and behind["first"] == " " and here:
            kind = words.kind_of[re.sub(r"\s+", " ", behind["word"].casefold())]
            if re.search(r"\b(?:a|an)\s$", before, re.I):
                continue  # "a Damascan suburb"
            if behind["word"][0].islower() or kind == "district" or loud:
                if kind == "region" and len(names[position].text) < 4:
                    continue
                return Place(
                    start, behind.end(), text[start : behind.end()], kind, country=country, before=word
                )
        if word in _PLACING and length == run and (loud or not _NOT_THERE.match(text, start)):
            after = names[position + run] if position + run < len(names) else None
            if (
                after is not None
                and _LISTED.fullmatch(text, end, after.start)
                and _is_known(after, text, words, table)
            ):
                return Place(
                    start, end, name, "settlement", country=country, before=word
                )  # "in Hass, Idlib province"
        if title:
            kind = words.kind_of[re.sub(r"\s+", " ", title["word"].casefold())]
            if length == run:
                return Place(start, end, name, kind, country=country, before=word)
        if (
            length == run
            and run <= 3
            and not loud
            and where.home
            and word in ("in", "near", "around", "outside")
        ):
            opening = text[max(0, start - len(word) - 1) : start].strip().casefold() == word
            if (
                opening
                and _ALONE.match(text, end)
                and not _NOT_THERE.match(text, start)
                and _SPELT.fullmatch(name)
            ):
                return Place(start, end, name, "settlement", country=country, before=word)
    return None


_PLACING = frozenset(("in", "at", "near", "around", "outside", "on"))
_LISTED = re.compile(
    r",\s(?:(?:in|a|the|an)\s)?(?:(?:northern|southern|eastern|western|central|rural|the)\s)*"
)
_NOT_THERE = re.compile(
    r"(?:Arabic|English|Russian|Ukrainian|Hebrew|French|Spanish|Turkish|Congress|Parliament|Ramadan|Islam|Telegram|Twitter|Facebook|"
    r"Operation|Resolution|Article|Phase|Chapter|Europe|Africa|Asia|America|Latin|Arab|Western|Eastern|Northern|Southern|Central|Middle|"
    r"(?:Air)?[Ss]trikes?|Attacks?|Raids?|Clashes|Bombings?|Blasts?|Explosions?|Battles?|Village|Town|City|War|Fighting|Talks|Christian|Muslim|Human|World|Cold|Gulf|State|Supreme|High|General|Foreign|Interior|Defen[cs]e|Prime|President|"
    r"\w+day|\w+ember|January|February|March|April|May|June|July|August|October)\b|[A-Z]{2,}\b"
)


# What may stand behind a name that nobody knows, for it to be the place that "in" says it is.
_ALONE = re.compile(
    r"(?:[.,;:)\"”]|$|\s(?:on|and|in|by|after|where|when|as|at|late|early|over|during|with|since|today|yesterday|overnight|this|"
    r"last|for|to|before|were|was|have|had|has|that|near|while|but|who|which|killing|wounding|injuring|leaving|from|a|the|is)\b)"
)
_SPELT = re.compile(
    r"(?:(?:al|el|ash|an|ar|as|at)[- ])?[A-Z][a-z’']{2,}(?:[- ](?:al-|el-|de |la |del )?[A-Z]?[a-z’']{1,})*"
)


def _is_known(name: _Name, text: str, words: _Words, table: Gazetteer) -> bool:
    """Whether a name is a country's or a division's."""
    folded = fold(name.text)
    behind = words.behind.match(text, name.end)
    if behind and words.kind_of[re.sub(r"\s+", " ", behind["word"].casefold())] in ("region", "district"):
        return True
    return folded in words.countries or any(row.kind == "region" for row in table.look_up(folded))


def _nameless(text: str, words: _Words, found: list[Place]) -> list[Place]:
    """The right bank, the harbour district: no name of their own, but told apart."""
    out = []
    for match in words.nameless.finditer(text):
        if any(place.start < match.end() and match.start() < place.end for place in found):
            continue
        here = words.here.search(text[max(0, match.start() - 40) : match.start()])
        if here:
            out.append(
                Place(match.start(), match.end(), match[0], "district", before=here["word"].casefold())
            )
    return out
