"""The invites room as other rooms see it. The rules stand in ``links.py`` and ``entering.py``."""

from __future__ import annotations

from petitbleu.domain.administration.invites.entering import PENDING, asked_instead, waiting
from petitbleu.domain.administration.invites.links import open_link, permanent
from petitbleu.domain.administration.invites.queries import InviteRow

__all__ = ["PENDING", "InviteRow", "asked_instead", "open_link", "permanent", "waiting"]
