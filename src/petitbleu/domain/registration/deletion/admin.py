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
    found = await joining.find(app, who)
    if found is None:
        raise CommandRefused(f"nobody here is “{who}”")
    if found.account is not None:
        await acts.pass_gate(app, "user.remove:account", params)
        acts.concerns(f"account:{found.account.id}")
        await service.delete(app, found.account.id)
        return {"account": found.account.id}
    assert found.admitted is not None
    await app.store.write(joining.forget, found.admitted.phone)
    return {"account": None}
