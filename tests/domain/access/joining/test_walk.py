"""Joining from end to end without developer mode: admitted, a code by mail, signed up; or not."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from typing import Any

import pytest

from petitbleu.config import Smtp
from petitbleu.control import CommandRefused, perform
from petitbleu.mailout import SmtpMail
from petitbleu.tl import api
from tests.kit.mail import SmtpSink, smtp_sink
from tests.kit.world import Client, RpcFault, World


@pytest.fixture
async def sink(instance: World) -> AsyncIterator[SmtpSink]:
    """The instance's mail goes through a real SMTP server."""
    async with smtp_sink() as sink:
        instance.app.mail = SmtpMail(Smtp("127.0.0.1", sink.port, security="none"))
        yield sink


async def admin(instance: World, name: str, /, **params: Any) -> dict[str, Any]:
    return await perform(instance.app, name, params)


def code_in(sink: SmtpSink, number: int = -1) -> str:
    found = re.search(r"\b(\d{5})\b", str(sink.mails[number]["Subject"]))
    assert found is not None
    return found[1]


async def enter(client: Client, phone: str, code: str, sent: Any) -> Any:
    return await client.call(
        api.auth.SignIn(phone_number=phone, phone_code_hash=sent.phone_code_hash, phone_code=code)
    )


async def test_an_admitted_person_signs_up_with_a_code_by_mail(
    instance: World, sink: SmtpSink
) -> None:
    added = await admin(instance, "user.add", email="ada@example.org", name="Ada")
    phone = added["phone"]
    client = instance.connect(ip="192.0.2.1")
    sent = await client.send_code(f"+{phone}")
    code = code_in(sink)
    answer = await enter(client, phone, code, sent)
    assert isinstance(answer, api.auth.AuthorizationSignUpRequired)
    signed = await client.call(
        api.auth.SignUp(
            phone_number=phone,
            phone_code_hash=sent.phone_code_hash,
            first_name="Ada",
            last_name="Lovelace",
        )
    )
    shown = await admin(instance, "user.show", who=phone)
    assert shown["id"] == signed.user.id
    assert shown["email"] == "ada@example.org", "the admission's address is the account's"
    assert len(shown["devices"]) == 1


async def test_a_stranger_is_answered_alike_and_gets_nothing(
    instance: World, sink: SmtpSink
) -> None:
    await admin(instance, "user.add", phone="+33612345678", email="ada@example.org")
    known = await instance.connect(ip="192.0.2.1").send_code("33612345678")
    stranger = instance.connect(ip="192.0.2.2")
    unknown = await stranger.send_code("33698765432")
    assert type(unknown) is type(known)
    assert len(unknown.phone_code_hash) == len(known.phone_code_hash)
    assert [mail["To"] for mail in sink.mails] == ["ada@example.org"]
    for guess in ("12345", code_in(sink), "00000"):
        with pytest.raises(RpcFault, match="PHONE_CODE_INVALID"):
            await enter(stranger, "33698765432", guess, unknown)
    with pytest.raises(CommandRefused, match="no valid login code"):
        await admin(instance, "login-code", phone="33698765432")


async def test_the_operator_reads_a_code_and_the_person_is_told(
    instance: World, sink: SmtpSink
) -> None:
    added = await admin(instance, "user.add", email="ada@example.org")
    phone = added["phone"]
    client = instance.connect(ip="192.0.2.1")
    with pytest.raises(CommandRefused):
        await admin(instance, "login-code", phone=phone)
    sent = await client.send_code(phone)
    read = await admin(instance, "login-code", phone=f"+{phone}")
    assert read["code"] == code_in(sink)
    answer = await enter(client, phone, read["code"], sent)
    assert isinstance(answer, api.auth.AuthorizationSignUpRequired)
