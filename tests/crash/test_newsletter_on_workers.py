"""A newsletter leaves while workers die: each reader gets each post, and none twice but what was
under way when its worker died, with the same ``Message-ID``.

Readers subscribe by the page, and each request reaches another worker. Every 20 seconds one is
killed, in turn the one that sends and any other. ``KILLS`` (environment) takes another number.
"""

from __future__ import annotations

import asyncio
import os
import random
import re
import signal
import tomllib
from collections import Counter, defaultdict
from email.message import EmailMessage

import aiohttp
import asyncpg
import pytest

from petitbleu.bench import haproxy, people, public
from petitbleu.bench.exchange import Address
from petitbleu.bench.server import HOST, free_port
from petitbleu.run.config import FILE
from petitbleu.tl import api
from tests.kit.mail import SmtpSink, smtp_sink
from tests.kit.proxied import KILL_SECONDS, SEED, ProxiedCluster
from tests.kit.sizes import size
from tests.kit.waiting import asked_until, until

KILLS = int(os.environ.get("KILLS", size(2, 6)))
READERS = 60
POST_SECONDS = 8
PAUSE = 0.1
"""Seconds that the mail server takes for a mail: there is always one under way."""
LOOK_SECONDS = 150
"""Posts are looked for once a minute, and a lease may be free for a while."""
LINK = re.compile(r"http://\S+/newsletter/[0-9a-f]+\.[0-9a-f]{32}")
SETTINGS = """
public_url = "http://localhost:{web}"
[smtp]
host = "{host}"
port = {smtp}
security = "none"
sender = "Chez nous <no-reply@example.org>"
[newsletter]
delay = 0
per_minute = 100000
[limits.durable.newsletter_network]
count = 100000
"""


class Newsroom:
    """A channel with a newsletter, its readers, and what they got."""

    def __init__(self, cluster: ProxiedCluster, base: str, sink: SmtpSink) -> None:
        self.cluster = cluster
        self.base = base
        self.sink = sink
        self.posts: list[str] = []
        self._letters: dict[tuple[str, str], list[str]] = defaultdict(list)
        self._read = 0
        self._peer: api.InputPeerChannel | None = None
        self._at: Address | None = None
        self._writer: people.Person | None = None

    async def begin(self) -> None:
        """Make the channel, and wait until its newsletter is looked after."""
        key = await asyncio.to_thread(self.cluster.public_key)
        self._at = Address(HOST, self.cluster.port, key)
        self._writer = await people.sign_up(self._at, 1)
        connection = await people.online(self._at, self._writer)
        self._peer = await public.channel(connection, self.cluster)  # type: ignore[arg-type]
        connection.close()
        await asyncio.to_thread(
            self.cluster.run, "admin", "channel", "public", public.NAME, "on", "newsletter=on"
        )
        settings = tomllib.loads((self.cluster.data / FILE).read_text("utf-8"))
        conn = await asyncpg.connect(settings["database"])
        try:
            known = "select count(*) from newsletter_channel"
            await asked_until(lambda: conn.fetchval(known), LOOK_SECONDS)
        finally:
            await conn.close()

    async def subscribe(self, http: aiohttp.ClientSession, email: str) -> None:
        """Fill in the form, and open the link of the mail that asks."""
        page = f"{self.base}/{public.NAME}/newsletter"
        async with http.get(page) as answer:
            text = await answer.text()
            assert answer.status == 200, text
        token = re.search(r'name="token" value="([^"]+)"', text)
        assert token is not None
        typed = {"email": email, "frequency": "post", "zone": "Europe/Paris", "token": token[1]}
        async with http.post(page, data=typed, headers={"Origin": self.base}) as answer:
            assert answer.status == 200, await answer.text()

        def asked() -> str:
            for mail in reversed(self.sink.mails):
                if mail["to"] == email:
                    return LINK.findall(_text(mail))[0]
            return ""

        link = str(await until(asked))
        confirm = http.post(link, data={"act": "confirm"}, headers={"Origin": self.base})
        async with confirm as answer:
            assert answer.status == 200, await answer.text()

    async def say(self) -> None:
        """A post, over as many connections as it takes."""
        assert self._at is not None and self._writer is not None and self._peer is not None
        number = len(self.posts) + 1
        text = f"Number {number} of {SEED}."
        saying = api.messages.SendMessage(peer=self._peer, message=text, random_id=number)

        async def said() -> bool:
            try:
                assert self._at is not None and self._writer is not None
                connection = await people.online(self._at, self._writer)
                await connection.call(people.request(saying))
                connection.close()
            except OSError:
                return False
            return True

        await asked_until(said)
        self.posts.append(text)

    async def kill(self, dice: random.Random, turn: int) -> None:
        """The worker that sends, or any."""
        name = f"worker {dice.randint(1, self.cluster.count)}"
        if turn % 2 == 0:
            _, text = await asyncio.to_thread(self.cluster.observed, 0, "/clusterz")
            leads = re.search(r"^Worker (\d+) leads deferred work", text, re.M)
            if leads is not None:
                process = re.search(rf"^Worker {leads[1]} \([^/]*/(\d+)", text, re.M)
                assert process is not None, text
                os.kill(int(process[1]), signal.SIGKILL)
                return
        await asyncio.to_thread(self.cluster.kill, name)

    def letters(self) -> dict[tuple[str, str], list[str]]:
        """Reader and post -> the ids of the mails with it."""
        # Each mail is read once: it is asked again and again in the loop that takes mails.
        new, self._read = self.sink.mails[self._read :], len(self.sink.mails)
        for mail in new:
            said = re.search(r"Number \d+ of \d+\.", _text(mail))
            if said is not None:
                self._letters[str(mail["to"]), said[0]].append(str(mail["message-id"]))
        return self._letters


