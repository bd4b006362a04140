"""The entries and their oracles find each other; one study holds all hostile texts."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parent))
