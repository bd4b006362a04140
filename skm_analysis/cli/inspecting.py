"""What `skm inspect` shows: kinds and counts, a block to paste, what is left to decide.

Nothing here looks at a file: what may be shown has been chosen where it was read.
"""

import textwrap
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from skm_analysis.cli.inspected_json import as_json as json_of
from skm_analysis.cli.inspected_words import (
    contents,
    decisions,
    letters,
    long_role,
    proposed,
    shown_header,
)
from skm_analysis.cli.showing import show_json

if TYPE_CHECKING:
    from skm_analysis.pipeline import Inspected
    from skm_analysis.responses.inspecting import Looked, Seen

_WIDTH = 98
_COLUMNS = (6, 33, 35, 24)  # letter, header, contents, proposal

DIALECTS = {
    "google_forms": "Google Forms",
    "kobotoolbox": "KoboToolbox",
    "limesurvey": "LimeSurvey",
    "spss": "SPSS",
    "worksheet": 'lembar kerja "pengolahan data"',
    "long": "bentuk panjang: satu baris untuk satu jawaban",
    "sideways": "pertanyaan di baris, responden di kolom",
    "e_skm": "ekspor aplikasi e-SKM",
    "own": "tabel buatan sendiri",
}
PASSED_OVER = {
    "total_row": "baris jumlah",
    "numbering_row": "baris nomor kolom",
    "label_row": "baris judul kedua",
    "header_row": "baris judul yang berulang",
    "heading_row": "baris keterangan di antara jawaban",
}


def show_inspected(inspected: "Inspected", *, as_json: bool) -> None:
    if as_json:
        show_json(json_of(inspected))
        return
    for number, looked in enumerate(inspected.files):
        if number:
            click.echo()
        _show_file(looked)
    _show_same(inspected.same)
    _show_next(inspected)


def _show_file(looked: "Looked") -> None:
    if looked.problem:
        click.echo(looked.problem, err=True)
        return
    click.echo(click.style(looked.file, bold=True))
    for seen in looked.tables:
        _show_table(seen)
    names = {seen.names for seen in looked.tables}
    if len(looked.tables) > 1 and len(names) == 1:
        click.echo()
        _paragraph(
            "Judul kolom semua lembar itu sama. Bila semuanya milik satu unit, atau "
            'unitnya ada di dalam kolom, satu [[delivery]] dengan sheet = "*" cukup. '
            'Bila tiap lembar milik satu unit: sheet = "*", unit_from = "sheet", dan '
            '[delivery.units] berisi "nama lembar" = "id-unit".'
        )
    if looked.other_sheets:
        click.echo(f"\n  {looked.other_sheets} lembar lain tidak memuat jawaban.")


def _show_table(seen: "Seen") -> None:
    from skm_analysis.responses.delivery_blocks import block

    if seen.sheet:
        click.echo(f"  Lembar {seen.sheet!r}")
    _paragraph(f"{seen.format}.")
    _paragraph(f"Jenis: {DIALECTS[seen.dialect]}. {_rows(seen)}.")
    if not seen.has_header:
        _no_header(seen)
        return
    click.echo()
    for line in _table(("Kol.", "Judul", "Isi", "Usulan"), seen):
        click.echo(f"  {line}".rstrip())
    if points := list(decisions(seen)):
        click.echo("\n  Perlu diputuskan atau diperiksa")
        for number, point in enumerate(points, start=1):
            _paragraph(point, first=f"{number}. ")
    if text := block(seen):
        click.echo("\n  Untuk study.toml")
        click.echo(f"  {'-' * (_WIDTH - 2)}")
        click.echo(text, nl=False)
        click.echo(f"  {'-' * (_WIDTH - 2)}")


def _paragraph(text: str, first: str = "") -> None:
    click.echo(
        textwrap.fill(
            text,
            _WIDTH,
            initial_indent=f"  {first}",
            subsequent_indent="  " + " " * len(first),
        )
    )


def _rows(seen: "Seen") -> str:
    told = f"{seen.rows} baris berisi"
    passed = [
        f"{count} {PASSED_OVER.get(rule, 'baris yang bukan responden')}"
        for rule, count in seen.passed_over.items()
    ]
    return f"{told}; dilewati {', '.join(passed)}" if passed else told


def _no_header(seen: "Seen") -> None:
    click.echo()
    _paragraph(
        "Judul kolom tidak dikenali: baris pertamanya tampak seperti jawaban, atau "
        "tidak satu pun menyerupai judul kolom survei. Karena itu tidak ditampilkan.",
    )
    _paragraph(
        "Minta kirim ulang berkas yang berjudul kolom, atau tulis [[delivery]] sendiri "
        f"dengan header_row bila judulnya di baris lain ({len(seen.columns)} kolom)."
    )


def _table(heads: Sequence[str], seen: "Seen") -> Iterator[str]:
    yield from _line(heads)
    yield from _line(["-" * (width - 2) for width in _COLUMNS])
    columns = seen.columns if seen.long is None else (*seen.columns, *seen.asked)
    for number, column in enumerate(columns):
        item = number >= len(seen.columns)
        yield from _line(
            (
                "–" if item else letters(column.position),
                shown_header(column),
                contents(column),
                long_role(seen, column) or proposed(seen, column)
                if not item
                else proposed(seen, column),
            )
        )


def _line(cells: Sequence[str]) -> Iterator[str]:
    """One row of the table: what is too long goes on below, a header is cut."""
    wrapped = [
        textwrap.wrap(cell, width - 2) or [""]
        for cell, width in zip(cells, _COLUMNS, strict=True)
    ]
    if len(wrapped[1]) > 2:
        wrapped[1] = [
            wrapped[1][0],
            textwrap.shorten(
                " ".join(wrapped[1][1:]), _COLUMNS[1] - 2, placeholder=" …"
            ),
        ]
    for number in range(max(map(len, wrapped))):
        yield "".join(
            (lines[number] if number < len(lines) else "").ljust(width)
            for lines, width in zip(wrapped, _COLUMNS, strict=True)
        )


def _show_same(groups: Sequence[Sequence[str]]) -> None:
    for files in groups:
        click.echo()
        _paragraph(
            f"Judul kolomnya sama pada {len(files)} berkas: {', '.join(files)}. Bila "
            "semuanya milik satu unit, atau unitnya ada di dalam kolom, satu "
            "[[delivery]] cukup, dengan file berisi folder atau pola nama seperti "
            '"responses/kel-*.csv". Bila tiap berkas milik satu unit: tambahkan '
            'unit_from = "file" dan [delivery.units] berisi "nama berkas" = "id-unit".'
        )


def _show_next(inspected: "Inspected") -> None:
    if not any(looked.tables for looked in inspected.files):
        return
    study = inspected.study or "STUDI"
    click.echo("\nLangkah berikutnya")
    if not inspected.study:
        _paragraph(
            "Salin berkasnya ke data/raw/STUDI/responses; dengan --study STUDI "
            "usulannya memakai unit dan instrumen studi itu.",
            first="- ",
        )
    if inspected.unsound:
        _paragraph(
            f"Susunan data/raw/{inspected.study} masih memuat kesalahan; yang dipakai "
            "di sini hanya unit dan instrumen yang sudah benar, selebihnya instrumen "
            "siap pakai.",
            first="- ",
        )
    _paragraph(
        f"Tempel bloknya di data/raw/{study}/study.toml, putuskan yang bertanda #.",
        first="- ",
    )
    _paragraph(f"Periksa dengan: skm check {study}", first="- ")
