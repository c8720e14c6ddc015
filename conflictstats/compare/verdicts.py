"""Two figures → a verdict with its reasons: can they be compared, and if so, do they agree?"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import pandas as pd

from conflictstats.codebook import Codebook, load_codebook
from conflictstats.compare import wording
from conflictstats.compare.figures import FEW, SHORT, TOLD, Figure, read_figure, read_figures
from conflictstats.compare.hedges import check_rules
from conflictstats.compare.relations import Inclusion, Relation, homonyms, inclusion, one_story, relate
from conflictstats.errors import ConflictstatsError

# Figures further apart than this are of two kinds, unless both state all of one key.
_SCALE = 100
# On days that had to be assumed, figures further apart than this are as likely of two events.
_FAR = 2
_REASONS = {
    "bounds": "a bound is not known",
    "share": "a share of a part is no part of the share of the whole",
    "rate": "a rate of some days is no part of the rate of more days",
    "limits": "two upper limits, of which one or the other leaves a part of the question out",
}
VERDICTS = ("agree", "compatible", "close", "disputed", "nested", "revision", "not_comparable")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What can be said of two figures; `ratio` is larger best over smaller, NaN where there is none."""

    verdict: str
    _tell: Callable[[], str] = field(repr=False, compare=False)
    reasons: tuple[str, ...] = ()
    assumed: tuple[str, ...] = ()
    ratio: float = math.nan
    differ: tuple[str, ...] = ()  # what keeps them apart, where they cannot be compared
    contradiction: bool = False

    @property
    def detail(self) -> str:
        """The finding in a sentence; made when asked for, since most pairs are judged and never shown."""
        return self._tell()


def explain(
    a: pd.Series[Any] | Mapping[str, Any],
    b: pd.Series[Any] | Mapping[str, Any],
    *,
    claims: pd.DataFrame | None = None,
    tolerance: float = 0.1,
    rules: str = "ours",
    codebook: Codebook | None = None,
) -> Verdict:
    """Whether two rows of a claims table can be compared, and what follows; any two, however far apart.

    Args:
        a: a row.
        b: another.
        claims: the table that they are from. With it they are judged as `compare` judges them, by what else their
            articles say; without it by themselves, which assumes more.
        tolerance: how far apart bounds may be, as a share of the smaller figure, and still be "close".
        rules: how hedges become bounds: `ours` (those of the table), `ucdp` or `acled`.
        codebook: the shipped one if not given.

    Raises:
        ConflictstatsError: `tolerance` or `rules` is none of the possible, or a row is not of `claims`.
    """
    check_choices(tolerance, rules)
    book = codebook or load_codebook()
    if claims is None:
        one, other = read_figure(a, rules, book), read_figure(b, rules, book)
    else:
        around = claims[claims["article_id"].isin([a["article_id"], b["article_id"]])]
        figures = {figure.claim_id: figure for figure in read_figures(around, rules, book)}
        missing = [row["claim_id"] for row in (a, b) if row["claim_id"] not in figures]
        if missing:
            raise ConflictstatsError(
                f"no claim {missing[0]} in `claims`; give the table that the rows are from."
            )
        one, other = figures[a["claim_id"]], figures[b["claim_id"]]
    return judge(one, other, inclusion(book), tolerance)


def check_choices(tolerance: float, rules: str) -> None:
    check_rules(rules)
    if not 0 <= tolerance < 1:
        raise ConflictstatsError(
            f"tolerance is {tolerance}; it is a share of the smaller figure between 0 and 1, such as 0.1."
        )


def judge(a: Figure, b: Figure, inc: Inclusion, tolerance: float) -> Verdict:
    """The verdict on a pair. Exchanging a and b exchanges their names in the detail and nothing else."""
    return judge_related(a, b, relate(a, b, inc), inc, tolerance)


