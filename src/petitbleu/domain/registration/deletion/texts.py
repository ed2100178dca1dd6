"""What the service chat says about a planned deletion."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from petitbleu.catalogues import Catalogue
from petitbleu.config import Config
from petitbleu.typography import moment

_TEXTS = Catalogue("members", "deletion")


def warning(wishes: Sequence[str], config: Config, due: int) -> str:
    """The warning, in the first of ``wishes`` it is written in, or the instance's language."""
    spoken = _TEXTS.language(*wishes, *config.languages)
    when = datetime.datetime.fromtimestamp(due, ZoneInfo(config.timezone))
    return _TEXTS.say(spoken, "warning", name=config.name, when=moment(spoken, when))
