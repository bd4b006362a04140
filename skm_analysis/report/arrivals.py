"""The chapter on data quality: what arrived, what was set aside and why."""

from collections.abc import Iterator

import pandas as pd

from skm_analysis.report.elements import (
    Absent,
    Column,
    Line,
    Number,
    Paragraph,
    Table,
)
from skm_analysis.report.formatting import span
from skm_analysis.report.numbers import count, derived
from skm_analysis.report.page import ArrivalsPage
from skm_analysis.report.wording import line, listing, sentences
from skm_analysis.responses.labels import REASONS, RULES
from skm_analysis.study.corrections import delivery_name, delivery_named
from skm_analysis.study.records import ALL_SHEETS

SOURCES = {"external": "independen", "internal": "unit sendiri"}


def summary(page: ArrivalsPage) -> Paragraph:
    """Rows read are rows accepted and rows set aside: nothing is lost."""
    files = len(page.deliveries)
    if not files:
        text: Line = ("Belum ada berkas jawaban yang diterima.",)
        return Paragraph("arrivals.summary", text)
    read, accepted, aside = (_total(page, each) for each in _COUNTS)
    opening = line(
        "Berkas jawaban yang diterima berjumlah ",
        derived("arrivals.files", files),
        " dan seluruhnya memuat ",
        count("arrivals.rows_read", read),
        " baris.",
    )
    if not read:
        return Paragraph("arrivals.summary", sentences((opening, _EMPTY)))
    if not aside:
        kept: Line = ("Seluruhnya dapat dipakai.",)
    elif not accepted:
        kept = ("Tidak satu pun dapat dipakai.",)
    else:
        kept = line(
            "Sebanyak ",
            count("arrivals.accepted", accepted),
            " baris dipakai dan ",
            count("arrivals.set_aside", aside),
            " baris disisihkan.",
        )
    return Paragraph(
        "arrivals.summary",
        sentences((opening, kept, _internal(page), _balance(page), _replaced(page))),
    )


_COUNTS = ("rows_read", "accepted", "set_aside")
_EMPTY: Line = ("Berkas itu tidak memuat jawaban.",)


def _total(page: ArrivalsPage, column: str) -> int:
    return int(page.deliveries[column].sum())


def _internal(page: ArrivalsPage) -> Line:
    own = page.deliveries[page.deliveries["source"] == "internal"]
    if own.empty or not own["accepted"].sum():
        return ()
    return line(
        "Dari baris yang dipakai, ",
        count("arrivals.accepted.internal", int(own["accepted"].sum())),
        " baris berasal dari survei yang dilakukan unit sendiri; jawaban itu tidak "
        "digabung dengan survei independen.",
    )


def _replaced(page: ArrivalsPage) -> Line:
    """Which files others replace, and the reason that was declared."""
    told = [
        f"“{_name(each.replaces)}” diganti dengan “{_name(each.file)}” "
        f"(alasan: {(each.reason or '').rstrip('.')})"
        for each in page.study.deliveries
        if each.replaces
    ]
    if not told:
        return ()
    return line(
        "Berkas yang diganti tetap disimpan dan tidak dibaca: ", listing(told), "."
    )


def _name(file: str) -> str:
    return file.removeprefix("responses/")


def _balance(page: ArrivalsPage) -> Line:
    """Checked here, delivery by delivery, rather than promised."""
    told = page.deliveries["accepted"] + page.deliveries["set_aside"]
    if not (page.deliveries["rows_read"] == told).all():
        raise ValueError("rows read differ from rows accepted plus rows set aside")
    subject = "Pada setiap berkas jumlah" if len(told) > 1 else "Jumlah"
    return (
        f"{subject} baris yang dipakai dan yang disisihkan sama dengan jumlah baris "
        "yang dibaca; tidak ada baris yang hilang.",
    )


def deliveries_table(page: ArrivalsPage) -> Table | Absent:
    """One line per delivered file."""
    if page.deliveries.empty:
        return Absent("Belum ada berkas jawaban yang diterima.")
    rows = [
        _delivery_row(page, place, delivery)
        for place, delivery in enumerate(page.deliveries.to_dict("records"), 1)
    ]
    rows.append(
        (
            ("Jumlah",),
            ("",),
            ("",),
            ("",),
            *(
                (count(f"arrivals.{column}", _total(page, column)),)
                for column in _COUNTS
            ),
        )
    )
    return Table(
        "tab-data-berkas",
        ("Berkas jawaban yang diterima",),
        (
            Column("Berkas", width=2.6),
            Column("Unit", width=2.2),
            Column("Pelaksana survei", width=1.1),
            Column("Format", "center", 0.7),
            Column("Dibaca", "right", 0.8),
            Column("Dipakai", "right", 0.8),
            Column("Disisihkan", "right", 0.9),
        ),
        tuple(rows),
        emphasised=(len(rows) - 1,),
    )


def _delivery_row(
    page: ArrivalsPage, place: int, delivery: dict[str, object]
) -> tuple[Line, ...]:
    names = {unit.id: unit.name for unit in page.study.units}
    unit = str(delivery["unit"] or "")
    counts = (
        (count(f"arrivals.{place}.{column}", int(str(delivery[column]))),)
        for column in _COUNTS
    )
    return (
        (_name(str(delivery["delivery"])),),
        (names.get(unit, "beberapa unit"),),
        (SOURCES[str(delivery["source"])],),
        (str(delivery["format"]).split(",")[0],),
        *counts,
    )


