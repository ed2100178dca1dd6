"""The server has its heads cosigned, keeps and publishes that, and trusts no witness blindly."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from aiohttp import web
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from petitbleu.desk.records.audit import export as exporting
from petitbleu.desk.records.audit import heads, notes, outside, resuming, standing
from petitbleu.desk.records.audit import service as audit
from petitbleu.desk.records.audit import start as audit_start
from petitbleu.desk.records.audit.notes import Checkpoint
from petitbleu.desk.records.witnesses import client, cosignatures, service
from petitbleu.desk.records.witnesses import start as witnesses_start
from petitbleu.desk.records.witnesses.keeping import file_name
from petitbleu.jobs import KINDS, NoData
from petitbleu.run import health
from petitbleu.run.config import ConfigError, load
from petitbleu.run.jobs import JobRunner
from petitbleu.store.api import Tx
from petitbleu.store.query import query
from tests.desk.kit import signer
from tests.desk.records.audit.test_sound import alone
from tests.desk.records.audit.test_standing import cut, write
from tests.desk.records.witnesses.kit import NAME, Running, running, serving
from tests.kit.world import World


def use(world: World, *entries: str) -> None:
    """Put witnesses into the settings."""
    desk = msgspec.structs.replace(world.app.config.desk, witnesses=entries)
    world.app.config = msgspec.structs.replace(world.app.config, desk=desk)


@pytest.fixture
async def witness(world: World, tmp_path: Path) -> AsyncIterator[Running]:
    """One in another process, which knows the log of the world."""
    async with running(tmp_path / "witness", heads.verifier(world.app)) as made:
        use(world, made.setting)
        yield made


async def start(world: World) -> standing.Hold | None:
    """A start of the same folder and database."""
    world.app.parts[standing.HELD] = None
    await audit_start.begin(world.app)
    await witnesses_start.begin(world.app)
    return standing.held(world.app)


async def attack(tx: Tx, sql: str) -> None:
    await tx.run(query(sql))


def forget_files(world: World) -> None:
    for path in outside.folder(world.app).iterdir():
        path.unlink()


async def test_heads_are_cosigned_kept_and_published(world: World, witness: Running) -> None:
    app = world.app
    for size in (5, 6, 13):
        await write(world, size - (await audit.head(app.store)).size)
        await heads.sign(app)
        await JobRunner(app).run_due()
        page = await service.published(app)
        assert page["witnesses"] == [witness.key]
        newest = page["heads"][0]
        key = cosignatures.read_key(witness.key)
        assert newest["size"] == size
        assert cosignatures.find(newest["note"], key, newest["note"], app.clock.now())
        # and stands in its file and in the mail
        (file,) = (path for path in outside.folder(app).iterdir() if f"{size:012}" in path.name)
        assert file.read_text() == newest["note"]
    assert max(one.size for one in outside.known(app)) == 13
    assert await service.problems(app) == await service.health(app) == []
    export = "".join([line async for line in exporting.whole(app, "staff:1")])
    check = alone().check
    assert f"{NAME} has signed the first 13" in check(export, witnesses=[witness.key])
    other = cosignatures.written(NAME, Ed25519PrivateKey.generate().public_key())
    with pytest.raises(Exception, match="no head is signed by"):
        check(export, witnesses=[other])
    await signer(world, "lead")
    await heads.sign(app)
    await service.submit(app)
    await KINDS["audit.mail"].handler(app, NoData())
    assert f"— {NAME} " in world.mail.sent[-1].text
    assert await start(world) is None


async def test_a_head_leaves_only_once_it_is_in_the_database(
    world: World, witness: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[bool] = []
    real = client.add

    async def watched(url: str, body: bytes, seconds: float = 5) -> client.Said:
        if world.app.store.dialect == "sqlite":
            import sqlite3

            with sqlite3.connect(world.app.store.place) as conn:
                seen.append(bool(conn.execute("select 1 from audit_signed").fetchone()))
        return await real(url, body, seconds)

    monkeypatch.setattr(client, "add", watched)
    await write(world, 3)

    async def lost(tx: Tx, *_: Any, **__: Any) -> None:
        raise RuntimeError("the disk failed")

    with monkeypatch.context() as patch:
        patch.setattr(heads, "_keep", lost)
        with pytest.raises(RuntimeError):
            await heads.sign(world.app)
    await JobRunner(world.app).run_due()
    await service.submit(world.app)
    assert seen == []  # what is not there was shown to nobody
    await heads.sign(world.app)
    await JobRunner(world.app).run_due()
    assert seen in ([True], [])


@pytest.mark.sometimes(2)
@pytest.mark.parametrize("grown", [0, 9])
async def test_a_log_behind_or_beside_what_was_cosigned_stands_still(
    world: World, witness: Running, grown: int
) -> None:
    """Database, folder and head files are those of before: the witness alone knows better."""
    app = world.app
    await signer(world, "lead")
    await write(world, 8)
    await heads.sign(app)
    assert await service.submit(app)
    size = (await audit.head(app.store)).size
    await cut(world, 4)
    await app.store.write(attack, "delete from log_witness")
    await app.store.write(attack, "delete from log_cosignature")
    await write(world, grown)
    if grown:
        await heads.sign(app)
    forget_files(world)
    hold = await start(world)
    assert hold is not None and hold.why == (standing.OTHER if grown else standing.BEHIND)
    assert hold.known == size
    found = await health.with_desk(app)
    assert not found.ok and any("stands still" in one for one in found.lines)
    await JobRunner(app).run_due()
    assert any("stands still" in one.subject for one in world.mail.sent)
    # the next start knows it without the witness
    witness.process.terminate()
    await witness.process.wait()
    assert await start(world) is not None


async def test_it_is_noticed_while_running_too(world: World, witness: Running) -> None:
    app = world.app
    await write(world, 8)
    await heads.sign(app)
    assert await service.submit(app)
    await cut(world, 4)
    await app.store.write(attack, "delete from log_witness")
    await write(world, 20)
    await heads.sign(app)
    assert standing.held(app) is None
    assert not await service.submit(app)
    hold = standing.held(app)
    assert hold is not None and hold.why == standing.OTHER
    assert await heads.sign(app) is None and await service.submit(app)


@pytest.mark.sometimes(2)
async def test_after_two_signed_the_log_goes_on_under_a_new_name(
    world: World, witness: Running, tmp_path: Path
) -> None:
    app = world.app
    await write(world, 9)
    await heads.sign(app)
    assert await service.submit(app)
    old = heads.origin(app)
    await cut(world, 4)
    assert await start(world) is not None
    assert await resuming.sign(app, "operator", "the disk failed, as it does", alone=True)
    assert heads.origin(app) == f"{old}/2" != old
    await heads.sign(app)
    assert not await service.submit(app)
    assert "does not know this log" in (await service.late(app))[0].problem
    async with running(tmp_path / "next", heads.verifier(app)) as again:
        use(world, again.setting)
        assert await service.submit(app)
        assert await start(world) is None
        # from here on being rolled back is noticed again, however long the first log was
        await write(world, 2)
        await heads.sign(app)
        assert await service.submit(app)
        await cut(world, 2)
        hold = await start(world)
        assert hold is not None and hold.why == standing.BEHIND
        # also to before the signatures
        world.app.parts[standing.HELD] = None
        await app.store.write(attack, "update log_hold set ended_at = 1")
        await cut(world, (await audit.head(app.store)).size - 3)
        hold = await start(world)
        assert hold is not None and hold.why == standing.BEHIND


async def test_check_says_who_has_not_signed_for_how_long(world: World, tmp_path: Path) -> None:
    app = world.app
    key = cosignatures.written(NAME, Ed25519PrivateKey.generate().public_key())
    use(world, f"http://127.0.0.1:9 {key}")
    assert await service.problems(app) == await service.health(app) == []  # nothing to sign yet
    await write(world, 3)
    await heads.sign(app)
    assert not await service.submit(app)
    (line,) = await service.health(app)
    assert "0 minutes. It has signed none; the last try: it cannot be reached" in line
    assert await service.problems(app) == []
    world.clock.advance(5 * 3600)
    (line,) = await service.problems(app)
    assert f"The witness {NAME} has not signed the log for 5 hours" in line
    found = await health.with_desk(app)
    assert not found.ok and line in found.lines


@pytest.mark.parametrize(
    "how", ["hangs", "huge", "endless", "rubbish", "stranger", "other head", "future", "redirect"]
)
async def test_a_witness_that_lies_is_not_believed(
    world: World, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = world.app
    monkeypatch.setattr(client, "SECONDS", 0.5)
    key = Ed25519PrivateKey.generate()
    over = asyncio.Event()

    async def answer(request: web.Request) -> web.StreamResponse:
        note = (await request.text()).partition("\n\n")[2]
        now = int(app.clock.now())
        if how == "hangs":
            await over.wait()
        if how == "endless":
            response = web.StreamResponse()
            await response.prepare(request)
            while not over.is_set():
                await response.write(b"x" * 65_536)
            return response
        lines = {
            "huge": "x" * (1 << 20),
            "rubbish": "— ? ?\n\x00",
            "stranger": cosignatures.sign(note, NAME, Ed25519PrivateKey.generate(), now),
            "other head": cosignatures.sign(note.replace("\n", "\n1", 1), NAME, key, now),
            "future": cosignatures.sign(note, NAME, key, now + 86_400),
        }
        if how == "redirect":
            raise web.HTTPFound("/elsewhere")
        return web.Response(text=lines.get(how, ""))

    await write(world, 3)
    await heads.sign(app)
    async with serving(answer) as url:
        use(world, f"{url} {cosignatures.written(NAME, key.public_key())}")
        monkeypatch.setattr(client.add, "__defaults__", (0.5,))
        assert not await service.submit(app)
        over.set()
    assert all(f"— {NAME}" not in one["note"] for one in (await service.published(app))["heads"])
    (one,) = await service.late(app)
    assert one.problem and not one.disputed and one.size == 0


@pytest.mark.parametrize("answer", ["900\n", "3\n", "2\n", "-1\n", "x", "", "9" * 400])
@pytest.mark.parametrize("status", [409, 422])
async def test_what_a_witness_only_claims_is_said_and_stops_nothing(
    world: World, answer: str, status: int
) -> None:
    """Heads that it shows must verify under the key of the log."""
    app = world.app
    key = Ed25519PrivateKey.generate()
    forged = notes.sign(Checkpoint(heads.origin(app), 900, bytes(32)), key)

    async def claim(request: web.Request) -> web.Response:
        if request.method == "GET":
            return web.Response(text=forged)
        return web.Response(text=answer, status=status)

    await write(world, 3)
    await heads.sign(app)
    async with serving(claim) as url:
        use(world, f"{url} {cosignatures.written(NAME, key.public_key())}")
        assert not await service.submit(app)
        assert await start(world) is None
    problems = await service.problems(app)
    claims = status == 422 or answer in ("900\n", "3\n", "2\n")
    assert bool(problems) == claims
    if claims:
        assert "it says that" in problems[0]


async def test_a_start_waits_for_no_witness_for_long(world: World) -> None:
    over = asyncio.Event()

    async def hang(request: web.Request) -> web.Response:
        await over.wait()
        return web.Response()

    key = cosignatures.written(NAME, Ed25519PrivateKey.generate().public_key())
    async with serving(hang) as url:
        use(world, *[f"{url} {key}"] * 3)
        async with asyncio.timeout(service.START_SECONDS * 2.5):
            assert await start(world) is None
        over.set()


async def test_one_witness_holds_up_no_other(world: World, witness: Running) -> None:
    over = asyncio.Event()

    async def hang(request: web.Request) -> web.Response:
        await over.wait()
        return web.Response()

    key = Ed25519PrivateKey.generate().public_key()
    async with serving(hang) as url:
        use(world, f"{url} {cosignatures.written('slow.example', key)}", witness.setting)
        await write(world, 3)
        await heads.sign(world.app)
        work = asyncio.create_task(service.submit(world.app))
        async with asyncio.timeout(30):
            while f"— {NAME} " not in (await service.published(world.app))["heads"][0]["note"]:
                await asyncio.sleep(0.02)
        assert not work.done()
        over.set()
        assert not await work


def test_settings_name_witnesses_by_address_and_key(tmp_path: Path) -> None:
    key = cosignatures.written(NAME, Ed25519PrivateKey.generate().public_key())
    file = tmp_path / "petitbleu.toml"
    file.write_text(f"[desk]\nwitnesses = {json.dumps([f'https://w.example {key}'])}\n")
    assert load(tmp_path, {}, {}).desk.witnesses == (f"https://w.example {key}",)
    for bad in ("x", key, "https://w.example", f"ftp://w.example {key}", f"https://w {key[:-5]}"):
        file.write_text(f"[desk]\nwitnesses = {json.dumps([bad])}\n")
        with pytest.raises(ConfigError, match=r"desk\.witnesses"):
            load(tmp_path, {}, {})
    assert file_name("x") != file_name("y")
