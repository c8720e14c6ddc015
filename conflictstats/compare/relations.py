"""How two figures stand to each other in each dimension: same, one inside the other, apart."""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise

from conflictstats.codebook import Codebook
from conflictstats.compare.figures import NEWS_DAYS, SHORT, TELLING, TOLD, Figure, days_apart, spot_of
from conflictstats.compare.regions import region_of
from conflictstats.places import Place, find_places
from conflictstats.places.gazetteer import fold, skeleton

# A total over this many times the days of another is about something else than that day.
WIDEST = 31
_WEEK = 6
# Two sides may each name the other as the one who did it; the toll is still one question.
GENERIC = ("rebels",)
# The road from one town to another: "Hasaka-Qamishli highway".
_ROAD = re.compile(r"(?<=[a-z]{3})-(?=[A-Z])")
_AREAS = frozenset({"", "region", "province", "oblast", "governorate", "state", "district", "countryside"})


@dataclass(slots=True)
class Relation:
    """Of a to b. `differ` names the dimensions in which they are apart: then nothing can be compared."""

    differ: list[str] = field(default_factory=list)
    within: list[str] = field(default_factory=list)  # a lies inside b
    around: list[str] = field(default_factory=list)  # b lies inside a
    maybe_within: list[str] = field(default_factory=list)  # a names more: it may be a part of b
    maybe_around: list[str] = field(default_factory=list)
    assumed: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    as_of: bool = False  # two states of one running total


@dataclass(frozen=True, slots=True)
class Scene:
    """Where an article plays, as far as its words say."""

    spots: frozenset[str] = frozenset()  # ids of towns and regions
    regions: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    towns: bool = False
    together: frozenset[str] = frozenset()  # of those, the ones that "and" joins: "in Aleppo and Homs"


class Inclusion:
    """The codebook's hierarchy with its steps added up."""

    def __init__(self, codebook: Codebook) -> None:
        self.items = _closure(codebook.hierarchy["items"].includes)
        steps = codebook.hierarchy["items"].includes.items()
        self.steps = frozenset((outer, inner) for outer, narrower in steps for inner in narrower)
        self.events = _closure(codebook.hierarchy["events"].includes)
        events = codebook.hierarchy["events"]
        self.meets = {(m.events, item) for m in events.meets for item in m.items}
        self.wide = frozenset(events.wide)
        self.tolls = frozenset(events.tolls)
        self.states = frozenset(events.states)
        self.parts = dict(events.parts)
        self.usual = dict(codebook.hierarchy["items"].usual)
        self.words = codebook.hierarchy["items"].words
        self.event_words = {name: w[0] for name, w in events.words.items()}
        self.groups = frozenset(name for name, side in codebook.sides.items() if side.kind == "group")
        self._codebook = codebook
        self._told: dict[tuple[str, str | None], Scene] = {}
        self._nouns: dict[str, set[str]] = {}
        for name, item in codebook.items.items():
            for word in item.words:
                self._nouns.setdefault(word, set()).add(name)

    def places_of(self, told: str | None, conflict: str | None) -> Scene:
        """The towns and regions that an article's words name; looked up once."""
        if not told:
            return Scene()
        if (told, conflict) not in self._told:
            told_apart = _ROAD.sub(" – ", told)
            war = self._codebook.wars.get(conflict or "")
            found = find_places(told_apart, self._codebook, war.countries if war else ())
            local = [place for place in found if place.kind not in ("country", "sea")]
            regions = (region_of(place, self._codebook) for place in local)
            self._told[told, conflict] = Scene(
                frozenset(place.place_id for place in local if place.place_id),
                frozenset(region for region in regions if region),
                frozenset(place.country for place in local if place.country),
                any(place.kind in ("settlement", "capital") for place in local),
                _joined(local, told_apart),
            )
        return self._told[told, conflict]

    def land_of(self, conflict: str | None) -> str | None:
        """The code of the one country that a war is in."""
        war = self._codebook.wars.get(conflict or "")
        return war.countries[0] if war is not None and len(war.countries) == 1 else None

    def noun_of(self, noun: str | None, item: str) -> str | None:
        """The action that a noun names, where a munition was counted: "strikes" for missiles."""
        if noun is None or item not in ("drone", "missile", "drone_or_missile", "bomb", "rocket", "shell"):
            return None
        head = noun.casefold().split()[-1]
        named = self._nouns.get(head, set()) | self._nouns.get(head.removesuffix("s"), set())
        actions = sorted(named & {"attack", "airstrike", "shelling", "clash"})
        return actions[0] if actions and item not in named else None

    def same_event(self, a: str, b: str, item: str) -> bool:
        return a == b or ((a, b), item) in self.meets or ((b, a), item) in self.meets


