"""Words of the mail that invites."""

from petitbleu.catalogues import Catalogue

_TEXTS = Catalogue("desk", "team")
INVITATION = _TEXTS.mails("invitation")
_NAMED = {"operator": "name.operator", "log hold": "name.log hold", "staff": "name.staff"}
"""How those are called in mails who have no number."""

ENDED = _TEXTS.mails("ended")

MARKED = _TEXTS.mails("marked")


def named(language: str, actor: str) -> str:
    """Who did something without being a person of the team; empty: it was one."""
    return _TEXTS[language][_NAMED[actor]] if actor in _NAMED else ""
