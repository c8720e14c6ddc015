"""Articles in every format, with their dates, ids and offsets."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflictstats.articles import date_notes, find_dates, find_input, read_articles, read_dates
from conflictstats.articles.dates import date_in_name, read_date
from conflictstats.errors import ArticleError
from conflictstats.records import Article, Reject

SEEDS = Path(__file__).parent.parent / "seeds"
PROSE = "At least 11 people were killed and 27 wounded on Wednesday, the governor said."


def read(paths: Any, **options: Any) -> list[Article]:
    """All articles; none may be rejected."""
    items = list(read_articles(paths, **options))
    assert not [item for item in items if isinstance(item, Reject)]
    return [item for item in items if isinstance(item, Article)]


def write(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def one(path: Path, content: str | bytes, **options: Any) -> Article:
    (article,) = read(write(path, content), **options)
    return article


# --- text and Markdown


@pytest.mark.parametrize(
    ("content", "published", "basis", "body"),
    [
        # as the seed article has it: the prose goes on in the header's line
        (f" date 2023-11-17 {PROSE}\n\nMore.", "2023-11-17", "header", PROSE),
        (f"Date: 2023-11-17\n\n{PROSE}", "2023-11-17", "header", PROSE),
        (f"\n date 2023-11-17T08:30:00+03:00\n{PROSE}", "2023-11-17", "header", PROSE),
        (PROSE, None, "none", PROSE),
        # a header that cannot be read is a header all the same, and holds no claims
        (f"date 2023-13-40 {PROSE}", None, "unreadable: 2023-13-40", PROSE),
        (f"date 4/5/2017 {PROSE}", None, "ambiguous: 4/5/2017", PROSE),
        ("Date palms: 12 trees burnt.", None, "none", "Date palms"),
        (f"---\ntitle: T\ndate: 2023-08-06\n---\n\n{PROSE}", "2023-08-06", "front matter", PROSE),
        (f"---\ndate: 2023-08-06 10:00:00 +0300\n---\n{PROSE}", "2023-08-06", "front matter", PROSE),
        (f"---\ntitle: T\n...\n{PROSE}", None, "none", PROSE),
        # a day that no month has: the rest of the front matter stands
        (f"---\ntitle: T\ndate: 2023-02-30\n---\n{PROSE}", None, "unreadable: 2023-02-30", PROSE),
        # what people write, and no YAML
        (f"---\ntitle: Kyiv: 70 drones\ndate: 2023-08-06\n---\n{PROSE}", "2023-08-06", "front matter", PROSE),
        # prose between two rules is no front matter
        (f"---\n{PROSE}\n---\nMore.", None, "none", "---"),
        (f"---\n- 12 killed\n- 13 killed\n---\n{PROSE}", None, "none", "---"),
        (f"----\n{PROSE}", None, "none", "----"),
    ],
)
def test_headers_and_front_matter_stay_in_the_text(
    tmp_path: Path, content: str, published: str | None, basis: str, body: str
) -> None:
    article = one(tmp_path / "a.txt", content)
    assert article.text == content
    assert article.published == (date.fromisoformat(published) if published else None)
    assert article.published_basis == basis
    assert article.text[article.body_start :].startswith(body)


def test_front_matter_tells_title_outlet_address_and_language(tmp_path: Path) -> None:
    article = one(
        tmp_path / "a.md",
        f"---\nheadline: 'Six: dead'\nsource: The  Daily\nlink: https://x.test/1\nlang: no\n---\n{PROSE}",
    )
    # `no` is Norwegian, which a YAML reader of types turns into False
    assert (article.title, article.outlet, article.url, article.language) == (
        "Six: dead",
        "The Daily",
        "https://x.test/1",
        "no",
    )


def test_front_matter_cannot_swell_or_make_objects(tmp_path: Path) -> None:
    levels = "".join(f"{chr(98 + n)}: &{chr(98 + n)} [*{chr(97 + n)}, *{chr(97 + n)}]\n" for n in range(24))
    article = one(tmp_path / "a.md", f"---\na: &a [x, x]\n{levels}title: T\n---\n{PROSE}")
    assert article.title == "T"
    article = one(tmp_path / "b.md", f"---\ntitle: !!python/object/apply:os.getcwd []\n---\n{PROSE}")
    assert article.title is None


texts = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\r\t"), min_size=1)
heads = st.sampled_from(["", " date 2023-11-17 ", "---\ntitle: T\n---\n", "---\r\ntitle: T\r\n---\r\n"])


@given(heads, texts, st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32"]))
def test_the_text_is_the_whole_file_with_universal_newlines(head: str, text: str, encoding: str) -> None:
    """Offsets count in it, whatever stands before the prose and however the file is encoded."""
    whole = f"{head}Killed: 12. {text}"
    data = whole.encode(encoding)
    with tempfile.TemporaryDirectory() as folder:
        path = write(Path(folder) / "a.txt", data)
        # without a mark, UTF-16 can be told from its zeros only where most letters are Latin: forced here
        item = next(read_articles(path, encoding="utf-16-le" if encoding == "utf-16-le" else None))
    assert isinstance(item, Article)
    assert item.text == whole.replace("\r\n", "\n").replace("\r", "\n")
    assert item.text[item.body_start :].startswith("Killed: 12.")


@pytest.mark.parametrize(
    ("words", "encoding"),
    [
        ("“68 drones” were shot down — Kyiv’s air force said.", "cp1252"),
        ("Six killed in Sévaré, Mopti région, the général said; 40 £ were stolen.", "cp1252"),
        ("Six were killed, said Сергей Шойгу, министр обороны России, in Moscow.", "cp1251"),
        ("Six killed, “many” wounded.", "utf-16-le"),
        ("Six killed, “many” wounded.", "utf-16-be"),
    ],
)
def test_other_encodings_are_recognised(tmp_path: Path, words: str, encoding: str) -> None:
    assert one(tmp_path / "a.txt", words.encode(encoding)).text == words


def test_a_declared_charset_counts_if_the_bytes_bear_it_out(tmp_path: Path) -> None:
    page = '<html><head><meta charset="{}"></head><body><p>Убито 12, сообщил Ґава.</p></body></html>'
    for charset in ("windows-1251", "koi8-u"):
        assert "Ґава" in one(tmp_path / "a.html", page.format(charset).encode(charset)).text
    # declared wrongly, as copied templates do
    assert "Ґава" in one(tmp_path / "b.html", page.format("windows-1251").encode()).text
    # what browsers take for Windows' superset of it
    quoted = '<meta charset="iso-8859-1"><p>“12 killed”</p>'.encode("cp1252")
    assert one(tmp_path / "c.html", quoted).text == "“12 killed”"


def test_damaged_utf8_is_marked_and_not_taken_for_another_encoding(tmp_path: Path) -> None:
    data = "“12 killed” – “13 wounded”".encode() + b"\xe2\x80 in Kyiv"
    assert one(tmp_path / "a.txt", data).text == "“12 killed” – “13 wounded”\ufffd in Kyiv"


def test_an_encoding_can_be_forced(tmp_path: Path) -> None:
    assert one(tmp_path / "a.txt", "12 killed: ї".encode("koi8-u"), encoding="koi8-u").text == "12 killed: ї"


# --- web pages

BODY = (
    "<nav><a href='/'>50 dead elsewhere</a></nav>"
    f"<article><p>{PROSE}</p><p>Six &amp; two more died.</p></article><footer>3 offices</footer>"
)
LINKED = '<script type="application/ld+json">{}</script>'


@pytest.mark.parametrize(
    ("head", "published", "basis"),
    [
        (LINKED.format('{"@type": "NewsArticle", "datePublished": "2023-08-06"}'), 6, "json-ld"),
        # the article's own date, not the page's
        (
            LINKED.format(
                '{"@graph": [{"@type": "WebPage", "datePublished": "2020-01-01"},'
                ' {"@type": ["NewsArticle"], "datePublished": "2023-08-06T23:30:00-04:00"}]}'
            ),
            6,
            "json-ld",
        ),
        (LINKED.format('[{"@type": "BlogPosting", "datePublished": "2023-08-06"}]'), 6, "json-ld"),
        # broken data are passed over
        (
            LINKED.format("{broken") + '<meta property="article:published_time" content="2023-08-05T10:00Z">',
            5,
            "open graph",
        ),
        (
            LINKED.format('{"@type": "NewsArticle", "datePublished": "today"}')
            + '<meta name="DC.date" content="2023-08-04">',
            4,
            "dc.date",
        ),
        ('<meta name="DCTERMS.issued" content="2023-08-04">', 4, "dc.date"),
        ('<meta name="dc:date" content="2023-08-04">', 4, "dc.date"),
        ('<meta name="pubdate" content="Sun, 06 Aug 2023 10:00:00 GMT">', 6, "meta date"),
        # the surest first, whatever the order in the page
        (
            '<meta name="DC.date" content="2023-08-04">'
            '<meta property="article:published_time" content="2023-08-05">',
            5,
            "open graph",
        ),
    ],
)
def test_pages_declare_their_date_in_many_ways(tmp_path: Path, head: str, published: int, basis: str) -> None:
    article = one(tmp_path / "a.html", f"<html><head>{head}</head><body>{BODY}</body></html>")
    assert (article.published, article.published_basis) == (date(2023, 8, published), basis)


def test_the_time_element_counts_last(tmp_path: Path) -> None:
    times = (
        '<time datetime="2023-08-01">old</time><article><time datetime="2023-08-07T01:00">a</time></article>'
    )
    article = one(tmp_path / "a.html", f"<html><body>{times}{BODY}</body></html>")
    assert (article.published, article.published_basis) == (date(2023, 8, 7), "time element")


def test_a_page_without_a_date_has_none(tmp_path: Path) -> None:
    article = one(
        tmp_path / "2023-08-07.html", f"<html><body>{BODY}<p>Updated yesterday 2023-08-05.</p></body></html>"
    )
    assert (article.published, article.published_basis) == (None, "none")


def test_a_page_gives_its_article_without_the_page_around_it(tmp_path: Path) -> None:
    head = (
        '<title>Six dead - The Daily</title><meta property="og:title" content="Six dead">'
        '<meta property="og:site_name" content="The Daily"><link rel="canonical" href="https://x.test/1">'
    )
    article = one(tmp_path / "a.html", f'<html lang="en-GB"><head>{head}</head><body>{BODY}</body></html>')
    # an empty line between paragraphs: a single newline may be a wrapped line
    assert article.text == f"{PROSE}\n\nSix & two more died."
    assert (article.title, article.outlet, article.url, article.language, article.body_start) == (
        "Six dead",
        "The Daily",
        "https://x.test/1",
        "en-GB",
        0,
    )


@pytest.mark.parametrize(
    "page", ["<p>Six <b>dead</b>.</p>", "Six dead.", "<div>Six<script>1 killed</script> dead.</div>"]
)
def test_short_pages_are_read_plainly(tmp_path: Path, page: str) -> None:
    assert one(tmp_path / "a.htm", page).text == "Six dead."


def test_xhtml_is_read_with_its_declarations_and_capitals(tmp_path: Path) -> None:
    article = one(
        tmp_path / "a.xhtml",
        '<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE html [<!ENTITY x "y">]><html'
        ' xmlns="http://www.w3.org/1999/xhtml"><head><meta name="DC.date" content="1990-01-03"/>'
        f"<title>T</title></head><body><p>{PROSE.upper()}</p></body></html>",
    )
    assert (article.text, article.published) == (PROSE.upper(), date(1990, 1, 3))


# --- tables

ROWS = [
    {"id": "7", "headline": "One", "content": PROSE, "date": "2023-08-06", "source": "The Daily"},
    {
        "id": "9",
        "headline": "Two",
        "content": "Line one.\r\nLine two, “quoted”.",
        "date": "4/5/2017",
        "source": "",
    },
]


def table(folder: Path, kind: str, rows: list[dict[str, Any]]) -> Path:
    import pandas as pd

    path = folder / f"t.{kind}"
    if kind == "jsonl":
        return write(path, "\n".join(map(json.dumps, rows)))
    df = pd.DataFrame(rows)
    if kind == "csv":
        df.to_csv(path, index=False)
    else:
        df.to_parquet(path)
    return path


@pytest.fixture(params=["jsonl", "csv", "parquet"])
def kind(request: pytest.FixtureRequest) -> Iterator[str]:
    yield request.param


@pytest.mark.parametrize(
    ("opening", "expected"),
    [
        (
            "Published October 2 2017 Three shells hit",
            "two dates: 2017-10-14 in its column, 2017-10-02 in its text",
        ),
        ("Wed Oct 18 2017 Three shells hit", "two dates: 2017-10-14 in its column, 2017-10-18 in its text"),
        (
            "27.10.2017(updated 17:05) Three shells",
            "two dates: 2017-10-14 in its column, 2017-10-27 in its text",
        ),
        (
            "Three hurt in Homs Reuters Monday 2 Oct 2017 Three shells",
            "two dates: 2017-10-14 in its column, 2017-10-02 in its text",
        ),
        ("Three hurt On Monday 2 Oct 2017 Three shells", "column date"),
        ("13 October 2017 Three shells hit", "column date"),  # printed the evening before
        (
            "10/11/2017 Three shells hit",
            "two dates: 2017-10-14 in its column, 2017-10-11 or 2017-11-10 in its text",
        ),
        ("10/14/2017 Three shells hit", "column date"),
        # prose, which may begin with any day
        ("2 October 2017 was the worst day", "column date"),
        ("On 2 October 2017 Aleppo was shelled", "column date"),
        ("Three shells hit the town on 2 October 2017.", "column date"),
    ],
)
def test_a_table_that_dates_an_article_otherwise_than_its_text_dates_nothing(
    tmp_path: Path, opening: str, expected: str
) -> None:
    [article] = read(table(tmp_path, "csv", [{"id": 1, "text": f"{opening} {PROSE}", "date": "2017-10-14"}]))
    assert article.published_basis == expected
    assert article.published == (date(2017, 10, 14) if expected == "column date" else None)


@pytest.mark.parametrize(
    ("column", "opening", "expected"),
    [
        ("4/5/2017", "Wed 05 Apr 2017 Three shells hit", date(2017, 4, 5)),
        ("4/5/2017", "Published May 4 2017 Three shells hit", date(2017, 5, 4)),
        ("4/5/2017", "5 May 2017 Three shells hit", date(2017, 5, 4)),  # put online a day later
        ("4/5/2017", "12 August 2017 Three shells hit", None),
        ("4/5/2017", "Three shells hit on 5 April 2017", None),
    ],
)
def test_a_text_settles_which_number_of_a_tables_date_is_the_month(
    tmp_path: Path, column: str, opening: str, expected: date | None
) -> None:
    [article] = read(table(tmp_path, "csv", [{"id": 1, "text": f"{opening} {PROSE}", "date": column}]))
    assert article.published == expected
    assert article.published_basis == (
        "column date, in the order that its text tells" if expected else "ambiguous: 4/5/2017"
    )


@pytest.mark.parametrize(
    ("top", "expected"),
    [
        ("Two hurt in blast\n\nPublished: July 15, 2023\n\n", date(2023, 7, 15)),
        ("Two hurt in blast\nPublished On 29 Apr 2022\n", date(2022, 4, 29)),
        ("Two hurt in blast\n- Published\n27 February 2018\n", date(2018, 2, 27)),
        (
            "Two hurt in blast\nStaff | Updated: 22-04-2021 12:03 IST | Created: 21-04-2021 19:00 IST\n",
            date(2021, 4, 21),
        ),
        ("Two hurt in blast\n\nBy Ana Cruz, Jr.\n\nMay 14, 2018\n\n", date(2018, 5, 14)),
        ("Two hurt in blast\nSaturday, 27 August 2016 11:55\n\n", date(2016, 8, 27)),
        ("Two hurt in blast\n\nCOLOMBO, March 20, 2007 (AFP) – ", date(2007, 3, 20)),
        # today's date at the top of a copied page, a related article's, prose, and one that may be two days
        ("Two hurt in blast\n| 2 March 2024, Saturday |\n", None),
        ("FRIDAY, April 19, 2024\nTwo hurt in blast\n", None),
        ("Two hurt in blast\n- Published11 January 2018\n", None),
        ("A video posted on 3 May 2024 shows the blast.\n", None),
        ("Two hurt in blast\nPublished: 4/5/2017\n", None),
        ("Two hurt in blast\nPosted May 3, 2024\nPosted May 4, 2024\n", None),
    ],
)
def test_a_text_without_a_date_of_its_own_is_of_the_day_of_its_stamp(
    tmp_path: Path, top: str, expected: date | None
) -> None:
    [article] = read(write(tmp_path / "a.txt", top + PROSE))
    assert article.published == expected
    assert (article.published_basis == "its text") == (expected is not None)


def test_the_day_that_a_user_gives_goes_before_the_stamp_of_a_text(tmp_path: Path) -> None:
    path = write(tmp_path / "2024-01-05-a.txt", f"Published: July 15, 2023\n{PROSE}")
    [article] = read(path, published="name")
    assert article.published == date(2024, 1, 5)


def test_every_kind_of_table_gives_the_same_articles(tmp_path: Path, kind: str) -> None:
    first, second = read(table(tmp_path, kind, ROWS))
    assert first.article_id == f"t.{kind}#7"
    assert (first.text, first.title, first.outlet) == (PROSE, "One", "The Daily")
    assert (first.published, first.published_basis) == (date(2023, 8, 6), "column date")
    # newlines are universal in a cell too; 4/5/2017 is not guessed
    assert second.text == "Line one.\nLine two, “quoted”."
    assert (second.published, second.published_basis, second.outlet) == (None, "ambiguous: 4/5/2017", None)


def test_a_date_format_says_what_a_slashed_date_means(tmp_path: Path, kind: str) -> None:
    path = table(tmp_path, kind, ROWS)
    assert [a.published for a in read(path, date_format="%d/%m/%Y")] == [date(2023, 8, 6), date(2017, 5, 4)]
    assert [a.published for a in read(path, date_format="%m/%d/%Y")] == [date(2023, 8, 6), date(2017, 4, 5)]


def test_columns_can_be_named(tmp_path: Path, kind: str) -> None:
    path = table(tmp_path, kind, [{"Story so far": PROSE, "body": "not this", "day": "2023-08-06", "n": 3}])
    (article,) = read(path, columns={"text": "story so far", "published": "day", "id": "n"})
    assert (article.article_id, article.text, article.published) == (f"t.{kind}#3", PROSE, date(2023, 8, 6))


def test_a_misspelt_column_is_named_with_those_there_are(tmp_path: Path, kind: str) -> None:
    path = table(tmp_path, kind, ROWS)
    with pytest.raises(
        ArticleError, match=rf"t\.{kind}: no column 'contents'.*'headline', 'content', 'date'"
    ):
        list(read_articles(path, columns={"text": "contents"}))
    # found in a folder, it may be a table of something else
    assert [type(item) for item in read_articles(tmp_path, columns={"text": "contents"})] == [Reject]
    with pytest.raises(
        ArticleError, match=r"no field 'txet'; fields are: text, published.*Did you mean 'text'"
    ):
        read_articles(path, columns={"txet": "content"})


def test_row_ids_are_unique_and_the_same_every_time(tmp_path: Path, kind: str) -> None:
    rows = [{"id": i, "text": f"{PROSE} {n}"} for n, i in enumerate(["a", "a", None, "a~2", "a"])]
    ids = [a.article_id for a in read(table(tmp_path, kind, rows))]
    number = "3"  # of the row, where a row has no id
    assert ids == [f"t.{kind}#{key}" for key in ("a", "a~2", number, "a~2~2", "a~3")]


def test_parquet_dates_and_ids_keep_their_meaning(tmp_path: Path) -> None:
    import pandas as pd

    stamps = pd.to_datetime(["2023-08-06 23:59", None])
    pd.DataFrame({"article_id": [1.0, None], "text": [PROSE, PROSE], "publishedAt": stamps}).to_parquet(
        tmp_path / "t.parquet"
    )
    first, second = read(tmp_path / "t.parquet")
    assert (first.article_id, first.published) == ("t.parquet#1", date(2023, 8, 6))
    assert (second.article_id, second.published_basis) == ("t.parquet#2", "none")


def test_semicolons_and_other_encodings_in_csv(tmp_path: Path) -> None:
    data = "Datum;text;date\nx;Six killed, “two” wounded – général said;2023-08-06\n".encode("cp1252")
    (article,) = read(write(tmp_path / "t.csv", data))
    assert article.text == "Six killed, “two” wounded – général said"
    (article,) = read(write(tmp_path / "u.csv", "\ufefftext,date\nSix killed,2023-08-06\n".encode("utf-16")))
    assert (article.text, article.published) == ("Six killed", date(2023, 8, 6))


def test_a_header_line_in_a_cell_counts_where_the_column_says_nothing(tmp_path: Path) -> None:
    rows = [
        {"text": f" date 2023-11-17 {PROSE}", "date": ""},
        {"text": f" date 2023-11-17 {PROSE}", "date": "2023-08-07"},
    ]
    first, second = read(table(tmp_path, "csv", rows))
    assert (first.published, first.published_basis) == (date(2023, 11, 17), "header")
    assert (second.published, second.published_basis) == (date(2023, 8, 7), "column date")
    assert first.text[first.body_start :] == second.text[second.body_start :] == PROSE


def test_tables_are_streamed(tmp_path: Path) -> None:
    """The first article comes before the rest is parsed: a broken last line is not met yet."""
    path = write(
        tmp_path / "t.jsonl", "".join(json.dumps({"text": f"{n} killed"}) + "\n" for n in range(1000)) + "{"
    )
    items = read_articles(path)
    assert isinstance(next(items), Article)
    assert [type(item) for item in items].count(Reject) == 1


# --- feeds

RSS = f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0"><channel><title>The Daily</title><language>en</language>
<item><title>One &amp; all</title><link>https://x.test/1</link><guid>g1</guid>
<pubDate>Mon, 07 Aug 2023 00:30:00 +0300</pubDate>
<description>&lt;p&gt;{PROSE}&lt;/p&gt;
&lt;p&gt;Six &lt;b&gt;more&lt;/b&gt; died.&lt;/p&gt;</description></item>
<item><title>Two</title><description>Nobody died.</description></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>The Daily</title>
<entry><id>tag:1</id><title>One</title>
<updated>2023-08-08T00:00:00Z</updated><published>2023-08-07T22:00:00Z</published><summary>Short.</summary>
<content type="text">Fewer than 5 &lt; 10 were killed.</content></entry></feed>"""


