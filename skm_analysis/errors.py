"""Errors that the person at the keyboard can act on. Their text is Indonesian.

A message names the file, the row, the column or the key, what was expected and what
to do; it never quotes a citizen's answer.
"""

import errno
from collections.abc import Sequence

_CAUSES = {
    errno.EACCES: "tidak ada izin",
    errno.EPERM: "tidak ada izin",
    errno.EROFS: "disk hanya dapat dibaca",
    errno.ENOSPC: "disk penuh",
    errno.EDQUOT: "jatah disk habis",
    errno.EEXIST: "sudah ada berkas dengan nama itu",
    errno.ENOTDIR: "ada berkas di tempat sebuah folder",
    errno.ENOENT: "tidak ada",
    errno.ENAMETOOLONG: "namanya terlalu panjang",
}


def cause(error: OSError) -> str:
    """What the system refused and why, in the language of the messages.

    >>> cause(OSError(errno.ENOSPC, "No space left on device"))
    'disk penuh'
    >>> cause(OSError(errno.EIO, "Input/output error"))
    'kesalahan sistem nomor 5'
    """
    return _CAUSES.get(error.errno or 0, f"kesalahan sistem nomor {error.errno}")


class SkmError(Exception):
    """The one family that `cli` shows as a message; anything else is a bug.

    `str(error)` is the whole text shown.
    """

    exit_code = 1

    def _render_traceback_(self) -> list[str]:
        """What IPython shows of it in a notebook: the message, not the way to it."""
        return [str(self)]


class StudyError(SkmError):
    """The study folder is not what it should be; all faults at once."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n\n".join(problems))
        self.problems = tuple(problems)


class DeliveryError(SkmError):
    """A delivered file cannot be read as declared."""


class NotebookError(SkmError):
    """A notebook was refused, or did not run through."""


class PublishError(SkmError):
    """The finished edition could not take the place of the one before."""


class LockedError(SkmError):
    """Another build of the same study is running."""

    exit_code = 75
