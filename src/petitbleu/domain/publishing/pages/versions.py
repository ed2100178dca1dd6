"""What articles said before they were edited, where the owner lets readers see it.

A text is kept when it is replaced, if it stood for :data:`GRACE` seconds: what is mended sooner is
a slip of the pen. What a measure of the operator was about is never shown, nor what stood before
it, and it is erased with the post, or once nobody has to keep it any more.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from petitbleu.app import App
from petitbleu.domain.communities.chats.service import Change
from petitbleu.domain.messaging.messages import service as messages
from petitbleu.domain.messaging.messages.service import MessageRow
from petitbleu.domain.publishing.pages import kept
from petitbleu.domain.publishing.pages import queries_articles as q
from petitbleu.domain.publishing.pages import switches as switching
from petitbleu.domain.publishing.pages.queries_articles import Placed, VersionRow
from petitbleu.domain.safety.moderation import service as moderation
from petitbleu.store.api import Tx

GRACE = 600
"""Seconds in which an edit mends a slip: it is no new version, and is not said on the page."""
VERSIONS_MAX = 20
"""Earlier versions of one message: the first, and the newest of the others."""
_BATCH = 200


def updated(date: int, edited: int) -> int:
    """When a post said something else, for readers; 0: as when it was published."""
    return edited if edited - date >= GRACE else 0


# ── keeping ─────────────────────────────────────────────────────────────────────────────────────


async def replaced(tx: Tx, change: Change) -> None:
    """A post was edited: what it said is kept, where its owner wants that."""
    if change.kind != "edit" or not change.data["new"].flags & messages.POST:
        return
    old: MessageRow = change.data["old"]
    new: MessageRow = change.data["new"]
    since = old.edit_date or old.date
    if old.text == new.text or not old.text.strip() or change.at - since < GRACE:
        return
    page = await kept.row_in(tx, change.chat)
    if not switching.decode(page.switches).history:
        return
    place = {"chat": change.chat, "message": old.id}
    await tx.run(q.PUT_VERSION, **place, until=change.at, since=since, text=old.text)
    rows = await tx.rows(q.VERSIONS, chat=change.chat, messages=[old.id])
    for row in rows[VERSIONS_MAX - 1 : -1]:
        await tx.run(q.DROP_VERSION, **place, until=row.until)


async def erased(tx: Tx, author: int, body: int) -> None:
    """A post is erased (its numbers in a channel are those of its body): all it said goes."""
    await tx.run(q.ERASE_VERSIONS, chat=author, message=body)


# ── showing ─────────────────────────────────────────────────────────────────────────────────────


class Version(NamedTuple):
    """What a message said; ``after`` is what it said next. Times are Unix seconds."""

    message: int
    since: int
    until: int
    text: str
    after: str


async def of_post(app: App, chat: int, post: Sequence[MessageRow]) -> list[Version]:
    """The earlier versions of a post that may be shown, the newest first."""
    rows = await app.store.rows(q.VERSIONS, chat=chat, messages=[row.id for row in post])
    if not rows:
        return []
    bars = await _bars(app, chat)
    now = {row.id: row.text for row in post}
    shown = []
    for row in rows:
        if not _is_barred(bars, row):
            shown.append(Version(row.message, row.since, row.until, row.text, now[row.message]))
            now[row.message] = row.text
    return shown


async def _bars(app: App, chat: int) -> dict[int, float]:
    """Message (0: all) -> what was written until then is never shown: of a measure that ended, its
    end, whoever was right."""
    measures = await moderation.lately(app, chat, 0)
    if len(measures) >= moderation.LOOKED_AT:
        return {0: float("inf")}
    bars: dict[int, float] = {}
    for one in measures:
        until = float("inf") if one.ended_at is None else float(one.ended_at)
        whole = (0,) if one.kind == "withhold" else ()
        for message in moderation.messages_of(one) or whole:
            bars[message] = max(bars.get(message, 0), until)
    return bars


def _is_barred(bars: dict[int, float], row: VersionRow) -> bool:
    return row.since <= max(bars.get(0, 0), bars.get(row.message, 0))


# ── erasing ─────────────────────────────────────────────────────────────────────────────────────


async def sweep(app: App) -> int:
    """Erase what is not to be shown any more and nobody has to keep; how many versions."""
    at, count = Placed(-(1 << 62), 0), 0
    bars: dict[int, dict[int, float]] = {}
    while True:
        found = await app.store.rows(q.HAVING, chat=at.chat, message=at.message, limit=_BATCH)
        for one in found:
            if one.chat not in bars:
                bars[one.chat] = await _bars(app, one.chat)
            if await moderation.held_until(app, one.chat, one.message) > app.clock.now():
                continue
            page = await kept.row(app, one.chat)
            wanted = switching.decode(page.switches).history
            rows = await app.store.rows(q.VERSIONS, chat=one.chat, messages=[one.message])
            doomed = [row for row in rows if not wanted or _is_barred(bars[one.chat], row)]
            if doomed:
                count += await app.store.background(_drop, doomed)
        if len(found) < _BATCH:
            return count
        at = found[-1]


async def _drop(tx: Tx, rows: Sequence[VersionRow]) -> int:
    return sum(
        [
            await tx.run(q.DROP_VERSION, chat=row.chat, message=row.message, until=row.until)
            for row in rows
        ]
    )
