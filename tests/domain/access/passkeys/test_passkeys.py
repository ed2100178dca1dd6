"""Passkeys of members: made, used, listed, removed; and answers that do not count."""

from __future__ import annotations

import json
from typing import Any

import pytest

from petitbleu import authenticators
from petitbleu.domain.access.passkeys import service
from petitbleu.tl import api, jsonform
from tests.appdoor.pages import Page, door_of
from tests.domain.access.password import client_srp, steps
from tests.domain.safety.moderation.deciding import decide
from tests.kit import servicechat
from tests.kit.authenticator import Authenticator
from tests.kit.world import RpcFault, World


@pytest.fixture
def key(world: World) -> Authenticator:
    """What the person carries with them."""
    party = service.party_of(world.app)
    assert party is not None
    return Authenticator(party.origin)


def browser(world: World) -> Page:
    return Page(world, door_of(world))


def data(text: str) -> api.DataJSON:
    return api.DataJSON(data=text)


def made(answer: str) -> api.InputPasskeyCredentialPublicKey:
    """What ``navigator.credentials.create`` gave, as the page sends it."""
    told = json.loads(answer)
    response = api.InputPasskeyResponseRegister(
        client_data=data(authenticators.decode(told["response"]["clientDataJSON"]).decode()),
        attestation_data=authenticators.decode(told["response"]["attestationObject"]),
    )
    return api.InputPasskeyCredentialPublicKey(
        id=told["id"], raw_id=told["rawId"], response=response
    )


def signed(answer: str, handle: str = "") -> api.InputPasskeyCredentialPublicKey:
    """What ``navigator.credentials.get`` gave, as the page sends it."""
    told = json.loads(answer)
    given = told["response"]
    response = api.InputPasskeyResponseLogin(
        client_data=data(authenticators.decode(given["clientDataJSON"]).decode()),
        authenticator_data=authenticators.decode(given["authenticatorData"]),
        signature=authenticators.decode(given["signature"]),
        user_handle=handle,
    )
    return api.InputPasskeyCredentialPublicKey(
        id=told["id"], raw_id=told["rawId"], response=response
    )


