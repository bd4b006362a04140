"""What stands before and after the chapters: cover, notices, approval, last page.

Each is a Div of pandoc whose class names it; the formats give it its look.
"""

import base64
from collections.abc import Sequence

from skm_analysis.report import nodes, numbers
from skm_analysis.report.elements import Heading, Line, Paragraph, Piece, Prose, plain
from skm_analysis.report.formatting import span
from skm_analysis.report.nodes import Node
from skm_analysis.report.numbering import UNNUMBERED
from skm_analysis.report.wording import listing
from skm_analysis.study.branding import Logo
from skm_analysis.study.records import Delivery, Signatory, Study

SYNTHETIC = "DATA SINTETIS – bukan hasil survei"
DRAFT = "DRAF – belum disahkan"
CONTENTS, TABLES, FIGURES = "daftar-isi", "daftar-tabel", "daftar-gambar"
APPENDICES = "daftar-lampiran"
APPROVAL = "pengesahan"
LAST = "edisi"
LOGO_CM = 2.2  # how high a logo stands on the cover
BODY = "isi-mulai"
UNLISTED = "tanpa-daftar"
NEW_PAGE = "halaman-baru"

_NOTICE_SYNTHETIC = (
    "Seluruh jawaban yang diolah dalam laporan ini dibuat oleh program komputer dan "
    "bukan hasil survei. Nama lembaga dan unit dipakai hanya sebagai contoh bentuk; "
    "angka-angkanya tidak menggambarkan keadaan sebenarnya dan tidak boleh dikutip "
    "sebagai hasil penilaian pelayanan publik."
)
_NOTICE_DRAFT = (
    "Laporan ini masih berupa draf. Isinya dapat berubah dan belum disahkan, "
    "sehingga tidak boleh disebarluaskan."
)


def banner(study: Study, draft: bool) -> str:
    """What every page says; "" if nothing."""
    told = [DRAFT] if draft else []
    told += [SYNTHETIC] if study.synthetic else []
    return " · ".join(told)


def cover(study: Study, part: str = "", notices: Sequence[Node] = ()) -> Node:
    """`part`: the name of the unit whose chapter stands alone."""

    def line(text: str, name: str) -> Node:
        return nodes.div([nodes.para(nodes.words(text))], name)

    lines = [line("Laporan", "sampul-jenis"), line(study.undated_title, "sampul-judul")]
    if part:
        lines.append(line(part, "sampul-bagian"))
    lines += [
        line(f"Tahun {study.year}", "sampul-tahun"),
        line(study.institution, "sampul-lembaga"),
    ]
    if study.partner:
        lines.append(line(f"bekerja sama dengan {study.partner}", "sampul-mitra"))
    return nodes.div([*lines, *notices], "sampul")


def logos(given: Sequence[Logo]) -> list[Node]:
    """The logos side by side, each with what it shows; nothing where there are none."""
    if not given:
        return []
    shown: list[Node] = []
    for place, logo in enumerate(given):
        kind = "png" if logo.ending == ".png" else "jpeg"
        data = base64.b64encode(logo.data).decode()
        size = nodes.attributes("", (), {"height": f"{LOGO_CM}cm"})
        source = f"data:image/{kind};base64,{data}"
        shown += [{"t": "Space"}] * 2 * bool(place)
        shown.append({"t": "Image", "c": [size, nodes.words(logo.alt), [source, ""]]})
    return [nodes.div([nodes.para(shown)], "sampul-logo")]


def notice(study: Study, draft: bool, awaited: Sequence[Delivery] = ()) -> list[Node]:
    """What the cover says beside the title; `awaited` is missing from a draft."""
    told = [(DRAFT, f"{_NOTICE_DRAFT}{_missing(study, awaited)}")] if draft else []
    told += [(SYNTHETIC, _NOTICE_SYNTHETIC)] if study.synthetic else []
    return [
        nodes.div(
            [
                nodes.para([nodes.strong(nodes.words(head))]),
                nodes.para(nodes.words(text)),
            ],
            "pemberitahuan",
        )
        for head, text in told
    ]


def _missing(study: Study, awaited: Sequence[Delivery]) -> str:
    if not awaited:
        return ""
    concerned = dict.fromkeys(x.name for each in awaited for x in study.units_of(each))
    units = plain(listing([*concerned]))
    many = "Satu" if len(awaited) == 1 else f"Sebanyak {len(awaited)}"
    return f" {many} kiriman belum datang, yaitu untuk {units}."


