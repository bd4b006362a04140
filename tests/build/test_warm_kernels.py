"""Kernels that are forked share what was imported, and nothing else."""

import json
import os
import signal
from pathlib import Path

import nbformat
import pytest

from skm_analysis.build import warm_kernels
from skm_analysis.build.notebooks import run_notebook

pytestmark = pytest.mark.skipif(
    not warm_kernels.POSSIBLE, reason="kernels are forked on Linux alone"
)

SEEN = """import json, os, tempfile
import pandas, random
told = {"pid": os.getpid(), "parent": os.getppid(), "group": os.getpgrp(),
        "cwd": os.getcwd(), "tmp": tempfile.gettempdir(), "home": os.environ["HOME"],
        "marked": hasattr(pandas, "mark"), "chance": random.random(),
        "token": os.environ.get("SKM_TEST_TOKEN")}
pandas.mark = True
with open(os.environ["SKM_ROOT"] + "/" + unit, "w") as file:
    json.dump(told, file)"""


def seen_by(folder: Path, unit: str) -> dict[str, object]:
    source = folder / "03_unit.ipynb"
    book = nbformat.v4.new_notebook()
    book.cells = [
        nbformat.v4.new_code_cell('unit: str = ""', metadata={"tags": ["parameters"]}),
        nbformat.v4.new_code_cell(SEEN),
    ]
    nbformat.write(book, source)
    run_notebook(source, folder / "out.ipynb", {"unit": unit}, root=folder)
    return json.loads((folder / unit).read_text())


def test_a_forked_kernel_has_nothing_of_the_builder_or_of_another(
    tmp_path, monkeypatch
):
    monkeypatch.setenv("SKM_TEST_TOKEN", "rahasia")
    one, two = seen_by(tmp_path, "a"), seen_by(tmp_path, "b")
    assert one["parent"] == two["parent"] != os.getpid()
    assert (one["token"], one["marked"], two["marked"]) == (None, False, False)
    assert one["group"] == one["pid"] != two["pid"]
    for name in ("cwd", "tmp", "home", "chance"):
        assert one[name] != two[name], name


def test_without_its_nursery_a_kernel_is_started_by_itself(tmp_path):
    before = seen_by(tmp_path, "a")
    os.kill(int(str(before["parent"])), signal.SIGKILL)
    after = seen_by(tmp_path, "b")
    assert after["parent"] == os.getpid()
    warm_kernels._NURSERIES.clear()
    assert seen_by(tmp_path, "c")["parent"] not in (os.getpid(), before["parent"])
