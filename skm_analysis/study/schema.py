"""The keys of `study.toml` and `instruments/*.toml`, each with what it may hold."""

from decimal import Decimal

from skm_analysis.study.kinds import (
    DAY,
    DELIVERED,
    FLAG,
    FORMAT,
    NAME,
    RELATIVE,
    SCALE,
    SENTENCE,
    WEIGHT,
    WRITTEN,
    amount,
    identifier,
    one_of,
    pattern,
    whole,
)
from skm_analysis.study.regulation import BANDS, UNSUR
from skm_analysis.study.tables import (
    Schema,
    each,
    mapping,
    needed,
    one_or_more,
    optional,
    table,
    tables,
)

# Names of the columns that stand beside the items in the accepted table.
_COLUMNS_OF_ACCEPTED = (
    *("response", "source", "stratum", "cluster", "day", "counter", "period"),
    *("unit", "delivery", "row", "reason"),
    *("sex", "age", "education", "occupation", "service"),
)
# Parts of the estimates table that are not periods.
PARTS = ("internal", "previous", "printed", "published")

IDENTIFIER = identifier()
ITEM_KEY = identifier(but=_COLUMNS_OF_ACCEPTED)
STUDY_NAME = pattern(
    "[A-Za-z0-9][A-Za-z0-9_-]{0,39}",
    "nama studi dari paling banyak 40 karakter A-Z, a-z, 0-9, - dan _",
    but=("editions",),
)
PERIOD_ID = pattern(
    "[A-Za-z0-9][A-Za-z0-9-]{0,23}",
    "paling banyak 24 karakter A-Z, a-z, 0-9, dan -",
    but=PARTS,
)
INDEX = amount("nilai indeks lebih dari 0 sampai 100", lambda x: 0 < x <= 100)
POINTS = amount("poin indeks lebih dari 0 sampai 50", lambda x: 0 < x <= 50)
ENCODINGS = (
    *("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"),
    *("cp1252", "latin-1", "iso-8859-1", "mac-roman", "cp437", "cp850"),
)

STUDY: Schema = {
    "title": needed(NAME),
    "year": needed(whole(1990, 2100)),
    "institution": needed(NAME),
    "partner": optional(NAME),
    "place": optional(NAME),
    "start": needed(DAY),
    "end": needed(DAY),
    "previous": optional(STUDY_NAME),
    "synthetic": optional(FLAG, False),
    "confidence_level": optional(
        amount("tingkat keyakinan di antara 0.5 dan 1", lambda x: 0.5 < x < 1),
        Decimal("0.95"),
    ),
    "missing": optional(one_of("ratio", "complete", "person"), "ratio"),
    "weighting": optional(one_of("none", "strata"), "none"),
}

TARGET: Schema = {"ikm": needed(INDEX), "source": needed(NAME)}

PLAN: Schema = {
    "margin": optional(POINTS),
    "nonresponse": optional(
        amount("bagian dari 0 sampai 0.9", lambda x: 0 <= x <= 0.9)
    ),
    "change": optional(POINTS),
}

CLEANING: Schema = {
    "minimum_items": optional(
        amount("bagian dari 0 sampai 1", lambda x: 0 <= x <= 1), Decimal("0.5")
    ),
    "duplicates": optional(one_of("id", "row", "report"), "id"),
    "out_of_scale": optional(one_of("row", "answer"), "row"),
    "not_whole_number": optional(one_of("row", "answer"), "row"),
    "out_of_period": optional(one_of("set_aside", "report"), "set_aside"),
}

SIGNATORY: Schema = {"name": needed(NAME), "role": needed(NAME)}

PERIOD: Schema = {"id": needed(PERIOD_ID), "start": needed(DAY), "end": needed(DAY)}

UNIT: Schema = {
    "id": needed(IDENTIFIER),
    "name": needed(NAME),
    "kind": needed(IDENTIFIER),
    "instrument": needed(IDENTIFIER),
    "population": optional(whole(1)),
    "population_of": optional(one_of("persons", "visits"), "persons"),
    "sampling": optional(
        one_of("random", "systematic", "convenience", "census"), "convenience"
    ),
    "target": optional(INDEX),
    "planned": optional(whole(1)),
    "approached": optional(whole(1)),
    "strata": optional(mapping(NAME, whole(1)), {}),
}

