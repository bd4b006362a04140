"""A tiny project: one study of three units, of which one is small and one is empty."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

ITEMS = "persyaratan prosedur waktu biaya produk kompetensi perilaku sarana pengaduan"

STUDY = """
format = 1

[study]
title = "Survei Contoh Kecil"
year = 2021
institution = "Pemerintah Kota Contoh"
start = 2021-01-01
end = 2021-12-31
synthetic = true

[target]
ikm = 88.00
source = "angka contoh"
"""

UNIT = """
[[unit]]
id = "{id}"
name = "{name}"
kind = "kelurahan"
instrument = "sembilan"
population = {population}
sampling = "systematic"

[[delivery]]
file = "responses/{id}.csv"
unit = "{id}"
id_column = "id"
[delivery.columns]
"""


def answers(respondents: int, shift: int = 0) -> str:
    """Nine answers of 3 or 4, told by arithmetic alone; the 1st row has a gap."""
    lines = ["id," + ",".join(ITEMS.split())]
    for row in range(respondents):
        cells = [str(4 - ((row * 7 + item * 5 + shift) % 11 < 3)) for item in range(9)]
        cells[2] = cells[2] if row else ""
        lines.append(",".join([f"r{row}", *cells]))
    return "\n".join(lines) + "\n"


def write_project(root: Path) -> Path:
    study = root / "data" / "raw" / "2021"
    (study / "responses").mkdir(parents=True)
    (study / "instruments").mkdir()
    items = "\n".join(
        f'[[item]]\nkey = "{key}"\nunsur = "{key}"\nlabel = "{key.title()}"\n'
        f'question = "Bagaimana {key}?"\n'
        for key in ITEMS.split()
    )
    (study / "instruments" / "sembilan.toml").write_text(
        'format = 1\ntitle = "Sembilan unsur"\nregulation = "PermenPANRB 14/2017"\n'
        f'scale = [1, 4]\nbands = "permenpanrb-14-2017"\n{items}',
        encoding="utf-8",
    )
    columns = "\n".join(f'{key} = "{key}"' for key in ITEMS.split())
    text = STUDY
    for unit, name, population, respondents in (
        ("kel-satu", "Kelurahan Satu", 400, 40),
        ("kel-dua", "Kelurahan Dua", 90, 6),
        ("kel-tiga", "Kelurahan Tiga", 70, 0),
    ):
        text += UNIT.format(id=unit, name=name, population=population) + columns + "\n"
        (study / "responses" / f"{unit}.csv").write_text(
            answers(respondents, len(name)), encoding="utf-8"
        )
    (study / "study.toml").write_text(text, encoding="utf-8")
    (study / "secret").write_text("0" * 64 + "\n", encoding="utf-8")
    return root


def copy_notebooks(root: Path) -> Path:
    """The project's own notebooks, beside the data, so that a test may spoil them."""
    own = Path(__file__).parents[1] / "notebooks"
    return Path(shutil.copytree(own, root / "notebooks"))


@pytest.fixture(scope="session")
def make_project() -> Callable[[Path], Path]:
    return write_project


@pytest.fixture(scope="session")
def make_notebooks() -> Callable[[Path], Path]:
    return copy_notebooks


@pytest.fixture
def tiny_project(tmp_path: Path) -> Path:
    return write_project(tmp_path / "kota contoh")