def test_rss_gives_an_article_an_entry(tmp_path: Path) -> None:
    first, second = read(write(tmp_path / "f.rss", RSS))
    assert first.article_id == "f.rss#g1"
    assert first.text == f"{PROSE}\n\nSix more died."
    # the day where it was written, not in Greenwich
    assert (first.published, first.published_basis) == (date(2023, 8, 7), "feed")
    assert (first.title, first.outlet, first.url, first.language) == (
        "One & all",
        "The Daily",
        "https://x.test/1",
        "en",
    )
    assert (second.article_id, second.text, second.published_basis) == ("f.rss#2", "Nobody died.", "none")


def test_atom_takes_the_content_and_the_first_publication(tmp_path: Path) -> None:
    for name in ("f.atom", "f.xml"):
        (article,) = read(write(tmp_path / name, ATOM))
        assert (article.text, article.published) == ("Fewer than 5 < 10 were killed.", date(2023, 8, 7))


# --- dates


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2023-08-07", "2023-08-07"),
        ("2023-08-07T23:59:00-04:00", "2023-08-07"),
        ("2023-08-07 10:00", "2023-08-07"),
        ("20230807", "2023-08-07"),
        (20230807, "2023-08-07"),
        ("2023/8/7", "2023-08-07"),
        ("7 August 2023", "2023-08-07"),
        ("Mon, 7 Aug 2023 10:00:00 GMT", "2023-08-07"),
        ("Monday, August 7th, 2023", "2023-08-07"),
        ("07 Aug 23 10:00:00 GMT", "2023-08-07"),
        (date(2023, 8, 7), "2023-08-07"),
        (1691366400, "2023-08-07"),
        ("1691366400000", "2023-08-07"),
        # one order alone makes a date; or both the same
        ("4/25/2017", "2017-04-25"),
        ("25.04.2017 10:00", "2017-04-25"),
        ("5/5/2017", "2017-05-05"),
        ("4/5/2017", "ambiguous: 4/5/2017"),
        ("04.05.2017", "ambiguous: 04.05.2017"),
        ("4/5/17", "unreadable: 4/5/17"),
        ("13/13/2017", "unreadable: 13/13/2017"),
        ("2023-02-30", "unreadable: 2023-02-30"),
        ("yesterday", "unreadable: yesterday"),
        ("12", "unreadable: 12"),
        ("7-9 August 2023", "unreadable: 7-9 August 2023"),
    ],
)
def test_dates_are_read_and_never_guessed(value: Any, expected: str) -> None:
    try:
        found = read_date(value).isoformat()
    except ArticleError as error:
        found = str(error)
    assert found == expected


