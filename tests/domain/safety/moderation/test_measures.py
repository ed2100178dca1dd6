"""Measures: what each does to everybody's clients, how it ends, and what is refused."""

from __future__ import annotations

from typing import Any

import pytest

from petitbleu.domain.messaging.messages import erase
from petitbleu.domain.safety.moderation import measures, reports
from petitbleu.domain.safety.moderation.effects import Refused
from petitbleu.domain.updates import fanout
from petitbleu.tl import api
from tests.domain.safety.moderation import place as places
from tests.domain.safety.moderation.deciding import DAY, decide, lift, posts, three
from tests.domain.safety.moderation.place import make, run_jobs, service_chat
from tests.kit import servicechat, talk
from tests.kit.world import Client, RpcFault, World

# ── withhold by country ─────────────────────────────────────────────────────────────────────────


async def unread(client: Client, peer: Any) -> int:
    """How many messages are unread, as the chat list counts them."""
    found = await client.call(api.messages.GetPeerDialogs(peers=[api.InputDialogPeer(peer=peer)]))
    return int(found.dialogs[0].unread_count)


async def test_a_post_goes_for_one_country_and_stays_for_others(world: World) -> None:
    ada, bob, eve = await three(world)
    place = await make(world, ada, bob, eve)
    kept, gone, newest = [await place.post(ada, text) for text in ("un", "deux", "trois")]
    before = await place.pts()
    waiting = [await unread(one, await place.named(one)) for one in (bob, eve)]
    bob.pushed.clear()
    eve.pushed.clear()
    await decide(world, "withhold", countries=("DE", "AT"), **posts(place, gone, newest))

    told = bob.updates(api.UpdateDeleteChannelMessages)
    assert [one.messages for one in told] == [[gone], [newest]]
    assert eve.updates(api.UpdateDeleteChannelMessages) == []
    assert [one.message.id for one in eve.updates(api.UpdateEditChannelMessage)] == [gone, newest]
    assert await place.history(bob) == ["un"]
    assert await place.history(eve) == await place.history(ada) == ["trois", "deux", "un"]
    assert await place.search(bob, "deux") == []
    assert await place.search(eve, "deux") == ["deux"]
    assert (await place.top(bob), await place.top(eve)) == ("un", "trois")
    assert [await unread(one, await place.named(one)) for one in (bob, eve)] == [
        waiting[0] - 2,
        waiting[1],
    ]
    await bob.call(api.channels.ReadHistory(channel=await place.input(bob), max_id=kept))
    assert await unread(bob, await place.named(bob)) == 0

    found = await place.difference(bob, before)
    assert [type(one) for one in found.other_updates] == [api.UpdateDeleteChannelMessages] * 2
    early = await place.difference(bob, 1)
    assert [one.id for one in early.new_messages if type(one) is api.Message] == [kept]
    assert len((await place.difference(eve, 1)).new_messages) > len(early.new_messages)

    single = await bob.call(
        api.channels.GetMessages(channel=await place.input(bob), id=[api.InputMessageID(id=gone)])
    )
    assert single.messages == [api.MessageEmpty(id=gone)]
    with pytest.raises(RpcFault) as refused:
        await bob.call(
            api.messages.ForwardMessages(
                from_peer=await place.named(bob),
                id=[gone],
                random_id=[5],
                to_peer=api.InputPeerSelf(),
            )
        )
    assert refused.value.message == "MESSAGE_ID_INVALID"


async def test_it_comes_back_when_the_measure_is_lifted(world: World) -> None:
    ada, bob, eve = await three(world)
    place = await make(world, ada, bob, eve)
    gone = await place.post(ada, "deux")
    row = await decide(world, "withhold", countries=("DE",), **posts(place, gone))
    before = await place.pts()
    bob.pushed.clear()
    eve.pushed.clear()
    await lift(world, row)
    assert [one.message.message for one in bob.updates(api.UpdateNewChannelMessage)] == ["deux"]
    assert eve.updates(api.UpdateNewChannelMessage) == []
    assert await place.history(bob) == ["deux"]
    found = await place.difference(bob, before)
    assert [one.message for one in found.new_messages] == ["deux"]
    assert await place.top(bob) == "deux"


