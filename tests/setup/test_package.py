"""What lies beside the modules is named where the package is built from."""

import tomllib
from pathlib import Path, PurePosixPath

PROJECT = Path(__file__).parents[2]


def test_every_file_beside_the_modules_goes_into_the_package():
    settings = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
    patterns = settings["tool"]["setuptools"]["package-data"]["skm_analysis"]
    package = PROJECT / "skm_analysis"
    beside = [
        PurePosixPath(path.relative_to(package).as_posix())
        for path in package.rglob("*")
        if path.is_file()
        and path.suffix != ".py"
        and not any(part[0] in "._" for part in path.relative_to(package).parts)
    ]
    assert len(beside) > 10
    missed = [
        str(path)
        for path in beside
        if not any(path.match(pattern.removeprefix("**/")) for pattern in patterns)
    ]
    assert missed == []