def judge_related(a: Figure, b: Figure, relation: Relation, inc: Inclusion, tolerance: float) -> Verdict:
    for refuse in (
        _apart, _kept_apart, _nested, _adrift, _out_of_scale, _one_source, _unanchored, _possibly_nested,
    ):  # fmt: skip
        verdict = refuse(a, b, relation, inc, tolerance)
        if verdict is not None:
            return verdict
    return _bounds(a, b, relation, inc, tolerance)


def _apart(a: Figure, b: Figure, r: Relation, inc: Inclusion, tolerance: float) -> Verdict | None:
    level = not (r.within or r.around) and a.speaker == b.speaker and not _same_bounds(a, b)
    if r.as_of and r.differ == ["as of"] and level and a.status == b.status == "asserted":
        return _revision(a, b, r, inc)
    if not r.differ and not (_bounded(a) and _bounded(b)):
        r.differ.append("bounds")
    if not r.differ and r.within and r.around:
        if ["place"] in (r.within, r.around) and (homonyms(a, b) or _one_attack_in(a, b)):
            r.assumed.append("place")
            r.within = [name for name in r.within if name != "place"]
            r.around = [name for name in r.around if name != "place"]
        else:
            r.differ.append("crosswise")
    if not r.differ:
        return None
    return Verdict(
        "not_comparable",
        partial(wording.apart, a, b, r, inc),
        tuple(
            _REASONS.get(name, f"{name} differs" if name in wording.DIMENSIONS else name) for name in r.differ
        ),
        tuple(r.assumed),
        differ=tuple(r.differ),
    )


def _bounded(figure: Figure) -> bool:
    return not (math.isnan(figure.low) or math.isnan(figure.high))


def _kept_apart(a: Figure, b: Figure, r: Relation, inc: Inclusion, tolerance: float) -> Verdict | None:
    """Denied, hypothetical and superseded figures are no side of a dispute."""
    statuses = {a.status, b.status}
    if statuses == {"asserted"}:
        return None
    level = not (r.within or r.around) and a.speaker == b.speaker and not _same_bounds(a, b)
    if level and statuses in ({"superseded"}, {"superseded", "asserted"}):
        return _revision(a, b, r, inc)
    odd = a if a.status != "asserted" else b
    return Verdict(
        "not_comparable",
        partial(wording.kept_apart, a, b, inc),
        (f"status: {odd.status}",),
        tuple(r.assumed),
        differ=("status",),
    )


def _adrift(a: Figure, b: Figure, r: Relation, inc: Inclusion, tolerance: float) -> Verdict | None:
    """Of two articles, with more than one part of the question guessed, or far apart on guessed days: two events.

    One source in both, one side's figure told alike, or a figure that both articles give hold them together.
    """
    guessed = [name for name in ("conflict", "aggregation", "period", "place") if name in r.assumed]
    if a.article == b.article or not guessed:
        return None
    sure = "period" not in guessed and len(guessed) < 2
    if a.speaker == b.speaker and (sure or a.best == b.best or one_story(a, b, FEW)):
        return None
    if not (a.told and b.told):
        return None  # a table without sentences cannot tell what else the articles share
    one_side = a.side is not None and a.side == b.side and a.side != "third_party" and _firmly(a, b)
    if len(guessed) < 3 and (one_side or one_story(a, b)):
        return None
    same_source = a.speaker == b.speaker
    if len(guessed) == 1 and not same_source and not ("period" in guessed and _unlike(a, b)):
        return None
    r.differ.append("not given")
    said = wording.joined([wording.DIMENSIONS[name] for name in guessed])
    return Verdict(
        "not_comparable",
        partial(wording.apart, a, b, r, inc),
        (f"the {said} would have to be assumed, and nothing else says that they are of one event",),
        tuple(r.assumed),
        differ=tuple(r.differ),
    )


def _unlike(a: Figure, b: Figure) -> bool:
    """In days or in numbers, whatever ends are open; a zero is said of the very event that others count."""
    (_, below), (above, _) = sorted((firm(a), firm(b)))
    days = abs((a.end or 0) - (b.end or 0))
    # an article that agrees may be dated a day early, one that does not tells of an earlier day
    short = max(a.days or 0, b.days or 0) <= SHORT
    ahead = short and any(f.when == "dateline" and (g.end or 0) > (f.end or 0) for f, g in ((a, b), (b, a)))
    return below > 0 and (above > _FAR * below or ((days > 1 or ahead) and above > below))


