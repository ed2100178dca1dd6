"""``kill -9`` of a real server between a letter's 250 and its alarm, again and again: every order
that was acknowledged has its case, its clock and its alarm.
"""

from __future__ import annotations

import asyncio
import json
import random
import smtplib
import time
from pathlib import Path
from typing import Any

from petitbleu.bench.server import HOST, Server, free_port
from tests.desk.casework.alerts.receivers import Receiver, receiver
from tests.desk.intake.mails import sample
from tests.kit.sizes import size

KILLS = size(1, 3)
EACH = 4
"""Orders before each kill."""


def order(number: int) -> bytes:
    """A removal order of its own: another reference, place and Message-ID than the others."""
    text = sample("s2").replace(b"AT-2026-0093", b"AT-2026-%04d" % number)
    text = text.replace(b"at-2026-0093", b"at-2026-%04d" % number)
    return text.replace(b"schwarze_front/12", b"schwarze_front/%d" % number)


def connected(port: int) -> smtplib.SMTP:
    """The door for letters; it opens after that for clients."""
    end = time.monotonic() + 30
    while True:
        try:
            return smtplib.SMTP(HOST, port, timeout=10)
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.05)


def hand_over(port: int, numbers: list[int]) -> list[int]:
    """Those of the orders that were acknowledged (250)."""
    taken: list[int] = []
    with connected(port) as smtp:
        for number in numbers:
            smtp.sendmail("tco@dsn.bmi.example", ["tco@petitbleu.example"], order(number))
            taken.append(number)
    return taken


async def rung(hook: Receiver) -> dict[str, Any]:
    """Alarms that came, by case (at least once each)."""
    found = [hook.json(n) for n in range(len(hook.calls))]
    return {said["case"]: said for said in found if said["kind"] == "tco_removal_order"}


async def test_no_order_loses_its_clock_or_alarm_however_the_server_ends(tmp_path: Path) -> None:
    port, moments = free_port(), random.Random(3)
    async with receiver() as hook:
        server = Server(tmp_path / "data")
        server.data.mkdir()
        settings = f'[desk]\nsmtp_listen = "{HOST}:{port}"\nwebhook_url = "{hook.url}"\n'
        (server.data / "petitbleu.toml").write_text(settings, "utf-8")
        await asyncio.to_thread(server.start)
        taken: list[int] = []
        try:
            for round in range(KILLS):
                numbers = [1000 * (round + 1) + n for n in range(EACH)]
                taken += await asyncio.to_thread(hand_over, port, numbers)
                await asyncio.sleep(moments.uniform(0, 0.4))
                server.kill()
                await asyncio.to_thread(server.start)
            async with asyncio.timeout(60):
                while len(await rung(hook)) < len(taken):
                    await asyncio.sleep(0.2)
            listed = json.loads(await asyncio.to_thread(server.run, "desk", "cases", "--json"))
        finally:
            server.remove()
        alarms = await rung(hook)
    assert len(taken) == KILLS * EACH
    orders = {case["number"] for case in listed["cases"] if case["kind"] == "tco_removal_order"}
    assert len(listed["cases"]) == len(taken), "none lost, none doubled"
    assert set(alarms) == orders
    assert all(said["urgency"] == "critical" and said["due"] for said in alarms.values())
