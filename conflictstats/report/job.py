"""Notebooks in, PDF reports out: parameters checked, articles read once, notebooks run side by side.

A run is made in a folder of its own and moved into place whole (see `runs`); when anything fails, the last
good report stays where it is.
"""

from __future__ import annotations

import hashlib
import os
import re
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from conflictstats.errors import (
    ArticleError,
    BusyError,
    ConflictstatsError,
    EngineError,
    KernelDiedError,
    OvertimeError,
    ParameterError,
    ReportError,
    StorageError,
)
from conflictstats.report import runs
from conflictstats.report.manifest import write_manifest
from conflictstats.report.parameters import Known, chosen, known
from conflictstats.report.starter import shipped

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from conflictstats.corpus import Corpus
    from conflictstats.records import Article, Reject

DATA = "data"
PAPERS = ("a4", "us-letter")


@dataclass(frozen=True)
class Run:
    """A run that went well: where it stands, its PDFs, and how many inputs were read or rejected.

    Where nothing was new, `pdfs` is empty and `folder` is the last good run.
    """

    folder: Path
    pdfs: list[Path]
    inputs: int
    rejects: int
    claims: int
    passed_over: int = 0  # inputs that an earlier run has read


@dataclass
class _Job:
    """One notebook of a run."""

    name: str
    notebook: NotebookNode
    sha256: str
    known: Known
    given: dict[str, Any] = field(default_factory=dict)
    failure: str | None = None
    kind: type[ReportError] = ReportError
    warnings: list[str] = field(default_factory=list)
    seconds: float = 0.0

    def value(self, name: str) -> Any:
        return self.given.get(name, self.known[name][1])

    def fail(self, why: str, kind: type[ReportError] = ReportError) -> None:
        """Keep the first thing that went wrong."""
        if self.failure is None:
            self.failure, self.kind = why, kind


@dataclass
class _Seen:
    """Which inputs are new: those whose text, or whose reason not to be read, no good run has seen."""

    before: frozenset[str] = frozenset()
    now: set[str] = field(default_factory=set)
    since: bool = False
    passed_over: int = 0

    def wants(self, item: Article | Reject) -> bool:
        key = item.sha256[:16] if hasattr(item, "sha256") else _digest(f"{item.path}\n{item.reason}")
        self.now.add(key)
        if self.since and key in self.before:
            self.passed_over += 1
            return False
        return True


