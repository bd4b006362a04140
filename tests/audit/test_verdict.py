"""The audit holds for an edition as made, and fails for every way of tampering."""

import csv
import hashlib
import io
import json
import shutil
from decimal import Decimal

import pytest

from skm_analysis.audit.verdict import audit_study
from skm_analysis.build import manifest
from skm_analysis.errors import SkmError
from skm_analysis.estimates.deriving import estimate_study
from skm_analysis.estimates.rows import write_estimates
from skm_analysis.responses.cleaning import clean_study
from skm_analysis.responses.storing import write_cleaned
from skm_analysis.study.loading import load_study
from skm_analysis.study.places import Places

STUDY = """\
format = 1
[study]
title = "SKM"
year = 2021
institution = "Kota"
start = 2021-01-01
end = 2021-12-31
synthetic = true
missing = "{missing}"
weighting = "{weighting}"

[[unit]]
id = "pkm"
name = "Puskesmas"
kind = "puskesmas"
instrument = "dua"
sampling = "random"
[unit.strata]
pagi = 60
sore = 30

[[unit]]
id = "kel"
name = "Kelurahan"
kind = "kelurahan"
instrument = "dua"
population = 40

[[unit]]
id = "kosong"
name = "Belum ada"
kind = "kelurahan"
instrument = "dua"

[[delivery]]
file = "responses/pkm.csv"
unit = "pkm"
id_column = "id"
stratum_column = "waktu"
[delivery.columns]
biaya = "U1"
sarana = "U2"

[[delivery]]
file = "responses/kel.csv"
unit = "kel"
id_column = "id"
[delivery.columns]
biaya = "U1"
sarana = "U2"
"""
INSTRUMENT = """\
format = 1
title = "Dua butir"
scale = [1, 4]
bands = "permenpanrb-14-2017"
[[item]]
key = "biaya"
unsur = "biaya"
label = "Biaya"
question = "Wajar?"
options = ["Sangat mahal", "Cukup mahal", "Murah", "Gratis"]
weight = "1/4"
[[item]]
key = "sarana"
unsur = "sarana"
label = "Sarana"
question = "Baik?"
options = ["Buruk", "Cukup", "Baik", "Sangat baik"]
weight = "3/4"
"""
PKM = [(4, 3), (4, 4), (3, ""), (4, 2), (2, 3), ("", 4), (4, 4), (3, 3), (4, 4)] * 2
SHOWN = [("unit.pkm.ikm", "85,16")]  # 25 · (1/4 · 28/8 + 3/4 · 27/8) = 85.15625
KEL = [(4, 3), (3, 3), (4, 4), (2, ""), (4, 4)]


def make_edition(root, missing="ratio", weighting="none"):
    places = Places(root, "2021")
    for folder in ("instruments", "responses"):
        (places.raw / folder).mkdir(parents=True)
    text = STUDY.format(missing=missing, weighting=weighting)
    (places.raw / "study.toml").write_text(text)
    (places.raw / "instruments/dua.toml").write_text(INSTRUMENT)
    pkm = [f"{i},{'pagi' if i % 3 else 'sore'},{a},{b}" for i, (a, b) in enumerate(PKM)]
    kel = [f"{i},{a},{b}" for i, (a, b) in enumerate(KEL)]
    (places.raw / "responses/pkm.csv").write_text(
        "\n".join(["id,waktu,U1,U2", *pkm]) + "\n"
    )
    (places.raw / "responses/kel.csv").write_text("\n".join(["id,U1,U2", *kel]) + "\n")
    study = load_study(places)
    cleaned = clean_study(places, study)
    write_cleaned(places, study, cleaned)
    rows = estimate_study(study, cleaned)
    write_estimates(places.processed / "estimates.csv", rows)
    shutil.copytree(places.processed, places.edition / "internal/tables")
    (places.edition / "internal/tables/crosswalk.csv").unlink()
    (places.edition / "tables").mkdir()
    ikm = next(row.value for row in rows if row.key == "unit.pkm.ikm")
    shown = str(Decimal(repr(ikm)).quantize(Decimal("0.01"), "ROUND_HALF_UP"))
    write_register(places, [("unit.pkm.ikm", shown.replace(".", ","))])
    manifest.write_manifest(places, places.edition, manifest.fingerprint(places))
    return places


def write_register(places, pairs):
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("key", "shown", "kind"))
    writer.writerows((*pair, "estimate")[:3] for pair in pairs)
    (places.edition / "tables/register.csv").write_text(text.getvalue())


def seal(places):
    """Make the manifest anew for the files as they are, as a forger would."""
    path = places.edition / "manifest.json"
    told = json.loads(path.read_bytes())
    told["files"] = entries(places.edition)
    tables = entries(places.edition / "internal/tables")
    told["fingerprint"] = digest(
        {name: told[name] for name in ("inputs", "code", "lock")} | {"tables": tables}
    )
    path.write_bytes(as_json(told))


