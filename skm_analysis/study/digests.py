"""Digests of the files that say what was asked and decided, for the manifest."""

import hashlib
from pathlib import Path

from skm_analysis.study.places import Places

# All but what was delivered and what is secret; other files may lie about.
_CONFIGURATION = (
    "study.toml",
    "plan.lock",
    "instruments/*.toml",
    "recommendations.csv",
    "history.csv",
    "decisions/*.csv",
    "texts/*.md",
    "texts/units/*.md",
    "branding/*",
)


def configuration_files(places: Places) -> list[Path]:
    """The study's own files, by their names with forward slashes."""
    found = {
        path
        for pattern in _CONFIGURATION
        for path in places.raw.glob(pattern)
        if path.is_file() and not path.name.startswith((".", "~"))
    }
    return sorted(found, key=places.told)


def sha256(path: Path) -> str:
    """The digest of a file in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
