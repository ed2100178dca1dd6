"""Who comes, changes and goes. Once two directors or leads can sign, nobody adds staff alone.

The command line stands for the operator of the machine: it begins the desk (logged), and asks like
everybody else once two heads are there. Ending somebody's access never waits for a second person.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import msgspec

from petitbleu.app import App
from petitbleu.desk.adjudication.decisions.form import ACTS
from petitbleu.desk.casework.routing import child_safety
from petitbleu.desk.records.audit import service as audit
from petitbleu.desk.reference.law import service as law
from petitbleu.desk.staffing.approvals import service as approvals
from petitbleu.desk.staffing.approvals.service import Request
from petitbleu.desk.staffing.staff import service as staff
from petitbleu.desk.staffing.staff.service import InviteRow, Signed, Staff, Terms
from petitbleu.jobs import Job, schedule
from petitbleu.store.api import Reader, Tx

OPERATOR = "operator"
MEASURES = tuple(ACTS)
"""Kinds of measures that somebody's decisions may be narrowed to."""
NEW = "new"
CHANGE = "change"
AGAIN = "again"


class TellHeadEnded(Job, tag="team.head_ended", frozen=True):
    """Leads and directors hear that one of them has no access any more."""

    who: int
    by: str
    email: str
    language: str


class SendInvitation(Job, tag="team.invite", frozen=True):
    """A link goes to its person."""

    invite: int


class NotAllowed(Exception):
    """This person may not change the team that way; ``reason`` is a code for the texts."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Outcome(NamedTuple):
    """What became of a change: done (``staff``, perhaps with a link), or asked (``request``)."""

    request: int = 0
    staff: int = 0
    link: str = ""
    mailed: bool = False


async def needs_two(app: App, reader: Reader) -> bool:
    """Whether a change of the team needs a second person."""
    return len(await staff.heads(app, reader)) >= 2


async def propose(
    app: App, by: Signed | None, act: str, *, who: int = 0, what: Terms | None = None
) -> Outcome:
    """Add (``new``), change (``change``) or invite again (``again``) somebody.

    Done at once while fewer than two heads can sign, else a request for a second person. A desk
    that had two and lost one gets its next head from the command line only: otherwise whoever ends
    the other's access could go on alone. Raises staff.Invalid, NotAllowed, seconds.NotYou.
    """
    if by is not None and not by.staff.may("team.change"):
        raise NotAllowed("right")
    if by is not None and who == by.staff.id:
        raise NotAllowed("own_roles")
    data: dict[str, Any] = {"act": act, "who": who, "what": None}
    if what is not None:
        _known(app, what)
        data["what"] = msgspec.to_builtins(what._asdict())
    return await app.store.write(_propose, app=app, by=by, data=data)


def queues(app: App) -> list[str]:
    """Kinds of cases that somebody's work may be narrowed to."""
    return sorted(law.load_law(app).kinds)


def _known(app: App, what: Terms) -> None:
    """Raises Invalid for a queue or measure that is not: a slip of the pen would give nothing."""
    known = {staff.EVERYTHING, *queues(app)}
    for word in what.queues:
        if word not in known:
            raise staff.Invalid("word", word)
    for word in what.measures:
        if word not in (staff.EVERYTHING, *MEASURES):
            raise staff.Invalid("word", word)


async def _propose(tx: Tx, app: App, by: Signed | None, data: dict[str, Any]) -> Outcome:
    actor = by.staff.actor if by is not None else OPERATOR
    await _check(tx, app, data)
    if await needs_two(app, tx):
        request = await approvals.ask(
            tx,
            app,
            kind="staff",
            subject=f"staff:{data['who']}" if data["who"] else "staff",
            digest=bytes.fromhex(audit.digest(data)),
            by=by,
            shown=await _shown(tx, app, data),
            data=data,
        )
        return Outcome(request=request)
    if by is not None and await staff.had_two_heads(tx):
        raise NotAllowed("alone")
    await audit.append(
        tx, app, actor, "staff.alone", "staff", {"why": "fewer than two directors or leads"}
    )
    return await _do(tx, app, data, actor)


async def _check(tx: Tx, app: App, data: dict[str, Any]) -> None:
    if data["act"] == NEW:
        taken = [
            member
            for member in await staff.everybody(app, tx)
            if member.email == _terms(data).email
        ]
        if any(one.active for one in taken):
            raise staff.Invalid("email_taken", _terms(data).email)
        return
    person = await staff.get(app, tx, data["who"])
    if person is None or person.ended:
        raise staff.Invalid("gone", str(data["who"]))
    if data["act"] == CHANGE:
        await _keep_child_safety(tx, app, data["who"], _terms(data))


