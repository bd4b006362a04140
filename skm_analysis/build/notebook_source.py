"""A notebook as it stands in git, and the parameters that it declares."""

import ast
import difflib
import json
from collections.abc import Mapping
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from skm_analysis.errors import NotebookError


def read_source(source: Path) -> NotebookNode:
    """Read a notebook to be run; refuse one that cannot be the source of a page."""
    try:
        data = json.loads(source.read_text(encoding="utf-8"))
        for index, cell in enumerate(data["cells"], start=1):
            cell.setdefault("id", f"cell-{index:03d}")  # nbformat's would be random
        data["nbformat_minor"] = max(5, data["nbformat_minor"])
        notebook: NotebookNode = nbformat.reads(json.dumps(data), as_version=4)  # type: ignore[no-untyped-call]
        nbformat.validate(notebook)
    except (OSError, ValueError, KeyError, TypeError, nbformat.ValidationError):
        raise NotebookError(
            f"{source.name}: bukan notebook Jupyter yang dapat dibaca.\n"
            "  yang diharapkan: berkas .ipynb, nbformat 4\n"
            "  buka dan simpan kembali dengan JupyterLab, atau ambil dari git."
        ) from None
    if held := [n for n, cell in enumerate(notebook.cells, 1) if cell.get("outputs")]:
        raise NotebookError(
            f"{source.name}: sel {held[0]} masih memuat keluaran.\n"
            "  yang diharapkan: notebook tanpa keluaran\n"
            "  bersihkan dengan: nbstripout, atau 'Clear Outputs of All Cells' di "
            "JupyterLab."
        )
    tagged = len(_tagged(notebook, "parameters"))
    if tagged != 1:
        raise NotebookError(
            f"{source.name}: ada {tagged} sel bertanda 'parameters'.\n"
            "  yang diharapkan: tepat satu\n"
            "  beri tanda itu hanya pada sel yang menyatakan parameter."
        )
    return notebook


def check_parameters(
    source: Path, notebook: NotebookNode, parameters: Mapping[str, object]
) -> None:
    declared = _declared(source, _tagged(notebook, "parameters")[0].source)
    there = f"  parameter yang ada: {', '.join(declared) or 'tidak ada'}\n"
    if unknown := sorted(parameters.keys() - set(declared)):
        near = difflib.get_close_matches(unknown[0], declared, n=2)
        raise NotebookError(
            f"{source.name} tidak mengenal parameter {', '.join(unknown)}.\n{there}"
            + (f"  mungkin maksudnya: {', '.join(near)}\n" if near else "")
            + "  perbaiki namanya, atau tambahkan di sel bertanda 'parameters'."
        )
    if absent := [name for name in declared if name not in parameters]:
        raise NotebookError(
            f"{source.name}: parameter {', '.join(absent)} tidak diisi.\n{there}"
            "  isi semuanya; nilai bawaan hanya untuk pemakaian di JupyterLab."
        )
    if wrong := [name for name, value in parameters.items() if type(value) is not str]:
        raise NotebookError(
            f"{source.name}: nilai parameter {', '.join(wrong)} bukan teks.\n"
            "  yang diharapkan: teks (str), misalnya '2021'\n"
            "  ubah nilainya menjadi teks."
        )


def _declared(source: Path, code: str) -> list[str]:
    """Names that the `parameters` cell assigns, in order."""
    try:
        body = ast.parse(code).body
    except SyntaxError:
        raise NotebookError(
            f"{source.name}: sel bertanda 'parameters' bukan kode Python yang sah.\n"
            '  yang diharapkan: baris seperti  unit: str = ""\n'
            "  perbaiki sel itu."
        ) from None
    targets: list[ast.expr] = []
    for statement in body:
        if isinstance(statement, ast.AnnAssign):
            targets.append(statement.target)
        elif isinstance(statement, ast.Assign):
            targets.extend(statement.targets)
    return [target.id for target in targets if isinstance(target, ast.Name)]


def _tagged(notebook: NotebookNode, tag: str) -> list[NotebookNode]:
    return [cell for cell in notebook.cells if tag in cell.metadata.get("tags", ())]
