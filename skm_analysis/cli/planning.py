"""What `skm plan` shows: one table, what its columns mean, where the files are."""

from typing import TYPE_CHECKING

import click

from skm_analysis.cli.showing import show_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from skm_analysis.pipeline import Planned
    from skm_analysis.study.plan_lock import Frozen

_NAMED = 4  # units are named on the terminal; the workbook names all
_PIPED = 110  # characters of a line where there is no terminal


def show_plan(planned: "Planned", *, as_json: bool) -> None:
    from skm_analysis.report import plan_words
    from skm_analysis.report.plan_workbook import as_json as units_json

    if as_json:
        frozen = planned.frozen
        show_json(
            {
                "ok": True,
                "study": planned.study.id,
                "units": units_json(planned.units),
                "previous_problem": planned.problem or None,
                "files": planned.files,
                "frozen": frozen
                and {
                    "state": frozen.state,
                    "received": frozen.lock.received,
                    "digest": frozen.lock.digest,
                },
            }
        )
        return
    click.echo(f"{planned.study.title} ({planned.study.id})")
    _show_units(planned)
    _show_strata(planned)
    for line in (
        *plan_words.aims(planned.study),
        *plan_words.missing(planned.units, _NAMED),
        *plan_words.held(planned.units, _NAMED),
    ):
        click.echo(line)
    if planned.problem:
        click.echo("\nStudi sebelumnya tidak dipakai:")
        for line in planned.problem.splitlines():
            click.echo(f"  {line}")
    click.echo("\nDitulis:")
    for file in planned.files:
        click.echo(f"  {file}")
    if planned.frozen:
        _show_frozen(planned.study.id, planned.frozen)


def _show_units(planned: "Planned") -> None:
    from skm_analysis.report import plan_words

    _table(
        ("Unit",),
        plan_words.COLUMNS,
        [((plan.unit.name,), plan_words.numbers(plan)) for plan in planned.units],
    )


def _show_strata(planned: "Planned") -> None:
    lines = [
        (
            (plan.unit.name, share.stratum),
            (share.population, share.proportional, share.neyman),
        )
        for plan in planned.units
        for share in plan.shares
    ]
    if lines:
        click.echo("Pembagian menurut strata:")
        heads = ("Populasi", "Proporsional", "Neyman")
        _table(("Unit", "Strata"), heads, lines)


def _table(
    texts: tuple[str, ...],
    counts: tuple[str, ...],
    lines: "Sequence[tuple[tuple[str, ...], tuple[int | None, ...]]]",
) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    from skm_analysis.report.formatting import count

    table = Table(box=SIMPLE_HEAD, padding=0, pad_edge=False, show_edge=False)
    for head in texts:
        table.add_column(head, overflow="fold")
    for head in counts:
        table.add_column(head, justify="right", no_wrap=True)
    for names, numbers in lines:
        shown = ("–" if number is None else count(number) for number in numbers)
        table.add_row(*(escape(name) for name in names), *shown)
    console = Console()
    if not console.is_terminal:
        console = Console(width=_PIPED)
    console.print(table)


def _show_frozen(study: str, frozen: "Frozen") -> None:
    told = {
        "frozen": f"Aturan analisis dibekukan: data/raw/{study}/plan.lock",
        "same": "Aturan analisis sudah dibekukan dan tidak berubah: "
        f"data/raw/{study}/plan.lock",
        "renewed": "Aturan analisis dibekukan ulang, sebelum ada data: "
        f"data/raw/{study}/plan.lock",
    }
    click.echo(f"\n{told[frozen.state]}")
    click.echo(f"  sidik jari: {frozen.lock.digest}")
    if frozen.lock.received:
        click.echo(
            f"  {frozen.lock.received} berkas kiriman sudah ada ketika dibekukan; "
            "laporan menyebutnya."
        )
    else:
        click.echo(
            "  berkas ini tidak memuat tanggal: catat atau kirimkan sidik jarinya "
            "sekarang,\n  atau simpan ke git, agar kelak terbukti kapan dibekukan."
        )
