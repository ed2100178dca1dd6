"""The list of subscribers: given to the channel's owner alone, and brought in from elsewhere.

The service chat gives the owner the address of a page for a quarter of an hour; there the account's
two-step password is asked for. What was done stands in the recent actions, in the log, and in the
service chat on all the owner's devices, before the first address leaves.
"""

from __future__ import annotations

import asyncio
import hmac
from collections.abc import AsyncIterator, Sequence
from hashlib import blake2b
from typing import NamedTuple

from petitbleu import acts
from petitbleu.app import App
from petitbleu.domain.access.joining import service as joining
from petitbleu.domain.access.password import service as passwords
from petitbleu.domain.communities.chats import service as chats
from petitbleu.domain.communities.chats.service import ChatRow
from petitbleu.domain.communities.members import service as members
from petitbleu.domain.messaging.messages import service as messages
from petitbleu.domain.people.accounts import service as accounts
from petitbleu.domain.publishing.newsletter import (
    addresses,
    counting,
    filling,
    subscribing,
    texts,
    timetable,
)
from petitbleu.domain.publishing.newsletter import queries as q
from petitbleu.domain.publishing.newsletter import queries_sending as qs
from petitbleu.domain.publishing.newsletter.queries import SubscriberRow
from petitbleu.domain.publishing.newsletter.queries_sending import DeliveryRow
from petitbleu.domain.publishing.pages import service as pages
from petitbleu.domain.publishing.pages.service import Page
from petitbleu.store.api import Tx

LINK_SECONDS = 15 * 60
AT_ONCE = 500
"""Addresses of a transaction."""
LINE_MAX = 2000
"""Bytes of a line of a list; longer ones are no addresses."""
_DAY = 86_400
_EXPORT, _IMPORT = "export", "import"


class NotYours(Exception):
    """The link is over, or whoever has it does not own the channel (any more)."""


class WrongPassword(Exception):
    """``key``: ``wrong_password``, or ``no_password`` where the account has none."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


class Opened(NamedTuple):
    """Whose list a link opens."""

    account: int
    page: Page
    trusted: bool
    """Whether addresses that are brought in count as confirmed."""


class Brought(NamedTuple):
    """What became of an imported list: new addresses, those that are known or had left, lines that
    are no address, those that were one too many for today.
    """

    new: int = 0
    known: int = 0
    wrong: int = 0
    over: int = 0


# ── the page's link ─────────────────────────────────────────────────────────────────────────────


def link(app: App, account: int, chat: int) -> str:
    """The address of the list's page, for its owner, for a quarter of an hour."""
    until = int(app.clock.now()) + LINK_SECONDS
    signed = f"{account:x}-{-chat:x}-{until:x}"
    return f"{joining.base_url(app)}/newsletter/list/{signed}-{_macs(app, signed)[0]}"


def _macs(app: App, signed: str) -> list[str]:
    return [mac.hex()[:32] for mac in app.secrets.hmacs("newsletter.list", signed.encode())]


async def open_link(app: App, token: str) -> Opened:
    """Whose list it is. Raises NotYours."""
    signed, _, mac = token[:200].rpartition("-")
    if not any(hmac.compare_digest(mac.encode(), one.encode()) for one in _macs(app, signed)):
        raise NotYours
    account, chat, until = (int(one, 16) for one in signed.split("-"))
    page = await pages.load_page(app, -chat)
    if page is None or until <= app.clock.now() or not await is_owner(app, page.chat, account):
        raise NotYours
    trusted = page.name.lower() in {one.lower() for one in app.config.newsletter.trust_imports}
    return Opened(account, page, trusted)


async def is_owner(app: App, chat: ChatRow, account: int) -> bool:
    """Whether somebody owns a channel, and so its list."""
    member = await members.load_member(app, chat.id, account)
    return members.may(chat, member, members.OWNER, app.clock.now())


async def check_password(app: App, account: int, typed: str) -> None:
    """Raises WrongPassword, FLOOD_WAIT_X."""
    if not await passwords.is_set(app.store, account):
        raise WrongPassword("no_password")
    if not await passwords.is_right(app, account, typed):
        raise WrongPassword("wrong_password")


async def _note(app: App, opened: Opened, what: str, count: int) -> None:
    """Say and log what is done to a list."""
    act = acts.Act(
        "chat.newsletter",
        f"person:{opened.account}",
        subject=f"chat:{opened.page.chat.id}",
        data={"what": what, "count": count},
    )
    now = int(app.clock.now())
    await app.store.write(_noted, app, act, opened, what, count)
    person = await accounts.get(app, opened.account)
    lang = texts.OWNERS.language(person.lang if person else "", *app.config.languages)
    text = texts.OWNERS[lang][f"told_{what}"].format(title=opened.page.chat.title, count=count)
    digest = blake2b(b"newsletter %d %d %d" % (opened.account, now, count), digest_size=8)
    once = int.from_bytes(digest.digest(), "big") >> 1
    await messages.send_service(app, opened.account, text, once=once, find=False)


async def _noted(tx: Tx, app: App, act: acts.Act, opened: Opened, what: str, count: int) -> None:
    chat = opened.page.chat.id
    await chats.lock(tx, chat)
    await pages.note(tx, app, chat, opened.account, f"newsletter: {what} ({count})")
    await acts.log(tx, app, act)


# ── out ─────────────────────────────────────────────────────────────────────────────────────────


