"""What one person can do to others in a day: an organiser's day passes, five times is refused.

The organiser moves an association of 200 people in on one day: imports their numbers, makes ten
groups, puts everybody into the general group and into two others, writes to each, prepares files.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from petitbleu import rates
from petitbleu.config import DailyLimit, Limits
from petitbleu.domain.files.media.service import STORAGE
from petitbleu.domain.messaging.messages import first_contact
from petitbleu.domain.messaging.messages import service as messages
from petitbleu.domain.people.accounts import service as accounts
from petitbleu.errors import Fault
from petitbleu.rpc.limits import LIMITS
from petitbleu.store.api import Store, Tx
from petitbleu.store.query import query
from petitbleu.tl import api
from tests.domain.files.media.shots import document_input
from tests.kit.world import Client, RpcFault, World, running

PEOPLE, GROUPS, JOINS, FILES = 200, 10, 40, 100
HOME = "203.0.113.5"
DAY = 86_400


class Hour(NamedTuple):
    n: int


_COUNTED = query("select n from daily_count order by key, hour", Hour)


@pytest.fixture
async def town(store: Store, tmp_path: Path) -> AsyncIterator[World]:
    """Limits apply to whoever calls from elsewhere."""
    async with running(World(store, tmp_path)) as made:
        yield made


async def organiser(town: World) -> Client:
    client = await town.sign_up("Olga")
    client.link.ip = HOME
    return client


async def call(town: World, client: Client, q: Any) -> Any:
    """A call a moment later, which the tier in memory wants."""
    town.clock.advance(2)
    return await client.call(q)


async def people(town: World, client: Client, count: int) -> list[Any]:
    """So many members, as the client sees them once it has imported their numbers."""
    phones = [f"3362{n:07d}" for n in range(count)]
    await town.app.store.write(_people, int(town.clock.now()), phones)
    cards = [
        api.InputPhoneContact(client_id=n, phone=phone, first_name="P", last_name=str(n))
        for n, phone in enumerate(phones)
    ]
    made = await call(town, client, api.contacts.ImportContacts(contacts=cards))
    assert not made.retry_contacts
    return [api.InputUser(user_id=u.id, access_hash=u.access_hash) for u in made.users]


async def _people(tx: Tx, at: int, phones: list[str]) -> None:
    for phone in phones:
        await accounts.create(tx, at=at, phone=phone, first_name="Member")


async def new_group(town: World, client: Client, title: str = "Group") -> Any:
    q = api.channels.CreateChannel(title=title, about="", megagroup=True)
    chat = (await call(town, client, q)).chats[0]
    return api.InputChannel(channel_id=chat.id, access_hash=chat.access_hash)


async def invite(town: World, client: Client, group: Any, users: list[Any]) -> Any:
    return await call(town, client, api.channels.InviteToChannel(channel=group, users=users))


async def write_to(town: World, client: Client, user: Any, number: int) -> Any:
    peer = api.InputPeerUser(user_id=user.user_id, access_hash=user.access_hash)
    q = api.messages.SendMessage(peer=peer, message="Welcome!", random_id=number)
    return await call(town, client, q)


async def put_file(town: World, client: Client, number: int, *, finish: bool = False) -> Any:
    await call(
        town, client, api.upload.SaveFilePart(file_id=number, file_part=0, bytes=b"%d" % number)
    )
    if not finish:
        return None
    file = api.InputFile(id=number, parts=1, name="x", md5_checksum="")
    media = document_input(file)
    return await call(town, client, api.messages.UploadMedia(peer=api.InputPeerSelf(), media=media))


async def public(town: World, name: str) -> Any:
    """A public channel of somebody else, as an input."""
    owner = await town.sign_up("Owner")
    made = await owner.call(api.channels.CreateChannel(title="News", about="", broadcast=True))
    chat = made.chats[0]
    channel = api.InputChannel(channel_id=chat.id, access_hash=chat.access_hash)
    await owner.call(api.channels.UpdateUsername(channel=channel, username=name))
    return name


async def found(client: Client, name: str) -> Any:
    chat = (await client.call(api.contacts.ResolveUsername(username=name))).chats[0]
    return api.InputChannel(channel_id=chat.id, access_hash=chat.access_hash)


async def test_an_organisers_whole_day_passes(town: World) -> None:
    client = await organiser(town)
    members = await people(town, client, PEOPLE)
    groups = [await new_group(town, client, f"Group {n}") for n in range(GROUPS)]
    for at in range(0, PEOPLE, 50):
        some = members[at : at + 50]
        for group in (groups[0], groups[1 + at // 50], groups[5 + at // 50]):
            made = await invite(town, client, group, some)
            assert not made.missing_invitees
    for n, one in enumerate(members):
        await write_to(town, client, one, n + 1)
    for n in range(FILES):
        await put_file(town, client, n + 1, finish=n % 2 == 0)
    channel = await found(client, await public(town, "newspaper"))
    for _ in range(JOINS // 2):
        await call(town, client, api.channels.JoinChannel(channel=channel))
        await call(town, client, api.channels.LeaveChannel(channel=channel))


# ── five times as much ──────────────────────────────────────────────────────────────────────────

Deed = Callable[[World, Client, int], Awaitable[Any]]


async def make_groups(town: World) -> Deed:
    async def deed(town: World, client: Client, n: int) -> None:
        await new_group(town, client)

    return deed


async def make_basic_groups(town: World) -> Deed:
    async def deed(town: World, client: Client, n: int) -> None:
        await call(town, client, api.messages.CreateChat(users=[], title="Group"))

    return deed


async def join_and_leave(town: World) -> Deed:
    name = await public(town, "newspaper")
    channel: list[Any] = []

    async def deed(town: World, client: Client, n: int) -> None:
        if not channel:
            channel.append(await found(client, name))
        form = api.channels.LeaveChannel if n % 2 else api.channels.JoinChannel
        await call(town, client, form(channel=channel[0]))

    return deed


async def come_and_go(town: World) -> Deed:
    """By a link, into a basic group."""
    owner = await town.sign_up("Owner")
    made = await owner.call(api.messages.CreateChat(users=[], title="Open"))
    chat = made.updates.chats[0]
    peer = api.InputPeerChat(chat_id=chat.id)
    link = (await owner.call(api.messages.ExportChatInvite(peer=peer))).link

    async def deed(town: World, client: Client, n: int) -> None:
        town.clock.advance(5)
        if n % 2:
            leave = api.messages.DeleteChatUser(chat_id=chat.id, user_id=api.InputUserSelf())
            await call(town, client, leave)
        else:
            hash = link.rpartition("+")[2]
            await call(town, client, api.messages.ImportChatInvite(hash=hash))

    return deed


async def ask_to_join(town: World) -> Deed:
    """By a link whose owner is asked each time."""
    owner = await town.sign_up("Owner")
    links: list[str] = []
    for n in range(5 * JOINS):
        made = await owner.call(
            api.channels.CreateChannel(title=f"Club {n}", about="", megagroup=True)
        )
        chat = made.chats[0]
        peer = api.InputPeerChannel(channel_id=chat.id, access_hash=chat.access_hash)
        export = api.messages.ExportChatInvite(peer=peer, request_needed=True)
        links.append((await owner.call(export)).link.rpartition("+")[2])

    async def deed(town: World, client: Client, n: int) -> None:
        town.clock.advance(5)
        try:
            await call(town, client, api.messages.ImportChatInvite(hash=links[n]))
        except RpcFault as refused:
            if refused.message != "INVITE_REQUEST_SENT":
                raise

    return deed


async def upload(town: World) -> Deed:
    async def deed(town: World, client: Client, n: int) -> None:
        await put_file(town, client, n + 1, finish=n % 3 == 0)

    return deed


DEEDS = {
    "groups": (make_groups, GROUPS, "FLOOD_WAIT_"),
    "basic groups": (make_basic_groups, GROUPS, "FLOOD_WAIT_"),
    "joins and leaves": (join_and_leave, JOINS, "FLOOD_WAIT_"),
    "joins by link": (come_and_go, JOINS, "FLOOD_WAIT_"),
    "requests to join": (ask_to_join, JOINS, "FLOOD_WAIT_"),
    "unused files": (upload, FILES, "STORAGE_QUOTA_EXCEEDED"),
}


@pytest.mark.parametrize("name", DEEDS)
async def test_the_need_passes_and_five_times_is_refused(town: World, name: str) -> None:
    make, need, expected = DEEDS[name]
    deed = await make(town)
    client = await organiser(town)
    for n in range(5 * need):
        try:
            await deed(town, client, n)
        except RpcFault as refused:
            assert refused.message.startswith(expected), refused.message
            assert n >= need
            return
    pytest.fail(f"{5 * need} passed")


async def test_putting_people_into_groups_ends_below_five_times(town: World) -> None:
    """Whatever door: supergroups, basic groups as they are made and later, admins made."""
    client = await organiser(town)
    members = await people(town, client, 5 * PEOPLE)
    added = 0
    for at in range(0, 780, 195):
        group = await new_group(town, client)
        await invite(town, client, group, members[at : at + 195])
        added += 195
    assert added > 3 * PEOPLE
    await call(town, client, api.messages.CreateChat(users=members[800:818], title="Group"))
    added += 18
    more = [
        api.messages.CreateChat(users=members[820:840], title="Group"),
        api.channels.InviteToChannel(channel=group, users=members[840:860]),
    ]
    for q in more:
        with pytest.raises(RpcFault, match="FLOOD_WAIT_"):
            await call(town, client, q)
    # Two places are left; what was refused has used up none of them.
    rights = api.ChatAdminRights(ban_users=True)
    for at in (861, 862):
        one = members[at]
        q = api.channels.EditAdmin(channel=group, user_id=one, admin_rights=rights, rank="")
        await call(town, client, q)
    with pytest.raises(RpcFault, match="FLOOD_WAIT_"):
        q = api.channels.EditAdmin(
            channel=group, user_id=members[863], admin_rights=rights, rank=""
        )
        await call(town, client, q)
    town.clock.advance(DAY)
    await invite(town, client, group, members[870:880])


async def test_writing_to_strangers_ends_below_five_times(town: World) -> None:
    client = await organiser(town)
    members = await people(town, client, 5 * PEOPLE)
    sent = 0
    with pytest.raises(RpcFault, match="FLOOD_WAIT_"):
        for one in members:
            await write_to(town, client, one, sent + 1)
            sent += 1
    assert PEOPLE < sent < 5 * PEOPLE
    # Who is known already is written to all the same; a timer is refused like a message.
    await write_to(town, client, members[0], 9001)
    peer = api.InputPeerUser(user_id=members[-1].user_id, access_hash=members[-1].access_hash)
    with pytest.raises(RpcFault, match="FLOOD_WAIT_"):
        await call(town, client, api.messages.SetHistoryTTL(peer=peer, period=DAY))


async def test_ordinary_messages_are_not_counted(town: World, monkeypatch: Any) -> None:
    """The first message of a chat is counted, and no other costs a statement for it."""
    client = await organiser(town)
    (one,) = await people(town, client, 1)
    await write_to(town, client, one, 1)
    await write_to(town, client, one, 2)  # now it is known that there is a chat
    counted: list[object] = []
    monkeypatch.setattr(first_contact.rates, "durable", lambda *a, **k: counted.append(a))
    asked = []
    rows = town.app.store.row

    async def row(q: Any, /, **params: Any) -> Any:
        asked.append(q)
        return await rows(q, **params)

    monkeypatch.setattr(type(town.app.store), "row", lambda self, q, /, **p: row(q, **p))
    for n in range(3, 8):
        await write_to(town, client, one, n)
    assert not counted and first_contact.q.COUNTERS not in asked


# ── how it is counted ───────────────────────────────────────────────────────────────────────────


async def test_counts_survive_a_restart_and_end_with_the_day(town: World) -> None:
    client = await organiser(town)
    for _ in range(30):
        await new_group(town, client)
    with pytest.raises(RpcFault, match="FLOOD_WAIT_"):
        await new_group(town, client)
    for part in (rates.RULES, LIMITS):  # a new process knows nothing of what was
        town.app.parts.pop(part, None)
    with pytest.raises(RpcFault) as refused:
        await new_group(town, client)
    seconds = int(refused.value.message.removeprefix("FLOOD_WAIT_"))
    assert 22 * 3600 < seconds <= DAY
    town.clock.advance(seconds)
    for _ in range(30):
        await new_group(town, client)
    await town.app.store.background(rates.prune, town.clock.now())
    town.clock.advance(2 * DAY)
    await town.app.store.background(rates.prune, town.clock.now())
    assert await town.app.store.rows(_COUNTED) == []


async def test_no_more_get_through_at_once_than_one_by_one(town: World) -> None:
    client = await organiser(town)
    made = [api.channels.CreateChannel(title="G", about="", megagroup=True) for _ in range(60)]
    answers = await asyncio.gather(*(client.call(q) for q in made), return_exceptions=True)
    assert sum(not isinstance(one, Exception) for one in answers) == 30
    assert {str(one).partition("WAIT")[0] for one in answers if isinstance(one, Exception)} == {
        "420 FLOOD_"
    }


async def test_what_fails_is_not_counted(town: World, monkeypatch: Any) -> None:
    """The count is part of the deed's transaction."""
    client = await organiser(town)

    async def fails(*args: Any, **more: Any) -> None:
        raise Fault("CHAT_INVALID")

    with monkeypatch.context() as patched:
        patched.setattr(messages, "act", fails)
        with pytest.raises(RpcFault, match="CHAT_INVALID"):
            await new_group(town, client)
    assert await town.app.store.rows(_COUNTED) == []
    await new_group(town, client)
    assert [row.n for row in await town.app.store.rows(_COUNTED)] == [1]


