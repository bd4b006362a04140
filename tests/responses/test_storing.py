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
    for name in ("set_aside", "changes", "crosswalk", "deliveries"):
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
