"""What the room hears of: changes of chats, in their transactions."""

from __future__ import annotations

from petitbleu.domain.administration.invites import entering
from petitbleu.domain.communities.chats import service as chats
from petitbleu.domain.communities.chats.service import Change
from petitbleu.store.api import Tx


@chats.on_change
async def somebody_came(tx: Tx, change: Change) -> None:
    """Whoever is brought in waits no longer; a group's links go with it when it moves."""
    if change.kind == "migrate":
        await entering.move(tx, change.chat, change.data["new"])
    elif change.kind == "join":
        await entering.no_longer_waits(tx, change.chat, change.data["new"].account, change.at)
