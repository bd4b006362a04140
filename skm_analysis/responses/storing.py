"""The working tables in `data/processed/STUDY`: written whole, read back alike."""

import io
import os
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from skm_analysis.errors import DeliveryError, PublishError
from skm_analysis.responses import describing
from skm_analysis.responses.cleaning import Cleaned
from skm_analysis.responses.comments import Comments
from skm_analysis.responses.describing import (
    Resource,
    describe,
    describe_log,
    describe_rows,
)
from skm_analysis.responses.literal_cells import shown_columns, typed_columns
from skm_analysis.responses.schema import (
    CHANGES,
    CORRECTIONS,
    CROSSWALK,
    DELIVERIES,
    OFFICE_RESULTS,
    PARAPHRASES,
    PROFILES,
    SET_ASIDE,
    THEMED,
    AcceptedColumns,
    check_accepted,
    typed,
)
from skm_analysis.study.frozen_rules import CLEANING_RULES
from skm_analysis.study.places import Places
from skm_analysis.study.records import Study

ACCEPTED = "responses"
PUT_BACK = "alternatives/set_aside"
UNCORRECTED = "alternatives/without_corrections"
_FROZEN = tuple(f"alternatives/frozen_rules/{rule}" for rule in CLEANING_RULES)
PREVIOUS = "previous"  # the folder of the study that this one is compared with
# Folder below data/processed/STUDY -> what its tables hold, one per unit.
_BY_UNIT = {
    ACCEPTED: "Respons yang diterima",
    PUT_BACK: "Baris yang disisihkan, tetapi nilainya sah",
    UNCORRECTED: "Respons yang diterima seandainya tidak ada pembetulan",
    **dict.fromkeys(_FROZEN, "Respons yang diterima menurut aturan yang dibekukan"),
}
_LOGS = {
    "set_aside": SET_ASIDE,
    "cleaning": CHANGES,
    "crosswalk": CROSSWALK,
    "deliveries": DELIVERIES,
    "corrections": CORRECTIONS,
    "profiles": PROFILES,
    "office_results": OFFICE_RESULTS,
    "themes": THEMED,
    "paraphrases": PARAPHRASES,
}
_DESIGN = ("source", "stratum", "cluster")  # columns beside the answers themselves
_OWNER_ONLY = {"crosswalk"}
_TITLES = {
    "set_aside": "Baris yang disisihkan dan alasannya",
    "cleaning": "Yang diubah oleh aturan pembacaan",
    "deliveries": "Berkas kiriman sebagaimana diterima",
    "corrections": "Sel yang dibetulkan dan arah perubahannya",
    "profiles": "Ejaan profil responden dan kelompoknya",
    "office_results": "Hasil hitungan kantor sendiri pada lembar kerjanya",
    "themes": "Tema komentar pada respons yang diterima, tanpa kata-katanya",
    "paraphrases": "Parafrasa komentar yang disetujui untuk dicetak",
}


def write_cleaned(places: Places, study: Study, cleaned: Cleaned) -> None:
    """Write all tables and, last, the package that describes them.

    Each file takes its old version's place in one step, with the same bytes for the
    same tables. Tables of units that the study no longer has are removed.
    """
    folder = places.processed
    resources: list[Resource] = []
    by_unit = (
        *(cleaned.accepted, cleaned.put_back, cleaned.uncorrected),
        *(cleaned.under_frozen.get(rule, {}) for rule in CLEANING_RULES),
    )
    for (below, title), frames in zip(_BY_UNIT.items(), by_unit, strict=True):
        for unit, frame in frames.items():
            name = f"{below}/{unit}.csv"
            data = _csv(frame)
            replace_file(folder / name, data, places)
            of = study.unit(unit)
            label = f"{title}: {of.name}"
            resources.append(describe_rows(name, label, frame, data, of))
        for stale in (folder / below).glob("*.csv"):
            if stale.stem not in frames:
                stale.unlink()
    logs = (
        *(cleaned.set_aside, cleaned.changes, cleaned.crosswalk, cleaned.deliveries),
        *(cleaned.corrections, cleaned.profiles, cleaned.office),
        *(cleaned.comments.themes, cleaned.comments.paraphrases),
    )
    for log, frame in zip(_LOGS, logs, strict=True):
        data = _csv(frame)
        private = log in _OWNER_ONLY
        replace_file(folder / f"{log}.csv", data, places, private=private)
        if not private:
            title = _TITLES[log]
            resources.append(describe_log(f"{log}.csv", title, frame, data))
    _write_comments(places, cleaned.comments.comments)
    replace_file(folder / describing.NAME, describe(study, resources), places)


def _write_comments(places: Places, comments: pd.DataFrame) -> None:
    """For the partner, who opens it in Excel; there only if anybody wrote anything."""
    path = places.processed / "comments.csv"
    if comments.empty:
        path.unlink(missing_ok=True)
        return
    replace_file(path, b"\xef\xbb\xbf" + _csv(comments), places, private=True)


