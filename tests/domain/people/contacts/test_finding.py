"""Finding people: by phone, by username, by search."""

from __future__ import annotations

import pytest

from petitbleu.domain.people.contacts import service
from petitbleu.tl import api
from tests.kit.world import RpcFault, World


async def test_a_username_is_found_in_any_case(world: World) -> None:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    await bob.call(api.account.UpdateUsername(username="BobTheBuilder"))
    found = await ada.call(api.contacts.ResolveUsername(username="bobTHEbuilder"))
    assert found.peer == api.PeerUser(user_id=bob.user_id)
    assert (found.users[0].username, found.users[0].phone) == ("BobTheBuilder", None)


@pytest.mark.parametrize(
    ("name", "error"),
    [("nobody_here", "USERNAME_NOT_OCCUPIED"), ("a b", "USERNAME_INVALID")],
)
async def test_no_such_username(world: World, name: str, error: str) -> None:
    ada = await world.sign_up("Ada")
    with pytest.raises(RpcFault, match=error):
        await ada.call(api.contacts.ResolveUsername(username=name))


async def test_a_phone_finds_its_person_unless_they_hide(world: World) -> None:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    found = await ada.call(api.contacts.ResolvePhone(phone=bob.phone))
    assert found.users[0].id == bob.user_id
    await bob.call(
        api.account.SetPrivacy(
            key=api.InputPrivacyKeyAddedByPhone(), rules=[api.InputPrivacyValueAllowContacts()]
        )
    )
    for phone in (bob.phone, "+33612345678", "garbage"):
        with pytest.raises(RpcFault, match="PHONE_NOT_OCCUPIED"):
            await ada.call(api.contacts.ResolvePhone(phone=phone))
    card = api.InputPhoneContact(client_id=1, phone=bob.phone, first_name="B", last_name="")
    assert (await ada.call(api.contacts.ImportContacts(contacts=[card]))).imported == []
    await bob.peer(ada)
    found = await ada.call(api.contacts.ResolvePhone(phone=bob.phone))
    assert found.users[0].id == bob.user_id


async def test_search_gives_people_one_knows_first_and_others_by_username(world: World) -> None:
    ada, bob, eve = [await world.sign_up(name) for name in ("Ada", "Bob", "Eve")]
    await ada.call(
        api.contacts.ImportContacts(
            contacts=[
                api.InputPhoneContact(
                    client_id=1, phone=bob.phone, first_name="Zoé", last_name="Martin"
                )
            ]
        )
    )
    await eve.call(api.account.UpdateUsername(username="martingale"))
    found = await ada.call(api.contacts.Search(q="Martin", limit=10))
    assert [one.user_id for one in found.my_results] == [bob.user_id]
    assert [one.user_id for one in found.results] == [eve.user_id]
    assert {one.id for one in found.users} == {bob.user_id, eve.user_id}
    found = await ada.call(api.contacts.Search(q="mart zoe", limit=10))
    assert [one.user_id for one in found.my_results] == [bob.user_id]
    found = await ada.call(api.contacts.Search(q="ma", limit=10))
    assert found.results == []
    found = await ada.call(api.contacts.Search(q="@MARTING", limit=10))
    assert [one.user_id for one in found.results] == [eve.user_id]


async def test_an_empty_search_is_refused(world: World) -> None:
    ada = await world.sign_up("Ada")
    with pytest.raises(RpcFault, match="SEARCH_QUERY_EMPTY"):
        await ada.call(api.contacts.Search(q="  ", limit=10))


def test_letters_are_compared_without_case_and_accents() -> None:
    assert service.fold("ÉLÉONORE Straße") == "eleonore strasse"
