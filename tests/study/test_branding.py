import pytest

from skm_analysis.errors import StudyError
from skm_analysis.study.branding import read_logos
from skm_analysis.study.places import Places

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 20


@pytest.fixture
def branding(tmp_path):
    folder = tmp_path / "data" / "raw" / "2021" / "branding"
    folder.mkdir(parents=True)
    return folder


def logos(folder):
    return read_logos(Places(folder.parents[3], "2021"))


def test_logos_come_in_the_order_of_their_names_and_say_whose_they_are(branding):
    (branding / "logo-2-universitas.jpg").write_bytes(b"\xff\xd8\xff" + b"0" * 20)
    (branding / "logo-1-pemerintah-kota.png").write_bytes(PNG)
    (branding / "reference.docx").write_bytes(b"none of them")
    assert [(each.alt, each.ending) for each in logos(branding)] == [
        ("Logo pemerintah kota", ".png"),
        ("Logo universitas", ".jpg"),
    ]


def test_without_a_folder_there_are_none(tmp_path):
    assert read_logos(Places(tmp_path, "2021")) == ()


def test_every_logo_that_cannot_be_used_is_told_at_once(branding):
    (branding / "logo-a.svg").write_text("<svg/>")
    (branding / "logo-b.png").write_bytes(b"GIF89a")
    (branding / "logo-c.png").write_bytes(PNG + b"0" * 2_000_001)
    with pytest.raises(StudyError) as error:
        logos(branding)
    told = str(error.value)
    for name in ("logo-a.svg", "logo-b.png", "logo-c.png"):
        assert f"data/raw/2021/branding/{name}: bukan gambar" in told


def test_more_than_four_are_refused(branding):
    for place in range(5):
        (branding / f"logo-{place}.png").write_bytes(PNG)
    with pytest.raises(StudyError, match="5 logo"):
        logos(branding)
