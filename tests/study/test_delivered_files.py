"""A folder or a pattern stands for one delivery per file."""

import pytest

from skm_analysis.study.loading import load_study

DELIVERED = 'file = "responses/ngalau.csv"'
PATTERN = 'file = "responses/pkm-*.csv"'
FOLDER = 'file = "responses/puskesmas/"'


@pytest.fixture
def lay(places):
    def lay(*names: str) -> None:
        for name in names:
            path = places.responses / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(name)

    return lay


def files(places):
    return [each.file for each in load_study(places).deliveries]


def test_a_pattern_is_one_delivery_per_file_in_the_order_of_names(places, change, lay):
    change(DELIVERED, PATTERN)
    lay("pkm-B.csv", "pkm-a.csv", "PKM-c.CSV", "pkm-d.xlsx", "lain.csv")
    found = load_study(places).deliveries
    assert [each.file for each in found] == [
        "responses/pkm-a.csv",
        "responses/pkm-B.csv",
        "responses/PKM-c.CSV",
    ]
    assert {each.pattern for each in found} == {"responses/pkm-*.csv"}
    assert {each.unit for each in found} == {"kel-ngalau"}


def test_what_systems_leave_behind_is_passed_over_and_told(places, change, lay):
    change(DELIVERED, FOLDER)
    lay("puskesmas/a.xlsx", "puskesmas/~$a.xlsx", "puskesmas/.DS_Store")
    lay("puskesmas/Thumbs.db", "puskesmas/lama/b.xlsx", "puskesmas/.~lock.a.xlsx#")
    (found,) = load_study(places).deliveries
    assert found.file == "responses/puskesmas/a.xlsx"
    assert set(found.passed_over) == {
        *("~$a.xlsx", ".DS_Store", "Thumbs.db", "lama", ".~lock.a.xlsx#"),
    }


@pytest.mark.parametrize("declared", [PATTERN, FOLDER])
def test_where_none_has_come_one_is_awaited(places, change, declared):
    change(DELIVERED, declared)
    (awaited,) = load_study(places).deliveries
    assert f'file = "{awaited.file}"' == declared
    assert not (places.raw / awaited.file).is_file()


def test_a_file_that_is_named_by_itself_is_not_the_patterns(places, change, lay):
    study = places.study_file.read_text()
    own = study[study.index("[[delivery]]") :].replace("ngalau.csv", "pkm-b.csv")
    change(DELIVERED, PATTERN)
    places.study_file.write_text(places.study_file.read_text() + "\n" + own)
    lay("pkm-a.csv", "pkm-b.csv")
    assert files(places) == ["responses/pkm-a.csv", "responses/pkm-b.csv"]
    assert [each.pattern for each in load_study(places).deliveries][1] is None


def test_one_file_of_two_patterns_is_a_fault(places, change, problems, lay):
    study = places.study_file.read_text()
    own = study[study.index("[[delivery]]") :].replace("ngalau.csv", "*-a.csv")
    change(DELIVERED, PATTERN)
    places.study_file.write_text(places.study_file.read_text() + "\n" + own)
    assert not problems()
    lay("pkm-a.csv")
    (told,) = problems()
    assert "'responses/pkm-a.csv' sudah termasuk 'responses/pkm-*.csv'" in told


@pytest.mark.parametrize("declared", [PATTERN, FOLDER])
def test_no_link_of_a_folder_or_pattern_leads_out(
    places, change, problems, lay, tmp_path, declared
):
    change(DELIVERED, declared)
    lay("pkm-a.csv", "puskesmas/a.csv")
    outside = tmp_path / "luar.csv"
    outside.write_text("rahasia")
    for name in ("pkm-z.csv", "puskesmas/z.csv"):
        try:
            (places.responses / name).symlink_to(outside)
        except OSError:
            pytest.skip("no right to make links here")
    (told,) = problems()
    assert "menunjuk ke luar folder studi" in told
    assert "z.csv" in told


@pytest.mark.parametrize(
    "file", ["../*.csv", "/etc/*", "responses//", "*/a.csv", "responses/..", "/", ""]
)
def test_what_names_no_place_in_the_study_is_refused(change, problems, file):
    change(DELIVERED, f'file = "{file}"')
    (told,) = problems()
    assert "'file'" in told


def test_a_pattern_replaces_nothing(change, problems, lay):
    change(DELIVERED, f'{PATTERN}\nreplaces = "responses/x.csv"\nreason = "salah"')
    lay("pkm-a.csv")
    (told,) = problems()
    assert "'replaces'" in told
