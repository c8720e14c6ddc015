"""What cannot be read is rejected with a plain reason; the rest go on, and nothing escapes."""

from __future__ import annotations

import errno
import json
import os
import random
import re
import zlib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conflictstats.articles import fields, read_articles
from conflictstats.records import Article, Reject

PROSE = "At least 11 people were killed and 27 wounded on Wednesday, the governor said."
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256))


def write(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def reason(path: Path, **options: Any) -> str:
    (item,) = read_articles(path, **options)
    assert isinstance(item, Reject)
    assert item.path == path.name
    return item.reason


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.txt", b"", "an empty file"),
        ("a.csv", b"", "no rows"),
        ("a.jsonl", b"", "no rows"),
        ("a.parquet", b"", "not a Parquet file"),
        ("a.txt", b" \n\n\t", "no text"),
        ("a.txt", b" date 2023-08-06 \n", "no text"),
        ("a.md", b"---\ntitle: T\n---\n", "no text"),
        ("a.txt", b"\xef\xbb\xbf", "no text"),
        # files of other kinds under a text's name
        ("a.txt", PNG, "a PNG picture"),
        ("a.html", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "a PDF document"),
        ("a.csv", b"PK\x03\x04\x14\x00", "a zip archive or office document"),
        ("a.xml", b"\x1f\x8b\x08\x00", "a gzip archive"),
        ("a.txt", b"12 killed\x00\x00\x01\x02", "binary content"),
        ("a.txt", b"\x01\x02\x03\x04\x05 12 killed \x06\x07", "binary content"),
        ("a.txt", zlib.compress(random.Random(1).randbytes(5000)).replace(b"\0", b"\1"), "binary content"),
        ("a.parquet", b"PAR1 and no more", "not a Parquet file"),
        ("a.html", b"<html><body><script>1</script></body></html>", "no text"),
        ("a.html", b"<!-- nothing -->", "no text"),
        ("a.xml", b"<urlset><url>1</url></urlset>", "not an RSS or Atom feed"),
        ("a.xml", b"not XML at all", "not an RSS or Atom feed"),
        ("a.rss", b"<rss version='2.0'><channel></channel></rss>", "a feed without entries"),
        ("a.csv", b"when,where\n1,2\n", "no column of text; there are: 'when', 'where'.*columns"),
        ("a.jsonl", b'{"when": 1}\n', "no column of text; there are: 'when'"),
    ],
)
def test_a_file_without_articles_says_why(tmp_path: Path, name: str, content: bytes, words: str) -> None:
    assert re.search(words, reason(write(tmp_path / name, content)))


