"""Errors that the person at the keyboard can act on. Their text is Indonesian.

A message names the file, the row, the column or the key, what was expected and what
to do; it never quotes a citizen's answer.
"""

from collections.abc import Sequence


class SkmError(Exception):
    """The one family that `cli` shows as a message; anything else is a bug.

    `str(error)` is the whole text shown.
    """

    exit_code = 1


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
