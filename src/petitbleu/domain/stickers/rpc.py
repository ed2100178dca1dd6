"""Stickers, custom emoji and GIFs: complete and empty answers; there are no sets yet.

The documented hash of an empty list is 0, which is also what a client sends that has nothing: so
the empty list is always given, never "not modified".
"""

from __future__ import annotations

from typing import Any

from petitbleu.errors import Fault
from petitbleu.rpc.ctx import Ctx
from petitbleu.rpc.registry import BOT, USER, rpc
from petitbleu.tl import api

KEYWORDS_VERSION = 1


@rpc("messages.getStickerSet", who=USER | BOT, stub=True)
async def get_sticker_set(ctx: Ctx, q: api.messages.GetStickerSet) -> Any:
    """No set exists, not even those that clients know by name (animated emoji, dice)."""
    if isinstance(q.stickerset, api.InputStickerSetDice):
        raise Fault("EMOTICON_STICKERPACK_MISSING")
    raise Fault("STICKERSET_INVALID")


@rpc("messages.getAllStickers", stub=True)
async def get_all_stickers(ctx: Ctx, q: api.messages.GetAllStickers) -> Any:
    return api.messages.AllStickers(hash=0, sets=[])


@rpc("messages.getMaskStickers", stub=True)
async def get_mask_stickers(ctx: Ctx, q: api.messages.GetMaskStickers) -> Any:
    return api.messages.AllStickers(hash=0, sets=[])


@rpc("messages.getEmojiStickers", stub=True)
async def get_emoji_stickers(ctx: Ctx, q: api.messages.GetEmojiStickers) -> Any:
    return api.messages.AllStickers(hash=0, sets=[])


@rpc("messages.getFeaturedStickers", stub=True)
async def get_featured_stickers(ctx: Ctx, q: api.messages.GetFeaturedStickers) -> Any:
    return api.messages.FeaturedStickers(hash=0, count=0, sets=[], unread=[])


@rpc("messages.getFeaturedEmojiStickers", stub=True)
async def get_featured_emoji(ctx: Ctx, q: api.messages.GetFeaturedEmojiStickers) -> Any:
    return api.messages.FeaturedStickers(hash=0, count=0, sets=[], unread=[])


@rpc("messages.getOldFeaturedStickers", stub=True)
async def get_old_featured(ctx: Ctx, q: api.messages.GetOldFeaturedStickers) -> Any:
    return api.messages.FeaturedStickers(hash=0, count=0, sets=[], unread=[])


@rpc("messages.readFeaturedStickers", stub=True)
async def read_featured(ctx: Ctx, q: api.messages.ReadFeaturedStickers) -> bool:
    return True


@rpc("messages.getRecentStickers", stub=True)
async def get_recent_stickers(ctx: Ctx, q: api.messages.GetRecentStickers) -> Any:
    return api.messages.RecentStickers(hash=0, packs=[], stickers=[], dates=[])


@rpc("messages.clearRecentStickers", stub=True)
async def clear_recent_stickers(ctx: Ctx, q: api.messages.ClearRecentStickers) -> bool:
    return True


@rpc("messages.getFavedStickers", stub=True)
async def get_faved_stickers(ctx: Ctx, q: api.messages.GetFavedStickers) -> Any:
    return api.messages.FavedStickers(hash=0, packs=[], stickers=[])


@rpc("messages.getArchivedStickers", stub=True)
async def get_archived(ctx: Ctx, q: api.messages.GetArchivedStickers) -> Any:
    return api.messages.ArchivedStickers(count=0, sets=[])


@rpc("messages.getStickers", stub=True)
async def get_stickers(ctx: Ctx, q: api.messages.GetStickers) -> Any:
    return api.messages.Stickers(hash=0, stickers=[])


@rpc("messages.getSavedGifs", stub=True)
async def get_saved_gifs(ctx: Ctx, q: api.messages.GetSavedGifs) -> Any:
    return api.messages.SavedGifs(hash=0, gifs=[])


