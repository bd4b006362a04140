"""`skm plan`: what a person types before the field work, and what is there after."""

import csv
import json
import re
import shutil
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from skm_analysis.cli import main

EXAMPLE = Path(__file__).parents[2] / "data" / "raw"


@pytest.fixture
def root(tmp_path):
    """A new study that nobody has answered yet."""
    assert skm("new", "2024", "--root", str(tmp_path)).exit_code == 0
    return tmp_path


# One with strata and enumerators, one with enumerators, one with neither.
UNITS = ("kel-ngalau", "kel-kampung-manggis", "kel-pasar-baru")


def keep_units(study):
    """Leave in a study.toml of the example only UNITS, and what they delivered."""
    text = study.read_text(encoding="utf-8")
    kept = [
        block
        for block in re.split(r"\n(?=\[\[)", text)
        if not block.startswith(("[[unit]]", "[[delivery]]"))
        or any(re.search(rf'^(id|unit) = "{unit}"$', block, re.M) for unit in UNITS)
    ]
    study.write_text("\n".join(kept), encoding="utf-8")


@pytest.fixture(scope="module")
def example(tmp_path_factory):
    """Three units of the example 2021 beside 2020, without this year's answers."""
    folder = tmp_path_factory.mktemp("root")
    for year in ("2020", "2021"):
        shutil.copytree(EXAMPLE / year, folder / "data" / "raw" / year)
        keep_units(folder / "data" / "raw" / year / "study.toml")
    shutil.rmtree(folder / "data/raw/2021/responses")
    (folder / "data/raw/2021/plan.lock").unlink(missing_ok=True)
    return folder


@pytest.fixture(scope="module")
def twice(example):
    """What two runs over the example told and wrote: one for people, one as JSON."""
    runs = []
    for more in ((), ("--json",)):
        result = plan(example, "2021", *more)
        assert result.exit_code == 0, result.output
        folder = example / "reports/2021.plan"
        files = {path.name: path.read_bytes() for path in folder.iterdir()}
        runs.append((result.output, files))
    return runs


COLUMNS = (
    "population",
    "n_required",
    "n_cochran",
    "n_slovin",
    "n_required_precision",
    "n_required_change",
    "planned",
    "n_aimed",
    "n_to_ask",
)


def skm(*arguments):
    return CliRunner().invoke(main, list(arguments), prog_name="skm")


def plan(folder, study, *more):
    return skm("plan", study, "--root", str(folder), *more)


