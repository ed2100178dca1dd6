"""News between the workers of a cluster: who is told, in which order, and what is never lost."""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import AsyncIterator
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from petitbleu.bus.numbered import LOST
from petitbleu.domain.updates import fanout_sweep, hosts
from petitbleu.domain.updates.fanout_remote import HOP
from petitbleu.domain.updates.fanout_sweep import FOUND
from petitbleu.run.metrics import Metrics
from petitbleu.store.hot import send as hot
from petitbleu.store.hot.host import HOST, Hosting
from petitbleu.tl import api
from tests.kit import cluster as clusters
from tests.kit.bus import Faults
from tests.kit.cluster import Cluster
from tests.kit.statements import counted
from tests.kit.waiting import until
from tests.kit.world import Client


@pytest.fixture
async def cluster(tmp_path: Path) -> AsyncIterator[Cluster]:
    """Two workers."""
    async with clusters.running(tmp_path) as made:
        yield made


async def _say(sender: Client, peer: Any, text: str, n: int) -> Any:
    return await sender.call(api.messages.SendMessage(peer=peer, message=text, random_id=n))


def _texts(client: Client) -> list[str]:
    kinds = (api.UpdateNewMessage, api.UpdateNewChannelMessage)
    return [
        update.message.message
        for update in client.updates()
        if isinstance(update, kinds) and hasattr(update.message, "message")
    ]


async def _two(cluster: Cluster) -> tuple[Client, Client, Any]:
    """Ada at the first worker, Bob at the second; Bob as Ada's peer."""
    one, two = cluster.workers
    ada, bob = await one.sign_up("Ada"), await two.sign_up("Bob")
    await cluster.settle()
    peer = await ada.peer(bob)
    await cluster.settle()
    bob.pushed.clear()
    return ada, bob, peer


async def test_a_message_reaches_whoever_is_at_another_worker(cluster: Cluster) -> None:
    ada, bob, peer = await _two(cluster)
    for n in range(5):
        await _say(ada, peer, f"text {n}", n + 1)
    await cluster.settle()
    assert _texts(bob) == [f"text {n}" for n in range(5)]
    assert [update.pts for update in bob.updates(api.UpdateNewMessage)] == sorted(
        update.pts for update in bob.updates(api.UpdateNewMessage)
    )
    assert await cluster.sweep() == 0


async def test_figures_of_the_cluster_move(cluster: Cluster) -> None:
    ada, _, peer = await _two(cluster)
    hops = sum(HOP.counts)
    await _say(ada, peer, "counted", 1)
    await cluster.settle()
    assert sum(HOP.counts) == hops + 1
    world = cluster.workers[1]
    text = (await Metrics([partial(hosts.gauges, world.app)]).text()).decode()
    figures = dict(line.rsplit(" ", 1) for line in text.splitlines() if line[0] != "#")
    assert float(figures["petitbleu_hosted_owners"]) == 1
    assert float(figures["petitbleu_bus_up"]) == 1
    assert float(figures["petitbleu_hop_seconds_count"]) == sum(HOP.counts)
    assert float(figures['petitbleu_hop_seconds_bucket{le="+Inf"}']) == sum(HOP.counts)


async def test_own_devices_at_other_workers_hear_what_one_says(cluster: Cluster) -> None:
    ada, _, peer = await _two(cluster)
    other = await cluster.workers[1].sign_in(ada.phone)
    await cluster.settle()
    other.pushed.clear()
    ada.pushed.clear()
    await _say(ada, peer, "from the first", 77)
    await cluster.settle()
    assert _texts(other) == ["from the first"]
    assert _texts(ada) == []


async def test_a_push_at_another_worker_reads_no_message_and_no_hosts(cluster: Cluster) -> None:
    ada, bob, peer = await _two(cluster)
    await _say(ada, peer, "warm", 1)
    await cluster.settle()
    with counted() as asked:
        await _say(ada, peer, "counted", 2)
        await cluster.settle()
    assert _texts(bob) == ["warm", "counted"]
    reads = [text for text in asked.texts if text.startswith(("select owner, hosts", "select x."))]
    assert reads == []