def _joined(places: list[Place], text: str) -> frozenset[str]:
    """Ids of places that stand side by side, of two regions: what is counted there is counted in both."""
    pairs = (
        (a, b)
        for a, b in pairwise(sorted(places, key=lambda place: place.start))
        if text[a.end : b.start].strip(" ,") == "and" and a.region != b.region
    )
    return frozenset(place.place_id for pair in pairs for place in pair if place.place_id)


@cache
def inclusion(codebook: Codebook) -> Inclusion:
    return Inclusion(codebook)


def _closure(includes: object) -> dict[str, frozenset[str]]:
    steps: dict[str, tuple[str, ...]] = dict(includes)  # type: ignore[call-overload]

    def below(name: str) -> frozenset[str]:
        inner = steps.get(name, ())
        return frozenset(inner).union(*(below(i) for i in inner))

    return {name: below(name) for name in steps}


def relate(a: Figure, b: Figure, inc: Inclusion, near: Container[str] | None = None) -> Relation:
    """All dimensions, cheapest first; the order of a and b only exchanges within and around.

    With `near`, the dimensions that may alone keep two figures apart that are worth a row, the dear ones are
    left out for figures further apart: of most pairs the period tells.
    """
    r = Relation()
    _what(a, b, inc, r)
    if r.differ:
        return r
    _plain("conflict", a.conflict, b.conflict, r)
    _aggregation(a, b, inc, r)
    _periods(a, b, r)
    if near is not None and far_apart(r, near):
        return r
    _places(a, b, inc, r)
    if near is not None and far_apart(r, near):
        return r
    _parties(a, b, inc, r)
    _attacks(a, b, inc, r)
    _parts(a, b, r)
    _same_text(a, b, r)
    return r


def far_apart(r: Relation, near: Container[str]) -> bool:
    """Whether more than one dimension keeps two figures apart, or one that is not among the near."""
    return len(r.differ) > 1 or (bool(r.differ) and r.differ[0] not in near)


def _what(a: Figure, b: Figure, inc: Inclusion, r: Relation) -> None:
    if a.unit != b.unit:
        r.differ.append("unit")
    if a.item == b.item:
        item = a.item
    elif b.item in inc.items.get(a.item, ()):
        r.around.append("item")
        item = b.item
    elif a.item in inc.items.get(b.item, ()):
        r.within.append("item")
        item = a.item
    else:
        r.differ.append("item")
        item = ""
    if not inc.same_event(a.event, b.event, item):
        if b.event in inc.events.get(a.event, ()):
            r.around.append("event")
        elif a.event in inc.events.get(b.event, ()):
            r.within.append("event")
        else:
            r.differ.append("event")
    if a.variant != b.variant and a.item == b.item:
        if a.variant is None or b.variant is None:
            if inc.usual.get(a.item) == (a.variant or b.variant):
                r.assumed.append("variant")
            else:
                (r.maybe_around if a.variant is None else r.maybe_within).append("variant")
        else:
            r.differ.append("variant")


