"""Notebooks are pages: no logic, no outputs, no typed numbers."""

import ast
import re
from pathlib import Path

import nbformat
import pytest

FOLDER = Path(__file__).parents[2] / "notebooks"
NAMES = ("01_clean.ipynb", "02_estimate.ipynb", "03_unit.ipynb", "04_city.ipynb")
LOGIC = (
    ast.FunctionDef,
    ast.AsyncFunctionDef,
    ast.ClassDef,
    ast.Lambda,
    ast.For,
    ast.While,
    ast.If,
    ast.IfExp,
    ast.Try,
    ast.With,
    ast.comprehension,
    ast.BinOp,
    ast.Compare,
)
PARAMETERS = {"03_unit.ipynb": ["study", "unit"]}


@pytest.fixture(params=NAMES)
def notebook(request):
    page = nbformat.read(FOLDER / request.param, as_version=4)
    page.metadata["name"] = request.param
    return page


def tagged(notebook, tag):
    return [c for c in notebook.cells if tag in c.metadata.get("tags", [])]


def test_there_are_no_other_notebooks():
    assert sorted(path.name for path in FOLDER.glob("*.ipynb")) == list(NAMES)


def test_logic_lives_in_the_package(notebook):
    for cell in notebook.cells:
        if cell.cell_type == "code":
            found = [
                n for n in ast.walk(ast.parse(cell.source)) if isinstance(n, LOGIC)
            ]
            assert not found, f"move to skm_analysis: {ast.unparse(found[0])}"


def test_a_code_cell_is_one_expression_that_calls_the_package(notebook):
    apart = tagged(notebook, "parameters") + tagged(notebook, "setup")
    for cell in notebook.cells:
        if cell.cell_type != "code" or cell in apart:
            continue
        (statement,) = ast.parse(cell.source).body
        assert isinstance(statement, ast.Expr), cell.id
        assert isinstance(statement.value, ast.Call), cell.id


def test_parameters_are_annotated_empty_strings_in_one_cell(notebook):
    (cell,) = tagged(notebook, "parameters")
    found = ast.parse(cell.source).body
    assert [each.target.id for each in found] == PARAMETERS.get(
        notebook.metadata.name, ["study"]
    )
    for each in found:
        assert isinstance(each, ast.AnnAssign)
        assert ast.unparse(each.annotation) == "str"
        assert each.value.value == ""


def test_nothing_is_kept_of_a_run(notebook):
    for cell in notebook.cells:
        if cell.cell_type == "code":
            assert cell.outputs == []
            assert cell.execution_count is None
        assert set(cell.metadata) <= {"tags"}
    assert notebook.metadata.kernelspec.name == "python3"


def test_cells_have_names_that_people_can_read(notebook):
    names = [cell.id for cell in notebook.cells]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", name) for name in names)


def test_no_number_is_typed_in_prose(notebook):
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            assert not re.search(r"\d", cell.source), cell.id


def test_prose_holds_no_html_and_no_picture(notebook):
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            assert not re.search(r"<\w|!\[", cell.source), cell.id


def test_every_page_opens_with_a_title(notebook):
    first = notebook.cells[0]
    assert first.cell_type == "markdown"
    assert first.source.startswith("# ")


def test_a_chapter_begins_with_its_title_and_has_sections_below(notebook):
    pages = [
        cell
        for cell in notebook.cells
        if not {"parameters", "setup"} & set(cell.metadata.get("tags", []))
    ]
    for cell in pages:
        headings = re.findall(r"^(#+) ", cell.source, re.M)
        chapter = any(t.startswith("bab-") for t in cell.metadata.get("tags", []))
        if chapter or (cell is pages[0] and cell.cell_type == "markdown"):
            assert headings[:1] == ["#"]
        elif cell.cell_type == "markdown":
            assert set(headings) <= {"##"}


def test_the_city_page_holds_three_chapters():
    page = nbformat.read(FOLDER / "04_city.ipynb", as_version=4)
    tags = [t for cell in page.cells for t in cell.metadata.get("tags", [])]
    assert [t for t in tags if t.startswith("bab-")] == [
        "bab-hasil",
        "bab-perbandingan",
        "bab-kesimpulan",
    ]


def test_no_cell_reaches_for_raw_data(notebook):
    forbidden = (
        r"open\(|read_csv|read_excel|data/raw|sys\.path|chdir|warnings|import \*|^%|^!"
    )
    for cell in notebook.cells:
        if cell.cell_type == "code":
            assert not re.search(forbidden, cell.source, re.M), cell.id
