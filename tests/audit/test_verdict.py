"""The audit holds for an edition as made, and fails for every way of tampering."""

import csv
import hashlib
import json
import re
import shutil

import pytest

from skm_analysis.audit.verdict import audit_study
from skm_analysis.errors import SkmError
from skm_analysis.study.custody import take_in
from skm_analysis.study.loading import load_study
from skm_analysis.study.places import Places

SHOWN = [("unit.pkm.ikm", "85,16")]  # 25 · (1/4 · 28/8 + 3/4 · 27/8) = 85.15625


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
def test_an_edition_as_made_holds_under_every_rule(
    tmp_path, missing, weighting, make_edition
):
    verdict = audit_study(make_edition(tmp_path, missing, weighting))
    assert verdict.holds, verdict.lines()
    counts = numbers(verdict).counts
    assert counts["cells_checked"] > 800
    assert counts["register_checked"] == counts["register_rows"] == 1
    assert counts["differences"] == 0


def test_the_verdict_claims_no_more_than_was_checked(places, forge, write_register):
    write_register(places, [*SHOWN, ("regulation.bands.a", "88,31", "stated")])
    forge(places)
    lines = audit_study(places).lines()
    assert lines[0] == "Edisi 2021: yang diperiksa saling cocok."
    assert "1 dari 2 baris register diperiksa ulang, 1 tak dapat diperiksa" in "".join(
        lines
    )
    assert any("kekeliruan program itu dalam membaca" in line for line in lines)
    assert lines[-1].startswith("Kesimpulan: 1 dari 2 angka dan simpulan tercetak")
    assert "Keaslian edisi dan data mentah tidak dibuktikan" in lines[-1]
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
    told += sum(row["measure"] in ("grade", "target_gap") for row in rows)
    told += sum("grade_" in row["flags"].replace("grade_d", "") for row in rows)
    assert step.counts["cells"] == told
    assert 0 < step.counts["cells_checked"] < told
    assert any("n_required_change.value " in line for line in step.unchecked)


def test_a_shown_number_that_is_made_unreadable_does_not_go_unchecked(
    places, forge, write_register
):
    for text in ("8 9,1", "90-an", "", "delapan puluh"):
        write_register(places, [("unit.pkm.ikm", text)])
        forge(places)
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
        "fingerprint",
        "custody",
        "raw",
        "published",
        "recomputation",
        "documents",
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
    (places.edition / "units/kel.txt").write_text("x")
    assert findings(audit_study(places), "files") == (
        "units/kel.txt: bertambah, tidak tercatat",
    )


def test_a_changed_number_is_found_even_with_a_manifest_made_anew(places, forge):
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
    forge(places)
    verdict = audit_study(places)
    assert failed(verdict) == ["recomputation"]
    assert findings(verdict, "recomputation") == (
        f"unit.pkm.ikm: kolom value 99.0, dihitung ulang {honest}",
    )
    assert verdict.lines()[0] == "Edisi 2021: TIDAK cocok."
    assert verdict.lines()[-1] == "Kesimpulan: 1 langkah menemukan perbedaan."


