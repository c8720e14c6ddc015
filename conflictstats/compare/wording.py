"""The sentences in which comparison says what it found: who says what, when, and how far apart."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

from conflictstats.compare.figures import TOLD, Figure

if TYPE_CHECKING:
    from conflictstats.compare.relations import Inclusion, Relation

DIMENSIONS = {
    "conflict": "conflict", "event": "event", "item": "item", "variant": "variant", "unit": "unit",
    "aggregation": "way of counting", "actor": "actor", "target": "target", "period": "period",
    "place": "place",
}  # fmt: skip
_OF = (
    "dozens",
    "scores",
    "hundreds",
    "thousands",
    "millions",
    "couple",
    "half",
    "third",
    "quarter",
    "thirds",
)
_EPOCH = date(1970, 1, 1)
_COUNTED = {
    "period": "a total of its period", "cumulative": "a running total", "stock": "a state at a moment",
    "increment": "a change against an earlier figure", "per_hour": "a rate per hour",
    "per_day": "a rate per day", "per_week": "a rate per week", "per_month": "a rate per month",
    "per_year": "a rate per year",
}  # fmt: skip
# Beside a figure, where it would else be read as a total.
WAYS = {
    "increment": "(a change against an earlier figure)", "per_hour": "per hour", "per_day": "per day",
    "per_week": "per week", "per_month": "per month", "per_year": "per year",
}  # fmt: skip


def compared(
    a: Figure, b: Figure, verdict: str, more: Sequence[str], assumed: Sequence[str], inc: Inclusion
) -> str:
    when = _shared_when(a, b)
    first = f"{_says(a)} {_figure(a, inc)}{'' if when else _when(a)}"
    same = (a.event, a.item, a.aggregation) == (b.event, b.item, b.aggregation)
    second = f"{_who(b, a)} {_figure(b, inc, brief=same)}{'' if when else _when(b)}"
    sentence = f"{first}, {second}{when}; {_distance(a, b, verdict)}"
    extra = "".join(f"; {reason}" for reason in more)
    return f"{sentence}{extra}{_assuming(assumed)}"


def _distance(a: Figure, b: Figure, verdict: str) -> str:
    if verdict == "agree":
        return "the same figure" if (a.low, a.high) == (b.low, b.high) else "their bounds overlap"
    if a.low <= b.high and b.low <= a.high:
        return f"both can hold: {bounds(a)} and {bounds(b)} meet only at an open or vague end"
    smaller, larger = (a, b) if a.high < b.low else (b, a)
    if smaller.low == smaller.high and larger.low == larger.high:
        apart = f"{_told_apart(larger.low, smaller.low)}"
    else:
        apart = f"bounds {bounds(larger)} do not reach {bounds(smaller)}"
    return f"{apart}{_times(a, b)}"


def _told_apart(larger: float, smaller: float) -> str:
    """Two numbers with as many digits as tell them apart: two miles are not 3.2 km."""
    if number(larger) != number(smaller):
        return f"{number(larger)} against {number(smaller)}"
    digits = next((n for n in range(1, 12) if f"{larger:.{n}f}" != f"{smaller:.{n}f}"), 12)
    return f"{larger:,.{digits}f} against {smaller:,.{digits}f}"


def _times(a: Figure, b: Figure) -> str:
    if not (math.isfinite(a.best) and math.isfinite(b.best)) or min(a.best, b.best) <= 0:
        return ""
    return f": {times(max(a.best, b.best) / min(a.best, b.best))} apart"


def times(ratio: float) -> str:
    """How far apart: "2.3 times", or, where that would round a few percent up to a tenth, "4.0%"."""
    return f"{ratio:.1f} times" if ratio >= 1.1 else f"{ratio - 1:.1%}"


def nested(inner: Figure, outer: Figure, r: Relation, inc: Inclusion, broken: bool) -> str:
    how = joined(
        [DIMENSIONS.get(n, "total") for n in r.within or r.around or r.maybe_within or r.maybe_around]
    )
    both = (
        f"{_says(inner)} {_figure(inner, inc)}{_when(inner)}{_where(inner)},"
        f" {_who(outer, inner)} {_figure(outer, inc)}{_when(outer)}{_where(outer)}"
    )
    if broken:
        end = f"both cannot hold{supposed(r.assumed)}: {bounds(inner)} would be a part (by {how}) of {bounds(outer)}"
        return f"{both}; {end}"
    elif r.within or r.around:
        end = f"the first is inside the second by {how}; both can hold"
    else:
        end = f"the second does not give the {how} and may count more; both can hold"
    return f"{both}; {end}{_assuming(r.assumed)}"


def revision(old: Figure, new: Figure, inc: Inclusion) -> str:
    who = _who(new)
    if math.isnan(old.best) or math.isnan(new.best) or old.best == new.best:
        moved = "changed"
    else:
        moved = "raised" if new.best > old.best else "lowered"
    brief = _figure(new, inc, brief=old.item == new.item)
    said = f"{who} {moved} the figure from {_figure(old, inc)} to {brief}"
    if old.status == "superseded" and old.article == new.article:
        return f"{said}, as the article says itself"
    if new.aggregation in ("cumulative", "stock") and None not in (old.end, new.end) and old.end != new.end:
        size = _by(old, new)
        return f"{who} gave {_figure(old, inc)} as of {_day(old.end)} and {brief} as of {_day(new.end)}{size}"
    if old.published == new.published:
        return f"{said} (both {_day(new.published)})"
    return f"{said} ({_day(old.published)}, then {_day(new.published)})"


def _by(old: Figure, new: Figure) -> str:
    change = new.best - old.best
    if math.isnan(change) or change == 0:
        return ""
    unit = {"count": "", "percent": " points"}.get(new.unit, f" {new.unit.replace('km2', 'km²')}")
    fewer = "less" if unit else "fewer"
    return f": {number(abs(change))}{unit} {'more' if change > 0 else fewer}"


def apart(a: Figure, b: Figure, r: Relation, inc: Inclusion) -> str:
    both = f"{_says(a)} {_figure(a, inc)}{_when(a)}, {_who(b, a)} {_figure(b, inc)}{_when(b)}"
    return f"{both}: {joined([_why_apart(name, a, b, r) for name in r.differ])}"


def _why_apart(name: str, a: Figure, b: Figure, r: Relation) -> str:
    if name == "period not stated":
        bare = a if a.when in ("none", "dateline") or b.when in TOLD else b
        return f"{_who(bare)} gives no period"
    if name == "aggregation":
        return f"one is {_COUNTED[a.aggregation]}, the other {_COUNTED[b.aggregation]}"
    if name in ("actor", "target"):
        return f"the {name} is {getattr(a, name)} in the one, {getattr(b, name)} in the other"
    if name == "as of":
        running = "cumulative" in (a.aggregation, b.aggregation)
        return "two states of a running total" if running else "two states, of different days"
    if name == "bounds":
        return joined(
            [f"a bound of {_who(f)}'s figure is not known" for f in (a, b) if "unknown" in bounds(f)]
        )
    plain = {
        "event": "different events", "item": "different things are counted", "unit": "different units",
        "period": "different periods", "period overlaps": "the periods overlap without being the same",
        "variant": f"{a.variant} and {b.variant} are counted apart",
        "place": f"{a.place} and {b.place} are different places",
        "part": "two parts of one total", "places": "the one counts several places together", "incident": "the article tells of two incidents",
        "crosswise": "each reaches beyond the other", "scale": "too far apart to answer one question", "conflict": "different conflicts",
        "share": "a share of a part may be larger or smaller than that of the whole",
        "rate": "the rate of some days may be higher or lower than that of more days",
        "limits": "two upper limits meet whatever they count, and a part of the question is only assumed the same",
    }  # fmt: skip
    if name == "not given":
        guessed = [DIMENSIONS[n] for n in ("conflict", "aggregation", "period", "place") if n in r.assumed]
        return f"that the {joined(guessed)} is the same would be a guess, and they may be of two events"
    if name == "attack":
        return f"the words of the one are of {_attack(a)}, those of the other of {_attack(b)}"
    if name == "place" and not (a.place and b.place):
        return f"{a.place or b.place} is named by one only, and the other's article does not mention it"
    return plain.get(name, name)


_ATTACKS = {
    "gas": "poison gas", "air": "an attack from the air", "shelling": "shelling", "drone": "drones",
    "bomb": "a planted or carried bomb", "arms": "small arms",
}  # fmt: skip


def _attack(figure: Figure) -> str:
    if "gas" in figure.attack:
        return _ATTACKS["gas"]  # which comes from the air or in shells
    return " and ".join(_ATTACKS.get(kind, kind) for kind in sorted(figure.attack))


def kept_apart(a: Figure, b: Figure, inc: Inclusion) -> str:
    odd, other = (a, b) if a.status != "asserted" else (b, a)
    said = {
        "denied": "denies",
        "hypothetical": "speaks only of a possible",
        "superseded": "is cited with an outdated",
    }
    verb = said.get(odd.status, "says")
    rest = _says(other) if other.status == "asserted" else f"{_who(other, odd)} {said[other.status]}"
    both = f"{_who(odd)} {verb} {_figure(odd, inc)}, {rest} {_figure(other, inc)}"
    return f"{both}; {odd.status} figures stand apart"


def one_source(a: Figure, b: Figure, inc: Inclusion) -> str:
    return (
        f"{_who(a)} gives {_figure(a, inc)} and {_figure(b, inc)}; nothing says that both answer one question"
    )


def beside_its_rival(a: Figure, b: Figure, inc: Inclusion) -> str:
    return (
        f"{_says(a)} {_figure(a, inc)}, {_who(b, a)} {_figure(b, inc)}; one of the two gives the other's figure"
        " beside its own, which must count something else"
    )


def doubts(a: Figure, b: Figure, inc: Inclusion) -> list[str]:
    """A noun that names another thing than the item: "strikes" taken for missiles."""
    found = []
    for figure in (a, b):
        other = inc.noun_of(figure.noun, figure.item)
        if other is not None:
            found.append(
                f"{_who(figure)}'s noun is '{figure.noun}', which may not be {inc.words[figure.item][1]}"
            )
    return found


def bounds(figure: Figure) -> str:
    if math.isnan(figure.low) or math.isnan(figure.high):
        return "unknown bounds"
    if math.isinf(figure.high):
        return f"{number(figure.low)} or more"
    if figure.low == figure.high:
        return number(figure.low)
    if figure.low == 0:
        return f"up to {number(figure.high)}"
    return f"{number(figure.low)}–{number(figure.high)}"


def number(value: float) -> str:
    """As a newspaper writes it: 11,000; 3.2; 0.45."""
    if math.isinf(value):
        return "unbounded"
    if value == round(value):
        return f"{value:,.0f}"
    return f"{value:,.1f}" if abs(value) >= 10 else f"{value:,.2g}"


def _figure(figure: Figure, inc: Inclusion, *, brief: bool = False) -> str:
    """The words of the claim with what they count: "around 250 missiles launched"; brief: "around 250"."""
    text = _lowered(figure.text) if figure.text else bounds(figure)
    if brief and figure.high > 0:
        return text
    single = figure.unit == "count" and figure.low == figure.high == 1
    of = figure.unit in ("percent", "kg")
    what = (figure.item, figure.event, figure.noun)
    told = counted(text, *what, inc, single=single, of=of, variant=figure.variant)
    way = WAYS.get(figure.aggregation)
    return f"{told} {way}" if way else told


def counted(
    text: str,
    item: str,
    event: str,
    noun: str | None,
    inc: Inclusion,
    *,
    single: bool = False,
    of: bool = False,
    variant: str | None = None,
) -> str:
    """The words of a figure with what they count: "no civilians killed", "80 percent of drones hit"."""
    text = _lowered(text)
    if text in ("none", "no one", "nobody", "not one"):
        text = "no"
    if text.endswith(_OF):
        text += " of"
    thing = inc.words.get(item, (item, item))[0 if single or text.endswith("single") else 1]
    if item == "other" and noun:
        thing = noun
    if event == "advanced":
        return f"an advance of {text} {thing}"
    if variant and variant not in text:
        thing = f"{variant.replace('_', ' ')} {thing}"
    if thing.casefold() in text.casefold():
        return f"{text} {inc.event_words.get(event, event)}"
    of = of and not thing.startswith("of ")  # "20 percent of territory"
    return f"{text}{' of' if of else ''} {thing} {inc.event_words.get(event, event)}"


def _lowered(text: str) -> str:
    """A claim that opened a sentence: "At least 11" → "at least 11"."""
    return text[0].lower() + text[1:] if text[:1].isupper() and not text[:2].isupper() else text


def _who(figure: Figure, other: Figure | None = None) -> str:
    name = figure.source or f"the article {figure.article}"
    if other is not None and other.speaker == figure.speaker:
        return "and again" if other.article == figure.article else "and elsewhere"
    return name


_PLURAL = frozenset({
    "Forces", "Officials", "Sources", "Activists", "Authorities", "Rebels", "Helmets", "Residents", "Witnesses", "Medics",
    "Doctors", "Houthis",
})  # fmt: skip


def _says(figure: Figure) -> str:
    """A name and its verb: the ministry says, officials say."""
    name = _who(figure)
    last = name.split()[-1]
    plural = figure.source and (
        last in _PLURAL or (last.islower() and last.endswith("s") and last[-2] not in "su")
    )
    return f"{name} {'say' if plural else 'says'}"


def _when(figure: Figure) -> str:
    if figure.when in ("dateline", "article") or figure.start is None or figure.end is None:
        return " (no period stated)"
    return f" for {_days(figure.start, figure.end)}"


def _shared_when(a: Figure, b: Figure) -> str:
    if a.start is None or (a.start, a.end) != (b.start, b.end) or "dateline" in (a.when, b.when):
        return ""
    assert a.end is not None
    taken = "taken to be " if "article" in (a.when, b.when) else ""
    return f", both {taken}for {_days(a.start, a.end)}"


def _where(figure: Figure) -> str:
    return f" in {figure.place}" if figure.place else ""


@cache
def _days(start: int, end: int) -> str:
    first, last = _EPOCH + timedelta(start), _EPOCH + timedelta(end)
    if first == last:
        return f"{last.day} {last:%B} {last.year}"
    if first.year != last.year:
        return f"{first.day} {first:%B} {first.year} – {last.day} {last:%B} {last.year}"
    if first.month != last.month:
        return f"{first.day} {first:%B} – {last.day} {last:%B} {last.year}"
    return f"{first.day}–{last.day} {last:%B} {last.year}"


def _day(day: int | None) -> str:
    return "undated" if day is None else _days(day, day)


def _assuming(assumed: Sequence[str]) -> str:
    return f" (assumed the same: {', '.join(dict.fromkeys(assumed))})" if assumed else ""


def supposed(assumed: Sequence[str]) -> str:
    """The condition under which a contradiction holds: what was assumed of the two."""
    names = dict.fromkeys(DIMENSIONS.get(plain, plain) for name in assumed for plain in [name.split(" (")[0]])
    verb = "are" if len(names) > 1 else "is"
    return f" if the {' and the '.join(names)} {verb} the same, as assumed" if names else ""


def joined(words: Sequence[str]) -> str:
    return " and ".join(dict.fromkeys(words))


def said(figure: Figure, inc: Inclusion, *, brief: bool = False, when: bool = False) -> str:
    """Who says what, of one figure alone."""
    words = _figure(figure, inc)
    return words if brief else f"{_says(figure)} {words}{_when(figure) if when else ''}"
