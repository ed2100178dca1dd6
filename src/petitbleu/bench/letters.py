"""Letters into the running server, as its operator's mail server hands them over, while people
write to each other: what either costs the other, and whether any letter is lost.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import random
import time
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime
from typing import NamedTuple

from petitbleu.bench.interference import Beside, stand_back
from petitbleu.bench.messages import Pairs
from petitbleu.bench.rig import Figures, Harness, percentile
from petitbleu.bench.search import Speech
from petitbleu.bench.server import HOST, free_port
from petitbleu.clock import SystemClock
from petitbleu.config import Config
from petitbleu.store.opening import open_store
from petitbleu.store.query import query

CONNECTIONS = 4
WARM = 500
"""Letters before the measurement: the reading processes start, and what was filled a moment ago has
been touched, as after some minutes of letters (PostgreSQL writes each page whole at its first touch
after a checkpoint).
"""
ROUNDS = 5
"""Times that messages are alone and then beside letters."""
IDLE = 0.25
"""Seconds in which a server that has done all the letters works for less than a twelfth."""
WAIT = 20.0
"""Seconds after the letters of a round in which it is to have done them."""
DRAIN = 5.0
"""Seconds after the last letter until what was not worked counts as waiting."""


class Sent(NamedTuple):
    """What handing over took: seconds in all, and seconds of each letter."""

    seconds: float
    waits: list[float]


class _Row(NamedTuple):
    state: str
    stored_at: int
    opened_at: int


_ARRIVED = query(
    "select i.state, i.stored_at, coalesce(c.opened_at, 0) from desk_inbound i"
    " left join desk_case c on c.number = i.number where i.channel = 'smtp'",
    _Row,
)


async def intake(rig: Harness, *, seconds: float, rate: int) -> Figures:
    """``rate`` letters a second for ``seconds``; the server is stopped before and afterwards."""
    port = start(rig)
    pair = await Pairs.of(rig, 1)
    beside = Beside(pair)
    await beside.warm_up()
    share = int(seconds * rate) // ROUNDS
    handed: list[Sent] = []
    cpu, tails = 0.0, []
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn"), stand_back) as other:
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(other, prepare, WARM + ROUNDS * share)
        await loop.run_in_executor(other, deliver, port, 0, WARM, rate)
        await _settle(rig)
        for turn in range(ROUNDS):
            await beside.without(seconds / ROUNDS)
            meter = rig.meter()
            handing = loop.run_in_executor(other, deliver, port, WARM + turn * share, share, rate)
            await beside.during("letters", handing)
            handed.append(await handing)
            tails.append(await _settle(rig))
            meter.stop()
            cpu += meter.cpu
    pair.close()
    await asyncio.sleep(DRAIN)
    rig.server.stop()
    count = ROUNDS * share
    return {
        "letters_per_second": count / sum(sent.seconds for sent in handed),
        "letter_taken_p99_ms": percentile([w for sent in handed for w in sent.waits], 0.99) * 1e3,
        "cpu_ms_per_letter": cpu / count * 1e3,
        "letters_done_after_max_s": max(tails),
        **beside.figures(),
        **await _arrived(rig, count + WARM),
    }


def start(rig: Harness) -> int:
    """Start the server so that it takes letters; the port."""
    port = free_port()
    settings = f'[desk]\nsmtp_listen = "{HOST}:{port}"\n'
    (rig.server.data / "petitbleu.toml").write_text(settings, "utf-8")
    rig.server.start()
    return port


async def _settle(rig: Harness) -> float:
    """Wait until the server has read and filed what it took; the seconds that it needed.

    A letter is acknowledged before it is read: messages right after the last one are not alone.
    """
    began = time.perf_counter()
    while (spent := time.perf_counter() - began) < WAIT:
        meter = rig.meter()
        await asyncio.sleep(IDLE)
        meter.stop()
        if meter.cpu < IDLE / 12:
            break
    return spent


async def _arrived(rig: Harness, count: int) -> Figures:
    """What became of ``count`` letters that were acknowledged."""
    store = await open_store(Config(data=rig.server.data, database=rig.server.database))
    try:
        rows = await store.scan(_ARRIVED)
    finally:
        await store.close()
    worked = [row for row in rows if row.state == "worked" and row.opened_at]
    lags = [max(row.opened_at - row.stored_at, 0) for row in worked]
    return {
        "letters_lost": count - len(rows),
        "letters_waiting": len(rows) - len(worked),
        "case_opened_after_p99_s": percentile(lags, 0.99),
    }


_letters: list[bytes] = []
"""In the process that hands them over."""


def prepare(count: int) -> None:
    """Write ``count`` letters, before anything is measured."""
    speech = Speech(2)
    _letters[:] = [_letter(speech, 2_000_000 + n) for n in range(count)]


def deliver(port: int, first: int, count: int, rate: int) -> Sent:
    """Hand ``count`` prepared letters over from number ``first`` on, ``rate`` a second, over a few
    connections that stay open.

    In a process of its own: its work must not delay the messages.
    """
    return asyncio.run(_deliver(port, _letters[first : first + count], rate))


async def _deliver(port: int, letters: list[bytes], rate: int) -> Sent:
    import aiosmtplib

    waits: list[float] = []
    began = time.perf_counter()

    async def connection(first: int) -> None:
        async with aiosmtplib.SMTP(hostname=HOST, port=port, start_tls=False) as smtp:
            for n in range(first, len(letters), CONNECTIONS):
                await asyncio.sleep(began + n / rate - time.perf_counter())
                handed = time.perf_counter()
                await smtp.sendmail("notifier@mail.example", ["notices@chat.example"], letters[n])
                waits.append(time.perf_counter() - handed)

    await asyncio.gather(*(connection(first) for first in range(CONNECTIONS)))
    return Sent(time.perf_counter() - began, waits)


def _letter(speech: Speech, n: int) -> bytes:
    """A notice of some length, every third with HTML beside the text."""
    chance: random.Random = speech.random
    words = speech.words
    sender = f"{words[n % 5000]}@{words[n % 900]}.example"
    message = EmailMessage()
    message["From"] = sender
    message["To"] = "notices@chat.example"
    message["Subject"] = f"Notice: {speech.text(old=False)}"
    message["Message-ID"] = f"<{n}.{chance.getrandbits(40)}@{words[n % 900]}.example>"
    message["Date"] = _now()
    link = f"https://chat.example/{words[n % 9000]}/{n}"
    body = "\n\n".join(speech.text(old=False) for _ in range(12))
    message.set_content(f"This content is illegal: {link}\n\n{body}\n")
    if n % 3 == 0:
        message.add_alternative(f"<p>This is illegal: {link}</p><p>{body}</p>", subtype="html")
    message["Received"] = f"from mail.example by mx.chat.example; {_now()}"
    return message.as_bytes()


def _now() -> str:
    return format_datetime(datetime.fromtimestamp(SystemClock().now(), UTC))
