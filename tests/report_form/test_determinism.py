import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

from skm_analysis.report import docx, pdf, webpage, workbook
from skm_analysis.report.document import Document

FILES = {"r.docx": docx.write, "r.html": webpage.write, "r.xlsx": workbook.write}

AGAIN = """
import pickle, sys
from pathlib import Path
from skm_analysis.report import docx, pdf, webpage, workbook
document = pickle.loads(Path(sys.argv[1]).read_bytes())
pdf.write(document, Path("r.pdf"))
docx.write(document, Path("r.docx"))
webpage.write(document, Path("r.html"))
workbook.write(document, Path("r.xlsx"))
"""


def hashes(folder: Path) -> dict[str, str]:
    return {
        path.name: sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.glob("r.*"))
    }


def test_another_folder_clock_and_language_give_the_same_bytes(
    document: Document, tmp_path: Path
):
    import pickle  # only to hand the document over to another process

    here, there = tmp_path / "di sini", tmp_path / "d i  s a n a"
    here.mkdir()
    there.mkdir()
    pdf.write(document, here / "r.pdf")
    for name, write in FILES.items():
        write(document, here / name)
    kept = tmp_path / "document"
    kept.write_bytes(pickle.dumps(document))
    environment = os.environ | {
        "TZ": "Asia/Jakarta",
        "LC_ALL": "C",
        "PYTHONHASHSEED": "7",
        "SOURCE_DATE_EPOCH": "1",
    }
    subprocess.run(
        [sys.executable, "-c", AGAIN, str(kept)],
        cwd=there,
        env=environment,
        check=True,
        timeout=120,
    )
    assert len(hashes(here)) == 4
    assert hashes(here) == hashes(there)
