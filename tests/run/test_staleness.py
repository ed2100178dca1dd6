"""What is over at one worker is refused by the other, whether or not the bus carries the news: by
every door that could show it (MTProto, the web client, public pages, feeds, files).
How long it takes: ``test_staleness_times.py``.
"""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from itertools import pairwise
from typing import Any, NamedTuple

import pytest

from petitbleu import ids, stamps
from petitbleu.control import perform
from petitbleu.domain.people.accounts import service as accounts
from petitbleu.domain.safety.moderation import measures
from petitbleu.stamps import FOUND, ROOMS_HERE, Rooms
from petitbleu.tl import api, jsonform
from tests.appdoor.pages import Page, door_of
from tests.appdoor.test_files import url
from tests.domain.files.media import shots
from tests.domain.safety.moderation.deciding import order
from tests.kit import chats
from tests.kit.pair import Pair
from tests.kit.waiting import asked_until, until
from tests.kit.world import Client, RpcFault
from tests.web.public import Channel, channel, reader


class Probe(NamedTuple):
    """Something that ends: how it is ended at one, and how it is asked for at two."""

    end: Callable[[], Awaitable[Any]]
    ask: Callable[[], Awaitable[Any]]
    """What it gives while it is not over; None or a fault once it is."""


async def _refused(ask: Callable[[], Awaitable[Any]]) -> bool:
    try:
        return not await ask()
    except RpcFault:
        return True


async def ban(pair: Pair) -> Probe:
    ada, bob = await chats.people(pair.one, "Ada", "Bob")
    town = await chats.supergroup(ada, bob)
    there = pair.also_at_two(bob)
    participant = await ada.peer(bob)

    async def end() -> None:
        await ada.call(
            api.channels.EditBanned(
                channel=chats.input_channel(ada, town),
                participant=participant,
                banned_rights=api.ChatBannedRights(view_messages=True, until_date=0),
            )
        )

    async def ask() -> Any:
        return await there.call(_history(chats.input_peer(there, town)))

    return Probe(end, ask)


async def kick(pair: Pair) -> Probe:
    ada, bob = await chats.people(pair.one, "Ada", "Bob")
    choir = await chats.group(ada, bob)
    there = pair.also_at_two(bob)
    user = await chats.user(ada, bob)

    async def end() -> None:
        await ada.call(api.messages.DeleteChatUser(chat_id=choir, user_id=user))

    async def ask() -> Any:
        (chat,) = (await there.call(api.messages.GetChats(id=[choir]))).chats
        return type(chat) is api.Chat and not chat.left

    return Probe(end, ask)


async def restriction(pair: Pair) -> Probe:
    ada, bob = await chats.people(pair.one, "Ada", "Bob")
    town = await chats.supergroup(ada, bob)
    there = pair.also_at_two(bob)

    async def end() -> None:
        await ada.call(
            api.messages.EditChatDefaultBannedRights(
                peer=chats.input_peer(ada, town),
                banned_rights=api.ChatBannedRights(send_messages=True, until_date=0),
            )
        )

    async def ask() -> Any:
        return await there.call(_say(chats.input_peer(there, town)))

    return Probe(end, ask)


async def block(pair: Pair) -> Probe:
    ada, bob = await chats.people(pair.one, "Ada", "Bob")
    there = pair.also_at_two(bob)
    peer = await bob.peer(ada)
    whom = await ada.peer(bob)

    async def end() -> None:
        await ada.call(api.contacts.Block(id=whom))

    async def ask() -> Any:
        return await there.call(_say(peer))

    return Probe(end, ask)


async def privacy(pair: Pair) -> Probe:
    ada, bob = await chats.people(pair.one, "Ada", "Bob")
    eve = await pair.two.sign_up("Eve")
    town = await chats.supergroup(ada, bob)
    place, person = f"staleness_town{next(_said)}", f"staleness_ada{next(_said)}"
    await ada.call(_name(ada, town, place))
    await eve.call(api.contacts.ResolveUsername(username=place))
    await ada.call(api.account.UpdateUsername(username=person))
    await ada.call(_rule(api.InputPrivacyValueAllowAll()))

    async def end() -> None:
        await ada.call(_rule(api.InputPrivacyValueDisallowAll()))

    async def ask() -> Any:
        found = await eve.call(api.contacts.ResolveUsername(username=person))
        return found.users[0].phone

    return Probe(end, ask)


