"""The hand-written adapters between old and new forms, by area. Importing this registers them.

``adapt.py`` says what the decorators mean. ``old`` holds the values of the fields that the newest
form has not. Differences where nothing is worth saving stand in ``schema/forgotten.tsv`` instead.
"""

from petitbleu.tl.bridges import (
    buttons,
    gifts,
    messages,
    people,
    requests,
    results,
    standins,
    stories,
)

__all__ = ["buttons", "gifts", "messages", "people", "requests", "results", "standins", "stories"]
