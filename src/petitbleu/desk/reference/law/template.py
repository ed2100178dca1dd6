"""The harmonised report as data: Implementing Regulation (EU) 2024/2835, Annex I.

Columns, rows and categories stand in ``schema/law/transparency-report-template.json`` and nowhere
else. A row of parts 3 to 6 is found by its :class:`Key`: ``KEYWORD_OTHER`` occurs once in every
category, so that the text of a row's key alone does not tell which one is meant.
"""

from __future__ import annotations

import functools
from typing import Any, NamedTuple

import msgspec

from petitbleu.resources import schema_text

DOCUMENT = "transparency-report-template"
TOTAL = "TOTAL"
OTHER = "KEYWORD_OTHER"
NOT_SPECIFIED_ORDER = "STATEMENT_CATEGORY_NOT_SPECIFIED_ORDER"
NOT_SPECIFIED_NOTICE = "STATEMENT_CATEGORY_NOT_SPECIFIED_NOTICE"
OTHER_VIOLATION = "STATEMENT_CATEGORY_OTHER_VIOLATION_TC"
REST = "[...]"
"""A row of the template that stands for those between its neighbours."""

PLATFORMS = "Only for providers of online platforms"
TEXT_MAX = 5000
"""Characters of a free text (Annex II)."""

LANGUAGES = (
    "bg", "cs", "da", "de", "el", "en", "es", "et", "fi", "fr", "ga", "hr", "hu", "it",
    "lt", "lv", "mt", "nl", "pl", "pt", "ro", "sk", "sl", "sv",
)  # fmt: skip
"""The official languages from bg to sv, as parts 8 and 9 list them: lower case."""
STATES = (
    "AT", "BE", "BG", "HR", "CY", "CZ", "DK", "EE", "FI", "FR", "DE", "GR", "HU", "IE",
    "IT", "LV", "LT", "LU", "MT", "NL", "PL", "PT", "RO", "SK", "SI", "ES", "SE",
)  # fmt: skip
"""The Member States by their English names, from AT to SE, as part 10 lists them: upper case."""


class Key(NamedTuple):
    """Which row of parts 3 to 6: ``keyword`` is empty for the row of the category itself."""

    category: str
    keyword: str = ""

    @property
    def text(self) -> str:
        """What the row's key column says."""
        return self.keyword or self.category


class Category(NamedTuple):
    """A line of part 2."""

    label: str
    description: str
    key: str


class Part(NamedTuple):
    """One of the eleven tables. ``keys`` for parts 3 to 6, ``rows`` for those that list them."""

    number: int
    name: str
    file: str
    columns: tuple[str, ...]
    applicability: str
    key_column: str
    keys: tuple[Key, ...]
    rows: tuple[tuple[str, ...], ...]


class _PartData(msgspec.Struct):
    part: int
    name: str
    template_file_suffix: str
    columns: tuple[str, ...]
    applicability: tuple[str, ...] = ()
    row_key_column: str = ""
    row_keys_in_order: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


class _CategoryData(msgspec.Struct):
    label: str
    description: str
    key: str


class _Data(msgspec.Struct):
    parts: tuple[_PartData, ...]
    categories: tuple[_CategoryData, ...]


class Template(NamedTuple):
    """The whole template."""

    parts: tuple[Part, ...]
    categories: tuple[Category, ...]

    def part(self, number: int) -> Part:
        """A part by its number, 1 to 11."""
        return self.parts[number - 1]


@functools.cache
def shipped() -> Template:
    """The template as it is shipped."""
    return build(msgspec.json.decode(schema_text(f"law/{DOCUMENT}.json")))


def build(document: dict[str, Any]) -> Template:
    """A template from its JSON. Raises msgspec.ValidationError."""
    data = msgspec.convert(document, _Data)
    parts = tuple(
        Part(
            part.part,
            part.name,
            part.template_file_suffix,
            part.columns,
            part.applicability[0] if part.applicability else "",
            part.row_key_column,
            _keys(part.row_keys_in_order),
            part.rows,
        )
        for part in sorted(data.parts, key=lambda part: part.part)
    )
    return Template(
        parts,
        tuple(
            Category(category.label, category.description, category.key)
            for category in data.categories
        ),
    )


def _keys(texts: tuple[str, ...]) -> tuple[Key, ...]:
    keys: list[Key] = []
    category = ""
    for text in texts:
        if text.startswith("KEYWORD_"):
            keys.append(Key(category, text))
        else:
            category = text
            keys.append(Key(category))
    return tuple(keys)


def between(rows: tuple[tuple[str, ...], ...], column: int) -> list[tuple[str, ...]]:
    """The rows with ``[...]`` in ``column`` replaced by one row each for those it stands for.

    Languages stand between ``bg`` and ``sv``, States between ``AT`` and ``SE``.
    """
    found: list[tuple[str, ...]] = []
    for at, row in enumerate(rows):
        if row[column] != REST:
            found.append(row)
            continue
        names = LANGUAGES if rows[at - 1][column] == LANGUAGES[0] else STATES
        found += [(*row[:column], name, *row[column + 1 :]) for name in names[1:-1]]
    return found


def categories() -> list[tuple[str, str, list[tuple[str, str]]]]:
    """The EU's list in its order: category, its words, ``[(keyword, its words)]``. English."""
    listed: list[tuple[str, str, list[tuple[str, str]]]] = []
    for category in shipped().categories:
        if category.key.startswith("KEYWORD_"):
            listed[-1][2].append((category.key, category.description))
        else:
            listed.append((category.key, category.description, []))
    return listed
