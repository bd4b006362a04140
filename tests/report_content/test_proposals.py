"""Proposals for units without recommendations: from what is known, and marked."""

import pytest

from skm_analysis.report import proposals, recommendations
from skm_analysis.report.elements import Absent, plain
from skm_analysis.study.followup import Recommendation
from skm_analysis.study.regulation import UNSUR

WAITING = "Mencatat waktu penyelesaian yang sebenarnya selama satu bulan"


def rows_of(table):
    return [[plain(cell) for cell in row] for row in table.rows]


@pytest.fixture
def weak(row):
    """weak("a", "waktu", "biaya"): two of three items are clearly the lowest."""

    def build(unit, *weakest):
        flag = "weakest" if weakest else "none_weakest"
        made = [row("n_accepted", 262, unit=unit), row("ikm", 90.0, unit=unit)]
        for place, item in enumerate(("persyaratan", "biaya", "waktu")):
            low = item in weakest
            mean = 3.5 - place / 10 if low else 3.9
            flags = (flag,) if low or not weakest else ()
            made.append(row("nrr", mean, unit=unit, item=item))
            made.append(row("item_rank", 1.0, unit=unit, item=item, flags=flags))
        return made

    return build


def made_for(unit):
    return Recommendation(
        id=f"R-{unit}",
        unit=unit,
        item="waktu",
        problem="Antrean panjang",
        activity="Membuka loket kedua",
        quarter="TW II",
        responsible="Lurah",
        due=None,
        status="",
        evidence="",
        reviewed=None,
    )


def test_a_unit_without_recommendations_has_a_marked_proposal(unit_page, weak):
    table = recommendations.unit_plan(unit_page(*weak("kel-ngalau", "waktu")))
    assert "(usulan, belum disetujui)" in plain(table.caption)
    (cells,) = rows_of(table)
    assert cells[0] == "Waktu Penyelesaian"
    assert cells[1] == "Nilai rata-rata 3,30 pada skala 1–4, yang terendah di unit ini"
    assert cells[2].startswith(WAITING)
    assert plain(table.notes[0]).startswith("Usulan, belum disetujui")


def test_the_lowest_of_several_stands_first(unit_page, weak):
    page = unit_page(*weak("kel-ngalau", "waktu", "biaya"))
    rows = rows_of(recommendations.unit_plan(page))
    assert [cells[0] for cells in rows] == ["Waktu Penyelesaian", "Biaya/Tarif"]
    assert all("termasuk yang terendah" in cells[1] for cells in rows)


def test_what_people_recommend_is_never_mixed_with_proposals(unit_page, weak):
    page = unit_page(
        *weak("kel-ngalau", "waktu"), recommendations=(made_for("kel-ngalau"),)
    )
    table = recommendations.unit_plan(page)
    assert "usulan" not in plain(table.caption).lower()
    assert rows_of(table)[0][2] == "Membuka loket kedua"


def test_nothing_is_proposed_where_nothing_is_clearly_the_weakest(unit_page, weak):
    page = unit_page(*weak("kel-ngalau"))
    assert isinstance(recommendations.unit_plan(page), Absent)


def test_nothing_is_proposed_to_a_small_unit(unit_page, weak):
    rows = [
        each.flagged("indicative") if each.measure == "ikm" else each
        for each in weak("kel-ngalau", "waktu")
    ]
    assert isinstance(recommendations.unit_plan(unit_page(*rows)), Absent)


def test_the_units_own_indicator_gets_the_step_that_fits_any(
    unit_page, instrument, weak
):
    own = {"instrument": instrument(keys=("persyaratan", "biaya"), own=("waktu",))}
    table = proposals.unit_proposals(unit_page(*weak("kel-ngalau", "waktu"), unit=own))
    assert rows_of(table)[0][2].startswith("Menelusuri sebab penilaian ini")


def test_each_unsur_of_the_regulation_has_a_step_of_its_own():
    assert proposals._STEPS.keys() == UNSUR.keys()
    assert len(set(proposals._STEPS.values())) == 9


def test_the_city_lists_only_units_without_recommendations(city_page, unit, weak):
    units = [unit(id=name, name=f"Kelurahan {name.upper()}") for name in "abc"]
    rows = [each for name in "ab" for each in weak(name, "waktu")]
    page = city_page(*rows, *weak("c"), units=units, recommendations=(made_for("a"),))
    table = proposals.city_proposals(page)
    assert [cells[0] for cells in rows_of(table)] == ["Kelurahan B"]
    assert "(usulan, belum disetujui)" in plain(table.caption)
    served = city_page(
        *rows, units=units, recommendations=(made_for("a"), made_for("b"))
    )
    assert isinstance(proposals.city_proposals(served), Absent)
    assert recommendations.foremost_places(page) == [0]
