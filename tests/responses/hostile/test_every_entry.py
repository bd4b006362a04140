"""No hostile entry is passed over, in the shared list or in the project's own."""

import importlib.util
import json
import re
from functools import cache

import hostile_entries
import pytest

# Groups whose tests ask the same of each entry, whatever it is.
ASKED_ALIKE = {"formula", "html", "markdown", "latex", "typst", "number", "unit_name"}
# Group -> the tables that know each entry by its id.
KNOWN_BY_ID = {
    "unicode": ("test_text_cells.UNICODE", "test_text_cells.IN_UTF8"),
    "size": ("test_text_cells.SIZES",),
    "word": ("test_text_cells.WORDS",),
    "personal": ("test_text_cells.CANARIES",),
    "header": ("test_text_files.HEADERS",),
    "csv_bytes": ("test_text_files.BYTES", "test_text_files.ASIDE"),
    "xlsx_file": ("test_workbook_files.EXPECTED",),
    "xlsx_cell": ("test_answers.CELLS",),
    "date": ("test_answers.DAYS",),
    "id": ("test_answers.ALMOST",),
    "file_name": ("test_names.NAMES",),
}
ELSEWHERE = {"parameter", "cache_or_artifact"}  # not of deliveries and names


@cache
def table(name):
    """A table of one of the tests beside this one: its keys are ids."""
    module, _, name = name.partition(".")
    path = hostile_entries.HERE / f"{module}.py"
    spec = importlib.util.spec_from_file_location(f"hostile_{module}", path)
    loaded = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaded)
    return getattr(loaded, name)


@pytest.fixture
def listed():
    if not hostile_entries.SHARED.is_file():
        pytest.skip("the shared list is not beside this project")
    return hostile_entries.shared()


def passed_over(entries):
    """Ids that no test asks for; of texts also those whose threat is unknown."""
    return [
        entry.id
        for entry in entries
        if entry.kind in hostile_entries.KINDS
        and entry.group not in ASKED_ALIKE
        and not any(entry.id in table(x) for x in KNOWN_BY_ID.get(entry.group, ()))
    ]


def test_every_entry_of_the_shared_list_is_asked_for(listed):
    assert passed_over(listed) == []
    kinds = {entry.kind for entry in listed}
    assert kinds == {*hostile_entries.KINDS} | ELSEWHERE


def test_every_entry_of_the_projects_own_is_asked_for():
    assert passed_over(hostile_entries.own()) == []


def test_an_entry_that_nobody_knows_would_be_noticed():
    one = hostile_entries.own()[0]
    unknown = [
        one._replace(id="baru", group=group)
        for group in ("", "unicode", "header", "xlsx_file", "file_name")
    ]
    assert passed_over(unknown) == ["baru"] * 5


def test_the_projects_own_cover_each_group():
    groups = {*ASKED_ALIKE, *KNOWN_BY_ID}
    assert {entry.group for entry in hostile_entries.own()} == groups


def test_no_own_value_is_one_of_the_shared_list(listed):
    others = {x.value for x in listed if x.value} - {*hostile_entries.LONG.values()}
    assert not [x.id for x in hostile_entries.own() if x.value in others]


def decided():
    """Ids that stand first in a row of the page."""
    text = hostile_entries.DECISIONS.read_text(encoding="utf-8")
    firsts = [
        line.split("|")[1] for line in text.splitlines() if line.startswith("| `")
    ]
    return [name for first in firsts for name in re.findall("`([^`]+)`", first)]


def test_what_was_decided_otherwise_is_told_once_and_is_in_the_list(listed):
    assert len({*decided()}) == len(decided())
    assert {*decided()} <= {entry.id for entry in listed}


def test_what_is_refused_or_kept_unlike_the_list_has_its_reason_on_the_page(listed):
    """Where the list says which of the two, the tests say the same or the page why."""
    unlike = set()
    for entry in listed:
        if entry.kind in ("csv_bytes", "header", "xlsx_file", "file_name"):
            refused = _is_refused(entry)
            should = entry.expect == "reject_file"
            unlike |= {entry.id} if refused != should else set()
    assert unlike <= {*decided()}
    assert unlike >= {"csv-title-lines", "head-extra", "xlsx-ext-link", "file-uni"}


def _is_refused(entry):
    tables = map(table, KNOWN_BY_ID[entry.kind])
    (expected,) = (x[entry.id] for x in tables if entry.id in x)
    last = expected[-1] if entry.kind == "header" else expected
    return isinstance(last, str)


def test_the_own_list_is_plain_json():
    text = (hostile_entries.HERE / "own_values.json").read_text(encoding="ascii")
    ids = [each["id"] for each in json.loads(text)["inputs"]]
    assert len({*ids}) == len(ids)
    assert all(each.startswith("own-") for each in ids)
