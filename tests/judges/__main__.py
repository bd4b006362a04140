"""Outside judges on a finished report: `python tests/judges STUDY`, or `make judges`.

Each is tried on a spoiled file first. Exit code 1 for an error in a file, or a judge
that finds nothing in the spoiled one; 2 where a judge is not there, which is no pass.
"""

import sys
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

import axe_judge
import docx_plus_judge
import libreoffice_judge
import outloud_judge
import spoiling
from verdict import PROJECT, Verdict


class Court(NamedTuple):
    judge: ModuleType
    patterns: tuple[str, ...]  # of files in the edition
    spoil: Callable[[Path, Path], Path]


COURTS = (
    Court(outloud_judge, ("*.pdf", "units/*.pdf"), spoiling.without_tags),
    Court(docx_plus_judge, ("*.docx", "units/*.docx"), spoiling.without_bookmarks),
    Court(axe_judge, ("*.html", "units/*.html"), spoiling.without_names),
    Court(
        libreoffice_judge,
        ("*.docx", "*.xlsx", "internal/*.xlsx"),
        spoiling.without_tables,
    ),
)


def main(study: str) -> int:
    edition = PROJECT / "reports" / study
    if not edition.is_dir():
        print(f"reports/{study} belum ada; susun dahulu dengan: skm run {study}")
        return 2
    absent, faulty = 0, 0
    for court in COURTS:
        if what := court.judge.missing():
            print(f"{what} tidak terpasang: tidak dinilai")
            absent += 1
            continue
        files = sorted(x for pattern in court.patterns for x in edition.glob(pattern))
        first = next(edition.glob(court.patterns[0]))
        faulty += not _says_no(court, first)
        faulty += sum(_told(path, court.judge.judge(path), edition) for path in files)
    return 2 if absent else int(faulty > 0)


def _says_no(court: Court, good: Path) -> bool:
    with tempfile.TemporaryDirectory() as folder:
        bad = court.spoil(good, Path(folder) / good.name)
        given = (good, bad) if court.judge is libreoffice_judge else (bad,)
        found = court.judge.judge(*given)
    verdict = "ditolak" if found.errors else "TIDAK DITOLAK: penilai ini tidak berlaku"
    print(f"{found.judge}: {good.name} yang dirusak {verdict} ({len(found.errors)})")
    return bool(found.errors)


def _told(path: Path, found: Verdict, edition: Path) -> bool:
    name = path.relative_to(edition).as_posix()
    counted = f"{len(found.errors)} kesalahan, {len(found.warnings)} peringatan"
    print(f"{name}: {found.judge}: {counted}", *_first(found.errors), sep="\n  ")
    return bool(found.errors)


def _first(errors: Iterable[str]) -> list[str]:
    told = [*errors]
    return [*told[:10], *([f"dan {len(told) - 10} lagi"] if len(told) > 10 else [])]


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2] or ["2021"]))
