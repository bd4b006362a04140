"""A unit's publication sheet: what PermenPANRB 14/2017 has an office hang up.

Index, grade, who answered and when, on one page. It tells no more of the respondents
than the unit's chapter does.
"""

from dataclasses import dataclass

from skm_analysis.report import numbers, unit_profile, unit_result
from skm_analysis.report.elements import Line, Number
from skm_analysis.report.formatting import span
from skm_analysis.report.numbers import derived, number, verdict
from skm_analysis.report.page import UnitPage
from skm_analysis.report.standing import TOLD, Standing
from skm_analysis.report.wording import line, listing
from skm_analysis.responses.labels import PROFILE

PLACE = "publikasi."  # how the register names a unit's sheet
THANKS = (
    "Terima kasih atas penilaian yang telah Anda berikan. Masukan Anda sangat "
    "bermanfaat bagi kemajuan unit kami agar terus memperbaiki dan meningkatkan "
    "kualitas pelayanan bagi masyarakat."
)
INDICATIVE = "INDIKATIF"
FEW = (
    "Kuesioner yang dapat dipakai kurang dari sepuluh. Agar jawaban perseorangan tidak "
    "dapat dikenali, dan karena hasilnya terlalu tidak pasti, indeks, mutu pelayanan, "
    "dan profil responden unit ini tidak disajikan."
)
NONE = (
    "Tidak ada kuesioner yang dapat dipakai, sehingga indeks dan mutu pelayanan unit "
    "ini tidak dapat dihitung."
)
_SHOWN = ("sex", "education")
_LONGEST = 160  # characters of services that are named one by one


@dataclass(frozen=True, slots=True)
class Band:
    """How many of the respondents are of one kind."""

    name: Line
    count: Line


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What stands on one unit's sheet; empty lines where there is nothing to tell."""

    unit: str
    name: str
    institution: str
    year: int
    period: str
    index: Number | None
    letter: Line
    meaning: str
    reason: Line  # why there is no index
    marked: str  # "INDIKATIF", if it is
    respondents: Line
    groups: tuple[tuple[str, tuple[Band, ...]], ...]
    service: Line
    notes: tuple[Line, ...]

    @property
    def lines(self) -> tuple[Line, ...]:
        """All that can hold a number, in reading order."""
        index: Line = (self.index,) if self.index else ()
        bands = (
            each
            for _, found in self.groups
            for band in found
            for each in (band.name, band.count)
        )
        told = (index, self.letter, self.reason, self.service, self.respondents)
        return (*told, *bands, *self.notes)


def sheet(page: UnitPage) -> Sheet:
    """The sheet of one unit, or the honest one without figures."""
    row = page.row("ikm")
    told = page.standing in TOLD and row is not None and row.value is not None
    study = page.study
    letter, meaning = _grade(page) if told else ((), "")
    return Sheet(
        unit=page.unit.id,
        name=page.unit.name,
        institution=study.institution,
        year=study.year,
        period=span(study.start, study.end),
        index=number(row) if told and row is not None else None,
        letter=letter,
        meaning=meaning,
        reason=() if told else _reason(page),
        marked=INDICATIVE if told and page.standing is Standing.INDICATIVE else "",
        respondents=numbers.respondents(row) if told else (),
        groups=_groups(page) if told else (),
        service=_service(page) if told else (),
        notes=_notes(page, told=told),
    )


def _grade(page: UnitPage) -> tuple[Line, str]:
    grade = page.row("grade")
    if grade is None or not grade.category:
        return (), ""
    words = unit_result.meaning(page.unit.instrument, grade.category)
    return (verdict(grade.key, grade.category),), words


def _reason(page: UnitPage) -> Line:
    if page.standing is Standing.EMPTY:
        return (NONE,)
    if page.standing is Standing.SUPPRESSED:
        return (FEW,)
    why = unit_result.without_index(page.study)
    return (f"Indeks dan mutu pelayanan unit ini tidak dapat dihitung karena {why}.",)


def _groups(page: UnitPage) -> tuple[tuple[str, tuple[Band, ...]], ...]:
    found = (
        (PROFILE[each], tuple(Band(*band) for band in unit_profile.counts(page, each)))
        for each in _SHOWN
    )
    return tuple((label, bands) for label, bands in found if bands)


def _service(page: UnitPage) -> Line:
    """The services by name; counted where their names would fill the page."""
    names = [name for name, _ in unit_profile.counts(page, "service")]
    if not names:
        return ()
    told = listing(names)
    if sum(len(each) for each in told if isinstance(each, str)) <= _LONGEST:
        return told
    many = derived(f"unit.{page.unit.id}.services", len(names))
    return line(many, " kelompok layanan")


def _notes(page: UnitPage, *, told: bool) -> tuple[Line, ...]:
    instrument = page.unit.instrument
    by = f" oleh {page.study.partner}" if page.study.partner else ""
    rule = f" menurut {instrument.regulation}" if instrument.regulation else ""
    origin: Line = (f"Survei kepuasan masyarakat{rule}, diolah{by}.",)
    row = page.row("ikm")
    if not told or row is None:
        return (origin,)
    notes = [unit_result.uncertainty(page, row)]
    if page.standing is Standing.INDICATIVE:
        notes.append(
            ("Indikatif: hasil ini didasarkan pada kurang dari tiga puluh responden.",)
        )
    grade = page.row("grade")
    if grade is None or not grade.category:
        notes.append(unit_result.no_grade(page, grade))
    notes.append(unit_result.standing_apart(row))
    notes.append(_withheld(page))
    return (*(note for note in notes if note), origin)


def _withheld(page: UnitPage) -> Line:
    """Which of what the regulation wants shown was asked, but may not be."""
    asked = {row.item for row in page.rows("profile") if row.value}
    hidden = [
        PROFILE[each].lower()
        for each in _SHOWN
        if each in asked and not unit_profile.counts(page, each)
    ]
    if not hidden:
        return ()
    return line("Tidak disajikan karena kelompoknya kecil: ", listing(hidden), ".")
