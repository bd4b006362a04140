"""What the person at the keyboard types and sees."""

import io
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from skm_analysis.cli import main
from skm_analysis.cli.showing import write_utf8
from skm_analysis.study.catalogue import catalogue

ENGLISH = re.compile(
    r"\b(usage|options?|commands?|error|missing|invalid|show|help for|message and "
    r"exit|does not exist|no such|the|and|unexpected|required)\b",
    re.IGNORECASE,
)


def skm(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments), prog_name="skm")


@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        ["run", "--help"],
        ["inspect", "--help"],
        ["check", "--help"],
        ["new", "--help"],
        ["plan", "--help"],
        ["audit", "--help"],
    ],
)
def test_help_is_indonesian(arguments):
    result = skm(*arguments)
    assert result.exit_code == 0
    told = re.sub(r"--\w+", "", result.output)
    assert not ENGLISH.search(told), told


@pytest.mark.parametrize(
    "arguments",
    [
        ["runn"],
        ["run", "--worker", "2"],
        ["run", "2021", "--workers", "0"],
        ["run", "2021", "--workers", "dua"],
        ["run", "2021", "--root", "tidak-ada"],
        ["run"],
        ["run", "2021", "--all"],
        ["check"],
        ["new", "2022", "2023"],
        ["run", "2021", "--root"],
    ],
)
def test_wrong_usage_is_told_in_indonesian_with_exit_code_2(arguments):
    result = skm(*arguments)
    assert result.exit_code == 2
    assert result.output
    assert not ENGLISH.search(re.sub(r"--\w+", "", result.output)), result.output


def test_an_unknown_study_names_those_that_there_are(tiny_project):
    result = skm("check", "2020", "--root", str(tiny_project))
    assert result.exit_code == 1
    assert "studi yang ada: 2021" in result.stderr


def test_an_error_is_one_json_object_when_asked(tiny_project):
    result = skm("check", "2020", "--root", str(tiny_project), "--json")
    assert result.exit_code == 1
    assert json.loads(result.stdout)["ok"] is False


def test_check_counts_what_has_come_and_names_what_has_not(tiny_project):
    (tiny_project / "data/raw/2021/responses/kel-dua.csv").unlink()
    result = skm("check", "2021", "--root", str(tiny_project), "--json")
    assert result.exit_code == 0, result.output
    [study] = json.loads(result.stdout)["studies"]
    units = {unit["unit"]: unit for unit in study["units"]}
    assert study["waiting"] == ["responses/kel-dua.csv"]
    assert units["kel-dua"]["received"] == 0
    assert units["kel-satu"]["received"] == units["kel-satu"]["accepted"] == 40
    # Krejcie and Morgan's printed table: 196 for a population of 400.
    assert units["kel-satu"]["required"] == 196
    assert units["kel-satu"]["short"] == 156


def test_check_fits_a_narrow_terminal_without_cutting_a_word(tiny_project, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    shown = skm("check", "2021", "--root", str(tiny_project)).output
    assert max(map(len, shown.splitlines())) <= 88
    for word in ("Kelurahan Satu", "Perlu", "Sisih", "Kurang"):
        assert word in shown
    assert "…" not in shown


def test_check_tells_of_rows_that_belong_to_no_unit(tiny_project):
    study = tiny_project / "data" / "raw" / "2021"
    path = study / "responses" / "kel-dua.csv"
    header, first, *rows = path.read_text(encoding="utf-8").splitlines()
    lines = [f"loket,{header}", f"kel-dua,{first}", *(f"99,{row}" for row in rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    text = (study / "study.toml").read_text(encoding="utf-8")
    old = 'file = "responses/kel-dua.csv"\nunit = "kel-dua"'
    new = 'file = "responses/kel-dua.csv"\nunit_column = "loket"'
    assert old in text
    (study / "study.toml").write_text(text.replace(old, new), encoding="utf-8")
    shown = skm("check", "2021", "--root", str(tiny_project))
    assert shown.exit_code == 0
    assert "unit tidak dikenal: 5" in shown.output


def test_check_writes_nothing_but_its_page_and_the_list_of_what_came(tiny_project):
    def listing() -> set[Path]:
        return set(tiny_project.rglob("*"))

    before = listing()
    assert skm("check", "2021", "--root", str(tiny_project)).exit_code == 0
    page = tiny_project / "reports/2021.check/skm-check-2021.html"
    received = tiny_project / "data/raw/2021/received.csv"
    assert listing() == {*before, received, page, *page.parents[:2]}


def test_the_help_of_new_names_every_ready_instrument():
    named = re.sub(r"\s+", " ", skm("new", "--help").output)
    assert all(f" {name}" in named for name in catalogue())


def test_a_new_study_passes_its_first_check(tiny_project):
    root = ["--root", str(tiny_project)]
    assert skm("new", "2022", "--from", "2021", *root).exit_code == 0
    result = skm("check", "2022", *root)
    assert result.exit_code == 0, result.output
    assert "belum datang" in result.stdout


def test_help_and_wrong_usage_load_no_heavy_library():
    code = (
        "import sys; from skm_analysis.cli import main\n"
        "try: main(['run'], prog_name='skm')\n"
        "except SystemExit: pass\n"
        "print(*{'pandas', 'matplotlib', 'distributed'} & set(sys.modules))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert ran.stdout.strip() == ""


PROJECT = Path(__file__).parents[2]
ADVICE = [
    PROJECT / "README.md",
    *sorted((PROJECT / "docs").rglob("*.md")),
    *sorted((PROJECT / "skm_analysis").rglob("*.py")),
    *sorted((PROJECT / "skm_analysis" / "study" / "template").rglob("*.*")),
]


def test_no_text_advises_a_command_that_there_is_not():
    advised = {
        (path.name, command)
        for path in ADVICE
        for command in re.findall(
            r"(?:`|dengan: |^)skm ([a-z]+)", path.read_text(encoding="utf-8"), re.M
        )
    }
    assert len(advised) >= 6
    assert [each for each in advised if each[1] not in main.commands] == []


def test_a_file_on_windows_takes_every_sign(monkeypatch):
    written = io.BytesIO()
    stream = io.TextIOWrapper(written, encoding="cp1252", newline="")
    monkeypatch.setattr(sys, "stdout", stream)
    write_utf8()
    stream.write("Selisih −0,08")
    stream.flush()
    assert written.getvalue().decode("utf-8") == "Selisih −0,08"
