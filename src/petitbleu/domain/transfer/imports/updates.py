"""How service messages look that have no counterpart here: as a sentence."""

from __future__ import annotations

from petitbleu.domain.messaging.messages.views import action
from petitbleu.domain.transfer.imports import actions
from petitbleu.tl import api

action(actions.TOLD, lambda text: api.MessageActionCustomAction(message=text))
