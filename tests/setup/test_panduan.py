"""The partner's guide says what the program does: commands, blocks, links, messages."""

import ast
import fnmatch
import re
import shlex
import tomllib
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner

from skm_analysis.audit.documents import DECK
from skm_analysis.cli import main
from skm_analysis.report.check_words import _FINDINGS
from skm_analysis.report.publication_files import SUFFIX
from skm_analysis.report.reference_docx import BANNER, TITLE
from skm_analysis.study.catalogue import text_of
from skm_analysis.study.loading import load_study
from skm_analysis.study.places import Places
from skm_analysis.study.word_template import FIELDS, REQUIRED

PROJECT = Path(__file__).parents[2]
GUIDE = PROJECT / "docs" / "panduan.md"
TEXT = GUIDE.read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```toml\n(.*?)^```", TEXT, re.MULTILINE | re.DOTALL)
MESSAGES = TEXT[TEXT.index("\n## 9. ") : TEXT.index("\n## 10. ")]
COMMANDS = sorted(
    {
        *re.findall(r"`(skm [^`]+)`", TEXT),
        *re.findall(r"^ *(skm \w+.*)$", TEXT, re.MULTILINE),
    }
)
# What a message says of the case at hand, in the guide and in the program.
GAP = "…"
OF_THE_SYSTEM = {"'skm' is not recognized …", "command not found"}


@pytest.mark.parametrize("line", COMMANDS)
def test_each_command_exists_with_its_options(line):
    words = shlex.split(line.partition(">")[0])[1:]
    if words == ["--help"]:
        return
    command = main.commands[words[0]]
    known = {name for option in command.params for name in option.opts}
    assert {word for word in words if word.startswith("--")} <= known


def test_the_guide_names_commands_at_all():
    assert {line.split()[1] for line in COMMANDS} >= {"new", "inspect", "check", "run"}


def _beginning(blocks: list[str], key: str) -> list[str]:
    return [block for block in blocks if block.startswith(key)]


def test_all_blocks_together_are_one_study_without_faults(tmp_path):
    (head,) = _beginning(BLOCKS, "format = 1")
    periods = _beginning(BLOCKS, "[[period]]")
    deliveries = _beginning(BLOCKS, "[[delivery]]")
    assert len(deliveries) >= 10
    assert len(BLOCKS) == 1 + len(periods) + len(deliveries)
    named = {
        unit
        for block in deliveries
        for delivery in tomllib.loads(block)["delivery"]
        for unit in (delivery.get("unit"), *delivery.get("units", {}).values())
        if unit
    }
    written = {unit["id"] for unit in tomllib.loads(head)["unit"]}
    others = [
        f'[[unit]]\nid = "{id_}"\nname = "Unit {id_}"\nkind = "opd"\n'
        'instrument = "skm-2017"\n'
        for id_ in sorted(named - written)
    ]
    places = Places(tmp_path, "2024")
    places.instruments.mkdir(parents=True)
    (places.instruments / "skm-2017.toml").write_text(
        text_of("skm-2017"), encoding="utf-8"
    )
    text = "\n".join([head, *periods, *others, *deliveries])
    places.study_file.write_text(text, encoding="utf-8")
    study = load_study(places)
    assert len(study.deliveries) == len(deliveries)
    assert all(len(delivery.columns) == 9 for delivery in study.deliveries)


def _anchors(path: Path) -> set[str]:
    """As GitHub names headings."""
    heads = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


@pytest.mark.parametrize("link", sorted(set(re.findall(r"\]\(([^)]+)\)", TEXT))))
def test_each_link_leads_somewhere(link):
    name, _, anchor = link.partition("#")
    path = (GUIDE.parent / name).resolve() if name else GUIDE
    assert path.is_file()
    assert not anchor or anchor in _anchors(path)


LOOK = TEXT[TEXT.index("\n## 10. ") :]


def test_every_style_that_the_guide_names_is_in_the_template_of_a_new_study(tmp_path):
    skm = CliRunner().invoke(main, ["new", "2024", "--root", str(_root(tmp_path))])
    assert skm.exit_code == 0, skm.output
    there = tmp_path / "data" / "raw" / "2024" / "branding" / "reference.docx"
    assert "data/raw/2024/branding" in LOOK
    styles = {style.name.lower() for style in docx.Document(str(there)).styles}
    rows = re.findall(r"^\| (.+?) \|$", LOOK, re.MULTILINE)
    named = {name for row in rows for name in re.findall(r"\*\*(.+?)\*\*", row)}
    assert len(named) > 25
    assert {name for name in named if name.lower() not in styles} == set()


def _root(folder: Path) -> Path:
    (folder / "data" / "raw").mkdir(parents=True)
    return folder


def test_what_the_guide_says_of_templates_is_what_the_program_asks():
    needed = re.search(r"Yang wajib ada padanya: (.+?)\.", LOOK)
    assert needed
    names = re.findall(r"\*\*(.+?)\*\*", needed[1])
    assert [each.lower() for each in names] == [x.lower() for x in REQUIRED]
    fields = re.search(r"kaki halaman: ([A-Z, ]+)\.", LOOK)
    assert fields
    assert set(fields[1].split(", ")) == FIELDS
    assert f"`{BANNER}`" in LOOK
    assert f"`{TITLE}`" in LOOK


def test_the_files_that_the_guide_names_are_called_so():
    sheet, deck = f"units/UNIT{SUFFIX}.pdf", f"skm-2024.{DECK}"
    assert f"`reports/2024/{sheet}`" in LOOK
    assert f"`reports/2024/{deck}`" in LOOK
    for name in re.findall(r"`branding/(logo[^`]+)`", LOOK):
        assert fnmatch.fnmatch(name, "logo*.png")


def _told(text: str) -> str:
    return re.sub(r"\{[^{}]*\}|…", GAP, text)


def _pieces(section: str) -> list[str]:
    """What stands in the first column of the tables of a section."""
    rows = re.findall(r"^\| (`.+?) \|", section, re.MULTILINE)
    return [piece for row in rows for piece in re.findall(r"`([^`]+)`", row)]


def _says(message: str, piece: str) -> bool:
    parts = [re.escape(part) for part in piece.split(GAP)]
    return re.search(".+?".join(parts), message) is not None


def test_every_kind_of_finding_has_its_remedy():
    start = MESSAGES.index("### Temuan")
    pieces = _pieces(MESSAGES[start : MESSAGES.index("\n### ", start)])
    for kind, message in _FINDINGS.items():
        assert any(_says(_told(message), piece) for piece in pieces), kind
    for piece in pieces:
        assert any(_says(_told(each), piece) for each in _FINDINGS.values()), piece


def _texts_of_the_program() -> Iterator[str]:
    for path in (PROJECT / "skm_analysis").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.JoinedStr):
                yield "".join(
                    each.value if isinstance(each, ast.Constant) else GAP
                    for each in node.values
                )
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield _told(node.value)


def test_every_message_in_the_tables_is_one_of_the_program():
    program = "\n".join(_texts_of_the_program())
    pieces = [
        piece
        for piece in _pieces(MESSAGES)
        if piece not in OF_THE_SYSTEM and " " in piece
    ]
    assert len(pieces) > 70
    assert [piece for piece in pieces if not _says(program, piece)] == []
