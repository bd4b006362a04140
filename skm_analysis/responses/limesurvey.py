"""What LimeSurvey says of a response beside its answers."""

from skm_analysis.responses.raw import RawTable
from skm_analysis.responses.spelling import fold, tidy


def count_unfinished(table: RawTable) -> int:
    """Responses that were never sent off: `submitdate` is blank, `lastpage` is there.

    They are judged as all others are: who answered half of the items is counted. Where
    `period_column` is `submitdate`, they lie on no day and are set aside.
    """
    names = [fold(name) for name in table.header]
    if not {"submitdate", "lastpage"} <= set(names):
        return 0
    return sum(not tidy(text) for text in table.column(names.index("submitdate")))
