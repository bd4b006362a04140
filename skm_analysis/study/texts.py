"""`texts/*.md`: what people write for the report."""

import re

from skm_analysis.study.documents import read_utf8
from skm_analysis.study.faults import Faults, Spot, plain
from skm_analysis.study.places import Places

_NAME = re.compile(r"(units/)?[a-z0-9][a-z0-9-]*")
_NOTE = re.compile(r"<!--.*?(-->|\Z)", re.DOTALL)


def read_text(places: Places, name: str) -> str | None:
    """The Markdown of `texts/NAME.md` without its notes; None where nothing is said.

    Notes to the writers stand in `<!-- … -->`. Raises StudyError where the file is not
    UTF-8 text, ValueError where `name` is no name of a text.

    Examples: preface, background, conclusions, units/kel-ngalau.
    """
    if not _NAME.fullmatch(name):
        raise ValueError(f"not the name of a text: {name!r}")
    path = places.texts / f"{name}.md"
    faults = Faults()
    text = read_utf8(path, Spot(faults, plain(places.told(path))))
    faults.raise_if_any()
    return _NOTE.sub("", text or "").strip() or None
