"""Groups and channels through the real methods, for tests: making them, naming them, looking."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from petitbleu.tl import api
from tests.kit.world import Client, RpcFault, World

_random = itertools.count(1)


async def people(world: World, *names: str) -> list[Client]:
    """Somebody for each name; the first knows all others."""
    made = [await world.sign_up(name) for name in names]
    for other in made[1:]:
        await made[0].peer(other)
    return made


async def user(viewer: Client, other: Client) -> Any:
    """The other as an inputUser of the viewer."""
    if viewer is other:
        return api.InputUserSelf()
    found = await viewer.peer(other)
    return api.InputUser(user_id=found.user_id, access_hash=found.access_hash)


async def group(creator: Client, *others: Client, title: str = "Choir") -> int:
    """A basic group; its bare id."""
    users = [await user(creator, one) for one in others]
    made = await creator.call(api.messages.CreateChat(users=users, title=title))
    (chat,) = made.updates.chats
    return int(chat.id)


async def supergroup(creator: Client, *others: Client, title: str = "Town") -> int:
    """A supergroup; its bare id."""
    return await _channel(creator, others, api.channels.CreateChannel(
        megagroup=True, title=title, about=""
    ))  # fmt: skip


async def channel(creator: Client, *others: Client, title: str = "News") -> int:
    """A channel; its bare id."""
    return await _channel(creator, others, api.channels.CreateChannel(
        broadcast=True, title=title, about=""
    ))  # fmt: skip


async def _channel(creator: Client, others: tuple[Client, ...], q: Any) -> int:
    made = await creator.call(q)
    (chat,) = made.chats
    if others:
        users = [await user(creator, one) for one in others]
        to = api.InputChannel(channel_id=chat.id, access_hash=chat.access_hash)
        await creator.call(api.channels.InviteToChannel(channel=to, users=users))
    return int(chat.id)


def access(viewer: Client, channel_id: int) -> int:
    """The viewer's access hash of a channel: as the server would have shown it."""
    from petitbleu import ids
    from petitbleu.domain.messaging.peers import service

    return service.access_hash(viewer.world.app, viewer.user_id, ids.peer_of_channel(channel_id))


def input_channel(viewer: Client, channel_id: int) -> Any:
    """InputChannel"""
    return api.InputChannel(channel_id=channel_id, access_hash=access(viewer, channel_id))


def input_peer(viewer: Client, channel_id: int) -> Any:
    """InputPeerChannel"""
    return api.InputPeerChannel(channel_id=channel_id, access_hash=access(viewer, channel_id))


async def say(client: Client, peer: Any, text: str, **more: Any) -> Any:
    """messages.sendMessage"""
    return await client.call(
        api.messages.SendMessage(peer=peer, message=text, random_id=next(_random), **more)
    )


async def said(client: Client, peer: Any, text: str, **more: Any) -> Any:
    """The message that :func:`say` made, as its sender sees it."""
    answer = await say(client, peer, text, **more)
    return answer.updates[1].message


async def history(client: Client, peer: Any, **more: Any) -> Any:
    """messages.getHistory"""
    offsets = {"offset_id": 0, "offset_date": 0, "add_offset": 0, "limit": 100, "max_id": 0,
               "min_id": 0, "hash": 0} | more  # fmt: skip
    return await client.call(api.messages.GetHistory(peer=peer, **offsets))


async def texts(client: Client, peer: Any) -> list[str]:
    """What stands in a chat, oldest first; service messages by the name of their action."""
    found = await history(client, peer)
    return [
        getattr(one, "message", None) or type(one.action).NAME.removeprefix("messageAction")
        for one in reversed(found.messages)
    ]


async def refused(client: Client, q: Any) -> str:
    """The error a call is refused with."""
    with pytest.raises(RpcFault) as fault:
        await client.call(q)
    return fault.value.message


def forget_pushes(*clients: Client) -> None:
    """Look only at what comes from here on."""
    for client in clients:
        client.pushed.clear()


async def shown(client: Client, peer: Any, media: Any, text: str = "", **more: Any) -> Any:
    """messages.sendMedia; the message it made, as its sender sees it."""
    answer = await client.call(
        api.messages.SendMedia(
            peer=peer, media=media, message=text, random_id=next(_random), **more
        )
    )
    return answer.updates[1].message
