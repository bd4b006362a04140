"""What `skm inspect --json` gives: the same as people see, with English keys."""

from typing import TYPE_CHECKING, Any

from skm_analysis.cli.inspected_words import decisions, letters

if TYPE_CHECKING:
    from skm_analysis.pipeline import Inspected
    from skm_analysis.responses.column_kinds import SeenColumn
    from skm_analysis.responses.inspecting import Seen


def as_json(inspected: "Inspected") -> dict[str, Any]:
    return {
        "ok": not any(looked.problem for looked in inspected.files),
        "study": inspected.study or None,
        "files": [
            {
                "file": looked.file,
                "error": looked.problem or None,
                "other_sheets": looked.other_sheets,
                "tables": [_table_json(seen) for seen in looked.tables],
            }
            for looked in inspected.files
        ],
        "same_header": inspected.same,
    }


def _table_json(seen: "Seen") -> dict[str, Any]:
    from skm_analysis.responses.delivery_blocks import block

    proposal = seen.proposal
    instrument = proposal.instrument
    return {
        "sheet": seen.sheet or None,
        "format": seen.format,
        "dialect": seen.dialect.value,
        "rows": seen.rows,
        "passed_over": dict(seen.passed_over),
        "columns": [_column_json(column) for column in seen.columns],
        "items": {
            "instrument": instrument.id if instrument else None,
            "sure": {key: letters(at) for key, at in proposal.sure.items()},
            "likely": [
                {
                    "key": each.key,
                    "column": letters(each.position),
                    "certainty": each.certainty,
                }
                for each in proposal.likely
            ],
            "choices": [
                {
                    "name": choice.name,
                    "columns": {key: letters(at) for key, at in choice.columns.items()},
                }
                for choice in proposal.choices
            ],
        },
        "unit": seen.unit.id if seen.unit else None,
        "decisions": list(decisions(seen)),
        "delivery": block(seen),
    }


def _column_json(column: "SeenColumn") -> dict[str, Any]:
    held = column.contents
    return {
        "column": letters(column.position),
        "header": column.shown or None,
        "role": column.role.value,
        "form": held.form.value,
        "filled": held.filled,
        "tally": dict(held.tally) if column.is_question else {},
        "personal": [kind.value for kind in held.personal],
    }
