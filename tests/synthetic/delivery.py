"""One delivered file: whose answers, in which dialect, under which headers."""

from dataclasses import dataclass, field
from datetime import date

from instruments import FORM_ORDER, Instrument

LETTERS = "abcde"

FORM_HEADERS = {
    "id": "Timestamp",
    "name": "Nama Lengkap",
    "phone": "Nomor HP / WhatsApp",
    "sex": "Jenis Kelamin",
    "age": "Usia",
    "education": "Pendidikan Terakhir",
    "occupation": "Pekerjaan",
    "service": "Jenis layanan yang diterima",
}
SHEET_HEADERS = {
    "number": "No",
    "id": "ID Responden",
    "serial": "No Formulir",
    "date": "Tanggal",
    "period": "Periode",
    "stratum": "Semester",
    "unit": "Unit",
    "enumerator": "Petugas",
    "sex": "JK",
    "age": "Usia",
    "education": "Pendidikan",
    "occupation": "Pekerjaan",
    "service": "Jenis Layanan",
}
PROFILE = ("sex", "age", "education", "occupation", "service")


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """A file and its habits; `roles` are the columns before the answers, in order."""

    file: str
    units: tuple[str, ...]
    roles: tuple[str, ...]
    answers: str = "numbers"  # numbers | letters | options
    order: tuple[str, ...] = FORM_ORDER  # in which the file numbers the unsur
    spoken: dict[str, str] = field(default_factory=dict)  # item key -> header
    fee: tuple[str, ...] = ()  # what the file writes for `biaya`, lowest first
    encoding: str = "utf-8"
    delimiter: str = ","
    dates: str = "%Y-%m-%d"
    head: str = "plain"  # plain | title | merged: what stands above the header
    header_row: int | None = None  # where the study must say so
    sheet: str = "Data"
    names: dict[str, str] = field(default_factory=dict)  # unit id -> as written
    desks: tuple[str, ...] = ()  # written behind it, one desk per enumerator
    importance: bool = False  # whether each item's importance was asked as well
    half: int | None = None  # only the answers of that half-year
    mode: str = "interview"
    internal: bool = False
    received: date | None = None
    sender: str = ""
    replaces: str = ""
    reason: str = ""
    worksheet: bool = False  # whether the office's own result stands below
    remarks: bool = True
    dirt: bool = True

    @property
    def forms(self) -> bool:
        """An export of an online form: whole questions as headers."""
        return "name" in self.roles

    @property
    def workbook(self) -> bool:
        return self.file.endswith(".xlsx")

    def headers(self, instrument: Instrument) -> dict[str, str]:
        """Column role or `item:KEY` -> header, in the order of the columns.

        The file numbers the unsur that it asks from U1 in its own order, so U8 is
        one unsur here and another there.
        """
        known = SHEET_HEADERS | (FORM_HEADERS if self.forms else {})
        headers = {role: known[role] for role in self.roles}
        items = self._items(instrument)
        return headers | items | self._importance(items) | self._remark()

    def written_unit(self, unit: str, desk: int) -> str:
        """How the unit is named by the desk that is counted on from 0."""
        name = self.names.get(unit, unit)
        return f"{name}, {self.desks[desk % len(self.desks)]}" if self.desks else name

    def _importance(self, items: dict[str, str]) -> dict[str, str]:
        if not self.importance:
            return {}
        keys = [role.removeprefix("item:") for role in items]
        return {f"importance:{key}": f"H{i}" for i, key in enumerate(keys, 1)}

    def _items(self, instrument: Instrument) -> dict[str, str]:
        asked = {item.key: item for item in instrument.items}
        unsur = [key for key in self.order if key in asked]
        own = [key for key in asked if key not in self.order]
        headers = {f"item:{key}": f"U{i + 1}" for i, key in enumerate(unsur)}
        headers |= {f"item:{key}": f"I{i + 1}" for i, key in enumerate(own)}
        if self.forms:
            headers = {f"item:{key}": item.question for key, item in asked.items()}
        said = {f"item:{key}": text for key, text in self.spoken.items()}
        return headers | said

    def _remark(self) -> dict[str, str]:
        if not self.remarks:
            return {}
        return {"remark": "Saran dan masukan" if self.forms else "Saran"}
