"""Saying messages later (core.telegram.org/api/scheduled-messages)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from petitbleu import ids, jobs
from petitbleu.app import Actor, App
from petitbleu.domain.communities.chats.service import CHANNEL
from petitbleu.domain.communities.members import service as members
from petitbleu.domain.communities.members.service import ADMIN, WRITE
from petitbleu.domain.files.media import service as media
from petitbleu.domain.messaging.messages import service as messages
from petitbleu.domain.messaging.messages.service import Draft, Place
from petitbleu.domain.messaging.polls import service as polls
from petitbleu.domain.messaging.scheduled import approving, stored
from petitbleu.domain.messaging.scheduled import queries as q
from petitbleu.domain.messaging.scheduled.approving import SendScheduled
from petitbleu.domain.messaging.scheduled.queries import ScheduledRow
from petitbleu.domain.messaging.second_reader import gate
from petitbleu.domain.people.accounts import presence
from petitbleu.domain.people.privacy import service as privacy
from petitbleu.domain.updates import log
from petitbleu.domain.updates.log import Event
from petitbleu.errors import Fault
from petitbleu.store.api import Reader, Tx

NEW, GONE = "scheduled.new", "scheduled.gone"
ONLINE = 0x7FFFFFFE
"""The date that stands for "when they come online"."""
MAX_PER_CHAT = 100
"""Waiting messages of one chat."""
MAX_SECONDS_AHEAD = 366 * 86_400
SOON = 10
"""A date so near is now."""
LAST_ID = (1 << 18) - 1
"""What TDLib takes for the id of a scheduled message."""
_HOLDER = "scheduled"
_ANSWERED = frozenset(
    {"REPLY_MESSAGE_ID_INVALID", "QUOTE_TEXT_INVALID", "CHAT_FORWARDS_RESTRICTED"}
)


async def place(app: App, me: Actor, peer: int) -> tuple[Place, int]:
    """The chat, and whose the waiting messages are: mine, or the channel's.

    CHAT_ADMIN_REQUIRED for who may not post there.
    """
    at = await messages.place(app, me, peer)
    if at.chat is not None and at.chat.kind == CHANNEL:
        await members.require(app, me, peer, WRITE)
        return at, peer
    return at, me.id


async def any_waits(reader: Reader, owner: int, peer: int) -> bool:
    """Whether anything of ``owner`` (a person, or the channel itself) waits in a chat."""
    row = await reader.row(q.COUNT, owner=owner, peer=peer)
    return row is not None and row.n > 0


async def waiting(
    app: App, me: Actor, peer: int, wanted: Iterable[int] | None = None
) -> list[ScheduledRow]:
    """What waits in a chat (of the ids ``wanted``), the next first."""
    _, owner = await place(app, me, peer)
    if wanted is None:
        return await app.store.rows(q.OF_CHAT, owner=owner, peer=peer)
    return await app.store.rows(q.BY_IDS, owner=owner, peer=peer, ids=list(wanted))


# ── scheduling ──────────────────────────────────────────────────────────────────────────────────


async def due(app: App, me: Actor, peer: int, at: int) -> int:
    """``at`` as it is kept; 0: the time is now.

    Raises SCHEDULE_DATE_TOO_LATE, SCHEDULE_STATUS_PRIVATE, SCHEDULE_BOT_NOT_ALLOWED.
    """
    if me.bot:
        raise Fault("SCHEDULE_BOT_NOT_ALLOWED")
    now = app.clock.now()
    if at == ONLINE and peer > 0 and peer != me.id:
        if not await privacy.allows(app, "status", peer, me.id):
            raise Fault("SCHEDULE_STATUS_PRIVATE")
        return 0 if presence.load_presence(app, peer, 0).online_until > now else ONLINE
    if at > now + MAX_SECONDS_AHEAD:
        raise Fault("SCHEDULE_DATE_TOO_LATE")
    return at if at > now + SOON else 0


async def schedule(app: App, me: Actor, peer: int, drafts: Sequence[Draft], at: int) -> list[Event]:
    """Keep ``drafts`` until ``at`` (of :func:`due`, not 0); a repeated call finds what it kept.

    Raises SCHEDULE_TOO_MUCH, and what saying them now would.
    """
    where, owner = await place(app, me, peer)
    clean = [await _checked(app, me, where, peer, draft) for draft in drafts]
    now = int(app.clock.now())
    rows = [
        ScheduledRow(
            owner, 0, peer, me.id, at,
            draft.random_id or int.from_bytes(app.random(8), "big") >> 1,
            now, None, stored.encode(draft._replace(random_id=None)),
        )
        for draft in clean
    ]  # fmt: skip
    told = await _told(app, owner)
    return await app.store.write(_schedule, me, rows, [draft.media for draft in clean], told)


async def _checked(app: App, me: Actor, at: Place, peer: int, draft: Draft) -> Draft:
    """``draft`` as it can be said now, in its final form."""
    if at.chat is not None:
        await members.require(app, me, peer, draft.right or WRITE)
    author = peer if at.shared else me.id
    if draft.random_id and await messages.said_before(app, author, draft.random_id):
        raise Fault("RANDOM_ID_DUPLICATE")
    if draft.reply_to is not None:
        await messages.quotes.answered(app, me, at, peer, draft.reply_to)
    if not draft.ready:
        clean = messages.caption if draft.media is not None else messages.normalize
        text, entities = clean(draft.text, draft.entities)
        draft = draft._replace(text=text, entities=entities, ready=True)
    if draft.clear_draft:
        await messages.clear_draft(app, me, peer)
    return draft._replace(clear_draft=False)


async def _told(app: App, owner: int) -> list[int]:
    """Whose devices hear of it: the owner's, or of all who may post."""
    if owner > 0:
        return [owner]
    rows = await members.admins(app, owner)
    now = app.clock.now()
    return sorted(row.account for row in rows if members.role(row, now) >= ADMIN)


