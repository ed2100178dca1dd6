"""When an instance is opened: who gets notices is known before the first message comes."""

from __future__ import annotations

from petitbleu.app import App
from petitbleu.domain.client.push import (
    noticing,  # noqa: F401 - registers its taps
    service,
)


async def begin(app: App) -> None:
    """Load what every message is compared with; the key exists before it is asked for."""
    service.application_key(app)
    await service.load(app)
