"""Exchanging the two sides of a war must exchange the result and change nothing else.

An article's names of its two sides (states, adjectives, peoples, capitals, leaders, forces) are exchanged by the
codebook, and with them the ground: the gazetteer and the newsrooms of a world in which each side's places and
media are the other's. What is read must be the same claims with the sides exchanged.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from conflictstats.articles import read_articles
from conflictstats.claims import read_claims
from conflictstats.codebook import Codebook, Side, load_codebook
from conflictstats.names import find_names, spellings
from conflictstats.places import gazetteer
from conflictstats.records import Article, Claim, Name

GOLD = Path(__file__).parent / "gold" / "dev"
FIELDS = {
    "state": "names", "group": "names", "adjective": "adjectives", "people": "people", "capital": "capitals",
    "leader": "leaders", "force": "forces",
}  # fmt: skip
# Wars between two states: only there has every kind of name of one side its like among those of the other.
PAIRS = (("Russia", "Ukraine"), ("Armenia", "Azerbaijan"), ("Israel", "Iran"))

# Shapes in which a rule could go by who is meant: possession, passive, agent, object, losses, denial, the
# speaker's side, place, exchange, "each side". Russia and Ukraine stand for any two.
SENTENCES = [
    "Russian missiles killed 12 people in Kharkiv on Monday, governor Oleh Ivanov said.",
    "Ukraine shot down 26 of 32 Russian drones overnight, its air force said.",
    "Twenty soldiers were killed when Ukraine struck a Russian base, Moscow admitted.",
    "Russia's defence ministry said its forces had destroyed five Ukrainian tanks and killed 40 troops.",
    "The General Staff of Ukraine said the enemy lost 1,100 men and 12 tanks on Sunday.",
    "Kyiv denied that its troops had killed 13 civilians in Donetsk.",
    "Drones fired by Ukraine damaged 14 houses in Belgorod region, authorities there said.",
    "Each side lost 20 soldiers, analysts said of the fighting between Russia and Ukraine.",
    "Russia and Ukraine exchanged 170 prisoners on Tuesday.",
    "Ukrainian losses over the past day amounted to 310 troops, the Russian Defence Ministry said.",
    "Russian forces seized three villages and advanced 2 km, Zelensky said.",
    "Putin said 300 Ukrainians had surrendered, and Ukrainians said Russians held 7,000 prisoners.",
]


def exchanged_names(text: str, one: str, other: str, book: Codebook) -> str:
    """The text with every name of one side replaced by its like of the other."""
    out, at = [], 0
    for name in find_names(text, book):
        if name.side in (one, other):
            partner = book.sides[other if name.side == one else one]
            out += [text[at : name.start], counterpart(name, book.sides[str(name.side)], partner)]
            at = name.end
    return "".join([*out, text[at:]])


def counterpart(name: Name, own: Side, partner: Side) -> str:
    """The partner's name of the same kind, from the same place in its list, and as long or short."""
    field = FIELDS[name.kind]
    mine = [list(spellings(pattern)) for pattern in getattr(own, field)]
    theirs = [list(spellings(pattern)) for pattern in getattr(partner, field) or partner.names]
    plain = name.text.casefold()
    at = next((n for n, words in enumerate(mine) if plain in [word.casefold() for word in words]), 0)
    words = theirs[at % len(theirs)]
    if field == "people":
        words = [word for word in words if word.endswith("s") == name.text.endswith("s")] or words
    return next((word for word in words if (" " in word) == (" " in name.text)), words[-1])


