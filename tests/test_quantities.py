"""Quantities from text alone: number, hedge, unit, kind, and what is none."""

from __future__ import annotations

import math
import re
import string

import pint
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conflictstats.codebook import load_codebook
from conflictstats.quantities import gate, quantities, read_quantities
from conflictstats.quantities.units import size_of
from conflictstats.records import Quantity

CODEBOOK = load_codebook()
CLAIMABLE = ("count", "measure", "percent")
INF, NAN = math.inf, math.nan


def read(text: str) -> list[Quantity]:
    return read_quantities(text, CODEBOOK)


def claimable(text: str) -> list[Quantity]:
    return [quantity for quantity in read(text) if quantity.kind in CLAIMABLE]


def texts(text: str) -> list[str]:
    return [quantity.text for quantity in claimable(text)]


# --- hedges and bounds


@pytest.mark.parametrize(
    ("text", "words", "hedge", "low", "best", "high"),
    [
        ("12 soldiers were killed", "12", "exact", 12, 12, 12),
        ("at least six people", "at least six", "at_least", 6, 6, INF),
        ("At the very least 12 soldiers", "At the very least 12", "at_least", 12, 12, INF),
        ("AT LEAST 12 WOUNDED", "AT LEAST 12", "at_least", 12, 12, INF),
        ("more than a dozen missiles", "more than a dozen", "at_least", 12, 12, INF),
        ("more than two and a half dozen tanks", "more than two and a half dozen", "at_least", 30, 30, INF),
        ("just over 300", "just over 300", "at_least", 300, 300, INF),
        # behind the noun; the noun stays outside
        ("20 civilians at least and some soldiers", "20", "at_least", 20, 20, INF),
        ("Six soldiers at most were killed", "Six", "at_most", 0, 6, 6),
        ("Twenty soldiers, if not more, were killed", "Twenty", "at_least", 20, 20, INF),
        ("20 people or so the army says", "20", "exact", 20, 20, 20),
        # what a toll passes
        ("The toll passes 200", "passes 200", "at_least", 200, 200, INF),
        ("The number of dead neared 50", "neared 50", "nearly", 45, 50, 50),
        ("The convoy passed 20 checkpoints", "20", "exact", 20, 20, 20),
        ("40 or more strikes", "40 or more", "at_least", 40, 40, INF),
        ("20-plus drones", "20-plus", "at_least", 20, 20, INF),
        ("22+ wounded", "22+", "at_least", 22, 22, INF),
        (">40,000 injuries", ">40,000", "at_least", 40_000, 40_000, INF),
        ("40, perhaps more, died", "40, perhaps more", "at_least", 40, 40, INF),
        # negated comparatives say the opposite of the comparative in them
        ("No fewer than 140 were intercepted", "No fewer than 140", "at_least", 140, 140, INF),
        ("not less than three", "not less than three", "at_least", 3, 3, INF),
        ("no more than 500 fighters", "no more than 500", "at_most", 0, 500, 500),
        ("not more than five", "not more than five", "at_most", 0, 5, 5),
        ("as many as 400 drones", "as many as 400", "at_most", 0, 400, 400),
        ("as high as 470000", "as high as 470000", "at_most", 0, 470_000, 470_000),
        ("fewer than ten", "fewer than ten", "at_most", 0, 10, 10),
        ("up to a hundred civilians", "up to a hundred", "at_most", 0, 100, 100),
        ("12 or fewer", "12 or fewer", "at_most", 0, 12, 12),
        ("some 45,000 people", "some 45,000", "about", 40_500, 45_000, 49_500),
        ("an estimated 12,000 mines", "an estimated 12,000", "about", 10_800, 12_000, 13_200),
        ("~60 drones", "~60", "about", 54, 60, 66),
        ("approx. 40 men", "approx. 40", "about", 36, 40, 44),
        ("some 20-odd vehicles", "some 20-odd", "about", 18, 20, 22),
        ("a hundred or so", "a hundred or so", "about", 90, 100, 110),
        ("a dozen or so men", "a dozen or so", "vague", 10, NAN, 14),
        (
            "Just under 4.1 million people",
            "Just under 4.1 million",
            "nearly",
            3_690_000,
            4_100_000,
            4_100_000,
        ),
        ("close to 40,000 homes", "close to 40,000", "nearly", 36_000, 40_000, 40_000),
        # two hedges on one number: the one that bounds it decides
        ("at least some 40", "at least some 40", "at_least", 40, 40, INF),
        ("up to about 50", "up to about 50", "at_most", 0, 50, 50),
        ("at least another 12 wounded", "at least another 12", "at_least", 12, 12, INF),
        # vague and zero
        ("dozens of drones", "dozens", "vague", 24, NAN, 99),
        ("several thousand refugees", "several thousand", "vague", 3_000, NAN, 9_000),
        ("Not a single plane was lost", "Not a single", "exact", 0, 0, 0),
        ("None of them was shot down", "None", "exact", 0, 0, 0),
        ("no casualties were reported", "no", "exact", 0, 0, 0),
        ("No one died", "No", "exact", 0, 0, 0),
        # ranges
        ("30 to 40 drones", "30 to 40", "range", 30, 35, 40),
        ("30-40 drones", "30-40", "range", 30, 35, 40),
        ("30–40 drones", "30–40", "range", 30, 35, 40),
        ("30 TO 40 DRONES", "30 TO 40", "range", 30, 35, 40),
        ("between 9,000 and 12,000 homes", "between 9,000 and 12,000", "range", 9_000, 10_500, 12_000),
        ("between about 30 and 40 men", "between about 30 and 40", "range", 30, 35, 40),
        ("ten to twelve drones", "ten to twelve", "range", 10, 11, 12),
        ("12 or 13 men", "12 or 13", "range", 12, 12.5, 13),
        ("two or three hundred men", "two or three hundred", "range", 200, 250, 300),
        ("1-2 million people", "1-2 million", "range", 1e6, 1.5e6, 2e6),
        ("900,000 to 1.2 million people", "900,000 to 1.2 million", "range", 9e5, 1.05e6, 1.2e6),
        ("up to 30 to 40 men", "up to 30 to 40", "at_most", 0, 40, 40),
        ("dozens or hundreds of shells", "dozens or hundreds", "vague", 24, NAN, 999),
    ],
)
def test_bounds(text: str, words: str, hedge: str, low: float, best: float, high: float) -> None:
    found = claimable(text)
    assert [quantity.text for quantity in found] == [words]
    assert found[0].hedge == hedge
    assert (found[0].low, found[0].high) == pytest.approx((low, high))
    assert found[0].best == pytest.approx(best, nan_ok=True)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        # what looks like a hedge and is a preposition, or belongs to something else
        ("They talked about 3 prisoners", "3"),
        ("The drones flew over two villages", "two"),
        ("shot down over three regions", "three"),
        ("The strike brought the toll up to 42", "42"),
        ("They took over 12 villages", "12"),
        # one hedge, one number
        ("Some 1,200 civilians, including 45 children", "Some 1,200|45"),
        ("more than 40 killed and 12 wounded", "more than 40|12"),
        # words that stay outside
        ("another 12 were killed", "12"),
        ("only 12 survived, just 3 walked", "12|3"),
        ("a further 20", "20"),
        # a change is two figures
        ("The toll rose from 19 to 23", "19|23"),
        ("23, up from 19", "23|19"),
        ("killed four and five people", "four|five"),
        ("12 or 300", "12|300"),
        ("Dozens, at least 24, were killed", "at least 24"),
        # bulletins
        ("tanks ‒ 4239 (+6), personnel ‒ about 250240 (+590)", "4239|6|about 250240|590"),
        ("killed 12civilians and hurt ofhis 3 men", "12|3"),
        ("3x S-300 and 2 x Kh-101", "3|2"),
        ("a 40-strong unit and a 60-missile barrage", "40|60"),
        ("Hundreds if not thousands of people", "Hundreds if not thousands"),
        # the same number said twice
        ("two (2) persons, 45 (forty-five) fighters", "two (2)|45 (forty-five)"),
        ("60 motorcycles + 12 pick-ups", "60|12"),
        ("1 dead/5 injured", "1|5"),
        ("20 122-mm rockets", "20"),
        ("1 030 occupiers, 190 000 troops", "1 030|190 000"),
    ],
)
def test_scope(text: str, words: str) -> None:
    assert texts(text) == words.split("|")


