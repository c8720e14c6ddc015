"""The exporter: what a notebook says must be in the PDF as text, and nothing in it may act."""

from __future__ import annotations

import io
import logging
import re
from datetime import date
from typing import Any

import pandas as pd
import pytest
import typst
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output, new_raw_cell
from pypdf import PdfReader

from conflictstats.errors import ReportError
from conflictstats.report import typst_tables, typst_text
from conflictstats.report.exporter import ReportPDFExporter, ReportTypstExporter
from conflictstats.report.typst_tables import Cell
from conflictstats.report.typst_text import Draft

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="40"><rect width="90" height="40"/></svg>'
PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


def code(
    data: dict[str, str] | None = None, source: str = "show()", *, tags: tuple[str, ...] = (), **meta: Any
):
    outputs = [new_output("display_data", data=data, metadata=meta)] if data else []
    cell = new_code_cell(source, outputs=outputs, execution_count=1)
    cell.metadata["tags"] = list(tags)
    return cell


def notebook(*cells: NotebookNode | str) -> NotebookNode:
    made = [new_markdown_cell(cell) if isinstance(cell, str) else cell for cell in cells]
    return new_notebook(cells=made)


def pdf(nb: NotebookNode, **options: Any) -> PdfReader:
    data, _ = ReportPDFExporter(**options).from_notebook_node(nb)
    return PdfReader(io.BytesIO(data))


def text(nb: NotebookNode, **options: Any) -> str:
    return "\n".join(page.extract_text() for page in pdf(nb, **options).pages)


def source(nb: NotebookNode, **options: Any) -> str:
    return str(ReportTypstExporter(**options).from_notebook_node(nb)[0])


def body(nb: NotebookNode, **options: Any) -> str:
    """What the notebook became, without the look before it."""
    return source(nb, **options).split("#show: report.with(", 1)[1]


def squeeze(words: str) -> str:
    return re.sub(r"\s+", "", words)


# --------------------------------------------------------------------------- the text of articles stays text


@pytest.mark.parametrize(
    "nasty",
    [
        '#panic("x")',  # Typst code
        "$ sum_(k=1)^n k $",
        "@label <label> = heading",
        '"; #read("/etc/passwd"); "',  # out of a string literal
        "\\u{0} \\n \\",
        "*bold* _it_ `raw`",
        "#[#set page(width: 1pt)]",
        "// comment /* and */",
        "]]]))) ##",
    ],
)
def test_typst_in_an_article_is_text(nasty: str) -> None:
    frame = pd.DataFrame({"sentence": [nasty]})
    said = text(notebook("# T", code({"text/html": frame.to_html()})))
    assert squeeze(nasty) in squeeze(said)


def test_typst_from_a_notebook_is_never_passed_on() -> None:
    nb = notebook(code({"text/x-typst": "#panic()", "text/plain": "shown instead"}))
    assert "panic" not in body(nb)
    assert "shown instead" in body(nb)


def test_raw_cells_are_left_out() -> None:
    nb = notebook("x")
    nb.cells.append(new_raw_cell("#panic()"))
    assert "panic" not in body(nb)


def test_scripts_and_frames_are_left_out() -> None:
    said = text(notebook('before <script>alert("x")</script><iframe src="http://x"></iframe> after'))
    assert "alert" not in said
    assert "before" in said
    assert "after" in said


# Letters whose shape and order do not depend on their neighbours: the text that comes back can be compared.
PLAIN = st.text(
    st.characters(min_codepoint=33, max_codepoint=0x17F, exclude_categories=["Cc", "Cf", "Zs"]), max_size=30
)
ANY = st.text(st.characters(), max_size=60)
LAW = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@LAW
@given(st.lists(PLAIN, min_size=1, max_size=6))
def test_any_text_in_a_table_appears(words: list[str]) -> None:
    frame = pd.DataFrame({"words": words})
    with pd.option_context("display.max_colwidth", None):
        data, _ = ReportPDFExporter(log=logging.getLogger("quiet")).from_notebook_node(
            notebook(code({"text/html": frame.to_html()}))
        )
    said = squeeze("".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages))
    for word in words:
        # a soft hyphen is shown only where a line ends; ligatures come back as their letters
        assert squeeze(word.replace("\xad", "")) in said.replace("ŉ", "ŉ").replace("\xad", "")


