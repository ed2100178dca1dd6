"""Names of suggested folders."""

from __future__ import annotations

from petitbleu.catalogues import Catalogue

_TEXTS = Catalogue("members", "folders")


def suggested(lang: str, what: str) -> tuple[str, str]:
    """(title, description) of the suggestion ``what`` for a client in ``lang``."""
    texts = _TEXTS[_TEXTS.language(lang)]
    return texts[f"{what}.title"], texts[f"{what}.about"]
