"""Login codes: who gets one, how it travels, what a wrong one does."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from petitbleu.app import App
from petitbleu.control import CommandRefused, perform
from petitbleu.domain.access.codes import service as codes
from petitbleu.store.api import Store
from petitbleu.store.query import query
from petitbleu.tl import api
from tests.domain.registration.auth.towns import (
    MEMBER,
    MEMBER_MAIL,
    STRANGER,
    admit,
    code_of,
    join,
    opened,
    refused,
    sign_in,
    wrong,
)
from tests.kit.world import World

ABROAD = "203.0.113.5"

_ROWS = query("select hash, sealed, phone from login_code")
_KEYS = query("select key from rate")


async def test_an_admitted_person_gets_a_code_by_mail_and_signs_up(town: World) -> None:
    await admit(town)
    client = town.connect(ip=ABROAD)
    sent = await client.send_code("+33 (0)6 12 34 56 78".replace("(0)", "0"))
    assert isinstance(sent.type, api.auth.SentCodeTypeEmailCode)
    assert sent.type.email_pattern == "a***@***"
    (mail,) = town.mail.sent
    code = await code_of(town, MEMBER)
    assert mail.to == MEMBER_MAIL and code in mail.text and len(code) == sent.type.length
    answer = await client.call(sign_in("0033612345678", sent.phone_code_hash, code))
    assert isinstance(answer, api.auth.AuthorizationSignUpRequired)
    signed = await client.call(
        api.auth.SignUp(
            phone_number=MEMBER,
            phone_code_hash=sent.phone_code_hash,
            first_name=" Ada ",
            last_name="",
        )
    )
    assert (signed.user.first_name, signed.user.phone) == ("Ada", MEMBER)
    assert (
        await refused(client.call(sign_in(MEMBER, sent.phone_code_hash, code)))
        == "PHONE_CODE_EXPIRED"
    )


async def test_a_stranger_is_answered_like_a_member_and_gets_no_code(town: World) -> None:
    await admit(town)
    kinds = {}
    for number in range(30):
        phone = f"336987654{number:02d}"
        client = town.connect(ip=f"198.51.100.{number}")
        sent = await client.send_code(phone)
        kinds[type(sent.type)] = sent
        again = await town.connect(ip=f"198.51.101.{number}").send_code(phone)
        assert type(again.type) is type(sent.type)
        assert (
            await refused(client.call(sign_in(phone, sent.phone_code_hash, "12345")))
            == "PHONE_CODE_INVALID"
        )
    assert set(kinds) == {api.auth.SentCodeTypeApp, api.auth.SentCodeTypeEmailCode}
    real = await town.connect(ip=ABROAD).send_code(MEMBER)
    pretended = kinds[api.auth.SentCodeTypeEmailCode]
    assert len(real.phone_code_hash) == len(pretended.phone_code_hash)
    assert (real.next_type, real.timeout) == (pretended.next_type, pretended.timeout)
    assert real.type.length == pretended.type.length
    assert len(real.type.email_pattern) == len(pretended.type.email_pattern)
    assert [mail.to for mail in town.mail.sent] == [MEMBER_MAIL]


async def test_no_entry_is_ever_right_for_a_stranger(town: World) -> None:
    client = town.connect(ip=ABROAD)
    sent = await client.send_code(STRANGER)
    row = await codes.find(
        town.app.store, codes.LOGIN, sent.phone_code_hash, now=int(town.clock.now())
    )
    assert row is not None and row.channel == codes.DECOY
    sealed = codes.reveal(town.app, row)
    call = client.call(sign_in(STRANGER, sent.phone_code_hash, sealed))
    assert await refused(call) == "PHONE_CODE_INVALID"
    assert await codes.newest_of(town.app, STRANGER) is None


async def test_asking_again_offers_members_and_strangers_the_same(town: World) -> None:
    await admit(town)
    device = await join(town)
    member = town.connect(ip="203.0.113.9")
    stranger = town.connect(ip="203.0.113.10")
    told = await member.send_code(MEMBER)
    assert isinstance(told.type, api.auth.SentCodeTypeApp) and told.next_type is not None
    phone = STRANGER
    while not isinstance((asked := await stranger.send_code(phone)).type, type(told.type)):
        phone = str(int(phone) + 1)
    for client, number, sent in ((member, MEMBER, told), (stranger, phone, asked)):
        resend = api.auth.ResendCode(phone_number=number, phone_code_hash=sent.phone_code_hash)
        second = await client.call(resend)
        assert isinstance(second.type, api.auth.SentCodeTypeEmailCode)
        assert second.phone_code_hash == sent.phone_code_hash and second.next_type is None
        assert await refused(client.call(resend)) == "SEND_CODE_UNAVAILABLE"
    code = await code_of(town, MEMBER)
    assert code in town.mail.sent[-1].text
    said = [update.message.message for update in device.updates(api.UpdateNewMessage)]
    assert any(code in text for text in said)


async def test_a_wrong_try_keeps_the_code_until_the_tries_are_used_up(town: World) -> None:
    await admit(town)
    client = town.connect(ip=ABROAD)
    sent = await client.send_code(MEMBER)
    code = await code_of(town, MEMBER)
    bad = sign_in(MEMBER, sent.phone_code_hash, wrong(code))
    for _ in range(town.app.config.codes.tries - 1):
        assert await refused(client.call(bad)) == "PHONE_CODE_INVALID"
    good = await client.call(sign_in(MEMBER, sent.phone_code_hash, code))
    assert isinstance(good, api.auth.AuthorizationSignUpRequired)
    sent = await client.send_code(MEMBER)
    bad = sign_in(MEMBER, sent.phone_code_hash, wrong(await code_of(town, MEMBER)))
    for _ in range(town.app.config.codes.tries):
        assert await refused(client.call(bad)) == "PHONE_CODE_INVALID"
    assert await codes.newest_of(town.app, MEMBER) is None
    assert await refused(client.call(bad)) == "PHONE_CODE_EXPIRED"


async def test_refusals_of_a_code(town: World) -> None:
    await admit(town)
    client = town.connect(ip=ABROAD)
    sent = await client.send_code(MEMBER)
    code = await code_of(town, MEMBER)
    hash = sent.phone_code_hash
    other_key = town.connect(ip=ABROAD)
    cases = [
        (client, sign_in(MEMBER, hash, ""), "PHONE_CODE_EMPTY"),
        (client, sign_in(MEMBER, hash, None), "PHONE_CODE_EMPTY"),
        (client, sign_in(MEMBER, "", code), "PHONE_CODE_EMPTY"),
        (client, sign_in(MEMBER, "nothing", code), "PHONE_CODE_EXPIRED"),
        (client, sign_in(STRANGER, hash, code), "PHONE_CODE_EXPIRED"),
        (client, sign_in("abc", hash, code), "PHONE_NUMBER_INVALID"),
        (other_key, sign_in(MEMBER, hash, code), "PHONE_CODE_EXPIRED"),
        (client, sign_in(MEMBER, hash, "é½\ud7ff"), "PHONE_CODE_INVALID"),
    ]
    for caller, call, expected in cases:
        assert await refused(caller.call(call)) == expected
    too_late = sign_in(MEMBER, hash, code)
    town.clock.advance(town.app.config.codes.lifetime)
    assert await refused(client.call(too_late)) == "PHONE_CODE_EXPIRED"


async def test_a_code_asked_again_makes_the_earlier_one_void(town: World) -> None:
    await admit(town)
    client = town.connect(ip=ABROAD)
    first = await client.send_code(MEMBER)
    code = await code_of(town, MEMBER)
    second = await client.send_code(MEMBER)
    assert first.phone_code_hash != second.phone_code_hash
    call = client.call(sign_in(MEMBER, first.phone_code_hash, code))
    assert await refused(call) == "PHONE_CODE_EXPIRED"


async def test_a_cancelled_code_is_void(town: World) -> None:
    await admit(town)
    client = town.connect(ip=ABROAD)
    sent = await client.send_code(MEMBER)
    code = await code_of(town, MEMBER)
    cancel = api.auth.CancelCode(phone_number=MEMBER, phone_code_hash=sent.phone_code_hash)
    assert await client.call(cancel) is True
    assert await refused(client.call(cancel)) == "PHONE_CODE_EXPIRED"
    call = client.call(sign_in(MEMBER, sent.phone_code_hash, code))
    assert await refused(call) == "PHONE_CODE_EXPIRED"


async def test_codes_and_numbers_do_not_stand_in_the_database_in_clear(town: World) -> None:
    await admit(town)
    await town.connect(ip=ABROAD).send_code(MEMBER)
    code = await code_of(town, MEMBER)
    ((hash, sealed, _),) = await town.app.store.rows(_ROWS)
    assert code.encode() not in bytes(sealed) and code not in hash
    keys = b"".join(bytes(key) for (key,) in await town.app.store.rows(_KEYS))
    assert keys and MEMBER.encode() not in keys and ABROAD.encode() not in keys


@pytest.mark.parametrize("phone", [MEMBER, STRANGER])
async def test_numbers_known_or_not_have_the_same_limit(town: World, phone: str) -> None:
    await admit(town)
    for turn in range(5):
        await town.connect(ip=f"203.0.113.{turn}").send_code(phone)
    waits = await refused(town.connect(ip="203.0.113.99").send_code(phone))
    assert waits == "FLOOD_WAIT_721"
    town.clock.advance(721)
    assert await town.connect(ip="203.0.113.100").send_code(phone)


async def test_a_scan_from_one_address_block_is_stopped(town: World) -> None:
    fault = ""
    for number in range(40):
        client = town.connect(ip=f"2001:db8:1:2::{number:x}")
        call = client.send_code(f"3369876{number * 97:04d}")
        if number >= 20:  # the tier in memory lets them through one by one
            town.clock.advance(5)
        if number < 30:
            await call
        else:
            fault = await refused(call)
    assert fault.startswith("FLOOD_WAIT_")
    assert await town.connect(ip="2001:db8:1:3::1").send_code("33698761111")


async def test_there_is_no_universal_code(town: World) -> None:
    await admit(town, phone="9996621234")
    client = town.connect(ip="127.0.0.1")
    sent = await client.send_code("9996621234")
    if await code_of(town, "9996621234") != "22222":
        call = client.call(sign_in("9996621234", sent.phone_code_hash, "22222"))
        assert await refused(call) == "PHONE_CODE_INVALID"


async def test_test_numbers_work_with_dev_on_loopback_only(store: Store, tmp_path: Path) -> None:
    async with opened(store, tmp_path, dev=True, signup="open") as world:
        near = world.connect(ip="127.0.0.1")
        sent = await near.send_code("99966 7 1234567")
        assert sent.type.length == 5
        call = sign_in("999667 1234567", sent.phone_code_hash, "77777")
        answer = await near.call(call)
        assert isinstance(answer, api.auth.AuthorizationSignUpRequired)
        far = world.connect(ip=ABROAD)
        sent = await far.send_code("9996671234568")
        if await code_of(world, "9996671234568") != "77777":
            call = sign_in("9996671234568", sent.phone_code_hash, "77777")
            assert await refused(far.call(call)) == "PHONE_CODE_INVALID"


async def test_dev_on_loopback_lifts_the_limits(store: Store, tmp_path: Path) -> None:
    async with opened(store, tmp_path, dev=True) as world:
        client = world.connect(ip="127.0.0.1")
        for _ in range(40):
            await client.send_code(MEMBER)


async def test_numbers_of_no_telephone_are_refused(town: World) -> None:
    client = town.connect(ip=ABROAD)
    for typed in ("", "abc", "12", "+0000000000", "1" * 200, "٣٣٦١٢٣٤٥٦٧٨"):
        assert await refused(client.send_code(typed)) == "PHONE_NUMBER_INVALID"


async def test_the_operator_reads_a_code_and_the_person_is_told(town: World) -> None:
    await admit(town, email=None)
    client = town.connect(ip=ABROAD)
    sent = await client.send_code(MEMBER)
    shown = await perform(town.app, "login-code", {"phone": "+" + MEMBER})
    answer = await client.call(sign_in(MEMBER, sent.phone_code_hash, shown["code"]))
    assert isinstance(answer, api.auth.AuthorizationSignUpRequired)
    with pytest.raises(CommandRefused):
        await perform(town.app, "login-code", {"phone": MEMBER})
    for nobody in (STRANGER, "x", ""):
        await town.connect(ip="203.0.113.77").send_code(STRANGER)
        with pytest.raises(CommandRefused):
            await perform(town.app, "login-code", {"phone": nobody})


async def test_looking_at_a_members_code_is_announced_in_the_service_chat(town: World) -> None:
    await admit(town)
    device = await join(town)
    await town.connect(ip="203.0.113.8").send_code(MEMBER)
    device.pushed.clear()
    await perform(town.app, "login-code", {"phone": MEMBER})
    await town.settle()
    (told,) = device.updates(api.UpdateNewMessage)
    assert "operator" in told.message.message
    assert told.message.peer_id.user_id == 777000


async def test_the_newest_codes_are_those_that_somebody_may_use(town: World) -> None:
    await admit(town)
    for phone in (STRANGER, MEMBER):
        await town.connect(ip=ABROAD).send_code(phone)
    assert [row.phone for row in await codes.newest(town.app)] == [MEMBER]


async def test_entries_at_once_are_counted_one_by_one(town: World) -> None:
    await admit(town)
    client = town.connect(ip=ABROAD)
    sent = await client.send_code(MEMBER)
    bad = sign_in(MEMBER, sent.phone_code_hash, wrong(await code_of(town, MEMBER)))
    outcomes = await asyncio.gather(*(refused(client.call(bad)) for _ in range(12)))
    assert outcomes.count("PHONE_CODE_INVALID") == town.app.config.codes.tries
    assert set(outcomes) == {"PHONE_CODE_INVALID", "PHONE_CODE_EXPIRED"}


async def test_digits_are_spread_over_all_codes(town: World) -> None:
    app: App = town.app
    drawn = {codes.digits(app, 5) for _ in range(500)}
    assert len(drawn) > 450 and all(len(code) == 5 and code.isdigit() for code in drawn)
    assert {code[0] for code in drawn} == set("0123456789")
