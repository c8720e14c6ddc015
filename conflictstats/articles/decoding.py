"""Bytes → text: byte-order mark, UTF-8, UTF-16, the charset that it declares, else the likeliest."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import BinaryIO

from conflictstats.articles.fields import universal_newlines
from conflictstats.errors import ArticleError, OptionError

_SAMPLE = 1 << 18
# UTF-32 first: its little-endian mark begins with that of UTF-16
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Files of other kinds that turn up under a text's name
_OTHER_KINDS = (
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a zip archive or office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"PAR1", "a Parquet file"),
)
_DECLARATION = re.compile(
    rb"""(?:<meta[^>]{0,200}?charset\s*=\s*["']?|<\?xml[^>]{0,200}?encoding\s*=\s*["'])\s*([\w.:-]+)""", re.I
)
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f]")


def check_encoding(encoding: str | None) -> None:
    """Refuse an encoding that Python does not know, before any file is read.

    Raises:
        ArticleError: names the encoding and some that are known.
    """
    if encoding is None:
        return
    try:
        b"a".decode(encoding)
    except UnicodeError:
        return  # known, and of more than a byte a character
    except LookupError:
        raise OptionError(
            f"unknown encoding {encoding!r}; known are, among others: utf-8, utf-16, windows-1252,"
            " windows-1251, koi8-r, gb18030. Leave it out to let every file be looked at."
        ) from None


def decode(data: bytes, encoding: str | None = None) -> str:
    """A file's bytes as text with universal newlines and no byte-order mark.

    Raises:
        ArticleError: the bytes are no text, or not in the `encoding` that was given.
    """
    name, errors = detect(data, encoding)
    try:
        text = universal_newlines(data.decode(name, errors))
    except UnicodeError as error:
        raise ArticleError(f"not valid {name}: {getattr(error, 'reason', error)}") from error
    check_text(text)
    return text


def check_text(text: str) -> None:
    """Raise ArticleError for what decodes and yet is no text."""
    controls = len(_CONTROLS.findall(text))
    if "\0" in text or controls > 2 + len(text) // 50:
        raise ArticleError("binary content, not text")


def detect(data: bytes, encoding: str | None = None, *, whole: bool = True) -> tuple[str, str]:
    """The encoding of a file, and whether its errors are fatal (`strict`) or marked as damage (`replace`).

    Args:
        data: the file, or (not `whole`) its beginning.
        encoding: forced, whatever the bytes look like.
        whole: false if the data may end within a character.

    Raises:
        ArticleError: the bytes are those of a file of another kind.
    """
    if encoding is not None:
        return encoding, "strict"
    for magic, kind in _OTHER_KINDS:
        if data.startswith(magic):
            raise ArticleError(f"binary content: {kind}, not text")
    for mark, name in _MARKS:
        if data.startswith(mark):
            return name, "strict"
    if b"\0" in data[:_SAMPLE]:
        return _utf16_without_mark(data[:_SAMPLE]), "strict"
    try:
        codecs.getincrementaldecoder("utf-8")("strict").decode(data, final=whole)
        return "utf-8", "strict"
    except UnicodeDecodeError:
        pass
    declared = _declared(data, whole=whole)
    if declared is not None:
        return declared, "strict"
    good, bad = _count_beyond_ascii(data.decode("utf-8", "surrogateescape"))
    if good > bad:
        return "utf-8", "replace"  # damaged, not another encoding: those do not look like UTF-8 by chance
    return _likeliest(data), "replace"


def _utf16_without_mark(data: bytes) -> str:
    """English text in UTF-16 has a zero in nearly every second byte, and never in the others."""
    half = len(data) // 2
    even, odd = data[0::2].count(0), data[1::2].count(0)
    if odd > 0.4 * half and even == 0:
        return "utf-16-le"
    if even > 0.4 * half and odd == 0:
        return "utf-16-be"
    raise ArticleError("binary content, not text: it holds NUL bytes")


def _count_beyond_ascii(text: str) -> tuple[int, int]:
    """How many characters beyond ASCII were valid UTF-8, and how many bytes were not (escaped)."""
    bad = len(re.findall("[\udc80-\udcff]", text))
    return len(re.findall(r"[^\x00-\x7f]", text)) - bad, bad


def _declared(data: bytes, *, whole: bool) -> str | None:
    """The charset that an HTML or XML file names, if its bytes bear it out."""
    match = _DECLARATION.search(data[:4096])
    if match is None:
        return None
    name = match[1].decode("ascii")
    try:
        b"ab".decode(name)  # refuses what is a codec and no charset
        name = codecs.lookup(name).name
        if name.startswith(("utf-16", "utf-32")):
            return None  # the declaration could not have been found in it
        if name in ("iso8859-1", "ascii"):
            name = "cp1252"  # as every browser reads them
        codecs.getincrementaldecoder(name)("strict").decode(data, final=whole)
    except (LookupError, UnicodeError):
        return None
    return name


def _likeliest(data: bytes) -> str:
    if _looks_western(data):
        return "cp1252"
    from charset_normalizer import from_bytes

    # what lies around the first letters beyond ASCII says more than an English beginning
    first = next((i for i, byte in enumerate(data) if byte > 127), 0)
    best = from_bytes(data[max(0, first - 1000) : first + _SAMPLE]).best()
    if best is None:
        raise ArticleError(
            "binary content, or an unknown encoding: neither UTF-8 nor any other fits. If it is text, name"
            " its encoding with the option encoding"
        )
    return best.encoding


def _looks_western(data: bytes) -> bool:
    """English with the quotation marks, dashes and accents of Windows, of which statistics see too few."""
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return False
    odd = re.search(
        r"[^\x00-\x7f“”‘’‚„…–—•€£§©®°«»\xa0À-ÿ]|[ÐÝÞðýþ×÷]"  # what cp1252 has, and English news does not
        r"|[À-ÿ]{3}"  # whole words of such letters are Cyrillic, Greek or Arabic
        r"|[^\W\d_][£§©®°«»€•…][^\W\d_]|\w[“„«][a-z]",  # a sign within a word is a letter elsewhere
        text,
    )
    return odd is None


def stream_encoding(opened: Callable[[], BinaryIO], encoding: str | None = None) -> tuple[str, str]:
    """As `detect`, for a stream of any length, of which no more than a piece is held at a time."""
    sample = next(_pieces(opened), b"")
    name, errors = detect(sample, encoding, whole=len(sample) < _SAMPLE)
    if name != "utf-8" or encoding is not None:
        return name, errors
    # the rest decides between UTF-8, damaged UTF-8, and an encoding that the beginning did not show
    strict = codecs.getincrementaldecoder("utf-8")("strict")
    try:
        for piece in _pieces(opened):
            strict.decode(piece)
    except UnicodeDecodeError:
        pass
    else:
        return "utf-8", "strict"
    lenient = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    good, bad, odd = 0, 0, sample
    for piece in _pieces(opened):
        counts = _count_beyond_ascii(lenient.decode(piece))
        good, bad = good + counts[0], bad + counts[1]
        odd = piece if counts[1] else odd
    return ("utf-8", "replace") if good > bad else (_likeliest(odd), "replace")


def _pieces(opened: Callable[[], BinaryIO]) -> Iterator[bytes]:
    with opened() as file, suppress(ArticleError):  # a damaged stream is told where it is read
        while piece := file.read(_SAMPLE):
            yield piece
