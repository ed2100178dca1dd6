"""What the service chat says about exports."""

from __future__ import annotations

from petitbleu.catalogues import Catalogue

_TEXTS = Catalogue("members", "takeout")


def notice(*wishes: str, device: str, wait: bool) -> str:
    """The text about an export that began, or (``wait``) that was only asked for."""
    return _TEXTS.say(_TEXTS.language(*wishes), "asked" if wait else "started", device=device)
