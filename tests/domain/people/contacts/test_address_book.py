"""The address book: importing, adding, deleting, and what the other devices learn."""

from __future__ import annotations

from typing import Any

import pytest

from petitbleu.domain.people.contacts import service, views
from petitbleu.tl import api
from tests.kit.world import Client, RpcFault, World


def card(phone: str, first: str = "Peer", last: str = "", number: int = 1) -> Any:
    return api.InputPhoneContact(client_id=number, phone=phone, first_name=first, last_name=last)


async def bring(client: Client, *cards: Any) -> Any:
    return await client.call(api.contacts.ImportContacts(contacts=list(cards)))


def as_user(peer: Any) -> Any:
    return api.InputUser(user_id=peer.user_id, access_hash=peer.access_hash)


async def test_importing_finds_people_by_phone_and_keeps_the_others(world: World) -> None:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    made = await bring(
        ada, card(f"+{bob.phone}", "Robert", "B", 7), card("+33 6 12 34 56 78", "Zoe", number=8)
    )
    assert [(one.user_id, one.client_id) for one in made.imported] == [(bob.user_id, 7)]
    (user,) = made.users
    assert (user.first_name, user.last_name, user.contact, user.mutual_contact) == (
        "Robert",
        "B",
        True,
        False,
    )
    assert user.phone == bob.phone
    saved = await ada.call(api.contacts.GetSaved())
    assert {one.phone for one in saved} == {bob.phone, "33612345678"}
    listed = await ada.call(api.contacts.GetContacts(hash=0))
    assert [(one.user_id, one.mutual) for one in listed.contacts] == [(bob.user_id, False)]
    assert listed.saved_count == 2


async def test_who_signs_up_later_is_found_in_address_books_that_waited(world: World) -> None:
    ada = await world.sign_up("Ada")
    phone = world.new_phone()
    assert (await bring(ada, card(phone, "Robert"))).imported == []
    bob = await world.sign_up("Bob", phone=phone)
    listed = await ada.call(api.contacts.GetContacts(hash=0))
    assert [(one.id, one.first_name) for one in listed.users] == [(bob.user_id, "Robert")]


async def test_importing_again_replaces_the_name(world: World) -> None:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    await bring(ada, card(bob.phone, "One"))
    await bring(ada, card(bob.phone, "Two"))
    listed = await ada.call(api.contacts.GetContacts(hash=0))
    assert [one.first_name for one in listed.users] == ["Two"]
    assert listed.saved_count == 1


@pytest.mark.parametrize("phone", ["", "no number", "+999", "1" * 65])
async def test_what_is_no_number_is_passed_over(world: World, phone: str) -> None:
    ada = await world.sign_up("Ada")
    made = await bring(ada, card(phone))
    assert (made.imported, made.retry_contacts) == ([], [])
    assert await ada.call(api.contacts.GetSaved()) == []


async def test_ones_own_number_and_a_card_without_name_are_passed_over(world: World) -> None:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    assert (await bring(ada, card(ada.phone), card(bob.phone, " "))).imported == []


async def test_more_cards_than_are_taken_at_once_are_to_be_tried_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada = await world.sign_up("Ada")
    monkeypatch.setattr(service, "IMPORT_MAX", 2)
    cards = [card(f"+3361234567{n}", number=n) for n in range(4)]
    assert (await bring(ada, *cards)).retry_contacts == [2, 3]
    monkeypatch.setattr(service, "BOOK_MAX", 2)
    assert (await bring(ada, card("+33612345699", number=9))).retry_contacts == [9]


def test_a_national_number_is_read_in_the_owners_country() -> None:
    assert service.phones_of("06 12 34 56 78", "FR") == "33612345678"
    assert service.phones_of("0033612345678", "FR") == "33612345678"
    assert service.phones_of("+4915112345678", "FR") == "4915112345678"
    assert service.phones_of("07911 123456", "GB") == "447911123456"
    assert service.phones_of("0", "FR") is None


