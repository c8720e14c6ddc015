"""The notebooks' sentences for no claim, one claim and many, and claims shown in their texts."""

import pytest

import conflictstats as cs
from conflictstats import story


@pytest.fixture(scope="module")
def nothing() -> cs.Corpus:
    return cs.load_text("The two leaders met.", published="2024-01-18")


@pytest.fixture(scope="module")
def one() -> cs.Corpus:
    return cs.load_text("At least 11 people were killed on Wednesday, police said.", published="2024-01-18")


def test_no_claim_reads_well(nothing: cs.Corpus) -> None:
    assert nothing.claims.empty
    comparison = cs.compare(nothing.claims)
    assert story.claimed(nothing.claims) == "The articles make no numeric claim about a conflict."
    assert story.contested(comparison, nothing.claims).startswith("The articles make no claims; no question")
    assert story.pair_list(comparison, nothing.claims) == "No two figures answer the same question."
    assert story.air(story.air_claims(nothing.claims)).startswith("The articles make no claim about drones")
    assert "no rate is taken" in story.rate_text(cs.rates(nothing.claims), nothing.claims)
    assert "no claims from no sources" in story.facts(nothing)
    assert story.dating(nothing) == "No article's date was changed."
    assert story.rejected(nothing) == "Every file was read."
    assert repr(story.claim_list(nothing.claims)) == "no claims"


def test_one_claim_reads_well(one: cs.Corpus) -> None:
    assert story.claimed(one.claims).startswith("The articles make one numeric claim: At least 11<sup>")
    assert "11 or more" in repr(story.claim_list(one.claims))
    assert story.facts(one).count("18 January 2024") == 1


def test_shown_claims_are_escaped_and_marked() -> None:
    corpus = cs.load_text("At least 11 people were killed in <b>shelling</b>.", published="2024-01-18")
    html = cs.show(corpus)._repr_html_()
    assert "<b>" not in html
    assert (
        "At least 11</mark><sup><a href="
    )  # claim-1">[1]</a></sup> people were killed in &lt;b&gt;shelling" in html
    assert repr(cs.show(corpus)) == "text\n[1] At least 11: killed person"


def test_an_unknown_article_is_named(one: cs.Corpus) -> None:
    with pytest.raises(KeyError, match="no article 'other'"):
        cs.show(one, "other")