def test_a_date_against_its_format_is_not_bent(tmp_path: Path) -> None:
    # a day that month/day would make, under a format that says day/month: the format is wrong, or the row
    with pytest.raises(ArticleError, match=r"unreadable: 4/25/2017 \(not %d/%m/%Y\)"):
        read_date("4/25/2017", "%d/%m/%Y")
    assert read_date("2017-04-25", "%d/%m/%Y") == date(2017, 4, 25)


@pytest.mark.parametrize("date_format", ["%d/%m", "%q", "dd/mm/yyyy", "%H:%M", ""])
def test_a_format_that_tells_no_date_is_refused(date_format: str) -> None:
    with pytest.raises(ArticleError, match=r"does not tell a whole date.*%d/%m/%Y"):
        read_articles(SEEDS, date_format=date_format)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("2023-08-07", "2023-08-07"),
        ("tass_2023_08_07_briefing", "2023-08-07"),
        ("20230807-kyiv", "2023-08-07"),
        ("reuters.2023.08.07", "2023-08-07"),
        ("snapshot-20230807123000", "2023-08-07"),
        ("07-Aug-2023", "2023-08-07"),
        ("kyiv-7august2023", "2023-08-07"),
        ("August-7-2023-report", "2023-08-07"),
        ("25-04-2017", "2017-04-25"),
        ("04-05-2017", None),
        ("2023-08-01_2023-08-07", None),
        ("000_91ec7e60efdce552", None),
        ("report-120230807", None),
        ("2023-13-40", None),
        ("march-of-2000-men", None),
    ],
)
def test_dates_in_file_names(name: str, expected: str | None) -> None:
    found, _ = date_in_name(name)
    assert found == (date.fromisoformat(expected) if expected else None)


