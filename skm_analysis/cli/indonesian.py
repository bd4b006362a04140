"""click's own words in Indonesian: usage lines, headings, mistakes in a command.

click asks `gettext` for them, but only by a catalogue on disk and the caller's locale;
the report's language does not depend on the caller's locale.
"""

from click import core, decorators, exceptions, formatting, parser, types

WORDS = {
    "Usage:": "Pemakaian:",
    "Options": "Pilihan",
    "Commands": "Perintah",
    "Positional arguments": "Argumen",
    "Show this message and exit.": "Tampilkan bantuan ini.",
    "Show the version and exit.": "Tampilkan versi.",
    "%(prog)s, version %(version)s": "%(prog)s, versi %(version)s",
    "Try '{command} {option}' for help.": "Bantuan: {command} {option}",
    "Error: {message}": "Salah pakai: {message}",
    "Aborted!": "Dihentikan.",
    "Missing command.": "perintah belum disebut.",
    "Missing argument": "belum disebut: argumen",
    "Missing option": "belum disebut: pilihan",
    "Missing parameter": "belum disebut: parameter",
    "Missing parameter: {param_name}": "parameter {param_name} belum disebut.",
    "Missing {param_type}": "{param_type} belum disebut",
    "No such command {name!r}.": "perintah {name!r} tidak ada.",
    "No such option {name!r}.": "pilihan {name!r} tidak ada.",
    "Did you mean {possibility}?": "Mungkin maksudnya {possibility}?",
    "(Did you mean one of: {possibilities}?)": "(Mungkin maksudnya: {possibilities}?)",
    "Got unexpected extra argument ({args})": "argumen berlebih: {args}",
    "Got unexpected extra arguments ({args})": "argumen berlebih: {args}",
    "Invalid value for {param_hint}: {message}": "isi {param_hint} keliru: {message}",
    "Invalid value: {message}": "isi keliru: {message}",
    "Option {name!r} does not take a value.": "pilihan {name!r} tidak memakai isi.",
    "Option {name!r} requires an argument.": "pilihan {name!r} memerlukan isi.",
    "Option {name!r} requires {nargs} arguments.": (
        "pilihan {name!r} memerlukan {nargs} isi."
    ),
    "{value!r} is not a valid {number_type}.": "{value!r} bukan bilangan.",
    "{value} is not in the range {range}.": "{value} di luar rentang {range}.",
    "{value!r} is not {choice}.": "{value!r} bukan {choice}.",
    "{value!r} is not one of {choices}.": "{value!r} tidak termasuk {choices}.",
    "{name} {filename!r} does not exist.": "{name} {filename!r} tidak ada.",
    "{name} {filename!r} is a directory.": "{name} {filename!r} adalah folder.",
    "{name} {filename!r} is a file.": "{name} {filename!r} adalah berkas.",
    "{name} {filename!r} is not readable.": "{name} {filename!r} tak dapat dibaca.",
    "file": "berkas",
    "directory": "folder",
    "path": "jalur",
    "default: {default}": "bawaan: {default}",
}


def _word(text: str) -> str:
    return WORDS.get(text, text)


def _plural(one: str, many: str, count: int) -> str:
    return _word(one if count == 1 else many)


WAYS = {"_": _word, "ngettext": _plural}


def speak() -> None:
    """Let click use WORDS, in every module of it that asks `gettext`."""
    for module in (core, decorators, exceptions, formatting, parser, types):
        spoken = vars(module)
        spoken.update({name: WAYS[name] for name in WAYS.keys() & spoken.keys()})
