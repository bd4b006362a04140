"""Hostile names of delivered files and of units, from study.toml to what is written."""

import csv
import io
import json
import re
import shutil

import hostile_books
import hostile_entries
import openpyxl
import pytest
from click.testing import CliRunner
from lxml import html

from skm_analysis.cli import main
from skm_analysis.errors import DeliveryError, SkmError, StudyError
from skm_analysis.responses.cleaning import clean_study
from skm_analysis.responses.labelled_files import write_labelled
from skm_analysis.responses.storing import write_cleaned
from skm_analysis.study.custody import read_received, take_in
from skm_analysis.study.loading import load_study
from skm_analysis.study.places import Places

ITEMS = "persyaratan prosedur waktu biaya produk kompetensi perilaku sarana pengaduan"


def of(kind, but=()):
    return pytest.mark.parametrize("entry", hostile_entries.entries(kind, but=but))


def toml(text):
    """A TOML string that means exactly `text`."""
    escaped = "".join(
        sign if sign.isascii() and sign.isprintable() and sign not in '"\\' else
        (f"\\u{ord(sign):04x}" if ord(sign) < 65_536 else f"\\U{ord(sign):08x}")
        for sign in text
    )  # fmt: skip
    return f'"{escaped}"'


@pytest.fixture
def project(tiny_project):
    """One delivery of the first unit alone; `deliver` gives its file another name."""
    return Project(Places(tiny_project, "2021"))


class Project:
    def __init__(self, places):
        self.places = places
        self.sound = places.study_file.read_text(encoding="utf-8")

    def name_file(self, name, kind="csv", folder="responses"):
        """Move the first unit's answers to a file of that name, and declare it."""
        place = self.places.raw / folder
        old = self.places.responses / "kel-satu.csv"
        if kind == "csv":
            shutil.move(old, place / name)
        else:
            lines = [*csv.reader(io.StringIO(old.read_text()))]
            book = openpyxl.Workbook()
            for line in lines:
                book.active.append(line)
            book.save(place / name)
            old.unlink()
        self.declare(f"{folder}/{name}")

    def declare(self, file):
        text = self.sound.replace('"responses/kel-satu.csv"', toml(file))
        self.places.study_file.write_text(text, encoding="utf-8")

    def name_unit(self, name, text=None):
        text = (text or self.sound).replace('"Kelurahan Satu"', toml(name))
        self.places.study_file.write_text(text, encoding="utf-8")

    def clean(self):
        """As a run does it: the ledger first."""
        study = load_study(self.places)
        take_in(self.places, study)
        read_received(self.places)
        cleaned = clean_study(self.places, study)
        write_cleaned(self.places, study, cleaned)
        write_labelled(self.places, study, cleaned.accepted)
        return cleaned

    def faults(self):
        with pytest.raises(SkmError) as refused:
            self.clean()
        told = str(refused.value)
        assert all(sign.isprintable() or sign == "\n" for sign in told)
        assert not self.places.processed.exists()
        return told

    def written(self):
        folder = self.places.processed
        return {x.relative_to(folder) for x in folder.rglob("*") if x.is_file()}

    def check(self, *options):
        root = str(self.places.root)
        return CliRunner().invoke(main, ["check", "2021", "--root", root, *options])


# What the refusal says of a name that is refused; the others are read.
NAMES = {
    "file-trav": "jalur di dalam folder studi",
    "file-dash": None,
    "file-tilde": "berkas kunci buku kerja",
    "file-case": None,
    "file-dblext": "jenis berkas .exe belum dapat dibaca",
    "file-uni": "jalur di dalam folder studi",
    "file-semi": None,
    "file-symlink": "menunjuk ke luar folder studi",
    "file-dir": "folder yang bernama seperti berkas",
    "file-long": None,
    "file-pii": "memuat data pribadi: [telepon]",
    "own-file-outside": "jalur di dalam folder studi",
    "own-file-lock": "berkas kunci buku kerja",
    "own-file-option": None,
    "own-file-person": "memuat data pribadi: [surel]",
}


NOT_LYING = {"file-trav", "own-file-outside", "file-symlink", "file-dir"}


def lay(project, entry):
    name = entry.value
    if entry.id == "file-symlink":
        (project.places.responses / "link.xlsx").symlink_to("/etc/passwd")
        project.declare("responses/link.xlsx")
    elif entry.id == "file-dir":
        (project.places.responses / "data.csv").mkdir()
        project.declare("responses/data.csv")
    elif "/" in name:
        project.declare(f"responses/{name}")
    else:
        kind = "xlsx" if ".xlsx" in name.lower() and ".exe" not in name else "csv"
        if kind == "csv":
            project.name_file(name)
        else:
            made = project.places.responses / "b.xlsx"
            project.name_file("b.xlsx", kind)
            made.rename(project.places.responses / name)
            project.declare(f"responses/{name}")


