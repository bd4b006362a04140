"""LibreOffice works the formulas out anew; stored values are taken out before."""

import io
import re
import shutil
import subprocess
import zipfile

import openpyxl
import pytest

BANDING, CONTENTS = "Banding laporan", "Daftar isi"
RULES = ("ratio", "complete", "person")


@pytest.fixture(scope="module")
def recalculated(paper, tmp_path_factory):
    """Each rule's paper as LibreOffice works it out, and one with a changed answer."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice (soffice) tidak terpasang")
    folder = tmp_path_factory.mktemp("paper")
    for rule in RULES:
        (folder / f"{rule}.xlsx").write_bytes(bare(paper(rule)))
    (folder / "changed.xlsx").write_bytes(bare(paper(), answer=b"4"))
    subprocess.run(
        [
            *(program, f"-env:UserInstallation={(folder / 'profile').as_uri()}"),
            *("--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML"),
            *("--outdir", folder / "out", *sorted(folder.glob("*.xlsx"))),
        ],
        check=True,
        capture_output=True,
        timeout=300,
    )
    return {
        path.stem: openpyxl.load_workbook(path, data_only=True)
        for path in (folder / "out").glob("*.xlsx")
    }


def bare(data, answer=b"3"):
    """The same file without the values of its formulas, cell C12 of `biasa` typed."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            told = source.read(name)
            if name.startswith("xl/worksheets/sheet"):
                told, many = re.subn(rb"(</f>)<v>[^<]*</v>", rb"\1", told)
                assert many
            if name == "xl/worksheets/sheet3.xml":
                cell = rb'(<c r="C12" s="\d+"><v>)3(</v>)'
                told, many = re.subn(cell, rb"\g<1>" + answer + rb"\2", told)
                assert many == 1
            target.writestr(name, told)
    return made.getvalue()


@pytest.mark.parametrize("rule", RULES)
def test_libreoffice_gives_every_stored_value_again(
    recalculated, paper, worked_out, rule
):
    sheets, book = worked_out(paper(rule)), recalculated[rule]
    for (sheet, cell), formula in sheets.formulas.items():
        told, live = sheets.stored[sheet, cell], book[sheet][cell].value
        if isinstance(told, float):
            told = pytest.approx(told, rel=1e-8, abs=1e-8)
        assert live == told, f"{sheet} {cell} {formula}"
    assert book[CONTENTS]["B8"].value == "semua angka sesuai dengan laporan"


def test_libreoffice_tells_a_changed_answer(recalculated):
    book = recalculated["changed"]
    assert book[CONTENTS]["B8"].value.endswith(" angka BERBEDA dari laporan")
    rows = list(book[BANDING].iter_rows(min_row=9, values_only=True))
    other = {row[1] for row in rows if row[9] == "BERBEDA"}
    assert other == {"Kelurahan biasa", "Kota"}