# --- shares, measures, other kinds


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("75% of the town", "75%", 75),
        ("61 per cent were killed", "61 per cent", 61),
        ("half of them fled", "half", 50),
        ("the shelling destroyed half the homes", "half", 50),
        ("a third of the drones", "a third", 100 / 3),
        ("two-thirds were shot down", "two-thirds", 200 / 3),
        ("three quarters of all buildings", "three quarters", 75),
        ("short-range drones a quarter.", "a quarter", 25),
        ("one in three children", "one in three", 100 / 3),
        ("nine out of ten houses", "nine out of ten", 90),
        ("1/3 of the forces", "1/3", 100 / 3),
        ("7 of every 10 homes", "7 of every 10", 70),
        ("four in five residents", "four in five", 80),
        ("5 to 10 percent", "5 to 10 percent", 7.5),
    ],
)
def test_shares(text: str, words: str, value: float) -> None:
    (found,) = claimable(text)
    assert (found.text, found.kind, found.unit) == (words, "percent", "percent")
    assert found.best == pytest.approx(value)


@pytest.mark.parametrize(
    ("text", "words", "best", "unit"),
    [
        ("gained nearly two miles", "nearly two miles", 3.218688, "km"),
        ("advanced up to 600 meters", "up to 600 meters", 0.6, "km"),
        ("pushed back three to eight kilometres", "three to eight kilometres", 5.5, "km"),
        ("advanced more than a kilometre", "more than a kilometre", 1, "km"),
        ("moved half a mile", "half a mile", 0.804672, "km"),
        ("a quarter of a mile", "a quarter of a mile", 0.402336, "km"),
        ("seized 150 hectares", "150 hectares", 1.5, "km2"),
        ("about 300 sq km", "about 300 sq km", 300, "km2"),
        ("12 square miles", "12 square miles", 31.0798572, "km2"),
        ("some 1,200 dunams", "some 1,200 dunams", 1.2, "km2"),
        ("nearly 1,000 pounds of explosives", "nearly 1,000 pounds", 453.59237, "kg"),
        ("6,000 tonnes of wheat", "6,000 tonnes", 6_000_000, "kg"),
        ("1.5–2km deep", "1.5–2km", 1.75, "km"),
        # ground gained stays a measure although a place stands behind it
        ("advanced 11 km from the river", "11 km", 11, "km"),
        ("pushed the enemy back by another 5 km east", "5 km", 5, "km"),
    ],
)
def test_measures(text: str, words: str, best: float, unit: str) -> None:
    (found,) = claimable(text)
    assert (found.text, found.kind, found.unit) == (words, "measure", unit)
    assert found.best == pytest.approx(best)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("a village 15 km from the border", "where a place lies"),
        ("200 metres away", "where a place lies"),
        ("6 miles east of Kupyansk", "where a place lies"),
        ("advanced to within 30 km of the city", "where a place lies"),
        ("a 500-kg bomb", "the size of one thing"),
        ("a 640 km journey", "the length of one thing"),
        ("a tunnel 200 metres long", "the length of one thing"),
        ("ten times more than before", "a ratio"),
        ("a population of about 32,000", "a population"),
    ],
)
def test_what_the_text_alone_shows_to_be_no_claim_is_general(text: str, reason: str) -> None:
    (found,) = read(text)
    assert found.kind == "general"
    assert reason in found.evidence