def test_published_dates_only_what_carries_no_date(tmp_path: Path) -> None:
    write(tmp_path / "2023-08-07 a.txt", PROSE)
    write(tmp_path / "2023-08-07 b.txt", f" date 2023-11-17 {PROSE}")
    write(tmp_path / "2023-08-07 c.txt", f" date 4/5/2017 {PROSE}")
    os.utime(tmp_path / "2023-08-07 a.txt", (1_600_000_000, 1_600_000_000))

    def dated(published: Any) -> list[tuple[str | None, str]]:
        return [
            (a.published.isoformat() if a.published else None, a.published_basis)
            for a in read(tmp_path, published=published)
        ]

    rest = [("2023-11-17", "header"), (None, "ambiguous: 4/5/2017")]
    assert dated(None) == [(None, "none"), *rest]
    assert dated("name") == [("2023-08-07", "file name"), *rest]
    assert dated("mtime") == [("2020-09-13", "file time"), *rest]
    assert dated("2024-01-02") == dated(date(2024, 1, 2)) == [("2024-01-02", "option"), *rest]
    with pytest.raises(ArticleError, match=r"published='today'.*YYYY-MM-DD, or 'name'.*or 'mtime'"):
        read_articles(tmp_path, published="today")


# --- dates.csv


def test_the_seed_article_gets_its_true_date(tmp_path: Path) -> None:
    name = "000_91ec7e60efdce552.txt"
    for paths in (SEEDS, SEEDS / name, str(SEEDS / "*.txt"), SEEDS.parent / "seeds"):
        article = next(a for a in read(paths) if a.article_id == name)
        assert (article.published, article.published_basis) == (date(2023, 8, 7), "dates.csv")
        assert article.override is not None and article.override.was == date(2023, 11, 17)
        assert article.override.was_basis == "header"
    for off in (None, ""):
        (article,) = read(SEEDS / name, dates=off)
        assert (article.published, article.published_basis) == (date(2023, 11, 17), "header")
    # the notes of a report
    notes = date_notes(read(SEEDS), find_dates(SEEDS))
    assert len(notes) == 1
    assert notes[0].startswith(f"{name}: 2023-11-17 → 2023-08-07, because: ")


