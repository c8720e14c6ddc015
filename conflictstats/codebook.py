"""`codebook/*.toml` → one frozen `Codebook`, which refuses by name what it does not understand.

Data live in the files, rules in the code. Each file opens with its own grammar. A user's own folder
may replace any file: `load_codebook("my_codebook/")` takes the files that are there and the shipped
ones for the rest.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from conflictstats.errors import CodebookError

SHIPPED = Path(__file__).parent / "codebook"


class Entry(BaseModel):
    """Base of all entries: frozen, and no key that the grammar does not name."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Side(Entry):
    """A party to a war: a state or an armed group. `sides.toml`, keyed by the name that tables use."""

    kind: Literal["state", "group", "people", "organisation"]
    iso: str | None = None  # ISO 3166 alpha-2, states only
    names: tuple[str, ...]
    adjectives: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    capitals: tuple[str, ...] = ()  # seats of power that stand for it: Moscow, the Kremlin
    leaders: tuple[str, ...] = ()
    forces: tuple[str, ...] = ()  # formations whose acts are its own: Wagner, IDF
    regions: tuple[str, ...] = ()  # places whose name tells whose people are meant
    shared: tuple[str, ...] = ()  # names that others bear too: this side's where one of `near` is named
    near: tuple[str, ...] = ()
    lookalikes: tuple[str, ...] = ()  # longer names that hold one of these and mean something else
    of: str | None = None  # the state whose formation it is, where that state fights in the same camp


class War(Entry):
    """A conflict with its belligerents. `wars.toml`, keyed by the name that tables use."""

    sides: tuple[tuple[str, ...], ...]  # camps; sides of one camp do not fight each other
    start: str | None = None  # ISO date that "since the start of the war" means
    end: str | None = None
    names: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()  # ISO 3166 alpha-2
    government: str | None = None  # the side that "the army" and "government forces" mean
    rebels: str | None = None  # the side that "the rebels" mean, where there is but one
    coalition: str | None = None  # the side that leads "the coalition"
    aircraft: str | None = None  # the only side that has aircraft, whose air strikes need no name
    drones: str | None = None  # the only side that strikes from drones
    weapons: Mapping[str, str] = {}  # what only one side uses, whose attacks need no name → the side
    places: tuple[str, ...] = ()  # whose names show the war


class Role(Entry):
    """Words that mean a side without naming it: the enemy, government forces. `roles.toml`."""

    means: Literal["other", "own", "government", "rebels", "unknown", "group", "coalition"]
    words: tuple[str, ...]


class Weapon(Entry):
    """A named weapon and the item that it is. `weapons.toml`, keyed by its usual short name."""

    item: str
    variant: str | None = None
    fires: str | None = None  # for launchers: the item that flies
    names: tuple[str, ...]
    lookalikes: tuple[str, ...] = ()


class Cue(Entry):
    """Words that name an event, and what they can count. The grammar stands at the head of `events.toml`."""

    role: Literal["object", "subject", "with", "noun", "state"]
    words: tuple[str, ...]
    counts: tuple[str, ...]
    suffers: bool = False
    weak: bool = False


class Event(Entry):
    """What happened to what is counted. `events.toml`, keyed by the value of the column `event`."""

    description: str
    examples: tuple[str, ...] = ()
    cues: tuple[Cue, ...] = ()


class Deed(Entry):
    """Words that tell who attacks whom. `deeds.toml`, which has the grammar."""

    does: Literal[
        "attack",
        "send",
        "act",
        "defend",
        "lose",
        "tend",
        "blame",
        "hold",
        "place",
        "command",
        "civil",
        "neutral",
    ]
    verbs: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()


class Item(Entry):
    """What is counted. `items.toml`, keyed by the value of the column `item`."""

    group: str = Field(alias="class")
    description: str = ""
    examples: tuple[str, ...] = ()
    words: tuple[str, ...]
    public: tuple[str, ...] = ()
    acts: tuple[str, ...] = ()
    staff: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    variants: Mapping[str, str] = {}


