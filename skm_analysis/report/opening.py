"""What a page was opened for: said at its top in JupyterLab, printed in no report."""

from collections.abc import Sequence

from skm_analysis.report.elements import Group, Line, Paragraph, Strong
from skm_analysis.report.front import SYNTHETIC
from skm_analysis.report.page import ArrivalsPage, CityPage, UnitPage
from skm_analysis.report.wording import line, listing
from skm_analysis.responses.file_names import shown_file


def study(page: ArrivalsPage | CityPage) -> Group:
    """The study, and whether its answers are real."""
    return _opened(page, ())


def unit(page: UnitPage) -> Group:
    """The study and the unit, and by which names the others are opened."""
    unit = page.unit
    others = [each.id for each in page.study.units if each.id != unit.id]
    told: list[Line] = [(f"Unit: {unit.name} (", Strong(unit.id), ").")]
    if others:
        told.append((f"Unit lain dalam studi ini: {', '.join(others)}.",))
    return _opened(page, told)


def _opened(page: ArrivalsPage | CityPage | UnitPage, more: Sequence[Line]) -> Group:
    study = page.study
    told: list[Line] = [("Studi ", Strong(study.id), f": {study.title}.")]
    if page.awaited:
        files = listing([shown_file(each.file) for each in page.awaited])
        opening = (Strong("BELUM LENGKAP"), " – kiriman yang belum datang: ")
        told.insert(0, line(*opening, files, "."))
    if study.synthetic:
        told.insert(0, (Strong(SYNTHETIC),))
    lines = [*told, *more]
    return Group(tuple(Paragraph("opening", each) for each in lines))