@of("file_name")
def test_a_file_is_read_by_what_it_holds_or_its_name_is_refused(entry, project):
    lay(project, entry)
    told = NAMES[entry.id]
    if told is not None:
        assert told in project.faults()
        return
    cleaned = project.clean()
    log = {x["delivery"]: x for x in cleaned.deliveries.to_dict("records")}
    mine = log[f"responses/{entry.value}"]
    assert (mine["rows_read"], mine["accepted"]) == (40, 40)
    assert re.fullmatch("[0-9a-f]{64}", mine["sha256"])
    seen = [each.file for each in read_received(project.places)]
    assert f"responses/{entry.value}" in seen
    assert len(cleaned.accepted["kel-satu"]) == 40


@of("file_name", but=NOT_LYING)
def test_a_folder_holds_the_same_files_or_tells_what_cannot_be_used(entry, project):
    lay(project, entry)
    folder = project.places.responses / "satu"
    folder.mkdir()
    (project.places.responses / entry.value).rename(folder / entry.value)
    project.declare("responses/satu/")
    if entry.id in ("file-tilde", "own-file-lock"):
        assert "belum ada" in project.faults()  # passed over, so that none is there
    elif entry.id == "file-uni":
        assert "tidak dapat dipakai" in project.faults()
    elif (told := NAMES[entry.id]) is not None:
        assert told in project.faults()
    else:
        assert len(project.clean().accepted["kel-satu"]) == 40


@pytest.mark.parametrize("name", ["a\nb.csv", "a\x1b[2J.csv", "a:b.csv", 'a"b.csv'])
def test_a_name_that_the_ledger_could_not_hold_is_told_at_once(project, name):
    folder = project.places.responses / "satu"
    folder.mkdir()
    shutil.move(project.places.responses / "kel-satu.csv", folder / name)
    project.declare("responses/satu/")
    assert "tidak dapat dipakai" in project.faults()


PERSONAL = ("Kanari", "081234567890", "a.b@contoh.id")


@pytest.mark.parametrize("options", [[], ["--json"]], ids=["text", "json"])
@pytest.mark.parametrize(
    "name", ["Responden_Siti_Kanari_081234567890.csv", "a.b@contoh.id.csv"]
)
def test_a_persons_number_in_a_name_is_shown_nowhere(project, name, options):
    shutil.copy(
        project.places.responses / "kel-dua.csv", project.places.responses / f"x{name}"
    )
    project.name_file(name)
    result = project.check(*options)
    assert result.exit_code == 1
    assert "memuat data pribadi" in result.output
    page = project.places.root / "reports" / "2021.check" / "skm-check-2021.html"
    for told in (result.output, page.read_text(encoding="utf-8")):
        assert not [each for each in PERSONAL[1:] if each in told]
    with pytest.raises(DeliveryError) as refused:
        clean_study(project.places, load_study(project.places))
    assert not [each for each in PERSONAL[1:] if each in str(refused.value)]


# What the units' names become; a text is what study.toml is told about it.
UNITS = {
    "unit-nfd": "Café Layanan",
    "unit-long": "1 sampai 200 karakter",
    "unit-nul": "karakter yang tampak",
    "unit-nbsp": "karakter yang tampak",
    "unit-zw": "karakter yang tampak",
    "own-unit-zw": "karakter yang tampak",
    "unit-empty": "1 sampai 200 karakter",
    "own-unit-blank": "1 sampai 200 karakter",
}
REFUSED = {*UNITS} - {"unit-nfd"}
WORDS = [
    param
    for param in hostile_entries.entries("text_cell", "word")
    if param.values[0] is None or param.values[0].value.strip()
]
NAMED = [*hostile_entries.entries("unit_name"), *WORDS]


@pytest.mark.parametrize("entry", NAMED)
def test_a_units_name_is_shown_and_names_no_file(entry, project):
    project.name_unit(entry.value)
    if entry.id in REFUSED:
        assert UNITS[entry.id] in project.faults()
        return
    name = UNITS.get(entry.id, entry.value)
    around = {x for x in project.places.root.parent.rglob("*")}
    project.clean()
    assert load_study(project.places).unit("kel-satu").name == name
    written = {str(path) for path in project.written()}
    assert {x for x in written if x.startswith("responses")} == {
        f"responses/kel-{x}.csv" for x in ("satu", "dua", "tiga")
    }
    new = {x for x in project.places.root.parent.rglob("*")} - around
    ours = (project.places.root / "data",)
    assert all(any(x.is_relative_to(y) for y in ours) for x in new)
    package = json.loads((project.places.processed / "datapackage.json").read_text())
    assert f"Respons yang diterima: {name}" in {
        x["title"] for x in package["resources"]
    }


