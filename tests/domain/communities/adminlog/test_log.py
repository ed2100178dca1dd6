"""Recent actions: everything that is done to a group is told to its admins, and to them alone."""

from __future__ import annotations

from typing import Any

import pytest

from petitbleu.domain.messaging.messages import moderation_access, purge
from petitbleu.ids import peer_of_channel
from petitbleu.run.jobs import JobRunner
from petitbleu.tl import api
from tests.kit import groups as chats
from tests.kit.world import Client, RpcFault, World


async def _log(client: Client, chat: Any, **more: Any) -> list[Any]:
    asked: dict[str, Any] = {"q": "", "max_id": 0, "min_id": 0, "limit": 50} | more
    found = await client.call(api.channels.GetAdminLog(channel=chats.of(chat), **asked))
    known = {user.id for user in found.users}
    assert all(event.user_id in known for event in found.events)
    return list(found.events)


def _kinds(events: list[Any]) -> list[str]:
    return [type(e.action).NAME.removeprefix("channelAdminLogEventAction") for e in events]


async def _busy_group(world: World) -> tuple[Client, Client, Any, Any]:
    """A supergroup in which one of each sort of thing has happened."""
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    group = await chats.channel(ada, "Club", group=True)
    (seen,) = await chats.come(ada, group, bob)
    await ada.call(api.channels.EditTitle(channel=chats.of(group), title="Élan"))
    await ada.call(api.messages.EditChatAbout(peer=chats.peer(group), about="We meet"))
    said = await chats.say(bob, seen, "Helo")
    await bob.call(
        api.messages.EditMessage(peer=chats.peer(seen), id=said.id, message="Hello there")
    )
    await ada.call(api.messages.UpdatePinnedMessage(peer=chats.peer(group), id=said.id))
    await ada.call(api.channels.DeleteMessages(channel=chats.of(group), id=[said.id]))
    return ada, bob, group, seen


async def test_each_change_stands_in_the_log_with_before_and_after(world: World) -> None:
    ada, bob, group, _ = await _busy_group(world)
    events = await _log(ada, group)
    assert _kinds(events) == [
        "DeleteMessage", "UpdatePinned", "EditMessage", "ChangeAbout", "ChangeTitle",
        "ParticipantJoinByInvite",
    ]  # fmt: skip
    deleted, pinned, edited, about, title, joined = (event.action for event in events)
    assert deleted.message.message == "Hello there"
    assert pinned.message.pinned
    assert (edited.prev_message.message, edited.new_message.message) == ("Helo", "Hello there")
    assert (about.prev_value, about.new_value) == ("", "We meet")
    assert (title.prev_value, title.new_value) == ("Club", "Élan")
    assert joined.invite.admin_id == ada.user_id
    assert [event.user_id for event in events] == [ada.user_id] * 2 + [bob.user_id] + [
        ada.user_id
    ] * 2 + [bob.user_id]
    assert len({event.id for event in events}) == 6


