"""What came, counted a second time from the tables that an edition keeps of it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from fractions import Fraction

from skm_analysis.audit.answers import NOTICED, Survey
from skm_analysis.audit.expectation import Expected
from skm_analysis.audit.second_record import printed

WAYS = ("raised", "lowered", "neither")
Rows = Iterator[tuple[str, Expected]]


def expect_arrivals(survey: Survey) -> Rows:
    """Keys that begin with `arrivals.`: files, rows, reasons, readings, corrections."""
    yield from _files(survey)
    yield from _reasons(survey)
    yield from _readings(survey)
    yield from _corrections(survey)
    yield from _noticed(survey)
    yield from _custody(survey)


def _files(survey: Survey) -> Rows:
    """Rows that were read are those that count and those set aside."""
    deliveries = survey.log.deliveries
    for place, delivery in enumerate(deliveries, 1):
        aside = sum(row.delivery == delivery.name for row in survey.set_aside)
        at = f"arrivals.{place}"
        yield f"{at}.accepted", printed(delivery.accepted)
        yield f"{at}.set_aside", printed(aside)
        yield f"{at}.rows_read", printed(delivery.accepted + aside)
    sheets = [sheet for office in survey.offices for sheet in office.sheets]
    own = sum(sheet.source == "internal" for sheet in sheets)
    yield "arrivals.files", printed(len(deliveries))
    yield "arrivals.accepted", printed(len(sheets))
    yield "arrivals.accepted.internal", printed(own)
    yield "arrivals.set_aside", printed(len(survey.set_aside))
    yield "arrivals.rows_read", printed(len(sheets) + len(survey.set_aside))


def _reasons(survey: Survey) -> Rows:
    files: dict[str, list[str]] = defaultdict(list)
    for row in survey.set_aside:
        files[row.reason].append(row.delivery)
    for reason, names in files.items():
        yield f"arrivals.set_aside.{reason}", printed(len(names))
        yield f"arrivals.reason.{reason}.files", printed(len(set(names)))
    there = {row.delivery for row in survey.set_aside}
    yield "arrivals.set_aside.files", printed(len(there))


def _readings(survey: Survey) -> Rows:
    """By rule; what people corrected is told by itself."""
    cells: dict[str, int] = defaultdict(int)
    files: dict[str, set[str]] = defaultdict(set)
    for row in survey.log.changes:
        if row["rule"] != "corrected":
            cells[row["rule"]] += int(row["count"])
            files[row["rule"]].add(row["delivery"])
    for rule, many in cells.items():
        yield f"arrivals.changes.{rule}", printed(many)
        yield f"arrivals.rule.{rule}.files", printed(len(files[rule]))
    yield "arrivals.changes", printed(sum(cells.values()))


def _corrections(survey: Survey) -> Rows:
    rows, at = survey.log.corrections, "arrivals.corrections"
    units: dict[str, list[Mapping[str, str]]] = defaultdict(list)
    for row in rows:
        units[row["unit"] or "unknown"].append(row)
    yield at, printed(len(rows))
    yield f"{at}.units", printed(len(units.keys() - {"unknown"}))
    for way in WAYS:
        yield f"{at}.{way}", _with(rows, way)
    for unit, own in units.items():
        yield f"{at}.{unit}", printed(len(own))
        for way in WAYS:
            yield f"{at}.{unit}.{way}", _with(own, way)


def _noticed(survey: Survey) -> Rows:
    """Rows that repeat others or are of other days; spellings of the profile."""
    for name in NOTICED:
        many = sum(each.noticed.get(name, 0) for each in survey.log.deliveries)
        yield f"arrivals.{name}", printed(many)
    ways: dict[str, int] = defaultdict(int)
    for row in survey.log.profiles:
        ways[row["status"]] += int(row["spellings"])
    yield "arrivals.profiles", printed(sum(ways.values()))
    for status in ("decided", "read", "proposed"):
        yield f"arrivals.profiles.{status}", printed(ways[status])


def _custody(survey: Survey) -> Rows:
    """The files that were read and stand in the list of what came."""
    read = {each.name.partition("#")[0] for each in survey.log.deliveries}
    lines = [row for row in survey.log.received if row["file"] in read]
    dated = [row for row in lines if row["received"]]
    yield "arrivals.custody.files", printed(len(lines))
    yield "arrivals.custody.dated", printed(len(dated))


def _with(
    rows: list[Mapping[str, str]] | tuple[Mapping[str, str], ...], way: str
) -> Expected:
    return printed(Fraction(sum(row["direction"] == way for row in rows)))
