"""People on two worker processes over PostgreSQL and NATS: who writes to whom; one worker dies."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from petitbleu.tl import api, codec
from tests.gateway.wire import Client, Tcp
from tests.kit.server_cluster import ServerCluster, Worker
from tests.kit.waiting import GUARD
from tests.run.process import with_layer


class Person:
    """Somebody who signed up at a worker."""

    def __init__(self, client: Client, phone: str) -> None:
        self.client = client
        self.phone = phone

    @classmethod
    async def sign_up(cls, worker: Worker, name: str, number: int) -> Person:
        made = cls(await worker.client(), f"999662111{number}")
        sent = await made.ask(
            api.auth.SendCode(
                phone_number=made.phone, api_id=1, api_hash="x", settings=api.CodeSettings()
            ),
            first=True,
        )
        proof = {"phone_number": made.phone, "phone_code_hash": sent.phone_code_hash}
        await made.ask(api.auth.SignIn(phone_code="22222", **proof))
        await made.ask(api.auth.SignUp(first_name=name, last_name="", **proof))
        await made.ask(api.updates.GetState())
        return made

    async def ask(self, query: Any, *, first: bool = False) -> Any:
        body = with_layer(query) if first else codec.encode(query, 229)
        async with asyncio.timeout(GUARD):
            return codec.decode(await self.client.call(body))

    async def move(self, worker: Worker) -> None:
        """Come back at another worker, with the same key and session."""
        self.client.carrier = await Tcp.open(worker.address)
        await self.ask(api.updates.GetState(), first=True)

    async def peer(self, other: Person) -> Any:
        contact = api.InputPhoneContact(
            client_id=1, phone=other.phone, first_name="Other", last_name=""
        )
        found = await self.ask(api.contacts.ImportContacts(contacts=[contact]))
        user = found.users[0]
        return api.InputPeerUser(user_id=user.id, access_hash=user.access_hash)

    async def say(self, peer: Any, text: str, number: int) -> int:
        """The id of the message, as its sender sees it."""
        answer = await self.ask(api.messages.SendMessage(peer=peer, message=text, random_id=number))
        if isinstance(answer, api.UpdateShortSentMessage):
            return int(answer.id)
        return next(int(u.id) for u in answer.updates if isinstance(u, api.UpdateMessageID))

    async def hears(self, count: int) -> list[str]:
        """The texts of the next messages that are pushed."""
        texts: list[str] = []
        async with asyncio.timeout(GUARD):
            while len(texts) < count:
                pushed = codec.decode(await self.client.push())
                for update in getattr(pushed, "updates", [pushed]):
                    message = getattr(update, "message", None)
                    text = message if isinstance(message, str) else getattr(message, "message", "")
                    texts += [text] if text else []
        return texts

    async def finds(self, peer: Any, text: str) -> list[str]:
        """The texts that a search in the chat answers."""
        found = await self.ask(
            api.messages.Search(
                peer=peer, q=text, filter=api.InputMessagesFilterEmpty(), min_date=0, max_date=0,
                offset_id=0, add_offset=0, limit=20, max_id=0, min_id=0, hash=0,
            )
        )  # fmt: skip
        return [m.message for m in found.messages]

    async def history(self, peer: Any) -> list[str]:
        found = await self.ask(
            api.messages.GetHistory(
                peer=peer, offset_id=0, offset_date=0, add_offset=0, limit=100, max_id=0,
                min_id=0, hash=0,
            )
        )  # fmt: skip
        return [m.message for m in reversed(found.messages) if isinstance(m, api.Message)]


@pytest.mark.long
async def test_people_write_across_workers_and_one_dies(tmp_path: Path) -> None:
    with ServerCluster(tmp_path / "data", 0) as cluster:
        first = await asyncio.to_thread(cluster.add, "--dev")
        second = await asyncio.to_thread(cluster.add, "--dev")
        ada = await Person.sign_up(first, "Ada", 1)
        bob = await Person.sign_up(second, "Bob", 2)
        to_bob, to_ada = await ada.peer(bob), await bob.peer(ada)
        for n in range(5):
            await ada.say(to_bob, f"to Bob {n}", 100 + n)
        assert await bob.hears(5) == [f"to Bob {n}" for n in range(5)]
        await bob.say(to_ada, "to Ada", 200)
        assert await ada.hears(1) == ["to Ada"]
        # Only one of the two keeps the index; both find at once what was said at either.
        for n in range(3):
            await ada.say(to_bob, f"needle {n} of Ada", 250 + n)
            assert await ada.finds(to_bob, f"needle {n}") == [f"needle {n} of Ada"]
            assert await bob.finds(to_ada, f"needle {n}") == [f"needle {n} of Ada"]
            await bob.say(to_ada, f"pin {n} of Bob", 260 + n)
            assert await bob.finds(to_ada, f"pin {n}") == [f"pin {n} of Bob"]
            assert await ada.finds(to_bob, f"pin {n}") == [f"pin {n} of Bob"]
        assert len(await bob.hears(3)) == 3
        last = await ada.say(to_bob, "once", 300)
        await asyncio.to_thread(first.kill)
        await ada.move(second)
        assert await ada.say(to_bob, "once", 300) == last, "said again at another worker: the same"
        await ada.say(to_bob, "after", 301)
        assert (await bob.hears(2))[-2:] == ["once", "after"]
        between = [text for n in range(3) for text in (f"needle {n} of Ada", f"pin {n} of Bob")]
        whole = [*(f"to Bob {n}" for n in range(5)), "to Ada", *between, "once", "after"]
        assert await bob.history(to_ada) == await ada.history(to_bob) == whole
        code, errors = await asyncio.to_thread(second.stop)
        assert code == 0 and "Traceback" not in errors, errors
