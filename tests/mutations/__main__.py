"""Plant known mistakes, one at a time, and ask whether a test turns red.

`python tests/mutations [WORD…]`: the mutants whose name holds one of the words,
otherwise all (some minutes). Works on a copy of the package in a temporary folder.
Exit 1 if a mutant survives, cannot be planted, or ends in anything but a red test.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from time import monotonic

from mutants import MUTANTS, Mutant

PROJECT = Path(__file__).resolve().parents[2]
COPIED = ("skm_analysis", "tests", "docs", "pyproject.toml")
GREEN, RED = 0, 1  # pytest's own exit codes; all others are no verdict
LONGEST = 300  # seconds


def main(words: Sequence[str]) -> int:
    chosen = [each for each in MUTANTS if _named(each, words)]
    if not chosen:
        print("no mutant is called so")
        return 2
    with tempfile.TemporaryDirectory(prefix="mutations-") as name:
        root = Path(name) / "project"
        _copy(root)
        if faults := [line for each in chosen for line in _unplantable(root, each)]:
            print(*faults, sep="\n")
            return 1
        tests = sorted({test for each in chosen for test in each.tests})
        code, seconds = _pytest(root, tests)
        if code != GREEN:
            print(f"the tests are not green without a mutant (pytest: {code})")
            return 1
        print(f"{len(tests)} test files, green without a mutant in {seconds:.0f} s\n")
        verdicts = [_try(root, each) for each in chosen]
    survived = len(verdicts) - sum(verdicts)
    print(f"\n{len(chosen)} mutants, {sum(verdicts)} found, {survived} not")
    return 1 if survived else 0


def _named(mutant: Mutant, words: Sequence[str]) -> bool:
    return not words or any(word in mutant.name for word in words)


def _copy(root: Path) -> None:
    root.mkdir()
    for each in COPIED:
        source = PROJECT / each
        if source.is_dir():
            ignored = shutil.ignore_patterns("__pycache__", ".hypothesis")
            shutil.copytree(source, root / each, ignore=ignored)
        else:
            shutil.copy(source, root / each)


def _unplantable(root: Path, mutant: Mutant) -> list[str]:
    """The pattern must be there exactly once, and the result be a program."""
    path = root / mutant.file
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    times = text.count(mutant.old)
    if times != 1:
        return [f"{mutant.name}: pattern found {times} times in {mutant.file}"]
    try:
        compile(text.replace(mutant.old, mutant.new), mutant.file, "exec")
    except SyntaxError as error:
        return [f"{mutant.name}: {error}"]
    return [
        f"{mutant.name}: no test file {test}"
        for test in mutant.tests
        if not (root / test).is_file()
    ]


def _try(root: Path, mutant: Mutant) -> bool:
    path = root / mutant.file
    sound = path.read_text(encoding="utf-8")
    path.write_text(sound.replace(mutant.old, mutant.new), encoding="utf-8")
    try:
        code, seconds = _pytest(root, mutant.tests)
    finally:
        path.write_text(sound, encoding="utf-8")
    verdict = {GREEN: "SURVIVES", RED: "red"}.get(code, f"NO VERDICT ({code})")
    print(f"{verdict:<12} {seconds:4.0f} s  {mutant.name}", flush=True)
    return code == RED


def _pytest(root: Path, tests: Sequence[str]) -> tuple[int, float]:
    command = [sys.executable, "-B", "-m", "pytest", "-x", "-q", "--no-header"]
    command += ["-p", "no:cacheprovider", *tests]
    began = monotonic()
    try:
        done = subprocess.run(
            command,
            cwd=root,
            env={**os.environ, "PYTHONPATH": str(root)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=LONGEST,
            check=False,
        )
        code = done.returncode
    except subprocess.TimeoutExpired:
        code = -1
    return code, monotonic() - began


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
