"""Who works at the desk: rows, rights, invitations. Who may change them: ``team``."""

from __future__ import annotations

import re
from typing import NamedTuple

from petitbleu.app import App
from petitbleu.catalogues import Catalogue
from petitbleu.desk.records.audit import service as audit
from petitbleu.desk.staffing.staff import party
from petitbleu.desk.staffing.staff import queries as sql
from petitbleu.desk.staffing.staff.queries import InviteRow, StaffRow
from petitbleu.desk.staffing.staff.roles import HEADS, ROLES, rights_of
from petitbleu.store.api import Reader, Tx

EVERYTHING = "*"
INVITE_SECONDS = 72 * 3600
VOUCHED_SECONDS = 30 * 86_400
"""How long somebody is not the second person of who invited them or raised their rights."""
LANGUAGES = Catalogue("desk")
"""In which people can have the desk."""
_EMAIL = re.compile(r"[^\s@<>\"',;]{1,64}@[^\s@<>\"',;]{1,190}\.[^\s@<>\"',;.]{2,63}")
_NAME = re.compile(r"[a-z][a-z0-9_.-]{0,63}")


class Invalid(Exception):
    """What is asked cannot be; ``reason`` is a code of the texts, ``what`` the word concerned."""

    def __init__(self, reason: str, what: str = "") -> None:
        super().__init__(f"{reason}: {what}" if what else reason)
        self.reason = reason
        self.what = what


class Staff(NamedTuple):
    """A person of the desk as services see them."""

    id: int
    name: str
    email: str
    language: str
    roles: frozenset[str]
    rights: frozenset[str]
    """Empty once access has ended."""
    queues: frozenset[str]
    """Kinds of cases; ``*``: all that the rights allow."""
    measures: frozenset[str]
    on_call: bool
    on_duty: bool
    keys: bool
    rest_until: int
    until: int
    active: bool
    """May come in: not ended, and not past ``until``."""
    ended: bool
    """For good."""
    vouched_by: frozenset[str] = frozenset()
    """Who invited them or raised their rights, and who agreed to that; as the log names people."""
    vouched_at: int = 0
    """The last time somebody did."""
    covers_child: bool = False
    """A lead who sees child-safety cases while nobody else does (set for a visit of the desk)."""
    head_ended_at: int = 0
    """When they ceased to be director or lead; 0: never."""

    @property
    def actor(self) -> str:
        """As events and the log name them."""
        return f"staff:{self.id}"

    def may(self, right: str) -> bool:
        return right in self.rights

    def may_queue(self, kind: str) -> bool:
        """Whether cases of ``kind`` are theirs to see."""
        return EVERYTHING in self.queues or kind in self.queues

    def may_measure(self, kind: str) -> bool:
        """Whether they may decide a measure of ``kind``."""
        return "decide" in self.rights and (EVERYTHING in self.measures or kind in self.measures)


class Terms(NamedTuple):
    """What somebody is to be: checked by :func:`terms`."""

    name: str
    email: str
    language: str
    roles: tuple[str, ...]
    queues: tuple[str, ...]
    measures: tuple[str, ...]
    on_call: bool
    until: int


def terms(
    *,
    name: str,
    email: str,
    language: str,
    roles: list[str],
    queues: list[str],
    measures: list[str],
    on_call: bool,
    until: int,
    now: float,
) -> Terms:
    """Checked words of an invitation or a change. Raises Invalid."""
    name = " ".join(name.split())
    email = email.strip().lower()
    if not 1 <= len(name) <= 80:
        raise Invalid("name")
    if _EMAIL.fullmatch(email) is None:
        raise Invalid("email", email[:80])
    if language not in LANGUAGES:
        raise Invalid("language", language[:20])
    if not roles:
        raise Invalid("no_role")
    for role in roles:
        if role not in ROLES:
            raise Invalid("role", role[:40])
    if any(ROLES[role].limited for role in roles) and not until:
        raise Invalid("needs_end", next(role for role in roles if ROLES[role].limited))
    if until and until <= now:
        raise Invalid("past")
    for word in (*queues, *measures):
        if word != EVERYTHING and _NAME.fullmatch(word) is None:
            raise Invalid("word", word[:40])
    return Terms(
        name,
        email,
        language,
        tuple(role for role in ROLES if role in roles),
        tuple(sorted(set(queues))) or (EVERYTHING,),
        tuple(sorted(set(measures))) or (EVERYTHING,),
        on_call,
        until,
    )


