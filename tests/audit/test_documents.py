"""What people are given is what the tables say; the manifest is always made anew."""

import csv
import re
import zipfile

import pytest

from skm_analysis.audit.verdict import audit_study

IKM = "unit.pkm.ikm"
FORMATS = ("html", "docx", "pdf")


def failed(verdict):
    return {step.name: step.findings for step in verdict.steps if step.findings}


def rewrite(path, change):
    """Change the text of a web page, or of a Word document."""
    if path.suffix == ".html":
        path.write_text(change(path.read_text()))
        return
    with zipfile.ZipFile(path) as package:
        text = package.read("word/document.xml").decode()
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("word/document.xml", change(text))


def replaced(old, new):
    def change(text):
        assert old in text
        return text.replace(old, new)

    return change


def test_a_fingerprint_in_the_manifest_that_is_not_its_own_is_found(places):
    path = places.edition / "manifest.json"
    text = path.read_text()
    path.write_text(
        re.sub(r'("fingerprint": ")[0-9a-f]{64}', r"\g<1>" + "0" * 64, text)
    )
    found = failed(audit_study(places))["fingerprint"]
    assert found[0].startswith(f"manifest.json: sidik jari {'0' * 64}, dihitung ulang ")
    assert {line.partition(":")[0] for line in found[1:]} == {
        f"skm-2021.{each}" for each in FORMATS
    }


@pytest.mark.parametrize("ending", ["html", "docx"])
def test_another_fingerprint_printed_is_found(places, seal, ending):
    def change(text):
        return re.sub(r"\b[0-9a-f]{64}\b", "f" * 64, text)

    rewrite(places.edition / f"skm-2021.{ending}", change)
    seal(places)
    [(step, [finding])] = failed(audit_study(places)).items()
    assert step == "fingerprint"
    assert finding.startswith(f"skm-2021.{ending}: sidik jari tercetak {'f' * 64}, ")


def test_a_table_changed_after_printing_does_not_fit_the_printed_fingerprint(
    places, seal
):
    with (places.edition / "internal/tables/cleaning.csv").open("a") as file:
        file.write("x,y,z,1\n")
    seal(places)
    assert len(failed(audit_study(places))["fingerprint"]) == 3


@pytest.mark.parametrize("column", ["value", "ci_low", "flags", "item"])
def test_a_cell_of_the_published_table_is_found(places, seal, column):
    path = places.edition / "tables/published.csv"
    rows = table(path)
    row = next(row for row in rows if row["key"] == "unit.pkm.nrr.biaya")
    honest, row[column] = row[column], "9.5"
    write(path, rows)
    seal(places)
    found = failed(audit_study(places))
    assert found["published"] == (
        f"published.csv: unit.pkm.nrr.biaya: kolom {column} 9.5, seharusnya "
        f"{honest or 'kosong'}",
    )


def test_published_rows_are_those_that_are_not_suppressed(places, seal):
    path = places.edition / "tables/published.csv"
    hidden = next(
        row
        for row in table(places.edition / "internal/tables/estimates.csv")
        if row["key"] == "unit.kel.ikm"
    )
    assert "suppressed" in hidden["flags"]  # five respondents
    first, *rows = table(path)
    write(path, [*rows, hidden, {**hidden, "key": "unit.baru.ikm"}, rows[-1]])
    seal(places)
    assert failed(audit_study(places))["published"] == (
        "published.csv: unit.kel.ikm: terbit, padahal harus ditahan",
        "published.csv: unit.baru.ikm: tidak ada dalam estimates.csv",
        f"published.csv: {rows[-1]['key']}: tercantum dua kali",
        f"published.csv: {first['key']}: hilang",
    )


def test_the_register_holds_nothing_that_is_withheld(places, seal):
    path = places.edition / "tables/register.csv"
    [row] = table(path)
    write(path, [row, {**row, "key": "unit.kel.ikm:n", "value": "", "shown": "5"}])
    seal(places)
    assert failed(audit_study(places))["published"] == (
        "register.csv: unit.kel.ikm:n: terbit, padahal harus ditahan",
    )


@pytest.mark.parametrize("column", ["value", "ci_high", "n", "shown"])
def test_the_register_says_what_the_estimates_say(places, seal, column):
    path = places.edition / "tables/register.csv"
    [row] = table(path)
    row["rounding"] = "2"
    row[column] = "85,17" if column == "shown" else "8.5"
    write(path, [row])
    seal(places)
    found = failed(audit_study(places))["published"]
    assert any(
        line.startswith(f"register.csv: {IKM}: kolom {column} ") for line in found
    )


@pytest.mark.parametrize("name", ["skm-2021", "units/pkm"])
@pytest.mark.parametrize("ending", ["html", "docx"])
def test_an_edited_number_is_named_with_its_place_and_right_value(
    places, seal, name, ending
):
    rewrite(places.edition / f"{name}.{ending}", replaced("85,16", "95,16"))
    seal(places)
    assert failed(audit_study(places)) == {
        "documents": (
            f"{name}.{ending}, Bab I Hasil: {IKM} tertulis 95,16, seharusnya 85,16",
        )
    }


