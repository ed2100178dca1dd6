"""Steps of the two-step password tests."""

from __future__ import annotations

from typing import Any

import pytest

from petitbleu.tl import api
from tests.domain.access.password import client_srp
from tests.kit.world import Client, RpcFault, World

EMPTY = api.InputCheckPasswordEmpty()
WORD = "correct horse battery staple é"


async def told(client: Client) -> Any:
    """account.getPassword"""
    return await client.call(api.account.GetPassword())


async def proof(client: Client, word: str = WORD) -> Any:
    """A fresh proof of a password."""
    return client_srp.check(word, await told(client))


async def new_settings(client: Client, word: str, **more: Any) -> Any:
    """account.passwordInputSettings with a new password."""
    algo, hash = client_srp.new_password(word, (await told(client)).new_algo)
    return api.account.PasswordInputSettings(
        new_algo=algo, new_password_hash=hash, **({"hint": "horse"} | more)
    )


async def update(client: Client, password: Any, settings: Any) -> Any:
    """account.updatePasswordSettings"""
    return await client.call(
        api.account.UpdatePasswordSettings(password=password, new_settings=settings)
    )


async def set_password(client: Client, word: str = WORD, **more: Any) -> None:
    """A first password."""
    assert await update(client, EMPTY, await new_settings(client, word, **more)) is True


async def with_recovery(world: World, client: Client, email: str = "ada@example.org") -> None:
    """A first password with a confirmed recovery address."""
    call = update(client, EMPTY, await new_settings(client, WORD, email=email))
    assert await refused(call) == "EMAIL_UNCONFIRMED_6"
    await world.settle()
    assert await client.call(api.account.ConfirmPasswordEmail(code=mailed(world))) is True


async def refused(call: Any) -> str:
    """The error a call is refused with."""
    with pytest.raises(RpcFault) as fault:
        await call
    return fault.value.message


def mailed(world: World) -> str:
    """The code of the newest mail."""
    return world.mail.sent[-1].subject.split()[0].rstrip(":")


async def owing(world: World, phone: str) -> Client:
    """A device that entered the code and owes the password."""
    client = world.connect()
    assert await refused(client.sign_in(phone)) == "SESSION_PASSWORD_NEEDED"
    return client
