"""How long a million rows take from the file to the accepted table, against pandas.

    .venv/bin/python tests/benchmarks/cleaning.py [ROWS]

A CSV of 15 columns (an id, a date, a unit, nine answers, sex, age, education; one row
in a hundred is dirty) is read, parsed and judged by `clean_study`, and read as text by
`pandas.read_csv`. Each reading has a fresh process, which begins with a path and ends
with its tables in memory; imports are not timed, also those that happen late: both
read a hundred rows before. They take turns, so that a busy machine is busy for both.
Told are the medians, the median of the ratios of neighbours and the largest memory of
each. Exit code 1 where the ratio is above the bar.
"""

import csv
import random
import subprocess
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from typing import NamedTuple

ROWS = 1_000_000
REPETITIONS = 5
BAR = 4.0
UNITS = 30
ITEMS = (
    *("persyaratan", "prosedur", "waktu", "biaya", "produk"),
    *("kompetensi", "perilaku", "sarana", "pengaduan"),
)
HEADER = ["No", "Tanggal", "Unit", *(f"U{i}" for i in range(1, 10))]
HEADER += ["Jenis Kelamin", "Usia", "Pendidikan"]
DIRTY = ("", "0", "5", "4.0", " 3", "-", "3.5", "tidak tahu")

PEAK = """
try:
    import resource, sys
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    peak //= 1024 if sys.platform != "darwin" else 1024 * 1024
except ImportError:
    peak = 0
"""
PANDAS = f"""
import sys, time
import pandas as pd
pd.read_csv(sys.argv[2], dtype=str)
start = time.perf_counter()
frame = pd.read_csv(sys.argv[1], dtype=str)
seconds = time.perf_counter() - start
{PEAK}
print(seconds, peak, len(frame))
"""
OURS = f"""
import sys, time
from pathlib import Path
from skm_analysis.responses.cleaning import clean_study
from skm_analysis.study.loading import load_study
from skm_analysis.study.places import Places
few, places = (Places(Path(root), "2021") for root in sys.argv[:0:-1])
clean_study(few, load_study(few))
study = load_study(places)
start = time.perf_counter()
cleaned = clean_study(places, study)
seconds = time.perf_counter() - start
{PEAK}
kept = sum(map(len, cleaned.accepted.values()))
print(seconds, peak, kept + len(cleaned.set_aside))
"""


class Run(NamedTuple):
    seconds: float
    peak: int  # MiB resident, 0 where the system does not tell
    rows: int


def write_study(root: Path, rows: int) -> Path:
    """A study of one delivery; the path of its file."""
    study = root / "data" / "raw" / "2021"
    (study / "responses").mkdir(parents=True)
    (study / "instruments").mkdir()
    (study / "secret").write_text("0123456789abcdef" * 4)
    items = "".join(
        f'[[item]]\nkey = "{key}"\nunsur = "{key}"\nlabel = "{key}"\n'
        f'question = "Bagaimana {key}?"\n'
        for key in ITEMS
    )
    (study / "instruments" / "sembilan.toml").write_text(
        f'format = 1\ntitle = "Sembilan unsur"\nscale = [1, 4]\n{items}'
    )
    units = "".join(
        f'[[unit]]\nid = "kel-{unit}"\nname = "Kelurahan {unit}"\n'
        'kind = "kelurahan"\ninstrument = "sembilan"\n'
        for unit in range(UNITS)
    )
    columns = "".join(f'{key} = "U{i}"\n' for i, key in enumerate(ITEMS, start=1))
    (study / "study.toml").write_text(
        'format = 1\n[study]\ntitle = "Pengukuran"\nyear = 2021\n'
        'institution = "Contoh"\nstart = 2021-01-01\nend = 2021-12-31\n'
        f"synthetic = true\n{units}"
        '[[delivery]]\nfile = "responses/a.csv"\nunit_column = "Unit"\n'
        'id_column = "No"\nperiod_column = "Tanggal"\n'
        f"[delivery.columns]\n{columns}"
        '[delivery.profile]\nsex = "Jenis Kelamin"\nage = "Usia"\n'
        'education = "Pendidikan"\n'
    )
    path = study / "responses" / "a.csv"
    write_answers(path, rows)
    return path


def write_answers(path: Path, rows: int) -> None:
    chance = random.Random(14)
    with path.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(HEADER)
        for row in range(rows):
            day = date(2021, 1, 1) + timedelta(days=chance.randrange(365))
            answers = chance.choices("1234", (2, 8, 50, 40), k=len(ITEMS))
            if chance.random() < 0.01:
                answers[chance.randrange(len(ITEMS))] = chance.choice(DIRTY)
            who = chance.choice("LP"), chance.randint(17, 70)
            school = chance.choice(("SD", "SMP", "SMA", "S1"))
            unit = f"Kelurahan {chance.randrange(UNITS)}"
            lines.writerow([f"R-{row}", day, unit, *answers, *who, school])


def run(program: str, path: Path, few: Path) -> Run:
    command = [sys.executable, "-c", program, str(path), str(few)]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    seconds, peak, rows = told.split()
    return Run(float(seconds), int(peak), int(rows))


def main(rows: int) -> int:
    with tempfile.TemporaryDirectory() as folder:
        root, small = Path(folder) / "many", Path(folder) / "few"
        path, few = write_study(root, rows), write_study(small, 100)
        pairs = [
            (run(PANDAS, path, few), run(OURS, root, small)) for _ in range(REPETITIONS)
        ]
    for pair in pairs:
        if {each.rows for each in pair} != {rows}:
            raise RuntimeError("rows are not all accounted for")
    print(f"{rows} rows, {len(HEADER)} columns, {REPETITIONS} turns")
    bare, ours = zip(*pairs, strict=True)
    for name, runs in (("pandas.read_csv", bare), ("clean_study", ours)):
        seconds, peak = (median(x[i] for x in runs) for i in (0, 1))
        print(f"{name:>16} {seconds:7.2f} s {peak:6.0f} MiB")
    ratios = sorted(own.seconds / alone.seconds for alone, own in pairs)
    ratio = median(ratios)
    print(f"ratio {ratio:.2f} ({ratios[0]:.2f} to {ratios[-1]:.2f}), bar {BAR:.2f}")
    return int(ratio > BAR)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:2] or [ROWS])))