def test_dates_csv_is_looked_for_beside_the_article_and_above_it(tmp_path: Path) -> None:
    write(
        tmp_path / "in" / "dates.csv",
        "article,published,reason\nsub/a.txt,2001-01-01,far\nb.txt,2002-02-02,name\n",
    )
    write(tmp_path / "in" / "sub" / "dates.csv", "article,published,reason\na.txt,2003-03-03,near\n")
    write(tmp_path / "in" / "sub" / "a.txt", PROSE)
    write(tmp_path / "in" / "sub" / "b.txt", PROSE)
    # the nearest wins, so that an article has the same date alone and among others
    for paths in (tmp_path / "in", tmp_path / "in" / "sub"):
        found = {a.article_id.rpartition("/")[2]: a.published for a in read(paths)}
        assert found["a.txt"] == date(2003, 3, 3)
    assert {a.article_id: a.published for a in read(tmp_path / "in")}["sub/b.txt"] == date(2002, 2, 2)
    # one that is given by name rules alone
    (a, _) = read(tmp_path / "in", dates=tmp_path / "in" / "dates.csv")
    assert a.published == date(2001, 1, 1)


def test_rows_are_re_dated_by_id_and_never_all_at_once(tmp_path: Path) -> None:
    table(tmp_path, "csv", ROWS)
    write(
        tmp_path / "dates.csv", "article,published,reason\nt.csv#9,2017-05-04,checked\nt.csv,2001-01-01,all\n"
    )
    first, second = read(tmp_path)
    assert (first.published_basis, second.published) == ("column date", date(2017, 5, 4))
    notes = date_notes([first, second], find_dates(tmp_path))
    assert notes[0] == "t.csv#9: undated → 2017-05-04, because: checked"
    assert "no article 't.csv' was found" in notes[1]


