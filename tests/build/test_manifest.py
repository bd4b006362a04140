"""The manifest finds every tampering, and says nothing of place or time."""

import getpass
import json
import shutil
import socket

import pytest

from skm_analysis.build import manifest
from skm_analysis.errors import PublishError
from skm_analysis.study.places import Places


def a_study(root):
    for study, previous in (("2020", ""), ("2021", 'previous = "2020"\n')):
        raw = root / "data/raw" / study
        (raw / "responses").mkdir(parents=True)
        (raw / "study.toml").write_text(f'[study]\ntitle = "SKM"\n{previous}')
        (raw / "responses/ngalau.csv").write_text("U1\n4\n")
        (raw / "secret").write_text("kunci")
    processed = root / "data/processed/2021"
    processed.mkdir(parents=True)
    for name in ("estimates.csv", "crosswalk.csv"):
        (processed / name).write_text("x\n")
    (processed / "labelled").mkdir()
    (processed / "labelled/kelurahan.sav").write_text("x\n")
    (root / "notebooks").mkdir()
    (root / "notebooks/01_clean.ipynb").write_text("{}")
    (root / "reports/2020").mkdir(parents=True)
    (root / "reports/2020/manifest.json").write_text("{}")
    stage = root / "reports/.stage-2021-00000000"
    (stage / "tables").mkdir(parents=True)
    (stage / "report.html").write_text("x")
    (stage / "tables/register.csv").write_text("y")
    return Places(root, "2021"), stage


@pytest.fixture
def sealed(tmp_path):
    places, stage = a_study(tmp_path / "a")
    manifest.write_manifest(places, stage, manifest.fingerprint(places))
    return places, stage


def test_two_folders_give_the_same_bytes(tmp_path):
    texts = []
    for name in ("a", "b c é"):
        places, stage = a_study(tmp_path / name)
        manifest.write_manifest(places, stage, manifest.fingerprint(places))
        texts.append((stage / "manifest.json").read_bytes())
    assert texts[0] == texts[1]
    for told in (str(tmp_path), getpass.getuser(), socket.gethostname(), "kunci"):
        assert told.encode() not in texts[0]


def test_the_manifest_names_files_inputs_and_last_years_manifest(sealed):
    _, stage = sealed
    told = json.loads((stage / "manifest.json").read_bytes())
    assert sorted(told["files"]) == ["report.html", "tables/register.csv"]
    # sha256 of "x", of "{}": from sha256sum
    x = "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"
    assert told["files"]["report.html"] == {"sha256": x, "bytes": 1}
    assert told["previous"] == (
        "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"
    )
    assert sorted(told["inputs"]) == [
        "data/raw/2020/responses/ngalau.csv",
        "data/raw/2020/study.toml",
        "data/raw/2021/responses/ngalau.csv",
        "data/raw/2021/study.toml",
        "notebooks/01_clean.ipynb",
    ]


@pytest.mark.parametrize(
    ("change", "matters"),
    [
        ("data/raw/2021/study.toml", True),
        ("data/raw/2020/responses/ngalau.csv", True),
        ("notebooks/01_clean.ipynb", True),
        ("data/processed/2021/estimates.csv", True),
        ("data/processed/2021/crosswalk.csv", False),
        ("data/processed/2021/labelled/kelurahan.sav", False),
        ("data/raw/2021/secret", False),
    ],
)
def test_the_fingerprint_follows_what_the_edition_follows_from(sealed, change, matters):
    places, _ = sealed
    before = manifest.fingerprint(places)
    with (places.root / change).open("a") as file:
        file.write(" ")
    assert (manifest.fingerprint(places) != before) is matters


def test_an_input_that_changed_during_the_build_is_told(tmp_path):
    places, stage = a_study(tmp_path)
    told = manifest.fingerprint(places)
    (places.raw / "responses/ngalau.csv").write_text("U1\n3\n")
    with pytest.raises(PublishError, match="berubah selama laporan disusun"):
        manifest.write_manifest(places, stage, told)


def test_an_untouched_folder_has_no_differences(sealed):
    assert manifest.differences(sealed[1]) == []


@pytest.mark.parametrize("name", ["report.html", "tables/register.csv"])
@pytest.mark.parametrize("kind", ["changed", "missing", "symlink"])
def test_every_tampering_with_a_file_is_found(sealed, tmp_path, name, kind):
    path = sealed[1] / name
    match kind:
        case "changed":
            path.write_bytes(bytes([path.read_bytes()[0] ^ 1]))
        case "missing":
            path.unlink()
        case "symlink":  # with the very same content
            shutil.move(path, tmp_path / "elsewhere")
            path.symlink_to(tmp_path / "elsewhere")
    assert manifest.differences(sealed[1]) == [manifest.Difference(name, kind)]


@pytest.mark.parametrize("name", ["extra.txt", ".hidden", "tables/Thumbs.db"])
def test_an_added_file_is_found(sealed, name):
    (sealed[1] / name).write_text("x")
    assert manifest.differences(sealed[1]) == [manifest.Difference(name, "added")]


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"files": 3}'])
def test_a_manifest_that_cannot_be_read_is_a_difference(sealed, text):
    (sealed[1] / "manifest.json").write_text(text)
    assert manifest.differences(sealed[1])[0].kind == "manifest"
