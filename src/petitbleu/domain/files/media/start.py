"""What the room does when an instance is opened."""

from __future__ import annotations

from petitbleu.app import App
from petitbleu.domain.files.media import remembered


async def begin(app: App) -> None:
    """Hear of contents that other workers erase."""
    remembered.listen(app)
