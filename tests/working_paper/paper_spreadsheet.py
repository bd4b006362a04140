"""A small spreadsheet: works formulas out from the answers, blind to cached values.

It knows the few functions that the working paper uses, as Excel documents them, and
shares no code with the project.
"""

import ast
import io
import math
import re
import zipfile
from decimal import ROUND_HALF_UP, Decimal
from xml.etree import ElementTree

from openpyxl.formula import Tokenizer
from openpyxl.utils.cell import get_column_letter, range_boundaries
from scipy import stats

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


class Spreadsheet:
    """`value("kel", "C12")` of a workbook; `put` types over a cell first.

    `formulas`, `stored` and `names`: what the file holds, by sheet and cell.
    """

    def __init__(self, data):
        self.formulas, self.stored, self.typed = {}, {}, {}
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            texts = [
                "".join(each.itertext())
                for each in ElementTree.fromstring(package.read("xl/sharedStrings.xml"))
            ]
            book = ElementTree.fromstring(package.read("xl/workbook.xml"))
            self.names = [each.get("name") for each in book.iter(f"{MAIN}sheet")]
            for place, name in enumerate(self.names, 1):
                told = package.read(f"xl/worksheets/sheet{place}.xml")
                for cell in ElementTree.fromstring(told).iter(f"{MAIN}c"):
                    self._read(name, cell, texts)
        self.known, self.stack = {}, []

    def _read(self, sheet, cell, texts):
        key = sheet, cell.get("r")
        formula, value = cell.find(f"{MAIN}f"), cell.find(f"{MAIN}v")
        told = None if value is None else value.text
        if cell.get("t") == "s":
            told = texts[int(told)]
        elif told is not None and cell.get("t") != "str":
            told = float(told)
        self.stored[key] = told
        if formula is not None:
            self.formulas[key] = "=" + formula.text

    def put(self, sheet, cell, value):
        self.typed[sheet, cell] = value
        self.known.clear()

    def value(self, sheet, cell):
        key = sheet, cell
        if key in self.typed:
            return self.typed[key]
        if key not in self.formulas:
            return self.stored.get(key)
        if key not in self.known:
            self.known[key] = self.work_out(sheet, self.formulas[key])
        return self.known[key]

    def work_out(self, sheet, formula):
        self.stack.append(sheet)
        try:
            text = _as_python(formula)
            names = {"at": self._at, "Text": Text, **FUNCTIONS, "__builtins__": {}}
            # Only tokens of the formula's grammar come here, never a cell's text.
            return _plain(eval(_checked(text), names))
        finally:
            self.stack.pop()

    def _at(self, address):
        sheet, _, span = address.rpartition("!")
        sheet = sheet.strip("'") or self.stack[-1]
        left, top, right, bottom = range_boundaries(span.replace("$", ""))
        cells = [
            [
                self.value(sheet, get_column_letter(column) + str(row))
                for column in range(left, right + 1)
            ]
            for row in range(top, bottom + 1)
        ]
        flat = [cell for line in cells for cell in line]
        return Grid(flat) if ":" in span else Grid(flat, one=True)


class Grid:
    """One cell or several; operators work cell by cell, blanks count 0."""

    def __init__(self, cells, one=False):
        self.cells, self.one = cells, one

    def _with(self, other, work):
        other = other if isinstance(other, Grid) else Grid([other], one=True)
        many = max(len(self.cells), len(other.cells))
        pairs = zip(self._spread(many), other._spread(many), strict=True)
        return Grid([work(*pair) for pair in pairs], one=self.one and other.one)

    def _spread(self, many):
        return self.cells * many if len(self.cells) == 1 else self.cells

    def __add__(self, other):
        return self._with(other, lambda a, b: _number(a) + _number(b))

    def __sub__(self, other):
        return self._with(other, lambda a, b: _number(a) - _number(b))

    def __mul__(self, other):
        return self._with(other, lambda a, b: _number(a) * _number(b))

    def __truediv__(self, other):
        return self._with(other, lambda a, b: _number(a) / _number(b))

    def __pow__(self, other):
        return self._with(other, lambda a, b: _number(a) ** _number(b))

    def __and__(self, other):
        return self._with(other, lambda a, b: _text(a) + _text(b))

    def __eq__(self, other):
        return self._with(other, lambda a, b: a == b)

    def __gt__(self, other):
        return self._with(other, lambda a, b: _number(a) > _number(b))

    def __ge__(self, other):
        return self._with(other, lambda a, b: _number(a) >= _number(b))

    def __lt__(self, other):
        return self._with(other, lambda a, b: _number(a) < _number(b))

    def __le__(self, other):
        return self._with(other, lambda a, b: _number(a) <= _number(b))

    def __neg__(self):
        return Grid([-_number(cell) for cell in self.cells], one=self.one)

    __hash__ = None


def Text(text):  # noqa: N802
    return Grid([text], one=True)


def _number(cell):
    if isinstance(cell, str):
        raise TypeError("#VALUE!")
    return cell or 0


def _text(cell):
    whole = isinstance(cell, float) and cell.is_integer()
    return str(int(cell)) if whole else str(cell)


def _one(grid):
    [cell] = grid.cells if isinstance(grid, Grid) else [grid]
    return cell


def _plain(found):
    return _one(found) if isinstance(found, Grid) else found


