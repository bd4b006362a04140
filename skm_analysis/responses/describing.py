"""The working tables as a Tabular Data Package: what each file and column holds.

Frictionless and other readers of the standard take types, ranges and blanks from here.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence

import pandas as pd

from skm_analysis.responses.labelling import Variable, variables_of
from skm_analysis.responses.labels import BANDS, LOG_COLUMNS
from skm_analysis.responses.schema import NUMBERS
from skm_analysis.study.records import Study, Unit

NAME = "datapackage.json"

Resource = Mapping[str, object]


def describe(study: Study, resources: Sequence[Resource]) -> bytes:
    """The package that holds `resources`; its sources are the deliveries in force."""
    package = {
        "profile": "tabular-data-package",
        "name": f"skm-{study.id}".lower(),
        "title": study.title,
        "contributors": [{"title": study.institution, "role": "publisher"}],
        "sources": [{"title": each.file} for each in study.in_force],
        "resources": resources,
    }
    if not package["sources"]:
        del package["sources"]  # the standard knows no empty list
    return (json.dumps(package, ensure_ascii=False, indent=1) + "\n").encode()


def describe_rows(
    path: str, title: str, frame: pd.DataFrame, data: bytes, unit: Unit
) -> Resource:
    """A table of responses of `unit`, whatever columns of theirs it has."""
    names = [name for name in frame.columns if name != "reason"]
    known = {each.name: each for each in variables_of(unit.instrument, (unit,), names)}
    fields = [
        _field(known[name], unit) if name in known else _of_log(name)
        for name in frame.columns
    ]
    key = "response" if "response" in frame.columns else None
    return _resource(path, title, data, fields, key)


def describe_log(path: str, title: str, frame: pd.DataFrame, data: bytes) -> Resource:
    fields = [_of_log(name) for name in frame.columns]
    return _resource(path, title, data, fields, None)


def _field(variable: Variable, unit: Unit) -> dict[str, object]:
    constraints: dict[str, object] = {}
    if not variable.may_lack:
        constraints["required"] = True
    if variable.name == "response":
        constraints |= {"unique": True, "pattern": "[0-9a-f]{16}"}
    if variable.measure == "ordinal":
        low, high = unit.instrument.scale
        constraints |= {"minimum": low, "maximum": high}
    elif allowed := (*variable.values, *BANDS.get(variable.name, ())):
        constraints["enum"] = list(allowed)
    told: dict[str, object] = {"name": variable.name, "title": variable.label}
    if variable.measure == "ordinal":
        told |= {"type": "integer", "unit": "nilai jawaban"}
    else:
        told["type"] = "string"
    return told | ({"constraints": constraints} if constraints else {})


def _of_log(name: str) -> dict[str, object]:
    number = {"type": "integer", "unit": _UNITS.get(name, "baris")}
    kind = number if name in NUMBERS else {"type": "string"}
    return {"name": name, "title": LOG_COLUMNS.get(name, name), **kind}


_UNITS = {
    "bytes": "bita",
    "row": "nomor baris dalam berkas",
    "count": "jawaban",
    "spellings": "ejaan",
    "blank_words": "jawaban",
}


def _resource(
    path: str,
    title: str,
    data: bytes,
    fields: Sequence[Mapping[str, object]],
    key: str | None,
) -> Resource:
    schema: dict[str, object] = {"fields": fields, "missingValues": [""]}
    if key:
        schema["primaryKey"] = key
    return {
        "profile": "tabular-data-resource",
        "name": path.removesuffix(".csv").replace("/", "-").replace("_", "-"),
        "title": title,
        "path": path,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(data),
        "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
        "schema": schema,
    }
