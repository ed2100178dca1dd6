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

from petitbleu.bench.corpus_files import LANGUAGES as LANGUAGES
from petitbleu.bench.corpus_files import Broken as Broken
from petitbleu.bench.corpus_files import check_kind, check_text, list_files, read_lines

CORPUS = Path(__file__).parents[3] / "corpora" / "danger"
"""In a checkout; an installation does without."""
STRANGERS = CORPUS.with_name("danger-strangers")
"""Of the same form: authors that nothing is learnt from, who wrote after what ships was made."""
DANGER, NEAR, ORDINARY = "danger", "near", "ordinary"
LABELS = (DANGER, NEAR, ORDINARY)
TEXT_MAX = 4000


class Line(NamedTuple):
    """One text."""

    author: str
    language: str
    label: str
    kind: str
    text: str


def load(folder: Path = CORPUS) -> list[Line]:
    """All lines, in the order of authors, languages and lines. Raises Broken."""
    return [line for path in list_files(folder) for line in read(path)]


def load_strangers(learnt: Iterable[Line]) -> list[Line]:
    """The lines of authors that nothing is learnt from, but those that somebody else wrote, too,
    word for word ("fake", "look at this"). Raises Broken.
    """
    known = {line.text for line in learnt}
    return [line for line in load(STRANGERS) if line.text not in known]


def read(path: Path) -> list[Line]:
    """The lines of one file. Raises Broken."""
    found: list[Line] = []
    first: dict[str, int] = {}
    for number, (where, columns) in enumerate(read_lines(path), 1):
        label, kind, text = _checked(where, columns)
        if text in first:
            raise Broken(f"{where}: the text of line {first[text]} once more")
        first[text] = number
        shown = text.replace("\\n", "\n")
        found.append(Line(path.parent.name, path.stem, label, kind, shown))
    return found


def _checked(where: str, columns: list[str]) -> tuple[str, str, str]:
    if len(columns) != 3:
        raise Broken(
            f"{where}: label, kind and text are divided by two tabs, not {len(columns) - 1}"
        )
    label, kind, text = columns
    if label not in LABELS:
        raise Broken(f"{where}: the label “{label[:40]}” is none of {', '.join(LABELS)}")
    check_kind(where, kind)
    check_text(where, text, TEXT_MAX)
    return label, kind, text


def digest(lines: Iterable[Line]) -> str:
    """SHA-256 of a corpus: what a model says that it was made of."""
    found = sha256()
    for line in lines:
        found.update("\t".join(line).encode() + b"\n")
    return found.hexdigest()
