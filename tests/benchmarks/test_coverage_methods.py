"""The study's own formulas against the package, sample by sample."""

from fractions import Fraction

import coverage_cells
import coverage_methods
import coverage_worst
import numpy as np
import pytest
from coverage_designs import Simple, Stratified, clustered_found, simple_found
from coverage_populations import FAR, WITHOUT_LOWEST

from skm_analysis.estimates.index import index
from skm_analysis.estimates.interval import Term, joined, limits
from skm_analysis.estimates.sample import (
    MISSING,
    clustered_sample,
    simple_sample,
    stratified_sample,
)
from skm_analysis.estimates.variance import assess

NINTH = [Fraction(1, 9)] * 9


def package_estimate(sample):
    return assess(
        index(sample, NINTH, Fraction(25)),
        sample,
        lowest=Fraction(25),
        highest=Fraction(100),
    )


def package_limits(sample):
    return limits(package_estimate(sample), 0.95)


@pytest.mark.parametrize("name", ["mean-3.20", "mean-3.96", "all-4-95"])
@pytest.mark.parametrize(("n", "people"), [(15, None), (15, 50), (100, 500)])
def test_pseudo_beta_of_the_study_is_that_of_the_package(name, n, people):
    sheets = WITHOUT_LOWEST[name]
    rng = np.random.default_rng(n)
    scores = sheets[rng.integers(0, len(sheets), (4, n))]
    found = simple_found(
        scores.mean(axis=2) * 25,
        (scores < 4).sum(axis=(1, 2)),
        free=1 - n / people if people else 1.0,
    )
    low, high = coverage_methods.pseudo_beta(found)
    expected = [
        package_limits(simple_sample(each, population=people)) for each in scores
    ]
    assert np.column_stack([low, high]) == pytest.approx(np.array(expected), abs=1e-6)


def test_so_it_is_with_strata_and_blanks():
    design = Stratified(
        strata=tuple(WITHOUT_LOWEST[f"mean-{mean}"] for mean in ("3.96", "3.20")),
        shares=(0.7, 0.3),
        n=24,
        blanks=coverage_cells.BLANKS,
        people=100,
    )
    rng = np.random.default_rng(1)
    scores = np.stack([design.strata[0][:24], design.strata[1][-24:]]).astype(np.int64)
    answered = rng.random(scores.shape) >= design.blanks
    low, high = coverage_methods.pseudo_beta(design.found(scores, answered))
    names = ["a"] * design.sizes[0] + ["b"] * design.sizes[1]
    for place in range(len(scores)):
        sample = stratified_sample(
            np.where(answered[place], scores[place], MISSING),
            strata=names,
            populations={"a": 70, "b": 30},
        )
        assert (low[place], high[place]) == pytest.approx(
            package_limits(sample), abs=1e-6
        )


@pytest.mark.parametrize(("clusters", "between"), [(4, False), (10, True)])
def test_so_it_is_with_clusters(clusters, between):
    sheets = WITHOUT_LOWEST["mean-3.85"]
    rng = np.random.default_rng(clusters)
    scores = sheets[rng.integers(0, len(sheets), (3, 30))]
    cluster, values = np.arange(30) % clusters, scores.mean(axis=2) * 25
    found = clustered_found(
        simple_found(values, (scores < 4).sum(axis=(1, 2)), free=1.0),
        values,
        cluster[:, None] == np.arange(clusters),
        np.full(3, 0.07),
        between=between,
    )
    low, high = coverage_methods.pseudo_beta(found)
    labels = [str(each) for each in cluster]
    expected = [
        package_limits(clustered_sample(simple_sample(each), labels, 0.07))
        for each in scores
    ]
    assert np.column_stack([low, high]) == pytest.approx(np.array(expected), abs=1e-6)


def test_so_it_is_with_the_mean_of_a_city():
    names = ("mean-3.20", "mean-3.96", "all-4-95")
    sizes, factors = (12, 30, 60), (0.5, 0.25, 0.25)
    rng = np.random.default_rng(3)
    drawn = [
        WITHOUT_LOWEST[name][rng.integers(0, len(WITHOUT_LOWEST[name]), (5, n))]
        for name, n in zip(names, sizes, strict=True)
    ]
    found = [
        simple_found(
            scores.mean(axis=2) * 25,
            (scores < 4).sum(axis=(1, 2)),
            free=1 - scores.shape[1] / 300,
        )
        for scores in drawn
    ]
    city = coverage_methods.combined(list(factors), found)
    low, high = coverage_methods.pseudo_beta(city)
    expected = [
        limits(
            joined(
                [
                    Term(Fraction(factor), package_estimate(sample))
                    for factor, sample in zip(
                        factors,
                        (simple_sample(each, population=300) for each in units),
                        strict=True,
                    )
                ]
            ),
            0.95,
        )
        for units in zip(*drawn, strict=True)
    ]
    assert np.column_stack([low, high]) == pytest.approx(np.array(expected), abs=1e-6)


@pytest.mark.parametrize(
    ("points", "n", "coverage"), [(25.0, 15, 94.1), (25.0, 400, 91.6), (75.0, 30, 59.6)]
)
def test_the_worst_share_is_as_bad_as_the_methodology_page_says(points, n, coverage):
    assert round(coverage_worst.worst(points, n).coverage, 1) == coverage


def test_populations_are_what_their_names_say():
    means = {name: sheets.mean() for name, sheets in WITHOUT_LOWEST.items()}
    for name in ("mean-3.20", "mean-3.85", "mean-3.96", "latent-3.6"):
        assert means[name] == pytest.approx(float(name.split("-")[1]), abs=0.003)
    for name in ("all-4-70", "all-4-95"):
        highest = (WITHOUT_LOWEST[name] == 4).all(axis=1).mean()
        assert highest == pytest.approx(int(name.split("-")[2]) / 100)
    assert not any(
        (sheets == 1).all(axis=1).any() for sheets in WITHOUT_LOWEST.values()
    )
    assert (FAR["half-4-all-1-5"] == 1).all(axis=1).mean() == pytest.approx(0.05)


def test_pseudo_beta_holds_where_student_fails():
    """The smallest cell of the study, to see that its machinery runs."""
    design = Simple(sheets=WITHOUT_LOWEST["mean-3.96"], n=15)
    found = design.draw(np.random.default_rng(2), 2_000)

    def covered(pair):
        return ((pair[0] <= design.truth) & (pair[1] >= design.truth)).mean()

    assert covered(coverage_methods.pseudo_beta(found)) > 0.94
    assert covered(coverage_methods.student(found)) < 0.80
