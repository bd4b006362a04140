"""The planted mistakes fit the code as it stands; `make mutations` tries them."""

import importlib.util
from pathlib import Path

import pytest

HERE = Path(__file__).parent
PROJECT = HERE.parents[1]


def mutants():
    spec = importlib.util.spec_from_file_location("mutants", HERE / "mutants.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.MUTANTS


@pytest.mark.parametrize("mutant", mutants(), ids=lambda mutant: mutant.name)
def test_a_mutant_can_be_planted_in_one_place(mutant):
    text = (PROJECT / mutant.file).read_text(encoding="utf-8")
    assert text.count(mutant.old) == 1, "give tests/mutations/mutants.py the new line"
    compile(text.replace(mutant.old, mutant.new), mutant.file, "exec")
    assert mutant.tests
    assert all((PROJECT / test).is_file() for test in mutant.tests)


def test_no_two_mutants_have_one_name():
    names = [mutant.name for mutant in mutants()]
    assert len(names) == len(set(names))
