"""Whatever people write, every row is accepted or set aside with one reason."""

import csv
import io
import shutil
from itertools import count

from hypothesis import given
from hypothesis import strategies as st
from many_examples import examples

from skm_analysis.errors import DeliveryError
from skm_analysis.responses.judging import Reason
from skm_analysis.responses.labels import RULES
from skm_analysis.study.records import Cleaning

SECRET = "Zubaidah"  # stands in what citizens write, and must stand nowhere else
numbered = count()
ITEMS = ("persyaratan", "prosedur", "biaya")
HEADER = ("No", "Tanggal", "Unit", "U1", "U2", "U3", "H1", "JK", "Usia", "Saran")
hostile = st.sampled_from(
    [
        *("", " ", "\u200b", "4.0", "4,0", " 3", "٣", "３", "④", "4️⃣", "5", "0", "-1"),
        *("-", "3,5", "3-4", "1e3", "1.000", "9" * 400, "NaN", "#N/A", "n/a", "TRUE"),
        *("Sangat sesuai", "d.", "(d)", "4 - Sangat sesuai", "=1+1", "@x", "'4"),
        *(SECRET, f"{SECRET}, 081234567890", f'"{SECRET}"', f"{SECRET}\n4", "a\r\nb"),
        *("Jumlah", "NRR", "IKM: 88,3", "Keterangan", "U1", "1900-01-04", "\ufeff4"),
        *("é" * 3, "\u202e4", "\x1f", "\x1c4", "\x85", "a\tb", "|", ";", ",", "1;2"),
    ]
)
letters = st.characters(codec="utf-8", exclude_characters="\0")
cells = st.one_of(
    st.sampled_from("1234"), st.sampled_from("1234"), hostile, st.text(letters)
)
units = st.one_of(st.sampled_from(["ngalau", "Unit Ganting", " NGALAU "]), cells)
days = st.one_of(
    st.sampled_from(["2021-03-01", "04/05/2021", "2020-12-31", "5 Mei 2021"]), cells
)
numbers = st.one_of(st.sampled_from(["R1", "R2", " R1", ""]), cells)
rows = st.tuples(numbers, days, units, *[cells] * 7).map(list)


@st.composite
def tables(draw):
    """Rows under a header, some of them ragged, blank or said twice."""
    found = draw(st.lists(rows, min_size=1, max_size=12))
    for row in found:
        match draw(st.integers(0, 30)):
            case 0:
                del row[draw(st.integers(0, len(row))) :]
            case 1:
                row += [draw(cells)]
            case 2:
                row[:] = [""] * len(row)
            case 3:
                row[:] = found[0]
    return found


headers = st.sampled_from(
    [
        [HEADER],
        [tuple(f" {name.upper()}\n" for name in HEADER)],
        [("Hasil survei",), (), HEADER],
        [("", "", "", "Unsur", "", "", "Harapan", "", "", ""), HEADER],
        [HEADER, tuple(str(i) for i in range(1, len(HEADER) + 1))],
        [(*HEADER, ""), HEADER],
        [("No", "Tanggal", "Unit", "U1", "U2", "U2", "H1", "JK", "Usia", "Saran")],
        [HEADER[:-1]],
    ]
)
keys = st.fixed_dictionaries(
    {},
    optional={
        "id_column": st.just("No"),
        "period_column": st.just("Tanggal"),
        "comment_column": st.just("Saran"),
        "cluster_column": st.just("JK"),
        "serial_column": st.just("No"),
        "importance": st.just({"biaya": "H1"}),
        "profile": st.just({"sex": "JK", "age": "Usia", "service": "Saran"}),
        "not_applicable": st.just(("n/a",)),
    },
)
wheres = st.sampled_from(
    [
        {"unit": "ngalau"},
        {"unit": None, "unit_column": "Unit"},
        {"unit": None, "unit_column": "Unit", "units": {"a": "ngalau", "1": "ngalau"}},
    ]
)
cleanings = st.builds(
    Cleaning,
    duplicates=st.sampled_from(["id", "row", "report"]),
    out_of_scale=st.sampled_from(["row", "cell"]),
    not_whole_number=st.sampled_from(["row", "cell"]),
    out_of_period=st.sampled_from(["set_aside", "report"]),
)


def written(found, delimiter, quoting):
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=delimiter, quoting=quoting).writerows(found)
    return stream.getvalue().encode("utf-8", "replace")


@examples(120)
@given(
    tables(),
    headers,
    keys,
    wheres,
    cleanings,
    st.sampled_from(",;\t|"),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
)
def test_every_row_is_accounted_for(
    new_survey, found, head, named, where, cleaning, sign, quoting
):
    survey = new_survey(f"example-{next(numbered)}")
    survey.halves()
    survey.change(cleaning=cleaning)
    try:
        data = written([*head, *found], sign, quoting)
        survey.deliver(data, "kiriman.csv", **where, **named)
        try:
            cleaned = survey.clean()
        except DeliveryError as error:
            refused = str(error)
        else:
            refused = ""
            accounted_for(cleaned)
        assert not refused or "kiriman.csv" in refused
        assert SECRET not in refused
    finally:
        shutil.rmtree(survey.places.root)


def accounted_for(cleaned):
    log = cleaned.deliveries.iloc[0]
    kept = [each for frame in cleaned.accepted.values() for each in frame["response"]]
    aside = cleaned.set_aside
    assert log["rows_read"] == len(kept) + len(aside) == len(cleaned.crosswalk)
    assert (log["accepted"], log["set_aside"]) == (len(kept), len(aside))
    told = [*kept, *aside["response"]]
    assert len(set(told)) == len(told)
    assert sorted(told) == sorted(cleaned.crosswalk["response"])
    assert set(aside["reason"]) <= {str(reason) for reason in Reason}
    assert aside["row"].is_unique
    assert set(aside["unit"]) <= {"", "ngalau", "ganting"}
    assert set(cleaned.changes["rule"]) <= set(RULES)
    shown = [aside, cleaned.changes, cleaned.corrections, cleaned.office]
    shown += [
        frame.drop(columns="service", errors="ignore")
        for frame in (*cleaned.accepted.values(), *cleaned.put_back.values())
    ]
    assert not any(SECRET in frame.to_csv() for frame in shown)
    for frame in cleaned.accepted.values():
        for item in ITEMS:
            assert set(frame[item].dropna()) <= {1, 2, 3, 4}
