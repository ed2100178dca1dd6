"""Limits of signing in: judged before they are charged, and no way to keep somebody else out."""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest

from petitbleu.desk.casework import alerts  # noqa: F401 - its room is loaded with the desk
from petitbleu.domain.access.codes import wrong as wrong_codes
from petitbleu.domain.access.devices import service as devices
from petitbleu.store.query import query
from petitbleu.tl import api
from tests.domain.registration.auth.towns import (
    MEMBER,
    admit,
    code_of,
    join,
    refused,
    sign_in,
    wrong,
)
from tests.kit.world import Client, World

HOME, ATTACKER = "203.0.113.5", "198.51.100.66"
HOUR, DAY = 3600, 86_400


class Step(NamedTuple):
    step: str


_ALARMS = query("select step from desk_alert where number = 0 order by step", Step)


async def patient(town: World, call: Any, seconds: float = 6) -> str:
    """The error of a call (empty: none) after a while, which the tier in memory wants."""
    town.clock.advance(seconds)
    try:
        await call
    except Exception as fault:
        return str(getattr(fault, "message", fault))
    return ""


async def test_an_address_at_its_limit_uses_up_no_number(town: World) -> None:
    """Thirty codes from one address are its limit; what it asks for beyond counts for nobody."""
    await admit(town)
    attacker = town.connect(ip=ATTACKER)
    faults = []
    for n in range(60):
        faults.append(await patient(town, attacker.send_code(f"3361234{n * 101:04d}")))
    assert faults[0] == "" and faults[-1].startswith("FLOOD_WAIT_")
    for _ in range(100):
        fault = await patient(town, attacker.send_code(MEMBER))
        if fault == "":  # a place of the address came free
            continue
        assert fault.startswith("FLOOD_WAIT_")
    await town.connect(ip=HOME).send_code(MEMBER)


async def test_one_address_alone_cannot_use_up_a_number(town: World) -> None:
    """All day long, as fast as it may, with as many keys as it wants."""
    await admit(town)
    sent = 0
    for turn in range(2 * 24):
        for _ in range(6):
            attacker = town.connect(ip=ATTACKER)
            sent += await patient(town, attacker.send_code(MEMBER)) == ""
        if turn % 8 == 7:
            assert await patient(town, town.connect(ip=HOME).send_code(MEMBER)) == ""
        town.clock.advance(HOUR / 2 - 36)
    assert sent == 8


async def at_home(town: World) -> tuple[Client, Client]:
    """A member's two devices, the second signed in with a code."""
    await admit(town)
    first = await join(town, ip=HOME)
    second = town.connect(ip=HOME)
    sent = await second.send_code(MEMBER)
    code = await code_of(town, MEMBER)
    signed = await second.call(sign_in(MEMBER, sent.phone_code_hash, code))
    second.user_id = signed.user.id
    return first, second


async def use_up(town: World, phone: str) -> None:
    """Strangers from everywhere ask for the codes of a number until nobody gets one."""
    for n in range(40):
        await patient(town, town.connect(ip=f"198.51.{n}.7").send_code(phone))
    assert (await patient(town, town.connect(ip="192.0.2.77").send_code(phone))).startswith("FLOOD")


async def test_a_known_device_is_not_shut_out_by_strangers(town: World) -> None:
    first, _ = await at_home(town)
    await first.call(api.auth.LogOut())
    await use_up(town, MEMBER)
    for n in range(30):  # its own address is at its limit as well
        await patient(town, town.connect(ip=HOME).send_code(f"3361234{n * 101:04d}"))
    town.clock.advance(6)
    sent = await first.send_code(MEMBER)
    code = await code_of(town, MEMBER)
    signed = await first.call(sign_in(MEMBER, sent.phone_code_hash, code))
    assert signed.user.id == first.user_id


async def test_a_device_is_known_by_the_token_it_got_when_it_signed_out(town: World) -> None:
    """Most apps make a new key then (core.telegram.org/api/auth#future-auth-tokens)."""
    first, _ = await at_home(town)
    token = (await first.call(api.auth.LogOut())).future_auth_token
    await use_up(town, MEMBER)
    anew = town.connect(ip=ATTACKER)
    tokens = [b"none of ours", b"", token[:-1] + b"x", token]

    def ask(phone: str, given: list[bytes]) -> Any:
        settings = api.CodeSettings(logout_tokens=given)
        return api.auth.SendCode(phone_number=phone, api_id=1, api_hash="x" * 32, settings=settings)

    assert (await patient(town, anew.call(ask(MEMBER, tokens[:3])))).startswith("FLOOD_WAIT_")
    town.clock.advance(6)
    sent = await anew.call(ask(MEMBER, tokens))
    again = api.auth.ResendCode(phone_number=MEMBER, phone_code_hash=sent.phone_code_hash)
    assert await patient(town, anew.call(again)) in ("", "SEND_CODE_UNAVAILABLE")
    for n in range(10):  # somebody at the same address guesses
        await guess(town, ATTACKER, f"3361234{n * 101:04d}", 5, seconds=5.1)
    entry = sign_in(MEMBER, sent.phone_code_hash, await code_of(town, MEMBER))
    assert await patient(town, anew.call(entry)) == ""
    # The token is the account's own: for nobody else's number is it worth anything.
    await use_up(town, "33687654321")
    other = town.connect(ip=HOME)
    assert (await patient(town, other.call(ask("33687654321", [token])))).startswith("FLOOD_WAIT_")


async def test_known_devices_have_a_limit_of_their_own(town: World) -> None:
    first, _ = await at_home(town)
    await first.call(api.auth.LogOut())
    faults = [await patient(town, first.send_code(MEMBER)) for _ in range(20)]
    assert faults[:10] == [""] * 10 and faults[-1].startswith("FLOOD_WAIT_")


