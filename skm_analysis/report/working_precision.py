"""Standard error and interval of a unit's index, step by step in live formulas."""

from skm_analysis.estimates.surveyed import RANDOM
from skm_analysis.estimates.variance import Estimate
from skm_analysis.estimates.worksheet import BetaStep, IntervalStep
from skm_analysis.report.wording import CONDITIONAL
from skm_analysis.report.working_cells import (
    COUNT,
    FINE,
    NONE,
    SECTION,
    TEXT,
    TINY,
    Cell,
    Form,
    Formula,
    at,
)
from skm_analysis.report.working_sheet import ITEM, UnitSheet
from skm_analysis.report.working_strata import (
    FRACTION,
    PARTS,
    SHARE,
    SHEETS,
    SQUARES,
    VARIANCE,
    cluster_column,
    strata_column,
    write_clusters,
    write_strata,
)

_VALUE = ITEM  # column of a step's value
_HIGHEST = 100  # index, of any scale
STEPS = 25  # rows that the steps take at most, and one to part them


def precision_height(sheet: UnitSheet) -> int:
    """Rows of this block, the table of clusters included."""
    clusters = len(sheet.paper.clusters)
    return 4 + len(sheet.paper.strata) + STEPS + (clusters + 2) * bool(clusters)


def write_precision(sheet: UnitSheet) -> None:
    """The table of strata, the steps, the table of clusters."""
    top = sheet.rows["precision"]
    sheet.grid.across(top, 0, sheet.end, "Galat baku dan selang IKM", SECTION)
    lines = sheet.grid.across(top + 1, 0, sheet.end, _explained(sheet))
    sheet.grid.tall(top + 1, lines)
    write_strata(sheet)
    if sheet.paper.ikm is None:
        row = sheet.rows["steps"]
        sheet.grid.across(row, 0, sheet.end, _no_index(sheet))
        return
    write_clusters(sheet)
    _Steps(sheet).write(sheet.paper.ikm, sheet.paper.interval)


def _no_index(sheet: UnitSheet) -> str:
    empty = [
        place for place, item in enumerate(sheet.paper.items, 1) if item.nrr is None
    ]
    if sheet.rule == "complete":
        return "IKM tidak dapat dihitung: tidak ada lembar yang terisi lengkap."
    names = ", ".join(f"U{place}" for place in empty)
    return f"IKM tidak dapat dihitung: {names} tidak dijawab seorang pun."


def _explained(sheet: UnitSheet) -> str:
    """What the standard error takes into account, in this unit."""
    paper, unit = sheet.paper, sheet.paper.surveyed.unit
    told = [
        "Nilai linear z setiap responden menjumlahkan semua unsur sebelum dikuadratkan,"
        " sehingga semua kovarians antarunsur termuat dalam ragam; jumlahnya nol.",
    ]
    if paper.clusters:
        told.append(
            "Jawaban dikumpulkan per gugus; gugusnya sedikit, maka ragam responden"
            " dikalikan A ÷ Σ a²."
            if not paper.between
            else "Jawaban dikumpulkan per gugus; yang dihitung ragam jumlah per gugus."
        )
    if any(stratum.fraction for stratum in paper.strata):
        told.append("Koreksi populasi terhingga: 1 − f dengan f = n/N.")
    elif unit.sampling not in RANDOM:
        told.append(f"Tanpa koreksi populasi terhingga; berlaku {CONDITIONAL}.")
    else:
        told.append("Tanpa koreksi populasi terhingga.")
    return " ".join(told)