def _plain(name: str, a: str | None, b: str | None, r: Relation) -> None:
    if a == b:
        return
    if a is None or b is None:
        r.assumed.append(name)
    else:
        r.differ.append(name)


def _aggregation(a: Figure, b: Figure, inc: Inclusion, r: Relation) -> None:
    kinds = {a.aggregation, b.aggregation}
    if len(kinds) == 1 or kinds == {"period", "cumulative"}:
        return  # a running total and a period count the same thing where their days match
    if kinds == {"period", "stock"} and a.event in inc.states:
        r.assumed.append("aggregation")
    else:
        r.differ.append("aggregation")


def _periods(a: Figure, b: Figure, r: Relation) -> None:
    running = "cumulative" in (a.aggregation, b.aggregation)
    if a.start is None or b.start is None or a.end is None or b.end is None:
        if a.article == b.article and "elsewhen" in (a.when, b.when):
            r.differ.append("period")
        elif a.article == b.article:
            r.assumed.append("period")
        else:
            r.differ.append("period not stated")
        return
    if "stock" in (a.aggregation, b.aggregation):
        _states(a, b, r)
        return
    if "dateline" in (a.when, b.when):
        _datelines(a, b, running, r)
        return
    starts, ends = abs(a.start - b.start), abs(a.end - b.end)
    rolling = min(a.days or 0, b.days or 0) > _WEEK and starts <= 1 and ends <= 1
    short = max(a.days or 0, b.days or 0) <= SHORT
    if starts + ends <= 1 or rolling:
        if starts and ends:
            r.assumed.append("period (a day apart)")
        if starts + ends and short and a.article == b.article and a.when == b.when == "stated":
            # one article that tells two days apart: the shorter may be a part of the longer
            (r.maybe_around if (a.days or 0) > (b.days or 0) else r.maybe_within).append("period")
        _basis(a, b, r)
    elif running and starts <= 1 and a.aggregation == b.aggregation:
        r.as_of = True
        r.differ.append("as of")
    elif a.start <= b.start and b.end <= a.end:
        _nest(r.around, a, b, r)
    elif b.start <= a.start and a.end <= b.end:
        _nest(r.within, b, a, r)
    elif max(a.start, b.start) <= min(a.end, b.end):
        r.differ.append("period overlaps")
    elif short and "article" in (a.when, b.when) and _near_in_time(a, b):
        r.assumed.append("period")  # an inherited day is not sure to the day
    elif _one_night(a, b):
        r.assumed.append("period (a night between two days)")
    else:
        r.differ.append("period")


def _one_night(a: Figure, b: Figure) -> bool:
    """Late on Thursday, and early on Friday."""
    first, then = (a, b) if (a.end or 0) < (b.end or 0) else (b, a)
    return first.days == then.days == 1 and first.night and (first.end or 0) + 1 == then.start


def _near_in_time(a: Figure, b: Figure) -> bool:
    """A day apart, or, at one place that both state, within the days that a report covers."""
    assert a.start is not None and b.start is not None and a.end is not None and b.end is not None
    here = a.where == b.where == "stated" and (spot_of(a) == spot_of(b) or _is_in(a, b) or _is_in(b, a))
    apart = min(abs(a.start - b.end), abs(b.start - a.end))
    return apart <= (NEWS_DAYS if here and a.article != b.article else 1)


def _nest(which: list[str], outer: Figure, inner: Figure, r: Relation) -> None:
    if (outer.days or 0) > WIDEST * (inner.days or 1):
        r.differ.append("period")
        return
    if "article" in (outer.when, inner.when) and (outer.days or 0) <= SHORT:
        r.assumed.append("period")
        return
    which.append("period")
    _basis(outer, inner, r)


def _basis(a: Figure, b: Figure, r: Relation) -> None:
    if "article" in (a.when, b.when):
        sure = all(f.one_day or f.when != "article" for f in (a, b))
        r.assumed.append("period (of the article)" if sure else "period")
    elif "incident" in (a.when, b.when):
        r.assumed.append("period (of the incident)")
    elif "report" in (a.when, b.when):
        r.assumed.append("period (of the report)")


