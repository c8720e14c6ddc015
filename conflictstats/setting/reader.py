"""When and where: binds the periods and places of a text to its figures.

A sentence may name several periods. The parse says which clause each belongs to: "three were killed on
Monday and five on Tuesday". The day on a verb of saying is nobody's. Where a sentence names none, a figure
takes the period of the sentence before only where it plainly goes on with it: "Of these, six …", "In those
two days …". What is left open here may still be filled from the figure's incident, or from the dateline;
`claims` does that, and says so.
"""

from dataclasses import replace

from conflictstats.codebook import Codebook
from conflictstats.records import Basis, Document, Measure, Quantity, Sentence, Setting
from conflictstats.setting.bonds import setting_words
from conflictstats.setting.clauses import Spot, tree_of
from conflictstats.setting.covered import goes_on
from conflictstats.setting.scene import scene_of
from conflictstats.setting.when import read_period
from conflictstats.setting.where import read_place

_COVERED = "the days that the report covers"


def read_setting(
    quantity: Quantity, measure: Measure, sentence: Sentence, document: Document, codebook: Codebook
) -> Setting:
    """When and where what a figure counts took place, as far as its sentence or the one before says."""
    scene = scene_of(document, codebook)
    words = setting_words(codebook)
    spot = Spot(quantity, measure, sentence, tree_of(sentence))
    setting = Setting()
    period, how = read_period(spot, scene, document, words)
    if period is None:
        period, how = goes_on(measure, sentence, document, codebook), _COVERED
    if period is not None:
        basis: Basis = (
            "stated" if sentence.start <= period.start < sentence.end and not period.anaphoric else "carried"
        )
        setting = replace(
            setting,
            period_start=period.first,
            period_end=period.last,
            period_text=period.text,
            period_basis=basis if period.first is not None else "none",
            cumulative=period.cumulative and how != _COVERED,
            evidence=(f"period: {basis} ← {period.text!r} ({how})",),
        )
    place, place_basis, how = read_place(spot, scene, document, words, codebook)
    if place is not None:
        setting = replace(
            setting,
            place=place.text,
            place_id=place.place_id,
            region=place.region,
            country=place.country,
            lat=place.lat,
            lon=place.lon,
            place_basis=place_basis,
            evidence=(*setting.evidence, f"place: {place_basis} ← {place.text!r} ({how})"),
        )
    return setting
