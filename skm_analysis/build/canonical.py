"""The executed notebook as it is published: nothing of time, process, path or chance.

What would differ from run to run is dropped (times, random ids) or refused (warnings,
memory addresses, folders of this machine), never rewritten.
"""

import json
import re
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

INJECTED = "injected-parameters"

_ADDRESS = re.compile(r"\bat 0x[0-9a-fA-F]{4,}")
_WARNING = re.compile(r"\b([A-Z]\w*Warning)\b")
_FOLDER = re.compile(
    r"(?<![\w/+=.:])/(?:home|root|Users|tmp|var|usr|opt|private|mnt|srv)/\w"
    r"|(?<![A-Za-z])[A-Za-z]:\\{1,2}(?:Users|Windows|Temp|Program)"
)


class NotPublishableError(ValueError):
    """An output that may not stand in an edition: which cell, and what it holds."""

    def __init__(self, cell: int, what: str) -> None:
        super().__init__(f"cell {cell}: {what}")
        self.cell = cell
        self.what = what


def canonical(notebook: Mapping[str, Any], *, folders: tuple[Path, ...] = ()) -> bytes:
    """The bytes of an executed notebook, equal for equal inputs.

    Parameters
    ----------
    notebook
        An executed notebook (nbformat 4), as run by papermill.
    folders
        Further folders that no output may name, such as the study's root.

    Raises
    ------
    NotPublishableError
        A warning on the error stream, a memory address, a folder of this machine.
    """
    ran = notebook["metadata"].get("papermill", {})
    language = dict(notebook["metadata"].get("language_info", {}))
    language.pop("version", None)
    forbidden = _naming(folders)
    published = {
        "cells": [
            _cell(cell, index, forbidden)
            for index, cell in enumerate(notebook["cells"], start=1)
        ],
        "metadata": {
            "kernelspec": notebook["metadata"].get("kernelspec", {}),
            "language_info": language,
            "papermill": {"parameters": ran.get("parameters", {})},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    text = json.dumps(published, ensure_ascii=False, indent=1, sort_keys=True)
    return f"{text}\n".encode()


def _cell(
    cell: Mapping[str, Any], index: int, forbidden: re.Pattern[str]
) -> dict[str, Any]:
    metadata = {
        name: value
        for name, value in cell["metadata"].items()
        if name not in ("papermill", "execution")
    }
    injected = INJECTED in metadata.get("tags", ())
    kept: dict[str, Any] = {
        "cell_type": cell["cell_type"],
        "id": INJECTED if injected else cell["id"],
        "metadata": metadata,
        "source": cell["source"],
    }
    if cell["cell_type"] != "code":
        return kept
    for output in cell["outputs"]:
        if fault := _fault(output, forbidden):
            raise NotPublishableError(index, fault)
    return kept | {
        "execution_count": cell["execution_count"],
        "outputs": [dict(output) for output in cell["outputs"]],
    }


def _fault(output: Mapping[str, Any], forbidden: re.Pattern[str]) -> str | None:
    """What makes an output unfit, in Indonesian and without quoting it."""
    if output["output_type"] == "stream" and output["name"] == "stderr":
        kind = _WARNING.search(_joined(output["text"]))
        return f"peringatan ({kind[1]})" if kind else "tulisan pada aliran galat"
    for text in _texts(output):
        if _ADDRESS.search(text):
            return "alamat memori (objek tanpa bentuk tampilan)"
        if _FOLDER.search(text) or forbidden.search(text):
            return "jalur folder komputer ini"
    return None


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for name, each in value.items():
            if name != "image/png":
                yield from _texts(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _texts(each)


def _joined(text: str | list[str]) -> str:
    return text if isinstance(text, str) else "".join(text)


def _naming(folders: tuple[Path, ...]) -> re.Pattern[str]:
    """Finds the folders that tell where the report was made."""
    named = {*folders, Path(tempfile.gettempdir()), Path(sys.prefix), Path.home()}
    words = sorted(re.escape(str(each)) for each in named if len(each.parts) > 1)
    return re.compile(rf"(?<![\w/+=.:])(?:{'|'.join(words)})(?![\w-])")
