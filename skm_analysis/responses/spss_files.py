"""SPSS files (.sav, .zsav): one row per case, and what their variables mean.

The text of a cell is the value as it is stored: the number, not its label, since the
number is what the institution entered. A column is called by the variable's name and
answers to its label as well. Which of the labels are read where is for `value_labels`.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from skm_analysis.errors import DeliveryError
from skm_analysis.responses.headers import distinct
from skm_analysis.responses.parsing_process import NotParsedError, parsing
from skm_analysis.responses.raw import MAX_COLUMNS, RawTable, Variable, refusal
from skm_analysis.responses.sheets import MAX_CELLS, MAX_ROWS
from skm_analysis.responses.spelling import tidy

SPSS = (".sav", ".zsav")


def read_spss(data: bytes, file: str, digest: str) -> RawTable:
    """All cases of an SPSS file; raises DeliveryError for what cannot be read whole.

    Values that the file declares as missing are blank and counted.
    """
    try:
        with parsing(data, "sav") as running:
            (table,) = running.tables()
    except NotParsedError:
        raise _unread(file) from None
    told = table.opening
    names, width = told["names"], len(told["names"])
    if None in names:  # in a damaged file
        raise _unread(file)
    if width > MAX_COLUMNS or width * len(table.grid) > MAX_CELLS:
        raise _too_large(file)
    if told["more"] or len(table.grid) > MAX_ROWS:
        raise _too_large(file)
    kept = [
        (number, tuple(row))
        for number, row in enumerate(table.grid, start=1)
        if any(map(tidy, row))
    ]
    return RawTable(
        file=file,
        sheet="",
        header=distinct(names),
        lower=tuple(map(tidy, names)),
        rows=tuple(row for _, row in kept),
        row_numbers=tuple(number for number, _ in kept),
        format=f"SAV (SPSS), {width} variabel, {told['encoding']}",
        sha256=digest,
        size=len(data),
        variables=_variables(told),
    )


def _variables(told: Mapping[str, Any]) -> tuple[Variable, ...]:
    columns: Sequence[Mapping[str, Any]] = told["variables"]
    return tuple(
        Variable(tidy(each["label"]), each["values"], each["user_missing"])
        for each in columns
    )


def _unread(file: str) -> DeliveryError:
    return refusal(
        file,
        "data SPSS ini tidak dapat dibaca: rusak, terkunci, terlalu besar, atau "
        "hurufnya tidak sesuai dengan encoding yang disebutnya.",
        "buka di SPSS atau PSPP, simpan ulang sebagai .sav Unicode (UTF-8) tanpa",
        "kata sandi, lalu kirim ulang; atau ekspor sebagai CSV.",
    )


def _too_large(file: str) -> DeliveryError:
    return refusal(
        file,
        f"memakai lebih dari {MAX_ROWS} baris, {MAX_COLUMNS} variabel, atau "
        f"{MAX_CELLS} sel.",
        "kirim variabel yang ditanyakan saja, atau kirim sebagai CSV.",
    )
