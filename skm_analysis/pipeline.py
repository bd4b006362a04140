"""The whole flow on one screen: from the study folder to the published edition."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from skm_analysis.audit.verdict import Verdict, audit_study
from skm_analysis.build.crate import write_crate
from skm_analysis.build.engine import Failure, Outcome, Task, run_chapters
from skm_analysis.build.lock import only_writer
from skm_analysis.build.manifest import fingerprint, write_manifest
from skm_analysis.build.notebooks import run_notebook
from skm_analysis.build.staging import forget_failures, publish, staged
from skm_analysis.checking import check
from skm_analysis.errors import NotebookError, SkmError
from skm_analysis.estimates.deriving import survey_units
from skm_analysis.estimates.planning import UnitPlan, plan_units
from skm_analysis.estimates.surveyed import Surveyed
from skm_analysis.estimates.tables import read_previous
from skm_analysis.report import docx_template, plan_workbook
from skm_analysis.report.chapter import Chapter
from skm_analysis.report.edition import assemble_report, write_edition
from skm_analysis.report.exporter import export
from skm_analysis.responses.delivery_blocks import same_header
from skm_analysis.responses.inspecting import Looked, look_at_all
from skm_analysis.responses.receiving import (
    refuse_missing,
    refuse_unsound_decisions,
    split_arrived,
)
from skm_analysis.study import places as study_places
from skm_analysis.study.branding import read_logos
from skm_analysis.study.custody import take_in
from skm_analysis.study.loading import load_sound, load_study
from skm_analysis.study.places import Places
from skm_analysis.study.plan_lock import Frozen, read_lock
from skm_analysis.study.plan_lock import freeze as freeze_rules
from skm_analysis.study.records import Study
from skm_analysis.study.scaffold import new_study
from skm_analysis.study.word_template import read_template

Tell = Callable[[str, int, int], None]  # stage, steps done, steps in all


class Planned(NamedTuple):
    """How many questionnaires each unit needs, and where that was written."""

    study: Study
    units: tuple[UnitPlan, ...]
    problem: str  # why last year's answers could not be read, "" if they were
    files: list[str]  # relative to the root
    frozen: Frozen | None  # None: not asked for


class Inspected(NamedTuple):
    """What delivered files hold."""

    study: str  # "" when they are held against the ready instruments
    unsound: bool  # the study is there, but some of its description is at fault
    files: tuple[Looked, ...]
    same: list[tuple[str, ...]]  # files with the same columns


class Edition(NamedTuple):
    """A published edition, and where an edited older one was put aside."""

    study: str
    folder: Path
    files: list[str]  # the report in its formats, relative to the root
    aside: Path | None
    draft: bool
    awaited: list[str]  # files that are missing from a draft


def run(
    root: Path | None,
    name: str,
    *,
    draft: bool = False,
    workers: int | None = None,
    tell: Tell = lambda *_: None,
) -> Edition:
    """Clean, estimate, run the chapters, put the report together, publish it whole.

    A draft is made of what has come; every page of it says so.
    """
    places = study_places.find(name, root)
    study = load_study(places)
    read_lock(places)  # a damaged one is told before anything runs
    read_logos(places)
    read_template(places)
    awaited = split_arrived(places, study)[1] if draft else ()
    if not draft:
        refuse_missing(places, study)
    take_in(places, study)
    refuse_unsound_decisions(places, study)
    with only_writer(places), staged(places) as stage:
        forget_failures(places)
        executed = run_notebooks(places, study, stage / "notebooks", workers, tell)
        tell("documents", 0, 1)
        mark = fingerprint(places)
        chapters = [chapter for each in executed for chapter in _export(each)]
        report = assemble_report(places, study, chapters, mark, draft=draft)
        write_edition(report, places, stage)
        tell("publish", 0, 1)
        write_crate(places, stage)
        write_manifest(places, stage, mark, draft=draft)
        aside = publish(places, stage)
    tell("publish", 1, 1)
    told = [places.told(file) for file in sorted(places.edition.glob("skm-*"))]
    missing = [each.file for each in awaited]
    return Edition(places.study, places.edition, told, aside, draft, missing)


def run_notebooks(
    places: Places, study: Study, executed: Path, workers: int | None, tell: Tell
) -> list[Path]:
    """01 and 02 make the tables; 03 for every unit and 04 read them, side by side."""

    def task(notebook: str, parameters: dict[str, str], suffix: str = "") -> Task:
        return Task(
            source=places.notebooks / f"{notebook}.ipynb",
            executed=executed / f"{notebook}{suffix}.ipynb",
            parameters={"study": study.id, **parameters},
            root=places.root,
            failed=places.failed,
        )

    tables_made = [task("01_clean", {}), task("02_estimate", {})]
    for stage, each in zip(("clean", "estimate"), tables_made, strict=True):
        tell(stage, 0, 1)
        run_notebook(
            each.source,
            each.executed,
            each.parameters,
            root=each.root,
            failed=each.failed,
        )
        tell(stage, 1, 1)
    pages = [
        *(task("03_unit", {"unit": unit.id}, f"-{unit.id}") for unit in study.units),
        task("04_city", {}),
    ]
    done: list[Outcome] = []

    def progress(outcome: Outcome) -> None:
        done.append(outcome)
        tell("chapters", len(done), len(pages))

    tell("chapters", 0, len(pages))
    failures = [
        each
        for each in run_chapters(pages, workers, progress)
        if isinstance(each, Failure)
    ]
    if failures:
        raise NotebookError("\n\n".join(failure.message for failure in failures))
    return [each.executed for each in (*tables_made, *pages)]


def _export(notebook: Path) -> tuple[Chapter, ...]:
    first = {"01_clean": "data-quality", "02_estimate": "method-results"}
    name = notebook.stem
    return export(notebook, first=first.get(name, name.replace("03_unit-", "unit-")))


def plan(root: Path | None, name: str, *, freeze: bool = False) -> Planned:
    """Sample sizes from the units alone, surer where last year's answers are there."""
    places = study_places.find(name, root)
    study = load_study(places)
    frozen = freeze_rules(places, study) if freeze else None
    earlier, problem = _earlier(places, study)
    units = plan_units(study, *earlier)
    files = plan_workbook.write(study, units, places.plan)
    return Planned(study, units, problem, [places.told(x) for x in files], frozen)


