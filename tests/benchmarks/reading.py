"""How long a delivered file takes to read, against the fastest reading there is.

    .venv/bin/python tests/benchmarks/reading.py [ROWS …]

An XLSX workbook of 15 columns (a time, an id, a profile, nine scores, a comment) is
read by `read_table`, guard and all, and by calamine alone in a bare process; both begin
with a path and end with all cells in memory. They take turns, so that a busy machine
is busy for both. Told are the medians and the median of the ratios of neighbours.
"""

import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median

import xlsxwriter

from skm_analysis.responses.reading import read_table

ROWS = (2_000, 10_000, 249_999)
REPETITIONS = {2_000: 15, 10_000: 11}
_OTHERWISE = 5
HEADER = ["Timestamp", "Kode", "JK", "Usia", "Pendidikan"]
HEADER += [*(f"U{item}" for item in range(1, 10)), "Saran"]
BARE = (
    "import sys, python_calamine as c;"
    "c.CalamineWorkbook.from_path(sys.argv[1]).get_sheet_by_index(0).to_python()"
)


def write_workbook(path: Path, rows: int) -> None:
    chance = random.Random(14)
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Data")
        moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        sheet.write_row(0, 0, HEADER)
        for row in range(1, rows + 1):
            when = datetime(2021, 3, 1, 9) + timedelta(seconds=37 * row)
            sheet.write_datetime(row, 0, when, moment)
            sheet.write_string(row, 1, f"R-{row}")
            sheet.write_string(row, 2, chance.choice("LP"))
            sheet.write_number(row, 3, chance.randint(17, 70))
            sheet.write_string(row, 4, chance.choice(["SD", "SMP", "SMA", "S1"]))
            sheet.write_row(row, 5, [chance.randint(1, 4) for _ in range(9)])
            if chance.random() < 0.3:
                sheet.write_string(row, 14, f"petugasnya ramah dan cepat {row % 97}")


def read_bare(path: Path) -> None:
    subprocess.run([sys.executable, "-c", BARE, str(path)], check=True)


def read_ours(path: Path) -> None:
    read_table(path, path.name, wanted=HEADER)


def seconds(read: Callable[[Path], None], path: Path) -> float:
    start = time.perf_counter()
    read(path)
    return time.perf_counter() - start


def main(sizes: tuple[int, ...]) -> None:
    print(f"{'rows':>8} {'calamine s':>11} {'read_table s':>13} {'ratio':>6}")
    with tempfile.TemporaryDirectory() as folder:
        for rows in sizes:
            path = Path(folder) / f"{rows}.xlsx"
            write_workbook(path, rows)
            pairs = [
                (seconds(read_bare, path), seconds(read_ours, path))
                for _ in range(REPETITIONS.get(rows, _OTHERWISE))
            ]
            bare, ours = (median(each) for each in zip(*pairs, strict=True))
            ratio = median(own / alone for alone, own in pairs)
            print(f"{rows:8} {bare:11.3f} {ours:13.3f} {ratio:6.2f}", flush=True)
    largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    print(f"largest child: {largest} MiB resident")


if __name__ == "__main__":
    main(tuple(map(int, sys.argv[1:])) or ROWS)