async def test_members_of_a_group_at_another_worker_share_one_item(cluster: Cluster) -> None:
    one, two = cluster.workers
    ada = await one.sign_up("Ada")
    others = [await two.sign_up(f"Member {n}") for n in range(6)]
    users = [await ada.peer(other) for other in others]
    made = await ada.call(
        api.messages.CreateChat(
            users=[api.InputUser(user_id=u.user_id, access_hash=u.access_hash) for u in users],
            title="Together",
        )
    )
    chat = api.InputPeerChat(chat_id=made.updates.chats[0].id)
    await cluster.settle()
    for other in others:
        other.pushed.clear()
    bus: Any = one.app.bus
    items: list[Any] = []
    send = bus.send
    bus.send = lambda to, kind, item: (items.append((to, kind)), send(to, kind, item))
    await _say(ada, chat, "to all", 5)
    await cluster.settle()
    assert items == [(2, "group")]
    assert [_texts(other) for other in others] == [["to all"]] * 6
    reply = others[0]
    said = next(u.message for u in reply.updates(api.UpdateNewMessage))
    await reply.call(
        api.messages.SendMessage(
            peer=chat,
            message="an answer",
            random_id=6,
            reply_to=api.InputReplyToMessage(reply_to_msg_id=said.id),
        )
    )
    await cluster.settle()
    assert _texts(ada) == ["an answer"]
    assert _texts(others[3]) == ["to all", "an answer"]
    answered = next(u.message for u in ada.updates(api.UpdateNewMessage))
    assert answered.reply_to.reply_to_msg_id
    assert await cluster.sweep() == 0


async def _channel(cluster: Cluster) -> tuple[Client, list[Client], Any]:
    """A supergroup of Ada at the first worker, with three members at the second."""
    one, two = cluster.workers
    ada = await one.sign_up("Ada")
    others = [await two.sign_up(f"Member {n}") for n in range(3)]
    made = await ada.call(api.channels.CreateChannel(title="Place", about="", megagroup=True))
    channel = made.chats[0]
    peer = api.InputPeerChannel(channel_id=channel.id, access_hash=channel.access_hash)
    entry = api.InputChannel(channel_id=channel.id, access_hash=channel.access_hash)
    users = [await ada.peer(other) for other in others]
    await ada.call(
        api.channels.InviteToChannel(
            channel=entry,
            users=[api.InputUser(user_id=u.user_id, access_hash=u.access_hash) for u in users],
        )
    )
    await cluster.settle()
    for client in (ada, *others):
        client.pushed.clear()
    return ada, others, peer


async def test_a_post_is_one_item_for_each_worker(cluster: Cluster) -> None:
    ada, others, peer = await _channel(cluster)
    bus: Any = cluster.workers[0].app.bus
    items: list[Any] = []
    send = bus.send
    bus.send = lambda to, kind, item: (items.append((to, kind)), send(to, kind, item))
    await _say(ada, peer, "a post", 5)
    await cluster.settle()
    assert items == [(2, "ev")]
    assert [_texts(other) for other in others] == [["a post"]] * 3
    assert await cluster.sweep() == 0


async def test_who_leaves_at_one_worker_hears_nothing_at_the_other(cluster: Cluster) -> None:
    ada, others, peer = await _channel(cluster)
    entry = api.InputChannel(channel_id=peer.channel_id, access_hash=peer.access_hash)
    phone = await cluster.workers[0].sign_in(others[0].phone)
    await cluster.settle()
    found = await phone.call(
        api.messages.GetDialogs(
            offset_date=0, offset_id=0, offset_peer=api.InputPeerEmpty(), limit=10, hash=0
        )
    )
    chat = next(chat for chat in found.chats if chat.id == peer.channel_id)
    entry = api.InputChannel(channel_id=chat.id, access_hash=chat.access_hash)
    await phone.call(api.channels.LeaveChannel(channel=entry))
    await cluster.settle()
    for other in others:
        other.pushed.clear()
    await _say(ada, peer, "after", 6)
    await cluster.settle()
    assert [_texts(other) for other in others] == [[], ["after"], ["after"]]


