"""Writing gettext catalogues: the form in which ``.po`` files of this program stand. A leaf.

Every file has the entries of its English one in their order; above a translation stands the English
text it was made from, so that a text that has changed since is seen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from petitbleu.catalogues import SOURCE, Entry, parse

_WIDTH = 100
_ESCAPED = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}
_HEADER = (
    "MIME-Version: 1.0\nContent-Type: text/plain; charset=UTF-8\n"
    "Content-Transfer-Encoding: 8bit\nLanguage: {language}\nPlural-Forms: {rule}\n"
)
RULE = "nplurals=2; plural=(n != 1);"
"""The plural forms of English, and of a language that has not said its own."""


def header(language: str, rule: str = RULE) -> Entry:
    """The first entry of a file."""
    return Entry("", "", (_HEADER.format(language=language, rule=rule),))


def text(entries: Iterable[Entry]) -> str:
    """The file that holds these entries."""
    return "\n".join("\n".join(_lines(entry)) + "\n" for entry in entries)


def _lines(entry: Entry) -> Iterator[str]:
    for line in entry.english.split("\n") if entry.english else ():
        yield f"#. {line}".rstrip()
    if entry.fuzzy:
        yield "#, fuzzy"
    if entry.context:
        yield from _field("msgctxt", entry.context)
    yield from _field("msgid", entry.key)
    if not entry.plural:
        yield from _field("msgstr", entry.forms[0])
        return
    yield from _field("msgid_plural", entry.key)
    for number, form in enumerate(entry.forms):
        yield from _field(f"msgstr[{number}]", form)


def _field(name: str, said: str) -> Iterator[str]:
    escaped = "".join(_ESCAPED.get(char, char) for char in said)
    if len(escaped) + len(name) < _WIDTH - 2 and "\n" not in said[:-1]:
        yield f'{name} "{escaped}"'
        return
    yield f'{name} ""'
    for line in said.splitlines(keepends=True):
        for part in _wrapped(line):
            yield '"' + "".join(_ESCAPED.get(char, char) for char in part) + '"'


def _wrapped(line: str) -> list[str]:
    """Parts of a line that fit into the width, cut behind plain spaces and nowhere else."""
    parts = [""]
    for word in line.replace(" ", " \0").split("\0"):
        if parts[-1] and len(parts[-1]) + len(word.rstrip("\n")) > _WIDTH - 6:
            parts.append("")
        parts[-1] += word
    return parts


def is_stale(translated: Entry, english: Entry) -> bool:
    """Whether the English text is another than the one that was translated."""
    before, now = translated.english.split("\n"), "\n".join(english.forms).split("\n")
    return [line.rstrip() for line in before] != [line.rstrip() for line in now]


def merged(english: Iterable[Entry], translated: Iterable[Entry], language: str) -> list[Entry]:
    """A translation after its English has changed: in the order of the English, without what is
    gone, with what is new (empty), and with what was changed marked to be looked at again.
    """
    known = {entry[:2]: entry for entry in translated}
    entries = [known.get(("", ""), header(language))]
    for source in english:
        if not source.key:
            continue
        meant = "\n".join(source.forms)
        old = known.get(source[:2])
        if old is None or old.plural != source.plural:
            entries.append(source._replace(forms=("",) * len(source.forms), english=meant))
        else:
            changed = bool(old.english) and all(old.forms) and is_stale(old, source)
            entries.append(old._replace(english=meant, fuzzy=old.fuzzy or changed))
    return entries


def write(folder: Path, begun: str = "", *, dry: bool = False) -> list[str]:
    """Bring every file of ``folder`` into this form, and translations in line with their English.
    Which files were changed (``fr/LC_MESSAGES/public.po``). ``begun``: a language that gets the
    files it lacks, all empty; ``dry``: nothing is written.
    """
    changed = []
    for path in sorted(folder.glob(f"{SOURCE}/LC_MESSAGES/*.po")):
        english = list(parse(path.read_text("utf-8")))
        others = set(folder.glob(f"*/LC_MESSAGES/{path.name}"))
        others |= {folder / begun / "LC_MESSAGES" / path.name} if begun else set()
        for other in sorted(others):
            before = other.read_text("utf-8") if other.is_file() else ""
            language = other.parent.parent.name
            entries = list(parse(before))
            after = text(entries if language == SOURCE else merged(english, entries, language))
            if after != before:
                changed.append(str(other.relative_to(folder)))
            if after != before and not dry:
                other.parent.mkdir(parents=True, exist_ok=True)
                other.write_text(after, "utf-8")
    return changed
