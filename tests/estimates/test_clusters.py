"""Clusters: what they do to an interval, and what is said of them."""

from fractions import Fraction
from math import sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from skm_analysis.estimates.clusters import (
    ASSUMED,
    Variation,
    intraclass,
    pool,
    resemblance,
    variation,
)
from skm_analysis.estimates.deriving import estimate_study
from skm_analysis.estimates.index import index, item_mean
from skm_analysis.estimates.interval import has_interval, limits
from skm_analysis.estimates.rows import Estimates
from skm_analysis.estimates.sample import (
    MISSING,
    clustered_sample,
    simple_sample,
    stratified_sample,
    unclustered_sample,
)
from skm_analysis.estimates.variance import assess

WEIGHTS = [Fraction(1, 3)] * 3
FACTOR = Fraction(25)


def assessed(sample):
    return assess(
        index(sample, WEIGHTS, FACTOR), sample, lowest=FACTOR, highest=Fraction(100)
    )


def invented(n, seed=1):
    return np.random.default_rng(seed).integers(1, 5, size=(n, 3))


def names(count, each):
    return [f"p{number}" for number in range(count) for _ in range(each)]


def test_concentration_is_the_variance_of_a_mean_of_values_that_resemble_each_other():
    scores = invented(12)
    scores[2, 1] = scores[7, 0] = MISSING
    labels = ["a"] * 5 + ["b"] * 3 + ["c"] * 4
    sample = clustered_sample(simple_sample(scores), labels, 0.3)
    share = index(sample, WEIGHTS, FACTOR).share
    same = np.array([[one == other for other in labels] for one in labels])
    covariances = np.where(same, 0.3, 0.0) + 0.7 * np.eye(12)
    assert assessed(sample).concentration == pytest.approx(share @ covariances @ share)


def test_equal_clusters_have_the_familiar_design_effect():
    sample = clustered_sample(simple_sample(invented(40)), names(8, 5), 0.1)
    assert assessed(sample).concentration == pytest.approx((1 + 4 * 0.1) / 40)


def test_few_clusters_widen_the_error_of_respondents_by_the_design_effect():
    plain = simple_sample(invented(40))
    few = assessed(clustered_sample(plain, names(4, 10), 0.05))
    alone = assessed(plain)
    assert few.few_clusters
    assert few.se == pytest.approx(alone.se * sqrt(1 + 9 * 0.05))
    assert few.df == 39


def test_eight_clusters_speak_for_themselves():
    scores = invented(40)
    found = assessed(clustered_sample(simple_sample(scores), names(8, 5), 0.05))
    means = scores.mean(axis=1).reshape(8, 5).mean(axis=1) * 25
    assert not found.few_clusters
    assert found.se == pytest.approx(means.std(ddof=1) / sqrt(8))
    assert found.df == 7


@pytest.mark.parametrize(
    ("sizes", "few"),
    [
        ([5] * 8, False),
        ([5] * 7, True),
        ([3, 4, 5, 6, 8, 10, 14, 10], False),
        ([1, 2, 3, 4, 6, 8, 12, 20], True),  # as 4.65 of equal size
        ([1] * 20 + [10] * 5, True),  # as 9.42, of 25
        ([2] * 14 + [10] * 4, False),  # as 10.14, of 18
    ],
)
def test_clusters_are_few_by_number_or_by_weight(sizes, few):
    labels = [f"p{place}" for place, size in enumerate(sizes) for _ in range(size)]
    plain = simple_sample(invented(len(labels)))
    assert assessed(clustered_sample(plain, labels, 0.05)).few_clusters is few


def test_an_item_counts_the_clusters_that_answered_it():
    scores = invented(40)
    scores[:10, 0] = MISSING
    sample = clustered_sample(simple_sample(scores), names(8, 5), 0.05)
    ends = {"lowest": Fraction(1), "highest": Fraction(4)}
    asked_all = assess(item_mean(sample, 1), sample, domain=True, **ends)
    asked_some = assess(item_mean(sample, 0), sample, domain=True, **ends)
    assert (asked_all.few_clusters, asked_all.df) == (False, 7)
    assert (asked_some.few_clusters, asked_some.df) == (True, 29)


def test_respondents_of_no_known_cluster_are_clusters_of_their_own():
    labels = ["p1"] * 3 + [""] * 9
    sample = clustered_sample(simple_sample(invented(12)), labels, 0.1)
    assert len(set(sample.cluster.tolist())) == 10


