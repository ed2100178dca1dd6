"""Texts for people, from gettext catalogues. A leaf.

A catalogue is ``locale/<language>/LC_MESSAGES/<surface>.po``: the texts of one surface (what one
group of people sees) in one language. ``msgctxt`` names the table, ``msgid`` the key by which code
and templates ask for a text, ``msgstr`` is the text. English is the source: every other language
may lack texts, and shows those in English. The files are read as they are, each once and only when
a text of it is asked for: there is nothing to compile and nothing that could be out of date.

No other module compares a language with a code. Which languages there are is which files are there.
"""

from __future__ import annotations

import functools
import gettext
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from petitbleu.typography import spaced

SOURCE = "en"
"""The language in which every text is written first."""
FOLDER = Path(__file__).resolve().parent / "locale"
LEAST = 0.95
"""Share of a surface's texts that a language must have before people are offered it there."""
WHOLE = frozenset({"letters"})
"""Surfaces whose texts stand in one document with others: a language must have all."""

_LINE = re.compile(r'(?:(msgctxt|msgid_plural|msgid|msgstr)(?:\[(\d)\])?\s+)?"(.*)"$')
_ESCAPE = re.compile(r"\\(.)")
_RULE = re.compile(r"^Plural-Forms:.*?plural=([^;\n]+)", re.MULTILINE)
_MEANT = {"n": "\n", "t": "\t", "r": "\r"}


class Entry(NamedTuple):
    """One text of a file: ``forms`` has one text, or one for each plural form of the language."""

    context: str
    key: str
    forms: tuple[str, ...]
    plural: bool = False
    english: str = ""
    """The English text that was translated, from the comment above it."""
    fuzzy: bool = False
    """To be looked at again, since the English has changed: not shown."""

    @property
    def translated(self) -> bool:
        """Whether it can be shown."""
        return all(self.forms) and not self.fuzzy


class _Plural(NamedTuple):
    forms: tuple[str, ...]
    rule: Callable[[int], int]

    def form(self, count: int) -> str:
        return self.forms[min(self.rule(count), len(self.forms) - 1)]


def parse(text: str) -> Iterator[Entry]:
    """The entries of a ``.po`` file in their order, the header (an empty key) first."""
    block: list[str] = []
    for line in [*text.splitlines(), ""]:
        if line.strip():
            block.append(line)
        elif block:
            yield from _entry(block)
            block = []


def _entry(lines: Iterable[str]) -> Iterator[Entry]:
    fields: dict[str, list[str]] = {}
    english: list[str] = []
    fuzzy = False
    name = ""
    for line in lines:
        if line.startswith("#"):
            english += [line[3:]] if line.startswith("#.") else []
            fuzzy = fuzzy or (line.startswith("#,") and "fuzzy" in line)
            continue
        match = _LINE.match(line)
        if match is None:
            raise ValueError(f"not a line of a catalogue: {line!r}")
        word, number, said = match.groups()
        if word:
            name = f"{word}{number or ''}"
        said = _ESCAPE.sub(lambda one: _MEANT.get(one[1], one[1]), said) if "\\" in said else said
        fields.setdefault(name, []).append(said)
    whole = {name: "".join(parts) for name, parts in fields.items()}
    if "msgid" in whole:
        forms = tuple(text for name, text in whole.items() if name.startswith("msgstr"))
        key, plural = whole["msgid"], "msgid_plural" in whole
        yield Entry(whole.get("msgctxt", ""), key, forms, plural, "\n".join(english), fuzzy)


@functools.cache
def entries(folder: Path, language: str, surface: str) -> tuple[Entry, ...]:
    """All of a file, its header first; nothing where there is no file."""
    path = folder / language / "LC_MESSAGES" / f"{surface}.po"
    return tuple(parse(path.read_text("utf-8"))) if path.is_file() else ()


