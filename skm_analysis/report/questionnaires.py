"""The appendix with every questionnaire as it was asked."""

from skm_analysis.report.elements import Column, Group, Heading, Line, Piece, Table
from skm_analysis.report.measure_quality import item_validity
from skm_analysis.report.numbers import stated
from skm_analysis.report.page import CityPage
from skm_analysis.report.wording import line, listing
from skm_analysis.study.records import Instrument, Item, Study
from skm_analysis.study.regulation import UNSUR


def appendix(page: CityPage) -> Group:
    """Per questionnaire a heading of level 2, its questions, and how each was tested.

    The assembler gives the appendix its title.
    """
    study = page.study
    used = {unit.instrument.id: unit.instrument for unit in study.units}
    pieces: list[Piece] = []
    for instrument in used.values():
        anchor = f"kuesioner-{instrument.id}"
        pieces.append(Heading(2, (instrument.title,), anchor))
        pieces.append(_table(study, instrument))
        pieces.append(item_validity(page, instrument))
    return Group(tuple(pieces))


def _table(study: Study, instrument: Instrument) -> Table:
    units = [unit.name for unit in study.units if unit.instrument.id == instrument.id]
    weighted = len({item.weight for item in instrument.items}) > 1
    columns = [
        Column("No.", "right", 0.4),
        Column("Unsur", width=1.6),
        Column("Pertanyaan", width=3.4),
        Column("Jawaban, dari nilai terendah", width=2.8),
    ]
    if weighted:
        columns.append(Column("Bobot", "right", 0.6))
    return Table(
        f"tab-kuesioner-{instrument.id}",
        (f"Pertanyaan dan jawaban: {instrument.title}",),
        tuple(columns),
        tuple(
            _row(instrument, place, item, weighted)
            for place, item in enumerate(instrument.items, 1)
        ),
        notes=(
            line("Dipakai oleh: ", listing(units), "."),
            *_regulation(instrument),
            *_weights(weighted),
            *_sources(instrument),
        ),
    )


def _regulation(instrument: Instrument) -> tuple[Line, ...]:
    if instrument.regulation is None:
        return ()
    own = any(item.own for item in instrument.items)
    ending = " Tanda * menunjukkan indikator unit sendiri." if own else ""
    return ((f"Unsur menurut {instrument.regulation}.{ending}",),)


def _weights(weighted: bool) -> tuple[Line, ...]:
    if not weighted:
        return ()
    return (("Bobot ditulis dengan tiga desimal; jumlahnya tepat satu.",),)


def _sources(instrument: Instrument) -> tuple[Line, ...]:
    """Where the wordings come from, as the instrument's file tells."""
    told = [f"Sumber rumusan: {instrument.source}"] if instrument.source else []
    told += [f"“{x.label}”: {x.source}" for x in instrument.items if x.source]
    return tuple((each,) for each in told)


def _row(
    instrument: Instrument, place: int, item: Item, weighted: bool
) -> tuple[Line, ...]:
    cells: list[Line] = [
        (f"{place}.",),
        (_label(item),),
        (item.question,),
        (_options(instrument, item),),
    ]
    if weighted:
        key = f"study.instrument.{instrument.id}.weight.{item.key}"
        cells.append((stated(key, item.weight, 3),))
    return tuple(cells)


def _label(item: Item) -> str:
    if item.own:
        return f"{item.label} *"
    unsur = UNSUR[item.unsur].label if item.unsur else item.label
    return item.label if item.label == unsur else f"{item.label} ({unsur})"


def _options(instrument: Instrument, item: Item) -> str:
    lowest, highest = instrument.scale
    if not item.options:
        return f"angka {lowest} sampai dengan {highest}"
    scores = range(lowest, highest + 1)
    pairs = zip(scores, item.options, strict=True)
    return "; ".join(f"{score} = {option}" for score, option in pairs)
