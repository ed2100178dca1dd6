"""Notices on their way: mail, Web Push, webhook.

Sent at least once: a notice is marked when the other side has taken it, so a crash in between
sends it again, under the same name (``Message-ID``, ``Idempotency-Key``). One of several workers
claims it before. Critical cases leave one by one; of the others, whoever has had :data:`BURST`
mails in ten minutes gets the rest together. What was acknowledged meanwhile does not leave any
more.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence

import msgspec

from petitbleu import jobs, leases, webhooks, webpush
from petitbleu.app import App, Part
from petitbleu.desk.casework.alerts import ladder, recipients, service
from petitbleu.desk.casework.alerts import queries as q
from petitbleu.desk.casework.alerts.queries import NoticeRow
from petitbleu.desk.casework.alerts.texts import left, line, local, reason, text
from petitbleu.desk.reference.law import service as law
from petitbleu.domain.safety.case_numbers import service as case_numbers
from petitbleu.errors import StoreUnavailable
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
"""Seconds until the job looks again at what it has handed over, and a worker's claim lasts."""
_PAUSES = (15, 30, 60, 120, 300, 900)
_GIVE_UP = 2 * 86_400
_URGENCIES = ("critical", "high", "normal", "low")
_FACTS = ("kind", "urgency", "clock", "due", "what", "level")
"""What a mail about one case says, in this order."""

NOTICES = counter("desk_notices_total", "Notices of alarms, by way and end", "way")

_json = msgspec.json.Encoder().encode


class _Traffic:
    """Notices this process is sending."""

    __slots__ = ("busy", "gate")

    def __init__(self) -> None:
        self.busy: set[int] = set()
        self.gate = asyncio.Semaphore(AT_ONCE)


TRAFFIC: Part[_Traffic] = Part(lambda _: _Traffic())


async def dispatch(app: App) -> int | None:
    """Send what waits, in the background; when to look again, None where nothing is under way."""
    for group in await _take(app):
        app.spawn(_send(app, group))
    now = int(app.clock.now())
    if app.parts[TRAFFIC].busy:
        return now + UNDER_WAY
    if not app.worker:
        return None
    # What another worker has claimed, and may not live to send.
    row = await app.store.row(q.NEXT)
    return max(now + 1, row.total) if row is not None and 0 < row.total <= now + UNDER_WAY else None


async def flush(app: App) -> None:
    """Send what waits and return when each notice was taken or refused once."""
    await asyncio.gather(*(_send(app, group) for group in await _take(app)))


async def _take(app: App) -> list[list[NoticeRow]]:
    """What waits and nobody is sending yet, as it leaves together; marked as under way."""
    traffic = app.parts[TRAFFIC]
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
    rows = [row for row in rows if row.id not in app.parts[TRAFFIC].busy]
    mails = {row.recipient for row in rows if row.way == recipients.MAIL}
    lately: dict[str, int] = {}
    if mails:
        earlier = await app.store.rows(q.LATELY, recipients=sorted(mails), since=now - WINDOW)
        lately = {row.recipient: row.total for row in earlier}
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
    """Send one group, of several workers' those that no other sends; says in the store how it
    went.
    """
    traffic = app.parts[TRAFFIC]
    all_ids = {row.id for row in group}
    try:
        # Refused to a worker that was frozen meanwhile: another sends what is left.
        with app.leases.under(leases.ANY):
            async with traffic.gate:
                if app.worker:
                    mine = await app.store.write(_claim, sorted(all_ids), int(app.clock.now()))
                    group = [row for row in group if row.id in mine]
                if group:
                    await _send_once(app, group)
    except StoreUnavailable as error:  # it waits as before, and is looked at again
        app.log.warning("desk.notice_unwritten", reason=str(error))
    finally:
        traffic.busy -= all_ids


async def _send_once(app: App, group: list[NoticeRow]) -> None:
    way, ids = group[0].way, [row.id for row in group]
    try:
        with jobs.run_named("notice " + " ".join(map(str, ids))):
            await _hand_over(app, group)
    except webpush.Gone:
        await app.store.write(_forget, int(group[0].recipient), ids, int(app.clock.now()))
        NOTICES.add(f"{way} gone")
    except (OSError, webpush.NotTaken, webhooks.NotTaken) as error:
        await app.store.write(_again, app, group, str(error))
        NOTICES.add(f"{way} failed")
    else:
        await app.store.write(_close, ids, "sent", int(app.clock.now()), "")
        NOTICES.add(f"{way} sent")


async def _hand_over(app: App, group: list[NoticeRow]) -> None:
    row = group[0]
    if row.way == recipients.WEBHOOK:
        desk = app.config.desk
        await webhooks.post(desk.webhook_url, desk.webhook_secret, _json(_both(app, row)))
    elif row.way == recipients.PUSH:
        await _push(app, row)
    else:
        if app.mail is None:
            raise OSError("no mail server is set up")
        await app.mail.send(row.recipient, *written(app, group))


async def _push(app: App, row: NoticeRow) -> None:
    subscription = await app.store.row(q.SUBSCRIPTION, id=int(row.recipient))
    if subscription is None:
        raise webpush.Gone
    to = webpush.Subscription(subscription.endpoint, subscription.p256dh, subscription.auth)
    subject, body = written(app, [row])
    message = webhook_payload(app, row) | {"title": subject, "text": _shown(row, body)}
    key = service.vapid(app)
    sealed = webpush.encrypt(_json(message), to, app.random)
    header = key.header(to.endpoint, _contact(app), int(app.clock.now()))
    urgent = row.urgency == ladder.CRITICAL
    await webpush.send(to, sealed, header, urgent=urgent, post=webpush.post_openly)