async def test_who_is_banned_at_one_worker_hears_nothing_at_the_other(cluster: Cluster) -> None:
    ada, others, peer = await _channel(cluster)
    entry = api.InputChannel(channel_id=peer.channel_id, access_hash=peer.access_hash)
    banned = await ada.peer(others[0])
    rights = api.ChatBannedRights(view_messages=True, until_date=0)
    await ada.call(api.channels.EditBanned(channel=entry, participant=banned, banned_rights=rights))
    await cluster.settle()
    others[0].pushed.clear()
    await _say(ada, peer, "after the ban", 6)
    await cluster.settle()
    assert _texts(others[0]) == []
    assert _texts(others[1]) == ["after the ban"]
    rights = api.ChatBannedRights(until_date=0)
    await ada.call(api.channels.EditBanned(channel=entry, participant=banned, banned_rights=rights))
    await ada.call(
        api.channels.InviteToChannel(
            channel=entry,
            users=[api.InputUser(user_id=banned.user_id, access_hash=banned.access_hash)],
        )
    )
    await cluster.settle()
    await _say(ada, peer, "back again", 7)
    await cluster.settle()
    assert _texts(others[0])[-1:] == ["back again"]
    assert await cluster.sweep() == 0


async def test_edits_reads_and_deletions_reach_other_workers(cluster: Cluster) -> None:
    ada, bob, peer = await _two(cluster)
    await _say(ada, peer, "first", 1)
    await cluster.settle()
    (said,) = bob.updates(api.UpdateNewMessage)
    back = await bob.peer(ada)
    bob.pushed.clear()
    ada.pushed.clear()
    await bob.call(api.messages.ReadHistory(peer=back, max_id=said.message.id))
    await cluster.settle()
    (read,) = ada.updates(api.UpdateReadHistoryOutbox)
    await ada.call(api.messages.EditMessage(peer=peer, id=read.max_id, message="second"))
    await cluster.settle()
    (edited,) = bob.updates(api.UpdateEditMessage)
    assert edited.message.message == "second"
    await ada.call(api.messages.DeleteMessages(id=[read.max_id], revoke=True))
    await cluster.settle()
    (gone,) = bob.updates(api.UpdateDeleteMessages)
    assert gone.messages == [said.message.id]
    assert await cluster.sweep() == 0


async def test_a_device_signed_out_at_one_worker_ends_at_the_other(cluster: Cluster) -> None:
    ada, bob, peer = await _two(cluster)
    spare = cluster.device(bob, cluster.workers[0])
    await spare.call(api.updates.GetState())
    await cluster.settle()
    await spare.call(api.auth.LogOut())
    await cluster.settle()
    assert not bob.open
    bob.pushed.clear()
    await _say(ada, peer, "nobody hears", 9)
    await cluster.settle()
    assert bob.pushed == []


async def test_what_the_bus_lost_is_found_by_the_sweep(cluster: Cluster) -> None:
    ada, bob, peer = await _two(cluster)
    before, lost = FOUND.values.get("", 0), LOST.values.get("", 0)
    cluster.air.faults = Faults(drop=1.0)
    for n in range(3):
        await _say(ada, peer, f"lost {n}", n + 1)
    await ada.call(api.messages.SetTyping(peer=peer, action=api.SendMessageTypingAction()))
    await cluster.settle()
    assert _texts(bob) == []
    await cluster.heal()
    assert _texts(bob) == ["lost 0", "lost 1", "lost 2"]
    assert FOUND.values[""] == before + 1
    assert cluster.air.buses[2].counts.frames_lost
    assert LOST.values[""] > lost
    assert await cluster.sweep() == 0


async def test_what_is_said_again_has_everybody_look(cluster: Cluster) -> None:
    """The first worker may have died between the commit and the hint."""
    ada, bob, peer = await _two(cluster)
    cluster.air.faults = Faults(drop=1.0)
    await _say(ada, peer, "once", 77)
    await cluster.settle()
    assert _texts(bob) == []
    cluster.air.faults = Faults()
    await _say(ada, peer, "once", 77)
    await cluster.settle()
    assert _texts(bob) == ["once"]


