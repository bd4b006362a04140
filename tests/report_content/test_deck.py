"""The hand-over deck of three units, of many, and of many with long names."""

import re
import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from math import ceil
from pathlib import PurePosixPath

import pytest
from lxml import etree

from skm_analysis.estimates.rows import Estimates
from skm_analysis.report import deck, deck_pptx, register
from skm_analysis.report.companions import lines_of
from skm_analysis.report.document import Document
from skm_analysis.report.elements import Figure, Table, plain
from skm_analysis.study.followup import Recommendation
from skm_analysis.study.records import Target

BANNER = "DATA SINTETIS – bukan hasil survei"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
LONG = (
    "Dinas Pengendalian Penduduk, Keluarga Berencana, dan Pemberdayaan Perempuan {:04}"
)
FILLS_A_SLIDE = 0.54  # of its size, an average letter and a little more

# Letters that the text of a slide may have, by its size: counted once by hand from
# a slide that was full in LibreOffice. Above a table there is room for a few lines.
ALONE = {20: 1000, 18: 1250, 16: 1600, 14: 2100}
ABOVE = {18: 400, 16: 500, 14: 680}


@pytest.fixture
def studied(city_page, set_of, row, unit):
    """A city of so many units, with whatever a slide can hold."""

    def build(many: int, name: str = "Kelurahan {:04}", **more):
        kinds = ("kelurahan", "opd", "puskesmas")
        units = [
            unit(
                id=f"u{at}",
                name=name.format(at),
                kind=kinds[at % 3],
                target=Decimal(90),
            )
            for at in range(many)
        ]
        rows = [
            each
            for at, given in enumerate(units)
            for each in set_of(given.id, 90 + at % 9, n=6 if at == 1 else 120)
        ]
        city = {"scope": "city", "unit": "", "n": 120 * many}
        rows += [
            row("n_received", 130.0 * many, **city),
            row("n_accepted", 120.0 * many, **city),
            row("n_set_aside", 10.0 * many, **city),
            row("n_units", float(many), **city),
            row("ikm_mean_of_units", 93.456, 92.1, 94.7, **city),
            row("ikm_pooled", 92.345, 91.1, 93.7, **city),
            row("grade", category="A", **city),
            row("target_gap", 3.456, 2.1, 4.7, category="reached", **city),
        ]
        rows += [
            row("target_gap", each.value - 90, unit=each.unit, category="reached")
            for each in rows
            if each.measure == "ikm" and not each.flags
        ]
        study = {
            "previous": None,
            "synthetic": True,
            "target": Target(ikm=Decimal(90), source="RPJMD"),
        }
        return city_page(
            *rows, units=units, study=study | more.pop("study", {}), **more
        )

    return build


