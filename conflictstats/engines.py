"""Who reads the articles: this process, or one worker a core. What is read is the same, in the same order.

An engine takes the articles as they come, with what could not be read among them, and gives each with the rows
of its claims. `processes` pays the start (the model, the codebook) once a worker and hands out small batches; a
bounded number of these is on its way at any time, so that memory does not grow with the input. `dask` (in `cluster`) does not take
articles but files.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import traceback
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from multiprocessing import get_context, parent_process
from pathlib import Path
from typing import Any

from conflictstats.claims import read_claims
from conflictstats.codebook import Codebook
from conflictstats.errors import ArticleError, EngineError, WorkerError
from conflictstats.records import Article, Reject
from conflictstats.sentences import model_version
from conflictstats.tables import claim_rows

ENGINES = ("serial", "processes", "dask")
Row = tuple[Any, ...]
Read = tuple[Article, list[Row]]

_BATCH = 16  # articles that a worker is handed at a time
_BATCH_LENGTH = 100_000  # or characters: a batch is a second or two of work
FAULT = "its claims cannot be read, by a fault of conflictstats:"  # how the reason of such a reject begins
_AHEAD = 3  # batches on their way for each worker


@cache
def extractor(codebook: Codebook) -> str:
    """What read the claims: package, codebook and model with their versions."""
    return f"conflictstats-{version('conflictstats')} codebook-{codebook.digest} {model_version()}"


def check_engine(engine: str, workers: int | None = None, scheduler: str | None = None) -> None:
    """Refuse an engine that there is not, or options that it has not, before anything is read.

    Raises:
        EngineError: names those that there are.
    """
    if engine not in ENGINES:
        raise EngineError(f"unknown engine {engine!r}; known: {', '.join(ENGINES)}.")
    if workers is not None and engine != "processes":
        has = "this process alone" if engine == "serial" else "those of the cluster"
        raise EngineError(f"workers are for engine='processes'; the workers of engine={engine!r} are {has}.")
    if workers is not None and workers < 1:
        raise EngineError(f"workers is {workers}; give a number from 1 on, or leave it out for one a core.")
    if scheduler is not None and engine != "dask":
        raise EngineError(f"a scheduler is for engine='dask', not for engine={engine!r}.")
    if engine == "dask":
        if scheduler is None:
            raise EngineError(
                "engine='dask' needs the address of its scheduler, such as tcp://10.0.0.5:8786."
            )
        if find_spec("distributed") is None:
            raise EngineError(
                "engine='dask' needs a package that is not installed: pip install 'conflictstats[dask]'"
            )


def read_rows(
    items: Iterable[Article | Reject], codebook: Codebook, engine: str = "serial", workers: int | None = None
) -> Iterator[Read | Reject]:
    """Each article with the rows of its claims (see `tables.claim_rows`), in the order of the items.

    An article that breaks a reader comes as a reject, with what broke.

    Args:
        items: articles, and what could not be read, which is passed on.
        codebook: for the readers.
        engine: `serial`, or `processes`; with `dask` workers read the files, and not the items of this process.
        workers: of `processes`; one for each core that this process may use, if not given.

    Raises:
        EngineError: no such engine.
        WorkerError: a worker was killed or crashed.
    """
    check_engine(engine, workers)
    if engine == "serial":
        for item in items:
            yield item if isinstance(item, Reject) else _read(item, _rows(item, codebook))
        return
    yield from _side_by_side(items, codebook, workers or _cores())


def _rows(article: Article, codebook: Codebook) -> list[Row] | str:
    """The rows of an article's claims, or what went wrong: one article that breaks a reader must not stop a million."""
    try:
        return claim_rows(read_claims(article, codebook), extractor(codebook))
    except ArticleError as error:
        return str(error)
    except Exception as error:
        last = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{Path(last.filename).parent.name}/{Path(last.filename).name}:{last.lineno}"
        words = " ".join(str(error).split())[:200]
        return f"{FAULT} {type(error).__name__} in {where}: {words}. Please report it, with the article if you may."


def _read(article: Article, rows: list[Row] | str) -> Read | Reject:
    return Reject(article.article_id, rows) if isinstance(rows, str) else (article, rows)


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _side_by_side(
    items: Iterable[Article | Reject], codebook: Codebook, workers: int
) -> Iterator[Read | Reject]:
    waiting: deque[tuple[list[Article | Reject], Future[list[list[Row] | str]]]] = deque()
    # spawned, not forked: a fork of a process with threads (a notebook's, Arrow's) can stand still for ever
    pool = ProcessPoolExecutor(workers, get_context("spawn"), _begin, (codebook,))
    try:
        for batch in _batches(items):
            waiting.append((batch, pool.submit(_read_batch, [a for a in batch if isinstance(a, Article)])))
            if len(waiting) > _AHEAD * workers:
                yield from _done(waiting)
        while waiting:
            yield from _done(waiting)
    except BrokenProcessPool as error:
        raise WorkerError(_lost(waiting, workers)) from error
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _batches(items: Iterable[Article | Reject]) -> Iterator[list[Article | Reject]]:
    batch: list[Article | Reject] = []
    length = 0
    for item in items:
        batch.append(item)
        length += len(item.text) if isinstance(item, Article) else 0
        if len(batch) >= _BATCH or length >= _BATCH_LENGTH:
            yield batch
            batch, length = [], 0
    if batch:
        yield batch


def _done(
    waiting: deque[tuple[list[Article | Reject], Future[list[list[Row] | str]]]],
) -> Iterator[Read | Reject]:
    """The oldest batch, when it is done; it stays in `waiting` until then, for the message if it never is."""
    batch, future = waiting[0]
    rows = iter(future.result())
    waiting.popleft()
    for item in batch:
        yield item if isinstance(item, Reject) else _read(item, next(rows))


def _lost(waiting: Iterable[tuple[list[Article | Reject], Future[Any]]], workers: int) -> str:
    open_ = [
        item.article_id
        for batch, future in waiting
        if not future.done() or future.exception() is not None
        for item in batch
        if isinstance(item, Article)
    ]
    if not open_:
        return "a worker process ended before it could read; see what it wrote to standard error."
    last = open_[min(len(open_), _BATCH * workers) - 1]
    hint = (
        " In a script, the call must stand below `if __name__ == '__main__':`, because each worker runs the"
        " script's beginning."
        if hasattr(sys.modules["__main__"], "__file__")
        else ""
    )
    return (
        f"a worker process was killed or crashed, most often because memory ran out; it was reading an article from"
        f" {open_[0]} to {last}. Take fewer workers than {workers}, or engine='serial' to see which it is.{hint}"
    )


# --------------------------------------------------------------------------- in the worker


_codebook: Codebook  # a worker's own, set once when it starts


def _begin(codebook: Codebook) -> None:
    global _codebook
    _codebook = codebook
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """A worker whose parent was killed would wait for its next batch for ever."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _read_batch(articles: list[Article]) -> list[list[Row] | str]:
    return [_rows(article, _codebook) for article in articles]
