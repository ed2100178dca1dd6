"""What the service chat says about logins, in French and English."""

from __future__ import annotations

import datetime

from petitbleu.typography import moment, spaced

_NEW_LOGIN = {
    "en": (
        "New login. {name}, somebody signed in to your account on {instance} on {when}.\n\n"
        "Device: {device}\nAddress: {ip}\n\n"
        "If this was not you, end that session under Settings > Devices (or Privacy > Active"
        " sessions), and turn on two-step verification."
    ),
    "fr": (
        "Nouvelle connexion. {name}, quelqu’un s’est connecté à votre compte sur {instance} le"
        " {when}.\n\nAppareil : {device}\nAdresse : {ip}\n\n"
        "Si ce n’était pas vous, fermez cette session dans Paramètres > Appareils (ou"
        " Confidentialité > Sessions actives) et activez la validation en deux étapes."
    ),
}


def language(*wishes: str) -> str:
    """The first of ``wishes`` ("fr", "en-GB", ...) these texts are written in, else English."""
    return next((wish[:2] for wish in wishes if wish[:2] in _NEW_LOGIN), "en")


def new_login(
    lang: str, *, name: str, instance: str, when: datetime.datetime, device: str, ip: str
) -> str:
    """The alert about a login; ``when`` carries its time zone."""
    alert, written = spaced(lang, _NEW_LOGIN[lang]), moment(lang, when)
    return alert.format(name=name, instance=instance, when=written, device=device, ip=ip)