def _states(a: Figure, b: Figure, r: Relation) -> None:
    """A stock is a state at a moment: its period's last day, else the day of publication."""
    assert a.end is not None and b.end is not None
    apart = abs(a.end - b.end)
    if "stated" not in (a.when, b.when) or a.when != b.when:
        r.assumed.append("period")
        apart -= NEWS_DAYS - 1
    if apart > 1:
        r.as_of = True
        r.differ.append("as of")


def _datelines(a: Figure, b: Figure, running: bool, r: Relation) -> None:
    """A claim that gives no day fits what lies in the days up to its publication, and nothing longer."""
    assert a.start is not None and a.end is not None and b.start is not None and b.end is not None
    if running:
        if a.aggregation == b.aggregation and "dateline" in (a.when, b.when):
            told = a if b.when == "dateline" else b
            if told.when != "dateline" and (told.days or 0) <= WIDEST:
                r.differ.append("period not stated")  # since when the other counts
                return
            r.assumed.append("period")
            if abs(a.end - b.end) > 1:
                r.as_of = True
                r.differ.append("as of")
        else:
            r.differ.append("period")
        return
    if a.when == b.when:
        fits = abs(a.end - b.end) <= NEWS_DAYS
    else:
        window, told = (a, b) if a.when == "dateline" else (b, a)
        assert window.start is not None and window.end is not None
        assert told.start is not None and told.end is not None
        if (told.days or 0) > SHORT and told.start <= window.end and window.start <= told.end:
            r.differ.append("period not stated")
            return
        fits = window.start <= told.end <= window.end + 1  # what ended in these days is news in them
    if fits:
        r.assumed.append("period")
    else:
        r.differ.append("period")


def _places(a: Figure, b: Figure, inc: Inclusion, r: Relation) -> None:
    if a.place is None and b.place is None:
        _no_places(a, b, inc, r)
        return
    if _several(a, b, inc) or _several(b, a, inc):
        r.differ.append("places")
        return
    if a.place is None or b.place is None:
        bare, named = (a, b) if a.place is None else (b, a)
        if named.place_id is not None and named.place_id == inc.land_of(named.conflict or bare.conflict):
            # "in Syria" is no narrower than Syria's war, and is around what an article on Homs tells
            r.assumed.append("place")
            local = _told_scene(bare, bare.conflict or named.conflict, inc)
            if local.spots or local.regions:
                (r.maybe_within if bare is a else r.maybe_around).append("place")
        elif (bare.spread or a.article == b.article) and not _may_be_here(bare, named, inc):
            r.differ.append("place")
        elif bare.spread or (bare.event in inc.wide and bare.where == "none"):
            # one of several places that the article tells of together, or a force's whole front
            r.assumed.append("place")
            (r.maybe_around if bare is a else r.maybe_within).append("place")
        elif _contrasted(bare, named):
            r.differ.append("place")
        elif a.article == b.article or _speaks_of(bare, named, inc):
            r.assumed.append("place (of the article)" if _only_place(bare, named) else "place")
        elif named.where == "incident" and not bare.near.isdisjoint(named.near):
            r.assumed.append(
                "place"
            )  # a place that was only inherited, in two articles on another that both name
        else:
            r.differ.append("place")  # its article does not speak of this one
        return
    inherited = "incident" in (a.where, b.where)
    if (
        (a.place_id == b.place_id and a.place_id)
        or spot_of(a) == spot_of(b)
        or _fold(a.place) == _fold(b.place)
    ):
        if inherited:
            r.assumed.append("place (of the incident)")
    elif _is_in(b, a) or _is_in(a, b):
        if inherited:
            r.assumed.append("place (of the incident)")
        else:
            (r.around if _is_in(b, a) else r.within).append("place")
    elif inherited and not _contrasted(a, b) and not _contrasted(b, a):
        taken, other = (a, b) if a.where == "incident" else (b, a)
        unknown = taken.place_id is None or other.place_id is None
        if not unknown and _elsewhere(taken, other):
            r.differ.append("place")
            return
        fits = _may_be_named(a, b, inc) if unknown else _mentions(taken, other)
        (r.assumed if fits else r.differ).append("place")
    elif (a.place_id is None or b.place_id is None) and _may_be_named(a, b, inc):
        r.assumed.append("place")
        r.notes.append(f"{a.place} and {b.place} are taken to be one place")
    else:
        r.differ.append("place")


