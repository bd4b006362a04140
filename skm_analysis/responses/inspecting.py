"""What a delivered file holds, told without a single answer of a citizen.

Every column with its kind and counts, the tool that wrote the file, the items that its
questions ask for, and a [[delivery]] to paste into study.toml.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from skm_analysis.errors import DeliveryError
from skm_analysis.responses.answer_meanings import Meanings, meanings_of
from skm_analysis.responses.column_contents import (
    Contents,
    Form,
    contents_of,
    tidied,
)
from skm_analysis.responses.column_kinds import Role, SeenColumn
from skm_analysis.responses.dates import are_month_first, may_be_month_first
from skm_analysis.responses.dialects import (
    Dialect,
    LongSeen,
    dialect_of,
    lies_sideways,
    long_form,
)
from skm_analysis.responses.file_kinds import refuse_misnamed
from skm_analysis.responses.proposing import Proposal, propose
from skm_analysis.responses.raw import MAX_BYTES, RawTable
from skm_analysis.responses.reading import read_table
from skm_analysis.responses.screening import OFTEN, is_office
from skm_analysis.responses.seen_columns import items_of, see_columns
from skm_analysis.responses.spelling import fold
from skm_analysis.responses.ticked import (
    Ticked,
    by_first,
    ticked_columns,
    told_by_ticks,
)
from skm_analysis.responses.value_labels import value_labels
from skm_analysis.responses.workbooks import WORKBOOKS, visible_sheets
from skm_analysis.study.catalogue import USUAL, catalogue
from skm_analysis.study.delivered_files import is_left_behind
from skm_analysis.study.places import Places
from skm_analysis.study.records import Instrument, Study, Unit

_USUAL_HEADERS = (
    *(f"U{number}" for number in range(1, 15)),
    *("Timestamp", "Jenis Kelamin", "JK", "Usia", "Umur", "Pendidikan", "Pekerjaan"),
    *("Saran", "No", "ID Responden", "Tanggal", "_id", "_submission_time"),
    *("kode_responden", "id_responden", "Unsur", "Butir", "Jawaban"),  # long form
)
_MOST = 0.9  # share of a column's cells


class Expected(NamedTuple):
    """What a file is held against: a study's own instruments, or the ready ones."""

    instruments: tuple[Instrument, ...]  # preferred ones first
    study: Study | None


