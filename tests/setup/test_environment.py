"""The three files that describe the environment say the same."""

import importlib.metadata
import re
import tomllib
from pathlib import Path

import pytest
from packaging.markers import Marker
from packaging.requirements import Requirement

PROJECT = Path(__file__).parents[2]
LOCK = (PROJECT / "requirements.lock").read_text(encoding="utf-8")
PINNED = {
    match["name"]: (match["version"], match["marker"])
    for match in re.finditer(
        r"^(?P<name>[a-z0-9][a-z0-9._-]*)==(?P<version>[^ ;\\]+)"
        r"(?: ; (?P<marker>[^\\\n]+))? \\$",
        LOCK,
        re.MULTILINE,
    )
}


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_every_package_of_the_lock_is_pinned_by_hash():
    blocks = re.split(r"^(?=[a-z0-9])", LOCK, flags=re.MULTILINE)[1:]
    assert len(blocks) == len(PINNED) > 100
    assert all("--hash=sha256:" in block for block in blocks)


def test_the_lock_names_no_address():
    assert not re.search(r"://|--index-url|--find-links", LOCK)


@pytest.mark.parametrize("name", ["pywinpty", "colorama", "appnope"])
def test_the_lock_serves_windows_and_macos(name):
    assert name in PINNED
    assert re.search(r"win32|nt|darwin", PINNED[name][1])


def test_everything_the_project_asks_for_is_locked_at_a_version_it_accepts():
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
    asked = project["project"]["dependencies"]
    asked += project["project"]["optional-dependencies"]["dev"]
    for text in asked:
        requirement = Requirement(text)
        version, _ = PINNED[canonical(requirement.name)]
        assert requirement.specifier.contains(version), text


def test_the_fixed_packages_are_asked_for():
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
    names = {Requirement(each).name for each in project["project"]["dependencies"]}
    fixed = {"jupyterlab", "pandas", "seaborn", "scipy", "papermill", "nbconvert"}
    assert fixed <= names


def test_conda_takes_python_and_pip_and_every_package_from_the_lock():
    lines = (PROJECT / "environment.yml").read_text(encoding="utf-8").splitlines()
    wanted = [line.strip(" -") for line in lines if line.strip().startswith("-")]
    assert wanted == [
        "conda-forge",
        "python>=3.11",
        "pip",
        "pip:",
        "require-hashes",
        "r requirements.lock",
    ]


def test_what_is_installed_here_is_what_the_lock_says():
    other = {
        name: (version, importlib.metadata.version(name))
        for name, (version, marker) in PINNED.items()
        if (not marker or Marker(marker).evaluate())
        and importlib.metadata.version(name) != version
    }
    assert not other