def _elsewhere(taken: Figure, other: Figure) -> bool:
    """Whether the one's incident has places of its own, of which the other's is none: regions, or quarters."""
    if spot_of(other) in taken.scene:
        return False
    quarters = all("/" in (f.place_id or "") for f in (taken, other))
    return quarters or (
        taken.region is not None and other.region is not None and taken.region != other.region
    )


def _several(bare: Figure, named: Figure, inc: Inclusion) -> bool:
    """Whether the one counts in the other's place and in another, as its sentence says, both together."""
    return bare.where != "stated" and named.place_id in inc.places_of(bare.sentence, bare.conflict).together


def _may_be_here(bare: Figure, named: Figure, inc: Inclusion) -> bool:
    """Whether the regions of the one's sentence, if it names any, leave room for the other's."""
    own = inc.places_of(bare.sentence, bare.conflict)
    if named.region is None or named.country not in own.countries:
        return True  # a place abroad is the speaker's, or where somebody comes from
    return not own.regions or named.region in own.regions


def _no_places(a: Figure, b: Figure, inc: Inclusion, r: Relation) -> None:
    """Two tolls without a place, in two articles: of one place only where both speak of one."""
    if a.article == b.article or (a.event in inc.wide and b.event in inc.wide):
        return
    one, other = (_told_scene(f, a.conflict or b.conflict, inc) for f in (a, b))
    if one.spots.isdisjoint(other.spots) and one.regions.isdisjoint(other.regions):
        (r.differ if one.spots and other.spots else r.assumed).append("place")


def _told_scene(figure: Figure, conflict: str | None, inc: Inclusion) -> Scene:
    """The places of its own sentence, else those of its article's figures, else those of its words."""
    own = inc.places_of(figure.sentence, conflict)
    if own.spots:
        return own
    return _scene_of(figure) if figure.near else inc.places_of(figure.told, conflict)


def _may_be_named(a: Figure, b: Figure, inc: Inclusion) -> bool:
    """Whether a place that the gazetteer does not know may be the other's: a quarter, another spelling."""
    unknown, other = (a, b) if a.place_id is None else (b, a)
    if spot_of(other) in unknown.spots or spot_of(unknown) in other.spots:
        return False  # its article gives a figure for each
    if a.article != b.article and not _regions_meet(a, b, inc):
        return False
    if a.article == b.article or (a.best == b.best and (a.place_id or b.place_id)):
        return True
    own = inc.places_of(unknown.sentence, unknown.conflict)
    if own.spots:
        return other.place_id is not None and _is_among(other, own)
    if "incident" in (a.where, b.where) and (a.speaker == b.speaker or one_story(a, b)):
        return True
    if not (unknown.near or inc.places_of(unknown.told, unknown.conflict).spots):
        return True  # no place of its article is known
    if other.place_id is None:
        return False
    return len(unknown.regions) < 2 and _speaks_of(unknown, other, inc)


def _regions_meet(a: Figure, b: Figure, inc: Inclusion) -> bool:
    """Whether the sentences of two figures name one region, if each names any."""
    one, other = (inc.places_of(f.sentence, f.conflict).regions for f in (a, b))
    return not (one and other) or not one.isdisjoint(other)