@functools.cache
def _folders(folder: Path) -> frozenset[str]:
    return frozenset(place.name for place in folder.iterdir() if place.is_dir())


@functools.cache
def _languages(folder: Path, surface: str) -> tuple[str, ...]:
    wanted = {entry[:2] for entry in entries(folder, SOURCE, surface) if entry.key}
    offered = [SOURCE]
    least = 1.0 if surface in WHOLE else LEAST
    for language in sorted(_folders(folder) - {SOURCE}):
        have = {entry[:2] for entry in entries(folder, language, surface) if entry.translated}
        if wanted and len(have & wanted) >= least * len(wanted):
            offered.append(language)
    return tuple(offered)


@functools.cache
def _table(
    folder: Path, language: str, surface: str, contexts: tuple[str, ...]
) -> tuple[dict[str, str], dict[str, _Plural]]:
    texts: dict[str, str] = {}
    plurals: dict[str, _Plural] = {}
    for spoken in dict.fromkeys((SOURCE, language)):
        table = entries(folder, spoken, surface)
        header = _RULE.search(table[0].forms[0]) if table else None
        rule = gettext.c2py(header[1] if header is not None else "n != 1")
        for one in table:
            if one.key and one.context in contexts and one.translated:
                forms = tuple(spaced(spoken, text) for text in one.forms)
                if one.plural:
                    plurals[one.key] = _Plural(forms, rule)
                else:
                    texts[one.key] = forms[0]
    return texts, plurals


class Catalogue(Mapping[str, dict[str, str]]):
    """The texts of some tables of a surface: language -> key -> text, ready to be shown.

    A language that lacks a text has it in English, and one without a file is English altogether.
    What is listed (``in``, iteration) are the languages that people are offered.
    """

    __slots__ = ("_contexts", "_surface")

    def __init__(self, surface: str, *contexts: str) -> None:
        self._surface = surface
        self._contexts = contexts

    def __getitem__(self, language: str) -> dict[str, str]:
        return self._read(language)[0]

    def _read(self, language: str) -> tuple[dict[str, str], dict[str, _Plural]]:
        # What clients and addresses name is no path, and remembered only where it is a language.
        known = language if language in _folders(FOLDER) else SOURCE
        return _table(FOLDER, known, self._surface, self._contexts)

    def __contains__(self, language: object) -> bool:
        return language in _languages(FOLDER, self._surface)

    def __iter__(self) -> Iterator[str]:
        return iter(_languages(FOLDER, self._surface))

    def __len__(self) -> int:
        return len(_languages(FOLDER, self._surface))

    def language(self, *wishes: str) -> str:
        """The first of ``wishes`` ("fr", "en-GB", …) that people are offered, else English."""
        return next((one for one in map(short, wishes) if one in self), SOURCE)

    def mails(self, key: str) -> Mails:
        """The mail that has ``key`` as text and ``key.subject`` as subject, by language."""
        return Mails(self, key)

    def names(self, key: str) -> dict[str, str]:
        """One text in each language that people are offered."""
        return {language: self[language][key] for language in self}

    def say(self, language: str, key: str, /, **values: object) -> str:
        """A text with its places filled."""
        return self[language][key].format(**values)

    def plural(self, language: str, key: str, count: int) -> str:
        """The form of a text that goes with ``count``, its places still open."""
        return self._read(language)[1][key].form(count)


class Mails:
    """A mail in each language: ``[language]`` is (subject, text), their places still open."""

    __slots__ = ("_key", "_texts")

    def __init__(self, texts: Catalogue, key: str) -> None:
        self._texts = texts
        self._key = key

    def __getitem__(self, language: str) -> tuple[str, str]:
        texts = self._texts[language]
        return texts[f"{self._key}.subject"], texts[self._key]


def short(language: str) -> str:
    """``fr`` of ``fr``, ``fr-CA`` and ``fr_CA``."""
    return language.replace("_", "-").partition("-")[0].lower()
