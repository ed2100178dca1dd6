"""Empty answers about stickers: complete, in the form clients expect."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from petitbleu.rpc.registry import METHODS
from petitbleu.store.api import Store
from petitbleu.tl import api
from tests.kit.world import RpcFault, World

EMPTY: list[tuple[Any, Any]] = [
    (api.messages.GetAllStickers(hash=0), api.messages.AllStickers(hash=0, sets=[])),
    (api.messages.GetMaskStickers(hash=7), api.messages.AllStickers(hash=0, sets=[])),
    (api.messages.GetEmojiStickers(hash=0), api.messages.AllStickers(hash=0, sets=[])),
    (
        api.messages.GetFeaturedStickers(hash=0),
        api.messages.FeaturedStickers(hash=0, count=0, sets=[], unread=[]),
    ),
    (
        api.messages.GetFeaturedEmojiStickers(hash=0),
        api.messages.FeaturedStickers(hash=0, count=0, sets=[], unread=[]),
    ),
    (
        api.messages.GetOldFeaturedStickers(offset=0, limit=10, hash=0),
        api.messages.FeaturedStickers(hash=0, count=0, sets=[], unread=[]),
    ),
    (
        api.messages.GetRecentStickers(hash=0),
        api.messages.RecentStickers(hash=0, packs=[], stickers=[], dates=[]),
    ),
    (
        api.messages.GetFavedStickers(hash=0),
        api.messages.FavedStickers(hash=0, packs=[], stickers=[]),
    ),
    (
        api.messages.GetArchivedStickers(offset_id=0, limit=10),
        api.messages.ArchivedStickers(count=0, sets=[]),
    ),
    (
        api.messages.GetStickers(emoticon="🙂", hash=0),
        api.messages.Stickers(hash=0, stickers=[]),
    ),
    (api.messages.GetSavedGifs(hash=0), api.messages.SavedGifs(hash=0, gifs=[])),
    (api.messages.GetEmojiGroups(hash=0), api.messages.EmojiGroups(hash=0, groups=[])),
    (api.messages.GetEmojiStatusGroups(hash=0), api.messages.EmojiGroups(hash=0, groups=[])),
    (
        api.messages.GetEmojiProfilePhotoGroups(hash=0),
        api.messages.EmojiGroups(hash=0, groups=[]),
    ),
    (api.messages.GetEmojiStickerGroups(hash=0), api.messages.EmojiGroups(hash=0, groups=[])),
    (
        api.messages.GetEmojiKeywordsDifference(lang_code="fr", from_version=9),
        api.EmojiKeywordsDifference(lang_code="fr", from_version=9, version=1, keywords=[]),
    ),
    (
        api.messages.GetEmojiKeywords(lang_code="fr"),
        api.EmojiKeywordsDifference(lang_code="fr", from_version=0, version=1, keywords=[]),
    ),
    (
        api.messages.GetCustomEmojiDocuments(document_id=[5]),
        [api.DocumentEmpty(id=5)],
    ),
    (
        api.messages.GetEmojiKeywordsLanguages(lang_codes=["fr", "no such", "fr", "en"]),
        [api.EmojiLanguage(lang_code="fr"), api.EmojiLanguage(lang_code="en")],
    ),
    (
        api.messages.GetEmojiKeywordsLanguages(lang_codes=["?"]),
        [api.EmojiLanguage(lang_code="en")],
    ),
    (api.messages.ReadFeaturedStickers(id=[]), True),
    (api.messages.ClearRecentStickers(), True),
    (
        api.account.GetDefaultEmojiStatuses(hash=0),
        api.account.EmojiStatuses(hash=0, statuses=[]),
    ),
    (
        api.account.GetRecentEmojiStatuses(hash=0),
        api.account.EmojiStatuses(hash=0, statuses=[]),
    ),
    (
        api.account.GetCollectibleEmojiStatuses(hash=0),
        api.account.EmojiStatuses(hash=0, statuses=[]),
    ),
    (
        api.account.GetChannelDefaultEmojiStatuses(hash=0),
        api.account.EmojiStatuses(hash=0, statuses=[]),
    ),
    (
        api.account.GetDefaultProfilePhotoEmojis(hash=0),
        api.EmojiList(hash=0, document_id=[]),
    ),
    (
        api.account.GetDefaultGroupPhotoEmojis(hash=0),
        api.EmojiList(hash=0, document_id=[]),
    ),
    (
        api.account.GetDefaultBackgroundEmojis(hash=0),
        api.EmojiList(hash=0, document_id=[]),
    ),
]


async def test_each_is_complete_and_empty(sqlite_store: Store, tmp_path: Path) -> None:
    world = World(sqlite_store, tmp_path)
    await world.start()
    ada = await world.sign_up("Ada")
    for asked, expected in EMPTY:
        assert METHODS[type(asked).NAME].stub, asked
        assert await ada.call(asked) == expected, asked


@pytest.mark.parametrize("layer", [158, 229])
@pytest.mark.parametrize(
    ("named", "error"),
    [
        (api.InputStickerSetShortName(short_name="x"), "STICKERSET_INVALID"),
        (api.InputStickerSetID(id=1258816259751983, access_hash=1), "STICKERSET_INVALID"),
        (api.InputStickerSetEmojiDefaultStatuses(), "STICKERSET_INVALID"),
        (api.InputStickerSetDice(emoticon="🎲"), "EMOTICON_STICKERPACK_MISSING"),
    ],
)
async def test_no_set_exists(
    sqlite_store: Store, tmp_path: Path, layer: int, named: Any, error: str
) -> None:
    world = World(sqlite_store, tmp_path)
    await world.start()
    ada = await world.sign_up("Ada", layer)
    with pytest.raises(RpcFault, match=error):
        await ada.call(api.messages.GetStickerSet(stickerset=named, hash=0))


@pytest.mark.parametrize(
    ("named", "short_name"),
    [
        (api.InputStickerSetAnimatedEmoji(), "AnimatedEmojies"),
        (
            api.InputStickerSetID(id=1258816259751983, access_hash=5100237018658464041),
            "AnimatedEmojies",
        ),
        (api.InputStickerSetShortName(short_name="animatedemojies"), "AnimatedEmojies"),
        (api.InputStickerSetID(id=1258816259751954, access_hash=4879754868529595811), "emojies"),
    ],
)
async def test_the_set_of_animated_emoji_is_there_and_empty(
    sqlite_store: Store, tmp_path: Path, named: Any, short_name: str
) -> None:
    """TDLib has its id compiled in and waits a minute for it."""
    world = World(sqlite_store, tmp_path)
    await world.start()
    ada = await world.sign_up("Ada")
    found = await ada.call(api.messages.GetStickerSet(stickerset=named, hash=0))
    assert (found.set.short_name, found.set.count) == (short_name, 0)
    assert (found.packs, found.keywords, found.documents) == ([], [], [])
