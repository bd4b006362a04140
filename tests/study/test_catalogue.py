"""The instruments that come with the package."""

import re
from fractions import Fraction

import pytest

from skm_analysis.errors import StudyError
from skm_analysis.study.catalogue import FOLDER, USUAL, catalogue, text_of
from skm_analysis.study.regulation import UNSUR

# From the regulations as the project's own notes tell them, not from the files.
ITEMS = {
    "ikm-2004": 14,
    "skm-2014": 9,
    "skm-2017": 9,
    "skm-2017-gratis": 9,
    "skm-2017-daring": 9,
    "spkp": 8,
    "spak": 5,
}
BANDS = {
    "ikm-2004": "kepmenpan-25-2004",
    "skm-2014": "permenpanrb-16-2014",
    "skm-2017": "permenpanrb-14-2017",
    "skm-2017-gratis": "permenpanrb-14-2017",
    "skm-2017-daring": "permenpanrb-14-2017",
    "spkp": None,
    "spak": None,
}


def test_every_instrument_has_its_items_its_bands_and_equal_weights():
    assert {name: len(each.items) for name, each in catalogue().items()} == ITEMS
    assert {name: each.bands for name, each in catalogue().items()} == BANDS
    for each in catalogue().values():
        assert sum(item.weight for item in each.items) == 1
        assert {item.weight for item in each.items} == {Fraction(1, len(each.items))}


def test_every_instrument_says_where_its_wordings_come_from_and_what_to_confirm():
    for each in catalogue().values():
        assert each.source
        assert re.search("cocokkan|dikonfirmasi", each.source, re.IGNORECASE)


def test_the_usual_instrument_asks_the_nine_unsur_in_the_order_of_the_questionnaire():
    assert catalogue()[USUAL].keys == tuple(UNSUR)
    assert all(item.unsur == item.key for item in catalogue()[USUAL].items)
    assert catalogue()[USUAL].item("biaya").options[-1] == "Gratis"


def test_2014_asks_of_maklumat_and_not_of_sarana():
    asked = catalogue()["skm-2014"]
    assert "maklumat" in asked.keys
    assert "sarana" not in {item.unsur for item in asked.items}
    assert not any(item.own for item in asked.items)


@pytest.mark.parametrize(
    ("name", "replaced"),
    [
        ("skm-2017-gratis", {"biaya"}),
        ("skm-2017-daring", {"kompetensi", "perilaku"}),
    ],
)
def test_a_variant_replaces_only_what_may_be_replaced(name, replaced):
    asked = catalogue()[name]
    own = [item for item in asked.items if item.own]
    assert set(UNSUR) - {item.unsur for item in asked.items} == replaced
    assert len(own) == len(replaced)
    assert all("proyek ini" in str(item.source) for item in own)


def test_an_unknown_instrument_is_told_with_the_nearest():
    with pytest.raises(StudyError) as caught:
        text_of("skm-2071")
    assert "mungkin maksudnya: skm-2017" in str(caught.value)


def test_every_file_of_the_catalogue_is_one_of_its_instruments():
    assert {path.stem for path in FOLDER.iterdir()} == set(catalogue())
