"""The main path: one article in, its claims out."""

from __future__ import annotations

from dataclasses import replace

from conflictstats.attribution import read_attribution
from conflictstats.codebook import Codebook
from conflictstats.incidents import find_incidents
from conflictstats.measures import is_of_a_war, read_measures
from conflictstats.parties import read_parties, told_again
from conflictstats.parts import link_parts
from conflictstats.records import Article, Claim, Document, Measure, Quantity, Setting
from conflictstats.sentences import read_document
from conflictstats.setting import read_setting
from conflictstats.wars import conflict_of, wars_of


def read_claims(article: Article, codebook: Codebook) -> list[Claim]:
    """The claims of one article, in the order of its text: a pure function of the article and the codebook.

    Each figure is asked five questions: what is counted, who says so, when and where, who did it to whom,
    and which figures belong together.
    """
    document = read_document(article, codebook)
    claims: list[Claim] = []
    for mention in read_measures(document, codebook):
        sentence, quantity, measure = mention.sentence, mention.quantity, mention.measure
        attribution = read_attribution(quantity, measure, sentence, document, codebook)
        setting = read_setting(quantity, measure, sentence, document, codebook)
        if (why := _why_running(quantity, measure, setting, document)) is not None:
            running = f"aggregation: cumulative {why}"
            measure = replace(measure, aggregation="cumulative", evidence=(*measure.evidence, running))
            mention = replace(mention, measure=measure)
        for own in read_parties(mention, attribution, setting, document, codebook):
            parties = told_again(own, mention, claims)
            conflict = conflict_of(parties, setting, wars_of(document, codebook), codebook)
            claims.append(
                Claim(article, sentence, quantity, measure, parties, attribution, setting, conflict)
            )
    return find_incidents(link_parts(claims, document), document, codebook)


def _why_running(quantity: Quantity, measure: Measure, setting: Setting, document: Document) -> str | None:
    """Why a figure is a running total where only its days tell, or that it has none."""
    if measure.aggregation != "period":
        return None
    if setting.cumulative:
        return f"← {setting.period_text!r}"
    if is_of_a_war(quantity, measure, document, with_days=setting.period_basis == "stated"):
        return ", more than in any one event"
    return None
