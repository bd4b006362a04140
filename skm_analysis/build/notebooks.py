"""Run one notebook so that success means success.

A run is good only when the runner came back, every code cell ran once and in order,
no output is an error, and the last cell gave back a nonce that only this run knows.
"""

import contextlib
import copy
import secrets
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import nbformat
import papermill
from nbformat import NotebookNode
from papermill.exceptions import PapermillExecutionError

from skm_analysis import errors
from skm_analysis.build import strict_engine
from skm_analysis.build.canonical import INJECTED, NotPublishableError, canonical
from skm_analysis.build.kernels import private_kernel
from skm_analysis.build.notebook_source import check_parameters, read_source

_NONCE_CELL = "nonce"


class _Fault(NamedTuple):
    """Where a run went wrong and how; `told` is a message meant for people."""

    at: int  # index in the executed notebook
    cause: str
    told: str = ""


def run_notebook(
    source: Path,
    executed: Path,
    parameters: Mapping[str, str],
    *,
    root: Path,
    failed: Path | None = None,
    timeout: float = 1800.0,
    output_bytes: int = 50_000_000,
) -> None:
    """Run `source` with `parameters` and write its canonical form to `executed`.

    Parameters
    ----------
    source
        A notebook without outputs, with exactly one cell tagged `parameters`.
    executed
        Where the good run goes; untouched when the run is not good.
    parameters
        Exactly those that the notebook declares, each value a str.
    root
        Told to the kernel as SKM_ROOT.
    failed
        Folder that keeps a run that is not good, under the name of `executed`.
    timeout
        Seconds for the whole notebook.
    output_bytes
        Characters that all its outputs together may have.

    Raises
    ------
    NotebookError
        Refused before a kernel starts, or not run through. The message names the
        notebook, the unit, the cell and the kind of error, never the error's text,
        which can quote an answer; only an SkmError's own message is passed on.
    """
    notebook = read_source(source)
    check_parameters(source, notebook, parameters)
    nonce = secrets.token_hex(16)
    session = _execute(notebook, parameters, nonce, root, timeout, output_bytes)
    fault = _fault(session, nonce)
    ran = session.notebook
    ran.cells = [cell for cell in ran.cells if cell.id != _NONCE_CELL]
    if fault is None:
        try:
            published = canonical(ran, folders=(root,))
        except NotPublishableError as error:
            fault = _Fault(error.cell - 1, f"keluarannya memuat {error.what}")
    if fault is not None:
        kept = _told(_keep(ran, failed, executed.name), root)
        raise errors.NotebookError(_message(source, parameters, ran, fault, kept))
    executed.parent.mkdir(parents=True, exist_ok=True)
    executed.write_bytes(published)


def _execute(
    notebook: NotebookNode,
    parameters: Mapping[str, str],
    nonce: str,
    root: Path,
    timeout: float,
    output_bytes: int,
) -> strict_engine.Session:
    """Run a copy with the nonce's cell appended; what happened is in the session."""
    asked = copy.deepcopy(notebook)
    asked.cells.append(_nonce_cell(nonce))
    with private_kernel(root) as manager:
        session = strict_engine.Session(manager, timeout, output_bytes)
        # What a cell raised stands in its outputs too.
        with contextlib.suppress(PapermillExecutionError):
            papermill.execute_notebook(
                asked,
                None,
                dict(parameters),
                engine_name=strict_engine.NAME,
                kernel_name="python3",
                language="python",
                progress_bar=False,
                session=session,
            )
    return session


def _nonce_cell(nonce: str) -> NotebookNode:
    return nbformat.from_dict(  # type: ignore[no-any-return, no-untyped-call]
        {
            "cell_type": "code",
            "execution_count": None,
            "id": _NONCE_CELL,
            "metadata": {},
            "outputs": [],
            "source": f'print("{nonce}")',
        }
    )


def _fault(session: strict_engine.Session, nonce: str) -> _Fault | None:
    """The first thing that keeps a run from being good."""
    code = [
        (index, cell)
        for index, cell in enumerate(session.notebook.cells)
        if cell.cell_type == "code" and cell.source.strip()
    ]
    for index, cell in code:
        for output in cell.outputs:
            if output.output_type == "error":
                return _raised(index, output)
    if session.cause:
        return _Fault(session.at, session.cause)
    for expected, (index, cell) in enumerate(code, start=1):
        if cell.execution_count != expected:
            return _Fault(index, "sel tidak dijalankan menurut urutan")
    last = code[-1][1].outputs if code else []
    if [_text(output) for output in last] != [f"{nonce}\n"]:
        return _Fault(session.at, "notebook tidak berjalan sampai akhir")
    return None


def _raised(index: int, output: NotebookNode) -> _Fault:
    kind = str(output.ename)
    if kind in _family(errors.SkmError):
        return _Fault(index, kind, str(output.evalue))
    return _Fault(index, _KINDS.get(kind, f"gagal ({kind})"))


_KINDS = {
    "SystemExit": strict_engine.EXITED,
    "StdinNotImplementedError": "meminta masukan dari papan ketik (input)",
    "MemoryError": "kehabisan memori (MemoryError)",
    "KeyboardInterrupt": "dihentikan (KeyboardInterrupt)",
}


def _family(kind: type[errors.SkmError]) -> set[str]:
    below = (name for each in kind.__subclasses__() for name in _family(each))
    return {kind.__name__, *below}


def _text(output: Mapping[str, Any]) -> str | None:
    is_text = output["output_type"] == "stream" and output["name"] == "stdout"
    return str(output["text"]) if is_text else None


def _keep(ran: NotebookNode, failed: Path | None, name: str) -> Path | None:
    if failed is None:
        return None
    failed.mkdir(parents=True, exist_ok=True)
    failed.chmod(0o700)  # tracebacks can quote answers
    nbformat.write(ran, failed / name)  # type: ignore[no-untyped-call]
    return failed / name


def _told(kept: Path | None, root: Path) -> str:
    if kept is None:
        return ""
    inside = kept.is_relative_to(root)
    return (kept.relative_to(root) if inside else kept).as_posix()


def _message(
    source: Path,
    parameters: Mapping[str, str],
    ran: NotebookNode,
    fault: _Fault,
    kept: str,
) -> str:
    unit = f" untuk unit {parameters['unit']}" if parameters.get("unit") else ""
    number, code = _place(ran.cells, fault.at)
    where = f"{source.name}{unit}, sel {number}"
    look = f"salinan yang gagal: {kept}" if kept else ""
    if fault.told:
        # Written for people by the package itself, and free of answers.
        return f"{fault.told}\n\n  ({'; '.join(filter(None, (where, look)))})"
    return "\n".join(
        (
            f"{where}: {fault.cause}.",
            *([f"  isi sel: {code}"] if code else []),
            "  yang diharapkan: semua sel berjalan berurutan sampai akhir",
            f"  {look or 'jalankan notebook itu di JupyterLab untuk melihatnya'}",
        )
    )


def _place(cells: Iterable[NotebookNode], at: int) -> tuple[int, str]:
    """A cell as its author finds it: number without papermill's cell, first line."""
    before = list(cells)[: at + 1]
    number = sum(INJECTED not in cell.metadata.get("tags", ()) for cell in before)
    lines = before[-1].source.strip().splitlines() if before else []
    return max(1, number), lines[0] if lines else ""