async def sign_out(pair: Pair) -> Probe:
    ada = await pair.one.sign_up("Ada")
    other = await pair.one.sign_in(ada.phone)
    there = pair.also_at_two(other)
    pair.one.clock.advance(100_000)

    async def end() -> None:
        listed = await ada.call(api.account.GetAuthorizations())
        (hash_,) = [one.hash for one in listed.authorizations if one.hash]
        await ada.call(api.account.ResetAuthorization(hash=hash_))

    async def ask() -> Any:
        return await there.call(api.users.GetUsers(id=[api.InputUserSelf()]))

    return Probe(end, ask)


async def suspension(pair: Pair) -> Probe:
    ada = await pair.one.sign_up("Ada")
    there = pair.also_at_two(ada)

    async def end() -> None:
        await _measure(pair, "suspend", subject=ada.user_id)

    async def ask() -> Any:
        return await there.call(api.users.GetUsers(id=[api.InputUserSelf()]))

    return Probe(end, ask)


async def withholding(pair: Pair) -> Probe:
    ada, bob = await chats.people(pair.one, "Ada", "Bob")
    news = await chats.channel(ada, bob)
    peer = ids.peer_of_channel(news)
    await ada.call(_say(chats.input_peer(ada, news)))
    there = pair.also_at_two(bob)
    (said, *_) = (await bob.call(_history(chats.input_peer(bob, news)))).messages

    async def end() -> None:
        await _measure(pair, "withhold", subject=peer, owner=peer, messages=(said.id,))

    async def ask() -> Any:
        found = await there.call(_history(chats.input_peer(there, news)))
        return said.id in [one.id for one in found.messages if type(one) is api.Message]

    return Probe(end, ask)


async def page(pair: Pair) -> Probe:
    ada = await pair.one.sign_up("Ada")
    news = await chats.channel(ada)
    named = f"staleness_news{next(_said)}"
    await ada.call(_name(ada, news, named))
    wanted = {"channel": named, "shown": True}
    await perform(pair.one.app, "channel.public", wanted)

    async def end() -> None:
        await perform(pair.one.app, "channel.public", wanted | {"shown": False})

    there = reader(pair.two)

    async def ask() -> Any:
        return (await there.get(f"/{named}")).status == 200

    return Probe(end, ask)


async def deletion(pair: Pair) -> Probe:
    ada, bob = await chats.people(pair.one, "Ada", "Bob")
    there = pair.also_at_two(bob)
    peer = await bob.peer(ada)

    async def end() -> None:
        await pair.one.app.store.write(_delete, ada.user_id)

    async def ask() -> Any:
        user = api.InputUser(user_id=peer.user_id, access_hash=peer.access_hash)
        (found,) = await there.call(api.users.GetUsers(id=[user]))
        return not found.deleted

    return Probe(end, ask)


async def _delete(tx: Any, account: int) -> None:
    await accounts.erase(tx, account, at=1)


# ── other doors ─────────────────────────────────────────────────────────────────────────────────


async def _browser(pair: Pair, person: Client) -> Page:
    """The web client of a person, at worker two."""
    page = Page(pair.two, door_of(pair.two))
    await page.sign_in(person.phone)
    return page


def _asking(page: Page, q: Any) -> Callable[[], Awaitable[Any]]:
    async def ask() -> Any:
        call = {"i": page.next_number(page.session), "q": jsonform.to_json(q)}
        found = await page.post(call)
        return found.status == 200 and found.json[0].get("ok")

    return ask


