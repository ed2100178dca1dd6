"""Signing in by an e-mail address or a username, and what strangers are told of either."""

from __future__ import annotations

import base64
from typing import Any

import pytest

from petitbleu.domain.access.codes import service as codes
from petitbleu.domain.registration.auth import aliases
from petitbleu.tl import api
from tests.domain.registration.auth.towns import (
    MEMBER,
    MEMBER_MAIL,
    admit,
    code_of,
    join,
    refused,
    sign_in,
)
from tests.kit.world import Client, World

ABROAD = "203.0.113.9"


async def ask(client: Client, who: str) -> Any:
    return await client.call(api.petitbleu.SendCode(who=who))


@pytest.mark.parametrize(
    "who", [MEMBER_MAIL, "  ADA@Example.org ", "@ada_lovelace", "Ada_Lovelace"]
)
async def test_a_member_signs_in_by_what_they_know(town: World, who: str) -> None:
    await admit(town)
    ada = await join(town)
    await ada.call(api.account.UpdateUsername(username="ada_lovelace"))
    other = town.connect(ip=ABROAD)
    told = await ask(other, who)
    assert MEMBER not in told.alias and MEMBER not in repr(told)
    code = await code_of(town, MEMBER)
    hash = told.sent.phone_code_hash
    assert await refused(other.call(sign_in(told.alias, hash, code + "1"))) == "PHONE_CODE_INVALID"
    signed = await other.call(sign_in(told.alias, hash, code))
    assert signed.user.id == ada.user_id


async def test_an_invited_person_signs_up_by_their_address(town: World) -> None:
    await admit(town)
    client = town.connect(ip=ABROAD)
    told = await ask(client, MEMBER_MAIL)
    code, hash = await code_of(town, MEMBER), told.sent.phone_code_hash
    assert type(await client.call(sign_in(told.alias, hash, code))) is (
        api.auth.AuthorizationSignUpRequired
    )
    signed = await client.call(
        api.auth.SignUp(
            phone_number=told.alias, phone_code_hash=hash, first_name="Ada", last_name=""
        )
    )
    assert signed.user.phone == MEMBER


async def test_a_code_asked_for_by_mail_goes_by_mail(town: World) -> None:
    """Also while another device is signed in, and to a stranger as it seems; to no one else."""
    await admit(town)
    await join(town)
    town.mail.sent.clear()
    patterns = []
    for number, who in enumerate((MEMBER_MAIL, "another@example.org")):
        client = town.connect(ip=f"203.0.113.{number + 40}")
        told = await ask(client, who)
        assert type(told.sent.type) is api.auth.SentCodeTypeEmailCode
        assert told.sent.next_type is None
        patterns.append(told.sent.type.email_pattern)
    await town.settle()
    assert patterns == ["a***@***", "a***@***"]
    assert [one.to for one in town.mail.sent] == [MEMBER_MAIL]


async def test_known_and_unknown_are_answered_alike(town: World) -> None:
    """The same kinds of answer, aliases of one length, the same errors, and nothing is sent."""
    await admit(town)
    ada = await join(town)
    await ada.call(api.account.UpdateUsername(username="ada_lovelace"))
    town.mail.sent.clear()
    lengths = set()
    for who in (MEMBER_MAIL, "@ada_lovelace", "nobody@example.org", "@nobody_here", "?", "+x"):
        client = town.connect(ip=f"203.0.113.{len(lengths) + 20}")
        told = await ask(client, who)
        lengths.add(len(told.alias))
        hash = told.sent.phone_code_hash
        assert type(told.sent) is api.auth.SentCode and told.sent.type.length == 5
        error = await refused(client.call(sign_in(told.alias, hash, "x")))
        assert error == "PHONE_CODE_INVALID", who
        assert await refused(client.call(sign_in(MEMBER, hash, "1"))) in (
            "PHONE_CODE_EXPIRED", "PHONE_CODE_INVALID",
        )  # fmt: skip
        again = api.auth.CancelCode(phone_number=told.alias, phone_code_hash=hash)
        assert await client.call(again) is True
    assert len(lengths) == 1
    await town.settle()
    assert {mail.to for mail in town.mail.sent} <= {MEMBER_MAIL}


async def test_nobody_gets_a_code_where_anybody_may_sign_up(world: World) -> None:
    """An address that nobody has makes no account and sends nothing to a number made up for it."""
    client = world.connect()
    told = await ask(client, "nobody@example.org")
    decoy = aliases.unseal(world.app, told.alias)
    assert decoy is not None and decoy.startswith("0")
    now = int(world.clock.now())
    row = await codes.find(world.app.store, codes.LOGIN, told.sent.phone_code_hash, now=now)
    assert row is not None and row.channel == codes.DECOY
    right = codes.reveal(world.app, row)
    error = await refused(client.call(sign_in(told.alias, told.sent.phone_code_hash, right)))
    assert error == "PHONE_CODE_INVALID"
    assert world.mail.sent == []


@pytest.mark.parametrize("who", ["", "   ", "x" * 321])
async def test_what_is_nothing_to_look_for(town: World, who: str) -> None:
    assert await refused(ask(town.connect(ip=ABROAD), who)) == "PHONE_NUMBER_INVALID"


async def test_aliases_that_are_none(town: World) -> None:
    client = town.connect(ip=ABROAD)
    told = await ask(client, MEMBER_MAIL)
    hash, alias = told.sent.phone_code_hash, told.alias
    raw = bytearray(base64.urlsafe_b64decode(alias[3:] + "=="))
    raw[-1] ^= 1
    forged = aliases.MARK + base64.urlsafe_b64encode(raw).decode().rstrip("=")
    for wrong in ("pb.", "pb.x", alias[:-2], alias + "AA", forged, "pb." + "A" * 90, "pb.é"):
        error = await refused(client.call(sign_in(wrong, hash, "12345")))
        assert error == "PHONE_NUMBER_INVALID", wrong
    town.clock.advance(aliases.SECONDS + 1)
    assert await refused(client.call(sign_in(alias, hash, "1"))) == "PHONE_NUMBER_INVALID"


async def test_codes_asked_for_by_name_count_with_those_asked_for_by_number(town: World) -> None:
    await admit(town)
    client = town.connect(ip=ABROAD)
    for who in (MEMBER_MAIL, "nobody@example.org"):
        for _ in range(3):
            await ask(client, who)
        assert "FLOOD_WAIT" in await refused(ask(client, who))
