"""What a message asks of SQLite, to the byte: one process that is alone pays for no cluster.

``tests/data/message-statements.txt`` holds them. Whoever changes what SQLite is told for a message
changes the hot path: measure it (`petitbleu dev bench messages`), then write the file anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from petitbleu.store.sqlite import SqliteStore
from petitbleu.tl import api
from tests.kit.world import Client, World

FILE = Path(__file__).resolve().parents[1] / "data" / "message-statements.txt"


class _Noted:
    """A connection that notes what it is asked."""

    def __init__(self, connection: Any, who: str, asked: list[str]) -> None:
        self._connection = connection
        self._who = who
        self._asked = asked

    def execute(self, sql: str, *values: Any) -> Any:
        self._asked.append(f"{self._who}: {sql}")
        return self._connection.execute(sql, *values)

    def executemany(self, sql: str, values: Any) -> Any:
        self._asked.append(f"{self._who}: {sql}")
        return self._connection.executemany(sql, values)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)


@contextmanager
def _noted(store: Any) -> Iterator[list[str]]:
    asked: list[str] = []
    connections = store._writer, store._reader
    store._writer = _Noted(connections[0], "write", asked)
    store._reader = _Noted(connections[1], "read", asked)
    try:
        yield asked
    finally:
        store._writer, store._reader = connections


async def _say(sender: Client, peer: Any, text: str, n: int) -> None:
    await sender.call(api.messages.SendMessage(peer=peer, message=text, random_id=n))


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
async def test_a_message_asks_sqlite_what_it_always_did(world: World) -> None:
    assert isinstance(world.app.store, SqliteStore)
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    peer = await ada.peer(bob)
    await _say(ada, peer, "warm", 1)
    with _noted(world.app.store) as asked:
        await _say(ada, peer, "hello", 2)
    assert len(bob.updates(api.UpdateNewMessage)) == 2
    told = "\n--\n".join(asked) + "\n"
    assert told == FILE.read_text("utf-8")
