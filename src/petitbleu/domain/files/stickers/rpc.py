"""Stickers, custom emoji and GIFs: complete and empty answers; there are no sets yet but the empty
one of animated emoji.

The documented hash of an empty list is 0, which is also what a client sends that has nothing: so
the empty list is always given, never "not modified".
"""

from __future__ import annotations

from typing import Any, NamedTuple

from petitbleu.domain.client.langpack import service as langpack
from petitbleu.errors import Fault
from petitbleu.rpc.ctx import Ctx
from petitbleu.rpc.registry import BOT, USER, rpc
from petitbleu.tl import api

KEYWORDS_VERSION = 1


class BuiltInSet(NamedTuple):
    """A sticker set that clients have compiled in."""

    id: int
    access_hash: int
    short_name: str


ANIMATED_EMOJI = (
    BuiltInSet(1258816259751983, 5100237018658464041, "AnimatedEmojies"),
    BuiltInSet(1258816259751954, 4879754868529595811, "emojies"),
)
"""The set of animated emoji: TDLib's, and the one of its test mode."""
MAX_LANGUAGES = 100
FALLBACK_LANGUAGE = "en"


@rpc("messages.getStickerSet", who=USER | BOT, stub=True)
async def get_sticker_set(ctx: Ctx, q: api.messages.GetStickerSet) -> Any:
    """The set of animated emoji, which is empty: TDLib knows it by its id and waits a minute for
    it before it shows an emoji. No other set exists, not even those that clients know by name.
    """
    if isinstance(q.stickerset, api.InputStickerSetDice):
        raise Fault("EMOTICON_STICKERPACK_MISSING")
    for known in ANIMATED_EMOJI:
        if _names(q.stickerset, known):
            return api.messages.StickerSet(
                set=api.StickerSet(
                    official=True,
                    id=known.id,
                    access_hash=known.access_hash,
                    title="Animated Emoji",
                    short_name=known.short_name,
                    count=0,
                    hash=0,
                ),
                packs=[],
                keywords=[],
                documents=[],
            )
    raise Fault("STICKERSET_INVALID")


def _names(given: Any, known: BuiltInSet) -> bool:
    """Whether an InputStickerSet names the set."""
    if isinstance(given, api.InputStickerSetID):
        return bool((given.id, given.access_hash) == (known.id, known.access_hash))
    if isinstance(given, api.InputStickerSetShortName):
        return bool(given.short_name.lower() == known.short_name.lower())
    return isinstance(given, api.InputStickerSetAnimatedEmoji)


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
    """One entry for each id, in the order asked: clients ask again for ever for one left out."""
    return [api.DocumentEmpty(id=document) for document in q.document_id]


@rpc("messages.getEmojiKeywords", stub=True)
async def get_emoji_keywords(ctx: Ctx, q: api.messages.GetEmojiKeywords) -> Any:
    return _keywords(q.lang_code, 0)


@rpc("messages.getEmojiKeywordsDifference", stub=True)
async def get_emoji_difference(ctx: Ctx, q: api.messages.GetEmojiKeywordsDifference) -> Any:
    return _keywords(q.lang_code, q.from_version)


@rpc("messages.getEmojiKeywordsLanguages", stub=True)
async def get_emoji_languages(ctx: Ctx, q: api.messages.GetEmojiKeywordsLanguages) -> list[Any]:
    """Those asked for that are languages, else English: TDLib takes no empty list. None has
    keywords.
    """
    known = list(dict.fromkeys(filter(langpack.is_language, q.lang_codes[:MAX_LANGUAGES])))
    return [api.EmojiLanguage(lang_code=code) for code in known or [FALLBACK_LANGUAGE]]


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
    """``from_version`` is said back as it was asked: clients compare."""
    return api.EmojiKeywordsDifference(
        lang_code=lang_code,
        from_version=from_version,
        version=KEYWORDS_VERSION,
        keywords=[],
    )
