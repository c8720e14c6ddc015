"""The main path: one article in, its claims out."""

from __future__ import annotations

from dataclasses import replace

from conflictstats.attribution import read_attribution
from conflictstats.codebook import Codebook
from conflictstats.incidents import find_incidents
from conflictstats.measures import read_measures
from conflictstats.parties import read_parties
from conflictstats.parts import link_parts
from conflictstats.records import Article, Claim
from conflictstats.sentences import read_document
from conflictstats.setting import read_setting
from conflictstats.wars import conflict_of, wars_of


def read_claims(article: Article, codebook: Codebook) -> list[Claim]:
    """The claims of one article, in the order of its text: a pure function of the article and the codebook.

    Each figure is asked five questions: what is counted, who says so, when and where, who did it to whom,
    and which figures belong together.
    """
    document = read_document(article, codebook)
    claims = []
    for mention in read_measures(document, codebook):
        sentence, quantity, measure = mention.sentence, mention.quantity, mention.measure
        attribution = read_attribution(quantity, measure, sentence, document, codebook)
        setting = read_setting(quantity, measure, sentence, document, codebook)
        if setting.cumulative and measure.aggregation == "period":
            measure = replace(
                measure,
                aggregation="cumulative",
                evidence=(*measure.evidence, f"aggregation: cumulative ← {setting.period_text!r}"),
            )
            mention = replace(mention, measure=measure)
        for parties in read_parties(mention, attribution, setting, document, codebook):
            conflict = conflict_of(parties, setting, wars_of(document, codebook), codebook)
            claims.append(
                Claim(article, sentence, quantity, measure, parties, attribution, setting, conflict)
            )
    return find_incidents(link_parts(claims, document), document, codebook)