async def ban_in_a_browser(pair: Pair) -> Probe:
    ada, bob = await chats.people(pair.one, "Ada", "Bob")
    town = await chats.supergroup(ada, bob)
    page = await _browser(pair, bob)
    participant = await ada.peer(bob)

    async def end() -> None:
        await ada.call(
            api.channels.EditBanned(
                channel=chats.input_channel(ada, town),
                participant=participant,
                banned_rights=api.ChatBannedRights(view_messages=True, until_date=0),
            )
        )

    return Probe(end, _asking(page, _history(chats.input_peer(bob, town))))


async def sign_out_of_a_browser(pair: Pair) -> Probe:
    ada = await pair.one.sign_up("Ada")
    page = await _browser(pair, ada)
    pair.one.clock.advance(100_000)

    async def end() -> None:
        listed = await ada.call(api.account.GetAuthorizations())
        (hash_,) = [one.hash for one in listed.authorizations if one.hash]
        await ada.call(api.account.ResetAuthorization(hash=hash_))

    return Probe(end, _asking(page, api.users.GetUsers(id=[api.InputUserSelf()])))


async def suspension_in_a_browser(pair: Pair) -> Probe:
    ada = await pair.one.sign_up("Ada")
    page = await _browser(pair, ada)

    async def end() -> None:
        await _measure(pair, "suspend", subject=ada.user_id)

    return Probe(end, _asking(page, api.users.GetUsers(id=[api.InputUserSelf()])))


async def _gazette(pair: Pair) -> tuple[Channel, int]:
    """A channel on the web, and a post with a picture in it."""
    made = await channel(pair.one, f"staleness_gazette{next(_said)}", "Gazette")
    file = await shots.upload(made.owner, shots.picture(900, 600))
    post = await made.show(api.InputMediaUploadedPhoto(file=file), "Quittensaft")
    return made, post


def _withholding(pair: Pair, made: Channel, post: int) -> Callable[[], Awaitable[Any]]:
    async def end() -> None:
        await _measure(pair, "withhold", subject=made.peer, owner=made.peer, messages=(post,))

    return end


def _reading(pair: Pair, path: str) -> Callable[[], Awaitable[Any]]:
    there = reader(pair.two)

    async def ask() -> Any:
        found = await there.get(path)
        return found.status == 200 and "Quittensaft" in found.text

    return ask


async def withholding_on_the_web(pair: Pair) -> Probe:
    made, post = await _gazette(pair)
    return Probe(_withholding(pair, made, post), _reading(pair, f"/{made.name}/{post}"))


async def withholding_in_a_feed(pair: Pair) -> Probe:
    made, post = await _gazette(pair)
    return Probe(_withholding(pair, made, post), _reading(pair, f"/s/{made.name}/feed.atom"))


async def withholding_in_a_browser(pair: Pair) -> Probe:
    made, post = await _gazette(pair)
    bob = await pair.one.sign_up("Bob")
    page = await _browser(pair, bob)
    found = await page.call(api.contacts.ResolveUsername(username=made.name))
    (chat,) = found["ok"]["chats"]
    peer = api.InputPeerChannel(channel_id=int(chat["id"]), access_hash=int(chat["access_hash"]))
    asking = _asking(page, _history(peer))

    async def ask() -> Any:
        told = await asking()
        return told and "Quittensaft" in str(told)

    return Probe(_withholding(pair, made, post), ask)


async def withholding_of_a_range(pair: Pair) -> Probe:
    made, post = await _gazette(pair)
    bob = await pair.one.sign_up("Bob")
    page = await _browser(pair, bob)
    found = await page.call(api.contacts.ResolveUsername(username=made.name))
    (chat,) = found["ok"]["chats"]
    peer = api.InputPeerChannel(channel_id=int(chat["id"]), access_hash=int(chat["access_hash"]))
    told = await page.call(_history(peer))
    (photo,) = [one["media"]["photo"] for one in told["ok"]["messages"] if int(one["id"]) == post]
    address = url(photo, photo["sizes"][-1]["type"])

    async def ask() -> Any:
        part = await page.request("GET", address, headers={"range": "bytes=100-199"})
        return part.status == 206

    return Probe(_withholding(pair, made, post), ask)


