"""Corpora of any size, of sentences made up here: what reports are tried on (`make check-pdf`).

The wars, places and numbers are invented or stand in for real ones only by name; nothing in them happened.
"""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path

SENTENCES = (
    "{source} said that {about}{n} drones were launched at {place} on {day}.",
    "According to {source}, air defences shot down {m} of the {n} drones over {place} on {day}.",
    "{source} reported that at least {m} civilians were killed and {n} wounded in {place} on {day}.",
    "Up to {n} soldiers were killed near {place} on {day}, {source} said.",
    "{source} claimed that {m} tanks and {n} armoured vehicles were destroyed near {place} on {day}.",
    "Troops advanced {m} kilometres towards {place} on {day}, {source} said.",
    "{source} said {n} missiles hit {place} on {day}; officials there counted {m}.",
)
SOURCES = (
    "Ukraine's Air Force", "Ukraine's General Staff", "The Russian Defence Ministry", "Governor Oleh Syniehubov",
    "The Moscow-appointed governor Vladimir Saldo", "A United Nations monitoring mission",
    "The Генеральный штаб", "The spokesman إبراهيم حسن", "The reporter דוד כהן",
)  # fmt: skip
PLACES = ("Kharkiv", "Kherson", "Donetsk", "Odesa", "Kupiansk", "Bakhmut", "Zaporizhzhia", "Sumy")
ABOUT = ("", "", "about ", "more than ", "nearly ", "up to ")


def corpus(folder: Path, claims: int, *, seed: int = 7) -> Path:
    """Write articles into a folder that together make about so many claims; the same ones every time."""
    folder.mkdir(parents=True, exist_ok=True)
    chance = random.Random(seed)
    left, number = claims, 0
    while left > 0 or number == 0:
        number += 1
        when = date(2023, 8, 1) + timedelta(days=number % 28)
        sentences = []
        while left > 0 and len(sentences) < 6:
            form = chance.choice(SENTENCES) if left > 1 else SENTENCES[0]
            n = chance.randint(5, 400)
            sentences.append(
                form.format(
                    source=chance.choice(SOURCES), about=chance.choice(ABOUT), n=n, m=chance.randint(2, n - 1),
                    place=chance.choice(PLACES), day=(when - timedelta(days=chance.randint(0, 2))).strftime("%-d %B"),
                )
            )  # fmt: skip
            left -= 2 if "{m}" in form else 1
        words = "\n\n".join(sentences) or "The two leaders met and spoke about grain."
        head = f"---\ntitle: Report {number} of the invented wire\ndate: {when}\nsource: Sample wire {number % 5 + 1}\n---\n\n"
        (folder / f"report-{number:04d}.md").write_text(f"{head}{words}\n", encoding="utf-8")
    return folder
