"""Figures without a sentence: lines of a label and a number under a heading."""

import pytest

from conflictstats.claims import read_claims
from conflictstats.codebook import load_codebook
from conflictstats.records import Article


def read(text: str) -> list[tuple[str, str, str, str]]:
    claims = read_claims(Article("test", text), load_codebook())
    return [(c.quantity.text, c.measure.event, c.measure.item, c.measure.aggregation) for c in claims]


CASES = [
    # a list of losses: the sum, and in brackets the last day's
    (
        "Combat losses of the enemy:\ntanks - 7,398 (+15)\nhelicopters - 325",
        [
            ("7,398", "destroyed", "tank", "period"),
            ("15", "destroyed", "tank", "increment"),
            ("325", "destroyed", "helicopter", "period"),
        ],
    ),
    # without a heading the bracketed change tells that these are losses
    (
        "Tanks - 10,712 (+3)",
        [("10,712", "destroyed", "tank", "period"), ("3", "destroyed", "tank", "increment")],
    ),
    # labels that say by themselves what became of people; no one event kills so many
    (
        "Killed: 34,568\nInjured: 77,765",
        [("34,568", "killed", "person", "cumulative"), ("77,765", "wounded", "person", "cumulative")],
    ),
    (
        "Killed: 34\nInjured: 77",
        [("34", "killed", "person", "period"), ("77", "wounded", "person", "period")],
    ),
    # a row says behind the figure what became of those whom its label names
    (
        "- Medical workers: 17 killed, 26 injured\n- Women: 264 killed\n- Journalists: six killed",
        [
            ("17", "killed", "medic", "period"),
            ("26", "wounded", "medic", "period"),
            ("264", "killed", "woman", "period"),
            ("six", "killed", "journalist", "period"),
        ],
    ),
    # places under a heading that says what became of people there; other labels count nothing
    (
        "People displaced by district:\n- Chiúre: 57,200\n- Ancuabe: 12,400",
        [("57,200", "displaced", "person", "period"), ("12,400", "displaced", "person", "period")],
    ),
    ("The ministry spoke on Monday.\nContact: 12345\nEditor: 12", []),
    # the heading says it, one line back
    (
        "In May 40 people were killed. They are distributed as follows:\n- Civilians: 25\n- Regime forces: 15",
        [
            ("40", "killed", "person", "period"),
            ("25", "killed", "civilian", "period"),
            ("15", "killed", "combatant", "period"),
        ],
    ),
    # a list that a sign makes one of losses
    (
        "Minus 1,250 personnel, 3 tanks and 40 artillery systems.",
        [
            ("1,250", "casualties", "combatant", "period"),
            ("3", "destroyed", "tank", "period"),
            ("40", "destroyed", "artillery", "period"),
        ],
    ),
    # no label of war
    ("Source: agency\nPhone: 345", []),
    ("Tanks: 12", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text[:30] for text, _ in CASES])
def test_line(text: str, expected: list[tuple[str, str, str, str]]) -> None:
    assert read(text) == expected
