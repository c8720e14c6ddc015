"""Corrections: what a person says against the reader of articles, kept beside the articles.

`corrections.csv` has a line for each: claim_id, column, value, author, reason. A claim's id is made from what
it says and not from where or when it was read, so a correction finds its claim again in every run.

    claim_id,column,value,author,reason
    3f2a…,item,armoured_vehicle,Ana,"the original says BMP"          fixes a cell; an empty value empties it
    77b0…,claim,rejected,Ana,"a headline of another story"           takes the row out
    90cc…,claim,confirmed,Ana,"read against the ministry's page"     says that somebody looked

Two more columns, `article` and `words`, tell a person, and the message about a correction that finds no claim,
which figure was meant; `correction` fills them in.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from conflictstats.articles.buckets import file_system
from conflictstats.articles.decoding import decode
from conflictstats.articles.inputs import find_files, find_input
from conflictstats.errors import ArticleError, CorrectionError, TableError
from conflictstats.tables import CLAIM_COLUMNS, CORRECTION_COLUMNS, VALUES, check_claims, frame

if TYPE_CHECKING:
    import pandas as pd

    from conflictstats.articles.inputs import Paths

CORRECTIONS_FILE = "corrections.csv"
WHOLE = "claim"
REJECTED, CONFIRMED = "rejected", "confirmed"
_COLUMNS = ("claim_id", "column", "value", "author", "reason")
_ASIDE = ("article", "words")
# Where a figure stands is a fact of the text, and what read it a fact of the run; dates are for dates.csv.
_FIXED = frozenset(
    {"claim_id", "article_id", "published", "text", "start", "end", "sentence", "evidence", "extractor"}
)
# What is known of a place, a period or a source is of that one: it may not outlive a correction of it.
_OF_PLACE = ("place_id", "region", "country", "lat", "lon")
CORRECTABLE = tuple(name for name in CLAIM_COLUMNS if name not in _FIXED)


@dataclass(frozen=True, slots=True)
class Correction:
    """In `file`, line `line`: of claim `claim_id`, `column` is `value`, says `author`, because of `reason`."""

    claim_id: str
    column: str
    value: str
    author: str
    reason: str
    article: str = ""
    words: str = ""
    file: str = CORRECTIONS_FILE
    line: int = 0


# --------------------------------------------------------------------------- reading


def find_corrections(paths: Paths, kinds: Iterable[str], corrections: str | Path | None) -> list[Correction]:
    """The corrections for these inputs.

    Args:
        paths: the inputs.
        kinds: suffixes of files that are articles.
        corrections: a file; `auto` for each `corrections.csv` beside the articles or above them up to the
            folder that was given; None or "" for none.

    Raises:
        CorrectionError: a file breaks its own grammar.
        ArticleError: there is no such file.
    """
    if corrections is None or str(corrections) == "":
        return []
    if str(corrections) != "auto":
        return _agreeing(read_corrections(find_input(corrections)))
    folders: dict[Path, None] = {}
    addresses: dict[str, None] = {}
    for file in find_files(paths, kinds):
        if file.address is not None:
            names = file.beside.items()
            addresses |= {address: None for address, name in names if name.endswith(CORRECTIONS_FILE)}
            continue
        folders |= dict.fromkeys(folder for folder in file.path.parents if folder.is_relative_to(file.root))
    files = sorted({(folder / CORRECTIONS_FILE).resolve() for folder in folders})
    found = [one for file in files if file.is_file() for one in read_corrections(file)]
    for address in addresses:
        fs, path = file_system(address)
        found += parse_corrections(fs.cat_file(path), Path(address))
    return _agreeing(found)


def read_corrections(path: str | Path) -> list[Correction]:
    """The lines of a `corrections.csv`.

    Raises:
        CorrectionError: a column is missing, a column or value is none, or a line has no claim, author or
            reason; with file, line and cure.
    """
    path = Path(path)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise CorrectionError(f"{path}: cannot be read: {error}. Correct it, or leave it out.") from error
    return parse_corrections(data, path)


def parse_corrections(data: bytes, path: Path) -> list[Correction]:
    """The lines of a `corrections.csv`, of which the bytes are at hand; `path` is for messages.

    Raises:
        CorrectionError: as `read_corrections`.
    """
    try:
        rows = csv.reader(io.StringIO(decode(data)))
        header = [name.strip().lower() for name in next(rows, [])]
    except (ArticleError, csv.Error) as error:
        raise CorrectionError(f"{path}: cannot be read: {error}. Correct it, or leave it out.") from error
    missing = [name for name in _COLUMNS if name not in header]
    if missing:
        raise CorrectionError(
            f"{path}: no column {', '.join(missing)}; its first line is {','.join(header)!r} and should be"
            f" {','.join(_COLUMNS)!r}."
        )
    found = []
    for cells in rows:
        if not any(cell.strip() for cell in cells):
            continue
        where = f"{path}, line {rows.line_num}"
        if len(cells) != len(header):
            raise CorrectionError(
                f"{where}: {len(cells)} cells where the first line has {len(header)}; put a reason that"
                " holds commas in double quotation marks."
            )
        row = {name: " ".join(cell.split()) for name, cell in zip(header, cells, strict=True)}
        known = {name: row.get(name, "") for name in (*_COLUMNS, *_ASIDE)}
        found.append(_checked(Correction(**known, file=path.name, line=rows.line_num), where))
    return found


def _checked(correction: Correction, where: str) -> Correction:
    """The same correction, if it can be understood without its claim."""
    for name in ("claim_id", "column", "author", "reason"):
        if not getattr(correction, name):
            raise CorrectionError(f"{where}: {name} is empty; fill it in.")
    if correction.column == WHOLE:
        if correction.value not in (REJECTED, CONFIRMED):
            raise CorrectionError(
                f"{where}: the claim as a whole is {REJECTED!r} or {CONFIRMED!r}, not {correction.value!r}."
            )
        return correction
    if correction.column not in CORRECTABLE:
        raise CorrectionError(
            f"{where}: column {correction.column!r} cannot be corrected; those that can are:"
            f" {WHOLE} (the row as a whole), {', '.join(CORRECTABLE)}."
            + (" For dates of publication there is dates.csv." if correction.column == "published" else "")
        )
    _typed(correction, where)
    return correction


def _typed(correction: Correction, where: str) -> Any:
    """The value as the table holds it; an empty one is unknown."""
    column, value = correction.column, correction.value
    valid = VALUES.get(column)
    if not value:
        if valid:
            raise CorrectionError(f"{where}: {column} may not be empty; valid are: {', '.join(valid)}.")
        return None
    kind = CLAIM_COLUMNS[column]
    try:
        if kind == "date":
            return date.fromisoformat(value)
        if kind == "float64":
            return float(value)
    except ValueError:
        cure = "write a date as YYYY-MM-DD" if kind == "date" else "write a number; unbounded is inf"
        raise CorrectionError(f"{where}: {column} is {value!r}; {cure}.") from None
    # a codebook may have its own events and items: those are looked at with the claims
    if valid and column not in ("event", "item") and value not in valid:
        raise CorrectionError(f"{where}: {column} is {value!r}; valid are: {', '.join(valid)}.")
    return value


def _agreeing(corrections: list[Correction]) -> list[Correction]:
    """The same corrections, each once, if no two say different things of one cell."""
    first: dict[tuple[str, str], Correction] = {}
    for correction in corrections:
        other = first.setdefault((correction.claim_id, correction.column), correction)
        if other.value != correction.value:
            raise CorrectionError(
                f"{correction.file}, line {correction.line}: {correction.column} of claim {correction.claim_id} is"
                f" {correction.value!r}, and {other.value!r} in {other.file}, line {other.line}; keep one."
            )
    return list(first.values())


# --------------------------------------------------------------------------- applying


def corrected(
    claims: pd.DataFrame,
    corrections: Iterable[Correction],
    article_ids: Iterable[str],
    *,
    events: Iterable[str],
    items: Iterable[str],
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The claims as corrected, and what became of each correction.

    A fixed claim keeps its id, so that the next correction finds it too; its evidence says who fixed what. What the
    table said of a corrected place, period or source (its id, region, coordinates, basis) goes with it, unless it is
    corrected as well.

    Args:
        claims: as they were read.
        corrections: from `find_corrections`.
        article_ids: the articles of this run; a correction of another one is no orphan.
        events: values that the column `event` may have.
        items: values that the column `item` may have.

    Raises:
        CorrectionError: a corrected row breaks the contract of the table, such as `low` above `best`.
    """
    corrections = list(corrections)
    if not corrections:
        return claims, frame((), CORRECTION_COLUMNS)
    fixed = claims.copy()
    here = set(article_ids)
    rows: dict[str, list[int]] = {}
    for at, claim_id in enumerate(claims["claim_id"]):
        rows.setdefault(claim_id, []).append(at)
    told = []
    touched: dict[int, Correction] = {}
    gone: set[int] = set()
    for correction in corrections:
        found = rows.get(correction.claim_id, [])
        was = None
        if not found:
            elsewhere = bool(correction.article) and correction.article not in here
            outcome = "elsewhere" if elsewhere else "orphan"
        elif correction.column == WHOLE:
            outcome = correction.value
            gone |= set(found) if outcome == REJECTED else set()
            _explain(fixed, found, f"{outcome} by {correction.author}: {correction.reason}")
        else:
            was = _cell(claims.iloc[found[0]][correction.column])
            outcome = "as_read" if was == (correction.value or None) else "fixed"
            _fix(fixed, found, correction, was or "empty")
            touched |= dict.fromkeys(found, correction)
        told.append(_account(correction, claims, found, was, outcome))
    _follow(fixed, claims, corrections, rows)
    for at, correction in touched.items():
        try:
            check_claims(fixed.iloc[[at]], events=events, items=items)
        except TableError as error:
            raise CorrectionError(
                f"{correction.file}, line {correction.line}: claim {correction.claim_id} as corrected breaks the"
                f" table: {error}"
            ) from error
    kept = fixed.drop(fixed.index[sorted(gone)]).reset_index(drop=True)
    lost = kept["part_of"].isin({claims.iloc[at]["claim_id"] for at in gone})
    kept["part_of"] = kept["part_of"].mask(lost)
    return kept, frame(told, CORRECTION_COLUMNS)


