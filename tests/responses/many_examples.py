"""How many examples the property tests try: few and always the same, or many.

    SKM_EXAMPLES=200 .venv/bin/python -m pytest tests/responses/test_any_bytes.py

tries 200 times as many, chosen anew each time.
"""

import os

from hypothesis import HealthCheck, settings

TIMES = int(os.environ.get("SKM_EXAMPLES", "1"))


def examples(count: int) -> settings:
    return settings(
        max_examples=count * TIMES,
        deadline=None,
        derandomize=TIMES == 1,
        database=None,
        suppress_health_check=[*HealthCheck],
    )
