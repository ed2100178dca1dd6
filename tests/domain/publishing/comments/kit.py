"""A public channel whose posts can be commented, and the ways of those who comment."""

from __future__ import annotations

import re
from typing import Any

from petitbleu.control import perform
from petitbleu.domain.publishing.pages import service as pages
from petitbleu.tl import api
from tests.kit import chats
from tests.kit.web import Answer, Browser
from tests.kit.world import World
from tests.web import public

TEXT = "Merci, <b>les travaux</b> de la rue des Lilas\nsont finis ?"


class Talk:
    """A public channel with a discussion group, and a post in it."""

    def __init__(self, world: World, channel: public.Channel, group: int, post: int) -> None:
        self.world, self.channel, self.group, self.post = world, channel, group, post
        self.browser: Browser = public.reader(world)
        self.page = f"/{channel.name}/{post}"
        self.mine = ""
        """The author's link of what was written last."""
        self._guests = 0

    async def form(self, **more: str) -> Answer:
        """Fill the form as somebody who reads it first."""
        shown = await self.browser.get(self.page + "/comment")
        self.world.clock.advance(20)
        fields = {"name": "Léa", "email": "lea@example.org", "text": TEXT, "notify": "1"}
        sent = shown.values() | fields | more
        sent["website"] = more.get("website", "")
        return await self.browser.post(self.page + "/comment", sent)

    async def wrote(self, text: str, name: str = "Léa", **more: str) -> None:
        """Somebody else, from another network, writes and confirms."""
        self._guests += 1
        self.browser.ip = f"192.0.{self._guests}.7"
        await self.form(text=text, name=name, email=f"g{self._guests}@example.org", **more)
        self.mine = self.link
        await self.act("confirm")

    @property
    def link(self) -> str:
        """The newest link that was mailed."""
        found = re.search(r"\S+(/comment/\S+)", self.world.mail.sent[-1].text)
        assert found is not None
        return found[1]

    async def act(self, act: str, **fields: str) -> str:
        """Press a button of the author's page; what it says then."""
        answer = await self.browser.post(self.link, {"act": act} | fields)
        assert answer.status in (303, 422), answer.words
        await self.world.settle()
        return (await self.browser.get(self.link)).words

    async def said(self) -> list[Any]:
        """What stands in the group after the copy of the post."""
        owner = self.channel.owner
        found = await chats.history(owner, chats.input_peer(owner, self.group))
        return [one for one in found.messages if getattr(one, "reply_to", None)]

    async def decide(self, answer: str) -> None:
        (one,) = (await perform(self.world.app, "comment.waiting", {}))["comments"]
        await perform(self.world.app, "comment.decide", {"id": one["id"], "answer": answer})
        await self.world.settle()


async def talk(world: World, mode: str = "held") -> Talk:
    channel = await public.channel(world)
    group = await chats.supergroup(channel.owner, title="Discussion")
    await channel.owner.call(
        api.channels.SetDiscussionGroup(
            broadcast=channel.input, group=chats.input_channel(channel.owner, group)
        )
    )
    await pages.set_switch(world.app, channel.peer, "comments", mode)
    post = await channel.say("La rue des Lilas est rouverte.")
    await world.settle()
    return Talk(world, channel, group, post)