def of_row(row: StaffRow, now: float) -> Staff:
    """A row as services see it; whose access has ended has no rights."""
    active = not row.revoked_at and not (row.until and row.until <= now)
    roles = frozenset(_words(row.roles))
    return Staff(
        row.id,
        row.name,
        row.email,
        row.language,
        roles,
        rights_of(roles) if active else frozenset(),
        frozenset(_words(row.queues)),
        frozenset(_words(row.measures)),
        bool(row.on_call),
        bool(row.on_duty),
        bool(row.keys),
        row.rest_until,
        row.until,
        active,
        bool(row.revoked_at),
        frozenset(_words(row.vouched_by)),
        row.vouched_at,
        head_ended_at=row.head_ended_at or (row.until if roles & HEADS and not active else 0),
    )


def _words(text: str) -> list[str]:
    return [word for word in text.split(",") if word]


async def get(app: App, reader: Reader, id: int) -> Staff | None:
    """A person by number, former ones too (``active`` tells)."""
    row = await reader.row(sql.STAFF, id=id)
    return of_row(row, app.clock.now()) if row is not None else None


async def everybody(app: App, reader: Reader) -> list[Staff]:
    """All, former ones too, by number."""
    now = app.clock.now()
    return [of_row(row, now) for row in await reader.rows(sql.ALL_STAFF)]


async def with_right(app: App, reader: Reader, right: str) -> list[Staff]:
    """Those who have ``right`` now."""
    return [person for person in await everybody(app, reader) if person.may(right)]


async def on_call(app: App, reader: Reader) -> list[Staff]:
    """Those whom alarms go to, not on a break."""
    now = app.clock.now()
    return [
        person
        for person in await everybody(app, reader)
        if person.active and person.on_call and person.rest_until <= now
    ]


async def heads(app: App, reader: Reader) -> list[Staff]:
    """Directors and leads who can sign: in force, with a passkey."""
    now = app.clock.now()
    rows = await reader.rows(sql.HEADS_WITH_PASSKEY)
    people = [of_row(row, now) for row in rows]
    return [person for person in people if person.active and person.roles & HEADS]


async def last_head_ended(app: App, reader: Reader) -> int:
    """When the access of a director or lead ended last, or they ceased to be one; 0: never."""
    return max((person.head_ended_at for person in await everybody(app, reader)), default=0)


async def had_two_heads(reader: Reader) -> bool:
    """Whether two directors or leads have ever come in, whatever became of them."""
    rows = await reader.rows(sql.EVER_WITH_PASSKEY)
    return sum(bool(HEADS & set(_words(row.roles))) for row in rows) >= 2


async def is_set_up(reader: Reader) -> bool:
    """Whether there is a desk: somebody has come in with a passkey, whatever became of them.

    It does not end with their access: else the command line could end it to act in its place.
    """
    return bool(await reader.rows(sql.EVER_WITH_PASSKEY))


async def vouch(tx: Tx, app: App, id: int, *by: str) -> None:
    """Note who brought somebody to the desk or to more rights: for a while they are no second
    person for each other (``approvals.independence``).
    """
    row = await tx.row(sql.LOCK_STAFF, id=id)
    at = int(app.clock.now())
    if row is None:
        return
    before = _words(row.vouched_by) if row.vouched_at > at - VOUCHED_SECONDS else []
    named = sorted({*before, *(one for one in by if one)})
    await tx.run(sql.VOUCH, id=id, by=",".join(named), at=at)


async def add(tx: Tx, app: App, what: Terms, by: str) -> int:
    """A new person, without a way in yet. Raises Invalid where the address has a person."""
    if await tx.row(sql.BY_EMAIL, email=what.email) is not None:
        raise Invalid("email_taken", what.email)
    inserted = await tx.row(
        sql.INSERT_STAFF,
        name=what.name,
        email=what.email,
        language=what.language,
        roles=",".join(what.roles),
        queues=",".join(what.queues),
        measures=",".join(what.measures),
        on_call=int(what.on_call),
        until=what.until,
        at=int(app.clock.now()),
        by=by,
    )
    assert inserted is not None
    await vouch(tx, app, inserted.id, by)
    await audit.append(tx, app, by, "staff.add", f"staff:{inserted.id}", _said(what))
    return inserted.id


async def change(tx: Tx, app: App, id: int, what: Terms, by: str, second: str = "") -> None:
    """New roles, queues, measures, duty and end of somebody; address and language stay theirs.
    ``second``: who agreed to it.
    """
    row = await tx.row(sql.LOCK_STAFF, id=id)
    if row is None or row.revoked_at:
        raise Invalid("gone", str(id))
    await tx.run(
        sql.CHANGE_STAFF,
        id=id,
        name=what.name,
        roles=",".join(what.roles),
        queues=",".join(what.queues),
        measures=",".join(what.measures),
        on_call=int(what.on_call),
        until=what.until,
    )
    if HEADS & set(_words(row.roles)) and not HEADS & set(what.roles):
        await tx.run(sql.END_HEAD, id=id, at=int(app.clock.now()))
    if _is_raised(row, what):
        await vouch(tx, app, id, by, second)
    before = {"roles": _words(row.roles), "queues": row.queues, "measures": row.measures}
    await audit.append(
        tx, app, by, "staff.change", f"staff:{id}", {**_said(what), "before": before}
    )


