"""Which claims belong together, what they take from each other, and which figures are parts of which."""

from __future__ import annotations

from datetime import date

import pytest

from conflictstats.claims import read_claims
from conflictstats.codebook import load_codebook
from conflictstats.records import Article, Claim

ATTACK = (
    "Russian missiles hit Avdiivka on Wednesday, killing 11 people, governor Pavlo Hrynenko said. "
    "He said 27 others were wounded in the attack."
)


def read(text: str, published: date = date(2024, 1, 18)) -> dict[str, Claim]:
    claims = read_claims(Article("a", text, published=published), load_codebook())
    return {claim.quantity.text: claim for claim in claims}


def total_of(text: str, part: str) -> str | None:
    claims = read(text)
    return {claim.claim_id: figure for figure, claim in claims.items()}.get(claims[part].part_of or "")


def test_one_attack_is_one_incident() -> None:
    claims = read(ATTACK)
    assert claims["11"].incident is not None
    assert claims["11"].incident == claims["27"].incident


def test_period_and_place_are_inherited_with_their_basis() -> None:
    claims = read(ATTACK + " Hrynenko said that three missiles had been fired.")
    stated, taken = claims["11"].setting, claims["three"].setting
    assert (stated.period_basis, taken.period_basis) == ("stated", "incident")
    assert taken.period_start == stated.period_start == date(2024, 1, 17)
    assert taken.place == "Avdiivka"
    assert taken.place_basis in ("carried", "incident")  # by the text's flow, or by the attack they share


def test_nothing_is_taken_from_what_is_told_later_but_by_a_headline() -> None:
    claims = read(
        "Attack on Sumy region kills 12\n\nRussian missiles killed 12 people in Konotop on Tuesday. The clinic there was hit."
        " Nine people were wounded in the attack.\n\nIn Shostka, the attack on Monday killed three people."
    )
    assert claims["Nine"].setting.place == "Konotop"
    assert claims["Nine"].setting.period_start == date(2024, 1, 16)
    later = read(
        "Russian missiles flew at Ukraine. They destroyed a hospital. No patients were killed, but several were injured.\n\n"
        "In Shostka, a missile on Monday wounded 16 people."
    )
    assert later["several"].setting.place is None
    assert later["several"].setting.period_basis == "dateline"


@pytest.mark.parametrize(
    ("since", "place"),
    [
        ("The local clinic was full.", "Konotop"),
        ("The governor of Sumy region went there.", "Konotop"),  # around it
        ("Later the village of Bilopillia came under fire.", None),
    ],
)
def test_a_place_is_handed_on_until_another_is_named(since: str, place: str | None) -> None:
    claims = read(
        f"A Russian missile killed 12 people in Konotop on Tuesday. {since} Nine people were wounded in the attack."
    )
    assert claims["Nine"].setting.place == place


def test_the_country_of_a_civil_war_is_not_handed_on() -> None:
    claims = read(
        "At least 134 people were killed in Syria on Tuesday, the observatory said. Some 40 rebels were wounded."
    )
    assert claims["At least 134"].setting.place == "Syria"
    assert claims["Some 40"].setting.place is None


BULLETIN = """Civilian harm in Gaza, {title}

In April, we recorded 412 strikes in the Gaza Strip, against 287 in March. They left 1,318 people dead.

- Children: 391 killed
- Medical workers: 17 killed

The deadliest strike, on 9 April, killed 35 people in Shujaiya.

In Rafah, 88 homes were destroyed."""


@pytest.mark.parametrize(
    ("title", "basis"),
    [("April 2025", "report"), ("1-30 April 2025", "report"), ("by our reporters", "dateline")],
)
def test_a_bulletin_gives_its_figures_the_days_that_it_covers(title: str, basis: str) -> None:
    claims = read(BULLETIN.format(title=title), date(2025, 5, 5))
    april = (date(2025, 4, 1), date(2025, 4, 30))
    homes = claims["88"].setting
    assert homes.period_basis == basis
    assert ((homes.period_start, homes.period_end) == april) == (basis == "report")
    child = claims["391"].setting
    assert (child.period_basis == "carried") == (basis == "report")
    assert claims["35"].setting.period_start == date(2025, 4, 9)


def test_a_title_of_its_own_says_what_a_report_covers() -> None:
    text = "The group's drones destroyed nine vehicles in Darfur."
    article = Article("a", text, published=date(2025, 6, 16), title="Sudan weekly update, 9-15 June 2025")
    [claim] = read_claims(article, load_codebook())
    assert (claim.setting.period_start, claim.setting.period_end) == (date(2025, 6, 9), date(2025, 6, 15))
    assert claim.setting.period_basis == "report"


