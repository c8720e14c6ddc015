"""The notebooks' sentences for no claim, one claim and many, and claims shown in their texts."""

import pytest
from factories import claim, claims

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
        'At least 11</mark><sup><a href="#claim-1">[1]</a></sup> people were killed in &lt;b&gt;shelling'
        in html
    )
    assert repr(cs.show(corpus)) == "text\n[1] At least 11: killed person"


def test_an_unknown_article_is_named(one: cs.Corpus) -> None:
    with pytest.raises(KeyError, match="no article 'other'"):
        cs.show(one, "other")


def test_rates_name_their_confidence_and_what_is_left_out() -> None:
    def attack(n: int) -> list[dict[str, object]]:
        shared = {"item": "drone", "article_id": f"a{n}", "source": f"Army {n}"}
        total = claim(20, event="launched", claim_id=f"t{n}", **shared)
        return [total, claim(9, event="intercepted", part_of=f"t{n}", **shared)]

    taken = claims(*(row for n in range(45) for row in attack(n)))
    text = story.rate_text(cs.rates(taken, confidence=0.5), taken)
    assert "as if a sample, 50 % interval" in text and "90 %" not in text
    assert text.endswith("5 more are left out.")
    unlike = claims(
        *(row | ({"variant": "decoy"} if row["part_of"] else {}) for n in range(23) for row in attack(n))
    )
    assert story.rate_text(cs.rates(unlike), unlike).endswith("3 more are left out.")
