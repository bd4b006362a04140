"""A process that has imported what every page needs, and forks into kernels.

The imports take a kernel three seconds, a fork takes none. Started by `warm_kernels` as
`python -m skm_analysis.build.kernel_nursery`: a line on its input asks for a kernel
(`env`, `cwd`, `file`) or for how one ended (`pid`), a line on its output answers by the
`number` of the question, after a 0 when all is imported. It ends with its input, and
Linux ends the kernels with it.
"""

import gc
import importlib
import json
import os
import sys
import tempfile
import threading
from collections.abc import Mapping
from typing import Any

from skm_analysis.build.kernel_process import die_with_builder, run_kernel

_IMPORTED = ("ipykernel.ipkernel", "seaborn", "skm_analysis.report.page")


def main() -> None:
    for name in _IMPORTED:
        importlib.import_module(name)
    if threading.active_count() > 1:
        sys.exit("a thread would not survive a fork")
    gc.freeze()  # what is never collected is never copied
    _answer(0, None)
    ended: dict[int, int] = {}
    for line in sys.stdin:
        asked = json.loads(line)
        found = _born(asked) if "file" in asked else _end_of(asked["pid"], ended)
        _answer(asked["number"], found)


def _answer(number: int, answer: int | None) -> None:
    print(json.dumps({"number": number, "answer": answer}), flush=True)


def _born(asked: Mapping[str, Any]) -> int:
    """The process of a new kernel, which leads its own group by then."""
    reading, writing = os.pipe()
    pid = os.fork()
    if not pid:
        os.close(reading)
        try:
            _become_kernel(asked, writing)
        finally:
            os._exit(1)
    os.close(writing)
    os.read(reading, 1)
    os.close(reading)
    return pid


def _become_kernel(asked: Mapping[str, Any], ready: int) -> None:
    os.setsid()
    os.close(ready)
    nothing = os.open(os.devnull, os.O_RDWR)
    for each in (0, 1, 2):
        os.dup2(nothing, each)
    os.environ.clear()
    os.environ.update(asked["env"], JPY_PARENT_PID=str(os.getppid()))
    os.chdir(asked["cwd"])
    tempfile.tempdir = None  # that of the environment before
    die_with_builder()
    run_kernel(asked["file"])
    os._exit(0)


def _end_of(pid: int, ended: dict[int, int]) -> int | None:
    """Its exit code, or minus the signal; None while it lives."""
    if pid not in ended:
        done, status = os.waitpid(pid, os.WNOHANG)
        if done:
            ended[pid] = os.waitstatus_to_exitcode(status)
    return ended.get(pid)


if __name__ == "__main__":
    main()
