"""Rows and cells: how numbers are made of facts, and how they are written.

A cell keeps the cases it counts. Blank is not zero: blank means that the requirement cannot apply
to this service, 0 that it could have happened and did not (Annex II).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple, Protocol, TypeVar

from petitbleu.desk.reference.law.template import OTHER, TOTAL, Key
from petitbleu.desk.transparency.facts import Topic

_HOUR = 3600
UNSAID = "Sub-category not recorded"
"""Describes the row KEYWORD_OTHER of facts without a keyword: sub-categories must add up."""


class Cell(NamedTuple):
    """A number or a text; ``cases``: those counted."""

    value: int | float | str | None
    cases: tuple[int, ...] = ()


BLANK = Cell(None)


class Row(NamedTuple):
    """One line of a table, a cell for each column."""

    cells: tuple[Cell, ...]


class Table(NamedTuple):
    """A part as it is published."""

    number: int
    name: str
    file: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


class Counted(Protocol):
    """Any fact."""

    @property
    def case(self) -> int:
        """The case's number."""
        ...


class Sorted(Counted, Protocol):
    """A fact with a topic."""

    @property
    def topic(self) -> Topic:
        """What it is about."""
        ...


C = TypeVar("C", bound=Counted)
S = TypeVar("S", bound=Sorted)


def count(facts: Iterable[C], weigh: Callable[[C], int] = lambda fact: 1) -> Cell:
    """How many, or the sum of ``weigh``."""
    weighed = [(fact.case, weigh(fact)) for fact in facts]
    total = sum(weight for _, weight in weighed)
    return Cell(total, _cases(case for case, weight in weighed if weight))


def median(facts: Iterable[C], span: Callable[[C], tuple[int, int | None]]) -> Cell:
    """The median of the spans in hours, to the hundredth; blank where none has ended.

    ``span`` gives begin and end in Unix seconds.
    """
    from statistics import median  # of reports, which are rare

    ended = [(fact.case, end - begin) for fact in facts for begin, end in [span(fact)] if end]
    if not ended:
        return BLANK
    hours = median(max(seconds, 0) for _, seconds in ended) / _HOUR
    return Cell(round(hours, 2), _cases(case for case, _ in ended))


def share(part: Sequence[C], whole: Sequence[C]) -> Cell:
    """``part`` of ``whole`` as 0..1; blank where there is no whole."""
    if not whole:
        return BLANK
    return Cell(round(len(part) / len(whole), 4), _cases(fact.case for fact in whole))


def _cases(numbers: Iterable[int]) -> tuple[int, ...]:
    return tuple(sorted(set(numbers)))


def written(cell: Cell) -> str:
    """A cell as it stands in a CSV file."""
    if cell.value is None:
        return ""
    if isinstance(cell.value, float):
        return (
            f"{cell.value:g}" if cell.value < 1e6 else f"{cell.value:.2f}".rstrip("0").rstrip(".")
        )
    return str(cell.value)


def lines(
    keys: Sequence[Key], facts: Sequence[S], unspecified: str
) -> list[tuple[Key, str, list[S]]]:
    """The rows of a table by category: key, description of ``KEYWORD_OTHER``, facts of the row.

    A fact counts once, under its category and one sub-category of it. A category the table does not
    know is ``unspecified``; a keyword that is not of its category is a described
    ``KEYWORD_OTHER`` row, of which there may be several with different descriptions.
    """
    known = set(keys)
    filed: dict[Key, dict[str, list[S]]] = {}
    for fact in facts:
        category = fact.topic.category if Key(fact.topic.category) in known else unspecified
        key, described = _place(known, category, fact.topic)
        filed.setdefault(key, {}).setdefault(described, []).append(fact)
    found: list[tuple[Key, str, list[S]]] = []
    for key in keys:
        if key.category == TOTAL:
            found.append((key, "", list(facts)))
        elif not key.keyword:
            inside = [f for k in keys if k.category == key.category for f in _all(filed, k)]
            found.append((key, "", inside))
        else:
            rows = sorted(filed.get(key, {}).items()) or [("", [])]
            found += [(key, described, inside) for described, inside in rows]
    return found


def _all(filed: dict[Key, dict[str, list[S]]], key: Key) -> list[S]:
    return [fact for rows in filed.get(key, {}).values() for fact in rows]


def _place(known: set[Key], category: str, topic: Topic) -> tuple[Key, str]:
    if topic.keyword not in ("", OTHER) and Key(category, topic.keyword) in known:
        return Key(category, topic.keyword), ""
    other = Key(category, OTHER)
    if other not in known:  # a category without sub-categories
        return Key(category), ""
    foreign = topic.keyword if topic.keyword != OTHER else ""
    return other, topic.other.strip() or foreign or UNSAID
