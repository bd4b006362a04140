import hashlib
import json
import stat
import sys

import pandas as pd
import pytest

from skm_analysis.errors import DeliveryError, PublishError
from skm_analysis.responses import storing
from skm_analysis.responses.storing import is_cleaned, read_cleaned, write_cleaned


@pytest.fixture
def filled(survey):
    survey.halves()
    survey.deliver(
        "No,JK,Layanan,Waktu,U1,U2,U3,H1\n"
        "1,L,KTP,2021-S1,4,,3,4\n2,,NA,2021-S2,1,2,3,x\n3,P,NA,2021-S2,5,2,3,4\n"
        "4,P,NA,1/9/2021,3,2,3,\n",
        id_column="No",
        period_column="Waktu",
        importance={"persyaratan": "H1"},
        profile={"sex": "JK", "service": "Layanan"},
    )
    return survey


def files(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_what_is_read_back_is_what_was_written(filled):
    cleaned = filled.clean()
    write_cleaned(filled.places, filled.study, cleaned)
    again = read_cleaned(filled.places, filled.study)
    for unit, frame in cleaned.accepted.items():
        pd.testing.assert_frame_equal(again.accepted[unit], frame)
    assert "NA" in set(again.accepted["ngalau"]["service"])
    for name in ("set_aside", "changes", "crosswalk", "deliveries", "corrections"):
        pd.testing.assert_frame_equal(getattr(again, name), getattr(cleaned, name))


def test_an_empty_study_is_read_back_with_the_same_types(survey):
    cleaned = survey.clean()
    write_cleaned(survey.places, survey.study, cleaned)
    again = read_cleaned(survey.places, survey.study)
    pd.testing.assert_frame_equal(again.accepted["ngalau"], cleaned.accepted["ngalau"])
    pd.testing.assert_frame_equal(again.set_aside, cleaned.set_aside)


def test_the_same_input_gives_the_same_bytes(filled):
    write_cleaned(filled.places, filled.study, filled.clean())
    before = files(filled.places.processed)
    write_cleaned(filled.places, filled.study, filled.clean())
    assert files(filled.places.processed) == before
    assert set(before) == {
        "responses/ngalau.csv",
        "responses/ganting.csv",
        "set_aside.csv",
        "cleaning.csv",
        "crosswalk.csv",
        "deliveries.csv",
        "corrections.csv",
        "profiles.csv",
        "office_results.csv",
        "themes.csv",
        "paraphrases.csv",
        "datapackage.json",
    }
    assert not any(b"\r" in data for data in before.values())


def test_the_crosswalk_is_its_owners_alone(filled):
    write_cleaned(filled.places, filled.study, filled.clean())
    if sys.platform != "win32":
        path = filled.places.processed / "crosswalk.csv"
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_the_package_describes_every_table(filled):
    write_cleaned(filled.places, filled.study, filled.clean())
    folder = filled.places.processed
    package = json.loads((folder / "datapackage.json").read_text())
    for resource in package["resources"]:
        data = (folder / resource["path"]).read_bytes()
        assert resource["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
        header = data.decode().split("\n")[0].split(",")
        assert [field["name"] for field in resource["schema"]["fields"]] == header
    types = {f["name"]: f["type"] for f in package["resources"][0]["schema"]["fields"]}
    assert (types["persyaratan"], types["response"]) == ("integer", "string")


def test_tables_of_units_that_are_gone_are_removed(filled):
    write_cleaned(filled.places, filled.study, filled.clean())
    filled.change(units=filled.study.units[:1])
    write_cleaned(filled.places, filled.study, filled.clean())
    assert "responses/ganting.csv" not in files(filled.places.processed)


def test_tables_that_are_not_there_are_asked_for(survey):
    assert not is_cleaned(survey.places)
    with pytest.raises(DeliveryError, match="skm run 2021"):
        read_cleaned(survey.places, survey.study)


def test_a_file_open_elsewhere_is_told_and_the_old_one_stays(filled, monkeypatch):
    cleaned = filled.clean()
    write_cleaned(filled.places, filled.study, cleaned)
    before = files(filled.places.processed)

    def refuse(*_):
        raise PermissionError

    monkeypatch.setattr(storing.Path, "replace", refuse)
    with pytest.raises(PublishError, match="tutup berkas itu"):
        write_cleaned(filled.places, filled.study, cleaned)
    assert files(filled.places.processed) == before


@pytest.fixture
def corrected(filled):
    filled.deliver(
        "No,U1,U2,U3\n1,4,4,4\n1,4,4,1\n2,3,3,3\n",
        "b.csv",
        unit="ganting",
        id_column="No",
    )
    filled.correct(("responses/b.csv", 4, "U1", "3", "4"))
    return filled


def test_the_other_ways_to_count_are_read_back_as_well(corrected):
    cleaned = corrected.clean()
    write_cleaned(corrected.places, corrected.study, cleaned)
    again = read_cleaned(corrected.places, corrected.study)
    for name in ("put_back", "uncorrected"):
        told, kept = getattr(again, name), getattr(cleaned, name)
        assert list(told) == list(kept) == ["ganting"]
        pd.testing.assert_frame_equal(told["ganting"], kept["ganting"])
    pd.testing.assert_frame_equal(again.corrections, cleaned.corrections)
    assert {name for name in files(corrected.places.processed) if "alt" in name} == {
        "alternatives/set_aside/ganting.csv",
        "alternatives/without_corrections/ganting.csv",
    }


def test_other_ways_to_count_that_are_gone_are_removed(corrected):
    write_cleaned(corrected.places, corrected.study, corrected.clean())
    corrected.correct()
    write_cleaned(corrected.places, corrected.study, corrected.clean())
    assert not read_cleaned(corrected.places, corrected.study).uncorrected


def test_every_accepted_response_leads_back_to_its_row_in_the_order_of_the_file(filled):
    write_cleaned(filled.places, filled.study, filled.clean())
    again = read_cleaned(filled.places, filled.study)
    way = again.crosswalk.set_index("response")[["delivery", "row"]]
    assert way.index.is_unique
    rows = way.loc[again.accepted["ngalau"]["response"]]
    assert sorted(rows["row"]) == [2, 3, 5]
    assert set(rows["delivery"]) == {"responses/a.csv"}
    assert again.crosswalk["row"].tolist() == [2, 3, 4, 5]


def test_tables_of_another_version_are_asked_for_anew(filled):
    write_cleaned(filled.places, filled.study, filled.clean())
    path = filled.places.processed / "responses" / "ngalau.csv"
    path.write_text(path.read_text().replace("counter", "loket"))
    with pytest.raises(DeliveryError, match="skm run 2021"):
        read_cleaned(filled.places, filled.study)


def test_of_an_earlier_study_only_answers_and_design_are_kept(filled):
    cleaned = filled.clean()
    storing.write_previous(filled.places, filled.study, cleaned)
    kept = files(filled.places.processed)
    assert set(kept) == {
        "previous/datapackage.json",
        *(f"previous/responses/{unit}.csv" for unit in cleaned.accepted),
    }
    header, *lines = kept["previous/responses/ngalau.csv"].decode().splitlines()
    assert "persyaratan" in header.split(",")
    assert not {"response", "day", "period", "sex", "service"} & {*header.split(",")}
    assert len(lines) == len(cleaned.accepted["ngalau"])
    package = json.loads(kept["previous/datapackage.json"])
    for told in package["resources"]:
        data = kept[f"previous/{told['path']}"]
        assert told["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
    storing.forget_previous(filled.places)
    assert files(filled.places.processed) == {}