async def test_pushes_of_new_events_follow_the_country_in_large_channels(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fanout, "FULL_SESSIONS", 0)  # one rendering serves many people
    ada, bob, eve = await three(world)
    place = await make(world, ada, bob, eve)
    gone = await place.post(ada, "deux")
    bob.pushed.clear()
    eve.pushed.clear()
    row = await decide(world, "withhold", countries=("DE",), **posts(place, gone))
    assert [one.messages for one in bob.updates(api.UpdateDeleteChannelMessages)] == [[gone]]
    assert eve.updates(api.UpdateDeleteChannelMessages) == []
    bob.pushed.clear()
    eve.pushed.clear()
    await ada.call(
        api.messages.EditMessage(peer=await place.named(ada), id=gone, message="deux bis")
    )
    await place.post(ada, "trois")
    assert bob.updates(api.UpdateEditChannelMessage) == []
    assert [one.message.message for one in eve.updates(api.UpdateEditChannelMessage)] == [
        "deux bis"
    ]
    for client in (bob, eve):
        new = client.updates(api.UpdateNewChannelMessage)
        assert [one.message.message for one in new] == ["trois"]
        client.pushed.clear()
    await lift(world, row)
    (back,) = bob.updates(api.UpdateNewChannelMessage)
    assert back.message.message == "deux bis"
    assert eve.updates(api.UpdateNewChannelMessage) == []
    assert [one.message.id for one in eve.updates(api.UpdateEditChannelMessage)] == [gone]


async def test_pages_stay_full_beside_what_is_withheld(world: World) -> None:
    ada, bob, eve = await three(world)
    place = await make(world, ada, bob, eve)
    ids = [await place.post(ada, f"n{n}") for n in range(12)]
    await decide(world, "withhold", countries=("DE",), **posts(place, *ids[4:10]))
    assert await place.history(bob, 4) == ["n11", "n10", "n3", "n2"]
    assert await place.history(eve, 4) == ["n11", "n10", "n9", "n8"]
    around = await bob.call(
        api.messages.GetHistory(
            peer=await place.named(bob), offset_id=ids[2], offset_date=0, add_offset=-2, limit=4,
            max_id=0, min_id=0, hash=0,
        )
    )  # fmt: skip
    assert [one.message for one in around.messages] == ["n3", "n2", "n1", "n0"]


async def test_the_copies_of_a_group_and_of_a_private_chat_go_too(world: World) -> None:
    ada, bob, eve = await three(world)
    people = [await ada.peer(bob), await ada.peer(eve)]
    made = await ada.call(
        api.messages.CreateChat(
            users=[api.InputUser(user_id=p.user_id, access_hash=p.access_hash) for p in people],
            title="Table",
        )
    )
    group = api.InputPeerChat(chat_id=made.updates.chats[0].id)
    for peer, owner_sees in ((group, "groupe"), (people[0], "privé")):
        sent = await ada.call(
            api.messages.SendMessage(peer=peer, message=owner_sees, random_id=len(owner_sees))
        )
        number = (
            next(u.id for u in sent.updates if type(u) is api.UpdateMessageID)
            if hasattr(sent, "updates")
            else sent.id
        )
        bob.pushed.clear()
        eve.pushed.clear()
        await decide(
            world,
            "withhold",
            command=owner_sees,
            countries=("DE",),
            owner=ada.user_id,
            messages=(number,),
        )
        assert len(bob.updates(api.UpdateDeleteMessages)) == 1
        assert eve.updates(api.UpdateDeleteMessages) == []
    both = await eve.call(
        api.messages.GetHistory(
            peer=group, offset_id=0, offset_date=0, add_offset=0, limit=9, max_id=0, min_id=0,
            hash=0,
        )
    )  # fmt: skip
    assert [one.message for one in both.messages if type(one) is api.Message] == ["groupe"]
    alone = await bob.call(
        api.messages.GetHistory(
            peer=group, offset_id=0, offset_date=0, add_offset=0, limit=9, max_id=0, min_id=0,
            hash=0,
        )
    )  # fmt: skip
    assert [one for one in alone.messages if type(one) is api.Message] == []
    assert (await unread(bob, group), await unread(eve, group)) == (1, 2)
    private = await bob.peer(ada)
    assert await unread(bob, private) == 0
    await ada.call(api.messages.SendMessage(peer=people[0], message="encore", random_id=77))
    assert await unread(bob, private) == 1


async def test_a_whole_channel_is_withheld_in_a_country(world: World) -> None:
    ada, bob, eve = await three(world)
    place = await make(world, ada, bob, eve, broadcast=True)
    await place.post(ada, "un")
    bob.pushed.clear()
    eve.pushed.clear()
    row = await decide(world, "withhold", countries=("DE",), subject=place.peer)
    (hidden,) = bob.updates(api.UpdateChannelAvailableMessages)
    assert hidden.available_min_id > 0
    assert eve.updates(api.UpdateChannelAvailableMessages) == []
    await place.post(ada, "deux")
    assert bob.updates(api.UpdateNewChannelMessage) == []
    assert len(eve.updates(api.UpdateNewChannelMessage)) == 1
    assert (await place.history(bob), await place.top(bob)) == ([], None)
    for client, reasons in ((bob, 1), (eve, 0)):
        (chat,) = (
            await client.call(api.channels.GetChannels(id=[await place.input(client)]))
        ).chats
        assert chat.restricted is bool(reasons)
        assert len(chat.restriction_reason or []) == reasons
        if reasons:
            (reason,) = chat.restriction_reason
            assert (reason.platform, reason.reason) == ("all", "terms")
            assert places.written(row.number) in reason.text
    await lift(world, row)
    assert await place.history(bob) == ["deux", "un"]


