"""What was looked at beside the answers: repetition, other days, spellings, custody."""

import pandas as pd

from skm_analysis.report.elements import Line, Paragraph
from skm_analysis.report.numbers import count, derived
from skm_analysis.report.page import ArrivalsPage
from skm_analysis.report.wording import line, sentences

_REPEATED_ROWS = {
    "id": "; hanya yang penanda respondennya juga berulang yang disisihkan.",
    "row": " dan disisihkan.",
    "report": " dan tetap dipakai, karena dua orang dapat menjawab sama.",
}
_REPEATED_IDS = {
    "id": " dan disisihkan.",
    "row": "; hanya yang seluruh isinya juga sama yang disisihkan.",
    "report": " dan tetap dipakai.",
}


def repeated(page: ArrivalsPage) -> Paragraph:
    """Rows that repeat others, whatever the study does with them."""
    rule = page.study.cleaning.duplicates
    rows, ids = (_sum(page, name) for name in ("repeated_row", "repeated_id"))
    whole: Line = (
        "Tidak ada baris yang seluruh isinya sama dengan baris sebelumnya pada berkas "
        "dan unit yang sama.",
    )
    if rows:
        whole = line(
            "Baris yang seluruh isinya sama dengan baris sebelumnya pada berkas dan "
            "unit yang sama berjumlah ",
            count("arrivals.repeated_row", rows),
            _REPEATED_ROWS[rule],
        )
    return Paragraph(
        "arrivals.repeated", sentences((whole, _ids(page, ids), _outside(page)))
    )


def _ids(page: ArrivalsPage, ids: int) -> Line:
    if not any(each.id_column for each in page.study.in_force):
        return (
            "Tidak satu berkas pun memuat penanda responden, sehingga responden yang "
            "mengisi dua kali tidak dapat dikenali.",
        )
    if not ids:
        return ("Tidak ada responden yang tercatat lebih dari sekali menurut penanda.",)
    return line(
        "Baris yang mengulang penanda responden berjumlah ",
        count("arrivals.repeated_id", ids),
        _REPEATED_IDS[page.study.cleaning.duplicates],
    )


def _outside(page: ArrivalsPage) -> Line:
    outside = _sum(page, "outside_period")
    if not outside:
        return ()
    return line(
        "Menurut aturan studi ini, ",
        count("arrivals.outside_period", outside),
        " baris bertanggal di luar masa survei atau tanpa tanggal yang terbaca tetap "
        "dipakai.",
    )


def spellings(page: ArrivalsPage) -> Paragraph:
    """How many ways of writing people confirmed, and what the program read by rule."""
    by_status = page.profiles.groupby("status")["spellings"].sum()
    told = {each: int(by_status.get(each, 0)) for each in ("decided", "read")}
    waiting = int(by_status.get("proposed", 0))
    key = "arrivals.profiles"
    if not sum(told.values()) + waiting:
        return Paragraph(key, ("Ciri responden tidak ditanyakan.",))
    opening = line(
        "Ciri responden ditulis dengan ",
        count(key, sum(told.values()) + waiting),
        " ejaan, tidak terhitung usia yang terbaca: ",
        count(f"{key}.decided", told["decided"]),
        " dikelompokkan menurut keputusan yang tercatat dan ",
        count(f"{key}.read", told["read"]),
        " menurut aturan program.",
    )
    rest: Line = ()
    if waiting:
        rest = line(
            "Selebihnya, ",
            count(f"{key}.proposed", waiting),
            " ejaan, dihitung sebagai Lainnya atau tidak diketahui selama belum "
            "diputuskan.",
        )
    return Paragraph(key, sentences((opening, rest)))


def custody(page: ArrivalsPage) -> Paragraph:
    """Whether what was read is what came."""
    key = "arrivals.custody"
    read = {str(name).partition("#")[0] for name in page.deliveries["delivery"]}
    seen = [each for each in page.received if each.file in read]
    if not seen:
        text = "Berkas yang dibaca belum dicatat dalam daftar penerimaan."
        return Paragraph(key, (text,))
    opening = line(
        "Sidik digital (SHA-256) ",
        derived(f"{key}.files", len(seen)),
        " berkas dicatat dalam daftar penerimaan ketika berkas itu pertama kali "
        "dilihat program; isi berkas yang dibaca sama dengan yang tercatat.",
    )
    dated = sum(each.received is not None for each in seen)
    when: Line = ("Tanggal penerimaannya tidak dicatat.",)
    if dated:
        when = line(
            "Tanggal penerimaan tercatat untuk ",
            derived(f"{key}.dated", dated),
            " berkas.",
        )
    missing: Line = ()
    if len(seen) < len(read):
        missing = ("Berkas yang lain belum dicatat.",)
    return Paragraph(key, sentences((opening, when, missing)))


def _sum(page: ArrivalsPage, column: str) -> int:
    counts: pd.Series = page.deliveries[column]
    return int(counts.sum())
