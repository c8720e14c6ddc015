"""Notebook → PDF, in one process: no LaTeX, no browser, no system library.

`conflictstats_pdf` stands in `jupyter nbconvert --to …` and in JupyterLab under File ▸ Save and Export Notebook
As; that `Conflictstats Report (PDF)` is written there is the work of `templates/jupyterlab/menu.json`, since
JupyterLab takes an exporter's name for its label. The Typst source itself is had by
`jupyter nbconvert --to conflictstats.exporter.ReportTypstExporter`.

In a notebook, lines at the top of a cell say how its output is shown: `#| fig-alt: …`, `#| fig-cap: …` and
`#| tbl-cap: …`. A chart can carry the same at run time, in its output's metadata:
`display(figure, metadata={"alt": …, "caption": …})`. A `<dl class="report-facts">` goes into the title
block; its attribute `data-watermark` puts a word across every page. What launched a notebook can add to the block:
the notebook's metadata may hold `{"conflictstats": {"facts": {name: text}}}`.
"""

from __future__ import annotations

import ast
import base64
import binascii
import importlib.util
import os
import re
import tempfile
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import typst
from nbconvert.exporters.base import Exporter
from nbconvert.exporters.exporter import ResourcesDict
from nbformat import NotebookNode
from traitlets import Bool, Enum, List, Unicode, default
from traitlets.config import Config

from conflictstats.errors import ReportError
from conflictstats.report import typst_text
from conflictstats.report.typst_text import Block, Draft, literal

LOOK = Path(__file__).parents[1] / "templates" / "report" / "report.typ"
FONTS = ("Libertinus Serif", "DejaVu Sans", "Last Resort High-Efficiency")
MONO = ("DejaVu Sans Mono", "DejaVu Sans", "Last Resort High-Efficiency")
# Width of the text in points: an upright page, a turned page; margins as in report.typ.
PAPERS = {"a4": (470.0, 739.0), "us-letter": (487.0, 690.0)}
# Parameters that only hand files from `conflictstats report` to a notebook, and would print a path.
INTERNAL_PARAMETERS = frozenset({"extracted"})
# Best first. Typst from a notebook is never passed on: it could do what a report must not do.
SHOWN = ("image/svg+xml", "image/png", "image/jpeg", "text/html", "text/markdown", "text/latex", "text/plain")
SHORT = 600  # letters that may move to a turned page with their table
LEAD_IN = 250  # letters that may move to the next page with their table or chart
A_FEW_PAGES = 6000  # letters, a figure taken for some hundreds
OPTION = re.compile(r"#\|\s*([\w-]+)\s*:\s*(.*)$")


def cell_options(cell: NotebookNode) -> dict[str, str]:
    """The `#| name: value` lines on top of a code cell."""
    options = {}
    for line in cell.source.splitlines():
        match = OPTION.match(line)
        if not match:
            break
        options[match[1]] = match[2].strip().strip("\"'")
    return options


def parameters(notebook: NotebookNode) -> list[tuple[str, str]]:
    """Name and value of a notebook's parameters as they were when it ran, in the order of its own cell."""
    values: dict[str, str] = {}
    for tag in ("parameters", "injected-parameters"):
        for cell in notebook.cells:
            if tag not in cell.metadata.get("tags", ()) or cell.cell_type != "code":
                continue
            try:
                statements = ast.parse(cell.source).body
            except SyntaxError:
                continue
            for node in statements:
                target = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
                value = getattr(node, "value", None)
                if isinstance(target, ast.Name) and value is not None:
                    values[target.id] = ast.unparse(value)
    return [(name, value) for name, value in values.items() if name not in INTERNAL_PARAMETERS]


def notices(notebook: NotebookNode) -> list[tuple[str, str]]:
    """What a reader must know before believing the report: errors, and a run that stopped half-way."""
    code = [cell for cell in notebook.cells if cell.cell_type == "code" and cell.source.strip()]
    errors = [out for cell in code for out in cell.get("outputs", ()) if out.output_type == "error"]
    if errors or notebook.metadata.get("papermill", {}).get("exception"):
        said = f"{errors[0].ename}: {errors[0].evalue}" if errors else "a cell raised an error"
        return [("This run failed.", f"The report is not complete. {said}")]
    run = [cell.get("execution_count") is not None for cell in code]
    if not any(run) and code:
        return [("This notebook was not run.", "The report shows its text only.")]
    if not all(run):
        return [("This run stopped half-way.", f"{run.count(False)} of {len(run)} cells were not run.")]
    return []


