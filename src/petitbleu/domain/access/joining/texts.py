"""What joining says to people: codes and mails."""

from __future__ import annotations

from collections.abc import Sequence

from petitbleu.catalogues import Catalogue, short

_TEXTS = Catalogue("members", "joining")


def text(lang: str, key: str, **values: object) -> str:
    """The text ``key`` in ``lang`` (``fr-CA`` is ``fr``; an unknown language is English)."""
    return _TEXTS.say(_TEXTS.language(lang), key, **values)


def choose(accepted: Sequence[str], offered: Sequence[str]) -> str:
    """The first of ``accepted`` language tags that is among ``offered``; else the first offered."""
    return _TEXTS.language(*(tag for tag in accepted if short(tag) in offered), *offered)
