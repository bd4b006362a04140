"""docx-plus on a Word file: references, lists, headings as Word's own."""

import json
from pathlib import Path

from verdict import Verdict, installed, said_by

NAME = "docx-plus"


def missing() -> str:
    return "" if installed(NAME) else NAME


def judge(path: Path) -> Verdict:
    program = installed(NAME)
    assert program is not None
    found: dict[str, list[str]] = {"error": [], "warning": []}
    for each in json.loads(said_by(program, "lint", "--no-profile", "--json", path)):
        if each["severity"] in found:
            said = each["location"]["excerpt"] or f"alinea {each['location']}"
            told = f"{each['rule']}: {each['message']} [{said}]"
            found[each["severity"]].append(told)
    return Verdict(NAME, found["error"], found["warning"])
