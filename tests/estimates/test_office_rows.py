"""What an office printed beside ours, for ten sheets added up by hand.

Five answer 4, 4, 3 and five 3, 4, 3: sums 35, 40, 30; means 3.5, 4, 3; index
25 x (3.5 + 4 + 3) / 3 = 87.5. With thirds written 0.33 it is 25 x 10.5 x 0.33 = 86.625.
"""

from decimal import Decimal
from fractions import Fraction

import pandas as pd
import pytest

from skm_analysis.estimates.deriving import estimate_study
from skm_analysis.estimates.office_differences import agrees, difference
from skm_analysis.estimates.rows import Estimates

SHEETS = ["443"] * 5 + ["343"] * 5
ITEMS = ("persyaratan", "biaya", "perilaku")
FILE = "responses/a.xlsx"
COLUMNS = ("delivery", "sheet", "row", "unit", "measure", "item", "printed")


def result(*lines, **items):
    """Lines of the office's table: (measure, item, printed), or measure=a/b/c."""
    listed = [
        (measure, key, text)
        for measure, texts in items.items()
        for key, text in zip(ITEMS, texts.split("/"), strict=True)
    ]
    return [(20, *line) for line in (*listed, *lines)]


def derive(city, lines, sheets=SHEETS, file_sums=("35", "40", "30"), **more):
    """The office's rows of unit `a`, by key without its beginning."""
    unit = city.unit("a")
    frame = city.frame(unit, sheets)
    cleaned = city.cleaned({"a": frame})
    n, aside = len(sheets), len(more.get("back", ()))
    counts = [str(more.get("counts", n + aside))] * 3
    sums = [(0, "column_sum", *x) for x in zip(ITEMS, file_sums, strict=True)]
    sums += [(0, "column_count", *x) for x in zip(ITEMS, counts, strict=True)]
    rows = [
        (FILE, "Data", row, "a", measure, item, printed)
        for row, measure, item, printed in (*lines, *sums)
    ]
    given = {
        "office": pd.DataFrame(rows, columns=list(COLUMNS)),
        "deliveries": pd.DataFrame(
            {"delivery": [FILE], "source": ["external"], "rows_read": [n + aside]}
        ),
        "crosswalk": pd.DataFrame(
            {
                "response": frame["response"],
                "delivery": [more.get("delivery", FILE)] * n,
                "row": range(n),
                "serial": "",
            }
        ),
    }
    if "back" in more:
        back = city.frame(unit, more["back"]).assign(reason=more["reasons"])
        given["put_back"] = {"a": back}
    if "before" in more:
        given["uncorrected"] = {"a": city.frame(unit, more["before"])}
    found = Estimates(estimate_study(city.study([unit]), cleaned._replace(**given)))
    return {
        row.key.removeprefix("unit.a.office_"): row
        for row in found
        if row.measure.startswith("office_")
    }


def explanation(rows):
    return {
        flag
        for flag in rows["ikm"].flags
        if flag.split("_")[0] in ("rule", "counted", "blanks", "unexplained")
    }


ALL = {"sum": "35/40/30", "nrr": "3.50/4.00/3.00"}


def test_the_same_result_differs_in_nothing(city):
    rows = derive(city, result(("ikm", "", "87.50"), ("n", "", "10"), **ALL))
    assert {key: row.value for key, row in rows.items()} == {
        "ikm": 87.5,
        "difference.ikm": 0.0,
        "n": 10.0,
        "difference.n": 0.0,
        "sum.persyaratan": 35.0,
        "sum.biaya": 40.0,
        "sum.perilaku": 30.0,
        "nrr.persyaratan": 3.5,
        "nrr.biaya": 4.0,
        "nrr.perilaku": 3.0,
        **{f"difference.{item}.{x}": 0.0 for item in ITEMS for x in ("sum", "nrr")},
        "differing_items": 0.0,
    }
    assert explanation(rows) == {"rule_exact", "counted_accepted"}
    assert "stated" in rows["ikm"].flags
    assert "suppressed" not in rows["ikm"].flags


@pytest.mark.parametrize(
    ("printed", "apart", "rule"),
    [
        ("86.63", -0.87, "weight-0-33"),
        ("86.625", -0.875, "weight-0-33"),
        ("87.41", -0.09, "weight-0-333"),
    ],
)
def test_a_rounded_weight_is_named(city, printed, apart, rule):
    rows = derive(city, result(("ikm", "", printed), **ALL))
    assert rows["difference.ikm"].value == apart
    assert explanation(rows) == {f"rule_{rule}", "counted_accepted"}
    assert rows["differing_items"].value == 0.0


def test_weighted_means_must_follow_the_same_rule(city):
    weighted = {"nrr_weighted": "1.155/1.32/0.99"}  # 3.5, 4 and 3 times 0.33
    lines = result(("nrr_weighted", "", "3.465"), ("ikm", "", "86.63"), **weighted)
    rows = derive(city, lines)
    assert explanation(rows) == {"rule_weight-0-33", "counted_accepted"}
    # 3.5 / 3 = 1.1666…, so 1.155 is less by 0.011666…
    exact = float(Fraction("1.155") - Fraction(7, 6))
    assert rows["difference.persyaratan.nrr-weighted"].value == pytest.approx(exact)


