"""The page of a check: one file for the team, no report, nothing of a citizen.

It holds no clock: the same deliveries give the same bytes. Each number carries the
place in `skm check --json` where it stands.
"""

import os
import tempfile
from collections.abc import Iterator
from datetime import date
from importlib import resources
from pathlib import Path

from skm_analysis.errors import PublishError, cause
from skm_analysis.estimates.fieldwork import DeliveryState, FieldWork
from skm_analysis.report import check_tables
from skm_analysis.report.check_html import (
    bullets,
    paragraph,
    section,
    table,
    text,
    whole,
)
from skm_analysis.report.check_words import (
    FAULTS,
    LEFT_OUT,
    about,
    finding_words,
    next_steps,
)
from skm_analysis.report.formatting import day, span
from skm_analysis.responses.labels import SOURCES
from skm_analysis.study.places import Places

BANNER = "Hanya untuk tim. Ini pemeriksaan, bukan laporan."
_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
)


def write(work: FieldWork, places: Places) -> Path:
    """Write `skm-check-STUDY.html`, all of it or nothing; raises PublishError."""
    path = places.checked / f"skm-check-{places.study}.html"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(prefix=".check-", dir=path.parent)
        beside = Path(name)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(render(work))
            beside.chmod(0o644)
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise PublishError(
            f"{places.told(path)}: tidak dapat ditulis ({cause(error)}).\n"
            "  periksa izin tulis dan sisa ruang penyimpanan, lalu jalankan kembali."
        ) from error
    return path


def render(work: FieldWork) -> bytes:
    """The page; the same bytes for the same state."""
    style = resources.files("skm_analysis.report") / "assets" / "check_page.css"
    made = [(anchor, title, body) for anchor, title, body in _sections(work) if body]
    links = (f'<a href="#{anchor}">{text(title)}</a>' for anchor, title, _ in made)
    body = "\n".join(section(*each) for each in made)
    page = f"""<!DOCTYPE html>
<html lang="id">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{_POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>Pemeriksaan kiriman {text(work.study)}</title>
<style>
{style.read_text(encoding="utf-8")}</style>
</head>
<body>
<a class="lompat" href="#isi">Langsung ke isi</a>
<p class="tanda" role="note">{BANNER}</p>
<main id="isi">
<h1>Pemeriksaan kiriman {text(work.study)}</h1>
<p class="keterangan">{text(work.title)}</p>
<nav aria-label="Daftar isi">{bullets(links)}</nav>
{body}
</main>
</body>
</html>
"""
    return page.encode()


def _sections(work: FieldWork) -> Iterator[tuple[str, str, str]]:
    """Anchor, title and body; an empty body is left out."""
    yield "ringkasan", "Ringkasan", _summary(work)
    yield "kesalahan", "Kesalahan yang harus diperbaiki", _faults(work)
    yield "temuan", "Temuan yang perlu dilihat", _findings(work)
    yield "unit", "Keadaan tiap unit", check_tables.units(work)
    yield "disisihkan", "Baris yang disisihkan", check_tables.set_aside(work)
    yield "kosong", "Pertanyaan yang tidak dijawab", check_tables.blanks(work)
    yield "ganda", "Kiriman ganda", check_tables.repeated(work)
    yield "seragam", "Jawaban yang seragam", check_tables.alike(work)
    yield "kantor", "Hasil hitungan kantor sendiri", check_tables.offices(work)
    yield "berkas", "Berkas", _files(work)
    steps = bullets(text(step) for step in next_steps(work))
    yield "langkah", "Langkah berikutnya", steps


def _summary(work: FieldWork) -> str:
    def tile(label: str, *names: str, bad: bool = False) -> str:
        told = " dari ".join(
            whole(f"/totals/{name}", work.totals[name]) for name in names
        )
        mark = ' class="gawat"' if bad else ""
        return f"<div{mark}><dt>{label}</dt><dd>{told}</dd></div>"

    tiles = (
        tile("Unit yang sudah masuk", "delivered", "units"),
        tile("Berkas yang terbaca", "files"),
        tile("Berkas yang ditunggu", "waiting"),
        tile("Berkas yang ditolak", "refused", bad=bool(work.refused)),
        tile("Baris yang dipakai", "accepted", "rows_read"),
        tile("Baris yang disisihkan", "set_aside"),
        tile("Kesalahan", "faults", bad=bool(work.faults)),
        tile("Temuan", "findings"),
    )
    note = (
        "Kesalahan menghentikan pembuatan laporan; temuan tidak. Setiap baris yang "
        "dibaca dipakai atau disisihkan dengan satu sebab. Halaman ini tidak memuat "
        "jawaban, nama, atau komentar siapa pun."
    )
    told = paragraph(note, "keterangan")
    if work.left_out:
        names = ", ".join(map(text, work.left_out))
        told = paragraph(f"{LEFT_OUT} {names}.") + told
    return f'<dl class="ringkas">{"".join(tiles)}</dl>\n{told}'


def _faults(work: FieldWork) -> str:
    parts = []
    for kind, head in FAULTS.items():
        told = [fault.message for fault in work.faults if fault.kind == kind]
        if told:
            parts.append(f"<h3>{head}</h3>")
        for message in told:
            first, _, rest = message.partition("\n")
            inner = f"<strong>{text(first)}</strong>{text(rest)}"
            parts.append(f'<div class="salah">{inner}</div>')
    return "\n".join(parts)


def _findings(work: FieldWork) -> str:
    rows = [
        (
            text(about(work, finding)),
            f'<span data-finding="{place}">{text(finding_words(work, finding))}</span>',
        )
        for place, finding in enumerate(work.findings)
    ]
    if not rows:
        return ""
    heads = ("Unit atau berkas", "Temuan")
    return table("Temuan menurut unit dan berkas", heads, rows, words=2)


def _files(work: FieldWork) -> str:
    parts = []
    if work.refused:
        parts += ["<h3>Ditolak</h3>", bullets(map(text, work.refused), "berkas")]
    if work.waiting:
        parts += ["<h3>Belum datang</h3>", bullets(map(text, work.waiting), "berkas")]
    rows = [
        (
            text(each.file),
            SOURCES[each.source],
            _days(each),
            *(
                whole(f"/deliveries/{place}/{name}", getattr(each, name))
                for name in ("rows_read", "accepted", "set_aside")
            ),
        )
        for place, each in enumerate(work.deliveries)
    ]
    if rows:
        heads = ("Berkas", "Asal", "Hari pengisian", "Baris dibaca", "Dipakai")
        parts.append(
            table("Berkas yang terbaca", (*heads, "Disisihkan"), rows, words=3)
        )
    return "\n".join(parts)


def _days(delivery: DeliveryState) -> str:
    """A date that was read wrongly is seen by its first or last day."""
    if not delivery.first_day:
        return "–"
    first, last = map(date.fromisoformat, (delivery.first_day, delivery.last_day))
    return day(first) if first == last else span(first, last)
