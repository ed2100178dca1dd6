"""Themes and presets: empty answers, and settings that are kept."""

from __future__ import annotations

from typing import Any

from petitbleu.tl import api
from tests.kit.world import World

EMPTY: list[tuple[Any, Any]] = [
    (
        api.account.GetThemes(format="android", hash=0),
        api.account.Themes(hash=0, themes=[]),
    ),
    (api.account.GetChatThemes(hash=0), api.account.Themes(hash=0, themes=[])),
    (api.account.GetWallPapers(hash=0), api.account.WallPapers(hash=0, wallpapers=[])),
    (api.account.GetSavedRingtones(hash=0), api.account.SavedRingtones(hash=0, ringtones=[])),
    (api.messages.GetAttachMenuBots(hash=0), api.AttachMenuBots(hash=0, bots=[], users=[])),
]


async def test_each_is_complete_and_empty(world: World) -> None:
    ada = await world.sign_up("Ada")
    for asked, expected in EMPTY:
        assert await ada.call(asked) == expected, asked


async def test_download_presets_are_kept_one_by_one(world: World) -> None:
    ada = await world.sign_up("Ada")
    before = await ada.call(api.account.GetAutoDownloadSettings())
    assert before.low.phonecalls_less_data and before.high.video_size_max > 0
    wanted = api.AutoDownloadSettings(
        disabled=True,
        photo_size_max=1,
        video_size_max=2,
        file_size_max=3,
        video_upload_maxbitrate=4,
        small_queue_active_operations_max=5,
        large_queue_active_operations_max=6,
    )
    for name in ("low", "medium", "high"):
        flags = {} if name == "medium" else {name: True}
        await ada.call(api.account.SaveAutoDownloadSettings(settings=wanted, **flags))
        after = await ada.call(api.account.GetAutoDownloadSettings())
        assert getattr(after, name) == wanted
        if name == "low":
            assert (after.medium, after.high) == (before.medium, before.high)


async def test_the_browser_a_person_chose_is_kept(world: World) -> None:
    ada = await world.sign_up("Ada")
    found = await ada.call(api.account.GetWebBrowserSettings(hash=0))
    assert not found.open_external_browser
    await ada.call(api.account.UpdateWebBrowserSettings(open_external_browser=True))
    found = await ada.call(api.account.GetWebBrowserSettings(hash=0))
    assert found.open_external_browser and not found.display_close_button