@LAW
@given(ANY, ANY, ANY)
def test_no_text_breaks_the_report(markdown: str, cell: str, plain: str) -> None:
    nb = notebook(
        f"# {markdown}",
        markdown,
        f"**{markdown}** [{cell}]({plain})\n\n> {plain}\n\n- {cell}",
        code({"text/html": f"<table><tr><th>{cell}</th></tr><tr><td>{markdown}</td></tr></table>{plain}"}),
        code({"text/plain": plain}),
        code({"text/markdown": cell}),
        code({"image/svg+xml": SVG}, f"#| fig-cap: {' '.join(plain.split())}", alt=cell),
    )
    reader = pdf(nb)
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert b"pdfuaid" in reader.trailer["/Root"]["/Metadata"].get_data()


@LAW
@given(st.text("<>/ abdiv=\"'ltrhpu&;#1", max_size=80))
def test_no_html_breaks_the_report(markup: str) -> None:
    assert pdf(notebook(code({"text/html": f"<table><tr>{markup}"}), code({"text/html": markup}))).pages


def test_money_is_not_mathematics() -> None:
    # "$5 million and $10" would otherwise lose its dollars
    assert "$5 million and $10 million" in text(notebook("It cost $5 million and $10 million."))


def test_formulas_are_drawn() -> None:
    nb = notebook("The spread $\\sigma^2 = 3$ is\n\n$$\\frac{1}{n}$$\n\nand $\\unknowncommand{x}$ stays.")
    draft = body(nb)
    assert draft.count("image(") == 2
    assert "unknowncommand" in text(nb)


# --------------------------------------------------------------------------- Markdown and HTML


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("**a**", '#strong[#"a";];'),
        ("*a*", '#emph[#"a";];'),
        ("~~a~~", '#strike[#"a";];'),
        ("`a`", '#raw("a");'),
        ("a<br>b", "#linebreak();"),
        ("[a](https://example.org/x)", '#link("https://example.org/x")[#"a";];'),
        ("[a](mailto:x@example.org)", '#link("mailto:x@example.org")'),
        ("x<sup>2</sup>", '#super[#"2";];'),
        ("<mark>a</mark>", "#highlight("),
        ('<span style="color:#f00">a</span>', '#text(fill: rgb("#ff0000"))'),
        ("> a", '#quote(block: true)[#par[#"a";]'),
        ("- a\n- b", '#list([#"a";], [#"b";])'),
        ("3. a\n4. b", '#enum(start: 3, [#"a";], [#"b";])'),
        ("- [x] done", "☑"),
        ("---", "#divider()"),
        ("    code", '#raw("code", block: true)'),
    ],
)
def test_markdown(markdown: str, expected: str) -> None:
    assert expected in "".join(block.source for block in typst_text.markdown(markdown, Draft()))


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "notes.ipynb"]
)
def test_links_lead_to_the_web_or_nowhere(url: str) -> None:
    blocks = typst_text.html(f'<a href="{url}">words</a>', Draft())
    assert "#link" not in blocks[0].source
    assert "words" in blocks[0].source


def test_links_inside_the_report() -> None:
    nb = notebook(
        "See [claim 12](#claim-12), [the part](#What-is-contested) and [nothing](#nowhere).",
        "## What is contested",
        code({"text/html": '<table><tr><th>n</th></tr><tr id="claim-12"><td>68</td></tr></table>'}),
    )
    reader = pdf(nb)
    links = [a.get_object() for page in reader.pages for a in page.get("/Annots", [])]
    assert len(links) == 2  # a link to nowhere is plain text


def test_a_list_of_claims_holds_those_that_are_cited() -> None:
    rows = "".join(f'<tr><td><span id="claim-{n}">{n}</span></td><td>said {n}</td></tr>' for n in (1, 2, 3))
    listed = f'<table class="report-cited"><thead><tr><th>No.</th><th>x</th></tr></thead><tbody>{rows}</tbody></table>'
    said = text(notebook("Sixty<sup><a href='#claim-2'>[2]</a></sup> fell.", code({"text/html": listed})))
    assert "said 2" in said
    assert "said 1" not in said
    assert "This report cites no claim." in text(notebook("Nothing.", code({"text/html": listed})))


