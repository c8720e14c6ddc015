"""Claims marked in their texts, and corpora that show themselves: in HTML, escaped, and in plain text."""

from __future__ import annotations

import re
from dataclasses import replace

import pandas as pd
import pytest

import conflictstats as cs
from conflictstats import citing
from conflictstats.figure import described, figure

TEXT = "At least 11 people were killed in <b>shelling</b> on Wednesday, police said. Four were wounded."


@pytest.fixture(scope="module")
def corpus() -> cs.Corpus:
    return cs.load_text(TEXT, published="2024-01-18")


def test_each_claim_is_marked_with_its_fields_and_number(corpus: cs.Corpus) -> None:
    html = cs.show(corpus)._repr_html_()
    marks = re.findall(r'<mark title="([^"]*)">([^<]*)</mark><sup><a href="#claim-(\d)">', html)
    assert [(words, number) for _, words, number in marks] == [("At least 11", "1"), ("Four", "2")]
    assert "event: killed&#10;item: person&#10;low: 11.0" in marks[0][0]


def test_an_article_is_headed_by_its_title_else_by_its_name(corpus: cs.Corpus) -> None:
    assert '<h4>text</h4><p dir="ltr"><small>18 Jan 2024</small></p>' in cs.show(corpus)._repr_html_()
    titled = corpus.articles.assign(title="Toll <rises>", outlet="Wire")
    html = cs.show(replace(corpus, articles=titled))._repr_html_()
    assert (
        '<h4>Toll &lt;rises&gt;</h4><p dir="ltr"><small>Wire, 18 Jan 2024, <code>text</code></small></p>'
        in html
    )


def test_markup_in_an_article_stays_text(corpus: cs.Corpus) -> None:
    assert "<b>" not in cs.show(corpus)._repr_html_()
    assert "&lt;b&gt;shelling&lt;/b&gt;" in cs.show(corpus)._repr_html_()
    assert "<b>" not in citing.claim_notes(corpus)._repr_html_()
    assert "<b>" not in corpus._repr_html_()


def test_claims_that_share_characters_share_a_mark(corpus: cs.Corpus) -> None:
    twice = pd.concat([corpus.claims.head(1), corpus.claims.head(1)], ignore_index=True)
    html = cs.show(replace(corpus, claims=twice))._repr_html_()
    assert html.count("<mark") == 1
    assert "[1]" in html
    assert "[2]" in html


def test_plain_text_where_there_is_no_html(corpus: cs.Corpus) -> None:
    assert repr(cs.show(corpus)).splitlines()[1] == "[1] At least 11: killed person"
    assert repr(corpus) == "<Corpus: 2 claims, 1 article, 2024-01-18>"


def test_a_corpus_shows_what_it_is_about(corpus: cs.Corpus) -> None:
    html = corpus._repr_html_()
    assert "<td>killed</td><td>person</td><td>1</td>" in html
    assert ".rejects" in html


def test_an_empty_corpus_shows_itself() -> None:
    nothing = cs.load_text("The two leaders met.")
    assert repr(nothing) == "<Corpus: 0 claims, 1 article>"
    assert "<table>" not in nothing._repr_html_()


# --------------------------------------------------------------------------- numbers and links


def test_a_sentence_cites_its_claims(corpus: cs.Corpus) -> None:
    ids = list(corpus.claims["claim_id"])
    told = citing.cited("Police say at least 11 killed, and four wounded on 4 May.", ids, corpus.claims)
    assert told == (
        f"Police say at least 11{citing.link(1)} killed, and four{citing.link(2)} wounded on 4 May."
    )
    # told the other way round
    assert f"at least 11{citing.link(1)}" in citing.cited("Four, then at least 11.", ids, corpus.claims)
    # in other words: named at the end
    assert citing.cited("Eleven or more.", ids[:1], corpus.claims) == f"Eleven or more.{citing.link(1)}"


@pytest.mark.parametrize("sentence", ["5–6 August", "5 August", "1,5", "15", "5.5 km", "5th"])
def test_a_figure_is_not_found_in_another(sentence: str) -> None:
    # the 5 of a date or of a larger number is not the claim's 5
    five = cs.load_text("Police said 5 people were killed.", published="2024-01-18").claims
    assert citing.cited(sentence, list(five["claim_id"]), five) == citing.plain(sentence) + citing.link(1)


def test_markdown_in_a_name_stays_text(corpus: cs.Corpus) -> None:
    assert citing.cited("*x* <i>[y](z)", [], corpus.claims) == r"\*x\* \<i\>\[y\](z)"


def test_a_selection_keeps_the_numbers_of_the_whole(corpus: cs.Corpus) -> None:
    part = corpus.claims[corpus.claims["event"] == "wounded"]
    assert citing.numbered(part) == {part["claim_id"].iloc[0]: 2}


def test_the_list_of_claims_marks_each_figure_at_its_own_place() -> None:
    # of two equal words in one sentence each claim marks its own
    corpus = cs.load_text(
        "Police said two soldiers were killed and two tanks were destroyed.", published="2024-01-18"
    )
    html = citing.claim_notes(corpus)._repr_html_()
    assert "said <mark>two</mark> soldiers were killed and two" in html
    assert "killed and <mark>two</mark> tanks" in html


def test_a_long_list_says_what_it_leaves_out(corpus: cs.Corpus) -> None:
    assert "1 more claim is in the table" in repr(citing.claim_list(corpus.claims, limit=1))


def test_a_side_has_its_colour_and_nobody_the_pages_own() -> None:
    assert re.fullmatch(r'<span style="color:#\w{6}">✚</span>&nbsp;Russia', citing.side("Russia"))
    assert citing.side(None) == "○&nbsp;no source named"  # black would be lost in the dark theme


# --------------------------------------------------------------------------- charts as figures


def test_a_chart_is_a_figure_with_its_words(corpus: cs.Corpus) -> None:
    shown = figure(cs.charts.claims_by_source(corpus.claims), "What <b>police</b> say.")
    html = shown._repr_html_()
    assert "<figcaption>What <b>police</b> say.</figcaption>" in html
    assert repr(shown).startswith("What each source claims: 2 of 2 claims shown. Horizontal axis: number.")
    assert f'alt="{shown!r}"' in html


def test_a_chart_is_the_same_in_every_run(corpus: cs.Corpus) -> None:
    drawn = {figure(cs.charts.claims_by_source(corpus.claims))._repr_html_() for _ in range(2)}
    assert len(drawn) == 1


def test_a_chart_of_nothing_is_a_sentence(corpus: cs.Corpus) -> None:
    ax = cs.charts.claims_by_source(corpus.claims.head(0))
    assert described(ax) == "No claims to show."
    assert figure(ax)._repr_html_() == "<p>No claims to show.</p>"