def _contrasted(bare: Figure, named: Figure) -> bool:
    """Whether the one's article tells the other's place from this one: 48 in Qamishli, two in Nusaybin."""
    spot = spot_of(named)
    return spot not in bare.near and not named.spots.isdisjoint(bare.near)


def _fold(name: str) -> str:
    return "".join(c for c in name.casefold().removeprefix("the ").removeprefix("al-") if c.isalnum())


def _is_in(inner: Figure, outer: Figure) -> bool:
    """Whether the gazetteer says so: a town in its region, either in its country."""
    if inner.place_id == outer.place_id or (outer.place_id or "").startswith("gn:"):
        return False  # a town may bear its region's name, and holds nothing but itself
    name = _fold(outer.place or "")
    for wider in (inner.region, inner.country):
        start = _fold(wider or "")
        if start and name.startswith(start) and name.removeprefix(start) in _AREAS:
            return True
    return False


def homonyms(a: Figure, b: Figure) -> bool:
    """A town and the region of its name: "Idlib" is said of both."""
    for town, region in ((a, b), (b, a)):
        name = _fold(town.place or "")
        if name and _fold(region.place or "").startswith(name) and _is_in(town, region):
            return True
    return False


def _mentions(bare: Figure, named: Figure) -> bool:
    return _is_among(named, _scene_of(bare))


def _only_place(bare: Figure, named: Figure) -> bool:
    """Whether the one's article gives figures for that town alone, or for the region of that name."""
    towns = {place for place in bare.near if ":" in place}
    return towns == {named.place_id} or (not towns and named.place_id in bare.near)


def _scene_of(figure: Figure) -> Scene:
    """As far as the table says, by the places of its article's figures."""
    return Scene(figure.near, figure.regions, towns=any(place.startswith("gn:") for place in figure.near))


def _speaks_of(bare: Figure, named: Figure, inc: Inclusion) -> bool:
    """Whether the one's article speaks of the other's place or of its region, with a figure or in its words.

    The words of its own sentence come first. Where no place of the article is known, one source or one figure
    in both articles makes them one story.
    """
    if _mentions(bare, named) or not (bare.told or bare.near):
        return True  # a table without sentences cannot tell
    war = bare.conflict or named.conflict
    own = inc.places_of(bare.sentence, war)
    scene = own if own.spots else inc.places_of(bare.told, war)
    if named.place_id is None and named.country and fold(named.country) in fold(named.place or ""):
        return named.country in scene.countries  # "southern Ukraine" is around any place of Ukraine
    if named.place_id is None and skeleton(fold(named.place or "")) in skeleton(fold(bare.told)):
        return True
    if scene.spots or bare.near:
        return _is_among(named, scene)
    return bare.speaker == named.speaker or one_story(bare, named)


def one_story(a: Figure, b: Figure, least: int = 2) -> bool:
    """Whether the articles of two figures share one that two events do not share by chance, or two of any size."""
    shared = [number for *_, number in a.counts & b.counts if number >= least]
    return len(shared) > 1 or any(number >= TELLING for number in shared)


def _is_among(named: Figure, scene: Scene) -> bool:
    if named.place_id in scene.spots:
        return True
    # an article that names one town is not about every other of its region
    return (named.region or "") in scene.regions and not (
        scene.towns and (named.place_id or "").startswith("gn:")
    )


def _parties(a: Figure, b: Figure, inc: Inclusion, r: Relation) -> None:
    for name, left, right in (("target", a.target, b.target), ("actor", a.actor, b.actor)):
        if left == right:
            continue
        if left is None or right is None:
            r.assumed.append(name)
        elif left == "both":
            r.around.append(name)
        elif right == "both":
            r.within.append(name)
        elif _may_be_one(left, right, inc):
            r.assumed.append(name)
        elif name == "actor" and _one_attack(a, b, inc, r):
            r.assumed.append(name)
            r.notes.append(f"{left} is blamed by the one, {right} by the other")
        else:
            r.differ.append(name)


