"""Sending: one mail after the other, crossed off before the next begins.

A kill repeats the mail that was under way, with the same Message-ID, and no other. Right before
each mail the channel is compared with what its letter was written from: a post that is withheld,
deleted or edited meanwhile is left out, or written anew.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import NamedTuple

from petitbleu.app import App, Part
from petitbleu.domain.messaging.messages.service import MessageRow
from petitbleu.domain.publishing.newsletter import (
    addresses,
    composing,
    counting,
    reading,
    subscribing,
    texts,
    timetable,
    writing,
)
from petitbleu.domain.publishing.newsletter import queries as q
from petitbleu.domain.publishing.newsletter import queries_sending as qs
from petitbleu.domain.publishing.newsletter.composing import Composed, Personal
from petitbleu.domain.publishing.newsletter.queries import SubscriberRow
from petitbleu.domain.publishing.newsletter.queries_sending import DeliveryRow
from petitbleu.domain.publishing.newsletter.writing import Order
from petitbleu.domain.publishing.pages import service as pages
from petitbleu.domain.publishing.pages.service import Page, Where
from petitbleu.errors import MailRefused
from petitbleu.metrics import counter
from petitbleu.store.api import Tx
from petitbleu.turns import Slices

ROUND = 100
"""Mails that are read at once."""
MOST_POSTS = 30
"""Posts of a digest."""
PAUSES = (300, 1800, 7200, 21_600, 43_200)
"""Seconds until a mail that was refused is tried again; then it is given up."""
DOWN_SECONDS = 120
"""Until a mail server that could not be asked is asked again."""
REFUSED_IN_A_ROW = 10
"""So many refusals one after the other are about us, not about the readers."""
_LETTERS = 32
SENT = counter("newsletter_mails_total", "Mails of newsletters, by what became of them", "outcome")


class Written(NamedTuple):
    """A letter that is ready; None: there is nothing to be sent. ``posts``: what it shows."""

    composed: Composed | None
    posts: tuple[int, ...]


class Desk:
    """What one process knows while it sends."""

    __slots__ = ("letters", "noted", "turns")

    def __init__(self) -> None:
        self.letters: OrderedDict[object, Written] = OrderedDict()
        """The letters written last, by all that they depend on."""
        self.noted: set[tuple[int, int]] = set()
        """Posts (channel, id) of which it is on disk that they were sent."""
        self.turns: dict[str, float] = {}
        """Domain -> when the next mail to it may leave."""

    def turn(self, domain: str, now: float, step: float) -> float:
        """When a mail to a domain may leave, and that it does."""
        at = max(self.turns.get(domain, 0.0), now)
        self.turns[domain] = at + step
        if len(self.turns) > 10_000:
            self.turns = {name: due for name, due in self.turns.items() if due > now}
        return at

    def keep(self, key: object, written: Written) -> Written:
        """Remember a letter."""
        self.letters[key] = written
        if len(self.letters) > _LETTERS:
            self.letters.popitem(last=False)
        return written


DESK: Part[Desk] = Part(lambda _: Desk())


async def work(app: App) -> int | None:
    """Send what is due until nothing is; when something will be (Unix seconds), None: nothing."""
    if app.mail is None or app.parts[writing.WRITTEN] is None:
        return None if app.mail is None else int(app.clock.now()) + DOWN_SECONDS
    refused = 0
    slices = Slices(lambda: app.store.writing)
    while True:
        now = int(app.clock.now())
        rows = await app.store.rows(qs.DUE, now=now, limit=ROUND)
        if not rows:
            following = await app.store.row(qs.NEXT)
            return following.at if following is not None else None
        readers = {
            row.id: row
            for row in await app.store.rows(q.GET_MANY, ids=[one.subscriber for one in rows])
        }
        for row in rows:
            await slices.rest()
            try:
                await _one(app, row, readers.get(row.subscriber))
                refused = 0
            except MailRefused as error:
                refused += 1
                await _refused(app, row, error, alone=refused < REFUSED_IN_A_ROW)
                if refused >= REFUSED_IN_A_ROW:
                    return int(app.clock.now()) + PAUSES[0]
            except OSError as error:
                app.log.warning("newsletter.not_sent", reason=str(error))
                return int(app.clock.now()) + DOWN_SECONDS


async def _one(app: App, row: DeliveryRow, reader: SubscriberRow | None) -> None:
    """Send one mail, if it is still wanted and there is something to send. Raises OSError."""
    desk = app.parts[DESK]
    page = await reading.open_page(app, row.channel)
    if page is None or reader is None or not _is_wanted(row, reader):
        await app.store.background(_drop, row)
        return
    now = app.clock.now()
    if not row.slot or row.due < now - 60:
        step = 60 / app.config.newsletter.per_minute
        turn = desk.turn(row.domain, now, step)
        if turn - now >= 1:
            await app.store.background(_later, row, int(turn), 1, row.tries)
            return
    if row.kind == timetable.ASK:
        written = _question(app, page, reader)
    else:
        written = await _written(app, page, row, reader)
    if written.composed is None:
        await app.store.background(_drop, row)
        SENT.add("left_out")
        return
    assert app.mail is not None
    email = addresses.opened(app, reader)
    if row.kind == timetable.ASK and not row.tries and not await subscribing.may_ask(app, email):
        await subscribing.end(app, reader.id, subscribing.UNCONFIRMED)
        return
    mail = written.composed.message(Personal(email, row.id, addresses.link(app, reader.id)))
    await app.mail.post(mail, email, sender=addresses.return_address(app, reader.id))
    SENT.add("sent")
    new = tuple(one for one in written.posts if (row.channel, one) not in desk.noted)
    await app.store.background(_sent, row, new, int(app.clock.now()))
    desk.noted |= {(row.channel, one) for one in new}
    if len(desk.noted) > 10_000:
        desk.noted.clear()


def _is_wanted(row: DeliveryRow, reader: SubscriberRow) -> bool:
    """Whether a reader still waits for such a mail: they may have chosen otherwise meanwhile."""
    if row.kind == timetable.ASK:
        return reader.state == subscribing.NEW
    return reader.state == subscribing.ACTIVE and reader.frequency == row.kind


async def _written(app: App, page: Page, row: DeliveryRow, reader: SubscriberRow) -> Written:
    """The letter as the channel is now."""
    at = await reading.everywhere(app, page)
    withdrawn = await _withdrawn(app, at, row, reader)
    chosen = (reader.tags, reader.language, reader.zone if row.kind != timetable.POST else "")
    of = (row.channel, row.kind, row.first, row.last, row.at, tuple(withdrawn))
    key = (of, chosen, at.version, at.marks, page.looks)
    letters = app.parts[DESK].letters
    if key in letters:
        return letters[key]
    return app.parts[DESK].keep(key, await _write(app, page, at, row, reader, withdrawn))


def _question(app: App, page: Page, reader: SubscriberRow) -> Written:
    """The one mail that somebody of an imported list gets, until they have confirmed it."""
    words = texts.TEXTS[texts.TEXTS.language(reader.language)]
    mark, title = app.random(16).hex(), page.chat.title
    letter = writing.Letter(
        words["imported.subject"].format(title=title),
        "",
        words["imported"].format(title=title, name=app.config.name, link=mark),
        title,
    )
    composed = composing.compose(
        app, letter, name=page.name, language=reader.language, when=int(app.clock.now()), mark=mark
    )
    return Written(composed, ())


async def _withdrawn(
    app: App, at: Where, row: DeliveryRow, reader: SubscriberRow
) -> list[tuple[int, int]]:
    """Posts that were mailed to the reader before and that the next digest says are withdrawn; of
    one that is gone nobody knows any more which hashtags it had.
    """
    if row.kind == timetable.POST or reader.tags:
        return []
    gone = await app.store.rows(
        qs.WITHDRAWN_SINCE, channel=row.channel, since=row.since, since_sent=reader.confirmed_at
    )
    return [(one.post, one.sent_at) for one in gone if await reading.may_tell(app, at, one.post)]


async def _write(
    app: App,
    page: Page,
    at: Where,
    row: DeliveryRow,
    reader: SubscriberRow,
    withdrawn: list[tuple[int, int]],
) -> Written:
    nothing = Written(None, ())
    if pages.held_back(at) is not None:
        return nothing
    posts = await _posts(app, at, row, reader.tags)
    if not posts and not withdrawn:
        return nothing
    write = app.parts[writing.WRITTEN]
    assert write is not None
    mark = app.random(16).hex()
    zone = reader.zone if row.kind != timetable.POST else app.config.timezone
    order = Order(
        page, at, row.kind, posts[:MOST_POSTS], max(0, len(posts) - MOST_POSTS), withdrawn,
        reader.language, zone, row.at, mark,
    )  # fmt: skip
    letter = await write(order)
    composed = composing.compose(
        app, letter, name=page.name, language=reader.language, when=row.at, mark=mark
    )
    return Written(composed, tuple(post[0].id for post in posts))


async def _posts(app: App, at: Where, row: DeliveryRow, tags: str) -> list[list[MessageRow]]:
    """The posts of a letter, as they are now."""
    if row.kind == timetable.POST:
        post = await pages.with_album(app, at, row.first)
        shown = post and at.held(post) is None and reading.is_wanted(tags, post)
        return [list(post)] if shown else []
    posts = await pages.stretch(app, at, row.first, row.last)
    return [list(post) for post in posts if reading.is_wanted(tags, post)]


# ── what became of it ───────────────────────────────────────────────────────────────────────────


async def _drop(tx: Tx, row: DeliveryRow) -> None:
    await tx.run(qs.DROP_DELIVERY, id=row.id)


async def _later(tx: Tx, row: DeliveryRow, due: int, slot: int, tries: int) -> None:
    await tx.run(qs.LATER, id=row.id, due=due, slot=slot, tries=tries)


async def _sent(tx: Tx, row: DeliveryRow, posts: tuple[int, ...], now: int) -> None:
    await tx.run(qs.DROP_DELIVERY, id=row.id)
    if row.kind == timetable.ASK:
        await tx.run(q.MAILED, id=row.subscriber, at=now)
        return
    await counting.add(tx, row.channel, counting.SENT, now)
    for post in posts:
        await tx.run(qs.ISSUE, channel=row.channel, post=post, at=now, filled=1)
        await tx.run(qs.SENT, channel=row.channel, post=post, at=now)


async def _refused(app: App, row: DeliveryRow, error: MailRefused, *, alone: bool) -> None:
    """The mail server does not take a mail: it comes again later, a few times."""
    app.log.info("newsletter.refused", code=error.code, status=error.status, tries=row.tries + 1)
    now = int(app.clock.now())
    if alone and error.recipient and is_lasting(error.status):
        SENT.add("bounced")
        await subscribing.end(app, row.subscriber, subscribing.BOUNCED)
    elif row.tries >= len(PAUSES):
        SENT.add("given_up")
        await app.store.write(_drop, row)
    else:
        SENT.add("later")
        await app.store.write(_later, row, now + PAUSES[row.tries], 0, row.tries + 1)


def is_lasting(status: str) -> bool:
    """Whether an enhanced status (RFC 3463) says that an address is none, or none any more."""
    return status.startswith("5.1.") or status == "5.2.1"
