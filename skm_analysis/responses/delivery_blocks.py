"""The [[delivery]] that a file seems to need, and the questions it leaves to a person.

What is sure stands in it; what is not, stands beside it behind a "#", so that the block
is valid as it is and `skm check` names what is still to be decided.
"""

import re
from collections.abc import Iterator, Sequence

from skm_analysis.responses.answer_blocks import answer_lines
from skm_analysis.responses.column_contents import Form
from skm_analysis.responses.column_kinds import PROFILE, Role, SeenColumn
from skm_analysis.responses.dialects import Dialect
from skm_analysis.responses.inspecting import Seen
from skm_analysis.responses.naming import positions
from skm_analysis.responses.spelling import fold
from skm_analysis.study.toml_writing import aside, entry

_ENOUGH_DISTINCT = 0.9  # share of an id column's cells that must differ
_CODED = re.compile(r"[A-Za-z]\w*(?:\[\w+\])*\. ")  # LimeSurvey: code and question


def block(seen: Seen) -> str:
    """TOML to paste into study.toml; "" where the file has no header to go by."""
    if not seen.has_header or not seen.asked:
        return ""
    return "\n".join(_lines(seen)) + "\n"


def _lines(seen: Seen) -> Iterator[str]:
    yield "[[delivery]]"
    yield entry("file", seen.delivered)
    if seen.sheet:
        yield entry("sheet", seen.sheet)
    yield from _unit(seen)
    yield from _single(seen)
    if dropped := [_column(seen, x) for x in seen.columns if _is_dropped(x)]:
        yield entry("drop", dropped)
    yield from _blanks(seen)
    if marks := {sign for each in seen.ticked.values() for sign in each.marks}:
        yield entry("ticks", sorted(marks))
    yield from _long(seen)
    yield ""
    yield "[delivery.columns]"
    yield from _items(seen)
    yield from _units(seen)
    yield from answer_lines(seen)
    yield from _importance(seen)
    yield from _profile(seen)


def _name(seen: Seen, position: int) -> str | list[str]:
    """How study.toml names a question: its header, or the item of the long form.

    All headers where ticks stand in several columns.
    """
    if seen.long:
        return next(x.header for x in seen.asked if x.position == position)
    return _columns(seen, next(x for x in seen.columns if x.position == position))


def _columns(seen: Seen, column: SeenColumn) -> str | list[str]:
    if column.position in seen.ticked:
        return [_header(seen, at) for at in seen.ticked[column.position].columns]
    return _column(seen, column)


def _is_dropped(column: SeenColumn) -> bool:
    return column.role is Role.DROP and bool(column.shown)


def _unit(seen: Seen) -> Iterator[str]:
    column = first_of(seen, Role.UNIT)
    several = column is not None and column.contents.distinct > 1
    if seen.unit:
        yield "# Unit menurut nama berkas atau lembar; hapus tanda # bila benar."
        yield aside("unit", seen.unit.id)
    elif not several or not _knows_units(seen):
        yield "# Milik unit mana? Isi id unitnya, lalu hapus tanda #."
        yield '# unit = "id-unit"'
    if column is not None and several:
        if not _knows_units(seen):
            yield "# Atau, bila kolom ini memuat unitnya, sebagai ganti 'unit':"
        write = entry if _knows_units(seen) else aside
        yield write("unit_column", _column(seen, column))


def _knows_units(seen: Seen) -> bool:
    """Whether the unit column alone tells the units."""
    return not seen.unit and any(seen.written.units.values())


def _units(seen: Seen) -> Iterator[str]:
    """How the units are written, one a line; behind "#" what nobody knows yet."""
    column = first_of(seen, Role.UNIT)
    if column is None or column.contents.distinct < 2 or seen.unit:
        return
    known = _knows_units(seen)
    yield ""
    yield "[delivery.units]" if known else "# [delivery.units]"
    for text, unit in seen.written.units.items():
        yield entry(text, unit) if unit else aside(text, "id-unit")
    if seen.written.hidden:
        yield f"# dan {seen.written.hidden} tulisan lain, yang tidak ditampilkan"


def _column(seen: Seen, column: SeenColumn) -> str:
    """A column's name: the last of its header rows, where that is enough."""
    lower = seen.lower[column.position]
    code = lower.partition(". ")[0] if _CODED.match(lower) else ""
    if column.role is Role.SERIAL:
        code = ""  # "No. Urut"
    if code and positions(seen.names, code) == [column.position]:
        return code
    return _header(seen, column.position)


def _header(seen: Seen, at: int) -> str:
    lower = seen.lower[at]
    return lower if positions(seen.names, lower) == [at] else seen.names[at]


