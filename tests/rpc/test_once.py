"""Calls that create something, said twice at two workers with one msg_id, have one effect."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from petitbleu import domain
from petitbleu.rpc import once as repeating
from petitbleu.rpc.registry import METHODS
from petitbleu.store.query import query
from petitbleu.tl import api
from tests.domain.files.media import shots
from tests.kit import chats
from tests.kit.pair import Pair
from tests.kit.world import Client, RpcFault
from tests.rpc.test_repeats import listed

Made = tuple[Client, Any, Any]
"""Who calls, the call, and what counts its effects."""
Maker = Callable[[Pair], Awaitable[Made]]
MAKERS: dict[str, Maker] = {}
_CHATS = query("select count(*) from chat")
_LINKS = query("select count(*) from invite")
_TOKENS = query("select count(*) from login_token")
_EXPORTS = query("select count(*) from auth_export")
_TAKEOUTS = query("select id from takeout")
_REPORTS = query("select coalesce(sum(times), 0) from report")
_BODIES = query("select count(*) from body where author <> 777000")


def maker(*names: str) -> Callable[[Maker], Maker]:
    def add(function: Maker) -> Maker:
        MAKERS.update(dict.fromkeys(names, function))
        return function

    return add


@maker("messages.createChat")
async def _(pair: Pair) -> Made:
    ada, bob = await chats.people(pair.one, "Ada", "Bob")
    users = [await chats.user(ada, bob)]
    return ada, api.messages.CreateChat(users=users, title="Choir"), _CHATS


@maker("channels.createChannel")
async def _(pair: Pair) -> Made:
    ada = await pair.one.sign_up("Ada")
    return ada, api.channels.CreateChannel(megagroup=True, title="Town", about=""), _CHATS


@maker("messages.exportChatInvite")
async def _(pair: Pair) -> Made:
    ada, bob = await chats.people(pair.one, "Ada", "Bob")
    peer = api.InputPeerChat(chat_id=await chats.group(ada, bob))
    return ada, api.messages.ExportChatInvite(peer=peer, title="x"), _LINKS


@maker("auth.exportLoginToken")
async def _(pair: Pair) -> Made:
    q = api.auth.ExportLoginToken(api_id=1, api_hash="x" * 32, except_ids=[])
    return pair.one.connect(), q, _TOKENS


@maker("auth.exportAuthorization")
async def _(pair: Pair) -> Made:
    return await pair.one.sign_up("Ada"), api.auth.ExportAuthorization(dc_id=1), _EXPORTS


@maker("account.initTakeoutSession")
async def _(pair: Pair) -> Made:
    return await pair.one.sign_up("Ada"), api.account.InitTakeoutSession(), _TAKEOUTS


@maker("messages.editChatPhoto")
async def _(pair: Pair) -> Made:
    ada, bob = await chats.people(pair.one, "Ada", "Bob")
    choir = await chats.group(ada, bob)
    photo = api.InputChatUploadedPhoto(file=await shots.upload(ada, shots.picture(200, 200)))
    return ada, api.messages.EditChatPhoto(chat_id=choir, photo=photo), _BODIES


@maker("channels.editPhoto")
async def _(pair: Pair) -> Made:
    ada = await pair.one.sign_up("Ada")
    town = chats.input_channel(ada, await chats.supergroup(ada))
    photo = api.InputChatUploadedPhoto(file=await shots.upload(ada, shots.picture(200, 200)))
    return ada, api.channels.EditPhoto(channel=town, photo=photo), _BODIES


@maker("messages.reportSpam")
async def _(pair: Pair) -> Made:
    ada, bob = await chats.people(pair.one, "Ada", "Bob")
    await chats.say(bob, await bob.peer(ada), "Achetez")
    return ada, api.messages.ReportSpam(peer=await ada.peer(bob)), _REPORTS


_SAME = {
    "messages.report": "messages.reportSpam",
    "messages.reportReaction": "messages.reportSpam",
    "channels.reportSpam": "messages.reportSpam",
    "account.reportPeer": "messages.reportSpam",
    "account.reportProfilePhoto": "messages.reportSpam",
}
"""Methods that create in the very transaction of another one (``reports.take``)."""


def test_each_method_that_is_marked_is_listed_and_tried() -> None:
    domain.load_rooms()
    marked = {name for name, method in METHODS.items() if method.once}
    assert marked == MAKERS.keys() | _SAME.keys()
    assert marked == {name.removesuffix("*") for name in listed()["One effect: once"]}


async def _twins(pair: Pair, method: str) -> tuple[Client, Client, Any, Any]:
    """One session at both workers, whose next calls have one msg_id; the call; the counting."""
    client, q, effects = await MAKERS[method](pair)
    if not client._initialised:
        await client.call(api.help.GetConfig())
    twin = pair.also_at_two(client)
    await twin.call(api.help.GetConfig())
    twin.link.session_id = client.link.session_id
    first = next(client._ids) + 4_000_000_000
    client._ids, twin._ids = itertools.count(first, 4), itertools.count(first, 4)
    return client, twin, q, effects


async def _count(pair: Pair, effects: Any) -> Any:
    return await pair.one.app.store.rows(effects)


@pytest.mark.sometimes(4)
@pytest.mark.parametrize("method", MAKERS)
async def test_it_is_done_once_in_turn(pair: Pair, method: str) -> None:
    client, twin, q, effects = await _twins(pair, method)
    before = await _count(pair, effects)
    first = await client.call(q)
    after = await _count(pair, effects)
    assert after != before
    assert await twin.call(q) == first
    assert await _count(pair, effects) == after, "done twice"


@pytest.mark.sometimes(4)
@pytest.mark.parametrize("method", MAKERS)
async def test_it_is_done_once_at_once(pair: Pair, method: str) -> None:
    client, twin, q, effects = await _twins(pair, method)
    before = await _count(pair, effects)
    answers = await asyncio.gather(client.call(q), twin.call(q), return_exceptions=True)
    given = [one for one in answers if not isinstance(one, BaseException)]
    assert given, answers
    assert all(one == given[0] for one in given)
    done = await _count(pair, effects)
    assert done != before
    fresh = await client.call(q) if method == "channels.createChannel" else None
    if fresh is not None:
        assert (await _count(pair, effects))[0][0] - done[0][0] == done[0][0] - before[0][0] == 1


@pytest.mark.turns(8)
@pytest.mark.parametrize("method", MAKERS)
async def test_a_worker_that_ended_before_its_answer(
    pair: Pair, monkeypatch: pytest.MonkeyPatch, method: str
) -> None:
    """The effect stands, once, and the other worker answers what it was."""
    client, twin, q, effects = await _twins(pair, method)
    before = await _count(pair, effects)

    async def ends(*_: Any) -> None:
        raise RuntimeError("this worker is killed")

    with monkeypatch.context() as patched:
        patched.setattr(repeating, "_keep", ends)
        with pytest.raises(RpcFault):
            await client.call(q)
    after = await _count(pair, effects)
    assert after != before
    monkeypatch.setattr(repeating, "_PATIENCE", 0.1)
    answer = await twin.call(q)
    assert answer is not None
    assert await _count(pair, effects) == after, "done twice"
    pair.one.errors.clear()


async def test_what_was_made_before_the_end_is_what_is_answered(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, twin, q, _ = await _twins(pair, "auth.exportAuthorization")

    async def ends(*_: Any) -> None:
        raise RuntimeError("this worker is killed")

    with monkeypatch.context() as patched:
        patched.setattr(repeating, "_keep", ends)
        with pytest.raises(RpcFault):
            await client.call(q)
    monkeypatch.setattr(repeating, "_PATIENCE", 0.1)
    given = await twin.call(q)
    phone = pair.two.connect()
    await phone.call(api.auth.ImportAuthorization(id=given.id, bytes=given.bytes))
    pair.one.errors.clear()
