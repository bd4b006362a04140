"""Does the published edition hold? The checks together, for people and for programs."""

import csv
from collections.abc import Mapping
from typing import NamedTuple

from skm_analysis.audit import integrity
from skm_analysis.audit.integrity import Checked
from skm_analysis.audit.recompute import Finding, Recomputed, recompute
from skm_analysis.build import manifest
from skm_analysis.errors import StudyError
from skm_analysis.study.places import Places

_LISTED = 5  # findings per step that people are shown


class Step(NamedTuple):
    """One check: what was counted, what speaks against it, what is good to know."""

    name: str
    title: str
    holds: bool
    counts: Mapping[str, int]
    findings: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class Verdict(NamedTuple):
    study: str
    fingerprint: str
    steps: tuple[Step, ...]

    @property
    def holds(self) -> bool:
        return all(step.holds for step in self.steps)

    def lines(self) -> list[str]:
        """The verdict in Indonesian, the judgement first."""
        judged = "sesuai" if self.holds else "TIDAK sesuai"
        lines = [f"Edisi {self.study} {judged} dengan data dan manifesnya."]
        for step in self.steps:
            told = ", ".join(
                f"{count} {_COUNTED[name]}" for name, count in step.counts.items()
            )
            lines.append(f"  [{'ya' if step.holds else 'TIDAK'}] {step.title}: {told}")
            lines += [f"       {each}" for each in step.findings[:_LISTED]]
            if (more := len(step.findings) - _LISTED) > 0:
                lines.append(f"       … dan {more} lagi")
            lines += [f"       catatan: {each}" for each in step.notes]
        return lines

    def as_json(self) -> dict[str, object]:
        return {
            "ok": self.holds,
            "study": self.study,
            "holds": self.holds,
            "fingerprint": self.fingerprint,
            "steps": [
                {
                    "name": step.name,
                    "holds": step.holds,
                    "counts": dict(step.counts),
                    "findings": list(step.findings),
                    "notes": list(step.notes),
                }
                for step in self.steps
            ],
        }


_COUNTED = {
    "files": "berkas",
    "inputs": "masukan",
    "editions": "edisi sebelumnya",
    "rows": "angka dihitung ulang",
    "shown": "angka tercetak dicocokkan",
    "not_covered": "di luar hitung ulang",
    "differences": "berbeda",
}


def audit_study(places: Places) -> Verdict:
    """Check the published edition of a study.

    Its files against its manifest, today's inputs against those it was made from, last
    year's edition, and every number that the second implementation covers. Working
    tables are not used.

    Raises
    ------
    StudyError
        There is no edition.
    """
    if not places.edition.is_dir():
        raise StudyError(
            [
                f"{places.told(places.edition)}: belum ada edisi yang diterbitkan.\n"
                "  yang diharapkan: edisi lengkap hasil penyusunan\n"
                f"  susun dengan: skm run {places.study}"
            ]
        )
    told = manifest.read_manifest(places.edition) or {}
    return Verdict(
        study=places.study,
        fingerprint=str(told.get("fingerprint", "")),
        steps=(
            _step("files", "keutuhan berkas", integrity.check_files(places)),
            _step("inputs", "masukan", integrity.check_inputs(places)),
            _step("editions", "rantai edisi", integrity.check_chain(places)),
            _recomputation(places),
        ),
    )


def _step(name: str, title: str, checked: Checked) -> Step:
    return Step(
        name=name,
        title=title,
        holds=not checked.findings,
        counts={name: checked.checked, "differences": len(checked.findings)},
        findings=checked.findings,
        notes=checked.notes,
    )


def _recomputation(places: Places) -> Step:
    title = "hitung ulang"
    try:
        done = recompute(places.raw, places.edition)
    except (OSError, ValueError, KeyError, csv.Error) as error:
        what = f"tabel edisi tidak dapat dibaca ({type(error).__name__})"
        return Step("recomputation", title, False, {"rows": 0}, (what,))
    uncovered = sum(done.not_covered.values())
    return Step(
        name="recomputation",
        title=title,
        holds=done.rows > 0 and not done.findings,
        counts={
            "rows": done.rows,
            "shown": done.shown,
            "not_covered": uncovered,
            "differences": len(done.findings),
        },
        findings=tuple(map(_line, done.findings)) or _none(done),
        notes=_uncovered(done),
    )


def _line(found: Finding) -> str:
    if found.column == "key":
        return f"{found.key}: tidak ada, seharusnya {found.recomputed or 'ada'}"
    printed, recomputed = found.printed or "kosong", found.recomputed or "kosong"
    where = "tercetak" if found.column == "shown" else f"kolom {found.column}"
    return f"{found.key}: {where} {printed}, dihitung ulang {recomputed}"


def _none(done: Recomputed) -> tuple[str, ...]:
    return () if done.rows else ("tidak satu angka pun dapat dihitung ulang",)


def _uncovered(done: Recomputed) -> tuple[str, ...]:
    if not done.not_covered:
        return ()
    return (f"belum dihitung ulang: {', '.join(sorted(done.not_covered))}",)
