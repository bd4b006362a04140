"""Below the answers: the regulation's footer, parts of the year, and the legend."""

from decimal import Decimal
from fractions import Fraction

from skm_analysis.estimates.grading import find_grade
from skm_analysis.estimates.worksheet import ItemStep
from skm_analysis.estimates.worksheet_parts import PartStep
from skm_analysis.report import formatting
from skm_analysis.report.working_cells import (
    COUNT,
    DECIMAL,
    FINE,
    NONE,
    NOTE,
    PLACE,
    SECTION,
    TEXT,
    Form,
    Formula,
    at,
    fixed,
    here,
    right,
)
from skm_analysis.report.working_sheet import FIRST, ITEM, PART_COLUMNS, UnitSheet
from skm_analysis.study.regulation import BANDS, CLAUSES

_STRONG = Form(bold=True)
_SUM = Form("#,##0", bold=True)
_NRR = Form("0.000", bold=True)
_WEIGHTED = Form("0.0000", bold=True)
_TOTAL = Form('"*) "0.0000', bold=True)
_INDEX = Form('"**) "0.00', bold=True)
_GRADE = Form("General", bold=True, align="right")
_DASH = Form(align="center")

_LABELS = {
    "sum": "Σ Nilai/Unsur",
    "answered": "Banyak yang menjawab",
    "weighted_sum": "Σ h × nilai",
    "divisor": "Σ h (pembagi)",
    "nrr": "NRR/Unsur",
    "weight": "Bobot",
    "nrr_weighted": "NRR tertimbang/Unsur",
    "ikm": "IKM Unit Pelayanan",
    "grade": "Mutu pelayanan",
    "lever": "Bobot ÷ pembagi",
}


def footer_rows(sheet: UnitSheet) -> list[str]:
    """The lines of the footer, as far as the rules of the study ask for them."""
    split = ["weighted_sum", "divisor"] * _is_split(sheet)
    lever = ["lever"] * ("z" in sheet.columns and sheet.rule != "person")
    told = ["nrr", "weight", "nrr_weighted", "ikm", "grade"]
    return ["sum", "answered", *split, *told, *lever]


def _is_split(sheet: UnitSheet) -> bool:
    """Whether the NRR divides other sums than all answers and their number."""
    return sheet.paper.weighted or sheet.rule == "complete"


def write_footer(sheet: UnitSheet) -> None:
    for name in footer_rows(sheet):
        label = _STRONG if name != "lever" else NOTE
        sheet.grid.across(sheet.rows[name], 0, ITEM - 1, _LABELS[name], label)
    for column, item in zip(sheet.items, sheet.paper.items, strict=True):
        _item(sheet, column, item)
    _items_told(sheet)
    _index(sheet)


def _item(sheet: UnitSheet, column: int, item: ItemStep) -> None:
    """One item's lines; each formula with its value."""
    answers = sheet.answers(column)
    rows = sheet.rows

    def cell(name: str) -> str:
        return here(rows[name], column)

    def put(name: str, text: str, value: Fraction | int, form: Form) -> None:
        number = value if isinstance(value, int) else float(value)
        sheet.grid.put(rows[name], column, Formula(text, number), form)

    put("sum", f"SUM({answers})", item.total, _SUM)
    put("answered", f"COUNT({answers})", item.answered, COUNT)
    above, below = cell("sum"), cell("answered")
    if _is_split(sheet):
        sheets = sheet.whole("sheets")
        counted = f"SUMPRODUCT({sheets}*ISNUMBER({answers}))"
        total = f"SUMPRODUCT({sheets},{answers})"
        put("weighted_sum", total, item.weighted_total, DECIMAL)
        put("divisor", counted, item.divisor, DECIMAL)
        above, below = cell("weighted_sum"), cell("divisor")
    put("weight", str(item.weight), item.weight, FINE)
    if item.nrr is None:
        for name in ("nrr", "nrr_weighted"):
            sheet.grid.put(rows[name], column, NONE, _DASH)
        return
    put("nrr", f"{above}/{below}", item.nrr, _NRR)
    weighted = f"{cell('nrr')}*{cell('weight')}"
    put("nrr_weighted", weighted, item.nrr * item.weight, _WEIGHTED)
    if "lever" in rows:
        lever = item.weight / item.divisor
        put("lever", f"{cell('weight')}/{below}", lever, Form("0.0E+00", size=9))


