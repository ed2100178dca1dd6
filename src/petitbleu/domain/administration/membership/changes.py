"""Coming, going, being promoted, restricted or kept out: inside a transaction, with all it tells.

The second door of this room (``service.py`` holds the facts), for the rooms that change who is in a
chat: chats, invites, moderation. Every function here wants the chat's row locked
(``chats.bump`` or ``chats.lock``) and runs between ``members.changing`` and ``chats.changing``.
"""

from __future__ import annotations

from collections.abc import Sequence

from petitbleu.app import Actor
from petitbleu.domain.communities.chats import service as chats
from petitbleu.domain.communities.chats.service import BASIC, HIDDEN_PREHISTORY, SUPERGROUP, ChatRow
from petitbleu.domain.communities.members import service as members
from petitbleu.domain.communities.members.rights import LEFT, MEMBER, OUT
from petitbleu.domain.communities.members.service import MemberRow
from petitbleu.domain.messaging.dialogs import service as dialogs
from petitbleu.domain.messaging.messages import service as messages
from petitbleu.domain.messaging.unread_mentions import service as unread_mentions
from petitbleu.domain.updates import log
from petitbleu.domain.updates.log import Event, Watch
from petitbleu.store.api import Tx

# ── what people are told ────────────────────────────────────────────────────────────────────────


async def tell(tx: Tx, account: int, chat: int, *, at: int, by: Actor | None = None) -> Event:
    """The account's devices: how you stand to this supergroup or channel has changed."""
    return await log.state(
        tx, account, members.CHANNEL_CHANGED, str(chat), {"chat": chat}, at=at, by=by
    )


async def tell_participants(
    tx: Tx, chat: int, *, at: int, by: Actor | None = None, also: Sequence[int] = ()
) -> list[Event]:
    """Everybody in a basic group: these are its participants now."""
    told = sorted({*await members.inside(tx, chat), *also})
    return [
        await log.state(tx, one, members.PARTICIPANTS, str(chat), {"chat": chat}, at=at, by=by)
        for one in told
    ]


async def listen(tx: Tx, account: int, chat: int, read_in: int = 0) -> None:
    """From here on the account has the supergroup or channel in its list and hears of it."""
    await dialogs.list_channel(tx, account, chat, read_in)
    tx.emit(Watch(account, chat, True))


async def unlisten(tx: Tx, account: int, chat: int) -> None:
    """No more."""
    await unread_mentions.left(tx, account, chat)
    await dialogs.unlist_channel(tx, account, chat)
    tx.emit(Watch(account, chat, False))


# ── supergroups and channels ────────────────────────────────────────────────────────────────────


async def enter(
    tx: Tx,
    me: Actor,
    chat: ChatRow,
    accounts: Sequence[int],
    *,
    at: int,
    action: Sequence[object] | None = None,
    via: int = 0,
) -> list[Event]:
    """Bring ``accounts`` into a supergroup or channel: invited by me, or myself.

    ``action``: the service message of a supergroup, None: "added". Whoever is in it already is
    passed over. The caller has bumped the chat; its member count is moved here.
    """
    upto = await messages.given_out(tx, chat.id)
    come = []
    for account in sorted(set(accounts)):
        before = await members.of_in(tx, chat.id, account)
        if before is not None and before.role >= MEMBER:
            continue
        row = members.new(chat.id, account, at=at, inviter=me.id if me.id != account else 0)
        row = row._replace(via=via, min_id=upto if chat.flags & HIDDEN_PREHISTORY else 0)
        if before is not None and before.role == LEFT:
            row = row._replace(banned=before.banned, until=before.until)
        await members.put(tx, row)
        await listen(tx, account, chat.id, upto)
        await chats.note(tx, chat.id, me.id, "join", at=at, old=before, new=row)
        come.append(account)
    if not come:
        return []
    await chats.bump(tx, chat.id, len(come))
    events: list[Event] = []
    if chat.kind == SUPERGROUP:
        events = await messages.act(tx, me, chat, action or ["chat_add", come], at=at)
    for account in come:
        events.append(await tell(tx, account, chat.id, at=at, by=me))
    return events


async def depart(
    tx: Tx, me: Actor, chat: ChatRow, member: MemberRow, after: MemberRow | None, *, at: int
) -> list[Event]:
    """Somebody inside a supergroup or channel is out of it: went (I am they), or was kept out.

    ``after`` is the row that stays, None where nothing has to be remembered.
    """
    if after is None:
        await members.drop(tx, chat.id, member.account)
    else:
        await members.put(tx, after)
    await chats.bump(tx, chat.id, -1)
    events: list[Event] = []
    if chat.kind == SUPERGROUP and chat.deleted_at is None:
        events = await messages.act(tx, me, chat, ["chat_delete", member.account], at=at)
    await unlisten(tx, member.account, chat.id)
    events.append(await tell(tx, member.account, chat.id, at=at, by=me))
    return events


async def change(
    tx: Tx, me: Actor, chat: ChatRow, before: MemberRow | None, after: MemberRow, *, at: int
) -> list[Event]:
    """Promote, restrict, keep out or let back: ``after`` is the new row of a supergroup's or
    channel's member (or of somebody who is not in it).
    """
    await chats.note(tx, chat.id, me.id, "member", at=at, old=before, new=after)
    was_in = before is not None and before.role >= MEMBER
    if was_in and after.role in (OUT, LEFT):
        assert before is not None
        return await depart(tx, me, chat, before, after, at=at)
    if after.role == LEFT and not after.banned:
        await members.drop(tx, chat.id, after.account)
    else:
        await members.put(tx, after)
    await chats.bump(tx, chat.id)
    return [await tell(tx, after.account, chat.id, at=at, by=me)]


# ── basic groups ────────────────────────────────────────────────────────────────────────────────


async def add(
    tx: Tx,
    me: Actor,
    chat: ChatRow,
    account: int,
    *,
    at: int,
    action: Sequence[object] | None = None,
    via: int = 0,
    past: int = 0,
) -> list[Event]:
    """Bring somebody (or myself, by a link) into a basic group.

    ``past``: how many of my newest messages there the newcomer gets.
    """
    assert chat.kind == BASIC
    before = await members.of_in(tx, chat.id, account)
    row = members.new(chat.id, account, at=at, inviter=me.id if me.id != account else 0)
    await members.put(tx, row._replace(via=via))
    chat = await chats.bump(tx, chat.id, 1)
    await chats.note(tx, chat.id, me.id, "join", at=at, old=before, new=row)
    if past > 0:
        await messages.share(tx, chat.id, me.id, account, past, at=at)
    events = await messages.act(tx, me, chat, action or ["chat_add", [account]], at=at)
    return events + await tell_participants(tx, chat.id, at=at, by=me)


async def remove(tx: Tx, me: Actor, chat: ChatRow, member: MemberRow, *, at: int) -> list[Event]:
    """Somebody leaves a basic group (I am they) or is put out of it; they see that as the last."""
    assert chat.kind == BASIC
    role = LEFT if member.account == me.id else OUT
    after = member._replace(role=role, rights=0, rank="", changed_by=me.id, changed_at=at)
    await chats.note(tx, chat.id, me.id, "leave", at=at, old=member, new=after)
    await members.put(tx, after)
    chat = await chats.bump(tx, chat.id, -1)
    events = await messages.act(
        tx, me, chat, ["chat_delete", member.account], at=at, also=[member.account]
    )
    return events + await tell_participants(tx, chat.id, at=at, by=me, also=[member.account])
