"""The way of a subscription: asked for, confirmed by a link, changed, ended.

Whoever fills in the form learns nothing of the address: the answer is the same whether it is
known, was never seen or has had too much mail, and the mail itself is sent by a job.
"""

from __future__ import annotations

from typing import NamedTuple

from petitbleu import jobs, networks, rates
from petitbleu.app import App
from petitbleu.domain.access.joining import service as joining
from petitbleu.domain.communities.chats import service as chats
from petitbleu.domain.messaging.messages import service as messages
from petitbleu.domain.publishing.newsletter import addresses, counting, texts, timetable
from petitbleu.domain.publishing.newsletter import queries as q
from petitbleu.domain.publishing.newsletter import queries_sending as qs
from petitbleu.domain.publishing.newsletter.queries import SubscriberRow
from petitbleu.domain.publishing.pages import service as pages
from petitbleu.domain.publishing.pages.service import Page
from petitbleu.domain.safety.antispam.service import tokens
from petitbleu.errors import Fault
from petitbleu.folding import fold
from petitbleu.jobs import Job
from petitbleu.store.api import Tx

NEW, ACTIVE = "new", "active"
CONFIRM_SECONDS = 2 * 86_400
"""So long the link in the mail can be confirmed."""
REMIND_SECONDS = 60
"""Who asks again after that has not found the mail."""
KNOWN_SECONDS = 3600
"""So seldom a subscriber is mailed that they are one already."""
TAGS, TAG_MAX = 10, 100
LEFT, BOUNCED, COMPLAINED = "left", "bounced", "complained"
UNCONFIRMED = "unconfirmed"
"""Why a subscription ends."""


class Invalid(Exception):
    """Something has to be typed otherwise: ``fields``: field -> key of the reason."""

    def __init__(self, fields: dict[str, str]) -> None:
        super().__init__(str(fields))
        self.fields = fields


class Stale(Exception):
    """The form lay open too long, or is not ours: show it again."""


class NotThere(Exception):
    """The link is none of ours."""


class Over(Exception):
    """The link was ours: the subscription has ended, or was never confirmed in time."""


class Wish(NamedTuple):
    """What a reader wants. ``tags``: folded hashtags; none: every post."""

    frequency: str
    zone: str
    tags: tuple[str, ...]


class Typed(NamedTuple):
    """A form as it came. ``page``: where the reader was; ``consent``: the words beside the
    button.
    """

    email: str
    frequency: str
    zone: str
    tags: str
    token: str
    page: str
    consent: str
    trap: bool = False


class Seen(NamedTuple):
    """A subscription as whoever has its link sees it. ``title``: of the channel; ``masked``: its
    address, as far as a page shows it.
    """

    row: SubscriberRow
    title: str
    name: str
    masked: str


class AskToConfirm(Job, tag="newsletter.ask", frozen=True):
    """Somebody who asked for a newsletter is mailed the link."""

    id: int


def offered(app: App, page: Page) -> bool:
    """Whether readers of a page may subscribe."""
    return page.switches.newsletter and not page.under and joining.can_mail(app)


def _form(channel: int) -> str:
    return f"{channel}/newsletter"


def token(app: App, channel: int) -> str:
    """The token of a form that is shown now."""
    return tokens.issue(app, _form(channel))


# ── asking ──────────────────────────────────────────────────────────────────────────────────────


async def ask(app: App, page: Page, typed: Typed, *, ip: str, lang: str) -> None:
    """Take a form in; a job mails the link. Raises Invalid, Stale, FLOOD_WAIT_X (of the network
    alone).
    """
    email = joining.check_email(typed.email)
    wish, wrong = read_wish(typed.frequency, typed.zone, typed.tags)
    if email is None:
        wrong = {"email": "wrong_email"} | wrong
    if wrong or email is None:
        raise Invalid(wrong)
    age = tokens.age(app, _form(page.chat.id), typed.token)
    if age is None or age > tokens.MAX_FORM_SECONDS:
        raise Stale
    await rates.by_address(app, "newsletter_network", ip)
    if typed.trap:
        return
    if not await may_ask(app, email):
        return  # the page says what it always says
    number = addresses.new_number(app)
    now = int(app.clock.now())
    known = addresses.hashes(app, page.chat.id, email)
    row = new_row(app, number, page.chat.id, email, wish, now)._replace(
        language=lang, consent=typed.consent, page=typed.page, address=known[0]
    )
    await app.store.write(_ask, row, known)


