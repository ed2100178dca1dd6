"""Whoever judges guests' comments: what waits, one decision, many by their score.

A comment lies in one box: ``held`` (nobody has looked at it), ``spam`` (the filter says so),
``contested`` (its author says that it was none), ``discarded`` (the filter was sure; it goes after
15 days), ``refused`` (judged spam). Each verdict teaches the filter in the same transaction.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import NamedTuple

from petitbleu import jobs
from petitbleu.app import App
from petitbleu.domain.publishing.comments import calling, publishing, texts
from petitbleu.domain.publishing.comments import queries as q
from petitbleu.domain.publishing.comments.publishing import AskToConfirm, Publish, opened
from petitbleu.domain.publishing.comments.queries import GuestRow
from petitbleu.domain.safety.antispam import service as antispam
from petitbleu.jobs import Job
from petitbleu.store.api import Tx

BOXES = ("contested", "held", "spam", "discarded", "refused")
PAGE, BULK = 50, 500
"""Comments of a page, and judged in one go."""
SPAM, NO, KEPT = "spam", "no", "kept"
"""``ending`` of what was refused: as spam; for another reason; as spam after it was contested."""
_CHANNELS = 200
_SCANNED = 2000
"""Comments that are looked through for words: texts are sealed, no index knows them."""
_ALL_CHANNELS = (-(1 << 62), 1 << 62)
_END = 1 << 62
_SCORE = 1_000_000

Also = Callable[[Tx, GuestRow], Awaitable[None]]
"""What whoever decides writes in the same transaction, given the comment as it was."""


class TellSettled(Job, tag="comments.settled", frozen=True):
    """Whoever contested a verdict hears what became of it."""

    id: int


class Box(NamedTuple):
    """Which comments are asked for. ``channel`` 0: of all; scores 0..1; ``words``: in name or
    text.
    """

    name: str
    channel: int = 0
    least: float = 0.0
    most: float = 1.0
    words: str = ""


class Waiting(NamedTuple):
    """A comment, with what the filter found and what its author says against a verdict."""

    row: GuestRow
    text: str
    checked: antispam.Kept | None
    contest: str = ""


async def boxes(app: App) -> dict[str, int]:
    """How many comments lie in each box."""
    counts = {row.box: row.number for row in await app.store.rows(q.BOXES)}
    return {box: counts.get(box, 0) for box in BOXES}


async def channels(app: App, box: str) -> dict[int, int]:
    """The channels whose comments lie in a box, with how many; those with most first."""
    rows = await app.store.rows(q.CHANNELS, box=box, limit=_CHANNELS)
    return {int(row.box): row.number for row in rows}


async def queue(app: App, box: Box, *, after: int = 0, limit: int = PAGE) -> list[Waiting]:
    """The comments of a box, the oldest first (``refused``: the newest first), behind the id
    ``after`` (0: from the beginning).
    """
    rows = await _rows(app, box, after, limit)
    checks = await antispam.get_many(app, [row.spam_check for row in rows])
    return [
        Waiting(row, opened(app, row)[1], checks.get(row.spam_check), contest_of(app, row))
        for row in rows
    ]


async def waiting(app: App, *, limit: int = PAGE) -> list[Waiting]:
    """What awaits somebody, whatever the filter says of it, the oldest first."""
    limit = max(1, min(limit, 200))
    held = [
        *await queue(app, Box("held"), limit=limit),
        *await queue(app, Box("spam"), limit=limit),
    ]
    return sorted(held, key=lambda one: one.row.id)[:limit]


async def _rows(app: App, box: Box, after: int, limit: int) -> list[GuestRow]:
    low, high = (box.channel, box.channel) if box.channel else _ALL_CHANNELS
    newest_first = box.name == "refused"
    asked = {
        "box": box.name,
        "low": low,
        "high": high,
        "least": round(box.least * _SCORE),
        "most": round(box.most * _SCORE),
    }
    wanted = " ".join(box.words.casefold().split())
    size = _SCANNED if wanted else limit
    place = after or (_END if newest_first else 0)
    sql = q.NEWEST_FIRST if newest_first else q.QUEUE
    rows = await app.store.rows(sql, **asked, after=place, limit=size)
    if not wanted:
        return rows
    return [row for row in rows if wanted in _said(app, row)][:limit]


def _said(app: App, row: GuestRow) -> str:
    return " ".join(f"{row.name} {opened(app, row)[1]}".casefold().split())


# ── one ─────────────────────────────────────────────────────────────────────────────────────────


async def decide(
    app: App,
    number: int,
    *,
    publish: bool,
    spam: bool = False,
    by: str,
    seen: int | None = None,
    also: Also | None = None,
    only_held: bool = False,
) -> bool:
    """Publish or refuse a comment; whether there was anything to decide.

    Publishing teaches the filter that it was good, ``spam`` that it was none; a comment refused for
    another reason teaches nothing, and only its channel's people can have refused it so: it is
    not published from here. A restored comment keeps its date. Who wrote what was discarded was
    never asked for their address: that is made up for first. ``only_held``: the first verdict
    stands, whatever it was. ``seen``: the check (``spam_check``) of the text that was looked at: a
    comment whose author has changed it meanwhile is not decided.
    """
    row = await app.store.row(q.GET, id=number)
    step = _step(row, publish, spam) if row is not None else None
    if row is None or step is None or (only_held and row.state != "held"):
        return False
    if seen is not None and row.spam_check != seen:
        return False
    judging = None
    if row.spam_check and (publish or spam):
        judging = await antispam.prepared(app, row.spam_check, spam=spam, by=by)
    now, ending = step
    at = int(app.clock.now())
    changed = row._replace(state=now, ending=ending, decided_by=by, decided_at=at)
    if not await app.store.write(_decide, row, changed, judging, also):
        return False
    if now == "approved":
        await publishing.publish(app, number)
    return True


def _step(row: GuestRow, publish: bool, spam: bool) -> tuple[str, str] | None:
    """State and ending that follow; None: there is nothing to decide."""
    if row.state == "held":
        return ("approved", "") if publish else ("refused", SPAM if spam else NO)
    if row.state == "discarded":
        return ("new", "") if publish else ("refused", SPAM if spam else NO)
    if row.state == "refused" and row.ending in (SPAM, KEPT):
        if publish:
            # Its author may never have been asked.
            return ("approved" if row.confirmed_at else "new", "")
        if spam and row.ending == SPAM and row.contested_at:
            return "refused", KEPT
    return None


async def _decide(
    tx: Tx,
    row: GuestRow,
    changed: GuestRow,
    judging: antispam.Judging | None,
    also: Also | None,
) -> bool:
    at = changed.decided_at
    done = await tx.run(
        q.DECIDE,
        id=row.id,
        was=row.state,
        was_ending=row.ending,
        checked=row.spam_check,
        now=changed.state,
        ending=changed.ending,
        by=changed.decided_by,
        at=at,
        asked_at=at if changed.state == "new" else row.asked_at,
    )
    if not done:
        return False
    if judging is not None:
        await judging(tx)
    if also is not None:
        await also(tx, row)
    await calling.ended(tx, row.id, at)
    key = str(row.id)
    if changed.state == "approved":
        await jobs.schedule(tx, Publish(id=row.id), due=at + 60, key=key)
    elif changed.state == "new":
        await jobs.schedule(tx, AskToConfirm(id=row.id), due=at, key=key)
    if row.contested_at and row.confirmed_at:  # else nobody knows whose address it is
        await jobs.schedule(tx, TellSettled(id=row.id), due=at, key=key)
    return True


async def is_asked(app: App, number: int) -> bool:
    """Whether its author has to confirm the address before a comment is published."""
    row = await app.store.row(q.GET, id=number)
    return row is not None and row.state == "new"


# ── many ────────────────────────────────────────────────────────────────────────────────────────


async def bulk(
    app: App, numbers: Mapping[int, int], *, publish: bool, by: str, also: Also | None = None
) -> int:
    """Judge these comments (number -> ``seen``), as :func:`decide` does each; how many still waited
    for it, with the same text.
    """
    done = 0
    for number, seen in [*numbers.items()][:BULK]:
        done += await decide(
            app, number, publish=publish, spam=not publish, by=by, seen=seen, also=also
        )
    return done


# ── what its author says ────────────────────────────────────────────────────────────────────────


def _context(number: int) -> bytes:
    return b"comment contest %d" % number


def contest_of(app: App, row: GuestRow) -> str:
    """What the author says against a verdict of spam; '' where nothing was said."""
    if row.contest is None:
        return ""
    return app.secrets.unseal(row.contest, _context(row.id)).decode()


async def contest(app: App, row: GuestRow, text: str) -> bool:
    """The author says that it is no spam; whether that can be said (once). What the filter
    discarded by itself comes before a person now."""
    sealed = app.secrets.seal(text.encode(), _context(row.id))
    return await app.store.write(_contest, row.id, sealed, int(app.clock.now()))


async def _contest(tx: Tx, number: int, sealed: bytes, at: int) -> bool:
    return await tx.run(q.CONTEST, id=number, contest=sealed, at=at) > 0


async def ask(app: App, number: int) -> None:
    """Mail the link that confirms a comment which was discarded by mistake. Raises OSError."""
    row = await app.store.row(q.GET, id=number)
    if row is not None and row.state == "new":
        await publishing.ask(app, row)


async def tell_settled(app: App, number: int) -> None:
    """Mail what became of a contested verdict. Raises OSError."""
    row = await app.store.row(q.GET, id=number)
    if row is None:
        return
    email, text = opened(app, row)
    key = "kept" if row.ending == KEPT else "restored"
    values = {"name": app.config.name, "link": publishing.link(app, row.id), "text": text}
    await texts.mail(app, email, row.language, key, **values)
