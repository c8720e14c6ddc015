"""Markdown, HTML and plain text → Typst.

Every text goes out as a Typst string literal (`#"…";`), never as markup, so that nothing in an article can
break a report or write into it. Markdown takes the way over HTML, so that there is one converter.
"""

from __future__ import annotations

import base64
import binascii
import io
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from urllib.parse import unquote

import lxml.etree  # type: ignore[import-untyped]
import lxml.html  # type: ignore[import-untyped]
import mistune

from conflictstats.report import typst_tables
from conflictstats.report.typst_tables import Cell

ANSI = re.compile(r"\x1b(?:\[[0-9;?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\))")
# What PDF forbids in text, and what no reader can see: control characters, halves of surrogate pairs,
# noncharacters, and the two signs that turn the direction of everything behind them.
UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    + "".join(chr(plane + tail) for plane in range(0x10000, 0x110000, 0x10000) for tail in (0xFFFE, 0xFFFF))
    + "]"
)
INVISIBLE = re.compile("[\ufeff\u202d\u202e]")
RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
# Scripts that neither Libertinus nor DejaVu has; the font of last resort shows a box with the script's sign.
UNSHOWN = re.compile(
    "[\u0900-\u0dff\u0e00-\u109f\u1100-\u13ff\u1700-\u18af\u2e80-\ua63f\uac00-\ud7ff\uf900-\ufaff]"
)
# A name from right to left with a number behind it, which in a line from left to right would jump before the name.
_BEFORE_NUMBER = re.compile(r"([\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc])(?=[^\w\n]*\d)")
LEFT_TO_RIGHT = "\u200e"  # a mark that nobody sees
ARABIC = re.compile("[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]")

BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr",
    "html", "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "ul",
})  # fmt: skip
SKIPPED = frozenset({
    "audio", "button", "canvas", "head", "iframe", "noscript", "object", "script", "style", "svg", "template",
    "video",
})  # fmt: skip
WRAPPED = {
    "b": "strong", "strong": "strong",
    "i": "emph", "em": "emph", "cite": "emph", "dfn": "emph", "var": "emph",
    "s": "strike", "del": "strike", "strike": "strike", "u": "underline", "ins": "underline",
    "sub": "sub", "sup": "super",
}  # fmt: skip
COLOURS = {
    "black": "#000000", "white": "#ffffff", "red": "#ff0000", "green": "#008000", "blue": "#0000ff",
    "yellow": "#ffff00", "orange": "#ffa500", "purple": "#800080", "grey": "#808080", "gray": "#808080",
    "lightgrey": "#d3d3d3", "lightgray": "#d3d3d3", "darkgrey": "#a9a9a9", "darkgray": "#a9a9a9",
    "lightblue": "#add8e6", "lightgreen": "#90ee90", "lightyellow": "#ffffe0", "pink": "#ffc0cb",
    "darkred": "#8b0000", "darkgreen": "#006400", "darkblue": "#00008b", "teal": "#008080",
    "silver": "#c0c0c0", "maroon": "#800000", "navy": "#000080", "olive": "#808000", "crimson": "#dc143c",
}  # fmt: skip
PICTURES = {"image/png": ".png", "image/jpeg": ".jpg", "image/svg+xml": ".svg", "image/gif": ".gif"}


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a report that stands by itself, in Typst."""

    source: str
    kind: str = (
        "text"  # text | heading | figure | table | turned (a table that needs a turned page of its own)
    )
    length: int = 0  # letters in it, roughly


@dataclass
class Draft:
    """A report on its way to Typst: what its text may link to, and what it needs beside it."""

    upright: float = 470.0  # width of the text in points, on an upright page and on a turned one
    turned: float = 730.0
    title: str | None = None  # a first-level heading with this text is not repeated
    subtitle: str | None = None
    watermark: str | None = None
    facts: list[tuple[str, str]] = field(default_factory=list)  # label, Typst markup
    anchors: dict[str, str] = field(default_factory=dict)  # id as links write it → label
    linked: set[str] = field(default_factory=set)  # ids that something before leads to
    files: dict[str, bytes] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    levels: list[int] = field(default_factory=list)  # of the headings around: PDF/UA allows no gap
    headings: int = 0
    section: str | None = None
    caption: str | None = None  # Markdown, for the next table that has none
    attachments: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def anchor(self, name: str) -> str:
        """Typst markup for a place that links can name; a name that was there before is not repeated."""
        key = _anchor_key(name)
        if not key or key in self.anchors:
            return ""
        plain = re.fullmatch(r"[A-Za-z][\w.-]{0,60}", key, re.ASCII)
        self.anchors[key] = key if plain else f"place-{len(self.anchors) + 1}"
        return f"#metadata(none)#label({literal(self.anchors[key])})"

    def warn(self, message: str) -> None:
        if message not in self.warnings:
            self.warnings.append(message)


def _anchor_key(name: str) -> str:
    return re.sub(r"\s+", "-", clean(unquote(name)).strip()).casefold()


def clean(text: str) -> str:
    """The text without what a PDF cannot hold: unprintable signs become �, marks of byte order go."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n\n")
    return UNPRINTABLE.sub("\ufffd", INVISIBLE.sub("", text))


