"""Polls: asking, voting, closing (core.telegram.org/api/poll)."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import msgspec

from petitbleu import jobs
from petitbleu.app import Actor, App
from petitbleu.domain.communities.members import service as members
from petitbleu.domain.files.media import service as media
from petitbleu.domain.files.media.service import key_of
from petitbleu.domain.messaging.messages import service as messages
from petitbleu.domain.messaging.messages.service import MessageRow
from petitbleu.domain.messaging.polls import queries as q
from petitbleu.domain.messaging.polls import stored
from petitbleu.domain.messaging.polls.queries import PollRow
from petitbleu.domain.messaging.polls.stored import FINAL, MULTIPLE, QUIZ, Question
from petitbleu.domain.updates import delivery, log, pace
from petitbleu.domain.updates.log import Event
from petitbleu.errors import Fault
from petitbleu.jobs import Job
from petitbleu.store.api import Reader, Tx

CHANGED = "poll"
OPEN_SECONDS = (5, 31 * 86_400)
"""How long a poll that closes by itself may be open."""
UNSENT_SECONDS = 86_400
SLICE = 100
SHOWN_IN = 500
"""Messages showing one poll that hear of a vote; a poll is seldom forwarded so often."""

_encode = msgspec.msgpack.Encoder().encode
votes_from = msgspec.msgpack.Decoder(list[int]).decode
"""``poll_vote.options`` -> positions"""


class ClosePoll(Job, tag="polls.close", frozen=True):
    """A poll closes by itself."""

    poll: int


async def ask(app: App, me: Actor, what: Question, close_at: int | None) -> int:
    """Make a poll for a message that is about to be said; its id.

    Unsaid, it is dropped after a day.
    """
    poll = int.from_bytes(app.random(8), "big") >> 2
    now = int(app.clock.now())
    await app.store.write(_ask, poll, me.id, stored.encode(what), close_at, now)
    return poll


async def _ask(
    tx: Tx, poll: int, creator: int, data: bytes, close_at: int | None, now: int
) -> None:
    check_at = now + UNSENT_SECONDS
    await tx.run(
        q.INSERT, id=poll, creator=creator, data=data, close_at=close_at, check_at=check_at
    )
    if close_at is not None:
        await jobs.schedule(tx, ClosePoll(poll=poll), due=close_at, key=str(poll))


def closed(row: PollRow, now: float) -> bool:
    """Whether nobody can vote any more."""
    return bool(row.closed) or (row.close_at is not None and row.close_at <= now)


class Shown:
    """A message with its poll."""

    __slots__ = ("message", "poll")

    def __init__(self, message: MessageRow, poll: PollRow) -> None:
        self.message = message
        self.poll = poll


async def of_message(app: App, me: Actor, peer: int, message: int) -> Shown | None:
    """The poll of a message that I may see. Raises what :func:`messages.place` raises."""
    at = await messages.place(app, me, peer)
    row = (await messages.in_place(app, at, [message])).get(message)
    poll = stored.poll_of(row.media) if row is not None else 0
    if row is None or not poll:
        return None
    poll_row = await app.store.row(q.ONE, id=poll)
    return None if poll_row is None else Shown(row, poll_row)


async def restart(app: App, carried: bytes) -> None:
    """A poll that was kept for later begins now: its time is counted from here."""
    poll = stored.poll_of(carried)
    if not poll:
        return
    row = await app.store.row(q.ONE, id=poll)
    period = stored.decode(row.data).close_period if row is not None else 0
    if period:
        await app.store.write(_restart, poll, int(app.clock.now()) + period)


async def _restart(tx: Tx, poll: int, close_at: int) -> None:
    await tx.run(q.RESTART, id=poll, close_at=close_at)
    await jobs.schedule(tx, ClosePoll(poll=poll), due=close_at, key=str(poll))


# ── voting ──────────────────────────────────────────────────────────────────────────────────────


async def vote(app: App, me: Actor, peer: int, message: int, options: Sequence[bytes]) -> Shown:
    """My vote is for ``options`` from now on; none takes it back.

    Raises MESSAGE_ID_INVALID, MESSAGE_POLL_CLOSED, OPTION_INVALID, OPTIONS_TOO_MUCH,
    REVOTE_NOT_ALLOWED and what :func:`messages.place` raises.
    """
    shown = await of_message(app, me, peer, message)
    if shown is None:
        raise Fault("MESSAGE_ID_INVALID")
    what = stored.decode(shown.poll.data)
    positions = {answer.option: n for n, answer in enumerate(what.answers)}
    wanted = list(dict.fromkeys(options))
    if not positions.keys() >= set(wanted):
        raise Fault("OPTION_INVALID")
    if len(wanted) > 1 and not what.flags & MULTIPLE:
        raise Fault("OPTIONS_TOO_MUCH")
    chosen = sorted(positions[option] for option in wanted)
    final = bool(what.flags & (QUIZ | FINAL))
    now = int(app.clock.now())
    shown.poll = await app.store.write(_vote, me.id, shown.poll.id, chosen, final, now)
    await tell(app, shown.poll.id, me)
    return shown


async def _vote(
    tx: Tx, account: int, poll: int, chosen: list[int], final: bool, at: int
) -> PollRow:
    row = await tx.row(q.LOCK, id=poll)
    if row is None:
        raise Fault("MESSAGE_ID_INVALID")
    if closed(row, at):
        raise Fault("MESSAGE_POLL_CLOSED")
    earlier = await tx.rows(q.VOTES_OF, polls=[poll], account=account)
    old = votes_from(earlier[0].options) if earlier else []
    if old == chosen:
        return row
    if final and (old or not chosen):
        raise Fault("REVOTE_NOT_ALLOWED")
    await _take_back(tx, account, poll, old)
    if chosen:
        await tx.run(q.PUT_VOTE, poll=poll, account=account, at=at, options=_encode(chosen))
    for option in chosen:
        await tx.run(q.PUT_CHOICE, poll=poll, option=option, account=account, at=at)
        await tx.run(q.COUNT, poll=poll, option=option, by=1)
    voters = row.voters + bool(chosen) - bool(old)
    await tx.run(q.SET_VOTERS, id=poll, voters=voters)
    return row._replace(voters=voters)


async def _take_back(tx: Tx, account: int, poll: int, old: Sequence[int]) -> None:
    """Somebody's vote for the answers at ``old`` is gone."""
    if old:
        await tx.run(q.DROP_VOTE, poll=poll, account=account)
    for option in old:
        await tx.run(q.DROP_CHOICE, poll=poll, option=option, account=account)
        await tx.run(q.COUNT, poll=poll, option=option, by=-1)


