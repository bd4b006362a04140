"""The instruments that come with the package, to be copied and adapted by a study."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from skm_analysis.errors import StudyError
from skm_analysis.study.faults import Faults, Spot, nearest, plain
from skm_analysis.study.instruments import read_instrument
from skm_analysis.study.records import Instrument

FOLDER = Path(__file__).parent / "catalogue"
USUAL = "skm-2017"  # what a new study asks unless it says otherwise


@cache
def catalogue() -> Mapping[str, Instrument]:
    """All of them by id. Where each wording comes from stands in their `source`."""
    faults = Faults()
    found = {
        path.stem: read_instrument(path, Spot(faults, path.name))
        for path in sorted(FOLDER.glob("*.toml"))
    }
    faults.raise_if_any()
    return MappingProxyType({name: each for name, each in found.items() if each})


def text_of(name: str) -> str:
    """The file of an instrument as it stands, notes included.

    Raises StudyError, naming the nearest, where there is none of that name.
    """
    if name not in catalogue():
        what = f"instrumen siap pakai {plain(name)!r} tidak ada."
        hints = "\n  ".join(nearest(name, catalogue()))
        raise StudyError([f"skm new: {what}\n  {hints}"])
    return (FOLDER / f"{name}.toml").read_text(encoding="utf-8")
