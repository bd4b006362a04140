"""Publishing: what a killed, refused or starved run leaves behind."""

import contextlib
import errno
import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from skm_analysis.build import lock, manifest, staging
from skm_analysis.errors import LockedError, PublishError
from skm_analysis.study.places import Places


@pytest.fixture
def places(tmp_path):
    raw = tmp_path / "data/raw/2021"
    (raw / "responses").mkdir(parents=True)
    (raw / "study.toml").write_text('[study]\ntitle = "SKM"\n')
    (raw / "responses/ngalau.csv").write_text("U1\n4\n")
    (tmp_path / "notebooks").mkdir()
    return Places(tmp_path, "2021")


def build(places, version):
    with staging.staged(places) as stage:
        (stage / "tables").mkdir()
        (stage / "report.html").write_text(f"report {version}\n")
        (stage / "tables/register.csv").write_text(f"key,shown\nx,{version}\n")
        manifest.write_manifest(places, stage, manifest.fingerprint(places))
        return staging.publish(places, stage)


def version(places):
    assert manifest.differences(places.edition) == []
    return (places.edition / "report.html").read_text().split()[1]


def left(places):
    return sorted(path.name for path in places.edition.parent.iterdir())


@pytest.fixture(params=["exchange", "two renames"])
def both_ways(request, monkeypatch):
    if request.param == "two renames":
        monkeypatch.setattr(staging, "_exchange", lambda *_: False)
    return request.param


@pytest.mark.usefixtures("both_ways")
def test_a_new_edition_takes_the_place_of_the_old_and_leaves_nothing(places):
    for each in ("1", "2"):
        assert build(places, each) is None
        assert version(places) == each
        assert left(places) == ["2021"]


def test_a_failed_build_leaves_the_old_edition(places):
    build(places, "1")

    def fail(stage):
        (stage / "report.html").write_text("half")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), staging.staged(places) as stage:
        fail(stage)
    assert version(places) == "1"
    assert left(places) == ["2021"]


@pytest.mark.usefixtures("both_ways")
@pytest.mark.parametrize("edit", ["changed", "added", "removed", "no manifest"])
def test_an_edited_edition_is_put_aside_and_never_discarded(places, edit):
    build(places, "1")
    report = places.edition / "report.html"
    match edit:
        case "changed":
            report.write_text("catatan tangan\n")
        case "added":
            (places.edition / "catatan.txt").write_text("x")
        case "removed":
            (places.edition / "tables/register.csv").unlink()
        case "no manifest":
            (places.edition / "manifest.json").unlink()
    before = {p: p.read_bytes() for p in places.edition.rglob("*") if p.is_file()}
    aside = build(places, "1")
    assert aside == places.edition.with_name("2021-disunting-1")
    for path, content in before.items():
        assert (aside / path.relative_to(places.edition)).read_bytes() == content
    assert version(places) == "1"
    report.write_text("lagi\n")
    assert build(places, "2") == places.edition.with_name("2021-disunting-2")
    assert left(places) == ["2021", "2021-disunting-1", "2021-disunting-2"]


def test_what_a_desktop_drops_into_an_edition_is_no_edit(places):
    build(places, "1")
    for name in (".DS_Store", "Thumbs.db", "~$skm-2021.docx", ".~lock.skm.docx#"):
        (places.edition / name).write_text("x")
    assert build(places, "2") is None