async def test_unnumbered_news_that_were_lost_are_found(cluster: Cluster) -> None:
    ada, _bob, peer = await _two(cluster)
    other = await cluster.workers[1].sign_in(ada.phone)
    await cluster.settle()
    other.pushed.clear()
    await ada.call(api.messages.SaveDraft(peer=peer, message="heard"))
    await cluster.settle()
    cluster.air.faults = Faults(drop=1.0)
    await ada.call(api.messages.SaveDraft(peer=peer, message="lost"))
    await cluster.settle()
    await cluster.heal()
    await cluster.heal()
    drafts = [update.draft.message for update in other.updates(api.UpdateDraftMessage)]
    assert drafts[0] == "heard"
    assert drafts[-1] == "lost"
    told = len(drafts)
    for sweeper in (cluster.remote(world).sweeper for world in cluster.workers):
        await sweeper.sweep(lost=False)
    await cluster.settle()
    assert len(other.updates(api.UpdateDraftMessage)) == told


async def test_typing_reaches_the_other_worker_and_is_dropped_first(cluster: Cluster) -> None:
    ada, bob, peer = await _two(cluster)
    typing = api.messages.SetTyping(peer=peer, action=api.SendMessageTypingAction())
    await ada.call(typing)
    await cluster.settle()
    assert len(bob.updates(api.UpdateUserTyping)) == 1


async def test_who_comes_online_is_seen_at_the_other_worker(cluster: Cluster) -> None:
    ada, bob, _ = await _two(cluster)
    before = len(ada.updates(api.UpdateUserStatus))
    await bob.call(api.account.UpdateStatus(offline=False))
    came = await until(lambda: ada.updates(api.UpdateUserStatus)[before:])
    assert isinstance(came[-1].status, api.UserStatusOnline)
    await bob.call(api.account.UpdateStatus(offline=True))
    cluster.clock.advance(31.0)
    went = await until(lambda: ada.updates(api.UpdateUserStatus)[before + 1 :])
    assert isinstance(went[-1].status, api.UserStatusOffline)


async def test_whoever_subscribes_while_others_write_misses_nothing(cluster: Cluster) -> None:
    """An event either stands in the state that the session was given, or is pushed: there is no
    third case, and nothing of it waits for the sweep."""
    ada, bob, peer = await _two(cluster)
    bob.disconnect()
    hosting = cluster.remote(cluster.workers[1]).hosts
    numbers = itertools.count(100)
    writing = True

    async def write() -> None:
        while writing:
            await _say(ada, peer, "more", next(numbers))

    writers = [asyncio.create_task(write()) for _ in range(3)]
    for n in range(25):
        hosting.here.discard(bob.user_id)
        await cluster.workers[1].app.store.batch(HOST, Hosting(bob.user_id, 2, False))
        cluster.workers[1].fanout.drop(bob.user_id)
        device = cluster.device(bob, cluster.workers[1])
        state = await device.call(api.updates.GetState())
        await _say(ada, peer, f"mark {n}", next(numbers))
        await until(lambda device=device, n=n: f"mark {n}" in _texts(device))
        told = [update.pts for update in device.updates(api.UpdateNewMessage)]
        # What was committed while the state was read may be told as well.
        assert told[0] <= state.pts + 1
        assert told == list(range(told[0], told[0] + len(told)))
        device.disconnect()
    writing = False
    await asyncio.gather(*writers)
    last = cluster.device(bob, cluster.workers[1])
    state = await last.call(api.updates.GetState())
    await _say(ada, peer, "the last", next(numbers))
    await cluster.settle()
    assert [u.pts for u in last.updates(api.UpdateNewMessage)] == [state.pts + 1]
    assert await cluster.sweep() == 0


