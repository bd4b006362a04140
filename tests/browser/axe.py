"""axe-core's judgement of a page, as screen readers and keyboards will find it.

    .venv/bin/python tests/browser/axe.py FILE.html …

Exit code 1 for a serious or critical finding, an error in the console, a request, or a
page wider than its window; 2 where Chromium or axe-core is not there to judge.
`npm install --prefix .judges axe-core` installs the latter.
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from chromium import Page, browser, chromium

WIDTHS = (360, 768, 1440)
SCRIPT = Path(__file__).parents[2] / ".judges/node_modules/axe-core/axe.min.js"
_WORST = ("serious", "critical")
_RUN = "axe.run(document, {resultTypes: ['violations']}).then(r => r.violations)"
_OVERFLOW = "document.documentElement.scrollWidth - innerWidth"


def missing() -> str:
    """What is not installed; "" if all is there."""
    if chromium() is None:
        return "Chromium"
    return "" if SCRIPT.is_file() else "axe-core (npm, .judges)"


def judge(path: Path) -> list[str]:
    """What is wrong with the page at each width; empty for a good one."""
    found = []
    for width in WIDTHS:
        with browser() as page:
            page.resize(width)
            page.open(path.resolve().as_uri())
            found += [f"{width} px: {told}" for told in _faults(page, path)]
    return found


def _faults(page: Page, path: Path) -> Iterator[str]:
    if (over := page.evaluate(_OVERFLOW)) > 0:
        yield f"halaman {over} piksel lebih lebar daripada jendelanya"
    page.evaluate(SCRIPT.read_text(encoding="utf-8") + "\n;0")
    for finding in page.evaluate(_RUN):
        if finding["impact"] in _WORST:
            yield _told(finding)
    yield from (f"konsol: {said}" for said in page.said)
    own = path.resolve().as_uri()
    for url in page.asked:
        if url.partition("#")[0] != own and not url.startswith(("data:", "about:")):
            yield f"permintaan: {url}"


def _told(finding: dict[str, Any]) -> str:
    where = [node["target"][0] for node in finding["nodes"][:3]]
    return f"{finding['impact']}: {finding['id']} ({len(finding['nodes'])}): {where}"


def main(paths: list[str]) -> int:
    if what := missing():
        print(f"{what} tidak terpasang: tidak dinilai")
        return 2
    faulty = 0
    for path in map(Path, paths):
        found = judge(path)
        faulty += bool(found)
        print(f"{path.name}: axe-core, {len(found)} temuan berat", *found, sep="\n  ")
    return int(faulty > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
