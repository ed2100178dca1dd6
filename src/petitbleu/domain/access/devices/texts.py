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


_COOKIE_REUSED = {
    "en": (
        "{name}, a browser in which you were signed in to {instance} has been signed out: somebody"
        " used an old copy of its sign-in cookie. Whoever made that copy may have read your"
        " chats.\n\nLook at Settings > Devices (or Privacy > Active sessions) and end what you do"
        " not know. A program or an extension in that browser may be the cause."
    ),
    "fr": (
        "{name}, un navigateur dans lequel vous étiez connecté à {instance} a été déconnecté :"
        " quelqu’un s’est servi d’une ancienne copie de son cookie de connexion. Cette personne a"
        " pu lire vos conversations.\n\nVérifiez Paramètres > Appareils (ou Confidentialité >"
        " Sessions actives) et fermez ce que vous ne reconnaissez pas. Un programme ou une"
        " extension de ce navigateur peut en être la cause."
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


def cookie_reused(lang: str, *, name: str, instance: str) -> str:
    """Told to the other devices when a browser's old cookie came back."""
    return spaced(lang, _COOKIE_REUSED[lang]).format(name=name, instance=instance)
