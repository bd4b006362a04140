"""What the package itself says in every report: aims, glossary, how to read."""

from collections.abc import Mapping
from importlib import resources

from skm_analysis.report.chapter import Chapter
from skm_analysis.report.elements import Heading, Prose

_NAMES = (
    "legal_basis",
    "purpose",
    "aims",
    "benefits",
    "reading",
    "glossary",
    "origin",
)


def own_texts() -> dict[str, str]:
    """Markdown by name."""
    folder = resources.files("skm_analysis.report") / "assets"
    return {
        name: (folder / f"{name}.md").read_text(encoding="utf-8") for name in _NAMES
    }


def own_appendices(own: Mapping[str, str]) -> list[Chapter]:
    """The last appendices, the same in every report."""
    return [
        Chapter(id_, (Heading(1, (title,)), Prose(own[name])))
        for id_, title, name in (
            ("membaca-selang", "Cara Membaca Selang Kepercayaan", "reading"),
            ("daftar-istilah", "Daftar Istilah", "glossary"),
            ("asal-angka", "Asal Angka dalam Laporan Ini", "origin"),
        )
    ]
