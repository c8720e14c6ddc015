"""Names of sides and weapons: (text, what is found in it), and the laws that hold for any text."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conflictstats.codebook import Codebook, load_codebook
from conflictstats.names import find_names, find_roles, neutral
from conflictstats.records import Name
from conflictstats.spellings import fold, spellings

CODEBOOK = load_codebook()


def found(text: str, codebook: Codebook = CODEBOOK) -> list[tuple[str, str, str | None]]:
    """(as written, kind, side or weapon) of each name."""
    return [(name.text, name.kind, name.side or name.key) for name in find_names(text, codebook)]


KINDS = [
    ("Russia fired on the port.", [("Russia", "state", "Russia")]),
    ("The Russian Federation fired.", [("Russian Federation", "state", "Russia")]),
    ("Israeli tanks", [("Israeli", "adjective", "Israel")]),
    ("20 Ukrainians and a Turk", [("Ukrainians", "people", "Ukraine"), ("Turk", "people", "Turkey")]),
    # a plural demonym that is the adjective too
    ("Four Sudanese were killed.", [("Sudanese", "adjective", "Sudan")]),
    ("Moscow and the Kremlin", [("Moscow", "capital", "Russia"), ("Kremlin", "capital", "Russia")]),
    ("Naypyitaw denied it.", [("Naypyitaw", "capital", "Myanmar")]),
    ("Netanyahu said so.", [("Netanyahu", "leader", "Israel")]),
    (
        "Volodymyr Zelenskiy, Zelensky",
        [("Volodymyr Zelenskiy", "leader", "Ukraine"), ("Zelensky", "leader", "Ukraine")],
    ),
    ("Hamas and Hizbullah", [("Hamas", "group", "Hamas"), ("Hizbullah", "group", "Hezbollah")]),
    (
        "Ansar Allah, the Houthis, the Houthi navy",
        [
            ("Ansar Allah", "group", "Houthis"),
            ("Houthis", "people", "Houthis"),
            ("Houthi", "adjective", "Houthis"),
        ],
    ),
    ("the IDF and the IRGC", [("IDF", "force", "Israel"), ("IRGC", "force", "Iran")]),
    ("Sendero Luminoso", [("Sendero Luminoso", "group", "Shining Path")]),
    ("27 Shahed-136 drones", [("Shahed-136", "weapon", "Shahed")]),
]


@pytest.mark.parametrize(("text", "names"), KINDS)
def test_kinds(text: str, names: list[tuple[str, str, str]]) -> None:
    assert found(text) == names


SPELLING = [
    # possessives, with either apostrophe, and with the one that a converter ate
    ("Russia's army", [("Russia", "state", "Russia")]),
    ("Kyiv’s troops", [("Kyiv", "capital", "Ukraine")]),
    ("the Houthis' spokesman", [("Houthis", "people", "Houthis")]),
    ("in northern Syrias Aleppo province", [("Syrias", "state", "Syria")]),
    # hyphens, spaces, line breaks, accents, apostrophes inside
    (
        "al Shabaab and Al-Shabab",
        [("al Shabaab", "group", "al-Shabaab"), ("Al-Shabab", "group", "al-Shabaab")],
    ),
    ("the United\nStates", [("United\nStates", "state", "US")]),
    ("Séléka and Seleka", [("Séléka", "group", "Séléka"), ("Seleka", "group", "Séléka")]),
    (
        "Sana'a, Sanaa, Sana’a",
        [("Sana'a", "capital", "Yemen"), ("Sanaa", "capital", "Yemen"), ("Sana’a", "capital", "Yemen")],
    ),
    ("Türkiye, Turkiye", [("Türkiye", "state", "Turkey"), ("Turkiye", "state", "Turkey")]),
    ("the Israel Defence Forces", [("Israel Defence Forces", "force", "Israel")]),
    ("the Israel Defense Forces", [("Israel Defense Forces", "force", "Israel")]),
    ("Erdoğan or Erdogan", [("Erdoğan", "leader", "Turkey"), ("Erdogan", "leader", "Turkey")]),
    # capitals: shouted text, and acronyms written as words
    (
        "ISRAELI TROOPS KILLED 4 PALESTINIANS",
        [("ISRAELI", "adjective", "Israel"), ("PALESTINIANS", "people", "Palestinians")],
    ),
    (
        "Nato, Farc and Isis",
        [("Nato", "group", "NATO"), ("Farc", "group", "FARC"), ("Isis", "group", "ISIL")],
    ),
    # common words are no names: birds, adjectives, verbs
    ("a turkey, to polish, the grad, let go, LET GO", []),
    # an abbreviation takes its last point with it
    ("The U.S. said", [("U.S.", "state", "US")]),
    # the longest name wins
    ("Kata'ib Hezbollah", [("Kata'ib Hezbollah", "group", "Islamic Resistance in Iraq")]),
    (
        "the Islamic State in West Africa Province",
        [("Islamic State in West Africa Province", "group", "ISWAP")],
    ),
    (
        "South Sudan, South Sudanese",
        [("South Sudan", "state", "South Sudan"), ("South Sudanese", "adjective", "South Sudan")],
    ),
    (
        "Papua New Guinea and Guinea-Bissau",
        [("Papua New Guinea", "state", "Papua New Guinea"), ("Guinea-Bissau", "state", "Guinea-Bissau")],
    ),
    # … also where the longer one is no side
    ("the Gulf of Oman, the Sea of Azov, Latin American, The Washington Post", []),
    # hyphens tie what is not the name
    ("Iran-backed, pro-Russian", [("Iran", "state", "Iran"), ("Russian", "adjective", "Russia")]),
    # a people's name means an armed group only before its fighters
    ("30 Fulani gunmen; Fulani villagers", [("Fulani", "adjective", "Fulani militants")]),
    ("the Karen guerrillas and Karen Smith", [("Karen", "adjective", "KNU")]),
    # within words there are no names
    ("Iranology, Maliseet, Chadwick, xRussia, RSFSR", []),
]


@pytest.mark.parametrize(("text", "names"), SPELLING)
def test_spellings(text: str, names: list[tuple[str, str, str]]) -> None:
    assert found(text) == names


WEAPONS = [
    # plurals, marks, runs of marks
    ("three Kinzhals", ["Kinzhals"]),
    ("12 T-72B3s and a T-90M", ["T-72B3s", "T-90M"]),
    ("Shahed-136/131 and Geran-2", ["Shahed-136/131", "Geran-2"]),
    ("S-300PMU-2, F-16C, MiG-29s, Lancet-3M", ["S-300PMU-2", "F-16C", "MiG-29s", "Lancet-3M"]),
    # hyphen, space, nothing; Cyrillic Х read as X
    ("Kh-101, Kh 101, Kh101, X-101", ["Kh-101", "Kh 101", "Kh101", "X-101"]),
    ("X-101/Kh-555 cruise missiles", ["X-101/Kh-555"]),
    ("Shahed-type drones", ["Shahed"]),
    ("Leopard 2A6 and Marder 1A3", ["Leopard 2A6", "Marder 1A3"]),
    # a word that must follow is not taken: it is what is counted
    ("20 Leopard tanks", ["Leopard"]),
    ("12 Emad ballistic missiles; Emad Hajjaj, a baker", ["Emad"]),
    # names that are no English words are found in small letters too
    ("two shaheds and a himars", ["shaheds", "himars"]),
    ("Qassam rockets of the Qassam Brigades", ["Qassam"]),
    ("the 47th Brigade with M113s", ["M113s"]),
    ("Patriot and the Patriot Act", ["Patriot"]),
]


@pytest.mark.parametrize(("text", "weapons"), WEAPONS)
def test_weapons(text: str, weapons: list[str]) -> None:
    assert [name.text for name in find_names(text, CODEBOOK) if name.kind == "weapon"] == weapons


SHARED = [
    # SAF is Sudan's army only where Sudan is spoken of
    ("SAF lost the town to the RSF in Sudan.", ["SAF", "RSF", "Sudan"]),
    ("SAF and RSF issued a statement in Paris.", ["France"]),
    # Reporters without Borders is RSF too
    ("RSF, a press group, counted 20 journalists.", []),
    ("The Tigers attacked an army camp in Sri Lanka.", ["LTTE", "Sri Lanka"]),
    ("Tigers attacked villagers in India.", ["India"]),
    # whose Kurds: those of the war that the article is about
    ("Kurdish fighters in Syria", ["YPG", "Syria"]),
    ("Turkey said Kurdish fighters of the PKK", ["Turkey", "PKK", "PKK"]),
    ("Kurdish voters in Iraq", ["Kurds", "Iraq"]),
    # … where they are fighters; villagers are nobody's
    ("Kurdish villagers in Syria", ["Kurds", "Syria"]),
    ("The ERP attacked in El Salvador", ["FMLN", "El Salvador"]),
    ("Colombia's ELN, the National Liberation Army", ["Colombia", "ELN", "ELN"]),
]


@pytest.mark.parametrize(("text", "sides"), SHARED)
def test_names_that_several_bear(text: str, sides: list[str]) -> None:
    assert [name.side for name in find_names(text, CODEBOOK)] == sides


SURNAMES = [
    # named in full, a leader is known by the surname in the rest of the article
    ("Defence minister Rajnath Singh spoke. Singh said 20 died.", ["Rajnath Singh", "Singh"]),
    ("Rajnath Singh spoke; Singh's ministry", ["Rajnath Singh", "Singh"]),
    ("Singh said 20 died.", []),
    # others of the same name are other persons
    ("Rajnath Singh spoke. Manpreet Singh, a farmer, died.", ["Rajnath Singh"]),
    ("President Hugo Chávez and President Chavez", ["Hugo Chávez", "Chavez"]),
]


@pytest.mark.parametrize(("text", "leaders"), SURNAMES)
def test_surnames_of_leaders(text: str, leaders: list[str]) -> None:
    assert [name.text for name in find_names(text, CODEBOOK) if name.kind == "leader"] == leaders


US = [
    # noun or adjective, as what follows tells
    ("US troops killed 20", ["adjective"]),
    ("the US said 20", ["state"]),
    ("the US and the UK launched 20", ["state", "state"]),
    ("A U.S.-led raid", ["state"]),
    ("US Central Command", ["force"]),
    ("UK warships", ["adjective"]),
    # the pronoun of shouted text
    ("THEY TOLD US THAT 20 WERE KILLED. LET US GO.", []),
    ("TWENTY US TROOPS WERE KILLED BY GUERRILLAS", ["adjective"]),
    ("HE IS ONE OF US AND THIS IS THE TRUTH", []),
]


@pytest.mark.parametrize(("text", "kinds"), US)
def test_the_us_and_us(text: str, kinds: list[str]) -> None:
    assert [name.kind for name in find_names(text, CODEBOOK)] == kinds


ROLES = [
    ("The enemy lost 20 tanks.", ["enemy"]),
    ("Occupiers shelled the town; our defenders hit back.", ["enemy", "own"]),
    ("Government forces killed 20 rebels.", ["government", "rebels"]),
    ("THREE GUERRILLAS WERE KILLED BY THE ARMY", ["rebels", "government"]),
    ("armies of ants", []),
]


@pytest.mark.parametrize(("text", "roles"), ROLES)
def test_roles(text: str, roles: list[str]) -> None:
    assert [name.key for name in find_roles(text, CODEBOOK)] == roles


# --- the words that stand in for names


def test_neutral_words_depend_on_kind_and_number_only() -> None:
    text = "Russia, Iran; Russian, Iranian; Russians, Iranians; Moscow, Tehran; Putin, Khamenei; FSB, IRGC"
    names = find_names(text, CODEBOOK)
    for one, other in zip(names[::2], names[1::2], strict=True):
        assert (one.side, other.side) == ("Russia", "Iran")
        assert neutral(one, CODEBOOK) == neutral(other, CODEBOOK)


NUMBERS = [
    ("a Turk", "Spaniard"),
    ("two Turks", "Spaniards"),
    ("a Kinzhal", "Falcon"),
    ("two Kinzhals", "Boeings"),
    ("T-72B3s", "Boeings"),
    # its own s is no plural
    ("two ATACMS", "Falcon"),
    ("NASAMS", "Falcon"),
    # the possessive that was eaten is served again
    ("Syrias Aleppo province", "Norway's"),
    ("the Philippines", "Norway"),
]


@pytest.mark.parametrize(("text", "word"), NUMBERS)
def test_neutral_words_keep_the_number(text: str, word: str) -> None:
    (name,) = find_names(text, CODEBOOK)
    assert neutral(name, CODEBOOK) == word


# --- laws

TEXTS = st.lists(
    st.sampled_from(
        [
            *(
                spelling
                for side in CODEBOOK.sides.values()
                for pattern in side.names
                for spelling in spellings(pattern)
            ),
            *(
                name
                for weapon in CODEBOOK.weapons.values()
                for name in weapon.names
                if not set(name) & set("[(")
            ),
            "said",
            "20",
            "drones",
            ",",
            ".",
            "'s",
            "the",
            "\n",
            "-",
            "’",
            "US",
            "İstanbul",
            "ﬁ",
            "ß",
        ]
    ),
    max_size=12,
).map(" ".join)


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_names_stand_where_they_say_and_never_overlap(text: str) -> None:
    names = find_names(text, CODEBOOK)
    for name in names:
        assert text[name.start : name.end] == name.text
        assert neutral(name, CODEBOOK)
    assert all(one.end <= other.start for one, other in pairwise(names))


@given(st.text(max_size=60))
def test_folding_keeps_every_offset(text: str) -> None:
    assert len(fold(text)) == len(text)
    find_names(text, CODEBOOK)


def sides_of(kind: str) -> list[str]:
    return [
        key for key, side in CODEBOOK.sides.items() if side.kind == kind and not side.shared and side.names
    ]


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(sides_of("state")), st.sampled_from(sides_of("state")))
def test_exchanging_two_states_exchanges_the_names(one: str, other: str) -> None:
    """The neutrality that the parse relies on: same kinds, same neutral words, sides exchanged."""
    frame = "{0} said on Monday that 20 drones had hit {1}. {1} denied it, and in {0} nobody was hurt."
    there, back = (
        find_names(frame.format(*pair), CODEBOOK) for pair in (names(one, other), names(other, one))
    )
    exchange = {one: other, other: one}
    assert [(exchange[name.side or ""], neutral(name, CODEBOOK)) for name in there] == [
        (name.side, neutral(name, CODEBOOK)) for name in back
    ]


def names(*sides: str) -> tuple[str, ...]:
    return tuple(spellings(CODEBOOK.sides[side].names[0])[-1] for side in sides)


def test_every_name_of_the_codebook_is_found_as_what_it_is() -> None:
    """A name that a longer or earlier one hides would be dead. Shared ones stand with a side near them."""
    lost = []
    for key, side in CODEBOOK.sides.items():
        shared = {spelling for pattern in side.shared for spelling in spellings(pattern)}
        for field in ("names", "adjectives", "people", "capitals", "leaders", "forces"):
            for pattern in getattr(side, field):
                for spelling in spellings(pattern):
                    hits = find_names(f"They saw {spelling} there.", CODEBOOK)
                    if spelling not in shared and [name.side for name in hits] != [key]:
                        lost.append((key, spelling, hits))
    for key, weapon in CODEBOOK.weapons.items():
        for pattern in weapon.names:
            for spelling in spellings(pattern):
                hits = find_names(f"They saw {spelling} there.", CODEBOOK)
                if [name.key for name in hits] != [key]:
                    lost.append((key, spelling, hits))
    assert not lost


def test_names_are_the_same_in_any_codebook_that_has_them() -> None:
    """The codebook is passed in: no entry is known to the code."""
    side = CODEBOOK.sides["Russia"].model_copy(update={"names": ("Ruritania",), "leaders": ()})
    small = CODEBOOK.model_copy(update={"sides": {"Ruritania": side}, "weapons": {}})
    assert found("Ruritania said Iran", small) == [("Ruritania", "state", "Ruritania")]
    assert replace(find_names("Ruritania", small)[0], side=None) == Name(
        0, 9, "Ruritania", "state", "Ruritania"
    )
