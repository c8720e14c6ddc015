"""Number words and digits to values, with the characters that they were read from."""

from __future__ import annotations

import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflictstats.codebook import load_codebook
from conflictstats.quantities.numerals import Numeral, number_words, read_numeral

WORDS = number_words(load_codebook())


def read(text: str) -> Numeral | None:
    """The number that begins with the first digit or number word of a text."""
    for token in re.finditer(r"\d+|[^\W\d_]+", text):
        if token.group()[0].isdecimal() or token.group().lower() in WORDS.triggers:
            number = read_numeral(text, token.start(), WORDS)
            if number:
                return number
    return None


EXACT = [
    # digits, with every separator that newsrooms use
    ("12", "12", 12),
    ("12,500 people", "12,500", 12_500),
    ("1,234,567", "1,234,567", 1_234_567),
    ("1,00,000 refugees", "1,00,000", 100_000),  # Indian grouping
    ("12 500 people", "12 500", 12_500),
    ("12\u00a0500", "12\u00a0500", 12_500),  # non-breaking space
    ("12\u2009500", "12\u2009500", 12_500),  # thin space
    ("12\u202f500", "12\u202f500", 12_500),  # narrow non-breaking space
    ("12’500", "12’500", 12_500),
    ("2\ufffd000 men", "2\ufffd000", 2_000),  # the separator was lost in a wrong encoding
    ("1.234.567", "1.234.567", 1_234_567),
    ("1.200 soldiers", "1.200", 1_200),  # soldiers come in whole numbers
    ("1.200 km", "1.200", 1.2),  # kilometres do not
    ("3.125 million", "3.125 million", 3_125_000),
    ("41.6", "41.6", 41.6),
    ("1,5 million", "1,5 million", 1_500_000),
    ("3,5 km", "3,5", 3.5),
    ("2½ miles", "2½", 2.5),
    ("1 1/2 years", "1 1/2", 1.5),
    ("2-1/2 miles", "2-1/2", 2.5),
    ("some 3 1/2 million people", "3 1/2 million", 3_500_000),
    ("TWO AND ONE-HALF HOURS", "TWO AND ONE-HALF", 2.5),
    ("three-and-a-half thousand", "three-and-a-half thousand", 3_500),
    ("300000", "300000", 300_000),
    # scales
    ("1.2 million", "1.2 million", 1_200_000),
    ("4.1 million", "4.1 million", 4_100_000),  # 4.1 × 1e6 is no whole number to a computer
    ("60k troops", "60k", 60_000),
    ("3.4m people", "3.4m", 3_400_000),
    ("$3m", "3m", 3_000_000),
    ("2bn", "2bn", 2_000_000_000),
    ("40 thousand", "40 thousand", 40_000),
    ("3 dozen", "3 dozen", 36),
    ("200m from", "200", 200),  # metres
    # words
    ("one", "one", 1),
    ("twelve", "twelve", 12),
    ("twenty-six", "twenty-six", 26),
    ("Fifty nine", "Fifty nine", 59),
    ("TWENTY-FIVE", "TWENTY-FIVE", 25),
    ("two hundred and eighty-six drones", "two hundred and eighty-six", 286),
    ("One hundred and twelve", "One hundred and twelve", 112),
    ("three thousand four hundred and five", "three thousand four hundred and five", 3_405),
    ("twelve hundred", "twelve hundred", 1_200),
    ("nine million", "nine million", 9_000_000),
    ("a hundred", "a hundred", 100),
    ("a thousand", "a thousand", 1_000),
    ("a million and a half", "a million and a half", 1_500_000),
    ("one and a half million", "one and a half million", 1_500_000),
    ("half a million", "half a million", 500_000),
    ("a quarter of a million", "a quarter of a million", 250_000),
    ("three quarters of a million", "three quarters of a million", 750_000),
    ("two and a half", "two and a half", 2.5),
    ("two lakh", "two lakh", 200_000),
    # nouns of number
    ("a dozen", "a dozen", 12),
    ("two dozen", "two dozen", 24),
    ("half a dozen", "half a dozen", 6),
    ("a half-dozen", "a half-dozen", 6),
    ("two and a half dozen", "two and a half dozen", 30),
    ("a couple", "a couple", 2),
    ("a couple of hundred", "a couple of hundred", 200),
    ("a couple dozen", "a couple dozen", 24),
    ("a pair of", "a pair", 2),
    ("a single shell", "a single", 1),
    # two numbers are not one
    ("two three", "two", 2),
    ("twenty twelve", "twenty", 20),
    ("four and five", "four", 4),
]


