"""How a change of privacy rules looks to the person's other devices."""

from __future__ import annotations

from collections.abc import Sequence

from petitbleu.domain.people.privacy import views
from petitbleu.domain.updates.log import Event
from petitbleu.domain.updates.render import View, renders
from petitbleu.tl import api


@renders("privacy")
async def privacy(view: View, events: Sequence[Event]) -> None:
    """updatePrivacy: the key's new rules."""
    for event in events:
        rules = [(str(rule), list(ids)) for rule, ids in event.data["rules"]]
        view.users.update(views.named(rules))
        view.add(
            event,
            api.UpdatePrivacy(key=views.key_form(event.data["key"]), rules=views.rule_forms(rules)),
        )
