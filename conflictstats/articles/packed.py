"""The content of a file, packed or not: read as a stream from its start, as often as a reader wants.

`.gz` files are one content under the name without it; a `.zip` is one for each member that is an article or a table.
What unpacks to far more than any text would is given up, and nothing is ever unpacked to the disk.
"""

from __future__ import annotations

import gzip
import io
import lzma
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Any, BinaryIO

from conflictstats.articles.fields import LIMIT
from conflictstats.articles.inputs import is_article
from conflictstats.errors import ArticleError

# News packs to a fifth, JSON lines that repeat themselves to a thirtieth.
_SWELLS = 200


@dataclass(frozen=True, slots=True)
class Content:
    """Bytes under a name; `path` is the file that they come from, `member` what they are called in it."""

    path: Path
    open: Callable[[], BinaryIO]
    member: str | None = None
    trouble: str | None = None

    @property
    def suffix(self) -> str:
        """What kind of file it is: `.jsonl` for `dump.jsonl.gz`."""
        return PurePosixPath((self.member or self.path.name).lower().removesuffix(".gz")).suffix

    @property
    def packed(self) -> bool:
        return self.member is not None or self.path.name.lower().endswith(".gz")


def contents(path: Path, kinds: tuple[str, ...]) -> Iterator[Content]:
    """The content of a file, or of each member of a zip that is of one of the kinds, in its order.

    Raises:
        ArticleError: the zip cannot be read.
    """
    name = path.name.lower()
    if name.endswith(".zip"):
        yield from _members(path, kinds)
    elif name.endswith(".gz"):
        yield Content(path, lambda: _unpacked(path))
    else:
        yield Content(path, lambda: path.open("rb"))


def _unpacked(path: Path) -> BinaryIO:
    file = gzip.open(path, "rb")  # noqa: SIM115 (closed with the stream around it)
    return io.BufferedReader(_Bounded(file, path.stat().st_size))


def _members(path: Path, kinds: tuple[str, ...]) -> Iterator[Content]:
    try:
        with zipfile.ZipFile(path) as packed:
            infos = packed.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error) as error:
        raise ArticleError(f"not a zip archive that can be read: {error}") from error
    for info in infos:
        parts = PurePosixPath(info.filename.replace("\\", "/")).parts
        if info.is_dir() or not is_article(parts[-1] if parts else "", kinds):
            continue
        if any(part.startswith((".", "__MACOSX")) and part != ".." for part in parts):
            continue
        trouble = None
        if ".." in parts or parts[0] == "/" or ":" in parts[0]:
            trouble = "a member whose path leaves the archive; not read"
        elif stat.S_ISLNK(info.external_attr >> 16):
            trouble = "a link in an archive; not followed"
        elif info.flag_bits & 1:
            trouble = "encrypted; unpack it yourself"
        elif parts[-1].lower().endswith((".zip", ".gz", ".parquet", ".warc")):
            trouble = f"a {PurePosixPath(parts[-1]).suffix} file in an archive; unpack it yourself"
        yield Content(path, _opener(path, info), "/".join(parts), trouble)


def _opener(path: Path, info: zipfile.ZipInfo) -> Callable[[], BinaryIO]:
    def opened() -> BinaryIO:
        packed = zipfile.ZipFile(path)
        try:
            member = packed.open(info)
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, struct.error) as error:
            raise ArticleError(f"cannot be unpacked: {error}") from error
        return io.BufferedReader(_Bounded(member, info.compress_size, packed))

    return opened


class _Bounded(io.RawIOBase):
    """An unpacked stream that ends with an error where it is damaged, or swells like no text does."""

    def __init__(
        self,
        stream: gzip.GzipFile | IO[bytes],
        size: int,
        *more: zipfile.ZipFile,
    ) -> None:
        self._stream, self._more = stream, more
        self._left = LIMIT + _SWELLS * size

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        try:
            data = self._stream.read(len(buffer))
        except (EOFError, zlib.error, lzma.LZMAError, zipfile.BadZipFile, gzip.BadGzipFile) as error:
            raise ArticleError(f"damaged, the rest of it is not read: {error}") from error
        self._left -= len(data)
        if self._left < 0:
            raise ArticleError(f"unpacks to more than {_SWELLS} times its size; the rest of it is not read")
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        self._stream.close()
        for packed in self._more:
            packed.close()
        super().close()