def test_overrides_without_an_article_are_reported(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", PROSE)
    write(tmp_path / "b.txt", PROSE)
    write(
        tmp_path / "dates.csv",
        "article,published,reason\na.txt,2001-01-01,x\nz.txt,2001-01-01,x\nb.txt,2001-01-01,x\n",
    )
    (note,) = date_notes(read(tmp_path / "a.txt"), find_dates(tmp_path / "a.txt"))[1:]
    # b.txt is there and was not asked for
    assert note == "dates.csv: no article 'z.txt' was found; correct the name there or remove the line"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("article,date\na.txt,2001-01-01\n", "no column published, reason"),
        ("", "no column article, published, reason"),
        (
            "article,published,reason\na.txt,1/2/2001,x\n",
            "line 2: published is '1/2/2001'; write a date as YYYY-MM-DD",
        ),
        ("article,published,reason\na.txt,2001-01-01,\n", "line 2: reason is empty"),
        ("article,published,reason\na.txt,2001-01-01,x, y\n", "line 2: 4 cells.*quotation marks"),
        (
            "article,published,reason\na.txt,2001-01-01,x\n\na.txt,2001-01-02,y\n",
            "line 4: a.txt stands already in line 2",
        ),
        ("\0", "cannot be read"),
    ],
)
def test_an_implausible_dates_csv_stops_with_file_and_line(tmp_path: Path, content: str, words: str) -> None:
    write(tmp_path / "a.txt", PROSE)
    path = write(tmp_path / "dates.csv", content)
    with pytest.raises(ArticleError, match=rf"dates\.csv.*{words}"):
        read_dates(path)
    with pytest.raises(ArticleError, match=words):
        list(read_articles(tmp_path))


