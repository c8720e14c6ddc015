"""Places: text, the countries of its war, and the places it names, with their gazetteer entry where it has one."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conflictstats.codebook import load_codebook
from conflictstats.places import find_places
from conflictstats.places.gazetteer import fold, gazetteer, skeleton

CODEBOOK = load_codebook()
UKRAINE = ("UA", "RU")


def names(text: str, countries: tuple[str, ...] = UKRAINE) -> list[str]:
    return [place.text for place in find_places(text, CODEBOOK, countries)]


def only(text: str, countries: tuple[str, ...] = UKRAINE) -> str | None:
    (place,) = find_places(text, CODEBOOK, countries)
    return place.place_id


@pytest.mark.parametrize(
    ("text", "countries", "expected"),
    [
        ("Two people were killed in Kupiansk on Monday.", UKRAINE, ["Kupiansk"]),
        ("In the Kupiansk direction 13 attacks took place.", UKRAINE, ["Kupiansk"]),
        ("Five were killed in the province's Bala Buluk district.", ("AF",), ["Bala Buluk district"]),
        ("64 were downed over the Kursk region.", UKRAINE, ["Kursk region"]),
        ("Debris fell in the Solomianskyi district.", UKRAINE, ["Solomianskyi district"]),
        ("A shell hit a bus stop on Perekopska Street.", UKRAINE, ["Perekopska Street"]),
        ("They killed 338 residents of the right bank.", UKRAINE, ["right bank"]),
        ("Fighters overran the Zamzam camp near El Fasher.", ("SD",), ["Zamzam camp", "El Fasher"]),
        ("It carried out six raids on Hodeidah province.", ("YE",), ["Hodeidah province"]),
        ("Drones were shot down over the Red Sea.", ("YE",), ["Red Sea"]),
        ("Three people died in raids on southern Lebanon.", ("LB", "IL"), ["southern Lebanon"]),
        ("Shelling in Eastern Ghouta killed four.", ("SY",), ["Eastern Ghouta"]),
        ("A missile landed near Terminal 3 of Ben Gurion airport.", ("IL",), ["Ben Gurion airport"]),
        ("Six were killed in the village of Hassajik.", ("SY",), ["Hassajik"]),
        ("Shells hit al-Qusour neighborhood in Deir Ezzor city.", ("SY",), ["al-Qusour neighborhood", "Deir Ezzor city"]),
        ("Five died in Umm Dafok, South Darfur state.", ("SD",), ["Umm Dafok", "South Darfur state"]),
        ("Five villagers died in Tafouktene on Monday.", ("ML",), ["Tafouktene"]),  # nobody knows it; "in" tells
        # a people's, a country's or a person's name is a region's, where the word for one stands behind it
        ("Gunmen killed 40 people in Nigeria's Plateau state.", ("NG",), ["Plateau state"]),
        ("Gunmen killed 40 people in Niger state.", ("NG",), ["Niger state"]),
        ("Militia killed 44 people in the Amhara region.", ("ET",), ["Amhara region"]),
        ("They crossed into Ethiopia's Somali region.", ("ET",), ["Somali region"]),
        ("Fighting goes on in Shan state.", ("MM",), ["Shan state"]),
        ("Two drones fell in the Vladimir region.", UKRAINE, ["Vladimir region"]),
        ("Vladimir Saldo said so.", UKRAINE, []),
        ("Kurdish and Shan fighters were killed.", ("MM",), []),
        # the preposition that opens a sentence is no part of the name; of some names it is
        ("In Rafah, 88 homes were destroyed.", ("PS", "IL"), ["Rafah"]),
        ("The attack on In Amenas killed 40.", ("DZ",), ["In Amenas"]),
        # two names of one
        ("Two were killed in Sistan and Baluchestan province.", ("IR",), ["Sistan and Baluchestan province"]),
        ("Two were killed in Kherson and Odesa.", UKRAINE, ["Kherson", "Odesa"]),
        ("A mosque in Benin City was burned.", ("NG",), ["Benin City"]),
        ("Militants hold Mocímboa da Praia in Mozambique.", ("MZ",), ["Mocímboa da Praia"]),
        # all capitals: a name is a place only behind a preposition
        ("GUERRILLAS STRUCK INSTALLATIONS IN THE NORTHERN CHALATENANGO DEPARTMENT.", ("SV",), ["CHALATENANGO DEPARTMENT"]),
        # another country than the war's, named beside
        ("In Adré, on the border with Chad, 2,000 people arrived.", ("SD",), ["Adré"]),
        # words with a capital by chance, and people who bear a name
        ("At least 12 died in Idlib According to activists.", ("SY",), ["Idlib"]),
        ("Massacre in Idlib Defies the World.", ("SY",), ["Idlib"]),
        ("Explosion in Qardaha, Hometown of Assad Family.", ("SY",), ["Qardaha"]),
        ("They hit a depot of the Azov formation.", UKRAINE, []),
        # possessives that have lost their apostrophe
        ("Clashes in Syrias Kobani killed 50.", ("SY",), ["Kobani"]),
    ],
)  # fmt: skip
def test_places(text: str, countries: tuple[str, ...], expected: list[str]) -> None:
    assert names(text, countries) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Moscow said it had lost nothing.",  # a capital that speaks
        "According to Kyiv, 40 drones were shot down.",
        "Ukraine lost 1,300 servicemen in Russia.",  # a country is no place
        "The Grad rockets of the Army hit a Center.",
        "Governor Pavlo Hrynenko said so.",
        "Fighters of the Wagner group advanced.",
        "The 110th Mechanised Brigade was hit on Tuesday.",
        "They may March.",
        "In Arabic, in Congress and in Ramadan.",
        "The Russian-occupied part is large.",
        "Soldiers in Stryker vehicles died.",
    ],
)
def test_no_place(text: str) -> None:
    assert names(text) == []


@pytest.mark.parametrize(
    ("one", "other", "countries"),
    [
        ("Kupiansk", "Kupyansk", UKRAINE),
        ("Odesa", "Odessa", UKRAINE),
        ("Kharkiv", "Kharkov", UKRAINE),
        ("Mykolaiv", "Nikolaev", UKRAINE),
        ("Zaporizhzhia", "Zaporozhye", UKRAINE),
        ("Raqqa", "Rakka", ("SY",)),
        ("Mayadin", "Mayadeen", ("SY",)),
        ("Qamishli", "al-Qameshli", ("SY",)),
        ("Khan Younis", "Khan Yunis", ("PS",)),
        ("El Fasher", "Al Fashir", ("SD",)),
        ("Hodeidah", "Al Hudaydah", ("YE",)),
        ("Stepanakert", "Khankendi", ("AM", "AZ")),
        ("Wad Madani", "Wad Medani", ("SD",)),
    ],
)
def test_spellings_share_an_id(one: str, other: str, countries: tuple[str, ...]) -> None:
    first = only(f"Two people were killed in {one} on Monday.", countries)
    assert first is not None
    assert only(f"Two people were killed in {other} on Monday.", countries) == first


def test_the_countries_of_the_article_settle_which_place_is_meant() -> None:
    text = "Ten people were killed in Tripoli on Monday."
    libya, lebanon = only(text, ("LY",)), only(text, ("LB",))
    assert libya != lebanon
    place = find_places(text, CODEBOOK, ("LY",))[0]
    assert (place.country, round(place.lat), round(place.lon)) == ("Libya", 33, 13)


def test_a_region_is_not_its_town() -> None:
    assert only("in Kherson on Monday") != only("in Kherson region on Monday")


def test_regions_of_towns() -> None:
    place = find_places("in Kupiansk on Monday", CODEBOOK, UKRAINE)[0]
    assert (place.region, place.country) == ("Kharkiv", "Ukraine")


def test_own_places_are_true_of_the_countries() -> None:
    for name, place in CODEBOOK.places.items():
        assert place.country is None or place.country in CODEBOOK.countries, name
        assert (place.lat is None) == (place.lon is None), name


def test_no_spelling_stands_for_two_own_places() -> None:
    seen: dict[str, str] = {}
    for name, place in CODEBOOK.places.items():
        for spelling in {fold(n) for n in (name, *place.names)}:
            assert seen.setdefault(spelling, name) == name, spelling


def test_regions_are_well_formed() -> None:
    for name, country in CODEBOOK.countries.items():
        codes = [region.split(" ", 1)[0] for region in country.regions]
        assert len(codes) == len(set(codes)), name
        assert all(" " in region for region in country.regions), name


def test_the_gazetteer_is_sorted_and_credited() -> None:
    """Look-up is by halving: an unsorted key would be lost in silence."""
    table = gazetteer(CODEBOOK)
    keys = [key for key in table.keys if key]
    assert keys == sorted(keys)
    assert len(table.rows) > 20_000
    credit = Path(__file__).parent.parent / "conflictstats" / "data" / "README.md"
    assert "GeoNames" in credit.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "folded"),
    [("Al-Ḩasakah", "hasakah"), ("Dar‘ā", "dara"), ("Khān Yūnis", "khan yunis"), ("El Fasher", "fasher"), ("Diyarbakır", "diyarbakir")],
)  # fmt: skip
def test_fold(name: str, folded: str) -> None:
    assert fold(name) == folded
    assert fold(folded) == folded


def test_skeleton_joins_transliterations() -> None:
    for one, other in [
        ("Mayadin", "Mayadeen"),
        ("Qamishli", "Kamishly"),
        ("Ghouta", "Gouta"),
        ("Kyiv", "Kiev"),
    ]:
        assert skeleton(fold(one)) == skeleton(fold(other))


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(["in", "Kherson", "Moscow", "region", "the", "Odesa", "said", "and", ",", "of", "Al-Bab",
                                 "STREET", "near", "city", "Kursk", "’s", "southern", "Ukraine", "."]), max_size=15))  # fmt: skip
def test_laws(words: list[str]) -> None:
    """Spans are exact, in order and apart; coordinates come in pairs."""
    text = " ".join(words)
    end = -1
    for place in find_places(text, CODEBOOK, UKRAINE):
        assert text[place.start : place.end] == place.text
        assert place.start > end
        end = place.end
        assert math.isnan(place.lat) == math.isnan(place.lon)


def test_a_capital_is_not_a_village_at_home_that_sounds_like_it() -> None:
    assert only("In Beirut, four people died.", ("PS", "IL")) == "gn:276781"
