"""The operator's commands about people: ``user.list``, ``show``, ``end-sessions``, ``remove``."""

from __future__ import annotations

from typing import Any, NamedTuple

from petitbleu import phones
from petitbleu.app import App
from petitbleu.control import CommandRefused, command
from petitbleu.domain.accounts import queries as q
from petitbleu.domain.accounts import service
from petitbleu.domain.accounts.queries import AccountRow
from petitbleu.domain.devices import service as devices
from petitbleu.domain.joining import service as joining
from petitbleu.domain.joining.queries import Admitted
from petitbleu.domain.usernames import service as usernames
from petitbleu.store.where import Where, contains

MOST = 10_000


class Found(NamedTuple):
    """Whom the operator means: an account, an admission that is not used yet, or both."""

    account: AccountRow | None
    admitted: Admitted | None


async def find(app: App, who: str) -> Found:
    """By number, @name, e-mail address or account id. Raises CommandRefused."""
    who = who.strip()
    account: AccountRow | None = None
    admitted: Admitted | None = None
    phone = phones.canonical(who)
    if who.startswith("@"):
        peer = await usernames.resolve(app.store, who[1:])
        account = await service.get(app, peer) if peer is not None and peer > 0 else None
    elif "@" in who:
        account = await service.by_email(app.store, who.lower())
        phone = await joining.number_of_email(app, who.lower())
        admitted = None if phone is None else await joining.admission(app.store, phone)
    else:
        if phone is not None:
            account = await service.by_phone(app.store, phone)
            admitted = await joining.admission(app.store, phone)
        if account is None and admitted is None and who.isdecimal() and len(who) < 16:
            account = await service.get(app, int(who))
    if account is not None and (account.deleted_at is not None or account.kind != service.PERSON):
        account = None
    if account is None and (admitted is None or admitted.account is not None):
        raise CommandRefused(f"nobody here is “{who}”")
    return Found(account, admitted)


@command("user.list")
async def user_list(app: App, params: dict[str, Any]) -> dict[str, Any]:
    """``{search?, limit?}`` -> ``{users: […]}``: people by id, then numbers that may sign up."""
    limit = max(1, min(int(params.get("limit") or 100), MOST))
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
    listed = people.query(q.SELECT, AccountRow, "order by id limit :limit")
    users = [_person(row) for row in await app.store.scan(listed, limit=limit, **people.params)]
    for row in await joining.waiting(app, waiting, limit - len(users)):
        users.append(_admission(row))
    return {"users": users}


@command("user.show")
async def user_show(app: App, params: dict[str, Any]) -> dict[str, Any]:
    """``{who}`` -> the person, with the devices."""
    account, admitted = await find(app, str(params.get("who", "")))
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
    account, _ = await find(app, str(params.get("who", "")))
    ended = 0 if account is None else await devices.end_all(app, account.id)
    return {"ended": ended}


def _person(row: AccountRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "phone": row.phone,
        "shown": joining.shown(row.phone) if row.phone else None,
        "name": f"{row.first_name} {row.last_name}".strip(),
        "email": row.email,
        "created_at": row.created_at,
        "last_seen": row.last_seen,
    }


def _admission(row: Admitted) -> dict[str, Any]:
    return {
        "id": None,
        "phone": row.phone,
        "shown": joining.shown(row.phone),
        "name": row.name,
        "email": row.email,
        "created_at": row.at,
        "last_seen": None,
    }
