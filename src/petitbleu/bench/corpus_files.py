"""Files of a corpus that people wrote: ``<author>/<language>.tsv``, columns divided by tabs.

A line of another form is refused by name: a model that was trained on half a line would not say so.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

LANGUAGES = ("fr", "en", "de", "es", "it", "nl", "pl", "ar")


class Broken(Exception):
    """A file of the corpus cannot be used: which line, and why."""


def list_files(folder: Path) -> list[Path]:
    """The files of a corpus, in the order of authors and languages. Raises Broken."""
    paths = sorted(folder.glob("*/*.tsv"))
    if not paths:
        raise Broken(f"{folder}: there is no <author>/<language>.tsv")
    return paths


def read_lines(path: Path) -> Iterator[tuple[str, list[str]]]:
    """Each line of a file: where it stands, and its columns. Raises Broken."""
    if path.stem not in LANGUAGES:
        raise Broken(f"{_named(path)}: “{path.stem}” is none of {', '.join(LANGUAGES)}")
    try:
        written = path.read_bytes().decode("utf-8").split("\n")
    except UnicodeDecodeError as error:
        raise Broken(f"{_named(path)}: not UTF-8 at byte {error.start}") from None
    if written.pop():
        raise Broken(f"{_named(path)}:{len(written) + 1}: the last line does not end")
    for number, line in enumerate(written, 1):
        yield f"{_named(path)}:{number}", line.split("\t")


def check_kind(where: str, kind: str) -> None:
    """Raises Broken where a kind is not one word."""
    if not kind.replace("_", "").replace("-", "").isalnum():
        raise Broken(f"{where}: the kind “{kind[:40]}” is no word")


def check_text(where: str, text: str, most: int) -> None:
    """Raises Broken where there is no text, or too much."""
    if not text.strip():
        raise Broken(f"{where}: there is no text")
    if len(text) > most:
        raise Broken(f"{where}: the text is longer than {most} characters")


def _named(path: Path) -> str:
    return "/".join(path.parts[-2:])
