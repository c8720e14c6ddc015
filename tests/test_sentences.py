"""Where sentences begin and end, in the layouts that texts come in."""

from __future__ import annotations

import pytest

from conflictstats.sentences import split_sentences


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