def entries(folder):
    return {
        path.relative_to(folder).as_posix(): {
            "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
            "bytes": path.stat().st_size,
        }
        for path in folder.rglob("*")
        if path.is_file() and path.name != "manifest.json"
    }


def digest(thing):
    return hashlib.sha256(as_json(thing)).hexdigest()


def as_json(thing):
    text = json.dumps(thing, ensure_ascii=False, indent=1, sort_keys=True)
    return f"{text}\n".encode()


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return make_edition(tmp_path_factory.mktemp("made"))


@pytest.fixture
def places(made, tmp_path):
    shutil.copytree(made.root, tmp_path, dirs_exist_ok=True)
    return Places(tmp_path, "2021")


def failed(verdict):
    return [step.name for step in verdict.steps if not step.holds]


def numbers(verdict):
    return next(step for step in verdict.steps if step.name == "recomputation")


def findings(verdict, name):
    return next(step for step in verdict.steps if step.name == name).findings


def replace_in(path, old, new):
    text = path.read_text()
    assert text.count(old) >= 1
    path.write_text(text.replace(old, new, 1))


@pytest.mark.parametrize("weighting", ["none", "strata"])
@pytest.mark.parametrize("missing", ["ratio", "complete", "person"])
def test_an_edition_as_made_holds_under_every_rule(tmp_path, missing, weighting):
    verdict = audit_study(make_edition(tmp_path, missing, weighting))
    assert verdict.holds, verdict.lines()
    counts = numbers(verdict).counts
    assert counts["cells_checked"] > 150
    assert counts["register_checked"] == counts["register_rows"] == 1
    assert counts["differences"] == 0


def test_the_verdict_claims_no_more_than_was_checked(places):
    write_register(places, [*SHOWN, ("study..units", "3", "count")])
    seal(places)
    lines = audit_study(places).lines()
    assert lines[0] == "Edisi 2021: yang diperiksa saling cocok."
    assert "1 dari 2 baris register diperiksa ulang, 1 tak dapat diperiksa" in "".join(
        lines
    )
    assert any("data mentah tidak dibaca ulang" in line for line in lines)
    assert lines[-1].startswith("Kesimpulan: 1 dari 2 angka tercetak sama dengan")
    assert "data mentah dan keaslian edisi tidak dibuktikan" in lines[-1]
    assert not any("sesuai dengan data" in line for line in lines)


def test_a_row_counts_cell_by_cell(places):
    """Of a row, what is not recomputed is counted and named."""
    step = numbers(audit_study(places))
    table = places.edition / "internal/tables/estimates.csv"
    with table.open(newline="") as file:
        rows = list(csv.DictReader(file))
    statistics = rows[0].keys() & {
        *("value", "se", "df", "ci_low", "ci_high", "level", "n", "population")
    }
    told = sum(row[name] != "" for row in rows for name in statistics)
    told += sum(row["measure"] == "grade" for row in rows)
    assert step.counts["cells"] == told
    assert 0 < step.counts["cells_checked"] < told
    assert any("ikm.population " in line for line in step.unchecked)


def test_a_shown_number_that_is_made_unreadable_does_not_go_unchecked(places):
    for text in ("8 9,1", "90-an", "", "delapan puluh"):
        write_register(places, [("unit.pkm.ikm", text)])
        seal(places)
        assert failed(audit_study(places)) == ["recomputation"], text


def test_the_verdict_is_told_as_json(places):
    verdict = audit_study(places)
    told = json.loads(json.dumps(verdict.as_json()))
    assert told["holds"] is True
    assert len(told["fingerprint"]) == 64
    assert [step["name"] for step in told["steps"]] == [
        "files",
        "inputs",
        "editions",
        "recomputation",
    ]


def test_a_flipped_byte_anywhere_is_found(places):
    for path in sorted(p for p in places.edition.rglob("*") if p.is_file()):
        before = path.read_bytes()
        path.write_bytes(bytes([before[0] ^ 1]) + before[1:])
        verdict = audit_study(places)
        assert "files" in failed(verdict), path.name
        path.write_bytes(before)
    assert audit_study(places).holds


def test_an_added_file_is_found(places):
    (places.edition / "units").mkdir()
    (places.edition / "units/kel.pdf").write_text("x")
    assert findings(audit_study(places), "files") == (
        "units/kel.pdf: bertambah, tidak tercatat",
    )


