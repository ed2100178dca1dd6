"""Switching public pages: what owners and operators do, through any door.

Every change stands in the recent actions of the channel. Where the operator wants to agree to new
pages (``[web] approval``), a page that its owner switches on waits; agreed to once, it stays so.
"""

from __future__ import annotations

from hashlib import blake2b
from typing import NamedTuple

import msgspec

from petitbleu import jobs
from petitbleu.app import App
from petitbleu.domain.access.joining import service as joining
from petitbleu.domain.communities.chats import service as chats
from petitbleu.domain.communities.chats.service import CHANNEL, ChatRow
from petitbleu.domain.communities.members import service as members
from petitbleu.domain.messaging.messages import service as messages
from petitbleu.domain.messaging.messages.service import MessageRow
from petitbleu.domain.people.accounts import service as accounts
from petitbleu.domain.publishing.pages import kept, texts
from petitbleu.domain.publishing.pages import queries as q
from petitbleu.domain.publishing.pages import switches as switching
from petitbleu.domain.publishing.pages.queries import OFF, ON, WAITING, PageRow
from petitbleu.domain.publishing.pages.switches import Switches
from petitbleu.domain.servicechat import service as servicechat
from petitbleu.ids import SERVICE_USER
from petitbleu.jobs import Job
from petitbleu.store.api import Tx

WAITING_MAX = 500
REASON_MAX = 500


class TellOwner(Job, tag="pages.tell", frozen=True):
    """An owner hears what the operator answered."""

    chat: int
    agreed: bool
    reason: str
    at: int


class TellAuthor(Job, tag="pages.author_ended", frozen=True):
    """Somebody hears that a channel does not name them any more."""

    chat: int
    account: int
    at: int


class CannotShow(Exception):
    """The chat can have no page. ``key``: ``no_channel``, ``no_name`` or ``not_waiting``."""

    def __init__(self, key: str) -> None:
        super().__init__(texts.say("en", key))
        self.key = key


class NotYours(Exception):
    """Whoever asks for a change may not make it, or no longer. ``key``: ``not_yours``, or
    ``not_owner`` where they would have to be the channel's owner."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


class Settings(NamedTuple):
    """How a page stands. ``state``: :data:`OFF`, :data:`ON`, :data:`WAITING`."""

    state: int
    switches: Switches

    @property
    def shown(self) -> bool:
        """Whether anybody may read it."""
        return self.state == ON


async def settings(app: App, chat: int) -> Settings:
    """How the page of a channel stands."""
    row = await kept.row(app, chat)
    return Settings(row.shown, switching.decode(row.switches))


async def set_shown(app: App, chat: int, shown: bool, *, by: int = SERVICE_USER) -> int:
    """Switch the page of a channel on or off; how it stands then. Raises CannotShow, NotYours.

    ``by``: the owner; else the operator does it, who agrees to it thereby.
    """
    row = await chats.get(app, chat)
    if shown:
        _showable(row)
    agreed = by == SERVICE_USER or not app.config.web.approval
    with app.parts[kept.PAGES].changing([chat]):
        state = await app.store.write(_set_shown, app, chat, shown, by, agreed)
    if state == WAITING and row is not None:
        app.log.warning("pages.waits_for_approval", channel=row.username)
    return state


def _showable(row: ChatRow | None) -> None:
    if row is None or row.kind != CHANNEL or chats.dead(row):
        raise CannotShow("no_channel")
    if row.username is None:
        raise CannotShow("no_name")


async def lock(tx: Tx, app: App, chat: int, by: int, *, owner: bool = False) -> None:
    """Lock a channel for a change to its page. Raises NotYours where ``by`` may not change how it
    looks (``owner``: does not own it): rights may have been taken since the change was asked for.
    777000 is the operator.
    """
    row = await chats.lock(tx, chat)
    if by == SERVICE_USER:
        return
    member = await members.of_in(tx, chat, by)
    if not members.may(row, member, members.OWNER if owner else members.INFO, app.clock.now()):
        raise NotYours("not_owner" if owner else "not_yours")


async def _set_shown(tx: Tx, app: App, chat: int, shown: bool, by: int, agreed: bool) -> int:
    await lock(tx, app, chat, by, owner=True)
    row = await kept.row_in(tx, chat)
    wanted = (ON if agreed or row.approved else WAITING) if shown else OFF
    if row.shown == ON and shown:
        wanted = ON  # it was there before anybody had to agree
    approved = int(row.approved or (shown and by == SERVICE_USER))
    if (wanted, approved) != (row.shown, row.approved):
        await _put(tx, app, row._replace(shown=wanted, approved=approved), by)
    if wanted != row.shown:
        was, now = (texts.state(_language(app), one) for one in (row.shown, wanted))
        await note(tx, app, chat, by, f"{was} → {now}")
    return wanted


async def _put(tx: Tx, app: App, row: PageRow, by: int) -> None:
    before = await kept.row_in(tx, row.chat)
    if row.shown != before.shown:
        row = row._replace(since=int(app.clock.now()))
    await tx.run(q.PUT, **row._asdict())


async def set_official(app: App, chat: int, who: str) -> None:
    """The operator says who vouches for a channel (one line); empty: nobody does any more."""
    with app.parts[kept.PAGES].changing([chat]):
        await app.store.write(_set_official, app, chat, who)


async def _set_official(tx: Tx, app: App, chat: int, who: str) -> None:
    await chats.lock(tx, chat)
    row = await kept.row_in(tx, chat)
    before = switching.decode(row.switches)
    if before.official != who:
        page = msgspec.structs.replace(before, official=who)
        await tx.run(q.PUT, **row._replace(switches=switching.encode(page))._asdict())
        await note(tx, app, chat, SERVICE_USER, f"official: {who or 'off'}")


async def set_switch(
    app: App, chat: int, name: str, value: str, *, by: int = SERVICE_USER
) -> Switches:
    """Set one switch as it was typed. Raises Invalid, NotYours."""
    with app.parts[kept.PAGES].changing([chat]):
        return await app.store.write(_set_switch, app, chat, name, value, by)


async def _set_switch(tx: Tx, app: App, chat: int, name: str, value: str, by: int) -> Switches:
    await lock(tx, app, chat, by)
    row = await kept.row_in(tx, chat)
    before = switching.decode(row.switches)
    switches = switching.changed(before, name, value)
    if switches != before:
        await tx.run(q.PUT, **row._replace(switches=switching.encode(switches))._asdict())
        old, new = (switching.written(getattr(setting, name)) for setting in (before, switches))
        await note(tx, app, chat, by, f"{name}: {old} → {new}")
    return switches


def _language(app: App) -> str:
    """What is told to several people at once is written in the instance's own language."""
    return texts.language(*app.config.languages)


