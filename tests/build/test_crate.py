"""The crate has the shape that RO-Crate 1.2 asks for, and no clock."""

import json

from skm_analysis.build import crate
from skm_analysis.study.places import Places


def an_edition(root):
    raw = root / "data/raw/2021"
    raw.mkdir(parents=True)
    (raw / "study.toml").write_text(
        '[study]\ntitle = "SKM Padang Panjang"\nend = 2021-12-31\nsynthetic = true\n'
    )
    stage = root / "stage"
    (stage / "notebooks").mkdir(parents=True)
    (stage / "skm-2021.pdf").write_text("x")
    (stage / "notebooks/03_unit-a.ipynb").write_text(
        '{"metadata": {"papermill": {"parameters": {"unit": "a", "study": "2021"}}}}'
    )
    crate.write_crate(Places(root, "2021"), stage)
    return (stage / crate.NAME).read_bytes()


def test_every_file_is_described_and_every_name_leads_somewhere(tmp_path):
    graph = json.loads(an_edition(tmp_path))["@graph"]
    by_id = {each["@id"]: each for each in graph}
    assert len(by_id) == len(graph)
    root = by_id["./"]
    assert by_id["ro-crate-metadata.json"]["about"] == {"@id": "./"}
    assert {"name", "description", "datePublished", "license"} <= root.keys()
    assert root["datePublished"] == "2021-12-31"
    assert root["description"].startswith("DATA SINTETIS")
    assert [part["@id"] for part in root["hasPart"]] == [
        "notebooks/03_unit-a.ipynb",
        "skm-2021.pdf",
    ]
    for part in root["hasPart"] + root["mentions"]:
        assert part["@id"] in by_id
    run = by_id["#notebooks/03_unit-a.ipynb"]
    assert run["name"] == "03_unit-a study=2021 unit=a"
    assert run["result"]["@id"] in by_id
    assert run["instrument"]["@id"] in by_id


def test_two_folders_give_the_same_bytes(tmp_path):
    assert an_edition(tmp_path / "a") == an_edition(tmp_path / "b")
