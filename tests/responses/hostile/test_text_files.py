"""Hostile text files: their bytes, and what stands in their headers."""

from dataclasses import replace
from fractions import Fraction

import hostile_entries
import pytest

from skm_analysis.errors import DeliveryError, StudyError
from skm_analysis.responses.reading import read_table
from skm_analysis.responses.storing import write_cleaned


def of(kind):
    return pytest.mark.parametrize("entry", hostile_entries.entries(kind))


def asking(survey, *items):
    """The study with the first so many items only; nothing is called as they are."""
    kept = survey.study.units[0].instrument.items[: len(items)]
    kept = tuple(replace(item, weight=Fraction(1, len(kept))) for item in kept)
    survey.change(
        units=tuple(
            replace(unit, instrument=replace(unit.instrument, items=kept))
            for unit in survey.study.units
        )
    )
    return {item.key: header for item, header in zip(kept, items, strict=True)}


SAME = ("u1", "u2"), [(4, 3)]
# The items asked for and the scores of the rows that are accepted, what the format
# tells, or what a refusal says. With `aside`: rows that are set aside, and why.
BYTES = {
    "csv-semicolon": (*SAME, "titik koma"),
    "csv-tab": (*SAME, "pemisah tab"),
    "csv-bom": (*SAME, "UTF-8 (BOM)"),
    "csv-bom2": (*SAME, "UTF-8 (BOM)"),
    "csv-cr": (*SAME, "UTF-8"),
    "csv-no-eol": (*SAME, "UTF-8"),
    "csv-mixed-eol": (("u1", "u2"), [(4, 3), (3, 2)], "UTF-8"),
    "csv-one-row": (("u1",), [(4,)], "UTF-8"),
    "csv-total-row": (("u1",), [(4,)], "UTF-8"),
    "csv-title-lines": (*SAME, "judul kolom di baris 3"),
    "csv-badutf8": "byte ke-12",
    "csv-unclosed": "kutip",
    "csv-html": "HTML",
    "csv-cp1252": (("saran",), [("café “ok”",)], "CP1252"),
    "own-csv-pipe": (*SAME, "garis tegak"),
    "own-csv-utf16": (*SAME, "UTF-16"),
    "own-csv-nul": "NUL",
}
ASIDE = {
    "csv-ragged-short": (("u1", "u2"), {2: "ragged_row"}),
    "csv-dup-rows": (("u1",), {3: "duplicate"}),
    "own-csv-long-row": (("u1", "u2"), {3: "ragged_row"}),
}


@of("csv_bytes")
def test_bytes_are_the_table_they_mean_or_are_refused(entry, survey, tmp_path):
    expected = BYTES.get(entry.id) or ASIDE[entry.id]
    if entry.id == "csv-cp1252":  # no answers: read as it would be, and no further
        (tmp_path / "a.csv").write_bytes(entry.data)
        table = read_table(tmp_path / "a.csv", "a.csv")
        assert [*table.rows] == expected[1]
        assert expected[2] in table.format
        return
    items = ("u1", "saran") if isinstance(expected, str) else expected[0]
    own = {"id_column": "id"} if b"id," in entry.data else {}
    survey.deliver(entry.data, columns=asking(survey, *items), **own)
    if isinstance(expected, str):
        with pytest.raises(DeliveryError, match=expected):
            survey.clean()
        return
    cleaned = survey.clean()
    read = cleaned.deliveries["rows_read"].item()
    rows = cleaned.accepted["ngalau"]
    assert read == len(rows) + len(cleaned.set_aside)
    if entry.id in ASIDE:
        assert survey.reasons() == expected[1]
        return
    assert cleaned.set_aside.empty
    scores = rows[[*survey.study.deliveries[0].columns]].values.tolist()
    assert sorted(map(tuple, scores), reverse=True) == expected[1]
    assert expected[2] in cleaned.deliveries["format"].item()


def test_a_sum_that_is_passed_over_is_counted(survey):
    survey.deliver("unit,u1\nA,4\nJumlah,4\n", columns=asking(survey, "u1"))
    changes = survey.clean().changes
    assert dict(zip(changes["rule"], changes["count"], strict=True)) == {"total_row": 1}


def test_equal_answers_without_an_id_are_of_two_respondents(survey):
    survey.deliver("u1\n4\n4\n", columns=asking(survey, "u1"))
    assert len(survey.clean().accepted["ngalau"]) == 2


