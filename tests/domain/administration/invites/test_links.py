"""Invite links: made, changed, revoked, listed, counted."""

from __future__ import annotations

from typing import Any

import pytest

from petitbleu.tl import api
from tests.kit import groups as chats
from tests.kit.world import Client, RpcFault, World


async def _link(client: Client, chat: object, link: str) -> object:
    return (
        await client.call(api.messages.GetExportedChatInvite(peer=chats.peer(chat), link=link))
    ).invite


async def test_a_link_brings_people_into_a_supergroup_and_counts_them(world: World) -> None:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    group = await chats.channel(ada, "Club", group=True)
    made = await chats.invite(ada, group, title="Spring")
    assert made.title == "Spring" and not made.permanent and made.usage is None
    hash_ = made.link.rpartition("+")[2]
    shown = await bob.call(api.messages.CheckChatInvite(hash=hash_))
    assert type(shown) is api.ChatInvite
    assert (shown.title, shown.megagroup, shown.participants_count) == ("Club", True, 1)
    ada.pushed.clear()
    joined = await bob.call(api.messages.ImportChatInvite(hash=hash_))
    assert not joined.updates.chats[0].left
    (said,) = ada.updates(api.UpdateNewChannelMessage)
    assert type(said.message.action) is api.MessageActionChatJoinedByLink
    assert said.message.from_id.user_id == bob.user_id
    assert (await _link(ada, group, made.link)).usage == 1
    again = await bob.call(api.messages.CheckChatInvite(hash=hash_))
    assert type(again) is api.ChatInviteAlready
    with pytest.raises(RpcFault, match="USER_ALREADY_PARTICIPANT"):
        await bob.call(api.messages.ImportChatInvite(hash=hash_))
    came = await ada.call(
        api.messages.GetChatInviteImporters(
            peer=chats.peer(group), link=made.link, offset_date=0,
            offset_user=api.InputUserEmpty(), limit=10,
        )
    )  # fmt: skip
    assert [(one.user_id, one.approved_by) for one in came.importers] == [(bob.user_id, None)]


async def test_a_link_brings_people_into_a_basic_group(world: World) -> None:
    ada, bob, eve = [await world.sign_up(name) for name in ("Ada", "Bob", "Eve")]
    group = await chats.basic_group(ada, bob)
    link = (await chats.invite(ada, group)).link
    bob.pushed.clear()
    seen = await chats.join(eve, link)
    assert seen.id == group.id and seen.participants_count == 3
    (said,) = bob.updates(api.UpdateNewMessage)
    assert said.message.action.inviter_id == ada.user_id
    with pytest.raises(RpcFault, match="CHAT_ADMIN_REQUIRED"):
        await chats.invite(eve, seen)


@pytest.mark.parametrize("layer", [158, 229])
async def test_joining_answers_in_the_form_of_the_layer(world: World, layer: int) -> None:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob", layer)
    group = await chats.channel(ada, group=True)
    seen = await chats.join(bob, (await chats.invite(ada, group)).link)
    assert seen.id == group.id


async def test_limits_and_ends_of_a_link_hold(world: World) -> None:
    ada, bob, eve = [await world.sign_up(name) for name in ("Ada", "Bob", "Eve")]
    group = await chats.channel(ada, group=True)
    now = int(world.clock.now())
    one = (await chats.invite(ada, group, usage_limit=1)).link
    short = (await chats.invite(ada, group, expire_date=now + 60)).link
    await chats.join(bob, one)
    with pytest.raises(RpcFault, match="INVITE_HASH_EXPIRED"):
        await chats.join(eve, one)
    world.clock.advance(61)
    with pytest.raises(RpcFault, match="INVITE_HASH_EXPIRED"):
        await chats.join(eve, short)
    with pytest.raises(RpcFault, match="EXPIRE_DATE_INVALID"):
        await chats.invite(ada, group, expire_date=now)
    with pytest.raises(RpcFault, match="USAGE_LIMIT_INVALID"):
        await chats.invite(ada, group, usage_limit=5, request_needed=True)
    with pytest.raises(RpcFault, match="INVITE_HASH_EMPTY"):
        await eve.call(api.messages.CheckChatInvite(hash=""))
    with pytest.raises(RpcFault, match="INVITE_HASH_INVALID"):
        await eve.call(api.messages.CheckChatInvite(hash="?"))


async def test_a_permanent_link_is_replaced_when_it_is_revoked(world: World) -> None:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    group = await chats.channel(ada, group=True)
    first = await chats.invite(ada, group, legacy_revoke_permanent=True)
    assert first.permanent
    with pytest.raises(RpcFault, match="CHAT_INVITE_PERMANENT"):
        await ada.call(
            api.messages.EditExportedChatInvite(
                peer=chats.peer(group), link=first.link, usage_limit=3
            )
        )
    with pytest.raises(RpcFault, match="INVITE_REVOKED_MISSING"):
        await ada.call(
            api.messages.DeleteExportedChatInvite(peer=chats.peer(group), link=first.link)
        )
    replaced = await ada.call(
        api.messages.EditExportedChatInvite(peer=chats.peer(group), link=first.link, revoked=True)
    )
    assert replaced.invite.revoked and replaced.new_invite.permanent
    full = await ada.call(api.channels.GetFullChannel(channel=chats.of(group)))
    assert full.full_chat.exported_invite.link == replaced.new_invite.link
    with pytest.raises(RpcFault, match="INVITE_HASH_EXPIRED"):
        await chats.join(bob, first.link)
    await ada.call(api.messages.DeleteExportedChatInvite(peer=chats.peer(group), link=first.link))
    with pytest.raises(RpcFault, match="INVITE_HASH_EXPIRED"):
        await _link(ada, group, first.link)


