"""TL method of deletion (core.telegram.org/api/account-deletion)."""

from __future__ import annotations

from petitbleu.domain.access.devices import service as devices
from petitbleu.domain.access.password.service import Proof
from petitbleu.domain.registration.deletion import service
from petitbleu.errors import Fault
from petitbleu.rpc.ctx import Ctx
from petitbleu.rpc.registry import ANYONE, rpc
from petitbleu.tl import api


@rpc("account.deleteAccount", who=ANYONE, limit="password")
async def delete_account(ctx: Ctx, q: api.account.DeleteAccount) -> bool:
    """Also for a key that owes only the password: whoever forgot it can begin anew in a week."""
    account = (
        ctx.actor.id
        if ctx.actor is not None
        else await devices.pending(ctx.app.store, ctx.app, ctx.auth_key_id)
    )
    if not account:
        raise Fault("AUTH_KEY_UNREGISTERED")
    proof: Proof | None = None
    if isinstance(q.password, api.InputCheckPasswordSRP):
        proof = Proof(q.password.srp_id, q.password.A, q.password.M1)
    await service.ask(ctx.app, account, ctx.auth_key_id, proof)
    return True
