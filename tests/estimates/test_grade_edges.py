"""The letter at every printed bound, for every number of sheets up to 300.

What is expected is worked in whole numbers from the bounds as the regulations print
them, both ends of every band, without a line of the package.
"""

from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

import numpy as np
import pytest

from skm_analysis.estimates.deriving import estimate_study
from skm_analysis.estimates.grading import find_grade, shown_value, stored_value
from skm_analysis.estimates.index import index
from skm_analysis.estimates.rows import Estimates
from skm_analysis.estimates.sample import simple_sample
from skm_analysis.report.formatting import decimal
from skm_analysis.responses.cleaning import clean_study
from skm_analysis.study.loading import load_study
from skm_analysis.study.places import Places
from skm_analysis.study.regulation import BANDS

# In hundredths of an index point, as printed.
PRINTED = {
    "permenpanrb-14-2017": {
        "A": (8831, 10000),
        "B": (7661, 8830),
        "C": (6500, 7660),
        "D": (2500, 6499),
    },
    "kepmenpan-25-2004": {
        "A": (8126, 10000),
        "B": (6251, 8125),
        "C": (4376, 6250),
        "D": (2500, 4375),
    },
}
MOST = 300
# (items, scale, bands). The bands are made for 1 to 4: a study cannot name them for
# another scale, but the arithmetic may not depend on that.
WORKSHEETS = [
    (9, (1, 4), "permenpanrb-14-2017"),
    (14, (1, 4), "kepmenpan-25-2004"),
    (9, (1, 5), "permenpanrb-14-2017"),
    (9, (1, 10), "permenpanrb-14-2017"),
]
BANDS_2017 = BANDS["permenpanrb-14-2017"]
PRECISE = Context(prec=60)
HALF_A_CENT = Fraction(1, 200)


def printed_cents(total, cells, highest):
    """100·total/(highest·cells) in hundredths, half up, by whole-number division."""
    return (20_000 * total + highest * cells) // (2 * highest * cells)


def printed_letter(cents, bands):
    return next(
        letter for letter, (low, high) in PRINTED[bands].items() if low <= cents <= high
    )


def edges(bands):
    """Both printed sides of each bound and the ties between them, in index points."""
    sides = {Fraction(cents, 100) for ends in PRINTED[bands].values() for cents in ends}
    ties = {side - HALF_A_CENT for side in sides} | {
        side + HALF_A_CENT for side in sides
    }
    return sorted(edge for edge in sides | ties if 26 < edge <= 100)


