"""Parsing in a process of its own, whose memory and time are limited.

A sheet that claims a far cell makes the parser abort, and SAV files are parsed by code
in C: neither may take the run, or what it holds, with it.
"""

import json
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import IO, Any, Literal, NamedTuple

from skm_analysis.responses import parsing_child

Kind = Literal["xlsx", "ods", "xls", "sav"]
_SECONDS = 60
_CHILD = Path(parsing_child.__file__)
# By its name and not by its path, so that it is compiled once and not each time.
_START = (
    "import sys;"
    f"sys.path += sys.argv[1].split({os.pathsep!r});"
    f"import {_CHILD.stem} as child; child.run()"
)
_CHUNK = 2**18
_PIPE = 2**20  # bytes that the child can be ahead, where the system allows it
_MAX_BYTES = 2**30  # of what the child may tell
_JSON, _ROW, _CELL = "\x1d", b"\x1e", "\x1f"
_PARSERS = {"sav": ("pyreadstat", "numpy", "narwhals")}
CAN_LIMIT_MEMORY = find_spec("resource") is not None


class NotParsedError(Exception):
    """The child did not read the file."""

    def __init__(self, *, password: bool = False) -> None:
        super().__init__("the file was not parsed")
        self.password = password


class ParsedTable(NamedTuple):
    opening: Mapping[str, Any]  # what the child tells of the table
    grid: list[Sequence[str]]


class Running:
    """A child at work."""

    def __init__(self, child: "subprocess.Popen[bytes]") -> None:
        self._child = child

    def tables(self) -> list[ParsedTable]:
        """What it read, when it is done; raises NotParsedError otherwise."""
        assert self._child.stdout is not None
        try:
            found = _tables(self._child.stdout)
        except (ValueError, IndexError):  # cut off in the middle of a record
            found = None
        code = self._child.wait()
        if code != 0 or found is None:
            raise NotParsedError(password=code == parsing_child.PASSWORD)
        return found


@contextmanager
def parsing(data: bytes, kind: Kind, sheets: Sequence[str] = ()) -> Iterator[Running]:
    """Let a child parse `data` while the caller does something else."""
    arguments = [_folders(kind), kind, *sheets]
    with tempfile.TemporaryFile() as given:
        given.write(data)
        given.seek(0)
        child = subprocess.Popen(
            [sys.executable, "-I", "-S", "-c", _START, *arguments],
            stdin=given,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            pipesize=_PIPE,
            env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},
        )
    limit = threading.Timer(_SECONDS, child.kill)
    limit.start()
    try:
        yield Running(child)
    finally:
        limit.cancel()
        child.kill()
        if child.stdout:
            child.stdout.close()
        child.wait()


def _folders(kind: Kind) -> str:
    """Where the parser and the child are; it looks nowhere else."""
    specs = map(find_spec, _PARSERS.get(kind, ("python_calamine",)))
    origins = [Path(spec.origin) for spec in specs if spec and spec.origin]
    folders = [*(path.parents[1] for path in origins), _CHILD.parent]
    return os.pathsep.join(dict.fromkeys(map(str, folders)))


def _tables(stream: IO[bytes]) -> list[ParsedTable]:
    found: list[ParsedTable] = []
    rest, length = b"", 0
    while piece := stream.read(_CHUNK):
        length += len(piece)
        if length > _MAX_BYTES:
            raise ValueError("more than a child may tell")
        whole, mark, rest = (rest + piece).rpartition(_ROW)
        if mark:
            _take(whole.decode(), found)
    if rest:
        raise ValueError("the last record has no end")
    return found


def _take(records: str, found: list[ParsedTable]) -> None:
    if _JSON not in records:
        rows = records.split("\x1e")
        found[-1].grid.extend([(*row.split(_CELL),) for row in rows])
        return
    for record in records.split("\x1e"):
        if record[:1] != _JSON:
            found[-1].grid.append((*record.split(_CELL),))
        elif isinstance(told := json.loads(record[1:]), dict):
            found.append(ParsedTable(told, []))
        else:
            found[-1].grid.append((*told,))
