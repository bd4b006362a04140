"""`decisions/comments.csv`: what comments are about, which paraphrase is printed."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Literal

from skm_analysis.study.faults import Faults, Spot, nearest
from skm_analysis.study.kinds import NAME, WRITTEN_DAY, one_of, pattern, unrepeated
from skm_analysis.study.ledgers import read_ledger
from skm_analysis.study.places import Places
from skm_analysis.study.records import Study
from skm_analysis.study.tables import Schema, Table, needed, optional

Release = Literal["no", "paraphrase"]

_MOST = 300  # characters of a paraphrase


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentDecision:
    """One comment by its response number, or all that one theme was proposed for.

    An empty `unit` beside `proposed` means all units. `paraphrase` is empty unless it
    may be printed.
    """

    spot: Spot
    response: str
    unit: str
    proposed: str
    theme: str
    release: Release
    paraphrase: str
    by: str
    on: date

    @property
    def target(self) -> tuple[str, str, str]:
        return self.response, self.unit, self.proposed


def read_comment_decisions(
    places: Places, study: Study, themes: Collection[str], faults: Faults
) -> tuple[CommentDecision, ...]:
    """The sound decisions in the order of the file; none where there is no file.

    What is not sound is told to `faults`, by row. Whether the responses are there is
    asked where the comments are read.
    """
    spot = Spot(faults, places.told(places.comment_decisions))
    columns: Schema = {
        "response": optional(_NUMBER, ""),
        "unit": optional(one_of(*(unit.id for unit in study.units)), ""),
        "proposed": optional(one_of(*themes), ""),
        "theme": needed(one_of(*themes)),
        "release": optional(one_of("no", "paraphrase"), "no"),
        "paraphrase": optional(unrepeated("satu baris", _MOST), ""),
        "by": needed(NAME),
        "on": needed(WRITTEN_DAY),
    }
    found: dict[tuple[str, str, str], CommentDecision] = {}
    for line in read_ledger(places.comment_decisions, columns, spot):
        if len(line) < len(columns) or not _is_sound(line):
            continue
        decision = CommentDecision(spot=line.spot, **line)
        if decision.target in found:
            line.spot.fault("sudah diputuskan pada baris lain.", "hapus salah satu.")
        found[decision.target] = decision
    return tuple(found.values())


_NUMBER = pattern("[0-9a-f]{16}", "16 angka atau huruf a-f seperti pada comments.csv")


def _is_sound(line: Table) -> bool:
    many = [name for name in ("response", "proposed") if line[name]]
    if len(many) != 1:
        line.spot.fault(
            "isi salah satu: 'response' untuk satu komentar, atau 'proposed' untuk "
            "semua komentar dengan usulan tema itu.",
            *(nearest("", ("response", "proposed")) if not many else ()),
        )
    elif line["response"] and line["unit"]:
        line.spot.fault("'unit' mengikuti nomor responsnya.", "kosongkan 'unit'.")
    elif line["release"] == "paraphrase" and not line["paraphrase"]:
        line.spot.fault("'paraphrase' belum ada.", "isi kalimat yang boleh dicetak.")
    elif line["release"] == "no" and line["paraphrase"]:
        line.spot.fault(
            "'paraphrase' diisi, tetapi 'release' bukan paraphrase.",
            "tulis release paraphrase bila boleh dicetak, atau kosongkan kalimatnya.",
        )
    elif line["release"] == "paraphrase" and not (line["response"] or line["unit"]):
        line.spot.fault(
            "parafrasa untuk semua unit tidak punya tempat di laporan.",
            "sebutkan 'unit', atau nomor respons.",
        )
    else:
        return True
    return False