def literal(text: str) -> str:
    """A Typst string literal."""
    out = clean(str(text)).replace("\\", "\\\\").replace('"', '\\"')
    return '"' + out.replace("\n", "\\n").replace("\t", "\\t") + '"'


def in_order(text: str) -> str:
    """Text in which a number stays behind the Arabic or Hebrew name that it follows."""
    return _BEFORE_NUMBER.sub(rf"\1{LEFT_TO_RIGHT}", text)


def words(text: str, limit: int = 32) -> str:
    """Text as Typst markup; words longer than `limit` (links, digests) may be broken."""
    if not text:
        return ""
    text = in_order(text)
    if not any(len(word) > limit for word in text.split()):
        return f"#{literal(text)};"
    # An empty box is a place to break that leaves nothing behind in copied text.
    out, run = [], ""
    for word in re.findall(r"\s+|\S+", clean(text)):
        if len(word) <= limit:
            run += word
            continue
        parts = typst_tables.pieces(word, limit)
        run += parts[0]
        for part in parts[1:]:
            out.append(run)
            run = part
    out.append(run)
    return "#box();".join(f"#{literal(part)};" for part in out)


def plain(text: str) -> Block:
    """Output of a program as it stands, in fixed width."""
    shown = clean(ANSI.sub("", text)).rstrip().expandtabs(4)
    # A long word in fixed width cannot be hyphenated, it would run over the edge.
    shown = re.sub(r"\S{80}(?=\S)", lambda m: m[0] + "\n", shown)
    return Block(f"#raw({literal(shown)}, block: true)\n", length=len(shown)) if shown else Block("")


# --------------------------------------------------------------------------- Markdown


# "$5 million and $10 million" is money. Only what looks like TeX, or one letter, is mathematics.
_MATHS = r"\$(?=[^\s$])(?P<tex>[^$\n]*[\\^_=][^$\n]*|[A-Za-z])(?<=\S)\$(?!\d)"

_MATHS_BLOCK = r"^ {0,3}\$\$\s*(?P<block_tex>[^$]+?)\s*\$\$[ \t]*$"


def _maths_plugin(md: mistune.Markdown) -> None:
    def inline(_: mistune.InlineParser, match: re.Match[str], state: mistune.InlineState) -> int:
        state.append_token({"type": "maths", "raw": match.group("tex")})
        return match.end()

    def block(_: mistune.BlockParser, match: re.Match[str], state: mistune.BlockState) -> int:
        state.append_token({"type": "maths_block", "raw": match.group("block_tex").strip()})
        return match.end() + 1

    md.inline.register("maths", _MATHS, inline, before="link")
    md.block.register(
        "maths_block", r"^ {0,3}\$\$\s*(?P<block_tex>[^$]+?)\s*\$\$[ \t]*$", block, before="list"
    )
    if md.renderer:
        escape = mistune.escape
        md.renderer.register("maths", lambda _, text: f'<span class="maths">{escape(text)}</span>')
        md.renderer.register("maths_block", lambda _, text: f'<div class="maths">{escape(text)}</div>\n')


# The converter of HTML decides itself which links and pictures are let through.
_markdown: Callable[[str], Any] = mistune.create_markdown(
    renderer=mistune.HTMLRenderer(escape=False, allow_harmful_protocols=True),
    plugins=["table", "strikethrough", "task_lists", "url", _maths_plugin],
)


def markdown(
    source: str, draft: Draft, attachments: Mapping[str, Mapping[str, str]] | None = None
) -> list[Block]:
    """Markdown, with the HTML in it, as blocks."""
    draft.attachments = attachments or {}
    return html(str(_markdown(clean(source))), draft)


def running(source: str, draft: Draft) -> str:
    """Markdown of one line, such as a caption, as running text."""
    body = _body(str(_markdown(clean(source))))
    return _inline(body, draft, {}) if body is not None else words(source)


def first_heading(source: str) -> str | None:
    """The text of the first heading of the first level."""
    body = _body(str(_markdown(clean(source))))
    heading = next(body.iter("h1"), None) if body is not None else None
    return (_text(heading) or None) if heading is not None else None


@lru_cache(maxsize=512)
def _maths(tex: str) -> tuple[bytes, float] | None:
    """A formula as SVG and its depth, by matplotlib, which knows a part of TeX; None where it does not."""
    from matplotlib import rc_context
    from matplotlib.mathtext import math_to_image

    buffer = io.BytesIO()
    try:
        with rc_context({"svg.hashsalt": "conflictstats", "mathtext.fontset": "stix", "font.size": 10}):
            depth = math_to_image(f"${tex}$", buffer, dpi=72, format="svg")
    except (ValueError, RuntimeError):
        return None
    return re.sub(rb"<metadata>.*?</metadata>", b"", buffer.getvalue(), flags=re.DOTALL), float(depth)


def _formula(tex: str, draft: Draft, *, block: bool) -> str:
    drawn = _maths(clean(tex).strip())
    if drawn is None:
        return f"#raw({literal(tex)});"
    name = f"formula-{len(draft.files) + 1}.svg"
    draft.files[name] = drawn[0]
    image = f"image({literal(name)}, alt: {literal(tex.strip() or 'formula')})"
    return f"#align(center, {image})\n" if block else f"#box(baseline: {drawn[1]:.2f}pt, {image});"


# --------------------------------------------------------------------------- HTML


def html(source: str, draft: Draft) -> list[Block]:
    """HTML as blocks; what has no place on paper (scripts, frames, forms) is left out."""
    source = clean(source)
    body = _body(source)
    if body is None:
        return [Block(f"#par[{words(source)}]\n", length=len(source))] if source.strip() else []
    return _blocks(body, draft, _styles(body))


def _body(source: str) -> Any:
    """The parsed <body>, or None where there is nothing to parse."""
    if not source.strip():
        return None
    try:
        return lxml.html.document_fromstring(f"<html><body>{source}</body></html>").find("body")
    except (lxml.etree.ParserError, ValueError):
        return None


Styles = dict[str, dict[str, str]]


def _styles(root: Any) -> Styles:
    """Rules that a pandas Styler writes for single cells: id → properties."""
    out: Styles = {}
    for style in root.iter("style"):
        for selectors, rules in re.findall(r"([^{}]+)\{([^{}]*)\}", style.text or ""):
            for selector in selectors.split(","):
                if re.fullmatch(r"\s*#[\w-]+\s*", selector):
                    out.setdefault(selector.strip()[1:], {}).update(_properties(rules))
    return out


def _properties(rules: str) -> dict[str, str]:
    pairs = (rule.split(":", 1) for rule in rules.split(";") if ":" in rule)
    return {name.strip().lower(): value.strip().lower() for name, value in pairs}


def _style(node: Any, styles: Styles) -> dict[str, str]:
    return {**styles.get(node.get("id") or "", {}), **_properties(node.get("style") or "")}


def colour(value: str | None) -> str | None:
    """A CSS colour as #rrggbb or #rrggbbaa; None for what is none or not understood."""
    value = (value or "").replace("!important", "").strip().lower()
    if value in COLOURS:
        return COLOURS[value]
    if re.fullmatch(r"#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})", value):
        return "#" + ("".join(c * 2 for c in value[1:]) if len(value) < 6 else value[1:])
    parts = re.fullmatch(r"rgba?\(\s*(\d+)[\s,]+(\d+)[\s,]+(\d+)(?:[\s,/]+([\d.]+)(%?))?\s*\)", value)
    if not parts:
        return None
    red, green, blue = (min(int(parts[i]), 255) for i in (1, 2, 3))
    out = f"#{red:02x}{green:02x}{blue:02x}"
    if parts[4] and parts[4].count(".") < 2 and parts[4] != ".":
        alpha = float(parts[4]) / (100 if parts[5] else 1)
        out += f"{min(max(round(alpha * 255), 0), 255):02x}"
    return out


def _tag(node: Any) -> str:
    return node.tag.lower() if isinstance(node.tag, str) else ""  # comments have a function for a tag


def _text(node: Any) -> str:
    """Text as a reader sees it, in one line."""
    return _collapse(_raw_text(node)).strip(" ")


def _raw_text(node: Any) -> str:
    out = [node.text or ""] if _tag(node) else []
    for child in node:
        tag = _tag(child)
        if tag == "br":
            out.append("\n")
        elif tag and tag not in SKIPPED:
            out.append(_raw_text(child))
        out.append(child.tail or "")
    return "".join(out)


def _has_blocks(node: Any) -> bool:
    return any(_tag(child) in BLOCKS or (_tag(child) not in SKIPPED and _has_blocks(child)) for child in node)


def _collapse(text: str | None) -> str:
    return re.sub(r"[ \t\n\f]+", " ", text or "")


def _inline(node: Any, draft: Draft, styles: Styles, limit: int = 32) -> str:
    """The contents of an element as running text."""
    out = [words(_collapse(node.text), limit)]
    for child in node:
        out.append(_inline_node(child, draft, styles, limit))
        out.append(words(_collapse(child.tail), limit))
    return "".join(out)


def _inline_node(node: Any, draft: Draft, styles: Styles, limit: int) -> str:
    tag = _tag(node)
    if not tag or tag in SKIPPED:
        return ""
    mark = draft.anchor(node.get("id") or (node.get("name") if tag == "a" else None) or "")
    if tag == "br":
        return mark + "#linebreak();"
    if tag == "img":
        return mark + _inline_picture(node, draft)
    if tag == "input":
        return mark + words("☑ " if node.get("checked") is not None else "☐ ")
    if tag in ("code", "kbd", "samp", "tt"):
        return mark + "#box();".join(
            f"#raw({literal(p)});" for p in typst_tables.pieces(_raw_text(node), limit)
        )
    if "maths" in (node.get("class") or "").split():
        return mark + _formula(_raw_text(node), draft, block=False)
    inner = _inline(node, draft, styles, limit)
    if not inner:
        return mark
    if tag == "a":
        return mark + _link(node.get("href") or "", inner, draft)
    if tag in WRAPPED:
        return f"{mark}#{WRAPPED[tag]}[{inner}];"
    style = _style(node, styles)
    fill = colour(style.get("background-color") or style.get("background"))
    if tag == "mark" or fill:
        inner = f'#highlight(fill: rgb("{fill or "#fdf0b5"}"))[{inner}];'
    if ink := colour(style.get("color")):
        inner = f'#text(fill: rgb("{ink}"))[{inner}];'
    if tag == "small":
        inner = f"#text(size: .85em)[{inner}];"
    if style.get("font-weight") in ("bold", "600", "700", "bolder"):
        inner = f"#strong[{inner}];"
    return mark + inner


def _link(url: str, inner: str, draft: Draft) -> str:
    if url.startswith("#"):
        draft.linked.add(_anchor_key(url[1:]))
        return f"#go({literal(_anchor_key(url[1:]))})[{inner}];" if len(url) > 1 else inner
    if re.match(r"(?:https?://|mailto:)\S+$", url, re.IGNORECASE):
        return f"#link({literal(url)})[{inner}];"
    return inner


def _picture_file(node: Any, draft: Draft) -> str | None:
    """The name of the file of an <img> that carries its picture with it; others are not fetched."""
    url = node.get("src") or ""
    if url.startswith("attachment:"):
        bundle = draft.attachments.get(unquote(url.removeprefix("attachment:")), {})
        mime, data = next(((m, d) for m, d in bundle.items() if m in PICTURES), ("", ""))
        encoded = True
    elif head := re.match(r"data:(image/[\w.+-]+)((?:;[\w=-]+)*?)(;base64)?,", url):
        mime, data, encoded = head[1], url[head.end() :], bool(head[3])
    else:
        return None
    if mime not in PICTURES:
        return None
    try:
        content = base64.b64decode(data) if encoded else unquote(data).encode()
    except (binascii.Error, ValueError):
        return None
    return store(content, mime, draft)