def reasons_table(page: ArrivalsPage) -> Table | Absent:
    """Set-aside rows by reason, most frequent rules in their order of application."""
    counted = page.set_aside["reason"].value_counts()
    if counted.empty:
        return Absent("Tidak ada baris yang disisihkan.")
    rows: list[tuple[Line, ...]] = [
        (
            (label[:1].upper() + label[1:],),
            (count(f"arrivals.set_aside.{reason}", int(counted[reason])),),
            (_files_with(page.set_aside, "reason", reason),),
        )
        for reason, label in REASONS.items()
        if reason in counted
    ]
    rows.append(
        (
            ("Jumlah",),
            (count("arrivals.set_aside", int(counted.sum())),),
            (
                derived(
                    "arrivals.set_aside.files", page.set_aside["delivery"].nunique()
                ),
            ),
        )
    )
    return Table(
        "tab-data-disisihkan",
        ("Baris yang disisihkan menurut alasan",),
        (
            Column("Alasan", width=4.0),
            Column("Baris", "right"),
            Column("Berkas", "right"),
        ),
        tuple(rows),
        notes=(
            (
                "Bila beberapa alasan berlaku bagi satu baris, hanya alasan pertama "
                "menurut urutan pemeriksaan yang dihitung.",
            ),
            *_excluded(page),
            *_own_days(page),
        ),
        emphasised=(len(rows) - 1,),
    )


def _excluded(page: ArrivalsPage) -> Iterator[Line]:
    """Why offices asked to leave rows out, in their words."""
    concerned = page.set_aside.loc[page.set_aside["reason"] == "excluded", "delivery"]
    for name in dict.fromkeys(concerned):
        if (delivery := delivery_named(page.study, name)) is not None:
            told = "; ".join(delivery.excluded_for)
            yield (f"Dikeluarkan dari {_name(name)}: {told}.",)


def _own_days(page: ArrivalsPage) -> Iterator[Line]:
    """Which offices were asked for some of the survey's days alone."""
    study = page.study
    told = (
        (each.pattern or delivery_name(study, each), each.start, each.end)
        for each in study.in_force
        if each.start or each.end
    )
    for name, start, end in dict.fromkeys(told):
        days = span(start or study.start, end or study.end)
        file = _name(name).removesuffix(f"#{ALL_SHEETS}")
        yield (f"Dari {file} hanya dipakai jawaban {days}.",)


def reasons_sentence(page: ArrivalsPage) -> Paragraph:
    """The most frequent reason, or that there is none."""
    counted = page.set_aside["reason"].value_counts()
    if counted.empty:
        text: Line = ("Tidak ada baris yang disisihkan.",)
        return Paragraph("arrivals.reasons", text)
    most = [reason for reason in REASONS if counted.get(reason, 0) == counted.max()]
    named = listing([f"“{REASONS[reason]}”" for reason in most])
    word = (
        "Satu-satunya alasan penyisihan adalah "
        if len(counted) == 1
        else "Alasan penyisihan yang paling sering adalah "
    )
    number = count(f"arrivals.set_aside.{most[0]}", int(counted.max()))
    each = " baris)." if len(most) == 1 else " baris untuk masing-masing alasan)."
    return Paragraph("arrivals.reasons", line(word, named, " (", number, each))


def changes_table(page: ArrivalsPage) -> Table | Absent:
    """What the parser read differently from how it was written, by rule."""
    interpreted = _interpreted(page)
    if interpreted.empty:
        return Absent("Tidak ada isian yang ditafsirkan.")
    summed = interpreted.groupby("rule")["count"].sum()
    ordered = [rule for rule in RULES if rule in summed.index]
    rows: list[tuple[Line, ...]] = [
        (
            (RULES[rule][:1].upper() + RULES[rule][1:],),
            (count(f"arrivals.changes.{rule}", int(summed[rule])),),
            (_files_with(page.changes, "rule", rule),),
        )
        for rule in ordered
    ]
    return Table(
        "tab-data-penafsiran",
        ("Isian yang ditafsirkan pada waktu pembacaan, menurut aturan",),
        (
            Column("Aturan", width=4.0),
            Column("Isian", "right"),
            Column("Berkas", "right"),
        ),
        tuple(rows),
    )


def _interpreted(page: ArrivalsPage) -> pd.DataFrame:
    """What the parser changed; what people corrected is told by itself."""
    return page.changes[page.changes["rule"] != "corrected"]


def changes_sentence(page: ArrivalsPage) -> Paragraph:
    """How many cells were read differently from how they are written."""
    interpreted = _interpreted(page)
    if interpreted.empty:
        text: Line = (
            "Semua isian tertulis tepat sebagaimana dinyatakan untuk berkasnya; tidak "
            "ada yang perlu ditafsirkan.",
        )
    else:
        total = int(interpreted["count"].sum())
        text = line(
            "Sebanyak ",
            count("arrivals.changes", total),
            " isian ditafsirkan menurut aturan yang tercantum pada tabel berikut. "
            "Tidak ada jawaban yang ditebak, dibatasi, atau diisikan.",
        )
    return Paragraph("arrivals.changes", text)


def _files_with(frame: pd.DataFrame, column: str, value: str) -> Number:
    files = frame.loc[frame[column] == value, "delivery"].nunique()
    return derived(f"arrivals.{column}.{value}.files", int(files))