# ── remove ──────────────────────────────────────────────────────────────────────────────────────


async def test_a_removed_post_is_deleted_for_all_and_can_be_given_back(world: World) -> None:
    ada, bob, eve = await three(world)
    place = await make(world, ada, bob, eve)
    await place.post(ada, "un")
    gone = await place.post(ada, "deux")
    before = await place.pts()
    for one in (ada, bob, eve):
        one.pushed.clear()
    row = await decide(world, "remove", **posts(place, gone))
    for one in (ada, bob, eve):
        assert [u.messages for u in one.updates(api.UpdateDeleteChannelMessages)] == [[gone]]
        assert await place.history(one) == ["un"]
    found = await place.difference(bob, before)
    assert [type(one) for one in found.other_updates] == [api.UpdateDeleteChannelMessages]
    copy = measures.copy_of(world.app, row)
    assert [one["text"] for one in copy["messages"]] == ["deux"]
    assert places.written(row.number) in (await service_chat(ada))[0]

    world.clock.advance(1)
    await erase.run(world.app)  # held: it must be there to be given back
    bob.pushed.clear()
    await lift(world, row)
    assert await place.history(bob) == ["deux", "un"]
    assert [u.message.id for u in bob.updates(api.UpdateNewChannelMessage)] == [gone]
    assert await place.top(eve) == "deux"


async def test_a_private_message_goes_from_both_sides_by_its_report(world: World) -> None:
    ada, bob, _ = await three(world)
    to_ada = await bob.peer(ada)
    await bob.call(api.messages.SendMessage(peer=to_ada, message="Menace", random_id=1))
    await ada.call(
        api.messages.Report(
            peer=await ada.peer(bob), id=[1], option=b"illegal/violence!", message="Menace."
        )
    )
    (report,) = await reports.listed(world.app)
    ada.pushed.clear()
    bob.pushed.clear()
    row = await decide(
        world,
        "remove",
        owner=report.owner,
        messages=tuple(reports.message_ids(report.messages)),
        report=report.number,
    )
    assert len(ada.updates(api.UpdateDeleteMessages)) == 1
    assert len(bob.updates(api.UpdateDeleteMessages)) == 1
    assert "décision" in (await service_chat(ada))[0] or "decision" in (await service_chat(ada))[0]
    assert places.written(row.number) in (await service_chat(bob))[0]


# ── label ───────────────────────────────────────────────────────────────────────────────────────


async def test_labels_stand_on_posts_channels_and_people(world: World) -> None:
    ada, bob, _ = await three(world)
    place = await make(world, ada, bob)
    said = await place.post(ada, "Attention")
    bob.pushed.clear()
    post = await decide(world, "label", label="sensitive", **posts(place, said))
    (edit,) = bob.updates(api.UpdateEditChannelMessage)
    assert edit.message.restriction_reason[0].reason == "sensitive"
    channel = await decide(world, "label", command="c2", label="scam", subject=place.peer)
    assert bob.updates(api.UpdateChannel)
    (chat,) = (await bob.call(api.channels.GetChannels(id=[await place.input(bob)]))).chats
    assert (chat.scam, chat.restricted) == (True, False)
    named = await bob.peer(ada)
    person = await decide(world, "label", command="c3", label="fake", subject=ada.user_id)
    asked = api.users.GetUsers(
        id=[api.InputUser(user_id=named.user_id, access_hash=named.access_hash)]
    )
    assert (await bob.call(asked))[0].fake
    for n, row in enumerate((post, channel, person)):
        await lift(world, row, f"l{n}")
    assert not (await bob.call(asked))[0].fake
    (chat,) = (await bob.call(api.channels.GetChannels(id=[await place.input(bob)]))).chats
    assert not chat.scam
    page = await bob.call(
        api.channels.GetMessages(channel=await place.input(bob), id=[api.InputMessageID(id=said)])
    )
    assert page.messages[0].restriction_reason is None


# ── restrict ────────────────────────────────────────────────────────────────────────────────────


async def test_a_member_is_silenced_until_a_date(world: World) -> None:
    ada, bob, _ = await three(world)
    place = await make(world, ada, bob)
    until = int(world.clock.now()) + DAY
    await decide(world, "restrict", subject=place.peer, member=bob.user_id, until=until)
    assert bob.updates(api.UpdateChannel)
    with pytest.raises(RpcFault) as refused:
        await place.post(bob, "Je parle")
    assert refused.value.message == "USER_BANNED_IN_CHANNEL"
    world.clock.advance(DAY + 1)
    assert await place.post(bob, "Je parle")
    await run_jobs(world.app)
    (row,) = await measures.listed(world.app)
    assert (row.ended_by, row.ended_at) == (measures.BY_DATE, int(world.clock.now()))