def test_a_caption_in_html_states_the_finding_and_cites() -> None:
    drawing = f'<img alt="A." src="data:image/png;base64,{PNG}">'
    caption = '<figcaption>Kyiv says 68<sup><a href="#claim-1">[1]</a></sup>.</figcaption>'
    nb = notebook(code({"text/html": f"<figure>{drawing}{caption}</figure>"}), '<p id="claim-1">x</p>')
    reader = pdf(nb)
    assert "Figure 1. Kyiv says 68" in reader.pages[0].extract_text()
    assert len(reader.pages[0]["/Annots"]) == 1


def test_readers_hear_the_page_in_its_order() -> None:
    # the tags name the marked content of a page in the order in which it is painted
    frame = pd.DataFrame({"a": ["x", "y"], "b": [1, 2]})
    nb = notebook(
        "# T\n\n## A\n\nOne<sup>[1](#b)</sup> two.", code({"text/html": frame.to_html()}), "- b\n- c\n\n## B"
    )
    reader = pdf(nb)
    page = reader.pages[0]
    painted = [int(n) for n in re.findall(rb"/MCID (\d+)", page.get_contents().get_data())]
    heard: list[int] = []

    def listen(node: Any) -> None:
        node = node.get_object()
        if isinstance(node, int):
            heard.append(int(node))
        elif isinstance(node, list):
            for child in node:
                listen(child)
        elif node.get("/Type") == "/MCR":
            heard.append(int(node["/MCID"]))
        elif "/K" in node:
            listen(node["/K"])

    listen(reader.trailer["/Root"]["/StructTreeRoot"]["/K"])
    assert painted
    assert heard == painted == sorted(painted)


def test_an_id_given_twice_is_no_error() -> None:
    assert pdf(notebook('<p id="a">x</p><p id="a">y</p>[z](#a)')).pages


def test_headings_have_no_gaps() -> None:
    # PDF/UA refuses a report that starts at level 3 or leaps from 1 to 4
    nb = notebook("# Title", "#### deep", "## b", "##### c", "# again")
    levels = [int(n) for n in re.findall(r"#heading\(level: (\d)\)", body(nb))]
    assert levels == [1, 1, 2, 1]
    assert [entry["/Title"] for entry in pdf(nb).outline if not isinstance(entry, list)] == [
        "deep",
        "b",
        "again",
    ]


def test_headings_of_one_kind_have_one_level() -> None:
    nb = notebook("# T", "## In their words", "#### one", "#### two", "#### three", "## The claims")
    assert [int(n) for n in re.findall(r"#heading\(level: (\d)\)", body(nb))] == [1, 2, 2, 2, 1]


def test_a_heading_is_never_cut_from_its_table() -> None:
    # whatever stands before: the heading, the lines below it and the table's beginning share a page
    frame = pd.DataFrame({"sentence": [f"row {n} " * 9 for n in range(30)]}).to_html(index=False)
    for lines in range(24, 34):
        nb = notebook(*["Words."] * lines, "## The claims\n\nWhat leads to it.", code({"text/html": frame}))
        pages = [page.extract_text() for page in pdf(nb).pages]
        (there,) = (page for page in pages if "The claims" in page)
        assert "What leads to it." in there and "row 0" in there


def test_a_heading_and_its_second_line_stand_above_their_text() -> None:
    shown = code(
        {"text/html": "<h4>Report of the night</h4><p><small>Sample wire</small></p><p>Nine died.</p>"}
    )
    for lines in range(24, 34):
        pages = [page.extract_text() for page in pdf(notebook(*["Words."] * lines, shown)).pages]
        (there,) = (page for page in pages if "Report of the night" in page)
        assert "Sample wire" in there and "Nine died." in there


def test_the_title_is_not_repeated() -> None:
    reader = pdf(notebook("# Competing *figures*\n\nText."))
    assert reader.metadata.title == "Competing figures"
    assert reader.pages[0].extract_text().count("Competing figures") == 1


