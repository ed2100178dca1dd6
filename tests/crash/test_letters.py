"""``kill -9`` while letters come in: each that was answered 250 is one case, none is two."""

from __future__ import annotations

import asyncio
import json
import random
import smtplib
import subprocess
import threading
import time
from collections import Counter

from petitbleu.bench.server import HOST, Server, free_port

LETTERS = 120
KILLS = 3


class MailServer(threading.Thread):
    """Hands letters over as a mail server does: what is not answered 250 is tried again."""

    def __init__(self, port: int, names: list[str]) -> None:
        super().__init__(daemon=True)
        self._port = port
        self.waiting = names
        self.sent = 0
        self.over = threading.Event()

    def run(self) -> None:
        while self.waiting and not self.over.is_set():
            try:
                with smtplib.SMTP(HOST, self._port, timeout=5) as smtp:
                    while self.waiting:
                        name = self.waiting[0]
                        smtp.sendmail(f"{name}@home.example", ["legal@desk.example"], letter(name))
                        self.waiting.pop(0)
                        self.sent += 1
            except (OSError, smtplib.SMTPException):
                time.sleep(0.05)


def letter(name: str) -> bytes:
    return (
        f"From: {name}@home.example\r\nTo: legal@desk.example\r\nSubject: {name}\r\n"
        f"Message-ID: <{name}@home.example>\r\n\r\nBonjour, une question sur la ville.\r\n"
    ).encode()


async def test_killed_again_and_again_every_letter_is_one_case(server: Server) -> None:
    port = free_port()
    server.stop()
    (server.data / "petitbleu.toml").write_text(f'[desk]\nsmtp_listen = "{HOST}:{port}"\n')
    await asyncio.to_thread(server.start)
    names = [f"letter{number}" for number in range(LETTERS)]
    senders = [MailServer(port, names[first::4]) for first in range(4)]
    for sender in senders:
        sender.start()
    moments = random.Random(1)
    for _ in range(KILLS):
        await asyncio.sleep(moments.uniform(0.2, 0.6))
        server.kill()
        await asyncio.to_thread(server.start)
    until = time.monotonic() + 120
    while any(sender.is_alive() for sender in senders) and time.monotonic() < until:
        await asyncio.sleep(0.1)
    assert sum(sender.sent for sender in senders) == LETTERS
    titles: Counter[str] = Counter()
    while len(titles) < LETTERS and time.monotonic() < until:
        await asyncio.sleep(0.5)
        titles = Counter(await asyncio.to_thread(listed, server))
    assert titles == Counter(names)


def listed(server: Server) -> list[str]:
    words = server.command("desk", "cases", "--limit", "1000", "--json")
    found = subprocess.run(words, capture_output=True, check=True, timeout=60)
    return [case["title"] for case in json.loads(found.stdout)["cases"]]
