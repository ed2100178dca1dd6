"""A bot answers people while a worker is killed every 20 seconds: each question has one answer.

``KILLS`` (environment) takes another number of kills.
"""

from __future__ import annotations

import asyncio
import json
import os
from typing import Any

import pytest

from petitbleu.bench import haproxy, people
from petitbleu.bench.exchange import Address, new_key
from petitbleu.bench.people import Person
from petitbleu.bench.server import HOST
from petitbleu.bench.wire_client import connect
from petitbleu.tl import api, codec
from tests.crash.crowd import Member
from tests.kit.proxied import KILL_SECONDS, SEED, ProxiedCluster
from tests.kit.sizes import size
from tests.kit.waiting import until

KILLS = int(os.environ.get("KILLS", size(2, 8)))
ASKERS = 8
BOTS = 2
PAUSE = 0.1
"""Seconds between the questions of a person."""
ANSWER = "re: "


class Bot(Member):
    """A program that answers each message once; what it missed it fetches as apps do."""

    def __init__(self, at: Address, person: Person) -> None:
        super().__init__(at, person)
        self.known: dict[int, api.InputPeerUser] = {}
        self.waiting: list[str] = []

    def _apply(self, news: Any, own_text: str) -> None:
        self._meet(getattr(news, "users", []))
        super()._apply(news, own_text)

    def _meet(self, users: list[Any]) -> None:
        for user in users:
            if isinstance(user, api.User) and user.access_hash:
                peer = api.InputPeerUser(user_id=user.id, access_hash=user.access_hash)
                self.known.setdefault(user.id, peer)

    def _note(self, id: int, text: str, date: int) -> None:
        if id not in self.picture and not text.startswith(ANSWER):
            self.waiting.append(text)
        super()._note(id, text, date)

    async def answer_until_stopped(self) -> None:
        """Whatever happens to the server; an answer has the number of its question."""
        while self.running or self.waiting:
            while self.waiting:
                await self._answer(self.waiting.pop(0))
            # As a program that only listens: it notices a connection that is gone.
            await self._insist(people.request(api.updates.GetState()))
            await asyncio.sleep(0.05)

    async def finish(self) -> None:
        """Fetch what was missed, answer it, and be done."""
        self._stale = True
        await until(lambda: not self._stale and not self.waiting)
        self.running = False

    async def _answer(self, text: str) -> None:
        who, _, number = text.partition(" asks ")
        if int(who) not in self.known:
            await self._insist(people.request(api.updates.GetState()))
        said = ANSWER + text
        query = api.messages.SendMessage(
            peer=self.known[int(who)], message=said, random_id=int(who) << 20 | int(number)
        )
        done = await self._insist(people.request(query))
        self._apply(done, said)


class Asker(Member):
    """Somebody who asks bots."""

    async def write_until_stopped(self) -> None:
        """As everybody, but slowly: a bot answers all of them."""
        dice = self._random_ids
        while self.running:
            self._count += 1
            text = f"{self.person.id} asks {self._count}"
            query = api.messages.SendMessage(
                peer=dice.choice(self.others), message=text, random_id=dice.getrandbits(62)
            )
            answer = await self._insist(people.request(query))
            self.acknowledged[_id(answer)] = text
            self._apply(answer, text)
            await asyncio.sleep(PAUSE)


def _id(answer: Any) -> int:
    if isinstance(answer, api.UpdateShortSentMessage):
        return int(answer.id)
    return next(u.id for u in answer.updates if isinstance(u, api.UpdateMessageID))


async def _bot(cluster: ProxiedCluster, at: Address, number: int) -> tuple[Bot, str]:
    """A program that is signed in, and its name."""
    name = f"answer{number}_bot"
    words = ("admin", "bot", "create", f"Answer {number}", name, "--json")
    token = json.loads(await asyncio.to_thread(cluster.run, *words))["token"]
    key = await new_key(at)
    connection = await connect(at.host, at.port, key)
    entering = api.auth.ImportBotAuthorization(
        flags=0, api_id=1, api_hash="x", bot_auth_token=token
    )
    done = codec.decode(await connection.call(people.opening(entering)))
    connection.close()
    made = Bot(at, Person(key, "", done.user.id))
    await made.join(None)
    return made, name


async def _find(asker: Asker, name: str) -> None:
    """Learn how to write to a bot."""
    query = people.request(api.contacts.ResolveUsername(username=name))
    (user,) = (await asker._insist(query)).users
    asker.others.append(api.InputPeerUser(user_id=user.id, access_hash=user.access_hash))


if haproxy.program():

    @pytest.mark.long
    async def test_each_question_is_answered_once_while_workers_die() -> None:
        cluster = ProxiedCluster(3)
        await asyncio.to_thread(cluster.start)
        try:
            at = Address(HOST, cluster.port, await asyncio.to_thread(cluster.public_key))
            bots = [await _bot(cluster, at, number) for number in range(1, BOTS + 1)]
            askers = [Asker(at, one) for one in await people.sign_up_many(at, 0, ASKERS)]
            for one in askers:
                await one.join(None)
                for _, name in bots:
                    await _find(one, name)
            asking = [asyncio.create_task(one.write_until_stopped()) for one in askers]
            answering = [asyncio.create_task(bot.answer_until_stopped()) for bot, _ in bots]
            cluster.kill_often()
            await until(lambda: cluster.kills >= KILLS, KILL_SECONDS * (KILLS + 3))
            await asyncio.to_thread(cluster.kill_no_more)
            for one in askers:
                one.running = False
            await asyncio.gather(*asking)

            def answered() -> int:
                return sum(
                    text.startswith(ANSWER) for one in askers for text in one.picture.values()
                )

            asked = sum(len(one.acknowledged) for one in askers)
            for bot, _ in bots:
                await bot.finish()
            await asyncio.gather(*answering)
            for one in askers:
                await one.converge()
                stored = await one.stored()
                assert one.picture == stored
                questions = sorted(one.acknowledged.values())
                found = sorted(t for t in stored.values() if not t.startswith(ANSWER))
                assert found == questions, "each question is there once"
                answers = sorted(t for t in stored.values() if t.startswith(ANSWER))
                assert answers == sorted(ANSWER + text for text in questions), "and its answer"
            refused = [why for one in (*askers, *(bot for bot, _ in bots)) for why in one.refused]
            for one in (*askers, *(bot for bot, _ in bots)):
                one.close()
            print(
                f"SEED={SEED}: {asked} questions of {ASKERS} people to {BOTS} bots,"
                f" {answered()} answers, {cluster.kills} workers killed: none lost, none twice;"
                f" answered with 500 and asked again: {len(refused)}"
            )
        finally:
            await asyncio.to_thread(cluster.stop)