def test_a_changed_number_is_found_even_with_a_manifest_made_anew(places):
    table = places.edition / "internal/tables/estimates.csv"
    lines = table.read_text().splitlines()
    changed = next(
        n for n, line in enumerate(lines) if line.startswith("unit.pkm.ikm,")
    )
    cells = lines[changed].split(",")
    honest = cells[8]
    cells[8] = "99.0"
    lines[changed] = ",".join(cells)
    table.write_text("\n".join(lines) + "\n")
    seal(places)
    verdict = audit_study(places)
    assert failed(verdict) == ["recomputation"]
    assert findings(verdict, "recomputation") == (
        f"unit.pkm.ikm: kolom value 99.0, dihitung ulang {honest}",
    )
    assert verdict.lines()[0] == "Edisi 2021: TIDAK cocok."
    assert verdict.lines()[-1] == "Kesimpulan: 1 langkah menemukan perbedaan."


@pytest.mark.parametrize("column", [8, 9, 15], ids=["value", "se", "n"])
@pytest.mark.parametrize(
    "key", ["unit.kel.nrr.sarana", "city..ikm_mean_of_units", "unit.pkm.share.biaya.4"]
)
def test_every_recomputed_column_is_watched(places, key, column):
    table = places.edition / "internal/tables/estimates.csv"
    with table.open(newline="") as file:
        rows = list(csv.reader(file))
    row = next(row for row in rows if row[0] == key)
    row[column] = "7" if column == 15 else repr(float(row[column]) + 1e-6)
    with table.open("w", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)
    seal(places)
    [finding] = findings(audit_study(places), "recomputation")
    assert finding.startswith(f"{key}: kolom ")


def test_a_changed_answer_is_found_even_with_a_manifest_made_anew(places):
    table = places.edition / "internal/tables/responses/kel.csv"
    with table.open(newline="") as file:
        rows = list(csv.DictReader(file))
    rows[0]["sarana"] = "1"
    with table.open("w", newline="") as file:
        writer = csv.DictWriter(file, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    seal(places)
    found = findings(audit_study(places), "recomputation")
    assert any(line.startswith("unit.kel.ikm: ") for line in found)
    assert any(line.startswith("city..ikm_mean_of_units: ") for line in found)
    assert not any(line.startswith("unit.pkm.") for line in found)


def test_a_changed_letter_is_found(places):
    table = places.edition / "internal/tables/estimates.csv"
    lines = table.read_text().splitlines()
    at = next(n for n, line in enumerate(lines) if line.startswith("unit.pkm.grade,"))
    cells = lines[at].split(",")
    cells[7] = "D"
    lines[at] = ",".join(cells)
    table.write_text("\n".join(lines) + "\n")
    seal(places)
    [finding] = findings(audit_study(places), "recomputation")
    assert finding.startswith("unit.pkm.grade: kolom category D, dihitung ulang ")


def test_a_removed_row_is_found(places):
    table = places.edition / "internal/tables/estimates.csv"
    lines = table.read_text().splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith("unit.kel.ikm,")]
    table.write_text("".join(kept))
    seal(places)
    [finding] = findings(audit_study(places), "recomputation")
    assert finding.startswith("unit.kel.ikm: tidak ada, seharusnya ")


@pytest.mark.parametrize(
    ("shown", "should"), [("99,99", "2"), ("80,0", "1"), ("80", "0")]
)
def test_a_wrong_shown_number_is_found_at_any_number_of_decimals(places, shown, should):
    write_register(places, [("unit.pkm.ikm", shown)])
    seal(places)
    [finding] = findings(audit_study(places), "recomputation")
    assert finding.startswith(f"unit.pkm.ikm: tercetak {shown}, dihitung ulang ")
    after = finding.rpartition(" ")[2].partition(",")[2]
    assert len(after) == int(should)


def test_data_that_changed_since_is_found_and_notes_are_not_faults(places):
    (places.raw / "recommendations.csv").write_text("id\n")
    assert audit_study(places).holds
    replace_in(places.raw / "responses/kel.csv", "0,4,3", "0,4,4")
    verdict = audit_study(places)
    assert failed(verdict) == ["inputs"]
    assert findings(verdict, "inputs") == ("data/raw/2021/responses/kel.csv: berubah",)


@pytest.mark.parametrize(
    "name", ["estimates.csv", "responses/kel.csv", "responses/pkm.csv"]
)
@pytest.mark.parametrize("content", [None, "", "a,b\n1,2\n", "\0"])
def test_a_table_that_cannot_be_read_fails_the_audit(places, name, content):
    path = places.edition / "internal/tables" / name
    if content is None:
        path.unlink()
    else:
        path.write_text(content)
    seal(places)
    assert failed(audit_study(places)) == ["recomputation"]


def test_no_edition_is_told(tmp_path):
    with pytest.raises(SkmError, match="skm run 2021"):
        audit_study(Places(tmp_path, "2021"))
