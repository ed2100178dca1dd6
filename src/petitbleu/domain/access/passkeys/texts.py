"""What the service chat says about passkeys."""

from __future__ import annotations

from petitbleu.catalogues import Catalogue

_TEXTS = Catalogue("members", "passkeys")


def language(*wishes: str) -> str:
    """The first of ``wishes`` ("fr", "en-GB", ...) these texts are written in, else English."""
    return _TEXTS.language(*wishes)


def changed(lang: str, what: str, *, name: str, instance: str, passkey: str) -> str:
    """Told when a passkey was ``added`` or ``removed``."""
    return _TEXTS.say(lang, what, name=name, instance=instance, passkey=passkey)
