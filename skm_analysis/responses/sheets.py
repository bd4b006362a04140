"""Sheets of a workbook of any kind, before and after they are parsed."""

from collections.abc import Callable, Mapping, Sequence
from typing import Literal, NamedTuple

from skm_analysis.errors import DeliveryError
from skm_analysis.responses.raw import MAX_COLUMNS, refusal

MAX_ROWS = 250_000
LAST_ROW = MAX_ROWS + 100  # titles, headers and footers stand beside respondents
MAX_CELLS = 10_000_000
MAX_SHEETS = 500
Span = tuple[tuple[int, int], tuple[int, int]]  # first and last (row, column), 0-based

# Cells whose text the parser does not tell: 0-based (row, column) -> as it is shown.
Marks = Mapping[tuple[int, int], str]


class SheetPart(NamedTuple):
    name: str
    part: str  # where it lies in the file
    visible: bool
    merges: tuple[Span, ...] = ()  # where the parser does not tell them


class Vetted(NamedTuple):
    """A workbook that may be parsed."""

    kind: Literal["xlsx", "ods", "xls"]
    told: str
    data: bytes  # only what holds cells
    sheets: tuple[SheetPart, ...]
    # Refuses a sheet that must not be read, otherwise tells its marks.
    vet_sheet: Callable[[SheetPart], Marks]


def refuse_many(file: str, sheets: Sequence[SheetPart]) -> None:
    """Refuse more sheets than anybody made, and names that no program lets pass."""
    names = [sheet.name for sheet in sheets]
    odd = any("\0" in name or len(name) > 255 for name in names)
    if odd or len(sheets) > MAX_SHEETS:
        raise refusal(
            file,
            f"berisi lebih dari {MAX_SHEETS} lembar, atau nama yang tidak wajar.",
            "salin jawabannya saja ke buku kerja baru, lalu kirim ulang.",
        )


def too_large(file: str, sheet: str) -> DeliveryError:
    return refusal(
        file,
        f"lembar {sheet!r} memakai lebih dari {MAX_ROWS} baris, "
        f"{MAX_COLUMNS} kolom, atau {MAX_CELLS} sel.",
        "hapus isian yang jauh dari tabel jawaban, atau kirim sebagai CSV.",
    )


def uncalculated(file: str, sheet: str, addresses: Sequence[str]) -> DeliveryError:
    places = ", ".join(addresses[:5]) + (", …" if len(addresses) > 5 else "")
    return refusal(
        file,
        f"lembar {sheet!r} berisi rumus yang belum dihitung, di sel {places}.",
        "buka di Excel agar dihitung, simpan, lalu kirim ulang; atau salin",
        "jawabannya sebagai nilai (Tempel Khusus, Nilai).",
    )
