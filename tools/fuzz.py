"""Hostile inputs by the thousand: `make fuzz`, or `python tools/fuzz.py [readers|quantities|articles] --minutes 60`.

- readers: bytes of every kind of file, broken, cut, crossed and repeated; whatever they are, articles or rejects with
  a reason come out, in bounded time.
- quantities: texts of numbers, words of numbers, hedges, units and signs of every script; each quantity stands where
  it says, with low ≤ best ≤ high.
- articles: paragraphs of the annotated articles (tune part) with words exchanged, lost and repeated, signs and numbers
  put in; each claim stands where it says, and keeps the contract of the table.

An input that breaks something is kept in `fuzz-found/`, and goes into a test when its cause is mended. With atheris
installed, `--guided` lets the coverage of readers and quantities choose the inputs.
"""

from __future__ import annotations

import argparse
import gzip
import io
import json
import random
import signal
import sys
import tempfile
import time
import traceback
import zipfile
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from conflictstats.codebook import Codebook
    from conflictstats.records import Claim

ROOT = Path(__file__).parent.parent
FOUND = Path("fuzz-found")
TOGETHER = 500  # claims whose table is checked at once
WAITING: list[Claim] = []
SLOW = 20  # seconds of processor time that one input of a few thousand characters may take

PROSE = (
    "At least 11 people were killed and 27 wounded in Kharkiv on Wednesday, governor Oleh Syniehubov said.",
    "Ukraine's Air Force said it shot down 68 of 70 Shahed drones overnight, and no fewer than three Kh-101 missiles.",
    "\u201cUp to 1,200 soldiers were lost,\u201d the Russian Defence Ministry claimed; Kyiv denied it.",
    "Between 20 and 30 tanks advanced nearly 2.5 kilometres towards Bakhmut between 3 and 5 August 2023.",
    "Dozens were wounded, among them two children and a 47-year-old woman; half a million people have no power.",
    "- Tanks: 4,214 (+9)\n- Personnel: 240,010 (+600)\n- UAV: 3,999 (+15)",
    "KYIV, March 3 (Sample wire) - THE ARMY SAID 14 GUERRILLAS WERE KILLED IN TWO CLASHES.",
)
PIECES = (
    *"0123456789", "1,000", "1.5", "10-20", "½", "²", "٣٤", "１２", "Ⅻ", "億", "-", "–", "—", "+", "±", "~", "≈", "<", "≥", "%", "$", "€", "°",
    "one", "twelve", "a hundred and", "million", "dozens of", "scores", "half", "no", "none of the", "at least", "up to", "nearly", "between",
    "and", "or", "to", "of", "of which", "killed", "wounded", "drones", "km", "square miles", "tonnes", "per cent", "people", "children",
    "said", "claimed", "denied", "on Monday", "since 24 February", "in Kharkiv", "near", "the", ",", ".", ";", ":", "(", ")", '"', "“", "”", "'",
    "\n", "\n\n", "\t", " ", "\u00a0", "\u200b", "\u200d", "\u200f", "\u202e", "\u202c", "\u2066", "\ufeff", "\u0301", "\x00", "\x1b", "🚀", "\ufffd",
    "…", "/", "\\", "#", "*", "_", "`", "<b>", "&amp;", "{{", "}}", "=cmd()",
)  # fmt: skip
JOINING = ("of", "among", "on", "by", "from", "and")


class SlowError(Exception):
    """An input took too long."""


def end(*_: object) -> None:
    raise SlowError(f"more than {SLOW} s")


# --------------------------------------------------------------------------- inputs


@cache
def prose() -> tuple[str, ...]:
    """What is mutated: the sentences above, and each paragraph with a figure of the annotated articles' tune part."""
    gold = ROOT / "tests" / "gold"
    parts = json.loads((gold / "split.json").read_text(encoding="utf-8"))
    texts = (
        (gold / name / f"{article}.txt").read_text(encoding="utf-8")
        for name in sorted(parts)
        for article in sorted(parts[name]["tune"])
    )
    paragraphs = (part.strip() for text in texts for part in text.split("\n\n"))
    return (*PROSE, *(part for part in paragraphs if any(map(str.isdigit, part))))


def texts(chance: random.Random) -> str:
    """Prose of ours, with words exchanged for others of the codebook, lost, repeated and put in."""
    words = " ".join(chance.choices(prose(), k=chance.choice((1, 1, 1, 2, 4)))).split(" ")
    for _ in range(chance.randint(0, 12)):
        at = chance.randrange(len(words) + 1)
        match chance.randrange(7):
            case 0:
                words.insert(at, chance.choice(PIECES))
            case 5 if words:
                words[at - 1] = chance.choice(vocabulary())
            case 6:
                one, other = chance.choices(vocabulary(), k=2)
                words[at:at] = [
                    chance.choice(("two", "12", "none", "30%")),
                    one,
                    chance.choice(JOINING),
                    "the",
                    other,
                ]
            case 1 if len(words) > 1:
                words.pop(at - 1)
            case 2:
                words[at:at] = words[at - 3 : at] * chance.randint(1, 9)
            case 3 if words:
                word = words[at - 1]
                cut = chance.randrange(len(word) + 1)
                words[at - 1] = word[:cut] + chance.choice(PIECES) + word[cut:]
            case _:
                chance.shuffle(
                    words
                ) if chance.random() < 0.1 else words.reverse() if chance.random() < 0.1 else None
    return " ".join(words)


