"""What was erased is nowhere: not in the bucket, not at a worker, and not after a while."""

from __future__ import annotations

import hashlib
import itertools
import subprocess
import sys
from pathlib import Path
from typing import Any

import msgspec
import pytest

from petitbleu.blobs.bucket import Bucket
from petitbleu.blobs.spool import Spool
from petitbleu.config import Cluster
from petitbleu.domain.files.media import remembered, storage, sweep
from petitbleu.domain.messaging.messages import erase
from petitbleu.domain.registration.deletion import service as deletion
from petitbleu.store.api import Store
from petitbleu.store.migrate import Refused
from petitbleu.store.query import query
from petitbleu.tl import api
from tests.domain.files.media.shots import document_input, download, location, upload
from tests.domain.safety.moderation.deciding import decide
from tests.kit import buckets
from tests.kit.waiting import asked_until
from tests.kit.world import Client, World, running

SELF = api.InputPeerSelf()
DAY = 86_400
_random = itertools.count(700)
_LOSE = query("delete from blob where size = 3")


class Frames:
    """A bus whose frames are looked at."""

    def __init__(self) -> None:
        self.me = 1
        self.sent: list[tuple[str, Any]] = []
        self.takers: dict[str, list[Any]] = {}
        self.lost: list[Any] = []

    def send(self, to: int, kind: str, item: Any) -> None:
        self.sent.append((kind, item))

    def all(self, kind: str, item: Any) -> None:
        self.sent.append((kind, item))

    def on(self, kind: str, take: Any) -> None:
        self.takers.setdefault(kind, []).append(take)

    def up(self) -> bool:
        return True


@pytest.fixture
async def world(store: Store, tmp_path: Path) -> Any:
    """An instance whose bucket keeps versions, and waits for a week before it forgets."""
    cluster = Cluster(blobs=buckets.new_bucket(versions=True))
    made = World(store, tmp_path, cluster=cluster)
    made.app.bus = Frames()  # type: ignore[assignment]
    async with running(made):
        yield made


async def sent(client: Client, data: bytes) -> Any:
    """A document in one's own chat."""
    media = document_input(await upload(client, data))
    query = api.messages.SendMedia(peer=SELF, media=media, message="", random_id=next(_random))
    return (await client.call(query)).updates[1].message


def bucket(world: World) -> Bucket:
    return Bucket(world.app.config.cluster.blobs)


async def contents(world: World) -> list[str]:
    """Every version of every content, and every piece on the worker's disk."""
    cache = world.app.config.data / "cache"
    return [
        *await bucket(world).remembers("b"),
        *(str(path) for path in cache.rglob("*") if path.is_file()),
    ]


async def run(world: World, seconds: int) -> int:
    await erase.run(world.app)
    world.clock.advance(seconds)
    return (await sweep.run(world.app))[1]


async def test_what_nobody_uses_waits_for_a_week_and_may_be_used_again(world: World) -> None:
    ada = await world.sign_up()
    message = await sent(ada, b"kept for a restore")
    await ada.call(api.messages.DeleteMessages(id=[message.id]))
    assert await run(world, 2 * DAY) == 0
    assert await run(world, 6 * DAY) == 0
    assert len(await contents(world)) == 1
    again = await sent(ada, b"kept for a restore")
    assert await download(ada, location(again.media.document)) == b"kept for a restore"
    assert await run(world, 9 * DAY) == 0
    assert len(await bucket(world).remembers("b")) == 1
    await ada.call(api.messages.DeleteMessages(id=[again.id]))
    assert await run(world, 2 * DAY) == 0
    assert await run(world, 8 * DAY) == 1
    assert await contents(world) == []


async def test_a_deleted_account_leaves_nothing_for_a_week(world: World) -> None:
    ada = await world.sign_up()
    message = await sent(ada, b"mine")
    assert await download(ada, location(message.media.document)) == b"mine"
    assert len(await contents(world)) == 2
    await deletion.delete(world.app, ada.user_id)
    await deletion.empty(world.app, ada.user_id)
    await world.settle()
    assert await run(world, 2 * DAY) == 1
    assert await contents(world) == []
    assert [item for kind, item in world.app.bus.sent if kind == remembered.KIND]  # type: ignore[attr-defined]


