"""A small study's edition, and a forger who can make all of it anew."""

import csv
import hashlib
import io
import json
import shutil
import zipfile
from decimal import Decimal
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

import pytest
import typst

from skm_analysis.build import manifest
from skm_analysis.estimates.tables import make
from skm_analysis.responses.cleaning import clean_study
from skm_analysis.responses.storing import write_cleaned
from skm_analysis.study.custody import take_in
from skm_analysis.study.loading import load_study
from skm_analysis.study.places import Places

DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STUDY, INSTRUMENT = (
    Path(__file__).with_name("data").joinpath(name).read_text()
    for name in ("study.toml", "instrument.toml")
)
PKM = [(4, 3), (4, 4), (3, ""), (4, 2), (2, 3), ("", 4), (4, 4), (3, 3), (4, 4)] * 2
KEL = [(4, 3), (3, 3), (4, 4), (2, ""), (4, 4)]
EARLIER = {"pkm": [(3, 3), (4, 3), (2, 2), (3, ""), (4, 3)] * 3, "kel": [(3, 2)] * 4}


def _make_raw(root, year, answers, **rules):
    places = Places(root, year)
    for folder in ("instruments", "responses"):
        (places.raw / folder).mkdir(parents=True)
    (places.raw / "study.toml").write_text(STUDY.format(year=year, **rules))
    (places.raw / "instruments/dua.toml").write_text(INSTRUMENT)
    pkm = [
        f"{i},{'pagi' if i % 3 else 'sore'},{'LP'[i % 2]},{a},{b}"
        for i, (a, b) in enumerate(answers["pkm"])
    ]
    kel = [f"{i},{a},{b}" for i, (a, b) in enumerate(answers["kel"])]
    (places.raw / "responses/pkm.csv").write_text(
        "\n".join(["id,waktu,JK,U1,U2", *pkm]) + "\n"
    )
    (places.raw / "responses/kel.csv").write_text("\n".join(["id,U1,U2", *kel]) + "\n")
    return places


def _make_edition(root, missing="ratio", weighting="none"):
    rules = {"missing": missing, "weighting": weighting}
    _make_raw(root, "2020", EARLIER, previous="", **rules)
    now = {"pkm": [*PKM, ("", 9), ("", "")], "kel": KEL}
    places = _make_raw(root, "2021", now, previous='previous = "2020"', **rules)
    study = load_study(places)
    take_in(places, study)
    write_cleaned(places, study, clean_study(places, study))
    rows = make(places)
    shutil.copytree(places.processed, places.edition / "internal/tables")
    (places.edition / "internal/tables/crosswalk.csv").unlink()
    shutil.copy(places.received, places.edition / "internal")
    (places.edition / "tables").mkdir()
    (places.edition / "units").mkdir()
    (places.edition / "skm-2021.xlsx").write_bytes(b"not opened")
    ikm = rows["unit.pkm.ikm"].value
    shown = str(Decimal(repr(ikm)).quantize(Decimal("0.01"), "ROUND_HALF_UP"))
    _write_register(places, [("unit.pkm.ikm", shown.replace(".", ","))])
    manifest.write_manifest(places, places.edition, manifest.fingerprint(places))
    _forge(places)
    return places


def _write_register(places, given):
    """Key, shown text and kind of each number; the kind may be left out.

    Those of a unit stand on its sheet, too, and those of the city in the deck.
    """
    columns = ("key", "shown", "kind", "value", "se", "ci_low", "ci_high", "n")
    rows = _table(places.edition / "internal/tables/estimates.csv")
    estimates = {row["key"]: row for row in rows}
    lines = []
    for key, shown, kind in ((*each, "estimate")[:3] for each in given):
        line = {"key": key, "shown": shown, "kind": kind, "method": "", "rounding": ""}
        told = estimates.get(key, {})
        line |= {name: told.get(name, "") for name in ("method", *columns[3:])}
        unit = key.split(".")[1]
        line["places"] = "hasil " + (f"publikasi.{unit}" if unit else "paparan.kota")
        lines.append(line)
    text = io.StringIO()
    writer = csv.DictWriter(
        text,
        [*columns, "method", "rounding", "places"],
        restval="",
        lineterminator="\n",
    )
    writer.writeheader()
    writer.writerows(lines)
    (places.edition / "tables/register.csv").write_text(text.getvalue())


def _table(path):
    with path.open(newline="") as file:
        return list(csv.DictReader(file))