def _fix(claims: pd.DataFrame, rows: list[int], correction: Correction, was: str) -> None:
    import pandas as pd

    value = _typed(correction, f"{correction.file}, line {correction.line}")
    value = pd.Timestamp(value) if isinstance(value, date) else value
    claims.loc[claims.index[rows], correction.column] = value
    now = correction.value or "empty"
    _explain(claims, rows, f"{correction.column} {was} → {now} by {correction.author}: {correction.reason}")


def _follow(
    fixed: pd.DataFrame, read: pd.DataFrame, corrections: Iterable[Correction], rows: Mapping[str, list[int]]
) -> None:
    """Cells that say more of a corrected one: emptied, or set to what follows, unless they are corrected as well."""
    said: dict[str, set[str]] = {}
    for correction in corrections:
        said.setdefault(correction.claim_id, set()).add(correction.column)
    for claim_id, columns in said.items():
        for at in rows.get(claim_id, []):
            changed = {n for n in columns - {WHOLE} if _cell(fixed.iloc[at][n]) != _cell(read.iloc[at][n])}
            new: dict[str, str | None] = {}
            if "place" in changed:
                new |= dict.fromkeys(_OF_PLACE)
                new["place_basis"] = "none" if _cell(fixed.iloc[at]["place"]) is None else "stated"
            if changed & {"period_start", "period_end"}:
                days = {_cell(fixed.iloc[at][name]) for name in ("period_start", "period_end")}
                new["period_basis"] = "none" if days == {None} else "stated"
            if "source" in changed:
                new["source_id"] = _id_of(_cell(fixed.iloc[at]["source"]), read)
            _set_rest(fixed, at, {name: value for name, value in new.items() if name not in columns})


