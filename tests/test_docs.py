"""What the documentation tells people to type works, page by page, in a folder such as `conflictstats init` makes.

Blocks of one page run in their order: Python in one namespace, commands in a shell's place. A `code-block` with a
caption is a file of that name. Commands that set a machine up (make, pip, conda) are what CI itself begins with.
"""

from __future__ import annotations

import importlib.util
import re
import shlex
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import matplotlib.pyplot as plt
import pytest
import yaml
from click.testing import CliRunner

from conflictstats import cli
from conflictstats.report.starter import lay_out
from conflictstats.tables import CLAIM_COLUMNS

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
PAGES = sorted(
    path
    for path in (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *DOCS.glob("*.md"), *DOCS.glob("howto/*.md"))
    if "```" in path.read_text()
)
BLOCK = re.compile(r"^```(?:\{code-block\} )?(\w+)\n(?::caption: (\S+)\n)?(.*?)^```$", re.M | re.S)
SET_UP = ("make", "conda", "pip")
# The gold set of CONTRIBUTING.md lies in the repository, and reading it takes a minute.
ELSEWHERE = ("conflictstats evaluate",)
OUTCOMES = (0, 3)  # 3: done, and some inputs could not be read


def blocks(page: Path) -> Iterator[tuple[str, str | None, str]]:
    """Language, name of the file and text of each block of code."""
    for language, name, text in BLOCK.findall(page.read_text()):
        yield language, name or None, text


def commands(text: str) -> Iterator[str]:
    for line in text.replace("\\\n", " ").splitlines():
        for command in line.split(" && "):
            bare = re.sub(r"(^|\s)#.*", "", command).strip()
            if bare and not bare.startswith((*SET_UP, *ELSEWHERE)):
                yield bare


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_block_of_a_page_runs(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lay_out(tmp_path)
    for name in ("my/articles", "articles"):  # what the README and help call a user's own folder
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / "a.txt").write_text("Two people were killed in Kharkiv on Sunday.")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(plt, "show", lambda: None)
    space: dict[str, Any] = {}
    for language, name, text in blocks(page):
        if name is not None:
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(text)
        elif language == "python":
            exec(compile(text, str(page), "exec"), space)
        elif language in ("sh", "console"):
            for command in commands(text):
                run(command)
        else:
            assert language in ("text", "include", "toctree", "literalinclude"), f"{language}: who runs this?"
    plt.close("all")


def run(command: str) -> None:
    program, *words = shlex.split(command)
    assert program == "conflictstats", f"{command}: only our own commands can be run here"
    done = CliRunner().invoke(cli.main, words, catch_exceptions=False)
    assert done.exit_code in OUTCOMES, f"{command}: {done.output}"


def test_blocks_are_found_and_commands_split() -> None:
    # the checker itself: a block that it overlooks would pass
    text = "```python\na\n```\n\n```{code-block} text\n:caption: x.csv\n1\n```\n\n```sh\nb\n```\n"
    assert BLOCK.findall(text) == [("python", "", "a\n"), ("text", "x.csv", "1\n"), ("sh", "", "b\n")]
    assert list(commands("make test  # all\nconflictstats a \\\n  -b && conflictstats c # d\n")) == [
        "conflictstats a    -b",
        "conflictstats c",
    ]


# --------------------------------------------------------------------------- generated pages


@pytest.fixture(scope="module")
def generate() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate", DOCS / "generate.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["generate"] = module
    spec.loader.exec_module(module)
    return module


def test_every_column_is_described_in_the_order_of_the_table(generate: ModuleType) -> None:
    groups, meaning = generate.described()
    assert list(meaning) == list(CLAIM_COLUMNS)
    assert [name for names in groups.values() for name in names] == list(CLAIM_COLUMNS)


def test_pages_of_the_codebook_name_every_entry(generate: ModuleType) -> None:
    import conflictstats as cs

    codebook = cs.load_codebook()
    for page, entries in (
        (generate.hedges(codebook), codebook.hedges),
        (generate.wars(codebook), codebook.wars),
    ):
        text = "\n".join(page)
        assert [name for name in entries if f"| {name} |" not in text] == []
    commands_page = "\n".join(generate.commands())
    assert all(f"## conflictstats {name}\n" in commands_page for name in cli.main.commands)


def test_an_example_shows_what_it_is_read_as(generate: ModuleType) -> None:
    import conflictstats as cs

    shown = generate.marked("At least six people were killed.", "event", "killed", cs.load_codebook())
    assert shown == "**At least six** people were killed. → killed person, 6 or more."


# --------------------------------------------------------------------------- the papers of a project


def test_the_citation_and_the_changelog_know_the_version() -> None:
    import tomllib

    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text())
    assert citation["version"] == version
    assert citation["license"] == "MIT"
    assert f"## {version}\n" in (ROOT / "CHANGELOG.md").read_text()


def test_links_between_pages_lead_somewhere() -> None:
    made = {"claims-table", "events", "items", "hedges", "wars", "commands"}
    for page in (*DOCS.glob("*.md"), *DOCS.glob("howto/*.md"), ROOT / "README.md"):
        for target in re.findall(r"\]\(([^)#:]+\.(?:md|ipynb|png))\)", page.read_text()):
            path = page.parent / target
            assert path.exists() or (path.parent.name == "generated" and path.stem in made), (
                f"{page}: {target}"
            )