async def test_a_host_that_comes_between_reading_and_writing_is_told(
    cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Few messages are read and written in two transactions: whoever becomes a host in between
    stops the second."""
    ada, bob, peer = await _two(cluster)
    bob.disconnect()
    cluster.remote(cluster.workers[1]).hosts.here.discard(bob.user_id)
    await cluster.workers[1].app.store.batch(HOST, Hosting(bob.user_id, 2, False))
    cluster.workers[1].fanout.drop(bob.user_id)
    device = cluster.device(bob, cluster.workers[1])
    planned = hot._pg_planned
    came: list[Any] = []

    async def interrupted(*args: Any) -> Any:
        made = await planned(*args)
        if not came:
            came.append(await device.call(api.updates.GetState()))
        return made

    monkeypatch.setattr(hot, "_pg_planned", interrupted)
    await _say(ada, peer, "in between", 1)
    await cluster.settle()
    assert _texts(device) == ["in between"]
    assert device.updates(api.UpdateNewMessage)[0].pts == came[0].pts + 1


async def test_while_the_bus_is_down_who_called_lately_hears_by_the_sweep(
    cluster: Cluster,
) -> None:
    ada, bob, peer = await _two(cluster)
    bob.link.heard_at = cluster.clock.now()
    cluster.air.cut(1)
    cluster.air.cut(2)
    await cluster.air.pass_time(2.0)
    sweeper = cluster.remote(cluster.workers[1]).sweeper
    await sweeper.look(100.0)  # what the cut itself asked for
    for n in range(3):
        await _say(ada, peer, f"slowly {n}", n + 1)
        await sweeper.look(101.0 + n)
        await cluster.settle()
        assert _texts(bob)[-1] == f"slowly {n}"


@pytest.mark.parametrize("away", [1, 2])
async def test_while_a_worker_is_cut_off_the_other_looks_all_the_time(
    cluster: Cluster, monkeypatch: pytest.MonkeyPatch, away: int
) -> None:
    """Whether it is the one that asks or the one that could tell; the pause is kept once."""
    ada, bob, peer = await _two(cluster)
    await _say(ada, peer, "before", 1)
    bob.link.heard_at = cluster.clock.now()
    monkeypatch.setattr(fanout_sweep, "TICK", 0.2)
    sweeper = cluster.remote(cluster.workers[1]).sweeper
    looked: list[float] = []
    sweep = fanout_sweep.Sweeper.sweep

    async def noted(self: fanout_sweep.Sweeper, *args: Any, **more: Any) -> int:
        if self is sweeper:
            looked.append(time.monotonic())
        return await sweep(self, *args, **more)

    monkeypatch.setattr(fanout_sweep.Sweeper, "sweep", noted)
    sweeper.start()
    cluster.air.cut(away)
    await cluster.air.pass_time(2.0)
    await until(lambda: len(looked) > 10)
    await _say(ada, peer, "meanwhile", 2)
    await until(lambda: "meanwhile" in _texts(bob))
    await sweeper.close()
    gaps = sorted(after - before for before, after in pairwise(looked))
    assert 0.15 < gaps[len(gaps) // 2] < 0.35


async def test_hosts_are_named_once_and_left_after_a_while(cluster: Cluster) -> None:
    ada, bob, peer = await _two(cluster)
    hosting = cluster.remote(cluster.workers[1]).hosts
    assert bob.user_id in hosting.here
    assert (await hosting.of([bob.user_id]))[bob.user_id] == "2,"
    bob.disconnect()
    sweeper = cluster.remote(cluster.workers[1]).sweeper
    for seconds in (100.0, 200.0, 300.0, 450.0):
        cluster.clock.advance(100.0)
        await sweeper.look(seconds)
    cluster.clock.advance(250.0)
    await sweeper.look(800.0)
    assert bob.user_id not in hosting.here
    assert (await hosting.of([bob.user_id]))[bob.user_id] == ""
    again = cluster.device(bob, cluster.workers[1])
    await again.call(api.updates.GetState())
    assert (await hosting.of([bob.user_id]))[bob.user_id] == "2,"
    await _say(ada, peer, "back", 3)
    await cluster.settle()
    assert _texts(again) == ["back"]


async def test_workers_that_are_gone_are_passed_over_and_dropped(cluster: Cluster) -> None:
    _ada, bob, _peer = await _two(cluster)
    three = await cluster.add()
    extra = cluster.device(bob, three)
    await extra.call(api.updates.GetState())
    hosting = cluster.remote(cluster.workers[0]).hosts
    hosting.look_around()
    assert hosting.others("2,3,") == (2, 3)
    cluster.air.kill(3)
    hosting.look_around()
    assert hosting.others("2,3,") == (2,)
    assert (await hosting.of([bob.user_id]))[bob.user_id] == "2,3,"
    device = cluster.device(bob, cluster.workers[0])
    await device.call(api.updates.GetState())
    assert (await hosting.of([bob.user_id]))[bob.user_id] == "2,1,"
