"""What an outside judge says of one file."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

PROJECT = Path(__file__).parents[2]
_SCRIPTS = PROJECT / ".judges" / "venv" / ("Scripts" if os.name == "nt" else "bin")


class Verdict(NamedTuple):
    judge: str
    errors: Sequence[str] = ()
    warnings: Sequence[str] = ()


def installed(name: str) -> str | None:
    """A judge's program in `.judges`, or on the machine; None where there is none."""
    return shutil.which(name, path=_SCRIPTS) or shutil.which(name)


def said_by(program: str, *arguments: str | Path) -> str:
    """What it prints; judges end with a code of their own where they find something."""
    ran = subprocess.run(
        [program, *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if not ran.stdout:
        raise RuntimeError(f"{program}: {ran.stderr[-500:]}")
    return ran.stdout