def _id_of(source: str | None, claims: pd.DataFrame) -> str | None:
    """The id under which the articles know a source of that name."""
    known = claims.loc[(claims["source"] == source).fillna(False).astype(bool), "source_id"].dropna()
    return None if known.empty else str(known.mode().iloc[0])


def _set_rest(claims: pd.DataFrame, at: int, new: Mapping[str, str | None]) -> None:
    label = claims.index[at]
    moved = []
    for name, value in new.items():
        was = _cell(claims.loc[label, name])
        if was != value:
            claims.loc[label, name] = value
            moved.append(f"{name} {was or 'empty'} → {value or 'empty'}")
    if moved:
        _explain(claims, [at], f"with it {', '.join(moved)}")


def _explain(claims: pd.DataFrame, rows: list[int], why: str) -> None:
    for label in claims.index[rows]:
        before = _cell(claims.loc[label, "evidence"])
        claims.loc[label, "evidence"] = f"{before}; {why}" if before else why


def _account(
    correction: Correction, claims: pd.DataFrame, rows: list[int], was: str | None, outcome: str
) -> tuple[str | None, ...]:
    article, words = correction.article, correction.words
    if rows:
        article, words = claims.iloc[rows[0]]["article_id"], claims.iloc[rows[0]]["text"]
    same = claims[(claims["article_id"] == article) & (claims["text"] == words)]["claim_id"]
    return (
        correction.claim_id, article or None, words or None, correction.column, was, correction.value or None,
        correction.author, correction.reason, outcome, "; ".join(same) or None if outcome == "orphan" else None,
    )  # fmt: skip


