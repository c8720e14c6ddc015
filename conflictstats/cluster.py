"""A Dask cluster reads the articles: each worker reads files, or rows of one, and their texts pass by nobody else.

What a worker does with a portion of the inputs is the caller's: give back what it read, or keep it in an archive.
A bounded number of portions is on its way at any time, and what comes of them is given in their order. A worker that
is lost costs the portion that it was at: Dask hands that to another one.
"""

from __future__ import annotations

import socket
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Any, TypeVar
from uuid import uuid4

from distributed import Client, Future, KilledWorker, WorkerPlugin, get_worker
from distributed.client import FutureCancelledError
from distributed.comm.core import CommClosedError

from conflictstats.articles.inputs import Input
from conflictstats.articles.portions import Portion, cut, rows_of
from conflictstats.codebook import Codebook
from conflictstats.engines import extractor
from conflictstats.errors import EngineError, WorkerError

T = TypeVar("T")
# What is done with a portion, and its number, by a worker
Work = Callable[[int, Portion, Codebook], T]

_AHEAD = 4  # portions on their way for each thread of a worker
_PATIENCE = 30  # seconds to find the scheduler, and a worker


def spread(work: Work[T], files: Iterable[Input], codebook: Codebook, scheduler: str) -> Iterator[T]:
    """What workers make of the files, portion by portion, in their order.

    Args:
        work: a function that can be pickled; a worker does one at a time, whatever threads it has.
        files: as `find_files` gives them; they must lie where every worker finds them under the same path.
        codebook: for the readers.
        scheduler: its address: `tcp://10.0.0.5:8786`.

    Raises:
        EngineError: there is no such scheduler, it has no workers, or they have another conflictstats.
        WorkerError: a portion was lost with several workers, one after the other, or the scheduler was.
        ConflictstatsError: what `work` raises.
    """
    with _connected(scheduler) as client:
        name = f"conflictstats-{uuid4().hex}"
        client.register_plugin(_Reader(codebook, extractor(codebook)), name=name)
        waiting: deque[tuple[Portion, Future[T]]] = deque()
        counted = _counting(client, scheduler)
        try:
            for number, portion in enumerate(cut(files, counted)):
                task = client.submit(_read, name, work, number, portion, key=f"{name}-{number}", pure=False)
                waiting.append((portion, task))
                if len(waiting) > _AHEAD * max(1, sum(client.nthreads().values())):
                    yield _result(*waiting.popleft(), scheduler)
            while waiting:
                yield _result(*waiting.popleft(), scheduler)
        finally:
            client.cancel([task for _, task in waiting])
            client.unregister_worker_plugin(name)


@contextmanager
def _connected(scheduler: str) -> Iterator[Client]:
    try:
        client = Client(scheduler, timeout=_PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        raise EngineError(
            f"no scheduler of Dask answers at {scheduler!r}: {' '.join(str(error).split())}. Start one with"
            " `dask scheduler`, and give the address that it says, such as tcp://10.0.0.5:8786."
        ) from error
    with client:
        try:
            client.wait_for_workers(1, timeout=_PATIENCE)
        except TimeoutError as error:
            raise EngineError(
                f"the scheduler at {scheduler} has no workers; start some with"
                f" `dask worker {scheduler} --nthreads 1`."
            ) from error
        _check_versions(client)
        yield client


def _check_versions(client: Client) -> None:
    told: Any = client.get_versions(packages=["conflictstats"])
    here = told["client"]["packages"]["conflictstats"]
    for address, worker in told["workers"].items():
        there = worker["packages"]["conflictstats"]
        if there != here:
            raise EngineError(
                f"the worker {address} has {f'conflictstats {there}' if there else 'no conflictstats'}, this process"
                f" {here}; install the same for all of them."
            )


def _counting(client: Client, scheduler: str) -> Callable[[Input], int]:
    def count(file: Input) -> int:
        return _result(Portion((file,)), client.submit(rows_of, file, pure=False), scheduler)

    return count


def _result(portion: Portion, task: Future[T], scheduler: str) -> T:
    try:
        return task.result()
    except KilledWorker as error:
        raise WorkerError(
            f"{error.allowed_failures + 1} workers were killed or crashed one after the other while they read"
            f" {portion}; most often memory ran out, of which each needs a gigabyte. Give the workers more memory,"
            " or read these articles alone with engine='serial' to see which it is."
        ) from error
    except (FutureCancelledError, CommClosedError) as error:
        raise WorkerError(
            f"the scheduler at {scheduler} was lost while {portion} was read: {error}. Start it again, and then this."
        ) from error


# --------------------------------------------------------------------------- in the worker


class _Reader(WorkerPlugin):
    """What every worker of a run is given once, those that join later, too."""

    def __init__(self, codebook: Codebook, wanted: str) -> None:
        self.codebook = codebook
        self.wanted = wanted

    def setup(self, worker: Any) -> None:
        self.turn = Lock()

    def __getstate__(self) -> dict[str, Any]:
        return {"codebook": self.codebook, "wanted": self.wanted}


def _read(name: str, work: Work[T], number: int, portion: Portion) -> T:
    reader = get_worker().plugins[name]
    assert isinstance(reader, _Reader)
    with reader.turn:
        if extractor(reader.codebook) != reader.wanted:
            raise EngineError(
                f"the worker on {socket.gethostname()} reads as {extractor(reader.codebook)!r}, this process as"
                f" {reader.wanted!r}: the figures would not be the same. Install the same for all of them."
            )
        root = portion.files[0].root
        if portion.files[0].address is None and not root.exists():
            raise EngineError(
                f"the worker on {socket.gethostname()} finds no {root}: articles must lie where every worker finds them"
                " under the same path."
            )
        return work(number, portion, reader.codebook)