async def test_two_who_have_each_other_are_mutual_and_hear_of_it(world: World) -> None:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    await bring(ada, card(bob.phone))
    ada.pushed.clear()
    made = await bring(bob, card(ada.phone))
    assert made.users[0].mutual_contact
    (update,) = ada.updates(api.UpdatePeerSettings)
    assert update.peer == api.PeerUser(user_id=bob.user_id)
    assert ada.pushed[0].users[0].mutual_contact


async def test_adding_answers_with_the_user_and_tells_the_other_device(world: World) -> None:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    peer = await ada.peer(bob)
    await ada.call(api.contacts.DeleteContacts(id=[as_user(peer)]))
    other = await world.sign_in(ada.phone)
    answer = await ada.call(
        api.contacts.AddContact(id=as_user(peer), first_name="Bobby", last_name="", phone="")
    )
    (update,) = answer.updates
    assert isinstance(update, api.UpdatePeerSettings) and not update.settings.add_contact
    assert (answer.users[0].first_name, answer.users[0].contact) == ("Bobby", True)
    (pushed,) = other.updates(api.UpdatePeerSettings)
    assert pushed.peer.user_id == bob.user_id
    assert other.pushed[-1].users[0].first_name == "Bobby"
    assert ada.updates(api.UpdatePeerSettings) == []


@pytest.mark.parametrize(
    ("hash_off", "first", "error"),
    [(1, "Bob", "CONTACT_ID_INVALID"), (0, " ", "CONTACT_NAME_EMPTY")],
)
async def test_a_bad_contact_is_refused(
    world: World, hash_off: int, first: str, error: str
) -> None:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    peer = await ada.peer(bob)
    named = api.InputUser(user_id=peer.user_id, access_hash=peer.access_hash ^ hash_off)
    with pytest.raises(RpcFault, match=error):
        await ada.call(api.contacts.AddContact(id=named, first_name=first, last_name="", phone=""))


async def test_oneself_is_no_contact(world: World) -> None:
    ada = await world.sign_up("Ada")
    with pytest.raises(RpcFault, match="CONTACT_ID_INVALID"):
        await ada.call(
            api.contacts.AddContact(id=api.InputUserSelf(), first_name="Me", last_name="", phone="")
        )


async def test_adding_can_let_the_other_see_my_phone(world: World) -> None:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    seen_by_bob = await bob.peer(ada)
    await bob.call(api.contacts.DeleteContacts(id=[as_user(seen_by_bob)]))
    nobody = [api.InputPrivacyValueDisallowAll()]
    key = api.InputPrivacyKeyPhoneNumber()
    await ada.call(api.account.SetPrivacy(key=key, rules=nobody))
    (user,) = await bob.call(api.users.GetUsers(id=[as_user(seen_by_bob)]))
    assert user.phone is None
    peer = await ada.peer(bob)
    await ada.call(
        api.contacts.AddContact(
            add_phone_privacy_exception=True,
            id=as_user(peer),
            first_name="Bob",
            last_name="",
            phone="",
        )
    )
    (user,) = await bob.call(api.users.GetUsers(id=[as_user(seen_by_bob)]))
    assert user.phone == ada.phone
    rules = (await ada.call(api.account.GetPrivacy(key=key))).rules
    assert rules == [
        api.PrivacyValueAllowUsers(users=[bob.user_id]),
        api.PrivacyValueDisallowAll(),
    ]


async def test_accepting_needs_somebody_who_has_me(world: World) -> None:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    peer = await ada.peer(bob)
    with pytest.raises(RpcFault, match="CONTACT_REQ_MISSING"):
        await ada.call(api.contacts.AcceptContact(id=as_user(peer)))
    await bob.peer(ada)
    answer = await ada.call(api.contacts.AcceptContact(id=as_user(peer)))
    assert answer.users and answer.users[0].mutual_contact


async def test_deleting_forgets_the_name_and_tells_the_other_device(world: World) -> None:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    peer = await ada.peer(bob)
    other = await world.sign_in(ada.phone)
    wrong = api.InputUser(user_id=bob.user_id, access_hash=1)
    answer = await ada.call(api.contacts.DeleteContacts(id=[as_user(peer), wrong]))
    assert (answer.users[0].first_name, answer.users[0].contact) == ("Bob", False)
    assert answer.updates[0].settings.add_contact
    assert [one.peer.user_id for one in other.updates(api.UpdatePeerSettings)] == [bob.user_id]
    assert (await ada.call(api.contacts.GetContacts(hash=0))).contacts == []