@cache
def vocabulary() -> tuple[str, ...]:
    """The codebook's nouns and verbs, which meet in more ways than the annotated articles show."""
    from conflictstats.inflection import noun_forms, verb_forms

    nouns = {
        form
        for item in book().items.values()
        for word in (*item.words, *item.public)
        for form in noun_forms(word)
    }
    verbs = {form for deed in book().deeds.values() for verb in deed.verbs for form in verb_forms(verb)}
    return tuple(sorted(nouns | verbs))


def soup(chance: random.Random) -> str:
    """Numbers, words of numbers, hedges and signs, with and without spaces."""
    return chance.choice(("", " ", " ")).join(chance.choices(PIECES, k=chance.randint(1, 60)))


def files(chance: random.Random) -> tuple[str, bytes]:
    """A file of some kind, broken."""
    text = texts(chance)
    row = {
        "id": chance.choice(("a", "", None, 7)),
        "text": text,
        "date": chance.choice(("2023-08-07", "4/5/2017", text, None, -1)),
        "title": soup(chance),
    }
    lines = "\n".join(json.dumps(row) for _ in range(chance.randint(1, 5))).encode()
    page = f"<html lang='{soup(chance)}'><head><title>{soup(chance)}</title><meta property='article:published_time' content='{row['date']}'></head><body><article><p>{text}</p><div>{soup(chance)}</div></article></body></html>"
    feed = f"<?xml version='1.0'?><rss version='2.0'><channel><title>{soup(chance)}</title><item><guid>1</guid><pubDate>{row['date']}</pubDate><description>{text}</description></item></channel></rss>"
    kinds: dict[str, Callable[[], bytes]] = {
        ".txt": lambda: text.encode("utf-8", "surrogatepass"),
        ".md": lambda: f"---\ntitle: {soup(chance)}\ndate: {row['date']}\n---\n{text}".encode("utf-8", "surrogatepass"),
        ".html": lambda: page.encode(chance.choice(("utf-8", "cp1252", "utf-16")), "replace"),
        ".xml": lambda: feed.encode("utf-8", "replace"),
        ".jsonl": lambda: lines,
        ".csv": lambda: f'id,text,date\n1,"{text}",{row["date"]}\n2,{text},\n'.encode("utf-8", "replace"),
        ".jsonl.gz": lambda: gzip.compress(lines),
        ".zip": lambda: zipped({f"{soup(chance)}/a.txt": text.encode("utf-8", "replace"), "b.jsonl": lines}),
        ".parquet": parquet(text),
        ".warc": lambda: warc(page),
    }  # fmt: skip
    suffix = chance.choice(list(kinds))
    data = bytearray(kinds[suffix]())
    for _ in range(chance.choice((0, 1, 1, 2, 8))):
        at, length = chance.randrange(len(data) + 1), chance.choice((1, 2, 8, 200))
        match chance.randrange(5):
            case 0:
                del data[at : at + length]
            case 1:
                data[at : at + length] = chance.randbytes(length)
            case 2:
                data[at:at] = data[:length] * chance.randint(1, 30)
            case 3:
                data[at:at] = chance.choice(PIECES).encode("utf-8", "surrogatepass")
            case _:
                del data[at:]
    return suffix, bytes(data)


def zipped(members: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in members.items():
            packed.writestr(name.replace("\x00", ""), data)
    return target.getvalue()


def parquet(text: str) -> Callable[[], bytes]:
    def made() -> bytes:
        import pyarrow as pa
        from pyarrow import parquet as files_of

        target = io.BytesIO()
        files_of.write_table(pa.table({"text": [text.encode("utf-8", "replace").decode()] * 3}), target)
        return target.getvalue()

    return made


def warc(page: str) -> bytes:
    body = page.encode("utf-8", "replace")
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n" % len(body) + body
    head = b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:1>\r\nWARC-Target-URI: https://a.example/1\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n"
    return head % len(http) + http + b"\r\n\r\n"


# --------------------------------------------------------------------------- what must hold


def check_readers(suffix: str, data: bytes) -> int:
    from conflictstats.articles import read_articles
    from conflictstats.records import Article, Reject

    count = 0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "a" + suffix)
        path.write_bytes(data)
        before = sorted(Path(folder).rglob("*"))
        for item in read_articles(path):
            count += 1
            assert isinstance(item, Article | Reject)
            if isinstance(item, Article):
                for words in (item.article_id, item.text, item.title, item.outlet, item.url, item.language):
                    (words or "").encode()  # whatever it is, it can be written
                assert item.text[item.body_start :].strip()
            else:
                assert item.reason
                item.path.encode(), item.reason.encode()
        assert sorted(Path(folder).rglob("*")) == before, "a file was written"
    return count


