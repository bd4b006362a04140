"""A new study folder to fill in: from nothing, or from an earlier study."""

import os
import re
import secrets
import shutil
import tempfile
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from pathlib import Path
from string import Template
from typing import Any

from skm_analysis.errors import StudyError, cause
from skm_analysis.study import followup, places, word_template
from skm_analysis.study.catalogue import USUAL, catalogue, text_of
from skm_analysis.study.documents import read_document
from skm_analysis.study.faults import Faults, Spot, plain
from skm_analysis.study.loading import load_study
from skm_analysis.study.places import Places
from skm_analysis.study.schema import STUDY_NAME
from skm_analysis.study.texts import carried_over, is_text_name, read_text
from skm_analysis.study.toml_writing import toml

_TEMPLATE = Path(__file__).parent / "template"

# What belongs to the field work of one year only.
_OF_ONE_YEAR = {
    "study": ("synthetic",),
    "unit": ("approached", "planned"),
    "delivery": ("received", "from", "replaces", "reason", "reported"),
}

_LASTING = ("history.csv", "texts/references.json", "decisions/profiles.csv")

_NOTES = {
    "study": "Disalin dari studi {source}: periksa judul, tahun, dan tanggalnya.",
    "target": "Periksa target tahun ini dan sumbernya.",
    "unit": "Periksa 'population' tiap unit untuk tahun ini.",
    "delivery": "Perlu dikonfirmasi pada tiap [[delivery]]: nama berkas dan judul\n"
    "kolom masih dari studi {source}.",
}


def new_study(
    root: Path,
    name: str,
    from_: str | None = None,
    ready: Sequence[str] = (),
    template: bytes = b"",
) -> Path:
    """Make the folder of study `name` below `root`, ready to be filled in.

    With `from_`, the name of an earlier study: its units, instruments, mappings, logos
    and Word template, a year later and compared with it, with its history, sources,
    spellings as they were decided, and texts as notes to the writers. Without: one
    unit, asked the first of `ready`.

    `ready` names instruments of the catalogue that are copied into the study.
    `template` is the Word template to begin with, where there is no earlier one.

    Raises StudyError where a name does not do, the folder exists already, the earlier
    study has faults, or the folder cannot be written; then nothing is left behind.
    """
    new = Places(root, name)
    _check_name(new)
    source = places.find(from_, root) if from_ is not None else None
    chosen = tuple(ready) or ((USUAL,) if source is None else ())
    instruments = {f"{name}.toml": text_of(name).encode() for name in chosen}
    text = _first_text(new, chosen[0]) if source is None else _next_text(source)
    if source is not None:
        instruments |= _earlier_instruments(source, instruments)
    kept = {word_template.NAME: template} if template else {}
    if source is not None:
        kept |= _earlier_files(source) | _earlier_texts(source)
    try:
        new.raw.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".baru-", dir=new.raw.parent) as work:
            folder = Path(work) / name
            _fill(folder, text, instruments)
            for file, written in kept.items():
                (folder / file).parent.mkdir(parents=True, exist_ok=True)
                (folder / file).write_bytes(written)
            folder.rename(new.raw)
    except OSError as error:
        problem = f"data/raw: folder studi tidak dapat dibuat ({cause(error)})."
        advice = "periksa izin tulis dan sisa ruang penyimpanan."
        raise StudyError([f"{problem}\n  {advice}"]) from error
    return new.raw


def _check_name(new: Places) -> None:
    faults = Faults()
    STUDY_NAME.read(new.study, Spot(faults, "skm new"), "STUDI")
    faults.raise_if_any()
    if os.path.lexists(new.raw):
        faults.add(new.told(new.raw), "sudah ada.", "pilih nama studi yang lain.")
    faults.raise_if_any()


def _earlier_instruments(source: Places, new: Collection[str]) -> dict[str, bytes]:
    """The files of an earlier study's instruments, none of which is among `new`."""
    found = {path.name: path.read_bytes() for path in source.instruments.glob("*.toml")}
    faults = Faults()
    for name in sorted(found.keys() & set(new)):
        faults.add(
            f"skm new: --instrument {plain(name.removesuffix('.toml'))}",
            f"studi {plain(source.study)} sudah mempunyai instrumen dengan nama itu.",
            "hapus pilihan itu: instrumen studi terdahulu ikut disalin.",
        )
    faults.raise_if_any()
    return found


