"""Header rows of one, two and three lines, and what a column may be called."""

import pytest

from skm_analysis.responses.headers import (
    find_header,
    is_second_header,
    width_of_table,
)
from skm_analysis.responses.naming import positions

TITLE = ["REKAPITULASI SKM 2021", "", "", "", ""]
BLANK = ["", "", "", "", ""]
TOP = ["Kode", "Penilaian", "", "", ""]
MIDDLE = ["", "Persyaratan", "", "Prosedur", ""]
LOWER = ["", "Harapan", "Kinerja", "Harapan", "Kinerja"]
ROWS = [["R-1", "4", "3", "4", "2"], ["R-2", "", "3", "", "2"]]
NAMES = (
    "Kode",
    "Penilaian / Persyaratan / Harapan",
    "Penilaian / Persyaratan / Kinerja",
    "Penilaian / Prosedur / Harapan",
    "Penilaian / Prosedur / Kinerja",
)


@pytest.mark.parametrize(
    ("wanted", "merges"),
    [
        (["Kode", "Persyaratan / Kinerja", "Prosedur / Kinerja"], ()),
        (
            ["Kode", "Persyaratan / Kinerja", "Prosedur / Kinerja"],
            # Kode down three rows; the groups across, the same two rows down.
            [((2, 0), (4, 0)), ((2, 1), (2, 4)), ((3, 1), (3, 2)), ((3, 3), (3, 4))],
        ),
    ],
)
def test_three_header_rows_below_a_title_give_joined_names(wanted, merges):
    grid = [TITLE, BLANK, TOP, MIDDLE, LOWER, *ROWS]
    header = find_header(grid, wanted, merges=merges)
    assert header.names == NAMES
    assert (header.row, header.rows) == (4, 3)
    assert header.place == "judul kolom di baris 3, 4 dan 5"


def test_a_group_does_not_reach_over_the_one_above_it():
    grid = [
        ["Penilaian", "", "Profil", ""],
        ["Mutu", "", "", ""],
        ["U1", "U2", "JK", "Usia"],
        ["4", "4", "L", "23"],
    ]
    header = find_header(grid, ["Penilaian / Mutu / U1", "Profil / JK"])
    assert header.names == (
        *("Penilaian / Mutu / U1", "Penilaian / Mutu / U2"),
        *("Profil / JK", "Profil / Usia"),
    )


def test_one_name_down_and_across_is_said_once():
    grid = [["Kode", "Unsur", ""], ["", "", ""], ["", "U1", "U2"], ["7", "4", "4"]]
    grid[1] = ["", "Unsur", ""]
    merges = [((0, 0), (2, 0)), ((0, 1), (0, 2)), ((1, 1), (1, 2))]
    header = find_header(grid, ["Kode", "U1", "Unsur / U2"], merges=merges)
    assert header.names == ("Kode", "Unsur / U1", "Unsur / U2")


def test_a_declared_header_row_is_the_last_one():
    grid = [TOP, MIDDLE, LOWER, *ROWS]
    header = find_header(grid, ["Kode", "Prosedur / Kinerja"], header_row=3)
    assert (header.row, header.rows, header.names[0]) == (2, 3, "Kode")
    assert find_header(grid, ["Kode"], header_row=9) is None


def test_names_in_the_last_row_alone_need_no_rows_above():
    grid = [["LAPORAN SKM", "", ""], ["Kode", "U1", "U2"], ["1", "4", "4"]]
    header = find_header(grid, ["U1", "U2"])
    assert (header.rows, header.names) == (1, ("Kode", "U1", "U2"))


def test_a_title_names_no_nameless_column():
    grid = [["LAPORAN SKM", "", ""], ["", "U1", "U2"], ["1", "4", "4"]]
    merges = [((0, 0), (0, 2))]
    assert find_header(grid, ["U1", "U2"], merges=merges).names == ("", "U1", "U2")


@pytest.mark.parametrize(
    ("names", "wanted", "found"),
    [
        (["u1", "grup/u1"], "U1", [0]),  # the whole name comes first
        (["grup_a/u1", "grup_b/u2"], "u1", [0]),
        (["grup_a/u1", "grup_b/u1"], "u1", [0, 1]),
        (["luar/grup_a/u1", "luar/grup_b/u1"], "grup_b/u1", [1]),
        (["U1. Bagaimana persyaratannya?", "U10. Lain?"], "U1", [0]),
        (["G01Q02[SQ001]. Persyaratan?"], "g01q02[sq001]", [0]),
        (["1. Bagaimana persyaratannya?"], "1", []),  # a number is no code
        (["Kinerja / U1", "Kinerja / U1 (2)"], "U1", [0, 1]),
        (["Saran (2)"], "Saran", []),
        (["U1"], "U", []),
    ],
)
def test_a_name_means_a_column_by_its_whole_or_by_its_part(names, wanted, found):
    assert positions(names, wanted) == found


@pytest.mark.parametrize(
    ("cells", "is_one"),
    [
        (["Bagaimana persyaratannya?", "_id", "_submission_time"], True),
        (["#indicator+u1", "#meta+id", "#date"], True),
        (["4", "1001", "2021-03-01T09:12:01"], False),
        (["4", "_id", ""], False),  # one alone may be an answer
        (["", "", ""], False),
    ],
)
def test_a_second_row_of_names_is_no_respondent(cells, is_one):
    names = ["g/u1", "_id", "_submission_time"]
    assert is_second_header(cells, names) is is_one


def _table(beside, wanted=("U1", "U2")):
    rows = [["No", "U1", "U2"], ["1", "4", "4"], ["2", "3", "3"], ["", "", ""]]
    width = max(map(len, beside))
    wide = [[*each, *[""] * (width - len(each))] for each in beside]
    grid = [[*row, *cells] for row, cells in zip(rows, wide, strict=True)]
    return width_of_table(grid, find_header(grid, wanted), wanted)


@pytest.mark.parametrize(
    ("beside", "width"),
    [
        ([["", "Keterangan:"], ["", "U1 = syarat"], [], []], 3),
        ([["", ""], ["", "U1 = syarat"], ["", "U2 = prosedur"], []], 3),
        ([[""], [""], [""], ["", "Petugas"]], 3),
        ([["", ""], [], [], []], 5),  # nothing is there
        ([["U3"], ["4"], ["3"], []], 4),
        ([[""], ["4"], ["3"], []], 4),  # no gap: a question without its name
        ([["", "U3"], ["", "4"], ["", "3"], []], 5),  # a name behind the gap
        ([["", "", "Saran"], ["", "x", "baik"], [], []], 6),
    ],
)
def test_a_legend_beside_the_table_is_none_of_its_columns(beside, width):
    assert _table(beside) == width


def test_a_legend_that_the_study_names_is_a_column():
    beside = [["", "Keterangan"], ["", "baik"], [], []]
    assert _table(beside, wanted=("U1", "U2", "Keterangan")) == 5