class Moment(Entry):
    """A word of the calendar, or a constant that the rules on periods ask for. `calendar.toml`."""

    kind: str  # weekday | month | relative | feast | words | constant
    names: tuple[str, ...]
    number: int | None = None
    month: int | None = None
    day: int | None = None
    examples: tuple[str, ...] = ()


class Saying(Entry):
    """A word that hands a figure to somebody else. The grammar stands at the head of `sayings.toml`."""

    kind: Literal["verb", "text", "frame", "rumour", "picture", "label"] = "verb"
    forms: tuple[str, ...] = ()
    takes: Literal["clause", "figure", "either"] = "clause"
    following: str | None = Field(default=None, alias="with")
    weak: bool = False
    near: bool = False
    status: Literal["asserted", "denied"] = "asserted"


class Source(Entry):
    """Somebody who speaks: a body, an institution, an office, a person. `sources.toml`, which has the grammar."""

    kind: Literal["body", "institution", "office", "people", "person"]
    names: tuple[str, ...]
    side: str
    also: tuple[str, ...] = ()
    media: bool = False
    each: bool = False  # every name is a body of its own
    but: Mapping[str, str] = {}  # instead of a state's side, another


class Meeting(Entry):
    """Two events that are one for these items: a drone "destroyed" in flight was intercepted."""

    events: tuple[str, str]
    items: tuple[str, ...]


class Hierarchy(Entry):
    """What includes what, among items or among events. `hierarchy.toml`, which has the grammar."""

    words: Mapping[str, tuple[str, ...]]
    includes: Mapping[str, tuple[str, ...]] = {}
    meets: tuple[Meeting, ...] = ()
    wide: tuple[str, ...] = ()
    tolls: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    parts: Mapping[str, str] = {}
    floors: tuple[str, ...] = ()
    nights: tuple[str, ...] = ()
    portions: tuple[str, ...] = ()
    attacks: Mapping[str, tuple[str, ...]] = {}
    usual: Mapping[str, str] = {}


class Country(Entry):
    """A country of the gazetteer, with its divisions. The grammar stands at the head of `countries.toml`."""

    code: str
    towns: int
    names: tuple[str, ...]
    words: tuple[str, ...]
    dense: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()


class KnownPlace(Entry):
    """A place that is no town: a region without a government, a sea, a base, a camp. `places.toml`."""

    kind: Literal["settlement", "area", "sea", "site"]
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    names: tuple[str, ...] = ()


class Towns(Entry):
    """Small places of a country that the gazetteer lacks, by division. `towns.toml`, keyed by country."""

    towns: Mapping[str, tuple[str, ...]] = {}
    quarters: Mapping[str, tuple[str, ...]] = {}


class NumberKind(Entry):
    """One kind of number word. `numbers.toml`, which has the grammar; so have the next three files."""

    kind: Literal["cardinal", "scale", "suffix", "group", "part", "vague", "zero"]
    values: Mapping[str, float] = {}
    bounds: Mapping[str, tuple[float, float]] = {}


class HedgeKind(Entry):
    """The words that give a number one kind of bounds. `hedges.toml`, keyed by the value of `hedge`."""

    low: float
    high: float
    rank: int
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    of_toll: tuple[str, ...] = ()
    not_after: Mapping[str, tuple[str, ...]] = {}
    not_before: Mapping[str, tuple[str, ...]] = {}


class Unit(Entry):
    """What stands behind a number and says what it measures. `units.toml`, keyed by the unit's name."""

    kind: Literal["length", "area", "mass", "duration", "money", "percent", "general"]
    words: tuple[str, ...] = ()
    hyphened: tuple[str, ...] = ()
    symbols: tuple[str, ...] = ()
    pint: str | None = None
    to: Literal["km", "km2", "kg"] | None = None
    large: str | None = None


class Mask(Entry):
    """A list of words that keep numbers from being read as counts. `masks.toml`, keyed by the rule's name."""

    words: tuple[str, ...]


