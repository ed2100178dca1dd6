"""The chat list as TL."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from petitbleu.app import Actor, App
from petitbleu.domain.accounts import views as accounts
from petitbleu.domain.dialogs.queries import DialogRow
from petitbleu.domain.messages import service as messages
from petitbleu.domain.messages import views as message_views
from petitbleu.domain.notifications import service as notifications
from petitbleu.domain.notifications import views as sounds
from petitbleu.domain.peers.views import peer_of
from petitbleu.tl import api


class Listed(NamedTuple):
    """Dialogs with their newest messages and the people named in them."""

    dialogs: list[Any]
    messages: list[Any]
    users: list[Any]


def dialog(row: DialogRow) -> Any:
    """One chat of the list."""
    return api.Dialog(
        pinned=row.pin_order > 0,
        unread_mark=bool(row.marked),
        peer=peer_of(row.peer),
        top_message=row.top_id,
        read_inbox_max_id=row.read_in,
        read_outbox_max_id=row.read_out,
        unread_count=row.unread,
        unread_mentions_count=0,
        unread_reactions_count=0,
        unread_poll_votes_count=0,
        notify_settings=sounds.settings(notifications.unpack(row.notify)),
        draft=message_views.draft(messages.decode_draft(row.draft, row.draft_at))
        if row.draft is not None
        else None,
        folder_id=row.folder or None,
    )


async def listed(app: App, me: Actor, rows: Sequence[DialogRow]) -> Listed:
    """Dialogs with everything a client needs to show them."""
    tops = await messages.by_ids(app, me, [row.top_id for row in rows if row.top_id])
    named = {row.peer for row in rows if row.peer > 0}
    found = []
    for row in rows:
        top = tops.get(row.top_id)
        if top is not None:
            found.append(message_views.message(top))
            message_views.name_peers(top, named)
    return Listed([dialog(row) for row in rows], found, await accounts.users(app, me.id, named))


def marks(rows: Sequence[DialogRow]) -> list[int]:
    """What the hash of a list is folded from: of each chat the pin, peer, top and unread count."""
    numbers: list[int] = []
    for row in rows:
        numbers += (int(row.pin_order > 0), row.peer, row.top_id, row.unread)
    return numbers