async def test_files_that_are_sent_make_room(town: World) -> None:
    limits = Limits(daily={"uploads_unused": DailyLimit(count=10)})
    town.app.parts[rates.RULES] = rates.load_rules(limits)
    client = await organiser(town)
    prepared = [(await put_file(town, client, n, finish=True)).document for n in range(1, 9)]
    await put_file(town, client, 20)
    await put_file(town, client, 21)
    with pytest.raises(RpcFault, match="STORAGE_QUOTA_EXCEEDED"):
        await put_file(town, client, 22)
    # The parts that follow in an upload that has begun are taken.
    await call(town, client, api.upload.SaveFilePart(file_id=20, file_part=0, bytes=b"20"))
    # After a restart it is the same: what lies there is looked at.
    town.app.parts[STORAGE].unused.clear()
    with pytest.raises(RpcFault, match="STORAGE_QUOTA_EXCEEDED"):
        await put_file(town, client, 23)
    for n, document in enumerate(prepared[:5]):
        media = api.InputMediaDocument(
            id=api.InputDocument(
                id=document.id,
                access_hash=document.access_hash,
                file_reference=document.file_reference,
            )
        )
        sent = api.messages.SendMedia(
            peer=api.InputPeerSelf(), media=media, message="", random_id=n + 1
        )
        await call(town, client, sent)
    town.clock.advance(5)
    for n in range(30, 35):
        await put_file(town, client, n)
    with pytest.raises(RpcFault, match="STORAGE_QUOTA_EXCEEDED"):
        await put_file(town, client, 40)
    # A day later the finished ones no longer count; whoever always sends is never refused.
    another = await organiser(town)
    for n in range(1, 60):
        await put_file(town, another, n)
        file = api.InputFile(id=n, parts=1, name="x", md5_checksum="")
        await call(
            town,
            another,
            api.messages.SendMedia(
                peer=api.InputPeerSelf(), media=document_input(file), message="", random_id=n
            ),
        )
