"""Kernels that share nothing: own sockets, own folders, a fixed environment.

Kernels that put their sockets in one folder talk to each other by mistake ("Invalid
Signature", or a hang), so each has a folder of its own, with a short name because a
socket path holds about a hundred characters.
"""

import atexit
import contextlib
import functools
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import weakref
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import zmq
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager

from skm_analysis.build.warm_kernels import Nursery, nursery

IPC = sys.platform != "win32" and bool(zmq.has("ipc"))

TCP_NOTICE = (
    "Sistem ini tidak menyediakan soket IPC: kernel memakai TCP pada 127.0.0.1.\n"
    "  selama laporan disusun, jangan biarkan orang lain masuk ke komputer ini."
)

_PASSED_ON = (
    "PATH",
    "LD_LIBRARY_PATH",
    "DYLD_LIBRARY_PATH",
    "SYSTEMROOT",
    "SYSTEMDRIVE",
    "WINDIR",
    "COMSPEC",
    "PATHEXT",
)
_FIXED = {
    "PYTHONHASHSEED": "0",
    "PYTHONSAFEPATH": "1",
    "PYTHONNOUSERSITE": "1",
    "PYTHONUTF8": "1",
    "TZ": "UTC",
    "LC_ALL": "C.UTF-8",
    "MPLBACKEND": "Agg",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "SOURCE_DATE_EPOCH": "315532800",  # 1980-01-01, the first day a zip can tell
    "JUPYTER_PLATFORM_DIRS": "1",
    "JUPYTER_NO_CONFIG": "1",
}
_PREFIX = "skm-"
_LONGEST_FOLDER = 60  # characters; a socket path must stay below about 100

_ONLY_OWN_FONTS = """
import matplotlib, pathlib
from matplotlib import font_manager as fonts
own = pathlib.Path(matplotlib.get_data_path()).resolve()
known = fonts.fontManager
for name in ("ttflist", "afmlist"):
    kept = [f for f in getattr(known, name) if own in pathlib.Path(f.fname).parents]
    setattr(known, name, kept)
version = fonts.FontManager.__version__
path = pathlib.Path(matplotlib.get_cachedir()) / f"fontlist-v{version}.json"
fonts.json_dump(known, path)
"""


class PrivateKernelManager(AsyncKernelManager):
    """One kernel of this Python, in its own folder and environment.

    It runs the builder's interpreter, not whatever kernel is installed as `python3`.
    """

    def __init__(self, folder: Path, root: Path) -> None:
        super().__init__(kernel_name="python3")
        self.autorestart = False
        self.connection_file = str(folder / "kernel.json")
        if IPC:
            self.transport = "ipc"
            self.ip = str(folder / "k")
        self._folder = folder
        self._root = root

    @property
    def kernel_spec(self) -> KernelSpec:
        module = "skm_analysis.build.kernel_process"
        return KernelSpec(
            argv=[sys.executable, "-m", module, "-f", "{connection_file}"],
            display_name="Python",
            language="python",
        )

    async def _async_launch_kernel(self, kernel_cmd: list[str], **kw: Any) -> None:
        env = environment(self._folder, self._root)
        cwd = str(_made(self._folder / "work"))
        warm = nursery(_importing())
        with _LOCK:
            if _STOPPED.is_set():
                raise RuntimeError("no kernel is started any more")
            if warm is None or not self._is_born(warm, env, cwd):
                nothing = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
                kw |= {"env": env, "cwd": cwd, **nothing}
                await super()._async_launch_kernel(kernel_cmd, **kw)
            _LIVE.add(self)

    def _is_born(self, warm: Nursery, env: Mapping[str, str], cwd: str) -> bool:
        """Whether the nursery gave a kernel, which then is this manager's."""
        place: Any = self.provisioner
        try:
            place.process = warm.kernel(env, cwd, self.connection_file)
        except OSError:
            return False
        place.pid = place.pgid = place.process.pid  # it leads its group
        place.cwd = cwd
        self._reconcile_connection_info(place.connection_info)
        return True

    def kill_now(self) -> None:
        """End the kernel and what it started, from any thread."""
        process = getattr(self.provisioner, "process", None)
        # Not `poll`: the nursery may be at another question, of this very thread.
        if process is None or process.returncode is not None:
            return
        with contextlib.suppress(OSError):
            if hasattr(os, "killpg"):
                os.killpg(process.pid, signal.SIGKILL)  # it leads its own group
            else:
                process.kill()

    @property
    def exit_status(self) -> int | None:
        """How the kernel ended: its code, or minus the signal; None if it lives."""
        process = getattr(self.provisioner, "process", None)
        return None if process is None else process.poll()


