"""The worked unit of docs/methodology.md against the same sheet in LibreOffice."""

import csv
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from skm_analysis.estimates.grading import find_grade, shown_value
from skm_analysis.estimates.index import index, item_mean
from skm_analysis.estimates.interval import limits, t_limits
from skm_analysis.estimates.sample import MISSING, simple_sample
from skm_analysis.estimates.sample_size import krejcie_morgan
from skm_analysis.estimates.variance import assess
from skm_analysis.study.regulation import BANDS

HERE = Path(__file__).parent
NINTHS = [Fraction(1, 9)] * 9


def close(text):
    """What a spreadsheet tells with 15 significant digits."""
    return pytest.approx(float(text), rel=1e-12)


def read(name):
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))[1:]


@pytest.fixture(scope="module")
def sheet():
    return dict(read("worked_unit-results.csv"))


@pytest.fixture(scope="module")
def answers():
    rows = read("worked_unit-answers.csv")
    return np.array(
        [[int(cell) if cell else MISSING for cell in row[1:]] for row in rows]
    )


@pytest.fixture(scope="module")
def keys(sheet):
    return [name.split(".")[1] for name in sheet if name.startswith("nrr.")]


@pytest.fixture(scope="module")
def sample(answers, sheet):
    return simple_sample(answers, population=int(sheet["population"]))


@pytest.fixture(scope="module")
def ikm(sample):
    linear = index(sample, NINTHS, Fraction(25))
    return assess(linear, sample, lowest=Fraction(25), highest=Fraction(100))


def test_item_means(sample, sheet, keys):
    for place, key in enumerate(keys):
        found = item_mean(sample, place)
        assert float(found.value) == close(sheet[f"nrr.{key}"])
        assert np.count_nonzero(found.share) == int(sheet[f"count.{key}"])


def test_index_and_weights(ikm, sheet):
    assert float(ikm.value) == close(sheet["ikm"])
    assert ikm.concentration == close(sheet["concentration"])
    assert ikm.sampled == close(sheet["u"])


def test_the_variance_holds_the_covariances(sample, ikm, sheet, keys):
    assert ikm.se**2 == close(sheet["variance"])
    assert float(sheet["variance_from_z"]) == close(sheet["variance"])
    moves = [item_mean(sample, place).influence for place in range(len(keys))]
    factor = float(1 - sample.fraction[0]) * sample.n / sample.df
    for place, first in enumerate(keys):
        for other, second in enumerate(keys[place:], start=place):
            found = factor * float(np.sum(moves[place] * moves[other]))
            expected = float(sheet[f"cov.{first}.{second}"])
            assert found == pytest.approx(expected, rel=1e-12, abs=1e-16)


def test_without_the_covariances_the_standard_error_is_less_than_half(ikm, sheet):
    assert float(sheet["variance_without_covariances"]) ** 0.5 < ikm.se / 2


def test_interval(ikm, sheet):
    found = limits(ikm, 0.95)
    assert ikm.df == int(sheet["df"])
    assert found.low == pytest.approx(float(sheet["ci_low"]), abs=1e-8)
    assert found.high == pytest.approx(float(sheet["ci_high"]), abs=1e-8)


def test_students_interval_leaves_the_comparison_to_the_reader(ikm, sheet):
    found = t_limits(float(ikm.value), ikm.se, ikm.df, 0.95)
    assert found.low == close(sheet["t_low"])
    assert found.high == close(sheet["t_high"])


def test_shown_value_grade_and_required_sample(ikm, sheet):
    assert shown_value(ikm.value) == shown_value(Fraction(sheet["shown"]))
    grade = find_grade(ikm.value, BANDS["permenpanrb-14-2017"]).grade
    assert grade == sheet["grade"]
    assert krejcie_morgan(int(sheet["population"])) == int(sheet["n_required"])
