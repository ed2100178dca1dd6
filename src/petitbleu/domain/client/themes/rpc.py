"""How clients look and fetch: themes, wallpapers, ringtones, download presets, attachment menu.

There are no themes, wallpapers and ringtones yet: complete, empty answers. The presets a person
chose are kept and given back to the person's other devices.
"""

from __future__ import annotations

from typing import Any

from petitbleu.domain.people.accounts import service as accounts
from petitbleu.rpc.ctx import Ctx
from petitbleu.rpc.registry import rpc
from petitbleu.tl import api


@rpc("account.getThemes", stub=True)
async def get_themes(ctx: Ctx, q: api.account.GetThemes) -> Any:
    return api.account.Themes(hash=0, themes=[])


@rpc("account.getChatThemes", stub=True)
async def get_chat_themes(ctx: Ctx, q: api.account.GetChatThemes) -> Any:
    return api.account.Themes(hash=0, themes=[])


@rpc("account.getWallPapers", stub=True)
async def get_wallpapers(ctx: Ctx, q: api.account.GetWallPapers) -> Any:
    return api.account.WallPapers(hash=0, wallpapers=[])


@rpc("account.getSavedRingtones", stub=True)
async def get_ringtones(ctx: Ctx, q: api.account.GetSavedRingtones) -> Any:
    return api.account.SavedRingtones(hash=0, ringtones=[])


@rpc("messages.getAttachMenuBots", stub=True)
async def get_attach_menu(ctx: Ctx, q: api.messages.GetAttachMenuBots) -> Any:
    return api.AttachMenuBots(hash=0, bots=[], users=[])


_PRESETS: dict[str, dict[str, Any]] = {
    "low": {"photo_size_max": 1 << 20, "video_size_max": 0, "file_size_max": 0, "less": True},
    "medium": {
        "photo_size_max": 1 << 20,
        "video_size_max": 10 << 20,
        "file_size_max": 1 << 20,
        "preload": True,
    },
    "high": {
        "photo_size_max": 1 << 20,
        "video_size_max": 15 << 20,
        "file_size_max": 3 << 20,
        "preload": True,
    },
}


def _preset(name: str) -> dict[str, Any]:
    base = _PRESETS[name]
    return {
        "audio_preload_next": base.get("preload", False),
        "phonecalls_less_data": base.get("less", False),
        "photo_size_max": base["photo_size_max"],
        "video_size_max": base["video_size_max"],
        "file_size_max": base["file_size_max"],
        "video_upload_maxbitrate": 100,
        "small_queue_active_operations_max": 5,
        "large_queue_active_operations_max": 2,
    }


_FLAGS = (
    "disabled",
    "video_preload_large",
    "audio_preload_next",
    "phonecalls_less_data",
    "stories_preload",
)
_SIZES = (
    "photo_size_max",
    "video_size_max",
    "file_size_max",
    "video_upload_maxbitrate",
    "small_queue_active_operations_max",
    "large_queue_active_operations_max",
)


@rpc("account.getAutoDownloadSettings")
async def get_auto_download(
    ctx: Ctx, q: api.account.GetAutoDownloadSettings
) -> api.account.AutoDownloadSettings:
    kept = (await accounts.settings(ctx.app, ctx.me.id)).get("auto_download", {})
    low, medium, high = (
        api.AutoDownloadSettings(**(kept.get(name) or _preset(name)))
        for name in ("low", "medium", "high")
    )
    return api.account.AutoDownloadSettings(low=low, medium=medium, high=high)


@rpc("account.saveAutoDownloadSettings", limit="write")
async def save_auto_download(ctx: Ctx, q: api.account.SaveAutoDownloadSettings) -> bool:
    """The preset named by ``low`` or ``high``, else the one between."""
    name = "low" if q.low else "high" if q.high else "medium"
    values = {field: getattr(q.settings, field) for field in (*_FLAGS, *_SIZES)}
    kept = (await accounts.settings(ctx.app, ctx.me.id)).get("auto_download", {})
    await accounts.change_settings(ctx.app, ctx.me.id, {"auto_download": {**kept, name: values}})
    return True


@rpc("account.getWebBrowserSettings")
async def get_browser(
    ctx: Ctx, q: api.account.GetWebBrowserSettings
) -> api.account.WebBrowserSettings:
    return _browser((await accounts.settings(ctx.app, ctx.me.id)).get("web_browser", {}))


@rpc("account.updateWebBrowserSettings", limit="write")
async def update_browser(
    ctx: Ctx, q: api.account.UpdateWebBrowserSettings
) -> api.account.WebBrowserSettings:
    kept = {
        "open_external_browser": q.open_external_browser,
        "display_close_button": q.display_close_button,
    }
    await accounts.change_settings(ctx.app, ctx.me.id, {"web_browser": kept})
    return _browser(kept)


def _browser(kept: dict[str, bool]) -> api.account.WebBrowserSettings:
    """Sites with settings of their own cannot be named yet, so the lists are empty and the hash is
    0.
    """
    flags: dict[str, Any] = dict(kept)
    return api.account.WebBrowserSettings(
        **flags, external_exceptions=[], inapp_exceptions=[], hash=0
    )
