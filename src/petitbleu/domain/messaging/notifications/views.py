"""Notification settings <-> TL."""

from __future__ import annotations

from typing import Any

from petitbleu.domain.messaging.notifications.service import Settings
from petitbleu.tl import api

_MUTE_MAX = 2**31 - 1


def settings_of(value: Any) -> Settings:
    """InputPeerNotifySettings -> settings."""
    found: Settings = {}
    for key in ("show_previews", "silent"):
        if (given := getattr(value, key)) is not None:
            found[key] = bool(given)
    if value.mute_until is not None:
        found["mute_until"] = max(0, min(value.mute_until, _MUTE_MAX))
    if (kind := sound_of(value.sound)) is not None:
        found["sound"] = kind
    return found


def sound_of(sound: Any) -> list[Any] | None:
    """NotificationSound -> what is kept of it; None where none is given."""
    if isinstance(sound, api.NotificationSoundDefault):
        return ["default"]
    if isinstance(sound, api.NotificationSoundNone):
        return ["none"]
    if isinstance(sound, api.NotificationSoundLocal):
        return ["local", sound.title, sound.data]
    if isinstance(sound, api.NotificationSoundRingtone):
        return ["ringtone", sound.id]
    return None


def sound(kept: list[Any] | None) -> Any:
    """What is kept of a sound -> NotificationSound."""
    if kept is None:
        return None
    kind, *rest = kept
    if kind == "default":
        return api.NotificationSoundDefault()
    if kind == "none":
        return api.NotificationSoundNone()
    if kind == "local":
        return api.NotificationSoundLocal(title=rest[0], data=rest[1])
    return api.NotificationSoundRingtone(id=rest[0])


def settings(kept: Settings) -> api.PeerNotifySettings:
    """Settings -> peerNotifySettings; an empty map is the default of every chat."""
    kind = sound(kept.get("sound"))
    return api.PeerNotifySettings(
        show_previews=kept.get("show_previews"),
        silent=kept.get("silent"),
        mute_until=kept.get("mute_until"),
        ios_sound=kind,
        android_sound=kind,
        other_sound=kind,
    )


def scope(kept: Settings) -> api.PeerNotifySettings:
    """The settings of a whole scope: clients need each of them told."""
    return settings(
        {"show_previews": True, "silent": False, "mute_until": 0, "sound": ["default"], **kept}
    )