async def _schedule(
    tx: Tx,
    me: Actor,
    rows: Sequence[ScheduledRow],
    shown: Sequence[bytes | None],
    told: Sequence[int],
) -> list[Event]:
    owner, peer = rows[0].owner, rows[0].peer
    await messages.lock(tx, [owner])
    count = await tx.row(q.COUNT, owner=owner, peer=peer)
    last = await tx.row(q.LAST, owner=owner)
    assert count is not None and last is not None
    number = last.n
    events: list[Event] = []
    fresh: ScheduledRow | None = None
    for row, carried in zip(rows, shown, strict=True):
        earlier = await tx.row(q.BY_RANDOM, sender=row.sender, random_id=row.random_id)
        if earlier is None:
            number += 1
            if count.n + len(rows) > MAX_PER_CHAT or number > LAST_ID:
                raise Fault("SCHEDULE_TOO_MUCH")
            earlier = row._replace(id=number)
            await tx.run(q.PUT, **earlier._asdict())
            if carried is not None:
                await media.hold(tx, carried, _HOLDER, earlier.random_id)
            await _plan(tx, earlier)
            fresh = earlier
        events += await _tell(tx, me, told, NEW, peer, earlier.id, earlier.made_at)
    if fresh is not None and owner < 0:
        await approving.withdraw(tx, owner, approving.album(fresh))
        await approving.wants_reader(tx, fresh, fresh.made_at)
    return events


async def _plan(tx: Tx, row: ScheduledRow) -> None:
    key = f"{row.owner}:{row.id}"
    if row.due == ONLINE:
        await jobs.unschedule(tx, SendScheduled, key)
    else:
        await approving.plan(tx, row)


async def _tell(
    tx: Tx,
    me: Actor | None,
    told: Sequence[int],
    kind: str,
    peer: int,
    message: int,
    at: int,
    sent: int = 0,
) -> list[Event]:
    """The events of everybody told; mine alone is for my answer."""
    data = {"peer": peer, "id": message} | ({"sent": sent} if sent else {})
    key = f"{peer}:{message}"
    return [await log.state(tx, account, kind, key, data, at=at, by=me) for account in told]


# ── changing ────────────────────────────────────────────────────────────────────────────────────


async def edit(
    app: App, me: Actor, peer: int, message: int, draft: Draft | None, at: int
) -> list[Event]:
    """Give a waiting message another text (None: it stays) and another time.

    Raises MESSAGE_ID_INVALID, SCHEDULE_DATE_INVALID (past, or too late) and what
    :func:`schedule` raises.
    """
    rows = await waiting(app, me, peer, [message])
    if not rows or (rows[0].sender != me.id and rows[0].owner > 0):
        raise Fault("MESSAGE_ID_INVALID")
    try:
        when = await due(app, me, peer, at)
    except Fault:
        when = 0
    if not when:
        raise Fault("SCHEDULE_DATE_INVALID")
    row, now = rows[0], int(app.clock.now())
    if draft is not None:
        where, _ = await place(app, me, peer)
        kept = stored.decode(row.draft)
        kept = kept._replace(
            text=draft.text,
            entities=draft.entities,
            no_webpage=draft.no_webpage,
            invert_media=draft.invert_media,
            ready=False,
        )
        clean = await _checked(app, me, where, peer, kept)
        row = row._replace(draft=stored.encode(clean), edit_date=now)
    row = row._replace(editor=me.id)
    return await app.store.write(
        _edit, me, row._replace(due=when), await _told(app, row.owner), now
    )


