"""What is held stays, whoever deletes it; every hold ends."""

from __future__ import annotations

import msgspec
import pytest

from petitbleu import ids
from petitbleu.desk.casework.cases import service as cases
from petitbleu.desk.orders.holds import service as holds
from petitbleu.desk.orders.holds.service import What
from petitbleu.desk.records.vault import service as vault
from petitbleu.desk.staffing.approvals import service as approvals
from petitbleu.run.jobs import JobRunner
from petitbleu.store.query import query
from petitbleu.tl import api
from tests.desk.adjudication.decisions.deciding import TCO, scene
from tests.desk.kit import agree, opened, signer
from tests.kit import talk
from tests.kit.chats import input_channel, input_peer, supergroup
from tests.kit.world import World

DAY = 86_400
BODIES = query("select text from body where author = :author order by id")


async def bodies(world: World, author: int) -> list[str]:
    return [text for (text,) in await world.app.store.rows(BODIES, author=author) if text]


async def erase(world: World, days: int = 30) -> None:
    """Let the erasers work for a month."""
    runner = JobRunner(world.app)
    await runner.start()  # plans what is periodic
    await runner.stop()
    world.clock.advance(days * DAY)
    for _ in range(5):
        await runner.run_due()
        await world.settle()


async def test_what_an_account_wrote_outlives_its_deletion_until_the_hold_ends(
    world: World,
) -> None:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    sent = await talk.say(ada, await ada.peer(bob), "the plan")
    case = await opened(world, "epoc_pr")
    until = int(world.clock.now()) + 60 * DAY
    row = await holds.place(
        world.app, case, What("account", ada.user_id), until=until, reason="EPOC-PR", by="staff:1"
    )
    await ada.call(api.messages.DeleteMessages(revoke=True, id=[sent]))
    await erase(world)
    assert await bodies(world, ada.user_id) == ["the plan"]
    snapshot = msgspec.msgpack.decode(await vault.get(world.app, row.sha))
    assert snapshot["people"][0]["id"] == ada.user_id
    assert snapshot["sign_ins"] and snapshot["devices"]
    await erase(world, 32)
    state = await holds.get(world.app.store, row.id)
    assert state is not None and state.ended_by == "system"
    assert await bodies(world, ada.user_id) == []


async def test_held_posts_stay_and_a_renewal_moves_their_end(world: World) -> None:
    ada = await world.sign_up("Ada")
    bare = await supergroup(ada)
    chat = ids.peer_of_channel(bare)
    one, two = [await talk.say(ada, input_peer(ada, bare), text) for text in ("one", "two")]
    case = await opened(world, "tco_removal_order")
    now = int(world.clock.now())
    what = What("messages", chat, (one,), chat)
    row = await holds.place(
        world.app, case, what, until=now + 40 * DAY, reason="2021/784 art. 6", by="staff:1"
    )
    await ada.call(api.channels.DeleteMessages(channel=input_channel(ada, bare), id=[one, two]))
    await holds.renew(world.app, row.id, until=now + 70 * DAY, reason="Annex VI", by="staff:1")
    await erase(world, 50)
    assert await bodies(world, chat) == ["one"]
    timeline = await cases.timeline(world.app.store, case)
    assert [e.kind for e in timeline] == ["opened", "hold", "hold"]
    await erase(world, 30)
    assert await bodies(world, chat) == []


async def test_a_hold_without_an_end_or_an_object_is_refused(world: World) -> None:
    ada = await world.sign_up("Ada")
    case = await opened(world, "epoc_pr")
    now = int(world.clock.now())
    wrong: list[tuple[What, int, str]] = [
        (What("account", ada.user_id), now, "x"),
        (What("account", ada.user_id), now + 401 * DAY, "x"),
        (What("account", ada.user_id), now + DAY, "  "),
        (What("account", 4242), now + DAY, "x"),
        (What("chat", -4242), now + DAY, "x"),
        (What("messages", ada.user_id, (99,)), now + DAY, "x"),
        (What("everything", ada.user_id), now + DAY, "x"),
    ]
    for what, until, reason in wrong:
        with pytest.raises(holds.Refused):
            await holds.place(world.app, case, what, until=until, reason=reason, by="staff:1")
    assert await holds.of_case(world.app.store, case) == []


async def test_ending_early_needs_two_people_and_their_reason(world: World) -> None:
    ada = await world.sign_up("Ada")
    case = await opened(world, "epoc_pr")
    until = int(world.clock.now()) + 60 * DAY
    what = What("account", ada.user_id)
    row = await holds.place(world.app, case, what, until=until, reason="order", by="staff:1")
    first, second = await signer(world, "legal"), await signer(world, "lead")
    with pytest.raises(approvals.NotAgreed):
        await holds.end_early(world.app, row.id, reason="withdrawn", by="staff:1")
    request = await world.app.store.write(
        approvals.ask,
        app=world.app,
        kind=holds.ENDING,
        subject="PB",
        digest=holds.ending_digest(row.id, "withdrawn"),
        by=first,
        shown={},
    )
    await agree(world, request, second)
    with pytest.raises(approvals.NotAgreed):
        await holds.end_early(world.app, row.id, reason="another reason", by="staff:1")
    assert await holds.end_early(world.app, row.id, reason="withdrawn", by="staff:1")
    (ended,) = await holds.of_case(world.app.store, case)
    assert ended.ended_at is not None


@pytest.mark.sometimes(2)
async def test_what_a_removal_order_took_away_is_kept_six_months(world: World) -> None:
    at = await scene(world)
    case = await at.open(TCO)
    row = await at.decide(case, at.form(source="other"))
    (hold,) = await holds.of_case(world.app.store, case)
    assert hold.scope == "measure" and 180 * DAY < hold.until - row.at < 186 * DAY
    await erase(world, 150)
    assert "Saluons l’attentat" in await bodies(world, at.place.peer)
    await erase(world, 60)
    (ended,) = await holds.of_case(world.app.store, case)
    assert ended.ended_by == "system"
    assert "Saluons l’attentat" not in await bodies(world, at.place.peer)