@rpc("messages.getCustomEmojiDocuments", who=USER | BOT, stub=True)
async def get_custom_emoji(ctx: Ctx, q: api.messages.GetCustomEmojiDocuments) -> list[Any]:
    """Ids that nobody has are left out."""
    return []


@rpc("messages.getEmojiKeywords", stub=True)
async def get_emoji_keywords(ctx: Ctx, q: api.messages.GetEmojiKeywords) -> Any:
    return _keywords(q.lang_code, 0)


@rpc("messages.getEmojiKeywordsDifference", stub=True)
async def get_emoji_difference(ctx: Ctx, q: api.messages.GetEmojiKeywordsDifference) -> Any:
    return _keywords(q.lang_code, q.from_version)


@rpc("messages.getEmojiKeywordsLanguages", stub=True)
async def get_emoji_languages(ctx: Ctx, q: api.messages.GetEmojiKeywordsLanguages) -> list[Any]:
    return []


@rpc("messages.getEmojiGroups", stub=True)
async def get_emoji_groups(ctx: Ctx, q: api.messages.GetEmojiGroups) -> Any:
    return api.messages.EmojiGroups(hash=0, groups=[])


@rpc("messages.getEmojiStatusGroups", stub=True)
async def get_status_groups(ctx: Ctx, q: api.messages.GetEmojiStatusGroups) -> Any:
    return api.messages.EmojiGroups(hash=0, groups=[])


@rpc("messages.getEmojiProfilePhotoGroups", stub=True)
async def get_photo_groups(ctx: Ctx, q: api.messages.GetEmojiProfilePhotoGroups) -> Any:
    return api.messages.EmojiGroups(hash=0, groups=[])


@rpc("messages.getEmojiStickerGroups", stub=True)
async def get_sticker_groups(ctx: Ctx, q: api.messages.GetEmojiStickerGroups) -> Any:
    return api.messages.EmojiGroups(hash=0, groups=[])


@rpc("account.getDefaultEmojiStatuses", stub=True)
async def get_default_statuses(ctx: Ctx, q: api.account.GetDefaultEmojiStatuses) -> Any:
    return api.account.EmojiStatuses(hash=0, statuses=[])


@rpc("account.getRecentEmojiStatuses", stub=True)
async def get_recent_statuses(ctx: Ctx, q: api.account.GetRecentEmojiStatuses) -> Any:
    return api.account.EmojiStatuses(hash=0, statuses=[])


@rpc("account.getCollectibleEmojiStatuses", stub=True)
async def get_collectible(ctx: Ctx, q: api.account.GetCollectibleEmojiStatuses) -> Any:
    return api.account.EmojiStatuses(hash=0, statuses=[])


@rpc("account.getChannelDefaultEmojiStatuses", stub=True)
async def get_channel_statuses(ctx: Ctx, q: api.account.GetChannelDefaultEmojiStatuses) -> Any:
    return api.account.EmojiStatuses(hash=0, statuses=[])


@rpc("account.getDefaultProfilePhotoEmojis", stub=True)
async def get_photo_emojis(ctx: Ctx, q: api.account.GetDefaultProfilePhotoEmojis) -> Any:
    return api.EmojiList(hash=0, document_id=[])


@rpc("account.getDefaultGroupPhotoEmojis", stub=True)
async def get_group_emojis(ctx: Ctx, q: api.account.GetDefaultGroupPhotoEmojis) -> Any:
    return api.EmojiList(hash=0, document_id=[])


@rpc("account.getDefaultBackgroundEmojis", stub=True)
async def get_background_emojis(ctx: Ctx, q: api.account.GetDefaultBackgroundEmojis) -> Any:
    return api.EmojiList(hash=0, document_id=[])


def _keywords(lang_code: str, from_version: int) -> api.EmojiKeywordsDifference:
    return api.EmojiKeywordsDifference(
        lang_code=lang_code,
        from_version=max(0, min(from_version, KEYWORDS_VERSION)),
        version=KEYWORDS_VERSION,
        keywords=[],
    )
