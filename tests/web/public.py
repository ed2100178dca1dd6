"""A world with a public channel, and what readers without an account see of it."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

from petitbleu.domain.publishing.pages import service
from petitbleu.ids import peer_of_channel
from petitbleu.tl import api
from petitbleu.web import app as web
from tests.domain.files.media.shots import picture, upload
from tests.kit import chats
from tests.kit.web import Browser
from tests.kit.world import Client, World

_random = itertools.count(7000)


async def _no_mtproto(scope: Any, receive: Any, send: Any) -> None:
    raise AssertionError("these pages are not MTProto")


async def _healthy() -> web.Report:
    return web.Report(True, [])


async def _no_metrics() -> bytes:
    return b""


async def _no_codes() -> list[dict[str, str]]:
    return []


def reader(world: World, *, language: str = "en", ip: str = "192.0.2.7") -> Browser:
    """Somebody without an account."""
    site = web.Site(
        world.app,
        mtproto=_no_mtproto,
        health=_healthy,
        metrics=_no_metrics,
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

    async def album(self, text: str | Sequence[str], count: int = 3) -> int:
        """Publish pictures as one post; its id. ``text``: that of the first, or one for each."""
        texts = [text, *[""] * (count - 1)] if isinstance(text, str) else list(text)
        singles = []
        for n, said in enumerate(texts):
            file = await upload(self.owner, picture(900, 600 + n))
            kept = await self.owner.call(
                api.messages.UploadMedia(
                    peer=self.input_peer, media=api.InputMediaUploadedPhoto(file=file)
                )
            )
            photo = api.InputPhoto(
                id=kept.photo.id,
                access_hash=kept.photo.access_hash,
                file_reference=kept.photo.file_reference,
            )
            singles.append(
                api.InputSingleMedia(
                    media=api.InputMediaPhoto(id=photo),
                    random_id=next(_random),
                    message=said,
                )
            )
        answer = await self.owner.call(
            api.messages.SendMultiMedia(peer=self.input_peer, multi_media=singles)
        )
        return min(one.message.id for one in answer.updates if hasattr(one, "message"))

    async def edit(self, post: int, text: str, **more: Any) -> None:
        """Give a post another text."""
        await self.owner.call(
            api.messages.EditMessage(peer=self.input_peer, id=post, message=text, **more)
        )

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
