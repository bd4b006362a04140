"""received.csv: what is written when a file is first seen, and what refuses after."""

import hashlib

import pytest

from skm_analysis.errors import DeliveryError, StudyError
from skm_analysis.study.custody import read_received, take_in
from skm_analysis.study.loading import load_study

HEAD = "file,sha256,bytes,received,from"
FIRST = b"U1,U2\n4,4\n"
# Worked out by: printf 'U1,U2\n4,4\n' | sha256sum
DIGEST = "09c6de3c64507b5ce06442d8a14951280136a1e23aee74bef7b33e87388a83e4"
FILE = "responses/ngalau.csv"


def put(places, data=FIRST, file=FILE):
    path = places.raw / file
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)
    return hashlib.sha256(data).hexdigest()


def see(places):
    take_in(places, load_study(places))
    return places.received.read_bytes()


def test_the_first_look_at_a_file_adds_its_line(places, change):
    change('unit = "kel-ngalau"\n', 'unit = "kel-ngalau"\nreceived = 2021-11-12\n'
           'from = "Kelurahan Ngalau, loket 1"\n')  # fmt: skip
    put(places)
    assert see(places).decode() == (
        f'{HEAD}\n{FILE},{DIGEST},10,2021-11-12,"Kelurahan Ngalau, loket 1"\n'
    )
    [seen] = read_received(places)
    assert (seen.file, seen.bytes, seen.received_from) == (
        FILE,
        10,
        "Kelurahan Ngalau, loket 1",
    )


def test_what_has_not_come_has_no_line_and_no_file_is_made_for_it(places):
    take_in(places, load_study(places))
    assert not places.received.exists()


def test_the_second_look_leaves_every_byte(places):
    put(places)
    before = see(places)
    assert see(places) == before


def test_a_file_that_changed_is_refused_with_both_digests_and_the_way_out(places):
    old = put(places)
    before = see(places)
    new = put(places, b"U1,U2\n4,3\n")
    with pytest.raises(DeliveryError) as caught:
        take_in(places, load_study(places))
    told = str(caught.value)
    assert f"data/raw/2021/{FILE}: isinya berubah sejak diterima." in told
    assert old in told
    assert new in told
    assert "'replaces'" in told
    assert places.received.read_bytes() == before
    put(places)
    take_in(places, load_study(places))


def test_lines_by_hand_stay_as_they_are_and_are_held_to(places):
    """As Excel saves it here: semicolons, Windows line ends, a mark, another order."""
    digest = put(places)
    by_hand = (
        "\ufefffrom;file;bytes;sha256;received\r\n"
        f"Bu Ani;responses/kertas.pdf;99;{'0' * 64};30/06/2021\r\n"
        ";;;;"  # and no line end
    ).encode()
    places.received.write_bytes(by_hand)
    assert see(places) == by_hand + f"\r\n;{FILE};10;{digest};\r\n".encode()
    put(places, b"U1,U2\n1,1\n")
    with pytest.raises(DeliveryError, match="isinya berubah"):
        take_in(places, load_study(places))


def test_a_replaced_file_keeps_its_line_and_the_new_one_gets_its_own(places, change):
    old = put(places)
    see(places)
    change(f'file = "{FILE}"', f'file = "responses/baru.csv"\nreplaces = "{FILE}"\n'
           'reason = "salah unggah"')  # fmt: skip
    new = put(places, b"U1,U2\n3,3\n", "responses/baru.csv")
    text = see(places).decode()
    assert text.splitlines()[1:] == [
        f"{FILE},{old},10,,",
        f"responses/baru.csv,{new},10,,",
    ]
    put(places, b"U1,U2\n1,1\n")  # the file that was replaced
    with pytest.raises(DeliveryError, match=r"ngalau\.csv: isinya berubah"):
        take_in(places, load_study(places))


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("file,sha256,bytes,received\n", "kolom from belum ada"),
        (f"{HEAD}\n{FILE},abc,10,,\n", "baris 2: 'sha256' tidak sesuai"),
        (f"{HEAD}\n{FILE},{'0' * 64},sepuluh,,\n", "baris 2: 'bytes' tidak sesuai"),
        (f"{HEAD}\n{FILE},{'0' * 64},1,,\n{FILE},{'1' * 64},1,,\n", "baris 3"),
        (f"{HEAD}\n../x.csv,{'0' * 64},1,,\n", "'file' tidak sesuai"),
    ],
)
def test_faults_of_the_list_are_told_by_row(places, lines, said):
    places.received.write_text(lines, encoding="utf-8")
    with pytest.raises(StudyError, match=r"received\.csv") as caught:
        take_in(places, load_study(places))
    assert said in str(caught.value)


def test_a_list_that_cannot_be_written_is_told_and_nothing_is_left(places, monkeypatch):
    put(places)

    def refuse(*_):
        raise PermissionError

    monkeypatch.setattr("skm_analysis.study.custody.Path.replace", refuse)
    with pytest.raises(StudyError, match="tidak dapat ditulis"):
        take_in(places, load_study(places))
    assert sorted(path.name for path in places.raw.iterdir()) == [
        "instruments",
        "responses",
        "study.toml",
    ]
