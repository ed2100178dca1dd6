"""Making groups and channels, ending them."""

from __future__ import annotations

from typing import NamedTuple

from petitbleu import jobs, rates
from petitbleu.app import Actor, App
from petitbleu.domain.administration.membership import changes, invitations
from petitbleu.domain.communities.chats import changes as chat_changes
from petitbleu.domain.communities.chats import service as chats
from petitbleu.domain.communities.chats.service import BASIC, CHANNEL, SUPERGROUP
from petitbleu.domain.communities.members import service as members
from petitbleu.domain.communities.members.service import CREATOR, LEFT, MEMBER, OWNER
from petitbleu.domain.messaging.messages import service as messages
from petitbleu.domain.people.usernames import service as usernames
from petitbleu.domain.updates.log import MADE, Event
from petitbleu.errors import Fault
from petitbleu.jobs import Job
from petitbleu.rates import Charge, Claim
from petitbleu.store.api import Tx

DELETE_MAX = 1000
"""Members above which a channel is not deleted at a stroke (CHANNEL_TOO_LARGE)."""


class EmptyChat(Job, tag="chats.empty", frozen=True):
    """The messages of a deleted group or channel go."""

    chat: int


class Made(NamedTuple):
    """A new chat, what everybody is told, and who could not be brought in."""

    chat: int
    events: list[Event]
    missing: list[int]


async def create_group(
    app: App,
    me: Actor,
    title: str,
    wanted: list[int],
    *,
    ttl_seconds: int = 0,
    ip: str | None = None,
) -> Made:
    """A basic group of me and ``wanted``.

    ``ip``, here and below: the caller's address; None: not counted for daily limits. Raises
    FLOOD_WAIT_X, CHAT_TITLE_EMPTY, USERS_TOO_FEW, USERS_TOO_MUCH and what :func:`guests` raises.
    """
    clean = chats.clean_title(title)
    guests = await invitations.guests(app, me, wanted)
    if len(guests.welcome) >= invitations.GROUP_MAX:
        raise Fault("USERS_TOO_MUCH")
    at = int(app.clock.now())
    claims = [Claim("groups_made", (str(me.id),))]
    if guests.welcome:
        claims.append(Claim("people_added", (str(me.id),), len(guests.welcome)))
    charge = rates.charge_of(app, ip, *claims)
    chat, events = await app.store.write(
        _create_group, me, clean, sorted(guests.welcome), ttl_seconds, at, charge
    )
    return Made(chat, events, guests.missing)


async def _create_group(
    tx: Tx, me: Actor, title: str, people: list[int], ttl_seconds: int, at: int, charge: Charge
) -> tuple[int, list[Event]]:
    await tx.once(MADE)
    await rates.take(tx, charge)
    chat = await chats.insert(tx, BASIC, title, me.id, at=at, ttl_seconds=ttl_seconds)
    await members.put(tx, members.new(chat, me.id, at=at, inviter=me.id, role=CREATOR))
    for person in people:
        await members.put(tx, members.new(chat, person, at=at, inviter=me.id))
    row = await chats.bump(tx, chat, len(people) + 1)
    events = await messages.act(tx, me, row, ["chat_create", title, people], at=at)
    return chat, events + await changes.tell_participants(tx, chat, at=at, by=me)


async def create_channel(
    app: App,
    me: Actor,
    title: str,
    about: str,
    *,
    broadcast: bool,
    flags: int = 0,
    ttl_seconds: int = 0,
    ip: str | None = None,
) -> Made:
    """A channel (``broadcast``) or supergroup with me as its creator.

    Raises FLOOD_WAIT_X, CHAT_TITLE_EMPTY, CHAT_ABOUT_TOO_LONG, CHANNELS_TOO_MUCH.
    """
    title, about = chats.clean_title(title), chats.clean_about(about)
    await invitations.room_for_channels(app, me.id, "CHANNELS_TOO_MUCH")
    kind = CHANNEL if broadcast else SUPERGROUP
    at = int(app.clock.now())
    charge = rates.charge_of(app, ip, Claim("groups_made", (str(me.id),)))
    chat, events = await app.store.write(
        _create_channel, me, kind, title, about, flags, ttl_seconds, at, charge
    )
    return Made(chat, events, [])


async def _create_channel(
    tx: Tx,
    me: Actor,
    kind: int,
    title: str,
    about: str,
    flags: int,
    ttl_seconds: int,
    at: int,
    charge: Charge,
) -> tuple[int, list[Event]]:
    await tx.once(MADE)
    await rates.take(tx, charge)
    chat = await chats.insert(
        tx, kind, title, me.id, at=at, about=about, flags=flags, ttl_seconds=ttl_seconds
    )
    events = await found(tx, me, chat, at=at)
    row = await chats.lock(tx, chat)
    return chat, events + await messages.act(tx, me, row, ["channel_create", title], at=at)


async def found(tx: Tx, me: Actor, chat: int, *, at: int) -> list[Event]:
    """Make me the creator of a new supergroup or channel that nobody is in yet."""
    await members.put(tx, members.new(chat, me.id, at=at, inviter=me.id, role=CREATOR))
    await chats.bump(tx, chat, 1)
    await changes.listen(tx, me.id, chat)
    return [await changes.tell(tx, me.id, chat, at=at, by=me)]


# ── ending ──────────────────────────────────────────────────────────────────────────────────────


async def delete(app: App, me: Actor, chat: int) -> list[Event]:
    """Delete a group or channel for everybody; its messages go a little later, in slices.

    Only its creator may. Raises CHANNEL_TOO_LARGE above 1,000 members and what
    :func:`members.require` raises.
    """
    standing = await members.require(app, me, chat, OWNER)
    if standing.chat.members > DELETE_MAX:
        raise Fault("CHANNEL_TOO_LARGE")
    inside = await members.inside(app.store, chat)
    with chats.changing(app, chat), members.changing(app, chat, *inside):
        return await app.store.write(_delete, me, chat, int(app.clock.now()))


async def _delete(tx: Tx, me: Actor, chat: int, at: int) -> list[Event]:
    row = await chats.lock(tx, chat)
    await chats.set_column(tx, chat_changes.SET_DELETED, chat, at=at)
    inside = await members.inside(tx, chat)
    events: list[Event] = []
    for account in inside:
        member = await members.of_in(tx, chat, account)
        assert member is not None
        if row.kind == BASIC:
            await members.put(tx, member._replace(role=LEFT, rights=0, changed_at=at))
        else:
            await changes.unlisten(tx, account, chat)
            await members.drop(tx, chat, account)
            events.append(await changes.tell(tx, account, chat, at=at, by=me))
    await chats.bump(tx, chat, -len(inside))
    await usernames.release(tx, chat, at)
    if row.kind == BASIC:
        events = await changes.tell_participants(tx, chat, at=at, by=me, also=inside)
    await jobs.schedule(tx, EmptyChat(chat=chat), due=at, key=str(chat))
    return events


async def empty(app: App, chat: int) -> None:
    """Drop the messages of a deleted chat, a slice at a time. May be run again."""
    row = await chats.get(app, chat)
    if row is None or row.deleted_at is None:
        return
    if row.kind != BASIC:
        while await messages.drop_posts(app, chat):
            pass
        return
    for member in await members.everybody(app.store, chat):
        if member.role < MEMBER:
            owner = Actor(member.account)
            while (await messages.delete_history(app, owner, chat)).left:
                pass
