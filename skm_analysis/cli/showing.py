"""What the commands show: plain lines, one table, a progress bar on a terminal."""

import io
import json
import sys
from types import TracebackType
from typing import TYPE_CHECKING, Self

import click

from skm_analysis.errors import SkmError

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

    from skm_analysis.audit.verdict import Verdict
    from skm_analysis.pipeline import Edition

STAGES = {
    "check": "memeriksa susunan studi",
    "clean": "membersihkan data",
    "estimate": "menghitung",
    "chapters": "menjalankan bab",
    "documents": "menyusun laporan",
    "publish": "menerbitkan",
}


def write_utf8() -> None:
    """Whatever a table holds can be written: a file on Windows is CP1252 otherwise."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and not stream.isatty():
            stream.reconfigure(encoding="utf-8")


def show_json(data: object) -> None:
    click.echo(json.dumps(data, ensure_ascii=False, default=str))


def show_error(error: SkmError, *, as_json: bool) -> None:
    """The message on standard error, or one JSON object on standard output."""
    if as_json:
        show_json({"ok": False, "error": type(error).__name__, "message": str(error)})
    else:
        click.echo(str(error), err=True)


class Progress:
    """A bar on a terminal, a plain line per stage elsewhere, nothing when quiet."""

    def __init__(self, *, quiet: bool) -> None:
        self._quiet = quiet
        self._bar: Bar | None = None
        self._stage = ""

    def __enter__(self) -> Self:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

        console = Console(stderr=True)
        if console.is_terminal and not self._quiet:
            self._bar = Progress(
                TextColumn("{task.description}"),
                BarColumn(),
                MofNCompleteColumn(),
                console=console,
            )
            self._bar.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._bar:
            self._bar.stop()

    def tell(self, stage: str, done: int, total: int) -> None:
        """`done` of `total` steps of `stage` are finished."""
        if self._bar:
            if stage != self._stage:
                self._task = self._bar.add_task(STAGES[stage], total=total)
            self._bar.update(self._task, completed=done)
        elif not self._quiet and stage != self._stage:
            click.echo(f"{STAGES[stage]} …", err=True)
        self._stage = stage


def show_edition(edition: "Edition", *, as_json: bool) -> None:
    if as_json:
        told = {"study": edition.study, "files": edition.files}
        show_json(
            {"ok": True, **told, "draft": edition.draft, "awaited": edition.awaited}
        )
        return
    kind = "Draf" if edition.draft else "Laporan"
    click.echo(f"{kind} {edition.study} selesai:")
    for file in edition.files:
        click.echo(f"  {file}")
    if edition.awaited:
        click.echo("Belum datang, dan tidak termasuk di dalamnya:")
        for file in edition.awaited:
            click.echo(f"  {file}")


def show_verdict(verdict: "Verdict", *, as_json: bool) -> None:
    if as_json:
        show_json(verdict.as_json())
    else:
        for line in verdict.lines():
            click.echo(line)
