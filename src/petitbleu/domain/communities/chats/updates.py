"""How changes of groups and channels look to those in them."""

from __future__ import annotations

from collections.abc import Sequence

from petitbleu.domain.communities.chats import changes, service, views_full
from petitbleu.domain.communities.members import service as members
from petitbleu.domain.communities.members import views as member_views
from petitbleu.domain.messaging.peers.views import peer_of
from petitbleu.domain.updates.log import Event
from petitbleu.domain.updates.render import View, renders
from petitbleu.ids import bare, is_channel
from petitbleu.tl import api


@renders(members.PARTICIPANTS)
async def participants(view: View, events: Sequence[Event]) -> None:
    """updateChatParticipants: who is in a basic group now"""
    for event in events:
        chat = event.data["chat"]
        row = await service.get(view.app, chat)
        if row is None:
            continue
        shown = await views_full.participants(view.app, view.viewer, row)
        view.add(event, api.UpdateChatParticipants(participants=shown))
        view.users.add(chat)
        if type(shown) is api.ChatParticipants:
            view.users.update(participant.user_id for participant in shown.participants)


@renders(members.CHANNEL_CHANGED)
async def channel(view: View, events: Sequence[Event]) -> None:
    """updateChannel: how the viewer stands to a supergroup or channel has changed"""
    for event in events:
        view.add(event, api.UpdateChannel(channel_id=bare(event.data["chat"])))
        view.users.add(event.data["chat"])


@renders(changes.CHANGED)
async def chat(view: View, events: Sequence[Event]) -> None:
    """updateChat, updateChannel: its page is to be fetched anew"""
    for event in events:
        number = event.data["chat"]
        if is_channel(number):
            view.add(event, api.UpdateChannel(channel_id=bare(number)))
        else:
            view.add(event, api.UpdateChat(chat_id=bare(number)))
        view.users.add(number)


@renders(changes.BANNED)
async def banned(view: View, events: Sequence[Event]) -> None:
    """updateChatDefaultBannedRights"""
    for event in events:
        row = await service.get(view.app, event.data["chat"])
        if row is None:
            continue
        view.add(
            event,
            api.UpdateChatDefaultBannedRights(
                peer=peer_of(row.id),
                default_banned_rights=member_views.banned_rights(row.banned),
                version=row.version,
            ),
        )
        view.users.add(row.id)