def lines(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_plan_needs_only_the_units(root):
    study = root / "data/raw/2024/study.toml"
    text = study.read_text(encoding="utf-8")
    study.write_text(text[: text.index("[[delivery]]")], encoding="utf-8")
    result = plan(root, "2024")
    assert result.exit_code == 0, result.output
    assert "K–M" in result.output
    assert "reports/2024.plan/plan-2024.xlsx" in result.output
    assert "tidak ada 'margin' atau 'change' dalam [plan]" in result.output
    assert not (root / "data/raw/2024/plan.lock").exists()


def test_the_table_the_workbook_and_the_csv_say_the_same(example, twice):
    told = twice[0][0].splitlines()
    folder = example / "reports/2021.plan"
    units = lines(folder / "plan-2021.csv")
    assert {unit["unit"] for unit in units} == {*UNITS}
    book = openpyxl.load_workbook(folder / "plan-2021.xlsx")
    assert book.sheetnames == ["Rencana", "Strata"]
    sheet = book["Rencana"]
    assert "DATA SINTETIS" in sheet.cell(1, 1).value
    for row, unit in enumerate(units, 5):
        numbers = [int(unit[name]) if unit[name] else "–" for name in COLUMNS]
        cells = [sheet.cell(row, column).value for column in range(1, 12)]
        assert cells[0] == unit["name"]
        assert cells[2:] == numbers
        [shown] = [x for x in told[3:7] if x.startswith(unit["name"][:40])]
        assert shown.replace(".", "").split()[-9:] == [str(x) for x in numbers]


def test_last_years_answers_give_the_spread(twice):
    units = {unit["unit"]: unit for unit in json.loads(twice[1][0])["units"]}
    ngalau = units["kel-ngalau"]
    assert ngalau["n_required"] == 261
    assert ngalau["n_required_precision"] > 0
    assert [share["stratum"] for share in ngalau["strata"]] == ["2021-S1", "2021-S2"]
    for way in ("proportional", "neyman"):
        assert sum(share[way] for share in ngalau["strata"]) == ngalau["n_aimed"]
    assert units["kel-pasar-baru"]["n_to_ask"] == 64


def test_more_respondents_ask_for_more_enumerators_where_there_were_any(twice, root):
    asked = "Pada Kelurahan Kampung Manggis; Kelurahan Ngalau: pewawancara ikut"
    assert f"{asked} diperhitungkan" in twice[0][0]
    assert "pewawancara" not in plan(root, "2024").output


def test_the_same_plan_gives_the_same_bytes(twice):
    assert twice[0][1] == twice[1][1]
    assert len(twice[0][1]) == 3


def test_without_last_years_answers_the_plan_goes_on_and_says_why(example, tmp_path):
    shutil.copytree(example / "data", tmp_path / "data")
    shutil.rmtree(tmp_path / "data/raw/2020/responses")
    result = plan(tmp_path, "2021")
    assert result.exit_code == 0, result.output
    assert "Studi sebelumnya tidak dipakai" in result.output
    assert "berkas kiriman di study.toml belum ada" in result.output
    told = json.loads(plan(tmp_path, "2021", "--json").output)
    assert told["units"][0]["n_required_precision"] is None
    assert "belum ada" in told["previous_problem"]


def test_freezing_before_any_data(root):
    result = plan(root, "2024", "--freeze")
    assert result.exit_code == 0, result.output
    assert "dibekukan: data/raw/2024/plan.lock" in result.output
    assert re.search(r"sidik jari: [0-9a-f]{64}", result.output)
    assert "kiriman sudah ada" not in result.output
    again = plan(root, "2024", "--freeze")
    assert "sudah dibekukan dan tidak berubah" in again.output


def test_freezing_after_data_came_is_told(root):
    (root / "data/raw/2024/responses/a.csv").write_text("x\n")
    result = plan(root, "2024", "--freeze")
    assert result.exit_code == 0
    assert "1 berkas kiriman sudah ada ketika dibekukan" in result.output
    told = json.loads(plan(root, "2024", "--freeze", "--json").output)
    assert (told["frozen"]["state"], told["frozen"]["received"]) == ("same", 1)


def test_other_rules_are_not_frozen_over_the_first_ones_once_data_came(root):
    assert plan(root, "2024", "--freeze").exit_code == 0
    (root / "data/raw/2024/responses/a.csv").write_text("x\n")
    study = root / "data/raw/2024/study.toml"
    text = study.read_text(encoding="utf-8")
    text = text.replace('missing = "ratio"', 'missing = "person"', 1)
    study.write_text(text, encoding="utf-8")
    result = plan(root, "2024", "--freeze")
    assert result.exit_code == 1, result.output
    assert "tidak diganti" in result.output
    assert plan(root, "2024").exit_code == 0


def test_an_edited_lock_is_told_by_check(root):
    assert plan(root, "2024", "--freeze").exit_code == 0
    lock = root / "data/raw/2024/plan.lock"
    lock.write_text(lock.read_text().replace("ratio", "person"))
    result = skm("check", "2024", "--root", str(root))
    assert result.exit_code == 1
    assert "isinya berubah sejak dibekukan" in result.output


def test_a_folder_that_is_a_file_is_told(root):
    (root / "reports").mkdir(exist_ok=True)
    (root / "reports/2024.plan").write_text("")
    result = plan(root, "2024")
    assert result.exit_code == 1
    assert "rencana tidak dapat ditulis" in result.output
