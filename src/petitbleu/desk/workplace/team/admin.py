"""``petitbleu admin staff …``: how the desk begins, and who may come in."""

from __future__ import annotations

from typing import Any

from petitbleu.app import App
from petitbleu.control import CommandRefused, command
from petitbleu.desk.staffing.staff import service as staff
from petitbleu.desk.staffing.staff.service import Invalid, NoParty, Staff
from petitbleu.desk.workplace.team import service

_SENTENCES = {
    "name": "say the person’s name, at most 80 characters",
    "email": "“{}” is no e-mail address",
    "language": "“{}” is no language of the desk (petitbleu admin staff invite --help lists them)",
    "no_role": "say at least one role",
    "role": "there is no role “{}”",
    "needs_end": "the role {} needs an end: --for 90d",
    "past": "that end is over already",
    "word": "“{}” is no name of a queue or measure",
    "email_taken": "{} belongs to somebody at the desk already",
    "last_child": "nobody else works on child-safety cases: give somebody the role child_safety"
    " first, who has a passkey",
    "gone": "there is no member of staff {}, or their access has ended",
}


def _refused(invalid: Invalid) -> CommandRefused:
    return CommandRefused(_SENTENCES[invalid.reason].format(invalid.what))


@command("staff.invite")
async def invite(app: App, params: dict[str, Any]) -> dict[str, Any]:
    """A new person, or (``again``) a new link for one: {staff, link, mailed} or {request}."""
    try:
        staff.party(app.config)
        if params.get("again"):
            done = await service.propose(app, None, service.AGAIN, who=int(params["again"]))
        else:
            done = await service.propose(app, None, service.NEW, what=_terms(app, params))
    except NoParty as no:
        raise CommandRefused(str(no)) from None
    except Invalid as invalid:
        raise _refused(invalid) from None
    return {
        "staff": done.staff or None,
        "link": done.link or None,
        "mailed": done.mailed,
        "request": done.request or None,
        "hours": 72,
    }


def _terms(app: App, params: dict[str, Any]) -> staff.Terms:
    return staff.terms(
        name=params["name"] or "",
        email=params["email"] or "",
        language=params["language"] or next(iter(app.config.languages), "en"),
        roles=list(params["roles"]),
        queues=list(params["queues"]),
        measures=list(params["measures"]),
        on_call=bool(params["on_call"]),
        until=int(app.clock.now()) + params["seconds"] if params["seconds"] else 0,
        now=app.clock.now(),
    )


@command("staff.list")
async def listed(app: App, params: dict[str, Any]) -> dict[str, Any]:
    """Everybody who works or worked here."""
    return {"staff": [await _told(app, person) for person in await staff.everybody(app, app.store)]}


async def _told(app: App, one: Staff) -> dict[str, Any]:
    return {
        "number": one.id,
        "name": one.name,
        "email": one.email,
        "language": one.language,
        "roles": sorted(one.roles),
        "queues": sorted(one.queues),
        "measures": sorted(one.measures),
        "on_call": one.on_call,
        "until": one.until or None,
        "state": "active" if one.active else "ended",
        "passkeys": len(await staff.passkeys_of(app.store, one.id)),
        "invited": bool(await staff.waiting_invites(app, app.store, one.id)),
    }


@command("staff.revoke")
async def revoke(app: App, params: dict[str, Any]) -> dict[str, Any]:
    """End somebody's access at once."""
    who = int(params["number"])
    try:
        ended = await service.revoke(app, None, who, params.get("reason") or "")
    except service.NotAllowed as not_:
        raise CommandRefused(_SENTENCES[not_.reason]) from None
    if not ended:
        raise CommandRefused(_SENTENCES["gone"].format(who))
    return {"number": who}