class Written(NamedTuple):
    """What a unit column writes: shown texts -> unit id, "" where unknown."""

    units: Mapping[str, str]
    hidden: int  # other spellings


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One table of answers: a text file, or one sheet of a workbook."""

    file: str  # as messages name it
    delivered: str  # as study.toml names it
    sheet: str  # "" where the file has one table only
    format: str
    dialect: Dialect
    rows: int
    passed_over: Mapping[str, int]
    has_header: bool
    columns: tuple[SeenColumn, ...]
    long: LongSeen | None
    asked: tuple[SeenColumn, ...]  # the questions: columns, or items of the long form
    proposal: Proposal
    meanings: Meanings
    unit: Unit | None  # by the name of file or sheet
    written: Written
    names: tuple[str, ...]  # of all columns, as in the file
    lower: tuple[str, ...]  # from the last header row alone
    ticked: Mapping[int, Ticked]  # first column -> all that stand under its name
    placed: frozenset[int]  # columns that hold ids of the study's periods
    month_first: frozenset[int]  # columns of dates that can only be read so
    either_order: frozenset[int]  # columns of dates that do not tell


class Looked(NamedTuple):
    """One file: its tables, or why it was not read."""

    file: str
    tables: tuple[Seen, ...]
    problem: str
    other_sheets: int = 0  # without answers, or not readable


def look_at_all(
    files: Sequence[Path], places: Places | None, study: Study | None, sheet: str | None
) -> tuple[Looked, ...]:
    """Every file, those of a folder one by one."""
    expected = expect(study)
    paths = [each for path in files for each in _files_in(path)]
    return tuple(
        look_at(path, path.as_posix(), _delivered(path, places), expected, sheet)
        for path in paths
    )


def _files_in(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    return sorted(
        x for x in path.iterdir() if x.is_file() and not is_left_behind(x.name)
    )


def _delivered(path: Path, places: Places | None) -> str:
    """How study.toml names the file: where it lies, or will lie once it is copied."""
    home = path.resolve()
    if places and home.is_relative_to(places.raw.resolve()):
        return home.relative_to(places.raw.resolve()).as_posix()
    return f"responses/{path.name}"


def expect(study: Study | None) -> Expected:
    if study is not None:
        return Expected(tuple(study.instruments.values()), study)
    ready = catalogue()
    names = sorted(ready, key=lambda name: (name != USUAL, not name.startswith(USUAL)))
    return Expected(tuple(ready[name] for name in names), None)


def look_at(
    path: Path, file: str, delivered: str, expected: Expected, sheet: str | None
) -> Looked:
    """Every table of answers in a file.

    `file` is how messages name it, `delivered` how study.toml is to name it. A file
    that is refused is told in `problem`.
    """
    tables, refused = [], []
    try:
        for name in _sheets(path, file, sheet):
            try:
                wanted = _wanted(expected)
                tables.append(read_table(path, file, wanted=wanted, sheet=name))
            except DeliveryError as error:
                refused.append(str(error))
    except DeliveryError as error:
        refused.append(str(error))
    if not tables:
        return Looked(file, (), refused[0])
    sheets = len(tables) + len(refused)
    seen = [_see(table, path, delivered, expected, sheets) for table in tables]
    with_answers = [each for each in seen if each.asked]
    kept = tuple(with_answers or seen[:1])
    return Looked(file, kept, "", sheets - len(kept))


def _sheets(path: Path, file: str, sheet: str | None) -> tuple[str | None, ...]:
    """The sheets to look at; none where a file has no such thing."""
    suffix = path.suffix.lower()
    if sheet is not None or suffix not in WORKBOOKS:
        return (sheet,)
    try:
        data = path.read_bytes() if path.stat().st_size <= MAX_BYTES else b""
    except OSError:
        data = b""
    if not data:
        return (None,)  # reading it tells what is wrong
    refuse_misnamed(data, file, suffix)
    return visible_sheets(data, file, suffix)


def _wanted(expected: Expected) -> tuple[str, ...]:
    items = [item for each in expected.instruments for item in each.items]
    return (*_USUAL_HEADERS, *(i.question for i in items), *(i.label for i in items))


def _see(
    table: RawTable, path: Path, delivered: str, expected: Expected, sheets: int
) -> Seen:
    known = _known_options(expected)
    whole, ticked = table, ticked_columns(table)
    table = told_by_ticks(table, ticked)
    counts = [tidied(table.column(at)) for at in range(len(table.header))]
    contents = [
        contents_of(each, known, value_labels(table, at))
        for at, each in enumerate(counts)
    ]
    labels = tuple(each.label for each in table.variables)
    columns = see_columns(table, counts, contents, labels, expected.instruments)
    has_header = any(column.shown for column in columns)
    long = long_form(table, columns, expected.instruments) if has_header else None
    asked = (
        columns if long is None else items_of(table, long, known, expected.instruments)
    )
    unit = _unit_named(f"{path.stem} {table.sheet if sheets > 1 else ''}", expected)
    written = _written(columns, counts, expected)
    ranked = _ranked(expected, unit, written)
    proposal = propose(
        asked if has_header else (), ranked, ready=expected.study is None
    )
    dialect = Dialect.LONG if long else dialect_of(table, columns, path.suffix)
    if long is None and lies_sideways(table, expected.instruments):
        dialect = Dialect.SIDEWAYS
    asked = tuple(column for column in asked if column.is_question)
    return Seen(
        file=table.file,
        delivered=delivered,
        sheet=table.sheet if sheets > 1 else "",
        format=table.format,
        dialect=dialect,
        rows=len(table.rows),
        passed_over=table.passed_over,
        has_header=has_header,
        columns=columns,
        long=long,
        asked=asked if dialect is not Dialect.SIDEWAYS else (),
        proposal=proposal,
        meanings=meanings_of(asked, proposal, (*ranked, *catalogue().values())),
        unit=unit,
        written=written,
        names=whole.header,
        lower=whole.lower,
        ticked=by_first(ticked),
        placed=_placed(counts, expected),
        month_first=_dates(contents, counts, are_month_first),
        either_order=_dates(contents, counts, may_be_month_first),
    )


def _known_options(expected: Expected) -> frozenset[str]:
    instruments = (*expected.instruments, *catalogue().values())
    items = [item for each in instruments for item in each.items]
    return frozenset(fold(option) for item in items for option in item.options)


def _ranked(
    expected: Expected, unit: Unit | None, written: Written
) -> tuple[Instrument, ...]:
    """The instruments of the units that the file is known to hold, else all."""
    ids = {unit.id} if unit else {each for each in written.units.values() if each}
    if expected.study is None or not ids:
        return expected.instruments
    theirs = [expected.study.unit(each).instrument for each in sorted(ids)]
    return tuple({each.id: each for each in theirs}.values())


def _unit_named(text: str, expected: Expected) -> Unit | None:
    """The unit whose id or name stands in a file's or sheet's name; the longest."""
    if expected.study is None:
        return None
    written = f" {_slug(text)} "
    found = [
        (len(name), unit)
        for unit in expected.study.units
        for name in (_slug(unit.id), _slug(unit.name))
        if f" {name} " in written
    ]
    best = max((length for length, _ in found), default=0)
    named = {unit.id: unit for length, unit in found if length == best}
    return next(iter(named.values())) if len(named) == 1 else None


def _slug(text: str) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in fold(text)).split())


def _placed(counts: Sequence[Counter[str]], expected: Expected) -> frozenset[int]:
    """Columns in which hardly anything but the study's periods stands."""
    periods = expected.study.periods if expected.study else ()
    ids = {fold(period.id) for period in periods}
    return frozenset(
        at
        for at, each in enumerate(counts)
        if each
        and sum(n for text, n in each.items() if fold(text) in ids)
        >= _MOST * each.total()
    )


def _dates(
    contents: Sequence[Contents],
    counts: Sequence[Counter[str]],
    are_so: Callable[[Iterable[str]], bool],
) -> frozenset[int]:
    return frozenset(
        at
        for at, each in enumerate(contents)
        if each.form is Form.DATES and are_so(counts[at])
    )


def _written(
    columns: Sequence[SeenColumn], counts: Sequence[Counter[str]], expected: Expected
) -> Written:
    """What stands in the unit column: names and codes of offices, nothing else."""
    column = next((x for x in columns if x.role is Role.UNIT), None)
    if column is None:
        return Written({}, 0)
    units = expected.study.units if expected.study else ()
    by_name = {fold(name): unit.id for unit in units for name in (unit.id, unit.name)}
    shown = {
        text: by_name.get(fold(text), "")
        for text, count in sorted(counts[column.position].items())
        if fold(text) in by_name
        or (len(text) <= 3 and text.isdigit())
        or (count >= OFTEN and is_office(text))
    }
    return Written(shown, len(counts[column.position]) - len(shown))
