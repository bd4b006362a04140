"""The study's modules find each other only when run as a script."""

import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path.append(str(HERE))
collect_ignore = [p.name for p in HERE.glob("coverage*.py")]
