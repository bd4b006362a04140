"""These modules find each other as scripts, or beside the tests that use them."""

from pathlib import Path

collect_ignore = [path.name for path in Path(__file__).parent.glob("*.py")]
