import base64
import hashlib
import re
import stat
import struct
import sys

import numpy as np
import pytest

from skm_analysis.errors import DeliveryError, StudyError
from skm_analysis.responses.identity import hide_names, read_secret
from skm_analysis.responses.keyed_hash import keyed_hash
from skm_analysis.study.custody import take_in

ALL = 2**64 - 1
ROWS = ["1,4,4,4", "2,3,3,3", "3,2,2,2"]


def numbers(survey):
    crosswalk = survey.clean().crosswalk
    return dict(zip(crosswalk["row"], crosswalk["response"], strict=True))


def sheet(rows):
    return "No,U1,U2,U3\n" + "\n".join(rows) + "\n"


def siphash(key, text):
    """SipHash-2-4 as in its paper, and the mixing that pandas adds to it."""

    def turned(number, bits):
        return (number << bits | number >> 64 - bits) & ALL

    def rounds(count):
        for _ in range(count):
            v[0] = v[0] + v[1] & ALL
            v[1] = turned(v[1], 13) ^ v[0]
            v[0] = turned(v[0], 32)
            v[2] = v[2] + v[3] & ALL
            v[3] = turned(v[3], 16) ^ v[2]
            v[0] = v[0] + v[3] & ALL
            v[3] = turned(v[3], 21) ^ v[0]
            v[2] = v[2] + v[1] & ALL
            v[1] = turned(v[1], 17) ^ v[2]
            v[2] = turned(v[2], 32)

    low, high = struct.unpack("<QQ", key)
    v = [low ^ 0x736F6D6570736575, high ^ 0x646F72616E646F6D]
    v += [low ^ 0x6C7967656E657261, high ^ 0x7465646279746573]
    whole = text + bytes(-(len(text) + 1) % 8) + bytes([len(text) % 256])
    for (word,) in struct.iter_unpack("<Q", whole):
        v[3] ^= word
        rounds(2)
        v[0] ^= word
    v[2] ^= 0xFF
    rounds(4)
    return v[0] ^ v[1] ^ v[2] ^ v[3]


def mixed(number):
    """The mixing of SplitMix64 (doi:10.1145/2660193.2660195)."""
    number = (number ^ number >> 30) * 0xBF58476D1CE4E5B9 & ALL
    number = (number ^ number >> 27) * 0x94D049BB133111EB & ALL
    return number ^ number >> 31


def number(secret, about, text):
    """A response's number by itself, with nothing but the standard library."""
    part = hashlib.blake2b(about.encode(), key=secret, digest_size=12).digest()
    return f"{mixed(siphash(base64.b64encode(part), text.encode())):016x}"


def test_the_hash_of_the_tests_is_the_published_one():
    # The example of the paper, appendix A.
    assert siphash(bytes(range(16)), bytes(range(15))) == 0xA129CA6149BE45E5


def test_a_number_is_the_keyed_hash_of_the_study_the_unit_and_the_id(survey):
    survey.deliver("No,U1,U2,U3\né 7,4,4,4\n", id_column="No")
    secret = (survey.places.raw / "secret").read_bytes()
    place = "\x1f".join((survey.study.id, "ngalau", "external", "0", "first"))
    assert numbers(survey) == {2: number(secret, place, "é 7")}


def test_rows_with_the_same_id_are_numbered_by_their_order(survey):
    survey.deliver("No,U1,U2,U3\n7,4,4,4\n8,4,4,4\n7,1,1,1\n7,2,2,2\n", id_column="No")
    secret = (survey.places.raw / "secret").read_bytes()
    place = "\x1f".join((survey.study.id, "ngalau", "external", "0", ""))
    first, repeated = f"{place}first", f"{place}repeated"
    assert numbers(survey) == {
        2: number(secret, first, "7"),
        3: number(secret, first, "8"),
        4: number(secret, repeated, "1\x1f7"),
        5: number(secret, repeated, "2\x1f7"),
    }


@pytest.mark.parametrize("secret", [b"k" * 16, b"k" * 64, b"\xff" * 200])
def test_a_name_is_hidden_behind_the_keyed_hash_of_its_kind(secret):
    short = secret if len(secret) <= 64 else hashlib.blake2b(secret).digest()
    told = number(short, "day", "4 Méi")[:8]
    assert hide_names(secret, "day", ["4 Méi", ""]) == {"4 Méi": told, "": ""}


