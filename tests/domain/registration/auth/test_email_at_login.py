"""E-mail addresses given at login, and changed later."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from petitbleu.store.api import Store
from petitbleu.tl import api
from tests.domain.registration.auth.towns import (
    MEMBER,
    admit,
    code_of,
    join,
    opened,
    refused,
    sign_in,
    wrong,
)
from tests.kit.world import Client, World

NEW = "33612121212"


@pytest.fixture
async def open_town(store: Store, tmp_path: Path) -> AsyncIterator[World]:
    """Anybody may sign up, codes go by e-mail."""
    async with opened(store, tmp_path, signup="open") as made:
        yield made


def setup(hash: str, phone: str = NEW) -> api.EmailVerifyPurposeLoginSetup:
    """The purpose of an address given while signing in."""
    return api.EmailVerifyPurposeLoginSetup(phone_number=phone, phone_code_hash=hash)


async def send(client: Client, purpose: Any, email: str) -> Any:
    """account.sendVerifyEmailCode"""
    return await client.call(api.account.SendVerifyEmailCode(purpose=purpose, email=email))


async def verify(client: Client, purpose: Any, code: str) -> Any:
    """account.verifyEmail"""
    given = api.EmailVerificationCode(code=code)
    return await client.call(api.account.VerifyEmail(purpose=purpose, verification=given))


def mailed(town: World) -> str:
    """The code of the newest mail."""
    subject = town.mail.sent[-1].subject + " " + town.mail.sent[-1].text
    return next(word for word in subject.replace(".", " ").split() if word.isdigit())


async def test_a_new_person_gives_an_address_and_gets_the_code_there(open_town: World) -> None:
    client = open_town.connect(ip="203.0.113.5")
    sent = await client.send_code(NEW)
    assert isinstance(sent.type, api.auth.SentCodeTypeSetUpEmailRequired)
    purpose = setup(sent.phone_code_hash)
    told = await send(client, purpose, " Grace@Example.org ")
    assert (told.email_pattern, told.length) == ("g***e@example.org", 6)
    assert open_town.mail.sent[-1].to == "grace@example.org"
    verified = await verify(client, purpose, mailed(open_town))
    assert verified.email == "grace@example.org"
    assert isinstance(verified.sent_code.type, api.auth.SentCodeTypeEmailCode)
    assert verified.sent_code.phone_code_hash == sent.phone_code_hash
    await client.call(sign_in(NEW, sent.phone_code_hash, await code_of(open_town, NEW)))
    signed = await client.call(
        api.auth.SignUp(
            phone_number=NEW, phone_code_hash=sent.phone_code_hash, first_name="G", last_name=""
        )
    )
    password = await client.call(api.account.GetPassword())
    assert signed.user.phone == NEW and password.login_email_pattern == "g***e@example.org"


async def test_before_an_address_is_confirmed_no_entry_is_right(open_town: World) -> None:
    client = open_town.connect(ip="203.0.113.5")
    sent = await client.send_code(NEW)
    await send(client, setup(sent.phone_code_hash), "grace@example.org")
    for given in (mailed(open_town), "12345"):
        call = client.call(sign_in(NEW, sent.phone_code_hash, given))
        assert await refused(call) == "PHONE_CODE_INVALID"
    call = client.call(api.auth.ResendCode(phone_number=NEW, phone_code_hash=sent.phone_code_hash))
    assert await refused(call) == "SEND_CODE_UNAVAILABLE"


async def test_refusals_of_an_address_at_login(open_town: World) -> None:
    client = open_town.connect(ip="203.0.113.5")
    sent = await client.send_code(NEW)
    purpose = setup(sent.phone_code_hash)
    for typed in ("", "grace", "grace@", "@example.org", "a@b", "a b@example.org"):
        assert await refused(send(client, purpose, typed)) == "EMAIL_INVALID"
    open_town.clock.advance(3600)
    assert await refused(send(client, setup("nothing"), "g@example.org")) == "PHONE_HASH_EXPIRED"
    assert await refused(verify(client, purpose, "123456")) == "PHONE_CODE_EXPIRED"
    sent = await client.send_code(NEW)
    purpose = setup(sent.phone_code_hash)
    assert await refused(verify(client, purpose, "123456")) == "EMAIL_VERIFY_EXPIRED"
    await send(client, purpose, "grace@example.org")
    assert await refused(verify(client, purpose, wrong(mailed(open_town)))) == "CODE_INVALID"
    assert (await verify(client, purpose, mailed(open_town))).email == "grace@example.org"


async def test_an_invited_place_never_asks_for_an_address(town: World) -> None:
    await admit(town, email=None)
    sent = await town.connect(ip="203.0.113.5").send_code(MEMBER)
    assert not isinstance(sent.type, api.auth.SentCodeTypeSetUpEmailRequired)
    assert town.mail.sent == []


async def test_a_member_changes_the_address_of_the_codes(town: World) -> None:
    await admit(town)
    ada = await join(town)
    change = api.EmailVerifyPurposeLoginChange()
    await send(ada, change, "new@example.org")
    assert town.mail.sent[-1].to == "new@example.org"
    assert await refused(verify(ada, change, wrong(mailed(town)))) == "CODE_INVALID"
    assert (await verify(ada, change, mailed(town))).email == "new@example.org"
    await ada.call(api.auth.LogOut())
    await ada.send_code(MEMBER)
    assert town.mail.sent[-1].to == "new@example.org"


async def test_an_address_belongs_to_one_member(town: World) -> None:
    await admit(town)
    await join(town)
    await admit(town, phone=NEW, email="bob@example.org")
    bob = await join(town, NEW, ip="203.0.113.6")
    change = api.EmailVerifyPurposeLoginChange()
    await send(bob, change, "ada@example.org")
    assert await refused(verify(bob, change, mailed(town))) == "EMAIL_NOT_ALLOWED"


async def test_purposes_that_are_not_served(town: World) -> None:
    await admit(town)
    ada = await join(town)
    passport = api.EmailVerifyPurposePassport()
    assert await refused(send(ada, passport, "a@example.org")) == "EMAIL_NOT_ALLOWED"
    assert await refused(verify(ada, passport, "1")) == "EMAIL_NOT_ALLOWED"
    google = api.account.VerifyEmail(
        purpose=api.EmailVerifyPurposeLoginChange(),
        verification=api.EmailVerificationGoogle(token="x"),
    )
    assert await refused(ada.call(google)) == "EMAIL_NOT_ALLOWED"
    stranger = town.connect(ip="203.0.113.9")
    change = api.EmailVerifyPurposeLoginChange()
    assert await refused(send(stranger, change, "a@example.org")) == "AUTH_KEY_UNREGISTERED"