def totals_at(edge, cells, highest):
    """Sums of answers: the smallest whose index is at least `edge`, and one less."""
    smallest = -(-edge * highest * cells // 100)
    return {int(smallest), int(smallest) - 1}


def sheets_with(total, n, k):
    """n sheets of k answers that sum to `total`, as alike as they can be."""
    low, more = divmod(total, n * k)
    answers = np.full(n * k, low)
    answers[:more] += 1
    return answers.reshape(n, k)


@pytest.mark.parametrize(("k", "scale", "bands"), WORKSHEETS)
def test_the_letter_at_every_bound_up_to_300_sheets(k, scale, bands):
    highest = scale[1]
    weights = [Fraction(1, k)] * k
    for n in range(1, MOST + 1):
        totals = set().union(
            *(totals_at(edge, n * k, highest) for edge in edges(bands))
        )
        for total in totals:
            scores = sheets_with(total, n, k)
            assert scores.sum() == total
            found = index(simple_sample(scores), weights, Fraction(100, highest)).value
            assert found == Fraction(100 * total, highest * n * k)
            cents = printed_cents(total, n * k, highest)
            shown = Decimal(cents).scaleb(-2)
            assert shown_value(found) == shown
            assert find_grade(found, BANDS[bands]).grade == printed_letter(cents, bands)
            assert decimal(stored_value(found), 2) == f"{shown:.2f}".replace(".", ",")


def test_whole_numbers_and_decimals_of_sixty_digits_agree_on_what_is_printed():
    for n in range(1, MOST + 1):
        for edge in edges("permenpanrb-14-2017"):
            for total in totals_at(edge, 9 * n, 4):
                exact = PRECISE.divide(Decimal(25 * total), Decimal(9 * n))
                rounded = exact.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
                assert rounded == Decimal(printed_cents(total, 9 * n, 4)).scaleb(-2)


def test_many_worksheets_lie_between_the_printed_bounds_and_none_on_the_tie():
    """88.305 = 25·T/(9·n) asks for n in steps of 5000: the letter hangs on no tie."""
    between = 0
    for n in range(1, MOST + 1):
        for total in totals_at(Fraction("88.305"), 9 * n, 4):
            found = Fraction(25 * total, 9 * n)
            assert found != Fraction("88.305")
            between += Fraction("88.30") < found < Fraction("88.31")
    assert between > 20


def test_every_tie_of_nine_items_is_printed_upwards():
    ties = 0
    for n in range(8, MOST + 1, 8):
        for total in range(9 * n, 36 * n + 1):
            if 200 * 100 * total % (36 * n) == 0 and 20_000 * total // (36 * n) % 2:
                ties += 1
                scores = sheets_with(total, n, 9)
                found = index(simple_sample(scores), [Fraction(1, 9)] * 9, Fraction(25))
                above = (Decimal(20_000 * total // (36 * n)) + 1) / 2
                assert shown_value(found.value) == above.scaleb(-2)
    assert ties > 1000


def test_an_index_nearer_below_a_tie_than_a_float_can_tell_is_printed_downwards():
    """As the sum of many units can be: 88.305 less 10⁻²⁰ is 88.30 and B."""
    for tie in range(2500, 10_000):
        exact = Fraction(2 * tie + 1, 200)
        below = exact - Fraction(1, 10**20)
        assert shown_value(below) == Decimal(tie).scaleb(-2)
        for value, cents in ((below, tie), (exact, tie + 1)):
            printed = decimal(stored_value(value), 2).replace(",", "")
            assert printed == str(cents)
    letter = find_grade(Fraction("88.305") - Fraction(1, 10**20), BANDS_2017).grade
    assert letter == "B"


@pytest.mark.parametrize("edge", edges("permenpanrb-14-2017"), ids=float)
def test_the_table_of_estimates_has_that_letter(city, edge):
    n = 40
    nine = "persyaratan prosedur waktu biaya produk kompetensi perilaku sarana aduan"
    unit = city.unit("a", instrument=city.instrument(nine))
    for total in totals_at(edge, 9 * n, 4):
        sheets = ["".join(map(str, row)) for row in sheets_with(total, n, 9)]
        cleaned = city.cleaned({"a": city.frame(unit, sheets)})
        rows = Estimates(estimate_study(city.study([unit]), cleaned))
        cents = printed_cents(total, 9 * n, 4)
        expected = printed_letter(cents, "permenpanrb-14-2017")
        for key in ("unit.a.grade", "city..grade"):
            assert rows[key].category == expected
        for key in ("unit.a.ikm", "city..ikm_mean_of_units"):
            assert decimal(rows[key].value, 2).replace(",", "") == str(cents)


def test_nine_items_read_from_a_file_weigh_one_ninth_each(tiny_project):
    """All 4 but one 3 of 360: 25·1439/360, not 99.x as with 0.11 or 0.111."""
    places = Places(tiny_project, "2021")
    file = places.raw / "responses" / "kel-satu.csv"
    header, *lines = file.read_text(encoding="utf-8").splitlines()
    sheets = [line.split(",")[0] + ",4" * 9 for line in lines]
    sheets[0] = sheets[0][:-1] + "3"
    file.write_text("\n".join([header, *sheets, ""]), encoding="utf-8")
    study = load_study(places)
    weights = {item.weight for item in study.unit("kel-satu").instrument.items}
    assert weights == {Fraction(1, 9)}
    rows = Estimates(estimate_study(study, clean_study(places, study)))
    assert rows["unit.kel-satu.ikm"].value == float(Fraction(25 * 1439, 360))
    assert decimal(rows["unit.kel-satu.ikm_weight_0_11"].value, 2) == "98,93"
