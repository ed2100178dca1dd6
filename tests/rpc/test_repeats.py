"""``docs/developers/repeated-calls.md`` names every served method that writes, and is right."""

from __future__ import annotations

import collections
import re
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from petitbleu import domain
from petitbleu.rpc.registry import METHODS
from petitbleu.store.query import query
from petitbleu.tl import api
from tests.domain.files.media import shots
from tests.kit import chats
from tests.kit.world import Client, RpcFault, World

PAGE = Path(__file__).parents[2] / "docs" / "developers" / "repeated-calls.md"
SELF = api.InputPeerSelf()
_READS = re.compile(r"(get|search|check|resolve)")


def listed() -> dict[str, list[str]]:
    """The methods of each section of the page; those that are tried end in an asterisk."""
    found: dict[str, list[str]] = {}
    for section in PAGE.read_text("utf-8").split("\n## ")[1:]:
        title, _, text = section.partition("\n")
        found[title] = re.findall(r"`([a-z]+\.[a-zA-Z]+)`(\*?)", text)  # type: ignore[assignment]
        found[title] = ["".join(one) for one in found[title]]
    return found


def test_every_method_that_writes_is_listed_once() -> None:
    domain.load_rooms()
    count = collections.Counter(
        name.removesuffix("*") for names in listed().values() for name in names
    )
    assert [name for name, times in count.items() if times > 1] == []
    served = {name for name, method in METHODS.items() if not method.stub}
    assert set(count) - served == set(), "they are not served"
    writing = {name for name in served if not _READS.match(name.rpartition(".")[2])}
    assert writing - set(count) == set(), "say what a second run of them does"


Case = Callable[[World], Awaitable[tuple[Client, Callable[[], Any], Callable[[], Awaitable[Any]]]]]
"""Gives who calls, what makes the call, and what looks at the effects (the more, the larger)."""
CASES: dict[str, Case] = {}


def case(name: str) -> Callable[[Case], Case]:
    def add(function: Case) -> Case:
        CASES[name] = function
        return function

    return add


async def dialogs(client: Client) -> int:
    found = await client.call(
        api.messages.GetDialogs(
            offset_date=0, offset_id=0, offset_peer=api.InputPeerEmpty(), limit=100, hash=0
        )
    )
    return len(found.dialogs)


async def messages(client: Client, peer: Any) -> list[Any]:
    return [(one.id, type(one)) for one in (await chats.history(client, peer)).messages]


@case("messages.createChat")
async def _(world: World) -> Any:
    ada, bob = await chats.people(world, "Ada", "Bob")
    users = [await chats.user(ada, bob)]
    make = lambda: api.messages.CreateChat(users=users, title="Choir")  # noqa: E731
    return ada, make, lambda: dialogs(ada)


@case("channels.createChannel")
async def _(world: World) -> Any:
    ada = await world.sign_up("Ada")
    make = lambda: api.channels.CreateChannel(megagroup=True, title="Town", about="")  # noqa: E731
    return ada, make, lambda: dialogs(ada)


@case("messages.exportChatInvite")
async def _(world: World) -> Any:
    ada, bob = await chats.people(world, "Ada", "Bob")
    peer = api.InputPeerChat(chat_id=await chats.group(ada, bob))

    async def links() -> int:
        q = api.messages.GetExportedChatInvites(peer=peer, admin_id=api.InputUserSelf(), limit=100)
        return len((await ada.call(q)).invites)

    return ada, lambda: api.messages.ExportChatInvite(peer=peer, title="x"), links


@case("auth.exportLoginToken")
async def _(world: World) -> Any:
    ada, made = world.connect(), set()

    async def tokens() -> int:
        q = api.auth.ExportLoginToken(api_id=1, api_hash="x" * 32, except_ids=[])
        made.add((await ada.call(q)).token)
        return len(made)

    return ada, lambda: api.auth.ExportLoginToken(api_id=1, api_hash="x", except_ids=[]), tokens


