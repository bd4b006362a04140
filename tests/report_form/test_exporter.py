from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from skm_analysis.errors import NotebookError
from skm_analysis.report.elements import (
    MIME,
    Absent,
    Group,
    Heading,
    Paragraph,
    Piece,
    Prose,
    encode,
)
from skm_analysis.report.exporter import export


def shows(piece: Piece, source: str = "rooms.piece(page)"):
    data = {MIME: encode(piece), "text/html": "<b>apa pun</b>", "text/plain": ""}
    output = new_output("execute_result", data, execution_count=1)
    return new_code_cell(source, outputs=[output], execution_count=1)


def save(tmp_path: Path, *cells) -> Path:
    for number, cell in enumerate(cells):
        cell["id"] = f"sel-{number}"
    path = tmp_path / "03_unit-u0.ipynb"
    nbformat.write(new_notebook(cells=list(cells)), path)
    return path


def tagged(cell, *tags: str):
    cell["metadata"]["tags"] = list(tags)
    return cell


TITLE = Heading(1, ("Kelurahan Ngalau",))
SENTENCE = Paragraph("unit.u0.puas", ("Puas.",))


def test_markdown_and_pieces_become_one_chapter_with_their_origins(tmp_path: Path):
    path = save(
        tmp_path,
        tagged(new_code_cell("unit = 'u0'"), "parameters"),
        shows(TITLE),
        new_markdown_cell("## Seberapa puas?"),
        shows(SENTENCE, "unit_result.ikm(the_unit)"),
    )
    (chapter,) = export(path, first="unit-u0")
    assert chapter.id == "unit-u0"
    assert chapter.pieces == (TITLE, Prose("## Seberapa puas?"), SENTENCE)
    last = chapter.origins[-1]
    assert (last.notebook, last.cell) == ("03_unit-u0.ipynb", "sel-3")
    assert last.function == "unit_result.ikm"


def test_a_tag_begins_a_chapter_and_setup_cells_are_no_page(tmp_path: Path):
    path = save(
        tmp_path,
        tagged(new_markdown_cell("# Petunjuk"), "setup"),
        tagged(new_markdown_cell("# Hasil"), "bab-hasil"),
        shows(SENTENCE),
        tagged(new_markdown_cell("# Kesimpulan"), "bab-kesimpulan"),
    )
    assert [chapter.id for chapter in export(path)] == ["hasil", "kesimpulan"]


def test_a_section_that_holds_only_what_is_absent_goes_with_its_heading(tmp_path: Path):
    path = save(
        tmp_path,
        shows(TITLE),
        new_markdown_cell("## Siapa yang menjawab?\n\nProfil mereka:"),
        shows(Absent("Profil tidak ditanyakan.")),
        new_markdown_cell("## Lampirannya?"),
        new_markdown_cell("### Satu"),
        shows(Absent("Tidak ada.")),
        new_markdown_cell("## Seberapa puas?"),
        shows(Group((SENTENCE, Absent("Tidak ada selang.")))),
        new_markdown_cell("## Penutup\n\nTeks saja."),
    )
    (chapter,) = export(path)
    assert chapter.pieces == (
        TITLE,
        Prose("## Seberapa puas?"),
        SENTENCE,
        Prose("## Penutup\n\nTeks saja."),
    )


def test_a_heading_sign_in_a_code_block_divides_nothing(tmp_path: Path):
    text = "# Judul\n\n```\n# bukan judul\n```"
    (chapter,) = export(save(tmp_path, new_markdown_cell(text)))
    assert chapter.pieces == (Prose(text),)


@pytest.mark.parametrize(
    "output",
    [
        new_output("stream", name="stdout", text="jawaban 4"),
        new_output("display_data", {"text/html": "<b>jawaban 4</b>"}),
        new_output("stream", name="stderr", text="jawaban 4"),
    ],
)
def test_anything_else_that_a_cell_shows_is_refused_by_cell_and_not_repeated(
    tmp_path: Path, output
):
    cell = new_code_cell("x", outputs=[output])
    with pytest.raises(NotebookError, match="sel sel-1") as caught:
        export(save(tmp_path, shows(TITLE), cell))
    assert "jawaban 4" not in str(caught.value)


def test_an_error_in_a_setup_cell_is_refused(tmp_path: Path):
    error = new_output("error", ename="E", evalue="rahasia", traceback=[])
    cell = tagged(new_code_cell("x", outputs=[error]), "setup")
    with pytest.raises(NotebookError, match="sel-0") as caught:
        export(save(tmp_path, cell, shows(TITLE)))
    assert "rahasia" not in str(caught.value)


def test_a_chapter_without_a_title_is_refused(tmp_path: Path):
    with pytest.raises(NotebookError, match="tidak dimulai dengan judul"):
        export(save(tmp_path, shows(SENTENCE)))