# --- which files, under which ids


def test_folders_are_read_whole_in_order_and_without_what_is_no_article(tmp_path: Path) -> None:
    for name in ("b.txt", "a.md", "sub/c.txt", "sub/deep/d.htm", "E.TXT"):
        write(tmp_path / name, PROSE)
    for name in (
        "README.md",
        "sub/readme.txt",
        ".hidden.txt",
        ".git/x.txt",
        "picture.png",
        "notes.docx",
        "corrections.csv",
    ):
        write(tmp_path / name, PROSE)
    assert [a.article_id for a in read(tmp_path)] == ["E.TXT", "a.md", "b.txt", "sub/c.txt", "sub/deep/d.htm"]


def test_ids_do_not_depend_on_how_an_article_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "in" / "a.txt", PROSE)
    write(tmp_path / "in" / "sub" / "b.txt", PROSE)
    monkeypatch.chdir(tmp_path)

    def ids(paths: Any) -> list[str]:
        return [a.article_id for a in read(paths)]

    assert ids("in") == ids("in/") == ids(Path("in")) == ids("in/**/*.txt") == ["a.txt", "sub/b.txt"]
    assert ids("in/a.txt") == ids("in/*.txt") == ["a.txt"]
    # once, however often it is named
    assert ids(["in/a.txt", "in", "in/*"]) == ["a.txt", "sub/b.txt"]
    assert ids("in/*") == ["a.txt", "sub/b.txt"]