def write_previous(places: Places, study: Study, cleaned: Cleaned) -> None:
    """Keep the answers of the earlier study that changes are worked out from.

    Only columns that a comparison uses: nothing of who answered, when and where. They
    stand below this study's working tables, in a package of their own.

    Parameters
    ----------
    places
        of this study
    study, cleaned
        the earlier one
    """
    folder = places.processed / PREVIOUS
    resources: list[Resource] = []
    for unit, frame in cleaned.accepted.items():
        design = [name for name in _DESIGN if name in frame]
        kept = frame[[*design, *study.unit(unit).instrument.keys]]
        name, data = f"{ACCEPTED}/{unit}.csv", _csv(kept)
        replace_file(folder / name, data, places)
        label = f"{_BY_UNIT[ACCEPTED]}: {study.unit(unit).name}"
        resources.append(describe_rows(name, label, kept, data, study.unit(unit)))
    for stale in (folder / ACCEPTED).glob("*.csv"):
        if stale.stem not in cleaned.accepted:
            stale.unlink()
    replace_file(folder / describing.NAME, describe(study, resources), places)


def forget_previous(places: Places) -> None:
    """Take away what is kept of an earlier study that is compared with no more."""
    if (folder := places.processed / PREVIOUS).is_dir():
        shutil.rmtree(folder)


def is_cleaned(places: Places) -> bool:
    """Whether the working tables are there, complete."""
    return (places.processed / describing.NAME).is_file()


def read_cleaned(places: Places, study: Study) -> Cleaned:
    """The tables as `write_cleaned` wrote them, with the same types.

    Raises DeliveryError when they are not there, or are another version's.
    """
    if not is_cleaned(places):
        raise DeliveryError(
            f"{places.told(places.processed)}: data bersih belum ada.\n"
            f"  buat dengan: skm run {places.study}"
        )
    try:
        return _read_all(places, study)
    except (KeyError, FileNotFoundError):
        raise DeliveryError(
            f"{places.told(places.processed)}: data bersih di sini dibuat oleh versi "
            "lain dari program atau studi.\n"
            f"  buat kembali dengan: skm run {places.study}"
        ) from None


def read_accepted(places: Places, study: Study) -> dict[str, pd.DataFrame]:
    """The accepted responses by unit, of tables that are known to be there."""
    return {
        unit.id: _read_rows(
            places.processed / ACCEPTED / f"{unit.id}.csv",
            AcceptedColumns.of(study, unit),
        )
        for unit in study.units
    }


def _read_all(places: Places, study: Study) -> Cleaned:
    folder = places.processed
    columns = {unit.id: AcceptedColumns.of(study, unit) for unit in study.units}
    accepted = read_accepted(places, study)
    put_back, uncorrected, *frozen = (
        {
            unit: _read_rows(path, its)
            for unit, its in columns.items()
            if (path := folder / below / f"{unit}.csv").is_file()
        }
        for below in (PUT_BACK, UNCORRECTED, *_FROZEN)
    )
    logs = {
        log: typed(_read(folder / f"{log}.csv", ()), columns)
        for log, columns in _LOGS.items()
    }
    return Cleaned(
        accepted=accepted,
        set_aside=logs["set_aside"],
        changes=logs["cleaning"],
        crosswalk=logs["crosswalk"],
        deliveries=logs["deliveries"],
        corrections=logs["corrections"],
        profiles=logs["profiles"],
        office=logs["office_results"],
        comments=Comments(themes=logs["themes"], paraphrases=logs["paraphrases"]),
        put_back=put_back,
        uncorrected=uncorrected,
        under_frozen={
            rule: rows
            for rule, rows in zip(CLEANING_RULES, frozen, strict=True)
            if rows
        },
    )


class Paraphrase(NamedTuple):
    """What one comment or more say, in the words of who approved it."""

    theme: str
    text: str


def read_paraphrases(places: Places, unit: str) -> tuple[Paraphrase, ...]:
    """Those of one unit, in the order in which they were decided."""
    lines = _read(places.processed / "paraphrases.csv", ())
    mine = lines[lines["unit"] == unit]
    pairs = zip(mine["theme"], mine["paraphrase"], strict=True)
    return tuple(Paraphrase(theme, text) for theme, text in pairs)


def _read_rows(path: Path, columns: AcceptedColumns) -> pd.DataFrame:
    """Rows of one unit: the accepted table's columns, and a reason if there is one."""
    frame = _read(path, columns.scores)
    reason = [name for name in frame.columns if name == "reason"]
    frame = frame[[*columns.names, *reason]]
    check_accepted(frame.drop(columns=reason), columns)
    return frame


def _read(path: Path, scores: Sequence[str]) -> pd.DataFrame:
    header = pd.read_csv(path, nrows=0, encoding="utf-8").columns
    frame = pd.read_csv(
        path,
        encoding="utf-8",
        dtype={name: "Int64" if name in scores else "str" for name in header},
        keep_default_na=False,  # a stratum called "NA" stays one
        na_values={name: [""] for name in scores},
    )
    return typed_columns(frame)


def _csv(frame: pd.DataFrame) -> bytes:
    text = io.StringIO()
    shown_columns(frame).to_csv(text, index=False, lineterminator="\n")
    return text.getvalue().encode("utf-8", "replace")


def replace_file(
    path: Path, data: bytes, places: Places, *, private: bool = False
) -> None:
    """Write beside `path`, flush, then take its place."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        # mkstemp leaves the file to its owner alone.
        if not private:
            Path(beside).chmod(0o644)
        Path(beside).replace(path)
    except PermissionError:
        Path(beside).unlink(missing_ok=True)
        raise PublishError(
            f"{places.told(path)}: tidak dapat ditulis.\n"
            "  tutup berkas itu bila sedang terbuka di Excel, lalu ulangi."
        ) from None
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise
