"""What devices learn: pushes in order, differences, repair of gaps, who is subscribed."""

from __future__ import annotations

import pytest

from petitbleu import jobs
from petitbleu.domain.updates import fanout_stream, log, queries, retention
from petitbleu.domain.updates.log import Emit, Event
from petitbleu.ids import peer_of_channel
from petitbleu.jobs import NoData
from petitbleu.store.api import Tx
from petitbleu.tl import api
from tests.kit import chats
from tests.kit.waiting import until
from tests.kit.world import Client, RpcFault, World


async def say(sender: Client, peer: object, text: str, random_id: int) -> object:
    return await sender.call(api.messages.SendMessage(peer=peer, message=text, random_id=random_id))


async def test_a_new_person_starts_at_pts_1(world: World) -> None:
    ada = await world.sign_up("Ada")
    state = await ada.call(api.updates.GetState())
    assert state.pts == 1
    assert state.seq == 0


async def test_a_message_reaches_the_peer_and_the_senders_other_device_once(world: World) -> None:
    ada = await world.sign_up("Ada", layer=158)
    bob = await world.sign_up("Bob")
    tablet = await world.sign_in(ada.phone)
    to_bob = await ada.peer(bob)
    for client in (ada, bob, tablet):
        client.pushed.clear()
    answer = await say(ada, to_bob, "hello", 1)
    assert ada.updates(api.UpdateNewMessage) == [], "the answer carries it"
    (at_bob,) = bob.updates(api.UpdateNewMessage)
    (at_tablet,) = tablet.updates(api.UpdateNewMessage)
    assert at_bob.message.message == at_tablet.message.message == "hello"
    assert at_tablet.message.out and not at_bob.message.out
    assert answer.pts == at_tablet.pts
    named = {user.id for user in bob.pushed[-1].users}
    assert ada.user_id in named


async def test_getdifference_gives_the_present_form_without_deleted_messages(world: World) -> None:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    to_bob = await ada.peer(bob)
    before = await bob.call(api.updates.GetState())
    bob.disconnect()
    for n in range(4):
        await say(ada, to_bob, f"message {n}", n + 1)
    history = await ada.call(
        api.messages.GetHistory(
            peer=to_bob,
            offset_id=0,
            offset_date=0,
            add_offset=0,
            limit=10,
            max_id=0,
            min_id=0,
            hash=0,
        )
    )
    by_text = {m.message: m.id for m in history.messages}
    await ada.call(api.messages.EditMessage(peer=to_bob, id=by_text["message 1"], message="edited"))
    await ada.call(api.messages.DeleteMessages(id=[by_text["message 2"]], revoke=True))
    world.links.add(bob.link)
    found = await bob.call(
        api.updates.GetDifference(pts=before.pts, date=before.date, qts=before.qts)
    )
    assert [m.message for m in found.new_messages] == ["message 0", "edited", "message 3"]
    now = await bob.call(api.updates.GetState())
    assert found.state.pts == now.pts == before.pts + 6
    again = await bob.call(api.updates.GetDifference(pts=now.pts, date=now.date + 1, qts=now.qts))
    assert isinstance(again, api.updates.DifferenceEmpty)


async def test_a_difference_comes_in_slices(world: World) -> None:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    to_bob = await ada.peer(bob)
    before = await bob.call(api.updates.GetState())
    for n in range(7):
        await say(ada, to_bob, str(n), n + 1)
    pts, texts, slices = before.pts, [], 0
    while True:
        found = await bob.call(
            api.updates.GetDifference(pts=pts, date=before.date, qts=before.qts, pts_limit=3)
        )
        texts += [m.message for m in found.new_messages]
        slices += 1
        if isinstance(found, api.updates.Difference):
            break
        pts = found.intermediate_state.pts
    assert slices == 3
    assert texts == [str(n) for n in range(7)]


