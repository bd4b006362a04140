"""The package of the working tables, judged by the Frictionless library."""

import json
import subprocess
import sys

import pytest

from skm_analysis.responses.storing import write_cleaned

# In a process of its own: the library warns of its own imports.
VALIDATE = (
    "import json, sys, frictionless\n"
    "found = [frictionless.validate(path) for path in sys.argv[1:]]\n"
    "print(json.dumps([[x.valid, x.stats['errors'], [t.name for t in x.tasks],"
    " [e.type for t in x.tasks for e in t.errors]] for x in found]))"
)


@pytest.fixture
def stored(survey):
    survey.halves()
    survey.deliver(
        "No,JK,Layanan,Strata,U1,U2,U3,H1\n"
        "1,L,KTP,2021-S1,4,,3,4\n2,,NA,2021-S2,1,2,3,x\n3,P,KTP,entah,4,2,3,4\n",
        id_column="No",
        stratum_column="Strata",
        importance={"persyaratan": "H1"},
        profile={"sex": "JK", "service": "Layanan"},
    )
    write_cleaned(survey.places, survey.study, survey.clean())
    return survey.places.processed


def test_frictionless_accepts_the_package_and_sees_a_score_off_the_scale(
    stored, tmp_path
):
    whole, spoiled = stored / "datapackage.json", tmp_path / "spoiled"
    spoiled.mkdir()
    package = json.loads(whole.read_text(encoding="utf-8"))
    [first] = [x for x in package["resources"] if x["path"] == "responses/ngalau.csv"]
    rows = (stored / first["path"]).read_text(encoding="utf-8")
    first |= {"path": "ngalau.csv"}
    for told in ("bytes", "hash"):
        del first[told]
    (spoiled / "ngalau.csv").write_text(rows.replace(",3,", ",7,", 1), "utf-8")
    package["resources"] = [first]
    (spoiled / "datapackage.json").write_text(json.dumps(package), "utf-8")
    paths = [str(whole), str(spoiled / "datapackage.json")]
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", VALIDATE, *paths],
        capture_output=True,
        check=True,
        text=True,
    )
    sound, broken = json.loads(done.stdout)
    assert sound[:2] == [True, 0]
    assert set(sound[2]) == {
        *("responses-ngalau", "responses-ganting"),
        "alternatives-set-aside-ngalau",
        *("set-aside", "cleaning", "deliveries", "corrections", "profiles"),
        *("office-results", "themes", "paraphrases"),
    }
    assert broken[0] is False
    assert broken[3] == ["constraint-error"]


def test_columns_tell_their_types_units_ranges_and_blanks(stored):
    package = json.loads((stored / "datapackage.json").read_text(encoding="utf-8"))
    assert package["sources"] == [{"title": "responses/a.csv"}]
    tables = {each["path"]: each["schema"] for each in package["resources"]}
    answers = tables["responses/ngalau.csv"]
    assert answers["primaryKey"] == "response"
    assert answers["missingValues"] == [""]
    fields = {field["name"]: field for field in answers["fields"]}
    assert fields["biaya"] == {
        "name": "biaya",
        "title": "Bagaimana biaya?",
        "type": "integer",
        "unit": "nilai jawaban",
        "constraints": {"minimum": 1, "maximum": 4},
    }
    assert fields["sex"]["constraints"] == {"enum": ["Laki-laki", "Perempuan"]}
    assert fields["source"]["constraints"]["required"]
    sizes = {field["name"]: field for field in tables["deliveries.csv"]["fields"]}
    assert (sizes["bytes"]["type"], sizes["bytes"]["unit"]) == ("integer", "bita")


def test_the_way_back_to_a_row_is_no_part_of_the_package(stored):
    assert (stored / "crosswalk.csv").is_file()
    assert "crosswalk" not in (stored / "datapackage.json").read_text(encoding="utf-8")
