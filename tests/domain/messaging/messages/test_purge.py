"""Deleting a member's whole past, and whole histories, of supergroups and channels."""

from __future__ import annotations

from typing import Any

import pytest

from petitbleu.domain.messaging.messages import jobs, purge
from petitbleu.ids import peer_of_channel
from petitbleu.tl import api
from tests.kit import groups as chats
from tests.kit.world import Client, RpcFault, World


async def _texts(client: Client, chat: Any) -> list[str]:
    found = await client.call(
        api.messages.GetHistory(
            peer=chats.peer(chat), offset_id=0, offset_date=0, add_offset=0, limit=100, max_id=0,
            min_id=0, hash=0,
        )
    )  # fmt: skip
    return [one.message for one in reversed(found.messages) if type(one) is api.Message]


async def _run_job(world: World, chat: Any, speaker: int) -> None:
    """What the job runner does with the row that the first slice left."""
    work = purge.Purge(chat=peer_of_channel(chat.id), speaker=speaker, below=1 << 40)
    await jobs.purge_slices(world.app, work)
    await world.settle()


async def test_all_that_a_member_said_goes_slice_after_slice(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(purge, "SLICE", 3)
    ada, bob, eve = [await world.sign_up(name) for name in ("Ada", "Bob", "Eve")]
    group = await chats.channel(ada, group=True)
    seen, hers = await chats.come(ada, group, bob, eve)
    for n in range(7):
        await chats.say(bob, seen, f"Spam {n}")
    await chats.say(eve, hers, "Hello")
    eve.pushed.clear()
    who = await ada.peer(bob)
    affected = await ada.call(
        api.channels.DeleteParticipantHistory(channel=chats.of(group), participant=who)
    )
    assert (affected.pts_count, affected.offset) == (3, 0)
    assert await _texts(ada, group) == ["Spam 0", "Spam 1", "Spam 2", "Spam 3", "Hello"]
    await _run_job(world, group, bob.user_id)
    assert await _texts(eve, hers) == ["Hello"]
    gone = [one for u in eve.updates(api.UpdateDeleteChannelMessages) for one in u.messages]
    assert len(gone) >= 7
    with pytest.raises(RpcFault, match="CHAT_ADMIN_REQUIRED"):
        await eve.call(
            api.channels.DeleteParticipantHistory(
                channel=chats.of(hers), participant=await eve.peer(bob)
            )
        )
    with pytest.raises(RpcFault, match="PARTICIPANT_ID_INVALID"):
        await ada.call(
            api.channels.DeleteParticipantHistory(
                channel=chats.of(group),
                participant=api.InputPeerUser(user_id=bob.user_id, access_hash=1),
            )
        )


async def test_an_anonymous_admin_is_not_betrayed_by_a_deletion(world: World) -> None:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    group = await chats.channel(ada, group=True)
    (seen,) = await chats.come(ada, group, bob)
    to = {"channel": chats.of(group), "user_id": await chats.person(ada, bob), "rank": ""}
    hidden = api.ChatAdminRights(anonymous=True, delete_messages=True)
    await ada.call(api.channels.EditAdmin(admin_rights=hidden, **to))
    await chats.say(bob, seen, "Who am I?")
    await ada.call(
        api.channels.DeleteParticipantHistory(
            channel=chats.of(group), participant=await ada.peer(bob)
        )
    )
    assert await _texts(ada, group) == ["Who am I?"]
    await ada.call(
        api.channels.DeleteParticipantHistory(
            channel=chats.of(group), participant=chats.peer(group)
        )
    )
    assert await _texts(ada, group) == []


async def test_a_history_is_hidden_from_oneself_alone(world: World) -> None:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    group = await chats.channel(ada, group=True)
    (seen,) = await chats.come(ada, group, bob)
    phone = await world.sign_in(bob.phone)
    said = await chats.say(ada, group, "Old")
    await chats.say(ada, group, "New")
    await bob.call(api.channels.DeleteHistory(channel=chats.of(seen), max_id=said.id))
    assert await _texts(bob, seen) == ["New"]
    assert await _texts(ada, group) == ["Old", "New"]
    (told,) = phone.updates(api.UpdateChannelAvailableMessages)
    assert (told.channel_id, told.available_min_id) == (group.id, said.id)


async def test_the_creator_wipes_a_channel_for_everybody(world: World) -> None:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    channel = await chats.channel(ada)
    (seen,) = await chats.come(ada, channel, bob)
    first = await chats.say(ada, channel, "One")
    await chats.say(ada, channel, "Two")
    wipe = {"channel": chats.of(channel), "for_everyone": True}
    await ada.call(api.channels.DeleteHistory(max_id=first.id, **wipe))
    assert await _texts(bob, seen) == ["Two"]
    await ada.call(api.channels.DeleteHistory(max_id=0, **wipe))
    assert await _texts(bob, seen) == []
    with pytest.raises(RpcFault, match="CHAT_ADMIN_REQUIRED"):
        await bob.call(
            api.channels.DeleteHistory(channel=chats.of(seen), for_everyone=True, max_id=0)
        )


async def test_links_to_posts(world: World) -> None:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    channel = await chats.channel(ada)
    post = await chats.say(ada, channel, "One")
    asked = {"channel": chats.of(channel), "id": post.id}
    private = await ada.call(api.channels.ExportMessageLink(**asked))
    assert private.link.endswith(f"/c/{channel.id}/{post.id}")
    await ada.call(api.channels.UpdateUsername(channel=chats.of(channel), username="the_news"))
    public = await ada.call(api.channels.ExportMessageLink(**asked))
    assert public.link.endswith(f"/the_news/{post.id}") and public.link in public.html
    with pytest.raises(RpcFault, match="MESSAGE_ID_INVALID"):
        await ada.call(api.channels.ExportMessageLink(**asked | {"id": 99}))
    with pytest.raises(RpcFault, match="CHANNEL_INVALID"):
        await bob.call(api.channels.ExportMessageLink(**asked))