def test_half_of_a_surrogate_pair_is_a_question_mark():
    broken, whole = (
        keyed_hash(b"k" * 16, "x", np.array([text, "b"], dtype=object))
        for text in ("a\ud800", "a?")
    )
    assert broken.tolist() == whole.tolist()


def test_an_id_is_never_taken_for_what_a_row_without_one_says(survey):
    text = 'No,U1,U2,U3\n,4,4,4\n"\x1f4\x1f4\x1f4\x1f\x1f\x1f",4,4,4\n'
    survey.deliver(text, id_column="No")
    assert len(set(numbers(survey).values())) == 2
    assert survey.clean().accepted["ngalau"]["response"].is_unique


@pytest.mark.parametrize("id_column", ["No", None])
def test_a_corrected_file_leaves_all_other_numbers_alone(survey, id_column):
    path = survey.deliver(sheet(ROWS), id_column=id_column)
    survey.deliver("U1,U2,U3\n4,4,4\n", "b.csv")
    before = numbers(survey)
    path.write_text(sheet([ROWS[0], "2,1,1,1", ROWS[2]]))
    after = numbers(survey)
    assert (after[2] == before[2], after[4] == before[4]) == (True, True)
    # With an id the corrected row stays the same respondent.
    assert (after[3] == before[3]) == (id_column is not None)


def test_a_replacing_file_and_new_deliveries_leave_the_numbers_alone(survey):
    survey.deliver(sheet(ROWS), "a.csv", id_column="No")
    survey.deliver(sheet(ROWS) + "\n", "b.csv", id_column="No")
    before = survey.clean().crosswalk["response"].tolist()
    first, second = survey.study.deliveries
    survey.change(deliveries=(first,))
    survey.deliver(sheet(ROWS), "c.csv", id_column="No", unit="ganting")
    survey.deliver(sheet(ROWS) + "\n\n", "d.csv", id_column="No", source="internal")
    corrected = sheet(ROWS) + "\n\n\n"
    survey.deliver(corrected, "a2.csv", id_column="No", replaces="responses/a.csv")
    survey.change(deliveries=(*survey.study.deliveries, second))
    after = survey.clean().crosswalk["response"]
    assert set(before) <= set(after)
    assert (len(after), after.is_unique) == (12, True)


@pytest.mark.parametrize("id_column", ["No", None])
@pytest.mark.parametrize(
    ("mended", "same"),
    [
        (["1,4,4,4", "2,1,1,1", "3,2,2,2", "4,3,4,3"], "134"),  # one changed
        (["1,4,4,4", "9,1,2,3", "2,3,3,3", "3,2,2,2", "4,3,4,3"], "1234"),  # added
        (["1,4,4,4", "3,2,2,2", "4,3,4,3"], "134"),  # removed
        (["4,3,4,3", "3,2,2,2", "2,3,3,3", "1,4,4,4"], "1234"),  # in another order
    ],
)
def test_a_replacing_file_leaves_the_numbers_of_untouched_rows(
    survey, id_column, mended, same
):
    def by_form():
        crosswalk = survey.clean().crosswalk
        return dict(zip(crosswalk["serial"], crosswalk["response"], strict=True))

    given = {"id_column": id_column, "serial_column": "No"}
    survey.deliver(sheet([*ROWS, "4,3,4,3"]), **given)
    before = by_form()
    survey.deliver(
        sheet(mended), "b.csv", **given, replaces="responses/a.csv", reason="salah"
    )
    after = by_form()
    assert {form: after[form] for form in same} == {form: before[form] for form in same}
    if id_column is None and "2" not in same:
        assert before["2"] not in after.values()
    assert len(set(after.values())) == len(mended)
    assert len(survey.clean().accepted["ngalau"]) == len(mended)


def test_a_number_tells_nothing_without_the_secret(survey):
    survey.deliver(sheet(ROWS), id_column="No")
    before = numbers(survey)
    assert all(re.fullmatch(r"[0-9a-f]{16}", number) for number in before.values())
    (survey.places.raw / "secret").write_text("another secret, as long as this")
    assert not set(before.values()) & set(numbers(survey).values())


