"""What the service chat says about exports, in French and English."""

from __future__ import annotations

from petitbleu.typography import table

_STARTED = {
    "en": "Your data is being exported on the device “{device}”. If this was not you, end that"
    " session under Settings > Devices (or Privacy > Active sessions) at once.",
    "fr": "Vos données sont en cours d’exportation sur l’appareil « {device} ». Si ce n’est pas"
    " vous, fermez tout de suite cette session dans Paramètres > Appareils (ou Confidentialité >"
    " Sessions actives).",
}
_ASKED = {
    "en": "The device “{device}” asked for an export of all your data. For your safety it has to"
    " wait until its login is a day old. If this was not you, end that session under Settings >"
    " Devices (or Privacy > Active sessions).",
    "fr": "L’appareil « {device} » a demandé une exportation de toutes vos données. Pour votre"
    " sécurité, il doit attendre que sa connexion ait un jour. Si ce n’est pas vous, fermez cette"
    " session dans Paramètres > Appareils (ou Confidentialité > Sessions actives).",
}


def notice(*wishes: str, device: str, wait: bool) -> str:
    """The text about an export that began, or (``wait``) that was only asked for."""
    texts = table(_ASKED if wait else _STARTED)
    lang = next((wish[:2] for wish in wishes if wish[:2] in texts), "en")
    return texts[lang].format(device=device)
