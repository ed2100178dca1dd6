"""At a start: does the log go on from what its witnesses have signed?"""

from __future__ import annotations

from petitbleu.app import App
from petitbleu.desk.records.witnesses import service


async def begin(app: App) -> None:
    """Ask them, for a few seconds at most; the job asks again."""
    if app.config.desk.witnesses:
        await service.ask_all(app)