async def test_all_that_a_member_said_is_logged_as_it_goes(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(purge, "SLICE", 2)
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    group = await chats.channel(ada, "Club", group=True)
    (seen,) = await chats.come(ada, group, bob)
    for text in ("One", "Two", "Three"):
        await chats.say(bob, seen, text)
    await ada.call(
        api.channels.DeleteParticipantHistory(
            channel=chats.of(group), participant=await ada.peer(bob)
        )
    )
    await JobRunner(world.app).run_due()
    events = [one for one in await _log(ada, group) if _kinds([one]) == ["DeleteMessage"]]
    said = [getattr(one.action.message, "message", "") for one in events]
    assert [text for text in said if text] == ["One", "Three", "Two"]
    assert {one.user_id for one in events} == {ada.user_id}


async def test_the_log_is_kept_longer_than_two_days(world: World) -> None:
    ada, _, group, _ = await _busy_group(world)
    world.clock.advance(400 * 86_400)
    assert len(await _log(ada, group)) == 6


async def test_filters_admins_text_and_pages(world: World) -> None:
    ada, bob, group, _ = await _busy_group(world)

    def only(**flags: bool) -> Any:
        return api.ChannelAdminLogEventsFilter(**flags)

    assert _kinds(await _log(ada, group, events_filter=only(info=True))) == [
        "ChangeAbout", "ChangeTitle",
    ]  # fmt: skip
    assert _kinds(await _log(ada, group, events_filter=only(join=True, pinned=True))) == [
        "UpdatePinned", "ParticipantJoinByInvite",
    ]  # fmt: skip
    by_bob = await _log(ada, group, admins=[await chats.person(ada, bob)])
    assert _kinds(by_bob) == ["EditMessage", "ParticipantJoinByInvite"]
    assert _kinds(await _log(ada, group, q="éLAN")) == ["ChangeTitle"]
    assert await _log(ada, group, q="%") == []
    first = await _log(ada, group, limit=2)
    second = await _log(ada, group, limit=2, max_id=first[-1].id)
    assert _kinds(first + second) == [
        "DeleteMessage", "UpdatePinned", "EditMessage", "ChangeAbout",
    ]  # fmt: skip
    assert _kinds(await _log(ada, group, min_id=first[0].id - 1)) == ["DeleteMessage"]


async def test_restrictions_promotions_and_departures(world: World) -> None:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    group = await chats.channel(ada, group=True)
    (seen,) = await chats.come(ada, group, bob)
    them, who = await chats.person(ada, bob), await ada.peer(bob)
    to = chats.of(group)
    rights = api.ChatAdminRights(delete_messages=True)
    await ada.call(api.channels.EditAdmin(channel=to, user_id=them, admin_rights=rights, rank="x"))
    await ada.call(
        api.channels.EditAdmin(channel=to, user_id=them, admin_rights=api.ChatAdminRights())
    )
    for banned in (
        api.ChatBannedRights(send_media=True, until_date=0),
        api.ChatBannedRights(until_date=0),
        api.ChatBannedRights(view_messages=True, until_date=0),
        api.ChatBannedRights(until_date=0),
    ):
        await ada.call(api.channels.EditBanned(channel=to, participant=who, banned_rights=banned))
    await chats.join(bob, (await chats.invite(ada, group)).link)
    await bob.call(api.channels.LeaveChannel(channel=chats.of(seen)))
    await ada.call(
        api.messages.EditChatDefaultBannedRights(
            peer=chats.peer(group),
            banned_rights=api.ChatBannedRights(send_polls=True, until_date=0),
        )
    )
    events = await _log(ada, group)
    assert _kinds(events) == [
        "DefaultBannedRights", "ParticipantLeave", "ParticipantJoinByInvite",
        *["ParticipantToggleBan"] * 4, *["ParticipantToggleAdmin"] * 2, "ParticipantJoinByInvite",
    ]  # fmt: skip
    kicked = await _log(ada, group, events_filter=api.ChannelAdminLogEventsFilter(kick=True))
    assert kicked[0].action.new_participant.banned_rights.view_messages
    promoted = await _log(ada, group, events_filter=api.ChannelAdminLogEventsFilter(promote=True))
    assert promoted[0].action.new_participant.admin_rights.delete_messages
    assert type(promoted[0].action.prev_participant) is api.ChannelParticipant


async def test_only_admins_read_the_log(world: World) -> None:
    _, bob, _, seen = await _busy_group(world)
    eve = await world.sign_up("Eve")
    with pytest.raises(RpcFault, match="CHAT_ADMIN_REQUIRED"):
        await _log(bob, seen)
    with pytest.raises(RpcFault, match="CHANNEL_INVALID"):
        await _log(eve, seen)


async def test_switches_stand_in_the_log(world: World) -> None:
    ada = await world.sign_up("Ada")
    group = await chats.channel(ada, group=True)
    to, peer = chats.of(group), chats.peer(group)
    await ada.call(api.channels.ToggleSlowMode(channel=to, seconds=30))
    await ada.call(api.channels.ToggleAntiSpam(channel=to, enabled=True))
    await ada.call(api.messages.ToggleNoForwards(peer=peer, enabled=True))
    await ada.call(api.channels.TogglePreHistoryHidden(channel=to, enabled=True))
    await ada.call(
        api.messages.SetChatAvailableReactions(
            peer=peer, available_reactions=api.ChatReactionsNone()
        )
    )
    await ada.call(api.messages.SetHistoryTTL(peer=peer, period=86_400))
    events = await _log(ada, group, events_filter=api.ChannelAdminLogEventsFilter(settings=True))
    assert _kinds(events) == [
        "ChangeHistoryTTL", "ChangeAvailableReactions", "TogglePreHistoryHidden",
        "ToggleNoForwards", "ToggleAntiSpam", "ToggleSlowMode",
    ]  # fmt: skip
    ttl, reactions, *switched, slow = (event.action for event in events)
    assert (ttl.prev_value, ttl.new_value) == (0, 86_400)
    assert type(reactions.prev_value) is api.ChatReactionsAll
    assert type(reactions.new_value) is api.ChatReactionsNone
    assert [one.new_value for one in switched] == [True, True, True]
    assert (slow.prev_value, slow.new_value) == (0, 30)


async def test_changed_links_stand_in_the_log(world: World) -> None:
    ada = await world.sign_up("Ada")
    group = await chats.channel(ada, group=True)
    peer = chats.peer(group)
    link = (await chats.invite(ada, group, title="Old")).link
    await ada.call(api.messages.EditExportedChatInvite(peer=peer, link=link, title="New"))
    await ada.call(api.messages.EditExportedChatInvite(peer=peer, link=link, revoked=True))
    await ada.call(api.messages.DeleteExportedChatInvite(peer=peer, link=link))
    events = await _log(ada, group, events_filter=api.ChannelAdminLogEventsFilter(invites=True))
    assert _kinds(events) == [
        "ExportedInviteDelete", "ExportedInviteRevoke", "ExportedInviteEdit",
    ]  # fmt: skip
    edited = events[2].action
    assert (edited.prev_invite.title, edited.new_invite.title) == ("Old", "New")
    assert events[1].action.invite.revoked


async def test_what_a_measure_removed_is_not_told_until_it_is_back(world: World) -> None:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    group = await chats.channel(ada, group=True)
    (seen,) = await chats.come(ada, group, bob)
    root = await chats.say(ada, group, "Question")
    said = await chats.say(bob, seen, "Unlawfull", reply=root.id)
    await bob.call(api.messages.EditMessage(peer=chats.peer(seen), id=said.id, message="Unlawful"))
    assert "EditMessage" in _kinds(await _log(ada, group))
    channel, now = peer_of_channel(group.id), int(world.clock.now())
    taken = await world.app.store.write(moderation_access.take, channel, [said.id], at=now)
    assert "EditMessage" not in _kinds(await _log(ada, group))
    await world.app.store.write(moderation_access.give_back, taken, at=now)
    assert "EditMessage" in _kinds(await _log(ada, group))
    answered = await ada.call(
        api.channels.GetMessages(channel=chats.of(group), id=[api.InputMessageID(id=root.id)])
    )
    assert answered.messages[0].replies.replies == 1
