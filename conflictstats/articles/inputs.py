"""Which files are meant: a file, a folder, a glob, or many; looked up from where a notebook may stand."""

from __future__ import annotations

import difflib
import glob
import itertools
import os
import posixpath
import stat
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from conflictstats.articles.buckets import files_at, is_address
from conflictstats.articles.dates import DATES_FILE
from conflictstats.errors import ArticleError

Paths = str | Path | Iterable[str | Path]

ARCHIVE_FILE = "archive.json"  # what makes a folder an archive: tables of claims, and no articles to read
# What lies in a folder of articles and is none
_NO_ARTICLES = {DATES_FILE, "corrections.csv"}


@dataclass(frozen=True, slots=True)
class Input:
    """A file to read: where it lies, and its path relative to the input that it belongs to, which is its id.

    `trouble` says why it cannot be read, where its name or kind alone tells. A file in a bucket has an `address`; its
    `path` and `root` are then names only, until it is fetched.
    """

    path: Path
    root: Path
    name: str
    named: bool  # given by its own name, not found in a folder
    trouble: str | None = None
    address: str | None = None
    size: int | None = None  # of a file in a bucket, in bytes
    # files beside it, or above it up to the root, that are no articles: by address, with their names below the root
    beside: Mapping[str, str] = field(default_factory=dict)


def find_input(path: str | Path) -> Path:
    """A file or folder; a relative path is sought in the working folder, then in its parents, nearest first.

    So that a notebook finds `seeds/` both from its own folder and from the one above.

    Raises:
        ArticleError: nothing of that name, with where it was looked for and the nearest name that is there.
    """
    wanted = Path(path).expanduser()
    here = Path.cwd()
    for folder in (here, *here.parents):
        if _exists(folder / wanted):
            return folder / wanted
    raise ArticleError(_nothing(wanted, here))


def find_files(paths: Paths, kinds: Iterable[str]) -> Iterator[Input]:
    """Every file of the given kinds (suffixes) among the inputs, once, in an order that only names decide.

    Raises:
        ArticleError: an input that is not there.
    """
    kinds = tuple(kinds)
    roots = [found for path in _each(paths) for found in _expand(path)]
    seen: set[str] = set()
    names: set[str] = set()
    for root in roots:
        for found in _below(root, kinds):
            real = found.address or os.path.realpath(found.path)
            if found.trouble is not None and found.address is None:
                real = str(found.path.absolute())
            if real in seen:
                continue
            seen.add(real)
            name = _unique(found, names)
            names.add(name)
            yield replace(found, name=name)


def _each(paths: Paths) -> list[str | Path]:
    given = [paths] if isinstance(paths, str | Path) else list(paths)
    if not given or any(not str(path).strip() for path in given):
        raise ArticleError("no input given; name a file, a folder or a glob such as 'articles/*.txt'")
    return given


def _expand(path: str | Path) -> list[Input]:
    """A path as given: itself, or what its glob matches; an address stands for all that lies there."""
    if is_address(path):
        return [Input(Path(), Path(), "", False, address=str(path))]
    wanted = Path(path).expanduser()
    here = Path.cwd()
    folders = (here, *here.parents)
    if glob.has_magic(str(path)) and not any(_exists(folder / wanted) for folder in folders):
        for folder in folders:
            hits = _matches(folder, wanted)
            if hits:
                return hits
        raise ArticleError(_nothing(wanted, here))
    found = find_input(path)
    if found.is_dir():
        return [Input(found, found, "", False)]
    return [Input(found, found.parent, found.name, True)]


def _matches(folder: Path, pattern: Path) -> list[Input]:
    """What a glob matches below a folder, without hidden files, as in a shell; `**` follows no links."""
    fixed = list(itertools.takewhile(lambda part: not glob.has_magic(part), pattern.parts[:-1]))
    root = folder.joinpath(*fixed)
    names = (hit.relative_to(root).as_posix() for hit in root.glob("/".join(pattern.parts[len(fixed) :])))
    return [
        Input(root / name, root, name, False)
        for name in sorted(names)
        if not any(part.startswith(".") for part in name.split("/"))
    ]


def _below(given: Input, kinds: tuple[str, ...]) -> Iterator[Input]:
    """The files of one expanded input: itself, or what a folder holds."""
    if given.address is not None:
        yield from _in_bucket(given.address, kinds)
        return
    if not given.path.is_dir():
        if given.named:
            yield _named(given, kinds)
        elif is_article(given.path.name, kinds):
            yield _checked(given)
        return
    if (given.path / ARCHIVE_FILE).is_file():
        yield replace(
            given, name=given.path.name, trouble="an archive of claims, not articles; open it by itself"
        )
        return
    if not given.named and given.path != given.root and given.path.is_symlink():
        yield from _link(given)
        return
    yield from _walk(given.path, given.root, kinds)


