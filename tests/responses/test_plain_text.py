"""Text taken apart by columns says what Python's csv says, or leaves it to that."""

import csv
import io

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from many_examples import examples

from skm_analysis.responses.columnar import split
from skm_analysis.responses.plain_text import plain_rows
from skm_analysis.responses.reading import read_table
from skm_analysis.responses.schema import AcceptedColumns, check_accepted

cells = st.one_of(
    st.sampled_from(["", "4", "é", "12345678", "123456789", "x" * 16, "y" * 70]),
    st.text(st.characters(exclude_characters='\0\r\n,"', codec="utf-8"), max_size=20),
)
lines = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.lists(cells, min_size=width, max_size=width), min_size=1)
)


@examples(150)
@given(lines, st.sampled_from(["\n", "\r\n"]), st.booleans())
def test_rows_are_those_of_csv(found, end, ended):
    text = end.join(",".join(line) for line in found) + end * ended
    rows = plain_rows(text, ",")
    told = [tuple(row) for row in csv.reader(io.StringIO(text, newline=""))]
    assert rows is None or [*rows] == told
    # One column may be an empty line, which is not the same as one empty cell.
    assert rows is not None or len(found[0]) == 1


answers = st.lists(
    st.lists(
        st.sampled_from(["1", "4", "", " ", "baik sekali"]), min_size=3, max_size=3
    ),
    max_size=12,
)


@examples(60)
@given(answers)
def test_every_row_in_which_anything_stands_is_read(tmp_path, found):
    path = tmp_path / "a.csv"
    path.write_text("\n".join(map(",".join, [["U1", "U2", "U3"], *found])))
    table = read_table(path, path.name, wanted=["U1"])
    kept = [(at, tuple(row)) for at, row in enumerate(found, 2) if "".join(row).strip()]
    assert [*zip(table.row_numbers, table.rows, strict=True)] == kept


@pytest.mark.parametrize(
    "text",
    [
        'a,b\n"1",2\n',
        "a,b\n1\n",
        "a,b\n1,2,3\n",
        "a,b\n\n1,2\n",
        "a,b\n1\n2,3,4\n",
        "a,b\r1,2\n",
        "a,b\r\n1,2\n",
        "a,b\n1,\r2\n",
        "a\nb\n",
        "",
        "a,b\n" + "x" * 200_000 + ",2\n",
    ],
)
def test_what_csv_alone_can_judge_is_left_to_it(text):
    assert plain_rows(text, ",") is None


def test_lines_longer_than_a_block_are_found():
    row = ["z" * 100_000, "b"] * 8
    text = "\n".join([",".join(row)] * 3)
    assert [*plain_rows(text, ",")] == [tuple(row)] * 3


def test_what_stands_below_a_header_holds_no_text_of_it_unless_it_stands_there_too():
    for column, below in (("hab", "ab"), ("hahb", "ahb"), ("h", "")):
        found = split([*column]).below(1)
        assert "".join(found.cells()) == below
        assert [*found.texts] == [*dict.fromkeys(below)]


def test_some_rows_of_a_column_hold_no_text_of_the_others():
    column = split(["head", "a", "b", "a"]).at(slice(1, None))
    assert (column.codes.tolist(), column.texts) == ([0, 1, 0], ["a", "b"])


@pytest.fixture
def columns(instrument):
    return AcceptedColumns(instrument, importance=(), profile=("sex",))


def accepted(columns, *numbers, **changed):
    values = {name: "" for name in columns.texts}
    values |= {"source": "external", "sex": "Perempuan"}
    values |= dict.fromkeys(columns.scores, 4) | changed
    frame = pd.DataFrame(
        {name: [value] * len(numbers) for name, value in values.items()}
    )
    frame["response"] = [*numbers]
    types = {name: "str" for name in columns.texts}
    return frame[[*columns.names]].astype(
        types | dict.fromkeys(columns.scores, "Int64")
    )


def test_tables_that_keep_the_contract_pass(columns):
    check_accepted(accepted(columns), columns)
    check_accepted(accepted(columns, "0" * 16, "a" * 16), columns)


@pytest.mark.parametrize(
    ("numbers", "changed", "told"),
    [
        (["0" * 16, "0" * 16], {}, "response"),
        (["0" * 15], {}, "response"),
        (["0" * 15 + "g"], {}, "response"),
        (["0" * 15 + "A"], {}, "response"),
        (["0" * 32], {}, "response"),
        (["0" * 16 + "\n" + "1" * 16], {}, "response"),
        (["0" * 8 + " " + "0" * 8], {}, "response"),
        ([np.nan], {}, "response"),
        (["0" * 16], {"biaya": 5}, "biaya"),
        (["0" * 16], {"biaya": np.nan, "source": "other"}, "source"),
        (["0" * 16], {"day": "2021-05-04"}, "day"),
        (["0" * 16], {"sex": "Siti"}, "sex"),
    ],
)
def test_a_table_that_breaks_the_contract_is_refused(columns, numbers, changed, told):
    sound = accepted(columns, "b" * 16)
    whole = pd.concat([sound, accepted(columns, *numbers, **changed)])
    with pytest.raises(ValueError, match=f"accepted responses: {told} breaks") as error:
        check_accepted(whole, columns)
    assert "Siti" not in str(error.value)


def test_no_number_stands_in_two_units(columns):
    frame = accepted(columns, "0" * 16)
    with pytest.raises(ValueError, match="response breaks"):
        check_accepted(pd.concat([frame, frame]), columns)