async def forget(app: App, account: int) -> None:
    """Take back all votes of an account that ended, also in polls that are over. May be run
    again.
    """
    while rows := await app.store.rows(q.VOTED_IN, account=account, limit=SLICE):
        for row in rows:
            await app.store.write(_forget, account, row.id)
            await tell(app, row.id, Actor(0))


async def _forget(tx: Tx, account: int, poll: int) -> None:
    row = await tx.row(q.LOCK, id=poll)
    votes = await tx.rows(q.VOTES_OF, polls=[poll], account=account)
    if row is None or not votes:
        await tx.run(q.DROP_VOTE, poll=poll, account=account)
        return
    await _take_back(tx, account, poll, votes_from(votes[0].options))
    await tx.run(q.SET_VOTERS, id=poll, voters=max(0, row.voters - 1))


async def bodies(reader: Reader, poll: int) -> list[q.Body]:
    """The messages that show a poll."""
    return await reader.rows(q.BODIES, key=key_of(poll), limit=SHOWN_IN)


async def tell(app: App, poll: int, by: Actor) -> None:
    """Whoever is here and has the poll before their eyes sees the new results, or its end."""
    owners: set[int] = {by.id} - {0}
    for body in await bodies(app.store, poll):
        for row in await messages.moderation_access.rows(app.store, body.author, [body.id]):
            if row.peer < 0 < row.owner:
                owners.update(await members.inside(app.store, row.peer))
            else:
                owners.update((row.owner, row.peer))
    at = int(app.clock.now())
    for owner in sorted(owners):
        news = log.passing(owner, CHANGED, {"poll": poll}, at=at, by=by)
        if owner < 0:
            pace.tell(app, (CHANGED, owner, poll), news)
        else:
            delivery.announce(app, [news])


# ── the end ─────────────────────────────────────────────────────────────────────────────────────


async def close(app: App, me: Actor, peer: int, message: int) -> list[Event]:
    """End the poll of my message; my own events, the poll's first (some clients look for it
    there in the answer), and those of the channel it stands in. Whoever else has it is told, also
    where it was forwarded to.

    Raises MESSAGE_NOT_MODIFIED (it is over), MEDIA_PREV_INVALID (no poll) and what
    :func:`messages.editable` raises.
    """
    row = await messages.editable(app, me, peer, message)
    poll = stored.poll_of(row.media)
    if not poll:
        raise Fault("MEDIA_PREV_INVALID")
    events = await app.store.write(_close, poll, int(app.clock.now()), me, {me.id, row.owner})
    if events is None:
        raise Fault("MESSAGE_NOT_MODIFIED")
    await tell(app, poll, me)
    over = log.passing(me.id, CHANGED, {"poll": poll}, at=int(app.clock.now())).event
    return [over, *events]


async def close_due(app: App, poll: int) -> None:
    """The time of a poll is over. May be run again."""
    if await app.store.write(_close, poll, int(app.clock.now())) is not None:
        await tell(app, poll, Actor(0))


async def _close(
    tx: Tx, poll: int, at: int, me: Actor | None = None, mine: Collection[int] = ()
) -> list[Event] | None:
    """The events of the owners ``mine``, which are my answer; None where it is over already."""
    if not await tx.run(q.CLOSE, id=poll):
        return None
    await jobs.unschedule(tx, ClosePoll, str(poll))
    where: dict[int, list[int]] = {}
    for body in await bodies(tx, poll):
        for row in await messages.moderation_access.rows(tx, body.author, [body.id]):
            for owner, copy in (await messages.copies(tx, row)).items():
                where.setdefault(owner, []).append(copy)
    await messages.lock(tx, where)
    others = {owner: ids for owner, ids in where.items() if owner not in mine}
    await messages.moderation_access.announce(tx, messages.EDITED, others, {}, at=at)
    answered = {owner: ids for owner, ids in where.items() if owner in mine}
    return await messages.moderation_access.announce(
        tx, messages.EDITED, answered, {}, at=at, by=me
    )


# ── polls nobody shows any more ─────────────────────────────────────────────────────────────────


async def sweep(app: App) -> None:
    """Drop polls, with their votes, that no message shows."""
    now = int(app.clock.now())
    for row in await app.store.rows(q.CHECK, now=now, limit=500):
        await app.store.write(_check, row.id, now)


async def _check(tx: Tx, poll: int, now: int) -> None:
    if await media.held(tx, poll) or await tx.rows(q.BODIES, key=key_of(poll), limit=1):
        await tx.run(q.POSTPONE, id=poll, at=now + 7 * UNSENT_SECONDS)
        return
    for erase in (q.ERASE_CHOICES, q.ERASE_COUNTS, q.ERASE_VOTES, q.ERASE):
        await tx.run(erase, poll=poll)
