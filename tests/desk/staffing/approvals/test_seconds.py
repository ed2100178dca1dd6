"""Two-person requests, by the service alone, on both engines."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest

from petitbleu.app import App
from petitbleu.desk.records.audit import service as audit
from petitbleu.desk.staffing.approvals import service
from petitbleu.desk.staffing.approvals.service import NotAgreed, NotYou
from petitbleu.desk.staffing.staff import service as staff
from petitbleu.desk.staffing.staff.queries import INSERT_PASSKEY
from petitbleu.desk.staffing.staff.service import Signed, Staff
from petitbleu.jobs import KINDS, NoData
from petitbleu.store.api import Tx
from tests.kit.desk import add_staff
from tests.kit.world import World

WHAT = hashlib.sha256(b"these fields to that authority").digest()
DAY = 86_400


def signed(who: Staff, key: bytes) -> Signed:
    """A touch that was taken, as ``staff.sign`` gives it."""
    return Signed(who, key, WHAT, key[:16], 0)


async def somebody(world: World, *roles: str, **more: Any) -> Staff:
    id, _ = await world.app.store.write(add_staff, world.app, *roles, **more)
    one = await staff.get(world.app, world.app.store, id)
    assert one is not None
    return one


async def give_passkey(tx: Tx, to: Staff) -> None:
    """A passkey of no device: whoever is told must be able to sign, in principle."""
    key = b"k" * 32
    await tx.run(
        INSERT_PASSKEY,
        credential=key,
        staff=to.id,
        public_key=key,
        print=key,
        counter=0,
        label="",
        transports="",
        synced=0,
        at=0,
    )


async def ask(app: App, by: Signed | None, kind: str = "disclosure", **more: Any) -> int:
    words: dict[str, Any] = {
        "kind": kind,
        "subject": "PB-2026-000001",
        "digest": WHAT,
        "by": by,
        "shown": {"fields": ["name"]},
        "verdict": "I would give it",
    }
    return await app.store.write(service.ask, app=app, **(words | more))


@pytest.fixture
async def ada(world: World) -> Signed:
    return signed(await somebody(world, "legal"), b"a" * 32)


@pytest.fixture
async def bea(world: World) -> Signed:
    return signed(await somebody(world, "lead"), b"b" * 32)


async def use(app: App, kind: str = "disclosure", digest: bytes = WHAT) -> service.Agreement:
    return await app.store.write(service.require, app=app, kind=kind, digest=digest)


async def test_what_was_agreed_can_be_done_once(world: World, ada: Signed, bea: Signed) -> None:
    app = world.app
    id = await ask(app, ada)
    with pytest.raises(NotAgreed):
        await use(app)
    await app.store.write(service.agree, app=app, id=id, by=bea, reason="as the order says")
    with pytest.raises(NotAgreed):
        await use(app, digest=hashlib.sha256(b"other fields").digest())
    with pytest.raises(NotAgreed):
        await use(app, kind="erase")
    agreement = await use(app)
    assert (agreement.first, agreement.second) == (ada.staff.actor, bea.staff.actor)
    with pytest.raises(NotAgreed):
        await use(app)
    said = [one.action for one in await audit.entries(app.store)]
    assert said[-3:] == ["second.ask", "second.agree", "second.use"]


async def test_the_second_does_not_see_the_firsts_verdict_until_they_answer(
    world: World, ada: Signed, bea: Signed
) -> None:
    app = world.app
    id = await ask(app, ada)
    opened = await app.store.write(service.open_for, app=app, id=id, reader=bea.staff)
    assert (opened.state, opened.verdict) == ("reading", None)
    assert (await service.pending(app, bea.staff))[0].verdict is None
    assert (await service.pending(app, ada.staff))[0].verdict == "I would give it"
    await app.store.write(service.refuse, app=app, id=id, by=bea, reason="too much")
    opened = await app.store.write(service.open_for, app=app, id=id, reader=bea.staff)
    assert (opened.state, opened.verdict, opened.answer) == (
        *("refused", "I would give it", "too much"),
    )
    with pytest.raises(NotAgreed):
        await use(app)


async def test_the_same_person_is_refused_under_any_name(world: World, ada: Signed) -> None:
    app = world.app
    both = await somebody(world, "legal", "director")
    first = signed(both, b"c" * 32)
    id = await ask(app, first)
    with pytest.raises(NotYou, match="same_person"):
        await app.store.write(service.agree, app=app, id=id, by=signed(both, b"d" * 32))
    other = await somebody(world, "director")
    with pytest.raises(NotYou, match="same_passkey"):
        await app.store.write(service.agree, app=app, id=id, by=signed(other, b"c" * 32))
    await app.store.write(staff.revoke, app=app, id=both.id, by="operator", why="again below")
    again = await somebody(world, "director", email=both.email)
    with pytest.raises(NotYou, match="same_person"):
        await app.store.write(service.agree, app=app, id=id, by=signed(again, b"e" * 32))


async def test_who_may_not_ask_and_who_may_not_answer(
    world: World, ada: Signed, bea: Signed
) -> None:
    app = world.app
    tim = signed(await somebody(world, "moderator"), b"t" * 32)
    with pytest.raises(NotYou, match="right"):
        await ask(app, tim)
    id = await ask(app, ada)
    with pytest.raises(NotYou, match="right"):
        await app.store.write(service.agree, app=app, id=id, by=tim)
    with pytest.raises(NotYou, match="right"):
        await app.store.write(service.open_for, app=app, id=id, reader=tim.staff)
    with pytest.raises(NotYou, match="gone"):
        await app.store.write(service.agree, app=app, id=99, by=bea)
    director = signed(await somebody(world, "director"), b"d" * 32)
    look = await ask(app, ada, kind="private")
    with pytest.raises(NotYou, match="right"):
        await app.store.write(service.agree, app=app, id=look, by=director)


async def test_a_request_expires_and_can_be_asked_anew(
    world: World, ada: Signed, bea: Signed
) -> None:
    app = world.app
    id = await ask(app, ada)
    assert await ask(app, ada) == id, "the same thing is asked once"
    world.clock.advance(3 * DAY)
    with pytest.raises(NotYou, match="expired"):
        await app.store.write(service.agree, app=app, id=id, by=bea)
    anew = await ask(app, ada)
    assert anew != id
    await app.store.write(service.agree, app=app, id=anew, by=bea)
    world.clock.advance(3 * DAY)
    with pytest.raises(NotAgreed):
        await use(app)


async def test_an_emergency_is_done_first_and_signed_within_a_day(
    world: World, ada: Signed, bea: Signed
) -> None:
    app, kind = world.app, "disclosure.emergency"
    with pytest.raises(ValueError, match="no emergency"):
        await ask(app, ada, emergency=True)
    id = await ask(app, ada, kind=kind, emergency=True)
    assert (await use(app, kind)).second is None
    with pytest.raises(NotAgreed):
        await use(app, kind)
    world.clock.advance(DAY - 1)
    await app.store.write(service.agree, app=app, id=id, by=bea)
    await KINDS["seconds.expire"].handler(app, NoData())
    assert "second.missing" not in [one.action for one in await audit.entries(app.store)]


async def test_an_emergency_nobody_signed_is_told(world: World, ada: Signed) -> None:
    await world.app.store.write(give_passkey, await somebody(world, "director"))
    app, kind = world.app, "disclosure.emergency"
    await ask(app, ada, kind=kind, emergency=True)
    await use(app, kind)
    world.clock.advance(DAY)
    for _ in range(2):
        await KINDS["seconds.expire"].handler(app, NoData())
    said = [one.action for one in await audit.entries(app.store)]
    assert said[-2:] == ["second.expire", "second.missing"]
    (mail,) = world.mail.sent
    assert f"as an emergency by number {ada.staff.id}." in mail.text and "staff:" not in mail.text
    assert "/desk/seconds/" in mail.text


async def test_what_waits_is_counted(world: World, ada: Signed, bea: Signed) -> None:
    app = world.app
    assert await service.waiting(app, app.store) == 0
    id = await ask(app, ada)
    assert await service.waiting(app, app.store) == 1
    await app.store.write(service.agree, app=app, id=id, by=bea)
    assert await service.waiting(app, app.store) == 0
    assert [row.id for row in await service.recent(app.store)] == [id]
