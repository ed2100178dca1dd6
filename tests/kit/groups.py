"""Groups and channels by the TL object each viewer has, and links into them: for tests."""

from __future__ import annotations

import itertools
from typing import Any

from petitbleu.tl import api
from tests.kit.world import Client

_random = itertools.count(1)


async def channel(
    client: Client, title: str = "News", *, group: bool = False, about: str = ""
) -> Any:
    """A new channel (``group``: supergroup) of ``client``: its TL Channel."""
    made = await client.call(
        api.channels.CreateChannel(title=title, about=about, broadcast=not group, megagroup=group)
    )
    return made.chats[0]


async def basic_group(client: Client, *others: Client, title: str = "Friends") -> Any:
    """A new basic group: its TL Chat."""
    made = await client.call(
        api.messages.CreateChat(users=[await person(client, one) for one in others], title=title)
    )
    return made.updates.chats[0]


async def person(viewer: Client, other: Client) -> Any:
    """``other`` as the InputUser of ``viewer``."""
    peer = await viewer.peer(other)
    return api.InputUser(user_id=peer.user_id, access_hash=peer.access_hash)


def of(chat: Any) -> Any:
    """InputChannel of a TL Channel as its viewer has it."""
    return api.InputChannel(channel_id=chat.id, access_hash=chat.access_hash)


def peer(chat: Any) -> Any:
    """InputPeer of a TL Channel or Chat as its viewer has it."""
    if type(chat) is api.Chat:
        return api.InputPeerChat(chat_id=chat.id)
    return api.InputPeerChannel(channel_id=chat.id, access_hash=chat.access_hash)


async def invite(admin: Client, chat: Any, **terms: Any) -> Any:
    """A link into ``chat``: chatInviteExported."""
    return await admin.call(api.messages.ExportChatInvite(peer=peer(chat), **terms))


async def join(client: Client, link: str) -> Any:
    """Come in by a link: the chat as the newcomer sees it."""
    result = await client.call(api.messages.ImportChatInvite(hash=link.rpartition("+")[2]))
    client.pushed.clear()
    updates = getattr(result, "updates", None)
    return (updates if hasattr(updates, "chats") else result).chats[0]


async def come(admin: Client, chat: Any, *others: Client) -> list[Any]:
    """Have ``others`` join by a link; the chat as each of them sees it."""
    link = (await invite(admin, chat)).link
    seen = [await join(one, link) for one in others]
    admin.pushed.clear()
    return seen


async def say(client: Client, chat: Any, text: str, *, reply: int = 0, **more: Any) -> Any:
    """Say something in a chat: the message."""
    answered = api.InputReplyToMessage(reply_to_msg_id=reply) if reply else None
    updates = await client.call(
        api.messages.SendMessage(
            peer=peer(chat),
            message=text,
            random_id=next(_random),
            reply_to=answered,
            **more,
        )
    )
    return next(one.message for one in updates.updates if hasattr(one, "message"))
