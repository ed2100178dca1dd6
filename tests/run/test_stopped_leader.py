"""The worker that does what is done once is stopped (SIGSTOP) in the midst of letters, alarm mails
and webhooks, and goes on half a minute later. Another did the work meanwhile: what the first one
would still write is refused, and only what was under way arrives twice, under the same name.
"""

from __future__ import annotations

import asyncio
import json
from collections import Counter, defaultdict
from pathlib import Path

import asyncpg
import pytest

from petitbleu.bench.server import HOST, free_port
from petitbleu.desk.casework.alerts.sending import AT_ONCE
from petitbleu.webhooks import KEY
from tests.desk.casework.alerts.receivers import Receiver, receiver
from tests.desk.casework.alerts.test_kill import hand_over
from tests.kit.mail import SmtpSink, smtp_sink
from tests.kit.server_cluster import ServerCluster, Worker
from tests.kit.waiting import GUARD, asked_until, until
from tests.run.process import command
from tests.run.test_workers import holder

STOPPED_SECONDS = 30
ORDERS = 12
WAITING = "select count(*) from desk_notice where state = 'queued'"
LETTERS = "select count(*) from desk_letter where state = 'queued'"


def _settings(port: int, hook: Receiver, sink: SmtpSink) -> str:
    return (
        f'public_url = "https://chat.example"\n'
        f'[smtp]\nhost = "{HOST}"\nport = {sink.port}\nsecurity = "none"\n'
        f'sender = "bureau@petitbleu.example"\n'
        f'[desk]\nsmtp_listen = "{HOST}:{port}"\nwebhook_url = "{hook.url}"\n'
        'addresses = ["tco@petitbleu.example"]\non_call = ["astreinte@desk.example"]\n'
        'lead = "chef@desk.example"\ndirector = "direction@home.example"\n'
    )


async def _stopped_in_the_midst(
    leader: Worker, port: int, hook: Receiver, sink: SmtpSink
) -> tuple[int, int]:
    """Have calls and mails under way, and the worker stopped; how many there were."""
    hook.answers.clear()
    sink.answers.clear()
    taken = await asyncio.to_thread(hand_over, port, [1000 + n for n in range(ORDERS)])
    assert len(taken) == ORDERS
    await until(lambda: len(hook.calls) >= 2 and len(sink.mails) >= 2)
    leader.pause()
    await asyncio.sleep(0.2)
    under_way = len(hook.calls), len(sink.mails)
    hook.answers.set()
    sink.answers.set()
    return under_way


def _repeated(named: dict[str, list[str]]) -> int:
    """How often something came again; that it came as the same each time."""
    for name, came in named.items():
        assert len(set(came)) == 1, f"{name} names different things: {came}"
    whole = Counter(came[0] for came in named.values())
    assert set(whole.values()) == {1}, f"under two names: {whole.most_common(3)}"
    return sum(len(came) - 1 for came in named.values())


def _calls(hook: Receiver) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for number, (headers, _, _) in enumerate(hook.calls):
        said = hook.json(number)
        found[headers[KEY]].append(f"{said['case']} {said['clock']} {said['what']} {said['level']}")
    return found


def _mails(sink: SmtpSink) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for mail in sink.mails:
        found[mail["Message-ID"]].append(f"{mail['To']} {mail['Subject']}")
    return found


@pytest.mark.long
async def test_what_a_stopped_leader_would_write_is_refused(tmp_path: Path) -> None:
    port = free_port()
    async with receiver() as hook, smtp_sink() as sink:
        with ServerCluster(tmp_path / "data", 0, _settings(port, hook, sink)) as cluster:
            conn = await asyncpg.connect(cluster.url)
            leader = await asyncio.to_thread(cluster.add)
            first = await holder(conn)
            other = await asyncio.to_thread(cluster.add)
            under_way = await _stopped_in_the_midst(leader, port, hook, sink)
            await asyncio.sleep(STOPPED_SECONDS)
            assert await holder(conn) not in (0, first)
            leader.resume()
            _, said = await asyncio.to_thread(leader.process.communicate, timeout=GUARD)

            async def all_left() -> bool:
                return await conn.fetchval(WAITING) == 0 == await conn.fetchval(LETTERS)

            await asked_until(all_left, 3 * GUARD)
            listed = await asyncio.to_thread(
                command, "desk", "cases", "--json", "--data", str(cluster.data)
            )
            sent = await conn.fetchval("select count(*) from desk_notice where state = 'sent'")
            await conn.close()
            code, errors = await asyncio.to_thread(other.stop)
    refused = said.count("a write was refused")
    assert leader.process.returncode == 1 and "Traceback" not in said, said
    assert code == 0 and "Traceback" not in errors, errors
    assert refused >= 1, said
    cases = json.loads(listed.stdout)["cases"]
    assert len(cases) == ORDERS
    calls, mails = _repeated(_calls(hook)), _repeated(_mails(sink))
    assert calls + mails <= AT_ONCE + 1, "more than the alarms and the letter under way"
    assert not any("canary" in str(hook.json(n)).lower() for n in range(len(hook.calls)))
    print(
        f"stopped for {STOPPED_SECONDS} s with {under_way} calls and mails under way:"
        f" fenced_total {refused}, {sent} notices sent once, {calls} calls and {mails} mails came"
        " twice under the same name"
    )
