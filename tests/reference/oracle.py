"""Repeat the run of R and hold its numbers against those committed here.

Needs R with its packages `survey` and `psych`. Ends with 0 where all numbers agree,
1 where one does not, 2 where R or a package is not installed.
"""

import csv
import math
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
SCRIPTS = ("oracle.R", "reliability.R")
TABLES = (
    "expected.csv",
    "expected_samples.csv",
    "expected_api.csv",
    "reliability-expected.csv",
)
PACKAGES = ("survey", "psych")
REMEDY = (
    "Angka R tidak dapat dihitung ulang: {missing} tidak terpasang di komputer ini.\n"
    "Pasanglah lebih dahulu, di Debian atau Ubuntu dengan\n"
    "    sudo apt-get install --no-install-recommends \\\n"
    "      r-base-core r-cran-survey r-cran-psych\n"
    "lalu ulangi `make oracle`. Tanpa R, `make test` tetap membandingkan hasil paket\n"
    "ini dengan angka R yang tersimpan di tests/reference/data."
)


def missing_software():
    """What is not installed, in words; None if all is."""
    if shutil.which("Rscript") is None:
        return "R (perintah Rscript)"
    for package in PACKAGES:
        asked = f"quit(status = !requireNamespace('{package}', quietly = TRUE))"
        ran = subprocess.run(["Rscript", "-e", asked], capture_output=True, check=False)
        if ran.returncode:
            return f"paket R `{package}`"
    return None


def numbers(path):
    with path.open(encoding="utf-8", newline="") as file:
        return {
            (row["unit"], row["quantity"]): row["value"] for row in csv.DictReader(file)
        }


def agree(committed, found):
    if "" in (committed, found):
        return committed == found
    return math.isclose(float(committed), float(found), rel_tol=1e-9, abs_tol=1e-12)


def differences(name, found_in):
    """(where, committed, found) of each number that is not the same."""
    committed, found = numbers(HERE / "data" / name), numbers(found_in / name)
    return [
        (f"{name}: {' '.join(key)}", committed.get(key), found.get(key))
        for key in committed.keys() | found.keys()
        if key not in committed
        or key not in found
        or not agree(committed[key], found[key])
    ]


def versions(path):
    with path.open(encoding="utf-8", newline="") as file:
        return ", ".join(f"{row[0]} {row[1]}" for row in list(csv.reader(file))[1:])


def main():
    if missing := missing_software():
        print(REMEDY.format(missing=missing), file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        for script in SCRIPTS:
            command = ["Rscript", str(HERE / script), str(HERE / "data"), folder]
            subprocess.run(command, check=True)
        wrong = sorted(each for name in TABLES for each in differences(name, out))
        compared = sum(len(numbers(out / name)) for name in TABLES)
        here, there = (
            versions(out / "versions.csv"),
            versions(HERE / "data" / "versions.csv"),
        )
    print(f"R di komputer ini: {here}. Angka tersimpan dibuat dengan {there}.")
    if wrong:
        print(f"{len(wrong)} dari {compared} angka berbeda (lebih dari 1e-9):")
        for where, committed, found in wrong[:20]:
            print(f"  {where}: tersimpan {committed}, sekarang {found}")
        print("Periksalah apakah versi R atau data di tests/reference/data berubah.")
        return 1
    print(f"{compared} angka dihitung ulang dengan R; semuanya sama sampai 1e-9.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
