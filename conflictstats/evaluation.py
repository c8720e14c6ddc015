"""How well claims are read: a table of claims against annotated articles.

found       the quantity is there, with the right number (precision, recall, F1)
core        found, and event, item and unit are right
row         core, and bounds, status, source and period are right: a usable row
comparable  row, and aggregation, and actor, target and place where the gold has them, are right

Then the accuracy of every field over the found claims. There, empty is an answer: a period, place, source
or side that the gold does not have is wrong; a place is judged only by its claim's own sentence. Periods
count only where the text states or plainly carries them.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal, TypedDict

from conflictstats.errors import ArticleError

FIELDS = (
    "event", "item", "unit", "bounds", "hedge", "status", "aggregation", "source", "source_side", "voice", "actor",
    "target", "period", "place", "part_of",
)  # fmt: skip
LEVELS = ("found", "core", "row", "comparable")
_TOLERANCE = 0.005
_STOP = frozenset({"the", "a", "an", "of", "s"})

Claim = dict[str, Any]


class Level(TypedDict):
    precision: float
    recall: float
    f1: float


@dataclass(frozen=True)
class Miss:
    """One thing that went wrong: a claim missed, a claim too many, or fields that differ."""

    article: str
    kind: str
    gold: Claim | None
    read: Claim | None


@dataclass(frozen=True)
class Score:
    """The figures of one comparison; `errors` are for reading, never those of a test part.

    `rejects` are the articles that could not be read, with the reason: their claims all count as missed.
    """

    articles: int
    gold: int
    read: int
    levels: dict[str, Level]
    fields: dict[str, tuple[float | None, int]]
    errors: list[Miss]
    rejects: Mapping[str, str] = field(default_factory=dict)


def read_gold(folder: str | Path, part: Literal["tune", "test"] | None = None) -> dict[str, dict[str, Any]]:
    """Annotated articles: name → annotation, with the offsets of every claim filled in.

    `part` keeps those that `split.json`, in the folder or beside it, lists for the folder's name.

    Raises:
        ArticleError: the folder holds no annotated article, has no split, or an annotation points nowhere.
    """
    folder = Path(folder)
    keep: set[str] | None = None
    if part is not None:
        places = [folder / "split.json", folder.parent / "split.json"]
        split = next((p for p in places if p.exists()), None)
        if split is None:
            raise ArticleError(f"{folder}: --part needs a split.json in or beside the folder; none is there.")
        parts = json.loads(split.read_text(encoding="utf-8"))
        name = folder.resolve().name
        if name not in parts:
            raise ArticleError(f"{split}: has no set {name!r}; it has {', '.join(sorted(parts))}.")
        keep = set(parts[name][part])
    gold = {}
    for path in sorted(folder.glob("*.json")):
        article = json.loads(path.read_text(encoding="utf-8"))
        if "claims" not in article or (keep is not None and path.stem not in keep):
            continue
        text = path.with_suffix(".txt").read_text(encoding="utf-8")
        for claim in article["claims"]:
            claim["start"] = _spot(text, claim, path)
            claim["end"] = claim["start"] + len(claim["text"])
            claim["sentence"] = _sentence_at(text, claim["start"])
        gold[path.stem] = article
    if not gold:
        raise ArticleError(
            f"{folder}: no annotated articles (NAME.txt beside NAME.json with a list 'claims')."
        )
    return gold


def _spot(text: str, claim: Claim, path: Path) -> int:
    words = re.escape(claim["text"])
    spots = [m.start() for m in re.finditer(rf"(?<!\w)(?<!\d[.,]){words}(?!\w|[.,]\d)", text)]
    spots = spots or [m.start() for m in re.finditer(words, text)]
    nth = claim.get("nth", 0)
    if nth >= len(spots):
        raise ArticleError(f"{path.name}: the text has no occurrence {nth} of {claim['text']!r}.")
    return spots[nth]


def _sentence_at(text: str, spot: int) -> str:
    ends = [m.end() for m in re.finditer(r"[.!?][\"”’)]*\s+(?=[\"“‘(]?[A-Z0-9À-Þ])|\n+", text)]
    start = max((end for end in ends if end <= spot), default=0)
    stop = min((end for end in ends if end > spot), default=len(text))
    return text[start:stop]


def article_name(article_id: str) -> str:
    """The gold's name of an article: its file name without `.txt`."""
    return Path(article_id).name.removesuffix(".txt")


def _number(value: Any) -> float | None:
    if value is None or value == "":
        return None
    value = float(value)
    return None if math.isnan(value) else value


def _close(a: Any, b: Any) -> bool:
    a, b = _number(a), _number(b)
    if a is None or b is None:
        return a is b
    if math.isinf(a) or math.isinf(b):
        return bool(a == b)
    return bool(abs(a - b) <= _TOLERANCE * max(abs(a), abs(b), 1e-9))


