"""The operator's commands about people and invitations: ``user.*``, ``invite.*``."""

from __future__ import annotations

from typing import Any

from petitbleu import acts, phones
from petitbleu.app import App
from petitbleu.control import CommandRefused, command
from petitbleu.domain.access.devices import service as devices
from petitbleu.domain.access.joining import service
from petitbleu.domain.access.joining.queries import Admitted, Invite
from petitbleu.domain.people.accounts import service as accounts
from petitbleu.domain.people.accounts.service import AccountRow
from petitbleu.store.where import Where, contains

MAX_ROWS = 10_000
"""People listed at once."""
MAX_USES = 1_000_000


@command("user.add")
async def user_add(app: App, params: dict[str, Any]) -> dict[str, Any]:
    """``{phone?, email?, name?}`` -> ``{phone, shown, channels}``: the number may sign up."""
    typed = params.get("phone") or ""
    phone = None
    if typed:
        phone = phones.canonical(typed)
        if phone is None:
            raise CommandRefused(f"“{typed}” is no phone number with its country code")
    email = params.get("email") or None
    if email is not None:
        email = service.check_email(email)
        if email is None:
            raise CommandRefused(f"“{params['email']}” is no e-mail address")
        known = await service.number_of_email(app, email)
        if known is not None:
            raise CommandRefused(f"{email} belongs to {service.format_phone(known)} already")
    name = " ".join((params.get("name") or "").split())
    if len(name) > service.NAME_MAX:
        raise CommandRefused(f"a name has at most {service.NAME_MAX} characters")
    number = await app.store.write(service.admit, app, phone=phone, email=email, name=name)
    if number is None:
        raise CommandRefused(f"{service.format_phone(phone or '')} is admitted already")
    return {"phone": number, "shown": service.format_phone(number), "email": email, "name": name}


async def _find(app: App, params: dict[str, Any]) -> service.Found:
    who = str(params.get("who", ""))
    account = await service.find(app, who)
    if account is None:
        raise CommandRefused(f"nobody here is “{who}”")
    if account.account is not None:
        acts.concerns(f"account:{account.account.id}")
    return account


@command("user.list")
async def user_list(app: App, params: dict[str, Any]) -> dict[str, Any]:
    """``{search?, limit?}`` -> ``{users: […]}``: people by id, then numbers that may sign up."""
    limit = max(1, min(int(params.get("limit") or 100), MAX_ROWS))
    search = (params.get("search") or "").strip()
    people = Where().add("kind = 0").add("deleted_at is null")
    waiting = Where().add("account is null")
    if search:
        pattern = contains(search.lower().lstrip("+"))
        people.add(
            "lower(first_name || ' ' || last_name) like :p escape '!' or phone like :p escape '!'"
            " or email like :p escape '!'",
            p=pattern,
        )
        waiting.add(
            "lower(name) like :p escape '!' or phone like :p escape '!'"
            " or email like :p escape '!'",
            p=pattern,
        )
    users = [_person(row) for row in await accounts.listed(app, people, limit)]
    for row in await service.waiting(app, waiting, limit - len(users)):
        users.append(_admission(row))
    return {"users": users}


@command("user.show")
async def user_show(app: App, params: dict[str, Any]) -> dict[str, Any]:
    """``{who}`` -> the person, with the devices."""
    account, admitted = await _find(app, params)
    if account is None:
        assert admitted is not None
        return _admission(admitted) | {"devices": []}
    signed_in = [
        {
            "device": f"{row.device} ({row.system})" if row.system else row.device,
            "app": f"{row.platform} {row.app_version}".strip(),
            "created_at": row.created_at,
            "active_at": row.active_at,
        }
        for row in await devices.devices(app, account.id)
    ]
    return _person(account) | {"devices": signed_in}


@command("user.end-sessions")
async def user_end_sessions(app: App, params: dict[str, Any]) -> dict[str, Any]:
    """``{who}`` -> ``{ended}``: all devices are signed out."""
    account, _ = await _find(app, params)
    ended = 0 if account is None else await devices.end_all(app, account.id)
    return {"ended": ended}


def _person(row: AccountRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "phone": row.phone,
        "shown": service.format_phone(row.phone) if row.phone else None,
        "name": f"{row.first_name} {row.last_name}".strip(),
        "email": row.email,
        "created_at": row.created_at,
        "last_seen": row.last_seen,
    }


def _admission(row: Admitted) -> dict[str, Any]:
    return {
        "id": None,
        "phone": row.phone,
        "shown": service.format_phone(row.phone),
        "name": row.name,
        "email": row.email,
        "created_at": row.at,
        "last_seen": None,
    }


@command("invite.create")
async def invite_create(app: App, params: dict[str, Any]) -> dict[str, Any]:
    """``{uses?, seconds?}`` -> the invitation, with its link."""
    uses = params.get("uses")
    if uses is not None and not 1 <= uses <= MAX_USES:
        raise CommandRefused(f"an invitation is for 1 to {MAX_USES} people")
    if app.config.signup_mode == "closed":
        raise CommandRefused(
            "signup is closed: invitations do not work. Set signup to “invite”, or admit people"
            " one by one with `petitbleu admin user add`"
        )
    if not app.config.dev and not app.config.public_url:
        raise CommandRefused(
            "set public_url first (e.g. https://chat.example.org): links begin with it"
        )
    if not service.can_mail(app):
        raise CommandRefused(
            "set smtp.host and smtp.sender first: the page confirms e-mail addresses"
        )
    seconds = params.get("seconds")
    expires_at = None if seconds is None else int(app.clock.now()) + seconds
    return _told(app, await service.create_invite(app, uses=uses, expires_at=expires_at))


@command("invite.list")
async def invite_list(app: App, params: dict[str, Any]) -> dict[str, Any]:
    """``{}`` -> ``{invites: […]}``, oldest first."""
    return {"invites": [_told(app, invite) for invite in await service.invites(app)]}


@command("invite.revoke")
async def invite_revoke(app: App, params: dict[str, Any]) -> dict[str, Any]:
    """``{token}`` (or the link) -> ``{}``."""
    token = str(params.get("token", "")).rstrip("/").rpartition("/")[2]
    if not await service.revoke_invite(app, token):
        raise CommandRefused("there is no such invitation")
    return {}


def _told(app: App, invite: Invite) -> dict[str, Any]:
    """An invitation as plain values."""
    now = app.clock.now()
    spent = invite.uses_left is not None and invite.uses_left <= 0
    over = invite.expires_at is not None and invite.expires_at <= now
    return {
        "token": invite.token,
        "link": service.invite_link(app, invite.token),
        "uses_left": invite.uses_left,
        "used": invite.used,
        "created_at": invite.created_at,
        "expires_at": invite.expires_at,
        "open": not spent and not over,
    }
