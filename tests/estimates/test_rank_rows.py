"""The rows of ranks: which units share a family, which items are named."""

from fractions import Fraction

import pytest

from skm_analysis.estimates.deriving import estimate_study
from skm_analysis.estimates.rows import Estimates

HIGH, LOW, MIXED = ["444"] * 39 + ["443"], ["333"] * 40, ["444", "333"] * 20


def estimates(study, cleaned):
    return Estimates(estimate_study(study, cleaned))


@pytest.fixture
def ranked(city):
    """Estimate units, their sheets and columns given."""

    def estimate(**sheets):
        units = [city.unit(name, **columns) for name, (_, columns) in sheets.items()]
        frames = {unit.id: city.frame(unit, sheets[unit.id][0]) for unit in units}
        return estimates(city.study(units), city.cleaned(frames))

    return estimate


def places(rows, *units):
    found = [rows[f"unit.{unit}.rank"] for unit in units]
    return [(row.value, row.ci_low, row.ci_high) for row in found]


def test_units_that_asked_the_same_are_ranked_with_what_is_sure_of_it(ranked):
    rows = ranked(a=(HIGH, {}), b=(LOW, {}), c=(MIXED, {}), d=(MIXED, {}))
    assert places(rows, *"abcd") == [(1, 1, 1), (4, 4, 4), (2, 2, 3), (2, 2, 3)]
    assert rows["unit.a.rank"].method == "mover-holm"
    assert rows["unit.a.n_ranked"].value == 4
    assert rows["unit.c.rank_group.3-4-2"].value == 2
    assert rows["unit.d.rank_group.3-4-2"].value == 2
    assert "unit.a.rank_group.3-4-2" not in rows


def test_other_items_scales_or_weights_make_another_family(ranked, city):
    other = city.replace(city.instrument("persyaratan prosedur perilaku"), id="other")
    heavy = city.replace(city.instrument(), id="heavy")
    weights = (Fraction(1, 2), Fraction(1, 4), Fraction(1, 4))
    items = zip(heavy.items, weights, strict=True)
    heavy = city.replace(
        heavy, items=tuple(city.replace(item, weight=weight) for item, weight in items)
    )
    rows = ranked(
        a=(HIGH, {}),
        b=(LOW, {}),
        c=(MIXED, {"instrument": other}),
        d=(MIXED, {"instrument": heavy}),
        e=(MIXED, {"instrument": city.instrument(scale=(1, 5))}),
    )
    assert places(rows, "a", "b") == [(1, 1, 1), (2, 2, 2)]
    ranks = rows.select(measure="rank")
    assert [row.unit for row in ranks] == ["a", "b"]


def test_the_same_questions_in_another_order_are_the_same_family(ranked, city):
    turned = city.instrument("perilaku biaya persyaratan")
    rows = ranked(a=(HIGH, {}), b=(LOW, {"instrument": turned}))
    assert places(rows, "a", "b") == [(1, 1, 1), (2, 2, 2)]


def test_small_units_take_part_from_ten_on_and_are_not_told_their_rank(ranked):
    rows = ranked(a=(HIGH, {}), b=(LOW[:10], {}), c=(MIXED[:9], {}))
    assert places(rows, "a", "b") == [(1, 1, 1), (2, 2, 2)]
    assert "suppressed" not in rows["unit.a.rank"].flags
    assert {"suppressed", "indicative"} <= {*rows["unit.b.rank"].flags}
    assert "unit.c.rank" not in rows


def item_ranks(ranked, sheets, instrument=None):
    rows = ranked(a=(sheets, {"instrument": instrument} if instrument else {}))
    return {row.item: row for row in rows.select(measure="item_rank")}


def test_the_weakest_items_are_all_that_cannot_be_told_from_the_lowest(ranked, city):
    instrument = city.instrument("persyaratan prosedur waktu produk perilaku")
    sheets = ["33444", "34444", "43443", "33434"] * 10
    found = item_ranks(ranked, sheets, instrument)
    assert found["persyaratan"].value == found["prosedur"].value == 3
    named = {item for item, row in found.items() if "weakest" in row.flags}
    assert named == {"persyaratan", "prosedur"}
    assert found["waktu"].flags == ("left_out",)
    assert found["waktu"].value is None
    assert (found["persyaratan"].ci_low, found["persyaratan"].ci_high) == (3, 4)
    assert found["produk"].method == "paired-holm"


def test_where_most_items_cannot_be_told_apart_none_is_the_weakest(ranked):
    found = item_ranks(ranked, ["434", "343", "344", "433"] * 10)
    assert all("none_weakest" in row.flags for row in found.values())
    assert not any("weakest" in row.flags for row in found.values())


def test_a_free_services_fee_is_left_out_and_said(ranked):
    found = item_ranks(ranked, ["443", "344"] * 20)
    assert {"left_out", "free_service"} <= {*found["biaya"].flags}


def test_an_item_that_all_answered_alike_is_left_out_even_the_lowest(ranked):
    found = item_ranks(ranked, ["243", "234"] * 20)
    assert "left_out" in found["persyaratan"].flags
    assert found["persyaratan"].value is None
    assert "none_weakest" in found["biaya"].flags


def test_no_item_is_the_weakest_below_thirty_respondents(ranked):
    sheets = ["443", "344", "442"] * 10
    for n, said in ((29, False), (30, True)):
        found = item_ranks(ranked, sheets[:n])
        flags = {flag for row in found.values() for flag in row.flags}
        assert bool(flags & {"weakest", "none_weakest"}) == said
        assert (found["perilaku"].ci_low is not None) == said
