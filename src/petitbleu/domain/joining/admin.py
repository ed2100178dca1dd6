"""The operator's commands about joining: ``user.add`` and ``invite.*``."""

from __future__ import annotations

from typing import Any

from petitbleu import phones
from petitbleu.app import App
from petitbleu.control import CommandRefused, command
from petitbleu.domain.joining import service
from petitbleu.domain.joining.queries import Invite

MOST_USES = 1_000_000


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
            raise CommandRefused(f"{email} belongs to {service.shown(known)} already")
    name = " ".join((params.get("name") or "").split())
    if len(name) > service.NAME_MAX:
        raise CommandRefused(f"a name has at most {service.NAME_MAX} characters")
    number = await app.store.write(service.admit, app, phone=phone, email=email, name=name)
    if number is None:
        raise CommandRefused(f"{service.shown(phone or '')} is admitted already")
    return {"phone": number, "shown": service.shown(number), "email": email, "name": name}


@command("invite.create")
async def invite_create(app: App, params: dict[str, Any]) -> dict[str, Any]:
    """``{uses?, seconds?}`` -> the invitation, with its link."""
    uses = params.get("uses")
    if uses is not None and not 1 <= uses <= MOST_USES:
        raise CommandRefused(f"an invitation is for 1 to {MOST_USES} people")
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
