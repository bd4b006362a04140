"""Kernels forked from a process that has imported already; on Linux alone.

Elsewhere, and where the nursery does not answer, `kernels` starts each by itself.
"""

import atexit
import contextlib
import itertools
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping

_WANTS = ("fork", "setsid", "waitstatus_to_exitcode")
POSSIBLE = sys.platform == "linux"


class Nursery:
    """The process that forks. Asking it is safe from any thread.

    Made when it has imported all; OSError where it can not.
    """

    def __init__(self, env: Mapping[str, str]) -> None:
        self._lock = threading.Lock()
        self._numbers = itertools.count(1)
        self._process = subprocess.Popen(
            [sys.executable, "-m", "skm_analysis.build.kernel_nursery"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=env,
            text=True,
            encoding="utf-8",
            start_new_session=True,
        )
        atexit.register(self.close)
        self._answer(0)

    def kernel(self, env: Mapping[str, str], cwd: str, file: str) -> "WarmKernel":
        """A new kernel for the connection in `file`; OSError where there is none."""
        pid = self.ask({"env": dict(env), "cwd": cwd, "file": file})
        if pid is None:
            raise OSError("no kernel was born")
        return WarmKernel(self, pid)

    def ask(self, asked: Mapping[str, object]) -> int | None:
        """Its answer; OSError where it has ended."""
        with self._lock:
            into = self._process.stdin
            if into is None or into.closed:
                raise OSError("the nursery is closed")
            number = next(self._numbers)
            into.write(json.dumps({**asked, "number": number}) + "\n")
            into.flush()
            return self._answer(number)

    def _answer(self, number: int) -> int | None:
        """That to the question of this number; Ctrl-C may have left older ones."""
        out = self._process.stdout
        while out is not None and (line := out.readline()):
            with contextlib.suppress(ValueError):
                told = json.loads(line)
                if told["number"] == number:
                    answer: int | None = told["answer"]
                    return answer
        raise OSError("the nursery has ended")

    def close(self) -> None:
        """End it, and with it whatever kernel still lives."""
        with self._lock:
            self._process.kill()
            self._process.communicate()


class WarmKernel:
    """What `subprocess.Popen` is for a kernel that is started by itself."""

    stdin = stdout = stderr = None

    def __init__(self, nursery: Nursery, pid: int) -> None:
        self.pid = pid
        self.returncode: int | None = None
        self._nursery = nursery

    def poll(self) -> int | None:
        if self.returncode is None:
            try:
                self.returncode = self._nursery.ask({"pid": self.pid})
            except OSError:
                self.returncode = -signal.SIGKILL  # it ended with its nursery
        return self.returncode

    def wait(self) -> int | None:
        """How it ended; asked only of one that has."""
        return self.poll()

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)


_NURSERIES: list[Nursery | None] = []
_STARTING = threading.Lock()


def nursery(env: Mapping[str, str]) -> Nursery | None:
    """This process's own, started when first asked for; None where there can be none.

    `env` is the environment in which it imports.
    """
    with _STARTING:
        if not _NURSERIES:
            _NURSERIES.append(_started(env))
        return _NURSERIES[0]


def _started(env: Mapping[str, str]) -> Nursery | None:
    if not POSSIBLE or not all(hasattr(os, each) for each in _WANTS):
        return None
    try:
        return Nursery(env)
    except OSError:
        return None
