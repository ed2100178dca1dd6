"""Usernames: form, taking, releasing, reserved ones."""

from __future__ import annotations

import pytest

from petitbleu.domain.people.accounts import views
from petitbleu.domain.people.usernames import service
from petitbleu.errors import Fault
from petitbleu.tl import api
from tests.kit.world import Client, RpcFault, World

YEAR = 365 * 86_400


async def take(client: Client, name: str) -> api.User:
    return await client.call(api.account.UpdateUsername(username=name))


async def check(client: Client, name: str) -> bool:
    return bool(await client.call(api.account.CheckUsername(username=name)))


@pytest.mark.parametrize("name", ["abcde", "A1234", "a_b_c", "x" * 32, "@Ada_Lovelace"])
def test_good_names(name: str) -> None:
    assert service.canonical(name) == name.removeprefix("@").lower()


@pytest.mark.turns(4)
@pytest.mark.parametrize(
    "name",
    ["abcd", "x" * 33, "1abcd", "_abcd", "abcd_", "ab__cd", "ab-cd", "adaé1", "ab cd", "", "a.b.c"],
)
async def test_bad_names(world: World, name: str) -> None:
    with pytest.raises(Fault, match="USERNAME_INVALID"):
        service.canonical(name)
    ada = await world.sign_up("Ada")
    with pytest.raises(RpcFault, match="USERNAME_INVALID"):
        await check(ada, name)


async def test_a_name_keeps_its_letters_and_is_unique_in_any_case(world: World) -> None:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    assert await check(ada, "Lovelace")
    assert (await take(ada, "LoveLace")).username == "LoveLace"
    assert not await check(bob, "lovelace")
    assert await check(ada, "lovelace")
    with pytest.raises(RpcFault, match="USERNAME_OCCUPIED"):
        await take(bob, "lOVELACE")
    with pytest.raises(RpcFault, match="USERNAME_NOT_MODIFIED"):
        await take(ada, "LoveLace")
    assert (await take(ada, "Lovelace")).username == "Lovelace"


async def test_having_no_name_and_removing_it_changes_nothing(world: World) -> None:
    ada = await world.sign_up("Ada")
    with pytest.raises(RpcFault, match="USERNAME_NOT_MODIFIED"):
        await take(ada, "")


async def test_a_released_name_rests_a_year_for_its_former_owner(world: World) -> None:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    await take(ada, "lovelace")
    assert (await take(ada, "")).username is None
    assert await service.resolve(world.app.store, "lovelace") is None
    assert not await check(bob, "lovelace")
    with pytest.raises(RpcFault, match="USERNAME_OCCUPIED"):
        await take(bob, "lovelace")
    assert await check(ada, "lovelace")
    await take(ada, "lovelace")
    await take(ada, "augusta")
    world.clock.advance(YEAR - 1)
    assert not await check(bob, "lovelace")
    world.clock.advance(2)
    assert await check(bob, "lovelace")
    assert (await take(bob, "lovelace")).username == "lovelace"
    assert not await check(ada, "lovelace")
    assert await service.load_usernames(world.app.store, [ada.user_id]) == {ada.user_id: "augusta"}


async def test_only_the_newest_few_names_of_a_person_rest(world: World) -> None:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    for number in range(service.RESTING_MAX + 2):
        world.clock.advance(60)
        await take(ada, f"name{number}x")
    assert await check(bob, "name0x")
    assert not await check(bob, "name1x")


@pytest.mark.parametrize("name", ["admin", "Telegram", "PETITBLEU", "static", "healthz", "support"])
async def test_reserved_names_are_nobodys(world: World, name: str) -> None:
    ada = await world.sign_up("Ada")
    assert not await check(ada, name)
    with pytest.raises(RpcFault, match="USERNAME_OCCUPIED"):
        await take(ada, name)


def test_the_reserved_list_is_lower_case_and_holds_the_routes() -> None:
    names = service.reserved()
    assert names and all(name == name.lower().strip() for name in names)
    routes = "api apiws apiw1 join dev app bot file static healthz metrics admin support"
    assert set(routes.split()) | {"telegram", "petitbleu", "s", "tag", "oembed", "desk"} <= names


async def test_a_new_name_is_told_to_contacts_and_the_other_device(world: World) -> None:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    other = await world.sign_in(ada.phone)
    await bob.peer(ada)
    await take(ada, "Lovelace")
    for client in (other, bob):
        (update,) = client.updates(api.UpdateUserName)
        assert [one.username for one in update.usernames] == ["Lovelace"]
    seen = await views.user(world.app, bob.user_id, ada.user_id)
    assert (seen.username, seen.usernames) == ("Lovelace", None)


async def test_the_one_name_can_be_neither_reordered_nor_switched_off(world: World) -> None:
    ada = await world.sign_up("Ada")
    await take(ada, "lovelace")
    for method, error in (
        (api.account.ReorderUsernames(order=["lovelace"]), "USERNAME_NOT_MODIFIED"),
        (api.account.ReorderUsernames(order=["augusta"]), "ORDER_INVALID"),
        (api.account.ToggleUsername(username="lovelace", active=True), "USERNAME_NOT_MODIFIED"),
        (api.account.ToggleUsername(username="lovelace", active=False), "USERNAME_INVALID"),
        (api.account.ToggleUsername(username="augusta", active=True), "USERNAME_INVALID"),
    ):
        with pytest.raises(RpcFault, match=error):
            await ada.call(method)


async def test_names_by_their_beginning(world: World) -> None:
    made = {}
    for name in ("ab_one", "abtwo", "abzzz", "acone", "ab_9x"):
        client = await world.sign_up("Ada")
        await take(client, name)
        made[name] = client.user_id
    store = world.app.store

    async def found(prefix: str) -> set[int]:
        return set(await service.beginning_with(store, prefix, 10))

    assert await found("ab") == {made[name] for name in made if name != "acone"}
    assert await found("ab_") == {made["ab_one"], made["ab_9x"]}
    assert await found("@ABZ") == {made["abzzz"]}
    assert await found("a%") == set()
    assert len(await service.beginning_with(store, "ab", 2)) == 2
