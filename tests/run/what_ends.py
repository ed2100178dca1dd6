"""What ends at one worker and must be refused by the other: by every door that could show it
(MTProto, the web client, public pages, feeds, files).
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, NamedTuple

from petitbleu import ids
from petitbleu.control import perform
from petitbleu.domain.people.accounts import service as accounts
from petitbleu.domain.safety.moderation import measures
from petitbleu.tl import api, jsonform
from tests.appdoor.pages import Page, door_of
from tests.appdoor.test_files import url
from tests.domain.files.media import shots
from tests.domain.safety.moderation.deciding import order
from tests.kit import chats
from tests.kit.pair import Pair
from tests.kit.world import Client, RpcFault
from tests.web.public import Channel, channel, reader

Do = Callable[[], Awaitable[Any]]


class Probe(NamedTuple):
    """Something that ends: how it is ended at one, and how it is asked for at two."""

    end: Do
    ask: Do
    """What it gives while it is not over; None or a fault once it is."""
    again: Do
    """Undoes the end at one, or begins anew what cannot be undone; two shows it a little later."""


async def refused(ask: Do) -> bool:
    try:
        return not await ask()
    except RpcFault:
        return True


async def ban(pair: Pair) -> Probe:
    ada, bob = await chats.people(pair.one, "Ada", "Bob")
    town = await chats.supergroup(ada, bob)
    there = pair.also_at_two(bob)
    end, again = await _banning(ada, bob, town)

    async def ask() -> Any:
        return await there.call(_history(chats.input_peer(there, town)))

    return Probe(end, ask, again)


async def _banning(ada: Client, bob: Client, town: int) -> tuple[Do, Do]:
    """Banning somebody from a supergroup, and letting them in again."""
    to, participant = chats.input_channel(ada, town), await ada.peer(bob)
    user = await chats.user(ada, bob)

    async def end() -> None:
        rights = api.ChatBannedRights(view_messages=True, until_date=0)
        await ada.call(_banned(to, participant, rights))

    async def again() -> None:
        await ada.call(_banned(to, participant, api.ChatBannedRights(until_date=0)))
        await ada.call(api.channels.InviteToChannel(channel=to, users=[user]))

    return end, again


def _banned(channel: Any, participant: Any, rights: Any) -> Any:
    return api.channels.EditBanned(channel=channel, participant=participant, banned_rights=rights)


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

    async def again() -> None:
        await ada.call(api.messages.AddChatUser(chat_id=choir, user_id=user, fwd_limit=0))

    return Probe(end, ask, again)


async def restriction(pair: Pair) -> Probe:
    ada, bob = await chats.people(pair.one, "Ada", "Bob")
    town = await chats.supergroup(ada, bob)
    there = pair.also_at_two(bob)

    async def restrict(rights: Any) -> None:
        peer = chats.input_peer(ada, town)
        query = api.messages.EditChatDefaultBannedRights(peer=peer, banned_rights=rights)
        await ada.call(query)

    async def end() -> None:
        await restrict(api.ChatBannedRights(send_messages=True, until_date=0))

    async def ask() -> Any:
        return await there.call(say(chats.input_peer(there, town)))

    async def again() -> None:
        await restrict(api.ChatBannedRights(until_date=0))

    return Probe(end, ask, again)


async def block(pair: Pair) -> Probe:
    ada, bob = await chats.people(pair.one, "Ada", "Bob")
    there = pair.also_at_two(bob)
    peer = await bob.peer(ada)
    whom = await ada.peer(bob)

    async def end() -> None:
        await ada.call(api.contacts.Block(id=whom))

    async def ask() -> Any:
        return await there.call(say(peer))

    async def again() -> None:
        await ada.call(api.contacts.Unblock(id=whom))

    return Probe(end, ask, again)


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

    async def again() -> None:
        await ada.call(_rule(api.InputPrivacyValueAllowAll()))

    return Probe(end, ask, again)


async def sign_out(pair: Pair) -> Probe:
    ada = await pair.one.sign_up("Ada")
    pair.one.clock.advance(100_000)  # so that this device may sign others out
    signed: list[Client] = []

    async def again() -> None:
        for gone in signed:
            gone.disconnect()
        other = await pair.one.sign_in(ada.phone)
        other.disconnect()
        signed[:] = [pair.also_at_two(other)]

    async def ask() -> Any:
        return await signed[0].call(api.users.GetUsers(id=[api.InputUserSelf()]))

    await again()
    return Probe(lambda: sign_out_of_all_others(ada), ask, again)


async def sign_out_of_all_others(person: Client) -> None:
    listed = await person.call(api.account.GetAuthorizations())
    (hash_,) = [one.hash for one in listed.authorizations if one.hash]
    await person.call(api.account.ResetAuthorization(hash=hash_))


async def suspension(pair: Pair) -> Probe:
    ada = await pair.one.sign_up("Ada")
    there = pair.also_at_two(ada)

    async def ask() -> Any:
        return await there.call(api.users.GetUsers(id=[api.InputUserSelf()]))

    measure = Measured(pair, "suspend", subject=ada.user_id)
    return Probe(measure.apply, ask, measure.lift)


async def withholding(pair: Pair) -> Probe:
    ada, bob = await chats.people(pair.one, "Ada", "Bob")
    news = await chats.channel(ada, bob)
    peer = ids.peer_of_channel(news)
    await ada.call(say(chats.input_peer(ada, news)))
    there = pair.also_at_two(bob)
    (said, *_) = (await bob.call(_history(chats.input_peer(bob, news)))).messages

    async def ask() -> Any:
        found = await there.call(_history(chats.input_peer(there, news)))
        return said.id in [one.id for one in found.messages if type(one) is api.Message]

    measure = Measured(pair, "withhold", subject=peer, owner=peer, messages=(said.id,))
    return Probe(measure.apply, ask, measure.lift)


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

    async def again() -> None:
        await perform(pair.one.app, "channel.public", wanted)

    return Probe(end, ask, again)


async def deletion(pair: Pair) -> Probe:
    bob = await pair.one.sign_up("Bob")
    there = pair.also_at_two(bob)
    seen: list[Any] = []

    async def again() -> None:
        ada = await pair.one.sign_up("Ada")
        ada.disconnect()
        seen[:] = [await bob.peer(ada)]

    async def end() -> None:
        await pair.one.app.store.write(_delete, seen[0].user_id)

    async def ask() -> Any:
        user = api.InputUser(user_id=seen[0].user_id, access_hash=seen[0].access_hash)
        (found,) = await there.call(api.users.GetUsers(id=[user]))
        return not found.deleted

    await again()
    return Probe(end, ask, again)


async def _delete(tx: Any, account: int) -> None:
    await accounts.erase(tx, account, at=1)


# ── other doors ─────────────────────────────────────────────────────────────────────────────────


async def _browser(pair: Pair, person: Client) -> Page:
    """The web client of a person, at worker two."""
    page = Page(pair.two, door_of(pair.two))
    await page.sign_in(person.phone)
    return page


def _asking(page: Page, q: Any) -> Do:
    async def ask() -> Any:
        number = page.next_number(page.session)
        found = await page.post({"i": number, "q": jsonform.to_json(q)})
        page.counted(number)  # the same number again would be the same answer again
        return found.status == 200 and found.json[0].get("ok")

    return ask


async def ban_in_a_browser(pair: Pair) -> Probe:
    ada, bob = await chats.people(pair.one, "Ada", "Bob")
    town = await chats.supergroup(ada, bob)
    page = await _browser(pair, bob)
    end, again = await _banning(ada, bob, town)

    return Probe(end, _asking(page, _history(chats.input_peer(bob, town))), again)


async def sign_out_of_a_browser(pair: Pair) -> Probe:
    ada = await pair.one.sign_up("Ada")
    pair.one.clock.advance(100_000)
    asks: list[Do] = []

    async def again() -> None:
        page = await _browser(pair, ada)
        asks[:] = [_asking(page, api.users.GetUsers(id=[api.InputUserSelf()]))]

    async def ask() -> Any:
        return await asks[0]()

    await again()
    return Probe(lambda: sign_out_of_all_others(ada), ask, again)


async def suspension_in_a_browser(pair: Pair) -> Probe:
    ada = await pair.one.sign_up("Ada")
    page = await _browser(pair, ada)
    measure = Measured(pair, "suspend", subject=ada.user_id)
    asking = _asking(page, api.users.GetUsers(id=[api.InputUserSelf()]))
    return Probe(measure.apply, asking, measure.lift)


async def _gazette(pair: Pair) -> tuple[Channel, int]:
    """A channel on the web, and a post with a picture in it."""
    made = await channel(pair.one, f"staleness_gazette{next(_said)}", "Gazette")
    file = await shots.upload(made.owner, shots.picture(900, 600))
    post = await made.show(api.InputMediaUploadedPhoto(file=file), "Quittensaft")
    return made, post


def _withholding(pair: Pair, made: Channel, post: int) -> Measured:
    return Measured(pair, "withhold", subject=made.peer, owner=made.peer, messages=(post,))


def _reading(pair: Pair, path: str) -> Do:
    there = reader(pair.two)

    async def ask() -> Any:
        found = await there.get(path)
        return found.status == 200 and "Quittensaft" in found.text

    return ask


async def withholding_on_the_web(pair: Pair) -> Probe:
    made, post = await _gazette(pair)
    measure = _withholding(pair, made, post)
    return Probe(measure.apply, _reading(pair, f"/{made.name}/{post}"), measure.lift)


async def withholding_in_a_feed(pair: Pair) -> Probe:
    made, post = await _gazette(pair)
    measure = _withholding(pair, made, post)
    return Probe(measure.apply, _reading(pair, f"/s/{made.name}/feed.atom"), measure.lift)


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

    measure = _withholding(pair, made, post)
    return Probe(measure.apply, ask, measure.lift)


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

    measure = _withholding(pair, made, post)
    return Probe(measure.apply, ask, measure.lift)


async def page_in_a_feed(pair: Pair) -> Probe:
    made, _ = await _gazette(pair)
    wanted = {"channel": made.name, "shown": False}

    async def end() -> None:
        await perform(pair.one.app, "channel.public", wanted)

    async def again() -> None:
        await perform(pair.one.app, "channel.public", wanted | {"shown": True})

    return Probe(end, _reading(pair, f"/s/{made.name}/feed.atom"), again)


def _history(peer: Any) -> Any:
    return api.messages.GetHistory(
        peer=peer, offset_id=0, offset_date=0, add_offset=0, limit=9, max_id=0, min_id=0, hash=0
    )


_said = iter(range(1, 1_000_000))


class Measured:
    """A measure that is decided at one, and lifted there, each time anew."""

    def __init__(self, pair: Pair, kind: str, **fields: Any) -> None:
        self._pair, self._kind, self._fields = pair, kind, fields
        self._number = 0

    async def apply(self) -> None:
        said = order(self._kind, command=f"c{next(_said)}", **self._fields)
        self._number = (await measures.apply(self._pair.one.app, said)).number

    async def lift(self) -> None:
        await measures.lift(
            self._pair.one.app,
            self._number,
            command=f"l{next(_said)}",
            actor="Zoé",
            reason="Recours",
        )


def say(peer: Any) -> Any:
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
