"""outloud on a PDF: PDF/UA-1, and what a reader's ear would stumble over."""

import json
from collections import Counter
from pathlib import Path

from lxml import html
from verdict import Verdict, installed, said_by

NAME = "outloud"
_PROSE_IN_ARTIFACT = "TAG-002"


def missing() -> str:
    return "" if installed(NAME) else NAME


def judge(path: Path) -> Verdict:
    program = installed(NAME)
    assert program is not None
    (result,) = json.loads(said_by(program, "--json", "-", path))["results"]
    found: dict[str, list[str]] = {"error": [], "warning": []}
    heads = _header_rows(path.with_suffix(".html"))
    for each in result["findings"]:
        if not _is_repeated_header(each, heads) and each["severity"] in found:
            told = f"{each['rule']} hlm. {each.get('page', '?')}: {each['message']}"
            found[each["severity"]].append(f"{told} [{each.get('evidence') or ''}]")
    return Verdict(NAME, found["error"], found["warning"])


def _is_repeated_header(finding: dict[str, object], heads: list[Counter[str]]) -> bool:
    """Whether the prose is the header of a table that goes on, repeated on this page.

    PDF/UA wants the repetition to be an artifact, as docs/decisions/judges.md tells.
    """
    if finding["rule"] != _PROSE_IN_ARTIFACT or finding["count"] != 1:
        return False
    said = Counter(str(finding.get("evidence")).rstrip("…").split())
    return any(said <= head for head in heads)


def _header_rows(page: Path) -> list[Counter[str]]:
    if not page.is_file():
        return []
    rows = html.parse(page).getroot().xpath("//thead/tr")
    return [Counter(" ".join(row.itertext()).split()) for row in rows]
