"""Write the same 200 answers in every dialect: `python tests/responses/dialects`.

Beside each file stands how a study declares it, which people write. ODS and XLS are
made by LibreOffice; they and the SAV file are not the same bytes each time.
"""

import subprocess
import tempfile
from pathlib import Path

import text_files
import workbooks
from answers import sheets

HERE = Path(__file__).parent
TEXTS = {
    "csv.csv": text_files.comma,
    "csv-titik-koma.csv": text_files.semicolon,
    "csv-cp1252.csv": text_files.cp1252,
    "csv-tiga-baris-judul.csv": text_files.header_rows,
    "tsv-utf16.tsv": text_files.tabs,
    "bentuk-panjang.csv": text_files.long_form,
    "google-forms.csv": text_files.google_forms,
    "limesurvey.csv": text_files.limesurvey,
    "xlsx.xlsx": workbooks.plain,
    "xlsx-tiga-baris-judul.xlsx": workbooks.header_rows,
    "xlsx-centang.xlsx": workbooks.ticks,
    "xlsx-beberapa-lembar.xlsx": workbooks.several_sheets,
    "xlsx-lembar-per-bulan.xlsx": workbooks.monthly,
    "pengolahan-data.xlsx": workbooks.worksheet,
    "kobotoolbox.xlsx": workbooks.kobo,
    "e-skm.xlsx": workbooks.e_skm,
}


def main() -> None:
    answers = sheets()
    for name, made in TEXTS.items():
        (HERE / name).write_bytes(made(answers))
    folder = HERE / "folder"
    folder.mkdir(exist_ok=True)
    for month in range(3, 7):
        own = [each for each in answers if each.time.month == month]
        (folder / f"2021-0{month}.csv").write_bytes(text_files.comma(own))
    workbooks.spss(answers, str(HERE / "spss.sav"))
    with tempfile.TemporaryDirectory() as home:
        for kind in ("ods", "xls"):
            convert = ["soffice", f"-env:UserInstallation=file://{home}", "--headless"]
            convert += ["--convert-to", kind, "--outdir", home, str(HERE / "xlsx.xlsx")]
            subprocess.run(convert, check=True, capture_output=True)
            (HERE / f"{kind}.{kind}").write_bytes(
                Path(home, f"xlsx.{kind}").read_bytes()
            )


if __name__ == "__main__":
    main()