def _forge(places):
    """Make published table, documents and manifest anew from estimates and register.

    What is found after this is found by the second implementation alone.
    """
    tables = places.edition / "internal/tables"
    try:
        rows = _table(tables / "estimates.csv")
        kept = [row for row in rows if "suppressed" not in row["flags"].split()]
        with (places.edition / "tables/published.csv").open("w", newline="") as file:
            writer = csv.DictWriter(file, rows[0], lineterminator="\n")
            writer.writeheader()
            writer.writerows(kept)
        told = _table(places.edition / "tables/register.csv")
        _write_register(
            places, [(row["key"], row["shown"], row["kind"]) for row in told]
        )
    except (OSError, KeyError, IndexError, csv.Error):
        pass  # a table that a test has spoiled
    mark = _seal(places)
    shown = _table(places.edition / "tables/register.csv")
    for name in ("skm-2021", "units/pkm", "units/kel", "units/kosong"):
        unit = name.removeprefix("units/") if "/" in name else ""
        own = [row for row in shown if not unit or f".{unit}." in row["key"]]
        pairs = [(row["key"], row["shown"]) for row in own]
        _write_documents(places.edition, name, pairs, "" if unit else mark, own)
        if unit:
            sheet = places.edition / f"units/{unit}-publikasi.pdf"
            _write_pdf(sheet, _standing(own, f"publikasi.{unit}"), {})
    _write_deck(places.edition, _standing(shown, "paparan.kota"))
    _seal(places)


def _standing(rows, place):
    there = [row["shown"] for row in rows if place in row["places"].split()]
    return " dan ".join(there)


def _write_deck(edition, text):
    with zipfile.ZipFile(edition / "skm-2021.pptx", "w") as package:
        package.writestr(
            "ppt/slides/slide1.xml",
            f'<p:sld xmlns:p="p" xmlns:a="{DRAWING}"><a:p><a:t>{escape(text)}</a:t>'
            "</a:p></p:sld>",
        )


def _write_documents(edition, name, pairs, mark, rows):
    """By hand, in the form that the report's writers give them."""
    path = edition / name
    spans = "".join(
        f"<p><span data-key={quoteattr(k)}>{escape(s)}</span></p>" for k, s in pairs
    )
    path.with_suffix(".html").write_text(
        "<!DOCTYPE html><html><head><style>p {}</style></head><body>"
        f"<h1>Bab I Hasil</h1><br>{spans}<p>{mark}</p></body></html>"
    )
    controls = "".join(
        f"<w:p><w:sdt><w:sdtPr><w:tag w:val={quoteattr(k)}/></w:sdtPr><w:sdtContent>"
        f"<w:r><w:t>{escape(s)}</w:t></w:r></w:sdtContent></w:sdt></w:p>"
        for k, s in pairs
    )
    heading = (
        '<w:p><w:bookmarkStart w:id="1" w:name="_Toc1"/>'
        "<w:r><w:t>Bab I Hasil</w:t></w:r></w:p>"
    )
    with zipfile.ZipFile(path.with_suffix(".docx"), "w") as package:
        package.writestr(
            "word/document.xml",
            f'<w:document xmlns:w="{WORD}"><w:body>{heading}{controls}'
            f"<w:p><w:r><w:t>{mark}</w:t></w:r></w:p></w:body></w:document>",
        )
    tables = edition / "tables"
    text = io.StringIO()
    writer = csv.DictWriter(text, _table_columns(tables), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    attached = {
        "published.csv": (tables / "published.csv").read_bytes(),
        "register.csv": text.getvalue().encode(),
    }
    _write_pdf(path.with_suffix(".pdf"), mark, attached)


def _table_columns(tables):
    return (tables / "register.csv").read_text().splitlines()[0].split(",")


def _write_pdf(path, mark, attached):
    parts = "".join(
        f"#pdf.attach({json.dumps(name)}, bytes({json.dumps(data.decode())}))\n"
        for name, data in attached.items()
    )
    path.write_bytes(
        typst.compile(f"#set page(width: auto)\n{parts}{mark or 'Unit'}".encode())
    )


def _seal(places):
    """Make the manifest anew for the files as they are; gives its fingerprint."""
    path = places.edition / "manifest.json"
    told = json.loads(path.read_bytes())
    told["files"] = _entries(places.edition)
    tables = _entries(places.edition / "internal/tables")
    told["fingerprint"] = _digest(
        {name: told[name] for name in ("inputs", "code", "lock")} | {"tables": tables}
    )
    path.write_bytes(_as_json(told))
    return told["fingerprint"]


def _entries(folder):
    return {
        path.relative_to(folder).as_posix(): {
            "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
            "bytes": path.stat().st_size,
        }
        for path in folder.rglob("*")
        if path.is_file() and path.name != "manifest.json"
    }


def _digest(thing):
    return hashlib.sha256(_as_json(thing)).hexdigest()


def _as_json(thing):
    text = json.dumps(thing, ensure_ascii=False, indent=1, sort_keys=True)
    return f"{text}\n".encode()


@pytest.fixture(scope="session")
def make_edition():
    return _make_edition


@pytest.fixture(scope="session")
def forge():
    return _forge


@pytest.fixture(scope="session")
def seal():
    return _seal


@pytest.fixture(scope="session")
def write_register():
    return _write_register


@pytest.fixture(scope="session")
def attach():
    return _write_pdf


@pytest.fixture(scope="session")
def made(tmp_path_factory):
    return _make_edition(tmp_path_factory.mktemp("made"))


@pytest.fixture
def places(made, tmp_path):
    shutil.copytree(made.root, tmp_path, dirs_exist_ok=True)
    return Places(tmp_path, "2021")