def test_a_rename_refused_because_a_file_is_open_leaves_the_old_edition(
    places, monkeypatch
):
    build(places, "1")
    monkeypatch.setattr(staging, "_exchange", lambda *_: False)
    rename = Path.rename

    def refuse(path, target):
        if path == places.edition:
            raise PermissionError(errno.EACCES, "in use", str(path))
        return rename(path, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", refuse)
        with pytest.raises(PublishError, match="tutup berkas di Word") as caught:
            build(places, "2")
    assert str(caught.value).startswith("reports/2021: ")
    assert version(places) == "1"
    assert left(places) == ["2021"]
    build(places, "2")
    assert version(places) == "2"


def test_a_second_rename_that_is_refused_is_undone(places, monkeypatch):
    build(places, "1")
    monkeypatch.setattr(staging, "_exchange", lambda *_: False)
    rename = Path.rename

    def refuse(path, target):
        if path.name.startswith(".stage-"):
            raise PermissionError(errno.EACCES, "scanned", str(path))
        return rename(path, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", refuse)
        with pytest.raises(PublishError):
            build(places, "2")
    assert version(places) == "1"
    assert left(places) == ["2021"]


def test_a_full_disk_is_told_and_the_old_edition_stays(places):
    build(places, "1")
    with (
        pytest.raises(PublishError, match=r"reports: disk penuh \(tersisa \d+ MB\)"),
        staging.staged(places),
        Path("/dev/full").open("w") as file,
    ):
        file.write("x")
    assert version(places) == "1"
    assert left(places) == ["2021"]


def test_a_stage_that_differs_from_its_manifest_is_not_published(places):
    build(places, "1")
    with staging.staged(places) as stage:
        (stage / "report.html").write_text("report 2\n")
        manifest.write_manifest(places, stage, manifest.fingerprint(places))
        (stage / "report.html").write_text("report 3\n")
        with pytest.raises(PublishError, match=r"report\.html"):
            staging.publish(places, stage)
    assert version(places) == "1"


def test_leftovers_of_another_study_are_not_swept(places):
    other = places.edition.with_name(".stage-2021-b-0123abcd")
    ours = places.edition.with_name(".stage-2021-0123abcd")
    for folder in (other, ours):
        folder.mkdir(parents=True)
    staging.recover(places)
    assert left(places) == [other.name]


BUILDER = """
import sys
from pathlib import Path
from skm_analysis.build import lock, manifest, staging
from skm_analysis.study.places import Places
places = Places(Path(sys.argv[1]), "2021")
if sys.argv[2] == "two renames":
    staging._exchange = lambda *_: False
with lock.only_writer(places):
    print("begun", flush=True)
    for number in range(2, 100_000):
        with staging.staged(places) as stage:
            for chapter in range(8):
                (stage / f"ch{chapter}.html").write_text(f"v{number} " * 2000)
            (stage / "report.html").write_text(f"report {number}\\n")
            manifest.write_manifest(places, stage, manifest.fingerprint(places))
            staging.publish(places, stage)
"""


@pytest.mark.parametrize("edited", [False, True], ids=["as built", "edited"])
@pytest.mark.parametrize("way", ["exchange", "two renames"])
def test_a_builder_killed_at_any_moment_leaves_a_whole_edition(places, way, edited):
    build(places, "1")
    moments = random.Random(7)
    for _ in range(12):
        if edited:
            (places.edition / "report.html").write_text("report disunting\n")
        builder = subprocess.Popen(
            [sys.executable, "-c", BUILDER, str(places.root), way],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert builder.stdout.readline() == "begun\n"
        with contextlib.suppress(subprocess.TimeoutExpired):
            builder.wait(timeout=moments.uniform(0, 0.15))
        builder.send_signal(signal.SIGKILL)
        builder.communicate()
        if way == "exchange" and not edited:
            version(places)  # at every moment
        with lock.only_writer(places):  # the dead builder's lock is gone
            staging.recover(places)
        kept = [p for p in places.edition.parent.iterdir() if "disunting" in p.name]
        if manifest.differences(places.edition):
            assert edited  # killed before the exchange
            assert (places.edition / "report.html").read_text().split()[
                1
            ] == "disunting"
        elif edited:
            last = max(kept, key=lambda path: int(path.name.rpartition("-")[2]))
            assert (last / "report.html").read_text() == "report disunting\n"
        assert {n for n in left(places) if n.startswith(".")} == {".2021.lock"}


def test_a_second_builder_is_refused_at_once_and_told_who_builds(places):
    builder = subprocess.Popen(
        [sys.executable, "-c", BUILDER, str(places.root), "exchange"],
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert builder.stdout.readline() == "begun\n"
        with pytest.raises(LockedError) as caught, lock.only_writer(places):
            pass
    finally:
        builder.kill()
        builder.communicate()
    assert caught.value.exit_code == 75
    assert "Studi 2021 sedang disusun" in str(caught.value)
    assert f"(proses {builder.pid})" in str(caught.value)


def test_another_study_is_not_locked(places):
    with lock.only_writer(places), lock.only_writer(places.other("2020")):
        pass


@pytest.fixture
def no_fcntl(monkeypatch):
    monkeypatch.setitem(sys.modules, "fcntl", None)
    monkeypatch.setitem(sys.modules, "msvcrt", None)


@pytest.mark.usefixtures("no_fcntl")
def test_without_file_locks_a_second_writer_is_refused_too(places):
    with (
        lock.only_writer(places),
        pytest.raises(LockedError, match=str(os.getpid())),
        lock.only_writer(places),
    ):
        pass
    with lock.only_writer(places):
        pass


@pytest.mark.usefixtures("no_fcntl")
def test_without_file_locks_a_dead_holder_is_passed_over(places):
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    places.edition.parent.mkdir()
    places.edition.with_name(".2021.pid").write_text(str(gone.pid))
    with lock.only_writer(places):
        pass


def test_what_an_earlier_failed_run_kept_is_forgotten(places):
    places.failed.mkdir(parents=True)
    (places.failed / "03_unit.ipynb").write_text("x")
    staging.forget_failures(places)
    staging.forget_failures(places)
    assert not places.failed.exists()
