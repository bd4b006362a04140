"""What is said of a questionnaire: whose its questions are, where they come from."""

from dataclasses import replace

from skm_analysis.report import questionnaires, unit_survey
from skm_analysis.report.elements import Table, plain
from skm_analysis.study.catalogue import catalogue


def table_of(page):
    [table] = [
        each for each in questionnaires.appendix(page).pieces if isinstance(each, Table)
    ]
    return table


def notes_of(page):
    return [plain(note) for note in table_of(page).notes]


def test_what_a_regulation_asks_is_no_indicator_of_the_unit(unit_page, city_page, unit):
    asked = {"instrument": catalogue()["skm-2014"]}
    told = plain(unit_survey.survey(unit_page(unit=asked)).text)
    assert "seluruhnya tentang unsur pelayanan menurut PermenPANRB 16/2014" in told
    assert "ditambahkan unit sendiri" not in told
    page = city_page(units=[unit(**asked)])
    assert "Unsur menurut PermenPANRB 16/2014." in notes_of(page)
    assert "*" not in str(table_of(page).rows)


def test_statements_of_no_unsur_are_not_said_to_be_about_one(unit_page):
    page = unit_page(unit={"instrument": catalogue()["spak"]})
    told = plain(unit_survey.survey(page).text)
    assert "seluruhnya menurut PermenPANRB 90/2021" in told
    assert "unsur pelayanan" not in told.split(".")[0]


def test_a_replacement_is_the_units_own_and_says_where_it_comes_from(city_page, unit):
    page = city_page(units=[unit(instrument=catalogue()["skm-2017-gratis"])])
    assert "Kejelasan Informasi Layanan *" in str(table_of(page).rows)
    assert (
        "“Kejelasan Informasi Layanan”: Usul rumusan proyek ini; bukan dari peraturan."
    ) in notes_of(page)


def test_the_source_of_the_wordings_stands_below_the_questions(city_page, unit):
    asked = replace(catalogue()["skm-2017"], source="Naskah A, halaman 3.")
    notes = notes_of(city_page(units=[unit(instrument=asked)]))
    assert "Sumber rumusan: Naskah A, halaman 3." in notes
    assert not any(
        "Sumber rumusan" in each
        for each in notes_of(
            city_page(units=[unit(instrument=replace(asked, source=None))])
        )
    )
