"""All texts of the catalogues, as people see them."""

from __future__ import annotations

from petitbleu.catalogues import FOLDER, SOURCE, Entry, entries
from petitbleu.typography import spaced

SURFACES = tuple(sorted(path.stem for path in (FOLDER / SOURCE / "LC_MESSAGES").glob("*.po")))
GERMAN = ("letters", "members", "notifiers", "readers", "receipts")
"""Surfaces that are complete in German: all but the desk's own pages."""


def texts(language: str, surface: str) -> dict[str, Entry]:
    """``context.key`` -> the entry, in the order of the file."""
    found = entries(FOLDER, language, surface)
    return {f"{one.context}.{one.key}": one for one in found if one.key}


def shown(language: str, surface: str) -> dict[str, str]:
    """``context.key`` -> what is shown; of plural forms all."""
    return {
        name: spaced(language, "\n".join(one.forms))
        for name, one in texts(language, surface).items()
    }
