"""Writing to the service chat through the real methods, for tests."""

from __future__ import annotations

from typing import Any

from petitbleu.domain.messaging.peers import service as peers
from petitbleu.ids import SERVICE_USER
from petitbleu.run.jobs import JobRunner
from petitbleu.tl import api
from tests.kit import talk
from tests.kit.world import Client, World


def peer(client: Client, account: int = SERVICE_USER) -> Any:
    """An account of the server as an InputPeer of the client."""
    access = peers.access_hash(client.world.app, client.user_id, account)
    return api.InputPeerUser(user_id=account, access_hash=access)


async def run(world: World) -> None:
    """Do all the work that is due."""
    runner = JobRunner(world.app)
    while await runner.run_due():
        await world.settle()


async def write(client: Client, text: str, **more: Any) -> int:
    """Write to the service chat; nothing is dealt with yet."""
    return await talk.say(client, peer(client), text, **more)


async def heard(client: Client) -> list[Any]:
    """What 777000 said, oldest first."""
    found = await talk.history(client, peer(client))
    return [one for one in reversed(found) if not one.out]


async def ask(client: Client, text: str, **more: Any) -> str:
    """Write and have it dealt with; what 777000 says to it, empty where nothing."""
    before = {one.id for one in await heard(client)}
    await write(client, text, **more)
    await run(client.world)
    said = [one.message for one in await heard(client) if one.id not in before]
    return "\n".join(said)


async def answer(client: Client, message: int, text: str) -> str:
    """:func:`ask` in answer to a message of the chat."""
    return await ask(client, text, reply_to=api.InputReplyToMessage(reply_to_msg_id=message))
