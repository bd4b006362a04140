"""What people found wrong in the deliveries of 2021, and mended in a list of its own.

Typed by hand as people do: a change of the generator that moves these rows is told by
`skm check`, since each line says what stands in its cell.
"""

import csv
import io

_HEADER = ("delivery", "row", "column", "old", "new", "reason", "by", "on")
_FILE = "responses/kelurahan-barat.csv"
_BY = "Petugas Verifikasi (contoh)"
_CORRECTIONS = (
    (46, "U6", "", "4", "Terlewat diketik; formulir kertas F-0006 berisi 4"),
    (53, "U5", "3", "2", "Salah ketik; formulir kertas F-0012 berisi 2"),
    (262, "Usia", "-41", "41", "Tanda minus ikut terketik; F-0055 menyebut 41"),
    (262, "U7", "2", "3", "Salah ketik; formulir kertas F-0055 berisi 3"),
)


def corrections() -> bytes:
    """decisions/corrections.csv of 2021."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_HEADER)
    for row, column, old, new, reason in _CORRECTIONS:
        writer.writerow((_FILE, row, column, old, new, reason, _BY, "2021-11-24"))
    return text.getvalue().encode()