def _is_raised(row: StaffRow, what: Terms) -> bool:
    """Whether a change gives somebody rights or queues that they did not have."""
    queues = set(_words(row.queues))
    wider = EVERYTHING not in queues and not set(what.queues) <= queues
    return wider or not rights_of(what.roles) <= rights_of(_words(row.roles))


def _said(what: Terms) -> dict[str, object]:
    """What the log says of it: no name and no address."""
    return {
        "roles": list(what.roles),
        "queues": ",".join(what.queues),
        "measures": ",".join(what.measures),
        "on_call": what.on_call,
        "until": what.until,
    }


async def revoke(tx: Tx, app: App, id: int, by: str, why: str) -> bool:
    """End somebody's access: sessions, passkeys, open invitations. False if it had ended."""
    at = int(app.clock.now())
    row = await tx.row(sql.LOCK_STAFF, id=id)
    if row is None or not await tx.run(sql.REVOKE_STAFF, id=id, at=at):
        return False
    if HEADS & set(_words(row.roles)):
        await tx.run(sql.END_HEAD, id=id, at=at)
    await tx.run(sql.REVOKE_PASSKEYS, staff=id, at=at)
    await tx.run(sql.END_SESSIONS, staff=id, but=0, at=at)
    await tx.run(sql.END_INVITES, staff=id)
    await audit.append(tx, app, by, "staff.revoke", f"staff:{id}", {"why": why})
    return True


async def set_own(tx: Tx, app: App, who: Staff, *, language: str, keys: bool) -> None:
    """Language and single-key commands, by the person."""
    if language not in LANGUAGES:
        raise Invalid("language", language[:20])
    await tx.run(sql.SET_OWN, id=who.id, language=language, keys=int(keys))
    await audit.append(
        tx, app, who.actor, "staff.own", who.actor, {"language": language, "keys": keys}
    )


async def set_duty(tx: Tx, app: App, who: Staff, on: bool) -> None:
    """In service, or not."""
    await tx.run(sql.SET_DUTY, id=who.id, on_duty=int(on))
    await audit.append(tx, app, who.actor, "staff.duty", who.actor, {"on": on})


async def rest(tx: Tx, who: Staff, until: int) -> None:
    """A break until then (0 ends it). Not in the log: how often is nobody else's to know."""
    await tx.run(sql.SET_REST, id=who.id, until=until)


# ── invitations ─────────────────────────────────────────────────────────────────────────────────


async def invite(tx: Tx, app: App, staff: int, by: str, second: str = "") -> InviteRow:
    """A new one-time link for somebody; older ones end. ``second``: who agreed to it."""
    await tx.run(sql.END_INVITES, staff=staff)
    at = int(app.clock.now())
    row = InviteRow(int.from_bytes(app.random(7), "big"), staff, at, at + INVITE_SECONDS, 0)
    await vouch(tx, app, staff, by, second)
    await tx.run(sql.INSERT_INVITE, id=row.id, staff=staff, at=at, expires_at=row.expires_at)
    await audit.append(tx, app, by, "staff.invite", f"staff:{staff}")
    return row


async def invitation(reader: Reader, id: int) -> InviteRow | None:
    """The row of an invitation."""
    return await reader.row(sql.INVITE, id=id)


async def waiting_invites(app: App, reader: Reader, staff: int) -> list[InviteRow]:
    """Links of somebody that can still be used."""
    return await reader.rows(sql.OPEN_INVITES, staff=staff, now=int(app.clock.now()))


def invite_link(app: App, made: InviteRow) -> str:
    """The link, made anew from the row and the instance's secret: it is stored nowhere."""
    origin = party.relying_party(app.config).origin
    return f"{origin}/desk/invitation/{made.id:014x}{_secret(app, made)[0]}"


def _secret(app: App, made: InviteRow) -> list[str]:
    what = (b"%d" % made.id, b"%d" % made.staff, b"%d" % made.made_at)
    return [mac[:20].hex() for mac in app.secrets.hmacs("desk invitation", *what)]


async def open_invite(app: App, reader: Reader, token: str) -> InviteRow | None:
    """The invitation of a link's last part, if it can still be used."""
    if re.fullmatch(r"[0-9a-f]{54}", token) is None:
        return None
    row = await reader.row(sql.INVITE, id=int(token[:14], 16))
    if row is None or token[14:] not in _secret(app, row):
        return None
    return row if not row.used_at and row.expires_at > app.clock.now() else None
