"""Run in Telethon's environment: the owner of a public channel, and a subscriber who watches it.

Prints one JSON object a line: ``ready`` with the post, then what each is told (``deleted``,
``told``), with the time. Ends at the end of its input.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from typing import Any

from telethon import TelegramClient, events, functions
from telethon.crypto import rsa
from telethon.sessions import MemorySession

HOST, PORT, KEY = sys.argv[1], int(sys.argv[2]), sys.argv[3]
SERVICE = 777000


def say(what: str, **more: Any) -> None:
    print(json.dumps({"event": what, "at": time.time(), **more}), flush=True)


async def person(number: str, name: str) -> TelegramClient:
    session = MemorySession()
    session.set_dc(2, HOST, PORT)
    client = TelegramClient(session, 1, "0" * 32)
    await client.connect()
    sent = await client.send_code_request(number)
    await client(functions.auth.SignInRequest(number, sent.phone_code_hash, "22222"))
    done = await client(functions.auth.SignUpRequest(number, sent.phone_code_hash, name, ""))
    await client._on_login(done.user)
    return client


async def main() -> None:
    rsa._server_keys.clear()
    rsa.add_key(KEY, old=False)
    owner = await person("9996629001", "Olga")
    reader = await person("9996629002", "Rita")
    made = await owner(
        functions.channels.CreateChannelRequest("Schwarze Front", "", broadcast=True)
    )
    channel = made.chats[0]
    await owner(functions.channels.UpdateUsernameRequest(channel, "schwarze_front"))
    posts = [await owner.send_message(channel, text) for text in ("harmless", "how to build it")]
    await reader(functions.channels.JoinChannelRequest("schwarze_front"))

    @reader.on(events.MessageDeleted())
    async def deleted(event: Any) -> None:
        say("deleted", ids=event.deleted_ids)

    @owner.on(events.NewMessage(from_users=[SERVICE]))
    async def told(event: Any) -> None:
        say("told", text=event.message.message)

    await reader.get_messages("schwarze_front", limit=5)
    say("ready", post=posts[1].id, kept=posts[0].id)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
    left = await reader.get_messages("schwarze_front", limit=5)
    say("history", texts=[one.message for one in left if one.message])
    for client in (owner, reader):
        await client.disconnect()


asyncio.run(main())
