"""The list of sources: Indonesian words, and the study's own beside the package's."""

import pytest

from skm_analysis.errors import StudyError
from skm_analysis.report import nodes
from skm_analysis.report.references import references
from skm_analysis.study.places import Places
from skm_analysis.study.texts import read_references


def listed(own=()):
    return [nodes.text(each["c"]) for each in references(own)[1:]]


def test_sources_stand_by_author_with_indonesian_words():
    told = listed()
    assert told == sorted(told)
    assert (
        "Krejcie, R. V. dan Morgan, D. W. (1970). Determining sample size for research "
        "activities. Educational and Psychological Measurement, 30(3), 607–610."
    ) in told
    assert any(each.startswith("Republik Indonesia (2009). Undang-") for each in told)
    assert not any(" and Morgan" in each or "&" in each for each in told)


def test_the_studys_own_sources_stand_among_them(tmp_path):
    places = Places(tmp_path, "2021")
    places.texts.mkdir(parents=True)
    (places.texts / "references.json").write_text(
        '[{"id": "b", "type": "book", "title": "Pelayanan <b>prima</b>",'
        ' "publisher": "Penerbit Contoh", "issued": {"date-parts": [[2019]]},'
        ' "author": [{"family": "Budi", "given": "Ani"}]}]',
        encoding="utf-8",
    )
    told = listed(read_references(places))
    assert told[0] == "Budi, A. (2019). Pelayanan prima. Penerbit Contoh."
    assert len(told) == len(listed()) + 1


def test_what_is_no_list_of_sources_is_refused_by_name(tmp_path):
    places = Places(tmp_path, "2021")
    places.texts.mkdir(parents=True)
    assert read_references(places) == []
    for wrong in ("{}", "[1]", '[{"id": "b"}]', "[", "nan"):
        (places.texts / "references.json").write_text(wrong, encoding="utf-8")
        with pytest.raises(StudyError, match=r"references\.json: bukan daftar pustaka"):
            read_references(places)