def options(answer: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(answer["options"]["data"])["publicKey"]
    return found


async def add(page: Page, key: Authenticator) -> Any:
    """The answer to account.registerPasskey of a fresh passkey."""
    asked = await page.call(api.account.InitPasskeyRegistration())
    return await page.call(
        api.account.RegisterPasskey(credential=made(key.create(options(asked["ok"]))))
    )


async def begin(page: Page) -> dict[str, Any]:
    asked = await page.call(api.auth.InitPasskeyLogin(api_id=1, api_hash=""))
    return options(asked["ok"])


async def finish(page: Page, answer: str, handle: str = "") -> Any:
    told = await page.call(api.auth.FinishPasskeyLogin(credential=signed(answer, handle)))
    return told["ok"]["user"]["id"] if "ok" in told else told["err"][0]


async def member(world: World, key: Authenticator) -> Page:
    """Somebody with a passkey, in their first browser."""
    page = browser(world)
    await page.sign_up("Ada")
    assert (await add(page, key))["ok"]["_"] == "passkey"
    return page


async def listed(page: Page) -> list[Any]:
    found = await page.call(api.account.GetPasskeys())
    return list(found["ok"]["passkeys"])


async def test_a_second_visit_needs_no_code(world: World, key: Authenticator) -> None:
    page = await member(world, key)
    (kept,) = await listed(page)
    assert (kept["name"], kept.get("last_usage_date")) == ("Firefox, Linux", None)
    other = browser(world)
    cookie = other.cookie
    asked = await begin(other)
    handle = f"petitbleu member {page.user_id}"
    assert await finish(other, key.get(asked), handle) == str(page.user_id)
    assert other.cookie not in ("", cookie), "the cookie is a new one"
    assert (await other.confirm()).json["user"] == str(page.user_id)
    assert (await listed(page))[0]["last_usage_date"] == int(world.clock.now())


async def test_a_new_passkey_changes_the_cookie_and_all_devices_are_told(
    world: World, key: Authenticator
) -> None:
    page = browser(world)
    await page.sign_up("Ada")
    phone = await world.sign_in(page.phone)
    before = page.cookie
    passkey = (await add(page, key))["ok"]
    assert page.cookie != before
    assert (await page.confirm()).json["state"] == "signed-in"
    assert "a été ajoutée" in await _said(phone)
    assert (await page.call(api.account.DeletePasskey(id=passkey["id"])))["ok"] is True
    assert "a été supprimée" in await _said(phone)
    assert await listed(page) == []
    again = await page.call(api.account.DeletePasskey(id=passkey["id"]))
    assert again["ok"] is False
    other = browser(world)
    assert await finish(other, key.get(await begin(other))) == "CREDENTIAL_INVALID"


async def _said(client: Any) -> str:
    return str((await servicechat.heard(client))[-1].message)


async def test_the_second_password_is_still_asked_for(world: World, key: Authenticator) -> None:
    page = await member(world, key)
    phone = await world.sign_in(page.phone)
    await steps.set_password(phone)
    other = browser(world)
    assert await finish(other, key.get(await begin(other))) == "SESSION_PASSWORD_NEEDED"
    assert (await other.confirm()).json["state"] == "password"
    asked = await other.call(api.account.GetPassword())
    given = client_srp.check(steps.WORD, jsonform.from_json(asked["ok"]))
    assert (await other.call(api.auth.CheckPassword(password=given)))["ok"]["user"]["id"] == str(
        page.user_id
    )


async def test_an_answer_counts_once_and_not_for_long(world: World, key: Authenticator) -> None:
    await member(world, key)
    other = browser(world)
    answer = key.get(await begin(other))
    await finish(other, answer)
    assert await finish(other, answer) == "CREDENTIAL_INVALID", "its counter has been seen"
    key.counter = 100
    third = browser(world)
    late = key.get(await begin(third))
    world.clock.advance(service.SECONDS + 1)
    assert await finish(third, late) == "PASSKEY_AUTH_RESTART"
    asked = await begin(third)
    old = key.get(asked)
    await begin(third)
    assert await finish(third, old) == "PASSKEY_AUTH_RESTART", "a newer one has taken its place"


async def test_an_answer_of_another_device_does_not_count(world: World, key: Authenticator) -> None:
    await member(world, key)
    one, two = browser(world), browser(world)
    asked = await begin(one)
    await begin(two)
    assert await finish(two, key.get(asked)) == "PASSKEY_AUTH_RESTART"


@pytest.mark.parametrize("wrong", ["origin", "user", "handle", "counter", "key", "garbage"])
async def test_answers_that_do_not_count(world: World, key: Authenticator, wrong: str) -> None:
    page = await member(world, key)
    other = browser(world)
    key.counter = 7
    assert await finish(other, key.get(await begin(other))) == str(page.user_id)
    third = browser(world)
    asked = await begin(third)
    expected, handle = "CREDENTIAL_INVALID", ""
    if wrong == "origin":
        key.origin, expected = "https://phish.example", "PASSKEY_ORIGIN_MISMATCH"
    elif wrong == "user":
        key.verified = False
    elif wrong == "counter":
        key.counter = 3
    elif wrong == "handle":
        handle = "petitbleu member 1"
    answer = key.get(asked)
    if wrong == "key":
        answer = answer.replace(json.loads(answer)["id"], authenticators.encode(bytes(16)))
    elif wrong == "garbage":
        answer = answer.replace('"signature": "', '"signature": "AAAA')
    assert await finish(third, answer, handle) == expected
    assert (await third.confirm()).json["state"] == "open"
    # The challenge is used up, also by an answer that did not count.
    key.origin, key.verified, key.counter = "http://localhost:8080", True, 50
    assert await finish(third, key.get(asked)) == "PASSKEY_AUTH_RESTART"


async def test_registrations_that_do_not_count(world: World, key: Authenticator) -> None:
    page = await member(world, key)
    asked = options((await page.call(api.account.InitPasskeyRegistration()))["ok"])
    assert len(asked["excludeCredentials"]) == 1, "one passkey at each authenticator"
    assert asked["rp"]["id"] == "localhost"
    other = Authenticator(key.origin)
    answer = other.create(asked)
    assert (await page.call(api.account.RegisterPasskey(credential=made(answer))))["ok"]
    again = await page.call(api.account.RegisterPasskey(credential=made(answer)))
    assert again["err"][0] == "CREDENTIAL_INVALID", "used twice"
    foreign = Authenticator("https://phish.example")
    assert (await add(page, foreign))["err"][0] == "PASSKEY_ORIGIN_MISMATCH"
    absent = Authenticator(key.origin, verified=False)
    assert (await add(page, absent))["err"][0] == "CREDENTIAL_INVALID"
    for _ in range(service.MOST - 2):
        assert (await add(page, Authenticator(key.origin)))["ok"]
    full = await page.call(api.account.InitPasskeyRegistration())
    assert full["err"][0] == "ACCESS_DENIED"


async def test_a_passkey_ends_with_its_account_and_opens_no_suspended_one(
    world: World, key: Authenticator
) -> None:
    page = await member(world, key)
    await decide(world, "suspend", subject=page.user_id)
    other = browser(world)
    assert await finish(other, key.get(await begin(other))) == "USER_DEACTIVATED_BAN"
    cleo, second = browser(world), Authenticator(key.origin)
    await cleo.sign_up("Cleo")
    await add(cleo, second)
    await cleo.call(api.account.DeleteAccount(reason=""))
    assert await finish(other, second.get(await begin(other))) == "CREDENTIAL_INVALID"
    assert await service.of_account(world.app, cleo.user_id) == []


async def test_other_clients_have_none(world: World, key: Authenticator) -> None:
    page = await member(world, key)
    phone = await world.sign_in(page.phone)
    assert (await phone.call(api.account.GetPasskeys())).passkeys == []
    for call in (
        api.account.InitPasskeyRegistration(),
        api.account.DeletePasskey(id=(await listed(page))[0]["id"]),
        api.auth.InitPasskeyLogin(api_id=1, api_hash=""),
    ):
        with pytest.raises(RpcFault, match="METHOD_INVALID"):
            await phone.call(call)
    assert len(await listed(page)) == 1


async def test_challenges_that_nobody_answered_are_forgotten(
    world: World, key: Authenticator
) -> None:
    await member(world, key)
    await begin(browser(world))
    world.clock.advance(service.SECONDS + 1)
    for _ in range(2):
        await world.app.store.write(service.prune, int(world.clock.now()))
