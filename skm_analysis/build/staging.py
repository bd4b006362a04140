"""All or nothing: an edition is built beside the old one and takes its place at once.

The old edition is whole until the very step that replaces it. Where the system can
exchange two folders, that is one step; elsewhere it is two renames, and a journal
lets the next command complete what was interrupted between them.
"""

import ctypes
import errno
import json
import os
import re
import secrets
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from skm_analysis.build import manifest
from skm_analysis.errors import PublishError, cause
from skm_analysis.study.digests import sha256
from skm_analysis.study.places import Places

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
_CANNOT_EXCHANGE = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EXDEV}
_FULL = {errno.ENOSPC, errno.EDQUOT}
_LEAST_FREE = 50_000_000  # bytes


class _Plan(NamedTuple):
    """What a publication is about to do: names within `reports/`."""

    stage: str
    old: str  # where the old edition waits between two renames
    aside: str  # where an edited old edition stays; "" if it was not edited
    manifest: str  # the new edition's manifest, by hash


@contextmanager
def staged(places: Places) -> Iterator[Path]:
    """An empty folder beside the edition; it goes when the block fails.

    Completes an interrupted publication and removes what dead runs left, so call it
    with the study's lock held.

    Raises
    ------
    PublishError
        Not enough room on the disk, now or while building.
    """
    with _full_disk_told(places):
        recover(places)
        _check_room(places)
        stage = _reports(places) / f".stage-{places.study}-{secrets.token_hex(4)}"
        stage.mkdir(parents=True)
        try:
            yield stage
        finally:
            # Between exchange and settling, `stage` holds the old edition.
            if not _journal(places).exists():
                shutil.rmtree(stage, ignore_errors=True)


def publish(places: Places, stage: Path) -> Path | None:
    """Put the finished `stage` in the edition's place.

    Returns
    -------
    Where an old edition that somebody had edited was put aside; None otherwise.

    Raises
    ------
    PublishError
        The stage is not what its manifest says, or the old edition cannot be moved
        because a file of it is open. The old edition is then still in its place.
    """
    if wrong := manifest.differences(stage):
        raise PublishError(
            f"Laporan {places.study} yang baru tidak sesuai manifesnya: "
            f"{wrong[0].path}.\n"
            "  yang diharapkan: setiap berkas tercatat dan utuh\n"
            "  jalankan kembali; bila terulang, periksa disk komputer ini."
        )
    _flush(stage)
    edited = places.edition.exists() and manifest.was_edited(places.edition)
    plan = _Plan(
        stage=stage.name,
        old=f".old-{places.study}-{secrets.token_hex(4)}",
        aside=_free_name(places) if edited else "",
        manifest=_manifest_hash(stage),
    )
    _write_journal(places, plan)
    try:
        _swap(places, plan)
    except OSError as error:
        _journal(places).unlink()
        raise PublishError(_refused(places, error)) from None
    _settle(places, plan)
    return _reports(places) / plan.aside if plan.aside else None


def recover(places: Places) -> None:
    """Complete a publication that was interrupted, and sweep leftovers of dead runs."""
    try:
        plan = _Plan(**json.loads(_journal(places).read_bytes()))
    except FileNotFoundError:
        pass
    except (ValueError, TypeError):
        _journal(places).unlink()  # cut while being written: nothing had moved yet
    else:
        for waiting in (_reports(places) / plan.stage, _reports(places) / plan.old):
            if not places.edition.exists() and waiting.exists():
                waiting.rename(places.edition)
        _settle(places, plan)
    _sweep(places)


def _swap(places: Places, plan: _Plan) -> None:
    stage, old = _reports(places) / plan.stage, _reports(places) / plan.old
    if not places.edition.exists():
        stage.rename(places.edition)
    elif not _exchange(stage, places.edition):
        places.edition.rename(old)
        try:
            stage.rename(places.edition)
        except BaseException:
            if not places.edition.exists():
                old.rename(places.edition)
            raise
    _flush_folder(_reports(places))


def _settle(places: Places, plan: _Plan) -> None:
    """Put the old edition aside or remove it; may be repeated."""
    reports = _reports(places)
    replaced = next(
        (
            reports / name
            for name in (plan.old, plan.stage)
            if (reports / name).exists()
        ),
        None,
    )
    if replaced is not None and plan.aside and _is_new(places, plan):
        replaced.rename(reports / plan.aside)
        _flush_folder(reports)
    _journal(places).unlink(missing_ok=True)
    _flush_folder(reports)
    _sweep(places)


