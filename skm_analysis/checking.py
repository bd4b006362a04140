"""`skm check` on one screen: all faults at once, what came of each unit, one page.

Apart from `pipeline.py`: the libraries of a run take longer to load than this takes.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from skm_analysis.errors import PublishError, SkmError, StudyError
from skm_analysis.estimates.arrived import field_work
from skm_analysis.estimates.fieldwork import Fault, FieldWork, Finding
from skm_analysis.report import check_page
from skm_analysis.report.text_keys import key_faults, names_of_texts, texts_with_keys
from skm_analysis.responses.comments import decided_comments
from skm_analysis.responses.file_names import shown_file
from skm_analysis.responses.identity import borrowed_secret
from skm_analysis.responses.labels import THEMES
from skm_analysis.responses.receiving import Receipt, receive_sound, split_arrived
from skm_analysis.study import places as study_places
from skm_analysis.study.branding import read_logos
from skm_analysis.study.comment_decisions import read_comment_decisions
from skm_analysis.study.custody import take_in
from skm_analysis.study.delivered_files import lying_there, lying_undeclared
from skm_analysis.study.faults import Faults
from skm_analysis.study.followup import read_recommendations
from skm_analysis.study.frozen_rules import changes
from skm_analysis.study.history import read_history
from skm_analysis.study.loading import load_sound
from skm_analysis.study.places import Places
from skm_analysis.study.plan_lock import read_lock
from skm_analysis.study.records import Study
from skm_analysis.study.texts import is_carried_over, read_text
from skm_analysis.study.word_template import read_template


def check(root: Path | None, name: str) -> FieldWork:
    """The study folder and what has come so far; nothing is built.

    Written are the page, and the line in `received.csv` of a file that came since.
    """
    places = study_places.find(name, root)
    study, told, left_out = load_sound(places)
    faults = [Fault("configuration", each) for each in told]
    if study is None:
        work = FieldWork(study=places.study, title=places.study, faults=(*faults,))
    else:
        beside = [*_of_files(places, study)]
        work = _look(places, study, beside, whole=not told)
        faults += [x for x in work.faults if not _blames(x.message, left_out)]
        findings = (*work.findings, *_beside(places, study, left_out))
        work = replace(
            work,
            faults=tuple(faults),
            findings=findings,
            left_out=tuple(sorted(left_out)),
        )
    try:
        return replace(work, page=places.told(check_page.write(work, places)))
    except PublishError as error:
        unwritten = Fault("configuration", str(error))
        return replace(work, faults=(*work.faults, unwritten))


def _blames(message: str, left_out: Collection[str]) -> bool:
    """Whether a message says only that there is not what was left out."""
    return any(f"'{name}'" in message or f'"{name}"' in message for name in left_out)


def _look(
    places: Places, study: Study, faults: list[Fault], *, whole: bool
) -> FieldWork:
    """`whole`: nothing of the study had to be left out."""
    arrived, awaited = split_arrived(places, study)
    taken = receive_sound(places, arrived, study, _key(places, faults))
    faults += [Fault("decision", each) for each in taken.unsound]
    refused = {each.message for each in taken.refused}
    # A file that a later one replaced is not read, but has to stay as it came.
    changed = _told("delivery", partial(take_in, places, study))
    for fault in changed:
        messages = [x for x in fault.message.split("\n\n") if x not in refused]
        faults += [Fault(fault.kind, x) for x in messages]
    work = field_work(arrived, taken, awaited, faults)
    if awaited or work.faults or not whole:
        return work  # a number or a comment may be in what is not there yet
    decided = _told("decision", partial(_decided, places, study, taken.receipts))
    keys = _of_keys(places, study, taken.receipts)
    return replace(work, faults=(*decided, *keys))


def _decided(places: Places, study: Study, receipts: Sequence[Receipt]) -> None:
    if places.comment_decisions.is_file():
        decided_comments(places, study, [each.read for each in receipts])


def _of_keys(
    places: Places, study: Study, receipts: Sequence[Receipt]
) -> Iterator[Fault]:
    if texts := texts_with_keys(places, names_of_texts(places, study).used):
        for message in key_faults(texts, places, study, receipts):
            yield Fault("configuration", message)


def _key(places: Places, faults: list[Fault]) -> bytes:
    try:
        return borrowed_secret(places)
    except StudyError as error:
        faults.append(Fault("configuration", str(error)))
        return bytes(32)


def _of_files(places: Places, study: Study) -> Iterator[Fault]:
    """Faults of what lies beside `study.toml`: lock, ledgers, texts, branding."""
    yield from _told(
        "configuration",
        partial(read_lock, places),
        partial(read_history, places),
        partial(read_recommendations, places, study),
        partial(read_logos, places),
        partial(read_template, places),
        *(partial(read_text, places, x) for x in names_of_texts(places, study).used),
    )
    yield from _told("decision", partial(_read_comment_decisions, places, study))


def _read_comment_decisions(places: Places, study: Study) -> None:
    faults = Faults()
    read_comment_decisions(places, study, THEMES, faults)
    faults.raise_if_any()


def _told(kind: str, *readers: Callable[[], object]) -> Iterator[Fault]:
    for read in readers:
        try:
            read()
        except StudyError as error:
            yield from (Fault(kind, each) for each in error.problems)
        except SkmError as error:
            yield Fault(kind, str(error))


def _beside(
    places: Places, study: Study, left_out: Collection[str]
) -> Iterator[Finding]:
    """Units that no delivery names, files that none names, rules changed since."""
    if not left_out:
        for unit in study.units:
            if not any(unit in study.units_of(each) for each in study.in_force):
                yield Finding("no_delivery", unit.id)
        for name in names_of_texts(places, study).unused:
            yield Finding("unused_text", file=f"{places.texts.name}/{name}.md")
        for name in names_of_texts(places, study).used:
            if is_carried_over(places, name):
                yield Finding("text_to_revise", file=f"{places.texts.name}/{name}.md")
    declared = {file for x in study.deliveries for file in (x.file, x.replaces) if file}
    for file in left_out:
        declared |= {file, *lying_there(places.raw, file, ()).files}
    for file in lying_undeclared(places.raw, places.responses.name, declared):
        yield Finding("undeclared_file", file=shown_file(file))
    try:
        lock = read_lock(places)
    except StudyError:
        return
    if lock and not left_out and (changed := changes(lock.rules, study)):
        names = tuple(each.rule for each in changed)
        yield Finding("frozen_rules", count=len(changed), names=names)