def test_a_missing_secret_is_made_once_and_for_its_owner(survey):
    path = survey.places.raw / "secret"
    path.unlink()
    key = read_secret(survey.places)
    assert len(key) == 64
    assert read_secret(survey.places) == key
    if sys.platform != "win32":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_cut_secret_is_refused(survey):
    (survey.places.raw / "secret").write_text("ab\n")
    with pytest.raises(StudyError, match="secret"):
        read_secret(survey.places)


def test_the_crosswalk_leads_back_to_row_and_form(survey):
    text = "Formulir,U1,U2,U3\n007,4,4,4\n008,9,4,4\n"
    survey.deliver(text, serial_column="Formulir")
    crosswalk = survey.clean().crosswalk
    assert crosswalk[["delivery", "row", "serial"]].values.tolist() == [
        ["responses/a.csv", 2, "007"],
        ["responses/a.csv", 3, "008"],
    ]
    assert survey.clean().set_aside["response"].tolist() == [crosswalk["response"][1]]


def test_who_asked_is_a_number_that_joins_their_sheets(survey):
    text = "Petugas,U1,U2,U3\nBudi,4,4,4\n budi,4,4,4\nAni,4,4,4\n,4,4,4\n"
    survey.deliver(text, cluster_column="Petugas")
    clusters = survey.clean().accepted["ngalau"]["cluster"]
    assert sorted(clusters.value_counts()) == [1, 1, 2]
    assert set(clusters.str.len()) == {0, 8}


def test_another_file_of_a_pattern_moves_no_number(survey, delivery):
    def arrive(*names, awaited=False):
        """The pattern as `names` have come, then a delivery named by itself."""
        survey.change(deliveries=())
        for name in names:
            survey.deliver(
                sheet([*ROWS, f"{name},4,4,4"]), name, pattern="responses/p-*.csv"
            )
        if awaited:
            pattern = {"pattern": "responses/p-*.csv"}
            survey.deliver("", "p-*.csv", **pattern).unlink()
        survey.deliver(sheet(ROWS), "z.csv")
        declared = survey.study
        there = [
            d for d in declared.deliveries if (survey.places.raw / d.file).is_file()
        ]
        crosswalk = survey.clean_arrived(*there).crosswalk
        return dict(crosswalk.groupby("delivery")["response"].agg(tuple))

    none = arrive(awaited=True)
    two = arrive("p-b.csv", "p-c.csv")
    three = arrive("p-a.csv", "p-b.csv", "p-c.csv")
    assert len({*three["responses/p-a.csv"], *three["responses/p-b.csv"]}) == 8
    assert none.items() <= two.items() <= three.items()
    # One file of the pattern is replaced by one that is declared by itself.
    fixed = delivery(
        "responses/p-b2.csv", replaces="responses/p-b.csv", reason="salah kirim"
    )
    (survey.places.raw / fixed.file).write_text(sheet([*ROWS, "p-b.csv,4,4,4"]))
    survey.change(deliveries=(*survey.study.deliveries, fixed))
    crosswalk = survey.clean().crosswalk
    after = dict(crosswalk.groupby("delivery")["response"].agg(tuple))
    assert after.pop("responses/p-b2.csv") == three.pop("responses/p-b.csv")
    assert after == three


def test_numbers_of_a_draft_are_those_of_the_run(survey):
    survey.deliver(sheet(ROWS), "a.csv")
    survey.deliver(sheet(ROWS) + "\n", "b.csv")
    whole = survey.clean().crosswalk
    later = survey.study.deliveries[1]
    crosswalk = survey.clean_arrived(later).crosswalk
    of_b = whole[whole["delivery"] == later.file]
    assert crosswalk["response"].tolist() == of_b["response"].tolist()


def test_a_file_that_is_not_the_one_that_came_is_never_cleaned(survey):
    path = survey.deliver(sheet(ROWS))
    take_in(survey.places, survey.study)
    assert len(survey.clean().accepted["ngalau"]) == 3
    path.write_text(sheet([*ROWS[:2], "3,4,4,4"]))
    with pytest.raises(DeliveryError, match="isinya berubah sejak diterima"):
        survey.clean()
    path.write_text(sheet(ROWS))
    assert len(survey.clean().accepted["ngalau"]) == 3