async def test_bad_pts_are_refused_and_an_old_one_starts_anew(world: World) -> None:
    ada = await world.sign_up("Ada")
    for pts, error in ((0, "PERSISTENT_TIMESTAMP_EMPTY"), (-3, "PERSISTENT_TIMESTAMP_INVALID")):
        with pytest.raises(RpcFault) as refused:
            await ada.call(api.updates.GetDifference(pts=pts, date=0, qts=0))
        assert refused.value.message == error
    ahead = await ada.call(api.updates.GetDifference(pts=1000, date=0, qts=0))
    assert isinstance(ahead, api.updates.DifferenceTooLong)
    total = await _difference_after_events(world, ada, total=2)
    assert isinstance(total, api.updates.DifferenceTooLong)


async def _difference_after_events(world: World, client: Client, total: int) -> object:
    to_self = api.InputPeerSelf()
    state = await client.call(api.updates.GetState())
    for n in range(total + 1):
        await say(client, to_self, f"note {n}", 100 + n)
    return await client.call(
        api.updates.GetDifference(pts=state.pts, date=0, qts=0, pts_total_limit=total)
    )


async def test_pruned_events_are_told_as_too_long(world: World) -> None:
    ada = await world.sign_up("Ada")
    for n in range(3):
        await say(ada, api.InputPeerSelf(), f"note {n}", n + 1)
    world.clock.advance((world.app.config.event_log_days + 1) * 86400)
    await retention.prune(world.app)
    found = await ada.call(api.updates.GetDifference(pts=1, date=0, qts=0))
    assert isinstance(found, api.updates.DifferenceTooLong)
    state = await ada.call(api.updates.GetState())
    assert found.pts == state.pts
    fresh = await ada.call(api.updates.GetDifference(pts=state.pts, date=0, qts=0))
    assert not isinstance(fresh, api.updates.DifferenceTooLong)


async def test_events_out_of_order_wait_for_the_missing_one(world: World) -> None:
    ada = await world.sign_up("Ada")
    world.app.store.listen(lambda emits: None)
    first, second = await _log_two_reads(world, ada.user_id)
    start = first.pts - 1
    world.fanout.announce([Emit(Event(ada.user_id, start, 0, "read.outbox", 0, first.data))])
    world.fanout.announce([Emit(second)])
    await world.settle()
    assert ada.updates(api.UpdateReadHistoryOutbox) == []
    world.fanout.announce([Emit(first)])
    await world.settle()
    assert [u.pts for u in ada.updates(api.UpdateReadHistoryOutbox)] == [first.pts, second.pts]


async def test_a_lost_hint_is_repaired_from_the_log(world: World) -> None:
    ada = await world.sign_up("Ada")
    await say(ada, api.InputPeerSelf(), "opens the stream", 1)
    tablet = await world.sign_in(ada.phone)
    await say(ada, api.InputPeerSelf(), "in step", 2)
    tablet.pushed.clear()
    world.app.store.listen(lambda emits: None)
    first, second = await _log_two_reads(world, ada.user_id)
    world.app.store.listen(world.fanout.announce)
    await world.settle()
    assert tablet.pushed == []
    await jobs.KINDS["updates.sweep"].handler(world.app, NoData())
    await world.settle()
    assert [u.pts for u in tablet.updates(api.UpdateReadHistoryOutbox)] == [first.pts, second.pts]


async def _log_two_reads(world: World, owner: int) -> list[Event]:
    """Two numbered events whose announcements the caller controls."""
    found = []
    for max_id in (1, 2):
        found.append(await world.app.store.write(_log_read, owner=owner, max_id=max_id))
    return found


async def _log_read(tx: Tx, *, owner: int, max_id: int) -> Event:
    return await log.append(
        tx, owner, "read.outbox", {"peer": owner, "max_id": max_id}, at=1_800_000_000
    )