def _shown(row: NoticeRow, body: str) -> str:
    """What a notification says below its title, which has the number."""
    facts = body.partition("\n\n")[0]
    return facts.partition("\n")[2] if row.number else facts


def _both(app: App, row: NoticeRow) -> dict[str, object]:
    """An alarm for programs, and its words for the people they show it to."""
    return webhook_payload(app, row) | {"words": {"language": row.language, **in_words(app, row)}}


def _contact(app: App) -> str:
    """Whom a push service asks about us (RFC 8292, section 2.1)."""
    if app.config.desk.addresses:
        return f"mailto:{app.config.desk.addresses[0]}"
    return app.config.public_url or "mailto:postmaster@localhost"


# ── words ───────────────────────────────────────────────────────────────────────────────────────


def webhook_payload(app: App, row: NoticeRow) -> dict[str, object]:
    """An alarm for programs: number, kind and time, never content or names."""
    now = int(app.clock.now())
    return {
        "case": case_numbers.text(row.number) if row.number else None,
        "kind": row.kind,
        "urgency": _URGENCIES[row.urgency],
        "clock": row.clock,
        "due": row.due,
        "seconds_left": None if row.due is None else row.due - now,
        "what": row.what,
        "messages": row.counted,
        "level": ladder.LEVELS[row.level],
        "at": now,
        "link": link(app, row.number),
    }


def in_words(app: App, row: NoticeRow) -> dict[str, str]:
    """What the codes of an alarm mean, in the language of whoever reads it; empty: nothing."""
    language, known = row.language, law.load_law(app)
    # What waits without a clock of the law carries the name of what waits in its place.
    clock = "" if row.what in (ladder.WAITS, ladder.SECRET) else row.clock
    return {
        "kind": law.kind(known, row.kind, language) if row.kind else "",
        "urgency": text(language, f"urgency.{_URGENCIES[row.urgency]}"),
        "clock": law.clock(known, clock, language) if clock else "",
        "what": line(reason(language, row.what), _counted(language, row)),
        "level": text(language, f"level.{ladder.LEVELS[row.level]}"),
    }


def _counted(language: str, row: NoticeRow) -> str:
    return text(language, "counted", count=row.counted) if row.counted > 1 else ""


def written(app: App, group: Sequence[NoticeRow]) -> tuple[str, str]:
    """Subject and text of one mail."""
    row, now = group[0], int(app.clock.now())
    language, words = row.language, in_words(app, row)
    if not row.number:
        what = words["what"]
        return (
            text(language, "desk.subject", what=what[:80]),
            text(language, "desk.body", what=what, link=link(app, 0)),
        )
    if len(group) == 1:
        number, remaining = case_numbers.text(row.number), left(language, row.due, now)
        subject = text(language, "subject", number=number, kind=words["kind"], left=remaining)
        facts = _facts(app, row, words, remaining)
        return subject, text(
            language, "body", number=number, facts=facts, link=link(app, row.number)
        )
    nearest = sorted(group, key=lambda one: (one.due is None, one.due or 0))
    lines = [_line(app, case, now) for case in nearest[:LINES]]
    if len(nearest) > LINES:
        lines.append(f"+ {len(nearest) - LINES}")
    soonest = left(language, nearest[0].due, now)
    return text(language, "pool.subject", count=len(group), left=soonest), text(
        language, "pool.body", lines="\n".join(lines), link=link(app, 0)
    )


def _facts(app: App, row: NoticeRow, words: Mapping[str, str], remaining: str) -> str:
    """A line for each thing that is known."""
    language = row.language
    due = remaining
    if row.due is not None:
        at = local(language, row.due, app.config.timezone)
        due = text(language, "due", at=at, left=remaining)
    said = {**words, "due": due}
    return "\n".join(
        text(language, f"fact.{name}", what=said[name]) for name in _FACTS if said[name]
    )


def _line(app: App, row: NoticeRow, now: int) -> str:
    words = in_words(app, row)
    remaining = left(row.language, row.due, now)
    return line(
        case_numbers.text(row.number), remaining, words["kind"], words["clock"], words["what"]
    )


def link(app: App, number: int) -> str:
    """The page of a case, or of the desk."""
    base = f"{app.config.public_url.rstrip('/')}/desk"
    return f"{base}/cases/{case_numbers.text(number)}" if number else base


# ── what became of them ─────────────────────────────────────────────────────────────────────────


async def _close(tx: Tx, ids: list[int], state: str, at: int, proof: str) -> None:
    await tx.run(q.ENDED, ids=ids, state=state, at=at, proof=proof)


async def _forget(tx: Tx, subscription: int, ids: list[int], at: int) -> None:
    await tx.run(q.FORGET, id=subscription)
    await _close(tx, ids, "failed", at, "the subscription has ended")


async def _claim(tx: Tx, ids: list[int], now: int) -> set[int]:
    """Those of the notices that this worker sends now, and no other."""
    return {row.id for row in await tx.rows(q.CLAIM, ids=ids, now=now, until=now + UNDER_WAY)}


async def _again(tx: Tx, app: App, group: list[NoticeRow], proof: str) -> None:
    now, ids = int(app.clock.now()), [row.id for row in group]
    tries = group[0].tries
    if group[0].made_at + _GIVE_UP < now:
        await _close(tx, ids, "failed", now, proof[:200])
        app.log.warning("desk.notice_failed", way=group[0].way, reason=proof[:200])
        return
    again = now + _PAUSES[min(tries, len(_PAUSES) - 1)]
    await tx.run(q.TRIED, ids=ids, next_at=again, proof=proof[:200])
    await jobs.schedule(tx, service.SendNotices(), due=again, key=f"again {ids[0]}")