def test_facts_go_into_the_title_block_and_samples_are_marked() -> None:
    nb = notebook(
        "# T\n\nBody comes last.",
        code(
            {
                "text/html": '<p class="report-subtitle">A week in August</p>'
                '<dl class="report-facts" data-watermark="SAMPLE">'
                "<dt>Period</dt><dd>5–8 August 2023</dd></dl>"
            }
        ),
    )
    said = text(nb)
    assert said.index("A week in August") < said.index("5–8 August 2023") < said.index("Body comes last")
    assert "SAMPLE" in said
    assert "SAMPLE" not in text(notebook("# T"))


def test_parameters_are_shown_as_they_were() -> None:
    nb = notebook(
        code(source='articles: str = "seeds"  # folder\nlimit = 3\nextracted = ""', tags=("parameters",)),
        code(source='articles = "news"\nextracted = "/home/me/run"', tags=("injected-parameters",)),
    )
    said = text(nb)
    assert "articles = 'news'" in said
    assert "limit = 3" in said
    assert "extracted" not in said  # hands over files; a path of the machine tells a reader nothing


# --------------------------------------------------------------------------- figures


def test_alternative_text_comes_from_the_figure() -> None:
    nb = notebook(
        code({"image/svg+xml": SVG}, "#| fig-alt: From the cell.\n#| fig-cap: Seen.", alt="From itself.")
    )
    assert 'alt: "From itself."' in body(nb)
    assert 'alt: "From the cell."' in body(
        notebook(code({"image/svg+xml": SVG}, "#| fig-alt: From the cell."))
    )


def test_a_caption_may_link_to_claims() -> None:
    meta = {"image/png": {"alt": "A.", "caption": "Kyiv says [68](#claim-1)."}}
    nb = notebook('<p id="claim-1">x</p>', code({"image/png": PNG}, **meta))
    assert '#go("claim-1")' in body(nb)
    assert "Figure 1." in text(nb)


def test_a_figure_without_alternative_text_is_reported(caplog: pytest.LogCaptureFixture) -> None:
    nb = notebook("## Launches", code({"image/svg+xml": SVG}))
    _, resources = ReportPDFExporter().from_notebook_node(nb)
    assert "alternative text" in resources["conflictstats_warnings"][0]
    assert "“Launches”" in body(nb)  # says at least where it stands
    assert 'alt: "Figure"' not in body(nb)
    with pytest.raises(ReportError, match="fig-alt"):
        pdf(nb, missing_alt="error")


def test_a_picture_that_is_none_does_not_cost_the_report() -> None:
    reader = pdf(notebook("before", code({"image/svg+xml": "<svg", "text/plain": "x"}, alt="A."), "after"))
    said = reader.pages[0].extract_text()
    assert "before" in said
    assert "after" in said
    assert b"pdfuaid" in reader.trailer["/Root"]["/Metadata"].get_data()


def test_attached_and_inlined_pictures() -> None:
    nb = notebook(
        "![one](attachment:x.png)",
        f'<figure><img alt="two" src="data:image/png;base64,{PNG}"><figcaption>C</figcaption></figure>',
        "![far](https://example.org/x.png)",
    )
    nb.cells[0]["attachments"] = {"x.png": {"image/png": PNG}}
    draft = body(nb)
    assert 'alt: "one"' in draft
    assert 'alt: "two", caption: [#"C";]' in draft
    assert "[picture: far]" in draft  # nothing is fetched


# --------------------------------------------------------------------------- tables


def cells(*rows: list[str]) -> list[list[Cell]]:
    return [[Cell(f'#"{word}";', word) for word in row] for row in rows]


def test_numbers_stand_right() -> None:
    rows = cells(
        ["what", "n", "range", "day"], ["drones", "1,234.5", "40–60", "2023-08-06"], ["x", "∞", "≥ 3", ""]
    )
    assert typst_tables.grid(rows, 1).numeric == (False, True, True, False)


def test_wide_tables_are_turned_and_wider_ones_parted() -> None:
    def made(columns: int) -> tuple[str, bool]:
        rows = cells([f"column {i}" for i in range(columns)], ["1,000,000"] * columns)
        return typst_tables.typst(rows, 1, upright=470, turned=740)

    assert not made(6)[1]
    assert made(13)[1]
    parted, turned = made(40)
    assert turned
    assert parted.count("#data-table") > 1
    for column in range(40):
        assert f"column {column}" in parted