def _bounds(gold: Claim) -> tuple[Any, Any, Any]:
    high = gold.get("high")
    if high is None and gold["hedge"] == "at_least":
        high = math.inf
    return gold.get("low"), gold.get("best"), high


def _same_number(gold: Claim, read: Claim) -> bool:
    low, best, high = _bounds(gold)
    if best is not None and _close(best, read.get("best")):
        return True
    return _close(low, read.get("low")) and _close(high, read.get("high"))


def _tokens(name: Any) -> set[str]:
    words = re.findall(r"\w+", str(name).casefold().replace("defense", "defence"))
    return {word for word in words if word not in _STOP}


def _accepted(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _same_name(accepted: Any, got: Any) -> bool:
    """The name's own words must be there: a title more is fine, a sentence more or half a name is not."""
    if accepted is None or accepted == []:
        return got is None or got == ""
    if got is None or got == "":
        return False
    have = _tokens(got)
    for name in _accepted(accepted):
        want = _tokens(name)
        if want and want <= have and len(have) <= len(want) + 4:
            return True
        if have and have <= want and 2 * len(have) >= len(want):
            return True
    return False


def _same_plain(a: Any, b: Any) -> bool:
    def plain(value: Any) -> str | None:
        return None if value in (None, "") else str(value).casefold().strip()

    return plain(a) == plain(b)


def judge(gold: Claim, read: Claim) -> dict[str, bool | None]:
    """Field by field: right, wrong, or None where the gold does not ask."""
    out: dict[str, bool | None] = {
        field: _same_plain(gold.get(field), read.get(field))
        for field in ("event", "item", "unit", "hedge", "status", "source_side", "voice", "actor", "target")
    }
    wanted = zip(_bounds(gold), ("low", "best", "high"), strict=True)
    out["bounds"] = all(_close(value, read.get(key)) for value, key in wanted)
    out["source"] = _same_name(gold.get("source"), read.get("source"))
    got = None
    if read.get("period_start") and read.get("period_basis", "stated") in ("stated", "carried", None):
        got = [str(read.get(key))[:10] if read.get(key) else None for key in ("period_start", "period_end")]
    out["period"] = got == (list(gold["period"]) if gold.get("period") else None)
    beside = _tokens(gold.get("sentence", ""))
    if any(name and _tokens(name) <= beside for name in _accepted(gold.get("place"))):
        out["place"] = _same_name(gold["place"], read.get("place"))
    elif read.get("place") and not gold.get("place") and _tokens(read["place"]) <= beside:
        out["place"] = False
    else:
        out["place"] = None
    out["aggregation"] = (
        _same_plain(gold["aggregation"], read.get("aggregation")) if gold.get("aggregation") else None
    )
    out["part_of"] = None  # settled in score(), where the total is known
    return out


def _match(golds: Sequence[Claim], reads: Sequence[Claim]) -> list[tuple[int, int]]:
    """Pairs of gold and read claims: overlapping spans, best agreement first."""
    pairs = []
    for g, gold in enumerate(golds):
        for r, read in enumerate(reads):
            overlap = min(gold["end"], read["end"]) - max(gold["start"], read["start"])
            if overlap <= 0 or not _same_number(gold, read):
                continue
            verdict = judge(gold, read)
            longest = max(gold["end"] - gold["start"], read["end"] - read["start"])
            pairs.append(((verdict["event"], verdict["item"], verdict["unit"], overlap / longest), g, r))
    used_gold: set[int] = set()
    used_read: set[int] = set()
    matched = []
    for _, g, r in sorted(pairs, reverse=True, key=lambda pair: pair[0]):
        if g not in used_gold and r not in used_read:
            used_gold.add(g)
            used_read.add(r)
            matched.append((g, r))
    return matched


def score(gold: Mapping[str, dict[str, Any]], claims: Iterable[Claim]) -> Score:
    """Compare claims (rows of the claims table as dicts) with the gold's."""
    by_article: dict[str, list[Claim]] = {}
    for claim in claims:
        by_article.setdefault(article_name(claim["article_id"]), []).append(claim)
    counts: Counter[str] = Counter()
    fields = {field: [0, 0] for field in FIELDS}
    errors: list[Miss] = []
    for name, article in gold.items():
        golds, reads = article["claims"], by_article.get(name, [])
        matched = _match(golds, reads)
        optional = {g for g, claim in enumerate(golds) if claim.get("optional")}
        met = {r for _, r in matched}
        ignored = {r for g, r in matched if g in optional}
        for r, read in enumerate(reads):
            # a second reading of an optional quantity is not punished either
            if r not in met and any(
                min(golds[g]["end"], read["end"]) > max(golds[g]["start"], read["start"]) for g in optional
            ):
                ignored.add(r)
        counts["gold"] += len(golds) - len(optional)
        counts["read"] += len(reads) - len(ignored)
        totals = {str(reads[r].get("claim_id")): golds[g]["text"] for g, r in matched}
        for g, r in matched:
            if g in optional:
                continue
            verdict = judge(golds[g], reads[r])
            if golds[g].get("part_of") or reads[r].get("part_of"):
                total = reads[r].get("part_of")
                verdict["part_of"] = _same_plain(golds[g].get("part_of"), totals.get(str(total), total))
            counts["found"] += 1
            for level in _levels(golds[g], verdict):
                counts[level] += 1
            for key, right in verdict.items():
                if right is not None:
                    fields[key][0] += right
                    fields[key][1] += 1
            wrong = [field for field in FIELDS if verdict[field] is False]
            if wrong:
                errors.append(Miss(name, "wrong " + ",".join(wrong), golds[g], reads[r]))
        met_gold = {g for g, _ in matched}
        errors += [
            Miss(name, "missed", c, None)
            for g, c in enumerate(golds)
            if g not in met_gold and g not in optional
        ]
        errors += [
            Miss(name, "spurious", None, c) for r, c in enumerate(reads) if r not in met and r not in ignored
        ]
    levels = {level: _level(counts[level], counts["gold"], counts["read"]) for level in LEVELS}
    accuracy = {field: (right / n if n else None, n) for field, (right, n) in fields.items()}
    return Score(len(gold), counts["gold"], counts["read"], levels, accuracy, errors)


def _levels(gold: Claim, verdict: Mapping[str, bool | None]) -> list[str]:
    reached = []
    if verdict["event"] and verdict["item"] and verdict["unit"]:
        reached.append("core")
        if verdict["bounds"] and verdict["status"] and verdict["source"] and verdict["period"]:
            reached.append("row")
            asked = (f for f in ("actor", "target", "place") if gold.get(f))
            if verdict["aggregation"] is not False and all(verdict[field] is not False for field in asked):
                reached.append("comparable")
    return reached


def _level(right: int, gold: int, read: int) -> Level:
    precision = right / read if read else 0.0
    recall = right / gold if gold else 0.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {"precision": precision, "recall": recall, "f1": f1}


def evaluate(folder: str | Path, part: Literal["tune", "test"] | None = None) -> Score:
    """Extract the gold articles of a folder and score the claims.

    Raises:
        ArticleError: see `read_gold`.
    """
    from conflictstats.corpus import load

    gold = read_gold(folder, part)
    corpus = load([Path(folder) / f"{name}.txt" for name in gold], dates=None)
    table = corpus.claims.astype(object)
    rows = table.where(table.notna(), None).to_dict("records")
    found = score(gold, [{str(key): value for key, value in row.items()} for row in rows])
    lost = zip(corpus.rejects["path"], corpus.rejects["reason"], strict=True)
    return replace(found, rejects={article_name(path): reason for path, reason in lost})


def table(score: Score) -> str:
    """The figures as a page of text."""
    lines = [f"{score.articles} articles, {score.gold} gold claims, {score.read} read"]
    lines += [
        f"not read, so that all its claims are missed: {name}: {why}" for name, why in score.rejects.items()
    ]
    for name, level in score.levels.items():
        lines.append(
            f"{name:10} precision {level['precision']:.3f}  recall {level['recall']:.3f}  F1 {level['f1']:.3f}"
        )
    lines.append("field accuracy over found claims:")
    for name, (right, of) in score.fields.items():
        lines.append(f"  {name:12} " + ("-" if right is None else f"{right:.3f}  of {of}"))
    return "\n".join(lines)


def explain(score: Score, most: int) -> list[str]:
    """Up to `most` errors, the commonest kinds first, as lines to read."""
    kinds = Counter(error.kind for error in score.errors)
    ordered = sorted(score.errors, key=lambda error: (-kinds[error.kind], error.kind))
    lines = [f"{n:4} {kind}" for kind, n in kinds.most_common()]
    keys = ("text", "event", "item", "unit", "low", "best", "high", "hedge", "status", "aggregation", "source",
            "source_side", "voice", "actor", "target", "period", "period_start", "period_end", "place")  # fmt: skip
    for error in ordered[:most]:
        lines.append(f"{error.article}: {error.kind}")
        for label, claim in (("gold", error.gold), ("read", error.read)):
            if claim is not None:
                lines.append(
                    f"    {label} " + ", ".join(f"{k}={claim[k]}" for k in keys if claim.get(k) is not None)
                )
        sentence = (error.gold or error.read or {}).get("sentence")
        lines.append(f"    {str(sentence).strip()}")
    return lines
