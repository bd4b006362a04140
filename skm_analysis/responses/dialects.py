"""Which tool wrote a file, by the columns that only it adds; and the long form."""

import re
from collections import Counter
from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from skm_analysis.responses.column_contents import ANSWERS
from skm_analysis.responses.column_kinds import Role, SeenColumn, code_of
from skm_analysis.responses.raw import RawTable
from skm_analysis.responses.spelling import fold, tidy
from skm_analysis.responses.spss_files import SPSS
from skm_analysis.responses.wordings import best_match
from skm_analysis.study.records import Instrument


class Dialect(StrEnum):
    GOOGLE_FORMS = "google_forms"
    KOBO = "kobotoolbox"
    LIMESURVEY = "limesurvey"
    SPSS = "spss"
    WORKSHEET = "worksheet"  # "pengolahan data", with sums below the respondents
    LONG = "long"  # one row per answer
    SIDEWAYS = "sideways"  # one row per question, which is not read
    ESKM = "e_skm"  # export of an e-SKM application
    OWN = "own"


_STAMPS = frozenset({"timestamp", "cap waktu", "stempel waktu"})
_KOBO = frozenset({"_id", "_uuid", "_submission_time", "__version__", "_index"})
_LIMESURVEY = frozenset(
    {"submitdate", "lastpage", "startlanguage", "seed", "date submitted", "last page"}
    | {"start language", "tanggal pengiriman", "halaman terakhir", "bahasa awal"}
)
_APPLICATION = frozenset(
    {"created_at", "updated_at", "deleted_at", "loket", "user_agent", "ip_address"}
    | {"id_loket", "id_unit", "id_layanan", "kode_unit", "responden_id"}
)
_TOTALS = ("total_row", "office_row", "footer_row")


def dialect_of(table: RawTable, columns: Sequence[SeenColumn], suffix: str) -> Dialect:
    names = {fold(name) for name in table.header} | {fold(n) for n in table.lower}
    names |= {name.partition(". ")[0] for name in names}
    numbered = sum(column.code is not None for column in columns)
    if suffix in SPSS:
        return Dialect.SPSS
    if len(names & _KOBO) >= 2:
        return Dialect.KOBO
    if len(names & _LIMESURVEY) >= 2:
        return Dialect.LIMESURVEY
    if names & _STAMPS and fold(table.header[0]) in _STAMPS:
        return Dialect.GOOGLE_FORMS
    if numbered >= 3 and any(table.passed_over.get(rule) for rule in _TOTALS):
        return Dialect.WORKSHEET
    if numbered >= 3 and names & _APPLICATION:
        return Dialect.ESKM
    return Dialect.OWN


class LongSeen(NamedTuple):
    """The positions of the three columns of a file with one row per answer."""

    respondent: int
    item: int
    answer: int


_FEWEST_ITEMS, _MOST_ITEMS = 2, 60
_NUMBERS_ITEMS = re.compile(
    r"(?:(?:no|nomor|kode|id)[ ._]*)?(?:soal|pertanyaan|butir|unsur|item|indikator)"
    r"(?:[ ._]*(?:no|nomor|kode|id))?"
)
_MOST_COLUMNS = 12
_FEWEST_ROWS = 4


def long_form(
    table: RawTable, columns: Sequence[SeenColumn], instruments: Sequence[Instrument]
) -> LongSeen | None:
    """Its three columns, if each row is one answer to an item that stands in it."""
    if len(columns) > _MOST_COLUMNS or not table.rows:
        return None
    answers = [x.position for x in columns if x.contents.form in ANSWERS]
    for item in range(len(table.header)):
        told = Counter(map(tidy, table.column(item)))
        numbers = bool(_NUMBERS_ITEMS.fullmatch(fold(table.lower[item])))
        if not _names_items(told, len(table.rows), instruments, numbers=numbers):
            continue
        for respondent in _respondents(columns, besides=item):
            cells = table.column(respondent), table.column(item)
            pairs = set(zip(*cells, strict=True))
            people = len(set(cells[0]))
            answer = [at for at in answers if at not in (item, respondent)]
            several = len(table.rows) >= 2 * people
            if answer and several and len(pairs) >= 0.98 * len(table.rows):
                return LongSeen(respondent, item, answer[-1])
    return None


def lies_sideways(table: RawTable, instruments: Sequence[Instrument]) -> bool:
    """Whether each row is a question, and the respondents are the columns."""
    if not _FEWEST_ROWS <= len(table.rows) <= _MOST_ITEMS:
        return False
    return any(
        _are_questions(table.column(at), instruments) for at in range(len(table.header))
    )


def _are_questions(cells: Sequence[str], instruments: Sequence[Instrument]) -> bool:
    told = [text for text in map(tidy, cells) if text]
    found = [
        match.key
        for text in told
        for instrument in instruments[:1]
        if (match := best_match(text, instrument.items)) and match.sure
    ]
    return len(set(found)) == len(found) >= max(_FEWEST_ROWS, len(told) / 2)


def _names_items(
    told: Counter[str],
    rows: int,
    instruments: Sequence[Instrument],
    *,
    numbers: bool,
) -> bool:
    """Whether nearly all cells of a column name items, the same again and again.

    Bare numbers name some only under a header that says so: `numbers`.
    """
    if not _FEWEST_ITEMS <= len(told) <= _MOST_ITEMS or len(told) * 2 > rows:
        return False
    keys = {key for instrument in instruments for key in instrument.keys}
    named = sum(
        count for text, count in told.items() if _names_item(text, keys, instruments)
    )
    plain_numbers = all(text.isdigit() for text in told)
    return named >= 0.9 * rows and (numbers or not plain_numbers)


def _names_item(text: str, keys: set[str], instruments: Sequence[Instrument]) -> bool:
    if fold(text) in keys or code_of(text, text):
        return True
    return any(best_match(text, instrument.items) for instrument in instruments[:1])


def _respondents(columns: Sequence[SeenColumn], *, besides: int) -> list[int]:
    """Columns that may say whose answer a row is, those called so first."""
    called = (Role.ID, Role.SERIAL)
    others = [x for x in columns if x.position != besides and x.contents.filled]
    return [x.position for x in sorted(others, key=lambda x: x.role not in called)]
