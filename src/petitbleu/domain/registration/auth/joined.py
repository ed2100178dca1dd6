"""Telling those who have a number in their address book that its owner has signed up."""

from __future__ import annotations

from petitbleu.app import App
from petitbleu.domain.messaging.messages import service as messages
from petitbleu.domain.people.accounts import service as accounts
from petitbleu.domain.people.social_graph import service as social_graph
from petitbleu.errors import Fault

SILENT = "sign_up_silent"
"""Key of the settings map: no such notices (account.setContactSignUpNotification)."""


async def tell(app: App, account: int) -> None:
    """A "joined" message for everybody with ``account`` in their contacts who wants one."""
    for person in await social_graph.circle(app.store, account):
        if (await accounts.settings(app, person)).get(SILENT):
            continue
        if await social_graph.blocked(app, person, account):
            continue
        try:
            await messages.signed_up(app, account, person)
        except Fault:  # deleted meanwhile: nobody to tell
            continue