async def test_what_a_measure_removed_goes_as_soon_as_nothing_holds_it(world: World) -> None:
    ada = await world.sign_up()
    message = await sent(ada, b"removed")
    await decide(world, "remove", subject=ada.user_id, owner=ada.user_id, messages=(message.id,))
    assert await run(world, 2 * DAY) == 0
    assert len(await contents(world)) == 1  # evidence
    assert await run(world, world.app.config.moderation.evidence_days * DAY) == 0
    assert await run(world, DAY) == 1
    assert await contents(world) == []


async def test_other_workers_drop_what_was_erased(world: World) -> None:
    ada = await world.sign_up()
    message = await sent(ada, b"seen at this worker")
    await download(ada, location(message.media.document))
    (piece,) = [one for one in await contents(world) if "cache" in one]
    sha = bytes.fromhex(Path(piece).parent.name + Path(piece).name.split(".")[0])
    (take,) = world.app.bus.takers[remembered.KIND]  # type: ignore[attr-defined]
    take(2, [sha])
    assert not Path(piece).exists()


async def test_a_worker_that_missed_it_compares(world: World) -> None:
    ada = await world.sign_up()
    messages = [await sent(ada, data) for data in (b"one", b"two")]
    for message in messages:
        await download(ada, location(message.media.document))

    async def both_are_remembered() -> bool:
        return sum("cache" in one for one in await contents(world)) == 2

    await asked_until(both_are_remembered)  # they are written down after they were sent
    assert await remembered.compare(world.app) == 0

    async def lose(tx: Any) -> None:
        await tx.run(_LOSE)

    await world.app.store.write(lose)
    assert await remembered.compare(world.app) == 2
    assert [one for one in await contents(world) if "cache" in one] == []


def test_alone_no_bucket_is_imported() -> None:
    code = (
        "import sys; import petitbleu.run.main; from petitbleu import desk, domain;"
        " domain.load_rooms(); desk.load_rooms()"
    )
    asked = [sys.executable, "-X", "importtime", "-c", code]
    times = subprocess.run(asked, check=True, capture_output=True, text=True).stderr
    names = {line.rpartition("|")[2].strip() for line in times.splitlines()}
    assert "petitbleu.blobs.local" in names
    assert not {name for name in names if name.startswith(("obstore", "moto", "boto"))}
    assert not {"petitbleu.blobs.s3", "petitbleu.blobs.bucket", "petitbleu.blobs.versions"} & names


async def test_a_server_alone_keeps_its_spool(world: World) -> None:
    world.app.config = msgspec.structs.replace(world.app.config, cluster=Cluster())
    _, parts = storage._places(world.app, world.app.config.data)
    assert isinstance(parts, Spool)


@pytest.mark.parametrize("gone", [True, False])
async def test_the_data_folder_says_what_a_restore_must_not_bring_back(
    store: Store, tmp_path: Path, gone: bool
) -> None:
    async with running(World(store, tmp_path)) as world:
        ada = await world.sign_up()
        message = await sent(ada, b"mine")
        if gone:
            await deletion.delete(world.app, ada.user_id)
            await deletion.empty(world.app, ada.user_id)
        else:
            await ada.call(api.messages.DeleteMessages(id=[message.id]))
        await world.settle()
        assert await run(world, 2 * DAY) == 1
        log = tmp_path / "erased.log"
        assert log.exists() == gone
        if gone:
            at, name = log.read_text("ascii").split()
            assert int(at) == int(world.clock.now())
            assert name == hashlib.sha256(b"mine").hexdigest()


@pytest.mark.parametrize(
    ("blobs", "said"),
    [("s3://nowhere", "no such bucket"), ("s3://bucket", "credentials stand in")],
)
async def test_a_bucket_that_cannot_be_written_is_refused_at_the_start(
    store: Store, tmp_path: Path, blobs: str, said: str
) -> None:
    query = buckets.new_bucket().partition("?")[2]
    wrong = f"{blobs}/x?{query}" + ("&key=x" if "bucket" in blobs else "")
    with pytest.raises(Refused, match=said):
        async with running(World(store, tmp_path, cluster=Cluster(blobs=wrong))):
            raise AssertionError
