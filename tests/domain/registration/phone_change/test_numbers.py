"""Changing the telephone number."""

from __future__ import annotations

from typing import Any

import pytest

from petitbleu.domain.people.accounts import service as accounts
from petitbleu.tl import api
from tests.kit.world import Client, RpcFault, World


async def ask(client: Client, phone: str) -> Any:
    return await client.call(
        api.account.SendChangePhoneCode(phone_number=phone, settings=api.CodeSettings())
    )


async def change(client: Client, phone: str, hash: str, code: str) -> Any:
    return await client.call(
        api.account.ChangePhone(phone_number=phone, phone_code_hash=hash, phone_code=code)
    )


async def test_a_proved_number_replaces_the_old_one_everywhere(world: World) -> None:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    other = await world.sign_in(ada.phone)
    await ada.peer(bob)  # so Bob may see Ada's phone
    await bob.peer(ada)
    old, new = ada.phone, world.new_phone()
    sent = await ask(ada, new)
    user = await change(ada, new, sent.phone_code_hash, "22222")
    assert user.phone == new
    for client in (other, bob):
        (update,) = client.updates(api.UpdateUserPhone)
        assert (update.user_id, update.phone) == (ada.user_id, new)
    assert await accounts.by_phone(world.app.store, old) is None
    again = await world.sign_up("Eve", phone=old)
    assert again.user_id != ada.user_id


async def test_address_books_that_waited_for_the_number_are_linked(world: World) -> None:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    new = world.new_phone()
    card = api.InputPhoneContact(client_id=1, phone=new, first_name="Someone", last_name="")
    await bob.call(api.contacts.ImportContacts(contacts=[card]))
    sent = await ask(ada, new)
    await change(ada, new, sent.phone_code_hash, "22222")
    (contact,) = (await bob.call(api.contacts.GetContacts(hash=0))).contacts
    assert contact.user_id == ada.user_id


async def test_somebody_who_has_the_person_and_the_number_keeps_one_line(world: World) -> None:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    new = world.new_phone()
    await bob.peer(ada)
    card = api.InputPhoneContact(client_id=1, phone=new, first_name="Someone", last_name="")
    await bob.call(api.contacts.ImportContacts(contacts=[card]))
    sent = await ask(ada, new)
    await change(ada, new, sent.phone_code_hash, "22222")
    listed = await bob.call(api.contacts.GetContacts(hash=0))
    assert [one.user_id for one in listed.contacts] == [ada.user_id]


@pytest.mark.parametrize("phone", ["", "garbage", "+999"])
async def test_what_is_no_number_is_refused(world: World, phone: str) -> None:
    ada = await world.sign_up("Ada")
    with pytest.raises(RpcFault, match="PHONE_NUMBER_INVALID"):
        await ask(ada, phone)


async def test_a_number_somebody_has_is_refused(world: World) -> None:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    with pytest.raises(RpcFault, match="PHONE_NUMBER_OCCUPIED"):
        await ask(ada, bob.phone)
    new = world.new_phone()
    sent = await ask(ada, new)
    await world.sign_up("Eve", phone=new)
    with pytest.raises(RpcFault, match="PHONE_NUMBER_OCCUPIED"):
        await change(ada, new, sent.phone_code_hash, "22222")


async def test_wrong_codes_are_counted_and_a_code_serves_its_asker_once(world: World) -> None:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    new = world.new_phone()
    handle = (await ask(ada, new)).phone_code_hash
    with pytest.raises(RpcFault, match="PHONE_CODE_EMPTY"):
        await change(ada, new, handle, "")
    with pytest.raises(RpcFault, match="PHONE_CODE_EXPIRED"):
        await change(bob, new, handle, "22222")
    with pytest.raises(RpcFault, match="PHONE_CODE_EXPIRED"):
        await change(ada, world.new_phone(), handle, "22222")
    for _ in range(world.app.config.codes.tries - 1):
        with pytest.raises(RpcFault, match="PHONE_CODE_INVALID"):
            await change(ada, new, handle, "00000")
    with pytest.raises(RpcFault, match="PHONE_CODE_EXPIRED"):
        await change(ada, new, handle, "22222")
    handle = (await ask(ada, new)).phone_code_hash
    assert (await change(ada, new, handle, "22222")).phone == new
    with pytest.raises(RpcFault, match="PHONE_CODE_EXPIRED"):
        await change(ada, new, handle, "22222")


async def test_a_fresh_login_from_elsewhere_has_to_wait_a_day(world: World) -> None:
    ada = await world.sign_up("Ada")
    ada.link.ip = "192.0.2.9"
    with pytest.raises(RpcFault, match="FRESH_CHANGE_PHONE_FORBIDDEN"):
        await ask(ada, "+33612345678")
    world.clock.advance(86_401)
    assert (await ask(ada, "+33612345678")).phone_code_hash
