"""A page opened in a real JupyterLab and run there is the page of the report."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from chromium import chromium
from lab import jupyterlab
from lxml import html

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(chromium() is None, reason="Chromium is not installed"),
]

SKM = [sys.executable, "-c", "from skm_analysis.cli import main; main()"]
NUMBERS, ABSENT = "[data-key]", "p[style*=italic]"


@pytest.fixture(scope="module")
def project(
    tmp_path_factory, make_project: Callable[[Path], Path], make_notebooks
) -> Path:
    root = make_project(tmp_path_factory.mktemp("lab") / "kota contoh")
    make_notebooks(root)
    ran = subprocess.run([*SKM, "run", "2021", "--root", str(root)], check=False)
    assert ran.returncode == 0
    return root


def printed(project: Path, unit: str) -> list[list[str]]:
    """Key and text of each number in the unit's chapter of the finished report."""
    page = html.parse(project / "reports" / "2021" / "units" / f"{unit}.html").getroot()
    chapter = page.get_element_by_id(f"unit-{unit}")
    found = chapter.xpath("following::span[@data-key]")
    return [[each.get("data-key"), each.text_content()] for each in found]


def test_running_all_cells_shows_the_chapter_of_the_report(project, tmp_path):
    before = {path: path.read_bytes() for path in (project / "notebooks").iterdir()}
    with jupyterlab(project, tmp_path) as lab:
        lab.open("notebooks/03_unit.ipynb")
        assert lab.outputs(NUMBERS) == []
        lab.run_all()
        shown = lab.outputs(NUMBERS)
        assert len(shown) > 50
        assert shown == printed(project, "kel-satu")
        assert all(": " in text for _, text in lab.outputs(ABSENT))
        lab.write("parameters", 'study: str = ""\nunit: str = "kel-dua"')
        lab.run_all()
        assert lab.outputs(NUMBERS) == printed(project, "kel-dua") != shown
        lab.write("parameters", 'study: str = ""\nunit: str = "kel-tidak-ada"')
        lab.run_all()
        (told,) = [text for _, text in lab.outputs("pre") if "kel-tidak-ada" in text]
        assert "Traceback" not in told
        lab.open("reports/2021/notebooks/03_unit-kel-satu.ipynb")
        executed = [text for _, text in lab.outputs("*")]
        assert {text for _, text in shown} <= set(executed)
        # Chromium's own word on leaving a page that nobody touched.
        assert [x for x in lab.page.said if "beforeunload" not in x] == []
        outside = [
            url
            for url in lab.page.asked
            if not url.startswith((lab.address, "data:", "blob:"))
        ]
        assert outside == []
    assert {path: path.read_bytes() for path in before} == before