def store(content: bytes, mime: str, draft: Draft) -> str:
    """Keep a picture beside the report, and give the name under which Typst finds it."""
    name = f"picture-{len(draft.files) + 1}{PICTURES[mime]}"
    draft.files[name] = content
    return name


def described(alt: str | None, what: str, draft: Draft) -> str:
    """The alternative text; where there is none, a warning and words that say so."""
    if alt and alt.strip():
        return " ".join(alt.split())
    where = f" in “{draft.section}”" if draft.section else ""
    draft.warn(f"{what}{where} has no alternative text; add a line '#| fig-alt: …' on top of its cell")
    return f"{what}{where}, not described"


def _inline_picture(node: Any, draft: Draft) -> str:
    name = _picture_file(node, draft)
    alt = node.get("alt") or node.get("title")
    if name is None:
        return f"#emph[{words(f'[picture: {alt}]' if alt else '[picture]')}];"
    return f"#box(image({literal(name)}, height: 1em, alt: {literal(described(alt, 'Picture', draft))}));"


def figure(name: str, alt: str, caption: str | None = None) -> Block:
    """A picture as a numbered figure; `caption` is Typst markup."""
    given = f"[{caption}]" if caption else "none"
    return Block(f"#picture({literal(name)}, alt: {literal(alt)}, caption: {given})\n", "figure", 900)


def _direction(text: str) -> str | None:
    """The language to set a text in from right to left, where most of its letters run so."""
    letters = sum(1 for sign in text if sign.isalpha())
    if letters and 2 * len(RIGHT_TO_LEFT.findall(text)) > letters:
        return "ar" if ARABIC.search(text) else "he"
    return None


def _directed(source: str, text: str) -> str:
    """Running markup, from right to left where most of its letters run so."""
    lang = _direction(text)
    return f'#text(dir: rtl, lang: "{lang}")[{_unmarked(source)}];' if lang else source


def _turned_round(block: str, text: str) -> str:
    """A block that also begins at the right, with its bullets there, where its text runs from right to left."""
    lang = _direction(text)
    return f'#[#set text(dir: rtl, lang: "{lang}")\n{_unmarked(block)}]\n' if lang else block


def _unmarked(source: str) -> str:
    """Markup without the marks that keep numbers behind names: from right to left they stand there by themselves."""
    return source.replace(LEFT_TO_RIGHT, "")


def _paragraph(source: str, text: str, *, as_is: bool = False) -> Block:
    """A paragraph; `as_is` from left to right, whatever its letters."""
    paragraph = f"#par[{source}]\n"
    return Block(paragraph if as_is else _turned_round(paragraph, text), length=len(text))


def _blocks(node: Any, draft: Draft, styles: Styles, *, nested: bool = False) -> list[Block]:
    """The contents of an element as blocks; running text between blocks becomes paragraphs."""
    out: list[Block] = []
    run: list[str] = [words(_collapse(node.text))]
    said: list[str] = [node.text or ""]

    def flush() -> None:
        source = "".join(run)
        text = " ".join("".join(said).split())
        if text:
            out.append(_paragraph(source, text))
        elif any(part not in ("", '#" ";') for part in run):  # a picture, or a place to link to
            out.append(Block(f"#par[{source}]\n"))
        run.clear()
        said.clear()

    for child in node:
        tag = _tag(child)
        if tag in BLOCKS or (tag and tag not in SKIPPED and _has_blocks(child)):
            flush()
            out += _block(child, draft, styles, nested=nested)
        elif tag == "img" and not nested and (name := _picture_file(child, draft)):
            flush()
            out += _figure_of(child, name, None, draft)
        else:
            run.append(_inline_node(child, draft, styles, 32))
            said.append(_raw_text(child) if tag and tag not in SKIPPED else "")
        run.append(words(_collapse(child.tail)))
        said.append(child.tail or "")
    flush()
    return out


def _below_heading(node: Any) -> bool:
    """Whether a paragraph is a heading's second line: all in small letters, right behind it."""
    before = node.getprevious()
    lone = len(node) == 1 and _tag(node[0]) == "small" and not (node.text or node[0].tail or "").strip()
    return lone and before is not None and re.fullmatch(r"h[1-6]", _tag(before) or "") is not None


