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
    # by a perfect tense, "since" with a clause tells a time
    ("Troops have killed some 160 rebels since crossing the river.", "some 160", "cumulative"),
    ("About 400 have been killed since they left the town.", "about 400", "cumulative"),
    # too many for one event, but not for the days told
    ("The ministry counts 25,000 dead.", "25,000", "cumulative"),
    ("The army lost 8,300 soldiers in the sector in August 2024.", "8,300", "period"),
    # a part runs on as its total does, unless a verb of its own tells its own event
    ("Since May 5,000 people were killed, 600 of them children.", "600", "cumulative"),
    # what forces did is no state
    ("The following day the army deployed 21 tanks along the railway.", "21", "period"),
    ("Russia has deployed 21 tanks along the railway.", "21", "stock"),
    ("A column of 80 soldiers burned the village.", "80", "period"),
    ("Some 200,000 refugees are in Ingushetia.", "some 200,000", "stock"),
    ("They are to join the 400 or so men whom the rebels already hold.", "400 or so", "stock"),
    ("The army fires 200 shells a day.", "200", "per_day"),
    # rates are told by their own words
    ("Two minibuses were hit within a week.", "two", "period"),
    # millions are driven out over a whole war; a part with days of its own is no running total
    ("The violence has displaced millions.", "millions", "cumulative"),
    (
        "Since 1 June 6,320 people have been displaced, 1,140 of them in the past three days.",
        "1,140",
        "period",
    ),
    (
        "The UN says 1,012 people were killed since the offensive began and 5,480 wounded.",
        "5,480",
        "cumulative",
    ),
    ("The toll was 11 at first and 14 dead a day later.", "14", "period"),
]


@pytest.mark.parametrize(("text", "figure", "expected"), CASES, ids=[text[:40] for text, _, _ in CASES])
def test_aggregation(text: str, figure: str, expected: str) -> None:
    claims = read_claims(Article("test", text), load_codebook())
    assert {c.quantity.text.lower(): c.measure.aggregation for c in claims}[figure] == expected
