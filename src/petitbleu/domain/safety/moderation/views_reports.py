"""What somebody's own reports were about, in their words: the reason, and the chat or person.

The name is the one that their client shows them at this moment, under the same rules: of a chat
that they may not look into its title alone, of whoever is gone none.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from petitbleu import ids
from petitbleu.app import App
from petitbleu.domain.communities.chats import views as chat_views
from petitbleu.domain.safety.moderation import options, reports
from petitbleu.tl import api


class About(NamedTuple):
    """``reason``: every step of what was chosen; ``name``: of the chat or person, or empty."""

    reason: str
    name: str


async def of_own(app: App, account: int, lang: str) -> dict[int, About]:
    """Number of each report that an account made and that is kept -> what it was about."""
    rows = await reports.own(app, account)
    users, chats = await chat_views.named(app, account, {row.subject for row in rows})
    names = {one.id: f"{one.first_name or ''} {one.last_name or ''}".strip() for one in users}
    names |= {_peer(one): one.title for one in chats}
    return {
        row.number: About(options.text(row.reason, lang, app.config), names.get(row.subject, ""))
        for row in rows
    }


def _peer(chat: Any) -> int:
    if isinstance(chat, (api.Channel, api.ChannelForbidden)):
        return ids.peer_of_channel(chat.id)
    return ids.peer_of_chat(chat.id)