def _in_bucket(address: str, kinds: tuple[str, ...]) -> Iterator[Input]:
    """What `_walk` gives of a folder, in its order; a bucket has neither links nor files that are none."""
    there = files_at(address)
    root = Path("/", there.root.partition("://")[2].lstrip("/"))
    archives = {posixpath.dirname(name) for name in there.sizes if posixpath.basename(name) == ARCHIVE_FILE}
    for name, size in sorted(there.sizes.items(), key=lambda one: one[0].split("/")):
        folders = [parent.as_posix().removeprefix(".") for parent in PurePosixPath(name).parents]
        found = Input(root / name, root, name, there.named, address=there.address(name), size=size)
        if there.named:
            yield _named(found, kinds)
        elif "" in archives:
            yield replace(
                found, name=root.name, trouble="an archive of claims, not articles; open it by itself"
            )
            return
        elif (
            not archives.intersection(folders)
            and not any(part.startswith(".") for part in name.split("/"))
            and is_article(posixpath.basename(name), kinds)
        ):
            others = (posixpath.join(folder, other) for folder in folders for other in sorted(_NO_ARTICLES))
            beside = {there.address(other): other for other in others if other in there.sizes}
            yield replace(found, beside=beside)


def _walk(folder: Path, root: Path, kinds: tuple[str, ...]) -> Iterator[Input]:
    """Recursion by hand: os.walk says neither which link it passes over nor which folder it cannot list."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield _input(folder, root, f"cannot be listed: {(error.strerror or str(error)).lower()}")
        return
    for entry in entries:
        path = Path(entry.path)
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            if not (path / ARCHIVE_FILE).is_file():
                yield from _walk(path, root, kinds)
        elif entry.is_symlink() and path.is_dir():
            yield from _link(_input(path, root))
        elif is_article(entry.name, kinds):
            yield _checked(_input(path, root))


def _link(found: Input) -> Iterator[Input]:
    """A link to a folder: what lies within the input is met anyway, what lies outside is not followed."""
    if not _within(found.path, found.root):
        yield replace(found, trouble="a link that leaves the input folder; not followed")


def _checked(found: Input) -> Input:
    trouble = None
    if not _within(found.path, found.root):
        trouble = "a link that leaves the input folder; not followed"
    elif not _exists(found.path):
        trouble = "a broken link" if found.path.is_symlink() else "not there any more, or not to be read"
    elif not stat.S_ISREG(found.path.stat().st_mode):
        trouble = "not a regular file"
    return replace(found, trouble=trouble)


def _named(given: Input, kinds: tuple[str, ...]) -> Input:
    """A file given by name is read whatever it is called and wherever its link leads."""
    trouble = None
    if not _is_kind(given.path.name, kinds):
        trouble = (
            f"unknown kind of file {given.path.suffix or 'without a suffix'!r}; known: {', '.join(kinds)}"
            " and these packed as .gz"
        )
    elif given.address is None and not stat.S_ISREG(given.path.stat().st_mode):
        trouble = "not a regular file"
    return replace(given, trouble=trouble)


def is_article(name: str, kinds: tuple[str, ...]) -> bool:
    """Whether a file of that name, found in a folder or an archive, is meant as an article or a table of them."""
    return (
        _is_kind(name, kinds)
        and name.lower() not in _NO_ARTICLES
        and not name.startswith(".")
        and not name.lower().startswith("readme")
    )


def _is_kind(name: str, kinds: tuple[str, ...]) -> bool:
    plain = name.lower().removesuffix(".gz")
    return Path(plain).suffix in kinds and not (
        plain != name.lower() and plain.endswith((".zip", ".parquet"))
    )


def _input(path: Path, root: Path, trouble: str | None = None) -> Input:
    return Input(path, root, path.relative_to(root).as_posix(), False, trouble)


def _within(path: Path, root: Path) -> bool:
    return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(root))


def _unique(found: Input, taken: set[str]) -> str:
    """The path relative to the input, behind the folder's name where another input has such a file too."""
    # names that are not valid UTF-8 come with half surrogates, which no table can hold
    name = found.name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    if name not in taken:
        return name
    longer = f"{found.root.resolve().name}/{name}"
    number = 1
    candidate = longer
    while candidate in taken:
        number += 1
        candidate = f"{longer}~{number}"
    return candidate


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # a name too long, a parent that may not be read
        return False


def _nothing(wanted: Path, here: Path) -> str:
    if wanted.is_absolute():
        folder, where = wanted.parent, f"looked in {wanted.parent}"
    else:
        folder, where = (here / wanted).parent, f"looked in {here} and the folders above it"
    try:
        near = difflib.get_close_matches(wanted.name, sorted(path.name for path in folder.iterdir()), 1)
    except OSError:
        near = []
    hint = f" Did you mean {near[0]!r}?" if near else ""
    return f"no file or folder {str(wanted)!r}; {where}.{hint}"
