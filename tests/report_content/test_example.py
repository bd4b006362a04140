"""The pages of the example study, made once from its raw files."""

import re
import shutil
from pathlib import Path

import pytest

from skm_analysis.errors import StudyError
from skm_analysis.report import (
    arrivals,
    city_change,
    city_comparable,
    city_difference,
    city_figures,
    city_grades,
    city_ranks,
    city_result,
    city_sensitivity,
    city_shortfall,
    city_targets,
    city_units,
    codebook,
    conclusions,
    corrections,
    grade_certainty,
    items_appendix,
    measure_quality,
    method,
    office_results,
    page,
    printed_checks,
    proposals,
    quality_appendix,
    questionnaires,
    recommendations,
    rule_changes,
    sensitivity_appendix,
    sufficiency,
    trend,
    unit_change,
    unit_figures,
    unit_item_changes,
    unit_items,
    unit_profile,
    unit_quality,
    unit_respondents,
    unit_result,
    unit_sensitivity,
    unit_survey,
    unit_target,
    unit_worksheets,
)
from skm_analysis.report.elements import (
    Absent,
    Bullets,
    Paragraph,
    Prose,
    Table,
    flatten,
    numbers,
    plain,
)

RAW = Path(__file__).parents[2] / "data" / "raw"
SMALL = "kel-koto-katik"  # six respondents in 2021

ARRIVALS = (
    arrivals.summary,
    arrivals.deliveries_table,
    arrivals.reasons_sentence,
    arrivals.reasons_table,
    arrivals.changes_sentence,
    arrivals.changes_table,
    corrections.sentence,
    corrections.table,
)
UNIT = (
    unit_survey.title,
    unit_result.ikm,
    unit_result.result_table,
    grade_certainty.certainty,
    unit_survey.survey,
    unit_respondents.flow,
    unit_respondents.sample_size,
    unit_profile.profile,
    unit_items.weakest,
    unit_items.nrr_table,
    unit_items.distribution_table,
    unit_quality.signs,
    unit_sensitivity.dependence,
    unit_change.change,
    unit_item_changes.item_changes,
    unit_change.internal,
    unit_target.target,
    recommendations.notes,
    recommendations.unit_followup,
    recommendations.unit_plan,
)
CITY = (
    method.scope,
    method.rules,
    method.bands,
    method.estimates_table,
    city_sensitivity.dependence,
    city_sensitivity.city_table,
    city_sensitivity.units_table,
    office_results.sentence,
    office_results.table,
    grade_certainty.city_certainty,
    printed_checks.sentence,
    printed_checks.table,
    method.small_units,
    sufficiency.aims,
    sufficiency.sample_sentence,
    sufficiency.sample_table,
    measure_quality.reliability_table,
    measure_quality.validity,
    measure_quality.limits,
    rule_changes.summary,
    rule_changes.changes_table,
    rule_changes.effects_table,
    city_result.headline,
    city_result.three_figures,
    city_result.left_out,
    city_result.group_sentence,
    city_units.units_table,
    city_units.comparability,
    city_units.instrument_table,
    city_comparable.comparable_units,
    city_shortfall.sentence,
    city_shortfall.table,
    city_units.weakest_table,
    city_units.groups_table,
    city_ranks.rank_tables,
    city_difference.printed_sentence,
    city_difference.printed_table,
    city_grades.grade_sentence,
    city_grades.grade_table,
    city_change.city_change,
    city_change.change_counts,
    city_change.change_table,
    city_targets.city_target,
    city_targets.target_counts,
    city_targets.target_table,
    trend.trend_sentence,
    trend.trend_table,
    conclusions.weakest_unsur,
    conclusions.main_points,
    recommendations.followup_counts,
    recommendations.city_followup,
    recommendations.plan_counts,
    recommendations.city_plan,
    proposals.city_proposals,
)


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    """The example's raw files elsewhere; the pages make the tables on first opening."""
    place = tmp_path_factory.mktemp("contoh")
    shutil.copytree(RAW, place / "data" / "raw")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SKM_ROOT", str(place))
        received = page.arrivals("2021")
        city = page.calculated("2021")
        yield place, received, city


@pytest.fixture(scope="module")
def pieces(root):
    """Every piece of every page, but for the figures."""
    _, received, city = root
    found = [make(received) for make in ARRIVALS]
    found += [make(city) for make in CITY]
    for unit in city.study.units:
        opened = page.unit("2021", unit.id)
        found += [make(opened) for make in UNIT]
    found += conclusions.summary(city)
    return flatten(
        [
            *found,
            questionnaires.appendix(city),
            unit_worksheets.appendix(city),
            items_appendix.appendix(city),
            quality_appendix.appendix(city),
            sensitivity_appendix.appendix(city),
            codebook.appendix(city.study),
        ]
    )


def texts(piece):
    """Words between the numbers, of sentences and cells."""
    if isinstance(piece, Paragraph):
        lines = [piece.text]
    elif isinstance(piece, Bullets):
        lines = list(piece.items)
    elif isinstance(piece, Table):
        lines = [piece.caption, *(cell for row in piece.rows for cell in row)]
        lines += piece.notes
    else:
        lines = []
    return [part for line in lines for part in line if isinstance(part, str)]


@pytest.mark.usefixtures("root")
def test_an_empty_name_opens_the_newest_study_and_its_first_unit():
    opened = page.unit()
    assert opened.study.id == "2021"
    assert opened.unit.id == opened.study.units[0].id