async def _shown(tx: Tx, app: App, data: dict[str, Any]) -> dict[str, Any]:
    """What the second person reads: the change, beside what is now."""
    shown = {"act": data["act"], "who": data["who"], "what": data["what"], "now": None}
    person = await staff.get(app, tx, data["who"]) if data["who"] else None
    if person is not None:
        shown["now"] = {
            "name": person.name,
            "email": person.email,
            "roles": sorted(person.roles),
            "queues": sorted(person.queues),
            "measures": sorted(person.measures),
            "on_call": person.on_call,
            "until": person.until,
        }
    return shown


def _terms(data: dict[str, Any]) -> Terms:
    what = data["what"]
    lists = {name: tuple(what[name]) for name in ("roles", "queues", "measures")}
    return Terms(**{**what, **lists})


async def _do(tx: Tx, app: App, data: dict[str, Any], actor: str, second: str = "") -> Outcome:
    if data["act"] == CHANGE:
        await _keep_child_safety(tx, app, data["who"], _terms(data))
        was = await staff.get(app, tx, data["who"])
        await staff.change(tx, app, data["who"], _terms(data), actor, second)
        if was is not None and was.roles & staff.HEADS and not _is_head(_terms(data)):
            await _tell_head_ended(tx, app, was, actor)
        return Outcome(staff=data["who"])
    who = data["who"] or await staff.add(tx, app, _terms(data), actor)
    invitation = await staff.invite(tx, app, who, actor, second)
    return await _hand_over(tx, app, who, invitation)


def _is_head(what: Terms) -> bool:
    return bool(staff.HEADS & set(what.roles))


async def _keep_child_safety(tx: Tx, app: App, who: int, what: Terms) -> None:
    """Raises NotYou where a change would leave nobody, or nobody for long, for such cases."""
    if not await child_safety.is_last(app, tx, who):
        return
    before = await staff.get(app, tx, who)
    assert before is not None
    after = before._replace(
        rights=staff.rights_of(what.roles), queues=frozenset(what.queues), until=what.until
    )
    if not child_safety.is_holder(after) or (after.until and after.until != before.until):
        raise approvals.NotYou("last_child")


async def _tell_head_ended(tx: Tx, app: App, who: Staff, actor: str) -> None:
    """All leads and directors, and the person, hear of it."""
    work = TellHeadEnded(who=who.id, by=actor, email=who.email, language=who.language)
    await schedule(tx, work, due=int(app.clock.now()), key=str(who.id))


async def _hand_over(tx: Tx, app: App, who: int, made: InviteRow) -> Outcome:
    """The link goes by mail to its person alone; where no mail is set up, to who acts."""
    link = staff.invite_link(app, made)
    if app.mail is None:
        return Outcome(staff=who, link=link)
    await schedule(tx, SendInvitation(invite=made.id), due=made.made_at, key=str(who))
    return Outcome(staff=who, link=link, mailed=True)


@approvals.effect("staff")
async def agreed(tx: Tx, app: App, request: Request) -> dict[str, Any]:
    """A second head has agreed: the change is done in the same transaction. Both stand for whom
    they bring.
    """
    done = await _do(tx, app, request.data, request.first, f"staff:{request.second}")
    return done._asdict()


async def revoke(app: App, by: Signed | None, who: int, why: str) -> bool:
    """End somebody's access at once. Raises NotAllowed: the desk keeps one director or lead, and
    somebody for child-safety cases.
    """
    if by is not None and not by.staff.may("team.change"):
        raise NotAllowed("right")
    return await app.store.write(_revoke, app=app, by=by, who=who, why=why)


async def _revoke(tx: Tx, app: App, by: Signed | None, who: int, why: str) -> bool:
    heads = [head.id for head in await staff.heads(app, tx)]
    if by is not None and heads == [who]:
        raise NotAllowed("last_head")
    if await child_safety.is_last(app, tx, who):
        raise NotAllowed("last_child")
    actor = by.staff.actor if by is not None else OPERATOR
    was = await staff.get(app, tx, who)
    ended = await staff.revoke(tx, app, who, actor, why.strip()[:500])
    if ended and was is not None and was.roles & staff.HEADS:
        await _tell_head_ended(tx, app, was, actor)
    return ended
