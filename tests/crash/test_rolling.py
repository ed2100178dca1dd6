"""Workers are replaced one after the other by those of a newer version, and by the older ones
again, while people write: N, a migration, N + 1, N. Nobody sees more of it than a reconnect, and
those do not come all at once.

``WORKERS``, ``SENDERS``, ``LISTENERS``, ``DRAIN``, ``ASK`` and ``PAUSE`` (environment) take other
numbers; times are printed and fail nothing.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import pytest

import petitbleu
from petitbleu import __version__
from petitbleu.bench import haproxy, people
from petitbleu.bench.exchange import Address
from petitbleu.bench.people import Person
from petitbleu.bench.server import HOST
from petitbleu.bench.wire_client import CallFailed
from petitbleu.store import migrate
from petitbleu.tl import api, codec
from tests.crash.crowd import Crowd, Member
from tests.kit.processor import Processor
from tests.kit.proxied import ProxiedCluster
from tests.kit.sizes import size
from tests.kit.waiting import until

SENDERS = int(os.environ.get("SENDERS", size(16, 40)))
LISTENERS = int(os.environ.get("LISTENERS", size(40, 260)))
DRAIN = int(os.environ.get("DRAIN", size(4, 30)))
ASK = float(os.environ.get("ASK", "1"))
"""Seconds between two questions of somebody who listens."""
WORKERS = int(os.environ.get("WORKERS", "3"))
NEXT_VERSION = "0.1.999"
MIGRATION = """\
-- oldest_ok: {newest}
-- A column of a table that each message writes, a table, an index.