@LAW
@given(
    st.lists(st.lists(st.text("ab 1/_-é中", max_size=70), min_size=1, max_size=30), min_size=1, max_size=6),
    st.booleans(),
)
def test_no_table_leaves_its_page(words: list[list[str]], may_turn: bool) -> None:
    made, turned = typst_tables.typst(cells(*words), 1, upright=470, turned=740 if may_turn else None)
    for given_widths in re.findall(r"columns: \(([^)]*)\)", made):
        assert sum(float(w) for w in re.findall(r"([\d.]+)pt", given_widths)) <= (740 if turned else 470) + 2


def test_spans_are_kept_and_cut_at_the_edges() -> None:
    nb = notebook(
        code(
            {
                "text/html": '<table><thead><tr><th rowspan="9">a</th><th colspan="2">b</th></tr></thead>'
                '<tr><td rowspan="99">1</td><td colspan="5">2</td></tr><tr><td>3</td></tr></table>'
            }
        )
    )
    assert "colspan: 2" in body(nb)
    assert pdf(nb).pages


def test_a_stylers_colours_are_kept() -> None:
    styled = pd.DataFrame({"a": [1, 2]}).style.set_properties(
        **{"background-color": "#ffeeaa", "color": "red"}
    )
    draft = body(notebook(code({"text/html": styled.to_html()})))
    assert 'fill: rgb("#ffeeaa")' in draft
    assert '#text(fill: rgb("#ff0000"))' in draft


def test_an_empty_frame_says_so() -> None:
    assert "no rows" in text(notebook(code({"text/html": pd.DataFrame(columns=["a", "b"]).to_html()})))


def test_captions_of_tables() -> None:
    frame = pd.DataFrame({"a": [1]})
    nb = notebook(code({"text/html": frame.to_html()}, "#| tbl-cap: By **side**"))
    assert 'caption: [#"By ";#strong[#"side";];' in body(nb)


def test_text_that_pandas_cut_is_reported() -> None:
    frame = pd.DataFrame({"a": ["x" * 80]})
    with pd.option_context("display.max_colwidth", 50):
        _, resources = ReportTypstExporter().from_notebook_node(
            notebook(code({"text/html": frame._repr_html_()}))
        )
    assert "max_colwidth" in resources["conflictstats_warnings"][0]


@pytest.mark.parametrize(
    ("css", "expected"),
    [
        ("#abc", "#aabbcc"),
        ("#A1B2C3", "#a1b2c3"),
        ("rgb(1, 2, 300)", "#0102ff"),
        ("rgba(0,0,0,.5)", "#00000080"),
        ("Orange", "#ffa500"),
        ("transparent", None),
        ("url(x)", None),
        (None, None),
    ],
)
def test_colours(css: str | None, expected: str | None) -> None:
    assert typst_text.colour(css) == expected


# --------------------------------------------------------------------------- scripts


def test_scripts_of_the_world() -> None:
    frame = pd.DataFrame({"source": ["الدفاع الروسي", "צבא ההגנה", "Генеральный штаб"]})
    nb = notebook("Москва сообщила о 70.\n\nقتل 40 شخصا.\n\nשלום", code({"text/html": frame.to_html()}))
    draft = body(nb)
    assert '#text(dir: rtl, lang: "ar")' in draft
    assert '#text(dir: rtl, lang: "he")' in draft
    # a paragraph, a heading and a list begin at the right
    assert '#set text(dir: rtl, lang: "ar")\n#par[' in draft
    assert '#set text(dir: rtl, lang: "he")\n#par[' in draft
    assert '#set text(dir: rtl, lang: "ar")\n#heading' in body(notebook("## عنوان"))
    assert '#set text(dir: rtl, lang: "ar")\n#list' in body(notebook("- قالت الوزارة 12\n- أخرى"))
    fonts = {
        name["/BaseFont"].split("+")[-1]
        for page in pdf(nb).pages
        for name in (f.get_object() for f in page["/Resources"]["/Font"].values())
    }
    assert not any("LastResort" in font for font in fonts)  # every letter has a real form
    assert "Генеральный штаб" in text(nb)


