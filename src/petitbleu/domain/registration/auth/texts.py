"""What the service chat says when the operator looked at a login code."""

from __future__ import annotations

from petitbleu.typography import spaced

_CODE_SHOWN = {
    "en": (
        "The operator of {name} has looked at a login code for your account at the machine itself."
        " This happens when somebody who cannot receive a code asks the operator for help. If that"
        " was not you, ask the operator, and look at your devices in Settings > Devices."
    ),
    "fr": (
        "L’opérateur de {name} a consulté un code de connexion de votre compte sur la machine même."
        " Cela arrive quand quelqu’un qui ne peut recevoir de code lui demande de l’aide. Si ce"
        " n’était pas vous, demandez-lui, et regardez vos appareils dans Paramètres > Appareils."
    ),
}


def code_shown(*wishes: str, name: str) -> str:
    """In the first of ``wishes`` ("fr", "en-GB", ...) there is, else in English."""
    lang = next((wish[:2] for wish in wishes if wish[:2] in _CODE_SHOWN), "en")
    return spaced(lang, _CODE_SHOWN[lang]).format(name=name)