def _numbers(grids):
    return [
        cell
        for grid in grids
        for cell in (grid.cells if isinstance(grid, Grid) else [grid])
        if isinstance(cell, int | float)
    ]


def _sumproduct(*grids):
    """Of several ranges, what is no number counts 0."""
    lists = [
        [cell if isinstance(cell, int | float) else 0 for cell in grid.cells]
        for grid in grids
    ]
    assert len({len(each) for each in lists}) == 1
    return math.fsum(math.prod(cells) for cells in zip(*lists, strict=True))


def _meets(cell, criterion):
    match = re.fullmatch(r">(\d+)", criterion) if isinstance(criterion, str) else None
    if match:
        return isinstance(cell, int | float) and cell > int(match[1])
    return cell == criterion


def _countifs(*pairs):
    columns = [
        [_meets(cell, _one(criterion)) for cell in grid.cells]
        for grid, criterion in zip(pairs[::2], pairs[1::2], strict=True)
    ]
    return sum(map(all, zip(*columns, strict=True)))


def _sumif(where, criterion, what):
    pairs = zip(where.cells, what.cells, strict=True)
    return math.fsum(_number(b) for a, b in pairs if _meets(a, _one(criterion)))


def _round(value, places):
    step = Decimal(1).scaleb(-int(_one(places)))
    exact = Decimal(repr(float(_number(_one(value)))))
    return float(exact.quantize(step, ROUND_HALF_UP))


def _fixed(value, places, _no_commas):
    return f"{_number(_one(value)):.{int(_one(places))}f}"


def _if(condition, yes, no):
    return _plain((yes if _one(condition()) else no)())


def _iferror(value, otherwise):
    try:
        return _plain(value())
    except (TypeError, ZeroDivisionError, ValueError):
        return _plain(otherwise())


def _to_one(work):
    """A function whose result is a single value."""
    return lambda *given: Grid([work(*given)], one=True)


FUNCTIONS = {
    name: _to_one(work)
    for name, work in {
        "SUM": lambda *grids: math.fsum(_numbers(grids)),
        "COUNT": lambda *grids: len(_numbers(grids)),
        "COUNTA": lambda grid: sum(cell is not None for cell in grid.cells),
        "COUNTIF": _countifs,
        "COUNTIFS": _countifs,
        "SUMIF": _sumif,
        "SUMPRODUCT": _sumproduct,
        "SUMSQ": lambda *grids: math.fsum(x * x for x in _numbers(grids)),
        "INDEX": lambda grid, place: grid.cells[int(_one(place)) - 1],
        "ROWS": lambda grid: len(grid.cells),
        "IF": _if,
        "IFERROR": _iferror,
        "AND": lambda *given: all(_one(each) for each in given),
        "NOT": lambda given: not _one(given),
        "MAX": lambda *grids: max(_numbers(grids)),
        "MIN": lambda *grids: min(_numbers(grids)),
        "ABS": lambda given: abs(_number(_one(given))),
        "INT": lambda given: math.floor(_number(_one(given))),
        "SQRT": lambda given: math.sqrt(_number(_one(given))),
        "ROUND": _round,
        "FIXED": _fixed,
        "RIGHT": lambda text, many: _one(text)[-int(_one(many)) :],
        "SUBSTITUTE": lambda text, a, b: _one(text).replace(_one(a), _one(b)),
        "EXACT": lambda a, b: _text(_one(a)) == _text(_one(b)),
        "TINV": lambda p, df: float(stats.t.isf(_one(p) / 2, _one(df))),
        "NORMSINV": lambda p: float(stats.norm.ppf(_one(p))),
        "BETAINV": lambda p, a, b: float(stats.beta.ppf(_one(p), _one(a), _one(b))),
    }.items()
}
FUNCTIONS["ISNUMBER"] = lambda grid: Grid(
    [isinstance(cell, int | float) for cell in grid.cells], one=grid.one
)
_LAZY = ("IF(", "IFERROR(")
_OPERATORS = {"=": "==", "^": "**"}


def _as_python(formula):
    """The formula's tokens as an expression; arguments of IF are worked out late."""
    text, late = [], []
    for token in Tokenizer(formula).items:
        kind, value = token.type, token.value
        if kind == "FUNC" and token.subtype == "OPEN":
            text.append(value)
            late.append(value in _LAZY)
            text += ["lambda: ("] * late[-1]
        elif kind == "FUNC":
            text.append("))" if late.pop() else ")")
        elif kind == "SEP":
            text.append("), lambda: (" if late[-1] else ", ")
        elif kind == "PAREN":
            text.append(value)
            late.append(False) if value == "(" else late.pop()
        elif kind == "OPERAND":
            text.append(_operand(token))
        elif kind.startswith("OPERATOR"):
            text.append(f" {_OPERATORS.get(value, value)} ")
    return "".join(text)


def _operand(token):
    if token.subtype == "RANGE":
        return f"at({token.value!r})"
    if token.subtype == "TEXT":
        return f"Text({token.value[1:-1]!r})"
    value = {"TRUE": "True", "FALSE": "False"}.get(token.value, token.value)
    return f"Text({value})"


def _checked(text):
    """Nothing but calls of known names; fails on what it does not know."""
    tree = ast.parse(text.strip(), mode="eval")
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    unknown = names - FUNCTIONS.keys() - {"at", "Text"}
    assert not unknown, unknown
    return compile(tree, "formula", "eval")