@cache  # what a codebook's readers find is kept with it
def exchanged_codebook(one: str, other: str, book: Codebook) -> Codebook:
    """The codebook of a world in which the two sides' places, newsrooms and arsenals are exchanged.

    Speakers that a text's own names stand for (a president, an army) are exchanged in the text already.
    """
    swap = {one: other, other: one}
    sources = {}
    for key, source in book.sources.items():
        in_text = tuple(
            words for words in source.names if {n.side for n in find_names(words, book)} & set(swap)
        )
        others = tuple(words for words in source.names if words not in in_text)
        if in_text:
            sources[key] = source.model_copy(update={"names": in_text})
        if others:
            side = swap.get(source.side, source.side)
            sources[f"{key}-too" if in_text else key] = source.model_copy(
                update={"names": others, "side": side}
            )
    known = {
        key: place.model_copy(update={"country": swap.get(place.country or "", place.country)})
        for key, place in book.places.items()
    }
    sides = dict(book.sides) | {
        key: side.model_copy(update={"of": swap[side.of]})
        for key, side in book.sides.items()
        if side.of in swap
    }
    for key, partner in swap.items():
        sides[key] = sides[key].model_copy(update={"regions": book.sides[partner].regions})
    wars = {
        key: war.model_copy(
            update={
                "sides": tuple(tuple(swap.get(s, s) for s in camp) for camp in war.sides),
                "weapons": {weapon: swap.get(s, s) for weapon, s in war.weapons.items()},
            }
        )
        for key, war in book.wars.items()
    }
    return book.model_copy(update={"sources": sources, "places": known, "sides": sides, "wars": wars})


def exchange_ground(one: str, other: str, book: Codebook, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each side's places become the other's, but for the capitals, which the text exchanges."""
    plain = gazetteer._row
    swap = {one: other, other: one}
    capitals = tuple(
        word for side in swap for pattern in book.sides[side].capitals for word in spellings(pattern)
    )

    def row(line: str) -> Any:
        found = plain(line)
        if found.name.startswith(capitals):
            return found
        return found._replace(country=swap.get(found.country, found.country))

    monkeypatch.setattr(gazetteer, "_row", row)


def facts(claim: Claim, one: str, other: str) -> tuple[Any, ...]:
    """What must not depend on who is who, the sides exchanged back."""
    back = {one: other, other: one}

    def side(name: str | None) -> str | None:
        return back.get(name, name) if name is not None else None

    quantity, measure, setting = claim.quantity, claim.measure, claim.setting
    return (
        quantity.text, quantity.low, quantity.high, quantity.hedge, measure.event, measure.item, measure.aggregation,
        side(claim.parties.actor), side(claim.parties.target), side(claim.attribution.source_side),
        claim.attribution.status, claim.attribution.voice, setting.period_start, setting.period_end,
        setting.period_basis, claim.conflict, (claim.incident or "").partition("-")[2], claim.part_of is not None,
    )  # fmt: skip


def compare(
    article: Article, one: str, other: str, monkeypatch: pytest.MonkeyPatch
) -> tuple[int, int, list[str]]:
    """How many claims come out exchanged, of how many; and those that do not."""
    book = load_codebook()
    before = [repr(facts(claim, "", "")) for claim in read_claims(article, book)]
    head, body = article.text[: article.body_start], article.text[article.body_start :]
    mirror = replace(article, text=head + exchanged_names(body, one, other, book))
    with monkeypatch.context() as patch:
        exchange_ground(one, other, book, patch)
        after = [
            repr(facts(claim, one, other))
            for claim in read_claims(mirror, exchanged_codebook(one, other, book))
        ]
    differing = [f"{a}\n  {b}" for a, b in zip(before, after, strict=False) if a != b]
    longest = max(len(before), len(after))
    return longest - max(len(differing), longest - min(len(before), len(after))), longest, differing


@pytest.mark.parametrize("sentence", SENTENCES)
def test_exchanged_sentence(sentence: str, monkeypatch: pytest.MonkeyPatch) -> None:
    same, of, differing = compare(
        Article("a", sentence, published=date(2024, 6, 5)), "Russia", "Ukraine", monkeypatch
    )
    assert of, "no claim is read from it"
    assert same == of, "\n".join(differing)


def test_exchanged_articles(monkeypatch: pytest.MonkeyPatch) -> None:
    """All annotated articles about a war between two states: at least 99 % of the claims."""
    right = total = 0
    for article in read_articles(GOLD, dates=None):
        if not isinstance(article, Article):
            continue
        said = {name.side for name in find_names(article.text, load_codebook())}
        pair = next((pair for pair in PAIRS if set(pair) <= said), None)
        if pair is None:
            continue
        same, of, _ = compare(article, *pair, monkeypatch)
        right, total = right + same, total + of
    assert total > 200
    assert right >= 0.99 * total, f"{right} of {total}"
