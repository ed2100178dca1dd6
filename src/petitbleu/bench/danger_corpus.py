"""The corpus of danger: lines that people wrote for it, a file for each author and language.

``corpora/danger/<author>/<language>.tsv``, a line a text: label, kind and text, divided by tabs; a
line break within a text is written ``\\n``. A line of another form is refused by name: a model that
was trained on half a line would not say so.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

CORPUS = Path(__file__).parents[3] / "corpora" / "danger"
"""In a checkout; an installation does without."""
DANGER, NEAR, ORDINARY = "danger", "near", "ordinary"
LABELS = (DANGER, NEAR, ORDINARY)
LANGUAGES = ("fr", "en", "de", "es", "it", "nl", "pl", "ar")
TEXT_MAX = 4000


class Broken(Exception):
    """A file of the corpus cannot be used: which line, and why."""


class Line(NamedTuple):
    """One text."""

    author: str
    language: str
    label: str
    kind: str
    text: str


def load(folder: Path = CORPUS) -> list[Line]:
    """All lines, in the order of authors, languages and lines. Raises Broken."""
    paths = sorted(folder.glob("*/*.tsv"))
    if not paths:
        raise Broken(f"{folder}: there is no <author>/<language>.tsv")
    return [line for path in paths for line in read(path)]


def read(path: Path) -> list[Line]:
    """The lines of one file. Raises Broken."""
    author, language = path.parent.name, path.stem
    if language not in LANGUAGES:
        raise Broken(f"{_named(path)}: “{language}” is none of {', '.join(LANGUAGES)}")
    try:
        written = path.read_bytes().decode("utf-8").split("\n")
    except UnicodeDecodeError as error:
        raise Broken(f"{_named(path)}: not UTF-8 at byte {error.start}") from None
    if written.pop():
        raise Broken(f"{_named(path)}:{len(written) + 1}: the last line does not end")
    found: list[Line] = []
    first: dict[str, int] = {}
    for number, line in enumerate(written, 1):
        where = f"{_named(path)}:{number}"
        label, kind, text = _columns(where, line)
        if text in first:
            raise Broken(f"{where}: the text of line {first[text]} once more")
        first[text] = number
        found.append(Line(author, language, label, kind, text.replace("\\n", "\n")))
    return found


def _columns(where: str, line: str) -> tuple[str, str, str]:
    columns = line.split("\t")
    if len(columns) != 3:
        raise Broken(
            f"{where}: label, kind and text are divided by two tabs, not {len(columns) - 1}"
        )
    label, kind, text = columns
    if label not in LABELS:
        raise Broken(f"{where}: the label “{label[:40]}” is none of {', '.join(LABELS)}")
    if not kind.replace("_", "").isalnum():
        raise Broken(f"{where}: the kind “{kind[:40]}” is no word")
    if not text.strip():
        raise Broken(f"{where}: there is no text")
    if len(text) > TEXT_MAX:
        raise Broken(f"{where}: the text is longer than {TEXT_MAX} characters")
    return label, kind, text


def _named(path: Path) -> str:
    return "/".join(path.parts[-2:])


def digest(lines: Iterable[Line]) -> str:
    """SHA-256 of a corpus: what a model says that it was made of."""
    found = sha256()
    for line in lines:
        found.update("\t".join(line).encode() + b"\n")
    return found.hexdigest()
