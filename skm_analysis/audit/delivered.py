"""The documents that people get, held against the register number by number."""

import csv
import io
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from skm_analysis.audit.documents import (
    DECK,
    FORMATS,
    Keyed,
    Opened,
    UnreadableError,
    open_document,
)
from skm_analysis.audit.step import Step, dotted
from skm_analysis.report import publication, slides
from skm_analysis.report.companions import beside
from skm_analysis.report.docx_fields import tag
from skm_analysis.report.publication_files import SUFFIX
from skm_analysis.study.places import Places

NAME, TITLE = "documents", "dokumen terbitan"
_ATTACHED = ("published.csv", "register.csv")
Texts = Mapping[str, Sequence[str]]  # what may stand at a key


def open_all(places: Places) -> tuple[dict[str, Opened], list[str]]:
    """Every document of the edition by its path; what is missing, odd or damaged."""
    root = places.edition
    units = sorted(p.stem for p in (root / "internal/tables/responses").glob("*.csv"))
    names = [f"skm-{places.study}", *(f"units/{unit}" for unit in units)]
    wanted = [f"{name}.{ending}" for name in names for ending in FORMATS]
    wanted += [f"units/{unit}{SUFFIX}.pdf" for unit in units]
    wanted.append(f"skm-{places.study}.{DECK}")
    there = {
        path.relative_to(root).as_posix()
        for path in root.rglob("*")
        if path.suffix.lstrip(".").lower() in (*FORMATS, DECK)
    }
    findings = [f"{name}: dokumen tak dikenal" for name in sorted(there - {*wanted})]
    opened = {}
    for name in wanted:
        try:
            opened[name] = open_document(root / name)
        except UnreadableError as error:
            findings.append(f"{name}: tidak dapat dibuka ({error})")
    return opened, findings


def check_documents(
    places: Places, opened: Mapping[str, Opened], faults: Sequence[str]
) -> Step:
    """Numbers at their keys, and attachments, against `tables/`.

    `opened` and `faults` come from `open_all`.
    """
    tables = {name: _bytes(places.edition / "tables" / name) for name in _ATTACHED}
    rows = _rows(tables["register.csv"])
    findings = [*faults]
    for name in dict.fromkeys(path.rpartition(".")[0] for path in opened):
        if not name.endswith(SUFFIX):
            findings += _one(name, opened, tables, rows)
    unkeyed = 0
    for name, page in opened.items():
        if place := _place(name):
            texts = _standing(rows, place)
            unkeyed += len(texts)
            findings += _unfound(name, page.text, texts)
    numbers = sum(len(each.numbers) for each in opened.values())
    attached = sum(len(each.attachments) for each in opened.values())
    return Step(
        NAME,
        TITLE,
        f"{len(opened)} dokumen dibuka; {dotted(numbers)} angka berkunci dalam DOCX dan"
        f" HTML dicocokkan dengan register, {attached} lampiran PDF dengan tables/;"
        f" {dotted(unkeyed)} angka register ditemukan kembali pada lembar publikasi"
        " dan paparan",
        {
            "documents": len(opened),
            "numbers": numbers,
            "attachments": attached,
            "unkeyed": unkeyed,
            "differences": len(findings),
        },
        tuple(findings),
        unchecked=(
            "angka dalam isi halaman PDF dan lembar XLSX",
            "angka tanpa kunci dalam DOCX dan HTML (tanggal, pasal, nomor, teks)",
            "lembar publikasi dalam bentuk PNG, dan gambar dalam paparan",
        ),
    )


def _one(
    name: str,
    opened: Mapping[str, Opened],
    tables: Mapping[str, bytes],
    rows: Sequence[Mapping[str, str]],
) -> Iterator[str]:
    """One report, or one unit's chapter, in its three formats."""
    page, word, paper = (opened.get(f"{name}.{e}") for e in ("html", "docx", "pdf"))
    plain, tagged = _texts(rows), {tag(key): t for key, t in _texts(rows).items()}
    faults: list[str] = []
    if page:
        faults += _numbers(f"{name}.html", page.numbers, plain)
    if word:
        faults += _numbers(f"{name}.docx", word.numbers, tagged)
    yield from faults
    if page and word and not faults:
        yield from _unequal(name, page.numbers, word.numbers)
    is_unit = name.startswith("units/")
    if paper:
        yield from _attachments(f"{name}.pdf", paper, tables, rows, is_unit=is_unit)
    if page and not faults:
        listed = rows
        if is_unit:
            attached = paper.attachments.get("register.csv", b"") if paper else b""
            listed = _rows(attached)
        listed = [row for row in listed if not beside(_places(row))]
        yield from _absent(f"{name}.html", page.numbers, listed)