def _nested(a: Figure, b: Figure, r: Relation, inc: Inclusion, tolerance: float) -> Verdict | None:
    if not (r.within or r.around) or _told_wider(a, b, r):
        return None
    if _no_bound(a, r):
        return _apart(a, b, r, inc, tolerance)
    inner, outer = (a, b) if r.within else (b, a)
    # a figure that names less than the other may reach beyond it: no contradiction can follow then
    loose = r.maybe_within if r.around else r.maybe_around
    parts = "part" in (r.within or r.around) and inner.article != outer.article
    above = inner.low > outer.high and not loose and not _vague_end(outer) and not parts
    broken = (
        above
        and not outer.floor
        and not _may_have_grown(inner, outer, inc)
        and not _one_text(a, b, r)
        and anchored(a, b, r)
    )
    later = a.speaker == b.speaker and a.article != b.article and a.published != b.published
    if above and later and (r.within or r.around) == ["item"]:
        # "nine people", a day later "17 residents": the toll has grown
        return _adrift(a, b, r, inc, tolerance) or _revision(a, b, r, inc)
    reasons = [f"{name} of the one lies inside the other's" for name in r.within or r.around]
    if broken:
        reasons.insert(0, "contradiction: the part is larger than the whole")
    detail = partial(wording.nested, inner, outer, r, inc, broken)
    return Verdict("nested", detail, tuple(reasons), tuple(r.assumed), contradiction=broken)


def _no_bound(figure: Figure, r: Relation) -> bool:
    """A share of a part may be larger than that of the whole, and a day's rate than the week's."""
    if figure.unit == "percent":
        r.differ.append("share")
    elif is_rate(figure) and "period" in (r.within or r.around):
        r.differ.append("rate")
    return bool(r.differ)


def is_rate(figure: Figure) -> bool:
    return figure.aggregation.startswith("per_")


def _told_wider(a: Figure, b: Figure, r: Relation) -> bool:
    """One attack told by the village and by its province: the same number, the same days."""
    if (r.within or r.around) != ["place"] or not _one_attack_in(a, b):
        return False
    r.assumed.append("place")
    r.notes.append(f"{a.place} and {b.place}: the wider one is taken to tell of the same")
    r.within, r.around = [], []
    return True


def _one_attack_in(a: Figure, b: Figure) -> bool:
    """The same number for a place and for its region, in the same few days; a whole country has more attacks."""
    same = a.best == b.best and _firmly(a, b)
    return same and a.region is not None and a.region == b.region and max(a.days or 99, b.days or 99) <= SHORT


def _may_have_grown(inner: Figure, outer: Figure, inc: Inclusion) -> bool:
    """A toll that is told later may hold more than an earlier one around it."""
    if inner.event not in inc.tolls or inner.published is None or outer.published is None:
        return False
    return inner.published > outer.published


def _one_text(a: Figure, b: Figure, r: Relation) -> bool:
    """Within one article, what had to be assumed makes no contradiction, unless two sides speak."""
    assumed = {"period", "period (of the article)"} & set(r.assumed)
    return a.article == b.article and bool(assumed) and (a.side == b.side or not a.side or not b.side)


def anchored(a: Figure, b: Figure, r: Relation) -> bool:
    """Whether two figures meet in more than what was assumed: one article, or a period or a place that both give."""
    guessed = {name.partition(" (of the ")[0] for name in r.assumed}
    return a.article == b.article or not {"period", "place"} <= guessed


