"""Methods whose result had another type in older layers."""

from __future__ import annotations

from typing import Any

from petitbleu.tl import api
from petitbleu.tl.adapt import result


@result("channels.inviteToChannel", "messages.addChatUser", "messages.createChat")
def _only_updates(value: api.messages.InvitedUsers, old_type: str) -> Any:
    return value.updates


@result("channels.joinChannel", "messages.importChatInvite")
def _joined(value: Any, old_type: str) -> Any:
    """An answer by web page cannot be shown: nothing has happened yet."""
    if isinstance(value, api.messages.ChatInviteJoinResultOk):
        return value.updates
    return api.Updates(updates=[], users=value.users, chats=[], date=0, seq=0)


@result("messages.getDialogFilters")
def _filters(value: api.messages.DialogFilters, old_type: str) -> Any:
    return value.filters


@result("bots.getBotInfo")
def _bot_info(value: api.bots.BotInfo, old_type: str) -> list[str]:
    return [value.about, value.description]


@result("messages.getWebPage")
def _page(value: api.messages.WebPage, old_type: str) -> Any:
    return value.webpage


@result("messages.getWebPagePreview")
def _preview(value: api.messages.WebPagePreview, old_type: str) -> Any:
    return value.media


@result("messages.report", "stories.report", "phone.sendGroupCallMessage")
def _done(value: Any, old_type: str) -> bool:
    return True


@result("stories.canSendStory")
def _can_send(value: api.stories.CanSendStoryCount, old_type: str) -> bool:
    return value.count_remains > 0


@result("stories.getPeerMaxIDs")
def _max_ids(value: list[api.RecentStory], old_type: str) -> list[int]:
    return [story.max_id or 0 for story in value]


@result("messages.requestAppWebView")
def _app_view(value: Any, old_type: str) -> Any:
    return api.AppWebViewResultUrl(url=value.url)


@result("messages.requestSimpleWebView")
def _simple_view(value: Any, old_type: str) -> Any:
    return api.SimpleWebViewResultUrl(url=value.url)


@result("phone.createConferenceCall")
def _conference(value: Any, old_type: str) -> Any:
    """Layers 196-201 tied conferences to a private call, of which there is none."""
    return api.phone.PhoneCall(phone_call=api.PhoneCallEmpty(id=0), users=[])


@result("stats.getMessagePublicForwards")
def _forwards(value: api.stats.PublicForwards, old_type: str) -> api.messages.MessagesSlice:
    told = [f.message for f in value.forwards if isinstance(f, api.PublicForwardMessage)]
    return api.messages.MessagesSlice(
        count=value.count, messages=told, topics=[], chats=value.chats, users=value.users
    )
