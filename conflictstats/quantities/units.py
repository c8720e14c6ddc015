"""Units behind numbers: a closed table, its sizes by pint, and lengths that only say where a place lies."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from conflictstats.codebook import Codebook, Unit
from conflictstats.errors import CodebookError
from conflictstats.quantities.numerals import Numeral
from conflictstats.records import QuantityKind

if TYPE_CHECKING:
    from pint import UnitRegistry

_KINDS: dict[str, QuantityKind] = {
    "length": "measure", "area": "measure", "mass": "measure",
    "duration": "duration", "money": "money", "percent": "percent",
}  # fmt: skip
_TARGETS = {"km": "kilometre", "km2": "kilometre ** 2", "kg": "kilogram"}
_MORE = (
    r"(?:(?:more|further|additional|extra|other|full|long|straight|consecutive|successive|whole|solid)\s+)?"
)
_OF = re.compile(r"\s+of(?=\s)")
_AGO = re.compile(r"\s+\w+\s+(?:ago|earlier|before|later)\b", re.I)  # "two thirds a week ago"
_OF_A = re.compile(r"\s+(?:of\s+)?an?(?=\s)", re.I)
_DIRECTION = (
    r"(?:(?:north|south|east|west)(?:[-\s]?(?:north|south|east|west))*(?:ern|wards?)?"
    r"|outside|off|short|away|distant|inland|offshore|upstream|downstream)"
)
_FROM_PLACE = re.compile(
    rf"\s*(?:[(\[][^)\]]{{1,30}}[)\]]\s*)?(?:,\s*)?"
    rf"(?:(?:to\s+the\s+|due\s+|straight\s+|further\s+|about\s+|just\s+)?{_DIRECTION}\b|from\b|(?:deep\s+)?inside\b|behind\b|beyond\b"
    r"|(?:down|up|along)\s+the\s+(?:road|coast|river)\b|as\s+the\s+crow|apart\b|above\b|below\b|deep\s+underground|underground)",
    re.I,
)
_LYING = re.compile(
    r"\b(?:within(?:\s+(?:just|only|barely|less\s+than))?|(?:distance|radius|range|ranges|altitudes?|heights?|length|width|circle|speeds?|perimeter)\s+of|closer\s+than|nearer\s+than"
    r"|located|situated|lies|lying|lie|stands|standing|stationed|based)\s+(?:an?\s+)?$",
    re.I,
)
_LONG = re.compile(r"[\s-]+(?:long|high|tall|thick)\b", re.I)
_LINE = re.compile(
    r"\b(?:front|frontline|line of contact|contact line|section|sector|stretch|strip|salient|bridgehead|corridor|advance|breach)\b",
    re.I,
)
_BRACKET = re.compile(
    r"(?:km|kg|lb|sq|mi|[²2]|mile|met(?:re|er)|yard|foot|feet|hectare|acre|ton|tonne|pound|dunum|dunam|kilo|gram)s?\s*[(\[]\s*(?:or\s+)?$",
    re.I,
)
_WEIGHS = re.compile(r"\b(?:weigh(?:s|ed|ing)?|warheads?\s+of|bombs?\s+of)\s+$", re.I)
_WEAPON = re.compile(
    r"\s+(?:(?!of\b)[a-z-]+\s+)?(?:bombs?|warheads?|charges?|mines?|munitions?|shells?|missiles?|rockets?|devices?|payloads?|drones?)\b",
    re.I,
)
# "a 5-kg dynamite charge", "a 20-kg bomb went off": what one explosion used, which a type's name ("500-pound bombs") is not
_CHARGE = re.compile(
    r"[\s-]+(?:[a-z-]+\s+){0,2}?(?:charge|package|parcel|pack|load|dynamite|tnt|c-?4|semtex|explosives?|ied|(?:car|truck|pipe|roadside) bomb)\b(?!s)"
    r"|[\s-]+(?:[a-z-]+\s+)?(?:bomb|mine|device)\s+(?:that\s+|which\s+)?(?:had\s+been\s+|was\s+)?"
    r"(?:went\s+off|exploded|detonated|planted|placed|hidden|left|set\s+off|buried)\b",
    re.I,
)
_ONE = re.compile(r"\b(?:a|an|the|another)\s+$", re.I)
# "a 500kg FAB", but "5kg of explosives"
_GLUED_SIZE = re.compile(
    r"(?:kg|lb|lbs)\s+(?!(?:of|in|on|at|and|or|to|were|was|from|for|by|with|had)\b)[^\W\d_]", re.I
)
_ATTACHED = re.compile(r"\s?[-‐‑]\s?[^\W\d_]")
_WORDS = re.compile(r"[a-z]+")
# What may stand between "advanced" and its length.
_BETWEEN = frozenset(
    "by a an the some another further for at least about around nearly almost over up to more than as much far many only just them it him troops forces his"
    " their its enemy line front approximately roughly".split()
)  # fmt: skip


@dataclass(frozen=True)
class UnitRules:
    """The codebook's units, ready for reading."""

    table: dict[str, Unit]
    behind: re.Pattern[str]
    hyphened: re.Pattern[str]
    names: dict[str, str]  # unit as written → entry
    symbols: re.Pattern[str]
    symbol_names: dict[str, str]
    motion: frozenset[str]
    stretches: re.Pattern[str]


