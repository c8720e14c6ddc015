"""Pages made from the package itself, so that the documentation cannot say what the code does not do.

generated/claims-table.md     every column: type, meaning, values, an example from the seeds
generated/events.md           every event: definition, cues, examples
generated/items.md            every item: definition, words, variants, examples
generated/hedges.md           every hedge: bounds and words
generated/wars.md             every war and its camps
generated/commands.md         the help of every command
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

import conflictstats as cs
from conflictstats import cli
from conflictstats.codebook import Codebook
from conflictstats.tables import CLAIM_COLUMNS, VALUES

DOCS = Path(__file__).parent
OUT = DOCS / "generated"
_TYPES = {"string": "text", "date": "date", "float64": "number", "int64": "whole number"}
_ROLES = {
    "object": "they happen to it",
    "subject": "it does them",
    "with": "it is their means",
    "noun": "it is counted in",
    "state": "it is said to be",
}
_MOST = 12  # words shown of a long list; the file has all


def main() -> None:
    OUT.mkdir(exist_ok=True)
    codebook = cs.load_codebook()
    pages = {
        "claims-table": claims_table(),
        "events": events(codebook),
        "items": items(codebook),
        "hedges": hedges(codebook),
        "wars": wars(codebook),
        "commands": commands(),
    }
    for name, lines in pages.items():
        text = "\n".join(lines) + "\n"
        path = OUT / f"{name}.md"
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")


def described() -> tuple[dict[str, list[str]], dict[str, str]]:
    """Groups and descriptions of the columns; KeyError if one is missing or too many."""
    table = tomllib.loads((DOCS / "columns.toml").read_text(encoding="utf-8"))
    grouped = [name for names in table["groups"].values() for name in names]
    if grouped != list(CLAIM_COLUMNS) or list(table["columns"]) != list(CLAIM_COLUMNS):
        odd = set(grouped) ^ set(CLAIM_COLUMNS) | set(table["columns"]) ^ set(CLAIM_COLUMNS)
        raise KeyError(f"docs/columns.toml and tables.CLAIM_COLUMNS differ: {sorted(odd) or 'in order'}")
    return table["groups"], table["columns"]


def claims_table() -> Iterator[str]:
    groups, meaning = described()
    claims = cs.load(DOCS.parent / "seeds").claims
    yield "# The claims table, column by column\n"
    yield (
        f"`corpus.claims` has one row per numeric claim and these {len(CLAIM_COLUMNS)} columns, in this order, also "
        "when it is empty. Unknown is empty, never 0: `<NA>` in text, `NaT` in dates, `NaN` in numbers. Unbounded is "
        '`inf`. In CSV an unquoted nothing is missing and `""` is the empty text; dates are `YYYY-MM-DD`.\n'
    )
    for group, names in groups.items():
        yield f"## {group}\n"
        for name in names:
            yield f"`{name}` ({_TYPES[CLAIM_COLUMNS[name]]})"
            yield f": {meaning[name]}"
            if name in VALUES and name not in ("event", "item"):
                yield f"  Values: {', '.join(f'`{value}`' for value in VALUES[name])}."
            known = claims[name].dropna()
            if len(known):
                yield f"  In the seeds, for instance: `{cell(known.iloc[0])}`."
            yield ""


def cell(value: object) -> str:
    if hasattr(value, "strftime"):
        return f"{value:%Y-%m-%d}"
    text = f"{value:g}" if isinstance(value, float) else str(value)
    text = " ".join(text.split()).replace("`", "'")
    return text if len(text) <= 160 else text[:159] + "…"


def events(codebook: Codebook) -> Iterator[str]:
    yield "# Events: what happened to what is counted\n"
    yield (
        "The values of the column `event`, from `codebook/events.toml`. The counted noun must stand to the words in the "
        "role that is given: *20 drones were **shot down***, *20 people **died***. The examples are tests.\n"
    )
    for name, event in codebook.events.items():
        yield f"## {name}\n"
        yield f"{event.description[:1].upper()}{event.description[1:]}.\n"
        for example in event.examples:
            yield f"> {marked(example, 'event', name, codebook)}\n"
        for cue in event.cues:
            counts = f"; counts {', '.join(f'`{c}`' for c in cue.counts)}" if cue.counts else ""
            weak = "; where nothing nearer says otherwise" if cue.weak else ""
            yield f"- {_ROLES[cue.role]}: {some(cue.words)}{counts}{weak}"
        yield ""


def items(codebook: Codebook) -> Iterator[str]:
    yield "# Items: what is counted or measured\n"
    yield (
        "The values of the column `item`, from `codebook/items.toml`; names of weapons are in `weapons.toml`. The "
        "narrowest item that the words support is taken. The examples are tests.\n"
    )
    held = codebook.hierarchy
    group = ""
    for name, item in codebook.items.items():
        if name == "none":
            continue
        if item.group != group:
            group = item.group
            yield f"## Class {group}\n"
        yield f"### {name}\n"
        yield f"{item.description[:1].upper()}{item.description[1:]}.\n"
        for example in item.examples:
            yield f"> {marked(example, 'item', name, codebook)}\n"
        if item.words:
            yield f"- words: {some(item.words)}"
        if item.acts:
            yield f"- verbs that count it: {some(item.acts)}"
        if item.variants:
            yield f"- variants: {', '.join(f'`{v}`' for v in dict.fromkeys(item.variants.values()))}"
        inside = held["items"].includes.get(name) if "items" in held else None
        if inside:
            yield f"- includes {', '.join(f'`{one}`' for one in inside)}"
        yield ""


def marked(example: str, column: str, value: str, codebook: Codebook) -> str:
    """An example with its claim in bold, and what it is read as."""
    claims = cs.load_text(example, codebook=codebook).claims
    found = claims[claims[column] == value]
    if found.empty:  # the tests fail on it; the page can still be read
        return example
    row = found.iloc[0]
    bold = f"{example[: row.start]}**{row.text}**{example[row.end :]}"
    high = "or more" if math.isinf(row.high) else f"to {row.high:g}"
    reads = f"{row.low:g}" if row.low == row.high else f"{row.low:g} {high}"
    unit = "" if row.unit == "count" else f" {row.unit}"
    return f"{bold} → {row['event']} {row['item']}, {reads}{unit}."


def hedges(codebook: Codebook) -> Iterator[str]:
    yield "# Hedges: how firmly a number is meant\n"
    yield (
        "The values of the column `hedge`, from `codebook/hedges.toml`. Factors are of the number as written. Two more "
        'come from the number itself: `range` ("30 to 40": both ends) and `vague`, which has bounds and no best value. '
        '`cs.compare(…, rules="ucdp")` or `"acled"` reads them by other rules; see [Methods](../methods.md).\n'
    )
    yield "| hedge | low | high | words before | words after |\n| --- | --- | --- | --- | --- |"
    yield "| exact | 1 | 1 | none | |"
    for name, hedge in codebook.hedges.items():
        ends = [("∞" if math.isinf(end) else f"{end:g}") for end in (hedge.low, hedge.high)]
        yield f"| {name} | {ends[0]} | {ends[1]} | {some(hedge.before)} | {some(hedge.after)} |"
    yield "\n## Vague quantities\n\n| words | low | high |\n| --- | --- | --- |"
    for kind in codebook.numbers.values():
        for words, (low, high) in kind.bounds.items():
            yield f"| {words} | {low:g} | {high:g} |"


def wars(codebook: Codebook) -> Iterator[str]:
    yield "# Wars: who fights whom\n"
    yield (
        f"The values of the column `conflict`: {len(codebook.wars)} wars from `codebook/wars.toml`. Sides of one camp "
        "do not fight each other. That a war or a side is missing, or named one way, is a state of this file and no "
        "judgement; [add your own](../howto/own-war.md).\n"
    )
    yield "| war | camps | from | to |\n| --- | --- | --- | --- |"
    for name, war in codebook.wars.items():
        camps = " ⟷ ".join(", ".join(camp) for camp in war.sides)
        yield f"| {name} | {camps} | {war.start or ''} | {war.end or ''} |"


def commands() -> Iterator[str]:
    yield "# Commands\n"
    yield f"```text\n{shown(cli.main, 'conflictstats')}\n```\n"
    for name, command in cli.main.commands.items():
        yield f"## conflictstats {name}\n\n```text\n{shown(command, f'conflictstats {name}')}\n```\n"


def shown(command: click.Command, name: str) -> str:
    return command.get_help(click.Context(command, info_name=name, max_content_width=100)).rstrip()


def some(words: Iterable[str]) -> str:
    words = list(words)
    text = ", ".join(f"“{word}”".replace("|", "\\|") for word in words[:_MOST])
    return text + (f" and {len(words) - _MOST} more" if len(words) > _MOST else "")


if __name__ == "__main__":
    main()
