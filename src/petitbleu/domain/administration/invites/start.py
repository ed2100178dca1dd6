"""What the room does when an instance is opened, and what it hears of."""

from __future__ import annotations

from petitbleu.app import App
from petitbleu.domain.administration.invites import entering, service
from petitbleu.domain.communities.chats import service as chats
from petitbleu.domain.communities.chats.service import Change
from petitbleu.domain.safety.moderation import service as moderation
from petitbleu.store.api import Tx


async def begin(app: App) -> None:
    """Moderation is told which chats have a link that lets anybody in."""
    moderation.ask_links(app, service.open_link)


@chats.on_change
async def somebody_came(tx: Tx, change: Change) -> None:
    """Whoever is brought in waits no longer; a group's links go with it when it moves."""
    if change.kind == "migrate":
        await entering.move(tx, change.chat, change.data["new"])
    elif change.kind == "join":
        await entering.no_longer_waits(tx, change.chat, change.data["new"].account, change.at)