def _items_told(sheet: UnitSheet) -> None:
    """NRRs and what they rest on, under the report's keys."""
    if sheet.part:
        return
    keys = sheet.paper.surveyed.unit.instrument.keys
    for place, (key, item) in enumerate(zip(keys, sheet.paper.items, strict=True)):
        column = ITEM + place
        label = f"U{place + 1} {key}"
        if item.nrr is None:
            continue
        estimate = sheet.paper.surveyed.nrr[key]
        total, nrr = float(item.total), float(item.nrr)
        sheet.tell(f"Σ {label}", sheet.rows["sum"], column, total, "sum", key)
        sheet.tell(f"NRR {label}", sheet.rows["nrr"], column, nrr, "nrr", key)
        if sheet.rule != "complete":
            row, n = sheet.rows["answered"], estimate.n
            sheet.tell(f"n {label}", row, column, n, "nrr", key, side=":n")


def _index(sheet: UnitSheet) -> None:
    """Respondents, total, index and grade, in the column of totals."""
    paper, rows, column = sheet.paper, sheet.rows, sheet.total
    n = paper.sample.n
    everybody = Formula(f"COUNTA({fixed(1, FIRST, sheet.last)})", n)
    sheet.grid.put(rows["answered"], column, everybody, Form('"n = "#,##0'))
    sheet.tell("Responden diterima", rows["answered"], column, n, "n_accepted")
    if paper.total is None:
        sheet.grid.put(rows["nrr_weighted"], column, NONE, _DASH)
    else:
        total = Formula(f"SUM({sheet.footer('nrr_weighted')})", float(paper.total))
        sheet.grid.put(rows["nrr_weighted"], column, total, _TOTAL)
    if paper.ikm is None:
        for name in ("ikm", "grade"):
            sheet.grid.put(rows[name], column, NONE, _DASH)
        return
    text = f"{at(rows['nrr_weighted'], column)}*{sheet.factor}"
    if "own" in sheet.columns:
        sheets = sheet.whole("sheets")
        own = f"SUMPRODUCT({sheets},{sheet.whole('own')})"
        text = f"{own}/SUM({sheets})"
    value = float(paper.ikm.value)
    sheet.grid.put(rows["ikm"], column, Formula(text, value), _INDEX)
    sheet.tell("IKM", rows["ikm"], column, value, "ikm")
    _grade(sheet, paper.ikm.value)


def _grade(sheet: UnitSheet, ikm: Fraction) -> None:
    row, column, name = sheet.rows["grade"], sheet.total, sheet.paper.surveyed.bands
    if name is None:
        sheet.grid.put(row, column, NONE, _DASH)
        return
    bands = sorted(BANDS[name], key=lambda band: band.lower, reverse=True)
    # Twice, for the sums of a spreadsheet may lie a last digit below a tie.
    shown = f"ROUND(ROUND({sheet.in_total('ikm')},10),2)"
    text = f'"{bands[-1].grade}"'
    for band in reversed(bands[:-1]):
        text = f'IF({shown}>={band.lower},"{band.grade}",{text})'
    letter = find_grade(ikm, bands).grade
    sheet.grid.put(row, column, Formula(text, letter), _GRADE)
    sheet.tell("Mutu", row, column, letter, "grade")


def write_parts(sheet: UnitSheet) -> None:
    """Periods and strata, each as a sample of its own."""
    for column, parts in sheet.parts.items():
        top = sheet.rows[f"parts-{column}"]
        what = "periode" if column == "period" else "strata"
        title = f"Menurut {what}: n, NRR/Unsur, dan IKM; setiap lembar dihitung sama"
        sheet.grid.across(top, 0, sheet.end, title, SECTION)
        for place, part in enumerate(parts, 1):
            _part(sheet, top + 2 * place - 1, column, place, part)


