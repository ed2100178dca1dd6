"""What the service chat says about copies of one's own data."""

from __future__ import annotations

import datetime
from zoneinfo import ZoneInfo

from petitbleu.catalogues import Catalogue
from petitbleu.config import Config
from petitbleu.typography import moment

TEXTS = Catalogue("members", "exports")


def notice(config: Config, lang: str, what: str, *, device: str, until: int) -> str:
    """``what``: started (on ``device``), ready (``until`` a Unix second), or failed."""
    spoken = TEXTS.language(lang, *config.languages)
    when = datetime.datetime.fromtimestamp(until, ZoneInfo(config.timezone))
    return TEXTS.say(spoken, what, device=device, until=moment(spoken, when))


def refusal(*wishes: str) -> str:
    """What somebody reads who opens the address of another's copy."""
    return TEXTS.say(TEXTS.language(*wishes), "not_yours")