def test_the_tables_are_made_when_they_are_not_there(tiny_project, monkeypatch):
    monkeypatch.setenv("SKM_ROOT", str(tiny_project))
    processed = tiny_project / "data" / "processed"
    assert not processed.exists()
    first = page.city("2021")
    shutil.rmtree(processed)
    again = page.city("2021")
    assert [*again.estimates] == [*first.estimates]
    assert (processed / "2021" / "estimates.csv").is_file()


def test_estimates_do_not_outlive_the_tables_they_were_made_from(
    tiny_project, monkeypatch
):
    monkeypatch.setenv("SKM_ROOT", str(tiny_project))
    page.city("2021")
    made = tiny_project / "data" / "processed" / "2021" / "estimates.csv"
    assert made.is_file()
    page.arrivals("2021")
    assert not made.exists()
    page.city("2021")
    assert made.is_file()


@pytest.mark.usefixtures("root")
def test_an_unknown_unit_is_refused_with_those_there_are():
    with pytest.raises(StudyError, match=r"'kel-ngalo' tidak ada") as refused:
        page.unit("2021", "kel-ngalo")
    assert "kel-ngalau" in str(refused.value)


def test_anchors_and_paragraph_keys_are_unique(pieces):
    anchors = [piece.anchor for piece in pieces if isinstance(piece, Table)]
    keys = [piece.key for piece in pieces if isinstance(piece, Paragraph)]
    assert len(set(anchors)) == len(anchors)
    assert len(set(keys)) == len(keys)


ALLOWED = re.compile(
    r"\b(19|20)\d\d\b"  # years
    r"|\d+/\d+(/\d+)?|Nomor \d+"  # clauses
    r"|\b\d{1,2} (?=Januari|Desember|Mei|Juni)"  # days
    r"|Nilai \d|nilai \d|\b\d+ = |^\d+\.$|^R\d\d-\d+"  # options, numerals of a list
    r"|\bU\d+\b"  # columns of the worksheet
    r"|0,111?\b|S[123]\b|D4\b|TW I"  # names that hold digits
)


def test_every_number_that_is_shown_has_a_key(pieces):
    for piece in pieces:
        if isinstance(piece, Table) and "-profil" in piece.anchor:
            continue  # bands of age are names
        if isinstance(piece, Table) and "data-berkas" in piece.anchor:
            continue  # so are files
        if isinstance(piece, Table) and "buku-kode-kolom" in piece.anchor:
            continue  # and here the bands of age stand again
        for text in texts(piece):
            left = ALLOWED.sub("", text)
            assert not re.search(r"\d", left), (piece, text)


def test_nothing_undefined_and_nothing_english_is_shown(pieces):
    words = r"\b(nan|None|inf|unknown|external|internal_|suppressed|reached)\b"
    for piece in pieces:
        if isinstance(piece, Table) and "buku-kode-kolom" in piece.anchor:
            continue  # what stands in the files, as it stands there
        for text in [*texts(piece), *(number.shown for number in numbers(piece))]:
            assert not re.search(words, text), text


def test_one_key_is_shown_with_one_value(pieces):
    seen = {}
    for number in numbers(tuple(pieces)):
        if number.kind == "verdict":
            continue
        told = (number.value, number.kind)
        assert seen.setdefault(number.key, told) == told, number.key


@pytest.mark.usefixtures("root")
def test_a_small_unit_tells_counts_only():
    opened = page.unit("2021", SMALL)
    shown = flatten([make(opened) for make in UNIT])
    told = [
        number
        for piece in shown
        for number in numbers(piece)
        if number.kind == "estimate"
    ]
    assert told == []
    assert "Hanya 6 kuesioner" in plain(unit_result.ikm(opened).text)
    figures = (unit_figures.nrr_with_intervals, unit_figures.distribution)
    assert all(isinstance(draw(opened), Absent) for draw in figures)


def test_a_number_of_a_suppressed_row_is_never_shown(root, pieces):
    city = root[2]
    told = [number for number in numbers(tuple(pieces)) if number.kind == "estimate"]
    for number in told:
        row = city.estimates.get(number.key.split(":")[0])
        assert row is None or "suppressed" not in row.flags, number.key


def test_every_estimate_shown_is_a_row_of_the_table(root, pieces):
    city = root[2]
    for number in numbers(tuple(pieces)):
        if number.kind == "estimate":
            assert number.key.split(":")[0] in city.estimates, number.key


def test_what_people_wrote_stands_in_its_chapter(root):
    assert isinstance(recommendations.notes(page.unit("2021", "rsud")), Prose)
    assert isinstance(conclusions.written(root[2]), Prose)


def test_the_summary_has_the_result_and_three_recommendations(root):
    told = conclusions.summary(root[2])
    assert plain(told[0].text).startswith("Hasil. Pada tahun 2021 rata-rata Indeks")
    assert [piece.key.split(".")[0] for piece in told] == ["ringkasan"] * len(told)
    assert isinstance(told[-1], Bullets)
    assert len(told[-1].items) == 3


def test_every_figure_of_the_city_is_marked_synthetic(root):
    city = root[2]
    for figure in flatten([city_figures.units_with_intervals(city), trend.trend(city)]):
        assert figure.alt.startswith("DATA SINTETIS")