def check_quantities(text: str) -> int:
    from conflictstats.quantities import read_quantities

    found = read_quantities(text, book())
    for one in found:
        assert text[one.start : one.end] == one.text and one.start < one.end, one
        assert not one.low > one.high and not one.low > one.best and not one.best > one.high, one
    return len(found)


def check_article(text: str, name: str = "a") -> int:
    from datetime import date

    from conflictstats.claims import read_claims
    from conflictstats.records import Article

    claims = read_claims(Article(name, text, published=date(2023, 8, 9)), book())
    for claim in claims:
        q = claim.quantity
        assert text[q.start : q.end] == q.text, q
        assert claim.sentence.start <= q.start and q.end <= claim.sentence.end, q
    WAITING.extend(claims)
    return len(claims)


def check_table() -> None:
    """The contract of the table, for the claims of many articles at once: a table's check costs three readings."""
    from conflictstats.tables import check_claims, claims_frame

    claims, WAITING[:] = WAITING[:], []
    check_claims(claims_frame(claims, "fuzz"), events=book().events, items=book().items)


@cache
def book() -> Codebook:
    from conflictstats.codebook import load_codebook

    return load_codebook()


# --------------------------------------------------------------------------- running


def keep(target: str, number: int, suffix: str, data: bytes, error: BaseException) -> None:
    FOUND.mkdir(exist_ok=True)
    (FOUND / f"{target}-{number}{suffix}").write_bytes(data)
    told = "".join(traceback.format_exception(error))
    (FOUND / f"{target}-{number}.why").write_text(told, encoding="utf-8")
    print(f"{target} {number}: {type(error).__name__}: {str(error)[:200]}", flush=True)


def run(target: str, minutes: float, count: int | None, seed: int) -> bool:
    """Try inputs until the time or the count is over; whether none broke anything."""
    chance = random.Random(seed)
    signal.signal(signal.SIGPROF, end)
    if target != "readers":
        check_article(PROSE[0])  # the model is loaded before the clock runs
    start, number, results, kinds = time.monotonic(), 0, 0, Counter[str]()
    slowest = 0.0
    while time.monotonic() - start < minutes * 60 and (count is None or number < count):
        number += 1
        suffix, data = ".txt", b""
        clock = time.process_time()
        signal.setitimer(signal.ITIMER_PROF, SLOW)
        try:
            if target == "readers":
                suffix, data = files(chance)
                results += check_readers(suffix, data)
            else:
                text = soup(chance) if target == "quantities" else texts(chance)
                data = text.encode("utf-8", "surrogatepass")
                if target == "quantities":
                    results += check_quantities(text)
                else:
                    results += check_article(text, f"a{number}")
                    if len(WAITING) >= TOGETHER:
                        check_table()
        except KeyboardInterrupt:
            break
        except BaseException as error:  # a panic of compiled code is no Exception
            signal.setitimer(signal.ITIMER_PROF, 0)
            place = traceback.extract_tb(error.__traceback__)[-1]
            kinds[f"{type(error).__name__} in {Path(place.filename).name}:{place.lineno}"] += 1
            if sum(kinds.values()) <= 50:
                keep(target, number, suffix, data, error)
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
        slowest = max(slowest, time.process_time() - clock)
        if number % 10_000 == 0:
            print(
                f"{target}: {number:,} so far, {results:,} results, {sum(kinds.values())} failed", flush=True
            )
    if WAITING:
        check_table()
    took = time.monotonic() - start
    print(
        f"{target}: {number:,} inputs in {took / 60:.1f} minutes, {results:,} results; the slowest took {slowest:.1f} s;"
        f" {sum(kinds.values())} failed" + "".join(f"\n  {n} × {what}" for what, n in kinds.most_common())
    )
    return not kinds


def guided(target: str, minutes: float) -> None:
    import atheris

    with atheris.instrument_imports(include=["conflictstats"]):
        import conflictstats.articles
        import conflictstats.quantities.reader  # noqa: F401

    suffixes = (".txt", ".md", ".html", ".xml", ".jsonl", ".csv", ".zip")

    def one(data: bytes) -> None:
        if target == "readers":
            check_readers(suffixes[data[0] % len(suffixes)] if data else ".txt", data[1:])
        else:
            check_quantities(atheris.FuzzedDataProvider(data).ConsumeUnicodeNoSurrogates(2000))

    FOUND.mkdir(exist_ok=True)
    atheris.Setup(
        [
            sys.argv[0],
            f"-max_total_time={int(minutes * 60)}",
            f"-timeout={SLOW}",
            f"-artifact_prefix={FOUND}/",
        ],
        one,
    )
    atheris.Fuzz()


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("targets", nargs="*", default=["readers", "quantities", "articles"])
    parser.add_argument("--minutes", type=float, default=20, help="for each target")
    parser.add_argument("--count", type=int, help="or so many inputs of each")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--guided", action="store_true", help="by coverage; needs atheris, and one target")
    chosen = parser.parse_args()
    if chosen.guided:
        guided(chosen.targets[0], chosen.minutes)
    held = [run(target, chosen.minutes, chosen.count, chosen.seed) for target in chosen.targets]
    sys.exit(not all(held))
