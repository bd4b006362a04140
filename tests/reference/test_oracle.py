"""What `make oracle` says without R."""

import subprocess
import sys
from pathlib import Path

SCRIPT = Path(__file__).with_name("oracle.py")


def test_without_r_it_says_what_to_install(tmp_path):
    found = subprocess.run(
        [sys.executable, str(SCRIPT)],
        env={"PATH": str(tmp_path)},
        capture_output=True,
        check=False,
        text=True,
        encoding="utf-8",
    )
    assert found.returncode == 2
    assert "r-cran-survey" in found.stderr
    assert found.stdout == ""