async def page_in_a_feed(pair: Pair) -> Probe:
    made, _ = await _gazette(pair)
    wanted = {"channel": made.name, "shown": False}

    async def end() -> None:
        await perform(pair.one.app, "channel.public", wanted)

    return Probe(end, _reading(pair, f"/s/{made.name}/feed.atom"))


def _history(peer: Any) -> Any:
    return api.messages.GetHistory(
        peer=peer, offset_id=0, offset_date=0, add_offset=0, limit=9, max_id=0, min_id=0, hash=0
    )


_said = iter(range(1, 1_000_000))


async def _measure(pair: Pair, kind: str, **fields: Any) -> None:
    """Something is decided at one, each time anew."""
    await measures.apply(pair.one.app, order(kind, command=f"c{next(_said)}", **fields))


def _say(peer: Any) -> Any:
    return api.messages.SendMessage(peer=peer, message="Bonjour", random_id=next(_said))


def _name(who: Client, channel: int, name: str) -> Any:
    return api.channels.UpdateUsername(channel=chats.input_channel(who, channel), username=name)


def _rule(rule: Any) -> Any:
    return api.account.SetPrivacy(key=api.InputPrivacyKeyPhoneNumber(), rules=[rule])


PROBES = (
    *(ban, kick, restriction, block, privacy),
    *(sign_out, suspension, withholding, page, deletion),
    *(ban_in_a_browser, sign_out_of_a_browser, suspension_in_a_browser, withholding_in_a_browser),
    *(withholding_on_the_web, withholding_in_a_feed, withholding_of_a_range, page_in_a_feed),
)
ASKED = (block, sign_out_of_a_browser)
"""What is asked of the database each time, whatever is remembered: by a message under its locks, by
a browser's cookie.
"""


@pytest.mark.turns(3)
@pytest.mark.parametrize("begin", PROBES)
async def test_it_is_refused_by_the_other_worker(
    pair: Pair, begin: Callable[[Pair], Awaitable[Probe]]
) -> None:
    probe = await begin(pair)
    await pair.settle()
    for _ in range(2):  # remembered now
        assert await probe.ask(), "not over yet"
    await probe.end()
    await pair.settle()
    assert await _refused(probe.ask)


@pytest.mark.sometimes(4)
@pytest.mark.turns(3)
@pytest.mark.parametrize("begin", PROBES)
async def test_it_is_refused_without_the_bus(
    pair: Pair, begin: Callable[[Pair], Awaitable[Probe]]
) -> None:
    probe = await begin(pair)
    await pair.settle()
    assert await probe.ask() and await probe.ask()
    pair.air.cut(2)
    await probe.end()
    await pair.one.settle()
    assert begin in ASKED or not await _refused(probe.ask), "nobody could have told"
    found = sum(FOUND.values.values())
    moved = await pair.two.app.parts[ROOMS_HERE].compare()
    assert sum(FOUND.values.values()) == found + moved, "stamp_found_total says so"
    assert moved or begin in ASKED
    await pair.two.settle()
    assert await asked_until(lambda: _refused(probe.ask))


@pytest.mark.parametrize("away", [1, 2])
async def test_while_a_worker_is_cut_off_the_other_compares_all_the_time(
    pair: Pair, monkeypatch: pytest.MonkeyPatch, away: int
) -> None:
    """Whether it is the one that is asked or the one that could tell; and the pause between two
    comparisons is kept once, not twice.
    """
    monkeypatch.setattr(stamps, "APART", 0.2)
    compared: list[float] = []
    compare = Rooms.compare

    async def noted(rooms: Rooms) -> int:
        if rooms is pair.two.app.parts[ROOMS_HERE]:
            compared.append(time.monotonic())
        return await compare(rooms)

    monkeypatch.setattr(Rooms, "compare", noted)
    pair.air.cut(away)
    await pair.air.pass_time(2.0)
    assert pair.two.app.bus.up() is (away == 1)
    await until(lambda: len(compared) > 10)
    gaps = sorted(after - before for before, after in pairwise(compared))
    assert 0.15 < gaps[len(gaps) // 2] < 0.35
