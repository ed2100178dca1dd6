"""A copy of one's own data: asked for, made step by step, told, kept for two days, deleted."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import msgspec
import pytest

from petitbleu.domain.registration.deletion import service as deletion
from petitbleu.domain.transfer.exports import own
from petitbleu.domain.transfer.exports.packing import Packing
from petitbleu.domain.transfer.exports.running import Exporter
from petitbleu.store.query import query
from petitbleu.tl import api
from tests.domain.access.password import steps
from tests.domain.files.media import shots
from tests.kit import servicechat, talk
from tests.kit.world import Client, RpcFault, World

pytestmark = pytest.mark.file_places
NONE = api.InputCheckPasswordEmpty()
START = api.petitbleu.StartExport(password=NONE)
GET = api.petitbleu.GetExport()
DAY = 86_400


async def _refused(client: Client, q: Any) -> str:
    with pytest.raises(RpcFault) as refusal:
        await client.call(q)
    return refusal.value.message


async def _picture(client: Client, peer: Any) -> None:
    file = await shots.upload(client, shots.picture(40, 30), "a.jpg")
    media = api.InputMediaUploadedPhoto(file=file)
    await client.call(api.messages.SendMedia(peer=peer, media=media, message="", random_id=99))


def _left(world: World) -> list[str]:
    folder = world.app.config.data / own.FOLDER
    return sorted(one.name for one in folder.iterdir()) if folder.is_dir() else []


def _read(path: Path) -> tuple[Any, list[str]]:
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as packed:
        assert packed.testzip() is None
        return json.loads(packed.read("result.json")), packed.namelist()


async def test_everything_is_in_it_and_all_devices_are_told(world: World) -> None:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    await talk.say(ada, await ada.peer(bob), "Hello Bob")
    await _picture(ada, await ada.peer(bob))
    assert isinstance(await ada.call(GET), api.petitbleu.ExportEmpty)
    begun = await ada.call(START)
    assert (begun.ready, begun.failed, begun.url) == (False, False, None)
    other = await world.sign_in(ada.phone)
    assert (await other.call(GET)).id == begun.id
    await servicechat.run(world)
    done = await other.call(GET)
    assert (done.ready, done.id, done.chats, done.all_chats) == (True, begun.id, 2, 2)
    assert done.messages >= 3 and done.files == 1
    assert done.expires == int(world.clock.now()) + 2 * DAY
    assert done.url.endswith(f"/app/f/export/{done.id}")
    path = own.file_of(world.app, done.id)
    assert path.stat().st_size == done.size and path.stat().st_mode & 0o077 == 0
    found, names = _read(path)
    chats = {chat["type"]: chat for chat in found["chats"]["list"]}
    (bobs,) = [chat for chat in found["chats"]["list"] if chat.get("name") == "Bob"]
    assert bobs["messages"][0]["text"] == "Hello Bob" and chats
    assert bobs["messages"][1]["photo"] in names
    assert _left(world) == [path.name]
    said = [one.message for one in await servicechat.heard(ada)]
    assert sum("asked for on the device “kit" in one for one in said) == 1
    assert "is ready, until" in said[-1]
    # Bob was told nothing, and has nothing.
    assert isinstance(await bob.call(GET), api.petitbleu.ExportEmpty)


async def test_asked_twice_it_is_the_same_and_one_a_day(world: World) -> None:
    ada = await world.sign_up("Ada")
    first = await ada.call(START)
    assert (await ada.call(START)).id == first.id
    assert (await (await world.sign_in(ada.phone)).call(START)).id == first.id
    await servicechat.run(world)
    assert (await ada.call(START)).id == first.id
    assert first.next == first.date + DAY
    world.clock.advance(DAY - 1)
    assert (await ada.call(START)).id == first.id
    world.clock.advance(2)
    second = await ada.call(START)
    assert second.id != first.id
    await servicechat.run(world)
    assert _left(world) == [own.file_of(world.app, second.id).name]
    said = [one.message for one in await servicechat.heard(ada)]
    assert sum("is ready" in one for one in said) == 2


async def test_it_is_deleted_after_two_days(world: World) -> None:
    ada = await world.sign_up("Ada")
    await ada.call(START)
    await servicechat.run(world)
    assert len(_left(world)) == 1
    world.clock.advance(2 * DAY)
    assert isinstance(await ada.call(GET), api.petitbleu.ExportEmpty)
    await servicechat.run(world)
    assert _left(world) == []
    assert await world.app.store.row(own.q.OWN, account=ada.user_id) is None


async def test_the_second_password_is_asked_for(world: World) -> None:
    ada = await world.sign_up("Ada")
    await steps.set_password(ada)
    assert await _refused(ada, START) == "PASSWORD_HASH_INVALID"
    wrong = await steps.proof(ada, "another")
    asked = api.petitbleu.StartExport(password=wrong)
    assert await _refused(ada, asked) == "PASSWORD_HASH_INVALID"
    assert isinstance(await ada.call(GET), api.petitbleu.ExportEmpty)
    begun = await ada.call(api.petitbleu.StartExport(password=await steps.proof(ada)))
    assert begun.id
    # What is under way is shown to whoever is signed in: it begins nothing.
    assert (await ada.call(START)).id == begun.id


async def test_a_young_login_waits_unless_the_password_is_proved(world: World) -> None:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    world.app.config = msgspec.structs.replace(world.app.config, dev=False)
    assert (await _refused(ada, START)).startswith("TAKEOUT_INIT_DELAY_")
    assert isinstance(await ada.call(GET), api.petitbleu.ExportEmpty)
    await steps.set_password(ada)
    proved = api.petitbleu.StartExport(password=await steps.proof(ada))
    assert (await ada.call(proved)).id
    world.clock.advance(DAY + 1)
    assert (await bob.call(START)).id


async def test_a_crash_between_any_two_steps_leaves_nothing_half_written(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After each step all that is in memory is lost; a new start makes the copy whole."""
    monkeypatch.setattr(own, "STEP_SECONDS", 1e-9)
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    for number in range(3):
        await talk.say(ada, await ada.peer(bob), f"Hello {number}")
    await _picture(ada, await ada.peer(bob))
    begun = await ada.call(START)
    path = own.file_of(world.app, begun.id)
    steps_needed = 0
    while not path.exists():
        await own.make(world.app, ada.user_id, begun.id)
        steps_needed += 1
    assert steps_needed > 6
    for crash in range(1, steps_needed + 1):
        await world.app.store.write(_begin_anew, ada.user_id, begun.id)
        path.unlink(missing_ok=True)
        world.app.parts[own.UNDER_WAY].clear()
        for _ in range(crash):
            await own.make(world.app, ada.user_id, begun.id)
        # kill -9: files stay as they are, memory is gone, nobody closes anything.
        world.app.parts[own.UNDER_WAY].clear()
        row = await world.app.store.row(own.q.OWN, account=ada.user_id)
        assert row is not None and (row.state == own.READY) <= path.exists()
        if row.state == own.READY:
            _read(path)
        while await own.make(world.app, ada.user_id, begun.id):
            pass
        found, _ = _read(path)
        assert (
            len(next(c for c in found["chats"]["list"] if c.get("name") == "Bob")["messages"]) == 4
        )
        assert _left(world) == [path.name], crash
    said = [one.message for one in await servicechat.heard(ada)]
    assert sum("is ready" in one for one in said) == 1