async def note(tx: Tx, app: App, chat: int, by: int, what: str) -> None:
    """Keep in the recent actions of a channel what was changed about its page. Clients know no such
    kind of action: it stands there as a message of its actor.
    """
    at = int(app.clock.now())
    text = texts.say(_language(app), "logged").format(what=what)
    row = MessageRow(chat, 0, chat, chat, 0, None, 0, None, 0, at, None, messages.TEXT, text,
                     None, None, by, None)  # fmt: skip
    await chats.note(tx, chat, by, "page", at=at, new=row)


# ── agreeing ────────────────────────────────────────────────────────────────────────────────────


async def waiting(app: App) -> list[tuple[ChatRow, int]]:
    """Channels whose page waits for the operator, and since when; the first to ask first."""
    rows = await app.store.rows(q.WAIT, limit=WAITING_MAX)
    channels = await chats.get_many(app, [row.chat for row in rows])
    return [(channels[row.chat], row.since) for row in rows if row.chat in channels]


async def answer(app: App, chat: int, *, agreed: bool, reason: str = "") -> None:
    """Agree to a page that waits, or refuse it; its owner is told. Raises CannotShow."""
    if agreed:
        _showable(await chats.get(app, chat))
    with app.parts[kept.PAGES].changing([chat]):
        await app.store.write(_answer, app, chat, agreed, reason[:REASON_MAX])


async def _answer(tx: Tx, app: App, chat: int, agreed: bool, reason: str) -> None:
    await chats.lock(tx, chat)
    row = await kept.row_in(tx, chat)
    if row.shown != WAITING:
        raise CannotShow("not_waiting")
    now = int(app.clock.now())
    state = ON if agreed else OFF
    await tx.run(q.PUT, **row._replace(shown=state, since=now, approved=int(agreed))._asdict())
    was, became = (texts.state(_language(app), status) for status in (WAITING, state))
    await note(tx, app, chat, SERVICE_USER, f"{was} → {became}")
    work = TellOwner(chat=chat, agreed=agreed, reason=reason, at=now)
    await jobs.schedule(tx, work, due=now, key=str(chat))


async def tell(app: App, chat: int, *, agreed: bool, reason: str, at: int) -> None:
    """Tell the owner what was answered. May run again: it is said once."""
    row = await chats.get(app, chat)
    owner = await accounts.get(app, row.creator) if row is not None and row.creator else None
    if row is None or owner is None or owner.deleted_at is not None:
        return
    key = "agreed" if agreed else "refused_why" if reason else "refused"
    text = texts.say(texts.language(owner.lang, *app.config.languages), key).format(
        title=row.title, address=address(app, row), reason=reason, name=row.username or ""
    )
    digest = blake2b(b"page %d %d" % (chat, at), digest_size=8).digest()
    once, links = int.from_bytes(digest, "big") >> 1, servicechat.own_links(app, text)
    await messages.send_service(app, owner.id, text, links, once=once, find=False)


def address(app: App, row: ChatRow) -> str:
    """Where the page of a channel stands, or would."""
    return f"{joining.base_url(app)}/s/{row.username}"


async def tell_author(app: App, data: TellAuthor) -> None:
    """Say that their byline was ended by others. May run again: it is said once."""
    row, person = await chats.get(app, data.chat), await accounts.get(app, data.account)
    if row is None or person is None or person.deleted_at is not None:
        return
    lang = texts.language(person.lang, *app.config.languages)
    text = texts.say(lang, "author_ended").format(title=row.title)
    digest = blake2b(b"author %d %d" % (data.chat, data.at), digest_size=8).digest()
    once, links = int.from_bytes(digest, "big") >> 1, servicechat.own_links(app, text)
    await messages.send_service(app, person.id, text, links, once=once, find=False)