def test_one_name_in_two_strata_is_one_who_gathered_in_both():
    scores, strata = invented(40), ["a"] * 20 + ["b"] * 20
    people = {"a": 300, "b": 100}
    plain = stratified_sample(scores, strata=strata, populations=people)
    both = clustered_sample(plain, names(10, 2) * 2, 0.1)
    apart = clustered_sample(plain, names(20, 2), 0.1)
    assert both.fraction == (0, 0)
    # Weights 3/80 and 1/80: those of ten in both strata, and of twenty in one each.
    squares = (20 * 9 + 20) / 80**2
    of_ten, of_twenty = 10 * 8**2 / 80**2, (10 * 6**2 + 10 * 2**2) / 80**2
    found = assessed(both)
    assert found.concentration == pytest.approx(0.9 * squares + 0.1 * of_ten)
    assert assessed(apart).concentration == pytest.approx(
        0.9 * squares + 0.1 * of_twenty
    )
    # Their sums in both strata are not independent: no spread between them is taken.
    assert (found.few_clusters, assessed(apart).few_clusters) == (True, False)
    alone = assessed(unclustered_sample(both))
    assert found.se == pytest.approx(alone.se * sqrt(found.concentration / squares))


def test_as_many_names_as_sheets_are_wanted():
    with pytest.raises(ValueError, match="12 sheets"):
        clustered_sample(simple_sample(invented(12)), ["p1"] * 11, 0.1)


labelled = st.integers(2, 40).flatmap(
    lambda n: st.lists(st.sampled_from(["", *"abcdefghij"]), min_size=n, max_size=n)
)


@given(labelled, st.floats(0, 1))
def test_nobody_loses_an_interval_for_declaring_clusters(labels, rho):
    plain = simple_sample(invented(len(labels)))
    found = assessed(clustered_sample(plain, labels, rho))
    assert has_interval(found)
    assert limits(found, 0.95) is not None


@given(labelled, st.permutations("abcdefghij"))
def test_the_names_of_clusters_do_not_matter(labels, others):
    renamed = dict(zip("abcdefghij", others, strict=True)) | {"": ""}
    plain = simple_sample(invented(len(labels)))
    once = assessed(clustered_sample(plain, labels, 0.1))
    again = assessed(clustered_sample(plain, [renamed[x] for x in labels], 0.1))
    assert once == again


@given(st.integers(2, 30))
def test_clusters_of_one_are_respondents(n):
    plain = simple_sample(invented(n))
    single = assessed(clustered_sample(plain, [f"p{i}" for i in range(n)], 0.1))
    alone = assessed(plain)
    assert single.se == pytest.approx(alone.se)
    assert single.df == alone.df
    assert single.concentration == pytest.approx(alone.concentration)


def test_clusters_that_agree_within_correlate_fully():
    scores = np.repeat([[1, 1, 1], [4, 4, 4], [2, 2, 2]], 4, axis=0)
    sample = clustered_sample(simple_sample(scores), names(3, 4), 0.0)
    found = variation(index(sample, WEIGHTS, FACTOR), sample)
    assert intraclass(found) == 1


def test_clusters_that_differ_less_than_by_chance_do_not_correlate():
    scores = np.tile([[1, 1, 1], [4, 4, 4]], (6, 1))
    sample = clustered_sample(simple_sample(scores), names(6, 2), 0.0)
    assert intraclass(variation(index(sample, WEIGHTS, FACTOR), sample)) == 0


def test_without_spread_or_comparison_there_is_no_correlation():
    assert intraclass(Variation(0.0, 0.0, 5, 20, 20.0)) is None
    assert intraclass(Variation(0.0, 3.0, 0, 20, 0.0)) is None
    assert intraclass(pool([])) is None


def test_a_correlation_from_few_clusters_is_taken_as_at_least_the_assumed():
    assert resemblance(Variation(0.1, 90.0, 3, 36, 30.0)) == ASSUMED
    assert resemblance(Variation(90.0, 90.0, 3, 36, 30.0)) > 0.5
    assert resemblance(Variation(0.1, 90.0, 30, 300, 300.0)) == 0


# ---- the rows of a study


def rows_of(city, frame_columns, sheets=None, **unit_columns):
    unit = city.unit("a", **unit_columns)
    scores = invented(40, seed=7)
    sheets = sheets or ["".join(map(str, row)) for row in scores]
    frame = city.frame(unit, sheets, **frame_columns)
    found = estimate_study(city.study([unit]), city.cleaned({"a": frame}))
    return Estimates(found)


def test_a_few_declared_clusters_widen_and_say_so(city):
    plain = rows_of(city, {}, population=None)
    found = rows_of(city, {"cluster": names(4, 10)}, population=None)
    ikm, alone = found["unit.a.ikm"], plain["unit.a.ikm"]
    assert {"clustered", "few_clusters"} <= set(ikm.flags)
    assert ikm.value == alone.value
    assert ikm.se > alone.se
    assert ikm.ci_low < alone.ci_low
    assert found["unit.a.deff.cluster"].value == pytest.approx((ikm.se / alone.se) ** 2)
    assert 0 <= found["unit.a.icc.cluster"].value <= 1
    assert "too_few" in found["unit.a.icc.cluster"].flags
    assert "rho_assumed" in found["study..icc.cluster"].flags


def test_the_studys_design_effect_is_that_of_the_cluster_a_respondent_is_in(city):
    """By hand: (18² + 2²)/20 = 16.4 with rho assumed 0.05 is 1 + 15.4·0.05 = 1.77."""
    labels = ["often"] * 18 + ["seldom"] * 2
    found = rows_of(city, {"cluster": labels}, ["444", "333"] * 10)
    rho = found["study..icc.cluster"].value
    assert rho == 0.05
    assert found["study..deff.cluster"].value == pytest.approx(1.77)


