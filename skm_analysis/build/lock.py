"""One writer per study: a lock that dies with its holder."""

import contextlib
import getpass
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from skm_analysis.errors import LockedError, PublishError, cause
from skm_analysis.study.places import Places

# A byte that no holder's text reaches: Windows locks bytes against reading too.
_LOCKED_BYTE = 1 << 20


@contextmanager
def only_writer(places: Places) -> Iterator[None]:
    """Hold the study's lock while the block runs.

    The system drops the lock when the process ends, however it ends; the file stays.
    Where the system has no file locks, a file named after its holder's process stands
    for it, and one left by a dead process is taken over.

    Raises
    ------
    LockedError
        Another process holds it; the message tells which.
    PublishError
        `reports/` cannot be written.
    """
    path = places.edition.with_name(f".{places.study}.lock")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.open("a+b")
    except OSError as error:
        raise PublishError(
            f"{places.told(path.parent)}: tidak dapat ditulis ({cause(error)}).\n"
            "  yang diharapkan: folder yang boleh ditulis oleh pengguna ini\n"
            "  periksa hak akses folder itu, lalu jalankan kembali."
        ) from None
    with file, _locked(file, path) as free:
        if not free:
            raise LockedError(_told(places, _holder(file)))
        file.truncate(0)
        file.write(json.dumps({"pid": os.getpid(), "user": _user()}).encode())
        file.flush()
        yield


@contextmanager
def _locked(file: IO[bytes], path: Path) -> Iterator[bool]:
    """Try to lock; yields whether it is ours."""
    try:
        import fcntl
    except ImportError:
        with _locked_elsewhere(file, path) as free:
            yield free
        return
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        yield False
    else:
        yield True  # closing the file lets it go


@contextmanager
def _locked_elsewhere(file: IO[bytes], path: Path) -> Iterator[bool]:
    try:
        import msvcrt
    except ImportError:
        with _locked_by_name(path) as free:
            yield free
        return
    lock = getattr(msvcrt, "locking")  # noqa: B009 - it exists on Windows only
    file.seek(_LOCKED_BYTE)
    try:
        lock(file.fileno(), getattr(msvcrt, "LK_NBLCK"), 1)  # noqa: B009
    except OSError:
        yield False
    else:
        try:
            yield True
        finally:
            file.seek(_LOCKED_BYTE)
            lock(file.fileno(), getattr(msvcrt, "LK_UNLCK"), 1)  # noqa: B009


@contextmanager
def _locked_by_name(path: Path) -> Iterator[bool]:
    mark = path.with_suffix(".pid")
    if mark.exists() and not _alive(mark):
        mark.unlink(missing_ok=True)
    try:
        with mark.open("x") as file:
            file.write(str(os.getpid()))
    except FileExistsError:
        yield False
        return
    try:
        yield True
    finally:
        mark.unlink(missing_ok=True)


def _alive(mark: Path) -> bool:
    try:
        os.kill(int(mark.read_text()), 0)
    except (ProcessLookupError, ValueError):
        return False
    except OSError:
        return True
    return True


def _holder(file: IO[bytes]) -> dict[str, object]:
    with contextlib.suppress(OSError, ValueError):
        file.seek(0)
        told = json.loads(file.read(_LOCKED_BYTE))
        if isinstance(told, dict):
            return told
    return {}


def _user() -> str:
    with contextlib.suppress(OSError, KeyError, ImportError):
        return getpass.getuser()
    return ""


def _told(places: Places, holder: dict[str, object]) -> str:
    user = f" oleh {holder['user']}" if holder.get("user") else ""
    number = f" (proses {holder['pid']})" if holder.get("pid") else ""
    return (
        f"Studi {places.study} sedang disusun{user}{number}.\n"
        "  yang diharapkan: satu penyusunan pada satu waktu untuk satu studi\n"
        "  tunggu sampai selesai, lalu jalankan kembali."
    )