async def test_a_device_that_was_put_out_is_a_stranger(town: World) -> None:
    """Who lost a device, or signed an intruder out, does not have it among the known ones."""
    first, second = await at_home(town)
    town.clock.advance(2 * DAY)
    assert await devices.known_device(town.app, first.user_id, second.link.auth_key_id)
    await first.call(api.auth.ResetAuthorizations())
    assert not await devices.known_device(town.app, first.user_id, second.link.auth_key_id)
    assert await devices.known_device(town.app, first.user_id, first.link.auth_key_id)
    await use_up(town, MEMBER)
    assert (await patient(town, second.send_code(MEMBER))).startswith("FLOOD_WAIT_")


async def test_a_device_is_known_to_its_own_account_alone(town: World) -> None:
    first, _ = await at_home(town)
    await first.call(api.auth.LogOut())
    await use_up(town, "33687654321")
    assert (await patient(town, first.send_code("33687654321"))).startswith("FLOOD_WAIT_")


# ── wrong codes ─────────────────────────────────────────────────────────────────────────────────


async def guess(town: World, ip: str, phone: str, tries: int, *, seconds: float = 6) -> list[str]:
    """Wrong codes for a number that ``ip`` asked a code for."""
    client = town.connect(ip=ip)
    town.clock.advance(seconds)
    hash = (await client.send_code(phone)).phone_code_hash
    entry = sign_in(phone, hash, "00000")
    return [await patient(town, client.call(entry), seconds) for _ in range(tries)]


async def test_wrong_codes_count_across_numbers_by_address(town: World) -> None:
    await admit(town)
    known = await join(town, ip=ATTACKER)
    await known.call(api.auth.LogOut())
    before = dict(wrong_codes.MANY.values)
    faults: list[str] = []
    for n in range(20):
        faults += await guess(town, ATTACKER, f"3361234{n * 101:04d}", 2)
    wrong_ones = faults.count("PHONE_CODE_INVALID")
    assert 30 <= wrong_ones < 35  # a place an interval comes back meanwhile
    assert faults[0] == "PHONE_CODE_INVALID" and faults[-1].startswith("FLOOD_WAIT_")
    assert wrong_codes.MANY.values.get("address", 0) > before.get("address", 0)
    assert wrong_codes.MANY.values.get("instance", 0) == before.get("instance", 0)
    assert [row.step for row in await town.app.store.rows(_ALARMS)] == ["wrong_codes_address"]
    # A right code from there is not even looked at, but on a device of the account.
    phone = "33687654321"
    await admit(town, phone, "bob@example.org")
    client = town.connect(ip=ATTACKER)
    town.clock.advance(6)
    hash = (await client.send_code(phone)).phone_code_hash
    right = await code_of(town, phone)
    assert (await guess(town, ATTACKER, "33612349999", 5))[-1].startswith("FLOOD_WAIT_")
    assert (await patient(town, client.call(sign_in(phone, hash, right)))).startswith("FLOOD_WAIT_")
    town.clock.advance(6)
    hash = (await known.send_code(MEMBER)).phone_code_hash
    signed = await known.call(sign_in(MEMBER, hash, await code_of(town, MEMBER)))
    assert signed.user.id == known.user_id
    # Nothing was counted for the code that was not looked at.
    town.clock.advance(300)
    assert await patient(town, client.call(sign_in(phone, hash, right))) == "PHONE_CODE_EXPIRED"


async def test_a_whole_subnet_guesses_as_one(town: World) -> None:
    faults: list[str] = []
    for n in range(20):
        faults += await guess(town, f"2001:db8:1:2::{n:x}", f"3361234{n * 101:04d}", 2)
    assert faults.count("PHONE_CODE_INVALID") < 35


async def test_guesses_from_everywhere_alarm_and_refuse_nobody(town: World) -> None:
    await admit(town)
    for n in range(310 // 5 + 1):
        phone = f"33612{n * 997:06d}"
        faults = await guess(town, f"198.51.{n}.9", phone, 5, seconds=0.1)
        assert faults == ["PHONE_CODE_INVALID"] * 5
    assert [row.step for row in await town.app.store.rows(_ALARMS)] == ["wrong_codes_instance"]
    client = town.connect(ip=HOME)
    hash = (await client.send_code(MEMBER)).phone_code_hash
    code = await code_of(town, MEMBER)
    assert await refused(client.call(sign_in(MEMBER, hash, wrong(code)))) == "PHONE_CODE_INVALID"
    await client.call(sign_in(MEMBER, hash, code))


async def test_right_codes_count_for_nothing(town: World) -> None:
    await admit(town)
    client = await join(town, ip=ATTACKER)
    rows = await town.app.store.rows(
        query("select name as step from rate where name like 'wrong%'", Step)
    )
    assert rows == [] and client.user_id


@pytest.mark.parametrize("ip", [HOME, "2001:db8:1:2::5"])
async def test_codes_by_mail_count_with_the_others(town: World, ip: str) -> None:
    """A recovery code, entered by somebody who owes the password, and a login code: one count."""
    from petitbleu.domain.access.codes import service as codes

    for n in range(30):
        made = codes.make(town.app, codes.RECOVERY, channel="email", hash=f"r{n}", auth=n)
        await town.app.store.write(codes.put, made)
        await town.app.store.write(
            codes.attempt, town.app, codes.RECOVERY, f"r{n}", wrong(made.plain), auth=n, ip=ip
        )
    faults = await guess(town, ip, "33612340000", 1)
    assert faults[0].startswith("FLOOD_WAIT_")