def _possibly_nested(a: Figure, b: Figure, r: Relation, inc: Inclusion, tolerance: float) -> Verdict | None:
    """Where one of the two leaves a detail out it may count more; only where it counts less they compete."""
    if "period" in r.maybe_within:
        r.maybe_around = []  # within one article its own days decide
    elif "period" in r.maybe_around:
        r.maybe_within = []
    if bool(r.maybe_within) == bool(r.maybe_around) or _firmly(a, b):
        return None
    if a.unit == "percent":
        r.differ.append("share")
        return _apart(a, b, r, inc, tolerance)
    inner, outer = (a, b) if r.maybe_within else (b, a)
    if inner.low > outer.high:
        return None
    names = r.maybe_within or r.maybe_around
    reasons = tuple(f"only one gives the {name}: the other may count more" for name in names)
    assumed = tuple(dict.fromkeys((*r.assumed, *names)))
    return Verdict("nested", partial(wording.nested, inner, outer, r, inc, False), reasons, assumed)


def _unanchored(a: Figure, b: Figure, r: Relation, inc: Inclusion, tolerance: float) -> Verdict | None:
    """A force's count with neither day nor place may be of any day: it can bear another out, not dispute it."""
    bare = [f for f in (a, b) if f.event in inc.wide and f.when not in TOLD and f.where != "stated"]
    limits = a.hedge == b.hedge == "at_most" and bool(r.assumed) and not _firmly(a, b)
    # any two "up to" meet at nothing: that says no more than that they may be of one question
    if not limits and (not bare or a.article == b.article or overlap(a, b)):
        return None
    r.differ.append("limits" if limits else "period not stated")
    return _apart(a, b, r, inc, tolerance)


def _out_of_scale(a: Figure, b: Figure, r: Relation, inc: Inclusion, tolerance: float) -> Verdict | None:
    """Six dead in a village, 300,000 in the war: where the key had to be assumed, such figures have two keys."""
    if not r.assumed or min(a.high, b.high) <= 0:
        return None
    smaller, larger = sorted((firm(a), firm(b)), key=lambda bounds: bounds[1])
    if not larger[0] >= _SCALE * smaller[1] > 0:
        return None
    r.differ.append("scale")
    return Verdict(
        "not_comparable",
        partial(wording.apart, a, b, r, inc),
        (f"more than {_SCALE} times apart: they can hardly answer one question",),
        tuple(r.assumed),
        differ=tuple(r.differ),
    )


def _one_source(a: Figure, b: Figure, r: Relation, inc: Inclusion, tolerance: float) -> Verdict | None:
    echo = a.article == b.article and (a.speaker in b.echoes or b.speaker in a.echoes)
    if (a.speaker != b.speaker and not echo) or _same_bounds(a, b):
        return None
    if (
        a.article != b.article
        and a.published != b.published
        and not (r.maybe_within or r.maybe_around)
        and not (a.best == b.best and _firmly(a, b))  # "at least 25", and again 25
    ):
        return _revision(a, b, r, inc)
    told = not r.assumed and (a.place is not None or (a.noun is not None and a.noun == b.noun))
    if _firmly(a, b) or (told and not overlap(a, b)):
        return None  # two figures of one source for one question: said as it is, with its reason
    return Verdict(
        "not_comparable",
        partial(wording.one_source, a, b, inc),
        ("one source gives both at once: they are taken to count different things",),
        tuple(r.assumed),
        differ=("source",),
    )


def beside_its_rival(a: Figure, b: Figure, verdict: Verdict, inc: Inclusion) -> Verdict:
    """Of a dispute in which the source of the one gives the other's figure too, beside this one."""
    return Verdict(
        "not_comparable",
        partial(wording.beside_its_rival, a, b, inc),
        ("one source gives both figures: they are taken to count different things",),
        verdict.assumed,
        differ=("source",),
    )


def _revision(a: Figure, b: Figure, r: Relation, inc: Inclusion) -> Verdict:
    old, new = (a, b) if order(a) <= order(b) else (b, a)
    reasons = ["one source, a later figure"]
    if "superseded" in (a.status, b.status):
        reasons = ["one source, and the article says that the earlier figure no longer stands"]
    return Verdict(
        "revision", partial(wording.revision, old, new, inc), tuple(reasons), tuple(r.assumed), ratio_of(a, b)
    )


