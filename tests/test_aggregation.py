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
    # what raises a number raises a running total; a toll that is raised may be one blast's
    ("Nine died on Monday, raising the number of dead to 120 and that of the wounded to 340.", "120", "cumulative"),
    ("Nine died on Monday, raising the number of dead to 120 and that of the wounded to 340.", "340", "cumulative"),
    ("That lifted the total of villages taken to 17.", "17", "cumulative"),
    ("The mayor raised the number of people killed in the strike to 12.", "12", "period"),
    ("The hospital raised its toll to 19 dead.", "19", "period"),
    ("That brought the toll of nine months of fighting to 5,100 dead.", "5,100", "cumulative"),
    # from the start on
    ("From the beginning of the full-scale invasion 72 civilians have died in the district.", "72", "cumulative"),
    ("From the first day of the war, 430 people have been killed.", "430", "cumulative"),
    ("At the start of the offensive 30 tanks were destroyed.", "30", "period"),
    ("The monitor has verified 49 killings in the town since.", "49", "cumulative"),
    # what a side has lost, it has lost in its war
    ("Each side has lost at least two warplanes.", "at least two", "cumulative"),
    ("The junta has now lost 75 towns.", "75", "cumulative"),
    ("The army lost two tanks in the ambush.", "two", "period"),
    ("The army says it has lost no positions.", "no", "period"),
    ("This brings its overall losses to 930 tanks and 41 aircraft.", "41", "cumulative"),
    ("Russian losses now stand at 8,932 tanks, the staff said.", "8,932", "cumulative"),
    ("Total losses over the past day were 12 tanks.", "12", "period"),
    # each figure has the time beside it
    (
        "The army liberated 4 square kilometers of ground in the direction of Bakhmut over the past week, and 24 square"
        " kilometers since the beginning of the offensive.",
        "4 square kilometers",
        "period",
    ),
    # a part of a running total
    (
        "The project has established the names of 6,100 fighters killed since 2022. The figure includes 1,900 soldiers.",
        "1,900",
        "cumulative",
    ),
    # more than any one strike kills
    ("Activists say air strikes have killed hundreds of civilians.", "hundreds", "cumulative"),
    ("Air strikes have killed 12 people in Idlib.", "12", "period"),
    # who keeps a list goes on with it, but for the list of one attack
    ("The WHO has recorded 37 attacks on clinics.", "37", "cumulative"),
    ("The ministry has logged the deaths of 94 paramedics.", "94", "cumulative"),
    ("The group has documented the deaths of 27 people in air strikes on the town.", "27", "period"),
    ("The hospital has registered 40 dead.", "40", "period"),
    ("The union has documented 212 civilian deaths from 11 to 13 April.", "212", "period"),
    # rates
    ("We take several hundred of these people off the street every week.", "several hundred", "per_week"),
    ("The hospital admits 30 wounded men from the front line each day.", "30", "per_day"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "figure", "expected"), CASES, ids=[text[:40] for text, _, _ in CASES])
def test_aggregation(text: str, figure: str, expected: str) -> None:
    claims = read_claims(Article("test", text), load_codebook())
    assert {c.quantity.text.lower(): c.measure.aggregation for c in claims}[figure] == expected
