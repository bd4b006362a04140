"""Write worked_unit.xlsx as a sheet of live formulas; LibreOffice calculates it.

Shares nothing with the package: every formula is spelt out in spreadsheet functions.
See README.md here for the two commands that follow.
"""

from pathlib import Path

from openpyxl import Workbook
from openpyxl.utils import get_column_letter as letter

UNSUR = [
    "persyaratan",
    "prosedur",
    "waktu",
    "biaya",
    "produk",
    "kompetensi",
    "perilaku",
    "sarana",
    "pengaduan",
]
ANSWERS = """
4 4 4 4 4 4 4 4 4
4 4 3 4 4 4 4 3 4
3 3 3 4 3 3 4 3 3
4 4 4 4 4 4 4 4 4
4 3 3 4 4 4 4 3 .
4 4 4 4 4 4 4 4 4
3 3 2 4 3 3 3 2 3
4 4 4 4 4 4 4 4 4
4 4 4 4 3 4 4 4 4
4 4 3 . 4 4 4 3 4
3 4 4 4 4 4 3 4 4
4 4 4 4 4 4 4 4 4
"""
POPULATION = 60
ROWS = [line.split() for line in ANSWERS.split("\n") if line]
N, K = len(ROWS), len(UNSUR)
FIRST, LAST = 2, N + 1  # rows of the respondents
ITEMS = range(2, K + 2)  # columns B … J


def write_answers(book):
    sheet = book.active
    sheet.title = "answers"
    sheet.append(["respondent", *UNSUR])
    for number, row in enumerate(ROWS, start=1):
        sheet.append([number, *(None if cell == "." else int(cell) for cell in row)])


def write_items(book):
    """Sum, count, NRR, weight, weighted NRR: rows 2 to 6, an item per column."""
    sheet = book.create_sheet("items")
    sheet.append(["", *UNSUR])
    columns = [(letter(place), f"answers!{letter(place)}") for place in ITEMS]
    spans = [f"{name}{FIRST}:{name[-1]}{LAST}" for _, name in columns]
    sheet.append(["sum", *(f"=SUM({span})" for span in spans)])
    sheet.append(["count", *(f"=COUNT({span})" for span in spans)])
    sheet.append(["nrr", *(f"={name}2/{name}3" for name, _ in columns)])
    sheet.append(["weight", *(["=1/9"] * K)])
    sheet.append(["weighted", *(f"={name}4*{name}5" for name, _ in columns)])


def write_linearised(book):
    """e_ij = d(y - nrr)/D per respondent and item, then z_i and a_i (columns K, L)."""
    sheet = book.create_sheet("linearised")
    sheet.append(["respondent", *UNSUR, "z", "a"])
    for row in range(FIRST, LAST + 1):
        cells = [
            f"=IF(ISNUMBER(answers!{name}{row}),"
            f"(answers!{name}{row}-items!{name}4)/items!{name}3,0)"
            for name in map(letter, ITEMS)
        ]
        z = f"=25*SUMPRODUCT(items!B5:J5,B{row}:J{row})"
        a = f"=SUMPRODUCT(items!B5:J5,ISNUMBER(answers!B{row}:J{row})/items!B3:J3)"
        sheet.append([row - 1, *cells, z, a])


def write_covariances(book):
    """Covariance matrix of the NRRs with finite population, and its weighted sum."""
    sheet = book.create_sheet("covariances")
    sheet.append(["", *UNSUR, "weight", "matrix_times_weight"])
    spans = [f"linearised!{letter(c)}{FIRST}:{letter(c)}{LAST}" for c in ITEMS]
    scale = "(1-12/60)*12/11"
    for place, (key, own) in enumerate(zip(UNSUR, spans, strict=True)):
        row = place + 2
        cells = [f"={scale}*SUMPRODUCT({own},{other})" for other in spans]
        weight = f"=items!{letter(place + 2)}5"
        times = f"=SUMPRODUCT(B{row}:J{row},items!B5:J5)"
        sheet.append([key, *cells, weight, times])


RESULTS = [
    ("n", "=COUNT(answers!A2:A13)"),
    ("population", str(POPULATION)),
    ("ikm", "=25*SUM(items!B6:J6)"),
    ("variance", "=25^2*SUMPRODUCT(covariances!K2:K10,covariances!L2:L10)"),
    ("variance_from_z", "=(1-12/60)*12/11*SUMSQ(linearised!K2:K13)"),
    (
        "variance_without_covariances",
        "=25^2/81*(" + "+".join(f"covariances!{letter(c)}{c}" for c in ITEMS) + ")",
    ),
    ("se", "=SQRT({variance})"),
    ("df", "={n}-1"),
    ("t", "=TINV(0.05,{df})"),
    ("normal", "=NORMSINV(0.975)"),
    ("m", "=(100-{ikm})/75"),
    ("v", "=({se}/75*{t}/{normal})^2"),
    ("concentration", "=SUMSQ(linearised!L2:L13)"),
    ("u", "=1-{n}/{population}"),
    ("a", "=(1-{m})*{concentration}/4"),
    ("m1", "={m}+{u}*{a}"),
    ("v1", "={v}+{u}*{a}^2"),
    ("k1", "={m1}*(1-{m1})/{v1}-1"),
    ("far", "=BETAINV(0.975,{m1}*{k1},(1-{m1})*{k1})"),
    ("ci_low", "=100-75*MAX({m},{far})"),
    ("b", "={m}*{concentration}/4"),
    ("m2", "={m}-{u}*{b}"),
    ("v2", "={v}+{u}*{b}^2"),
    ("k2", "={m2}*(1-{m2})/{v2}-1"),
    ("near", "=BETAINV(0.025,{m2}*{k2},(1-{m2})*{k2})"),
    ("ci_high", "=100-75*MIN({m},{near})"),
    ("t_low", "={ikm}-{t}*{se}"),
    ("t_high", "={ikm}+{t}*{se}"),
    ("shown", "=ROUND({ikm},2)"),
    (
        "grade",
        '=IF({shown}>=88.31,"A",IF({shown}>=76.61,"B",IF({shown}>=65,"C","D")))',
    ),
    (
        "n_required",
        "=ROUND(3.841*{population}*0.25/(0.05^2*({population}-1)+3.841*0.25),0)",
    ),
]


def write_results(book):
    sheet = book.create_sheet("results")
    sheet.append(["quantity", "value"])
    cells = {name: f"B{row}" for row, (name, _) in enumerate(RESULTS, start=2)}
    for name, formula in RESULTS:
        filled = formula.format(**cells)
        sheet.append([name, filled if filled.startswith("=") else int(filled)])
    for measure, row in (("sum", 2), ("count", 3), ("nrr", 4), ("weight", 5)):
        for key, place in zip(UNSUR, ITEMS, strict=True):
            sheet.append([f"{measure}.{key}", f"=items!{letter(place)}{row}"])
    for first, row in zip(UNSUR, ITEMS, strict=True):
        for second, place in zip(UNSUR, ITEMS, strict=True):
            if place >= row:
                sheet.append(
                    [f"cov.{first}.{second}", f"=covariances!{letter(place)}{row}"]
                )


def main():
    book = Workbook()
    write_answers(book)
    write_items(book)
    write_linearised(book)
    write_covariances(book)
    write_results(book)
    book.save(Path(__file__).with_name("worked_unit.xlsx"))


if __name__ == "__main__":
    main()
