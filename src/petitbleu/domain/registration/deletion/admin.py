"""The operator's command ``user.remove``."""

from __future__ import annotations

from typing import Any

from petitbleu import acts
from petitbleu.app import App
from petitbleu.control import CommandRefused, command
from petitbleu.domain.access.joining import service as joining
from petitbleu.domain.registration.deletion import service


@command("user.remove")
async def user_remove(app: App, params: dict[str, Any]) -> dict[str, Any]:
    """``{who}`` -> ``{account}``: the id of the account that was deleted, None where only the
    permission to sign up was taken back.
    """
    who = str(params.get("who", ""))
    account = await joining.find(app, who)
    if account is None:
        raise CommandRefused(f"nobody here is “{who}”")
    if account.account is not None:
        await acts.pass_gate(app, "user.remove:account", params)
        acts.concerns(f"account:{account.account.id}")
        await service.delete(app, account.account.id)
        return {"account": account.account.id}
    assert account.admitted is not None
    await app.store.write(joining.forget, account.admitted.phone)
    return {"account": None}