def _figure_of(image: Any, name: str, caption: str | None, draft: Draft) -> list[Block]:
    return [figure(name, described(image.get("alt") or image.get("title"), "Picture", draft), caption)]


def _joined(blocks: Iterable[Block]) -> str:
    return "".join(block.source for block in blocks)


def _block(node: Any, draft: Draft, styles: Styles, *, nested: bool) -> list[Block]:
    tag, classes = _tag(node), (node.get("class") or "").split()
    if "report-facts" in classes:
        _facts(node, draft, styles)
        return []
    if "report-subtitle" in classes:
        draft.subtitle = _text(node) or None
        return []
    if tag == "table":
        return _table(node, draft, styles, nested=nested)
    mark = draft.anchor(node.get("id") or "")
    before = [Block(mark)] if mark else []
    if re.fullmatch(r"h[1-6]", tag):
        return _heading(node, draft, styles, mark, nested=nested)
    if tag == "p" or (tag in ("dd", "dt", "summary", "figcaption", "address") and not _has_blocks(node)):
        if not _text(node) or node.find(".//img") is not None:
            return before + _blocks(node, draft, styles, nested=nested)
        source = _inline(node, draft, styles)
        if tag in ("dt", "summary"):
            source = f"#strong[{source}];"
        block = _paragraph(source, _text(node), as_is=node.get("dir") == "ltr")
        if _below_heading(node):
            return [Block(f"{mark}#below-heading[{block.source}]\n", length=block.length)]
        return [Block(mark + block.source, length=block.length)]
    if "maths" in classes:
        return [*before, Block(_formula(_raw_text(node), draft, block=True))]
    if tag == "pre":
        return [*before, plain(_raw_text(node))]
    if tag == "hr":
        return [*before, Block("#divider()\n")]
    if tag == "blockquote":
        inner = _joined(_blocks(node, draft, styles, nested=True))
        return [Block(f"{mark}#quote(block: true)[{inner}]\n", length=len(_text(node)))] if inner else before
    if tag in ("ul", "ol"):
        return before + _list(node, draft, styles)
    if tag == "figure":
        image = node.find(".//img")
        name = _picture_file(image, draft) if image is not None else None
        if image is not None and name is not None:
            words_ = node.find(".//figcaption")
            caption = _inline(words_, draft, styles) if words_ is not None else None
            return before + _figure_of(image, name, caption, draft)
    return before + _blocks(node, draft, styles, nested=nested)


def _facts(node: Any, draft: Draft, styles: Styles) -> None:
    """A <dl class="report-facts"> is lifted into the title block."""
    draft.watermark = node.get("data-watermark") or draft.watermark
    label = ""
    for child in node.iter("dt", "dd"):
        if _tag(child) == "dt":
            label = _text(child)
        elif _text(child):
            draft.facts.append((label, _inline(child, draft, styles)))


def _heading(node: Any, draft: Draft, styles: Styles, mark: str, *, nested: bool) -> list[Block]:
    text = _text(node)
    if not text:
        return [Block(mark)] if mark else []
    wanted = int(_tag(node)[1])
    if wanted == 1 and draft.title is not None and text == draft.title and not nested and not draft.headings:
        return [Block(mark)] if mark else []
    source = _inline(node, draft, styles)
    mark += draft.anchor(text)
    if nested:
        return [Block(f"#par[{mark}#strong[{source}]]\n", length=len(text))]
    while draft.levels and draft.levels[-1] >= wanted:
        draft.levels.pop()
    draft.levels.append(wanted)
    draft.headings += 1
    draft.section = text
    heading = _turned_round(f"#heading(level: {len(draft.levels)})[{source}]\n", text)
    return [Block(f"{heading}{mark}", "heading", len(text))]


def _list(node: Any, draft: Draft, styles: Styles) -> list[Block]:
    items, length = [], 0
    for child in node:
        if _tag(child) == "li":
            mark = draft.anchor(child.get("id") or "")
            inner = (
                _joined(_blocks(child, draft, styles, nested=True))
                if _has_blocks(child)
                else _directed(_inline(child, draft, styles), _text(child))
            )
            items.append(f"[{mark}{inner}]")
            length += len(_text(child))
    if not items:
        return _blocks(node, draft, styles, nested=True)
    start = node.get("start") or ""
    options = f"start: {int(start)}, " if _tag(node) == "ol" and re.fullmatch(r"\d{1,6}", start) else ""
    kind = "enum" if _tag(node) == "ol" else "list"
    return [Block(_turned_round(f"#{kind}({options}{', '.join(items)})\n", _text(node)), length=length)]