def made_at() -> datetime:
    """Now, or what SOURCE_DATE_EPOCH says, so that the same run can give the same bytes."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if re.fullmatch(r"\d{1,11}", epoch):
        return datetime.fromtimestamp(int(epoch), UTC)
    return datetime.now(UTC).replace(microsecond=0)


def font_folders() -> list[str]:
    """Where DejaVu (Arabic, Hebrew …) and a font of last resort are: in the wheel of matplotlib."""
    spec = importlib.util.find_spec("matplotlib")
    places = list(spec.submodule_search_locations or ()) if spec else []
    return [str(Path(place) / "mpl-data" / "fonts" / "ttf") for place in places]


class ReportTypstExporter(Exporter):
    """A notebook as Typst source, with its figures as files beside it."""

    export_from_notebook = "Conflictstats report (Typst)"
    output_mimetype = "text/x-typst"

    paper = Enum(list(PAPERS), default_value="a4", help="a4 or us-letter").tag(config=True)
    lang = Unicode("en", help="language of the report, for hyphenation and readers' voices").tag(config=True)
    fonts = List(Unicode(), default_value=list(FONTS), help="fonts, first choice first").tag(config=True)
    watermark = Unicode("", help="a word across every page, such as SAMPLE").tag(config=True)
    contents = Bool(True, help="a table of contents, where there are headings enough").tag(config=True)
    show_code = Bool(False, help="show the code cells").tag(config=True)
    show_stderr = Bool(False, help="show what cells wrote to stderr").tag(config=True)
    missing_alt = Enum(
        ["warn", "error"], default_value="warn", help="what a figure without alternative text is"
    ).tag(config=True)

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".typ"

    @property
    def default_config(self) -> Config:
        config = Config(
            {
                "TagRemovePreprocessor": {
                    "enabled": True,
                    "remove_cell_tags": ["remove-cell"],
                    "remove_all_outputs_tags": ["remove-output"],
                    "remove_input_tags": ["remove-input"],
                }
            }
        )
        merged = Config(super().default_config or {})
        merged.merge(config)
        return merged

    def from_notebook_node(
        self, nb: NotebookNode, resources: Any = None, **kw: Any
    ) -> tuple[Any, ResourcesDict]:
        source, files, resources = self._typst(nb, resources, **kw)
        resources["outputs"] = files
        return source, resources

    def _typst(
        self, nb: NotebookNode, resources: Any, **kw: Any
    ) -> tuple[str, dict[str, bytes], ResourcesDict]:
        nb, resources = super().from_notebook_node(nb, resources, **kw)
        own = nb.metadata.get("conflictstats", {})
        upright, turned = PAPERS[self.paper]
        draft = Draft(upright=upright, turned=turned, title=_title(nb))
        blocks = [block for cell in nb.cells for block in self._cell(cell, draft)]
        body = _assemble(blocks)
        if list(self.fonts) == list(FONTS) and typst_text.UNSHOWN.search(body):
            draft.warn("some text is in a script that the report's fonts do not have; name one in `fonts`")
        for message in draft.warnings:
            self.log.warning("%s", message)
        resources["conflictstats_warnings"] = list(draft.warnings)
        if self.missing_alt == "error" and any("alternative text" in w for w in draft.warnings):
            raise ReportError(next(w for w in draft.warnings if "alternative text" in w))
        title = draft.title or resources.get("metadata", {}).get("name") or "Report"
        when = made_at()
        word = self.watermark or draft.watermark or own.get("watermark") or ""
        options = {
            "title": literal(title),
            "subtitle": _optional(draft.subtitle or own.get("subtitle")),
            "date": f"datetime(year: {when.year}, month: {when.month}, day: {when.day}, "
            f"hour: {when.hour}, minute: {when.minute}, second: {when.second})",
            "facts": _array(
                [f"({literal(name)}, [{value}])" for name, value in draft.facts]
                + [f"({literal(name)}, [#{literal(value)}])" for name, value in own.get("facts", {}).items()]
            ),
            "parameters": _array(f"({literal(n)}, {literal(v)})" for n, v in parameters(nb)),
            "notices": _array(f"({literal(head)}, {literal(said)})" for head, said in notices(nb)),
            "watermark": _optional(word),
            "paper": literal(self.paper),
            "lang": literal(self.lang),
            "fonts": _array(map(literal, self.fonts)),
            "mono": _array(map(literal, MONO)),
            "contents": str(self.contents and _wants_contents(blocks)).lower(),
            "made-by": literal(f"conflictstats {version('conflictstats')}"),
        }
        anchors = ", ".join(f"{literal(key)}: {literal(to)}" for key, to in draft.anchors.items())
        source = (
            f"#let anchors = ({anchors or ':'})\n{LOOK.read_text(encoding='utf-8')}\n#show: report.with(\n"
            + "".join(f"  {name}: {value},\n" for name, value in options.items())
            + f")\n\n{body}"
        )
        return source, draft.files, resources

    def _cell(self, cell: NotebookNode, draft: Draft) -> list[Block]:
        tags = cell.metadata.get("tags", ())
        if cell.cell_type == "markdown" and "papermill-error-cell-tag" not in tags:
            return typst_text.markdown(cell.source, draft, cell.get("attachments"))
        if cell.cell_type != "code":
            return []
        blocks: list[Block] = []
        hidden = cell.metadata.get("transient", {}).get("remove_source", False)
        if self.show_code and not hidden and not {"parameters", "injected-parameters"} & set(tags):
            blocks.append(typst_text.plain(cell.source))
        options = cell_options(cell)
        for output in cell.get("outputs", ()):
            blocks += self._output(output, options, draft)
        return blocks

    def _output(self, output: NotebookNode, options: dict[str, str], draft: Draft) -> list[Block]:
        if output.output_type == "stream":
            return [typst_text.plain(output.text)] if output.name == "stdout" or self.show_stderr else []
        if output.output_type == "error":
            return [Block(f'#notice("Error", {literal(f"{output.ename}: {output.evalue}")})\n')]
        data = output.get("data", {})
        mime = next((kind for kind in SHOWN if kind in data), None)
        if mime is None:
            return []
        content = data[mime] if isinstance(data[mime], str) else "".join(data[mime])
        said = {**output.metadata, **(output.metadata.get(mime) or {})}
        if mime.startswith("image/"):
            return _figure(mime, content, said, options, draft)
        if mime == "text/html":
            draft.caption = said.get("caption") or options.get("tbl-cap")
            return typst_text.html(content, draft)
        if mime == "text/plain":
            return [typst_text.plain(content)]
        return typst_text.markdown(content, draft)


class ReportPDFExporter(ReportTypstExporter):
    """A notebook as a tagged PDF (PDF/UA-1)."""

    export_from_notebook = "Conflictstats report (PDF)"
    output_mimetype = "application/pdf"

    pdf_standards = List(
        Unicode(), default_value=["ua-1"], help="such as ua-1 or a-2a; an empty list for plain PDF"
    ).tag(config=True)
    font_paths = List(Unicode(), help="folders with more fonts, such as Chinese ones").tag(config=True)
    system_fonts = Bool(
        False, help="also use the machine's fonts: other machines may then give other pages"
    ).tag(config=True)

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".pdf"

    def from_notebook_node(
        self, nb: NotebookNode, resources: Any = None, **kw: Any
    ) -> tuple[Any, ResourcesDict]:
        source, files, resources = self._typst(nb, resources, **kw)
        with tempfile.TemporaryDirectory(prefix="conflictstats-") as folder:
            pdf = self._compile(source, files, Path(folder))
        resources["output_extension"] = ".pdf"
        return pdf, resources

    def _compile(self, source: str, files: dict[str, bytes], folder: Path) -> bytes:
        # A folder, since typst 0.15 cannot take a raster image from memory.
        for name, data in files.items():
            (folder / name).write_bytes(data)
        fonts = typst.Fonts(
            include_system_fonts=self.system_fonts, font_paths=[*font_folders(), *self.font_paths]
        )
        try:
            return self._run(source, folder, fonts, self.pdf_standards)
        except typst.TypstError as error:
            reason = error.message
        # A picture that is none must not cost the report; which one it is, Typst does not say.
        broken = [name for name in files if not self._drawable(name, folder, fonts)]
        for name in broken:
            self.log.warning("picture %s cannot be drawn and was left out", name)
            (folder / name).unlink()
            (folder / name).with_suffix(".svg").write_text(
                '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="30">'
                '<rect width="200" height="30" fill="#dddddd"/></svg>'
            )
            source = source.replace(literal(name), literal(str(Path(name).with_suffix(".svg"))))
        attempts: list[Sequence[str]] = [self.pdf_standards] if broken else []
        for standards in (*attempts, ()):
            try:
                pdf = self._run(source, folder, fonts, standards)
            except typst.TypstError as error:
                reason = error.message
                continue
            if not standards and self.pdf_standards:
                self.log.warning("the PDF does not meet %s: %s", ", ".join(self.pdf_standards), reason)
            return pdf
        raise ReportError(f"Typst could not set the report: {reason}. Please report this with the notebook.")

    def _run(self, source: str, folder: Path, fonts: typst.Fonts, standards: Sequence[Any]) -> bytes:
        main = folder / "main.typ"
        main.write_text(source, encoding="utf-8")
        pdf, warnings = typst.compile_with_warnings(
            str(main),
            root=str(folder),
            format="pdf",
            font_paths=fonts,
            ignore_system_fonts=not self.system_fonts,
            pdf_standards=list(standards),
            timestamp=made_at(),
        )
        for warning in warnings:
            self.log.debug("typst: %s", warning.message)
        return bytes(pdf)

    def _drawable(self, name: str, folder: Path, fonts: typst.Fonts) -> bool:
        main = folder / "probe.typ"
        main.write_text(f"#image({literal(name)})", encoding="utf-8")
        try:
            typst.compile(str(main), root=str(folder), font_paths=fonts)
        except typst.TypstError:
            return False
        return True


def _figure(
    mime: str, content: str, said: dict[str, Any], options: dict[str, str], draft: Draft
) -> list[Block]:
    """A chart; `said` is what it carries itself, which goes before what its cell says of it."""
    caption = said.get("caption") or options.get("fig-cap")
    alt = said.get("alt") or options.get("fig-alt") or caption
    try:
        picture = content.encode() if mime == "image/svg+xml" else base64.b64decode(content)
    except (binascii.Error, ValueError):
        draft.warn("a picture could not be decoded and was left out")
        return []
    name = typst_text.store(picture, mime, draft)
    described = typst_text.described(alt, "Chart", draft)
    mark = draft.anchor(str(said.get("id") or options.get("label") or ""))
    block = typst_text.figure(name, described, typst_text.running(caption, draft) if caption else None)
    return [Block(mark + block.source, block.kind, block.length)]


def _title(notebook: NotebookNode) -> str | None:
    """The notebook's title: its metadata's, or its first heading of the first level."""
    if notebook.metadata.get("title"):
        return str(notebook.metadata["title"])
    sources = (cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    return next((title for source in sources if (title := typst_text.first_heading(source))), None)


def _wants_contents(blocks: Sequence[Block]) -> bool:
    """Whether there is something to look up: a report of a page or two is read, not searched."""
    headings = sum(block.kind == "heading" for block in blocks)
    return headings > 4 and sum(block.length for block in blocks) > A_FEW_PAGES


def _optional(value: str | None) -> str:
    return literal(value) if value else "none"


def _array(items: Iterable[str]) -> str:
    listed = list(items)
    return f"({', '.join(listed)},)" if listed else "()"


def _kept_together(blocks: list[Block]) -> list[Block]:
    """Blocks of which a short text between a heading and its table or chart stays on the page of both."""
    out: list[Block] = []
    for block in blocks:
        if block.kind in ("table", "figure"):
            for at in range(len(out) - _company(out, LEAD_IN), len(out)):
                if out[at].kind == "text" and out[at].length:
                    out[at] = Block(f"#lead-in[{out[at].source}]\n", "text", out[at].length)
        out.append(block)
    return out


def _assemble(blocks: list[Block]) -> str:
    """Blocks in order; those that need a turned page take their heading and a short text before along."""
    blocks = _kept_together(blocks)
    out: list[str] = []
    upright: list[Block] = []
    turned: list[Block] = []

    def close() -> None:
        if turned:
            out.append(f"#turned[{''.join(block.source for block in turned)}]\n")
            turned.clear()

    for block in blocks:
        if not block.source:
            continue
        if block.kind != "turned":
            upright.append(block)
            continue
        # A few lines between two turned tables are turned with them, rather than given an empty page.
        between = bool(turned) and sum(b.length for b in upright) < SHORT
        taken = len(upright) if between else _company(upright, SHORT)
        if taken < len(upright):
            close()
            out += [b.source for b in upright[: len(upright) - taken]]
        turned += [*upright[len(upright) - taken :], block]
        upright = []
    close()
    return "".join([*out, *(block.source for block in upright)])


def _company(blocks: Sequence[Block], short: int) -> int:
    """How many of the last blocks belong to the table or chart behind them: its heading and what follows it."""
    length = 0
    for count, block in enumerate(reversed(blocks), 1):
        length += block.length
        if block.kind == "heading":
            more = len(blocks) - count
            while more and blocks[more - 1].kind == "heading":
                more -= 1
            return len(blocks) - more
        if length > short:
            return 0
    return 0
