"""The chapter on data quality, for deliveries typed by hand."""

from dataclasses import fields, replace
from datetime import date

import pandas as pd
import pytest

from skm_analysis.report import arrivals, corrections
from skm_analysis.report.elements import Absent, plain
from skm_analysis.report.page import ArrivalsPage
from skm_analysis.study.records import Delivery, ExcludedRows


@pytest.fixture
def received(city_page):
    """A page of deliveries (rows read, accepted, set aside, source) and reasons."""

    def build(*files, reasons=(), changes=(), corrections=(), **more):
        deliveries = pd.DataFrame(
            [
                {
                    "delivery": f"responses/{place}.csv",
                    "unit": "kel-ngalau",
                    "source": source,
                    "format": "CSV, UTF-8",
                    "rows_read": read,
                    "accepted": accepted,
                    "set_aside": aside,
                }
                for place, (read, accepted, aside, source) in enumerate(files)
            ],
            columns=[
                "delivery",
                "unit",
                "source",
                "format",
                "rows_read",
                "accepted",
                "set_aside",
            ],
        )
        return ArrivalsPage(
            study=city_page().study,
            deliveries=deliveries,
            set_aside=pd.DataFrame(reasons, columns=["delivery", "reason"]),
            changes=pd.DataFrame(changes, columns=["delivery", "rule", "count"]),
            corrections=pd.DataFrame(corrections, columns=["unit", "direction"]),
            profiles=pd.DataFrame(
                more.get("profiles", ()), columns=["status", "spellings"]
            ),
            received=more.get("seen", ()),
        )

    return build


def test_rows_read_are_accepted_or_set_aside(received):
    page = received((1200, 1190, 10, "external"), (72, 70, 2, "internal"))
    assert plain(arrivals.summary(page).text) == (
        "Berkas jawaban yang diterima berjumlah 2 dan seluruhnya memuat 1.272 baris. "
        "Sebanyak 1.260 baris dipakai dan 12 baris disisihkan. Dari baris yang "
        "dipakai, 70 baris berasal dari survei yang dilakukan unit sendiri; jawaban "
        "itu tidak digabung dengan survei independen. "
        "Pada setiap berkas jumlah baris yang dipakai dan yang disisihkan sama dengan "
        "jumlah baris yang dibaca; tidak ada baris yang hilang."
    )


def test_a_lost_row_is_refused(received):
    with pytest.raises(ValueError, match="rows read differ"):
        arrivals.summary(received((10, 8, 1, "external")))


def test_nothing_received_and_nothing_set_aside(received):
    assert plain(arrivals.summary(received()).text) == (
        "Belum ada berkas jawaban yang diterima."
    )
    assert isinstance(arrivals.deliveries_table(received()), Absent)
    clean = received((5, 5, 0, "external"))
    assert "Seluruhnya dapat dipakai." in plain(arrivals.summary(clean).text)
    assert plain(arrivals.reasons_sentence(clean).text) == (
        "Tidak ada baris yang disisihkan."
    )
    assert isinstance(arrivals.reasons_table(clean), Absent)


def test_reasons_are_counted_with_the_files_they_occur_in(received):
    page = received(
        (10, 7, 3, "external"),
        reasons=[("a.csv", "duplicate"), ("a.csv", "duplicate"), ("b.csv", "empty")],
    )
    table = arrivals.reasons_table(page)
    assert [[plain(cell) for cell in line] for line in table.rows] == [
        ["Tidak ada pertanyaan yang dijawab", "1", "1"],
        ["Kiriman ganda dari responden yang sama", "2", "1"],
        ["Jumlah", "3", "2"],
    ]
    assert plain(arrivals.reasons_sentence(page).text) == (
        "Alasan penyisihan yang paling sering adalah “kiriman ganda dari responden "
        "yang sama” (2 baris)."
    )


MAY = date(2021, 5, 31)


def test_why_rows_were_left_out_is_told_in_the_words_of_the_office(received):
    page = received(
        (10, 7, 3, "external"), reasons=[("responses/0.xlsx#Mei", "excluded")] * 3
    )
    rows = [
        ExcludedRows(column="Ket", values=("x",), reason=reason)
        for reason in ("Pegawai sendiri.", "Di bawah umur")
    ]
    blank = {each.name: None for each in fields(Delivery)}
    deliveries = (
        Delivery(**blank | {"file": file, "sheet": sheet, "excluded": excluded} | days)
        for file, sheet, excluded, days in (
            ("responses/0.xlsx", "*", (*rows, rows[1]), {}),
            ("responses/1.csv", None, (rows[0],), {"start": date(2021, 3, 1)}),
            *(
                (
                    f"responses/g/{n}.csv",
                    None,
                    (),
                    {"end": MAY, "pattern": "responses/g/"},
                )
                for n in (1, 2)
            ),
        )
    )
    study = replace(page.study, deliveries=tuple(deliveries))
    table = arrivals.reasons_table(replace(page, study=study))
    assert [plain(note) for note in table.notes][1:] == [
        "Dikeluarkan dari 0.xlsx#Mei: Pegawai sendiri; Di bawah umur.",
        "Dari 1.csv hanya dipakai jawaban 1 Maret sampai dengan 31 Desember 2021.",
        "Dari g/ hanya dipakai jawaban 1 Januari sampai dengan 31 Mei 2021.",
    ]


def test_what_the_parser_changed_is_counted_by_rule(received):
    page = received(
        (10, 10, 0, "external"),
        changes=[("a.csv", "spelling", 7), ("b.csv", "spelling", 3)],
    )
    assert plain(arrivals.changes_sentence(page).text).startswith(
        "Sebanyak 10 isian ditafsirkan"
    )
    table = arrivals.changes_table(page)
    assert [plain(cell) for cell in table.rows[0]][1:] == ["10", "2"]


def test_what_people_corrected_is_no_interpretation(received):
    page = received(
        (10, 10, 0, "external"),
        changes=[("a.csv", "corrected", 7), ("b.csv", "spelling", 3)],
    )
    told = plain(arrivals.changes_sentence(page).text)
    assert told.startswith("Sebanyak 3 isian ditafsirkan")
    assert len(arrivals.changes_table(page).rows) == 1


def test_corrections_are_told_per_unit_with_their_direction(received):
    ngalau = [("kel-ngalau", way) for way in ("raised", "lowered", "lowered")]
    page = received((10, 10, 0, "external"), corrections=[*ngalau, ("", "neither")])
    assert plain(corrections.sentence(page).text).startswith(
        "Sebanyak 4 isian pada 1 unit dibetulkan: 1 menaikkan nilai jawaban, 2 "
        "menurunkannya, dan 1 mengubah isian lain atau"
    )
    rows = [[plain(cell) for cell in row] for row in corrections.table(page).rows]
    assert [row[1:] for row in rows] == [["3", "1", "2", "0"], ["1", "0", "0", "1"]]
    assert rows[1][0] == "Unit tidak dikenal"


def test_a_study_without_corrections_says_so(received):
    page = received((10, 10, 0, "external"))
    assert plain(corrections.sentence(page).text) == (
        "Tidak ada isian yang dibetulkan setelah berkas diterima."
    )
    assert isinstance(corrections.table(page), Absent)