def test_the_rest_go_on(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", PROSE)
    write(tmp_path / "b.txt", PNG)
    write(tmp_path / "c.txt", PROSE)
    write(tmp_path / "d.parquet", b"no")
    write(tmp_path / "e.html", f"<p>{PROSE}</p>")
    items = list(read_articles(tmp_path))
    assert [(item.path if isinstance(item, Reject) else item.article_id) for item in items] == [
        "a.txt", "b.txt", "c.txt", "d.parquet", "e.html",
    ]  # fmt: skip
    assert [type(item) for item in items] == [Article, Reject, Article, Reject, Article]


def test_a_broken_row_does_not_stop_the_others(tmp_path: Path) -> None:
    lines = [
        '{"text": "11 killed"}', "{broken", "[1, 2]", "", '{"text": null}', '{"text": 12}', "[" * 100_000,
        '{"text": "  "}', '{"text": "12\\u0000"}', '{"text": "a \\ud800 b"}', '{"other": 1}', "9" * 5000,
        '{"text": "11 killed"}',
    ]  # fmt: skip
    items = list(read_articles(write(tmp_path / "t.jsonl", "\n".join(lines))))
    assert [(i.path, i.reason) for i in items if isinstance(i, Reject)] == [
        ("t.jsonl#2", "not valid JSON: Expecting property name enclosed in double quotes"),
        ("t.jsonl#3", "a JSON list, not an object with keys"),
        ("t.jsonl#5", "no text in its 'text'"),
        ("t.jsonl#6", "its 'text' holds no text but int"),
        ("t.jsonl#7", "not valid JSON: nested too deeply, or a number of too many digits"),
        ("t.jsonl#8", "no text in it"),
        ("t.jsonl#9", "binary content, not text: it holds NUL characters"),
        ("t.jsonl#11", "no text in its 'text'"),
        ("t.jsonl#12", "not valid JSON: nested too deeply, or a number of too many digits"),
    ]
    articles = [i for i in items if isinstance(i, Article)]
    assert [a.article_id for a in articles] == ["t.jsonl#1", "t.jsonl#10", "t.jsonl#13"]
    # half a surrogate pair could not be written to any file
    assert articles[1].text == "a \ufffd b"


def test_all_lines_broken(tmp_path: Path) -> None:
    items = list(read_articles(write(tmp_path / "t.jsonl", "{\n" * 50)))
    assert len(items) == 50 and all(isinstance(item, Reject) for item in items)


def test_csv_rows_that_do_not_fit_the_header(tmp_path: Path) -> None:
    content = f'id,text\n1,"{PROSE}"\n2\n3,a,b\n\n4,\n5,"{PROSE}"\n6,"unclosed\n7,{PROSE}\n'
    items = list(read_articles(write(tmp_path / "t.csv", content)))
    assert [i.article_id for i in items if isinstance(i, Article)][:2] == ["t.csv#1", "t.csv#5"]
    rejected = {i.path: i.reason for i in items if isinstance(i, Reject)}
    assert rejected["t.csv#2"].startswith("1 cells where the header has 2")
    assert rejected["t.csv#3"].startswith("3 cells where the header has 2")
    assert rejected["t.csv#4"] == "no text in its 'text'"


def test_a_damaged_parquet_file_gives_what_comes_before_the_damage(tmp_path: Path) -> None:
    import pandas as pd

    path = tmp_path / "t.parquet"
    rng = random.Random(7)
    texts = [f"{n} killed: " + "".join(rng.choices("abcdefghij ", k=400)) for n in range(2000)]
    pd.DataFrame({"text": texts}).to_parquet(path, row_group_size=500, compression=None)
    data = bytearray(path.read_bytes())
    middle = len(data) // 2
    data[middle : middle + 20_000] = b"\xff" * 20_000
    path.write_bytes(bytes(data))
    items = list(read_articles(path))
    assert isinstance(items[0], Article)
    assert any(isinstance(item, Reject) for item in items)


def test_over_large_is_refused_without_being_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    huge = tmp_path / "huge.txt"
    with huge.open("wb") as file:
        file.truncate(10_000_000_000)  # sparse: takes no room
    assert reason(huge) == "over-large: more than 20,000,000 bytes; an article or page has up to that"


def test_over_large_rows_are_refused_and_the_rest_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("conflictstats.articles.rows.LIMIT", 1000)
    monkeypatch.setattr("conflictstats.articles.rows._LINE_LIMIT", 2000)
    rows = [{"id": n, "text": size * "a "} for n, size in enumerate((10, 600, 5000, 10))]
    path = write(tmp_path / "t.jsonl", "\n".join(map(json.dumps, rows)))
    items = list(read_articles(path))
    assert [type(item) for item in items] == [Article, Reject, Reject, Article]
    assert all("over-large" in item.reason for item in items if isinstance(item, Reject))


def test_a_forced_encoding_that_does_not_fit(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", "général".encode("cp1252"))
    assert reason(path, encoding="utf-8").startswith("not valid utf-8: invalid continuation byte")
    rows = "id,text\n" + "".join(f"{n},12 killed\n" for n in range(50_000))
    path = write(tmp_path / "t.csv", rows.encode() + "9,général\n".encode("cp1252"))
    items = list(read_articles(path, encoding="utf-8"))
    assert isinstance(items[0], Article) and isinstance(items[-1], Reject)
    assert "not valid utf-8 from here on" in items[-1].reason


# --- files that are more than bytes


def test_unknown_kinds_are_passed_over_in_folders_and_refused_by_name(tmp_path: Path) -> None:
    write(tmp_path / "a.docx", b"x")
    write(tmp_path / "noname", b"x")
    assert list(read_articles(tmp_path)) == []
    assert reason(tmp_path / "a.docx").startswith("unknown kind of file '.docx'; known: .txt, .md, .html")
    assert "'without a suffix'" in reason(tmp_path / "noname")


def test_links_out_of_the_input_are_not_followed(tmp_path: Path) -> None:
    secret = write(tmp_path / "outside" / "secret.txt", PROSE)
    folder = tmp_path / "in"
    write(folder / "a.txt", PROSE)
    (folder / "link.txt").symlink_to(secret)
    (folder / "folder").symlink_to(tmp_path / "outside")
    (folder / "broken.txt").symlink_to(folder / "nothing.txt")
    (folder / "loop").symlink_to(folder)
    (folder / "z.txt").symlink_to(folder / "a.txt")
    for paths in (folder, str(folder / "*"), str(folder / "**" / "*")):
        items = list(read_articles(paths))
        assert {item.article_id for item in items if isinstance(item, Article)} == {"a.txt"}, paths
        rejected = {item.path: item.reason for item in items if isinstance(item, Reject)}
        leaves = "a link that leaves the input folder; not followed"
        assert rejected["link.txt"] == leaves
        if paths == folder:
            assert rejected == {"link.txt": leaves, "folder": leaves, "broken.txt": "a broken link"}
    # a link that the user names is meant
    (item,) = read_articles(folder / "link.txt")
    assert isinstance(item, Article)


def test_what_would_block_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert reason(tmp_path / "pipe.txt") == "not a regular file"
    assert [item.reason for item in read_articles(tmp_path) if isinstance(item, Reject)] == [
        "not a regular file"
    ]


def test_what_may_not_be_read_is_rejected(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "a.txt", PROSE)
    locked = write(tmp_path / "b.txt", PROSE)
    opened = Path.open

    def refuse(self: Path, *args: Any, **kwargs: Any) -> Any:  # as root may read everything
        if self == locked:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(self))
        return opened(self, *args, **kwargs)

    monkeypatch.setattr(Path, "open", refuse)
    items = list(read_articles(tmp_path))
    assert items[1] == Reject("b.txt", "cannot be opened: permission denied")
    assert isinstance(items[0], Article)


def test_a_folder_that_may_not_be_listed_is_rejected(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "a" / "a.txt", PROSE)
    write(tmp_path / "b" / "b.txt", PROSE)
    listed = os.scandir

    def refuse(folder: Path) -> Any:
        if folder == tmp_path / "a":
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        return listed(folder)

    monkeypatch.setattr("conflictstats.articles.inputs.os.scandir", refuse)
    items = list(read_articles(tmp_path))
    assert items[0] == Reject("a", "cannot be listed: permission denied")
    assert isinstance(items[1], Article)


def test_a_file_that_vanishes_is_rejected(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", PROSE)
    items = read_articles(tmp_path)
    path.unlink()
    assert list(items) == [Reject("a.txt", "cannot be opened: no such file or directory")]


def test_names_that_are_no_utf8_become_ids_that_tables_can_hold(tmp_path: Path) -> None:
    try:
        (tmp_path / os.fsdecode(b"caf\xe9.txt")).write_text(PROSE)
    except OSError:
        pytest.skip("the file system takes UTF-8 names only")
    (item,) = read_articles(tmp_path)
    assert isinstance(item, Article) and item.article_id == "caf\ufffd.txt"


# --- files made to harm

ENTITIES = '<?xml version="1.0"?>\n<!DOCTYPE r [\n<!ENTITY l0 "lol">\n' + "".join(
    f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">\n' for n in range(1, 10)
)
RSS = "<rss version='2.0'><channel><item><description>12 killed {}</description></item></channel></rss>"
PAGE = "<html xmlns='http://www.w3.org/1999/xhtml'><body><p>12 killed {}</p></body></html>"


@pytest.mark.parametrize("template", [RSS, PAGE])
@pytest.mark.parametrize(
    ("entities", "body"),
    [
        (ENTITIES + "]>\n", "&l9;"),
        (ENTITIES.replace("\n", "") + "]>", "&l9;"),
        # one that swells without nesting
        (f'<?xml version="1.0"?>\n<!DOCTYPE r [\n<!ENTITY a "{"A" * 50_000}">\n]>\n', "&a;" * 20_000),
        (f"<?xml version=\"1.0\"?>\n<!DOCTYPE r [\n<!ENTITY a '{'>' * 50_000}'>\n]>\n", "&a;" * 20_000),
        ('<?xml version="1.0"?>\n<!DOCTYPE r [\n<!ENTITY x SYSTEM "file:///etc/passwd">\n]>\n', "&x;"),
        ('<?xml version="1.0"?>\n<!DOCTYPE r [\n<!ENTITY % x SYSTEM "file:///etc/passwd">\n%x;\n]>\n', "x"),
    ],
)
def test_entities_are_not_expanded(tmp_path: Path, template: str, entities: str, body: str) -> None:
    name = "a.xml" if template is RSS else "a.xhtml"
    (item,) = read_articles(write(tmp_path / name, entities + template.format(body)))
    if isinstance(item, Article):
        assert len(item.text) < 100 + len(body)
        assert "root:" not in item.text
        assert item.text.startswith("12 killed")


def test_a_feed_is_never_taken_for_an_address(tmp_path: Path) -> None:
    assert reason(write(tmp_path / "a.rss", "http://127.0.0.1:9/feed")).startswith("not an RSS or Atom feed")


@pytest.mark.parametrize("tag", ["div", "b", "table"])
def test_deep_nesting_ends_in_text_or_a_reason(tmp_path: Path, tag: str) -> None:
    page = f"<html><body>{f'<{tag}>' * 5000}12 killed{f'</{tag}>' * 5000}</body></html>"
    assert len(list(read_articles(write(tmp_path / "a.html", page)))) == 1


def test_markup_in_metadata_stays_data(tmp_path: Path) -> None:
    title = "<script>alert(1)</script> {{ x }} #eval $"
    (item,) = read_articles(write(tmp_path / "t.jsonl", json.dumps({"text": PROSE, "title": title})))
    assert isinstance(item, Article) and item.title == title


@settings(max_examples=60, deadline=None)
@given(
    st.binary(min_size=1, max_size=300),
    st.sampled_from([".txt", ".md", ".html", ".xml", ".jsonl", ".csv", ".parquet"]),
)
def test_no_bytes_escape(tmp_path_factory: pytest.TempPathFactory, data: bytes, suffix: str) -> None:
    path = write(tmp_path_factory.mktemp("any") / f"a{suffix}", data)
    for item in read_articles(path):
        assert isinstance(item, Article | Reject)
        if isinstance(item, Article):
            item.text.encode()  # whatever it is, it can be written
            assert item.text[item.body_start :].strip()


def test_the_limit_is_said_in_one_place() -> None:
    assert fields.LIMIT == 20_000_000