async def _edit(tx: Tx, me: Actor, row: ScheduledRow, told: Sequence[int], now: int) -> list[Event]:
    if row.owner < 0:
        await messages.lock(tx, [row.owner])
    changed = await tx.run(
        q.CHANGE, owner=row.owner, id=row.id, due=row.due, edit_date=row.edit_date,
        draft=row.draft, editor=row.editor,
    )  # fmt: skip
    if not changed:
        raise Fault("MESSAGE_ID_INVALID")
    await _plan(tx, row)
    if row.owner < 0:
        await approving.withdraw(tx, row.owner, approving.album(row))
        await approving.wants_reader(tx, row, now)
    return await _tell(tx, me, told, NEW, row.peer, row.id, now)


async def delete(app: App, me: Actor, peer: int, wanted: Iterable[int]) -> list[Event]:
    """Do not say them. Ids that are not there are passed over."""
    events: list[Event] = []
    for row in await waiting(app, me, peer, wanted):
        events += await _gone(app, row, me)
    return events


async def _gone(app: App, row: ScheduledRow, me: Actor | None, sent: int = 0) -> list[Event]:
    told = await _told(app, row.owner)
    return await app.store.write(_drop, me, row, told, int(app.clock.now()), sent)


async def _drop(
    tx: Tx, me: Actor | None, row: ScheduledRow, told: Sequence[int], at: int, sent: int
) -> list[Event]:
    if row.owner < 0:
        await messages.lock(tx, [row.owner])
    if not await tx.run(q.DROP, owner=row.owner, id=row.id):
        return []
    if row.owner < 0 and row.leaving:
        if sent or me is None:
            await approving.left(tx, row, sent, at)
    elif row.owner < 0:
        await approving.withdraw(tx, row.owner, approving.album(row))
    await jobs.unschedule(tx, SendScheduled, f"{row.owner}:{row.id}")
    carried = stored.decode(row.draft).media
    if carried is not None:
        await media.let_go(tx, carried, _HOLDER, row.random_id, at=at)
    return await _tell(tx, me, told, GONE, row.peer, row.id, at, sent)


# ── saying ──────────────────────────────────────────────────────────────────────────────────────


async def send(app: App, me: Actor, peer: int, wanted: Sequence[int]) -> list[Event]:
    """Say waiting messages now. MESSAGE_ID_INVALID where none of them waits,
    CHAT_SEND_UNAPPROVED_FORBIDDEN where all that do have to be approved first.
    """
    rows = await waiting(app, me, peer, wanted)
    if not rows:
        raise Fault("MESSAGE_ID_INVALID")
    ready = [now for row in rows if (now := await approving.cleared(app, row, due=False))]
    if not ready:
        await gate.refuse(app, me, peer)
    events: list[Event] = []
    for row in ready:
        events += await _say(app, row, me if row.sender == me.id else Actor(row.sender))
        events += await _gone(app, row, me, await _said_as(app, row))
    return events


async def send_due(app: App, owner: int, message: int) -> int | None:
    """The time of a message has come. May be run again; when to come back, if it is not said."""
    row = await app.store.row(q.ONE, owner=owner, id=message)
    if row is None or row.due == ONLINE:
        return None
    if row.due > app.clock.now():
        return row.due
    ready = await approving.cleared(app, row, due=True)
    return await _send_or_drop(app, ready) if ready is not None else None


async def came_online(app: App, account: int) -> None:
    """Say what waited for the account to come online."""
    for row in await app.store.rows(q.ONLINE, peer=account):
        await _send_or_drop(app, row)


async def _send_or_drop(app: App, row: ScheduledRow) -> int | None:
    try:
        events = await _say(app, row, Actor(row.sender))
    except Fault as fault:
        if fault.name in ("SLOWMODE_WAIT_X", gate.REFUSED):  # or a second reader since a moment ago
            return int(app.clock.now()) + max(int(fault.value or 1), 1)
        events = []
    await _gone(app, row, None, await _said_as(app, row) if events else 0)
    return None


async def _said_as(app: App, row: ScheduledRow) -> int:
    """The id of what was said, as its author has it."""
    author = row.peer if ids.is_channel(row.peer) else row.sender
    return await messages.said_before(app, author, row.random_id)


async def _say(app: App, row: ScheduledRow, actor: Actor) -> list[Event]:
    draft = stored.decode(row.draft)
    more = (draft.more or {}) | {"scheduled": True}
    draft = draft._replace(random_id=row.random_id, more=more)
    if draft.media is not None:
        await polls.restart(app, draft.media)
    try:
        return await messages.send(app, actor, row.peer, draft, approved=bool(row.leaving))
    except Fault as fault:
        if fault.name not in _ANSWERED:
            raise
        # What it answers is gone: better said without than not at all.
        plain = draft._replace(reply_to=None)
        return await messages.send(app, actor, row.peer, plain, approved=bool(row.leaving))
