"""What large stores hold: packed tables, feeds of any length, web archives, articles in other languages."""

from __future__ import annotations

import gzip
import itertools
import json
import stat
import zipfile
from pathlib import Path
from typing import Any

import pytest

from conflictstats.articles import read_articles
from conflictstats.articles.languages import other_language
from conflictstats.records import Article, Reject

PROSE = "At least 11 people were killed and 27 wounded on Wednesday, the governor said."
ROWS = [{"id": f"r{n}", "text": f"{n + 2} people were killed.", "date": "2023-08-07"} for n in range(300)]
LINES = "\n".join(map(json.dumps, ROWS)).encode()


def articles(path: Path, **options: Any) -> list[Article]:
    return [item for item in read_articles(path, **options) if isinstance(item, Article)]


def rejects(path: Path) -> dict[str, str]:
    return {item.path: item.reason for item in read_articles(path) if isinstance(item, Reject)}


def zipped(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name, data in members.items():
            target.writestr(name, data)
    return path


# --------------------------------------------------------------------------- packed


def test_packed_tables_are_read_as_unpacked_ones(tmp_path: Path) -> None:
    (tmp_path / "t.jsonl").write_bytes(LINES)
    (tmp_path / "t.jsonl.gz").write_bytes(gzip.compress(LINES))
    zipped(
        tmp_path / "t.zip",
        {"day/t.jsonl": LINES, "a.txt": PROSE.encode(), "notes.docx": b"x", "__MACOSX/._a.txt": b"x"},
    )
    (tmp_path / "page.html.gz").write_bytes(gzip.compress(f"<p>{PROSE}</p>".encode()))
    plain = articles(tmp_path / "t.jsonl")
    assert len(plain) == 300
    packed = articles(tmp_path / "t.jsonl.gz")
    assert [(a.article_id, a.text, a.published) for a in packed] == [
        (a.article_id.replace(".jsonl#", ".jsonl.gz#"), a.text, a.published) for a in plain
    ]
    inside = articles(tmp_path / "t.zip")
    assert [a.article_id for a in inside[:1] + inside[-1:]] == ["t.zip/day/t.jsonl#r0", "t.zip/a.txt"]
    assert len(inside) == 301 and not rejects(tmp_path)
    # in a folder, all of them
    assert len(articles(tmp_path)) == 300 + 300 + 301 + 1


def test_options_reach_what_is_packed(tmp_path: Path) -> None:
    path = zipped(
        tmp_path / "t.zip",
        {"t.csv": b"nr,body,day\n7,Two killed,25/4/2017\n", "2024-03-05.txt": PROSE.encode()},
    )
    found = articles(path, columns={"id": "nr", "text": "body", "published": "day"}, published="name")
    assert [(a.article_id, str(a.published)) for a in found] == [
        ("t.zip/t.csv#7", "2017-04-25"), ("t.zip/2024-03-05.txt", "2024-03-05"),
    ]  # fmt: skip


def test_a_damaged_pack_gives_what_comes_before_the_damage(tmp_path: Path) -> None:
    rows = [
        row | {"text": f"{row['text']} {n * 7919 % 104729} {n * 104729 % 7919}"}
        for n, row in enumerate(ROWS * 40)
    ]
    data = gzip.compress("\n".join(map(json.dumps, rows)).encode())
    path = tmp_path / "t.jsonl.gz"
    path.write_bytes(data[: len(data) // 2])
    assert len(articles(path)) > 1000
    assert rejects(path)["t.jsonl.gz"].startswith("damaged, the rest of it is not read")
    (tmp_path / "u.zip").write_bytes(b"PK\x03\x04 and no more")
    assert "not a zip archive" in rejects(tmp_path / "u.zip")["u.zip"]


def test_what_swells_beyond_any_text_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("conflictstats.articles.packed.LIMIT", 100_000)
    bomb = gzip.compress(LINES + b"\n" + b" " * 50_000_000)
    (tmp_path / "t.jsonl.gz").write_bytes(bomb)
    assert len(articles(tmp_path / "t.jsonl.gz")) == 300
    assert "unpacks to more than 200 times its size" in rejects(tmp_path / "t.jsonl.gz")["t.jsonl.gz"]
    path = zipped(tmp_path / "t.zip", {"a.txt": b" " * 50_000_000, "b.txt": PROSE.encode()})
    assert list(rejects(path)) == ["t.zip/a.txt"]
    assert [a.article_id for a in articles(path)] == ["t.zip/b.txt"]


def test_members_cannot_leave_their_archive(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    path = tmp_path / "in" / "t.zip"
    path.parent.mkdir()
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(path, "w") as target:
        for name in ("../secret.txt", "/etc/passwd.txt", "a/../../secret.txt", "C:\\secret.txt"):
            target.writestr(name, PROSE)
        target.writestr(link, str(tmp_path / "secret.txt"))
        target.writestr("inner.zip", b"PK\x03\x04")
        target.writestr("t.parquet", b"PAR1")
        target.writestr("good.txt", PROSE)
    before = sorted(tmp_path.rglob("*"))
    assert [a.article_id for a in articles(path)] == ["t.zip/good.txt"]
    reasons = rejects(path)
    assert sum("leaves the archive" in reason for reason in reasons.values()) == 4
    assert reasons["t.zip/link.txt"] == "a link in an archive; not followed"
    assert "unpack it yourself" in reasons["t.zip/t.parquet"]
    assert sorted(tmp_path.rglob("*")) == before


# --------------------------------------------------------------------------- feeds

ITEM = "<item><guid>g{n}</guid><title>T{n}</title><pubDate>Mon, 07 Aug 2023 10:00:00 GMT</pubDate><description>&lt;p&gt;{n} killed &amp;amp; more&lt;/p&gt;</description></item>"
ENTRY = "<entry><id>e{n}</id><title>T{n}</title><updated>2023-08-07T10:00:00Z</updated><content type='html'>{n} killed</content></entry>"
RSS = "<?xml version='1.0'?><rss version='2.0' xmlns:dc='http://purl.org/dc/elements/1.1/'><channel><title>The wire</title><language>en</language>{}</channel></rss>"
ATOM = "<feed xmlns='http://www.w3.org/2005/Atom'><title>The wire</title>{}</feed>"
RDF = "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/'><channel><title>The wire</title></channel>{}</rdf:RDF>"


@pytest.mark.parametrize(("feed", "item"), [(RSS, ITEM), (ATOM, ENTRY), (RDF, ITEM.replace("guid", "link"))])
def test_a_long_feed_is_read_like_a_short_one(
    tmp_path: Path, feed: str, item: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "f.xml"
    path.write_text(feed.format("".join(item.format(n=n) for n in range(130))))
    short = articles(path)
    assert len(short) == 130 and short[0].outlet == "The wire"
    monkeypatch.setattr("conflictstats.articles._LONG_FEED", 1000)
    assert articles(path) == short


def test_a_feed_is_drawn_no_further_than_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("conflictstats.articles._LONG_FEED", 1000)
    head, _, tail = RSS.partition("{}")
    path = tmp_path / "f.xml"
    with path.open("w") as file:
        file.write(head + "".join(ITEM.format(n=n) for n in range(5000)))
        file.write("<item><broken></item>" + tail)
    assert len(list(itertools.islice(read_articles(path), 3000))) == 3000  # the damage lies behind
    items = list(read_articles(path))
    assert sum(isinstance(item, Article) for item in items) == 5000
    assert isinstance(items[-1], Reject)
    assert items[-1].path == "f.xml#5001" and "not well-formed from here on" in items[-1].reason


def test_a_long_feed_expands_no_entities(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("conflictstats.articles._LONG_FEED", 100)
    (tmp_path / "secret").write_text("secret")
    head = f"<!DOCTYPE rss [<!ENTITY a '{'A' * 1000}'><!ENTITY b SYSTEM 'file://{tmp_path}/secret'>]>"
    item = "<item><description>12 killed &a;&a;&b;</description></item>"
    (tmp_path / "f.xml").write_text(head + RSS.split("?>")[1].format(item * 3))
    for item_ in read_articles(tmp_path / "f.xml"):
        if isinstance(item_, Article):
            assert "AAA" not in item_.text and "secret" not in item_.text


# --------------------------------------------------------------------------- web archives


def record(
    address: str, body: bytes, *, status: str = "200 OK", kind: str = "text/html; charset=utf-8"
) -> bytes:
    http = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>\r\n"
        f"WARC-Target-URI: {address}\r\nWARC-Date: 2023-08-09T00:00:00Z\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


PAGE = "<html><head><meta property='article:published_time' content='2023-08-07T10:00:00Z'></head><body><article><p>{}</p></article></body></html>"


@pytest.mark.parametrize("packed", [False, True])
def test_a_web_archive_gives_its_pages(tmp_path: Path, packed: bool) -> None:
    pytest.importorskip("fastwarc")
    records = [
        record("https://a.example/1", PAGE.format(PROSE).encode()),
        record("https://a.example/2", PAGE.format("Général: 12 killed.").encode("cp1252"), kind="text/html; charset=windows-1252"),
        record("https://a.example/gone", b"<p>no</p>", status="404 Not Found"),
        record("https://a.example/picture", b"\x89PNG", kind="image/png"),
        record("https://a.example/empty", b""),
        record("https://a.example/undated", f"<p>{PROSE}</p>".encode()),
    ]  # fmt: skip
    path = tmp_path / ("n.warc.gz" if packed else "n.warc")
    path.write_bytes(b"".join(map(gzip.compress, records)) if packed else b"".join(records))
    found = {a.article_id.partition("#")[2]: a for a in articles(path)}
    assert list(found) == ["https://a.example/1", "https://a.example/2", "https://a.example/undated"]
    assert str(found["https://a.example/1"].published) == "2023-08-07"
    assert "Général" in found["https://a.example/2"].text
    # the day of fetching is not that of publication
    assert found["https://a.example/undated"].published is None
    assert [reason for _, reason in sorted(rejects(path).items())] == [
        "an empty page", "no page: the server answered 404", "no page but image/png",
    ]  # fmt: skip


def test_no_web_archive_says_so(tmp_path: Path) -> None:
    pytest.importorskip("fastwarc")
    (tmp_path / "n.warc").write_bytes(b"something else\n" * 100)
    assert rejects(tmp_path)["n.warc"].startswith("damaged; the rest of it is not read")
    (tmp_path / "n.warc").write_bytes(b"")
    assert rejects(tmp_path) == {"n.warc": "no web archive, or one without pages"}


# --------------------------------------------------------------------------- languages

OTHERS = {
    "French": "Au moins onze personnes ont été tuées et vingt-sept blessées mercredi lorsque deux missiles ont frappé le centre de la ville, a déclaré le gouverneur de la région à des journalistes.",
    "German": "Mindestens elf Menschen wurden am Mittwoch getötet und siebenundzwanzig verletzt, als zwei Raketen das Zentrum der Stadt trafen, wie der Gouverneur der Region mitteilte.",
    "Spanish": "Al menos once personas murieron y veintisiete resultaron heridas el miércoles cuando dos misiles alcanzaron el centro de la ciudad, dijo a la prensa el gobernador de la región.",
    "Russian": "Не менее одиннадцати человек погибли и двадцать семь получили ранения в среду, когда две ракеты попали в центр города, сообщил журналистам губернатор области.",
    "Ukrainian": "Щонайменше одинадцять людей загинули і двадцять сім дістали поранення у середу, коли дві ракети влучили в центр міста, повідомив журналістам голова обласної адміністрації.",
    "Arabic": "قتل أحد عشر شخصا على الأقل وأصيب سبعة وعشرون آخرون بجروح يوم الأربعاء عندما أصاب صاروخان وسط المدينة، بحسب ما قال محافظ المنطقة للصحفيين في مؤتمر صحفي عقده مساء اليوم.",
    "Turkish": "Çarşamba günü iki füzenin kent merkezine isabet etmesi sonucu en az on bir kişi öldü, yirmi yedi kişi de yaralandı; bölge valisi gazetecilere yaptığı açıklamada bunları söyledi.",
}


@pytest.mark.parametrize("language", OTHERS)
def test_another_language_is_a_reject_that_names_it(tmp_path: Path, language: str) -> None:
    (tmp_path / "a.txt").write_text(OTHERS[language])
    (reason,) = rejects(tmp_path).values()
    assert reason.startswith(f"in {language} (") and reason.endswith("), not in English")


@pytest.mark.parametrize(
    "text",
    [
        PROSE,
        PROSE.upper() * 3,
        OTHERS["French"][:60],  # too short to tell
        "Killed: Хасан, Олена, Ганна, Юрій. " + PROSE,
        # one half in English: a bilingual bulletin
        OTHERS["Ukrainian"] * 8 + "\n\n" + PROSE * 20,
        "Personnel: 240,010 (+600); tanks: 4,214 (+9); APV: 8,197 (+12); artillery systems: 4,798 (+24); MLRS: 700 (+0); UAV: 3,999 (+15)",
        "Al-Shaddadi, Deir ez-Zor, Abu Kamal, Jisr al-Shughur, Khan Sheikhoun, Maarat al-Numan, Tal Abyad, Ras al-Ain: 14 raids.",
    ],
)
def test_english_and_what_cannot_be_told_are_read(text: str) -> None:
    assert other_language(text) is None


def test_a_row_in_another_language_does_not_stop_the_others(tmp_path: Path) -> None:
    rows = [{"text": PROSE}, {"text": OTHERS["German"]}, {"text": PROSE}]
    (tmp_path / "t.jsonl").write_text("\n".join(map(json.dumps, rows)))
    assert [a.article_id for a in articles(tmp_path)] == ["t.jsonl#1", "t.jsonl#3"]
    assert rejects(tmp_path) == {"t.jsonl#2": "in German (de), not in English"}
