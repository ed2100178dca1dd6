"""Profile photos as TL."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from petitbleu.app import App
from petitbleu.domain.files.media import views as media
from petitbleu.domain.files.photos.service import FALLBACK, MAIN, PhotoRow, Seen
from petitbleu.tl import api


def small(app: App, found: Seen) -> api.UserProfilePhoto | None:
    """userProfilePhoto, the part of a User object; None where there is nothing to see."""
    stored = found.shown
    if stored is None:
        return None
    number, stripped = media.outline(stored)
    return api.UserProfilePhoto(
        personal=stored is found.personal,
        photo_id=number,
        stripped_thumb=stripped or None,
        dc_id=app.config.dc,
    )


def full(app: App, viewer: int, owner: int, found: Seen) -> dict[str, Any]:
    """The three photos of a userFull, as its fields."""
    fields = {
        "profile_photo": (found.main, (media.PROFILE, owner, MAIN)),
        "fallback_photo": (found.fallback, (media.PROFILE, owner, FALLBACK)),
        "personal_photo": (found.personal, (media.PERSONAL, viewer, owner)),
    }
    return {
        name: media.photo_at(app, stored, origin)
        for name, (stored, origin) in fields.items()
        if stored is not None
    }


def one(app: App, owner: int, stored: bytes, which: int = MAIN) -> Any:
    """photo"""
    return media.photo_at(app, stored, (media.PROFILE, owner, which))


def listed(app: App, rows: Sequence[PhotoRow]) -> list[Any]:
    """Several photos of a person."""
    return [one(app, row.owner, row.data) for row in rows]
