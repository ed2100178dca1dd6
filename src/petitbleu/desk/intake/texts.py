"""Words of the automatic receipt."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from petitbleu.catalogues import Catalogue
from petitbleu.typography import moment

_TEXTS = Catalogue("receipts", "receipt")


def receipt(
    languages: Sequence[str], *, number: str, received: datetime, link: str, name: str
) -> str:
    """The text of a receipt in each of the languages, one below the other. ``received`` carries its
    zone.
    """
    parts = []
    for language in languages:
        texts = _TEXTS[language]
        text = texts["begin"] + (texts["follow"] if link else "") + texts["end"]
        at = moment(language, received)
        parts.append(text.format(number=number, received=at, link=link, name=name))
    return "\n\n— — —\n\n".join(parts) + "\n"