@pytest.mark.parametrize(("text", "words", "value"), EXACT)
def test_value_and_span(text: str, words: str, value: float) -> None:
    number = read(text)
    assert number is not None
    assert text[number.start : number.end] == words
    assert (number.low, number.best, number.high) == (value, value, value)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("a few", 3, 5),
        ("several", 3, 9),
        ("dozens", 24, 99),
        ("scores", 40, 99),
        ("hundreds", 200, 999),
        ("thousands", 2_000, 9_999),
        ("millions", 2_000_000, 9_999_999),
        ("tens of thousands", 20_000, 99_999),
        ("hundreds of thousands", 200_000, 999_999),
        ("several dozen", 36, 108),
        ("several hundred", 300, 900),
        ("several thousand", 3_000, 9_000),
        ("a few hundred", 300, 500),
        ("several hundred thousand", 300_000, 900_000),
        ("hundreds and hundreds", 200, 999),
    ],
)
def test_vague_words_have_bounds_and_no_best(text: str, low: float, high: float) -> None:
    number = read(text)
    assert number is not None
    assert number.form == "vague"
    assert (number.low, number.high, number.end) == (low, high, len(text))
    assert math.isnan(number.best)


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("half", 1 / 2),
        ("a third", 1 / 3),
        ("two-thirds", 2 / 3),
        ("three quarters", 3 / 4),
        ("one fifth", 1 / 5),
        ("1/3", 1 / 3),
    ],
)
def test_fractions_are_shares(text: str, share: float) -> None:
    number = read(text)
    assert number is not None
    assert number.form == "fraction"
    assert number.best == pytest.approx(share)


@pytest.mark.parametrize("text", ["no", "None", "nobody", "zero", "not a single", "Not one", "not even one"])
def test_zeros(text: str) -> None:
    number = read(text)
    assert number is not None
    assert (number.form, number.best, number.end) == ("zero", 0, len(text))


@pytest.mark.parametrize(
    "text", ["few", "tens", "many", "a", "an attack", "quarter", "numerous", "the couple"]
)
def test_what_is_too_vague_is_no_number(text: str) -> None:
    assert read(text) is None


UNITS = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen".split()
UNITS += "seventeen eighteen nineteen".split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()


def in_words(number: int) -> str:
    """A whole number as English writes it: 1,286 is "one thousand two hundred and eighty-six"."""
    if number < 20:
        return UNITS[number]
    if number < 100:
        ten, one = divmod(number, 10)
        return TENS[ten - 2] + (f"-{UNITS[one]}" if one else "")
    for size, name in ((1_000_000, "million"), (1_000, "thousand"), (100, "hundred")):
        if number >= size:
            many, rest = divmod(number, size)
            joint = " and " if 0 < rest < 100 else " "
            return f"{in_words(many)} {name}" + (f"{joint}{in_words(rest)}" if rest else "")
    raise AssertionError(number)


@given(st.integers(1, 999_999_999))
def test_words_and_digits_agree(value: int) -> None:
    for text in (
        in_words(value),
        in_words(value).upper(),
        f"{value}",
        f"{value:,}",
        f"{value:,}".replace(",", "\u202f"),
    ):
        number = read(text)
        assert number is not None
        assert (number.best, number.start, number.end) == (value, 0, len(text))
