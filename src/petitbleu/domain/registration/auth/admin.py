"""What the operator can ask of this room at the command line."""

from __future__ import annotations

from typing import Any

from petitbleu import acts, phones
from petitbleu.app import App
from petitbleu.control import CommandRefused, command
from petitbleu.domain.access.codes import service as codes
from petitbleu.domain.messaging.messages import service as messages
from petitbleu.domain.people.accounts import service as accounts
from petitbleu.domain.registration.auth import texts


@command("login-code")
async def login_code(app: App, params: dict[str, Any]) -> dict[str, Any]:
    """The newest valid login code of ``phone``: ``{"code": "12345"}``.

    It is no secret use: it is logged, and the person's devices are told in the service chat.
    """
    phone = phones.canonical(str(params.get("phone", "")))
    if phone is None:
        raise CommandRefused("this is not a telephone number")
    row = await codes.newest_of(app, phone)
    if row is None:
        raise CommandRefused("there is no valid login code for this number")
    app.log.warning("code.shown_to_operator", account=row.account or None)
    if row.account:
        acts.concerns(f"account:{row.account}")
        await _tell(app, row.account)
    return {"code": codes.reveal(app, row)}


async def _tell(app: App, account: int) -> None:
    person = await accounts.get(app, account)
    if person is not None:
        said = texts.code_shown(person.lang, *app.config.languages, name=app.config.name)
        await messages.send_service(app, account, said, [])