def test_a_bracketed_conversion_is_no_second_measure() -> None:
    assert texts("advanced 3 km (1.9 miles) and seized seven kilometres (four miles) of road") == [
        "3 km",
        "seven kilometres",
    ]


@pytest.mark.parametrize(
    ("text", "words", "best", "unit", "kind"),
    [
        ("$3m in aid", "$3m", 3e6, "USD", "money"),
        ("£2.5bn", "£2.5bn", 2.5e9, "GBP", "money"),
        ("12 million pounds", "12 million pounds", 12e6, "GBP", "money"),
        ("3.4 million hryvnias", "3.4 million hryvnias", 3.4e6, "UAH", "money"),
        ("US$1-1.5bn", "US$1-1.5bn", 1.25e9, "USD", "money"),
        ("300 Syrian pounds", "300 Syrian pounds", 300, "SYP", "money"),
        ("six to eight weeks", "six to eight weeks", 7, "week", "duration"),
        ("half an hour", "half an hour", 0.5, "hour", "duration"),
        ("a three-hour alert", "three-hour", 3, "hour", "duration"),
        ("10 straight days", "10 straight days", 10, "day", "duration"),
        ("at 35 km/h", "35 km/h", 35, "kilometre_per_hour", "general"),
        ("a 122mm rocket", "122mm", 122, "millimetre", "general"),
        ("9 degrees", "9 degrees", 9, "degree", "general"),
        ("400 MW of power", "400 MW", 400, "megawatt", "general"),
    ],
)
def test_other_kinds(text: str, words: str, best: float, unit: str, kind: str) -> None:
    (found,) = read(text)
    assert (found.text, found.best, found.unit, found.kind) == (words, best, unit, kind)