def order(figure: Figure) -> tuple[int, int, int, str]:
    """Superseded first; a running total by the day that it is given as of; else by publication."""
    day = figure.end if figure.aggregation in ("cumulative", "stock") else figure.published
    return (figure.status != "superseded", day or 0, figure.published or 0, figure.claim_id)


def _bounds(a: Figure, b: Figure, r: Relation, inc: Inclusion, tolerance: float) -> Verdict:
    verdict, why = by_bounds(a, b, tolerance)
    reasons = [why]
    if a.speaker == b.speaker:
        same = _same_bounds(a, b)
        reasons.append("one source, the same figure again" if same else "one source, two figures")
    elif a.side is not None and a.side == b.side and verdict == "disputed":
        reasons.append(f"both speak for {a.side}" if a.side != "third_party" else "both are third parties")
    if verdict == "disputed" and _grown(a, b, inc):
        reasons.append("the larger toll is the later one: it may have grown")
    reasons.extend(r.notes)
    reasons.extend(wording.doubts(a, b, inc))
    assumed = tuple(dict.fromkeys((*r.assumed, *r.maybe_within, *r.maybe_around)))
    return Verdict(
        verdict,
        partial(wording.compared, a, b, verdict, reasons[1:], assumed, inc),
        tuple(reasons),
        assumed,
        ratio_of(a, b),
    )


def _grown(a: Figure, b: Figure, inc: Inclusion) -> bool:
    if a.event not in inc.tolls or a.published is None or b.published is None or a.side != b.side:
        return False
    smaller, larger = (a, b) if a.high < b.low else (b, a)
    assert smaller.published is not None and larger.published is not None
    return smaller.published < larger.published


def _same_bounds(a: Figure, b: Figure) -> bool:
    return (a.low, a.high) == (b.low, b.high)


def by_bounds(a: Figure, b: Figure, tolerance: float) -> tuple[str, str]:
    """agree, compatible, close or disputed by the bounds alone."""
    if _same_bounds(a, b):
        return "agree", "the same bounds"
    if overlap(a, b):
        if _firmly(a, b):
            return "agree", "the bounds overlap"
        return "compatible", f"only {_open_ends(a, b)} lets them overlap"
    smaller, larger = (a, b) if a.high < b.low else (b, a)
    if larger.low <= smaller.high * (1 + tolerance):
        return "close", f"apart, but by no more than {tolerance:.0%}"
    if _vague_end(smaller):
        return "compatible", "a vague upper end alone makes no dispute"
    if smaller.floor:
        return "compatible", "the smaller counts only what was seen, found or verified so far"
    return "disputed", "the bounds do not meet"


def overlap(a: Figure, b: Figure) -> bool:
    return a.low <= b.high and b.low <= a.high


def _firmly(a: Figure, b: Figure) -> bool:
    """Whether the bounds overlap even without their open and vague ends."""
    firm_a, firm_b = firm(a), firm(b)
    return _same_bounds(a, b) or (firm_a[0] <= firm_b[1] and firm_b[0] <= firm_a[1])


def firm(figure: Figure) -> tuple[float, float]:
    """The bounds without an end that is only open: "at least 40" is firm at 40, "dozens" at its low end."""
    if figure.hedge == "vague":
        return figure.low, figure.low
    low, high = figure.low, figure.high
    if math.isinf(high):
        high = low if math.isnan(figure.best) else figure.best
    if figure.hedge == "at_most":
        low = high if math.isnan(figure.best) else min(figure.best, high)
    return low, high


def _vague_end(figure: Figure) -> bool:
    return figure.hedge == "vague"


def _open_ends(a: Figure, b: Figure) -> str:
    hedges = {a.hedge, b.hedge}
    if "vague" in hedges:
        return "a vague end"
    return "an end left open"


def ratio_of(a: Figure, b: Figure) -> float:
    if not (math.isfinite(a.best) and math.isfinite(b.best)) or min(a.best, b.best) <= 0:
        return math.nan
    return max(a.best, b.best) / min(a.best, b.best)