def _cell(value: Any) -> str | None:
    """A cell as corrections.csv writes it."""
    import pandas as pd

    if value is None or pd.isna(value):
        return None
    if isinstance(value, pd.Timestamp | date):
        return value.isoformat()[:10]
    if isinstance(value, float):
        return f"{value:.12g}"
    return str(value)


def notes(table: pd.DataFrame) -> list[str]:
    """What corrections changed, a sentence each, and which of them found no claim."""
    said = []
    for row in table.itertuples(index=False):
        known = {name: _cell(getattr(row, name)) for name in CORRECTION_COLUMNS}
        figure = f"{known['words'] or known['claim_id']} in {known['article_id'] or 'an unnamed article'}"
        who = f" ({known['author']}: {known['reason']})"
        if known["outcome"] == "fixed":
            said.append(
                f"{figure}: {known['column']} {known['was'] or 'empty'} → {known['value'] or 'empty'}{who}"
            )
        elif known["outcome"] == "as_read":
            said.append(
                f"{figure}: {known['column']} is read as {known['value'] or 'empty'} by itself now{who}"
            )
        elif known["outcome"] == "orphan":
            near = known["candidates"]
            cure = f"these words are now claim {near}" if near else "nothing stands there any more"
            said.append(f"{figure}: no claim {known['claim_id']} was read; {cure}{who}")
        elif known["outcome"] != "elsewhere":
            said.append(f"{figure}: {known['outcome']}{who}")
    return said


# --------------------------------------------------------------------------- writing


def correction(
    row: pd.Series[Any] | pd.DataFrame | Mapping[str, Any],
    column: str = WHOLE,
    value: object = CONFIRMED,
    *,
    author: str,
    reason: str,
    file: str | Path,
) -> pd.DataFrame:
    """Write a correction of a claim into a `corrections.csv`, and give all that stand in it now.

    A correction of the same cell of the same claim is replaced. It is applied when the articles are next read:
    automatically where the file lies beside them.

        row = corpus.claims.loc[3]
        cs.correction(row, "item", "armoured_vehicle", author="Ana", reason="the original says BMP",
                      file="seeds/corrections.csv")
        cs.correction(row, value="rejected", author="Ana", reason="of another story", file="seeds/corrections.csv")

    Args:
        row: a row of the claims table: a Series, a table of one row, or a mapping.
        column: the column to correct; `claim` for the row as a whole.
        value: what is right; None empties the cell. Of the whole claim: `confirmed` or `rejected`.
        author: who says so.
        reason: why.
        file: the corrections.csv; a relative path is sought like that of articles.

    Raises:
        CorrectionError: the column cannot be corrected, the value is none of it, or author or reason is empty.
    """
    cells = _row(row)
    path = Path(file).expanduser()
    if not path.is_absolute():
        path = find_input(path.parent) / path.name
    new = _checked(
        Correction(
            str(cells["claim_id"]),
            column,
            _cell(value) or "",
            " ".join(author.split()),
            " ".join(reason.split()),
            str(cells.get("article_id") or ""),
            " ".join(str(cells.get("text") or "").split()),
            path.name,
        ),
        "correction",
    )
    before = read_corrections(path) if path.exists() else []
    kept = [old for old in before if (old.claim_id, old.column) != (new.claim_id, new.column)]
    aside = path.with_name(f".{path.name}.new")
    write_corrections([*kept, new], aside)
    aside.replace(path)
    rows = [tuple(getattr(one, name) for name in (*_COLUMNS, *_ASIDE)) for one in (*kept, new)]
    return frame(rows, dict.fromkeys((*_COLUMNS, *_ASIDE), "string"))


def write_corrections(corrections: Iterable[Correction], path: Path) -> None:
    """Write a `corrections.csv`."""
    with path.open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target, lineterminator="\n")
        writer.writerow((*_COLUMNS, *_ASIDE))
        writer.writerows([getattr(one, name) for name in (*_COLUMNS, *_ASIDE)] for one in corrections)


def _row(row: Any) -> dict[Any, Any]:
    import pandas as pd

    if isinstance(row, pd.DataFrame):
        if len(row) != 1:
            raise CorrectionError(
                f"{len(row)} rows; a correction is of one: claims.loc[[3]] or claims.iloc[3]."
            )
        row = row.iloc[0]
    cells = row.to_dict() if isinstance(row, pd.Series) else dict(row)
    if "claim_id" not in cells:
        raise CorrectionError("the row has no claim_id; take it from corpus.claims.")
    return cells
