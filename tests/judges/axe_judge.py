"""axe-core in headless Chromium on a web page, at three widths."""

import sys
from pathlib import Path

from verdict import Verdict

sys.path.append(str(Path(__file__).parents[1] / "browser"))

import axe


def missing() -> str:
    return axe.missing()


def judge(path: Path) -> Verdict:
    return Verdict(f"axe-core {axe.WIDTHS} px", axe.judge(path))
