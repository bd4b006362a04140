"""The appendix that tells what each column of the answers holds: the codebook.

Questions, options and weights stand with the questionnaires; here is how the files name
them. No count of respondents: those stand in the chapters, where small ones are hidden.
"""

from collections.abc import Iterator, Mapping

from skm_analysis.report.elements import Column, Group, Line, Paragraph, Piece, Table
from skm_analysis.report.numbers import stated
from skm_analysis.report.wording import line, listing
from skm_analysis.responses.labels import BANDS, COLUMNS, SOURCES
from skm_analysis.responses.schema import (
    IMPORTANCE,
    PLACES,
    importance_items,
    profile_variables,
)
from skm_analysis.study.records import Instrument, Item, Study
from skm_analysis.study.regulation import UNSUR

_BLANK = "kosong: tidak diketahui"
_HIDDEN = "delapan angka heksadesimal; kosong: tidak diketahui"
_READ = "dikelompokkan dari jawaban tentang ciri responden"

# What stands in each column that is no answer, and where it comes from.
_CONTENTS: Mapping[str, tuple[str, str]] = {
    "response": (
        "enam belas angka heksadesimal, berbeda pada tiap baris",
        "dihitung dari baris asal dengan kunci yang hanya dipegang pemilik data",
    ),
    "source": (
        "; ".join(f"{code} = {meaning}" for code, meaning in SOURCES.items()),
        "dinyatakan bagi tiap berkas kiriman",
    ),
    "stratum": (
        "nama strata; kosong: unit tanpa strata",
        "kolom strata atau periode dalam kiriman",
    ),
    "cluster": (_HIDDEN, "petugas atau tempat pengumpulan, disamarkan"),
    "day": (_HIDDEN, "tanggal dalam kiriman, disamarkan"),
    "counter": (_HIDDEN, "tulisan tentang unit dalam kiriman, disamarkan"),
    "period": (
        "nama periode; kosong: tahun ini tidak dibagi, atau tidak diketahui",
        "tanggal atau nama periode dalam kiriman",
    ),
    "service": (
        f"sebutan yang dipakai beberapa responden, atau Lainnya; {_BLANK}",
        _READ,
    ),
}


def appendix(study: Study) -> Group:
    """What a row is, the columns of every unit's table, and the keys of the items.

    The assembler gives the appendix its title.
    """
    told: Line = (
        "Jawaban yang diolah disimpan dalam satu tabel bagi setiap unit, "
        "internal/tables/responses/UNIT.csv, dengan satu baris bagi setiap kuesioner "
        "yang diterima. Tabel itu tidak memuat nama, nomor identitas, atau komentar "
        "responden, dan hanya bagi mitra dan auditor. Salinannya dengan label bagi "
        "SPSS, R, dan Excel ada dalam internal/labelled, satu bagi setiap kuesioner; "
        "di sana unit menjadi kolom unit, dan dalam nama kolom SPSS tanda hubung dan "
        "titik menjadi garis bawah.",
    )
    pieces: list[Piece] = [
        Paragraph("codebook.rows", told),
        _columns(study),
        _items(study),
    ]
    return Group(tuple(pieces))


def _columns(study: Study) -> Table:
    return Table(
        "tab-buku-kode-kolom",
        ("Kolom tabel jawaban",),
        (
            Column("Kolom", width=1.3),
            Column("Arti", width=2.0),
            Column("Isi", width=3.2),
            Column("Asal", width=2.6),
        ),
        tuple(_column_rows(study)),
    )


def _column_rows(study: Study) -> Iterator[tuple[Line, ...]]:
    for name in PLACES:
        yield _row(name, *_CONTENTS[name])
    yield _row(
        "kunci butir",
        "bilangan bulat pada skala kuesioner; kosong: tidak dijawab atau tidak berlaku",
        "jawaban dalam kiriman menurut aturan pembacaan",
        "Nilai jawaban",
    )
    if any(importance_items(study, unit.id) for unit in study.units):
        yield _row(
            f"{IMPORTANCE}kunci",
            "bilangan bulat pada skala yang sama; kosong: tidak dijawab",
            "tingkat kepentingan dalam kiriman",
            "Kepentingan butir",
        )
    asked = {name for unit in study.units for name in profile_variables(study, unit.id)}
    for name in (name for name in COLUMNS if name in asked):
        bands = "; ".join(BANDS.get(name, ()))
        yield _row(name, *_CONTENTS.get(name, (f"{bands}; {_BLANK}", _READ)))


def _row(name: str, content: str, origin: str, meaning: str = "") -> tuple[Line, ...]:
    return (name,), (meaning or COLUMNS[name],), (content,), (origin,)


def _items(study: Study) -> Table:
    """One row for each key and name; the same key may be named in several ways."""
    used = {unit.instrument.id: unit.instrument for unit in study.units}
    found: dict[tuple[str, str], list[tuple[Instrument, Item]]] = {}
    for instrument in used.values():
        for item in instrument.items:
            found.setdefault((item.key, item.label), []).append((instrument, item))
    several = len(used) > 1
    columns = [
        Column("Kunci butir", width=1.8),
        Column("Butir", width=2.6),
        Column("Unsur", width=2.6),
        Column("Nilai", "center", 0.7),
    ]
    if several:
        columns.append(Column("Kuesioner", width=3.4))
    return Table(
        "tab-buku-kode-butir",
        ("Kunci butir",),
        tuple(columns),
        tuple(
            _item_row(key, label, asked, tuple(used.values()) if several else ())
            for (key, label), asked in found.items()
        ),
        notes=(("Arti setiap nilai tercantum pada lampiran kuesioner.",),),
    )


def _item_row(
    key: str,
    label: str,
    asked: list[tuple[Instrument, Item]],
    used: tuple[Instrument, ...],
) -> tuple[Line, ...]:
    """`used`: all questionnaires, none where they go without saying."""
    unsur = dict.fromkeys(UNSUR[x.unsur].label for _, x in asked if x.unsur)
    scales = {each.scale: each for each, _ in reversed(asked)}
    by_scale = [_scale(scales[scale]) for scale in sorted(scales)]
    cells: list[Line] = [
        (key,),
        (label,),
        ("; ".join(unsur) or "–",),
        listing(by_scale),
    ]
    if used:
        cells.append((_asking([each for each, _ in asked], used),))
    return tuple(cells)


def _asking(some: list[Instrument], used: tuple[Instrument, ...]) -> str:
    """The shorter of two ways to name them."""
    others = [each.title for each in used if each not in some]
    if not others:
        return "semua"
    named = [each.title for each in some]
    return (
        "; ".join(named)
        if len(named) <= len(others)
        else f"semua kecuali {'; '.join(others)}"
    )


def _scale(instrument: Instrument) -> Line:
    at, (low, high) = f"study.instrument.{instrument.id}", instrument.scale
    return line(stated(f"{at}.lowest", low), "–", stated(f"{at}.highest", high))
