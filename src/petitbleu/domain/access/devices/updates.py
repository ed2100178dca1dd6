"""How events about logins look in TL."""

from __future__ import annotations

from collections.abc import Sequence

from petitbleu.domain.updates.log import Event
from petitbleu.domain.updates.render import View, renders
from petitbleu.tl import api


@renders("devices.new")
async def new(view: View, events: Sequence[Event]) -> None:
    """updateNewAuthorization: somebody signed in on another device."""
    for event in events:
        data = event.data
        unconfirmed = bool(data["unconfirmed"])
        view.add(
            event,
            api.UpdateNewAuthorization(
                unconfirmed=unconfirmed,
                hash=data["hash"],
                date=data["date"] if unconfirmed else None,
                device=data["device"] if unconfirmed else None,
                location=data["location"] if unconfirmed else None,
            ),
        )
