"""`manifest.json`: what a run was made of, so that a figure in a report can be traced and the run repeated."""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from conflictstats.report import runs

if TYPE_CHECKING:
    from conflictstats.corpus import Corpus

# Versions of these decide what a report says and how it looks.
_PACKAGES = ("conflictstats", "spacy", "pandas", "matplotlib", "seaborn", "papermill", "nbconvert", "typst")


def write_manifest(
    work: Path,
    notebooks: Mapping[str, Mapping[str, Any]],
    corpus: Corpus | None,
    timings: Mapping[str, float],
    *,
    since: str | None = None,
    passed_over: int = 0,
) -> None:
    """Write down inputs, parameters, overrides, versions, files with their digests, timings and failures.

    Args:
        work: the folder of the run.
        notebooks: what there is to say of each: digest, parameters, failure, warnings.
        corpus: what was read; None if the notebooks take no articles.
        timings: seconds by step.
        since: the run since which articles are new, if old ones were passed over.
        passed_over: how many were.
    """
    from conflictstats.report.exporter import made_at

    manifest: dict[str, Any] = {
        "made": made_at().isoformat(),
        "versions": {"python": platform.python_version(), **_versions()},
        "notebooks": notebooks,
        "files": {
            path.relative_to(work).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(work.rglob("*"))
            if path.is_file() and path.suffix != ".ipynb"
        },
    }
    if since is not None:
        manifest["since"] = {"run": since, "inputs_read_before": passed_over}
    if corpus is not None:
        claims = corpus.claims
        manifest["extractor"] = str(claims["extractor"].iloc[0]) if len(claims) else None
        manifest["claims"] = len(claims)
        manifest["inputs"] = _rows(corpus.articles, ("article_id", "sha256", "published", "published_basis"))
        manifest["rejects"] = _rows(corpus.rejects, ("path", "reason"))
        manifest["dates"] = _rows(corpus.dates, tuple(corpus.dates.columns))
        manifest["corrections"] = _rows(corpus.corrections, tuple(corpus.corrections.columns))
    manifest["seconds"] = {name: round(value, 2) for name, value in timings.items()}
    (work / runs.MANIFEST).write_text(
        json.dumps(manifest, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )


def _versions() -> dict[str, str]:
    found = {}
    for package in _PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            found[package] = "unknown"
    return found


def _rows(table: Any, columns: Sequence[str]) -> list[dict[str, str | None]]:
    import pandas as pd

    def plain(value: Any) -> str | None:
        if pd.isna(value):
            return None
        return str(value)[:10] if isinstance(value, pd.Timestamp) else str(value)

    return [
        {name: plain(value) for name, value in zip(columns, row, strict=True)}
        for row in table[list(columns)].itertuples(index=False)
    ]
