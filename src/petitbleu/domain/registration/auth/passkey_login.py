"""Signing in with a passkey (core.telegram.org/api/passkeys): in place of number and code."""

from __future__ import annotations

from petitbleu.app import App
from petitbleu.domain.access.devices.service import Where
from petitbleu.domain.access.passkeys import service as passkeys
from petitbleu.domain.access.passkeys.service import Proof
from petitbleu.domain.registration.auth.service import Outcome, proved, signed
from petitbleu.errors import Fault
from petitbleu.store.api import Tx


async def sign_in(app: App, where: Where, answer: str) -> int:
    """Sign the device in with what an authenticator answered; the account.

    Raises CREDENTIAL_INVALID, PASSKEY_ORIGIN_MISMATCH, PASSKEY_AUTH_RESTART (too late, or answered
    before), SESSION_PASSWORD_NEEDED, USER_DEACTIVATED_BAN.
    """
    proof = await passkeys.prove(app, where.auth, answer)
    outcome = await app.store.write(_sign_in, app, where, proof)
    if outcome is None:
        raise Fault("PASSKEY_AUTH_RESTART")
    return signed(app, outcome)


async def _sign_in(tx: Tx, app: App, where: Where, proof: Proof) -> Outcome | None:
    if not await passkeys.use(tx, where.auth, proof, int(app.clock.now())):
        return None
    return await proved(tx, app, proof.passkey.account, where, event="passkey")