QUESTION = (
    "Bagaimana pendapat Saudara tentang kesesuaian persyaratan pelayanan dengan jenis "
    "pelayanannya?"
)
TYPO = QUESTION.replace("pelayanannya?", "pelayanan nya ?")
TWO = ("u1", "u2")
# Header line, rows, the columns asked for, and the scores or what a refusal says.
HEADERS = {
    "head-lookalike": (
        " u1 ,U1,u1\xa0,u\u200b1",
        "4,3,2,1",
        ("u1",),
        "lebih dari satu",
    ),
    "own-head-twice": ("u1,saran,U1", "4,ya,3", ("u1",), "lebih dari satu kali"),
    "head-bom": ("\ufeff\ufeffu1,u2", "4,3", TWO, (4, 3)),
    "head-typo": (f'"{TYPO}",u2', "4,3", (QUESTION, "u2"), "mungkin maksudnya"),
    "head-kobo": ("group_a/u1,group_a/u2", "4,3", TWO, (4, 3)),
    "head-num": ("1,2", "4,3", ("1", "2"), (4, 3)),
    "head-empty": (",u1,,u2", "7,4,8,3", TWO, "kolom A, C"),
    "own-head-nameless": ("u1,,u2", "4,9,3", TWO, "kolom B"),
    "head-formula": ("=1+1,u2", "4,3", ("=1+1", "u2"), (4, 3)),
    "own-head-formula": ("u1,@SUM(1),u2", "4,9,3", TWO, (4, 3)),
    "head-html": ("<b>u1</b>,u2", "4,3", ("<b>u1</b>", "u2"), (4, 3)),
    "head-missing": ("u1,u3", "4,3", TWO, "kolom 'u2' untuk prosedur tidak ada"),
    "head-extra": ("u1,u2,u10", "4,3,1", TWO, (4, 3)),
    "head-swapped": ("u2,u1", "3,4", TWO, (4, 3)),
}


@of("header")
def test_a_header_is_the_one_that_was_meant_or_is_refused(entry, survey):
    head, row, asked, expected = HEADERS[entry.id]
    survey.deliver(f"{head}\n{row}\n", columns=asking(survey, *asked))
    if isinstance(expected, str):
        with pytest.raises(DeliveryError, match=expected):
            survey.clean()
        return
    rows = survey.clean().accepted["ngalau"]
    assert tuple(rows[[*survey.study.deliveries[0].columns]].loc[0]) == expected


def test_a_near_header_is_suggested_by_its_name(survey):
    survey.deliver(f'"{TYPO}",u2\n4,3\n', columns=asking(survey, QUESTION, "u2"))
    with pytest.raises(DeliveryError) as refused:
        survey.clean()
    assert f"mungkin maksudnya: {TYPO}" in str(refused.value)


def test_a_column_that_nobody_asked_for_is_listed_and_not_read(survey):
    survey.deliver("u1,u2,u10\n4,3,1\n", columns=asking(survey, *TWO))
    assert survey.clean().deliveries["unread"].tolist() == ["u10"]


@pytest.mark.parametrize("header", ["=1+1", "-2", "<b>x</b>", "\x1b[2Jx", "a\u202eb"])
def test_a_header_of_an_unread_column_is_text_in_the_log(survey, header):
    survey.deliver(f"u1,{header}\n4,1\n", columns=asking(survey, "u1"))
    write_cleaned(survey.places, survey.study, survey.clean())
    log = (survey.places.processed / "deliveries.csv").read_text(encoding="utf-8")
    field = log.splitlines()[1].rsplit(",", 1)[1].strip('"')
    assert not field.startswith(("=", "-"))
    assert field.isprintable()


@pytest.mark.parametrize("header", ["\x1b[2Jx", "a\u202eb", "\x9b31m"])
def test_no_header_moves_a_terminals_cursor(survey, header):
    survey.deliver(f"{header},u2\n4,3\n", columns=asking(survey, "u1", "u2"))
    with pytest.raises(DeliveryError) as refused:
        survey.clean()
    told = str(refused.value)
    assert all(sign.isprintable() or sign == "\n" for sign in told)


def test_an_item_without_a_column_in_the_description_is_refused(survey):
    columns = asking(survey, "u1", "u2")
    survey.deliver("u1,u2\n4,3\n", columns={"persyaratan": columns["persyaratan"]})
    with pytest.raises((DeliveryError, StudyError), match="prosedur"):
        survey.clean()
