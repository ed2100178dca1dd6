"""Mails and service messages about the two-step password, in French and English."""

from __future__ import annotations

from datetime import datetime

from petitbleu.typography import moment, table

_WRITTEN = {
    "en": {
        "confirm.subject": "{code} confirms your recovery address",
        "confirm": (
            "{code} is the code that confirms this address for recovering your two-step password on"
            " {name}.\n\nIf you did not ask for it, somebody mistyped their address: ignore this"
            " mail."
        ),
        "recovery.subject": "{code}: code to remove your forgotten password",
        "recovery": (
            "{code} is the code that removes the forgotten two-step password of your account on"
            " {name}.\n\nIf you did not ask for it, somebody who knows your login code is trying to"
            " sign in: give the code to nobody."
        ),
        "reset": (
            "Somebody signed in to your account asked for its two-step password to be removed. It"
            " will be possible on {date}. If this was not you, call it off under Settings >"
            " Privacy and Security > Two-Step Verification, and end unknown sessions."
        ),
    },
    "fr": {
        "confirm.subject": "{code} confirme votre adresse de récupération",
        "confirm": (
            "{code} est le code qui confirme cette adresse pour récupérer votre mot de passe en"
            " deux étapes sur {name}.\n\nSi vous n’avez rien demandé, quelqu’un s’est trompé"
            " d’adresse : ignorez ce courriel."
        ),
        "recovery.subject": "{code} : code pour supprimer le mot de passe oublié",
        "recovery": (
            "{code} est le code qui supprime le mot de passe en deux étapes oublié de votre compte"
            " sur {name}.\n\nSi vous n’avez rien demandé, quelqu’un qui connaît votre code de"
            " connexion essaie d’entrer : ne donnez ce code à personne."
        ),
        "reset": (
            "Quelqu’un de connecté à votre compte a demandé la suppression de son mot de passe en"
            " deux étapes. Elle sera possible le {date}. Si ce n’était pas vous, annulez-la dans"
            " Paramètres > Confidentialité et sécurité > Vérification en deux étapes, et fermez les"
            " sessions inconnues."
        ),
    },
}
_TEXTS = table(_WRITTEN)


def text(key: str, *wishes: str, **values: str | datetime) -> str:
    """A text in the first of ``wishes`` ("fr", "en-GB", ...) there is, else in English. Times are
    written as the language does.
    """
    lang = next((wish[:2] for wish in wishes if wish[:2] in _TEXTS), "en")
    said = {
        name: moment(lang, one) if isinstance(one, datetime) else one
        for name, one in values.items()
    }
    return _TEXTS[lang][key].format(**said)