def recommended(many: int, length: int) -> tuple[Recommendation, ...]:
    return tuple(
        Recommendation(
            id=f"R{at}",
            unit=f"u{at}",
            item="waktu",
            problem="Antrean",
            activity="Menambah loket " * (length // 15),
            quarter="TW II",
            responsible="Kepala unit",
            due=date(2022, 6, 30),
            status="berjalan",
            evidence="",
            reviewed=None,
        )
        for at in range(many)
    )


def trend() -> Figure:
    png = (
        "iVBORw0KGgoAAAANSUhEUgAAAAQAAAACCAIAAADwyuo0AAAAEElEQVR4nGNgYGD4"
        "DwcMSBwAUdAL9fZVPmYAAAAASUVORK5CYII="
    )
    return Figure("fig-kota-tren", ("Tren",), "Diagram garis", "<svg/>", png, 16.0)


CASES = {
    "three": {"many": 3},
    "three, told in full": {
        "many": 3,
        "recommendations": recommended(3, 300),
        "earlier_recommendations": recommended(3, 60),
        "study": {"previous": "2020"},
    },
    "sixty": {"many": 60, "recommendations": recommended(60, 90)},
    "sixty with names of eighty letters": {
        "many": 60,
        "name": LONG,
        "recommendations": recommended(60, 900),
        "study": {"institution": LONG.format(0), "title": LONG.format(1)},
    },
    "one": {"many": 1},
}


@pytest.fixture(params=CASES)
def slides(request, studied):
    page = studied(**CASES[request.param])
    return deck.slides(page, {"perbandingan-fig-kota-tren": trend()})


def test_there_are_twelve_to_fifteen_slides_each_of_its_own_name(slides):
    assert 12 <= len(slides) <= 15
    assert len({slide.name for slide in slides}) == len(slides)


def test_no_slide_is_empty(slides):
    for slide in slides:
        assert plain(slide.title)
        assert slide.shown or any(plain(line) for line in slide.text), slide.name


def test_the_text_of_every_slide_fits_its_box(slides):
    for slide in slides:
        letters = sum(len(plain(line)) for line in slide.text)
        room = ABOVE if slide.shown else ALONE
        assert letters <= room[slide.size], (slide.name, slide.size)
        assert len(plain(slide.title)) <= 180, slide.name


def test_every_table_has_eight_rows_at_most_and_fits(slides):
    """Lines of 14 points: a slide has room for 3.95 inches of them."""
    for slide in slides:
        if not isinstance(slide.shown, Table):
            continue
        assert 1 <= len(slide.shown.rows) <= 8, slide.name
        total = sum(column.width for column in slide.shown.columns)
        letters = [
            (column.width / total * 12.13 - 0.2) * 72 / (14 * FILLS_A_SLIDE)
            for column in slide.shown.columns
        ]
        high = sum(
            max(
                ceil(len(plain(cell)) / room)
                for cell, room in zip(row, letters, strict=True)
            )
            * 14
            * 1.2
            / 72
            for row in slide.shown.rows
        )
        assert high <= 3.95, slide.name


def test_no_digit_stands_in_a_slide_but_as_a_number_of_the_register(slides):
    known = re.compile(
        r"202[0-4]|\d{1,2} (Januari|Juni|Desember)|(Kelurahan|Perempuan) \d{4}"
        r"|14/2017|\(\d dari \d\)"
    )
    for slide in slides:
        for line in lines_of(slide):
            for part in line:
                if isinstance(part, str):
                    rest = known.sub("", part)
                    assert not re.search(r"\d", rest), (slide.name, part)


def test_every_unit_is_told_where_there_is_room(studied):
    page = studied(60)
    told = [
        plain(cell)
        for slide in deck.slides(page, {})
        if slide.name.startswith("unit-")
        for row in slide.shown.rows
        for cell in row
    ]
    assert {unit.name for unit in page.study.units} <= set(told)
    small = told.index("Kelurahan 0001")
    assert told[small + 1 : small + 3] == ["–", "–"]


def test_units_for_which_there_is_no_room_are_told_by_their_groups(studied):
    page = studied(60, LONG)
    [slide] = [x for x in deck.slides(page, {}) if x.name.startswith("unit")]
    assert "ada dalam laporan" in " ".join(plain(line) for line in slide.text)


def test_a_recommendation_that_would_fill_the_slide_makes_way(studied):
    long, *short = recommended(4, 60)
    long = replace(long, activity="Menambah loket " * 60)
    page = studied(5, recommendations=(long, *short))
    slide = next(x for x in deck.slides(page, {}) if x.name == "rekomendasi")
    assert [plain(row[0]) for row in slide.shown.rows] == [
        f"Kelurahan {at:04}" for at in (1, 2, 3)
    ]
    assert "Tabel ini memuat sebagian" in plain(slide.text[0])


def test_the_unit_furthest_below_its_target_stands_first(studied):
    slide = next(x for x in deck.slides(studied(9), {}) if x.name == "target")
    gaps = [plain(row[3]) for row in slide.shown.rows]
    assert gaps[:3] == ["0,00", "+2,00", "+3,00"]  # the second unit is too small
    page = studied(12)
    below = page.estimates["unit.u11.target_gap"]
    rows = [replace(x, value=-4.0) if x == below else x for x in page.estimates]
    slide = next(
        x
        for x in deck.slides(replace(page, estimates=Estimates(rows)), {})
        if x.name == "target"
    )
    assert plain(slide.shown.rows[0][0]) == "Kelurahan 0011"


def test_received_is_used_and_set_aside_together(studied):
    page = studied(3)
    text = [plain(line) for line in deck.slides(page, {})[1].text]
    assert (
        "390 kuesioner diterima: 360 dipakai dan 30 disisihkan, masing-masing dengan "
        "alasan yang tercatat."
    ) in text


def document(page) -> Document:
    return Document(
        study=page.study,
        estimates=page.estimates,
        title="Survei Tahun 2021",
        banner=BANNER,
        draft=False,
        awaited=(),
        blocks=(),
        entries=(),
        tables={},
        figures={},
        chapters={},
        slides=deck.slides(page, {"x-fig-kota-tren": trend()}),
    )


@pytest.fixture
def package(studied):
    made = document(studied(**CASES["three, told in full"]))
    data = deck_pptx.render(made)
    assert data == deck_pptx.render(made)
    return made, zipfile.ZipFile(BytesIO(data))


def of_slides(archive):
    names = [name for name in archive.namelist() if "slides/slide" in name]
    names = [name for name in names if name.endswith(".xml")]
    names.sort(key=lambda name: int(re.search(r"(\d+)\.xml", name)[1]))
    return [etree.fromstring(archive.read(name)) for name in names]


def words(slide) -> str:
    paragraphs = ("".join(x.itertext(f"{A}t")) for x in slide.iter(f"{A}p"))
    return " ".join(" ".join(paragraphs).split())


def test_the_file_says_what_the_slides_say(package):
    made, archive = package
    found = of_slides(archive)
    assert len(found) == len(made.slides)
    for slide, xml in zip(made.slides, found, strict=True):
        told = words(xml)
        for line in lines_of(slide):
            assert " ".join(plain(line).split()) in told, slide.name
        assert BANNER in told, slide.name


def test_every_number_of_the_register_is_on_its_slide(package):
    made, archive = package
    by_place = {
        slide.place: words(xml)
        for slide, xml in zip(made.slides, of_slides(archive), strict=True)
    }
    listed = register.collect(made)
    assert len(listed) > 15
    for each in listed:
        for place in each.places:
            assert each.shown in by_place[place], (each.key, place)


def test_what_is_read_is_at_least_of_fourteen_points_and_indonesian(package):
    for xml in of_slides(package[1]):
        for run in xml.iter(f"{A}rPr"):
            assert run.get("lang") == "id-ID"
            assert int(run.get("sz", "1400")) >= 1400


def test_pictures_and_tables_are_described_and_shapes_have_their_own_numbers(package):
    pictures = 0
    for xml in of_slides(package[1]):
        shapes = [each.get("id") for each in xml.iter(f"{P}cNvPr")]
        assert len(shapes) == len(set(shapes))
        for shape in (*xml.iter(f"{P}pic"), *xml.iter(f"{P}graphicFrame")):
            assert shape.find(f".//{P}cNvPr").get("descr")
            pictures += shape.tag == f"{P}pic"
    assert pictures == 1


def test_nothing_runs_off_a_slide(package):
    for xml in of_slides(package[1]):
        for frame in (*xml.iter(f"{A}xfrm"), *xml.iter(f"{P}xfrm")):
            off, ext = frame.find(f"{A}off"), frame.find(f"{A}ext")
            assert int(off.get("x")) + int(ext.get("cx")) <= 12_192_000
            assert int(off.get("y")) + int(ext.get("cy")) <= 6_858_000
        for frame in xml.iter(f"{P}graphicFrame"):
            bottom = int(frame.find(f".//{A}off").get("y"))
            bottom += sum(int(row.get("h")) for row in frame.iter(f"{A}tr"))
            assert bottom <= 6.9 * 914_400  # where the footer begins


def test_the_package_is_whole_and_says_nothing_of_another_maker(package):
    archive = package[1]
    names = set(archive.namelist())
    types = etree.fromstring(archive.read("[Content_Types].xml"))
    declared = {each.get("PartName")[1:] for each in types if each.get("PartName")}
    assert declared <= names
    reached = set()
    for name in names:
        if not name.endswith(".rels"):
            continue
        folder = PurePosixPath(name).parent.parent
        for relation in etree.fromstring(archive.read(name)):
            target = relation.get("Target")
            if relation.get("TargetMode") == "External":
                continue
            parts = (folder / target).parts if target[0] != "/" else (target[1:],)
            kept: list[str] = []
            for part in parts:
                kept = kept[:-1] if part == ".." else [*kept, part]
            reached.add("/".join(kept))
    assert reached <= names
    rest = {x for x in names - reached if not x.endswith(".rels")}
    assert rest == {"[Content_Types].xml"}
    everything = b"".join(archive.read(name) for name in names)
    assert b"Macintosh" not in everything
    assert b"SKM-TANDA" not in everything
    assert {each.date_time for each in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_committed_template_is_what_the_program_makes():
    from importlib import resources

    from skm_analysis.report import reference_pptx

    asset = resources.files("skm_analysis.report") / "assets" / "reference.pptx"
    assert asset.read_bytes() == reference_pptx.package()


def test_without_a_partner_the_institution_is_the_author(studied):
    made = document(studied(1))
    made = replace(made, study=replace(made.study, partner=None))
    with zipfile.ZipFile(BytesIO(deck_pptx.render(made))) as archive:
        core = archive.read("docProps/core.xml").decode()
    assert "<dc:creator>Pemerintah Kota Contoh</dc:creator>" in core