def test_a_report_of_the_day_begins_with_the_day() -> None:
    claims = read(
        "Operational information as of 22:00\n\nSince the start of the day 121 clashes have been recorded. The enemy"
        " carried out 54 air strikes.\n\nIn the Lyman direction, 17 attacks were repelled."
    )
    told = {text: (claim.setting.period_start, claim.setting.period_basis) for text, claim in claims.items()}
    today = date(2024, 1, 18)
    assert told == {"121": (today, "stated"), "54": (today, "carried"), "17": (today, "report")}


def test_without_any_period_the_dateline_dates_news() -> None:
    [claim] = read("Russian missiles killed 11 people in Avdiivka.").values()
    assert claim.setting.period_basis == "dateline"
    assert claim.setting.period_end == date(2024, 1, 18)


WEEK_THEN_A_NUMBER = (
    "Around 40 Russian drones and missiles struck the Kharkiv region on Sunday. Ukraine's deputy defence minister, "
    "Olha Petrenko, said Russia had launched around 250 missiles in the past week. Petrenko praised the air force "
    "for shooting down 68 Russian drones, while the president, Ihor Bondar, said that 178 drones were launched last week."
)


def test_a_day_of_somebody_elses_does_not_date_what_a_source_says_after_its_own_week() -> None:
    claim = read(WEEK_THEN_A_NUMBER, date(2023, 8, 7))["68"]
    assert claim.setting.period_start is None
    assert claim.setting.period_basis == "none"
    assert any("'in the past week'" in words for words in claim.evidence)


def test_a_source_that_spoke_of_one_day_is_dated_by_it() -> None:
    text = "Governor Pavlo Hrynenko said missiles had hit Avdiivka on Wednesday, killing 11 people. He said 27 were wounded."
    assert read(text)["27"].setting.period_start == date(2024, 1, 17)


def test_a_volley_is_not_placed_by_where_a_part_of_it_came_down() -> None:
    text = (
        "Russia launched 70 missiles and drones at Ukraine overnight, of which 58 were shot down, a monitor said. "
        "Three missiles hit a depot in Kharkiv."
    )
    claims = read(text)
    assert claims["70"].setting.place is None
    assert claims["58"].setting.place is None
    assert claims["Three"].setting.place == "Kharkiv"


def test_a_figure_with_places_of_its_own_takes_none_from_its_neighbour() -> None:
    claims = read(
        "Russia said it downed 64 Ukrainian drones over the Tula region and 17 over Crimea and the Black Sea."
    )
    assert claims["64"].setting.place == "Tula region"
    assert claims["17"].setting.place is None


def test_a_figure_of_two_places_takes_neither_from_another_sentence() -> None:
    claims = read(
        "Syrian forces killed 12 rebels near Saraqib on Wednesday. "
        "In all 24 rebels were killed on Wednesday near the towns of Saraqib and Douma."
    )
    assert claims["12"].setting.place == "Saraqib"
    assert claims["24"].setting.place is None


def test_totals_over_time_are_in_no_incident_and_keep_their_period() -> None:
    text = ATTACK + " Since the start of the war, 954,000 Russian troops have been killed, Kyiv says."
    claim = read(text)["954,000"]
    assert claim.incident is None
    assert claim.setting.period_start == date(2022, 2, 24)


def test_another_day_is_another_incident() -> None:
    text = ATTACK + " On Monday Ukrainian drones killed two people in Belgorod, its governor said."
    claims = read(text)
    assert claims["two"].incident != claims["11"].incident


def test_the_same_text_gives_the_same_incidents() -> None:
    assert [c.incident for c in read(ATTACK).values()] == [c.incident for c in read(ATTACK).values()]


@pytest.mark.parametrize(
    ("text", "part", "total"),
    [
        ("Russia killed 1,200 civilians in Ukraine, including 45 children, Kyiv said.", "45", "1,200"),
        # across events: stopped, of those launched
        ("Ukraine shot down 68 of 70 Russian drones overnight.", "68", "70"),
        ("Russia attacked Ukraine with 32 drones. Air defences shot down 26 of the drones.", "26", "32"),
        # the dead stay the same through a report
        ("Russian missiles killed 11 people in Avdiivka. Four children were among the dead.", "Four", "11"),
        # a total may stand behind its part
        ("Four children were among eight people killed in Russian shelling of Kherson.", "Four", "eight"),
        # "its soldiers" are no share of a figure before
        ("Ukraine killed 30 Russian soldiers. Russia said three of its tanks were destroyed.", "three", None),
    ],
)
def test_part_of(text: str, part: str, total: str | None) -> None:
    assert total_of(text, part) == total


def test_a_part_is_of_its_totals_time() -> None:
    text = "Russia launched 65 missiles and 178 drones in the past seven days. He said that 87 of the drones were Shaheds."
    part = next(
        c
        for c in read_claims(Article("t", text, date(2023, 8, 6)), load_codebook())
        if c.quantity.text == "87"
    )
    assert (part.setting.period_start, part.setting.period_end) == (date(2023, 7, 30), date(2023, 8, 6))
    assert part.setting.period_basis == "incident"  # implied, never taken for stated
