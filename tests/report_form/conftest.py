"""A study of three units, told in a few pieces, for all formats."""

import base64
import struct
import sys
import zlib
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from skm_analysis.estimates.rows import Estimates, Row
from skm_analysis.report import numbers
from skm_analysis.report.chapter import Chapter, Origin
from skm_analysis.report.document import Document, assemble
from skm_analysis.report.elements import (
    Bullets,
    Column,
    Figure,
    Heading,
    Line,
    Number,
    Paragraph,
    Prose,
    Reference,
    Strong,
    Table,
)
from skm_analysis.study.records import (
    Cleaning,
    Instrument,
    Item,
    Plan,
    Signatory,
    Study,
    Unit,
)

sys.path.append(str(Path(__file__).parents[1] / "browser"))

ITEMS = ("persyaratan", "prosedur")
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 30" width="80" '
    'height="30"><rect x="5" y="5" width="60" height="20" fill="#0b4f6c"/></svg>'
)
Make = Callable[..., Document]


def _png() -> str:
    """A grey picture of one pixel."""

    def part(kind: bytes, data: bytes) -> bytes:
        check = zlib.crc32(kind + data)
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", check)

    head = part(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    body = part(b"IDAT", zlib.compress(b"\x00\x80"))
    data = b"\x89PNG\r\n\x1a\n" + head + body + part(b"IEND", b"")
    return base64.b64encode(data).decode()


def _study(names: tuple[str, ...], title: str) -> Study:
    items = tuple(
        Item(
            key=key,
            label=key.title(),
            question=f"Bagaimana {key}?",
            options=(),
            weight=Fraction(1, 2),
            unsur=key,
        )
        for key in ITEMS
    )
    instrument = Instrument(
        id="dua",
        title="Dua unsur",
        regulation=None,
        scale=(1, 4),
        bands=None,
        items=items,
        weights_given=False,
    )
    units = tuple(
        Unit(
            id=f"u{place}",
            name=name,
            kind=("kelurahan", "puskesmas", "opd")[place % 3],
            instrument=instrument,
            population=None,
            population_of="persons",
            sampling="convenience",
            target=None,
            planned=None,
            approached=None,
            strata={},
        )
        for place, name in enumerate(names)
    )
    return Study(
        id="2021",
        title=title,
        year=2021,
        institution="Pemerintah Kota Contoh",
        partner="LPPM Universitas Contoh",
        place="Kota Contoh",
        start=date(2021, 1, 1),
        end=date(2021, 12, 31),
        previous=None,
        synthetic=True,
        confidence_level=Decimal("0.95"),
        missing="ratio",
        weighting="none",
        target=None,
        plan=Plan(),
        cleaning=Cleaning(),
        signatories=(Signatory(name="Dr. Rekaan", role="Ketua LPPM"),),
        periods=(),
        units=units,
        deliveries=(),
        instruments={"dua": instrument},
    )


def _estimates(study: Study) -> Estimates:
    rows = [
        Row(
            study="2021", measure="ikm_mean_of_units", scope="city", value=94.325, n=360
        )
    ]
    for place, unit in enumerate(study.units):
        value = 95.325 - place / 10
        rows.append(
            Row(
                study="2021",
                measure="ikm",
                scope="unit",
                unit=unit.id,
                value=value,
                se=0.8,
                ci_low=value - 1.5,
                ci_high=value + 1.25,
                level=0.95,
                method="pseudo-beta",
                n=1200 + place,
            )
        )
        for item in ITEMS:
            rows.append(
                Row(
                    study="2021",
                    measure="nrr",
                    scope="unit",
                    unit=unit.id,
                    item=item,
                    value=3.845,
                    n=119,
                )
            )
    return Estimates(rows)


def _unit_chapter(unit: Unit, estimates: Estimates) -> Chapter:
    ikm = estimates[f"unit.{unit.id}.ikm"]
    columns = (
        Column("Unsur", width=3),
        Column("Menjawab", "right"),
        Column("Nilai", "right"),
        Column("Selang kepercayaan", "right", 2),
    )

    def row(name: str, key: str) -> tuple[Line, ...]:
        found = estimates[key]
        return (
            (name,),
            numbers.respondents(found),
            numbers.shown(found),
            numbers.interval(found),
        )

    rows = [row(item, f"unit.{unit.id}.nrr.{item}") for item in ITEMS]
    pieces = (
        Heading(1, (unit.name,)),
        Prose("## Seberapa puas pengguna layanan?\n\nUraian *singkat*."),
        Paragraph(
            f"unit.{unit.id}.puas",
            (
                *("IKM ", unit.name, " adalah ", numbers.number(ikm), "; lihat "),
                *(Reference("nilai"), " dan ", Reference("grafik"), "."),
            ),
        ),
        Table(
            "nilai",
            (f"Nilai {unit.name}",),
            columns,
            (*rows, row("IKM", f"unit.{unit.id}.ikm")),
            notes=(("Selang berlaku seandainya responden dipilih acak.",),),
            emphasised=(len(rows),),
        ),
        Figure(
            "grafik",
            ("Grafik ", unit.name),
            f"Satu batang yang menggambarkan {unit.name}",
            SVG,
            _png(),
            12.0,
        ),
        Bullets(f"unit.{unit.id}.saran", (("Perbaiki ", Strong("prosedur"), "."),)),
    )
    origin = Origin("03_unit.ipynb", "puas", "unit_result.ikm")
    return Chapter(f"unit-{unit.id}", pieces, (origin,) * len(pieces))


def _chapters(study: Study, estimates: Estimates) -> list[Chapter]:
    columns = (Column("Unit", width=3), *(Column(f"U{i}", "right") for i in range(12)))
    score = Number("study..nilai", "3,85", "derived", 3.85, 2)
    wide = Table(
        "lebar",
        ("Semua unsur",),
        columns,
        tuple(((unit.name,), *[(score,)] * 12) for unit in study.units),
        landscape=True,
    )
    mean = numbers.number(estimates["city..ikm_mean_of_units"])
    return [
        *(_unit_chapter(unit, estimates) for unit in study.units),
        Chapter(
            "hasil",
            (
                Prose("# Hasil kota"),
                Paragraph(
                    "city.indeks",
                    (
                        *("Rata-rata unit ", mean, ", lihat ", Reference("unit-u0")),
                        *(" dan ", Reference("unit-u0-nilai"), "."),
                    ),
                ),
            ),
        ),
        Chapter("perbandingan", (Prose("# Perbandingan"), wide)),
        Chapter(
            "kesimpulan", (Prose("# Kesimpulan\n\nKota {city..ikm_mean_of_units}."),)
        ),
        Chapter("method-results", (Prose("# Cara menghitung\n\nUraian."),)),
    ]


@pytest.fixture
def make() -> Make:
    def made(
        names: tuple[str, ...] = ("Kelurahan Ngalau", "Puskesmas Gunung", "Dukcapil"),
        title: str = "Survei Kepuasan Masyarakat Kota Contoh",
        **more: object,
    ) -> Document:
        study = _study(names, title)
        estimates = _estimates(study)
        texts = {
            "preface": '# Kata Pengantar\n\nPenduduk [56.311]{sumber="BPS 2020"} jiwa.',
            "background": "IKM {unit.u0.ikm} pada tahun ini.",
        }
        return assemble(
            study,
            _chapters(study, estimates),
            estimates,
            texts=texts,
            fingerprint="sha256:" + "ab12" * 16,
            **more,  # type: ignore[arg-type]
        )

    return made


@pytest.fixture
def document(make: Make) -> Document:
    return make()
