"""The sheet that compares, and that it sees what was spoiled."""

import re

import pytest

BANDING, CONTENTS = "Banding laporan", "Daftar isi"


def placed(sheets):
    """The cell of every key that is compared."""
    return {
        text: cell
        for (sheet, cell), text in sheets.stored.items()
        if sheet == BANDING and re.fullmatch(r"D\d+", cell) and int(cell[1:]) > 8
    }


def lines(sheets, value):
    """Every line of the comparison by key: unit, shown, rounded, verdict."""
    return {
        key: tuple(value(BANDING, f"{column}{cell[1:]}") for column in "BFHJ")
        for key, cell in placed(sheets).items()
    }


@pytest.mark.parametrize("missing", ["ratio", "complete", "person"])
def test_all_that_the_report_shows_is_given_again(paper, worked_out, missing):
    sheets = worked_out(paper(missing))
    told = lines(sheets, sheets.value)
    assert {verdict for *_, verdict in told.values()} == {"sesuai"}
    assert sheets.value(CONTENTS, "B8") == "semua angka sesuai dengan laporan"
    wanted = {"unit.biasa.ikm", "unit.biasa.ikm:se", "unit.biasa.ikm:ci_low"}
    wanted |= {"unit.biasa.nrr.biaya", "unit.biasa.sum.biaya", "unit.biasa.grade"}
    wanted |= {"unit.biasa.ikm@S1", "unit.biasa.ikm@internal", "unit.skala.ikm"}
    wanted |= {"unit.biasa.internal_difference", "city..ikm_mean_of_units@published"}
    assert wanted <= told.keys()


def test_the_text_is_the_one_that_a_person_would_write(paper, worked_out):
    """Nine sheets: 4+4+3+4+3+4+3+4 = 29 of 8 answers; 343 alone: 10/12 of 100."""
    sheets = worked_out(paper())
    told = lines(sheets, sheets.value)
    assert told["unit.biasa.nrr.persyaratan"][1:] == ("3,50", "3,50", "sesuai")
    assert told["unit.sendiri.ikm"][1:] == ("83,33", "83,33", "sesuai")
    assert told["unit.sendiri.grade"][1:] == ("B", "B", "sesuai")
    assert told["unit.batas.grade"][1:] == ("C", "C", "sesuai")


def test_a_changed_answer_is_told_at_its_unit_and_the_city(paper, worked_out):
    sheets = worked_out(paper())
    assert sheets.stored["biasa", "C12"] == 3
    sheets.put("biasa", "C12", 4)
    told = lines(sheets, sheets.value)
    other = {key for key, (*_, verdict) in told.items() if verdict == "BERBEDA"}
    assert {unit for unit, *_ in (told[key] for key in other)} == {
        "Kelurahan biasa",
        "Kota",
    }
    assert {"unit.biasa.ikm", "unit.biasa.ikm:se", "unit.biasa.sum.persyaratan"} < other
    assert "unit.biasa.nrr.biaya" not in other
    assert sheets.value(CONTENTS, "B8") == f"{len(other)} angka BERBEDA dari laporan"


def test_an_answer_that_becomes_a_word_is_told_as_well(paper, worked_out):
    sheets = worked_out(paper())
    sheets.put("strata", "D11", "empat")
    rows = {key: cell[1:] for key, cell in placed(sheets).items()}
    for key in ("unit.strata.ikm", "unit.strata.ikm:se", "unit.strata.nrr.biaya:n"):
        assert sheets.value(BANDING, f"J{rows[key]}") == "BERBEDA"
    assert sheets.value(BANDING, f"J{rows['unit.biasa.ikm']}") == "sesuai"


def test_where_nobody_answered_nothing_is_said_to_agree(city, worked_out):
    of = city.unit("kosong")
    data, _ = city.paper(city.study([of]), {"kosong": city.frame(of, [])})
    sheets = worked_out(data)
    told = "belum ada angka yang dapat dibandingkan"
    assert sheets.stored[CONTENTS, "B8"] == told
    assert not sheets.formulas


def test_a_changed_response_number_count_is_told(paper, worked_out):
    sheets = worked_out(paper())
    sheets.put("puas", "B10", None)
    assert lines(sheets, sheets.value)["unit.puas.n_accepted"][3] == "BERBEDA"


def test_a_report_that_shows_another_number_is_told_without_any_recalculation(
    city, worked_out
):
    def spoil(shown):
        return [
            city.replace(each, shown="99,99") if each.key == "unit.biasa.ikm" else each
            for each in shown
        ]

    data, _ = city.paper(*city.everything(), spoil)
    sheets = worked_out(data)
    for value in (sheets.value, lambda *key: sheets.stored[key]):
        told = lines(sheets, value)
        other = {key for key, (*_, verdict) in told.items() if verdict != "sesuai"}
        assert other == {"unit.biasa.ikm"}
        assert value(CONTENTS, "B8") == "1 angka BERBEDA dari laporan"
