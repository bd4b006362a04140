"""What the commands show: plain lines, one table, a progress bar on a terminal."""

import json
from types import TracebackType
from typing import TYPE_CHECKING, Self

import click

from skm_analysis.errors import SkmError

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

    from skm_analysis.audit.verdict import Verdict
    from skm_analysis.estimates.fieldwork import FieldWork
    from skm_analysis.pipeline import Edition

STAGES = {
    "check": "memeriksa susunan studi",
    "clean": "membersihkan data",
    "estimate": "menghitung",
    "chapters": "menjalankan bab",
    "documents": "menyusun laporan",
    "publish": "menerbitkan",
}


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
        show_json({"ok": True, "study": edition.study, "files": edition.files})
        return
    click.echo(f"Laporan {edition.study} selesai:")
    for file in edition.files:
        click.echo(f"  {file}")


def show_field_work(work: "FieldWork") -> None:
    """One line per unit; below it why rows were set aside, and what is awaited."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table

    from skm_analysis.report.formatting import count, percent
    from skm_analysis.responses.labels import REASONS

    click.echo(f"{work.title} ({work.study})")
    table = Table(box=SIMPLE_HEAD, padding=0, pad_edge=False, show_edge=False)
    table.add_column("Unit", overflow="fold")
    for head in _COUNTS:
        table.add_column(head, justify="right", no_wrap=True)
    for unit in work.units:
        table.add_row(
            unit.name,
            count(unit.planned) if unit.planned is not None else "–",
            count(unit.required),
            count(unit.received),
            count(unit.accepted),
            count(unit.set_aside),
            count(unit.short),
            "–" if unit.straight_lined is None else percent(unit.straight_lined),
        )
    Console().print(table)
    click.echo(_LEGEND)
    if work.set_aside:
        click.echo("Baris yang disisihkan, menurut sebabnya:")
        for reason, number in work.set_aside.items():
            click.echo(f"  {REASONS[reason]}: {count(number)}")
    if work.waiting:
        click.echo("Kiriman yang belum datang:")
        for file in work.waiting:
            click.echo(f"  {file}")
    else:
        click.echo("Semua kiriman sudah datang.")


_COUNTS = (
    "Rencana",
    "Perlu",
    "Masuk",
    "Dipakai",
    "Disisihkan",
    "Kurang",
    "Seragam",
)
_LEGEND = """\
Perlu: jumlah responden menurut rumus Krejcie–Morgan. Kurang: terhadap rencana, atau
terhadap yang perlu bila tidak ada rencana. Seragam: bagian kuesioner yang semua
jawabannya sama.
"""


def show_verdict(verdict: "Verdict", *, as_json: bool) -> None:
    if as_json:
        show_json(verdict.as_json())
    else:
        for line in verdict.lines():
            click.echo(line)