_AGAIN = query("update own_export set state = 0 where account = :account and id = :id")


async def _begin_anew(tx: Any, account: int, id: int) -> None:
    await tx.run(_AGAIN, account=account, id=id)


async def test_a_crash_before_the_row_says_that_it_is_ready(world: World) -> None:
    """The file is there, the row says that it is being made: it is made again, and once."""
    ada = await world.sign_up("Ada")
    begun = await ada.call(START)
    path = own.file_of(world.app, begun.id)
    path.parent.mkdir(parents=True)
    path.write_bytes(b"of before the crash")
    path.with_suffix(".part").write_bytes(b"half")
    path.with_suffix(".making").mkdir()
    await servicechat.run(world)
    assert (await ada.call(GET)).ready
    _read(path)
    assert _left(world) == [path.name]


@pytest.mark.parametrize("full", ["disk", "reserve"])
async def test_a_full_disk_is_said_and_leaves_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch, full: str
) -> None:
    ada = await world.sign_up("Ada")

    async def fails(*_: Any) -> bool:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        if full == "disk":
            patched.setattr(Exporter, "_batch", fails)
        else:
            patched.setattr(own.shutil, "disk_usage", lambda _: type("Usage", (), {"free": 5}))
        begun = await ada.call(START)
        await servicechat.run(world)
    failed = await ada.call(GET)
    assert (failed.failed, failed.ready, failed.next) == (True, False, begun.date + 3600)
    assert _left(world) == []
    assert "could not be made" in (await servicechat.heard(ada))[-1].message
    assert world.errors.pop()["event"] == "export.failed"
    assert (await ada.call(START)).id == begun.id
    world.clock.advance(3601)
    assert (await ada.call(START)).id != begun.id
    await servicechat.run(world)
    assert (await ada.call(GET)).ready


async def test_it_goes_with_the_account(world: World) -> None:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    await ada.call(START)
    await servicechat.run(world)
    await bob.call(START)
    assert len(_left(world)) == 1
    for one in (ada, bob):  # ready, and being made
        await deletion.delete(world.app, one.user_id)
    await servicechat.run(world)
    assert _left(world) == []
    assert world.app.parts[own.UNDER_WAY] == {}


async def test_files_of_nobody_are_swept(world: World) -> None:
    ada = await world.sign_up("Ada")
    await ada.call(START)
    await servicechat.run(world)
    kept = _left(world)
    folder = world.app.config.data / own.FOLDER
    (folder / f"{5:016x}.zip").write_bytes(b"old")
    (folder / f"{6:016x}.making").mkdir()
    (folder / "README").write_text("not ours")
    assert await own.sweep(world.app) == 2
    assert _left(world) == ["README", *kept] or _left(world) == [*kept, "README"]


def test_packing_takes_the_room_of_one(tmp_path: Path) -> None:
    """Each file leaves the folder when it is packed; what is given up is no result."""
    folder, to = tmp_path / "made", tmp_path / "made.zip"
    (folder / "chats" / "photos").mkdir(parents=True)
    (folder / "result.json").write_bytes(b"[]" * 5000)
    for number in range(5):
        (folder / "chats" / "photos" / f"{number}.jpg").write_bytes(bytes([number]) * 1000)
    packing = Packing(folder, to)
    for left in range(5, -1, -1):
        assert packing.step(0) == 0
        assert len([one for one in folder.rglob("*") if one.is_file()]) == left
        assert not to.exists()
    size = packing.step(0)
    assert size == to.stat().st_size < 10_000 and not folder.exists()
    with zipfile.ZipFile(to) as packed:
        assert packed.namelist()[0] == "result.json" and len(packed.namelist()) == 6
        assert packed.read("chats/photos/3.jpg") == b"\3" * 1000