class WordList(Entry):
    """A list of words that a rule asks for by the entry's name. `placewords.toml`."""

    names: tuple[str, ...]


# Every file of the codebook and the model of its entries: the one place to add a file.
FILES: dict[str, type[Entry]] = {
    "calendar": Moment,
    "countries": Country,
    "deeds": Deed,
    "events": Event,
    "hedges": HedgeKind,
    "hierarchy": Hierarchy,
    "items": Item,
    "masks": Mask,
    "numbers": NumberKind,
    "places": KnownPlace,
    "placewords": WordList,
    "roles": Role,
    "sayings": Saying,
    "sides": Side,
    "sources": Source,
    "towns": Towns,
    "units": Unit,
    "wars": War,
    "weapons": Weapon,
}


class Codebook(BaseModel):
    """All files, by name; each is a mapping from entry to its model. Hashable by identity, never changed."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    digest: str  # of the files read, so that a claim can say by which codebook it was read
    calendar: Mapping[str, Moment]
    countries: Mapping[str, Country]
    deeds: Mapping[str, Deed]
    events: Mapping[str, Event]
    hedges: Mapping[str, HedgeKind]
    hierarchy: Mapping[str, Hierarchy]
    items: Mapping[str, Item]
    masks: Mapping[str, Mask]
    numbers: Mapping[str, NumberKind]
    places: Mapping[str, KnownPlace]
    placewords: Mapping[str, WordList]
    roles: Mapping[str, Role]
    sayings: Mapping[str, Saying]
    sides: Mapping[str, Side]
    sources: Mapping[str, Source]
    towns: Mapping[str, Towns]
    units: Mapping[str, Unit]
    wars: Mapping[str, War]
    weapons: Mapping[str, Weapon]

    __hash__ = object.__hash__

    def group(self, item: str | None) -> str:
        """The group of an item; empty for what is none, as the nouns that count nothing are read."""
        entry = self.items.get(item or "")
        return entry.group if entry is not None else ""


def _read_file(path: Path, model: type[Entry]) -> dict[str, Entry]:
    try:
        raw: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise CodebookError(f"{path}: not valid TOML: {error}") from error
    entries = {}
    for key, value in raw.items():
        if not isinstance(value, dict):
            raise CodebookError(f"{path}: {key!r} stands outside any [entry]; put it under one.")
        try:
            # strict, but TOML has arrays where the models have tuples
            entries[key] = model.model_validate_json(json.dumps(value, default=str))
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(str(part) for part in first["loc"])
            known = ", ".join(model.model_fields)
            raise CodebookError(
                f"{path}, entry [{key}], key {where!r}: {first['msg']}. Keys of this file: {known}."
            ) from error
    return entries


@cache
def load_codebook(folder: str | Path | None = None) -> Codebook:
    """Read the codebook: the shipped files, each replaced by the one of the same name in `folder`.

    Raises:
        CodebookError: a file is not TOML, an entry has an unknown key or a value of the wrong type,
            or `folder` holds a file that the codebook does not know, or none.
    """
    own = Path(folder) if folder is not None else None
    if own is not None:
        unknown = sorted(p.name for p in own.glob("*.toml") if p.stem not in FILES)
        if unknown:
            raise CodebookError(
                f"{own}: unknown file {unknown[0]}; known: {', '.join(f'{n}.toml' for n in FILES)}."
            )
        if not any((own / f"{name}.toml").exists() for name in FILES):
            raise CodebookError(
                f"{own} holds no codebook file, so that nothing would be replaced; known:"
                f" {', '.join(f'{n}.toml' for n in FILES)}. Copy one of {SHIPPED} there and change it."
            )
    files: dict[str, Any] = {}
    digest = hashlib.sha256()
    for name, model in FILES.items():
        path = own / f"{name}.toml" if own is not None else SHIPPED / f"{name}.toml"
        path = path if path.exists() else SHIPPED / f"{name}.toml"
        digest.update(path.read_bytes())
        files[name] = _read_file(path, model)
    return Codebook(digest=digest.hexdigest()[:12], **files)