def test_many_declared_clusters_have_their_own_degrees_of_freedom(city):
    found = rows_of(city, {"cluster": names(10, 4)})
    ikm = found["unit.a.ikm"]
    assert ikm.df == 9
    assert "few_clusters" not in ikm.flags
    assert found["study..icc.cluster"].flags == ()


def test_clusters_take_the_finite_correction_away(city):
    single = {"cluster": [f"p{number}" for number in range(40)]}
    finite = rows_of(city, {}, population=80)["unit.a.ikm"]
    found = rows_of(city, single, population=80)["unit.a.ikm"]
    assert found.se == pytest.approx(finite.se / sqrt(1 - 40 / 80))


def test_a_census_has_no_clusters(city):
    found = rows_of(city, {"cluster": names(4, 10)}, population=40, sampling="census")
    assert found["unit.a.ikm"].se == 0
    assert "clustered" not in found["unit.a.ikm"].flags


def test_respondents_without_a_cluster_are_said(city):
    labels = ["", *names(13, 3)]
    assert "unknown_cluster" in rows_of(city, {"cluster": labels})["unit.a.ikm"].flags


def test_days_are_a_diagnosis_that_changes_no_interval(city):
    plain = rows_of(city, {})
    found = rows_of(city, {"day": names(10, 4), "counter": names(2, 20)})
    assert found["unit.a.ikm"] == plain["unit.a.ikm"]
    for column in ("day", "counter"):
        assert 0 <= found[f"unit.a.icc.{column}"].value <= 1
        changed = found[f"unit.a.sensitivity.clusters-{column}"]
        assert changed.value == plain["unit.a.ikm"].value
        assert changed.ci_low is not None
        assert f"study..icc.{column}" in found
    assert found["unit.a.sensitivity.clusters-day"].df == 9
    assert "few_clusters" in found["unit.a.sensitivity.clusters-counter"].flags


def test_declared_clusters_need_no_diagnosis(city):
    found = rows_of(city, {"cluster": names(10, 4), "day": names(5, 8)})
    assert "unit.a.icc.day" not in found


def test_days_that_nobody_noted_say_nothing(city):
    found = rows_of(city, {"day": "", "counter": ""})
    assert not found.select(measure="icc")


def test_the_correlation_is_pooled_over_the_units(city):
    """With all units alike, the study's is that of each, and no longer assumed."""
    units = [city.unit(name) for name in "abc"]
    sheets = ["".join(map(str, row)) for row in invented(40, seed=7)]
    frames = {unit.id: city.frame(unit, sheets, cluster=names(4, 10)) for unit in units}
    found = Estimates(estimate_study(city.study(units), city.cleaned(frames)))
    study = found["study..icc.cluster"]
    assert study.df == 9
    assert study.flags == ()
    assert study.value == pytest.approx(found["unit.a.icc.cluster"].value)


# ---- strata without respondents


@pytest.mark.parametrize(("people", "letter"), [(200, True), (201, False)])
def test_above_a_fifth_without_respondents_there_is_no_letter(city, people, letter):
    strata = {"a": 800 - people + 200, "b": people}
    found = rows_of(city, {"stratum": "a"}, strata=strata)
    grade = found["unit.a.grade"]
    assert found["unit.a.uncovered_share"].value == people / 1000
    assert (grade.category != "") is letter
    assert ("uncovered" in grade.flags) is not letter
    assert "uncovered_stratum" in found["unit.a.ikm"].flags
    assert found["unit.a.ikm"].value is not None
    probabilities = found.select(measure="grade_probability", scope="unit")
    assert bool(probabilities) is letter


def test_the_city_keeps_its_letter_while_little_of_it_is_uncovered(city):
    gap = city.unit("gap", strata={"a": 700, "b": 300})
    units = [gap, city.unit("one"), city.unit("two")]
    sheets = ["".join(map(str, row)) for row in invented(40, seed=7)]
    frames = {unit.id: city.frame(unit, sheets) for unit in units}
    frames["gap"] = city.frame(gap, sheets, stratum="a")
    found = Estimates(estimate_study(city.study(units), city.cleaned(frames)))
    assert found["unit.gap.grade"].category == ""
    assert found["city..grade"].category != ""
    assert found["city..uncovered_share"].value == pytest.approx(0.1)
    assert "uncovered" in found["city..ikm_mean_of_units"].flags
    alone = Estimates(estimate_study(city.study([gap]), city.cleaned(frames)))
    assert alone["city..grade"].category == ""


def test_a_units_own_survey_does_not_tell_what_it_covers(city):
    columns = {"stratum": "a", "source": "internal"}
    found = rows_of(city, columns, strata={"a": 500, "b": 500})
    assert not found.select(measure="uncovered_share")
    assert found["unit.a.grade"].category != ""
