"""The appendix on items: the long tables that unit chapters sum up in a sentence."""

from collections.abc import Callable, Sequence

from skm_analysis.report.elements import Absent, Group, Heading, Piece, Table
from skm_analysis.report.page import CityPage, UnitPage
from skm_analysis.report.unit_importance import importance_table
from skm_analysis.report.unit_item_changes import change_table

_PARTS: Sequence[tuple[str, Callable[[UnitPage], Table | Absent]]] = (
    ("Perubahan sejak studi sebelumnya", change_table),
    ("Kepentingan dan kinerja", importance_table),
)


def appendix(page: CityPage) -> Group:
    """Per kind of table a heading, then one table per unit that has it.

    The assembler gives the appendix its title.
    """
    pages = [
        UnitPage(study=page.study, unit=unit, estimates=page.estimates)
        for unit in page.study.units
    ]
    pieces: list[Piece] = []
    for title, make in _PARTS:
        made = [make(each) for each in pages]
        tables = [each for each in made if isinstance(each, Table)]
        if tables:
            pieces += [Heading(2, (title,)), *tables]
    return Group(tuple(pieces) or (Absent("Tidak ada rincian unsur."),))
