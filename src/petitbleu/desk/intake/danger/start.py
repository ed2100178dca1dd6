"""What the room does when an instance is opened and closed."""

from __future__ import annotations

from petitbleu.app import App
from petitbleu.desk.intake.danger import alarms, comments, hearing, posts

HOOKS = (alarms.changed, comments.written, hearing.hear, posts.posted)
"""Hooks of other rooms (imported so that they register)."""


async def begin(app: App) -> None:
    """Read the posts that an earlier process did not get to read."""
    app.spawn(posts.catch_up(app))


async def end(app: App) -> None:
    """Write down which posts were read."""
    await posts.write_down(app)
