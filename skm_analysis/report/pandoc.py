"""pandoc from its wheel: sandboxed, without network, with a fixed clock."""

import os
import subprocess
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pypandoc

from skm_analysis.errors import SkmError

SECONDS = 300


@cache
def executable() -> str:
    path: str = pypandoc.get_pandoc_path()
    return path


def run(
    arguments: Sequence[str], given: bytes = b"", *, epoch: int = 0, cwd: Path
) -> bytes:
    """What pandoc writes to standard output.

    `epoch` is the time, in seconds since 1970, that goes into files. The folder `cwd`
    holds whatever the arguments name; nothing else is read.

    Raises
    ------
    SkmError
        pandoc refuses. Its text may repeat the document's, so only the last line,
        which tells the place, is shown.
    """
    # An allow-list: the caller's variables must not change what is made.
    environment = {
        name: os.environ[name] for name in ("SYSTEMROOT", "TEMP") if name in os.environ
    }
    environment |= {
        "SOURCE_DATE_EPOCH": str(epoch),
        "TZ": "UTC",
        "LC_ALL": "C.UTF-8",
        "HOME": str(cwd),
    }
    done = subprocess.run(
        [executable(), "--sandbox", *arguments],
        input=given,
        capture_output=True,
        cwd=cwd,
        env=environment,
        timeout=SECONDS,
        check=False,
    )
    warning = done.stderr.decode("utf-8", "replace").strip()
    if done.returncode or warning:
        last = warning.splitlines()[-1] if warning else "tanpa keterangan"
        raise SkmError(
            f"pandoc berhenti dengan kode {done.returncode}: {last}\n"
            "  dokumen tidak dibuat. Bila teks di texts/ baru diubah, periksa teks itu."
        )
    return done.stdout