def _is_new(places: Places, plan: _Plan) -> bool:
    """Whether the edition in place is the new one, whole.

    An edited old edition may carry the very same manifest, but does not agree with it.
    """
    edition = places.edition
    return _manifest_hash(edition) == plan.manifest and not manifest.was_edited(edition)


def _manifest_hash(folder: Path) -> str:
    path = folder / manifest.NAME
    return sha256(path) if path.is_file() else ""


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two folders in one step; False where the system cannot."""
    if sys.platform != "linux":
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    if not hasattr(libc, "renameat2"):
        return False
    names = os.fsencode(one), os.fsencode(other)
    if libc.renameat2(_AT_FDCWD, names[0], _AT_FDCWD, names[1], _RENAME_EXCHANGE) == 0:
        return True
    number = ctypes.get_errno()
    if number in _CANNOT_EXCHANGE:
        return False
    raise OSError(number, os.strerror(number), str(other))


def _flush(folder: Path) -> None:
    """Have every file and folder on the disk before any name changes."""
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink():
            with path.open("r+b") as file:  # Windows flushes only what may be written
                os.fsync(file.fileno())
        elif path.is_dir():
            _flush_folder(path)
    _flush_folder(folder)


def _flush_folder(folder: Path) -> None:
    if os.name == "nt":
        return  # has no handles of folders to flush
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _write_journal(places: Places, plan: _Plan) -> None:
    with _journal(places).open("wb") as file:
        file.write(json.dumps(plan._asdict()).encode())
        file.flush()
        os.fsync(file.fileno())
    _flush_folder(_reports(places))


def _journal(places: Places) -> Path:
    return _reports(places) / f".{places.study}.publishing"


def _reports(places: Places) -> Path:
    return places.edition.parent


def _sweep(places: Places) -> None:
    left = re.compile(rf"\.(?:stage|old)-{re.escape(places.study)}-[0-9a-f]{{8}}")
    if not _reports(places).is_dir():
        return
    for path in _reports(places).iterdir():
        if left.fullmatch(path.name):
            shutil.rmtree(path, ignore_errors=True)


def _free_name(places: Places) -> str:
    number = 1
    while (_reports(places) / f"{places.study}-disunting-{number}").exists():
        number += 1
    return f"{places.study}-disunting-{number}"


def forget_failures(places: Places) -> None:
    """Remove what an earlier failed run kept."""
    try:
        if places.failed.exists():
            shutil.rmtree(places.failed)
    except OSError as error:
        raise PublishError(_refused(places, error, places.failed)) from None


def _refused(places: Places, error: OSError, folder: Path | None = None) -> str:
    told = places.told(folder or places.edition)
    if isinstance(error, PermissionError):
        return (
            f"{told}: tidak dapat diganti karena ada berkasnya yang sedang dibuka.\n"
            "  yang diharapkan: tidak ada berkas di folder itu yang terbuka\n"
            "  tutup berkas di Word, Excel, atau penampil PDF, lalu jalankan kembali; "
            "edisi lama masih utuh."
        )
    return (
        f"{told}: tidak dapat diganti ({cause(error)}).\n"
        "  yang diharapkan: folder yang boleh ditulis oleh pengguna ini\n"
        "  periksa disk dan hak akses folder itu, lalu jalankan kembali."
    )


def _check_room(places: Places) -> None:
    reports = _reports(places)
    reports.mkdir(parents=True, exist_ok=True)
    old = sum(path.stat().st_size for path in places.edition.rglob("*"))
    needed = max(_LEAST_FREE, 3 * old)
    free = shutil.disk_usage(reports).free
    if free < needed:
        raise PublishError(_full(places, f"perlu {_mb(needed)}, tersisa {_mb(free)}"))


@contextmanager
def _full_disk_told(places: Places) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno not in _FULL:
            raise
        free = shutil.disk_usage(_reports(places)).free
        raise PublishError(_full(places, f"tersisa {_mb(free)}")) from None


def _full(places: Places, room: str) -> str:
    return (
        f"{places.told(_reports(places))}: disk penuh ({room}).\n"
        "  yang diharapkan: ruang untuk edisi baru di samping edisi lama\n"
        "  kosongkan disk, lalu jalankan kembali; edisi sebelumnya masih utuh."
    )


def _mb(size: int) -> str:
    return f"{-(-size // 1_000_000)} MB"
