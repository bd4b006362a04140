"""What a mask hides, and where in a text it was found."""

from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """Stands in the text in place of what was hidden."""

    NIK = "[NIK]"
    NIP = "[NIP]"
    PHONE = "[telepon]"
    NUMBER = "[nomor]"
    MAIL = "[surel]"
    LINK = "[tautan]"
    PLATE = "[pelat]"
    ADDRESS = "[alamat]"
    NAME = "[nama]"
    DATE = "[tanggal]"


class Found(NamedTuple):
    start: int
    end: int
    kind: Kind
