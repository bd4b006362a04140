"""Does the published edition hold? The steps together, for people and for programs."""

from typing import NamedTuple

from skm_analysis.audit import (
    custody,
    delivered,
    fingerprint,
    integrity,
    published,
    recomputation,
    rereading,
)
from skm_analysis.audit.step import Step, dotted
from skm_analysis.build import manifest
from skm_analysis.errors import StudyError
from skm_analysis.study.places import Places

_LISTED = 5  # findings per step that people are shown
_NAMED = 8  # kinds of numbers, in a list of what was not checked

# What no step looks at, whatever the edition.
_NEVER = (
    "gambar, teks alternatif, dan kalimat di luar angkanya tidak diperiksa",
    "edisi tidak bertanda tangan: siapa yang menyusunnya tidak terbukti",
)


class Verdict(NamedTuple):
    study: str
    fingerprint: str
    steps: tuple[Step, ...]
    draft: bool = False  # the edition says of itself that it is one

    @property
    def holds(self) -> bool:
        return all(step.holds for step in self.steps)

    @property
    def unchecked(self) -> tuple[str, ...]:
        return (*(each for step in self.steps for each in step.unchecked), *_NEVER)

    def lines(self) -> list[str]:
        """The verdict in Indonesian: judgement, steps, what was left aside."""
        found = sum(not step.holds for step in self.steps)
        judged = "yang diperiksa saling cocok" if self.holds else "TIDAK cocok"
        edition = "Draf" if self.draft else "Edisi"
        lines = [f"{edition} {self.study}: {judged}."]
        for step in self.steps:
            mark = "cocok" if step.holds else "TIDAK"
            lines.append(f"  [{mark}] {step.title}: {step.told}")
            lines += [f"       {each}" for each in step.findings[:_LISTED]]
            if (more := len(step.findings) - _LISTED) > 0:
                lines.append(f"       … dan {dotted(more)} lagi")
            lines += [f"       catatan: {each}" for each in step.notes]
        lines.append("  Tidak diperiksa:")
        lines += [f"       {_short(each)}" for each in self.unchecked]
        if found:
            return [*lines, f"Kesimpulan: {found} langkah menemukan perbedaan."]
        return [*lines, self._conclusion()]

    def _conclusion(self) -> str:
        """No more than the steps have shown."""
        counts = {n: many for step in self.steps for n, many in step.counts.items()}
        return (
            f"Kesimpulan: {dotted(counts['register_checked'])} dari"
            f" {dotted(counts['register_rows'])} angka dan simpulan tercetak sama"
            " dengan hasil hitung ulang dari tabel edisi dan catatan studi; tabel itu"
            " sama dengan hasil baca ulang data mentah. Selebihnya tak dapat diperiksa"
            " dengan hitung ulang. Keaslian edisi dan data mentah tidak dibuktikan."
        )

    def as_json(self) -> dict[str, object]:
        return {
            "ok": self.holds,
            "study": self.study,
            "holds": self.holds,
            "draft": self.draft,
            "fingerprint": self.fingerprint,
            "steps": [
                {
                    "name": step.name,
                    "holds": step.holds,
                    "counts": dict(step.counts),
                    "findings": list(step.findings),
                    "notes": list(step.notes),
                    "unchecked": list(step.unchecked),
                }
                for step in self.steps
            ],
            "unchecked": list(self.unchecked),
        }


def _short(line: str) -> str:
    """A long list by its beginning; programs get it whole."""
    named = line.split(", ")
    if len(named) <= _NAMED:
        return line
    return f"{', '.join(named[:_NAMED])}, … dan {len(named) - _NAMED} jenis lain"


def audit_study(places: Places) -> Verdict:
    """Check the published edition of a study.

    Its files against its manifest, today's inputs against those it was made from, last
    year's edition, its answers against the raw ones read again, its tables and
    documents against each other, and every number that the second implementation
    covers. Working tables are not used.

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
    opened, faults = delivered.open_all(places)
    return Verdict(
        study=places.study,
        fingerprint=str(told.get("fingerprint", "")),
        draft=told.get("draft") is True,
        steps=(
            integrity.check_files(places),
            integrity.check_inputs(places),
            integrity.check_chain(places),
            fingerprint.check_fingerprint(places, opened),
            custody.check_custody(places),
            rereading.check_raw(places),
            published.check_published(places),
            recomputation.check_numbers(places),
            delivered.check_documents(places, opened, faults),
        ),
    )