async def test_the_creator_of_a_group_cannot_be_silenced_there(world: World) -> None:
    ada, bob, _ = await three(world)
    place = await make(world, ada, bob)
    with pytest.raises(Refused, match="restrict the account"):
        await decide(world, "restrict", subject=place.peer, member=ada.user_id)
    with pytest.raises(Refused, match="not in the group"):
        await decide(world, "restrict", subject=place.peer, member=777000)
    assert await measures.listed(world.app) == []


async def test_a_frozen_account_reads_and_does_not_act(world: World) -> None:
    ada, bob, _ = await three(world)
    place = await make(world, ada, bob)
    await place.post(ada, "Lisez")
    since = int(world.clock.now())
    until = since + DAY
    bob.pushed.clear()
    await decide(world, "restrict", subject=bob.user_id, until=until)
    assert bob.updates(api.UpdateConfig)
    assert await place.history(bob) == ["Lisez"]
    with pytest.raises(RpcFault) as refused:
        await place.post(bob, "Non")
    assert (refused.value.code, refused.value.message) == (420, "FROZEN_METHOD_INVALID")
    elsewhere = await make(world, ada, username="ailleurs")
    with pytest.raises(RpcFault) as refused:
        await elsewhere.history(bob)
    assert (refused.value.code, refused.value.message) == (400, "FROZEN_PARTICIPANT_MISSING")
    config = await bob.call(api.help.GetAppConfig(hash=0))
    told = {one.key: one.value.value for one in config.config.value if "freeze" in one.key}
    assert (told["freeze_since_date"], told["freeze_until_date"]) == (since, until)
    assert set(told) == {"freeze_since_date", "freeze_until_date", "freeze_appeal_url"}
    plain = await ada.call(api.help.GetAppConfig(hash=config.hash))
    assert type(plain) is api.help.AppConfig
    assert not [one.key for one in plain.config.value if "freeze" in one.key]
    world.clock.advance(DAY + 1)
    await run_jobs(world.app)
    await world.settle()
    assert await place.post(bob, "Oui")
    assert [row.ended_by for row in await measures.listed(world.app)] == [measures.BY_DATE]
    ended, begun = await service_chat(bob)
    assert "Contraire aux règles" in begun
    assert begun != ended


# ── suspend ─────────────────────────────────────────────────────────────────────────────────────


async def test_a_suspended_account_does_nothing_and_looks_deleted(world: World) -> None:
    ada, bob, _ = await three(world)
    named = await ada.peer(bob)
    asked = api.users.GetUsers(
        id=[api.InputUser(user_id=named.user_id, access_hash=named.access_hash)]
    )
    assert not (await ada.call(asked))[0].deleted
    ada.pushed.clear()
    bob.pushed.clear()
    row = await decide(world, "suspend", subject=bob.user_id)
    assert not bob.open
    assert ada.updates(api.UpdateUserName)
    assert (await ada.call(asked))[0].deleted
    again = world.connect(key=bob.link.auth_key_id)
    for call in (api.updates.GetState(), api.users.GetUsers(id=[api.InputUserSelf()])):
        with pytest.raises(RpcFault) as refused:
            await again.call(call)
        assert (refused.value.code, refused.value.message) == (401, "USER_DEACTIVATED_BAN")
    await ada.call(api.messages.SendMessage(peer=named, message="Tu es là ?", random_id=9))
    assert again.pushed == []
    with pytest.raises(RpcFault) as refused:
        await world.sign_in(bob.phone)
    assert refused.value.message == "USER_DEACTIVATED_BAN"

    await lift(world, row)
    assert not (await ada.call(asked))[0].deleted
    back = await world.sign_in(bob.phone)
    page = await back.call(
        api.messages.GetHistory(
            peer=await back.peer(ada), offset_id=0, offset_date=0, add_offset=0, limit=9,
            max_id=0, min_id=0, hash=0,
        )
    )  # fmt: skip
    assert [one.message for one in page.messages] == ["Tu es là ?"]


async def test_a_frozen_account_writes_to_the_service_chat_alone(world: World) -> None:
    ada, bob, _ = await three(world)
    await decide(world, "restrict", subject=bob.user_id)
    assert "help" in await servicechat.ask(bob, "help")
    with pytest.raises(RpcFault, match="FROZEN_METHOD_INVALID"):
        await talk.say(bob, await bob.peer(ada), "Non")
    with pytest.raises(RpcFault, match="FROZEN_METHOD_INVALID"):
        await talk.say(bob, api.InputPeerSelf(), "Non")
