"""Which files a [[delivery]] names: one, those of a folder, or those of a pattern.

A folder or pattern stands for one delivery per file that lies there, in the order of
their names. While there is none, it stands for one that has not come yet.
"""

import os
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from skm_analysis.study.faults import plain
from skm_analysis.study.kinds import LONGEST_PATH, fits_relative
from skm_analysis.study.records import Delivery
from skm_analysis.study.tables import Table

# What systems leave in folders by themselves; and all whose names begin so.
_NO_DELIVERIES = frozenset({"thumbs.db", "desktop.ini", "ehthumbs.db"})
_NO_BEGINNINGS = (".", "~$")


class Lying(NamedTuple):
    """What a folder or pattern finds."""

    files: tuple[str, ...]  # relative to the study folder
    passed_over: tuple[str, ...]  # names of what lies there and is no delivery


def names_several(folder: Path, file: str) -> bool:
    """Whether `file` is a pattern, or a folder of the study folder."""
    is_pattern = bool(set("*?") & set(file))
    return is_pattern or file.endswith("/") or (folder / file).is_dir()


def lying_there(folder: Path, file: str, own: Collection[str]) -> Lying:
    """The files that a folder or pattern names, without those in `own`.

    Upper and lower case are alike, as on Windows. Folders within are not entered.
    """
    place, shape = _place(folder, file)
    if not (folder / place).is_dir():
        return Lying((), ())
    by_themselves = {_folded(each) for each in own}
    files, passed_over = [], []
    for path in sorted((folder / place).iterdir(), key=lambda path: _order(path.name)):
        name = (place / path.name).as_posix()
        if not shape.fullmatch(_folded(path.name)) or _folded(name) in by_themselves:
            continue
        if path.is_file() and not is_left_behind(path.name):
            files.append(name)
        else:
            passed_over.append(path.name)
    return Lying(tuple(files), tuple(passed_over))


def _place(folder: Path, file: str) -> tuple[PurePosixPath, re.Pattern[str]]:
    """The folder that is looked through, and the shape of the names looked for."""
    if file.endswith("/") or (folder / file).is_dir():
        return PurePosixPath(file), re.compile(".*", re.DOTALL)
    path = PurePosixPath(file)
    signs = {"*": ".*", "?": "."}
    shape = "".join(signs.get(sign) or re.escape(sign) for sign in _folded(path.name))
    return path.parent, re.compile(shape, re.DOTALL)


def is_left_behind(name: str) -> bool:
    """Whether a file of this name is a system's own, or a lock of an open workbook."""
    return name.startswith(_NO_BEGINNINGS) or name.casefold() in _NO_DELIVERIES


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def _order(name: str) -> tuple[str, str]:
    return _folded(name), name


def expand(folder: Path, declared: Iterable[Delivery]) -> tuple[Delivery, ...]:
    """One delivery per file; a file that is named by itself is nobody else's."""
    deliveries = tuple(declared)
    own = [each.file for each in deliveries if not names_several(folder, each.file)]
    found: list[Delivery] = []
    for each in deliveries:
        if not names_several(folder, each.file):
            found.append(each)
            continue
        lying = lying_there(folder, each.file, own)
        several = [replace(each, file=file, pattern=each.file) for file in lying.files]
        if each.unit_from == "file":
            several = [*_of_units(each, several, _place(folder, each.file)[0])]
        several = several or [replace(each, pattern=each.file)]
        several[0] = replace(several[0], passed_over=lying.passed_over)
        found += several
    return tuple(found)


def _of_units(
    declared: Delivery, there: Iterable[Delivery], place: PurePosixPath
) -> Iterator[Delivery]:
    """Each file with the unit that its name stands for, and those not there yet.

    A file that `units` does not name keeps none: it is refused where it is read.
    """
    awaited = {_folded(name): (name, unit) for name, unit in declared.units.items()}
    for each in there:
        name, unit = awaited.pop(_folded(PurePosixPath(each.file).name), ("", None))
        yield replace(each, unit=unit)
    for name, unit in awaited.values():
        file = (place / name).as_posix()
        yield replace(declared, file=file, pattern=declared.file, unit=unit)


def lying_undeclared(
    folder: Path, below: str, declared: Collection[str]
) -> tuple[str, ...]:
    """Files in the folder `below` and its folders that nothing in `declared` names.

    Relative to `folder`, without what systems leave there.
    """
    named = {_folded(each) for each in declared}
    lying = (path for path in (folder / below).rglob("*") if path.is_file())
    names = (path.relative_to(folder) for path in lying)
    return tuple(
        sorted(
            name.as_posix()
            for name in names
            if _folded(name.as_posix()) not in named
            and not any(is_left_behind(part) for part in name.parts)
        )
    )


def check_several(deliveries: Iterable[Table], folder: Path) -> None:
    """Each file is of one folder or pattern only, and none leads out of the study."""
    declared = [each for each in deliveries if each.get("file") is not None]
    own = [each["file"] for each in declared if not _is_several(each, folder)]
    seen: dict[str, str] = {}
    home = Path(os.path.realpath(folder))
    for delivery in declared:
        if not _is_several(delivery, folder):
            continue
        if delivery.get("replaces"):
            delivery.spot.fault(
                "'replaces' tidak berlaku untuk folder atau pola nama berkas.",
                "sebutkan berkas penggantinya dalam [[delivery]] tersendiri.",
            )
        for file in lying_there(folder, delivery["file"], own).files:
            if not Path(os.path.realpath(folder / file)).is_relative_to(home):
                delivery.spot.fault(
                    f"'{plain(file)}' menunjuk ke luar folder studi.",
                    "salin berkasnya ke folder responses.",
                )
            _check_name(delivery, file)
            first = seen.setdefault(file, delivery["file"])
            if first != delivery["file"]:
                delivery.spot.fault(
                    f"'{plain(file)}' sudah termasuk '{plain(first)}'.",
                    "persempit salah satu polanya.",
                )


def _check_name(delivery: Table, file: str) -> None:
    """A name that `received.csv` could not hold, or that shows itself as another."""
    if not fits_relative(file):
        delivery.spot.fault(
            f"nama berkas '{plain(file)}' tidak dapat dipakai.",
            'ganti namanya: tanpa tanda yang tidak tampak dan tanpa \\ : < > " | ? *, '
            f"bersama foldernya paling banyak {LONGEST_PATH} karakter.",
        )


def _is_several(delivery: Mapping[str, Any], folder: Path) -> bool:
    return names_several(folder, delivery["file"])