def test_blanks_that_are_divided_by_are_named(city):
    """Biaya is blank once: 36 / 10 = 3.6, index 25 x 10.1 / 3 = 84.1666…"""
    sheets = ["4.3", *SHEETS[1:]]
    lines = result(("ikm", "", "84.17"), nrr="3.50/3.60/3.00")
    rows = derive(city, lines, sheets)
    assert explanation(rows) == {
        "rule_exact",
        "counted_accepted",
        "blanks_counted",
    }
    assert rows["difference.biaya.nrr"].value == -0.4
    assert rows["differing_items"].value == 1.0


def test_rows_that_were_set_aside_and_are_few_would_tell_on_them(city):
    """One sheet of 1, 1, 1 more: sums 36, 41, 31; index 25 x 108 / 33 = 81.8181…"""
    lines = result(("ikm", "", "81.82"), sum="36/41/31")
    back = {"back": ["111"], "reasons": ["duplicate"]}
    rows = derive(city, lines, file_sums=("36", "41", "31"), **back)
    assert explanation(rows) == {"rule_exact", "counted_with-duplicate"}
    assert {"suppressed", "tells_on_few"} <= set(rows["difference.ikm"].flags)


def test_many_rows_that_were_set_aside_tell_on_nobody(city):
    """Ten more of 4, 4, 4: sums 75, 80, 70 over 20; index 25 x 11.25 / 3 = 93.75."""
    lines = result(("ikm", "", "93.75"), sum="75/80/70")
    back = {"back": ["444"] * 10, "reasons": ["duplicate"] * 10}
    rows = derive(city, lines, file_sums=("75", "80", "70"), **back)
    assert explanation(rows) == {"rule_exact", "counted_with-duplicate"}
    assert "suppressed" not in rows["ikm"].flags


def test_an_answer_off_the_scale_that_was_added_up_is_named(city):
    """A row of 5, 4, 3 is not valid, so only the file's own sums hold it."""
    lines = result(("ikm", "", "88.64"), sum="40/44/33")  # 25 x 117 / 33
    rows = derive(city, lines, file_sums=("40", "44", "33"), counts=11)
    assert explanation(rows) == {"rule_exact", "counted_file"}
    assert "suppressed" in rows["ikm"].flags


def test_answers_before_they_were_corrected_are_named(city):
    before = ["143", *SHEETS[1:]]  # the first 4 was typed as 1
    lines = result(("ikm", "", "85.00"), sum="32/40/30")
    rows = derive(city, lines, before=before)
    assert explanation(rows) == {"rule_exact", "counted_without-corrections"}
    assert "suppressed" in rows["ikm"].flags


def test_an_index_that_follows_from_the_offices_own_means_only(city):
    """Means of 3.7, 4 and 3 are nobody's; 25 x 10.7 x 0.33 = 88.275."""
    rows = derive(city, result(("ikm", "", "88.28"), nrr="3.70/4.00/3.00"))
    assert explanation(rows) == {"rule_weight-0-33", "counted_own-means"}
    assert rows["difference.persyaratan.nrr"].value == 0.2


def test_what_nothing_gives_cannot_be_explained(city):
    rows = derive(city, result(("ikm", "", "95.00"), **ALL))
    assert explanation(rows) == {"unexplained"}
    assert rows["difference.ikm"].value == 7.5
    assert "suppressed" not in rows["ikm"].flags


@pytest.mark.parametrize(
    "lines",
    [
        result(("ikm", "", "87.50"), sum="36/40/30"),
        result(("ikm", "", "87.50"), ("n", "", "25")),
        result(("ikm", "", "87.50"), nrr_weighted="1.155/1.32/0.99"),
    ],
)
def test_the_right_index_beside_numbers_that_do_not_give_it(city, lines):
    rows = derive(city, lines)
    assert explanation(rows) == {"unexplained"}
    assert rows["difference.ikm"].value == 0.0


def test_an_unexplained_result_of_corrected_answers_is_withheld(city):
    before = ["143", *SHEETS[1:]]
    rows = derive(city, result(("ikm", "", "95.00")), before=before)
    assert explanation(rows) == {"unexplained"}
    assert "tells_on_few" in rows["ikm"].flags


def test_an_unexplained_result_of_a_few_more_respondents_is_withheld(city):
    rows = derive(city, result(("ikm", "", "95.00"), ("n", "", "12")))
    assert explanation(rows) == {"unexplained"}
    assert "tells_on_few" in rows["ikm"].flags


def test_fewer_than_ten_respondents_are_told_nothing_of(city):
    rows = derive(city, result(("ikm", "", "83.00")), SHEETS[:9])
    assert all("suppressed" in row.flags for row in rows.values())


def test_a_file_with_some_of_the_answers_is_not_compared(city):
    rows = derive(city, result(("ikm", "", "87.50")), delivery="responses/b.xlsx")
    assert {key: row.value for key, row in rows.items()} == {"not_compared": 1.0}


def test_of_several_results_the_last_is_compared(city):
    lines = [*result(("ikm", "", "87.50")), (12, "ikm", "", "70.00")]
    rows = derive(city, lines)
    assert rows["ikm"].value == 87.5
    assert "several_results" in rows["ikm"].flags


@pytest.mark.parametrize(
    ("printed", "same"),
    [("3.67", True), ("3.66", False), ("3.6666666666666665", True), ("4", True)],
)
def test_less_than_the_printed_rounding_is_no_difference(printed, same):
    assert agrees(Fraction(11, 3), Decimal(printed)) is same
    assert (difference(Fraction(11, 3), Decimal(printed)) == 0) is same
