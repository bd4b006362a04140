"""Chapters side by side, and what is left when the builder dies."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import pytest

from skm_analysis.build.engine import Done, Failure, Task, run_chapters
from skm_analysis.build.notebooks import run_notebook


def write(path: Path, code: str) -> Path:
    notebook = nbformat.v4.new_notebook()
    notebook.metadata["kernelspec"] = {
        "name": "python3",
        "display_name": "Python 3",
        "language": "python",
    }
    first = nbformat.v4.new_code_cell('unit: str = ""', id="parameters")
    first.metadata["tags"] = ["parameters"]
    notebook.cells = [first, nbformat.v4.new_code_cell(code, id="code")]
    nbformat.write(notebook, path)
    return path


def tasks(folder: Path, code: str, units: str) -> list[Task]:
    source = write(folder / "03_unit.ipynb", code)
    return [
        Task(source, folder / "stage" / unit, {"unit": unit}, folder, folder / "failed")
        for unit in units
    ]


def test_one_failed_chapter_does_not_stop_the_others(tmp_path):
    seen = []
    outcomes = run_chapters(
        tasks(tmp_path, "1 / (unit != 'b') and print(unit)", "abc"), 2, seen.append
    )
    assert [type(each) for each in outcomes] == [Done, Failure, Done]
    assert "untuk unit b, sel 2: gagal (ZeroDivisionError)" in outcomes[1].message
    assert sorted(map(id, seen)) == sorted(map(id, outcomes))
    text = json.loads((tmp_path / "stage" / "c").read_bytes())["cells"][-1]
    assert text["outputs"][0]["text"] == "c\n"


def test_any_number_of_workers_gives_the_same_bytes(tmp_path):
    bytes_of = []
    for workers in (1, 3):
        run_chapters(tasks(tmp_path, "print(unit, {'a', 'b'})", "abcd"), workers)
        stage = sorted((tmp_path / "stage").iterdir())
        bytes_of.append([path.read_bytes() for path in stage])
    assert bytes_of[0] == bytes_of[1]


def listening(pid: int) -> list[str]:
    """Inodes of TCP sockets that a process listens on."""
    ours = {
        str(fd.readlink()) for fd in Path(f"/proc/{pid}/fd").iterdir() if fd.exists()
    }
    lines = [
        line.split()
        for name in ("tcp", "tcp6")
        for line in Path(f"/proc/{pid}/net/{name}").read_text().splitlines()[1:]
    ]
    return [f[9] for f in lines if f[3] == "0A" and any(f"[{f[9]}]" in o for o in ours)]


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_nothing_listens_on_the_network(tmp_path):
    found = []
    run_chapters(
        tasks(tmp_path, "print(unit)", "ab"),
        2,
        lambda _: found.extend(listening(os.getpid())),
    )
    assert found == []


def test_an_error_in_the_program_is_not_taken_for_a_failed_chapter(tmp_path):
    (tmp_path / "stage").write_text("a file where a folder belongs")
    with pytest.raises(FileExistsError):
        run_chapters(tasks(tmp_path, "print(unit)", "a"), 1)
    [task] = tasks(tmp_path, "print(unit)", "a")
    run_notebook(task.source, tmp_path / "a.ipynb", {"unit": "a"}, root=tmp_path)


BUILDER = """
import sys
from pathlib import Path
from skm_analysis.build.engine import Task, run_chapters
from skm_analysis.build.notebooks import run_notebook
folder = Path(sys.argv[1])
source = folder / "03_unit.ipynb"
if sys.argv[2] == "chapters":
    run_chapters([Task(source, folder / "stage" / unit, {"unit": unit}, folder,
                       folder / "failed") for unit in "abcdefgh"], 2)
else:
    run_notebook(source, folder / "stage" / "a", {"unit": "a"}, root=folder)
"""


def kernels_of(folder: Path) -> list[int]:
    """Kernels that wrote down their process in `folder` and still run."""
    told = [int(path.read_text() or 0) for path in folder.glob("started-*")]
    return [pid for pid in told if _runs(pid)]


def _runs(pid: int) -> bool:
    try:
        told = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False
    return told.rpartition(")")[2].split()[0] != "Z"  # dead, and not yet buried


def wait_until(condition, seconds=20.0):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
@pytest.mark.parametrize("sent", ["SIGINT", "SIGTERM", "SIGKILL"])
@pytest.mark.parametrize(("what", "at_once"), [("chapters", 2), ("one notebook", 1)])
def test_a_stopped_builder_ends_promptly_and_leaves_no_kernel(
    tmp_path, sent, what, at_once
):
    write(
        tmp_path / "03_unit.ipynb",
        "import os, time\n"
        "with open(os.environ['SKM_ROOT'] + '/started-' + unit, 'w') as file:\n"
        "    print(os.getpid(), file=file)\n"
        "time.sleep(300)",
    )
    builder = subprocess.Popen(
        [sys.executable, "-c", BUILDER, str(tmp_path), what],
        stderr=subprocess.PIPE,
        text=True,
    )
    wait_until(lambda: len(kernels_of(tmp_path)) == at_once, 60)
    begun = time.monotonic()
    builder.send_signal(getattr(signal, sent))
    _, errors = builder.communicate(timeout=20)
    assert time.monotonic() - begun < 5
    assert builder.returncode != 0
    wait_until(lambda: kernels_of(tmp_path) == [], 3)
    assert list(tmp_path.glob("stage/*")) == []
    if sent == "SIGINT":
        assert errors.rstrip().endswith("KeyboardInterrupt")
        assert "distributed" not in errors.split("KeyboardInterrupt")[-1]


BARE_SYSTEM = """
import os, sys
import distributed  # what it needs of Linux, it replaces elsewhere by itself
sys.modules.update(fcntl=None, resource=None)
del os.fork
from pathlib import Path
from skm_analysis.build import lock, manifest, staging
from skm_analysis.build.engine import Task, run_chapters
from skm_analysis.study.places import Places
root = Path(sys.argv[1])
staging._exchange = lambda *_: False
places = Places(root, "2021")
for number in range(2):
    with lock.only_writer(places), staging.staged(places) as stage:
        done = run_chapters([Task(root / "03_unit.ipynb", stage / "a.ipynb",
                                  {"unit": "a"}, root, places.failed)])
        print(*done)
        manifest.write_manifest(places, stage, manifest.fingerprint(places))
        staging.publish(places, stage)
"""


def test_a_system_without_fork_and_file_locks_builds_too(tmp_path):
    write(tmp_path / "03_unit.ipynb", "print(unit)")
    raw = tmp_path / "data/raw/2021"
    raw.mkdir(parents=True)
    (raw / "study.toml").write_text("")
    built = subprocess.run(
        [sys.executable, "-W", "error", "-c", BARE_SYSTEM, str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert built.returncode == 0, built.stderr
    assert built.stderr == ""
    edition = tmp_path / "reports/2021"
    assert sorted(path.name for path in edition.iterdir()) == [
        "a.ipynb",
        "manifest.json",
    ]
    assert not (tmp_path / "reports/.2021.pid").exists()
