"""What the service chat says about logins."""

from __future__ import annotations

import datetime

from petitbleu.catalogues import Catalogue
from petitbleu.typography import moment

_TEXTS = Catalogue("members", "devices")


def language(*wishes: str) -> str:
    """The first of ``wishes`` ("fr", "en-GB", ...) these texts are written in, else English."""
    return _TEXTS.language(*wishes)


def new_login(
    lang: str, *, name: str, instance: str, when: datetime.datetime, device: str, ip: str
) -> str:
    """The alert about a login; ``when`` carries its time zone."""
    return _TEXTS.say(
        lang,
        "new_login",
        name=name,
        instance=instance,
        when=moment(lang, when),
        device=device,
        ip=ip,
    )


def cookie_reused(lang: str, *, name: str, instance: str) -> str:
    """Told to the other devices when a browser's old cookie came back."""
    return _TEXTS.say(lang, "cookie_reused", name=name, instance=instance)
