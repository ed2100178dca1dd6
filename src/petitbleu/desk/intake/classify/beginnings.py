"""Whether any of many expressions stands in a text, without trying each at each place.

An expression matches at the beginning of a word only. So expressions are sorted by the letters a
match of theirs begins with, a text by the letters its words begin with, and only what both have is
tried, at those words. What begins with any word's end (``*polizei``) is looked for by its letters.
"""

from __future__ import annotations

import re
import re._constants as ops  # type: ignore[import-not-found]
import re._parser as parser  # type: ignore[import-not-found]
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

_LETTERS = 3
"""Letters of a beginning, at most."""
_CHOICES = 40
"""Characters of a class that are told apart."""
_STAR = r"\w*"
_WORD = re.compile(r"\w+")
_LITERAL = re.compile(r"[a-z0-9]{3,}(?![?*+{|])")
_ZERO_WIDTH = (ops.AT, ops.ASSERT, ops.ASSERT_NOT)
_REPEATS = (ops.MAX_REPEAT, ops.MIN_REPEAT)

_Heads = frozenset[tuple[str, bool]]
"""Beginnings, and of each whether anything may follow (else what stands next in the pattern)."""
_ANYTHING: _Heads = frozenset({("", True)})
_NOTHING: _Heads = frozenset({("", False)})


class Expressions:
    """Alternatives of a pattern that each begin and end where a word does."""

    def __init__(self, alternatives: Iterable[str]) -> None:
        """``alternatives``: regular expressions over folded text, without flags and groups."""
        by_beginning: dict[str, list[str]] = {}
        within: dict[str, list[str]] = {}
        others: list[str] = []
        for expression in alternatives:
            beginnings = find_beginnings(expression)
            if all(_WORD.match(beginning) for beginning in beginnings):
                for beginning in beginnings:
                    by_beginning.setdefault(beginning, []).append(expression)
            elif letters := _letters_within(expression):
                within.setdefault(letters, []).append(expression.removeprefix(_STAR))
            else:
                others.append(expression)
        self._by_beginning = by_beginning
        self._beginnings = frozenset(by_beginning)
        self._within = within
        self._others = re.compile(rf"(?<!\w){_whole(others)}") if others else None
        self._compiled: dict[str, re.Pattern[str]] = {}

    def occur(self, text: str) -> bool:
        """Whether one of them stands in ``text``, as a search for all of them would find it."""
        places = _places(text)
        compiled, beginnings = self._compiled, self._by_beginning
        for beginning in self._beginnings & places.keys():
            match = (compiled.get(beginning) or self._pattern(beginning, beginnings)).match
            for at in places[beginning]:
                if match(text, at) is not None:
                    return True
        # What stands before these letters in their word belongs to a match anyway.
        for letters in self._within:
            if letters in text and self._pattern(letters, self._within).search(text) is not None:
                return True
        return self._others is not None and self._others.search(text) is not None

    def _pattern(self, letters: str, parts: dict[str, list[str]]) -> re.Pattern[str]:
        """The pattern of what begins so, or has these letters; compiled when it is first needed."""
        key = letters if parts is self._by_beginning else f"*{letters}"
        known = self._compiled.get(key)
        if known is None:
            known = self._compiled[key] = re.compile(_whole(parts[letters]))
        return known


def _whole(alternatives: list[str]) -> str:
    return f"(?:{'|'.join(alternatives)})(?!\\w)"


@lru_cache(maxsize=8)
def _places(text: str) -> dict[str, list[int]]:
    """Where words begin, by their first letters: one, two, three, with what follows a short one."""
    places: dict[str, list[int]] = {}
    for match in _WORD.finditer(text):
        at = match.start()
        places.setdefault(text[at : at + _LETTERS], []).append(at)
    for beginning, at_these in list(places.items()):
        for size in range(1, min(_LETTERS, len(beginning))):
            shorter = beginning[:size]
            places[shorter] = places.get(shorter, []) + at_these
    return places


def _letters_within(expression: str) -> str:
    """The letters that a match of an expression ``\\w*…`` has after its beginning; empty: none."""
    if not expression.startswith(_STAR):
        return ""
    found = _LITERAL.match(expression, len(_STAR))
    return found[0] if found else ""


def find_beginnings(expression: str) -> frozenset[str]:
    """Beginnings, one of which each match of ``expression`` has; an empty one: of any kind."""
    return frozenset(head for head, _ in _of_sequence(parser.parse(expression), _LETTERS))


def _of_sequence(items: Iterable[tuple[Any, Any]], size: int) -> _Heads:
    heads = _NOTHING
    for operation, argument in items:
        if all(closed for _, closed in heads):
            break
        heads = frozenset(_followed(heads, operation, argument, size))
    return heads


def _followed(
    heads: _Heads, operation: Any, argument: Any, size: int
) -> Iterator[tuple[str, bool]]:
    for head, closed in heads:
        if closed:
            yield head, True
            continue
        for more, ends in _of_item(operation, argument, size - len(head)):
            yield head + more, ends or len(head + more) == size


def _of_item(operation: Any, argument: Any, size: int) -> _Heads:
    if operation is ops.LITERAL:
        return frozenset({(chr(argument), False)})
    if operation is ops.IN:
        return _of_class(argument)
    if operation is ops.SUBPATTERN and not (argument[1] or argument[2]):
        return _of_sequence(argument[3], size)
    if operation is ops.BRANCH:
        return frozenset().union(*(_of_sequence(branch, size) for branch in argument[1]))
    if operation in _REPEATS:
        least, most, inner = argument
        once = _of_sequence(inner, size)
        again = once if most == 1 else frozenset((head, True) for head, _ in once)
        return again if least else again | _NOTHING
    return _NOTHING if operation in _ZERO_WIDTH else _ANYTHING


def _of_class(members: list[tuple[Any, Any]]) -> _Heads:
    codes: set[int] = set()
    for operation, argument in members:
        if operation is ops.LITERAL:
            codes.add(argument)
        elif operation is ops.RANGE and argument[1] - argument[0] < _CHOICES:
            codes.update(range(argument[0], argument[1] + 1))
        else:
            return _ANYTHING
    return frozenset((chr(code), False) for code in codes)


def split_alternatives(pattern: str) -> list[str]:
    """The alternatives of a pattern: its parts between ``|`` outside brackets."""
    parts, depth, in_class, begin, at = [], 0, False, 0, 0
    while at < len(pattern):
        char = pattern[at]
        if char == "\\":
            at += 1
        elif in_class:
            in_class = char != "]"
        elif char == "[":
            in_class = True
        elif char in "()":
            depth += 1 if char == "(" else -1
        elif char == "|" and not depth:
            parts.append(pattern[begin:at])
            begin = at + 1
        at += 1
    return [*parts, pattern[begin:]]