@pytest.mark.parametrize(
    "key",
    [
        "unit.kel.nrr.sarana",
        "unit.pkm.ikm",
        "unit.pkm.ikm@pagi",
        "unit.pkm.share.biaya.4",
        "city..ikm_mean_of_units",
        "city..ikm_pooled@published",
        "unit.pkm.ikm@sex=perempuan",
        "unit.pkm.nrr.sarana@previous",
        "unit.pkm.change",
        "unit.pkm.change_nrr.biaya",
        "city..change@published",
        "unit.pkm.sensitivity.missing-complete",
        "city..sensitivity.missing-person",
    ],
)
def test_every_recomputed_column_is_watched(places, key, forge):
    table = places.edition / "internal/tables/estimates.csv"
    with table.open(newline="") as file:
        rows = list(csv.DictReader(file))
    row = next(row for row in rows if row["key"] == key)
    columns = ("value", "se", "n", "df", "ci_low", "ci_high", "level")
    for column in columns:
        row[column] = "7" if column == "n" else repr(float(row[column]) + 1e-6)
    with table.open("w", newline="") as file:
        writer = csv.DictWriter(file, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    forge(places)
    found = findings(audit_study(places), "recomputation")
    told = {re.match(rf"{re.escape(key)}: kolom (\w+) ", line) for line in found}
    assert {match[1] for match in told if match} == {*columns}


@pytest.mark.parametrize(
    "key",
    [
        "unit.pkm.margin",
        "unit.pkm.straight_lined",
        "unit.kel.all_highest",
        "unit.pkm.item_rank.sarana",
        "unit.pkm.n_required",
    ],
)
def test_what_has_no_interval_is_watched_too(places, key, forge):
    table = places.edition / "internal/tables/estimates.csv"
    with table.open(newline="") as file:
        rows = list(csv.DictReader(file))
    row = next(row for row in rows if row["key"] == key)
    row["value"] = repr(float(row["value"]) + 1e-6)
    with table.open("w", newline="") as file:
        writer = csv.DictWriter(file, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    forge(places)
    [finding] = findings(audit_study(places), "recomputation")
    assert finding.startswith(f"{key}: kolom value ")


def test_a_changed_answer_is_found_even_with_a_manifest_made_anew(places, forge):
    table = places.edition / "internal/tables/responses/kel.csv"
    with table.open(newline="") as file:
        rows = list(csv.DictReader(file))
    rows[0]["sarana"] = "1"
    with table.open("w", newline="") as file:
        writer = csv.DictWriter(file, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    forge(places)
    found = findings(audit_study(places), "recomputation")
    assert any(line.startswith("unit.kel.ikm: ") for line in found)
    assert any(line.startswith("city..ikm_mean_of_units: ") for line in found)
    assert not any(line.startswith("unit.pkm.") for line in found)


def test_a_raw_answer_that_was_changed_is_found_with_all_made_anew(places, forge):
    replace_in(places.raw / "responses/kel.csv", "0,4,3", "0,4,4")
    note_inputs(places)
    forge(places)
    verdict = audit_study(places)
    assert failed(verdict) == ["raw"]
    found = findings(verdict, "raw")
    assert [line.split(":")[0] for line in found] == [
        "internal/tables/datapackage.json",
        "internal/tables/deliveries.csv",
        "internal/tables/responses/kel.csv",
    ]
    assert found[2].endswith(", kolom sarana, lain dari hasil baca ulang data mentah")


def test_an_accepted_answer_that_no_raw_file_has_is_found(places, forge):
    table = places.edition / "internal/tables/responses/pkm.csv"
    lines = table.read_text().splitlines(keepends=True)
    table.write_text("".join(lines[:-1]))
    forge(places)
    assert findings(audit_study(places), "raw") == (
        f"internal/tables/responses/pkm.csv: baris {len(lines)} lain dari hasil baca"
        " ulang data mentah",
    )


def test_raw_files_that_cannot_be_read_again_fail_the_audit(places, forge):
    (places.raw / "responses/kel.csv").write_bytes(b"\0\xff")
    note_inputs(places)
    forge(places)
    verdict = audit_study(places)
    assert failed(verdict) == ["raw"]
    assert findings(verdict, "raw")[0].startswith("tidak dapat dibaca ulang: ")


def note_inputs(places):
    """The forger writes the raw files as they are now into list and manifest."""
    places.received.unlink()
    take_in(places, load_study(places))
    shutil.copy(places.received, places.edition / "internal")
    path = places.edition / "manifest.json"
    told = json.loads(path.read_bytes())
    for name in filter(re.compile("data/").match, told["inputs"]):
        data = (places.root / name).read_bytes()
        told["inputs"][name] = {
            "sha256": hashlib.sha256(data).hexdigest(),
            "bytes": len(data),
        }
    path.write_text(json.dumps(told))


def test_a_changed_letter_is_found(places, forge):
    table = places.edition / "internal/tables/estimates.csv"
    lines = table.read_text().splitlines()
    at = next(n for n, line in enumerate(lines) if line.startswith("unit.pkm.grade,"))
    cells = lines[at].split(",")
    cells[7] = "D"
    lines[at] = ",".join(cells)
    table.write_text("\n".join(lines) + "\n")
    forge(places)
    [finding] = findings(audit_study(places), "recomputation")
    assert finding.startswith("unit.pkm.grade: kolom category D, dihitung ulang ")


def test_a_removed_row_is_found(places, forge):
    table = places.edition / "internal/tables/estimates.csv"
    lines = table.read_text().splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith("unit.kel.ikm,")]
    table.write_text("".join(kept))
    forge(places)
    [finding] = findings(audit_study(places), "recomputation")
    assert finding.startswith("unit.kel.ikm: tidak ada, seharusnya ")


@pytest.mark.parametrize(
    ("shown", "should"), [("99,99", "2"), ("80,0", "1"), ("80", "0")]
)
def test_a_wrong_shown_number_is_found_at_any_number_of_decimals(
    places, shown, should, forge, write_register
):
    write_register(places, [("unit.pkm.ikm", shown)])
    forge(places)
    [finding] = findings(audit_study(places), "recomputation")
    assert finding.startswith(f"unit.pkm.ikm: tercetak {shown}, dihitung ulang ")
    after = finding.rpartition(" ")[2].partition(",")[2]
    assert len(after) == int(should)


def test_data_that_changed_since_is_found_and_notes_are_not_faults(places):
    (places.raw / "recommendations.csv").write_text("id\n")
    assert audit_study(places).holds
    replace_in(places.raw / "responses/kel.csv", "0,4,3", "0,4,4")
    verdict = audit_study(places)
    assert failed(verdict) == ["inputs", "custody", "raw"]
    assert findings(verdict, "inputs") == ("data/raw/2021/responses/kel.csv: berubah",)


@pytest.mark.parametrize(
    "name", ["estimates.csv", "responses/kel.csv", "responses/pkm.csv"]
)
@pytest.mark.parametrize("content", [None, "", "a,b\n1,2\n", "\0"])
def test_a_table_that_cannot_be_read_fails_the_audit(places, name, content, forge):
    path = places.edition / "internal/tables" / name
    if content is None:
        path.unlink()
    else:
        path.write_text(content)
    forge(places)
    assert "recomputation" in failed(audit_study(places))


def test_no_edition_is_told(tmp_path):
    with pytest.raises(SkmError, match="skm run 2021"):
        audit_study(Places(tmp_path, "2021"))


def custody(places):
    return next(x for x in audit_study(places).steps if x.name == "custody")


def test_every_delivered_file_is_held_against_the_list_of_what_came(places):
    step = custody(places)
    assert (step.counts["received"], step.findings) == (2, ())
    file = places.raw / "responses/pkm.csv"
    file.write_bytes(file.read_bytes() + b"\n")
    told = "data/raw/2021/responses/pkm.csv: lain dari yang diterima"
    assert custody(places).findings == (told,)
    file.unlink()
    assert custody(places).findings == ("data/raw/2021/responses/pkm.csv: hilang",)


def test_a_list_that_was_changed_to_fit_another_file_is_found(places):
    file = places.raw / "responses/pkm.csv"
    file.write_bytes(file.read_bytes() + b"\n")
    places.received.unlink()
    take_in(places, load_study(places))
    assert custody(places).findings == (
        "data/raw/2021/responses/pkm.csv: lain dari yang diterima",
        "data/raw/2021/responses/pkm.csv: barisnya di received.csv diubah",
    )


def test_a_later_delivery_speaks_against_nothing_in_the_chain(places):
    with places.received.open("a") as file:
        file.write(f"responses/baru.csv,{'0' * 64},1,,\n")
    assert custody(places).findings == ()


def test_an_older_edition_says_that_it_has_no_list(places):
    (places.edition / "internal/received.csv").unlink()
    step = custody(places)
    assert (step.counts["received"], len(step.notes)) == (0, 1)
