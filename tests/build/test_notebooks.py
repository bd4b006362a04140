"""Every way a notebook can end, injected by a cell."""

import json
import time
from pathlib import Path

import nbformat
import pytest

from skm_analysis.build import kernels
from skm_analysis.build.notebooks import run_notebook
from skm_analysis.errors import NotebookError


def write(path: Path, *codes: str, parameters: str = 'unit: str = ""') -> Path:
    notebook = nbformat.v4.new_notebook()
    notebook.metadata["kernelspec"] = {
        "name": "python3",
        "display_name": "Python 3",
        "language": "python",
    }
    first = nbformat.v4.new_code_cell(parameters, id="parameters")
    first.metadata["tags"] = ["parameters"]
    others = [
        nbformat.v4.new_code_cell(code, id=f"code-{number}")
        for number, code in enumerate(codes)
    ]
    title = nbformat.v4.new_markdown_cell("# Judul", id="title")
    notebook.cells = [title, first, *others]
    nbformat.write(notebook, path)
    return path


@pytest.fixture
def run(tmp_path):
    def run(*codes, timeout=60.0, output_bytes=50_000_000, parameters=None):
        source = write(tmp_path / "03_unit.ipynb", *codes)
        executed = tmp_path / "stage" / "03_unit-kel-ngalau.ipynb"
        run_notebook(
            source,
            executed,
            {"unit": "kel-ngalau"} if parameters is None else parameters,
            root=tmp_path,
            failed=tmp_path / "reports" / "2021.failed",
            timeout=timeout,
            output_bytes=output_bytes,
        )
        return json.loads(executed.read_bytes())

    return run


def test_a_good_run_leaves_the_outputs_and_no_trace_of_the_runner(run, tmp_path):
    ran = run("print(unit)")
    assert [cell["id"] for cell in ran["cells"]] == [
        "title",
        "parameters",
        "injected-parameters",
        "code-0",
    ]
    assert ran["cells"][-1]["outputs"] == [
        {"name": "stdout", "output_type": "stream", "text": "kel-ngalau\n"}
    ]
    assert ran["metadata"]["papermill"] == {"parameters": {"unit": "kel-ngalau"}}
    assert not (tmp_path / "reports").exists()


def test_two_runs_give_the_same_bytes(run, tmp_path):
    run("print(hash('unsur'), unit)")
    first = (tmp_path / "stage" / "03_unit-kel-ngalau.ipynb").read_bytes()
    run("print(hash('unsur'), unit)")
    assert (tmp_path / "stage" / "03_unit-kel-ngalau.ipynb").read_bytes() == first


def test_the_kernel_sees_only_the_environment_it_was_given(run, tmp_path, monkeypatch):
    monkeypatch.setenv("SKM_SECRET_TOKEN", "x")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    ran = run(
        "import os, sys\n"
        "print(os.environ['TZ'], os.environ['LC_ALL'], os.environ['PYTHONHASHSEED'],\n"
        "      'SKM_SECRET_TOKEN' in os.environ, 'PYTHONPATH' in os.environ,\n"
        f"      os.environ['SKM_ROOT'] == {str(tmp_path)!r},\n"
        "      os.listdir() == [])",
        f"import sys; print(sys.executable == {__import__('sys').executable!r})",
    )
    assert ran["cells"][-2]["outputs"][0]["text"] == (
        "UTC C.UTF-8 0 False False True True\n"
    )
    assert ran["cells"][-1]["outputs"][0]["text"] == "True\n"


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("1 / 0", r"gagal \(ZeroDivisionError\)"),
        ("import sys; sys.exit(0)", r"mengakhiri notebook sebelum selesai \(exit\)"),
        ("exit()", r"mengakhiri notebook sebelum selesai \(exit\)"),
        ("import os; os._exit(0)", r"kernel berhenti sendiri \(kode 0\)"),
        ("import os; os.kill(os.getpid(), 9)", "dihentikan paksa"),
        ("input()", "papan ketik"),
        ("raise MemoryError", "kehabisan memori"),
        ("import warnings; warnings.warn('x')", r"peringatan \(UserWarning\)"),
        ("object()", "alamat memori"),
        ("import os; os.getcwd()", "jalur folder"),
        ("import sys; print(sys.prefix)", "jalur folder"),
    ],
)
def test_what_goes_wrong_in_a_cell_is_an_error_with_its_cause(
    run, tmp_path, code, told
):
    with pytest.raises(NotebookError, match=told) as caught:
        run("2 + 2", code, "3 + 3")
    message = str(caught.value)
    assert "03_unit.ipynb untuk unit kel-ngalau, sel 4" in message
    assert "reports/2021.failed/03_unit-kel-ngalau.ipynb" in message
    assert (tmp_path / "reports/2021.failed/03_unit-kel-ngalau.ipynb").exists()
    assert not (tmp_path / "stage").exists()


@pytest.mark.parametrize(
    "hang",
    [
        "import time; time.sleep(600)",
        "import signal, time\n"
        "signal.signal(signal.SIGINT, signal.SIG_IGN)\n"
        "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        "time.sleep(600)",
    ],
    ids=["asleep", "deaf"],
)
def test_a_hang_ends_at_the_time_limit(run, hang):
    begun = time.monotonic()
    with pytest.raises(NotebookError, match="melewati batas waktu 5 detik"):
        run(hang, timeout=5)
    assert time.monotonic() - begun < 15