def _part(sheet: UnitSheet, row: int, column: str, code: int, part: PartStep) -> None:
    """Two lines: how many respondents, and their NRRs and index."""
    members = f"{sheet.whole(PART_COLUMNS[column])}={at(row, 0)}"
    sheet.grid.put(row, 0, code, PLACE)
    sheet.grid.put(row, 1, part.name, Form(bold=True, wrap=True))
    sheet.grid.tall(row, sheet.grid.lines(1, part.name))
    counted = f"SUMPRODUCT(({members})*1)"
    sheet.grid.put(row, ITEM, Formula(counted, part.n), Form('"n = "#,##0'))
    told = f"{part.name}: n"
    sheet.tell(told, row, ITEM, part.n, "n_accepted", part=part.name)
    below = row + 1
    sheet.grid.put(below, 1, "NRR/Unsur", TEXT)
    for place, nrr in zip(sheet.items, part.nrr, strict=True):
        if nrr is None:
            sheet.grid.put(below, place, NONE, _DASH)
            continue
        inside = f"({members})*{_counts(sheet, sheet.answers(place))}"
        total = f"SUMPRODUCT(({members})*{_among(sheet)}{sheet.answers(place)})"
        text = f"{total}/SUMPRODUCT({inside})"
        sheet.grid.put(below, place, Formula(text, float(nrr)), Form("0.000"))
    if part.ikm is None:
        sheet.grid.put(below, sheet.total, NONE, _DASH)
        return
    text = f"SUMPRODUCT({right(below, *_ends(sheet))},{sheet.footer('weight')})"
    text += f"*{sheet.factor}"
    if "own" in sheet.columns:
        among = f"({members})*({sheet.whole('sheets')}>0)"
        text = f"SUMPRODUCT(({members})*{sheet.whole('own')})/SUMPRODUCT({among})"
    value = float(part.ikm)
    sheet.grid.put(below, sheet.total, Formula(text, value), DECIMAL)
    label = f"{part.name}: IKM"
    sheet.tell(label, below, sheet.total, value, "ikm", part=part.name)


def _ends(sheet: UnitSheet) -> tuple[int, int]:
    return ITEM, sheet.total - 1


def _among(sheet: UnitSheet) -> str:
    """Complete sheets only, where the rule says so."""
    return f"({sheet.whole('sheets')}>0)*" if sheet.rule == "complete" else ""


def _counts(sheet: UnitSheet, answers: str) -> str:
    if sheet.rule == "complete":
        return f"({sheet.whole('sheets')}>0)"
    return f"ISNUMBER({answers})"


def legend(sheet: UnitSheet) -> list[tuple[str, str]]:
    """Signs and what they mean, in the regulation's words and with its formulas."""
    unit = sheet.paper.surveyed.unit
    k = len(unit.instrument.items)
    weights = {item.weight for item in unit.instrument.items}
    even = f"1/{k}" if len(weights) == 1 else "menurut instrumen"
    divisor = _DIVISORS[sheet.rule]
    factor = sheet.factor
    lines = [
        (f"U{place}", item.label) for place, item in enumerate(unit.instrument.items, 1)
    ]
    lines += [
        ("NRR", f"Nilai rata-rata = Σ nilai per unsur ÷ {divisor}"),
        ("NRR tertimbang", f"NRR per unsur × bobot; bobot {even}, jumlahnya tepat 1"),
        ("*)", "Jumlah NRR IKM tertimbang"),
        ("**)", _INDEXES.get(sheet.rule, f"Jumlah NRR tertimbang × {factor}")),
    ]
    if sheet.paper.weighted:
        lines.append(("h", "Bobot lembar = populasi strata ÷ lembar strata itu"))
    return lines + _bands(sheet)


_DIVISORS = {
    "ratio": "banyak responden yang menjawab unsur itu",
    "complete": "banyak lembar yang terisi lengkap",
    "person": "banyak responden yang menjawab unsur itu",
}
_INDEXES = {"person": "Rata-rata indeks sendiri setiap responden, ditimbang dengan h"}


def _bands(sheet: UnitSheet) -> list[tuple[str, str]]:
    name = sheet.paper.surveyed.unit.instrument.bands
    if name is None:
        return [
            ("Mutu", "Instrumen ini tidak mempunyai tabel mutu; huruf tidak diberi")
        ]
    if sheet.paper.surveyed.bands is None:
        why = "Huruf tidak diberi: lebih dari seperlima populasi tidak terwakili"
        return [("Mutu", why)]
    told = [(f"Mutu menurut {CLAUSES[name].regulation}", "")]
    upper = Decimal(100)
    for band in BANDS[name]:
        low, high = (formatting.decimal(each, 2) for each in (band.lower, upper))
        told.append((band.grade, f"{low} – {high} ({band.meaning})"))
        upper = band.lower - Decimal("0.01")
    return told


def write_legend(sheet: UnitSheet) -> None:
    top = sheet.rows["legend"]
    sheet.grid.across(top, 0, sheet.end, "Keterangan", SECTION)
    for place, (sign, text) in enumerate(legend(sheet), 1):
        if not text:
            sheet.grid.across(top + place, 0, sheet.end, sign, _STRONG)
            continue
        sheet.grid.across(top + place, 0, 1, sign, _STRONG)
        lines = sheet.grid.across(top + place, 2, sheet.end, text, NOTE)
        sheet.grid.tall(top + place, lines)
