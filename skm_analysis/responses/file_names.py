"""Names of delivered files that tell of a person: refused, and shown masked.

People's names are not looked for: those of places look the same.
"""

import re

from skm_analysis.responses.masking import Kind, mask, masked_kinds
from skm_analysis.responses.raw import refusal

_PERSONAL = frozenset({Kind.NIK, Kind.PHONE, Kind.MAIL})


def shown_file(file: str) -> str:
    """`file` as it may be shown.

    >>> shown_file("responses/ngalau-2021-11-12.csv")
    'responses/ngalau-2021-11-12.csv'
    >>> shown_file("responses/Budi_081234567890.csv")
    'responses/[nama]'
    """
    folder, slash, name = file.rpartition("/")
    masked = re.sub(r"\].*", "]", mask(_apart(name)))  # what follows may be of it
    return f"{folder}{slash}{masked}" if _kinds(file) else file


def refuse_personal_name(file: str) -> None:
    """Raise DeliveryError: the report calls each delivery by its file's name."""
    if not (kinds := _kinds(file)):
        return
    raise refusal(
        shown_file(file),
        f"nama berkasnya memuat data pribadi: {', '.join(sorted(kinds))}.",
        "ganti namanya, misalnya menjadi nama unit, juga di study.toml; hapus baris",
        "lamanya di received.csv, karena berkas itu dicatat dengan namanya.",
    )


def _kinds(file: str) -> frozenset[Kind]:
    return masked_kinds(_apart(file.rpartition("/")[2])) & _PERSONAL


def _apart(name: str) -> str:
    return re.sub(r"[_+]", " ", name)
