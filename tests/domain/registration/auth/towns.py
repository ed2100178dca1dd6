"""Instances and steps for sign-in tests: as an operator runs it, without developer mode."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from petitbleu.domain.access.codes import service as codes
from petitbleu.domain.access.joining import service as joining
from petitbleu.store.api import Store
from petitbleu.tl import api
from tests.kit.world import Client, RpcFault, World, running

MEMBER = "33612345678"
STRANGER = "33698765432"
MEMBER_MAIL = "ada@example.org"


@asynccontextmanager
async def opened(store: Store, data: Path, **settings: Any) -> AsyncIterator[World]:
    """An instance without developer mode; fails the test if an error was logged."""
    async with running(
        World(store, data, **({"dev": False, "signup": "invite"} | settings))
    ) as made:
        yield made


@pytest.fixture
async def town(store: Store, tmp_path: Path) -> AsyncIterator[World]:
    """Sign-up by invitation; codes by e-mail."""
    async with opened(store, tmp_path) as made:
        yield made


async def admit(town: World, phone: str = MEMBER, email: str | None = MEMBER_MAIL) -> None:
    """What ``petitbleu admin user add`` does."""
    await town.app.store.write(
        joining.admit, town.app, phone=phone, email=email, name="Ada Lovelace"
    )


async def code_of(town: World, phone: str) -> str:
    """The newest code of a number, out of the sealed row."""
    row = await codes.newest_of(town.app, phone)
    assert row is not None
    return codes.reveal(town.app, row)


async def join(town: World, phone: str = MEMBER, *, ip: str = "203.0.113.5") -> Client:
    """An admitted person signs up with the code that was sent."""
    client = town.connect(ip=ip)
    sent = await client.send_code(phone)
    await client.call(sign_in(phone, sent.phone_code_hash, await code_of(town, phone)))
    signed = await client.call(
        api.auth.SignUp(
            phone_number=phone,
            phone_code_hash=sent.phone_code_hash,
            first_name="Ada",
            last_name="Lovelace",
        )
    )
    client.user_id = signed.user.id
    client.phone = phone
    await client.call(api.updates.GetState())
    return client


def sign_in(phone: str, hash: str, code: str | None) -> api.auth.SignIn:
    """auth.signIn with a code."""
    return api.auth.SignIn(phone_number=phone, phone_code_hash=hash, phone_code=code)


async def refused(call: Any) -> str:
    """The error a call is refused with."""
    with pytest.raises(RpcFault) as fault:
        await call
    return fault.value.message


def wrong(code: str) -> str:
    """Another code of the same length."""
    return "".join(str((int(digit) + 1) % 10) for digit in code)