TRIAL_ROWS: Schema = {"column": needed(WRITTEN), "values": needed(each(WRITTEN))}

EXCLUDED_ROWS: Schema = {**TRIAL_ROWS, "reason": needed(NAME)}

LONG: Schema = {
    "respondent": needed(WRITTEN),
    "item": needed(WRITTEN),
    "answer": needed(WRITTEN),
}

DELIVERY: Schema = {
    "file": needed(DELIVERED),
    "unit": optional(IDENTIFIER),
    "unit_column": optional(WRITTEN),
    "unit_from": optional(one_of("file", "sheet")),
    "units": optional(mapping(WRITTEN, IDENTIFIER), {}),
    "source": optional(one_of("external", "internal"), "external"),
    "mode": optional(one_of("interview", "self", "web")),
    "received": optional(DAY),
    "from": optional(NAME),
    "sheet": optional(NAME),
    "header_row": optional(whole(1, 1000)),
    "encoding": optional(one_of(*ENCODINGS)),
    "delimiter": optional(one_of(",", ";", "\t", "|")),
    "replaces": optional(RELATIVE),
    "reason": optional(SENTENCE),
    "id_column": optional(WRITTEN),
    "id_within": optional(one_of("delivery", "unit"), "delivery"),
    "stratum_column": optional(WRITTEN),
    "serial_column": optional(WRITTEN),
    "cluster_column": optional(WRITTEN),
    "period_column": optional(WRITTEN),
    "start": optional(DAY),
    "end": optional(DAY),
    "reported": optional(whole(0)),
    "date_order": optional(
        one_of("day-first", "month-first", "excel-number"), "day-first"
    ),
    "comment_column": optional(WRITTEN),
    "drop": optional(each(WRITTEN), ()),
    "not_applicable": optional(each(WRITTEN), ()),
    "long": optional(table(LONG)),
    "ticks": optional(each(WRITTEN), ()),
    "columns": needed(mapping(ITEM_KEY, one_or_more(WRITTEN))),
    "answers": optional(mapping(WRITTEN, whole(0, 100)), {}),
    "item_answers": optional(mapping(ITEM_KEY, mapping(WRITTEN, whole(0, 100))), {}),
    "importance": optional(mapping(ITEM_KEY, WRITTEN), {}),
    "profile": optional(
        table(
            {
                variable: optional(one_or_more(WRITTEN))
                for variable in ("sex", "age", "education", "occupation", "service")
            }
        ),
        {},
    ),
    "test": optional(tables(TRIAL_ROWS, named_by="column"), ()),
    "exclude": optional(tables(EXCLUDED_ROWS, named_by="column"), ()),
}

STUDY_FILE: Schema = {
    "format": needed(FORMAT),
    "study": needed(table(STUDY)),
    "target": optional(table(TARGET)),
    "plan": optional(table(PLAN), {}),
    "cleaning": optional(table(CLEANING), {}),
    "signatory": optional(tables(SIGNATORY, named_by="name"), ()),
    "period": optional(tables(PERIOD, named_by="id"), ()),
    "unit": needed(tables(UNIT, named_by="id")),
    "delivery": optional(tables(DELIVERY, named_by="file"), ()),
}

ITEM: Schema = {
    "key": needed(ITEM_KEY),
    "unsur": optional(one_of(*UNSUR)),
    "label": needed(NAME),
    "question": needed(SENTENCE),
    "options": optional(each(NAME), ()),
    "weight": optional(WEIGHT),
    "regulated": optional(FLAG, False),
    "source": optional(SENTENCE),
}

INSTRUMENT_FILE: Schema = {
    "format": needed(FORMAT),
    "title": needed(NAME),
    "regulation": optional(NAME),
    "scale": needed(SCALE),
    "bands": optional(one_of(*BANDS)),
    "source": optional(SENTENCE),
    "item": needed(tables(ITEM, named_by="key")),
}
