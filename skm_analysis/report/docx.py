"""The report as a Word document by pandoc, with Word's own fields and controls."""

import tempfile
from collections.abc import Mapping
from importlib import resources
from pathlib import Path

from skm_analysis.report import docx_finishing, docx_template, nodes, pandoc
from skm_analysis.report.document import Document
from skm_analysis.report.docx_lowering import Lowering
from skm_analysis.study.word_template import WordTemplate


def write(
    document: Document,
    path: Path,
    *,
    own: WordTemplate | None = None,
    pages: Mapping[str, str] | None = None,
) -> None:
    path.write_bytes(render(document, own=own, pages=pages))


def render(
    document: Document,
    *,
    own: WordTemplate | None = None,
    pages: Mapping[str, str] | None = None,
) -> bytes:
    """The package; the same bytes for the same document.

    `own` is the study's own Word template. `pages` are the page numbers by
    anchor that the lists show until Word counts for itself.
    """
    template = docx_template.template(own)
    meta = {
        "title": document.title,
        "author": document.study.partner or document.study.institution,
        "lang": "id-ID",
    }
    lowering = Lowering(document, template, pages or {})
    blocks = lowering.blocks()
    given = nodes.to_json(blocks, meta).encode()
    reference = template.package(
        document.banner, document.title, turned_end=lowering.turned_end
    )
    asset = resources.files("skm_analysis.report") / "assets" / "document.openxml"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "template.openxml").write_bytes(asset.read_bytes())
        (folder / "reference.docx").write_bytes(reference)
        told = ["-f", "json", "-t", "docx", "--reference-doc=reference.docx"]
        told += ["--template=template.openxml", "-o", "-"]
        made = pandoc.run(told, given, epoch=document.epoch, cwd=folder)
    return docx_finishing.finished(made, document.epoch, template.switches)
