"""What an office worked out itself in its worksheet, as it stands there.

Beside it stand the sums of the file's own columns, every row taken as it is: what the
office gets that adds up whatever was typed.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from skm_analysis.responses.footer_labels import Footer
from skm_analysis.responses.raw import OfficeRow, RawTable
from skm_analysis.responses.schema import OFFICE_RESULTS
from skm_analysis.study.records import Delivery, Instrument

COLUMN_SUM, COLUMN_COUNT = "column_sum", "column_count"
_PLAIN = re.compile(r"\s*\d{1,9}(?:\.\d{1,9})?\s*")
_WITH_COMMA = re.compile(r"\s*\d{1,9}(?:[.,]\d{1,9})?\s*")


class OfficeFigure(NamedTuple):
    """One number of the result; columns of `office_results.csv` behind the file's."""

    row: int  # as Excel shows it; 0: a sum over all rows
    unit: str  # "" where the rows are several units'
    measure: str
    item: str  # "" for the whole
    printed: str  # digits and a decimal point


def office_figures(
    table: RawTable,
    delivery: Delivery,
    unit: str,
    instrument: Instrument | None,
    items: Mapping[str, int],
) -> tuple[OfficeFigure, ...]:
    """The office's own result in `table`; nothing where it sent none.

    `unit` is that to which all rows belong and `instrument` is its own, "" and None
    where there are several; `items` gives the column of each item key.
    """
    if delivery.long is not None:
        return ()
    found = [
        OfficeFigure(row.row, unit, measure, item, printed)
        for row in table.office
        for measure, item, printed in _read(row, items, instrument)
    ]
    if not found:
        return ()
    sums = [
        OfficeFigure(0, unit, measure, item, printed)
        for item, at in items.items()
        for measure, printed in _column(table, at)
    ]
    return (*found, *sums)


def _read(
    row: OfficeRow, items: Mapping[str, int], instrument: Instrument | None
) -> Iterator[tuple[str, str, str]]:
    """Measure, item and number of all that a footer says."""
    at_items = {
        item: row.numbers[at] for item, at in items.items() if at in row.numbers
    }
    per_item = len(at_items) > 1 or (len(items) == 1 and bool(at_items))
    if row.measure == Footer.IKM:
        if (text := _whole_figure(row, items, per_item=per_item)) is not None:
            yield _index(decimal_text(text), instrument)
        return
    whole = row.measure in (Footer.SUM, Footer.N)
    if per_item:
        for item, text in at_items.items():
            yield row.measure, item, decimal_text(text, whole=whole)
    if row.measure == Footer.NRR_WEIGHTED or (row.measure == Footer.N and not per_item):
        text = _whole_figure(row, items, per_item=per_item)
        if text is not None:
            yield row.measure, "", decimal_text(text, whole=whole)


def _whole_figure(
    row: OfficeRow, items: Mapping[str, int], *, per_item: bool
) -> str | None:
    """The number of the whole unit: beside those of the items, or the only one."""
    places = sorted(row.numbers, key=lambda at: (at < row.place, at))
    if per_item:
        places = [at for at in places if at not in items.values() and at > row.place]
    return row.numbers[places[0]] if places else None


def _index(printed: str, instrument: Instrument | None) -> tuple[str, str, str]:
    """An index on the scale of the answers is the sum of the weighted means."""
    if instrument is not None and Decimal(printed) <= instrument.scale[1]:
        return Footer.NRR_WEIGHTED.value, "", printed
    return Footer.IKM.value, "", printed


def decimal_text(text: str, *, whole: bool = False) -> str:
    """A number as written, with a decimal point and nothing between thousands.

    `whole`: three digits behind the only sign are thousands, not decimals.

    >>> decimal_text("3,06"), decimal_text("1.234", whole=True), decimal_text("1.234")
    ('3.06', '1234', '1.234')
    >>> decimal_text("1.234,50"), decimal_text("1.234.567")
    ('1234.50', '1234567')
    """
    signs = re.findall(r"[.,]", text)
    head, _, tail = text.rpartition(signs[-1]) if signs else (text, "", "")
    if not signs:
        return text
    several = len(signs) > 1
    if (several and len(set(signs)) == 1) or (
        whole and not several and re.fullmatch(r"\d{3}", tail)
    ):
        return re.sub(r"[.,]", "", text)
    return f"{re.sub(r'[.,]', '', head)}.{tail}"


def _column(table: RawTable, at: int) -> Iterator[tuple[str, str]]:
    """Sum and count of a column, as a program reckons that skips words."""
    plain = _PLAIN if table.sheet else _WITH_COMMA
    numbers = [
        Decimal(cell.strip().replace(",", "."))
        for cell in table.column(at)
        if plain.fullmatch(cell)
    ]
    if numbers:
        yield COLUMN_SUM, format(sum(numbers, Decimal(0)).normalize(), "f")
        yield COLUMN_COUNT, str(len(numbers))


def office_log(
    name: str, table: RawTable, figures: Sequence[OfficeFigure]
) -> list[dict[str, object]]:
    """Rows of `office_results.csv`."""
    return [
        dict(zip(OFFICE_RESULTS, (name, table.sheet, *figure), strict=True))
        for figure in figures
    ]
