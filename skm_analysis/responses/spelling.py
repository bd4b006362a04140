"""When two spellings are the same: spaces, invisible characters, upper and lower case.

Nothing here changes a digit or a letter into another one: "④" stays "④".
"""

import unicodedata


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


def fold(text: str) -> str:
    """`tidy`, with upper and lower case alike.

    >>> fold("Sangat  BAIK") == fold("sangat baik")
    True
    """
    return tidy(text).casefold()