def _may_be_one(left: str, right: str, inc: Inclusion) -> bool:
    """A name like "rebels" may be any armed group; two states, or two named groups, are never one."""
    return (left in GENERIC and right in inc.groups) or (right in GENERIC and left in inc.groups)


def _same_or_may_be(actor: str | None, other: str, inc: Inclusion) -> bool:
    return actor is not None and (actor == other or _may_be_one(actor, other, inc))


def _one_attack(a: Figure, b: Figure, inc: Inclusion, r: Relation) -> bool:
    """A toll at one place on one day, for which two sources blame two sides."""
    short = (
        max(a.days or SHORT + 1, b.days or SHORT + 1) <= SHORT
        and "period (a night between two days)" not in r.assumed
    )
    here = a.place_id is not None and a.place_id == b.place_id
    # an article that tells of attacks by either keeps them apart
    both = any(_same_or_may_be(b.actor, x, inc) for x in a.actors) or any(
        _same_or_may_be(a.actor, x, inc) for x in b.actors
    )
    return a.event in inc.tolls and here and short and not both and not r.differ and a.speaker != b.speaker


def _attacks(a: Figure, b: Figure, inc: Inclusion, r: Relation) -> None:
    """Shelling and a car bomb in one town on one day are two attacks; so is one, and all of the last 24 hours.

    A battle of several days has all kinds, and words are loose: of the same toll, one may say shelling and one bombing.
    """
    if a.event not in inc.tolls or b.event not in inc.tolls:
        return
    if a.attack and b.attack and a.attack.isdisjoint(b.attack) and not (_of_days(a) or _of_days(b)):
        if not (one_story(a, b) or _one_toll(a, b)):
            r.differ.append("attack")
    if a.window != b.window:
        whole, one = (a, b) if a.window else (b, a)
        if not (whole.attack or whole.actor) and (one.attack or one.actor):
            (r.maybe_around if whole is a else r.maybe_within).append("attack")


def _of_days(figure: Figure) -> bool:
    return figure.when in TOLD and (figure.days or 0) > 1


def _one_toll(a: Figure, b: Figure) -> bool:
    """One number from one side, or numbers of some size within a tenth: two attacks seldom have it so."""
    smaller, larger = sorted((a.best, b.best))
    if smaller == larger and a.side is not None and a.side == b.side:
        return True
    return smaller >= TELLING and larger <= 1.1 * smaller


def _parts(a: Figure, b: Figure, r: Relation) -> None:
    if a.partial and b.partial:
        if (a.low, a.high) != (b.low, b.high):
            r.differ.append("part")
    elif a.partial:
        r.within.append("part")
    elif b.partial:
        r.around.append("part")


def _same_text(a: Figure, b: Figure, r: Relation) -> None:
    """Within one article the text itself says what belongs together."""
    if a.article != b.article:
        return
    if a.part_of == b.claim_id:
        _add(r.within, "part")
    elif b.part_of == a.claim_id:
        _add(r.around, "part")
    elif a.part_of and a.part_of == b.part_of and (a.low, a.high) != (b.low, b.high):
        _add(r.differ, "part")  # two parts of one total stand side by side
    if a.incident and b.incident and a.incident != b.incident and not _told_alike(a, b) and a.best != b.best:
        if _told_apart(a, b):
            r.differ.append("incident")
        else:
            r.assumed.append("incident")


def _told_apart(a: Figure, b: Figure) -> bool:
    """Whether two incidents of one article are said to be of two places, or of two times."""
    if a.scene and b.scene and a.scene.isdisjoint(b.scene):
        return True
    return days_apart(a.days_told, b.days_told)


def _add(names: list[str], name: str) -> None:
    if name not in names:
        names.append(name)


def _told_alike(a: Figure, b: Figure) -> bool:
    return a.when == b.when == "stated" and a.where == b.where == "stated"
