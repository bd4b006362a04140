import doctest
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "methodology.md"


def test_every_example_on_the_methodology_page_runs():
    result = doctest.testfile(str(PAGE), module_relative=False, encoding="utf-8")
    assert result.failed == 0
    assert result.attempted > 30