# Child processes belong to the whole process, hence this registry of them.
_LIVE: "weakref.WeakSet[PrivateKernelManager]" = weakref.WeakSet()
_LOCK = threading.Lock()
_STOPPED = threading.Event()


@contextmanager
def private_kernel(root: Path) -> Iterator[PrivateKernelManager]:
    """A kernel manager, not started yet; its folder goes when the block ends."""
    # The process id tells `sweep` whose folder it is.
    prefix = f"{_PREFIX}{os.getpid()}-"
    folder = Path(tempfile.mkdtemp(prefix=prefix, dir=_short_folder()))
    manager = PrivateKernelManager(folder, root)
    try:
        yield manager
    finally:
        manager.kill_now()
        _LIVE.discard(manager)
        shutil.rmtree(folder, ignore_errors=True)


def stop_all() -> None:
    """Kill every kernel of this process and start none until `allow_again`."""
    with _LOCK:
        _STOPPED.set()
        for manager in list(_LIVE):
            manager.kill_now()


def allow_again() -> None:
    _STOPPED.clear()


def sweep() -> None:
    """Remove the folders that killed builders of this user left behind."""
    if not hasattr(os, "getuid"):
        return  # asking whether a process lives would end it on Windows
    for folder in _short_folder().glob(f"{_PREFIX}*-*"):
        told = re.fullmatch(rf"{_PREFIX}(\d+)-\w+", folder.name)
        with contextlib.suppress(OSError):
            if told and folder.lstat().st_uid == os.getuid():
                _remove_if_dead(int(told[1]), folder)


def _remove_if_dead(pid: int, folder: Path) -> None:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        shutil.rmtree(folder, ignore_errors=True)


def environment(folder: Path, root: Path) -> Mapping[str, str]:
    """The kernel's whole environment: an allow-list, fixed settings, fresh folders."""
    home = str(_made(folder / "home"))
    temporary = str(_made(folder / "tmp"))
    fresh = {
        name: str(_made(folder / "jupyter" / name.lower()))
        for name in (
            "JUPYTER_CONFIG_DIR",
            "JUPYTER_DATA_DIR",
            "JUPYTER_RUNTIME_DIR",
            "IPYTHONDIR",
        )
    }
    return {
        **_passed_on(),
        **_FIXED,
        **fresh,
        "HOME": home,
        "USERPROFILE": home,
        "TMPDIR": temporary,
        "TEMP": temporary,
        "TMP": temporary,
        "MPLCONFIGDIR": font_cache(),
        "SKM_ROOT": str(root),
    }


def _passed_on() -> dict[str, str]:
    return {name: os.environ[name] for name in _PASSED_ON if name in os.environ}


def _importing() -> Mapping[str, str]:
    """The environment of the nursery, which has nothing of any kernel's own."""
    fonts = font_cache()
    return {**_passed_on(), **_FIXED, "MPLCONFIGDIR": fonts, "HOME": fonts}


@functools.cache
def _font_folder() -> str:
    folder = tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    subprocess.run(
        [sys.executable, "-c", _ONLY_OWN_FONTS],
        env={**_passed_on(), **_FIXED, "MPLCONFIGDIR": folder, "HOME": folder},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,  # without it every kernel makes its own, which is only slower
    )
    return folder


_FONTS_LOCK = threading.Lock()


def font_cache() -> str:
    """A folder with matplotlib's font list, made once for all kernels of this process.

    A fresh one for each kernel costs half a second, and several on a machine with
    many fonts. The list names only fonts that come with matplotlib: a figure looks
    the same whatever else is installed.
    """
    with _FONTS_LOCK:
        return _font_folder()


def _short_folder() -> Path:
    usual = Path(tempfile.gettempdir())
    short = Path("/tmp")
    if IPC and len(str(usual)) > _LONGEST_FOLDER and short.is_dir():
        return short
    return usual


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder
