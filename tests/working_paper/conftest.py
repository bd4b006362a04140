"""Working papers of small cities typed by hand, and a spreadsheet to work them out."""

import sys
from functools import cache
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parent))

import paper_city
from paper_spreadsheet import Spreadsheet


@pytest.fixture(scope="session")
def city():
    """The makers of `paper_city`, for a test to call."""
    return paper_city


@pytest.fixture(scope="session")
def worked_out():
    """All formulas of a workbook by a reader that knows no stored value."""
    return Spreadsheet


@pytest.fixture(scope="session")
def paper(city):
    """The working paper of the whole city under a rule for blanks, strata weighing."""

    @cache
    def made(missing="ratio"):
        data, _ = city.paper(*city.everything(missing, "strata"))
        return data

    return made