class _Steps:
    """From the variance to the limits, a line each; later lines name earlier ones."""

    def __init__(self, sheet: UnitSheet) -> None:
        self.sheet = sheet
        self.row = sheet.rows["steps"]
        self.cells: dict[str, str] = {}
        self.rows: dict[str, int] = {}

    def add(self, name: str, label: str, cell: Cell, form: Form, note: str) -> None:
        grid, row = self.sheet.grid, self.row
        lines = grid.across(row, 0, _VALUE - 1, label, Form(wrap=True))
        grid.put(row, _VALUE, cell, form)
        grid.tall(row, max(lines, grid.across(row, _VALUE + 1, self.sheet.end, note)))
        self.cells[name], self.rows[name] = at(row, _VALUE), row
        self.row += 1

    def write(self, ikm: Estimate, interval: IntervalStep | None) -> None:
        self._error(ikm)
        if ikm.se is None:
            return
        if interval is None:
            self.add("low", "Selang kepercayaan", NONE, TEXT, "Derajat bebasnya nol.")
            return
        self._common(ikm, interval)
        self._limit(interval, interval.lower, "low")
        self._limit(interval, interval.upper, "high")

    def _error(self, ikm: Estimate) -> None:
        sheet, c = self.sheet, self.cells
        paper = sheet.paper
        counted = f'COUNTIF({sheet.whole("a")},">0")'
        self.add("n", "n", Formula(counted, ikm.n), COUNT, "Lembar yang ikut dihitung.")
        sheet.tell("IKM: n", self.rows["n"], _VALUE, ikm.n, "ikm", side=":n")
        squares = sum(each.squares for each in paper.strata)
        text = f"SUM({strata_column(sheet, SQUARES)})"
        note = "Kebalikannya banyak responden efektif (Kish)."
        self.add("squares", "Σ a²", Formula(text, squares), FINE, note)
        if paper.clusters:
            self._clustered(ikm)
        else:
            self.cells["A"] = c["squares"]
        if ikm.se is None:
            self.add("se", "Galat baku", NONE, TEXT, "Satu responden: tidak diketahui.")
            return
        variance = sum(each.variance for each in paper.strata)
        text = f"SUM({strata_column(sheet, VARIANCE)})"
        note = "Jumlah ragam semua strata."
        self.add("variance", "Ragam", Formula(text, variance), FINE, note)
        times = f"*{c['A']}/{c['squares']}" if ikm.few_clusters else ""
        text = f"ROUND(SQRT({c['variance']}{times}),12)"
        note = "Akar ragam; desimal ke-13 dan seterusnya hanya sisa hitungan komputer."
        strong = Form("0.0000", bold=True)
        self.add("se", "Galat baku (SE)", Formula(text, ikm.se), strong, note)
        label = "IKM: galat baku"
        sheet.tell(label, self.rows["se"], _VALUE, ikm.se, "ikm", side=":se")
        many = strata_column(sheet, PARTS if paper.between else SHEETS)
        text = f"SUM({many})-COUNT({many})"
        what = "Gugus" if paper.between else "Responden"
        note = f"{what} dikurangi strata."
        self.add("df", "Derajat bebas", Formula(text, ikm.df), COUNT, note)

    def _clustered(self, ikm: Estimate) -> None:
        c = self.cells
        rho = self.sheet.paper.sample.resemblance
        note = "Korelasi di dalam gugus, dari semua unit studi ini; angka dari program."
        self.add("rho", "ρ", rho, FINE, note)
        sums = f"SUMSQ({cluster_column(self.sheet, SHARE)})"
        text = f"{c['squares']}+{c['rho']}*({sums}-{c['squares']})"
        note = "(1 − ρ) Σ a² + ρ Σ (Σ a per gugus)²"
        self.add("A", "A", Formula(text, ikm.concentration), FINE, note)

    def _common(self, ikm: Estimate, step: IntervalStep) -> None:
        sheet, c = self.sheet, self.cells
        level = sheet.paper.surveyed.level
        self.add("level", "Tingkat kepercayaan", level, Form("0.0%"), "")
        text = f"TINV(1-{c['level']},{c['df']})"
        note = "Kuantil sebaran Student."
        self.add("T", "T", Formula(text, step.student), FINE, note)
        text = f"NORMSINV((1+{c['level']})/2)"
        note = "Kuantil sebaran normal."
        self.add("N", "z normal", Formula(text, step.normal), FINE, note)
        left = f"(1-{strata_column(sheet, FRACTION)})*{strata_column(sheet, SQUARES)}"
        text = f"SUMPRODUCT({left})/{c['squares']}"
        note = "Bagian A yang belum habis oleh populasi terhingga."
        self.add("u", "u", Formula(text, ikm.sampled), FINE, note)
        low, length = self._scale()
        index = sheet.in_total("ikm")
        text = f"ROUND(({_HIGHEST}-{index})/{length},12)"
        note = f"(100 − IKM) ÷ R; R = 100 − {low}, panjang skala indeks"
        self.add("m", "m", Formula(text, ikm.gap), FINE, note)
        text = f"({c['se']}/{length}*{c['T']}/{c['N']})^2"
        note = "(SE ÷ R × T ÷ z)²"
        self.add("v", "v", Formula(text, step.variance), TINY, note)

    def _scale(self) -> tuple[str, str]:
        """The lowest index and the length of the scale, as formulas have them."""
        instrument = self.sheet.paper.surveyed.unit.instrument
        lowest = instrument.factor * instrument.scale[0]
        return str(lowest), f"({_HIGHEST - lowest})"

    def _limit(self, step: IntervalStep, side: BetaStep, name: str) -> None:
        """One side: the pseudo-observation, the beta distribution, the limit."""
        c, below = self.cells, name == "low"
        what = "bawah" if below else "atas"
        away, sign = (f"(1-{c['m']})", "+") if below else (c["m"], "-")
        text = f"{away}*{c['A']}/4"
        note = f"Pengamatan semu sisi {what}: {'(1 − m)' if below else 'm'} A ÷ 4"
        self.add("a", f"a {what}", Formula(text, side.imagined), TINY, note)
        text = f"{c['m']}{sign}{c['u']}*{c['a']}"
        note = f"m {'+' if below else '−'} u a"
        self.add("mean", f"m {what}", Formula(text, side.mean), FINE, note)
        text = f"{c['v']}+{c['u']}*{c['a']}^2"
        self.add("var", f"v {what}", Formula(text, side.variance), TINY, "v + u a²")
        mean, spread = c["mean"], c["var"]
        fits = f"AND({spread}>0,{mean}>0,{mean}<1)"
        text = f"IF({fits},{mean}*(1-{mean})/{spread}-1,0)"
        note = "k = m (1 − m) ÷ v − 1; 0 bila sebaran beta tidak diperlukan"
        self.add("k", f"k {what}", Formula(text, side.size or 0.0), FINE, note)
        size = c["k"]
        tail = f"(1+{c['level']})/2" if below else f"(1-{c['level']})/2"
        beta = f"BETAINV({tail},{mean}*{size},(1-{mean})*{size})"
        plain = f"MAX(0,MIN(1,{mean}))"
        text = f"IF(NOT({fits}),{plain},IF({size}<=0,{int(below)},{beta}))"
        note = "Kuantil sebaran beta dengan rata-rata dan ragam itu."
        self.add("q", f"Kuantil {what}", Formula(text, side.quantile), FINE, note)
        self._told(step, name, what)

    def _told(self, step: IntervalStep, name: str, what: str) -> None:
        c, sheet = self.cells, self.sheet
        low, length = self._scale()
        index = sheet.in_total("ikm")
        if name == "low":
            reached = f"{_HIGHEST}-{length}*MAX({c['m']},{c['q']})"
            text = f"MIN({index},MAX({low},{reached}))"
            note, value = "100 − R × maks(m; kuantil)", step.limits.low
        else:
            reached = f"{_HIGHEST}-{length}*MIN({c['m']},{c['q']})"
            text = f"MAX({index},MIN({_HIGHEST},{reached}))"
            note, value = "100 − R × min(m; kuantil)", step.limits.high
        form = Form("0.00", bold=True)
        self.add(name, f"Batas {what}", Formula(text, value), form, note)
        label = f"IKM: batas {what}"
        sheet.tell(label, self.rows[name], _VALUE, value, "ikm", side=f":ci_{name}")