alter table account_state add column rehearsal <int> not null default 0;
create table rehearsal (id <id>, owner <int> not null);
create index rehearsal_owner on rehearsal (owner);
"""


class Listener:
    """Somebody who is only there, and comes back at once when their connection ends."""

    def __init__(self, at: Address, person: Person) -> None:
        self.at = at
        self.person = person
        self.came: list[float] = []
        self.sent_away: list[float] = []
        """When a connection of this person ended."""
        self.errors: list[str] = []
        self.refused = 0
        """Connections that did not come about."""
        self.running = True

    async def stay(self) -> None:
        """Until :attr:`running` is over; asks for something every :data:`ASK` seconds."""
        while self.running:
            with suppress(OSError, TimeoutError):
                await self._stay_once()
                continue
            self.refused += 1
            await asyncio.sleep(0.05)

    async def _stay_once(self) -> None:
        connection = await asyncio.wait_for(people.online(self.at, self.person), 20)
        self.came.append(time.monotonic())
        ended = asyncio.Event()
        connection.on_close = ended.set
        try:
            while self.running and not connection.closed:
                asked = asyncio.wait_for(
                    connection.call(people.request(api.updates.GetState())), 20
                )
                codec.decode(await asked)
                with suppress(TimeoutError):
                    await asyncio.wait_for(ended.wait(), ASK)
        except CallFailed as failure:
            self.errors.append(str(failure))
        except OSError:
            return  # the worker has left: the one error there may be
        finally:
            if connection.closed:
                self.sent_away.append(time.monotonic())
            connection.close()


class Moves:
    """What each replacement did to the ``people``: who was sent away, and who came anew."""

    def __init__(self, people: Sequence[Member | Listener]) -> None:
        self._people = people
        self._count = 0
        self.most_away = self.most_came = 0.0
        """The largest shares of all people that were sent away, and that came, in one second."""

    def note(self, begun: float, there: int) -> None:
        """A worker with so many people has been replaced since ``begun``: print how."""
        everybody, self._count = len(self._people), self._count + 1
        gone = sorted(at for one in self._people for at in one.sent_away if at >= begun)
        came = sorted(at for one in self._people for at in one.came if at >= begun)
        away, back = _within_a_second(gone) / everybody, _within_a_second(came) / everybody
        self.most_away, self.most_came = max(self.most_away, away), max(self.most_came, back)
        took = gone[-1] - gone[0] if gone else 0.0
        print(
            f"replaced {self._count} in {time.monotonic() - begun:.0f} s: {there} people were"
            f" there, {len(gone)} sent away over {took:.0f} s, within one second at most"
            f" {away:.1%} of all; {len(came)} connected anew, within one second at most {back:.1%}",
            flush=True,
        )


def _within_a_second(times: list[float]) -> int:
    most = first = 0
    for last, at in enumerate(times):
        while times[first] < at - 1:
            first += 1
        most = max(most, last - first + 1)
    return most


def next_version(folder: Path) -> Path:
    """This program as its next release: another version, another migration. Where it lies."""
    package = Path(petitbleu.__file__).parent
    made = folder / "next/src/petitbleu"
    shutil.copytree(package, made, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(package.parents[1] / "schema", folder / "next/schema")
    head = made / "__init__.py"
    text = head.read_text("utf-8")
    assert f'"{__version__}"' in text
    head.write_text(text.replace(f'"{__version__}"', f'"{NEXT_VERSION}"'), "utf-8")
    newest = migrate.of_this_program()[-1].version
    file = made / f"store/migrations/{newest + 1:04}_rehearsal.sql"
    file.write_text(MIGRATION.format(newest=newest), "utf-8")
    return made.parent


async def _replace(cluster: ProxiedCluster, moves: Moves, path: str) -> None:
    """One worker after the other, by the version that lies at ``path``."""
    for worker in range(WORKERS):
        there = (await asyncio.to_thread(cluster.metric, "connections"))[worker]
        begun = time.monotonic()
        await asyncio.to_thread(cluster.restart, worker, {"PYTHONPATH": path})
        await asyncio.sleep(3)  # HAProxy has seen it, and everybody had the time to come
        moves.note(begun, int(there))
        _, text = await asyncio.to_thread(cluster.observed, worker, "/clusterz")
        assert text.count(" works as ") == WORKERS, text
        assert text.count(", version ") == WORKERS - 1 - worker, "the others are of another version"


if haproxy.program():

    @pytest.mark.long
    async def test_replacing_workers_is_seen_as_reconnects_only(tmp_path: Path) -> None:
        newer = await asyncio.to_thread(next_version, tmp_path)
        older = str(Path(petitbleu.__file__).parents[1])
        cluster = ProxiedCluster(WORKERS, drain_seconds=DRAIN)
        await asyncio.to_thread(cluster.start)
        listeners: list[Listener] = []
        crowd = Crowd([])
        try:
            at = Address(HOST, cluster.port, await asyncio.to_thread(cluster.public_key))
            crowd = await Crowd.gather(at, SENDERS, friends=4)
            begun_at = [member.pts for member in crowd.members]
            for member in crowd.members:
                member.close()
            crowd.write()
            signed_up = await people.sign_up_many(at, SENDERS, LISTENERS)
            listeners += [Listener(at, one) for one in signed_up]
            staying = [asyncio.create_task(one.stay()) for one in listeners]
            await until(lambda: all(one.came for one in listeners))
            began, acknowledged = time.monotonic(), crowd.acknowledged
            processor, moves = Processor(), Moves([*crowd.members, *listeners])
            # Expand first, by the newer program: those that serve are of the older one.
            said = await asyncio.to_thread(
                cluster.run, "migrate", environment={"PYTHONPATH": str(newer)}
            )
            assert said.startswith("1 migration was applied."), said
            await _replace(cluster, moves, str(newer))
            await _replace(cluster, moves, older)
            seconds, busy = time.monotonic() - began, processor.shares()
            for one in listeners:
                one.running = False
            await asyncio.gather(*staying)
            await crowd.rest()
            said_since = crowd.acknowledged - acknowledged
            await crowd.check()
            crowd.check_counters(begun_at)
            refused = [each for member in crowd.members for each in member.refused]
            errors = [each for one in listeners for each in one.errors]
            timeouts = sum(member.timeouts for member in crowd.members)
            crowd.close()
        finally:
            # Nobody comes back for ever to what has gone.
            for who in (*listeners, *crowd.members):
                who.running = False
            await asyncio.to_thread(cluster.stop)
        everybody = SENDERS + LISTENERS
        came = [at for one in (*crowd.members, *listeners) for at in one.came]
        tries = sum(one.refused for one in listeners)
        print(
            f"{everybody} people, {2 * WORKERS} workers replaced in {seconds:.0f} s, a migration in"
            f" between, {said_since} messages: 0 lost, 0 doubled, errors {len(refused + errors)},"
            f" timeouts {timeouts}, connections refused {tries}; within one second at most"
            f" {moves.most_away:.1%} were sent away and {moves.most_came:.1%} came; {busy}"
        )
        assert refused == [] and errors == []
        assert len(came) > everybody, "nobody had to come again"
