"""The papermill engine that can be stopped, timed and metered.

papermill's own engine says after a killed kernel, a time-out or Ctrl-C that every
cell is completed; this one leaves judging to `notebooks`.
"""

import asyncio
import copy
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, DeadKernelError
from nbformat import NotebookNode
from papermill.engines import Engine, NotebookExecutionManager, papermill_engines

from skm_analysis.build.kernels import PrivateKernelManager

NAME = "skm-strict"
EXITED = "mengakhiri notebook sebelum selesai (exit)"

_START_SECONDS = 120
_LAST_OUTPUT_SECONDS = 60


@dataclass(slots=True)
class Session:
    """One run of one notebook: its kernel, its limits, and what became of it."""

    manager: PrivateKernelManager
    seconds: float  # for the whole notebook
    output_bytes: int
    notebook: NotebookNode = field(default_factory=NotebookNode)
    at: int = 0  # index of the cell that runs, or ran last
    cause: str = ""  # why it did not run through, in Indonesian


class _Client(NotebookClient):
    """Kills a kernel that says too much."""

    session: Session
    seen = 0

    def process_message(
        self, msg: dict[str, Any], cell: NotebookNode, cell_index: int
    ) -> NotebookNode | None:
        self.seen += _size(msg["content"])
        if self.seen > self.session.output_bytes:
            megabytes = self.session.output_bytes // 1_000_000
            self.session.cause = f"keluaran terlalu banyak (lebih dari {megabytes} MB)"
            self.session.manager.kill_now()
            return None
        return super().process_message(msg, cell, cell_index)


class StrictEngine(Engine):  # type: ignore[misc]
    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: NotebookExecutionManager,
        kernel_name: str,
        *,
        session: Session,
        **_: object,
    ) -> None:
        # zmq needs a loop that watches sockets, which Windows' usual one does not.
        with asyncio.Runner(loop_factory=asyncio.SelectorEventLoop) as runner:
            runner.run(_run(nb_man, kernel_name, session))


papermill_engines.register(NAME, StrictEngine)


async def _run(
    nb_man: NotebookExecutionManager, kernel_name: str, session: Session
) -> None:
    client = _Client(
        nb_man.nb,
        km=session.manager,
        kernel_name=kernel_name,
        timeout=None,
        startup_timeout=_START_SECONDS,
        iopub_timeout=_LAST_OUTPUT_SECONDS,
        raise_on_iopub_timeout=True,
        record_timing=False,
        coalesce_streams=True,
        on_cell_executed=partial(_refuse_exit, session),
    )
    client.session = session
    limit = asyncio.timeout(session.seconds)
    try:
        async with limit:
            if await _start(client, session):
                await _run_cells(client, nb_man, session)
    except (TimeoutError, DeadKernelError):
        task = asyncio.current_task()
        # nbclient takes every cancelling for a dead kernel.
        if limit.expired():
            session.cause = f"melewati batas waktu {session.seconds:g} detik"
        elif task is not None and task.cancelling():
            raise asyncio.CancelledError from None  # Ctrl-C
        else:
            session.cause = session.cause or _death(session.manager.exit_status)
    finally:
        session.notebook = copy.deepcopy(nb_man.nb)  # papermill adds cells later
        if client.kc is not None:
            client.kc.stop_channels()
        session.manager.kill_now()
        await session.manager.shutdown_kernel(now=True)


async def _start(client: _Client, session: Session) -> bool:
    try:
        await client.async_start_new_kernel()
        await client.async_start_new_kernel_client()
    except (RuntimeError, OSError):
        session.cause = "kernel tidak dapat dimulai"
        return False
    return True


async def _run_cells(
    client: _Client, nb_man: NotebookExecutionManager, session: Session
) -> None:
    for index, cell in enumerate(nb_man.nb.cells):
        session.at = index
        nb_man.cell_start(cell, index)
        try:
            await client.async_execute_cell(cell, index)
        except CellExecutionError:
            return  # the cell's error output tells it
        nb_man.cell_complete(cell, cell_index=index)


def _refuse_exit(
    session: Session, *, execute_reply: Mapping[str, Any], **_: object
) -> None:
    """IPython's own `exit()` raises nothing; it only asks."""
    payload = execute_reply["content"].get("payload", ())
    if any(each.get("source") == "ask_exit" for each in payload):
        session.cause = EXITED
        raise DeadKernelError


def _death(status: int | None) -> str:
    if status == -9:
        return "proses kernel dihentikan paksa, biasanya karena memori habis"
    return f"proses kernel berhenti sendiri (kode {status})"


def _size(value: object) -> int:
    """Characters that a message holds."""
    if isinstance(value, str):
        return len(value)
    if isinstance(value, Mapping):
        return sum(map(_size, value.values()))
    if isinstance(value, list | tuple):
        return sum(map(_size, value))
    return 0
