"""Recent actions as TL: each kind to its ChannelAdminLogEventAction."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from petitbleu import ids
from petitbleu.app import App
from petitbleu.domain.administration.invites import views as invite_views
from petitbleu.domain.communities.adminlog.service import LogRow, decode
from petitbleu.domain.communities.chats import views as chat_views
from petitbleu.domain.communities.chats.service import ChatRow
from petitbleu.domain.communities.members import views as member_views
from petitbleu.domain.communities.members.service import MemberRow
from petitbleu.domain.files.media import views as media_views
from petitbleu.domain.messaging.messages import views as message_views
from petitbleu.domain.messaging.messages.service import MessageRow
from petitbleu.domain.messaging.reactions import views as reaction_views
from petitbleu.domain.restrictions import service as restrictions
from petitbleu.tl import api


class Look:
    """What rendering one page of recent actions knows, and whom it has named."""

    __slots__ = ("app", "chat", "named", "viewer")

    def __init__(self, app: App, viewer: int, chat: ChatRow) -> None:
        self.app = app
        self.viewer = viewer
        self.chat = chat
        self.named: set[int] = set()


Show = Callable[[Look, dict[str, Any]], Awaitable[Any]]
_SHOWN: dict[str, Show] = {}


def shows(*kinds: str) -> Callable[[Show], Show]:
    """Declare how kinds of actions look: ``async show(look, data)`` -> ChannelAdminLogEventAction,
    None where it is not the viewer's to see.

    Whoever is named in it goes into ``look.named``.
    """

    def register(show: Show) -> Show:
        for kind in kinds:
            if kind in _SHOWN:
                raise RuntimeError(f"recent action {kind} is shown twice")
            _SHOWN[kind] = show
        return show

    return register


async def results(app: App, viewer: int, chat: ChatRow, rows: Sequence[LogRow]) -> Any:
    """channels.adminLogResults"""
    look = Look(app, viewer, chat)
    events = []
    for row in rows:
        show = _SHOWN.get(row.kind)
        if show is None:
            continue  # of a room that is not here any more
        action = await show(look, decode(row.data))
        if action is None:
            continue
        look.named.add(row.actor)
        events.append(
            api.ChannelAdminLogEvent(id=row.id, date=row.at, user_id=row.actor, action=action)
        )
    users, chats = await chat_views.named(app, viewer, look.named)
    return api.channels.AdminLogResults(events=events, chats=chats, users=users)


# ── plain values ────────────────────────────────────────────────────────────────────────────────


def _replaced(kind: str, form: Callable[..., Any], empty: Any) -> None:
    @shows(kind)
    async def show(look: Look, data: dict[str, Any]) -> Any:
        return form(prev_value=data.get("old", empty), new_value=data.get("new", empty))


def _switched(kind: str, form: Callable[..., Any]) -> None:
    @shows(kind)
    async def show(look: Look, data: dict[str, Any]) -> Any:
        return form(new_value=data["new"])


for _kind, _form in {
    "title": api.ChannelAdminLogEventActionChangeTitle,
    "about": api.ChannelAdminLogEventActionChangeAbout,
    "username": api.ChannelAdminLogEventActionChangeUsername,
}.items():
    _replaced(_kind, _form, "")
_replaced("usernames", api.ChannelAdminLogEventActionChangeUsernames, [])
_replaced("slow", api.ChannelAdminLogEventActionToggleSlowMode, 0)
_replaced("ttl", api.ChannelAdminLogEventActionChangeHistoryTTL, 0)
for _kind, _switch in {
    "toggle_invites": api.ChannelAdminLogEventActionToggleInvites,
    "signatures": api.ChannelAdminLogEventActionToggleSignatures,
    "signature_profiles": api.ChannelAdminLogEventActionToggleSignatureProfiles,
    "prehistory": api.ChannelAdminLogEventActionTogglePreHistoryHidden,
    "noforwards": api.ChannelAdminLogEventActionToggleNoForwards,
    "antispam": api.ChannelAdminLogEventActionToggleAntiSpam,
    "autotranslation": api.ChannelAdminLogEventActionToggleAutotranslation,
    "forum": api.ChannelAdminLogEventActionToggleForum,
}.items():
    _switched(_kind, _switch)


@shows("linked")
async def _linked(look: Look, data: dict[str, Any]) -> Any:
    old, new = data.get("old") or 0, data.get("new") or 0
    look.named.update(one for one in (old, new) if one)
    return api.ChannelAdminLogEventActionChangeLinkedChat(
        prev_value=ids.bare(old), new_value=ids.bare(new)
    )


@shows("photo")
async def _photo(look: Look, data: dict[str, Any]) -> Any:
    def shown(stored: bytes | None) -> Any:
        if stored is None:
            return api.PhotoEmpty(id=0)
        return media_views.photo_at(look.app, stored, (media_views.CHAT, look.chat.id, 0))

    return api.ChannelAdminLogEventActionChangePhoto(
        prev_photo=shown(data.get("old")), new_photo=shown(data.get("new"))
    )


@shows("reactions")
async def _reactions(look: Look, data: dict[str, Any]) -> Any:
    return api.ChannelAdminLogEventActionChangeAvailableReactions(
        prev_value=reaction_views.available(data.get("old")),
        new_value=reaction_views.available(data.get("new")),
    )


@shows("default_banned")
async def _default_banned(look: Look, data: dict[str, Any]) -> Any:
    return api.ChannelAdminLogEventActionDefaultBannedRights(
        prev_banned_rights=member_views.banned_rights(data["old"]),
        new_banned_rights=member_views.banned_rights(data["new"]),
    )


# ── messages ────────────────────────────────────────────────────────────────────────────────────


async def _messages(look: Look, *kept: dict[str, Any]) -> list[Any]:
    """Messages as they were; none of them where one is withheld from the viewer."""
    rows = [MessageRow._make(one.get(name) for name in MessageRow._fields) for one in kept]
    if len(await restrictions.without_withheld(look.app, look.viewer, rows)) < len(rows):
        return []
    return await message_views.render_collecting(look.app, look.viewer, rows, look.named)


@shows("edit")
async def _edit(look: Look, data: dict[str, Any]) -> Any:
    both = await _messages(look, data["old"], data["new"])
    if not both:
        return None
    return api.ChannelAdminLogEventActionEditMessage(prev_message=both[0], new_message=both[1])


def _about_message(kind: str, form: Callable[..., Any]) -> None:
    @shows(kind)
    async def show(look: Look, data: dict[str, Any]) -> Any:
        messages = await _messages(look, data["new"])
        return form(message=messages[0]) if messages else None


_about_message("pinned", api.ChannelAdminLogEventActionUpdatePinned)
_about_message("delete", api.ChannelAdminLogEventActionDeleteMessage)
_about_message("stop_poll", api.ChannelAdminLogEventActionStopPoll)
_about_message("page", api.ChannelAdminLogEventActionSendMessage)
_about_message("send", api.ChannelAdminLogEventActionSendMessage)


# ── members ─────────────────────────────────────────────────────────────────────────────────────


def _participant(look: Look, kept: dict[str, Any]) -> Any:
    row = MemberRow._make(kept.get(name, 0) for name in MemberRow._fields)
    look.named.update(member_views.mentioned(row))
    return member_views.channel_participant(look.chat, row, 0)


@shows("join")
async def _join(look: Look, data: dict[str, Any]) -> Any:
    return api.ChannelAdminLogEventActionParticipantJoin()


@shows("leave")
async def _leave(look: Look, data: dict[str, Any]) -> Any:
    return api.ChannelAdminLogEventActionParticipantLeave()


@shows("invite")
async def _invite(look: Look, data: dict[str, Any]) -> Any:
    return api.ChannelAdminLogEventActionParticipantInvite(
        participant=_participant(look, data["new"])
    )


@shows("ban", "unban", "kick", "unkick")
async def _ban(look: Look, data: dict[str, Any]) -> Any:
    return api.ChannelAdminLogEventActionParticipantToggleBan(
        prev_participant=_participant(look, data["old"]),
        new_participant=_participant(look, data["new"]),
    )


@shows("promote", "demote")
async def _promote(look: Look, data: dict[str, Any]) -> Any:
    return api.ChannelAdminLogEventActionParticipantToggleAdmin(
        prev_participant=_participant(look, data["old"]),
        new_participant=_participant(look, data["new"]),
    )


@shows("rank")
async def _rank(look: Look, data: dict[str, Any]) -> Any:
    look.named.add(data["account"])
    return api.ChannelAdminLogEventActionParticipantEditRank(
        user_id=data["account"], prev_rank=data.get("old", ""), new_rank=data.get("new", "")
    )


# ── invite links ────────────────────────────────────────────────────────────────────────────────


def _link(look: Look, kept: dict[str, Any] | None) -> Any:
    if kept is None:  # by the public name
        return api.ChatInvitePublicJoinRequests()
    look.named.add(kept["admin"])
    return invite_views.exported_from_map(look.app, kept)


@shows("join_by_invite")
async def _join_by_invite(look: Look, data: dict[str, Any]) -> Any:
    return api.ChannelAdminLogEventActionParticipantJoinByInvite(
        invite=_link(look, data.get("new"))
    )


@shows("join_by_request")
async def _join_by_request(look: Look, data: dict[str, Any]) -> Any:
    look.named.add(data["approved_by"])
    return api.ChannelAdminLogEventActionParticipantJoinByRequest(
        invite=_link(look, data.get("new")), approved_by=data["approved_by"]
    )


@shows("invite_edit")
async def _invite_edit(look: Look, data: dict[str, Any]) -> Any:
    return api.ChannelAdminLogEventActionExportedInviteEdit(
        prev_invite=_link(look, data["old"]), new_invite=_link(look, data["new"])
    )


@shows("invite_revoke")
async def _invite_revoke(look: Look, data: dict[str, Any]) -> Any:
    return api.ChannelAdminLogEventActionExportedInviteRevoke(invite=_link(look, data["new"]))


@shows("invite_delete")
async def _invite_delete(look: Look, data: dict[str, Any]) -> Any:
    return api.ChannelAdminLogEventActionExportedInviteDelete(invite=_link(look, data["new"]))