def test_a_number_stays_behind_the_foreign_name_that_it_follows() -> None:
    # from left to right, "(12)" would else jump before the name; Typst draws what stands in the source in its order
    listed = "Hanna Maliar (260), משרד הביטחון (183) and 4 others"
    assert "הביטחון\u200e (183)" in body(notebook(listed))
    assert "\u200e" not in body(
        notebook("قتل 40 شخصا في المدينة")
    )  # from right to left it stands right by itself
    name = "<td>وزارة الدفاع<br>third</td><td>5</td>"
    assert "dir: rtl" in body(notebook(code({"text/html": f"<table><tr>{name}</tr></table>"})))
    assert "dir: rtl" not in body(notebook(code({"text/html": f'<table dir="ltr"><tr>{name}</tr></table>'})))


def test_a_script_without_a_font_is_reported() -> None:
    _, resources = ReportPDFExporter().from_notebook_node(notebook("中文"))
    assert "fonts" in resources["conflictstats_warnings"][0]


# --------------------------------------------------------------------------- the document


def test_the_same_run_gives_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1691625600")
    nb = notebook("# T\n\n## A\n\n$x^2$", code({"image/svg+xml": SVG}, alt="A."))
    first, _ = ReportPDFExporter().from_notebook_node(nb)
    second, _ = ReportPDFExporter().from_notebook_node(nb)
    assert first == second
    assert "10 August 2023" in PdfReader(io.BytesIO(first)).pages[0].extract_text()


def test_two_papers() -> None:
    widths = [round(float(pdf(notebook("x"), paper=p).pages[0].mediabox.width)) for p in ("a4", "us-letter")]
    assert widths == [595, 612]


def test_pages_have_heads_and_numbers() -> None:
    reader = pdf(notebook("# The title", *["Words.\n\n" * 60] * 2))
    second = reader.pages[1].extract_text()
    assert "The title" in second
    assert f"2 / {len(reader.pages)}" in second


def test_contents_stand_where_there_is_something_to_look_up() -> None:
    sections = [f"## Section {n}\n\nWords." for n in range(6)]
    assert "Contents" not in text(notebook("# T", *sections))
    long = [f"{section}\n\n{'More words. ' * 120}" for section in sections]
    assert "Contents" in text(notebook("# T", *long))
    assert "Contents" not in text(notebook("# T", *long), contents=False)


def test_code_is_hidden_unless_asked_for() -> None:
    nb = notebook(code({"text/plain": "out"}, "secret = 1"))
    assert "secret" not in text(nb)
    assert "secret = 1" in text(nb, show_code=True)


def test_tags_remove() -> None:
    nb = notebook(
        code({"text/plain": "gone"}, tags=("remove-cell",)),
        code({"text/plain": "gone"}, tags=("remove-output",)),
    )
    assert "gone" not in text(nb)


def test_a_failed_notebook_is_marked() -> None:
    nb = notebook("x", code())
    nb.cells[1].outputs = [new_output("error", ename="ValueError", evalue="bad", traceback=[])]
    said = text(nb)
    assert said.index("This run failed.") < said.index("ValueError: bad")


def test_a_run_that_stopped_is_marked() -> None:
    # A killed kernel leaves no error, only cells that were never run.
    nb = notebook(code({"text/plain": "x"}), new_code_cell("y()"))
    assert "stopped half-way" in text(nb)
    assert "was not run" in text(notebook(new_code_cell("y()")))


def test_an_empty_notebook() -> None:
    assert len(pdf(new_notebook()).pages) == 1


def test_the_source_compiles_by_itself(tmp_path: Any) -> None:
    written, resources = ReportTypstExporter().from_notebook_node(
        notebook("# T", code({"image/svg+xml": SVG}, alt="A."), "See [x](https://example.org).")
    )
    (tmp_path / "main.typ").write_text(written)
    for name, data in resources["outputs"].items():
        (tmp_path / name).write_bytes(data)
    assert typst.compile(str(tmp_path / "main.typ"), root=str(tmp_path))


def test_dates_are_written_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "not a number")  # then the clock counts
    assert str(date.today().year) in text(notebook("x"))
