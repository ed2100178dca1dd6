"""TL handlers: what does not exist here, said in the form that apps understand."""

from __future__ import annotations

from typing import Any

from petitbleu.domain.client.offers import rpc_payments
from petitbleu.domain.client.offers.rpc_empty import empty, look_up
from petitbleu.domain.communities.chats import views as chat_views
from petitbleu.domain.messaging.peers.views import peer_of
from petitbleu.errors import Fault
from petitbleu.rpc.ctx import Ctx
from petitbleu.rpc.registry import ANYONE, rpc
from petitbleu.tl import api

__all__ = ["rpc_payments"]  # imported to be registered


def _nothing() -> list[Any]:
    return []


def _done() -> bool:
    return True


# ── the account ─────────────────────────────────────────────────────────────────────────────────


def _music() -> Any:
    return api.users.SavedMusic(count=0, documents=[])


empty("account.getSavedMusicIds", lambda: api.account.SavedMusicIds(ids=[]))
empty("users.getSavedMusicByID", _music)
empty("account.getAllSecureValues", _nothing)
empty("account.getSecureValue", _nothing)
empty(
    "help.getPassportConfig",
    lambda: api.help.PassportConfig(hash=0, countries_langs=api.DataJSON(data="{}")),
    who=ANYONE,
)
empty("account.getChannelRestrictedStatusEmojis", lambda: api.EmojiList(hash=0, document_id=[]))
empty(
    "account.getAutoSaveSettings",
    lambda: api.account.AutoSaveSettings(
        users_settings=api.AutoSaveSettings(),
        chats_settings=api.AutoSaveSettings(),
        broadcasts_settings=api.AutoSaveSettings(),
        exceptions=[],
        chats=[],
        users=[],
    ),
)


@rpc("users.getSavedMusic", stub=True)
async def get_saved_music(ctx: Ctx, q: api.users.GetSavedMusic) -> Any:
    """Nobody has music on the profile."""
    return _music()


# ── business, bots ──────────────────────────────────────────────────────────────────────────────


empty("account.getConnectedBots", lambda: api.account.ConnectedBots(connected_bots=[], users=[]))
empty(
    "account.getBusinessChatLinks",
    lambda: api.account.BusinessChatLinks(links=[], chats=[], users=[]),
)
empty(
    "messages.getQuickReplies",
    lambda: api.messages.QuickReplies(quick_replies=[], messages=[], chats=[], users=[]),
)
empty(
    "messages.getQuickReplyMessages",
    lambda: api.messages.Messages(messages=[], topics=[], chats=[], users=[]),
)
empty("bots.getPopularAppBots", lambda: api.bots.PopularAppBots(users=[]))
empty("bots.getBotRecommendations", lambda: api.users.Users(users=[]))
empty("bots.getPreviewMedias", _nothing)
empty("bots.getAdminedBots", _nothing)


# ── chats and messages ──────────────────────────────────────────────────────────────────────────


empty("aicompose.getTones", lambda: api.aicompose.Tones(hash=0, tones=[], users=[]))
empty("messages.getEmojiGameInfo", lambda: api.messages.EmojiGameUnavailable())
empty("communities.getJoinedCommunities", lambda: api.messages.Chats(chats=[]))
empty("ephemeral.getWelcomeMessages", lambda: api.ephemeral.WelcomeMessages(hash=0, messages=[]))
empty("messages.reportReadMetrics", _done)
empty("messages.reportMusicListen", _done)
empty("messages.reportMessagesDelivery", _done)


@rpc("messages.getFactCheck", stub=True)
async def get_fact_check(ctx: Ctx, q: api.messages.GetFactCheck) -> list[Any]:
    """One entry for each message, without a check."""
    await look_up(ctx, q)
    return [api.FactCheck(hash=0) for _ in q.msg_id]


@rpc("contacts.getLocated", stub=True)
async def get_located(ctx: Ctx, q: api.contacts.GetLocated) -> api.Updates:
    """Nobody is near: places of people are neither asked for nor kept."""
    if type(q.geo_point) is not api.InputGeoPoint:
        raise Fault("GEO_POINT_INVALID")
    return api.Updates(updates=[], users=[], chats=[], date=int(ctx.now), seq=0)


# ── calls of groups, stories ────────────────────────────────────────────────────────────────────


empty("phone.checkGroupCall", _nothing)
empty("phone.getGroupCallStreamChannels", lambda: api.phone.GroupCallStreamChannels(channels=[]))
empty("stories.getAlbums", lambda: api.stories.Albums(hash=0, albums=[]))
empty(
    "stories.getAlbumStories",
    lambda: api.stories.Stories(count=0, stories=[], chats=[], users=[]),
)
empty("stories.readStories", _nothing)
empty("stories.incrementStoryViews", _done)


@rpc("phone.getGroupCallJoinAs", stub=True)
async def get_join_as(ctx: Ctx, q: api.phone.GetGroupCallJoinAs) -> Any:
    """Oneself."""
    await look_up(ctx, q)
    users, chats = await chat_views.named(ctx.app, ctx.me.id, [ctx.me.id])
    return api.phone.JoinAsPeers(peers=[peer_of(ctx.me.id)], chats=chats, users=users)


@rpc("stories.canSendStory", stub=True)
async def can_send_story(ctx: Ctx, q: api.stories.CanSendStory) -> Any:
    """STORIES_TOO_MUCH: the one refusal that apps put into words; the limit is 0."""
    await look_up(ctx, q)
    raise Fault("STORIES_TOO_MUCH")


# ── stickers ────────────────────────────────────────────────────────────────────────────────────


def _sets() -> Any:
    return api.messages.FoundStickerSets(hash=0, sets=[])


empty("messages.getMyStickers", lambda: api.messages.MyStickers(count=0, sets=[]))
empty("messages.getAttachedStickers", _nothing)
empty("messages.searchStickerSets", _sets)
empty("messages.searchEmojiStickerSets", _sets)
empty("messages.searchStickers", lambda: api.messages.FoundStickers(hash=0, stickers=[]))
empty("messages.searchCustomEmoji", lambda: api.EmojiList(hash=0, document_id=[]))
