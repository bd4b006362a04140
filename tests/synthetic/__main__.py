"""Write the example studies 2020 and 2021: `python tests/synthetic [FOLDER]`.

FOLDER is data/raw unless given. Texts, recommendations, history and what was decided of
comments are written by people and left as they are.
"""

import hashlib
import shutil
import sys
import tempfile
from pathlib import Path

from answers import stream
from corrections import corrections
from deliveries import deliveries, replaced
from delivery import Delivery
from dirt import spoil
from files import csv_bytes, xlsx_bytes
from instruments import Instrument, instruments
from people import Person, people
from received import received as custody
from records import write_down
from study_text import study_text
from unit import Unit
from units import units
from worksheet import footer

from skm_analysis.study.loading import load_study
from skm_analysis.study.places import Places
from skm_analysis.study.plan_lock import freeze

YEARS = (2020, 2021)


def write_study(year: int, folder: Path) -> None:
    """Write all of a year that nobody wrote: study.toml, responses/, plan.lock …"""
    asked = instruments(year)
    surveyed = {unit.id: unit for unit in units(year)}
    received = deliveries(year)
    for name in ("instruments", "responses"):
        (folder / name).mkdir(parents=True, exist_ok=True)
        for old in (folder / name).iterdir():
            old.unlink()
    for instrument in asked.values():
        path = folder / "instruments" / f"{instrument.id}.toml"
        path.write_text(instrument.toml(), encoding="utf-8", newline="\n")
    for delivery in received:
        served = [surveyed[each] for each in delivery.units]
        instrument = asked[served[0].instrument]
        content = _content(delivery, served, instrument, year)
        (folder / "responses" / delivery.file).write_bytes(content)
        if delivery.replaces:
            old_file = folder / "responses" / delivery.replaces
            old_file.write_bytes(_content(replaced(delivery), served, instrument, year))
    if year == 2021:
        (folder / "decisions").mkdir(exist_ok=True)
        (folder / "decisions" / "corrections.csv").write_bytes(corrections())
    text = study_text(year, tuple(surveyed.values()), received, asked)
    (folder / "study.toml").write_text(text, encoding="utf-8", newline="\n")
    (folder / "received.csv").write_bytes(custody(folder))
    if year == 2021:
        (folder / "plan.lock").write_bytes(_frozen(folder))
    # Everybody may know this one: nobody stands behind the answers.
    secret = hashlib.sha256(f"contoh sintetis {year}".encode()).hexdigest()
    (folder / "secret").write_text(f"{secret}\n", encoding="utf-8", newline="\n")


def _frozen(folder: Path) -> bytes:
    """The rules as frozen before any answer came, by the program itself."""
    with tempfile.TemporaryDirectory() as root:
        places = Places(Path(root), folder.name)
        before = places.other(str(int(folder.name) - 1))
        places.raw.mkdir(parents=True)
        before.raw.mkdir()
        shutil.copytree(folder / "instruments", places.instruments)
        shutil.copyfile(folder / "study.toml", places.study_file)
        earlier = folder.parent / before.study / "study.toml"
        shutil.copyfile(earlier, before.study_file)
        return freeze(places, load_study(places)).path.read_bytes()


def _content(
    delivery: Delivery, served: list[Unit], instrument: Instrument, year: int
) -> bytes:
    persons = [
        person
        for unit in served
        for person in people(unit, instrument, year, internal=delivery.internal)
        if delivery.half in (None, person.half)
    ]
    rng = stream(year, delivery.file.replace("-lama", ""))
    persons.sort(key=_arrival)
    records = [
        write_down(person, delivery, instrument, row, rng)
        for row, person in enumerate(persons, 1)
    ]
    rows = spoil(records, delivery, rng)
    headers = delivery.headers(instrument)
    if not delivery.workbook:
        return csv_bytes(delivery, headers, rows)
    below = footer(rows, delivery, instrument, year)
    return xlsx_bytes(delivery, headers, rows, below)


def _arrival(person: Person) -> tuple[object, ...]:
    return person.moment, person.unit, person.number


if __name__ == "__main__":
    project = Path(__file__).parents[2]
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else project / "data" / "raw"
    for each in YEARS:
        write_study(each, target / str(each))