async def may_ask(app: App, email: str) -> bool:
    """Whether a mailbox has not been asked too often today, for whatever channels."""
    try:
        await rates.durable(app, "newsletter_mail", networks.mailbox(email), ip="reader")
    except Fault:
        return False
    return True


def new_row(app: App, number: int, channel: int, email: str, wish: Wish, now: int) -> SubscriberRow:
    """A subscription that is not confirmed yet."""
    return SubscriberRow(
        id=number,
        channel=channel,
        address=addresses.hashes(app, channel, email)[0],
        sealed=addresses.seal(app, number, email),
        domain=addresses.domain(app, email),
        state=NEW,
        frequency=wish.frequency,
        zone=wish.zone,
        tags=" ".join(wish.tags),
        language="",
        consent="",
        page="",
        asked_at=now,
        mailed_at=0,
        confirmed_at=0,
        seen=0,
        digest_at=None,
        digested_at=0,
        soft=0,
        soft_at=0,
    )


def read_wish(frequency: str, zone: str, tags: str) -> tuple[Wish, dict[str, str]]:
    """What was chosen, and what of it cannot be: field -> key of the reason."""
    wrong = {}
    if frequency not in timetable.FREQUENCIES:
        wrong["frequency"] = "wrong_frequency"
    if not timetable.is_zone(zone):
        wrong["zone"] = "wrong_zone"
    words = tags.replace(",", " ").split()
    folded = tuple(dict.fromkeys(tag for word in words if (tag := fold(word.lstrip("#＃")))))
    if len(folded) > TAGS or any(len(one) > TAG_MAX or " " in one for one in folded):
        wrong["tags"] = "wrong_tags"
    return Wish(frequency, zone, folded), wrong


async def _ask(tx: Tx, row: SubscriberRow, known: list[str]) -> None:
    await chats.lock(tx, row.channel)
    found = await tx.rows(q.OF_ADDRESS, channel=row.channel, addresses=known)
    before = found[0] if found else None
    pause = 0
    if before is None:
        await tx.run(q.INSERT, **row._asdict())
    elif before.state == NEW:
        names = ("frequency", "zone", "tags", "language", "consent", "page", "asked_at")
        await tx.run(q.RENEW, id=before.id, **{name: getattr(row, name) for name in names})
        pause = REMIND_SECONDS
    else:
        pause = KNOWN_SECONDS
    number = before.id if before is not None else row.id
    if before is None or row.asked_at >= before.mailed_at + pause:
        await jobs.schedule(tx, AskToConfirm(id=number), due=row.asked_at, key=str(number))


async def mail_link(app: App, number: int) -> None:
    """Mail the link of a subscription: to confirm it or, where it is confirmed, to change it.
    Raises OSError: the job comes again.
    """
    row = await app.store.row(q.GET, id=number)
    page = await pages.load_page(app, row.channel) if row is not None else None
    if row is None or page is None:
        return
    key = "confirm" if row.state == NEW else "known"
    await texts.mail(
        app,
        addresses.opened(app, row),
        row.language,
        key,
        title=page.chat.title,
        name=app.config.name,
        link=addresses.link(app, number),
    )
    await app.store.write(_mailed, number, int(app.clock.now()))


async def _mailed(tx: Tx, number: int, at: int) -> None:
    await tx.run(q.MAILED, id=number, at=at)


# ── by the link ─────────────────────────────────────────────────────────────────────────────────