def _table(node: Any, draft: Draft, styles: Styles, *, nested: bool) -> list[Block]:
    if "report-cited" in (node.get("class") or "").split():
        _keep_cited(node, draft)
        if not node.xpath("./tbody/tr"):
            return [_paragraph(words("This report cites no claim."), "This report cites no claim.")]
    rows: list[list[Cell]] = []
    heads, as_is = 0, node.get("dir") == "ltr"
    for row in node.xpath("./tr|./thead/tr|./tbody/tr|./tfoot/tr"):
        cells = [child for child in row if _tag(child) in ("td", "th")]
        if not cells:
            continue
        in_head = _tag(row.getparent()) == "thead" or (
            len(rows) == heads and len(cells) > 1 and all(_tag(cell) == "th" for cell in cells)
        )
        mark = draft.anchor(row.get("id") or "")
        rows.append(
            [_cell(cell, draft, styles, "" if i else mark, as_is=as_is) for i, cell in enumerate(cells)]
        )
        if in_head and len(rows) == heads + 1:
            heads += 1
    if not rows:
        return []
    if heads == len(rows):  # a head without a body: an empty frame
        rows.append([Cell("#emph[no rows]", "no rows", columns=sum(cell.columns for cell in rows[0]))])
    if any(cell.text in ("...", "…") for cell in rows[0]) or any(
        cell.text in ("...", "…") for cell in rows[-1]
    ):
        draft.warn("pandas left out rows or columns of a table; set display.max_rows and display.max_columns")
    if any(len(cell.text) in (49, 50) and cell.text.endswith("...") for row in rows for cell in row):
        draft.warn("pandas cut a text of a table; set display.max_colwidth to None")
    title = next((_inline(child, draft, styles) for child in node if _tag(child) == "caption"), "")
    if not title and draft.caption:
        title, draft.caption = running(draft.caption, draft), None
    caption_mark = draft.anchor(node.get("id") or "")
    source, turned = typst_tables.typst(
        rows,
        heads,
        upright=draft.upright if not nested else 0.9 * draft.upright,
        turned=draft.turned if not nested else None,
        caption=title or None,
    )
    length = sum(len(cell.text) for row in rows for cell in row)
    return [Block(caption_mark + source, "turned" if turned else "table", length)]


def _keep_cited(table: Any, draft: Draft) -> None:
    """Of a list that links lead to, the rows that something before it does lead to; the rest is in the data."""
    for row in table.xpath("./tbody/tr"):
        if not any(_anchor_key(name) in draft.linked for name in row.xpath(".//@id")):
            row.getparent().remove(row)


def _span(value: str | None) -> int:
    return min(max(int(value), 1), 1000) if value and re.fullmatch(r"\d{1,6}", value) else 1


def _cell(node: Any, draft: Draft, styles: Styles, mark: str, *, as_is: bool) -> Cell:
    style = _style(node, styles)
    text = "\n".join(_collapse(line).strip(" ") for line in _raw_text(node).strip().split("\n"))
    if _has_blocks(node):
        body = _joined(_blocks(node, draft, styles, nested=True))
    else:
        body, text = _inline(node, draft, styles, 14), text if node.find(".//br") is not None else _text(node)
    directed = body if as_is else _directed(body, text)
    align = style.get("text-align") if style.get("text-align") in ("left", "right", "center") else None
    if directed is not body:
        body, align = directed, align or "right"
    if ink := colour(style.get("color")):
        body = f'#text(fill: rgb("{ink}"))[{body}];'
    if style.get("font-weight") in ("bold", "600", "700", "bolder"):
        body = f"#strong[{body}];"
    if style.get("font-style") == "italic":
        body = f"#emph[{body}];"
    # An id of pandas' Styler is no place that anyone links to, and there is one on every cell.
    own = node.get("id") or ""
    mark += "" if own.startswith("T_") else draft.anchor(own)
    return Cell(
        mark + body,
        text,
        _span(node.get("rowspan")),
        _span(node.get("colspan")),
        _tag(node) == "th",
        colour(style.get("background-color") or style.get("background")),
        align,
    )
