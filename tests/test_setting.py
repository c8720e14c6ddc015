"""When and where a figure belongs: a text of 15 May 2024 (a Wednesday), and what its first figures get."""

from __future__ import annotations

import pytest

import conflictstats as cs

PUBLISHED = "2024-05-15"


def settings(text: str) -> dict[str, tuple[str | None, str | None]]:
    """Of every figure, by its words: its days as "first..last" and its place."""
    claims = cs.load_text(text, published=PUBLISHED).claims
    return {
        row.text: (
            f"{str(row.period_start)[:10]}..{str(row.period_end)[:10]}"
            if row.period_basis in ("stated", "carried")
            else None,
            row.place if row.place_basis in ("stated", "carried") else None,
        )
        for row in claims.itertuples()
    }


@pytest.mark.parametrize(
    ("text", "figure", "days"),
    [
        # a part has its own period, the total another
        ("Some 900 people have died in Sudan since January, 40 of them in the past week.", "40", "2024-05-08..2024-05-15"),
        # the running total that a sentence arrives at is of its own time
        ("Israeli strikes killed 12 people in Gaza on Monday, bringing the toll since 7 October to 35,000.", "12", "2024-05-13..2024-05-13"),
        ("Israeli strikes killed 12 people in Gaza on Monday, bringing the toll since 7 October to 35,000.", "35,000", "2023-10-07..2024-05-15"),
        # an older count of the same event is of the same day
        ("The strike on Kharkiv on Monday killed 19 people, up from an earlier toll of 16.", "16", "2024-05-13..2024-05-13"),
        # what others say behind a semicolon is of no stated day
        ("Russia said it shot down 60 drones on Monday; Ukraine said it lost 20.", "20", None),
        # the time of saying is not that of what is said
        ("Last week the army said that 30 rebels had been killed in Mali.", "30", None),
        ("Ten rebels were killed in Mali on Monday, the army said on Tuesday.", "Ten", "2024-05-13..2024-05-13"),
        # an offer has no past
        ("On Monday Germany promised Ukraine 20 tanks.", "20", None),
        # how long, but not when
        ("Ukrainian forces killed 300 Russian soldiers in three weeks.", "300", None),
        # counted from an event that has a day
        ("Since Operation 1027 began on 27 October the rebels in Myanmar have taken 16 towns.", "16", "2023-10-27..2024-05-15"),
    ],
)  # fmt: skip
def test_days(text: str, figure: str, days: str | None) -> None:
    assert settings(text)[figure][0] == days


@pytest.mark.parametrize(
    ("text", "figure", "place"),
    [
        ("Two people were killed in Syria in February.", "Two", "Syria"),
        ("Syria said two people were killed on Monday.", "two", None),  # a side
        ("Activists in Idlib province said 35 civilians were killed in strikes on the province.", "35", "Idlib province"),
        ("Syrian rockets hit al-Qusour and al-Joura neighbourhoods in Deir Ezzor city, killing two people.", "two", "Deir Ezzor city"),
        ("The bodies of 40 people were recovered from the streets of Goma, in eastern Congo.", "40", "Goma"),
        ("SIX GUERRILLAS OF THE FMLN WERE KILLED IN DOWNTOWN SAN SALVADOR.", "SIX", "SAN SALVADOR"),
        ("Warplanes hit Douma, the Syrian Observatory said, adding that the strike had killed 50 people.", "50", "Douma"),
        ("Ukrainian forces hold about 500 square miles of Kursk Oblast.", "about 500 square miles", "Kursk Oblast"),
    ],
)  # fmt: skip
def test_place(text: str, figure: str, place: str | None) -> None:
    assert settings(text)[figure][1] == place