def test_a_long_key_is_found_by_its_shortened_tag(places, write_register, forge, seal):
    long = f"stated..{'x' * 70}"
    write_register(places, [(IKM, "85,16"), (long, "7", "stated")])
    forge(places)
    path = places.edition / "skm-2021.docx"
    rewrite(path, replaced(long, "stated..xxxxxxxxxxx"))
    seal(places)
    [finding] = failed(audit_study(places))["documents"]
    assert finding.endswith("stated..xxxxxxxxxxx tidak ada dalam register")


@pytest.mark.parametrize("ending", ["html", "docx"])
def test_a_number_taken_out_of_its_mark_is_missed(places, seal, ending):
    old = {
        "html": f'<span data-key="{IKM}">85,16</span>',
        "docx": f'<w:tag w:val="{IKM}"/>',
    }
    new = {"html": "95,16", "docx": ""}
    path = places.edition / f"skm-2021.{ending}"
    rewrite(path, replaced(old[ending], new[ending]))
    seal(places)
    found = failed(audit_study(places))["documents"]
    assert any(f"{IKM} 85,16" in line for line in found)


@pytest.mark.parametrize("name", ["skm-2021", "units/pkm"])
@pytest.mark.parametrize("table", ["published.csv", "register.csv"])
def test_an_attachment_that_is_not_the_table_is_found(
    places, seal, attach, name, table
):
    tables = places.edition / "tables"
    attached = {
        each: (tables / each).read_bytes() for each in ("published.csv", "register.csv")
    }
    attached[table] = attached[table].replace(b"85.15625", b"95.15625")
    assert attached[table] != (tables / table).read_bytes()
    mark = re.findall(r"[0-9a-f]{64}", (places.edition / "skm-2021.html").read_text())
    attach(places.edition / f"{name}.pdf", "" if "/" in name else mark[0], attached)
    seal(places)
    [finding] = failed(audit_study(places))["documents"]
    assert finding.startswith(f"{name}.pdf: lampiran {table}")
    assert finding.endswith(f"berbeda dari tables/{table}")


@pytest.mark.parametrize("table", ["published.csv", "register.csv"])
def test_a_missing_attachment_is_found(places, seal, attach, table):
    attached = {table: (places.edition / "tables" / table).read_bytes()}
    attach(places.edition / "units/kosong.pdf", "", attached)
    seal(places)
    found = failed(audit_study(places))["documents"]
    other = ({"published.csv", "register.csv"} - {table}).pop()
    assert f"units/kosong.pdf: lampiran {other} hilang" in found


@pytest.mark.parametrize("ending", FORMATS)
@pytest.mark.parametrize("content", [None, b"", b"PK\x03\x04", b"\xff\xfe<html>"])
def test_a_document_that_cannot_be_read_is_found(places, seal, ending, content):
    path = places.edition / f"units/kel.{ending}"
    if content is None:
        path.unlink()
    else:
        path.write_bytes(content)
    seal(places)
    found = failed(audit_study(places)).get("documents", ())
    assert any(line.startswith(f"units/kel.{ending}: tidak dapat") for line in found)


def test_a_document_that_no_unit_has_is_found(places, seal):
    (places.edition / "units/lain.html").write_text("<p>IKM 99</p>")
    seal(places)
    assert failed(audit_study(places)) == {
        "documents": ("units/lain.html: dokumen tak dikenal",)
    }


def table(path):
    with path.open(newline="") as file:
        return list(csv.DictReader(file))


def write(path, rows):
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def test_a_number_changed_on_a_publication_sheet_is_found(places, seal, attach):
    register = table(places.edition / "tables/register.csv")
    shown = next(row["shown"] for row in register if row["key"] == IKM)
    attach(places.edition / "units/pkm-publikasi.pdf", "IKM 91,11", {})
    seal(places)
    found = failed(audit_study(places))
    assert found == {
        "documents": (
            f"units/pkm-publikasi.pdf: {shown} ditemukan 0 kali, seharusnya 1 kali",
        )
    }


def test_a_number_changed_in_the_deck_is_found(places, forge, write_register, seal):
    register = table(places.edition / "tables/register.csv")
    given = [(row["key"], row["shown"], row["kind"]) for row in register]
    row = table(places.edition / "internal/tables/estimates.csv")
    key = "city..ikm_mean_of_units@published"
    mean = next(each for each in row if each["key"] == key)
    shown = f"{float(mean['value']):.2f}".replace(".", ",")
    write_register(places, [*given, (mean["key"], shown, "estimate")])
    forge(places)
    assert failed(audit_study(places)) == {}
    deck = places.edition / "skm-2021.pptx"
    with zipfile.ZipFile(deck) as package:
        text = package.read("ppt/slides/slide1.xml").decode()
    with zipfile.ZipFile(deck, "w") as package:
        package.writestr("ppt/slides/slide1.xml", text.replace(shown, f"1{shown}"))
    seal(places)
    assert failed(audit_study(places)) == {
        "documents": (f"skm-2021.pptx: {shown} ditemukan 0 kali, seharusnya 1 kali",)
    }


@pytest.mark.parametrize("name", ["units/kel-publikasi.pdf", "skm-2021.pptx"])
def test_a_missing_or_damaged_sheet_or_deck_is_found(places, seal, name):
    path = places.edition / name
    path.write_bytes(b"not opened")
    seal(places)
    [(step, findings)] = failed(audit_study(places)).items()
    assert step == "documents"
    assert findings[0].startswith(f"{name}: tidak dapat dibuka")
    path.unlink()
    seal(places)
    assert failed(audit_study(places))["documents"][0].startswith(name)
