"""Every formula gives the value that is stored beside it, under every rule."""

import pytest


@pytest.mark.parametrize("missing", ["ratio", "complete", "person"])
def test_each_formula_gives_the_value_stored_beside_it(paper, worked_out, missing):
    sheets = worked_out(paper(missing))
    for (sheet, cell), formula in sheets.formulas.items():
        live, told = sheets.value(sheet, cell), sheets.stored[sheet, cell]
        where = f"{sheet} {cell} {formula}"
        if isinstance(told, str):
            assert live == told, where
        else:
            assert live == pytest.approx(told, rel=1e-9, abs=1e-9), where
    assert len(sheets.formulas) > 1400