def _earlier(
    places: Places, study: Study
) -> tuple[tuple[Study | None, Mapping[str, Surveyed]], str]:
    """Last year's units as surveyed, or why there are none; a plan does without."""
    if study.previous is None:
        return (None, {}), ""
    try:
        previous = read_previous(places, study.previous)
    except SkmError as error:
        return (None, {}), str(error)
    return (previous.study, survey_units(previous.study, previous.cleaned)), ""


def inspect(
    root: Path | None,
    files: Sequence[Path],
    *,
    name: str | None = None,
    sheet: str | None = None,
) -> Inspected:
    """What delivered files hold, held against a study's own instruments and units.

    The study is the one named, or the one in whose folder all the files lie. Of one
    that is being written, what is sound already is used.
    """
    places = study_places.find(name, root) if name else _home_of(root, files)
    study, unsound = None, False
    if places:
        loaded = load_sound(places)
        study, unsound = loaded.study, bool(loaded.faults)
    looked = look_at_all(files, places, study, sheet)
    tables = [seen for each in looked for seen in each.tables]
    return Inspected(
        places.study if places else "", unsound, looked, same_header(tables)
    )


def _home_of(root: Path | None, files: Sequence[Path]) -> Places | None:
    """The study in whose folder the files lie, if there is one."""
    for folder in (path.resolve().parents for path in files[:1]):
        for raw in folder:
            if raw.parent.name == "raw" and (raw / "study.toml").is_file():
                home = Places(raw.parents[2], raw.name)
                inside = all(path.resolve().is_relative_to(raw) for path in files)
                same = root is None or root.resolve() == home.root
                return home if inside and same else None
    return None


def audit(root: Path | None, name: str) -> Verdict:
    """Integrity and an independent recomputation of the published edition."""
    return audit_study(study_places.find(name, root))


def new(
    root: Path | None, name: str, source: str | None, ready: Sequence[str] = ()
) -> Path:
    """A study folder to fill in, with instruments and a Word template."""
    where = study_places.find_root(root)
    return new_study(where, name, source, ready, docx_template.blank())


def all_studies(root: Path | None) -> list[str]:
    return study_places.studies(study_places.find_root(root))


__all__ = [
    "Edition",
    "Inspected",
    "Planned",
    "all_studies",
    "audit",
    "check",
    "inspect",
    "new",
    "plan",
    "run",
]
