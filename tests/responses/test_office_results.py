"""From a delivered worksheet to `office_results.csv`; expectations by hand."""

import io

import openpyxl
import pytest

SHEET = (
    "No,Nama,U1,U2,U3,\n1,Ani,4,3,4,\n2,Budi,3,,4,\n3,Siti,4,5,4,\n"
    'Σ Nilai/Unsur,,11,8,12,\nNRR/Unsur,,"3,67","4,00","4,00",\n'
    'NRR tertimbang,,"1,22","1,33","1,33","3,89"\nIKM,,,,,"97,22"\n'
    "Kepala Dinas,,,,,\nRahasia Sekali,,,,,\nNIP 19700101,,,,,\n"
)


def told(cleaned, *columns):
    return [tuple(row) for row in cleaned.office[list(columns)].itertuples(index=False)]


def test_the_result_is_read_and_no_name_leaves_the_file(survey):
    survey.deliver(SHEET, drop=("Nama",))
    cleaned = survey.clean()
    assert set(cleaned.office["unit"]) == {"ngalau"}
    assert told(cleaned, "row", "measure", "item", "printed") == [
        (5, "sum", "persyaratan", "11"),
        (5, "sum", "prosedur", "8"),
        (5, "sum", "biaya", "12"),
        (6, "nrr", "persyaratan", "3.67"),
        (6, "nrr", "prosedur", "4.00"),
        (6, "nrr", "biaya", "4.00"),
        (7, "nrr_weighted", "persyaratan", "1.22"),
        (7, "nrr_weighted", "prosedur", "1.33"),
        (7, "nrr_weighted", "biaya", "1.33"),
        (7, "nrr_weighted", "", "3.89"),
        (8, "ikm", "", "97.22"),
        # The file's own columns, the answer off the scale among them.
        (0, "column_sum", "persyaratan", "11"),
        (0, "column_count", "persyaratan", "3"),
        (0, "column_sum", "prosedur", "8"),
        (0, "column_count", "prosedur", "2"),
        (0, "column_sum", "biaya", "12"),
        (0, "column_count", "biaya", "3"),
    ]
    [delivery] = cleaned.deliveries.to_dict("records")
    assert (delivery["rows_read"], delivery["accepted"]) == (3, 2)
    rules = dict(zip(cleaned.changes["rule"], cleaned.changes["count"], strict=True))
    assert (rules["total_row"], rules["legend_row"]) == (4, 3)
    frames = (cleaned.office, cleaned.deliveries, cleaned.changes, cleaned.set_aside)
    text = "".join(frame.to_csv() for frame in frames)
    assert "Rahasia" not in text
    assert "1970" not in text


@pytest.mark.parametrize(
    ("footer", "measure", "item"),
    [
        ("IKM,3.50,,", "nrr_weighted", ""),
        ("IKM,91.67,,", "ikm", ""),
        ("Jumlah responden,2,,", "n", ""),
    ],
)
def test_an_index_on_the_scale_of_the_answers_is_no_index_yet(
    survey, footer, measure, item
):
    survey.deliver(f"No,U1,U2,U3\n1,4,3,4\n2,3,3,4\n{footer}\n")
    first = told(survey.clean(), "measure", "item")[0]
    assert first == (measure, item)


def test_an_index_per_item_is_not_taken_for_the_units(survey):
    survey.deliver("No,U1,U2,U3\n1,4,3,4\n2,3,3,4\nIKM per unsur,87.5,75,100\n")
    cleaned = survey.clean()
    assert cleaned.office.empty
    assert list(cleaned.changes["rule"]) == ["total_row"]


def test_a_line_number_before_the_label_is_no_total(survey):
    survey.deliver("No,Nama,U1,U2,U3\n1,Ani,4,3,4\n9,NRR tertimbang,1.33,1,1.33\n")
    weighted = told(survey.clean(), "item", "printed")[:4]
    assert ("", "9") not in weighted
    assert weighted[0] == ("persyaratan", "1.33")


def test_a_delivery_without_a_result_says_nothing(survey):
    survey.deliver("No,U1,U2,U3\n1,4,3,4\n2,3,3,4\n")
    assert survey.clean().office.empty


def test_the_result_of_several_units_is_nobodys(survey):
    survey.deliver(
        "No,Unit,U1,U2,U3\n1,ngalau,4,3,4\n2,ganting,3,3,4\nIKM,,85,,\n",
        unit=None,
        unit_column="Unit",
    )
    assert told(survey.clean(), "unit", "measure", "printed")[0] == ("", "ikm", "85")


def test_a_workbook_with_merged_labels_formulas_and_a_column_without_a_name(survey):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["PENGOLAHAN DATA SURVEI KEPUASAN MASYARAKAT"])
    sheet.append(["No. Resp", "Nama", "U1", "U2", "U3"])
    sheet.append([1, "Ani", 4, 3, 4])
    sheet.append([2, "Budi", 3, 3, 4])
    sheet.append(["NRR / Unsur", None, 3.5, 3, 4])
    sheet.append(["IKM Unit Pelayanan", None, None, None, None, 87.5])
    sheet.merge_cells("A5:B5")
    sheet.merge_cells("A6:E6")
    raw = io.BytesIO()
    book.save(raw)
    survey.deliver(raw.getvalue(), "a.xlsx", drop=("Nama",))
    cleaned = survey.clean()
    assert told(cleaned, "sheet", "row", "measure", "printed")[:4] == [
        ("Sheet", 5, "nrr", "3.5"),
        ("Sheet", 5, "nrr", "3"),
        ("Sheet", 5, "nrr", "4"),
        ("Sheet", 6, "ikm", "87.5"),
    ]
    assert len(cleaned.accepted["ngalau"]) == 2
