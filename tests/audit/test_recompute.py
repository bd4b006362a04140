"""Every cell that counts as recomputed is one whose change is found."""

import csv
import re
import shutil
from collections import Counter

import pytest

from skm_analysis.audit.recompute import recompute

COLUMNS = ("value", "se", "df", "ci_low", "ci_high", "level", "n", "population")


def read(path):
    with path.open(newline="") as file:
        return list(csv.DictReader(file))


def write(path, rows):
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def again(places):
    return recompute(places.raw, places.edition)


def spoiled(row):
    """The row with all that it says said otherwise, by as little as matters."""
    row = dict(row)
    for name in COLUMNS:
        if row[name] != "":
            whole = name in ("n", "population")
            number = float(row[name])
            row[name] = str(int(number) + 1) if whole else repr(number + 1e-6)
    if row["measure"] in ("grade", "target_gap"):
        row["category"] = "E"
    row["flags"] = re.sub(r"grade_[A-D]\b", "grade_E", row["flags"])
    return row


def test_a_change_of_any_cell_that_counts_as_checked_is_found(places):
    table = places.edition / "internal/tables/estimates.csv"
    honest = again(places)
    assert honest.findings == ()
    write(table, [spoiled(row) for row in read(table)])
    found = [each for each in again(places).findings if each.column != "shown"]
    assert len(found) == honest.cells.checked
    assert len({(each.key, each.column) for each in found}) == len(found)


def test_a_row_of_any_measure_that_is_covered_is_missed(places):
    table = places.edition / "internal/tables/estimates.csv"
    rows = read(table)
    write(table, rows[:1])
    found = [each for each in again(places).findings if each.column == "key"]
    measures = Counter(each.key.split(".")[2].partition("@")[0] for each in found)
    assert {
        *("ikm", "nrr", "n_received", "n_set_aside", "response_rate", "n_to_ask"),
        *("change", "change_nrr", "p", "p_holm", "sensitivity", "sensitivity_grade"),
        *("item_nonresponse", "duplicate_vectors", "target_gap", "grade_probability"),
        *("alpha", "item_total", "validity", "r_table", "n_required_precision"),
    } <= measures.keys()


# Key, what stands there by hand, what does not, kind. Of 90 people 73 are needed
# (Krejcie and Morgan's table), 18 came; last year's index is 25 · (1/4 · 16/5 + 3/4 ·
# 11/4) = 71.5625; without the fee it is 25 · 27/8 = 84.375. The two units' indices are
# 25 · (1/4 · 7/2 + 3/4 · 27/8) = 85.15625 and 25 · (1/4 · 17/5 + 3/4 · 7/2) = 86.875.
SHOWN = [
    ("unit.pkm.ikm:n", "18", "19", "count"),
    ("unit.pkm.ikm@previous", "71,56", "71,57", "estimate"),
    ("unit.pkm.change", "+13,59", "+13,60", "estimate"),
    ("unit.pkm.change:abs", "13,59", "\u221213,59", "estimate"),
    ("unit.pkm.change", "indikatif, tanpa arah", "naik", "verdict"),
    ("unit.pkm.n_required:short", "55", "54", "derived"),
    ("unit.pkm.n_required", "belum mencukupi", "mencukupi", "verdict"),
    ("unit.pkm.profile.sex:merged_count", "18", "17", "derived"),
    ("unit.pkm.profile.sex:merged", "100,0%", "99,9%", "derived"),
    ("unit.pkm.sensitivity.without-biaya", "84,38", "84,37", "estimate"),
    ("unit.pkm.sensitivity.without-biaya:difference", "\u22120,78", "0,78", "derived"),
    ("unit.pkm.sensitivity_grade.without-duplicates", "B", "A", "verdict"),
    ("unit.pkm.target_gap", "tercapai", "tidak tercapai", "verdict"),
    ("unit.pkm.response_rate", "75,0%", "75,1%", "estimate"),
    ("unit.pkm.n_set_aside", "2", "1", "count"),
    ("unit.pkm.grade", "B", "A", "verdict"),
    ("study..units", "3", "2", "count"),
    ("study.instrument.dua.weight.biaya", "0,250", "0,251", "stated"),
    ("study.unit.pkm.planned", "belum mencukupi", "mencukupi", "verdict"),
    ("arrivals.rows_read", "25", "24", "count"),
    ("arrivals.reason.empty.files", "1", "2", "derived"),
    ("city..graded.b", "1", "2", "derived"),
    ("city..ikm_mean_of_units:below_highest", "13,98", "13,99", "derived"),
    ("city..targets.reached", "1", "0", "derived"),
]


@pytest.mark.parametrize(("key", "right", "wrong", "kind"), SHOWN)
def test_what_is_printed_under_a_key_is_worked_out_again(
    places, write_register, key, right, wrong, kind
):
    write_register(places, [(key, right, kind)])
    done = again(places)
    assert (done.shown.checked, done.findings) == (1, ())
    write_register(places, [(key, wrong, kind)])
    [found] = again(places).findings
    assert (found.key, found.column, found.printed) == (key, "shown", wrong)


@pytest.mark.parametrize(
    ("key", "text", "kind"),
    [
        ("unit.pkm.longest_run", "3", "count"),
        ("unit.pkm.ikm:unheard", "3", "derived"),
        ("unit.pkm.n_required", "belum satu pun", "verdict"),  # of all rules at once
        ("city..weakest_unsur", "2", "derived"),
        ("regulation.permenpanrb-14-2017.a", "88,31", "stated"),
    ],
)
def test_what_is_not_worked_out_again_is_not_counted(
    places, write_register, key, text, kind
):
    write_register(places, [(key, text, kind)])
    done = again(places)
    assert (done.shown.checked, done.shown.of, done.findings) == (0, 1, ())
    assert done.shown.unchecked.total() == 1


def test_an_edition_without_the_earlier_answers_leaves_its_changes_unchecked(places):
    shutil.rmtree(places.edition / "internal/tables/previous")
    done = again(places)
    assert done.findings == ()
    assert {
        "change",
        "nrr@previous",
        "n_required_precision",
    } <= done.cells.unchecked.keys()


def test_a_changed_answer_of_the_earlier_year_is_found(places):
    table = places.edition / "internal/tables/previous/responses/pkm.csv"
    rows = read(table)
    rows[0]["sarana"] = "1"
    write(table, rows)
    found = {each.key for each in again(places).findings}
    assert {"unit.pkm.ikm@previous", "unit.pkm.change", "city..change"} <= found
    assert "unit.pkm.ikm" not in found
