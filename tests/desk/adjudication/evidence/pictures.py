"""A picture sent in private and reported, for tests of reveals."""

from __future__ import annotations

from typing import Any

import msgspec

from petitbleu.desk.casework.cases import service as cases
from petitbleu.domain.safety.moderation import reports
from petitbleu.tl import api
from tests.domain.files.media.shots import document_input, picture, upload
from tests.kit import talk
from tests.kit.world import Client, World

VIOLENCE, ABUSE = b"illegal/violence", b"illegal/minors"


class Sent:
    """Ada sent Bob pictures; Bob reports them."""

    def __init__(self, world: World, ada: Client, bob: Client) -> None:
        self.world, self.ada, self.bob = world, ada, bob
        self._sent = 0

    async def send(self, media: Any, caption: str) -> int:
        """Bob's number of the message."""
        self._sent += 1
        peer = await self.ada.peer(self.bob)
        await self.ada.call(
            api.messages.SendMedia(peer=peer, media=media, message=caption, random_id=self._sent)
        )
        (found,) = [
            one.id
            for one in await talk.history(self.bob, await self.bob.peer(self.ada))
            if one.message == caption
        ]
        return int(found)

    async def photo(self, caption: str = "look at this") -> int:
        """A photo; Bob's number of the message."""
        file = await upload(self.ada, picture(900, 600), "photo.jpg")
        return await self.send(api.InputMediaUploadedPhoto(file=file), caption)

    async def forwarded(self, message: int) -> int:
        """Bob sends it back to Ada: the same photo once more; Bob's number of it."""
        peer = await self.bob.peer(self.ada)
        await self.bob.call(
            api.messages.ForwardMessages(from_peer=peer, id=[message], random_id=[77], to_peer=peer)
        )
        return max(int(one.id) for one in await talk.history(self.bob, peer))

    async def voice(self) -> int:
        """A voice message."""
        file = await upload(self.ada, b"OggS" + bytes(2000), "voice.ogg")
        attribute = api.DocumentAttributeAudio(voice=True, duration=7)
        return await self.send(document_input(file, "audio/ogg", attribute), "listen")

    async def video(self, data: bytes) -> int:
        """A video without a preview."""
        file = await upload(self.ada, data, "clip.mp4")
        attribute = api.DocumentAttributeVideo(duration=3, w=320, h=240)
        return await self.send(document_input(file, "video/mp4", attribute), "watch")

    async def report(self, *messages: int, option: bytes = VIOLENCE) -> int:
        """Bob reports them; the number of the report, which is that of its case."""
        peer = await self.bob.peer(self.ada)
        await self.bob.call(
            api.messages.Report(peer=peer, id=list(messages), option=option, message="please look")
        )
        number = max(row.number for row in await reports.listed(self.world.app))
        assert await cases.get(self.world.app.store, number) is not None
        return number


def budgets(world: World, day: int, category: int) -> None:
    """Looks a person may have."""
    config = world.app.config
    limited = msgspec.structs.replace(
        config.desk, reveals_per_day=day, reveals_per_day_category=category
    )
    world.app.config = msgspec.structs.replace(config, desk=limited)


async def sent(world: World) -> Sent:
    """Two people who know each other."""
    return Sent(world, await world.sign_up("Ada"), await world.sign_up("Bob"))
