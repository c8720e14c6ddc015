"""How a number counts: a stretch of time, a running total, a state, a change or a rate."""

import pytest

from conflictstats.claims import read_claims
from conflictstats.codebook import load_codebook
from conflictstats.records import Article

CASES = [
    ("Five people were killed in the strike.", "five", "period"),
    # present forces are a state, forces sent or attacking are not
    ("Burundi has 10,000 troops in South Kivu.", "10,000", "stock"),
    ("The army sent 10,000 troops to the border.", "10,000", "period"),
    ("Some 600 guerrillas attacked the base.", "some 600", "period"),
    ("The camp hosts 75,000 displaced people.", "75,000", "stock"),
    ("The group is holding 133 prisoners.", "133", "stock"),
    # a whole war's toll runs, whether or not a date says so
    ("The war has claimed over 300,000 lives.", "over 300,000", "cumulative"),
    ("Fighting has displaced 300,000 people to date.", "300,000", "cumulative"),
    # "since" as an adverb or a conjunction of reason starts no count
    ("Four people have since been rescued from the rubble.", "four", "period"),
    # a further figure with the new total
    ("Two more soldiers died, bringing the toll to 14.", "two", "increment"),
    ("The army fires 200 shells a day.", "200", "per_day"),
    ("The toll was 11 at first and 14 dead a day later.", "14", "period"),
]


@pytest.mark.parametrize(("text", "figure", "expected"), CASES, ids=[text[:40] for text, _, _ in CASES])
def test_aggregation(text: str, figure: str, expected: str) -> None:
    claims = read_claims(Article("test", text), load_codebook())
    assert {c.quantity.text.lower(): c.measure.aggregation for c in claims}[figure] == expected
