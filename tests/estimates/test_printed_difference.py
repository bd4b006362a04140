"""This year's headline minus the printed one, worked in fractions."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from skm_analysis.estimates.interval import total
from skm_analysis.estimates.printed_difference import Headlines, split
from skm_analysis.estimates.variance import Estimate

indices = st.dictionaries(
    st.sampled_from("abcdefgh"), st.fractions(25, 100), min_size=1
)


def estimate(value):
    return Estimate(
        value=Fraction(value),
        lowest=25.0,
        highest=100.0,
        se=1.0,
        df=99,
        concentration=0.01,
        sampled=1.0,
        n=100,
        lonely=False,
    )


def headlines(now, then, *, same="", crossed="", printed="85.00"):
    return Headlines(
        now={unit: estimate(value) for unit, value in now.items()},
        then={unit: estimate(value) for unit, value in then.items()},
        same={*same},
        crossed={*crossed},
        printed=Decimal(printed),
    )


def test_every_part_as_worked_by_hand():
    # a and b comparable, c with other items, d new, e gone, f too small last year.
    parts = split(
        headlines(
            {"a": 90, "b": 86, "c": 88, "d": 70, "f": 91},
            {"a": 84, "b": 86, "c": 82, "e": 88},
            same="ab",
            crossed="f",
            printed="84.90",
        )
    )
    # Headlines 425/5 = 85 and 340/4 = 85; of a, b, c: 88 and 84.
    assert total(parts.matched) == 3
    assert total(parts.instrument) == 4 - 3
    assert total(parts.entered_left) == (85 - 88) - (85 - 84)
    assert total(parts.membership) == Fraction(70 - 88, 5) - Fraction(88 - 84, 4)
    assert total(parts.threshold) == Fraction(91 - 88, 5)
    assert parts.method == Fraction("0.1")


@given(indices, indices, st.sets(st.sampled_from("abcdefgh")), st.data())
def test_the_parts_add_up_exactly(now, then, same, data):
    once = sorted(now.keys() ^ then.keys())
    crossed = {unit for unit in once if data.draw(st.booleans())}
    parts = split(headlines(now, then, same=same, crossed=crossed))
    if parts is None:
        assert not now.keys() & then.keys()
        return
    mean = sum(now.values(), Fraction(0)) / len(now)
    sums = (parts.matched, parts.instrument, parts.membership, parts.threshold)
    whole = sum((total(each) for each in sums), Fraction(0)) + parts.method
    assert whole == mean - Fraction("85.00")
    assert total(parts.entered_left) == total(parts.membership) + total(parts.threshold)


@given(indices, indices, st.sets(st.sampled_from("abcdefgh")))
def test_no_estimate_enters_a_part_twice(now, then, same):
    parts = split(headlines(now, then, same=same, crossed=now.keys() - then.keys()))
    for terms in parts[:5] if parts else ():
        assert len({id(term.estimate) for term in terms}) == len(terms)


def test_the_same_units_with_the_same_items_differ_by_change_and_method_only():
    parts = split(headlines({"a": 90}, {"a": 80}, same="a"))
    assert (total(parts.matched), parts.method) == (10, -5)
    assert not parts.instrument
    assert not parts.entered_left