@pytest.mark.parametrize("entry", NAMED)
def test_the_unit_column_means_the_unit_as_written_or_sets_its_row_aside(
    entry, project
):
    """The first unit is named as the column should be read, the cell as the entry."""
    meant = {
        "unit-nbsp": "Dinas Kesehatan",
        "unit-zw": "Dinas Kesehatan",
        "own-unit-zw": "Kantor Camat",
        "unit-nfd": "Café Layanan",
        "unit-long": "Unit",
        "unit-nul": "ab",
        "unit-empty": "Kelurahan Satu",
        "own-unit-blank": "Kelurahan Satu",
    }.get(entry.id, entry.value)
    path = project.places.responses / "kel-satu.csv"
    file = io.StringIO()
    lines = csv.writer(file)
    lines.writerow(["id", "Unit", *ITEMS.split()])
    for number, unit in enumerate([entry.value, "kel-satu", f"{meant}x"]):
        lines.writerow([number, unit, *["4"] * 9])
    path.write_text(file.getvalue(), encoding="utf-8", newline="")
    text = project.sound.replace('unit = "kel-satu"', 'unit_column = "Unit"')
    project.name_unit(meant, text)
    if entry.id == "unit-nul":
        assert "NUL" in project.faults()
        return
    cleaned = project.clean()
    mine = cleaned.set_aside[cleaned.set_aside["delivery"].str.contains("satu")]
    told = dict(zip(mine["row"], mine["reason"], strict=True))
    is_other = entry.id in ("unit-empty", "own-unit-blank", "unit-long")
    assert told == ({2: "unknown_unit"} if is_other else {}) | {4: "unknown_unit"}
    assert len(cleaned.accepted["kel-satu"]) == (1 if is_other else 2)
    counted = cleaned.changes[cleaned.changes["column"] == "unit"]["rule"].tolist()
    assert counted == (["spelling"] if entry.expect == "convert_logged" else [])


def test_names_that_would_be_one_file_are_two_units(project):
    text = project.sound.replace('"Kelurahan Dua"', '"Dinas A/B"')
    project.name_unit("Dinas A B", text)
    cleaned = project.clean()
    assert len(cleaned.accepted["kel-satu"]) == 40
    assert len(cleaned.accepted["kel-dua"]) == 6


@pytest.mark.parametrize("other", ["Kelurahan  Satu", "KELURAHAN SATU"])
def test_names_that_a_unit_column_could_not_tell_apart_are_refused(project, other):
    project.name_unit("Kelurahan Satu", project.sound.replace("Kelurahan Dua", other))
    with pytest.raises(StudyError, match="sudah dipakai"):
        load_study(project.places)


def test_a_number_in_a_workbook_is_not_the_name_that_looks_like_it(project):
    """1.10 in a cell is 1.1: the row is set aside, and nobody guesses."""
    path = project.places.responses / "kel-satu.xlsx"
    book = openpyxl.Workbook()
    book.active.append(["id", "Unit", *ITEMS.split()])
    for number, unit in enumerate([1.10, "1.10"]):
        book.active.append([number, unit, *[4] * 9])
    book.save(path)
    text = project.sound.replace('unit = "kel-satu"', 'unit_column = "Unit"')
    text = text.replace("kel-satu.csv", "kel-satu.xlsx")
    project.name_unit("1.10", text)
    assert project.clean().accepted["kel-satu"]["response"].size == 1


@pytest.mark.parametrize(
    "name", ["<script>TANDA()</script>", "[red]x[/red]", "=1+1", "-rf", "$(id)"]
)
def test_check_shows_a_strange_name_as_text(project, name):
    project.name_unit(name)
    result = project.check()
    assert name in result.output
    page = project.places.root / "reports" / "2021.check" / "skm-check-2021.html"
    shown = html.document_fromstring(page.read_bytes())
    assert name in shown.text_content()
    assert "TANDA" not in "".join(shown.xpath("//script//text()"))
    assert json.loads(project.check("--json").output)["studies"][0]["units"]


def test_no_unit_of_a_file_is_shown_by_check_as_markup_or_moves_the_cursor(project):
    path = project.places.responses / "kel-satu.csv"
    odd = "<b onclick=x>\x1b[2J"
    rows = [",".join([str(n), odd, *["4"] * 9]) for n in range(20)]
    rows += [",".join(["x", "kel-satu", *["4"] * 9])]
    head = ",".join(["id", "Unit", *ITEMS.split()])
    path.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    text = project.sound.replace('unit = "kel-satu"', 'unit_column = "Unit"')
    project.places.study_file.write_text(text, encoding="utf-8")
    result = project.check()
    assert "\x1b" not in result.output
    page = project.places.root / "reports" / "2021.check" / "skm-check-2021.html"
    shown = html.document_fromstring(page.read_bytes())
    assert not shown.xpath("//@onclick")


@pytest.mark.parametrize("header", ["=1+1", "<b>u1</b>", "\x1b[2Ju1", "a\u202eb"])
def test_inspect_shows_no_header_that_does_anything(project, header):
    path = project.places.responses / "lain.csv"
    path.write_text(f"U1,{header},U3\n4,3,4\n4,4,4\n", encoding="utf-8")
    result = CliRunner().invoke(main, ["inspect", str(path)])
    assert result.exit_code == 0
    assert all(sign.isprintable() or sign == "\n" for sign in result.output)


@pytest.mark.parametrize("name", ["xlsx-xxe", "xlsx-trav", "xlsx-far-cell"])
def test_inspect_refuses_what_check_refuses(project, name):
    path = project.places.responses / "lain.xlsx"
    path.write_bytes(hostile_books.BUILT[name]())
    result = CliRunner().invoke(main, ["inspect", str(path)])
    assert result.exit_code == 1
    assert "root:" not in result.output
