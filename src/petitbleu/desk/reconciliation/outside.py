"""Heads that were kept outside: mails, files, the published page."""

from __future__ import annotations

import json
import re
from typing import Any, NamedTuple

from petitbleu.app import App
from petitbleu.desk.reconciliation.comparing import Outside
from petitbleu.desk.records.audit import heads, notes

_NOTE = re.compile(r"^(\S+)\n\d+\n\S+\n(?:[^\n]+\n)*\n(?:— [^\n]+(?:\n|\Z))+", re.MULTILINE)
MOST = 4 << 20
"""Characters of a file that are looked at."""


class Given(NamedTuple):
    """What a text holds: heads of this log, and sentences about what is none."""

    heads: list[Outside]
    ignored: list[str]


NOTHING = Given([], [])


def read(app: App, text: str) -> Given:
    """The heads in a text: one or several signed notes, among other words, or the JSON of the
    published page. What does not verify under the key of this log is reported and ignored.
    """
    public = heads.key(app).public_key()
    found, ignored = [], []
    noted = list(_notes(text[:MOST]))
    for note in noted:
        name = note.partition("\n")[0]
        try:
            head = notes.check(note, name, public)
        except notes.BadNote:
            ignored.append(f"a head of {name} does not verify under the key of this log: ignored")
        else:
            found.append(Outside(head.size, head.root))
    if not noted:
        ignored.append("there is no signed head in the file")
    return Given(found, ignored)


def _notes(text: str) -> list[str]:
    try:
        page: Any = json.loads(text)
        return [str(head["note"]) for head in page["heads"]]
    except (ValueError, TypeError, KeyError):
        plain = text.replace("\r\n", "\n")
        return [match[0] for match in _NOTE.finditer(plain)]
