"""Notices on their way: mail, Web Push, webhook.

Sent at least once: a notice is marked when the other side has taken it, so a crash in between
sends it again. Critical cases leave one by one; of the others, whoever has had :data:`BURST` mails
in ten minutes gets the rest together. What was acknowledged meanwhile does not leave any more.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import cast

import msgspec

from petitbleu import jobs, webhooks
from petitbleu.app import App
from petitbleu.desk.alerts import ladder, push, recipients, service
from petitbleu.desk.alerts import queries as q
from petitbleu.desk.alerts.queries import NoticeRow
from petitbleu.desk.alerts.texts import knows, left, local, text
from petitbleu.domain.references import service as references
from petitbleu.metrics import counter
from petitbleu.store.api import Tx

BATCH = 500
BURST = 10
WINDOW = 600
LINES = 50
"""Cases that one mail lists."""
AT_ONCE = 8
"""Notices under way at the same time."""
UNDER_WAY = 20
"""Seconds until the job looks again at what it has handed over."""
_PAUSES = (15, 30, 60, 120, 300, 900)
_GIVE_UP = 2 * 86_400

NOTICES = counter("desk_notices_total", "Notices of alarms, by way and end", "way")

_json = msgspec.json.Encoder().encode


class _Traffic:
    """Notices this process is sending."""

    __slots__ = ("busy", "gate")

    def __init__(self) -> None:
        self.busy: set[int] = set()
        self.gate = asyncio.Semaphore(AT_ONCE)


def _traffic(app: App) -> _Traffic:
    return cast(_Traffic, app.caches.setdefault("desk.notices", _Traffic()))


async def dispatch(app: App) -> int | None:
    """Send what waits, in the background; when to look again, None where nothing is under way."""
    for group in await _take(app):
        app.spawn(_send(app, group))
    return int(app.clock.now()) + UNDER_WAY if _traffic(app).busy else None


async def flush(app: App) -> None:
    """Send what waits and return when each notice was taken or refused once."""
    await asyncio.gather(*(_send(app, group) for group in await _take(app)))


async def _take(app: App) -> list[list[NoticeRow]]:
    """What waits and nobody is sending yet, as it leaves together; marked as under way."""
    traffic = _traffic(app)
    now = int(app.clock.now())
    waiting = await app.store.rows(q.WAITING, now=now, limit=BATCH)
    over = [row.id for row in waiting if row.over and row.way != recipients.WEBHOOK]
    if over:
        await app.store.write(_close, over, "dropped", now, "")
    groups = await _groups(app, [row for row in waiting if row.id not in set(over)], now)
    # Looked at and marked without a pause in between: no notice is taken twice.
    free = [group for group in groups if not any(row.id in traffic.busy for row in group)]
    traffic.busy |= {row.id for group in free for row in group}
    return free


async def _groups(app: App, rows: Sequence[NoticeRow], now: int) -> list[list[NoticeRow]]:
    """What leaves together, of what is not under way."""
    rows = [row for row in rows if row.id not in _traffic(app).busy]
    mails = {row.recipient for row in rows if row.way == recipients.MAIL}
    lately: dict[str, int] = {}
    if mails:
        found = await app.store.rows(q.LATELY, recipients=sorted(mails), since=now - WINDOW)
        lately = {row.recipient: row.total for row in found}
    groups: list[list[NoticeRow]] = []
    pools: dict[str, list[NoticeRow]] = {}
    for row in rows:
        if row.way != recipients.MAIL or row.urgency == ladder.CRITICAL or not row.number:
            groups.append([row])
            continue
        lately[row.recipient] = lately.get(row.recipient, 0) + (not row.pooled)
        if row.pooled or lately[row.recipient] > BURST:
            pools.setdefault(row.recipient, []).append(row)
        else:
            groups.append([row])
    return groups + list(pools.values())


async def _send(app: App, group: list[NoticeRow]) -> None:
    """Send one group; says in the store how it went."""
    traffic = _traffic(app)
    way, ids = group[0].way, [row.id for row in group]
    try:
        async with traffic.gate:
            await _hand_over(app, group)
    except push.Gone:
        await app.store.write(_forget, int(group[0].recipient), ids, int(app.clock.now()))
        NOTICES.add(f"{way} gone")
    except (OSError, push.NotTaken, webhooks.NotTaken) as error:
        await app.store.write(_again, app, group, str(error))
        NOTICES.add(f"{way} failed")
    else:
        await app.store.write(_close, ids, "sent", int(app.clock.now()), "")
        NOTICES.add(f"{way} sent")
    finally:
        traffic.busy -= set(ids)


async def _hand_over(app: App, group: list[NoticeRow]) -> None:
    row = group[0]
    if row.way == recipients.WEBHOOK:
        desk = app.config.desk
        await webhooks.post(desk.webhook_url, desk.webhook_secret, _json(said(app, row)))
    elif row.way == recipients.PUSH:
        await _push(app, row)
    else:
        if app.mail is None:
            raise OSError("no mail server is set up")
        await app.mail.send(row.recipient, *written(app, group))


async def _push(app: App, row: NoticeRow) -> None:
    found = await app.store.row(q.SUBSCRIPTION, id=int(row.recipient))
    if found is None:
        raise push.Gone
    to = push.Subscription(found.endpoint, found.p256dh, found.auth)
    subject, body = written(app, [row])
    message = said(app, row) | {"title": subject, "text": body.partition("\n\n")[0]}
    key = service.vapid(app)
    sealed = push.encrypt(_json(message), to, app.random)
    header = key.header(to.endpoint, _contact(app), int(app.clock.now()))
    await push.send(to, sealed, header, urgent=row.urgency == ladder.CRITICAL)


def _contact(app: App) -> str:
    """Whom a push service asks about us (RFC 8292, section 2.1)."""
    if app.config.desk.addresses:
        return f"mailto:{app.config.desk.addresses[0]}"
    return app.config.public_url or "mailto:postmaster@localhost"


# ── words ───────────────────────────────────────────────────────────────────────────────────────


def said(app: App, row: NoticeRow) -> dict[str, object]:
    """An alarm for programs: number, kind and time, never content or names."""
    now = int(app.clock.now())
    return {
        "case": references.text(row.number) if row.number else None,
        "kind": row.kind,
        "urgency": ("critical", "high", "normal", "low")[row.urgency],
        "clock": row.clock,
        "due": row.due,
        "seconds_left": None if row.due is None else row.due - now,
        "what": row.what,
        "level": ladder.LEVELS[row.level],
        "at": now,
        "link": link(app, row.number),
    }


def written(app: App, group: Sequence[NoticeRow]) -> tuple[str, str]:
    """Subject and text of one mail."""
    row, now, zone = group[0], int(app.clock.now()), app.config.timezone
    language = row.language
    if not row.number:
        what = _what(language, row.what)
        return (
            text(language, "desk.subject", what=what[:80]),
            text(language, "desk.body", what=what, link=link(app, 0)),
        )
    if len(group) == 1:
        number, remaining = references.text(row.number), left(language, row.due, now)
        return text(language, "subject", number=number, kind=row.kind, left=remaining), text(
            language,
            "body",
            number=number,
            kind=row.kind,
            clock=row.clock or text(language, "no_clock"),
            due=local(language, row.due, zone),
            left=remaining,
            what=_what(language, row.what),
            level=text(language, f"level.{ladder.LEVELS[row.level]}"),
            link=link(app, row.number),
        )
    nearest = sorted(group, key=lambda one: (one.due is None, one.due or 0))
    lines = [
        text(
            language,
            "line",
            number=references.text(one.number),
            left=left(language, one.due, now),
            kind=one.kind,
            clock=one.clock,
            what=_what(language, one.what),
        )
        for one in nearest[:LINES]
    ]
    if len(nearest) > LINES:
        lines.append(f"+ {len(nearest) - LINES}")
    soonest = left(language, nearest[0].due, now)
    return text(language, "pool.subject", count=len(group), left=soonest), text(
        language, "pool.body", lines="\n".join(lines), link=link(app, 0)
    )


def _what(language: str, what: str) -> str:
    """Codes in the reader's language; steps of the law as the data write them."""
    name, _, more = what.partition(": ")
    if name == "trouble" and more:
        return text(language, "trouble", what=more)
    return text(language, what) if knows(what) and "{" not in text(language, what) else what