def _numbers(file: str, numbers: Sequence[Keyed], texts: Texts) -> Iterator[str]:
    for key, shown, place in numbers:
        if key not in texts:
            yield f"{file}, {place}: {key} tidak ada dalam register"
        elif shown not in texts[key]:
            right = " atau ".join(texts[key])
            told = shown or "kosong"
            yield f"{file}, {place}: {key} tertulis {told}, seharusnya {right}"


def _unequal(name: str, page: Sequence[Keyed], word: Sequence[Keyed]) -> Iterator[str]:
    """The first place where Word file and web page do not go on with the same number.

    A number taken out of its control, or written beside it, is found by this.
    """
    longest = max(len(page), len(word))
    for at in range(longest):
        left = page[at] if at < len(page) else None
        right = word[at] if at < len(word) else None
        if not left or not right or (tag(left.key), left[1]) != right[:2]:
            here, there = _told(left), _told(right)
            yield f"{name}.docx: {there}, sedangkan {name}.html: {here}"
            return


def _told(number: Keyed | None) -> str:
    if number is None:
        return "tidak ada angka lagi"
    return f"{number.place}: {number.key} {number.shown}"


def _absent(
    file: str, numbers: Sequence[Keyed], rows: Sequence[Mapping[str, str]]
) -> Iterator[str]:
    there = {(each.key, each.shown) for each in numbers}
    for row in rows:
        if (row["key"], row["shown"]) not in there:
            yield f"{file}: {row['key']} {row['shown']} tidak ditemukan lagi"


def _place(file: str) -> str:
    """How the places of the numbers begin that stand in a sheet or the deck."""
    name, _, ending = file.rpartition(".")
    if ending == DECK:
        return slides.PLACE
    unit = name.removeprefix("units/").removesuffix(SUFFIX)
    return f"{publication.PLACE}{unit}" if name.endswith(SUFFIX) else ""


def _standing(rows: Sequence[Mapping[str, str]], place: str) -> list[str]:
    """What the register says that is shown there; of a deck, on any slide."""
    return [
        row["shown"]
        for row in rows
        if any(
            each.startswith(place) if place.endswith(".") else each == place
            for each in _places(row)
        )
    ]


def _places(row: Mapping[str, str]) -> list[str]:
    return row.get("places", "").split()


def _unfound(file: str, text: str, shown: Sequence[str]) -> Iterator[str]:
    """Texts that a page does not show as often as the register says it does."""
    for told, times in sorted(Counter(each for each in shown if each).items()):
        alone = rf"(?<![\w,.−+]){re.escape(told)}(?![\w%]|[.,][0-9])"
        found = len(re.findall(alone, text))
        if found < times:
            yield f"{file}: {told} ditemukan {found} kali, seharusnya {times} kali"


def _attachments(
    file: str,
    paper: Opened,
    tables: Mapping[str, bytes],
    rows: Sequence[Mapping[str, str]],
    *,
    is_unit: bool,
) -> Iterator[str]:
    """Equal bytes; of a unit's register its rows, whose places are its own."""
    for name in sorted({*_ATTACHED} ^ paper.attachments.keys()):
        kind = "hilang" if name in _ATTACHED else "tidak dikenal"
        yield f"{file}: lampiran {name} {kind}"
    for name in _ATTACHED:
        given = paper.attachments.get(name)
        if given is None or given == tables[name]:
            continue
        if not (is_unit and name == "register.csv"):
            yield f"{file}: lampiran {name} berbeda dari tables/{name}"
            continue
        known = {(row["key"], row["shown"]): row for row in rows}
        for row in _rows(given):
            there = known.get((row.get("key", ""), row.get("shown", "")), {})
            if any(row.get(each) != there.get(each) for each in ("key", *_NUMBERS)):
                told = f"{row.get('key')} {row.get('shown')}"
                yield f"{file}: lampiran {name}: {told} berbeda dari tables/{name}"


_NUMBERS = ("kind", "value", "se", "ci_low", "ci_high", "n", "method", "rounding")


def _texts(rows: Sequence[Mapping[str, str]]) -> Texts:
    texts: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        texts[row["key"]].append(row["shown"])
    return texts


def _rows(data: bytes) -> list[dict[str, str]]:
    """Rows with key and shown text; none of a table that is something else."""
    text = io.StringIO(data.decode(errors="replace"), newline="")
    found = csv.DictReader(text)
    return [row for row in found if row.get("key") and row.get("shown") is not None]


def _bytes(path: Path) -> bytes:
    return path.read_bytes() if path.is_file() else b""