def approval(study: Study) -> list[Node]:
    """The approval page; nothing when nobody signs."""
    if not study.signatories:
        return []
    told = (
        f"Laporan {study.dated_title} ini disusun oleh "
        f"{study.partner or study.institution} dan disahkan oleh:"
    )
    return [
        nodes.header(1, nodes.words("Lembar Pengesahan"), APPROVAL, [UNNUMBERED]),
        nodes.para(nodes.words(told)),
        *(_signature(each) for each in study.signatories),
    ]


def _signature(signatory: Signatory) -> Node:
    return nodes.div(
        [
            nodes.div([nodes.para(nodes.words(signatory.role))], "jabatan"),
            nodes.div([nodes.para(nodes.words(signatory.name))], "nama"),
        ],
        "tanda-tangan",
    )


def lists() -> list[Node]:
    """Contents, tables, figures, appendices, each to be filled by the format."""
    made: list[Node] = []
    for title, name in (
        ("Daftar Isi", CONTENTS),
        ("Daftar Tabel", TABLES),
        ("Daftar Gambar", FIGURES),
        ("Daftar Lampiran", APPENDICES),
    ):
        marks = [UNNUMBERED, UNLISTED] if name == CONTENTS else [UNNUMBERED]
        made.append(nodes.header(1, nodes.words(title), f"{name}-judul", marks))
        made.append(nodes.div([], name))
    return made


def introduction(
    study: Study, background: str | None, own: dict[str, str]
) -> list[Piece]:
    """Bab I. `own` holds the package's texts by name."""
    made: list[Piece] = [
        Heading(1, ("Pendahuluan",), "pendahuluan"),
        Heading(2, ("Latar belakang",), "latar-belakang"),
        Prose(without_title(background)) if background else _background(study),
        Heading(2, ("Dasar hukum",), "dasar-hukum"),
        Prose(own["legal_basis"]),
        Heading(2, ("Maksud dan tujuan",), "tujuan"),
        Prose(own["purpose"]),
        Heading(2, ("Sasaran",), "sasaran"),
        Prose(own["aims"]),
        Heading(2, ("Ruang lingkup",), "ruang-lingkup"),
        Paragraph("pendahuluan.ruang-lingkup", _scope(study)),
        Heading(2, ("Manfaat",), "manfaat"),
        Prose(own["benefits"]),
    ]
    return made


def _background(study: Study) -> Paragraph:
    told = (
        f"{study.institution} berkewajiban menyelenggarakan survei kepuasan "
        "masyarakat secara berkala. Laporan ini memuat hasilnya untuk tahun "
        f"{study.year}."
    )
    return Paragraph("pendahuluan.latar-belakang", (told,))


def _scope(study: Study) -> Line:
    many = numbers.count("study..units", len(study.units))
    kinds = [sum(unit.kind == kind for unit in study.units) for kind in study.kinds]
    line: list[object] = ["Survei ini mencakup ", many, " unit pelayanan"]
    if len(kinds) > 1:
        line.append(", yaitu ")
        for place, (kind, count) in enumerate(zip(study.kinds, kinds, strict=True)):
            if place:
                line.append(_between(place, len(kinds)))
            line += [numbers.count(f"study..units.{kind}", count), f" {_kind(kind)}"]
    when = span(study.start, study.end)
    line.append(f". Pelayanan yang dinilai adalah pelayanan pada {when}.")
    return tuple(line)  # type: ignore[arg-type]


def _between(place: int, many: int) -> str:
    """What stands before the part `place` of a list of `many` parts."""
    if place < many - 1:
        return ", "
    return " dan " if many == 2 else ", dan "


def _kind(kind: str) -> str:
    return "organisasi perangkat daerah (OPD)" if kind == "opd" else kind


def without_title(markdown: str) -> str:
    """A text without a heading of its own at the top: the document gives one."""
    text = markdown.strip()
    if text.startswith("# "):
        _, _, text = text.partition("\n")
    return text.strip()


def last_page(study: Study, fingerprint: str) -> list[Node]:
    """Where this edition comes from; with the only print of its fingerprint."""
    told = (
        f"Laporan {study.dated_title} disusun dari data dan aturan "
        "analisis yang tersimpan bersama laporan ini. Sidik jari di bawah ini berubah "
        "bila data, aturan, program, atau angka berubah satu tanda pun."
    )
    marks = [UNNUMBERED]
    made = [
        nodes.header(1, nodes.words("Tentang Edisi Ini"), LAST, marks),
        nodes.para(nodes.words(told)),
    ]
    if fingerprint:
        made.append(nodes.div([nodes.para(nodes.words(fingerprint))], "sidik-jari"))
    return made
