"""Where sentences begin and end, in the layouts that texts come in."""

from __future__ import annotations

from datetime import date

import pytest
import spacy

from conflictstats.claims import read_claims
from conflictstats.codebook import load_codebook
from conflictstats.network import on_one_thread
from conflictstats.records import Article
from conflictstats.sentences import MODELS, load_model, split_sentences
from conflictstats.wordforms import RULES


def sentences(text: str) -> list[str]:
    return [text[span.start : span.end] for span in split_sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # a fixed width breaks lines, not sentences
        ("It had shot down 31\ndrones over Belgorod.", ["It had shot down 31\ndrones over Belgorod."]),
        ("They held talks in\nKyiv. All left.", ["They held talks in\nKyiv.", "All left."]),
        # a headline over its article, and lines of a bulletin, stand alone
        (
            "Strike kills 12 in Gaza\nThe strike hit a school.",
            ["Strike kills 12 in Gaza", "The strike hit a school."],
        ),
        ("Personnel: 1,200\nTanks: 5", ["Personnel: 1,200", "Tanks: 5"]),
        ("Losses:\n- 12 tanks\n- 3 guns", ["Losses:", "- 12 tanks", "- 3 guns"]),
        # full stops that end nothing
        ("Lt. Gen. Oleshchuk said no. 3 was hit.", ["Lt. Gen. Oleshchuk said no. 3 was hit."]),
        ("The U.S. Navy downed 12.It lost none.", ["The U.S. Navy downed 12.", "It lost none."]),
        ("Twelve died.Four were hurt there.", ["Twelve died.", "Four were hurt there."]),
        ('"We lost six." He wept.', ['"We lost six."', "He wept."]),
    ],
)
def test_split(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # a page's headline, agency and date run into the prose
        (
            "20 dead in air raids on Marib NGO AFP Monday 24 Oct 2016 Sixteen civilians were killed on Monday",
            [
                "20 dead in air raids on Marib NGO",
                "AFP",
                "Monday 24 Oct 2016",
                "Sixteen civilians were killed on Monday",
            ],
        ),
        (
            "Shelling kills two in Sumy The missiles also wounded five people there.",
            ["Shelling kills two in Sumy", "The missiles also wounded five people there."],
        ),
        (
            "Published April 6 2017 At least nine people died in the raid.",
            ["Published April 6 2017", "At least nine people died in the raid."],
        ),
        # capitals within a sentence, and dates that belong to it
        (
            "He told The Guardian that nine people had died in The Hague.",
            ["He told The Guardian that nine people had died in The Hague."],
        ),
        ("On Friday 29 July 2016 Russian jets struck.", ["On Friday 29 July 2016 Russian jets struck."]),
        ("Twin Attacks Kill 50 Injure Dozens in Homs", ["Twin Attacks Kill 50 Injure Dozens in Homs"]),
        ("World War Two bombs still kill people here.", ["World War Two bombs still kill people here."]),
        ("06:10 The army says it downed two drones.", ["06:10 The army says it downed two drones."]),
    ],
)
def test_run_ons(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_the_network_finds_what_the_pipeline_finds() -> None:
    plain = next(spacy.load(name, exclude=["ner", *RULES]) for name in MODELS if spacy.util.is_package(name))
    texts = [
        "The ministry said that 20 people were killed and 20 wounded in the shelling of the town.",
        "20 people were killed, the ministry said.",
        "The the the the",
        "20",
    ]
    with on_one_thread():
        ours = list(load_model().pipe(texts, disable=RULES))
    for doc, other in zip(ours, plain.pipe(texts), strict=True):
        assert [(t.tag_, t.dep_, t.head.i) for t in doc] == [(t.tag_, t.dep_, t.head.i) for t in other]


def test_lines_of_about_one_length_are_wrapped_only_where_the_next_word_did_not_fit() -> None:
    page = (
        "The Daily Desk, published on 16 June 2025 at 05:01\n"
        "Death toll from the night's missile attack rises to eight\n"
        "Blasts and damage across the port as fresh strikes are under way there"
    )
    assert [span.end - span.start for span in split_sentences(page)] == [
        len(line) for line in page.split("\n")
    ]
    prose = (
        "The health ministry of the province said on Monday that 27 people were\n"
        "killed in the past 24 hours, and that the toll of the war had reached\n"
        "4,541 since the fighting began in the hills behind the town"
    )
    assert len(list(split_sentences(prose))) == 1


PAGE = """Drones hit Kharkiv

A drone killed three people in Kharkiv on Monday.

Read more: Missile kills 20 in Sumy

{heading}
Strike on Odesa port kills seven
Zelensky: 140 drones shot down overnight

Two others were wounded, the mayor said."""


@pytest.mark.parametrize(
    "heading", ["Related posts", "More from Ukraine News", "MOST READ:", "You may also like"]
)
def test_headlines_of_other_articles_are_no_part_of_this_one(heading: str) -> None:
    article = Article("a", PAGE.format(heading=heading), published=date(2024, 6, 5))
    assert [claim.quantity.text for claim in read_claims(article, load_codebook())] == ["three", "Two"]


@pytest.mark.parametrize(
    "line",
    [
        "More from the front: 20 soldiers were killed in Sumy.",
        "Related: the strike killed 20 people in Sumy, he said.",
        "Read more widely, the report counts 20 dead in Sumy.",
    ],
)
def test_a_sentence_that_begins_like_one_is_read(line: str) -> None:
    text = f"A drone killed three people in Kharkiv on Monday.\n\n{line}"
    article = Article("a", text, published=date(2024, 6, 5))
    assert [claim.quantity.text for claim in read_claims(article, load_codebook())] == ["three", "20"]