async def _of(app: App, signed: str) -> SubscriberRow:
    """Raises NotThere, Over."""
    number = addresses.numbered(app, signed)
    if not number:
        raise NotThere
    row = await app.store.row(q.GET, id=number)
    if row is None or (row.state == NEW and app.clock.now() >= row.asked_at + CONFIRM_SECONDS):
        raise Over
    return row


async def see(app: App, signed: str) -> Seen:
    """How a subscription stands. Raises NotThere, Over."""
    row = await _of(app, signed)
    chat = await chats.get(app, row.channel)
    name = chat.username or "" if chat is not None else ""
    return Seen(row, chat.title if chat else "", name, _masked(addresses.opened(app, row)))


def _masked(email: str) -> str:
    """``z…@example.org``: the link may have been handed on with a letter."""
    local, _, host = email.rpartition("@")
    return f"{local[:1]}…@{host}"


async def admit(app: App, signed: str, *, ip: str) -> None:
    """Count something that is done by a link; FLOOD_WAIT_X where it was too much. Raises
    NotThere.
    """
    number = addresses.numbered(app, signed)
    if not number:
        raise NotThere
    await rates.durable(app, "newsletter_link", f"{number:x}", ip=ip)


async def confirm(app: App, signed: str) -> None:
    """Whoever has the address wants the letter. Said again it changes nothing. Raises NotThere,
    Over.
    """
    row = await _of(app, signed)
    if row.state == NEW:
        email = addresses.opened(app, row)
        known = addresses.hashes(app, row.channel, email)
        await app.store.write(_confirm, row.id, known, int(app.clock.now()))


async def _confirm(tx: Tx, number: int, known: list[str], now: int) -> None:
    row = await tx.row(q.GET, id=number)
    if row is None or row.state != NEW:
        return
    digest_at = timetable.next_digest(row.frequency, row.zone, now)
    top = await messages.given_out(tx, row.channel)
    await tx.run(q.CONFIRM, id=row.id, at=now, seen=top, digest_at=digest_at)
    await tx.run(q.FORGET_END, channel=row.channel, addresses=known)
    await counting.add(tx, row.channel, counting.CONFIRMED, now)


async def change(app: App, signed: str, frequency: str, zone: str, tags: str) -> None:
    """The subscriber wants it otherwise. Raises NotThere, Over, Invalid."""
    row = await _of(app, signed)
    wish, wrong = read_wish(frequency, zone, tags)
    if wrong:
        raise Invalid(wrong)
    await app.store.write(_change, row.id, wish, int(app.clock.now()))


async def _change(tx: Tx, number: int, wish: Wish, now: int) -> None:
    row = await tx.row(q.GET, id=number)
    if row is None:
        return
    active = row.state == ACTIVE
    digest_at = timetable.next_digest(wish.frequency, wish.zone, now) if active else None
    seen = row.seen
    if row.frequency == timetable.POST and wish.frequency != timetable.POST:
        seen = await messages.given_out(tx, row.channel)  # what came before came by itself
    await tx.run(
        q.CHANGE,
        id=number,
        frequency=wish.frequency,
        zone=wish.zone,
        tags=" ".join(wish.tags),
        seen=seen,
        digest_at=digest_at,
    )


async def leave(app: App, signed: str) -> None:
    """The subscriber wants no more mail; what has ended is ended. Raises NotThere."""
    number = addresses.numbered(app, signed)
    if not number:
        raise NotThere
    await end(app, number, LEFT)


async def end(app: App, number: int, why: str) -> bool:
    """End a subscription; whether there was one. Nothing is left of it but a keyed hash."""
    return await app.store.write(end_in, number, why, int(app.clock.now()))


async def end_in(tx: Tx, number: int, why: str, now: int) -> bool:
    """:func:`end` in a transaction."""
    row = await tx.row(q.GET, id=number)
    if row is None:
        return False
    await tx.run(q.DROP, id=number)
    await tx.run(qs.DROP_OF_SUBSCRIBER, subscriber=number)
    await tx.run(q.END, channel=row.channel, address=row.address, at=now, why=why)
    if row.state == ACTIVE:
        await counting.add(tx, row.channel, why, now)
    return True
