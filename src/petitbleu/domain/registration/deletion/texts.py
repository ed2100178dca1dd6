"""What the service chat says about a planned deletion, in French and English."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from petitbleu.config import Config
from petitbleu.typography import moment, spaced

_WARNING = {
    "en": (
        "Somebody who does not know your two-step password asked to delete your account on {name}."
        " It will be deleted on {when}.\n\n"
        "If this was not you, there is nothing more to do: going on using the account on this"
        " device keeps it. Please look at your devices in the settings as well."
    ),
    "fr": (
        "Quelqu’un qui ne connaît pas votre mot de passe en deux étapes a demandé la suppression"
        " de votre compte sur {name}. Il sera supprimé le {when}.\n\n"
        "Si ce n’était pas vous, il n’y a rien à faire : continuer d’utiliser le compte sur cet"
        " appareil le conserve. Vérifiez aussi vos appareils dans les paramètres."
    ),
}


def warning(wishes: Sequence[str], config: Config, due: int) -> str:
    """The warning, in the first of ``wishes`` it is written in, or the instance's language."""
    known = [one[:2] for one in (*wishes, *config.languages)]
    spoken = next((one for one in known if one in _WARNING), "en")
    when = datetime.datetime.fromtimestamp(due, ZoneInfo(config.timezone))
    warning = spaced(spoken, _WARNING[spoken])
    return warning.format(name=config.name, when=moment(spoken, when))
