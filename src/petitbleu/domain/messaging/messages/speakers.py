"""Under which name somebody speaks in a supergroup or channel (core.telegram.org/api/send-as)."""

from __future__ import annotations

from typing import Any

from petitbleu.app import Actor, App
from petitbleu.domain.communities.chats import service as chats
from petitbleu.domain.communities.chats.service import (
    CHANNEL,
    SIGNATURE_PROFILES,
    SIGNATURES,
    ChatRow,
)
from petitbleu.domain.communities.members import service as members
from petitbleu.domain.communities.members.service import (
    ADMIN,
    ANONYMOUS,
    LEFT,
    OUT,
    MemberRow,
    role,
)
from petitbleu.domain.messaging.messages.chat_scope import Place, place
from petitbleu.domain.people.accounts import service as accounts
from petitbleu.errors import Fault
from petitbleu.store.api import Tx


async def choices(app: App, me: Actor, peer: int) -> list[int]:
    """The peers I may speak as in a chat, the usual one first."""
    at = await place(app, me, peer)
    if at.chat is None or not at.shared:
        return [me.id]
    return await _choices(app, me, at.chat, at.member)


async def _choices(app: App, me: Actor, chat: ChatRow, member: MemberRow | None) -> list[int]:
    if chat.kind == CHANNEL:
        return [chat.id]
    own = chat.id if anonymous(member) else me.id
    if chat.username is None and chat.linked is None:
        return [own]
    mine = await chats.get_many(app, await chats.public_of(app, me.id))
    return [own, *(row.id for row in mine.values() if row.kind == CHANNEL)]


def anonymous(member: MemberRow | None) -> bool:
    """An admin who speaks in the name of the group."""
    return member is not None and member.role >= ADMIN and bool(member.rights & ANONYMOUS)


async def mark(app: App, me: Actor, at: Place, wanted: int, extra: dict[str, Any]) -> None:
    """Note in ``extra`` under whose name a message stands; ``wanted`` 0: as usual.

    Raises SEND_AS_PEER_INVALID.
    """
    chat, member = at.chat, at.member
    if chat is None or not at.shared:
        if wanted not in (0, me.id):
            raise Fault("SEND_AS_PEER_INVALID")
        return
    if chat.kind == CHANNEL:
        if wanted not in (0, me.id, chat.id):
            raise Fault("SEND_AS_PEER_INVALID")
        await sign(app, me.id, chat, extra)
        return
    usual = chat.id if anonymous(member) else me.id
    preferred = member.send_as if member is not None else 0
    speaker = wanted or preferred or usual
    if speaker != usual and speaker not in await _choices(app, me, chat, member):
        if wanted:
            raise Fault("SEND_AS_PEER_INVALID")
        speaker = usual
    if speaker != me.id:
        extra["as"] = speaker
        if speaker == chat.id and member is not None and member.rank:
            extra["sign"] = member.rank


async def sign(app: App, account: int, chat: ChatRow, extra: dict[str, Any]) -> None:
    """Note in ``extra`` who has written a post, where the channel shows that."""
    if not chat.flags & SIGNATURES:
        return
    row = await accounts.get(app, account)
    assert row is not None
    extra["sign"] = f"{row.first_name} {row.last_name}".strip()
    if chat.flags & SIGNATURE_PROFILES:
        extra["as"] = account


async def prefer(app: App, me: Actor, peer: int, speaker: int) -> None:
    """Speak as ``speaker`` in a supergroup from here on. Raises SEND_AS_PEER_INVALID."""
    if speaker not in await choices(app, me, peer):
        raise Fault("SEND_AS_PEER_INVALID")
    with members.changing(app, peer, me.id):
        await app.store.write(_prefer, peer, me.id, speaker, int(app.clock.now()))


async def _prefer(tx: Tx, chat: int, account: int, speaker: int, now: int) -> None:
    await chats.lock(tx, chat)
    member = await members.of_in(tx, chat, account)
    if member is None:
        member = members.new(chat, account, at=0, role=LEFT)
    if role(member, now) != OUT:
        await members.put(tx, member._replace(send_as=0 if speaker == account else speaker))