# --- links


@pytest.mark.parametrize(
    ("text", "part", "total"),
    [
        ("31 of 38 assaults were repelled", "31", "38"),
        ("shot down 26 out of 32", "26", "32"),
        ("68 drones out of 70 were shot down", "68", "70"),
        ("lost five of its 12 helicopters", "five", "12"),
        ("68 of a total of 70 drones", "68", "70"),
        ("none of the five missiles hit", "none", "five"),
        ("half of the 200 drones", "half", "200"),
        ("half of Gaza's 2.3 million people", "half", "2.3 million"),
        ("Of the 70 drones launched, 68 were shot down", "68", "70"),
    ],
)
def test_a_part_knows_its_total(text: str, part: str, total: str) -> None:
    found = {quantity.text: quantity for quantity in claimable(text)}
    assert found[part].of == found[total].start
    assert found[total].of is None


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("All 12 missiles were shot down", True),
        ("all of the five", True),
        ("all the 12 missiles", True),
        ("None of them hit", True),
        ("In all, 3,140 were freed", False),
        ("12 missiles were shot down", False),
    ],
)
def test_whole(text: str, whole: bool) -> None:
    assert claimable(text)[0].whole is whole


# --- what is no quantity that could be a claim


@pytest.mark.parametrize(
    "text",
    [
        # dates, in every spelling
        "On 24 Feb the war began",
        "Feb. 24, 2022",
        "on 24/02/2022, 2022-02-24 and 24.02.22",
        "after September 11",
        "on July 22 announced a ceasefire",
        "May 9-10 and 3–9 November",
        "on 5 and 6 August; from 3 to 9 November; between August 5 and 8",
        "SAN SALVADOR, 28 MAR 89 (FBIS)",
        # years
        "in 2023 the 2014 war of the 1990s",
        "the mid-2023, pre-1967 lines of 2014-15",
        "since 2011",
        # clock times
        "at 11:20, 9 a.m., 0600 GMT, 04:15, 22:00 and around 3pm",
        "on 28 March at 1000, 2-3 a.m., 10h30",
        "12:30 - The alarm is over",
        # ages
        "a 34-year-old man, a six-year-old and a 3-month-old girl",
        "people aged 30 and 41, aged between 5 and 12",
        "a priest of 81, and the shepherd was 80.",
        "the army spokesman, 34, tells us",
        "IDENTIFIED AS ROBERTO BRENOW, 26.",
        # who speaks, who is meant by nobody, how many live somewhere, and hulls
        "“I saw it,” said one of them, and “we ran,” recalled two nurses.",
        "a fire that nobody could put out, no one knows why",
        "a town of about 130,000 people, an enclave of some 400,000 inhabitants",
        "USS Laboon (DDG 58) sailed past the 7-Eleven",
        "the most important one since the war",
        "a boy, 12, and Ingrid Solheim, 49, said",
        "a woman (67) and her sons, 12 and 14, fled",
        "GONZALEZ PELAEZ, 45, WAS SHOT",
        "The group's leader, 64, is due to speak",
        "the youngest of them 6 years old; the oldest is 56.",
        "children under 18, men between 18 and 60 and women over 65",
        # ordinals
        "the 540th day, his first, a third missile, the twenty-first",
        # units and weapons
        "the 47th Brigade, the 110th Mechanised Brigade, 3 Corps, 25 Division, Unit 8200",
        "Kh-101, S-300, Shahed-136, T-90M, Su-30, Mi-24, F-35, MiG-29, D-20, An-196, BM-21, 2S19, 9K720, M777",
        "the S 300 system, Shahed 136 drones, Leopard 2 tanks and T 72 tanks",
        "F-16 jets, Kh-59/69 missiles, C-130's, Tor-M2",
        # labels
        "No. 3 at School No. 56, page 8, Terminal 3, T-05-04, Resolution 1701, Article 5, Phase 2, Area 51, Flight 370",
        "Route 6 trams, the number 9 trolleybus, number 101, Group of 7, G7",
        "Articles 5 and 6 of the law; Trams 1, 2 and 71 were diverted",
        "World War Two and Phase Two",
        "moored at berth 14",
        "the no. 2 official, number two, 10 Downing Street",
        "the September 11 attacks, the 26 September regime, the night of 5/6 June",
        "a mother of three, a father-of-two",
        "5+1 talks, 60:40, as a report said [12]",
        "ground zero, the zero line",
        "day 447 of the war",
        # numbers of other kinds
        "Call +380 44 123 45 67 or 555-1234 or dial 1221",
        "it lies at 48.5°N",
        "see https://t.me/123/456 or a12@b3.com #100days @user77",
        "They won 3-1 and lost 2-0",
        "1. The first point",
        "2) The second",
        # pronouns and idioms
        "this one, the one in Kharkiv, one must, one another",
        "it was one of the heaviest defeats",
        "one day, at one point, a one-sided number one with zero tolerance",
        "a two-state solution is second to none, 24/7 since 9/11, one by one, on the one hand, for one thing",
        "a few words; quite a few",
        # "no" that is no zero
        "no longer, no doubt, no comment, no-fly zone, No, he said",
        "There was no immediate claim of responsibility and no casualty figures",
        # compounds
        "a two-storey house, a five-storey house, a four-member mission, a 12-point plan",
        # halves that are no shares
        "the second half of the year, in half, the first half of 2023, a month and a half",
        "a third person, a third country; a third is missing",
        # who speaks
        "two officials said; three witnesses told AFP",
        "",
        "No numbers here at all.",
        # names of aircraft, telephone numbers, the hour behind a date
        "A CESSNA 210 landed; an Avianca 727 plane was searched",
        "Hotline: 0 800 500 442",
        "Sat 04 Oct 2014 at 1514 Regional",
        "Published Apr 092017 At the front",
    ],
)
def test_not_claimable(text: str) -> None:
    assert texts(text) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        # the same shapes, but counted
        ("In July 37 civilians were killed", "37"),
        ("In July 12 civilians were killed", "12"),
        ("On August 5, 12 drones were downed", "12"),
        ("On 5 August 12 drones came", "12"),
        ("2000 soldiers", "2000"),
        ("more than 2000 have died", "more than 2000"),
        ("at least 1500 were killed in 1988", "at least 1500"),
        ("put the toll at 1000", "1000"),
        ("At the school 12 people died", "12"),
        ("In Kharkiv 12 people died", "12"),
        ("one of its tankers", "one"),
        ("said that one of its fighters had fired", "one"),
        ("only one of them hit", "one"),
        ("a group of 12 fighters", "12"),
        ("a total number of 12 fighters", "12"),
        ("No casualties", "No"),
        ("no Ukrainian losses", "no"),
        ("two officials were killed", "two"),
        ("the shelling, 117 times", "117"),
        ("15 F-35 jets", "15"),
        ("two F-16 fighter jets", "two"),
        ("12 of the 47th Brigade", "12"),
        ("47 barrel bombs", "47"),
        ("six foot patrols", "six"),
        # what looks like an age, a speaker, a nobody or a label, and counts
        ("the toll was 80.", "80"),
        ("a convoy of 30 trucks", "30"),
        ("said one of the drones hit a house", "one"),
        ("nobody was killed", "nobody"),
        ("A: No. 3,500 households have no water", "3,500"),
        ("a garrison that numbers 9,000", "9,000"),
        ("the fighters number 57", "57"),
        ("the town was shelled 17 times over the past day", "17"),
        ("up from about two thirds a week ago", "about two thirds"),
    ],
)
def test_claimable(text: str, words: str) -> None:
    assert texts(text) == [words]