@cache
def unit_rules(codebook: Codebook) -> UnitRules:
    """Compile the units of a codebook, once."""
    table = dict(codebook.units)
    names = {_key(word): name for name, unit in table.items() for word in (*unit.words, *unit.hyphened)}
    plain = [word for unit in table.values() for word in unit.words]
    short, long = [word for word in plain if len(word) <= 3], [word for word in plain if len(word) > 3]
    symbols = {symbol: name for name, unit in table.items() for symbol in unit.symbols}
    return UnitRules(
        table=table,
        behind=re.compile(
            rf"(?:[\s\u00ad]*|\s?[-‐‑–]\s?){_MORE}(?P<unit>(?i:{_either(long)})|{_either(short)})"
            r"(?![^\W_²³]|['’][^\W_]{2}|[-‐‑][\dA-Z])"
        ),
        hyphened=re.compile(
            rf"[-‐‑](?P<unit>{_either(word for unit in table.values() for word in unit.hyphened)})\b", re.I
        ),
        names=names,
        symbols=re.compile(rf"(?<![A-Za-z])(?:{_either(symbols)})\s?$"),
        symbol_names=symbols,
        motion=frozenset(codebook.masks["motion"].words),
        stretches=re.compile(
            rf"[\s-]+(?:[a-z-]+\s+)?(?:{_either(codebook.masks['stretches'].words)})\b", re.I
        ),
    )


def _either(words: Iterable[str]) -> str:
    longest = sorted(set(words), key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", r"[\s-]+") for word in longest)


def _key(word: str) -> str:
    word = re.sub(r"[\s-]+", " ", word)
    return word if len(word) <= 3 else word.lower()


def unit_behind(text: str, end: int, number: Numeral, rules: UnitRules) -> tuple[str, int] | None:
    """The unit behind a number that ends at `end`, and where it ends itself."""
    if number.best < 1 and (found := _OF_A.match(text, end)) and not _AGO.match(text, found.end()):
        end = found.end()  # "a quarter of a mile"; the article of "half a mile" belongs to the number
    found = rules.behind.match(text, end) or rules.hyphened.match(text, end)
    if found is None and not number.digits and (of := _OF.match(text, end)):
        found = rules.behind.match(text, of.end())  # "hundreds of kilometres", "a couple of miles"
    return (rules.names[_key(found["unit"])], found.end()) if found else None


def symbol_before(text: str, start: int, rules: UnitRules) -> tuple[str, int] | None:
    """The currency sign before a number, as its currency, and where it begins."""
    found = rules.symbols.search(text, max(0, start - 5), start)
    return (rules.symbol_names[found.group().rstrip()], found.start()) if found else None


@cache
def _registry() -> UnitRegistry[Any]:
    import pint  # slow to import, and only measures need it

    return pint.UnitRegistry()


def kind_of(unit: Unit) -> QuantityKind:
    """What a number with this unit is."""
    return _KINDS.get(unit.kind, "general")


@cache
def size_of(name: str, expression: str | None, to: str | None) -> float:
    """How many `to` one of this unit is, by pint.

    Raises:
        CodebookError: pint does not know the unit, or it measures something else.
    """
    import pint

    try:
        return float(_registry().Quantity(str(expression)).to(_TARGETS[str(to)]).magnitude)
    except (pint.errors.PintError, AttributeError, TypeError, KeyError, ValueError) as error:
        raise CodebookError(
            f"units.toml, entry [{name}]: pint cannot turn {expression!r} into {to!r} ({error});"
            " give `pint` a unit that pint knows and `to` one of km, km2, kg."
        ) from error


def why_no_extent(
    text: str, start: int, end: int, number: Numeral, unit: Unit, rules: UnitRules
) -> str | None:
    """Why a length or mass is no ground gained and nothing delivered, where the words around it say so."""
    before, after = text[max(0, start - 60) : start], text[end : end + 60]
    if _BRACKET.search(before) and after.lstrip().startswith((")", "]")):
        return "the same in another unit"
    if unit.kind == "mass":
        if _ONE.search(before) and _CHARGE.match(after):
            return None
        if (
            _ATTACHED.match(text, number.end)
            or _GLUED_SIZE.match(text, number.end)
            or _WEIGHS.search(before)
            or _WEAPON.match(after)
        ):
            return "the size of one thing"
    elif unit.kind == "length":
        if rules.stretches.match(after) or (_LONG.match(after) and not _LINE.search(before)):
            return "the length of one thing"
        if _LYING.search(before) or (_FROM_PLACE.match(after) and not _moved(before, rules)):
            return "where a place lies"
    return None


def _moved(before: str, rules: UnitRules) -> bool:
    """Whether a verb of motion governs the length: "advanced by another", "pushed the enemy back"."""
    for word in reversed(_WORDS.findall(before.lower())[-6:]):
        if word in rules.motion:
            return True
        if word not in _BETWEEN:
            return False
    return False
