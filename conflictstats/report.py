"""Notebooks in, PDF reports out: parameters checked, articles read once, notebooks run side by side.

A run is made in a folder of its own and moved into place whole (see `runs`); when anything fails, the last
good report stays where it is.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import re
import sys
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from conflictstats import runs
from conflictstats.errors import ArticleError, ConflictstatsError, ParameterError, ReportError
from conflictstats.parameters import Known, chosen, known
from conflictstats.starter import shipped

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from conflictstats.corpus import Corpus

DATA = "data"
PAPERS = ("a4", "us-letter")
# Versions of these decide what a report says and how it looks.
_PACKAGES = ("conflictstats", "spacy", "pandas", "matplotlib", "seaborn", "papermill", "nbconvert", "typst")


@dataclass(frozen=True)
class Run:
    """A run that went well: where it stands, its PDFs, and how many inputs were read or rejected."""

    folder: Path
    pdfs: list[Path]
    inputs: int
    rejects: int
    claims: int


@dataclass
class _Job:
    """One notebook of a run."""

    name: str
    notebook: NotebookNode
    sha256: str
    known: Known
    given: dict[str, Any] = field(default_factory=dict)
    failure: str | None = None
    warnings: list[str] = field(default_factory=list)
    seconds: float = 0.0

    def value(self, name: str) -> Any:
        return self.given.get(name, self.known[name][1])


def report(
    notebooks: Sequence[str | Path] | None = None,
    *,
    parameters: Mapping[str, Any] | None = None,
    out: str | Path = "reports",
    paper: str = "a4",
    timeout: int | None = None,
    keep: int | None = None,
    progress: bool = False,
) -> Run:
    """Run notebooks and leave a PDF of each, with the data beside them.

    Args:
        notebooks: files, or names as in `notebooks/`; every notebook of `notebooks/` if not given.
        parameters: for the notebooks; each gets those that it has.
        out: folder of the reports; each run gets a folder of its own in it, `latest` points to the last.
        paper: `a4` or `us-letter`.
        timeout: seconds that one cell may take.
        keep: how many runs to keep; all if not given.
        progress: show a progress bar where standard error is a terminal.

    Raises:
        ParameterError: an unknown notebook or parameter, or a value of the wrong type; nothing was run.
        BusyError: another run writes into the same folder.
        ArticleError: there is nothing to read where the articles should be.
        ReportError: a notebook failed; what was made of it stands in a folder `failed-…`.
    """
    if paper not in PAPERS:
        raise ParameterError(f"unknown paper {paper!r}; known: {', '.join(PAPERS)}.")
    _spare_a_grammar()
    jobs = _jobs(notebooks)
    for name, given in chosen(parameters or {}, {job.name: job.known for job in jobs}).items():
        next(job for job in jobs if job.name == name).given = given
    out = Path(out).absolute()
    with runs.reserved(out):
        try:
            done = _run(jobs, runs.unfinished(out), out, paper, timeout, keep, progress)
        except ConflictstatsError as error:
            _note(out, f"failed: {error}")
            raise
        except OSError as error:
            reason = f"{error.strerror or error}" + (f" ({error.filename})" if error.filename else "")
            _note(out, f"failed: {reason}")
            raise ReportError(f"the run stopped, and the last good report stands: {reason}") from error
        read = f"{done.claims} claims, {done.rejects} of {done.inputs} inputs rejected"
        _note(out, f"ok: {len(done.pdfs)} reports, {read}, {done.folder.name}")
        return done


def _note(out: Path, line: str) -> None:
    with suppress(OSError):  # a full disk fails the run, not the note of it
        runs.note(out, line)


def _run(
    jobs: list[_Job], work: Path, out: Path, paper: str, timeout: int | None, keep: int | None, progress: bool
) -> Run:
    clock = time.monotonic()
    timings: dict[str, float] = {}
    try:
        corpus, options = _extract(jobs, work, progress)
        timings["extract"] = time.monotonic() - clock
        with ThreadPoolExecutor(max_workers=max(2, min(len(jobs), os.cpu_count() or 1))) as pool:
            running = {pool.submit(_execute, job, work, timeout): job for job in jobs}
            try:
                if corpus is not None:
                    _write_data(corpus, work / DATA, options)
                    timings["data"] = time.monotonic() - clock
                _convert_as_done(running, work, paper, progress)
            except BaseException:
                _stop()
                raise
        timings |= {job.name: job.seconds for job in jobs} | {"all": time.monotonic() - clock}
        _write_manifest(work, jobs, corpus, timings)
    except BaseException:
        runs.discard(work)
        raise
    failed = [job for job in jobs if job.failure]
    folder = runs.finish(work, out, failed=bool(failed))
    if keep is not None:
        runs.prune(out, keep)
    if failed:
        raise ReportError(
            f"{len(failed)} of {len(jobs)} notebooks failed, and the last good report stands: "
            + "; ".join(f"{job.name}: {job.failure}" for job in failed)
            + f". See {_shown(folder)}."
        )
    shown = runs.publish(folder, out)
    inputs = len(corpus.articles) + len(corpus.rejects) if corpus is not None else 0
    return Run(
        folder,
        [Path(_shown(pdf)) for pdf in shown],
        inputs,
        len(corpus.rejects) if corpus is not None else 0,
        len(corpus.claims) if corpus is not None else 0,
    )


def _shown(path: Path) -> str:
    """A path as a user would write it."""
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)


# --------------------------------------------------------------------------- what to run


def _spare_a_grammar() -> None:
    """Import nbformat without a checker of internationalised addresses that it never asks for.

    jsonschema takes it up where it is installed (it comes with JupyterLab), and it compiles a grammar on
    import, which takes two seconds: a fifth of a run on a few articles.
    """
    if "jsonschema" in sys.modules or "rfc3987_syntax" in sys.modules:
        return
    sys.modules["rfc3987_syntax"] = None  # type: ignore[assignment]  # what makes an import fail
    try:
        import nbformat  # noqa: F401
    finally:
        del sys.modules["rfc3987_syntax"]


def _jobs(notebooks: Sequence[str | Path] | None) -> list[_Job]:
    import nbformat

    jobs: list[_Job] = []
    for path in _find(notebooks):
        source = path.read_bytes()
        try:
            notebook = nbformat.reads(source.decode("utf-8"), as_version=4)  # type: ignore[no-untyped-call]
        except (ValueError, nbformat.ValidationError) as error:
            raise ParameterError(f"{path}: not a notebook: {error}.") from error
        if any(job.name == path.stem for job in jobs):
            raise ParameterError(f"two notebooks are named {path.stem}; a report takes its notebook's name.")
        language = notebook.metadata.get("kernelspec", {}).get("language", "python")
        if language != "python":
            raise ParameterError(f"{path}: a notebook in {language}; only Python notebooks can be run.")
        notebook.metadata["kernelspec"] = {
            "name": "python3",
            "display_name": "Python 3",
            "language": "python",
        }
        jobs.append(_Job(path.stem, notebook, hashlib.sha256(source).hexdigest(), known(notebook)))
    return jobs


def _find(notebooks: Sequence[str | Path] | None) -> list[Path]:
    """Notebooks by path or name; if none is given, all of the nearest `notebooks/`, or the shipped ones."""
    folder = next(
        (f / "notebooks" for f in (Path.cwd(), *Path.cwd().parents) if (f / "notebooks").is_dir()), None
    )
    # A folder of that name far above is somebody else's.
    if folder is None or not any(folder.glob("*.ipynb")):
        folder = shipped("notebooks")
    found = sorted(folder.glob("*.ipynb"))
    if notebooks is None:
        return found
    paths = []
    for asked in notebooks:
        named = Path(asked).expanduser()
        places = [named, folder / named, folder / f"{named}.ipynb"]
        path = next((p for p in places if p.suffix == ".ipynb" and p.is_file()), None)
        if path is None:
            raise ParameterError(
                f"no notebook {str(asked)!r}; {_shown(folder)} has {', '.join(p.stem for p in found)}."
                " Give one of these names, or the path of an .ipynb file."
            )
        paths.append(path)
    return paths


# --------------------------------------------------------------------------- reading, once


def _extract(jobs: list[_Job], work: Path, progress: bool) -> tuple[Corpus | None, dict[str, Any]]:
    """Read the articles once for all notebooks that take tables; also, what they say about comparing."""
    takers = [job for job in jobs if {"articles", "extracted"} <= set(job.known)]
    if not takers:
        return None, {}
    from conflictstats.corpus import load, open_tables, save_tables  # with spaCy, which takes its second

    first = takers[0]
    options: dict[str, Any] = {
        name: job.value(name) for job in takers for name in ("tolerance", "rules") if name in job.known
    }
    if first.value("extracted"):
        corpus = open_tables(first.value("extracted"))
    else:
        inputs = {
            (job.value("articles"), job.value("dates") if "dates" in job.known else "auto") for job in takers
        }
        if len(inputs) > 1:
            raise ParameterError(
                "the notebooks read different articles by default: "
                + ", ".join(sorted(str(articles) for articles, _ in inputs))
                + ". Say which: -p articles PATH, or run them one by one."
            )
        articles, dates = inputs.pop()
        try:
            corpus = load(articles, dates=dates or None, progress=progress)
        except ArticleError as error:
            if "articles" in first.given:
                raise
            raise ArticleError(
                f"{error} Name your articles with -p articles PATH, or get samples with `conflictstats init DIR`."
            ) from error
    folder = work / DATA
    folder.mkdir()
    save_tables(corpus, folder)
    for job in takers:
        job.given["extracted"] = str(folder)
    return corpus, options


def _write_data(corpus: Corpus, folder: Path, options: Mapping[str, Any]) -> None:
    """The tables beside the reports, as Parquet and as CSV."""
    from conflictstats.compare import compare
    from conflictstats.tables import write_table

    comparison = compare(corpus.claims, **options)
    for name, table in (("questions", comparison.questions), ("pairs", comparison.pairs)):
        write_table(table, folder / f"{name}.parquet")
        write_table(table, folder / f"{name}.csv")
    for name in ("claims", "rejects", "dates"):
        write_table(getattr(corpus, name), folder / f"{name}.csv")


# --------------------------------------------------------------------------- running


def _execute(job: _Job, work: Path, timeout: int | None) -> None:
    """Run one notebook; what goes wrong is kept in the job."""
    import papermill  # type: ignore[import-untyped]
    from nbclient.exceptions import CellTimeoutError, DeadKernelError

    from conflictstats.kernels import OwnKernel

    clock = time.monotonic()
    path = work / f"{job.name}.ipynb"
    try:
        papermill.execute_notebook(
            job.notebook,
            str(path).replace("{", "{{").replace("}", "}}"),  # papermill takes a path for a format string
            parameters=job.given,
            kernel_name="python3",
            kernel_manager_class=OwnKernel,
            shutdown_kernel="immediate",
            execution_timeout=timeout,
            progress_bar=False,
        )
    except papermill.PapermillExecutionError as error:
        job.failure = f"cell {error.exec_count} raised {error.ename}: {_first_line(error.evalue)}"
    except CellTimeoutError:
        job.failure = f"a cell took longer than {timeout} seconds"
    except DeadKernelError:
        job.failure = "its kernel died, perhaps for want of memory"
    except OSError:  # a full disk, no more processes: nothing that another notebook could do better
        raise
    except Exception as error:  # whatever it is, the other notebooks and the manifest still want their turn
        job.failure = f"{type(error).__name__}: {_first_line(str(error))}"
    job.seconds = time.monotonic() - clock


def _first_line(text: str) -> str:
    return next((line.strip() for line in text.splitlines() if line.strip()), "no message")[:300]


def _stop() -> None:
    """End the kernels, so that the threads that wait for them come back."""
    from conflictstats.kernels import STARTED

    for kernel in STARTED:
        kernel.kill()


def _convert_as_done(running: dict[Future[None], _Job], work: Path, paper: str, progress: bool) -> None:
    """Make each notebook's PDF as soon as it has run, while the others still do."""
    from concurrent.futures import FIRST_COMPLETED

    from tqdm import tqdm

    from conflictstats.exporter import ReportPDFExporter

    exporter = ReportPDFExporter(paper=paper)  # type: ignore[no-untyped-call]
    waiting = set(running)
    with tqdm(total=len(running), unit=" notebooks", disable=None if progress else True, leave=False) as bar:
        while waiting:
            done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
            for future in done:
                future.result()
                _convert(running[future], work, exporter)
                bar.update()


