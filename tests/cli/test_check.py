"""`skm check`: every fault at once, what came of each unit, and one page of it."""

import json
import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner, Result
from lxml import html

from skm_analysis.cli import main
from skm_analysis.study.texts import carried_over

ITEMS = "persyaratan prosedur waktu biaya produk kompetensi perilaku sarana pengaduan"


def check(root: Path) -> Result:
    return CliRunner().invoke(main, ["check", "2021", "--root", str(root)])


def told(root: Path) -> tuple[int, dict[str, Any]]:
    """Exit code and what is told of the one study."""
    result = CliRunner().invoke(main, ["check", "2021", "--root", str(root), "--json"])
    answer = json.loads(result.stdout)
    [study] = answer["studies"]
    assert answer["ok"] is (result.exit_code == 0)
    return result.exit_code, study


def raw(root: Path) -> Path:
    return root / "data" / "raw" / "2021"


def change(root: Path, old: str, new: str) -> None:
    path = raw(root) / "study.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def page_of(root: Path) -> Path:
    return root / "reports" / "2021.check" / "skm-check-2021.html"


def by_unit(study: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {unit["unit"]: unit for unit in study["units"]}


def found(study: dict[str, Any]) -> dict[tuple[str, str], dict[str, Any]]:
    return {(x["kind"], x["unit"] or x["file"]): x for x in study["findings"]}


@pytest.fixture
def many(tiny_project: Path) -> Path:
    """Thirty units, of which the first twelve delivered two sheets each."""
    path = raw(tiny_project) / "study.toml"
    head, block, *_ = path.read_text(encoding="utf-8").split("\n[[unit]]\n")
    blocks = [
        block.replace("kel-satu", f"unit-{n:02}").replace(
            "Kelurahan Satu", f"Unit {n:02}"
        )
        for n in range(1, 31)
    ]
    path.write_text("\n[[unit]]\n".join([head, *blocks]), encoding="utf-8")
    folder = raw(tiny_project) / "responses"
    for old in folder.iterdir():
        old.unlink()
    sheet = "4,3,4,4,4,4,4,4,"
    for n in range(1, 13):
        lines = [
            "id," + ",".join(ITEMS.split()),
            f"a,{sheet}4",
            f"b,{sheet}{n % 4 + 1}",
        ]
        (folder / f"unit-{n:02}.csv").write_text("\n".join(lines) + "\n")
    return tiny_project


def test_five_faults_of_different_kinds_are_told_at_once(tiny_project):
    study = raw(tiny_project)
    change(tiny_project, "ikm = 88.00", "ikm = 188.00")
    (study / "plan.lock").write_text('format = 1\nstudy = "2021"\ndigest = "x"\n')
    (study / "decisions").mkdir()
    (study / "decisions" / "corrections.csv").write_text(
        "delivery,row,column,old,new,reason,by,on\n"
        "responses/kel-satu.csv,900,waktu,3,4,salah ketik,Ani,2021-12-01\n"
    )
    (study / "recommendations.csv").write_text("id,unit\n")
    (study / "responses" / "kel-dua.csv").write_text("a,b\n1,2\n")
    result = check(tiny_project)
    assert result.exit_code == 1
    for part in (
        "[target]: 'ikm' tidak sesuai",
        "plan.lock: isinya berubah sejak dibekukan",
        "corrections.csv baris 2: baris 900 bukan baris jawaban",
        "recommendations.csv",
        "responses/kel-dua.csv: kolom",
    ):
        assert part in result.output, part
    page = page_of(tiny_project).read_text(encoding="utf-8")
    assert "plan.lock: isinya berubah" in page
    assert "baris 900 bukan baris jawaban" in page


def test_a_refused_file_does_not_hide_the_units_that_came(tiny_project):
    (raw(tiny_project) / "responses" / "kel-dua.csv").write_text("a,b\n1,2\n")
    code, study = told(tiny_project)
    units = by_unit(study)
    assert code == 1
    assert units["kel-satu"]["accepted"] == 40
    assert units["kel-dua"]["refused"] == ["responses/kel-dua.csv"]
    assert "Kelurahan Dua (kiriman ditolak)" in check(tiny_project).stdout


def test_a_correction_that_does_not_fit_leaves_its_file_as_it_came(tiny_project):
    (raw(tiny_project) / "decisions").mkdir()
    (raw(tiny_project) / "decisions" / "corrections.csv").write_text(
        "delivery,row,column,old,new,reason,by,on\n"
        "responses/kel-satu.csv,900,waktu,3,4,salah ketik,Ani,2021-12-01\n"
        "responses/kel-satu.csv,2,waktu,,4,salah ketik,Ani,2021-12-01\n"
    )
    code, study = told(tiny_project)
    assert code == 1
    assert [fault["kind"] for fault in study["faults"]] == ["decision"]
    assert by_unit(study)["kel-satu"]["blanks"]["waktu"] == 1


def test_a_unit_at_fault_is_left_out_and_named(tiny_project):
    change(tiny_project, "population = 90", 'population = "90"')
    (raw(tiny_project) / "recommendations.csv").write_text(
        "id,unit,item,problem,activity,quarter,responsible,due,status,evidence,"
        "reviewed\nR1,kel-dua,,Antre lama,Menambah loket,,,,,,\n"
    )
    code, study = told(tiny_project)
    assert code == 1
    assert [unit["unit"] for unit in study["units"]] == ["kel-satu", "kel-tiga"]
    assert study["left_out"] == ["kel-dua", "responses/kel-dua.csv"]
    assert len(study["faults"]) == 1
    assert study["findings"] == []


def test_a_delivery_that_leads_out_of_the_study_is_never_read(tiny_project):
    (tiny_project / "lain.csv").write_text("rahasia,1\n")
    change(tiny_project, "responses/kel-satu.csv", "responses/../../../../lain.csv")
    result = check(tiny_project)
    assert result.exit_code == 1
    assert "rahasia" not in result.output


def test_a_study_without_anything_sound_is_told_and_no_traceback(tiny_project):
    (raw(tiny_project) / "study.toml").write_text("x = [\n")
    code, study = told(tiny_project)
    assert (code, study["units"]) == (1, [])
    assert "study.toml" in study["faults"][0]["message"]
    assert page_of(tiny_project).is_file()


def test_twelve_of_thirty_are_told_as_far_as_they_are(many):
    code, study = told(many)
    assert code == 0, study["faults"]
    assert study["totals"]["units"] == 30
    assert study["totals"]["delivered"] == 12
    assert study["totals"]["rows_read"] == study["totals"]["accepted"] == 24
    assert study["waiting"] == [f"responses/unit-{n:02}.csv" for n in range(13, 31)]
    shown = check(many).stdout
    assert "Sudah masuk: 12 dari 30 unit." in shown
    assert "Unit 30 (belum datang)" in shown
    summary = html.parse(str(page_of(many))).find(".//dl").text_content()
    assert "Unit yang sudah masuk12 dari 30" in summary


def test_a_check_makes_no_secret_and_needs_none(tiny_project):
    secret = raw(tiny_project) / "secret"
    secret.unlink()
    assert check(tiny_project).exit_code == 0
    assert not secret.exists()


def test_a_spoilt_secret_is_one_fault_among_others(tiny_project):
    (raw(tiny_project) / "secret").write_text("kecil")
    code, study = told(tiny_project)
    assert code == 1
    assert "terlalu pendek" in study["faults"][0]["message"]
    assert by_unit(study)["kel-satu"]["accepted"] == 40


def test_a_template_that_cannot_be_used_is_one_fault_among_others(tiny_project):
    branding = raw(tiny_project) / "branding"
    branding.mkdir()
    (branding / "reference.docx").write_bytes(b"bukan Word")
    code, study = told(tiny_project)
    assert code == 1
    (fault,) = study["faults"]
    assert fault["message"].startswith("data/raw/2021/branding/reference.docx: ")
    assert "bukan berkas Word" in fault["message"]


def test_a_logo_that_cannot_be_printed_is_a_fault_long_before_the_run(tiny_project):
    logo = raw(tiny_project) / "branding" / "logo-kota.svg"
    logo.parent.mkdir()
    logo.write_text("<svg/>", encoding="utf-8")
    code, study = told(tiny_project)
    assert code == 1
    assert "branding/logo-kota.svg: bukan gambar" in study["faults"][0]["message"]


def test_a_census_needs_all_who_were_served(tiny_project):
    change(
        tiny_project,
        'population = 90\nsampling = "systematic"',
        'population = 90\nsampling = "census"',
    )
    unit = by_unit(told(tiny_project)[1])["kel-dua"]
    assert (unit["required"], unit["accepted"], unit["short"]) == (90, 6, 84)


def test_a_unit_that_does_not_enter_the_city_is_named(tiny_project):
    own = "hanya disurvei oleh unitnya sendiri"
    assert own not in check(tiny_project).stdout
    first = 'file = "responses/kel-satu.csv"\n'
    change(tiny_project, first, f'{first}source = "internal"\n')
    ran = check(tiny_project)
    said = " ".join(ran.stdout.split())
    assert ran.exit_code == 0
    assert f"Tidak ikut dalam angka kota – {own}: Kelurahan Satu; kues" in said
    assert f"{own}: Kelurahan Satu; kues" in page_of(tiny_project).read_text("utf-8")


def test_odd_numbers_are_findings_and_no_faults(tiny_project):
    change(tiny_project, "population = 400", "population = 30\napproached = 30")
    change(tiny_project, "population = 90", "population = 6")
    folder = raw(tiny_project) / "responses"
    path = folder / "kel-dua.csv"
    lines = path.read_text().splitlines()
    lines = [lines[0] + ",catatan", *(f"{line},x" for line in lines[1:])]
    path.write_text("\n".join([*lines, lines[1], f"r9{',4' * 8},9,x"]) + "\n")
    (folder / "lupa.xlsx").write_bytes(b"x")
    (folder / "~$lupa.xlsx").write_bytes(b"x")
    code, study = told(tiny_project)
    assert code == 0, study["faults"]
    findings = found(study)
    above = findings["above_population", "kel-satu"]
    assert (above["count"], above["of"]) == (40, 30)
    assert findings["above_approached", "kel-satu"]["of"] == 30
    assert findings["nearly_all", "kel-dua"]["of"] == 6
    aside = findings["many_set_aside", "kel-dua"]
    assert (aside["count"], aside["of"]) == (1, 7)  # the duplicate left out of both
    places = [(row["row"], row["reason"], row["items"]) for row in study["aside"]]
    assert places == [(8, "duplicate", []), (9, "out_of_scale", ["pengaduan"])]
    assert findings["unread", "responses/kel-dua.csv"]["names"] == ["catatan"]
    assert ("undeclared_file", "responses/lupa.xlsx") in findings
    assert len(findings) == 6
    assert by_unit(study)["kel-dua"]["repeated"] == 1


def test_what_an_office_said_of_its_file_is_held_against_it(tiny_project):
    block = 'unit = "kel-dua"\nid_column = "id"'
    change(tiny_project, block, f"{block}\nreported = 8")
    change(tiny_project, 'unit = "kel-satu"\n', 'unit = "kel-satu"\nreported = 40\n')
    findings = found(told(tiny_project)[1])
    here = findings["reported", "responses/kel-dua.csv"]
    assert (here["count"], here["of"]) == (6, 8)
    assert ("reported", "responses/kel-satu.csv") not in findings


def test_the_first_and_the_last_day_of_each_file_are_told(tiny_project):
    path = raw(tiny_project) / "responses" / "kel-dua.csv"
    head, *rows = path.read_text(encoding="utf-8").splitlines()
    days = ("12/5/2021", "4/5/2021", "9/5/2021", "31/12/2020", "4/5/2021", "1/5/2021")
    dated = [f"{row},{day}" for row, day in zip(rows, days, strict=True)]
    path.write_text("\n".join([f"{head},kapan", *dated, ""]), encoding="utf-8")
    block = 'unit = "kel-dua"\nid_column = "id"'
    change(tiny_project, block, f'{block}\nperiod_column = "kapan"')
    told_days = [
        (x["first_day"], x["last_day"]) for x in told(tiny_project)[1]["deliveries"]
    ]
    assert told_days == [("", ""), ("2020-12-31", "2021-05-12"), ("", "")]
    page = page_of(tiny_project).read_text("utf-8")
    assert "31 Desember 2020 sampai dengan 12 Mei 2021" in page


def test_each_sheet_is_held_against_what_was_said_of_it(tiny_project):
    folder = raw(tiny_project) / "responses"
    head, *rows = (folder / "kel-dua.csv").read_text().splitlines()
    book = openpyxl.Workbook()
    book.remove(book.active)
    for sheet, lines in (("Pagi", rows[:4]), ("Sore", rows[4:])):
        filled = book.create_sheet(sheet)
        for line in (head, *lines):
            filled.append(line.split(","))
    book.save(folder / "kel-dua.xlsx")
    study = raw(tiny_project) / "study.toml"
    text = study.read_text(encoding="utf-8")
    start = text.index('[[delivery]]\nfile = "responses/kel-dua.csv"')
    end = text.index("[[unit]]", start)
    block = text[start:end].replace("kel-dua.csv", "kel-dua.xlsx")
    for sheet, said in (("Pagi", 4), ("Sore", 5)):
        own = f'sheet = "{sheet}"\nreported = {said}\nid_column'
        text += "\n" + block.replace("id_column", own)
    study.write_text(text.replace(text[start:end], "", 1), encoding="utf-8")
    findings = [x for x in told(tiny_project)[1]["findings"] if x["kind"] == "reported"]
    assert [(x["file"], x["count"], x["of"]) for x in findings] == [
        ("responses/kel-dua.xlsx#Sore", 2, 5)
    ]


@pytest.mark.parametrize(("ends", "cut"), [("0000", 4), ("0010", 0)])
def test_numbers_whose_last_digit_excel_dropped_are_told(tiny_project, ends, cut):
    path = raw(tiny_project) / "responses" / "kel-dua.csv"
    head, *rows = path.read_text(encoding="utf-8").splitlines()
    endings = [f"{n}{end}" for n, end in enumerate(ends)] + ["57", "58"]
    numbers = [f"13740101019000{end}" for end in endings]
    mended = [n + row[row.index(",") :] for n, row in zip(numbers, rows, strict=True)]
    path.write_text("\n".join([head, *mended]) + "\n", encoding="utf-8")
    findings = found(told(tiny_project)[1])
    here = findings.get(("cut_numbers", "responses/kel-dua.csv"), {"count": 0})
    assert here["count"] == cut


def test_rows_left_out_by_an_office_are_told_and_are_no_reason_to_look(tiny_project):
    block = 'unit = "kel-dua"\nid_column = "id"\n'
    rest = '[[delivery.exclude]]\ncolumn = "id"\nvalues = ["r1", "r2"]\n'
    path = raw(tiny_project) / "study.toml"
    text = path.read_text(encoding="utf-8")
    end = text.index("[[unit]]", text.index(block))
    text = f'{text[:end]}{rest}reason = "Pegawai sendiri"\n{text[end:]}'
    path.write_text(text, encoding="utf-8")
    study = told(tiny_project)[1]
    assert ("many_set_aside", "kel-dua") not in found(study)
    page = html.parse(page_of(tiny_project)).getroot()
    (table,) = page.xpath("//table[contains(caption, 'keterangan kantornya')]")
    assert [cell.text_content() for cell in table.xpath("./tbody/tr/*")] == [
        *("responses/kel-dua.csv", "Pegawai sendiri", "2")
    ]
    (places,) = page.xpath("//details//table")
    assert [row[1].text_content() for row in places.xpath("./tbody/tr")] == ["3", "4"]


def test_sheets_of_one_answer_and_an_item_nobody_answered_are_findings(tiny_project):
    lines = ["id," + ",".join(ITEMS.split())]
    lines += [f"r{n},3,3,3,,3,3,3,3,3" for n in range(10)]
    (raw(tiny_project) / "responses" / "kel-dua.csv").write_text(
        "\n".join(lines) + "\n"
    )
    study = told(tiny_project)[1]
    findings = found(study)
    assert findings["straight_lined", "kel-dua"]["count"] == 10
    assert findings["never_answered", "kel-dua"]["names"] == ["biaya"]
    unit = by_unit(study)["kel-dua"]
    assert (unit["straight_lined"], unit["same_answers"]) == (1.0, 1.0)
    assert unit["blanks"]["biaya"] == 10
    assert unit["blank_share"] == pytest.approx(1 / 9)


def test_a_frequent_unknown_unit_is_named_and_a_rare_one_only_counted(tiny_project):
    path = raw(tiny_project) / "responses" / "kel-satu.csv"
    header, *rows = path.read_text().splitlines()
    phone = "0812 3456 7890"
    units = ["kel-satu"] * 16 + ["Kel. Ngalo"] * 12 + [phone] * 10 + ["Zubir"] * 2
    lines = [f"loket,{header}"]
    lines += [f"{unit},{row}" for unit, row in zip(units, rows, strict=True)]
    path.write_text("\n".join(lines) + "\n")
    change(
        tiny_project,
        'file = "responses/kel-satu.csv"\nunit = "kel-satu"',
        'file = "responses/kel-satu.csv"\nunit_column = "loket"',
    )
    result = check(tiny_project)
    assert "unit 'Kel. Ngalo' pada 12 baris" in re.sub(r"\s+", " ", result.stdout)
    assert "24 dari 40 baris menyebut unit yang tidak dikenal" in result.stdout
    everything = result.stdout + page_of(tiny_project).read_text()
    assert "Zubir" not in everything
    assert phone not in everything


def test_every_number_of_the_page_is_that_of_the_json(tiny_project):
    folder = raw(tiny_project) / "responses"
    path = folder / "kel-satu.csv"
    lines = path.read_text().splitlines()
    path.write_text("\n".join([*lines, lines[3], "x1,9,4,4,4,4,4,4,4,4"]) + "\n")
    study = told(tiny_project)[1]
    tree = html.parse(str(page_of(tiny_project)))
    numbers = tree.findall(".//data")
    assert len(numbers) > 30
    for each in numbers:
        value: Any = study
        for key in each.get("data-place").strip("/").split("/"):
            value = value[int(key)] if isinstance(value, list) else value[key]
        assert float(each.get("value")) == value
        shown = each.text
        if shown.endswith("%"):
            assert shown == f"{int(value * 100 + 0.5)}%"
        else:
            assert shown == f"{value:,}".replace(",", ".")
    for cell in tree.iterfind(".//td"):
        bare = "".join(cell.xpath("text()"))
        assert not re.search(r"\d", bare), bare
    reasons = tree.xpath("//section[h2[@id='disisihkan']]")[0].text_content()
    assert "Ada jawaban di luar skala" in reasons


def test_the_page_stands_alone_and_says_what_it_is(tiny_project):
    check(tiny_project)
    page = page_of(tiny_project).read_bytes()
    tree = html.fromstring(page)
    assert tree.get("lang") == "id"
    assert "pemeriksaan, bukan laporan" in tree.text_content()
    assert "default-src 'none'" in tree.xpath("string(//meta[@http-equiv]/@content)")
    assert not tree.xpath("//script | //link | //img | //iframe")
    assert all(ref.startswith("#") for ref in tree.xpath("//@href | //@src"))
    anchors = set(tree.xpath("//@id"))
    assert {ref[1:] for ref in tree.xpath("//@href")} <= anchors
    for table in tree.iterfind(".//table"):
        assert table.findtext("caption/span")
        assert all(th.get("scope") == "col" for th in table.iterfind("thead//th"))
        for row in table.iterfind("tbody/tr"):
            assert row[0].tag == "th"
            assert len(row) == len(table.find("thead/tr"))
    check(tiny_project)
    assert page_of(tiny_project).read_bytes() == page


def test_names_in_a_study_never_become_markup(tiny_project):
    change(tiny_project, '"Kelurahan Satu"', "'<b>Satu</b> & [bold]x[/bold]'")
    shown = check(tiny_project).stdout
    assert "[bold]x[/bold]" in re.sub(r"\s+", " ", shown)
    tree = html.parse(str(page_of(tiny_project)))
    assert not tree.findall(".//tbody//b")
    assert "<b>Satu</b> & [bold]x[/bold]" in tree.getroot().text_content()


def test_a_page_that_cannot_be_written_is_a_fault_beside_the_table(tiny_project):
    (tiny_project / "reports").write_text("")
    result = check(tiny_project)
    assert result.exit_code == 1
    assert "tidak dapat ditulis" in result.stdout
    assert "Kelurahan Satu" in result.stdout


def test_the_table_fits_eighty_columns_and_is_plain(tiny_project, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    shown = check(tiny_project).stdout
    assert max(map(len, shown.splitlines())) <= 90
    assert "\x1b" not in shown
    for head in ("Perlu", "Masuk", "Pakai", "Sisih", "Kurang", "Kosong", "Sama"):
        assert head in shown


def write_text(root: Path, name: str, text: str) -> None:
    path = raw(root) / "texts" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_a_number_in_a_text_that_is_not_there_or_not_public_is_a_fault(tiny_project):
    """Kelurahan Dua has 6 respondents, so that its index is nobody's to read."""
    write_text(tiny_project, "preface.md", "Indeks {unit.kel-satu.ikm}.\n")
    assert told(tiny_project)[0] == 0
    write_text(
        tiny_project,
        "units/kel-dua.md",
        "<!-- Misalnya {unit.unit-pertama.ikm}.\n-->"
        "Indeks {unit.kel-dua.ikm}, {unit.kel-duo.ikm}.\n",
    )
    code, study = told(tiny_project)
    assert code == 1
    public, unknown = (fault["message"] for fault in study["faults"])
    assert "units/kel-dua.md:2: angka {unit.kel-dua.ikm} tidak boleh" in public
    assert "{unit.kel-duo.ikm} tidak ada" in unknown
    assert "yang paling mirip: unit.kel-dua.ikm" in unknown


def test_a_number_is_not_missed_while_its_answers_are_awaited(tiny_project):
    write_text(tiny_project, "preface.md", "Indeks {unit.kel-satu.ikm}.\n")
    (raw(tiny_project) / "responses" / "kel-satu.csv").unlink()
    assert told(tiny_project)[1]["faults"] == []


def test_a_text_that_nothing_prints_is_a_finding(tiny_project):
    write_text(tiny_project, "Kata Pengantar.md", "Halo {unit.x.ikm}.\n")
    code, study = told(tiny_project)
    assert code == 0
    assert ("unused_text", "texts/Kata Pengantar.md") in found(study)
    assert "namai preface.md" in check(tiny_project).stdout


def test_a_text_of_the_year_before_is_to_be_looked_at(tiny_project):
    write_text(tiny_project, "preface.md", carried_over("Kata 2020.", "2020"))
    code, study = told(tiny_project)
    assert code == 0
    assert ("text_to_revise", "texts/preface.md") in found(study)
    assert "belum ditinjau" in check(tiny_project).stdout


def test_a_decision_on_a_comment_that_is_not_there_is_a_fault(tiny_project):
    decisions = raw(tiny_project) / "decisions"
    decisions.mkdir()
    (decisions / "comments.csv").write_text(
        "response,unit,proposed,theme,release,paraphrase,by,on\n"
        f"{'0' * 16},,,waktu,no,,Ani,2021-12-01\n"
    )
    code, study = told(tiny_project)
    assert code == 1
    [fault] = study["faults"]
    assert fault["kind"] == "decision"
    assert "comments.csv baris 2: tidak ada komentar dengan nomor" in fault["message"]
    (raw(tiny_project) / "responses" / "kel-satu.csv").unlink()
    assert told(tiny_project)[1]["faults"] == []


def test_what_a_faulty_delivery_replaces_does_not_pass_for_the_one_in_force(
    tiny_project,
):
    path = raw(tiny_project) / "study.toml"
    text = path.read_text(encoding="utf-8")
    first = next(x for x in text.split("[[delivery]]")[1:] if "kel-satu.csv" in x)
    first = first.partition("\n[[")[0]
    later = first.replace("kel-satu.csv", "baru.csv").replace(
        "\nunit =", '\nreplaces = "responses/kel-satu.csv"\nreason = 7\nunit ='
    )
    assert later.count("reason = 7") == 1
    path.write_text(f"{text}\n[[delivery]]{later}\n", encoding="utf-8")
    code, study = told(tiny_project)
    assert code == 1
    assert study["left_out"] == ["responses/baru.csv", "responses/kel-satu.csv"]
    assert by_unit(study)["kel-satu"]["accepted"] == 0