def _single(seen: Seen) -> Iterator[str]:
    if seen.long:
        yield entry("id_column", seen.names[seen.long.respondent])
    elif (column := first_of(seen, Role.ID) or _stamp(seen)) is not None:
        # Two may well have sent their forms in the same second.
        enough = 1 if column.role is Role.PERIOD else _ENOUGH_DISTINCT
        distinct = column.contents.distinct >= enough * max(column.contents.filled, 1)
        write = entry if distinct else aside
        yield write("id_column", _column(seen, column))
    if (column := first_of(seen, Role.SERIAL)) is not None:
        yield entry("serial_column", _column(seen, column))
    if (column := first_of(seen, Role.CLUSTER)) is not None:
        yield entry("cluster_column", _column(seen, column))
    if (column := first_of(seen, Role.STRATUM)) is not None:
        stratified = seen.unit is not None and bool(seen.unit.strata)
        write = entry if stratified else aside
        yield write("stratum_column", _column(seen, column))
    if (column := first_of(seen, Role.PERIOD)) is not None:
        days = column.contents.form is Form.DATES or column.contents.excel_days
        placed = days or column.position in seen.placed
        write = entry if placed else aside
        yield write("period_column", _column(seen, column))
        if column.position in seen.month_first:
            yield entry("date_order", "month-first")
        elif column.contents.excel_days:
            yield entry("date_order", "excel-number")
        elif column.position in seen.either_order:
            yield "# Dibaca hari dahulu (4/5 = 4 Mei); bila formulirnya bulan dahulu:"
            yield aside("date_order", "month-first")
    if (column := first_of(seen, Role.COMMENT)) is not None:
        yield entry("comment_column", _column(seen, column))


def _stamp(seen: Seen) -> SeenColumn | None:
    """The time stamp of a form, which tells its respondents apart."""
    if seen.dialect is not Dialect.GOOGLE_FORMS:
        return None
    return first_of(seen, Role.PERIOD)


def first_of(seen: Seen, role: Role) -> SeenColumn | None:
    """The column of that role: of dates, or of forms, rather than a mere count.

    Only questions and the profile may stand in several columns with ticks.
    """
    found = [x for x in seen.columns if x.role is role and x.shown]
    if role not in PROFILE:
        found = [x for x in found if x.position not in seen.ticked]
    found.sort(key=lambda x: role is Role.PERIOD and x.contents.form is not Form.DATES)
    found.sort(key=lambda x: role is Role.SERIAL and len(fold(x.header).split()) < 2)
    return found[0] if found else None


def _blanks(seen: Seen) -> Iterator[str]:
    if seen.meanings.not_applicable:
        yield entry("not_applicable", list(seen.meanings.not_applicable))
    if seen.meanings.perhaps:
        yield "# Bila ini berarti tidak berlaku atau tidak dijawab:"
        both = [*seen.meanings.not_applicable, *seen.meanings.perhaps]
        yield aside("not_applicable", both)


def _long(seen: Seen) -> Iterator[str]:
    if seen.long:
        yield ""
        yield "[delivery.long]"
        yield entry("respondent", seen.names[seen.long.respondent])
        yield entry("item", seen.names[seen.long.item])
        yield entry("answer", seen.names[seen.long.answer])


def _items(seen: Seen) -> Iterator[str]:
    proposal = seen.proposal
    told = False
    for key, at in proposal.sure.items():
        name = _name(seen, at)
        if isinstance(name, list) or seen.long:
            yield entry(key, name)
            continue
        there = positions(seen.names, name)
        if len(there) < 2:
            yield entry(key, name)
            continue
        if not told:
            yield "# Judul berikut ada pada beberapa kolom. Bila formulirnya bercabang,"
            yield "# hapus tanda # saja; bila tidak, tulis satu judul yang dimaksud,"
            yield "# dan taruh yang lain dalam drop."
        told = True
        yield aside(key, [seen.names[each] for each in there])
    if proposal.likely:
        yield "# Mungkin; cocokkan dengan kuesioner, lalu hapus tanda # bila benar:"
    for key, at, certainty in proposal.likely:
        yield f"{aside(key, _name(seen, at))}  # {certainty:.0%}"
    if proposal.choices:
        yield "# PUTUSKAN menurut kuesioner; hapus tanda # dari satu pilihan saja:"
    for number, choice in enumerate(proposal.choices, start=1):
        yield f"# pilihan {number}: {choice.name}"
        for key, at in choice.columns.items():
            yield aside(key, _name(seen, at))
    shown = {x.position for x in seen.asked if x.shown}
    if left := [at for at in proposal.unmatched if at in shown]:
        yield "# Belum dikenal; beri kunci butirnya bila termasuk kuesioner:"
        for at in left:
            yield f"# ? = {entry('x', _name(seen, at)).removeprefix('x = ')}"


def _importance(seen: Seen) -> Iterator[str]:
    if seen.proposal.importance:
        yield ""
        yield "[delivery.importance]"
        for key, at in seen.proposal.importance.items():
            yield entry(key, _name(seen, at))
    if seen.proposal.perhaps_importance:
        yield ""
        yield "# Tampaknya tingkat kepentingan; bila benar, beri kunci butirnya:"
        yield "# [delivery.importance]"
        for at in seen.proposal.perhaps_importance:
            yield f"# ? = {entry('x', _name(seen, at)).removeprefix('x = ')}"


def _profile(seen: Seen) -> Iterator[str]:
    found = {role: column for role in PROFILE if (column := first_of(seen, role))}
    if found:
        yield ""
        yield "[delivery.profile]"
        for role, column in found.items():
            yield entry(role.value, _columns(seen, column))


def same_header(tables: Sequence[Seen]) -> list[tuple[str, ...]]:
    """Files with the same columns, which one [[delivery]] by folder may describe."""
    groups: dict[tuple[str, ...], list[str]] = {}
    for seen in tables:
        if seen.has_header:
            groups.setdefault(seen.names, []).append(seen.file)
    return [tuple(dict.fromkeys(x)) for x in groups.values() if len(set(x)) > 1]