@case("messages.uploadMedia")
async def _(world: World) -> Any:
    ada = await world.sign_up("Ada")
    file = await shots.upload(ada, b"contents")
    q = api.messages.UploadMedia(peer=SELF, media=shots.document_input(file))

    async def documents() -> int:
        return len(await world.app.store.rows(query("select id from media")))

    return ada, lambda: q, documents


@case("photos.uploadProfilePhoto")
async def _(world: World) -> Any:
    ada = await world.sign_up("Ada")
    file = await shots.upload(ada, shots.picture(200, 200), "a.jpg")

    async def photos() -> int:
        q = api.photos.GetUserPhotos(user_id=api.InputUserSelf(), offset=0, max_id=0, limit=100)
        return len((await ada.call(q)).photos)

    return ada, lambda: api.photos.UploadProfilePhoto(file=file), photos


async def _group(world: World) -> tuple[Client, Client, int, Any]:
    ada, bob = await chats.people(world, "Ada", "Bob")
    chat = await chats.group(ada, bob)
    return ada, bob, chat, api.InputPeerChat(chat_id=chat)


@case("messages.editChatTitle")
async def _(world: World) -> Any:
    ada, bob, chat, peer = await _group(world)
    make = lambda: api.messages.EditChatTitle(chat_id=chat, title="New")  # noqa: E731
    return ada, make, lambda: messages(bob, peer)


@case("channels.editTitle")
async def _(world: World) -> Any:
    ada, bob = await chats.people(world, "Ada", "Bob")
    number = await chats.supergroup(ada, bob)
    to = chats.input_channel(ada, number)
    make = lambda: api.channels.EditTitle(channel=to, title="New")  # noqa: E731
    return ada, make, lambda: messages(bob, chats.input_peer(bob, number))


@case("messages.deleteChatUser")
async def _(world: World) -> Any:
    ada, bob, chat, peer = await _group(world)
    user = await chats.user(ada, bob)
    make = lambda: api.messages.DeleteChatUser(chat_id=chat, user_id=user)  # noqa: E731
    return ada, make, lambda: messages(ada, peer)


@case("messages.addChatUser")
async def _(world: World) -> Any:
    ada, bob, chat, peer = await _group(world)
    eve = await world.sign_up("Eve")
    user = await chats.user(ada, eve)
    make = lambda: api.messages.AddChatUser(chat_id=chat, user_id=user, fwd_limit=0)  # noqa: E731
    return ada, make, lambda: messages(bob, peer)


async def _said(world: World) -> tuple[Client, Client, Any, Any, int]:
    ada, bob = await chats.people(world, "Ada", "Bob")
    to_bob, to_ada = await ada.peer(bob), await bob.peer(ada)
    sent = await chats.say(ada, to_bob, "hello")
    return ada, bob, to_bob, to_ada, sent.id


@case("messages.deleteMessages")
async def _(world: World) -> Any:
    ada, bob, _, to_ada, number = await _said(world)
    make = lambda: api.messages.DeleteMessages(revoke=True, id=[number])  # noqa: E731
    return ada, make, lambda: messages(bob, to_ada)


@case("messages.editMessage")
async def _(world: World) -> Any:
    ada, bob, to_bob, to_ada, number = await _said(world)

    async def text() -> Any:
        found = (await chats.history(bob, to_ada)).messages
        state = await bob.call(api.updates.GetState())
        return [one.message for one in found], state.pts

    make = lambda: api.messages.EditMessage(peer=to_bob, id=number, message="new")  # noqa: E731
    return ada, make, text


@case("messages.updatePinnedMessage")
async def _(world: World) -> Any:
    ada, bob, to_bob, to_ada, number = await _said(world)
    make = lambda: api.messages.UpdatePinnedMessage(peer=to_bob, id=number)  # noqa: E731
    return ada, make, lambda: messages(bob, to_ada)


