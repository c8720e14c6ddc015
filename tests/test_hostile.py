"""Texts and files made to break a reader: what comes of them is bounded, stands where it says, and stops nothing else.

tools/fuzz.py makes them by the thousand; here are some of each kind, and a test for each fault that it found.
"""

from __future__ import annotations

import importlib.util
import json
import random
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import conflictstats as cs
from conflictstats.articles import read_articles
from conflictstats.articles.fields import TEXT_LIMIT
from conflictstats.errors import ArticleError
from conflictstats.records import Article, Reject
from conflictstats.sentences import MOST_FIGURES, split_sentences

TOOL = Path(__file__).parent.parent / "tools" / "fuzz.py"
CLAIM = "A missile killed 11 people in Kharkiv on Wednesday, the governor said."


@pytest.fixture(scope="module")
def fuzz() -> Any:
    spec = importlib.util.spec_from_file_location("fuzz", TOOL)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["fuzz"] = module
    spec.loader.exec_module(module)
    return module


# --------------------------------------------------------------------------- some of each kind


@settings(max_examples=150, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_quantities_of_any_text_stand_where_they_say(fuzz: Any, seed: int) -> None:
    fuzz.check_quantities(fuzz.soup(random.Random(seed)))


@settings(max_examples=12, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_claims_of_any_text_stand_where_they_say(fuzz: Any, seed: int) -> None:
    fuzz.check_article(fuzz.texts(random.Random(seed)))


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_any_file_gives_articles_or_reasons(fuzz: Any, seed: int) -> None:
    fuzz.check_readers(*fuzz.files(random.Random(seed)))


@settings(max_examples=20, deadline=None)
@given(text=st.text(max_size=300))
def test_any_characters_give_claims_that_stand_where_they_say(fuzz: Any, text: str) -> None:
    fuzz.check_article(f"{text} {CLAIM} {text}")


# --------------------------------------------------------------------------- limits


def spans_match(text: str) -> int:
    claims = cs.load_text(text, "2023-08-09").claims
    for row in claims.itertuples():
        assert text[row.start : row.end] == row.text
    return len(claims)


def test_a_text_longer_than_a_book_is_refused_and_the_rest_go_on(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("12 killed " * 1_000_000)  # 10 MB in one line
    (tmp_path / "b.jsonl").write_text(
        json.dumps({"text": "a" * (TEXT_LIMIT + 1)}) + "\n" + json.dumps({"text": CLAIM})
    )
    items = list(read_articles(tmp_path))
    assert [item.reason for item in items if isinstance(item, Reject)] == [
        "over-large: 10,000,000 characters, an article has up to 1,000,000",
        "over-large: 1,000,001 characters, an article has up to 1,000,000",
    ]
    assert [item.article_id for item in items if isinstance(item, Article)] == ["b.jsonl#2"]


def test_more_figures_than_any_article_has_are_refused(tmp_path: Path) -> None:
    numbers = "12 " * 100_000
    with pytest.raises(ArticleError, match="more than 3,000 figures: a table or a dump"):
        cs.load_text(numbers)
    (tmp_path / "a.txt").write_text(numbers)
    (tmp_path / "b.txt").write_text(CLAIM)
    corpus = cs.load(tmp_path)
    assert corpus.rejects["reason"][0].startswith(f"more than {MOST_FIGURES:,} figures")
    assert list(corpus.articles["article_id"]) == ["b.txt"] and len(corpus.claims) == 1


def test_a_sentence_too_long_to_be_one_is_read_in_pieces() -> None:
    text = "and so it went on without a stop " * 500 + CLAIM
    spans = list(split_sentences(text))
    assert all(span.end - span.start <= 1500 for span in spans)
    # nothing but white space is left out
    assert "".join(text[s.start : s.end] for s in spans).replace(" ", "") == text.replace(" ", "")
    assert spans_match(text) == 1
    assert all(span.end - span.start <= 1500 for span in split_sentences("a" * 10_000))


@pytest.mark.parametrize(
    "text",
    [
        f"{'“‘' * 200}{CLAIM}{'’”' * 200}",
        f"{'(' * 300}{CLAIM}{')' * 300}",
        " ".join(["12 killed and"] * 60) + f" 3 wounded. {CLAIM}",
        "he said that " * 80 + CLAIM,
        CLAIM + "\n" * 5000 + CLAIM,
        "-" * 5000 + CLAIM,
        "\u202e" + CLAIM + "\u202c\u2066" + CLAIM + "\u2069",
        CLAIM.replace("11", "1\u200b1"),
        CLAIM.replace(" ", "\u00a0"),
        CLAIM + "\u0301" * 500,
        "\ufeff" + CLAIM.replace("people", "peo\u00adple"),
    ],
    ids="quotes parentheses list said newlines dashes bidi zero-width no-break combining soft-hyphen".split(),
)
def test_odd_texts_are_read_in_place(text: str) -> None:
    spans_match(text)


@pytest.mark.parametrize("sign", ["\u200b", "\u200c\u200d", "\u2060", "\ufeff", "\u00ad"])
@pytest.mark.parametrize(("number", "best"), [("1{}1", 11), ("1{},2{}00", 1200), ("2{}.5 million", 2.5e6)])
def test_a_figure_broken_by_an_invisible_sign_is_read_as_it_is_shown(
    sign: str, number: str, best: float
) -> None:
    written = number.replace("{}", sign)
    text = f"{CLAIM.replace('11', written)} Another 1{sign}2 were wounded."
    claims = cs.load_text(text).claims
    assert list(claims["best"]) == [best, 12]
    assert claims["text"][0] == written and spans_match(text) == len(claims)


# --------------------------------------------------------------------------- what fuzzing found


def test_a_speaker_of_no_letters_is_nobody() -> None:
    claims = cs.load_text("He lamented that 'said bandits killed 12 villagers'.").claims
    assert list(claims["best"]) == [12] and claims["source"].isna().all()


def test_a_cell_of_parquet_that_is_no_text_is_a_reject(tmp_path: Path) -> None:
    import pyarrow as pa
    from pyarrow import parquet

    path = tmp_path / "t.parquet"
    texts = pa.array([CLAIM.encode(), b"12 killed \xa8"]).view(pa.string())
    parquet.write_table(pa.table({"text": texts}), path)
    (item,) = read_articles(path)
    assert isinstance(item, Reject) and "damaged from here on" in item.reason


def test_a_name_of_a_column_of_parquet_that_is_no_text_is_a_reject(tmp_path: Path) -> None:
    import pyarrow as pa
    from pyarrow import parquet

    path = tmp_path / "t.parquet"
    parquet.write_table(pa.table({"text": [CLAIM]}), path)
    path.write_bytes(path.read_bytes().replace(b"text", b"t\xa8xt"))
    (item,) = read_articles(path)
    assert isinstance(item, Reject) and "not a Parquet file" in item.reason


def test_a_line_of_dots_does_not_take_for_ever() -> None:
    spans_match("." * 1400 + "\n" + CLAIM)  # a label of a bulletin turned back 2^1400 times


def test_a_member_of_two_names_that_is_no_text_is_a_reject(tmp_path: Path) -> None:
    path = tmp_path / "t.zip"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("é.txt", CLAIM)
    data = path.read_bytes()
    # the name before the content, which only opening it reads
    path.write_bytes(data.replace("é".encode(), b"\xd5\xff", 1))
    (item,) = read_articles(path)
    assert isinstance(item, Reject) and "cannot be unpacked" in item.reason
