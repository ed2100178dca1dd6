"""Accounts for the load: key exchange, sign-up with the reserved test numbers, who may write to
whom.
"""

from __future__ import annotations

import asyncio
from typing import NamedTuple

from petitbleu.bench.exchange import Address, new_key
from petitbleu.bench.wire_client import Connection, Key, Push, connect
from petitbleu.tl import api, codec
from petitbleu.tl.objects import TLObject

LAYER = 229
AT_ONCE = 8
"""Sign-ups running at a time: enough to keep the server busy, few enough to see a stall."""


class Person(NamedTuple):
    """An account: its key, number, user id."""

    key: Key
    phone: str
    id: int


def request(query: TLObject) -> bytes:
    """A request as bytes, in the newest layer."""
    return codec.encode(query, LAYER)


def opening(query: TLObject, layer: int = LAYER) -> bytes:
    """The first request of a session: names layer and device."""
    device = api.InitConnection(
        api_id=1, device_model="bench", system_version="1", app_version="1",
        system_lang_code="en", lang_pack="", lang_code="en", query=query,
    )  # fmt: skip
    return request(api.InvokeWithLayer(layer=layer, query=device))


async def sign_up(at: Address, number: int) -> Person:
    """A new account with the test number of that index (its code is 11111)."""
    phone = f"99966{1}{number:07d}"
    key = await new_key(at)
    connection = await connect(at.host, at.port, key)
    try:
        settings = api.CodeSettings()
        code = api.auth.SendCode(phone_number=phone, api_id=1, api_hash="", settings=settings)
        sent = codec.decode(await connection.call(opening(code)))
        known = {"phone_number": phone, "phone_code_hash": sent.phone_code_hash}
        done = codec.decode(
            await connection.call(request(api.auth.SignIn(**known, phone_code="11111")))
        )
        if isinstance(done, api.auth.AuthorizationSignUpRequired):
            name = f"B{number}"
            signing = api.auth.SignUp(**known, first_name=name, last_name="")
            done = codec.decode(await connection.call(request(signing)))
        return Person(key, phone, done.user.id)
    finally:
        connection.close()


async def sign_up_many(at: Address, first: int, count: int) -> list[Person]:
    """``count`` accounts, a few at a time."""
    gate = asyncio.Semaphore(AT_ONCE)

    async def one(number: int) -> Person:
        async with gate:
            return await sign_up(at, number)

    return list(await asyncio.gather(*(one(first + n) for n in range(count))))


async def online(
    at: Address, person: Person, on_push: Push | None = None, layer: int = LAYER
) -> Connection:
    """A session of the person that gets updates, in ``layer``."""
    connection = await connect(at.host, at.port, person.key, on_push)
    await connection.call(opening(api.updates.GetState(), layer))
    return connection


async def befriend(connection: Connection, other: Person) -> api.InputPeerUser:
    """The input peer by which the connection's account writes to ``other``."""
    contact = api.InputPhoneContact(
        client_id=1, phone=other.phone, first_name="Friend", last_name=""
    )
    answer = codec.decode(
        await connection.call(request(api.contacts.ImportContacts(contacts=[contact])))
    )
    user = answer.users[0]
    return api.InputPeerUser(user_id=user.id, access_hash=user.access_hash)


class Template:
    """messages.sendMessage encoded once; each message patches its random_id and its text in place.

    The text has a fixed length: ``MARK`` and sixteen hexadecimal digits of the time it was sent.
    """

    MARK = b"sent at "
    __slots__ = ("_head", "_middle", "_tail")

    def __init__(self, to: api.InputPeerUser | api.InputPeerChat | api.InputPeerChannel) -> None:
        text = (self.MARK + b"0" * 16).decode()
        number = 0x1122334455667788
        body = request(api.messages.SendMessage(peer=to, message=text, random_id=number))
        at = body.index(self.MARK) + len(self.MARK)
        after = body.index(number.to_bytes(8, "little"))
        self._head, self._middle, self._tail = body[:at], body[at + 16 : after], body[after + 8 :]

    def message(self, nanoseconds: int, random_id: int) -> bytes:
        """The request of one message."""
        stamp = b"%016x" % nanoseconds
        return b"".join(
            (self._head, stamp, self._middle, random_id.to_bytes(8, "little"), self._tail)
        )


def sent_at(push: bytes) -> list[int]:
    """The nanoseconds in the messages of a :class:`Template` that a push holds (several may)."""
    stamps = []
    at = push.find(Template.MARK)
    while at >= 0:
        at += len(Template.MARK)
        stamps.append(int(push[at : at + 16], 16))
        at = push.find(Template.MARK, at)
    return stamps