def test_endless_output_is_stopped(run):
    with pytest.raises(NotebookError, match="keluaran terlalu banyak"):
        run("while True: print('x' * 10_000)", output_bytes=3_000_000)


def test_the_text_of_an_error_stays_inside(run):
    with pytest.raises(NotebookError) as caught:
        run("raise ValueError('NIK 13740101' + '01010001')")
    assert "1374010101010001" not in str(caught.value)


def test_a_message_that_the_package_wrote_reaches_the_user(run):
    with pytest.raises(NotebookError) as caught:
        run(
            "from skm_analysis.errors import DeliveryError\n"
            "raise DeliveryError('ngalau.csv: kolom U9 tidak ada')"
        )
    assert str(caught.value).startswith("ngalau.csv: kolom U9 tidak ada\n")
    assert "03_unit.ipynb untuk unit kel-ngalau, sel 3" in str(caught.value)


def test_what_a_cell_started_ends_with_its_kernel(run, tmp_path):
    run(
        "import subprocess, os\n"
        "child = subprocess.Popen(['sleep', '300'])\n"
        "open(os.environ['SKM_ROOT'] + '/pid', 'w').write(str(child.pid))"
    )
    pid = int((tmp_path / "pid").read_text())
    stat = Path(f"/proc/{pid}/stat")
    assert not stat.exists() or stat.read_text().split()[2] == "Z"


def test_nothing_is_left_in_the_temporary_folder(run, tmp_path, monkeypatch):
    own = tmp_path / "t"
    own.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(own))
    run("import tempfile; f = open(tempfile.mkdtemp() + '/left', 'w'); f.close()")
    assert [p for p in own.iterdir() if not list(p.glob("fontlist*"))] == []


@pytest.mark.parametrize(
    ("parameters", "told"),
    [
        ({"unit": "a", "periode": "2021"}, "tidak mengenal parameter periode"),
        ({"unti": "a"}, "mungkin maksudnya: unit"),
        ({}, "parameter unit tidak diisi"),
        ({"unit": 2021}, "bukan teks"),
        ({"unit": Path("a")}, "bukan teks"),
        ({"unit": "a", "x=1;print(2);y": "b"}, "tidak mengenal parameter"),
    ],
)
def test_parameters_are_checked_before_a_kernel_starts(run, parameters, told):
    begun = time.monotonic()
    with pytest.raises(NotebookError, match=told):
        run("1", parameters=parameters)
    assert time.monotonic() - begun < 1


@pytest.mark.parametrize(
    "value", ['a"; print("x"); "', "a\\", "{unit}", "a\nb", "‮abc", "😀", "\u2028"]
)
def test_a_hostile_value_arrives_as_it_was(run, value):
    ran = run("print(ascii(unit))", parameters={"unit": value})
    assert ran["cells"][-1]["outputs"][0]["text"] == f"{value!a}\n"


def test_a_notebook_with_outputs_is_refused(tmp_path):
    source = write(tmp_path / "a.ipynb", "1")
    data = json.loads(source.read_text())
    data["cells"][2]["outputs"] = [
        {"output_type": "stream", "name": "stdout", "text": "1"}
    ]
    source.write_text(json.dumps(data))
    with pytest.raises(NotebookError, match="sel 3 masih memuat keluaran"):
        run_notebook(source, tmp_path / "b.ipynb", {"unit": "a"}, root=tmp_path)


@pytest.mark.parametrize("tags", [[], ["parameters"]], ids=["none", "two"])
def test_a_notebook_needs_exactly_one_parameters_cell(tmp_path, tags):
    source = write(tmp_path / "a.ipynb", "1")
    data = json.loads(source.read_text())
    data["cells"][1]["metadata"]["tags"] = tags
    data["cells"][2]["metadata"]["tags"] = tags
    source.write_text(json.dumps(data))
    with pytest.raises(NotebookError, match="tepat satu"):
        run_notebook(source, tmp_path / "b.ipynb", {"unit": "a"}, root=tmp_path)


@pytest.mark.parametrize("content", ["", "{}", "[]", "PK\x03\x04", '{"cells": 3}'])
def test_what_is_no_notebook_is_refused(tmp_path, content):
    source = tmp_path / "a.ipynb"
    source.write_text(content)
    with pytest.raises(NotebookError, match="bukan notebook"):
        run_notebook(source, tmp_path / "b.ipynb", {"unit": "a"}, root=tmp_path)


@pytest.mark.parametrize(("ipc", "transport"), [(True, "ipc"), (False, "tcp")])
def test_where_there_are_no_ipc_sockets_tcp_serves(run, monkeypatch, ipc, transport):
    if ipc and not kernels.IPC:
        pytest.skip("this system has no IPC sockets")
    monkeypatch.setattr(kernels, "IPC", ipc)
    ran = run(
        "import json; from ipykernel.connect import get_connection_info\n"
        "print(json.loads(get_connection_info())['transport'])"
    )
    assert ran["cells"][-1]["outputs"][0]["text"] == f"{transport}\n"


def test_startup_files_of_the_user_do_not_run(run, tmp_path, monkeypatch):
    startup = tmp_path / "home/.ipython/profile_default/startup"
    startup.mkdir(parents=True)
    (startup / "x.py").write_text("print('ran')")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "home/.ipython"))
    (tmp_path / "json.py").write_text("raise SystemExit")
    monkeypatch.chdir(tmp_path)
    ran = run("import json; print('fine')")
    assert ran["cells"][-1]["outputs"][0]["text"] == "fine\n"
    assert Path.cwd() == tmp_path