# --- the codebook's own words


@pytest.mark.parametrize(
    ("name", "phrase"), [(name, phrase) for name, kind in CODEBOOK.hedges.items() for phrase in kind.before]
)
def test_every_hedge_before_a_number(name: str, phrase: str) -> None:
    (found,) = claimable(f"They lost {phrase} 40 soldiers.")
    assert (found.text, found.hedge, found.best) == (f"{phrase} 40", name, 40)


@pytest.mark.parametrize(
    ("name", "phrase"), [(name, phrase) for name, kind in CODEBOOK.hedges.items() for phrase in kind.after]
)
def test_every_hedge_behind_a_number(name: str, phrase: str) -> None:
    joint = " " if phrase[0].isalpha() else ""
    (found,) = claimable(f"They lost 40{joint}{phrase} soldiers.")
    assert (found.text, found.hedge, found.best) == (f"40{joint}{phrase}", name, 40)


@pytest.mark.parametrize(
    ("name", "word"), [(name, word) for name, unit in CODEBOOK.units.items() for word in unit.words]
)
def test_every_unit(name: str, word: str) -> None:
    unit = CODEBOOK.units[name]
    (found,) = read(f"It was 12 {word} then.")
    assert found.text == f"12 {word}"
    assert found.unit == (unit.to or name)


