"""The commands. Each reads its options, calls `pipeline`, and shows what came."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from skm_analysis.cli.indonesian import speak
from skm_analysis.cli.showing import show_error, show_json, write_utf8
from skm_analysis.errors import SkmError

speak()


class SkmCommand(click.Command):
    def __init__(self, name: str | None, **named: Any) -> None:
        super().__init__(name, **{"options_metavar": "[PILIHAN]", **named})


class Skm(click.Group):
    """Show an SkmError as its message, with its exit code; anything else is a bug."""

    command_class = SkmCommand

    def invoke(self, ctx: click.Context) -> Any:
        write_utf8()
        try:
            return super().invoke(ctx)
        except SkmError as error:
            show_error(error, as_json=bool(ctx.meta.get("json")))
            ctx.exit(error.exit_code)


def _note_json(ctx: click.Context, _: click.Parameter, value: bool) -> bool:
    ctx.meta["json"] = value
    return value


def _everywhere(command: Callable[..., Any]) -> Callable[..., Any]:
    """The two options that every command takes."""
    command = click.option(
        "--json",
        "as_json",
        is_flag=True,
        callback=_note_json,
        help="Satu objek JSON pada keluaran baku.",
    )(command)
    return click.option(
        "--root",
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        metavar="FOLDER",
        help="Folder proyek (bawaan: folder terdekat ke atas yang memuat data/raw).",
    )(command)


@click.group(
    cls=Skm,
    context_settings={"max_content_width": 88},
    options_metavar="[PILIHAN]",
    subcommand_metavar="PERINTAH …",
)
@click.version_option(package_name="skm_analysis", prog_name="skm")
def main() -> None:
    """Survei Kepuasan Masyarakat: dari kuesioner sampai laporan dan auditnya."""


@main.command()
@click.argument("study", metavar="STUDI")
@click.option("--from", "source", metavar="STUDI", help="Salin susunan studi ini.")
@click.option(
    "--instrument",
    "ready",
    metavar="NAMA",
    multiple=True,
    # Named here as well as in the catalogue, which takes a while to be read.
    help="Salin instrumen siap pakai; boleh beberapa kali. Yang ada: skm-2017 "
    "(bawaan), skm-2017-gratis, skm-2017-daring, skm-2014, ikm-2004, spkp, spak.",
)
@_everywhere
def new(
    study: str,
    source: str | None,
    ready: tuple[str, ...],
    root: Path | None,
    as_json: bool,
) -> None:
    """Buat folder studi baru untuk diisi."""
    from skm_analysis import pipeline

    folder = pipeline.new(root, study, source, ready)
    if as_json:
        show_json({"ok": True, "study": study, "folder": str(folder)})
    else:
        click.echo(f"Dibuat: {folder}")
        click.echo(f"Isilah study.toml, lalu periksa dengan: skm check {study}")


@main.command()
@click.argument("study", metavar="STUDI")
@click.option(
    "--freeze",
    is_flag=True,
    help="Bekukan aturan analisis di plan.lock, sebelum data datang.",
)
@_everywhere
def plan(study: str, freeze: bool, root: Path | None, as_json: bool) -> None:
    """Hitung berapa kuesioner yang diperlukan tiap unit."""
    from skm_analysis import pipeline
    from skm_analysis.cli.planning import show_plan

    show_plan(pipeline.plan(root, study, freeze=freeze), as_json=as_json)


@main.command()
@click.argument(
    "files",
    metavar="BERKAS...",
    nargs=-1,
    required=True,
    type=click.Path(path_type=Path),
)
@click.option("--study", metavar="STUDI", help="Pakai unit dan instrumen studi ini.")
@click.option("--sheet", metavar="LEMBAR", help="Lembar yang dilihat (bawaan: semua).")
@_everywhere
@click.pass_context
def inspect(
    ctx: click.Context,
    files: tuple[Path, ...],
    study: str | None,
    sheet: str | None,
    root: Path | None,
    as_json: bool,
) -> None:
    """Lihat isi berkas kiriman tanpa data orang, dan usulkan [[delivery]]-nya."""
    from skm_analysis import pipeline
    from skm_analysis.cli.inspecting import show_inspected

    inspected = pipeline.inspect(root, files, name=study, sheet=sheet)
    show_inspected(inspected, as_json=as_json)
    ctx.exit(1 if any(looked.problem for looked in inspected.files) else 0)


@main.command()
@click.argument("studies", metavar="STUDI...", nargs=-1, required=True)
@_everywhere
@click.pass_context
def check(
    ctx: click.Context, studies: tuple[str, ...], root: Path | None, as_json: bool
) -> None:
    """Periksa susunan studi, kiriman yang sudah datang, dan mutu datanya."""
    from skm_analysis.checking import check as look
    from skm_analysis.cli.checking import show_field_work

    reports = [look(root, study) for study in studies]
    sound = not any(report.faults for report in reports)
    if as_json:
        show_json({"ok": sound, "studies": [report.as_json() for report in reports]})
    else:
        for report in reports:
            show_field_work(report)
    ctx.exit(0 if sound else 1)


@main.command()
@click.argument("studies", metavar="STUDI...", nargs=-1)
@click.option("--all", "every", is_flag=True, help="Semua studi di data/raw.")
@click.option(
    "--draft",
    is_flag=True,
    help="Susun draf dari kiriman yang sudah datang; setiap halamannya bertanda DRAF.",
)
@click.option(
    "--workers",
    type=click.IntRange(1, 256),
    metavar="N",
    help="Banyaknya bab yang dikerjakan bersamaan (bawaan: banyaknya inti prosesor).",
)
@_everywhere
def run(
    studies: tuple[str, ...],
    every: bool,
    draft: bool,
    workers: int | None,
    root: Path | None,
    as_json: bool,
) -> None:
    """Bersihkan data, hitung, dan susun laporan STUDI."""
    if every == bool(studies):
        raise click.UsageError("sebutkan STUDI atau pakai --all, salah satu saja.")
    from skm_analysis import pipeline
    from skm_analysis.build.kernels import IPC, TCP_NOTICE
    from skm_analysis.cli.showing import Progress, show_edition

    if not IPC:
        click.echo(TCP_NOTICE, err=True)
    for study in studies or pipeline.all_studies(root):
        with Progress(quiet=as_json) as progress:
            edition = pipeline.run(
                root, study, draft=draft, workers=workers, tell=progress.tell
            )
        show_edition(edition, as_json=as_json)


@main.command()
@click.argument("study", metavar="STUDI")
@_everywhere
@click.pass_context
def audit(ctx: click.Context, study: str, root: Path | None, as_json: bool) -> None:
    """Periksa apakah setiap angka sesuai data dan tidak ada yang berubah."""
    from skm_analysis import pipeline
    from skm_analysis.cli.showing import show_verdict

    verdict = pipeline.audit(root, study)
    show_verdict(verdict, as_json=as_json)
    ctx.exit(0 if verdict.holds else 1)
