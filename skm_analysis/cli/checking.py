"""What `skm check` shows: faults, one line per unit, findings, what is awaited."""

import os
from collections import Counter
from collections.abc import Callable, Sequence
from textwrap import fill
from typing import TYPE_CHECKING, NamedTuple

import click

if TYPE_CHECKING:
    from skm_analysis.estimates.fieldwork import FieldWork, UnitState

_PIPED = 100  # characters of a line where there is no terminal
_ALIKE = 5  # findings of a kind are told, of more the page tells
_LEGEND = 86  # characters of a line of what the columns mean


class _Column(NamedTuple):
    head: str
    text: Callable[["UnitState"], str]
    meaning: str = ""
    always: bool = True  # shown although no unit has anything there


def show_field_work(work: "FieldWork") -> None:
    """Everything on standard output, without colour where it is no terminal."""
    from skm_analysis.report.check_words import (
        LEFT_OUT,
        next_steps,
        outside_city,
        summary,
    )

    click.echo(f"{work.title} ({work.study})")
    _show_faults(work)
    if work.units:
        columns = _columns_of(work)
        _show_units(work, columns)
        click.echo(_legend(columns))
        if outside := outside_city(work):
            click.echo(f"{fill(outside, _LEGEND, break_on_hyphens=False)}\n")
        _show_reasons(work)
    _show_findings(work)
    if work.waiting:
        click.echo("Kiriman yang belum datang:")
        for file in work.waiting:
            click.echo(f"  {file}")
    elif work.units and not work.refused:
        click.echo("Semua kiriman sudah datang.")
    if work.left_out:
        click.echo(f"{LEFT_OUT} {', '.join(work.left_out)}")
    click.echo(f"\n{summary(work)}")
    for step in next_steps(work):
        click.echo(f"  {step}")
    if work.page:
        click.echo(f"\nDitulis:\n  {work.page}")


def _show_faults(work: "FieldWork") -> None:
    from skm_analysis.report.check_words import FAULTS

    for kind, head in FAULTS.items():
        told = [fault.message for fault in work.faults if fault.kind == kind]
        if told:
            click.echo(f"\nKesalahan – {head} ({len(told)}):\n")
            click.echo("\n\n".join(told))
    if work.faults:
        click.echo()


def _columns_of(work: "FieldWork") -> list[_Column]:
    return [
        column
        for column in _columns()
        if column.always
        or any(column.text(unit) not in ("–", "0") for unit in work.units)
    ]


def _legend(columns: Sequence[_Column]) -> str:
    told = (f"{each.head}: {each.meaning}." for each in columns if each.meaning)
    return fill(" ".join(told), _LEGEND, break_on_hyphens=False) + "\n"


def _show_units(work: "FieldWork", columns: Sequence[_Column]) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    from skm_analysis.report.check_words import state_words

    table = Table(box=SIMPLE_HEAD, padding=0, pad_edge=False, show_edge=False)
    table.add_column("Unit", overflow="fold")
    for column in columns:
        table.add_column(column.head, justify="right", no_wrap=True)
    for unit in work.units:
        state = state_words(unit)
        name = unit.name if state == "sudah datang" else f"{unit.name} ({state})"
        table.add_row(escape(name), *(column.text(unit) for column in columns))
    console = Console()
    if not console.is_terminal and "COLUMNS" not in os.environ:
        console = Console(width=_PIPED)
    console.print(table)


def _columns() -> tuple[_Column, ...]:
    from skm_analysis.report.check_words import difference
    from skm_analysis.report.formatting import count, percent

    def told(value: int | None) -> str:
        return "–" if value is None else count(value)

    def share(value: float | None) -> str:
        return "–" if value is None else percent(value)

    return (
        _Column(
            "Renc.",
            lambda unit: told(unit.planned),
            "jumlah yang direncanakan",
            always=False,
        ),
        _Column(
            "Perlu",
            lambda unit: told(unit.required),
            "menurut rumus Krejcie–Morgan; pada sensus, semua yang dilayani",
        ),
        _Column("Masuk", lambda unit: told(unit.received)),
        _Column("Pakai", lambda unit: told(unit.accepted)),
        _Column("Sisih", lambda unit: told(unit.set_aside)),
        _Column(
            "Kurang",
            lambda unit: told(unit.short),
            "terhadap rencana, atau terhadap yang perlu bila tidak ada rencana",
        ),
        _Column(
            "Kosong",
            lambda unit: share(unit.blank_share),
            "bagian jawaban yang tidak diisi",
        ),
        _Column(
            "Sama",
            lambda unit: share(unit.straight_lined),
            "bagian kuesioner yang semua jawabannya sama",
        ),
        _Column(
            "Ganda",
            lambda unit: told(unit.repeated),
            "baris yang disisihkan karena respondennya sudah ada",
            always=False,
        ),
        _Column(
            "Selisih",
            difference,
            "indeks menurut hitungan kantor sendiri dikurangi hasil hitungan ulang",
            always=False,
        ),
    )


def _show_reasons(work: "FieldWork") -> None:
    from skm_analysis.report.formatting import count
    from skm_analysis.responses.labels import REASONS

    if work.set_aside:
        click.echo("Baris yang disisihkan, menurut sebabnya:")
        for reason, number in work.set_aside.items():
            click.echo(f"  {REASONS[reason]}: {count(number)}")
        click.echo()


def _show_findings(work: "FieldWork") -> None:
    from skm_analysis.report.check_words import about, finding_words

    if not work.findings:
        return
    click.echo("Temuan, yang perlu dilihat tetapi tidak menghentikan laporan:")
    shown = Counter[str]()
    for finding in work.findings:
        shown[finding.kind] += 1
        if shown[finding.kind] > _ALIKE:
            continue
        words = f"{about(work, finding)}: {finding_words(work, finding)}"
        click.echo(fill(words, 88, initial_indent="  ", subsequent_indent="    "))
    left = sum(max(0, each - _ALIKE) for each in shown.values())
    if left:
        click.echo(f"  … dan {left} temuan serupa; semuanya ada di halamannya.")
    click.echo()