@case("messages.deleteHistory")
async def _(world: World) -> Any:
    ada, _, to_bob, _, _ = await _said(world)
    make = lambda: api.messages.DeleteHistory(peer=to_bob, max_id=0)  # noqa: E731
    return ada, make, lambda: messages(ada, to_bob)


@case("messages.sendReaction")
async def _(world: World) -> Any:
    _, bob, _, to_ada, _ = await _said(world)
    number = (await chats.history(bob, to_ada)).messages[0].id

    async def given() -> Any:
        (message,) = (await chats.history(bob, to_ada)).messages
        return [one.count for one in message.reactions.results] if message.reactions else []

    thumb = [api.ReactionEmoji(emoticon="👍")]
    make = lambda: api.messages.SendReaction(peer=to_ada, msg_id=number, reaction=thumb)  # noqa: E731
    return bob, make, given


@case("messages.saveDraft")
async def _(world: World) -> Any:
    ada, _, to_bob, _, _ = await _said(world)

    async def drafts() -> Any:
        found = await ada.call(api.messages.GetAllDrafts())
        return [one.draft.message for one in found.updates]

    return ada, lambda: api.messages.SaveDraft(peer=to_bob, message="later"), drafts


async def _contacts(client: Client) -> int:
    return len((await client.call(api.contacts.GetContacts(hash=0))).users)


@case("contacts.importContacts")
async def _(world: World) -> Any:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    one = api.InputPhoneContact(client_id=1, phone=bob.phone, first_name="B", last_name="")
    return ada, lambda: api.contacts.ImportContacts(contacts=[one]), lambda: _contacts(ada)


@case("contacts.addContact")
async def _(world: World) -> Any:
    ada, bob, chat, peer = await _group(world)
    del chat, peer
    user = await chats.user(bob, ada)
    make = lambda: api.contacts.AddContact(  # noqa: E731
        id=user, first_name="A", last_name="", phone=""
    )

    async def name() -> Any:
        found = await bob.call(api.contacts.GetContacts(hash=0))
        return [one.first_name for one in found.users]

    return bob, make, name


@case("contacts.block")
async def _(world: World) -> Any:
    ada, _, to_bob, _, _ = await _said(world)

    async def blocked() -> int:
        return len((await ada.call(api.contacts.GetBlocked(offset=0, limit=100))).blocked)

    return ada, lambda: api.contacts.Block(id=to_bob), blocked


@case("account.updateProfile")
async def _(world: World) -> Any:
    ada = await world.sign_up("Ada")

    async def name() -> Any:
        (me,) = await ada.call(api.users.GetUsers(id=[api.InputUserSelf()]))
        return me.first_name

    return ada, lambda: api.account.UpdateProfile(first_name="Augusta"), name


@case("upload.saveFilePart")
async def _(world: World) -> Any:
    ada = await world.sign_up("Ada")

    async def spooled() -> int:
        folder = world.app.config.data / "spool"
        return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())

    make = lambda: api.upload.SaveFilePart(file_id=5, file_part=0, bytes=b"x" * 1024)  # noqa: E731
    return ada, make, spooled


def test_every_marked_method_is_tried() -> None:
    marked = {name[:-1] for names in listed().values() for name in names if name.endswith("*")}
    with_random_id = {one[:-1] for one in listed()["One effect: random_id"]}
    assert marked - with_random_id == set(CASES)


async def run(client: Client, q: Any) -> None:
    try:
        await client.call(q)
    except RpcFault as fault:
        assert fault.code == 400


@pytest.mark.parametrize("name", sorted(CASES))
async def test_a_second_run_does_what_the_page_says(world: World, name: str) -> None:
    page = listed()
    happens = page["Happens again"] + page["One effect: once"]  # said under another id
    again = name in {one[:-1] for one in happens if one.endswith("*")}
    client, make, look = await CASES[name](world)
    before = await look()
    await client.call(make())
    once = await look()
    assert once != before, "the call did something"
    await run(client, make())
    assert (await look() != once) == again
