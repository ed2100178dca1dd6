"""A page whose requests are answered by one worker and then by another."""

from __future__ import annotations

import asyncio
from base64 import b64decode

import pytest

from petitbleu.domain.people.accounts import service as accounts
from petitbleu.tl import api, jsonform
from tests.appdoor.pages import Page, door_of
from tests.kit.pair import Pair
from tests.kit.waiting import GUARD

EXPORT = api.auth.ExportLoginToken(api_id=1, api_hash="", except_ids=[])


@pytest.mark.parametrize("accepting", [0, 1], ids=["where-it-was-shown", "where-it-is-heard"])
async def test_a_code_shown_by_one_worker_is_told_of_at_another(pair: Pair, accepting: int) -> None:
    """The poll for the news of a QR sign-in is in another session than the call for the code."""
    shows, hears = (Page(world, door_of(world)) for world in (pair.one, pair.two))
    other = await (pair.one, pair.two)[accepting].sign_up("Bob")
    token = await shows.call(EXPORT)
    hears.cookie = shows.cookie
    path = f"/app/events?session={shows.session}&got=0"
    begun = await hears.request("GET", path)
    session = begun.json[0]["opened"]["session"]
    assert session != shows.session
    polling = asyncio.ensure_future(hears.request("GET", f"/app/events?session={session}&got=0"))
    await asyncio.sleep(0)
    await other.call(api.auth.AcceptLoginToken(token=b64decode(token["ok"]["token"])))
    told = (await asyncio.wait_for(polling, GUARD)).json
    assert told[-1]["u"]["update"] == {"_": "updateLoginToken"}
    signed = await hears.call(EXPORT)
    assert signed["ok"]["authorization"]["user"]["id"] == str(other.user_id)


async def test_what_a_page_said_of_itself_is_known_at_another_worker(pair: Pair) -> None:
    """It says its language and build with the first call only."""
    one, two = (Page(world, door_of(world)) for world in (pair.one, pair.two))
    one.phone = pair.one.new_phone()
    asked = api.auth.SendCode(
        phone_number=one.phone, api_id=1, api_hash="", settings=api.CodeSettings()
    )
    first = {"i": 1, "q": jsonform.to_json(asked)}
    headers = {"x-petitbleu-lang": "en", "x-petitbleu-build": "b1"}
    sent = (await one.post(first, **headers)).json[0]["ok"]
    two.cookie = one.cookie
    proof = {"phone_number": one.phone, "phone_code_hash": sent["phone_code_hash"]}
    await two.call(api.auth.SignIn(phone_code=one.phone[5] * 5, **proof))
    signed = await two.call(api.auth.SignUp(first_name="Eve", last_name="", **proof))
    account = int(signed["ok"]["user"]["id"])
    person = await accounts.get(pair.two.app, account)
    assert person is not None and person.lang == "en"
    (device,) = (await two.call(api.account.GetAuthorizations()))["ok"]["authorizations"]
    assert device["app_version"] == "b1"
