"""A world with a public channel, and what readers without an account see of it."""

from __future__ import annotations

from typing import Any

from petitbleu.domain.pages import service
from petitbleu.ids import peer_of_channel
from petitbleu.tl import api
from petitbleu.web import app as web
from tests.kit import chats
from tests.kit.web import Browser
from tests.kit.world import Client, World


async def _no_mtproto(scope: Any, receive: Any, send: Any) -> None:
    raise AssertionError("these pages are not MTProto")


async def _healthy() -> web.Report:
    return web.Report(True, [])


async def _no_codes() -> list[dict[str, str]]:
    return []


def reader(world: World, *, language: str = "en", ip: str = "192.0.2.7") -> Browser:
    """Somebody without an account."""
    site = web.Site(
        world.app,
        mtproto=_no_mtproto,
        health=_healthy,
        metrics=bytes,
        start_info=dict,
        codes=_no_codes,
    )
    return Browser(web.create(site), language=language, ip=ip)


class Channel:
    """A channel with a public page, and its owner."""

    def __init__(self, owner: Client, number: int, name: str) -> None:
        self.owner = owner
        self.number = number
        self.name = name
        self.peer = peer_of_channel(number)
        self.input = chats.input_channel(owner, number)
        self.input_peer = chats.input_peer(owner, number)

    async def say(self, text: str, **more: Any) -> int:
        """Publish a text; the post's id."""
        return int((await chats.said(self.owner, self.input_peer, text, **more)).id)

    async def show(self, media: Any, text: str = "") -> int:
        """Publish media; the post's id."""
        return int((await chats.shown(self.owner, self.input_peer, media, text)).id)

    async def delete(self, *ids: int) -> None:
        """Delete posts as their author."""
        await self.owner.call(api.channels.DeleteMessages(channel=self.input, id=list(ids)))

    async def rename(self, name: str) -> None:
        """Give the channel another public name."""
        await self.owner.call(api.channels.UpdateUsername(channel=self.input, username=name))
        self.name = name


async def channel(
    world: World, name: str = "mairie", title: str = "Mairie", *, shown: bool = True
) -> Channel:
    """A channel with a public name, its page switched on."""
    owner = await world.sign_up("Zoé")
    made = Channel(owner, await chats.channel(owner, title=title), name)
    await owner.call(api.channels.UpdateUsername(channel=made.input, username=name))
    if shown:
        await service.set_shown(world.app, made.peer, True)
    return made
