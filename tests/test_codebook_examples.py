"""The example sentences of the codebook, which its documentation shows, are read as it says."""

from __future__ import annotations

import pytest

import conflictstats as cs

BOOK = cs.load_codebook()
EVENTS = [(name, text) for name, event in BOOK.events.items() for text in event.examples]
ITEMS = [(name, text) for name, item in BOOK.items.items() for text in item.examples]


@pytest.mark.parametrize(("event", "text"), EVENTS)
def test_an_example_of_an_event_is_read_as_it(event: str, text: str) -> None:
    assert event in set(cs.load_text(text).claims["event"])


@pytest.mark.parametrize(("item", "text"), ITEMS)
def test_an_example_of_an_item_is_read_as_it(item: str, text: str) -> None:
    assert item in set(cs.load_text(text).claims["item"])


def test_every_measure_is_defined_with_an_example() -> None:
    open_ended = {"other", "none"}
    assert [name for name, event in BOOK.events.items() if not event.description] == []
    assert [
        name for name, event in BOOK.events.items() if not event.examples and name not in open_ended
    ] == []
    for name, item in BOOK.items.items():
        assert (item.description and item.examples) or name in open_ended, name