@dataclass(frozen=True)
class _Reading:
    """How the articles are read, and whether a bar shows it."""

    engine: str
    workers: int | None
    progress: bool


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def report(
    notebooks: Sequence[str | Path] | None = None,
    *,
    parameters: Mapping[str, Any] | None = None,
    out: str | Path = "reports",
    paper: str = "a4",
    timeout: int | None = None,
    keep: int | None = None,
    since: Literal["last"] | None = None,
    engine: str = "serial",
    workers: int | None = None,
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
        since: `last` reads only articles whose text no good run in `out` has read; without any, no report
            is made.
        engine: who reads the articles, `serial` or `processes`, as for `load`.
        workers: how many of them, as for `load`.
        progress: show a progress bar where standard error is a terminal.

    Raises:
        ParameterError: an unknown notebook or parameter, or a value of the wrong type; nothing was run.
        BusyError: another run writes into the same folder.
        ArticleError: there is nothing to read where the articles should be.
        KernelDiedError, OvertimeError, ReportError: a notebook failed; what was made of it stands in a
            folder `failed-…`.
        StorageError: the reports cannot be written; nothing of the run is left.
        EngineError: there is no such engine for reports.
        WorkerError: a worker that read articles was killed or crashed.
    """
    if paper not in PAPERS:
        raise ParameterError(f"unknown paper {paper!r}; known: {', '.join(PAPERS)}.")
    if since not in (None, "last"):
        raise ParameterError(f"since is {since!r}; write 'last' to read what is new since the last good run.")
    if engine == "dask":
        raise EngineError(
            "a report is not made with engine='dask': keep an archive with it, and report on the archive."
        )
    jobs = _jobs(notebooks)
    for name, given in chosen(parameters or {}, {job.name: job.known for job in jobs}).items():
        next(job for job in jobs if job.name == name).given = given
    if since and any(job.given.get("extracted") for job in jobs):
        raise ParameterError(
            "tables that are already extracted have no new articles; give articles, or no since."
        )
    out = Path(out).absolute()
    clock = time.monotonic()
    try:
        with runs.reserved(out):
            seen = _Seen(runs.seen(out), since=since is not None)
            done = _run(
                jobs,
                runs.unfinished(out),
                out,
                paper,
                timeout,
                keep,
                seen,
                _Reading(engine, workers, progress),
            )
            runs.note(out, f"{_told(done)}, in {time.monotonic() - clock:.0f} s")
            return done
    except OSError as error:
        reason = f"{error.strerror or error}" + (f" ({error.filename})" if error.filename else "")
        _note(out, f"failed: {reason}")
        raise StorageError(f"the run stopped, and the last good report stands: {reason}.") from error
    except BaseException as error:
        _note(out, _failure(error))
        raise


def _told(done: Run) -> str:
    if not done.pdfs:
        return f"nothing new: {done.passed_over} inputs were read before; no report"
    made = f"{len(done.pdfs)} {'report' if len(done.pdfs) == 1 else 'reports'}"
    read = f"{done.claims} {'claim' if done.claims == 1 else 'claims'}, {done.rejects} of {done.inputs} inputs rejected"
    old = f", {done.passed_over} read before" if done.passed_over else ""
    return f"ok: {made}, {read}{old}, {done.folder.name}"


def _failure(error: BaseException) -> str:
    if isinstance(error, BusyError):
        return f"busy: {error}"
    if isinstance(error, KeyboardInterrupt | SystemExit):  # Ctrl-C, or the signal that ends a service
        return "stopped from outside; the last good report stands"
    told = f"{error}" if isinstance(error, ConflictstatsError) else f"{type(error).__name__}: {error}"
    return f"failed: {told}"


def _note(out: Path, line: str) -> None:
    with suppress(OSError):  # a full disk fails the run, not the note of it
        runs.note(out, line)


def _run(
    jobs: list[_Job],
    work: Path,
    out: Path,
    paper: str,
    timeout: int | None,
    keep: int | None,
    seen: _Seen,
    reading: _Reading,
) -> Run:
    clock = time.monotonic()
    timings: dict[str, float] = {}
    try:
        corpus, options = _extract(jobs, work, seen, reading)
        timings["extract"] = time.monotonic() - clock
        last = runs.latest(out)
        if corpus is not None and seen.since and last is not None and not (seen.now - seen.before):
            runs.discard(work)
            return Run(last, [], 0, 0, 0, seen.passed_over)
        with ThreadPoolExecutor(max_workers=max(2, min(len(jobs), os.cpu_count() or 1))) as pool:
            running = {pool.submit(_execute, job, work, timeout): job for job in jobs}
            try:
                if corpus is not None:
                    _write_data(corpus, work / DATA, options)
                    timings["data"] = time.monotonic() - clock
                facts = _facts(last) if seen.since and last is not None else {}
                _convert_as_done(running, work, paper, facts, reading.progress)
            except BaseException:
                _stop(running)
                raise
        timings |= {job.name: job.seconds for job in jobs} | {"all": time.monotonic() - clock}
        write_manifest(
            work,
            {job.name: _account(job) for job in jobs},
            corpus,
            timings,
            since=last.name if seen.since and last is not None else None,
            passed_over=seen.passed_over,
        )
        runs.remember(work, seen.before | seen.now)
    except BaseException:
        runs.discard(work)
        raise
    failed = [job for job in jobs if job.failure]
    folder = runs.finish(work, out, failed=bool(failed))
    shown = [] if failed else runs.publish(folder, out)
    if keep is not None:
        runs.prune(out, keep)
    if failed:
        # a dead kernel and a lost hour want another cure than a cell that raised
        kind = next(
            (k for k in (KernelDiedError, OvertimeError) if any(j.kind is k for j in failed)), ReportError
        )
        raise kind(
            f"{len(failed)} of {len(jobs)} notebooks failed, and the last good report stands: "
            + "; ".join(f"{job.name}: {job.failure}" for job in failed).rstrip(".")
            + f". See {_shown(folder)}."
        )
    inputs = len(corpus.articles) + len(corpus.rejects) if corpus is not None else 0
    return Run(
        folder,
        [Path(_shown(pdf)) for pdf in shown],
        inputs,
        len(corpus.rejects) if corpus is not None else 0,
        len(corpus.claims) if corpus is not None else 0,
        seen.passed_over,
    )


def _facts(last: Path) -> dict[str, str]:
    """What a reader of the PDF must know of the run, and the notebook cannot."""
    return {"Only new": f"articles that no run up to {last.name} has read"}


def _account(job: _Job) -> dict[str, Any]:
    """What the manifest says of a notebook."""
    return {
        "sha256": job.sha256,
        "parameters": {n: v for n, v in job.given.items() if n != "extracted"},
        "failure": job.failure,
        "warnings": job.warnings,
    }


def _shown(path: Path) -> str:
    """A path as a user would write it."""
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)


# --------------------------------------------------------------------------- what to run


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


def _extract(
    jobs: list[_Job], work: Path, seen: _Seen, reading: _Reading
) -> tuple[Corpus | None, dict[str, Any]]:
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
            (
                job.value("articles"),
                *(job.value(name) if name in job.known else "auto" for name in ("dates", "corrections")),
            )
            for job in takers
        }
        if len(inputs) > 1:
            raise ParameterError(
                "the notebooks read different articles by default: "
                + ", ".join(sorted(str(articles) for articles, *_ in inputs))
                + ". Say which: -p articles PATH, or run them one by one."
            )
        articles, dates, corrections = inputs.pop()
        try:
            corpus = load(
                articles,
                dates=dates or None,
                corrections=corrections or None,
                only=seen.wants,
                engine=reading.engine,
                workers=reading.workers,
                progress=reading.progress,
            )
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
    for name in ("claims", "rejects", "dates", "corrections"):
        write_table(getattr(corpus, name), folder / f"{name}.csv")


# --------------------------------------------------------------------------- running


def _execute(job: _Job, work: Path, timeout: int | None) -> None:
    """Run one notebook; what goes wrong is kept in the job."""
    import papermill  # type: ignore[import-untyped]
    from nbclient.exceptions import CellTimeoutError, DeadKernelError

    from conflictstats.report.kernels import OwnKernel

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
        job.fail(f"cell {error.exec_count} raised {error.ename}: {_first_line(error.evalue)}")
    except CellTimeoutError:
        job.fail(f"a cell took longer than {timeout} seconds", OvertimeError)
    except DeadKernelError:
        job.fail("its kernel died, perhaps for want of memory", KernelDiedError)
    except RuntimeError as error:  # so nbclient tells of a kernel that ends, or hangs, while it starts
        said = _first_line(str(error))
        kind = KernelDiedError if "died" in said else OvertimeError if "respond" in said else ReportError
        job.fail(f"{said[:1].lower()}{said[1:]}", kind)
    except OSError:  # a full disk, no more processes: nothing that another notebook could do better
        raise
    except Exception as error:  # whatever it is, the other notebooks and the manifest still want their turn
        job.fail(f"{type(error).__name__}: {_first_line(str(error))}")
    job.seconds = time.monotonic() - clock


def _first_line(text: str) -> str:
    return next((line.strip() for line in text.splitlines() if line.strip()), "no message")[:300]


def _stop(running: Mapping[Future[None], _Job]) -> None:
    """End the kernels, so that the threads that wait for them come back."""
    from conflictstats.report.kernels import STARTED

    waiting = {future for future in running if not future.cancel()}
    while waiting:  # a kernel that is only starting has no process to end yet
        for kernel in STARTED:
            kernel.kill()
        _, waiting = wait(waiting, timeout=0.2)


def _convert_as_done(
    running: dict[Future[None], _Job], work: Path, paper: str, facts: dict[str, str], progress: bool
) -> None:
    """Make each notebook's PDF as soon as it has run, while the others still do."""
    from concurrent.futures import FIRST_COMPLETED

    from tqdm import tqdm

    from conflictstats.report.exporter import ReportPDFExporter

    exporter = ReportPDFExporter(paper=paper)  # type: ignore[no-untyped-call]
    waiting = set(running)
    with tqdm(total=len(running), unit=" notebooks", disable=None if progress else True, leave=False) as bar:
        while waiting:
            done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
            for future in done:
                future.result()
                _convert(running[future], work, facts, exporter)
                bar.update()


def _convert(job: _Job, work: Path, facts: dict[str, str], exporter: Any) -> None:
    import nbformat

    path = work / f"{job.name}.ipynb"
    try:
        notebook = _untied(nbformat.read(path, as_version=4), work)  # type: ignore[no-untyped-call]
    except (FileNotFoundError, ValueError):  # not even the first cell was run and saved
        job.fail("nothing of it was saved")
        return
    if facts:
        notebook.metadata["conflictstats"] = {**notebook.metadata.get("conflictstats", {}), "facts": facts}
    nbformat.write(notebook, path)  # type: ignore[no-untyped-call]
    try:
        pdf, resources = exporter.from_notebook_node(notebook, {"metadata": {"name": job.name}})
    except ReportError as error:
        job.fail(str(error))
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