def test_two_files_never_share_an_id(tmp_path: Path) -> None:
    for folder in ("x", "y", "z/y"):
        write(tmp_path / folder / "a.txt", PROSE)
    articles = read([tmp_path / "x", tmp_path / "y", tmp_path / "z" / "y"])
    assert [a.article_id for a in articles] == ["a.txt", "y/a.txt", "y/a.txt~2"]


def test_paths_are_looked_up_from_the_nearest_parent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As a notebook does, which may run in its own folder or in the one above."""
    write(tmp_path / "seeds" / "a.txt", PROSE)
    (tmp_path / "notebooks" / "old").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "notebooks" / "old")
    assert find_input("seeds") == tmp_path / "seeds"
    assert [a.article_id for a in read("seeds")] == [a.article_id for a in read("seeds/*.txt")] == ["a.txt"]
    write(tmp_path / "notebooks" / "seeds" / "b.txt", PROSE)
    assert find_input("seeds") == tmp_path / "notebooks" / "seeds"


def test_a_name_with_brackets_is_a_name_if_it_is_there(tmp_path: Path) -> None:
    write(tmp_path / "a[1].txt", PROSE)
    assert [a.article_id for a in read(str(tmp_path / "a[1].txt"))] == ["a[1].txt"]


def test_what_is_not_there_is_said_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "seeds" / "a.txt", PROSE)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(
        ArticleError, match=r"no file or folder 'seedz'; looked in .* folders above.*mean 'seeds'"
    ):
        read_articles("seedz")
    with pytest.raises(ArticleError, match=r"'seeds/\*\.html'"):
        read_articles("seeds/*.html")
    for nothing in ("", [], [""]):
        with pytest.raises(ArticleError, match="no input given"):
            read_articles(nothing)
    with pytest.raises(ArticleError, match="unknown encoding 'utf-88'"):
        read_articles("seeds", encoding="utf-88")


def test_reading_twice_gives_the_same(tmp_path: Path) -> None:
    assert list(read_articles(SEEDS)) == list(read_articles(SEEDS))


def test_importing_the_reader_is_cheap() -> None:
    """The libraries of a format are loaded by the first file of it."""
    code = "import sys, conflictstats.articles; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    assert not {"trafilatura", "bs4", "feedparser", "pyarrow", "pandas", "yaml", "charset_normalizer"} & set(
        loaded
    )
