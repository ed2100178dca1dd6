"""Whose birthday is near."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from petitbleu.app import App
from petitbleu.domain.people.accounts import service as accounts
from petitbleu.domain.people.contacts import service
from petitbleu.domain.people.privacy import service as privacy

DAYS = (-1, 0, 1)
"""Yesterday, today and tomorrow (UTC): today, wherever the reader is."""


async def near(app: App, viewer: int) -> list[tuple[int, str]]:
    """(contact, birthday as kept) of the viewer's contacts who let them see it and have it now."""
    today = datetime.fromtimestamp(app.clock.now(), UTC)
    wanted = {(today + timedelta(days=days)).strftime("-%m-%d") for days in DAYS}
    lines = await service.all_of(app, viewer)
    people = await accounts.get_many(app, [line.target for line in lines])
    born = {
        row.id: row.birthday
        for row in people.values()
        if row.birthday is not None and row.birthday[-6:] in wanted
    }
    shown = await privacy.allowed(app, "birthday", born, viewer)
    return [(account, day) for account, day in born.items() if account in shown]