async def test_a_stream_given_up_during_its_delivery_holds_up_no_read(world: World) -> None:
    """The sessions went while one event was delivered and the next one waited: whoever comes back
    is not to wait for it."""
    ada = await world.sign_up("Ada")
    owner, fanout = ada.user_id, world.fanout
    fanout._streams[owner] = stream = fanout_stream.Stream(1)
    stream.busy = True
    stream.ready.append(Emit(Event(owner, 2, 1, "read.outbox", 0, {"peer": owner, "max_id": 1})))
    fanout.pending.begun(owner)
    ada.disconnect()
    fanout.announce([Emit(Event(owner, 3, 1, "read.outbox", 0, {"peer": owner, "max_id": 2}))])
    fanout._end(owner, stream, None)
    assert fanout.pending.delivered(owner) is None


async def test_a_full_queue_is_told_updates_too_long_when_it_drains(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fanout_stream, "MISSED_SECONDS", 0.01)
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    to_bob = await ada.peer(bob)
    bob.full = True
    await say(ada, to_bob, "lost hint", 1)
    assert bob.updates() == []
    bob.full = False
    await until(lambda: bob.pushed and isinstance(bob.pushed[-1], api.UpdatesTooLong))


async def test_file_sessions_and_invokewithoutupdates_stay_silent(world: World) -> None:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    to_bob = await ada.peer(bob)
    files = world.connect(key=bob.link.auth_key_id)
    await files.call(api.help.GetNearestDc())
    quiet = world.connect(key=bob.link.auth_key_id)
    await quiet.call(api.InvokeWithoutUpdates(query=api.users.GetUsers(id=[api.InputUserSelf()])))
    talking = world.connect(key=bob.link.auth_key_id)
    await talking.call(api.users.GetUsers(id=[api.InputUserSelf()]))
    await say(ada, to_bob, "hello", 1)
    assert files.updates() == [] == quiet.updates()
    assert len(talking.updates(api.UpdateNewMessage)) == 1


async def test_state_without_a_number_comes_back_in_the_difference(world: World) -> None:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    to_bob = await ada.peer(bob)
    tablet = await world.sign_in(ada.phone)
    before = await tablet.call(api.updates.GetState())
    tablet.disconnect()
    world.clock.advance(5)
    for text in ("first", "second"):
        await ada.call(api.messages.SaveDraft(peer=to_bob, message=text))
    world.links.add(tablet.link)
    found = await tablet.call(
        api.updates.GetDifference(pts=before.pts, date=before.date, qts=before.qts)
    )
    drafts = [u for u in found.other_updates if isinstance(u, api.UpdateDraftMessage)]
    assert [d.draft.message for d in drafts] == ["second"]


async def test_nothing_is_announced_where_the_transaction_fails(world: World) -> None:
    ada = await world.sign_up("Ada")
    await say(ada, api.InputPeerSelf(), "one", 1)
    tablet = await world.sign_in(ada.phone)
    tablet.pushed.clear()

    async def fails(tx: Tx, /) -> None:
        await log.append(tx, ada.user_id, "read.outbox", {"peer": ada.user_id, "max_id": 1}, at=1)
        raise ValueError("refused after all")

    before = await world.app.store.row(queries.STATE, owner=ada.user_id)
    with pytest.raises(ValueError, match="refused"):
        await world.app.store.write(fails)
    await world.settle()
    assert tablet.pushed == []
    assert await world.app.store.row(queries.STATE, owner=ada.user_id) == before


async def test_news_of_a_message_that_is_gone_leaves_no_hole_in_the_numbers(world: World) -> None:
    ada, bob = await chats.people(world, "Ada", "Bob")
    town = await chats.supergroup(ada, bob)
    for owner, form in (
        (bob.user_id, api.UpdateDeleteMessages),
        (peer_of_channel(town), api.UpdateDeleteChannelMessages),
    ):
        bob.pushed.clear()

        async def edited(tx: Tx, owner: int = owner) -> Event:
            return await log.append(tx, owner, "message.edit", {"id": 999}, at=1)

        event = await world.app.store.write(edited)
        await world.settle()
        (update,) = bob.updates(form)
        assert (update.messages, update.pts, update.pts_count) == ([], event.pts, 1)
