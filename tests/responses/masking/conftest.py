"""The lists and the measure find each other also when `recall.py` is run by itself."""

import sys
from pathlib import Path

HERE = Path(__file__).parent
collect_ignore = ["held_out.py", "recall.py", "sentences.py"]
sys.path.insert(0, str(HERE))
