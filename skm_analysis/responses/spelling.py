"""When two spellings are the same: spaces, invisible characters, upper and lower case.

Nothing here changes a digit or a letter into another one: "④" stays "④".
"""

import unicodedata
from collections.abc import Sequence


def tidy(text: str) -> str:
    """`text` without invisible characters, with single spaces between its words.

    >>> tidy("  Jenis\\n Kelamin\\u200b ")
    'Jenis Kelamin'
    """
    if not text.isascii():
        text = "".join(
            character
            for character in unicodedata.normalize("NFC", text)
            if unicodedata.category(character) != "Cf"
        )
    return " ".join(text.split())


def is_blank(cells: Sequence[str]) -> bool:
    """Whether nothing stands in any of the cells, as `tidy` leaves it.

    >>> is_blank(["", " \\u200b"]), is_blank(["", "4"])
    (True, False)
    """
    # A letter or digit is found in most rows without tidying anything.
    return not (any(map(str.isalnum, cells)) or any(map(tidy, cells)))


def fold(text: str) -> str:
    """`tidy`, with upper and lower case alike.

    >>> fold("Sangat  BAIK") == fold("sangat baik")
    True
    """
    return tidy(text).casefold()
