"""A file with one row per answer, as one row per respondent.

A respondent's row has the number of the first of theirs in the file. Nothing is chosen
between unlike answers of one respondent to one question, or between unlike counters,
days and so on: the respondent is set aside.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import get_args

from skm_analysis.responses.columns import item_names, places_beside
from skm_analysis.responses.dates import read_date
from skm_analysis.responses.headers import distinct
from skm_analysis.responses.naming import positions
from skm_analysis.responses.raw import RawTable, refusal
from skm_analysis.responses.spelling import fold, tidy
from skm_analysis.study.records import DateOrder, Delivery, LongForm

_NEXT = " | "  # between the comments of one respondent


@dataclass(slots=True)
class _Sheet:
    """What one respondent said, as far as it has been read."""

    number: int
    beside: list[str]  # cells of the other columns
    answers: dict[int, str] = field(default_factory=dict)  # place of the item -> answer
    broken: str = ""

    def answer(self, item: int, text: str) -> int:
        """Note an answer; 1 where it was there before."""
        if not (said := tidy(text)):
            return 0
        if item not in self.answers:
            self.answers[item] = said
            return 0
        if fold(self.answers[item]) == fold(said):
            return 1
        self.broken = self.broken or "two_answers"
        return 0

    def compare(
        self, cells: Sequence[str], decisive: Sequence[int], comment: Sequence[int]
    ) -> None:
        """Where this row says what an earlier one left blank, or otherwise."""
        for place in decisive:
            before, now = self.beside[place], cells[place]
            if not tidy(before):
                self.beside[place] = now
            elif tidy(now) and not _alike(before, now):
                self.broken = self.broken or "two_answers"
        for place in comment:
            before, now = self.beside[place], tidy(cells[place])
            if now and now not in before.split(_NEXT):
                self.beside[place] = _NEXT.join(filter(None, (before, now)))


def _alike(one: str, other: str) -> bool:
    """Times of one day are the same day, in whichever order it is written."""
    for order in get_args(DateOrder):
        day = read_date(one, order)
        if day is not None and day == read_date(other, order):
            return True
    return fold(one) == fold(other)


def widen(table: RawTable, delivery: Delivery, long: LongForm) -> RawTable:
    """The same answers, with a column for each item that the delivery names.

    The names of other items are not told, only how many there are: should the wrong
    column have been declared, they are words of people.

    Raises DeliveryError for a column that is not there, and for an item that nobody
    answered.
    """
    who, item, answer = (
        _column(table, getattr(long, key), key)
        for key in ("respondent", "item", "answer")
    )
    others = [i for i in range(len(table.header)) if i not in (item, answer)]
    names = distinct([table.header[i] for i in others])
    decisive = places_beside(names, delivery)
    comment = positions(names, delivery.comment_column or "")
    asked = item_names(delivery, names)
    places = _items(table, item, asked)
    told = Counter(table.passed_over)
    sheets: dict[object, _Sheet] = {}
    for number, row in zip(table.row_numbers, table.rows, strict=True):
        name = tidy(row[who])
        cells = [row[i] for i in others]
        sheet = sheets.setdefault(name or number, _Sheet(number, [*cells]))
        sheet.compare(cells, decisive, comment)
        if number in table.broken or not name:
            sheet.broken = table.broken.get(number, "no_respondent")
        elif (place := places.get(row[item])) is not None:
            told["same_answer"] += sheet.answer(place, row[answer])
    unread = len({fold(row[item]) for row in table.rows if row[item] not in places})
    return _wide(table, [*sheets.values()], (*names, *asked), told, unread)


def respondent_rows(table: RawTable, long: LongForm) -> dict[int, int]:
    """Line of the file -> the row of its respondent, which is the first of theirs."""
    who = _column(table, long.respondent, "respondent")
    first: dict[object, int] = {}
    return {
        number: first.setdefault(tidy(row[who]) or number, number)
        for number, row in zip(table.row_numbers, table.rows, strict=True)
    }


def item_columns(
    table: RawTable, delivery: Delivery, long: LongForm
) -> Mapping[str, int]:
    """What stands in the item column -> the column that `widen` makes of it."""
    item, answer = (_column(table, getattr(long, k), k) for k in ("item", "answer"))
    others = [i for i in range(len(table.header)) if i not in (item, answer)]
    names = distinct([table.header[i] for i in others])
    places = _items(table, item, item_names(delivery, names))
    return {text: len(names) + place for text, place in places.items()}


def _column(table: RawTable, name: str, key: str) -> int:
    found = positions(table.header, name)
    if len(found) == 1:
        return found[0]
    fault = "tidak ada" if not found else "ada lebih dari satu kali"
    raise refusal(
        table.file,
        f"kolom {name!r} untuk [delivery.long] {key} {fault}.",
        "perbaiki di study.toml: tulis judul kolom seperti pada berkas.",
    )


def _items(table: RawTable, item: int, asked: Sequence[str]) -> Mapping[str, int]:
    """What stands in the item column -> its place among `asked`."""
    written: dict[str, list[str]] = {}
    for text in dict.fromkeys(row[item] for row in table.rows):
        written.setdefault(tidy(text), []).append(text)
    names = [*{fold(name): name for name in written if name}.values()]
    places: dict[str, int] = {}
    absent: list[str] = []
    several: list[str] = []
    for place, name in enumerate(asked):
        found = positions(names, name)
        if len(found) != 1:
            (several if found else absent).append(name)
            continue
        for told, texts in written.items():
            if fold(told) == fold(names[found[0]]):
                places.update(dict.fromkeys(texts, place))
    if table.rows and (absent or several):
        raise _not_answered(table, absent, several)
    return places


def _not_answered(table: RawTable, absent: list[str], several: list[str]) -> Exception:
    faults = [f"butir {name!r} tidak ada pada kolom butirnya." for name in absent]
    faults += [f"butir {name!r} cocok dengan beberapa butir." for name in several]
    return refusal(
        table.file,
        "\n  ".join(faults),
        "perbaiki [delivery.columns] di study.toml: tulis butir seperti pada kolom",
        "'item' dari [delivery.long].",
    )


def _wide(
    table: RawTable,
    sheets: Sequence[_Sheet],
    names: Sequence[str],
    told: Counter[str],
    unread: int,
) -> RawTable:
    rows = []
    for sheet in sheets:
        said = {} if sheet.broken else sheet.answers
        items = range(len(names) - len(sheet.beside))
        rows.append((*sheet.beside, *(said.get(item, "") for item in items)))
    others = f", {unread} butir lain tidak dibaca" if unread else ""
    return replace(
        table,
        header=distinct(names),
        lower=tuple(names),
        rows=tuple(rows),
        row_numbers=tuple(sheet.number for sheet in sheets),
        format=f"{table.format}, bentuk panjang dari {len(table.rows)} baris{others}",
        passed_over={rule: count for rule, count in told.items() if count},
        broken={sheet.number: sheet.broken for sheet in sheets if sheet.broken},
        office=(),
        variables=(),
        lines=table,
    )
