"""Blocking people, and the bar above a stranger's chat."""

from __future__ import annotations

import pytest

from petitbleu.domain.people.accounts import views
from petitbleu.domain.people.contacts import bar
from petitbleu.domain.people.social_graph import service as social_graph
from petitbleu.tl import api
from tests.kit.world import RpcFault, World


async def test_blocking_is_told_to_the_other_device_and_undone(world: World) -> None:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    peer = await ada.peer(bob)
    other = await world.sign_in(ada.phone)
    assert await ada.call(api.contacts.Block(id=peer))
    assert await social_graph.blocked(world.app, ada.user_id, bob.user_id)
    assert await ada.call(api.contacts.Block(id=peer))  # again: nothing to tell
    assert await ada.call(api.contacts.Unblock(id=peer))
    assert not await social_graph.blocked(world.app, ada.user_id, bob.user_id)
    told = other.updates(api.UpdatePeerBlocked)
    assert [(one.peer_id.user_id, one.blocked) for one in told] == [
        (bob.user_id, True),
        (bob.user_id, False),
    ]
    assert bob.updates(api.UpdatePeerBlocked) == []


async def test_who_is_blocked_sees_neither_time_nor_phone(world: World) -> None:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    peer = await ada.peer(bob)  # so Bob may see Ada's phone
    seen = await views.user(world.app, bob.user_id, ada.user_id)
    assert seen.phone == ada.phone and isinstance(seen.status, api.UserStatusOffline)
    await ada.call(api.contacts.Block(id=peer))
    seen = await views.user(world.app, bob.user_id, ada.user_id)
    assert seen.phone is None and isinstance(seen.status, api.UserStatusRecently)


@pytest.mark.parametrize(
    ("peer", "error"),
    [
        (api.InputPeerSelf(), "CONTACT_ID_INVALID"),
        (api.InputPeerEmpty(), "PEER_ID_INVALID"),
        (api.InputPeerUser(user_id=5, access_hash=5), "PEER_ID_INVALID"),
    ],
)
async def test_oneself_and_nobody_cannot_be_blocked(world: World, peer: object, error: str) -> None:
    ada = await world.sign_up("Ada")
    with pytest.raises(RpcFault, match=error):
        await ada.call(api.contacts.Block(id=peer))


async def test_the_list_is_paged_newest_first(world: World) -> None:
    ada = await world.sign_up("Ada")
    people = [await world.sign_up(name) for name in ("Bob", "Eve", "Zoe")]
    for one in people:
        world.clock.advance(1)
        await ada.call(api.contacts.Block(id=await ada.peer(one)))
    page = await ada.call(api.contacts.GetBlocked(offset=0, limit=2))
    assert isinstance(page, api.contacts.BlockedSlice) and page.count == 3
    assert [one.peer_id.user_id for one in page.blocked] == [
        people[2].user_id,
        people[1].user_id,
    ]
    assert len(page.users) == 2
    rest = await ada.call(api.contacts.GetBlocked(offset=2, limit=2))
    assert [one.peer_id.user_id for one in rest.blocked] == [people[0].user_id]
    whole = await ada.call(api.contacts.GetBlocked(offset=0, limit=100))
    assert isinstance(whole, api.contacts.Blocked) and len(whole.blocked) == 3


async def test_the_story_list_is_another_one(world: World) -> None:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    peer = await ada.peer(bob)
    other = await world.sign_in(ada.phone)
    await ada.call(api.contacts.Block(my_stories_from=True, id=peer))
    assert not await social_graph.blocked(world.app, ada.user_id, bob.user_id)
    (told,) = other.updates(api.UpdatePeerBlocked)
    assert (told.blocked, told.blocked_my_stories_from) == (False, True)
    page = await ada.call(api.contacts.GetBlocked(my_stories_from=True, offset=0, limit=10))
    assert [one.peer_id.user_id for one in page.blocked] == [bob.user_id]
    assert (await ada.call(api.contacts.GetBlocked(offset=0, limit=10))).blocked == []


async def test_a_list_can_be_replaced(world: World) -> None:
    ada = await world.sign_up("Ada")
    bob, eve, zoe = [await ada.peer(await world.sign_up(name)) for name in ("Bob", "Eve", "Zoe")]
    for one in (bob, eve):
        await ada.call(api.contacts.Block(id=one))
    assert await ada.call(api.contacts.SetBlocked(id=[eve, zoe], limit=10))
    page = await ada.call(api.contacts.GetBlocked(offset=0, limit=10))
    assert {one.peer_id.user_id for one in page.blocked} == {eve.user_id, zoe.user_id}