@pytest.mark.parametrize("name", [name for name, unit in CODEBOOK.units.items() if unit.pint])
def test_pint_knows_every_unit_that_names_one(name: str) -> None:
    unit = CODEBOOK.units[name]
    assert pint.UnitRegistry().Quantity(unit.pint).magnitude > 0
    if unit.to:
        assert size_of(name, unit.pint, unit.to) > 0


@pytest.mark.parametrize("phrase", CODEBOOK.masks["idioms"].words)
def test_no_idiom_holds_a_number(phrase: str) -> None:
    assert texts(f"Then it was {phrase} again.") == []


@pytest.mark.parametrize("word", [*CODEBOOK.masks["labels"].words, *CODEBOOK.masks["places"].words])
def test_every_label(word: str) -> None:
    assert texts(f"They met at {word.capitalize()} 7 on Monday.") == []


@pytest.mark.parametrize("name", sorted(CODEBOOK.masks))
def test_no_word_stands_twice_in_a_mask(name: str) -> None:
    words = CODEBOOK.masks[name].words
    assert len(words) == len(set(words))


def test_no_hedge_stands_under_two_entries() -> None:
    for side in ("before", "after"):
        phrases = [phrase for kind in CODEBOOK.hedges.values() for phrase in getattr(kind, side)]
        assert len(phrases) == len(set(phrases))


# --- laws

WORDS = st.sampled_from(
    "12 3,140 1.5 2022 0600 11:20 47th one two dozen half a third hundred million dozens several no none not single of the all at least more"
    " than up to between and from or km miles percent tonnes years old aged Kyiv drones missiles people killed were in May August T-90M S-300"
    " $3m 30-40 (+6) , . - – \n nearly about in every zero few scores".split(" ")
)
NOISE = st.lists(WORDS, max_size=40).map(" ".join) | st.text(
    alphabet=string.printable + "–—’“”½\u202f\ufffdéж", max_size=200
)


@given(NOISE)
@settings(max_examples=300)
def test_spans_are_exact_ordered_and_apart(text: str) -> None:
    end = 0
    for quantity in read(text):
        assert text[quantity.start : quantity.end] == quantity.text
        assert end <= quantity.start <= quantity.number_start < quantity.number_end <= quantity.end
        assert quantity.of is None or text[quantity.of : quantity.of + 1].strip()
        end = quantity.end