async def export(app: App, opened: Opened, password: str) -> AsyncIterator[bytes]:
    """The list as CSV, a part at a time; the password is proved and the export told of before the
    first. Raises WrongPassword, FLOOD_WAIT_X.
    """
    await check_password(app, opened.account, password)
    figures = await counting.figures(app, opened.page.chat.id)
    count = sum(n for what, n in figures.subscribers.items() if what != subscribing.NEW)
    await _note(app, opened, _EXPORT, count)
    return _lines(app, opened.page.chat.id)


async def _lines(app: App, channel: int) -> AsyncIterator[bytes]:
    yield b"email,frequency,zone,hashtags,language,confirmed_at,page,consent\r\n"
    for frequency in timetable.FREQUENCIES:
        after = 0
        while True:
            rows = await app.store.rows(
                q.EXPORTED, channel=channel, frequency=frequency, after=after, limit=AT_ONCE
            )
            yield "".join(_line(app, row) for row in rows).encode()
            if len(rows) < AT_ONCE:
                break
            after = rows[-1].id


def _line(app: App, row: SubscriberRow) -> str:
    cells = (
        *(addresses.opened(app, row), row.frequency, row.zone, row.tags, row.language),
        *(str(row.confirmed_at), row.page, row.consent),
    )
    return ",".join(map(_cell, cells)) + "\r\n"


def _cell(text: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    safe = f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
    return '"' + safe.replace('"', '""') + '"'


# ── in ──────────────────────────────────────────────────────────────────────────────────────────


async def bring_in(app: App, opened: Opened, lines: AsyncIterator[bytes], *, lang: str) -> Brought:
    """Take a list in, a line an address (of CSV its first cell that is one). Each gets one mail
    that asks, and nothing else until it is confirmed; who left is not asked again. Nothing is held
    but the addresses of one transaction, and ``imports_per_day`` are taken in a day.
    """
    total, batch, seen = Brought(), [], 0
    async for line in lines:
        seen += 1
        if seen % 1000 == 0:
            await asyncio.sleep(0)  # messages go first
        email = _address(line)
        if email is None:
            if line.strip():
                total = total._replace(wrong=total.wrong + 1)
            continue
        batch.append(email)
        if len(batch) >= AT_ONCE:
            total = _sum(total, await _bring(app, opened, batch, lang))
            batch = []
    if batch:
        total = _sum(total, await _bring(app, opened, batch, lang))
    await _note(app, opened, _IMPORT, total.new)
    return total


def _sum(one: Brought, two: Brought) -> Brought:
    return Brought(*(a + b for a, b in zip(one, two, strict=True)))


def _address(line: bytes) -> str | None:
    if len(line) > LINE_MAX or b"@" not in line:
        return None
    for cell in line.decode("utf-8", "replace").replace(";", ",").replace("\t", ",").split(","):
        email = joining.check_email(cell.strip().strip("\"'<>").strip())
        if email is not None:
            return email
    return None


async def _bring(app: App, opened: Opened, emails: Sequence[str], lang: str) -> Brought:
    return await app.store.background(
        _insert, app, opened, list(dict.fromkeys(emails)), len(emails), lang
    )


async def _insert(
    tx: Tx, app: App, opened: Opened, emails: Sequence[str], count: int, lang: str
) -> Brought:
    channel, now = opened.page.chat.id, int(app.clock.now())
    await chats.lock(tx, channel)
    place = await tx.row(qs.CHANNEL, channel=channel)
    if place is None:
        return Brought(over=count)
    taken = place.imported if place.import_day == now // _DAY else 0
    room = max(0, app.config.newsletter.imports_per_day - taken)
    by_hash = {one: email for email in emails for one in addresses.hashes(app, channel, email)}
    rows = await tx.rows(q.KNOWN, channel=channel, addresses=list(by_hash))
    known = {by_hash[row.address] for row in rows}
    fresh = [email for email in emails if email not in known]
    for email in fresh[:room]:
        await _insert_one(tx, app, opened, email, lang, now)
    new = min(room, len(fresh))
    await tx.run(qs.IMPORTED, channel=channel, day=now // _DAY, imported=taken + new)
    if new and not opened.trusted:
        await filling.send_now(tx, now)
    return Brought(new, count - len(fresh), 0, len(fresh) - new)


async def _insert_one(tx: Tx, app: App, opened: Opened, email: str, lang: str, now: int) -> None:
    channel, number = opened.page.chat.id, addresses.new_number(app)
    wish = subscribing.Wish(timetable.DAY, app.config.timezone, ())
    row = subscribing.new_row(app, number, channel, email, wish, now)._replace(language=lang)
    if opened.trusted:
        digest_at = timetable.next_digest(row.frequency, row.zone, now)
        top = await messages.given_out(tx, channel)
        row = row._replace(
            state=subscribing.ACTIVE, confirmed_at=now, digested_at=now, seen=top,
            digest_at=digest_at, consent="(imported)",
        )  # fmt: skip
    await tx.run(q.INSERT, **row._asdict())
    if not opened.trusted:
        ask = DeliveryRow(
            id=addresses.new_number(app), subscriber=number, channel=channel, domain=row.domain,
            kind=timetable.ASK, first=0, last=0, since=0, at=now, due=now, slot=0, tries=0,
        )  # fmt: skip
        await tx.run(qs.QUEUE, **ask._asdict())