async def test_deleting_by_phone_takes_people_and_waiting_numbers(world: World) -> None:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    await bring(ada, card(bob.phone), card("+33612345678"), card("+33612345679"))
    await ada.call(api.contacts.DeleteByPhones(phones=[bob.phone, "33612345678", "x"]))
    assert [one.phone for one in await ada.call(api.contacts.GetSaved())] == ["33612345679"]
    assert (await ada.call(api.contacts.GetContacts(hash=0))).contacts == []
    assert await ada.call(api.contacts.ResetSaved())
    assert await ada.call(api.contacts.GetSaved()) == []


async def test_a_known_hash_is_answered_with_not_modified(world: World) -> None:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    await ada.peer(bob)
    known = views.hash_of([1, bob.user_id])
    answer = await ada.call(api.contacts.GetContacts(hash=known))
    assert isinstance(answer, api.contacts.ContactsNotModified)
    answer = await ada.call(api.contacts.GetContacts(hash=known + 1))
    assert [one.user_id for one in answer.contacts] == [bob.user_id]


def test_the_documented_fold_of_numbers() -> None:
    """Worked by hand from the page: xor with >> 21, << 35, >> 4, then add, all in 64 bits."""
    assert views.hash_of([]) == 0
    assert views.hash_of([1]) == 1
    expected = 1
    expected ^= expected >> 21
    expected ^= (expected << 35) % 2**64
    expected ^= expected >> 4
    assert views.hash_of([1, 777000]) == expected + 777000
    assert -(2**63) <= views.hash_of(range(10**6, 10**6 + 50)) < 2**63


async def test_ids_and_statuses_of_contacts(world: World) -> None:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    await ada.peer(bob)
    assert await ada.call(api.contacts.GetContactIDs(hash=0)) == [bob.user_id]
    (status,) = await ada.call(api.contacts.GetStatuses())
    assert status.user_id == bob.user_id
    assert isinstance(status.status, api.UserStatusOffline)


async def test_many_changes_at_once_are_told_as_one(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada, bob, eve = [await world.sign_up(name) for name in ("Ada", "Bob", "Eve")]
    other = await world.sign_in(ada.phone)
    monkeypatch.setattr(service, "TOLD_ONE_BY_ONE", 1)
    await bring(ada, card(bob.phone), card(eve.phone))
    assert len(other.updates(api.UpdateContactsReset)) == 1
    assert other.updates(api.UpdatePeerSettings) == []


async def test_birthdays_near_are_those_of_contacts_who_show_them(world: World) -> None:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    await ada.peer(bob)
    await bob.call(api.account.UpdateBirthday(birthday=api.Birthday(day=15, month=1)))
    assert (await ada.call(api.contacts.GetBirthdays())).contacts == []  # not Bob's contact
    await bob.peer(ada)
    (near,) = (await ada.call(api.contacts.GetBirthdays())).contacts
    assert (near.contact_id, near.birthday.day) == (bob.user_id, 15)
    world.clock.advance(10 * 86_400)
    assert (await ada.call(api.contacts.GetBirthdays())).contacts == []


async def test_top_peers_can_be_switched_off(world: World) -> None:
    ada = await world.sign_up("Ada")
    asked = api.contacts.GetTopPeers(correspondents=True, offset=0, limit=10, hash=0)
    assert (await ada.call(asked)).categories == []
    await ada.call(api.contacts.ToggleTopPeers(enabled=False))
    assert isinstance(await ada.call(asked), api.contacts.TopPeersDisabled)
    await ada.call(api.contacts.ToggleTopPeers(enabled=True))
    assert isinstance(await ada.call(asked), api.contacts.TopPeers)
    with pytest.raises(RpcFault, match="TYPES_EMPTY"):
        await ada.call(api.contacts.GetTopPeers(offset=0, limit=10, hash=0))
