"""Groups and channels as TL, as one viewer may see them; and who is named in an answer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from petitbleu import ids
from petitbleu.app import Actor, App
from petitbleu.domain.communities.chats import service
from petitbleu.domain.communities.chats.service import BASIC, CHANNEL, SUPERGROUP, ChatRow
from petitbleu.domain.communities.members import service as members
from petitbleu.domain.communities.members import views as member_views
from petitbleu.domain.communities.members.service import (
    ADMIN,
    CREATOR,
    LEFT,
    MEMBER,
    OUT,
    MemberRow,
)
from petitbleu.domain.files.media import views as media
from petitbleu.domain.messaging.peers import service as peers
from petitbleu.domain.people.accounts import views as accounts
from petitbleu.domain.restrictions import service as restrictions
from petitbleu.domain.restrictions import views as mark_views
from petitbleu.tl import api


async def named(app: App, viewer: int, found: Iterable[int]) -> tuple[list[Any], list[Any]]:
    """The (users, chats) an answer must carry so that the client knows ``found`` (peer numbers)."""
    people = [peer for peer in found if peer > 0]
    others = [peer for peer in found if peer < 0]
    users = await accounts.users(app, viewer, people) if people else []
    return users, await chats(app, viewer, others) if others else []


async def chats(app: App, viewer: int, wanted: Iterable[int]) -> list[Any]:
    """The groups and channels among ``wanted`` (peer numbers) as ``viewer`` sees them, each once.

    One nobody may look into is "forbidden": its id and name alone.
    """
    numbers = list(dict.fromkeys(peer for peer in wanted if peer < 0))
    rows = await service.get_many(app, numbers)
    mine = await members.of_chats(app, viewer, rows)
    rendered = {
        number: await _seen(app, viewer, rows[number], mine.get(number))
        for number in numbers
        if number in rows
    }
    for number, measures in (await restrictions.on(app, viewer, rendered)).items():
        if type(rendered[number]) is api.Channel:
            mark_views.dress(rendered[number], measures)
    return list(rendered.values())


async def chat(app: App, viewer: int, number: int) -> Any:
    """One group or channel; ``chatEmpty`` for a number that was never given out."""
    rendered = await chats(app, viewer, (number,))
    return rendered[0] if rendered else api.ChatEmpty(id=ids.bare(number))


async def _seen(app: App, viewer: int, row: ChatRow, member: MemberRow | None) -> Any:
    if row.kind == BASIC:
        return _group(app, viewer, row, member)
    if not await members.visible(app, Actor(viewer), row, member):
        return _forbidden(app, viewer, row, member)
    return _channel(app, viewer, row, member)


def _group(app: App, viewer: int, row: ChatRow, member: MemberRow | None) -> Any:
    standing = members.role(member, app.clock.now())
    if member is None or standing == OUT or row.deleted_at is not None:
        return api.ChatForbidden(id=ids.bare(row.id), title=row.title)
    moved = row.migrated_to
    return api.Chat(
        creator=standing == CREATOR,
        left=standing == LEFT,
        deactivated=moved is not None,
        noforwards=bool(row.flags & service.NOFORWARDS),
        id=ids.bare(row.id),
        title=row.title,
        photo=media.chat_photo(app, row.photo),
        participants_count=row.members,
        date=row.created_at,
        version=row.version,
        migrated_to=None
        if moved is None
        else api.InputChannel(
            channel_id=ids.bare(moved), access_hash=peers.access_hash(app, viewer, moved)
        ),
        admin_rights=member_views.admin_rights(row, member) if standing >= ADMIN else None,
        default_banned_rights=member_views.banned_rights(row.banned),
    )


def _channel(app: App, viewer: int, row: ChatRow, member: MemberRow | None) -> Any:
    now = app.clock.now()
    standing = members.role(member, now)
    channel = common(app, row)
    channel.access_hash = peers.access_hash(app, viewer, row.id)
    channel.creator = standing == CREATOR
    channel.left = standing == LEFT
    if member is not None:
        if standing >= MEMBER:
            channel.date = member.joined_at
        if standing >= ADMIN:
            channel.admin_rights = member_views.admin_rights(row, member)
        restricted = members.restrictions(member, now)
        if restricted and standing < ADMIN:
            channel.banned_rights = member_views.banned_rights(restricted, member.until)
    return channel


def common(app: App, row: ChatRow) -> Any:
    """What everybody who may look into a supergroup or channel sees alike."""
    flags = row.flags
    return api.Channel(
        broadcast=row.kind == CHANNEL,
        megagroup=row.kind == SUPERGROUP,
        signatures=bool(flags & service.SIGNATURES),
        signature_profiles=bool(flags & service.SIGNATURE_PROFILES),
        has_link=row.linked is not None,
        slowmode_enabled=row.slow_seconds > 0,
        noforwards=bool(flags & service.NOFORWARDS),
        join_to_send=bool(flags & service.JOIN_TO_SEND),
        join_request=bool(flags & service.JOIN_REQUEST),
        forum=bool(flags & service.FORUM),
        forum_tabs=bool(flags & service.FORUM_TABS),
        id=ids.bare(row.id),
        title=row.title,
        username=row.username,
        photo=media.chat_photo(app, row.photo),
        date=row.created_at,
        default_banned_rights=None
        if row.kind == CHANNEL
        else member_views.banned_rights(row.banned),
        participants_count=row.members,
    )


def least(app: App, row: ChatRow) -> Any:
    """The form that one encoding shares with many members: ``min``, without anything personal."""
    rendered = common(app, row)
    rendered.min = True
    return rendered


def _forbidden(app: App, viewer: int, row: ChatRow, member: MemberRow | None) -> Any:
    return api.ChannelForbidden(
        broadcast=row.kind == CHANNEL,
        megagroup=row.kind == SUPERGROUP,
        id=ids.bare(row.id),
        access_hash=peers.access_hash(app, viewer, row.id),
        title=row.title,
        until_date=member.until or None if member is not None and member.role == OUT else None,
    )
