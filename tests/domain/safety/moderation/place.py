"""A channel, a supergroup and people from several countries, for the tests of this room."""

from __future__ import annotations

from typing import Any

from petitbleu.app import App
from petitbleu.domain.safety.case_numbers import service as case_numbers
from petitbleu.ids import peer_of_channel
from petitbleu.run.jobs import JobRunner
from petitbleu.store.api import Tx
from petitbleu.store.query import query
from petitbleu.tl import api
from tests.kit.world import Client, World

_SET_COUNTRY = query("update account set country = :country where id = :id")
_NAME = query("insert into username (name, display, peer) values (:name, :name, :peer)")


async def live_in(world: World, client: Client, country: str) -> None:
    """The person's number is of ``country`` (test numbers are of none)."""

    async def change(tx: Tx) -> None:
        await tx.run(_SET_COUNTRY, id=client.user_id, country=country)

    await world.app.store.write(change)


class Place:
    """One supergroup or channel, as its creator and its members name it."""

    def __init__(self, world: World, channel_id: int) -> None:
        self.world = world
        self.id = channel_id
        self.peer = peer_of_channel(channel_id)

    async def named(self, client: Client) -> Any:
        """InputPeerChannel of this viewer."""
        from petitbleu.domain.messaging.peers import service as peers

        proof = peers.access_hash(self.world.app, client.user_id, self.peer)
        return api.InputPeerChannel(channel_id=self.id, access_hash=proof)

    async def input(self, client: Client) -> Any:
        """InputChannel of this viewer."""
        named = await self.named(client)
        return api.InputChannel(channel_id=named.channel_id, access_hash=named.access_hash)

    async def post(self, client: Client, text: str) -> int:
        """Say something; its id."""
        self.world.clock.advance(1)
        sent = await client.call(
            api.messages.SendMessage(
                peer=await self.named(client),
                message=text,
                random_id=int.from_bytes(self.world.app.random(7), "big"),
            )
        )
        (message,) = [u.message for u in sent.updates if type(u) is api.UpdateNewChannelMessage]
        return int(message.id)

    async def history(self, client: Client, limit: int = 100) -> list[str]:
        """What a member sees, newest first."""
        page = await client.call(
            api.messages.GetHistory(
                peer=await self.named(client), offset_id=0, offset_date=0, add_offset=0,
                limit=limit, max_id=0, min_id=0, hash=0,
            )
        )  # fmt: skip
        return [one.message for one in page.messages if type(one) is api.Message]

    async def search(self, client: Client, text: str) -> list[str]:
        """What a member finds."""
        page = await client.call(
            api.messages.Search(
                peer=await self.named(client), q=text, filter=api.InputMessagesFilterEmpty(),
                min_date=0, max_date=0, offset_id=0, add_offset=0, limit=20, max_id=0, min_id=0,
                hash=0,
            )
        )  # fmt: skip
        return [one.message for one in page.messages]

    async def pts(self) -> int:
        """The channel's counter now."""
        from petitbleu.domain.updates import service as updates

        return (await updates.counters(self.world.app, [self.peer]))[self.peer]

    async def difference(self, client: Client, pts: int) -> Any:
        """updates.getChannelDifference"""
        return await client.call(
            api.updates.GetChannelDifference(
                channel=await self.input(client),
                filter=api.ChannelMessagesFilterEmpty(),
                pts=pts,
                limit=100,
            )
        )

    async def top(self, client: Client) -> str | None:
        """The newest message in the person's chat list; None: no message is shown there."""
        found = await client.call(
            api.messages.GetPeerDialogs(peers=[api.InputDialogPeer(peer=await self.named(client))])
        )
        (dialog,) = found.dialogs
        shown = {one.id: one.message for one in found.messages}
        assert set(shown) == ({dialog.top_message} if dialog.top_message else set())
        return shown.get(dialog.top_message)


async def make(
    world: World,
    owner: Client,
    *members: Client,
    broadcast: bool = False,
    username: str = "",
) -> Place:
    """A supergroup (or channel) with these people in it."""
    made = await owner.call(
        api.channels.CreateChannel(
            broadcast=broadcast, megagroup=not broadcast, title="Bassin", about=""
        )
    )
    (chat,) = made.chats
    place = Place(world, chat.id)
    if username:

        async def name(tx: Tx) -> None:
            await tx.run(_NAME, name=username, peer=place.peer)

        from petitbleu.domain.communities.chats import service as chats

        with chats.changing(world.app, place.peer):
            await world.app.store.write(name)
    for member in members:
        user = await owner.peer(member)
        await owner.call(
            api.channels.InviteToChannel(
                channel=await place.input(owner),
                users=[api.InputUser(user_id=user.user_id, access_hash=user.access_hash)],
            )
        )
    for one in (owner, *members):
        one.pushed.clear()
    return place


async def service_chat(client: Client) -> list[str]:
    """What the service account told somebody, newest first."""
    page = await client.call(
        api.messages.GetHistory(
            peer=await service_peer(client), offset_id=0, offset_date=0, add_offset=0, limit=50,
            max_id=0, min_id=0, hash=0,
        )
    )  # fmt: skip
    return [one.message for one in page.messages]


async def service_peer(client: Client) -> Any:
    """The service account as this person names it."""
    from petitbleu.domain.messaging.peers import service as peers
    from petitbleu.ids import SERVICE_USER

    proof = peers.access_hash(client.world.app, client.user_id, SERVICE_USER)
    return api.InputPeerUser(user_id=SERVICE_USER, access_hash=proof)


async def run_jobs(app: App) -> None:
    """Do what is due."""
    await JobRunner(app).run_due()


def written(number: int) -> str:
    """PB-YYYY-NNNNNN"""
    return case_numbers.text(number)
