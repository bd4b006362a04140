"""What must hold for the columns of a `[[delivery]]`: their use, answers, days."""

from collections.abc import Mapping
from datetime import date

from skm_analysis.study.agreement import check_order
from skm_analysis.study.faults import plain
from skm_analysis.study.tables import Table

_SINGLE_COLUMNS = (
    *("unit_column", "id_column", "stratum_column", "serial_column"),
    *("cluster_column", "period_column", "comment_column"),
)


def declared_answers(delivery: Table) -> list[Table]:
    """The declared answers: for all items, then for single ones."""
    single = (delivery.get("item_answers") or {}).values()
    found = (delivery.get("answers"), *single)
    return [table for table in found if isinstance(table, Table)]


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def check_spellings(delivery: Table) -> None:
    """An answer that is read without regard to case and spaces has one score."""
    blank = {_folded(text) for text in delivery.get("not_applicable", ())}
    for table in declared_answers(delivery):
        scores: dict[str, int] = {}
        for text, score in table.items():
            if scores.setdefault(_folded(text), score) != score:
                table.spot.fault(f"'{plain(text)}' punya dua nilai yang berbeda.")
            if _folded(text) in blank:
                table.spot.fault(
                    f"'{plain(text)}' juga ada dalam 'not_applicable'.",
                    "hapus dari salah satunya.",
                )


def check_headers(delivery: Table) -> None:
    """One column answers one question, and what is dropped is not used."""
    columns: Mapping[str, tuple[str, ...]] = delivery.get("columns") or {}
    asked = [header.strip() for headers in columns.values() for header in headers]
    asked += [each.strip() for each in (delivery.get("importance") or {}).values()]
    for header in sorted({each for each in asked if asked.count(each) > 1}):
        delivery.spot.fault(
            f"kolom '{plain(header)}' dipakai untuk lebih dari satu butir.",
            "tiap butir punya kolomnya sendiri.",
        )
    single = [delivery.get(key) for key in _SINGLE_COLUMNS]
    told = [each for each in (delivery.get("profile") or {}).values() if each]
    profile = [header for headers in told for header in headers]
    used = {header.strip() for header in (*asked, *single, *profile) if header}
    several = any(len(each) > 1 for each in (*columns.values(), *told))
    if delivery.get("long") and several:
        delivery.spot.fault(
            "beberapa kolom untuk satu butir tidak berlaku pada bentuk panjang.",
            "sebutkan satu tulisan pada kolom butirnya.",
        )
    if delivery.get("ticks") and not several:
        delivery.spot.fault(
            "'ticks' memerlukan beberapa kolom untuk satu butir atau satu profil.",
            'misalnya: sex = ["L", "P"]; hapus ticks bila tidak ada tanda centang.',
        )
    for header in delivery.get("drop", ()):
        if header.strip() in used:
            delivery.spot.fault(
                f"kolom '{plain(header)}' ada dalam 'drop', tetapi juga dipakai.",
                "hapus dari salah satunya.",
            )


def check_id(delivery: Table) -> None:
    """In long form the respondent's column is the id."""
    told = delivery.get("id_column") or delivery.get("long")
    if delivery.get("id_within") == "unit" and not told:
        delivery.spot.fault(
            "id_within = \"unit\" memerlukan 'id_column'.",
            "sebutkan kolom penanda respondennya, misalnya nomor telepon atau NIK,",
            "atau hapus id_within.",
        )


def check_days(delivery: Table, study: Mapping[str, date]) -> None:
    """Days of its own lie in those of the study, and need the column of the days."""
    start, end = delivery.get("start"), delivery.get("end")
    if (start or end) and not delivery.get("period_column"):
        delivery.spot.fault(
            "'start' dan 'end' pada [[delivery]] memerlukan 'period_column'.",
            "sebutkan kolom yang memuat tanggal pengisian.",
        )
    check_order(delivery)
    first, last = study.get("start"), study.get("end")
    told = [day for day in (start, end) if day]
    if any((first and day < first) or (last and day > last) for day in told):
        delivery.spot.fault(
            "masa kiriman ini melewati masa survei pada [study].",
            "'start' dan 'end' pada [[delivery]] hanya dapat mempersempitnya.",
        )


def check_declared_rows(delivery: Table) -> None:
    """Rows left out are told by what stands in a column; an item's answers tell none.

    Otherwise a study could leave out whoever was not satisfied.
    """
    columns: Mapping[str, tuple[str, ...]] = delivery.get("columns") or {}
    items = {header.strip() for headers in columns.values() for header in headers}
    kinds = (("test", "baris uji coba"), ("exclude", "baris yang dikeluarkan"))
    for key, what in kinds:
        for rows in delivery.get(key, ()):
            if "values" in rows and not rows["values"]:
                rows.spot.fault(
                    "'values' kosong.",
                    'sebutkan isi selnya, misalnya: values = ["tes"]',
                )
            if rows.get("column", "").strip() in items:
                rows.spot.fault(
                    f"kolom itu memuat jawaban butir, yang tidak menandai {what}.",
                    "sebutkan kolom lain, misalnya nama pengisi atau petugas.",
                )