def _earlier_files(source: Places) -> dict[str, bytes]:
    """What stays the same from year to year: logos, Word template, history, sources.

    And what people decided of spellings, which the next year's offices write again.
    """
    found = (
        path
        for pattern in (word_template.NAME, "branding/logo*", *_LASTING)
        for path in source.raw.glob(pattern)
    )
    return {
        path.relative_to(source.raw).as_posix(): path.read_bytes()
        for path in found
        if path.is_file()
    }


def _earlier_texts(source: Places) -> dict[str, bytes]:
    """What people wrote then, as notes: nothing of it is printed as it is."""
    names = (
        path.relative_to(source.texts).with_suffix("").as_posix()
        for path in sorted(source.texts.rglob("*.md"))
    )
    told = {name: read_text(source, name) for name in names if is_text_name(name)}
    return {
        f"texts/{name}.md": carried_over(text, source.study).encode()
        for name, text in told.items()
        if text
    }


def _fill(folder: Path, text: str, instruments: Mapping[str, bytes]) -> None:
    folder.mkdir()
    (folder / "study.toml").write_text(text, encoding="utf-8", newline="\n")
    (folder / "recommendations.csv").write_text(
        ",".join(followup.COLUMNS) + "\n", encoding="utf-8", newline="\n"
    )
    (folder / ".gitignore").write_text(
        "responses/\nsecret\n", encoding="utf-8", newline="\n"
    )
    shutil.copytree(_TEMPLATE / "texts", folder / "texts")
    (folder / "instruments").mkdir()
    for name, written in instruments.items():
        (folder / "instruments" / name).write_bytes(written)
    # Answers and the key to them are for their owner's eyes only.
    (folder / "responses").mkdir(mode=0o700)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    with os.fdopen(os.open(folder / "secret", flags, 0o600), "w") as file:
        file.write(secrets.token_hex(32) + "\n")


def _first_text(new: Places, instrument: str) -> str:
    asked = catalogue()[instrument].items
    told = re.search(r"199\d|20\d\d", new.study)
    template = Template((_TEMPLATE / "study.toml").read_text(encoding="utf-8"))
    return template.substitute(
        study=new.study,
        year=told[0] if told else date.today().year,
        instrument=instrument,
        columns="\n".join(f'{x.key} = "{x.label}"' for x in asked),
        importance="\n".join(
            f'# {x.key} = "Kepentingan {x.label}"' for x in asked[0:3:2]
        ),
    )


def _next_text(source: Places) -> str:
    """The earlier study's `study.toml`, a year later."""
    study = load_study(source)
    faults = Faults()
    document = read_document(source.study_file, Spot(faults, plain(source.study)))
    if document is None:
        raise faults.error()
    in_force = {delivery.pattern or delivery.file for delivery in study.in_force}
    if deliveries := document.pop("delivery", []):
        document["delivery"] = [each for each in deliveries if each["file"] in in_force]
    for name, keys in _OF_ONE_YEAR.items():
        tables = document.get(name, [])
        for table in tables if isinstance(tables, list) else [tables]:
            for key in keys:
                table.pop(key, None)
    _move_a_year(document, study.year)
    document["study"] |= {"year": study.year + 1, "previous": source.study}
    notes = {name: note.format(source=source.study) for name, note in _NOTES.items()}
    return toml(document, notes=notes)


def _move_a_year(document: dict[str, Any], year: int) -> None:
    """Move what names or dates a part of `year`, in place."""

    def moved(text: str) -> str:
        return re.sub(rf"(?<!\d){year}(?!\d)", str(year + 1), text)

    study = document["study"]
    study["title"] = moved(study["title"])
    for table in (study, *document.get("period", ())):
        table |= {key: _year_later(table[key]) for key in ("start", "end")}
    for period in document.get("period", ()):
        period["id"] = moved(period["id"])
    for unit in document["unit"]:
        if strata := unit.get("strata"):
            unit["strata"] = {moved(name): number for name, number in strata.items()}
    for delivery in document.get("delivery", ()):
        delivery["file"] = moved(delivery["file"])
        days = delivery.keys() & {"start", "end"}
        delivery |= {key: _year_later(delivery[key]) for key in days}


def _year_later(day: date) -> date:
    is_leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year + 1, day=28 if is_leap_day else day.day)
