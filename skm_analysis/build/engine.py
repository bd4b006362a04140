"""Chapters side by side: one Dask worker inside this process, a thread per core.

The kernels are the processes; the threads only wait for them. Nothing listens on the
network: the parts talk in memory, and the HTTP servers that distributed opens on all
interfaces, even with its dashboard switched off, are left out.
"""

import logging
import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import dask
from distributed import Client, Scheduler, SpecCluster, Worker, as_completed
from distributed.comm import inproc

from skm_analysis.build import kernels
from skm_analysis.build.notebooks import run_notebook
from skm_analysis.errors import SkmError


class Task(NamedTuple):
    """One notebook to run; see `notebooks.run_notebook`."""

    source: Path
    executed: Path
    parameters: Mapping[str, str]
    root: Path
    failed: Path  # folder


class Done(NamedTuple):
    task: Task
    seconds: float


class Failure(NamedTuple):
    task: Task
    message: str  # for people
    exit_code: int = 1


Outcome = Done | Failure


def run_chapters(
    tasks: Sequence[Task],
    workers: int | None = None,
    progress: Callable[[Outcome], None] = lambda _: None,
) -> list[Outcome]:
    """Run all `tasks`; one that fails does not stop the others.

    Parameters
    ----------
    tasks
        Notebooks that do not depend on each other.
    workers
        How many run at once; None: one per core.
    progress
        Called in this thread with each outcome as it comes.

    Returns
    -------
    Outcomes in the order of `tasks`. What is not an SkmError (a full disk, a mistake
    of the program, Ctrl-C) ends all kernels and is raised.
    """
    kernels.sweep()
    outcomes: dict[int, Outcome] = {}
    with (
        _startable_again(),
        _cluster(workers or os.cpu_count() or 1) as cluster,
        Client(cluster) as client,  # type: ignore[no-untyped-call]
    ):
        futures = {
            client.submit(_run, task, pure=False): number
            for number, task in enumerate(tasks)
        }
        try:
            for future in as_completed(list(futures)):  # type: ignore[no-untyped-call]
                outcome: Outcome = future.result()
                outcomes[futures[future]] = outcome
                progress(outcome)
        except BaseException:
            kernels.stop_all()
            client.cancel(list(futures))
            raise
    return [outcomes[number] for number in range(len(tasks))]


@contextmanager
def _startable_again() -> Iterator[None]:
    """Once the threads of a stopped run have ended, others may start kernels."""
    try:
        yield
    finally:
        kernels.allow_again()


def _run(task: Task) -> Outcome:
    begun = time.monotonic()
    try:
        run_notebook(
            task.source,
            task.executed,
            task.parameters,
            root=task.root,
            failed=task.failed,
        )
    except SkmError as error:
        return Failure(task, str(error), error.exit_code)
    return Done(task, time.monotonic() - begun)


class _NoForgottenTimeouts(logging.Filter):
    """Leaves out what asyncio says of time-outs that distributed never looks at.

    A scheduler that closes while its batch timer waits leaves such a future behind.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        kind = record.exc_info[0] if record.exc_info else None
        return kind is None or not issubclass(kind, TimeoutError)


_FILTER = _NoForgottenTimeouts()


class _Silent:
    """A node of the cluster that serves no web page."""

    def start_http_server(self, *_: object, **__: object) -> None:
        pass


class _Scheduler(_Silent, Scheduler):
    pass


class _Worker(_Silent, Worker):
    pass


@contextmanager
def _cluster(threads: int) -> Iterator[SpecCluster]:
    quiet = {
        "distributed.worker.profile.enabled": False,
        "distributed.diagnostics.nvml": False,
        "distributed.admin.event-loop-monitor-interval": "1h",
    }
    logging.getLogger("asyncio").addFilter(_FILTER)
    # Otherwise distributed learns its own address by way of a public server's.
    inproc.global_manager._ip = "127.0.0.1"
    inside = {"protocol": "inproc://", "dashboard": False}
    with (
        dask.config.set(quiet),
        SpecCluster(  # type: ignore[no-untyped-call]
            scheduler={"cls": _Scheduler, "options": inside},
            workers={
                "chapters": {
                    "cls": _Worker,
                    "options": {**inside, "nthreads": threads, "memory_limit": 0},
                }
            },
            silence_logs=logging.CRITICAL,
        ) as cluster,
    ):
        yield cluster