def _convert(job: _Job, work: Path, exporter: Any) -> None:
    import nbformat

    path = work / f"{job.name}.ipynb"
    try:
        notebook = _untied(nbformat.read(path, as_version=4), work)  # type: ignore[no-untyped-call]
    except (FileNotFoundError, ValueError):  # not even the first cell was run and saved
        job.failure = job.failure or "nothing of it was saved"
        return
    nbformat.write(notebook, path)  # type: ignore[no-untyped-call]
    try:
        pdf, resources = exporter.from_notebook_node(notebook, {"metadata": {"name": job.name}})
    except ReportError as error:
        job.failure = job.failure or str(error)
        return
    job.warnings = resources["conflictstats_warnings"]
    path.with_suffix(".pdf").write_bytes(pdf)


def _untied(notebook: NotebookNode, work: Path) -> NotebookNode:
    """The notebook without the paths of this run: run again, it reads the articles itself."""
    run = notebook.metadata.get("papermill", {})
    run.pop("input_path", None)
    run.pop("output_path", None)
    if "extracted" in run.get("parameters", {}):
        run["parameters"]["extracted"] = ""
    for cell in notebook.cells:
        if "injected-parameters" in cell.metadata.get("tags", ()):
            cell.source = re.sub(
                r"^extracted = .*" + re.escape(work.name) + ".*$",
                'extracted = ""',
                cell.source,
                flags=re.MULTILINE,
            )
    return notebook


# --------------------------------------------------------------------------- what was done


def _write_manifest(
    work: Path, jobs: list[_Job], corpus: Corpus | None, timings: Mapping[str, float]
) -> None:
    from conflictstats.exporter import made_at

    manifest: dict[str, Any] = {
        "made": made_at().isoformat(),
        "versions": {"python": platform.python_version(), **_versions()},
        "notebooks": {
            job.name: {
                "sha256": job.sha256,
                "parameters": {n: v for n, v in job.given.items() if n != "extracted"},
                "failure": job.failure,
                "warnings": job.warnings,
            }
            for job in jobs
        },
        "files": {
            path.relative_to(work).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(work.rglob("*"))
            if path.is_file() and path.suffix != ".ipynb"
        },
    }
    if corpus is not None:
        claims = corpus.claims
        manifest["extractor"] = str(claims["extractor"].iloc[0]) if len(claims) else None
        manifest["claims"] = len(claims)
        manifest["inputs"] = _rows(corpus.articles, ("article_id", "sha256", "published", "published_basis"))
        manifest["rejects"] = _rows(corpus.rejects, ("path", "reason"))
        manifest["dates"] = _rows(corpus.dates, tuple(corpus.dates.columns))
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
