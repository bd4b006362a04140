"""What a page says at its top in JupyterLab."""

from dataclasses import replace

from skm_analysis.report import opening
from skm_analysis.report.elements import plain


def told(group):
    return [plain(each.text) for each in group.pieces]


def test_a_page_of_synthetic_answers_says_so_first(unit_page, city_page):
    made = {"synthetic": True}
    notice = "DATA SINTETIS – bukan hasil survei"
    assert told(opening.unit(unit_page(study=made)))[0] == notice
    assert told(opening.study(city_page(study=made)))[0] == notice


def test_a_page_of_real_answers_says_nothing_of_the_kind(city_page):
    assert told(opening.study(city_page())) == [
        "Studi 2021: Survei Kepuasan Masyarakat."
    ]


def test_a_units_page_names_the_units_that_can_be_opened(unit_page, unit):
    page = unit_page()
    other = unit(id="rsud", name="RSUD")
    page = replace(page, study=replace(page.study, units=(page.unit, other)))
    assert told(opening.unit(page)) == [
        "Studi 2021: Survei Kepuasan Masyarakat.",
        "Unit: Kelurahan Ngalau (kel-ngalau).",
        "Unit lain dalam studi ini: rsud.",
    ]
