"""Lines of the log by who, what, about what and when: newest first, in pages."""

from __future__ import annotations

from typing import NamedTuple

from petitbleu.app import App
from petitbleu.desk.records.audit.queries import ENTRY, Entry
from petitbleu.store.where import Where


class Filter(NamedTuple):
    """Which lines; what is empty or 0 does not matter. Times are Unix seconds."""

    actor: str = ""
    action: str = ""
    subject: str = ""
    since: int = 0
    until: int = 0


async def page(app: App, wanted: Filter, before: int, limit: int) -> list[Entry]:
    """Up to ``limit`` lines below number ``before``."""
    chosen = Where()
    chosen.add("n < :before", before=before)
    for column in ("actor", "action", "subject"):
        value = getattr(wanted, column)
        if value:
            chosen.add(f"{column} = :{column}", **{column: value})
    if wanted.since:
        chosen.add("at >= :since", since=wanted.since)
    if wanted.until:
        chosen.add("at < :until", until=wanted.until)
    asked = chosen.query(ENTRY, Entry, "order by n desc limit :limit")
    return await app.store.scan(asked, **chosen.params, limit=limit)