@given(NOISE)
@settings(max_examples=300)
def test_bounds_are_in_order(text: str) -> None:
    for quantity in read(text):
        assert 0 <= quantity.low <= quantity.high
        assert math.isnan(quantity.best) == (quantity.hedge == "vague")
        assert math.isnan(quantity.best) or quantity.low <= quantity.best <= quantity.high


def test_the_gate_lets_a_zero_of_three_words_through() -> None:
    assert gate("not a single soldier was killed", CODEBOOK)


@given(NOISE)
@settings(max_examples=100)
def test_what_the_gate_stops_has_no_quantity(text: str) -> None:
    assert gate(text, CODEBOOK) or not claimable(text)


@given(st.integers(1, 99_999), st.sampled_from(["at least", "about", "nearly", "up to", "no fewer than"]))
def test_text_around_changes_nothing(number: int, hedge: str) -> None:
    text = f"killed {hedge} {number:,} soldiers near the town"
    (alone,) = read(text)
    (among,) = read(f"The army was there, and it {text}, as the mayor said.")
    assert (alone.text, alone.low, alone.best, alone.high) == (among.text, among.low, among.best, among.high)


@given(
    st.lists(
        st.sampled_from(
            ["12 of ", "a ", "1,234,", "one hundred and ", "- ", "up to ", "30-40-", "(", "1.1.", "Word "]
        ),
        max_size=3,
    )
)
@settings(max_examples=12, deadline=None)
def test_long_nonsense_ends(parts: list[str]) -> None:
    # no pattern may take more than its share of a long repetition
    read("".join(parts) * 1_000)


# --- for users


def test_the_table_for_users() -> None:
    table = quantities("At least 12 drones cost $3m; a third of them flew 15 km in two hours.")
    assert list(table.columns) == [
        "low",
        "best",
        "high",
        "unit",
        "hedge",
        "noun",
        "text",
        "start",
        "end",
        "kind",
    ]
    assert table["text"].tolist() == ["At least 12", "$3m", "a third", "15 km", "two hours"]
    assert table["unit"].tolist() == ["count", "USD", "percent", "km", "hour"]
    assert table["kind"].tolist() == ["count", "money", "percent", "measure", "duration"]
    assert table["noun"][0] == "drones"
    assert math.isinf(table["high"][0])
    assert quantities("").columns.equals(table.columns)
    assert quantities("").dtypes.equals(table.dtypes)


@pytest.mark.parametrize(
    ("text", "noun"),
    [
        ("12 Ukrainian soldiers were killed", "Ukrainian soldiers"),
        ("12 more people died", "people"),
        ("dozens of drones", "drones"),
        ("12 were killed", None),
        ("31 of 38 assaults", None),
    ],
)
def test_the_noun_right_behind(text: str, noun: str | None) -> None:
    assert read(text)[0].noun == noun


def test_a_codebook_of_ones_own_may_add_a_hedge(tmp_path: object) -> None:
    from pathlib import Path

    assert isinstance(tmp_path, Path)
    shipped = Path(__file__).parent.parent / "conflictstats" / "codebook" / "hedges.toml"
    own = re.sub(r'"circa", ', '"circa", "give or take some", ', shipped.read_text(encoding="utf-8"))
    (tmp_path / "hedges.toml").write_text(own, encoding="utf-8")
    (found,) = read_quantities("give or take some 40 men", load_codebook(tmp_path))
    assert (found.text, found.hedge) == ("give or take some 40", "about")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("DAVAO CITY—At least 40 men were killed.", ["At least 40"]),
        ("said the army.More than 12 were hurt.", ["More than 12"]),
        ("On June 15, 8 Maoists were killed.", ["8"]),
        ("On May 3, 4 Taliban fighters were killed.", ["4"]),
        ("On June 5, 6 and 7 they fought.", []),
        ("A .303 rifle and two .38 revolvers were found.", ["two"]),
        ("A single-shot rifle, and a single shot.", ["a single"]),
    ],
)
def test_glued_datelines_days_and_calibres(text: str, expected: list[str]) -> None:
    assert [quantity.text for quantity in claimable(text)] == expected