def link(app: App, number: int) -> str:
    """The page of a case, or of the desk."""
    base = f"{app.config.public_url.rstrip('/')}/desk"
    return f"{base}/cases/{references.text(number)}" if number else base


# ── what became of them ─────────────────────────────────────────────────────────────────────────


async def _close(tx: Tx, ids: list[int], state: str, at: int, proof: str) -> None:
    await tx.run(q.ENDED, ids=ids, state=state, at=at, proof=proof)


async def _forget(tx: Tx, subscription: int, ids: list[int], at: int) -> None:
    await tx.run(q.FORGET, id=subscription)
    await _close(tx, ids, "failed", at, "the subscription has ended")


async def _again(tx: Tx, app: App, group: list[NoticeRow], proof: str) -> None:
    now, ids = int(app.clock.now()), [row.id for row in group]
    tries = group[0].tries
    if group[0].made_at + _GIVE_UP < now:
        await _close(tx, ids, "failed", now, proof[:200])
        app.log.warning("desk.notice_failed", way=group[0].way, reason=proof[:200])
        return
    again = now + _PAUSES[min(tries, len(_PAUSES) - 1)]
    await tx.run(q.TRIED, ids=ids, next_at=again, proof=proof[:200])
    await jobs.schedule(tx, service.NOTICES, due=again, key=f"again {ids[0]}")
