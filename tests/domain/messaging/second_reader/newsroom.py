"""A channel with a second reader, its people, and what they do, for tests."""

from __future__ import annotations

import itertools
from typing import Any

from petitbleu import ids
from petitbleu.run.jobs import JobRunner
from petitbleu.tl import api
from tests.kit import chats
from tests.kit.chats import input_channel, input_peer
from tests.kit.world import Client, World

_random = itertools.count(9_000_000)
POSTS = {"post_messages": True, "edit_messages": True, "delete_messages": True}


class Newsroom:
    """Ada owns the channel, Bea and Carl may post in it, Dan may only invite."""

    def __init__(self, world: World, people: list[Client], number: int) -> None:
        self.world = world
        self.ada, self.bea, self.carl, self.dan = people
        self.number = number
        self.peer = ids.peer_of_channel(number)

    async def promote(self, who: Client, **rights: bool) -> None:
        """Give somebody rights; none take them all."""
        await self.ada.call(
            api.channels.EditAdmin(
                channel=input_channel(self.ada, self.number),
                user_id=await chats.user(self.ada, who),
                admin_rights=api.ChatAdminRights(**rights),
                rank="",
            )
        )

    async def demand(self, on: bool = True, by: Client | None = None) -> None:
        who = by or self.ada
        await who.call(
            api.petitbleu.SetPage(
                channel=input_channel(who, self.number),
                name="second_reader",
                value="on" if on else "off",
            )
        )

    async def later(self, who: Client, text: str, hours: float = 1, **more: Any) -> int:
        """Schedule a post; its id among those that wait."""
        made = await who.call(
            api.messages.SendMessage(
                peer=input_peer(who, self.number),
                message=text,
                random_id=next(_random),
                schedule_date=int(self.world.clock.now() + hours * 3600),
                **more,
            )
        )
        return int(made.updates[0].id)

    async def change(self, who: Client, id: int, text: str, hours: float = 1) -> Any:
        """Edit what waits."""
        return await who.call(
            api.messages.EditMessage(
                peer=input_peer(who, self.number),
                id=id,
                message=text,
                schedule_date=int(self.world.clock.now() + hours * 3600),
            )
        )

    async def edit(self, who: Client, post: int, text: str, **more: Any) -> Any:
        """Edit a published post."""
        peer = input_peer(who, self.number)
        return await who.call(api.messages.EditMessage(peer=peer, id=post, message=text, **more))

    async def waiting(self, who: Client) -> Any:
        channel = input_channel(who, self.number)
        return await who.call(api.petitbleu.GetWaiting(channel=channel))

    async def one(self, who: Client, text: str) -> Any:
        """What waits whose text begins so."""
        found = await self.waiting(who)
        return next(one for one in found.posts if one.messages[0].message.startswith(text))

    async def approve(self, who: Client, one: Any, reason: str | None = None) -> Any:
        return await who.call(self.approval(who, one, reason))

    def approval(self, who: Client, one: Any, reason: str | None = None) -> Any:
        return api.petitbleu.Approve(
            channel=input_channel(who, self.number),
            id=one.messages[0].id,
            version=one.version,
            edit=one.edit,
            reason=reason,
        )

    async def posts(self) -> list[str]:
        """The texts that are public, oldest first."""
        found = await chats.history(self.dan, input_peer(self.dan, self.number))
        return [one.message for one in reversed(found.messages) if type(one) is api.Message]

    async def newest(self) -> int:
        found = await chats.history(self.dan, input_peer(self.dan, self.number))
        return next(int(one.id) for one in found.messages if type(one) is api.Message)

    async def published(self, text: str) -> int:
        """Write, approve and publish a post; its id."""
        await self.later(self.bea, text)
        await self.approve(self.carl, await self.one(self.carl, text))
        await self.pass_time(2)
        return await self.newest()

    async def pass_time(self, hours: float = 0) -> None:
        self.world.clock.advance(int(hours * 3600))
        runner = JobRunner(self.world.app)
        while await runner.run_due():
            await self.world.settle()

    async def log(self) -> list[tuple[int, str]]:
        """Who did what, by the recent actions, oldest first; messages of the log alone."""
        found = await self.ada.call(
            api.channels.GetAdminLog(
                channel=input_channel(self.ada, self.number), q="", max_id=0, min_id=0, limit=100
            )
        )
        send = api.ChannelAdminLogEventActionSendMessage
        return [
            (one.user_id, one.action.message.message)
            for one in reversed(found.events)
            if type(one.action) is send
        ]


async def newsroom(world: World, *, demanded: bool = True) -> Newsroom:
    people = await chats.people(world, "Ada", "Bea", "Carl", "Dan")
    number = await chats.channel(people[0], *people[1:], title="Gazette")
    here = Newsroom(world, people, number)
    await here.promote(here.bea, **POSTS)
    await here.promote(here.carl, **POSTS)
    await here.promote(here.dan, invite_users=True)
    if demanded:
        await here.demand()
        await here.pass_time()
    return here