async def test_links_are_listed_newest_first_by_admin(world: World) -> None:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    group = await chats.channel(ada, group=True)
    made = []
    for n in range(3):
        world.clock.advance(1)
        made.append((await chats.invite(ada, group, title=str(n))).link)

    async def listed(**more: object) -> object:
        return await ada.call(
            api.messages.GetExportedChatInvites(
                peer=chats.peer(group), admin_id=api.InputUserSelf(), **{"limit": 2} | more
            )
        )

    page = await listed()
    assert (page.count, [one.link for one in page.invites]) == (3, made[:0:-1])
    rest = await listed(offset_date=page.invites[-1].date, offset_link=page.invites[-1].link)
    assert [one.link for one in rest.invites] == made[:1]
    await ada.call(
        api.messages.EditExportedChatInvite(peer=chats.peer(group), link=made[0], revoked=True)
    )
    assert [one.link for one in (await listed(revoked=True)).invites] == made[:1]
    held = await ada.call(api.messages.GetAdminsWithInvites(peer=chats.peer(group)))
    assert [(one.invites_count, one.revoked_invites_count) for one in held.admins] == [(2, 1)]
    await ada.call(
        api.messages.DeleteRevokedExportedChatInvites(
            peer=chats.peer(group), admin_id=api.InputUserSelf()
        )
    )
    assert (await listed(revoked=True)).count == 0
    (seen,) = await chats.come(ada, group, bob)
    with pytest.raises(RpcFault, match="CHAT_ADMIN_REQUIRED"):
        await bob.call(api.messages.GetAdminsWithInvites(peer=chats.peer(seen)))


async def test_whoever_was_put_out_does_not_come_back_by_a_link(world: World) -> None:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    group = await chats.channel(ada, group=True)
    link = (await chats.invite(ada, group)).link
    await chats.join(bob, link)
    await ada.call(
        api.channels.EditBanned(
            channel=chats.of(group),
            participant=await ada.peer(bob),
            banned_rights=api.ChatBannedRights(view_messages=True, until_date=0),
        )
    )
    with pytest.raises(RpcFault, match="INVITE_HASH_EXPIRED"):
        await chats.join(bob, link)


async def test_whoever_was_removed_from_a_basic_group_may_come_back_by_a_link(world: World) -> None:
    """Only supergroups and channels keep people out; a link that asks goes on asking."""
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    group = await chats.basic_group(ada, bob)
    link = (await chats.invite(ada, group)).link
    asking = (await chats.invite(ada, group, request_needed=True)).link

    async def remove() -> None:
        who = await chats.person(ada, bob)
        await ada.call(api.messages.DeleteChatUser(chat_id=group.id, user_id=who))

    await remove()
    seen = await bob.call(api.messages.CheckChatInvite(hash=link.rpartition("+")[2]))
    assert (seen.title, seen.participants_count) == ("Friends", 1)
    assert (await chats.join(bob, link)).id == group.id
    await chats.say(bob, group, "here again")
    full = await ada.call(api.messages.GetFullChat(chat_id=group.id))
    assert {one.user_id for one in full.full_chat.participants.participants} == {
        ada.user_id, bob.user_id,
    }  # fmt: skip
    await remove()
    with pytest.raises(RpcFault, match="INVITE_REQUEST_SENT"):
        await chats.join(bob, asking)
    await remove_link(ada, group, link)
    with pytest.raises(RpcFault, match="INVITE_HASH_EXPIRED"):
        await chats.join(bob, link)


async def remove_link(admin: Client, chat: Any, link: str) -> None:
    await admin.call(
        api.messages.EditExportedChatInvite(peer=chats.peer(chat), link=link, revoked=True)
    )


async def test_a_link_into_a_public_group_lets_one_look_inside(world: World) -> None:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    group = await chats.channel(ada, group=True)
    await ada.call(api.channels.UpdateUsername(channel=chats.of(group), username="glass_house"))
    link = (await chats.invite(ada, group)).link
    seen = await bob.call(api.messages.CheckChatInvite(hash=link.rpartition("+")[2]))
    assert type(seen) is api.ChatInvitePeek
    assert seen.chat.id == group.id and seen.chat.left
    asks = (await chats.invite(ada, group, request_needed=True)).link
    seen = await bob.call(api.messages.CheckChatInvite(hash=asks.rpartition("+")[2]))
    assert type(seen) is api.ChatInvite and seen.request_needed and seen.public


async def test_a_link_leads_on_to_the_supergroup_a_group_became(world: World) -> None:
    ada, bob, eve = [await world.sign_up(name) for name in ("Ada", "Bob", "Eve")]
    group = await chats.basic_group(ada, bob)
    link = (await chats.invite(ada, group)).link
    moved = await ada.call(api.messages.MigrateChat(chat_id=group.id))
    new = next(chat for chat in moved.chats if type(chat) is api.Channel)
    seen = await chats.join(eve, link)
    assert seen.id == new.id and not seen.left
    assert (await _link(ada, new, link)).usage == 1


async def test_whoever_has_a_link_sees_whom_they_know_inside(world: World) -> None:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    group = await chats.channel(ada, group=True)
    await bob.peer(ada)
    link = (await chats.invite(ada, group)).link
    shown = await bob.call(api.messages.CheckChatInvite(hash=link.rpartition("+")[2]))
    assert [user.id for user in shown.participants] == [ada.user_id]
