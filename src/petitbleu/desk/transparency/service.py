"""The transparency report as other rooms and pages see it."""

from __future__ import annotations

from petitbleu.desk.transparency import template


def categories() -> list[tuple[str, str, list[tuple[str, str]]]]:
    """The EU's list in its order: category, its words, ``[(keyword, its words)]``. English."""
    found: list[tuple[str, str, list[tuple[str, str]]]] = []
    for one in template.shipped().categories:
        if one.key.startswith("KEYWORD_"):
            found[-1][2].append((one.key, one.description))
        else:
            found.append((one.key, one.description, []))
    return found
