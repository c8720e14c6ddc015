"""The codebook files: their hygiene, and how the loader refuses what breaks their grammar."""

from __future__ import annotations

import re
import shutil
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from conflictstats.codebook import FILES, SHIPPED, Codebook, load_codebook
from conflictstats.errors import CodebookError
from conflictstats.spellings import plain_words, spellings

FILE_NAMES = sorted(FILES)
# Files that are long lists without an order of their own; the others are grouped by sense.
SORTED = ("roles", "sides", "wars", "weapons")
DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


@pytest.fixture(scope="module")
def codebook() -> Codebook:
    return load_codebook()


def raw(name: str) -> dict[str, Any]:
    return tomllib.loads((SHIPPED / f"{name}.toml").read_text(encoding="utf-8"))


def strings(value: Any, where: str) -> Iterator[tuple[str, str]]:
    """Every string of an entry, keys included, with the way to it."""
    if isinstance(value, str):
        yield where, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield where, key
            yield from strings(inner, f"{where}.{key}")
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner, where)


def lists(value: Any, where: str) -> Iterator[tuple[str, list[Any]]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from lists(inner, f"{where}.{key}")
    elif isinstance(value, list):
        yield where, value
        for inner in value:
            yield from lists(inner, where)


# --- hygiene


def test_every_file_of_the_folder_is_known() -> None:
    assert sorted(path.stem for path in SHIPPED.glob("*.toml")) == FILE_NAMES


@pytest.mark.parametrize("name", FILE_NAMES)
def test_a_file_opens_with_its_grammar(name: str) -> None:
    first = (SHIPPED / f"{name}.toml").read_text(encoding="utf-8").splitlines()[:3]
    assert all(line.startswith("#") for line in first)


@pytest.mark.parametrize("name", FILE_NAMES)
def test_no_stray_white_space_and_nothing_empty(name: str) -> None:
    bad = [
        (where, text)
        for where, text in strings(raw(name), name)
        if text != " ".join(text.split()) or (not text and where.count(".") <= 1)
    ]
    assert not bad


@pytest.mark.parametrize("name", FILE_NAMES)
def test_no_word_twice_in_one_list(name: str) -> None:
    """Pairs of singular and plural, as in hierarchy.toml, may be equal: one aircraft, two aircraft."""
    bad = [
        (where, item)
        for where, items in lists(raw(name), name)
        for item in items
        if isinstance(item, str) and items.count(item) > 1 and not (name == "hierarchy" and len(items) == 2)
    ]
    assert not bad


@pytest.mark.parametrize("name", SORTED)
def test_entries_are_sorted(name: str) -> None:
    keys = [" ".join(plain_words(key)) for key in raw(name)]
    assert keys == sorted(keys)


def test_no_name_belongs_to_two_sides_or_weapons(codebook: Codebook) -> None:
    """Short names that several bear are declared as `shared` by all of them but one at most."""
    owners: dict[str, set[str]] = defaultdict(set)
    for key, side in codebook.sides.items():
        shared = {plain for pattern in side.shared for plain in plains(pattern)}
        for field in ("names", "adjectives", "people", "capitals", "leaders", "forces"):
            for pattern in getattr(side, field):
                for plain in plains(pattern):
                    if plain not in shared:
                        owners[plain].add(key)
    for key, weapon in codebook.weapons.items():
        for pattern in weapon.names:
            for plain in plains(pattern):
                owners[plain].add(f"weapon {key}")
    assert not {plain: sorted(keys) for plain, keys in owners.items() if len(keys) > 1}


def plains(pattern: str) -> Iterator[str]:
    for spelling in spellings(pattern):
        yield " ".join(plain_words(spelling))


@pytest.mark.parametrize("name", ["sides", "weapons", "roles"])
def test_the_notation_of_spellings_closes_its_brackets(name: str) -> None:
    for where, text in strings(raw(name), name):
        assert not re.search(r"[()\[\]|]", "".join(spellings(text))), (where, text)
        assert all(plain_words(spelling) for spelling in spellings(text)), (where, text)


def test_states_have_a_country_code_of_their_own(codebook: Codebook) -> None:
    past = {"Soviet Union", "Yugoslavia"}
    states = {key: side for key, side in codebook.sides.items() if side.kind == "state" and key not in past}
    codes = [side.iso for side in states.values()]
    assert all(code and re.fullmatch("[A-Z]{2}", code) for code in codes)
    assert len(codes) == len(set(codes))
    assert len(states) > 190
    assert not [key for key, side in codebook.sides.items() if side.iso and side.kind != "state"]


def test_a_side_that_shares_names_is_known_by_its_neighbours(codebook: Codebook) -> None:
    for key, side in codebook.sides.items():
        assert not set(side.near) - set(codebook.sides), key
        assert side.shared or not side.near, key


def test_wars_name_sides_and_dates_that_exist(codebook: Codebook) -> None:
    codes = {side.iso for side in codebook.sides.values()} | {"PS", "EH", "FK"}
    for key, war in codebook.wars.items():
        sides = [side for camp in war.sides for side in camp]
        assert not set(sides) - set(codebook.sides), key
        assert len(sides) == len(set(sides)), key
        assert {war.government, war.rebels} <= {None, *codebook.sides}, key
        assert not set(war.countries) - codes, key
        dates = [day for day in (war.start, war.end) if day]
        assert all(DATE.fullmatch(day) for day in dates) and dates == sorted(dates), key


def test_weapons_are_items_and_variants_that_exist(codebook: Codebook) -> None:
    for key, weapon in codebook.weapons.items():
        assert weapon.item in codebook.items, key
        assert weapon.fires is None or codebook.items[weapon.fires].group == "munition", key
        variants = set(codebook.items[weapon.item].variants.values())
        if codebook.items[weapon.item].group == "munition" and weapon.variant and variants:
            assert weapon.variant in variants, key


# --- the loader


@pytest.fixture
def own(tmp_path: Path) -> Path:
    return tmp_path


def write(folder: Path, name: str, text: str) -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_a_folder_replaces_files_and_leaves_the_rest(own: Path, codebook: Codebook) -> None:
    write(own, "sides.toml", '[Ruritania]\nkind = "state"\nnames = ["Ruritania"]\n')
    read = load_codebook(own)
    assert list(read.sides) == ["Ruritania"]
    assert read.wars == codebook.wars
    assert read.digest != codebook.digest


def test_a_copy_of_the_shipped_folder_is_the_shipped_codebook(own: Path, codebook: Codebook) -> None:
    shutil.copytree(SHIPPED, own, dirs_exist_ok=True)
    assert load_codebook(own).digest == codebook.digest


def test_a_folder_without_a_codebook_file_is_refused(tmp_path: Path) -> None:
    # articles given in its place would else be read as if nothing had been asked for
    (tmp_path / "a.txt").write_text("x")
    with pytest.raises(CodebookError, match=r"holds no codebook file.*sides\.toml"):
        load_codebook(tmp_path)


REFUSED = [
    # (file, content, what the message says: the file, the entry, the key, and what would do)
    ("wepons.toml", "", ("wepons.toml", "weapons.toml")),
    (
        "sides.toml",
        '[Ruritania]\nkind = "state"\nnames = ["R"]\ncapitols = ["S"]\n',
        ("Ruritania", "capitols", "capitals"),
    ),
    ("sides.toml", '[Ruritania]\nkind = "state"\n', ("Ruritania", "names")),
    ("sides.toml", '[Ruritania]\nkind = "empire"\nnames = ["R"]\n', ("Ruritania", "kind", "state")),
    ("sides.toml", '[Ruritania]\nkind = "state"\nnames = "R"\n', ("Ruritania", "names")),
    ("weapons.toml", '[Trebuchet]\nitem = 3\nnames = ["T"]\n', ("Trebuchet", "item")),
    ("sides.toml", 'kind = "state"\n', ("kind", "[entry]")),
    ("sides.toml", "[Ruritania\n", ("sides.toml", "TOML")),
    # of two equal keys YAML would take the last; TOML refuses
    (
        "sides.toml",
        '[R]\nkind = "state"\nnames = []\n[R]\nkind = "state"\nnames = []\n',
        ("sides.toml", "TOML"),
    ),
]


@pytest.mark.parametrize(("name", "content", "said"), REFUSED)
def test_the_loader_refuses_by_name(own: Path, name: str, content: str, said: tuple[str, ...]) -> None:
    with pytest.raises(CodebookError) as error:
        load_codebook(write(own, name, content))
    for words in said:
        assert words in str(error.value)