async def test_the_bar_above_a_stranger_who_said_nothing_offers_to_add_them(world: World) -> None:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    peer = await ada.peer(bob)
    ask = api.messages.GetPeerSettings(peer=peer)
    assert not (await ada.call(ask)).settings.add_contact
    named = api.InputUser(user_id=peer.user_id, access_hash=peer.access_hash)
    await ada.call(api.contacts.DeleteContacts(id=[named]))
    answer = await ada.call(ask)
    shown = answer.settings
    assert (shown.add_contact, shown.block_contact, shown.report_spam) == (True, False, False)
    assert answer.users[0].id == bob.user_id
    other = await world.sign_in(ada.phone)
    await ada.call(api.messages.HidePeerSettingsBar(peer=peer))
    shown = (await ada.call(ask)).settings
    assert (shown.add_contact, shown.block_contact, shown.report_spam) == (False, False, False)
    assert not other.updates(api.UpdatePeerSettings)[0].settings.add_contact


async def test_a_stranger_who_writes_first_can_be_reported(world: World) -> None:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    peer = await bob.peer(ada)
    await bob.call(api.messages.SendMessage(peer=peer, message="Hello", random_id=1))
    found = await ada.call(api.contacts.ResolvePhone(phone=bob.phone))
    proof = found.users[0].access_hash
    ask = api.messages.GetPeerSettings(
        peer=api.InputPeerUser(user_id=bob.user_id, access_hash=proof)
    )
    assert (await ada.call(ask)).settings.report_spam
    back = await bob.call(api.messages.GetPeerSettings(peer=peer))
    assert not back.settings.report_spam


@pytest.mark.turns(4)
@pytest.mark.parametrize("first", ["nobody", "ada", "bob"])
@pytest.mark.parametrize("contact", [False, True])
@pytest.mark.parametrize("blocked", [False, True])
async def test_a_bar_offers_to_report_and_to_block_together_or_neither(
    world: World, first: str, contact: bool, blocked: bool
) -> None:
    """TDLib writes an ERROR line for one without the other, or for both without adding."""
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    peer, back = await ada.peer(bob), await bob.peer(ada)
    named = api.InputUser(user_id=peer.user_id, access_hash=peer.access_hash)
    if not contact:
        await ada.call(api.contacts.DeleteContacts(id=[named]))
    for name, client, to in (("ada", ada, peer), ("bob", bob, back)):
        if name == first:
            await client.call(api.messages.SendMessage(peer=to, message="Hello", random_id=1))
    if blocked:
        await ada.call(api.contacts.Block(id=peer))
    shown = (await ada.call(api.messages.GetPeerSettings(peer=peer))).settings
    both = first == "bob" and not contact and not blocked
    assert (shown.report_spam, shown.block_contact) == (both, both)
    assert shown.add_contact == (not contact)


async def test_bars_of_many_chats_are_those_of_each(world: World) -> None:
    """A contact, one who has me too, strangers (silent, who wrote, who was answered, blocked), a
    closed bar, somebody who shares the phone number with me, oneself, and nobody.
    """
    ada = await world.sign_up("Ada")
    names = ("contact", "mutual", "silent", "wrote", "answered", "blocked", "closed", "shares")
    people = {name: await world.sign_up(name) for name in names}
    peers = {name: await ada.peer(one) for name, one in people.items()}
    backs = {
        name: await people[name].peer(ada)
        for name in ("mutual", "wrote", "answered", "blocked", "closed", "shares")
    }
    await ada.call(api.messages.SendMessage(peer=peers["answered"], message="First", random_id=1))
    for n, name in enumerate(("wrote", "answered", "blocked", "closed"), 2):
        await people[name].call(
            api.messages.SendMessage(peer=backs[name], message="Hello", random_id=n)
        )
    await ada.call(
        api.contacts.DeleteContacts(
            id=[
                api.InputUser(user_id=peers[name].user_id, access_hash=peers[name].access_hash)
                for name in names[2:]
            ]
        )
    )
    rule = api.InputPrivacyValueAllowAll()
    key = api.InputPrivacyKeyPhoneNumber()
    await people["shares"].call(api.account.SetPrivacy(key=key, rules=[rule]))
    await ada.call(api.contacts.Block(id=peers["blocked"]))
    await ada.call(api.messages.HidePeerSettingsBar(peer=peers["closed"]))
    ids = {name: one.user_id for name, one in people.items()} | {"me": ada.user_id, "nobody": 5}
    found = await bar.bars(world.app, ada.user_id, ids.values())
    assert found == {id: (await bar.bars(world.app, ada.user_id, [id]))[id] for id in ids.values()}
    nothing = bar.Bar()
    stranger = bar.Bar(add_contact=True)
    shown = {name: found[id]._replace(need_contacts_exception=False) for name, id in ids.items()}
    assert shown == {
        "contact": nothing,
        "mutual": nothing,
        "silent": stranger,
        "wrote": bar.Bar(report_spam=True, add_contact=True, block_contact=True),
        "answered": stranger,
        "blocked": stranger,
        "closed": nothing,
        "shares": stranger,
        "me": nothing,
        "nobody": nothing,
    }
    excepted = {name for name, id in ids.items() if found[id].need_contacts_exception}
    assert excepted == {"contact", "silent"}
    assert await bar.bars(world.app, ada.user_id, []) == {}
