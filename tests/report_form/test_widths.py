"""Columns as wide as their cells need, and lines given up where it costs least."""

from hypothesis import given
from hypothesis import strategies as st

from skm_analysis.report.elements import Column, Table
from skm_analysis.report.widths import UPRIGHT, fitted


def share(columns: list[Column], rows: list[tuple[str, ...]]) -> list[float]:
    lines = tuple(tuple((cell,) for cell in row) for row in rows)
    widths = fitted(Table("t", (), tuple(columns), lines))
    return [width / sum(widths) for width in widths]


def test_a_table_with_room_for_all_keeps_the_widths_it_asks_for():
    told = share([Column("Unit", width=3), Column("n", "right")], [("Ngalau", "120")])
    assert told == [0.75, 0.25]


def test_one_long_name_breaks_rather_than_every_answer():
    rows = [("Kelurahan Ngalau", "tanpa pengacakan", "belum mencukupi")] * 20
    rows += [("Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu", "sensus", "–")]
    columns = [Column("Unit"), Column("Cara memilih"), Column("Kecukupan")]
    columns += [Column("Diperlukan", "right") for _ in range(3)]
    rows = [(*row, *["1.400"] * 3) for row in rows]
    _, how, enough, *_ = share(columns, rows)
    # 16 letters of 9 points, about half as wide as high, and the padding.
    assert how * UPRIGHT > 16 * 44
    assert enough * UPRIGHT > 15 * 46


def test_a_short_cell_with_a_space_is_never_broken():
    long = "Menempatkan petugas kebersihan dan jadwal pemeriksaan di setiap loket " * 3
    columns = [Column("Kegiatan", width=9), Column("Waktu", "center", 0.1)]
    _, when = share(columns, [(long, "TW III")])
    assert when * UPRIGHT > 330


@given(
    st.lists(
        st.lists(st.text(max_size=80), min_size=3, max_size=3), min_size=1, max_size=6
    )
)
def test_any_text_gets_columns_of_some_width_within_the_page(rows):
    columns = [Column("Satu", width=0.2), Column("Dua"), Column("Tiga", width=5)]
    lines = tuple(tuple((cell,) for cell in row) for row in rows)
    widths = fitted(Table("t", (), tuple(columns), lines))
    assert min(widths) > 0
    assert sum(widths) <= UPRIGHT + 1