def _text(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert isinstance(body, EmailMessage)
    return str(body.get_content())


if haproxy.program():

    @pytest.mark.long
    async def test_each_reader_gets_each_post_while_workers_die() -> None:
        web = free_port()
        async with smtp_sink() as sink:
            settings = SETTINGS.format(web=web, host=HOST, smtp=sink.port)
            cluster = ProxiedCluster(3, settings=settings)
            await asyncio.to_thread(cluster.start)
            try:
                await asyncio.to_thread(cluster.local.add_proxy, web)
                made = Newsroom(cluster, f"http://localhost:{web}", sink)
                await made.begin()
                async with aiohttp.ClientSession() as http:
                    readers = [f"reader{n}@town{n % 7}.example" for n in range(READERS)]
                    for email in readers:
                        await made.subscribe(http, email)
                sink.pause = PAUSE
                dice = random.Random(SEED)
                loop = asyncio.get_running_loop()
                for turn in range(KILLS):
                    next_kill = loop.time() + KILL_SECONDS
                    while loop.time() < next_kill:
                        await made.say()
                        await asyncio.sleep(POST_SECONDS)
                    await made.kill(dice, turn)
                wanted = {(email, post) for email in readers for post in made.posts}
                await until(lambda: made.letters().keys() >= wanted, LOOK_SECONDS * 3)
                await asyncio.sleep(5)  # what comes twice has come
            finally:
                await asyncio.to_thread(cluster.stop)
        letters = made.letters()
        assert letters.keys() == wanted
        times = Counter(len(ids) for ids in letters.values())
        assert all(len(set(ids)) == 1 for ids in letters.values()), "two letters about one post"
        again = sum(count * (n - 1) for n, count in times.items())
        print(
            f"SEED={SEED}: {len(readers)} readers, {len(made.posts)} posts, {KILLS} workers killed:"
            f" 0 letters lost, {again} came twice with the same Message-ID"
        )
        assert again <= KILLS, "more than those that were under way"
